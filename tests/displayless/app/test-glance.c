/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A month at a glance: who will soon retire, with somebody on each side of each border; 本月与上月 with its border of
 * 20 %, kept with what was submitted over a kill and in a copy; and the month that is remitted as the last one was, or
 * says what is otherwise.
 */
#include <string.h>

#include "qc-app-fixture.h"
#include "qc-database.h"
#include "qc-month-sheet.h"
#include "qc-month.h"
#include "qc-remittance-service.h"
#include "qc-retirement.h"
#include "qc-session-private.h"
#include "qc-store.h"

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

/* ---- who will retire ---- */

static QcHomeFigures *
load_home (QcAppFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  qc_session_load_home_async (fixture->session, NULL, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  QcHomeFigures *figures = qc_session_load_home_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  return figures;
}

/* A man born so retires in @month. */
static QcDate
birth_of (QcMonth month)
{
  for (QcMonth born = 196001; born < 197001; born = qc_month_add (born, 1))
    if (qc_retirement_compute (born, QC_RETIREMENT_MEN_60).month == month)
      return born * 100 + 15;
  g_assert_not_reached ();
}

/* The fixture's unit is due in 202610, today is in 202611: so those of 202610 … 202702. (Nobody retires by law in
 * 202609 and 202702: the steps of the reform leave them out.) */
static void
test_retiring (void)
{
  static const struct {
    QcMonth statutory, authorized, shown; /* shown NONE: not among them */
    const char *status;
  } rows[] = {
      {202608, 0, 0, "1"},      {202608, 202609, 0, "1"},      {202610, 0, 202610, "1"}, {202611, 0, 202611, "1"},
      {202701, 0, 202701, "1"}, {202703, 0, 0, "1"},           {202611, 0, 0, "2"},      {202608, 202702, 202702, "1"},
      {202608, 202703, 0, "1"}, {202610, 202611, 202611, "1"},
  };
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *sql = g_strdup_printf ("DELETE FROM home_due; UPDATE person SET birth = %d, authorized_until = "
                                            "%d, status = %s WHERE account = '2311000001'",
                                            birth_of (rows[i].statutory), rows[i].authorized, rows[i].status);
    qc_app_fixture_sql (fixture, sql);
    g_test_message ("%d", rows[i].statutory);
    for (int round = 0; round < 2; round++) { /* computed, then as it was kept */
      g_autoptr (QcHomeFigures) figures = load_home (fixture);
      g_assert_cmpint (figures->n_retiring, ==, rows[i].shown != QC_MONTH_NONE);
      g_assert_cmpuint (figures->retiring->len, ==, figures->n_retiring);
      if (figures->n_retiring == 0)
        continue;
      const QcHomeRetiring *retiring = g_ptr_array_index (figures->retiring, 0);
      g_assert_cmpint (retiring->month, ==, rows[i].shown);
      g_assert_cmpstr (retiring->name, ==, "安大海");
      g_assert_cmpstr (retiring->account, ==, "2311000001");
    }
  }
}

/* Of many the soonest are named, and all are counted; who must be asked is named without a month. */
static void
test_many_retiring (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 30);
  g_autofree char *sql = g_strdup_printf ("UPDATE person SET birth = %d WHERE account LIKE '232%%';"
                                          "UPDATE person SET birth = %d WHERE account = '2311000001'",
                                          birth_of (202612), birth_of (202611));
  qc_app_fixture_sql (fixture, sql);
  g_autoptr (QcHomeFigures) figures = load_home (fixture);
  g_assert_cmpint (figures->n_retiring, ==, 31);
  g_assert_cmpuint (figures->retiring->len, ==, 20);
  g_assert_cmpstr (((QcHomeRetiring *)g_ptr_array_index (figures->retiring, 0))->account, ==, "2311000001");
  qc_app_fixture_sql (fixture, "DELETE FROM home_due; UPDATE person SET birth = 19880515;"
                               "UPDATE person SET sex = 2, birth = 19760315, retirement_class = 'unknown'"
                               " WHERE account = '2311000002'");
  g_autoptr (QcHomeFigures) asked = load_home (fixture);
  g_assert_cmpint (asked->n_retiring, ==, 1);
  g_assert_cmpint (((QcHomeRetiring *)g_ptr_array_index (asked->retiring, 0))->month, ==, QC_MONTH_NONE);
}

