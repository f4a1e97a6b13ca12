/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What holds of every roster, 同城转移 (guide 3.5), 封存/启封 (guide 3.6), 缴存基数调整 (guide 3.7) and 授权退休年龄
 * (guide 3.1 item 7): each rule sentence is a row: who, what is entered, and exactly which findings come of it.
 */
#include "qc-month.h"
#include "qc-rules-roster.h"

#include <string.h>

/* A unit in order: paid up to 202609, 12 % each, base 2,080 to 30,000. */
typedef struct {
  QcUnit *unit;
  GArray *policies, *ratios;
  GPtrArray *codes, *open;
  QcRosterFacts facts;
} Case;

static void
add_code (Case *c, const char *list, const char *code, const char *label, gboolean needs_text)
{
  QcCode *entry = g_new0 (QcCode, 1);
  *entry = (QcCode) {g_strdup (list), g_strdup (code), g_strdup (label), 0, needs_text};
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
  c->unit->status = QC_UNIT_NORMAL;
  c->unit->first_month = 202001;
  c->unit->paid_to = 202609;
  c->policies = g_array_new (FALSE, FALSE, sizeof (QcPolicy));
  c->ratios = g_array_new (FALSE, FALSE, sizeof (QcRatios));
  g_array_append_val (c->policies, policy);
  g_array_append_val (c->ratios, ratios);
  c->codes = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_code_free);
  c->open = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_application_free);
  add_code (c, "seal-reason", "01", "终止劳动关系", FALSE);
  add_code (c, "seal-reason", "99", "其他", TRUE);
  add_code (c, "unseal-reason", "01", "恢复发放工资", FALSE);
  add_code (c, "unseal-reason", "02", "重新入职", FALSE);
  c->facts = (QcRosterFacts) {c->unit, c->policies, c->ratios, c->codes, c->open, 20261015, FALSE};
}

static void
tear_down (Case *c, gconstpointer data)
{
  qc_unit_free (c->unit);
  g_array_unref (c->policies);
  g_array_unref (c->ratios);
  g_ptr_array_unref (c->codes);
  g_ptr_array_unref (c->open);
}

static char *
codes_of (const GPtrArray *findings)
{
  GString *codes = g_string_new (NULL);
  for (guint i = 0; i < findings->len; i++)
    g_string_append_printf (codes, "%s%s", i > 0 ? " " : "", ((QcFinding *)findings->pdata[i])->code);
  return g_string_free (codes, FALSE);
}

static void
assert_codes (const GPtrArray *findings, const char *expected)
{
  g_autofree char *codes = codes_of (findings);
  g_assert_cmpstr (codes, ==, expected);
}

/* ---- 封存/启封 ---- */

typedef struct {
  const char *what;
  QcPersonStatus status;
  QcMonth opened, paid_to;
  QcMoney base;
  const char *reason, *text, *new_base;
  QcPersonStatus after;
  QcMoney unit_fen; /* the personal part is the same */
  const char *codes;
} SealingRow;

static const SealingRow sealing_rows[] = {
    {"normal-becomes-sealed", 1, 202001, 202609, 500000, "01", NULL, NULL, 2, 0, ""},
    {"sealed-becomes-normal", 2, 202001, 202605, 500000, "02", NULL, NULL, 1, 60000, ""},
    {"unsealed-with-a-new-base", 2, 202001, 202605, 500000, "01", NULL, "6,000", 1, 72000, ""},
    {"base-below-the-limit", 2, 202001, 202605, 500000, "01", NULL, "2079.99", 1, 25000, "base.below-floor"},
    {"base-at-the-limit", 2, 202001, 202605, 500000, "01", NULL, "2080", 1, 25000, ""},
    {"base-at-the-cap", 2, 202001, 202605, 500000, "01", NULL, "30000", 1, 360000, ""},
    {"base-above-the-cap", 2, 202001, 202605, 500000, "01", NULL, "30000.01", 1, 360000, "base.above-cap"},
    {"old-base-no-longer-allowed", 2, 202001, 202605, 150000, "01", NULL, NULL, 1, 18000, "base.below-floor"},
    {"no-base-at-all", 2, 202001, 202605, 0, "01", NULL, NULL, 1, 0, "base.missing"},
    {"base-for-sealing", 1, 202001, 202609, 500000, "01", NULL, "6000", 2, 0, "roster.not-here"},
    {"base-unreadable", 2, 202001, 202605, 500000, "01", NULL, "六千", 1, 60000, "roster.unreadable"},
    {"reason-missing", 1, 202001, 202609, 500000, NULL, NULL, NULL, 2, 0, "roster.reason-missing"},
    {"reason-of-the-other-direction", 1, 202001, 202609, 500000, "02", NULL, NULL, 2, 0, "roster.unreadable"},
    {"reason-needs-words", 1, 202001, 202609, 500000, "99", NULL, NULL, 2, 0, "roster.reason-text-missing"},
    {"reason-with-words", 1, 202001, 202609, 500000, "99", "调往省外", NULL, 2, 0, ""},
    {"frozen", 6, 202001, 202609, 500000, "01", NULL, NULL, 0, 0, "sealing.status"},
    {"moved-out", 4, 202001, 202609, 500000, "01", NULL, NULL, 0, 0, "sealing.status"},
    {"opened-in-the-month", 1, 202610, 0, 500000, "01", NULL, NULL, 2, 0, ""},
    {"opened-later", 1, 202611, 0, 500000, "01", NULL, NULL, 2, 0, "sealing.before-opened"},
    {"paid-up-to-the-month-before", 2, 202001, 202609, 500000, "01", NULL, NULL, 1, 60000, ""},
    {"paid-up-to-the-month", 2, 202001, 202610, 500000, "01", NULL, NULL, 1, 60000, "sealing.already-paid"},
    {"sealing-who-is-paid-further", 1, 202001, 202610, 500000, "01", NULL, NULL, 2, 0, ""},
};

