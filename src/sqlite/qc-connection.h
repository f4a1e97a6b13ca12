/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One SQLite connection and its statements. A connection belongs to the thread that opened it; qc-database.h gives
 * each its thread. Opening sets WAL, synchronous=FULL, foreign keys, a busy timeout and mode 0600. Only a connection
 * that writes moves the WAL into the database (checkpoints); one that reads never does, not even when it is the last.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The one error domain of databases; SQLite's codes are mapped here and nowhere else. */
typedef enum {
  QC_DB_ERROR_FAILED, /* anything below does not say */
  QC_DB_ERROR_BUSY,   /* another process holds the file */
  QC_DB_ERROR_CONSTRAINT,
  QC_DB_ERROR_FULL,    /* the disk is full; nothing was written */
  QC_DB_ERROR_CORRUPT, /* damaged file, or no database at all */
  QC_DB_ERROR_NEWER,   /* written by a newer version of the program */
  QC_DB_ERROR_IO,
  QC_DB_ERROR_NOT_FOUND,
  QC_DB_ERROR_EXPOSED, /* others can look into the folder, and that cannot be changed */
} QcDbError;
#define QC_DB_ERROR (qc_db_error_quark ())
GQuark qc_db_error_quark (void);

typedef struct _QcConnection QcConnection;
typedef struct _QcStatement QcStatement;

typedef enum {
  QC_CONNECTION_READ_WRITE = 0,
  QC_CONNECTION_READ_ONLY = 1 << 0,
} QcConnectionFlags;

QcConnection *qc_connection_open (const char *path, QcConnectionFlags flags, GError **error);
void qc_connection_close (QcConnection *connection);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcConnection, qc_connection_close)

/* Runs one or several statements without results. */
gboolean qc_connection_exec (QcConnection *connection, const char *sql, GError **error);
/* One integer of a query without parameters ("PRAGMA user_version"); @fallback when there is no row. */
gboolean qc_connection_get_int (QcConnection *connection, const char *sql, gint64 fallback, gint64 *out,
                                GError **error);
gint64 qc_connection_last_rowid (QcConnection *connection);
int qc_connection_changes (QcConnection *connection);
/* Ends long statements with G_IO_ERROR_CANCELLED once @cancellable is; NULL stops watching. */
void qc_connection_watch (QcConnection *connection, GCancellable *cancellable);

/*
 * Something that lives as long as the connection, on its thread (a memo, a reader of names). @name: a static string.
 * Setting it again frees what was there.
 */
void qc_connection_set_data (QcConnection *connection, const char *name, gpointer value, GDestroyNotify destroy);
gpointer qc_connection_get_data (QcConnection *connection, const char *name);

/* Text of a row or of the query: @length bytes, "" for NULL. */
typedef struct {
  const char *bytes;
  gsize length;
} QcText;
typedef gboolean (*QcTextTest) (const QcText *texts, int n);
/* Lets the SQL of this connection ask name (a, b, …), of up to 8 texts. @name, @test: static. Adding it again is
 * nothing. */
gboolean qc_connection_add_test (QcConnection *connection, const char *name, QcTextTest test, GError **error);

/*
 * Who knows when nobody waits makes the checkpoints: none is made within a commit from now on. *@out_left of the pages
 * of the WAL are not in the database yet. A checkpoint takes as many of them as no reader still needs; with @wait it
 * waits for those readers, and the next commit begins the WAL anew.
 */
void qc_connection_defer_checkpoints (QcConnection *connection);
int qc_connection_get_wal_pages (QcConnection *connection, int *out_left);
gboolean qc_connection_checkpoint (QcConnection *connection, gboolean wait, GError **error);

/* Lets go of the pages that were kept in memory. */
void qc_connection_shrink (QcConnection *connection);

/* Writes the file anew without what was deleted. Not in a transaction. */
gboolean qc_connection_vacuum (QcConnection *connection, GError **error);
/* Looks through the whole file: QC_DB_ERROR_CORRUPT when pages are damaged. Takes as long as reading the file. */
gboolean qc_connection_check (QcConnection *connection, GError **error);
/* Copies the whole database, as this connection sees it, into the new file @path (0600), one file without a WAL, on the
 * disk when it returns. In a transaction others may write meanwhile. Ends early with the cancellable that is watched.
 */
gboolean qc_connection_copy_to (QcConnection *connection, const char *path, GError **error);

/*
 * The statement for @sql, reset and without bindings; kept by the connection and given out again for the same text.
 * Release it with qc_statement_release (autoptr does). Two users of the same text at once get two statements.
 */
QcStatement *qc_connection_prepare (QcConnection *connection, const char *sql, GError **error);
void qc_statement_release (QcStatement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcStatement, qc_statement_release)

/* Parameters count from 1, columns from 0, as in SQLite. Binding copies. See qc-sql.h for all at once. */
void qc_statement_bind_int (QcStatement *statement, int index, gint64 value);
void qc_statement_bind_text (QcStatement *statement, int index, const char *value); /* NULL binds NULL */
void qc_statement_bind_blob (QcStatement *statement, int index, gconstpointer data, gsize size);
void qc_statement_bind_null (QcStatement *statement, int index);
int qc_statement_count_parameters (QcStatement *statement);
/* TRUE with *@has_row; FALSE on error. */
gboolean qc_statement_step (QcStatement *statement, gboolean *has_row, GError **error);
/* Runs to the end and resets, for statements whose rows nobody wants. */
gboolean qc_statement_run (QcStatement *statement, GError **error);
void qc_statement_reset (QcStatement *statement);

gint64 qc_statement_get_int (QcStatement *statement, int column);
const char *qc_statement_get_text (QcStatement *statement,
                                   int column); /* borrowed until the next step; NULL for NULL */
char *qc_statement_dup_text (QcStatement *statement, int column);
gconstpointer qc_statement_get_blob (QcStatement *statement, int column, gsize *size);
gboolean qc_statement_is_null (QcStatement *statement, int column);
gboolean qc_statement_is_int (QcStatement *statement, int column);
gboolean qc_statement_is_blob (QcStatement *statement, int column);

/*
 * A named transaction. READ holds one snapshot; WRITE is BEGIN IMMEDIATE. They do not nest (a bug: asserted).
 * An autoptr'd transaction that was not committed is rolled back.
 */
typedef enum { QC_TRANSACTION_READ, QC_TRANSACTION_WRITE } QcTransactionKind;
typedef struct _QcTransaction QcTransaction;
QcTransaction *qc_transaction_begin (QcConnection *connection, QcTransactionKind kind, const char *name,
                                     GError **error);
gboolean qc_transaction_commit (QcTransaction *transaction, GError **error);
void qc_transaction_end (QcTransaction *transaction); /* rolls back unless committed; frees */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcTransaction, qc_transaction_end)

G_END_DECLS
