/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The portal by its own forms, and OAuth over TLS: the whole way in, and every way it must not go.
 */
#include <string.h>

#include "qc-connection.h"
#include "web-client.h"

#define USER     "muye"
#define PASSWORD "yanlian-2026"

static void
test_whole_way (void)
{
  Web web;
  web_open (&web, "20261123");
  web_sign_in (&web, USER, PASSWORD);
  {
    g_autoptr (WebAnswer) session = web_api (&web, "GET", "/api/v1/session", NULL, NULL, NULL);
    web_assert_status (session, 200);
    web_assert_has (session, "\"user\":\"muye\"");
    web_assert_has (session, "231100000042");
  }
  web_close (&web);
}

static void
test_state_comes_back (void)
{
  Web web;
  web_open (&web, "20261123");
  g_autofree char *location = web_authorize (&web, USER, PASSWORD);
  g_autofree char *state = web_parameter (location, "state");
  g_assert_cmpstr (state, ==, WEB_STATE);
  g_assert_true (g_str_has_prefix (location, WEB_REDIRECT "?"));
  web_close (&web);
}

static void
test_reused_code_ends_its_tokens (void)
{
  Web web;
  web_open (&web, "20261123");
  g_autofree char *location = web_authorize (&web, USER, PASSWORD);
  g_autofree char *code = web_parameter (location, "code");
  g_autoptr (WebAnswer) first = web_token_for_code (&web, code, WEB_VERIFIER, WEB_REDIRECT);
  web_assert_status (first, 200);
  g_assert_cmpstr (soup_message_headers_get_one (first->headers, "Cache-Control"), ==, "no-store");
  web.access = web_member (first, "access_token");
  g_autoptr (WebAnswer) second = web_token_for_code (&web, code, WEB_VERIFIER, WEB_REDIRECT);
  web_assert_status (second, 400);
  web_assert_has (second, "invalid_grant");
  g_autoptr (WebAnswer) session = web_api (&web, "GET", "/api/v1/session", NULL, NULL, NULL);
  web_assert_status (session, 401);
  web_close (&web);
}

static void
test_code_is_bound (void)
{
  const struct {
    const char *verifier, *redirect;
  } rows[] = {
      {"another-verifier-another-verifier-another-ver", WEB_REDIRECT},
      {"", WEB_REDIRECT},
      {WEB_VERIFIER, "http://127.0.0.1:10/callback"},
      {WEB_VERIFIER, ""},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Web web;
    web_open (&web, "20261123");
    g_autofree char *location = web_authorize (&web, USER, PASSWORD);
    g_autofree char *code = web_parameter (location, "code");
    g_autoptr (WebAnswer) wrong = web_token_for_code (&web, code, rows[i].verifier, rows[i].redirect);
    web_assert_status (wrong, 400);
    g_autoptr (WebAnswer) right = web_token_for_code (&web, code, WEB_VERIFIER, WEB_REDIRECT);
    web_assert_status (right, 400);
    web_close (&web);
  }
}

/* What the access token of @answer gets. */
static void
assert_access (Web *web, WebAnswer *answer, guint status)
{
  g_free (web->access);
  web->access = web_member (answer, "access_token");
  g_autoptr (WebAnswer) session = web_api (web, "GET", "/api/v1/session", NULL, NULL, NULL);
  web_assert_status (session, status);
}

/* What was in an answer that was taken for lost comes all the same: somebody else has it. */
static void
test_refresh_found (void)
{
  Web web;
  web_open (&web, "20261123");
  web_sign_in (&web, USER, PASSWORD);
  char *got[2] = {NULL, NULL};
  for (guint i = 0; i < 2; i++) {
    g_autoptr (WebAnswer) answer
        = web_token (&web, "grant_type", "refresh_token", "client_id", "qingce", "refresh_token", web.refresh, NULL);
    web_assert_status (answer, 200);
    got[i] = web_member (answer, "refresh_token");
  }
  for (guint i = 0; i < 2; i++) {
    g_autoptr (WebAnswer) over
        = web_token (&web, "grant_type", "refresh_token", "client_id", "qingce", "refresh_token", got[i], NULL);
    web_assert_status (over, 400);
    g_free (got[i]);
  }
  web_close (&web);
}

