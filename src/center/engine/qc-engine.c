/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The frame of the engine: every call goes the same way (key, unit, work, answer, log), every business goes through
 * its handler. Writer thread only, inside the caller's transaction.
 */
#include "qc-engine-private.h"
#include "qc-engine-upload.h"
#include "qc-rules-roster.h"

const QcBusinessHandler *
qc_engine_handler (QcBusiness business)
{
  if (business == QC_BUSINESS_REMITTANCE)
    return &qc_engine_remittance_handler;
  if (business == QC_BUSINESS_UNIT_CHANGE)
    return &qc_engine_unit_change_handler;
  return qc_roster_rules (business) != NULL ? &qc_engine_roster_handler : NULL;
}

QcOutcome *
qc_outcome_new (QcOutcomeStatus status)
{
  QcOutcome *outcome = g_new0 (QcOutcome, 1);
  outcome->status = status;
  outcome->findings = qc_findings_new ();
  return outcome;
}

QcOutcome *
qc_outcome_refuse (QcFinding *finding)
{
  QcOutcome *outcome = qc_outcome_new (QC_OUTCOME_REFUSED);
  g_ptr_array_add (outcome->findings, finding);
  return outcome;
}

void
qc_outcome_free (QcOutcome *outcome)
{
  if (outcome == NULL)
    return;
  g_clear_pointer (&outcome->application, qc_application_free);
  g_clear_pointer (&outcome->person, qc_employee_free);
  g_clear_pointer (&outcome->unit, qc_unit_free);
  g_clear_pointer (&outcome->voucher, qc_signed_voucher_free);
  g_clear_pointer (&outcome->findings, g_ptr_array_unref);
  g_clear_pointer (&outcome->answer, g_bytes_unref);
  g_free (outcome);
}

