/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 导出 without a screen: the file has everybody of the unit with what was entered for them, or what the list shows, and
 * says what it leaves out. Read by the spreadsheet room.
 */
#include "qc-export.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "qc-app-error.h"
#include "qc-roster-import.h"
#include "qc-workbook.h"
#include "roster-play.h"

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

/* Rows, -1 on error. */
static gint64
run (QcExport *export, const char *path, GCancellable *cancellable, GError **error)
{
  GAsyncResult *slot = NULL;
  qc_export_run_async (export, path, cancellable, result_cb, &slot);
  qc_app_fixture_until (result_there, &slot);
  g_autoptr (GAsyncResult) result = slot;
  return qc_export_run_finish (export, result, error);
}

/* The cells of a row with "|" between them, and "\n" behind. (transfer full) */
static char *
read_sheet (const char *path, guint sheet)
{
  g_autoptr (GError) error = NULL;
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  g_autoptr (QcWorkbook) workbook = qc_workbook_open (fd, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (QcTable) table = qc_workbook_read (workbook, sheet, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  close (fd);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < qc_table_get_n_rows (table); i++) {
    for (guint column = 0; column < qc_table_get_width (table); column++)
      g_string_append_printf (text, "%s%s", column > 0 ? "|" : "", qc_table_get_cell (table, i, column).text);
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}

typedef struct {
  QcAppFixture *fixture; /* (owned) */
  char *path;            /* (owned) */
} Stage;

static void
set_up (Stage *stage, gconstpointer data)
{
  stage->fixture = qc_app_fixture_new (NULL, QC_FILL_APPLICATIONS, 3);
  stage->path = g_build_filename (stage->fixture->dir, "out.xlsx", NULL);
}

static void
tear_down (Stage *stage, gconstpointer data)
{
  g_unlink (stage->path);
  qc_app_fixture_free (stage->fixture);
  g_free (stage->path);
}

/* (transfer full) */
static char *
export_to_text (Stage *stage, QcExport *export)
{
  g_autoptr (GError) error = NULL;
  gint64 rows = run (export, stage->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rows, >=, 0); /* a form may be empty */
  g_assert_no_error (error);
  g_object_unref (export);
  return read_sheet (stage->path, 0);
}

static guint
count_lines (const char *text)
{
  guint n = 0;
  for (; *text != '\0'; text++)
    n += *text == '\n';
  return n;
}

#define assert_has(text, part)                                  \
  G_STMT_START                                                  \
  {                                                             \
    if (strstr ((text), (part)) == NULL)                        \
      g_error ("%d: “%s” is not in\n%s", __LINE__, part, text); \
  }                                                             \
  G_STMT_END

/* Everybody, also those who are 封存; what follows from what is to be entered is not in it. */
static void
test_everybody (Stage *stage, gconstpointer data)
{
  g_autofree char *text
      = export_to_text (stage, qc_export_new_everybody (stage->fixture->session, QC_BUSINESS_BASE_ADJUSTMENT));
  g_test_message ("%s", text);
  assert_has (text, "Name|Individual account|Document number|Base|Present status|New contribution base|"
                    "Unit's monthly part before|Personal monthly part before\n");
  assert_has (text, "|2311000001|");
  assert_has (text, "|Sealed||");
  g_autofree char *notes = read_sheet (stage->path, 1);
  g_assert_cmpuint (count_lines (notes), ==, 7);
  assert_has (notes, "New contribution base");
  assert_has (notes, "October 2026");
  g_autofree char *sealing
      = export_to_text (stage, qc_export_new_everybody (stage->fixture->session, QC_BUSINESS_SEALING));
  assert_has (sealing, "Present status|Reason for the change|Explanation|");
  g_autofree char *lists = read_sheet (stage->path, 2);
  assert_has (lists, "Reason for the change (Normal)|Reason for the change (Sealed)\n");
  assert_has (lists, "解除劳动关系|");
}

/* What was entered is in it, also for who comes from the draft on the disk alone. */
static void
test_draft (Stage *stage, gconstpointer data)
{
  g_autoptr (QcRosterService) service = play_open (stage->fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcPasteResult) one = play_paste (service, "2311000001\n");
  play_enter (service, "2311000001", QC_LINE_NEW_BASE, "5,512.34");
  g_autofree char *first
      = export_to_text (stage, qc_export_new_everybody (stage->fixture->session, QC_BUSINESS_BASE_ADJUSTMENT));
  assert_has (first, "|5512.34|");
  g_autoptr (QcPasteResult) pasted = play_paste (service, "2311000002\n");
  g_assert_cmpuint (pasted->added, ==, 1);
  play_enter (service, "2311000002", QC_LINE_NEW_BASE, "五千元");
  play_settle (service);
  g_autofree char *everybody = export_to_text (stage, qc_export_new_everybody_of (service));
  assert_has (everybody, "|5512.34|");
  assert_has (everybody, "|五千元|"); /* as it was typed: it is corrected there */
  g_autofree char *latest
      = export_to_text (stage, qc_export_new_everybody (stage->fixture->session, QC_BUSINESS_BASE_ADJUSTMENT));
  g_assert_cmpstr (latest, ==, everybody);
  g_autofree char *shown = export_to_text (stage, qc_export_new_shown (service));
  g_assert_cmpuint (count_lines (shown), ==, 3);
  assert_has (shown, "|New contribution base|Difference|");
  assert_has (shown, "|5512.34|");
  qc_roster_model_set_only_faulty (qc_roster_service_get_model (service), TRUE);
  g_autofree char *faulty = export_to_text (stage, qc_export_new_shown (service));
  g_assert_cmpuint (count_lines (faulty), ==, 2);
  g_autofree char *notes = read_sheet (stage->path, 1);
  assert_has (notes, "Only faulty lines.");
}

/* Imports what was exported: nothing is to be done with any row of it. */
static void
assert_unchanged (Stage *stage, QcRosterService *service, guint rows)
{
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  g_autoptr (GFile) file = g_file_new_for_path (stage->path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) opened = NULL, checked = NULL;
  qc_roster_import_open_async (import, file, NULL, result_cb, &opened);
  qc_app_fixture_until (result_there, &opened);
  g_assert_true (qc_roster_import_open_finish (import, opened, &error));
  qc_roster_import_check_async (import, NULL, result_cb, &checked);
  qc_app_fixture_until (result_there, &checked);
  const QcImportResult *result = qc_roster_import_check_finish (import, checked, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->rows->len, ==, rows);
  g_assert_cmpuint (result->counts[QC_IMPORT_UNCHANGED] + result->counts[QC_IMPORT_EMPTY], ==, rows);
  g_assert_cmpuint (result->faulty, ==, 0);
}

/* 开户: an empty form with its lists, or the people who are to get an account; read again it is the same. */
static void
test_newcomers (Stage *stage, gconstpointer data)
{
  g_autofree char *form
      = export_to_text (stage, qc_export_new_everybody (stage->fixture->session, QC_BUSINESS_ACCOUNT_OPENING));
  g_assert_cmpstr (form, ==, "Name|Document type|Document number|Sex|Born|Mobile phone|Contribution base\n");
  g_autofree char *notes = read_sheet (stage->path, 1);
  assert_has (notes, "Write a row for each person");
  g_autofree char *lists = read_sheet (stage->path, 2);
  assert_has (lists, "Document type|Sex\n居民身份证|Man\n");

  g_autoptr (QcRosterService) service = play_open (stage->fixture, QC_BUSINESS_ACCOUNT_OPENING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "姓名\t身份证号\t缴存基数\n新一\t231102196501100018\t5000\n"
                                                          "新三\t231102198502140045\t5012.5\n");
  g_assert_cmpuint (pasted->added, ==, 2);
  g_autofree char *people = export_to_text (stage, qc_export_new_everybody_of (service));
  g_assert_cmpuint (count_lines (people), ==, 3);
  assert_has (people, "新三|居民身份证|231102198502140045|Woman|1985-02-14||5012.5\n");
  g_autofree char *filled = read_sheet (stage->path, 1);
  assert_has (filled, "1. Everybody of the roster is here: 2 people.");
  assert_unchanged (stage, service, 2);
}

/* 补缴: everybody, with a row for each period that was entered. */
static void
test_months (Stage *stage, gconstpointer data)
{
  g_autoptr (QcRosterService) service = play_open (stage->fixture, QC_BUSINESS_BACK_PAYMENT, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\tfrom\tto\tnew_base\n"
                                                          "2311000001\t01\t202601\t202602\t4000\n"
                                                          "2311000001\t01\t202607\t202608\t\n");
  g_assert_cmpuint (pasted->added, ==, 2);
  g_autofree char *text = export_to_text (stage, qc_export_new_everybody_of (service));
  assert_has (text, "Name|Individual account|Document number|Present status|Reason for back payment|Explanation|"
                    "From month|To month|Base of these months\n");
  assert_has (text, "|2026-01|2026-02|4000\n");
  assert_has (text, "|2026-07|2026-08|");
  assert_unchanged (stage, service, count_lines (text) - 1);
}

static gboolean
people_read (gpointer list)
{
  return !qc_people_list_is_loading (list);
}

static gboolean
applications_read (gpointer list)
{
  return qc_application_list_is_loaded (list) && !qc_application_list_is_loading (list);
}

/* A list of texts: figures become numbers, with the sign they bear, and what is more than a figure stays as it is. */
static void
test_table (Stage *stage, gconstpointer data)
{
  static const QcExportColumn columns[] = {{"Name", 10, FALSE}, {"Amount", 12, TRUE}, {"Headcount", 8, TRUE}};
  static const char *const texts[] = {"=A1", "12,345.67", "128", "0012", "−5.50", NULL, "",  "1.00 → 2.00", "1,000",
                                      "x",   "+12.00",    "+7",  "y",    "-3",    "−8", "z", "−",           "+"};
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_ptr_array_add (cells, g_strdup (texts[i]));
  g_autofree char *text = export_to_text (
      stage, qc_export_new_table (stage->fixture->session, "People", 202610, columns, 3, cells, "Only a few."));
  g_assert_cmpstr (text, ==,
                   "Name|Amount|Headcount\n=A1|12345.67|128\n0012|-5.5|\n|1.00 → 2.00|1000\nx|12|7\n"
                   "y|-3|-8\nz|−|+\n");
  g_autofree char *notes = read_sheet (stage->path, 1);
  assert_has (notes, "Only a few.");
  assert_has (notes, "6 rows, as the list showed them.");
  GPtrArray *row = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (row, g_strdup ("安大海"));
  g_ptr_array_add (row, NULL);
  g_autofree char *nothing = export_to_text (
      stage, qc_export_new_table (stage->fixture->session, "People", QC_MONTH_NONE, columns, 2, row, NULL));
  g_assert_cmpstr (nothing, ==, "Name|Amount\n安大海|\n");
  g_autofree char *heads = read_sheet (stage->path, 1);
  g_assert_cmpstr (heads, ==, "People · 爱辉某某商贸有限公司 (231100000042)\n1 row, as the list showed it.\n");
}

static void
test_lists (Stage *stage, gconstpointer data)
{
  g_autoptr (QcPeopleList) people = qc_people_list_new (stage->fixture->session);
  qc_people_list_reload (people);
  qc_app_fixture_until (people_read, people);
  guint all = g_list_model_get_n_items (G_LIST_MODEL (people));
  g_autofree char *everybody = export_to_text (stage, qc_export_new_people (people));
  g_assert_cmpuint (count_lines (everybody), ==, all + 1);
  qc_people_list_set_filter (people, QC_PEOPLE_SEALED);
  qc_app_fixture_until (people_read, people);
  guint some = g_list_model_get_n_items (G_LIST_MODEL (people));
  g_assert_cmpuint (some, <, all);
  g_autofree char *sealed = export_to_text (stage, qc_export_new_people (people));
  g_assert_cmpuint (count_lines (sealed), ==, some + 1);
  g_autofree char *notes = read_sheet (stage->path, 1);
  assert_has (notes, "Only those shown: status Sealed.");

  g_autoptr (QcApplicationList) records = qc_application_list_new (stage->fixture->session);
  const QcApplicationConditions conditions = {.any_business = TRUE};
  qc_application_list_query (records, &conditions);
  qc_app_fixture_until (applications_read, records);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (records));
  g_autofree char *rows = export_to_text (stage, qc_export_new_applications (records));
  g_assert_cmpuint (count_lines (rows), ==, n + 1);
  g_autoptr (QcApplicationRow) first = g_list_model_get_item (G_LIST_MODEL (records), 0);
  assert_has (rows, qc_application_row_get_application (first)->serial);
}

/* What stands in the sheet of instructions in line @line, which must not be the last. (transfer full) */
static char *
read_note (Stage *stage, guint line)
{
  g_autofree char *notes = read_sheet (stage->path, 1);
  g_auto (GStrv) lines = g_strsplit (notes, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >, line);
  return g_strdup (lines[line]);
}

static void
list_records (QcApplicationList *records, const QcApplicationConditions *conditions)
{
  qc_application_list_query (records, conditions);
  qc_app_fixture_until (applications_read, records);
}

/* Every kind of record: what waits, what was drawn in vain, what is not about people or moves no money. */
static void
test_records (Stage *stage, gconstpointer data)
{
  g_autoptr (QcAppFixture) fixture
      = qc_app_fixture_new (NULL, QC_FILL_APPLICATIONS | QC_FILL_OPEN | QC_FILL_SEALING | QC_FILL_HELD, 0);
  qc_app_fixture_sql (fixture, "UPDATE application SET business = 'unit-change' WHERE serial = 'FQ202600000002';"
                               "UPDATE application SET state = 'registered', draw = 'failed', draw_reason = '余额不足',"
                               " return_reason = '材料不全' WHERE serial = 'HJ202600000003';"
                               "UPDATE application SET people = 0 WHERE serial = 'FQ202600000001';"
                               "UPDATE application SET return_reason = '重复' WHERE serial = 'HJ202600000002'");
  g_autoptr (QcApplicationList) records = qc_application_list_new (fixture->session);
  const QcApplicationConditions conditions = {.any_business = TRUE};
  list_records (records, &conditions);
  g_autofree char *rows = export_to_text (stage, qc_export_new_applications (records));
  g_assert_cmpstr (
      rows, ==,
      "Serial number|State|Business|Months|Method|Headcount|Amount|Not arrived yet|Submitted|Remarks\n"
      "|Waiting for the network|Sealing and unsealing|||2|||2026-11-18 19:06|\n"
      "|Held|Remittance|November 2026|Transfer by the unit|3|3500||2026-11-18 19:06|\n"
      "|Held|Remittance|November 2026|Transfer by the unit|3|3500||2026-11-18 19:06|\n"
      "HJ202600000004|Registered|Remittance|October 2026|Transfer by the unit|3|3500|3500|2026-11-22 12:00|\n"
      "HJ202600000003|Drawing failed|Remittance|September 2026|Collection|3|3500||2026-11-22 12:00|余额不足\n"
      "HJ202600000002|Deleted|Remittance|September 2026|Collection|3|3500||2026-11-22 12:00|重复\n"
      "HJ202600000001|Finished|Remittance|August 2026|Transfer by the unit|3|3500||2026-11-22 12:00|\n"
      "FQ202600000002|Finished|Change of unit registration||||||2026-11-22 12:00|\n"
      "FQ202600000001|Finished|Sealing and unsealing|||0|||2026-11-22 12:00|\n");
  g_autofree char *all = read_note (stage, 1), *sum = read_note (stage, 2), *none = read_note (stage, 3);
  g_assert_cmpstr (all, ==, "All records of the unit are here.");
  g_assert_cmpstr (sum, ==, "9 records, in total ￥3,500.00.");
  g_assert_cmpstr (none, ==, "");
}

/* What is left out is said in words, each condition of it. */
static void
test_record_filters (Stage *stage, gconstpointer data)
{
  static const struct {
    QcApplicationConditions conditions;
    const char *said;
  } rows[] = {
      {{.business = QC_BUSINESS_REMITTANCE}, "Remittance"},
      {{.any_business = TRUE, .states = 1u << QC_STATE_FINISHED | 1u << QC_STATE_DELETED}, "Finished; Deleted"},
      {{.any_business = TRUE, .method = QC_METHOD_COLLECTION}, "Collection"},
      {{.any_business = TRUE, .method = QC_METHOD_TRANSFER}, "Transfer by the unit"},
      {{.any_business = TRUE, .from = 202608}, "months from August 2026 to …"},
      {{.any_business = TRUE, .to = 202609}, "months from … to September 2026"},
      {{.any_business = TRUE, .from = 202608, .to = 202609}, "months from August 2026 to September 2026"},
      {{.any_business = TRUE, .created_from = 20261101}, "submitted from 2026-11-01 to …"},
      {{.any_business = TRUE, .created_to = 20261130}, "submitted from … to 2026-11-30"},
      {{.any_business = TRUE, .created_from = 20261101, .created_to = 20261130},
       "submitted from 2026-11-01 to 2026-11-30"},
      {{.any_business = TRUE, .text = (char *)"HJ"}, "search “HJ”"},
      {{.any_business = TRUE, .text = (char *)""}, NULL},
      {{.business = QC_BUSINESS_REMITTANCE, .method = QC_METHOD_COLLECTION, .from = 202608, .text = (char *)"3"},
       "Remittance; Collection; months from August 2026 to …; search “3”"},
  };
  g_autoptr (QcApplicationList) records = qc_application_list_new (stage->fixture->session);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    list_records (records, &rows[i].conditions);
    g_autofree char *text = export_to_text (stage, qc_export_new_applications (records));
    g_autofree char *note = read_note (stage, 1);
    g_autofree char *expected = rows[i].said != NULL ? g_strdup_printf ("Only those shown: %s.", rows[i].said)
                                                     : g_strdup ("All records of the unit are here.");
    g_assert_cmpstr (note, ==, expected);
    g_unlink (stage->path);
  }
}

