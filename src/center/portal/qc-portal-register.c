/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Portal: 注册 as a legal person, with a checked 统一社会信用代码. In practice an unknown code makes a unit with
 * people; otherwise the unit must be known, and center staff verify the account before it counts. Steps as in the
 * route.
 */
#include "qc-portal.h"

#include <string.h>

#include "qc-credit-code.h"
#include "qc-engine.h"
#include "qc-practice-clock.h"
#include "qc-practice-data.h"
#include "qc-text-field.h"

typedef struct {
  QcAccount account; /* strings owned */
  char *faults[6];   /* (owned) (nullable) in the order of FIELDS */
  gboolean there;    /* this very account: the form was sent twice, or she has forgotten */
} Registration;

static const char *const FIELDS[] = {"credit_code", "unit_name", "name", "user", "password", "again"};

static void
registration_free (gpointer data)
{
  Registration *self = data;
  g_free (self->account.user);
  g_free (self->account.name);
  g_free (self->account.password);
  g_free (self->account.credit_code);
  g_free (self->account.unit_name);
  for (guint i = 0; i < G_N_ELEMENTS (self->faults); i++)
    g_free (self->faults[i]);
  g_free (self);
}

static gboolean
has_fault (const Registration *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->faults); i++)
    if (self->faults[i] != NULL)
      return TRUE;
  return FALSE;
}

static QcHttpAnswer *
register_page (QcHttpCall *call, int status, const Registration *self, const char *fault)
{
  g_autoptr (QcHtml) values = qc_html_new ();
  qc_html_set (values, "request", qc_portal_get_request (call));
  qc_html_set (values, "fault", fault);
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++) {
    g_autofree char *name = g_strconcat (FIELDS[i], "_fault", NULL);
    if (i < 4)
      qc_html_set (values, FIELDS[i], qc_http_call_field (call, FIELDS[i]));
    qc_html_set (values, name, self != NULL ? self->faults[i] : NULL);
  }
  return qc_portal_page (call, QC_PAGES_PORTAL, status, "portal-register", "法人注册", values);
}

static QcHttpAnswer *
refusal_page (QcHttpCall *call, const Registration *self)
{
  return self->there ? qc_portal_sign_in_page (call, 409, QC_ACCOUNT_LEGAL, "这个单位已经用这个账号注册。请直接登录。")
                     : register_page (call, 422, self, "有几处需要修改，见下面各栏。");
}

static QcHttpAnswer *
get_register (QcHttpCall *call, QcConnection *connection, GError **error)
{
  return register_page (call, 200, NULL, NULL);
}

/* ---- checks ---- */

static const char *
credit_code_sentence (QcCreditCodeFault fault)
{
  switch (fault) {
  case QC_CREDIT_CODE_EMPTY:
    return "请填写统一社会信用代码。";
  case QC_CREDIT_CODE_LENGTH:
    return "统一社会信用代码应为 18 位，请核对。";
  case QC_CREDIT_CODE_CHARACTER:
    return "统一社会信用代码只含数字和大写字母，不含 I、O、S、V、Z。";
  case QC_CREDIT_CODE_DIVISION:
    return "统一社会信用代码的第 3 至 8 位是行政区划代码，应为数字。";
  case QC_CREDIT_CODE_CHECK:
    return "统一社会信用代码的校验位不符，请逐位核对。";
  case QC_CREDIT_CODE_OK:
  case QC_CREDIT_CODE_SUBJECT_CHECK: /* real codes exist that fail it */
  default:
    return NULL;
  }
}

static char *
text_sentence (QcTextField kind, const char *text)
{
  g_autoptr (QcFinding) finding = qc_text_field_check (kind, text);
  return finding != NULL ? qc_finding_dup_sentence (finding) : NULL;
}

static const char *
password_sentence (const char *password, const char *user)
{
  if (g_utf8_strlen (password, -1) < 8)
    return "密码至少 8 个字符。";
  if (strlen (password) > 512)
    return "密码太长。";
  return g_str_equal (password, user) ? "密码不能与账号相同。" : NULL;
}

/* What can be said without the database. */
static void
check_fields (const QcHttpCall *call, Registration *self)
{
  const char *password = qc_http_call_field (call, "password");
  self->faults[0] = g_strdup (credit_code_sentence (qc_credit_code_check (self->account.credit_code)));
  self->faults[1] = text_sentence (QC_TEXT_UNIT_NAME, self->account.unit_name);
  self->faults[2] = text_sentence (QC_TEXT_PERSON_NAME, self->account.name);
  self->faults[3] = text_sentence (QC_TEXT_USER, self->account.user);
  self->faults[4] = g_strdup (password_sentence (password, self->account.user));
  if (!g_str_equal (password, qc_http_call_field (call, "again")))
    self->faults[5] = g_strdup ("两次填写的密码不一致。");
}

