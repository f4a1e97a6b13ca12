/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Console: units with their money: 暂存款, arrivals without a remark, the collection agreement, the made-up bank
 * account of practice, and retroactive changes of base and ratios (decision 7). Database threads.
 */
#include "qc-console.h"

#include <string.h>

#include "qc-ascii.h"
#include "qc-month.h"

/* What a form of the page asks the engine for; NULL with *@out_fault for what was filled in wrongly. */
typedef QcOutcome *(*Work) (QcHttpCall *call, QcConnection *connection, const QcEngineCall *engine,
                            const char **out_fault, GError **error);

static const char AMOUNT_FAULT[] = "请填写金额，例如 12,345.67，最多两位小数。";
static const char MONTH_FAULT[] = "请填写年月，例如 2026-11。";

static QcOutcome *
arrival (QcHttpCall *call, QcConnection *connection, const QcEngineCall *engine, const char **out_fault, GError **error)
{
  QcMoney fen;
  if (!qc_money_parse (qc_http_call_field (call, "amount"), &fen) || fen == 0) {
    *out_fault = AMOUNT_FAULT;
    return NULL;
  }
  return qc_engine_confirm_arrival (connection, engine, NULL, fen, qc_http_call_field (call, "reference"), error);
}

static QcOutcome *
balance (QcHttpCall *call, QcConnection *connection, const QcEngineCall *engine, const char **out_fault, GError **error)
{
  QcMoney fen;
  if (!qc_money_parse (qc_http_call_field (call, "amount"), &fen)) {
    *out_fault = AMOUNT_FAULT;
    return NULL;
  }
  return qc_engine_set_bank_balance (connection, engine, fen, error);
}

static QcOutcome *
answers (QcHttpCall *call, QcConnection *connection, const QcEngineCall *engine, const char **out_fault, GError **error)
{
  return qc_engine_set_bank_answers (connection, engine, g_str_equal (qc_http_call_field (call, "answers"), "yes"),
                                     error);
}

static QcOutcome *
sign_agreement (QcHttpCall *call, QcConnection *connection, const QcEngineCall *engine, const char **out_fault,
                GError **error)
{
  return qc_engine_sign_agreement (connection, engine, qc_http_call_field (call, "bank"),
                                   qc_http_call_field (call, "account"), error);
}

static QcOutcome *
end_agreement (QcHttpCall *call, QcConnection *connection, const QcEngineCall *engine, const char **out_fault,
               GError **error)
{
  return qc_engine_end_agreement (connection, engine, error);
}

static QcOutcome *
change_base (QcHttpCall *call, QcConnection *connection, const QcEngineCall *engine, const char **out_fault,
             GError **error)
{
  g_autofree char *person = qc_ascii_fold_code (qc_http_call_field (call, "person"));
  QcMonth from = qc_month_parse (qc_http_call_field (call, "from"));
  QcMoney base;
  if (*person == '\0')
    *out_fault = "请填写个人账号。";
  else if (from == QC_MONTH_NONE)
    *out_fault = MONTH_FAULT;
  else if (!qc_money_parse (qc_http_call_field (call, "base"), &base))
    *out_fault = AMOUNT_FAULT;
  else
    return qc_engine_change_base (connection, engine, person, from, base, error);
  return NULL;
}

static QcOutcome *
change_ratios (QcHttpCall *call, QcConnection *connection, const QcEngineCall *engine, const char **out_fault,
               GError **error)
{
  QcMonth from = qc_month_parse (qc_http_call_field (call, "from"));
  QcRatio unit, personal;
  if (from == QC_MONTH_NONE)
    *out_fault = MONTH_FAULT;
  else if (!qc_ratio_parse (qc_http_call_field (call, "unit_ratio"), &unit)
           || !qc_ratio_parse (qc_http_call_field (call, "personal_ratio"), &personal))
    *out_fault = "请填写缴存比例，例如 12%。";
  else
    return qc_engine_change_ratios (connection, engine, from, unit, personal, error);
  return NULL;
}

