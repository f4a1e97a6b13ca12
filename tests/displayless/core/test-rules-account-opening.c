/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 个人账户设立 (guide 3.4, domain notes 3.1, 6.1; decisions 6, 21): each rule sentence is a row: what is entered of
 * somebody new, what follows, and exactly which findings.
 */
#include "qc-known-person.h"
#include "qc-month.h"
#include "qc-rules-roster.h"

#include <string.h>

/* A unit paid up to 202609: what is opened counts from 202610. 12 % each, base 2,080 to 30,000. */
typedef struct {
  QcUnit *unit;
  GArray *policies, *ratios;
  GPtrArray *codes;
  GHashTable *known;
  QcRosterFacts facts;
} Case;

static void
add_code (Case *c, const char *code, const char *label)
{
  QcCode *entry = g_new0 (QcCode, 1);
  entry->list = g_strdup ("document-type");
  entry->code = g_strdup (code);
  entry->label = g_strdup (label);
  g_ptr_array_add (c->codes, entry);
}

static void
set_up (Case *c, gconstpointer data)
{
  QcPolicy policy = {.from = 202001,
                     .base_floor = 208000,
                     .base_cap = 3000000,
                     .unit_rounding = QC_ROUNDING_HALF_UP_YUAN,
                     .personal_rounding = QC_ROUNDING_HALF_UP_YUAN};
  QcRatios ratios = {.from = 202001, .unit = 1200, .personal = 1200};
  c->unit = qc_unit_new ();
  c->unit->account = g_strdup ("231100000042");
  c->unit->name = g_strdup ("甲单位");
  c->unit->status = QC_UNIT_NORMAL;
  c->unit->first_month = 202001;
  c->unit->paid_to = 202609;
  c->policies = g_array_new (FALSE, FALSE, sizeof (QcPolicy));
  c->ratios = g_array_new (FALSE, FALSE, sizeof (QcRatios));
  g_array_append_val (c->policies, policy);
  g_array_append_val (c->ratios, ratios);
  c->codes = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_code_free);
  add_code (c, "01", "居民身份证");
  add_code (c, "03", "护照");
  c->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)qc_known_person_free);
  c->facts = (QcRosterFacts) {.unit = c->unit,
                              .policies = c->policies,
                              .ratios = c->ratios,
                              .codes = c->codes,
                              .known = c->known,
                              .today = 20261015};
}

static void
tear_down (Case *c, gconstpointer data)
{
  qc_unit_free (c->unit);
  g_array_unref (c->policies);
  g_array_unref (c->ratios);
  g_ptr_array_unref (c->codes);
  g_hash_table_unref (c->known);
}

typedef struct {
  const char *what;
  const char *name, *type, *document, *sex, *birth, *mobile, *base;
  QcKnownPlace known;
  QcSex is; /* afterwards */
  QcDate born;
  const char *codes;
} Row;

#define ID     "231102199003070016"
#define PEOPLE "张三", "居民身份证", ID, NULL, NULL, NULL

