/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What goes before an item: its pictures. Until all of them are at the center the item is queued and no byte of it has
 * left; where one cannot be sent, it goes back to its draft with what is wrong. Main context.
 */
#include "qc-outbox-private.h"
#include "qc-store.h"
#include "qc-uploads.h"

static void
progress_cb (gint64 item, gint64 sent, gint64 total, gpointer user_data)
{
  qc_outbox_tell_progress (user_data, item, sent, total);
}

/* The item waits, or is back in its draft. Takes @step. */
static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcOutboxStep) step = user_data;
  QcOutbox *self = g_task_get_source_object (step->task);
  g_autoptr (GError) error = NULL;
  gboolean good = qc_database_finish (QC_DATABASE (source), result, &error) != NULL;
  if (good)
    qc_outbox_announce (self, step->item->id);
  if (!good && error->domain != QC_STORE_ERROR) /* else it was taken back just now */
    qc_outbox_end_push (self, 0, error);
  else if (g_error_matches (step->error, QC_SYNC_ERROR, QC_SYNC_ERROR_RETRY_LATER))
    qc_outbox_end_push (self, step->retry_at, NULL);
  else if (qc_outbox_stops_push (step->error))
    qc_outbox_end_push (self, 0, step->error);
  else
    qc_outbox_push_next (step->task);
}

/* Takes @step and @move. */
static void
write_move (QcOutboxStep *step, QcMove *move)
{
  QcOutbox *self = g_task_get_source_object (step->task);
  step->retry_at = move->next_try;
  qc_database_write_async (self->database, "outbox.uploads", qc_move_run, move, (GDestroyNotify)qc_move_free, NULL,
                           NULL, written_cb, step);
}

static const char *
reason_of (const GError *error)
{
  const QcProblem *problem = qc_sync_error_get_problem (error);
  if (problem != NULL)
    return problem->code;
  return g_error_matches (error, QC_SYNC_ERROR, QC_SYNC_ERROR_UNAUTHORIZED)  ? "signed-out"
         : g_error_matches (error, QC_SYNC_ERROR, QC_SYNC_ERROR_RETRY_LATER) ? "busy"
                                                                             : "offline";
}

static void
put_off (QcOutboxStep *step)
{
  QcOutbox *self = g_task_get_source_object (step->task);
  QcMove *move = qc_move_new (QC_MOVE_PUT_OFF, step->item, qc_outbox_now (self));
  move->reason = g_strdup (reason_of (step->error));
  move->next_try = move->now + MAX (qc_outbox_step_wait (step->item), qc_sync_error_get_retry_after (step->error));
  write_move (step, move);
}

static void
uploaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  QcOutboxStep *step = user_data;
  QcOutbox *self = g_task_get_source_object (step->task);
  g_autoptr (GPtrArray) findings = NULL;
  gboolean good = qc_uploads_send_finish (QC_TOKENS (source), result, &findings, &step->error);
  gboolean taken_back = g_cancellable_is_cancelled (self->upload_cancel)
                        && !g_cancellable_is_cancelled (g_task_get_cancellable (step->task));
  self->uploading = 0;
  g_clear_object (&self->upload_cancel);
  if (good) {
    qc_outbox_step_begin (step);
  } else if (taken_back) {
    qc_outbox_push_next (step->task);
    qc_outbox_step_free (step);
  } else if (step->error != NULL) {
    put_off (step);
  } else {
    QcMove *move = qc_move_new (QC_MOVE_REFUSE, step->item, qc_outbox_now (self));
    move->findings = g_ptr_array_ref (findings);
    move->reason = g_strdup ("attachment");
    write_move (step, move);
  }
}

static void
cancelled_cb (GCancellable *outer, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

void
qc_outbox_step_upload (QcOutboxStep *step)
{
  QcOutbox *self = g_task_get_source_object (step->task);
  GCancellable *outer = g_task_get_cancellable (step->task);
  if (!qc_move_is_submission (step->item)) {
    qc_outbox_step_begin (step);
    return;
  }
  self->uploading = step->item->id;
  self->upload_cancel = g_cancellable_new ();
  if (outer != NULL)
    g_signal_connect_object (outer, "cancelled", G_CALLBACK (cancelled_cb), self->upload_cancel, 0);
  if (g_cancellable_is_cancelled (outer))
    g_cancellable_cancel (self->upload_cancel);
  qc_uploads_send_async (self->tokens, self->database, step->item->unit, step->item->id, progress_cb, self,
                         self->upload_cancel, uploaded_cb, step);
}
