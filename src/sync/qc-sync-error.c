/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The error domain of this room. What goes with an error (reason, problem, Retry-After) is the error's own extended
 * data, so that g_error_copy() and g_propagate_error() carry it along. Any thread.
 */
#include "qc-sync-error.h"

#include <glib/gi18n-lib.h>

typedef struct {
  char *reason;       /* (owned) (nullable) */
  QcProblem *problem; /* (owned) (nullable) */
  guint retry_after;
} QcSyncErrorPrivate;

static void
qc_sync_error_private_init (QcSyncErrorPrivate *priv)
{
}

static void
qc_sync_error_private_copy (const QcSyncErrorPrivate *from, QcSyncErrorPrivate *to)
{
  to->reason = g_strdup (from->reason);
  to->problem = from->problem ? qc_problem_copy (from->problem) : NULL;
  to->retry_after = from->retry_after;
}

static void
qc_sync_error_private_clear (QcSyncErrorPrivate *priv)
{
  g_free (priv->reason);
  g_clear_pointer (&priv->problem, qc_problem_free);
}

G_DEFINE_EXTENDED_ERROR (QcSyncError, qc_sync_error)

GError *
qc_sync_error_new (QcSyncError code, const char *reason, const char *message)
{
  GError *error = g_error_new_literal (QC_SYNC_ERROR, (int)code, message);
  qc_sync_error_get_private (error)->reason = g_strdup (reason);
  return error;
}

GError *
qc_sync_error_new_problem (QcSyncError code, const QcProblem *problem)
{
  g_autoptr (GPtrArray) findings = qc_problem_dup_findings (problem);
  g_autofree char *sentence = qc_finding_dup_sentence (g_ptr_array_index (findings, 0));
  g_debug ("%s: %s", problem->code, problem->detail ? problem->detail : problem->title);
  GError *error = qc_sync_error_new (code, problem->code, sentence);
  qc_sync_error_get_private (error)->problem = qc_problem_copy (problem);
  return error;
}

GError *
qc_sync_error_new_retry (guint seconds)
{
  GError *error = qc_sync_error_new (QC_SYNC_ERROR_RETRY_LATER, NULL,
                                     _ ("The center is busy. Qingce tries again by itself; nothing is lost."));
  qc_sync_error_get_private (error)->retry_after = seconds;
  return error;
}

GError *
qc_sync_error_new_bad_answer (const char *detail)
{
  g_autofree char *message = g_strdup_printf (
      _ ("The center's answer is not in order; nothing of it was used. Tell the center: %s"), detail);
  return qc_sync_error_new (QC_SYNC_ERROR_BAD_ANSWER, NULL, message);
}

const char *
qc_sync_error_get_reason (const GError *error)
{
  if (error == NULL || error->domain != QC_SYNC_ERROR)
    return NULL;
  return qc_sync_error_get_private (error)->reason;
}

const QcProblem *
qc_sync_error_get_problem (const GError *error)
{
  if (error == NULL || error->domain != QC_SYNC_ERROR)
    return NULL;
  return qc_sync_error_get_private (error)->problem;
}

guint
qc_sync_error_get_retry_after (const GError *error)
{
  if (error == NULL || error->domain != QC_SYNC_ERROR)
    return 0;
  return qc_sync_error_get_private (error)->retry_after;
}

gboolean
qc_sync_error_is_temporary (const GError *error)
{
  if (error == NULL || error->domain != QC_SYNC_ERROR)
    return FALSE;
  switch ((QcSyncError)error->code) {
  case QC_SYNC_ERROR_OFFLINE:
  case QC_SYNC_ERROR_RETRY_LATER:
  case QC_SYNC_ERROR_UNKNOWN_OUTCOME:
  case QC_SYNC_ERROR_TIMEOUT:
    return TRUE;
  default:
    return FALSE;
  }
}
