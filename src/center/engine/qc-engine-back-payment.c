/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 补缴 in the ledger (decisions 7, 8, 22): what each line owes month by month becomes the months of the application
 * and, once it is approved, spans that are booked when the money is there. Writer thread only.
 */
#include "qc-back-payment.h"
#include "qc-engine-roster.h"

static GArray *
months_of (const QcRosterPlan *plan, const QcPlannedLine *planned)
{
  return qc_back_payment_months (&plan->facts, qc_back_payment_history (&plan->facts, planned->line), planned->line);
}

static QcMonthLine *
find_month (GArray *months, QcMonth month)
{
  guint i = 0;
  while (i < months->len && g_array_index (months, QcMonthLine, i).month < month)
    i++;
  if (i == months->len || g_array_index (months, QcMonthLine, i).month != month) {
    QcMonthLine line = {.month = month};
    g_array_insert_val (months, i, line);
  }
  return &g_array_index (months, QcMonthLine, i);
}

/* Whoever is paid for is added to nothing. */
static void
add_month (GArray *months, const QcBackMonth *owed)
{
  QcMonthLine *line = find_month (months, owed->month);
  line->people++;
  line->added_people++;
  line->added_fen += owed->unit + owed->personal;
  line->unit_fen += owed->unit;
  line->personal_fen += owed->personal;
}

void
qc_engine_back_payment_figures (const QcRosterPlan *plan, QcApplication *draft)
{
  g_array_set_size (draft->months, 0);
  draft->fen = 0;
  for (guint i = 0; i < plan->lines->len; i++) {
    g_autoptr (GArray) months = months_of (plan, &g_array_index (plan->lines, QcPlannedLine, i));
    for (guint j = 0; j < months->len; j++) {
      const QcBackMonth *month = &g_array_index (months, QcBackMonth, j);
      if (month->state != QC_BACK_OWED)
        continue;
      add_month (draft->months, month);
      draft->fen += month->unit + month->personal;
    }
  }
  guint n = draft->months->len;
  draft->start = n > 0 ? g_array_index (draft->months, QcMonthLine, 0).month : QC_MONTH_NONE;
  draft->end = n > 0 ? g_array_index (draft->months, QcMonthLine, n - 1).month : QC_MONTH_NONE;
}

static gboolean
write_span (QcStatement *s, const QcPaidSpan *span, GError **error)
{
  if (span->to == QC_MONTH_NONE)
    return TRUE;
  qc_statement_bind_int (s, 4, span->from);
  qc_statement_bind_int (s, 5, span->to);
  qc_statement_bind_int (s, 6, span->base);
  qc_statement_bind_int (s, 7, span->unit);
  qc_statement_bind_int (s, 8, span->personal);
  return qc_statement_run (s, error);
}

/* Equal months in a row are one span. */
static gboolean
write_line (QcStatement *s, const QcRosterPlan *plan, const QcPlannedLine *planned, GError **error)
{
  g_autoptr (GArray) months = months_of (plan, planned);
  QcPaidSpan span = {.kind = QC_SPAN_BACK_PAYMENT};
  qc_statement_bind_int (s, 2, planned->person);
  for (guint i = 0; i < months->len; i++) {
    const QcBackMonth *month = &g_array_index (months, QcBackMonth, i);
    if (month->state != QC_BACK_OWED)
      continue;
    if (span.to != QC_MONTH_NONE && qc_month_add (span.to, 1) == month->month && span.base == month->base
        && span.unit == month->unit && span.personal == month->personal) {
      span.to = month->month;
      continue;
    }
    if (!write_span (s, &span, error))
      return FALSE;
    span.from = span.to = month->month;
    span.base = month->base;
    span.unit = month->unit;
    span.personal = month->personal;
  }
  return write_span (s, &span, error);
}

gboolean
qc_engine_back_payment_write (QcWork *work, const QcRosterPlan *plan, gint64 application, GError **error)
{
  g_autoptr (QcStatement) s
      = qc_connection_prepare (work->connection,
                               "INSERT INTO span (application, person, unit, from_month, to_month, base, unit_fen, "
                               "personal_fen, kind) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                               error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_int (s, 1, application);
  qc_statement_bind_int (s, 3, work->unit_id);
  qc_statement_bind_int (s, 9, QC_SPAN_BACK_PAYMENT);
  for (guint i = 0; i < plan->lines->len; i++)
    if (!write_line (s, plan, &g_array_index (plan->lines, QcPlannedLine, i), error))
      return FALSE;
  return TRUE;
}
