/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The portal by its own forms, and OAuth over TLS: the whole way in, and every way it must not go.
 */
#include <string.h>

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
  g_autofree char *location = NULL, *state = NULL;
  Web web;

  web_open (&web, "20261123");
  location = web_authorize (&web, USER, PASSWORD);
  state = web_parameter (location, "state");
  g_assert_cmpstr (state, ==, WEB_STATE);
  g_assert_true (g_str_has_prefix (location, WEB_REDIRECT "?"));
  web_close (&web);
}

static void
test_reused_code_ends_its_tokens (void)
{
  g_autofree char *location = NULL, *code = NULL;
  g_autoptr (WebAnswer) first = NULL, second = NULL, session = NULL;
  Web web;

  web_open (&web, "20261123");
  location = web_authorize (&web, USER, PASSWORD);
  code = web_parameter (location, "code");
  first = web_token_for_code (&web, code, WEB_VERIFIER, WEB_REDIRECT);
  web_assert_status (first, 200);
  g_assert_cmpstr (soup_message_headers_get_one (first->headers, "Cache-Control"), ==, "no-store");
  web.access = web_member (first, "access_token");
  second = web_token_for_code (&web, code, WEB_VERIFIER, WEB_REDIRECT);
  web_assert_status (second, 400);
  web_assert_has (second, "invalid_grant");
  session = web_api (&web, "GET", "/api/v1/session", NULL, NULL, NULL);
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
    g_autofree char *location = NULL, *code = NULL;
    g_autoptr (WebAnswer) wrong = NULL, right = NULL;
    Web web;

    web_open (&web, "20261123");
    location = web_authorize (&web, USER, PASSWORD);
    code = web_parameter (location, "code");
    wrong = web_token_for_code (&web, code, rows[i].verifier, rows[i].redirect);
    web_assert_status (wrong, 400);
    right = web_token_for_code (&web, code, WEB_VERIFIER, WEB_REDIRECT);
    web_assert_status (right, 400);
    web_close (&web);
  }
}

static void
test_refresh_rotates (void)
{
  g_autoptr (WebAnswer) first = NULL, stale = NULL, after = NULL, session = NULL;
  g_autofree char *fresh = NULL;
  Web web;

  web_open (&web, "20261123");
  web_sign_in (&web, USER, PASSWORD);
  first = web_token (&web, "grant_type", "refresh_token", "client_id", "qingce", "refresh_token", web.refresh, NULL);
  web_assert_status (first, 200);
  fresh = web_member (first, "refresh_token");
  g_assert_cmpstr (fresh, !=, web.refresh);
  /* The old one again: somebody has a copy, so that the family ends. */
  stale = web_token (&web, "grant_type", "refresh_token", "client_id", "qingce", "refresh_token", web.refresh, NULL);
  web_assert_status (stale, 400);
  after = web_token (&web, "grant_type", "refresh_token", "client_id", "qingce", "refresh_token", fresh, NULL);
  web_assert_status (after, 400);
  session = web_api (&web, "GET", "/api/v1/session", NULL, NULL, NULL);
  web_assert_status (session, 401);
  web_close (&web);
}

static void
test_tokens_survive_a_restart (void)
{
  g_autoptr (WebAnswer) answer = NULL;
  g_autofree char *id = NULL;
  Web web;

  web_open (&web, "20261123");
  web_sign_in (&web, USER, PASSWORD);
  id = g_strdup (qc_center_server_get_profile_id (web.server));
  web_restart (&web);
  g_assert_cmpstr (qc_center_server_get_profile_id (web.server), ==, id);
  answer = web_api (&web, "GET", "/api/v1/session", NULL, NULL, NULL);
  web_assert_status (answer, 200);
  web_close (&web);
}

