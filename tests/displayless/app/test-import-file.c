/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What an import reads before it judges anything: which sheet of a file, which column for which field, whose people,
 * what was chosen and imported last; and the copy of the file that names its faults.
 */
#include "import-play.h"
#include "made-up.h"
#include "qc-app-error.h"
#include "qc-header-names.h"
#include "qc-import-recent.h"
#include "qc-roster-import-private.h"
#include "qc-session-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

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

static void
adopt (PlayImport *stage)
{
  g_autoptr (GError) error = NULL;
  guint added, changed;
  g_assert_true (qc_roster_import_adopt (stage->import, FALSE, &added, &changed, &error));
  play_settle (stage->service);
}

/* "account - new_base" */
static void
assert_mapping (QcRosterImport *import, const char *expected)
{
  g_autoptr (GString) mapping = g_string_new (NULL);
  const GArray *fields = qc_roster_import_get_mapping (import);
  for (guint c = 0; c < fields->len; c++) {
    int field = g_array_index (fields, int, c);
    g_string_append_printf (mapping, "%s%s", c > 0 ? " " : "",
                            field == QC_HEADER_NONE ? "-" : qc_line_field ((QcLineFieldId)field)->name);
  }
  g_assert_cmpstr (mapping->str, ==, expected);
}

/* ---- sheets ---- */

#define CELL(text) "<c t='inlineStr'><is><t>" text "</t></is></c>"
#define NAMED      "<row>" CELL ("账号") CELL ("新基数") "</row><row>" CELL ("2311000001") CELL ("5500") "</row>"
#define FILLED     "<row>" CELL ("说明") "</row>"

/* A workbook with these sheets, called 甲, 乙, 丙; opened for reading. */
static int
make_book (const char *const *sheets, const char *hidden)
{
  static const char *const names[] = {"甲", "乙", "丙"};
  g_autoptr (GString) book = g_string_new ("<workbook "
                                           "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' "
                                           "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/"
                                           "relationships'><sheets>");
  g_autoptr (GString) rels = g_string_new ("<Relationships "
                                           "xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>");
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  MadeUpPart parts[5 + G_N_ELEMENTS (names)] = {{"[Content_Types].xml", made_up_types, 0},
                                                {"_rels/.rels", made_up_rels, 0},
                                                {"xl/workbook.xml", NULL, 0},
                                                {"xl/_rels/workbook.xml.rels", NULL, 0}};
  for (guint i = 0; i < G_N_ELEMENTS (names) && sheets[i] != NULL; i++) {
    g_string_append_printf (book, "<sheet name='%s' sheetId='%u' %s r:id='rId%u'/>", names[i], i + 1,
                            hidden[i] == 'h' ? "state='hidden'" : "", i + 1);
    g_string_append_printf (rels,
                            "<Relationship Id='rId%u' Type='http://schemas.openxmlformats.org/officeDocument/2006/"
                            "relationships/worksheet' Target='worksheets/sheet%u.xml'/>",
                            i + 1, i + 1);
    char *bytes = g_strdup_printf (MADE_UP_SHEET ("%s"), sheets[i]);
    char *path = g_strdup_printf ("xl/worksheets/sheet%u.xml", i + 1);
    parts[4 + i] = (MadeUpPart) {path, bytes, 0};
    g_ptr_array_add (kept, bytes);
    g_ptr_array_add (kept, path);
  }
  g_string_append (book, "</sheets></workbook>");
  g_string_append (rels, "</Relationships>");
  parts[2].bytes = book->str;
  parts[3].bytes = rels->str;
  return made_up_parts (parts);
}

/* The first sheet that is shown and names people, else the first one that is shown and holds something. */
static void
test_sheets (void)
{
  static const struct {
    const char *sheets[4];
    const char *hidden;
    guint n, chosen;
  } rows[] = {
      {{FILLED, NULL}, "-", 1, 0},
      {{FILLED, NAMED, NULL}, "--", 2, 1},
      {{NAMED, NAMED, NULL}, "--", 2, 0},
      {{NAMED, FILLED, "", NULL}, "h--", 3, 1},
      {{"", FILLED, FILLED, NULL}, "---", 3, 1},
      {{FILLED, "", NAMED, NULL}, "--h", 3, 0},
      {{FILLED, FILLED, NAMED, NULL}, "---", 3, 2},
  };
  g_auto (PlayImport) stage;
  play_import_open (&stage, 0, 0, QC_BUSINESS_BASE_ADJUSTMENT);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%u", i);
    play_open_fd (stage.fixture, stage.import, make_book (rows[i].sheets, rows[i].hidden));
    g_assert_cmpuint (qc_roster_import_get_sheets (stage.import)->len, ==, rows[i].n);
    g_assert_cmpstr (g_ptr_array_index (qc_roster_import_get_sheets (stage.import), rows[i].n - 1), ==,
                     ((const char *const[]) {"甲", "乙", "丙"})[rows[i].n - 1]);
    g_assert_cmpuint (qc_roster_import_get_sheet (stage.import), ==, rows[i].chosen);
  }
}

