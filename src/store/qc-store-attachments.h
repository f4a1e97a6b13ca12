/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Attachments of drafts by content hash; the bytes lie beside the database in the data folder. Database threads only.
 */
#pragma once

#include "qc-connection.h"

G_BEGIN_DECLS

typedef struct {
  gint64 id;    /* set by put */
  gint64 draft; /* the draft it belongs to */
  gint64 line;  /* the line it belongs to, 0 = the whole draft */
  char *kind;   /* (owned) of the center's attachment list */
  char *name;   /* (owned) file name it goes out with */
  char *type;   /* (owned) media type by content */
  char *hash;   /* (owned) SHA-256 of the content, hexadecimal */
  gint64 size;
  gint64 sent; /* bytes the center has */
} QcStoreAttachment;
void qc_store_attachment_free (QcStoreAttachment *attachment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcStoreAttachment, qc_store_attachment_free)

gboolean qc_store_attachments_put (QcConnection *connection, QcStoreAttachment *attachment, gint64 now, GError **error);
gboolean qc_store_attachments_set_sent (QcConnection *connection, gint64 attachment, gint64 sent, GError **error);
gboolean qc_store_attachments_remove (QcConnection *connection, gint64 attachment, GError **error);
/* GPtrArray of QcStoreAttachment. (transfer full) */
GPtrArray *qc_store_attachments_list (QcConnection *connection, gint64 draft, GError **error);

G_END_DECLS
