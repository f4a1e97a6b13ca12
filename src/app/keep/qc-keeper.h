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
/* "3 drafts · 2 wait to be submitted · …" (transfer full) */
char *qc_kept_dup_words (const QcKept *kept);

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

/* How far what is being done is, 0 … 1; -1 where that is not known. Of moving and handing over. */
double qc_keeper_get_progress (QcKeeper *self);

/* --- moving: everything in one file under a passphrase --- */

/* How hard a passphrase is to guess, roughly. */
typedef enum { QC_PASSPHRASE_SHORT, QC_PASSPHRASE_WEAK, QC_PASSPHRASE_FAIR, QC_PASSPHRASE_STRONG } QcPassphraseStrength;
QcPassphraseStrength qc_passphrase_judge (const char *passphrase);

/* The unit(s) of a hand-over are accounts of the session's profile; @units NULL: all data, as they are. Only the work
 * of those units then: no journal, no preferences, nobody's name. Of either the file has no secret: whoever opens it
 * signs in. */
void qc_keeper_pack_async (QcKeeper *self, const char *path, const char *passphrase, const GPtrArray *units,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_keeper_pack_finish (QcKeeper *self, GAsyncResult *result, GError **error);
/* Reads such a file wholly and makes it ready but for the last step. Nothing of this computer changes. Fails with
 * QC_APP_ERROR_WAITING where something waits here. What is in it. (transfer full) */
void qc_keeper_unpack_async (QcKeeper *self, const char *path, const char *passphrase, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
QcKept *qc_keeper_unpack_finish (QcKeeper *self, GAsyncResult *result, GError **error);
/* Reads it in the same way, and leaves nothing of it; finished by unpack_finish(). Whatever waits here. */
void qc_keeper_look_into_async (QcKeeper *self, const char *path, const char *passphrase, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
/* That last step: at the next opening it takes the place of what is here. */
void qc_keeper_adopt_async (QcKeeper *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_keeper_adopt_finish (QcKeeper *self, GAsyncResult *result, GError **error);

/* One thing that is open, for the list of a hand-over. */
typedef struct {
  char *unit, *kind, *business, *name, *state, *amount, *time; /* (owned) in words, as a list shows them */
} QcKeptOpen;
void qc_kept_open_free (QcKeptOpen *open);
/* QcKeptOpen of these units. (transfer full) */
void qc_keeper_list_open_async (QcKeeper *self, const GPtrArray *units, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *qc_keeper_list_open_finish (QcKeeper *self, GAsyncResult *result, GError **error);
/* A hand-over with that list as a workbook beside it: both are there, or neither. */
void qc_keeper_hand_over_async (QcKeeper *self, const char *path, const char *passphrase, const GPtrArray *units,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_keeper_hand_over_finish (QcKeeper *self, GAsyncResult *result, GError **error);
/* Where the workbook is. (transfer full) */
char *qc_keeper_dup_list_path (const char *path);

G_END_DECLS
