/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The figures of a remittance: the worked example of domain notes 2.5, who changed and why, who is left out, spans, and
 * totals against a naive recomputation over random people.
 */
#include "qc-month.h"
#include "qc-remittance.h"

typedef struct {
  GArray *policies, *ratios;
  GArray *changes, *left_out, *spans; /* QcRosterChange, QcLeftOut, QcPaidSpan; employees are not kept */
  QcRemittanceSink sink;
} Fixture;

static void
changed_cb (const QcRosterChange *change, gpointer user_data)
{
  Fixture *f = user_data;
  g_array_append_vals (f->changes, change, 1);
}

static void
left_out_cb (const QcLeftOut *left_out, gpointer user_data)
{
  Fixture *f = user_data;
  g_array_append_vals (f->left_out, left_out, 1);
}

static void
span_cb (const QcEmployee *employee, const QcPaidSpan *span, gpointer user_data)
{
  Fixture *f = user_data;
  g_array_append_vals (f->spans, span, 1);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  QcPolicy policy = {
      .from = 202001,
      .unit_rounding = QC_ROUNDING_HALF_UP_YUAN,
      .personal_rounding = QC_ROUNDING_HALF_UP_YUAN,
  };
  QcRatios ratios = {.from = 202001, .unit = 1200, .personal = 1200};
  f->policies = g_array_new (FALSE, TRUE, sizeof (QcPolicy));
  f->ratios = g_array_new (FALSE, TRUE, sizeof (QcRatios));
  g_array_append_val (f->policies, policy);
  g_array_append_val (f->ratios, ratios);
  f->changes = g_array_new (FALSE, TRUE, sizeof (QcRosterChange));
  f->left_out = g_array_new (FALSE, TRUE, sizeof (QcLeftOut));
  f->spans = g_array_new (FALSE, TRUE, sizeof (QcPaidSpan));
  f->sink = (QcRemittanceSink) {changed_cb, left_out_cb, span_cb, f};
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_array_unref (f->policies);
  g_array_unref (f->ratios);
  g_array_unref (f->changes);
  g_array_unref (f->left_out);
  g_array_unref (f->spans);
}

/* Somebody of 36 who has always been here. */
static QcEmployee
person (QcMoney base)
{
  return (QcEmployee) {
      .status = QC_PERSON_NORMAL,
      .status_from = 202001,
      .opened = 202001,
      .paid_to = 202608,
      .sex = QC_SEX_MALE,
      .birth = 19900301,
      .base = base,
  };
}

static const QcContribution p600 = {60000, 60000}, p750 = {75000, 75000}, p400 = {40000, 40000};

static void
assert_line (const QcMonthLine *line, QcMonth month, const gint64 people[4], const gint64 yuan[4])
{
  g_assert_cmpint (line->month, ==, month);
  g_assert_cmpint (line->previous_people, ==, people[0]);
  g_assert_cmpint (line->added_people, ==, people[1]);
  g_assert_cmpint (line->removed_people, ==, people[2]);
  g_assert_cmpint (line->people, ==, people[3]);
  g_assert_cmpint (line->previous_fen, ==, yuan[0] * 100);
  g_assert_cmpint (line->added_fen, ==, yuan[1] * 100);
  g_assert_cmpint (line->removed_fen, ==, yuan[2] * 100);
  g_assert_cmpint (qc_month_line_fen (line), ==, yuan[3] * 100);
  g_assert_true (qc_month_line_is_balanced (line));
}

static const QcMonthLine *
line_at (const QcRemittanceCalc *calc, guint i)
{
  return &g_array_index (qc_remittance_calc_get_lines (calc), QcMonthLine, i);
}

static QcChangeKind
kind_at (const Fixture *f, guint i)
{
  return g_array_index (f->changes, QcRosterChange, i).kind;
}

