/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-roster-step.h. Main thread.
 */
#include "qc-roster-step.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "qc-base-for-all.h"
#include "qc-column-menu.h"
#include "qc-drop-down.h"
#include "qc-focus.h"
#include "qc-import-button.h"
#include "qc-method-line.h"
#include "qc-stack.h"
#include "qc-wizard-step.h"
#include "qc-wrap-layout.h"

#define PILL_HEIGHT 44

struct _QcRosterStep {
  GtkWidget parent_instance;
  QcBusiness business;
  char *prefix;             /* (owned) */
  QcRosterService *service; /* (owned) (nullable) */
  /* borrowed */
  GtkWidget *box, *bar, *toolbar, *stack, *holder;
  GtkWidget *grid;      /* (nullable) */
  GtkWidget *faulty;    /* toggle */
  GtkWidget *reasons;   /* (nullable) menu button */
  GtkWidget *bases;     /* (nullable) menu button */
  GtkWidget *unchanged; /* (nullable) button */
  GtkWidget *method;    /* (nullable) where money moves */
  GtkWidget *nothing;   /* label over the grid where search and filter leave nobody */
};

static void qc_roster_step_step_init (QcWizardStepInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (QcRosterStep, qc_roster_step, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (QC_TYPE_WIZARD_STEP, qc_roster_step_step_init))
enum { SELECTION_CHANGED, PASTED, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* --- what the frame asks --- */

/* Where it is the only step, it is done when it was submitted. */
static gboolean
is_done (QcWizardStep *step)
{
  QcRosterStep *self = QC_ROSTER_STEP (step);
  QcRosterModel *model = self->service ? qc_roster_service_get_model (self->service) : NULL;
  return model && qc_roster_model_get_roster (model)->lines->len > 0 && qc_roster_model_get_n_faulty (model) == 0;
}

static char *
dup_missing (QcWizardStep *step)
{
  QcRosterStep *self = QC_ROSTER_STEP (step);
  return self->service ? qc_business_service_dup_why_not (QC_BUSINESS_SERVICE (self->service)) : NULL;
}

static gboolean
owns (QcWizardStep *step, const QcFinding *finding)
{
  return !g_str_has_prefix (finding->code, "attachment.");
}

static void
go_to (QcWizardStep *step, const QcFinding *finding)
{
  QcRosterStep *self = QC_ROSTER_STEP (step);
  if (!self->grid || finding->line == 0)
    return;
  QcLineFieldId field = QC_LINE_NAME;
  qc_line_field_from_name (finding->field, &field);
  qc_roster_grid_go_to (QC_ROSTER_GRID (self->grid), finding->line, field);
}

static void
qc_roster_step_step_init (QcWizardStepInterface *iface)
{
  iface->is_done = is_done;
  iface->dup_missing = dup_missing;
  iface->owns = owns;
  iface->go_to = go_to;
}

/* --- reasons --- */

/* The lines chosen whose reason is from the list of the first one. (transfer full) (nullable) */
static GArray *
dup_alike (QcRosterStep *self)
{
  g_autoptr (GArray) chosen = self->grid ? qc_roster_grid_dup_selected (QC_ROSTER_GRID (self->grid)) : NULL;
  QcRosterModel *model = self->service ? qc_roster_service_get_model (self->service) : NULL;
  GArray *alike = g_array_new (FALSE, FALSE, sizeof (gint64));
  const char *list = NULL;
  for (guint i = 0; chosen && i < chosen->len; i++) {
    gint64 id = g_array_index (chosen, gint64, i);
    const QcRosterLine *line = qc_roster_model_get_line (model, id);
    const char *its = line ? qc_rules_roster_reason_list (self->business, line) : NULL;
    if (its && (!list || g_str_equal (list, its))) {
      list = its;
      g_array_append_val (alike, id);
    }
  }
  return alike;
}

static void
reason_cb (GtkButton *button, QcRosterStep *self)
{
  g_autoptr (GArray) lines = dup_alike (self);
  gtk_popover_popdown (gtk_menu_button_get_popover (GTK_MENU_BUTTON (self->reasons)));
  qc_roster_service_enter_many (self->service, (const gint64 *)lines->data, lines->len, QC_LINE_REASON,
                                g_object_get_data (G_OBJECT (button), "qc-label"));
  gtk_widget_grab_focus (self->grid);
}

/* What can be chosen depends on the lines chosen. */
static void
fill_reasons_cb (GtkMenuButton *button, gpointer user_data)
{
  QcRosterStep *self = user_data;
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autoptr (GArray) lines = dup_alike (self);
  const QcRosterLine *first = lines->len > 0 ? qc_roster_model_get_line (qc_roster_service_get_model (self->service),
                                                                         g_array_index (lines, gint64, 0))
                                             : NULL;
  g_autoptr (GPtrArray) codes
      = first ? qc_roster_service_dup_choices (self->service, first, QC_LINE_REASON) : g_ptr_array_new ();
  g_autofree char *head
      = lines->len > 0
            ? g_strdup_printf (ngettext ("For the %u line chosen", "For the %u lines chosen", lines->len), lines->len)
            : g_strdup (_ ("First choose the lines it is for."));
  GtkWidget *title = gtk_label_new (head);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "dim-label");
  gtk_box_append (GTK_BOX (box), title);
  for (guint i = 0; i < codes->len; i++) {
    const QcCode *code = g_ptr_array_index (codes, i);
    GtkWidget *choice = gtk_button_new_with_label (code->label);
    gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (choice)), GTK_ALIGN_START);
    gtk_widget_add_css_class (choice, "flat");
    g_object_set_data_full (G_OBJECT (choice), "qc-label", g_strdup (code->label), g_free);
    g_signal_connect (choice, "clicked", G_CALLBACK (reason_cb), self);
    gtk_box_append (GTK_BOX (box), choice);
  }
  gtk_widget_add_css_class (popover, "qc-popover");
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (button, popover);
}

