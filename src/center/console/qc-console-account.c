/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Console: verifying the accounts of legal persons, and the log. Database threads.
 */
#include "qc-console.h"

#include <string.h>

#define LOG_ROWS 100

static QcHttpAnswer *
get_accounts (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (QcHtml) values = qc_html_new ();
  g_autoptr (QcAccount) account = NULL;
  QcHttpAnswer *answer;
  if (!qc_console_open (call, connection, &account, &answer, error))
    return answer;
  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection,
      "SELECT id, user, name, credit_code, coalesce (nullif (unit_name, ''), (SELECT group_concat (u.name, '、') FROM"
      " unit AS u WHERE u.credit_code = portal_account.credit_code OR u.account IN (SELECT unit FROM"
      " portal_account_unit WHERE account = portal_account.id))), verified,"
      " created FROM portal_account WHERE kind = 'legal' ORDER BY verified, id DESC LIMIT 500",
      error);
  qc_html_add_list (values, "rows");
  gboolean has_row;
  while (s != NULL && qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return qc_console_page (call, 200, account, "console-accounts", "法人账号", "at_accounts", values);
    QcHtml *row = qc_html_add (values, "rows");
    qc_html_set_int (row, "id", qc_statement_get_int (s, 0));
    qc_html_set (row, "user", qc_statement_get_text (s, 1));
    qc_html_set (row, "name", qc_statement_get_text (s, 2));
    qc_html_set (row, "credit_code", qc_statement_get_text (s, 3));
    qc_html_set (row, "unit_name", qc_statement_get_text (s, 4));
    qc_html_set_flag (row, "verified", qc_statement_get_int (s, 5) != 0);
    qc_html_take (row, "created", qc_portal_dup_time (qc_statement_get_int (s, 6)));
  }
  return NULL;
}

static QcHttpAnswer *
post_verify (QcHttpCall *call, QcConnection *connection, GError **error)
{
  gint64 id = g_ascii_strtoll (call->params[0], NULL, 10);
  g_autoptr (QcAccount) account = NULL;
  QcHttpAnswer *answer;
  if (!qc_console_open_form (call, connection, QC_ROLE_REVIEW, &account, &answer, error))
    return answer;
  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection, "UPDATE portal_account SET verified = 1 WHERE id = ? AND kind = 'legal'", error);
  if (s == NULL)
    return NULL;
  qc_statement_bind_int (s, 1, id);
  g_autofree char *detail = g_strdup_printf ("account %" G_GINT64_FORMAT, id);
  QcEngineCall engine;
  g_autofree char *digest = NULL;
  if (!qc_statement_run (s, error) || !qc_console_fill_call (call, connection, account, "", &engine, &digest, error)
      || !qc_engine_log (connection, engine.now, account->name, "verify-account", NULL, NULL, detail, error))
    return NULL;
  return qc_http_answer_redirect ("/console/accounts?done=1");
}

/* ---- log ---- */

static const char *
action_word (const char *action)
{
  static const struct {
    const char *action, *word;
  } words[] = {
      {"practice-begun", "演练开始"},
      {"advance", "演练日期前进"},
      {"set-arrival-delay", "设置自动到账"},
      {"portal-sign-in", "门户登录"},
      {"console-sign-in", "业务台登录"},
      {"register", "法人注册"},
      {"register-unit", "编造单位"},
      {"grant", "授权客户端"},
      {"grant-refused", "拒绝授权"},
      {"verify-account", "核验法人账号"},
      {"delete", "删除"},
      {"cancel", "取消"},
      {"redraw", "重新划款"},
      {"retirement", "登记退休信息"},
      {"confirm-arrival", "到账确认"},
      {"ask-bank", "向银行查询"},
      {"sign-agreement", "签订托收协议"},
      {"end-agreement", "终止托收协议"},
      {"set-bank-balance", "修改演练余额"},
      {"set-bank-answers", "设置银行答复"},
      {"change-base", "更正缴存基数"},
      {"change-ratios", "更正缴存比例"},
      {"approve", "审核通过"},
      {"return", "退回"},
      {"review-claim", "开始审核"},
      {"review-take-over", "接手审核"},
      {"review-release", "放弃审核"},
      {"set-review-practice", "设置演练审核"},
      {"voucher", "出具凭证"},
      {"phone-issued", "发放手机传图地址"},
      {"receiver-asked", "查询转入单位"},
      {"transfer-received", "转入职工"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].action, action))
      return words[i].word;
  return action;
}