static const Row rows[] = {
    /* who: decision 21 */
    {"a-man", PEOPLE, "5000", 0, 1, 19900307, ""},
    {"a-woman", "李四", "01", "231102198502140029", NULL, NULL, NULL, "5000", 0, 2, 19850214, ""},
    {"with-a-mobile", "张三", "01", ID, NULL, NULL, "13945678901", "5000", 0, 1, 19900307, ""},
    {"with-a-point", "阿依古丽·买买提", "01", ID, NULL, NULL, NULL, "5000", 0, 1, 19900307, ""},
    {"beyond-the-plane", "王𠮷三", "01", ID, NULL, NULL, NULL, "5000", 0, 1, 19900307, ""},
    {"extension-i", "王\U0002ebf0", "01", ID, NULL, NULL, NULL, "5000", 0, 1, 19900307, ""},
    {"latin", "John Smith", "03", "E12345678", "男", "1980-05-04", NULL, "5000", 0, 1, 19800504, ""},
    {"name-missing", NULL, "01", ID, NULL, NULL, NULL, "5000", 0, 1, 19900307, "roster.missing"},
    {"name-with-a-blank", "张 三", "01", ID, NULL, NULL, NULL, "5000", 0, 1, 19900307, "person.name-blank"},
    {"name-with-a-digit", "张3", "01", ID, NULL, NULL, NULL, "5000", 0, 1, 19900307, "person.name-character"},
    /* the document: domain notes 3.1 */
    {"standard's-sample", "张三", "01", "11010519491231002X", NULL, NULL, NULL, "5000", 0, 2, 19491231, "opening.age"},
    {"sample-with-x", "张三", "01", "53010219200508011X", NULL, NULL, NULL, "5000", 0, 1, 19200508, "opening.age"},
    {"born-1880", "张三", "01", "440524188001010014", NULL, NULL, NULL, "5000", 0, 0, 0, "person.id-date"},
    {"sequence-112", "张三", "01", "231102197511301125", NULL, NULL, NULL, "5000", 0, 2, 19751130, ""},
    {"man-with-x", "张三", "01", "23110219650110131X", NULL, NULL, NULL, "5000", 0, 1, 19650110, ""},
    {"old-county", "张三", "01", "231124198805150054", NULL, NULL, NULL, "5000", 0, 1, 19880515, ""},
    {"should-be-x", "张三", "01", "110105194912310021", NULL, NULL, NULL, "5000", 0, 0, 0, "person.id-check"},
    {"should-be-6", "张三", "01", "231102199003070017", NULL, NULL, NULL, "5000", 0, 0, 0, "person.id-check"},
    {"no-such-day", "张三", "01", "231181198202290012", NULL, NULL, NULL, "5000", 0, 0, 0, "person.id-date"},
    {"no-such-month", "张三", "01", "23110219901307001X", NULL, NULL, NULL, "5000", 0, 0, 0, "person.id-date"},
    {"fifteen-digits", "张三", "01", "110105491231002", NULL, NULL, NULL, "5000", 0, 0, 0, "person.id-old"},
    {"fifteen-digits-again", "张三", "01", "231121670401001", NULL, NULL, NULL, "5000", 0, 0, 0, "person.id-old"},
    {"seventeen-digits", "张三", "01", "23110219900307001", NULL, NULL, NULL, "5000", 0, 0, 0, "person.id-length"},
    {"number-missing", "张三", "01", NULL, NULL, NULL, NULL, "5000", 0, 0, 0, "roster.missing"},
    {"kind-missing", "张三", NULL, ID, NULL, NULL, NULL, "5000", 0, 0, 0, "roster.missing"},
    {"kind-unknown", "张三", "户口本", ID, NULL, NULL, NULL, "5000", 0, 0, 0, "roster.unreadable"},
    /* birth and sex: told by the ID, asked for otherwise */
    {"passport", "张三", "护照", "E12345678", "女", "19900307", NULL, "5000", 0, 2, 19900307, ""},
    {"passport-without-birth", "张三", "03", "E12345678", "女", NULL, NULL, "5000", 0, 2, 0, "person.birth-missing"},
    {"passport-without-sex", "张三", "03", "E12345678", NULL, "19900307", NULL, "5000", 0, 0, 19900307,
     "person.sex-missing"},
    {"passport-born-tomorrow", "张三", "03", "E12345678", "男", "20261016", NULL, "5000", 0, 1, 20261016,
     "person.birth-missing"},
    {"passport-too-long", "张三", "03", "E123456789012345678", "男", "19900307", NULL, "5000", 0, 1, 19900307,
     "person.document-long"},
    {"sixteen-today", "张三", "03", "E1", "男", "20101015", NULL, "5000", 0, 1, 20101015, ""},
    {"sixteen-tomorrow", "张三", "03", "E1", "男", "20101016", NULL, "5000", 0, 1, 20101016, "opening.age"},
    {"seventy-tomorrow", "张三", "03", "E1", "男", "19561016", NULL, "5000", 0, 1, 19561016, ""},
    {"seventy-today", "张三", "03", "E1", "男", "19561015", NULL, "5000", 0, 1, 19561015, "opening.age"},
    /* the rest of the form */
    {"mobile-too-short", "张三", "01", ID, NULL, NULL, "1394567890", "5000", 0, 1, 19900307, "person.mobile"},
    {"mobile-of-no-net", "张三", "01", ID, NULL, NULL, "12945678901", "5000", 0, 1, 19900307, "person.mobile"},
    {"base-missing", PEOPLE, NULL, 0, 1, 19900307, "roster.missing"},
    {"base-at-the-floor", PEOPLE, "2080", 0, 1, 19900307, ""},
    {"base-below-the-floor", PEOPLE, "2079.99", 0, 1, 19900307, "base.below-floor"},
    {"base-at-the-cap", PEOPLE, "30000", 0, 1, 19900307, ""},
    {"base-above-the-cap", PEOPLE, "30000.01", 0, 1, 19900307, "base.above-cap"},
    {"base-unreadable", PEOPLE, "五千", 0, 1, 19900307, "roster.unreadable"},
    /* one person, one account */
    {"nobody-known", PEOPLE, "5000", QC_KNOWN_NOBODY, 1, 19900307, ""},
    {"here-already", PEOPLE, "5000", QC_KNOWN_HERE, 1, 19900307, "opening.here"},
    {"sealed-elsewhere", PEOPLE, "5000", QC_KNOWN_SEALED_ELSEWHERE, 1, 19900307, "opening.sealed-elsewhere"},
    {"normal-elsewhere", PEOPLE, "5000", QC_KNOWN_NORMAL_ELSEWHERE, 1, 19900307, "opening.normal-elsewhere"},
    {"closed", PEOPLE, "5000", QC_KNOWN_CLOSED, 1, 19900307, "opening.closed"},
    {"being-opened", PEOPLE, "5000", QC_KNOWN_BEING_OPENED, 1, 19900307, "opening.in-flight"},
};