static void
test_revoke (void)
{
  g_autoptr (WebAnswer) answer = NULL, session = NULL;
  g_autofree char *address = NULL, *body = NULL;
  Web web;

  web_open (&web, "20261123");
  web_sign_in (&web, USER, PASSWORD);
  address = g_strconcat (qc_center_server_get_api (web.server), "/oauth/revoke", NULL);
  body = g_strconcat ("token=", web.refresh, NULL);
  answer = web_send (&web, web.api, "POST", address, "application/x-www-form-urlencoded", body, NULL);
  web_assert_status (answer, 200);
  session = web_api (&web, "GET", "/api/v1/session", NULL, NULL, NULL);
  web_assert_status (session, 401);
  web_close (&web);
}

/* Whoever guesses tokens is slowed down. */
static void
test_token_brake (void)
{
  guint status = 0;
  Web web;

  web_open (&web, "20261123");
  for (guint i = 0; i < 60 && status != 429; i++) {
    g_autoptr (WebAnswer) answer
        = web_token (&web, "grant_type", "refresh_token", "client_id", "qingce", "refresh_token", "guess", NULL);

    status = answer->status;
    g_assert_true (status == 400 || status == 429);
    if (status == 429)
      g_assert_nonnull (soup_message_headers_get_one (answer->headers, "Retry-After"));
  }
  g_assert_cmpuint (status, ==, 429);
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
    g_autofree char *error = NULL;

    web_assert_status (answer, rows[i].status);
    if (rows[i].error == NULL)
      continue;
    error = web_parameter (answer->location, "error");
    g_assert_cmpstr (error, ==, rows[i].error);
  }
  web_close (&web);
}

static WebAnswer *
sign_in_form (Web *web, const char *kind, const char *user, const char *password)
{
  g_autofree char *path = g_strconcat ("/portal/sign-in?kind=", kind, NULL);
  g_autoptr (WebAnswer) page = web_page (web, path);
  g_autofree char *csrf = web_field (page, "csrf");

  return web_post (web, "/portal/sign-in", "csrf", csrf, "kind", kind, "user", user, "password", password, NULL);
}

static void
test_throttle (void)
{
  g_autoptr (WebAnswer) other = NULL;
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
  other = sign_in_form (&web, "legal", "daizhang", PASSWORD);
  web_assert_status (other, 303);
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

static void
test_csrf (void)
{
  g_autoptr (WebAnswer) without = NULL, other = NULL, page = NULL;
  g_autofree char *csrf = NULL;
  Web web;

  web_open (&web, "20261123");
  without = web_post (&web, "/portal/sign-in", "user", USER, "password", PASSWORD, "kind", "legal", NULL);
  web_assert_status (without, 403);
  page = web_page (&web, "/portal/sign-in");
  csrf = web_field (page, "csrf");
  /* The token of one browser is worth nothing in another. */
  web_new_browser (&web);
  other = web_post (&web, "/portal/sign-in", "csrf", csrf, "user", USER, "password", PASSWORD, "kind", "legal", NULL);
  web_assert_status (other, 403);
  web_close (&web);
}

static void
test_person_is_told (void)
{
  g_autofree char *authorization = NULL, *csrf = NULL, *request = NULL, *path = NULL;
  g_autoptr (WebAnswer) first = NULL, second = NULL, page = NULL, signed_in = NULL, told = NULL;
  Web web;

  web_open (&web, "20261123");
  authorization = web_dup_authorization (&web);
  first = web_page (&web, authorization);
  second = web_page (&web, first->location);
  page = web_page (&web, second->location);
  csrf = web_field (page, "csrf");
  request = web_field (page, "request");
  signed_in = web_post (&web, "/portal/sign-in", "csrf", csrf, "request", request, "kind", "person", "user", "geren",
                        "password", "lianxi-geren", NULL);
  web_assert_status (signed_in, 303);
  told = web_page (&web, signed_in->location);
  web_assert_has (told, "办理单位业务需以法人身份登录");
  web_assert_has (told,
                  WEB_REDIRECT "?error=access_denied&amp;error_description=legal-person-required&amp;state=" WEB_STATE);
  web_close (&web);
}

static void
test_refusal (void)
{
  g_autofree char *authorization = NULL, *csrf = NULL, *request = NULL, *error = NULL;
  g_autoptr (WebAnswer) signed_in = NULL, first = NULL, page = NULL, back = NULL, again = NULL;
  Web web;

  web_open (&web, "20261123");
  signed_in = sign_in_form (&web, "legal", USER, PASSWORD);
  authorization = web_dup_authorization (&web);
  first = web_page (&web, authorization);
  page = web_page (&web, first->location);
  web_assert_has (page, "黑河演练木业有限公司");
  csrf = web_field (page, "csrf");
  request = web_field (page, "request");
  back = web_post (&web, "/portal/consent", "csrf", csrf, "request", request, "decision", "deny", NULL);
  web_assert_status (back, 303);
  error = web_parameter (back->location, "error");
  g_assert_cmpstr (error, ==, "access_denied");
  again = web_post (&web, "/portal/consent", "csrf", csrf, "request", request, "decision", "allow", NULL);
  web_assert_status (again, 410);
  web_close (&web);
}

/* ---- registration ---- */

static WebAnswer *
register_form (Web *web, const char *code, const char *user, const char *password, const char *again)
{
  g_autoptr (WebAnswer) page = web_page (web, "/portal/register");
  g_autofree char *csrf = web_field (page, "csrf");

  return web_post (web, "/portal/register", "csrf", csrf, "credit_code", code, "unit_name", "新开单位有限公司", "name",
                   "张<三>", "user", user, "password", password, "again", again, NULL);
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
      {"91350100M000100Y43", "zh", "long-enough", "long-enough", "账号应为"},
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
    web_assert_has (answer, "张&lt;三&gt;");
  }
  web_close (&web);
}

