/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 补缴 (guide 3.2, domain notes 2.4, 5; decisions 7, 15, 22): each rule sentence is a row: who with which past, what is
 * entered, how much comes of it, and exactly which findings.
 */
#include "qc-back-payment.h"
#include "qc-month.h"
#include "qc-rules-remittance.h"

#include <stdio.h>
#include <string.h>

#define DIFFERENCE "02"
#define MISSED     "01"
#define OTHER      "99"

/* A unit paid up to 202609 since 202001; 10 % each until 202603, then 12 %; base 2,080 to 30,000, from 202607 from
 * 2,200; a warning above 12 months. */
typedef struct {
  QcUnit *unit;
  GArray *policies, *ratios;
  GPtrArray *codes;
  GHashTable *histories;
  QcRosterFacts facts;
} Case;

static void
add_code (Case *c, const char *code, const char *label, gboolean needs_text, gboolean difference)
{
  QcCode *entry = g_new0 (QcCode, 1);
  entry->list = g_strdup ("back-payment-reason");
  entry->code = g_strdup (code);
  entry->label = g_strdup (label);
  entry->needs_text = needs_text;
  entry->difference = difference;
  g_ptr_array_add (c->codes, entry);
}

static void
set_up (Case *c, gconstpointer data)
{
  QcPolicy policy = {.from = 202001,
                     .base_floor = 208000,
                     .base_cap = 3000000,
                     .unit_rounding = QC_ROUNDING_HALF_UP_YUAN,
                     .personal_rounding = QC_ROUNDING_HALF_UP_YUAN,
                     .back_payment_warn = 12};
  QcPolicy later = policy;
  later.from = 202607;
  later.base_floor = 220000;
  QcRatios early = {.from = 202001, .unit = 1000, .personal = 1000};
  QcRatios late = {.from = 202604, .unit = 1200, .personal = 1200};
  c->unit = qc_unit_new ();
  c->unit->account = g_strdup ("231100000042");
  c->unit->status = QC_UNIT_NORMAL;
  c->unit->first_month = 202001;
  c->unit->paid_to = 202609;
  c->policies = g_array_new (FALSE, FALSE, sizeof (QcPolicy));
  c->ratios = g_array_new (FALSE, FALSE, sizeof (QcRatios));
  g_array_append_val (c->policies, policy);
  g_array_append_val (c->policies, later);
  g_array_append_val (c->ratios, early);
  g_array_append_val (c->ratios, late);
  c->codes = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_code_free);
  add_code (c, MISSED, "漏缴", FALSE, FALSE);
  add_code (c, DIFFERENCE, "少缴", FALSE, TRUE);
  add_code (c, OTHER, "其他", TRUE, FALSE);
  c->histories = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)qc_person_history_free);
  c->facts = (QcRosterFacts) {.unit = c->unit,
                              .policies = c->policies,
                              .ratios = c->ratios,
                              .codes = c->codes,
                              .histories = c->histories,
                              .today = 20261015};
}

static void
tear_down (Case *c, gconstpointer data)
{
  qc_unit_free (c->unit);
  g_array_unref (c->policies);
  g_array_unref (c->ratios);
  g_ptr_array_unref (c->codes);
  g_hash_table_unref (c->histories);
}

/* "202001 500000; 202607 600000" */
static void
parse_bases (GArray *bases, const char *text)
{
  g_auto (GStrv) rows = g_strsplit (text, ";", -1);
  for (guint i = 0; rows[i] != NULL && *rows[i] != '\0'; i++) {
    QcBaseChange row = {0};
    g_assert_cmpint (sscanf (rows[i], "%d %" G_GINT64_FORMAT, &row.from, &row.base), ==, 2);
    g_array_append_val (bases, row);
  }
}

