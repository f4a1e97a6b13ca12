/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Feeds: what comes is what is read back, a page and its cursor are one, a pull from scratch removes what is gone and
 * never touches drafts; lists of applications by conditions.
 */
#include "store-fixture.h"
#include "store-people-made-up.h"

#include "qc-store-applications.h"
#include "qc-store-drafts.h"
#include "qc-store-movements.h"
#include "qc-store-policies.h"
#include "qc-store-units.h"

#define APPLY(feed, rows, n, cursor, more) \
  qc_store_apply_page (connection, PROFILE, UNIT, QC_FEED_##feed, rows, n, cursor, more, NOW, error)

static gpointer
check_unit (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcUnit) unit = qc_unit_new ();
  g_autoptr (QcUnit) got = NULL;
  QcFeedRow row = {.key = UNIT, .unit = unit};
  unit->account = g_strdup (UNIT);
  unit->name = g_strdup ("爱辉某某公司");
  unit->credit_code = g_strdup ("91231102MA1B2C3D4E");
  unit->status = QC_UNIT_DEFERRED;
  unit->first_month = 202001;
  unit->paid_to = 202609;
  unit->headcount = 30;
  unit->sealed_count = 2;
  unit->balance = 123;
  unit->suspense = 456;
  unit->agreement_bank = g_strdup ("某某银行");
  unit->agreement_account = g_strdup ("6222");
  unit->agreement_balance = -1;
  unit->agreement_balance_time = 7;
  unit->payee_name = g_strdup ("中心");
  unit->revision = 9;
  if (unit->fields == NULL)
    unit->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (unit->fields, g_strdup ("DWDZ"), g_strdup ("某街 1 号"));
  GOOD (APPLY (UNIT, &row, 1, "1.1", FALSE));
  GOOD (APPLY (UNIT, &row, 1, "1.2", FALSE)); /* once more: replaced */
  GOOD (qc_store_unit_get (connection, PROFILE, UNIT, &got, error));
  g_assert_cmpstr (got->name, ==, "爱辉某某公司");
  g_assert_cmpint (got->status, ==, QC_UNIT_DEFERRED);
  g_assert_cmpint (got->paid_to, ==, 202609);
  g_assert_cmpint (got->sealed_count, ==, 2);
  g_assert_cmpint (got->suspense, ==, 456);
  g_assert_cmpstr (got->agreement_account, ==, "6222");
  g_assert_cmpint (got->agreement_balance, ==, -1);
  g_assert_cmpint (got->agreement_balance_time, ==, 7);
  g_assert_cmpstr (got->payee_name, ==, "中心");
  g_assert_null (got->payee_bank);
  g_assert_cmpint (got->revision, ==, 9);
  g_assert_cmpstr (g_hash_table_lookup (got->fields, "DWDZ"), ==, "某街 1 号");
  g_autoptr (QcUnit) other = NULL;
  GOOD (qc_store_unit_get (connection, "another profile", UNIT, &other, error));
  g_assert_null (other);
  return QC_DATABASE_DONE;
}

static void
test_unit (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_unit, NULL);
}

static void
assert_same_policy (const QcPolicy *a, const QcPolicy *b)
{
#define SAME(field) g_assert_cmpint (a->field, ==, b->field)
  SAME (from);
  SAME (base_floor);
  SAME (base_cap);
  SAME (monthly_floor);
  SAME (monthly_cap);
  SAME (unit_ratio_min);
  SAME (unit_ratio_max);
  SAME (personal_ratio_min);
  SAME (personal_ratio_max);
  SAME (unit_rounding);
  SAME (personal_rounding);
  SAME (fund_year_start);
  SAME (months_ahead);
  SAME (back_payment_warn);
  SAME (transfer_arrival);
  SAME (in_flight_blocks);
#undef SAME
}

