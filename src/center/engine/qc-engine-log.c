/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Counters, and the log of who did what. Each line of the log carries a hash over its own fields and the hash of the
 * line before, so that a line changed or removed later shows. Database threads only.
 */
#include "qc-digest.h"
#include "qc-engine-private.h"

G_DEFINE_QUARK (qc - engine - error - quark, qc_engine_error)

gboolean
qc_engine_missing (GError **error, const char *what, const char *which)
{
  g_set_error (error, QC_ENGINE_ERROR, QC_ENGINE_ERROR_MISSING, "no %s %s", what, which);
  return FALSE;
}

gboolean
qc_engine_take (QcConnection *connection, const char *name, gint64 n, gint64 *out, GError **error)
{
  g_autoptr (QcStatement) statement = qc_connection_prepare (
      connection, "UPDATE counter SET value = value + ?2 WHERE name = ?1 RETURNING value - ?2 + 1", error);
  if (statement == NULL)
    return FALSE;
  qc_statement_bind_text (statement, 1, name);
  qc_statement_bind_int (statement, 2, n);
  gboolean has_row;
  if (!qc_statement_step (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return qc_engine_missing (error, "counter", name);
  *out = qc_statement_get_int (statement, 0);
  return TRUE;
}

char *
qc_engine_log_hash (const char *previous, const QcLogEntry *entry)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, entry->id);
  g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, entry->time);
  const char *parts[] = {id, time, entry->actor, entry->action, entry->unit, entry->serial, entry->detail};
  return qc_digest_chain (previous, parts, G_N_ELEMENTS (parts));
}

/* The last line's number and hash; 0 and "" on an empty log. */
static gboolean
read_last (QcConnection *connection, gint64 *out_id, char **out_hash, GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_connection_prepare (connection, "SELECT id, hash FROM log ORDER BY id DESC LIMIT 1", error);
  gboolean has_row;
  if (statement == NULL || !qc_statement_step (statement, &has_row, error))
    return FALSE;
  *out_id = has_row ? qc_statement_get_int (statement, 0) : 0;
  *out_hash = has_row ? qc_statement_dup_text (statement, 1) : g_strdup ("");
  return TRUE;
}

gboolean
qc_engine_log (QcConnection *connection, gint64 now, const char *actor, const char *action, const char *unit,
               const char *serial, const char *detail, GError **error)
{
  QcLogEntry entry = {
      .time = now,
      .actor = (char *)(actor ? actor : "center"),
      .action = (char *)action,
      .unit = (char *)unit,
      .serial = (char *)serial,
      .detail = (char *)(detail ? detail : ""),
  };
  g_return_val_if_fail (action != NULL, FALSE);
  g_autofree char *previous = NULL;
  if (!read_last (connection, &entry.id, &previous, error))
    return FALSE;
  entry.id++;
  g_autofree char *hash = qc_engine_log_hash (previous, &entry);
  return qc_sql_run (connection, error, "INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?)", entry.id, entry.time,
                     entry.actor, entry.action, entry.unit, entry.serial, entry.detail, hash);
}
