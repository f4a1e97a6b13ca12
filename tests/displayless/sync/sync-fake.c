/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The server of the fault tests. Same main context as the test, so that every case is a straight line.
 */
#include "sync-fake.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "qc-month.h"
#include "qc-wire-page.h"
#include "qc-wire-session.h"
#include "qc-wire-submission.h"

void
fake_json (SoupServerMessage *message, guint status, const char *json)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, json, strlen (json));
}

static void
send_bytes (SoupServerMessage *message, guint status, GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, data, size);
  g_bytes_unref (bytes);
}

void
fake_problem (SoupServerMessage *message, guint status, const char *code)
{
  g_autoptr (QcProblem) problem = qc_problem_new ((int)status, code, code, NULL);
  g_autoptr (GBytes) bytes = qc_wire_encode_problem (problem);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, QC_PROBLEM_CONTENT_TYPE, SOUP_MEMORY_COPY, data, size);
}

void
fake_cut (SoupServerMessage *message, const char *raw)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
  if (raw)
    g_output_stream_write_all (g_io_stream_get_output_stream (stream), raw, strlen (raw), NULL, NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}

typedef struct {
  GIOStream *stream;  /* (owned) */
  char *head, *again; /* (owned) */
  gulong pause;
} Babble;

static gpointer
babble_thread (gpointer data)
{
  Babble *babble = data;
  GOutputStream *out = g_io_stream_get_output_stream (babble->stream);
  gboolean heard = g_output_stream_write_all (out, babble->head, strlen (babble->head), NULL, NULL, NULL);
  while (heard) {
    heard = g_output_stream_write_all (out, babble->again, strlen (babble->again), NULL, NULL, NULL);
    if (babble->pause)
      g_usleep (babble->pause);
  }
  g_object_unref (babble->stream);
  g_free (babble->head);
  g_free (babble->again);
  g_free (babble);
  return NULL;
}

void
fake_babble (SoupServerMessage *message, const char *head, const char *again, gulong pause)
{
  Babble *babble = g_new0 (Babble, 1);
  g_autoptr (GString) many = g_string_new (again);
  for (guint i = 0; i < 500 && pause == 0; i++)
    g_string_append (many, again);
  babble->stream = soup_server_message_steal_connection (message);
  babble->head = g_strdup (head);
  babble->again = g_strdup (many->str);
  babble->pause = pause;
  g_thread_unref (g_thread_new ("babble", babble_thread, babble));
}

guint
fake_count (Fake *fake, const char *start)
{
  guint n = 0;
  for (guint i = 0; i < fake->log->len; i++)
    n += g_str_has_prefix (g_ptr_array_index (fake->log, i), start);
  return n;
}

/* ---- greeting and tokens ---- */

static void
answer_center (Fake *fake, SoupServerMessage *message)
{
  g_autofree char *json = g_strdup_printf (
      "{\"name\":\"中心\",\"department\":\"中心%s\",\"practice\":%s,\"today\":20261123,\"time\":%" G_GINT64_FORMAT
      ",\"keys\":[],\"features\":[\"remittance\"]}",
      fake->practice ? "（演练）" : "", fake->practice ? "true" : "false", g_get_real_time () / G_USEC_PER_SEC);
  fake_json (message, 200, json);
}

static void
answer_metadata (Fake *fake, SoupServerMessage *message)
{
  QcWireMetadata metadata = {.issuer = fake->address};
  metadata.authorization_endpoint = g_strconcat (fake->address, "/authorize", NULL);
  metadata.token_endpoint = g_strconcat (fake->address, "/oauth/token", NULL);
  metadata.revocation_endpoint = g_strconcat (fake->address, "/oauth/revoke", NULL);
  send_bytes (message, 200, qc_wire_encode_metadata (&metadata));
  g_free (metadata.authorization_endpoint);
  g_free (metadata.token_endpoint);
  g_free (metadata.revocation_endpoint);
}

static void
give_tokens (Fake *fake, SoupServerMessage *message)
{
  g_free (fake->access);
  g_free (fake->refresh);
  fake->access = g_strdup_printf ("access-%u", ++fake->token_number);
  fake->refresh = g_strdup_printf ("refresh-%u", fake->token_number);
  QcWireTokens tokens = {.access_token = fake->access, .expires_in = 900, .refresh_token = fake->refresh};
  send_bytes (message, 200, qc_wire_encode_tokens (&tokens));
}

