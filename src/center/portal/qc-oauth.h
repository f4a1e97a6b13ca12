/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Grants, codes and tokens (RFC 6749, 7636, 8252, 7009). Only hashes are kept. A code is good once, for a minute, for
 * the redirect and the verifier it was made for; used again it ends what it gave. A refresh token is good once, and
 * once more for as long as the one that it was replaced by was not used: the answer was lost then, and what was in it
 * is not good any more. Used again after that, or what was in a lost answer used, it ends its whole grant. Database
 * threads.
 */
#pragma once

#include "qc-portal-accounts.h"

G_BEGIN_DECLS

#define QC_OAUTH_CLIENT       "qingce"
#define QC_OAUTH_CODE_LIFE    60
#define QC_OAUTH_ACCESS_LIFE  600
#define QC_OAUTH_REFRESH_LIFE (30 * 86400)
#define QC_OAUTH_REQUEST_LIFE (15 * 60)

/* "http://127.0.0.1:PORT/callback" with a port, and nothing else. */
gboolean qc_oauth_redirect_is_good (const char *redirect);
/* @redirect with parameters added: name, value pairs, NULL-ended; NULL or empty values are left out. (transfer full) */
char *qc_oauth_dup_location (const char *redirect, ...) G_GNUC_NULL_TERMINATED;

/* What a client asked for. The center keeps nothing of it: the user's browser carries it, sealed. */
typedef struct {
  char *redirect, *state, *challenge; /* (owned) */
} QcOAuthRequest;
void qc_oauth_request_free (QcOAuthRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcOAuthRequest, qc_oauth_request_free)
/* As pages carry it; only who has @key can make one. (transfer full) */
char *qc_oauth_request_seal (const QcOAuthRequest *request, const char *key);
/* *@out NULL without error when it is none, or over. */
gboolean qc_oauth_request_open (QcConnection *connection, const char *sealed, const char *key, QcOAuthRequest **out,
                                GError **error);
/* The client has its answer: over, in every tab that was opened for it so far. (write) */
gboolean qc_oauth_request_end (QcConnection *connection, const char *challenge, GError **error);

/* A grant of @account for @units (QcAccountUnit) with a code for it. (write) (transfer full) */
char *qc_oauth_grant (QcConnection *connection, gint64 account, const GPtrArray *units, const QcOAuthRequest *request,
                      gint64 now, GError **error);

typedef struct {
  char *access, *refresh; /* (owned) */
} QcOAuthTokens;
void qc_oauth_tokens_free (QcOAuthTokens *tokens);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcOAuthTokens, qc_oauth_tokens_free)
/* *@out NULL without error: the code, the redirect or the verifier is not good. (write) */
gboolean qc_oauth_take_code (QcConnection *connection, const char *code, const char *redirect, const char *verifier,
                             gint64 now, QcOAuthTokens **out, GError **error);
/* Likewise for a refresh token. (write) */
gboolean qc_oauth_take_refresh (QcConnection *connection, const char *refresh, gint64 now, QcOAuthTokens **out,
                                GError **error);
/* Ends the grant of @token, if there is one. (write) */
gboolean qc_oauth_revoke (QcConnection *connection, const char *token, GError **error);

/* Who is behind an access token. */
typedef struct {
  gint64 grant;
  QcAccount *account; /* (owned) */
  GPtrArray *units;   /* (owned) QcAccountUnit of the grant that the account still may act for */
} QcOAuthIdentity;
void qc_oauth_identity_free (QcOAuthIdentity *identity);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcOAuthIdentity, qc_oauth_identity_free)
gboolean qc_oauth_identity_has_unit (const QcOAuthIdentity *identity, const char *unit);
/* *@out NULL without error: unknown, over, revoked. */
gboolean qc_oauth_identify (QcConnection *connection, const char *access, gint64 now, QcOAuthIdentity **out,
                            GError **error);

G_END_DECLS