/* What is stopped and under way has its own row, newest first; what waits is led to by its key. */
static void
test_rows (void)
{
  g_autoptr (QcAppFixture) fixture
      = qc_app_fixture_new (NULL, QC_FILL_FAILED_DRAW | QC_FILL_HELD | QC_FILL_BACK_PAYMENT, 0);
  g_autoptr (QcHomeFigures) figures = load_home (fixture);
  g_assert_cmpuint (figures->stopped->len, ==, 1);
  g_assert_cmpstr (((QcApplication *)g_ptr_array_index (figures->stopped, 0))->serial, ==, "HJ202600000005");
  g_assert_cmpuint (figures->under_way->len, ==, 1);
  g_assert_cmpstr (((QcApplication *)g_ptr_array_index (figures->under_way, 0))->serial, ==, QC_FIXTURE_BACK_PAYMENT);
  g_assert_cmpint (figures->held, ==, 2);
  g_assert_cmpuint (figures->waiting->len, ==, 2);
  g_assert_nonnull (g_ptr_array_index (figures->waiting, 0));
  qc_app_fixture_sql (fixture, "UPDATE application SET state = 'returned', return_reason = '缺章'"
                               " WHERE serial = '" QC_FIXTURE_BACK_PAYMENT "'");
  g_autoptr (QcHomeFigures) returned = load_home (fixture);
  g_assert_cmpuint (returned->stopped->len, ==, 2);
  g_assert_cmpuint (returned->under_way->len, ==, 0);
}

/* ---- 本月与上月 ---- */

static gboolean
is_settled (gpointer data)
{
  QcDraft *draft = qc_business_service_get_draft (data);
  return qc_draft_is_loaded (draft) && qc_draft_get_unsaved (draft) == 0 && !qc_draft_is_busy (draft)
         && !qc_business_service_is_loading (data) && qc_remittance_service_get_preview (data);
}

static QcMonthSheet *
settle (QcRemittanceService *service)
{
  qc_app_fixture_until (is_settled, service);
  return qc_remittance_preview_get_sheet (qc_remittance_service_get_preview (service));
}

static void
assert_counts (QcMonthSheet *sheet, gint64 joined, gint64 left, gint64 changed, gint64 jumped)
{
  const gint64 counts[] = {joined, left, changed, jumped};
  for (guint part = 0; part < QC_N_SHEET_PARTS; part++) {
    g_autoptr (GListModel) people = qc_month_sheet_dup_people (sheet, part);
    g_assert_cmpint (qc_month_sheet_get_count (sheet, part), ==, counts[part]);
    g_assert_cmpint (g_list_model_get_n_items (people), ==, counts[part]);
  }
}

static void
test_jump (void)
{
  g_assert_false (qc_month_sheet_is_jump (500000, 600000)); /* 20 % to the fen */
  g_assert_true (qc_month_sheet_is_jump (500000, 600001));
  g_assert_false (qc_month_sheet_is_jump (500000, 400000));
  g_assert_true (qc_month_sheet_is_jump (500000, 399999));
  g_assert_false (qc_month_sheet_is_jump (333333, 399999)); /* 19.99 … % */
  g_assert_true (qc_month_sheet_is_jump (333333, 400000));
  g_assert_false (qc_month_sheet_is_jump (0, 500000)); /* joined, or left */
  g_assert_false (qc_month_sheet_is_jump (500000, 0));
}

/* 丁𠮷䶮 joins and 蔡卓玛·次仁 leaves in October; 白小溪's base goes from 6,250.50 to 7,000.00 in November. */
static void
test_sheet (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (fixture->session);
  QcMonthSheet *sheet = settle (service);
  assert_counts (sheet, 1, 1, 1, 0);
  g_assert_false (qc_month_sheet_is_same (sheet));
  g_autoptr (GListModel) joined = qc_month_sheet_dup_people (sheet, QC_SHEET_JOINED);
  g_autoptr (QcRemittancePerson) person = g_list_model_get_item (joined, 0);
  g_assert_cmpstr (qc_remittance_person_get_name (person), ==, "丁𠮷䶮");
  const GArray *months = qc_month_sheet_get_months (sheet);
  g_assert_cmpuint (months->len, ==, 2);
  for (guint i = 0; i < months->len; i++)
    g_assert_true (qc_month_line_is_balanced (&g_array_index (months, QcMonthLine, i)));
  g_clear_object (&service);
  qc_app_fixture_sql (fixture,
                      "UPDATE base_history SET base = 750061 WHERE person = '2311000002' AND from_month = 202611");
  g_autoptr (QcRemittanceService) again = qc_remittance_service_new (fixture->session);
  assert_counts (settle (again), 1, 1, 1, 1);
  qc_app_fixture_sql (fixture,
                      "UPDATE base_history SET base = 750060 WHERE person = '2311000002' AND from_month = 202611");
  g_autoptr (QcRemittanceService) border = qc_remittance_service_new (fixture->session);
  assert_counts (settle (border), 1, 1, 1, 0);
}

