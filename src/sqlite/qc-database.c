/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The two threads of a database. Each opens its own connection and takes jobs from its own queue in order; a write job
 * is one transaction around its function. A job's answer goes back through GTask to the context of who asked, or wakes
 * who waits. A damage met at work leaves a mark beside the file, and the next opening looks through all of it.
 *
 * A checkpoint takes the time of many commits, so it is made when no write has been asked for a while, as is the spare
 * work; only a WAL that has grown large is written back between two jobs.
 */
#include "qc-database.h"
#include "qc-memory.h"
#include "qc-migrations.h"

#include <glib/gstdio.h>

#define REST_MICROSECONDS  (30 * G_USEC_PER_SEC) /* longer than a grid out of sight keeps its rows */
#define SPARE_MICROSECONDS 200000                /* nobody wrote for so long: nobody waits */
/* Pages of the WAL: worth a checkpoint when nobody waits; worth one anyway; so many that readers are waited for. */
#define WAL_WORTH 1000
#define WAL_LARGE 4096
#define WAL_MOST  16384

typedef struct {
  QcDatabase *database; /* borrowed: the thread ends before the database does */
  GThread *thread;      /* (owned) */
  GAsyncQueue *queue;   /* (owned) Job; one without a function ends the thread */
  QcTransactionKind kind;
  int wal_waited; /* pages of the WAL when readers were last waited for */
  /* between start and the end of the opening: */
  const char *const *scripts; /* borrowed */
  guint n_scripts;
  GError *error;   /* (owned) (nullable) (mutex) why the opening failed */
  gboolean opened; /* (mutex) */
} Worker;

struct _QcDatabase {
  GObject parent_instance;

  char *path; /* (owned) */
  Worker writer, reader;
  GMutex mutex;
  GCond cond;                /* a worker has opened; a waiting job is done */
  gboolean closed;           /* (mutex) */
  GPtrArray *walks;          /* (owned) (mutex) GCancellable of each long read that runs */
  QcDatabaseSpareFunc spare; /* (mutex) (nullable) */
};

G_DEFINE_FINAL_TYPE (QcDatabase, qc_database, G_TYPE_OBJECT)

typedef struct {
  char *name; /* (owned) */
  QcDatabaseFunc func;
  gpointer data;              /* (owned) by data_free */
  GDestroyNotify data_free;   /* (nullable) */
  GDestroyNotify result_free; /* (nullable) */
  GCancellable *cancellable;  /* (owned) (nullable) */
  GTask *task;                /* (owned) (nullable) NULL: somebody waits */
  gpointer result;            /* (owned) of a job somebody waits for */
  GError *error;              /* (owned) (nullable) */
  gboolean done;              /* (mutex of the database) */
} Job;

static void
job_free (Job *job)
{
  g_free (job->name);
  g_clear_object (&job->cancellable);
  g_clear_object (&job->task);
  g_clear_error (&job->error);
  g_free (job);
}

const char *
qc_database_get_path (QcDatabase *self)
{
  return self->path;
}

static char *
suspect_path (QcDatabase *self)
{
  return g_strconcat (self->path, ".suspect", NULL);
}

