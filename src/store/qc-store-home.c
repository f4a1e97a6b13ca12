/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. Database threads only.
 */
#include "qc-store-home.h"

#include "qc-store-private.h"

static void
retiring_clear (gpointer data)
{
  QcStoreRetiring *retiring = data;
  g_free (retiring->account);
  g_free (retiring->name);
}

QcStoreHome *
qc_store_home_new (void)
{
  QcStoreHome *home = g_new0 (QcStoreHome, 1);
  home->retiring = g_array_new (FALSE, TRUE, sizeof (QcStoreRetiring));
  g_array_set_clear_func (home->retiring, retiring_clear);
  home->months = g_array_new (FALSE, TRUE, sizeof (QcStoreMonthFigure));
  return home;
}

void
qc_store_home_free (QcStoreHome *home)
{
  if (home == NULL)
    return;
  g_array_unref (home->months);
  g_array_unref (home->retiring);
  g_free (home);
}

static gboolean
read_months (QcConnection *connection, gint64 scope, GArray *months, GError **error)
{
  g_autoptr (QcStatement) statement = qc_sql_bind (
      connection, error, "SELECT month, people, fen FROM home_month WHERE scope = ? ORDER BY month", scope);
  if (statement == NULL)
    return FALSE;
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return TRUE;
    QcStoreMonthFigure figure = {(QcMonth)qc_statement_get_int (statement, 0), qc_statement_get_int (statement, 1),
                                 qc_statement_get_int (statement, 2)};
    g_array_append_val (months, figure);
  }
  return FALSE;
}

static gboolean
read_retiring (QcConnection *connection, gint64 scope, GArray *retiring, GError **error)
{
  g_autoptr (QcStatement) statement = qc_sql_bind (
      connection, error, "SELECT account, name, month FROM home_retiring WHERE scope = ? ORDER BY position", scope);
  gboolean has_row = statement != NULL;
  while (has_row) {
    if (!qc_statement_step (statement, &has_row, error))
      return FALSE;
    if (!has_row)
      break;
    QcStoreRetiring row = {qc_statement_dup_text (statement, 0), qc_statement_dup_text (statement, 1),
                           (QcMonth)qc_statement_get_int (statement, 2)};
    g_array_append_val (retiring, row);
  }
  return statement != NULL;
}

static gboolean
write_retiring (QcConnection *connection, gint64 scope, const GArray *retiring, GError **error)
{
  for (guint i = 0; i < retiring->len; i++) {
    const QcStoreRetiring *row = &g_array_index (retiring, QcStoreRetiring, i);
    if (!qc_sql_run (connection, error,
                     "INSERT INTO home_retiring (scope, position, account, name, month) VALUES (?, ?, ?, ?, ?)", scope,
                     (gint64)i, row->account, row->name, row->month))
      return FALSE;
  }
  return TRUE;
}

gboolean
qc_store_home_get (QcConnection *connection, const char *profile, const char *unit, const char *stamp,
                   QcStoreHome **out, GError **error)
{
  g_autoptr (QcStoreHome) home = qc_store_home_new ();
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT scope, people, fen, left_out, unanswered, waiting, pending, retiring"
                     " FROM home_due"
                     " WHERE scope = (SELECT id FROM scope WHERE profile = ? AND unit = ?) AND stamp = ?",
                     profile, unit, stamp);
  *out = NULL;
  gboolean has_row;
  if (statement == NULL || !qc_statement_step (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  home->people = qc_statement_get_int (statement, 1);
  home->fen = qc_statement_get_int (statement, 2);
  home->left_out = qc_statement_get_int (statement, 3);
  home->unanswered = qc_statement_get_int (statement, 4);
  home->waiting = qc_statement_get_int (statement, 5);
  home->pending = qc_statement_get_int (statement, 6);
  home->n_retiring = qc_statement_get_int (statement, 7);
  gint64 scope = qc_statement_get_int (statement, 0);
  if (!read_months (connection, scope, home->months, error)
      || !read_retiring (connection, scope, home->retiring, error))
    return FALSE;
  *out = g_steal_pointer (&home);
  return TRUE;
}

gboolean
qc_store_home_keep (QcConnection *connection, const char *profile, const char *unit, const char *stamp,
                    const QcStoreHome *home, GError **error)
{
  gint64 scope;
  /* the months of before go with the row */
  if (!qc_store_scope_ensure (connection, profile, unit, &scope, error)
      || !qc_sql_run (connection, error, "DELETE FROM home_due WHERE scope = ?", scope)
      || !qc_sql_run (connection, error,
                      "INSERT INTO home_due (scope, stamp, people, fen, left_out, unanswered, waiting, pending,"
                      " retiring) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                      scope, stamp, home->people, home->fen, home->left_out, home->unanswered, home->waiting,
                      home->pending, home->n_retiring)
      || !write_retiring (connection, scope, home->retiring, error))
    return FALSE;
  for (guint i = 0; i < home->months->len; i++) {
    const QcStoreMonthFigure *figure = &g_array_index (home->months, QcStoreMonthFigure, i);
    if (!qc_sql_run (connection, error, "INSERT INTO home_month (scope, month, people, fen) VALUES (?, ?, ?, ?)", scope,
                     figure->month, figure->people, figure->fen))
      return FALSE;
  }
  return TRUE;
}
