/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What comes between an application and its verdict: it is cancelled at the moment it is decided on, it comes back
 * twice, an agreement is to end, its months are paid, the policy changes. One outcome each, told to both, and the books
 * agree.
 */
#include "center-fixture.h"
#include "qc-month.h"

#include <string.h>

#define T QC_PRACTICE_UNIT_COLLECTION
#define N QC_PRACTICE_UNIT_TRANSFER

#define MISSED "01"
#define RUNS   200

static QcSubmission *
make_opening (Fx *fx, const char *unit, gint64 number, int people)
{
  g_autoptr (FxView) view = fx_view_new (fx, unit);
  QcSubmission *roster = fx_roster (view, QC_BUSINESS_ACCOUNT_OPENING);
  for (int i = 0; i < people; i++)
    fx_opening_add (view, roster, number + i);
  fx_complete_reviewed (fx, view, roster);
  return roster;
}

/* 补缴 of somebody practice left out of the month before last, for that month. (transfer full) */
static QcSubmission *
make_back_payment (Fx *fx, const char *unit)
{
  g_autoptr (FxView) view = fx_view_new (fx, unit);
  QcMonth month = qc_month_add (view->unit->paid_to, -2);
  QcSubmission *roster = fx_roster (view, QC_BUSINESS_BACK_PAYMENT);
  g_autofree char *sql = g_strdup_printf (
      "SELECT CAST (p.account AS INTEGER) FROM person AS p JOIN unit AS u ON u.id = p.unit WHERE u.account = '%s' AND "
      "p.status = 1 AND p.opened <= %d AND NOT EXISTS (SELECT 1 FROM span AS s WHERE s.person = p.id AND s.from_month "
      "<= %d AND s.to_month >= %d) ORDER BY p.id LIMIT 1",
      unit, month, month, month);
  g_autofree char *account = g_strdup_printf ("%" G_GINT64_FORMAT, fx_int (fx, sql));
  fx_back_payment_add (view, roster, account, MISSED, month, month);
  fx_complete_reviewed (fx, view, roster);
  return roster;
}

static QcApplicationState
state_of (Fx *fx, const char *serial)
{
  g_autoptr (QcApplication) application = fx_application (fx, serial);
  return application->state;
}

static QcOutcome *
return_it (Fx *fx, const char *serial, const char *code, const char *text)
{
  g_autoptr (QcApplication) now = fx_application (fx, serial);
  g_autoptr (GPtrArray) reasons = qc_return_reasons_new ();
  g_ptr_array_add (reasons, qc_return_reason_new (code, QC_RETURN_APPLICATION, text));
  QcEngineCall call = fx_call (fx, T);
  call.actor = FX_REVIEWER;
  call.actors = QC_ACTOR_REVIEWER;
  call.if_match = now->revision;
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_WRITE);
  g_autoptr (GError) error = NULL;
  QcOutcome *outcome = qc_engine_return (fx->connection, &call, serial, reasons, &error);
  g_assert_no_error (error);
  fx_commit (g_steal_pointer (&t));
  return outcome;
}

/* ---- cancelled while it is decided on ---- */

typedef struct {
  const char *path;
  gboolean cancels;
  GAsyncQueue *in, *out;
} Side;

typedef struct {
  char *serial; /* NULL ends it */
  gint64 revision;
  QcEngineCall call;
} Task;

static gpointer
side_thread (gpointer data)
{
  Side *self = data;
  g_autoptr (GError) error = NULL;
  QcConnection *connection = qc_connection_open (self->path, QC_CONNECTION_READ_WRITE, &error);
  g_assert_no_error (error);
  for (Task *task; (task = g_async_queue_pop (self->in))->serial != NULL;) {
    QcEngineCall call = task->call;
    call.if_match = task->revision;
    if (!self->cancels) {
      call.actor = FX_REVIEWER;
      call.actors = QC_ACTOR_REVIEWER;
    }
    QcTransaction *t = qc_transaction_begin (connection, QC_TRANSACTION_WRITE, "side", &error);
    g_assert_no_error (error);
    QcOutcome *outcome = self->cancels ? qc_engine_act (connection, &call, task->serial, QC_ACTION_CANCEL, &error)
                                       : qc_engine_approve (connection, &call, task->serial, &error);
    g_assert_no_error (error);
    g_assert_true (qc_transaction_commit (t, &error));
    qc_transaction_end (t);
    g_async_queue_push (self->out, outcome);
  }
  qc_connection_close (connection);
  return NULL;
}

/* The one who is late gets the application as the other made it. */
static void
assert_told (const QcOutcome *late, QcApplicationState state)
{
  g_assert_cmpint (late->status, ==, QC_OUTCOME_CONFLICT);
  g_assert_nonnull (late->application);
  g_assert_cmpint (late->application->state, ==, state);
}

