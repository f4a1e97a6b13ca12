/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Checking vouchers: 1,000 altered ones are refused, each naming its field, 100 genuine ones accepted, as text, PDF and
 * picture; keys unknown, expired and of practice; damaged QR codes.
 */
#include <stdio.h>
#include <string.h>
#include "fixture.h"
#include "qc-digest.h"
#include "qc-voucher-check.h"

static Stage stage;

static void
assert_verdict (const QcVoucherCheck *check, QcVerdict verdict)
{
  if (check->verdict != verdict)
    g_error ("%s (%s) instead of %s", qc_verdict_to_code (check->verdict), check->field, qc_verdict_to_code (verdict));
  g_assert_true ((check->facts != NULL) == (verdict == QC_VERDICT_GENUINE || verdict == QC_VERDICT_PRACTICE));
}

static QcVoucherCheck *
check_text (const char *text)
{
  return qc_voucher_check_text (text, stage.keys, stage.practice_keys);
}

static void
assert_same (const QcVoucherFacts *a, const QcVoucherFacts *b, gboolean complete)
{
  g_assert_cmpstr (a->serial, ==, b->serial);
  g_assert_cmpstr (a->unit_name, ==, b->unit_name);
  g_assert_cmpint (a->unit_fen, ==, b->unit_fen);
  g_assert_cmpint (a->personal_fen, ==, b->personal_fen);
  g_assert_cmpint (a->people, ==, b->people);
  g_assert_cmpint (a->state, ==, b->state);
  if (!complete)
    return;
  g_assert_cmpstr (a->payee.bank, ==, b->payee.bank);
  g_assert_cmpmem (a->lines->data, a->lines->len * sizeof (QcMonthLine), b->lines->data,
                   b->lines->len * sizeof (QcMonthLine));
}

static void
test_genuine (void)
{
  for (guint i = 0; i < 100; i++) {
    g_autoptr (QcVoucherFacts) facts = facts_make (1 + i % 60, i);
    g_autoptr (QcSignedVoucher) signed_voucher = NULL;
    g_autoptr (QcVoucherCheck) full = NULL;
    g_autoptr (QcVoucherCheck) compact = NULL;
    g_autofree char *text = NULL, *qr = NULL;
    if (i % 2 != 0)
      facts_set_practice (facts);
    signed_voucher = facts_sign (&stage, facts);
    text = qc_signed_voucher_to_text (signed_voucher);
    qr = qc_signed_voucher_to_qr (signed_voucher);
    full = check_text (text);
    compact = check_text (qr);
    assert_verdict (full, i % 2 != 0 ? QC_VERDICT_PRACTICE : QC_VERDICT_GENUINE);
    assert_verdict (compact, i % 2 != 0 ? QC_VERDICT_PRACTICE : QC_VERDICT_GENUINE);
    g_assert_true (full->complete);
    g_assert_false (compact->complete);
    assert_same (full->facts, facts, TRUE);
    assert_same (compact->facts, facts, FALSE);
    g_assert_cmpint (full->facts->issued, ==, SIGNED_AT);
    g_assert_cmpuint (strlen (qr), <, 1000);
  }
}

/* ---- altered ---- */

static QcSignedVoucher *
resign (const QcSignedVoucher *old, GBytes *compact, GBytes *full)
{
  QcSignedVoucher *voucher = g_new0 (QcSignedVoucher, 1);
  voucher->compact = g_new0 (QcSigned, 1);
  voucher->compact->facts = g_bytes_ref (compact);
  voucher->compact->key_id = g_strdup (old->compact->key_id);
  voucher->compact->time = old->compact->time;
  memcpy (voucher->compact->signature, old->compact->signature, 64);
  voucher->full = g_bytes_ref (full);
  return voucher;
}

/* @bytes with the first digit of the value of @name counted up, or a letter of it changed. */
static GBytes *
change (GBytes *bytes, const char *name)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *key = g_strdup_printf ("\"%s\":", name);
  char *copy = g_memdup2 (data, size);
  char *at = memmem (copy, size, key, strlen (key));
  g_assert_nonnull (at);
  at += strlen (key);
  at += *at == '"' || *at == '[' ? 1 : 0;
  if (g_ascii_isdigit (*at))
    *at = *at == '9' ? '8' : (char)(*at + 1);
  else if ((guchar)*at >= 0x80)
    at[2] = (char)(((guchar)at[2] ^ 1));
  else
    *at = *at == 'A' ? 'B' : 'A';
  return g_bytes_new_take (copy, size);
}

