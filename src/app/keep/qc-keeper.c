/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-keeper.h. A backup is read on a connection of its own, so that neither lists nor edits wait, and looked
 * through on a thread without one. Main context.
 */
#include "qc-keeper-private.h"

#include <glib/gi18n-lib.h>

#include "qc-month.h"
#include "qc-store-incoming.h"
#include "qc-store.h"

#define AGAIN   3600 /* seconds until one that failed is tried again */
#define SECONDS 2    /* after something was done */

struct _QcKeeper {
  GObject parent_instance;
  QcSession *session; /* (owned) */
  QcDate day;         /* the last one that is known to have a backup */
  gint64 not_before;  /* seconds: when the next one may be tried */
  guint source;       /* makes it in a moment */
  gboolean busy;
  GError *fault; /* (owned) (nullable) */
  int permille;  /* (atomic) */
};

G_DEFINE_FINAL_TYPE (QcKeeper, qc_keeper, G_TYPE_OBJECT)
enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

void
qc_kept_free (QcKept *kept)
{
  if (!kept)
    return;
  g_free (kept->name);
  g_free (kept->units);
  g_free (kept);
}

char *
qc_kept_dup_words (const QcKept *kept)
{
  g_autofree char *drafts = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%d draft", "%d drafts", (gulong)kept->drafts), (int)kept->drafts);
  g_autofree char *waiting = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%d waits to be submitted", "%d wait to be submitted", (gulong)kept->waiting),
      (int)kept->waiting);
  g_autofree char *size = g_format_size ((guint64)MAX (kept->size, 0));
  const char *units = kept->units && *kept->units ? kept->units : NULL;
  return g_strjoin (" · ", drafts, waiting, size, units, NULL);
}

QcKept *
qc_keeper_describe (const QcStoreCopy *copy)
{
  QcKept *kept = g_new0 (QcKept, 1);
  kept->name = g_strdup (copy->name);
  kept->units = g_strdup (copy->units);
  kept->made = copy->made;
  kept->size = copy->size;
  kept->drafts = copy->drafts;
  kept->waiting = copy->waiting;
  kept->entries = copy->entries;
  return kept;
}

gint64
qc_keeper_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static QcDate
today (void)
{
  return qc_date_from_unix (qc_keeper_now ());
}

const char *
qc_keeper_folder (QcKeeper *self)
{
  return qc_context_get_data_dir (qc_session_get_context (self->session));
}

int *
qc_keeper_permille (QcKeeper *self)
{
  return &self->permille;
}

double
qc_keeper_get_progress (QcKeeper *self)
{
  g_return_val_if_fail (QC_IS_KEEPER (self), -1);
  int permille = g_atomic_int_get (&self->permille);
  return permille < 0 ? -1 : permille / 1000.0;
}

GTask *
qc_keeper_task_new (QcKeeper *self, gpointer tag, gpointer data, GDestroyNotify data_free, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, data, data_free);
  g_task_set_check_cancellable (task, FALSE); /* what is done is told as done */
  return task;
}

GError *
qc_keeper_translate (GError *error)
{
  if (!g_error_matches (error, QC_STORE_ERROR, QC_STORE_ERROR_STATE))
    return error;
  g_error_free (error);
  return g_error_new_literal (QC_APP_ERROR, QC_APP_ERROR_WAITING,
                              _ ("Something waits to be submitted that these data do not have: it would be lost from "
                                 "view."));
}

void
qc_keeper_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (qc_database_finish (QC_DATABASE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, qc_keeper_translate (error));
}

/* --- which there are --- */

static void
list_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) copies = qc_store_backups_list (data);
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_kept_free);
  for (guint i = 0; i < copies->len; i++)
    g_ptr_array_add (list, qc_keeper_describe (g_ptr_array_index (copies, i)));
  g_task_return_pointer (task, list, (GDestroyNotify)g_ptr_array_unref);
}

