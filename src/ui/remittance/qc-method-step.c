/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 缴存方式: 托收 or 非托收, why the other one cannot be, and the balance of the agreement's account with its time (R1,
 * R9, decision 14). Main thread.
 */
#include "qc-remittance-steps.h"

#include <glib/gi18n.h>

#include "qc-fact-grid.h"
#include "qc-format.h"
#include "qc-method-line.h"
#include "qc-spoken.h"
#include "qc-wizard-step.h"

struct _QcMethodStep {
  GtkWidget parent_instance;
  QcRemittanceService *service; /* (owned) (nullable) */
  /* borrowed */
  GtkWidget *child, *facts;
  GtkWidget *rows[2], *checks[2];
  GtkLabel *why[2];
};

static void step_init (QcWizardStepInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (QcMethodStep, qc_method_step, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (QC_TYPE_WIZARD_STEP, step_init))

static const QcMethod methods[] = {QC_METHOD_COLLECTION, QC_METHOD_TRANSFER};

static QcRemittancePreview *
get_preview (QcMethodStep *self)
{
  return self->service ? qc_remittance_service_get_preview (self->service) : NULL;
}

static gboolean
is_done (QcWizardStep *step)
{
  QcRemittancePreview *preview = get_preview (QC_METHOD_STEP (step));
  return preview && qc_remittance_preview_get_method (preview) == qc_remittance_preview_get_allowed_method (preview);
}

static char *
dup_missing (QcWizardStep *step)
{
  return is_done (step) ? NULL : g_strdup (_ ("Choose how the unit pays."));
}

static gboolean
owns (QcWizardStep *step, const QcFinding *finding)
{
  return g_strcmp0 (finding->field, "method") == 0 || g_str_has_prefix (finding->code, "remittance.agreement")
         || g_str_has_prefix (finding->code, "remittance.balance")
         || g_strcmp0 (finding->code, "remittance.suspense") == 0;
}

static void
step_init (QcWizardStepInterface *iface)
{
  iface->is_done = is_done;
  iface->dup_missing = dup_missing;
  iface->owns = owns;
}

static char *
dup_account (const QcUnit *unit)
{
  return g_strdup_printf ("%s %s", unit->agreement_bank ? unit->agreement_bank : "", unit->agreement_account);
}

static char *
dup_balance (const QcUnit *unit)
{
  if (unit->agreement_balance < 0)
    return g_strdup (_ ("Unknown"));
  g_autofree char *money = qc_format_yuan (unit->agreement_balance);
  if (unit->agreement_balance_time == 0)
    return g_steal_pointer (&money);
  g_autofree char *time = qc_format_date_time (unit->agreement_balance_time);
  return g_strdup_printf (_ ("%s (as of %s)"), money, time);
}

static void
fill_facts (QcMethodStep *self, const QcUnit *unit)
{
  QcFactGrid *facts = QC_FACT_GRID (self->facts);
  g_autofree char *suspense = qc_format_yuan (unit->suspense);
  qc_fact_grid_clear (facts);
  g_autofree char *balance = NULL;
  g_autofree char *account = NULL;
  if (unit->agreement_account) {
    account = dup_account (unit);
    balance = dup_balance (unit);
    qc_fact_grid_add (facts, _ ("Account of the collection agreement"), account);
    qc_fact_grid_add (facts, _ ("Balance of this account"), balance);
  }
  qc_fact_grid_add (facts, _ ("Suspense money at the center"), suspense);
}

void
qc_method_step_update (QcMethodStep *self)
{
  QcRemittancePreview *preview = get_preview (self);
  gtk_widget_set_sensitive (self->child, preview != NULL);
  if (!preview)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++) {
    const char *why = qc_method_why_not (methods[i], qc_remittance_preview_get_allowed_method (preview));
    gtk_widget_set_sensitive (self->checks[i], why == NULL);
    gtk_label_set_text (self->why[i], why ? why : "");
    gtk_widget_set_visible (GTK_WIDGET (self->why[i]), why != NULL);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->checks[i]), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    why ? why : "", -1);
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->checks[i]),
                                 methods[i] == qc_remittance_preview_get_method (preview));
  }
  fill_facts (self, qc_remittance_preview_get_unit (preview));
}

void
qc_method_step_set_service (QcMethodStep *self, QcRemittanceService *service)
{
  g_set_object (&self->service, service);
  qc_method_step_update (self);
}

static void
toggled_cb (GtkCheckButton *check, QcMethodStep *self)
{
  QcRemittancePreview *preview = get_preview (self);
  if (!gtk_check_button_get_active (check) || !preview)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (self->checks[i] == GTK_WIDGET (check) && methods[i] != qc_remittance_preview_get_method (preview))
      qc_remittance_service_set_method (self->service, methods[i]);
}

static void
add_method (QcMethodStep *self, guint i, const char *title, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *explain = gtk_label_new (text);
  self->checks[i] = gtk_check_button_new_with_mnemonic (title);
  gtk_widget_add_css_class (self->checks[i], "heading");
  qc_spoken_radio (self->checks[i]);
  if (i > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (self->checks[i]), GTK_CHECK_BUTTON (self->checks[0]));
  gtk_label_set_wrap (GTK_LABEL (explain), TRUE);
  gtk_label_set_xalign (GTK_LABEL (explain), 0);
  gtk_widget_set_margin_start (explain, 28);
  self->why[i] = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->why[i], TRUE);
  gtk_label_set_xalign (self->why[i], 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->why[i]), "dim-label");
  gtk_widget_set_margin_start (GTK_WIDGET (self->why[i]), 28);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), self->checks[i]);
  gtk_box_append (GTK_BOX (box), explain);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->why[i]));
  self->rows[i] = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->rows[i], "card");
  gtk_box_append (GTK_BOX (self->rows[i]), box);
  gtk_box_append (GTK_BOX (self->child), self->rows[i]);
  g_signal_connect (self->checks[i], "toggled", G_CALLBACK (toggled_cb), self);
}

static void
qc_method_step_dispose (GObject *object)
{
  QcMethodStep *self = QC_METHOD_STEP (object);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (qc_method_step_parent_class)->dispose (object);
}

static void
qc_method_step_class_init (QcMethodStepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_method_step_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
qc_method_step_init (QcMethodStep *self)
{
  self->child = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  add_method (self, 0, _ ("_Collection"),
              _ ("The center has the amount drawn from the unit's bank account. Done at once, if the balance is "
                 "sufficient."));
  add_method (self, 1, _ ("_Transfer by the unit"),
              _ ("The unit transfers the amount itself; the center confirms its arrival."));
  GtkWidget *same = gtk_button_new_with_mnemonic (_ ("Same as _last month"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (same), "win.remittance-same");
  gtk_widget_set_tooltip_text (same, _ ("The month that is due, paid as the last one was: Ctrl+M"));
  gtk_widget_set_halign (same, GTK_ALIGN_START);
  gtk_widget_add_css_class (same, "suggested-action");
  gtk_box_append (GTK_BOX (self->child), same);
  self->facts = qc_fact_grid_new ();
  gtk_widget_set_margin_start (self->facts, 12);
  gtk_widget_set_margin_top (self->facts, 6);
  gtk_box_append (GTK_BOX (self->child), self->facts);
  gtk_widget_set_parent (self->child, GTK_WIDGET (self));
}

GtkWidget *
qc_method_step_new (void)
{
  return g_object_new (QC_TYPE_METHOD_STEP, NULL);
}