static void
assert_altered (const QcSignedVoucher *voucher, const char *field)
{
  g_autofree char *text = qc_signed_voucher_to_text (voucher);
  g_autoptr (QcVoucherCheck) check = check_text (text);
  assert_verdict (check, QC_VERDICT_ALTERED);
  g_assert_cmpstr (check->field, ==, field);
}

static void
test_fields (void)
{
  static const struct {
    const char *name, *field;
    gboolean in_full_only;
  } cases[] = {
      {"serial", "serial"},
      {"unit", "unit"},
      {"unit_name", "unit_name"},
      {"center", "center"},
      {"unit_fen", "unit_fen"},
      {"fen", "fen"},
      {"personal_fen", "personal_fen"},
      {"people", "people"},
      {"start", "start"},
      {"end", "end"},
      {"arrived", "arrived"},
      {"state", "state"},
      {"method", "method"},
      {"business", "business"},
      {"digest", "parties"},
      {"lines", "months"},
      {"payer_account", "parties", TRUE},
      {"payee_name", "parties", TRUE},
      {"entered", "parties", TRUE},
      {"line_people", "months", TRUE},
      {"line_added_fen", "months", TRUE},
      {"line_month", "months", TRUE},
  };
  g_autoptr (QcVoucherFacts) facts = facts_make (3, 5);
  g_autoptr (QcSignedVoucher) genuine = facts_sign (&stage, facts);
  g_autoptr (QcSignedVoucher) signature = resign (genuine, genuine->compact->facts, genuine->full);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    if (!cases[i].in_full_only) {
      g_autoptr (GBytes) compact = change (genuine->compact->facts, cases[i].name);
      g_autoptr (QcSignedVoucher) altered = resign (genuine, compact, genuine->full);
      assert_altered (altered, cases[i].field);
    }
    if (!g_str_equal (cases[i].name, "digest") && !g_str_equal (cases[i].name, "lines")) {
      g_autoptr (GBytes) full = change (genuine->full, cases[i].name);
      g_autoptr (QcSignedVoucher) altered = resign (genuine, genuine->compact->facts, full);
      assert_altered (altered, cases[i].field);
    }
  }
  signature->compact->signature[63] ^= 4;
  assert_altered (signature, "signature");
}

/* Any change of any character anywhere is refused. */
static void
test_thousand (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (2, 9);
  g_autoptr (QcSignedVoucher) genuine = facts_sign (&stage, facts);
  g_autofree char *text = qc_signed_voucher_to_text (genuine);
  gsize size = strlen (text);
  guint altered = 0;
  for (guint i = 0; i < 1000; i++) {
    g_autofree char *copy = g_strdup (text);
    g_autoptr (QcVoucherCheck) check = NULL;
    gsize at = (gsize)g_test_rand_int_range (0, (gint32)size);
    copy[at] = copy[at] == 'x' ? 'y' : copy[at] == ' ' ? 'z' : 'x';
    check = check_text (copy);
    g_assert_cmpint (check->verdict, !=, QC_VERDICT_GENUINE);
    g_assert_cmpint (check->verdict, !=, QC_VERDICT_PRACTICE);
    g_assert_null (check->facts);
    altered += check->verdict == QC_VERDICT_ALTERED ? 1 : 0;
  }
  g_assert_cmpuint (altered, >, 500);
}

/* Full forms of one voucher under the signature of another. */
static void
test_exchanged (void)
{
  g_autoptr (QcVoucherFacts) a = facts_make (2, 1);
  g_autoptr (QcVoucherFacts) b = facts_make (2, 2);
  g_autoptr (QcSignedVoucher) x = facts_sign (&stage, a);
  g_autoptr (QcSignedVoucher) y = facts_sign (&stage, b);
  g_autoptr (QcSignedVoucher) mixed = resign (x, x->compact->facts, y->full);
  g_autoptr (QcSignedVoucher) foreign = resign (x, y->compact->facts, y->full);
  assert_altered (mixed, "serial");
  assert_altered (foreign, "signature");
}

/* ---- keys ---- */

