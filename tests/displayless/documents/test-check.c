/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Checking vouchers: 1,000 altered ones are refused, each naming its field, 100 genuine ones accepted, as text and as
 * PDF; keys unknown, expired, of practice and of another center; a time to come. Pages that show something else than
 * what was signed: the answer is the signed facts alone, and what differs in the pages' text is said.
 */
#include <string.h>
#include "fixture.h"
#include "qc-digest.h"
#include "qc-reading.h"
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
  return qc_voucher_check_text (text, stage.centers, SIGNED_AT);
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
    if (i % 2 != 0)
      facts_set_practice (facts);
    g_autoptr (QcSignedVoucher) signed_voucher = facts_sign (&stage, facts);
    g_autofree char *text = qc_signed_voucher_to_text (signed_voucher);
    g_autofree char *qr = qc_signed_voucher_to_qr (signed_voucher);
    g_autoptr (QcVoucherCheck) full = check_text (text);
    g_autoptr (QcVoucherCheck) compact = check_text (qr);
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
    gsize at = (gsize)g_test_rand_int_range (0, (gint32)size);
    copy[at] = copy[at] == 'x' ? 'y' : copy[at] == ' ' ? 'z' : 'x';
    g_autoptr (QcVoucherCheck) check = check_text (copy);
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

/* @center (taken): (nullable): else those of the stage. */
static QcVoucherCheck *
verify (const QcSigningKey *key, const QcVoucherFacts *facts, QcVoucherCenter *center, gint64 latest)
{
  g_autoptr (QcSignedVoucher) signed_voucher = qc_voucher_sign (key, facts, SIGNED_AT, NULL);
  g_autoptr (GPtrArray) centers = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_voucher_center_free);
  if (center != NULL)
    g_ptr_array_add (centers, center);
  return qc_voucher_verify (signed_voucher, center != NULL ? centers : stage.centers, latest);
}

static void
test_keys (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (1, 1);
  g_autoptr (QcSigningKey) key = qc_signing_key_new ("old", 0, SIGNED_AT + 10);
  QcVoucherCenter *center = center_make (facts->center, FALSE, key);
  QcVoucherCenter *late = center_make (facts->center, FALSE, key);
  g_autoptr (QcVoucherCheck) genuine = verify (key, facts, center, SIGNED_AT);
  g_autoptr (QcVoucherCheck) unknown = verify (key, facts, NULL, SIGNED_AT);
  assert_verdict (genuine, QC_VERDICT_GENUINE);
  g_assert_cmpstr (genuine->key_id, ==, "old");
  assert_verdict (unknown, QC_VERDICT_UNKNOWN_KEY);
  ((QcVerifyKey *)g_ptr_array_index (late->keys, 0))->until = SIGNED_AT - 10;
  g_autoptr (QcVoucherCheck) expired = verify (key, facts, late, SIGNED_AT);
  assert_verdict (expired, QC_VERDICT_EXPIRED_KEY);
}

/* The key of one center under the name of another, and the key of whoever practises under a real name. */
static void
test_wrong_center (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (1, 1);
  g_autoptr (QcVoucherFacts) own = facts_make (1, 1);
  g_autoptr (QcSigningKey) key = qc_signing_key_new ("county-1", 0, 0);
  g_autoptr (QcVoucherCheck) foreign = verify (key, facts, center_make ("某县住房公积金管理部", FALSE, key), SIGNED_AT);
  g_autoptr (QcVoucherCheck) practice = verify (stage.practice_key, facts, NULL, SIGNED_AT);
  assert_verdict (foreign, QC_VERDICT_WRONG_CENTER);
  g_assert_cmpstr (foreign->signer, ==, "某县住房公积金管理部");
  assert_verdict (practice, QC_VERDICT_WRONG_CENTER);
  g_assert_cmpstr (practice->signer, ==, "黑河市住房公积金管理中心（演练）");
  set_text (&own->center, "某县住房公积金管理部");
  g_autoptr (QcVoucherCheck) genuine = verify (key, own, center_make ("某县住房公积金管理部", FALSE, key), SIGNED_AT);
  assert_verdict (genuine, QC_VERDICT_GENUINE);
  g_assert_null (genuine->signer);
}

