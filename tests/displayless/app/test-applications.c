/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 业务申请记录 without a screen: conditions, what waits on top, and which action is allowed in which state, with the
 * reason where it is not.
 */
#include <string.h>

#include "qc-app-fixture.h"
#include "qc-application-lines.h"
#include "qc-application-service.h"
#include "qc-badges.h"
#include "qc-decisions.h"
#include "qc-lines-ahead.h"
#include "qc-month.h"
#include "qc-outbox-item.h"
#include "qc-remittance-service.h"
#include "qc-session-internal.h"
#include "qc-session-private.h"
#include "qc-store-applications.h"

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
result_there (gpointer data)
{
  return *(GAsyncResult **)data != NULL;
}

static gboolean
is_read (gpointer data)
{
  return qc_application_list_is_loaded (data) && !qc_application_list_is_loading (data);
}

static guint
query (QcApplicationList *list, QcApplicationConditions conditions)
{
  qc_application_list_query (list, &conditions);
  qc_app_fixture_until (is_read, list);
  g_assert_no_error (qc_application_list_get_error (list));
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

#define CONDITIONS(...) ((QcApplicationConditions) {.business = QC_BUSINESS_REMITTANCE, __VA_ARGS__})

static void
test_conditions (void)
{
  g_autoptr (QcAppFixture) fixture
      = qc_app_fixture_new (NULL, QC_FILL_APPLICATIONS | QC_FILL_OPEN | QC_FILL_FAILED_DRAW, 0);
  g_autoptr (QcApplicationList) list = qc_application_list_new (fixture->session);
  g_assert_cmpuint (query (list, CONDITIONS (0)), ==, 5);
  g_assert_cmpint (qc_application_list_get_total_fen (list), ==, 2 * 350000);
  g_assert_false (qc_application_list_is_filtered (list));
  g_assert_cmpuint (query (list, CONDITIONS (.states = 1 << QC_STATE_FINISHED)), ==, 2);
  g_assert_true (qc_application_list_is_filtered (list));
  g_assert_cmpuint (query (list, CONDITIONS (.method = QC_METHOD_TRANSFER)), ==, 2);
  g_assert_cmpuint (query (list, CONDITIONS (.from = 202609, .to = 202609)), ==, 2);
  g_assert_cmpuint (query (list, CONDITIONS (.text = (char *)" 0003 ")), ==, 1);
  g_assert_cmpuint (query (list, CONDITIONS (.text = (char *)"3,500.00")), ==, 5);
  g_assert_cmpuint (query (list, CONDITIONS (.text = (char *)"3,500.01")), ==, 0);
  g_assert_cmpuint (query (list, CONDITIONS (.created_from = 20261123)), ==, 0);
  g_assert_cmpuint (query (list, (QcApplicationConditions) {.business = QC_BUSINESS_BACK_PAYMENT}), ==, 0);
  g_assert_cmpuint (query (list, (QcApplicationConditions) {.any_business = TRUE}), ==, 5);
  g_assert_cmpuint (qc_application_list_find (list, "HJ202600000003"), !=, G_MAXUINT);
  g_assert_cmpuint (qc_application_list_find (list, "nothing"), ==, G_MAXUINT);
}

/* ---- what is not with the center yet ---- */

#define ALL(...) ((QcApplicationConditions) {.any_business = TRUE, .drafts = TRUE, __VA_ARGS__})

/* 录入清册 and 登记 of a 补缴 beside what waits of 封存/启封: each fits conditions like an application does, and is not
 * what it is not: what waits of an immediate business has no state yet. */
static void
test_unsent (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_APPLICATIONS | QC_FILL_SEALING, 0);
  g_autoptr (QcApplicationList) list = qc_application_list_new (fixture->session);
  qc_app_fixture_sql (
      fixture,
      "INSERT INTO draft (id, scope, business, state, facts, lines, faults, created, changed) SELECT 501, id,"
      " 'back-payment', 'open', '{\"facts\":[\"method\",\"collection\",\"replaces\",\"BJ1\"]}', 1, 2,"
      " 1795320000, 1795320000 FROM scope WHERE unit = '" QC_FIXTURE_UNIT "';"
      "INSERT INTO draft_line (draft, line, position, facts) VALUES (501, 1, 1, 'name' || char(31) || '蔡卓玛·次仁');"
      "INSERT INTO draft (id, scope, business, state, facts, created, changed) SELECT 502, id, 'back-payment',"
      " 'open', '{}', 1, 1 FROM scope;"
      "INSERT INTO draft (id, scope, business, state, facts, lines, created, changed) SELECT 503, id,"
      " 'back-payment', 'locked', '{}', 1, 1, 1 FROM scope;"
      "INSERT INTO draft_line (draft, line, position, facts) VALUES (503, 1, 1, 'name' || char(31) || '李晓明');"
      "INSERT INTO outbox (scope, key, kind, business, method, path, summary, draft, state, created, changed)"
      " SELECT id, 'k', 'submission', 'back-payment', 'POST', '/', '{\"method\":\"transfer\",\"start\":202607,"
      "\"end\":202608,\"people\":1,\"fen\":240000}', 503, 'queued', 1795320100, 1795320100 FROM scope");
  qc_session_data_changed (fixture->session, QC_DATA_DRAFTS | QC_DATA_QUEUE);
  while (qc_application_list_find (list, "draft:501") == G_MAXUINT || qc_application_list_find (list, "k") == G_MAXUINT)
    query (list, ALL (0));
  g_assert_cmpuint (qc_application_list_find (list, "draft:502"), ==, G_MAXUINT); /* nothing is in it */
  g_assert_cmpuint (qc_application_list_find (list, "draft:503"), ==, G_MAXUINT); /* it waits */

  static const struct {
    QcApplicationConditions conditions;
    gboolean draft, waiting, sealing;
  } table[] = {
      {{.any_business = TRUE}, TRUE, TRUE, TRUE},
      {{.business = QC_BUSINESS_BACK_PAYMENT}, TRUE, TRUE, FALSE},
      {{.business = QC_BUSINESS_SEALING}, FALSE, FALSE, TRUE},
      {{.any_business = TRUE, .with_money = TRUE}, TRUE, TRUE, FALSE},
      {{.any_business = TRUE, .states = 1u << QC_STATE_DRAFT}, TRUE, FALSE, FALSE},
      {{.any_business = TRUE, .states = 1u << QC_STATE_REGISTERED}, FALSE, TRUE, FALSE},
      {{.any_business = TRUE, .method = QC_METHOD_COLLECTION}, TRUE, FALSE, FALSE},
      {{.any_business = TRUE, .method = QC_METHOD_TRANSFER}, FALSE, TRUE, FALSE},
      {{.any_business = TRUE, .from = 202608}, FALSE, TRUE, FALSE},
      {{.any_business = TRUE, .from = 202609}, FALSE, FALSE, FALSE},
      {{.any_business = TRUE, .to = 202607}, FALSE, TRUE, FALSE},
      {{.any_business = TRUE, .to = 202606}, FALSE, FALSE, FALSE},
      {{.any_business = TRUE, .created_from = 20261121}, TRUE, TRUE, TRUE},
      {{.any_business = TRUE, .created_to = 20261101}, FALSE, FALSE, FALSE},
      {{.any_business = TRUE, .text = (char *)"卓玛"}, TRUE, FALSE, FALSE},
      {{.any_business = TRUE, .text = (char *)"晓明"}, FALSE, TRUE, FALSE},
      {{.any_business = TRUE, .text = (char *)"2,400.00"}, FALSE, TRUE, FALSE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    QcApplicationConditions conditions = table[i].conditions;
    conditions.drafts = TRUE;
    query (list, conditions);
    g_test_message ("row %u", i);
    g_assert_cmpint (qc_application_list_find (list, "draft:501") != G_MAXUINT, ==, table[i].draft);
    g_assert_cmpint (qc_application_list_find (list, "k") != G_MAXUINT, ==, table[i].waiting);
    gboolean sealing = FALSE;
    for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (list)); j++) {
      g_autoptr (QcApplicationRow) row = g_list_model_get_item (G_LIST_MODEL (list), j);
      sealing |= qc_application_row_get_item (row) && qc_application_row_get_business (row) == QC_BUSINESS_SEALING;
    }
    if (table[i].conditions.created_from == QC_DATE_NONE) /* that one was queued whenever the test runs */
      g_assert_cmpint (sealing, ==, table[i].sealing);
  }
  query (list, (QcApplicationConditions) {.any_business = TRUE}); /* who does not ask for drafts has none */
  g_assert_cmpuint (qc_application_list_find (list, "draft:501"), ==, G_MAXUINT);
  query (list, ALL (0));
  g_autoptr (QcApplicationRow) row
      = g_list_model_get_item (G_LIST_MODEL (list), qc_application_list_find (list, "draft:501"));
  QcMoney fen;
  g_assert_cmpint (qc_application_row_get_people (row), ==, -1); /* lines are not people there */
  g_assert_false (qc_application_row_get_fen (row, &fen));
  g_assert_cmpstr (qc_draft_entry_get_reopened (qc_application_row_get_draft (row)), ==, "BJ1");
  g_assert_false (qc_application_row_has_lines (row));
  g_autoptr (QcApplicationRow) remittance
      = g_list_model_get_item (G_LIST_MODEL (list), qc_application_list_find (list, "HJ202600000003"));
  g_assert_nonnull (remittance);
  g_assert_false (qc_application_row_has_lines (remittance)); /* people by month, which are looked up elsewhere */
}