static void
test_keys (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (1, 1);
  g_autoptr (QcSigningKey) old = qc_signing_key_new ("old", 0, SIGNED_AT + 10);
  g_autofree char *public_key = qc_signing_key_dup_public (old);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_verify_key_free);
  g_autoptr (QcSignedVoucher) in_time = qc_voucher_sign (old, facts, SIGNED_AT, NULL);
  g_autoptr (QcVoucherCheck) genuine = NULL;
  g_autoptr (QcVoucherCheck) expired = NULL;
  g_autoptr (QcVoucherCheck) unknown = NULL;
  g_autoptr (QcVoucherCheck) forged = NULL;
  g_autoptr (QcSignedVoucher) by_practice = NULL;

  g_ptr_array_add (keys, qc_verify_key_new ("old", QC_SIGNATURE_ALGORITHM, public_key, 0, SIGNED_AT + 10, NULL));
  genuine = qc_voucher_verify (in_time, keys, NULL);
  assert_verdict (genuine, QC_VERDICT_GENUINE);
  unknown = qc_voucher_verify (in_time, stage.keys, stage.practice_keys);
  assert_verdict (unknown, QC_VERDICT_UNKNOWN_KEY);
  g_ptr_array_set_size (keys, 0);
  g_ptr_array_add (keys, qc_verify_key_new ("old", QC_SIGNATURE_ALGORITHM, public_key, 0, SIGNED_AT - 10, NULL));
  expired = qc_voucher_verify (in_time, keys, NULL);
  assert_verdict (expired, QC_VERDICT_EXPIRED_KEY);

  /* whoever practises holds the practice key: real facts signed with it are worth nothing */
  by_practice = qc_voucher_sign (stage.practice_key, facts, SIGNED_AT, NULL);
  forged = qc_voucher_verify (by_practice, stage.keys, stage.practice_keys);
  assert_verdict (forged, QC_VERDICT_ALTERED);
  g_assert_cmpstr (forged->field, ==, "practice");
}

static void
test_refused_facts (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (2, 1);
  const char *field = NULL;
  g_assert_true (qc_voucher_facts_check (facts, &field, NULL));
  facts->unit_fen++;
  g_assert_false (qc_voucher_facts_check (facts, &field, NULL));
  g_assert_cmpstr (field, ==, "unit_fen");
  facts->unit_fen--;
  g_array_index (facts->lines, QcMonthLine, 1).added_people++;
  g_assert_false (qc_voucher_facts_check (facts, &field, NULL));
  g_assert_cmpstr (field, ==, "months");
  g_array_index (facts->lines, QcMonthLine, 1).added_people--;
  facts->practice = TRUE; /* without the mark in the department's name */
  g_assert_false (qc_voucher_facts_check (facts, &field, NULL));
  g_assert_cmpstr (field, ==, "center");
}

/* ---- PDF ---- */

static QcVoucherCheck *
check_one (GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) checks = qc_voucher_check_bytes (pdf, stage.keys, stage.practice_keys, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (checks->len, ==, 1);
  return g_ptr_array_steal_index (checks, 0);
}

static GBytes *
make_pdf (const QcVoucherFacts *facts, int reprint, QcMonth extract)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcVoucher) voucher = voucher_make (&stage, facts);
  GBytes *pdf;
  qc_voucher_set_reprint (voucher, reprint);
  g_assert_true (qc_voucher_set_extract (voucher, extract));
  pdf = qc_voucher_to_pdf (stage.font, voucher, &error);
  g_assert_no_error (error);
  return pdf;
}

static void
test_pdf (void)
{
  for (guint i = 0; i < 20; i++) {
    g_autoptr (QcVoucherFacts) facts = facts_make (1 + i * 3, i);
    g_autoptr (GBytes) pdf = NULL;
    g_autoptr (QcVoucherCheck) check = NULL;
    if (i % 4 == 0)
      facts_set_practice (facts);
    if (i % 3 == 0)
      set_text (&facts->entered, "王𠮷䶮·买买提");
    pdf = make_pdf (facts, (int)i % 3, i % 5 == 4 ? 202602 : QC_MONTH_NONE);
    check = check_one (pdf);
    assert_verdict (check, i % 4 == 0 ? QC_VERDICT_PRACTICE : QC_VERDICT_GENUINE);
    assert_same (check->facts, facts, TRUE);
  }
}

