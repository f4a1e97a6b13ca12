/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Computes the preview of a 汇缴: unit, policy and ratios first, then one walk over the people through core's figures,
 * then core's checks. Reader thread, inside one snapshot of the database.
 */
#include "qc-remittance-private.h"

#include <glib/gi18n-lib.h>

#include "qc-app-error.h"
#include "qc-complete.h"
#include "qc-month-sheet-private.h"
#include "qc-month.h"
#include "qc-overlay.h"
#include "qc-store-applications.h"
#include "qc-store-people.h"
#include "qc-store-policies.h"
#include "qc-store-units.h"
#include "qc-terms.h"

typedef struct {
  QcPreviewRequest *request;    /* borrowed */
  QcRemittancePreview *preview; /* borrowed */
  QcRemittanceCalc *calc;       /* (owned) (nullable) */
  GArray *policies, *ratios;    /* (owned) */
  GPtrArray *open;              /* (owned) */
  QcOverlay *overlay;           /* (owned) */
  GArray *bases;                /* (owned) QcBaseChange of one person, with what waits laid over them */
  gboolean queued;              /* the person being added is changed by what waits */
  GCancellable *cancellable;    /* borrowed (nullable) */
  int done;
} Work;

static void
work_clear (Work *work)
{
  g_clear_pointer (&work->calc, qc_remittance_calc_free);
  g_clear_pointer (&work->policies, g_array_unref);
  g_clear_pointer (&work->ratios, g_array_unref);
  g_clear_pointer (&work->open, g_ptr_array_unref);
  g_clear_pointer (&work->overlay, qc_overlay_free);
  g_clear_pointer (&work->bases, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

QcPreviewRequest *
qc_preview_request_new (void)
{
  QcPreviewRequest *request = g_atomic_rc_box_new0 (QcPreviewRequest);
  request->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return request;
}

QcPreviewRequest *
qc_preview_request_ref (QcPreviewRequest *request)
{
  return g_atomic_rc_box_acquire (request);
}

static void
request_clear (gpointer data)
{
  QcPreviewRequest *request = data;
  g_free (request->profile);
  g_free (request->unit);
  g_hash_table_unref (request->answers);
}

void
qc_preview_request_unref (QcPreviewRequest *request)
{
  g_atomic_rc_box_release_full (request, request_clear);
}

static void
fill_person (QcRemittancePreview *preview, QcPersonRecord *record, const QcEmployee *employee)
{
  record->account = g_string_chunk_insert (preview->chunk, employee->account);
  record->name = g_string_chunk_insert (preview->chunk, employee->name ? employee->name : "");
}

static void
changed_cb (const QcRosterChange *change, gpointer user_data)
{
  QcRemittancePreview *preview = ((Work *)user_data)->preview;
  QcPersonRecord record = {
      .month = change->month,
      .is_change = TRUE,
      .kind = change->kind,
      .before = change->before,
      .after = change->after,
      .base_before = change->base_before,
      .base_after = change->base_after,
      .queued = ((Work *)user_data)->queued,
  };
  const QcRemittanceSink *listener = ((Work *)user_data)->request->listener;
  fill_person (preview, &record, change->employee);
  if (listener && listener->changed)
    listener->changed (change, listener->user_data);
  g_array_append_val (g_ptr_array_index (preview->changes, qc_month_diff (preview->start, change->month)), record);
}

static void
left_out_cb (const QcLeftOut *left_out, gpointer user_data)
{
  QcRemittancePreview *preview = ((Work *)user_data)->preview;
  QcPersonRecord record = {
      .month = left_out->month,
      .state = left_out->state,
      .statutory = left_out->statutory,
      .birth = left_out->employee->birth,
      .queued = ((Work *)user_data)->queued,
  };
  fill_person (preview, &record, left_out->employee);
  g_array_append_val (preview->left_out_people, record);
}

static void
span_cb (const QcEmployee *employee, const QcPaidSpan *span, gpointer user_data)
{
  const QcRemittanceSink *listener = ((Work *)user_data)->request->listener;
  listener->span (employee, span, listener->user_data);
}

static QcChangeKind
left_kind (const QcEmployee *employee)
{
  return employee->status == QC_PERSON_MERGED || employee->status == QC_PERSON_WITHDRAWN ? QC_CHANGE_CLOSED
                                                                                         : QC_CHANGE_TRANSFERRED_OUT;
}

static gboolean
person_cb (const QcStorePersonFacts *facts, gpointer user_data)
{
  Work *work = user_data;
  QcEmployee employee = *facts->employee; /* borrows its strings */
  QcContribution previous = {0};
  if (++work->done % 256 == 0) {
    g_atomic_int_set (&work->request->done, work->done);
    if (g_cancellable_is_cancelled (work->cancellable))
      return FALSE;
  }
  g_array_set_size (work->bases, 0);
  g_array_append_vals (work->bases, facts->bases, (guint)facts->n_bases);
  work->queued = qc_overlay_apply (work->overlay, &employee, work->bases);
  /* as at the center: an answer counts where the center does not know the class itself */
  gpointer answer = employee.retirement_class == QC_RETIREMENT_UNKNOWN
                        ? g_hash_table_lookup (work->request->answers, employee.account)
                        : NULL;
  if (answer) {
    employee.retirement_class = GPOINTER_TO_INT (answer);
    g_hash_table_insert (work->preview->answered, g_strdup (employee.account), answer);
    qc_remittance_answer_add (work->preview->answers, &employee);
  }
  if (facts->previous)
    previous = (QcContribution) {.unit = facts->previous->unit, .personal = facts->previous->personal};
  qc_remittance_calc_add (work->calc, &employee, (const QcBaseChange *)work->bases->data, work->bases->len,
                          facts->previous ? &previous : NULL, facts->previous ? facts->previous->base : 0, facts->gone,
                          left_kind (&employee));
  return TRUE;
}

static gboolean
read_terms (QcConnection *connection, Work *work, GError **error)
{
  const QcPreviewRequest *request = work->request;
  if (!qc_store_unit_get (connection, request->profile, request->unit, &work->preview->unit, error))
    return FALSE;
  if (!work->preview->unit) {
    g_set_error_literal (error, QC_APP_ERROR, QC_APP_ERROR_NO_UNIT,
                         _ ("Nothing of this unit is on this computer yet."));
    return FALSE;
  }
  if (!qc_complete_check (connection, request->profile, request->unit, error))
    return FALSE;
  work->policies = qc_store_policies_get (connection, request->profile, request->unit, error);
  if (!work->policies)
    return FALSE;
  work->ratios = qc_store_ratios_get (connection, request->profile, request->unit, error);
  if (!work->ratios)
    return FALSE;
  work->open = qc_store_applications_open (connection, request->profile, request->unit, error);
  return work->open != NULL;
}

/* What waits, laid over the people: the figures are those the center will have when it comes to this one. */
static gboolean
load_overlay (QcConnection *connection, Work *work, GError **error)
{
  work->bases = g_array_new (FALSE, FALSE, sizeof (QcBaseChange));
  work->overlay = qc_overlay_load (connection, work->request->profile, work->preview->unit, error);
  if (!work->overlay)
    return FALSE;
  work->preview->queued = qc_overlay_get_immediate (work->overlay);
  return TRUE;
}

static void
choose_months (Work *work, QcRemittanceFacts *facts)
{
  QcRemittancePreview *preview = work->preview;
  const QcPolicy *policy = qc_policy_at (work->policies, work->request->current);
  preview->current = work->request->current;
  preview->months_ahead = policy ? policy->months_ahead : 0;
  preview->start = qc_unit_due_month (preview->unit);
  preview->last = qc_rules_remittance_last_month (facts);
  preview->end = work->request->end;
  if (!qc_month_is_valid (preview->end)) /* none yet, or no month at all: a draft can be damaged */
    preview->end = MAX (preview->start, preview->current);
  preview->allowed = qc_unit_method (preview->unit);
  preview->method = work->request->method == QC_METHOD_NONE ? preview->allowed : work->request->method;
}

static gboolean
compute_months (QcConnection *connection, Work *work, GError **error)
{
  QcRemittancePreview *preview = work->preview;
  const QcRemittanceSink *listener = work->request->listener;
  const QcRemittanceSink sink = {.changed = changed_cb,
                                 .left_out = left_out_cb,
                                 .span = listener && listener->span ? span_cb : NULL,
                                 .user_data = work};
  if (preview->start == QC_MONTH_NONE || preview->end < preview->start
      || qc_month_diff (preview->start, preview->end) >= QC_REMITTANCE_MAX_MONTHS)
    return TRUE;
  for (QcMonth month = preview->start; month <= preview->end; month = qc_month_add (month, 1))
    g_ptr_array_add (preview->changes, g_array_new (FALSE, TRUE, sizeof (QcPersonRecord)));
  g_atomic_int_set (&work->request->expected, (int)(preview->unit->headcount + preview->unit->sealed_count));
  work->calc = qc_remittance_calc_new (preview->start, preview->end, work->policies, work->ratios, &sink);
  if (!qc_store_people_each (connection, work->request->profile, work->request->unit, qc_month_add (preview->start, -1),
                             person_cb, work, error))
    return FALSE;
  if (g_cancellable_set_error_if_cancelled (work->cancellable, error))
    return FALSE;
  const GArray *lines = qc_remittance_calc_get_lines (work->calc);
  g_array_append_vals (preview->lines, lines->data, lines->len);
  preview->total = qc_remittance_calc_total (work->calc);
  preview->people = qc_remittance_calc_people (work->calc);
  preview->left_out = qc_remittance_calc_left_out (work->calc);
  preview->unanswered = qc_remittance_calc_unanswered (work->calc);
  return TRUE;
}

/* To be answered first, then by account as they came. */
static int
compare_left_out (gconstpointer a, gconstpointer b)
{
  const QcPersonRecord *x = a, *y = b;
  if (x->state != y->state)
    return x->state == QC_RETIREMENT_STATE_ASK ? -1 : 1;
  return g_strcmp0 (x->account, y->account);
}

static void
check (Work *work, QcRemittanceFacts *facts)
{
  QcRemittancePreview *preview = work->preview;
  g_autoptr (QcRemittanceClaim) claim = qc_remittance_claim_new ();
  claim->method = preview->method;
  claim->start = preview->start;
  claim->end = preview->end;
  g_array_append_vals (claim->months, preview->lines->data, preview->lines->len);
  facts->months = preview->lines->len > 0 ? preview->lines : NULL;
  facts->left_out = preview->left_out;
  facts->unanswered = preview->unanswered;
  facts->queued = preview->queued;
  facts->queued_reviewed = qc_overlay_get_reviewed (work->overlay);
  facts->balance_known = preview->unit->agreement_balance_time > 0;
  if (work->calc) {
    facts->missing = qc_remittance_calc_missing (work->calc);
    facts->base_pending = qc_remittance_calc_base_pending (work->calc);
    facts->overflowed = qc_remittance_calc_is_overflowed (work->calc);
  }
  preview->findings = qc_rules_remittance_check (facts, claim);
}

gpointer
qc_remittance_compute (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcRemittancePreview) preview = g_object_new (QC_TYPE_REMITTANCE_PREVIEW, NULL);
  g_auto (Work) work = {.request = data, .preview = preview, .cancellable = cancellable};
  if (!read_terms (connection, &work, error) || !load_overlay (connection, &work, error))
    return NULL;
  QcRemittanceFacts facts = {0};
  facts.unit = preview->unit;
  facts.policies = work.policies;
  facts.ratios = work.ratios;
  facts.open = work.open;
  facts.current_month = work.request->current;
  choose_months (&work, &facts);
  preview->terms = qc_terms_digest (work.policies, work.ratios, preview->unit);
  if (!compute_months (connection, &work, error))
    return NULL;
  preview->sheet = qc_month_sheet_new (preview->lines, preview->changes);
  g_array_sort (preview->left_out_people, compare_left_out);
  check (&work, &facts);
  return g_steal_pointer (&preview);
}