void
qc_keeper_list_async (QcKeeper *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_KEEPER (self));
  g_autoptr (GTask) task = qc_keeper_task_new (self, qc_keeper_list_async, g_strdup (qc_keeper_folder (self)), g_free,
                                               cancellable, callback, user_data);
  g_task_run_in_thread (task, list_thread);
}

GPtrArray *
qc_keeper_list_finish (QcKeeper *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- one more --- */

typedef struct {
  char *folder;   /* (owned) */
  char *part;     /* (owned) (nullable) */
  gboolean empty; /* there is nothing to be kept yet, and nobody asked */
  gboolean asked;
  gint64 now;
} Making;

static void
making_free (gpointer data)
{
  Making *making = data;
  g_free (making->folder);
  g_free (making->part);
  g_free (making);
}

static gpointer
write_copy (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Making *making = data;
  gboolean worth_it = TRUE;
  if (!making->asked && !qc_store_backups_is_worth_it (connection, &worth_it, error))
    return NULL;
  making->empty = !worth_it;
  if (making->empty)
    return QC_DATABASE_DONE;
  making->part = qc_store_backups_begin (making->folder, making->now, error);
  return making->part && qc_store_copy_write (connection, making->folder, making->part, making->now, error)
             ? QC_DATABASE_DONE
             : NULL;
}

/* Looked through without a snapshot of the database, which the WAL would grow behind. */
static void
check_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Making *making = data;
  GError *error = NULL;
  if (making->empty || qc_store_backups_finish (making->part, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (qc_database_finish (QC_DATABASE (source), result, &error))
    g_task_run_in_thread (task, check_thread);
  else
    g_task_return_error (task, error);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  QcKeeper *self = QC_KEEPER (source);
  g_autoptr (GTask) task = data;
  const Making *making = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  gboolean made = g_task_propagate_boolean (G_TASK (result), &error);
  self->busy = FALSE;
  self->not_before = made ? 0 : qc_keeper_now () + AGAIN;
  g_clear_error (&self->fault);
  if (made && !making->empty)
    self->day = today ();
  if (!made && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    self->fault = g_error_copy (error);
  g_signal_emit (self, signals[CHANGED], 0);
  if (made)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Takes @task, which is told of the end. */
static void
make (QcKeeper *self, gboolean asked, GTask *task)
{
  QcDatabase *database = qc_session_get_database (self->session);
  if (!database || self->busy) {
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_BUSY, "%s", _ ("A backup is being made already."));
    g_object_unref (task);
    return;
  }
  Making *making = g_new0 (Making, 1);
  making->folder = g_strdup (qc_keeper_folder (self));
  making->asked = asked;
  making->now = qc_keeper_now ();
  self->busy = TRUE;
  GCancellable *cancellable = g_task_get_cancellable (task);
  GTask *inner = qc_keeper_task_new (self, make, making, making_free, cancellable, made_cb, task);
  qc_database_walk_async (database, "backup", write_copy, making, NULL, NULL, cancellable, written_cb, inner);
}

void
qc_keeper_back_up_async (QcKeeper *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_KEEPER (self));
  make (self, TRUE, qc_keeper_task_new (self, qc_keeper_back_up_async, NULL, NULL, cancellable, callback, user_data));
}

gboolean
qc_keeper_back_up_finish (QcKeeper *self, GAsyncResult *result, GError **error)
{
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  qc_session_journal (self->session, "backup.made", NULL, NULL);
  return TRUE;
}

/* --- by itself --- */

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  QcKeeper *self = QC_KEEPER (source);
  g_autoptr (GPtrArray) list = qc_keeper_list_finish (self, result, NULL);
  const QcKept *newest = list && list->len > 0 ? g_ptr_array_index (list, 0) : NULL;
  if (newest)
    self->day = MAX (self->day, qc_date_from_unix (newest->made));
  if (self->day < today () && !self->busy && qc_session_get_database (self->session))
    make (self, FALSE, qc_keeper_task_new (self, qc_keeper_look, NULL, NULL, NULL, NULL, NULL));
}

static gboolean
look_cb (gpointer data)
{
  QcKeeper *self = data;
  self->source = 0;
  qc_keeper_list_async (self, NULL, looked_cb, NULL);
  return G_SOURCE_REMOVE;
}

void
qc_keeper_look (QcKeeper *self)
{
  g_return_if_fail (QC_IS_KEEPER (self));
  if (self->source == 0 && !self->busy && self->day < today () && self->not_before <= qc_keeper_now ()
      && qc_session_get_database (self->session))
    self->source = g_timeout_add_seconds_full (G_PRIORITY_LOW, SECONDS, look_cb, self, NULL);
}

const GError *
qc_keeper_get_fault (QcKeeper *self)
{
  g_return_val_if_fail (QC_IS_KEEPER (self), NULL);
  return self->fault;
}

/* --- going back --- */

typedef struct {
  char *folder, *name, *actor; /* (owned) (nullable) */
} Restoring;

static void
restoring_free (gpointer data)
{
  Restoring *restoring = data;
  g_free (restoring->folder);
  g_free (restoring->name);
  g_free (restoring->actor);
  g_free (restoring);
}

static gpointer
prepare (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Restoring *restoring = data;
  g_autofree char *backups = qc_store_backups_folder (restoring->folder);
  g_autofree char *copy = g_build_filename (backups, restoring->name, NULL);
  gint64 waiting, now = qc_keeper_now ();
  const QcStoreArrival arrival = {"backup.restored", restoring->name, restoring->actor, now, FALSE};
  g_autofree char *part = qc_store_incoming_begin (restoring->folder, error);
  return part && qc_store_incoming_fill (part, copy, error)
                 && qc_store_incoming_settle (part, connection, &arrival, &waiting, error)
                 && !g_cancellable_set_error_if_cancelled (cancellable, error)
                 && qc_store_incoming_ready (restoring->folder, now, error)
             ? QC_DATABASE_DONE
             : NULL;
}

void
qc_keeper_restore_async (QcKeeper *self, const char *name, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (QC_IS_KEEPER (self) && name && qc_session_get_database (self->session));
  Restoring *restoring = g_new0 (Restoring, 1);
  restoring->folder = g_strdup (qc_keeper_folder (self));
  restoring->name = g_path_get_basename (name);
  restoring->actor = g_strdup (qc_session_get_user_name (self->session));
  GTask *task
      = qc_keeper_task_new (self, qc_keeper_restore_async, restoring, restoring_free, cancellable, callback, user_data);
  qc_database_walk_async (qc_session_get_database (self->session), "restore", prepare, restoring, NULL, NULL,
                          cancellable, qc_keeper_read_cb, task);
}

gboolean
qc_keeper_restore_finish (QcKeeper *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- object --- */

static void
data_changed_cb (QcSession *session, guint what, QcKeeper *self)
{
  if (what & (QC_DATA_DRAFTS | QC_DATA_QUEUE))
    qc_keeper_look (self);
}

QcSession *
qc_keeper_get_session (QcKeeper *self)
{
  g_return_val_if_fail (QC_IS_KEEPER (self), NULL);
  return self->session;
}

static void
qc_keeper_dispose (GObject *object)
{
  QcKeeper *self = QC_KEEPER (object);
  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->session);
  g_clear_error (&self->fault);
  G_OBJECT_CLASS (qc_keeper_parent_class)->dispose (object);
}

static void
qc_keeper_class_init (QcKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_keeper_dispose;
  signals[CHANGED] = g_signal_new ("changed", QC_TYPE_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_keeper_init (QcKeeper *self)
{
  self->permille = -1;
}

QcKeeper *
qc_keeper_new (QcSession *session)
{
  g_return_val_if_fail (QC_IS_SESSION (session), NULL);
  QcKeeper *self = g_object_new (QC_TYPE_KEEPER, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "data-changed", G_CALLBACK (data_changed_cb), self, 0);
  return self;
}
