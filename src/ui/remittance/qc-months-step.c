/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 汇缴年月: the start month with how it came about and what to do if it is wrong, and the end month to be chosen (R2).
 * Main thread.
 */
#include "qc-remittance-steps.h"

#include <glib/gi18n.h>

#include "qc-drop-down.h"
#include "qc-format.h"
#include "qc-month.h"
#include "qc-spoken.h"
#include "qc-wizard-step.h"

struct _QcMonthsStep {
  GtkWidget parent_instance;
  QcRemittanceService *service; /* (owned) (nullable) */
  gboolean updating;
  QcMonth first, last; /* in the drop-down */
  /* borrowed */
  GtkWidget *child, *end;
  GtkLabel *start, *origin, *range, *error;
  GtkStringList *months;
};

static void step_init (QcWizardStepInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (QcMonthsStep, qc_months_step, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (QC_TYPE_WIZARD_STEP, step_init))

static QcRemittancePreview *
get_preview (QcMonthsStep *self)
{
  return self->service ? qc_remittance_service_get_preview (self->service) : NULL;
}

static gboolean
owns (QcWizardStep *step, const QcFinding *finding)
{
  return g_strcmp0 (finding->field, "start") == 0 || g_strcmp0 (finding->field, "end") == 0
         || g_strcmp0 (finding->code, "remittance.no-due-month") == 0;
}

/* The first error that belongs here. (nullable) */
static const QcFinding *
first_error (QcMonthsStep *self)
{
  QcRemittancePreview *preview = get_preview (self);
  const GPtrArray *findings = preview ? qc_remittance_preview_get_findings (preview) : NULL;
  for (guint i = 0; findings && i < findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (findings, i);
    if (finding->severity == QC_SEVERITY_ERROR && owns (QC_WIZARD_STEP (self), finding))
      return finding;
  }
  return NULL;
}

static gboolean
is_done (QcWizardStep *step)
{
  QcRemittancePreview *preview = get_preview (QC_MONTHS_STEP (step));
  return preview && qc_remittance_preview_get_lines (preview)->len > 0 && !first_error (QC_MONTHS_STEP (step));
}

static char *
dup_missing (QcWizardStep *step)
{
  return is_done (step) ? NULL : g_strdup (_ ("Choose the last month to be remitted."));
}

static void
go_to (QcWizardStep *step, const QcFinding *finding)
{
  gtk_widget_grab_focus (QC_MONTHS_STEP (step)->end);
}

static void
step_init (QcWizardStepInterface *iface)
{
  iface->is_done = is_done;
  iface->dup_missing = dup_missing;
  iface->owns = owns;
  iface->go_to = go_to;
}

static void
fill_months (QcMonthsStep *self, QcMonth first, QcMonth last)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  if (first == self->first && last == self->last)
    return;
  self->first = first;
  self->last = last;
  for (QcMonth month = first; month != QC_MONTH_NONE && month <= last; month = qc_month_add (month, 1))
    g_ptr_array_add (names, qc_format_month (month));
  g_ptr_array_add (names, NULL);
  gtk_string_list_splice (self->months, 0, g_list_model_get_n_items (G_LIST_MODEL (self->months)),
                          (const char *const *)names->pdata);
}

static char *
dup_origin (QcRemittancePreview *preview)
{
  const QcUnit *unit = qc_remittance_preview_get_unit (preview);
  g_autofree char *month
      = qc_format_month (qc_remittance_preview_is_first (preview) ? unit->first_month : unit->paid_to);
  if (qc_remittance_preview_is_first (preview))
    return g_strdup_printf (
        _ ("The unit's first month of remittance is %s, and nothing was remitted yet. If that is wrong, ask the center "
           "before you submit; it cannot be changed here."),
        month);
  return g_strdup_printf (_ ("The unit has paid to %s; the next month follows. If that is wrong, ask the center before "
                             "you submit; it cannot be changed here."),
                          month);
}