static gpointer
check_policies (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  QcPolicy late = {.from = 202607,
                   .base_floor = 208000,
                   .base_cap = 2700000,
                   .monthly_floor = 1,
                   .monthly_cap = 2,
                   .unit_ratio_min = 500,
                   .unit_ratio_max = 1200,
                   .personal_ratio_min = 500,
                   .personal_ratio_max = 1200,
                   .unit_rounding = QC_ROUNDING_UP_TO_EVEN,
                   .personal_rounding = QC_ROUNDING_DROP_LI,
                   .fund_year_start = 7,
                   .months_ahead = 2,
                   .back_payment_warn = 12,
                   .transfer_arrival = QC_ARRIVAL_SEALED,
                   .in_flight_blocks = TRUE};
  QcPolicy early = late;
  QcRatios ratios[] = {{202001, 800, 700, FALSE}, {202507, 1200, 1100, TRUE}};
  QcCode code = {(char *)"seal-reason", (char *)"02", (char *)"退休", 2, TRUE};
  QcCode asked = {.list = (char *)"attachment-account-opening",
                  .code = (char *)"credit-authorization",
                  .label = (char *)"征信授权书",
                  .of_line = TRUE,
                  .at_least = 1,
                  .at_most = 3,
                  .max_size = 5000000000};
  QcCode paid = {(char *)"back-payment-reason", (char *)"02", (char *)"少缴", 1, .difference = TRUE};
  QcCode first = {(char *)"seal-reason", (char *)"09", (char *)"调出", 1, FALSE};
  QcFeedRow policy_rows[] = {{.key = "202607", .policy = &late}, {.key = "202001", .policy = &early}};
  QcFeedRow ratio_rows[] = {{.key = "b", .ratios = &ratios[1]}, {.key = "a", .ratios = &ratios[0]}};
  QcFeedRow code_rows[] = {{.key = "seal-reason/02", .code = &code},
                           {.key = "seal-reason/09", .code = &first},
                           {.key = "a", .code = &asked},
                           {.key = "b", .code = &paid}};
  early.from = 202001;
  early.transfer_arrival = QC_ARRIVAL_NORMAL;
  GOOD (APPLY (POLICY, policy_rows, 2, "1.1", FALSE));
  GOOD (APPLY (RATIOS, ratio_rows, 2, "1.1", FALSE));
  GOOD (APPLY (CODES, code_rows, 4, "1.1", FALSE));
  g_autoptr (GArray) policies = qc_store_policies_get (connection, PROFILE, UNIT, error);
  g_assert_cmpuint (policies->len, ==, 2);
  assert_same_policy (&g_array_index (policies, QcPolicy, 0), &early);
  assert_same_policy (&g_array_index (policies, QcPolicy, 1), &late);
  g_autoptr (GArray) got_ratios = qc_store_ratios_get (connection, PROFILE, UNIT, error);
  g_assert_cmpmem (got_ratios->data, got_ratios->len * sizeof (QcRatios), ratios, sizeof ratios);
  g_autoptr (GPtrArray) codes = qc_store_codes_get (connection, PROFILE, UNIT, "seal-reason", error);
  g_assert_cmpuint (codes->len, ==, 2);
  g_assert_cmpstr (((QcCode *)codes->pdata[0])->label, ==, "调出");
  g_assert_true (((QcCode *)codes->pdata[1])->needs_text);
  g_autoptr (GPtrArray) all = qc_store_codes_get (connection, PROFILE, UNIT, NULL, error);
  g_assert_cmpuint (all->len, ==, 4);
  const QcCode *got_asked = all->pdata[0], *got_paid = all->pdata[1];
  g_assert_true (got_asked->of_line && !got_asked->difference);
  g_assert_cmpint (got_asked->at_least, ==, 1);
  g_assert_cmpint (got_asked->at_most, ==, 3);
  g_assert_cmpint (got_asked->max_size, ==, 5000000000);
  g_assert_true (got_paid->difference && !got_paid->of_line);
  g_autoptr (GPtrArray) none = qc_store_codes_get (connection, PROFILE, UNIT, "unseal-reason", error);
  g_assert_cmpuint (none->len, ==, 0);
  return QC_DATABASE_DONE;
}

static void
test_policies (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_policies, NULL);
}

/* ---- page and cursor ---- */

static gpointer
two_people (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcEmployee) one = make_person (1), two = make_person (2);
  QcFeedRow rows[] = {{.key = one->account, .employee = one}, {.key = two->account, .employee = two}};
  return APPLY (PEOPLE, rows, 2, "1.2", TRUE) ? QC_DATABASE_DONE : NULL;
}

