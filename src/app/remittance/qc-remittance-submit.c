/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 办理 of a 汇缴 and 授权退休年龄. The exact body is committed to the outbox together with the locking of the draft;
 * nothing is sent from here. Main context; the commit runs on the writer thread.
 */
#include "qc-remittance-service-private.h"

#include <glib/gi18n-lib.h>

#include "qc-month-sheet-private.h"
#include "qc-outbox-item.h"
#include "qc-overlay.h"
#include "qc-remittance-private.h"
#include "qc-rules-roster.h"
#include "qc-session-private.h"
#include "qc-store-drafts.h"
#include "qc-store-outbox.h"
#include "qc-store-people.h"
#include "qc-store-sheets.h"
#include "qc-store-units.h"
#include "qc-submit.h"
#include "qc-wire-submission.h"

static const GPtrArray *
get_findings (QcBusinessService *service)
{
  QcRemittanceService *self = QC_REMITTANCE_SERVICE (service);
  return self->preview ? qc_remittance_preview_get_findings (self->preview) : NULL;
}

static char *
dup_why_not (QcBusinessService *service)
{
  QcRemittanceService *self = QC_REMITTANCE_SERVICE (service);
  if (!self->preview)
    return g_strdup (_ ("The figures are being computed."));
  if (qc_remittance_preview_is_blocked (self->preview))
    return g_strdup (_ ("First mend or answer what the findings say."));
  if (qc_remittance_service_get_reviewed (self) != qc_remittance_preview_get_lines (self->preview)->len)
    return g_strdup (_ ("First review every month."));
  return NULL;
}

static QcRemittanceClaim *
claim_of (QcRemittancePreview *preview)
{
  QcRemittanceClaim *claim = qc_remittance_claim_new ();
  const GArray *lines = qc_remittance_preview_get_lines (preview);
  claim->method = qc_remittance_preview_get_method (preview);
  claim->start = qc_remittance_preview_get_start (preview);
  claim->end = qc_remittance_preview_get_end (preview);
  claim->terms = g_strdup (preview->terms);
  g_array_append_vals (claim->months, lines->data, lines->len);
  return claim;
}

QcRemittanceClaim *
qc_remittance_service_dup_claim (QcRemittanceService *self)
{
  g_return_val_if_fail (QC_IS_REMITTANCE_SERVICE (self), NULL);
  return qc_business_service_can_submit (QC_BUSINESS_SERVICE (self)) ? claim_of (self->preview) : NULL;
}

/* --- on the writer thread --------------------------------------------------------------------------------------- */

typedef struct {
  char *profile, *unit, *actor; /* (owned) */
  QcSubmission *submission;     /* (owned) (nullable) */
  QcMonthSheet *sheet;          /* (owned) (nullable) 本月与上月 of it */
  GHashTable *answers;          /* (owned) 个人账号 → QcRetirementClass that the figures rest on */
  QcMonth until;                /* with one answer: 授权退休年龄 up to this month, NONE = only the class */
  gint64 draft, unit_revision, now;
} Submit;

static void
submit_free (gpointer data)
{
  Submit *submit = data;
  g_free (submit->profile);
  g_free (submit->unit);
  g_free (submit->actor);
  g_clear_pointer (&submit->submission, qc_submission_free);
  g_clear_object (&submit->sheet);
  g_hash_table_unref (submit->answers);
  g_free (submit);
}

static Submit *
submit_new (QcRemittanceService *self)
{
  QcBusinessService *service = QC_BUSINESS_SERVICE (self);
  QcSession *session = qc_business_service_get_session (service);
  Submit *submit = g_new0 (Submit, 1);
  submit->profile = g_strdup (qc_business_service_get_profile (service));
  submit->unit = g_strdup (qc_business_service_get_unit (service));
  submit->actor = g_strdup (qc_session_get_user_name (session));
  submit->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  submit->now = qc_clock_now (qc_context_get_clock (qc_session_get_context (session)));
  return submit;
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

/* A line that says what was answered of @account, as the person will be once what waits is accepted. */
static QcRosterLine *
new_answer_line (QcConnection *connection, const Submit *submit, const QcOverlay *overlay, const char *account,
                 QcRetirementClass klass, GError **error)
{
  g_autoptr (QcEmployee) person = NULL;
  if (!qc_store_people_get (connection, submit->profile, submit->unit, account, &person, error))
    return NULL;
  if (!person) {
    figures_moved (error);
    return NULL;
  }
  qc_overlay_apply (overlay, person, NULL);
  QcRosterFacts facts = {0};
  QcRosterLine *line = qc_rules_roster_new_line (QC_BUSINESS_RETIREMENT, &facts, person);
  line->klass = klass;
  line->authorized = submit->until;
  qc_rules_roster_complete (QC_BUSINESS_RETIREMENT, &facts, line);
  return line;
}

/* What was answered of people is an 授权退休年龄 of its own (decision 20), before what rests on it. */
static gboolean
enqueue_answers (QcConnection *connection, const Submit *submit, GError **error)
{
  g_autoptr (QcSubmission) answers = qc_submission_new (QC_BUSINESS_RETIREMENT);
  g_autoptr (QcUnit) unit = NULL;
  QcSubmit enqueued = {submit->profile, submit->unit, submit->actor, answers, NULL, 0, submit->now};
  if (!qc_store_unit_get (connection, submit->profile, submit->unit, &unit, error))
    return FALSE;
  if (!unit)
    return figures_moved (error);
  g_autoptr (QcOverlay) overlay = qc_overlay_load (connection, submit->profile, unit, error);
  if (!overlay)
    return FALSE;
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, submit->answers);
  gpointer account, klass;
  while (g_hash_table_iter_next (&iter, &account, &klass)) {
    QcRosterLine *line = new_answer_line (connection, submit, overlay, account, GPOINTER_TO_INT (klass), error);
    if (!line)
      return FALSE;
    qc_roster_take (answers->roster, -1, line);
  }
  g_autofree char *summary = NULL;
  enqueued.summary = summary = qc_outbox_summary_new (answers, answers->roster->lines->len);
  return qc_submit_enqueue (connection, &enqueued, error) != 0;
}

