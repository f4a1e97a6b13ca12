/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 业务申请记录 in the real window: selection, details, what is enabled and what the conditions leave.
 */
#include "play.h"
#include "qc-app-fixture.h"
#include "qc-applications-pane.h"
#include "qc-business-result.h"
#include "qc-grid.h"
#include "qc-session-internal.h"
#include "qc-status-button.h"

static gboolean
has_rows (gpointer data)
{
  return g_list_model_get_n_items (G_LIST_MODEL (qc_applications_pane_get_list (data))) == 5;
}

static gboolean
has_row (gpointer data)
{
  return qc_applications_pane_get_row (data) != NULL;
}

static gboolean
can_go (gpointer data)
{
  return play_is_enabled (data, "go");
}

static QcApplicationsPane *
open_page (Play *play, const char *page, const char *title)
{
  play_begin_in (play, qc_app_fixture_make_folder (QC_FILL_APPLICATIONS | QC_FILL_OPEN | QC_FILL_FAILED_DRAW, 0));
  play_wait (can_go, play, "go");
  qc_context_set_today (play->context, QC_FIXTURE_TODAY);
  play_do (play, "go", g_variant_new_string (page));
  play_wait_page (play, title);
  QcApplicationsPane *pane = QC_APPLICATIONS_PANE (play_find (GTK_WIDGET (play->window), QC_TYPE_APPLICATIONS_PANE));
  play_wait (has_rows, pane, "five records");
  return pane;
}

static void
select_serial (Play *play, QcApplicationsPane *pane, const char *serial)
{
  play_do (play, "application-select", g_variant_new_string (serial));
  play_wait (has_row, pane, "a selected record");
  const QcApplication *application = qc_application_row_get_application (qc_applications_pane_get_row (pane));
  g_assert_cmpstr (application->serial, ==, serial);
}

/* The row that is chosen is drawn as chosen: it changes its colour. */
static gboolean
is_drawn_chosen (GtkWidget *widget, const char *words)
{
  GtkWidget *cell = play_find_words (widget, words);
  for (; cell; cell = gtk_widget_get_parent (cell))
    if (gtk_widget_get_state_flags (cell) & GTK_STATE_FLAG_SELECTED)
      return TRUE;
  return FALSE;
}

static void
test_details (void)
{
  Play play;
  QcApplicationsPane *pane = open_page (&play, "applications", "Application records");
  g_assert_null (qc_applications_pane_get_row (pane)); /* nothing is chosen for her */
  g_assert_false (play_is_enabled (&play, "application-delete"));
  GtkWidget *view = play_find (GTK_WIDGET (pane), GTK_TYPE_COLUMN_VIEW);
  g_assert_false (is_drawn_chosen (view, "HJ202600000005"));
  select_serial (&play, pane, "HJ202600000005");
  play_wait_words (&play, "账户余额不足");
  g_assert_true (is_drawn_chosen (view, "HJ202600000005"));
  g_assert_false (is_drawn_chosen (view, "HJ202600000004"));
  GtkWidget *redraw = gtk_widget_get_ancestor (play_find_words (GTK_WIDGET (pane), "Draw again"), GTK_TYPE_BUTTON);
  g_assert_nonnull (redraw);
  g_assert_false (gtk_widget_get_sensitive (redraw)); /* the state allows it, the network does not: and it says so */
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (redraw), "network"));
  select_serial (&play, pane, "HJ202600000004");
  play_wait_words (&play, "231100778899001122"); /* where to pay */
  g_assert_false (gtk_widget_get_visible (redraw));
  select_serial (&play, pane, "HJ202600000003");
  g_assert_null (play_find_words (GTK_WIDGET (pane), "231100778899001122"));
  play_end (&play);
}

static gboolean
has_draft (gpointer data)
{
  return qc_application_list_find (qc_applications_pane_get_list (data), "draft:501") != G_MAXUINT;
}

static gpointer
put_draft (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_connection_exec (connection,
                             "INSERT INTO draft (id, scope, business, state, facts, lines, faults, created, changed)"
                             " SELECT 501, id, 'back-payment', 'open', '{}', 1, 2, 1, 1 FROM scope;"
                             "INSERT INTO draft_line (draft, line, position, facts)"
                             " VALUES (501, 1, 1, 'name' || char(31) || '蔡卓玛·次仁')",
                             error)
             ? QC_DATABASE_DONE
             : NULL;
}