static gpointer
bad_page (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcEmployee) three = make_person (3);
  QcFeedRow rows[] = {{.key = three->account, .employee = three}, {.key = "empty"}};
  return APPLY (PEOPLE, rows, 2, "1.4", TRUE) ? QC_DATABASE_DONE : NULL;
}

/* What a row of a feed must have: without it the page is refused, with it taken; one that is gone needs its key only.
 */
static gpointer
check_contents (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcEmployee) person = make_person (1), nameless = make_person (2);
  g_clear_pointer (&nameless->name, g_free);
  g_autoptr (QcApplication) application = qc_application_new (), unnumbered = qc_application_new ();
  application->serial = g_strdup ("HJ1");
  const QcRatios ratios = {.from = 202001};
  const QcPolicy policy = {.from = 202001};
  const QcCode code = {.list = (char *)"l", .code = (char *)"c"}, no_list = {.code = (char *)"c"},
               no_code = {.list = (char *)"l"};
  const QcBaseChange base = {202001, 1, FALSE};
  const QcPaidSpan month = {.from = 202610, .to = 202610}, back = {.from = 202611, .to = 202610};
  const QcMovement movement = {.key = (char *)"1", .kind = (char *)"arrival"}, of_no_kind = {.key = (char *)"1"};
  const char *whose = person->account;
  const struct {
    QcFeed feed;
    QcFeedRow row;
    gboolean good;
  } contents[] = {
      {QC_FEED_PEOPLE, {.key = whose, .employee = person}, TRUE},
      {QC_FEED_PEOPLE, {.key = whose, .employee = nameless}, FALSE},
      {QC_FEED_PEOPLE, {.key = whose}, FALSE},
      {QC_FEED_PEOPLE, {.employee = person}, FALSE},
      {QC_FEED_PEOPLE, {.deleted = TRUE}, FALSE},
      {QC_FEED_PEOPLE, {.key = "x", .deleted = TRUE}, TRUE},
      {QC_FEED_UNIT, {.key = UNIT}, FALSE},
      {QC_FEED_RATIOS, {.key = "r"}, FALSE},
      {QC_FEED_RATIOS, {.key = "r", .ratios = &ratios}, TRUE},
      {QC_FEED_POLICY, {.key = "p"}, FALSE},
      {QC_FEED_POLICY, {.key = "p", .policy = &policy}, TRUE},
      {QC_FEED_CODES, {.key = "c", .code = &code}, TRUE},
      {QC_FEED_CODES, {.key = "c", .code = &no_list}, FALSE},
      {QC_FEED_CODES, {.key = "c", .code = &no_code}, FALSE},
      {QC_FEED_CODES, {.key = "c"}, FALSE},
      {QC_FEED_BASES, {.key = "b", .person = whose, .base = &base}, TRUE},
      {QC_FEED_BASES, {.key = "b", .base = &base}, FALSE},
      {QC_FEED_BASES, {.key = "b", .person = whose}, FALSE},
      {QC_FEED_PAID, {.key = "s", .person = whose, .span = &month}, TRUE},
      {QC_FEED_PAID, {.key = "s", .person = whose, .span = &back}, FALSE},
      {QC_FEED_PAID, {.key = "s", .span = &month}, FALSE},
      {QC_FEED_PAID, {.key = "s", .person = whose}, FALSE},
      {QC_FEED_APPLICATIONS, {.key = "HJ1", .application = application}, TRUE},
      {QC_FEED_APPLICATIONS, {.key = "HJ1", .application = unnumbered}, FALSE},
      {QC_FEED_APPLICATIONS, {.key = "HJ1"}, FALSE},
      {QC_FEED_MOVEMENTS, {.key = "1", .movement = &movement}, TRUE},
      {QC_FEED_MOVEMENTS, {.key = "1", .movement = &of_no_kind}, FALSE},
      {QC_FEED_MOVEMENTS, {.key = "1"}, FALSE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++) {
    g_autoptr (GError) fault = NULL;
    g_test_message ("%u", i);
    gboolean good = qc_store_apply_page (connection, PROFILE, UNIT, contents[i].feed, &contents[i].row, 1, "1.9", FALSE,
                                         NOW, &fault);
    g_assert_cmpint (good, ==, contents[i].good);
    if (!good)
      g_assert_error (fault, QC_STORE_ERROR, QC_STORE_ERROR_INVALID);
  }
  return QC_DATABASE_DONE;
}