static void
note_damage (QcDatabase *self, const GError *error)
{
  g_autofree char *mark = suspect_path (self);
  if (g_error_matches (error, QC_DB_ERROR, QC_DB_ERROR_CORRUPT))
    g_file_set_contents_full (mark, "", 0, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
}

/* In a transaction of the worker's kind; the commit is the last thing that can fail. A result beside an error is none:
 * whoever gave it took what failed for done, which is a fault of ours and said to be one. */
static gpointer
run_in_transaction (Worker *worker, QcConnection *connection, Job *job, GError **error)
{
  g_autoptr (QcTransaction) transaction = qc_transaction_begin (connection, worker->kind, job->name, error);
  if (transaction == NULL)
    return NULL;
  gpointer result = job->func (connection, job->data, job->cancellable, error);
  if (result == NULL && *error == NULL)
    g_set_error (error, QC_DB_ERROR, QC_DB_ERROR_FAILED, "%s gave neither result nor error", job->name);
  if (result != NULL && *error != NULL)
    g_critical ("%s: took what failed for done: %s", job->name, (*error)->message);
  if (*error == NULL && !g_cancellable_set_error_if_cancelled (job->cancellable, error)
      && qc_transaction_commit (transaction, error))
    return result;
  if (result != NULL && job->result_free != NULL)
    job->result_free (result);
  return NULL;
}

static void
run_job (Worker *worker, QcConnection *connection, Job *job)
{
  QcDatabase *self = worker->database;
  gpointer result = NULL;
  GError *error = NULL;
  if (!g_cancellable_set_error_if_cancelled (job->cancellable, &error)) {
    qc_connection_watch (connection, job->cancellable);
    result = run_in_transaction (worker, connection, job, &error);
    qc_connection_watch (connection, NULL);
  }
  if (error != NULL)
    note_damage (self, error);
  if (job->data_free != NULL)
    job->data_free (job->data);
  if (job->task == NULL) {
    g_mutex_lock (&self->mutex);
    job->result = result;
    job->error = error;
    job->done = TRUE;
    g_cond_broadcast (&self->cond);
    g_mutex_unlock (&self->mutex);
    return;
  }
  if (error != NULL)
    g_task_return_error (job->task, error);
  else
    g_task_return_pointer (job->task, result, job->result_free);
  job_free (job);
}

static void
checkpoint (Worker *worker, QcConnection *connection, gboolean wait)
{
  g_autoptr (GError) error = NULL;
  /* what cannot be taken over now stays in the WAL, as safe as before, until the next time */
  if (!qc_connection_checkpoint (connection, wait, &error))
    note_damage (worker->database, error);
}

/* However busy the writer is, the WAL does not grow without end. */
static void
bound_wal (Worker *worker, QcConnection *connection)
{
  int left;
  int pages = qc_connection_get_wal_pages (connection, &left);
  if (pages < worker->wal_waited)
    worker->wal_waited = 0;
  if (pages >= worker->wal_waited + WAL_MOST) {
    checkpoint (worker, connection, TRUE);
    worker->wal_waited = pages;
  } else if (left >= WAL_LARGE) {
    checkpoint (worker, connection, FALSE);
  }
}

/* One piece of the spare work, in a transaction of its own; TRUE while there is more of it. */
static gboolean
do_spare_work (Worker *worker, QcConnection *connection)
{
  QcDatabase *self = worker->database;
  g_mutex_lock (&self->mutex);
  QcDatabaseSpareFunc spare = self->spare;
  g_mutex_unlock (&self->mutex);
  gboolean more = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcTransaction) transaction
      = spare != NULL ? qc_transaction_begin (connection, QC_TRANSACTION_WRITE, "spare", &error) : NULL;
  if (transaction != NULL && spare (connection, &more, &error) && qc_transaction_commit (transaction, &error))
    return more;
  if (error != NULL)
    note_damage (self, error);
  return FALSE;
}

/* The reader lets go of what it kept when nobody asks any more. */
static Job *
take_reading (QcConnection *connection, GAsyncQueue *queue)
{
  Job *job = g_async_queue_timeout_pop (queue, REST_MICROSECONDS);
  if (job != NULL)
    return job;
  qc_connection_shrink (connection);
  qc_memory_give_back ();
  return g_async_queue_pop (queue);
}

/* The writer uses the time in which nobody waits for it. */
static Job *
take_job (Worker *worker, QcConnection *connection, GAsyncQueue *queue)
{
  if (worker->kind == QC_TRANSACTION_READ)
    return take_reading (connection, queue);
  bound_wal (worker, connection);
  Job *job = g_async_queue_timeout_pop (queue, SPARE_MICROSECONDS);
  while (job == NULL && do_spare_work (worker, connection))
    job = g_async_queue_try_pop (queue);
  if (job != NULL)
    return job;
  int left;
  qc_connection_get_wal_pages (connection, &left);
  if (left >= WAL_WORTH)
    checkpoint (worker, connection, FALSE);
  return g_async_queue_pop (queue);
}