/* 录入清册 stands among the records, says that the center does not see it, and is gone on with from there; 取消 and
 * 删除 are not offered. */
static void
test_draft (void)
{
  Play play;
  QcApplicationsPane *pane = open_page (&play, "applications", "Application records");
  QcSession *session = qc_application_list_get_session (qc_applications_pane_get_list (pane));
  g_autoptr (GError) error = NULL;
  qc_database_write (qc_session_get_database (session), "draft", put_draft, NULL, &error);
  g_assert_no_error (error);
  qc_session_data_changed (session, QC_DATA_DRAFTS);
  play_wait (has_draft, pane, "the draft");
  g_assert_false (play_is_enabled (&play, "application-go-on"));
  play_do (&play, "application-select", g_variant_new_string ("draft:501"));
  play_wait_words (&play, "the center cannot see it");
  g_assert_nonnull (play_find_words (GTK_WIDGET (pane), "Back payment, 1 line"));
  g_assert_null (play_find_words (GTK_WIDGET (pane), "Take back"));
  g_assert_false (play_is_enabled (&play, "application-delete"));
  g_assert_false (play_is_enabled (&play, "application-cancel"));
  g_assert_false (play_is_enabled (&play, "application-withdraw"));
  qc_applications_pane_search (pane, "卓玛");
  play_wait (has_draft, pane, "the draft by the name of who is on it");
  play_do (&play, "application-go-on", NULL);
  play_wait_page (&play, "Back payment");
  play_wait_words (&play, "蔡卓玛·次仁");
  play_end (&play);
}

static gboolean
has_held (gpointer data)
{
  return g_list_model_get_n_items (G_LIST_MODEL (qc_applications_pane_get_list (data))) == 2;
}

/* What is held says why, and can be sent on or taken back; what stands behind it waits for it. */
static void
test_held (void)
{
  Play play;
  play_begin_in (&play, qc_app_fixture_make_folder (QC_FILL_HELD, 0));
  play_wait (can_go, &play, "go");
  play_wait_words (&play, "2 held");
  play_do (&play, "go", g_variant_new_string ("applications"));
  play_wait_page (&play, "Application records");
  QcApplicationsPane *pane = QC_APPLICATIONS_PANE (play_find (GTK_WIDGET (play.window), QC_TYPE_APPLICATIONS_PANE));
  play_wait (has_held, pane, "two records");
  g_autoptr (QcApplicationRow) behind = g_list_model_get_item (G_LIST_MODEL (qc_applications_pane_get_list (pane)), 0);
  g_autoptr (QcApplicationRow) first = g_list_model_get_item (G_LIST_MODEL (qc_applications_pane_get_list (pane)), 1);
  play_do (&play, "application-select",
           g_variant_new_string (qc_outbox_item_get_key (qc_application_row_get_item (behind))));
  play_wait_words (&play, "something before it is held too");
  g_assert_false (play_is_enabled (&play, "application-release"));
  g_assert_true (play_is_enabled (&play, "application-withdraw"));
  GtkWidget *send = gtk_widget_get_ancestor (play_find_words (GTK_WIDGET (pane), "Send on"), GTK_TYPE_BUTTON);
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (send), "settle that first"));
  play_do (&play, "application-select",
           g_variant_new_string (qc_outbox_item_get_key (qc_application_row_get_item (first))));
  play_wait_words (&play, "was refused or taken back");
  play_do (&play, "application-release", NULL);
  play_do (&play, "application-confirm", NULL);
  play_wait_words (&play, "Goes to the center as soon as it can be reached");
  g_assert_false (gtk_widget_get_visible (send));
  play_end (&play);
}

static gboolean
has_three (gpointer data)
{
  return g_list_model_get_n_items (G_LIST_MODEL (qc_applications_pane_get_list (data))) == 3;
}

/* The window that lies over the main one. */
static GtkWidget *
find_over (Play *play)
{
  GListModel *all = gtk_window_get_toplevels ();
  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (all, i);
    if (gtk_window_get_transient_for (window) == GTK_WINDOW (play->window))
      return GTK_WIDGET (window);
  }
  return NULL;
}

