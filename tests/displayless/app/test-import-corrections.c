/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What is found in a clerk's file by kind, what can be done about each kind, for which rows a correction is meant, and
 * who is taken for whom where a number does not say it.
 */
#include "import-play.h"
#include "made-up.h"
#include "qc-roster-import-private.h"

/* ---- by kind ---- */

/* "roster.unreadable 飞了 2" and a line end each, in their order; "rest" where many words are together. */
static void
assert_groups (const QcImportResult *result, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < result->groups->len; i++) {
    const QcImportGroup *group = g_ptr_array_index (result->groups, i);
    g_string_append_printf (text, "%s %s %u\n", group->first->code,
                            group->rest           ? "rest"
                            : group->word != NULL ? group->word
                                                  : "-",
                            group->rows->len);
    g_assert_cmpuint (group->findings->len, ==, group->rows->len);
  }
  g_assert_cmpstr (text->str, ==, expected);
}

/* What must be mended comes first, and of that what most rows have; what is only said comes last, however often. */
static void
test_order (void)
{
  g_auto (PlayImport) stage;
  play_import_open (&stage, 0, 12, QC_BUSINESS_BASE_ADJUSTMENT);
  const QcImportResult *result = play_check_text (&stage, "账号,新基数\n"
                                                          "2320000001,9000\n2320000002,9000\n2320000003,9000\n"
                                                          "2320000004,1\n"
                                                          "9999999991,5500\n9999999992,5500\n");
  assert_groups (result, "import.unknown - 2\nbase.below-floor - 1\nbase.jump - 3\n");
}

/* The first words are told apart; what comes after fifty groups is one, for which nothing can be done yet. */
static void
test_many_words (void)
{
  g_auto (PlayImport) stage;
  play_import_open (&stage, 0, 60, QC_BUSINESS_SEALING);
  g_autoptr (GString) text = g_string_new ("账号\t原因\t说明\n");
  g_autoptr (GString) expected = g_string_new ("roster.unreadable rest 3\nroster.unreadable 词00 2\n");
  for (guint i = 0; i < 52; i++)
    g_string_append_printf (text, "232%07u\t词%02u\t\n", i, i);
  for (guint i = 1; i < 50; i++)
    g_string_append_printf (expected, "roster.unreadable 词%02u 1\n", i);
  g_string_append (text, "2320000053\t词00\t\n2320000054\t词50\t\n2320000055\t其他\t\n9999999999\t词00\t\n");
  g_string_append (expected, "roster.reason-text-missing - 1\nimport.unknown - 1\n");
  const QcImportResult *result = play_check_text (&stage, text->str);
  assert_groups (result, expected->str);
  const QcImportGroup *rest = g_ptr_array_index (result->groups, 0);
  g_assert_null (rest->word);
  for (int remedy = QC_IMPORT_LEAVE_OUT; remedy <= QC_IMPORT_MATCH; remedy++)
    g_assert_false (qc_roster_import_can_correct (stage.import, rest, remedy));

  /* who has corrected one of the first ones comes to the next */
  result
      = play_correct (stage.import, play_find_group (result, "roster.unreadable", "词01"), QC_IMPORT_LEAVE_OUT, NULL);
  g_assert_nonnull (play_find_group (result, "roster.unreadable", "词50"));
  g_assert_cmpuint (((QcImportGroup *)g_ptr_array_index (result->groups, 0))->rows->len, ==, 2);
}

/* ---- what can be done ---- */

