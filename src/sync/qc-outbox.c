/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The pusher: a loop of "what may go now?" → attempt committed → sent → answer committed → announced, one item at a
 * time. Everything that must survive a kill is in the database before the next step begins. Main context.
 */
#include "qc-outbox.h"

#include <glib/gi18n-lib.h>

#include "qc-outbox-private.h"
#include "qc-store.h"

G_DEFINE_FINAL_TYPE (QcOutbox, qc_outbox, G_TYPE_OBJECT)

enum { CHANGED, PROGRESS, UPLOADED, N_SIGNALS };
static guint signals[N_SIGNALS];

gint64
qc_outbox_now (QcOutbox *self)
{
  return self->has_clock ? qc_clock_now (&self->clock) : g_get_real_time () / G_USEC_PER_SEC;
}

void
qc_outbox_announce (QcOutbox *self, gint64 item)
{
  g_signal_emit (self, signals[CHANGED], 0, item);
}

void
qc_outbox_tell_progress (QcOutbox *self, gint64 item, const QcUploadProgress *progress)
{
  g_signal_emit (self, signals[PROGRESS], 0, item, progress);
}

void
qc_outbox_tell_uploaded (QcOutbox *self, const GError *error)
{
  self->again |= error == NULL;
  if (self->pushers == NULL)
    g_signal_emit (self, signals[UPLOADED], 0, error);
}

guint
qc_outbox_backoff (guint n, double random)
{
  guint whole = n >= 10 ? QC_OUTBOX_LONGEST_WAIT : MIN (2u << n, QC_OUTBOX_LONGEST_WAIT); /* 4, 8, 16 … */
  return whole / 2 + (guint)(random * (whole - whole / 2));
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcOutboxStep) step = user_data;
  QcOutbox *self = g_task_get_source_object (step->task);
  g_autoptr (GError) error = NULL;
  if (!qc_database_finish (QC_DATABASE (source), result, &error)) {
    if (g_error_matches (error, QC_STORE_ERROR, QC_STORE_ERROR_STATE))
      qc_outbox_push_next (step->task); /* taken back just now */
    else
      qc_outbox_end_push (self, 0, error);
    return;
  }
  qc_outbox_announce (self, step->item->id);
  qc_outbox_step_send (g_steal_pointer (&step));
}

void
qc_outbox_step_begin (QcOutboxStep *step)
{
  QcOutbox *self = g_task_get_source_object (step->task);
  qc_database_write_async (self->database, "outbox.begin", qc_move_run,
                           qc_move_new (QC_MOVE_BEGIN, step->item, qc_outbox_now (self)), (GDestroyNotify)qc_move_free,
                           NULL, NULL, begun_cb, step);
}

/* ---- the loop ---- */

typedef struct {
  char *profile;     /* (owned) */
  GArray *unwritten; /* (owned) (nullable) */
  GArray *uploading; /* (owned) (nullable) */
  gint64 now;
  gboolean wake, uploads;
} NextQuery;

typedef struct {
  QcStoreOutboxItem *item; /* (owned) (nullable) */
  gint64 next_due;
  guint n_unwritten; /* of which it is written now that nothing is known */
} NextAnswer;

static void
next_query_free (NextQuery *query)
{
  g_free (query->profile);
  g_clear_pointer (&query->unwritten, g_array_unref);
  g_clear_pointer (&query->uploading, g_array_unref);
  g_free (query);
}

static void
next_answer_free (NextAnswer *answer)
{
  g_clear_pointer (&answer->item, qc_store_outbox_item_free);
  g_free (answer);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NextAnswer, next_answer_free)

