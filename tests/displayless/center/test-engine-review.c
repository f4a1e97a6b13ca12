/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The reviewed businesses: 补缴 and 开户 from the submission to the money and the accounts, what is returned and
 * submitted again, who may do what in which state, two reviewers on one application, and what practice decides by
 * itself. The audit runs after every step.
 */
#include "center-fixture.h"
#include "qc-month.h"

#include <string.h>

#define T QC_PRACTICE_UNIT_COLLECTION
#define N QC_PRACTICE_UNIT_TRANSFER

#define MISSED     "01"
#define DIFFERENCE "03"

/* ---- people ---- */

/* Somebody 正常 of @unit who was not remitted in the month of @view's unit minus @back, though opened before; such
 * people are made by leaving their spans away. (transfer full) */
static char *
make_missed (Fx *fx, const char *unit, int n, QcMonth month)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT CAST (p.account AS INTEGER) FROM person AS p JOIN unit AS u ON u.id = p.unit JOIN span AS s ON s.person "
      "= p.id AND s.from_month <= %d AND s.to_month >= %d WHERE u.account = '%s' AND p.status = 1 AND p.opened <= %d "
      "ORDER BY p.id LIMIT 1 OFFSET %d",
      month, month, unit, month, n);
  return g_strdup_printf ("%" G_GINT64_FORMAT, fx_int (fx, sql));
}

/* Who was left out of the two months @paid_to − 3 and − 2, as practice has one. (transfer full) */
static char *
find_missed (Fx *fx, const char *unit, QcMonth month)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT CAST (p.account AS INTEGER) FROM person AS p JOIN unit AS u ON u.id = p.unit WHERE u.account = '%s' AND "
      "p.status = 1 AND p.opened <= %d AND NOT EXISTS (SELECT 1 FROM span AS s WHERE s.person = p.id AND s.from_month "
      "<= %d AND s.to_month >= %d) AND NOT EXISTS (SELECT 1 FROM application_line AS l WHERE l.person = p.id) ORDER BY "
      "p.id LIMIT 1",
      unit, month, month, month);
  return g_strdup_printf ("%" G_GINT64_FORMAT, fx_int (fx, sql));
}

static QcMoney
balance_of (Fx *fx, const char *account)
{
  g_autofree char *sql = g_strdup_printf ("SELECT balance FROM person WHERE account = '%s'", account);
  return fx_int (fx, sql);
}

/* 补缴 of the one who was missed in @unit, for one month. (transfer full) */
static QcSubmission *
make_back_payment (Fx *fx, const char *unit, char **out_account)
{
  g_autoptr (FxView) view = fx_view_new (fx, unit);
  QcMonth month = qc_month_add (view->unit->paid_to, -2);
  QcSubmission *roster = fx_roster (view, QC_BUSINESS_BACK_PAYMENT);
  *out_account = find_missed (fx, unit, month);
  fx_back_payment_add (view, roster, *out_account, MISSED, month, month);
  fx_complete_reviewed (fx, view, roster);
  return roster;
}

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

static QcApplicationState
state_of (Fx *fx, const char *serial)
{
  g_autoptr (QcApplication) application = fx_application (fx, serial);
  return application->state;
}

static gboolean
has_event (const QcApplication *application, const char *event)
{
  for (guint i = 0; i < application->timeline->len; i++)
    if (g_str_equal (((const QcTimelineEntry *)g_ptr_array_index (application->timeline, i))->event, event))
      return TRUE;
  return FALSE;
}

/* ---- 补缴 ---- */

static void
test_transfer_method (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autofree char *account = NULL;
  g_autoptr (QcSubmission) roster = make_back_payment (&fx, N, &account);
  const QcRosterLine *line = g_ptr_array_index (roster->roster->lines, 0);
  QcMoney fen = qc_roster_line_fen (line), before = balance_of (&fx, account);
  g_assert_cmpint (fen, >, 0);
  g_autoptr (QcOutcome) sent = fx_submit_roster (&fx, N, roster);
  fx_assert_done (sent);
  const QcApplication *a = sent->application;
  g_assert_cmpint (a->state, ==, QC_STATE_IN_REVIEW);
  g_assert_cmpint (a->received, ==, fx.now);
  g_assert_cmpint (a->processed, ==, 0);
  g_assert_cmpint (a->method, ==, QC_METHOD_TRANSFER);
  g_assert_cmpint (a->fen, ==, fen);
  g_assert_cmpint (a->people, ==, 1);
  g_assert_cmpint (a->start, ==, line->from);
  g_assert_cmpint (a->end, ==, line->to);
  g_assert_cmpuint (a->months->len, ==, 1);
  g_assert_true (qc_month_line_is_balanced (&g_array_index (a->months, QcMonthLine, 0)));
  g_assert_cmpint (qc_application_missing (a), ==, 0);
  g_assert_cmpint (balance_of (&fx, account), ==, before);
  fx_audit (&fx);

  /* money that comes before the verdict waits */
  g_autoptr (QcOutcome) early = fx_arrive (&fx, N, a->serial, 100);
  fx_assert_done (early);
  g_assert_cmpint (state_of (&fx, a->serial), ==, QC_STATE_IN_REVIEW);
  fx_audit (&fx);

  fx.now += 60;
  g_autoptr (QcOutcome) approved = fx_review (&fx, N, a->serial, NULL);
  fx_assert_done (approved);
  g_assert_cmpint (approved->application->state, ==, QC_STATE_ACCEPTED);
  g_assert_cmpint (approved->application->processed, ==, fx.now);
  g_assert_cmpstr (approved->application->reviewed_by, ==, FX_REVIEWER);
  g_assert_cmpint (qc_application_missing (approved->application), ==, fen - 100);
  g_assert_cmpint (balance_of (&fx, account), ==, before);
  fx_audit (&fx);

  g_autoptr (QcOutcome) paid = fx_arrive (&fx, N, a->serial, fen - 100);
  fx_assert_done (paid);
  g_assert_cmpint (state_of (&fx, a->serial), ==, QC_STATE_FINISHED);
  g_assert_cmpint (balance_of (&fx, account), ==, before + fen);
  fx_audit (&fx);
  g_autoptr (QcOutcome) voucher = fx_issue (&fx, N, a->serial);
  fx_assert_done (voucher);

  /* B12: what is paid now is not paid again */
  g_autoptr (FxView) view = fx_view_new (&fx, N);
  g_autoptr (QcSubmission) again = fx_roster (view, QC_BUSINESS_BACK_PAYMENT);
  fx_back_payment_add (view, again, account, MISSED, line->from, line->to);
  fx_complete_reviewed (&fx, view, again);
  g_autoptr (QcOutcome) refused = fx_submit_roster (&fx, N, again);
  fx_assert_refused (refused, "back-payment.paid-in-full");
  /* and the person is remitted on as before */
  g_autoptr (QcOutcome) remitted = fx_submit (&fx, N, qc_unit_due_month (view->unit));
  fx_assert_done (remitted);
  fx_audit (&fx);
  fx_close (&fx);
}

