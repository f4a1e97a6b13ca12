/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The made-up bank and what staff do at the counter: a bank that does not answer (and had drawn, or had not), numbered
 * draws, agreements, retroactive bases and ratios. The audit runs after every scenario.
 */
#include "center-fixture.h"

#define T QC_PRACTICE_UNIT_COLLECTION
#define N QC_PRACTICE_UNIT_TRANSFER

typedef QcOutcome *(*Call) (QcConnection *connection, const QcEngineCall *call, gpointer data, GError **error);

static QcOutcome *
run (Fx *fx, const char *unit, gint64 if_match, Call func, gpointer data)
{
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_WRITE);
  QcEngineCall call = fx_call (fx, unit);
  call.if_match = if_match;
  g_autoptr (GError) error = NULL;
  QcOutcome *outcome = func (fx->connection, &call, data, &error);
  g_assert_no_error (error);
  fx_commit (g_steal_pointer (&t));
  return outcome;
}

/* ---- the bank by itself ---- */

static void
test_once_per_reference (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_WRITE);
  g_autoptr (GError) error = NULL;
  g_assert_true (qc_bank_set_balance (fx.connection, "0809" T, 1000, &error));
  char *reason;
  QcBankAnswer answer;
  for (int i = 0; i < 3; i++) {
    g_assert_true (qc_bank_draw (fx.connection, "0809" T, "ref", 600, 1, &answer, &reason, &error));
    g_assert_cmpint (answer, ==, QC_BANK_DONE);
    g_assert_null (reason);
  }
  QcMoney balance;
  g_assert_true (qc_bank_ask_balance (fx.connection, "0809" T, &balance, &error));
  g_assert_cmpint (balance, ==, 400); /* once */
  g_assert_true (qc_bank_draw (fx.connection, "0809" T, "ref2", 600, 1, &answer, &reason, &error));
  g_assert_cmpint (answer, ==, QC_BANK_FAILED);
  g_assert_nonnull (reason);
  g_free (reason);
  g_assert_true (qc_bank_draw (fx.connection, "nobody", "ref3", 600, 1, &answer, &reason, &error));
  g_assert_cmpint (answer, ==, QC_BANK_FAILED);
  g_free (reason);
  g_assert_true (qc_bank_ask (fx.connection, "0809" T, "never", &answer, &reason, &error));
  g_assert_cmpint (answer, ==, QC_BANK_UNHEARD);
  qc_transaction_end (g_steal_pointer (&t));
  fx_close (&fx);
}

/* ---- outcome unknown ---- */

static QcOutcome *
ask (QcConnection *connection, const QcEngineCall *call, gpointer data, GError **error)
{
  return qc_engine_ask_bank (connection, call, data, error);
}

static void
test_unknown (gconstpointer data)
{
  gboolean had_drawn = GPOINTER_TO_INT (data);
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcOutcome) silent = fx_set_answers (&fx, T, FALSE);
  fx_assert_done (silent);
  g_autoptr (QcOutcome) done = fx_submit (&fx, T, had_drawn ? 202610 : 202611);
  fx_assert_done (done);
  const char *serial = done->application->serial;
  g_assert_cmpint (done->application->draw, ==, QC_DRAW_UNKNOWN);
  g_assert_cmpint (done->application->state, ==, QC_STATE_REGISTERED);
  fx_audit (&fx);
  g_autoptr (QcOutcome) denied = fx_act (&fx, T, serial, QC_ACTION_REDRAW); /* asked first, and not drawn again */
  fx_assert_refused (denied, "draw.unknown");
  g_autoptr (QcOutcome) deleted = fx_act (&fx, T, serial, QC_ACTION_DELETE);
  fx_assert_refused (deleted, "not-allowed-in-state");
  g_assert_cmpint (fx_int (&fx, "SELECT max(number) FROM draw"), ==, 1);

  g_autoptr (QcOutcome) speaks = fx_set_answers (&fx, T, TRUE);
  g_autoptr (QcOutcome) asked = run (&fx, T, -1, ask, (gpointer)serial);
  fx_assert_done (asked);
  g_assert_cmpint (asked->application->draw, ==, had_drawn ? QC_DRAW_DONE : QC_DRAW_FAILED);
  g_assert_cmpint (asked->application->state, ==, had_drawn ? QC_STATE_FINISHED : QC_STATE_REGISTERED);
  g_assert_cmpint (asked->application->draw_number, ==, 1);
  fx_audit (&fx);
  fx_close (&fx);
}

