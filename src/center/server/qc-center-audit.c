/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-center-audit.h. Calling thread, and the reader's for the glance.
 */
#include "qc-center-audit.h"

#include "qc-center-db.h"
#include "qc-center-key.h"
#include "qc-center-server.h"
#include "qc-digest.h"
#include "qc-engine.h"
#include "qc-upload-files.h"

#define MOST_DAMAGES 20 /* of the database's pages that are told */

#define WHAT_TO_DO                                                                                                    \
  "Nothing is served from it and nothing was changed. Put back a copy of %s/center.db that holds, with the pictures " \
  "of its day (attachments), or have it mended; `qingce-center --audit --data %s` says everything that does not hold."

/* ---- the pages of the database ---- */

static gboolean
add_rows (QcConnection *connection, const char *sql, const char *format, GPtrArray *faults, GError **error)
{
  g_autoptr (QcStatement) s = qc_connection_prepare (connection, sql, error);
  gboolean has_row = s != NULL;
  while (has_row) {
    if (!qc_statement_step (s, &has_row, error))
      return FALSE;
    const char *text = has_row ? qc_statement_get_text (s, 0) : NULL;
    if (text != NULL && !g_str_equal (text, "ok"))
      g_ptr_array_add (faults, g_strdup_printf (format, text));
  }
  return s != NULL;
}

static gboolean
look_at_pages (QcConnection *connection, GPtrArray *faults, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA integrity_check(%d)", MOST_DAMAGES);
  return add_rows (connection, sql, "the database is damaged: %s", faults, error)
         && add_rows (connection, "SELECT DISTINCT \"table\" FROM pragma_foreign_key_check",
                      "a row names another one that is not there, in %s", faults, error);
}

/* ---- pictures ---- */

static gboolean
is_whole (QcUploadFiles *files, const char *digest)
{
  g_autoptr (GBytes) bytes = qc_upload_files_read (files, digest, NULL);
  g_autofree char *got = bytes != NULL ? qc_digest_hex_bytes (bytes) : NULL;
  return g_strcmp0 (got, digest) == 0;
}

static gboolean
look_at_pictures (QcConnection *connection, const char *data_dir, GPtrArray *faults, GError **error)
{
  QcUploadFiles *files = qc_upload_files_new (data_dir);
  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection,
      "SELECT t.digest, min (a.serial) FROM application_attachment AS t JOIN application AS a ON a.id = t.application "
      "GROUP BY t.digest",
      error);
  gboolean has_row = s != NULL;
  gboolean good = s != NULL;
  while (has_row && (good = qc_statement_step (s, &has_row, error)) && has_row)
    if (!is_whole (files, qc_statement_get_text (s, 0)))
      g_ptr_array_add (faults, g_strdup_printf ("a picture of application %s is gone or is another: %s",
                                                qc_statement_get_text (s, 1), qc_statement_get_text (s, 0)));
  qc_upload_files_free (files);
  return good;
}

/* ---- all of it ---- */

static gboolean
look_at_ledger (QcConnection *connection, const char *data_dir, GPtrArray *faults, GError **error)
{
  GError *fatal = NULL;
  g_autoptr (GPtrArray) found = qc_engine_audit_list (connection, FALSE, error);
  if (found == NULL)
    return FALSE;
  g_ptr_array_extend_and_steal (faults, g_steal_pointer (&found));
  char *key = qc_center_key_dup_fault (connection, data_dir, g_get_real_time () / G_USEC_PER_SEC, &fatal);
  if (fatal != NULL)
    key = g_strdup (fatal->message);
  g_clear_error (&fatal);
  if (key != NULL)
    g_ptr_array_add (faults, key);
  return look_at_pictures (connection, data_dir, faults, error);
}

static gboolean
check_version (QcConnection *connection, const char *path, GError **error)
{
  gint64 version;
  guint known = qc_center_db_get_version ();
  if (!qc_connection_get_int (connection, "PRAGMA user_version", 0, &version, error))
    return FALSE;
  if (version == known)
    return TRUE;
  g_set_error (error, QC_CENTER_SERVER_ERROR, QC_CENTER_SERVER_ERROR_DATA,
               version < known ? "%s is of an older version. Start the center once, then look through it."
                               : "%s is of a newer version than this program. Look through it with that one.",
               path);
  return FALSE;
}

/* A page that cannot be read is a fault too, and the last that can be told. */
static gboolean
look (const char *path, const char *data_dir, GPtrArray *faults, GError **error)
{
  g_autoptr (QcConnection) connection = qc_connection_open (path, QC_CONNECTION_READ_ONLY, error);
  if (connection == NULL || !check_version (connection, path, error))
    return FALSE;
  g_autoptr (QcTransaction) transaction = qc_transaction_begin (connection, QC_TRANSACTION_READ, "audit", error);
  return transaction != NULL && look_at_pages (connection, faults, error)
         && (faults->len > 0 || look_at_ledger (connection, data_dir, faults, error));
}

GPtrArray *
qc_center_audit (const char *data_dir, GError **error)
{
  g_autofree char *path = g_build_filename (data_dir, "center.db", NULL);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  GError *fault = NULL;
  if (look (path, data_dir, faults, &fault))
    return g_steal_pointer (&faults);
  if (!g_error_matches (fault, QC_DB_ERROR, QC_DB_ERROR_CORRUPT)) {
    g_propagate_error (error, fault);
    return NULL;
  }
  g_ptr_array_add (faults, g_strdup_printf ("the database is damaged: %s", fault->message));
  g_error_free (fault);
  return g_steal_pointer (&faults);
}

/* ---- at a start ---- */

static void
say (const char *data_dir, const char *what, GError **error)
{
  g_set_error (error, QC_CENTER_SERVER_ERROR, QC_CENTER_SERVER_ERROR_DATA, "%s. " WHAT_TO_DO, what, data_dir, data_dir);
}

void
qc_center_audit_explain (const char *data_dir, GError **error)
{
  if (error == NULL || !g_error_matches (*error, QC_DB_ERROR, QC_DB_ERROR_CORRUPT))
    return;
  g_autofree char *what = g_strdup_printf ("The database of this center is damaged: %s", (*error)->message);
  g_clear_error (error);
  say (data_dir, what, error);
}

static gpointer
glance_cb (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  if (!qc_connection_check (connection, error))
    return NULL;
  g_autoptr (GPtrArray) faults = qc_engine_audit_list (connection, TRUE, error);
  if (faults == NULL)
    return NULL;
  if (faults->len == 0)
    return QC_DATABASE_DONE;
  g_autofree char *what
      = g_strdup_printf ("The ledger of this center does not hold: %s", (char *)g_ptr_array_index (faults, 0));
  say (data, what, error);
  return NULL;
}

gboolean
qc_center_audit_glance (QcDatabase *database, const char *data_dir, GError **error)
{
  if (qc_database_read (database, "glance", glance_cb, (gpointer)data_dir, error) != NULL)
    return TRUE;
  qc_center_audit_explain (data_dir, error);
  return FALSE;
}