/* By a part of a name, as far as rosters are kept here; a % is a %. */
static void
test_names (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_APPLICATIONS | QC_FILL_SEALING, 0);
  g_autoptr (QcApplicationList) list = qc_application_list_new (fixture->session);
  query (list, (QcApplicationConditions) {.any_business = TRUE, .text = (char *)"卓玛"});
  g_assert_cmpuint (qc_application_list_find (list, QC_FIXTURE_SEALING), !=, G_MAXUINT);
  g_assert_cmpuint (qc_application_list_find (list, QC_FIXTURE_SEALING2), ==, G_MAXUINT);
  g_assert_cmpuint (query (list, (QcApplicationConditions) {.any_business = TRUE, .text = (char *)"卓%"}), ==, 0);
  g_assert_cmpuint (query (list, (QcApplicationConditions) {.any_business = TRUE, .text = (char *)"无此人"}), ==, 0);
}

#define MANY 2100

/* The oldest one is the only transfer, and of a day of its own. */
static gpointer
put_many (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  for (int i = 0; i < MANY; i++) {
    g_autoptr (QcApplication) application = qc_application_new ();
    application->serial = g_strdup_printf ("HJ2026%08d", i);
    application->business = QC_BUSINESS_REMITTANCE;
    application->state = QC_STATE_FINISHED;
    application->method = i == 0 ? QC_METHOD_TRANSFER : QC_METHOD_COLLECTION;
    application->draw = i == 0 ? QC_DRAW_NONE : QC_DRAW_DONE;
    application->start = application->end = 202609;
    application->fen = 100 + i;
    application->created = i == 0 ? 1795320000 - 2 * 86400 : 1795320000 + i;
    application->revision = 1;
    if (!qc_store_applications_put (connection, "heihe", QC_FIXTURE_UNIT, application, error))
      return NULL;
  }
  return QC_DATABASE_DONE;
}