static void
test_collection (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autofree char *account = NULL;
  g_autoptr (QcSubmission) roster = make_back_payment (&fx, T, &account);
  roster->method = QC_METHOD_TRANSFER; /* who has signed the agreement can only use it */
  g_autoptr (QcOutcome) other = fx_submit_roster (&fx, T, roster);
  fx_assert_refused (other, "remittance.agreement-exists");
  roster->method = QC_METHOD_COLLECTION;
  g_autoptr (QcOutcome) sent = fx_submit_roster (&fx, T, roster);
  fx_assert_done (sent);
  const char *serial = sent->application->serial;
  QcMoney fen = sent->application->fen, before = balance_of (&fx, account);

  /* not enough on the account: approved, but not collected, until it is drawn again */
  g_autoptr (QcOutcome) poor = fx_set_balance (&fx, T, fen - 1);
  g_autoptr (QcOutcome) approved = fx_review (&fx, T, serial, NULL);
  fx_assert_done (approved);
  g_assert_cmpint (approved->application->state, ==, QC_STATE_ACCEPTED);
  g_assert_cmpint (approved->application->draw, ==, QC_DRAW_FAILED);
  g_assert_nonnull (approved->application->draw_reason);
  g_assert_true (qc_application_can (approved->application, QC_ACTION_REDRAW));
  g_assert_false (qc_application_can (approved->application, QC_ACTION_CANCEL));
  fx_audit (&fx);
  g_autoptr (QcOutcome) rich = fx_set_balance (&fx, T, fen);
  g_autoptr (QcOutcome) silent = fx_set_answers (&fx, T, FALSE);
  g_autoptr (QcOutcome) unknown = fx_act (&fx, T, serial, QC_ACTION_REDRAW);
  fx_assert_done (unknown);
  g_assert_cmpint (unknown->application->draw, ==, QC_DRAW_UNKNOWN);
  g_assert_cmpint (unknown->application->state, ==, QC_STATE_ACCEPTED);
  fx_audit (&fx);
  g_autoptr (QcOutcome) heard = fx_set_answers (&fx, T, TRUE);
  for (int i = 0; i < 3 && state_of (&fx, serial) != QC_STATE_FINISHED; i++) {
    g_autoptr (QcOutcome) drawn = fx_act (&fx, T, serial, QC_ACTION_REDRAW);
    fx_audit (&fx);
  }
  g_assert_cmpint (state_of (&fx, serial), ==, QC_STATE_FINISHED);
  g_assert_cmpint (balance_of (&fx, account), ==, before + fen);
  g_assert_nonnull (poor);
  g_assert_nonnull (rich);
  g_assert_nonnull (silent);
  g_assert_nonnull (heard);
  fx_close (&fx);
}

/* With money on the account it is finished with the verdict. */
static void
test_collection_at_once (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autofree char *account = NULL;
  g_autoptr (QcSubmission) roster = make_back_payment (&fx, T, &account);
  g_autoptr (QcOutcome) sent = fx_submit_roster (&fx, T, roster);
  g_autoptr (QcOutcome) approved = fx_review (&fx, T, sent->application->serial, NULL);
  fx_assert_done (approved);
  g_assert_cmpint (approved->application->state, ==, QC_STATE_FINISHED);
  g_assert_true (has_event (approved->application, "approved"));
  g_assert_true (has_event (approved->application, "drawn"));
  fx_audit (&fx);
  fx_close (&fx);
}

/* Two that wait, and a 汇缴: money goes to the one its remark names, then to the oldest (decision 13). */
static void
test_suspense (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autofree char *account = NULL;
  g_autoptr (QcSubmission) first = make_back_payment (&fx, N, &account);
  g_autoptr (QcOutcome) one = fx_submit_roster (&fx, N, first);
  fx_assert_done (one);
  g_autoptr (FxView) view = fx_view_new (&fx, N);
  QcMonth other = qc_month_add (view->unit->paid_to, -3);
  g_autoptr (QcSubmission) second = fx_roster (view, QC_BUSINESS_BACK_PAYMENT);
  fx_back_payment_add (view, second, account, MISSED, other, other);
  fx_complete_reviewed (&fx, view, second);
  g_autoptr (QcOutcome) two = fx_submit_roster (&fx, N, second);
  fx_assert_done (two);
  g_autoptr (QcOutcome) remittance = fx_submit (&fx, N, qc_unit_due_month (view->unit));
  fx_assert_done (remittance);
  g_assert_true (fx_has_finding (remittance, "remittance.in-flight"));
  g_autoptr (QcOutcome) a = fx_review (&fx, N, one->application->serial, NULL);
  g_autoptr (QcOutcome) b = fx_review (&fx, N, two->application->serial, NULL);
  fx_assert_done (a);
  fx_assert_done (b);
  fx_audit (&fx);
  g_autoptr (QcOutcome) named = fx_arrive (&fx, N, two->application->serial, two->application->fen);
  fx_assert_done (named);
  g_assert_cmpint (state_of (&fx, two->application->serial), ==, QC_STATE_FINISHED);
  g_assert_cmpint (state_of (&fx, one->application->serial), ==, QC_STATE_ACCEPTED);
  fx_audit (&fx);
  g_autoptr (QcOutcome) rest = fx_arrive (&fx, N, NULL, one->application->fen + remittance->application->fen);
  fx_assert_done (rest);
  g_assert_cmpint (state_of (&fx, one->application->serial), ==, QC_STATE_FINISHED);
  g_assert_cmpint (state_of (&fx, remittance->application->serial), ==, QC_STATE_FINISHED);
  fx_audit (&fx);
  fx_close (&fx);
}

/* What a retroactive base left short is paid as a difference, and by nothing else. */
static void
test_difference (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (FxView) before = fx_view_new (&fx, N);
  QcMonth month = before->unit->paid_to;
  g_autofree char *account = make_missed (&fx, N, 2, month);
  const QcEmployee *person = g_hash_table_lookup (before->by_account, account);
  g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_WRITE);
  QcEngineCall call = fx_call (&fx, N);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutcome) changed
      = qc_engine_change_base (fx.connection, &call, account, month, person->base + 100000, &error);
  g_assert_no_error (error);
  fx_assert_done (changed);
  fx_commit (g_steal_pointer (&t));

  g_autoptr (FxView) view = fx_view_new (&fx, N);
  g_autoptr (QcSubmission) roster = fx_roster (view, QC_BUSINESS_BACK_PAYMENT);
  QcRosterLine *line = fx_back_payment_add (view, roster, account, DIFFERENCE, month, month);
  g_assert_cmpint (line->months, ==, 1);
  g_assert_cmpint (line->unit_fen, >, 0);
  fx_complete_reviewed (&fx, view, roster);
  g_autoptr (QcOutcome) sent = fx_submit_roster (&fx, N, roster);
  fx_assert_done (sent);
  g_autoptr (QcOutcome) approved = fx_review (&fx, N, sent->application->serial, NULL);
  fx_assert_done (approved);
  g_autoptr (QcOutcome) paid = fx_arrive (&fx, N, sent->application->serial, sent->application->fen);
  g_assert_cmpint (state_of (&fx, sent->application->serial), ==, QC_STATE_FINISHED);
  fx_audit (&fx);

  g_autoptr (FxView) after = fx_view_new (&fx, N);
  g_autoptr (QcSubmission) twice = fx_roster (after, QC_BUSINESS_BACK_PAYMENT);
  fx_back_payment_add (after, twice, account, DIFFERENCE, month, month);
  fx_complete_reviewed (&fx, after, twice);
  g_autoptr (QcOutcome) refused = fx_submit_roster (&fx, N, twice);
  fx_assert_refused (refused, "back-payment.paid-in-full");
  fx_close (&fx);
}

