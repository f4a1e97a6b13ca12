/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 复核: the months with their ticks, below them who changed in the month chosen, and who is left out or must be
 * answered for (R3, R10). Main thread.
 */
#include "qc-remittance-steps.h"

#include <glib/gi18n.h>

#include "qc-drop-down.h"
#include "qc-export-grid.h"
#include "qc-focus.h"
#include "qc-format.h"
#include "qc-grid.h"
#include "qc-month-table.h"
#include "qc-month.h"
#include "qc-review-lists.h"
#include "qc-text-size.h"
#include "qc-wizard-step.h"
#include "qc-wrap-layout.h"

#define MAX_LIST_HEIGHT 400

struct _QcReviewStep {
  GtkWidget parent_instance;
  QcRemittanceService *service; /* (owned) (nullable) */
  QcRemittancePreview *shown;   /* (owned) (nullable) whose people the lists hold */
  QcMonth month;                /* whose changes are shown */
  GtkNoSelection *changes;      /* (owned) */
  GtkMultiSelection *left_out;  /* (owned) several can be answered for at once */
  /* borrowed */
  GtkColumnView *changes_grid, *left_out_grid;
  GtkWidget *child, *table, *to_changes, *to_left_out;
  GtkStack *stack;
  GtkLabel *changes_note, *left_out_note;
};

