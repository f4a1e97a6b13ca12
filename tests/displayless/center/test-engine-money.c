/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 暂存款 with several applications that wait for it (decision 13): the one the remark names, then the oldest; nothing
 * is taken away again, nobody is paid twice, time brings each its money once. 补缴 is put into the ledger as its
 * approval will write it. The audit runs after every step.
 */
#include "center-fixture.h"

#define N QC_PRACTICE_UNIT_TRANSFER
#define T QC_PRACTICE_UNIT_COLLECTION

/* An accepted 补缴 of @fen for one month of somebody who was not paid for then; its serial is @serial. Both parts are
 * 10 %. */
static void
accept_back_payment (Fx *fx, const char *serial, QcMoney fen)
{
  g_autofree char *sql = g_strdup_printf (
      "UPDATE counter SET value = value + 1 WHERE name = 'change'; "
      "INSERT INTO application (serial, unit, business, state, method, start_month, end_month, people, fen, created, "
      "entered_by, seq, reviewed_by, received, processed) SELECT '%s', id, 'back-payment', 'accepted', 'transfer', "
      "202407, 202407, 1, %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT
      ", 'test', (SELECT value FROM counter WHERE name = 'change'), 'other', 1, 1 FROM unit WHERE account = '" N "'; "
      "INSERT INTO application_month SELECT id, 202407, 0, 1, 0, 1, 0, fen, 0, fen / 2, fen / 2 FROM application WHERE "
      "serial = "
      "'%s'; INSERT INTO span (application, person, unit, from_month, to_month, base, unit_fen, personal_fen, kind) "
      "SELECT a.id, (SELECT min (id) FROM person AS p WHERE unit = a.unit AND NOT EXISTS (SELECT 1 FROM span AS s "
      "WHERE "
      "s.person = p.id AND s.from_month <= 202407 AND s.to_month >= 202407)), a.unit, 202407, 202407, 5 * a.fen, "
      "a.fen / 2, a.fen / 2, 1 FROM application AS a WHERE a.serial = '%s'; INSERT INTO application_line (application, "
      "line, person, fields) SELECT application, 1, "
      "person, json_object ('account', (SELECT account FROM person WHERE id = span.person)) FROM span WHERE "
      "application = (SELECT id FROM application WHERE serial = '%s')",
      serial, fen, fx->now, serial, serial, serial);
  fx_sql (fx, sql);
}

static void
assert_has (Fx *fx, const char *serial, QcApplicationState state, QcMoney arrived)
{
  g_autoptr (QcApplication) application = fx_application (fx, serial);
  g_assert_cmpint (application->state, ==, state);
  g_assert_cmpint (application->arrived, ==, arrived);
}

/* @fen arrives with the remark @serial; the ledger holds. */
static void
arrive (Fx *fx, const char *serial, QcMoney fen)
{
  g_autoptr (QcOutcome) outcome = fx_arrive (fx, N, serial, fen);
  fx_assert_done (outcome);
  fx_audit (fx);
}

static void
test_allotted (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcOutcome) remittance = fx_submit (&fx, N, 202610);
  fx_assert_done (remittance);
  const char *r = remittance->application->serial;
  QcMoney due = remittance->application->fen;
  accept_back_payment (&fx, "71", 10000);
  accept_back_payment (&fx, "72", 20000);
  fx_audit (&fx);

  arrive (&fx, NULL, 5000); /* the oldest */
  assert_has (&fx, r, QC_STATE_REGISTERED, 5000);
  arrive (&fx, "72", 8000); /* the remark, and nothing is taken from who has some */
  assert_has (&fx, r, QC_STATE_REGISTERED, 5000);
  assert_has (&fx, "71", QC_STATE_ACCEPTED, 0);
  assert_has (&fx, "72", QC_STATE_ACCEPTED, 8000);
  arrive (&fx, "72", 15000); /* 30.00 more than it misses: the oldest again */
  assert_has (&fx, "72", QC_STATE_FINISHED, 20000);
  assert_has (&fx, r, QC_STATE_REGISTERED, 8000);
  arrive (&fx, NULL, due - 8000 + 4000);
  assert_has (&fx, r, QC_STATE_FINISHED, due);
  assert_has (&fx, "71", QC_STATE_ACCEPTED, 4000);
  arrive (&fx, r, 7000); /* names one that has ended: who waits gets it, the rest stays */
  assert_has (&fx, "71", QC_STATE_FINISHED, 10000);
  g_autoptr (QcUnit) unit = fx_unit (&fx, N);
  g_assert_cmpint (unit->suspense, ==, 1000);
  fx_close (&fx);
}

