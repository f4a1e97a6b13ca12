/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The engine on its ways of 汇缴: the worked example of the domain notes to the last fen, 托收 and 非托收, arrivals
 * equal, less and more, what the center refuses and why, keys, deletion, retirement, what staff change, and that time
 * alone brings arrivals. The audit runs after every scenario.
 */
#include "../prove.h"
#include "center-fixture.h"

#define T QC_PRACTICE_UNIT_COLLECTION
#define N QC_PRACTICE_UNIT_TRANSFER
#define R QC_PRACTICE_UNIT_ARREARS

/* ---- the worked example (domain notes 2.5) ---- */

#define PERSON(id, account, name, base, opened, status, from)                                                     \
  "INSERT INTO person (id, account, unit, name, document_type, document, sex, birth, status, status_from, base, " \
  "opened, class, seq) VALUES (" id ", '" account "', 1, '" name "', '01', '" account "', 1, 19900101, " status   \
  ", " from ", " base ", " opened ", 1, 0);"
#define BASE(person, from, base) "INSERT INTO base_row VALUES (" person ", " from ", " base ", 0, 0, 1, 0);"

static void
open_example (Fx *fx)
{
  fx_open (fx, -1);
  fx_sql (fx,
          "INSERT INTO unit (id, account, name, credit_code, status, first_month, headcount, sealed_count, "
          "payee_name, payee_account, payee_bank, seq) VALUES (1, 'U', '例', 'X', 1, 202609, 3, 1, 'p', '1', 'b', 1);"
          "INSERT INTO ratio_row VALUES (1, 202601, 1200, 1200, 0, 0, 2);"                          /* */
          PERSON ("1", "A", "甲", "500000", "202609", "1", "202609") BASE ("1", "202609", "500000") /* */
          PERSON ("2", "B", "乙", "700000", "202609", "1", "202609") BASE ("2", "202609", "625050")
              BASE ("2", "202611", "700000")                                                        /* */
          PERSON ("3", "C", "丙", "333300", "202609", "2", "202610") BASE ("3", "202609", "333300") /* */
          PERSON ("4", "D", "丁", "456789", "202610", "1", "202610") BASE ("4", "202610", "456789"));
  fx_sql (fx, "UPDATE person SET seq = id + 10; UPDATE base_row SET seq = person + 20; "
              "UPDATE base_row SET seq = 30 WHERE from_month = 202611; UPDATE counter SET value = 100 WHERE name = "
              "'change'");
}

static void
assert_line (const QcApplication *a, guint i, gint64 before, gint64 in, gint64 out, gint64 people, QcMoney before_fen,
             QcMoney in_fen, QcMoney out_fen, QcMoney fen)
{
  const QcMonthLine *l = &g_array_index (a->months, QcMonthLine, i);
  g_assert_cmpint (l->previous_people, ==, before);
  g_assert_cmpint (l->added_people, ==, in);
  g_assert_cmpint (l->removed_people, ==, out);
  g_assert_cmpint (l->people, ==, people);
  g_assert_cmpint (l->previous_fen, ==, before_fen);
  g_assert_cmpint (l->added_fen, ==, in_fen);
  g_assert_cmpint (l->removed_fen, ==, out_fen);
  g_assert_cmpint (qc_month_line_fen (l), ==, fen);
}