static GHashTable *
read_form (SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return soup_form_decode (text);
}

static void
answer_token (Fake *fake, SoupServerMessage *message)
{
  g_autoptr (GHashTable) form = read_form (message);
  const char *grant = g_hash_table_lookup (form, "grant_type");
  if (g_strcmp0 (grant, "refresh_token") == 0) {
    const char *sent = g_hash_table_lookup (form, "refresh_token");
    fake->refreshes++;
    if (g_strcmp0 (sent, fake->refresh) == 0 || g_strcmp0 (sent, fake->before) == 0) {
      g_free (fake->before);
      fake->before = g_strdup (sent);
      give_tokens (fake, message);
      return;
    }
    g_clear_pointer (&fake->refresh, g_free); /* reused: the whole family goes */
    g_clear_pointer (&fake->access, g_free);
  } else if (g_strcmp0 (grant, "authorization_code") == 0) {
    g_autofree char *challenge = qc_sign_in_challenge (g_hash_table_lookup (form, "code_verifier"));
    if (fake->code && g_strcmp0 (g_hash_table_lookup (form, "code"), fake->code) == 0
        && g_strcmp0 (challenge, fake->challenge) == 0) {
      g_clear_pointer (&fake->code, g_free);
      give_tokens (fake, message);
      return;
    }
  }
  send_bytes (message, 400, qc_wire_encode_oauth_error ("invalid_grant", NULL));
}

static gboolean
is_authorized (Fake *fake, SoupServerMessage *message)
{
  const char *header
      = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  g_autofree char *wanted = g_strconcat ("Bearer ", fake->access ? fake->access : "-", NULL);
  return fake->access && g_strcmp0 (header, wanted) == 0;
}

/* ---- feeds ---- */

static QcEmployee *
new_employee (guint number)
{
  QcEmployee *employee = qc_employee_new ();
  employee->account = g_strdup_printf ("1%09u", number);
  employee->name = g_strdup_printf ("职工%u", number);
  employee->document_type = g_strdup ("01");
  employee->document = g_strdup ("110105194912310021");
  employee->sex = QC_SEX_FEMALE;
  employee->birth = 19900101;
  employee->status = QC_PERSON_NORMAL;
  employee->status_from = 202001;
  employee->base = 500000 + number;
  employee->opened = 202001;
  employee->paid_to = 202609;
  employee->revision = 1;
  return employee;
}

static void
add_person (QcJsonWriter *writer, guint number)
{
  g_autoptr (QcEmployee) employee = new_employee (number);
  qc_wire_page_add (writer, &(QcFeedRow) {.feed = QC_FEED_PEOPLE, .key = employee->account, .employee = employee});
}

static void
answer_feed (Fake *fake, SoupServerMessage *message, const char *feed, GHashTable *query)
{
  const char *cursor = query ? g_hash_table_lookup (query, "cursor") : NULL;
  guint generation = fake->generation;
  QcFeed kind;
  g_assert_true (qc_feed_from_code (feed, &kind));
  guint from = 0;
  if (cursor && *cursor && sscanf (cursor, "%u.%u", &generation, &from) != 2)
    generation = fake->generation + 1;
  if (generation != fake->generation) {
    fake_problem (message, 410, QC_PROBLEM_CURSOR_EXPIRED);
    return;
  }
  guint limit = (guint)atoi (g_hash_table_lookup (query, "limit"));
  guint total = kind == QC_FEED_PEOPLE ? fake->n_people : 0;
  guint until = MIN (total, from + limit);
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (1024);
  qc_wire_page_begin (writer, kind);
  for (guint i = from; i < until; i++)
    add_person (writer, i + 1);
  g_autofree char *next = g_strdup_printf ("%u.%u", fake->generation, until);
  fake->pages++;
  send_bytes (message, 200, qc_wire_page_end (writer, next, until < total, total));
}

/* ---- submissions ---- */

