/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 业务申请: values, and the one table of moves and actions (decisions 3 and 4, R7, R8, B10). Plain values, any one
 * thread at a time.
 */
#include "qc-application.h"

#include <glib/gi18n-lib.h>

gboolean
qc_month_line_is_balanced (const QcMonthLine *line)
{
  return line->previous_people + line->added_people - line->removed_people == line->people
         && line->previous_fen + line->added_fen - line->removed_fen == qc_month_line_fen (line);
}

void
qc_timeline_entry_free (QcTimelineEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->actor);
  g_free (entry->event);
  g_free (entry->text);
  g_free (entry);
}

QcApplication *
qc_application_new (void)
{
  QcApplication *application = g_new0 (QcApplication, 1);
  application->months = g_array_new (FALSE, TRUE, sizeof (QcMonthLine));
  application->timeline = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_timeline_entry_free);
  return application;
}

QcApplication *
qc_application_copy (const QcApplication *application)
{
  QcApplication *copy = qc_application_new ();
  g_autoptr (GArray) months = copy->months;
  g_autoptr (GPtrArray) timeline = copy->timeline;
  *copy = *application;
  copy->months = g_steal_pointer (&months);
  copy->timeline = g_steal_pointer (&timeline);
  copy->serial = g_strdup (application->serial);
  copy->key = g_strdup (application->key);
  copy->draw_reason = g_strdup (application->draw_reason);
  copy->return_reason = g_strdup (application->return_reason);
  copy->entered_by = g_strdup (application->entered_by);
  copy->reviewed_by = g_strdup (application->reviewed_by);
  copy->cashier = g_strdup (application->cashier);
  copy->replaces = g_strdup (application->replaces);
  copy->replaced_by = g_strdup (application->replaced_by);
  g_array_append_vals (copy->months, application->months->data, application->months->len);
  for (guint i = 0; i < application->timeline->len; i++) {
    const QcTimelineEntry *entry = g_ptr_array_index (application->timeline, i);
    QcTimelineEntry *twin = g_new (QcTimelineEntry, 1);
    *twin = (QcTimelineEntry) {entry->time, g_strdup (entry->actor), g_strdup (entry->event), g_strdup (entry->text),
                               entry->fen};
    g_ptr_array_add (copy->timeline, twin);
  }
  return copy;
}

void
qc_application_free (QcApplication *application)
{
  if (application == NULL)
    return;
  g_free (application->serial);
  g_free (application->key);
  g_free (application->draw_reason);
  g_free (application->return_reason);
  g_free (application->entered_by);
  g_free (application->reviewed_by);
  g_free (application->cashier);
  g_free (application->replaces);
  g_free (application->replaced_by);
  g_array_unref (application->months);
  g_ptr_array_unref (application->timeline);
  g_free (application);
}

gboolean
qc_application_is_open (const QcApplication *application)
{
  return application->state == QC_STATE_DRAFT || application->state == QC_STATE_REGISTERED
         || application->state == QC_STATE_IN_REVIEW || application->state == QC_STATE_ACCEPTED;
}

QcMoney
qc_application_missing (const QcApplication *application)
{
  gboolean waits = application->method == QC_METHOD_TRANSFER
                   && (application->state == QC_STATE_REGISTERED || application->state == QC_STATE_ACCEPTED);
  return waits && application->arrived < application->fen ? application->fen - application->arrived : 0;
}

/* The runs a move belongs to, as bits. */
#define REMITTANCE (1u << QC_RUN_REMITTANCE)
#define REVIEWED   (1u << QC_RUN_REVIEWED)
#define IMMEDIATE  (1u << QC_RUN_IMMEDIATE)

typedef struct {
  guint runs;
  QcApplicationState from;
  QcApplicationEvent event;
  QcApplicationState to;
} Move;

static const Move moves[] = {
    {REMITTANCE | REVIEWED, QC_STATE_DRAFT, QC_EVENT_SUBMIT, QC_STATE_REGISTERED},
    {IMMEDIATE, QC_STATE_DRAFT, QC_EVENT_SUBMIT, QC_STATE_FINISHED},
    {REMITTANCE, QC_STATE_REGISTERED, QC_EVENT_FINISH, QC_STATE_FINISHED},
    {REMITTANCE, QC_STATE_REGISTERED, QC_EVENT_DELETE, QC_STATE_DELETED},
    {REVIEWED, QC_STATE_REGISTERED, QC_EVENT_RECEIVE, QC_STATE_IN_REVIEW},
    {REVIEWED, QC_STATE_REGISTERED, QC_EVENT_WITHDRAW, QC_STATE_DRAFT},
    {REVIEWED, QC_STATE_IN_REVIEW, QC_EVENT_APPROVE, QC_STATE_ACCEPTED},
    {REVIEWED, QC_STATE_IN_REVIEW, QC_EVENT_RETURN, QC_STATE_RETURNED},
    {REVIEWED, QC_STATE_IN_REVIEW, QC_EVENT_CANCEL, QC_STATE_CANCELLED},
    {REVIEWED, QC_STATE_ACCEPTED, QC_EVENT_FINISH, QC_STATE_FINISHED},
};

