/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Console: one business with its months, facts and timeline, 到账确认, and asking the bank about a draw. Database
 * threads.
 */
#include "qc-console.h"

#include <glib/gi18n-lib.h>

#include "qc-month.h"
#include "qc-unit-field.h"

static char *
dup_location (const QcHttpCall *call)
{
  return g_strdup_printf ("/console/units/%s/applications/%s", call->params[0], call->params[1]);
}

static void
add_months (QcHtml *values, const QcApplication *a)
{
  for (guint i = 0; i < a->months->len; i++) {
    const QcMonthLine *line = &g_array_index (a->months, QcMonthLine, i);
    QcHtml *row = qc_html_add (values, "months");
    qc_html_take (row, "month", qc_console_dup_month (line->month));
    qc_html_set_int (row, "people", line->people);
    qc_html_set_int (row, "previous_people", line->previous_people);
    qc_html_set_int (row, "added_people", line->added_people);
    qc_html_set_int (row, "removed_people", line->removed_people);
    qc_html_take (row, "previous_fen", qc_money_to_string (line->previous_fen));
    qc_html_take (row, "added_fen", qc_money_to_string (line->added_fen));
    qc_html_take (row, "removed_fen", qc_money_to_string (line->removed_fen));
    qc_html_take (row, "month_fen", qc_money_to_string (qc_month_line_fen (line)));
  }
}

/* What each was and became; the words of codes, as the clerk saw them. */
static gboolean
add_changes (QcHtml *values, QcConnection *connection, const QcApplication *a, GError **error)
{
  g_autoptr (GPtrArray) facts = qc_engine_load_facts_of (connection, a->serial, error);
  g_autoptr (GPtrArray) codes = facts != NULL ? qc_engine_load_codes (connection, error) : NULL;
  if (codes == NULL)
    return FALSE;
  qc_html_add_list (values, "changes");
  qc_html_set_flag (values, "has_changes", facts->len > 0);
  for (guint i = 0; i < facts->len; i++) {
    const QcFact *fact = g_ptr_array_index (facts, i);
    const QcUnitField *field = qc_unit_field_find (fact->name);
    QcHtml *row = qc_html_add (values, "changes");
    qc_html_set (row, "name", field != NULL ? g_dgettext (GETTEXT_PACKAGE, field->msgid) : fact->name);
    qc_html_take (row, "before", field != NULL ? qc_unit_field_dup_shown (field, fact->before, codes) : NULL);
    qc_html_take (row, "value", field != NULL ? qc_unit_field_dup_shown (field, fact->value, codes) : NULL);
  }
  return TRUE;
}

void
qc_console_add_timeline (QcHtml *values, const QcApplication *a)
{
  for (guint i = 0; i < a->timeline->len; i++) {
    const QcTimelineEntry *entry = g_ptr_array_index (a->timeline, i);
    QcHtml *row = qc_html_add (values, "timeline");
    const char *actor = g_str_equal (entry->actor, "center") ? "中心"
                        : g_str_equal (entry->actor, "bank") ? "银行"
                                                             : entry->actor;
    qc_html_take (row, "time", qc_portal_dup_time (entry->time));
    qc_html_set (row, "actor", actor);
    qc_html_set (row, "event", qc_console_event_word (entry->event));
    qc_html_set (row, "text", entry->text);
    qc_html_take (row, "event_fen", entry->fen != 0 ? qc_money_to_string (entry->fen) : NULL);
  }
}

static void
add_facts (QcHtml *values, const QcUnit *unit, const QcApplication *a)
{
  QcMoney missing = qc_application_missing (a);
  qc_html_set (values, "serial", a->serial);
  qc_html_set (values, "business", qc_console_business_word (a->business));
  qc_html_set_flag (values, "has_money", qc_business_info (a->business)->has_money);
  qc_html_set (values, "unit", unit->account);
  qc_html_set (values, "unit_name", unit->name);
  qc_html_take (values, "suspense", qc_money_to_string (unit->suspense));
  qc_html_set (values, "method", qc_console_method_word (a->method));
  qc_html_set (values, "state", qc_console_state_word (a->state));
  qc_html_set (values, "state_class", qc_state_to_code (a->state));
  qc_html_set (values, "draw", qc_console_draw_word (a->draw));
  qc_html_set (values, "draw_class", qc_draw_to_code (a->draw));
  qc_html_set (values, "draw_reason", a->draw_reason);
  qc_html_take (values, "range", qc_console_dup_months (a->start, a->end));
  qc_html_set_int (values, "total_people", a->people);
  qc_html_take (values, "total_fen", qc_money_to_string (a->fen));
  qc_html_take (values, "arrived", qc_money_to_string (a->arrived));
  qc_html_take (values, "missing", qc_money_to_string (missing));
  qc_html_take (values, "created", qc_portal_dup_time (a->created));
  qc_html_take (values, "finished", qc_portal_dup_time (a->finished));
  qc_html_set_flag (values, "awaits", qc_application_missing (a) > 0);
  qc_html_set_flag (values, "reviewed", qc_business_info (a->business)->run == QC_RUN_REVIEWED);
  qc_html_set_flag (values, "silent", a->draw == QC_DRAW_UNKNOWN);
}

