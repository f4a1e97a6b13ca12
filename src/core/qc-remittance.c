/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The figures of a remittance. One person at a time goes through all months; nothing is kept of a person but sums.
 * Exact and deterministic; one thread at a time.
 */
#include "qc-remittance.h"
#include "qc-month.h"

#include <glib/gi18n-lib.h>

#define MAX_MONTHS 120

typedef struct {
  const char *code;
  const char *msgid;
} Word;

static const Word kinds[QC_N_CHANGE_KINDS] = {
    [QC_CHANGE_OPENED] = {"opened", N_ ("Opened")},
    [QC_CHANGE_UNSEALED] = {"unsealed", N_ ("Unsealed")},
    [QC_CHANGE_TRANSFERRED_IN] = {"transferred-in", N_ ("Transferred in")},
    [QC_CHANGE_SEALED] = {"sealed", N_ ("Sealed")},
    [QC_CHANGE_TRANSFERRED_OUT] = {"transferred-out", N_ ("Transferred out")},
    [QC_CHANGE_CLOSED] = {"closed", N_ ("Closed")},
    [QC_CHANGE_RETIRED] = {"retired", N_ ("Retired")},
    [QC_CHANGE_BASE] = {"base", N_ ("New base")},
    [QC_CHANGE_RATIO] = {"ratio", N_ ("Ratio or rule changed")},
    [QC_CHANGE_AUTHORIZED] = {"authorized", N_ ("Later retirement authorized")},
    [QC_CHANGE_OTHER] = {"other", N_ ("Other change")},
};

const char *
qc_change_kind_to_code (QcChangeKind kind)
{
  g_return_val_if_fail ((guint)kind < QC_N_CHANGE_KINDS, "other");
  return kinds[kind].code;
}

const char *
qc_change_kind_to_msgid (QcChangeKind kind)
{
  g_return_val_if_fail ((guint)kind < QC_N_CHANGE_KINDS, NULL);
  return kinds[kind].msgid;
}

/* What counts in one month for everybody. */
typedef struct {
  const QcPolicy *policy; /* NULL: no row */
  const QcRatios *ratios; /* NULL: no row */
} MonthTerms;

struct _QcRemittanceCalc {
  QcMonth start;
  guint n_months;
  MonthTerms terms[MAX_MONTHS];
  GArray *lines; /* (owned) QcMonthLine */
  QcRemittanceSink sink;
  gint64 people, left_out, unanswered, missing, base_pending;
  gboolean overflowed;
};

/* How one person stands in one month. */
typedef struct {
  gboolean on;       /* on the roster, and computed */
  gboolean pending;  /* the class must be answered */
  gboolean retired;  /* would be on it but for retirement */
  gboolean missing;  /* would be on it but cannot be computed */
  gboolean extended; /* on it by 授权退休年龄 */
  QcMonth statutory;
  QcMoney base;
  QcContribution sum;
} Stand;

typedef struct {
  const QcEmployee *employee;
  const QcBaseChange *bases;
  gsize n_bases;
  gboolean left;
  QcChangeKind left_kind;
} Person;

QcRemittanceCalc *
qc_remittance_calc_new (QcMonth start, QcMonth end, const GArray *policies, const GArray *ratios,
                        const QcRemittanceSink *sink)
{
  g_return_val_if_fail (qc_month_is_valid (start) && qc_month_is_valid (end), NULL);
  g_return_val_if_fail (start <= end && qc_month_diff (start, end) < MAX_MONTHS, NULL);
  QcRemittanceCalc *calc = g_new0 (QcRemittanceCalc, 1);
  calc->start = start;
  calc->n_months = (guint)qc_month_diff (start, end) + 1;
  if (sink != NULL)
    calc->sink = *sink;
  calc->lines = g_array_sized_new (FALSE, TRUE, sizeof (QcMonthLine), calc->n_months);
  for (guint i = 0; i < calc->n_months; i++) {
    QcMonthLine line = {.month = qc_month_add (start, (int)i)};
    g_array_append_val (calc->lines, line);
    calc->terms[i].policy = qc_policy_at (policies, line.month);
    const QcRatios *row = qc_ratios_at (ratios, line.month);
    gboolean sane = row != NULL && row->unit >= 0 && row->unit <= 10000 && row->personal >= 0 && row->personal <= 10000;
    calc->terms[i].ratios = sane ? row : NULL;
  }
  return calc;
}