/* Written anew by qpdf, it is still genuine. */
static void
test_rewritten (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (30, 1);
  g_autoptr (GBytes) pdf = make_pdf (facts, 0, QC_MONTH_NONE);
  g_autofree char *from = stage_path (&stage, "from.pdf"), *to = stage_path (&stage, "to.pdf");
  const char *const plain[] = {"qpdf", from, to, NULL};
  const char *const packed[] = {"qpdf", "--object-streams=generate", "--recompress-flate", from, to, NULL};
  const char *const text[] = {"qpdf", "--qdf", "--normalize-content=n", from, to, NULL};
  const char *const *const commands[] = {plain, packed, text};
  g_file_set_contents (from, g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *out = run (commands[i]);
    g_autoptr (GPtrArray) checks = qc_voucher_check_file (to, stage.keys, stage.practice_keys, &error);
    g_assert_no_error (error);
    assert_verdict (g_ptr_array_index (checks, 0), QC_VERDICT_GENUINE);
  }
}

/* The page says another figure than the facts: opened by qpdf, a digit of the page changed. */
static void
change_page (const char *from_hex, const char *to_hex, const char *field)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (1, 1);
  g_autoptr (GBytes) pdf = make_pdf (facts, 0, QC_MONTH_NONE);
  g_autofree char *from = stage_path (&stage, "page.pdf"), *to = stage_path (&stage, "page-qdf.pdf");
  const char *const argv[] = {"qpdf", "--stream-data=uncompress", from, to, NULL};
  g_autofree char *out = NULL, *data = NULL;
  gsize size = 0;
  char *at;
  g_autoptr (GBytes) changed = NULL;
  g_autoptr (QcVoucherCheck) check = NULL;

  g_file_set_contents (from, g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf), NULL);
  out = run (argv);
  g_assert_true (g_file_get_contents (to, &data, &size, NULL));
  at = memmem (data, size, from_hex, strlen (from_hex));
  g_assert_nonnull (at);
  memcpy (at, to_hex, strlen (to_hex));
  changed = g_bytes_new (data, size);
  check = check_one (changed);
  assert_verdict (check, QC_VERDICT_ALTERED);
  g_assert_cmpstr (check->field, ==, field);
}

static void
test_changed_page (void)
{
  change_page ("FFE5003100350030002C", "FFE5003900350030002C", "fen"); /* ￥1 → ￥9 */
  change_page ("4EBA6C115E01", "4EBA6C115E02", "fen");                 /* 人民币 */
  change_page ("72318F89533A", "72318F8A533A", "unit_name");
}

static void
test_added_to_pdf (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (1, 1);
  g_autoptr (GBytes) pdf = make_pdf (facts, 0, QC_MONTH_NONE);
  g_autoptr (GByteArray) longer = g_byte_array_new ();
  static const char update[] = "\n4 0 obj\n<< /Type /Page /Annots [99 0 R] >>\nendobj\nstartxref\n0\n%%EOF\n";
  g_autoptr (GBytes) changed = NULL;
  g_autoptr (QcVoucherCheck) check = NULL;
  g_byte_array_append (longer, g_bytes_get_data (pdf, NULL), (guint)g_bytes_get_size (pdf));
  g_byte_array_append (longer, (const guint8 *)update, sizeof update - 1);
  changed = g_byte_array_free_to_bytes (g_steal_pointer (&longer));
  check = check_one (changed);
  assert_verdict (check, QC_VERDICT_ALTERED);
  g_assert_cmpstr (check->field, ==, "page");
}

/* ---- pages that are not what is read ---- */

/* Each @from in @data becomes @to, of the same length. The number of times. */
static guint
exchange (char *data, gsize size, const char *from, const char *to)
{
  guint n = 0;
  g_assert_cmpuint (strlen (from), ==, strlen (to));
  for (char *p = memmem (data, size, from, strlen (from)); p != NULL;
       p = memmem (p, size - (gsize)(p - data), from, strlen (from)), n++)
    memcpy (p, to, strlen (to));
  return n;
}