static void
test_can_correct (void)
{
  static const struct {
    QcBusiness business;
    const char *text, *code, *can; /* l = leave out, e = enter, m = match */
  } rows[] = {
      {QC_BUSINESS_BASE_ADJUSTMENT, "账号,新基数\n9999999999,5500\n", "import.unknown", "l--"},
      {QC_BUSINESS_BASE_ADJUSTMENT, "证件号码,新基数\n9999999999,5500\n", "import.unknown", "l--"},
      {QC_BUSINESS_BASE_ADJUSTMENT, "账号,姓名,新基数\n9999999999,,5500\n", "import.unknown", "l-m"},
      {QC_BUSINESS_BASE_ADJUSTMENT, "证件号码,姓名,新基数\n9999999999,,5500\n", "import.unknown", "l-m"},
      {QC_BUSINESS_BASE_ADJUSTMENT, "账号,证件号码,新基数\n9999999999,,5500\n", "import.unknown", "l-m"},
      {QC_BUSINESS_BASE_ADJUSTMENT, "姓名,证件号码,新基数\n安大海,,5500\n", "import.nobody", "l-m"},
      {QC_BUSINESS_BASE_ADJUSTMENT, "账号,姓名,新基数\n2311000001,白小溪,5500\n", "import.name-differs", "l--"},
      {QC_BUSINESS_BASE_ADJUSTMENT, "账号,姓名,新基数\n2311000001,,飞\n", "roster.unreadable", "l--"},
      {QC_BUSINESS_BASE_ADJUSTMENT, "账号,姓名,新基数\n2311000001,,1\n", "base.below-floor", "l--"},
      {QC_BUSINESS_BASE_ADJUSTMENT, "账号,姓名,新基数\n2311000001,,9000\n", "base.jump", "l--"},
      {QC_BUSINESS_BASE_ADJUSTMENT, "账号,姓名,新基数\n2311000003,,9000\n", "base.status", "l--"},
      {QC_BUSINESS_SEALING, "账号,原因,说明\n2311000001,飞,\n", "roster.unreadable", "le-"},
      {QC_BUSINESS_SEALING, "账号,原因,说明\n2311000001,,飞\n", "roster.reason-missing", "le-"},
      {QC_BUSINESS_SEALING, "账号,原因,说明\n2311000001,其他,\n", "roster.reason-text-missing", "le-"},
      {QC_BUSINESS_RETIREMENT, "账号,退休类别\n2311000005,飞\n", "roster.unreadable", "le-"},
      {QC_BUSINESS_ACCOUNT_OPENING, "姓名,证件号码,缴存基数\n,231102198502140045,5000\n", "roster.missing", "le-"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (PlayImport) stage;
    play_import_open (&stage, QC_FILL_ASK, 0, rows[i].business);
    const QcImportResult *result = play_check_text (&stage, rows[i].text);
    const QcImportGroup *group = NULL;
    for (guint g = 0; g < result->groups->len && group == NULL; g++)
      if (g_str_equal (((QcImportGroup *)g_ptr_array_index (result->groups, g))->first->code, rows[i].code))
        group = g_ptr_array_index (result->groups, g);
    g_test_message ("%s", rows[i].text);
    g_assert_nonnull (group);
    const char can[] = {qc_roster_import_can_correct (stage.import, group, QC_IMPORT_LEAVE_OUT) ? 'l' : '-',
                        qc_roster_import_can_correct (stage.import, group, QC_IMPORT_ENTER) ? 'e' : '-',
                        qc_roster_import_can_correct (stage.import, group, QC_IMPORT_MATCH) ? 'm' : '-', '\0'};
    g_assert_cmpstr (can, ==, rows[i].can);
  }
}

/* ---- for which rows it is meant ---- */

/* The same word of somebody who is unsealed is of another list; what is entered must be a word of the list itself. */
static void
test_lists_apart (void)
{
  g_auto (PlayImport) stage;
  play_import_open (&stage, 0, 12, QC_BUSINESS_SEALING);
  const QcImportResult *result = play_check_text (
      &stage, "账号,原因,说明\n2320000001,离职,\n2320000002,离职,\n2311000003,离职,\n2320000004,,\n");
  assert_groups (result, "roster.unreadable 离职 2\nroster.unreadable 离职 1\n");
  const QcImportGroup *seal = g_ptr_array_index (result->groups, 0), *unseal = g_ptr_array_index (result->groups, 1);
  g_autoptr (GPtrArray) to_seal = qc_roster_import_dup_values (stage.import, seal);
  g_autoptr (GPtrArray) to_unseal = qc_roster_import_dup_values (stage.import, unseal);
  g_assert_cmpuint (to_seal->len, ==, 2);
  g_assert_cmpuint (to_unseal->len, ==, 1);
  result = play_correct (stage.import, seal, QC_IMPORT_ENTER, "01");
  play_assert_rows (result, "2 added\n3 added\n4 added !roster.unreadable\n5 empty\n");
  const QcImportCorrection *done = g_ptr_array_index (qc_roster_import_get_corrections (stage.import), 0);
  g_assert_cmpuint (done->rows->len, ==, 2);

  result = play_correct (stage.import, g_ptr_array_index (result->groups, 0), QC_IMPORT_ENTER, "没有这个");
  play_assert_rows (result, "2 added\n3 added\n4 added !roster.unreadable\n5 empty\n");
  done = g_ptr_array_index (qc_roster_import_get_corrections (stage.import), 1);
  g_assert_cmpuint (done->rows->len, ==, 0);
  g_assert_null (done->shown);
}

/* What is missing in one column is not what is missing in another; and where several things were found in a row, it is
 * left out for any of them. */
static void
test_fields_apart (void)
{
  g_auto (PlayImport) stage;
  play_import_open (&stage, 0, 0, QC_BUSINESS_ACCOUNT_OPENING);
  const QcImportResult *result = play_check_text (&stage, "姓名,证件类型,身份证号码,性别,出生日期,缴存基数\n"
                                                          ",居民身份证,231102198502140045,,,5000\n"
                                                          "新二,,,男,1990-01-01,5000\n"
                                                          "新四,居民身份证,23110219910307011X,女,1991-03-08,5000\n");
  play_assert_rows (result, "2 added !roster.missing\n3 added !roster.missing !roster.missing\n"
                            "4 added !person.birth-differs !person.sex-differs\n");
  assert_groups (result, "roster.missing - 1\nroster.missing - 1\nroster.missing - 1\n"
                         "person.birth-differs - 1\nperson.sex-differs - 1\n");
  const QcImportGroup *nameless = g_ptr_array_index (result->groups, 0);
  g_assert_cmpstr (nameless->first->field, ==, "name");
  result = play_correct (stage.import, nameless, QC_IMPORT_ENTER, "新一");
  play_assert_rows (result, "2 added\n3 added !roster.missing !roster.missing\n"
                            "4 added !person.birth-differs !person.sex-differs\n");
  result = play_correct (stage.import, play_find_group (result, "person.sex-differs", NULL), QC_IMPORT_LEAVE_OUT, NULL);
  play_assert_rows (result, "2 added\n3 added !roster.missing !roster.missing\n"
                            "4 left-out person.birth-differs person.sex-differs\n");
}

/* ---- who is meant ---- */

/* A number that a spreadsheet kept as one has lost its last digits; a name is certain where only one has it. */
static void
test_match (void)
{
  static const char whole[] = "231102198502140729", cut[] = "231102198502140000", rounded[] = "231102198502141000";
  static const struct {
    QcCell account, document, name;
    const char *person;
  } rows[] = {
      {{0}, {QC_CELL_TEXT, whole}, {0}, "2311000002"},
      {{0}, {QC_CELL_TEXT, "２３１１０２１９８５０２１４０７２９"}, {0}, "2311000002"},
      {{0}, {QC_CELL_TEXT, whole}, {QC_CELL_TEXT, "白小溪"}, "2311000002"},
      {{0}, {QC_CELL_TEXT, whole}, {QC_CELL_TEXT, "安大海"}, NULL},
      {{0}, {QC_CELL_TEXT, "1"}, {QC_CELL_TEXT, "白小溪"}, NULL}, /* it is whole, and nobody's */
      {{0}, {QC_CELL_TEXT, "231102199003070016"}, {0}, NULL},     /* more than one has it */
      {{0}, {0}, {QC_CELL_TEXT, "白小溪"}, "2311000002"},
      {{0}, {0}, {QC_CELL_TEXT, "张三"}, NULL}, /* more than one is called so */
      {{0}, {0}, {QC_CELL_TEXT, "李四"}, NULL},
      {{0}, {0}, {0}, NULL},
      {{QC_CELL_TEXT, "9999999999"}, {0}, {QC_CELL_TEXT, "白小溪"}, "2311000002"},
      {{0}, {QC_CELL_NUMBER, cut}, {QC_CELL_TEXT, "白小溪"}, "2311000002"},
      {{0}, {QC_CELL_NUMBER, rounded}, {QC_CELL_TEXT, "白小溪"}, "2311000002"},
      {{0}, {QC_CELL_NUMBER, cut}, {0}, NULL},
      {{0}, {QC_CELL_NUMBER, "231102198502139000"}, {QC_CELL_TEXT, "白小溪"}, NULL},
      {{0}, {QC_CELL_NUMBER, "231102198502142000"}, {QC_CELL_TEXT, "白小溪"}, NULL},
      {{0}, {QC_CELL_NUMBER, "23110219850214000"}, {QC_CELL_TEXT, "白小溪"}, NULL},
      {{0}, {QC_CELL_NUMBER, "-23110219850214000"}, {QC_CELL_TEXT, "白小溪"}, NULL},
      {{0}, {QC_CELL_NUMBER, "231102196501101000"}, {QC_CELL_TEXT, "郭建国"}, NULL}, /* ends with an X */
      {{QC_CELL_NUMBER, "2311000002000000"}, {0}, {QC_CELL_TEXT, "白小溪"}, NULL},
  };
  g_auto (PlayImport) stage;
  play_import_open (&stage, QC_FILL_RETIRED, 3, QC_BUSINESS_BASE_ADJUSTMENT);
  g_autofree char *sql = g_strdup_printf ("UPDATE person SET document = '%s' WHERE account = '2311000002'", whole);
  qc_app_fixture_sql (stage.fixture, sql);
  const QcImportResult *result = play_check_text (&stage, "账号,姓名,新基数\n9999999999,白小溪,7100\n");
  g_assert_false (qc_import_people_has_names (stage.import->people));
  g_assert_null (qc_import_people_find_name (stage.import->people, "白小溪"));
  play_correct (stage.import, play_find_group (result, "import.unknown", NULL), QC_IMPORT_MATCH, NULL);
  g_assert_true (qc_import_people_has_names (stage.import->people));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const QcEmployee *person = qc_import_match (stage.import, &rows[i].account, &rows[i].document, &rows[i].name);
    g_test_message ("%u", i);
    g_assert_cmpstr (person != NULL ? person->account : NULL, ==, rows[i].person);
  }
}