static QcConnection *
open_connection (Worker *worker, GError **error)
{
  QcDatabase *self = worker->database;
  g_autofree char *mark = suspect_path (self);
  if (worker->kind == QC_TRANSACTION_READ)
    return qc_connection_open (self->path, QC_CONNECTION_READ_ONLY, error);
  g_autoptr (QcConnection) connection = qc_connection_open (self->path, QC_CONNECTION_READ_WRITE, error);
  if (connection == NULL)
    return NULL;
  if (g_file_test (mark, G_FILE_TEST_EXISTS) && !qc_connection_check (connection, error))
    return NULL;
  g_unlink (mark);
  qc_connection_defer_checkpoints (connection);
  if (!qc_migrations_run (connection, self->path, worker->scripts, worker->n_scripts, error))
    return NULL;
  return g_steal_pointer (&connection);
}

static gpointer
worker_thread (gpointer data)
{
  Worker *worker = data;
  QcDatabase *self = worker->database;
  g_autoptr (GAsyncQueue) queue = g_async_queue_ref (worker->queue);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcConnection) connection = open_connection (worker, &error);
  g_mutex_lock (&self->mutex);
  worker->error = g_steal_pointer (&error);
  worker->opened = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  if (connection == NULL)
    return NULL;
  while (TRUE) {
    Job *job = take_job (worker, connection, queue);
    if (job->func == NULL) {
      job_free (job);
      return NULL;
    }
    run_job (worker, connection, job);
  }
}

/* Waits until the connection is open; FALSE with the reason when it is not. */
static gboolean
start_worker (QcDatabase *self, Worker *worker, QcTransactionKind kind, GError **error)
{
  worker->database = self;
  worker->kind = kind;
  worker->queue = g_async_queue_new ();
  worker->thread = g_thread_new (kind == QC_TRANSACTION_WRITE ? "qc-db-write" : "qc-db-read", worker_thread, worker);
  g_mutex_lock (&self->mutex);
  while (!worker->opened)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
  worker->scripts = NULL;
  if (worker->error == NULL)
    return TRUE;
  g_thread_join (g_steal_pointer (&worker->thread));
  g_propagate_error (error, g_steal_pointer (&worker->error));
  return FALSE;
}

static void
stop_worker (Worker *worker)
{
  if (worker->thread == NULL)
    return;
  g_async_queue_push (worker->queue, g_new0 (Job, 1));
  g_thread_join (g_steal_pointer (&worker->thread));
}

/* Queues @job unless the database is closed; then FALSE, and the job is still the caller's. */
static gboolean
push_job (QcDatabase *self, Worker *worker, Job *job)
{
  g_mutex_lock (&self->mutex);
  gboolean open = !self->closed;
  if (open)
    g_async_queue_push (worker->queue, job);
  g_mutex_unlock (&self->mutex);
  return open;
}

static GError *
closed_error (const char *name)
{
  return g_error_new (G_IO_ERROR, G_IO_ERROR_CLOSED, "%s: the database is closed", name);
}

static void
run_async (QcDatabase *self, Worker *worker, const char *name, QcDatabaseFunc func, gpointer data,
           GDestroyNotify data_free, GDestroyNotify result_free, GCancellable *cancellable,
           GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);
  job->name = g_strdup (name);
  job->func = func;
  job->data = data;
  job->data_free = data_free;
  job->result_free = result_free;
  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  job->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_name (job->task, name);
  /* What was committed is told as such, even if somebody cancelled after it. What was only read is not: who cancelled
   * has asked anew, and an answer to the old question must not pass for one to the new. */
  g_task_set_check_cancellable (job->task, worker->kind == QC_TRANSACTION_READ);
  if (push_job (self, worker, job))
    return;
  if (data_free != NULL)
    data_free (data);
  g_task_return_error (job->task, closed_error (name));
  job_free (job);
}

