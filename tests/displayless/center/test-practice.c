/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Practice data: a sound ledger, the same for the same seed, with everything that happens to people in it; 200,000 of
 * them in seconds; units that are registered later; starting anew; the clock.
 */
#include "../prove.h"
#include "center-fixture.h"

#include "qc-credit-code.h"

static void
test_sound (void)
{
  static const char *const units[]
      = {QC_PRACTICE_UNIT_COLLECTION, QC_PRACTICE_UNIT_TRANSFER, QC_PRACTICE_UNIT_RECEIVER, QC_PRACTICE_UNIT_ARREARS};
  Fx fx;
  fx_open (&fx, 0);
  fx_audit (&fx);
  g_assert_cmpint (fx_int (&fx, "SELECT count(*) FROM unit"), ==, 4);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    g_autoptr (QcUnit) unit = fx_unit (&fx, units[i]);
    g_assert_cmpint (qc_credit_code_check (unit->credit_code), ==, QC_CREDIT_CODE_OK);
    g_assert_cmpint (unit->paid_to, ==, i == 3 ? 202604 : 202609);
    g_assert_true (g_str_has_suffix (unit->payee_name, "（演练）"));
    g_assert_cmpint (qc_unit_method (unit), ==, i == 0 ? QC_METHOD_COLLECTION : QC_METHOD_TRANSFER);
  }
  fx_close (&fx);
}

static void
check_person_cb_assert (const QcEmployee *e)
{
  if (g_str_equal (e->document_type, "01")) {
    g_assert_cmpint (qc_resident_id_check (e->document, FX_TODAY), ==, QC_ID_OK);
    g_assert_cmpint (qc_resident_id_birth (e->document), ==, e->birth);
    g_assert_cmpint (qc_resident_id_sex (e->document), ==, e->sex);
  }
  g_assert_true (g_utf8_validate (e->name, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (e->name, -1), <=, 40);
}

static gboolean
check_person_cb (const QcFeedRow *row, gpointer user_data)
{
  check_person_cb_assert (row->employee);
  (*(guint *)user_data)++;
  return TRUE;
}

/* What the tests and journeys of everybody count on. */
static void
test_people (void)
{
  static const char *const must_exist[] = {
      "SELECT count(*) FROM person WHERE status = 2",
      "SELECT count(*) FROM person WHERE sex = 2 AND class = 0",
      "SELECT count(*) FROM person WHERE base % 100 <> 0",
      "SELECT count(*) FROM person WHERE name LIKE '%·%'",
      "SELECT count(*) FROM person WHERE name LIKE '%䶮%'",
      "SELECT count(*) FROM person WHERE name LIKE '%𠮷%'",
      "SELECT count(*) FROM person WHERE length(name) >= 39",
      "SELECT count(*) FROM person WHERE document_type = '03'",
      "SELECT count(*) FROM person WHERE opened = 202610",
      "SELECT count(*) FROM person WHERE status = 2 AND status_from = 202610",
      "SELECT count(*) FROM base_row WHERE retroactive = 1",
      "SELECT count(*) FROM ratio_row WHERE retroactive = 1",
      "SELECT count(*) FROM (SELECT person, from_month, lag(to_month) OVER (PARTITION BY person ORDER BY from_month) "
      "AS "
      "b FROM span) WHERE from_month > CASE b % 100 WHEN 12 THEN b + 89 ELSE b + 1 END",
  };
  Fx fx;
  fx_open (&fx, 0);
  for (guint i = 0; i < G_N_ELEMENTS (must_exist); i++) {
    g_test_message ("%s", must_exist[i]);
    g_assert_cmpint (fx_int (&fx, must_exist[i]), >, 0);
  }
  g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_READ);
  guint n = 0;
  gboolean more;
  QcFeedPageStatus status;
  g_autoptr (GError) error = NULL;
  g_autofree char *cursor = NULL;
  qc_feeds_page (fx.connection, QC_PRACTICE_UNIT_COLLECTION, QC_FEED_PEOPLE, NULL, 1000, check_person_cb, &n, &status,
                 &cursor, &more, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 42);
  qc_transaction_end (g_steal_pointer (&t));
  fx_close (&fx);
}

static char *
fingerprint (Fx *fx)
{
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_READ);
  g_autoptr (GError) error = NULL;

  g_autoptr (QcStatement) s = qc_connection_prepare (
      fx->connection,
      "SELECT (SELECT group_concat (account || name || document || base || balance || paid_to) "
      "FROM person) || (SELECT group_concat (serial || fen || people) FROM application)",
      &error);
  g_assert_no_error (error);
  gboolean has_row;
  g_assert_true (qc_statement_step (s, &has_row, &error));
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, qc_statement_get_text (s, 0), -1);
}

static void
reset (Fx *fx)
{
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_WRITE);
  g_autoptr (GError) error = NULL;
  qc_practice_data_reset (fx->connection, QC_DATE_NONE, &error);
  g_assert_no_error (error);
  fx_commit (g_steal_pointer (&t));
}