static void
test_refresh_rotates (void)
{
  Web web;
  web_open (&web, "20261123");
  web_sign_in (&web, USER, PASSWORD);
  g_autoptr (WebAnswer) first
      = web_token (&web, "grant_type", "refresh_token", "client_id", "qingce", "refresh_token", web.refresh, NULL);
  web_assert_status (first, 200);
  g_autofree char *fresh = web_member (first, "refresh_token");
  g_assert_cmpstr (fresh, !=, web.refresh);
  /* The old one again, and the new one was not used: its answer was lost, and what was in it is good for nothing. */
  g_autoptr (WebAnswer) again
      = web_token (&web, "grant_type", "refresh_token", "client_id", "qingce", "refresh_token", web.refresh, NULL);
  web_assert_status (again, 200);
  g_autofree char *newer = web_member (again, "refresh_token");
  g_assert_cmpstr (newer, !=, fresh);
  assert_access (&web, first, 401);
  assert_access (&web, again, 200);
  /* The old one when the new one is in use: somebody has a copy, so that the family ends. */
  g_autoptr (WebAnswer) next
      = web_token (&web, "grant_type", "refresh_token", "client_id", "qingce", "refresh_token", newer, NULL);
  web_assert_status (next, 200);
  g_autoptr (WebAnswer) stale
      = web_token (&web, "grant_type", "refresh_token", "client_id", "qingce", "refresh_token", web.refresh, NULL);
  web_assert_status (stale, 400);
  g_autoptr (WebAnswer) after
      = web_token (&web, "grant_type", "refresh_token", "client_id", "qingce", "refresh_token", newer, NULL);
  web_assert_status (after, 400);
  assert_access (&web, next, 401);
  g_autoptr (WebAnswer) session = web_api (&web, "GET", "/api/v1/session", NULL, NULL, NULL);
  web_assert_status (session, 401);
  web_close (&web);
}

static void
test_tokens_survive_a_restart (void)
{
  Web web;
  web_open (&web, "20261123");
  web_sign_in (&web, USER, PASSWORD);
  g_autofree char *id = g_strdup (qc_center_server_get_profile_id (web.server));
  web_restart (&web);
  g_assert_cmpstr (qc_center_server_get_profile_id (web.server), ==, id);
  g_autoptr (WebAnswer) answer = web_api (&web, "GET", "/api/v1/session", NULL, NULL, NULL);
  web_assert_status (answer, 200);
  web_close (&web);
}

static void
test_revoke (void)
{
  Web web;
  web_open (&web, "20261123");
  web_sign_in (&web, USER, PASSWORD);
  g_autofree char *address = g_strconcat (qc_center_server_get_api (web.server), "/oauth/revoke", NULL);
  g_autofree char *body = g_strconcat ("token=", web.refresh, NULL);
  g_autoptr (WebAnswer) answer
      = web_send (&web, web.api, "POST", address, "application/x-www-form-urlencoded", body, NULL);
  web_assert_status (answer, 200);
  g_autoptr (WebAnswer) session = web_api (&web, "GET", "/api/v1/session", NULL, NULL, NULL);
  web_assert_status (session, 401);
  web_close (&web);
}

/* Whoever guesses codes is slowed down. Refresh tokens are not guessed, and those of others at the address go on. */
static void
test_token_brake (void)
{
  Web web;
  web_open (&web, "20261123");
  web_sign_in (&web, USER, PASSWORD);
  for (guint i = 0; i < 60; i++) {
    g_autoptr (WebAnswer) wrong
        = web_token (&web, "grant_type", "refresh_token", "client_id", "qingce", "refresh_token", "guess", NULL);
    web_assert_status (wrong, 400);
  }
  guint status = 0;
  for (guint i = 0; i < 60 && status != 429; i++) {
    g_autoptr (WebAnswer) answer = web_token_for_code (&web, "guess", WEB_VERIFIER, WEB_REDIRECT);
    status = answer->status;
    g_assert_true (status == 400 || status == 429);
    if (status == 429)
      g_assert_nonnull (soup_message_headers_get_one (answer->headers, "Retry-After"));
  }
  g_assert_cmpuint (status, ==, 429);
  g_autoptr (WebAnswer) good
      = web_token (&web, "grant_type", "refresh_token", "client_id", "qingce", "refresh_token", web.refresh, NULL);
  web_assert_status (good, 200);
  web_close (&web);
}

/* ---- the way in ---- */