/* More than are listed: what is asked for is looked for in all of them, and the totals are those of all. */
static void
test_many (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcApplicationList) list = qc_application_list_new (fixture->session);
  g_autoptr (GError) error = NULL;
  QcDate old = qc_date_from_unix (1795320000 - 2 * 86400);
  qc_database_write (qc_session_get_database (fixture->session), "many", put_many, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (query (list, CONDITIONS (0)), ==, 2000);
  g_assert_cmpuint (qc_application_list_get_total (list), ==, MANY);
  g_assert_cmpint (qc_application_list_get_total_fen (list), ==, MANY * (MANY - 1) / 2 + 100 * MANY);
  g_assert_cmpuint (query (list, CONDITIONS (.method = QC_METHOD_TRANSFER)), ==, 1);
  g_assert_cmpint (qc_application_list_get_total_fen (list), ==, 100);
  g_assert_cmpuint (query (list, CONDITIONS (.method = QC_METHOD_COLLECTION)), ==, 2000);
  g_assert_cmpuint (qc_application_list_get_total (list), ==, MANY - 1);
  g_assert_cmpuint (query (list, CONDITIONS (.created_from = old, .created_to = old)), ==, 1);
  g_assert_cmpuint (query (list, CONDITIONS (.created_to = qc_date_add_days (old, -1))), ==, 0);
  g_assert_cmpuint (qc_application_list_get_total (list), ==, 0);
  g_assert_cmpuint (query (list, CONDITIONS (.created_from = qc_date_add_days (old, 1))), ==, 2000);
  g_assert_cmpuint (qc_application_list_get_total (list), ==, MANY - 1);
  g_assert_cmpuint (query (list, CONDITIONS (.method = QC_METHOD_TRANSFER, .text = (char *)"1.00")), ==, 1);
}

static QcApplicationRow *
row_of (QcApplicationState state, QcMethod method, QcDrawResult draw)
{
  QcApplication *application = qc_application_new ();
  application->serial = g_strdup ("HJ");
  application->business = QC_BUSINESS_REMITTANCE;
  application->state = state;
  application->method = method;
  application->draw = draw;
  return qc_application_row_new (application);
}

static void
test_allowed (void)
{
  /* OFFLINE means: allowed, but for the network, which this profile does not have */
  static const struct {
    QcApplicationState state;
    QcMethod method;
    QcDrawResult draw;
    QcWhyNot redraw, remove;
  } table[] = {
      {QC_STATE_REGISTERED, QC_METHOD_COLLECTION, QC_DRAW_FAILED, QC_WHY_OFFLINE, QC_WHY_OFFLINE},
      {QC_STATE_REGISTERED, QC_METHOD_COLLECTION, QC_DRAW_RUNNING, QC_WHY_DRAW_RUNNING, QC_WHY_DRAW_RUNNING},
      {QC_STATE_REGISTERED, QC_METHOD_COLLECTION, QC_DRAW_UNKNOWN, QC_WHY_DRAW_RUNNING, QC_WHY_DRAW_RUNNING},
      {QC_STATE_REGISTERED, QC_METHOD_COLLECTION, QC_DRAW_NONE, QC_WHY_NOT_FAILED, QC_WHY_OFFLINE},
      {QC_STATE_REGISTERED, QC_METHOD_TRANSFER, QC_DRAW_NONE, QC_WHY_METHOD, QC_WHY_OFFLINE},
      {QC_STATE_FINISHED, QC_METHOD_COLLECTION, QC_DRAW_DONE, QC_WHY_STATE, QC_WHY_STATE},
      {QC_STATE_DELETED, QC_METHOD_COLLECTION, QC_DRAW_FAILED, QC_WHY_STATE, QC_WHY_STATE},
  };
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcApplicationService) service = qc_application_service_new (fixture->session);
  g_assert_cmpint (qc_application_service_why_not (service, NULL, QC_ACTION_DELETE), ==, QC_WHY_NO_ROW);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (QcApplicationRow) row = row_of (table[i].state, table[i].method, table[i].draw);
    g_test_message ("row %u", i);
    g_assert_cmpint (qc_application_service_why_not (service, row, QC_ACTION_REDRAW), ==, table[i].redraw);
    g_assert_cmpint (qc_application_service_why_not (service, row, QC_ACTION_DELETE), ==, table[i].remove);
    g_assert_cmpint (qc_application_service_why_not_withdraw (service, row), ==, QC_WHY_SENT);
  }
}

static gboolean
is_ready (gpointer data)
{
  return qc_remittance_service_get_preview (data) && !qc_business_service_is_loading (QC_BUSINESS_SERVICE (data))
         && qc_draft_get_unsaved (qc_business_service_get_draft (QC_BUSINESS_SERVICE (data))) == 0;
}

static gpointer
put_newer (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcApplication) application = qc_application_new ();
  application->serial = g_strdup ("XX202600000001");
  application->business = QC_BUSINESS_OTHER;
  application->state = QC_STATE_OTHER;
  application->method = QC_METHOD_OTHER;
  application->draw = QC_DRAW_OTHER;
  application->people = 3;
  application->fen = 100;
  application->created = 1795330000;
  application->revision = 1;
  return qc_store_applications_put (connection, "heihe", QC_FIXTURE_UNIT, application, error) ? QC_DATABASE_DONE : NULL;
}