/* 2.5, first month: three people, nobody before. */
static void
test_first_month (Fixture *f, gconstpointer data)
{
  g_autoptr (QcRemittanceCalc) calc = qc_remittance_calc_new (202609, 202609, f->policies, f->ratios, &f->sink);
  const QcMoney bases[] = {500000, 625050, 333300};
  for (guint i = 0; i < G_N_ELEMENTS (bases); i++) {
    QcEmployee e = person (bases[i]);
    qc_remittance_calc_add (calc, &e, NULL, 0, NULL, 0, FALSE, QC_CHANGE_OTHER);
  }
  assert_line (line_at (calc, 0), 202609, (gint64[]) {0, 3, 0, 3}, (gint64[]) {0, 3500, 0, 3500});
  g_assert_cmpint (line_at (calc, 0)->unit_fen, ==, 175000);
  g_assert_cmpint (line_at (calc, 0)->personal_fen, ==, 175000);
  g_assert_cmpint (qc_remittance_calc_people (calc), ==, 3);
}

/* 2.5, the next two in one go: D opened, C sealed, B's base from 6,250.50 to 7,000. */
static void
test_worked (Fixture *f, gconstpointer data)
{
  g_autoptr (QcRemittanceCalc) calc = qc_remittance_calc_new (202610, 202611, f->policies, f->ratios, &f->sink);
  QcEmployee a = person (500000);
  QcEmployee b = person (700000);
  QcEmployee c = person (333300);
  QcEmployee d = person (456789);
  const QcBaseChange b_bases[] = {{202001, 625050, FALSE}, {202611, 700000, FALSE}};
  c.status = QC_PERSON_SEALED;
  c.status_from = 202610;
  d.opened = d.status_from = 202610;
  d.paid_to = QC_MONTH_NONE;
  qc_remittance_calc_add (calc, &a, NULL, 0, &p600, 500000, FALSE, QC_CHANGE_OTHER);
  qc_remittance_calc_add (calc, &b, b_bases, 2, &p750, 625050, FALSE, QC_CHANGE_OTHER);
  qc_remittance_calc_add (calc, &c, NULL, 0, &p400, 333300, FALSE, QC_CHANGE_OTHER);
  qc_remittance_calc_add (calc, &d, NULL, 0, NULL, 0, FALSE, QC_CHANGE_OTHER);
  assert_line (line_at (calc, 0), 202610, (gint64[]) {3, 1, 1, 3}, (gint64[]) {3500, 1096, 800, 3796});
  assert_line (line_at (calc, 1), 202611, (gint64[]) {3, 0, 0, 3}, (gint64[]) {3796, 180, 0, 3976});
  g_assert_cmpint (qc_remittance_calc_total (calc), ==, 777200);
  g_assert_cmpint (qc_remittance_calc_people (calc), ==, 3);
  g_assert_cmpuint (f->changes->len, ==, 3);
  g_assert_cmpint (kind_at (f, 0), ==, QC_CHANGE_BASE);
  g_assert_cmpint (kind_at (f, 1), ==, QC_CHANGE_SEALED);
  g_assert_cmpint (kind_at (f, 2), ==, QC_CHANGE_OPENED);
  /* A and D one span each, B two, C none */
  g_assert_cmpuint (f->spans->len, ==, 4);
  const QcPaidSpan *span = &g_array_index (f->spans, QcPaidSpan, 0);
  g_assert_cmpint (span->from, ==, 202610);
  g_assert_cmpint (span->to, ==, 202611);
  g_assert_cmpint (span->unit, ==, 60000);
}

/* A base that goes down is 减少 of money without people. */
static void
test_base_down (Fixture *f, gconstpointer data)
{
  g_autoptr (QcRemittanceCalc) calc = qc_remittance_calc_new (202610, 202610, f->policies, f->ratios, &f->sink);
  QcEmployee e = person (333300);
  qc_remittance_calc_add (calc, &e, NULL, 0, &p600, 500000, FALSE, QC_CHANGE_OTHER);
  assert_line (line_at (calc, 0), 202610, (gint64[]) {1, 0, 0, 1}, (gint64[]) {1200, 0, 400, 800});
  g_assert_cmpint (kind_at (f, 0), ==, QC_CHANGE_BASE);
}

