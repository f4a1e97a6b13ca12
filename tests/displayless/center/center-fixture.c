/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. The claim is made from the feeds alone, as a client makes it, never from the engine's own tables.
 */
#include "center-fixture.h"

#include <glib/gstdio.h>

#include "qc-practice-private.h"
#include "qc-rules-attachments.h"
#include "qc-sql.h"
#include "qc-terms.h"

static void
make_dir (Fx *fx)
{
  memset (fx, 0, sizeof *fx);
  fx->now = FX_NOW;
  g_autoptr (GError) error = NULL;
  fx->dir = g_dir_make_tmp ("qingce-center-XXXXXX", &error);
  g_assert_no_error (error);
  fx->path = g_build_filename (fx->dir, "center.db", NULL);
}

/* Makes what is not there, and brings up to date what is. */
static void
connect_to (Fx *fx)
{
  g_autoptr (GError) error = NULL;
  QcDatabase *database = qc_center_db_open (fx->path, &error);
  g_assert_no_error (error);
  qc_database_shutdown (database);
  g_object_unref (database);
  fx->connection = qc_connection_open (fx->path, QC_CONNECTION_READ_WRITE, &error);
  g_assert_no_error (error);
}

void
fx_open_old (Fx *fx, const char *name)
{
  g_autofree char *from = g_test_build_filename (G_TEST_DIST, "tests", "displayless", "center", "fixtures", name, NULL);
  make_dir (fx);
  gsize length;
  g_autofree char *contents = NULL;
  g_assert_true (g_file_get_contents (from, &contents, &length, NULL));
  g_assert_true (g_file_set_contents (fx->path, contents, (gssize)length, NULL));
  connect_to (fx);
}

void
fx_open (Fx *fx, gint64 people)
{
  QcPracticeOptions options = {.people = people, .today = FX_TODAY};
  make_dir (fx);
  connect_to (fx);
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_WRITE);
  g_autoptr (GError) error = NULL;
  if (people >= 0)
    qc_practice_data_create (fx->connection, &options, &error);
  else if (qc_practice_policy_create (fx->connection, FX_TODAY / 100, &error))
    qc_practice_clock_set (fx->connection, FX_TODAY, &error);
  g_assert_no_error (error);
  fx_commit (g_steal_pointer (&t));
}

void
fx_attach (Fx *fx, const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "center.db", NULL);
  memset (fx, 0, sizeof *fx);
  fx->now = FX_NOW;
  g_autoptr (GError) error = NULL;
  fx->connection = qc_connection_open (path, QC_CONNECTION_READ_WRITE, &error);
  g_assert_no_error (error);
}

void
fx_close (Fx *fx)
{
  static const char *const suffixes[] = {"", "-wal", "-shm", ".v3.bak"};
  qc_connection_close (fx->connection);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *path = g_strconcat (fx->path, suffixes[i], NULL);
    g_unlink (path);
  }
  g_rmdir (fx->dir);
  g_free (fx->path);
  g_free (fx->dir);
}

QcTransaction *
fx_begin (Fx *fx, QcTransactionKind kind)
{
  g_autoptr (GError) error = NULL;
  QcTransaction *transaction = qc_transaction_begin (fx->connection, kind, "test", &error);
  g_assert_no_error (error);
  return transaction;
}

void
fx_commit (QcTransaction *transaction)
{
  g_autoptr (GError) error = NULL;
  qc_transaction_commit (transaction, &error);
  g_assert_no_error (error);
  qc_transaction_end (transaction);
}

void
fx_audit (Fx *fx)
{
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_READ);
  g_autoptr (GError) error = NULL;
  qc_engine_audit (fx->connection, &error);
  g_assert_no_error (error);
}

QcEngineCall
fx_call (Fx *fx, const char *unit)
{
  return (QcEngineCall) {.unit = unit, .actor = "test", .now = fx->now, .if_match = -1};
}

gint64
fx_int (Fx *fx, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value;
  qc_connection_get_int (fx->connection, sql, -1, &value, &error);
  g_assert_no_error (error);
  return value;
}

void
fx_sql (Fx *fx, const char *sql)
{
  g_autoptr (GError) error = NULL;
  qc_connection_exec (fx->connection, sql, &error);
  g_assert_no_error (error);
}

QcUnit *
fx_unit (Fx *fx, const char *unit)
{
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_READ);
  g_autoptr (GError) error = NULL;
  QcUnit *loaded = qc_engine_load_unit (fx->connection, unit, &error);
  g_assert_no_error (error);
  return loaded;
}

