/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Whatever clerks, staff, banks and time do in whatever order: the audit holds after each step. And whenever the center
 * is killed with -9: nothing is half done, and what was answered is there.
 */
#include "../prove.h"
#include "center-fixture.h"
#include "qc-unit-field.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define T QC_PRACTICE_UNIT_COLLECTION
#define N QC_PRACTICE_UNIT_TRANSFER
#define R QC_PRACTICE_UNIT_ARREARS

static const char *const units[] = {T, N, R};

/* One of the unit's open applications, NULL when it has none. (transfer full) */
static QcApplication *
open_of (Fx *fx, GRand *rand, const char *unit)
{
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_READ);
  QcApplicationQuery query = {.unit = unit, .open_only = TRUE};
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = qc_engine_list_applications (fx->connection, &query, &error);
  g_assert_no_error (error);
  if (list->len == 0)
    return NULL;
  QcListedApplication *one = g_ptr_array_index (list, g_rand_int_range (rand, 0, (int)list->len));
  return g_steal_pointer (&one->application);
}

static void
step_submit (Fx *fx, GRand *rand, const char *unit)
{
  g_autoptr (QcUnit) now = fx_unit (fx, unit);
  QcMonth end = qc_month_add (qc_unit_due_month (now), g_rand_int_range (rand, 0, 3));
  g_autoptr (QcOutcome) outcome = fx_submit (fx, unit, end);
  g_assert_cmpint (outcome->status, <=, QC_OUTCOME_REFUSED);
}

static void
step_arrive (Fx *fx, GRand *rand, const char *unit)
{
  g_autoptr (QcApplication) open = open_of (fx, rand, unit);
  QcMoney fen = g_rand_int_range (rand, 1, 3000000);
  if (open != NULL && g_rand_int_range (rand, 0, 3) == 0 && qc_application_missing (open) > 0)
    fen = qc_application_missing (open);
  g_autoptr (QcOutcome) outcome
      = fx_arrive (fx, unit, open != NULL && g_rand_boolean (rand) ? open->serial : NULL, fen);
  fx_assert_done (outcome);
}

static void
step_act (Fx *fx, GRand *rand, const char *unit)
{
  static const QcApplicationAction actions[] = {QC_ACTION_DELETE, QC_ACTION_REDRAW, QC_ACTION_REDRAW, QC_ACTION_CANCEL};
  g_autoptr (QcApplication) open = open_of (fx, rand, unit);
  if (open == NULL)
    return;
  g_autoptr (QcOutcome) outcome
      = fx_act (fx, unit, open->serial, actions[g_rand_int_range (rand, 0, G_N_ELEMENTS (actions))]);
  g_assert_cmpint (outcome->status, <=, QC_OUTCOME_REFUSED);
}

static void
step_bank (Fx *fx, GRand *rand, const char *unit)
{
  g_autoptr (QcOutcome) balance = fx_set_balance (fx, unit, g_rand_int_range (rand, 0, 20000000));
  g_autoptr (QcOutcome) answers = fx_set_answers (fx, unit, g_rand_int_range (rand, 0, 3) > 0);
  fx_assert_done (balance);
  fx_assert_done (answers);
}

/* Agreements come and go, bases and ratios change, time passes: each may be refused, none may break anything. */
static void
step_center (Fx *fx, GRand *rand, const char *unit)
{
  g_autofree char *account = g_strdup_printf ("0809%s", unit);
  g_autoptr (QcUnit) now = fx_unit (fx, unit);
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_WRITE);
  QcMonth month = qc_month_add (qc_unit_due_month (now), g_rand_int_range (rand, -2, 2));
  QcEngineCall call = fx_call (fx, unit);
  g_autoptr (QcOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  QcDate today;
  gint64 next;
  QcReviewPractice practice = {g_rand_int_range (rand, -1, 2) * 3600, 30};
  switch (g_rand_int_range (rand, 0, 6)) {
  case 0:
    outcome = now->agreement_account ? qc_engine_end_agreement (fx->connection, &call, &error)
                                     : qc_engine_sign_agreement (fx->connection, &call, "演练银行", account, &error);
    break;
  case 1:
    outcome = qc_engine_change_ratios (fx->connection, &call, month, g_rand_int_range (rand, 4, 14) * 100, 800, &error);
    break;
  case 2:
    g_assert_cmpint (qc_engine_tick (fx->connection, fx->now, &next, &error), >=, 0);
    break;
  case 3:
    g_assert_true (qc_practice_clock_advance (fx->connection, "test", 1, FX_NOW, &today, &error));
    g_assert_true (qc_practice_clock_now (fx->connection, FX_NOW, &fx->now, &error));
    break;
  case 4:
    g_assert_true (qc_engine_set_review_practice (fx->connection, &call, &practice, &error));
    break;
  default:
    g_assert_true (qc_engine_set_arrival_delay (fx->connection, &call, g_rand_int_range (rand, -1, 2) * 3600, &error));
    break;
  }
  g_assert_no_error (error);
  fx_commit (g_steal_pointer (&t));
}

