/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What goes before an item: its pictures, beside the loop, so that nothing waits for them but what depends on the item.
 * Until all of them are at the center it is queued and no byte of it has left; where one cannot be sent, it goes back
 * to its draft with what is wrong. Main context.
 */
#include "qc-outbox-private.h"
#include "qc-store.h"
#include "qc-uploads.h"

#define AT_ONCE 4 /* items whose pictures are on their way */

typedef struct {
  QcOutbox *outbox;          /* (owned) */
  QcStoreOutboxItem *item;   /* (owned) */
  GCancellable *cancellable; /* (owned) it is taken back, or nobody is there any more */
} Upload;

static void
upload_free (Upload *upload)
{
  qc_store_outbox_item_free (upload->item);
  g_object_unref (upload->cancellable);
  g_object_unref (upload->outbox);
  g_free (upload);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Upload, upload_free)

static void
progress_cb (gint64 item, const QcUploadProgress *progress, gpointer user_data)
{
  qc_outbox_tell_progress (user_data, item, progress);
}

/* Its fate is written down: the loop looks at what may go now. Where it could not be written (@error), the item is as
 * it was, and is begun anew only with the next round. Takes @upload. */
static void
end_upload (Upload *upload, const GError *error)
{
  g_autoptr (Upload) ended = upload;
  const QcUploadProgress none = {0};
  g_hash_table_remove (ended->outbox->uploads, &ended->item->id);
  ended->outbox->n_uploads = g_hash_table_size (ended->outbox->uploads);
  qc_outbox_tell_progress (ended->outbox, ended->item->id, &none);
  qc_outbox_tell_uploaded (ended->outbox, error);
}

/* The item waits, or is back in its draft, unless it was taken back just now. */
static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Upload *upload = user_data;
  g_autoptr (GError) error = NULL;
  if (qc_database_finish (QC_DATABASE (source), result, &error) != NULL)
    qc_outbox_announce (upload->outbox, upload->item->id);
  end_upload (upload, error != NULL && error->domain != QC_STORE_ERROR ? error : NULL);
}

/* Takes @upload and @move. */
static void
write_move (Upload *upload, QcMove *move)
{
  qc_database_write_async (upload->outbox->database, "outbox.uploads", qc_move_run, move, (GDestroyNotify)qc_move_free,
                           NULL, NULL, written_cb, upload);
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
put_off (Upload *upload, const GError *error)
{
  QcMove *move = qc_move_new (QC_MOVE_PUT_OFF, upload->item, qc_outbox_now (upload->outbox));
  move->reason = g_strdup (reason_of (error));
  move->next_try = move->now + MAX (qc_outbox_step_wait (upload->item), qc_sync_error_get_retry_after (error));
  write_move (upload, move);
}

static void
uploaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Upload *upload = user_data;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;
  gboolean good = qc_uploads_send_finish (QC_TOKENS (source), result, &findings, &error);
  if (good || g_cancellable_is_cancelled (upload->cancellable)) {
    end_upload (upload, NULL);
  } else if (error != NULL) {
    put_off (upload, error);
  } else {
    QcMove *move = qc_move_new (QC_MOVE_REFUSE, upload->item, qc_outbox_now (upload->outbox));
    move->findings = g_ptr_array_ref (findings);
    move->reason = g_strdup ("attachment");
    write_move (upload, move);
  }
}

void
qc_outbox_upload_begin (QcOutbox *self, QcStoreOutboxItem *item)
{
  Upload *upload = g_new0 (Upload, 1);
  upload->outbox = g_object_ref (self);
  upload->item = item;
  upload->cancellable = g_cancellable_new ();
  g_hash_table_insert (self->uploads, &item->id, upload->cancellable);
  self->n_uploads = g_hash_table_size (self->uploads);
  qc_uploads_send_async (self->tokens, self->database, item->unit, item->id, &self->n_uploads, progress_cb, self,
                         upload->cancellable, uploaded_cb, upload);
}

GArray *
qc_outbox_dup_uploading (QcOutbox *self)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer item;
  g_hash_table_iter_init (&iter, self->uploads);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    g_array_append_vals (items, item, 1);
  return items;
}

gboolean
qc_outbox_may_upload (QcOutbox *self)
{
  return self->n_uploads < AT_ONCE;
}

void
qc_outbox_upload_cancel (QcOutbox *self, gint64 item)
{
  GCancellable *cancellable = g_hash_table_lookup (self->uploads, &item);
  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

gboolean
qc_outbox_is_uploading (QcOutbox *self)
{
  g_return_val_if_fail (QC_IS_OUTBOX (self), FALSE);
  return self->n_uploads > 0;
}

void
qc_outbox_stop_uploads (QcOutbox *self)
{
  g_return_if_fail (QC_IS_OUTBOX (self));
  g_autoptr (GArray) items = qc_outbox_dup_uploading (self);
  for (guint i = 0; i < items->len; i++)
    qc_outbox_upload_cancel (self, g_array_index (items, gint64, i));
}