void
qc_remittance_calc_free (QcRemittanceCalc *calc)
{
  if (calc == NULL)
    return;
  g_array_unref (calc->lines);
  g_free (calc);
}

/* 正常 in @month. Before status_from an account that is 封存 now was 正常; one that is 正常 now was not. */
static gboolean
is_normal (const QcEmployee *employee, QcMonth month)
{
  if (employee->opened > month)
    return FALSE;
  if (employee->status == QC_PERSON_NORMAL)
    return employee->status_from <= month;
  return employee->status == QC_PERSON_SEALED && month < employee->status_from;
}

static QcMoney
base_of (const Person *person, QcMonth month)
{
  QcMoney base = person->n_bases > 0 ? qc_base_at (person->bases, person->n_bases, month) : person->employee->base;
  return base > 0 && base <= QC_MONEY_MAX ? base : 0;
}

/* The figures of @stand for its base; reuses those of the month before when nothing they rest on has changed. */
static void
compute (Stand *stand, const MonthTerms *terms, const Stand *before, const MonthTerms *terms_before)
{
  if (terms->policy == NULL || terms->ratios == NULL || stand->base == 0) {
    stand->missing = TRUE;
    return;
  }
  stand->on = TRUE;
  if (terms_before != NULL && before->on && before->base == stand->base && terms_before->policy == terms->policy
      && terms_before->ratios == terms->ratios)
    stand->sum = before->sum;
  else
    stand->sum = qc_contribution_compute (stand->base, terms->ratios, terms->policy);
}

static Stand
judge (const QcRemittanceCalc *calc, const Person *person, guint i, const Stand *before)
{
  Stand stand = {0};
  const QcEmployee *e = person->employee;
  QcMonth month = g_array_index (calc->lines, QcMonthLine, i).month;
  if (person->left || !is_normal (e, month))
    return stand;
  QcRetirementState state
      = qc_retirement_state (e->birth, e->sex, e->retirement_class, e->authorized_until, month, &stand.statutory);
  stand.retired = state == QC_RETIREMENT_STATE_RETIRED;
  stand.pending = state == QC_RETIREMENT_STATE_ASK;
  stand.extended = state == QC_RETIREMENT_STATE_AUTHORIZED;
  if (stand.retired)
    return stand;
  stand.base = base_of (person, month);
  compute (&stand, &calc->terms[i], before, i > 0 ? &calc->terms[i - 1] : NULL);
  return stand;
}

static QcChangeKind
added_kind (const QcEmployee *e, QcMonth month, const Stand *now)
{
  if (now->extended)
    return QC_CHANGE_AUTHORIZED;
  gboolean came_from_elsewhere = e->base_pending || (e->paid_to != QC_MONTH_NONE && e->paid_to < e->opened);
  if (e->opened == month)
    return came_from_elsewhere ? QC_CHANGE_TRANSFERRED_IN : QC_CHANGE_OPENED;
  if (e->status == QC_PERSON_NORMAL && e->status_from > e->opened)
    return QC_CHANGE_UNSEALED;
  if (came_from_elsewhere)
    return QC_CHANGE_TRANSFERRED_IN;
  return e->paid_to == QC_MONTH_NONE ? QC_CHANGE_OPENED : QC_CHANGE_OTHER;
}

static QcChangeKind
removed_kind (const Person *person, const Stand *now)
{
  if (person->left)
    return person->left_kind;
  if (now->retired)
    return QC_CHANGE_RETIRED;
  switch (person->employee->status) {
  case QC_PERSON_SEALED:
    return QC_CHANGE_SEALED;
  case QC_PERSON_MOVED_OUT:
  case QC_PERSON_TRANSFERRED:
    return QC_CHANGE_TRANSFERRED_OUT;
  case QC_PERSON_MERGED:
  case QC_PERSON_WITHDRAWN:
    return QC_CHANGE_CLOSED;
  case QC_PERSON_NORMAL:
  case QC_PERSON_FROZEN:
  case QC_PERSON_OTHER:
  default:
    return QC_CHANGE_OTHER;
  }
}

