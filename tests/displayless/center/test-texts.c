/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The longest and strangest legal text in every form there is, down to the printed voucher; and a ledger of version 3,
 * written when a name could be anything, read by clients and printed all the same.
 */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "center-fixture.h"
#include "qc-voucher.h"
#include "qc-wire-page.h"
#include "web-client.h"

#define CODE "91350100M000100Y43"
#define WILD "231100001001" /* of fixtures/v3.db: a name of 100 with a tab in it, and a bank of 300 */

/* What @start begins with and 𠮷, four bytes each, fill up to @n characters. */
static char *
fill (const char *start, int n)
{
  GString *out = g_string_new (start);
  for (glong i = g_utf8_strlen (start, -1); i < n; i++)
    g_string_append (out, "𠮷");
  return g_string_free (out, FALSE);
}

static char *
without_blanks (const char *text)
{
  GString *out = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (out, g_utf8_get_char (p));
  return g_string_free (out, FALSE);
}

/* ---- on paper ---- */

static QcVoucher *
believe (Fx *fx, const QcOutcome *issued)
{
  g_autoptr (QcSigningKey) key = fx_load_key (fx);
  g_autofree char *public_key = qc_signing_key_dup_public (key);
  g_autoptr (GPtrArray) centers = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_voucher_center_free);
  QcVoucherCenter *center = qc_voucher_center_new (QC_PRACTICE_DEPARTMENT, TRUE);
  g_ptr_array_add (centers, center);
  g_ptr_array_add (center->keys,
                   qc_verify_key_new (qc_signing_key_get_id (key), QC_SIGNATURE_ALGORITHM, public_key, 0, 0, NULL));
  g_autoptr (GError) error = NULL;
  QcVoucher *voucher = qc_voucher_new (issued->voucher, centers, &error);
  g_assert_no_error (error);
  return voucher;
}

/* What another program reads of the printed page, without blanks. (transfer full) */
static char *
print (Fx *fx, const QcOutcome *issued)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "qingce-texts-XXXXXX.pdf", NULL);
  const char *const argv[] = {"pdftotext", "-raw", "-enc", "UTF-8", path, "-", NULL};
  g_autoptr (QcVoucher) voucher = believe (fx, issued);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcFont) font = qc_font_new (&error);
  close (g_mkstemp (path));
  g_assert_no_error (error);
  qc_voucher_save (font, voucher, path, &error);
  g_assert_no_error (error);
  g_autofree char *text = NULL;
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  g_unlink (path);
  return without_blanks (text);
}

static void
assert_printed (const char *printed, const char *text)
{
  g_autofree char *dense = without_blanks (text);
  if (strstr (printed, dense) == NULL)
    g_error ("“%s” is not in:\n%s", dense, printed);
}

/* ---- into the forms ---- */

/* Fills in two fields of a form on the unit's page. */
static void
fill_form (Web *web, const char *unit, const char *form, const char *name1, const char *value1, const char *name2,
           const char *value2)
{
  g_autofree char *path = g_strconcat ("/console/units/", unit, NULL);
  g_autofree char *target = g_strconcat (path, "/", form, NULL);
  g_autoptr (WebAnswer) answer = web_form (web, path, target, name1, value1, name2, value2, NULL);
  web_assert_status (answer, 303);
}

static char *
find_unit (Fx *fx)
{
  g_autoptr (QcStatement) s
      = qc_connection_prepare (fx->connection, "SELECT account FROM unit WHERE credit_code = '" CODE "'", NULL);
  gboolean has_row;
  g_assert_true (qc_statement_step (s, &has_row, NULL) && has_row);
  return qc_statement_dup_text (s, 0);
}

/* The handler's account name stands on the voucher as 经办; a client submits under it. */
static QcOutcome *
submit_as (Fx *fx, const char *unit, const char *actor)
{
  QcEngineCall call = fx_call (fx, unit);
  fx_answer (fx, unit, 202610);
  g_autoptr (QcRemittanceClaim) claim = fx_claim (fx, unit, 202610);
  call.actor = actor;
  return fx_submit_claim (fx, &call, claim);
}

