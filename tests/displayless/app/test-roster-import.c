/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A clerk's file on its way into a roster (J7): columns are found, every row is told at once, nobody is taken for
 * somebody else, nothing is written before it is adopted, and that is one step.
 */
#include "import-play.h"
#include "qc-app-error.h"
#include "qc-import-recent.h"
#include "qc-roster-import-private.h"
#include "qc-roster-service-private.h"
#include "qc-session-private.h"
#include "qc-store-outbox.h"

#include <glib/gstdio.h>
#include <string.h>

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
result_there (gpointer data)
{
  return *(GAsyncResult **)data != NULL;
}

/* ---- columns ---- */

static void
test_columns (void)
{
  static const struct {
    const char *text;
    guint header;        /* index of the row */
    const char *mapping; /* a field a column, "-" = none */
  } rows[] = {
      {"个人账号,姓名,新缴存基数\n232,a,1\n", 0, "account name new_base"},
      {"黑河公积金 缴存基数调整,,\n,,\n序号,职工姓名,身份证号码,调整后缴存基数（元）*\n1,a,b,2\n", 1,
       "- name document new_base"},
      {"公积金账号\t姓名\t缴存基数\n1\ta\t2\n", 0, "account name new_base"}, /* one base only: the new one */
      {"个人账号,调整前缴存基数,调整后缴存基数\n1,2,3\n", 0, "account - new_base"},
      {"account,new_base,extra\n1,2,3\n", 0, "account new_base -"},
      {"个人账号,个人账号,新基数\n1,2,3\n", 0, "account - new_base"},
      {"23110000000001,5000\n", G_MAXUINT, "- -"},
  };
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
    g_autoptr (GString) mapping = g_string_new (NULL);
    play_open_text (fixture, import, rows[i].text);
    g_assert_cmpuint (qc_roster_import_get_header (import), ==, rows[i].header);
    const GArray *fields = qc_roster_import_get_mapping (import);
    for (guint c = 0; c < fields->len; c++) {
      int field = g_array_index (fields, int, c);
      g_string_append_printf (mapping, "%s%s", c > 0 ? " " : "",
                              field == QC_HEADER_NONE ? "-" : qc_line_field ((QcLineFieldId)field)->name);
    }
    g_assert_cmpstr (mapping->str, ==, rows[i].mapping);
  }
}

/* A sheet without headers is mapped by hand. */
static void
test_by_hand (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 4);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  g_autoptr (GError) error = NULL;
  play_open_text (fixture, import, "6000,2320000001\n6100,2320000002\n");
  g_autofree char *nobody = qc_roster_import_dup_why_not (import);
  g_assert_nonnull (nobody);
  g_assert_null (play_check (import, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  qc_roster_import_set_field (import, 0, QC_LINE_ACCOUNT);
  qc_roster_import_set_field (import, 1, QC_LINE_ACCOUNT); /* no field twice */
  g_autofree char *nothing = qc_roster_import_dup_why_not (import);
  g_assert_nonnull (nothing);
  qc_roster_import_set_field (import, 0, QC_LINE_NEW_BASE);
  g_assert_null (qc_roster_import_dup_why_not (import));
  const QcImportResult *result = play_check (import, &error);
  g_assert_no_error (error);
  play_assert_rows (result, "1 added\n2 added base.jump\n");
}

/* What was chosen by hand holds for the next file with these headers, after a restart too, and for no other. */
static void
test_remembered (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 4);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  g_autoptr (GError) error = NULL;
  guint added, changed;
  play_open_text (fixture, import, "甲,乙,账号\n6000,5900,2320000001\n");
  g_assert_null (qc_roster_import_get_remembered (import));
  qc_roster_import_set_field (import, 1, QC_LINE_NEW_BASE);
  g_assert_nonnull (play_check (import, &error));
  g_assert_true (qc_roster_import_adopt (import, FALSE, &added, &changed, &error));
  play_settle (service);
  g_autofree char *entry = qc_app_fixture_dup_journal (fixture, "import.adopted");
  g_assert_true (g_str_has_prefix (entry, "base-adjustment|1/"));
  g_clear_object (&import);
  g_clear_object (&service);
  qc_app_fixture_restart (fixture);

  service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  import = qc_roster_import_new (service);
  play_open_text (fixture, import, "甲,乙,账号\n1,6100,2320000002\n");
  g_assert_cmpstr (qc_roster_import_get_remembered (import), ==, "2026-11-23");
  g_assert_nonnull (play_check (import, &error));
  g_assert_true (qc_roster_import_adopt (import, FALSE, &added, &changed, &error));
  play_settle (service);
  g_assert_cmpint (play_find (service, "2320000002")->new_base, ==, 610000);
  play_open_text (fixture, import, "甲,乙,丙,账号\n1,6100,2,2320000002\n");
  g_assert_null (qc_roster_import_get_remembered (import));
}

/* ---- rows ---- */

/* Every row is told, whatever is wrong with the others; then all, or the good ones alone, in one step. */
static void
test_rows (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 12);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcPasteResult) pasted
      = play_paste (service, "account\tnew_base\n2320000001\t5100\n2320000002\t5200\n2320000003\t5300\n");
  g_assert_cmpuint (pasted->added, ==, 3);
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  play_open_text (fixture, import,
                  "个人账号,姓名,新缴存基数\n"
                  "2320000001,,5100\n"         /* as on the roster */
                  "2320000002,,5250.50\n"      /* otherwise */
                  "2320000004,,５，５００元\n" /* comes, repaired */
                  "2320000005,,\n"             /* nothing entered */
                  "2320000006,,5000\n"         /* the base that is there already */
                  "2320000007,,1\n"            /* below the limit */
                  "2320000008,,12.345\n"       /* cannot be read */
                  "9999999999,,5500\n"         /* nobody */
                  ",,5500\n"                   /* names nobody */
                  "2320000009,不是他,5500\n"   /* somebody else */
                  "2320000004,,5600\n");       /* twice */
  g_autoptr (GError) error = NULL;
  const QcImportResult *result = play_check (import, &error);
  g_assert_no_error (error);
  play_assert_rows (result, "2 unchanged\n"
                            "3 changed\n"
                            "4 added\n"
                            "5 empty\n"
                            "6 unchanged\n"
                            "7 added !base.below-floor\n"
                            "8 added !roster.unreadable\n"
                            "9 unmatched !import.unknown\n"
                            "10 unmatched !import.nobody\n"
                            "11 refused !import.name-differs\n"
                            "12 refused !import.repeated\n");
  g_assert_cmpuint (result->faulty, ==, 6);
  g_assert_cmpuint (result->not_in_file, ==, 1);
  g_assert_cmpuint (result->n_repairs, ==, 1);
  const QcImportRepair *repair = g_ptr_array_index (result->repairs, 0);
  g_assert_cmpuint (repair->number, ==, 4);
  g_assert_cmpstr (repair->after, ==, "5,500.00");
  const QcImportRow *unreadable = g_ptr_array_index (result->rows, 6);
  g_assert_cmpint (qc_roster_import_get_column (import, g_ptr_array_index (unreadable->findings, 0)), ==, 2);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 3); /* nothing is written by looking */
  g_assert_cmpint (play_find (service, "2320000002")->new_base, ==, 520000);

  guint added, changed;
  g_assert_true (qc_roster_import_adopt (import, TRUE, &added, &changed, &error));
  g_assert_no_error (error);
  play_settle (service);
  g_assert_cmpuint (added, ==, 1);
  g_assert_cmpuint (changed, ==, 1);
  g_assert_cmpint (play_find (service, "2320000002")->new_base, ==, 525050);
  g_assert_cmpint (play_find (service, "2320000004")->new_base, ==, 550000);
  g_assert_null (play_find (service, "2320000007"));
  qc_draft_undo (play_draft (service));
  play_settle (service);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 3);
  g_assert_cmpint (play_find (service, "2320000002")->new_base, ==, 520000);
}