/* What is under way is neither paid a second time nor carried to another unit. */
static void
test_in_flight (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autofree char *account = NULL;
  g_autoptr (QcSubmission) roster = make_back_payment (&fx, N, &account);
  g_autoptr (QcOutcome) sent = fx_submit_roster (&fx, N, roster);
  fx_assert_done (sent);
  g_autoptr (QcOutcome) twice = fx_submit_roster (&fx, N, roster);
  fx_assert_refused (twice, "back-payment.in-flight");
  g_autoptr (FxView) view = fx_view_new (&fx, N);
  g_autoptr (QcSubmission) sealing = fx_roster (view, QC_BUSINESS_SEALING);
  fx_roster_add (view, sealing, account)->reason = g_strdup ("01");
  g_autoptr (QcOutcome) sealed = fx_submit_roster (&fx, N, sealing);
  fx_assert_done (sealed);
  g_autoptr (FxView) now = fx_view_new (&fx, N);
  g_autoptr (QcSubmission) leaving = fx_roster (now, QC_BUSINESS_TRANSFER);
  QcRosterLine *line = fx_roster_add (now, leaving, account);
  line->target_unit = g_strdup (T);
  line->target_name = g_strdup (((QcOtherUnit *)g_hash_table_lookup (now->units, T))->name);
  fx_roster_complete (now, leaving, line);
  g_autoptr (QcOutcome) stays = fx_submit_roster (&fx, N, leaving);
  fx_assert_refused (stays, "transfer.back-payment");
  /* sealed meanwhile it is paid all the same */
  g_autoptr (QcOutcome) approved = fx_review (&fx, N, sent->application->serial, NULL);
  fx_assert_done (approved);
  fx_audit (&fx);
  g_autoptr (QcOutcome) paid = fx_arrive (&fx, N, sent->application->serial, sent->application->fen);
  fx_assert_done (paid);
  g_autoptr (QcOutcome) goes = fx_submit_roster (&fx, N, leaving);
  fx_assert_done (goes); /* nothing is under way any more */
  fx_audit (&fx);
  fx_close (&fx);
}

/* The ratio of the month was changed after it was sent: other amounts than were confirmed are not collected. */
static void
test_terms_moved (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autofree char *account = NULL;
  g_autoptr (QcSubmission) roster = make_back_payment (&fx, N, &account);
  g_autoptr (QcOutcome) sent = fx_submit_roster (&fx, N, roster);
  fx_assert_done (sent);
  g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_WRITE);
  QcEngineCall call = fx_call (&fx, N);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutcome) changed
      = qc_engine_change_ratios (fx.connection, &call, sent->application->start, 800, 800, &error);
  g_assert_no_error (error);
  fx_commit (g_steal_pointer (&t));
  g_autoptr (QcOutcome) approved = fx_review (&fx, N, sent->application->serial, NULL);
  if (changed->status == QC_OUTCOME_DONE)
    fx_assert_refused (approved, "roster.person-changed");
  else
    fx_assert_done (approved);
  g_assert_cmpint (changed->status, ==, QC_OUTCOME_DONE);
  g_assert_cmpint (state_of (&fx, sent->application->serial), ==, QC_STATE_IN_REVIEW);
  fx_audit (&fx);
  fx_close (&fx);
}

/* ---- 开户 ---- */

static void
test_opening (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (FxView) before = fx_view_new (&fx, T);
  QcMonth due = qc_unit_due_month (before->unit);
  g_autoptr (QcSubmission) roster = make_opening (&fx, T, 900001, 3);
  g_autoptr (QcOutcome) sent = fx_submit_roster (&fx, T, roster);
  fx_assert_done (sent);
  g_assert_cmpint (sent->application->state, ==, QC_STATE_IN_REVIEW);
  g_assert_cmpint (sent->application->people, ==, 3);
  g_assert_cmpint (sent->application->effective, ==, due);
  g_assert_cmpint (sent->application->fen, ==, 0);
  g_assert_cmpint (sent->application->method, ==, QC_METHOD_NONE);
  fx_audit (&fx);
  g_autoptr (QcOutcome) twice = fx_submit_roster (&fx, T, roster);
  fx_assert_refused (twice, "opening.in-flight");
  g_autoptr (QcSubmission) stranger = make_opening (&fx, N, 900001, 1);
  g_autoptr (QcOutcome) elsewhere = fx_submit_roster (&fx, N, stranger);
  fx_assert_refused (elsewhere, "opening.in-flight-elsewhere");

  g_autoptr (QcOutcome) approved = fx_review (&fx, T, sent->application->serial, NULL);
  fx_assert_done (approved);
  g_assert_cmpint (approved->application->state, ==, QC_STATE_FINISHED);
  fx_audit (&fx);
  g_autoptr (FxView) after = fx_view_new (&fx, T);
  g_assert_cmpint (after->unit->headcount, ==, before->unit->headcount + 3);
  g_assert_cmpuint (after->people->len, ==, before->people->len + 3);
  for (guint i = before->people->len; i < after->people->len; i++) {
    const QcEmployee *person = g_ptr_array_index (after->people, i);
    g_assert_cmpint (person->opened, ==, due);
    g_assert_cmpint (person->status_from, ==, due);
    g_assert_cmpint (strlen (person->account), ==, 14);
    g_assert_null (g_hash_table_lookup (before->by_account, person->account));
  }
  g_autoptr (QcOutcome) known = fx_submit_roster (&fx, T, roster);
  fx_assert_refused (known, "opening.here");
  g_autoptr (QcOutcome) used = fx_submit_roster (&fx, N, stranger);
  fx_assert_refused (used, "opening.normal-elsewhere");
  /* and they are remitted with the others */
  g_autoptr (QcOutcome) remitted = fx_submit (&fx, T, due);
  fx_assert_done (remitted);
  fx_audit (&fx);
  fx_close (&fx);
}

/* Decision 15: behind an unfinished 汇缴 the accounts count from the month after it, and it is said; so when the month
 * was remitted meanwhile. */
static void
test_opening_month (gconstpointer data)
{
  gboolean finished = GPOINTER_TO_INT (data);
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcSubmission) roster = make_opening (&fx, N, 900001, 2);
  g_autoptr (QcOutcome) sent = fx_submit_roster (&fx, N, roster);
  fx_assert_done (sent);
  QcMonth due = sent->application->effective;
  g_autoptr (QcOutcome) remittance = fx_submit (&fx, N, due);
  fx_assert_done (remittance);
  g_assert_true (fx_has_finding (remittance, "remittance.in-flight"));
  if (finished) {
    g_autoptr (QcOutcome) paid = fx_arrive (&fx, N, NULL, remittance->application->fen);
    fx_assert_done (paid);
  }
  g_autoptr (QcOutcome) approved = fx_review (&fx, N, sent->application->serial, NULL);
  fx_assert_done (approved);
  g_assert_true (fx_has_finding (approved, "opening.month-moved"));
  g_assert_cmpint (approved->application->effective, ==, qc_month_add (due, 1));
  g_assert_cmpint (approved->application->state, ==, QC_STATE_FINISHED);
  fx_audit (&fx);
  if (!finished) {
    g_autoptr (QcOutcome) paid = fx_arrive (&fx, N, NULL, remittance->application->fen);
    fx_assert_done (paid);
  }
  g_autoptr (QcOutcome) next = fx_submit (&fx, N, qc_month_add (due, 1));
  fx_assert_done (next);
  fx_audit (&fx);
  fx_close (&fx);
}

