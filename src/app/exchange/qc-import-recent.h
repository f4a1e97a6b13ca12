/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Files that were imported last, the newest first, kept by profile. Main context; whether they are still there is
 * looked at on the reader thread.
 */
#pragma once

#include "qc-session.h"

G_BEGIN_DECLS

typedef struct {
  char *path; /* (owned) */
  char *date; /* (owned) 2026-10-08 */
  gboolean gone;
} QcRecentFile;

/* finish: GPtrArray of QcRecentFile, at most eight; NULL where they cannot be read. (transfer full) (nullable) */
void qc_import_recent_list_async (QcSession *session, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
GPtrArray *qc_import_recent_list_finish (GAsyncResult *result, GError **error);
/* Nobody waits for either. */
void qc_import_recent_note (QcSession *session, const char *path);
void qc_import_recent_clear (QcSession *session);

G_END_DECLS