static void
test_registration_makes_a_unit (void)
{
  g_autoptr (WebAnswer) answer = NULL, home = NULL, session = NULL;
  Web web;

  web_open (&web, "20261123");
  /* Full width and small letters are folded. */
  answer = register_form (&web, " ９1350100m000100y43 ", "ZhangSan", "long-enough", "long-enough");
  web_assert_status (answer, 303);
  home = web_page (&web, "/portal/");
  web_assert_has (home, "新开单位有限公司");
  web_sign_in (&web, "zhangsan", "long-enough");
  session = web_api (&web, "GET", "/api/v1/session", NULL, NULL, NULL);
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
  g_autoptr (WebAnswer) page = NULL;
  Web web;

  web_open (&web, "20261123");
  page = web_page (&web, "/portal/sign-in?request=%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
  web_assert_status (page, 200);
  g_assert_null (strstr (page->text, "<script"));
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
  g_test_add_func ("/center/portal/csrf", test_csrf);
  g_test_add_func ("/center/portal/person", test_person_is_told);
  g_test_add_func ("/center/portal/refusal", test_refusal);
  g_test_add_func ("/center/portal/registration-faults", test_registration_faults);
  g_test_add_func ("/center/portal/registration", test_registration_makes_a_unit);
  g_test_add_func ("/center/portal/no-api", test_pages_have_no_api);
  g_test_add_func ("/center/portal/wrong-host", test_wrong_host);
  g_test_add_func ("/center/portal/safe-and-marked", test_every_page_is_safe_and_marked);
  g_test_add_func ("/center/portal/escaping", test_escaping);
  g_test_add_func ("/center/oauth/reused-code", test_reused_code_ends_its_tokens);
  g_test_add_func ("/center/oauth/code-is-bound", test_code_is_bound);
  g_test_add_func ("/center/oauth/refresh-rotates", test_refresh_rotates);
  g_test_add_func ("/center/oauth/restart", test_tokens_survive_a_restart);
  g_test_add_func ("/center/oauth/revoke", test_revoke);
  g_test_add_func ("/center/oauth/token-brake", test_token_brake);
  return g_test_run ();
}
