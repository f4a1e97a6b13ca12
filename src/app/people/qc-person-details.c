/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One person with bases and what was paid, for the side panel of the roster. Main thread; reading on the reader thread.
 */
#include "qc-people-list.h"

#include <glib/gi18n-lib.h>

#include "qc-session-private.h"
#include "qc-store-bases.h"
#include "qc-store-people.h"
#include "qc-store-policies.h"
#include "qc-store-spans.h"
#include "qc-store-units.h"

typedef struct {
  char *profile, *unit, *account; /* (owned) */
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;
  g_free (request->profile);
  g_free (request->unit);
  g_free (request->account);
  g_free (request);
}

void
qc_person_details_free (QcPersonDetails *details)
{
  g_clear_pointer (&details->employee, qc_employee_free);
  g_clear_pointer (&details->bases, g_array_unref);
  g_clear_pointer (&details->spans, g_array_unref);
  g_free (details);
}

static gboolean
read_contribution (QcConnection *connection, const Request *request, QcPersonDetails *details, GError **error)
{
  g_autoptr (QcUnit) unit = NULL;
  g_autoptr (GArray) policies = qc_store_policies_get (connection, request->profile, request->unit, error);
  g_autoptr (GArray) ratios
      = policies ? qc_store_ratios_get (connection, request->profile, request->unit, error) : NULL;
  if (!ratios || !qc_store_unit_get (connection, request->profile, request->unit, &unit, error))
    return FALSE;
  QcMonth due = unit ? qc_unit_due_month (unit) : QC_MONTH_NONE;
  const QcPolicy *policy = qc_policy_at (policies, due);
  const QcRatios *ratio = qc_ratios_at (ratios, due);
  details->has_contribution = policy && ratio;
  if (details->has_contribution)
    details->contribution = qc_contribution_compute (details->employee->base, ratio, policy);
  return TRUE;
}

static gboolean
read_parts (QcConnection *connection, const Request *request, QcPersonDetails *details, GError **error)
{
  if (!qc_store_people_get_kept (connection, request->profile, request->unit, request->account, &details->employee,
                                 &details->id, error))
    return FALSE;
  if (!details->employee) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("This person is no longer in the roster."));
    return FALSE;
  }
  details->bases = qc_store_bases_get (connection, request->profile, request->unit, request->account, error);
  g_autoptr (GPtrArray) spans
      = details->bases ? qc_store_spans_of (connection, request->profile, request->unit, request->account, error)
                       : NULL;
  if (!spans)
    return FALSE;
  details->spans = g_array_new (FALSE, FALSE, sizeof (QcPaidSpan));
  for (guint i = 0; i < spans->len; i++)
    g_array_append_val (details->spans, ((QcStoreSpan *)g_ptr_array_index (spans, i))->span);
  return read_contribution (connection, request, details, error);
}

static gpointer
read_details (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  QcPersonDetails *details = g_new0 (QcPersonDetails, 1);
  if (read_parts (connection, data, details, error))
    return details;
  qc_person_details_free (details);
  return NULL;
}

static void
details_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  QcPersonDetails *details = qc_database_finish (QC_DATABASE (source), result, &error);
  if (details)
    g_task_return_pointer (task, details, (GDestroyNotify)qc_person_details_free);
  else
    g_task_return_error (task, error);
}

void
qc_person_details_load_async (QcSession *session, const char *account, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_person_details_load_async);
  Request *request = g_new0 (Request, 1);
  request->profile = g_strdup (qc_session_get_profile_id (session));
  request->unit = g_strdup (qc_session_get_unit_account (session));
  request->account = g_strdup (account);
  qc_database_read_async (qc_session_get_database (session), "person", read_details, request, request_free,
                          (GDestroyNotify)qc_person_details_free, cancellable, details_cb, g_object_ref (task));
}

QcPersonDetails *
qc_person_details_load_finish (QcSession *session, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
