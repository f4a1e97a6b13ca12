/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The OAuth endpoints of the API server: metadata, token, revocation. Steps run on database threads.
 */
#include "qc-api.h"

#include <string.h>

#include "qc-oauth.h"
#include "qc-wire-session.h"

#define JSON "application/json"

static QcHttpAnswer *
get_metadata (QcHttpCall *call, QcConnection *connection, GError **error)
{
  const QcCenter *center = call->center;
  QcWireMetadata metadata = {center->api};
  g_autofree char *authorization = g_strconcat (center->portal, "authorize", NULL);
  g_autofree char *token = g_strconcat (center->api, "/oauth/token", NULL);
  g_autofree char *revocation = g_strconcat (center->api, "/oauth/revoke", NULL);
  metadata.authorization_endpoint = authorization;
  metadata.token_endpoint = token;
  metadata.revocation_endpoint = revocation;
  return qc_http_answer_new (200, JSON, qc_wire_encode_metadata (&metadata));
}

static QcHttpAnswer *
refuse (int status, const char *code, const char *description)
{
  return qc_http_answer_new (status, JSON, qc_wire_encode_oauth_error (code, description));
}

/* Whoever tries code after code is slowed down. Refresh tokens are not: nobody guesses 256 bits, and a whole office
 * that shares one address would wait for a single computer whose token is over. */
static gboolean
is_braked (QcHttpCall *call, QcConnection *connection, QcHttpAnswer **out, GError **error)
{
  g_autofree char *subject = g_strconcat ("address:code:", call->address, NULL);
  const char *subjects[] = {subject, NULL};
  gint64 wait;
  if (!qc_portal_throttle_take (connection, subjects, call->now, &wait, error))
    return TRUE;
  if (wait <= 0)
    return FALSE;
  *out = qc_api_problem_wait (429, wait);
  return TRUE;
}

static gboolean
unbrake (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autofree char *subject = g_strconcat ("address:code:", call->address, NULL);
  const char *subjects[] = {subject, NULL};
  return qc_portal_throttle_clear (connection, subjects, error);
}

static gboolean
take (QcHttpCall *call, QcConnection *connection, QcOAuthTokens **out, GError **error)
{
  if (g_str_equal (qc_http_call_field (call, "grant_type"), "refresh_token"))
    return qc_oauth_take_refresh (connection, qc_http_call_field (call, "refresh_token"), call->now, out, error);
  return qc_oauth_take_code (connection, qc_http_call_field (call, "code"), qc_http_call_field (call, "redirect_uri"),
                             qc_http_call_field (call, "code_verifier"), call->now, out, error);
}

static QcHttpAnswer *
post_token (QcHttpCall *call, QcConnection *connection, GError **error)
{
  const char *type = qc_http_call_field (call, "grant_type");
  gboolean is_code = !g_str_equal (type, "refresh_token");
  QcHttpAnswer *answer = NULL;
  if (is_code && is_braked (call, connection, &answer, error))
    return answer;
  if (!g_str_equal (qc_http_call_field (call, "client_id"), QC_OAUTH_CLIENT))
    return refuse (401, "invalid_client", "unknown client");
  if (*type == '\0')
    return refuse (400, "invalid_request", "grant_type is missing");
  if (is_code && !g_str_equal (type, "authorization_code"))
    return refuse (400, "unsupported_grant_type", NULL);
  g_autoptr (QcOAuthTokens) tokens = NULL;
  if (!take (call, connection, &tokens, error))
    return NULL;
  if (tokens == NULL)
    return refuse (400, "invalid_grant", "unknown, used, or over");
  if (is_code && !unbrake (call, connection, error))
    return NULL;
  QcWireTokens wire = {0};
  wire.access_token = tokens->access;
  wire.refresh_token = tokens->refresh;
  wire.expires_in = QC_OAUTH_ACCESS_LIFE;
  return qc_http_answer_new (200, JSON, qc_wire_encode_tokens (&wire));
}

static QcHttpAnswer *
post_revoke (QcHttpCall *call, QcConnection *connection, GError **error)
{
  const char *token = qc_http_call_field (call, "token");
  if (*token == '\0')
    return refuse (400, "invalid_request", "token is missing");
  if (!qc_oauth_revoke (connection, token, error))
    return NULL;
  return qc_http_answer_new (200, JSON, g_bytes_new_static ("{}", 2));
}

const QcHttpRoute qc_oauth_routes[] = {
    {"GET", "/.well-known/oauth-authorization-server", QC_HTTP_BODY_NONE, {{QC_HTTP_POOL, get_metadata}}},
    {"POST", "/oauth/token", QC_HTTP_BODY_FORM, {{QC_HTTP_WRITE, post_token}}},
    {"POST", "/oauth/revoke", QC_HTTP_BODY_FORM, {{QC_HTTP_WRITE, post_revoke}}},
    {NULL},
};