static void
step_base (Fx *fx, GRand *rand, const char *unit)
{
  g_autofree char *sql = g_strdup_printf ("SELECT CAST (account AS INTEGER) FROM person WHERE unit = (SELECT id FROM "
                                          "unit WHERE account = '%s') LIMIT 1 OFFSET %d",
                                          unit, g_rand_int_range (rand, 0, 15));
  g_autofree char *person = g_strdup_printf ("%" G_GINT64_FORMAT, fx_int (fx, sql));
  g_autoptr (QcUnit) now = fx_unit (fx, unit);
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_WRITE);
  QcEngineCall call = fx_call (fx, unit);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutcome) outcome = qc_engine_change_base (
      fx->connection, &call, person, qc_month_add (qc_unit_due_month (now), g_rand_int_range (rand, -3, 2)),
      g_rand_int_range (rand, 100000, 2600000), &error);
  g_assert_no_error (error);
  fx_commit (g_steal_pointer (&t));
}

/* What a clerk enters on a line; now and then something is missing. */
static void
enter_line (GRand *rand, const FxView *view, QcBusiness business, QcRosterLine *line)
{
  if (business == QC_BUSINESS_TRANSFER) { /* now and then to itself, or to nobody */
    line->target_unit
        = g_strdup (g_rand_int_range (rand, 0, 20) > 0 ? units[g_rand_int_range (rand, 0, 3)] : "231100000000");
    const QcOtherUnit *to = g_hash_table_lookup (view->units, line->target_unit);
    line->target_name = g_strdup (to != NULL && g_rand_int_range (rand, 0, 20) > 0 ? to->name : "演练");
    return;
  }
  if (business == QC_BUSINESS_RETIREMENT) {
    if (line->sex == QC_SEX_FEMALE)
      line->klass = (QcRetirementClass)g_rand_int_range (rand, QC_RETIREMENT_UNKNOWN, QC_RETIREMENT_WOMEN_60 + 1);
    if (g_rand_boolean (rand) && line->statutory != QC_MONTH_NONE)
      line->authorized = qc_month_add (line->statutory, g_rand_int_range (rand, 0, 38));
    return;
  }
  if (business == QC_BUSINESS_SEALING && g_rand_int_range (rand, 0, 20) > 0)
    line->reason = g_strdup ("01");
  if (business == QC_BUSINESS_BASE_ADJUSTMENT || (line->status_after == QC_PERSON_NORMAL && g_rand_boolean (rand)))
    line->new_base = g_rand_int_range (rand, 180000, 2600000);
}

