/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 办理 of a 汇缴 and 授权退休年龄. The exact body is committed to the outbox together with the locking of the draft;
 * nothing is sent from here. Main context; the commit runs on the writer thread.
 */
#include "qc-remittance-service-private.h"

#include <glib/gi18n-lib.h>

#include "qc-outbox-item.h"
#include "qc-remittance-private.h"
#include "qc-session-private.h"
#include "qc-store-drafts.h"
#include "qc-store-outbox.h"
#include "qc-store-units.h"
#include "qc-wire-submission.h"

gboolean
qc_remittance_service_can_submit (QcRemittanceService *self)
{
  g_return_val_if_fail (QC_IS_REMITTANCE_SERVICE (self), FALSE);
  if (!self->preview || self->computing || self->error || self->item || qc_draft_get_outbox (self->draft) != 0
      || qc_draft_is_unwritten (self->draft))
    return FALSE;
  return !qc_remittance_preview_is_blocked (self->preview)
         && qc_remittance_service_get_reviewed (self) == qc_remittance_preview_get_lines (self->preview)->len;
}

static QcRemittanceClaim *
claim_of (QcRemittancePreview *preview)
{
  QcRemittanceClaim *claim = qc_remittance_claim_new ();
  const GArray *lines = qc_remittance_preview_get_lines (preview);

  claim->method = qc_remittance_preview_get_method (preview);
  claim->start = qc_remittance_preview_get_start (preview);
  claim->end = qc_remittance_preview_get_end (preview);
  claim->unit_revision = qc_remittance_preview_get_unit (preview)->revision;
  g_array_append_vals (claim->months, lines->data, lines->len);
  return claim;
}

QcRemittanceClaim *
qc_remittance_service_dup_claim (QcRemittanceService *self)
{
  g_return_val_if_fail (QC_IS_REMITTANCE_SERVICE (self), NULL);
  return qc_remittance_service_can_submit (self) ? claim_of (self->preview) : NULL;
}

static gboolean
same_claim (const QcRemittanceClaim *a, const QcRemittanceClaim *b)
{
  if (a->method != b->method || a->start != b->start || a->end != b->end || a->unit_revision != b->unit_revision
      || a->months->len != b->months->len)
    return FALSE;
  for (guint i = 0; i < a->months->len; i++) {
    const QcMonthLine *x = &g_array_index (a->months, QcMonthLine, i);
    const QcMonthLine *y = &g_array_index (b->months, QcMonthLine, i);

    if (x->month != y->month || x->people != y->people || x->unit_fen != y->unit_fen
        || x->personal_fen != y->personal_fen)
      return FALSE;
  }
  return TRUE;
}

/* --- on the writer thread --------------------------------------------------------------------------------------- */

typedef struct {
  char *profile, *unit, *actor; /* (owned) */
  GBytes *body;                 /* (owned) */
  char *summary;                /* (owned) */
  gint64 unit_revision, now;
} Submit;

static void
submit_free (Submit *submit)
{
  g_free (submit->profile);
  g_free (submit->unit);
  g_free (submit->actor);
  g_free (submit->summary);
  g_bytes_unref (submit->body);
  g_free (submit);
}

static gboolean
figures_moved (GError **error)
{
  g_set_error_literal (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT,
                       _ ("The figures have changed since they were confirmed; nothing was submitted. Review them and "
                          "submit again."));
  return FALSE;
}

static gboolean
check_unit (QcConnection *connection, const Submit *submit, GError **error)
{
  g_autoptr (QcUnit) unit = NULL;

  if (!qc_store_unit_get (connection, submit->profile, submit->unit, &unit, error))
    return FALSE;
  return (unit && unit->revision == submit->unit_revision) || figures_moved (error);
}

/* What waits already must be accepted first (decision 12), but for what is held: that may wait for this very one, which
 * was corrected. */
static gboolean
collect_depends (QcConnection *connection, const Submit *submit, QcStoreOutboxItem *item, GError **error)
{
  g_autoptr (GPtrArray) rows = qc_store_outbox_list (connection, submit->profile, submit->unit, 0, error);

  if (!rows)
    return FALSE;
  item->depends = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < rows->len; i++) {
    const QcStoreOutboxItem *row = g_ptr_array_index (rows, i);

    if (row->state != QC_STORE_OUTBOX_HELD && g_strcmp0 (row->kind, "submission") == 0)
      g_array_append_val (item->depends, row->id);
  }
  return TRUE;
}

static void
fill_item (QcStoreOutboxItem *item, const Submit *submit)
{
  g_autofree char *unit = g_uri_escape_string (submit->unit, NULL, FALSE);

  item->profile = g_strdup (submit->profile);
  item->unit = g_strdup (submit->unit);
  item->kind = g_strdup ("submission");
  item->business = QC_BUSINESS_REMITTANCE;
  item->method = g_strdup ("POST");
  item->path = g_strdup_printf ("/api/v1/units/%s/submissions", unit);
  item->body = g_bytes_ref (submit->body);
  item->summary = g_strdup (submit->summary);
  item->actor = g_strdup (submit->actor);
}