/* A business that is handed in is called by its name. */
static char *
dup_action (const char *action)
{
  for (guint i = 0; g_str_has_prefix (action, "submit-") && i < QC_N_BUSINESSES; i++)
    if (g_strcmp0 (action + strlen ("submit-"), qc_business_info (i)->code) == 0)
      return g_strconcat ("提交", qc_console_business_word (i), NULL);
  return g_strdup (action_word (action));
}

static gboolean
are_codes (char *const *words)
{
  for (; *words; words++)
    if (!g_regex_match_simple ("^[a-z][a-z-]*(\\.[a-z-]+)+$", *words, 0, 0))
      return FALSE;
  return TRUE;
}

/* Codes of findings become their headlines; whatever else was noted stays as it is. */
static char *
dup_detail (const char *detail)
{
  gboolean refused = detail && g_str_has_prefix (detail, "refused: ");
  g_auto (GStrv) words = g_strsplit (detail ? detail + (refused ? strlen ("refused: ") : 0) : "", " ", -1);
  if (!words[0] || !are_codes (words))
    return g_strdup (detail);
  g_autoptr (GString) text = g_string_new (refused ? "未予办理：" : "提示：");
  for (guint i = 0; words[i]; i++) {
    g_autoptr (QcFinding) finding = qc_finding_new_received (words[i], QC_SEVERITY_ERROR);
    g_autofree char *headline = qc_finding_dup_group (finding);
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", headline);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static QcHttpAnswer *
get_log (QcHttpCall *call, QcConnection *connection, GError **error)
{
  gint64 page = CLAMP (g_ascii_strtoll (qc_http_call_query (call, "page"), NULL, 10), 0, 1000000);
  const char *unit = qc_http_call_query (call, "unit");
  g_autoptr (QcHtml) values = qc_html_new ();
  g_autoptr (QcAccount) account = NULL;
  QcHttpAnswer *answer;
  if (!qc_console_open (call, connection, &account, &answer, error))
    return answer;
  g_autoptr (GPtrArray) rows
      = qc_engine_list_log (connection, *unit != '\0' ? unit : NULL, LOG_ROWS + 1, page * LOG_ROWS, error);
  if (rows == NULL)
    return NULL;
  qc_html_add_list (values, "rows");
  for (guint i = 0; i < MIN (rows->len, LOG_ROWS); i++) {
    const QcLogEntry *entry = g_ptr_array_index (rows, i);
    QcHtml *row = qc_html_add (values, "rows");
    qc_html_set_int (row, "id", entry->id);
    qc_html_take (row, "time", qc_portal_dup_time (entry->time));
    qc_html_set (row, "actor", g_str_equal (entry->actor, "center") ? "中心" : entry->actor);
    qc_html_take (row, "action", dup_action (entry->action));
    qc_html_set (row, "unit", entry->unit);
    qc_html_set (row, "serial", entry->serial);
    qc_html_take (row, "detail", dup_detail (entry->detail));
    qc_html_take (row, "hash", g_strndup (entry->hash, 12));
  }
  qc_html_set (values, "unit_filter", unit);
  if (rows->len > LOG_ROWS)
    qc_html_set_int (values, "next", page + 1);
  return qc_console_page (call, 200, account, "console-log", "日志", "at_log", values);
}

const QcHttpRoute qc_console_account_routes[] = {
    {"GET", "/console/accounts", QC_HTTP_BODY_NONE, {{QC_HTTP_READ, get_accounts}}},
    {"POST", "/console/accounts/*/verify", QC_HTTP_BODY_FORM, {{QC_HTTP_WRITE, post_verify}}},
    {"GET", "/console/log", QC_HTTP_BODY_NONE, {{QC_HTTP_READ, get_log}}},
    {NULL},
};