/* Where no sheet that is shown holds anything, it is said; what was read before stays. */
static void
test_no_sheet (void)
{
  static const struct {
    const char *sheets[3];
    const char *hidden;
  } rows[] = {{{"", "", NULL}, "--"}, {{NAMED, "", NULL}, "h-"}, {{NAMED, FILLED, NULL}, "hh"}};
  g_auto (PlayImport) stage;
  play_import_open (&stage, 0, 0, QC_BUSINESS_BASE_ADJUSTMENT);
  play_open_text (stage.fixture, stage.import, "账号,新基数\n2311000001,5500\n");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    QcImportFile *file = g_new0 (QcImportFile, 1);
    int fd = make_book (rows[i].sheets, rows[i].hidden);
    file->path = g_strdup_printf ("/proc/self/fd/%d", fd);
    file->business = QC_BUSINESS_BASE_ADJUSTMENT;
    g_assert_false (qc_import_file_read (file, NULL, &error));
    g_assert_error (error, QC_SHEET_ERROR, QC_SHEET_ERROR_DAMAGED);
    g_assert_cmpstr (error->message, ==, "No sheet of the file holds anything.");
    g_clear_error (&error);
    g_assert_false (play_open_file (stage.import, file->path, &error));
    g_assert_error (error, QC_SHEET_ERROR, QC_SHEET_ERROR_DAMAGED);
    g_assert_cmpuint (qc_roster_import_get_n_rows (stage.import), ==, 2);
    qc_import_file_free (file);
    close (fd);
  }
}

/* Nothing is there before a file is read, nor what is not on this computer. */
static void
test_nothing_read (void)
{
  g_auto (PlayImport) stage;
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) slot = NULL;
  g_autoptr (GFile) elsewhere = g_file_new_for_uri ("smb://server/folder/list.xlsx");
  play_import_open (&stage, 0, 0, QC_BUSINESS_BASE_ADJUSTMENT);
  g_assert_null (qc_roster_import_get_sheets (stage.import));
  g_assert_cmpuint (qc_roster_import_get_sheet (stage.import), ==, 0);
  g_assert_cmpuint (qc_roster_import_get_n_rows (stage.import), ==, 0);
  g_assert_cmpuint (qc_roster_import_get_width (stage.import), ==, 0);
  g_assert_cmpuint (qc_roster_import_get_header (stage.import), ==, G_MAXUINT);
  g_assert_false (qc_roster_import_is_old (stage.import));
  g_autofree char *why_not = qc_roster_import_dup_why_not (stage.import);
  g_assert_cmpstr (why_not, ==, "No file has been read yet.");
  qc_roster_import_open_async (stage.import, elsewhere, NULL, result_cb, &slot);
  qc_app_fixture_until (result_there, &slot);
  g_assert_false (qc_roster_import_open_finish (stage.import, slot, &error));
  g_assert_cmpstr (error->message, ==, "This file is not on this computer. Save it here first.");
}

/* ---- columns ---- */

