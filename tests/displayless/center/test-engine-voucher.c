/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Vouchers the center issues: their figures are the ledger's, their signature fits the public key, an unfinished one
 * says so, each issue is counted by kind and stands in the log, other units' and dead applications get none.
 */
#include "center-fixture.h"

#define T     QC_PRACTICE_UNIT_COLLECTION
#define N     QC_PRACTICE_UNIT_TRANSFER
#define ACTOR FX_ACTOR

/* What a client believes of it. */
static QcVoucherCheck *
check (Fx *fx, const QcOutcome *issued)
{
  g_autoptr (QcSigningKey) key = fx_load_key (fx);
  g_autofree char *public_key = qc_signing_key_dup_public (key);
  g_autoptr (GPtrArray) centers = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_voucher_center_free);
  QcVoucherCenter *center = qc_voucher_center_new (QC_PRACTICE_DEPARTMENT, TRUE);
  g_autofree char *text = qc_signed_voucher_to_text (issued->voucher);
  g_autoptr (QcSignedVoucher) read = qc_signed_voucher_from_text (text, NULL);
  g_assert_nonnull (read);
  g_ptr_array_add (center->keys,
                   qc_verify_key_new (qc_signing_key_get_id (key), QC_SIGNATURE_ALGORITHM, public_key, 0, 0, NULL));
  g_ptr_array_add (centers, center);
  return qc_voucher_verify (read, centers, G_MAXINT64);
}

/* Every figure against the rows of the ledger, read by plain SQL. */
static void
assert_figures (Fx *fx, const QcVoucherFacts *facts)
{
  g_autofree char *where
      = g_strdup_printf ("WHERE application = (SELECT id FROM application WHERE serial = '%s')", facts->serial);
  const char *const sums[] = {"sum (unit_fen)", "sum (personal_fen)", "count (*)"};
  const gint64 wanted[] = {facts->unit_fen, facts->personal_fen, facts->lines->len};
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++) {
    g_autofree char *sql = g_strdup_printf ("SELECT %s FROM application_month %s", sums[i], where);
    g_assert_cmpint (fx_int (fx, sql), ==, wanted[i]);
  }
  for (guint i = 0; i < facts->lines->len; i++) {
    const QcMonthLine *line = &g_array_index (facts->lines, QcMonthLine, i);
    g_autofree char *spans = g_strdup_printf (
        "SELECT sum (unit_fen + personal_fen) FROM span %s AND %d BETWEEN from_month AND to_month", where, line->month);
    g_assert_true (qc_month_line_is_balanced (line));
    g_assert_cmpint (fx_int (fx, spans), ==, qc_month_line_fen (line));
  }
}

/* The same account, of which a later agreement says another bank. */
static void
sign_anew (Fx *fx, const char *bank)
{
  QcEngineCall call = fx_call (fx, T);
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_WRITE);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutcome) ended = qc_engine_end_agreement (fx->connection, &call, &error);
  g_assert_no_error (error);
  fx_assert_done (ended);
  g_autoptr (QcOutcome) begun = qc_engine_sign_agreement (fx->connection, &call, bank, "0809" T, &error);
  g_assert_no_error (error);
  fx_assert_done (begun);
  fx_commit (g_steal_pointer (&t));
}