/* Their answers were lost on the way to the disk: sent, and nothing known. */
static gboolean
write_unknown (QcConnection *connection, const NextQuery *query, GError **error)
{
  for (guint i = 0; i < query->unwritten->len; i++) {
    g_autoptr (GError) fault = NULL;
    if (!qc_store_outbox_set_unknown (connection, g_array_index (query->unwritten, gint64, i), "interrupted", 0,
                                      query->now, &fault)
        && !g_error_matches (fault, QC_STORE_ERROR, QC_STORE_ERROR_STATE)) {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  }
  return TRUE;
}

static gpointer
find_next (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  NextQuery *query = data;
  g_autoptr (NextAnswer) answer = g_new0 (NextAnswer, 1);
  answer->n_unwritten = query->unwritten->len;
  if (!write_unknown (connection, query, error)
      || (query->wake && !qc_store_outbox_wake (connection, query->profile, error)))
    return NULL;
  if (!qc_store_outbox_next (connection, query->profile, query->now, query->uploading, query->uploads, &answer->item,
                             &answer->next_due, error))
    return NULL;
  return g_steal_pointer (&answer);
}

void
qc_outbox_end_push (QcOutbox *self, gint64 next_due, const GError *error)
{
  g_autoptr (GPtrArray) pushers = g_steal_pointer (&self->pushers);
  for (guint i = 0; pushers && i < pushers->len; i++) {
    GTask *task = g_ptr_array_index (pushers, i);
    if (error) {
      g_task_return_error (task, g_error_copy (error));
    } else {
      gint64 *due = g_new (gint64, 1);
      *due = next_due;
      g_task_return_pointer (task, due, g_free);
    }
  }
}

static void
found_next_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcOutbox *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (NextAnswer) answer = qc_database_finish (QC_DATABASE (source), result, &error);
  if (answer != NULL)
    g_array_remove_range (self->unwritten, 0, answer->n_unwritten);
  if (answer == NULL) {
    qc_outbox_end_push (self, 0, error);
  } else if (answer->item == NULL && self->again) {
    qc_outbox_push_next (task);
  } else if (answer->item == NULL) {
    qc_outbox_end_push (self, answer->next_due, NULL);
  } else if (answer->item->state == QC_STORE_OUTBOX_QUEUED && answer->item->n_to_upload > 0) {
    qc_outbox_upload_begin (self, g_steal_pointer (&answer->item));
    qc_outbox_push_next (task);
  } else {
    QcOutboxStep *step = g_new0 (QcOutboxStep, 1);
    step->task = g_steal_pointer (&task);
    step->item = g_steal_pointer (&answer->item);
    if (step->item->state == QC_STORE_OUTBOX_UNKNOWN)
      qc_outbox_step_ask (step);
    else
      qc_outbox_step_begin (step);
  }
}

/* In the writer's queue, so that it sees everything that was queued before it. */
void
qc_outbox_push_next (GTask *task)
{
  QcOutbox *self = g_task_get_source_object (task);
  NextQuery *query = g_new0 (NextQuery, 1);
  query->profile = g_strdup (self->profile);
  query->now = qc_outbox_now (self);
  query->unwritten = g_array_copy (self->unwritten);
  query->uploading = qc_outbox_dup_uploading (self);
  query->uploads = qc_outbox_may_upload (self);
  query->wake = GPOINTER_TO_INT (g_task_get_task_data (task));
  g_task_set_task_data (task, NULL, NULL);
  self->again = FALSE;
  qc_database_write_async (self->database, "outbox.next", find_next, query, (GDestroyNotify)next_query_free,
                           (GDestroyNotify)next_answer_free, g_task_get_cancellable (task), found_next_cb,
                           g_object_ref (task));
}

void
qc_outbox_push_async (QcOutbox *self, gboolean wake, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (QC_IS_OUTBOX (self));
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_outbox_push_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, GINT_TO_POINTER (wake), NULL);
  gboolean under_way = self->pushers != NULL;
  if (!under_way)
    self->pushers = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->pushers, g_object_ref (task));
  if (under_way)
    self->again = TRUE;
  else
    qc_outbox_push_next (task);
}

gboolean
qc_outbox_push_finish (QcOutbox *self, GAsyncResult *result, gint64 *out_next_due, GError **error)
{
  g_autofree gint64 *due = g_task_propagate_pointer (G_TASK (result), error);
  if (due && out_next_due)
    *out_next_due = *due;
  return due != NULL;
}

/* ---- 撤回 and recovery ---- */