static QcChangeKind
kind_of (const Person *person, QcMonth month, const Stand *before, const Stand *now)
{
  if (!before->on)
    return added_kind (person->employee, month, now);
  if (!now->on)
    return removed_kind (person, now);
  return before->base != 0 && before->base != now->base ? QC_CHANGE_BASE : QC_CHANGE_RATIO;
}

static gboolean
differs (const Stand *before, const Stand *now)
{
  if (before->on != now->on)
    return TRUE;
  return now->on
         && (before->sum.unit != now->sum.unit || before->sum.personal != now->sum.personal
             || (before->base != 0 && before->base != now->base));
}

static void
report_change (const QcRemittanceCalc *calc, const Person *person, QcMonth month, const Stand *before, const Stand *now)
{
  QcRosterChange change = {
      .month = month,
      .kind = kind_of (person, month, before, now),
      .employee = person->employee,
      .before = qc_contribution_total (before->sum),
      .after = qc_contribution_total (now->sum),
      .base_before = before->base,
      .base_after = now->base,
  };
  calc->sink.changed (&change, calc->sink.user_data);
}

static void
add_to (QcRemittanceCalc *calc, QcMoney *sum, QcMoney money)
{
  if (!qc_money_add (*sum, money, sum) || *sum > QC_MONEY_MAX)
    calc->overflowed = TRUE;
}

/* 上月, 增加, 减少, 本月 of one person in one month. */
static void
account_for (QcRemittanceCalc *calc, QcMonthLine *line, const Stand *before, const Stand *now)
{
  QcMoney was = qc_contribution_total (before->sum);
  QcMoney is = qc_contribution_total (now->sum);
  line->previous_people += before->on;
  line->people += now->on;
  line->added_people += now->on && !before->on;
  line->removed_people += before->on && !now->on;
  add_to (calc, &line->previous_fen, was);
  add_to (calc, &line->unit_fen, now->sum.unit);
  add_to (calc, &line->personal_fen, now->sum.personal);
  if (is > was)
    add_to (calc, &line->added_fen, is - was);
  else
    add_to (calc, &line->removed_fen, was - is);
}

/* Runs of equal months; @to NONE = no run is open. */
static void
extend_span (const QcRemittanceCalc *calc, const QcEmployee *employee, QcPaidSpan *span, QcMonth month,
             const Stand *now)
{
  gboolean same = now->on && span->to != QC_MONTH_NONE && span->base == now->base && span->unit == now->sum.unit
                  && span->personal == now->sum.personal;
  if (same) {
    span->to = month;
    return;
  }
  if (span->to != QC_MONTH_NONE)
    calc->sink.span (employee, span, calc->sink.user_data);
  *span = (QcPaidSpan) {0};
  if (now->on)
    *span = (QcPaidSpan) {.from = month,
                          .to = month,
                          .base = now->base,
                          .unit = now->sum.unit,
                          .personal = now->sum.personal,
                          .kind = QC_SPAN_REMITTANCE};
}

/* Says it once per person and state, with the first month it counts for. */
static void
report_left_out (QcRemittanceCalc *calc, const QcEmployee *employee, QcMonth month, const Stand *now,
                 gboolean *said_retired, gboolean *said_pending)
{
  gboolean *said = now->retired ? said_retired : said_pending;
  if ((!now->retired && !now->pending) || *said)
    return;
  *said = TRUE;
  if (now->retired)
    calc->left_out++;
  else
    calc->unanswered++;
  if (calc->sink.left_out == NULL)
    return;
  QcLeftOut left_out = {
      .month = month,
      .employee = employee,
      .state = now->retired ? QC_RETIREMENT_STATE_RETIRED : QC_RETIREMENT_STATE_ASK,
      .statutory = now->statutory,
  };
  calc->sink.left_out (&left_out, calc->sink.user_data);
}

