/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Remembered choices. Database threads only.
 */
#include "qc-store-prefs.h"

#include "qc-store-private.h"

gboolean
qc_store_prefs_get (QcConnection *connection, const char *profile, const char *name, char **out, GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error, "SELECT value FROM preference WHERE profile = ? AND name = ?", profile, name);
  *out = NULL;
  gboolean has_row;
  if (statement == NULL || !qc_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *out = qc_statement_dup_text (statement, 0);
  return TRUE;
}

gboolean
qc_store_prefs_set (QcConnection *connection, const char *profile, const char *name, const char *value, GError **error)
{
  return value == NULL
             ? qc_sql_run (connection, error, "DELETE FROM preference WHERE profile = ? AND name = ?", profile, name)
             : qc_sql_run (connection, error,
                           "INSERT OR REPLACE INTO preference (profile, name, value) VALUES (?, ?, ?)", profile, name,
                           value);
}