void
qc_database_read_async (QcDatabase *self, const char *name, QcDatabaseFunc func, gpointer data,
                        GDestroyNotify data_free, GDestroyNotify result_free, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_DATABASE (self) && func != NULL);
  run_async (self, &self->reader, name, func, data, data_free, result_free, cancellable, callback, user_data);
}

void
qc_database_write_async (QcDatabase *self, const char *name, QcDatabaseFunc func, gpointer data,
                         GDestroyNotify data_free, GDestroyNotify result_free, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_DATABASE (self) && func != NULL);
  run_async (self, &self->writer, name, func, data, data_free, result_free, cancellable, callback, user_data);
}

gpointer
qc_database_finish (QcDatabase *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
run_sync (QcDatabase *self, Worker *worker, const char *name, QcDatabaseFunc func, gpointer data, GError **error)
{
  Job *job = g_new0 (Job, 1);
  g_assert (g_thread_self () != worker->thread);
  job->name = g_strdup (name);
  job->func = func;
  job->data = data;
  if (!push_job (self, worker, job)) {
    g_propagate_error (error, closed_error (name));
    job_free (job);
    return NULL;
  }
  g_mutex_lock (&self->mutex);
  while (!job->done)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
  gpointer result = job->result;
  if (job->error != NULL)
    g_propagate_error (error, g_steal_pointer (&job->error));
  job_free (job);
  return result;
}

gpointer
qc_database_read (QcDatabase *self, const char *name, QcDatabaseFunc func, gpointer data, GError **error)
{
  g_return_val_if_fail (QC_IS_DATABASE (self) && func != NULL, NULL);
  return run_sync (self, &self->reader, name, func, data, error);
}

gpointer
qc_database_write (QcDatabase *self, const char *name, QcDatabaseFunc func, gpointer data, GError **error)
{
  g_return_val_if_fail (QC_IS_DATABASE (self) && func != NULL, NULL);
  return run_sync (self, &self->writer, name, func, data, error);
}

/* ---- long reads ---- */

typedef struct {
  char *name; /* (owned) */
  QcDatabaseFunc func;
  gpointer data;              /* (owned) by data_free */
  GDestroyNotify data_free;   /* (nullable) */
  GDestroyNotify result_free; /* (nullable) */
  GCancellable *cancellable;  /* (owned) of this read: by who asked, or by the shutdown */
  GCancellable *asked;        /* (owned) (nullable) */
  gulong watch;
} Walk;

static void
walk_free (Walk *walk)
{
  if (walk->asked != NULL)
    g_cancellable_disconnect (walk->asked, walk->watch);
  g_clear_object (&walk->asked);
  g_clear_object (&walk->cancellable);
  if (walk->data_free != NULL)
    walk->data_free (walk->data);
  g_free (walk->name);
  g_free (walk);
}

static gpointer
run_walk (QcDatabase *self, const Walk *walk, GError **error)
{
  g_autoptr (QcConnection) connection = qc_connection_open (self->path, QC_CONNECTION_READ_ONLY, error);
  if (connection == NULL)
    return NULL;
  /* it passes over everything once: a large cache would only be memory */
  if (!qc_connection_exec (connection, "PRAGMA cache_size=-8192", error))
    return NULL;
  qc_connection_watch (connection, walk->cancellable);
  g_autoptr (QcTransaction) transaction = qc_transaction_begin (connection, QC_TRANSACTION_READ, walk->name, error);
  return transaction != NULL ? walk->func (connection, walk->data, walk->cancellable, error) : NULL;
}

static void
walk_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  QcDatabase *self = source;
  Walk *walk = task_data;
  GError *error = NULL;
  gpointer result = run_walk (self, walk, &error);
  if (error != NULL)
    note_damage (self, error);
  g_mutex_lock (&self->mutex);
  g_ptr_array_remove_fast (self->walks, walk->cancellable);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, walk->result_free);
}