QcApplication *
fx_application (Fx *fx, const char *serial)
{
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_READ);
  g_autoptr (GError) error = NULL;
  QcApplication *loaded = qc_engine_load_application (fx->connection, NULL, serial, &error);
  g_assert_no_error (error);
  return loaded;
}

/* ---- a client's view, out of the feeds ---- */

static GArray *
list_of (GHashTable *table, const char *account, guint size)
{
  GArray *list = g_hash_table_lookup (table, account);
  if (list == NULL) {
    list = g_array_new (FALSE, FALSE, size);
    g_hash_table_insert (table, g_strdup (account), list);
  }
  return list;
}

static QcCode *
copy_code (const QcCode *code)
{
  QcCode *copy = g_new0 (QcCode, 1);
  *copy = *code;
  copy->list = g_strdup (code->list);
  copy->code = g_strdup (code->code);
  copy->label = g_strdup (code->label);
  return copy;
}

static gboolean
view_row_cb (const QcFeedRow *row, gpointer user_data)
{
  FxView *view = user_data;
  g_assert_nonnull (row->key);
  if (row->deleted) { /* one of a later page, or of somebody who still shows */
    if (row->employee != NULL)
      g_ptr_array_add (view->departed, qc_employee_copy (row->employee));
    return TRUE;
  }
  if (row->unit != NULL)
    view->unit = qc_unit_copy (row->unit);
  else if (row->policy != NULL)
    g_array_append_vals (view->policies, row->policy, 1);
  else if (row->ratios != NULL)
    g_array_append_vals (view->ratios, row->ratios, 1);
  else if (row->code != NULL)
    g_ptr_array_add (view->codes, copy_code (row->code));
  else if (row->employee != NULL)
    g_ptr_array_add (view->people, qc_employee_copy (row->employee));
  else if (row->base != NULL)
    g_array_append_vals (list_of (view->bases, row->person, sizeof (QcBaseChange)), row->base, 1);
  else if (row->span != NULL)
    g_array_append_vals (list_of (view->paid, row->person, sizeof (QcPaidSpan)), row->span, 1);
  return TRUE;
}

static void
pull_feed (Fx *fx, const char *unit, QcFeed feed, FxView *view)
{
  g_autofree char *cursor = NULL;
  gboolean more = TRUE;
  while (more) {
    g_autoptr (GError) error = NULL;
    char *next = NULL;
    QcFeedPageStatus status;
    qc_feeds_page (fx->connection, unit, feed, cursor, 1000, view_row_cb, view, &status, &next, &more, &error);
    g_assert_no_error (error);
    g_assert_cmpint (status, ==, QC_FEED_PAGE_OK);
    g_free (cursor);
    cursor = next;
  }
}

static int
compare_months (gconstpointer a, gconstpointer b)
{
  return *(const QcMonth *)a - *(const QcMonth *)b; /* from is the first member of all three */
}

/* Every unit as the center tells of it to others. */
static GHashTable *
load_units (Fx *fx)
{
  g_autoptr (GError) error = NULL;
  GHashTable *units = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)qc_other_unit_free);
  g_autoptr (QcStatement) s = qc_connection_prepare (fx->connection, "SELECT account FROM unit", &error);
  gboolean has_row;
  while (qc_statement_step (s, &has_row, &error) && has_row) {
    QcOtherUnit *other;
    qc_engine_find_receiver (fx->connection, qc_statement_get_text (s, 0), &other, &error);
    g_assert_no_error (error);
    g_hash_table_insert (units, other->account, other);
  }
  g_assert_no_error (error);
  return units;
}

/* What was paid for whom. Nothing is pending: of that only the center knows all. */
static GHashTable *
histories_of (FxView *view)
{
  GHashTable *histories = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)qc_person_history_free);
  for (guint i = 0; i < view->people->len; i++) {
    const char *account = ((const QcEmployee *)g_ptr_array_index (view->people, i))->account;
    QcPersonHistory *history = qc_person_history_new ();
    GArray *bases = list_of (view->bases, account, sizeof (QcBaseChange));
    GArray *paid = list_of (view->paid, account, sizeof (QcPaidSpan));
    g_array_sort (bases, compare_months);
    g_array_append_vals (history->bases, bases->data, bases->len);
    g_array_append_vals (history->spans, paid->data, paid->len);
    g_hash_table_insert (histories, (gpointer)account, history);
  }
  return histories;
}

