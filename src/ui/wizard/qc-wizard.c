/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The frame of a business: it keeps the steps and asks them, shows where one is and what is missing, and passes 办理 on
 * to the page. The actions lie in qc-wizard-actions.c. Main thread.
 */
#include "qc-wizard-private.h"

#include <glib/gi18n.h>

#include "qc-format.h"
#include "qc-list.h"
#include "qc-money-words.h"
#include "qc-spoken.h"
#include "qc-stack.h"

G_DEFINE_FINAL_TYPE (QcWizard, qc_wizard, GTK_TYPE_WIDGET)

enum { SUBMIT, STEP_CHANGED, DISCARD, FINDING, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
step_free (QcWizardEntry *entry)
{
  g_free (entry);
}

QcWizardEntry *
qc_wizard_entry (QcWizard *self, QcStep step, guint *out_index)
{
  for (guint i = 0; i < self->steps->len; i++) {
    QcWizardEntry *entry = g_ptr_array_index (self->steps, i);
    if (entry->step == step) {
      if (out_index)
        *out_index = i;
      return entry;
    }
  }
  return NULL;
}

/* The first step that is not done yet; the last one if all are. */
static guint
first_open (QcWizard *self)
{
  guint i = 0;
  for (; i + 1 < self->steps->len; i++) {
    QcWizardEntry *entry = g_ptr_array_index (self->steps, i);
    if (!qc_wizard_step_is_done (entry->page))
      break;
  }
  return i;
}

gboolean
qc_wizard_can_go (QcWizard *self, QcStep step)
{
  g_return_val_if_fail (QC_IS_WIZARD (self), FALSE);
  guint index;
  return qc_wizard_entry (self, step, &index) && index <= first_open (self);
}

QcStep
qc_wizard_get_step (QcWizard *self)
{
  g_return_val_if_fail (QC_IS_WIZARD (self), 0);
  return self->current ? self->current->step : 0;
}

gboolean
qc_wizard_go (QcWizard *self, QcStep step)
{
  g_return_val_if_fail (QC_IS_WIZARD (self), FALSE);
  QcWizardEntry *entry = qc_wizard_entry (self, step, NULL);
  self->seeks = FALSE;
  if (!entry || !qc_wizard_can_go (self, step))
    return FALSE;
  if (entry != self->current) {
    self->current = entry;
    qc_stack_show (GTK_WIDGET (self->stack), entry->holder);
    g_signal_emit (self, signals[STEP_CHANGED], 0);
  }
  qc_wizard_update (self);
  return TRUE;
}

void
qc_wizard_go_by (QcWizard *self, int offset)
{
  if (!self->current)
    return;
  guint index;
  qc_wizard_entry (self, self->current->step, &index);
  if ((int)index + offset < 0 || (int)index + offset >= (int)self->steps->len)
    return;
  qc_wizard_go (self, ((QcWizardEntry *)g_ptr_array_index (self->steps, index + offset))->step);
}

void
qc_wizard_emit_submit (QcWizard *self)
{
  if (self->can_submit)
    g_signal_emit (self, signals[SUBMIT], 0);
}

void
qc_wizard_emit_discard (QcWizard *self)
{
  g_signal_emit (self, signals[DISCARD], 0);
}

/* The step that shows @finding: who owns it, else the last. */
static QcWizardEntry *
owner_of (QcWizard *self, const QcFinding *finding)
{
  for (guint i = 0; i < self->steps->len; i++) {
    QcWizardEntry *entry = g_ptr_array_index (self->steps, i);
    if (qc_wizard_step_owns (entry->page, finding))
      return entry;
  }
  return self->steps->len ? g_ptr_array_index (self->steps, self->steps->len - 1) : NULL;
}

static void
update_row (QcWizard *self, guint index, guint reachable)
{
  QcWizardEntry *entry = g_ptr_array_index (self->steps, index);
  gboolean done = index < reachable || (index == reachable && qc_wizard_step_is_done (entry->page));
  gboolean last = index + 1 == self->steps->len;
  g_autofree char *number = g_strdup_printf ("%u", entry->n_findings);
  const char *title = qc_wizard_step_title (entry->step);
  if (last)
    done = FALSE; /* 办理 is done when it was pressed, and then another thing is shown */
  gtk_stack_set_visible_child_name (entry->mark, done ? "done" : "number");
  gtk_widget_set_visible (entry->warning, entry->n_findings > 0);
  gtk_label_set_text (entry->count, number);
  gtk_widget_set_sensitive (entry->row, index <= reachable);
  if (entry == self->current)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (entry->row));
  g_autofree char *spoken = NULL;
  if (entry->n_findings > 0)
    spoken
        = g_strdup_printf (ngettext ("%s, %u finding", "%s, %u findings", entry->n_findings), title, entry->n_findings);
  else
    spoken = g_strdup_printf (done ? _ ("%s, done") : "%s", title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry->row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* A tooltip that is set anew, as it was, has the pointer looked for. @why_not: (nullable) */
static void
say_why_not (GtkWidget *button, const char *why_not)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (button), why_not) == 0)
    return;
  gtk_widget_set_tooltip_text (button, why_not);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, why_not ? why_not : "",
                                  -1);
}

