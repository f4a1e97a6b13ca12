/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Sign-in with a browser that is a few lines of this test: it reads the address it is handed and calls the redirect.
 */
#include "sync-fake.h"

#include <string.h>

typedef struct {
  Fake *fake;
  const char *answer; /* what the portal adds to the redirect; NULL = the clerk does nothing */
  SoupSession *browser;
  GHashTable *query; /* of the address handed out */
  char *redirect;
  SoupMessage *message; /* the redirect as the browser sent it */
  GAsyncResult *page;   /* its answer */
  GCancellable *cancellable;
} Browser;

static void
browser_clear (Browser *browser)
{
  g_clear_object (&browser->browser);
  g_clear_pointer (&browser->query, g_hash_table_unref);
  g_free (browser->redirect);
  g_clear_object (&browser->message);
  g_clear_object (&browser->page);
}

static void
go_to (Browser *browser, const char *target)
{
  g_clear_object (&browser->browser);
  browser->browser = soup_session_new ();
  soup_session_set_proxy_resolver (browser->browser, NULL);
  g_clear_object (&browser->message);
  browser->message = soup_message_new ("GET", target);
  soup_session_send_and_read_async (browser->browser, browser->message, G_PRIORITY_DEFAULT, NULL, keep_result_cb,
                                    &browser->page);
}

static void
ready_cb (const char *address, gpointer user_data)
{
  Browser *browser = user_data;
  g_autoptr (GUri) uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  browser->query = soup_form_decode (g_uri_get_query (uri));
  browser->redirect = g_strdup (g_hash_table_lookup (browser->query, "redirect_uri"));
  g_assert_true (g_str_has_prefix (browser->redirect, "http://127.0.0.1:"));
  g_assert_cmpstr (g_hash_table_lookup (browser->query, "code_challenge_method"), ==, "S256");
  g_assert_cmpstr (g_hash_table_lookup (browser->query, "response_type"), ==, "code");
  g_assert_cmpuint (strlen (g_hash_table_lookup (browser->query, "state")), >=, 43);
  g_free (browser->fake->challenge);
  browser->fake->challenge = g_strdup (g_hash_table_lookup (browser->query, "code_challenge"));
  g_free (browser->fake->code);
  browser->fake->code = g_strdup ("the-code");
  if (browser->cancellable)
    g_cancellable_cancel (browser->cancellable);
  if (browser->answer == NULL)
    return;
  const char *state = g_hash_table_lookup (browser->query, "state");
  g_autofree char *target = g_strdup_printf ("%s?%s&state=%s", browser->redirect, browser->answer, state);
  go_to (browser, target);
}

/* One whole sign-in. */
static gboolean
sign_in (Browser *browser, QcTokens *tokens, guint timeout, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_sign_in_async (tokens, timeout, ready_cb, browser, browser->cancellable, keep_result_cb, &result);
  wait_result (&result);
  return qc_sign_in_finish (tokens, result, error);
}

static void
assert_page (Browser *browser, guint status, const char *words)
{
  wait_result (&browser->page);
  g_autoptr (GBytes) page = soup_session_send_and_read_finish (browser->browser, browser->page, NULL);
  g_assert_nonnull (page);
  g_autofree char *text = g_strndup (g_bytes_get_data (page, NULL), g_bytes_get_size (page));
  g_assert_cmpuint (soup_message_get_status (browser->message), ==, status);
  g_assert_nonnull (strstr (text, words));
}

/* A reload, a second click, a tab left open: the redirect takes nothing any more, and says what it has said before. */
static void
assert_only_says (Browser *browser)
{
  const char *state = g_hash_table_lookup (browser->query, "state");
  const char *codes[] = {"the-code", "another-code"};
  guint status = 400;
  if (browser->page != NULL) {
    wait_result (&browser->page);
    status = soup_message_get_status (browser->message);
  }
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autofree char *target = g_strdup_printf ("%s?code=%s&state=%s", browser->redirect, codes[i], state);
    g_clear_object (&browser->page);
    go_to (browser, target);
    assert_page (browser, status, status == 200 ? "请回到清册窗口继续" : "请回到清册窗口查看原因");
  }
}

static void
test_good (void)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTokens) tokens = fake_tokens (fake, NULL);
  g_autoptr (GError) error = NULL;
  Browser browser = {.fake = fake, .answer = "code=the-code"};
  sign_in (&browser, tokens, 0, &error);
  g_assert_no_error (error);
  assert_page (&browser, 200, "请回到清册窗口继续");
  assert_only_says (&browser);
  g_assert_false (qc_tokens_is_signed_out (tokens));
  g_autoptr (GAsyncResult) result = NULL;
  qc_tokens_get_async (tokens, NULL, keep_result_cb, &result);
  wait_result (&result);
  g_autofree char *token = qc_tokens_get_finish (tokens, result, NULL);
  g_assert_cmpstr (token, ==, "access-1");
  browser_clear (&browser);
}

typedef struct {
  const char *answer, *reason;
} Row;

static void
test_refused (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTokens) tokens = fake_tokens (fake, NULL);
  g_autoptr (GError) error = NULL;
  Browser browser = {.fake = fake, .answer = row->answer};
  g_assert_false (sign_in (&browser, tokens, 0, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_SIGN_IN);
  g_assert_cmpstr (qc_sync_error_get_reason (error), ==, row->reason);
  assert_only_says (&browser);
  browser_clear (&browser);
}