static void
test_headers (void)
{
  static const struct {
    QcBusiness business;
    const char *header;
    int field;
  } rows[] = {
      {QC_BUSINESS_BASE_ADJUSTMENT, "", QC_HEADER_NONE},
      {QC_BUSINESS_BASE_ADJUSTMENT, "（元）", QC_HEADER_NONE},
      {QC_BUSINESS_BASE_ADJUSTMENT, "个人账号", QC_LINE_ACCOUNT},
      {QC_BUSINESS_BASE_ADJUSTMENT, "Individual account", QC_LINE_ACCOUNT},
      {QC_BUSINESS_BASE_ADJUSTMENT, "account", QC_LINE_ACCOUNT},
      {QC_BUSINESS_BASE_ADJUSTMENT, "*新缴存基数（元）", QC_LINE_NEW_BASE},
      {QC_BUSINESS_BASE_ADJUSTMENT, "[必填]新基数", QC_LINE_NEW_BASE},
      {QC_BUSINESS_BASE_ADJUSTMENT, "【必填】新基数", QC_LINE_NEW_BASE},
      {QC_BUSINESS_BASE_ADJUSTMENT, "新基数((元)整)", QC_LINE_NEW_BASE},
      {QC_BUSINESS_BASE_ADJUSTMENT, ")]】新基数(元)", QC_LINE_NEW_BASE},
      {QC_BUSINESS_BASE_ADJUSTMENT, "新基数)元", QC_HEADER_NONE},
      {QC_BUSINESS_BASE_ADJUSTMENT, "新(基数", QC_HEADER_NONE},
      {QC_BUSINESS_BASE_ADJUSTMENT, "缴存基数", QC_LINE_BASE},
      {QC_BUSINESS_BASE_ADJUSTMENT, "手机号", QC_HEADER_NONE},
      {QC_BUSINESS_BASE_ADJUSTMENT, "原因", QC_HEADER_NONE},
      {QC_BUSINESS_BACK_PAYMENT, "月缴存基数", QC_LINE_NEW_BASE}, /* the only base that there is */
      {QC_BUSINESS_ACCOUNT_OPENING, "现缴存基数", QC_LINE_NEW_BASE},
      {QC_BUSINESS_TRANSFER, "缴存基数", QC_LINE_BASE},
      {QC_BUSINESS_TRANSFER, "转入单位账号", QC_LINE_TARGET_UNIT},
      {QC_BUSINESS_SEALING, "原因", QC_LINE_REASON},
      {QC_BUSINESS_SEALING, "备注", QC_LINE_REASON_TEXT},
      {QC_BUSINESS_RETIREMENT, "缴存基数", QC_HEADER_NONE},
      {QC_BUSINESS_RETIREMENT, "证件号码", QC_LINE_DOCUMENT}, /* it names people, though no column has it */
      {QC_BUSINESS_ACCOUNT_OPENING, "手机号", QC_LINE_MOBILE},
      {QC_BUSINESS_ACCOUNT_OPENING, "个人账号", QC_HEADER_NONE}, /* there is none yet */
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].header);
    g_assert_cmpint (qc_header_field (rows[i].business, rows[i].header), ==, rows[i].field);
  }
}

static void
test_choices (void)
{
  static const struct {
    QcBusiness business;
    const char *fields;
  } rows[] = {
      {QC_BUSINESS_BASE_ADJUSTMENT, "account name document new_base"},
      {QC_BUSINESS_SEALING, "account name document reason reason_text new_base"},
      {QC_BUSINESS_TRANSFER, "account name document target_unit"},
      {QC_BUSINESS_RETIREMENT, "account name document class authorized"},
      {QC_BUSINESS_ACCOUNT_OPENING, "name document_type document sex birth mobile new_base"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GArray) choices = qc_header_dup_choices (rows[i].business);
    g_auto (GStrv) fields = g_strsplit (rows[i].fields, " ", -1);
    g_assert_cmpuint (choices->len, ==, g_strv_length (fields));
    for (guint c = 0; c < choices->len; c++)
      g_assert_true (g_strv_contains ((const char *const *)fields,
                                      qc_line_field ((QcLineFieldId)g_array_index (choices, int, c))->name));
  }
}

/* The row that names most, of these the first one, among the first thirty that hold something. */
static void
test_header_row (void)
{
  static const struct {
    guint above; /* rows without headers */
    const char *text;
    guint header;
  } rows[] = {
      {0, "账号,甲\n账号,新基数\n1,2\n", 1}, {0, "账号,新基数\n账号,新基数\n1,2\n", 0},
      {0, "姓名,新基数\n账号,甲\n1,2\n", 1}, /* names and bases alone do not say who is meant */
      {0, "姓名,新基数\n", G_MAXUINT},       {29, "账号,新基数\n1,2\n", 29},
      {30, "账号,新基数\n1,2\n", G_MAXUINT},
  };
  g_auto (PlayImport) stage;
  play_import_open (&stage, 0, 0, QC_BUSINESS_BASE_ADJUSTMENT);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    for (guint n = 0; n < rows[i].above; n++)
      g_string_append (text, "某某公司,清册\n");
    g_string_append (text, rows[i].text);
    play_open_text (stage.fixture, stage.import, text->str);
    g_test_message ("%u", i);
    g_assert_cmpuint (qc_roster_import_get_header (stage.import), ==, rows[i].header);
  }
}