/* What was answered to the key before: *@out stays NULL when it is new. */
static gboolean
find_repeat (QcConnection *connection, const QcEngineCall *call, QcOutcome **out, GError **error)
{
  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection, "SELECT unit, digest, state, status, answer FROM answer_key WHERE key = ?", error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_text (s, 1, call->key);
  gboolean has_row;
  if (!qc_statement_step (s, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  if (g_strcmp0 (qc_statement_get_text (s, 0), call->unit) != 0
      || g_strcmp0 (qc_statement_get_text (s, 1), call->digest) != 0) {
    *out = qc_outcome_new (QC_OUTCOME_KEY_REUSED);
    return TRUE;
  }
  *out = g_new0 (QcOutcome, 1);
  (*out)->repeated = TRUE;
  (*out)->status = g_str_equal (qc_statement_get_text (s, 2), "accepted") ? QC_OUTCOME_DONE : QC_OUTCOME_REFUSED;
  (*out)->answer_status = (int)qc_statement_get_int (s, 3);
  gsize size;
  gconstpointer data = qc_statement_get_blob (s, 4, &size);
  if (data != NULL)
    (*out)->answer = g_bytes_new (data, size);
  return TRUE;
}

static gboolean
keep_answer (QcWork *work, const QcOutcome *outcome, GError **error)
{
  gsize size = 0;
  gconstpointer data = outcome->answer ? g_bytes_get_data (outcome->answer, &size) : NULL;

  g_autoptr (QcStatement) s
      = qc_connection_prepare (work->connection, "INSERT INTO answer_key VALUES (?, ?, ?, ?, ?, ?, ?, ?)", error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_text (s, 1, work->call->key);
  qc_statement_bind_text (s, 2, work->call->unit);
  qc_statement_bind_text (s, 3, work->call->digest);
  qc_statement_bind_text (s, 4, outcome->status == QC_OUTCOME_DONE ? "accepted" : "refused");
  qc_statement_bind_text (s, 5, work->serial);
  qc_statement_bind_int (s, 6, outcome->answer_status);
  if (data != NULL)
    qc_statement_bind_blob (s, 7, data, size);
  qc_statement_bind_int (s, 8, work->call->now);
  return qc_statement_run (s, error);
}

/* "remittance.start remittance.months": findings are sorted, and each code is said once. */
static char *
join_codes (const QcOutcome *outcome)
{
  GString *codes = g_string_new (outcome->status == QC_OUTCOME_REFUSED ? "refused:" : "");
  const char *last = NULL;
  for (guint i = 0; i < outcome->findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (outcome->findings, i);
    if (g_strcmp0 (last, finding->code) != 0)
      g_string_append_printf (codes, "%s%s", codes->len > 0 ? " " : "", finding->code);
    last = finding->code;
  }
  return g_string_free (codes, FALSE);
}

static gboolean
answer_and_log (QcWork *work, const char *action, QcOutcome *outcome, GError **error)
{
  const QcEngineCall *call = work->call;
  if (call->render != NULL)
    outcome->answer = call->render (outcome, &outcome->answer_status, call->render_data);
  /* What was not found, or met in another state than it was decided on, was not judged: the key is still good. */
  if (outcome->status != QC_OUTCOME_DONE && outcome->status != QC_OUTCOME_REFUSED)
    return TRUE;
  if (call->key != NULL && !keep_answer (work, outcome, error))
    return FALSE;
  g_autofree char *detail = join_codes (outcome);
  return qc_engine_log (work->connection, call->now, call->actor, action, call->unit, work->serial,
                        work->detail != NULL ? work->detail : detail, error);
}

static void
work_clear (QcWork *work)
{
  g_clear_pointer (&work->unit, qc_unit_free);
  g_clear_pointer (&work->serial, g_free);
  g_clear_pointer (&work->detail, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QcWork, work_clear)

QcOutcome *
qc_engine_run (QcConnection *connection, const QcEngineCall *call, const char *action, QcWorkFunc func, gpointer data,
               GError **error)
{
  g_auto (QcWork) work = {.connection = connection, .call = call};
  g_return_val_if_fail (call != NULL && call->unit != NULL, NULL);
  g_return_val_if_fail (call->key == NULL || call->digest != NULL, NULL);
  g_autoptr (QcOutcome) outcome = NULL;
  if (call->key != NULL && !find_repeat (connection, call, &outcome, error))
    return NULL;
  if (outcome != NULL) {
    if (!outcome->repeated && call->render != NULL)
      outcome->answer = call->render (outcome, &outcome->answer_status, call->render_data);
    return g_steal_pointer (&outcome);
  }
  if (!qc_engine_find_unit (connection, call->unit, &work.unit_id, error))
    return NULL;
  if (work.unit_id == 0) {
    outcome = qc_outcome_new (QC_OUTCOME_NOT_FOUND);
  } else {
    work.unit = qc_engine_load_unit_row (connection, work.unit_id, error);
    outcome = work.unit != NULL ? func (&work, data, error) : NULL;
  }
  if (outcome == NULL || !answer_and_log (&work, action, outcome, error))
    return NULL;
  return g_steal_pointer (&outcome);
}

/* ---- submission ---- */

/* What every business shares: its pictures. */
static gboolean
check_attachments (QcWork *work, const QcSubmission *submission, GPtrArray *findings, GError **error)
{
  g_autoptr (GPtrArray) more = qc_engine_check_attachments (work->connection, work->unit_id, submission, error);
  if (more == NULL)
    return FALSE;
  if (more->len == 0)
    return TRUE;
  qc_findings_cap (more, QC_ENGINE_FINDINGS_PER_CODE, QC_ENGINE_FINDINGS_IN_ALL);
  g_ptr_array_extend_and_steal (findings, g_steal_pointer (&more));
  qc_findings_sort (findings);
  return TRUE;
}

static QcOutcome *
check_and_apply (QcWork *work, const QcBusinessHandler *handler, const QcSubmission *submission, gpointer plan,
                 GError **error)
{
  g_autoptr (QcOutcome) outcome = qc_outcome_new (QC_OUTCOME_DONE);
  g_ptr_array_unref (outcome->findings);
  outcome->findings = handler->check (work, plan, error);
  if (outcome->findings == NULL || !check_attachments (work, submission, outcome->findings, error))
    return NULL;
  if (qc_findings_block (outcome->findings)) {
    outcome->status = QC_OUTCOME_REFUSED;
    return g_steal_pointer (&outcome);
  }
  gint64 id = handler->apply (work, plan, error);
  if (id == 0 || !qc_engine_write_attachments (work->connection, id, submission->attachments, error))
    return NULL;
  outcome->application = qc_engine_load_application_row (work->connection, id, TRUE, error);
  return outcome->application != NULL ? g_steal_pointer (&outcome) : NULL;
}

static QcOutcome *
refuse_business (QcBusiness business)
{
  QcFinding *finding = qc_finding_new ("business.unavailable", NULL);
  qc_finding_set_arg_code (finding, QC_ARG_BUSINESS, "business", qc_business_info (business)->code);
  return qc_outcome_refuse (finding);
}

static QcOutcome *
submit_cb (QcWork *work, gpointer data, GError **error)
{
  const QcSubmission *submission = data;
  const QcBusinessHandler *handler = qc_engine_handler (submission->business);
  if (handler == NULL)
    return refuse_business (submission->business);
  gpointer plan = handler->prepare (work, submission, error);
  if (plan == NULL)
    return NULL;
  QcOutcome *outcome = check_and_apply (work, handler, submission, plan, error);
  handler->plan_free (plan);
  return outcome;
}

QcOutcome *
qc_engine_submit (QcConnection *connection, const QcEngineCall *call, const QcSubmission *submission, GError **error)
{
  g_return_val_if_fail (submission != NULL && (guint)submission->business < QC_N_BUSINESSES, NULL);
  g_autofree char *action = g_strconcat ("submit-", qc_business_info (submission->business)->code, NULL);
  return qc_engine_run (connection, call, action, submit_cb, (gpointer)submission, error);
}

/* ---- actions on an application ---- */

typedef struct {
  const char *serial;
  QcApplicationAction action;
} ActionCall;

static QcOutcome *
done_with (QcWork *work, gint64 id, GError **error)
{
  g_autoptr (QcOutcome) outcome = qc_outcome_new (QC_OUTCOME_DONE);
  outcome->application = qc_engine_load_application_row (work->connection, id, TRUE, error);
  return outcome->application != NULL ? g_steal_pointer (&outcome) : NULL;
}

/* 删除 and 取消: what was planned goes, money that came in stays 暂存款, for others that wait for some. */
static gboolean
take_back (QcWork *work, const QcApplication *application, gint64 id, QcApplicationAction action, GError **error)
{
  const QcBusinessHandler *handler = qc_engine_handler (application->business);
  gboolean delete = action == QC_ACTION_DELETE;
  if (!qc_sql_run (work->connection, error, "DELETE FROM span WHERE application = ? AND booked = 0", id)
      || !qc_sql_run (work->connection, error, "DELETE FROM review_claim WHERE application = ?", id)
      || !qc_sql_run (work->connection, error, "UPDATE application SET arrived = 0 WHERE id = ?", id)
      || !qc_engine_add_event (work->connection, id, work->call->now, work->call->actor,
                               delete ? "deleted" : "cancelled", NULL, 0, error)
      || !qc_engine_move (work, id, delete ? QC_EVENT_DELETE : QC_EVENT_CANCEL, error))
    return FALSE;
  return (handler->undo == NULL || handler->undo (work, id, error)) && qc_engine_allot (work, 0, error);
}

/* 重新划款 where the last draw's outcome is unknown: the bank is asked, nothing more is drawn. */
static QcOutcome *
ask_first (QcWork *work, const QcApplication *application, gint64 id, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%d", application->draw_number);
  gboolean answered;
  if (!qc_engine_ask_draw (work, id, &answered, error))
    return NULL;
  if (answered)
    return done_with (work, id, error);
  return qc_outcome_refuse (qc_finding_new ("draw.unknown", "serial", application->serial, "number", number, NULL));
}

QcFinding *
qc_engine_new_state_finding (const QcApplication *application, QcApplicationAction action)
{
  QcFinding *finding = qc_finding_new ("not-allowed-in-state", "serial", application->serial, NULL);
  qc_finding_set_arg_code (finding, QC_ARG_ACTION, "action", qc_action_to_code (action));
  qc_finding_set_arg_code (finding, QC_ARG_STATE, "state", qc_state_to_code (application->state));
  return finding;
}

static QcOutcome *
do_action (QcWork *work, const QcApplication *application, gint64 id, QcApplicationAction action, GError **error)
{
  if (action == QC_ACTION_REDRAW && application->draw == QC_DRAW_UNKNOWN)
    return ask_first (work, application, id, error);
  if (!qc_application_can (application, action) || qc_engine_handler (application->business) == NULL)
    return qc_outcome_refuse (qc_engine_new_state_finding (application, action));
  if (action == QC_ACTION_REDRAW) {
    if (work->unit->agreement_account == NULL)
      return qc_outcome_refuse (qc_finding_new ("agreement.none", NULL));
    return qc_engine_draw (work, id, error) ? done_with (work, id, error) : NULL;
  }
  return take_back (work, application, id, action, error) ? done_with (work, id, error) : NULL;
}

static QcOutcome *
act_cb (QcWork *work, gpointer data, GError **error)
{
  const ActionCall *act = data;
  gint64 id;
  if (!qc_engine_find_application (work->connection, work->unit_id, act->serial, &id, error))
    return NULL;
  if (id == 0)
    return qc_outcome_new (QC_OUTCOME_NOT_FOUND);
  work->serial = g_strdup (act->serial);
  g_autoptr (QcApplication) application = qc_engine_load_application_row (work->connection, id, TRUE, error);
  if (application == NULL)
    return NULL;
  if (work->call->actors != 0 && (work->call->actors & QC_ACTOR_CLERK) == 0)
    return qc_outcome_refuse (qc_finding_new ("review.role", "serial", application->serial, NULL));
  if (work->call->if_match == application->revision)
    return do_action (work, application, id, act->action, error);
  QcOutcome *outcome = qc_outcome_new (QC_OUTCOME_CONFLICT);
  outcome->application = g_steal_pointer (&application);
  return outcome;
}

QcOutcome *
qc_engine_act (QcConnection *connection, const QcEngineCall *call, const char *serial, QcApplicationAction action,
               GError **error)
{
  ActionCall act = {serial, action};
  g_return_val_if_fail (serial != NULL, NULL);
  g_return_val_if_fail (action == QC_ACTION_DELETE || action == QC_ACTION_CANCEL || action == QC_ACTION_REDRAW, NULL);
  return qc_engine_run (connection, call, qc_action_to_code (action), act_cb, &act, error);
}
