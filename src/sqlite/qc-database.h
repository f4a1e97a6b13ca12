/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A database with its two threads: one writer connection and one reader connection, each with a queue in order, so
 * that an import blocks no list. Functions run on the thread of their queue; callbacks come back to the main context
 * of the caller. The database must be shut down by its owner before it is dropped.
 */
#pragma once

#include "qc-connection.h"

G_BEGIN_DECLS

#define QC_TYPE_DATABASE (qc_database_get_type ())
G_DECLARE_FINAL_TYPE (QcDatabase, qc_database, QC, DATABASE, GObject)

/*
 * Work on a connection. Returns the result (freed by the @result_free given with the call), or NULL with @error set.
 * In a write the whole function is one named transaction, committed only when it returns without error.
 * For "nothing to return", return QC_DATABASE_DONE.
 */
typedef gpointer (*QcDatabaseFunc) (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error);
#define QC_DATABASE_DONE ((gpointer)1)

/* Opens (creating), migrates, starts both threads. Blocks for the opening only. See qc-migrations.h. */
QcDatabase *qc_database_open (const char *path, const char *const *scripts, guint n_scripts, GError **error);
/* Where its file is. Any thread. */
const char *qc_database_get_path (QcDatabase *self);

/* A read that was cancelled ends as cancelled, also where its answer was there before anybody looked. A write that was
 * committed ends as done. */
void qc_database_read_async (QcDatabase *self, const char *name, QcDatabaseFunc func, gpointer data,
                             GDestroyNotify data_free, GDestroyNotify result_free, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
void qc_database_write_async (QcDatabase *self, const char *name, QcDatabaseFunc func, gpointer data,
                              GDestroyNotify data_free, GDestroyNotify result_free, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) */
gpointer qc_database_finish (QcDatabase *self, GAsyncResult *result, GError **error);

/* A read that takes long: on a thread and connection of its own, so that no list waits behind it. The cancellable that
 * @func gets is cancelled by the shutdown too, which waits for it. */
void qc_database_walk_async (QcDatabase *self, const char *name, QcDatabaseFunc func, gpointer data,
                             GDestroyNotify data_free, GDestroyNotify result_free, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);

/* The same, waiting for it: for start-up, command line and tests; never on a main loop that draws. */
gpointer qc_database_read (QcDatabase *self, const char *name, QcDatabaseFunc func, gpointer data, GError **error);
gpointer qc_database_write (QcDatabase *self, const char *name, QcDatabaseFunc func, gpointer data, GError **error);

/*
 * What nobody waits for: called on the writer's thread when no write was asked for a while, after the opening and after
 * writes, each time in a transaction of its own, as long as *@out_more and nothing is queued. A piece takes a few
 * milliseconds: who comes meanwhile waits for it.
 */
typedef gboolean (*QcDatabaseSpareFunc) (QcConnection *connection, gboolean *out_more, GError **error);
void qc_database_set_spare_work (QcDatabase *self, QcDatabaseSpareFunc func);

/* Runs what is queued, closes both connections, ends both threads. Later calls fail with G_IO_ERROR_CLOSED. */
void qc_database_shutdown (QcDatabase *self);

G_END_DECLS
