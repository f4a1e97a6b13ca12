/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Rosters and their lines, units and people as values, and the checks of a person.
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
  g_autoptr (QcRoster) roster = qc_roster_new ();
  gint64 a = qc_roster_take (roster, -1, new_line ("1", 100, 200));
  gint64 b = qc_roster_take (roster, -1, new_line ("2", 300, 400));
  gint64 c = qc_roster_take (roster, 0, new_line ("3", 0, 0));
  g_assert_true (a != b && b != c && a != c);
  g_assert_cmpstr (qc_roster_find (roster, b)->account, ==, "2");
  g_autoptr (QcRosterLine) back = qc_roster_line_copy (qc_roster_find (roster, b));
  const gint64 gone[] = {b, 99, c};
  g_assert_cmpuint (qc_roster_remove (roster, gone, 3), ==, 2);
  g_assert_null (qc_roster_find (roster, b));
  g_assert_cmpuint (roster->lines->len, ==, 1);
  g_assert_true (qc_roster_find (roster, a) == g_ptr_array_index (roster->lines, 0));
  g_assert_cmpuint (qc_roster_remove (roster, gone, 3), ==, 0);
  /* an id is never used again, and undo puts the line back with its own */
  gint64 d = qc_roster_take (roster, -1, new_line ("4", 0, 0));
  g_assert_cmpint (d, >, c);
  g_assert_cmpint (qc_roster_take (roster, 1, g_steal_pointer (&back)), ==, b);
  g_assert_cmpstr (((QcRosterLine *)roster->lines->pdata[1])->account, ==, "2");
  g_assert_nonnull (qc_roster_find (roster, b));
  g_autoptr (GPtrArray) out = qc_roster_take_out (roster, &d, 1); /* fewer than stay */
  g_assert_cmpint (((QcRosterLine *)g_ptr_array_index (out, 0))->id, ==, d);
  g_assert_null (qc_roster_find (roster, d));
  g_assert_nonnull (qc_roster_find (roster, a));
  qc_roster_take (roster, -1, qc_roster_line_copy (g_ptr_array_index (out, 0)));
  const gint64 all[] = {a, b, d};
  g_assert_cmpuint (qc_roster_remove (roster, all, 3), ==, 3);
  g_assert_cmpuint (roster->lines->len, ==, 0);
  g_assert_null (qc_roster_find (roster, a));
  g_assert_cmpint (qc_roster_take (roster, -1, new_line ("5", 0, 0)), >, d);
}

/* Many at once stand as if they had come one after the other. */
static void
test_many (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  for (int round = 0; round < 200; round++) {
    g_autoptr (QcRoster) at_once = qc_roster_new (), one_by_one = qc_roster_new ();
    int there = g_rand_int_range (random, 0, 12);
    int come = g_rand_int_range (random, 0, 12);
    for (int i = 0; i < there; i++) {
      qc_roster_take (at_once, -1, new_line ("there", 0, 0));
      qc_roster_take (one_by_one, -1, new_line ("there", 0, 0));
    }
    GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
    g_autofree gint64 *before = g_new0 (gint64, come + 1);
    for (int i = 0; i < come; i++) {
      before[i] = g_rand_int_range (random, 0, there + i + 3); /* 0 and those not there yet: the end */
      g_ptr_array_add (lines, new_line ("came", 0, 0));
      int place = -1;
      for (guint p = 0; p < one_by_one->lines->len; p++)
        if (((QcRosterLine *)g_ptr_array_index (one_by_one->lines, p))->id == before[i])
          place = (int)p;
      qc_roster_take (one_by_one, place, new_line ("came", 0, 0));
    }
    qc_roster_take_all (at_once, lines, before);
    g_assert_cmpint (at_once->next_id, ==, one_by_one->next_id);
    g_assert_cmpuint (at_once->lines->len, ==, one_by_one->lines->len);
    for (guint p = 0; p < at_once->lines->len; p++) {
      const QcRosterLine *line = g_ptr_array_index (at_once->lines, p);
      g_assert_cmpint (line->id, ==, ((QcRosterLine *)g_ptr_array_index (one_by_one->lines, p))->id);
      g_assert_true (qc_roster_find (at_once, line->id) == line);
    }
  }
  /* a chain as long as a roster may be */
  g_autoptr (QcRoster) roster = qc_roster_new ();
  GPtrArray *chain = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  g_autofree gint64 *before = g_new0 (gint64, 100000);
  for (int i = 0; i < 100000; i++) {
    before[i] = i;
    g_ptr_array_add (chain, qc_roster_line_new ());
  }
  qc_roster_take_all (roster, chain, before);
  g_assert_cmpint (((QcRosterLine *)g_ptr_array_index (roster->lines, 0))->id, ==, 100000);
}

