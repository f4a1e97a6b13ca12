/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Centers that mean harm, or are broken beyond it: whatever comes, the main loop goes on, time limits and cancelling
 * work, the next request is served, and what was sent is of unknown outcome. Nothing is sent over an old TLS.
 */
#include "sync-fake.h"

#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <string.h>

/* What the center says, and what a question gets for it. */
typedef struct {
  const char *name, *head, *again;
  gulong pause; /* microseconds */
  QcSyncError code;
} Row;

#define JSON "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

static const Row rows[] = {
    {"continue", "", "HTTP/1.1 100 Continue\r\n\r\n", 0, QC_SYNC_ERROR_NOT_CENTER},
    {"slow-continue", "", "HTTP/1.1 100 Continue\r\n\r\n", 1000, QC_SYNC_ERROR_NOT_CENTER},
    {"headers", JSON, "X-Header: value\r\n", 0, QC_SYNC_ERROR_OFFLINE},
    {"one-header", JSON "X-Header: ", "valuevaluevalue", 0, QC_SYNC_ERROR_OFFLINE},
    {"drip-headers", JSON "X-Header: ", "x", 20000, QC_SYNC_ERROR_TIMEOUT},
    {"body", JSON "Connection: close\r\n\r\n", "                ", 0, QC_SYNC_ERROR_TOO_LARGE},
    {"drip-body", JSON "Content-Length: 100000\r\n\r\n{", " ", 20000, QC_SYNC_ERROR_TIMEOUT},
};

static gboolean
babble_hook (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  const Row *row = fake->data;
  if (!g_str_equal (path, "/api/v1/thing"))
    return FALSE;
  if (row)
    fake_babble (message, row->head, row->again, row->pause);
  else
    fake_json (message, 200, "{\"good\":1}");
  return TRUE;
}

static GAsyncResult *
send (QcTransport *transport, guint timeout, gboolean changes, GCancellable *cancellable)
{
  GAsyncResult *result = NULL;
  QcRequest request = {.method = changes ? "POST" : "GET",
                       .path = "/api/v1/thing",
                       .timeout = timeout,
                       .changes = changes,
                       .key = changes ? "k" : NULL};
  qc_transport_send_async (transport, &request, cancellable, keep_result_cb, &result);
  wait_result (&result);
  return result;
}

/* The thread that heard all that is free for the next. */
static void
assert_serves (Fake *fake, QcTransport *transport)
{
  fake->data = NULL;
  g_autoptr (GAsyncResult) result = send (transport, 15, FALSE, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcAnswer) answer = qc_transport_send_finish (transport, result, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (answer->body, NULL), g_bytes_get_size (answer->body), "{\"good\":1}", 10);
}

static void
test_babble (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTransport) transport = fake_transport (fake);
  fake->hook = babble_hook;
  for (int changes = 0; changes < 2; changes++) {
    fake->data = (gpointer)row;
    g_autoptr (GAsyncResult) result = send (transport, row->code == QC_SYNC_ERROR_TIMEOUT ? 1 : 10, changes, NULL);
    g_autoptr (GError) error = NULL;
    g_assert_null (qc_transport_send_finish (transport, result, &error));
    g_assert_error (error, QC_SYNC_ERROR, (int)(changes ? QC_SYNC_ERROR_UNKNOWN_OUTCOME : row->code));
    assert_serves (fake, transport);
  }
}

/* The center has begun, and the main loop has gone round a number of times since. */
typedef struct {
  Fake *fake;
  guint rounds;
} Patience;

static gboolean
patience_cb (gpointer data)
{
  Patience *patience = data;
  patience->rounds += fake_count (patience->fake, "POST /api/v1/thing");
  return G_SOURCE_CONTINUE;
}

static gboolean
has_had_enough (gpointer data)
{
  return ((Patience *)data)->rounds > 30;
}

/* Sends a change to the babbling @fake, which has an hour for it, and returns when it has babbled for some time. */
static void
send_long (Fake *fake, QcTransport *transport, GCancellable *cancellable, GAsyncResult **result)
{
  Patience patience = {.fake = fake};
  QcRequest request = {.method = "POST", .path = "/api/v1/thing", .timeout = 3600, .changes = TRUE, .key = "k"};
  guint ticker = g_timeout_add (10, patience_cb, &patience);
  qc_transport_send_async (transport, &request, cancellable, keep_result_cb, result);
  wait_until (has_had_enough, &patience);
  g_source_remove (ticker);
  g_assert_null (*result);
}

