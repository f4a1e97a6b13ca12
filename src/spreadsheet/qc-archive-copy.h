/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A copy of an archive in which some parts are changed in places or come in addition: every other entry keeps its
 * bytes, those of its header too, its place, its time, and what is said about it. Any one thread.
 */
#pragma once

#include "qc-part.h"

G_BEGIN_DECLS

typedef struct _QcArchiveCopy QcArchiveCopy;

/* @fd is only read. (transfer full) (nullable) */
QcArchiveCopy *qc_archive_copy_new (int fd, GError **error);
void qc_archive_copy_free (QcArchiveCopy *copy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcArchiveCopy, qc_archive_copy_free)

/* @edits in order, (transfer full). @form is that of the part. */
void qc_archive_copy_change (QcArchiveCopy *copy, const char *part, GArray *edits, const QcPartForm *form);
/* The whole of @part is this text instead. (transfer full) */
void qc_archive_copy_replace (QcArchiveCopy *copy, const char *part, char *text);
/* An entry more, at the end; its time is that of entry 0. (transfer full) */
void qc_archive_copy_add (QcArchiveCopy *copy, const char *name, char *text);

/* Writes it from the beginning of @out_fd, a file. */
gboolean qc_archive_copy_write (QcArchiveCopy *copy, int out_fd, GCancellable *cancellable, GError **error);

G_END_DECLS