static gboolean
is_over (gpointer data)
{
  return find_over (data) != NULL;
}

typedef struct {
  GtkWidget *root;
  const char *words;
} Words;

static gboolean
has_words (gpointer data)
{
  const Words *wanted = data;
  return play_find_words (wanted->root, wanted->words) != NULL;
}

static void
wait_words (GtkWidget *root, const char *words)
{
  Words wanted = {root, words};
  play_wait (has_words, &wanted, words);
}

/* A roster business has people and no amount; all of them stand in a window of their own. */
static void
test_sealing (void)
{
  Play play;
  play_begin_in (&play, qc_app_fixture_make_folder (QC_FILL_SEALING, 0));
  play_wait (can_go, &play, "go");
  qc_context_set_today (play.context, QC_FIXTURE_TODAY);
  play_do (&play, "go", g_variant_new_string ("applications"));
  play_wait_page (&play, "Application records");
  QcApplicationsPane *pane = QC_APPLICATIONS_PANE (play_find (GTK_WIDGET (play.window), QC_TYPE_APPLICATIONS_PANE));
  play_wait (has_three, pane, "three records");
  g_assert_false (play_is_enabled (&play, "application-roster"));
  select_serial (&play, pane, QC_FIXTURE_SEALING);
  wait_words (GTK_WIDGET (pane), "蔡卓玛·次仁");
  g_assert_nonnull (play_find_words (GTK_WIDGET (pane), "Of these sealed"));
  g_assert_nonnull (play_find_words (GTK_WIDGET (pane), "解除劳动关系"));
  g_assert_nonnull (play_find_words (GTK_WIDGET (pane), "3,456.00")); /* the new base */
  g_assert_null (play_find_words (GTK_WIDGET (pane), "0.00")); /* no amount, in the list and in the total neither */
  g_assert_null (play_find_words (GTK_WIDGET (pane), "Print voucher"));
  play_do (&play, "application-roster", NULL);
  play_wait (is_over, &play, "the roster");
  GtkWidget *over = find_over (&play);
  wait_words (over, "2311000003");
  g_assert_nonnull (play_find_words (over, "3,333.00"));
  g_assert_null (play_find_words (over, "231124198805150054")); /* not the whole number on a screen */
  gtk_window_close (GTK_WINDOW (over));
  select_serial (&play, pane, QC_FIXTURE_SEALING2); /* what is not here says why */
  wait_words (GTK_WIDGET (pane), "This center is not connected");
  g_assert_null (play_find_words (GTK_WIDGET (pane), "蔡卓玛·次仁"));
  g_assert_null (play_find_words (GTK_WIDGET (pane), "Of these sealed"));
  play_end (&play);
}

/* Pictures are further: said in the row, beside it, on the page of the result and at the top of the window, without a
 * button moving under the finger. */
