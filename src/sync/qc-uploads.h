/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The pictures of one item of the outbox on their way to the center, before the item itself goes: several at once, each
 * in parts, from where the center says that it stands (draft-ietf-httpbis-resumable-upload). What is sent is read from
 * its file part by part. How far each is, is in the database when it is begun and when it is whole. Main context.
 */
#pragma once

#include "qc-attachment.h"
#include "qc-database.h"
#include "qc-tokens.h"

G_BEGIN_DECLS

/* How far all pictures of @item are. */
typedef void (*QcUploadsProgressFunc) (gint64 item, const QcUploadProgress *progress, gpointer user_data);

/* Nothing to do where all of them are there. @at_once: how many items send theirs now, this one with them; may change
 * meanwhile. The line is shared among them. Errors of the network are those of qc_tokens_send_async(). */
void qc_uploads_send_async (QcTokens *tokens, QcDatabase *database, const char *unit, gint64 item, const guint *at_once,
                            QcUploadsProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
/* FALSE without an error: *@out_findings says which pictures cannot be sent, and why. (transfer full) */
gboolean qc_uploads_send_finish (QcTokens *tokens, GAsyncResult *result, GPtrArray **out_findings, GError **error);

G_END_DECLS
