/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Who could be back-paid: each kind as rows, and, for whatever histories, the same months and amounts that the business
 * itself finds owed; a hundred thousand people with ten years.
 */
#include "qc-back-finder.h"
#include "qc-contribution.h"
#include "qc-month.h"

#include <stdio.h>
#include <string.h>

/* A unit paid up to 202609 since 202001; 10 % until 202603, then 12 %. */
typedef struct {
  QcUnit *unit;
  GArray *policies, *ratios;
  GPtrArray *codes;
  GHashTable *histories;
  QcRosterFacts facts;
} Case;

static void
add_code (Case *c, const char *code, gboolean needs_text, gboolean difference)
{
  QcCode *entry = g_new0 (QcCode, 1);
  entry->list = g_strdup ("back-payment-reason");
  entry->code = g_strdup (code);
  entry->label = g_strdup (code);
  entry->needs_text = needs_text;
  entry->difference = difference;
  g_ptr_array_add (c->codes, entry);
}

static void
set_up (Case *c, gconstpointer data)
{
  QcPolicy policy
      = {.from = 202001, .unit_rounding = QC_ROUNDING_HALF_UP_YUAN, .personal_rounding = QC_ROUNDING_HALF_UP_YUAN};
  QcRatios early = {.from = 202001, .unit = 1000, .personal = 1000};
  QcRatios late = {.from = 202604, .unit = 1200, .personal = 1200};
  c->unit = qc_unit_new ();
  c->unit->first_month = 202001;
  c->unit->paid_to = 202609;
  c->policies = g_array_new (FALSE, FALSE, sizeof (QcPolicy));
  c->ratios = g_array_new (FALSE, FALSE, sizeof (QcRatios));
  g_array_append_val (c->policies, policy);
  g_array_append_val (c->ratios, early);
  g_array_append_val (c->ratios, late);
  c->codes = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_code_free);
  add_code (c, "01", FALSE, FALSE);
  add_code (c, "02", FALSE, TRUE);
  add_code (c, "99", TRUE, FALSE);
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

typedef struct {
  const char *what;
  QcPersonStatus status;
  QcMonth opened, status_from;
  const char *bases, *spans;
  QcMonth since, pending;
  QcDate birth;
  const char *found;
} Row;

#define B5000 "202001 500000"

