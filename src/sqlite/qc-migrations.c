/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Schema versions, and what happens to a file that cannot be used. A migration is preceded by a look through the whole
 * file and a copy of it; each version's script is one transaction with its number. On the thread of the connection.
 */
#include "qc-migrations.h"

#include <errno.h>
#include <string.h>
#include <glib/gstdio.h>

static gboolean
run_script (QcConnection *connection, const char *script, guint version, GError **error)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (script, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autofree char *pragma = g_strdup_printf ("PRAGMA user_version=%u", version);
  if (bytes == NULL)
    return FALSE;
  g_autofree char *sql = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (QcTransaction) transaction = qc_transaction_begin (connection, QC_TRANSACTION_WRITE, script, error);
  if (transaction == NULL)
    return FALSE;
  if (!qc_connection_exec (connection, sql, error) || !qc_connection_exec (connection, pragma, error)) {
    g_prefix_error (error, "%s: ", script);
    return FALSE;
  }
  return qc_transaction_commit (transaction, error);
}

/* The copy is complete under another name before it takes the place of an older copy. */
static gboolean
lay_copy_aside (QcConnection *connection, const char *path, gint64 version, GError **error)
{
  g_autofree char *copy = g_strdup_printf ("%s.v%" G_GINT64_FORMAT ".bak", path, version);
  g_autofree char *part = g_strconcat (copy, ".part", NULL);
  g_unlink (part);
  if (!qc_connection_copy_to (connection, part, error))
    return FALSE;
  if (g_rename (part, copy) == 0)
    return TRUE;
  g_set_error (error, QC_DB_ERROR, QC_DB_ERROR_IO, "%s: %s", copy, g_strerror (errno));
  return FALSE;
}

gboolean
qc_migrations_run (QcConnection *connection, const char *path, const char *const *scripts, guint n, GError **error)
{
  gint64 version;
  if (!qc_connection_get_int (connection, "PRAGMA user_version", 0, &version, error))
    return FALSE;
  if (version > (gint64)n || version < 0) {
    g_set_error (error, QC_DB_ERROR, QC_DB_ERROR_NEWER, "%s has version %" G_GINT64_FORMAT ", this program knows %u",
                 path, version, n);
    return FALSE;
  }
  if (version == (gint64)n)
    return TRUE;
  if (version > 0 && (!qc_connection_check (connection, error) || !lay_copy_aside (connection, path, version, error)))
    return FALSE;
  for (guint i = version; i < n; i++)
    if (!run_script (connection, scripts[i], i + 1, error))
      return FALSE;
  return TRUE;
}

static gboolean
move_one (const char *path, const char *moved, const char *suffix, gboolean needed, GError **error)
{
  g_autofree char *from = g_strconcat (path, suffix, NULL);
  g_autofree char *to = g_strconcat (moved, suffix, NULL);
  if (g_rename (from, to) == 0 || (!needed && errno == ENOENT))
    return TRUE;
  g_set_error (error, QC_DB_ERROR, QC_DB_ERROR_IO, "%s: %s", from, g_strerror (errno));
  return FALSE;
}

gboolean
qc_migrations_set_aside (const char *path, char **out_moved, GError **error)
{
  g_autofree char *moved = g_strdup_printf ("%s.damaged-%" G_GINT64_FORMAT, path, g_get_real_time () / G_USEC_PER_SEC);
  /* never over an earlier one */
  for (guint i = 2; g_file_test (moved, G_FILE_TEST_EXISTS); i++) {
    g_free (moved);
    moved = g_strdup_printf ("%s.damaged-%" G_GINT64_FORMAT "-%u", path, g_get_real_time () / G_USEC_PER_SEC, i);
  }
  /* the WAL first: a new database must never find the WAL of the old one */
  if (!move_one (path, moved, "-wal", FALSE, error) || !move_one (path, moved, "-shm", FALSE, error)
      || !move_one (path, moved, "", TRUE, error))
    return FALSE;
  if (out_moved != NULL)
    *out_moved = g_steal_pointer (&moved);
  return TRUE;
}