static gpointer
commit (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Submit *submit = data;
  g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_item_new ();
  g_autoptr (QcStoreDraft) draft = NULL;

  if (!check_unit (connection, submit, error)
      || !qc_store_draft_find (connection, submit->profile, submit->unit, QC_BUSINESS_REMITTANCE, &draft, error))
    return NULL;
  if (draft && draft->state != QC_STORE_DRAFT_OPEN) {
    g_set_error_literal (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT, _ ("This remittance has already been submitted."));
    return NULL;
  }
  fill_item (item, submit);
  item->draft = draft ? draft->id : 0;
  if (!collect_depends (connection, submit, item, error)
      || !qc_store_outbox_enqueue (connection, item, submit->now, error))
    return NULL;
  return qc_store_outbox_get (connection, item->id, error);
}

/* --- on the main context ---------------------------------------------------------------------------------------- */

static void
add_answer (gpointer account, gpointer klass, gpointer answers)
{
  QcWireClassAnswer answer = {.account = g_strdup (account), .klass = GPOINTER_TO_INT (klass)};

  g_array_append_val (answers, answer);
}

static int
compare_answers (gconstpointer a, gconstpointer b)
{
  return strcmp (((const QcWireClassAnswer *)a)->account, ((const QcWireClassAnswer *)b)->account);
}

/* The exact bytes: the same facts always give the same ones. Of the answers those go along that the figures rest on. */
static GBytes *
encode (QcRemittanceService *self, const QcRemittanceClaim *claim)
{
  g_autoptr (QcWireSubmission) submission = qc_wire_submission_new (QC_BUSINESS_REMITTANCE);

  if (submission->remittance)
    qc_remittance_claim_free (submission->remittance);
  submission->remittance = qc_remittance_claim_new ();
  submission->remittance->method = claim->method;
  submission->remittance->start = claim->start;
  submission->remittance->end = claim->end;
  submission->remittance->unit_revision = claim->unit_revision;
  g_array_append_vals (submission->remittance->months, claim->months->data, claim->months->len);
  g_hash_table_foreach (self->preview->answered, add_answer, submission->class_answers);
  g_array_sort (submission->class_answers, compare_answers);
  return qc_wire_encode_submission (submission);
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcRemittanceService *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcStoreOutboxItem) row = qc_database_finish (QC_DATABASE (source), result, &error);

  self->submitting = FALSE;
  if (!row) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  g_set_object (&self->item, qc_outbox_list_adopt (self->outbox, row));
  g_object_notify (G_OBJECT (self), "item");
  qc_session_data_changed (self->session, QC_DATA_DRAFTS | QC_DATA_QUEUE);
  qc_session_sync_now (self->session);
  g_task_return_pointer (task, g_object_ref (self->item), g_object_unref);
}

void
qc_remittance_service_submit_async (QcRemittanceService *self, const QcRemittanceClaim *claim,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (QcRemittanceClaim) now = NULL;
  g_autoptr (GError) error = NULL;
  Submit *submit;

  g_return_if_fail (QC_IS_REMITTANCE_SERVICE (self));
  now = qc_remittance_service_dup_claim (self);
  if (self->submitting || !now || !same_claim (claim, now)) {
    figures_moved (&error);
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  submit = g_new0 (Submit, 1);
  submit->profile = g_strdup (self->profile);
  submit->unit = g_strdup (self->unit);
  submit->actor = g_strdup (qc_session_get_user_name (self->session));
  submit->body = encode (self, claim);
  submit->summary = qc_outbox_summary_new (claim, qc_remittance_preview_get_people (self->preview));
  submit->unit_revision = claim->unit_revision;
  submit->now = qc_clock_now (qc_context_get_clock (qc_session_get_context (self->session)));
  self->submitting = TRUE;
  qc_database_write_async (qc_session_get_database (self->session), "remittance-submit", commit, submit,
                           (GDestroyNotify)submit_free, (GDestroyNotify)qc_store_outbox_item_free, cancellable,
                           committed_cb, g_steal_pointer (&task));
}

QcOutboxItem *
qc_remittance_service_submit_finish (QcRemittanceService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- 授权退休年龄 ------------------------------------------------------------------------------------------------- */

static void
authorized_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcRemittanceService *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!qc_outbox_retirement_finish (QC_OUTBOX (source), result, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  qc_session_sync_now (self->session);
  g_task_return_boolean (task, TRUE);
}

void
qc_remittance_service_authorize_async (QcRemittanceService *self, QcRemittancePerson *person, QcMonth until,
                                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  QcSync *sync;
  QcOutbox *outbox;
  const char *account;

  g_return_if_fail (QC_IS_REMITTANCE_SERVICE (self));
  account = qc_remittance_person_get_account (person);
  sync = qc_session_get_sync (self->session);
  outbox = sync ? qc_sync_get_outbox (sync) : NULL;
  if (!outbox) {
    g_task_return_error (
        task, qc_sync_error_new (QC_SYNC_ERROR_NO_API, NULL, _ ("This center is not connected; it cannot be asked.")));
    return;
  }
  qc_outbox_retirement_async (outbox, self->unit, account, qc_remittance_service_get_answer (self, account), until,
                              qc_remittance_person_get_revision (person), qc_session_get_user_name (self->session),
                              cancellable, authorized_cb, g_steal_pointer (&task));
}

gboolean
qc_remittance_service_authorize_finish (QcRemittanceService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
