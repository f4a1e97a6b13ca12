/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What each answer, or its absence, means for an item of the outbox, and the transaction that writes it down. The rule
 * behind all of it: without the center's own word an item that was sent is neither done nor not done.
 */
#include "qc-outbox-moves.h"

#include "qc-store-applications.h"

QcMove *
qc_move_new (QcMoveKind kind, const QcStoreOutboxItem *item, gint64 now)
{
  QcMove *move = g_new0 (QcMove, 1);
  move->kind = kind;
  move->item = item->id;
  move->now = now;
  move->profile = g_strdup (item->profile);
  move->unit = g_strdup (item->unit);
  return move;
}

void
qc_move_free (QcMove *move)
{
  g_clear_pointer (&move->answer, g_bytes_unref);
  g_clear_pointer (&move->application, qc_application_free);
  g_clear_pointer (&move->findings, g_ptr_array_unref);
  g_free (move->profile);
  g_free (move->unit);
  g_free (move->serial);
  g_free (move->reason);
  g_free (move);
}

static gboolean
run_accept (QcConnection *connection, QcMove *move, GError **error)
{
  if (move->application && !qc_store_applications_put (connection, move->profile, move->unit, move->application, error))
    return FALSE;
  return qc_store_outbox_accept (connection, move->item, move->status, move->answer, move->serial, move->now, error);
}

static gboolean
run_give_up (QcConnection *connection, QcMove *move, GError **error)
{
  return qc_store_outbox_retry (connection, move->item, move->reason, TRUE, move->now, move->now, error)
         && qc_store_outbox_withdraw (connection, move->item, move->now, error);
}

gpointer
qc_move_run (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  QcMove *move = data;
  gboolean good = FALSE;
  switch (move->kind) {
  case QC_MOVE_BEGIN:
    good = qc_store_outbox_begin_attempt (connection, move->item, move->now, error);
    break;
  case QC_MOVE_ACCEPT:
    good = run_accept (connection, move, error);
    break;
  case QC_MOVE_REFUSE:
    good = qc_store_outbox_refuse (connection, move->item, move->status, move->answer, move->findings, move->reason,
                                   move->now, error);
    break;
  case QC_MOVE_RETRY:
    good = qc_store_outbox_retry (connection, move->item, move->reason, move->not_received, move->next_try, move->now,
                                  error);
    break;
  case QC_MOVE_PUT_OFF:
    good = qc_store_outbox_put_off (connection, move->item, move->reason, move->next_try, move->now, error);
    break;
  case QC_MOVE_UNKNOWN:
    good = qc_store_outbox_set_unknown (connection, move->item, move->reason, move->next_try, move->now, error);
    break;
  case QC_MOVE_GIVE_UP:
    good = run_give_up (connection, move, error);
    break;
  case QC_MOVE_WITHDRAW:
    good = qc_store_outbox_withdraw (connection, move->item, move->now, error);
    break;
  }
  return good ? QC_DATABASE_DONE : NULL;
}

gboolean
qc_move_is_submission (const QcStoreOutboxItem *item)
{
  return g_strcmp0 (item->kind, "submission") == 0;
}

/* Whether @application is what @sent asks for, with @lines people at most. */
static gboolean
is_figure_of (const QcSubmission *sent, guint lines, const QcApplication *application)
{
  if (sent->remittance == NULL)
    return application->effective == sent->effective && application->people <= lines;
  QcMoney fen = 0;
  for (guint i = 0; i < sent->remittance->months->len; i++)
    fen += qc_month_line_fen (&g_array_index (sent->remittance->months, QcMonthLine, i));
  return application->start == sent->remittance->start && application->end == sent->remittance->end
         && application->fen == fen;
}

/* Whether @answer speaks of @item: its key, business and figures; of an action, what it acts on. */
static gboolean
is_ours (const QcStoreOutboxItem *item, const QcWireAnswer *answer)
{
  const QcApplication *application = answer->application;
  if (application == NULL || application->business != item->business)
    return FALSE;
  if (!qc_move_is_submission (item))
    return g_strcmp0 (application->serial, item->serial) == 0;
  guint lines = 0;
  g_autoptr (QcSubmission) sent = qc_wire_decode_submission_head (item->body, &lines, NULL);
  return g_strcmp0 (application->key, item->key) == 0 && sent != NULL && sent->business == application->business
         && is_figure_of (sent, lines, application);
}

static QcMove *
move_unknown (const QcStoreOutboxItem *item, const char *reason, gint64 next_try, gint64 now)
{
  QcMove *move = qc_move_new (QC_MOVE_UNKNOWN, item, now);
  move->reason = g_strdup (reason);
  move->next_try = next_try;
  return move;
}