/* A time that has not come is refused; practice has a calendar of its own, and proves nothing anyway. */
static void
test_future (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (1, 1);
  g_autoptr (QcVoucherCheck) future = verify (stage.key, facts, NULL, SIGNED_AT - 1);
  assert_verdict (future, QC_VERDICT_FUTURE);
  g_assert_cmpint (future->time, ==, SIGNED_AT);
  facts_set_practice (facts);
  g_autoptr (QcVoucherCheck) practice = verify (stage.practice_key, facts, NULL, SIGNED_AT - 1);
  assert_verdict (practice, QC_VERDICT_PRACTICE);
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

static char *
save_pdf (const QcVoucherFacts *facts, int reprint, QcMonth extract, const char *name)
{
  g_autoptr (QcVoucher) voucher = voucher_make (&stage, facts);
  char *path = stage_path (&stage, name);
  qc_voucher_set_reprint (voucher, reprint);
  g_assert_true (qc_voucher_set_extract (voucher, extract));
  g_autoptr (GError) error = NULL;
  g_assert_true (qc_voucher_save (stage.font, voucher, path, &error));
  g_assert_no_error (error);
  return path;
}

/* The one voucher of the file. (transfer full) */
static QcCheckedVoucher *
check_one (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) checked = qc_voucher_check_file (path, stage.centers, SIGNED_AT, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (checked->len, ==, 1);
  return g_ptr_array_steal_index (checked, 0);
}

static guint
count (const QcCheckedVoucher *checked, QcPageRemarkKind kind)
{
  guint n = 0;
  for (guint i = 0; i < checked->remarks->len; i++)
    n += ((QcPageRemark *)g_ptr_array_index (checked->remarks, i))->kind == kind;
  return n;
}

static void
assert_nothing_said (const QcCheckedVoucher *checked)
{
  for (guint i = 0; i < checked->remarks->len; i++) {
    const QcPageRemark *remark = g_ptr_array_index (checked->remarks, i);
    g_error ("%d %s %s", remark->kind, remark->field, remark->amount);
  }
}

static void
test_pdf (void)
{
  for (guint i = 0; i < 12; i++) {
    g_autoptr (QcVoucherFacts) facts = facts_make (1 + i * 5, i);
    if (i % 4 == 0)
      facts_set_practice (facts);
    if (i % 3 == 0)
      set_text (&facts->entered, "王𠮷䶮·买买提");
    if (i % 3 == 1)
      facts->business = QC_BUSINESS_BACK_PAYMENT;
    g_autofree char *path = save_pdf (facts, (int)i % 3, i % 5 == 4 ? 202602 : QC_MONTH_NONE, "genuine.pdf");
    QcCheckedVoucher *checked = check_one (path);
    assert_verdict (checked->check, i % 4 == 0 ? QC_VERDICT_PRACTICE : QC_VERDICT_GENUINE);
    assert_same (checked->check->facts, facts, TRUE);
    g_assert_true (checked->compared);
    g_assert_cmpuint (checked->page, ==, 1);
    assert_nothing_said (checked);
    qc_checked_voucher_free (checked);
  }
}

/* Written anew by qpdf, it says the same. */
static void
test_rewritten (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (30, 1);
  g_autofree char *from = save_pdf (facts, 0, QC_MONTH_NONE, "from.pdf"), *to = stage_path (&stage, "to.pdf");
  const char *const plain[] = {"qpdf", from, to, NULL};
  const char *const packed[] = {"qpdf", "--object-streams=generate", "--recompress-flate", from, to, NULL};
  const char *const text[] = {"qpdf", "--qdf", "--normalize-content=n", from, to, NULL};
  const char *const *const commands[] = {plain, packed, text};
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_autofree char *out = run (commands[i]);
    QcCheckedVoucher *checked = check_one (to);
    assert_verdict (checked->check, QC_VERDICT_GENUINE);
    assert_nothing_said (checked);
    qc_checked_voucher_free (checked);
  }
}

/* ---- pages that do not show what was signed ---- */

/* The first @from of @data, from @after on, becomes @to. (transfer full) */
static char *
replace (const char *data, gsize *size, const char *after, const char *from, const char *to)
{
  const char *begin = memmem (data, *size, after, strlen (after));
  GByteArray *out = g_byte_array_new ();
  g_assert_nonnull (begin);
  const char *at = memmem (begin, *size - (gsize)(begin - data), from, strlen (from));
  g_assert_nonnull (at);
  g_byte_array_append (out, (const guint8 *)data, (guint)(at - data));
  g_byte_array_append (out, (const guint8 *)to, (guint)strlen (to));
  g_byte_array_append (out, (const guint8 *)at + strlen (from), (guint)(*size - (gsize)(at - data) - strlen (from)));
  *size = out->len;
  return (char *)g_byte_array_free (out, FALSE);
}

