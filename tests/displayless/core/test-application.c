/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The table of moves and actions, exhaustively: every (business, state, event) and every action in every state and draw
 * result; and the table of businesses.
 */
#include "qc-application.h"

#include <string.h>

/* What is allowed; everything else is not. Businesses: m 汇缴, r reviewed, i immediate. */
typedef struct {
  const char *runs;
  QcApplicationState from;
  QcApplicationEvent event;
  QcApplicationState to;
} Allowed;

static const Allowed allowed[] = {
    {"mr", QC_STATE_DRAFT, QC_EVENT_SUBMIT, QC_STATE_REGISTERED},
    {"i", QC_STATE_DRAFT, QC_EVENT_SUBMIT, QC_STATE_FINISHED},
    {"m", QC_STATE_REGISTERED, QC_EVENT_FINISH, QC_STATE_FINISHED},
    {"m", QC_STATE_REGISTERED, QC_EVENT_DELETE, QC_STATE_DELETED},
    {"r", QC_STATE_REGISTERED, QC_EVENT_RECEIVE, QC_STATE_IN_REVIEW},
    {"r", QC_STATE_REGISTERED, QC_EVENT_WITHDRAW, QC_STATE_DRAFT},
    {"r", QC_STATE_IN_REVIEW, QC_EVENT_APPROVE, QC_STATE_ACCEPTED},
    {"r", QC_STATE_IN_REVIEW, QC_EVENT_RETURN, QC_STATE_RETURNED},
    {"r", QC_STATE_IN_REVIEW, QC_EVENT_CANCEL, QC_STATE_CANCELLED},
    {"r", QC_STATE_ACCEPTED, QC_EVENT_FINISH, QC_STATE_FINISHED},
};

static const char run_of[QC_N_BUSINESSES] = {'m', 'r', 'i', 'r', 'i', 'i', 'i', '-', 'i', '-'};

static const Allowed *
find_allowed (int business, int state, int event)
{
  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
    if (strchr (allowed[i].runs, run_of[business]) != NULL && (int)allowed[i].from == state
        && (int)allowed[i].event == event)
      return &allowed[i];
  return NULL;
}

static void
test_moves (void)
{
  for (int business = 0; business < QC_N_BUSINESSES; business++)
    for (int state = 0; state < QC_N_APPLICATION_STATES; state++)
      for (int event = 0; event < QC_N_APPLICATION_EVENTS; event++) {
        const Allowed *row = find_allowed (business, state, event);
        QcApplicationState to = (QcApplicationState)99;
        g_test_message ("business %d state %d event %d", business, state, event);
        g_assert_cmpint (
            qc_application_move ((QcBusiness)business, (QcApplicationState)state, (QcApplicationEvent)event, &to), ==,
            row != NULL);
        g_assert_cmpint (to, ==, row != NULL ? (int)row->to : 99);
      }
}

/* The guide's sentences: what may be done when. */
static gboolean
expected_can (const QcApplication *a, int action)
{
  char run = run_of[a->business];
  gboolean money = a->business == QC_BUSINESS_REMITTANCE || a->business == QC_BUSINESS_BACK_PAYMENT;
  switch (action) {
  case QC_ACTION_DELETE: /* 登记 and no draw running */
    return run == 'm' && a->state == QC_STATE_REGISTERED && (a->draw == QC_DRAW_NONE || a->draw == QC_DRAW_FAILED);
  case QC_ACTION_CANCEL: /* 只有“待审核”状态方可操作 */
    return run == 'r' && a->state == QC_STATE_IN_REVIEW;
  case QC_ACTION_REDRAW: /* 只有托收方式下自动扣款失败时才可操作 */
    return money && a->method == QC_METHOD_COLLECTION && a->draw == QC_DRAW_FAILED
           && a->state == (run == 'm' ? QC_STATE_REGISTERED : QC_STATE_ACCEPTED);
  case QC_ACTION_PRINT:
    return money
           && ((a->state == QC_STATE_REGISTERED && run == 'm') || a->state == QC_STATE_IN_REVIEW
               || a->state == QC_STATE_ACCEPTED || a->state == QC_STATE_FINISHED);
  case QC_ACTION_REOPEN:
    return run == 'r' && a->state == QC_STATE_RETURNED;
  default:
    return FALSE;
  }
}

