/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 与上月相同: the draft of the month that is due, as the last 汇缴 was. What was paid last is read from the records,
 * what would be paid now is the preview, and both have to be the same before anything counts as reviewed. Main context;
 * reading on the reader thread.
 */
#include "qc-remittance-service-private.h"

#include "qc-session-private.h"
#include "qc-store-applications.h"

typedef struct {
  char *profile, *unit; /* (owned) */
} Last;

static void
last_free (Last *last)
{
  g_free (last->profile);
  g_free (last->unit);
  g_free (last);
}

/* The method of the newest 汇缴 that was not taken away, as GINT_TO_POINTER (method + 1). */
static gpointer
read_method (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Last *last = data;
  QcStoreApplicationQuery query = QC_STORE_APPLICATION_QUERY_ALL;
  query.business = QC_BUSINESS_REMITTANCE;
  query.states = ~(1u << QC_STATE_DELETED | 1u << QC_STATE_CANCELLED | 1u << QC_STATE_RETURNED);
  g_autoptr (GPtrArray) list = qc_store_applications_list (connection, last->profile, last->unit, &query, 0, 1, error);
  if (!list)
    return NULL;
  const QcApplication *application = list->len > 0 ? g_ptr_array_index (list, 0) : NULL;
  return GINT_TO_POINTER ((application ? application->method : QC_METHOD_NONE) + 1);
}

static QcSameResult
judge (QcRemittanceService *self, QcMethod last)
{
  QcRemittancePreview *preview = self->preview;
  if (last != QC_METHOD_NONE && last != qc_remittance_preview_get_allowed_method (preview))
    return QC_SAME_METHOD;
  if (qc_remittance_preview_is_blocked (preview))
    return QC_SAME_BLOCKED;
  return qc_month_sheet_is_same (preview->sheet) ? QC_SAME_READY : QC_SAME_DIFFERS;
}

static void
previewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcRemittanceService *self = QC_REMITTANCE_SERVICE (source);
  GError *error = NULL;
  g_autoptr (QcRemittancePreview) preview = qc_remittance_service_preview_finish (self, result, &error);
  if (!preview) {
    g_task_return_error (task, error);
    return;
  }
  QcSameResult judged = judge (self, GPOINTER_TO_INT (g_task_get_task_data (task)));
  if (judged == QC_SAME_READY)
    qc_remittance_service_set_all_reviewed (self, TRUE);
  g_task_return_int (task, judged);
}

static void
method_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcRemittanceService *self = g_task_get_source_object (task);
  GError *error = NULL;
  gpointer method = qc_database_finish (QC_DATABASE (source), result, &error);
  if (!method) {
    g_task_return_error (task, error);
    return;
  }
  g_task_set_task_data (task, GINT_TO_POINTER (GPOINTER_TO_INT (method) - 1), NULL);
  qc_draft_begin_step (self->draft);
  qc_remittance_service_set_method (self, qc_remittance_preview_get_allowed_method (self->preview));
  qc_remittance_service_set_end (self, qc_remittance_preview_get_start (self->preview));
  qc_draft_end_step (self->draft);
  qc_remittance_service_preview_async (self, g_task_get_cancellable (task), previewed_cb, g_object_ref (task));
}

/* The first one says which month is due, and what may be paid by. */
static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcRemittanceService *self = QC_REMITTANCE_SERVICE (source);
  QcBusinessService *service = QC_BUSINESS_SERVICE (self);
  GError *error = NULL;
  g_autoptr (QcRemittancePreview) preview = qc_remittance_service_preview_finish (self, result, &error);
  if (!preview) {
    g_task_return_error (task, error);
    return;
  }
  Last *last = g_new0 (Last, 1);
  last->profile = g_strdup (qc_business_service_get_profile (service));
  last->unit = g_strdup (qc_business_service_get_unit (service));
  qc_database_read_async (qc_session_get_database (qc_business_service_get_session (service)), "remittance-last",
                          read_method, last, (GDestroyNotify)last_free, NULL, g_task_get_cancellable (task), method_cb,
                          g_object_ref (task));
}

void
qc_remittance_service_same_async (QcRemittanceService *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (QC_IS_REMITTANCE_SERVICE (self));
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  qc_remittance_service_preview_async (self, cancellable, begun_cb, g_object_ref (task));
}

gboolean
qc_remittance_service_same_finish (QcRemittanceService *self, GAsyncResult *result, QcSameResult *out, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_autoptr (GError) own = NULL;
  gssize judged = g_task_propagate_int (G_TASK (result), &own);
  if (own) {
    g_propagate_error (error, g_steal_pointer (&own));
    return FALSE;
  }
  *out = (QcSameResult)judged;
  return TRUE;
}