static void
test_contents (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_contents, NULL);
}

static gint64
count_people (QcConnection *connection)
{
  QcStorePeopleQuery query = {.text = NULL};
  QcStorePeopleTotals totals;
  g_autoptr (GError) error = NULL;
  qc_store_people_totals (connection, PROFILE, UNIT, &query, &totals, &error);
  g_assert_no_error (error);
  return totals.people;
}

static void
check_cursor (QcConnection *connection, QcFeed feed, const char *expected, gboolean full, gboolean complete)
{
  g_auto (QcStoreCursor) cursor = {NULL};
  g_autoptr (GError) error = NULL;
  qc_store_cursor_get (connection, PROFILE, UNIT, feed, &cursor, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cursor.cursor, ==, expected);
  g_assert_cmpint (cursor.full, ==, full);
  g_assert_cmpint (cursor.complete, ==, complete);
}

static gpointer
check_two (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_assert_cmpint (count_people (connection), ==, 2);
  check_cursor (connection, QC_FEED_PEOPLE, "1.2", TRUE, FALSE);
  check_cursor (connection, QC_FEED_BASES, NULL, TRUE, FALSE);
  return QC_DATABASE_DONE;
}

static void
test_page_and_cursor (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, two_people, NULL);
  READ (fixture, check_two, NULL);
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_database_write (fixture->database, "bad page", bad_page, NULL, &error));
  g_assert_error (error, QC_STORE_ERROR, QC_STORE_ERROR_INVALID);
  READ (fixture, check_two, NULL); /* neither the good row nor the cursor */
}

/* ---- pull from scratch ---- */

static gboolean
apply_range (QcConnection *connection, guint from, guint to, const char *cursor, gboolean more, GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_employee_free);
  g_autofree QcFeedRow *rows = g_new0 (QcFeedRow, to - from);
  for (guint i = from; i < to; i++) {
    g_ptr_array_add (people, make_person (i));
    rows[i - from]
        = (QcFeedRow) {.key = ((QcEmployee *)people->pdata[i - from])->account, .employee = people->pdata[i - from]};
  }
  return APPLY (PEOPLE, rows, to - from, cursor, more);
}

static gpointer
pull_again (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 draft;
  GOOD (qc_store_draft_create (connection, PROFILE, UNIT, QC_BUSINESS_SEALING, "{}", NOW, &draft, error));
  GOOD (edit_one (connection, draft, QC_STORE_CHANGE_ADD_LINE, 1, "231100000003", "{}", NOW, error));
  GOOD (apply_range (connection, 0, 10, "1.10", FALSE, error));
  check_cursor (connection, QC_FEED_PEOPLE, "1.10", FALSE, TRUE);
  GOOD (qc_store_cursor_begin_full (connection, PROFILE, UNIT, QC_FEED_PEOPLE, error));
  check_cursor (connection, QC_FEED_PEOPLE, NULL, TRUE, TRUE);
  GOOD (apply_range (connection, 0, 3, "2.3", TRUE, error));
  g_assert_cmpint (count_people (connection), ==, 10); /* nobody goes before the end */
  /* interrupted, begun once more */
  GOOD (qc_store_cursor_begin_full (connection, PROFILE, UNIT, QC_FEED_PEOPLE, error));
  GOOD (apply_range (connection, 0, 2, "3.2", TRUE, error));
  GOOD (apply_range (connection, 5, 12, "3.9", FALSE, error));
  g_assert_cmpint (count_people (connection), ==, 9); /* 2, 3, 4 were not seen this time; 10, 11 are new */
  gint64 found;                                       /* what they are searched by went with them */
  GOOD (qc_connection_get_int (connection, "SELECT count(*) FROM person_find", -1, &found, error));
  g_assert_cmpint (found, ==, 9);
  check_cursor (connection, QC_FEED_PEOPLE, "3.9", FALSE, TRUE);
  /* what changes later takes nobody away */
  GOOD (apply_range (connection, 0, 1, "3.10", FALSE, error));
  g_assert_cmpint (count_people (connection), ==, 9);
  g_autoptr (QcStoreDraft) kept = qc_store_draft_get (connection, draft, error);
  g_assert_cmpint (kept->n_lines, ==, 1);
  gint64 as_of;
  GOOD (qc_store_cursor_as_of (connection, PROFILE, UNIT, &as_of, error));
  g_assert_cmpint (as_of, ==, 0); /* other feeds were never pulled */
  return QC_DATABASE_DONE;
}

