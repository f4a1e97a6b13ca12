/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Spans of what was paid: rows as pulled, of one person, and added up by month. Database threads only.
 */
#include "qc-store-spans.h"

#include "qc-month.h"
#include "qc-store-private.h"

void
qc_store_span_free (QcStoreSpan *span)
{
  if (span == NULL)
    return;
  g_free (span->serial);
  g_free (span);
}

gboolean
qc_store_apply_span (const QcStorePage *page, const QcFeedRow *row, GError **error)
{
  const QcPaidSpan *span = row->span;
  if (row->deleted)
    return qc_sql_run (page->connection, error, "DELETE FROM paid_span WHERE scope = ? AND key = ?", page->scope,
                       row->key);
  return qc_sql_run (page->connection, error,
                     "INSERT OR REPLACE INTO paid_span"
                     " (scope, person, from_month, key, pull, to_month, base, unit, personal, kind, serial)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     page->scope, row->person, span->from, row->key, page->pull, span->to, span->base, span->unit,
                     span->personal, span->kind == QC_SPAN_BACK_PAYMENT, row->serial);
}

GPtrArray *
qc_store_spans_of (QcConnection *connection, const char *profile, const char *unit, const char *account, GError **error)
{
  g_autoptr (GPtrArray) spans = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_store_span_free);
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT from_month, to_month, base, unit, personal, kind, serial FROM paid_span"
                     " WHERE scope = (SELECT id FROM scope WHERE profile = ? AND unit = ?) AND person = ?"
                     " ORDER BY from_month, key",
                     profile, unit, account);
  if (statement == NULL)
    return NULL;
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&spans);
    QcStoreSpan *span = g_new0 (QcStoreSpan, 1);
    span->span = (QcPaidSpan) {
        .from = qc_statement_get_int (statement, 0),
        .to = qc_statement_get_int (statement, 1),
        .base = qc_statement_get_int (statement, 2),
        .unit = qc_statement_get_int (statement, 3),
        .personal = qc_statement_get_int (statement, 4),
        .kind = qc_statement_get_int (statement, 5) ? QC_SPAN_BACK_PAYMENT : QC_SPAN_REMITTANCE,
    };
    span->serial = qc_statement_dup_text (statement, 6);
    g_ptr_array_add (spans, span);
  }
  return NULL;
}

/* Adds one span to the first of its months and takes it away after its last: summing along gives each month. */
static void
add_span (GArray *months, QcMonth from, QcMonth to, QcMonth first, QcMoney fen, gboolean remittance)
{
  int start = MAX (0, qc_month_diff (first, from));
  int end = qc_month_diff (first, to) + 1;
  QcStoreMonthFigure *figure = &g_array_index (months, QcStoreMonthFigure, start);
  figure->fen += fen;
  figure->people += remittance;
  if (end < (int)months->len) {
    figure = &g_array_index (months, QcStoreMonthFigure, end);
    figure->fen -= fen;
    figure->people -= remittance;
  }
}

static GArray *
empty_months (QcMonth from, QcMonth to)
{
  GArray *months = g_array_new (FALSE, TRUE, sizeof (QcStoreMonthFigure));
  for (QcMonth month = from; month <= to; month = qc_month_add (month, 1)) {
    QcStoreMonthFigure figure = {.month = month};
    g_array_append_val (months, figure);
  }
  return months;
}

GArray *
qc_store_spans_by_month (QcConnection *connection, const char *profile, const char *unit, QcMonth from, QcMonth to,
                         GError **error)
{
  g_autoptr (GArray) months = empty_months (from, to);
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT from_month, to_month, unit + personal, kind FROM paid_span"
                     " WHERE scope = (SELECT id FROM scope WHERE profile = ? AND unit = ?)"
                     " AND from_month <= ? AND to_month >= ?",
                     profile, unit, to, from);
  if (statement == NULL)
    return NULL;
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row) {
      for (guint i = 1; i < months->len; i++) {
        QcStoreMonthFigure *figure = &g_array_index (months, QcStoreMonthFigure, i);
        figure->fen += figure[-1].fen;
        figure->people += figure[-1].people;
      }
      return g_steal_pointer (&months);
    }
    add_span (months, qc_statement_get_int (statement, 0), qc_statement_get_int (statement, 1), from,
              qc_statement_get_int (statement, 2), qc_statement_get_int (statement, 3) == 0);
  }
  return NULL;
}

/* ---- who was remitted in a month ---- */

/* Columns @column … of @statement; FALSE where there is no span. */
static gboolean
read_month_span (QcStatement *statement, int column, QcMonth month, QcPaidSpan *out)
{
  if (qc_statement_is_null (statement, column))
    return FALSE;
  *out = (QcPaidSpan) {.from = month,
                       .to = month,
                       .base = qc_statement_get_int (statement, column),
                       .unit = qc_statement_get_int (statement, column + 1),
                       .personal = qc_statement_get_int (statement, column + 2),
                       .kind = QC_SPAN_REMITTANCE};
  return TRUE;
}

#define COVERS(alias)                                                                                          \
  " LEFT JOIN paid_span AS " alias " ON " alias ".scope = p.scope AND " alias ".person = p.account AND " alias \
  ".from_month <= ? AND " alias ".to_month >= ? AND " alias ".kind = 0"

gboolean
qc_store_spans_each_of_month (QcConnection *connection, const char *profile, const char *unit, QcMonth month,
                              QcStoreMonthFunc func, gpointer user_data, GError **error)
{
  QcMonth before = qc_month_add (month, -1);
  g_autoptr (QcStatement) statement = qc_sql_bind (
      connection, error,
      "SELECT " QC_STORE_PERSON_COLUMNS ", p.gone, s.base, s.unit, s.personal, b.base, b.unit, b.personal"
      " FROM person AS p" COVERS ("s")
          COVERS ("b") " WHERE p.scope = (SELECT id FROM scope WHERE profile = ? AND unit = ?)"
                       " AND (s.base IS NOT NULL OR b.base IS NOT NULL) ORDER BY p.account",
      month, month, before, before, profile, unit);
  gboolean has_row = statement != NULL;
  while (has_row) {
    if (!qc_statement_step (statement, &has_row, error))
      return FALSE;
    if (!has_row)
      return TRUE;
    g_autoptr (QcEmployee) employee = qc_store_read_person (statement, 0);
    QcPaidSpan span, previous;
    QcStoreMonthPerson person = {.employee = employee, .gone = qc_statement_get_int (statement, 17) != 0};
    person.span = read_month_span (statement, 18, month, &span) ? &span : NULL;
    person.previous = read_month_span (statement, 21, before, &previous) ? &previous : NULL;
    if (!func (&person, user_data))
      return TRUE;
  }
  return FALSE;
}
