/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Console: what its pages share, sign-in, and the list of incoming 汇缴. Database threads.
 */
#include "qc-console.h"

#include <string.h>

#include "qc-ascii.h"
#include "qc-digest.h"
#include "qc-practice-clock.h"
#include "qc-practice-data.h"
#include "qc-random.h"

#define PAGE_ROWS 50

/* ---- words ---- */

const char *
qc_console_state_word (QcApplicationState state)
{
  static const char *const words[QC_N_APPLICATION_STATES]
      = {"录入清册", "登记", "待审核", "已受理", "已办结", "已退回", "已取消", "已删除"};
  return words[state];
}

const char *
qc_console_draw_word (QcDrawResult draw)
{
  static const char *const words[] = {"", "划款中", "划款失败", "划款成功", "待银行答复"};
  return words[draw];
}

const char *
qc_console_method_word (QcMethod method)
{
  return method == QC_METHOD_COLLECTION ? "托收" : method == QC_METHOD_TRANSFER ? "非托收" : "";
}

const char *
qc_console_business_word (QcBusiness business)
{
  return g_dgettext (GETTEXT_PACKAGE, qc_business_info (business)->msgid);
}

const char *
qc_console_event_word (const char *event)
{
  static const struct {
    const char *event, *word;
  } words[] = {
      {"submitted", "提交办理"}, {"arrived", "到账"},         {"suspense", "转自暂存款"},
      {"finished", "办结"},      {"deleted", "删除"},         {"cancelled", "取消"},
      {"drawn", "划款成功"},     {"draw-failed", "划款失败"}, {"draw-unknown", "待银行答复"},
      {"redraw", "重新划款"},    {"approved", "审核通过"},    {"returned", "退回"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].event, event))
      return words[i].word;
  return event;
}

char *
qc_console_dup_month (QcMonth month)
{
  return month == QC_MONTH_NONE ? g_strdup ("")
                                : g_strdup_printf ("%d年%d月", qc_month_year (month), qc_month_number (month));
}

char *
qc_console_dup_months (QcMonth start, QcMonth end)
{
  g_autofree char *first = qc_console_dup_month (start);
  g_autofree char *last = qc_console_dup_month (end);
  return start == end ? g_steal_pointer (&first) : g_strdup_printf ("%s 至 %s", first, last);
}

/* ---- who ---- */

gboolean
qc_console_open (QcHttpCall *call, QcConnection *connection, QcAccount **out_account, QcHttpAnswer **out,
                 GError **error)
{
  g_autofree char *cookie = qc_portal_dup_cookie (call, QC_PAGES_CONSOLE);
  *out = NULL;
  g_autoptr (QcAccount) account = NULL;
  if (!qc_portal_session_find (connection, cookie, call->now, &account, error))
    return FALSE;
  if (account == NULL || !g_str_equal (account->kind, QC_ACCOUNT_STAFF)) {
    *out = qc_http_answer_redirect ("/console/sign-in");
    return FALSE;
  }
  *out_account = g_steal_pointer (&account);
  return TRUE;
}

gboolean
qc_console_open_form (QcHttpCall *call, QcConnection *connection, const char *role, QcAccount **out_account,
                      QcHttpAnswer **out, GError **error)
{
  g_autofree char *cookie = qc_portal_dup_cookie (call, QC_PAGES_CONSOLE);
  *out = NULL;
  g_autoptr (QcAccount) account = NULL;
  if (!qc_portal_check_origin (call, QC_PAGES_CONSOLE, out)
      || !qc_console_open (call, connection, &account, out, error))
    return FALSE;
  if (!qc_portal_is_own_form (call, QC_PAGES_CONSOLE)) {
    *out = qc_portal_page_message (call, QC_PAGES_CONSOLE, 403, "登录的人已经换了",
                                   "这个页面是另一次登录时打开的，没有办理。请返回上一页，刷新后再办理。");
    return FALSE;
  }
  if (role != NULL && !qc_account_has_role (account, role)) {
    *out = qc_portal_page_message (call, QC_PAGES_CONSOLE, 403, "没有这项权限",
                                   "您的岗位不能办理这项操作，请由相应岗位的同事办理。");
    return FALSE;
  }
  if (!qc_portal_session_touch (connection, cookie, call->now, error))
    return FALSE;
  *out_account = g_steal_pointer (&account);
  return TRUE;
}

