/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Commands about applications: applications, application, redraw, delete, cancel, reopen; and following a draw to its
 * end. Main thread.
 */
#include "qc-cli.h"

#include <glib/gi18n.h>

#include "qc-application-lines.h"
#include "qc-application-service.h"
#include "qc-cli-out.h"
#include "qc-fact.h"
#include "qc-format.h"
#include "qc-reopen.h"
#include "qc-return-reason.h"
#include "qc-unit-field.h"

#define LINES_PATIENCE (60 * 60) /* seconds for a roster: each page of it has a limit of its own */

/* --- showing --- */

static void
print_application (const QcApplication *application)
{
  QcLine *line = qc_line_new ("application");
  qc_line_text (line, "serial", application->serial);
  qc_line_text (line, "key", application->key);
  qc_line_text (line, "business", qc_business_info (application->business)->code);
  qc_line_text (line, "state", qc_state_to_code (application->state));
  qc_line_text (line, "method", qc_method_to_code (application->method));
  qc_line_text (line, "draw", qc_draw_to_code (application->draw));
  qc_line_int (line, "draw_number", application->draw_number);
  qc_line_text (line, "draw_reason", application->draw_reason);
  qc_line_text (line, "return_reason", application->return_reason);
  qc_line_text (line, "replaces", application->replaces);
  qc_line_text (line, "replaced_by", application->replaced_by);
  qc_line_month (line, "start", application->start);
  qc_line_month (line, "end", application->end);
  qc_line_month (line, "effective", application->effective);
  qc_line_int (line, "people", application->people);
  qc_line_int (line, "fen", application->fen);
  qc_line_int (line, "arrived", application->arrived);
  qc_line_int (line, "missing", qc_application_missing (application));
  qc_line_int (line, "created", application->created);
  if (application->finished)
    qc_line_int (line, "finished", application->finished);
  qc_line_int (line, "revision", application->revision);
  qc_line_print (line);
}

static QcCliTable *
application_table (void)
{
  return qc_cli_table_new ("lllrrll", _ ("Serial number"), _ ("Business"), _ ("Months"), _ ("Headcount"), _ ("Amount"),
                           _ ("State"), _ ("Time"));
}

static void
add_application (QcCliTable *table, QcApplicationRow *row)
{
  const QcApplication *application = qc_application_row_get_application (row);
  QcMoney money;
  g_autofree char *months = qc_format_months (application->start, application->end);
  g_autofree char *people
      = qc_business_is_of_people (application->business) ? qc_format_count (application->people) : NULL;
  g_autofree char *fen = qc_application_row_get_fen (row, &money) ? qc_format_money (money) : NULL;
  g_autofree char *time = qc_format_date_time (application->created);
  g_autofree char *state = g_strdup (_ (qc_state_to_msgid (application->state)));
  if (application->state == QC_STATE_REGISTERED && application->draw != QC_DRAW_NONE) {
    g_autofree char *plain = g_steal_pointer (&state);
    state = g_strdup_printf ("%s · %s", plain, _ (qc_draw_to_msgid (application->draw)));
  }
  qc_cli_table_add (table, application->serial, _ (qc_business_info (application->business)->msgid), months, people,
                    fen, state, time);
}