/* All of them: what is faulty stands on the roster as it was written, to be corrected there. */
static void
test_all (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 12);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  play_open_text (fixture, import, "账号\t封存原因\n2320000001\t解除劳动关系\n2320000002\t飞了\n2320000003\t\n");
  g_autoptr (GError) error = NULL;
  const QcImportResult *result = play_check (import, &error);
  g_assert_no_error (error);
  play_assert_rows (result, "2 added\n3 added !roster.unreadable\n4 empty\n");
  guint added, changed;
  g_assert_true (qc_roster_import_adopt (import, FALSE, &added, &changed, &error));
  play_settle (service);
  g_assert_cmpuint (added, ==, 2);
  g_assert_cmpstr (qc_line_get_raw (play_find (service, "2320000002"), QC_LINE_REASON), ==, "飞了");
  g_assert_cmpstr (play_find (service, "2320000001")->reason, ==, "01");
}

/* Of cells that were read otherwise than they stand there the first thousand are listed, and all are counted. */
static void
test_repairs (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 1001);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  g_autoptr (GString) text = g_string_new ("账号,新基数\n");
  for (guint i = 0; i < 1001; i++)
    g_string_append_printf (text, "232%07u,５５００\n", i);
  play_open_text (fixture, import, text->str);
  const QcImportResult *result = play_check (import, NULL);
  g_assert_cmpuint (result->n_repairs, ==, 1001);
  g_assert_cmpuint (result->repairs->len, ==, 1000);
  const QcImportRepair *last = g_ptr_array_index (result->repairs, 999);
  g_assert_cmpuint (last->number, ==, 1001);
}

/* A base that is entered for somebody who is sealed counts for nothing; a row that enters nothing leaves its line. */
static void
test_not_here (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 4);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n2320000002\t01\n");
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  play_open_text (
      fixture, import,
      "账号,姓名,原因,启封后缴存基数\n2320000001,,解除劳动关系,5500\n2311000003,,恢复缴存,5500\n2320000002,,,\n");
  const QcImportResult *result = play_check (import, NULL);
  play_assert_rows (result, "2 added !roster.not-here\n3 added\n4 unchanged\n");
  const QcImportRow *row = g_ptr_array_index (result->rows, 0);
  g_assert_cmpstr (qc_finding_get_arg (g_ptr_array_index (row->findings, 0), "person", NULL), ==, "张三");
  g_assert_cmpuint (result->not_in_file, ==, 0);
}

/* What waits in the outbox is laid over people before they come onto a roster: who will be sealed may not, who will be
 * normal may, with the base of then. The roster reads such people itself. */
static void
test_waiting (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_SEALING, 4);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  g_autoptr (GError) error = NULL;
  guint added, changed;
  play_open_text (fixture, import, "账号,新基数\n2311000001,5500\n2311000003,3600\n2320000001,5500\n");
  const QcImportResult *result = play_check (import, &error);
  play_assert_rows (result, "2 refused !base.status\n3 added\n4 added\n");
  g_assert_true (qc_roster_import_adopt (import, TRUE, &added, &changed, &error));
  g_assert_false (import->people_left);
  play_settle (service);
  g_assert_cmpint (play_find (service, "2311000003")->base, ==, 345600);
  g_assert_cmpint (play_find (service, "2311000003")->status, ==, QC_PERSON_NORMAL);
}

/* People who were read for the file become the roster's, where any of them came onto it. */
static void
test_given (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 4);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  g_autoptr (GError) error = NULL;
  guint added, changed;
  for (guint i = 0; i < 2; i++) {
    g_autofree char *text = g_strdup_printf ("账号,新基数\n2320000001,%u\n", 5500 + i);
    play_open_text (fixture, import, text);
    g_assert_nonnull (play_check (import, &error));
    g_assert_true (qc_roster_import_adopt (import, TRUE, &added, &changed, &error));
    play_settle (service);
    g_assert_cmpuint (added, ==, 1 - i);
    g_assert_cmpuint (changed, ==, i);
    g_assert_cmpuint (import->people_left, ==, 1 - i);
  }
  /* not while a step is undone */
  play_open_text (fixture, import, "账号,新基数\n2320000002,5500\n");
  g_assert_nonnull (play_check (import, &error));
  qc_draft_undo (play_draft (service));
  g_assert_false (qc_import_receipt_can_take_back (qc_roster_import_get_receipt (import)));
  g_assert_false (qc_roster_import_adopt (import, TRUE, &added, &changed, &error));
  g_assert_error (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT);
  play_settle (service);
}