/* "202001-202606 60000 60000": each month's parts. */
static void
parse_spans (GArray *spans, const char *text)
{
  g_auto (GStrv) rows = g_strsplit (text, ";", -1);
  for (guint i = 0; rows[i] != NULL && *rows[i] != '\0'; i++) {
    QcPaidSpan row = {.kind = i == 0 ? QC_SPAN_REMITTANCE : QC_SPAN_BACK_PAYMENT};
    g_assert_cmpint (
        sscanf (rows[i], "%d-%d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, &row.from, &row.to, &row.unit, &row.personal),
        ==, 4);
    g_array_append_val (spans, row);
  }
}

typedef struct {
  const char *what;
  QcPersonStatus status;
  QcMonth opened;
  const char *bases, *spans; /* NULL bases: nothing is known of the past */
  QcMonth pending_from, pending_to;
  const char *reason, *text, *from, *to, *base;
  gint32 months;
  QcMoney fen; /* either part */
  const char *codes;
} Row;

#define B5000 "202001 500000"
#define B6000 "202001 500000;202607 600000"

static const Row rows[] = {
    /* base × ratio × policy of each month, the end months included */
    {"one-missed-month", 1, 202001, B5000, "", 0, 0, MISSED, NULL, "202604", "202604", NULL, 1, 60000, ""},
    {"ratio-moves-in-between", 1, 202001, B5000, "", 0, 0, MISSED, NULL, "2026-03", "202604", NULL, 2, 110000, ""},
    {"base-moves-in-between", 1, 202001, B6000, "", 0, 0, MISSED, NULL, "202606", "202607", NULL, 2, 132000, ""},
    {"sealed-accounts-too", 2, 202001, B5000, "", 0, 0, MISSED, NULL, "202604", "202605", NULL, 2, 120000, ""},
    {"base-that-is-meant", 1, 202001, B5000, "", 0, 0, MISSED, NULL, "202604", "202605", "4,000", 2, 96000, ""},
    {"other-accounts-are-not", 6, 202001, B5000, "", 0, 0, MISSED, NULL, "202604", "202604", NULL, 1, 60000,
     "back-payment.status"},
    {"closed-accounts-are-not", 5, 202001, B5000, "", 0, 0, MISSED, NULL, "202604", "202604", NULL, 1, 60000,
     "back-payment.status"},
    /* the months */
    {"up-to-what-is-remitted", 1, 202001, B5000, "", 0, 0, MISSED, NULL, "202609", "202609", NULL, 1, 60000, ""},
    {"later-belongs-to-remittance", 1, 202001, B5000, "", 0, 0, MISSED, NULL, "202609", "202610", NULL, 1, 60000,
     "back-payment.later"},
    {"all-of-it-later", 1, 202001, B5000, "", 0, 0, MISSED, NULL, "202610", "202610", NULL, 0, 0, "back-payment.later"},
    {"from-the-unit's-first", 1, 202001, B5000, "", 0, 0, MISSED, NULL, "202001", "202001", NULL, 1, 50000, ""},
    {"before-the-unit's-first", 1, 202001, B5000, "", 0, 0, MISSED, NULL, "201912", "202001", "5000", 1, 50000,
     "back-payment.before-unit back-payment.no-terms"},
    {"from-the-opening", 1, 202605, "202605 500000", "", 0, 0, MISSED, NULL, "202605", "202605", NULL, 1, 60000, ""},
    {"opened-late", 1, 202605, "202605 500000", "", 0, 0, MISSED, NULL, "202604", "202605", "5000", 2, 120000,
     "back-payment.before-opened"},
    {"opened-late-without-a-base", 1, 202605, "202605 500000", "", 0, 0, MISSED, NULL, "202604", "202605", NULL, 1,
     60000, "back-payment.before-opened back-payment.no-base"},
    {"end-before-start", 1, 202001, B5000, "", 0, 0, MISSED, NULL, "202605", "202604", NULL, 0, 0,
     "back-payment.end-before-start"},
    {"a-wrong-century", 1, 202001, B5000, "", 0, 0, MISSED, NULL, "192605", "202605", NULL, 0, 0,
     "back-payment.too-many-months"},
    {"start-missing", 1, 202001, B5000, "", 0, 0, MISSED, NULL, NULL, "202605", NULL, 0, 0, "roster.missing"},
    {"end-missing", 1, 202001, B5000, "", 0, 0, MISSED, NULL, "202605", NULL, NULL, 0, 0, "roster.missing"},
    {"no-month", 1, 202001, B5000, "", 0, 0, MISSED, NULL, "去年", "202605", NULL, 0, 0, "roster.unreadable"},
    {"twelve-months", 1, 202001, B5000, "", 0, 0, MISSED, NULL, "202504", "202603", NULL, 12, 600000, ""},
    {"more-than-twelve-months", 1, 202001, B5000, "", 0, 0, MISSED, NULL, "202503", "202603", NULL, 13, 650000,
     "back-payment.many-months"},
    /* why */
    {"no-reason", 1, 202001, B5000, "", 0, 0, NULL, NULL, "202604", "202604", NULL, 1, 60000, "roster.reason-missing"},
    {"unknown-reason", 1, 202001, B5000, "", 0, 0, "77", NULL, "202604", "202604", NULL, 1, 60000, "roster.unreadable"},
    {"other-without-words", 1, 202001, B5000, "", 0, 0, OTHER, NULL, "202604", "202604", NULL, 1, 60000,
     "roster.reason-text-missing"},
    {"other-with-words", 1, 202001, B5000, "", 0, 0, OTHER, "借调期间", "202604", "202604", NULL, 1, 60000, ""},
    /* 全额汇缴 is not paid again; a difference after a change is */
    {"paid-in-full", 1, 202001, B5000, "202604-202605 60000 60000", 0, 0, MISSED, NULL, "202604", "202604", NULL, 0, 0,
     "back-payment.paid-in-full"},
    {"one-of-two-paid-in-full", 1, 202001, B5000, "202604-202604 60000 60000", 0, 0, MISSED, NULL, "202604", "202605",
     NULL, 1, 60000, "back-payment.paid-in-full"},
    {"each-paid-month-is-said", 1, 202001, B5000, "202604-202605 60000 60000", 0, 0, MISSED, NULL, "202604", "202605",
     NULL, 0, 0, "back-payment.paid-in-full back-payment.paid-in-full"},
    {"paid-in-full-twice-over", 1, 202001, B5000, "202604-202604 40000 40000;202604-202604 20000 20000", 0, 0, MISSED,
     NULL, "202604", "202604", NULL, 0, 0, "back-payment.paid-in-full"},
    {"paid-by-more-than-due", 1, 202001, B5000, "202604-202604 60001 60000", 0, 0, DIFFERENCE, NULL, "202604", "202604",
     NULL, 0, 0, "back-payment.paid-in-full"},
    {"meaning-more-opens-nothing", 1, 202001, B5000, "202604-202604 60000 60000", 0, 0, MISSED, NULL, "202604",
     "202604", "9000", 0, 0, "back-payment.paid-in-full"},
    {"the-month-beside-it", 1, 202001, B5000, "202604-202604 60000 60000", 0, 0, MISSED, NULL, "202605", "202605", NULL,
     1, 60000, ""},
    {"difference-after-a-new-base", 1, 202001, B6000, "202607-202609 60000 60000", 0, 0, DIFFERENCE, NULL, "202607",
     "202609", NULL, 3, 36000, ""},
    {"difference-after-a-new-ratio", 1, 202001, B5000, "202604-202604 50000 50000", 0, 0, DIFFERENCE, NULL, "202604",
     "202604", NULL, 1, 10000, ""},
    {"short-by-a-fen", 1, 202001, B5000, "202604-202604 59999 59999", 0, 0, DIFFERENCE, NULL, "202604", "202604", NULL,
     1, 1, ""},
    {"difference-paid-already", 1, 202001, B6000, "202607-202607 60000 60000;202607-202607 12000 12000", 0, 0,
     DIFFERENCE, NULL, "202607", "202607", NULL, 0, 0, "back-payment.paid-in-full"},
    {"difference-with-a-base", 1, 202001, B6000, "202607-202607 60000 60000", 0, 0, DIFFERENCE, NULL, "202607",
     "202607", "7000", 1, 12000, "roster.not-here"},
    {"difference-to-nothing", 1, 202001, B5000, "", 0, 0, DIFFERENCE, NULL, "202604", "202604", NULL, 1, 60000,
     "back-payment.nothing-paid"},
    {"missed-but-partly-paid", 1, 202001, B6000, "202607-202607 60000 60000", 0, 0, MISSED, NULL, "202607", "202607",
     NULL, 1, 12000, "back-payment.partly-paid"},
    /* the base meant stands within the limits of each month */
    {"base-at-the-floor", 1, 202001, B5000, "", 0, 0, MISSED, NULL, "202606", "202606", "2080", 1, 25000, ""},
    {"base-below-the-floor", 1, 202001, B5000, "", 0, 0, MISSED, NULL, "202606", "202606", "2079.99", 1, 25000,
     "base.below-floor"},
    {"floor-of-a-later-month", 1, 202001, B5000, "", 0, 0, MISSED, NULL, "202606", "202608", "2080", 3, 75000,
     "base.below-floor"},
    {"base-at-the-cap", 1, 202001, B5000, "", 0, 0, MISSED, NULL, "202604", "202604", "30000", 1, 360000, ""},
    {"base-above-the-cap", 1, 202001, B5000, "", 0, 0, MISSED, NULL, "202604", "202604", "30000.01", 1, 360000,
     "base.above-cap"},
    {"no-base-known", 1, 202001, "", "", 0, 0, MISSED, NULL, "202604", "202604", NULL, 0, 0, "back-payment.no-base"},
    {"no-base-known-but-meant", 1, 202001, "", "", 0, 0, MISSED, NULL, "202604", "202604", "5000", 1, 60000, ""},
    {"nothing-known", 1, 202001, NULL, "", 0, 0, MISSED, NULL, "202604", "202604", NULL, 0, 0,
     "back-payment.unknown-past"},
    /* another one that is not finished */
    {"in-flight", 1, 202001, B5000, "", 202604, 202605, MISSED, NULL, "202605", "202606", NULL, 2, 120000,
     "back-payment.in-flight"},
    {"in-flight-just-before", 1, 202001, B5000, "", 202604, 202605, MISSED, NULL, "202606", "202606", NULL, 1, 60000,
     ""},
    {"in-flight-just-behind", 1, 202001, B5000, "", 202606, 202606, MISSED, NULL, "202604", "202605", NULL, 2, 120000,
     ""},
};

static QcRosterLine *
new_line (Case *c, const Row *row, QcEmployee *person)
{
  *person = (QcEmployee) {
      .account = (char *)"2311", .name = (char *)"张三", .status = row->status, .opened = row->opened, .base = 500000};
  if (row->bases != NULL) {
    QcPersonHistory *history = qc_person_history_new ();
    parse_bases (history->bases, row->bases);
    parse_spans (history->spans, row->spans);
    if (row->pending_from != 0)
      qc_person_history_add_pending (history, "HB1", row->pending_from, row->pending_to);
    g_hash_table_insert (c->histories, person->account, history);
  }
  QcRosterLine *line = qc_rules_roster_new_line (QC_BUSINESS_BACK_PAYMENT, &c->facts, person);
  const struct {
    QcLineFieldId field;
    const char *text;
  } cells[] = {{QC_LINE_REASON, row->reason},
               {QC_LINE_REASON_TEXT, row->text},
               {QC_LINE_FROM, row->from},
               {QC_LINE_TO, row->to},
               {QC_LINE_NEW_BASE, row->base}};
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    if (cells[i].text != NULL)
      qc_line_enter (line, cells[i].field, cells[i].text, c->codes,
                     qc_rules_roster_code_list (QC_BUSINESS_BACK_PAYMENT, line, cells[i].field));
  qc_rules_roster_complete (QC_BUSINESS_BACK_PAYMENT, &c->facts, line);
  line->id = 7;
  return line;
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

static void
test_row (Case *c, gconstpointer data)
{
  const Row *row = data;
  QcEmployee person;
  g_autoptr (QcRosterLine) line = new_line (c, row, &person);
  g_assert_cmpint (line->months, ==, row->months);
  g_assert_cmpint (line->unit_fen, ==, row->fen);
  g_assert_cmpint (line->personal_fen, ==, row->fen);
  g_autoptr (GPtrArray) out = qc_findings_new ();
  qc_rules_roster_check_line (QC_BUSINESS_BACK_PAYMENT, &c->facts, line, out);
  assert_codes (out, row->codes);
  for (guint i = 0; i < out->len; i++) {
    QcFinding *finding = out->pdata[i];
    g_autofree char *sentence = qc_finding_dup_sentence (finding);
    g_assert_null (strchr (sentence, '{'));
    g_assert_cmpint (finding->line, ==, 7);
    g_assert_cmpstr (finding->person, ==, "2311");
    g_assert_nonnull (qc_line_field_find (finding->field));
  }
  g_autoptr (GPtrArray) compared = qc_findings_new ();
  qc_rules_roster_compare (QC_BUSINESS_BACK_PAYMENT, &c->facts, line, &person, compared);
  assert_codes (compared, "");
  g_autoptr (QcFinding) refused = qc_roster_rules (QC_BUSINESS_BACK_PAYMENT)->refuse (&c->facts, &person);
  g_assert_cmpint (refused != NULL, ==, row->status > 2);
}

/* What was paid meanwhile is another amount than she saw. */
static void
test_compare (Case *c, gconstpointer data)
{
  const Row row = {"",   1, 202001, B6000, "202607-202607 60000 60000", 0, 0, DIFFERENCE, NULL, "202607", "202607",
                   NULL, 1, 12000,  ""};
  QcEmployee person;
  g_autoptr (QcRosterLine) line = new_line (c, &row, &person);
  QcPersonHistory *history = g_hash_table_lookup (c->histories, "2311");
  parse_spans (history->spans, "202607-202607 2000 2000");
  g_autoptr (GPtrArray) out = qc_findings_new ();
  qc_rules_roster_compare (QC_BUSINESS_BACK_PAYMENT, &c->facts, line, &person, out);
  assert_codes (out, "roster.person-changed");
}

/* The finding says what was paid, by which base, in which month. */
static void
test_paid_is_said (Case *c, gconstpointer data)
{
  const Row row
      = {"", 1, 202001, B5000, "202604-202605 60000 60000", 0, 0, MISSED, NULL, "202604", "202605", NULL, 0, 0, ""};
  QcEmployee person;
  g_autoptr (QcRosterLine) line = new_line (c, &row, &person);
  g_autoptr (GPtrArray) out = qc_findings_new ();
  qc_rules_roster_check_line (QC_BUSINESS_BACK_PAYMENT, &c->facts, line, out);
  g_assert_cmpuint (out->len, ==, 2);
  for (guint i = 0; i < 2; i++) {
    const QcFinding *finding = out->pdata[i];
    g_assert_cmpint (finding->month, ==, 202604 + (int)i);
    g_assert_cmpstr (qc_finding_get_arg (finding, "paid", NULL), ==, "120000");
    g_assert_cmpstr (qc_finding_get_arg (finding, "base", NULL), ==, "500000");
    g_assert_cmpstr (qc_finding_get_arg (finding, "month", NULL), ==, i == 0 ? "2026-04" : "2026-05");
  }
}

/* Decision 22: several lines of one person, but no month twice. */
static void
test_overlap (Case *c, gconstpointer data)
{
  static const struct {
    QcMonth from, to, other_from, other_to;
    QcMonth both;
  } cases[] = {
      {202601, 202603, 202604, 202605, 0},
      {202604, 202605, 202601, 202603, 0},
      {202601, 202604, 202604, 202605, 202604},
      {202604, 202605, 202601, 202604, 202604},
      {202601, 202609, 202603, 202604, 202603},
      {202603, 202604, 202601, 202609, 202603},
      {0, 0, 202601, 202609, 0},
      {202605, 202601, 202601, 202609, 0},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (QcRoster) roster = qc_roster_new ();
    for (guint j = 0; j < 2; j++) {
      QcRosterLine *line = qc_roster_line_new ();
      line->account = g_strdup ("2311");
      line->from = j == 0 ? cases[i].from : cases[i].other_from;
      line->to = j == 0 ? cases[i].to : cases[i].other_to;
      qc_roster_take (roster, -1, line);
    }
    g_autoptr (GPtrArray) out = qc_findings_new ();
    qc_rules_roster_check_whole (QC_BUSINESS_BACK_PAYMENT, &c->facts, roster, 0, out);
    assert_codes (out, cases[i].both != 0 ? "back-payment.overlap" : "");
    if (cases[i].both != 0) {
      g_assert_cmpint (((QcFinding *)out->pdata[0])->line, ==, 2);
      g_assert_cmpint (((QcFinding *)out->pdata[0])->month, ==, cases[i].both);
    }
  }
}

/* Guide item 1: the way money moves. */
static void
test_method (Case *c, gconstpointer data)
{
  static const struct {
    gboolean agreement;
    QcMethod method;
    const char *codes;
  } cases[] = {
      {FALSE, QC_METHOD_TRANSFER, ""},
      {TRUE, QC_METHOD_COLLECTION, ""},
      {FALSE, QC_METHOD_COLLECTION, "remittance.agreement-missing"},
      {TRUE, QC_METHOD_TRANSFER, "remittance.agreement-exists"},
      {FALSE, QC_METHOD_NONE, "remittance.no-method"},
      {TRUE, QC_METHOD_NONE, "remittance.no-method"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_clear_pointer (&c->unit->agreement_account, g_free);
    c->unit->agreement_account = cases[i].agreement ? g_strdup ("900100") : NULL;
    g_autoptr (GPtrArray) out = qc_findings_new ();
    qc_rules_remittance_check_method (out, c->unit, cases[i].method);
    assert_codes (out, cases[i].codes);
  }
}

/* An unfinished 汇缴 does not block it; its months are not remitted yet. A unit that never remitted has none. */
static void
test_unit (Case *c, gconstpointer data)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_application_free);
  QcApplication *remittance = qc_application_new ();
  remittance->serial = g_strdup ("HJ1");
  remittance->business = QC_BUSINESS_REMITTANCE;
  remittance->state = QC_STATE_REGISTERED;
  g_ptr_array_add (open, remittance);
  c->facts.open = open;
  QcEmployee person;
  g_autoptr (QcRosterLine) line = new_line (c, &rows[0], &person);
  g_autoptr (QcRoster) roster = qc_roster_new ();
  qc_roster_take (roster, -1, qc_roster_line_copy (line));
  g_autoptr (GPtrArray) out = qc_findings_new ();
  qc_rules_roster_check_whole (QC_BUSINESS_BACK_PAYMENT, &c->facts, roster, 0, out);
  assert_codes (out, "");
  c->unit->status = QC_UNIT_SEALED;
  qc_rules_roster_check_whole (QC_BUSINESS_BACK_PAYMENT, &c->facts, roster, 0, out);
  assert_codes (out, "roster.unit-status");
  g_ptr_array_set_size (out, 0);
  c->unit->paid_to = QC_MONTH_NONE;
  qc_rules_roster_check_line (QC_BUSINESS_BACK_PAYMENT, &c->facts, line, out);
  assert_codes (out, "back-payment.never-remitted");
}

/* Nobody pays more than can be paid, in a line or in all. */
static void
test_overflow (Case *c, gconstpointer data)
{
  g_array_index (c->policies, QcPolicy, 0).base_cap = g_array_index (c->policies, QcPolicy, 1).base_cap = 0;
  const Row row = {"", 1, 202001, "202001 99999999999999", "", 0, 0, MISSED, NULL, "202004", "202609", NULL, 0, 0, ""};
  QcEmployee person;
  g_autoptr (QcRosterLine) line = new_line (c, &row, &person);
  g_assert_cmpint (line->unit_fen, ==, QC_MONEY_MAX);
  g_autoptr (GPtrArray) out = qc_findings_new ();
  qc_rules_roster_check_line (QC_BUSINESS_BACK_PAYMENT, &c->facts, line, out);
  assert_codes (out, "remittance.overflow back-payment.many-months");
  g_autoptr (QcRoster) roster = qc_roster_new ();
  for (guint i = 0; i < 2; i++) {
    QcRosterLine *half = qc_roster_line_copy (line);
    half->id = 0;
    half->from = half->to = 202001 + (int)i;
    half->personal_fen = 0;
    qc_roster_take (roster, -1, half);
  }
  g_ptr_array_set_size (out, 0);
  qc_rules_roster_check_whole (QC_BUSINESS_BACK_PAYMENT, &c->facts, roster, 0, out);
  assert_codes (out, "remittance.overflow");
}

/* No more months than a voucher has lines. */
static void
test_wide (Case *c, gconstpointer data)
{
  for (int months = 120; months <= 121; months++) {
    g_autoptr (QcRoster) roster = qc_roster_new ();
    for (int i = 0; i < 2; i++) {
      QcRosterLine *line = qc_roster_line_new ();
      line->account = g_strdup_printf ("%d", i);
      line->from = line->to = qc_month_add (201001, i * (months - 1));
      qc_roster_take (roster, -1, line);
    }
    g_autoptr (GPtrArray) out = qc_findings_new ();
    qc_rules_roster_check_whole (QC_BUSINESS_BACK_PAYMENT, &c->facts, roster, 0, out);
    assert_codes (out, months == 120 ? "" : "back-payment.too-wide");
  }
}

/* Domain notes 2.4: base, ratio, and each part by every way of rounding. */
static void
test_vectors (Case *c, gconstpointer data)
{
  static const struct {
    QcMoney base;
    QcRatio ratio;
    QcMoney fen, jiao, yuan, up_fen, up_yuan, down_yuan;
  } vectors[] = {
      {3730200, 700, 261114, 261110, 261100, 261114, 261200, 261100},
      {269000, 700, 18830, 18830, 18800, 18830, 18900, 18800},
      {1951200, 700, 136584, 136580, 136600, 136584, 136600, 136500},
      {333300, 1200, 39996, 40000, 40000, 39996, 40000, 39900},
      {456789, 800, 36543, 36540, 36500, 36544, 36600, 36500},
      {500000, 1200, 60000, 60000, 60000, 60000, 60000, 60000},
      {416667, 1200, 50000, 50000, 50000, 50001, 50100, 50000},
      {499995, 500, 25000, 25000, 25000, 25000, 25000, 24900},
      {888888, 1150, 102222, 102220, 102200, 102223, 102300, 102200},
      {185000, 500, 9250, 9250, 9300, 9250, 9300, 9200},
      {501000, 500, 25050, 25050, 25100, 25050, 25100, 25000},
      {501250, 1200, 60150, 60150, 60200, 60150, 60200, 60100},
      {1234567, 1100, 135802, 135800, 135800, 135803, 135900, 135800},
  };
  static const QcRounding modes[] = {QC_ROUNDING_HALF_UP_FEN,  QC_ROUNDING_HALF_UP_JIAO, QC_ROUNDING_HALF_UP_YUAN,
                                     QC_ROUNDING_LI_UP_TO_FEN, QC_ROUNDING_UP_TO_YUAN,   QC_ROUNDING_DROP_JIAO};
  g_array_set_size (c->policies, 1);
  g_array_set_size (c->ratios, 1);
  QcPolicy *policy = &g_array_index (c->policies, QcPolicy, 0);
  QcPersonHistory *history = qc_person_history_new ();
  g_hash_table_insert (c->histories, (char *)"2311", history);
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    const QcMoney expected[] = {vectors[i].fen,    vectors[i].jiao,    vectors[i].yuan,
                                vectors[i].up_fen, vectors[i].up_yuan, vectors[i].down_yuan};
    QcBaseChange base = {.from = 202001, .base = vectors[i].base};
    g_array_set_size (history->bases, 0);
    g_array_append_val (history->bases, base);
    g_array_index (c->ratios, QcRatios, 0) = (QcRatios) {.from = 202001, .unit = vectors[i].ratio, .personal = 500};
    for (guint m = 0; m < G_N_ELEMENTS (modes); m++) {
      policy->unit_rounding = modes[m];
      policy->personal_rounding = QC_ROUNDING_HALF_UP_FEN; /* each side by itself */
      QcRosterLine line = {.account = (char *)"2311", .reason = (char *)MISSED, .from = 202604, .to = 202606};
      qc_rules_roster_complete (QC_BUSINESS_BACK_PAYMENT, &c->facts, &line);
      g_assert_cmpint (line.unit_fen, ==, 3 * expected[m]);
      g_assert_cmpint (line.personal_fen, ==, 3 * qc_money_portion (vectors[i].base, 500, QC_ROUNDING_HALF_UP_FEN));
    }
  }
}