static void step_init (QcWizardStepInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (QcReviewStep, qc_review_step, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (QC_TYPE_WIZARD_STEP, step_init))

static QcRemittancePreview *
get_preview (QcReviewStep *self)
{
  return self->service ? qc_remittance_service_get_preview (self->service) : NULL;
}

static guint
not_reviewed (QcReviewStep *self)
{
  QcRemittancePreview *preview = get_preview (self);
  return preview ? qc_remittance_preview_get_lines (preview)->len - qc_remittance_service_get_reviewed (self->service)
                 : 0;
}

static gboolean
is_done (QcWizardStep *step)
{
  QcReviewStep *self = QC_REVIEW_STEP (step);
  QcRemittancePreview *preview = get_preview (self);
  return preview && qc_remittance_preview_get_lines (preview)->len > 0 && not_reviewed (self) == 0
         && qc_remittance_preview_get_unanswered (preview) == 0;
}

static char *
dup_missing (QcWizardStep *step)
{
  QcReviewStep *self = QC_REVIEW_STEP (step);
  QcRemittancePreview *preview = get_preview (self);
  guint n = not_reviewed (self);
  if (preview && qc_remittance_preview_get_unanswered (preview) > 0)
    return g_strdup (_ ("Answer the retirement class of the people listed first."));
  if (n > 0)
    return g_strdup_printf (ngettext ("%u month is not reviewed yet.", "%u months are not reviewed yet.", n), n);
  return NULL;
}

static gboolean
owns (QcWizardStep *step, const QcFinding *finding)
{
  static const char *const codes[]
      = {"remittance.class-unanswered", "remittance.left-out",      "remittance.base-pending",
         "remittance.no-base",          "remittance.nobody",        "remittance.amount-zero",
         "remittance.unbalanced",       "remittance.month-changed", NULL};
  return g_strv_contains (codes, finding->code) || g_str_has_prefix (finding->code, "retirement.");
}

static void
go_to (QcWizardStep *step, const QcFinding *finding)
{
  QcReviewStep *self = QC_REVIEW_STEP (step);
  gboolean people = g_strcmp0 (finding->code, "remittance.class-unanswered") == 0
                    || g_strcmp0 (finding->code, "remittance.left-out") == 0
                    || g_str_has_prefix (finding->code, "retirement.");
  gtk_stack_set_visible_child_name (self->stack, people ? "left-out" : "changes");
  if (finding->month != QC_MONTH_NONE)
    qc_review_step_select_month (self, finding->month);
  qc_focus_enter (GTK_WIDGET (self->stack));
}

static void
step_init (QcWizardStepInterface *iface)
{
  iface->is_done = is_done;
  iface->dup_missing = dup_missing;
  iface->owns = owns;
  iface->go_to = go_to;
}

/* --- content ------------------------------------------------------------------------------------------------------ */

static void
set_note (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
update_changes (QcReviewStep *self)
{
  QcRemittancePreview *preview = get_preview (self);
  g_autoptr (GListModel) people = preview ? qc_remittance_preview_dup_changes (preview, self->month) : NULL;
  guint n = people ? g_list_model_get_n_items (people) : 0;
  g_autofree char *month = qc_format_month (self->month);
  g_autofree char *title = g_strdup_printf (_ ("Changed (%u)"), n);
  /* Translators: the month whose changes are shown. */
  g_autofree char *tooltip = g_strdup_printf (_ ("Changed in %s"), month);
  gtk_no_selection_set_model (self->changes, people);
  gtk_button_set_label (GTK_BUTTON (self->to_changes), title);
  gtk_widget_set_tooltip_text (self->to_changes, tooltip);
  set_note (self->changes_note, n == 0 ? _ ("Nobody changed: the same people with the same amounts.") : NULL);
}

static void
update_left_out (QcReviewStep *self)
{
  QcRemittancePreview *preview = get_preview (self);
  g_autoptr (GListModel) people = preview ? qc_remittance_preview_dup_left_out (preview) : NULL;
  guint n = people ? g_list_model_get_n_items (people) : 0;
  g_autofree char *title = g_strdup_printf (_ ("Left out or asked (%u)"), n);
  gtk_multi_selection_set_model (self->left_out, people);
  gtk_button_set_label (GTK_BUTTON (self->to_left_out), title);
  if (preview && qc_remittance_preview_get_unanswered (preview) > 0)
    gtk_widget_add_css_class (self->to_left_out, "qc-attention");
  else
    gtk_widget_remove_css_class (self->to_left_out, "qc-attention");
  set_note (self->left_out_note, n == 0 ? _ ("Nobody is left out by retirement age.")
                                 : preview && qc_remittance_preview_get_unanswered (preview) > 1
                                     ? _ ("Several that are selected (Ctrl, Shift, Ctrl+A) are answered for at once.")
                                     : NULL);
}

void
qc_review_step_update (QcReviewStep *self)
{
  QcRemittancePreview *preview = get_preview (self);
  qc_month_table_update (QC_MONTH_TABLE (self->table), self->service);
  if (preview && !qc_remittance_preview_get_line (preview, self->month))
    self->month = qc_remittance_preview_get_start (preview);
  if (preview != self->shown) {
    g_set_object (&self->shown, preview);
    update_changes (self);
    update_left_out (self);
  }
}

QcRemittancePerson *
qc_review_step_dup_left_out (QcReviewStep *self, const char *account)
{
  GListModel *people = gtk_multi_selection_get_model (self->left_out);
  guint n = people ? g_list_model_get_n_items (people) : 0;
  for (guint i = 0; i < n; i++) {
    g_autoptr (QcRemittancePerson) person = g_list_model_get_item (people, i);
    if (g_strcmp0 (qc_remittance_person_get_account (person), account) == 0)
      return g_steal_pointer (&person);
  }
  return NULL;
}

void
qc_review_step_select_month (QcReviewStep *self, QcMonth month)
{
  qc_month_table_select (QC_MONTH_TABLE (self->table), month);
}

QcMonth
qc_review_step_get_month (QcReviewStep *self)
{
  g_return_val_if_fail (QC_IS_REVIEW_STEP (self), QC_MONTH_NONE);
  return self->month;
}

void
qc_review_step_export (QcReviewStep *self, const char *path)
{
  g_return_if_fail (QC_IS_REVIEW_STEP (self));
  gboolean changes = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "changes") == 0;
  qc_export_grid (changes ? self->changes_grid : self->left_out_grid,
                  changes ? _ ("People who changed") : _ ("People left out or to be answered for"), self->month, NULL,
                  path);
}

static void
selected_cb (QcMonthTable *table, int month, QcReviewStep *self)
{
  if (month == self->month && self->shown)
    return;
  self->month = month;
  update_changes (self);
}

static void
reviewed_cb (QcMonthTable *table, int month, gboolean reviewed, QcReviewStep *self)
{
  if (self->service)
    qc_remittance_service_set_reviewed (self->service, month, reviewed);
}

void
qc_review_step_set_service (QcReviewStep *self, QcRemittanceService *service)
{
  g_set_object (&self->service, service);
  g_clear_object (&self->shown);
  qc_review_step_update (self);
}

/* Where the months and the people do not both have room, they share it. */
static GtkWidget *
list_page (GtkColumnView *grid, GtkLabel **note)
{
  GtkWidget *list = qc_grid_scroll (grid);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  *note = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (*note), "dim-label");
  gtk_widget_set_margin_top (GTK_WIDGET (*note), 12);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (*note));
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (list), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (list), qc_text_size_scale (list, MAX_LIST_HEIGHT));
  gtk_box_append (GTK_BOX (box), list);
  return box;
}

static void
toggled_cb (GtkToggleButton *button, QcReviewStep *self)
{
  if (gtk_toggle_button_get_active (button))
    gtk_stack_set_visible_child_name (self->stack, GTK_WIDGET (button) == self->to_changes ? "changes" : "left-out");
}

/* The list was chosen otherwise. */
static void
list_shown_cb (QcReviewStep *self)
{
  gboolean changes = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "changes") == 0;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (changes ? self->to_changes : self->to_left_out), TRUE);
}