static void
enter (Case *c, QcBusiness business, QcRosterLine *line, QcLineFieldId field, const char *text)
{
  if (text != NULL)
    qc_line_enter (line, field, text, c->codes, qc_rules_roster_reason_list (business, line));
  qc_rules_roster_complete (business, &c->facts, line);
}

static void
test_sealing (Case *c, gconstpointer data)
{
  const SealingRow *row = data;
  QcEmployee person = {.account = (char *)"2311",
                       .name = (char *)"张三",
                       .status = row->status,
                       .opened = row->opened,
                       .paid_to = row->paid_to,
                       .base = row->base};
  g_autoptr (QcRosterLine) line = qc_rules_roster_new_line (QC_BUSINESS_SEALING, &c->facts, &person);
  g_autoptr (GPtrArray) out = qc_findings_new ();
  line->id = 7;
  enter (c, QC_BUSINESS_SEALING, line, QC_LINE_REASON, row->reason);
  enter (c, QC_BUSINESS_SEALING, line, QC_LINE_REASON_TEXT, row->text);
  enter (c, QC_BUSINESS_SEALING, line, QC_LINE_NEW_BASE, row->new_base);
  g_assert_cmpint (line->status_after, ==, row->after);
  g_assert_cmpint (line->unit_fen, ==, row->unit_fen);
  g_assert_cmpint (line->personal_fen, ==, row->unit_fen);
  qc_rules_roster_check_line (QC_BUSINESS_SEALING, &c->facts, line, out);
  assert_codes (out, row->codes);
  for (guint i = 0; i < out->len; i++) {
    const QcFinding *finding = out->pdata[i];
    g_assert_cmpint (finding->line, ==, 7);
    g_assert_cmpstr (finding->person, ==, "2311");
    g_assert_nonnull (qc_line_field_find (finding->field));
  }
  g_autoptr (QcFinding) refused = qc_roster_rules (QC_BUSINESS_SEALING)->refuse (&c->facts, &person);
  g_assert_cmpint (refused != NULL, ==, row->after == 0);
  if (row->after == 0 || *row->codes != '\0')
    return;
  person.base_pending = TRUE;
  QcRosterEffect effect = {0};
  qc_roster_rules (QC_BUSINESS_SEALING)->effect (&c->facts, line, &person, &effect);
  g_assert_cmpint (person.status, ==, row->after);
  g_assert_cmpint (person.status_from, ==, 202610);
  g_assert_cmpint (effect.base.from, ==, row->new_base != NULL ? 202610 : 0);
  g_assert_cmpint (person.base, ==, row->new_base != NULL ? line->new_base : row->base);
  g_assert_cmpint (person.base_pending, ==, row->new_base == NULL);
}

/* ---- 缴存基数调整 ---- */

typedef struct {
  const char *what;
  QcPersonStatus status;
  gboolean pending;
  QcMonth opened;
  QcMoney base;
  const char *new_base;
  QcMoney difference;
  gint32 change;
  QcMoney old_fen, fen; /* either part */
  const char *codes;
} BaseRow;

static const BaseRow base_rows[] = {
    {"higher", 1, FALSE, 202001, 500000, "5,500", 50000, 1000, 60000, 66000, ""},
    {"lower", 1, FALSE, 202001, 500000, "4500", -50000, -1000, 60000, 54000, ""},
    {"a-fifth-is-no-jump", 1, FALSE, 202001, 500000, "6000", 100000, 2000, 60000, 72000, ""},
    {"more-than-a-fifth", 1, FALSE, 202001, 500000, "6001", 100100, 2002, 60000, 72000, "base.jump"},
    {"less-by-more-than-a-fifth", 1, FALSE, 202001, 500000, "3999", -100100, -2002, 60000, 48000, "base.jump"},
    {"fen-count", 1, FALSE, 202001, 500000, "5000.01", 1, 0, 60000, 60000, ""},
    {"unchanged", 1, FALSE, 202001, 500000, "5000", 0, 0, 60000, 60000, "base.unchanged"},
    {"unchanged-after-a-transfer", 1, TRUE, 202001, 500000, "5000", 0, 0, 60000, 60000, ""},
    {"not-entered", 1, FALSE, 202001, 500000, NULL, 0, 0, 60000, 0, "roster.missing"},
    {"had-none", 1, FALSE, 202001, 0, "5000", 500000, 0, 0, 60000, ""},
    {"at-the-floor", 1, FALSE, 202001, 208000, "2080", 0, 0, 25000, 25000, "base.unchanged"},
    {"below-the-floor", 1, FALSE, 202001, 500000, "2079.99", -292001, -5840, 60000, 25000, "base.below-floor"},
    {"at-the-cap", 1, FALSE, 202001, 2900000, "30000", 100000, 345, 348000, 360000, ""},
    {"above-the-cap", 1, FALSE, 202001, 2900000, "30000.01", 100001, 345, 348000, 360000, "base.above-cap"},
    {"full-width", 1, FALSE, 202001, 500000, "５５００", 50000, 1000, 60000, 66000, ""},
    {"three-decimals", 1, FALSE, 202001, 500000, "5500.001", 0, 0, 60000, 0, "roster.unreadable"},
    {"negative", 1, FALSE, 202001, 500000, "-5500", 0, 0, 60000, 0, "roster.unreadable"},
    {"a-million-million", 1, FALSE, 202001, 500000, "1000000000000", 0, 0, 60000, 0, "roster.unreadable"},
    {"nought", 1, FALSE, 202001, 500000, "0", 0, 0, 60000, 0, "roster.unreadable"},
    {"sealed", 2, FALSE, 202001, 500000, "5500", 50000, 1000, 60000, 66000, "base.status"},
    {"sealed-and-just-arrived", 2, TRUE, 202001, 500000, "5500", 50000, 1000, 60000, 66000, ""},
    {"frozen", 6, FALSE, 202001, 500000, "5500", 50000, 1000, 60000, 66000, "base.status"},
    {"opened-in-the-month", 1, FALSE, 202610, 500000, "5500", 50000, 1000, 60000, 66000, ""},
    {"opened-later", 1, FALSE, 202611, 500000, "5500", 50000, 1000, 60000, 66000, "base.before-opened"},
};