/* Some people of @unit by the businesses that end at once; some lines are wrong, some of what they say has moved. */
static void
step_roster (Fx *fx, GRand *rand, const char *unit)
{
  static const QcBusiness businesses[] = {QC_BUSINESS_SEALING,    QC_BUSINESS_SEALING,  QC_BUSINESS_BASE_ADJUSTMENT,
                                          QC_BUSINESS_RETIREMENT, QC_BUSINESS_TRANSFER, QC_BUSINESS_TRANSFER};
  QcBusiness business = businesses[g_rand_int_range (rand, 0, G_N_ELEMENTS (businesses))];
  g_autoptr (FxView) view = fx_view_new (fx, unit);
  g_autoptr (QcSubmission) roster = fx_roster (view, business);
  g_autoptr (GHashTable) on = g_hash_table_new (g_str_hash, g_str_equal);
  for (int n = view->people->len > 0 ? g_rand_int_range (rand, 1, 5) : 0; n > 0; n--) { /* all may have left */
    const QcEmployee *person = g_ptr_array_index (view->people, g_rand_int_range (rand, 0, view->people->len));
    if (!g_hash_table_add (on, person->account) && g_rand_int_range (rand, 0, 20) > 0)
      continue;
    if (business == QC_BUSINESS_BASE_ADJUSTMENT && person->status != QC_PERSON_NORMAL
        && g_rand_int_range (rand, 0, 20) > 0)
      continue;
    if (business == QC_BUSINESS_TRANSFER && person->status != QC_PERSON_SEALED && g_rand_int_range (rand, 0, 20) > 0)
      continue;
    QcRosterLine *line = fx_roster_add (view, roster, person->account);
    enter_line (rand, view, business, line);
    fx_roster_complete (view, roster, line);
  }
  if (g_rand_int_range (rand, 0, 20) == 0)
    roster->effective = qc_month_add (qc_unit_due_month (view->unit), 1);
  g_autoptr (QcOutcome) outcome = fx_submit_roster (fx, unit, roster);
  g_assert_cmpint (outcome->status, <=, QC_OUTCOME_REFUSED);
}

/* Some registration data of @unit; some of it is locked, another unit's, wrong, or was seen long ago. */
static void
step_unit (Fx *fx, GRand *rand, const char *unit)
{
  g_autoptr (QcUnit) now = fx_unit (fx, unit);
  g_autoptr (QcSubmission) submission = qc_submission_new (QC_BUSINESS_UNIT_CHANGE);
  static const struct {
    const char *field, *format;
  } good[] = {{"DWYB", "16430%d"},
              {"DWLXDH", "0456-822123%d"},
              {"DWFXR", "1%d"},
              {"DWDZ", "黑河市某街%d号"},
              {"JBRSJHM", "1390000000%d"}};
  for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--) {
    guint which = g_rand_int_range (rand, 0, G_N_ELEMENTS (good));
    const QcUnitField *field = qc_unit_field_find (good[which].field);
    if (g_rand_int_range (rand, 0, 8) == 0)
      field = qc_unit_field (g_rand_int_range (rand, 0, (int)qc_unit_fields_count ()));
    g_autofree char *value = g_strdup_printf (good[which].format, g_rand_int_range (rand, 0, 10));
    if (qc_fact_list_find (submission->facts, field->name) == NULL)
      qc_fact_list_add (submission->facts, field->name,
                        g_rand_int_range (rand, 0, 20) == 0 ? "x" : qc_unit_field_get (field, now), value);
  }
  g_autoptr (QcOutcome) outcome = fx_submit_roster (fx, unit, submission);
  g_assert_cmpint (outcome->status, <=, QC_OUTCOME_REFUSED);
}

/* The serial of a returned application of @unit and @business, now and then. (transfer full) (nullable) */
static char *
dup_returned (Fx *fx, GRand *rand, const char *unit, QcBusiness business)
{
  if (g_rand_boolean (rand))
    return NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcStatement) s
      = qc_connection_prepare (fx->connection,
                               "SELECT a.serial FROM application AS a JOIN unit AS u ON u.id = a.unit WHERE u.account "
                               "= ? AND a.business = ? AND a.state IN ('returned', 'cancelled') LIMIT 1 OFFSET ?",
                               &error);
  g_assert_no_error (error);
  qc_statement_bind_text (s, 1, unit);
  qc_statement_bind_text (s, 2, qc_business_info (business)->code);
  qc_statement_bind_int (s, 3, g_rand_int_range (rand, 0, 4));
  gboolean has_row;
  g_assert_true (qc_statement_step (s, &has_row, &error));
  return has_row ? qc_statement_dup_text (s, 0) : NULL;
}

