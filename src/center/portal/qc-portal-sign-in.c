/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Signing in: see qc-portal-sign-in.h.
 */
#include "qc-portal-sign-in.h"

#include "qc-engine.h"
#include "qc-practice-clock.h"
#include "qc-text-field.h"

static void
sign_in_free (gpointer data)
{
  QcPortalSignIn *self = data;
  g_free (self->kind);
  g_free (self->user);
  qc_account_free (self->account);
  g_free (self);
}

/* The account as this address asks for it, and the address: nobody keeps another's account braked from elsewhere. */
static char **
dup_subjects (const QcHttpCall *call, const QcPortalSignIn *self)
{
  char **subjects = g_new0 (char *, 3);
  subjects[0] = g_strdup_printf ("account:%s %s %s", self->kind, call->address, self->user);
  subjects[1] = g_strdup_printf ("address:%s", call->address);
  return subjects;
}

gboolean
qc_portal_sign_in_begin (QcHttpCall *call, QcConnection *connection, QcPages pages, const char *kind,
                         QcHttpAnswer **out, GError **error)
{
  *out = NULL;
  if (!qc_portal_check_origin (call, pages, out))
    return FALSE;
  QcPortalSignIn *self = g_new0 (QcPortalSignIn, 1);
  qc_http_call_set_state (call, self, sign_in_free);
  self->pages = pages;
  self->kind = g_strdup (kind);
  self->user = qc_account_fold_user (qc_http_call_field (call, "user"));
  if (!qc_text_field_is_plain (QC_TEXT_USER, self->user, qc_text_field_limits (QC_TEXT_USER)->carried))
    *self->user = '\0'; /* nobody's, and not worth a row of the brake */
  g_auto (GStrv) subjects = dup_subjects (call, self);
  return qc_portal_throttle_take (connection, (const char *const *)subjects, call->now, &self->wait, error)
         && qc_account_find (connection, kind, self->user, &self->account, error);
}

QcHttpAnswer *
qc_portal_sign_in_verify (QcHttpCall *call, QcConnection *connection, GError **error)
{
  QcPortalSignIn *self = call->state;
  const char *hash = self->account != NULL ? self->account->password : call->center->nobody;
  self->right = qc_password_verify (qc_http_call_field (call, "password"), hash) && self->account != NULL;
  return NULL;
}

/* Who signs in once more keeps the cookie, so that the pages in her other tabs stay good. */
static gboolean
begin_session (QcHttpCall *call, QcConnection *connection, QcHttpAnswer *answer, GError **error)
{
  QcPortalSignIn *self = call->state;
  g_autofree char *old = qc_portal_dup_cookie (call, self->pages);
  g_autoptr (QcAccount) known = NULL;
  if (!qc_portal_session_find (connection, old, call->now, &known, error))
    return FALSE;
  g_autofree char *cookie = NULL;
  if (known != NULL && known->id == self->account->id)
    cookie = g_strdup (old);
  else
    cookie = qc_portal_give_cookie (call, self->pages, answer);
  return (old == NULL || qc_portal_session_end (connection, old, error))
         && qc_portal_session_begin (connection, cookie, self->account->id, call->now, error);
}

gboolean
qc_portal_sign_in_end (QcHttpCall *call, QcConnection *connection, QcHttpAnswer *answer, GError **error)
{
  QcPortalSignIn *self = call->state;
  g_auto (GStrv) subjects = dup_subjects (call, self);
  gint64 now;
  return qc_portal_throttle_clear (connection, (const char *const *)subjects, error)
         && begin_session (call, connection, answer, error)
         && qc_practice_clock_now (connection, call->now, &now, error)
         && qc_engine_log (connection, now, self->account->name,
                           self->pages == QC_PAGES_PORTAL ? "portal-sign-in" : "console-sign-in", NULL, NULL,
                           self->user, error);
}

char *
qc_portal_dup_wait_sentence (gint64 seconds)
{
  if (seconds < 60)
    return g_strdup_printf ("登录失败次数过多，请 %" G_GINT64_FORMAT " 秒后再试。", seconds);
  return g_strdup_printf ("登录失败次数过多，请 %" G_GINT64_FORMAT " 分钟后再试。", (seconds + 59) / 60);
}

void
qc_portal_add_retry_after (QcHttpAnswer *answer, gint64 seconds)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, seconds);
  qc_http_answer_add_header (answer, "Retry-After", text);
}

gboolean
qc_portal_check_cookie (const QcHttpCall *call, QcPages pages, QcHttpAnswer **out)
{
  g_autofree char *cookie = qc_portal_dup_cookie (call, pages);
  if (cookie != NULL)
    return TRUE;
  *out = qc_portal_page_message (call, pages, 403, "浏览器没有保留登录",
                                 "账号和密码是对的，但浏览器不允许本站使用 Cookie。请在浏览器中允许后再登录。");
  return FALSE;
}

QcHttpAnswer *
qc_portal_sign_out (QcHttpCall *call, QcConnection *connection, QcPages pages, const char *location, GError **error)
{
  g_autofree char *cookie = qc_portal_dup_cookie (call, pages);
  QcHttpAnswer *answer;
  if (!qc_portal_check_origin (call, pages, &answer))
    return answer;
  if (cookie != NULL && !qc_portal_session_end (connection, cookie, error))
    return NULL;
  answer = qc_http_answer_redirect (location);
  qc_portal_drop_cookie (call, pages, answer);
  return answer;
}