static void
test_base (Case *c, gconstpointer data)
{
  const BaseRow *row = data;
  QcEmployee person = {.account = (char *)"2311",
                       .name = (char *)"张三",
                       .status = row->status,
                       .opened = row->opened,
                       .base = row->base,
                       .base_pending = row->pending};
  const QcRosterRules *rules = qc_roster_rules (QC_BUSINESS_BASE_ADJUSTMENT);
  g_autoptr (QcRosterLine) line = qc_rules_roster_new_line (QC_BUSINESS_BASE_ADJUSTMENT, &c->facts, &person);
  line->id = 7;
  enter (c, QC_BUSINESS_BASE_ADJUSTMENT, line, QC_LINE_NEW_BASE, row->new_base);
  g_assert_cmpint (line->difference, ==, row->difference);
  g_assert_cmpint (line->change, ==, row->change);
  g_assert_cmpint (line->old_unit_fen, ==, row->old_fen);
  g_assert_cmpint (line->old_personal_fen, ==, row->old_fen);
  g_assert_cmpint (line->unit_fen, ==, row->fen);
  g_assert_cmpint (line->personal_fen, ==, row->fen);
  g_autoptr (GPtrArray) out = qc_findings_new ();
  qc_rules_roster_check_line (QC_BUSINESS_BASE_ADJUSTMENT, &c->facts, line, out);
  assert_codes (out, row->codes);
  for (guint i = 0; i < out->len; i++)
    g_assert_cmpstr (((QcFinding *)out->pdata[i])->field, ==, "new_base");
  g_autoptr (GPtrArray) compared = qc_findings_new ();
  qc_rules_roster_compare (QC_BUSINESS_BASE_ADJUSTMENT, &c->facts, line, &person, compared);
  assert_codes (compared, "");
  g_autoptr (QcFinding) refused = rules->refuse (&c->facts, &person);
  g_assert_cmpstr (refused != NULL ? refused->code : "", ==, strcmp (row->codes, "base.status") == 0 ? row->codes : "");
  g_assert_cmpint (rules->concerns (&person, 202610), ==, row->pending);
  if (qc_findings_block (out))
    return;
  QcRosterEffect effect = {0};
  rules->effect (&c->facts, line, &person, &effect);
  g_assert_cmpint (person.base, ==, line->new_base);
  g_assert_cmpint (person.status, ==, row->status);
  g_assert_false (person.base_pending);
  g_assert_cmpint (effect.base.from, ==, 202610);
  g_assert_cmpint (effect.base.base, ==, line->new_base);
}

/* The limits and the rounding are of the policy row of the month from which the base counts. */
static void
test_base_policy_moves (Case *c, gconstpointer data)
{
  QcEmployee person
      = {.account = (char *)"2311", .name = (char *)"张三", .status = 1, .opened = 202001, .base = 500000};
  g_autoptr (QcRosterLine) line = qc_rules_roster_new_line (QC_BUSINESS_BASE_ADJUSTMENT, &c->facts, &person);
  enter (c, QC_BUSINESS_BASE_ADJUSTMENT, line, QC_LINE_NEW_BASE, "5500.55");
  QcPolicy later = g_array_index (c->policies, QcPolicy, 0);
  later.from = 202610;
  later.base_floor = 560000;
  later.unit_rounding = QC_ROUNDING_HALF_UP_FEN;
  g_array_append_val (c->policies, later);
  g_autoptr (GPtrArray) out = qc_findings_new ();
  qc_rules_roster_compare (QC_BUSINESS_BASE_ADJUSTMENT, &c->facts, line, &person, out);
  assert_codes (out, "roster.person-changed"); /* what she saw of the amounts no longer holds */
  qc_rules_roster_complete (QC_BUSINESS_BASE_ADJUSTMENT, &c->facts, line);
  g_assert_cmpint (line->unit_fen, ==, 66007);
  g_assert_cmpint (line->personal_fen, ==, 66000);
  qc_rules_roster_check_line (QC_BUSINESS_BASE_ADJUSTMENT, &c->facts, line, out);
  assert_codes (out, "roster.person-changed base.below-floor");
}

