/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. Database threads only.
 */
#include "qc-store-sheets.h"

#include "qc-store-private.h"

gboolean
qc_store_sheet_put (QcConnection *connection, const char *profile, const char *unit, const char *key, const char *sheet,
                    gint64 now, GError **error)
{
  gint64 scope;
  return qc_store_scope_ensure (connection, profile, unit, &scope, error)
         && qc_sql_run (connection, error,
                        "DELETE FROM month_sheet WHERE scope = ?1 AND key IN (SELECT key FROM outbox"
                        " WHERE scope = ?1 AND state IN ('withdrawn', 'refused'))",
                        scope)
         && qc_sql_run (connection, error,
                        "INSERT OR REPLACE INTO month_sheet (scope, key, made, sheet) VALUES (?, ?, ?, ?)", scope, key,
                        now, sheet);
}

gboolean
qc_store_sheet_get (QcConnection *connection, const char *profile, const char *unit, const char *name, char **out,
                    GError **error)
{
  gint64 scope;
  *out = NULL;
  if (!qc_store_scope_find (connection, profile, unit, &scope, error))
    return FALSE;
  /* a serial that was given anew names the newest */
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT sheet FROM month_sheet WHERE scope = ?1 AND key = coalesce ((SELECT key FROM outbox"
                     " WHERE scope = ?1 AND serial = ?2 AND kind = 'submission' ORDER BY id DESC LIMIT 1), ?2)",
                     scope, name);
  gboolean has_row;
  if (statement == NULL || !qc_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *out = qc_statement_dup_text (statement, 0);
  return TRUE;
}