typedef struct {
  const char *what, *after, *from, *to;
  gboolean is_text; /* so that it can be seen in the page's text */
} Forgery;

/* Each by itself makes a viewer show something else than what was signed. */
static const Forgery forgeries[] = {
    {"another amount", "%% Contents for page", "FFE5003100350030002C", "FFE5003900350030002C",
     TRUE}, /* ￥150, → ￥950, */
    {"other words", "%% Contents for page", "4EBA6C115E01", "4EBA6C115E02", TRUE},
    {"a box over all", "%% Contents for page", "\nendstream", "\nq 1 1 1 rg 0 0 600 850 re f Q\nendstream", FALSE},
    {"white ink", "%% Contents for page", "stream\n", "stream\n1 1 1 rg\n", FALSE},
    {"no ink", "%% Contents for page", "stream\n", "stream\n3 Tr\n", FALSE},
    {"beside the page", "%% Contents for page", "stream\n", "stream\n1 0 0 1 5000 0 cm\n", FALSE},
    {"scaled to nothing", "%% Contents for page", "stream\n", "stream\n.0001 0 0 .0001 0 0 cm\n", FALSE},
    {"cut off", "%% Contents for page", "stream\n", "stream\n0 0 1 1 re W n\n", FALSE},
    {"a small part", "/Type /Page\n", "/Type /Page\n", "/Type /Page\n  /CropBox [0 0 40 40]\n", FALSE},
    {"turned", "/Type /Page\n", "/Type /Page\n", "/Type /Page\n  /Rotate 180\n", FALSE},
    {"a map that lies", "begincmap", "<0000> <00FF> <0000>", "<0000> <00FF> <0001>", TRUE},
};

static char *
forge (const char *plain, gsize plain_size, const Forgery *forgery)
{
  gsize size = plain_size;
  g_autofree char *edited = stage_path (&stage, "edited.pdf");
  g_autofree char *changed = replace (plain, &size, forgery->after, forgery->from, forgery->to);
  char *path = stage_path (&stage, "forged.pdf");
  g_autofree char *command = g_strdup_printf ("fix-qdf '%s' >'%s'", edited, path);
  const char *const argv[] = {"sh", "-c", command, NULL};
  g_assert_true (g_file_set_contents (edited, changed, (gssize)size, NULL));
  g_autofree char *out = run (argv);
  return path;
}