void
qc_cli_show_months (QcCli *cli, const GArray *lines)
{
  QcCliTable *table
      = qc_cli_table_new ("lrrrrrrrr", _ ("Month"), _ ("Previous people"), _ ("Previous amount"), _ ("Added"),
                          _ ("Added amount"), _ ("Removed"), _ ("Removed amount"), _ ("Headcount"), _ ("Amount"));
  for (guint i = 0; i < lines->len; i++) {
    const QcMonthLine *month = &g_array_index (lines, QcMonthLine, i);
    g_autofree char *name = qc_format_month (month->month);
    const gint64 people[] = {month->previous_people, month->added_people, month->removed_people, month->people};
    const gint64 fen[] = {month->previous_fen, month->added_fen, month->removed_fen, qc_month_line_fen (month)};
    static const char *const names[] = {"previous", "added", "removed", "current"};
    g_auto (GStrv) cells = g_new0 (char *, 9);
    QcLine *line = cli->json ? qc_line_new ("month") : NULL;
    if (line)
      qc_line_month (line, "month", month->month);
    for (guint j = 0; j < G_N_ELEMENTS (names); j++) {
      g_autofree char *people_name = g_strconcat (names[j], "_people", NULL);
      g_autofree char *fen_name = g_strconcat (names[j], "_fen", NULL);
      if (line) {
        qc_line_int (line, people_name, people[j]);
        qc_line_int (line, fen_name, fen[j]);
      }
      cells[2 * j] = qc_format_count (people[j]);
      cells[2 * j + 1] = qc_format_money (fen[j]);
    }
    if (line) {
      qc_line_int (line, "unit_fen", month->unit_fen);
      qc_line_int (line, "personal_fen", month->personal_fen);
      qc_line_print (line);
      continue;
    }
    qc_cli_table_add (table, name, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7]);
  }
  qc_cli_table_print (table);
}

/* As on the wire: amounts in fen, months YYYYMM, codes as codes, and beside these the center's word. */
static void
add_cell (QcLine *line, const QcRosterLine *roster_line, QcLineFieldId id, const char *cell)
{
  const QcLineField *field = qc_line_field (id);
  if (qc_line_get_raw (roster_line, id)) {
    qc_line_text (line, field->name, cell);
    return;
  }
  g_autofree char *word = g_strconcat (field->name, "_word", NULL);
  switch (field->type) {
  case QC_FIELD_TEXT:
    qc_line_text (line, field->name, cell);
    break;
  case QC_FIELD_CODE:
    qc_line_text (line, field->name, qc_line_get_text (roster_line, id));
    qc_line_text (line, word, cell);
    break;
  case QC_FIELD_CLASS:
    qc_line_text (line, field->name,
                  qc_retirement_class_to_code ((QcRetirementClass)qc_line_get_int (roster_line, id)));
    break;
  case QC_FIELD_MONEY:
  case QC_FIELD_DIFFERENCE:
  case QC_FIELD_CHANGE:
  case QC_FIELD_NUMBER:
  case QC_FIELD_MONTH:
  case QC_FIELD_DATE:
  case QC_FIELD_STATUS:
  case QC_FIELD_SEX:
  case QC_FIELD_FLAG:
  default:
    qc_line_int (line, field->name, qc_line_get_int (roster_line, id));
  }
}

void
qc_cli_show_roster (QcCli *cli, QcBusiness business, const QcRoster *roster, const GPtrArray *codes)
{
  const QcBusinessInfo *info = qc_business_info (business);
  for (guint i = 0; i < roster->lines->len; i++) {
    const QcRosterLine *roster_line = g_ptr_array_index (roster->lines, i);
    QcLine *line = cli->json ? qc_line_new ("line") : NULL;
    g_autoptr (GString) words = g_string_new (" ");
    if (line)
      qc_line_int (line, "line", roster_line->id);
    for (guint c = 0; c < info->n_columns; c++) {
      QcLineFieldId field = info->columns[c].field;
      g_autofree char *cell = qc_roster_dup_text (business, codes, roster_line, field);
      if (!*cell)
        continue;
      if (line)
        add_cell (line, roster_line, field, cell);
      else if (!(info->columns[c].flags & QC_COLUMN_HIDDEN))
        g_string_append_printf (words, " %s", cell);
    }
    if (line)
      qc_line_print (line);
    else
      qc_say ("%s", words->str);
  }
}

void
qc_cli_show_facts (QcCli *cli, const GPtrArray *facts, const GPtrArray *codes)
{
  for (guint i = 0; i < facts->len; i++) {
    const QcFact *fact = g_ptr_array_index (facts, i);
    const QcUnitField *field = qc_unit_field_find (fact->name);
    if (cli->json) {
      QcLine *line = qc_line_new ("fact");
      qc_line_text (line, "name", fact->name);
      qc_line_text (line, "before", fact->before);
      qc_line_text (line, "value", fact->value);
      qc_line_print (line);
      continue;
    }
    g_autofree char *before = field ? qc_unit_field_dup_shown (field, fact->before, codes) : g_strdup (fact->before);
    g_autofree char *value = field ? qc_unit_field_dup_shown (field, fact->value, codes) : g_strdup (fact->value);
    qc_say ("  %s (%s): %s → %s", field ? _ (field->msgid) : "", fact->name, before, value);
  }
}