/* The clerk's 重新划款 finds that the first draw went through: nothing is drawn twice. */
static void
test_redraw_finds_success (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcOutcome) silent = fx_set_answers (&fx, T, FALSE);
  g_autoptr (QcOutcome) done = fx_submit (&fx, T, 202610);
  g_autoptr (QcOutcome) speaks = fx_set_answers (&fx, T, TRUE);
  g_autoptr (QcOutcome) redrawn = fx_act (&fx, T, done->application->serial, QC_ACTION_REDRAW);
  fx_assert_done (redrawn);
  g_assert_cmpint (redrawn->application->state, ==, QC_STATE_FINISHED);
  g_assert_cmpint (fx_int (&fx, "SELECT count(*) FROM bank_entry WHERE time > 1795000000"), ==, 1);
  fx_audit (&fx);
  fx_close (&fx);
}

static void
test_tick_asks (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcOutcome) silent = fx_set_answers (&fx, T, FALSE);
  g_autoptr (QcOutcome) done = fx_submit (&fx, T, 202610);
  g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_WRITE);
  gint64 next;
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (qc_engine_tick (fx.connection, fx.now, &next, &error), ==, 0);
  g_assert_cmpint (next, >, fx.now);
  fx_commit (g_steal_pointer (&t));
  g_autoptr (QcOutcome) speaks = fx_set_answers (&fx, T, TRUE);
  t = fx_begin (&fx, QC_TRANSACTION_WRITE);
  g_assert_cmpint (qc_engine_tick (fx.connection, fx.now, &next, &error), ==, 1);
  fx_commit (g_steal_pointer (&t));
  g_autoptr (QcApplication) after = fx_application (&fx, done->application->serial);
  g_assert_cmpint (after->state, ==, QC_STATE_FINISHED);
  fx_audit (&fx);
  fx_close (&fx);
}

/* ---- agreements ---- */

static QcOutcome *
sign (QcConnection *connection, const QcEngineCall *call, gpointer data, GError **error)
{
  return qc_engine_sign_agreement (connection, call, "演练银行黑河分行", data, error);
}

static QcOutcome *
end (QcConnection *connection, const QcEngineCall *call, gpointer data, GError **error)
{
  return qc_engine_end_agreement (connection, call, error);
}

static void
test_agreement (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcOutcome) none = run (&fx, N, -1, end, NULL);
  fx_assert_refused (none, "agreement.none");
  g_autoptr (QcOutcome) wrong = run (&fx, N, -1, sign, (gpointer) "0809" T);
  fx_assert_refused (wrong, "agreement.account-unknown");
  g_autoptr (QcOutcome) filled = fx_set_balance (&fx, N, 900000000);
  g_autoptr (QcOutcome) signed_on = run (&fx, N, -1, sign, (gpointer) "0809" N);
  fx_assert_done (signed_on);
  g_assert_cmpint (qc_unit_method (signed_on->unit), ==, QC_METHOD_COLLECTION);
  g_assert_cmpint (signed_on->unit->agreement_balance, ==, 900000000);
  g_autoptr (QcOutcome) twice = run (&fx, N, -1, sign, (gpointer) "0809" N);
  fx_assert_refused (twice, "agreement.exists");
  g_autoptr (QcOutcome) done = fx_submit (&fx, N, 202610);
  fx_assert_done (done);
  g_assert_cmpint (done->application->state, ==, QC_STATE_FINISHED);
  g_autoptr (QcOutcome) ended = run (&fx, N, -1, end, NULL);
  fx_assert_done (ended);
  g_assert_cmpint (qc_unit_method (ended->unit), ==, QC_METHOD_TRANSFER);
  g_autoptr (QcOutcome) open = fx_submit (&fx, N, 202611);
  fx_assert_done (open);
  g_assert_cmpint (open->application->state, ==, QC_STATE_REGISTERED);
  g_autoptr (QcOutcome) blocked = run (&fx, N, -1, sign, (gpointer) "0809" N);
  fx_assert_refused (blocked, "agreement.unfinished");
  fx_audit (&fx);
  fx_close (&fx);
}

/* ---- retroactive changes ---- */

typedef struct {
  char *person;
  QcMonth from;
  QcMoney base;
} Base;

static QcOutcome *
change_base (QcConnection *connection, const QcEngineCall *call, gpointer data, GError **error)
{
  const Base *base = data;
  return qc_engine_change_base (connection, call, base->person, base->from, base->base, error);
}

static QcOutcome *
change_ratios (QcConnection *connection, const QcEngineCall *call, gpointer data, GError **error)
{
  const QcRatios *ratios = data;
  return qc_engine_change_ratios (connection, call, ratios->from, ratios->unit, ratios->personal, error);
}