/* The ratio changes in the second month. */
static void
test_ratio (Fixture *f, gconstpointer data)
{
  QcRatios later = {.from = 202611, .unit = 1000, .personal = 1200};
  g_array_append_val (f->ratios, later);
  g_autoptr (QcRemittanceCalc) calc = qc_remittance_calc_new (202610, 202611, f->policies, f->ratios, &f->sink);
  QcEmployee e = person (500000);
  qc_remittance_calc_add (calc, &e, NULL, 0, &p600, 500000, FALSE, QC_CHANGE_OTHER);
  assert_line (line_at (calc, 1), 202611, (gint64[]) {1, 0, 0, 1}, (gint64[]) {1200, 0, 100, 1100});
  g_assert_cmpuint (f->changes->len, ==, 1);
  g_assert_cmpint (kind_at (f, 0), ==, QC_CHANGE_RATIO);
  g_assert_cmpuint (f->spans->len, ==, 2);
}

typedef struct {
  const char *what;
  QcPersonStatus status;
  QcMonth status_from, opened, paid_to;
  gboolean base_pending, left, had_previous;
  QcChangeKind left_kind;
  int expected; /* kind, or -1 for no change */
  gint64 people;
} KindRow;

static const KindRow kind_rows[] = {
    {"nothing changed", QC_PERSON_NORMAL, 202001, 202001, 202609, FALSE, FALSE, TRUE, 0, -1, 1},
    {"opened in the month", QC_PERSON_NORMAL, 202610, 202610, 0, FALSE, FALSE, FALSE, 0, QC_CHANGE_OPENED, 1},
    {"opened late", QC_PERSON_NORMAL, 202608, 202608, 0, FALSE, FALSE, FALSE, 0, QC_CHANGE_OPENED, 1},
    {"opened for later", QC_PERSON_NORMAL, 202611, 202611, 0, FALSE, FALSE, FALSE, 0, -1, 0},
    {"unsealed", QC_PERSON_NORMAL, 202610, 202001, 202512, FALSE, FALSE, FALSE, 0, QC_CHANGE_UNSEALED, 1},
    {"unsealed late", QC_PERSON_NORMAL, 202609, 202001, 202512, FALSE, FALSE, FALSE, 0, QC_CHANGE_UNSEALED, 1},
    {"transferred in", QC_PERSON_NORMAL, 202610, 202610, 202512, FALSE, FALSE, FALSE, 0, QC_CHANGE_TRANSFERRED_IN, 1},
    {"base pending", QC_PERSON_NORMAL, 202610, 202610, 0, TRUE, FALSE, FALSE, 0, QC_CHANGE_TRANSFERRED_IN, 1},
    {"sealed", QC_PERSON_SEALED, 202610, 202001, 202609, FALSE, FALSE, TRUE, 0, QC_CHANGE_SEALED, 0},
    {"sealed from the next month", QC_PERSON_SEALED, 202611, 202001, 202609, FALSE, FALSE, TRUE, 0, -1, 1},
    {"sealed long ago", QC_PERSON_SEALED, 202501, 202001, 202412, FALSE, FALSE, FALSE, 0, -1, 0},
    {"moved away", QC_PERSON_MOVED_OUT, 202610, 202001, 202609, FALSE, FALSE, TRUE, 0, QC_CHANGE_TRANSFERRED_OUT, 0},
    {"withdrawn", QC_PERSON_WITHDRAWN, 202610, 202001, 202609, FALSE, FALSE, TRUE, 0, QC_CHANGE_CLOSED, 0},
    {"frozen", QC_PERSON_FROZEN, 202610, 202001, 202609, FALSE, FALSE, TRUE, 0, QC_CHANGE_OTHER, 0},
    {"left", QC_PERSON_NORMAL, 202001, 202001, 202609, FALSE, TRUE, TRUE, QC_CHANGE_TRANSFERRED_OUT,
     QC_CHANGE_TRANSFERRED_OUT, 0},
    {"left before", QC_PERSON_NORMAL, 202001, 202001, 202609, FALSE, TRUE, FALSE, QC_CHANGE_TRANSFERRED_OUT, -1, 0},
    {"missed before", QC_PERSON_NORMAL, 202001, 202001, 202608, FALSE, FALSE, FALSE, 0, QC_CHANGE_OTHER, 1},
};