static char *
dup_range (QcRemittancePreview *preview)
{
  int ahead = qc_remittance_preview_get_months_ahead (preview);
  g_autofree char *current = qc_format_month (qc_remittance_preview_get_current_month (preview));
  if (qc_remittance_preview_get_last (preview) == QC_MONTH_NONE)
    return g_strdup (_ ("The center has not said yet how far one may remit."));
  if (ahead == 0)
    return g_strdup_printf (_ ("Up to this month, %s."), current);
  return g_strdup_printf (
      ngettext ("Up to %d month after this month, %s.", "Up to %d months after this month, %s.", ahead), ahead,
      current);
}

void
qc_months_step_update (QcMonthsStep *self)
{
  QcRemittancePreview *preview = get_preview (self);
  const QcFinding *finding = first_error (self);
  gtk_widget_set_sensitive (self->child, preview != NULL);
  if (!preview)
    return;
  QcMonth first = qc_remittance_preview_get_start (preview);
  QcMonth end = qc_remittance_preview_get_end (preview);
  g_autofree char *start = qc_format_month (first);
  g_autofree char *origin = dup_origin (preview);
  g_autofree char *range = dup_range (preview);
  gtk_label_set_text (self->start, start);
  gtk_label_set_text (self->origin, origin);
  gtk_label_set_text (self->range, range);
  self->updating = TRUE;
  fill_months (self, first, qc_remittance_preview_get_last (preview));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->end), end < first || end > self->last
                                                             ? GTK_INVALID_LIST_POSITION
                                                             : (guint)qc_month_diff (first, end));
  self->updating = FALSE;
  g_autofree char *sentence = finding ? qc_finding_dup_sentence (finding) : NULL;
  gtk_label_set_text (self->error, sentence ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), finding != NULL);
}

void
qc_months_step_set_service (QcMonthsStep *self, QcRemittanceService *service)
{
  g_set_object (&self->service, service);
  qc_months_step_update (self);
}

static void
selected_cb (QcMonthsStep *self)
{
  guint position = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->end));
  if (!self->updating && self->service && position != GTK_INVALID_LIST_POSITION)
    qc_remittance_service_set_end (self->service, qc_month_add (self->first, (int)position));
}

static GtkLabel *
wrapped (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
headline (GtkWidget *box, const char *text)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  qc_spoken_heading (label);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
qc_months_step_dispose (GObject *object)
{
  QcMonthsStep *self = QC_MONTHS_STEP (object);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (qc_months_step_parent_class)->dispose (object);
}

static void
qc_months_step_class_init (QcMonthsStepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_months_step_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
qc_months_step_init (QcMonthsStep *self)
{
  self->child = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  headline (self->child, _ ("First month"));
  self->start = wrapped (self->child, "title-3");
  self->origin = wrapped (self->child, "dim-label");
  GtkWidget *label = headline (self->child, _ ("_Last month"));
  gtk_widget_set_margin_top (label, 12);
  self->months = gtk_string_list_new (NULL);
  self->end = gtk_drop_down_new (G_LIST_MODEL (self->months), NULL);
  gtk_widget_set_halign (self->end, GTK_ALIGN_START);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), self->end);
  qc_drop_down_set_name (GTK_DROP_DOWN (self->end), _ ("Last month"));
  gtk_box_append (GTK_BOX (self->child), self->end);
  self->range = wrapped (self->child, "dim-label");
  self->error = wrapped (self->child, "error");
  gtk_widget_set_visible (GTK_WIDGET (self->error), FALSE);
  gtk_widget_set_parent (self->child, GTK_WIDGET (self));
  g_signal_connect_swapped (self->end, "notify::selected", G_CALLBACK (selected_cb), self);
}

GtkWidget *
qc_months_step_new (void)
{
  return g_object_new (QC_TYPE_MONTHS_STEP, NULL);
}