/* The newest of very many: that these are not all is said. */
static void
test_many_records (Stage *stage, gconstpointer data)
{
  qc_app_fixture_sql (
      stage->fixture,
      "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1998) INSERT INTO "
      "application (scope, serial, pull, business, state, draw, draw_number, method, start_month, "
      "end_month, effective, people, fen, arrived, created, finished, revision) SELECT scope, 'HJ19' || "
      "i, pull, business, state, draw, draw_number, method, start_month, end_month, effective, people, "
      "fen, arrived, created, finished, revision FROM application, n WHERE serial = 'HJ202600000001'");
  g_autoptr (QcApplicationList) records = qc_application_list_new (stage->fixture->session);
  const QcApplicationConditions conditions = {.any_business = TRUE};
  list_records (records, &conditions);
  g_autofree char *text = export_to_text (stage, qc_export_new_applications (records));
  g_assert_cmpuint (count_lines (text), ==, 2001);
  g_autofree char *all = read_note (stage, 2), *newest = read_note (stage, 3);
  g_assert_true (g_str_has_prefix (all, "2001 records, in total "));
  g_assert_cmpstr (newest, ==, "The file has only the newest 2000 of them.");
}

/* 人员清册: each column of who is normal, of who is sealed, and of whose base waits; what is left out is said. */
static void
test_people (Stage *stage, gconstpointer data)
{
  static const struct {
    QcPeopleFilter filter;
    const char *search, *said;
  } rows[] = {
      {QC_PEOPLE_NORMAL, "", "Only those shown: status Normal."},
      {QC_PEOPLE_NORMAL | QC_PEOPLE_SEALED, "", "Only those shown: status Normal, Sealed."},
      {QC_PEOPLE_CLOSED | QC_PEOPLE_OTHER, "张", "Only those shown: search “张”; status Closed, Other."},
      {QC_PEOPLE_EVERY, "张", "Only those shown: search “张”."},
      {QC_PEOPLE_EVERY, "", "Everybody of the unit is here."},
  };
  qc_app_fixture_sql (stage->fixture, "UPDATE person SET base_pending = 1 WHERE account = '2311000004'");
  g_autoptr (QcPeopleList) people = qc_people_list_new (stage->fixture->session);
  g_autofree char *text = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    qc_people_list_set_search (people, rows[i].search);
    qc_people_list_set_filter (people, rows[i].filter);
    qc_people_list_reload (people);
    qc_app_fixture_until (people_read, people);
    g_free (text);
    text = export_to_text (stage, qc_export_new_people (people));
    g_autofree char *note = read_note (stage, 1);
    g_assert_cmpstr (note, ==, rows[i].said);
  }
  g_autofree char *sums = read_note (stage, 2);
  g_assert_cmpstr (sums, ==, "7 people, of them normal 6, sealed 1; bases of the normal ones ￥30,818.39.");
  assert_has (text,
              "Name|Individual account|Document number|Status|Base to be adjusted|Contribution base|Account opened"
              "|Paid up to\n");
  assert_has (text, "安大海|2311000001|231102199003070016|Normal||5000|2020-01|2026-09\n");
  assert_has (text, "蔡卓玛·次仁|2311000003|231124198805150054|Sealed||3333|2020-01|2026-09\n");
  assert_has (text, "丁𠮷䶮|2311000004|110105199512310020|Normal|Yes|4567.89|2026-10|\n");
}