static void
test_from_scratch (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, pull_again, NULL);
}

static gpointer
sweep_all (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  for (int feed = 0; feed < QC_N_FEEDS; feed++) {
    QcFeed back;
    GOOD (qc_feed_from_code (qc_feed_to_code (feed), &back));
    g_assert_cmpint (back, ==, feed);
    GOOD (qc_store_cursor_begin_full (connection, PROFILE, UNIT, feed, error));
    GOOD (qc_store_apply_page (connection, PROFILE, UNIT, feed, NULL, 0, "9.0", FALSE, NOW + feed, error));
  }
  gint64 as_of;
  GOOD (qc_store_cursor_as_of (connection, PROFILE, UNIT, &as_of, error));
  g_assert_cmpint (as_of, ==, NOW);
  for (guint i = 0; i < 7; i++) {
    static const char *const tables[]
        = {"unit", "ratio", "policy", "code", "person_find", "application_month", "movement"};
    g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", tables[i]);
    gint64 n;
    GOOD (qc_connection_get_int (connection, sql, 0, &n, error));
    g_assert_cmpint (n, ==, 0);
  }
  return QC_DATABASE_DONE;
}

/* ---- applications ---- */

static QcApplication *
make_application (guint n)
{
  QcApplication *a = qc_application_new ();
  QcTimelineEntry *entry = g_new0 (QcTimelineEntry, 1);
  QcMonthLine line = {.month = 202601 + (int)n % 12,
                      .previous_people = 3,
                      .added_people = 2,
                      .removed_people = 1,
                      .people = 4,
                      .previous_fen = 300,
                      .added_fen = 200,
                      .removed_fen = 100,
                      .unit_fen = 250,
                      .personal_fen = 150};
  a->serial = g_strdup_printf ("HJ2026%06u", n);
  a->key = g_uuid_string_random ();
  a->business = n % 4 == 3 ? QC_BUSINESS_BACK_PAYMENT : QC_BUSINESS_REMITTANCE;
  a->state = n % 4 == 3 ? QC_STATE_IN_REVIEW : n % 2 ? QC_STATE_FINISHED : QC_STATE_REGISTERED;
  a->draw = n % 8 == 2 ? QC_DRAW_FAILED : QC_DRAW_NONE;
  a->draw_reason = n % 8 == 2 ? g_strdup ("余额不足") : NULL;
  a->method = QC_METHOD_COLLECTION;
  a->start = a->end = line.month;
  a->people = 4;
  a->fen = n == 5 ? 0 : 40000 + n;
  a->created = NOW + n;
  a->received = NOW + n + 1;
  a->processed = n % 2 ? NOW + n + 2 : 0;
  a->replaces = n % 4 == 3 ? g_strdup ("HJ1") : NULL;
  a->replaced_by = n % 4 == 1 ? g_strdup ("HJ2") : NULL;
  a->revision = 2;
  entry->time = NOW;
  entry->actor = g_strdup ("bank");
  entry->event = g_strdup ("draw-failed");
  entry->text = g_strdup ("余额不足");
  entry->fen = 1;
  g_array_append_val (a->months, line);
  g_ptr_array_add (a->timeline, entry);
  return a;
}