static void
test_why_not (void)
{
  static const struct {
    QcBusiness business;
    const char *text, *why_not;
  } rows[] = {
      {QC_BUSINESS_BASE_ADJUSTMENT, "账号,新基数\n1,2\n", NULL},
      {QC_BUSINESS_BASE_ADJUSTMENT, "证件号码,新基数\n1,2\n", NULL},
      {QC_BUSINESS_BASE_ADJUSTMENT, "姓名,新基数\n1,2\n",
       "No column says whom a row is about. Say which one holds the individual account or the document number."},
      {QC_BUSINESS_BASE_ADJUSTMENT, "账号,姓名\n1,2\n", "No column says what is to be entered. Say which one does."},
      {QC_BUSINESS_ACCOUNT_OPENING, "姓名,手机号\n1,2\n",
       "No column says who is meant. Say which one holds the document number."},
      {QC_BUSINESS_ACCOUNT_OPENING, "证件号码,手机号\n1,2\n", NULL},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (PlayImport) stage;
    play_import_open (&stage, 0, 0, rows[i].business);
    play_open_text (stage.fixture, stage.import, rows[i].text);
    if (qc_roster_import_get_header (stage.import) == G_MAXUINT) { /* they do not say whom, so that none are found */
      qc_roster_import_set_field (stage.import, 0, QC_LINE_NAME);
      qc_roster_import_set_field (stage.import, 1, QC_LINE_NEW_BASE);
    }
    g_autofree char *why_not = qc_roster_import_dup_why_not (stage.import);
    g_assert_cmpstr (why_not, ==, rows[i].why_not);
  }
}

/* Another column that names people: they are read anew, and what was found is gone; no field is in two columns. */
static void
test_other_column (void)
{
  g_auto (PlayImport) stage;
  g_autoptr (GError) error = NULL;
  play_import_open (&stage, 0, 6, QC_BUSINESS_BASE_ADJUSTMENT);
  play_assert_rows (play_check_text (&stage, "账号,乙,丙,新基数\n2320000001,2320000002,x,5500\n"), "2 added\n");
  assert_mapping (stage.import, "account - - new_base");
  g_assert_cmpuint (qc_roster_import_get_width (stage.import), ==, 4);
  qc_roster_import_set_field (stage.import, 1, QC_LINE_ACCOUNT);
  assert_mapping (stage.import, "- account - new_base");
  g_assert_null (qc_roster_import_get_result (stage.import));
  const QcImportResult *result = play_check (stage.import, &error);
  g_assert_no_error (error);
  play_assert_rows (result, "2 added\n");
  g_assert_cmpstr (((QcImportRow *)g_ptr_array_index (result->rows, 0))->line->account, ==, "2320000002");
  qc_roster_import_set_field (stage.import, 3, QC_HEADER_NONE);
  assert_mapping (stage.import, "- account - -");
}

/* Which cell a finding is about: its column and row, or the row alone where no column has its field. */
static void
test_places (void)
{
  g_auto (PlayImport) stage;
  play_import_open (&stage, 0, 6, QC_BUSINESS_SEALING);
  qc_app_fixture_sql (stage.fixture, "UPDATE person SET status = 3 WHERE account = '2311000004'");
  const QcImportResult *result
      = play_check_text (&stage, "账号,原因\n2311000001,飞\n2311000002,其他\n2311000004,其他\n");
  static const char *const places[] = {"B2", "3", "4"};
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    const QcImportRow *row = g_ptr_array_index (result->rows, i);
    g_autofree char *place = qc_roster_import_dup_place (stage.import, row, g_ptr_array_index (row->findings, 0));
    g_assert_cmpstr (place, ==, places[i]);
  }
}

/* ---- what was chosen the last time ---- */

/* What is kept and cannot be what it should be is as if nothing were. */
static void
test_memory (void)
{
  static const struct {
    const char *kept, *remembered, *mapping;
  } rows[] = {
      {"2026-11-22 - new_base account", "2026-11-22", "- new_base account"},
      {"2026-11-22 - nonsense account", "2026-11-22", "- - account"},
      {"2026-11-22 new_base account", NULL, "- - account"},
      {"2026-11-22", NULL, "- - account"},
      {"", NULL, "- - account"},
  };
  g_auto (PlayImport) stage;
  play_import_open (&stage, 0, 4, QC_BUSINESS_BASE_ADJUSTMENT);
  play_open_text (stage.fixture, stage.import, "甲,乙,账号\n6000,5900,2320000001\n");
  qc_roster_import_set_field (stage.import, 0, QC_LINE_NEW_BASE);
  g_assert_nonnull (play_check (stage.import, NULL));
  adopt (&stage);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *sql = g_strdup_printf (
        "UPDATE preference SET value = '%s' WHERE name LIKE 'import.base-adjustment.%%'", rows[i].kept);
    qc_app_fixture_sql (stage.fixture, sql);
    play_open_text (stage.fixture, stage.import, "甲,乙,账号\n6000,5900,2320000001\n");
    g_assert_cmpstr (qc_roster_import_get_remembered (stage.import), ==, rows[i].remembered);
    assert_mapping (stage.import, rows[i].mapping);
  }
}

