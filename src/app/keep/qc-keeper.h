/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What keeps the clerk's work: a backup by itself on every day on which something is done, backups on demand, and going
 * back to one. What takes another folder's place is only made ready here; the program has to begin anew for it, and
 * what was there is set aside then. Main context; files and SQL are on threads.
 */
#pragma once

#include "qc-session.h"

G_BEGIN_DECLS

/* A copy of the data, as a list shows it. */
typedef struct {
  char *name;                      /* (owned) */
  char *units;                     /* (owned) whose drafts and waiting items are in it */
  gint64 made;                     /* unix seconds */
  gint64 size;                     /* bytes */
  gint64 drafts, waiting, entries; /* of the journal */
} QcKept;
void qc_kept_free (QcKept *kept);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcKept, qc_kept_free)

/* Signal: "changed" (there is another backup, or one failed). */
#define QC_TYPE_KEEPER (qc_keeper_get_type ())
G_DECLARE_FINAL_TYPE (QcKeeper, qc_keeper, QC, KEEPER, GObject)
QcKeeper *qc_keeper_new (QcSession *session);
QcSession *qc_keeper_get_session (QcKeeper *self);

/* Makes today's backup unless there is one, when nothing waits for the computer. To be called whenever something was
 * done: it costs nothing on a day that has one. */
void qc_keeper_look (QcKeeper *self);
/* Why the last one failed; NULL when it did not. */
const GError *qc_keeper_get_fault (QcKeeper *self);

/* The backups, the newest first: QcKept. (transfer full) */
void qc_keeper_list_async (QcKeeper *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *qc_keeper_list_finish (QcKeeper *self, GAsyncResult *result, GError **error);
/* One now. */
void qc_keeper_back_up_async (QcKeeper *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean qc_keeper_back_up_finish (QcKeeper *self, GAsyncResult *result, GError **error);
/* Makes the backup @name ready. What waits in it is asked about before anything is sent. Fails with
 * QC_APP_ERROR_WAITING where something waits now that it does not know. */
void qc_keeper_restore_async (QcKeeper *self, const char *name, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean qc_keeper_restore_finish (QcKeeper *self, GAsyncResult *result, GError **error);

G_END_DECLS