static void
test_uploading (void)
{
  Play play;
  play_begin_in (&play, qc_app_fixture_make_folder (QC_FILL_SEALING, 0));
  play_wait (can_go, &play, "go");
  play_do (&play, "go", g_variant_new_string ("applications"));
  play_wait_page (&play, "Application records");
  QcApplicationsPane *pane = QC_APPLICATIONS_PANE (play_find (GTK_WIDGET (play.window), QC_TYPE_APPLICATIONS_PANE));
  play_wait (has_three, pane, "three records");
  g_autoptr (QcApplicationRow) row = g_list_model_get_item (G_LIST_MODEL (qc_applications_pane_get_list (pane)), 0);
  QcOutboxItem *item = qc_application_row_get_item (row);
  play_do (&play, "application-select", g_variant_new_string (qc_outbox_item_get_key (item)));
  play_wait_words (&play, "Goes to the center as soon as");
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *result = qc_business_result_new (pane, QC_BUSINESS_SEALING);
  gtk_window_set_child (window, result);
  gtk_window_set_default_size (window, 700, 500);
  qc_business_result_set_item (QC_BUSINESS_RESULT (result), item);
  gtk_window_present (window);
  wait_words (result, "Waiting for the network");
  GtkWidget *back = play_find_words (result, "Take back");
  g_assert_nonnull (back);

  const QcUploadProgress progress = {12, 30, 34500000, 80000000}, further = {13, 30, 36000000, 80000000}, none = {0};
  qc_session_take_upload (play.session, qc_outbox_item_get_id (item), &progress);
  wait_words (GTK_WIDGET (pane), "Uploading attachments 12/30 · 34.5\302\240MB of 80.0\302\240MB");
  wait_words (GTK_WIDGET (pane), "until then it can be taken back"); /* in the details */
  g_assert_true (play_is_enabled (&play, "application-withdraw"));
  wait_words (result, "12/30 · 34.5");
  g_assert_true (gtk_widget_get_visible (play_find (result, GTK_TYPE_PROGRESS_BAR)));
  play_wait_words (&play, "Uploading attachments 12/30 · 1 waiting");

  qc_session_take_upload (play.session, qc_outbox_item_get_id (item), &further);
  wait_words (result, "13/30 · 36.0");
  wait_words (GTK_WIDGET (pane), "13/30 · 36.0");
  play_wait_words (&play, "Uploading attachments 13/30 · 1 waiting");
  g_assert_true (play_find_words (result, "Take back") == back);

  qc_session_take_upload (play.session, qc_outbox_item_get_id (item), &none);
  wait_words (result, "Goes to the center as soon as");
  wait_words (GTK_WIDGET (pane), "Goes to the center as soon as");
  g_assert_null (play_find (result, GTK_TYPE_PROGRESS_BAR));
  g_assert_null (play_find_words (GTK_WIDGET (pane), "Uploading"));
  gtk_window_destroy (window);
  play_end (&play);
}

/* … and in the list of what waits, whether it was open then or is opened meanwhile. */
static void
test_uploading_status (void)
{
  Play play;
  play_begin_in (&play, qc_app_fixture_make_folder (QC_FILL_SEALING, 0));
  play_wait (can_go, &play, "go");
  GtkWidget *status = play_find (GTK_WIDGET (play.window), QC_TYPE_STATUS_BUTTON);
  const QcUploadProgress progress = {12, 30, 34500000, 80000000}, further = {13, 30, 36000000, 80000000}, none = {0};
  qc_session_take_upload (play.session, 1, &progress);
  wait_words (status, "Uploading attachments 12/30");
  play_do (&play, "show-status", NULL);
  wait_words (status, "12/30 · 34.5");
  qc_session_take_upload (play.session, 1, &further);
  wait_words (status, "13/30 · 36.0");
  qc_session_take_upload (play.session, 1, &none);
  wait_words (status, "Waiting for the network");
  g_assert_null (play_find_words (status, "Uploading"));
  play_end (&play);
}

static gboolean
has_none (gpointer data)
{
  return g_list_model_get_n_items (G_LIST_MODEL (qc_applications_pane_get_list (data))) == 0;
}

static void
test_query (void)
{
  Play play;
  QcApplicationsPane *pane = open_page (&play, "remittance", "Remittance");
  qc_applications_pane_search (pane, "no such serial");
  play_wait (has_none, pane, "no record");
  play_wait_words (&play, "Nothing found");
  play_do (&play, "query-clear", NULL);
  play_wait (has_rows, pane, "all records again");
  g_assert_null (play_find_words (GTK_WIDGET (pane), "Nothing found"));
  play_end (&play);
}

/* 取消 is asked about by name, and is no deletion. */
static void
test_cancel (void)
{
  Play play;
  QcApplicationsPane *pane = open_page (&play, "applications", "Application records");
  QcApplication *application = qc_application_new ();
  application->business = QC_BUSINESS_BACK_PAYMENT;
  application->state = QC_STATE_IN_REVIEW;
  application->serial = g_strdup ("BJ202600000001");
  g_assert_true (qc_application_can (application, QC_ACTION_CANCEL));
  g_autoptr (QcApplicationRow) row = qc_application_row_new (application);
  qc_applications_pane_act (pane, row, QC_ACTION_CANCEL);
  play_wait (is_over, &play, "the question");
  wait_words (find_over (&play), "Take this application back?");
  g_assert_null (play_find_words (find_over (&play), "Delete this record?"));
  play_end (&play);
}

/* --- order --- */

typedef struct {
  QcApplicationsPane *pane;
  const char *serials; /* " 5 4 3 2 1": the last figures */
} Order;