static const Row rows[] = {
    {"all-paid", 1, 202001, 202001, B5000, "202001-202603 50000;202604-202609 60000", 0, 0, 0, ""},
    {"missed-in-between", 1, 202001, 202001, B5000, "202001-202603 50000;202604-202605 60000;202608-202609 60000", 0, 0,
     0, "0:202606-202607:60000x2"},
    {"missed-at-the-end", 1, 202001, 202001, B5000, "202001-202603 50000;202604-202608 60000", 0, 0, 0,
     "0:202609-202609:60000x1"},
    {"since-a-month", 1, 202001, 202001, B5000, "202606-202609 60000", 202605, 0, 0, "0:202605-202605:60000x1"},
    {"opened-late", 1, 202605, 202605, "202605 500000", "202605-202609 60000", 0, 0, 0,
     "1:202604-202604:60000x1:500000"},
    {"unsealed-late", 1, 202601, 202608, B5000, "202601-202603 50000;202604-202605 60000;202608-202609 60000", 202601,
     0, 0, "2:202606-202607:60000x2"},
    {"short-after-a-new-base", 1, 202001, 202001, "202001 500000;202608 600000",
     "202001-202603 50000;202604-202609 60000", 0, 0, 0, "3:202608-202609:12000x2"},
    {"short-after-a-new-ratio", 1, 202001, 202001, B5000, "202001-202609 50000", 0, 0, 0, "3:202604-202609:10000x6"},
    {"short-and-missed", 1, 202001, 202001, B5000, "202001-202603 50000;202604-202608 50000", 0, 0, 0,
     "3:202604-202608:10000x5 0:202609-202609:60000x1"},
    {"paid-by-two", 1, 202001, 202001, B5000, "202001-202603 50000;202604-202609 50000;202604-202609 10000", 0, 0, 0,
     ""},
    {"sealed-since", 2, 202001, 202606, B5000, "202001-202603 50000;202604-202605 60000", 0, 0, 0, ""},
    {"sealed-and-missed-before", 2, 202001, 202606, B5000, "202001-202603 50000;202604-202604 60000", 0, 0, 0,
     "0:202605-202605:60000x1"},
    {"frozen", 6, 202001, 202001, B5000, "", 0, 0, 0, ""},
    {"under-way", 1, 202001, 202001, B5000, "202001-202603 50000;202604-202608 60000", 0, 202609, 0, ""},
    {"retired", 1, 202001, 202001, B5000, "202001-202412 50000", 0, 0, 19640615, ""},
    {"since-the-last-month", 1, 202001, 202001, B5000, "", 202609, 0, 0, "0:202609-202609:60000x1"},
    {"since-the-next-month", 1, 202001, 202001, B5000, "", 202610, 0, 0, ""},
    {"apart", 1, 202001, 202001, B5000, "202606-202606 60000;202608-202609 60000", 202605, 0, 0,
     "0:202605-202605:60000x1 0:202607-202607:60000x1"},
    {"unsealed-late-and-missed", 1, 202001, 202607, B5000, "202609-202609 60000", 202606, 0, 0,
     "2:202606-202606:60000x1 0:202607-202608:60000x2"},
    {"before-the-first-base", 1, 202001, 202001, "202607 500000", "202608-202609 60000", 202606, 0, 0,
     "0:202606-202606:60000x1:500000 0:202607-202607:60000x1"},
    {"under-way-in-between", 1, 202001, 202001, B5000, "", 202607, 202608, 0,
     "0:202607-202607:60000x1 0:202609-202609:60000x1"},
    {"sealed-this-month", 2, 202001, 202609, B5000, "", 202608, 0, 0, "0:202608-202608:60000x1"},
    {"short-by-one-fen", 1, 202001, 202001, B5000, "202608-202608 59999;202609-202609 60001", 202608, 0, 0,
     "3:202608-202608:1x1"},
    {"a-base-of-nothing", 1, 202001, 202001, "202001 0", "", 0, 0, 0, ""},
    {"a-base-too-late", 1, 202001, 202001, "202609 500000;202610 600000", "202609-202609 60000", 202609, 0, 0, ""},
    {"paid-beyond-both-ends", 1, 202001, 202001, B5000, "201901-202712 60000", 0, 0, 0, ""},
    {"no-base-at-all", 1, 202001, 202001, "", "", 0, 0, 0, ""},
};

static QcPersonHistory *
new_history (const Row *row)
{
  QcPersonHistory *history = qc_person_history_new ();
  g_auto (GStrv) bases = g_strsplit (row->bases, ";", -1);
  for (guint i = 0; bases[i] != NULL && *bases[i] != '\0'; i++) {
    QcBaseChange base = {0};
    g_assert_cmpint (sscanf (bases[i], "%d %" G_GINT64_FORMAT, &base.from, &base.base), ==, 2);
    g_array_append_val (history->bases, base);
  }
  g_auto (GStrv) spans = g_strsplit (row->spans, ";", -1);
  for (guint i = 0; spans[i] != NULL && *spans[i] != '\0'; i++) {
    QcPaidSpan span = {0};
    g_assert_cmpint (sscanf (spans[i], "%d-%d %" G_GINT64_FORMAT, &span.from, &span.to, &span.unit), ==, 3);
    span.personal = span.unit;
    g_array_append_val (history->spans, span);
  }
  if (row->pending != 0)
    qc_person_history_add_pending (history, "1", row->pending, row->pending);
  return history;
}