static QcHttpAnswer *
page (QcHttpCall *call, QcConnection *connection, int status, const QcAccount *account, const char *fault,
      GError **error)
{
  g_autoptr (QcHtml) values = qc_html_new ();
  g_autoptr (GError) missing = NULL;

  g_autoptr (QcApplication) application
      = qc_engine_load_application (connection, call->params[0], call->params[1], &missing);
  g_autoptr (QcUnit) unit = NULL;
  if (application != NULL)
    unit = qc_engine_load_unit (connection, call->params[0], &missing);
  if (unit == NULL && !g_error_matches (missing, QC_ENGINE_ERROR, QC_ENGINE_ERROR_MISSING)) {
    g_propagate_error (error, g_steal_pointer (&missing));
    return NULL;
  }
  if (unit == NULL)
    return qc_portal_page_fallback (call, 404);
  add_facts (values, unit, application);
  add_months (values, application);
  qc_console_add_timeline (values, application);
  qc_html_set (values, "fault", fault);
  if (!add_changes (values, connection, application, error)
      || !qc_console_add_reference (values, call, connection, unit->account, error))
    return NULL;
  qc_html_take (values, "entered",
                *qc_http_call_field (call, "amount") != '\0'
                    ? g_strdup (qc_http_call_field (call, "amount"))
                    : qc_money_to_plain (qc_application_missing (application)));
  return qc_console_page (call, status, account, "console-application", "业务详情", "at_list", values);
}

static QcHttpAnswer *
get_application (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (QcAccount) account = NULL;
  QcHttpAnswer *answer;
  if (!qc_console_open (call, connection, &account, &answer, error))
    return answer;
  return page (call, connection, 200, account, NULL, error);
}

static QcHttpAnswer *
post_arrival (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autofree char *location = dup_location (call);
  g_autoptr (QcAccount) account = NULL;
  QcHttpAnswer *answer;
  if (!qc_console_open_form (call, connection, QC_ROLE_CASHIER, &account, &answer, error))
    return answer;
  QcMoney fen;
  if (!qc_money_parse (qc_http_call_field (call, "amount"), &fen) || fen == 0)
    return page (call, connection, 422, account, "请填写到账金额，例如 12,345.67，最多两位小数。", error);
  QcEngineCall engine;
  g_autofree char *digest = NULL;
  if (!qc_console_fill_call (call, connection, account, call->params[0], &engine, &digest, error))
    return NULL;
  QcOutcome *outcome = qc_engine_confirm_arrival (connection, &engine, call->params[1], fen,
                                                  qc_http_call_field (call, "reference"), error);
  if (outcome == NULL)
    return NULL;
  g_autofree char *sentence = NULL;
  answer = qc_console_answer (outcome, location, &sentence);
  return answer != NULL ? answer : page (call, connection, 422, account, sentence, error);
}

static QcHttpAnswer *
post_ask (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autofree char *location = dup_location (call);
  g_autoptr (QcAccount) account = NULL;
  QcHttpAnswer *answer;
  if (!qc_console_open_form (call, connection, QC_ROLE_CASHIER, &account, &answer, error))
    return answer;
  QcEngineCall engine;
  g_autofree char *digest = NULL;
  if (!qc_console_fill_call (call, connection, account, call->params[0], &engine, &digest, error))
    return NULL;
  QcOutcome *outcome = qc_engine_ask_bank (connection, &engine, call->params[1], error);
  if (outcome == NULL)
    return NULL;
  g_autofree char *sentence = NULL;
  answer = qc_console_answer (outcome, location, &sentence);
  return answer != NULL ? answer : page (call, connection, 422, account, sentence, error);
}

const QcHttpRoute qc_console_application_routes[] = {
    {"GET", "/console/units/*/applications/*", QC_HTTP_BODY_NONE, {{QC_HTTP_READ, get_application}}},
    {"POST", "/console/units/*/applications/*/arrival", QC_HTTP_BODY_FORM, {{QC_HTTP_WRITE, post_arrival}}},
    {"POST", "/console/units/*/applications/*/ask-bank", QC_HTTP_BODY_FORM, {{QC_HTTP_WRITE, post_ask}}},
    {NULL},
};