static char *
submit_all (QcRemittanceService *service)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  settle (service);
  qc_remittance_service_set_all_reviewed (service, TRUE);
  settle (service);
  g_autofree char *token = qc_business_service_dup_token (QC_BUSINESS_SERVICE (service));
  qc_business_service_submit_async (QC_BUSINESS_SERVICE (service), token, NULL, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  g_autoptr (QcOutboxItem) item = qc_business_service_submit_finish (QC_BUSINESS_SERVICE (service), result, &error);
  g_assert_no_error (error);
  return g_strdup (qc_outbox_item_get_key (item));
}

static QcMonthSheet *
load_sheet (QcAppFixture *fixture, const char *name, QcMoney fen)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  qc_month_sheet_load_async (fixture->session, name, fen, NULL, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  QcMonthSheet *sheet = qc_month_sheet_load_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  return sheet;
}

/* By its key while it waits, by its serial number afterwards; of another amount it is another one's. */
static void
check_kept (QcAppFixture *fixture, const char *key)
{
  g_autoptr (QcMonthSheet) waiting = load_sheet (fixture, key, 777200);
  g_assert_nonnull (waiting);
  assert_counts (waiting, 1, 1, 1, 0);
  g_autofree char *sql
      = g_strdup_printf ("UPDATE outbox SET serial = 'HJ202600000009', state = 'accepted' WHERE key = '%s'", key);
  qc_app_fixture_sql (fixture, sql);
  g_autoptr (QcMonthSheet) done = load_sheet (fixture, "HJ202600000009", 777200);
  g_assert_nonnull (done);
  g_autoptr (GListModel) left = qc_month_sheet_dup_people (done, QC_SHEET_LEFT);
  g_autoptr (QcRemittancePerson) person = g_list_model_get_item (left, 0);
  g_assert_cmpstr (qc_remittance_person_get_name (person), ==, "蔡卓玛·次仁");
  g_assert_cmpint (qc_remittance_person_get_kind (person), ==, QC_CHANGE_SEALED);
  g_assert_cmpint (qc_remittance_person_get_before (person), ==, 80000);
  g_assert_cmpint (qc_remittance_person_get_base_before (person), ==, 333300);
  g_autoptr (QcMonthSheet) other = load_sheet (fixture, "HJ202600000009", 777201);
  g_assert_null (other);
  g_autoptr (QcMonthSheet) nobody = load_sheet (fixture, "HJ202600000008", 777200);
  g_assert_null (nobody);
}

static gpointer
backup_cb (QcConnection *connection, gpointer path, GCancellable *cancellable, GError **error)
{
  return qc_connection_copy_to (connection, path, error) ? QC_DATABASE_DONE : NULL;
}

/* The child submits, says so, and waits to be killed. */
static void
child (const char *dir)
{
  QcAppFixture *fixture = qc_app_fixture_new (dir, 0, 0);
  QcRemittanceService *service = qc_remittance_service_new (fixture->session);
  g_autofree char *key = submit_all (service);
  g_print ("%s\n", key);
  for (;;)
    g_usleep (G_USEC_PER_SEC);
}

/* The key it was submitted under. (transfer full) */
static char *
submit_and_die (const char *dir)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  const char *argv[] = {self, "--child", dir, NULL};
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_autoptr (GDataInputStream) out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  char *key = g_data_input_stream_read_line (out, NULL, NULL, NULL);
  g_subprocess_force_exit (process); /* kill -9 */
  g_subprocess_wait (process, NULL, NULL);
  return key;
}