static void
test_forged_pages (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (1, 1);
  g_autofree char *from = save_pdf (facts, 0, QC_MONTH_NONE, "from.pdf"), *to = stage_path (&stage, "plain.pdf");
  const char *const argv[] = {"qpdf", "--qdf", "--normalize-content=n", "--object-streams=disable", from, to, NULL};
  g_autofree char *out = run (argv), *plain = NULL;
  gsize size = 0;
  g_assert_true (g_file_get_contents (to, &plain, &size, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (forgeries); i++) {
    g_autofree char *path = forge (plain, size, &forgeries[i]);
    QcCheckedVoucher *checked = check_one (path);
    g_test_message ("%s: %u", forgeries[i].what, checked->remarks->len);
    assert_verdict (checked->check, QC_VERDICT_GENUINE); /* the facts, and nothing is claimed of the page */
    assert_same (checked->check->facts, facts, TRUE);
    g_assert_true (checked->compared);
    if (forgeries[i].is_text)
      g_assert_cmpuint (checked->remarks->len, >, 0);
    qc_checked_voucher_free (checked);
  }
}

/* The attachment of one voucher under the page of another. */
static void
test_other_page (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (1, 1);
  g_autoptr (QcVoucherFacts) other = facts_make (1, 2);
  g_autofree char *mine = save_pdf (facts, 0, QC_MONTH_NONE, "mine.pdf");
  g_autofree char *theirs = save_pdf (other, 0, QC_MONTH_NONE, "theirs.pdf"), *to = stage_path (&stage, "mixed.pdf");
  const char *const detach[] = {"sh", "-c", "cd \"$0\" && pdfdetach -saveall mine.pdf", stage.folder, NULL};
  const char *const attach[] = {"sh", "-c",
                                "cd \"$0\" && qpdf --remove-attachment=qingce-voucher.txt theirs.pdf bare.pdf"
                                " && qpdf --add-attachment qingce-voucher.txt -- bare.pdf mixed.pdf",
                                stage.folder, NULL};
  g_autofree char *detached = run (detach), *attached = run (attach);
  QcCheckedVoucher *checked = check_one (to);
  assert_verdict (checked->check, QC_VERDICT_GENUINE);
  g_assert_cmpstr (checked->check->facts->serial, ==, facts->serial);
  g_assert_cmpuint (count (checked, QC_PAGE_STRANGER), ==, 1);
  g_assert_cmpuint (count (checked, QC_PAGE_LACKS), >, 0);
  g_assert_cmpuint (count (checked, QC_PAGE_OTHER), >, 0);
  qc_checked_voucher_free (checked);
}

/* Without its attachment, by the code on its page, as where paper was scanned into a PDF: the totals only. */
static void
test_code_on_page (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (1, 1);
  g_autofree char *from = save_pdf (facts, 0, QC_MONTH_NONE, "from.pdf"), *to = stage_path (&stage, "bare.pdf");
  const char *const argv[] = {"qpdf", "--remove-attachment=" QC_VOUCHER_ATTACHMENT, from, to, NULL};
  g_autofree char *out = run (argv);
  QcCheckedVoucher *checked = check_one (to);
  assert_verdict (checked->check, QC_VERDICT_GENUINE);
  g_assert_false (checked->check->complete);
  assert_same (checked->check->facts, facts, FALSE);
  g_assert_cmpuint (checked->page, ==, 1);
  g_assert_true (checked->compared);
  assert_nothing_said (checked);
  qc_checked_voucher_free (checked);
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
  qc_vouchers_save (stage.font, &source, path, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) checked = qc_voucher_check_file (path, stage.centers, SIGNED_AT, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (checked->len, ==, 40);
  guint page = 0;
  for (guint i = 0; i < checked->len; i++) {
    g_autoptr (QcVoucherFacts) facts = facts_make (1 + i % 30, i);
    const QcCheckedVoucher *one = g_ptr_array_index (checked, i);
    assert_verdict (one->check, QC_VERDICT_GENUINE);
    assert_same (one->check->facts, facts, TRUE);
    assert_nothing_said (one);
    g_assert_cmpuint (one->page, >, page);
    page = one->page;
  }
}

/* ---- the text of a page ---- */

static void
test_compare (void)
{
  static const struct {
    const char *text;
    guint lacks, others;
  } cases[] = {
      {"150,000.00 75,000.00 人民币壹拾伍万元整", 0, 0},
      {"１５０，０００．００ ￥75,000.00元 人民币壹拾伍 万元整", 0, 0}, /* wide digits, blanks in words */
      {"150000.00 75,000.00 人民币壹拾伍万元整", 0, 0},
      {"950,000.00 75,000.00 人民币壹拾伍万元整", 1, 1},
      {"1,150,000.00 75,000.00 人民币壹拾伍万元整", 1, 1}, /* a part of a number is no number */
      {"150,000.00 75,000.00 玖拾伍万元整", 1, 0},
      {"150,000.00 75,000.0 人民币壹拾伍万元整 2026.11.23 1.234 12", 0, 0}, /* a date, a version, a count */
      {"", 4, 0},
  };
  g_autoptr (QcVoucherFacts) facts = facts_make (1, 1);
  QcMonthLine *line = &g_array_index (facts->lines, QcMonthLine, 0);
  *line = (QcMonthLine) {.month = 202601,
                         .added_people = 1,
                         .people = 1,
                         .added_fen = 15000000,
                         .unit_fen = 7500000,
                         .personal_fen = 7500000};
  facts->unit_fen = facts->personal_fen = 7500000;
  facts->people = 1;
  g_autoptr (QcVoucher) voucher = voucher_make (&stage, facts);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    QcCheckedVoucher checked = {.remarks = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_page_remark_free)};
    g_autofree char *folded = qc_page_fold (cases[i].text);
    qc_page_compare (voucher, folded, checked.remarks);
    g_test_message ("%s", cases[i].text);
    g_assert_cmpuint (count (&checked, QC_PAGE_LACKS), ==, cases[i].lacks);
    g_assert_cmpuint (count (&checked, QC_PAGE_OTHER), ==, cases[i].others);
    g_ptr_array_unref (checked.remarks);
  }
}