static QcRosterLine *
new_line (Case *c, const Row *row)
{
  QcRosterLine *line = qc_roster_line_new ();
  const struct {
    QcLineFieldId field;
    const char *text;
  } cells[] = {{QC_LINE_NAME, row->name},    {QC_LINE_DOCUMENT_TYPE, row->type}, {QC_LINE_DOCUMENT, row->document},
               {QC_LINE_SEX, row->sex},      {QC_LINE_BIRTH, row->birth},        {QC_LINE_MOBILE, row->mobile},
               {QC_LINE_NEW_BASE, row->base}};
  line->id = 7;
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++) {
    if (cells[i].text == NULL)
      continue;
    g_assert_true (qc_rules_roster_takes (QC_BUSINESS_ACCOUNT_OPENING, &c->facts, line, cells[i].field));
    qc_line_enter (line, cells[i].field, cells[i].text, c->codes,
                   qc_rules_roster_code_list (QC_BUSINESS_ACCOUNT_OPENING, line, cells[i].field));
  }
  qc_rules_roster_complete (QC_BUSINESS_ACCOUNT_OPENING, &c->facts, line);
  return line;
}

static void
know (Case *c, const char *type, const char *document, QcKnownPlace place, const char *serial)
{
  g_hash_table_insert (c->known, qc_known_person_dup_key (type, document), qc_known_person_new (place, serial));
}

static void
assert_codes (const GPtrArray *findings, const char *expected)
{
  g_autoptr (GString) codes = g_string_new (NULL);
  for (guint i = 0; i < findings->len; i++)
    g_string_append_printf (codes, "%s%s", i > 0 ? " " : "", ((QcFinding *)findings->pdata[i])->code);
  g_assert_cmpstr (codes->str, ==, expected);
}

static void
test_row (Case *c, gconstpointer data)
{
  const Row *row = data;
  const QcRosterRules *rules = qc_roster_rules (QC_BUSINESS_ACCOUNT_OPENING);
  if (row->document != NULL)
    know (c, "01", row->document, row->known, "KH1");
  g_autoptr (QcRosterLine) line = new_line (c, row);
  g_assert_cmpint (line->sex, ==, row->is);
  g_assert_cmpint (line->birth, ==, row->born);
  g_assert_cmpint (line->opened, ==, 202610);
  g_autoptr (GPtrArray) out = qc_findings_new ();
  qc_rules_roster_check_line (QC_BUSINESS_ACCOUNT_OPENING, &c->facts, line, out);
  assert_codes (out, row->codes);
  for (guint i = 0; i < out->len; i++) {
    const QcFinding *finding = out->pdata[i];
    g_autofree char *sentence = qc_finding_dup_sentence (finding);
    g_autofree char *advice = qc_finding_dup_advice (finding);
    g_assert_cmpint (finding->line, ==, 7);
    g_assert_nonnull (qc_line_field_find (finding->field));
    g_assert_null (strchr (sentence, '{'));
    g_assert_null (strchr (advice, '{'));
  }
  g_autoptr (GPtrArray) compared = qc_findings_new ();
  qc_rules_roster_compare (QC_BUSINESS_ACCOUNT_OPENING, &c->facts, line, NULL, compared);
  assert_codes (compared, "");
  if (qc_findings_block (out))
    return;
  g_autoptr (QcEmployee) person = qc_employee_new ();
  QcRosterEffect effect = {0};
  person->account = g_strdup ("2311000000420001");
  rules->effect (&c->facts, line, person, &effect);
  g_assert_cmpstr (person->name, ==, row->name);
  g_assert_cmpstr (person->document, ==, row->document);
  g_assert_cmpint (person->birth, ==, row->born);
  g_assert_cmpint (person->status, ==, QC_PERSON_NORMAL);
  g_assert_cmpint (person->status_from, ==, 202610);
  g_assert_cmpint (person->opened, ==, 202610);
  g_assert_cmpint (person->base, ==, line->new_base);
  g_assert_cmpint (effect.base.from, ==, 202610);
  g_assert_cmpint (effect.base.base, ==, line->new_base);
  g_autoptr (QcFinding) refused = rules->refuse (&c->facts, person);
  g_assert_cmpstr (refused->code, ==, "opening.here");
}