FxView *
fx_view_new (Fx *fx, const char *unit)
{
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_READ);
  FxView *view = g_new0 (FxView, 1);
  view->policies = g_array_new (FALSE, FALSE, sizeof (QcPolicy));
  view->ratios = g_array_new (FALSE, FALSE, sizeof (QcRatios));
  view->people = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_employee_free);
  view->codes = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_code_free);
  view->departed = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_employee_free);
  view->units = load_units (fx);
  view->by_account = g_hash_table_new (g_str_hash, g_str_equal);
  view->bases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  view->paid = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  for (guint feed = 0; feed < QC_N_FEEDS; feed++)
    if (feed != QC_FEED_APPLICATIONS && feed != QC_FEED_MOVEMENTS)
      pull_feed (fx, unit, feed, view);
  g_array_sort (view->policies, compare_months);
  g_array_sort (view->ratios, compare_months);
  for (guint i = 0; i < view->people->len; i++)
    g_hash_table_insert (view->by_account, ((QcEmployee *)g_ptr_array_index (view->people, i))->account,
                         g_ptr_array_index (view->people, i));
  view->histories = histories_of (view);
  view->facts = (QcRosterFacts) {
      .unit = view->unit,
      .policies = view->policies,
      .ratios = view->ratios,
      .codes = view->codes,
      .today = qc_date_from_unix (fx->now),
      .units = view->units,
      .histories = view->histories,
  };
  return view;
}

void
fx_view_free (FxView *view)
{
  qc_unit_free (view->unit);
  g_array_unref (view->policies);
  g_array_unref (view->ratios);
  g_ptr_array_unref (view->people);
  g_ptr_array_unref (view->departed);
  g_hash_table_unref (view->units);
  g_ptr_array_unref (view->codes);
  g_hash_table_unref (view->by_account);
  g_hash_table_unref (view->bases);
  g_hash_table_unref (view->paid);
  g_hash_table_unref (view->histories);
  g_free (view);
}

static void
add_to_calc (QcRemittanceCalc *calc, FxView *view, const QcEmployee *employee, gboolean left, QcMonth before)
{
  GArray *bases = list_of (view->bases, employee->account, sizeof (QcBaseChange));
  GArray *paid = g_hash_table_lookup (view->paid, employee->account);
  g_array_sort (bases, compare_months);
  QcMoney base = 0;
  gboolean had = FALSE;
  QcContribution previous;
  for (guint i = 0; paid != NULL && i < paid->len; i++) {
    const QcPaidSpan *span = &g_array_index (paid, QcPaidSpan, i);
    if (span->kind == QC_SPAN_REMITTANCE && span->from <= before && span->to >= before) {
      previous = (QcContribution) {span->unit, span->personal};
      base = span->base;
      had = TRUE;
    }
  }
  qc_remittance_calc_add (calc, employee, (const QcBaseChange *)bases->data, bases->len, had ? &previous : NULL, base,
                          left, QC_CHANGE_TRANSFERRED_OUT);
}

static void
left_out_cb (const QcLeftOut *left_out, gpointer user_data)
{
  FxAnswer answer = {NULL, QC_RETIREMENT_WOMEN_55};
  if (left_out->state != QC_RETIREMENT_STATE_ASK)
    return;
  answer.account = g_strdup (left_out->employee->account);
  g_array_append_val ((GArray *)user_data, answer);
}

static QcRemittanceCalc *
compute (FxView *view, QcMonth end, GArray *asked)
{
  QcRemittanceSink sink = {.left_out = asked ? left_out_cb : NULL, .user_data = asked};
  QcMonth start = qc_unit_due_month (view->unit);
  QcRemittanceCalc *calc = qc_remittance_calc_new (start, end, view->policies, view->ratios, &sink);
  for (guint i = 0; i < view->people->len; i++)
    add_to_calc (calc, view, g_ptr_array_index (view->people, i), FALSE, qc_month_add (start, -1));
  for (guint i = 0; i < view->departed->len; i++)
    add_to_calc (calc, view, g_ptr_array_index (view->departed, i), TRUE, qc_month_add (start, -1));
  return calc;
}