/* @bytes: as it came; takes @answer's application. */
static QcMove *
move_accept (const QcStoreOutboxItem *item, int status, GBytes *bytes, QcWireAnswer *answer, gint64 now)
{
  QcMove *move = qc_move_new (QC_MOVE_ACCEPT, item, now);
  move->status = status;
  move->answer = g_bytes_ref (bytes);
  move->application = g_steal_pointer (&answer->application);
  move->serial = g_strdup (move->application ? move->application->serial : item->serial);
  return move;
}

static QcMove *
move_refuse (const QcStoreOutboxItem *item, const QcProblem *problem, gint64 now)
{
  QcMove *move = qc_move_new (QC_MOVE_REFUSE, item, now);
  move->status = problem->status;
  move->answer = qc_wire_encode_problem (problem);
  move->findings = qc_problem_dup_findings (problem);
  move->reason = g_strdup (problem->code);
  return move;
}

QcMove *
qc_move_for_answer (const QcStoreOutboxItem *item, int status, GBytes *bytes, gint64 now)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (QcWireAnswer) answer = qc_wire_decode_answer (bytes, &fault);
  if (answer == NULL) {
    g_debug ("answer to %s: %s", item->key, fault->message);
    return move_unknown (item, "bad-answer", now, now);
  }
  if (!is_ours (item, answer))
    return move_unknown (item, QC_MOVE_NOT_OURS, now, now);
  return move_accept (item, status, bytes, answer, now);
}

/* The center never got it: a submission goes out again under its key; a direct action is over, because it was decided
 * on what the clerk saw then. */
static QcMove *
move_not_received (const QcStoreOutboxItem *item, const char *reason, gint64 next_try, gint64 now)
{
  QcMove *move = qc_move_new (qc_move_is_submission (item) ? QC_MOVE_RETRY : QC_MOVE_GIVE_UP, item, now);
  move->reason = g_strdup (reason);
  move->not_received = TRUE;
  move->next_try = next_try;
  return move;
}

QcMove *
qc_move_for_status (const QcStoreOutboxItem *item, GBytes *bytes, guint wait, gint64 now, GError **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (QcWireStatus) status = qc_wire_decode_status (bytes, &fault);
  if (status == NULL) {
    g_propagate_error (error, qc_sync_error_new_bad_answer (fault->message));
    return NULL;
  }
  if (status->state == QC_WIRE_KEY_ACCEPTED && status->answer && !is_ours (item, status->answer))
    return move_unknown (item, QC_MOVE_NOT_OURS, now + wait, now);
  if (status->state == QC_WIRE_KEY_ACCEPTED && status->answer) {
    g_autoptr (GBytes) answer
        = qc_wire_encode_answer (status->answer->application, status->answer->person, status->answer->findings);
    return move_accept (item, 200, answer, status->answer, now);
  }
  if (status->state == QC_WIRE_KEY_REFUSED && status->problem)
    return move_refuse (item, status->problem, now);
  /* Once more at once; if it gets lost again and again, something in between swallows it: no circle without pauses, in
   * which the time counts that went by until the center could be asked. */
  gint64 next_try = item->attempts > 1 ? CLAMP (item->tried + wait, now, now + wait) : now;
  return move_not_received (item, "not-received", next_try, now);
}

QcMove *
qc_move_for_error (const QcStoreOutboxItem *item, const GError *error, guint wait, gint64 now)
{
  const QcProblem *problem = qc_sync_error_get_problem (error);
  if (g_error_matches (error, QC_SYNC_ERROR, QC_SYNC_ERROR_PROBLEM) && problem) {
    /* said of the account, not of the business: that waits for the right one */
    if (qc_move_is_submission (item) && g_strcmp0 (problem->code, QC_PROBLEM_FORBIDDEN) == 0)
      return move_not_received (item, problem->code, now + wait, now);
    return move_refuse (item, problem, now);
  }
  if (error->domain == QC_SYNC_ERROR) {
    switch ((QcSyncError)error->code) {
    case QC_SYNC_ERROR_UNKNOWN_OUTCOME:
    case QC_SYNC_ERROR_TOO_LARGE:
    case QC_SYNC_ERROR_BAD_ANSWER:
      return move_unknown (item, "no-answer", now, now);
    case QC_SYNC_ERROR_RETRY_LATER: {
      QcMove *move = move_not_received (item, "busy", now + MAX (wait, qc_sync_error_get_retry_after (error)), now);
      if (move->kind == QC_MOVE_RETRY)
        move->not_received = FALSE; /* bytes did leave: it can no longer be taken back */
      return move;
    }
    case QC_SYNC_ERROR_UNAUTHORIZED:
      return move_not_received (item, "signed-out", now, now);
    default:
      break;
    }
  }
  return move_not_received (item, "offline", now + wait, now);
}
