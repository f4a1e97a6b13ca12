/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A 汇缴 tried out: the preview of the present draft with some facts replaced. Nothing is written. Main context; people
 * are read on the database's reader thread.
 */
#include "qc-remittance-service-private.h"

#include <glib/gi18n-lib.h>

#include "qc-session-private.h"

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  QcRemittancePreview *preview = qc_database_finish (QC_DATABASE (source), result, &error);
  if (preview)
    g_task_return_pointer (task, preview, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcRemittanceService *self = g_task_get_source_object (task);
  QcPreviewRequest *wanted = g_task_get_task_data (task);
  GError *error = NULL;
  if (!qc_draft_load_finish (QC_DRAFT (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  QcPreviewRequest *request = qc_remittance_service_dup_request (self);
  if (wanted->method != QC_METHOD_NONE)
    request->method = wanted->method;
  if (wanted->end != QC_MONTH_NONE)
    request->end = wanted->end;
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, wanted->answers);
  gpointer account, klass;
  while (g_hash_table_iter_next (&iter, &account, &klass))
    g_hash_table_replace (request->answers, g_strdup (account), klass);
  qc_database_read_async (qc_session_get_database (qc_business_service_get_session (QC_BUSINESS_SERVICE (self))),
                          "remittance-try", qc_remittance_compute, request, (GDestroyNotify)qc_preview_request_unref,
                          g_object_unref, g_task_get_cancellable (task), tried_cb, g_object_ref (task));
}

void
qc_remittance_service_try_async (QcRemittanceService *self, QcMethod method, QcMonth end, GHashTable *answers,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  QcPreviewRequest *wanted = qc_preview_request_new ();
  g_return_if_fail (QC_IS_REMITTANCE_SERVICE (self));
  wanted->method = method;
  wanted->end = end;
  gpointer account, klass;
  GHashTableIter iter;
  if (answers) {
    g_hash_table_iter_init (&iter, answers);
    while (g_hash_table_iter_next (&iter, &account, &klass))
      g_hash_table_replace (wanted->answers, g_strdup (account), klass);
  }
  g_task_set_source_tag (task, qc_remittance_service_try_async);
  g_task_set_task_data (task, wanted, (GDestroyNotify)qc_preview_request_unref);
  if (!qc_business_service_get_unit (QC_BUSINESS_SERVICE (self))) {
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_NO_UNIT, _ ("No unit is open"));
    return;
  }
  qc_draft_load_async (self->draft, cancellable, loaded_cb, g_object_ref (task));
}

QcRemittancePreview *
qc_remittance_service_try_finish (QcRemittanceService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