/* People are read by pages of 512: nobody is left out or written twice. */
static void
test_pages (Stage *stage, gconstpointer data)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 1021);
  g_autoptr (QcPeopleList) people = qc_people_list_new (fixture->session);
  qc_people_list_reload (people);
  qc_app_fixture_until (people_read, people);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcExport) export = qc_export_new_people (people);
  g_assert_cmpint (run (export, stage->path, NULL, &error), ==, 1025);
  g_assert_no_error (error);
  g_assert_cmpfloat (qc_export_get_progress (export), ==, 1);
  g_autofree char *text = read_sheet (stage->path, 0);
  g_assert_cmpuint (count_lines (text), ==, 1026);
  for (guint i = 0; i < 1021; i += 255) {
    g_autofree char *account = g_strdup_printf ("|232%07u|", i);
    assert_has (text, account);
    g_assert_null (strstr (strstr (text, account) + 1, account));
  }
}

/* People are as they will be once what waits is done. */
static void
test_waiting (Stage *stage, gconstpointer data)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_SEALING, 0);
  g_autofree char *text = export_to_text (stage, qc_export_new_everybody (fixture->session, QC_BUSINESS_TRANSFER));
  g_assert_cmpstr (text, ==,
                   "Name|Individual account|Document number|Present status|Receiving unit\n"
                   "安大海|2311000001|231102199003070016|Sealed|\n"
                   "白小溪|2311000002|231102198502140029|Normal|\n"
                   "蔡卓玛·次仁|2311000003|231124198805150054|Normal|\n"
                   "丁𠮷䶮|2311000004|110105199512310020|Normal|\n");
}