/* @pdf as qpdf writes it to be edited. */
static char *
to_text (GBytes *pdf, gsize *size)
{
  g_autofree char *from = stage_path (&stage, "text-from.pdf"), *to = stage_path (&stage, "text-to.pdf");
  const char *const argv[] = {"qpdf", "--qdf", "--normalize-content=n", from, to, NULL};
  g_autofree char *out = NULL;
  char *data = NULL;
  g_file_set_contents (from, g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf), NULL);
  out = run (argv);
  g_assert_true (g_file_get_contents (to, &data, size, NULL));
  return data;
}

/* The contents of the one page of @data, and the number of that object. (transfer full) */
static char *
contents_of (const char *data, gsize size, guint *number)
{
  const char *at = memmem (data, size, "/Contents ", 10), *begin, *end;
  g_autofree char *head = NULL;
  g_assert_nonnull (at);
  *number = (guint)g_ascii_strtoull (at + 10, NULL, 10);
  head = g_strdup_printf ("\n%u 0 obj\n", *number);
  begin = memmem (data, size, head, strlen (head));
  begin = strstr (begin, "stream\n") + 7; /* the dictionary before it is text */
  end = memmem (begin, size - (gsize)(begin - data), "endstream", 9);
  return g_strndup (begin, (gsize)(end - begin));
}

static void
append (GByteArray *out, const char *format, guint number)
{
  g_autofree char *text = g_strdup_printf (format, number);
  g_byte_array_append (out, (const guint8 *)text, (guint)strlen (text));
}

/* Where each of the objects 1 to @last begins, as readers want it. */
static void
append_table (GByteArray *out, guint last)
{
  guint begun = out->len;
  g_autoptr (GString) table = g_string_new (NULL);
  g_string_append_printf (table, "xref\n0 %u\n0000000000 65535 f \n", last + 1);
  for (guint i = 1; i <= last; i++) {
    g_autofree char *head = g_strdup_printf ("\n%u 0 obj\n", i);
    const guint8 *at = memmem (out->data, out->len, head, strlen (head));
    g_assert_nonnull (at);
    g_string_append_printf (table, "%010u 00000 n \n", (guint)(at + 1 - out->data));
  }
  g_byte_array_append (out, (const guint8 *)table->str, (guint)table->len);
  append (out, "trailer\n<< /Root 1 0 R /Size %u >>\n", last + 1);
  append (out, "startxref\n%u\n%%%%EOF\n", begun);
}

typedef struct {
  const char *what, *marks, *head;
  gsize head_size, pad;
} Disguise;

/* The PDF of @facts whose page shows another amount, by contents that look like something else; the genuine ones are
 * still in the file. */
static GBytes *
forge (const QcVoucherFacts *facts, const Disguise *as)
{
  g_autoptr (GBytes) pdf = make_pdf (facts, 0, QC_MONTH_NONE);
  gsize size = 0;
  guint number = 0, last = 0;
  g_autofree char *data = to_text (pdf, &size), *forged = contents_of (data, size, &number);
  g_autofree char *reference = g_strdup_printf ("/Contents %u 0 R", number), *padding = g_strnfill (as->pad, ' ');
  GByteArray *out = g_byte_array_new ();
  const char *at = memmem (data, size, reference, strlen (reference)), *xref = memmem (data, size, "\nxref\n", 6);
  const char *rest = at + strlen (reference);
  g_assert_cmpuint (exchange (forged, strlen (forged), "FFE5003100350030002C", "FFE5003900350030002C"), ==, 1);
  g_assert_cmpint (sscanf (xref, "\nxref\n0 %u", &last), ==, 1);
  g_byte_array_append (out, (const guint8 *)data, (guint)(at - data));
  append (out, "/Contents %u 0 R", last);
  g_byte_array_append (out, (const guint8 *)rest, (guint)(xref + 1 - rest));
  append (out, "%u 0 obj\n<< ", last);
  g_byte_array_append (out, (const guint8 *)as->marks, (guint)strlen (as->marks));
  append (out, "/Length %u >>\nstream\n", (guint)(as->head_size + strlen (forged) + as->pad));
  g_byte_array_append (out, (const guint8 *)as->head, (guint)as->head_size);
  g_byte_array_append (out, (const guint8 *)forged, (guint)strlen (forged));
  g_byte_array_append (out, (const guint8 *)padding, (guint)as->pad);
  g_byte_array_append (out, (const guint8 *)"\nendstream\nendobj\n", 18);
  append_table (out, last);
  return g_byte_array_free_to_bytes (out);
}

