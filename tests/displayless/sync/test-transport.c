/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The transport against everything that can be wrong between a client and its center. Each case is one row: what the
 * server does, and which error must come of it.
 */
#include "sync-fake.h"

#include <string.h>

/* Sends @request and returns what came of it. */
static QcAnswer *
ask (QcTransport *transport, const QcRequest *request, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_transport_send_async (transport, request, NULL, keep_result_cb, &result);
  wait_result (&result);
  return qc_transport_send_finish (transport, result, error);
}

static void
assert_fails_in (QcTransport *transport, guint timeout, gboolean changes, QcSyncError code, const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = changes ? g_bytes_new_static ("{}", 2) : NULL;
  QcRequest request = {.method = changes ? "POST" : "GET",
                       .path = "/api/v1/thing",
                       .changes = changes,
                       .body = body,
                       .key = changes ? "k" : NULL,
                       .timeout = timeout};
  g_autoptr (QcAnswer) answer = ask (transport, &request, &error);
  g_assert_null (answer);
  g_assert_error (error, QC_SYNC_ERROR, (int)code);
  if (reason)
    g_assert_cmpstr (qc_sync_error_get_reason (error), ==, reason);
  g_assert_cmpuint (strlen (error->message), >, 5);
}

static void
assert_fails (QcTransport *transport, gboolean changes, QcSyncError code, const char *reason)
{
  assert_fails_in (transport, 0, changes, code, reason);
}

/* ---- certificates ---- */

static void
test_certificate (gconstpointer data)
{
  const char *what = data;
  TestAuthority *authority = test_authority_new (NULL);
  g_autoptr (Fake) fake = fake_new_with (
      test_authority_issue (authority, g_str_equal (what, "wrong-host") ? "other.example" : NULL,
                            g_str_equal (what, "not-yet") ? 1800 : -7200, g_str_equal (what, "expired") ? -3600 : 7200),
      authority);
  TestAuthority *other = test_authority_new (g_str_equal (what, "unknown-ca-same-name") ? NULL : "Other authority");
  g_autoptr (QcProfile) profile = fake_profile (fake, FALSE, g_str_has_prefix (what, "unknown-ca") ? other->pem : NULL);
  g_autoptr (QcTransport) transport = qc_transport_new (profile, NULL, NULL);
  g_autofree char *reason = g_strconcat ("tls.", g_str_has_prefix (what, "unknown-ca") ? "unknown-ca" : what, NULL);
  g_assert_nonnull (transport);
  assert_fails (transport, FALSE, g_str_equal (what, "not-yet") ? QC_SYNC_ERROR_CLOCK : QC_SYNC_ERROR_TLS, reason);
  assert_fails (transport, TRUE, g_str_equal (what, "not-yet") ? QC_SYNC_ERROR_CLOCK : QC_SYNC_ERROR_TLS, reason);
  g_assert_cmpuint (fake->log->len, ==, 0);
  test_authority_free (other);
}

static void
test_system_ca (void)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcProfile) profile = profile_from ("test", FALSE, fake->address, NULL);
  g_autoptr (QcTransport) transport = qc_transport_new (profile, NULL, NULL);
  assert_fails (transport, FALSE, QC_SYNC_ERROR_TLS, "tls.unknown-ca");
}

/* ---- answers ---- */