/* What only a newer center knows is listed with the rest, and nothing can be done with it; the rest goes on. */
static void
test_newer_center (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_APPLICATIONS, 0);
  g_autoptr (QcApplicationList) list = qc_application_list_new (fixture->session);
  g_autoptr (QcApplicationService) service = qc_application_service_new (fixture->session);
  g_autoptr (GError) error = NULL;
  qc_database_write (qc_session_get_database (fixture->session), "newer", put_newer, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (query (list, (QcApplicationConditions) {.any_business = TRUE}), ==, 4);
  g_autoptr (QcApplicationRow) row
      = g_list_model_get_item (G_LIST_MODEL (list), qc_application_list_find (list, "XX202600000001"));
  const QcApplication *application = qc_application_row_get_application (row);
  g_assert_cmpint (application->business, ==, QC_BUSINESS_OTHER);
  g_assert_cmpint (application->state, ==, QC_STATE_OTHER);
  g_assert_cmpint (application->method, ==, QC_METHOD_OTHER);
  g_assert_cmpint (application->draw, ==, QC_DRAW_OTHER);
  for (guint action = 0; action < QC_N_APPLICATION_ACTIONS; action++) {
    QcWhyNot why = qc_application_service_why_not (service, row, action);
    g_assert_true (why != QC_WHY_NONE && why != QC_WHY_OFFLINE);
  }
  g_autoptr (QcRemittanceService) remittance = qc_remittance_service_new (fixture->session);
  qc_app_fixture_until (is_ready, remittance);
  g_assert_false (qc_remittance_preview_is_blocked (qc_remittance_service_get_preview (remittance)));
  g_assert_cmpint (qc_remittance_preview_get_total (qc_remittance_service_get_preview (remittance)), ==, 777200);
}

static QcOutboxItem *
submit (QcRemittanceService *service)
{
  qc_app_fixture_until (is_ready, service);
  qc_remittance_service_set_all_reviewed (service, TRUE);
  qc_app_fixture_until (is_ready, service);
  g_autofree char *token = qc_business_service_dup_token (QC_BUSINESS_SERVICE (service));
  g_autoptr (GAsyncResult) result = NULL;
  qc_business_service_submit_async (QC_BUSINESS_SERVICE (service), token, NULL, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  g_autoptr (GError) error = NULL;
  QcOutboxItem *item = qc_business_service_submit_finish (QC_BUSINESS_SERVICE (service), result, &error);
  g_assert_no_error (error);
  return item;
}

static gboolean
has_no_item (gpointer data)
{
  QcRemittanceService *service = data;
  return !qc_business_service_get_item (QC_BUSINESS_SERVICE (service))
         && qc_draft_get_outbox (qc_business_service_get_draft (QC_BUSINESS_SERVICE (service))) == 0 && is_ready (data);
}

/* 待联网提交 stands on top; 撤回 gives the draft back with everything in it. */
static void
test_withdraw (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_APPLICATIONS, 0);
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (fixture->session);
  g_autoptr (QcApplicationService) applications = qc_application_service_new (fixture->session);
  g_autoptr (QcApplicationList) list = qc_application_list_new (fixture->session);
  g_autoptr (QcOutboxItem) item = submit (service);
  QcApplicationConditions conditions = CONDITIONS (0);
  do
    qc_app_fixture_until (is_read, list);
  while (query (list, conditions) < 4);
  g_autoptr (QcApplicationRow) first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_true (qc_application_row_get_item (first) != NULL);
  g_assert_cmpint (qc_application_service_why_not (applications, first, QC_ACTION_DELETE), ==, QC_WHY_NOT_SENT);
  g_assert_cmpint (qc_application_service_why_not_withdraw (applications, first), ==, QC_WHY_NONE);
  g_autoptr (GAsyncResult) result = NULL;
  qc_application_service_withdraw_async (applications, item, NULL, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  g_autoptr (GError) error = NULL;
  g_assert_true (qc_application_service_withdraw_finish (applications, result, &error));
  g_assert_no_error (error);
  qc_app_fixture_until (has_no_item, service);
  g_assert_cmpuint (qc_remittance_service_get_reviewed (service), ==, 2);
  g_assert_true (qc_business_service_can_submit (QC_BUSINESS_SERVICE (service)));
}

static guint
state_of_row (QcApplicationList *list, guint position)
{
  g_autoptr (QcApplicationRow) row = g_list_model_get_item (G_LIST_MODEL (list), position);
  return qc_outbox_item_get_state (qc_application_row_get_item (row));
}

static gboolean
both_queued (gpointer data)
{
  return state_of_row (data, 0) == QC_OUTBOX_ITEM_QUEUED && state_of_row (data, 1) == QC_OUTBOX_ITEM_QUEUED;
}

static gboolean
first_queued (gpointer data)
{
  return state_of_row (data, 1) == QC_OUTBOX_ITEM_QUEUED && !qc_application_list_is_loading (data);
}

static void
release (QcApplicationService *service, QcApplicationList *list, guint position)
{
  g_autoptr (QcApplicationRow) row = g_list_model_get_item (G_LIST_MODEL (list), position);
  g_assert_cmpint (qc_application_service_why_not_release (service, row), ==, QC_WHY_NONE);
  g_autoptr (GAsyncResult) result = NULL;
  qc_application_service_release_async (service, qc_outbox_item_get_id (qc_application_row_get_item (row)), NULL,
                                        result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  g_autoptr (GError) error = NULL;
  g_assert_true (qc_application_service_release_finish (service, result, &error));
  g_assert_no_error (error);
}

/* 继续提交 of what is held, in order; the newest stands on top. */
static void
test_release (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_HELD, 0);
  g_autoptr (QcApplicationService) service = qc_application_service_new (fixture->session);
  g_autoptr (QcApplicationList) list = qc_application_list_new (fixture->session);
  QcApplicationConditions conditions = CONDITIONS (0);
  do
    qc_app_fixture_until (is_read, list);
  while (query (list, conditions) < 2);
  g_autoptr (QcApplicationRow) behind = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpint (qc_application_service_why_not_withdraw (service, behind), ==, QC_WHY_NONE);
  g_assert_cmpint (qc_application_service_why_not_release (service, behind), ==, QC_WHY_BEHIND);
  release (service, list, 1);
  qc_app_fixture_until (first_queued, list);
  release (service, list, 0);
  qc_app_fixture_until (both_queued, list);
  g_assert_cmpint (qc_application_service_why_not_release (service, behind), ==, QC_WHY_NOT_HELD);
}

static void
note_told (gboolean *told)
{
  *told = TRUE;
}

/* What a queued item waits for, as it is said: an answer of the center, and what the session knows, which is newer. */
static void
test_waits_for (void)
{
  static const struct {
    QcStoreOutboxState state;
    const char *reason, *words;
    QcWaitsFor missing;
  } table[] = {
      {QC_STORE_OUTBOX_QUEUED, NULL, "Waiting for the network", QC_WAITS_FOR_NETWORK},
      {QC_STORE_OUTBOX_QUEUED, "offline", "Waiting for the network", QC_WAITS_FOR_NETWORK},
      {QC_STORE_OUTBOX_QUEUED, "busy", "Waiting to be sent again", QC_WAITS_FOR_NETWORK},
      {QC_STORE_OUTBOX_QUEUED, "forbidden", "Waiting for another account", QC_WAITS_FOR_NETWORK},
      {QC_STORE_OUTBOX_QUEUED, "forbidden", "Waiting for a sign-in", QC_WAITS_FOR_SIGN_IN},
      {QC_STORE_OUTBOX_QUEUED, NULL, "Waiting for another account", QC_WAITS_FOR_ACCOUNT},
      {QC_STORE_OUTBOX_SENDING, "busy", "Being sent", QC_WAITS_FOR_NETWORK},
      {QC_STORE_OUTBOX_UNKNOWN, NULL, "Being verified with the center", QC_WAITS_FOR_SIGN_IN},
  };
  g_autoptr (QcStoreOutboxItem) row = qc_store_outbox_item_new ();
  g_autoptr (QcOutboxItem) item = qc_outbox_item_new (row, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    row->state = table[i].state;
    g_free (row->reason);
    row->reason = g_strdup (table[i].reason);
    qc_outbox_item_update (item, row, NULL);
    qc_outbox_item_set_missing (item, table[i].missing);
    g_assert_cmpstr (qc_outbox_item_get_state_msgid (item), ==, table[i].words);
  }
}

/* What is missing is told when it is another thing than before, and of what waits alone. */
static void
test_missing_told (void)
{
  static const struct {
    QcStoreOutboxState state;
    QcWaitsFor missing;
    gboolean told;
  } table[] = {
      {QC_STORE_OUTBOX_QUEUED, QC_WAITS_FOR_SIGN_IN, TRUE},
      {QC_STORE_OUTBOX_QUEUED, QC_WAITS_FOR_SIGN_IN, FALSE},
      {QC_STORE_OUTBOX_QUEUED, QC_WAITS_FOR_NETWORK, TRUE},
      {QC_STORE_OUTBOX_SENDING, QC_WAITS_FOR_SIGN_IN, FALSE},
  };
  g_autoptr (QcStoreOutboxItem) row = qc_store_outbox_item_new ();
  g_autoptr (QcOutboxItem) item = qc_outbox_item_new (row, NULL);
  gboolean told;
  g_signal_connect_swapped (item, "notify::waits-for", G_CALLBACK (note_told), &told);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    row->state = table[i].state;
    qc_outbox_item_update (item, row, NULL);
    told = FALSE;
    g_assert_cmpint (qc_outbox_item_set_missing (item, table[i].missing), ==, table[i].told);
    g_assert_cmpint (told, ==, table[i].told);
  }
}

