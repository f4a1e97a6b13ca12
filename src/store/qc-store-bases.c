/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The base history: rows as pulled, and those of one person. Database threads only.
 */
#include "qc-store-bases.h"

#include "qc-store-private.h"

gboolean
qc_store_apply_base (const QcStorePage *page, const QcFeedRow *row, GError **error)
{
  if (row->deleted)
    return qc_sql_run (page->connection, error, "DELETE FROM base_history WHERE scope = ? AND key = ?", page->scope,
                       row->key);
  /* replaces by key wherever the row lay before */
  return qc_sql_run (page->connection, error,
                     "INSERT OR REPLACE INTO base_history"
                     " (scope, person, from_month, entered, key, pull, base, retroactive)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                     page->scope, row->person, row->base->from, row->time, row->key, page->pull, row->base->base,
                     row->base->retroactive);
}

GArray *
qc_store_bases_get (QcConnection *connection, const char *profile, const char *unit, const char *account,
                    GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (QcBaseChange));
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT from_month, base, retroactive FROM base_history"
                     " WHERE scope = (SELECT id FROM scope WHERE profile = ? AND unit = ?) AND person = ?"
                     " ORDER BY from_month, entered, key",
                     profile, unit, account);
  if (statement == NULL)
    return NULL;
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&rows);
    QcBaseChange change = (QcBaseChange) {qc_statement_get_int (statement, 0), qc_statement_get_int (statement, 1),
                                          qc_statement_get_int (statement, 2) != 0};
    g_array_append_val (rows, change);
  }
  return NULL;
}
