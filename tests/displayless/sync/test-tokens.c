/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The grant: refresh when the access token is not taken, one refresh at a time, rotation, theft, sign-out; and the
 * secret service when there is none.
 */
#include "sync-fake.h"

static char *
get_token (QcTokens *tokens, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_tokens_get_async (tokens, NULL, keep_result_cb, &result);
  wait_result (&result);
  return qc_tokens_get_finish (tokens, result, error);
}

static QcAnswer *
ask_session (QcTokens *tokens, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  QcRequest request = {.method = "GET", .path = "/api/v1/session"};
  qc_tokens_send_async (tokens, &request, NULL, keep_result_cb, &result);
  wait_result (&result);
  return qc_tokens_send_finish (tokens, result, error);
}

static void
test_no_token (void)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTokens) tokens = fake_tokens (fake, NULL);
  g_autoptr (GError) error = NULL;
  g_assert_null (get_token (tokens, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_UNAUTHORIZED);
  g_assert_true (qc_tokens_is_signed_out (tokens));
  g_assert_cmpuint (fake->log->len, ==, 0); /* nothing to ask for, nobody asked */
}

static void
test_single_flight (void)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTokens) tokens = fake_tokens (fake, "first");
  GAsyncResult *results[4] = {NULL};
  for (int i = 0; i < 4; i++)
    qc_tokens_get_async (tokens, NULL, keep_result_cb, &results[i]);
  for (int i = 0; i < 4; i++) {
    wait_result (&results[i]);
    g_autofree char *token = qc_tokens_get_finish (tokens, results[i], NULL);
    g_assert_cmpstr (token, ==, "access-1");
    g_object_unref (results[i]);
  }
  g_assert_cmpuint (fake->refreshes, ==, 1);
}

/* 401 → refresh → the same request again, with the rotated token kept for the next time. */
static void
test_refresh_and_retry (void)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTokens) tokens = fake_tokens (fake, "first");
  g_autoptr (GError) error = NULL;
  for (int i = 1; i <= 3; i++) {
    g_autoptr (QcAnswer) answer = ask_session (tokens, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (fake->refreshes, ==, i);
    g_free (fake->access);
    fake->access = g_strdup ("another"); /* what the client has is no longer good */
  }
  g_assert_cmpuint (fake_count (fake, "GET /api/v1/session"), ==, 5);
}

static gboolean
always_401 (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (!g_str_equal (path, "/api/v1/session"))
    return FALSE;
  fake_problem (message, 401, "unauthorized");
  return TRUE;
}

static void
test_401_for_ever (void)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTokens) tokens = fake_tokens (fake, "first");
  fake->hook = always_401;
  g_autoptr (GError) error = NULL;
  g_assert_null (ask_session (tokens, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (fake_count (fake, "GET /api/v1/session"), ==, 2);
}

/* Somebody else used the refresh token: the grant is over, and is not asked for again. */
static void
test_reuse (void)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTokens) tokens = fake_tokens (fake, "stale");
  g_free (fake->refresh);
  fake->refresh = g_strdup ("rotated by somebody else");
  g_autoptr (GError) error = NULL;
  g_assert_null (get_token (tokens, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_UNAUTHORIZED);
  g_assert_true (qc_tokens_is_signed_out (tokens));
  g_autoptr (GError) again = NULL;
  g_assert_null (get_token (tokens, &again));
  g_assert_error (again, QC_SYNC_ERROR, QC_SYNC_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (fake->refreshes, ==, 1);
}

static gboolean
token_busy (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (!g_str_equal (path, "/oauth/token"))
    return FALSE;
  fake_problem (message, 503, "unavailable");
  return TRUE;
}

/* A center that cannot answer now has not ended the grant. */
static void
test_busy_is_not_signed_out (void)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTokens) tokens = fake_tokens (fake, "first");
  fake->hook = token_busy;
  g_autoptr (GError) error = NULL;
  g_assert_null (get_token (tokens, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_RETRY_LATER);
  g_assert_false (qc_tokens_is_signed_out (tokens));
  fake->hook = NULL;
  g_autofree char *token = get_token (tokens, NULL);
  g_assert_cmpstr (token, ==, "access-1");
}

static void
test_sign_out (void)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTokens) tokens = fake_tokens (fake, "first");
  g_autofree char *token = get_token (tokens, NULL);
  g_assert_nonnull (token);
  g_autoptr (GAsyncResult) result = NULL;
  qc_tokens_sign_out_async (tokens, NULL, keep_result_cb, &result);
  g_assert_true (qc_tokens_is_signed_out (tokens)); /* at once, whatever the network does */
  wait_result (&result);
  g_assert_true (qc_tokens_sign_out_finish (tokens, result, NULL));
  g_assert_cmpuint (fake->revoked, ==, 1);
  g_autoptr (GError) error = NULL;
  g_assert_null (get_token (tokens, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_UNAUTHORIZED);
}

static void
test_sign_out_offline (void)
{
  Fake *fake = fake_new ();
  g_autoptr (QcTokens) tokens = fake_tokens (fake, "first");
  fake_free (fake);
  g_autoptr (GAsyncResult) result = NULL;
  qc_tokens_sign_out_async (tokens, NULL, keep_result_cb, &result);
  wait_result (&result);
  g_assert_true (qc_tokens_sign_out_finish (tokens, result, NULL));
  g_autoptr (GError) error = NULL;
  g_assert_null (get_token (tokens, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_UNAUTHORIZED);
}

/* No bus, no service: the token lives in memory, and it says so. */
static void
test_no_service (void)
{
  g_autoptr (QcSecret) secret = qc_secret_new ("test");
  g_autoptr (GAsyncResult) stored = NULL;
  qc_secret_store_async (secret, "token", NULL, keep_result_cb, &stored);
  wait_result (&stored);
  g_assert_false (qc_secret_store_finish (secret, stored));
  g_assert_false (qc_secret_is_persistent (secret));
  g_autoptr (GAsyncResult) found = NULL;
  qc_secret_lookup_async (secret, NULL, keep_result_cb, &found);
  wait_result (&found);
  g_autofree char *token = qc_secret_lookup_finish (secret, found, NULL);
  g_assert_cmpstr (token, ==, "token");
}

int
main (int argc, char **argv)
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sync/tokens/none", test_no_token);
  g_test_add_func ("/sync/tokens/single-flight", test_single_flight);
  g_test_add_func ("/sync/tokens/refresh-and-retry", test_refresh_and_retry);
  g_test_add_func ("/sync/tokens/401-for-ever", test_401_for_ever);
  g_test_add_func ("/sync/tokens/reuse", test_reuse);
  g_test_add_func ("/sync/tokens/busy-is-not-signed-out", test_busy_is_not_signed_out);
  g_test_add_func ("/sync/tokens/sign-out", test_sign_out);
  g_test_add_func ("/sync/tokens/sign-out-offline", test_sign_out_offline);
  g_test_add_func ("/sync/secret/no-service", test_no_service);
  return g_test_run ();
}