static const struct {
  const char *name, *role;
  gboolean practice; /* only there */
  Work work;
} forms[] = {
    {"arrival", QC_ROLE_CASHIER, FALSE, arrival},
    {"balance", NULL, TRUE, balance},
    {"answers", NULL, TRUE, answers},
    {"agreement", QC_ROLE_COUNTER, FALSE, sign_agreement},
    {"end-agreement", QC_ROLE_COUNTER, FALSE, end_agreement},
    {"base", QC_ROLE_COUNTER, FALSE, change_base},
    {"ratios", QC_ROLE_COUNTER, FALSE, change_ratios},
};

/* ---- the page ---- */

static void
add_unit (QcHtml *values, const QcUnit *unit)
{
  qc_html_set (values, "unit", unit->account);
  qc_html_set (values, "unit_name", unit->name);
  qc_html_set (values, "credit_code", unit->credit_code);
  qc_html_take (values, "paid_to", qc_console_dup_month (unit->paid_to));
  qc_html_take (values, "due", qc_console_dup_month (qc_unit_due_month (unit)));
  qc_html_set_int (values, "headcount", unit->headcount);
  qc_html_set_int (values, "sealed", unit->sealed_count);
  qc_html_take (values, "balance", qc_money_to_string (unit->balance));
  qc_html_take (values, "suspense", qc_money_to_string (unit->suspense));
  qc_html_set (values, "agreement_bank", unit->agreement_bank);
  qc_html_set (values, "agreement_account", unit->agreement_account);
  qc_html_set_flag (values, "agreement", unit->agreement_account != NULL);
  qc_html_take (values, "known_balance",
                unit->agreement_balance >= 0 ? qc_money_to_string (unit->agreement_balance) : g_strdup ("未知"));
  qc_html_take (values, "known_time", qc_portal_dup_time (unit->agreement_balance_time));
}

static void
add_bank (QcHtml *values, QcBankAccount *bank)
{
  if (bank == NULL)
    return;
  qc_html_set (values, "bank", bank->bank);
  qc_html_set (values, "bank_account", bank->account);
  qc_html_set (values, "entered_bank", bank->bank);
  qc_html_set (values, "entered_account", bank->account);
  qc_html_take (values, "bank_balance", qc_money_to_string (bank->balance));
  qc_html_take (values, "bank_balance_plain", qc_money_to_plain (bank->balance));
  qc_html_set_flag (values, "bank_answers", bank->answers);
  qc_bank_account_free (bank);
}

/* What was filled in stays, beside what is said about it. */
static void
add_entered (QcHtml *values, const QcHttpCall *call)
{
  const char *bank = qc_http_call_field (call, "bank"), *account = qc_http_call_field (call, "account");
  if (*bank != '\0' || *account != '\0') {
    qc_html_set (values, "entered_bank", bank);
    qc_html_set (values, "entered_account", account);
  }
  if (g_str_equal (call->params[1] != NULL ? call->params[1] : "", "arrival"))
    qc_html_set (values, "entered_amount", qc_http_call_field (call, "amount"));
}

static void
add_movements (QcHtml *values, const GPtrArray *movements)
{
  qc_html_add_list (values, "movements");
  for (guint i = 0; i < movements->len; i++) {
    const QcMovement *m = g_ptr_array_index (movements, i);
    QcHtml *row = qc_html_add (values, "movements");
    const char *kind = g_str_equal (m->kind, "draw")      ? "托收划款"
                       : g_str_equal (m->kind, "arrival") ? "到账"
                       : g_str_equal (m->kind, "booking") ? "入账"
                                                          : m->kind;
    qc_html_take (row, "time", qc_portal_dup_time (m->time));
    qc_html_set (row, "kind", kind);
    qc_html_take (row, "fen", qc_money_to_string (m->fen));
    qc_html_take (row, "after", qc_money_to_string (m->balance_after));
    qc_html_set (row, "serial", m->serial);
    qc_html_set (row, "text", m->text);
  }
}