/* Names and documents beside an account must be its person's, in whatever width; a number that is damaged says
 * nothing, but to those who have no other. Rows of a workbook, in which numbers may be numbers. */
static void
test_beside_account (void)
{
#define TEXT(text)     "<c t='inlineStr'><is><t>" text "</t></is></c>"
#define NUMBER(number) "<c><v>" number "</v></c>"
#define NONE           "<c/>"
  static const char sheet[] = "<row>" TEXT ("账号") TEXT ("姓名") TEXT ("证件号码") TEXT (
      "新基数") "</row>"
                "<row>" TEXT ("2311000001") NONE TEXT ("２３１１０２ １９９００３０７００１６") NUMBER (
                    "5500") "</row>"
                            "<row>" TEXT ("2311000002") NONE TEXT ("231102199003070016") NUMBER (
                                "7100") "</row>"
                                        "<row>" TEXT ("2311000006") NONE TEXT ("23110219650110131x") NUMBER (
                                            "5500") "</row>"
                                                    "<row>" NUMBER ("2311000004") NONE NUMBER ("110105199512310020") NUMBER (
                                                        "5000") "</row>"
                                                                "<row>" TEXT ("9999999999") NONE NUMBER ("2311021985021"
                                                                                                         "40029")
                                                                    NUMBER (
                                                                        "7100") "</row>"
                                                                                "<row>" NONE TEXT ("白小溪") NUMBER (
                                                                                    "23110"
                                                                                    "21985"
                                                                                    "02140"
                                                                                    "029")
                                                                                    NUMBER (
                                                                                        "7100") "</row>"
                                                                                                "<row>" NONE TEXT (
                                                                                                    "白小溪") TEXT ("23"
                                                                                                                    "11"
                                                                                                                    "02"
                                                                                                                    "19"
                                                                                                                    "85"
                                                                                                                    "02"
                                                                                                                    "14"
                                                                                                                    "00"
                                                                                                                    "2"
                                                                                                                    "9")
                                                                                                    NUMBER (
                                                                                                        "7200") "</row>"
                                                                                                                "<row"
                                                                                                                ">" NUMBER (
                                                                                                                    "23"
                                                                                                                    "11"
                                                                                                                    "00"
                                                                                                                    "00"
                                                                                                                    "04"
                                                                                                                    "00"
                                                                                                                    "00"
                                                                                                                    "0"
                                                                                                                    "0") TEXT ("丁")
                                                                                                                    NONE NUMBER (
                                                                                                                        "72"
                                                                                                                        "0"
                                                                                                                        "0") "</row>";
  static const struct {
    guint row;
    const char *name, *value, *field;
  } said[] = {{1, "number", "231102199003070016", "document"},
              {4, "number", "231102198502140000", "document"},
              {5, "number", "231102198502140000", "document"},
              {7, "number", "2311000004000000", "account"}};
  g_auto (PlayImport) stage;
  g_autoptr (GError) error = NULL;
  play_import_open (&stage, QC_FILL_RETIRED, 0, QC_BUSINESS_BASE_ADJUSTMENT);
  play_open_fd (stage.fixture, stage.import, made_up_sheet (sheet, NULL));
  const QcImportResult *result = play_check (stage.import, &error);
  g_assert_no_error (error);
  play_assert_rows (result, "2 added\n"
                            "3 refused !import.document-differs\n"
                            "4 added\n"
                            "5 added\n"
                            "6 unmatched !import.damaged-number\n"
                            "7 unmatched !import.damaged-number\n"
                            "8 added\n"
                            "9 unmatched !import.damaged-number\n");
  for (guint i = 0; i < G_N_ELEMENTS (said); i++) {
    const QcImportRow *row = g_ptr_array_index (result->rows, said[i].row);
    const QcFinding *finding = g_ptr_array_index (row->findings, 0);
    g_assert_cmpstr (finding->field, ==, said[i].field);
    g_assert_cmpstr (qc_finding_get_arg (finding, said[i].name, NULL), ==, said[i].value);
  }
  /* who is found so stands in the file twice now, and the second row is told of the first */
  result = play_correct (stage.import, play_find_group (result, "import.damaged-number", NULL), QC_IMPORT_MATCH, NULL);
  const QcImportRow *row = g_ptr_array_index (result->rows, 5);
  const QcFinding *matched = g_ptr_array_index (row->findings, 0);
  g_assert_cmpstr (matched->code, ==, "import.matched");
  g_assert_cmpstr (qc_finding_get_arg (matched, "number", NULL), ==, "231102198502140000");
  g_assert_cmpstr (qc_finding_get_arg (matched, "account", NULL), ==, "2311000002");
  g_assert_cmpint (row->kind, ==, QC_IMPORT_ADDED);
  row = g_ptr_array_index (result->rows, 6);
  g_assert_cmpint (row->kind, ==, QC_IMPORT_REFUSED);
  g_assert_cmpstr (qc_finding_get_arg (g_ptr_array_index (row->findings, 0), "row", NULL), ==, "7");
}

