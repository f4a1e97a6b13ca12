/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Whether prepared vouchers still say what is so: an application that moved on since has another paper, or none. Main
 * context; the records are read on the reader thread.
 */
#include "qc-session-private.h"
#include "qc-store-applications.h"
#include "qc-voucher-service-private.h"

void
qc_voucher_standing_free (QcVoucherStanding *standing)
{
  g_strfreev (standing->serials);
  g_free (standing);
}

static gboolean
compare_one (QcConnection *connection, QcVoucherBatch *batch, const char *serial, QcVoucherStanding *standing,
             GStrvBuilder *serials, GError **error)
{
  const char *profile = qc_voucher_batch_get_profile (batch), *unit = qc_voucher_batch_get_unit (batch);
  g_autoptr (QcApplication) application = NULL;
  QcStoreVoucher *kept = NULL;
  if (!qc_store_applications_get (connection, profile, unit, serial, &application, error)
      || !qc_store_vouchers_get (connection, profile, unit, serial, &kept, error))
    return FALSE;
  gboolean moved = application && kept && application->revision > kept->revision;
  if (moved && standing->changed++ == 0)
    standing->state = application->state;
  if (!application || qc_application_can (application, QC_ACTION_PRINT))
    g_strv_builder_add (serials, serial);
  qc_store_voucher_free (kept);
  return TRUE;
}

static gpointer
compare (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  QcVoucherBatch *batch = data;
  g_autoptr (QcVoucherStanding) standing = g_new0 (QcVoucherStanding, 1);
  g_autoptr (GStrvBuilder) serials = g_strv_builder_new ();
  for (guint i = 0; i < qc_voucher_batch_get_n (batch); i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error)
        || !compare_one (connection, batch, qc_voucher_batch_get_entry (batch, i)->serial, standing, serials, error))
      return NULL;
  standing->serials = g_strv_builder_end (serials);
  return g_steal_pointer (&standing);
}

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  QcVoucherStanding *standing = qc_database_finish (QC_DATABASE (source), result, &error);
  if (standing)
    g_task_return_pointer (task, standing, (GDestroyNotify)qc_voucher_standing_free);
  else
    g_task_return_error (task, error);
}

void
qc_voucher_service_compare_async (QcVoucherService *self, QcVoucherBatch *batch, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_VOUCHER_SERVICE (self) && QC_IS_VOUCHER_BATCH (batch));
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_voucher_service_compare_async);
  qc_database_read_async (qc_session_get_database (qc_voucher_service_get_session (self)), "voucher.compare", compare,
                          g_object_ref (batch), g_object_unref, (GDestroyNotify)qc_voucher_standing_free, cancellable,
                          compared_cb, task);
}

QcVoucherStanding *
qc_voucher_service_compare_finish (QcVoucherService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