/* Birth and sex are not entered beside a resident ID: what it tells stands there. */
static void
test_resident (Case *c, gconstpointer data)
{
  g_autoptr (QcRosterLine) line = new_line (c, &rows[0]);
  g_assert_false (qc_rules_roster_takes (QC_BUSINESS_ACCOUNT_OPENING, &c->facts, line, QC_LINE_SEX));
  g_assert_false (qc_rules_roster_takes (QC_BUSINESS_ACCOUNT_OPENING, &c->facts, line, QC_LINE_BIRTH));
  g_assert_false (qc_rules_roster_takes (QC_BUSINESS_ACCOUNT_OPENING, &c->facts, line, QC_LINE_OPENED));
  qc_line_enter (line, QC_LINE_DOCUMENT_TYPE, "03", c->codes, "document-type");
  g_assert_true (qc_rules_roster_takes (QC_BUSINESS_ACCOUNT_OPENING, &c->facts, line, QC_LINE_SEX));
  g_assert_true (qc_rules_roster_takes (QC_BUSINESS_ACCOUNT_OPENING, &c->facts, line, QC_LINE_BIRTH));
}

static const char *
sentence_of (const GPtrArray *out, gboolean advice, char **text)
{
  g_assert_cmpuint (out->len, ==, 1);
  *text = advice ? qc_finding_dup_advice (out->pdata[0]) : qc_finding_dup_sentence (out->pdata[0]);
  return *text;
}

/* What the other unit has to be told is said, and who it is is not. */
static void
test_sealed_elsewhere (Case *c, gconstpointer data)
{
  know (c, "01", ID, QC_KNOWN_SEALED_ELSEWHERE, NULL);
  g_autoptr (QcRosterLine) line = new_line (c, &rows[0]);
  g_autoptr (GPtrArray) out = qc_findings_new ();
  qc_rules_roster_check_line (QC_BUSINESS_ACCOUNT_OPENING, &c->facts, line, out);
  g_autofree char *text = NULL;
  g_assert_nonnull (strstr (sentence_of (out, TRUE, &text), "231100000042"));
  g_assert_nonnull (strstr (text, "甲单位"));
}

/* The same number of another kind of document is somebody else. */
static void
test_kinds (Case *c, gconstpointer data)
{
  know (c, "03", ID, QC_KNOWN_HERE, NULL);
  g_autoptr (QcRosterLine) line = new_line (c, &rows[0]);
  g_autoptr (GPtrArray) out = qc_findings_new ();
  qc_rules_roster_check_line (QC_BUSINESS_ACCOUNT_OPENING, &c->facts, line, out);
  assert_codes (out, "");
  know (c, "01", ID, QC_KNOWN_BEING_OPENED, NULL); /* of another unit: its serial is not told */
  qc_rules_roster_check_line (QC_BUSINESS_ACCOUNT_OPENING, &c->facts, line, out);
  assert_codes (out, "opening.in-flight-elsewhere");
  c->facts.known = NULL; /* nothing is known */
  g_ptr_array_set_size (out, 0);
  qc_rules_roster_check_line (QC_BUSINESS_ACCOUNT_OPENING, &c->facts, line, out);
  assert_codes (out, "");
}

