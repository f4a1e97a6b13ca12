/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 办理: what will be sent, to whom, and what happens then (R4). Main thread.
 */
#include "qc-remittance-steps.h"

#include <glib/gi18n.h>

#include "qc-application-detail.h"
#include "qc-fact-grid.h"
#include "qc-format.h"
#include "qc-money-words.h"
#include "qc-sheet-window.h"
#include "qc-spoken.h"
#include "qc-wizard-step.h"

struct _QcSubmitStep {
  GtkWidget parent_instance;
  QcRemittanceService *service; /* (owned) (nullable) */
  /* borrowed */
  GtkWidget *child, *facts, *sheet;
  GtkLabel *amount, *words, *next, *offline;
};

static void step_init (QcWizardStepInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (QcSubmitStep, qc_submit_step, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (QC_TYPE_WIZARD_STEP, step_init))

static void
step_init (QcWizardStepInterface *iface)
{
}

/* 本月与上月 in a few lines, before it is sent. */
static void
fill_sheet (QcSubmitStep *self, QcMonthSheet *sheet)
{
  QcFactGrid *grid = QC_FACT_GRID (self->sheet);
  qc_fact_grid_clear (grid);
  for (guint part = 0; part < QC_N_SHEET_PARTS; part++) {
    g_autofree char *words = qc_sheet_words_part (sheet, part);
    qc_fact_grid_add (grid, qc_sheet_words_title (part), words);
  }
}

static GtkWidget *
build_sheet (QcSubmitStep *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (_ ("This month and last month"));
  GtkWidget *open = gtk_button_new_with_mnemonic (_ ("_Look at all"));
  gtk_widget_add_css_class (title, "heading");
  qc_spoken_heading (title);
  gtk_widget_add_css_class (open, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (open), "win.remittance-sheet");
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), open);
  self->sheet = qc_fact_grid_new ();
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), self->sheet);
  gtk_widget_set_margin_top (box, 6);
  return box;
}

static gboolean
is_online (QcSession *session)
{
  QcSyncStatus status = qc_session_get_sync_status (session);
  return status == QC_SYNC_IDLE || status == QC_SYNC_RUNNING || status == QC_SYNC_FAILED;
}

void
qc_submit_step_update (QcSubmitStep *self)
{
  QcRemittancePreview *preview = self->service ? qc_remittance_service_get_preview (self->service) : NULL;
  QcFactGrid *facts = QC_FACT_GRID (self->facts);
  qc_fact_grid_clear (facts);
  if (!preview)
    return;
  const QcUnit *unit = qc_remittance_preview_get_unit (preview);
  g_autofree char *amount = qc_format_yuan (qc_remittance_preview_get_total (preview));
  g_autofree char *words = qc_money_to_words (qc_remittance_preview_get_total (preview));
  g_autofree char *months = qc_application_words_months (qc_remittance_preview_get_start (preview),
                                                         qc_remittance_preview_get_end (preview));
  gtk_label_set_text (self->amount, amount);
  gtk_label_set_text (self->words, words);
  /* to whom and for whom is asked by the confirmation */
  qc_fact_grid_add (facts, _ ("Months"), months);
  qc_fact_grid_add (facts, _ ("Method"), qc_application_words_method (qc_remittance_preview_get_method (preview)));
  qc_fact_grid_add (facts, _ ("Drawn from"), unit->agreement_account);
  fill_sheet (self, qc_remittance_preview_get_sheet (preview));
  gtk_label_set_text (self->next,
                      qc_remittance_preview_get_method (preview) == QC_METHOD_COLLECTION
                          ? _ ("The bank draws the amount at once. If the balance is too low, drawing fails, and later "
                               "business is blocked until it is drawn again or deleted.")
                          : _ ("Afterwards you are shown where to transfer the amount; the business is finished when "
                               "the center confirms its arrival."));
  gtk_widget_set_visible (GTK_WIDGET (self->offline),
                          !is_online (qc_business_service_get_session (QC_BUSINESS_SERVICE (self->service))));
}

void
qc_submit_step_set_service (QcSubmitStep *self, QcRemittanceService *service)
{
  g_set_object (&self->service, service);
  qc_submit_step_update (self);
}

static GtkLabel *
add_label (QcSubmitStep *self, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self->child), label);
  return GTK_LABEL (label);
}

static void
qc_submit_step_dispose (GObject *object)
{
  QcSubmitStep *self = QC_SUBMIT_STEP (object);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (qc_submit_step_parent_class)->dispose (object);
}

static void
qc_submit_step_class_init (QcSubmitStepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_submit_step_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
qc_submit_step_init (QcSubmitStep *self)
{
  self->child = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->amount = add_label (self, "title-1");
  gtk_widget_add_css_class (GTK_WIDGET (self->amount), "numeric");
  self->words = add_label (self, "dim-label");
  self->facts = qc_fact_grid_new ();
  gtk_widget_set_margin_top (self->facts, 6);
  gtk_box_append (GTK_BOX (self->child), self->facts);
  gtk_box_append (GTK_BOX (self->child), build_sheet (self));
  self->next = add_label (self, "body");
  gtk_widget_set_margin_top (GTK_WIDGET (self->next), 6);
  self->offline = add_label (self, "warning");
  gtk_label_set_text (
      self->offline,
      _ ("The center cannot be reached now. What you submit is kept here and goes out once, as soon as it "
         "can be; until then it can be taken back."));
  gtk_widget_set_parent (self->child, GTK_WIDGET (self));
}

GtkWidget *
qc_submit_step_new (void)
{
  return g_object_new (QC_TYPE_SUBMIT_STEP, NULL);
}