static QcHttpAnswer *
page (QcHttpCall *call, QcConnection *connection, int status, const QcAccount *account, const char *fault,
      GError **error)
{
  g_autoptr (QcHtml) values = qc_html_new ();
  GError *missing = NULL;

  g_autoptr (QcUnit) unit = qc_engine_load_unit (connection, call->params[0], &missing);
  if (unit == NULL && g_error_matches (missing, QC_ENGINE_ERROR, QC_ENGINE_ERROR_MISSING)) {
    g_error_free (missing);
    return qc_portal_page_fallback (call, 404);
  }
  if (unit == NULL) {
    g_propagate_error (error, missing);
    return NULL;
  }
  QcBankAccount *bank = qc_engine_load_bank_account (connection, unit->account, &missing);
  add_bank (values, bank);
  g_autoptr (GPtrArray) movements
      = missing == NULL ? qc_engine_list_movements (connection, unit->account, 30, 0, &missing) : NULL;
  if (movements == NULL) {
    g_propagate_error (error, missing);
    return NULL;
  }
  add_unit (values, unit);
  add_movements (values, movements);
  add_entered (values, call);
  if (!qc_console_add_reference (values, call, connection, unit->account, error))
    return NULL;
  qc_html_set (values, "fault", fault);
  return qc_console_page (call, status, account, "console-unit", unit->name, "at_units", values);
}

static QcHttpAnswer *
get_unit (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (QcAccount) account = NULL;
  QcHttpAnswer *answer;
  if (!qc_console_open (call, connection, &account, &answer, error))
    return answer;
  return page (call, connection, 200, account, NULL, error);
}

static QcHttpAnswer *
run_form (QcHttpCall *call, QcConnection *connection, const QcAccount *account, Work work, GError **error)
{
  g_autofree char *location = g_strconcat ("/console/units/", call->params[0], NULL);
  g_autofree char *digest = NULL;
  QcEngineCall engine;
  if (!qc_console_fill_call (call, connection, account, call->params[0], &engine, &digest, error))
    return NULL;
  GError *missing = NULL;
  const char *fault = NULL;
  QcOutcome *outcome = work (call, connection, &engine, &fault, &missing);
  if (outcome == NULL && fault == NULL && !g_error_matches (missing, QC_ENGINE_ERROR, QC_ENGINE_ERROR_MISSING)) {
    g_propagate_error (error, missing);
    return NULL;
  }
  if (outcome == NULL) {
    g_clear_error (&missing);
    return page (call, connection, 422, account, fault != NULL ? fault : "没有找到，请核对后再填。", error);
  }
  g_autofree char *sentence = NULL;
  QcHttpAnswer *answer = qc_console_answer (outcome, location, &sentence);
  return answer != NULL ? answer : page (call, connection, 422, account, sentence, error);
}

static QcHttpAnswer *
post_form (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (QcAccount) account = NULL;
  QcHttpAnswer *answer;
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    if (!g_str_equal (forms[i].name, call->params[1]) || (forms[i].practice && !call->center->practice))
      continue;
    if (!qc_console_open_form (call, connection, forms[i].role, &account, &answer, error))
      return answer;
    return run_form (call, connection, account, forms[i].work, error);
  }
  return qc_portal_page_fallback (call, 404);
}

/* ---- all units ---- */

static QcHttpAnswer *
get_units (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (QcHtml) values = qc_html_new ();
  g_autoptr (QcAccount) account = NULL;
  QcHttpAnswer *answer;
  if (!qc_console_open (call, connection, &account, &answer, error))
    return answer;
  g_autoptr (GPtrArray) units = qc_engine_list_units (connection, error);
  if (units == NULL)
    return NULL;
  qc_html_add_list (values, "rows");
  for (guint i = 0; i < units->len; i++)
    add_unit (qc_html_add (values, "rows"), g_ptr_array_index (units, i));
  return qc_console_page (call, 200, account, "console-units", "单位", "at_units", values);
}

const QcHttpRoute qc_console_unit_routes[] = {
    {"GET", "/console/units", QC_HTTP_BODY_NONE, {{QC_HTTP_READ, get_units}}},
    {"GET", "/console/units/*", QC_HTTP_BODY_NONE, {{QC_HTTP_READ, get_unit}}},
    {"POST", "/console/units/*/*", QC_HTTP_BODY_FORM, {{QC_HTTP_WRITE, post_form}}},
    {NULL},
};
