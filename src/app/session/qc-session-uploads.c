/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * How far the pictures are that are on their way to the center. Sync tells it for each part of each of them; who looks
 * at it hears of it a few times a second. Main thread.
 */
#include "qc-session-internal.h"

#define TELL_MS 250

static gboolean
tell_cb (gpointer user_data)
{
  QcSession *self = user_data;
  self->uploads_source = 0;
  g_signal_emit_by_name (self, "uploading");
  return G_SOURCE_REMOVE;
}

void
qc_session_take_upload (QcSession *self, gint64 item, const QcUploadProgress *progress)
{
  if (progress->pictures > 0)
    g_hash_table_replace (self->uploads, g_memdup2 (&item, sizeof item), g_memdup2 (progress, sizeof *progress));
  else
    g_hash_table_remove (self->uploads, &item);
  if (self->uploads_source == 0)
    self->uploads_source = g_timeout_add (TELL_MS, tell_cb, self);
}

void
qc_session_forget_uploads (QcSession *self)
{
  g_clear_handle_id (&self->uploads_source, g_source_remove);
  g_hash_table_remove_all (self->uploads);
}

QcUploadProgress
qc_session_get_upload (QcSession *self, gint64 item)
{
  g_return_val_if_fail (QC_IS_SESSION (self), (QcUploadProgress) {0});
  const QcUploadProgress *progress = g_hash_table_lookup (self->uploads, &item);
  return progress != NULL ? *progress : (QcUploadProgress) {0};
}

QcUploadProgress
qc_session_get_uploads (QcSession *self)
{
  QcUploadProgress all = {0};
  g_return_val_if_fail (QC_IS_SESSION (self), all);
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, self->uploads);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const QcUploadProgress *one = value;
    all.there += one->there;
    all.pictures += one->pictures;
    all.sent += one->sent;
    all.size += one->size;
  }
  return all;
}

gboolean
qc_session_is_uploading (QcSession *self)
{
  g_return_val_if_fail (QC_IS_SESSION (self), FALSE);
  QcOutbox *outbox = self->sync ? qc_sync_get_outbox (self->sync) : NULL;
  return outbox != NULL && qc_outbox_is_uploading (outbox);
}
