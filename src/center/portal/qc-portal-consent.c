/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Portal: the consent page names the units and what the client may do; allowing sends the browser back to the client
 * with a code. Who came as 个人 is told to come as a legal person (P2). Steps on database threads.
 */
#include "qc-portal.h"

#include "qc-engine.h"
#include "qc-practice-clock.h"

/* Who is on the page, for which request. */
typedef struct {
  char *cookie;            /* (owned) */
  QcAccount *account;      /* (owned) */
  QcOAuthRequest *request; /* (owned) */
  GPtrArray *units;        /* (owned) */
} Visit;

static void
visit_clear (Visit *visit)
{
  g_free (visit->cookie);
  qc_account_free (visit->account);
  qc_oauth_request_free (visit->request);
  g_clear_pointer (&visit->units, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Visit, visit_clear)

/* FALSE with *@out or @error. */
static gboolean
open_visit (QcHttpCall *call, QcConnection *connection, Visit *visit, QcHttpAnswer **out, GError **error)
{
  const char *sealed = qc_portal_get_request (call);
  g_autofree char *sign_in = qc_portal_dup_address ("sign-in", sealed);
  *out = NULL;
  visit->cookie = qc_portal_dup_cookie (call, QC_PAGES_PORTAL);
  if (!qc_oauth_request_open (connection, sealed, call->center->request_key, &visit->request, error)
      || !qc_portal_session_find (connection, visit->cookie, call->now, &visit->account, error))
    return FALSE;
  if (visit->request == NULL) {
    *out = qc_portal_request_is_over (call);
    return FALSE;
  }
  if (visit->account == NULL) {
    *out = qc_http_answer_redirect (sign_in);
    return FALSE;
  }
  visit->units = qc_account_list_units (connection, visit->account->id, error);
  return visit->units != NULL;
}

static char *
dup_refusal (const Visit *visit, const char *reason)
{
  return qc_oauth_dup_location (visit->request->redirect, "error", "access_denied", "error_description", reason,
                                "state", visit->request->state, NULL);
}

/* Why the account cannot give a grant; NULL when it can. *@out_reason: for the client. */
static const char *
find_obstacle (const Visit *visit, const char **out_reason)
{
  *out_reason = NULL;
  if (!g_str_equal (visit->account->kind, QC_ACCOUNT_LEGAL)) {
    *out_reason = "legal-person-required";
    return "办理单位业务需以法人身份登录。您现在是以个人身份登录的。";
  }
  if (!visit->account->verified) {
    *out_reason = "not-verified";
    return "您的法人账号还没有经中心核验。请携带单位证明材料到中心柜台核验后再登录。";
  }
  if (visit->units->len == 0) {
    *out_reason = "no-unit";
    return "中心没有与您的统一社会信用代码对应的单位。请先到中心柜台办理单位缴存登记。";
  }
  return NULL;
}

static QcHttpAnswer *
obstacle_page (QcHttpCall *call, const Visit *visit, const char *sentence, const char *reason)
{
  g_autoptr (QcHtml) values = qc_html_new ();
  qc_html_set (values, "request", qc_portal_get_request (call));
  qc_html_set (values, "name", visit->account->name);
  qc_html_set (values, "sentence", sentence);
  qc_html_set_flag (values, "person", g_str_equal (visit->account->kind, QC_ACCOUNT_PERSON));
  qc_html_take (values, "back", dup_refusal (visit, reason));
  return qc_portal_page (call, QC_PAGES_PORTAL, 200, "portal-obstacle", "不能办理单位业务", values);
}

static QcHttpAnswer *
get_consent (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (QcHtml) values = qc_html_new ();
  g_auto (Visit) visit = {NULL};
  QcHttpAnswer *answer;
  if (!open_visit (call, connection, &visit, &answer, error))
    return answer;
  const char *reason;
  const char *sentence = find_obstacle (&visit, &reason);
  if (sentence != NULL)
    return obstacle_page (call, &visit, sentence, reason);
  qc_html_set (values, "request", qc_portal_get_request (call));
  qc_html_set (values, "name", visit.account->name);
  qc_html_set (values, "user", visit.account->user);
  for (guint i = 0; i < visit.units->len; i++) {
    const QcAccountUnit *unit = g_ptr_array_index (visit.units, i);
    QcHtml *row = qc_html_add (values, "units");
    qc_html_set (row, "unit_name", unit->name);
    qc_html_set (row, "unit_account", unit->account);
    qc_html_set (row, "unit_code", unit->credit_code);
  }
  return qc_portal_page (call, QC_PAGES_PORTAL, 200, "portal-consent", "授权清册办理业务", values);
}

/*
 * Back to the client, with a code or a refusal. Until the client has come with the code, the request stays: who pressed
 * the button twice gets another one, because the browser follows only the last answer.
 */
static QcHttpAnswer *
decide (QcHttpCall *call, QcConnection *connection, const Visit *visit, gboolean allow, GError **error)
{
  g_autofree char *location = NULL;
  g_autofree char *code = NULL;
  if (allow) {
    code = qc_oauth_grant (connection, visit->account->id, visit->units, visit->request, call->now, error);
    if (code == NULL)
      return NULL;
    location = qc_oauth_dup_location (visit->request->redirect, "code", code, "state", visit->request->state, NULL);
  } else {
    location = dup_refusal (visit, NULL);
  }
  gint64 now;
  if ((!allow && !qc_oauth_request_end (connection, visit->request->challenge, error))
      || !qc_portal_session_touch (connection, visit->cookie, call->now, error)
      || !qc_practice_clock_now (connection, call->now, &now, error)
      || !qc_engine_log (connection, now, visit->account->name, allow ? "grant" : "grant-refused", NULL, NULL,
                         visit->account->user, error))
    return NULL;
  return qc_http_answer_redirect (location);
}

static QcHttpAnswer *
post_consent (QcHttpCall *call, QcConnection *connection, GError **error)
{
  gboolean allow = g_str_equal (qc_http_call_field (call, "decision"), "allow");
  g_auto (Visit) visit = {NULL};
  QcHttpAnswer *answer;
  if (!qc_portal_check_origin (call, QC_PAGES_PORTAL, &answer)
      || !open_visit (call, connection, &visit, &answer, error))
    return answer;
  /* Somebody else has signed in since: she is to see first what she consents to. */
  if (!qc_portal_is_own_form (call, QC_PAGES_PORTAL)) {
    g_autofree char *location = qc_portal_dup_address ("consent", qc_portal_get_request (call));
    return qc_http_answer_redirect (location);
  }
  const char *reason;
  if (allow && find_obstacle (&visit, &reason) != NULL)
    return obstacle_page (call, &visit, find_obstacle (&visit, &reason), reason);
  return decide (call, connection, &visit, allow, error);
}

const QcHttpRoute qc_portal_consent_routes[] = {
    {"GET", "/portal/consent", QC_HTTP_BODY_NONE, {{QC_HTTP_READ, get_consent}}},
    {"POST", "/portal/consent", QC_HTTP_BODY_FORM, {{QC_HTTP_WRITE, post_consent}}},
    {NULL},
};