/* Who has an account in the city already. */
static void
test_opening_known (void)
{
  static const struct {
    QcPersonStatus status;
    const char *here, *elsewhere;
  } cases[] = {
      {QC_PERSON_NORMAL, "opening.here", "opening.normal-elsewhere"},
      {QC_PERSON_SEALED, "opening.here", "opening.sealed-elsewhere"},
      {QC_PERSON_WITHDRAWN, "opening.closed", "opening.closed"},
  };
  Fx fx;
  fx_open (&fx, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    fx_sql (&fx, "UPDATE person SET status = 1 WHERE id = 5");
    g_autofree char *sql = g_strdup_printf ("UPDATE person SET status = %d WHERE id = 5", (int)cases[i].status);
    fx_sql (&fx, sql);
    for (int here = 0; here < 2; here++) {
      const char *unit = here ? T : N;
      g_autoptr (FxView) view = fx_view_new (&fx, T);
      g_autoptr (FxView) own = fx_view_new (&fx, unit);
      const QcEmployee *person = g_ptr_array_index (view->people, 4);
      g_autoptr (QcSubmission) roster = fx_roster (own, QC_BUSINESS_ACCOUNT_OPENING);
      QcRosterLine *line = fx_opening_add (own, roster, 900001);
      qc_line_set_text (line, QC_LINE_DOCUMENT, person->document);
      qc_line_set_text (line, QC_LINE_DOCUMENT_TYPE, person->document_type);
      fx_roster_complete (own, roster, line);
      fx_complete_reviewed (&fx, own, roster);
      g_autoptr (QcOutcome) refused = fx_submit_roster (&fx, unit, roster);
      if (g_str_equal (person->document_type, "01"))
        fx_assert_refused (refused, here ? cases[i].here : cases[i].elsewhere);
    }
  }
  fx_close (&fx);
}

/* ---- 退回 ---- */

static QcOutcome *
return_for (Fx *fx, const char *unit, const char *serial, GPtrArray *reasons)
{
  g_autoptr (QcApplication) now = fx_application (fx, serial);
  QcEngineCall call = fx_call (fx, unit);
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

static QcReturnReason *
add_reason (GPtrArray *reasons, const char *code, QcReturnTarget target, gint64 line, const char *field,
            const char *attachment, const char *text)
{
  QcReturnReason *reason = qc_return_reason_new (code, target, text);
  reason->line = line;
  reason->field = g_strdup (field);
  reason->attachment = g_strdup (attachment);
  g_ptr_array_add (reasons, reason);
  return reason;
}

static void
test_return (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcSubmission) roster = make_opening (&fx, T, 900001, 2);
  g_autoptr (QcOutcome) sent = fx_submit_roster (&fx, T, roster);
  fx_assert_done (sent);
  const char *serial = sent->application->serial;
  const QcAttachment *picture = g_ptr_array_index (roster->attachments, 1);
  g_autoptr (GPtrArray) none = qc_return_reasons_new ();
  g_autoptr (QcOutcome) without = return_for (&fx, T, serial, none);
  fx_assert_refused (without, "return.none");
  static const struct {
    const char *code;
    QcReturnTarget target;
    gint64 line;
    const char *field, *attachment, *text, *fault;
  } faults[] = {
      {"77", QC_RETURN_APPLICATION, 0, NULL, NULL, "不清晰", "return.code"},
      {"01", QC_RETURN_LINE, 9, NULL, NULL, "不清晰", "return.target"},
      {"01", QC_RETURN_FIELD, 1, "from", NULL, "不清晰", "return.target"},
      {"01", QC_RETURN_FIELD, 9, "name", NULL, "不清晰", "return.target"},
      {"01", QC_RETURN_ATTACHMENT, 1, NULL, "00", "不清晰", "return.target"},
      {"01", QC_RETURN_APPLICATION, 0, NULL, NULL, "", "text.empty"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autoptr (GPtrArray) reasons = qc_return_reasons_new ();
    add_reason (reasons, faults[i].code, faults[i].target, faults[i].line, faults[i].field, faults[i].attachment,
                faults[i].text);
    g_autoptr (QcOutcome) refused = return_for (&fx, T, serial, reasons);
    fx_assert_refused (refused, faults[i].fault);
    g_assert_cmpint (state_of (&fx, serial), ==, QC_STATE_IN_REVIEW);
  }
  fx_audit (&fx);

  g_autoptr (GPtrArray) reasons = qc_return_reasons_new ();
  add_reason (reasons, "07", QC_RETURN_FIELD, 1, "name", NULL, "姓名与证件不符");
  add_reason (reasons, "05", QC_RETURN_ATTACHMENT, picture->line, NULL, picture->digest, "没有签字");
  add_reason (reasons, "99", QC_RETURN_APPLICATION, 0, NULL, NULL, "请电话联系");
  g_autoptr (QcOutcome) returned = return_for (&fx, T, serial, reasons);
  fx_assert_done (returned);
  g_assert_cmpint (returned->application->state, ==, QC_STATE_RETURNED);
  g_assert_cmpstr (returned->application->return_reason, ==, "姓名与证件不符；没有签字；请电话联系");
  g_assert_cmpint (returned->application->processed, ==, fx.now);
  fx_audit (&fx);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) kept
      = qc_engine_load_reasons (fx.connection, fx_int (&fx, "SELECT max (id) FROM application"), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kept->len, ==, 3);
  g_assert_cmpstr (((QcReturnReason *)kept->pdata[0])->field, ==, "name");
  g_assert_cmpstr (((QcReturnReason *)kept->pdata[1])->attachment, ==, picture->digest);
  g_autoptr (GBytes) page = qc_engine_dup_lines_page (fx.connection, T, serial, 0, &error);
  g_assert_no_error (error);
  g_autofree char *text = g_strndup (g_bytes_get_data (page, NULL), g_bytes_get_size (page));
  g_assert_nonnull (strstr (text, "\"reasons\":[{\"code\":\"07\",\"target\":\"field\""));
  g_assert_nonnull (strstr (text, "\"attachments\":["));

  /* closed for good, but for one that comes after it */
  g_autoptr (QcOutcome) cancel = fx_act (&fx, T, serial, QC_ACTION_CANCEL);
  fx_assert_refused (cancel, "not-allowed-in-state");
  roster->replaces = g_strdup (serial);
  g_autoptr (QcOutcome) again = fx_submit_roster (&fx, T, roster);
  fx_assert_done (again);
  g_assert_cmpstr (again->application->replaces, ==, serial);
  g_autoptr (QcApplication) old = fx_application (&fx, serial);
  g_assert_cmpstr (old->replaced_by, ==, again->application->serial);
  g_assert_cmpint (old->revision, >, returned->application->revision);
  fx_audit (&fx);
  g_autoptr (QcSubmission) third = make_opening (&fx, T, 900010, 1);
  third->replaces = g_strdup (serial);
  g_autoptr (QcOutcome) twice = fx_submit_roster (&fx, T, third);
  fx_assert_refused (twice, "replaces.replaced");
  /* cancelled, it can be tried once more */
  g_autoptr (QcOutcome) cancelled = fx_act (&fx, T, again->application->serial, QC_ACTION_CANCEL);
  fx_assert_done (cancelled);
  g_autoptr (QcOutcome) once_more = fx_submit_roster (&fx, T, third);
  fx_assert_done (once_more);
  fx_audit (&fx);
  g_free (third->replaces);
  third->replaces = g_strdup (once_more->application->serial);
  g_autoptr (QcOutcome) open = fx_submit_roster (&fx, T, third);
  fx_assert_refused (open, "replaces.unknown");
  fx_close (&fx);
}

