/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One round of syncing: who is there, what may be sent, what is new. Private to the controller. Main context.
 */
#pragma once

#include "qc-outbox.h"
#include "qc-pull.h"

G_BEGIN_DECLS

/*
 * qc_sync_run_async:
 * @unit: (nullable): what to pull; NULL = push only
 * @wake: what waits for its time may be sent now (but for what the center put off itself)
 */
void qc_sync_run_async (QcTokens *tokens, QcDatabase *database, QcOutbox *outbox, const char *profile, const char *unit,
                        gboolean wake, QcPullProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data);
/* @out_next_due: when an item of the outbox is due again, 0 = none waits for time. */
gboolean qc_sync_run_finish (GAsyncResult *result, gint64 *out_next_due, GError **error);

/* How things stand in the database. */
typedef struct {
  gint64 as_of;
  guint waiting;
} QcSyncFigures;
void qc_sync_figures_async (QcDatabase *database, const char *profile, const char *unit, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_sync_figures_finish (GAsyncResult *result, QcSyncFigures *out, GError **error);

G_END_DECLS