void
qc_roster_step_choose_reason (QcRosterStep *self)
{
  g_return_if_fail (QC_IS_ROSTER_STEP (self));
  if (self->reasons)
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->reasons));
}

/* --- the widget --- */

static GtkWidget *
new_button (QcRosterStep *self, const char *label, const char *action, const char *tooltip)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  g_autofree char *name = g_strconcat ("win.", self->prefix, "-", action, NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), name);
  gtk_widget_set_tooltip_text (button, tooltip);
  return button;
}

static GtkWidget *
build_reasons (QcRosterStep *self)
{
  self->reasons = gtk_menu_button_new ();
  gtk_widget_add_css_class (self->reasons, "raised");
  qc_menu_button_set_words (GTK_MENU_BUTTON (self->reasons), _ ("_Reason for all chosen"));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->reasons), fill_reasons_cb, self, NULL);
  return self->reasons;
}

static GArray *
dup_chosen (gpointer user_data)
{
  QcRosterStep *self = user_data;
  return self->grid ? qc_roster_grid_dup_selected (QC_ROSTER_GRID (self->grid))
                    : g_array_new (FALSE, FALSE, sizeof (gint64));
}

static void
faulty_cb (GtkToggleButton *button, QcRosterStep *self)
{
  if (self->service)
    qc_roster_model_set_only_faulty (qc_roster_service_get_model (self->service),
                                     gtk_toggle_button_get_active (button));
}

/* Everybody, to be filled in; behind the arrow, only what the list shows. */
static GtkWidget *
build_export (QcRosterStep *self)
{
  GtkWidget *button = adw_split_button_new ();
  gtk_widget_add_css_class (button, "raised"); /* as the buttons beside it */
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *everybody = g_strconcat ("win.", self->prefix, "-export", NULL);
  g_autofree char *shown = g_strconcat ("win.", self->prefix, "-export-shown", NULL);
  gboolean opens = qc_business_info (self->business)->opens_accounts;
  g_menu_append (menu, opens ? _ ("An empty form, to be filled in") : _ ("Everybody of the unit, to be filled in"),
                 everybody);
  g_menu_append (menu, _ ("What the list shows"), shown);
  adw_split_button_set_label (ADW_SPLIT_BUTTON (button), _ ("E_xport"));
  adw_split_button_set_use_underline (ADW_SPLIT_BUTTON (button), TRUE);
  adw_split_button_set_menu_model (ADW_SPLIT_BUTTON (button), G_MENU_MODEL (menu));
  qc_split_button_set_menu_name (ADW_SPLIT_BUTTON (button), _ ("What is exported"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), everybody);
  gtk_widget_set_tooltip_text (button, opens
                                           ? _ ("A workbook with the people on the roster and empty rows, to be filled "
                                                "in and imported: Ctrl+Shift+E")
                                           : _ ("A workbook with everybody of the unit, to be filled in and imported: "
                                                "Ctrl+Shift+E"));
  return button;
}