/* What comes of @body: an application of its figures; of an action, the application of @path. */
static GBytes *
new_answer (Fake *fake, const char *key, const char *path, GBytes *body)
{
  const char *acts_on = strstr (path, "/applications/");
  g_autoptr (QcApplication) application = qc_application_new ();
  application->business = QC_BUSINESS_REMITTANCE;
  application->state = QC_STATE_REGISTERED;
  application->method = QC_METHOD_TRANSFER;
  application->start = application->end = 202610;
  application->created = application->revision = 1;
  if (acts_on != NULL) {
    acts_on += strlen ("/applications/");
    application->serial = g_strndup (acts_on, strcspn (acts_on, "/"));
    return qc_wire_encode_answer (application, NULL, NULL);
  }
  g_autoptr (QcSubmission) sent = qc_wire_decode_submission (body, NULL);
  g_assert_nonnull (sent);
  application->serial = g_strdup_printf ("HJ%08u", ++fake->applications);
  application->key = g_strdup (key);
  application->business = sent->business;
  application->state = qc_application_first_state (sent->business);
  application->effective = sent->effective;
  application->people = sent->roster->lines->len;
  if (sent->remittance == NULL) {
    application->method = QC_METHOD_NONE;
    application->start = application->end = QC_MONTH_NONE;
    return qc_wire_encode_answer (application, NULL, NULL);
  }
  application->start = sent->remittance->start;
  application->end = sent->remittance->end;
  for (guint i = 0; i < sent->remittance->months->len; i++)
    application->fen += qc_month_line_fen (&g_array_index (sent->remittance->months, QcMonthLine, i));
  return qc_wire_encode_answer (application, NULL, NULL);
}

static GBytes *
new_refusal (void)
{
  g_autoptr (QcProblem) problem = qc_problem_new (422, QC_PROBLEM_REFUSED, "refused", NULL);
  g_ptr_array_add (problem->findings, qc_finding_new_received ("test.refused", QC_SEVERITY_ERROR));
  return qc_wire_encode_problem (problem);
}

/* @stored, but for what the test wants to be another's. (transfer full) */
static char *
twist (Fake *fake, const char *stored)
{
  if (fake->twist == NULL || strstr (stored, "urn:qingce:problem") != NULL)
    return g_strdup (stored);
  g_autoptr (GBytes) bytes = g_bytes_new (stored, strlen (stored));
  g_autoptr (QcWireAnswer) answer = qc_wire_decode_answer (bytes, NULL);
  QcApplication *application = answer->application;
  if (g_str_equal (fake->twist, "person")) {
    g_clear_pointer (&answer->application, qc_application_free);
    qc_employee_free (answer->person);
    answer->person = new_employee (1);
  } else if (g_str_equal (fake->twist, "nothing")) {
    g_clear_pointer (&answer->application, qc_application_free);
  } else if (g_str_equal (fake->twist, "other")) { /* an old one, sound in itself */
    g_free (application->key);
    application->key = g_strdup ("8a2f6b0e-7d31-4f5e-9a50-0f8a1f6f9b11");
    g_free (application->serial);
    application->serial = g_strdup ("HJ00000099");
  } else if (g_str_equal (fake->twist, "business")) {
    application->business = QC_BUSINESS_BACK_PAYMENT;
  } else if (g_str_equal (fake->twist, "start")) {
    application->start = qc_month_add (application->start, -1);
  } else if (g_str_equal (fake->twist, "end")) {
    application->end = qc_month_add (application->end, 1);
  } else if (g_str_equal (fake->twist, "effective")) {
    application->effective = qc_month_add (application->effective, 1);
  } else if (g_str_equal (fake->twist, "people")) {
    application->people++;
  } else {
    g_assert_cmpstr (fake->twist, ==, "fen");
    application->fen += 1;
  }
  g_autoptr (GBytes) twisted = qc_wire_encode_answer (answer->application, answer->person, NULL);
  return g_strndup (g_bytes_get_data (twisted, NULL), g_bytes_get_size (twisted));
}

static void
answer_stored (Fake *fake, SoupServerMessage *message, const char *key)
{
  char *stored = twist (fake, g_hash_table_lookup (fake->keys, key));
  gboolean refused = strstr (stored, "urn:qingce:problem") != NULL;
  soup_server_message_set_status (message, refused ? 422 : 201, NULL);
  soup_server_message_set_response (message, refused ? QC_PROBLEM_CONTENT_TYPE : "application/json", SOUP_MEMORY_TAKE,
                                    stored, strlen (stored));
}

const char *
fake_process (Fake *fake, SoupServerMessage *message, const char *path)
{
  const char *key = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Idempotency-Key");
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_assert_nonnull (key);
  fake->received++;
  g_free (fake->content_type);
  fake->content_type
      = g_strdup (soup_message_headers_get_content_type (soup_server_message_get_request_headers (message), NULL));
  GBytes *before = g_hash_table_lookup (fake->bodies, key);
  if (before)
    return g_bytes_equal (before, body) ? key : NULL;
  g_autoptr (GBytes) answer = fake->refuse ? new_refusal () : new_answer (fake, key, path, body);
  g_hash_table_insert (fake->bodies, g_strdup (key), g_bytes_ref (body));
  g_hash_table_insert (fake->keys, g_strdup (key),
                       g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer)));
  return key;
}