/* An answer to something else is told; an outcome that is unknown for any other reason has no words of the center. */
static void
test_not_ours (void)
{
  static const char *const reasons[] = {"not-ours", "timeout", "aborted", NULL};
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++) {
    g_autoptr (QcStoreOutboxItem) row = qc_store_outbox_item_new ();
    row->state = QC_STORE_OUTBOX_UNKNOWN;
    row->reason = g_strdup (reasons[i]);
    g_autoptr (QcOutboxItem) item = qc_outbox_item_new (row, NULL);
    g_assert_cmpint (qc_outbox_item_get_detail (item) != NULL, ==, i == 0);
  }
}

/* What keeps the one before from leaving keeps the one behind it. */
static void
test_waits_behind (void)
{
  g_autoptr (QcStoreOutboxItem) row = qc_store_outbox_item_new ();
  g_autoptr (QcStoreOutboxItem) before = qc_store_outbox_item_new ();
  g_autoptr (QcOutboxItem) item = qc_outbox_item_new (row, NULL);
  g_assert_cmpstr (qc_outbox_item_get_state_msgid (item), ==, "Waiting for the network");
  before->state = QC_STORE_OUTBOX_UNKNOWN;
  g_assert_true (qc_outbox_item_update (item, row, before));
  g_assert_cmpstr (qc_outbox_item_get_state_msgid (item), ==, "Waiting for what is before it");
  before->state = QC_STORE_OUTBOX_QUEUED;
  before->reason = g_strdup ("busy");
  before->next_try = 1790000000;
  g_assert_true (qc_outbox_item_update (item, row, before));
  g_assert_cmpstr (qc_outbox_item_get_state_msgid (item), ==, "Waiting to be sent again");
  g_assert_cmpint (qc_outbox_item_get_next_try (item), ==, 1790000000);
  g_assert_true (qc_outbox_item_update (item, row, NULL));
  g_assert_cmpstr (qc_outbox_item_get_state_msgid (item), ==, "Waiting for the network");
  g_assert_cmpint (qc_outbox_item_get_next_try (item), ==, 0);
}

static gboolean
has_notice (gpointer data)
{
  gpointer *both = data;
  g_autoptr (QcPayeeNotice) notice = qc_application_service_dup_notice (both[0], both[1]);
  return notice != NULL;
}

