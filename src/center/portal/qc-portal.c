/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Portal: the way in (authorize), home, sign-in and sign-out. Steps on database threads.
 */
#include "qc-portal.h"

#include <string.h>

#include "qc-digest.h"
#include "qc-practice-accounts.h"

char *
qc_portal_dup_address (const char *page, const char *request)
{
  g_autofree char *path = g_strconcat ("/portal/", page, NULL);
  return qc_oauth_dup_location (path, "request", request, NULL);
}

QcHttpAnswer *
qc_portal_request_is_over (const QcHttpCall *call)
{
  return qc_portal_page_message (
      call, QC_PAGES_PORTAL, 410, "这次登录已经结束",
      "登录已经完成、等待的时间太长，或清册重新启动过。请回到清册；还没有登录的话，请重新点击登录。");
}

/* Before a password is typed in vain. FALSE with *@out or @error. */
static gboolean
check_request (QcHttpCall *call, QcConnection *connection, QcHttpAnswer **out, GError **error)
{
  const char *sealed = qc_portal_get_request (call);
  *out = NULL;
  if (*sealed == '\0')
    return TRUE;
  g_autoptr (QcOAuthRequest) request = NULL;
  if (!qc_oauth_request_open (connection, sealed, call->center->request_key, &request, error))
    return FALSE;
  if (request == NULL)
    *out = qc_portal_request_is_over (call);
  return request != NULL;
}

/* ---- a client asks ---- */

static gboolean
is_challenge (const char *text)
{
  g_autoptr (GBytes) bytes = qc_base64url_decode (text);
  return bytes != NULL && g_bytes_get_size (bytes) == QC_DIGEST_SIZE;
}

/* What is wrong with the request, as OAuth says it; NULL when it is good. */
static const char *
find_fault (const QcHttpCall *call)
{
  const char *state = qc_http_call_query (call, "state");
  if (!g_str_equal (qc_http_call_query (call, "response_type"), "code"))
    return "unsupported_response_type";
  if (*state == '\0' || strlen (state) > 512)
    return "invalid_request";
  if (!g_str_equal (qc_http_call_query (call, "code_challenge_method"), "S256")
      || !is_challenge (qc_http_call_query (call, "code_challenge")))
    return "invalid_request";
  return NULL;
}

/* Nothing is written: anybody may come here. */
static QcHttpAnswer *
get_authorize (QcHttpCall *call, QcConnection *connection, GError **error)
{
  const char *redirect = qc_http_call_query (call, "redirect_uri");
  if (!g_str_equal (qc_http_call_query (call, "client_id"), QC_OAUTH_CLIENT) || !qc_oauth_redirect_is_good (redirect))
    return qc_portal_page_message (call, QC_PAGES_PORTAL, 400, "无法识别来访的程序",
                                   "这个登录地址不是由清册客户端给出的，或不完整。请回到清册，重新点击登录。");
  const char *fault = find_fault (call);
  g_autofree char *location = NULL;
  if (fault != NULL) {
    location = qc_oauth_dup_location (redirect, "error", fault, "state", qc_http_call_query (call, "state"), NULL);
    return qc_http_answer_redirect (location);
  }
  QcOAuthRequest request = {0};
  request.redirect = (char *)redirect;
  request.state = (char *)qc_http_call_query (call, "state");
  request.challenge = (char *)qc_http_call_query (call, "code_challenge");
  g_autofree char *sealed = qc_oauth_request_seal (&request, call->center->request_key);
  location = qc_portal_dup_address ("consent", sealed);
  return qc_http_answer_redirect (location);
}

/* ---- home ---- */

static void
add_units (QcHtml *values, const GPtrArray *units)
{
  qc_html_add_list (values, "units");
  for (guint i = 0; i < units->len; i++) {
    const QcAccountUnit *unit = g_ptr_array_index (units, i);
    QcHtml *row = qc_html_add (values, "units");
    qc_html_set (row, "account", unit->account);
    qc_html_set (row, "name", unit->name);
    qc_html_set (row, "credit_code", unit->credit_code);
  }
}

static QcHttpAnswer *
get_home (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autofree char *cookie = qc_portal_dup_cookie (call, QC_PAGES_PORTAL);
  g_autoptr (QcHtml) values = qc_html_new ();
  g_autoptr (QcAccount) account = NULL;
  if (!qc_portal_session_find (connection, cookie, call->now, &account, error))
    return NULL;
  g_autoptr (GPtrArray) units = NULL;
  if (account != NULL) {
    units = qc_account_list_units (connection, account->id, error);
    if (units == NULL)
      return NULL;
    qc_html_set (values, "name", account->name);
    qc_html_set_flag (values, "legal", g_str_equal (account->kind, QC_ACCOUNT_LEGAL));
    qc_html_set_flag (values, "unverified", !account->verified);
    add_units (values, units);
  }
  return qc_portal_page (call, QC_PAGES_PORTAL, 200, "portal-home", "单位网上业务", values);
}

/* ---- sign-in ---- */

