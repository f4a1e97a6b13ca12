/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Where pictures are handed in to be made ready, from the main loop: as many at once as there are processors, the
 * others wait in line. Nothing is decoded in this process. Main thread.
 */
#pragma once

#include "qc-reader.h"

G_BEGIN_DECLS

typedef struct _QcPictureDesk QcPictureDesk;

QcPictureDesk *qc_picture_desk_new (void);
/* Waits for nobody: what is still in line is done, and answered, unless its caller cancels it. */
void qc_picture_desk_free (QcPictureDesk *desk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcPictureDesk, qc_picture_desk_free)

/* qc_reader_prepare_picture() of the file at @path, which is opened when its turn comes; or behind @fd, which stays
 * the caller's. */
void qc_picture_desk_prepare_async (QcPictureDesk *desk, const char *path, guint turn, gsize most,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void qc_picture_desk_prepare_fd_async (QcPictureDesk *desk, int fd, guint turn, gsize most, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
/* Errors as qc_reader_prepare_picture() and qc_reader_open_picture() have them. (transfer full) */
QcPicture *qc_picture_desk_prepare_finish (GAsyncResult *result, GError **error);

G_END_DECLS