/* Texts that lie in one piece are set, cleared, copied and packed anew like any others. */
static void
test_packed (void)
{
  g_autoptr (QcRosterLine) line = qc_roster_line_new ();
  for (guint i = 0; i < QC_N_LINE_FIELDS; i++)
    if (qc_line_field (i)->type == QC_FIELD_TEXT || qc_line_field (i)->type == QC_FIELD_CODE)
      qc_line_set_text (line, i, qc_line_field (i)->name);
  qc_roster_line_pack (line);
  qc_line_set_text (line, QC_LINE_NAME, "王五");
  qc_line_set_text (line, QC_LINE_REASON, NULL);
  qc_line_set_text (line, QC_LINE_DOCUMENT, line->document);
  qc_roster_line_pack (line);
  g_assert_cmpstr (line->name, ==, "王五");
  g_assert_null (line->reason);
  g_assert_cmpstr (line->document, ==, "document");
  g_autoptr (QcRosterLine) copy = qc_roster_line_copy (line);
  qc_line_set_text (copy, QC_LINE_ACCOUNT, "1");
  qc_line_set_raw (copy, QC_LINE_NEW_BASE, "x");
  g_clear_pointer (&line, qc_roster_line_free);
  g_assert_cmpstr (copy->account, ==, "1");
  g_assert_cmpstr (copy->target_name, ==, "target_name");
  /* a look at a line with its person is of the texts of both, and changes neither */
  QcEmployee person = {.account = (char *)"2", .name = (char *)"赵六", .document = (char *)"", .base = 7};
  QcRosterLine seen;
  qc_roster_line_borrow (&seen, copy, &person);
  g_assert_cmpstr (seen.name, ==, "赵六");
  g_assert_null (seen.document);
  g_assert_cmpint (seen.base, ==, 7);
  g_assert_true (seen.target_name == copy->target_name);
  g_assert_cmpstr (copy->name, ==, "王五");
}

static void
test_sum (void)
{
  g_autoptr (QcRoster) roster = qc_roster_new ();
  qc_roster_take (roster, -1, new_line ("1", 100, 200));
  qc_roster_take (roster, -1, new_line ("1", 10, 20));
  QcRosterLine *sealed = new_line (NULL, 1, 2);
  QcRosterLine *unsealed = new_line ("7", 0, 0);
  sealed->status_after = QC_PERSON_SEALED;
  unsealed->status_after = QC_PERSON_NORMAL;
  qc_roster_take (roster, -1, sealed);
  qc_roster_take (roster, -1, unsealed);
  QcRosterTotals totals;
  g_assert_true (qc_roster_sum (roster, &totals));
  g_assert_cmpint (totals.lines, ==, 4);
  g_assert_cmpint (totals.people, ==, 3);
  g_assert_cmpint (totals.unit_fen, ==, 111);
  g_assert_cmpint (totals.personal_fen, ==, 222);
  g_assert_cmpint (totals.sealing, ==, 1);
  g_assert_cmpint (totals.unsealing, ==, 1);
  qc_roster_take (roster, -1, new_line ("2", QC_MONEY_MAX, 0));
  g_assert_false (qc_roster_sum (roster, &totals));
}