/* Domain notes 2.5: the three people, missed for two months in a row. */
static void
test_worked (Case *c, gconstpointer data)
{
  static const struct {
    const char *account, *bases;
    QcMoney fen; /* either part */
  } people[]
      = {{"A", "202001 500000", 120000}, {"B", "202001 625050;202608 700000", 159000}, {"C", "202001 333300", 80000}};
  QcMoney total = 0;
  for (guint i = 0; i < G_N_ELEMENTS (people); i++) {
    QcPersonHistory *history = qc_person_history_new ();
    parse_bases (history->bases, people[i].bases);
    g_hash_table_insert (c->histories, (char *)people[i].account, history);
    QcRosterLine line = {.account = (char *)people[i].account, .reason = (char *)MISSED, .from = 202607, .to = 202608};
    qc_rules_roster_complete (QC_BUSINESS_BACK_PAYMENT, &c->facts, &line);
    g_assert_cmpint (line.unit_fen, ==, people[i].fen);
    g_assert_cmpint (line.personal_fen, ==, people[i].fen);
    total += qc_roster_line_fen (&line);
  }
  g_assert_cmpint (total, ==, 718000);
}

/* Opened month by month: what is due, what is paid, what is left. */
static void
test_months (Case *c, gconstpointer data)
{
  const Row row = {"",   1, 202001, B6000, "202607-202608 60000 60000", 0, 0, DIFFERENCE, NULL, "202606", "202611",
                   NULL, 2, 24000,  ""};
  QcEmployee person;
  g_autoptr (QcRosterLine) line = new_line (c, &row, &person);
  g_autoptr (GArray) months = qc_back_payment_months (&c->facts, qc_back_payment_history (&c->facts, line), line);
  static const QcBackMonth expected[] = {
      {202606, 500000, 60000, 60000, 0, 0, 60000, 60000, QC_BACK_OWED},
      {202607, 600000, 72000, 72000, 60000, 60000, 12000, 12000, QC_BACK_OWED},
      {202608, 600000, 72000, 72000, 60000, 60000, 12000, 12000, QC_BACK_OWED},
      {202609, 600000, 72000, 72000, 0, 0, 72000, 72000, QC_BACK_OWED},
      {202610, 600000, 0, 0, 0, 0, 0, 0, QC_BACK_LATER},
      {202611, 600000, 0, 0, 0, 0, 0, 0, QC_BACK_LATER},
  };
  g_assert_cmpuint (months->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < months->len; i++) {
    const QcBackMonth *month = &g_array_index (months, QcBackMonth, i);
    g_assert_cmpint (month->month, ==, expected[i].month);
    g_assert_cmpint (month->base, ==, expected[i].base);
    g_assert_cmpint (month->due_unit, ==, expected[i].due_unit);
    g_assert_cmpint (month->paid_personal, ==, expected[i].paid_personal);
    g_assert_cmpint (month->unit, ==, expected[i].unit);
    g_assert_cmpint (month->personal, ==, expected[i].personal);
    g_assert_cmpint (month->state, ==, expected[i].state);
  }
}