static gboolean
thing_hook (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  const char *what = fake->data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  if (!g_str_equal (path, "/api/v1/thing"))
    return FALSE;
  if (g_str_equal (what, "html")) {
    soup_server_message_set_status (message, 200, NULL);
    soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, "<p>hotel</p>", 12);
  } else if (g_str_equal (what, "html-404")) {
    soup_server_message_set_status (message, 404, NULL);
    soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, "<p>no</p>", 9);
  } else if (g_str_equal (what, "redirect")) {
    soup_server_message_set_redirect (message, 302, "/api/v1/center");
  } else if (g_str_equal (what, "busy")) {
    soup_message_headers_append (headers, "Retry-After", "77");
    fake_problem (message, 429, QC_PROBLEM_TOO_MANY);
  } else if (g_str_equal (what, "expired")) {
    fake_problem (message, 410, QC_PROBLEM_CURSOR_EXPIRED);
  } else if (g_str_equal (what, "failed")) {
    fake_problem (message, 500, QC_PROBLEM_FAILED);
  } else if (g_str_equal (what, "unauthorized")) {
    fake_problem (message, 401, QC_PROBLEM_UNAUTHORIZED);
  } else if (g_str_equal (what, "bad-problem")) {
    soup_server_message_set_status (message, 422, NULL);
    soup_server_message_set_response (message, "application/problem+json", SOUP_MEMORY_STATIC,
                                      "{\"code\":\"a\",\"code\":\"b\"}", 23);
  } else if (g_str_equal (what, "cut")) {
    fake_cut (message, NULL);
  } else if (g_str_equal (what, "cut-inside")) {
    fake_cut (message, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"a\":");
  } else if (g_str_equal (what, "not-http")) {
    fake_cut (message, "SSH-2.0-OpenSSH_9.2\r\n\r\n");
  } else if (g_str_equal (what, "announced")) {
    fake_cut (message, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999999\r\n\r\n{");
  } else if (g_str_equal (what, "huge")) {
    g_autofree char *body = g_strnfill (9 * 1024 * 1024, ' ');
    soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
    soup_message_headers_set_content_type (headers, "application/json", NULL);
    soup_server_message_set_status (message, 200, NULL);
    soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_COPY, body, strlen (body));
    soup_message_body_complete (soup_server_message_get_response_body (message));
  } else if (g_str_equal (what, "slow")) {
    soup_server_message_pause (message);
  } else {
    fake_json (message, 200, "{\"good\":1}");
  }
  return TRUE;
}

typedef struct {
  const char *what;
  QcSyncError read, change; /* what a question gets, what a change gets */
} Row;

static void
test_answer (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTransport) transport = fake_transport (fake);
  fake->hook = thing_hook;
  fake->data = (gpointer)row->what;
  guint timeout = g_str_equal (row->what, "slow") ? 1 : 0;
  assert_fails_in (transport, timeout, FALSE, row->read, NULL);
  assert_fails_in (transport, timeout, TRUE, row->change, NULL);
  g_assert_cmpuint (fake_count (fake, "POST /api/v1/thing"), ==, 1); /* never sent twice by itself */
  g_assert_cmpuint (fake_count (fake, "GET /api/v1/center"), ==, 1); /* and no redirect is followed */
}

static void
test_good (void)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTransport) transport = fake_transport (fake);
  fake->hook = thing_hook;
  fake->data = (gpointer) "good";
  QcRequest request = {.method = "GET", .path = "/api/v1/thing"};
  g_autoptr (GError) error = NULL;
  for (int i = 0; i < 3; i++) {
    g_autoptr (QcAnswer) answer = ask (transport, &request, &error);
    g_assert_no_error (error);
    g_assert_cmpmem (g_bytes_get_data (answer->body, NULL), g_bytes_get_size (answer->body), "{\"good\":1}", 10);
  }
  g_assert_cmpuint (fake_count (fake, "GET /api/v1/center"), ==, 1);
  g_assert_cmpint (qc_transport_get_center (transport)->today, ==, 20261123);
  g_assert_false (qc_transport_is_clock_off (transport));
}

static void
test_retry_after (void)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTransport) transport = fake_transport (fake);
  fake->hook = thing_hook;
  fake->data = (gpointer) "busy";
  QcRequest request = {.method = "GET", .path = "/api/v1/thing"};
  g_autoptr (GError) error = NULL;
  g_assert_null (ask (transport, &request, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_RETRY_LATER);
  g_assert_cmpuint (qc_sync_error_get_retry_after (error), ==, 77);
  g_autoptr (GError) copy = g_error_copy (error);
  g_assert_cmpuint (qc_sync_error_get_retry_after (copy), ==, 77);
  g_assert_true (qc_sync_error_is_temporary (copy));
}

static gboolean
head_hook (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (!g_str_equal (path, "/api/v1/thing"))
    return FALSE;
  fake_problem (message, GPOINTER_TO_UINT (fake->data), QC_PROBLEM_CURSOR_EXPIRED);
  return TRUE;
}