/* Without a policy row or ratios nothing is computed, and that is said where a base is to count. */
static void
test_unknown_terms (Case *c, gconstpointer data)
{
  static const struct {
    gboolean policies, ratios;
    QcMoney fen;
    const char *codes;
  } cases[] = {{TRUE, TRUE, 60000, ""},
               {FALSE, TRUE, 0, "base.month-invalid"},
               {TRUE, FALSE, 0, "base.month-invalid"},
               {FALSE, FALSE, 0, "base.month-invalid"}};
  static const struct {
    QcBusiness business;
    QcPersonStatus status;
    const char *reason, *new_base;
  } businesses[] = {{QC_BUSINESS_SEALING, QC_PERSON_SEALED, "01", NULL},
                    {QC_BUSINESS_SEALING, QC_PERSON_SEALED, "01", "5000"},
                    {QC_BUSINESS_BASE_ADJUSTMENT, QC_PERSON_NORMAL, NULL, "5000"}};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint k = 0; k < G_N_ELEMENTS (businesses); k++) {
      QcBusiness business = businesses[k].business;
      QcEmployee person = {.account = (char *)"2311",
                           .name = (char *)"张三",
                           .status = businesses[k].status,
                           .opened = 202001,
                           .base = business == QC_BUSINESS_SEALING ? 500000 : 480000};
      c->facts.policies = cases[i].policies ? c->policies : NULL;
      c->facts.ratios = cases[i].ratios ? c->ratios : NULL;
      g_autoptr (QcRosterLine) line = qc_rules_roster_new_line (business, &c->facts, &person);
      enter (c, business, line, QC_LINE_REASON, businesses[k].reason);
      enter (c, business, line, QC_LINE_NEW_BASE, businesses[k].new_base);
      g_autoptr (GPtrArray) out = qc_findings_new ();
      qc_rules_roster_check_line (business, &c->facts, line, out);
      g_test_message ("%u %u", i, k);
      g_assert_cmpint (line->unit_fen, ==, cases[i].fen);
      g_assert_cmpint (line->personal_fen, ==, cases[i].fen);
      g_assert_cmpint (line->old_unit_fen > 0, ==, cases[i].fen > 0 && business == QC_BUSINESS_BASE_ADJUSTMENT);
      assert_codes (out, cases[i].codes);
    }
}

/* Where the unit has no month that is due nothing is said of bases: it is said of the roster. */
static void
test_no_due_month (Case *c, gconstpointer data)
{
  QcEmployee person = {
      .account = (char *)"2311", .name = (char *)"张三", .status = QC_PERSON_NORMAL, .opened = 202001, .base = 500000};
  c->unit->paid_to = c->unit->first_month = QC_MONTH_NONE;
  for (guint sealed = 0; sealed <= 1; sealed++) {
    QcBusiness business = sealed ? QC_BUSINESS_SEALING : QC_BUSINESS_BASE_ADJUSTMENT;
    person.status = sealed ? QC_PERSON_SEALED : QC_PERSON_NORMAL;
    g_autoptr (QcRosterLine) line = qc_rules_roster_new_line (business, &c->facts, &person);
    enter (c, business, line, QC_LINE_REASON, sealed ? "01" : NULL);
    enter (c, business, line, QC_LINE_NEW_BASE, "1");
    g_autoptr (GPtrArray) out = qc_findings_new ();
    qc_rules_roster_check_line (business, &c->facts, line, out);
    assert_codes (out, "");
    g_autoptr (QcRoster) roster = qc_roster_new ();
    qc_roster_take (roster, -1, g_steal_pointer (&line));
    qc_rules_roster_check_frame (business, &c->facts, roster, QC_MONTH_NONE, out);
    assert_codes (out, "roster.no-due-month");
  }
}