/* Who came from another unit is not paid for by this one before. */
static void
test_other_unit (Case *c, gconstpointer data)
{
  const Row row = {.status = 1,
                   .opened = 202605,
                   .bases = "202001 500000",
                   .spans = "",
                   .reason = MISSED,
                   .from = "202604",
                   .to = "202605"};
  QcEmployee person;
  g_autoptr (QcRosterLine) line = new_line (c, &row, &person);
  QcPersonHistory *history = g_hash_table_lookup (c->histories, "2311");
  history->elsewhere = TRUE;
  g_autoptr (GPtrArray) out = qc_findings_new ();
  qc_rules_roster_check_line (QC_BUSINESS_BACK_PAYMENT, &c->facts, line, out);
  assert_codes (out, "back-payment.other-unit");
}

/* In two drafts at once, and whom the base is taken of. */
static void
test_elsewhere (Case *c, gconstpointer data)
{
  g_autoptr (GHashTable) elsewhere = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (elsewhere, (char *)"2311", (char *)"封存 202610");
  c->facts.elsewhere = elsewhere;
  QcEmployee person;
  g_autoptr (QcRosterLine) line = new_line (c, &rows[0], &person);
  g_autoptr (GPtrArray) out = qc_findings_new ();
  qc_rules_roster_check_line (QC_BUSINESS_BACK_PAYMENT, &c->facts, line, out);
  assert_codes (out, "roster.other-draft");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/back-payment/row/", rows[i].what, NULL);
    g_test_add (path, Case, &rows[i], set_up, test_row, tear_down);
  }
#define ADD(name, function) g_test_add ("/back-payment/" name, Case, NULL, set_up, function, tear_down)
  ADD ("compare", test_compare);
  ADD ("paid-is-said", test_paid_is_said);
  ADD ("overlap", test_overlap);
  ADD ("method", test_method);
  ADD ("unit", test_unit);
  ADD ("overflow", test_overflow);
  ADD ("wide", test_wide);
  ADD ("vectors", test_vectors);
  ADD ("worked", test_worked);
  ADD ("months", test_months);
  ADD ("other-unit", test_other_unit);
  ADD ("elsewhere", test_elsewhere);
  return g_test_run ();
}
