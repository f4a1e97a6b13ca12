/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The steps of one item: sent, answered or not, written down, announced. What is written down is in the database before
 * the next step begins. Main context.
 */
#include "qc-outbox-private.h"

#include <glib/gi18n-lib.h>

#include "qc-wire-submission.h"

#define ASK_TIMEOUT  15
#define SEND_TIMEOUT 60

void
qc_outbox_step_free (QcOutboxStep *step)
{
  g_object_unref (step->task);
  qc_store_outbox_item_free (step->item);
  g_clear_error (&step->error);
  g_clear_pointer (&step->answer, g_bytes_unref);
  g_free (step);
}
static void
say_step (QcOutbox *self, const char *step, gint64 item)
{
  if (self->step_func)
    self->step_func (step, item, self->step_data);
}

guint
qc_outbox_step_wait (const QcStoreOutboxItem *item)
{
  return qc_outbox_backoff ((guint)CLAMP (item->attempts + 1, 1, 10), g_random_double ());
}

/* ---- writing down what came of it ---- */

gboolean
qc_outbox_stops_push (const GError *error)
{
  return error != NULL && !g_error_matches (error, QC_SYNC_ERROR, QC_SYNC_ERROR_PROBLEM)
         && !g_error_matches (error, QC_SYNC_ERROR, QC_SYNC_ERROR_UNKNOWN_OUTCOME)
         && !g_error_matches (error, QC_SYNC_ERROR, QC_SYNC_ERROR_TOO_LARGE)
         && !g_error_matches (error, QC_SYNC_ERROR, QC_SYNC_ERROR_BAD_ANSWER);
}

static void
answer_direct (QcOutboxStep *step)
{
  g_autoptr (QcWireAnswer) answer = step->answer ? qc_wire_decode_answer (step->answer, NULL) : NULL;
  if (step->error || answer == NULL) {
    g_task_return_error (step->task, g_steal_pointer (&step->error));
    return;
  }
  QcApplication *application = g_steal_pointer (&answer->application);
  g_task_return_pointer (step->task, application ? application : qc_application_new (),
                         (GDestroyNotify)qc_application_free);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcOutboxStep) step = user_data;
  QcOutbox *self = g_task_get_source_object (step->task);
  g_autoptr (GError) error = NULL;
  gboolean good = qc_database_finish (QC_DATABASE (source), result, &error) != NULL;
  if (good) {
    say_step (self, "stored", step->item->id);
    qc_outbox_announce (self, step->item->id);
  } else {
    g_array_append_val (self->unwritten, step->item->id); /* the next push asks about it */
    if (step->error == NULL || step->direct) {
      g_clear_error (&step->error);
      step->error = g_steal_pointer (&error);
    }
  }
  if (step->direct)
    answer_direct (step);
  else if (good && g_error_matches (step->error, QC_SYNC_ERROR, QC_SYNC_ERROR_RETRY_LATER))
    qc_outbox_end_push (self, step->retry_at, NULL); /* busy for one is busy for all */
  else if (!good || qc_outbox_stops_push (step->error))
    qc_outbox_end_push (self, 0, step->error ? step->error : error);
  else
    qc_outbox_push_next (step->task);
}

/* Writes @move (taken), then goes on; never cancelled: it is the memory of what happened. Takes @step. */
static void
write_move (QcOutboxStep *step, QcMove *move)
{
  QcOutbox *self = g_task_get_source_object (step->task);
  step->retry_at = move->next_try;
  qc_database_write_async (self->database, "outbox.move", qc_move_run, move, (GDestroyNotify)qc_move_free, NULL, NULL,
                           written_cb, step);
}

/* ---- sending ---- */

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  QcOutboxStep *step = user_data;
  QcOutbox *self = g_task_get_source_object (step->task);
  g_autoptr (QcAnswer) answer = qc_tokens_send_finish (QC_TOKENS (source), result, &step->error);
  say_step (self, "answered", step->item->id);
  QcMove *move;
  if (answer != NULL) {
    move = qc_move_for_answer (step->item, (int)answer->status, answer->body, qc_outbox_now (self));
    if (move->kind == QC_MOVE_UNKNOWN)
      step->error = qc_sync_error_new (
          QC_SYNC_ERROR_UNKNOWN_OUTCOME, move->reason,
          g_str_equal (move->reason, QC_MOVE_NOT_OURS)
              ? _ ("The center's answer belongs to something else than what was sent. Qingce asks again what became of "
                   "it. Do not submit it a second time.")
              : _ ("The center's answer cannot be read. Qingce asks again what became of it."));
    else
      step->answer = g_bytes_ref (answer->body);
  } else {
    move = qc_move_for_error (step->item, step->error, qc_outbox_step_wait (step->item), qc_outbox_now (self));
  }
  write_move (step, move);
}

/* Takes @step; the attempt is committed. */
void
qc_outbox_step_send (QcOutboxStep *step)
{
  QcOutbox *self = g_task_get_source_object (step->task);
  const QcStoreOutboxItem *item = step->item;
  QcRequest request = {.method = item->method,
                       .path = item->path,
                       .key = item->key,
                       .if_match = item->if_match,
                       .body = item->body,
                       .max_answer = QC_TRANSPORT_SMALL_ANSWER,
                       .content_type = g_str_equal (item->kind, "submission") ? QC_SUBMISSION_CONTENT_TYPE : NULL,
                       .timeout = SEND_TIMEOUT,
                       .changes = TRUE};
  say_step (self, "begun", item->id);
  qc_tokens_send_async (self->tokens, &request, g_task_get_cancellable (step->task), sent_cb, step);
}

/* ---- asking what became of a key ---- */

/* Seconds until the same is asked again: as long as it has been asked already. */
static guint
ask_wait (const QcStoreOutboxItem *item, gint64 now)
{
  gint64 since = CLAMP (now - item->tried, 0, QC_OUTBOX_LONGEST_WAIT);
  return MAX (qc_outbox_step_wait (item), (guint)since);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  QcOutboxStep *step = user_data;
  QcOutbox *self = g_task_get_source_object (step->task);
  g_autoptr (QcAnswer) answer = qc_tokens_send_finish (QC_TOKENS (source), result, &step->error);
  guint wait = ask_wait (step->item, qc_outbox_now (self));
  QcMove *move
      = answer ? qc_move_for_status (step->item, answer->body, wait, qc_outbox_now (self), &step->error) : NULL;
  if (move == NULL) { /* still unknown: asked again later */
    move = qc_move_new (QC_MOVE_UNKNOWN, step->item, qc_outbox_now (self));
    move->reason = g_strdup ("not-asked");
    move->next_try = move->now + MAX (wait, qc_sync_error_get_retry_after (step->error));
  }
  write_move (step, move);
}

/* Takes @step. */
void
qc_outbox_step_ask (QcOutboxStep *step)
{
  QcOutbox *self = g_task_get_source_object (step->task);
  g_autofree char *key = g_uri_escape_string (step->item->key, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/api/v1/submissions/", key, NULL);
  QcRequest request = {.method = "GET", .path = path, .max_answer = QC_TRANSPORT_SMALL_ANSWER, .timeout = ASK_TIMEOUT};
  qc_tokens_send_async (self->tokens, &request, g_task_get_cancellable (step->task), asked_cb, step);
}