static void
test_worked_example (void)
{
  Fx fx;
  open_example (&fx);
  g_autoptr (QcOutcome) first = fx_submit (&fx, "U", 202609);
  fx_assert_done (first);
  g_assert_cmpint (first->application->fen, ==, 350000);
  g_assert_cmpint (first->application->people, ==, 3);
  g_assert_cmpint (first->application->state, ==, QC_STATE_REGISTERED);
  g_autoptr (QcOutcome) paid = fx_arrive (&fx, "U", first->application->serial, 350000);
  fx_assert_done (paid);
  g_assert_cmpint (paid->application->state, ==, QC_STATE_FINISHED);
  fx_audit (&fx);

  g_autoptr (QcOutcome) second = fx_submit (&fx, "U", 202611);
  fx_assert_done (second);
  g_assert_cmpint (second->application->fen, ==, 777200);
  assert_line (second->application, 0, 3, 1, 1, 3, 350000, 109600, 80000, 379600);
  assert_line (second->application, 1, 3, 0, 0, 3, 379600, 18000, 0, 397600);
  g_clear_pointer (&paid, qc_outcome_free);
  paid = fx_arrive (&fx, "U", second->application->serial, 777200);
  g_assert_cmpint (paid->application->state, ==, QC_STATE_FINISHED);
  fx_audit (&fx);

  /* the ledger: who has what */
  g_assert_cmpint (fx_int (&fx, "SELECT balance FROM person WHERE account = 'A'"), ==, 360000);
  g_assert_cmpint (fx_int (&fx, "SELECT balance FROM person WHERE account = 'B'"), ==, 150000 + 150000 + 168000);
  g_assert_cmpint (fx_int (&fx, "SELECT balance FROM person WHERE account = 'C'"), ==, 80000);
  g_assert_cmpint (fx_int (&fx, "SELECT balance FROM person WHERE account = 'D'"), ==, 219200);
  g_assert_cmpint (fx_int (&fx, "SELECT paid_to FROM unit"), ==, 202611);
  g_assert_cmpint (fx_int (&fx, "SELECT count(*) FROM span WHERE person = 2"), ==, 3);
  fx_close (&fx);
}

/* Somebody who went to another unit since the last month shows as 减少 (同城转移 writes the departure). */
static void
test_departed (void)
{
  Fx fx;
  open_example (&fx);
  g_autoptr (QcOutcome) first = fx_submit (&fx, "U", 202609);
  g_autoptr (QcOutcome) paid = fx_arrive (&fx, "U", first->application->serial, 350000);
  fx_assert_done (paid);
  fx_sql (&fx,
          "INSERT INTO unit (id, account, name, credit_code, status, first_month, seq) VALUES (2, 'V', '另', 'Y', 1, "
          "202609, 90); UPDATE person SET unit = 2, seq = 91 WHERE account = 'A'; "
          "INSERT INTO departure (unit, person, from_month, kind) VALUES (1, 1, 202610, 'transferred-out')");
  g_autoptr (QcOutcome) second = fx_submit (&fx, "U", 202610);
  fx_assert_done (second);
  assert_line (second->application, 0, 3, 1, 2, 2, 350000, 109600, 200000, 259600);
  fx_close (&fx);
}

/* ---- 托收 ---- */

static void
test_collection_at_once (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcUnit) before = fx_unit (&fx, T);
  g_autoptr (QcOutcome) done = fx_submit (&fx, T, 202610);
  fx_assert_done (done);
  g_assert_cmpint (done->application->state, ==, QC_STATE_FINISHED);
  g_assert_cmpint (done->application->draw, ==, QC_DRAW_DONE);
  g_assert_cmpint (done->application->draw_number, ==, 1);
  g_assert_cmpint (done->application->finished, ==, fx.now);
  g_autoptr (QcUnit) after = fx_unit (&fx, T);
  g_assert_cmpint (after->paid_to, ==, 202610);
  g_assert_cmpint (after->balance, ==, before->balance + done->application->fen);
  g_assert_cmpint (after->agreement_balance, ==, before->agreement_balance - done->application->fen);
  g_assert_cmpint (after->suspense, ==, 0);
  g_assert_cmpint (after->revision, >, before->revision);
  fx_audit (&fx);
  fx_close (&fx);
}

