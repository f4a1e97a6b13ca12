/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Statements, kept by their text for the next use, and transactions. A statement given out belongs to its user until
 * it is released; binding copies, so nothing borrowed outlives a call. Each connection on its thread.
 */
#include "qc-connection-private.h"

#include <string.h>

/* Statements kept per connection; there are fewer texts than this in the program. */
#define MAX_KEPT 256

struct _QcStatement {
  QcConnection *connection; /* borrowed */
  sqlite3_stmt *stmt;       /* (owned) */
  char *sql;                /* (owned) */
  int bind_code;            /* the first binding that failed, SQLITE_OK if none */
  gboolean is_kept;         /* belongs to the connection, not to its user */
  gboolean in_use;
};

void
qc_statement_free (QcStatement *statement)
{
  if (statement->in_use)
    g_critical ("a statement was in use when its database was closed: %s", statement->sql);
  sqlite3_finalize (statement->stmt);
  g_free (statement->sql);
  g_free (statement);
}

/* The kept statement of @sql, in use or not; NULL when there is none. */
static QcStatement *
find_kept (QcConnection *connection, const char *sql)
{
  guint place = ((gsize)sql >> 3) % QC_N_RECENT;
  QcStatement *statement = connection->recent[place].statement;
  /* the same address may hold another text by now */
  if (connection->recent[place].sql == sql && strcmp (statement->sql, sql) == 0)
    return statement;
  statement = g_hash_table_lookup (connection->kept, sql);
  if (statement != NULL) {
    connection->recent[place].sql = sql;
    connection->recent[place].statement = statement;
  }
  return statement;
}

/**
 * qc_connection_prepare:
 * @sql: one statement
 *
 * Returns: (transfer full): a statement without bindings; release it, it is not freed
 */