static QcRun
run_of (QcBusiness business)
{
  return qc_business_info (business)->run;
}

QcApplicationState
qc_application_first_state (QcBusiness business)
{
  switch (run_of (business)) {
  case QC_RUN_REMITTANCE:
    return QC_STATE_REGISTERED;
  case QC_RUN_REVIEWED:
    return QC_STATE_IN_REVIEW;
  case QC_RUN_IMMEDIATE:
    return QC_STATE_FINISHED;
  case QC_RUN_NONE:
  default:
    g_return_val_if_reached (QC_STATE_REGISTERED);
  }
}

gboolean
qc_application_move (QcBusiness business, QcApplicationState state, QcApplicationEvent event, QcApplicationState *out)
{
  guint run = 1u << run_of (business);
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if ((moves[i].runs & run) != 0 && moves[i].from == state && moves[i].event == event) {
      *out = moves[i].to;
      return TRUE;
    }
  return FALSE;
}

guint
qc_application_event_actors (QcApplicationEvent event)
{
  switch (event) {
  case QC_EVENT_SUBMIT:
  case QC_EVENT_CANCEL:
  case QC_EVENT_DELETE:
  case QC_EVENT_WITHDRAW:
    return QC_ACTOR_CLERK;
  case QC_EVENT_APPROVE:
  case QC_EVENT_RETURN:
    return QC_ACTOR_REVIEWER | QC_ACTOR_CENTER;
  case QC_EVENT_FINISH:
    return QC_ACTOR_CASHIER | QC_ACTOR_CENTER;
  case QC_EVENT_RECEIVE:
    return QC_ACTOR_CENTER;
  default:
    return 0;
  }
}

static gboolean
can_redraw (const QcApplication *application)
{
  QcApplicationState waits
      = run_of (application->business) == QC_RUN_REMITTANCE ? QC_STATE_REGISTERED : QC_STATE_ACCEPTED;
  return qc_business_info (application->business)->has_money && application->method == QC_METHOD_COLLECTION
         && application->state == waits && application->draw == QC_DRAW_FAILED;
}

/* 打印 once the center has it, unless it came to nothing. */
static gboolean
can_print (const QcApplication *application)
{
  if (!qc_business_info (application->business)->has_money)
    return FALSE;
  switch (application->state) {
  case QC_STATE_REGISTERED:
    return run_of (application->business) == QC_RUN_REMITTANCE;
  case QC_STATE_IN_REVIEW:
  case QC_STATE_ACCEPTED:
  case QC_STATE_FINISHED:
    return TRUE;
  case QC_STATE_DRAFT:
  case QC_STATE_RETURNED:
  case QC_STATE_CANCELLED:
  case QC_STATE_DELETED:
  case QC_STATE_OTHER:
  default:
    return FALSE;
  }
}

gboolean
qc_application_can (const QcApplication *application, QcApplicationAction action)
{
  QcRun run = run_of (application->business);
  switch (action) {
  case QC_ACTION_DELETE:
    return run == QC_RUN_REMITTANCE && application->state == QC_STATE_REGISTERED
           && (application->draw == QC_DRAW_NONE || application->draw == QC_DRAW_FAILED);
  case QC_ACTION_CANCEL:
    return run == QC_RUN_REVIEWED && application->state == QC_STATE_IN_REVIEW;
  case QC_ACTION_REDRAW:
    return can_redraw (application);
  case QC_ACTION_PRINT:
    return can_print (application);
  case QC_ACTION_REOPEN:
    return run == QC_RUN_REVIEWED && application->state == QC_STATE_RETURNED;
  default:
    return FALSE;
  }
}

typedef struct {
  const char *code;
  const char *msgid;
} Word;

static const Word states[QC_N_APPLICATION_STATES] = {
    [QC_STATE_DRAFT] = {"draft", N_ ("Draft roster")},
    [QC_STATE_REGISTERED] = {"registered", N_ ("Registered")},
    [QC_STATE_IN_REVIEW] = {"in-review", N_ ("In review")},
    [QC_STATE_ACCEPTED] = {"accepted", N_ ("Accepted")},
    [QC_STATE_FINISHED] = {"finished", N_ ("Finished")},
    [QC_STATE_RETURNED] = {"returned", N_ ("Returned")},
    [QC_STATE_CANCELLED] = {"cancelled", N_ ("Cancelled")},
    [QC_STATE_DELETED] = {"deleted", N_ ("Deleted")},
    [QC_STATE_OTHER] = {"other", N_ ("State this version does not know")},
};

static const Word draws[] = {
    [QC_DRAW_NONE] = {"none", N_ ("Not drawn yet")},
    [QC_DRAW_RUNNING] = {"running", N_ ("Drawing")},
    [QC_DRAW_FAILED] = {"failed", N_ ("Drawing failed")},
    [QC_DRAW_DONE] = {"done", N_ ("Drawn")},
    [QC_DRAW_UNKNOWN] = {"unknown", N_ ("The bank has not answered yet")},
    [QC_DRAW_OTHER] = {"other", N_ ("Result this version does not know")},
};