static void
test_shortage_and_redraw (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcOutcome) done = fx_submit (&fx, T, 202611); /* the account holds one month and a half */
  fx_assert_done (done);
  g_assert_true (fx_has_finding (done, "remittance.balance-low"));
  const char *serial = done->application->serial;
  g_assert_cmpint (done->application->state, ==, QC_STATE_REGISTERED);
  g_assert_cmpint (done->application->draw, ==, QC_DRAW_FAILED);
  g_assert_cmpstr (done->application->draw_reason, ==, "账户余额不足");
  g_assert_cmpint (fx_int (&fx, "SELECT paid_to FROM unit WHERE id = 1"), ==, 202609);
  fx_audit (&fx);

  g_autoptr (QcOutcome) again
      = fx_act (&fx, T, serial, QC_ACTION_REDRAW); /* still too little: failed again, another number */
  fx_assert_done (again);
  g_assert_cmpint (again->application->draw_number, ==, 2);
  g_assert_cmpint (again->application->draw, ==, QC_DRAW_FAILED);
  g_autoptr (QcOutcome) blocked = fx_submit (&fx, T, 202610);
  fx_assert_refused (blocked, "remittance.unfinished");
  fx_audit (&fx);

  g_autoptr (QcOutcome) filled = fx_set_balance (&fx, T, 100000000);
  fx_assert_done (filled);
  g_autoptr (QcOutcome) redrawn = fx_act (&fx, T, serial, QC_ACTION_REDRAW);
  fx_assert_done (redrawn);
  g_assert_cmpint (redrawn->application->state, ==, QC_STATE_FINISHED);
  g_assert_cmpint (redrawn->application->draw_number, ==, 3);
  fx_audit (&fx);
  g_autoptr (QcOutcome) over = fx_act (&fx, T, serial, QC_ACTION_REDRAW);
  fx_assert_refused (over, "not-allowed-in-state");
  fx_close (&fx);
}

static void
test_delete_failed (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcOutcome) done = fx_submit (&fx, T, 202611);
  g_autoptr (QcOutcome) deleted = fx_act (&fx, T, done->application->serial, QC_ACTION_DELETE);
  fx_assert_done (deleted);
  g_assert_cmpint (deleted->application->state, ==, QC_STATE_DELETED);
  fx_audit (&fx);
  g_autoptr (QcOutcome) twice = fx_act (&fx, T, done->application->serial, QC_ACTION_DELETE);
  fx_assert_refused (twice, "not-allowed-in-state");
  g_autoptr (QcOutcome) next = fx_submit (&fx, T, 202610);
  fx_assert_done (next);
  g_assert_cmpint (next->application->state, ==, QC_STATE_FINISHED);
  fx_audit (&fx);
  fx_close (&fx);
}

/* ---- 非托收 ---- */

static void
assert_events (const QcApplication *application, const char *expected)
{
  g_autoptr (GString) events = g_string_new (NULL);
  for (guint i = 0; i < application->timeline->len; i++) {
    const QcTimelineEntry *entry = g_ptr_array_index (application->timeline, i);
    g_string_append_printf (events, "%s%s", i > 0 ? " " : "", entry->event);
  }
  g_assert_cmpstr (events->str, ==, expected);
}

