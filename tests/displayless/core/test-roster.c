/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The draft roster, units and people as values, and the checks of a person.
 */
#include "qc-roster.h"
#include "qc-rules-person.h"
#include "qc-unit.h"

static QcRosterLine *
new_line (const char *account, QcMoney unit, QcMoney personal)
{
  QcRosterLine *line = qc_roster_line_new ();
  line->account = g_strdup (account);
  line->name = g_strdup ("张三");
  line->unit_fen = unit;
  line->personal_fen = personal;
  return line;
}

static void
test_lines (void)
{
  g_autoptr (QcRoster) roster = qc_roster_new (QC_BUSINESS_BACK_PAYMENT);
  gint64 a = qc_roster_take (roster, -1, new_line ("1", 100, 200));
  gint64 b = qc_roster_take (roster, -1, new_line ("2", 300, 400));
  gint64 c = qc_roster_take (roster, 0, new_line ("3", 0, 0));
  int position = -1;
  g_assert_true (a != b && b != c && a != c);
  g_assert_nonnull (qc_roster_find (roster, b, &position));
  g_assert_cmpint (position, ==, 2);
  g_autoptr (QcRosterLine) stolen = qc_roster_steal (roster, b);
  g_assert_cmpstr (stolen->account, ==, "2");
  g_assert_null (qc_roster_find (roster, b, NULL));
  g_assert_null (qc_roster_steal (roster, b));
  /* an id is never used again, and undo puts the line back with its own */
  g_assert_cmpint (qc_roster_take (roster, -1, new_line ("4", 0, 0)), >, c);
  g_assert_cmpint (qc_roster_take (roster, 99, g_steal_pointer (&stolen)), ==, b);
  g_assert_nonnull (qc_roster_find_person (roster, "2", NULL));
  g_assert_null (qc_roster_find_person (roster, NULL, NULL));
  g_autoptr (QcRoster) copy = qc_roster_copy (roster);
  qc_roster_clear (roster);
  g_assert_cmpuint (roster->lines->len, ==, 0);
  g_assert_cmpuint (copy->lines->len, ==, 4);
  g_assert_cmpint (qc_roster_take (roster, -1, new_line ("5", 0, 0)), ==, copy->next_id);
}

static void
test_sum (void)
{
  g_autoptr (QcRoster) roster = qc_roster_new (QC_BUSINESS_BACK_PAYMENT);
  QcRosterTotals totals;
  qc_roster_take (roster, -1, new_line ("1", 100, 200));
  qc_roster_take (roster, -1, new_line ("1", 10, 20));
  qc_roster_take (roster, -1, new_line (NULL, 1, 2));
  g_assert_true (qc_roster_sum (roster, &totals));
  g_assert_cmpint (totals.lines, ==, 3);
  g_assert_cmpint (totals.people, ==, 2);
  g_assert_cmpint (totals.unit_fen, ==, 111);
  g_assert_cmpint (totals.personal_fen, ==, 222);
  qc_roster_take (roster, -1, new_line ("2", QC_MONEY_MAX, 0));
  g_assert_false (qc_roster_sum (roster, &totals));
}

static void
test_equal (void)
{
  QcEmployee employee = {.account = (char *)"1", .name = (char *)"张三", .base = 500000, .revision = 3};
  g_autoptr (QcRosterLine) a = qc_roster_line_new_for (&employee);
  g_autoptr (QcRosterLine) b = qc_roster_line_copy (a);
  g_assert_cmpint (a->base, ==, 500000);
  g_assert_true (qc_roster_line_equal (a, b));
  g_ptr_array_add (b->findings, qc_finding_new ("base.missing", NULL));
  g_assert_true (qc_roster_line_equal (a, b));
  g_autoptr (QcRosterLine) c = qc_roster_line_copy (b);
  g_assert_cmpuint (c->findings->len, ==, 1);
  b->reason_text = g_strdup ("x");
  g_assert_false (qc_roster_line_equal (a, b));
}

static QcCode *
new_code (const char *code, gboolean needs_text)
{
  QcCode *entry = g_new0 (QcCode, 1);
  entry->list = g_strdup ("seal-reason");
  entry->code = g_strdup (code);
  entry->label = g_strdup ("其他");
  entry->needs_text = needs_text;
  return entry;
}