static GtkWidget *
build_toggles (QcReviewStep *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->to_changes = gtk_toggle_button_new_with_label ("");
  self->to_left_out = gtk_toggle_button_new_with_label ("");
  gtk_widget_add_css_class (box, "linked");
  gtk_box_append (GTK_BOX (box), self->to_changes);
  gtk_box_append (GTK_BOX (box), self->to_left_out);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->to_left_out), GTK_TOGGLE_BUTTON (self->to_changes));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->to_changes), TRUE);
  g_signal_connect (self->to_changes, "toggled", G_CALLBACK (toggled_cb), self);
  g_signal_connect (self->to_left_out, "toggled", G_CALLBACK (toggled_cb), self);
  g_signal_connect_swapped (self->stack, "notify::visible-child", G_CALLBACK (list_shown_cb), self);
  return box;
}

static GtkWidget *
build_print (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new (), draft = g_menu_new (), remitted = g_menu_new ();
  g_menu_append (draft, _ ("Roster of the month shown"), "win.remittance-print-draft::roster");
  g_menu_append (draft, _ ("Changes of the month shown"), "win.remittance-print-draft::changes");
  g_menu_append (draft, _ ("Both, of all months"), "win.remittance-print-all");
  g_menu_append (remitted, _ ("Months remitted before…"), "win.remittance-print-months");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (draft));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (remitted));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "document-print-symbolic");
  qc_menu_button_set_name (GTK_MENU_BUTTON (button), _ ("Print"));
  gtk_widget_set_tooltip_text (button, _ ("Rosters and changes on paper: Ctrl+P; remitted months: Ctrl+Shift+P"));
  gtk_widget_add_css_class (button, "flat");
  return button;
}

/* Which list is shown, 导出 of it, and 全部已复核; in as many lines as they need. */
static GtkWidget *
build_switcher (QcReviewStep *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *all = gtk_button_new_with_label (_ ("All reviewed"));
  gtk_widget_set_layout_manager (line, qc_wrap_layout_new (6));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (all), "win.remittance-review-all");
  GtkWidget *export = gtk_button_new_from_icon_name ("document-save-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (export), "win.remittance-export");
  gtk_widget_set_tooltip_text (export, _ ("The people listed here, as an Excel workbook"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (export), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The people listed here, as an Excel workbook"), -1);
  gtk_widget_add_css_class (export, "flat");
  gtk_box_append (GTK_BOX (line), build_toggles (self));
  GtkWidget *sheet = gtk_button_new_with_mnemonic (_ ("_This and last month"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (sheet), "win.remittance-sheet");
  gtk_widget_add_css_class (sheet, "flat");
  gtk_box_append (GTK_BOX (line), sheet);
  gtk_box_append (GTK_BOX (line), export);
  gtk_box_append (GTK_BOX (line), build_print ());
  gtk_box_append (GTK_BOX (line), all);
  gtk_widget_set_margin_start (line, 12);
  gtk_widget_set_margin_end (line, 12);
  gtk_widget_set_margin_top (line, 6);
  gtk_widget_set_margin_bottom (line, 6);
  return line;
}

static void
build_lists (QcReviewStep *self)
{
  self->changes = gtk_no_selection_new (NULL);
  self->left_out = gtk_multi_selection_new (NULL);
  self->changes_grid = qc_review_changes_new (GTK_SELECTION_MODEL (self->changes));
  self->left_out_grid = qc_review_left_out_new (GTK_SELECTION_MODEL (self->left_out));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, list_page (self->changes_grid, &self->changes_note), "changes");
  gtk_stack_add_named (self->stack, list_page (self->left_out_grid, &self->left_out_note), "left-out");
}

static void
qc_review_step_dispose (GObject *object)
{
  QcReviewStep *self = QC_REVIEW_STEP (object);
  if (self->table) {
    g_signal_handlers_disconnect_by_data (self->table, self);
    g_signal_handlers_disconnect_by_data (self->stack, self);
  }
  self->table = NULL;
  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_object (&self->changes);
  g_clear_object (&self->left_out);
  g_clear_object (&self->shown);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (qc_review_step_parent_class)->dispose (object);
}

static void
qc_review_step_class_init (QcReviewStepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_review_step_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
qc_review_step_init (QcReviewStep *self)
{
  build_lists (self);
  self->child = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->table = qc_month_table_new ();
  gtk_box_append (GTK_BOX (self->child), self->table);
  gtk_box_append (GTK_BOX (self->child), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (self->child), build_switcher (self));
  gtk_box_append (GTK_BOX (self->child), GTK_WIDGET (self->stack));
  gtk_widget_set_parent (self->child, GTK_WIDGET (self));
  g_signal_connect (self->table, "selected", G_CALLBACK (selected_cb), self);
  g_signal_connect (self->table, "reviewed", G_CALLBACK (reviewed_cb), self);
}

GtkWidget *
qc_review_step_new (void)
{
  return g_object_new (QC_TYPE_REVIEW_STEP, NULL);
}