/* 授权退休年龄: its classes are words to choose from. */
static void
test_classes (Stage *stage, gconstpointer data)
{
  g_autofree char *text
      = export_to_text (stage, qc_export_new_everybody (stage->fixture->session, QC_BUSINESS_RETIREMENT));
  assert_has (text,
              "|Present retirement class|Present status|Retirement class|Statutory retirement month|Authorized so "
              "far up to|Authorize up to\n");
  assert_has (text, "白小溪|2311000002|Woman|1985-02-14|Women 55|Normal||2043-02||\n");
  g_autofree char *lists = read_sheet (stage->path, 2);
  g_assert_cmpstr (lists, ==, "Retirement class\nMen 60\nWomen 55\nWomen 50\nWomen 60 (at the men's age)\n");
}

/* The part of the file that has its first sheet, as it is written. (transfer full) */
static char *
read_part (const char *path)
{
  zip_t *zip = zip_open (path, ZIP_RDONLY, NULL);
  g_assert_nonnull (zip);
  zip_stat_t state;
  g_assert_cmpint (zip_stat (zip, "xl/worksheets/sheet1.xml", 0, &state), ==, 0);
  char *bytes = g_malloc0 (state.size + 1);
  zip_file_t *part = zip_fopen (zip, "xl/worksheets/sheet1.xml", 0);
  g_assert_cmpint (zip_fread (part, bytes, state.size), ==, (gint64)state.size);
  zip_fclose (part);
  zip_discard (zip);
  return bytes;
}