static gboolean
is_ordered (gpointer data)
{
  Order *order = data;
  GListModel *list = G_LIST_MODEL (qc_applications_pane_get_list (order->pane));
  g_autoptr (GString) serials = g_string_new (NULL);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (QcApplicationRow) row = g_list_model_get_item (list, i);
    const char *serial = qc_application_row_get_application (row)->serial;
    g_string_append_printf (serials, " %c", serial[strlen (serial) - 1]);
  }
  return g_str_equal (serials->str, order->serials);
}

static void
sort (QcApplicationsPane *pane, const char *id, gboolean descending, const char *serials)
{
  GtkColumnView *grid = GTK_COLUMN_VIEW (play_find (GTK_WIDGET (pane), GTK_TYPE_COLUMN_VIEW));
  qc_grid_set_sort (grid, id, descending);
  play_wait (is_ordered, &(Order) {pane, serials}, id ? id : "its own order");
}

static gint64
time_of (QcApplicationRow *row)
{
  return qc_application_row_get_time (row);
}

static gint64
amount_of (QcApplicationRow *row)
{
  QcMoney fen;
  g_assert_true (qc_application_row_get_fen (row, &fen));
  return fen;
}

static void
check_rising (QcApplicationsPane *pane, const char *id, gint64 (*figure_of) (QcApplicationRow *row))
{
  GListModel *list = G_LIST_MODEL (qc_applications_pane_get_list (pane));
  qc_grid_set_sort (GTK_COLUMN_VIEW (play_find (GTK_WIDGET (pane), GTK_TYPE_COLUMN_VIEW)), id, FALSE);
  for (guint i = 1; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (QcApplicationRow) before = g_list_model_get_item (list, i - 1);
    g_autoptr (QcApplicationRow) row = g_list_model_get_item (list, i);
    g_assert_cmpint (figure_of (before), <=, figure_of (row));
  }
}

/* Figures by their size, words as they are spelt; NULL is the list's own order. */
static void
test_order (void)
{
  Play play;
  QcApplicationsPane *pane = open_page (&play, "applications", "Application records");
  select_serial (&play, pane, "HJ202600000002");
  sort (pane, "serial", FALSE, " 1 2 3 4 5");
  sort (pane, "serial", TRUE, " 5 4 3 2 1");
  check_rising (pane, "time", time_of);
  check_rising (pane, "amount", amount_of);
  g_assert_cmpstr (qc_application_row_get_application (qc_applications_pane_get_row (pane))->serial, ==,
                   "HJ202600000002");
  play_end (&play);
}

/* --- months that are none --- */

static void
test_months (void)
{
  Play play;
  QcApplicationsPane *pane = open_page (&play, "applications", "Application records");
  GtkWidget *from = play_find (GTK_WIDGET (pane), GTK_TYPE_ENTRY);
  GtkWidget *to = gtk_widget_get_next_sibling (from);
  gtk_editable_set_text (GTK_EDITABLE (from), "202613");
  g_assert_nonnull (play_find_words (GTK_WIDGET (pane), "“202613” is not a month"));
  gtk_editable_set_text (GTK_EDITABLE (from), "202612");
  g_assert_null (play_find_words (GTK_WIDGET (pane), "is not a month"));
  gtk_editable_set_text (GTK_EDITABLE (to), "2026-1");
  g_assert_nonnull (play_find_words (GTK_WIDGET (pane), "The last month is before the first one."));
  g_assert_true (gtk_widget_has_css_class (to, "error"));
  gtk_editable_set_text (GTK_EDITABLE (to), "");
  g_assert_null (play_find_words (GTK_WIDGET (pane), "The last month is before the first one."));
  play_end (&play);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/applications/details", test_details);
  g_test_add_func ("/applications/draft", test_draft);
  g_test_add_func ("/applications/held", test_held);
  g_test_add_func ("/applications/sealing", test_sealing);
  g_test_add_func ("/applications/uploading", test_uploading);
  g_test_add_func ("/applications/uploading-status", test_uploading_status);
  g_test_add_func ("/applications/cancel", test_cancel);
  g_test_add_func ("/applications/query", test_query);
  g_test_add_func ("/applications/order", test_order);
  g_test_add_func ("/applications/months", test_months);
  return g_test_run ();
}