/* An answer without a body says by its number alone what it is. */
static void
test_head (void)
{
  static const struct {
    guint status;
    QcSyncError code;
    const char *problem;
  } rows[] = {{401, QC_SYNC_ERROR_UNAUTHORIZED, QC_PROBLEM_REFUSED},
              {403, QC_SYNC_ERROR_PROBLEM, QC_PROBLEM_FORBIDDEN},
              {404, QC_SYNC_ERROR_PROBLEM, QC_PROBLEM_NOT_FOUND},
              {409, QC_SYNC_ERROR_PROBLEM, QC_PROBLEM_REFUSED}};
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTransport) transport = fake_transport (fake);
  fake->hook = head_hook;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    QcRequest request = {.method = "HEAD", .path = "/api/v1/thing"};
    g_autoptr (GError) error = NULL;
    fake->data = GUINT_TO_POINTER (rows[i].status);
    g_assert_null (ask (transport, &request, &error));
    g_assert_error (error, QC_SYNC_ERROR, (int)rows[i].code);
    g_assert_cmpint (qc_sync_error_get_problem (error)->status, ==, rows[i].status);
    g_assert_cmpstr (qc_sync_error_get_problem (error)->code, ==, rows[i].problem);
  }
}

/* Which of them pass by themselves; and that nothing is read into an error of somebody else, or into none. */
static void
test_error_kinds (void)
{
  for (int code = QC_SYNC_ERROR_OFFLINE; code <= QC_SYNC_ERROR_NOT_ALLOWED; code++) {
    g_autoptr (GError) error = qc_sync_error_new (code, "reason", "sentence");
    g_assert_cmpint (qc_sync_error_is_temporary (error), ==,
                     code == QC_SYNC_ERROR_OFFLINE || code == QC_SYNC_ERROR_RETRY_LATER
                         || code == QC_SYNC_ERROR_UNKNOWN_OUTCOME || code == QC_SYNC_ERROR_TIMEOUT);
    g_assert_cmpstr (qc_sync_error_get_reason (error), ==, "reason");
    g_assert_null (qc_sync_error_get_problem (error));
    g_assert_cmpuint (qc_sync_error_get_retry_after (error), ==, 0);
  }
  g_autoptr (GError) foreign = g_error_new_literal (G_IO_ERROR, QC_SYNC_ERROR_OFFLINE, "sentence");
  const GError *others[] = {NULL, foreign};
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    g_assert_false (qc_sync_error_is_temporary (others[i]));
    g_assert_null (qc_sync_error_get_reason (others[i]));
    g_assert_null (qc_sync_error_get_problem (others[i]));
    g_assert_cmpuint (qc_sync_error_get_retry_after (others[i]), ==, 0);
  }
}

static void
test_problem (void)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTransport) transport = fake_transport (fake);
  fake->hook = thing_hook;
  fake->data = (gpointer) "expired";
  QcRequest request = {.method = "GET", .path = "/api/v1/thing"};
  g_autoptr (GError) error = NULL;
  g_assert_null (ask (transport, &request, &error));
  g_autoptr (GError) copy = g_error_copy (error);
  g_clear_error (&error);
  g_assert_cmpstr (qc_sync_error_get_problem (copy)->code, ==, QC_PROBLEM_CURSOR_EXPIRED);
  g_assert_cmpint (qc_sync_error_get_problem (copy)->status, ==, 410);
}

static void
test_offline (void)
{
  Fake *fake = fake_new ();
  g_autoptr (QcTransport) transport = fake_transport (fake);
  fake_free (fake); /* nobody listens there any more */
  assert_fails (transport, FALSE, QC_SYNC_ERROR_OFFLINE, NULL);
  assert_fails (transport, TRUE, QC_SYNC_ERROR_OFFLINE, NULL);
}

static gboolean
plain_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  static const char answer[] = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";
  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_output_stream_write_all (stream, answer, strlen (answer), NULL, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return TRUE;
}