static void
test_arrivals (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcOutcome) done = fx_submit (&fx, N, 202610);
  fx_assert_done (done);
  QcMoney fen = done->application->fen;
  g_assert_cmpint (qc_application_missing (done->application), ==, fen);
  g_autoptr (QcOutcome) less = fx_arrive (&fx, N, done->application->serial, fen - 100);
  g_assert_cmpint (less->application->state, ==, QC_STATE_REGISTERED);
  g_assert_cmpint (qc_application_missing (less->application), ==, 100);
  g_assert_cmpint (less->unit->suspense, ==, fen - 100);
  fx_audit (&fx);
  g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_READ);
  g_autoptr (GError) error = NULL;
  QcPayeeNotice *notice = qc_engine_load_notice (fx.connection, N, done->application->serial, &error);
  g_assert_no_error (error);
  g_assert_cmpint (notice->fen, ==, 100);
  g_assert_cmpstr (notice->remark, ==, done->application->serial);
  qc_payee_notice_free (notice);
  qc_transaction_end (g_steal_pointer (&t));

  g_autoptr (QcOutcome) more = fx_arrive (&fx, N, done->application->serial, 5000); /* 49.00 more than missing */
  g_assert_cmpint (more->application->state, ==, QC_STATE_FINISHED);
  g_assert_cmpint (more->unit->suspense, ==, 4900);
  assert_events (more->application, "submitted arrived arrived finished suspense");
  g_assert_cmpint (more->unit->paid_to, ==, 202610);
  fx_audit (&fx);

  g_autoptr (QcOutcome) next = fx_submit (&fx, N, 202611); /* 暂存款 is used first */
  g_assert_cmpint (next->application->arrived, ==, 4900);
  assert_events (next->application, "submitted suspense-used");
  g_autoptr (QcOutcome) deleted = fx_act (&fx, N, next->application->serial, QC_ACTION_DELETE); /* and stays 暂存款 */
  fx_assert_done (deleted);
  g_autoptr (QcUnit) unit = fx_unit (&fx, N);
  g_assert_cmpint (unit->suspense, ==, 4900);
  g_assert_cmpint (unit->paid_to, ==, 202610);
  fx_audit (&fx);
  g_autoptr (QcOutcome) nothing = fx_arrive (&fx, N, next->application->serial, 100); /* nobody waits for it */
  fx_assert_done (nothing);
  g_assert_true (fx_has_finding (nothing, "arrival.no-application"));
  g_assert_cmpint (nothing->unit->suspense, ==, 5000);
  fx_audit (&fx);
  fx_close (&fx);
}

static void
test_arrival_refused (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcOutcome) done = fx_submit (&fx, N, 202610);
  static const QcMoney never[] = {0, -1, QC_MONEY_MAX + 1};
  for (guint i = 0; i < G_N_ELEMENTS (never); i++) {
    g_autoptr (QcOutcome) refused = fx_arrive (&fx, N, done->application->serial, never[i]);
    fx_assert_refused (refused, "arrival.amount");
  }
  g_autoptr (QcOutcome) unknown = fx_arrive (&fx, N, "12345", 100);
  g_assert_cmpint (unknown->status, ==, QC_OUTCOME_NOT_FOUND);
  g_autoptr (QcOutcome) elsewhere = fx_arrive (&fx, R, done->application->serial, 100);
  g_assert_cmpint (elsewhere->status, ==, QC_OUTCOME_NOT_FOUND);
  g_assert_cmpint (fx_int (&fx, "SELECT sum(suspense) FROM unit"), ==, 0);
  fx_audit (&fx);
  fx_close (&fx);
}

/* The least and the most that can come, and what an account can have. */
static void
test_amounts (void)
{
  Fx fx;
  fx_open (&fx, 0);
  static const QcMoney amounts[] = {1, QC_MONEY_MAX};
  static const char *const units[] = {N, R};
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++) {
    g_autoptr (QcOutcome) arrived = fx_arrive (&fx, units[i], "", amounts[i]);
    fx_assert_done (arrived);
    g_assert_cmpint (arrived->unit->suspense, ==, amounts[i]);
    g_assert_true (fx_has_finding (arrived, "arrival.no-application"));
  }
  static const struct {
    QcMoney fen;
    gboolean good;
  } balances[] = {{-1, FALSE}, {0, TRUE}, {QC_MONEY_MAX, TRUE}, {QC_MONEY_MAX + 1, FALSE}};
  for (guint i = 0; i < G_N_ELEMENTS (balances); i++) {
    g_autoptr (QcOutcome) set = fx_set_balance (&fx, T, balances[i].fen);
    if (!balances[i].good) {
      fx_assert_refused (set, "bank.balance");
      continue;
    }
    fx_assert_done (set);
    g_assert_cmpint (set->unit->agreement_balance, ==, balances[i].fen);
  }
  g_autoptr (QcOutcome) silent = fx_set_answers (&fx, T, FALSE); /* what it said last stays known */
  fx_assert_done (silent);
  g_assert_cmpint (silent->unit->agreement_balance, ==, QC_MONEY_MAX);
  fx_close (&fx);
}