static void
test_bad_authorizations (void)
{
  const char *challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  const struct {
    const char *client, *redirect, *state, *challenge, *method;
    guint status;
    const char *error; /* of the redirect */
  } rows[] = {
      {"other", WEB_REDIRECT, "s", challenge, "S256", 400, NULL},
      {"qingce", "https://example.org/callback", "s", challenge, "S256", 400, NULL},
      {"qingce", "http://127.0.0.1.example.org:80/callback", "s", challenge, "S256", 400, NULL},
      {"qingce", "http://127.0.0.1/callback", "s", challenge, "S256", 400, NULL},
      {"qingce", "http://127.0.0.1:99999/callback", "s", challenge, "S256", 400, NULL},
      {"qingce", "http://127.0.0.1:9/callback/../x", "s", challenge, "S256", 400, NULL},
      {"qingce", "http://localhost:9/callback", "s", challenge, "S256", 400, NULL},
      {"qingce", WEB_REDIRECT, "", challenge, "S256", 303, "invalid_request"},
      {"qingce", WEB_REDIRECT, "s", "short", "S256", 303, "invalid_request"},
      {"qingce", WEB_REDIRECT, "s", challenge, "plain", 303, "invalid_request"},
      {"qingce", WEB_REDIRECT, "s", challenge, "", 303, "invalid_request"},
  };
  Web web;
  web_open (&web, "20261123");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *redirect = g_uri_escape_string (rows[i].redirect, NULL, FALSE);
    g_autofree char *path
        = g_strdup_printf ("/portal/authorize?response_type=code&client_id=%s&redirect_uri=%s&state=%s"
                           "&code_challenge=%s&code_challenge_method=%s",
                           rows[i].client, redirect, rows[i].state, rows[i].challenge, rows[i].method);
    g_autoptr (WebAnswer) answer = web_page (&web, path);
    web_assert_status (answer, rows[i].status);
    if (rows[i].error == NULL)
      continue;
    g_autofree char *error = web_parameter (answer->location, "error");
    g_assert_cmpstr (error, ==, rows[i].error);
  }
  web_close (&web);
}

static WebAnswer *
sign_in_form (Web *web, const char *kind, const char *user, const char *password)
{
  return web_post (web, "/portal/sign-in", "kind", kind, "user", user, "password", password, NULL);
}

/* A browser on another computer, as the center sees it. */
static void
move_elsewhere (Web *web)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.2", 0);
  g_autoptr (SoupCookieJar) jar = soup_cookie_jar_new ();
  g_clear_object (&web->browser);
  web->browser = soup_session_new_with_options ("local-address", address, "proxy-resolver", NULL, NULL);
  soup_session_add_feature (web->browser, SOUP_SESSION_FEATURE (jar));
}

static void
test_throttle (void)
{
  Web web;
  web_open (&web, "20261123");
  for (guint i = 0; i < 5; i++) {
    g_autoptr (WebAnswer) wrong = sign_in_form (&web, "legal", USER, "not-the-password");
    web_assert_status (wrong, 401);
    web_assert_has (wrong, "账号或密码不正确");
  }
  for (guint i = 0; i < 2; i++) {
    /* Even the right one has to wait now. */
    g_autoptr (WebAnswer) late = sign_in_form (&web, "legal", USER, PASSWORD);
    web_assert_status (late, 429);
    web_assert_has (late, "登录失败次数过多");
    g_assert_cmpint (atoi (soup_message_headers_get_one (late->headers, "Retry-After")), >, 0);
  }
  g_autoptr (WebAnswer) other = sign_in_form (&web, "legal", "daizhang", PASSWORD);
  web_assert_status (other, 303);
  move_elsewhere (&web); /* nobody keeps her out of her account from another computer */
  g_autoptr (WebAnswer) own = sign_in_form (&web, "legal", USER, PASSWORD);
  web_assert_status (own, 303);
  web_close (&web);
}

static void
test_unknown_users_are_braked_alike (void)
{
  Web web;
  web_open (&web, "20261123");
  for (guint i = 0; i < 6; i++) {
    g_autoptr (WebAnswer) answer = sign_in_form (&web, "legal", "nobody-at-all", "whatever-it-is");
    web_assert_status (answer, i < 5 ? 401 : 429);
  }
  web_close (&web);
}

/* The sign-in page for a client that asks. */
static WebAnswer *
open_sign_in (Web *web)
{
  g_autofree char *authorization = web_dup_authorization (web);
  g_autoptr (WebAnswer) first = web_page (web, authorization);
  g_autoptr (WebAnswer) second = web_page (web, first->location);
  return web_page (web, second->location);
}

/* Signs in on @page and goes on to what comes then. */
static WebAnswer *
sign_in_on (Web *web, const WebAnswer *page, const char *user)
{
  g_autofree char *action = web_action (page, "/portal/sign-in");
  g_autoptr (WebAnswer) posted = web_post (web, action, "kind", "legal", "user", user, "password", PASSWORD, NULL);
  web_assert_status (posted, 303);
  g_autoptr (WebAnswer) next = web_page (web, posted->location);
  web_assert_status (next, 303);
  return web_page (web, next->location);
}

static WebAnswer *
consent_on (Web *web, const WebAnswer *page)
{
  g_autofree char *action = web_action (page, "/portal/consent");
  g_autofree char *csrf = web_field (page, "csrf");
  return web_post (web, action, "csrf", csrf, "decision", "allow", NULL);
}