/* Which words a cell offers: of 封存 and 启封 each their own, by what stands in the row; where both are the same, all.
 */
static void
test_offered (Stage *stage, gconstpointer data)
{
  static const struct {
    QcBusiness business;
    const char *source;
  } rows[] = {
      {QC_BUSINESS_SEALING, "sqref=\"E2:E1048576\"><formula1>IF($D2=\"Normal\",'Lists'!$A$2:$A$3,'Lists'!$B$2:$B$2)<"},
      {QC_BUSINESS_BACK_PAYMENT, "sqref=\"E2:E1048576\"><formula1>'Lists'!$A$2:$A$3<"},
      {QC_BUSINESS_RETIREMENT, "sqref=\"G2:G1048576\"><formula1>'Lists'!$A$2:$A$5<"}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = export_to_text (stage, qc_export_new_everybody (stage->fixture->session, rows[i].business));
    g_autofree char *sheet = read_part (stage->path);
    assert_has (sheet, rows[i].source);
  }
}

typedef struct {
  QcRosterModel *model; /* borrowed */
  guint rows;
} Shown;

static gboolean
is_shown (gpointer data)
{
  const Shown *shown = data;
  return g_list_model_get_n_items (G_LIST_MODEL (shown->model)) == shown->rows;
}

/* What the list shows, as the search and the faults leave it, in words; who was taken off meanwhile is not in it. */
static void
test_shown (Stage *stage, gconstpointer data)
{
  static const struct {
    const char *search;
    gboolean faulty;
    const char *said;
    guint rows;
  } rows[] = {
      {"", FALSE, "1. The roster as the list shows it is here: 3 people. Nothing is left out.", 3},
      {"白", FALSE, "1. The roster as the list shows it is here: 1 person. Only lines that fit the search “白”.", 1},
      {"", TRUE, "1. The roster as the list shows it is here: 2 people. Only faulty lines.", 2},
      {"安", TRUE, "1. The roster as the list shows it is here: 1 person. Only faulty lines that fit the search “安”.",
       1},
  };
  g_autoptr (QcRosterService) service = play_open (stage->fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcPasteResult) pasted
      = play_paste (service, "account\tnew_base\n2311000001\t飞\n2311000002\t7100\n2311000004\t\n");
  QcRosterModel *model = qc_roster_service_get_model (service);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    qc_roster_model_set_search (model, rows[i].search);
    qc_roster_model_set_only_faulty (model, rows[i].faulty);
    Shown shown = {model, rows[i].rows};
    qc_app_fixture_until (is_shown, &shown);
    g_autoptr (QcExport) export = qc_export_new_shown (service);
    g_assert_cmpint (run (export, stage->path, NULL, NULL), ==, rows[i].rows);
    g_autofree char *note = read_note (stage, 1);
    g_assert_cmpstr (note, ==, rows[i].said);
  }
  qc_roster_model_set_search (model, "");
  qc_roster_model_set_only_faulty (model, FALSE);
  play_settle (service);
  qc_roster_model_set_search (model, "安大海"); /* while it is looked for everybody is shown, and said to be */
  g_autoptr (QcExport) early = qc_export_new_shown (service);
  g_assert_cmpint (run (early, stage->path, NULL, NULL), ==, 3);
  g_autofree char *unsaid = read_note (stage, 1);
  g_assert_null (strstr (unsaid, "安大海"));
  qc_roster_model_set_search (model, "");
  g_autoptr (QcExport) export = qc_export_new_shown (service);
  gint64 gone = play_find (service, "2311000002")->id;
  qc_roster_service_remove (service, &gone, 1);
  play_settle (service);
  g_assert_cmpint (run (export, stage->path, NULL, NULL), ==, 2);
  g_autofree char *text = read_sheet (stage->path, 0);
  g_assert_cmpuint (count_lines (text), ==, 3);
  g_autofree char *noted = qc_app_fixture_dup_journal (stage->fixture, "exported");
  g_autofree char *expected = g_strdup_printf ("%s|Base adjustment · 2", stage->path);
  g_assert_cmpstr (noted, ==, expected);
}