/* The step that confirms says it large. */
static void
show_amount (QcWizard *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->amount), self->has_amount && qc_wizard_get_step (self) != QC_STEP_CONFIRM);
}

void
qc_wizard_update (QcWizard *self)
{
  g_return_if_fail (QC_IS_WIZARD (self));
  if (self->steps->len == 0)
    return;
  guint reachable = first_open (self);
  guint index = 0;
  qc_wizard_entry (self, self->current->step, &index);
  if (index > reachable) { /* undone behind our back: go to where something is missing */
    index = reachable;
    self->current = g_ptr_array_index (self->steps, index);
    qc_stack_show (GTK_WIDGET (self->stack), self->current->holder);
    g_signal_emit (self, signals[STEP_CHANGED], 0);
  }
  self->updating = TRUE;
  for (guint i = 0; i < self->steps->len; i++)
    update_row (self, i, reachable);
  self->updating = FALSE;
  gboolean more = index + 1 < self->steps->len;
  g_autofree char *missing = more && index == reachable ? qc_wizard_step_dup_missing (self->current->page) : NULL;
  say_why_not (self->next, missing);
  gtk_widget_set_visible (self->next, more);
  gtk_widget_set_visible (self->back,
                          self->steps->len > 1); /* one step needs no list of steps and no way between them */
  gtk_widget_set_visible (self->steps_side, self->steps->len > 1);
  show_amount (self);
  qc_wizard_update_actions (self, index, reachable);
}

/* To where the first error is to be mended, once. */
static void
seek (QcWizard *self, const GPtrArray *findings)
{
  for (guint i = 0; self->seeks && findings && i < findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (findings, i);
    QcWizardEntry *entry = finding->severity == QC_SEVERITY_ERROR ? owner_of (self, finding) : NULL;
    if (entry)
      qc_wizard_go (self, entry->step);
  }
}

static void
show_worst (QcWizard *self, QcSeverity worst)
{
  if (gtk_widget_has_css_class (self->findings_icon, qc_severity_class (worst)))
    return;
  for (QcSeverity i = QC_SEVERITY_NOTE; i <= QC_SEVERITY_ERROR; i++)
    gtk_widget_remove_css_class (self->findings_icon, qc_severity_class (i));
  gtk_widget_add_css_class (self->findings_icon, qc_severity_class (worst));
  gtk_image_set_from_icon_name (GTK_IMAGE (self->findings_icon), qc_severity_icon (worst));
}