/* Forms count only from pages of this center; and what says so does not lose what the client asked for. */
static void
test_foreign_forms (void)
{
  const char *origins[] = {NULL, "null", "", "http://example.org", "http://127.0.0.1:1", "http://127.0.0.1"};
  const char *body = "kind=legal&user=" USER "&password=" PASSWORD;
  Web web;
  web_open (&web, "20261123");
  g_autoptr (WebAnswer) page = open_sign_in (&web);
  g_autofree char *action = web_action (page, "/portal/sign-in");
  g_autofree char *way_on = g_strdup_printf ("href=\"/portal/consent%s\"", strchr (action, '?'));
  g_autofree char *address = g_strconcat (qc_center_server_get_portal (web.server), action + strlen ("/portal/"), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (origins); i++) {
    const char *headers[] = {origins[i] != NULL ? "Origin" : NULL, origins[i], NULL};
    g_autoptr (WebAnswer) answer
        = web_send (&web, web.browser, "POST", address, "application/x-www-form-urlencoded", body, headers);
    web_assert_status (answer, 403);
    web_assert_has (answer, way_on);
    g_assert_null (soup_message_headers_get_list (answer->headers, "Set-Cookie"));
  }
  web_close (&web);
}

/* A browser also asks for an icon, and for what is not there; none of it takes an open page's validity away. */
static void
test_extra_requests (void)
{
  const char *paths[] = {"/favicon.ico", "/center.svg",     "/center.css",      "/nothing", "/portal/nothing",
                         "/console/x",   "/portal/sign-in", "/portal/register", "/portal/"};
  Web web;
  web_open (&web, "20261123");
  g_autoptr (WebAnswer) page = open_sign_in (&web);
  web_assert_has (page, "<link rel=\"icon\" href=\"/center.svg\"");
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (WebAnswer) answer = web_page (&web, paths[i]);
    web_assert_status (answer, strstr (paths[i], "nothing") || strstr (paths[i], "/x") ? 404 : 200);
    g_assert_null (soup_message_headers_get_list (answer->headers, "Set-Cookie"));
    if (i < 2)
      g_assert_cmpstr (soup_message_headers_get_content_type (answer->headers, NULL), ==, "image/svg+xml");
  }
  g_autoptr (WebAnswer) consent = sign_in_on (&web, page, USER);
  g_autoptr (WebAnswer) back = consent_on (&web, consent);
  web_assert_status (back, 303);
  web_close (&web);
}

/* Two tabs, opened before anybody had signed in: both sign-ins lead back to their client. */
static void
test_two_at_once (void)
{
  Web web;
  web_open (&web, "20261123");
  g_autoptr (WebAnswer) one = open_sign_in (&web);
  g_autoptr (WebAnswer) two = open_sign_in (&web);
  g_autoptr (WebAnswer) consent_one = sign_in_on (&web, one, USER);
  g_autoptr (WebAnswer) consent_two = sign_in_on (&web, two, USER);
  g_autoptr (WebAnswer) back_one = consent_on (&web, consent_one);
  g_autoptr (WebAnswer) back_two = consent_on (&web, consent_two);
  web_assert_status (back_one, 303);
  web_assert_status (back_two, 303);
  g_assert_true (g_str_has_prefix (back_one->location, WEB_REDIRECT "?code="));
  g_assert_true (g_str_has_prefix (back_two->location, WEB_REDIRECT "?code="));
  web_close (&web);
}

/* Another account signed in meanwhile: what was shown for the first is not granted for the second. */
static void
test_account_changed_meanwhile (void)
{
  Web web;
  web_open (&web, "20261123");
  g_autoptr (WebAnswer) page = open_sign_in (&web);
  g_autoptr (WebAnswer) first = sign_in_on (&web, page, USER);
  web_assert_has (first, "黑河演练木业有限公司");
  g_autoptr (WebAnswer) other = open_sign_in (&web);
  g_autoptr (WebAnswer) second = sign_in_form (&web, "legal", "daizhang", PASSWORD);
  web_assert_status (second, 303);
  g_autoptr (WebAnswer) stale = consent_on (&web, first);
  web_assert_status (stale, 303);
  g_assert_true (g_str_has_prefix (stale->location, "/portal/consent?request="));
  g_autoptr (WebAnswer) shown = web_page (&web, stale->location);
  web_assert_has (shown, "daizhang");
  g_autoptr (WebAnswer) back = consent_on (&web, shown);
  g_assert_true (g_str_has_prefix (back->location, WEB_REDIRECT "?code="));
  web_close (&web);
}