/* Both parts together are at most what money may be, whichever of them is the large one; so is what was before. */
static void
test_most (void)
{
  static const struct {
    QcMoney unit, personal, old_unit, old_personal;
    gboolean good;
  } rows[] = {
      {QC_MONEY_MAX, 0, 0, 0, TRUE},        {QC_MONEY_MAX + 1, 0, 0, 0, FALSE}, {0, QC_MONEY_MAX, 0, 0, TRUE},
      {0, QC_MONEY_MAX + 1, 0, 0, FALSE},   {1, QC_MONEY_MAX - 1, 0, 0, TRUE},  {1, QC_MONEY_MAX, 0, 0, FALSE},
      {0, 0, G_MAXINT64, G_MAXINT64, TRUE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    QcRosterTotals totals = {0};
    QcRosterShare share = {rows[i].unit, rows[i].personal, rows[i].old_unit, rows[i].old_personal, QC_PERSON_NORMAL};
    g_test_message ("%u", i);
    g_assert_cmpint (qc_roster_totals_add_share (&totals, &share), ==, rows[i].good);
  }
  const QcRosterShare one[] = {{.unit_fen = 1}, {.personal_fen = 1}, {.old_unit_fen = 1}, {.old_personal_fen = 1}};
  for (guint i = 0; i < G_N_ELEMENTS (one); i++) { /* full already, each by itself */
    QcRosterTotals totals = {.unit_fen = i == 0 ? G_MAXINT64 : 0,
                             .personal_fen = i == 1 ? G_MAXINT64 : 0,
                             .old_unit_fen = i == 2 ? G_MAXINT64 : 0,
                             .old_personal_fen = i == 3 ? G_MAXINT64 : 0};
    g_assert_false (qc_roster_totals_add_share (&totals, &one[i]));
  }
  g_autoptr (QcRosterLine) line = new_line ("1", 1, 2);
  QcRosterTotals uncounted = {0};
  g_assert_true (qc_roster_totals_add (&uncounted, line, NULL));
  g_assert_cmpint (uncounted.people, ==, 0);
  g_assert_cmpint (uncounted.lines, ==, 1);
}

/* A place behind the end is the end. */
static void
test_places (void)
{
  g_autoptr (QcRoster) roster = qc_roster_new ();
  static const int places[] = {5, 1, 0, 4, 3}, order[] = {3, 1, 2, 5, 4};
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    g_assert_cmpint (qc_roster_take (roster, places[i], qc_roster_line_new ()), ==, i + 1);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    g_assert_cmpint (((QcRosterLine *)roster->lines->pdata[i])->id, ==, order[i]);
}

/* Every field by the table: set, same, copied, cleared, and nothing beside it touched. */
static void
test_fields (void)
{
  for (int i = 0; i < QC_N_LINE_FIELDS; i++) {
    const QcLineField *field = qc_line_field (i);
    gboolean text = field->type == QC_FIELD_TEXT || field->type == QC_FIELD_CODE;
    g_autoptr (QcRosterLine) a = qc_roster_line_new ();
    g_autoptr (QcRosterLine) empty = qc_roster_line_new ();
    g_test_message ("%s", field->name);
    QcLineFieldId back;
    g_assert_true (qc_line_field_from_name (field->name, &back));
    g_assert_cmpint (back, ==, i);
    g_assert_false (qc_line_is_set (a, i));
    if (text)
      qc_line_set_text (a, i, "01");
    else
      qc_line_set_int (a, i, 2);
    g_assert_true (qc_line_is_set (a, i));
    for (int j = 0; j < QC_N_LINE_FIELDS; j++)
      g_assert_cmpint (qc_line_same (a, empty, j), ==, i != j);
    g_assert_false (qc_roster_line_equal (a, empty));
    g_autoptr (QcRosterLine) b = qc_roster_line_copy (a);
    g_assert_true (qc_roster_line_equal (a, b));
    qc_line_clear (b, i);
    g_assert_true (qc_roster_line_equal (b, empty));
    qc_line_copy_field (b, a, i);
    g_assert_true (qc_roster_line_equal (a, b));
    qc_line_set_raw (b, i, "x");
    g_assert_false (qc_line_same (a, b, i));
    g_autoptr (QcRosterLine) c = qc_roster_line_copy (b);
    g_assert_cmpstr (qc_line_get_raw (c, i), ==, "x");
    qc_line_clear (c, i);
    g_assert_null (c->raw);
  }
  g_assert_null (qc_line_field_find ("no_such_field"));
}

static QcCode *
new_code (const char *list, const char *code, const char *label)
{
  QcCode *entry = g_new0 (QcCode, 1);
  entry->list = g_strdup (list);
  entry->code = g_strdup (code);
  entry->label = g_strdup (label);
  return entry;
}

/* What people type, and what they read afterwards; NULL = cannot be read and stays as it was. */
static void
test_enter (void)
{
  static const struct {
    QcLineFieldId field;
    const char *typed, *shown;
  } rows[] = {
      {QC_LINE_NEW_BASE, "12345.6", "12,345.60"},
      {QC_LINE_NEW_BASE, "12,345.67", "12,345.67"},
      {QC_LINE_NEW_BASE, "0.01", "0.01"},
      {QC_LINE_NEW_BASE, "999999999999.99", "999,999,999,999.99"},
      {QC_LINE_NEW_BASE, "1000000000000", NULL},
      {QC_LINE_NEW_BASE, "0", NULL},
      {QC_LINE_NEW_BASE, "-1", NULL},
      {QC_LINE_NEW_BASE, "1.234", NULL},
      {QC_LINE_NEW_BASE, "五千", NULL},
      {QC_LINE_NEW_BASE, "", ""},
      {QC_LINE_AUTHORIZED, "202611", "2026-11"},
      {QC_LINE_AUTHORIZED, "2026年11月", "2026-11"},
      {QC_LINE_AUTHORIZED, "202613", NULL},
      {QC_LINE_BIRTH, "19850214", "1985-02-14"},
      {QC_LINE_BIRTH, "1985-2-14", "1985-02-14"},
      {QC_LINE_BIRTH, "1985年2月14日", "1985-02-14"},
      {QC_LINE_BIRTH, "19850230", NULL},
      {QC_LINE_BIRTH, "1985-2", NULL},
      {QC_LINE_BIRTH, "1985-12-31", "1985-12-31"},
      {QC_LINE_BIRTH, "1985-2-14-1", NULL},
      {QC_LINE_BIRTH, "1985-2-14.", "1985-02-14"},
      {QC_LINE_BIRTH, "1984-101-2", NULL}, /* would be another day, added up */
      {QC_LINE_BIRTH, "1985-1-101", NULL},
      {QC_LINE_BIRTH, "11168865-2-15", NULL}, /* in 32 bits too */
      {QC_LINE_BIRTH, "99999999999", NULL},
      {QC_LINE_BIRTH, "-", NULL},
      {QC_LINE_REASON, "02", "退休"},
      {QC_LINE_REASON, "退休", "退休"},
      {QC_LINE_REASON, "出国", NULL},
      {QC_LINE_CLASS, "women-50", "Women 50"},
      {QC_LINE_CLASS, "Women 55", "Women 55"},
      {QC_LINE_CLASS, "女工人", NULL},
      {QC_LINE_CLASS, "Men 60", "Men 60"},
      {QC_LINE_CLASS, "Women 60 (at the men's age)", "Women 60 (at the men's age)"},
      {QC_LINE_SEX, "Woman", "Woman"},
      {QC_LINE_SEX, "女", "Woman"},
      {QC_LINE_SEX, "Man", "Man"},
      {QC_LINE_SEX, "男", "Man"},
      {QC_LINE_SEX, "人", NULL},
      {QC_LINE_REASON_TEXT, "调往外地", "调往外地"},
      {QC_LINE_STATUS_AFTER, "Sealed", NULL},
  };
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_code_free);
  g_ptr_array_add (codes, new_code ("seal-reason", "02", "退休"));
  g_ptr_array_add (codes, new_code ("unseal-reason", "03", "出国"));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (QcRosterLine) line = qc_roster_line_new ();
    g_test_message ("row %u %s", i, rows[i].typed);
    g_assert_cmpint (qc_line_enter (line, rows[i].field, rows[i].typed, codes, "seal-reason"), ==,
                     rows[i].shown != NULL);
    g_autofree char *shown = qc_line_dup_text (line, rows[i].field, codes, "seal-reason");
    g_assert_cmpstr (shown, ==, rows[i].shown != NULL ? rows[i].shown : rows[i].typed);
    g_assert_cmpint (qc_line_get_raw (line, rows[i].field) != NULL, ==, rows[i].shown == NULL);
    g_assert_true (qc_line_enter (line, rows[i].field, "", codes, "seal-reason"));
    g_assert_null (line->raw);
  }
  g_autoptr (QcRosterLine) line = qc_roster_line_new ();
  g_autofree char *long_text = g_strnfill (201, 'a');
  g_assert_false (qc_line_enter (line, QC_LINE_REASON_TEXT, long_text, NULL, NULL));
  g_assert_true (qc_line_enter (line, QC_LINE_REASON_TEXT, long_text + 1, NULL, NULL));
}