void
qc_wizard_set_findings (QcWizard *self, const GPtrArray *findings)
{
  guint n = findings ? findings->len : 0;
  g_return_if_fail (QC_IS_WIZARD (self));
  for (guint i = 0; i < self->steps->len; i++)
    ((QcWizardEntry *)g_ptr_array_index (self->steps, i))->n_findings = 0;
  QcSeverity worst = QC_SEVERITY_NOTE;
  for (guint i = 0; i < n; i++) {
    const QcFinding *finding = g_ptr_array_index (findings, i);
    QcWizardEntry *entry = owner_of (self, finding);
    worst = MAX (worst, finding->severity);
    if (entry && finding->severity > QC_SEVERITY_NOTE) /* a note is said, and nothing is to be done */
      entry->n_findings++;
  }
  show_worst (self, worst);
  qc_findings_list_set (QC_FINDINGS_LIST (self->findings), findings);
  n = qc_findings_list_get_n_groups (QC_FINDINGS_LIST (self->findings));
  gtk_widget_set_visible (self->findings_toggle, n > 0);
  g_autofree char *label = g_strdup_printf (ngettext ("%u finding", "%u findings", n), n);
  const char *told = gtk_label_get_text (self->findings_count);
  if ((n > 0 || *told) && gtk_widget_get_mapped (GTK_WIDGET (self)) && !g_str_equal (label, told))
    qc_spoken_announce (GTK_WIDGET (self), label);
  gtk_label_set_text (self->findings_count, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->findings_toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  qc_wizard_update_findings (self);
  qc_wizard_update (self);
  seek (self, findings);
}

void
qc_wizard_update_findings (QcWizard *self)
{
  gboolean any = qc_findings_list_get_n_groups (QC_FINDINGS_LIST (self->findings)) > 0;
  gboolean show = any && (self->narrow ? self->want_when_narrow : self->want_findings);
  gtk_widget_set_visible (self->findings_side, show);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->findings_toggle), show);
}

void
qc_wizard_show_findings (QcWizard *self, gboolean show)
{
  if (self->narrow)
    self->want_when_narrow = show;
  else
    self->want_findings = show;
  qc_wizard_update_findings (self);
}

void
qc_wizard_set_totals (QcWizard *self, const char *text, QcMoney fen)
{
  g_autofree char *amount = text && fen >= 0 ? qc_format_yuan (fen) : NULL;
  g_autofree char *words = amount ? qc_money_to_words (fen) : NULL;
  g_return_if_fail (QC_IS_WIZARD (self));
  qc_prose_set_text (self->amount, amount);
  self->has_amount = amount != NULL;
  show_amount (self);
  qc_prose_set_text (self->totals, text);
  gtk_widget_set_visible (GTK_WIDGET (self->totals), text && *text);
  qc_prose_explain (self->amount, words);
}

void
qc_wizard_set_can_submit (QcWizard *self, gboolean can, const char *why_not)
{
  g_return_if_fail (QC_IS_WIZARD (self));
  self->can_submit = can;
  say_why_not (self->submit, can ? NULL : why_not);
  qc_wizard_update (self);
}

void
qc_wizard_set_submit_label (QcWizard *self, const char *label)
{
  g_return_if_fail (QC_IS_WIZARD (self));
  if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self->submit)), label) != 0)
    gtk_button_set_label (GTK_BUTTON (self->submit), label);
  /* at twice the text size the whole of it is wider than a small screen; the confirmation has it in full */
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->submit))), PANGO_ELLIPSIZE_END);
}

void
qc_wizard_add_way (QcWizard *self, const char *icon, const char *label, const char *target)
{
  g_return_if_fail (QC_IS_WIZARD (self));
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_label_new (label);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (words), 12);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (content), words);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_margin_start (button, 6);
  gtk_widget_set_margin_end (button, 6);
  gtk_widget_set_margin_bottom (button, 6);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.go");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_box_append (self->steps_column, button);
}

void
qc_wizard_set_result (QcWizard *self, GtkWidget *result)
{
  g_return_if_fail (QC_IS_WIZARD (self));
  GtkWidget *old = gtk_stack_get_child_by_name (self->outer, "result");
  if (old == result && result)
    return;
  if (old)
    gtk_stack_remove (self->outer, old);
  if (result)
    gtk_stack_add_named (self->outer, result, "result");
  self->seeks = old && !result;
  qc_stack_show_named (GTK_WIDGET (self->outer), result ? "result" : "steps");
  qc_wizard_update (self);
}

static void
draft_notify_cb (QcWizard *self)
{
  gboolean empty = !self->draft || qc_draft_is_empty (self->draft);
  guint unsaved = self->draft ? qc_draft_get_unsaved (self->draft) : 0;
  qc_prose_set_text (self->saved, empty ? "" : unsaved > 0 ? _ ("Saving…") : _ ("Draft saved"));
  qc_wizard_update (self);
}