/* ---- pictures ---- */

static void
test_attachments (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcSubmission) roster = make_opening (&fx, T, 900001, 2);
  QcAttachment *picture = g_ptr_array_index (roster->attachments, 0);
  g_free (picture->digest);
  picture->digest = g_strnfill (64, 'a');
  g_autoptr (QcOutcome) unsent = fx_submit_roster (&fx, T, roster);
  fx_assert_refused (unsent, "attachment.not-received");
  g_ptr_array_remove_index (roster->attachments, 0);
  g_autoptr (QcOutcome) missing = fx_submit_roster (&fx, T, roster);
  g_assert_cmpint (missing->status, ==, QC_OUTCOME_REFUSED);
  fx_audit (&fx);
  fx_close (&fx);
}

/* ---- who looks at it ---- */

static QcOutcome *
claim_as (Fx *fx, const char *serial, const char *who, gboolean take_over)
{
  QcEngineCall call = fx_call (fx, T);
  call.actor = who;
  call.actors = QC_ACTOR_REVIEWER;
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_WRITE);
  g_autoptr (GError) error = NULL;
  QcOutcome *outcome = qc_engine_claim (fx->connection, &call, serial, take_over, &error);
  g_assert_no_error (error);
  fx_commit (g_steal_pointer (&t));
  return outcome;
}

static void
assert_holder (Fx *fx, const char *serial, const char *who)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcReviewClaim) claim = NULL;
  g_assert_true (qc_engine_load_claim (fx->connection, serial, fx->now, &claim, &error));
  g_assert_cmpstr (claim != NULL ? claim->staff : NULL, ==, who);
}

static void
test_claim (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcSubmission) roster = make_opening (&fx, T, 900001, 1);
  g_autoptr (QcOutcome) sent = fx_submit_roster (&fx, T, roster);
  const char *serial = sent->application->serial;
  assert_holder (&fx, serial, NULL);
  g_autoptr (QcOutcome) mine = claim_as (&fx, serial, "甲", FALSE);
  fx_assert_done (mine);
  g_assert_cmpint (mine->application->revision, ==, sent->application->revision);
  assert_holder (&fx, serial, "甲");
  g_autoptr (QcOutcome) other = claim_as (&fx, serial, "乙", FALSE);
  fx_assert_refused (other, "review.claimed");
  g_autoptr (QcOutcome) verdict = fx_review (&fx, T, serial, NULL); /* by a third */
  fx_assert_refused (verdict, "review.claimed");
  g_autoptr (QcOutcome) longer = claim_as (&fx, serial, "甲", FALSE);
  fx_assert_done (longer);
  fx_audit (&fx);
  g_autoptr (QcOutcome) taken = claim_as (&fx, serial, "乙", TRUE);
  fx_assert_done (taken);
  assert_holder (&fx, serial, "乙");
  g_assert_cmpint (fx_int (&fx, "SELECT count (*) FROM log WHERE action = 'review-take-over' AND detail = 'from 甲'"),
                   ==, 1);
  /* the lease runs out by itself */
  fx.now += QC_REVIEW_LEASE - 1;
  assert_holder (&fx, serial, "乙");
  fx.now += 1;
  assert_holder (&fx, serial, NULL);
  g_autoptr (QcOutcome) approved = fx_review (&fx, T, serial, NULL);
  fx_assert_done (approved);
  g_autoptr (QcOutcome) late = claim_as (&fx, serial, "甲", TRUE);
  g_assert_cmpint (late->status, ==, QC_OUTCOME_CONFLICT);
  g_assert_cmpint (late->application->state, ==, QC_STATE_FINISHED);
  fx_audit (&fx);
  fx_close (&fx);
}

/* Two with a connection each, who decide at the same time: one wins, the other learns who did. */
typedef struct {
  const char *path, *who;
  GAsyncQueue *in, *out;
  gboolean approves;
} Reviewer;

typedef struct {
  char *serial;
  gint64 revision, now;
} Task;

static gpointer
review_thread (gpointer data)
{
  Reviewer *self = data;
  g_autoptr (GError) error = NULL;
  QcConnection *connection = qc_connection_open (self->path, QC_CONNECTION_READ_WRITE, &error);
  g_assert_no_error (error);
  for (Task *task; (task = g_async_queue_pop (self->in))->serial != NULL;) {
    QcEngineCall call
        = {.unit = T, .actor = self->who, .actors = QC_ACTOR_REVIEWER, .now = task->now, .if_match = task->revision};
    g_autoptr (GPtrArray) reasons = qc_return_reasons_new ();
    g_ptr_array_add (reasons, qc_return_reason_new ("07", QC_RETURN_APPLICATION, "人员信息有误"));
    QcTransaction *t = qc_transaction_begin (connection, QC_TRANSACTION_WRITE, "review", &error);
    g_assert_no_error (error);
    QcOutcome *outcome = self->approves ? qc_engine_approve (connection, &call, task->serial, &error)
                                        : qc_engine_return (connection, &call, task->serial, reasons, &error);
    g_assert_no_error (error);
    g_assert_true (qc_transaction_commit (t, &error));
    qc_transaction_end (t);
    g_async_queue_push (self->out, outcome);
  }
  qc_connection_close (connection);
  return NULL;
}

#define RUNS 1000

static void
test_two_reviewers (void)
{
  Fx fx;
  fx_open (&fx, 0);
  Reviewer pair[2] = {{fx.path, "甲", g_async_queue_new (), g_async_queue_new (), TRUE},
                      {fx.path, "乙", g_async_queue_new (), g_async_queue_new (), FALSE}};
  GThread *threads[2];
  for (int i = 0; i < 2; i++)
    threads[i] = g_thread_new (pair[i].who, review_thread, &pair[i]);
  int approved = 0;
  for (int run = 0; run < RUNS; run++) {
    g_autoptr (QcSubmission) roster = make_opening (&fx, T, 900000 + run, 1);
    g_autoptr (QcOutcome) sent = fx_submit_roster (&fx, T, roster);
    fx_assert_done (sent);
    Task task = {sent->application->serial, sent->application->revision, fx.now};
    for (int i = 0; i < 2; i++)
      g_async_queue_push (pair[(run + i) % 2].in, &task);
    QcOutcome *outcomes[2];
    for (int i = 0; i < 2; i++)
      outcomes[i] = g_async_queue_pop (pair[i].out);
    int winner = outcomes[0]->status == QC_OUTCOME_DONE ? 0 : 1;
    g_assert_cmpint (outcomes[winner]->status, ==, QC_OUTCOME_DONE);
    g_assert_cmpint (outcomes[1 - winner]->status, ==, QC_OUTCOME_CONFLICT);
    g_assert_cmpstr (outcomes[1 - winner]->application->reviewed_by, ==, pair[winner].who);
    g_assert_true (has_event (outcomes[1 - winner]->application, winner == 0 ? "approved" : "returned"));
    approved += winner == 0;
    for (int i = 0; i < 2; i++)
      qc_outcome_free (outcomes[i]);
  }
  Task end = {NULL, 0, 0};
  for (int i = 0; i < 2; i++)
    g_async_queue_push (pair[i].in, &end);
  for (int i = 0; i < 2; i++) {
    g_thread_join (threads[i]);
    g_async_queue_unref (pair[i].in);
    g_async_queue_unref (pair[i].out);
  }
  g_test_message ("%d of %d were approved", approved, RUNS);
  g_assert_cmpint (fx_int (&fx, "SELECT count (*) FROM application_event WHERE event IN ('approved', 'returned')"), ==,
                   RUNS);
  fx_audit (&fx);
  fx_close (&fx);
}

