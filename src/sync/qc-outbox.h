/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The pusher. What was queued (待联网提交) is sent exactly once: "sending" and the attempt are in the database before
 * the first byte leaves, the same key and the same bytes go out for ever, an answer is in the database before anybody
 * hears of it, and where an answer was lost, or speaks of something else, the center is asked (GET
 * /api/v1/submissions/{key}) before anything is sent again. Items go in order; those behind a refused one are held. One
 * that needs pictures goes when they are there, and only what depends on it waits for that.
 * Direct actions (删除, 重新划款, 取消) go through the same journal of keys, at once or not at all. One pusher a
 * profile; main context, SQL on the database's threads.
 */
#pragma once

#include "qc-application.h"
#include "qc-attachment.h"
#include "qc-clock.h"
#include "qc-database.h"
#include "qc-tokens.h"

G_BEGIN_DECLS

#define QC_TYPE_OUTBOX (qc_outbox_get_type ())
G_DECLARE_FINAL_TYPE (QcOutbox, qc_outbox, QC, OUTBOX, GObject)

/* @clock: (nullable): decides when a retry is due; NULL = the system's. Signals: "changed" (item id): stored first;
 * "progress" (item id, const QcUploadProgress *) while the pictures go that an item needs: it is queued until they are
 * there, and can be taken back; "uploaded" (GError or NULL): they have ended to go, well or not,
 * and there is no push: one is due; with an error what became of them could not be written down. */
QcOutbox *qc_outbox_new (QcTokens *tokens, QcDatabase *database, const char *profile, const QcClock *clock);

/* Before a push: what an earlier process left "sending" becomes "unknown". Done once; later calls do nothing. */
void qc_outbox_recover_async (QcOutbox *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean qc_outbox_recover_finish (QcOutbox *self, GAsyncResult *result, GError **error);

/*
 * Sends what may be sent now, in order, until nothing is left but pictures that are on their way, or the center cannot
 * be reached. Calls meanwhile join the one under way. @wake: what waits for its time may go now (the network is back,
 * the clerk asked). @out_next_due: unix seconds when an item is due again, 0 = none waits for time. An item's own fate
 * (refused, held, unknown) is no error of the push.
 */
void qc_outbox_push_async (QcOutbox *self, gboolean wake, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean qc_outbox_push_finish (QcOutbox *self, GAsyncResult *result, gint64 *out_next_due, GError **error);

/* Pictures are on their way. They go on when a push ends; stopping them keeps what is there. */
gboolean qc_outbox_is_uploading (QcOutbox *self);
void qc_outbox_stop_uploads (QcOutbox *self);

/* 撤回: only while queued and never sent; else QC_SYNC_ERROR_NOT_ALLOWED. The item goes back to its draft. */
void qc_outbox_withdraw_async (QcOutbox *self, gint64 item, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean qc_outbox_withdraw_finish (QcOutbox *self, GAsyncResult *result, GError **error);

/*
 * 删除, 取消, 重新划款 of an application of @business, on the revision the clerk saw. QC_SYNC_ERROR_PROBLEM with code
 * "revision" when it moved (both sides in the problem); QC_SYNC_ERROR_UNKNOWN_OUTCOME when the answer was lost: the
 * next push asks. The application as the center now has it is stored before it is returned. @actor (nullable): who did
 * it, for the journal entry that is written in the same transaction, before anything is sent. (transfer full)
 */
void qc_outbox_act_async (QcOutbox *self, const char *unit, const char *serial, QcBusiness business,
                          QcApplicationAction action, gint64 revision, const char *actor, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);
QcApplication *qc_outbox_act_finish (QcOutbox *self, GAsyncResult *result, GError **error);

/* Seconds to wait after the @n-th failed attempt (1…): exponential, bounded, with jitter from @random (0…1). */
guint qc_outbox_backoff (guint n, double random);

/*
 * For tests of what a kill leaves behind: called on the main thread at "begun" (attempt committed, nothing sent),
 * "answered" (answer here, not committed), "stored" (committed, not announced).
 */
typedef void (*QcOutboxStepFunc) (const char *step, gint64 item, gpointer user_data);
void qc_outbox_set_step_func (QcOutbox *self, QcOutboxStepFunc func, gpointer user_data);

G_END_DECLS