static void
test_notice (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_OPEN, 0);
  g_autoptr (QcApplicationService) service = qc_application_service_new (fixture->session);
  g_autoptr (QcApplication) application = qc_application_new ();
  gpointer both[] = {service, application};
  application->serial = g_strdup ("HJ202600000004");
  application->business = QC_BUSINESS_REMITTANCE;
  application->state = QC_STATE_REGISTERED;
  application->method = QC_METHOD_TRANSFER;
  application->fen = 350000;
  application->arrived = 100000;
  qc_app_fixture_until (has_notice, both);
  g_autoptr (QcPayeeNotice) notice = qc_application_service_dup_notice (service, application);
  g_assert_cmpint (notice->fen, ==, 250000); /* what is still missing */
  g_assert_cmpstr (notice->remark, ==, "HJ202600000004");
  g_assert_cmpstr (notice->payee_account, ==, "231100778899001122");
  application->state = QC_STATE_FINISHED;
  g_assert_null (qc_application_service_dup_notice (service, application));
}

/* ---- what the center decided ---- */

static void
note_decided_cb (GPtrArray *decided, QcApplicationRow *row)
{
  const QcApplication *application = qc_application_row_get_application (row);
  g_ptr_array_add (decided, g_strdup_printf ("%s %s", application->serial, qc_state_to_code (application->state)));
}

static gboolean
three_decided (gpointer decided)
{
  return ((GPtrArray *)decided)->len >= 3;
}

/* Seen 待审核 and not any more, or 登记 and now 已办结, each once; the clerk's own 取消 is no news. */
static void
test_decisions (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_APPLICATIONS | QC_FILL_OPEN, 0);
  g_autoptr (GPtrArray) decided = g_ptr_array_new_with_free_func (g_free);
  qc_app_fixture_sql (fixture, "UPDATE application SET state = 'in-review' WHERE serial <> 'HJ202600000004'");
  g_autoptr (QcDecisions) decisions = qc_decisions_new (fixture->session);
  g_signal_connect_swapped (decisions, "decided", G_CALLBACK (note_decided_cb), decided);
  g_autoptr (QcApplicationList) list = qc_application_list_new (fixture->session);
  query (list, (QcApplicationConditions) {.any_business = TRUE}); /* read after the other one: that has read too */
  g_assert_cmpuint (decided->len, ==, 0);
  g_assert_true (qc_decisions_is_waiting (decisions));
  qc_app_fixture_sql (fixture, "UPDATE application SET state = 'returned' WHERE serial = 'HJ202600000001'");
  qc_app_fixture_sql (fixture, "UPDATE application SET state = 'cancelled' WHERE serial = 'HJ202600000002'");
  qc_app_fixture_sql (fixture, "UPDATE application SET state = 'accepted' WHERE serial = 'HJ202600000003'");
  qc_app_fixture_sql (fixture, "UPDATE application SET state = 'finished' WHERE serial = 'HJ202600000004'");
  qc_session_data_changed (fixture->session, QC_DATA_APPLICATIONS);
  qc_app_fixture_until (three_decided, decided);
  g_assert_false (qc_decisions_is_waiting (decisions));
  qc_session_data_changed (fixture->session, QC_DATA_APPLICATIONS);
  query (list, (QcApplicationConditions) {.any_business = TRUE});
  query (list, (QcApplicationConditions) {.any_business = TRUE});
  g_assert_cmpuint (decided->len, ==, 3);
  g_assert_cmpstr (decided->pdata[0], ==, "HJ202600000004 finished");
  g_assert_cmpstr (decided->pdata[1], ==, "HJ202600000003 accepted");
  g_assert_cmpstr (decided->pdata[2], ==, "HJ202600000001 returned");
}

/* ---- who stands on a roster ---- */

static gboolean
is_settled (gpointer data)
{
  return !qc_application_lines_is_busy (data);
}

/* (transfer full) */
static QcApplicationLines *
look_at (QcSession *session, guint position)
{
  g_autoptr (QcApplicationList) list = qc_application_list_new (session);
  query (list, (QcApplicationConditions) {.business = QC_BUSINESS_SEALING});
  g_autoptr (QcApplicationRow) row = g_list_model_get_item (G_LIST_MODEL (list), position);
  g_assert_true (qc_application_row_has_lines (row));
  QcMoney fen;
  g_assert_false (qc_application_row_get_fen (row, &fen)); /* no money moves, which is not 0.00 */
  QcApplicationLines *lines = qc_application_lines_new (session, row);
  g_assert_true (qc_application_lines_is_of (lines, row));
  qc_app_fixture_until (is_settled, lines);
  return lines;
}

static void
assert_sealing (QcApplicationLines *lines)
{
  QcRosterModel *model = qc_application_lines_get_model (lines);
  const QcRosterTotals *totals = qc_roster_model_get_totals (model);
  const QcRosterLine *line = qc_roster_model_get_line_at (model, 1);
  g_autofree char *reason
      = qc_roster_dup_shown (QC_BUSINESS_SEALING, qc_application_lines_get_codes (lines), line, QC_LINE_REASON);
  g_autofree char *document
      = qc_roster_dup_shown (QC_BUSINESS_SEALING, qc_application_lines_get_codes (lines), line, QC_LINE_DOCUMENT);
  g_assert_no_error (qc_application_lines_get_error (lines));
  g_assert_true (qc_application_lines_is_whole (lines));
  g_assert_cmpint (qc_application_lines_get_here (lines), ==, 2);
  g_assert_cmpint (totals->sealing, ==, 1);
  g_assert_cmpint (totals->unsealing, ==, 1);
  g_assert_cmpstr (line->name, ==, "蔡卓玛·次仁");
  g_assert_cmpint (line->new_base, ==, 345600);
  g_assert_cmpstr (reason, ==, "恢复缴存");
  g_assert_null (strstr (document, "19880515"));
}