static void
test_same_and_anew (void)
{
  Fx a;
  fx_open (&a, 60);
  Fx b;
  fx_open (&b, 60);
  g_autofree char *one = fingerprint (&a);
  g_autofree char *two = fingerprint (&b);
  g_assert_cmpstr (one, ==, two);
  g_autoptr (QcOutcome) outcome = fx_submit (&a, QC_PRACTICE_UNIT_COLLECTION, 202610);
  fx_assert_done (outcome);
  g_autoptr (QcTransaction) t = fx_begin (&a, QC_TRANSACTION_READ);
  guint n = 0;
  gboolean more;
  QcFeedPageStatus status;
  g_autoptr (GError) error = NULL;
  g_autofree char *cursor = NULL;
  qc_feeds_page (a.connection, QC_PRACTICE_UNIT_COLLECTION, QC_FEED_PEOPLE, NULL, 10, check_person_cb, &n, &status,
                 &cursor, &more, &error);
  qc_transaction_end (g_steal_pointer (&t));
  reset (&a);
  fx_audit (&a);
  g_autofree char *three = fingerprint (&a);
  g_assert_cmpstr (one, ==, three);
  t = fx_begin (&a, QC_TRANSACTION_READ);
  g_autofree char *next = NULL;
  qc_feeds_page (a.connection, QC_PRACTICE_UNIT_COLLECTION, QC_FEED_PEOPLE, cursor, 10, check_person_cb, &n, &status,
                 &next, &more, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, QC_FEED_PAGE_EXPIRED); /* a new generation */
  qc_transaction_end (g_steal_pointer (&t));
  fx_close (&a);
  fx_close (&b);
}

static void
test_new_unit (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_WRITE);
  g_autoptr (GError) error = NULL;
  g_autofree char *account
      = qc_practice_data_create_unit (fx.connection, "91231102MA18003210", "新单位", fx.now, &error);
  g_assert_no_error (error);
  g_autofree char *again
      = qc_practice_data_create_unit (fx.connection, "91231102MA18003210", "另一个名字", fx.now, &error);
  g_assert_cmpstr (account, ==, again);
  fx_commit (g_steal_pointer (&t));
  fx_audit (&fx);
  g_autoptr (QcUnit) unit = fx_unit (&fx, account);
  g_assert_cmpint (unit->headcount + unit->sealed_count, ==, 30);
  g_autoptr (QcOutcome) outcome = fx_submit (&fx, account, 202610);
  fx_assert_done (outcome);
  fx_audit (&fx);
  fx_close (&fx);
}

static void
test_clock (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_WRITE);
  g_autoptr (GError) error = NULL;
  gint64 now;
  g_assert_true (qc_practice_clock_now (fx.connection, FX_NOW + 86400 * 400, &now, &error));
  g_assert_cmpint (qc_date_from_unix (now), ==, FX_TODAY); /* real days do not move it */
  g_assert_true (qc_practice_clock_set (fx.connection, 20270131, &error));
  QcDate today;
  g_assert_true (qc_practice_clock_advance (fx.connection, "test", 1, FX_NOW, &today, &error));
  g_assert_cmpint (today, ==, 20270228);
  g_assert_false (qc_practice_clock_set (fx.connection, 20261123, &error)); /* never back */
  g_assert_error (error, QC_ENGINE_ERROR, QC_ENGINE_ERROR_INVALID);
  g_clear_error (&error);
  gint64 later;
  /* past midnight of the real clock the practice day does not begin again */
  g_assert_true (qc_practice_clock_now (fx.connection, FX_NOW + 3600 * 15, &later, &error));
  g_assert_cmpint (later, >=, fx_int (&fx, "SELECT time FROM log ORDER BY id DESC LIMIT 1"));
  fx_commit (g_steal_pointer (&t));
  fx_close (&fx);
}

static void
test_many (void)
{
  gint64 begin = g_get_monotonic_time ();
  gint64 people = prove_is_long () ? QC_PRACTICE_MAX_PEOPLE : 20000;
  Fx fx;
  fx_open (&fx, people);
  double seconds = (double)(g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
  g_test_message ("%" G_GINT64_FORMAT " people in %.2f s", people, seconds);
  g_assert_cmpint (fx_int (&fx, "SELECT count(*) FROM person"), >, people);
  fx_audit (&fx);
  fx_close (&fx);
}

/* Few people, and the border at which history has fewer applications; a remittance works with each. */
static void
test_sizes (void)
{
  static const gint64 sizes[] = {1, 2, 5, 2000, 2001};
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    Fx fx;
    fx_open (&fx, sizes[i]);
    fx_audit (&fx);
    g_assert_cmpint (fx_int (&fx, "SELECT count(*) FROM person WHERE unit = 1"), ==, sizes[i]);
    g_autoptr (QcOutcome) done = fx_submit (&fx, QC_PRACTICE_UNIT_COLLECTION, 202610);
    fx_assert_done (done);
    fx_audit (&fx);
    fx_close (&fx);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/center/practice/sound", test_sound);
  g_test_add_func ("/center/practice/people", test_people);
  g_test_add_func ("/center/practice/same-and-anew", test_same_and_anew);
  g_test_add_func ("/center/practice/new-unit", test_new_unit);
  g_test_add_func ("/center/practice/clock", test_clock);
  g_test_add_func ("/center/practice/sizes", test_sizes);
  g_test_add_func ("/center/practice/many", test_many);
  return g_test_run ();
}