static void
test_hidden_page (void)
{
  static const char truetype[] = "\0\1\0\0\n", blank[] = "\0\n";
  const Disguise cases[] = {
      {"a font", "/Length1 9 ", "", 0, 0},
      {"a font with its head", "/Length1 9 ", truetype, sizeof truetype - 1, 0},
      {"a table", "/Type /XRef ", "", 0, 0},
      {"an attachment", "/Type /EmbeddedFile ", "", 0, 0},
      {"objects", "/Type /ObjStm ", "", 0, 0},
      {"a map", "", "%begincmap\n", 11, 0},
      {"where glyphs lie", "", blank, sizeof blank - 1, 140000},
      {"contents", "", "", 0, 0},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (QcVoucherFacts) facts = facts_make (1, 1);
    g_autoptr (GBytes) forged = forge (facts, &cases[i]);
    g_autoptr (GPtrArray) checks = qc_voucher_check_bytes (forged, stage.keys, stage.practice_keys, NULL);
    g_autofree char *path = stage_path (&stage, "forged.pdf"), *text = NULL;
    g_file_set_contents (path, g_bytes_get_data (forged, NULL), (gssize)g_bytes_get_size (forged), NULL);
    text = read_text (path);
    g_test_message ("%s", cases[i].what);
    g_assert_nonnull (strstr (text, "￥950,")); /* it is what a viewer shows */
    g_assert_cmpuint (checks->len, >, 0);
    for (guint k = 0; k < checks->len; k++)
      g_assert_null (((QcVoucherCheck *)g_ptr_array_index (checks, k))->facts);
  }
}

/* One byte away from what this program writes, and a viewer might show something else than what is read. */
static void
test_ambiguous (void)
{
  static const char *const changes[][2] = {
      {"/Type /Page\n", "/Typo /Page\n"},               /* pages that do not say so */
      {"/Contents ", "/Content# "},                     /* a name that is written otherwise */
      {"/Resources ", "/Resource# "},                   /* the same */
      {"/Filter /FlateDecode", "/Filtes /FlateDecode"}, /* not compressed, for others */
  };
  g_autoptr (QcVoucherFacts) facts = facts_make (1, 1);
  g_autoptr (GBytes) pdf = make_pdf (facts, 0, QC_MONTH_NONE);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++) {
    gsize size = g_bytes_get_size (pdf);
    char *copy = g_memdup2 (g_bytes_get_data (pdf, NULL), size);
    g_autoptr (GBytes) changed = NULL;
    g_autoptr (QcVoucherCheck) check = NULL;
    g_assert_cmpuint (exchange (copy, size, changes[i][0], changes[i][1]), >, 0);
    changed = g_bytes_new_take (copy, size);
    g_test_message ("%s", changes[i][1]);
    if (i == 3) {
      g_autoptr (GPtrArray) checks = qc_voucher_check_bytes (changed, stage.keys, stage.practice_keys, NULL);
      for (guint k = 0; checks != NULL && k < checks->len; k++)
        g_assert_null (((QcVoucherCheck *)g_ptr_array_index (checks, k))->facts);
      continue;
    }
    check = check_one (changed);
    assert_verdict (check, QC_VERDICT_ALTERED);
  }
}

/* A font has letters of chance before its name: they mean nothing. */
static void
test_any_font_name (void)
{
  static const char *const tags[] = {"/JSABCD+", "/LZWABC+", "/RLABCD+"};
  g_autoptr (QcVoucherFacts) facts = facts_make (1, 1);
  g_autoptr (GBytes) pdf = make_pdf (facts, 0, QC_MONTH_NONE);
  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++) {
    gsize size = g_bytes_get_size (pdf);
    char *copy = g_memdup2 (g_bytes_get_data (pdf, NULL), size);
    const char *at = memmem (copy, size, "/BaseFont /", 11);
    g_autofree char *tag = g_strndup (at + 10, 8);
    g_autoptr (GBytes) changed = NULL;
    g_autoptr (QcVoucherCheck) check = NULL;
    g_assert_cmpuint (exchange (copy, size, tag, tags[i]), ==, 3);
    changed = g_bytes_new_take (copy, size);
    check = check_one (changed);
    assert_verdict (check, QC_VERDICT_GENUINE);
  }
}