/* Not while the roster itself is not read. */
static void
test_no_ground (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 4);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) slot = NULL;
  guint added, changed;
  play_open_text (fixture, import, "账号,新基数\n2320000001,5500\n");
  g_assert_nonnull (play_check (import, &error));
  QcRosterGround *ground = g_steal_pointer (&service->ground);
  g_assert_false (qc_roster_import_adopt (import, TRUE, &added, &changed, &error));
  g_assert_error (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT);
  g_clear_error (&error);
  g_assert_null (play_check (import, &error));
  g_assert_cmpstr (error->message, ==, "The roster has not been read yet.");
  g_clear_error (&error);
  service->ground = ground;
  qc_roster_import_check_async (import, NULL, result_cb, &slot);
  service->ground = NULL; /* amid a check */
  qc_app_fixture_until (result_there, &slot);
  service->ground = ground;
  g_assert_null (qc_roster_import_check_finish (import, slot, &error));
  g_assert_error (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT);
}

/* A database that cannot be read is said with what can be done, one that was not waited for is not. */
static void
test_unreadable_people (void)
{
  static const struct {
    QcBusiness business;
    const char *table, *text;
  } rows[]
      = {{QC_BUSINESS_BASE_ADJUSTMENT, "person", "账号,新基数\n2311000001,5500\n"},
         {QC_BUSINESS_BACK_PAYMENT, "base_history", "账号,补缴原因,自年月,至年月\n2311000002,漏缴,2026-08,2026-09\n"}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
    g_autoptr (QcRosterService) service = play_open (fixture, rows[i].business, 0);
    g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
    g_autoptr (GError) error = NULL;
    g_autoptr (GAsyncResult) slot = NULL;
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autofree char *away = g_strdup_printf ("ALTER TABLE %s RENAME TO away", rows[i].table);
    g_autofree char *back = g_strdup_printf ("ALTER TABLE away RENAME TO %s", rows[i].table);
    play_open_text (fixture, import, rows[i].text);
    qc_app_fixture_sql (fixture, away);
    g_assert_null (play_check (import, &error));
    g_assert_error (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT);
    g_assert_true (g_str_has_suffix (error->message, "Try again. If it stays so, restart Qingce."));
    g_clear_error (&error);
    qc_app_fixture_sql (fixture, back);
    g_cancellable_cancel (cancellable);
    qc_roster_import_check_async (import, cancellable, result_cb, &slot);
    qc_app_fixture_until (result_there, &slot);
    g_assert_null (qc_roster_import_check_finish (import, slot, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_nonnull (play_check (import, NULL));
  }
}

/* What was checked against another roster is not adopted. */
static void
test_stale (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 12);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  play_open_text (fixture, import, "账号,新基数\n2320000001,5500\n");
  g_autoptr (GError) error = NULL;
  g_assert_nonnull (play_check (import, &error));
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\tnew_base\n2320000001\t5600\n");
  guint added, changed;
  g_assert_false (qc_roster_import_adopt (import, FALSE, &added, &changed, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (play_find (service, "2320000001")->new_base, ==, 560000);
  g_clear_error (&error);
  play_assert_rows (play_check (import, &error), "2 changed\n");
}

/* An old workbook (.xls), which xlwt wrote: it is imported like any other, and its faults come back as an .xlsx that
 * has the same ones. */
static void
test_old (void)
{
  static const char expected[] = "4 added\n"
                                 "5 added\n"
                                 "7 added !base.below-floor\n"
                                 "9 unmatched !import.unknown\n";
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 12);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  g_autofree char *kept = g_test_build_filename (G_TEST_DIST, "tests/displayless/app/fixtures/roster.xls", NULL);
  g_autofree char *path = g_build_filename (fixture->dir, "清册.XLS", NULL), *bytes = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_get_contents (kept, &bytes, &length, &error));
  g_assert_true (g_file_set_contents (path, bytes, (gssize)length, &error));
  g_assert_true (play_open_file (import, path, &error));
  g_assert_no_error (error);
  g_assert_true (qc_roster_import_is_old (import));
  const QcImportResult *result = play_check (import, &error);
  g_assert_no_error (error);
  play_assert_rows (result, expected);

  g_autoptr (GFile) beside = qc_roster_import_dup_faults_file (import);
  g_autofree char *marked = g_file_get_path (beside);
  g_assert_true (g_str_has_suffix (marked, ".xlsx"));
  g_autoptr (GAsyncResult) slot = NULL;
  qc_roster_import_write_faults_async (import, beside, NULL, result_cb, &slot);
  qc_app_fixture_until (result_there, &slot);
  QcImportMarked how;
  g_assert_true (qc_roster_import_write_faults_finish (import, slot, &how, &error));
  g_assert_no_error (error);
  g_assert_cmpint (how, ==, QC_IMPORT_MARKED_CELLS);
  g_autofree char *entry = qc_app_fixture_dup_journal (fixture, "import.marked");
  g_assert_true (g_str_has_prefix (entry, "base-adjustment|") && g_str_has_suffix (entry, marked));
  g_assert_true (play_open_file (import, marked, &error));
  g_assert_false (qc_roster_import_is_old (import));
  g_assert_cmpuint (qc_roster_import_get_sheet (import), ==, 1);
  result = play_check (import, &error);
  g_assert_no_error (error);
  play_assert_rows (result, expected);

  g_assert_true (g_file_set_contents (path, bytes, 2048, &error));
  g_assert_false (play_open_file (import, path, &error));
  g_assert_nonnull (error);
}

static void
assert_repair (const QcImportResult *result, const char *before, const char *after)
{
  g_assert_cmpuint (result->n_repairs, ==, 1);
  const QcImportRepair *repair = g_ptr_array_index (result->repairs, 0);
  g_assert_cmpstr (repair->before, ==, before);
  g_assert_cmpstr (repair->after, ==, after);
}

/* What stood in the private-use area before 2022 is read in its place of today: a name is the same, and that it was
 * read so is listed. */
static void
test_private_use (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 12);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  play_open_text (fixture, import, "账号,姓名,新基数\n2311000004,丁𠮷\ue863,4600\n2320000002,张\ue863,5600\n");
  g_autoptr (GError) error = NULL;
  const QcImportResult *result = play_check (import, &error);
  g_assert_no_error (error);
  play_assert_rows (result, "2 added\n3 refused !import.name-differs\n");
  assert_repair (result, "丁𠮷\ue863", "丁𠮷䶮");

  g_clear_object (&import);
  g_autoptr (QcRosterService) sealing = play_open (fixture, QC_BUSINESS_SEALING, 0);
  import = qc_roster_import_new (sealing);
  play_open_text (fixture, import, "账号,封存原因,说明\n2320000001,其他,\ue854等原因\n");
  result = play_check (import, &error);
  g_assert_no_error (error);
  assert_repair (result, "\ue854等原因", "\u9fba等原因");
}