/* Who has no roster has no rules of one. */
static void
test_no_rules (Case *c, gconstpointer data)
{
  static const QcBusiness without[]
      = {QC_BUSINESS_REMITTANCE, QC_BUSINESS_UNIT_CHANGE, QC_BUSINESS_INQUIRY, QC_BUSINESS_OTHER, QC_N_BUSINESSES};
  g_autoptr (QcRosterLine) line = qc_roster_line_new ();
  for (guint i = 0; i < G_N_ELEMENTS (without); i++) {
    g_assert_null (qc_roster_rules (without[i]));
    g_assert_false (qc_rules_roster_follows (without[i], line, QC_LINE_SEX));
    g_assert_null (qc_rules_roster_reason_list (without[i], line));
    if (without[i] < QC_N_BUSINESSES)
      g_assert_false (qc_rules_roster_takes (without[i], &c->facts, line, QC_LINE_REASON));
  }
  static const struct {
    QcBusiness business;
    QcLineFieldId field;
    gboolean takes;
  } takes[] = {
      {QC_BUSINESS_SEALING, QC_LINE_REASON, TRUE},
      {QC_BUSINESS_SEALING, QC_LINE_NEW_BASE, FALSE}, /* of a line that is not unsealed */
      {QC_BUSINESS_SEALING, QC_LINE_STATUS, FALSE},   /* shown only */
      {QC_BUSINESS_SEALING, QC_LINE_TARGET_UNIT, FALSE},
      {QC_BUSINESS_BASE_ADJUSTMENT, QC_LINE_NEW_BASE, TRUE},
      {QC_BUSINESS_TRANSFER, QC_LINE_TARGET_UNIT, TRUE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (takes); i++)
    g_assert_cmpint (qc_rules_roster_takes (takes[i].business, &c->facts, line, takes[i].field), ==, takes[i].takes);
  g_assert_null (qc_rules_roster_reason_list (QC_BUSINESS_TRANSFER, line));
  g_assert_cmpstr (qc_rules_roster_reason_list (QC_BUSINESS_SEALING, line), ==, "seal-reason");
  g_assert_cmpstr (qc_rules_roster_code_list (QC_BUSINESS_SEALING, line, QC_LINE_DOCUMENT_TYPE), ==, "document-type");
  g_assert_null (qc_rules_roster_code_list (QC_BUSINESS_SEALING, line, QC_LINE_NAME));
}

/* Who arrives where no policy is known is 正常. */
static void
test_arrival_without_policy (Case *c, gconstpointer data)
{
  g_autoptr (QcRosterLine) line = qc_roster_line_new ();
  line->first_month = 202611;
  for (guint i = 0; i < 3; i++) {
    QcEmployee person = {.base = 500000};
    QcRosterEffect effect = {0};
    g_array_index (c->policies, QcPolicy, 0).transfer_arrival = i == 2 ? QC_ARRIVAL_SEALED : QC_ARRIVAL_NORMAL;
    c->facts.policies = i == 0 ? NULL : c->policies;
    qc_roster_rules (QC_BUSINESS_TRANSFER)->arrive (&c->facts, line, &person, &effect);
    g_assert_cmpint (person.status, ==, i == 2 ? QC_PERSON_SEALED : QC_PERSON_NORMAL);
    g_assert_cmpint (person.opened, ==, 202611);
    g_assert_true (person.base_pending);
    g_assert_cmpint (effect.base.from, ==, 202611);
    g_assert_cmpint (effect.base.base, ==, 500000);
  }
}

/* ---- 同城转移 ---- */

#define OTHER "231100000067"

typedef struct {
  const char *what;
  QcPersonStatus status;
  QcMonth paid_to;
  const char *target, *seen; /* seen: the name that stands on the line */
  const char *name;          /* what is known of the unit: NULL = not asked, "" = there is none */
  QcUnitStatus unit_status;
  QcMonth unit_first;
  gint64 as_of;
  QcMonth first;
  const char *codes;
} TransferRow;

#define EARLIER 1791950400 /* 2026-10-14 in China: the day before */

static const TransferRow transfer_rows[] = {
    {"sealed-goes", 2, 202605, OTHER, "乙单位", "乙单位", QC_UNIT_NORMAL, 202610, 0, 202610, ""},
    {"newly-opened-receives", 2, 202605, OTHER, "乙单位", "乙单位", QC_UNIT_OPENED, 202611, 0, 202611, ""},
    {"deferred-receives", 2, 202605, OTHER, "乙单位", "乙单位", QC_UNIT_DEFERRED, 202601, 0, 202606, ""},
    {"not-before-what-is-paid", 2, 202612, OTHER, "乙单位", "乙单位", QC_UNIT_NORMAL, 202610, 0, 202701, ""},
    {"never-paid", 2, 0, OTHER, "乙单位", "乙单位", QC_UNIT_NORMAL, 202610, 0, 202610, ""},
    {"normal-stays", 1, 202605, OTHER, "乙单位", "乙单位", QC_UNIT_NORMAL, 202610, 0, 202610, "transfer.status"},
    {"frozen-stays", 6, 202605, OTHER, "乙单位", "乙单位", QC_UNIT_NORMAL, 202610, 0, 202610, "transfer.status"},
    {"not-entered", 2, 202605, NULL, NULL, NULL, 0, 0, 0, 0, "roster.missing"},
    {"partial", 2, 202605, "23110000006", NULL, NULL, 0, 0, 0, 0, "transfer.unit-number"},
    {"overlong", 2, 202605, "2311000000671", NULL, NULL, 0, 0, 0, 0, "transfer.unit-number"},
    {"longer-than-any", 2, 202605, "231100000067231100000067", NULL, NULL, 0, 0, 0, 0, "roster.unreadable"},
    {"with-letters", 2, 202605, "23110000006O", NULL, NULL, 0, 0, 0, 0, "transfer.unit-number"},
    {"own", 2, 202605, "231100000042", "甲单位", "甲单位", QC_UNIT_NORMAL, 202610, 0, 202610, "transfer.own-unit"},
    {"not-asked", 2, 202605, OTHER, NULL, NULL, 0, 0, 0, 0, "transfer.unit-unasked"},
    {"not-seen", 2, 202605, OTHER, NULL, "乙单位", QC_UNIT_NORMAL, 202610, 0, 202610, "transfer.unit-unasked"},
    {"not-there", 2, 202605, OTHER, NULL, "", 0, 0, 0, 0, "transfer.unit-unknown"},
    {"renamed", 2, 202605, OTHER, "旧名", "乙单位", QC_UNIT_NORMAL, 202610, 0, 202610, "transfer.unit-renamed"},
    {"closed", 2, 202605, OTHER, "乙单位", "乙单位", QC_UNIT_CLOSED, 202610, 0, 202610, "transfer.unit-closed"},
    {"unit-sealed", 2, 202605, OTHER, "乙单位", "乙单位", QC_UNIT_SEALED, 202610, 0, 202610, "transfer.unit-closed"},
    {"unit-unheard-of", 2, 202605, OTHER, "乙单位", "乙单位", QC_UNIT_OTHER, 202610, 0, 202610, "transfer.unit-closed"},
    {"without-a-month", 2, 202605, OTHER, "乙单位", "乙单位", QC_UNIT_OPENED, 0, 0, 0, "transfer.unit-no-month"},
    {"asked-earlier", 2, 202605, OTHER, "乙单位", "乙单位", QC_UNIT_NORMAL, 202610, EARLIER, 202610,
     "transfer.unit-earlier"},
};

static QcOtherUnit *
other_unit_of (const TransferRow *row)
{
  QcOtherUnit *unit = qc_other_unit_new (row->target);
  unit->name = *row->name != '\0' ? g_strdup (row->name) : NULL;
  unit->status = row->unit_status;
  unit->due = unit->first_month = row->unit_first;
  unit->as_of = row->as_of;
  return unit;
}

static void
test_transfer (Case *c, gconstpointer data)
{
  const TransferRow *row = data;
  QcEmployee person = {.account = (char *)"2311",
                       .name = (char *)"张三",
                       .status = row->status,
                       .opened = 202001,
                       .paid_to = row->paid_to,
                       .base = 500000};
  const QcRosterRules *rules = qc_roster_rules (QC_BUSINESS_TRANSFER);
  g_autoptr (GHashTable) units
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)qc_other_unit_free);
  c->facts.units = units;
  if (row->name != NULL)
    g_hash_table_insert (units, (gpointer)row->target, other_unit_of (row));
  g_autoptr (QcRosterLine) line = qc_rules_roster_new_line (QC_BUSINESS_TRANSFER, &c->facts, &person);
  line->id = 7;
  enter (c, QC_BUSINESS_TRANSFER, line, QC_LINE_TARGET_UNIT, row->target);
  line->target_name = g_strdup (row->seen);
  g_assert_cmpint (line->first_month, ==, row->first);
  g_autoptr (GPtrArray) out = qc_findings_new ();
  qc_rules_roster_check_line (QC_BUSINESS_TRANSFER, &c->facts, line, out);
  assert_codes (out, row->codes);
  for (guint i = 0; i < out->len; i++) {
    g_autofree char *sentence = qc_finding_dup_sentence (out->pdata[i]);
    g_assert_null (strchr (sentence, '{')); /* every argument is given */
  }
  g_autoptr (GPtrArray) compared = qc_findings_new ();
  qc_rules_roster_compare (QC_BUSINESS_TRANSFER, &c->facts, line, &person, compared);
  assert_codes (compared, "");
  g_autoptr (QcFinding) refused = rules->refuse (&c->facts, &person);
  g_assert_cmpstr (refused != NULL ? refused->code : "", ==, row->status != 2 ? "transfer.status" : "");
  c->facts.units = NULL;
  if (qc_findings_block (out))
    return;
  QcRosterEffect effect = {0};
  QcEmployee there = person;
  rules->effect (&c->facts, line, &person, &effect);
  g_assert_cmpint (person.status, ==, QC_PERSON_TRANSFERRED);
  g_assert_cmpint (person.status_from, ==, 202610); /* 变更年月 of the unit that sends */
  g_assert_cmpint (effect.base.from, ==, QC_MONTH_NONE);
  rules->arrive (&c->facts, line, &there, &effect);
  g_assert_cmpint (there.status, ==, QC_PERSON_NORMAL);
  g_assert_cmpint (there.status_from, ==, row->first);
  g_assert_cmpint (there.opened, ==, row->first);
  g_assert_true (there.base_pending);
  g_assert_cmpint (effect.base.from, ==, row->first);
  g_assert_cmpint (effect.base.base, ==, 500000);
}