/* Any change with a key: made once, answered alike for ever. */
static void
answer_change (Fake *fake, SoupServerMessage *message, const char *path)
{
  const char *key = fake_process (fake, message, path);
  if (key)
    answer_stored (fake, message, key);
  else
    fake_problem (message, 422, QC_PROBLEM_KEY_REUSED);
}

static void
answer_status (Fake *fake, SoupServerMessage *message, const char *key)
{
  const char *kept = g_hash_table_lookup (fake->keys, key);
  g_autofree char *stored = kept && fake->twist_status ? twist (fake, kept) : g_strdup (kept);
  g_autoptr (GBytes) bytes = stored ? g_bytes_new (stored, strlen (stored)) : NULL;
  gboolean refused = stored && strstr (stored, "urn:qingce:problem") != NULL;
  send_bytes (message, 200,
              qc_wire_encode_status (!stored   ? QC_WIRE_KEY_UNKNOWN
                                     : refused ? QC_WIRE_KEY_REFUSED
                                               : QC_WIRE_KEY_ACCEPTED,
                                     bytes));
}

/* ---- pictures ---- */

static void
say_stand (Fake *fake, SoupServerMessage *message, guint upload, guint status)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *offset = g_strdup_printf ("%" G_GINT64_FORMAT, fake->have[upload]);
  soup_message_headers_replace (headers, "Upload-Offset", offset);
  soup_message_headers_replace (headers, "Upload-Complete", fake->have[upload] == fake->size[upload] ? "?1" : "?0");
  soup_server_message_set_status (message, status, NULL);
}

static gint64
number_in (SoupServerMessage *message, const char *name)
{
  const char *text = soup_message_headers_get_one (soup_server_message_get_request_headers (message), name);
  g_assert_nonnull (text);
  return g_ascii_strtoll (text, NULL, 10);
}

/* An upload is begun, gets a part, or is asked for how far it is. */
static void
answer_upload (Fake *fake, SoupServerMessage *message, const char *path)
{
  const char *method = soup_server_message_get_method (message);
  if (g_str_equal (method, "POST")) {
    guint upload = fake->uploads++;
    g_assert_cmpuint (upload, <, FAKE_MOST_UPLOADS);
    g_autofree char *location = g_strdup_printf ("%s/%u", path, upload);
    fake->size[upload] = number_in (message, "Upload-Length");
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location", location);
    say_stand (fake, message, upload, 201);
    return;
  }
  guint upload = (guint)atoi (strrchr (path, '/') + 1);
  g_assert_cmpuint (upload, <, fake->uploads);
  if (g_str_equal (method, "HEAD")) {
    say_stand (fake, message, upload, 204);
  } else if (number_in (message, "Upload-Offset") != fake->have[upload]) {
    say_stand (fake, message, upload, 409);
    fake_problem (message, 409, QC_PROBLEM_UPLOAD_OFFSET);
  } else {
    fake->have[upload] += soup_server_message_get_request_body (message)->length;
    say_stand (fake, message, upload, 204);
  }
}

/* ---- the server ---- */

static void
answer_api (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  const char *feed = strstr (path, "/feeds/");
  if (!is_authorized (fake, message))
    fake_problem (message, 401, QC_PROBLEM_UNAUTHORIZED);
  else if (feed)
    answer_feed (fake, message, feed + strlen ("/feeds/"), query);
  else if (g_str_has_prefix (path, "/api/v1/submissions/"))
    answer_status (fake, message, path + strlen ("/api/v1/submissions/"));
  else if (strstr (path, "/uploads"))
    answer_upload (fake, message, path);
  else if (g_str_equal (soup_server_message_get_method (message), "POST"))
    answer_change (fake, message, path);
  else
    fake_json (message, 200, "{\"user\":\"u\",\"units\":[],\"roles\":[]}");
}