/* Money that came before the remittance covers it. */
static void
test_covered_by_suspense (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcOutcome) early = fx_arrive (&fx, N, NULL, 900000000);
  fx_assert_done (early);
  g_autoptr (QcOutcome) done = fx_submit (&fx, N, 202610);
  fx_assert_done (done);
  g_assert_cmpint (done->application->state, ==, QC_STATE_FINISHED);
  fx_audit (&fx);
  fx_close (&fx);
}

/* ---- what is refused ---- */

typedef enum {
  TAMPER_FEN,
  TAMPER_PEOPLE,
  TAMPER_TERMS,
  TAMPER_START,
  TAMPER_END_EARLY,
  TAMPER_END_LATE,
  TAMPER_END_LONGEST,
  TAMPER_END_TOO_LONG,
  TAMPER_END_NONE,
  TAMPER_METHOD,
  TAMPER_MONTHS,
  N_TAMPERS
} Tamper;

static void
tamper (QcRemittanceClaim *claim, Tamper how)
{
  QcMonthLine *line = &g_array_index (claim->months, QcMonthLine, 0);
  switch (how) {
  case TAMPER_FEN:
    line->unit_fen -= 1;
    break;
  case TAMPER_PEOPLE:
    line->people++;
    break;
  case TAMPER_TERMS:
    g_free (claim->terms);
    claim->terms = g_strdup ("sha256:0");
    break;
  case TAMPER_START:
    claim->start = line->month = 202611;
    claim->end = 202611;
    break;
  case TAMPER_END_EARLY:
    claim->end = 202609;
    break;
  case TAMPER_END_LATE:
    claim->end = 202706;
    break;
  case TAMPER_END_LONGEST:
    claim->end = qc_month_add (claim->start, QC_REMITTANCE_MAX_MONTHS - 1);
    break;
  case TAMPER_END_TOO_LONG:
    claim->end = qc_month_add (claim->start, QC_REMITTANCE_MAX_MONTHS);
    break;
  case TAMPER_END_NONE:
    claim->end = 202613;
    break;
  case TAMPER_METHOD:
    claim->method = QC_METHOD_TRANSFER;
    break;
  case TAMPER_MONTHS:
    g_array_set_size (claim->months, 0);
    break;
  case N_TAMPERS:
  default:
    g_assert_not_reached ();
  }
}

static void
test_trusts_no_claim (void)
{
  static const char *const codes[N_TAMPERS] = {
      [TAMPER_FEN] = "remittance.month-changed",          [TAMPER_PEOPLE] = "remittance.month-changed",
      [TAMPER_TERMS] = "remittance.terms-moved",          [TAMPER_START] = "remittance.start-moved",
      [TAMPER_END_EARLY] = "remittance.end-before-start", [TAMPER_END_LATE] = "remittance.end-too-late",
      [TAMPER_END_LONGEST] = "remittance.end-too-late",   [TAMPER_END_TOO_LONG] = "remittance.too-many-months",
      [TAMPER_END_NONE] = "remittance.month-invalid",     [TAMPER_METHOD] = "remittance.agreement-exists",
      [TAMPER_MONTHS] = "remittance.months-differ",
  };
  Fx fx;
  fx_open (&fx, 0);
  fx_answer (&fx, T, 202610);
  for (guint how = 0; how < N_TAMPERS; how++) {
    g_autoptr (QcRemittanceClaim) claim = fx_claim (&fx, T, 202610);
    QcEngineCall call = fx_call (&fx, T);
    tamper (claim, (Tamper)how);
    g_autoptr (QcOutcome) outcome = fx_submit_claim (&fx, &call, claim);
    fx_assert_refused (outcome, codes[how]);
    g_assert_null (outcome->application);
    fx_audit (&fx);
  }
  g_assert_cmpint (fx_int (&fx, "SELECT count(*) FROM application WHERE state <> 'finished'"), ==, 0);
  g_assert_cmpint (fx_int (&fx, "SELECT count(*) FROM span WHERE booked = 0"), ==, 0);
  fx_close (&fx);
}