/* The digest is over all that was filled in, in a fixed order. */
static char *
digest_form (const QcHttpCall *call)
{
  GList *names = g_list_sort (g_hash_table_get_keys (call->form), (GCompareFunc)strcmp);
  QcDigest *digest = qc_digest_new ();
  qc_digest_update (digest, (const guint8 *)call->path, strlen (call->path) + 1);
  for (GList *l = names; l != NULL; l = l->next) {
    const char *value = g_hash_table_lookup (call->form, l->data);
    if (g_str_equal (l->data, "csrf"))
      continue;
    qc_digest_update (digest, l->data, strlen (l->data) + 1);
    qc_digest_update (digest, (const guint8 *)value, strlen (value) + 1);
  }
  g_list_free (names);
  return qc_digest_finish_hex (digest);
}

/* By which rights of the center's staff something is done. */
static guint
actors_of (const QcAccount *account)
{
  static const struct {
    const char *role;
    QcActor actor;
  } rights[]
      = {{QC_ROLE_REVIEW, QC_ACTOR_REVIEWER}, {QC_ROLE_CASHIER, QC_ACTOR_CASHIER}, {QC_ROLE_COUNTER, QC_ACTOR_COUNTER}};
  guint actors = 0;
  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    if (qc_account_has_role (account, rights[i].role))
      actors |= rights[i].actor;
  return actors;
}

gboolean
qc_console_fill_call (QcHttpCall *call, QcConnection *connection, const QcAccount *account, const char *unit,
                      QcEngineCall *engine, char **digest, GError **error)
{
  const char *key = qc_http_call_field (call, "form");
  memset (engine, 0, sizeof *engine);
  engine->unit = unit;
  engine->actor = account->name;
  engine->if_match = -1;
  engine->actors = actors_of (account);
  if (qc_uuid_is_valid (key)) {
    *digest = digest_form (call);
    engine->key = key;
    engine->digest = *digest;
  }
  return qc_practice_clock_now (connection, call->now, &engine->now, error);
}

QcHttpAnswer *
qc_console_answer (QcOutcome *outcome, const char *location, char **out_sentence)
{
  g_autoptr (QcOutcome) owned = outcome;
  g_autofree char *target = g_strconcat (location, "?done=1", NULL);
  g_autoptr (GString) sentences = g_string_new (NULL);
  if (outcome->status == QC_OUTCOME_DONE)
    return qc_http_answer_redirect (target);
  for (guint i = 0; outcome->findings != NULL && i < outcome->findings->len; i++) {
    g_autofree char *sentence = qc_finding_dup_sentence (g_ptr_array_index (outcome->findings, i));
    g_autofree char *advice = qc_finding_dup_advice (g_ptr_array_index (outcome->findings, i));
    g_string_append_printf (sentences, "%s%s%s%s", sentences->len > 0 ? " " : "", sentence, advice != NULL ? " " : "",
                            advice != NULL ? advice : "");
  }
  if (outcome->status == QC_OUTCOME_KEY_REUSED)
    g_string_assign (sentences, "这个表单已经提交过，内容不同。请刷新页面后再办理。");
  else if (sentences->len == 0)
    g_string_assign (sentences, "这项操作没有办成，请刷新页面后再试。");
  *out_sentence = g_strdup (sentences->str);
  return NULL;
}

