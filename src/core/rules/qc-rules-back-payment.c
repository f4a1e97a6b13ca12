/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 补缴 (guide 3.2, domain notes 5, decisions 7, 22): months that a person was left out of or paid too little for, up to
 * the unit's 缴至年月. A month paid in full takes nothing more; what a later change of base or ratio left short does.
 * Pure functions, any one thread.
 */
#include "qc-back-payment.h"
#include "qc-month.h"

static const char *
reason_list (const QcRosterLine *line)
{
  return "back-payment-reason";
}

/* A difference is to what each month is due by its own base. */
static gboolean
takes (const QcRosterFacts *facts, const QcRosterLine *line, QcLineFieldId field)
{
  return field != QC_LINE_NEW_BASE || !qc_back_payment_is_difference (facts->codes, line->reason);
}

/* Of whose past nothing is known, nothing follows: what stands there stays, and it is said. A sum that nobody can pay
 * stays at its limit, and is said too. */
static void
complete (const QcRosterFacts *facts, QcRosterLine *line)
{
  const QcPersonHistory *history = qc_back_payment_history (facts, line);
  if (history == NULL)
    return;
  line->months = 0;
  line->unit_fen = line->personal_fen = 0;
  g_autoptr (GArray) months = qc_back_payment_months (facts, history, line);
  for (guint i = 0; i < months->len; i++) {
    const QcBackMonth *month = &g_array_index (months, QcBackMonth, i);
    line->months += month->state == QC_BACK_OWED;
    line->unit_fen = MIN (line->unit_fen + month->unit, QC_MONEY_MAX);
    line->personal_fen = MIN (line->personal_fen + month->personal, QC_MONEY_MAX);
  }
}

static QcFinding *
add_month (GPtrArray *out, const QcRosterLine *line, const char *code, QcLineFieldId field, QcMonth month)
{
  QcFinding *finding = qc_rules_roster_add (out, line, code, field);
  finding->month = month;
  qc_finding_set_arg_month (finding, "month", month);
  return finding;
}

/* What can be said of the months without what was paid; FALSE: no use to look at them one by one. */
static gboolean
check_range (const QcRosterFacts *facts, const QcRosterLine *line, GPtrArray *out)
{
  const QcUnit *unit = facts->unit;
  if (line->to < line->from) {
    add_month (out, line, "back-payment.end-before-start", QC_LINE_TO, line->from);
    return FALSE;
  }
  if (qc_month_diff (line->from, line->to) >= QC_BACK_PAYMENT_MAX_MONTHS) {
    QcFinding *finding = qc_rules_roster_add (out, line, "back-payment.too-many-months", QC_LINE_TO);
    qc_finding_set_arg_int (finding, "limit", QC_BACK_PAYMENT_MAX_MONTHS);
    return FALSE;
  }
  if (line->from < unit->first_month)
    qc_finding_set_arg_month (add_month (out, line, "back-payment.before-unit", QC_LINE_FROM, line->from), "first",
                              unit->first_month);
  else if (line->from < line->opened) {
    const QcPersonHistory *history = qc_back_payment_history (facts, line);
    gboolean elsewhere = history != NULL && history->elsewhere;
    const char *code = elsewhere ? "back-payment.other-unit" : "back-payment.before-opened";
    qc_finding_set_arg_month (add_month (out, line, code, QC_LINE_FROM, line->from), "opened", line->opened);
  }
  if (unit->paid_to == QC_MONTH_NONE)
    qc_rules_roster_add (out, line, "back-payment.never-remitted", QC_LINE_TO);
  else if (line->to > unit->paid_to)
    qc_finding_set_arg_month (add_month (out, line, "back-payment.later", QC_LINE_TO, line->to), "paid_to",
                              unit->paid_to);
  return TRUE;
}

static void
check_in_flight (const QcPersonHistory *history, const QcRosterLine *line, GPtrArray *out)
{
  for (guint i = 0; i < history->pending->len; i++) {
    const QcPendingMonths *pending = g_ptr_array_index (history->pending, i);
    if (pending->to < line->from || pending->from > line->to)
      continue;
    QcFinding *finding = add_month (out, line, "back-payment.in-flight", QC_LINE_FROM, MAX (pending->from, line->from));
    qc_finding_set_arg (finding, "serial", pending->serial);
  }
}

static void
set_paid (QcFinding *finding, const QcBackMonth *month)
{
  qc_finding_set_arg_money (finding, "paid", qc_back_month_paid (month));
  qc_finding_set_arg_money (finding, "base", month->base);
}