static void
withdrawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcOutbox *self = g_task_get_source_object (task);
  QcMove *move = g_task_get_task_data (task);
  GError *error = NULL;
  if (qc_database_finish (QC_DATABASE (source), result, &error)) {
    qc_outbox_upload_cancel (self, move->item);
    qc_outbox_announce (self, move->item);
    g_task_return_boolean (task, TRUE);
    return;
  }
  if (error->domain == QC_STORE_ERROR) {
    g_error_free (error);
    error
        = qc_sync_error_new (QC_SYNC_ERROR_NOT_ALLOWED, "withdraw",
                             _ ("It can no longer be taken back: it was already sent. Wait for the center's answer."));
  }
  g_task_return_error (task, error);
}

void
qc_outbox_withdraw_async (QcOutbox *self, gint64 item, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (QC_IS_OUTBOX (self));
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_outbox_withdraw_async);
  QcStoreOutboxItem named = {.id = item};
  QcMove *move = qc_move_new (QC_MOVE_WITHDRAW, &named, qc_outbox_now (self));
  g_task_set_task_data (task, move, (GDestroyNotify)qc_move_free);
  qc_database_write_async (self->database, "outbox.withdraw", qc_move_run, move, NULL, NULL, cancellable, withdrawn_cb,
                           task);
}

gboolean
qc_outbox_withdraw_finish (QcOutbox *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gpointer
recover (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  NextQuery *query = data;
  return qc_store_outbox_recover (connection, query->profile, query->now, NULL, error) ? QC_DATABASE_DONE : NULL;
}

static void
recovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcOutbox *self = g_task_get_source_object (task);
  GError *error = NULL;
  self->recovered = qc_database_finish (QC_DATABASE (source), result, &error) != NULL;
  if (self->recovered)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
qc_outbox_recover_async (QcOutbox *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_OUTBOX (self));
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_outbox_recover_async);
  if (self->recovered) {
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
    return;
  }
  NextQuery *query = g_new0 (NextQuery, 1);
  query->profile = g_strdup (self->profile);
  query->now = qc_outbox_now (self);
  qc_database_write_async (self->database, "outbox.recover", recover, query, (GDestroyNotify)next_query_free, NULL,
                           cancellable, recovered_cb, task);
}

gboolean
qc_outbox_recover_finish (QcOutbox *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- the object ---- */

void
qc_outbox_set_step_func (QcOutbox *self, QcOutboxStepFunc func, gpointer user_data)
{
  self->step_func = func;
  self->step_data = user_data;
}

static void
qc_outbox_finalize (GObject *object)
{
  QcOutbox *self = QC_OUTBOX (object);
  g_clear_object (&self->tokens);
  g_clear_object (&self->database);
  g_free (self->profile);
  g_array_unref (self->unwritten);
  g_hash_table_unref (self->uploads);
  G_OBJECT_CLASS (qc_outbox_parent_class)->finalize (object);
}

static void
qc_outbox_class_init (QcOutboxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_outbox_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", QC_TYPE_OUTBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[PROGRESS] = g_signal_new ("progress", QC_TYPE_OUTBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                    G_TYPE_INT64, G_TYPE_POINTER);
  signals[UPLOADED]
      = g_signal_new ("uploaded", QC_TYPE_OUTBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
qc_outbox_init (QcOutbox *self)
{
  self->unwritten = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->uploads = g_hash_table_new (g_int64_hash, g_int64_equal);
}

QcOutbox *
qc_outbox_new (QcTokens *tokens, QcDatabase *database, const char *profile, const QcClock *clock)
{
  g_return_val_if_fail (QC_IS_TOKENS (tokens) && QC_IS_DATABASE (database) && profile != NULL, NULL);
  QcOutbox *self = g_object_new (QC_TYPE_OUTBOX, NULL);
  self->tokens = g_object_ref (tokens);
  self->database = g_object_ref (database);
  self->profile = g_strdup (profile);
  self->has_clock = clock != NULL;
  if (clock)
    self->clock = *clock;
  return self;
}