static char *
words_of (const GArray *found)
{
  GString *words = g_string_new (NULL);
  for (guint i = 0; i < found->len; i++) {
    const QcBackFound *f = &g_array_index (found, QcBackFound, i);
    int months = qc_month_diff (f->from, f->to) + 1;
    g_assert_cmpint (f->unit, ==, f->personal);
    g_string_append_printf (words, "%s%d:%d-%d:%" G_GINT64_FORMAT "x%d", i > 0 ? " " : "", f->kind, f->from, f->to,
                            f->unit / months, months);
    if (f->base != 0)
      g_string_append_printf (words, ":%" G_GINT64_FORMAT, f->base);
  }
  return g_string_free (words, FALSE);
}

static void
test_row (Case *c, gconstpointer data)
{
  const Row *row = data;
  QcEmployee person = {.account = (char *)"2311",
                       .name = (char *)"张三",
                       .sex = QC_SEX_MALE,
                       .birth = row->birth,
                       .status = row->status,
                       .opened = row->opened,
                       .status_from = row->status_from};
  QcPersonHistory *history = new_history (row);
  g_hash_table_insert (c->histories, person.account, history);
  g_autoptr (QcBackFinder) finder = qc_back_finder_new (&c->facts, row->since);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (QcBackFound));
  qc_back_finder_look (finder, &person, history, found);
  g_autofree char *words = words_of (found);
  g_assert_cmpstr (words, ==, row->found);
  for (guint i = 0; i < found->len; i++) { /* each can be submitted as it is, and costs what was said */
    const QcBackFound *f = &g_array_index (found, QcBackFound, i);
    g_autoptr (QcRosterLine) line = qc_back_found_new_line (&c->facts, &person, f);
    g_autoptr (GPtrArray) out = qc_findings_new ();
    qc_rules_roster_check_line (QC_BUSINESS_BACK_PAYMENT, &c->facts, line, out);
    g_assert_false (qc_findings_block (out));
    g_assert_cmpint (line->unit_fen, ==, f->unit);
    g_assert_cmpint (line->personal_fen, ==, f->personal);
    g_assert_cmpint (line->months, ==, qc_month_diff (f->from, f->to) + 1);
    g_assert_cmpstr (line->reason, ==, f->kind == QC_BACK_FOUND_SHORT ? "02" : "01");
  }
}

/* Bases and spans at random: runs of months, some paid wrongly, some not at all. */
static QcPersonHistory *
random_history (GRand *rand, const Case *c)
{
  QcPersonHistory *history = qc_person_history_new ();
  for (QcMonth at = 202001; at <= 202609; at = qc_month_add (at, g_rand_int_range (rand, 1, 30))) {
    QcBaseChange base = {at, g_rand_int_range (rand, 2000, 30000) * 100, FALSE};
    g_array_append_val (history->bases, base);
  }
  for (QcMonth at = 202001; at <= 202609;) {
    QcMonth to = qc_month_add (at, g_rand_int_range (rand, 0, 14));
    QcMoney base = qc_base_at ((const QcBaseChange *)history->bases->data, history->bases->len, at);
    QcContribution due = qc_contribution_compute (base, qc_ratios_at (c->ratios, at), qc_policy_at (c->policies, at));
    QcPaidSpan span = {at, to, base, due.unit, due.personal, QC_SPAN_REMITTANCE};
    if (g_rand_int_range (rand, 0, 5) > 0)
      g_array_append_val (history->spans, span);
    at = qc_month_add (to, 1);
  }
  return history;
}