/* The center's policy of the first month may say 封存. */
static void
test_transfer_arrives_sealed (Case *c, gconstpointer data)
{
  QcPolicy later = g_array_index (c->policies, QcPolicy, 0);
  later.from = 202611;
  later.transfer_arrival = QC_ARRIVAL_SEALED;
  g_array_append_val (c->policies, later);
  for (QcMonth month = 202610; month <= 202611; month++) {
    QcEmployee person = {.account = (char *)"2311", .name = (char *)"张三", .status = 2, .base = 500000};
    g_autoptr (QcRosterLine) line = qc_rules_roster_new_line (QC_BUSINESS_TRANSFER, &c->facts, &person);
    line->first_month = month;
    QcRosterEffect effect = {0};
    qc_rules_transfer.arrive (&c->facts, line, &person, &effect);
    g_assert_cmpint (person.status, ==, month == 202610 ? QC_PERSON_NORMAL : QC_PERSON_SEALED);
    g_assert_true (person.base_pending);
  }
}

/* ---- 授权退休年龄 ---- */

typedef struct {
  const char *what;
  QcSex sex;
  QcDate birth;
  QcRetirementClass before;
  const char *klass, *month;
  QcPersonStatus status;
  QcMonth statutory;
  const char *codes;
} RetirementRow;