static gint64
count_where (QcConnection *connection, const QcStoreApplicationQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = qc_store_applications_list (connection, PROFILE, UNIT, query, 0, 1000, &error);
  g_assert_no_error (error);
  gint64 count;
  QcMoney fen;
  qc_store_applications_count (connection, PROFILE, UNIT, query, &count, &fen, &error);
  g_assert_no_error (error);
  QcMoney sum = 0;
  for (guint i = 0; i < list->len; i++) {
    const QcApplication *application = list->pdata[i];
    sum += application->state == QC_STATE_FINISHED ? application->fen : 0; /* what was not paid adds up to nothing */
  }
  g_assert_cmpint (count, ==, list->len);
  g_assert_cmpint (fen, ==, sum);
  return count;
}

static gpointer
check_applications (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_application_free);
  QcFeedRow rows[24] = {{0}};
  for (guint i = 0; i < 24; i++) {
    g_ptr_array_add (made, make_application (i));
    rows[i] = (QcFeedRow) {.key = ((QcApplication *)made->pdata[i])->serial, .application = made->pdata[i]};
  }
  GOOD (APPLY (APPLICATIONS, rows, 24, "1.24", FALSE));
  QcStoreApplicationQuery query = QC_STORE_APPLICATION_QUERY_ALL;
  g_assert_cmpint (count_where (connection, &query), ==, 24);
  g_autoptr (GPtrArray) page = qc_store_applications_list (connection, PROFILE, UNIT, &query, 1, 2, error);
  g_assert_cmpuint (page->len, ==, 2);
  g_assert_cmpstr (((QcApplication *)page->pdata[0])->serial, ==, "HJ2026000022");
  for (guint i = 0; i < page->len; i++) {
    const QcApplication *read = page->pdata[i], *written = made->pdata[22 - i];
    g_assert_cmpint (read->received, ==, written->received);
    g_assert_cmpint (read->processed, ==, written->processed);
    g_assert_cmpstr (read->replaces, ==, written->replaces);
    g_assert_cmpstr (read->replaced_by, ==, written->replaced_by);
  }
  query.business = QC_BUSINESS_BACK_PAYMENT;
  g_assert_cmpint (count_where (connection, &query), ==, 6);
  query = (QcStoreApplicationQuery)QC_STORE_APPLICATION_QUERY_ALL;
  query.states = 1u << QC_STATE_FINISHED | 1u << QC_STATE_IN_REVIEW;
  g_assert_cmpint (count_where (connection, &query), ==, 12);
  query = (QcStoreApplicationQuery)QC_STORE_APPLICATION_QUERY_ALL;
  query.draw = QC_DRAW_FAILED;
  g_assert_cmpint (count_where (connection, &query), ==, 3);
  query = (QcStoreApplicationQuery)QC_STORE_APPLICATION_QUERY_ALL;
  query.from = 202603, query.to = 202604;
  g_assert_cmpint (count_where (connection, &query), ==, 4);
  query.to = QC_MONTH_NONE;
  g_assert_cmpint (count_where (connection, &query), ==, 20);
  query = (QcStoreApplicationQuery)QC_STORE_APPLICATION_QUERY_ALL;
  query.serial = "00002";
  g_assert_cmpint (count_where (connection, &query), ==, 5); /* …2, and …20 to …23 */
  query.serial = "%";
  g_assert_cmpint (count_where (connection, &query), ==, 0);
  query.serial = NULL;
  query.has_fen = TRUE, query.fen = -40007; /* the sign does not matter */
  g_assert_cmpint (count_where (connection, &query), ==, 1);
  query = (QcStoreApplicationQuery)QC_STORE_APPLICATION_QUERY_ALL;
  int all = count_where (connection, &query);
  query.has_money = TRUE; /* the fifth moves none */
  g_assert_cmpint (count_where (connection, &query), ==, all - 1);

  g_autoptr (QcApplication) one = NULL;
  GOOD (qc_store_applications_get (connection, PROFILE, UNIT, "HJ2026000002", &one, error));
  g_assert_cmpstr (one->key, ==, ((QcApplication *)made->pdata[2])->key);
  g_assert_cmpstr (one->draw_reason, ==, "余额不足");
  g_assert_cmpuint (one->months->len, ==, 1);
  {
    const QcMonthLine *line = &g_array_index (one->months, QcMonthLine, 0);
    g_assert_cmpint (line->month, ==, 202603);
    g_assert_true (line->previous_people == 3 && line->added_people == 2 && line->removed_people == 1);
    g_assert_true (line->people == 4 && line->previous_fen == 300 && line->added_fen == 200);
    g_assert_true (line->removed_fen == 100 && line->unit_fen == 250 && line->personal_fen == 150);
  }
  g_assert_cmpuint (one->timeline->len, ==, 1);
  g_assert_cmpstr (((QcTimelineEntry *)one->timeline->pdata[0])->event, ==, "draw-failed");
  g_autoptr (GPtrArray) open = qc_store_applications_open (connection, PROFILE, UNIT, error);
  g_assert_cmpuint (open->len, ==, 18);
  QcStoreBadges badges;
  GOOD (qc_store_badges (connection, PROFILE, UNIT, &badges, error));
  g_assert_cmpint (badges.open[QC_BUSINESS_REMITTANCE], ==, 12);
  g_assert_cmpint (badges.open[QC_BUSINESS_BACK_PAYMENT], ==, 6);
  g_assert_cmpint (badges.draw_failed, ==, 3);

  /* an answer replaces, an older one does not */
  g_autoptr (QcApplication) answered = make_application (2);
  answered->revision = 3;
  answered->state = QC_STATE_FINISHED;
  GOOD (qc_store_applications_put (connection, PROFILE, UNIT, answered, error));
  answered->revision = 1;
  answered->state = QC_STATE_DELETED;
  GOOD (qc_store_applications_put (connection, PROFILE, UNIT, answered, error));
  g_autoptr (QcApplication) after = NULL;
  GOOD (qc_store_applications_get (connection, PROFILE, UNIT, "HJ2026000002", &after, error));
  g_assert_cmpint (after->state, ==, QC_STATE_FINISHED);
  g_assert_cmpuint (after->months->len, ==, 1);
  return QC_DATABASE_DONE;
}