static void
assert_code (const GPtrArray *findings, guint i, const char *code, int line)
{
  const QcFinding *finding = g_ptr_array_index (findings, i);
  g_assert_cmpstr (finding->code, ==, code);
  g_assert_cmpint (finding->line, ==, line);
}

static void
test_check (void)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_code_free);
  g_ptr_array_add (codes, new_code ("01", FALSE));
  g_ptr_array_add (codes, new_code ("99", TRUE));
  g_autoptr (QcRoster) roster = qc_roster_new (QC_BUSINESS_SEALING);
  g_autoptr (GPtrArray) empty = qc_roster_check (roster, FALSE, codes, "seal-reason");
  assert_code (empty, 0, "roster.empty", -1);
  const char *const reasons[] = {"01", "99", "01", NULL};
  const char *const accounts[] = {"1", "2", "1", "3"};
  for (guint i = 0; i < 4; i++) {
    QcRosterLine *line = new_line (accounts[i], 0, 0);
    line->reason_code = g_strdup (reasons[i]);
    qc_roster_take (roster, -1, line);
  }
  for (int round = 0; round < 2; round++) { /* checked again, nothing doubles */
    g_autoptr (GPtrArray) findings = qc_roster_check (roster, FALSE, codes, "seal-reason");
    g_assert_cmpuint (findings->len, ==, 3);
    assert_code (findings, 0, "roster.duplicate", 2);
    assert_code (findings, 1, "roster.reason-missing", 3);
    assert_code (findings, 2, "roster.reason-text-missing", 1);
    g_assert_cmpuint (((QcRosterLine *)roster->lines->pdata[2])->findings->len, ==, 1);
  }
  g_autoptr (GPtrArray) repeat = qc_roster_check (roster, TRUE, NULL, NULL);
  g_assert_cmpuint (repeat->len, ==, 0);
}

typedef struct {
  const char *name, *code;
} NameRow;

static void
test_names (void)
{
  static const NameRow rows[] = {
      {"张三", NULL},
      {"阿依古丽·买买提", NULL},
      {"王𠮷三", NULL},
      {"䶮", NULL},
      {"John Smith-O'Neil", NULL},
      {"José", NULL},
      {"", "person.name-empty"},
      {NULL, "person.name-empty"},
      {"张 三", "person.name-blank"},
      {"张三1", "person.name-character"},
      {"张三（外）", "person.name-character"},
      {"张\t三", "person.name-character"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) out = qc_findings_new ();
    qc_rules_person_check_name (out, 5, rows[i].name);
    g_test_message ("row %u", i);
    g_assert_cmpuint (out->len, ==, rows[i].code != NULL);
    if (rows[i].code != NULL)
      assert_code (out, 0, rows[i].code, 5);
  }
  g_autofree char *long_name = g_strnfill (61, 'a');
  g_autoptr (GPtrArray) out = qc_findings_new ();
  qc_rules_person_check_name (out, -1, long_name);
  assert_code (out, 0, "person.name-long", -1);
}

static void
test_documents (void)
{
  static const struct {
    const char *type, *document;
    QcDate birth;
    QcSex sex;
    const char *code;
  } rows[] = {
      {"01", "231102198502140029", 0, 0, NULL},
      {"01", "231102198502140029", 19850214, QC_SEX_FEMALE, NULL},
      {"01", "231102198502140029", 19850215, QC_SEX_FEMALE, "person.birth-differs"},
      {"01", "231102198502140029", 0, QC_SEX_MALE, "person.sex-differs"},
      {"01", "", 0, 0, "person.document-empty"},
      {"01", "2311021985021400", 0, 0, "person.id-length"},
      {"01", "23110219850214002A", 0, 0, "person.id-character"},
      {"01", "991102198502140029", 0, 0, "person.id-province"},
      {"01", "231181198202290012", 0, 0, "person.id-date"},
      {"01", "231102199003070017", 0, 0, "person.id-check"},
      {"01", "110105491231002", 0, 0, "person.id-old"},
      {"03", "E12345678", 19850214, QC_SEX_FEMALE, NULL},
      {"03", "E12345678", 0, QC_SEX_FEMALE, "person.birth-missing"},
      {"03", "E12345678", 19850214, 0, "person.sex-missing"},
      {"03", "E123456789012345678", 19850214, QC_SEX_MALE, "person.document-long"},
      {"77", "E12345678", 19850214, QC_SEX_MALE, "person.document-type"},
      {NULL, "E12345678", 19850214, QC_SEX_MALE, "person.document-type"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) out = qc_findings_new ();
    qc_rules_person_check_document (out, 0, rows[i].type, rows[i].document, rows[i].birth, rows[i].sex, 20261123);
    g_test_message ("row %u", i);
    g_assert_cmpuint (out->len, ==, rows[i].code != NULL);
    if (rows[i].code != NULL)
      assert_code (out, 0, rows[i].code, 0);
  }
}

