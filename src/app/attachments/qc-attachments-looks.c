/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Which pictures look like scans or copies where a photograph of the original is asked for. It is known of what was
 * just taken in; of what lay in the draft before it is found once more, one picture after the other, while somebody has
 * the draft open. Main context.
 */
#include "qc-attachments-private.h"

#include <glib/gi18n-lib.h>

#include "qc-store-attachments.h"
#include "qc-weak.h"

const char *
qc_attachments_look_words (QcPaperLook look)
{
  if (look == QC_PAPER_ALL)
    return _ ("It looks like a scan or a copy: it has no colour, and its paper is even to the edges. The photograph of "
              "the signed original is asked for.");
  if (look == QC_PAPER_GREY)
    return _ ("It looks like a copy: it has no colour. The photograph of the signed original is asked for.");
  if (look == QC_PAPER_FLAT)
    return _ ("It looks like a scan: its paper is even to the edges. The photograph of the signed original is asked "
              "for.");
  return NULL;
}

void
qc_attachments_note_look (QcAttachments *self, const char *digest, QcPaperLook look)
{
  g_hash_table_replace (self->looks, g_strdup (digest), GUINT_TO_POINTER (look));
}

const char *
qc_attachments_get_look (QcAttachments *self, const QcAttachment *attachment)
{
  gpointer look = g_hash_table_lookup (self->looks, attachment->digest);
  return g_str_equal (attachment->kind, QC_ATTACHMENT_AUTHORIZATION)
             ? qc_attachments_look_words ((QcPaperLook)GPOINTER_TO_UINT (look))
             : NULL;
}

/* The first one that nobody has looked at. (nullable) */
static const char *
find_unknown (QcAttachments *self)
{
  const GPtrArray *attachments = qc_draft_get_attachments (self->draft);
  for (guint i = 0; i < attachments->len; i++) {
    const QcAttachment *value = ((const QcStoreAttachment *)g_ptr_array_index (attachments, i))->value;
    if (g_str_equal (value->kind, QC_ATTACHMENT_AUTHORIZATION) && !g_hash_table_contains (self->looks, value->digest))
      return value->digest;
  }
  return NULL;
}

typedef struct {
  GWeakRef *attachments; /* (owned) */
  char *digest;          /* (owned) */
} Look;

/* What cannot be looked at is not looked at again: sending it says what is wrong. */
static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Look *look = user_data;
  g_autoptr (QcAttachments) self = qc_weak_end (look->attachments);
  g_autofree char *digest = look->digest;
  g_autoptr (QcPicture) picture = qc_picture_desk_prepare_finish (result, NULL);
  g_free (look);
  if (self == NULL)
    return;
  self->looking = FALSE;
  qc_attachments_note_look (self, digest, picture != NULL ? picture->look : QC_PAPER_PHOTOGRAPH);
  if (picture != NULL && picture->look != QC_PAPER_PHOTOGRAPH)
    qc_attachments_changed (self);
  qc_attachments_find_looks (self);
}

void
qc_attachments_find_looks (QcAttachments *self)
{
  const char *digest = self->looking ? NULL : find_unknown (self);
  if (digest == NULL)
    return;
  g_autofree char *path = qc_store_attachment_path (self->folder, digest);
  Look *look = g_new (Look, 1);
  *look = (Look) {qc_weak_new (self), g_strdup (digest)};
  self->looking = TRUE;
  qc_picture_desk_prepare_async (self->desk, path, 0, QC_ATTACHMENT_MAX_SIZE, self->cancellable, looked_cb, look);
}