/* ---- every move in every state by everybody ---- */

/* An application of @business that is in @state. (transfer full) */
static char *
bring_to (Fx *fx, QcBusiness business, QcApplicationState state, gint64 number)
{
  g_autofree char *account = NULL;
  g_autoptr (QcSubmission) roster
      = business == QC_BUSINESS_BACK_PAYMENT ? make_back_payment (fx, N, &account) : make_opening (fx, N, number, 1);
  g_autoptr (QcOutcome) sent = fx_submit_roster (fx, N, roster);
  fx_assert_done (sent);
  const char *serial = sent->application->serial;
  g_autoptr (QcOutcome) done = NULL;
  g_autoptr (QcOutcome) paid = NULL;
  switch (state) {
  case QC_STATE_ACCEPTED:
    done = fx_review (fx, N, serial, NULL);
    break;
  case QC_STATE_FINISHED:
    done = fx_review (fx, N, serial, NULL);
    if (business == QC_BUSINESS_BACK_PAYMENT)
      paid = fx_arrive (fx, N, serial, sent->application->fen);
    break;
  case QC_STATE_RETURNED:
    done = fx_review (fx, N, serial, "不清晰");
    break;
  case QC_STATE_CANCELLED:
    done = fx_act (fx, N, serial, QC_ACTION_CANCEL);
    break;
  case QC_STATE_IN_REVIEW:
  default:
    break;
  }
  g_assert_cmpint (state_of (fx, serial), ==, state);
  return g_strdup (serial);
}

typedef enum { APPROVE, RETURN, CLAIM, CANCEL, DELETE, REDRAW, N_MOVES } Move;

static QcOutcome *
try_move (Fx *fx, const char *serial, Move move, guint actors)
{
  g_autoptr (QcApplication) now = fx_application (fx, serial);
  g_autoptr (GPtrArray) reasons = qc_return_reasons_new ();
  g_ptr_array_add (reasons, qc_return_reason_new ("01", QC_RETURN_APPLICATION, "不清晰"));
  QcEngineCall call = fx_call (fx, N);
  call.actor = "某人";
  call.actors = actors;
  call.if_match = now->revision;
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_WRITE);
  g_autoptr (GError) error = NULL;
  QcOutcome *outcome = NULL;
  switch (move) {
  case APPROVE:
    outcome = qc_engine_approve (fx->connection, &call, serial, &error);
    break;
  case RETURN:
    outcome = qc_engine_return (fx->connection, &call, serial, reasons, &error);
    break;
  case CLAIM:
    outcome = qc_engine_claim (fx->connection, &call, serial, FALSE, &error);
    break;
  case CANCEL:
  case DELETE:
  case REDRAW:
  case N_MOVES:
  default:
    outcome = qc_engine_act (fx->connection, &call, serial,
                             move == CANCEL   ? QC_ACTION_CANCEL
                             : move == DELETE ? QC_ACTION_DELETE
                                              : QC_ACTION_REDRAW,
                             &error);
  }
  g_assert_no_error (error);
  fx_commit (g_steal_pointer (&t));
  return outcome;
}

static const QcApplicationState states[]
    = {QC_STATE_IN_REVIEW, QC_STATE_ACCEPTED, QC_STATE_FINISHED, QC_STATE_RETURNED, QC_STATE_CANCELLED};

/* Only 待审核 is decided on or cancelled, by those whose business it is; nothing else changes anything. */
static void
test_every_move (gconstpointer data)
{
  QcBusiness business = (QcBusiness)GPOINTER_TO_INT (data);
  gint64 number = 900000;
  for (guint s = 0; s < G_N_ELEMENTS (states); s++) {
    if (business == QC_BUSINESS_ACCOUNT_OPENING && states[s] == QC_STATE_ACCEPTED)
      continue; /* seen only while it is done */
    Fx fx;
    fx_open (&fx, 24);
    g_autofree char *serial = bring_to (&fx, business, states[s], number++);
    for (Move move = APPROVE; move < N_MOVES; move++)
      for (guint role = 0; role < 5; role++) {
        guint actor = 1u << role;
        gboolean reviewers = move <= CLAIM;
        gboolean may = reviewers ? (actor & (QC_ACTOR_REVIEWER | QC_ACTOR_CENTER)) != 0 : actor == QC_ACTOR_CLERK;
        gboolean fits = states[s] == QC_STATE_IN_REVIEW && move != DELETE && move != REDRAW;
        if (may && fits && move != CLAIM)
          continue; /* below, since it ends it */
        g_autoptr (QcOutcome) outcome = try_move (&fx, serial, move, actor);
        if (may && fits)
          fx_assert_done (outcome);
        else
          g_assert_cmpint (outcome->status, ==, may && reviewers ? QC_OUTCOME_CONFLICT : QC_OUTCOME_REFUSED);
        g_assert_cmpint (state_of (&fx, serial), ==, states[s]);
        if (move == CLAIM)
          fx_sql (&fx, "DELETE FROM review_claim");
        fx_audit (&fx);
      }
    fx_close (&fx);
  }
  static const struct {
    Move move;
    guint actor;
  } ends[] = {{APPROVE, QC_ACTOR_REVIEWER},
              {APPROVE, QC_ACTOR_CENTER},
              {RETURN, QC_ACTOR_REVIEWER},
              {RETURN, QC_ACTOR_CENTER},
              {CANCEL, QC_ACTOR_CLERK}};
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    Fx fx;
    fx_open (&fx, 24);
    g_autofree char *serial = bring_to (&fx, business, QC_STATE_IN_REVIEW, number++);
    fx_sql (&fx, "UPDATE application SET revision = revision + 1 WHERE state = 'in-review'");
    g_autoptr (QcOutcome) outcome = try_move (&fx, serial, ends[i].move, ends[i].actor);
    fx_assert_done (outcome);
    fx_audit (&fx);
    g_autoptr (QcOutcome) stale = try_move (&fx, serial, ends[i].move, ends[i].actor); /* once is enough */
    g_assert_cmpint (stale->status, !=, QC_OUTCOME_DONE);
    fx_audit (&fx);
    fx_close (&fx);
  }
}