void
fake_answer (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (g_str_equal (path, "/api/v1/center"))
    answer_center (fake, message);
  else if (g_str_equal (path, "/.well-known/oauth-authorization-server"))
    answer_metadata (fake, message);
  else if (g_str_equal (path, "/oauth/token"))
    answer_token (fake, message);
  else if (g_str_equal (path, "/oauth/revoke")) {
    fake->revoked++;
    g_clear_pointer (&fake->access, g_free);
    g_clear_pointer (&fake->refresh, g_free);
    fake_json (message, 200, "{}");
  } else
    answer_api (fake, message, path, query);
}

static void
request_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  Fake *fake = user_data;
  g_ptr_array_add (fake->log, g_strconcat (soup_server_message_get_method (message), " ", path, NULL));
  if (!fake->hook || !fake->hook (fake, message, path, query))
    fake_answer (fake, message, path, query);
}

Fake *
fake_new_with (GTlsCertificate *certificate, TestAuthority *authority)
{
  Fake *fake = g_new0 (Fake, 1);
  fake->authority = authority;
  fake->log = g_ptr_array_new_with_free_func (g_free);
  fake->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  fake->bodies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  fake->server = soup_server_new (NULL, NULL);
  soup_server_set_tls_certificate (fake->server, certificate);
  g_object_unref (certificate);
  soup_server_add_handler (fake->server, NULL, request_cb, fake, NULL);
  g_autoptr (GError) error = NULL;
  soup_server_listen_local (fake->server, 0, SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  GSList *uris = soup_server_get_uris (fake->server);
  fake->address = g_strdup_printf ("https://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  return fake;
}

Fake *
fake_new (void)
{
  TestAuthority *authority = test_authority_new (NULL);
  return fake_new_with (test_authority_issue (authority, NULL, -3600, 3600), authority);
}

void
fake_free (Fake *fake)
{
  soup_server_disconnect (fake->server);
  g_object_unref (fake->server);
  g_clear_pointer (&fake->authority, test_authority_free);
  g_ptr_array_unref (fake->log);
  g_free (fake->content_type);
  g_hash_table_unref (fake->keys);
  g_hash_table_unref (fake->bodies);
  g_free (fake->address);
  g_free (fake->access);
  g_free (fake->refresh);
  g_free (fake->before);
  g_free (fake->code);
  g_free (fake->challenge);
  g_free (fake);
}

/* ---- the client's side ---- */

QcProfile *
profile_from (const char *id, gboolean practice, const char *api, const char *ca)
{
  g_autoptr (QcWireProfile) wire = qc_wire_profile_new ();
  g_free (wire->id);
  g_free (wire->name);
  wire->id = g_strdup (id);
  wire->name = g_strconcat ("测试中心", practice ? "（演练）" : "", NULL);
  wire->practice = practice;
  wire->api = g_strdup (api);
  wire->ca_pem = g_strdup (ca);
  g_autoptr (GBytes) bytes = qc_wire_encode_profile (wire);
  g_autoptr (GError) error = NULL;
  QcProfile *profile = qc_profile_new_from_bytes (bytes, &error);
  g_assert_no_error (error);
  return profile;
}

QcProfile *
fake_profile (Fake *fake, gboolean practice, const char *ca)
{
  return profile_from ("test", practice, fake->address, ca ? ca : fake->authority->pem);
}

QcTransport *
fake_transport (Fake *fake)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcProfile) profile = fake_profile (fake, fake->practice, NULL);
  QcTransport *transport = qc_transport_new (profile, NULL, &error);
  g_assert_no_error (error);
  return transport;
}

QcTokens *
fake_tokens (Fake *fake, const char *refresh)
{
  g_autoptr (QcTransport) transport = fake_transport (fake);
  g_autoptr (QcSecret) secret = qc_secret_new ("test");
  qc_secret_set_memory_only (secret, TRUE);
  if (refresh) {
    qc_secret_store_async (secret, refresh, NULL, NULL, NULL);
    g_free (fake->refresh);
    fake->refresh = g_strdup (refresh);
  }
  return qc_tokens_new (transport, secret);
}

void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **)data != NULL;
}

void
wait_result (GAsyncResult **result)
{
  wait_until (has_result, result);
}

static gboolean
too_late_cb (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

void
wait_until (gboolean (*done) (gpointer data), gpointer data)
{
  gboolean late = FALSE;
  guint timer = g_timeout_add_seconds (20, too_late_cb, &late);
  while (!done (data) && !late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (late);
  g_source_remove (timer);
}

void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
      remove_tree (child);
    else
      g_unlink (child);
  }
  g_rmdir (path);
}