/* What was confirmed is there after a kill, its sheet with it, and in a copy of the database. */
static void
test_kept (void)
{
  g_autofree char *dir = g_dir_make_tmp ("qingce-app-XXXXXX", NULL);
  g_autofree char *key = submit_and_die (dir);
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (dir, 0, 0);
  check_kept (fixture, key);
  g_autofree char *copy = g_build_filename (dir, "copy.db", NULL);
  g_autoptr (GError) error = NULL;
  qc_database_read (qc_session_get_database (fixture->session), "backup", backup_cb, copy, &error);
  g_assert_no_error (error);
  g_autoptr (QcConnection) connection = qc_connection_open (copy, QC_CONNECTION_READ_ONLY, &error);
  g_assert_no_error (error);
  gint64 n;
  g_assert_true (qc_connection_get_int (connection, "SELECT count(*) FROM month_sheet", 0, &n, &error));
  g_assert_cmpint (n, ==, 1);
}

/* ---- as last month ---- */

static QcSameResult
remit_same (QcRemittanceService *service)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  QcSameResult same;
  settle (service);
  qc_remittance_service_same_async (service, NULL, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  g_assert_true (qc_remittance_service_same_finish (service, result, &same, &error));
  g_assert_no_error (error);
  settle (service);
  return same;
}

/* Nobody joins or leaves: those paid in September are those of October. */
static const char same_people[] = "UPDATE person SET status = 1, status_from = 202001 WHERE account = '2311000003';"
                                  "DELETE FROM person_find WHERE account = '2311000004';"
                                  "DELETE FROM base_history WHERE person = '2311000004';"
                                  "DELETE FROM person WHERE account = '2311000004'";

static void
test_same (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_APPLICATIONS, 0);
  qc_app_fixture_sql (fixture, "UPDATE application SET method = 'transfer' WHERE serial = 'HJ202600000003'");
  {
    g_autoptr (QcRemittanceService) differs = qc_remittance_service_new (fixture->session);
    g_assert_cmpint (remit_same (differs), ==, QC_SAME_DIFFERS);
    g_assert_cmpuint (qc_remittance_service_get_reviewed (differs), ==, 0); /* somebody has to look */
    QcRemittancePreview *preview = qc_remittance_service_get_preview (differs);
    g_assert_cmpint (qc_remittance_preview_get_end (preview), ==, 202610);
  }
  qc_app_fixture_sql (fixture, same_people);
  {
    g_autoptr (QcRemittanceService) ready = qc_remittance_service_new (fixture->session);
    g_assert_cmpint (remit_same (ready), ==, QC_SAME_READY);
    g_assert_true (qc_business_service_can_submit (QC_BUSINESS_SERVICE (ready)));
    QcRemittancePreview *preview = qc_remittance_service_get_preview (ready);
    g_assert_cmpint (qc_remittance_preview_get_start (preview), ==, 202610);
    g_assert_cmpint (qc_remittance_preview_get_end (preview), ==, 202610); /* not up to this month */
    g_assert_cmpint (qc_remittance_preview_get_total (preview), ==, 350000);
  }
}

/* One fen more of one person is not the same. */
static void
test_not_quite_same (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  qc_app_fixture_sql (fixture, same_people);
  qc_app_fixture_sql (fixture, "UPDATE paid_span SET unit = unit - 1 WHERE person = '2311000001'");
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (fixture->session);
  g_assert_cmpint (remit_same (service), ==, QC_SAME_DIFFERS);
  g_assert_cmpuint (qc_remittance_service_get_reviewed (service), ==, 0);
}

static void
test_not_as_before (void)
{
  {
    g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_APPLICATIONS, 0);
    g_autoptr (QcRemittanceService) service = qc_remittance_service_new (fixture->session);
    g_assert_cmpint (remit_same (service), ==, QC_SAME_METHOD); /* 托收 last, and no agreement now */
  }
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_ASK, 0);
  qc_app_fixture_sql (fixture, same_people);
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (fixture->session);
  g_assert_cmpint (remit_same (service), ==, QC_SAME_BLOCKED); /* a question is open */
  g_assert_cmpuint (qc_remittance_service_get_reviewed (service), ==, 0);
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && strcmp (argv[1], "--child") == 0)
    child (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/glance/retiring", test_retiring);
  g_test_add_func ("/glance/many retiring", test_many_retiring);
  g_test_add_func ("/glance/rows", test_rows);
  g_test_add_func ("/glance/jump", test_jump);
  g_test_add_func ("/glance/sheet", test_sheet);
  g_test_add_func ("/glance/kept", test_kept);
  g_test_add_func ("/glance/same", test_same);
  g_test_add_func ("/glance/not quite same", test_not_quite_same);
  g_test_add_func ("/glance/not as before", test_not_as_before);
  return g_test_run ();
}