static void
test_no_file (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  g_autoptr (GError) error = NULL;
  g_assert_false (play_open_file (import, "/nonexistent/清册.xlsx", &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "清册.xlsx"));
  g_clear_error (&error);
  g_assert_false (play_open_file (import, fixture->dir, &error)); /* a folder */
  g_assert_nonnull (error);
  g_assert_null (play_check (import, NULL));
}

/* ---- one correction for a group ---- */

static const QcImportCorrection *
correction_at (QcRosterImport *import, guint index)
{
  return g_ptr_array_index (qc_roster_import_get_corrections (import), index);
}

/* A word that the list does not have means one of its codes, in every row with that word and in no other; what is
 * missing is the same in all; what is left out is not taken over; each can be put back. */
static void
test_correct_words (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 12);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  play_open_text (fixture, import,
                  "账号\t原因\t说明\n"
                  "2320000001\t离职\t\n"
                  "2320000002\t离职\t\n"
                  "2320000003\t飞了\t\n"
                  "2320000004\t其他\t\n"
                  "2320000005\t其他\t借调\n"
                  "9999999999\t离职\t\n");
  g_autoptr (GError) error = NULL;
  const QcImportResult *result = play_check (import, &error);
  g_assert_no_error (error);
  const char *as_written = "2 added !roster.unreadable\n3 added !roster.unreadable\n4 added !roster.unreadable\n"
                           "5 added !roster.reason-text-missing\n6 added\n7 unmatched !import.unknown\n";
  play_assert_rows (result, as_written);
  g_assert_cmpuint (result->groups->len, ==, 4);
  const QcImportGroup *left = play_find_group (result, "roster.unreadable", "离职");
  g_assert_cmpuint (left->rows->len, ==, 2);
  g_autoptr (GPtrArray) values = qc_roster_import_dup_values (import, left);
  g_assert_cmpuint (values->len, ==, 2); /* of the list of 封存 alone */
  g_assert_false (qc_roster_import_can_correct (import, left, QC_IMPORT_MATCH));
  g_assert_false (
      qc_roster_import_can_correct (import, play_find_group (result, "import.unknown", NULL), QC_IMPORT_ENTER));

  result = play_correct (import, left, QC_IMPORT_ENTER, "01");
  play_assert_rows (result,
                    "2 added\n3 added\n4 added !roster.unreadable\n5 added !roster.reason-text-missing\n6 added\n"
                    "7 unmatched !import.unknown\n");
  g_assert_cmpuint (correction_at (import, 0)->rows->len, ==, 2);
  g_assert_cmpstr (correction_at (import, 0)->shown, ==, "解除劳动关系");
  result = play_correct (import, play_find_group (result, "roster.reason-text-missing", NULL), QC_IMPORT_ENTER,
                         "停薪留职");
  result = play_correct (import, play_find_group (result, "roster.unreadable", "飞了"), QC_IMPORT_LEAVE_OUT, NULL);
  result = play_correct (import, play_find_group (result, "import.unknown", NULL), QC_IMPORT_LEAVE_OUT, NULL);
  play_assert_rows (result, "2 added\n3 added\n4 left-out roster.unreadable\n5 added\n6 added\n"
                            "7 left-out import.unknown\n");
  g_assert_cmpuint (result->faulty, ==, 0);
  g_assert_cmpuint (result->good, ==, 4);
  g_assert_cmpuint (result->groups->len, ==, 0);

  for (guint i = 0; i < 4; i++)
    qc_roster_import_put_back (import, 0);
  play_assert_rows (play_check (import, &error), as_written);
  result = play_correct (import, play_find_group (qc_roster_import_get_result (import), "roster.unreadable", "离职"),
                         QC_IMPORT_ENTER, "01");
  guint added, changed;
  g_assert_true (qc_roster_import_adopt (import, TRUE, &added, &changed, &error));
  play_settle (service);
  g_assert_cmpuint (added, ==, 3);
  g_assert_cmpstr (play_find (service, "2320000002")->reason, ==, "01");
  g_assert_null (qc_line_get_raw (play_find (service, "2320000002"), QC_LINE_REASON));

  /* the next import knows nothing of it */
  g_autoptr (QcRosterImport) next = qc_roster_import_new (service);
  play_open_text (fixture, next, "账号\t原因\t说明\n2320000007\t离职\t\n");
  play_assert_rows (play_check (next, &error), "2 added !roster.unreadable\n");
}

/* Whose number nobody has is found by document or name where that is certain, and each of them is told. */
static void
test_correct_people (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 12);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  play_open_text (fixture, import,
                  "账号,姓名,证件号码,新基数\n"
                  "9999999991,白小溪,,7100\n"                   /* the only one of that name */
                  "9999999992,张三,,5500\n"                     /* one of twelve */
                  "9999999993,,110105199512310020,5500\n"       /* a document */
                  "9999999994,白小溪,110105199512310020,5500\n" /* two people */
                  "9999999995,安大海,231102199003070016,5500\n" /* a document that thirteen have */
                  "9999999996,安大海,110105199512310099,5500\n" /* a document that nobody has */
                  ",方秀兰,,5500\n"                             /* no number at all */
                  "9999999997,白小溪,,7200\n");                 /* the second time */
  g_autoptr (GError) error = NULL;
  const QcImportResult *result = play_check (import, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->counts[QC_IMPORT_UNMATCHED], ==, 8);
  result = play_correct (import, play_find_group (result, "import.unknown", NULL), QC_IMPORT_MATCH, NULL);
  play_assert_rows (result, "2 added import.matched\n"
                            "3 unmatched !import.unknown\n"
                            "4 added import.matched base.jump\n"
                            "5 unmatched !import.unknown\n"
                            "6 unmatched !import.unknown\n"
                            "7 unmatched !import.unknown\n"
                            "8 unmatched !import.nobody\n"
                            "9 refused !import.repeated\n");
  g_assert_cmpstr (((QcImportRow *)g_ptr_array_index (result->rows, 2))->line->account, ==, "2311000004");
  const QcImportGroup *rest = play_find_group (result, "import.unknown", NULL);
  g_assert_false (qc_roster_import_can_correct (import, rest, QC_IMPORT_MATCH)); /* once is all there is to it */
  result = play_correct (import, rest, QC_IMPORT_LEAVE_OUT, NULL);
  result = play_correct (import, play_find_group (result, "import.nobody", NULL), QC_IMPORT_MATCH, NULL);
  g_assert_cmpuint (result->counts[QC_IMPORT_ADDED], ==, 2);
  g_assert_cmpuint (result->counts[QC_IMPORT_LEFT_OUT], ==, 4);
  guint added, changed;
  g_assert_true (qc_roster_import_adopt (import, TRUE, &added, &changed, &error));
  play_settle (service);
  g_assert_cmpint (play_find (service, "2311000002")->new_base, ==, 710000);
}

