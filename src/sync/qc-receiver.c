/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One question, one answer; see the header. Main context.
 */
#include "qc-receiver.h"

#include "qc-sync-error.h"
#include "qc-wire-receiver.h"

static gboolean
is_unknown (const GError *error)
{
  const QcProblem *problem
      = g_error_matches (error, QC_SYNC_ERROR, QC_SYNC_ERROR_PROBLEM) ? qc_sync_error_get_problem (error) : NULL;
  return problem != NULL && problem->status == 404 && g_strcmp0 (problem->code, QC_PROBLEM_NOT_FOUND) == 0;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const char *account = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (QcAnswer) answer = qc_tokens_send_finish (QC_TOKENS (source), result, &error);
  if (answer == NULL && is_unknown (error)) {
    g_clear_error (&error);
    g_task_return_pointer (task, qc_other_unit_new (account), (GDestroyNotify)qc_other_unit_free);
    return;
  }
  if (answer == NULL) {
    g_task_return_error (task, error);
    return;
  }
  QcOtherUnit *unit = qc_wire_decode_receiver (answer->body, account, &error);
  if (unit != NULL) {
    g_task_return_pointer (task, unit, (GDestroyNotify)qc_other_unit_free);
    return;
  }
  g_task_return_error (task, qc_sync_error_new_bad_answer (error->message));
  g_error_free (error);
}

void
qc_receiver_ask_async (QcTokens *tokens, const char *unit, const char *account, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_TOKENS (tokens) && unit != NULL && account != NULL);
  GTask *task = g_task_new (tokens, cancellable, callback, user_data);
  g_autofree char *own = g_uri_escape_string (unit, NULL, FALSE);
  g_autofree char *other = g_uri_escape_string (account, NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("/api/v1/units/%s/receivers/%s", own, other);
  g_task_set_source_tag (task, qc_receiver_ask_async);
  g_task_set_task_data (task, g_strdup (account), g_free);
  QcRequest request = {.method = "GET", .path = path};
  qc_tokens_send_async (tokens, &request, cancellable, answered_cb, task);
}

QcOtherUnit *
qc_receiver_ask_finish (QcTokens *tokens, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, tokens), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
