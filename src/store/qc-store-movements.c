/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Movements of money as pulled. Database threads only.
 */
#include "qc-store-movements.h"

#include "qc-store-private.h"

gboolean
qc_store_apply_movement (const QcStorePage *page, const QcFeedRow *row, GError **error)
{
  const QcMovement *m = row->movement;
  if (row->deleted)
    return qc_sql_run (page->connection, error, "DELETE FROM movement WHERE scope = ? AND key = ?", page->scope,
                       row->key);
  return qc_sql_run (page->connection, error,
                     "INSERT OR REPLACE INTO movement (scope, key, pull, time, kind, fen, serial, balance_after, text)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     page->scope, row->key, page->pull, m->time, m->kind, m->fen, m->serial, m->balance_after, m->text);
}

GPtrArray *
qc_store_movements_list (QcConnection *connection, const char *profile, const char *unit, const char *serial,
                         gint64 offset, gint64 limit, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_movement_free);
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT key, time, kind, fen, serial, balance_after, text FROM movement"
                     " WHERE scope = (SELECT id FROM scope WHERE profile = ?1 AND unit = ?2)"
                     " AND (?3 IS NULL OR serial = ?3) ORDER BY time DESC, length (key) DESC, key DESC"
                     " LIMIT ?5 OFFSET ?4",
                     profile, unit, serial, offset, limit);
  if (statement == NULL)
    return NULL;
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    QcMovement *movement = qc_movement_new ();
    movement->key = qc_statement_dup_text (statement, 0);
    movement->time = qc_statement_get_int (statement, 1);
    movement->kind = qc_statement_dup_text (statement, 2);
    movement->fen = qc_statement_get_int (statement, 3);
    movement->serial = qc_statement_dup_text (statement, 4);
    movement->balance_after = qc_statement_get_int (statement, 5);
    movement->text = qc_statement_dup_text (statement, 6);
    g_ptr_array_add (list, movement);
  }
  return NULL;
}