static void
test_kinds (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_rows); i++) {
    const KindRow *row = &kind_rows[i];
    g_autoptr (QcRemittanceCalc) calc = qc_remittance_calc_new (202610, 202610, f->policies, f->ratios, &f->sink);
    QcEmployee e = person (500000);
    e.status = row->status;
    e.status_from = row->status_from;
    e.opened = row->opened;
    e.paid_to = row->paid_to;
    e.base_pending = row->base_pending;
    g_array_set_size (f->changes, 0);
    qc_remittance_calc_add (calc, &e, NULL, 0, row->had_previous ? &p600 : NULL, 500000, row->left, row->left_kind);
    g_test_message ("%s", row->what);
    g_assert_cmpint (line_at (calc, 0)->people, ==, row->people);
    g_assert_true (qc_month_line_is_balanced (line_at (calc, 0)));
    g_assert_cmpuint (f->changes->len, ==, row->expected >= 0);
    if (row->expected >= 0)
      g_assert_cmpint (kind_at (f, 0), ==, row->expected);
    g_assert_cmpint (qc_remittance_calc_base_pending (calc), ==, row->base_pending);
  }
}

/* A man born 1966-08 retires 2027-01: in for that month, out after it, said once. */
static void
test_retired (Fixture *f, gconstpointer data)
{
  g_autoptr (QcRemittanceCalc) calc = qc_remittance_calc_new (202612, 202704, f->policies, f->ratios, &f->sink);
  QcEmployee e = person (500000);
  e.birth = 19660815;
  qc_remittance_calc_add (calc, &e, NULL, 0, &p600, 500000, FALSE, QC_CHANGE_OTHER);
  const gint64 people[] = {1, 1, 0, 0, 0};
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (line_at (calc, i)->people, ==, people[i]);
  g_assert_cmpint (qc_remittance_calc_left_out (calc), ==, 1);
  g_assert_cmpuint (f->left_out->len, ==, 1);
  const QcLeftOut *left_out = &g_array_index (f->left_out, QcLeftOut, 0);
  g_assert_cmpint (left_out->month, ==, 202702);
  g_assert_cmpint (left_out->statutory, ==, 202701);
  g_assert_cmpint (left_out->state, ==, QC_RETIREMENT_STATE_RETIRED);
  g_assert_cmpuint (f->changes->len, ==, 1);
  g_assert_cmpint (kind_at (f, 0), ==, QC_CHANGE_RETIRED);
  g_assert_cmpuint (f->spans->len, ==, 1);
  g_assert_cmpint (g_array_index (f->spans, QcPaidSpan, 0).to, ==, 202701);
}

static void
test_authorized (Fixture *f, gconstpointer data)
{
  g_autoptr (QcRemittanceCalc) calc = qc_remittance_calc_new (202702, 202704, f->policies, f->ratios, &f->sink);
  QcEmployee e = person (500000);
  e.birth = 19660815;
  e.authorized_until = 202703;
  qc_remittance_calc_add (calc, &e, NULL, 0, NULL, 0, FALSE, QC_CHANGE_OTHER);
  assert_line (line_at (calc, 0), 202702, (gint64[]) {0, 1, 0, 1}, (gint64[]) {0, 1200, 0, 1200});
  assert_line (line_at (calc, 2), 202704, (gint64[]) {1, 0, 1, 0}, (gint64[]) {1200, 0, 1200, 0});
  g_assert_cmpint (kind_at (f, 0), ==, QC_CHANGE_AUTHORIZED);
  g_assert_cmpint (kind_at (f, 1), ==, QC_CHANGE_RETIRED);
}

/* Decision 10: a woman whose class is unknown stays in, and is asked about. */
static void
test_unanswered (Fixture *f, gconstpointer data)
{
  g_autoptr (QcRemittanceCalc) calc = qc_remittance_calc_new (202610, 202612, f->policies, f->ratios, &f->sink);
  QcEmployee e = person (500000);
  e.sex = QC_SEX_FEMALE;
  e.birth = 19750301;
  qc_remittance_calc_add (calc, &e, NULL, 0, &p600, 500000, FALSE, QC_CHANGE_OTHER);
  g_assert_cmpint (line_at (calc, 2)->people, ==, 1);
  g_assert_cmpint (qc_remittance_calc_unanswered (calc), ==, 1);
  g_assert_cmpint (qc_remittance_calc_left_out (calc), ==, 0);
  g_assert_cmpuint (f->left_out->len, ==, 1);
  g_assert_cmpint (g_array_index (f->left_out, QcLeftOut, 0).state, ==, QC_RETIREMENT_STATE_ASK);
  g_assert_cmpuint (f->changes->len, ==, 0);
}