/* Something without TLS on the port. */
static void
test_not_tls (void)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  TestAuthority *authority = test_authority_new (NULL);
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_signal_connect (service, "incoming", G_CALLBACK (plain_cb), NULL);
  g_autofree char *address = g_strdup_printf ("https://127.0.0.1:%u", port);
  g_autoptr (QcProfile) profile = profile_from ("test", FALSE, address, authority->pem);
  g_autoptr (QcTransport) transport = qc_transport_new (profile, NULL, NULL);
  assert_fails (transport, TRUE, QC_SYNC_ERROR_NOT_CENTER, NULL);
  g_socket_service_stop (service);
  test_authority_free (authority);
}

/* ---- the greeting ---- */

static gboolean
greeting_hook (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (!g_str_equal (path, "/api/v1/center"))
    return FALSE;
  fake_json (message, 200, fake->data);
  return TRUE;
}

static void
test_gate (gconstpointer data)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTransport) transport = fake_transport (fake);
  fake->hook = greeting_hook;
  fake->data = (gpointer)data;
  assert_fails (transport, TRUE, QC_SYNC_ERROR_NOT_CENTER, NULL);
  g_assert_cmpuint (fake_count (fake, "POST"), ==, 0);
}

/* A practice center can never be reached by a real profile, and the other way round (decision 11). */
static void
test_practice (gconstpointer data)
{
  gboolean center_is_practice = GPOINTER_TO_INT (data);
  g_autoptr (Fake) fake = fake_new ();
  fake->practice = center_is_practice;
  g_autoptr (QcProfile) profile = fake_profile (fake, !center_is_practice, NULL);
  g_autoptr (QcTransport) transport = qc_transport_new (profile, NULL, NULL);
  assert_fails (transport, TRUE, QC_SYNC_ERROR_PRACTICE, center_is_practice ? "practice-center" : "real-center");
  g_assert_cmpuint (fake_count (fake, "POST"), ==, 0);
}

static void
test_no_api (void)
{
  g_autoptr (QcProfile) profile = qc_profile_new_heihe ();
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_transport_new (profile, NULL, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_NO_API);
}

static gint64
clock_now (gpointer data)
{
  return *(gint64 *)data;
}

static void
count_notify_cb (GObject *object, GParamSpec *pspec, gpointer data)
{
  ++*(int *)data;
}

static void
test_clock (void)
{
  g_autoptr (Fake) fake = fake_new ();
  gint64 wrong = g_get_real_time () / G_USEC_PER_SEC - 86400;
  int notified = 0;
  QcClock clock = {.now = clock_now, .user_data = &wrong};
  g_autoptr (QcProfile) profile = fake_profile (fake, FALSE, NULL);
  g_autoptr (QcTransport) transport = qc_transport_new (profile, &clock, NULL);
  g_signal_connect (transport, "notify::clock-offset", G_CALLBACK (count_notify_cb), &notified);
  g_autoptr (GAsyncResult) result = NULL;
  qc_transport_greet_async (transport, NULL, keep_result_cb, &result);
  wait_result (&result);
  g_assert_true (qc_transport_greet_finish (transport, result, NULL));
  g_assert_true (qc_transport_is_clock_off (transport));
  g_assert_cmpint (ABS (qc_transport_get_clock_offset (transport) - 86400), <, 20);
  g_assert_cmpint (notified, ==, 1);
}

/* ---- cancelling ---- */

static gboolean
thing_arrived (gpointer data)
{
  return fake_count (data, "POST /api/v1/thing") + fake_count (data, "GET /api/v1/thing") > 0;
}