static void
assert_unknown (QcTransport *transport, GAsyncResult **result)
{
  wait_result (result);
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_transport_send_finish (transport, *result, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_UNKNOWN_OUTCOME);
}

/* Cancelled long before the time is up. */
static void
test_cancel (gconstpointer data)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTransport) transport = fake_transport (fake);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  fake->hook = babble_hook;
  fake->data = (gpointer)data;
  g_autoptr (GAsyncResult) result = NULL;
  send_long (fake, transport, cancellable, &result);
  g_cancellable_cancel (cancellable);
  assert_unknown (transport, &result);
  assert_serves (fake, transport);
}

/* Another address while a center babbles: what is under way ends at once. */
static void
test_set_profile (gconstpointer data)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTransport) transport = fake_transport (fake);
  g_autoptr (QcProfile) profile = fake_profile (fake, FALSE, NULL);
  fake->hook = babble_hook;
  fake->data = (gpointer)data;
  g_autoptr (GAsyncResult) result = NULL;
  send_long (fake, transport, NULL, &result);
  g_assert_true (qc_transport_set_profile (transport, profile, NULL));
  assert_unknown (transport, &result);
  assert_serves (fake, transport);
}

static gboolean
drip_hook (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (!g_str_equal (path, fake->data))
    return FALSE;
  fake_babble (message, JSON "Content-Length: 100000\r\n\r\n{", " ", 20000);
  return TRUE;
}