QcStatement *
qc_connection_prepare (QcConnection *connection, const char *sql, GError **error)
{
  QcStatement *statement = find_kept (connection, sql);
  gboolean keep = statement == NULL && g_hash_table_size (connection->kept) < MAX_KEPT;
  if (statement != NULL && !statement->in_use) {
    statement->in_use = TRUE;
    return statement;
  }
  sqlite3_stmt *stmt = NULL;
  int code = sqlite3_prepare_v3 (connection->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
  if (code != SQLITE_OK) {
    qc_connection_fail (connection, code, error);
    return NULL;
  }
  statement = g_new0 (QcStatement, 1);
  statement->connection = connection;
  statement->stmt = stmt;
  statement->sql = g_strdup (sql);
  statement->in_use = TRUE;
  statement->is_kept = keep;
  if (keep)
    g_hash_table_insert (connection->kept, statement->sql, statement);
  return statement;
}

void
qc_statement_release (QcStatement *statement)
{
  if (statement == NULL)
    return;
  statement->in_use = FALSE;
  if (!statement->is_kept) {
    qc_statement_free (statement);
    return;
  }
  sqlite3_reset (statement->stmt);
  sqlite3_clear_bindings (statement->stmt);
  statement->bind_code = SQLITE_OK;
}

static void
note_binding (QcStatement *statement, int code)
{
  if (statement->bind_code == SQLITE_OK)
    statement->bind_code = code;
}

void
qc_statement_bind_int (QcStatement *statement, int index, gint64 value)
{
  note_binding (statement, sqlite3_bind_int64 (statement->stmt, index, value));
}

void
qc_statement_bind_text (QcStatement *statement, int index, const char *value)
{
  note_binding (statement, sqlite3_bind_text (statement->stmt, index, value, -1, SQLITE_TRANSIENT));
}

void
qc_statement_bind_blob (QcStatement *statement, int index, gconstpointer data, gsize size)
{
  /* no data is an empty blob, not NULL: that is qc_statement_bind_null() */
  if (size == 0)
    note_binding (statement, sqlite3_bind_zeroblob (statement->stmt, index, 0));
  else
    note_binding (statement, sqlite3_bind_blob64 (statement->stmt, index, data, size, SQLITE_TRANSIENT));
}

void
qc_statement_bind_null (QcStatement *statement, int index)
{
  note_binding (statement, sqlite3_bind_null (statement->stmt, index));
}

int
qc_statement_count_parameters (QcStatement *statement)
{
  return sqlite3_bind_parameter_count (statement->stmt);
}

gboolean
qc_statement_step (QcStatement *statement, gboolean *has_row, GError **error)
{
  *has_row = FALSE;
  if (statement->bind_code != SQLITE_OK) {
    g_set_error (error, QC_DB_ERROR, QC_DB_ERROR_FAILED, "%s: %s", statement->sql,
                 sqlite3_errstr (statement->bind_code));
    return FALSE;
  }
  if (!qc_connection_check_alive (statement->connection, error))
    return FALSE;
  int code = sqlite3_step (statement->stmt);
  *has_row = code == SQLITE_ROW;
  if (code == SQLITE_ROW || code == SQLITE_DONE)
    return TRUE;
  qc_connection_fail (statement->connection, code, error);
  sqlite3_reset (statement->stmt);
  return FALSE;
}

gboolean
qc_statement_run (QcStatement *statement, GError **error)
{
  gboolean has_row;
  do
    if (!qc_statement_step (statement, &has_row, error))
      return FALSE;
  while (has_row);
  sqlite3_reset (statement->stmt);
  return TRUE;
}

void
qc_statement_reset (QcStatement *statement)
{
  sqlite3_reset (statement->stmt);
}

gint64
qc_statement_get_int (QcStatement *statement, int column)
{
  return sqlite3_column_int64 (statement->stmt, column);
}

const char *
qc_statement_get_text (QcStatement *statement, int column)
{
  return (const char *)sqlite3_column_text (statement->stmt, column);
}

char *
qc_statement_dup_text (QcStatement *statement, int column)
{
  return g_strdup (qc_statement_get_text (statement, column));
}

gconstpointer
qc_statement_get_blob (QcStatement *statement, int column, gsize *size)
{
  gconstpointer data = sqlite3_column_blob (statement->stmt, column);
  if (size != NULL)
    *size = sqlite3_column_bytes (statement->stmt, column);
  return data;
}

gboolean
qc_statement_is_null (QcStatement *statement, int column)
{
  return sqlite3_column_type (statement->stmt, column) == SQLITE_NULL;
}

gboolean
qc_statement_is_int (QcStatement *statement, int column)
{
  return sqlite3_column_type (statement->stmt, column) == SQLITE_INTEGER;
}

gboolean
qc_statement_is_blob (QcStatement *statement, int column)
{
  return sqlite3_column_type (statement->stmt, column) == SQLITE_BLOB;
}

struct _QcTransaction {
  QcConnection *connection; /* borrowed */
  char *name;               /* (owned) */
};

/**
 * qc_transaction_begin:
 * @name: what it is about, for messages
 *
 * Returns: (transfer full): the open transaction
 */
QcTransaction *
qc_transaction_begin (QcConnection *connection, QcTransactionKind kind, const char *name, GError **error)
{
  g_assert (connection->transaction == NULL);
  if (!qc_connection_exec_raw (connection, kind == QC_TRANSACTION_WRITE ? "BEGIN IMMEDIATE" : "BEGIN", error)) {
    g_prefix_error (error, "%s: ", name);
    return NULL;
  }
  QcTransaction *transaction = g_new0 (QcTransaction, 1);
  transaction->connection = connection;
  transaction->name = g_strdup (name);
  connection->transaction = transaction;
  return transaction;
}

/* After TRUE what was written is on the disk. After FALSE nothing of it is, once the transaction is ended. */
gboolean
qc_transaction_commit (QcTransaction *transaction, GError **error)
{
  QcConnection *connection = transaction->connection;
  g_return_val_if_fail (connection != NULL, FALSE);
  if (!qc_connection_check_alive (connection, error) || !qc_connection_exec_raw (connection, "COMMIT", error)) {
    g_prefix_error (error, "%s: ", transaction->name);
    return FALSE;
  }
  connection->transaction = NULL;
  transaction->connection = NULL;
  return TRUE;
}

void
qc_transaction_end (QcTransaction *transaction)
{
  if (transaction == NULL)
    return;
  QcConnection *connection = transaction->connection;
  if (connection != NULL) {
    connection->transaction = NULL;
    g_autoptr (GError) error = NULL;
    if (!sqlite3_get_autocommit (connection->db) && !qc_connection_exec_raw (connection, "ROLLBACK", &error))
      g_warning ("%s: rolling back: %s", transaction->name, error->message);
  }
  g_free (transaction->name);
  g_free (transaction);
}