/* Another program that guessed the port, or the page of an older sign-in, comes first: it is told so, and ends nothing.
 */
static void
test_stranger (void)
{
  static const char *const strange[] = {"code=another&state=other", "error=access_denied", "code=another&state="};
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTokens) tokens = fake_tokens (fake, NULL);
  Browser browser = {.fake = fake};
  g_autoptr (GAsyncResult) result = NULL;
  qc_sign_in_async (tokens, 0, ready_cb, &browser, NULL, keep_result_cb, &result);
  while (browser.redirect == NULL)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (strange); i++) {
    g_autofree char *target = g_strdup_printf ("%s?%s", browser.redirect, strange[i]);
    g_clear_object (&browser.page);
    go_to (&browser, target);
    assert_page (&browser, 400, "不是这次登录");
    g_assert_null (result);
  }
  g_autofree char *own = g_strdup_printf ("%s?code=the-code&state=%s", browser.redirect,
                                          (char *)g_hash_table_lookup (browser.query, "state"));
  g_clear_object (&browser.page);
  go_to (&browser, own);
  wait_result (&result);
  g_autoptr (GError) error = NULL;
  qc_sign_in_finish (tokens, result, &error);
  g_assert_no_error (error);
  browser_clear (&browser);
}

static void
test_timeout (void)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTokens) tokens = fake_tokens (fake, NULL);
  g_autoptr (GError) error = NULL;
  Browser browser = {.fake = fake};
  g_assert_false (sign_in (&browser, tokens, 1, &error));
  g_assert_cmpstr (qc_sync_error_get_reason (error), ==, "timeout");
  assert_only_says (&browser);
  browser_clear (&browser);
}

static void
test_cancel (void)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTokens) tokens = fake_tokens (fake, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Browser browser = {.fake = fake, .cancellable = cancellable};
  g_assert_false (sign_in (&browser, tokens, 0, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_only_says (&browser);
  browser_clear (&browser);
}

static gboolean
foreign_metadata (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (!g_str_has_prefix (path, "/.well-known/"))
    return FALSE;
  fake_json (message, 200,
             "{\"issuer\":\"https://evil.example\",\"authorization_endpoint\":\"https://evil.example/a\","
             "\"token_endpoint\":\"https://evil.example/t\",\"response_types_supported\":[\"code\"],"
             "\"grant_types_supported\":[\"authorization_code\",\"refresh_token\"],"
             "\"code_challenge_methods_supported\":[\"S256\"]}");
  return TRUE;
}

static void
test_foreign_metadata (void)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTokens) tokens = fake_tokens (fake, NULL);
  Browser browser = {.fake = fake, .answer = "code=the-code"};
  fake->hook = foreign_metadata;
  g_autoptr (GError) error = NULL;
  g_assert_false (sign_in (&browser, tokens, 0, &error));
  g_assert_cmpstr (qc_sync_error_get_reason (error), ==, "issuer");
  g_assert_null (browser.redirect); /* no address was handed out */
  browser_clear (&browser);
}

static gboolean
no_page (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (!g_str_has_prefix (path, "/.well-known/"))
    return FALSE;
  g_autofree char *text = g_strdup_printf (
      "{\"issuer\":\"%s\",\"authorization_endpoint\":\"https:x\",\"token_endpoint\":\"%s/oauth/token\","
      "\"response_types_supported\":[\"code\"],\"grant_types_supported\":[\"authorization_code\","
      "\"refresh_token\"],\"code_challenge_methods_supported\":[\"S256\"]}",
      fake->address, fake->address);
  fake_json (message, 200, text);
  return TRUE;
}

/* A page to sign in at that is nowhere is no page of the center. */
static void
test_page_without_a_host (void)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcTokens) tokens = fake_tokens (fake, NULL);
  Browser browser = {.fake = fake, .answer = "code=the-code"};
  fake->hook = no_page;
  g_autoptr (GError) error = NULL;
  g_assert_false (sign_in (&browser, tokens, 0, &error));
  g_assert_cmpstr (qc_sync_error_get_reason (error), ==, "issuer");
  g_assert_null (browser.redirect);
  browser_clear (&browser);
}

/* RFC 7636, appendix B. */
static void
test_challenge (void)
{
  g_autofree char *challenge = qc_sign_in_challenge ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  g_assert_cmpstr (challenge, ==, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

int
main (int argc, char **argv)
{
  static const Row rows[] = {
      {"error=access_denied", "denied"},
      {"error=access_denied&error_description=legal-person-required", "legal-person"},
      {"error=access_denied&error_description=no-unit", "no-unit"},
      {"error=access_denied&error_description=not-verified", "not-verified"},
      {"error=server_error", "server"},
      {"code=", "server"},
      {"code=used-before", "server"},
      {"code=the-code&iss=https://evil.example", "issuer"},
  };
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sync/sign-in/good", test_good);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/sync/sign-in/refused/%u-%s", i, rows[i].reason);
    g_test_add_data_func (path, &rows[i], test_refused);
  }
  g_test_add_func ("/sync/sign-in/stranger", test_stranger);
  g_test_add_func ("/sync/sign-in/page-without-a-host", test_page_without_a_host);
  g_test_add_func ("/sync/sign-in/timeout", test_timeout);
  g_test_add_func ("/sync/sign-in/cancel", test_cancel);
  g_test_add_func ("/sync/sign-in/foreign-metadata", test_foreign_metadata);
  g_test_add_func ("/sync/sign-in/challenge", test_challenge);
  return g_test_run ();
}
