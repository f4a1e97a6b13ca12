/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 补缴, month by month; see the header. Pure functions, any thread.
 */
#include "qc-back-payment.h"
#include "qc-contribution.h"
#include "qc-month.h"

static void
pending_free (QcPendingMonths *pending)
{
  g_free (pending->serial);
  g_free (pending);
}

QcPersonHistory *
qc_person_history_new (void)
{
  QcPersonHistory *history = g_new0 (QcPersonHistory, 1);
  history->bases = g_array_new (FALSE, FALSE, sizeof (QcBaseChange));
  history->spans = g_array_new (FALSE, FALSE, sizeof (QcPaidSpan));
  history->pending = g_ptr_array_new_with_free_func ((GDestroyNotify)pending_free);
  return history;
}

void
qc_person_history_free (QcPersonHistory *history)
{
  if (history == NULL)
    return;
  g_array_unref (history->bases);
  g_array_unref (history->spans);
  g_ptr_array_unref (history->pending);
  g_free (history);
}

QcPersonHistory *
qc_person_history_copy (const QcPersonHistory *history)
{
  QcPersonHistory *copy = qc_person_history_new ();
  g_array_append_vals (copy->bases, history->bases->data, history->bases->len);
  g_array_append_vals (copy->spans, history->spans->data, history->spans->len);
  for (guint i = 0; i < history->pending->len; i++) {
    const QcPendingMonths *pending = g_ptr_array_index (history->pending, i);
    qc_person_history_add_pending (copy, pending->serial, pending->from, pending->to);
  }
  return copy;
}

void
qc_person_history_add_pending (QcPersonHistory *history, const char *serial, QcMonth from, QcMonth to)
{
  QcPendingMonths *pending = g_new (QcPendingMonths, 1);
  *pending = (QcPendingMonths) {g_strdup (serial), from, to};
  g_ptr_array_add (history->pending, pending);
}

const QcPersonHistory *
qc_back_payment_history (const QcRosterFacts *facts, const QcRosterLine *line)
{
  return facts->histories != NULL && line->account != NULL ? g_hash_table_lookup (facts->histories, line->account)
                                                           : NULL;
}

gboolean
qc_back_payment_is_difference (const GPtrArray *codes, const char *reason)
{
  const QcCode *code = qc_codes_find (codes, "back-payment-reason", reason);
  return code != NULL && code->difference;
}

static void
add_up_paid (const QcPersonHistory *history, QcBackMonth *month)
{
  for (guint i = 0; i < history->spans->len; i++) {
    const QcPaidSpan *span = &g_array_index (history->spans, QcPaidSpan, i);
    if (span->from > month->month || span->to < month->month)
      continue;
    month->paid_unit += span->unit;
    month->paid_personal += span->personal;
  }
}

static gboolean
is_paid (const QcBackMonth *month, QcContribution due)
{
  return qc_back_month_paid (month) > 0 && month->paid_unit >= due.unit && month->paid_personal >= due.personal;
}

/* @meant: the base that is to count instead of the month's own; 0 = that one. Whether all was paid is judged by the
 * month's own in any case: nobody pays a month again by meaning more. */
static QcBackState
judge (const QcRosterFacts *facts, const QcPersonHistory *history, QcMoney meant, QcBackMonth *month)
{
  add_up_paid (history, month);
  QcMoney own = qc_base_at ((const QcBaseChange *)history->bases->data, history->bases->len, month->month);
  month->base = meant > 0 ? meant : own;
  if (facts->unit->paid_to == QC_MONTH_NONE || month->month > facts->unit->paid_to)
    return QC_BACK_LATER;
  const QcPolicy *policy = qc_policy_at (facts->policies, month->month);
  const QcRatios *ratios = qc_ratios_at (facts->ratios, month->month);
  if (policy == NULL || ratios == NULL)
    return QC_BACK_NO_TERMS;
  if (own > 0 && is_paid (month, qc_contribution_compute (own, ratios, policy)))
    return QC_BACK_FULL;
  if (month->base <= 0 || month->base > QC_MONEY_MAX)
    return QC_BACK_NO_BASE;
  QcContribution due = qc_contribution_compute (month->base, ratios, policy);
  month->due_unit = due.unit;
  month->due_personal = due.personal;
  month->unit = MAX (0, due.unit - month->paid_unit);
  month->personal = MAX (0, due.personal - month->paid_personal);
  return month->unit + month->personal > 0 ? QC_BACK_OWED : QC_BACK_FULL;
}

GArray *
qc_back_payment_months (const QcRosterFacts *facts, const QcPersonHistory *history, const QcRosterLine *line)
{
  GArray *months = g_array_new (FALSE, FALSE, sizeof (QcBackMonth));
  if (!qc_month_is_valid (line->from) || !qc_month_is_valid (line->to) || line->from > line->to
      || qc_month_diff (line->from, line->to) >= QC_BACK_PAYMENT_MAX_MONTHS)
    return months;
  QcMoney meant = qc_back_payment_is_difference (facts->codes, line->reason) ? 0 : line->new_base;
  for (QcMonth at = line->from; at <= line->to; at = qc_month_add (at, 1)) {
    QcBackMonth month = {.month = at};
    month.state = judge (facts, history, meant, &month);
    g_array_append_val (months, month);
  }
  return months;
}