static gpointer
check_movements (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  QcMovement movements[] = {{(char *)"9", NOW, (char *)"arrival", 500, (char *)"HJ1", 500, (char *)"到账"},
                            {(char *)"10", NOW, (char *)"booking", 500, (char *)"HJ1", 0, NULL},
                            {(char *)"11", NOW - 5, (char *)"draw", 700, (char *)"HJ2", 700, NULL}};
  QcFeedRow rows[] = {{.key = "9", .movement = &movements[0]},
                      {.key = "10", .movement = &movements[1]},
                      {.key = "11", .movement = &movements[2]},
                      {.key = "11", .deleted = TRUE},
                      {.key = "11", .movement = &movements[2]}};
  GOOD (APPLY (MOVEMENTS, rows, 5, "1.3", FALSE));
  g_autoptr (GPtrArray) all = qc_store_movements_list (connection, PROFILE, UNIT, NULL, 0, 10, error);
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpstr (((QcMovement *)all->pdata[0])->key, ==, "10");
  g_assert_cmpstr (((QcMovement *)all->pdata[2])->kind, ==, "draw");
  g_autoptr (GPtrArray) some = qc_store_movements_list (connection, PROFILE, UNIT, "HJ1", 1, 10, error);
  g_assert_cmpuint (some->len, ==, 1);
  g_assert_cmpstr (((QcMovement *)some->pdata[0])->text, ==, "到账");
  return QC_DATABASE_DONE;
}

static void
test_applications (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_applications, NULL);
}

static void
test_movements (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_movements, NULL);
}

static void
test_sweep (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_unit, NULL);
  WRITE (fixture, check_policies, NULL);
  WRITE (fixture, two_people, NULL);
  WRITE (fixture, check_applications, NULL);
  WRITE (fixture, check_movements, NULL);
  WRITE (fixture, sweep_all, NULL);
}

#define ADD(name, func) g_test_add ("/store/feeds/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("unit", test_unit);
  ADD ("policies", test_policies);
  ADD ("contents", test_contents);
  ADD ("page-and-cursor", test_page_and_cursor);
  ADD ("from-scratch", test_from_scratch);
  ADD ("applications", test_applications);
  ADD ("movements", test_movements);
  ADD ("sweep", test_sweep);
  return g_test_run ();
}