/* A sheet without headers has nothing by which it could be known again. */
static void
test_no_memory (void)
{
  g_auto (PlayImport) stage;
  play_import_open (&stage, 0, 4, QC_BUSINESS_BASE_ADJUSTMENT);
  for (guint i = 0; i < 2; i++) {
    play_open_text (stage.fixture, stage.import, "2320000001,5900\n");
    g_assert_null (qc_roster_import_get_remembered (stage.import));
    assert_mapping (stage.import, "- -");
    qc_roster_import_set_field (stage.import, 0, QC_LINE_ACCOUNT);
    qc_roster_import_set_field (stage.import, 1, QC_LINE_NEW_BASE);
    const QcImportResult *result = play_check (stage.import, NULL);
    play_assert_rows (result, i == 0 ? "1 added\n" : "1 unchanged\n");
    adopt (&stage);
  }
}

/* ---- imported last ---- */

/* "one two-" where the second is gone. */
static void
assert_recent (QcSession *session, const char *expected)
{
  g_autoptr (GAsyncResult) slot = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  qc_import_recent_list_async (session, NULL, result_cb, &slot);
  qc_app_fixture_until (result_there, &slot);
  g_autoptr (GPtrArray) files = qc_import_recent_list_finish (slot, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < files->len; i++) {
    const QcRecentFile *file = g_ptr_array_index (files, i);
    g_string_append_printf (text, "%s%s%s", i > 0 ? " " : "", file->path, file->gone ? "-" : "");
  }
  g_assert_cmpstr (text->str, ==, expected);
}

/* What is written behind is there. */
static void
flush (QcAppFixture *fixture)
{
  qc_app_fixture_sql (fixture, "SELECT 1");
}

/* Eight are kept; names that no line can hold are none of them, nor is what is no entry; without a profile there are
 * none. */
static void
test_recent (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcSession) nobody = qc_session_new (fixture->context);
  for (char name[] = "/1"; name[1] <= '8'; name[1]++)
    qc_import_recent_note (fixture->session, name);
  flush (fixture);
  assert_recent (fixture->session, "/8- /7- /6- /5- /4- /3- /2- /1-");
  qc_import_recent_note (fixture->session, "/");
  qc_import_recent_note (fixture->session, "/6");
  qc_import_recent_note (fixture->session, "/a\nb");
  qc_import_recent_note (fixture->session, "/\xff");
  qc_import_recent_note (nobody, "/nobody");
  flush (fixture);
  assert_recent (fixture->session, "/6- / /8- /7- /5- /4- /3- /2-");
  qc_import_recent_clear (nobody);
  assert_recent (nobody, "");
  qc_app_fixture_sql (fixture, "UPDATE preference SET value = 'nonsense' || char(10) || '2026-11-22 /a b' "
                               "WHERE name = 'import-recent'");
  assert_recent (fixture->session, "/a b-");
}

/* ---- whose people ---- */

/* Of few rows each is looked up; a large file, or one of many rows, has everybody read, while it is itself or before it
 * is checked. */
static void
test_everybody (void)
{
  static const struct {
    guint rows, bytes; /* 0 = as it comes */
    gboolean everybody;
  } files[] = {{1, 0, FALSE}, {1, 256 * 1024 - 1, FALSE}, {1, 256 * 1024, TRUE}, {9999, 0, FALSE}, {10000, 0, TRUE}};
  g_auto (PlayImport) stage;
  play_import_open (&stage, 0, 1100, QC_BUSINESS_BASE_ADJUSTMENT);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (GString) text = g_string_new ("账号,新基数\n2320001099,5500\n");
    for (guint n = 1; n < files[i].rows; n++)
      g_string_append (text, ",1\n");
    while (text->len < files[i].bytes)
      g_string_append_c (text, '\n');
    g_test_message ("%u", i);
    g_clear_object (&stage.import);
    stage.import = qc_roster_import_new (stage.service);
    const QcImportResult *result = play_check_text (&stage, text->str);
    g_assert_cmpuint (qc_import_people_has_everybody (stage.import->people), ==, files[i].everybody);
    g_assert_cmpuint (result->counts[QC_IMPORT_ADDED], ==, 1);
    g_assert_cmpuint (result->counts[QC_IMPORT_UNMATCHED], ==, files[i].rows - 1);
    qc_roster_import_set_field (stage.import, 0, QC_LINE_DOCUMENT);
    g_assert_cmpuint (stage.import->people_left, ==, !files[i].everybody);
  }
}

