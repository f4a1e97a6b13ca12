/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The frame of all pages, their headers and cookies, and where forms may come from. The token of a form is a digest of
 * the cookie, which no script and no other site can read. Any thread.
 */
#include "qc-portal-page.h"

#include <string.h>

#include "qc-center-pages-resources.h"
#include "qc-digest.h"
#include "qc-month.h"
#include "qc-phone-page.h"
#include "qc-random.h"

#define PREFIX      "/org/qingce/center/pages/"
#define COOKIE_SIZE 43 /* characters of 32 bytes */
#define POLICY(forms)                                                                                                  \
  "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; frame-ancestors 'none'; base-uri 'none'; " \
  "form-action " forms
/* An answer to a form of the portal may send the browser on to the client on this computer: a form action too. */
static const char *const policies[] = {
    [QC_PAGES_PORTAL] = POLICY ("'self' http://127.0.0.1:*"),
    [QC_PAGES_CONSOLE] = POLICY ("'self'"),
};

char *
qc_portal_dup_time (gint64 unix_seconds)
{
  gint64 seconds = (unix_seconds + 8 * 3600) % 86400;
  if (unix_seconds <= 0)
    return g_strdup ("");
  g_autofree char *day = qc_date_to_string (qc_date_from_unix (unix_seconds));
  return g_strdup_printf ("%s %02d:%02d", day, (int)(seconds / 3600), (int)(seconds / 60 % 60));
}

/* ---- cookies and CSRF ---- */

static char *
cookie_name (const QcHttpCall *call, QcPages pages)
{
  return g_strdup_printf ("qc_%s_%s", pages == QC_PAGES_PORTAL ? "portal" : "console", call->center->mark);
}

char *
qc_portal_dup_cookie (const QcHttpCall *call, QcPages pages)
{
  g_autofree char *name = cookie_name (call, pages);
  if (call->cookie == NULL)
    return NULL;
  g_auto (GStrv) parts = g_strsplit_set (call->cookie, ";,", 64);
  for (guint i = 0; parts[i] != NULL; i++) {
    const char *part = g_strstrip (parts[i]);
    gsize length = strlen (name);
    if (strncmp (part, name, length) == 0 && part[length] == '=' && strlen (part + length + 1) == COOKIE_SIZE)
      return g_strdup (part + length + 1);
  }
  return NULL;
}

static void
set_cookie (const QcHttpCall *call, QcPages pages, QcHttpAnswer *answer, const char *value, const char *more)
{
  g_autofree char *name = cookie_name (call, pages);
  g_autofree char *header = g_strdup_printf ("%s=%s; Path=/%s/; HttpOnly; SameSite=Lax%s%s", name, value,
                                             pages == QC_PAGES_PORTAL ? "portal" : "console",
                                             call->center->pages_tls ? "; Secure" : "", more);
  qc_http_answer_add_header (answer, "Set-Cookie", header);
}

char *
qc_portal_give_cookie (const QcHttpCall *call, QcPages pages, QcHttpAnswer *answer)
{
  char *value = qc_random_token (32);
  set_cookie (call, pages, answer, value, "");
  return value;
}

void
qc_portal_drop_cookie (const QcHttpCall *call, QcPages pages, QcHttpAnswer *answer)
{
  set_cookie (call, pages, answer, "", "; Max-Age=0");
}

/* ---- forms ---- */

const char *
qc_portal_get_request (const QcHttpCall *call)
{
  return qc_http_call_query (call, "request");
}

static char *
csrf_of (const char *cookie)
{
  g_autofree char *text = g_strconcat ("csrf:", cookie, NULL);
  return qc_digest_hex ((const guint8 *)text, strlen (text));
}

gboolean
qc_portal_check_origin (const QcHttpCall *call, QcPages pages, QcHttpAnswer **out)
{
  const char *own = call->center->portal;
  if (call->origin != NULL && g_str_has_prefix (own, call->origin)
      && g_str_equal (own + strlen (call->origin), "/portal/"))
    return TRUE;
  *out = qc_portal_page_message (call, pages, 403, "没有提交",
                                 "为了安全，表单只能从本站的页面提交。浏览器太旧时也会这样，请换用新版浏览器。");
  return FALSE;
}

gboolean
qc_portal_is_own_form (const QcHttpCall *call, QcPages pages)
{
  g_autofree char *cookie = qc_portal_dup_cookie (call, pages);
  g_autofree char *wanted = cookie != NULL ? csrf_of (cookie) : NULL;
  return wanted != NULL && qc_secret_equal (wanted, qc_http_call_field (call, "csrf"));
}

/* ---- pages ---- */