/* Decided on another revision than there is now: nothing is done, and what there is is shown. */
static void
test_if_match (void)
{
  Fx fx;
  fx_open (&fx, 24);
  g_autofree char *serial = bring_to (&fx, QC_BUSINESS_ACCOUNT_OPENING, QC_STATE_IN_REVIEW, 900001);
  g_autoptr (GPtrArray) reasons = qc_return_reasons_new ();
  g_ptr_array_add (reasons, qc_return_reason_new ("01", QC_RETURN_APPLICATION, "不清晰"));
  QcEngineCall call = fx_call (&fx, N);
  call.actor = "某人";
  g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_WRITE);
  g_autoptr (GError) error = NULL;
  for (int i = 0; i < 3; i++) {
    call.actors = i < 2 ? QC_ACTOR_REVIEWER : QC_ACTOR_CLERK;
    g_autoptr (QcOutcome) outcome = i == 0   ? qc_engine_approve (fx.connection, &call, serial, &error)
                                    : i == 1 ? qc_engine_return (fx.connection, &call, serial, reasons, &error)
                                             : qc_engine_act (fx.connection, &call, serial, QC_ACTION_CANCEL, &error);
    g_assert_no_error (error);
    g_assert_cmpint (outcome->status, ==, QC_OUTCOME_CONFLICT);
    g_assert_cmpint (outcome->application->state, ==, QC_STATE_IN_REVIEW);
  }
  call.actor = "test"; /* who submitted it */
  call.actors = QC_ACTOR_REVIEWER;
  g_autoptr (QcOutcome) own = qc_engine_approve (fx.connection, &call, serial, &error);
  fx_assert_refused (own, "review.own");
  call.unit = T;
  g_autoptr (QcOutcome) elsewhere = qc_engine_approve (fx.connection, &call, serial, &error);
  g_assert_cmpint (elsewhere->status, ==, QC_OUTCOME_NOT_FOUND);
  fx_commit (g_steal_pointer (&t));
  fx_close (&fx);
}

/* ---- practice ---- */

static int
tick (Fx *fx, gint64 *next)
{
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_WRITE);
  g_autoptr (GError) error = NULL;
  int happened = qc_engine_tick (fx->connection, fx->now, next, &error);
  g_assert_no_error (error);
  fx_commit (g_steal_pointer (&t));
  return happened;
}

static void
test_practice (void)
{
  Fx fx;
  fx_open (&fx, 0);
  QcReviewPractice practice = {60, 40};
  QcEngineCall call = fx_call (&fx, "");
  g_autoptr (GError) error = NULL;
  gint64 next;
  g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_WRITE);
  g_assert_true (qc_engine_set_review_practice (fx.connection, &call, &practice, &error));
  fx_commit (g_steal_pointer (&t));
  int returned = 0;
  for (int i = 0; i < 20; i++) {
    g_autoptr (QcSubmission) roster = make_opening (&fx, N, 900001 + i, 1);
    g_autoptr (QcOutcome) sent = fx_submit_roster (&fx, N, roster);
    fx_assert_done (sent);
    const char *serial = sent->application->serial;
    g_assert_cmpint (tick (&fx, &next), ==, 0);
    g_assert_cmpint (next, ==, fx.now + 60);
    fx.now += 60;
    g_assert_cmpint (tick (&fx, &next), ==, 1);
    gboolean returns = qc_review_practice_returns (&practice, serial);
    g_assert_cmpint (state_of (&fx, serial), ==, returns ? QC_STATE_RETURNED : QC_STATE_FINISHED);
    returned += returns;
    fx_audit (&fx);
  }
  g_assert_cmpint (returned, >, 2);
  g_assert_cmpint (returned, <, 18);
  /* what somebody looks at is left to her */
  g_autoptr (QcSubmission) roster = make_opening (&fx, T, 901001, 1);
  g_autoptr (QcOutcome) sent = fx_submit_roster (&fx, T, roster);
  fx.now += 60;
  g_autoptr (QcOutcome) mine = claim_as (&fx, sent->application->serial, "甲", FALSE);
  g_assert_cmpint (tick (&fx, &next), ==, 0);
  /* and nothing is decided where nothing is set */
  practice.delay = -1;
  t = fx_begin (&fx, QC_TRANSACTION_WRITE);
  g_assert_true (qc_engine_set_review_practice (fx.connection, &call, &practice, &error));
  fx_commit (g_steal_pointer (&t));
  fx.now += QC_REVIEW_LEASE;
  g_assert_cmpint (tick (&fx, &next), ==, 0);
  g_assert_cmpint (next, ==, 0);
  g_assert_nonnull (mine);
  fx_close (&fx);
}

/* ---- the audit ---- */

#define OF(business, state) "(SELECT max (id) FROM application WHERE business = '" business "' AND state = '" state "')"

static const struct {
  const char *sql, *found;
} falsified[] = {
    {"UPDATE application SET reviewed_by = NULL WHERE id = " OF ("back-payment", "finished"), "as its state says"},
    {"UPDATE application SET processed = 0 WHERE id = " OF ("back-payment", "accepted"), "as its state says"},
    {"UPDATE application SET received = 0 WHERE id = " OF ("account-opening", "in-review"), "as its state says"},
    {"UPDATE application SET reviewed_by = '甲' WHERE id = " OF ("account-opening", "in-review"), "as its state says"},
    {"UPDATE application SET return_reason = NULL WHERE state = 'returned'", "as its state says"},
    {"UPDATE application SET return_reason = '甲' WHERE id = " OF ("account-opening", "finished"), "as its state says"},
    {"DELETE FROM application_reason", "as its state says"},
    {"UPDATE application SET reviewed_by = entered_by WHERE id = " OF ("account-opening", "finished"), "own name"},
    {"UPDATE application_attachment SET application = " OF ("remittance", "finished") " WHERE application = " OF (
         "account-opening", "in-review"),
     "not reviewed has attachments"},
    {"INSERT INTO review_claim VALUES (" OF ("account-opening", "finished") ", '甲', 1)", "not to be reviewed"},
    {"UPDATE application SET replaces = " OF ("account-opening", "finished") " WHERE state = 'in-review'",
     "submitted again twice"},
    {"UPDATE application SET replaces = " OF ("account-opening", "returned") " WHERE id = " OF ("account-opening",
                                                                                                "finished"),
     "submitted again twice"},
    {"UPDATE span SET kind = 0 WHERE kind = 1 AND booked = 1", "wrong kind of business"},
    {"UPDATE span SET base = 2 * base WHERE kind = 1 AND booked = 1", "follow from base and ratio"},
    {"UPDATE span SET base = 2 * base WHERE kind = 1 AND booked = 0", "follow from base and ratio"},
    {"UPDATE span SET booked = 1 WHERE kind = 1 AND booked = 0", ""},
    {"DELETE FROM span WHERE kind = 1 AND booked = 0", "sum of its people"},
    {"UPDATE application_month SET people = 2, added_people = 2 WHERE application = " OF ("back-payment", "accepted"),
     "not that of its people"},
    {"UPDATE application SET start_month = start_month - 1 WHERE id = " OF ("back-payment", "accepted"),
     "sum of its months"},
    {"UPDATE application_line SET person = 0 WHERE application = " OF ("account-opening", "finished"), "of nobody"},
    {"UPDATE application_line SET person = 1 WHERE application = " OF ("account-opening", "in-review"), "of nobody"},
    {"UPDATE person SET document = 'x' WHERE id = (SELECT person FROM application_line WHERE application = " OF (
         "account-opening", "finished") ")",
     "not that of its line"},
    {"UPDATE application SET effective_month = effective_month + 1 WHERE id = " OF ("account-opening", "finished"),
     "not that of its line"},
    {"UPDATE application SET people = 2 WHERE id = " OF ("account-opening", "in-review"), "that of its lines"},
};