static void
add_practice_accounts (QcHtml *values, const QcPracticeAccount *list, const char *kind, const char *request)
{
  for (; list->user != NULL; list++) {
    QcHtml *row = qc_html_add (values, "accounts");
    qc_html_set (row, "account_user", list->user);
    qc_html_set (row, "account_password", list->password);
    qc_html_set (row, "account_name", list->name);
    g_autofree char *units = g_strjoinv ("、", (char **)list->units);
    qc_html_set_flag (row, "has_units", *units != '\0');
    qc_html_set (row, "account_units", units);
    qc_html_set (row, "account_what", list->what);
    qc_html_set (row, "account_kind", kind); /* a row has its own words only */
    qc_html_set (row, "account_request", request);
  }
}

QcHttpAnswer *
qc_portal_sign_in_page (QcHttpCall *call, int status, const char *kind, const char *fault)
{
  g_autoptr (QcHtml) values = qc_html_new ();
  gboolean legal = !g_str_equal (kind, QC_ACCOUNT_PERSON);
  qc_html_set (values, "request", qc_portal_get_request (call));
  qc_html_set (values, "kind", legal ? QC_ACCOUNT_LEGAL : QC_ACCOUNT_PERSON);
  qc_html_set_flag (values, "legal", legal);
  qc_html_set_flag (values, "person", !legal);
  qc_html_set (values, "user", qc_http_call_field (call, "user"));
  qc_html_set (values, "fault", fault);
  if (call->center->practice)
    add_practice_accounts (values, legal ? qc_practice_data_legal_persons () : qc_practice_accounts_persons (),
                           legal ? QC_ACCOUNT_LEGAL : QC_ACCOUNT_PERSON, qc_portal_get_request (call));
  return qc_portal_page (call, QC_PAGES_PORTAL, status, "portal-sign-in", "登录", values);
}

static QcHttpAnswer *
get_sign_in (QcHttpCall *call, QcConnection *connection, GError **error)
{
  QcHttpAnswer *answer;
  if (!check_request (call, connection, &answer, error))
    return answer;
  return qc_portal_sign_in_page (call, 200, qc_http_call_query (call, "kind"), NULL);
}

static const char *
wanted_kind (const QcHttpCall *call)
{
  return g_str_equal (qc_http_call_field (call, "kind"), QC_ACCOUNT_PERSON) ? QC_ACCOUNT_PERSON : QC_ACCOUNT_LEGAL;
}

static QcHttpAnswer *
post_sign_in (QcHttpCall *call, QcConnection *connection, GError **error)
{
  QcHttpAnswer *answer;
  if (!check_request (call, connection, &answer, error)
      || !qc_portal_sign_in_begin (call, connection, QC_PAGES_PORTAL, wanted_kind (call), &answer, error))
    return answer;
  gint64 wait = ((QcPortalSignIn *)call->state)->wait;
  if (wait <= 0)
    return NULL;
  g_autofree char *sentence = qc_portal_dup_wait_sentence (wait);
  answer = qc_portal_sign_in_page (call, 429, wanted_kind (call), sentence);
  qc_portal_add_retry_after (answer, wait);
  return answer;
}

static QcHttpAnswer *
finish_sign_in (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autofree char *location = qc_portal_dup_address ("signed-in", qc_portal_get_request (call));
  if (!((QcPortalSignIn *)call->state)->right)
    return qc_portal_sign_in_page (call, 401, wanted_kind (call),
                                   "账号或密码不正确。请检查后再试；还没有账号请先注册。");
  g_autoptr (QcHttpAnswer) answer = qc_http_answer_redirect (location);
  return qc_portal_sign_in_end (call, connection, answer, error) ? g_steal_pointer (&answer) : NULL;
}

/* Between the form and what comes next, to see whether the cookie has stayed. */
static QcHttpAnswer *
get_signed_in (QcHttpCall *call, QcConnection *connection, GError **error)
{
  const char *request = qc_portal_get_request (call);
  g_autofree char *location = qc_portal_dup_address (*request != '\0' ? "consent" : "", request);
  QcHttpAnswer *answer;
  return qc_portal_check_cookie (call, QC_PAGES_PORTAL, &answer) ? qc_http_answer_redirect (location) : answer;
}

static QcHttpAnswer *
post_sign_out (QcHttpCall *call, QcConnection *connection, GError **error)
{
  const char *request = qc_portal_get_request (call);
  g_autofree char *location = qc_portal_dup_address (*request != '\0' ? "sign-in" : "", request);
  return qc_portal_sign_out (call, connection, QC_PAGES_PORTAL, location, error);
}

const QcHttpRoute qc_portal_routes[] = {
    {"GET", "/portal/", QC_HTTP_BODY_NONE, {{QC_HTTP_READ, get_home}}},
    {"GET", "/portal/authorize", QC_HTTP_BODY_NONE, {{QC_HTTP_POOL, get_authorize}}},
    {"GET", "/portal/sign-in", QC_HTTP_BODY_NONE, {{QC_HTTP_READ, get_sign_in}}},
    {"GET", "/portal/signed-in", QC_HTTP_BODY_NONE, {{QC_HTTP_POOL, get_signed_in}}},
    {"POST",
     "/portal/sign-in",
     QC_HTTP_BODY_FORM,
     {{QC_HTTP_WRITE, post_sign_in}, {QC_HTTP_POOL, qc_portal_sign_in_verify}, {QC_HTTP_WRITE, finish_sign_in}}},
    {"POST", "/portal/sign-out", QC_HTTP_BODY_FORM, {{QC_HTTP_WRITE, post_sign_out}}},
    {NULL},
};