/* Every text that stands on a voucher, as long and as wide as the forms take it. */
static void
test_longest (void)
{
  g_autofree char *unit_name = fill ("“䶮”·A&B（黑河）〇①Ⅳ　ООО Восток カナ-2 ", 100);
  g_autofree char *name = fill ("阿依古丽·买买提·", 60);
  g_autofree char *bank = fill ("“中国”银行（黑河）分行·", 100);
  g_autofree char *user = fill ("", 32);
  g_autofree char *reference = g_strnfill (40, '8');
  g_autofree char *padded = g_strconcat ("\u3000", unit_name, "\u200b\ufeff", NULL);
  Web web;
  web_open (&web, "20261123");
  g_autoptr (WebAnswer) answer = web_post (&web, "/portal/register", "credit_code", CODE, "unit_name", padded, "name",
                                           name, "user", user, "password", "long-enough", "again", "long-enough", NULL);
  web_assert_status (answer, 303);
  Fx fx;
  fx_attach (&fx, web.dir);
  g_autofree char *unit = find_unit (&fx);
  web_staff (&web, "shenhe");
  g_autofree char *account = g_strconcat ("0809", unit, NULL); /* the made-up bank knows this one only */
  fill_form (&web, unit, "agreement", "bank", bank, "account", account);
  fill_form (&web, unit, "balance", "amount", "999999999999.99", "x", "y");
  fill_form (&web, unit, "arrival", "amount", "1.00", "reference", reference);
  g_autoptr (QcUnit) row = fx_unit (&fx, unit);
  g_assert_cmpstr (row->name, ==, unit_name);
  g_assert_cmpint (g_utf8_strlen (row->name, -1), ==, 100);
  g_assert_cmpstr (row->agreement_bank, ==, bank);
  g_assert_cmpint (row->suspense, ==, 100);
  g_autoptr (QcOutcome) done = submit_as (&fx, unit, name);
  fx_assert_done (done);
  g_assert_cmpint (done->application->state, ==, QC_STATE_FINISHED);
  g_autoptr (QcOutcome) issued = fx_issue (&fx, unit, done->application->serial);
  fx_assert_done (issued);
  g_autofree char *printed = print (&fx, issued);
  assert_printed (printed, unit_name);
  assert_printed (printed, name);
  assert_printed (printed, bank);
  assert_printed (printed, account);
  fx_audit (&fx);
  qc_connection_close (fx.connection);
  web_close (&web);
}

/* ---- a ledger of before ---- */

static gboolean
unit_cb (const QcFeedRow *row, gpointer user_data)
{
  if (row->unit != NULL)
    qc_wire_page_add (user_data, row);
  return TRUE;
}

/* What a client makes of the unit's row. (transfer full) */
static QcUnit *
pull_unit (Fx *fx, const char *unit)
{
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_READ);
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (0);
  qc_wire_page_begin (writer, QC_FEED_UNIT);
  gboolean more;
  QcFeedPageStatus status;
  g_autoptr (GError) error = NULL;
  g_autofree char *cursor = NULL;
  qc_feeds_page (fx->connection, unit, QC_FEED_UNIT, NULL, 10, unit_cb, writer, &status, &cursor, &more, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) bytes = qc_wire_page_end (writer, cursor, more, -1);
  g_autoptr (QcWirePage) page = qc_wire_decode_page (bytes, QC_FEED_UNIT, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->rows->len, ==, 1);
  return qc_unit_copy (g_array_index (page->rows, QcFeedRow, 0).unit);
}

static void
test_from_v3 (void)
{
  Fx fx;
  fx_open_old (&fx, "v3.db");
  g_autofree char *backup = g_strconcat (fx.path, ".v3.bak", NULL);
  g_assert_true (g_file_test (backup, G_FILE_TEST_EXISTS));
  g_assert_cmpint (fx_int (&fx, "PRAGMA user_version"), >=, 4);
  g_assert_cmpint (fx_int (&fx, "SELECT count (*) FROM movement WHERE kind = 'arrival'"), ==, 29);
  g_assert_cmpint (fx_int (&fx, "SELECT count (*) FROM movement WHERE reference IS NOT NULL"), ==, 0);
  fx_audit (&fx);

  g_autoptr (QcUnit) pulled = pull_unit (&fx, WILD);
  g_assert_true (g_str_has_prefix (pulled->name, "　黑河 市龘"));
  g_assert_cmpint (g_utf8_strlen (pulled->agreement_bank, -1), ==, 255);

  g_autoptr (QcOutcome) filled = fx_set_balance (&fx, WILD, QC_MONEY_MAX);
  g_autoptr (QcOutcome) done = submit_as (&fx, WILD, "经\x01办\x1b人");
  fx_assert_done (done);
  g_autoptr (QcOutcome) issued = fx_issue (&fx, WILD, done->application->serial);
  fx_assert_done (issued);
  g_autofree char *printed = print (&fx, issued);
  assert_printed (printed, "　黑河 市龘龘龘");
  assert_printed (printed, "经办人");
  assert_printed (printed, "某银行 长长长");

  /* and from now on each transfer has its number */
  g_autoptr (QcOutcome) arrived = fx_arrive_as (&fx, QC_PRACTICE_UNIT_TRANSFER, NULL, 100, "ABCD-1");
  fx_assert_done (arrived);
  g_autoptr (QcOutcome) again = fx_arrive_as (&fx, QC_PRACTICE_UNIT_RECEIVER, NULL, 200, " ａbcd-1\u3000");
  fx_assert_refused (again, "arrival.reference-taken");
  fx_audit (&fx);
  fx_close (&fx);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/center/texts/longest", test_longest);
  g_test_add_func ("/center/texts/from-v3", test_from_v3);
  return g_test_run ();
}