QcHttpAnswer *
qc_console_page (QcHttpCall *call, int status, const QcAccount *account, const char *name, const char *title,
                 const char *tab, QcHtml *values)
{
  g_autofree char *form = qc_random_uuid ();
  qc_html_set (values, "staff", account->name);
  qc_html_set (values, tab, "1");
  qc_html_set_flag (values, "done", g_str_equal (qc_http_call_query (call, "done"), "1"));
  qc_html_set_flag (values, "can_cashier", qc_account_has_role (account, QC_ROLE_CASHIER));
  qc_html_set_flag (values, "can_counter", qc_account_has_role (account, QC_ROLE_COUNTER));
  qc_html_set_flag (values, "can_review", qc_account_has_role (account, QC_ROLE_REVIEW));
  qc_html_set (values, "form", form);
  return qc_portal_page (call, QC_PAGES_CONSOLE, status, name, title, values);
}

gboolean
qc_console_add_reference (QcHtml *values, const QcHttpCall *call, QcConnection *connection, const char *unit,
                          GError **error)
{
  qc_html_set (values, "reference", qc_http_call_field (call, "reference"));
  if (!call->center->practice || *qc_http_call_field (call, "reference") != '\0')
    return TRUE;
  g_autofree char *next = qc_engine_dup_next_reference (connection, unit, error);
  qc_html_set (values, "reference", next);
  return next != NULL;
}

/* ---- sign-in ---- */

static QcHttpAnswer *
sign_in_page (QcHttpCall *call, int status, const char *fault)
{
  g_autoptr (QcHtml) values = qc_html_new ();
  qc_html_set (values, "user", qc_http_call_field (call, "user"));
  qc_html_set (values, "fault", fault);
  for (const QcPracticeAccount *a = qc_practice_data_staff (); call->center->practice && a->user != NULL; a++) {
    QcHtml *row = qc_html_add (values, "accounts");
    qc_html_set (row, "account_user", a->user);
    qc_html_set (row, "account_password", a->password);
    qc_html_set (row, "account_name", a->name);
    qc_html_set (row, "account_what", a->what);
  }
  return qc_portal_page (call, QC_PAGES_CONSOLE, status, "console-sign-in", "中心人员登录", values);
}

static QcHttpAnswer *
get_sign_in (QcHttpCall *call, QcConnection *connection, GError **error)
{
  return sign_in_page (call, 200, NULL);
}

static QcHttpAnswer *
post_sign_in (QcHttpCall *call, QcConnection *connection, GError **error)
{
  QcHttpAnswer *answer;
  if (!qc_portal_sign_in_begin (call, connection, QC_PAGES_CONSOLE, QC_ACCOUNT_STAFF, &answer, error))
    return answer;
  gint64 wait = ((QcPortalSignIn *)call->state)->wait;
  if (wait <= 0)
    return NULL;
  g_autofree char *sentence = qc_portal_dup_wait_sentence (wait);
  answer = sign_in_page (call, 429, sentence);
  qc_portal_add_retry_after (answer, wait);
  return answer;
}

static QcHttpAnswer *
finish_sign_in (QcHttpCall *call, QcConnection *connection, GError **error)
{
  if (!((QcPortalSignIn *)call->state)->right)
    return sign_in_page (call, 401, "账号或密码不正确。");
  g_autoptr (QcHttpAnswer) answer = qc_http_answer_redirect ("/console/signed-in");
  return qc_portal_sign_in_end (call, connection, answer, error) ? g_steal_pointer (&answer) : NULL;
}

static QcHttpAnswer *
get_signed_in (QcHttpCall *call, QcConnection *connection, GError **error)
{
  QcHttpAnswer *answer;
  return qc_portal_check_cookie (call, QC_PAGES_CONSOLE, &answer) ? qc_http_answer_redirect ("/console/") : answer;
}

static QcHttpAnswer *
post_sign_out (QcHttpCall *call, QcConnection *connection, GError **error)
{
  return qc_portal_sign_out (call, connection, QC_PAGES_CONSOLE, "/console/sign-in", error);
}

/* ---- the list ---- */