/* Without cookies nobody would stay signed in: said, instead of asking again and again. */
static void
test_without_cookies (void)
{
  Web web;
  web_open (&web, "20261123");
  g_autoptr (WebAnswer) page = open_sign_in (&web);
  g_autofree char *action = web_action (page, "/portal/sign-in");
  g_autoptr (WebAnswer) posted = web_post (&web, action, "kind", "legal", "user", USER, "password", PASSWORD, NULL);
  web_new_browser (&web);
  g_autoptr (WebAnswer) told = web_page (&web, posted->location);
  web_assert_status (told, 403);
  web_assert_has (told, "Cookie");
  web_assert_has (told, "href=\"/portal/consent?request=");
  web_close (&web);
}

/* Pressed twice: the browser follows the last answer only, so that this one must be good too. */
static void
test_consent_twice (void)
{
  Web web;
  web_open (&web, "20261123");
  g_autoptr (WebAnswer) page = open_sign_in (&web);
  g_autoptr (WebAnswer) consent = sign_in_on (&web, page, USER);
  g_autoptr (WebAnswer) first = consent_on (&web, consent);
  g_autoptr (WebAnswer) second = consent_on (&web, consent);
  web_assert_status (first, 303);
  web_assert_status (second, 303);
  g_autofree char *code = web_parameter (second->location, "code");
  g_autoptr (WebAnswer) tokens = web_token_for_code (&web, code, WEB_VERIFIER, WEB_REDIRECT);
  web_assert_status (tokens, 200);
  /* Now the client has it. */
  g_autoptr (WebAnswer) third = consent_on (&web, consent);
  web_assert_status (third, 410);
  web_close (&web);
}

/* Pages that are open while practice starts anew lead somewhere: same address; what waited for the client is over. */
static void
test_restart (void)
{
  g_autoptr (GSocketListener) other = g_socket_listener_new ();
  Web web;
  web_open (&web, "20261123");
  g_autoptr (WebAnswer) page = open_sign_in (&web);
  g_autofree char *action = web_action (page, "/portal/sign-in");
  g_autofree char *portal = g_strdup (qc_center_server_get_portal (web.server));
  web_restart (&web);
  g_assert_cmpstr (qc_center_server_get_portal (web.server), ==, portal);
  g_autoptr (WebAnswer) posted = web_post (&web, action, "kind", "legal", "user", USER, "password", PASSWORD, NULL);
  web_assert_status (posted, 410);
  web_assert_has (posted, "请重新点击登录");
  g_autoptr (WebAnswer) home = web_page (&web, "/portal/");
  web_assert_status (home, 200);

  /* Taken by somebody else meanwhile: another one, which is then kept. */
  g_clear_pointer (&web.server, qc_center_server_stop);
  g_autoptr (GUri) uri = g_uri_parse (portal, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", (guint)g_uri_get_port (uri));
  g_autoptr (GError) error = NULL;
  g_socket_listener_add_address (other, address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, NULL, &error);
  g_assert_no_error (error);
  web_restart (&web);
  g_assert_cmpstr (qc_center_server_get_portal (web.server), !=, portal);
  g_autoptr (WebAnswer) elsewhere = web_page (&web, "/portal/");
  web_assert_status (elsewhere, 200);
  web_close (&web);
}

/* What is over is said before a password is typed in vain, with a way on that is good. */
static void
test_request_is_over (void)
{
  const char *const paths[] = {"/portal/sign-in?request=of-another-day", "/portal/consent?request=of-another-day"};
  Web web;
  web_open (&web, "20261123");
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (WebAnswer) answer = web_page (&web, paths[i]);
    web_assert_status (answer, 410);
    web_assert_has (answer, "请重新点击登录");
    web_assert_has (answer, "href=\"/portal/\"");
  }
  g_autoptr (WebAnswer) posted = web_post (&web, paths[0], "kind", "legal", "user", USER, "password", PASSWORD, NULL);
  web_assert_status (posted, 410);
  web_close (&web);
}

static void
test_person_is_told (void)
{
  Web web;
  web_open (&web, "20261123");
  g_autoptr (WebAnswer) page = open_sign_in (&web);
  g_autofree char *action = web_action (page, "/portal/sign-in");
  g_autoptr (WebAnswer) signed_in
      = web_post (&web, action, "kind", "person", "user", "geren", "password", "lianxi-geren", NULL);
  web_assert_status (signed_in, 303);
  g_autoptr (WebAnswer) next = web_page (&web, signed_in->location);
  g_autoptr (WebAnswer) told = web_page (&web, next->location);
  web_assert_has (told, "办理单位业务需以法人身份登录");
  web_assert_has (told,
                  WEB_REDIRECT "?error=access_denied&amp;error_description=legal-person-required&amp;state=" WEB_STATE);
  web_close (&web);
}