/* Where no unit is chosen there is nothing to write. */
static void
test_no_unit (Stage *stage, gconstpointer data)
{
  g_autoptr (QcSession) nobody = qc_session_new (stage->fixture->context);
  g_autoptr (QcExport) export = qc_export_new_everybody (nobody, QC_BUSINESS_SEALING);
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (run (export, stage->path, NULL, &error), ==, -1);
  g_assert_error (error, QC_APP_ERROR, QC_APP_ERROR_NO_UNIT);
  g_assert_false (g_file_test (stage->path, G_FILE_TEST_EXISTS));
}

static void
test_names (Stage *stage, gconstpointer data)
{
  g_autoptr (QcExport) export = qc_export_new_everybody (stage->fixture->session, QC_BUSINESS_BASE_ADJUSTMENT);
  g_autofree char *name = qc_export_dup_file_name (export);
  g_assert_cmpstr (name, ==, "Base_adjustment_爱辉某某商贸有限公司.xlsx");
  g_autoptr (QcRosterService) service = play_open (stage->fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcExport) of_month = qc_export_new_everybody_of (service);
  g_autofree char *with_month = qc_export_dup_file_name (of_month);
  g_assert_cmpstr (with_month, ==, "Base_adjustment_爱辉某某商贸有限公司_October_2026.xlsx");
}