/* Another column for a field makes another question: what was corrected is forgotten. */
static void
test_correct_columns (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 12);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  play_open_text (fixture, import, "账号,新基数,乙\n2320000001,1,5500\n2320000002,5500,5600\n");
  g_autoptr (GError) error = NULL;
  const QcImportResult *result = play_check (import, &error);
  result = play_correct (import, play_find_group (result, "base.below-floor", NULL), QC_IMPORT_LEAVE_OUT, NULL);
  play_assert_rows (result, "2 left-out base.below-floor\n3 added\n");
  qc_roster_import_set_field (import, 2, QC_LINE_NEW_BASE);
  g_assert_cmpuint (qc_roster_import_get_corrections (import)->len, ==, 0);
  play_assert_rows (play_check (import, &error), "2 added\n3 added\n");
}

/* ---- taken back ---- */

typedef struct {
  guint taken, kept, failed, times;
} Told;

static void
taken_back_cb (QcImportReceipt *receipt, guint taken, guint kept, guint failed, gpointer user_data)
{
  Told *told = user_data;
  *told = (Told) {taken, kept, failed, told->times + 1};
}

/* Four rows, two of which change lines that were there. (transfer full) */
static QcImportReceipt *
adopt_four (QcAppFixture *fixture, QcRosterService *service, Told *told)
{
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\tnew_base\n2320000001\t5100\n2320000002\t5200\n");
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  g_autoptr (GError) error = NULL;
  guint added, changed;
  play_open_text (fixture, import, "账号,新基数\n2320000001,5110\n2320000002,5220\n2320000003,5330\n2320000004,5440\n");
  g_assert_nonnull (play_check (import, &error));
  g_assert_null (qc_roster_import_get_receipt (import));
  g_assert_true (qc_roster_import_adopt (import, FALSE, &added, &changed, &error));
  play_settle (service);
  QcImportReceipt *receipt = g_object_ref (qc_roster_import_get_receipt (import));
  g_signal_connect (receipt, "taken-back", G_CALLBACK (taken_back_cb), told);
  g_assert_true (qc_import_receipt_can_take_back (receipt));
  return receipt;
}

/* Where nothing was done since, it is the undo of its step, and an undo of that step tells the same. */
static void
test_taken_back (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 12);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  Told told = {0};
  g_autoptr (QcImportReceipt) receipt = adopt_four (fixture, service, &told);
  g_assert_true (qc_import_receipt_take_back (receipt));
  play_settle (service);
  g_assert_cmpuint (told.taken, ==, 4);
  g_assert_cmpuint (told.kept + told.failed, ==, 0);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 2);
  g_assert_cmpint (play_find (service, "2320000001")->new_base, ==, 510000);
  g_assert_false (qc_import_receipt_can_take_back (receipt));
  qc_draft_redo (play_draft (service));
  play_settle (service);
  g_assert_true (qc_import_receipt_can_take_back (receipt));
  qc_draft_undo (play_draft (service));
  play_settle (service);
  g_assert_cmpuint (told.times, ==, 2);
  g_assert_cmpuint (told.taken, ==, 4);
}

/* What was changed since stays, what is not there any more cannot be put back; both are told by name, and one undo
 * brings the import again. */
static void
test_partly_taken_back (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 12);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  Told told = {0};
  g_autoptr (QcImportReceipt) receipt = adopt_four (fixture, service, &told);
  g_autoptr (QcPasteResult) pasted
      = play_paste (service, "account\tnew_base\n2320000003\t6000\n"); /* tells amid its step */
  gint64 second = play_find (service, "2320000002")->id;
  qc_roster_service_remove (service, &second, 1);
  play_settle (service);
  g_autofree char *before = play_picture (service);
  g_assert_true (qc_import_receipt_take_back (receipt));
  play_settle (service);
  g_assert_cmpuint (told.taken, ==, 2);
  g_assert_cmpuint (told.kept, ==, 1);
  g_assert_cmpuint (told.failed, ==, 1);
  g_assert_cmpuint (qc_import_receipt_get_kept (receipt)->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (qc_import_receipt_get_failed (receipt), 0), ==, "张三");
  g_assert_cmpint (play_find (service, "2320000001")->new_base, ==, 510000);
  g_assert_null (play_find (service, "2320000002"));
  g_assert_cmpint (play_find (service, "2320000003")->new_base, ==, 600000);
  g_assert_null (play_find (service, "2320000004"));
  g_assert_false (qc_import_receipt_can_take_back (receipt));
  qc_draft_undo (play_draft (service));
  play_settle (service);
  g_autofree char *after = play_picture (service);
  g_assert_cmpstr (after, ==, before);
}

/* Who was taken off by hand since is off; of those who stay the first twenty are named; and once is all. */
static void
test_many_kept (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 30);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  g_autoptr (GString) text = g_string_new ("账号,新基数\n");
  g_autoptr (GString) touch = g_string_new ("account\tnew_base\n");
  guint added, changed;
  Told told = {0};
  for (guint i = 0; i < 24; i++)
    g_string_append_printf (text, "232%07u,5500\n", i);
  for (guint i = 0; i < 21; i++)
    g_string_append_printf (touch, "232%07u\t5600\n", i);
  play_open_text (fixture, import, text->str);
  g_assert_nonnull (play_check (import, NULL));
  g_assert_true (qc_roster_import_adopt (import, FALSE, &added, &changed, NULL));
  play_settle (service);
  QcImportReceipt *receipt = qc_roster_import_get_receipt (import);
  g_signal_connect (receipt, "taken-back", G_CALLBACK (taken_back_cb), &told);
  g_autoptr (QcPasteResult) pasted = play_paste (service, touch->str);
  gint64 last = play_find (service, "2320000023")->id;
  qc_roster_service_remove (service, &last, 1);
  play_settle (service);
  g_assert_true (qc_import_receipt_take_back (receipt));
  g_assert_false (qc_import_receipt_take_back (receipt));
  play_settle (service);
  g_assert_false (qc_import_receipt_take_back (receipt));
  g_assert_cmpuint (told.times, ==, 1);
  g_assert_cmpuint (told.taken, ==, 3);
  g_assert_cmpuint (told.kept, ==, 21);
  g_assert_cmpuint (told.failed, ==, 0);
  g_assert_cmpuint (qc_import_receipt_get_kept (receipt)->len, ==, 20);
  g_assert_cmpuint (qc_import_receipt_get_failed (receipt)->len, ==, 0);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 21);
}