static QcSubmission *
build (QcConnection *connection, gpointer recipe, GError **error)
{
  Submit *submit = recipe;
  g_autoptr (QcStoreDraft) draft = submit->draft != 0 ? qc_store_draft_get (connection, submit->draft, error) : NULL;
  if ((submit->draft != 0 && !draft) || !check_unit (connection, submit, error))
    return NULL;
  if (draft && draft->state != QC_STORE_DRAFT_OPEN) {
    g_set_error_literal (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT, _ ("This remittance has already been submitted."));
    return NULL;
  }
  if (g_hash_table_size (submit->answers) > 0 && !enqueue_answers (connection, submit, error))
    return NULL;
  return g_steal_pointer (&submit->submission);
}

/* The clerk looked at it before 办理: it stays with what was sent. */
static gboolean
keep (QcConnection *connection, gpointer recipe, const char *key, GError **error)
{
  const Submit *submit = recipe;
  g_autofree char *text = qc_month_sheet_to_text (submit->sheet);
  return qc_store_sheet_put (connection, submit->profile, submit->unit, key, text, submit->now, error);
}

/* --- on the main context ---------------------------------------------------------------------------------------- */

static QcSubmission *
submission_of (QcRemittancePreview *preview)
{
  QcSubmission *submission = qc_submission_new (QC_BUSINESS_REMITTANCE);
  submission->remittance = claim_of (preview);
  return submission;
}

/* The body itself, and what it rests on. */
static char *
dup_token (QcBusinessService *service)
{
  QcRemittancePreview *preview = QC_REMITTANCE_SERVICE (service)->preview;
  g_autoptr (QcSubmission) submission = submission_of (preview);
  g_autoptr (GBytes) body = qc_wire_encode_submission (submission);
  return g_strdup_printf ("%" G_GINT64_FORMAT " %.*s", preview->unit->revision, (int)g_bytes_get_size (body),
                          (const char *)g_bytes_get_data (body, NULL));
}

static gpointer
new_recipe (QcBusinessService *service)
{
  QcRemittanceService *self = QC_REMITTANCE_SERVICE (service);
  Submit *submit = submit_new (self);
  submit->submission = submission_of (self->preview);
  submit->sheet = g_object_ref (self->preview->sheet);
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, self->preview->answered);
  gpointer account, klass;
  while (g_hash_table_iter_next (&iter, &account, &klass))
    g_hash_table_insert (submit->answers, g_strdup (account), klass);
  submit->draft = qc_draft_get_id (self->draft);
  submit->unit_revision = self->preview->unit->revision;
  return submit;
}

static gint64
count_people (QcBusinessService *service)
{
  return qc_remittance_preview_get_people (QC_REMITTANCE_SERVICE (service)->preview);
}

void
qc_remittance_service_submit_class_init (QcBusinessServiceClass *klass)
{
  klass->get_findings = get_findings;
  klass->dup_why_not = dup_why_not;
  klass->dup_token = dup_token;
  klass->new_recipe = new_recipe;
  klass->build = build;
  klass->recipe_free = submit_free;
  klass->keep = keep;
  klass->count_people = count_people;
}

/* --- 授权退休年龄 ------------------------------------------------------------------------------------------------- */

static gpointer
commit_authorization (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return enqueue_answers (connection, data, error) ? QC_DATABASE_DONE : NULL;
}

static void
authorized_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcSession *session = qc_business_service_get_session (g_task_get_source_object (task));
  g_autoptr (GError) error = NULL;
  if (!qc_database_finish (QC_DATABASE (source), result, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  qc_session_data_changed (session, QC_DATA_QUEUE);
  qc_session_sync_now (session);
  g_task_return_boolean (task, TRUE);
}

void
qc_remittance_service_authorize_async (QcRemittanceService *self, QcRemittancePerson *person, QcMonth until,
                                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_return_if_fail (QC_IS_REMITTANCE_SERVICE (self));
  const char *account = qc_remittance_person_get_account (person);
  Submit *submit = submit_new (self);
  submit->until = until;
  g_hash_table_insert (submit->answers, g_strdup (account),
                       GINT_TO_POINTER (qc_remittance_service_get_answer (self, account)));
  qc_database_write_async (qc_session_get_database (qc_business_service_get_session (QC_BUSINESS_SERVICE (self))),
                           "retirement-submit", commit_authorization, submit, submit_free, NULL, cancellable,
                           authorized_cb, g_steal_pointer (&task));
}

gboolean
qc_remittance_service_authorize_finish (QcRemittanceService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