/* Who has no document is found by none. */
static void
test_no_document (void)
{
  g_auto (PlayImport) stage;
  play_import_open (&stage, 0, 0, QC_BUSINESS_BASE_ADJUSTMENT);
  qc_app_fixture_sql (stage.fixture, "UPDATE person SET document = '' WHERE account = '2311000001'");
  const QcImportResult *result = play_check_text (&stage, "账号,姓名,新基数\n9999999999,丁,7100\n");
  play_correct (stage.import, play_find_group (result, "import.unknown", NULL), QC_IMPORT_MATCH, NULL);
  const QcImportPeople *people = stage.import->people;
  g_assert_null (qc_import_people_find (people, ""));
  g_assert_null (qc_import_people_find_document (people, ""));
  g_assert_nonnull (qc_import_people_find (people, "2311000001"));
  g_assert_nonnull (qc_import_people_find (people, "２３１１ 000002"));
  g_assert_cmpstr (qc_import_people_find (people, "231102198502140029")->account, ==, "2311000002");
  g_assert_null (qc_import_people_find (people, "9999999999"));
}

/* Everybody is known already when a second file comes: what was paid for whom it names is asked for before it is
 * judged. */
static void
test_past_of_next (void)
{
  g_auto (PlayImport) stage;
  play_import_open (&stage, 0, 0, QC_BUSINESS_BACK_PAYMENT);
  const QcImportResult *result
      = play_check_text (&stage, "个人账号,姓名,补缴原因,自年月,至年月\n9999999999,安大海,漏缴,2026-07,2026-08\n");
  result = play_correct (stage.import, play_find_group (result, "import.unknown", NULL), QC_IMPORT_MATCH, NULL);
  play_assert_rows (result, "2 added import.matched\n");
  result = play_check_text (&stage, "个人账号,姓名,补缴原因,自年月,至年月\n2311000002,,漏缴,2026-08,2026-09\n");
  play_assert_rows (result, "2 added !back-payment.paid-in-full\n");
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

/* What came meanwhile: of people they are read anew, and only then. */
static void
test_data_came (void)
{
  static const struct {
    QcDataKind what;
    const char *rows;
  } rows[] = {{QC_DATA_QUEUE, "2 added\n"}, {QC_DATA_PEOPLE, "2 refused !import.name-differs\n"}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (PlayImport) stage;
    g_autoptr (GError) error = NULL;
    guint told = 0;
    play_import_open (&stage, 0, 0, QC_BUSINESS_BASE_ADJUSTMENT);
    play_assert_rows (play_check_text (&stage, "账号,姓名,新基数\n2311000001,安大海,5500\n"), "2 added\n");
    qc_app_fixture_sql (stage.fixture, "UPDATE person SET name = '安小海' WHERE account = '2311000001'");
    g_signal_connect (stage.fixture->session, "data-changed", G_CALLBACK (told_cb), &told);
    qc_session_data_changed (stage.fixture->session, rows[i].what);
    qc_app_fixture_until (was_told, &told);
    play_settle (stage.service);
    const QcImportResult *result = play_check (stage.import, &error);
    g_assert_no_error (error);
    play_assert_rows (result, rows[i].rows);
  }
}

/* ---- while it is checked ---- */

/* Writes the time of @fd anew, one and the other in turn, until it is told to end. */
typedef struct {
  int fd;
  struct timespec times[2]; /* the time of a file is either of these */
  gint ended;               /* (atomic) */
} Restless;

static gpointer
restless_thread (gpointer data)
{
  Restless *restless = data;
  for (guint i = 0; !g_atomic_int_get (&restless->ended); i++)
    g_assert_cmpint (
        futimens (restless->fd, (const struct timespec[]) {restless->times[i % 2], restless->times[i % 2]}), ==, 0);
  return NULL;
}

/* What is written while it is read is not taken for what was there, whichever part of its time tells. */
static void
test_restless_file (void)
{
  static const struct timespec times[][2] = {{{100, 5}, {200, 5}}, {{100, 5}, {100, 7}}};
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autofree char *path = g_build_filename (fixture->dir, "清册.csv", NULL);
  g_assert_true (g_file_set_contents (path, "账号,新基数\n2311000001,5500\n", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (times); i++) {
    Restless restless = {g_open (path, O_RDWR | O_CLOEXEC, 0), {times[i][0], times[i][1]}, 0};
    GThread *thread = g_thread_new ("restless", restless_thread, &restless);
    gboolean read = TRUE;
    g_autoptr (GError) error = NULL;
    for (guint n = 0; n < 100000 && read; n++) { /* until both looks at it fell on different times */
      QcImportFile *file = g_new0 (QcImportFile, 1);
      file->path = g_strdup (path);
      file->business = QC_BUSINESS_BASE_ADJUSTMENT;
      read = qc_import_file_read (file, NULL, &error);
      qc_import_file_free (file);
    }
    g_atomic_int_set (&restless.ended, 1);
    g_thread_join (thread);
    close (restless.fd);
    g_assert_error (error, QC_SHEET_ERROR, QC_SHEET_ERROR_FILE);
    g_assert_cmpstr (error->message, ==, "The file was changed while it was read. Try again.");
  }
}

static gboolean
has_people (gpointer import)
{
  return QC_ROSTER_IMPORT (import)->people != NULL;
}

/* A second check has to wait for the first; one that is cancelled leaves nothing. */
static void
test_twice (void)
{
  g_auto (PlayImport) stage;
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) first = NULL, second = NULL, third = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  double progress = 0;
  play_import_open (&stage, 0, 0, QC_BUSINESS_BASE_ADJUSTMENT);
  play_open_text (stage.fixture, stage.import, "账号,新基数\n2311000001,5500\n");
  qc_roster_import_check_async (stage.import, NULL, result_cb, &first);
  qc_roster_import_check_async (stage.import, NULL, result_cb, &second);
  qc_app_fixture_until (result_there, &second);
  g_assert_null (qc_roster_import_check_finish (stage.import, second, &error));
  g_assert_error (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT);
  g_assert_cmpstr (error->message, ==, "The file is being checked.");
  g_clear_error (&error);
  qc_app_fixture_until (result_there, &first);
  g_assert_nonnull (qc_roster_import_check_finish (stage.import, first, &error));
  g_assert_no_error (error);
  g_object_get (stage.import, "progress", &progress, NULL);
  g_assert_cmpfloat (progress, ==, 1);

  g_assert_true (has_people (stage.import));
  qc_roster_import_check_async (stage.import, cancellable, result_cb, &third);
  g_cancellable_cancel (cancellable);
  qc_app_fixture_until (result_there, &third);
  g_assert_null (qc_roster_import_check_finish (stage.import, third, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (qc_roster_import_get_result (stage.import));
}

/* A roster that is changed amid a check, or columns that are: it is said, and nothing was found. */
static void
test_changed_amid (void)
{
  g_auto (PlayImport) stage;
  play_import_open (&stage, 0, 0, QC_BUSINESS_BASE_ADJUSTMENT);
  g_autoptr (QcPasteResult) pasted = play_paste (stage.service, "account\tnew_base\n2311000001\t5100\n");
  g_assert_nonnull (play_check_text (&stage, "账号,新基数\n2311000001,5500\n"));
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GAsyncResult) slot = NULL;
    qc_roster_import_check_async (stage.import, NULL, result_cb, &slot);
    if (i == 0)
      qc_roster_service_enter (stage.service, play_find (stage.service, "2311000001")->id, QC_LINE_NEW_BASE, "5200");
    else
      qc_roster_import_forget_result (stage.import);
    qc_app_fixture_until (result_there, &slot);
    g_assert_null (qc_roster_import_check_finish (stage.import, slot, &error));
    g_assert_error (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT);
    g_assert_null (qc_roster_import_get_result (stage.import));
    play_settle (stage.service);
    g_assert_nonnull (play_check (stage.import, NULL));
  }
}

/* ---- the faults in a copy ---- */

static gboolean
write_faults (QcRosterImport *import, GFile *file, QcImportMarked *out_how, GError **error)
{
  g_autoptr (GAsyncResult) slot = NULL;
  qc_roster_import_write_faults_async (import, file, NULL, result_cb, &slot);
  qc_app_fixture_until (result_there, &slot);
  return qc_roster_import_write_faults_finish (import, slot, out_how, error);
}

static void
test_faults_name (void)
{
  static const struct {
    const char *name, *copy, *next;
  } rows[] = {{"七月.csv", "七月 (faults).csv", "七月 (faults) 2.csv"},
              {"七月.v2.csv", "七月.v2 (faults).csv", "七月.v2 (faults) 2.csv"},
              {"七月", "七月 (faults)", "七月 (faults) 2"},
              {".七月", ".七月 (faults)", ".七月 (faults) 2"}};
  g_auto (PlayImport) stage;
  play_import_open (&stage, 0, 0, QC_BUSINESS_BASE_ADJUSTMENT);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_build_filename (stage.fixture->dir, rows[i].name, NULL);
    g_assert_true (g_file_set_contents (path, "账号,新基数\n2311000001,1\n", -1, NULL));
    g_assert_true (play_open_file (stage.import, path, NULL));
    g_autoptr (GFile) copy = qc_roster_import_dup_faults_file (stage.import);
    g_autofree char *name = g_file_get_basename (copy);
    g_assert_cmpstr (name, ==, rows[i].copy);
    g_assert_true (g_file_set_contents (g_file_peek_path (copy), "", 0, NULL));
    g_autoptr (GFile) next = qc_roster_import_dup_faults_file (stage.import);
    g_autofree char *second = g_file_get_basename (next);
    g_assert_cmpstr (second, ==, rows[i].next);
  }
}