static const RetirementRow retirement_rows[] = {
    {"class-stated", 2, 19750301, 0, "women-50", NULL, 1, 202505, ""},
    {"class-and-month", 2, 19750301, 0, "women-50", "202506", 1, 202505, ""},
    {"last-month-allowed", 2, 19750301, 0, "women-50", "202805", 1, 202505, ""},
    {"month-too-late", 2, 19750301, 0, "women-50", "202806", 1, 202505, "retirement.too-late"},
    {"month-too-early", 2, 19750301, 0, "women-50", "202505", 1, 202505, "retirement.too-early"},
    {"class-missing", 2, 19750301, 0, NULL, "202606", 1, 0, "retirement.class-missing"},
    {"class-known", 2, 19750301, QC_RETIREMENT_WOMEN_50, NULL, "202606", 1, 202505, ""},
    {"class-corrected", 2, 19750301, QC_RETIREMENT_WOMEN_50, "women-55", NULL, 1, 203107, ""},
    {"nothing-said", 2, 19750301, 0, NULL, NULL, 1, 0, "retirement.nothing-said"},
    {"man-authorized", 1, 19660801, QC_RETIREMENT_MEN_60, NULL, "203001", 1, 202701, ""},
    {"man-authorized-too-far", 1, 19660801, QC_RETIREMENT_MEN_60, NULL, "203002", 1, 202701, "retirement.too-late"},
    {"man-has-no-class-to-state", 1, 19660801, 0, "women-50", "202801", 1, 202701, "roster.not-here"},
    {"woman-of-the-mens-class", 2, 19750301, 0, "men-60", NULL, 1, 203710, "retirement.class-mismatch-woman"},
    {"sealed", 2, 19750301, 0, "women-50", NULL, 2, 202505, "retirement.not-on-roster"},
    {"no-birth", 2, 0, 0, "women-50", NULL, 1, 0, "person.birth-missing"},
    {"unreadable", 2, 19750301, 0, "women-50", "明年", 1, 202505, "roster.unreadable"},
};

static void
test_retirement (Case *c, gconstpointer data)
{
  const RetirementRow *row = data;
  QcEmployee person = {.account = (char *)"2311",
                       .name = (char *)"李四",
                       .status = row->status,
                       .sex = row->sex,
                       .birth = row->birth,
                       .retirement_class = row->before};
  g_autoptr (QcRosterLine) line = qc_rules_roster_new_line (QC_BUSINESS_RETIREMENT, &c->facts, &person);
  g_autoptr (GPtrArray) out = qc_findings_new ();
  enter (c, QC_BUSINESS_RETIREMENT, line, QC_LINE_CLASS, row->klass);
  enter (c, QC_BUSINESS_RETIREMENT, line, QC_LINE_AUTHORIZED, row->month);
  g_assert_cmpint (line->statutory, ==, row->statutory);
  qc_rules_roster_check_line (QC_BUSINESS_RETIREMENT, &c->facts, line, out);
  assert_codes (out, row->codes);
  g_autoptr (QcFinding) refused = qc_roster_rules (QC_BUSINESS_RETIREMENT)->refuse (&c->facts, &person);
  g_assert_cmpint (refused != NULL, ==, row->status != QC_PERSON_NORMAL);
  if (*row->codes != '\0')
    return;
  QcRosterEffect effect = {0};
  qc_roster_rules (QC_BUSINESS_RETIREMENT)->effect (&c->facts, line, &person, &effect);
  g_assert_cmpint (person.retirement_class, ==, row->klass != NULL ? line->klass : row->before);
  g_assert_cmpint (person.authorized_until, ==, line->authorized);
  g_assert_cmpint (effect.base.from, ==, QC_MONTH_NONE);
}

/* ---- every roster ---- */

static QcRoster *
one_line (Case *c)
{
  QcEmployee person = {.account = (char *)"2311", .name = (char *)"张三", .status = QC_PERSON_NORMAL, .opened = 202001};
  QcRoster *roster = qc_roster_new ();
  qc_roster_take (roster, -1, qc_rules_roster_new_line (QC_BUSINESS_SEALING, &c->facts, &person));
  return roster;
}

static void
assert_whole (Case *c, QcBusiness business, const QcRoster *roster, QcMonth effective, const char *expected)
{
  g_autoptr (GPtrArray) out = qc_findings_new ();
  qc_rules_roster_check_whole (business, &c->facts, roster, effective, out);
  assert_codes (out, expected);
}

static void
test_whole (Case *c, gconstpointer data)
{
  g_autoptr (QcRoster) roster = one_line (c);
  g_autoptr (QcRoster) empty = qc_roster_new ();
  g_assert_cmpint (qc_rules_roster_effective (QC_BUSINESS_SEALING, c->unit), ==, 202610);
  g_assert_cmpint (qc_rules_roster_effective (QC_BUSINESS_RETIREMENT, c->unit), ==, QC_MONTH_NONE);
  assert_whole (c, QC_BUSINESS_SEALING, roster, 202610, "");
  assert_whole (c, QC_BUSINESS_SEALING, empty, 202610, "roster.empty");
  assert_whole (c, QC_BUSINESS_SEALING, roster, 202611, "roster.month-moved");
  assert_whole (c, QC_BUSINESS_RETIREMENT, roster, QC_MONTH_NONE, "");
  qc_roster_take (roster, -1, qc_roster_line_copy (roster->lines->pdata[0]));
  ((QcRosterLine *)roster->lines->pdata[1])->id = 2;
  assert_whole (c, QC_BUSINESS_SEALING, roster, 202610, "roster.duplicate");
  c->unit->status = QC_UNIT_SEALED;
  assert_whole (c, QC_BUSINESS_SEALING, empty, 202610, "roster.unit-status roster.empty");
  c->unit->status = QC_UNIT_NORMAL;
  c->unit->paid_to = c->unit->first_month = QC_MONTH_NONE;
  assert_whole (c, QC_BUSINESS_SEALING, empty, 202610, "roster.no-due-month roster.empty");
}