static void
test_actions (void)
{
  g_autoptr (QcApplication) a = qc_application_new ();
  for (int i = 0; i < QC_N_BUSINESSES * QC_N_APPLICATION_STATES * 5 * 3; i++) {
    a->business = (QcBusiness)(i % QC_N_BUSINESSES);
    a->state = (QcApplicationState)(i / QC_N_BUSINESSES % QC_N_APPLICATION_STATES);
    a->draw = (QcDrawResult)(i / QC_N_BUSINESSES / QC_N_APPLICATION_STATES % 5);
    a->method = (QcMethod)(i / QC_N_BUSINESSES / QC_N_APPLICATION_STATES / 5);
    g_test_message ("business %d state %d draw %d method %d", a->business, a->state, a->draw, a->method);
    for (int action = 0; action < QC_N_APPLICATION_ACTIONS; action++)
      g_assert_cmpint (qc_application_can (a, (QcApplicationAction)action), ==, expected_can (a, action));
  }
}

/* What a clerk decides no staff does, and the other way round; every event is somebody's. */
static void
test_actors (void)
{
  static const guint actors[QC_N_APPLICATION_EVENTS] = {
      [QC_EVENT_SUBMIT] = QC_ACTOR_CLERK,
      [QC_EVENT_RECEIVE] = QC_ACTOR_CENTER,
      [QC_EVENT_APPROVE] = QC_ACTOR_REVIEWER | QC_ACTOR_CENTER,
      [QC_EVENT_RETURN] = QC_ACTOR_REVIEWER | QC_ACTOR_CENTER,
      [QC_EVENT_CANCEL] = QC_ACTOR_CLERK,
      [QC_EVENT_DELETE] = QC_ACTOR_CLERK,
      [QC_EVENT_FINISH] = QC_ACTOR_CASHIER | QC_ACTOR_CENTER,
      [QC_EVENT_WITHDRAW] = QC_ACTOR_CLERK,
  };
  for (guint event = 0; event < QC_N_APPLICATION_EVENTS; event++)
    g_assert_cmpuint (qc_application_event_actors ((QcApplicationEvent)event), ==, actors[event]);
  g_assert_cmpuint (qc_application_event_actors ((QcApplicationEvent)QC_N_APPLICATION_EVENTS), ==, 0);
}

/* An ended state never moves again. */
static void
test_ends (void)
{
  g_autoptr (QcApplication) a = qc_application_new ();
  for (int state = 0; state < QC_N_APPLICATION_STATES; state++) {
    a->state = (QcApplicationState)state;
    QcApplicationState to;
    gboolean moves = FALSE;
    for (int business = 0; business < QC_N_BUSINESSES; business++)
      for (int event = 0; event < QC_N_APPLICATION_EVENTS; event++)
        moves |= qc_application_move ((QcBusiness)business, a->state, (QcApplicationEvent)event, &to);
    g_assert_cmpint (moves, ==, qc_application_is_open (a));
  }
}

static void
test_missing (void)
{
  g_autoptr (QcApplication) a = qc_application_new ();
  a->business = QC_BUSINESS_REMITTANCE;
  a->state = QC_STATE_REGISTERED;
  a->method = QC_METHOD_TRANSFER;
  a->fen = 379600;
  a->arrived = 379500;
  g_assert_cmpint (qc_application_missing (a), ==, 100);
  a->arrived = 400000;
  g_assert_cmpint (qc_application_missing (a), ==, 0);
  a->arrived = 0;
  a->state = QC_STATE_DELETED;
  g_assert_cmpint (qc_application_missing (a), ==, 0);
  a->state = QC_STATE_REGISTERED;
  a->method = QC_METHOD_COLLECTION;
  g_assert_cmpint (qc_application_missing (a), ==, 0);
}

static void
test_codes (void)
{
  for (int i = 0; i < QC_N_APPLICATION_STATES; i++) {
    QcApplicationState back;
    g_assert_true (qc_state_from_code (qc_state_to_code ((QcApplicationState)i), &back));
    g_assert_cmpint (back, ==, i);
    g_assert_nonnull (qc_state_to_msgid ((QcApplicationState)i));
  }
  for (int i = 0; i <= QC_DRAW_UNKNOWN; i++) {
    QcDrawResult back;
    g_assert_true (qc_draw_from_code (qc_draw_to_code ((QcDrawResult)i), &back));
    g_assert_cmpint (back, ==, i);
    g_assert_nonnull (qc_draw_to_msgid ((QcDrawResult)i));
  }
  for (int i = 0; i < QC_N_APPLICATION_ACTIONS; i++) {
    QcApplicationAction back;
    g_assert_true (qc_action_from_code (qc_action_to_code ((QcApplicationAction)i), &back));
    g_assert_cmpint (back, ==, i);
    g_assert_nonnull (qc_action_to_msgid ((QcApplicationAction)i));
  }
  QcApplicationState unused;
  g_assert_false (qc_state_from_code ("登记", &unused));
  g_assert_false (qc_state_from_code (NULL, &unused));
}