/* Month by month what the business finds owed, from the opening on, and nothing else. */
static void
test_agrees (Case *c, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32)g_test_rand_int ());
  g_autoptr (QcBackFinder) finder = qc_back_finder_new (&c->facts, QC_MONTH_NONE);
  for (int run = 0; run < 500; run++) {
    QcEmployee person = {.account = (char *)"2311", .name = (char *)"张三", .status = 1, .opened = 202001};
    g_autoptr (QcPersonHistory) history = random_history (rand, c);
    g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (QcBackFound));
    qc_back_finder_look (finder, &person, history, found);
    QcRosterLine line = {.account = person.account, .from = 202001, .to = 202609};
    g_autoptr (GArray) months = qc_back_payment_months (&c->facts, history, &line);
    QcMoney owed = 0, said = 0;
    guint n_owed = 0, n_said = 0;
    for (guint i = 0; i < months->len; i++) {
      const QcBackMonth *month = &g_array_index (months, QcBackMonth, i);
      n_owed += month->state == QC_BACK_OWED;
      owed += month->unit + month->personal;
    }
    for (guint i = 0; i < found->len; i++) {
      const QcBackFound *f = &g_array_index (found, QcBackFound, i);
      n_said += (guint)qc_month_diff (f->from, f->to) + 1;
      said += f->unit + f->personal;
    }
    g_assert_cmpint (said, ==, owed);
    g_assert_cmpuint (n_said, ==, n_owed);
  }
}

/* What is known of the unit, of its terms and of the person's years elsewhere. */
static void
test_known (Case *c, gconstpointer data)
{
  static const struct {
    const char *what;
    QcMonth first_month, paid_to;
    gboolean policies, ratios, elsewhere;
    const char *found;
  } cases[] = {
      {"as it is", 202608, 202609, TRUE, TRUE, FALSE, "1:202608-202608:60000x1:500000 0:202609-202609:60000x1"},
      {"elsewhere", 202608, 202609, TRUE, TRUE, TRUE, "0:202609-202609:60000x1"},
      {"one month", 202609, 202609, TRUE, TRUE, FALSE, "0:202609-202609:60000x1"},
      {"never remitted", 202608, 0, TRUE, TRUE, FALSE, ""},
      {"no first month", 0, 202609, TRUE, TRUE, FALSE, ""},
      {"first month to come", 202610, 202609, TRUE, TRUE, FALSE, ""},
      {"no policy", 202608, 202609, FALSE, TRUE, FALSE, ""},
      {"no ratios", 202608, 202609, TRUE, FALSE, FALSE, ""},
  };
  static const Row row = {"", 1, 202609, 202609, "202609 500000", "", 0, 0, 0, ""};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    QcEmployee person = {.account = (char *)"2311", .status = 1, .opened = 202609, .status_from = 202609};
    g_autoptr (QcPersonHistory) history = new_history (&row);
    history->elsewhere = cases[i].elsewhere;
    c->unit->first_month = cases[i].first_month;
    c->unit->paid_to = cases[i].paid_to;
    c->facts.policies = cases[i].policies ? c->policies : NULL;
    c->facts.ratios = cases[i].ratios ? c->ratios : NULL;
    g_autoptr (QcBackFinder) finder = qc_back_finder_new (&c->facts, QC_MONTH_NONE);
    g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (QcBackFound));
    qc_back_finder_look (finder, &person, history, found);
    g_autofree char *words = words_of (found);
    g_test_message ("%s", cases[i].what);
    g_assert_cmpstr (words, ==, cases[i].found);
  }
}

/* As many months back as one line may have, and amounts anew where only the rounding, only the ratio changes. */
static void
test_terms (Case *c, gconstpointer data)
{
  static const Row row = {"", 1, 201001, 201001, "201001 500050", "", 0, 0, 0, ""};
  QcEmployee person = {.account = (char *)"2311", .status = 1, .opened = 201001, .status_from = 201001};
  QcPolicy up = {.from = 202607, .unit_rounding = QC_ROUNDING_UP_TO_YUAN, .personal_rounding = QC_ROUNDING_UP_TO_YUAN};
  g_array_index (c->policies, QcPolicy, 0).from = 201001;
  g_array_index (c->ratios, QcRatios, 0).from = 201001;
  g_array_append_val (c->policies, up);
  c->unit->first_month = 201001;
  g_autoptr (QcPersonHistory) history = new_history (&row);
  g_autoptr (QcBackFinder) finder = qc_back_finder_new (&c->facts, QC_MONTH_NONE);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (QcBackFound));
  qc_back_finder_look (finder, &person, history, found);
  g_assert_cmpuint (found->len, ==, 1);
  const QcBackFound *all = &g_array_index (found, QcBackFound, 0);
  QcMonth first = qc_month_add (202610, -QC_BACK_PAYMENT_MAX_MONTHS);
  g_assert_cmpint (all->from, ==, first);
  g_assert_cmpint (all->to, ==, 202609);
  /* 500.05 until 202603, 600.06 until 202606, then up to 601 */
  g_assert_cmpint (all->unit, ==, 50000 * (qc_month_diff (first, 202603) + 1) + 60000 * 3 + 60100 * 3);
  g_assert_cmpint (all->personal, ==, all->unit);
}

