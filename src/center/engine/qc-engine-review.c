/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Claim, approve, return; see the header. Writer thread only.
 */
#include "qc-engine-review.h"

#include "qc-engine-roster.h"
#include "qc-engine-upload.h"
#include "qc-wire-line.h"

/* ---- what was submitted ---- */

static QcRosterLine *
read_line (QcBusiness business, const char *fields, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (fields, strlen (fields));
  QcWireReader reader;
  QcWireObject root;
  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_request, &root, error))
    return NULL;
  g_autoptr (QcRosterLine) line = qc_wire_read_line (&root, business);
  return qc_wire_reader_close (&reader, error) ? g_steal_pointer (&line) : NULL;
}

static gboolean
read_lines (QcConnection *connection, gint64 id, QcSubmission *submission, GError **error)
{
  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection, "SELECT fields FROM application_line WHERE application = ? ORDER BY line", error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_int (s, 1, id);
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return TRUE;
    QcRosterLine *line = read_line (submission->business, qc_statement_get_text (s, 0), error);
    if (line == NULL)
      return FALSE;
    qc_roster_take (submission->roster, -1, line);
  }
  return FALSE;
}

static QcSubmission *
load_submission (QcConnection *connection, const QcApplication *application, gint64 id, GError **error)
{
  g_autoptr (QcSubmission) submission = qc_submission_new (application->business);
  submission->effective = application->effective;
  submission->method = application->method;
  submission->replaces = g_strdup (application->replaces);
  GPtrArray *attachments = qc_engine_load_attachments (connection, id, error);
  if (attachments == NULL)
    return NULL;
  g_ptr_array_unref (submission->attachments);
  submission->attachments = attachments;
  return read_lines (connection, id, submission, error) ? g_steal_pointer (&submission) : NULL;
}

QcSubmission *
qc_engine_load_submission (QcConnection *connection, const char *unit, const char *serial, GError **error)
{
  g_autoptr (QcApplication) application = qc_engine_load_application (connection, unit, serial, error);
  gint64 id;
  if (application == NULL || !qc_engine_find_application (connection, 0, serial, &id, error))
    return NULL;
  return load_submission (connection, application, id, error);
}

/* ---- 退回原因 ---- */

GPtrArray *
qc_engine_load_reasons (QcConnection *connection, gint64 application, GError **error)
{
  g_autoptr (GPtrArray) reasons = qc_return_reasons_new ();
  g_autoptr (QcStatement) s
      = qc_connection_prepare (connection,
                               "SELECT code, target, text, line, field, attachment FROM application_reason WHERE "
                               "application = ? ORDER BY position",
                               error);
  if (s == NULL)
    return NULL;
  qc_statement_bind_int (s, 1, application);
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&reasons);
    QcReturnReason *reason
        = qc_return_reason_new (qc_statement_get_text (s, 0), QC_RETURN_APPLICATION, qc_statement_get_text (s, 2));
    qc_return_target_from_code (qc_statement_get_text (s, 1), &reason->target);
    reason->line = qc_statement_get_int (s, 3);
    reason->field = qc_statement_dup_text (s, 4);
    reason->attachment = qc_statement_dup_text (s, 5);
    g_ptr_array_add (reasons, reason);
  }
  return NULL;
}

static gboolean
write_reasons (QcConnection *connection, gint64 application, const GPtrArray *reasons, GError **error)
{
  for (guint i = 0; i < reasons->len; i++) {
    const QcReturnReason *reason = g_ptr_array_index (reasons, i);
    if (!qc_sql_run (connection, error,
                     "INSERT INTO application_reason (application, position, code, target, text, line, field, "
                     "attachment) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                     application, i, reason->code, qc_return_target_to_code (reason->target), reason->text,
                     reason->line, reason->field, reason->attachment))
      return FALSE;
  }
  return TRUE;
}

/* ---- claims ---- */

void
qc_review_claim_free (QcReviewClaim *claim)
{
  if (claim == NULL)
    return;
  g_free (claim->staff);
  g_free (claim);
}

static gboolean
find_claim (QcConnection *connection, gint64 application, gint64 now, QcReviewClaim **out, GError **error)
{
  *out = NULL;
  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection, "SELECT staff, until FROM review_claim WHERE application = ? AND until > ?", error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_int (s, 1, application);
  qc_statement_bind_int (s, 2, now);
  gboolean has_row;
  if (!qc_statement_step (s, &has_row, error))
    return FALSE;
  if (has_row) {
    *out = g_new (QcReviewClaim, 1);
    **out = (QcReviewClaim) {qc_statement_dup_text (s, 0), qc_statement_get_int (s, 1)};
  }
  return TRUE;
}

gboolean
qc_engine_load_claim (QcConnection *connection, const char *serial, gint64 now, QcReviewClaim **out, GError **error)
{
  gint64 id;
  *out = NULL;
  return qc_engine_find_application (connection, 0, serial, &id, error)
         && (id == 0 || find_claim (connection, id, now, out, error));
}