static void
test_refusal (void)
{
  Web web;
  web_open (&web, "20261123");
  g_autoptr (WebAnswer) signed_in = sign_in_form (&web, "legal", USER, PASSWORD);
  g_autofree char *authorization = web_dup_authorization (&web);
  g_autoptr (WebAnswer) first = web_page (&web, authorization);
  g_autoptr (WebAnswer) page = web_page (&web, first->location);
  web_assert_has (page, "黑河演练木业有限公司");
  g_autofree char *csrf = web_field (page, "csrf");
  g_autofree char *action = web_action (page, "/portal/consent");
  g_autoptr (WebAnswer) back = web_post (&web, action, "csrf", csrf, "decision", "deny", NULL);
  web_assert_status (back, 303);
  g_autofree char *error = web_parameter (back->location, "error");
  g_assert_cmpstr (error, ==, "access_denied");
  g_autoptr (WebAnswer) again = web_post (&web, action, "csrf", csrf, "decision", "allow", NULL);
  web_assert_status (again, 410);
  web_close (&web);
}

/* ---- registration ---- */

static WebAnswer *
register_as (Web *web, const char *code, const char *unit_name, const char *name, const char *user,
             const char *password, const char *again)
{
  return web_post (web, "/portal/register", "credit_code", code, "unit_name", unit_name, "name", name, "user", user,
                   "password", password, "again", again, NULL);
}

static WebAnswer *
register_form (Web *web, const char *code, const char *user, const char *password, const char *again)
{
  return register_as (web, code, "新开单位有限公司", "张三", user, password, again);
}

static void
test_registration_faults (void)
{
  const struct {
    const char *code, *user, *password, *again, *sentence;
  } rows[] = {
      {"", "zhangsan", "long-enough", "long-enough", "请填写统一社会信用代码"},
      {"91350100M000100Y4", "zhangsan", "long-enough", "long-enough", "应为 18 位"},
      {"91350100M000100Y44", "zhangsan", "long-enough", "long-enough", "校验位不符"},
      {"9135O100M000100Y43", "zhangsan", "long-enough", "long-enough", "不含 I、O"},
      {"91231102MA18XAAA9H", "zhangsan", "long-enough", "long-enough", "已经注册"},
      {"91350100M000100Y43", "zh", "long-enough", "long-enough", "“User name” must have at least 3"},
      {"91350100M000100Y43", "zhang san", "long-enough", "long-enough", "“User name” contains"},
      {"91350100M000100Y43", "muye", "long-enough", "long-enough", "已有人使用"},
      {"91350100M000100Y43", "zhangsan", "short", "short", "密码至少"},
      {"91350100M000100Y43", "zhangsan", "long-enough", "other-one", "不一致"},
  };
  Web web;
  web_open (&web, "20261123");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (WebAnswer) answer = register_form (&web, rows[i].code, rows[i].user, rows[i].password, rows[i].again);
    web_assert_status (answer, 422);
    web_assert_has (answer, rows[i].sentence);
    web_assert_has (answer, "张三");
  }
  web_close (&web);
}

/* Names that no voucher could carry do not get in. */
static void
test_registration_names (void)
{
  g_autofree char *over = g_strnfill (101, 'U'), *long_name = g_strnfill (61, 'N');
  const struct {
    const char *unit_name, *name, *sentence;
  } rows[] = {
      {"\u3000\u200b\ufeff", "张三", "“Name of the unit” has not been filled in"},
      {over, "张三", "“Name of the unit” must not have more than 100"},
      {"甲\t乙", "张三", "U+0009"},
      {"甲\x01乙", "张三", "U+0001"},
      {"甲\x1b乙", "张三", "U+001B"},
      {"甲\xc2\x9b乙", "张三", "U+009B"},
      {"甲\x7f乙", "张三", "U+007F"},
      {"甲\u202e乙", "张三", "U+202E"},
      {"甲乙", "\u3000", "The name is missing"},
      {"甲乙", "张<三>", "张&lt;三&gt;"},
      {"甲乙", "张\u202e三", "U+202E"},
      {"甲乙", long_name, "longer than 60"},
  };
  Web web;
  web_open (&web, "20261123");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (WebAnswer) answer = register_as (&web, "91350100M000100Y43", rows[i].unit_name, rows[i].name, "zhangsan",
                                                "long-enough", "long-enough");
    web_assert_status (answer, 422);
    web_assert_has (answer, rows[i].sentence);
  }
  web_close (&web);
}

/* A name nobody can have is tried in vain, and leaves nothing behind. */
static void
test_long_user (void)
{
  g_autofree char *user = g_strnfill (4000, 'u');
  Web web;
  web_open (&web, "20261123");
  g_autoptr (WebAnswer) answer = sign_in_form (&web, "legal", user, PASSWORD);
  web_assert_status (answer, 401);
  g_autofree char *path = g_build_filename (web.dir, "center.db", NULL);
  g_autoptr (QcConnection) connection = qc_connection_open (path, QC_CONNECTION_READ_ONLY, NULL);
  g_assert_nonnull (connection);
  gint64 longest;
  g_assert_true (
      qc_connection_get_int (connection, "SELECT max (length (subject)) FROM portal_throttle", 0, &longest, NULL));
  g_assert_cmpint (longest, <, 200);
  web_close (&web);
}

