/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Fetching pictures of an application that are not on this computer, several at once: it was made on another one, or
 * long ago. What comes is as large as was said and has the digest that names it, or it is not taken. Main context;
 * files are looked for, judged and written on other threads.
 */
#pragma once

#include "qc-attachment.h"
#include "qc-tokens.h"

G_BEGIN_DECLS

typedef void (*QcPicturesProgressFunc) (const QcUploadProgress *progress, gpointer user_data);

/*
 * qc_pictures_fetch_async:
 * @folder: the data folder
 * @attachments: QcAttachment, of application @serial of @unit
 * @progress: (nullable): after each picture that came
 *
 * Those that came before a failure stay.
 */
void qc_pictures_fetch_async (QcTokens *tokens, const char *folder, const char *unit, const char *serial,
                              const GPtrArray *attachments, QcPicturesProgressFunc progress, gpointer progress_data,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* TRUE also where the center has some of them no more, or otherwise: these are not here then. */
gboolean qc_pictures_fetch_finish (QcTokens *tokens, GAsyncResult *result, GError **error);

G_END_DECLS
