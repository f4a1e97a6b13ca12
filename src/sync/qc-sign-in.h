/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One sign-in on the portal's own pages (P2; RFC 8252): metadata, a listener on 127.0.0.1 that takes one answer and
 * only while it is waited for, PKCE S256, state, and the exchange of the code over HTTPS. The address is handed to the
 * caller, who opens the system browser or lets it be copied. The password is never seen here. Main context.
 */
#pragma once

#include "qc-tokens.h"

G_BEGIN_DECLS

/* @address: open it in the browser, or show it to be copied; valid until the sign-in ends. */
typedef void (*QcSignInReadyFunc) (const char *address, gpointer user_data);

/*
 * qc_sign_in_async:
 * @timeout: seconds the clerk has on the portal's pages; 0 = 600
 * @ready: called once, on the main context
 *
 * Ends with QC_SYNC_ERROR_SIGN_IN (reasons "denied", "legal-person", "state", "timeout", "issuer", "server"),
 * any error of the transport, or G_IO_ERROR_CANCELLED. On success @tokens hold the grant.
 */
void qc_sign_in_async (QcTokens *tokens, guint timeout, QcSignInReadyFunc ready, gpointer ready_data,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_sign_in_finish (QcTokens *tokens, GAsyncResult *result, GError **error);

/* base64url (SHA-256 (@verifier)), for the test vector of RFC 7636. (transfer full) */
char *qc_sign_in_challenge (const char *verifier);

G_END_DECLS
