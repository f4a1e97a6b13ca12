/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Who is signed in, and the answers of the token end point (RFC 6749). Any thread.
 */
#pragma once

#include "qc-json-writer.h"
#include "qc-wire-object.h"

G_BEGIN_DECLS

typedef struct {
  char *account, *name, *credit_code; /* (owned) */
} QcWireSessionUnit;
typedef struct {
  char *user;       /* (owned) login name */
  char *name;       /* (owned) (nullable) of the person, to be shown */
  GPtrArray *units; /* (owned) QcWireSessionUnit: all units of the grant */
  char **roles;     /* (owned) "enter" "review" "cashier" */
} QcWireSession;
QcWireSession *qc_wire_session_new (void);
void qc_wire_session_add_unit (QcWireSession *session, const char *account, const char *name, const char *credit_code);
void qc_wire_session_free (QcWireSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcWireSession, qc_wire_session_free)
GBytes *qc_wire_encode_session (const QcWireSession *session);
QcWireSession *qc_wire_decode_session (GBytes *bytes, GError **error);

/* POST /oauth/token, 200. token_type must be Bearer. */
typedef struct {
  char *access_token;
  gint64 expires_in;   /* seconds */
  char *refresh_token; /* (owned) (nullable) */
} QcWireTokens;
void qc_wire_tokens_free (QcWireTokens *tokens); /* wipes the secrets first */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcWireTokens, qc_wire_tokens_free)
GBytes *qc_wire_encode_tokens (const QcWireTokens *tokens);
QcWireTokens *qc_wire_decode_tokens (GBytes *bytes, GError **error);

/* POST /oauth/token, 400 or 401. */
typedef struct {
  char *error;       /* (owned) "invalid_grant" … */
  char *description; /* (owned) (nullable) */
} QcWireOAuthError;
void qc_wire_oauth_error_free (QcWireOAuthError *error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcWireOAuthError, qc_wire_oauth_error_free)
GBytes *qc_wire_encode_oauth_error (const char *error_code, const char *description);
QcWireOAuthError *qc_wire_decode_oauth_error (GBytes *bytes, GError **error);

/* GET /.well-known/oauth-authorization-server (RFC 8414). */
typedef struct {
  char *issuer, *authorization_endpoint, *token_endpoint; /* (owned) */
  char *revocation_endpoint;                              /* (owned) (nullable) */
} QcWireMetadata;
void qc_wire_metadata_free (QcWireMetadata *metadata);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcWireMetadata, qc_wire_metadata_free)
GBytes *qc_wire_encode_metadata (const QcWireMetadata *metadata);
/* Refused unless code flow and S256 are offered. */
QcWireMetadata *qc_wire_decode_metadata (GBytes *bytes, GError **error);

G_END_DECLS