static void
add_row (QcHtml *values, const QcListedApplication *listed)
{
  const QcApplication *a = listed->application;
  QcHtml *row = qc_html_add (values, "rows");
  qc_html_set (row, "serial", a->serial);
  qc_html_set (row, "unit", listed->unit);
  qc_html_set (row, "unit_name", listed->unit_name);
  qc_html_set (row, "business", qc_console_business_word (a->business));
  qc_html_set (row, "method", a->method != QC_METHOD_NONE ? qc_console_method_word (a->method) : NULL);
  qc_html_set (row, "state", qc_console_state_word (a->state));
  qc_html_set (row, "state_class", qc_state_to_code (a->state));
  qc_html_set (row, "draw", qc_console_draw_word (a->draw));
  qc_html_set (row, "draw_class", qc_draw_to_code (a->draw));
  qc_html_take (row, "months", qc_console_dup_months (a->start, a->end));
  qc_html_take (row, "fen", qc_business_info (a->business)->has_money ? qc_money_to_string (a->fen) : NULL);
  qc_html_take (row, "missing",
                a->method == QC_METHOD_TRANSFER && qc_application_is_open (a)
                    ? qc_money_to_string (qc_application_missing (a))
                    : NULL);
  qc_html_take (row, "people",
                qc_business_is_of_people (a->business) ? g_strdup_printf ("%" G_GINT64_FORMAT, a->people) : NULL);
  qc_html_take (row, "created", qc_portal_dup_time (a->created));
}

static QcHttpAnswer *
get_list (QcHttpCall *call, QcConnection *connection, GError **error)
{
  gint64 page = g_ascii_strtoll (qc_http_call_query (call, "page"), NULL, 10);
  gboolean all = g_str_equal (qc_http_call_query (call, "state"), "all");
  g_autofree char *unit = qc_ascii_fold_code (qc_http_call_query (call, "unit"));
  QcApplicationQuery query = {*unit != '\0' ? unit : NULL, !all, PAGE_ROWS + 1, 0};
  g_autoptr (QcHtml) values = qc_html_new ();
  g_autoptr (QcAccount) account = NULL;
  QcHttpAnswer *answer;
  if (!qc_console_open (call, connection, &account, &answer, error))
    return answer;
  page = CLAMP (page, 0, 100000);
  query.offset = page * PAGE_ROWS;
  g_autoptr (GPtrArray) rows = qc_engine_list_applications (connection, &query, error);
  if (rows == NULL)
    return NULL;
  qc_html_add_list (values, "rows");
  for (guint i = 0; i < MIN (rows->len, PAGE_ROWS); i++)
    add_row (values, g_ptr_array_index (rows, i));
  qc_html_set (values, "unit_filter", unit);
  qc_html_set_flag (values, "all", all);
  if (rows->len > PAGE_ROWS)
    qc_html_set_int (values, "next", page + 1);
  if (page > 0)
    qc_html_take (values, "previous", g_strdup_printf ("%" G_GINT64_FORMAT, page - 1));
  return qc_console_page (call, 200, account, "console-list", "业务申请", "at_list", values);
}

const QcHttpRoute qc_console_routes[] = {
    {"GET", "/console/", QC_HTTP_BODY_NONE, {{QC_HTTP_READ, get_list}}},
    {"GET", "/console/sign-in", QC_HTTP_BODY_NONE, {{QC_HTTP_POOL, get_sign_in}}},
    {"GET", "/console/signed-in", QC_HTTP_BODY_NONE, {{QC_HTTP_POOL, get_signed_in}}},
    {"POST",
     "/console/sign-in",
     QC_HTTP_BODY_FORM,
     {{QC_HTTP_WRITE, post_sign_in}, {QC_HTTP_POOL, qc_portal_sign_in_verify}, {QC_HTTP_WRITE, finish_sign_in}}},
    {"POST", "/console/sign-out", QC_HTTP_BODY_FORM, {{QC_HTTP_WRITE, post_sign_out}}},
    {NULL},
};
