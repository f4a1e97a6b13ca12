/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Opening and closing of connections, errors, cancellation. Durable by construction: WAL with synchronous=FULL; what
 * SQLite sorts aside stays in memory, so that nobody's data lies in a temporary folder. Each connection on its thread.
 */
#include "qc-connection-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "qc-database-file.h"

#define BUSY_MILLISECONDS 5000
/* virtual machine steps between two looks at the cancellable: about a tenth of a millisecond */
#define STEPS_BETWEEN_CHECKS 5000

G_DEFINE_QUARK (qc - db - error - quark, qc_db_error)

static int
error_code (int code, int system_errno)
{
  switch (code & 0xff) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return QC_DB_ERROR_BUSY;
  case SQLITE_CONSTRAINT:
    return QC_DB_ERROR_CONSTRAINT;
  case SQLITE_FULL:
    return QC_DB_ERROR_FULL;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    return QC_DB_ERROR_CORRUPT;
  case SQLITE_IOERR:
    if (system_errno == ENOSPC || system_errno == EDQUOT || system_errno == EFBIG)
      return QC_DB_ERROR_FULL;
    return code == SQLITE_IOERR_CORRUPTFS ? QC_DB_ERROR_CORRUPT : QC_DB_ERROR_IO;
  case SQLITE_CANTOPEN:
    return system_errno == ENOSPC || system_errno == EDQUOT ? QC_DB_ERROR_FULL : QC_DB_ERROR_IO;
  case SQLITE_READONLY:
  case SQLITE_PERM:
    return QC_DB_ERROR_IO;
  default:
    return QC_DB_ERROR_FAILED;
  }
}

/* The system's errno behind an I/O error: of the WAL, where writes go first, else of the database file. */
static int
last_errno (sqlite3 *db)
{
  sqlite3_file *wal = NULL;
  int found = 0;
  if (sqlite3_file_control (db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &wal) == SQLITE_OK && wal != NULL
      && wal->pMethods != NULL)
    wal->pMethods->xFileControl (wal, SQLITE_FCNTL_LAST_ERRNO, &found);
  if (found == 0)
    sqlite3_file_control (db, "main", SQLITE_FCNTL_LAST_ERRNO, &found);
  return found != 0 ? found : sqlite3_system_errno (db); /* the WAL's index keeps none of its own */
}

gboolean
qc_connection_fail (QcConnection *connection, int code, GError **error)
{
  int extended = sqlite3_extended_errcode (connection->db);
  /* what the connection remembers is more exact, but only if it is about the same thing */
  if ((extended & 0xff) != (code & 0xff))
    extended = code;
  if ((code & 0xff) == SQLITE_INTERRUPT)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the work on the database was cancelled");
  else
    g_set_error (error, QC_DB_ERROR, error_code (extended, last_errno (connection->db)), "%s (%d)",
                 extended == code || (sqlite3_errcode (connection->db) & 0xff) == (code & 0xff)
                     ? sqlite3_errmsg (connection->db)
                     : sqlite3_errstr (code),
                 extended);
  return FALSE;
}

static int
progress_cb (gpointer data)
{
  QcConnection *connection = data;
  return connection->watched != NULL && g_cancellable_is_cancelled (connection->watched);
}

