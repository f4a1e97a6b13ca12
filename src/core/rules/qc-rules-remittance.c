/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 汇缴: the checks of guide 3.1 and decisions 6, 9, 10, 12, 13, 14, 15, 17. Pure functions of the facts given; client
 * and center call the same. Any one thread at a time.
 */
#include "qc-rules-remittance.h"
#include "qc-month.h"

static void
check_unit (GPtrArray *out, const QcRemittanceFacts *facts)
{
  if (qc_unit_status_can_remit (facts->unit->status))
    return;
  QcFinding *finding = qc_finding_new ("remittance.unit-status", NULL);
  qc_finding_set_arg_code (finding, QC_ARG_UNIT_STATUS, "unit_status", qc_unit_status_to_code (facts->unit->status));
  g_ptr_array_add (out, finding);
}

/* Item 1: with an agreement only 托收, without one only 非托收. */
void
qc_rules_remittance_check_method (GPtrArray *out, const QcUnit *unit, QcMethod method)
{
  const char *code = NULL;
  QcMethod allowed = qc_unit_method (unit);
  if (method == QC_METHOD_NONE)
    code = "remittance.no-method";
  else if (method == QC_METHOD_COLLECTION && allowed != QC_METHOD_COLLECTION)
    code = "remittance.agreement-missing";
  else if (method == QC_METHOD_TRANSFER && allowed != QC_METHOD_TRANSFER)
    code = "remittance.agreement-exists";
  if (code == NULL)
    return;
  QcFinding *finding = qc_finding_new (code, NULL);
  qc_finding_at (finding, 0, NULL, "method");
  g_ptr_array_add (out, finding);
}

QcMonth
qc_rules_remittance_last_month (const QcRemittanceFacts *facts)
{
  const QcPolicy *policy = qc_policy_at (facts->policies, facts->current_month);
  return policy == NULL ? QC_MONTH_NONE : qc_month_add (facts->current_month, MAX (policy->months_ahead, 0));
}

static QcFinding *
new_months (const char *code, const char *field, const QcRemittanceClaim *claim)
{
  QcFinding *finding = qc_finding_new (code, NULL);
  qc_finding_at (finding, 0, NULL, field);
  qc_finding_set_arg_month (finding, "start", claim->start);
  qc_finding_set_arg_month (finding, "end", claim->end);
  return finding;
}

/* Item 2, decision 6: the start month is the unit's, not the clerk's. */
static void
check_start (GPtrArray *out, const QcUnit *unit, const QcRemittanceClaim *claim)
{
  QcMonth due = qc_unit_due_month (unit);
  if (due == QC_MONTH_NONE) {
    g_ptr_array_add (out, qc_finding_new ("remittance.no-due-month", NULL));
    return;
  }
  if (claim->start != due) {
    QcFinding *finding = new_months ("remittance.start-moved", "start", claim);
    qc_finding_set_arg_month (finding, "due", due);
    g_ptr_array_add (out, finding);
  }
  if (claim->start <= unit->paid_to) {
    QcFinding *finding = new_months ("remittance.already-paid", "start", claim);
    qc_finding_set_arg_month (finding, "paid_to", MIN (unit->paid_to, MAX (claim->start, claim->end)));
    g_ptr_array_add (out, finding);
  }
}

static void
check_end (GPtrArray *out, const QcRemittanceFacts *facts, const QcRemittanceClaim *claim)
{
  QcMonth last = qc_rules_remittance_last_month (facts);
  if (claim->end < claim->start) {
    g_ptr_array_add (out, new_months ("remittance.end-before-start", "end", claim));
    return;
  }
  if (last != QC_MONTH_NONE && claim->end > last) {
    const char *code = claim->start > last ? "remittance.not-yet-due" : "remittance.end-too-late";
    QcFinding *finding = new_months (code, "end", claim);
    qc_finding_set_arg_month (finding, "last", last);
    g_ptr_array_add (out, finding);
  }
  gint64 count = qc_month_diff (claim->start, claim->end) + 1;
  if (count > QC_REMITTANCE_MAX_MONTHS) {
    QcFinding *finding = new_months ("remittance.too-many-months", "end", claim);
    qc_finding_set_arg_int (finding, "count", count);
    qc_finding_set_arg_int (finding, "limit", QC_REMITTANCE_MAX_MONTHS);
    g_ptr_array_add (out, finding);
  }
}