static void
add_back_payment (GRand *rand, const FxView *view, QcSubmission *roster)
{
  static const char *const reasons[] = {"01", "02", "03", "06", "99"};
  const QcEmployee *person = g_ptr_array_index (view->people, g_rand_int_range (rand, 0, (int)view->people->len));
  QcMonth from = qc_month_add (view->unit->paid_to, -g_rand_int_range (rand, -1, 14));
  QcRosterLine *line
      = fx_back_payment_add (view, roster, person->account, reasons[g_rand_int_range (rand, 0, G_N_ELEMENTS (reasons))],
                             from, qc_month_add (from, g_rand_int_range (rand, 0, 3)));
  if (g_rand_int_range (rand, 0, 4) == 0)
    line->new_base = g_rand_int_range (rand, 180000, 2600000);
  fx_roster_complete (view, roster, line);
}

/* What the center reviews; most lines of a 补缴 mean months that are paid, and are refused. */
static void
step_reviewed (Fx *fx, GRand *rand, const char *unit)
{
  QcBusiness business = g_rand_int_range (rand, 0, 3) > 0 ? QC_BUSINESS_BACK_PAYMENT : QC_BUSINESS_ACCOUNT_OPENING;
  g_autoptr (FxView) view = fx_view_new (fx, unit);
  g_autoptr (QcSubmission) roster = fx_roster (view, business);
  for (int n = g_rand_int_range (rand, 1, 3); n > 0; n--)
    if (business == QC_BUSINESS_ACCOUNT_OPENING)
      fx_opening_add (view, roster, g_rand_int_range (rand, 800000, 800200));
    else if (view->people->len > 0)
      add_back_payment (rand, view, roster);
  fx_complete_reviewed (fx, view, roster);
  if (business == QC_BUSINESS_BACK_PAYMENT && g_rand_int_range (rand, 0, 20) == 0)
    roster->method = QC_METHOD_NONE;
  roster->replaces = dup_returned (fx, rand, unit, business);
  g_autoptr (QcOutcome) outcome = fx_submit_roster (fx, unit, roster);
  g_assert_cmpint (outcome->status, <=, QC_OUTCOME_REFUSED);
}

static void
step_verdict (Fx *fx, GRand *rand, const char *unit)
{
  g_autoptr (QcApplication) open = open_of (fx, rand, unit);
  if (open == NULL)
    return;
  g_autoptr (QcOutcome) outcome
      = fx_review (fx, unit, open->serial, g_rand_int_range (rand, 0, 3) == 0 ? "不清晰" : NULL);
  g_assert_cmpint (outcome->status, <=, QC_OUTCOME_CONFLICT);
}

static void
step (Fx *fx, GRand *rand)
{
  static void (*const steps[]) (Fx *, GRand *, const char *) = {
      step_submit,   step_submit,   step_submit,   step_arrive,  step_arrive,  step_act,    step_bank,
      step_center,   step_base,     step_roster,   step_roster,  step_roster,  step_roster, step_unit,
      step_reviewed, step_reviewed, step_reviewed, step_verdict, step_verdict,
  };
  steps[g_rand_int_range (rand, 0, G_N_ELEMENTS (steps))](fx, rand,
                                                          units[g_rand_int_range (rand, 0, G_N_ELEMENTS (units))]);
}

static gboolean
has_all (Fx *fx, const char *const *counts, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (fx_int (fx, counts[i]) == 0)
      return FALSE;
  return TRUE;
}