static void
test_registration_makes_a_unit (void)
{
  Web web;
  web_open (&web, "20261123");
  /* Full width and small letters are folded. */
  g_autoptr (WebAnswer) answer
      = register_form (&web, " ９1350100m000100y43 ", "ZhangSan", "long-enough", "long-enough");
  web_assert_status (answer, 303);
  /* Pressed twice: the second answer is the one that is seen. */
  g_autoptr (WebAnswer) twice = register_form (&web, "91350100M000100Y43", "ZhangSan", "long-enough", "long-enough");
  web_assert_status (twice, 409);
  web_assert_has (twice, "请直接登录");
  web_assert_has (twice, "name=\"user\" value=\"ZhangSan\"");
  g_autoptr (WebAnswer) home = web_page (&web, "/portal/");
  web_assert_has (home, "新开单位有限公司");
  web_sign_in (&web, "zhangsan", "long-enough");
  g_autoptr (WebAnswer) session = web_api (&web, "GET", "/api/v1/session", NULL, NULL, NULL);
  web_assert_has (session, "91350100M000100Y43");
  {
    /* 重新开始 makes the unit anew, and the sign-in stays. */
    g_autoptr (WebAnswer) reset = web_api (&web, "POST", "/api/v1/practice/reset", NULL, "{}", NULL);
    g_autoptr (WebAnswer) after = web_api (&web, "GET", "/api/v1/session", NULL, NULL, NULL);
    web_assert_status (reset, 200);
    web_assert_has (after, "91350100M000100Y43");
  }
  web_close (&web);
}

/* ---- what the pages server is not ---- */

static void
test_pages_have_no_api (void)
{
  const char *paths[] = {"/api/v1/center",
                         "/api/v1/session",
                         "/oauth/token",
                         "/oauth/revoke",
                         "/.well-known/oauth-authorization-server",
                         "/api/v1/practice",
                         "/portal/../api/v1/center",
                         "/portal/%2e%2e/api/v1/center",
                         "/portal/nothing"};
  Web web;
  web_open (&web, "20261123");
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (WebAnswer) got = web_page (&web, paths[i]);
    g_autoptr (WebAnswer) posted = web_post (&web, paths[i], "grant_type", "refresh_token", NULL);
    web_assert_status (got, 404);
    web_assert_status (posted, 404);
  }
  web_close (&web);
}

static void
test_wrong_host (void)
{
  const char *hosts[] = {"example.org", "localhost", "127.0.0.1", "127.0.0.1:1"};
  Web web;
  web_open (&web, "20261123");
  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++) {
    const char *headers[] = {"Host", hosts[i], NULL};
    g_autoptr (WebAnswer) answer
        = web_send (&web, web.browser, "GET", qc_center_server_get_portal (web.server), NULL, NULL, headers);
    web_assert_status (answer, 421);
  }
  web_close (&web);
}

static void
test_every_page_is_safe_and_marked (void)
{
  const char *paths[] = {"/portal/",         "/portal/sign-in", "/portal/sign-in?kind=person",
                         "/portal/register", "/portal/nothing", "/console/sign-in"};
  Web web;
  web_open (&web, "20261123");
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (WebAnswer) page = web_page (&web, paths[i]);
    const char *policy = soup_message_headers_get_one (page->headers, "Content-Security-Policy");
    g_assert_nonnull (policy);
    g_assert_nonnull (strstr (policy, "default-src 'none'"));
    g_assert_cmpstr (soup_message_headers_get_one (page->headers, "X-Frame-Options"), ==, "DENY");
    web_assert_has (page, "<strong>演练</strong>");
    web_assert_has (page, "（演练）");
    web_assert_has (page, "演练·无效");
    g_assert_null (strstr (page->text, "<script"));
    g_assert_null (strstr (page->text, "{{"));
  }
  web_close (&web);
}