/* What has no word is shown as it is, or not at all. */
static void
test_shown (void)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_code_free);
  g_ptr_array_add (codes, new_code ("seal-reason", "02", "退休"));
  g_autoptr (QcRosterLine) line = qc_roster_line_new ();
  qc_line_set_text (line, QC_LINE_REASON, "02");
  static const struct {
    gboolean codes;
    const char *list, *shown;
  } rows[] = {{TRUE, "seal-reason", "退休"}, {TRUE, "unseal-reason", "02"}, {FALSE, "seal-reason", "02"}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *shown = qc_line_dup_text (line, QC_LINE_REASON, rows[i].codes ? codes : NULL, rows[i].list);
    g_assert_cmpstr (shown, ==, rows[i].shown);
  }
  g_assert_false (qc_line_enter (line, QC_LINE_REASON, "退休", NULL, "seal-reason"));
  g_assert_null (qc_codes_find (codes, "seal-reason", NULL));
  g_assert_null (qc_codes_find (codes, "seal-reason", "03"));
  qc_line_set_int (line, QC_LINE_SEX, QC_SEX_UNSTATED);
  g_autofree char *unstated = qc_line_dup_text (line, QC_LINE_SEX, NULL, NULL);
  g_assert_cmpstr (unstated, ==, "");
  g_autofree char *nothing = qc_line_dup_text (line, QC_LINE_NAME, NULL, NULL);
  g_assert_cmpstr (nothing, ==, "");
}