static void
show_notice (QcCli *cli, const QcApplication *application)
{
  g_autoptr (QcApplicationService) service = qc_application_service_new (cli->session);
  gint64 until = g_get_monotonic_time () + 2 * G_USEC_PER_SEC;
  if (qc_application_missing (application) <= 0)
    return;
  g_autoptr (QcPayeeNotice) notice = NULL;
  while (!(notice = qc_application_service_dup_notice (service, application)) && g_get_monotonic_time () < until
         && g_main_context_iteration (NULL, TRUE))
    continue;
  if (!notice)
    return;
  g_autofree char *fen = qc_format_yuan (notice->fen);
  if (!cli->json) {
    qc_say (_ ("To be paid: %s to %s, account %s, %s; write as remark only: %s"), fen, notice->payee_name,
            notice->payee_account, notice->payee_bank, notice->remark);
    return;
  }
  QcLine *line = qc_line_new ("notice");
  qc_line_text (line, "payee_name", notice->payee_name);
  qc_line_text (line, "payee_account", notice->payee_account);
  qc_line_text (line, "payee_bank", notice->payee_bank);
  qc_line_int (line, "fen", notice->fen);
  qc_line_text (line, "remark", notice->remark);
  qc_line_print (line);
}

static void
show_timeline (QcCli *cli, const QcApplication *application)
{
  QcCliTable *table = qc_cli_table_new ("llrl", _ ("Time"), _ ("What happened"), _ ("Amount"), _ ("Reason"));
  for (guint i = 0; i < application->timeline->len; i++) {
    const QcTimelineEntry *entry = g_ptr_array_index (application->timeline, i);
    if (!cli->json) {
      g_autofree char *time = qc_format_date_time (entry->time);
      g_autofree char *fen = entry->fen ? qc_format_money (entry->fen) : g_strdup ("");
      qc_cli_table_add (table, time, _ (qc_timeline_event_to_msgid (entry->event)), fen, entry->text);
      continue;
    }
    QcLine *line = qc_line_new ("event");
    qc_line_int (line, "time", entry->time);
    qc_line_text (line, "event", entry->event);
    qc_line_text (line, "actor", entry->actor);
    qc_line_int (line, "fen", entry->fen);
    qc_line_text (line, "text", entry->text);
    qc_line_print (line);
  }
  qc_cli_table_print (table);
}

void
qc_cli_show_application (QcCli *cli, QcApplicationRow *row)
{
  const QcApplication *application = qc_application_row_get_application (row);
  if (cli->json) {
    print_application (application);
  } else {
    QcCliTable *table = application_table ();
    add_application (table, row);
    qc_cli_table_print (table);
    if (application->state == QC_STATE_REGISTERED && application->draw_reason)
      qc_say (_ ("The bank's reason: %s"), application->draw_reason);
  }
  qc_cli_show_months (cli, application->months);
  show_timeline (cli, application);
  show_notice (cli, application);
}

/* --- finding one --- */

/* (transfer full) (nullable) */
static QcApplicationRow *
find_row (QcCli *cli, const char *serial, int *out_exit)
{
  QcApplicationConditions conditions = {.any_business = TRUE, .text = (char *)serial};
  g_autoptr (QcApplicationList) list = qc_cli_read_applications (cli, &conditions, out_exit);
  guint at = list ? qc_application_list_find (list, serial) : G_MAXUINT;
  if (at != G_MAXUINT)
    return g_list_model_get_item (G_LIST_MODEL (list), at);
  if (list)
    *out_exit = qc_cli_fail_with (cli, QC_EXIT_NOT_FOUND, "no-application",
                                  _ ("This unit has no application with this number; “pull” fetches new ones."));
  return NULL;
}