/* What a check shows says that it is no voucher, and of a code what the code does not hold. */
static void
test_drawn (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (3, 1);
  g_autoptr (QcSignedVoucher) signed_voucher = facts_sign (&stage, facts);
  g_autofree char *qr = qc_signed_voucher_to_qr (signed_voucher), *path = stage_path (&stage, "drawn.pdf");
  g_autoptr (QcSignedVoucher) compact = qc_signed_voucher_from_text (qr, NULL);
  const QcSignedVoucher *cases[] = {signed_voucher, compact};
  g_autoptr (GError) error = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (QcVoucher) voucher = qc_voucher_new_for_check (cases[i], stage.centers, SIGNED_AT, &error);
    g_assert_no_error (error);
    g_assert_true (qc_voucher_save (stage.font, voucher, path, &error));
    g_autofree char *text = read_text (path);
    g_assert_nonnull (strstr (text, "不是凭证"));
    g_assert_nonnull (strstr (text, facts->serial));
    g_assert_cmpint (strstr (text, "码中未载") != NULL, ==, i == 1);
    g_assert_cmpint (strstr (text, "2026年02月 ") != NULL, ==, i == 0);
  }
  g_assert_null (qc_voucher_new (compact, stage.centers, &error)); /* never paper */
  g_assert_error (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_UNPROVEN);
  g_clear_error (&error);
  g_assert_null (qc_voucher_new_for_check (signed_voucher, stage.centers, SIGNED_AT - 1, &error));
  g_assert_error (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_UNPROVEN);
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
  g_autofree char *path = stage_path (&stage, "hostile");
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) checked = qc_voucher_check_file (path, stage.centers, SIGNED_AT, NULL, &error);
    for (guint k = 0; checked != NULL && k < checked->len; k++)
      g_assert_null (((QcCheckedVoucher *)g_ptr_array_index (checked, k))->check->facts);
    g_assert_true (checked != NULL || error->domain == QC_DOCUMENTS_ERROR || error->domain == QC_READER_ERROR);
  }
}

/* Bytes of a PDF changed at random: never other facts. */
static void
test_broken_pdf (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (2, 1);
  g_autofree char *from = save_pdf (facts, 0, QC_MONTH_NONE, "from.pdf");
  g_autofree char *path = stage_path (&stage, "broken.pdf");
  g_autofree char *data = NULL;
  gsize size = 0;
  g_assert_true (g_file_get_contents (from, &data, &size, NULL));
  for (int i = 0; i < 40; i++) {
    g_autofree char *copy = g_memdup2 (data, size);
    gssize length = i % 2 == 0 ? (gssize)size : g_test_rand_int_range (1, (gint32)size);
    for (int k = 0; k < 8; k++)
      copy[g_test_rand_int_range (0, (gint32)size)] = (char)g_test_rand_int_range (0, 256);
    g_assert_true (g_file_set_contents (path, copy, length, NULL));
    g_autoptr (GPtrArray) checked = qc_voucher_check_file (path, stage.centers, SIGNED_AT, NULL, NULL);
    for (guint k = 0; checked != NULL && k < checked->len; k++) {
      const QcVoucherCheck *check = ((QcCheckedVoucher *)g_ptr_array_index (checked, k))->check;
      if (check->facts != NULL)
        assert_same (check->facts, facts, check->complete);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  stage_open (&stage);
  g_test_add_func ("/check/genuine", test_genuine);
  g_test_add_func ("/check/fields", test_fields);
  g_test_add_func ("/check/thousand", test_thousand);
  g_test_add_func ("/check/exchanged", test_exchanged);
  g_test_add_func ("/check/keys", test_keys);
  g_test_add_func ("/check/wrong-center", test_wrong_center);
  g_test_add_func ("/check/future", test_future);
  g_test_add_func ("/check/refused-facts", test_refused_facts);
  g_test_add_func ("/check/pdf", test_pdf);
  g_test_add_func ("/check/rewritten", test_rewritten);
  g_test_add_func ("/check/forged-pages", test_forged_pages);
  g_test_add_func ("/check/other-page", test_other_page);
  g_test_add_func ("/check/code-on-page", test_code_on_page);
  g_test_add_func ("/check/many-in-one", test_many_in_one);
  g_test_add_func ("/check/compare", test_compare);
  g_test_add_func ("/check/drawn", test_drawn);
  g_test_add_func ("/check/hostile", test_hostile);
  g_test_add_func ("/check/broken-pdf", test_broken_pdf);
  int result = g_test_run ();
  stage_close (&stage);
  return result;
}