static void
assert_cancelled (GAsyncResult **result)
{
  wait_result (result);
  g_autoptr (GError) error = NULL;
  g_assert_null (g_task_propagate_pointer (G_TASK (*result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Two wait for the same token, or greeting, of a center that drips: who is cancelled leaves, the other waits on. */
static void
test_waiters (gconstpointer data)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTokens) tokens = fake_tokens (fake, "first");
  g_autoptr (GCancellable) one = g_cancellable_new ();
  g_autoptr (GCancellable) other = g_cancellable_new ();
  fake->hook = drip_hook;
  fake->data = (gpointer)data;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GAsyncResult) first = NULL;
  if (g_str_equal (data, "/oauth/token")) {
    qc_tokens_get_async (tokens, one, keep_result_cb, &first);
    qc_tokens_get_async (tokens, other, keep_result_cb, &second);
  } else {
    qc_transport_greet_async (qc_tokens_get_transport (tokens), one, keep_result_cb, &first);
    qc_transport_greet_async (qc_tokens_get_transport (tokens), other, keep_result_cb, &second);
  }
  g_cancellable_cancel (one);
  assert_cancelled (&first);
  g_assert_null (second);
  g_cancellable_cancel (other);
  assert_cancelled (&second);
}

/* Cancelled before anything could leave: nothing leaves afterwards either, and it is said as such. */
static void
test_cancelled_before (void)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTransport) transport = fake_transport (fake);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  fake->hook = babble_hook;
  assert_serves (fake, transport); /* it knows the center */
  for (int early = 0; early < 2; early++) {
    QcRequest request = {.method = "POST", .path = "/api/v1/thing", .changes = TRUE, .key = "k"};
    if (early == 0)
      g_cancellable_cancel (cancellable);
    GAsyncResult *result = NULL;
    qc_transport_send_async (transport, &request, cancellable, keep_result_cb, &result);
    g_cancellable_cancel (cancellable); /* the loop has not run: no handshake can have ended */
    wait_result (&result);
    g_autoptr (GError) error = NULL;
    g_assert_null (qc_transport_send_finish (transport, result, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_object_unref (result);
    g_cancellable_reset (cancellable);
  }
  assert_serves (fake, transport);
  g_assert_cmpuint (fake_count (fake, "POST"), ==, 0);
}

/* ---- TLS before 1.2 ---- */

typedef struct {
  GTlsCertificate *certificate; /* (owned) */
  GSocket *listener;            /* (owned) */
  const char *priority;
  int handshake; /* what came of it */
  gssize heard;  /* bytes of a request, ≤ 0 when it left without one */
} OldCenter;

static gpointer
old_center_thread (gpointer data)
{
  OldCenter *center = data;
  g_autofree char *certificate = NULL, *key = NULL;
  g_object_get (center->certificate, "certificate-pem", &certificate, "private-key-pem", &key, NULL);
  gnutls_datum_t certificate_datum = {(unsigned char *)certificate, (unsigned)strlen (certificate)};
  gnutls_datum_t key_datum = {(unsigned char *)key, (unsigned)strlen (key)};
  g_autoptr (GSocket) socket = g_socket_accept (center->listener, NULL, NULL);
  gnutls_certificate_credentials_t credentials;
  gnutls_certificate_allocate_credentials (&credentials);
  gnutls_certificate_set_x509_key_mem (credentials, &certificate_datum, &key_datum, GNUTLS_X509_FMT_PEM);
  gnutls_session_t session;
  gnutls_init (&session, GNUTLS_SERVER);
  gnutls_priority_set_direct (session, center->priority, NULL);
  gnutls_credentials_set (session, GNUTLS_CRD_CERTIFICATE, credentials);
  fcntl (g_socket_get_fd (socket), F_SETFL, 0); /* GnuTLS shall wait */
  gnutls_transport_set_int (session, g_socket_get_fd (socket));
  do
    center->handshake = gnutls_handshake (session);
  while (center->handshake < 0 && !gnutls_error_is_fatal (center->handshake));
  char buffer[1024];
  if (center->handshake == 0)
    center->heard = gnutls_record_recv (session, buffer, sizeof buffer);
  gnutls_deinit (session);
  gnutls_certificate_free_credentials (credentials);
  return NULL;
}

static void
test_old_tls (gconstpointer data)
{
  TestAuthority *authority = test_authority_new (NULL);
  OldCenter center = {.certificate = test_authority_issue (authority, NULL, -3600, 3600), .priority = data};
  g_autoptr (GError) error = NULL;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  center.listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_true (g_socket_bind (center.listener, address, TRUE, &error) && g_socket_listen (center.listener, &error));
  g_autoptr (GSocketAddress) bound = g_socket_get_local_address (center.listener, &error);
  g_autofree char *api
      = g_strdup_printf ("https://127.0.0.1:%u", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  GThread *thread = g_thread_new ("old-center", old_center_thread, &center);
  g_autoptr (QcProfile) profile = profile_from ("test", FALSE, api, authority->pem);
  g_autoptr (QcTransport) transport = qc_transport_new (profile, NULL, &error);
  g_autoptr (GAsyncResult) result = send (transport, 15, TRUE, NULL);
  g_assert_null (qc_transport_send_finish (transport, result, &error));
  g_thread_join (thread);
  g_assert_cmpint (center.handshake, ==, 0); /* else this shows nothing */
  if (strstr (data, "TLS1.2")) {
    g_assert_cmpint (center.heard, >, 0);
  } else {
    g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_TLS);
    g_assert_cmpstr (qc_sync_error_get_reason (error), ==, "tls.old");
    g_assert_cmpint (center.heard, <=, 0);
  }
  g_object_unref (center.certificate);
  g_object_unref (center.listener);
  test_authority_free (authority);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *babble = g_strconcat ("/sync/hostile/babble/", rows[i].name, NULL);
    g_autofree char *cancel = g_strconcat ("/sync/hostile/cancel/", rows[i].name, NULL);
    g_autofree char *leave = g_strconcat ("/sync/hostile/set-profile/", rows[i].name, NULL);
    g_test_add_data_func (babble, &rows[i], test_babble);
    if (rows[i].code != QC_SYNC_ERROR_TIMEOUT)
      continue;
    g_test_add_data_func (cancel, &rows[i], test_cancel);
    g_test_add_data_func (leave, &rows[i], test_set_profile);
  }
  g_test_add_func ("/sync/hostile/cancelled-before", test_cancelled_before);
  g_test_add_data_func ("/sync/hostile/waiters/token", "/oauth/token", test_waiters);
  g_test_add_data_func ("/sync/hostile/waiters/greeting", "/api/v1/center", test_waiters);
  g_test_add_data_func ("/sync/hostile/tls/1.0", "NORMAL:%COMPAT:-VERS-ALL:+VERS-TLS1.0", test_old_tls);
  g_test_add_data_func ("/sync/hostile/tls/1.1", "NORMAL:%COMPAT:-VERS-ALL:+VERS-TLS1.1", test_old_tls);
  g_test_add_data_func ("/sync/hostile/tls/1.2", "NORMAL:%COMPAT:-VERS-ALL:+VERS-TLS1.2", test_old_tls);
  return g_test_run ();
}