static void
test_cancelled_while_approved (void)
{
  Fx fx;
  fx_open (&fx, 0);
  gint64 people = fx_int (&fx, "SELECT count (*) FROM person");
  Side sides[2] = {{fx.path, FALSE, g_async_queue_new (), g_async_queue_new ()},
                   {fx.path, TRUE, g_async_queue_new (), g_async_queue_new ()}};
  GThread *threads[2];
  for (int i = 0; i < 2; i++)
    threads[i] = g_thread_new ("side", side_thread, &sides[i]);
  int approved = 0;
  for (int run = 0; run < RUNS; run++) {
    g_autoptr (QcSubmission) roster = make_opening (&fx, T, 900000 + run, 1);
    g_autoptr (QcOutcome) sent = fx_submit_roster (&fx, T, roster);
    fx_assert_done (sent);
    Task task = {sent->application->serial, sent->application->revision, fx_call (&fx, T)};
    for (int i = 0; i < 2; i++)
      g_async_queue_push (sides[(run + i) % 2].in, &task);
    g_autoptr (QcOutcome) verdict = g_async_queue_pop (sides[0].out);
    g_autoptr (QcOutcome) cancel = g_async_queue_pop (sides[1].out);
    gboolean wins = verdict->status == QC_OUTCOME_DONE;
    fx_assert_done (wins ? verdict : cancel);
    assert_told (wins ? cancel : verdict, wins ? QC_STATE_FINISHED : QC_STATE_CANCELLED);
    g_assert_cmpint (state_of (&fx, task.serial), ==, wins ? QC_STATE_FINISHED : QC_STATE_CANCELLED);
    approved += wins;
  }
  Task end = {NULL};
  for (int i = 0; i < 2; i++)
    g_async_queue_push (sides[i].in, &end);
  for (int i = 0; i < 2; i++) {
    g_thread_join (threads[i]);
    g_async_queue_unref (sides[i].in);
    g_async_queue_unref (sides[i].out);
  }
  g_test_message ("%d of %d were approved", approved, RUNS);
  g_assert_cmpint (fx_int (&fx, "SELECT count (*) FROM person"), ==, people + approved);
  fx_audit (&fx);
  fx_close (&fx);
}

/* ---- it comes back twice ---- */

static void
test_returned_twice (void)
{
  Fx fx;
  fx_open (&fx, 0);
  gint64 people = fx_int (&fx, "SELECT count (*) FROM person");
  char *serials[3] = {NULL};
  for (guint i = 0; i < G_N_ELEMENTS (serials); i++) {
    g_autoptr (QcSubmission) roster = make_opening (&fx, T, 900001, 2);
    roster->replaces = i > 0 ? g_strdup (serials[i - 1]) : NULL;
    g_autoptr (QcOutcome) sent = fx_submit_roster (&fx, T, roster);
    fx_assert_done (sent);
    g_assert_cmpstr (sent->application->replaces, ==, roster->replaces);
    serials[i] = g_strdup (sent->application->serial);
    if (i + 1 == G_N_ELEMENTS (serials))
      break;
    g_autoptr (QcOutcome) returned = return_it (&fx, serials[i], i == 0 ? "01" : "07", i == 0 ? "看不清" : "姓名不符");
    fx_assert_done (returned);
    fx_audit (&fx);
  }
  g_autoptr (QcOutcome) approved = fx_review (&fx, T, serials[2], NULL);
  fx_assert_done (approved);
  static const char *const reasons[] = {"看不清", "姓名不符", NULL};
  for (guint i = 0; i < G_N_ELEMENTS (serials); i++) {
    g_autoptr (QcApplication) application = fx_application (&fx, serials[i]);
    g_assert_cmpint (application->state, ==, i < 2 ? QC_STATE_RETURNED : QC_STATE_FINISHED);
    g_assert_cmpstr (application->return_reason, ==, reasons[i]);
    g_assert_cmpstr (application->replaced_by, ==, i < 2 ? serials[i + 1] : NULL);
  }
  g_assert_cmpint (fx_int (&fx, "SELECT count (*) FROM person"), ==, people + 2);
  fx_audit (&fx);
  for (guint i = 0; i < G_N_ELEMENTS (serials); i++)
    g_free (serials[i]);
  fx_close (&fx);
}

/* ---- the agreement, the months, the policy ---- */

static QcOutcome *
end_agreement (Fx *fx)
{
  g_autoptr (GError) error = NULL;
  QcEngineCall call = fx_call (fx, T);
  call.actors = QC_ACTOR_COUNTER;
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_WRITE);
  QcOutcome *outcome = qc_engine_end_agreement (fx->connection, &call, &error);
  g_assert_no_error (error);
  fx_commit (g_steal_pointer (&t));
  return outcome;
}