static GtkWidget *
build_print (QcRosterStep *self)
{
  g_autofree char *action = g_strconcat ("win.", self->prefix, "-print-roster", NULL);
  GtkWidget *button = gtk_button_new_from_icon_name ("document-print-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, _ ("The roster on paper: Ctrl+P"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Print the roster"), -1);
  return button;
}

/* People of the unit are chosen; who has no account yet is entered in a form. */
static GtkWidget *
build_choose (QcRosterStep *self)
{
  return qc_business_info (self->business)->opens_accounts
             ? new_button (self, _ ("Add a pers_on"), "choose", "Ctrl+E")
             : new_button (self, _ ("_Choose people"), "choose", "Ctrl+E");
}

static GtkWidget *
build_find (QcRosterStep *self)
{
  return new_button (self, _ ("Find _who can be back-paid"), "find",
                     _ ("Looks through everybody of the unit for months that were missed or remitted too low"));
}

static GtkWidget *
build_toolbar (QcRosterStep *self, QcSession *session)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *choose = build_choose (self);
  GtkWidget *remove = new_button (self, _ ("Remo_ve"), "remove", _ ("Takes the lines chosen off the roster"));
  GtkWidget *clear = new_button (self, _ ("Remove _all"), "clear", _ ("Takes everybody off the roster"));
  gtk_widget_add_css_class (choose, "suggested-action");
  qc_focus_guard (remove);
  qc_focus_guard (clear);
  self->faulty = gtk_toggle_button_new_with_mnemonic (_ ("_Faulty only"));
  g_signal_connect (self->faulty, "toggled", G_CALLBACK (faulty_cb), self);
  gtk_box_append (GTK_BOX (bar), choose);
  if (qc_roster_rules (self->business)->concerns)
    gtk_box_append (GTK_BOX (bar), new_button (self, _ ("Add those conc_erned"), "concerned",
                                               _ (qc_business_info (self->business)->concerned_msgid)));
  if (qc_business_info (self->business)->of_months)
    gtk_box_append (GTK_BOX (bar), build_find (self));
  gtk_box_append (GTK_BOX (bar), new_button (self, _ ("_Paste"), "paste", _ ("From a spreadsheet: Ctrl+V")));
  gtk_box_append (GTK_BOX (bar), qc_import_button_new (session, self->prefix, _ ("_Import"),
                                                       _ ("A workbook (.xlsx, .xls) or text (CSV): Ctrl+Shift+I")));
  gtk_box_append (GTK_BOX (bar), build_export (self));
  gtk_box_append (GTK_BOX (bar), build_print (self));
  if (qc_business_find_column (self->business, QC_LINE_REASON))
    gtk_box_append (GTK_BOX (bar), build_reasons (self));
  if (qc_business_find_column (self->business, QC_LINE_DIFFERENCE)) {
    gtk_box_append (GTK_BOX (bar), self->bases = qc_base_for_all_new (dup_chosen, self));
    self->unchanged = new_button (self, _ ("Remove unchan_ged"), "remove-unchanged",
                                  _ ("Takes those off the roster whose base stays as it is"));
    gtk_box_append (GTK_BOX (bar), self->unchanged);
  }
  if (qc_business_info (self->business)->of_months) {
    gtk_box_append (GTK_BOX (bar), new_button (self, _ ("_Months"), "months",
                                               _ ("What the line costs month by month, and what was paid")));
    gtk_box_append (GTK_BOX (bar), new_button (self, _ ("Other mo_nths too"), "again",
                                               _ ("A second line for the same person, for other months")));
  }
  gtk_box_append (GTK_BOX (bar), new_button (self, _ ("Fill _down"), "fill-down",
                                             _ ("What stands in the first line chosen goes into the others: Ctrl+D")));
  gtk_box_append (GTK_BOX (bar), new_button (self, _ ("_Update lines"), "update-lines",
                                             _ ("Shows people as they are now; what was entered stays")));
  gtk_box_append (GTK_BOX (bar), self->faulty);
  gtk_box_append (GTK_BOX (bar), remove);
  gtk_box_append (GTK_BOX (bar), clear);
  gtk_widget_add_css_class (bar, "toolbar");
  gtk_widget_set_layout_manager (bar, qc_wrap_layout_new (6));
  return bar;
}