static void
test_bases (void)
{
  QcPolicy policy = {.from = 202001,
                     .base_floor = 269000,
                     .base_cap = 3730200,
                     .unit_rounding = QC_ROUNDING_HALF_UP_YUAN,
                     .personal_rounding = QC_ROUNDING_HALF_UP_YUAN};
  QcRatios ratios = {.from = 202001, .unit = 700, .personal = 700};
  static const struct {
    QcMoney base;
    const char *code;
  } rows[] = {
      {269000, NULL},      {268999, "base.below-floor"}, {3730200, NULL}, {3730201, "base.above-cap"},
      {0, "base.missing"}, {-1, "base.missing"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) out = qc_findings_new ();
    qc_rules_person_check_base (out, 0, rows[i].base, &ratios, &policy);
    g_assert_cmpuint (out->len, ==, rows[i].code != NULL);
    if (rows[i].code != NULL)
      assert_code (out, 0, rows[i].code, 0);
  }
  policy.base_floor = policy.base_cap = 0;
  policy.monthly_floor = 37600;
  policy.monthly_cap = 522200;
  g_assert_cmpint (qc_base_check (269000, &ratios, &policy), ==, QC_BASE_OK);
  g_assert_cmpint (qc_base_check (260000, &ratios, &policy), ==, QC_BASE_MONTHLY_BELOW_FLOOR);
  g_assert_cmpint (qc_base_check (3740000, &ratios, &policy), ==, QC_BASE_MONTHLY_ABOVE_CAP);
  g_autoptr (GPtrArray) out = qc_findings_new ();
  qc_rules_person_check_base (out, 0, 260000, &ratios, &policy);
  g_autofree char *sentence = qc_finding_dup_sentence (out->pdata[0]);
  g_assert_cmpstr (sentence, ==, "The monthly contribution 364.00 is below the lower limit 376.00.");
}