static void
test_unavailable (void)
{
  static const QcBusiness later[] = {QC_BUSINESS_INQUIRY, QC_BUSINESS_OTHER};
  Fx fx;
  fx_open (&fx, 0);
  for (guint i = 0; i < G_N_ELEMENTS (later); i++) {
    g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_WRITE);
    QcSubmission submission = {.business = later[i]};
    QcEngineCall call = fx_call (&fx, T);
    g_autoptr (GError) error = NULL;
    g_autoptr (QcOutcome) outcome = qc_engine_submit (fx.connection, &call, &submission, &error);
    g_assert_no_error (error);
    fx_assert_refused (outcome, "business.unavailable");
    fx_commit (g_steal_pointer (&t));
  }
  fx_close (&fx);
}

/* A woman whose class nobody stated: asked, and answered by an 授权退休年龄 before. */
static void
test_class_must_be_answered (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (GArray) answers = fx_answers (&fx, T, 202610);
  g_assert_cmpint (answers->len, >, 0);
  QcEngineCall call = fx_call (&fx, T);
  g_autoptr (QcRemittanceClaim) unanswered = fx_claim (&fx, T, 202610);
  g_autoptr (QcOutcome) refused = fx_submit_claim (&fx, &call, unanswered);
  fx_assert_refused (refused, "remittance.class-unanswered");

  g_array_index (answers, FxAnswer, 0).klass = QC_RETIREMENT_MEN_60;
  g_autoptr (QcSubmission) roster = fx_answers_roster (&fx, T, answers);
  g_autoptr (QcOutcome) mismatched = fx_submit_roster (&fx, T, roster);
  fx_assert_refused (mismatched, "retirement.class-mismatch-woman");
  QcRosterLine *line = g_ptr_array_index (roster->roster->lines, 0);
  fx_assert_finding_at (mismatched, "retirement.class-mismatch-woman", line->id, "class");
  g_assert_cmpint (fx_int (&fx, "SELECT count(*) FROM application WHERE created > 1795000000"), ==, 0);

  g_array_index (answers, FxAnswer, 0).klass = QC_RETIREMENT_WOMEN_55;
  g_clear_pointer (&roster, qc_submission_free);
  roster = fx_answers_roster (&fx, T, answers);
  g_autoptr (QcOutcome) answered = fx_submit_roster (&fx, T, roster);
  fx_assert_done (answered);
  g_autoptr (QcRemittanceClaim) claim = fx_claim (&fx, T, 202610);
  g_autoptr (QcOutcome) done = fx_submit_claim (&fx, &call, claim);
  fx_assert_done (done);
  fx_audit (&fx);
  fx_close (&fx);
}

/* ---- keys ---- */

static GBytes *
render_cb (const QcOutcome *outcome, int *out_status, gpointer user_data)
{
  g_autofree char *text
      = g_strdup_printf ("%d %s", outcome->status, outcome->application ? outcome->application->serial : "-");
  (*(guint *)user_data)++;
  *out_status = outcome->status == QC_OUTCOME_DONE ? 201 : 422;
  return g_bytes_new (text, strlen (text));
}