static GtkWidget *
build_empty (QcRosterStep *self, QcSession *session)
{
  GtkWidget *status = adw_status_page_new ();
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *choose = build_choose (self);
  GtkWidget *paste = new_button (self, _ ("_Paste from a spreadsheet"), "paste", "Ctrl+V");
  GtkWidget *import = qc_import_button_new (session, self->prefix, _ ("_Import a workbook"), "Ctrl+Shift+I");
  GtkWidget *concerned = qc_roster_rules (self->business)->concerns
                             ? new_button (self, _ ("Add those conc_erned"), "concerned",
                                           _ (qc_business_info (self->business)->concerned_msgid))
                             : NULL;
  gtk_widget_add_css_class (choose, "pill");
  gtk_widget_add_css_class (paste, "pill");
  gtk_widget_set_size_request (import, -1, PILL_HEIGHT); /* a button of two parts is no pill */
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  gtk_widget_set_layout_manager (buttons, qc_wrap_layout_new (12));
  /* what has no card is opened for those concerned; elsewhere there may be none */
  gboolean first = concerned && !qc_business_info (self->business)->does_msgid;
  gtk_widget_add_css_class (first ? concerned : choose, "suggested-action");
  gtk_box_append (GTK_BOX (buttons), choose);
  if (concerned) {
    gtk_widget_add_css_class (concerned, "pill");
    gtk_box_insert_child_after (GTK_BOX (buttons), concerned, first ? NULL : choose);
  }
  if (qc_business_info (self->business)->of_months) {
    GtkWidget *find = build_find (self);
    gtk_widget_add_css_class (find, "pill");
    gtk_box_append (GTK_BOX (buttons), find);
  }
  gtk_box_append (GTK_BOX (buttons), paste);
  gtk_box_append (GTK_BOX (buttons), import);
  GtkWidget *export = new_button (
      self, qc_business_info (self->business)->opens_accounts ? _ ("E_xport a form") : _ ("E_xport everybody"),
      "export", "Ctrl+Shift+E");
  gtk_widget_add_css_class (export, "pill");
  gtk_box_append (GTK_BOX (buttons), export);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), qc_business_info (self->business)->icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("Nobody is on the roster yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (status),
                                   qc_business_info (self->business)->opens_accounts
                                       ? _ ("Enter people one by one, or paste rows with their names, documents and "
                                            "bases from a spreadsheet.")
                                       : _ ("Choose people of the unit, or paste rows with their accounts or document "
                                            "numbers from a spreadsheet."));
  adw_status_page_set_child (ADW_STATUS_PAGE (status), buttons);
  gtk_widget_add_css_class (status, "compact");
  return status;
}

static void
build (QcRosterStep *self, QcSession *session)
{
  GtkWidget *overlay = gtk_overlay_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->bar = qc_draft_bar_new (session, self->business);
  self->holder = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->nothing = gtk_label_new (_ ("Nobody fits the search and filter."));
  gtk_widget_add_css_class (self->nothing, "dim-label");
  gtk_widget_set_can_target (self->nothing, FALSE);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->holder);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->nothing);
  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (self->stack), build_empty (self, session), "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), overlay, "grid");
  gtk_box_append (GTK_BOX (self->box), self->bar);
  if (qc_business_info (self->business)->has_money)
    gtk_box_append (GTK_BOX (self->box), self->method = qc_method_line_new ());
  gtk_box_append (GTK_BOX (self->box), self->toolbar = build_toolbar (self, session));
  gtk_box_append (GTK_BOX (self->box), self->stack);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
selection_cb (QcRosterStep *self)
{
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

static void
pasted_cb (QcRosterStep *self, gpointer result)
{
  g_signal_emit (self, signals[PASTED], 0, result);
}

static void
failed_cb (QcRosterStep *self, gpointer error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

static gboolean
has_unchanged (QcRosterService *service)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (qc_roster_service_get_counts (service), "base.unchanged")) > 0;
}

