/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Rosters of applications. Database threads only.
 */
#include "qc-store-lines.h"

#include "qc-store-private.h"

#define DAY  (24 * 60 * 60)
#define KEEP (60 * DAY) /* seconds */

#define SCOPE "(SELECT id FROM scope WHERE profile = ? AND unit = ?)"

void
qc_store_roster_clear (QcStoreRoster *roster)
{
  g_clear_pointer (&roster->cursor, g_free);
  roster->fetched = 0;
}

void
qc_store_line_clear (QcStoreLine *line)
{
  g_clear_pointer (&line->facts, g_free);
}

gboolean
qc_store_lines_get (QcConnection *connection, const char *profile, const char *unit, const char *serial, gint64 created,
                    QcStoreRoster *out, GError **error)
{
  g_autoptr (QcStatement) s = qc_sql_bind (connection, error,
                                           "SELECT fetched, cursor FROM application_roster"
                                           " WHERE scope = " SCOPE " AND serial = ? AND created = ?",
                                           profile, unit, serial, created);
  *out = (QcStoreRoster) {0};
  gboolean has_row;
  if (s == NULL || !qc_statement_step (s, &has_row, error))
    return FALSE;
  if (has_row) {
    out->fetched = qc_statement_get_int (s, 0);
    out->cursor = qc_statement_dup_text (s, 1);
  }
  return TRUE;
}

/* The roster whose next page this is; the first page begins it anew. */
static gboolean
open_roster (QcConnection *connection, gint64 scope, const char *serial, gint64 created, const char *after,
             const char *cursor, gint64 now, GError **error)
{
  if (after == NULL)
    return qc_sql_run (connection, error, "DELETE FROM application_roster WHERE scope = ? AND serial = ?", scope,
                       serial)
           && qc_sql_run (connection, error, "INSERT INTO application_roster VALUES (?, ?, ?, ?, ?, ?)", scope, serial,
                          created, now, now, cursor);
  if (!qc_sql_run (connection, error,
                   "UPDATE application_roster SET cursor = ?, fetched = ?, looked = ?"
                   " WHERE scope = ? AND serial = ? AND created = ? AND cursor = ?",
                   cursor, now, now, scope, serial, created, after))
    return FALSE;
  if (qc_connection_changes (connection) == 1)
    return TRUE;
  g_set_error (error, QC_STORE_ERROR, QC_STORE_ERROR_STATE, "the lines of %s do not end at “%s”", serial, after);
  return FALSE;
}

gboolean
qc_store_lines_put (QcConnection *connection, const char *profile, const char *unit, const char *serial, gint64 created,
                    const GArray *lines, const char *after, const char *cursor, gint64 now, GError **error)
{
  gint64 scope;
  if (!qc_store_scope_ensure (connection, profile, unit, &scope, error)
      || !open_roster (connection, scope, serial, created, after, cursor, now, error))
    return FALSE;
  g_autoptr (QcStatement) s
      = qc_connection_prepare (connection, "INSERT INTO application_line VALUES (?, ?, ?, ?)", error);
  for (guint i = 0; s != NULL && i < lines->len; i++) {
    const QcStoreLine *line = &g_array_index (lines, QcStoreLine, i);
    qc_statement_bind_int (s, 1, scope);
    qc_statement_bind_text (s, 2, serial);
    qc_statement_bind_int (s, 3, line->line);
    qc_statement_bind_text (s, 4, line->facts);
    if (!qc_statement_run (s, error))
      return FALSE;
  }
  return s != NULL;
}

gboolean
qc_store_lines_each (QcConnection *connection, const char *profile, const char *unit, const char *serial,
                     QcStoreLineFunc func, gpointer user_data, GError **error)
{
  g_autoptr (QcStatement) s
      = qc_sql_bind (connection, error,
                     "SELECT line, facts FROM application_line WHERE scope = " SCOPE " AND serial = ? ORDER BY line",
                     profile, unit, serial);
  gboolean has_row;
  while (s != NULL && qc_statement_step (s, &has_row, error))
    if (!has_row || !func (qc_statement_get_int (s, 0), qc_statement_get_text (s, 1), user_data))
      return TRUE;
  return FALSE;
}

gboolean
qc_store_lines_each_holding (QcConnection *connection, const char *profile, const char *unit, const char *text,
                             QcStoreRosterLineFunc func, gpointer user_data, GError **error)
{
  g_autofree char *pattern = qc_store_dup_pattern (text);
  g_autoptr (QcStatement) s
      = qc_sql_bind (connection, error,
                     "SELECT serial, facts FROM application_line WHERE scope = " SCOPE " AND line > 0"
                     " AND facts LIKE ? ESCAPE '\\'",
                     profile, unit, pattern);
  gboolean has_row;
  while (s != NULL && qc_statement_step (s, &has_row, error))
    if (!has_row || !func (qc_statement_get_text (s, 0), qc_statement_get_text (s, 1), user_data))
      return TRUE;
  return FALSE;
}

/* Written once a day: looking is no reason to touch the disk. */
gboolean
qc_store_lines_look (QcConnection *connection, const char *profile, const char *unit, const char *serial, gint64 now,
                     GError **error)
{
  return qc_sql_run (connection, error,
                     "UPDATE application_roster SET looked = ? WHERE scope = " SCOPE " AND serial = ? AND looked < ?",
                     now, profile, unit, serial, now - DAY);
}

gboolean
qc_store_lines_purge (QcConnection *connection, gint64 now, GError **error)
{
  return qc_sql_run (connection, error, "DELETE FROM application_roster WHERE looked < ?", now - KEEP);
}