QcRemittanceClaim *
fx_claim (Fx *fx, const char *unit, QcMonth end)
{
  g_autoptr (FxView) view = fx_view_new (fx, unit);
  g_autoptr (QcRemittanceCalc) calc = compute (view, end, NULL);
  const GArray *lines = qc_remittance_calc_get_lines (calc);
  QcRemittanceClaim *claim = qc_remittance_claim_new ();
  claim->method = qc_unit_method (view->unit);
  claim->start = qc_unit_due_month (view->unit);
  claim->end = end;
  claim->terms = qc_terms_digest (view->policies, view->ratios, view->unit);
  g_array_append_vals (claim->months, lines->data, lines->len);
  return claim;
}

static void
answer_clear (FxAnswer *answer)
{
  g_free (answer->account);
}

GArray *
fx_answers (Fx *fx, const char *unit, QcMonth end)
{
  g_autoptr (FxView) view = fx_view_new (fx, unit);
  GArray *asked = g_array_new (FALSE, FALSE, sizeof (FxAnswer));
  g_array_set_clear_func (asked, (GDestroyNotify)answer_clear);
  qc_remittance_calc_free (compute (view, end, asked));
  return asked;
}

/* ---- rosters ---- */

QcSubmission *
fx_roster (const FxView *view, QcBusiness business)
{
  QcSubmission *roster = qc_submission_new (business);
  roster->effective = qc_rules_roster_effective (business, view->unit);
  return roster;
}

QcRosterLine *
fx_roster_add (const FxView *view, QcSubmission *roster, const char *account)
{
  const QcEmployee *person = g_hash_table_lookup (view->by_account, account);
  g_assert_nonnull (person);
  QcRosterLine *line = qc_rules_roster_new_line (roster->business, &view->facts, person);
  qc_roster_take (roster->roster, -1, line);
  return line;
}

void
fx_roster_complete (const FxView *view, QcSubmission *roster, QcRosterLine *line)
{
  qc_rules_roster_complete (roster->business, &view->facts, line);
}

QcSubmission *
fx_answers_roster (Fx *fx, const char *unit, const GArray *answers)
{
  g_autoptr (FxView) view = fx_view_new (fx, unit);
  QcSubmission *roster = fx_roster (view, QC_BUSINESS_RETIREMENT);
  for (guint i = 0; i < answers->len; i++) {
    const FxAnswer *answer = &g_array_index (answers, FxAnswer, i);
    QcRosterLine *line = fx_roster_add (view, roster, answer->account);
    line->klass = answer->klass;
    fx_roster_complete (view, roster, line);
  }
  return roster;
}

QcRosterLine *
fx_back_payment_add (const FxView *view, QcSubmission *roster, const char *account, const char *reason, QcMonth from,
                     QcMonth to)
{
  QcRosterLine *line = fx_roster_add (view, roster, account);
  line->reason = g_strdup (reason);
  line->from = from;
  line->to = to;
  fx_roster_complete (view, roster, line);
  return line;
}

QcRosterLine *
fx_opening_add (const FxView *view, QcSubmission *roster, gint64 number)
{
  QcRosterLine *line = qc_roster_line_new ();
  char document[19];
  qc_practice_resident_id (number, 19880101 + (QcDate)(number % 28), number % 2 ? QC_SEX_MALE : QC_SEX_FEMALE,
                           document);
  line->name = g_strdup (number % 2 ? "新来甲" : "新来乙");
  line->document_type = g_strdup ("01");
  line->document = g_strdup (document);
  line->new_base = 500000 + number % 1000 * 100;
  qc_roster_take (roster->roster, -1, line);
  fx_roster_complete (view, roster, line);
  return line;
}

static void
add_picture (Fx *fx, const FxView *view, QcSubmission *roster, const QcCode *code, const QcRosterLine *line)
{
  g_autofree char *lines = line == NULL && g_str_equal (code->code, QC_ATTACHMENT_ROSTER)
                               ? qc_roster_dup_check_code (roster->business, roster->roster)
                               : NULL;
  g_autofree char *bytes = g_strdup_printf ("picture %u", ++fx->keys);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, bytes, -1);
  g_autofree char *name = g_strdup_printf ("%s.jpg", line != NULL ? line->document : code->code);
  /* by this computer's clock, as it comes: a running center would sweep away an old one before it is submitted */
  g_autofree char *sql = g_strdup_printf ("INSERT INTO attachment SELECT id, '%s', 2000, %" G_GINT64_FORMAT
                                          " FROM unit WHERE account = '%s'",
                                          digest, g_get_real_time () / G_USEC_PER_SEC, view->unit->account);
  fx_sql (fx, sql);
  g_ptr_array_add (roster->attachments,
                   qc_attachment_new (code->code, line != NULL ? line->id : 0, name, digest, 2000, lines));
}

