/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The grant of one profile: the access token in memory, the refresh token through QcSecret. Refreshes are one at a
 * time (who comes meanwhile waits for the same answer), the rotated token is stored before the new access token is
 * handed out. A refresh token the center no longer takes leads to "signed out", nothing else is touched. Main context.
 */
#pragma once

#include "qc-secret.h"
#include "qc-transport.h"

G_BEGIN_DECLS

#define QC_TYPE_TOKENS (qc_tokens_get_type ())
G_DECLARE_FINAL_TYPE (QcTokens, qc_tokens, QC, TOKENS, GObject)

QcTokens *qc_tokens_new (QcTransport *transport, QcSecret *secret);

/* A good access token, refreshed when needed; QC_SYNC_ERROR_UNAUTHORIZED when signed out. (transfer full) */
void qc_tokens_get_async (QcTokens *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char *qc_tokens_get_finish (QcTokens *self, GAsyncResult *result, GError **error);
/* The center did not take @access_token: the next get refreshes (unless that was done meanwhile). */
void qc_tokens_reject (QcTokens *self, const char *access_token);
/* Takes the answer of the token endpoint after a sign-in; returns when the refresh token is stored. */
void qc_tokens_accept_async (QcTokens *self, GBytes *token_answer, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_tokens_accept_finish (QcTokens *self, GAsyncResult *result, GError **error);
/* Takes a refresh token that was got elsewhere (a script's own); kept as one of a sign-in, proved by the next get. */
void qc_tokens_adopt_async (QcTokens *self, const char *refresh_token, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_tokens_adopt_finish (QcTokens *self, GAsyncResult *result, GError **error);
/* Forgets both tokens here, then revokes at the center as far as it can be reached. Never fails but by cancelling. */
void qc_tokens_sign_out_async (QcTokens *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean qc_tokens_sign_out_finish (QcTokens *self, GAsyncResult *result, GError **error);

/*
 * Sends @request with a bearer token; on 401 refreshes once and sends it again. (The center has not done anything
 * when it answers 401, so that this is safe for changes too.)
 */
void qc_tokens_send_async (QcTokens *self, const QcRequest *request, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
QcAnswer *qc_tokens_send_finish (QcTokens *self, GAsyncResult *result, GError **error);

/* TRUE once the center said that the grant is over, or after sign-out. Property "signed-out". */
gboolean qc_tokens_is_signed_out (QcTokens *self);
QcTransport *qc_tokens_get_transport (QcTokens *self);
QcSecret *qc_tokens_get_secret (QcTokens *self);

G_END_DECLS