char *
qc_portal_load (const char *name)
{
  g_autofree char *path = g_strconcat (PREFIX, name, ".html", NULL);
  g_autoptr (GBytes) bytes
      = g_resource_lookup_data (qc_center_pages_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_assert (bytes != NULL);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
add_safety (const QcHttpCall *call, QcHttpAnswer *answer, QcPages pages)
{
  qc_http_answer_add_header (answer, "Content-Security-Policy", policies[pages]);
  qc_http_answer_add_header (answer, "X-Frame-Options", "DENY");
  /* With none at all, browsers would not say either where a form of ours comes from. */
  qc_http_answer_add_header (answer, "Referrer-Policy", "same-origin");
  qc_http_answer_add_header (answer, "Cross-Origin-Opener-Policy", "same-origin");
  if (call->center->pages_tls)
    qc_http_answer_add_header (answer, "Strict-Transport-Security", "max-age=31536000");
}

QcHttpAnswer *
qc_portal_page (const QcHttpCall *call, QcPages pages, int status, const char *name, const char *title, QcHtml *values)
{
  QcHttpAnswer *answer = qc_http_answer_new (status, "text/html; charset=utf-8", NULL);
  g_autofree char *cookie = qc_portal_dup_cookie (call, pages);
  g_autofree char *inner = qc_portal_load (name);
  g_autofree char *frame = qc_portal_load ("frame");
  g_auto (GStrv) halves = g_strsplit (frame, "{{>body}}", 2);
  g_autofree char *whole = g_strconcat (halves[0], inner, halves[1], NULL);
  qc_html_take (values, "csrf", cookie != NULL ? csrf_of (cookie) : NULL);
  qc_html_set (values, "title", title);
  qc_html_set (values, "department", call->center->department);
  qc_html_set_flag (values, "practice", call->center->practice);
  qc_html_set_flag (values, "console", pages == QC_PAGES_CONSOLE);
  qc_html_set_flag (values, "portal", pages == QC_PAGES_PORTAL);
  char *text = qc_html_render (whole, values);
  answer->body = g_bytes_new_take (text, strlen (text));
  add_safety (call, answer, pages);
  return answer;
}

QcHttpAnswer *
qc_portal_page_message (const QcHttpCall *call, QcPages pages, int status, const char *title, const char *text)
{
  g_autoptr (QcHtml) values = qc_html_new ();
  qc_html_set (values, "text", text);
  if (pages == QC_PAGES_PORTAL && status != 410) /* gone: what was asked for */
    qc_html_set (values, "request", qc_portal_get_request (call));
  return qc_portal_page (call, pages, status, "message", title, values);
}

QcHttpAnswer *
qc_portal_page_fallback (const QcHttpCall *call, int status)
{
  if (g_str_has_prefix (call->path, QC_PHONE_PATH))
    return qc_phone_page_fallback (call, status);
  QcPages pages = g_str_has_prefix (call->path, "/console/") ? QC_PAGES_CONSOLE : QC_PAGES_PORTAL;
  const char *title = "出了点问题", *text = "请稍后再试。";
  if (status == 404 || status == 405) {
    title = "没有这个页面";
    text = "请检查地址，或从首页重新进入。";
  } else if (status == 421) {
    title = "地址不对";
    text = "请使用程序给出的地址打开本站。";
  } else if (status == 413 || status == 415 || status == 400) {
    title = "无法识别提交的内容";
    text = "请返回上一页，刷新后重新填写。";
  }
  QcHttpAnswer *answer = qc_portal_page_message (call, pages, status, title, text);
  if (status == 503)
    qc_http_answer_add_header (answer, "Retry-After", "2");
  return answer;
}

/* ---- what pages are made with, and the way in ---- */

static QcHttpAnswer *
asset (const char *path, const char *type, GError **error)
{
  GBytes *bytes = g_resource_lookup_data (qc_center_pages_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (bytes == NULL)
    return NULL;
  QcHttpAnswer *answer = qc_http_answer_new (200, type, bytes);
  qc_http_answer_add_header (answer, "Cache-Control", "max-age=300");
  return answer;
}

static QcHttpAnswer *
get_style (QcHttpCall *call, QcConnection *connection, GError **error)
{
  return asset (PREFIX "center.css", "text/css; charset=utf-8", error);
}

static QcHttpAnswer *
get_phone_style (QcHttpCall *call, QcConnection *connection, GError **error)
{
  return asset (PREFIX "phone.css", "text/css; charset=utf-8", error);
}

static QcHttpAnswer *
get_icon (QcHttpCall *call, QcConnection *connection, GError **error)
{
  return asset (PREFIX "center.svg", "image/svg+xml", error);
}

static QcHttpAnswer *
get_review_script (QcHttpCall *call, QcConnection *connection, GError **error)
{
  return asset (PREFIX "review.js", "text/javascript; charset=utf-8", error);
}

static QcHttpAnswer *
get_root (QcHttpCall *call, QcConnection *connection, GError **error)
{
  return qc_http_answer_redirect ("/portal/");
}

const QcHttpRoute qc_portal_asset_routes[] = {
    {"GET", "/center.css", QC_HTTP_BODY_NONE, {{QC_HTTP_POOL, get_style}}},
    {"GET", "/phone.css", QC_HTTP_BODY_NONE, {{QC_HTTP_POOL, get_phone_style}}},
    {"GET", "/center.svg", QC_HTTP_BODY_NONE, {{QC_HTTP_POOL, get_icon}}},
    {"GET", "/review.js", QC_HTTP_BODY_NONE, {{QC_HTTP_POOL, get_review_script}}},
    {"GET", "/favicon.ico", QC_HTTP_BODY_NONE, {{QC_HTTP_POOL, get_icon}}}, /* asked for by name, whatever pages say */
    {"GET", "/", QC_HTTP_BODY_NONE, {{QC_HTTP_POOL, get_root}}},
    {NULL},
};