static void
test_keys (void)
{
  Fx fx;
  fx_open (&fx, 0);
  fx_answer (&fx, T, 202610);
  g_autoptr (QcRemittanceClaim) claim = fx_claim (&fx, T, 202610);
  QcEngineCall call = fx_call (&fx, T);
  call.key = "k1";
  call.digest = "d1";
  call.render = render_cb;
  guint rendered = 0;
  call.render_data = &rendered;
  g_autoptr (QcOutcome) first = fx_submit_claim (&fx, &call, claim);
  fx_assert_done (first);
  g_autoptr (QcOutcome) same = fx_submit_claim (&fx, &call, claim);
  g_assert_true (same->repeated);
  g_assert_cmpint (same->answer_status, ==, 201);
  g_assert_true (g_bytes_equal (first->answer, same->answer));
  g_assert_cmpint (rendered, ==, 1);
  call.digest = "d2";
  g_autoptr (QcOutcome) other = fx_submit_claim (&fx, &call, claim);
  g_assert_cmpint (other->status, ==, QC_OUTCOME_KEY_REUSED);

  call.key = "k2"; /* the same months once more: refused, and refused for ever */
  g_autoptr (QcOutcome) refused = fx_submit_claim (&fx, &call, claim);
  fx_assert_refused (refused, "remittance.already-paid");
  g_autoptr (QcOutcome) refused_again = fx_submit_claim (&fx, &call, claim);
  g_assert_true (refused_again->repeated);
  g_assert_cmpint (refused_again->answer_status, ==, 422);

  g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_READ);
  int status;
  QcKeyState state;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) kept = NULL;
  g_autofree char *unit = NULL;
  g_autofree char *serial = NULL;
  g_assert_true (qc_engine_find_key (fx.connection, "k1", &unit, &state, &serial, &status, &kept, &error));
  g_assert_cmpint (state, ==, QC_KEY_ACCEPTED);
  g_assert_cmpstr (serial, ==, first->application->serial);
  g_assert_cmpstr (unit, ==, T);
  g_assert_true (g_bytes_equal (kept, first->answer));
  g_clear_pointer (&kept, g_bytes_unref);
  g_clear_pointer (&serial, g_free);
  g_assert_true (qc_engine_lookup_key (fx.connection, N, "k1", &state, &serial, &status, &kept, &error));
  g_assert_cmpint (state, ==, QC_KEY_UNKNOWN); /* not theirs */
  qc_transaction_end (g_steal_pointer (&t));
  g_assert_cmpint (fx_int (&fx, "SELECT count(*) FROM application WHERE unit = 1 AND end_month = 202610"), ==, 1);
  fx_audit (&fx);
  fx_close (&fx);
}

static void
test_revision (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcOutcome) done = fx_submit (&fx, N, 202610);
  QcEngineCall call = fx_call (&fx, N);
  call.if_match = done->application->revision - 1;
  g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_WRITE);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutcome) stale
      = qc_engine_act (fx.connection, &call, done->application->serial, QC_ACTION_DELETE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (stale->status, ==, QC_OUTCOME_CONFLICT);
  g_assert_cmpint (stale->application->revision, ==, done->application->revision); /* both sides can be shown */
  g_autoptr (QcOutcome) missing = qc_engine_act (fx.connection, &call, "nothing", QC_ACTION_DELETE, &error);
  g_assert_cmpint (missing->status, ==, QC_OUTCOME_NOT_FOUND);
  fx_commit (g_steal_pointer (&t));
  fx_close (&fx);
}

/* ---- time ---- */

static void
test_tick (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcOutcome) done = fx_submit (&fx, N, 202610);
  QcEngineCall call = fx_call (&fx, N);
  g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_WRITE);
  gint64 next;
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (qc_engine_tick (fx.connection, fx.now + 999999, &next, &error), ==, 0); /* no delay: never */
  g_assert_true (qc_engine_set_arrival_delay (fx.connection, &call, 60, &error));
  g_assert_cmpint (qc_engine_tick (fx.connection, fx.now + 59, &next, &error), ==, 0);
  g_assert_cmpint (next, ==, fx.now + 60);
  g_assert_cmpint (qc_engine_tick (fx.connection, fx.now + 60, &next, &error), ==, 1);
  g_assert_cmpint (next, ==, 0);
  fx_commit (g_steal_pointer (&t));
  g_autoptr (QcApplication) after = fx_application (&fx, done->application->serial);
  g_assert_cmpint (after->state, ==, QC_STATE_FINISHED);
  g_assert_cmpint (fx_int (&fx, "SELECT count (*) FROM movement WHERE actor = 'bank' AND reference LIKE 'Y" N "-%'"),
                   ==, 1);
  fx_audit (&fx);
  fx_close (&fx);
}

