/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 办理 of a roster business: the confirmation shows exactly what will be sent, every line of it, and what is confirmed
 * is what is sent. Main thread.
 */
#include "qc-business-page-private.h"

#include <glib/gi18n.h>

#include "qc-confirm-box.h"
#include "qc-dialogs.h"
#include "qc-format.h"
#include "qc-roster-words.h"

typedef struct {
  QcBusinessPage *page;       /* (owned) */
  QcBusinessService *service; /* (owned) of the draft that was asked about */
  char *token;                /* (owned) what is on the screen */
} Confirmation;

static void
confirmation_free (gpointer data)
{
  Confirmation *confirmation = data;
  g_clear_weak_pointer (&confirmation->page->dialog);
  qc_business_page_update_actions (confirmation->page);
  g_object_unref (confirmation->page);
  g_object_unref (confirmation->service);
  g_free (confirmation->token);
  g_free (confirmation);
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcBusinessPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutboxItem) item = qc_business_service_submit_finish (QC_BUSINESS_SERVICE (source), result, &error);
  if (!item)
    qc_business_page_show_error (self, error);
}

static void
confirmed_cb (gpointer user_data)
{
  Confirmation *confirmation = user_data;
  qc_business_service_submit_async (confirmation->service, confirmation->token, NULL, submitted_cb,
                                    g_object_ref (confirmation->page));
}

static GtkWidget *
build_confirmation (QcBusinessPage *self)
{
  const QcRosterFacts *facts = qc_roster_service_get_facts (self->service);
  const QcProfileInfo *profile = qc_session_get_profile (qc_page_get_session (QC_PAGE (self)));
  const QcRoster *roster = qc_draft_get_roster (qc_business_service_get_draft (qc_business_page_base (self)));
  const GPtrArray *findings = qc_business_service_get_findings (qc_business_page_base (self));
  QcRosterTotals totals;
  qc_roster_sum (roster, &totals);
  GtkWidget *widget
      = qc_confirm_box_new (profile ? profile->name : NULL,
                            qc_business_info (self->business)->has_money ? totals.unit_fen + totals.personal_fen : -1);
  QcConfirmBox *box = QC_CONFIRM_BOX (widget);
  g_autofree char *month = qc_format_month (qc_roster_service_get_effective (self->service));
  qc_confirm_box_add (box, _ ("Unit"), facts->unit->name);
  if (*month)
    qc_confirm_box_add (box, _ ("Month of change"), month);
  qc_roster_words_add_groups (self->business, roster, box);
  for (guint i = 0; i < findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (findings, i);
    g_autofree char *sentence = qc_finding_dup_sentence (finding);
    if (finding->severity == QC_SEVERITY_WARNING)
      qc_confirm_box_add_warning (box, sentence);
  }
  /* all lines as they were entered, whatever is searched for on the page */
  g_autoptr (QcRosterModel) model = qc_roster_model_new (qc_page_get_session (QC_PAGE (self)),
                                                         qc_business_service_get_draft (qc_business_page_base (self)));
  qc_confirm_box_set_list (box,
                           qc_roster_view_new (self->business, model, (GPtrArray *)facts->codes, _ ("What is sent")));
  return widget;
}

/* The cursor goes to what is to be mended. */
static void
tell_why_not (QcBusinessPage *self, const char *why)
{
  QcRosterGrid *grid = qc_roster_step_get_grid (self->step);
  if (grid && qc_roster_model_get_n_faulty (qc_roster_service_get_model (self->service)) > 0)
    qc_roster_grid_first_fault (grid);
  qc_dialog_tell (GTK_WIDGET (self), _ ("This cannot be submitted yet"), why);
}

void
qc_business_page_confirm (QcBusinessPage *self)
{
  if (!self->service || self->dialog)
    return; /* the question stands already */
  self->asked = !qc_roster_service_is_settled (self->service);
  if (self->asked)
    return;
  g_autofree char *why = qc_business_page_dup_why_not (self);
  g_autofree char *token = why ? NULL : qc_business_service_dup_token (qc_business_page_base (self));
  if (!token) {
    tell_why_not (self, why ? why : _ ("The figures have just been renewed. Look at them and submit again."));
    return;
  }
  GtkWidget *box = build_confirmation (self);
  QcConfirmKind kind = qc_confirm_box_has_warning (QC_CONFIRM_BOX (box)) ? QC_CONFIRM_CAREFUL : QC_CONFIRM_PLAIN;
  g_autofree char *title = qc_roster_words_question (self->service);
  Confirmation *confirmation = g_new0 (Confirmation, 1);
  confirmation->page = g_object_ref (self);
  confirmation->service = g_object_ref (qc_business_page_base (self));
  confirmation->token = g_steal_pointer (&token);
  GtkWidget *dialog = qc_dialog_confirm (GTK_WIDGET (self), title, _ ("Exactly this is sent to the center."),
                                         _ ("_Submit"), kind, box, confirmed_cb, confirmation, confirmation_free);
  g_set_weak_pointer (&self->dialog, dialog);
  qc_business_page_update_actions (self);
}