/* Each way in which what was reviewed can be falsified is found. */
static void
test_falsified (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcUnit) unit = fx_unit (&fx, N);
  g_autofree char *account = find_missed (&fx, N, qc_month_add (unit->paid_to, -2));
  for (int i = 0; i < 2; i++) { /* one paid, one that waits for its money */
    g_autoptr (FxView) view = fx_view_new (&fx, N);
    QcMonth month = qc_month_add (unit->paid_to, -2 - i);
    g_autoptr (QcSubmission) roster = fx_roster (view, QC_BUSINESS_BACK_PAYMENT);
    fx_back_payment_add (view, roster, account, MISSED, month, month);
    fx_complete_reviewed (&fx, view, roster);
    g_autoptr (QcOutcome) sent = fx_submit_roster (&fx, N, roster);
    fx_assert_done (sent);
    g_autoptr (QcOutcome) approved = fx_review (&fx, N, sent->application->serial, NULL);
    fx_assert_done (approved);
    if (i == 0) {
      g_autoptr (QcOutcome) paid = fx_arrive (&fx, N, sent->application->serial, sent->application->fen);
      fx_assert_done (paid);
    }
  }
  g_autofree char *finished = bring_to (&fx, QC_BUSINESS_ACCOUNT_OPENING, QC_STATE_FINISHED, 900001);
  g_autofree char *returned = bring_to (&fx, QC_BUSINESS_ACCOUNT_OPENING, QC_STATE_RETURNED, 900002);
  g_autoptr (QcSubmission) again = make_opening (&fx, N, 900002, 1);
  again->replaces = g_strdup (returned);
  g_autoptr (QcOutcome) sent = fx_submit_roster (&fx, N, again);
  fx_assert_done (sent);
  fx_audit (&fx);
  for (guint i = 0; i < G_N_ELEMENTS (falsified); i++) {
    g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_WRITE);
    g_test_message ("%s", falsified[i].sql);
    fx_sql (&fx, falsified[i].sql);
    g_assert_cmpint (qc_connection_changes (fx.connection), >, 0);
    g_autoptr (GError) error = NULL;
    g_assert_false (qc_engine_audit (fx.connection, &error));
    g_test_message ("%s", error->message);
    g_assert_nonnull (strstr (error->message, falsified[i].found));
  }
  fx_audit (&fx);
  fx_close (&fx);
}

/* Everybody's base of the last month remitted is raised by the center. */
static void
raise_bases (Fx *fx, const FxView *view, QcMonth month)
{
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_WRITE);
  QcEngineCall call = fx_call (fx, T);
  for (guint i = 0; i < view->people->len; i++) {
    const QcEmployee *person = g_ptr_array_index (view->people, i);
    g_autoptr (GError) error = NULL;
    g_autoptr (QcOutcome) raised = qc_engine_change_base (fx->connection, &call, person->account, month,
                                                          MIN (person->base + 50000, 2000000), &error);
    g_assert_no_error (error);
  }
  fx_commit (g_steal_pointer (&t));
}

/* Thousands of lines of one business are judged, written and carried out in one go. */
static void
test_many (void)
{
  Fx fx;
  fx_open (&fx, 6000);
  g_autoptr (FxView) before = fx_view_new (&fx, T);
  QcMonth month = before->unit->paid_to;
  raise_bases (&fx, before, month);
  g_autoptr (FxView) view = fx_view_new (&fx, T);
  g_autoptr (QcSubmission) roster = fx_roster (view, QC_BUSINESS_BACK_PAYMENT);
  for (guint i = 0; i < view->people->len; i++) {
    const QcEmployee *person = g_ptr_array_index (view->people, i);
    QcRosterLine *line = fx_back_payment_add (view, roster, person->account, DIFFERENCE, month, month);
    g_autoptr (GPtrArray) out = qc_findings_new ();
    qc_rules_roster_check_line (QC_BUSINESS_BACK_PAYMENT, &view->facts, line, out);
    if (qc_findings_block (out) || roster->roster->lines->len > 5000)
      qc_roster_remove (roster->roster, &line->id, 1);
  }
  g_assert_cmpuint (roster->roster->lines->len, >, 4000);
  fx_complete_reviewed (&fx, view, roster);
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (QcOutcome) sent = fx_submit_roster (&fx, T, roster);
  fx_assert_done (sent);
  gint64 middle = g_get_monotonic_time ();
  g_autoptr (QcOutcome) approved = fx_review (&fx, T, sent->application->serial, NULL);
  fx_assert_done (approved);
  g_test_message ("%u lines: submitted in %.0f ms, approved and collected in %.0f ms", roster->roster->lines->len,
                  (double)(middle - begin) / 1000, (double)(g_get_monotonic_time () - middle) / 1000);
  fx_audit (&fx);
  fx_close (&fx);
}

/* fixtures/v9.db knows of no review: it takes one. */
static void
test_old (void)
{
  Fx fx;
  fx_open_old (&fx, "v9.db");
  fx_audit (&fx);
  g_assert_cmpint (fx_int (&fx, "SELECT count (*) FROM code_row WHERE list = 'return-reason'"), ==, 9);
  g_assert_cmpint (fx_int (&fx, "SELECT count (*) FROM application WHERE received <> created OR processed <> created"),
                   ==, 0);
  g_assert_cmpint (fx_int (&fx, "SELECT count (*) FROM portal_account WHERE roles LIKE '%review%' AND roles NOT LIKE "
                                "'%counter%'"),
                   ==, 0);
  g_autoptr (QcSubmission) roster = make_opening (&fx, N, 900001, 2);
  g_autoptr (QcOutcome) sent = fx_submit_roster (&fx, N, roster);
  fx_assert_done (sent);
  g_autoptr (QcOutcome) approved = fx_review (&fx, N, sent->application->serial, NULL);
  fx_assert_done (approved);
  fx_audit (&fx);
  fx_close (&fx);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/center/review/transfer-method", test_transfer_method);
  g_test_add_func ("/center/review/collection", test_collection);
  g_test_add_func ("/center/review/collection-at-once", test_collection_at_once);
  g_test_add_func ("/center/review/suspense", test_suspense);
  g_test_add_func ("/center/review/difference", test_difference);
  g_test_add_func ("/center/review/in-flight", test_in_flight);
  g_test_add_func ("/center/review/terms-moved", test_terms_moved);
  g_test_add_func ("/center/review/opening", test_opening);
  g_test_add_data_func ("/center/review/opening-behind-a-remittance", GINT_TO_POINTER (FALSE), test_opening_month);
  g_test_add_data_func ("/center/review/opening-after-a-remittance", GINT_TO_POINTER (TRUE), test_opening_month);
  g_test_add_func ("/center/review/opening-known", test_opening_known);
  g_test_add_func ("/center/review/return", test_return);
  g_test_add_func ("/center/review/attachments", test_attachments);
  g_test_add_func ("/center/review/claim", test_claim);
  g_test_add_func ("/center/review/two-reviewers", test_two_reviewers);
  g_test_add_data_func ("/center/review/every-move/back-payment", GINT_TO_POINTER (QC_BUSINESS_BACK_PAYMENT),
                        test_every_move);
  g_test_add_data_func ("/center/review/every-move/account-opening", GINT_TO_POINTER (QC_BUSINESS_ACCOUNT_OPENING),
                        test_every_move);
  g_test_add_func ("/center/review/if-match", test_if_match);
  g_test_add_func ("/center/review/practice", test_practice);
  g_test_add_func ("/center/review/falsified", test_falsified);
  g_test_add_func ("/center/review/many", test_many);
  g_test_add_func ("/center/review/old", test_old);
  return g_test_run ();
}