/* One transfer is confirmed once, whichever unit it is said to be for; a number somebody used is not the made-up
 * bank's next. */
static void
test_reference (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_READ);
  g_autofree char *before = qc_engine_dup_next_reference (fx.connection, N, NULL);
  fx_commit (g_steal_pointer (&t));
  g_assert_cmpint (fx_int (&fx, "SELECT count (*) FROM movement WHERE kind = 'arrival' AND reference IS NULL"), ==, 0);
  g_autoptr (QcOutcome) first = fx_arrive_as (&fx, T, NULL, 100, before);
  fx_assert_done (first);
  g_autoptr (QcOutcome) same = fx_arrive_as (&fx, T, NULL, 100, before);
  fx_assert_refused (same, "arrival.reference-taken");
  g_autoptr (QcOutcome) elsewhere = fx_arrive_as (&fx, N, NULL, 700, before);
  fx_assert_refused (elsewhere, "arrival.reference-taken");
  g_autofree char *sentence = qc_finding_dup_sentence (g_ptr_array_index (elsewhere->findings, 0));
  g_assert_nonnull (strstr (sentence, "by test at 2026-11-23 10:00: 1.00 yuan, 黑河演练木业有限公司"));
  t = fx_begin (&fx, QC_TRANSACTION_READ);
  g_autofree char *after = qc_engine_dup_next_reference (fx.connection, N, NULL);
  fx_commit (g_steal_pointer (&t));
  g_assert_cmpstr (before, !=, after);
  g_autoptr (QcOutcome) other = fx_arrive_as (&fx, N, NULL, 700, after);
  fx_assert_done (other);
  fx_audit (&fx);
  fx_close (&fx);
}

/* ---- many people ---- */

static void
test_many (void)
{
  Fx fx;
  fx_open (&fx, prove_is_long () ? QC_PRACTICE_MAX_PEOPLE : 5000);
  g_autoptr (QcOutcome) filled = fx_set_balance (&fx, T, QC_MONEY_MAX);
  fx_answer (&fx, T, 202611);
  g_autoptr (QcRemittanceClaim) claim = fx_claim (&fx, T, 202611);
  QcEngineCall call = fx_call (&fx, T);
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (QcOutcome) done = fx_submit_claim (&fx, &call, claim);
  g_test_message ("%" G_GINT64_FORMAT " people in %.2f s", done->application->people,
                  (double)(g_get_monotonic_time () - begin) / G_USEC_PER_SEC);
  fx_assert_done (done);
  g_assert_cmpint (done->application->state, ==, QC_STATE_FINISHED);
  fx_audit (&fx);
  fx_close (&fx);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/center/engine/worked-example", test_worked_example);
  g_test_add_func ("/center/engine/departed", test_departed);
  g_test_add_func ("/center/engine/collection-at-once", test_collection_at_once);
  g_test_add_func ("/center/engine/shortage-and-redraw", test_shortage_and_redraw);
  g_test_add_func ("/center/engine/delete-failed", test_delete_failed);
  g_test_add_func ("/center/engine/arrivals", test_arrivals);
  g_test_add_func ("/center/engine/arrival-refused", test_arrival_refused);
  g_test_add_func ("/center/engine/amounts", test_amounts);
  g_test_add_func ("/center/engine/covered-by-suspense", test_covered_by_suspense);
  g_test_add_func ("/center/engine/trusts-no-claim", test_trusts_no_claim);
  g_test_add_func ("/center/engine/unavailable", test_unavailable);
  g_test_add_func ("/center/engine/class-must-be-answered", test_class_must_be_answered);
  g_test_add_func ("/center/engine/keys", test_keys);
  g_test_add_func ("/center/engine/revision", test_revision);
  g_test_add_func ("/center/engine/tick", test_tick);
  g_test_add_func ("/center/engine/reference", test_reference);
  g_test_add_func ("/center/engine/many", test_many);
  return g_test_run ();
}