/* What a deleted one had goes to who waits. */
static void
test_deleted (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcOutcome) remittance = fx_submit (&fx, N, 202610);
  accept_back_payment (&fx, "71", 10000);
  arrive (&fx, NULL, 12500);
  assert_has (&fx, "71", QC_STATE_ACCEPTED, 0);
  g_autoptr (QcOutcome) deleted = fx_act (&fx, N, remittance->application->serial, QC_ACTION_DELETE);
  fx_assert_done (deleted);
  fx_audit (&fx);
  assert_has (&fx, "71", QC_STATE_FINISHED, 10000);
  g_autoptr (QcUnit) unit = fx_unit (&fx, N);
  g_assert_cmpint (unit->suspense, ==, 2500);
  fx_close (&fx);
}

/* A new one takes only what nobody has. */
static void
test_new_one (void)
{
  Fx fx;
  fx_open (&fx, 0);
  accept_back_payment (&fx, "71", 10000);
  arrive (&fx, NULL, 9000);
  g_autoptr (QcOutcome) remittance = fx_submit (&fx, N, 202610);
  fx_assert_done (remittance);
  fx_audit (&fx);
  g_assert_cmpint (remittance->application->arrived, ==, 0);
  g_assert_cmpuint (remittance->application->timeline->len, ==, 1); /* nothing of the suspense was used */
  assert_has (&fx, "71", QC_STATE_ACCEPTED, 9000);
  fx_close (&fx);
}

/* What lies there already is told as far as it is used: all of it, or what the business costs. */
static void
test_suspense_used (void)
{
  for (int more = FALSE; more <= TRUE; more++) {
    Fx fx;
    fx_open (&fx, 0);
    QcMoney lies = more ? QC_MONEY_MAX / 2 : 100;
    arrive (&fx, NULL, lies);
    g_autoptr (QcOutcome) remittance = fx_submit (&fx, N, 202610);
    fx_assert_done (remittance);
    QcMoney due = remittance->application->fen;
    g_assert_cmpint (due, >, 100);
    g_assert_cmpint (fx_int (&fx, "SELECT fen FROM application_event WHERE event = 'suspense-used' AND application = "
                                  "(SELECT max (id) FROM application)"),
                     ==, more ? due : 100);
    assert_has (&fx, remittance->application->serial, more ? QC_STATE_FINISHED : QC_STATE_REGISTERED, more ? due : 100);
    fx_close (&fx);
  }
}

/* One arrival each, and no end of them otherwise (an accepted 补缴 was paid at every tick). */
static void
test_time (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcOutcome) remittance = fx_submit (&fx, N, 202610);
  accept_back_payment (&fx, "71", 10000);
  arrive (&fx, "71", 2500);
  QcEngineCall call = fx_call (&fx, N);
  gint64 next;
  for (int round = 0; round < 3; round++) {
    g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_WRITE);
    g_autoptr (GError) error = NULL;
    g_assert_true (qc_engine_set_arrival_delay (fx.connection, &call, 60, &error));
    g_assert_cmpint (qc_engine_tick (fx.connection, fx.now + 60, &next, &error), ==, round == 0 ? 2 : 0);
    g_assert_no_error (error);
    g_assert_cmpint (next, ==, 0);
    fx_commit (g_steal_pointer (&t));
    fx_audit (&fx);
  }
  assert_has (&fx, "71", QC_STATE_FINISHED, 10000);
  assert_has (&fx, remittance->application->serial, QC_STATE_FINISHED, remittance->application->fen);
  g_assert_cmpint (fx_int (&fx, "SELECT count(*) FROM movement WHERE kind = 'arrival' AND time > 1795000000"), ==, 3);
  fx_close (&fx);
}

/* An agreement neither comes nor goes under business of either kind. */
static void
test_agreement (void)
{
  Fx fx;
  fx_open (&fx, 0);
  accept_back_payment (&fx, "71", 10000);
  QcEngineCall call = fx_call (&fx, N);
  g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_WRITE);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutcome) signing = qc_engine_sign_agreement (fx.connection, &call, "演练银行", "0809" N, &error);
  g_assert_no_error (error);
  fx_commit (g_steal_pointer (&t));
  fx_assert_refused (signing, "agreement.unfinished");

  fx_sql (&fx, "UPDATE application SET unit = (SELECT id FROM unit WHERE account = '" T "'), state = 'in-review', "
               "method = 'collection' WHERE serial = '71'");
  call = fx_call (&fx, T);
  t = fx_begin (&fx, QC_TRANSACTION_WRITE);
  g_autoptr (QcOutcome) ending = qc_engine_end_agreement (fx.connection, &call, &error);
  g_assert_no_error (error);
  fx_commit (g_steal_pointer (&t));
  fx_assert_refused (ending, "agreement.unfinished");
  fx_close (&fx);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/center/money/allotted", test_allotted);
  g_test_add_func ("/center/money/suspense-used", test_suspense_used);
  g_test_add_func ("/center/money/deleted", test_deleted);
  g_test_add_func ("/center/money/new-one", test_new_one);
  g_test_add_func ("/center/money/time", test_time);
  g_test_add_func ("/center/money/agreement", test_agreement);
  return g_test_run ();
}