/* What must be mended is said beside its row, in full; what is only pointed out is not. A sheet without headers has
 * none for the column either. Where it cannot be written, nothing is. */
static void
test_faults (void)
{
#define BELOW                                                                                                       \
  "\"The base 1.00 is below the lower limit 2,080.00. Enter a base between 2,080.00 and 30,000.00. The limits are " \
  "the "                                                                                                            \
  "center's; nothing is adjusted silently.\""
  static const struct {
    const char *text, *copy, *noted;
  } rows[] = {
      {"账号,新基数\n2311000001,9000\n2311000002,1\n9999999999,5000\n",
       "账号,新基数,Why it is refused\n2311000001,9000\n2311000002,1," BELOW
       "\n9999999999,5000,\"Nobody of the unit has the number “9999999999”. Check the number. Who was transferred to "
       "another unit, or is not fetched yet, is not found here.\"\n",
       "base-adjustment|2/"},
      {"2311000001,9000\n2311000002,1\n", "2311000001,9000\n2311000002,1," BELOW "\n", "base-adjustment|1/"},
  };
  g_auto (PlayImport) stage;
  play_import_open (&stage, 0, 0, QC_BUSINESS_BASE_ADJUSTMENT);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    QcImportMarked how;
    play_open_text (stage.fixture, stage.import, rows[i].text);
    qc_roster_import_set_field (stage.import, 0, QC_LINE_ACCOUNT);
    qc_roster_import_set_field (stage.import, 1, QC_LINE_NEW_BASE);
    g_assert_nonnull (play_check (stage.import, NULL));
    g_autoptr (GFile) copy = qc_roster_import_dup_faults_file (stage.import);
    g_assert_true (write_faults (stage.import, copy, &how, &error));
    g_assert_cmpint (how, ==, QC_IMPORT_MARKED_CELLS);
    g_autofree char *noted = qc_app_fixture_dup_journal (stage.fixture, "import.marked");
    g_assert_true (g_str_has_prefix (noted, rows[i].noted));
    g_autofree char *text = NULL;
    g_assert_true (g_file_get_contents (g_file_peek_path (copy), &text, NULL, NULL));
    g_assert_cmpstr (text, ==, rows[i].copy);
  }
  g_autoptr (GError) error = NULL;
  QcImportMarked how;
  const char *const no_formats[]
      = {"<row>" CELL ("账号") CELL ("新基数") "</row><row>" CELL ("9999999999") CELL ("1") "</row>", NULL};
  play_open_fd (stage.fixture, stage.import, make_book (no_formats, "-"));
  g_assert_nonnull (play_check (stage.import, NULL));
  g_autoptr (GFile) appended = qc_roster_import_dup_faults_file (stage.import);
  g_assert_true (write_faults (stage.import, appended, &how, &error));
  g_assert_cmpint (how, ==, QC_IMPORT_MARKED_SHEET); /* nothing can be filled there */
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nonexistent/清册.csv");
  g_autoptr (GFile) elsewhere = g_file_new_for_uri ("smb://server/folder/list.csv");
  g_assert_false (write_faults (stage.import, nowhere, &how, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (write_faults (stage.import, elsewhere, &how, &error));
  g_assert_error (error, QC_SHEET_ERROR, QC_SHEET_ERROR_FILE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-file/sheets", test_sheets);
  g_test_add_func ("/import-file/no-sheet", test_no_sheet);
  g_test_add_func ("/import-file/nothing-read", test_nothing_read);
  g_test_add_func ("/import-file/headers", test_headers);
  g_test_add_func ("/import-file/choices", test_choices);
  g_test_add_func ("/import-file/header-row", test_header_row);
  g_test_add_func ("/import-file/why-not", test_why_not);
  g_test_add_func ("/import-file/other-column", test_other_column);
  g_test_add_func ("/import-file/places", test_places);
  g_test_add_func ("/import-file/memory", test_memory);
  g_test_add_func ("/import-file/no-memory", test_no_memory);
  g_test_add_func ("/import-file/recent", test_recent);
  g_test_add_func ("/import-file/everybody", test_everybody);
  g_test_add_func ("/import-file/no-document", test_no_document);
  g_test_add_func ("/import-file/past-of-next", test_past_of_next);
  g_test_add_func ("/import-file/data-came", test_data_came);
  g_test_add_func ("/import-file/restless-file", test_restless_file);
  g_test_add_func ("/import-file/twice", test_twice);
  g_test_add_func ("/import-file/changed-amid", test_changed_amid);
  g_test_add_func ("/import-file/faults-name", test_faults_name);
  g_test_add_func ("/import-file/faults", test_faults);
  return g_test_run ();
}