static void
asked_cb (GCancellable *asked, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

void
qc_database_walk_async (QcDatabase *self, const char *name, QcDatabaseFunc func, gpointer data,
                        GDestroyNotify data_free, GDestroyNotify result_free, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_DATABASE (self) && func != NULL);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Walk *walk = g_new0 (Walk, 1);
  walk->name = g_strdup (name);
  walk->func = func;
  walk->data = data;
  walk->data_free = data_free;
  walk->result_free = result_free;
  walk->cancellable = g_cancellable_new ();
  g_task_set_name (task, name);
  g_task_set_task_data (task, walk, (GDestroyNotify)walk_free);
  if (cancellable != NULL) {
    walk->asked = g_object_ref (cancellable);
    walk->watch
        = g_cancellable_connect (cancellable, G_CALLBACK (asked_cb), g_object_ref (walk->cancellable), g_object_unref);
  }
  g_mutex_lock (&self->mutex);
  gboolean open = !self->closed;
  if (open)
    g_ptr_array_add (self->walks, g_object_ref (walk->cancellable));
  g_mutex_unlock (&self->mutex);
  if (open)
    g_task_run_in_thread (task, walk_thread);
  else
    g_task_return_error (task, closed_error (name));
}

static void
end_walks (QcDatabase *self)
{
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->walks->len; i++)
    g_cancellable_cancel (g_ptr_array_index (self->walks, i));
  while (self->walks->len > 0)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

void
qc_database_shutdown (QcDatabase *self)
{
  g_return_if_fail (QC_IS_DATABASE (self));
  g_mutex_lock (&self->mutex);
  gboolean first = !self->closed;
  self->closed = TRUE;
  g_mutex_unlock (&self->mutex);
  if (!first)
    return;
  end_walks (self);
  /* the writer last: it writes the WAL back and removes it */
  stop_worker (&self->reader);
  stop_worker (&self->writer);
}

void
qc_database_set_spare_work (QcDatabase *self, QcDatabaseSpareFunc func)
{
  g_return_if_fail (QC_IS_DATABASE (self));
  g_mutex_lock (&self->mutex);
  self->spare = func;
  g_mutex_unlock (&self->mutex);
}

static void
qc_database_finalize (GObject *object)
{
  QcDatabase *self = QC_DATABASE (object);
  if (self->writer.thread != NULL || self->reader.thread != NULL)
    g_error ("a database was dropped before it was shut down");
  g_clear_pointer (&self->writer.queue, g_async_queue_unref);
  g_clear_pointer (&self->reader.queue, g_async_queue_unref);
  g_ptr_array_unref (self->walks);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->path);
  G_OBJECT_CLASS (qc_database_parent_class)->finalize (object);
}

static void
qc_database_class_init (QcDatabaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_database_finalize;
}

static void
qc_database_init (QcDatabase *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->walks = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * qc_database_open:
 * @path: the file
 * @scripts: see qc_migrations_run()
 *
 * Returns: (transfer full): the database, to be shut down by its owner; NULL with QC_DB_ERROR_*
 */
QcDatabase *
qc_database_open (const char *path, const char *const *scripts, guint n_scripts, GError **error)
{
  g_autoptr (QcDatabase) self = g_object_new (QC_TYPE_DATABASE, NULL);
  self->path = g_strdup (path);
  self->writer.scripts = scripts;
  self->writer.n_scripts = n_scripts;
  if (!start_worker (self, &self->writer, QC_TRANSACTION_WRITE, error))
    return NULL;
  if (!start_worker (self, &self->reader, QC_TRANSACTION_READ, error)) {
    qc_database_shutdown (self);
    return NULL;
  }
  return g_steal_pointer (&self);
}