/* Without terms or base nobody is guessed at. */
static void
test_missing (Fixture *f, gconstpointer data)
{
  g_autoptr (QcRemittanceCalc) early = qc_remittance_calc_new (201912, 202001, f->policies, f->ratios, NULL);
  QcEmployee e = person (500000);
  e.opened = e.status_from = 201901;
  qc_remittance_calc_add (early, &e, NULL, 0, NULL, 0, FALSE, QC_CHANGE_OTHER);
  g_assert_cmpint (qc_remittance_calc_missing (early), ==, 1);
  g_assert_cmpint (line_at (early, 0)->people, ==, 0);
  g_assert_cmpint (line_at (early, 1)->people, ==, 1);
  g_autoptr (QcRemittanceCalc) calc = qc_remittance_calc_new (202610, 202610, f->policies, f->ratios, NULL);
  const QcBaseChange later = {202611, 500000, FALSE};
  qc_remittance_calc_add (calc, &e, &later, 1, NULL, 0, FALSE, QC_CHANGE_OTHER);
  e.base = 0;
  qc_remittance_calc_add (calc, &e, NULL, 0, NULL, 0, FALSE, QC_CHANGE_OTHER);
  g_assert_cmpint (qc_remittance_calc_missing (calc), ==, 2);
  g_assert_cmpint (qc_remittance_calc_people (calc), ==, 0);
}