static void
test_escaping (void)
{
  Web web;
  web_open (&web, "20261123");
  g_autoptr (WebAnswer) page = web_page (&web, "/portal/register?request=%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
  web_assert_status (page, 200);
  g_assert_null (strstr (page->text, "<script"));
  web_close (&web);
}

/* The rows of the whole database. */
static gint64
count_rows (Web *web)
{
  g_autofree char *path = g_build_filename (web->dir, "center.db", NULL);
  g_autoptr (GError) error = NULL;
  QcConnection *connection = qc_connection_open (path, QC_CONNECTION_READ_ONLY, &error);
  g_assert_no_error (error);
  g_autoptr (QcStatement) tables
      = qc_connection_prepare (connection, "SELECT name FROM sqlite_schema WHERE type = 'table'", &error);
  g_assert_no_error (error);
  gint64 sum = 0;
  gboolean has_row;
  while (qc_statement_step (tables, &has_row, NULL) && has_row) {
    g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM \"%s\"", qc_statement_get_text (tables, 0));
    gint64 n;
    g_assert_true (qc_connection_get_int (connection, sql, 0, &n, NULL));
    sum += n;
  }
  g_clear_pointer (&tables, qc_statement_release);
  qc_connection_close (connection);
  return sum;
}

/* Whoever has not signed in makes the center write nothing, however often he comes. */
static void
test_nothing_before_sign_in (void)
{
  Web web;
  web_open (&web, "20261123");
  g_autofree char *address = web_dup_authorization (&web);
  gint64 before = count_rows (&web);
  for (int i = 0; i < 50; i++) {
    web_new_browser (&web);
    g_autoptr (WebAnswer) first = web_page (&web, address);
    web_assert_status (first, 303);
    g_autoptr (WebAnswer) second = web_page (&web, first->location);
    web_assert_status (second, 303);
    g_autoptr (WebAnswer) page = web_page (&web, second->location);
    web_assert_status (page, 200);
  }
  g_assert_cmpint (count_rows (&web), ==, before);
  web_close (&web);
}

/* What the browser carries is good only as the center made it. */
static void
test_request_is_sealed (void)
{
  Web web;
  web_open (&web, "20261123");
  g_autofree char *address = web_dup_authorization (&web);
  g_autoptr (WebAnswer) first = web_page (&web, address);
  for (const char *p = strstr (first->location, "request=") + strlen ("request="); *p != '\0'; p++) {
    g_autofree char *changed = g_strdup (first->location);
    changed[p - first->location] = *p == 'a' ? 'b' : 'a';
    g_autoptr (WebAnswer) page = web_page (&web, changed);
    web_assert_status (page, 410);
  }
  web_close (&web);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/center/portal/whole-way", test_whole_way);
  g_test_add_func ("/center/portal/state-comes-back", test_state_comes_back);
  g_test_add_func ("/center/portal/bad-authorizations", test_bad_authorizations);
  g_test_add_func ("/center/portal/throttle", test_throttle);
  g_test_add_func ("/center/portal/unknown-users", test_unknown_users_are_braked_alike);
  g_test_add_func ("/center/portal/foreign-forms", test_foreign_forms);
  g_test_add_func ("/center/portal/extra-requests", test_extra_requests);
  g_test_add_func ("/center/portal/two-at-once", test_two_at_once);
  g_test_add_func ("/center/portal/account-changed", test_account_changed_meanwhile);
  g_test_add_func ("/center/portal/without-cookies", test_without_cookies);
  g_test_add_func ("/center/portal/request-is-over", test_request_is_over);
  g_test_add_func ("/center/portal/nothing-before-sign-in", test_nothing_before_sign_in);
  g_test_add_func ("/center/portal/request-is-sealed", test_request_is_sealed);
  g_test_add_func ("/center/portal/consent-twice", test_consent_twice);
  g_test_add_func ("/center/portal/restart", test_restart);
  g_test_add_func ("/center/portal/person", test_person_is_told);
  g_test_add_func ("/center/portal/refusal", test_refusal);
  g_test_add_func ("/center/portal/registration-faults", test_registration_faults);
  g_test_add_func ("/center/portal/registration-names", test_registration_names);
  g_test_add_func ("/center/portal/long-user", test_long_user);
  g_test_add_func ("/center/portal/registration", test_registration_makes_a_unit);
  g_test_add_func ("/center/portal/no-api", test_pages_have_no_api);
  g_test_add_func ("/center/portal/wrong-host", test_wrong_host);
  g_test_add_func ("/center/portal/safe-and-marked", test_every_page_is_safe_and_marked);
  g_test_add_func ("/center/portal/escaping", test_escaping);
  g_test_add_func ("/center/oauth/reused-code", test_reused_code_ends_its_tokens);
  g_test_add_func ("/center/oauth/code-is-bound", test_code_is_bound);
  g_test_add_func ("/center/oauth/refresh-rotates", test_refresh_rotates);
  g_test_add_func ("/center/oauth/refresh-found", test_refresh_found);
  g_test_add_func ("/center/oauth/restart", test_tokens_survive_a_restart);
  g_test_add_func ("/center/oauth/revoke", test_revoke);
  g_test_add_func ("/center/oauth/token-brake", test_token_brake);
  return g_test_run ();
}