void
qc_roster_step_update (QcRosterStep *self)
{
  g_return_if_fail (QC_IS_ROSTER_STEP (self));
  QcDraft *draft = self->service ? qc_business_service_get_draft (QC_BUSINESS_SERVICE (self->service)) : NULL;
  QcRosterModel *model = self->service ? qc_roster_service_get_model (self->service) : NULL;
  gboolean any = draft && qc_draft_get_roster (draft)->lines->len > 0;
  guint shown = model ? g_list_model_get_n_items (G_LIST_MODEL (model)) : 0;
  guint faulty = model ? qc_roster_model_get_n_faulty (model) : 0;
  gboolean only = model && qc_roster_model_get_only_faulty (model);
  gtk_widget_set_visible (self->toolbar, any);
  qc_stack_show_named (self->stack, any ? "grid" : "empty");
  gtk_widget_set_visible (self->nothing, any && shown == 0);
  gtk_widget_set_visible (self->faulty, faulty > 0 || only);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->faulty), only);
  if (self->method)
    qc_method_line_update (QC_METHOD_LINE (self->method));
  if (self->unchanged)
    gtk_widget_set_visible (self->unchanged, self->service && has_unchanged (self->service));
}

/* Kept for each business, since each has other columns. */
static void
keep_widths (QcRosterStep *self)
{
  g_autofree char *list = g_strconcat ("roster-", qc_business_info (self->business)->code, NULL);
  qc_column_menu_keep_widths (qc_roster_grid_get_view (QC_ROSTER_GRID (self->grid)), list);
}

void
qc_roster_step_set_service (QcRosterStep *self, QcRosterService *service)
{
  g_return_if_fail (QC_IS_ROSTER_STEP (self));
  if (self->grid)
    gtk_box_remove (GTK_BOX (self->holder), self->grid);
  self->grid = NULL;
  g_set_object (&self->service, service);
  if (service) {
    self->grid = qc_roster_grid_new (service);
    gtk_widget_set_vexpand (self->grid, TRUE);
    gtk_box_append (GTK_BOX (self->holder), self->grid);
    keep_widths (self);
    g_signal_connect_object (self->grid, "selection-changed", G_CALLBACK (selection_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (self->grid, "pasted", G_CALLBACK (pasted_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (self->grid, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  }
  if (self->method)
    qc_method_line_set_service (QC_METHOD_LINE (self->method), service);
  if (self->bases)
    qc_base_for_all_set_service (self->bases, service);
  qc_draft_bar_set_service (QC_DRAFT_BAR (self->bar), service ? QC_BUSINESS_SERVICE (service) : NULL);
  qc_roster_step_update (self);
}

void
qc_roster_step_search (QcRosterStep *self, const char *text)
{
  g_return_if_fail (QC_IS_ROSTER_STEP (self));
  if (self->service)
    qc_roster_model_set_search (qc_roster_service_get_model (self->service), text);
  qc_roster_step_update (self);
}

QcDraftBar *
qc_roster_step_get_bar (QcRosterStep *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_STEP (self), NULL);
  return QC_DRAFT_BAR (self->bar);
}

QcRosterGrid *
qc_roster_step_get_grid (QcRosterStep *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_STEP (self), NULL);
  return self->grid ? QC_ROSTER_GRID (self->grid) : NULL;
}

static gboolean
take_focus (GtkWidget *widget)
{
  QcRosterStep *self = QC_ROSTER_STEP (widget);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "grid") == 0 && self->grid)
    return gtk_widget_grab_focus (self->grid);
  return qc_focus_enter (self->stack);
}

static void
qc_roster_step_dispose (GObject *object)
{
  QcRosterStep *self = QC_ROSTER_STEP (object);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (qc_roster_step_parent_class)->dispose (object);
}

static void
qc_roster_step_finalize (GObject *object)
{
  g_free (QC_ROSTER_STEP (object)->prefix);
  G_OBJECT_CLASS (qc_roster_step_parent_class)->finalize (object);
}

static void
qc_roster_step_class_init (QcRosterStepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_roster_step_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_roster_step_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SELECTION_CHANGED]
      = g_signal_new ("selection-changed", QC_TYPE_ROSTER_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PASTED] = g_signal_new ("pasted", QC_TYPE_ROSTER_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_POINTER);
  signals[FAILED] = g_signal_new ("failed", QC_TYPE_ROSTER_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_POINTER);
}

static void
qc_roster_step_init (QcRosterStep *self)
{
}

GtkWidget *
qc_roster_step_new (QcSession *session, QcBusiness business, const char *prefix)
{
  QcRosterStep *self = g_object_new (QC_TYPE_ROSTER_STEP, NULL);
  self->business = business;
  self->prefix = g_strdup (prefix);
  build (self, session);
  qc_focus_set_home (GTK_WIDGET (self), take_focus);
  return GTK_WIDGET (self);
}