static void
test_any_order (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32)g_test_rand_int ());
  static const char *const rosters[] = {
      "SELECT count(*) FROM application_line WHERE json_extract (fields, '$.status_after') = 2",
      "SELECT count(*) FROM application_line WHERE json_extract (fields, '$.status_after') = 1",
      "SELECT count(*) FROM application WHERE business = 'base-adjustment' AND created > 1795000000",
      "SELECT count(*) FROM application WHERE business = 'retirement' AND created > 1795000000",
      "SELECT count(*) FROM application WHERE business = 'unit-change'",
      "SELECT count(*) FROM application WHERE business = 'transfer'",
      "SELECT count(*) FROM application WHERE business = 'back-payment' AND state = 'finished'",
      "SELECT count(*) FROM application WHERE business = 'account-opening' AND state = 'finished'",
      "SELECT count(*) FROM application WHERE state = 'returned'",
      "SELECT count(*) FROM application WHERE state = 'cancelled'",
  };
  gint64 begin = g_get_monotonic_time ();
  Fx fx;
  fx_open (&fx, 0);
  guint steps = 0;
  /* on until each business was done at least once: what was drawn may leave one out */
  for (; prove_goes_on (begin, steps, 250) || (steps < 5000 && !has_all (&fx, rosters, G_N_ELEMENTS (rosters)));
       steps++) {
    step (&fx, rand);
    fx_audit (&fx);
  }
  g_test_message ("%u steps: %" G_GINT64_FORMAT " finished, %" G_GINT64_FORMAT " deleted, %" G_GINT64_FORMAT " draws",
                  steps,
                  fx_int (&fx, "SELECT count(*) FROM application WHERE state = 'finished' AND created > 1795000000"),
                  fx_int (&fx, "SELECT count(*) FROM application WHERE state = 'deleted'"),
                  fx_int (&fx, "SELECT count(*) FROM draw WHERE time > 1795000000"));
  g_assert_cmpint (fx_int (&fx, "SELECT count(*) FROM application WHERE created > 1795000000"), >, 0);
  for (guint i = 0; i < G_N_ELEMENTS (rosters); i++)
    g_assert_cmpint (fx_int (&fx, rosters[i]), >, 0);
  fx_close (&fx);
}

/* ---- kill -9 ---- */

static void
open_connection (Fx *fx)
{
  g_autoptr (GError) error = NULL;
  fx->connection = qc_connection_open (fx->path, QC_CONNECTION_READ_WRITE, &error);
  g_assert_no_error (error);
}

/* Works on and says a byte after each step until it is killed. */
G_GNUC_NORETURN static void
work_until_killed (Fx *fx, guint32 seed, int out)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  open_connection (fx);
  for (;;) {
    g_autofree char *key = g_strdup_printf ("%u-%u", seed, fx->keys);
    step (fx, rand);
    g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_WRITE);
    g_autoptr (GError) error = NULL;
    g_assert_true (qc_engine_log (fx->connection, fx->now, "test", "step", NULL, NULL, key, &error));
    fx_commit (g_steal_pointer (&t));
    g_assert_cmpint (write (out, ".", 1), ==, 1);
  }
}

/* @steps answers of the child are read, then it is killed in the midst of the next. How many it had given until then:
 * on a busy machine it comes further. */
static int
kill_after (Fx *fx, guint32 seed, int steps)
{
  int ends[2];
  g_assert_cmpint (pipe (ends), ==, 0);
  pid_t child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    work_until_killed (fx, seed, ends[1]);
  close (ends[1]);
  char byte;
  int seen = 0;
  while (seen < steps && read (ends[0], &byte, 1) == 1)
    seen++;
  kill (child, SIGKILL);
  int status;
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  while (read (ends[0], &byte, 1) == 1)
    seen++;
  close (ends[0]);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  g_assert_cmpint (seen, >=, steps);
  return seen;
}

static void
test_killed (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32)g_test_rand_int ());
  gint64 begin = g_get_monotonic_time ();
  Fx fx;
  fx_open (&fx, 0);
  qc_connection_close (g_steal_pointer (&fx.connection));
  gint64 promised = 0;
  for (guint kills = 0; prove_goes_on (begin, kills, 12); kills++) {
    promised += kill_after (&fx, g_rand_int (rand), g_rand_int_range (rand, 0, 12));
    open_connection (&fx);
    fx_audit (&fx);
    g_assert_cmpint (fx_int (&fx, "SELECT count(*) FROM log WHERE action = 'step'"), >=, promised);
    g_assert_cmpint (fx_int (&fx, "SELECT count(*) FROM log WHERE action = 'step'"), <=,
                     promised + 1); /* one done but not said */
    promised = fx_int (&fx, "SELECT count(*) FROM log WHERE action = 'step'");
    fx.keys += 1000;
    fx.now = fx_int (&fx, "SELECT max(time) FROM log");
    qc_connection_close (g_steal_pointer (&fx.connection));
  }
  open_connection (&fx);
  fx_close (&fx);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/center/random/any-order", test_any_order);
  g_test_add_func ("/center/random/killed", test_killed);
  return g_test_run ();
}