/* Ratios beyond the whole of a base and bases beyond what money may be are not computed with. */
static void
test_sane (Fixture *f, gconstpointer data)
{
  static const struct {
    QcRatio unit, personal;
    QcMoney base;
    gboolean computed;
  } rows[] = {
      {0, 1200, 500000, TRUE},
      {-1, 1200, 500000, FALSE},
      {10000, 1200, 500000, TRUE},
      {10001, 1200, 500000, FALSE},
      {1200, 0, 500000, TRUE},
      {1200, -1, 500000, FALSE},
      {1200, 10000, 500000, TRUE},
      {1200, 10001, 500000, FALSE},
      {1200, 1200, 0, FALSE},
      {1200, 1200, -1, FALSE},
      {1200, 1200, 1, TRUE},
      {1200, 1200, QC_MONEY_MAX, TRUE},
      {1200, 1200, QC_MONEY_MAX + 1, FALSE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_array_index (f->ratios, QcRatios, 0).unit = rows[i].unit;
    g_array_index (f->ratios, QcRatios, 0).personal = rows[i].personal;
    g_autoptr (QcRemittanceCalc) calc = qc_remittance_calc_new (202610, 202610, f->policies, f->ratios, NULL);
    QcEmployee e = person (rows[i].base);
    qc_remittance_calc_add (calc, &e, NULL, 0, NULL, 0, FALSE, QC_CHANGE_OTHER);
    g_test_message ("%u", i);
    g_assert_cmpint (qc_remittance_calc_people (calc), ==, rows[i].computed);
    g_assert_cmpint (qc_remittance_calc_missing (calc), ==, !rows[i].computed);
  }
  QcEmployee e = person (500000);
  g_autoptr (QcRemittanceCalc) lawless = qc_remittance_calc_new (202610, 202610, NULL, f->ratios, NULL);
  qc_remittance_calc_add (lawless, &e, NULL, 0, NULL, 0, FALSE, QC_CHANGE_OTHER);
  g_assert_cmpint (qc_remittance_calc_missing (lawless), ==, 1);
}

/* A month before of which the base is not known: another amount is of another ratio, the same amount is no change. */
static void
test_unknown_base (Fixture *f, gconstpointer data)
{
  static const struct {
    QcContribution previous;
    QcMoney base;
    int kind; /* −1: no change */
  } rows[] = {
      {{60000, 60000}, 0, -1},
      {{60000, 60000}, 500000, -1},
      {{60000, 60000}, 499999, QC_CHANGE_BASE},
      {{50000, 60000}, 0, QC_CHANGE_RATIO},
      {{60000, 50000}, 0, QC_CHANGE_RATIO},
      {{60000, 50000}, 500000, QC_CHANGE_RATIO},
      {{50000, 50000}, 400000, QC_CHANGE_BASE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (QcRemittanceCalc) calc = qc_remittance_calc_new (202610, 202610, f->policies, f->ratios, &f->sink);
    QcEmployee e = person (500000);
    g_array_set_size (f->changes, 0);
    qc_remittance_calc_add (calc, &e, NULL, 0, &rows[i].previous, rows[i].base, FALSE, QC_CHANGE_OTHER);
    g_test_message ("%u", i);
    g_assert_cmpuint (f->changes->len, ==, rows[i].kind >= 0);
    if (rows[i].kind >= 0)
      g_assert_cmpint (kind_at (f, 0), ==, rows[i].kind);
  }
}

/* The sum of all months is bounded as each of them is, and so is what was remitted before. */
static void
test_borders_of_overflow (Fixture *f, gconstpointer data)
{
  static const struct {
    QcMonth end;
    QcMoney previous;
    guint people;
    gboolean overflowed;
  } rows[] = {
      {202610, QC_MONEY_MAX, 1, FALSE},
      {202610, QC_MONEY_MAX + 1, 1, TRUE},
      {202610, G_MAXINT64, 2, TRUE},
      {202611, 0, 2, FALSE}, /* 96 % in both */
      {202612, 0, 2, TRUE},  /* 144 % in all, 48 % in each */
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (QcRemittanceCalc) calc = qc_remittance_calc_new (202610, rows[i].end, f->policies, f->ratios, NULL);
    QcContribution previous = {rows[i].previous, 0};
    QcEmployee e = person (QC_MONEY_MAX);
    for (guint k = 0; k < rows[i].people; k++)
      qc_remittance_calc_add (calc, &e, NULL, 0, rows[i].previous > 0 ? &previous : NULL, 0, FALSE, QC_CHANGE_OTHER);
    g_test_message ("%u", i);
    g_assert_cmpint (qc_remittance_calc_is_overflowed (calc), ==, rows[i].overflowed);
  }
  /* exactly the most that money may be is not too much, half of it from each part */
  g_array_index (f->policies, QcPolicy, 0).unit_rounding = QC_ROUNDING_DROP_LI;
  g_array_index (f->policies, QcPolicy, 0).personal_rounding = QC_ROUNDING_LI_UP_TO_FEN;
  g_array_index (f->ratios, QcRatios, 0) = (QcRatios) {.from = 202001, .unit = 5000, .personal = 5000};
  g_autoptr (QcRemittanceCalc) calc = qc_remittance_calc_new (202610, 202610, f->policies, f->ratios, NULL);
  QcEmployee all = person (QC_MONEY_MAX), one = person (1);
  qc_remittance_calc_add (calc, &all, NULL, 0, NULL, 0, FALSE, QC_CHANGE_OTHER);
  g_assert_cmpint (qc_remittance_calc_total (calc), ==, QC_MONEY_MAX);
  g_assert_false (qc_remittance_calc_is_overflowed (calc));
  qc_remittance_calc_add (calc, &one, NULL, 0, NULL, 0, FALSE, QC_CHANGE_OTHER);
  g_assert_cmpint (qc_remittance_calc_total (calc), ==, QC_MONEY_MAX + 1);
  g_assert_true (qc_remittance_calc_is_overflowed (calc));
}

static void
test_overflow (Fixture *f, gconstpointer data)
{
  g_autoptr (QcRemittanceCalc) calc = qc_remittance_calc_new (202610, 202610, f->policies, f->ratios, NULL);
  QcEmployee e = person (QC_MONEY_MAX);
  for (int i = 0; i < 4; i++)
    qc_remittance_calc_add (calc, &e, NULL, 0, NULL, 0, FALSE, QC_CHANGE_OTHER);
  g_assert_false (qc_remittance_calc_is_overflowed (calc)); /* 96 % */
  qc_remittance_calc_add (calc, &e, NULL, 0, NULL, 0, FALSE, QC_CHANGE_OTHER);
  g_assert_true (qc_remittance_calc_is_overflowed (calc));
}

/* The same figures worked out plainly: month by month, person by person. */
static void
add_naively (Fixture *f, GArray *lines, const QcEmployee *e, const QcBaseChange *bases, gsize n_bases,
             const QcContribution *previous)
{
  QcMoney before = previous != NULL ? previous->unit + previous->personal : 0;
  gboolean was = previous != NULL;
  for (guint i = 0; i < lines->len; i++) {
    QcMonthLine *line = &g_array_index (lines, QcMonthLine, i);
    gboolean normal = e->status == QC_PERSON_NORMAL ? e->status_from <= line->month
                                                    : e->status == QC_PERSON_SEALED && e->status_from > line->month;
    QcRetirementState state
        = qc_retirement_state (e->birth, e->sex, e->retirement_class, e->authorized_until, line->month, NULL);
    gboolean is = e->opened <= line->month && normal && state != QC_RETIREMENT_STATE_RETIRED;
    QcContribution c = {0, 0};
    if (is)
      c = qc_contribution_compute (qc_base_at (bases, n_bases, line->month), qc_ratios_at (f->ratios, line->month),
                                   qc_policy_at (f->policies, line->month));
    QcMoney now = c.unit + c.personal;
    line->previous_people += was;
    line->people += is;
    line->added_people += is && !was;
    line->removed_people += was && !is;
    line->previous_fen += before;
    line->unit_fen += c.unit;
    line->personal_fen += c.personal;
    line->added_fen += now > before ? now - before : 0;
    line->removed_fen += before > now ? before - now : 0;
    was = is;
    before = now;
  }
}

static QcMonth
random_month (GRand *rand)
{
  return qc_month_add (202601, g_rand_int_range (rand, 0, 18));
}

static void
make_random (GRand *rand, QcEmployee *e, QcBaseChange bases[3])
{
  static const QcPersonStatus statuses[]
      = {QC_PERSON_NORMAL, QC_PERSON_NORMAL, QC_PERSON_NORMAL, QC_PERSON_SEALED, QC_PERSON_FROZEN, QC_PERSON_WITHDRAWN};
  *e = person (0);
  e->status = statuses[g_rand_int_range (rand, 0, G_N_ELEMENTS (statuses))];
  e->opened = g_rand_boolean (rand) ? 202001 : random_month (rand);
  e->status_from = g_rand_boolean (rand) ? e->opened : random_month (rand);
  e->sex = g_rand_boolean (rand) ? QC_SEX_MALE : QC_SEX_FEMALE;
  e->birth = qc_date_new (g_rand_int_range (rand, 1960, 2004), g_rand_int_range (rand, 1, 13), 1);
  e->retirement_class = (QcRetirementClass)g_rand_int_range (rand, 0, 5);
  e->authorized_until = g_rand_int_range (rand, 0, 4) == 0 ? random_month (rand) : QC_MONTH_NONE;
  bases[0] = (QcBaseChange) {201901, g_rand_int_range (rand, 100000, 4000000), FALSE};
  bases[1] = (QcBaseChange) {random_month (rand), g_rand_int_range (rand, 100000, 4000000), FALSE};
  bases[2] = (QcBaseChange) {qc_month_add (bases[1].from, 3), g_rand_int_range (rand, 100000, 4000000), TRUE};
}

static void
check_random (Fixture *f, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  QcMonth start = random_month (rand), end = qc_month_add (start, g_rand_int_range (rand, 0, 13));
  g_autoptr (QcRemittanceCalc) calc = qc_remittance_calc_new (start, end, f->policies, f->ratios, &f->sink);
  g_autoptr (GArray) naive = g_array_new (FALSE, TRUE, sizeof (QcMonthLine));
  for (QcMonth month = start; month <= end; month = qc_month_add (month, 1)) {
    QcMonthLine line = {.month = month};
    g_array_append_val (naive, line);
  }
  g_array_set_size (f->spans, 0);
  for (int i = 0; i < 50; i++) {
    QcEmployee e;
    QcBaseChange bases[3];
    QcContribution previous = {g_rand_int_range (rand, 1, 1000) * 100, g_rand_int_range (rand, 1, 1000) * 100};
    gboolean had = g_rand_boolean (rand);
    make_random (rand, &e, bases);
    qc_remittance_calc_add (calc, &e, bases, 3, had ? &previous : NULL, 1, FALSE, QC_CHANGE_OTHER);
    add_naively (f, naive, &e, bases, 3, had ? &previous : NULL);
  }
  const GArray *lines = qc_remittance_calc_get_lines (calc);
  g_assert_cmpmem (lines->data, lines->len * sizeof (QcMonthLine), naive->data, naive->len * sizeof (QcMonthLine));
  QcMoney total = 0;
  for (guint i = 0; i < naive->len; i++) {
    total += qc_month_line_fen (&g_array_index (naive, QcMonthLine, i));
    g_assert_true (qc_month_line_is_balanced (&g_array_index (lines, QcMonthLine, i)));
  }
  QcMoney spans = 0;
  for (guint i = 0; i < f->spans->len; i++) {
    const QcPaidSpan *span = &g_array_index (f->spans, QcPaidSpan, i);
    spans += (span->unit + span->personal) * (qc_month_diff (span->from, span->to) + 1);
  }
  g_assert_cmpint (qc_remittance_calc_total (calc), ==, total);
  g_assert_cmpint (spans, ==, total);
}

static void
test_property (Fixture *f, gconstpointer data)
{
  QcPolicy later
      = {.from = 202607, .unit_rounding = QC_ROUNDING_JIAO_UP_TO_YUAN, .personal_rounding = QC_ROUNDING_DROP_LI};
  QcRatios changed = {.from = 202701, .unit = 1150, .personal = 825};
  g_array_append_val (f->policies, later);
  g_array_append_val (f->ratios, changed);
  for (guint32 seed = 1; seed <= 300; seed++) {
    g_test_message ("seed %u", seed);
    check_random (f, seed);
  }
}

/* 200,000 people × 12 months; the bound is far above what it takes, for busy machines. */
static void
test_speed (Fixture *f, gconstpointer data)
{
  g_autoptr (QcRemittanceCalc) calc = qc_remittance_calc_new (202601, 202612, f->policies, f->ratios, NULL);
  const QcBaseChange bases[] = {{202001, 500000, FALSE}, {202607, 600000, FALSE}};
  QcEmployee e = person (500000);
  gint64 begin = g_get_monotonic_time ();
  for (int i = 0; i < 200000; i++)
    qc_remittance_calc_add (calc, &e, bases, 2, &p600, 500000, FALSE, QC_CHANGE_OTHER);
  gint64 took = g_get_monotonic_time () - begin;
  g_test_message ("200,000 people × 12 months: %" G_GINT64_FORMAT " ms", took / 1000);
  g_assert_cmpint (took, <, 3 * G_USEC_PER_SEC);
  g_assert_cmpint (qc_remittance_calc_total (calc), ==, G_GINT64_CONSTANT (200000) * (6 * 120000 + 6 * 144000));
}

static void
test_codes (Fixture *f, gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (int kind = 0; kind < QC_N_CHANGE_KINDS; kind++) {
    g_assert_true (g_hash_table_add (seen, (gpointer)qc_change_kind_to_code ((QcChangeKind)kind)));
    g_assert_nonnull (qc_change_kind_to_msgid ((QcChangeKind)kind));
  }
}

#define ADD(name, func) g_test_add ("/core/remittance/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("first-month", test_first_month);
  ADD ("worked", test_worked);
  ADD ("base-down", test_base_down);
  ADD ("ratio", test_ratio);
  ADD ("kinds", test_kinds);
  ADD ("retired", test_retired);
  ADD ("authorized", test_authorized);
  ADD ("unanswered", test_unanswered);
  ADD ("missing", test_missing);
  ADD ("sane", test_sane);
  ADD ("unknown-base", test_unknown_base);
  ADD ("overflow", test_overflow);
  ADD ("borders-of-overflow", test_borders_of_overflow);
  ADD ("property", test_property);
  ADD ("speed", test_speed);
  ADD ("codes", test_codes);
  return g_test_run ();
}