static QcVoucher *
get_cb (guint index, gpointer user_data, GError **error)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (1 + index % 30, index);
  return voucher_make (&stage, facts);
}

static void
test_many_in_one (void)
{
  const QcVoucherSource source = {40, get_cb, NULL};
  g_autofree char *path = stage_path (&stage, "many.pdf");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  qc_vouchers_save (stage.font, &source, path, NULL, &error);
  g_assert_no_error (error);
  checks = qc_voucher_check_file (path, stage.keys, stage.practice_keys, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (checks->len, ==, 40);
  for (guint i = 0; i < checks->len; i++) {
    g_autoptr (QcVoucherFacts) facts = facts_make (1 + i % 30, i);
    const QcVoucherCheck *check = g_ptr_array_index (checks, i);
    assert_verdict (check, QC_VERDICT_GENUINE);
    assert_same (check->facts, facts, TRUE);
  }
}

/* ---- other files ---- */

static void
test_hostile (void)
{
  static const char *const texts[] = {"",
                                      "QC1",
                                      "QC1.a.b.c.d",
                                      "QC1.heihe-2026.1.e30.AAAA",
                                      "%PDF-1.4\nstream\nendstream",
                                      "\211PNG\r\n\032\nxx",
                                      "\377\330\377\340",
                                      "%PDF-1.4 stream",
                                      "%PDF-1.4\n<< /EmbeddedFile >>stream\nQC1.x.1.e30.x\nendstream"};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) checks = qc_voucher_check_bytes (bytes, stage.keys, stage.practice_keys, &error);
    for (guint k = 0; checks != NULL && k < checks->len; k++)
      g_assert_null (((QcVoucherCheck *)g_ptr_array_index (checks, k))->facts);
    g_assert_true (checks != NULL || error->domain == QC_DOCUMENTS_ERROR);
  }
}

/* Bytes of a PDF changed at random: never a crash, never other facts. */
static void
test_broken_pdf (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (2, 1);
  g_autoptr (GBytes) pdf = make_pdf (facts, 0, QC_MONTH_NONE);
  gsize size = g_bytes_get_size (pdf);
  for (int i = 0; i < 300; i++) {
    guint8 *copy = g_memdup2 (g_bytes_get_data (pdf, NULL), size);
    g_autoptr (GBytes) broken = NULL;
    g_autoptr (GPtrArray) checks = NULL;
    for (int k = 0; k < 8; k++)
      copy[g_test_rand_int_range (0, (gint32)size)] = (guint8)g_test_rand_int_range (0, 256);
    broken = g_bytes_new_take (copy, (gsize)g_test_rand_int_range (1, (gint32)size));
    checks = qc_voucher_check_bytes (broken, stage.keys, stage.practice_keys, NULL);
    for (guint k = 0; checks != NULL && k < checks->len; k++) {
      const QcVoucherCheck *check = g_ptr_array_index (checks, k);
      if (check->facts != NULL)
        assert_same (check->facts, facts, TRUE);
    }
  }
}

int
main (int argc, char **argv)
{
  int result;
  g_test_init (&argc, &argv, NULL);
  stage_open (&stage);
  g_test_add_func ("/check/genuine", test_genuine);
  g_test_add_func ("/check/fields", test_fields);
  g_test_add_func ("/check/thousand", test_thousand);
  g_test_add_func ("/check/exchanged", test_exchanged);
  g_test_add_func ("/check/keys", test_keys);
  g_test_add_func ("/check/refused-facts", test_refused_facts);
  g_test_add_func ("/check/pdf", test_pdf);
  g_test_add_func ("/check/rewritten", test_rewritten);
  g_test_add_func ("/check/changed-page", test_changed_page);
  g_test_add_func ("/check/added-to-pdf", test_added_to_pdf);
  g_test_add_func ("/check/hidden-page", test_hidden_page);
  g_test_add_func ("/check/ambiguous", test_ambiguous);
  g_test_add_func ("/check/any-font-name", test_any_font_name);
  g_test_add_func ("/check/many-in-one", test_many_in_one);
  g_test_add_func ("/check/hostile", test_hostile);
  g_test_add_func ("/check/broken-pdf", test_broken_pdf);
  result = g_test_run ();
  stage_close (&stage);
  return result;
}