/* Who has no name yet is told by the document, if there is one. */
static void
test_kept_nameless (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_ACCOUNT_OPENING, 0);
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  guint added, changed;
  play_open_text (fixture, import,
                  "姓名,证件类型,身份证号码,缴存基数\n新一,居民身份证,231102198502140045,5000\n"
                  ",居民身份证,23110219910307011X,5000\n,居民身份证,,5000\n新四,居民身份证,,5100\n");
  g_assert_nonnull (play_check (import, NULL));
  g_assert_true (qc_roster_import_adopt (import, FALSE, &added, &changed, NULL));
  play_settle (service);
  g_assert_cmpuint (added, ==, 4);
  QcImportReceipt *receipt = qc_roster_import_get_receipt (import);
  for (guint i = 0; i < 3; i++) {
    const QcRosterLine *line = g_ptr_array_index (play_roster (service)->lines, i);
    qc_roster_service_enter (service, line->id, QC_LINE_NEW_BASE, "5200");
    play_settle (service);
  }
  g_assert_true (qc_import_receipt_take_back (receipt));
  play_settle (service);
  static const char *const names[] = {"新一", "23110219910307011X", ""};
  const GPtrArray *kept = qc_import_receipt_get_kept (receipt);
  g_assert_cmpuint (kept->len, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < kept->len; i++)
    g_assert_cmpstr (g_ptr_array_index (kept, i), ==, names[i]);
}

/* An edit that was undone is none. */
static void
test_taken_back_after_undo (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 12);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  Told told = {0};
  g_autoptr (QcImportReceipt) receipt = adopt_four (fixture, service, &told);
  play_enter (service, "2320000003", QC_LINE_NEW_BASE, "6000");
  qc_draft_undo (play_draft (service));
  play_settle (service);
  g_assert_true (qc_import_receipt_take_back (receipt));
  play_settle (service);
  g_assert_cmpuint (told.taken, ==, 4);
  g_assert_cmpuint (told.kept, ==, 0);
}

static gboolean
is_locked (gpointer service)
{
  return qc_draft_get_outbox (play_draft (service)) != 0;
}

static gboolean
is_open (gpointer service)
{
  return !is_locked (service);
}

static gpointer
accept_cb (QcConnection *connection, gpointer item, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  return qc_store_outbox_begin_attempt (connection, *(gint64 *)item, 1, error)
                 && qc_store_outbox_accept (connection, *(gint64 *)item, 201, body, "FC1", 2, error)
             ? QC_DATABASE_DONE
             : NULL;
}

static gboolean
is_unwritten (gpointer service)
{
  return qc_draft_is_unwritten (play_draft (service));
}

/* While the disk takes nothing, nothing is taken back. */
static void
test_not_taken_back_unwritten (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 12);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  Told told = {0};
  g_autoptr (QcImportReceipt) receipt = adopt_four (fixture, service, &told);
  qc_app_fixture_sql (fixture, "CREATE TRIGGER bad BEFORE UPDATE ON draft BEGIN SELECT raise (ABORT, 'bad'); END");
  qc_roster_service_enter (service, play_find (service, "2320000003")->id, QC_LINE_NEW_BASE, "6000");
  qc_app_fixture_until (is_unwritten, service);
  g_assert_false (qc_import_receipt_can_take_back (receipt));
  g_assert_false (qc_import_receipt_take_back (receipt));
  qc_app_fixture_sql (fixture, "DROP TRIGGER bad");
}

/* What was submitted goes from the screen when it is accepted: nothing was taken back, and nothing can be. */
static void
test_not_taken_back (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 12);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  Told told = {0};
  g_autoptr (QcImportReceipt) receipt = adopt_four (fixture, service, &told);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutboxItem) item = play_submit (service, NULL, &error);
  g_assert_no_error (error);
  qc_app_fixture_until (is_locked, service);
  g_assert_false (qc_import_receipt_can_take_back (receipt));
  gint64 id = qc_outbox_item_get_id (item);
  qc_database_write (qc_session_get_database (fixture->session), "accept", accept_cb, &id, &error);
  g_assert_no_error (error);
  qc_session_data_changed (fixture->session, QC_DATA_QUEUE | QC_DATA_DRAFTS);
  qc_app_fixture_until (is_open, service);
  play_settle (service);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 0);
  g_assert_cmpuint (told.times, ==, 0);
  g_assert_false (qc_import_receipt_can_take_back (receipt));
}

/* A roster that was submitted since is not touched. */
static void
test_submitted (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 4);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\tnew_base\n2320000001\t5100\n");
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  g_autoptr (GError) error = NULL;
  guint added, changed;
  play_open_text (fixture, import, "账号,新基数\n2320000002,5500\n");
  g_assert_nonnull (play_check (import, &error));
  g_autoptr (QcOutboxItem) item = play_submit (service, NULL, &error);
  g_assert_no_error (error);
  qc_app_fixture_until (is_locked, service);
  import->stale = FALSE; /* whatever the draft told */
  g_assert_nonnull (qc_roster_import_get_result (import));
  g_assert_false (qc_roster_import_adopt (import, FALSE, &added, &changed, &error));
  g_assert_error (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 1);
}

/* ---- imported last ---- */

/* "name 2026-10-08 gone" and a line end each. (transfer full) */
static char *
dump_recent (QcAppFixture *fixture)
{
  g_autoptr (GAsyncResult) slot = NULL;
  qc_import_recent_list_async (fixture->session, NULL, result_cb, &slot);
  qc_app_fixture_until (result_there, &slot);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = qc_import_recent_list_finish (slot, &error);
  g_assert_no_error (error);
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < files->len; i++) {
    const QcRecentFile *file = g_ptr_array_index (files, i);
    g_autofree char *name = g_path_get_basename (file->path);
    g_string_append_printf (out, "%s %s%s\n", name, file->date, file->gone ? " gone" : "");
  }
  return g_string_free (out, FALSE);
}