/* Returns whether there are months to judge. */
static gboolean
check_months (GPtrArray *out, const QcRemittanceFacts *facts, const QcRemittanceClaim *claim)
{
  if (!qc_month_is_valid (claim->start) || !qc_month_is_valid (claim->end)) {
    g_ptr_array_add (out, new_months ("remittance.month-invalid", "end", claim));
    return FALSE;
  }
  check_start (out, facts->unit, claim);
  check_end (out, facts, claim);
  return claim->start <= claim->end && qc_month_diff (claim->start, claim->end) < QC_REMITTANCE_MAX_MONTHS;
}

/* Decision 15: an unfinished 汇缴 blocks, reviewed business in flight warns unless the policy is stricter. */
static void
check_open (GPtrArray *out, const QcRemittanceFacts *facts)
{
  const QcPolicy *policy = qc_policy_at (facts->policies, facts->current_month);
  for (guint i = 0; facts->open != NULL && i < facts->open->len; i++) {
    const QcApplication *open = g_ptr_array_index (facts->open, i);
    const QcBusinessInfo *info = qc_business_info (open->business);
    if (!qc_application_is_open (open) || open->state == QC_STATE_DRAFT)
      continue;
    const char *code = NULL;
    if (open->business == QC_BUSINESS_REMITTANCE)
      code = "remittance.unfinished";
    else if (info->run == QC_RUN_REVIEWED)
      code = policy != NULL && policy->in_flight_blocks ? "remittance.in-flight-blocks" : "remittance.in-flight";
    if (code == NULL)
      continue;
    QcFinding *finding = qc_finding_new (code, "serial", open->serial, NULL);
    qc_finding_set_arg_code (finding, QC_ARG_BUSINESS, "business", info->code);
    qc_finding_set_arg_code (finding, QC_ARG_STATE, "state", qc_state_to_code (open->state));
    qc_finding_set_arg_int (finding, "people", open->people);
    g_ptr_array_add (out, finding);
  }
}

static void
add_month (GPtrArray *out, const char *code, QcMonth month)
{
  QcFinding *finding = qc_finding_new (code, NULL);
  finding->month = month;
  qc_finding_set_arg_month (finding, "month", month);
  g_ptr_array_add (out, finding);
}

/* Each month must have its policy and its ratios. Returns whether all have. */
static gboolean
check_terms (GPtrArray *out, const QcRemittanceFacts *facts, const QcRemittanceClaim *claim)
{
  guint before = out->len;
  for (QcMonth month = claim->start; month <= claim->end; month = qc_month_add (month, 1)) {
    if (qc_policy_at (facts->policies, month) == NULL)
      add_month (out, "remittance.no-policy", month);
    if (qc_ratios_at (facts->ratios, month) == NULL)
      add_month (out, "remittance.no-ratio", month);
  }
  return out->len == before;
}

/* Item 3: what each month shows must be payable and add up. */
static void
check_lines (GPtrArray *out, const GArray *lines)
{
  for (guint i = 0; i < lines->len; i++) {
    const QcMonthLine *line = &g_array_index (lines, QcMonthLine, i);
    if (line->people == 0)
      add_month (out, "remittance.nobody", line->month);
    else if (qc_month_line_fen (line) == 0)
      add_month (out, "remittance.amount-zero", line->month);
    if (!qc_month_line_is_balanced (line))
      add_month (out, "remittance.unbalanced", line->month);
  }
}

/* FALSE beyond what can be paid. */
static gboolean
sum_lines (const GArray *lines, QcMoney *total)
{
  *total = 0;
  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    const QcMonthLine *line = &g_array_index (lines, QcMonthLine, i);
    if (!qc_money_add (*total, line->unit_fen, total) || !qc_money_add (*total, line->personal_fen, total))
      return FALSE;
  }
  return *total <= QC_MONEY_MAX;
}

