/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Session, tokens, sign-in errors and metadata: codecs. Any thread.
 */
#include "qc-wire-session.h"

#include <string.h>

#define MAX_TOKEN 512
#define MAX_URL   500
#define MAX_UNITS 1000

/* ---- session ---- */

static void
session_unit_free (QcWireSessionUnit *unit)
{
  g_free (unit->account);
  g_free (unit->name);
  g_free (unit->credit_code);
  g_free (unit);
}

QcWireSession *
qc_wire_session_new (void)
{
  QcWireSession *session = g_new0 (QcWireSession, 1);
  session->units = g_ptr_array_new_with_free_func ((GDestroyNotify)session_unit_free);
  return session;
}

void
qc_wire_session_add_unit (QcWireSession *session, const char *account, const char *name, const char *credit_code)
{
  QcWireSessionUnit *unit = g_new0 (QcWireSessionUnit, 1);
  unit->account = g_strdup (account);
  unit->name = g_strdup (name);
  unit->credit_code = g_strdup (credit_code);
  g_ptr_array_add (session->units, unit);
}

void
qc_wire_session_free (QcWireSession *session)
{
  if (session == NULL)
    return;
  g_free (session->user);
  g_free (session->name);
  g_ptr_array_unref (session->units);
  g_strfreev (session->roles);
  g_free (session);
}

static void
write_strings (QcJsonWriter *writer, const char *name, const char *const *strings)
{
  qc_json_writer_name (writer, name);
  qc_json_writer_begin_array (writer);
  for (gsize i = 0; strings != NULL && strings[i] != NULL; i++)
    qc_json_writer_string (writer, strings[i]);
  qc_json_writer_end_array (writer);
}

GBytes *
qc_wire_encode_session (const QcWireSession *session)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (512);
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_text (writer, "user", QC_TEXT_USER, session->user);
  qc_json_writer_opt_text (writer, "name", QC_TEXT_PERSON_NAME, session->name);
  qc_json_writer_name (writer, "units");
  qc_json_writer_begin_array (writer);
  for (guint i = 0; i < session->units->len; i++) {
    const QcWireSessionUnit *unit = g_ptr_array_index (session->units, i);
    qc_json_writer_begin_object (writer);
    qc_json_writer_add_string (writer, "account", unit->account);
    qc_json_writer_add_text (writer, "name", QC_TEXT_UNIT_NAME, unit->name);
    qc_json_writer_add_string (writer, "credit_code", unit->credit_code);
    qc_json_writer_end_object (writer);
  }
  qc_json_writer_end_array (writer);
  write_strings (writer, "roles", (const char *const *)session->roles);
  qc_json_writer_end_object (writer);
  return qc_json_writer_finish (writer);
}

static QcWireSession *
read_session (const QcWireObject *root)
{
  QcWireSession *session = qc_wire_session_new ();
  session->user = qc_wire_text (root, "user", QC_TEXT_USER);
  session->name = qc_wire_opt_text (root, "name", QC_TEXT_PERSON_NAME);
  QcWireArray array;
  guint n = qc_wire_array (root, "units", MAX_UNITS, &array);
  QcWireObject child;
  for (guint i = 0; i < n && qc_wire_array_object (&array, i, &child); i++) {
    g_autofree char *name = qc_wire_text (&child, "name", QC_TEXT_UNIT_NAME);
    g_autofree char *credit_code = qc_wire_string (&child, "credit_code", 32);
    qc_wire_session_add_unit (session, qc_wire_code (&child, "account"), name, credit_code);
  }
  session->roles = qc_wire_string_list (root, "roles", 16, 64);
  return session;
}

QcWireSession *
qc_wire_decode_session (GBytes *bytes, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_answer, &root, error))
    return NULL;
  g_autoptr (QcWireSession) session = read_session (&root);
  return qc_wire_reader_close (&reader, error) ? g_steal_pointer (&session) : NULL;
}

/* ---- tokens ---- */

static void
wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

void
qc_wire_tokens_free (QcWireTokens *tokens)
{
  if (tokens == NULL)
    return;
  wipe (tokens->access_token);
  wipe (tokens->refresh_token);
  g_free (tokens);
}

GBytes *
qc_wire_encode_tokens (const QcWireTokens *tokens)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (512);
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_string (writer, "access_token", tokens->access_token);
  qc_json_writer_add_string (writer, "token_type", "Bearer");
  qc_json_writer_add_int (writer, "expires_in", tokens->expires_in);
  qc_json_writer_opt_string (writer, "refresh_token", tokens->refresh_token);
  qc_json_writer_end_object (writer);
  return qc_json_writer_finish (writer);
}