static void
test_finished (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcOutcome) filled = fx_set_balance (&fx, T, QC_MONEY_MAX);
  g_autoptr (QcOutcome) done = fx_submit (&fx, T, 202611);
  fx_assert_done (done);
  for (int i = 0; i < 3; i++) {
    g_autoptr (QcOutcome) issued = fx_issue (&fx, T, done->application->serial);
    g_autoptr (QcVoucherCheck) checked = check (&fx, issued);
    g_assert_cmpint (checked->verdict, ==, QC_VERDICT_PRACTICE);
    g_assert_true (checked->complete && checked->facts->practice);
    g_assert_cmpint (checked->facts->state, ==, QC_STATE_FINISHED);
    g_assert_cmpint (checked->facts->reprint, ==, i);
    g_assert_cmpint (checked->facts->arrived, ==, FX_TODAY);
    g_assert_cmpint (checked->facts->issued, ==, fx.now);
    g_assert_cmpstr (checked->facts->center, ==, QC_PRACTICE_DEPARTMENT);
    g_assert_cmpstr (checked->facts->unit, ==, T);
    g_assert_cmpstr (checked->facts->payer.account, ==, "0809" T);
    g_assert_cmpstr (checked->facts->payer.bank, ==, "演练银行黑河分行"); /* where it was drawn, whatever came since */
    g_assert_cmpstr (checked->facts->cashier, ==, "银行划款");
    g_assert_cmpint (qc_voucher_facts_fen (checked->facts), ==, done->application->fen);
    assert_figures (&fx, checked->facts);
    sign_anew (&fx, "另一家银行");
  }
  g_assert_cmpint (fx_int (&fx, "SELECT count (*) FROM log WHERE action = 'voucher' AND actor = '" ACTOR "'"), ==, 3);
  fx_audit (&fx);
  fx_close (&fx);
}

/* One of unfinished business does not make the sealed one a reprint. */
static void
test_unfinished_first (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcOutcome) done = fx_submit (&fx, N, 202610);
  fx_assert_done (done);
  g_autoptr (QcOutcome) before = fx_issue (&fx, N, done->application->serial);
  g_autoptr (QcVoucherCheck) first = check (&fx, before);
  g_assert_cmpint (first->facts->state, ==, QC_STATE_REGISTERED);
  g_assert_cmpint (first->facts->arrived, ==, QC_DATE_NONE);
  g_assert_cmpstr (first->facts->payer.account, ==, "");
  g_assert_cmpstr (first->facts->payee.account, !=, "");
  g_autoptr (QcOutcome) arrived = fx_arrive (&fx, N, done->application->serial, done->application->fen);
  fx_assert_done (arrived);
  g_autoptr (QcOutcome) after = fx_issue (&fx, N, done->application->serial);
  g_autoptr (QcVoucherCheck) second = check (&fx, after);
  g_assert_cmpint (second->facts->state, ==, QC_STATE_FINISHED);
  g_assert_cmpint (second->facts->reprint, ==, 0);
  g_assert_cmpint (after->application->revision, >, before->application->revision);
  fx_audit (&fx);
  fx_close (&fx);
}

static void
test_none (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcOutcome) done = fx_submit (&fx, N, 202610);
  g_autoptr (QcOutcome) other = fx_issue (&fx, T, done->application->serial);
  g_assert_cmpint (other->status, ==, QC_OUTCOME_NOT_FOUND);
  g_autoptr (QcOutcome) strange = fx_issue (&fx, N, "23110000000000000000");
  g_assert_cmpint (strange->status, ==, QC_OUTCOME_NOT_FOUND);
  g_autoptr (QcOutcome) deleted = fx_act (&fx, N, done->application->serial, QC_ACTION_DELETE);
  fx_assert_done (deleted);
  g_autoptr (QcOutcome) dead = fx_issue (&fx, N, done->application->serial);
  fx_assert_refused (dead, "not-allowed-in-state");
  g_assert_null (dead->voucher);
  g_assert_cmpint (fx_int (&fx, "SELECT count (*) FROM voucher_issue"), ==, 0);
  fx_close (&fx);
}

/* Practice begins again also after vouchers were issued. */
static void
test_reset (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcOutcome) done = fx_submit (&fx, N, 202610);
  g_autoptr (QcOutcome) issued = fx_issue (&fx, N, done->application->serial);
  g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_WRITE);
  g_assert_true (qc_practice_data_reset (fx.connection, QC_DATE_NONE, NULL));
  fx_commit (g_steal_pointer (&t));
  g_assert_cmpint (fx_int (&fx, "SELECT count (*) FROM voucher_issue"), ==, 0);
  fx_close (&fx);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/center/voucher/finished", test_finished);
  g_test_add_func ("/center/voucher/unfinished-first", test_unfinished_first);
  g_test_add_func ("/center/voucher/none", test_none);
  g_test_add_func ("/center/voucher/reset", test_reset);
  return g_test_run ();
}