/* Whether the base meant may count in @month; said of the first month only in which it may not. */
static gboolean
check_meant (const QcRosterFacts *facts, const QcRosterLine *line, QcMonth month, GPtrArray *out)
{
  guint before = out->len;
  qc_rules_roster_check_base (out, facts, line, line->new_base, month);
  for (guint i = before; i < out->len; i++)
    ((QcFinding *)g_ptr_array_index (out, i))->month = month;
  return out->len == before;
}

static void
check_owed (const QcRosterLine *line, gboolean difference, const QcBackMonth *month, GPtrArray *out)
{
  gboolean paid = qc_back_month_paid (month) > 0;
  if (paid && !difference)
    set_paid (add_month (out, line, "back-payment.partly-paid", QC_LINE_REASON, month->month), month);
  else if (!paid && difference)
    add_month (out, line, "back-payment.nothing-paid", QC_LINE_REASON, month->month);
}

static void
check_months (const QcRosterFacts *facts, const QcPersonHistory *history, const QcRosterLine *line, GPtrArray *out)
{
  gboolean difference = qc_back_payment_is_difference (facts->codes, line->reason);
  gboolean good = TRUE;
  g_autoptr (GArray) months = qc_back_payment_months (facts, history, line);
  for (guint i = 0; i < months->len; i++) {
    const QcBackMonth *month = &g_array_index (months, QcBackMonth, i);
    switch (month->state) {
    case QC_BACK_OWED:
      check_owed (line, difference, month, out);
      if (line->new_base > 0 && !difference && good)
        good = check_meant (facts, line, month->month, out);
      break;
    case QC_BACK_FULL:
      set_paid (add_month (out, line, "back-payment.paid-in-full", QC_LINE_FROM, month->month), month);
      break;
    case QC_BACK_NO_BASE:
      add_month (out, line, "back-payment.no-base", QC_LINE_NEW_BASE, month->month);
      break;
    case QC_BACK_NO_TERMS:
      add_month (out, line, "back-payment.no-terms", QC_LINE_FROM, month->month);
      break;
    case QC_BACK_LATER: /* said of the line */
    default:
      break;
    }
  }
}

static void
check_amount (const QcRosterFacts *facts, const QcRosterLine *line, GPtrArray *out)
{
  if (qc_roster_line_fen (line) > QC_MONEY_MAX)
    qc_rules_roster_add (out, line, "remittance.overflow", QC_LINE_NEW_BASE);
  const QcPolicy *policy = qc_policy_at (facts->policies, qc_date_month (facts->today));
  if (policy == NULL || policy->back_payment_warn <= 0 || line->months <= policy->back_payment_warn)
    return;
  QcFinding *finding = qc_rules_roster_add (out, line, "back-payment.many-months", QC_LINE_MONTHS);
  qc_finding_set_arg_int (finding, "count", line->months);
  qc_finding_set_arg_int (finding, "limit", policy->back_payment_warn);
}

/* 正常 or 封存. */
static gboolean
may (QcPersonStatus status)
{
  return status == QC_PERSON_NORMAL || status == QC_PERSON_SEALED;
}

static void
check (const QcRosterFacts *facts, const QcRosterLine *line, GPtrArray *out)
{
  if (!may (line->status)) {
    qc_rules_roster_set_status (qc_rules_roster_add (out, line, "back-payment.status", QC_LINE_STATUS), line->status);
    return;
  }
  if (line->from == QC_MONTH_NONE || line->to == QC_MONTH_NONE || !check_range (facts, line, out))
    return; /* the first is said of the empty cell */
  const QcPersonHistory *history = qc_back_payment_history (facts, line);
  if (history == NULL) {
    qc_rules_roster_add (out, line, "back-payment.unknown-past", QC_LINE_NAME);
    return;
  }
  check_in_flight (history, line, out);
  check_months (facts, history, line, out);
  check_amount (facts, line, out);
}

static QcFinding *
refuse (const QcRosterFacts *facts, const QcEmployee *person)
{
  if (may (person->status))
    return NULL;
  QcFinding *finding = qc_finding_new ("back-payment.status", "person", person->name, NULL);
  qc_rules_roster_set_status (finding, person->status);
  return finding;
}

const QcRosterRules qc_rules_back_payment = {
    .business = QC_BUSINESS_BACK_PAYMENT,
    .reason_list = reason_list,
    .takes = takes,
    .complete = complete,
    .check = check,
    .refuse = refuse,
};
