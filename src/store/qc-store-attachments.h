/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Attachments of drafts, and of what waits to be sent, as rows; their bytes by digest in a folder beside the database.
 * A file comes before the row that names it, so that no row is without one; a file that no row names goes at the next
 * start. Rows: database threads only. Files: any thread but the main one.
 */
#pragma once

#include "qc-attachment.h"
#include "qc-connection.h"

G_BEGIN_DECLS

/* ---- of drafts: they come and go with edits, see qc-store-drafts.h ---- */

typedef struct {
  gint64 id;           /* number in its draft */
  QcAttachment *value; /* (owned) */
} QcStoreAttachment;
QcStoreAttachment *qc_store_attachment_new (gint64 id, QcAttachment *value);
void qc_store_attachment_free (QcStoreAttachment *attachment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcStoreAttachment, qc_store_attachment_free)

/* GPtrArray of QcStoreAttachment in the order they came; *@out_next: the number of the next one. (transfer full) */
GPtrArray *qc_store_attachments_list (QcConnection *connection, gint64 draft, gint64 *out_next, GError **error);

/* ---- of items of the outbox ---- */

typedef struct {
  char *digest, *name; /* (owned) */
  gint64 size;
  char *upload; /* (owned) (nullable) its address at the center */
  gint64 sent;  /* bytes that the center said it has */
  gboolean done;
} QcStoreUpload;
void qc_store_upload_free (QcStoreUpload *upload);
/* GPtrArray of QcStoreUpload, one for each digest. (transfer full) */
GPtrArray *qc_store_uploads_list (QcConnection *connection, gint64 item, GError **error);
/* How far @upload is. */
gboolean qc_store_uploads_set (QcConnection *connection, gint64 item, const QcStoreUpload *upload, GError **error);

/* ---- files ---- */

/* Where the bytes of @digest are. (transfer full) */
char *qc_store_attachment_path (const char *folder, const char *digest);
/* Puts @jpeg there, whole and on the disk, unless it is there. @digest is its digest. */
gboolean qc_store_attachment_keep (const char *folder, const char *digest, GBytes *jpeg, GError **error);
/* Removes files older than @age seconds that nothing names. */
gboolean qc_store_attachments_sweep (QcConnection *connection, const char *folder, gint64 age, GError **error);

G_END_DECLS