static void
assert_code (const GPtrArray *findings, guint i, const char *code, gint64 line)
{
  const QcFinding *finding = g_ptr_array_index (findings, i);
  g_assert_cmpstr (finding->code, ==, code);
  g_assert_cmpint (finding->line, ==, line);
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
  qc_rules_person_check_name (out, 0, long_name);
  assert_code (out, 0, "person.name-long", 0);
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
      {"03", "E12345678901234567", 19850214, QC_SEX_MALE, NULL},
      {"03", "", 19850214, QC_SEX_MALE, "person.document-empty"},
      {"03", NULL, 19850214, QC_SEX_MALE, "person.document-empty"},
      {"03", "E12345678", 20261123, QC_SEX_MALE, NULL}, /* born today */
      {"03", "E12345678", 20261124, QC_SEX_MALE, "person.birth-missing"},
      {"03", "E12345678", 19850230, QC_SEX_MALE, "person.birth-missing"},
      {"03", "E12345678", 19850214, QC_SEX_UNSTATED, "person.sex-missing"},
      {"01", "231102198502140029", 0, QC_SEX_UNSTATED, NULL},
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
  g_autoptr (GPtrArray) born = qc_findings_new ();
  qc_rules_person_check_document (born, 0, "03", "E1", 20991231, QC_SEX_MALE, QC_DATE_NONE); /* no day to judge by */
  g_assert_cmpuint (born->len, ==, 0);
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

/* Each limit by itself, both sides of it; 0 is no limit. 10 % each, to the fen. */
static void
test_limits (void)
{
  static const struct {
    QcMoney floor, cap, monthly_floor, monthly_cap, base;
    QcBaseFault fault;
  } rows[] = {
      {0, 0, 0, 0, 0, QC_BASE_BELOW_FLOOR},
      {0, 0, 0, 0, 1, QC_BASE_OK},
      {0, 0, 0, 0, QC_MONEY_MAX, QC_BASE_OK},
      {0, 0, 0, 0, QC_MONEY_MAX + 1, QC_BASE_ABOVE_CAP},
      {10, 0, 0, 0, 9, QC_BASE_BELOW_FLOOR},
      {10, 0, 0, 0, 10, QC_BASE_OK},
      {0, 1, 0, 0, 1, QC_BASE_OK},
      {0, 1, 0, 0, 2, QC_BASE_ABOVE_CAP},
      {0, 0, 1000, 0, 5000, QC_BASE_OK},
      {0, 0, 1000, 0, 4990, QC_BASE_MONTHLY_BELOW_FLOOR},
      {0, 0, 1, 0, 1, QC_BASE_MONTHLY_BELOW_FLOOR}, /* of so little nothing is left */
      {0, 0, 0, 2000, 10000, QC_BASE_OK},
      {0, 0, 0, 2000, 10010, QC_BASE_MONTHLY_ABOVE_CAP},
      {0, 0, 0, 1, 10, QC_BASE_MONTHLY_ABOVE_CAP},
  };
  QcRatios ratios = {.from = 202001, .unit = 1000, .personal = 1000};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    QcPolicy policy = {.base_floor = rows[i].floor,
                       .base_cap = rows[i].cap,
                       .monthly_floor = rows[i].monthly_floor,
                       .monthly_cap = rows[i].monthly_cap,
                       .unit_rounding = QC_ROUNDING_HALF_UP_FEN,
                       .personal_rounding = QC_ROUNDING_HALF_UP_FEN};
    g_test_message ("%u", i);
    g_assert_cmpint (qc_base_check (rows[i].base, &ratios, &policy), ==, rows[i].fault);
    if (rows[i].fault == QC_BASE_OK || rows[i].base == 0)
      continue;
    gboolean monthly = rows[i].fault >= QC_BASE_MONTHLY_BELOW_FLOOR;
    g_autoptr (GPtrArray) out = qc_findings_new ();
    qc_rules_person_check_base (out, 0, rows[i].base, &ratios, &policy);
    g_autofree char *floor = g_strdup_printf ("%" G_GINT64_FORMAT, monthly ? rows[i].monthly_floor : rows[i].floor);
    QcMoney most = monthly ? rows[i].monthly_cap : rows[i].cap > 0 ? rows[i].cap : QC_MONEY_MAX;
    g_autofree char *cap = most > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, most) : g_strdup ("∞");
    g_assert_cmpstr (qc_finding_get_arg (out->pdata[0], "floor", NULL), ==, floor);
    g_assert_cmpstr (qc_finding_get_arg (out->pdata[0], "cap", NULL), ==, cap);
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
  for (int method = QC_METHOD_NONE; method <= QC_METHOD_OTHER; method++) {
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
  g_test_add_func ("/core/roster/many", test_many);
  g_test_add_func ("/core/roster/packed", test_packed);
  g_test_add_func ("/core/roster/sum", test_sum);
  g_test_add_func ("/core/roster/most", test_most);
  g_test_add_func ("/core/roster/places", test_places);
  g_test_add_func ("/core/roster/shown", test_shown);
  g_test_add_func ("/core/roster/fields", test_fields);
  g_test_add_func ("/core/roster/enter", test_enter);
  g_test_add_func ("/core/person/names", test_names);
  g_test_add_func ("/core/person/documents", test_documents);
  g_test_add_func ("/core/person/bases", test_bases);
  g_test_add_func ("/core/person/limits", test_limits);
  g_test_add_func ("/core/person/values", test_values);
  return g_test_run ();
}