/* What is noted is written behind what goes on. */
static void
assert_recent (QcAppFixture *fixture, const char *expected)
{
  g_autofree char *told = dump_recent (fixture);
  for (int i = 0; i < 500 && !g_str_equal (told, expected); i++) {
    g_usleep (10000);
    g_free (told);
    told = dump_recent (fixture);
  }
  g_assert_cmpstr (told, ==, expected);
}

/* Files that were read, the newest first, over a restart; what cannot be read is none of them; all can be forgotten. */
static void
test_recent (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 4);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  g_autofree char *other = g_build_filename (fixture->dir, "七月 基数.csv", NULL);
  g_assert_true (g_file_set_contents (other, "账号,新基数\n2320000001,5500\n", -1, NULL));
  g_assert_false (play_open_file (import, "/nonexistent/清册.xlsx", NULL));
  play_open_text (fixture, import, "账号,新基数\n2320000001,5500\n");
  g_assert_true (play_open_file (import, other, NULL));
  play_open_text (fixture, import, "账号,新基数\n2320000001,5500\n");
  assert_recent (fixture, "清册.csv 2026-11-23\n七月 基数.csv 2026-11-23\n");
  g_clear_object (&import);
  g_clear_object (&service);
  qc_app_fixture_restart (fixture);
  g_assert_cmpint (g_remove (other), ==, 0);
  assert_recent (fixture, "清册.csv 2026-11-23\n七月 基数.csv 2026-11-23 gone\n");
  qc_import_recent_clear (fixture->session);
  assert_recent (fixture, "");
}

/* ---- many ---- */

/* Many rows, some of whose people are on the roster already: they change and come as one step, and go as one. */
static void
test_many (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 3000);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcPasteResult) pasted
      = play_paste (service, "account\tnew_base\n2320000007\t5100\n2320002999\t5200\n2320000001\t5300\n");
  g_assert_cmpuint (pasted->added, ==, 3);
  g_autofree char *before = play_picture (service);
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  g_autoptr (GString) text = g_string_new ("账号,新基数\n");
  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (text, "232%07u,%u\n", i, 5001 + i % 900);
  play_open_text (fixture, import, text->str);
  g_autoptr (GError) error = NULL;
  const QcImportResult *result = play_check (import, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->counts[QC_IMPORT_ADDED], ==, 2997);
  g_assert_cmpuint (result->counts[QC_IMPORT_CHANGED], ==, 3);
  g_assert_cmpuint (result->good, ==, 3000);
  guint added, changed;
  g_assert_true (qc_roster_import_adopt (import, FALSE, &added, &changed, &error));
  play_settle (service);
  g_assert_cmpuint (added, ==, 2997);
  g_assert_cmpuint (changed, ==, 3);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 3000);
  g_assert_cmpint (play_find (service, "2320002999")->new_base, ==, 100 * (5001 + 2999 % 900));
  g_assert_null (play_finding (service, 0, "roster.unknown-person"));
  qc_draft_undo (play_draft (service));
  play_settle (service);
  g_autofree char *after = play_picture (service);
  g_assert_cmpstr (after, ==, before);
}

static void
told_cb (QcSession *session, guint what, gpointer user_data)
{
  *(guint *)user_data |= what;
}

static gboolean
was_told (gpointer told)
{
  return *(guint *)told != 0;
}

/* Data that came meanwhile: people who were read for the file are not believed any more, and are read by the roster. */
static void
test_data_came (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 600);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  g_autoptr (GString) text = g_string_new ("账号,新基数\n");
  for (guint i = 0; i < 600; i++)
    g_string_append_printf (text, "232%07u,5500\n", i);
  play_open_text (fixture, import, text->str);
  g_autoptr (GError) error = NULL;
  g_assert_nonnull (play_check (import, &error));
  guint added, changed, told = 0;
  g_signal_connect (fixture->session, "data-changed", G_CALLBACK (told_cb), &told);
  qc_session_data_changed (fixture->session, QC_DATA_PEOPLE);
  qc_app_fixture_until (was_told, &told);
  g_assert_true (import->people_left);
  qc_app_fixture_sql (fixture, "UPDATE person SET base = 510000 WHERE account = '2320000001'");
  g_assert_true (qc_roster_import_adopt (import, FALSE, &added, &changed, &error));
  play_settle (service);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 600);
  g_assert_nonnull (play_finding (service, play_find (service, "2320000001")->id, "roster.person-changed"));
  g_assert_null (play_finding (service, 0, "roster.unknown-person"));
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (qc_roster_service_get_counts (service),
                                                           g_intern_string ("roster.unknown-person"))),
                    ==, 0);
}

/* ---- accounts that are opened, and months that are paid later ---- */

/* Rows only add people, or change the line of the same document; nobody is found by name. */
static void
test_newcomers (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_ACCOUNT_OPENING, 0);
  g_autoptr (QcPasteResult) pasted
      = play_paste (service, "name\tdocument\tnew_base\n新一\t231102196501100018\t5000\n新二\tE1234567\t5000\n");
  g_assert_cmpuint (pasted->added, ==, 2);
  gint64 first = ((const QcRosterLine *)g_ptr_array_index (play_roster (service)->lines, 0))->id;
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  play_open_text (fixture, import,
                  "姓名,证件类型,身份证号码,性别,出生日期,手机号,缴存基数\n"
                  "新一,,２３１１０２１９６５０１１０００１８,男,1965-01-10,,6000\n" /* is on the roster */
                  "新三,居民身份证,231102198502140045,,,,5000\n"                     /* comes */
                  "安大海,居民身份证,231102199003070016,,,,5000\n"                   /* has an account here */
                  "安大海,居民身份证,231102199003070059,,,,5000\n"                   /* another one of that name */
                  "新四,居民身份证,23110219910307011X,女,1991-03-08,,5000\n"         /* the number tells otherwise */
                  "新五,居民身份证,231102198502140046,,,,5000\n"                     /* no such number */
                  "新三,居民身份证,231102198502140045,,,,5500\n"                     /* twice */
                  ",,,,,,\n,,,,,13800138000,\n");
  g_autoptr (GError) error = NULL;
  const QcImportResult *result = play_check (import, &error);
  g_assert_no_error (error);
  play_assert_rows (result, "2 changed\n"
                            "3 added\n"
                            "4 added !opening.here\n"
                            "5 added\n"
                            "6 added !person.birth-differs !person.sex-differs\n"
                            "7 added !person.id-check\n"
                            "8 refused !import.repeated\n"
                            "10 added !roster.missing !roster.missing !roster.missing !roster.missing\n");
  g_assert_cmpuint (result->not_in_file, ==, 1);
  const QcImportRow *here = g_ptr_array_index (result->rows, 2);
  g_assert_cmpint (qc_roster_import_get_column (import, g_ptr_array_index (here->findings, 0)), ==, 2);
  guint added, changed;
  g_assert_true (qc_roster_import_adopt (import, TRUE, &added, &changed, &error));
  play_settle (service);
  g_assert_cmpuint (added, ==, 2);
  g_assert_cmpuint (changed, ==, 1);
  const QcRosterLine *line = qc_roster_find (play_roster (service), first);
  g_assert_cmpstr (line->name, ==, "新一");
  g_assert_cmpint (line->new_base, ==, 600000);
  g_assert_cmpint (line->unit_fen, ==, 72000);
  qc_draft_undo (play_draft (service));
  play_settle (service);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 2);
}