/* ---- the frame of what a reviewer does ---- */

/* One thing a reviewer does with an application that is looked up and judged first. */
typedef struct {
  const char *serial;
  QcApplicationEvent event; /* what it leads to; its actors are whose it is */
  gboolean decides;         /* a verdict: bound to the revision, and to nobody else's claim */
  gboolean take_over;       /* a claim: somebody else's goes */
  const GPtrArray *reasons;
  QcOutcome *(*func) (QcWork *work, QcApplication *application, gint64 id, gpointer review, GError **error);
} Review;

static QcFinding *
new_finding (const char *code, const char *serial)
{
  return qc_finding_new (code, "serial", serial, NULL);
}

static QcFinding *
new_claimed (const char *serial, const QcReviewClaim *claim)
{
  QcFinding *finding = new_finding ("review.claimed", serial);
  qc_finding_set_arg (finding, "actor", claim->staff);
  qc_finding_set_arg_time (finding, "time", claim->until);
  return finding;
}

/* Why the caller may not at all; NULL where she may. */
static QcFinding *
refuse_caller (QcWork *work, const QcApplication *application, const Review *review)
{
  const QcEngineCall *call = work->call;
  if ((call->actors & qc_application_event_actors (review->event)) == 0)
    return new_finding ("review.role", application->serial);
  if (g_strcmp0 (application->entered_by, call->actor) == 0)
    return new_finding ("review.own", application->serial);
  return NULL;
}

static QcOutcome *
review_cb (QcWork *work, gpointer data, GError **error)
{
  Review *review = data;
  gint64 id;
  if (!qc_engine_find_application (work->connection, work->unit_id, review->serial, &id, error))
    return NULL;
  if (id == 0)
    return qc_outcome_new (QC_OUTCOME_NOT_FOUND);
  work->serial = g_strdup (review->serial);
  g_autoptr (QcApplication) application = qc_engine_load_application_row (work->connection, id, TRUE, error);
  g_autoptr (QcReviewClaim) claim = NULL;
  if (application == NULL || !find_claim (work->connection, id, work->call->now, &claim, error))
    return NULL;
  QcFinding *refused = refuse_caller (work, application, review);
  if (refused != NULL)
    return qc_outcome_refuse (refused);
  QcApplicationState next;
  if ((review->decides && work->call->if_match != application->revision)
      || !qc_application_move (application->business, application->state, review->event, &next)) {
    QcOutcome *outcome = qc_outcome_new (QC_OUTCOME_CONFLICT);
    outcome->application = g_steal_pointer (&application);
    return outcome;
  }
  if (claim != NULL && !review->take_over && g_strcmp0 (claim->staff, work->call->actor) != 0)
    return qc_outcome_refuse (new_claimed (application->serial, claim));
  if (claim != NULL && g_strcmp0 (claim->staff, work->call->actor) != 0)
    work->detail = g_strdup_printf ("from %s", claim->staff);
  return review->func (work, application, id, review, error);
}

static QcOutcome *
done_with (QcWork *work, gint64 id, GPtrArray *findings, GError **error)
{
  g_autoptr (QcOutcome) outcome = qc_outcome_new (QC_OUTCOME_DONE);
  if (findings != NULL) {
    g_ptr_array_unref (outcome->findings);
    outcome->findings = g_ptr_array_ref (findings);
  }
  outcome->application = qc_engine_load_application_row (work->connection, id, TRUE, error);
  return outcome->application != NULL ? g_steal_pointer (&outcome) : NULL;
}

static QcOutcome *
claim_func (QcWork *work, QcApplication *application, gint64 id, gpointer review, GError **error)
{
  return qc_sql_run (work->connection, error,
                     "INSERT INTO review_claim (application, staff, until) VALUES (?, ?, ?) ON CONFLICT (application) "
                     "DO UPDATE SET staff = excluded.staff, until = excluded.until",
                     id, work->call->actor, work->call->now + QC_REVIEW_LEASE)
             ? done_with (work, id, NULL, error)
             : NULL;
}

QcOutcome *
qc_engine_claim (QcConnection *connection, const QcEngineCall *call, const char *serial, gboolean take_over,
                 GError **error)
{
  Review review = {.serial = serial, .event = QC_EVENT_APPROVE, .take_over = take_over, .func = claim_func};
  return qc_engine_run (connection, call, take_over ? "review-take-over" : "review-claim", review_cb, &review, error);
}

static QcOutcome *
release_func (QcWork *work, QcApplication *application, gint64 id, gpointer review, GError **error)
{
  return qc_sql_run (work->connection, error, "DELETE FROM review_claim WHERE application = ?", id)
             ? done_with (work, id, NULL, error)
             : NULL;
}

