/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 办理: the confirmation shows exactly what will be sent, every line and fact of it, and what is confirmed
 * is what is sent. Main thread.
 */
#include "qc-business-page-private.h"

#include <glib/gi18n.h>

#include "qc-application-detail.h"
#include "qc-business-ask.h"
#include "qc-dialogs.h"
#include "qc-format.h"
#include "qc-roster-words.h"

/* Old → new of what was changed, and nothing else (U2). */
static void
add_facts (QcBusinessPage *self, QcConfirmBox *box)
{
  const GPtrArray *codes = qc_facts_service_get_codes (self->facts);
  g_autoptr (GPtrArray) facts = qc_facts_service_dup_facts (self->facts);
  for (guint i = 0; i < facts->len; i++) {
    const QcFact *fact = g_ptr_array_index (facts, i);
    g_autofree char *change = qc_application_words_fact (fact, codes);
    qc_confirm_box_add (box, _ (qc_unit_field_find (fact->name)->msgid), change);
  }
}

static GtkWidget *
build_facts_confirmation (QcBusinessPage *self)
{
  const QcProfileInfo *profile = qc_session_get_profile (qc_page_get_session (QC_PAGE (self)));
  GtkWidget *box = qc_confirm_box_new (profile ? profile->name : NULL, -1);
  qc_confirm_box_add (QC_CONFIRM_BOX (box), _ ("Unit"), qc_business_page_get_unit (self)->name);
  add_facts (self, QC_CONFIRM_BOX (box));
  qc_business_ask_add_warnings (QC_CONFIRM_BOX (box), qc_business_service_get_findings (qc_business_page_base (self)));
  return box;
}

static GtkWidget *
build_confirmation (QcBusinessPage *self)
{
  if (self->facts)
    return build_facts_confirmation (self);
  const QcRosterFacts *facts = qc_roster_service_get_facts (self->service);
  const QcProfileInfo *profile = qc_session_get_profile (qc_page_get_session (QC_PAGE (self)));
  const QcRoster *roster = qc_draft_get_roster (qc_business_service_get_draft (qc_business_page_base (self)));
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
  if (qc_business_info (self->business)->has_money)
    qc_confirm_box_add (box, _ ("Way of payment"),
                        qc_application_words_method (qc_roster_service_get_method (self->service)));
  qc_roster_words_add_groups (self->business, roster, box);
  g_autoptr (GPtrArray) pictures = qc_roster_service_dup_attachments (self->service);
  if (pictures->len > 0) {
    g_autofree char *number = g_strdup_printf ("%u", pictures->len);
    qc_confirm_box_add (box, _ ("Pictures"), number);
  }
  qc_business_ask_add_warnings (box, qc_business_service_get_findings (qc_business_page_base (self)));
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
  QcRosterGrid *grid = qc_business_page_get_grid (self);
  if (self->form)
    qc_facts_step_first_fault (self->form);
  if (grid && qc_roster_model_get_n_faulty (qc_roster_service_get_model (self->service)) > 0)
    qc_roster_grid_first_fault (grid);
  qc_dialog_tell (GTK_WIDGET (self), _ ("This cannot be submitted yet"), why);
}

void
qc_business_page_confirm (QcBusinessPage *self)
{
  if (!qc_business_page_base (self) || self->dialog)
    return; /* the question stands already */
  if (self->form && !self->asked)
    qc_facts_step_commit (self->form);
  self->asked = !qc_business_page_is_settled (self);
  if (self->asked)
    return;
  g_autofree char *why = qc_business_page_dup_why_not (self);
  g_autofree char *token = why ? NULL : qc_business_service_dup_token (qc_business_page_base (self));
  if (!token) {
    tell_why_not (self, why ? why : _ ("The figures have just been renewed. Look at them and submit again."));
    return;
  }
  QcMonth effective = qc_business_page_get_effective (self);
  g_autofree char *title = qc_business_ask_dup_title (qc_page_get_session (QC_PAGE (self)), self->business,
                                                      qc_business_page_get_unit (self), effective, effective);
  qc_business_ask (GTK_WIDGET (self), qc_business_page_base (self), g_steal_pointer (&token), title,
                   build_confirmation (self), &self->dialog, (QcBusinessAskClosed)qc_business_page_update_actions);
}
