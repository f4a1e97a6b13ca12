/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The refresh token in the desktop's secret service: asynchronous, cancellable, given up after three seconds, never
 * called on the start path. Where there is no service, or it is locked and nobody answers, the token stays in memory
 * only and "persistent" says so. Never in a file, never in a log. Main context.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define QC_TYPE_SECRET (qc_secret_get_type ())
G_DECLARE_FINAL_TYPE (QcSecret, qc_secret, QC, SECRET, GObject)

/* @profile_id: whose token. Nothing is opened yet. */
QcSecret *qc_secret_new (const char *profile_id);

/* Never fails: what cannot be stored stays in memory. Finish tells whether it outlives the program. */
void qc_secret_store_async (QcSecret *self, const char *token, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean qc_secret_store_finish (QcSecret *self, GAsyncResult *result);
/* The token, from memory or the service; NULL = none. Never fails but by cancelling. (transfer full) (nullable) */
void qc_secret_lookup_async (QcSecret *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);
char *qc_secret_lookup_finish (QcSecret *self, GAsyncResult *result, GError **error);
void qc_secret_clear_async (QcSecret *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean qc_secret_clear_finish (QcSecret *self, GAsyncResult *result, GError **error);

/* Whether the token last stored is in the service; FALSE = it ends with the program. Property "persistent". */
gboolean qc_secret_is_persistent (QcSecret *self);
/* The token as memory has it, NULL = none or not looked up yet. Borrowed until the next call. */
const char *qc_secret_get_token (QcSecret *self);
/* For tests: never ask the service. */
void qc_secret_set_memory_only (QcSecret *self, gboolean memory_only);

G_END_DECLS