/* Item 6, decision 14: the balance of the agreement's bank account; it warns and does not block. */
static void
check_balance (GPtrArray *out, const QcRemittanceFacts *facts, QcMoney total)
{
  const QcUnit *unit = facts->unit;
  gboolean known = facts->balance_known && unit->agreement_balance >= 0;
  if (known && unit->agreement_balance >= total)
    return;
  QcFinding *finding = qc_finding_new (known ? "remittance.balance-low" : "remittance.balance-unknown", NULL);
  qc_finding_set_arg_money (finding, "total", total);
  if (known) {
    qc_finding_set_arg_money (finding, "balance", unit->agreement_balance);
    qc_finding_set_arg_money (finding, "missing", total - unit->agreement_balance);
    qc_finding_set_arg_time (finding, "time", unit->agreement_balance_time);
  }
  g_ptr_array_add (out, finding);
}

static void
check_amounts (GPtrArray *out, const QcRemittanceFacts *facts, QcMethod method)
{
  QcMoney total;
  if (facts->overflowed || !sum_lines (facts->months, &total)) {
    g_ptr_array_add (out, qc_finding_new ("remittance.overflow", NULL));
    return;
  }
  check_lines (out, facts->months);
  if (method == QC_METHOD_COLLECTION && facts->unit->agreement_account != NULL)
    check_balance (out, facts, total);
  if (facts->unit->suspense > 0) {
    QcFinding *finding = qc_finding_new ("remittance.suspense", NULL);
    qc_finding_set_arg_money (finding, "suspense", facts->unit->suspense);
    g_ptr_array_add (out, finding);
  }
}

static void
add_count (GPtrArray *out, const char *code, gint64 count)
{
  if (count <= 0)
    return;
  QcFinding *finding = qc_finding_new (code, NULL);
  qc_finding_set_arg_int (finding, "count", count);
  g_ptr_array_add (out, finding);
}

GPtrArray *
qc_rules_remittance_check (const QcRemittanceFacts *facts, const QcRemittanceClaim *claim)
{
  GPtrArray *out = qc_findings_new ();
  check_unit (out, facts);
  qc_rules_remittance_check_method (out, facts->unit, claim->method);
  gboolean terms = TRUE;
  if (check_months (out, facts, claim))
    terms = check_terms (out, facts, claim);
  check_open (out, facts);
  if (facts->months != NULL)
    check_amounts (out, facts, claim->method);
  if (terms)
    add_count (out, "remittance.no-base", facts->missing);
  add_count (out, "remittance.class-unanswered", facts->unanswered);
  add_count (out, "remittance.left-out", facts->left_out);
  add_count (out, "remittance.base-pending", facts->base_pending);
  add_count (out, "remittance.queued", facts->queued);
  add_count (out, "remittance.queued-reviewed", facts->queued_reviewed);
  qc_findings_sort (out);
  return out;
}

static void
compare_line (GPtrArray *out, const QcMonthLine *confirmed, const QcMonthLine *now)
{
  if (confirmed->month == now->month && confirmed->people == now->people
      && qc_month_line_fen (confirmed) == qc_month_line_fen (now))
    return;
  QcFinding *finding = qc_finding_new ("remittance.month-changed", NULL);
  finding->month = now->month;
  qc_finding_set_arg_month (finding, "month", now->month);
  qc_finding_set_arg_int (finding, "confirmed_people", confirmed->people);
  qc_finding_set_arg_money (finding, "confirmed_fen", qc_month_line_fen (confirmed));
  qc_finding_set_arg_int (finding, "people", now->people);
  qc_finding_set_arg_money (finding, "fen", qc_month_line_fen (now));
  g_ptr_array_add (out, finding);
}

GPtrArray *
qc_rules_remittance_compare (const QcRemittanceClaim *claim, const char *terms, const GArray *computed)
{
  GPtrArray *out = qc_findings_new ();
  if (g_strcmp0 (claim->terms, terms) != 0)
    g_ptr_array_add (out, qc_finding_new ("remittance.terms-moved", NULL));
  if (claim->months->len != computed->len) {
    QcFinding *finding = qc_finding_new ("remittance.months-differ", NULL);
    qc_finding_set_arg_int (finding, "confirmed", claim->months->len);
    qc_finding_set_arg_int (finding, "computed", computed->len);
    g_ptr_array_add (out, finding);
  }
  for (guint i = 0; i < MIN (claim->months->len, computed->len); i++)
    compare_line (out, &g_array_index (claim->months, QcMonthLine, i), &g_array_index (computed, QcMonthLine, i));
  qc_findings_sort (out);
  return out;
}