/* An account is one here where number and kind of the document are the same; a row that leaves either out is a line
 * too. */
static void
test_newcomers_known (void)
{
  static const struct {
    const char *type, *row, *found;
  } rows[] = {
      {"01", "安大海,居民身份证,231102199003070016,5000", "2 added !opening.here\n"},
      {"02", "安大海,居民身份证,231102199003070016,5000", "2 added\n"},
      {"01", "新五,,E1234567,5000", "2 added !roster.missing\n"},
      {"01", "新六,居民身份证,,5000", "2 added !roster.missing\n"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
    g_autofree char *sql = g_strdup_printf ("UPDATE person SET document_type = '%s'", rows[i].type);
    g_autofree char *text = g_strconcat ("姓名,证件类型,身份证号码,缴存基数\n", rows[i].row, "\n", NULL);
    qc_app_fixture_sql (fixture, sql);
    g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_ACCOUNT_OPENING, 0);
    g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
    play_open_text (fixture, import, text);
    play_assert_rows (play_check (import, NULL), rows[i].found);
  }
}

/* A person and the first month tell the line; what was paid is known before anything is taken over. */
static void
test_months (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BACK_PAYMENT, 0);
  g_autoptr (QcPasteResult) pasted
      = play_paste (service, "account\treason\tfrom\tto\n2311000001\t01\t202607\t202607\n");
  g_assert_cmpuint (pasted->added, ==, 1);
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  play_open_text (fixture, import,
                  "个人账号,姓名,补缴原因,自年月,至年月,补缴基数\n"
                  "2311000001,安大海,漏缴,2026-07,2026-08,\n"   /* changes */
                  "2311000001,安大海,漏缴,2026-03,2026-04,\n"   /* one more period */
                  "2311000001,安大海,漏缴,2026年3月,2026-05,\n" /* the same once more */
                  "2311000002,,漏缴,2026-08,2026-09,\n"         /* the second is paid in full */
                  "2311000004,,漏缴,从前,2026-08,\n"            /* cannot be read */
                  "2311000004,,,,,\n");                         /* nothing entered */
  g_autoptr (GError) error = NULL;
  const QcImportResult *result = play_check (import, &error);
  g_assert_no_error (error);
  play_assert_rows (result, "2 changed\n"
                            "3 added\n"
                            "4 refused !import.repeated\n"
                            "5 added !back-payment.paid-in-full\n"
                            "6 added !roster.unreadable\n"
                            "7 empty\n");
  const QcImportRow *paid = g_ptr_array_index (result->rows, 3);
  g_assert_cmpint (paid->line->months, ==, 1);
  g_assert_cmpint (paid->line->unit_fen, ==, 75000);
  g_assert_null (play_finding (service, 0, "back-payment.unknown-past"));
  guint added, changed;
  g_assert_true (qc_roster_import_adopt (import, TRUE, &added, &changed, &error));
  play_settle (service);
  g_assert_cmpuint (added, ==, 1);
  g_assert_cmpuint (changed, ==, 1);
  const QcRosterLine *line = g_ptr_array_index (play_roster (service)->lines, 0);
  g_assert_cmpint (line->to, ==, 202608);
  g_assert_cmpint (line->unit_fen, ==, 120000);
  line = g_ptr_array_index (play_roster (service)->lines, 1);
  g_assert_cmpint (line->from, ==, 202603);
  g_assert_cmpint (line->months, ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roster-import/columns", test_columns);
  g_test_add_func ("/roster-import/by-hand", test_by_hand);
  g_test_add_func ("/roster-import/remembered", test_remembered);
  g_test_add_func ("/roster-import/rows", test_rows);
  g_test_add_func ("/roster-import/all", test_all);
  g_test_add_func ("/roster-import/repairs", test_repairs);
  g_test_add_func ("/roster-import/not-here", test_not_here);
  g_test_add_func ("/roster-import/waiting", test_waiting);
  g_test_add_func ("/roster-import/given", test_given);
  g_test_add_func ("/roster-import/no-ground", test_no_ground);
  g_test_add_func ("/roster-import/submitted", test_submitted);
  g_test_add_func ("/roster-import/unreadable-people", test_unreadable_people);
  g_test_add_func ("/roster-import/stale", test_stale);
  g_test_add_func ("/roster-import/old", test_old);
  g_test_add_func ("/roster-import/private-use", test_private_use);
  g_test_add_func ("/roster-import/no-file", test_no_file);
  g_test_add_func ("/roster-import/correct-words", test_correct_words);
  g_test_add_func ("/roster-import/correct-people", test_correct_people);
  g_test_add_func ("/roster-import/correct-columns", test_correct_columns);
  g_test_add_func ("/roster-import/taken-back", test_taken_back);
  g_test_add_func ("/roster-import/partly-taken-back", test_partly_taken_back);
  g_test_add_func ("/roster-import/many-kept", test_many_kept);
  g_test_add_func ("/roster-import/kept-nameless", test_kept_nameless);
  g_test_add_func ("/roster-import/taken-back-after-undo", test_taken_back_after_undo);
  g_test_add_func ("/roster-import/not-taken-back", test_not_taken_back);
  g_test_add_func ("/roster-import/not-taken-back-unwritten", test_not_taken_back_unwritten);
  g_test_add_func ("/roster-import/recent", test_recent);
  g_test_add_func ("/roster-import/newcomers", test_newcomers);
  g_test_add_func ("/roster-import/newcomers-known", test_newcomers_known);
  g_test_add_func ("/roster-import/months", test_months);
  g_test_add_func ("/roster-import/many", test_many);
  g_test_add_func ("/roster-import/data-came", test_data_came);
  return g_test_run ();
}