static gboolean
finds_one (gpointer model)
{
  return g_list_model_get_n_items (model) == 1;
}

/* What waits is read from what will be sent; what was fetched needs nobody; the rest says why it is not here. */
static void
test_lines (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_SEALING, 0);
  g_autoptr (QcApplicationLines) waiting = look_at (fixture->session, 0);
  assert_sealing (waiting);
  g_assert_cmpint (qc_application_lines_get_fetched (waiting), ==, 0);
  g_autoptr (QcApplicationLines) kept = NULL;
  g_autoptr (QcApplicationLines) missing = NULL;
  for (guint i = 1; i <= 2; i++) {
    g_autoptr (QcApplicationLines) lines = look_at (fixture->session, i);
    g_set_object (qc_application_lines_get_fetched (lines) ? &kept : &missing, lines);
  }
  assert_sealing (kept);
  gint64 fetched = qc_application_lines_get_fetched (kept);
  g_assert_cmpint (ABS (fetched - g_get_real_time () / G_USEC_PER_SEC), <, 600);
  qc_roster_model_set_search (qc_application_lines_get_model (kept), "caizhuoma");
  qc_app_fixture_until (finds_one, qc_application_lines_get_model (kept));
  g_assert_false (qc_application_lines_is_whole (missing));
  g_assert_cmpint (qc_application_lines_get_here (missing), ==, 0);
  g_assert_cmpint (qc_application_lines_get_people (missing), ==, 2);
  g_assert_error (qc_application_lines_get_error (missing), QC_SYNC_ERROR, QC_SYNC_ERROR_NO_API);
  qc_application_lines_fetch (missing);
  qc_app_fixture_until (is_settled, missing);
  g_assert_error (qc_application_lines_get_error (missing), QC_SYNC_ERROR, QC_SYNC_ERROR_NO_API);
}

/* ---- what goes on beside the list ---- */

static gboolean
is_registered (QcApplicationList *list, const char *key)
{
  g_autoptr (QcApplicationRow) row = g_list_model_get_item (G_LIST_MODEL (list), qc_application_list_find (list, key));
  return qc_application_row_is_registered (row);
}

/* Only what waits, is reviewed, and of which no picture is on its way counts as 登记; by its item it is found, and how
 * far its pictures are is told, alone and with all others. */
static void
test_registered (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_APPLICATIONS, 0);
  g_autoptr (QcApplicationList) list = qc_application_list_new (fixture->session);
  qc_app_fixture_sql (
      fixture, "INSERT INTO outbox (id, scope, key, kind, business, method, path, summary, state, created, changed)"
               " SELECT 601, id, 'k', 'submission', 'back-payment', 'POST', '/', '{\"people\":1}', 'queued',"
               " 1795320100, 1795320100 FROM scope;"
               "INSERT INTO outbox (id, scope, key, kind, business, method, path, summary, state, created, changed)"
               " SELECT 602, id, 'i', 'submission', 'sealing', 'POST', '/', '{\"people\":1}', 'queued',"
               " 1795320100, 1795320100 FROM scope");
  qc_session_data_changed (fixture->session, QC_DATA_QUEUE);
  while (qc_application_list_find (list, "k") == G_MAXUINT || qc_application_list_find (list, "i") == G_MAXUINT)
    query (list, ALL (0));
  g_assert_cmpuint (qc_application_list_find_item (list, 601), ==, qc_application_list_find (list, "k"));
  g_assert_cmpuint (qc_application_list_find_item (list, 602), ==, qc_application_list_find (list, "i"));
  g_assert_cmpuint (qc_application_list_find_item (list, 603), ==, G_MAXUINT);
  g_assert_true (is_registered (list, "k"));
  g_assert_false (is_registered (list, "i"));
  g_assert_false (is_registered (list, "HJ202600000001"));
  const QcUploadProgress progress = {.there = 1, .pictures = 2, .sent = 10, .size = 30}, other = {0, 3, 1, 5};
  const QcUploadProgress ended = {0};
  qc_session_take_upload (fixture->session, 601, &progress);
  qc_session_take_upload (fixture->session, 602, &other);
  g_assert_cmpint (qc_session_get_upload (fixture->session, 601).pictures, ==, 2);
  g_assert_cmpint (qc_session_get_upload (fixture->session, 603).pictures, ==, 0);
  QcUploadProgress all = qc_session_get_uploads (fixture->session);
  g_assert_cmpint (all.there, ==, 1);
  g_assert_cmpint (all.pictures, ==, 5);
  g_assert_cmpint (all.sent, ==, 11);
  g_assert_cmpint (all.size, ==, 35);
  qc_session_take_upload (fixture->session, 602, &ended);
  g_assert_cmpint (qc_session_get_uploads (fixture->session).pictures, ==, 2);
  qc_session_forget_uploads (fixture->session);
  g_assert_cmpint (qc_session_get_uploads (fixture->session).pictures, ==, 0);
}

static void
note_told_cb (gpointer source, guint *told)
{
  ++*told;
}

static gboolean
was_told (gpointer told)
{
  return *(guint *)told > 0;
}