static void
test_retirement (void)
{
  static const struct {
    QcSex sex;
    QcRetirementClass known, stated;
    QcMonth until;
    QcPersonStatus status;
    const char *code;
  } rows[] = {
      {QC_SEX_FEMALE, 0, QC_RETIREMENT_WOMEN_50, 0, QC_PERSON_NORMAL, NULL},
      {QC_SEX_FEMALE, 0, QC_RETIREMENT_WOMEN_50, 202605, QC_PERSON_NORMAL, NULL}, /* 1975-03: 2025-05 */
      {QC_SEX_FEMALE, 0, QC_RETIREMENT_WOMEN_50, 202805, QC_PERSON_NORMAL, NULL},
      {QC_SEX_FEMALE, 0, QC_RETIREMENT_WOMEN_50, 202806, QC_PERSON_NORMAL, "retirement.too-late"},
      {QC_SEX_FEMALE, 0, QC_RETIREMENT_WOMEN_50, 202505, QC_PERSON_NORMAL, "retirement.too-early"},
      {QC_SEX_FEMALE, 0, 0, 202605, QC_PERSON_NORMAL, "retirement.class-missing"},
      {QC_SEX_FEMALE, QC_RETIREMENT_WOMEN_50, 0, 202605, QC_PERSON_NORMAL, NULL},
      {QC_SEX_FEMALE, 0, QC_RETIREMENT_MEN_60, 0, QC_PERSON_NORMAL, "retirement.class-mismatch-woman"},
      {QC_SEX_MALE, 0, QC_RETIREMENT_WOMEN_50, 0, QC_PERSON_NORMAL, "retirement.class-mismatch"},
      {QC_SEX_MALE, 0, 0, 203801, QC_PERSON_NORMAL, NULL},
      {QC_SEX_FEMALE, 0, QC_RETIREMENT_WOMEN_50, 0, QC_PERSON_SEALED, "retirement.not-on-roster"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    QcEmployee e = {.account = (char *)"1",
                    .name = (char *)"李四",
                    .birth = 19750301,
                    .sex = rows[i].sex,
                    .retirement_class = rows[i].known,
                    .status = rows[i].status};
    g_autoptr (GPtrArray) out = qc_rules_person_check_retirement (&e, rows[i].stated, rows[i].until);
    g_test_message ("row %u", i);
    g_assert_cmpuint (out->len, ==, rows[i].code != NULL);
    if (rows[i].code == NULL)
      continue;
    assert_code (out, 0, rows[i].code, -1);
    g_autofree char *sentence = qc_finding_dup_sentence (out->pdata[0]);
    g_assert_nonnull (g_strrstr (sentence, "李四"));
    g_assert_cmpstr (((QcFinding *)out->pdata[0])->person, ==, "1");
  }
}

static void
test_values (void)
{
  g_autoptr (QcUnit) unit = qc_unit_new ();
  unit->first_month = 202601;
  g_assert_cmpint (qc_unit_due_month (unit), ==, 202601);
  unit->paid_to = 202612;
  g_assert_cmpint (qc_unit_due_month (unit), ==, 202701);
  g_assert_cmpint (qc_unit_method (unit), ==, QC_METHOD_TRANSFER);
  unit->agreement_account = g_strdup ("08");
  g_hash_table_insert (unit->fields, g_strdup ("DWYB"), g_strdup ("164300"));
  g_autoptr (QcUnit) copy = qc_unit_copy (unit);
  g_assert_cmpint (qc_unit_method (copy), ==, QC_METHOD_COLLECTION);
  g_assert_cmpstr (g_hash_table_lookup (copy->fields, "DWYB"), ==, "164300");
  for (int method = QC_METHOD_NONE; method <= QC_METHOD_TRANSFER; method++) {
    QcMethod back;
    g_assert_true (qc_method_from_code (qc_method_to_code ((QcMethod)method), &back));
    g_assert_cmpint (back, ==, method);
    g_assert_nonnull (qc_method_to_msgid ((QcMethod)method));
  }
  static const QcUnitStatus statuses[]
      = {QC_UNIT_NORMAL, QC_UNIT_OPENED, QC_UNIT_DEFERRED, QC_UNIT_CLOSED, QC_UNIT_SEALED, QC_UNIT_OTHER};
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++) {
    QcUnitStatus back;
    g_assert_true (qc_unit_status_from_code (qc_unit_status_to_code (statuses[i]), &back));
    g_assert_cmpint (back, ==, statuses[i]);
    g_assert_cmpint (qc_unit_status_can_remit (statuses[i]), ==, i < 3);
  }
  const QcBaseChange bases[] = {{202001, 1, FALSE}, {202607, 2, FALSE}, {202607, 3, TRUE}};
  g_assert_cmpint (qc_base_at (bases, 3, 201912), ==, 0);
  g_assert_cmpint (qc_base_at (bases, 3, 202606), ==, 1);
  g_assert_cmpint (qc_base_at (bases, 3, 202607), ==, 3);
  g_assert_cmpint (qc_base_at (NULL, 0, 202607), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/roster/lines", test_lines);
  g_test_add_func ("/core/roster/sum", test_sum);
  g_test_add_func ("/core/roster/equal", test_equal);
  g_test_add_func ("/core/roster/check", test_check);
  g_test_add_func ("/core/person/names", test_names);
  g_test_add_func ("/core/person/documents", test_documents);
  g_test_add_func ("/core/person/bases", test_bases);
  g_test_add_func ("/core/person/retirement", test_retirement);
  g_test_add_func ("/core/person/values", test_values);
  return g_test_run ();
}