void
qc_remittance_calc_add (QcRemittanceCalc *calc, const QcEmployee *employee, const QcBaseChange *bases, gsize n_bases,
                        const QcContribution *previous, QcMoney previous_base, gboolean left, QcChangeKind left_kind)
{
  Person person = {employee, bases, n_bases, left, left_kind};
  Stand before = {0};
  if (previous != NULL) {
    before.on = TRUE;
    before.base = previous_base;
    before.sum = *previous;
  }
  QcPaidSpan span = {0};
  gboolean said_pending = FALSE;
  gboolean said_retired = FALSE;
  gboolean missing = FALSE;
  gboolean any = FALSE;
  for (guint i = 0; i < calc->n_months; i++) {
    QcMonthLine *line = &g_array_index (calc->lines, QcMonthLine, i);
    Stand now = judge (calc, &person, i, &before);
    account_for (calc, line, &before, &now);
    report_left_out (calc, employee, line->month, &now, &said_retired, &said_pending);
    if (calc->sink.changed != NULL && differs (&before, &now))
      report_change (calc, &person, line->month, &before, &now);
    if (calc->sink.span != NULL)
      extend_span (calc, employee, &span, line->month, &now);
    any = any || now.on;
    missing = missing || now.missing;
    before = now;
  }
  if (span.to != QC_MONTH_NONE)
    calc->sink.span (employee, &span, calc->sink.user_data);
  calc->people += any;
  calc->missing += missing;
  calc->base_pending += any && employee->base_pending;
}

const GArray *
qc_remittance_calc_get_lines (const QcRemittanceCalc *calc)
{
  return calc->lines;
}

QcMoney
qc_remittance_calc_total (const QcRemittanceCalc *calc)
{
  QcMoney total = 0;
  for (guint i = 0; i < calc->lines->len; i++)
    if (!qc_money_add (total, qc_month_line_fen (&g_array_index (calc->lines, QcMonthLine, i)), &total))
      return G_MAXINT64;
  return total;
}

gint64
qc_remittance_calc_people (const QcRemittanceCalc *calc)
{
  return calc->people;
}

gint64
qc_remittance_calc_left_out (const QcRemittanceCalc *calc)
{
  return calc->left_out;
}

gint64
qc_remittance_calc_unanswered (const QcRemittanceCalc *calc)
{
  return calc->unanswered;
}

gint64
qc_remittance_calc_missing (const QcRemittanceCalc *calc)
{
  return calc->missing;
}

gint64
qc_remittance_calc_base_pending (const QcRemittanceCalc *calc)
{
  return calc->base_pending;
}

gboolean
qc_remittance_calc_is_overflowed (const QcRemittanceCalc *calc)
{
  return calc->overflowed || qc_remittance_calc_total (calc) > QC_MONEY_MAX;
}

QcRemittanceClaim *
qc_remittance_claim_new (void)
{
  QcRemittanceClaim *claim = g_new0 (QcRemittanceClaim, 1);
  claim->months = g_array_new (FALSE, TRUE, sizeof (QcMonthLine));
  return claim;
}

QcRemittanceClaim *
qc_remittance_claim_copy (const QcRemittanceClaim *claim)
{
  QcRemittanceClaim *copy = qc_remittance_claim_new ();
  copy->method = claim->method;
  copy->start = claim->start;
  copy->end = claim->end;
  copy->terms = g_strdup (claim->terms);
  g_array_append_vals (copy->months, claim->months->data, claim->months->len);
  return copy;
}

gboolean
qc_remittance_claim_equal (const QcRemittanceClaim *a, const QcRemittanceClaim *b)
{
  if (a->method != b->method || a->start != b->start || a->end != b->end || g_strcmp0 (a->terms, b->terms) != 0
      || a->months->len != b->months->len)
    return FALSE;
  for (guint i = 0; i < a->months->len; i++) {
    const QcMonthLine *x = &g_array_index (a->months, QcMonthLine, i);
    const QcMonthLine *y = &g_array_index (b->months, QcMonthLine, i);
    if (x->month != y->month || x->people != y->people || x->unit_fen != y->unit_fen
        || x->personal_fen != y->personal_fen)
      return FALSE;
  }
  return TRUE;
}

void
qc_remittance_claim_free (QcRemittanceClaim *claim)
{
  if (claim == NULL)
    return;
  g_free (claim->terms);
  g_array_unref (claim->months);
  g_free (claim);
}