void
fx_complete_reviewed (Fx *fx, const FxView *view, QcSubmission *roster)
{
  g_autoptr (GPtrArray) asked = qc_rules_attachments_asked (roster->business, view->codes);
  if (qc_business_info (roster->business)->has_money)
    roster->method = qc_unit_method (view->unit);
  for (guint i = 0; i < asked->len; i++) {
    const QcCode *code = g_ptr_array_index (asked, i);
    for (guint j = 0; j < (code->of_line ? roster->roster->lines->len : 1); j++)
      add_picture (fx, view, roster, code, code->of_line ? g_ptr_array_index (roster->roster->lines, j) : NULL);
  }
  qc_attachment_list_sort (roster->attachments);
}

/* ---- calls ---- */

static QcOutcome *
submit (Fx *fx, const QcEngineCall *call, const QcSubmission *submission)
{
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_WRITE);
  g_autoptr (GError) error = NULL;
  QcOutcome *outcome = qc_engine_submit (fx->connection, call, submission, &error);
  g_assert_no_error (error);
  fx_commit (g_steal_pointer (&t));
  return outcome;
}

QcOutcome *
fx_submit_claim (Fx *fx, const QcEngineCall *call, const QcRemittanceClaim *claim)
{
  g_autoptr (QcSubmission) submission = qc_submission_new (QC_BUSINESS_REMITTANCE);
  submission->remittance = qc_remittance_claim_copy (claim);
  return submit (fx, call, submission);
}

QcOutcome *
fx_submit_roster (Fx *fx, const char *unit, const QcSubmission *roster)
{
  g_autofree char *key = g_strdup_printf ("key-%u", ++fx->keys);
  QcEngineCall call = fx_call (fx, unit);
  call.key = key;
  call.digest = key;
  return submit (fx, &call, roster);
}

void
fx_answer (Fx *fx, const char *unit, QcMonth end)
{
  g_autoptr (GArray) answers = fx_answers (fx, unit, end);
  if (answers->len == 0)
    return;
  g_autoptr (QcSubmission) roster = fx_answers_roster (fx, unit, answers);
  g_autoptr (QcOutcome) outcome = fx_submit_roster (fx, unit, roster);
  fx_assert_done (outcome);
}

QcOutcome *
fx_submit (Fx *fx, const char *unit, QcMonth end)
{
  g_autofree char *key = g_strdup_printf ("key-%u", ++fx->keys);
  QcEngineCall call = fx_call (fx, unit);
  fx_answer (fx, unit, end);
  g_autoptr (QcRemittanceClaim) claim = fx_claim (fx, unit, end);
  call.key = key;
  call.digest = key;
  return fx_submit_claim (fx, &call, claim);
}

QcOutcome *
fx_act (Fx *fx, const char *unit, const char *serial, QcApplicationAction action)
{
  g_autoptr (QcApplication) now = fx_application (fx, serial);
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_WRITE);
  QcEngineCall call = fx_call (fx, unit);
  call.if_match = now->revision;
  g_autoptr (GError) error = NULL;
  QcOutcome *outcome = qc_engine_act (fx->connection, &call, serial, action, &error);
  g_assert_no_error (error);
  fx_commit (g_steal_pointer (&t));
  return outcome;
}

QcOutcome *
fx_review (Fx *fx, const char *unit, const char *serial, const char *reason)
{
  g_autoptr (QcApplication) now = fx_application (fx, serial);
  g_autoptr (GPtrArray) reasons = qc_return_reasons_new ();
  QcEngineCall call = fx_call (fx, unit);
  call.actor = FX_REVIEWER;
  call.actors = QC_ACTOR_REVIEWER;
  call.if_match = now->revision;
  if (reason != NULL)
    g_ptr_array_add (reasons, qc_return_reason_new ("01", QC_RETURN_APPLICATION, reason));
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_WRITE);
  g_autoptr (GError) error = NULL;
  QcOutcome *outcome = reason != NULL ? qc_engine_return (fx->connection, &call, serial, reasons, &error)
                                      : qc_engine_approve (fx->connection, &call, serial, &error);
  g_assert_no_error (error);
  fx_commit (g_steal_pointer (&t));
  return outcome;
}

