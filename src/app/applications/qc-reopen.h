/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 修改后重新提交 (B11, decision 23): a returned application is closed for good; a new draft is made of its lines, facts
 * and pictures, with the reasons where they belong, and names the one it comes after. Pictures that are not on this
 * computer are fetched first; one that the center does not have any more leaves its slot empty. Main context.
 */
#pragma once

#include "qc-application-lines.h"

G_BEGIN_DECLS

/* Pictures that are fetched. */
typedef void (*QcReopenProgressFunc) (const QcUploadProgress *progress, gpointer user_data);

/* @lines: of a returned application, and whole. @progress: (nullable) after each picture that came. */
void qc_reopen_async (QcSession *session, QcApplicationLines *lines, QcReopenProgressFunc progress,
                      gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data);
/* The id of the new draft, or of the one that was made of it before and is open still; 0 on error. *@out_lost: how many
 * of its pictures are not to be had any more. */
gint64 qc_reopen_finish (QcSession *session, GAsyncResult *result, guint *out_lost, GError **error);
/* What the clerk is told of @lost pictures. (transfer full) */
char *qc_reopen_dup_lost (guint lost);

G_END_DECLS
