/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The book of what was handed out: uses of vouchers and the journal of them, together in one transaction. Main context,
 * but for the database's function.
 */
#include "qc-voucher-service-private.h"

#include <glib/gi18n-lib.h>

#include "qc-error-text.h"
#include "qc-session-private.h"
#include "qc-store-journal.h"

typedef struct {
  QcVoucherBatch *batch; /* (owned) */
  guint n;               /* the first so many of it */
  char *user;            /* (owned) (nullable) */
  const char *event;     /* static */
  char *where;           /* (owned) (nullable) */
  gboolean counts;       /* FALSE: only the journal */
  gint64 now;
} Uses;

static void
uses_free (gpointer data)
{
  Uses *uses = data;
  g_object_unref (uses->batch);
  g_free (uses->user);
  g_free (uses->where);
  g_free (uses);
}

static gpointer
write_uses (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Uses *uses = data;
  const char *profile = qc_voucher_batch_get_profile (uses->batch), *unit = qc_voucher_batch_get_unit (uses->batch);
  for (guint i = 0; i < uses->n; i++) {
    const QcVoucherEntry *entry = qc_voucher_batch_get_entry (uses->batch, i);
    if (!qc_store_journal_append (connection, uses->now, profile, unit, uses->user, uses->event, entry->serial,
                                  uses->where, error)
        || (uses->counts
            && !qc_store_vouchers_add_print (connection, profile, unit, entry->serial, entry->issued, entry->issue,
                                             error)))
      return NULL;
  }
  return QC_DATABASE_DONE;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  if (qc_database_finish (QC_DATABASE (source), result, &error)) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  g_autoptr (QcErrorText) text = qc_error_text_new (error);
  g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_NOT_COUNTED,
                           _ ("It could not be written into the book of what was handed out (%s)."), text->title);
}

void
qc_voucher_service_write_book_async (QcVoucherService *self, QcVoucherBatch *batch, guint n, const char *event,
                                     const char *where, gboolean counts, GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  QcSession *session = qc_voucher_service_get_session (self);
  QcDatabase *database = qc_session_get_database (session);
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, qc_voucher_service_write_book_async);
  if (counts)
    qc_voucher_batch_set_used (batch);
  if (!database) {
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_NOT_COUNTED,
                             _ ("It could not be written into the book of what was handed out (%s)."),
                             _ ("The data are not open"));
    return;
  }
  Uses *uses = g_new0 (Uses, 1);
  uses->batch = g_object_ref (batch);
  uses->n = n;
  uses->user = g_strdup (qc_session_get_user_name (session));
  uses->event = event;
  uses->where = g_strdup (where);
  uses->counts = counts;
  uses->now = qc_clock_now (qc_context_get_clock (qc_session_get_context (session)));
  qc_database_write_async (database, "voucher.used", write_uses, uses, uses_free, NULL, NULL, written_cb,
                           g_steal_pointer (&task));
}

gboolean
qc_voucher_service_write_book_finish (QcVoucherService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
qc_voucher_service_note_printed_async (QcVoucherService *self, QcVoucherBatch *batch, const char *printer,
                                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_VOUCHER_SERVICE (self) && QC_IS_VOUCHER_BATCH (batch));
  qc_voucher_service_write_book_async (self, batch, qc_voucher_batch_get_n (batch), "voucher.printed", printer, TRUE,
                                       callback, user_data);
}

void
qc_voucher_service_note_print_unknown_async (QcVoucherService *self, QcVoucherBatch *batch, const char *printer,
                                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_VOUCHER_SERVICE (self) && QC_IS_VOUCHER_BATCH (batch));
  qc_voucher_service_write_book_async (self, batch, qc_voucher_batch_get_n (batch), "voucher.print-unknown", printer,
                                       FALSE, callback, user_data);
}

gboolean
qc_voucher_service_note_finish (QcVoucherService *self, GAsyncResult *result, GError **error)
{
  return qc_voucher_service_write_book_finish (self, result, error);
}