/* What a header may carry. */
static void
check_token (const QcWireObject *object, const char *name, const char *token)
{
  gboolean good = token[0] != '\0';
  for (const char *p = token; *p != '\0'; p++)
    good = good && g_ascii_isgraph (*p);
  if (!good)
    qc_wire_fault (object, name, "not a token");
}

QcWireTokens *
qc_wire_decode_tokens (GBytes *bytes, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_request, &root, error))
    return NULL;
  g_autoptr (QcWireTokens) tokens = g_new0 (QcWireTokens, 1);
  tokens->access_token = qc_wire_string (&root, "access_token", MAX_TOKEN);
  check_token (&root, "access_token", tokens->access_token);
  if (g_ascii_strcasecmp (qc_wire_code (&root, "token_type"), "Bearer") != 0)
    qc_wire_fault (&root, "token_type", "not Bearer");
  tokens->expires_in = qc_wire_int (&root, "expires_in", 1, 86400);
  tokens->refresh_token = qc_wire_opt_string (&root, "refresh_token", MAX_TOKEN);
  if (tokens->refresh_token != NULL)
    check_token (&root, "refresh_token", tokens->refresh_token);
  return qc_wire_reader_close (&reader, error) ? g_steal_pointer (&tokens) : NULL;
}

/* ---- sign-in errors ---- */

void
qc_wire_oauth_error_free (QcWireOAuthError *error)
{
  if (error == NULL)
    return;
  g_free (error->error);
  g_free (error->description);
  g_free (error);
}

GBytes *
qc_wire_encode_oauth_error (const char *error_code, const char *description)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (256);
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_string (writer, "error", error_code);
  qc_json_writer_opt_text (writer, "error_description", QC_TEXT_REMARK, description);
  qc_json_writer_end_object (writer);
  return qc_json_writer_finish (writer);
}

QcWireOAuthError *
qc_wire_decode_oauth_error (GBytes *bytes, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_request, &root, error))
    return NULL;
  g_autoptr (QcWireOAuthError) fault = g_new0 (QcWireOAuthError, 1);
  fault->error = g_strdup (qc_wire_code (&root, "error"));
  fault->description = qc_wire_opt_text (&root, "error_description", QC_TEXT_REMARK);
  return qc_wire_reader_close (&reader, error) ? g_steal_pointer (&fault) : NULL;
}

/* ---- metadata ---- */

void
qc_wire_metadata_free (QcWireMetadata *metadata)
{
  if (metadata == NULL)
    return;
  g_free (metadata->issuer);
  g_free (metadata->authorization_endpoint);
  g_free (metadata->token_endpoint);
  g_free (metadata->revocation_endpoint);
  g_free (metadata);
}

GBytes *
qc_wire_encode_metadata (const QcWireMetadata *metadata)
{
  static const char *const responses[] = {"code", NULL};
  static const char *const grants[] = {"authorization_code", "refresh_token", NULL};
  static const char *const methods[] = {"S256", NULL};
  static const char *const authentication[] = {"none", NULL};
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (512);
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_string (writer, "issuer", metadata->issuer);
  qc_json_writer_add_string (writer, "authorization_endpoint", metadata->authorization_endpoint);
  qc_json_writer_add_string (writer, "token_endpoint", metadata->token_endpoint);
  qc_json_writer_opt_string (writer, "revocation_endpoint", metadata->revocation_endpoint);
  write_strings (writer, "response_types_supported", responses);
  write_strings (writer, "grant_types_supported", grants);
  write_strings (writer, "code_challenge_methods_supported", methods);
  write_strings (writer, "token_endpoint_auth_methods_supported", authentication);
  qc_json_writer_end_object (writer);
  return qc_json_writer_finish (writer);
}

static void
check_offers (const QcWireObject *root, const char *name, const char *wanted)
{
  g_auto (GStrv) list = qc_wire_string_list (root, name, 32, 64);
  if (!g_strv_contains ((const char *const *)list, wanted))
    qc_wire_fault (root, name, "does not offer what is needed");
}

QcWireMetadata *
qc_wire_decode_metadata (GBytes *bytes, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_request, &root, error))
    return NULL;
  g_autoptr (QcWireMetadata) metadata = g_new0 (QcWireMetadata, 1);
  metadata->issuer = qc_wire_string (&root, "issuer", MAX_URL);
  metadata->authorization_endpoint = qc_wire_string (&root, "authorization_endpoint", MAX_URL);
  metadata->token_endpoint = qc_wire_string (&root, "token_endpoint", MAX_URL);
  metadata->revocation_endpoint = qc_wire_opt_string (&root, "revocation_endpoint", MAX_URL);
  check_offers (&root, "response_types_supported", "code");
  check_offers (&root, "grant_types_supported", "authorization_code");
  check_offers (&root, "code_challenge_methods_supported", "S256");
  return qc_wire_reader_close (&reader, error) ? g_steal_pointer (&metadata) : NULL;
}