static gboolean
row_exists (QcConnection *connection, const char *sql, const char *text, gboolean *out, GError **error)
{
  g_autoptr (QcStatement) s = qc_connection_prepare (connection, sql, error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_text (s, 1, text);
  return qc_statement_step (s, out, error);
}

/* What only the database knows. */
static gboolean
check_known (const QcHttpCall *call, QcConnection *connection, Registration *self, GError **error)
{
  g_autoptr (QcAccount) known = NULL;
  if (!qc_account_find (connection, QC_ACCOUNT_LEGAL, self->account.user, &known, error))
    return FALSE;
  self->there = known != NULL && g_strcmp0 (known->credit_code, self->account.credit_code) == 0;
  gboolean user, code, unit;
  if (!row_exists (connection, "SELECT 1 FROM portal_account WHERE kind = 'legal' AND user = ?", self->account.user,
                   &user, error)
      || !row_exists (connection, "SELECT 1 FROM portal_account WHERE credit_code = ?", self->account.credit_code,
                      &code, error)
      || !row_exists (connection, "SELECT 1 FROM unit WHERE credit_code = ?", self->account.credit_code, &unit, error))
    return FALSE;
  if (user && self->faults[3] == NULL)
    self->faults[3] = g_strdup ("这个账号已有人使用，请换一个。");
  if (code && self->faults[0] == NULL)
    self->faults[0] = g_strdup ("这个单位已经注册，请直接登录。");
  else if (!unit && !call->center->practice && self->faults[0] == NULL)
    self->faults[0] = g_strdup ("中心没有这个单位。请先到中心柜台办理单位缴存登记。");
  return TRUE;
}

static Registration *
read_form (QcHttpCall *call)
{
  Registration *self = g_new0 (Registration, 1);
  qc_http_call_set_state (call, self, registration_free);
  self->account.kind = (char *)QC_ACCOUNT_LEGAL;
  self->account.credit_code = qc_credit_code_fold (qc_http_call_field (call, "credit_code"));
  self->account.unit_name = qc_text_field_fold (QC_TEXT_UNIT_NAME, qc_http_call_field (call, "unit_name"));
  self->account.name = qc_text_field_fold (QC_TEXT_PERSON_NAME, qc_http_call_field (call, "name"));
  self->account.user = qc_account_fold_user (qc_http_call_field (call, "user"));
  self->account.verified = call->center->practice;
  return self;
}

static QcHttpAnswer *
post_register (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autofree char *subject = g_strconcat ("address:register:", call->address, NULL);
  const char *subjects[] = {subject, NULL};
  QcHttpAnswer *answer;
  if (!qc_portal_check_origin (call, QC_PAGES_PORTAL, &answer))
    return answer;
  Registration *self = read_form (call);
  gint64 wait;
  if (!qc_portal_throttle_take (connection, subjects, call->now, &wait, error))
    return NULL;
  if (wait > 0) {
    answer = register_page (call, 429, NULL, "注册次数过多，请稍后再试。");
    qc_portal_add_retry_after (answer, wait);
    return answer;
  }
  check_fields (call, self);
  if (!check_known (call, connection, self, error))
    return NULL;
  return has_fault (self) ? refusal_page (call, self) : NULL;
}

static QcHttpAnswer *
hash_password (QcHttpCall *call, QcConnection *connection, GError **error)
{
  Registration *self = call->state;
  self->account.password = qc_password_hash (qc_http_call_field (call, "password"), call->center->cost, error);
  return NULL;
}

/* The account, its unit in practice, and a session. */
static QcHttpAnswer *
finish_register (QcHttpCall *call, QcConnection *connection, GError **error)
{
  Registration *self = call->state;
  g_autofree char *location = qc_portal_dup_address ("signed-in", qc_portal_get_request (call));
  g_autoptr (QcHttpAnswer) answer = qc_http_answer_redirect (location);
  g_autofree char *cookie = qc_portal_give_cookie (call, QC_PAGES_PORTAL, answer);
  /* Somebody else may have been quicker while the password was hashed. */
  if (!check_known (call, connection, self, error))
    return NULL;
  if (has_fault (self))
    return refusal_page (call, self);
  gint64 now;
  if (!qc_practice_clock_now (connection, call->now, &now, error))
    return NULL;
  gint64 id = qc_account_add (connection, &self->account, call->now, error);
  if (id == 0)
    return NULL;
  g_autofree char *unit = NULL;
  if (call->center->practice) {
    unit = qc_practice_data_create_unit (connection, self->account.credit_code, self->account.unit_name, now, error);
    if (unit == NULL)
      return NULL;
  }
  if (!qc_portal_session_begin (connection, cookie, id, call->now, error)
      || !qc_engine_log (connection, now, self->account.name, "register", unit, NULL, self->account.credit_code, error))
    return NULL;
  return g_steal_pointer (&answer);
}

const QcHttpRoute qc_portal_register_routes[] = {
    {"GET", "/portal/register", QC_HTTP_BODY_NONE, {{QC_HTTP_POOL, get_register}}},
    {"POST",
     "/portal/register",
     QC_HTTP_BODY_FORM,
     {{QC_HTTP_WRITE, post_register}, {QC_HTTP_POOL, hash_password}, {QC_HTTP_WRITE, finish_register}}},
    {NULL},
};