/* Somebody who was found by name and may not be on the roster; who names nobody has no number that could be told. */
static void
test_matched_refused (void)
{
  g_auto (PlayImport) stage;
  play_import_open (&stage, 0, 0, QC_BUSINESS_BASE_ADJUSTMENT);
  const QcImportResult *result
      = play_check_text (&stage, "账号,姓名,新基数\n,蔡卓玛·次仁,5500\n,白小溪,7100\n2311000001,,5500\n,安大海,\n");
  play_assert_rows (result, "2 unmatched !import.nobody\n3 unmatched !import.nobody\n4 added\n"
                            "5 unmatched !import.nobody\n");
  result = play_correct (stage.import, play_find_group (result, "import.nobody", NULL), QC_IMPORT_MATCH, NULL);
  play_assert_rows (result, "2 refused !import.matched !base.status\n3 added import.matched\n4 added\n"
                            "5 refused !import.repeated\n");
  const QcImportRow *row = g_ptr_array_index (result->rows, 1);
  g_assert_cmpstr (qc_finding_get_arg (g_ptr_array_index (row->findings, 0), "number", NULL), ==, "—");
  g_assert_false (qc_roster_import_can_correct (stage.import, play_find_group (result, "import.matched", NULL),
                                                QC_IMPORT_LEAVE_OUT));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-corrections/order", test_order);
  g_test_add_func ("/import-corrections/many-words", test_many_words);
  g_test_add_func ("/import-corrections/can-correct", test_can_correct);
  g_test_add_func ("/import-corrections/lists-apart", test_lists_apart);
  g_test_add_func ("/import-corrections/fields-apart", test_fields_apart);
  g_test_add_func ("/import-corrections/match", test_match);
  g_test_add_func ("/import-corrections/beside-account", test_beside_account);
  g_test_add_func ("/import-corrections/matched-refused", test_matched_refused);
  return g_test_run ();
}