QcOutcome *
qc_engine_release (QcConnection *connection, const QcEngineCall *call, const char *serial, GError **error)
{
  Review review = {.serial = serial, .event = QC_EVENT_APPROVE, .func = release_func};
  return qc_engine_run (connection, call, "review-release", review_cb, &review, error);
}

/* ---- verdicts ---- */

/* Who decided when; the claim has served. */
static gboolean
note_verdict (QcWork *work, gint64 id, const char *event, const char *text, QcMoney fen, GError **error)
{
  return qc_sql_run (work->connection, error, "UPDATE application SET reviewed_by = ?, processed = ? WHERE id = ?",
                     work->call->actor, work->call->now, id)
         && qc_sql_run (work->connection, error, "DELETE FROM review_claim WHERE application = ?", id)
         && qc_engine_add_event (work->connection, id, work->call->now, work->call->actor, event, text, fen, error);
}

/* What acceptance does, beyond the state: money is asked for, or the accounts are there and it is finished. */
static gboolean
carry_out (QcWork *work, const QcRosterPlan *plan, gint64 id, GError **error)
{
  const QcBusinessInfo *info = qc_business_info (plan->submission->business);
  if (info->of_months)
    return qc_engine_back_payment_write (work, plan, id, error) && qc_engine_settle (work, id, error);
  return qc_engine_open_accounts (work, plan, id, error)
         && qc_engine_add_event (work->connection, id, work->call->now, "center", "finished", NULL, 0, error)
         && qc_engine_move (work, id, QC_EVENT_FINISH, error);
}

/* That something counts from another month than was confirmed stands in the timeline. (nullable) */
static char *
dup_note (const GPtrArray *findings)
{
  const QcFinding *finding = findings->len > 0 ? g_ptr_array_index (findings, 0) : NULL;
  if (finding == NULL || g_strcmp0 (finding->code, "opening.month-moved") != 0)
    return NULL;
  return g_strdup_printf ("变更年月为 %s", qc_finding_get_arg (finding, "month", NULL));
}

static QcOutcome *
approve_func (QcWork *work, QcApplication *application, gint64 id, gpointer review, GError **error)
{
  g_autoptr (QcSubmission) submission = load_submission (work->connection, application, id, error);
  g_autoptr (QcRosterPlan) plan = submission != NULL ? qc_roster_plan_new (work, submission, id, error) : NULL;
  if (plan == NULL)
    return NULL;
  g_autoptr (GPtrArray) findings = qc_roster_plan_check_again (plan);
  if (qc_findings_block (findings)) {
    QcOutcome *outcome = qc_outcome_new (QC_OUTCOME_REFUSED);
    g_ptr_array_unref (outcome->findings);
    outcome->findings = g_steal_pointer (&findings);
    return outcome;
  }
  g_autofree char *note = dup_note (findings);
  return note_verdict (work, id, "approved", note, application->fen, error)
                 && qc_engine_move (work, id, QC_EVENT_APPROVE, error) && carry_out (work, plan, id, error)
             ? done_with (work, id, findings, error)
             : NULL;
}

QcOutcome *
qc_engine_approve (QcConnection *connection, const QcEngineCall *call, const char *serial, GError **error)
{
  Review review = {.serial = serial, .event = QC_EVENT_APPROVE, .decides = TRUE, .func = approve_func};
  return qc_engine_run (connection, call, "approve", review_cb, &review, error);
}

static QcOutcome *
return_func (QcWork *work, QcApplication *application, gint64 id, gpointer data, GError **error)
{
  const Review *review = data;
  g_autoptr (QcSubmission) submission = load_submission (work->connection, application, id, error);
  g_autoptr (GPtrArray) codes = submission != NULL ? qc_engine_load_codes (work->connection, error) : NULL;
  if (codes == NULL)
    return NULL;
  g_autoptr (QcOutcome) outcome = qc_outcome_new (QC_OUTCOME_REFUSED);
  qc_return_reasons_check (codes, application->business, submission->roster, submission->attachments, review->reasons,
                           outcome->findings);
  if (outcome->findings->len > 0)
    return g_steal_pointer (&outcome);
  g_autofree char *text = qc_return_reasons_dup_text (review->reasons);
  return write_reasons (work->connection, id, review->reasons, error)
                 && qc_sql_run (work->connection, error, "UPDATE application SET return_reason = ? WHERE id = ?", text,
                                id)
                 && note_verdict (work, id, "returned", text, 0, error)
                 && qc_engine_move (work, id, QC_EVENT_RETURN, error)
             ? done_with (work, id, NULL, error)
             : NULL;
}

QcOutcome *
qc_engine_return (QcConnection *connection, const QcEngineCall *call, const char *serial, const GPtrArray *reasons,
                  GError **error)
{
  Review review
      = {.serial = serial, .event = QC_EVENT_RETURN, .decides = TRUE, .reasons = reasons, .func = return_func};
  g_return_val_if_fail (reasons != NULL, NULL);
  return qc_engine_run (connection, call, "return", review_cb, &review, error);
}
