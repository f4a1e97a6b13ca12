/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The controller of one profile: signs in and out, pulls the chosen unit, pushes the outbox, checks by itself every few
 * minutes (with jitter) and when the network comes back, and says in one state how things stand. Nothing is opened
 * before qc_sync_start(). Main context.
 */
#pragma once

#include <gio/gio.h>
#include "qc-outbox.h"
#include "qc-profile.h"
#include "qc-pull.h"
#include "qc-sign-in.h"

G_BEGIN_DECLS

typedef enum {
  QC_SYNC_STATE_NO_API,     /* the profile has a portal only */
  QC_SYNC_STATE_SIGNED_OUT, /* sign in (again); drafts and queue are as they were */
  QC_SYNC_STATE_OFFLINE,
  QC_SYNC_STATE_READY, /* as of "as-of" */
  QC_SYNC_STATE_SYNCING,
  QC_SYNC_STATE_ERROR, /* "error" says what */
} QcSyncState;

#define QC_TYPE_SYNC (qc_sync_get_type ())
G_DECLARE_FINAL_TYPE (QcSync, qc_sync, QC, SYNC, GObject)

/*
 * qc_sync_new:
 * @monitor: (nullable): NULL = g_network_monitor_get_default()
 * @clock: (nullable): NULL = the system's
 *
 * Properties (all notify): "state" (int, QcSyncState), "as-of" (int64 unix seconds of the last complete pull of the
 * unit, 0 = never), "waiting" (uint: items of the outbox not yet answered), "progress" (double 0…1, −1 = unknown),
 * "unit" (string), "error" (boxed GError), "persistent" (whether the sign-in outlives the program), "clock-offset".
 * Signals: "pulled" (const char *unit, const char *feed): rows of that feed changed;
 * "outbox-changed" (gint64 item): an item's state changed, already stored; "uploading" (gint64 item, const
 * QcUploadProgress *): its pictures are on their way, whether a round is under way or not.
 */
QcSync *qc_sync_new (QcProfile *profile, QcDatabase *database, GNetworkMonitor *monitor, const QcClock *clock);

/* Recovers the outbox, then syncs if signed in; from now on also by itself. Returns at once. */
void qc_sync_start (QcSync *self);
/* Stops what is under way and the timers; the object can be dropped afterwards. */
void qc_sync_stop (QcSync *self);
/* The same center under another address: the practice center after a restart. @profile must have the same id. */
gboolean qc_sync_set_profile (QcSync *self, QcProfile *profile, GError **error);
/* Pull and push now (or right after what is under way). Returns at once. */
void qc_sync_now (QcSync *self);
/* TRUE while somebody looks at the window and waits for what the center does: it is asked oftener. */
void qc_sync_set_watched (QcSync *self, gboolean watched);
/* Seconds until the center is asked again when all went well, after @quiet rounds that brought nothing. */
guint qc_sync_period (gboolean watched, guint quiet);
/* Which unit is pulled; starts a sync when it changes. */
void qc_sync_set_unit (QcSync *self, const char *unit);
void qc_sync_cancel (QcSync *self);

QcSyncState qc_sync_get_state (QcSync *self);
gint64 qc_sync_get_as_of (QcSync *self);
guint qc_sync_get_waiting (QcSync *self);
double qc_sync_get_progress (QcSync *self);
const GError *qc_sync_get_error (QcSync *self); /* (nullable) borrowed */
QcProfile *qc_sync_get_profile (QcSync *self);
QcOutbox *qc_sync_get_outbox (QcSync *self); /* (nullable) NULL without API */
QcTokens *qc_sync_get_tokens (QcSync *self); /* (nullable) NULL without API */
/* The center's date (YYYYMMDD) as last heard, QC_DATE_NONE before: practice moves it. */
QcDate qc_sync_get_center_today (QcSync *self);

/* See qc-sign-in.h. Afterwards a sync starts by itself. */
void qc_sync_sign_in_async (QcSync *self, QcSignInReadyFunc ready, gpointer ready_data, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_sync_sign_in_finish (QcSync *self, GAsyncResult *result, GError **error);
void qc_sync_sign_out_async (QcSync *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_sync_sign_out_finish (QcSync *self, GAsyncResult *result, GError **error);

G_END_DECLS