static gboolean
lines_settled (gpointer lines)
{
  return !qc_application_lines_is_busy (lines);
}

/* The center is asked for what is not here. What came is shown also where not all of it did, and then that is said. */
/* Fetched from the center where they are not here. *@out_exit: whether it could be asked. (transfer full) */
static QcApplicationLines *
read_lines (QcCli *cli, QcApplicationRow *row, int *out_exit)
{
  QcApplicationLines *lines = qc_application_lines_new (cli->session, row);
  qc_cli_wait_here (cli, lines_settled, lines);
  *out_exit = QC_EXIT_OK;
  if (!qc_application_lines_is_whole (lines) && (*out_exit = qc_cli_start_practice (cli)) == QC_EXIT_OK) {
    qc_application_lines_fetch (lines);
    qc_cli_wait_until (cli, lines_settled, lines, LINES_PATIENCE);
  }
  return lines;
}

static int
why_not_whole (QcCli *cli, QcApplicationLines *lines, int status)
{
  if (status != QC_EXIT_OK || qc_application_lines_is_whole (lines))
    return status;
  const GError *error = qc_application_lines_get_error (lines);
  return error ? qc_cli_fail (cli, error) : qc_cli_fail_late (cli, QC_EXIT_OFFLINE);
}

/* Why it was returned, and where. */
static void
show_reasons (QcCli *cli, QcApplicationLines *lines)
{
  const GPtrArray *reasons = qc_application_lines_get_reasons (lines);
  QcRosterModel *model = qc_application_lines_get_model (lines);
  for (guint i = 0; reasons && i < reasons->len; i++) {
    const QcReturnReason *reason = g_ptr_array_index (reasons, i);
    const QcRosterLine *about
        = model && reason->line != 0 ? qc_roster_find (qc_roster_model_get_roster (model), reason->line) : NULL;
    if (!cli->json) {
      qc_say ("✘ %s%s%s", about ? qc_roster_line_whom (about) : "", about ? ": " : "", reason->text);
      continue;
    }
    QcLine *line = qc_line_new ("reason");
    qc_line_text (line, "code", reason->code);
    if (reason->line != 0)
      qc_line_int (line, "line", reason->line);
    qc_line_text (line, "field", reason->field);
    qc_line_text (line, "attachment", reason->attachment);
    qc_line_text (line, "text", reason->text);
    qc_line_print (line);
  }
}

static int
show_lines (QcCli *cli, QcApplicationRow *row)
{
  int status;
  g_autoptr (QcApplicationLines) lines = read_lines (cli, row, &status);
  const GPtrArray *facts = qc_application_lines_get_facts (lines);
  if (facts)
    qc_cli_show_facts (cli, facts, qc_application_lines_get_codes (lines));
  QcRosterModel *model = qc_application_lines_get_model (lines);
  if (model)
    qc_cli_show_roster (cli, qc_application_lines_get_business (lines), qc_roster_model_get_roster (model),
                        qc_application_lines_get_codes (lines));
  show_reasons (cli, lines);
  return why_not_whole (cli, lines, status);
}

/* What a draw means for the one who waits for its money. */
static int
status_of (const QcApplication *application)
{
  if (application->state == QC_STATE_RETURNED)
    return QC_EXIT_REFUSED;
  if (!qc_application_is_open (application))
    return QC_EXIT_OK;
  switch (application->draw) {
  case QC_DRAW_FAILED:
    return QC_EXIT_REFUSED;
  case QC_DRAW_UNKNOWN:
  case QC_DRAW_RUNNING:
    return QC_EXIT_UNKNOWN;
  case QC_DRAW_NONE:
  case QC_DRAW_DONE:
  default:
    return QC_EXIT_OK;
  }
}

static gboolean
never (gpointer data)
{
  return FALSE;
}