void
qc_wizard_set_draft (QcWizard *self, QcDraft *draft)
{
  g_return_if_fail (QC_IS_WIZARD (self));
  if (self->draft)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  g_set_object (&self->draft, draft);
  if (draft)
    g_signal_connect_object (draft, "notify", G_CALLBACK (draft_notify_cb), self, G_CONNECT_SWAPPED);
  draft_notify_cb (self);
}

void
qc_wizard_add_step (QcWizard *self, QcStep step, GtkWidget *page, gboolean wide)
{
  g_return_if_fail (QC_IS_WIZARD (self));
  g_return_if_fail (QC_IS_WIZARD_STEP (page));
  QcWizardEntry *entry = g_new0 (QcWizardEntry, 1);
  entry->step = step;
  entry->page = QC_WIZARD_STEP (page);
  qc_wizard_build_step (self, entry, wide, self->steps->len + 1);
  g_ptr_array_add (self->steps, entry);
  if (!self->current)
    self->current = entry;
  qc_wizard_update (self);
}

static void
finding_chosen_cb (QcFindingsList *list, gpointer finding, QcWizard *self)
{
  g_autoptr (QcFinding) copy = qc_finding_copy (finding); /* going there may renew the list */
  QcWizardEntry *entry = owner_of (self, copy);
  g_signal_emit (self, signals[FINDING], 0, copy);
  if (entry && qc_wizard_go (self, entry->step))
    qc_wizard_step_go_to (entry->page, copy);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, QcWizard *self)
{
  int index = gtk_list_box_row_get_index (row);
  if (!self->updating && index >= 0 && index < (int)self->steps->len)
    qc_wizard_go (self, ((QcWizardEntry *)g_ptr_array_index (self->steps, index))->step);
}

static void
row_selected_cb (GtkListBox *list, GtkListBoxRow *row, QcWizard *self)
{
  if (!row)
    return;
  qc_list_rove (list, row);
  row_activated_cb (list, row, self);
}

static void
qc_wizard_dispose (GObject *object)
{
  QcWizard *self = QC_WIZARD (object);
  g_clear_handle_id (&self->fit_source, g_source_remove);
  if (self->draft)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->prefix, g_free);
  G_OBJECT_CLASS (qc_wizard_parent_class)->dispose (object);
}

static GtkSizeRequestMode
qc_wizard_get_request_mode (GtkWidget *widget)
{
  return gtk_widget_get_request_mode (QC_WIZARD (widget)->child);
}

static void
qc_wizard_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *least, int *natural,
                   int *least_baseline, int *natural_baseline)
{
  QcWizard *self = QC_WIZARD (widget);
  int width;
  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    for_size = MAX (for_size, width);
  gtk_widget_measure (self->child, orientation, for_size, least, natural, least_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *least -= qc_wizard_spare_width (self);
}

static void
qc_wizard_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  QcWizard *self = QC_WIZARD (widget);
  int least;
  /* For one frame the findings may stand outside, until they have given way. */
  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_allocate (self->child, MAX (width, least), height, baseline, NULL);
  qc_wizard_fit (self, width);
}

static void
qc_wizard_class_init (QcWizardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_wizard_dispose;
  GTK_WIDGET_CLASS (klass)->get_request_mode = qc_wizard_get_request_mode;
  GTK_WIDGET_CLASS (klass)->measure = qc_wizard_measure;
  GTK_WIDGET_CLASS (klass)->size_allocate = qc_wizard_size_allocate;
  signals[SUBMIT] = g_signal_new ("submit", QC_TYPE_WIZARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STEP_CHANGED]
      = g_signal_new ("step-changed", QC_TYPE_WIZARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DISCARD] = g_signal_new ("discard", QC_TYPE_WIZARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FINDING] = g_signal_new ("finding", QC_TYPE_WIZARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_POINTER);
}

static void
qc_wizard_init (QcWizard *self)
{
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify)step_free);
  self->want_findings = TRUE;
  qc_wizard_build (self);
  g_signal_connect (self->findings, "chosen", G_CALLBACK (finding_chosen_cb), self);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect (self->list, "row-selected", G_CALLBACK (row_selected_cb), self);
}

GtkWidget *
qc_wizard_new (QcBusiness business)
{
  QcWizard *self = g_object_new (QC_TYPE_WIZARD, NULL);
  self->business = business;
  return GTK_WIDGET (self);
}