/* Drafts and what was returned, by business; nothing without a unit. */
static void
test_badges (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_APPLICATIONS | QC_FILL_BACK_PAYMENT, 0);
  qc_app_fixture_sql (fixture, "UPDATE application SET state = 'returned' WHERE business = 'back-payment';"
                               "INSERT INTO draft (id, scope, business, state, facts, lines, created, changed)"
                               " SELECT 501, id, 'back-payment', 'open', '{}', 1, 1, 1 FROM scope;"
                               "INSERT INTO draft (id, scope, business, state, facts, lines, created, changed)"
                               " SELECT 502, id, 'sealing', 'open', '{}', 1, 1, 1 FROM scope");
  guint told = 0;
  g_autoptr (QcBadges) badges = qc_badges_new (fixture->session);
  g_signal_connect (badges, "changed", G_CALLBACK (note_told_cb), &told);
  g_assert_cmpuint (qc_badges_get (badges, QC_BUSINESS_BACK_PAYMENT), ==, 0);
  qc_app_fixture_until (was_told, &told);
  g_assert_cmpuint (qc_badges_get (badges, QC_BUSINESS_BACK_PAYMENT), ==, 2);
  g_assert_cmpuint (qc_badges_get (badges, QC_BUSINESS_SEALING), ==, 1);
  g_assert_cmpuint (qc_badges_get (badges, QC_BUSINESS_TRANSFER), ==, 0);
  qc_app_fixture_sql (fixture, "DELETE FROM draft WHERE id = 502");
  told = 0;
  qc_session_data_changed (fixture->session, QC_DATA_PEOPLE);
  qc_session_data_changed (fixture->session, QC_DATA_DRAFTS);
  qc_app_fixture_until (was_told, &told);
  g_assert_cmpuint (qc_badges_get (badges, QC_BUSINESS_SEALING), ==, 0);
}

static gpointer
read_number (QcConnection *connection, gpointer sql, GCancellable *cancellable, GError **error)
{
  g_autofree gint64 *number = g_new0 (gint64, 1);
  return qc_connection_get_int (connection, sql, -1, number, error) ? g_steal_pointer (&number) : NULL;
}

static gint64
looked_at (QcAppFixture *fixture, const char *serial)
{
  g_autofree char *sql = g_strdup_printf ("SELECT looked FROM application_roster WHERE serial = '%s'", serial);
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *looked
      = qc_database_write (qc_session_get_database (fixture->session), "looked", read_number, sql, &error);
  g_assert_no_error (error);
  return *looked;
}

static gboolean
was_looked_at (gpointer fixture)
{
  return looked_at (fixture, QC_FIXTURE_BACK_PAYMENT) != 0;
}

/* The rosters of reviewed applications of a year are looked at before anybody does, and no others. */
static void
test_ahead (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_SEALING | QC_FILL_BACK_PAYMENT, 0);
  qc_app_fixture_sql (fixture, "UPDATE application_roster SET looked = 0");
  g_autoptr (QcLinesAhead) ahead = qc_lines_ahead_new (fixture->session);
  qc_app_fixture_until (was_looked_at, fixture);
  g_assert_cmpint (looked_at (fixture, QC_FIXTURE_SEALING), ==, 0);
  g_clear_object (&ahead);
  /* 367 days before today */
  qc_app_fixture_sql (fixture, "UPDATE application_roster SET looked = 0;"
                               "UPDATE application SET created = created - 367 * 86400");
  g_autoptr (QcLinesAhead) later = qc_lines_ahead_new (fixture->session);
  g_autoptr (QcApplicationList) list = qc_application_list_new (fixture->session);
  query (list, (QcApplicationConditions) {.any_business = TRUE}); /* read after the other one: that has read too */
  query (list, (QcApplicationConditions) {.any_business = TRUE});
  g_assert_cmpint (looked_at (fixture, QC_FIXTURE_BACK_PAYMENT), ==, 0);
}

static gpointer
make_old (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_connection_exec (connection, "UPDATE application_roster SET looked = looked - 61 * 86400", error)
             ? QC_DATABASE_DONE
             : NULL;
}

/* Writes come one after the other. */
static gpointer
do_nothing (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return QC_DATABASE_DONE;
}

/* What nobody has looked at for long is not here at the next start. */
static void
test_lines_age (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_SEALING, 0);
  qc_app_fixture_restart (fixture);
  guint kept = 0;
  for (guint i = 1; i <= 2; i++) {
    g_autoptr (QcApplicationLines) lines = look_at (fixture->session, i);
    kept += qc_application_lines_is_whole (lines);
  }
  g_assert_cmpuint (kept, ==, 1);
  g_autoptr (GError) error = NULL;
  qc_database_write (qc_session_get_database (fixture->session), "old", make_old, NULL, &error);
  g_assert_no_error (error);
  qc_app_fixture_restart (fixture);
  qc_database_write (qc_session_get_database (fixture->session), "behind", do_nothing, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 1; i <= 2; i++) {
    g_autoptr (QcApplicationLines) lines = look_at (fixture->session, i);
    g_assert_false (qc_application_lines_is_whole (lines));
    g_assert_cmpint (qc_application_lines_get_here (lines), ==, 0);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/applications/conditions", test_conditions);
  g_test_add_func ("/applications/newer-center", test_newer_center);
  g_test_add_func ("/applications/allowed", test_allowed);
  g_test_add_func ("/applications/withdraw", test_withdraw);
  g_test_add_func ("/applications/release", test_release);
  g_test_add_func ("/applications/waits-for", test_waits_for);
  g_test_add_func ("/applications/missing-told", test_missing_told);
  g_test_add_func ("/applications/not-ours", test_not_ours);
  g_test_add_func ("/applications/waits-behind", test_waits_behind);
  g_test_add_func ("/applications/unsent", test_unsent);
  g_test_add_func ("/applications/names", test_names);
  g_test_add_func ("/applications/many", test_many);
  g_test_add_func ("/applications/notice", test_notice);
  g_test_add_func ("/applications/decisions", test_decisions);
  g_test_add_func ("/applications/lines", test_lines);
  g_test_add_func ("/applications/registered", test_registered);
  g_test_add_func ("/applications/badges", test_badges);
  g_test_add_func ("/applications/ahead", test_ahead);
  g_test_add_func ("/applications/lines-age", test_lines_age);
  return g_test_run ();
}