QcOutcome *
fx_arrive (Fx *fx, const char *unit, const char *serial, QcMoney fen)
{
  g_autofree char *reference = g_strdup_printf ("TEST-%u", ++fx->keys);
  return fx_arrive_as (fx, unit, serial, fen, reference);
}

QcOutcome *
fx_arrive_as (Fx *fx, const char *unit, const char *serial, QcMoney fen, const char *reference)
{
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_WRITE);
  g_autoptr (GError) error = NULL;
  QcEngineCall call = fx_call (fx, unit);
  QcOutcome *outcome = qc_engine_confirm_arrival (fx->connection, &call, serial, fen, reference, &error);
  g_assert_no_error (error);
  fx_commit (g_steal_pointer (&t));
  return outcome;
}

QcOutcome *
fx_set_balance (Fx *fx, const char *unit, QcMoney fen)
{
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_WRITE);
  g_autoptr (GError) error = NULL;
  QcEngineCall call = fx_call (fx, unit);
  QcOutcome *outcome = qc_engine_set_bank_balance (fx->connection, &call, fen, &error);
  g_assert_no_error (error);
  fx_commit (g_steal_pointer (&t));
  return outcome;
}

QcOutcome *
fx_set_answers (Fx *fx, const char *unit, gboolean answers)
{
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_WRITE);
  g_autoptr (GError) error = NULL;
  QcEngineCall call = fx_call (fx, unit);
  QcOutcome *outcome = qc_engine_set_bank_answers (fx->connection, &call, answers, &error);
  g_assert_no_error (error);
  fx_commit (g_steal_pointer (&t));
  return outcome;
}

/* ---- vouchers ---- */

QcSigningKey *
fx_load_key (Fx *fx)
{
  static const char secret[32] = "the seed of a key of these tests";
  g_autoptr (GBytes) seed = g_bytes_new_static (secret, sizeof secret);
  QcSigningKey *key = qc_signing_key_new_from_seed ("yanlian-test", seed, 0, 0, NULL);
  g_autofree char *public_key = qc_signing_key_dup_public (key);
  g_autoptr (GError) error = NULL;
  qc_sql_run (fx->connection, &error, "INSERT OR IGNORE INTO signing_key VALUES ('yanlian-test', 'ed25519', ?, 0, 0)",
              public_key);
  g_assert_no_error (error);
  return key;
}

QcOutcome *
fx_issue (Fx *fx, const char *unit, const char *serial)
{
  g_autoptr (QcSigningKey) key = fx_load_key (fx);
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_WRITE);
  QcEngineCall call = fx_call (fx, unit);
  call.actor = FX_ACTOR;
  g_autoptr (GError) error = NULL;
  QcOutcome *issued = qc_engine_issue_voucher (fx->connection, &call, key, serial, &error);
  g_assert_no_error (error);
  fx_commit (g_steal_pointer (&t));
  return issued;
}

/* ---- assertions ---- */

gboolean
fx_has_finding (const QcOutcome *outcome, const char *code)
{
  for (guint i = 0; i < outcome->findings->len; i++)
    if (g_str_equal (((const QcFinding *)g_ptr_array_index (outcome->findings, i))->code, code))
      return TRUE;
  return FALSE;
}

void
fx_assert_finding_at (const QcOutcome *outcome, const char *code, gint64 line, const char *field)
{
  for (guint i = 0; i < outcome->findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (outcome->findings, i);
    if (g_str_equal (finding->code, code) && finding->line == line && g_strcmp0 (finding->field, field) == 0)
      return;
  }
  g_error ("no %s at line %" G_GINT64_FORMAT ", %s", code, line, field);
}

static void
print_findings (const QcOutcome *outcome)
{
  for (guint i = 0; i < MIN (outcome->findings->len, 20); i++) {
    g_autofree char *sentence = qc_finding_dup_sentence (g_ptr_array_index (outcome->findings, i));
    g_test_message ("finding: %s", sentence);
  }
}

void
fx_assert_done (const QcOutcome *outcome)
{
  if (outcome->status != QC_OUTCOME_DONE)
    print_findings (outcome);
  g_assert_cmpint (outcome->status, ==, QC_OUTCOME_DONE);
}

void
fx_assert_refused (const QcOutcome *outcome, const char *code)
{
  print_findings (outcome);
  g_assert_cmpint (outcome->status, ==, QC_OUTCOME_REFUSED);
  g_assert_true (fx_has_finding (outcome, code));
}