static char *
find_person (Fx *fx, const char *where)
{
  g_autofree char *sql = g_strdup_printf ("SELECT CAST (account AS INTEGER) FROM person WHERE %s LIMIT 1", where);
  return g_strdup_printf ("%" G_GINT64_FORMAT, fx_int (fx, sql));
}

static void
test_retroactive_base (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autofree char *person
      = find_person (&fx, "unit = 2 AND status = 1 AND paid_to = 202609 AND opened = 202407 AND base < 600000 AND "
                          "birth BETWEEN 19800101 AND 20000101");
  g_autoptr (QcRemittanceClaim) before = fx_claim (&fx, N, 202610);
  Base base = (Base) {person, 202609, 900000};
  g_autoptr (QcOutcome) changed = run (&fx, N, -1, change_base, &base);
  fx_assert_done (changed);
  g_assert_cmpint (changed->person->base, ==, 900000);
  g_assert_cmpint (fx_int (&fx, "SELECT count(*) FROM base_row WHERE unit = 2 AND retroactive = 1 AND from_month = "
                                "202609 AND base = 900000"),
                   ==, 1);
  g_autoptr (QcRemittanceClaim) after = fx_claim (&fx, N, 202610);
  g_assert_cmpint (qc_month_line_fen (&g_array_index (after->months, QcMonthLine, 0)), >,
                   qc_month_line_fen (&g_array_index (before->months, QcMonthLine, 0)));
  /* a base is no term: what others confirmed stands or falls by their figures */
  g_assert_cmpstr (after->terms, ==, before->terms);
  base.base = 100;
  g_autoptr (QcOutcome) low = run (&fx, N, -1, change_base, &base);
  fx_assert_refused (low, "base.below-floor");
  g_assert_cmpstr (((QcFinding *)low->findings->pdata[0])->person, ==, person);
  base.base = 0;
  g_autoptr (QcOutcome) none = run (&fx, N, -1, change_base, &base);
  fx_assert_refused (none, "base.missing");
  base.base = QC_MONEY_MAX + 1;
  g_autoptr (QcOutcome) beyond = run (&fx, N, -1, change_base, &base);
  fx_assert_refused (beyond, "base.missing");
  base = (Base) {person, 202001, 900000};
  g_autoptr (QcOutcome) early = run (&fx, N, -1, change_base, &base);
  fx_assert_refused (early, "base.month-invalid");
  base = (Base) {(char *)"0", 202609, 900000};
  g_autoptr (QcOutcome) nobody = run (&fx, N, -1, change_base, &base);
  g_assert_cmpint (nobody->status, ==, QC_OUTCOME_NOT_FOUND);
  g_autoptr (QcOutcome) open = fx_submit (&fx, N, 202610);
  fx_assert_done (open);
  base = (Base) {person, 202609, 910000};
  g_autoptr (QcOutcome) blocked = run (&fx, N, -1, change_base, &base);
  fx_assert_refused (blocked, "unit.remittance-unfinished");
  fx_audit (&fx);
  fx_close (&fx);
}

static void
test_ratios (void)
{
  QcRatios ratios = {202608, 1100, 1100, FALSE};
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcOutcome) changed = run (&fx, T, -1, change_ratios, &ratios);
  fx_assert_done (changed);
  g_assert_cmpint (fx_int (&fx, "SELECT retroactive FROM ratio_row WHERE unit = 1 AND from_month = 202608"), ==, 1);
  ratios.unit = 1300;
  g_autoptr (QcOutcome) wild = run (&fx, T, -1, change_ratios, &ratios);
  fx_assert_refused (wild, "ratios.out-of-range");
  g_autoptr (QcOutcome) done = fx_submit (&fx, T, 202610);
  fx_assert_done (done);
  fx_audit (&fx);
  fx_close (&fx);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/center/bank/once-per-reference", test_once_per_reference);
  g_test_add_data_func ("/center/bank/unknown-but-drawn", GINT_TO_POINTER (TRUE), test_unknown);
  g_test_add_data_func ("/center/bank/unknown-and-failed", GINT_TO_POINTER (FALSE), test_unknown);
  g_test_add_func ("/center/bank/redraw-finds-success", test_redraw_finds_success);
  g_test_add_func ("/center/bank/tick-asks", test_tick_asks);
  g_test_add_func ("/center/counter/agreement", test_agreement);
  g_test_add_func ("/center/counter/retroactive-base", test_retroactive_base);
  g_test_add_func ("/center/counter/ratios", test_ratios);
  return g_test_run ();
}
