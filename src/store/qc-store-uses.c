/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header.
 */
#include "qc-store-uses.h"

#include "qc-store-private.h"

gboolean
qc_store_uses_get (QcConnection *connection, const char *profile, const char *unit, const char *subject, gint64 *out,
                   GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT uses FROM paper_use WHERE scope = (SELECT id FROM scope WHERE profile = ? AND unit = ?)"
                     " AND subject = ?",
                     profile, unit, subject);
  gboolean has_row;
  *out = 0;
  if (statement == NULL || !qc_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *out = qc_statement_get_int (statement, 0);
  return TRUE;
}

gboolean
qc_store_uses_add (QcConnection *connection, const char *profile, const char *unit, const char *subject, GError **error)
{
  gint64 scope;
  return qc_store_scope_ensure (connection, profile, unit, &scope, error)
         && qc_sql_run (connection, error,
                        "INSERT INTO paper_use (scope, subject, uses) VALUES (?, ?, 1)"
                        " ON CONFLICT (scope, subject) DO UPDATE SET uses = uses + 1",
                        scope, subject);
}