int
qc_cli_follow (QcCli *cli, const char *serial)
{
  gint64 until = qc_cli_patience (cli);
  for (;;) {
    int status = QC_EXIT_OK;
    g_autoptr (QcApplicationRow) row = find_row (cli, serial, &status);
    const QcApplication *application = row ? qc_application_row_get_application (row) : NULL;
    if (!application)
      return status;
    status = status_of (application);
    if (status != QC_EXIT_UNKNOWN || g_get_monotonic_time () >= until
        || g_cancellable_is_cancelled (cli->cancellable)) {
      qc_cli_show_application (cli, row);
      return status;
    }
    qc_cli_wait_until (cli, never, NULL, 1);
    qc_cli_round (cli);
  }
}

/* --- the commands --- */

gboolean
qc_cli_read_conditions (char **states, const char *business, QcApplicationConditions *conditions)
{
  conditions->any_business = business == NULL;
  if (business && !qc_business_from_code (business, &conditions->business))
    return FALSE;
  for (; states && *states; states++) {
    QcApplicationState state;
    if (!qc_state_from_code (*states, &state))
      return FALSE;
    conditions->states |= 1u << state;
  }
  return TRUE;
}

int
qc_cli_applications (QcCli *cli, char ***argv)
{
  int status;
  g_auto (GStrv) states = NULL;
  g_autofree char *business = NULL;
  gboolean waiting = FALSE; /* for the center or for money, also what was not sent yet */
  const GOptionEntry entries[] = {
      {"state", 0, 0, G_OPTION_ARG_STRING_ARRAY, &states, NULL, NULL},
      {"business", 0, 0, G_OPTION_ARG_STRING, &business, NULL, NULL},
      {"waiting", 0, 0, G_OPTION_ARG_NONE, &waiting, NULL, NULL},
      {NULL},
  };
  if (!qc_cli_parse (cli, argv, entries, 0, 0, &status))
    return status;
  if (waiting && states)
    return qc_cli_fail_with (cli, QC_EXIT_USAGE, "options", _ ("Say either --state or --waiting."));
  QcApplicationConditions conditions = {0};
  if (!qc_cli_read_conditions (states, business, &conditions))
    return qc_cli_fail_with (cli, QC_EXIT_USAGE, "options",
                             _ ("There is no such state or business; --help lists the words."));
  status = qc_cli_need_unit (cli);
  g_autoptr (QcApplicationList) list
      = status == QC_EXIT_OK ? qc_cli_read_applications (cli, &conditions, &status) : NULL;
  QcCliTable *table = application_table ();
  g_autoptr (GPtrArray) unsent = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; list && i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++) {
    g_autoptr (QcApplicationRow) row = g_list_model_get_item (G_LIST_MODEL (list), i);
    const QcApplication *application = qc_application_row_get_application (row);
    if (waiting && (application ? !qc_application_is_open (application) : !qc_application_row_get_item (row)))
      continue;
    if (!application && waiting)
      g_ptr_array_add (unsent, g_object_ref (qc_application_row_get_item (row)));
    else if (application && cli->json)
      print_application (application);
    else if (application)
      add_application (table, row);
  }
  qc_cli_table_print (table);
  for (guint i = 0; i < unsent->len; i++)
    qc_cli_show_item (cli, g_ptr_array_index (unsent, i));
  return status;
}

int
qc_cli_application (QcCli *cli, char ***argv)
{
  int status;
  if (!qc_cli_parse (cli, argv, NULL, 1, 1, &status) || (status = qc_cli_need_unit (cli)) != QC_EXIT_OK)
    return status;
  g_autoptr (QcApplicationRow) row = find_row (cli, (*argv)[1], &status);
  if (!row)
    return status;
  qc_cli_show_application (cli, row);
  return qc_application_row_has_lines (row) ? show_lines (cli, row) : QC_EXIT_OK;
}