static const Word actions[QC_N_APPLICATION_ACTIONS] = {
    [QC_ACTION_DELETE] = {"delete", N_ ("Delete")},
    [QC_ACTION_CANCEL] = {"cancel", N_ ("Cancel")},
    [QC_ACTION_REDRAW] = {"redraw", N_ ("Draw again")},
    [QC_ACTION_PRINT] = {"print", N_ ("Print remittance or back-payment voucher")},
    [QC_ACTION_REOPEN] = {"reopen", N_ ("Correct and submit again")},
};

static int
find_word (const Word *words, guint n, const char *code)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (words[i].code, code) == 0)
      return (int)i;
  return -1;
}

const char *
qc_state_to_code (QcApplicationState state)
{
  g_return_val_if_fail ((guint)state < QC_N_APPLICATION_STATES, NULL);
  return states[state].code;
}

gboolean
qc_state_from_code (const char *code, QcApplicationState *out)
{
  int i = find_word (states, G_N_ELEMENTS (states), code);
  if (i >= 0)
    *out = (QcApplicationState)i;
  return i >= 0;
}

const char *
qc_state_to_msgid (QcApplicationState state)
{
  g_return_val_if_fail ((guint)state < QC_N_APPLICATION_STATES, NULL);
  return states[state].msgid;
}

static const char *
explain_reviewed (QcBusiness business, QcApplicationState state)
{
  switch (state) {
  case QC_STATE_DRAFT:
    return N_ ("Still being entered here; the center cannot see it.");
  case QC_STATE_REGISTERED:
    return N_ ("Checked and locked, not yet submitted; the center cannot see it.");
  case QC_STATE_IN_REVIEW:
    return N_ ("The center has it with all attachments and reviews it.");
  case QC_STATE_ACCEPTED:
    return qc_business_info (business)->has_money
               ? N_ ("The center has approved it and waits for the money to be confirmed.")
               : N_ ("The center has approved it and processes it.");
  case QC_STATE_RETURNED:
    return N_ ("It does not meet the requirements; the center has returned it.");
  case QC_STATE_FINISHED:
    return qc_business_info (business)->has_money ? N_ ("Done; the money is booked.") : NULL;
  case QC_STATE_CANCELLED:
  case QC_STATE_DELETED:
  case QC_STATE_OTHER:
  default:
    return NULL;
  }
}

const char *
qc_state_explain_msgid (QcBusiness business, QcApplicationState state)
{
  switch (run_of (business)) {
  case QC_RUN_REMITTANCE:
    if (state == QC_STATE_REGISTERED)
      return N_ ("The center has it; the money is not in yet.");
    return state == QC_STATE_FINISHED ? N_ ("Done; the money is booked.") : NULL;
  case QC_RUN_REVIEWED:
    return explain_reviewed (business, state);
  case QC_RUN_IMMEDIATE:
  default:
    return NULL;
  }
}

const char *
qc_draw_to_code (QcDrawResult draw)
{
  g_return_val_if_fail ((guint)draw < G_N_ELEMENTS (draws), NULL);
  return draws[draw].code;
}

gboolean
qc_draw_from_code (const char *code, QcDrawResult *out)
{
  int i = find_word (draws, G_N_ELEMENTS (draws), code);
  if (i >= 0)
    *out = (QcDrawResult)i;
  return i >= 0;
}

const char *
qc_draw_to_msgid (QcDrawResult draw)
{
  g_return_val_if_fail ((guint)draw < G_N_ELEMENTS (draws), NULL);
  return draws[draw].msgid;
}

const char *
qc_action_to_code (QcApplicationAction action)
{
  g_return_val_if_fail ((guint)action < QC_N_APPLICATION_ACTIONS, NULL);
  return actions[action].code;
}

const char *
qc_action_to_msgid (QcApplicationAction action)
{
  g_return_val_if_fail ((guint)action < QC_N_APPLICATION_ACTIONS, NULL);
  return actions[action].msgid;
}

gboolean
qc_action_from_code (const char *code, QcApplicationAction *out)
{
  int i = find_word (actions, G_N_ELEMENTS (actions), code);
  if (i >= 0)
    *out = (QcApplicationAction)i;
  return i >= 0;
}

const char *
qc_timeline_event_to_msgid (const char *event)
{
  static const struct {
    const char *code, *msgid;
  } words[] = {
      {"submitted", N_ ("Received by the center")},
      {"drawn", N_ ("Drawn from the bank account")},
      {"draw-failed", N_ ("Drawing failed")},
      {"draw-unknown", N_ ("The bank has not answered")},
      {"arrived", N_ ("Money arrived")},
      {"suspense-used", N_ ("Paid out of the suspense money")},
      {"suspense", N_ ("The rest is kept as suspense money")},
      {"finished", N_ ("Finished")},
      {"deleted", N_ ("Deleted")},
      {"cancelled", N_ ("Cancelled")},
      {"approved", N_ ("Approved")},
      {"returned", N_ ("Returned")},
  };
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i].code, event) == 0)
      return words[i].msgid;
  return event ? event : "";
}