/* A question is cancelled; a change that has left has an unknown outcome instead. */
static void
test_cancel (gconstpointer data)
{
  gboolean changes = GPOINTER_TO_INT (data);
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTransport) transport = fake_transport (fake);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  fake->hook = thing_hook;
  fake->data = (gpointer) "slow";
  QcRequest request = {.method = changes ? "POST" : "GET", .path = "/api/v1/thing", .changes = changes};
  g_autoptr (GAsyncResult) result = NULL;
  qc_transport_send_async (transport, &request, cancellable, keep_result_cb, &result);
  wait_until (thing_arrived, fake);
  g_cancellable_cancel (cancellable);
  wait_result (&result);
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_transport_send_finish (transport, result, &error));
  if (changes)
    g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_UNKNOWN_OUTCOME);
  else
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  static const Row rows[] = {
      {"html", QC_SYNC_ERROR_NOT_CENTER, QC_SYNC_ERROR_UNKNOWN_OUTCOME},
      {"html-404", QC_SYNC_ERROR_NOT_CENTER, QC_SYNC_ERROR_UNKNOWN_OUTCOME},
      {"redirect", QC_SYNC_ERROR_NOT_CENTER, QC_SYNC_ERROR_UNKNOWN_OUTCOME},
      {"busy", QC_SYNC_ERROR_RETRY_LATER, QC_SYNC_ERROR_RETRY_LATER},
      {"expired", QC_SYNC_ERROR_PROBLEM, QC_SYNC_ERROR_PROBLEM},
      {"failed", QC_SYNC_ERROR_RETRY_LATER, QC_SYNC_ERROR_UNKNOWN_OUTCOME},
      {"unauthorized", QC_SYNC_ERROR_UNAUTHORIZED, QC_SYNC_ERROR_UNAUTHORIZED},
      {"bad-problem", QC_SYNC_ERROR_BAD_ANSWER, QC_SYNC_ERROR_BAD_ANSWER},
      {"cut", QC_SYNC_ERROR_OFFLINE, QC_SYNC_ERROR_UNKNOWN_OUTCOME},
      {"cut-inside", QC_SYNC_ERROR_OFFLINE, QC_SYNC_ERROR_UNKNOWN_OUTCOME},
      {"not-http", QC_SYNC_ERROR_NOT_CENTER, QC_SYNC_ERROR_UNKNOWN_OUTCOME},
      {"announced", QC_SYNC_ERROR_TOO_LARGE, QC_SYNC_ERROR_UNKNOWN_OUTCOME},
      {"huge", QC_SYNC_ERROR_TOO_LARGE, QC_SYNC_ERROR_UNKNOWN_OUTCOME},
      {"slow", QC_SYNC_ERROR_TIMEOUT, QC_SYNC_ERROR_UNKNOWN_OUTCOME},
  };
  static const char *const certificates[] = {"unknown-ca", "unknown-ca-same-name", "expired", "wrong-host", "not-yet"};
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (certificates); i++) {
    g_autofree char *path = g_strconcat ("/sync/transport/certificate/", certificates[i], NULL);
    g_test_add_data_func (path, certificates[i], test_certificate);
  }
  g_test_add_func ("/sync/transport/certificate/system-ca", test_system_ca);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/sync/transport/answer/", rows[i].what, NULL);
    g_test_add_data_func (path, &rows[i], test_answer);
  }
  g_test_add_func ("/sync/transport/good", test_good);
  g_test_add_func ("/sync/transport/retry-after", test_retry_after);
  g_test_add_func ("/sync/transport/head", test_head);
  g_test_add_func ("/sync/transport/error-kinds", test_error_kinds);
  g_test_add_func ("/sync/transport/problem", test_problem);
  g_test_add_func ("/sync/transport/offline", test_offline);
  g_test_add_func ("/sync/transport/not-tls", test_not_tls);
  g_test_add_data_func ("/sync/transport/gate/duplicate", "{\"name\":\"a\",\"name\":\"b\"}", test_gate);
  g_test_add_data_func ("/sync/transport/gate/empty", "{}", test_gate);
  g_test_add_data_func ("/sync/transport/gate/deep", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", test_gate);
  g_test_add_data_func ("/sync/transport/practice/center", GINT_TO_POINTER (TRUE), test_practice);
  g_test_add_data_func ("/sync/transport/practice/profile", GINT_TO_POINTER (FALSE), test_practice);
  g_test_add_func ("/sync/transport/no-api", test_no_api);
  g_test_add_func ("/sync/transport/clock", test_clock);
  g_test_add_data_func ("/sync/transport/cancel/question", GINT_TO_POINTER (FALSE), test_cancel);
  g_test_add_data_func ("/sync/transport/cancel/change", GINT_TO_POINTER (TRUE), test_cancel);
  return g_test_run ();
}