static int
refuse (QcCli *cli, QcWhyNot why)
{
  static const struct {
    QcWhyNot why;
    const char *msgid;
  } words[] = {
      {QC_WHY_NOT_FAILED, N_ ("Only for collection after drawing has failed.")},
      {QC_WHY_METHOD, N_ ("Only for collection; here the unit pays itself.")},
      {QC_WHY_DRAW_RUNNING, N_ ("The bank is drawing; wait for its answer.")},
      {QC_WHY_NOT_SENT, N_ ("The center does not have it yet.")},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].why == why)
      return qc_cli_fail_with (cli, QC_EXIT_STATE, "state", _ (words[i].msgid));
  return qc_cli_fail_with (cli, QC_EXIT_STATE, "state", _ ("Its state does not allow this any more."));
}

static int
act (QcCli *cli, char ***argv, QcApplicationAction action)
{
  int status;
  if (!qc_cli_parse (cli, argv, NULL, 1, 1, &status) || (status = qc_cli_need_unit (cli)) != QC_EXIT_OK
      || (status = qc_cli_sync (cli)) != QC_EXIT_OK)
    return status;
  g_autoptr (QcApplicationRow) row = find_row (cli, (*argv)[1], &status);
  if (!row)
    return status;
  g_autoptr (QcApplicationService) service = qc_application_service_new (cli->session);
  QcWhyNot why = qc_application_service_why_not (service, row, action);
  if (why != QC_WHY_NONE)
    return refuse (cli, why);
  GAsyncResult *slot = NULL;
  /* Cut when it has left already, it is of unknown outcome, and the status says so. */
  qc_application_service_act_async (service, row, action, cli->cancellable, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcApplication) after = qc_application_service_act_finish (service, result, &error);
  if (!after)
    return qc_cli_fail (cli, error);
  qc_cli_round (cli);
  return qc_cli_follow (cli, (*argv)[1]);
}

int
qc_cli_redraw (QcCli *cli, char ***argv)
{
  return act (cli, argv, QC_ACTION_REDRAW);
}

int
qc_cli_delete (QcCli *cli, char ***argv)
{
  return act (cli, argv, QC_ACTION_DELETE);
}

int
qc_cli_cancel (QcCli *cli, char ***argv)
{
  return act (cli, argv, QC_ACTION_CANCEL);
}

/* A returned application becomes a draft with all of it. */
int
qc_cli_reopen (QcCli *cli, char ***argv)
{
  int status;
  if (!qc_cli_parse (cli, argv, NULL, 1, 1, &status) || (status = qc_cli_need_unit (cli)) != QC_EXIT_OK)
    return status;
  g_autoptr (QcApplicationRow) row = find_row (cli, (*argv)[1], &status);
  if (!row)
    return status;
  g_autoptr (QcApplicationService) service = qc_application_service_new (cli->session);
  if (qc_application_service_why_not (service, row, QC_ACTION_REOPEN) != QC_WHY_NONE)
    return qc_cli_fail_with (cli, QC_EXIT_STATE, "state", _ ("Only what was returned can be made a draft again."));
  g_autoptr (QcApplicationLines) lines = read_lines (cli, row, &status);
  if ((status = why_not_whole (cli, lines, status)) != QC_EXIT_OK)
    return status;
  GAsyncResult *slot = NULL;
  qc_reopen_async (cli->session, lines, NULL, NULL, cli->cancellable, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  guint lost;
  gint64 draft = qc_reopen_finish (cli->session, result, &lost, &error);
  if (draft == 0)
    return qc_cli_fail (cli, error);
  const char *business = qc_business_info (qc_application_lines_get_business (lines))->code;
  if (!cli->json) {
    qc_say (_ ("Draft %d of %s; submit it by “do %s --draft %d”, or in the window."), (int)draft,
            _ (qc_business_info (qc_application_lines_get_business (lines))->msgid), business, (int)draft);
    g_autofree char *words = qc_reopen_dup_lost (lost);
    if (lost > 0)
      qc_say ("%s", words);
    return QC_EXIT_OK;
  }
  QcLine *line = qc_line_new ("draft");
  qc_line_int (line, "draft", draft);
  qc_line_text (line, "business", business);
  qc_line_text (line, "replaces", (*argv)[1]);
  qc_line_int (line, "lost", lost);
  qc_line_print (line);
  return QC_EXIT_OK;
}