/* Nobody twice, by document; and it is said where else the person stands. */
static void
test_twice (Case *c, gconstpointer data)
{
  g_autoptr (QcRoster) roster = qc_roster_new ();
  for (guint i = 0; i < 2; i++) {
    QcRosterLine *line = new_line (c, &rows[0]);
    line->id = 0;
    qc_roster_take (roster, -1, line);
  }
  g_autoptr (GPtrArray) out = qc_findings_new ();
  qc_rules_roster_check_whole (QC_BUSINESS_ACCOUNT_OPENING, &c->facts, roster, 202610, out);
  assert_codes (out, "roster.duplicate");
  g_assert_cmpint (((QcFinding *)out->pdata[0])->line, ==, 2);
  g_assert_cmpstr (((QcFinding *)out->pdata[0])->field, ==, "document");
  g_autoptr (GHashTable) elsewhere = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (elsewhere, (char *)ID, (char *)"开户 202609");
  c->facts.elsewhere = elsewhere;
  g_ptr_array_set_size (out, 0);
  qc_rules_roster_check_line (QC_BUSINESS_ACCOUNT_OPENING, &c->facts, roster->lines->pdata[0], out);
  assert_codes (out, "roster.other-draft");
}

/* 变更年月: the month that is due; when it moved nothing is done, of the roster and of each line. */
static void
test_month (Case *c, gconstpointer data)
{
  g_autoptr (QcRosterLine) line = new_line (c, &rows[0]);
  g_autoptr (QcRoster) roster = qc_roster_new ();
  qc_roster_take (roster, -1, qc_roster_line_copy (line));
  g_autoptr (GPtrArray) out = qc_findings_new ();
  c->unit->paid_to = 202610;
  qc_rules_roster_check_whole (QC_BUSINESS_ACCOUNT_OPENING, &c->facts, roster, 202610, out);
  assert_codes (out, "roster.month-moved");
  g_ptr_array_set_size (out, 0);
  qc_rules_roster_compare (QC_BUSINESS_ACCOUNT_OPENING, &c->facts, line, NULL, out);
  assert_codes (out, "roster.person-changed");
  g_assert_cmpstr (((QcFinding *)out->pdata[0])->field, ==, "opened");
  c->unit->paid_to = c->unit->first_month = QC_MONTH_NONE;
  g_ptr_array_set_size (out, 0);
  qc_rules_roster_check_whole (QC_BUSINESS_ACCOUNT_OPENING, &c->facts, roster, 202610, out);
  assert_codes (out, "roster.no-due-month");
  g_ptr_array_set_size (out, 0);
  qc_rules_roster_complete (QC_BUSINESS_ACCOUNT_OPENING, &c->facts, line);
  qc_rules_roster_check_line (QC_BUSINESS_ACCOUNT_OPENING, &c->facts, line, out);
  assert_codes (out, "");
}

/* A field is named as its column is titled here. */
static void
test_titles (Case *c, gconstpointer data)
{
  static const Row lacking
      = {"base-missing", "张三", "01", "231102199003070016", NULL, NULL, NULL, NULL, 0, 1, 19900307, ""};
  g_autoptr (QcRosterLine) line = new_line (c, &lacking);
  g_autoptr (GPtrArray) out = qc_findings_new ();
  qc_rules_roster_check_line (QC_BUSINESS_ACCOUNT_OPENING, &c->facts, line, out);
  assert_codes (out, "roster.missing");
  g_autofree char *sentence = qc_finding_dup_sentence (out->pdata[0]);
  g_assert_cmpstr (sentence, ==, "Contribution base is missing for 张三.");
  g_autofree char *name = g_strdup (qc_finding_get_arg (out->pdata[0], "field", NULL));
  g_assert_cmpstr (name, ==, "new_base"); /* who does not know of titles reads what it always read */
  QcFinding *plain = qc_finding_new ("roster.missing", "person", "张三", NULL);
  g_ptr_array_add (out, plain);
  qc_finding_set_arg_code (plain, QC_ARG_FIELD, "field", "new_base");
  g_autofree char *own = qc_finding_dup_sentence (plain);
  g_assert_cmpstr (own, ==, "New contribution base is missing for 张三.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/account-opening/row/", rows[i].what, NULL);
    g_test_add (path, Case, &rows[i], set_up, test_row, tear_down);
  }
#define ADD(name, function) g_test_add ("/account-opening/" name, Case, NULL, set_up, function, tear_down)
  ADD ("resident", test_resident);
  ADD ("sealed-elsewhere", test_sealed_elsewhere);
  ADD ("kinds", test_kinds);
  ADD ("twice", test_twice);
  ADD ("month", test_month);
  ADD ("titles", test_titles);
  return g_test_run ();
}