/* The first reason of its kind that needs no words; none where the center has none. */
static void
test_reasons (Case *c, gconstpointer data)
{
  static const struct {
    const char *codes; /* of the list, ! = needs words, − = difference, * = of another list */
    const char *reason, *difference;
  } cases[] = {
      {"01 02- 03 04-", "01", "02"},
      {"01! 02!- 03 04-", "03", "04"},
      {"01* 02*- 03 04-", "03", "04"},
      {"01", "01", NULL},
      {"02-", NULL, "02"},
      {NULL, NULL, NULL},
  };
  QcEmployee person = {.account = (char *)"2311", .status = 1};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_ptr_array_set_size (c->codes, 0);
    g_auto (GStrv) codes = g_strsplit (cases[i].codes != NULL ? cases[i].codes : "", " ", -1);
    for (guint k = 0; codes[k] != NULL; k++) {
      add_code (c, codes[k], strchr (codes[k], '!') != NULL, strchr (codes[k], '-') != NULL);
      QcCode *code = c->codes->pdata[k];
      if (strchr (codes[k], '*') != NULL)
        g_free (code->list), code->list = g_strdup ("seal-reason");
      g_strdelimit (code->code, "!-*", '\0');
    }
    c->facts.codes = cases[i].codes != NULL ? c->codes : NULL;
    QcBackFound missed = {.kind = QC_BACK_FOUND_MISSED, .from = 202609, .to = 202609}, less = missed;
    less.kind = QC_BACK_FOUND_SHORT;
    g_autoptr (QcRosterLine) line = qc_back_found_new_line (&c->facts, &person, &missed);
    g_autoptr (QcRosterLine) other = qc_back_found_new_line (&c->facts, &person, &less);
    g_test_message ("%s", cases[i].codes);
    g_assert_cmpstr (line->reason, ==, cases[i].reason);
    g_assert_cmpstr (other->reason, ==, cases[i].difference);
  }
}

static void
test_many (Case *c, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (QcPersonHistory) history = random_history (rand, c);
  g_autoptr (QcBackFinder) finder = qc_back_finder_new (&c->facts, QC_MONTH_NONE);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (QcBackFound));
  QcEmployee person = {.account = (char *)"2311", .name = (char *)"张三", .status = 1, .opened = 202001};
  gint64 begin = g_get_monotonic_time ();
  for (int i = 0; i < 100000; i++) {
    g_array_set_size (found, 0);
    qc_back_finder_look (finder, &person, history, found);
  }
  g_test_message ("100,000 people in %.0f ms", (double)(g_get_monotonic_time () - begin) / 1000);
  g_assert_cmpuint (found->len, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/back-finder/row/", rows[i].what, NULL);
    g_test_add (path, Case, &rows[i], set_up, test_row, tear_down);
  }
  g_test_add ("/back-finder/agrees", Case, NULL, set_up, test_agrees, tear_down);
  g_test_add ("/back-finder/known", Case, NULL, set_up, test_known, tear_down);
  g_test_add ("/back-finder/terms", Case, NULL, set_up, test_terms, tear_down);
  g_test_add ("/back-finder/reasons", Case, NULL, set_up, test_reasons, tear_down);
  g_test_add ("/back-finder/many", Case, NULL, set_up, test_many, tear_down);
  return g_test_run ();
}