/* It does not end under a 补缴 that is to be drawn by it; where it is gone all the same, nothing is drawn, and the
 * reviewer is told why. */
static void
test_agreement_ended (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcSubmission) roster = make_back_payment (&fx, T);
  g_autoptr (QcOutcome) sent = fx_submit_roster (&fx, T, roster);
  fx_assert_done (sent);
  const char *serial = sent->application->serial;
  g_autoptr (QcOutcome) blocked = end_agreement (&fx);
  fx_assert_refused (blocked, "agreement.unfinished");
  gint64 drawn = fx_int (&fx, "SELECT count (*) FROM draw");
  fx_sql (&fx, "UPDATE agreement SET ended = 1");
  g_autoptr (QcOutcome) refused = fx_review (&fx, T, serial, NULL);
  fx_assert_refused (refused, "remittance.agreement-missing");
  g_assert_cmpint (state_of (&fx, serial), ==, QC_STATE_IN_REVIEW);
  g_assert_cmpint (fx_int (&fx, "SELECT count (*) FROM draw"), ==, drawn);
  fx_sql (&fx, "UPDATE agreement SET ended = 0");
  g_autoptr (QcOutcome) approved = fx_review (&fx, T, serial, NULL);
  fx_assert_done (approved);
  g_autoptr (QcOutcome) ended = end_agreement (&fx);
  fx_assert_done (ended);
  fx_audit (&fx);
  fx_close (&fx);
}

/* The months of a 补缴 were paid in full meanwhile: it is not paid twice, and goes back with a sentence. */
static void
test_paid_meanwhile (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcSubmission) roster = make_back_payment (&fx, T);
  const QcRosterLine *line = g_ptr_array_index (roster->roster->lines, 0);
  g_autoptr (QcOutcome) sent = fx_submit_roster (&fx, T, roster);
  fx_assert_done (sent);
  fx_audit (&fx);
  const char *serial = sent->application->serial;
  g_autofree char *pay = g_strdup_printf (
      "INSERT INTO span (application, person, unit, from_month, to_month, base, unit_fen, personal_fen, booked) SELECT "
      "(SELECT min (id) FROM application), id, unit, %d, %d, base, %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT
      ", 1 FROM person WHERE account = '%s'",
      line->from, line->to, line->unit_fen, line->personal_fen, line->account);
  fx_sql (&fx, pay);
  gint64 spans = fx_int (&fx, "SELECT count (*) FROM span");
  g_autoptr (QcOutcome) refused = fx_review (&fx, T, serial, NULL);
  fx_assert_refused (refused, "roster.person-changed"); /* a month less than was confirmed */
  g_assert_cmpint (state_of (&fx, serial), ==, QC_STATE_IN_REVIEW);
  g_assert_cmpint (fx_int (&fx, "SELECT count (*) FROM span"), ==, spans);
  g_autoptr (QcOutcome) returned = return_it (&fx, serial, "08", "该月已缴");
  fx_assert_done (returned);
  g_assert_cmpstr (returned->application->return_reason, ==, "该月已缴");
  fx_close (&fx);
}

/* The policy moved after the roster was made: what was confirmed under the old one is refused at 办理, and at the
 * verdict where it moved after 办理. */
static void
test_policy_moved (void)
{
  static const char *const moves[] = {"UPDATE policy_row SET base_floor = 60000000, base_cap = 90000000",
                                      "UPDATE policy_row SET base_floor = 100000, base_cap = 120000"};
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++) {
    Fx fx;
    fx_open (&fx, 0);
    g_autoptr (QcSubmission) early = make_opening (&fx, N, 900001, 1);
    g_autoptr (QcSubmission) late = make_opening (&fx, N, 900010, 1);
    g_autoptr (QcOutcome) sent = fx_submit_roster (&fx, N, late);
    fx_assert_done (sent);
    fx_sql (&fx, moves[i]);
    const char *code = i == 0 ? "base.below-floor" : "base.above-cap";
    g_autoptr (QcOutcome) refused = fx_submit_roster (&fx, N, early);
    fx_assert_refused (refused, code);
    g_autoptr (QcOutcome) verdict = fx_review (&fx, N, sent->application->serial, NULL);
    fx_assert_refused (verdict, code);
    g_assert_cmpint (state_of (&fx, sent->application->serial), ==, QC_STATE_IN_REVIEW);
    fx_audit (&fx);
    fx_close (&fx);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/center/review-days/cancelled-while-approved", test_cancelled_while_approved);
  g_test_add_func ("/center/review-days/returned-twice", test_returned_twice);
  g_test_add_func ("/center/review-days/agreement-ended", test_agreement_ended);
  g_test_add_func ("/center/review-days/paid-meanwhile", test_paid_meanwhile);
  g_test_add_func ("/center/review-days/policy-moved", test_policy_moved);
  return g_test_run ();
}