static gboolean
configure (QcConnection *connection, QcConnectionFlags flags, GError **error)
{
  sqlite3_extended_result_codes (connection->db, 1);
  sqlite3_busy_timeout (connection->db, BUSY_MILLISECONDS);
  sqlite3_db_config (connection->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (connection->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (connection->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (connection->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_limit (connection->db, SQLITE_LIMIT_ATTACHED, 0);
  gint64 tables;
  /* the first statement reads header and schema: a damaged one shows here */
  if (!qc_connection_get_int (connection, "SELECT count(*) FROM sqlite_schema", 0, &tables, error))
    return FALSE;
  if (!(flags & QC_CONNECTION_READ_ONLY) && !qc_connection_exec (connection, "PRAGMA journal_mode=WAL", error))
    return FALSE;
  if (!qc_connection_exec (connection, "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY",
                           error))
    return FALSE;
  if (!(flags & QC_CONNECTION_READ_ONLY))
    return qc_connection_exec (connection, "PRAGMA cache_size=-8192; PRAGMA journal_size_limit=16777216", error);
  /* SQLite before 3.51.3 can damage a WAL when two connections meet at a checkpoint: the writing one does them all */
  sqlite3_db_config (connection->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  /* readers scan: the list of 100,000 people fits and is not read again at every key typed */
  return qc_connection_exec (connection, "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-24576; PRAGMA query_only=ON",
                             error);
}

/* Nobody asks how much memory sqlite has taken; counting takes a lock at every allocation, of all threads together. */
static void
begin_sqlite (void)
{
  static gsize begun;
  if (g_once_init_enter (&begun)) {
    sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
    g_once_init_leave (&begun, 1);
  }
}

/**
 * qc_connection_open:
 * @path: the database file; created (0600) when it does not exist, unless READ_ONLY
 *
 * Returns: (transfer full): the connection, or NULL with QC_DB_ERROR_CORRUPT, _FULL, _BUSY, _IO, _NOT_FOUND
 */
QcConnection *
qc_connection_open (const char *path, QcConnectionFlags flags, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  if (!qc_database_file_enter (absolute, !(flags & QC_CONNECTION_READ_ONLY), error))
    return NULL;
  begin_sqlite ();
  g_autoptr (QcConnection) connection = g_new0 (QcConnection, 1);
  connection->path = g_steal_pointer (&absolute);
  connection->kept = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)qc_statement_free);
  connection->data = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, NULL);
  /* also a read-only connection may have to bring the WAL's shared memory up: query_only holds it, not the file mode */
  int code = sqlite3_open_v2 (path, &connection->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
  if (code != SQLITE_OK) {
    qc_connection_fail (connection, code, error);
    return NULL;
  }
  sqlite3_progress_handler (connection->db, STEPS_BETWEEN_CHECKS, progress_cb, connection);
  if (!configure (connection, flags, error))
    return NULL;
  return g_steal_pointer (&connection);
}

typedef struct {
  gpointer value;
  GDestroyNotify destroy;
} Attached;

void
qc_connection_set_data (QcConnection *connection, const char *name, gpointer value, GDestroyNotify destroy)
{
  Attached *attached = g_hash_table_lookup (connection->data, name);
  if (attached == NULL) {
    attached = g_new0 (Attached, 1);
    g_hash_table_insert (connection->data, (gpointer)name, attached);
  }
  if (attached->destroy != NULL && attached->value != NULL)
    attached->destroy (attached->value);
  attached->value = value;
  attached->destroy = destroy;
}

gpointer
qc_connection_get_data (QcConnection *connection, const char *name)
{
  Attached *attached = g_hash_table_lookup (connection->data, name);
  return attached != NULL ? attached->value : NULL;
}

#define MAX_TEXTS 8

static void
test_cb (sqlite3_context *context, int n, sqlite3_value **values)
{
  QcTextTest test = (QcTextTest)sqlite3_user_data (context);
  n = MIN (n, MAX_TEXTS);
  QcText texts[MAX_TEXTS];
  for (int i = 0; i < n; i++) {
    const char *bytes = (const char *)sqlite3_value_text (values[i]);
    texts[i] = (QcText) {bytes != NULL ? bytes : "", bytes != NULL ? (gsize)sqlite3_value_bytes (values[i]) : 0};
  }
  sqlite3_result_int (context, test (texts, n));
}

gboolean
qc_connection_add_test (QcConnection *connection, const char *name, QcTextTest test, GError **error)
{
  if (qc_connection_get_data (connection, name) != NULL)
    return TRUE;
  int code = sqlite3_create_function (connection->db, name, -1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
                                      (void *)test, test_cb, NULL, NULL);
  if (code != SQLITE_OK)
    return qc_connection_fail (connection, code, error);
  qc_connection_set_data (connection, name, connection, NULL);
  return TRUE;
}

static void
drop_data (QcConnection *connection)
{
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, connection->data);
  gpointer value;
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    Attached *attached = value;
    if (attached->destroy != NULL && attached->value != NULL)
      attached->destroy (attached->value);
    g_free (attached);
  }
  g_hash_table_unref (connection->data);
}

void
qc_connection_close (QcConnection *connection)
{
  if (connection == NULL)
    return;
  g_assert (connection->transaction == NULL);
  drop_data (connection);
  g_hash_table_unref (connection->kept);
  if (sqlite3_close (connection->db) != SQLITE_OK)
    g_critical ("a statement was in use when its database was closed");
  g_clear_object (&connection->watched);
  qc_database_file_leave (connection->path);
  g_free (connection->path);
  g_free (connection);
}

gboolean
qc_connection_check_alive (QcConnection *connection, GError **error)
{
  if (connection->transaction == NULL || !sqlite3_get_autocommit (connection->db))
    return TRUE;
  g_set_error_literal (error, QC_DB_ERROR, QC_DB_ERROR_FAILED, "the transaction has already been rolled back");
  return FALSE;
}

gboolean
qc_connection_exec_raw (QcConnection *connection, const char *sql, GError **error)
{
  int code = sqlite3_exec (connection->db, sql, NULL, NULL, NULL);
  return code == SQLITE_OK || qc_connection_fail (connection, code, error);
}

gboolean
qc_connection_exec (QcConnection *connection, const char *sql, GError **error)
{
  return qc_connection_check_alive (connection, error) && qc_connection_exec_raw (connection, sql, error);
}

gboolean
qc_connection_get_int (QcConnection *connection, const char *sql, gint64 fallback, gint64 *out, GError **error)
{
  g_autoptr (QcStatement) statement = qc_connection_prepare (connection, sql, error);
  gboolean has_row;
  if (statement == NULL || !qc_statement_step (statement, &has_row, error))
    return FALSE;
  *out = has_row && !qc_statement_is_null (statement, 0) ? qc_statement_get_int (statement, 0) : fallback;
  return TRUE;
}

gint64
qc_connection_last_rowid (QcConnection *connection)
{
  return sqlite3_last_insert_rowid (connection->db);
}

int
qc_connection_changes (QcConnection *connection)
{
  return sqlite3_changes (connection->db);
}

void
qc_connection_watch (QcConnection *connection, GCancellable *cancellable)
{
  g_set_object (&connection->watched, cancellable);
}

static int
committed_cb (gpointer data, sqlite3 *db, const char *name, int pages)
{
  QcConnection *connection = data;
  connection->wal_pages = pages;
  if (pages < connection->wal_taken)
    connection->wal_taken = 0; /* it began anew */
  return SQLITE_OK;
}

void
qc_connection_defer_checkpoints (QcConnection *connection)
{
  sqlite3_wal_hook (connection->db, committed_cb, connection); /* in the place of the one that makes them */
}

void
qc_connection_shrink (QcConnection *connection)
{
  sqlite3_db_release_memory (connection->db);
}

int
qc_connection_get_wal_pages (QcConnection *connection, int *out_left)
{
  *out_left = connection->wal_pages - connection->wal_taken;
  return connection->wal_pages;
}

gboolean
qc_connection_checkpoint (QcConnection *connection, gboolean wait, GError **error)
{
  int pages, taken;
  int code = sqlite3_wal_checkpoint_v2 (connection->db, NULL,
                                        wait ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE, &pages, &taken);
  if (code != SQLITE_OK)
    return qc_connection_fail (connection, code, error);
  connection->wal_taken = MIN (taken, connection->wal_pages);
  return TRUE;
}

/* SQLite attaches the new file to the connection, which nobody else may. */
gboolean
qc_connection_vacuum (QcConnection *connection, GError **error)
{
  sqlite3_limit (connection->db, SQLITE_LIMIT_ATTACHED, 1);
  gboolean good = qc_connection_exec (connection, "VACUUM", error);
  sqlite3_limit (connection->db, SQLITE_LIMIT_ATTACHED, 0);
  return good;
}

/* FALSE with QC_DB_ERROR_CORRUPT when pages or indexes are damaged. */
gboolean
qc_connection_check (QcConnection *connection, GError **error)
{
  g_autoptr (QcStatement) statement = qc_connection_prepare (connection, "PRAGMA quick_check(1)", error);
  gboolean has_row;
  if (statement == NULL || !qc_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row && g_strcmp0 (qc_statement_get_text (statement, 0), "ok") == 0)
    return TRUE;
  g_set_error (error, QC_DB_ERROR, QC_DB_ERROR_CORRUPT, "%s: %s", connection->path,
               has_row ? qc_statement_get_text (statement, 0) : "damaged");
  return FALSE;
}

/* Pages between two looks at the cancellable: a few milliseconds. */
#define COPY_PAGES 1024

/* All of @connection into the open @target; 0 or one of SQLite's codes, SQLITE_INTERRUPT when it was cancelled. */
static int
copy_pages (QcConnection *connection, QcConnection *target)
{
  /* Until it is whole nobody needs it, and then it is synced at once. */
  int code = sqlite3_exec (target->db, "PRAGMA synchronous=OFF", NULL, NULL, NULL);
  sqlite3_backup *backup = code == SQLITE_OK ? sqlite3_backup_init (target->db, "main", connection->db, "main") : NULL;
  if (backup == NULL)
    return sqlite3_errcode (target->db);
  do
    code = g_cancellable_is_cancelled (connection->watched) ? SQLITE_INTERRUPT
                                                            : sqlite3_backup_step (backup, COPY_PAGES);
  while (code == SQLITE_OK);
  int finished = sqlite3_backup_finish (backup);
  if (code != SQLITE_DONE)
    return code;
  return finished == SQLITE_OK ? sqlite3_exec (target->db, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL) : finished;
}

static gboolean
sync_file (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CLOEXEC);
  gboolean good = fd >= 0 && fsync (fd) == 0;
  int saved = errno;
  if (fd >= 0)
    close (fd);
  if (!good)
    g_set_error (error, QC_DB_ERROR, saved == ENOSPC || saved == EDQUOT ? QC_DB_ERROR_FULL : QC_DB_ERROR_IO, "%s: %s",
                 path, g_strerror (saved));
  return good;
}

/* A copy that failed leaves no file. */
gboolean
qc_connection_copy_to (QcConnection *connection, const char *path, GError **error)
{
  if (!qc_database_file_prepare (path, TRUE, error))
    return FALSE;
  QcConnection target = {NULL};
  int code = sqlite3_open_v2 (path, &target.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
  if (code == SQLITE_OK)
    code = copy_pages (connection, &target);
  gboolean good = code == SQLITE_OK || qc_connection_fail (&target, code, error);
  sqlite3_close (target.db);
  good = good && sync_file (path, error);
  if (!good)
    g_unlink (path);
  return good;
}