/* Decision 15: an unfinished 汇缴 blocks 封存/启封, a finished one and reviewed business do not; 授权退休 is never
 * blocked. */
static void
test_blocked (Case *c, gconstpointer data)
{
  g_autoptr (QcRoster) roster = one_line (c);
  QcApplication *open = qc_application_new ();
  open->serial = g_strdup ("88");
  open->state = QC_STATE_REGISTERED;
  g_ptr_array_add (c->open, open);
  assert_whole (c, QC_BUSINESS_SEALING, roster, 202610, "unit.remittance-unfinished");
  assert_whole (c, QC_BUSINESS_RETIREMENT, roster, QC_MONTH_NONE, "");
  open->state = QC_STATE_FINISHED;
  assert_whole (c, QC_BUSINESS_SEALING, roster, 202610, "");
  open->business = QC_BUSINESS_BACK_PAYMENT;
  open->state = QC_STATE_IN_REVIEW;
  assert_whole (c, QC_BUSINESS_SEALING, roster, 202610, "");
  c->facts.remittance_queued = TRUE;
  assert_whole (c, QC_BUSINESS_SEALING, roster, 202610, "roster.remittance-queued");
  assert_whole (c, QC_BUSINESS_RETIREMENT, roster, QC_MONTH_NONE, "");
}

/* What the clerk saw against what is: both values are named, and nothing is said twice. */
static void
test_compare (Case *c, gconstpointer data)
{
  QcEmployee person = {.account = (char *)"2311",
                       .name = (char *)"张三",
                       .status = QC_PERSON_SEALED,
                       .opened = 202001,
                       .paid_to = 202605,
                       .base = 500000};
  g_autoptr (QcRosterLine) line = qc_rules_roster_new_line (QC_BUSINESS_SEALING, &c->facts, &person);
  g_autoptr (GPtrArray) out = qc_findings_new ();
  line->id = 3;
  person.revision = 99; /* a revision by itself is no difference (decision 12) */
  person.balance = 5;
  qc_rules_roster_compare (QC_BUSINESS_SEALING, &c->facts, line, &person, out);
  assert_codes (out, "");
  person.status = QC_PERSON_NORMAL;
  qc_rules_roster_compare (QC_BUSINESS_SEALING, &c->facts, line, &person, out);
  assert_codes (out, "roster.person-changed");
  g_autofree char *sentence = qc_finding_dup_sentence (out->pdata[0]);
  g_assert_cmpstr (sentence, ==, "张三 has changed since: Present status was Sealed, now it is Normal.");
  g_assert_cmpint (((QcFinding *)out->pdata[0])->line, ==, 3);
  person.status = QC_PERSON_SEALED;
  g_ptr_array_set_size (out, 0);
  g_array_index (c->ratios, QcRatios, 0).unit = 1000; /* the amount she was shown is another now */
  qc_rules_roster_compare (QC_BUSINESS_SEALING, &c->facts, line, &person, out);
  g_autofree char *amount = qc_finding_dup_sentence (out->pdata[0]);
  g_assert_cmpstr (amount, ==, "张三 has changed since: Unit's monthly part was 600.00, now it is 500.00.");
  g_ptr_array_set_size (out, 0);
  qc_rules_roster_compare (QC_BUSINESS_SEALING, &c->facts, line, NULL, out);
  assert_codes (out, "roster.unknown-person");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sealing_rows); i++) {
    g_autofree char *path = g_strdup_printf ("/core/rules-sealing/%s", sealing_rows[i].what);
    g_test_add (path, Case, &sealing_rows[i], set_up, test_sealing, tear_down);
  }
  for (guint i = 0; i < G_N_ELEMENTS (base_rows); i++) {
    g_autofree char *path = g_strdup_printf ("/core/rules-base-adjustment/%s", base_rows[i].what);
    g_test_add (path, Case, &base_rows[i], set_up, test_base, tear_down);
  }
  g_test_add ("/core/rules-base-adjustment/policy-moves", Case, NULL, set_up, test_base_policy_moves, tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (transfer_rows); i++) {
    g_autofree char *path = g_strdup_printf ("/core/rules-transfer/%s", transfer_rows[i].what);
    g_test_add (path, Case, &transfer_rows[i], set_up, test_transfer, tear_down);
  }
  g_test_add ("/core/rules-transfer/arrives-sealed", Case, NULL, set_up, test_transfer_arrives_sealed, tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (retirement_rows); i++) {
    g_autofree char *path = g_strdup_printf ("/core/rules-retirement/%s", retirement_rows[i].what);
    g_test_add (path, Case, &retirement_rows[i], set_up, test_retirement, tear_down);
  }
  g_test_add ("/core/rules-roster/whole", Case, NULL, set_up, test_whole, tear_down);
  g_test_add ("/core/rules-roster/blocked", Case, NULL, set_up, test_blocked, tear_down);
  g_test_add ("/core/rules-roster/compare", Case, NULL, set_up, test_compare, tear_down);
  g_test_add ("/core/rules-roster/unknown-terms", Case, NULL, set_up, test_unknown_terms, tear_down);
  g_test_add ("/core/rules-roster/no-due-month", Case, NULL, set_up, test_no_due_month, tear_down);
  g_test_add ("/core/rules-roster/no-rules", Case, NULL, set_up, test_no_rules, tear_down);
  g_test_add ("/core/rules-roster/arrival-without-policy", Case, NULL, set_up, test_arrival_without_policy, tear_down);
  return g_test_run ();
}