/* Decision 4: 登记 says which it means. */
static void
test_registered_means (void)
{
  const char *m = qc_state_explain_msgid (QC_BUSINESS_REMITTANCE, QC_STATE_REGISTERED);
  const char *r = qc_state_explain_msgid (QC_BUSINESS_BACK_PAYMENT, QC_STATE_REGISTERED);
  g_assert_nonnull (m);
  g_assert_nonnull (r);
  g_assert_cmpstr (m, !=, r);
  g_assert_null (qc_state_explain_msgid (QC_BUSINESS_SEALING, QC_STATE_FINISHED));
}

/* Which state is explained for 汇缴, for what is reviewed with money and without: only what needs it, and money only
 * where there is some. */
static void
test_explained (void)
{
  static const struct {
    QcApplicationState state;
    gboolean m, r, o, money;
  } rows[QC_N_APPLICATION_STATES] = {
      {QC_STATE_DRAFT, FALSE, TRUE, TRUE, FALSE},       {QC_STATE_REGISTERED, TRUE, TRUE, TRUE, FALSE},
      {QC_STATE_IN_REVIEW, FALSE, TRUE, TRUE, FALSE},   {QC_STATE_ACCEPTED, FALSE, TRUE, TRUE, TRUE},
      {QC_STATE_FINISHED, TRUE, TRUE, FALSE, TRUE},     {QC_STATE_RETURNED, FALSE, TRUE, TRUE, FALSE},
      {QC_STATE_CANCELLED, FALSE, FALSE, FALSE, FALSE}, {QC_STATE_DELETED, FALSE, FALSE, FALSE, FALSE},
      {QC_STATE_OTHER, FALSE, FALSE, FALSE, FALSE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const char *m = qc_state_explain_msgid (QC_BUSINESS_REMITTANCE, rows[i].state);
    const char *r = qc_state_explain_msgid (QC_BUSINESS_BACK_PAYMENT, rows[i].state);
    const char *o = qc_state_explain_msgid (QC_BUSINESS_ACCOUNT_OPENING, rows[i].state);
    g_test_message ("%s", qc_state_to_code (rows[i].state));
    g_assert_cmpint (m != NULL, ==, rows[i].m);
    g_assert_cmpint (r != NULL, ==, rows[i].r);
    g_assert_cmpint (o != NULL, ==, rows[i].o);
    g_assert_cmpint (r != NULL && strstr (r, "money") != NULL, ==, rows[i].money);
    g_assert_true (o == NULL || strstr (o, "money") == NULL);
    g_assert_null (qc_state_explain_msgid (QC_BUSINESS_SEALING, rows[i].state));
  }
}

static void
test_businesses (void)
{
  static const struct {
    const char *code;
    QcRun run;
    gboolean money, month, blocked, card;
  } rows[QC_N_BUSINESSES] = {
      {"remittance", QC_RUN_REMITTANCE, TRUE, FALSE, FALSE, TRUE},
      {"back-payment", QC_RUN_REVIEWED, TRUE, FALSE, FALSE, TRUE},
      {"unit-change", QC_RUN_IMMEDIATE, FALSE, FALSE, FALSE, TRUE},
      {"account-opening", QC_RUN_REVIEWED, FALSE, TRUE, FALSE, TRUE},
      {"transfer", QC_RUN_IMMEDIATE, FALSE, TRUE, FALSE, TRUE},
      {"sealing", QC_RUN_IMMEDIATE, FALSE, TRUE, TRUE, TRUE},
      {"base-adjustment", QC_RUN_IMMEDIATE, FALSE, TRUE, TRUE, TRUE},
      {"inquiry", QC_RUN_NONE, FALSE, FALSE, FALSE, TRUE},
      {"retirement", QC_RUN_IMMEDIATE, FALSE, FALSE, FALSE, FALSE},
      {"other", QC_RUN_NONE, FALSE, FALSE, FALSE, FALSE},
  };
  for (int i = 0; i < QC_N_BUSINESSES; i++) {
    const QcBusinessInfo *info = qc_business_info ((QcBusiness)i);
    g_assert_cmpint (info->kind, ==, i);
    g_assert_cmpstr (info->code, ==, rows[i].code);
    g_assert_cmpint (info->run, ==, rows[i].run);
    g_assert_cmpint (info->has_money, ==, rows[i].money);
    g_assert_cmpint (info->moves_month, ==, rows[i].month);
    g_assert_cmpint (info->blocked_by_remittance, ==, rows[i].blocked);
    g_assert_cmpint (info->does_msgid != NULL, ==, rows[i].card);
    g_assert_cmpint (info->needs_msgid != NULL, ==, rows[i].card);
    g_assert_true (info->msgid != NULL && info->icon != NULL);
    QcBusiness back;
    g_assert_true (qc_business_from_code (info->code, &back));
    g_assert_cmpint (back, ==, i);
  }
  for (int i = 0; i < QC_N_BUSINESSES; i++) {
    const QcBusinessInfo *info = qc_business_info ((QcBusiness)i);
    g_assert_cmpint (info->of_months, ==, i == QC_BUSINESS_BACK_PAYMENT);
    g_assert_cmpint (info->has_facts, ==, i == QC_BUSINESS_UNIT_CHANGE);
    g_assert_cmpint (info->opens_accounts, ==, i == QC_BUSINESS_ACCOUNT_OPENING);
  }
  QcBusiness back = QC_BUSINESS_SEALING;
  g_assert_false (qc_business_from_code ("unheard-of", &back));
  g_assert_false (qc_business_from_code (NULL, &back));
  g_assert_cmpint (back, ==, QC_BUSINESS_SEALING);
  g_assert_false (qc_business_is_of_people (QC_BUSINESS_UNIT_CHANGE));
  g_assert_true (qc_business_is_of_people (QC_BUSINESS_TRANSFER));
  g_assert_true (qc_business_is_of_people (QC_BUSINESS_REMITTANCE));
}

/* A field is called here as its column is, and by its own title where it is no column. */
static void
test_titles (void)
{
  static const struct {
    QcBusiness business;
    QcLineFieldId field;
    const char *title;
  } rows[] = {
      {QC_BUSINESS_BACK_PAYMENT, QC_LINE_REASON, "Reason for back payment"},
      {QC_BUSINESS_SEALING, QC_LINE_REASON, "Reason for the change"},
      {QC_BUSINESS_ACCOUNT_OPENING, QC_LINE_REASON, "Reason for the change"},
      {QC_BUSINESS_ACCOUNT_OPENING, QC_LINE_NEW_BASE, "Contribution base"},
      {QC_BUSINESS_REMITTANCE, QC_LINE_NEW_BASE, "New contribution base"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (qc_business_field_msgid (rows[i].business, rows[i].field), ==, rows[i].title);
}

/* Where an application begins its life at the center. */
static void
test_first_states (void)
{
  g_assert_cmpint (qc_application_first_state (QC_BUSINESS_REMITTANCE), ==, QC_STATE_REGISTERED);
  g_assert_cmpint (qc_application_first_state (QC_BUSINESS_BACK_PAYMENT), ==, QC_STATE_IN_REVIEW);
  g_assert_cmpint (qc_application_first_state (QC_BUSINESS_SEALING), ==, QC_STATE_FINISHED);
  g_assert_cmpint (qc_application_first_state (QC_BUSINESS_RETIREMENT), ==, QC_STATE_FINISHED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/application/moves", test_moves);
  g_test_add_func ("/core/application/actors", test_actors);
  g_test_add_func ("/core/application/actions", test_actions);
  g_test_add_func ("/core/application/ends", test_ends);
  g_test_add_func ("/core/application/missing", test_missing);
  g_test_add_func ("/core/application/codes", test_codes);
  g_test_add_func ("/core/application/registered-means", test_registered_means);
  g_test_add_func ("/core/application/explained", test_explained);
  g_test_add_func ("/core/application/businesses", test_businesses);
  g_test_add_func ("/core/application/titles", test_titles);
  g_test_add_func ("/core/application/first-states", test_first_states);
  return g_test_run ();
}