/* Cancelled, or where nothing can be written: what was there stays, and it is said why. */
static void
test_ended (Stage *stage, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  g_file_set_contents (stage->path, "old", -1, NULL);
  g_cancellable_cancel (cancellable);
  g_autoptr (QcExport) one = qc_export_new_everybody (stage->fixture->session, QC_BUSINESS_SEALING);
  g_assert_cmpint (run (one, stage->path, cancellable, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_file_get_contents (stage->path, &contents, NULL, NULL);
  g_assert_cmpstr (contents, ==, "old");
  g_autoptr (QcExport) two = qc_export_new_everybody (stage->fixture->session, QC_BUSINESS_SEALING);
  g_assert_cmpint (run (two, "/nowhere/at/all.xlsx", NULL, &error), ==, -1);
  g_assert_nonnull (strstr (error->message, "/nowhere/at/all.xlsx"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/export/" name, Stage, NULL, set_up, func, tear_down)
  ADD ("everybody", test_everybody);
  ADD ("draft", test_draft);
  ADD ("newcomers", test_newcomers);
  ADD ("months", test_months);
  ADD ("lists", test_lists);
  ADD ("table", test_table);
  ADD ("records", test_records);
  ADD ("record-filters", test_record_filters);
  ADD ("many-records", test_many_records);
  ADD ("people", test_people);
  ADD ("pages", test_pages);
  ADD ("waiting", test_waiting);
  ADD ("classes", test_classes);
  ADD ("offered", test_offered);
  ADD ("shown", test_shown);
  ADD ("no-unit", test_no_unit);
  ADD ("names", test_names);
  ADD ("ended", test_ended);
#undef ADD
  return g_test_run ();
}
