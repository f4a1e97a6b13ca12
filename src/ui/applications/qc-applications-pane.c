/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * <业务申请记录>: query bar, list and details. The commands lie in qc-applications-commands.c. Main thread.
 */
#include "qc-applications-pane-private.h"

#include <glib/gi18n.h>

#include "qc-drop-down.h"

#include "qc-application-detail.h"
#include "qc-applications-columns.h"
#include "qc-column-menu.h"
#include "qc-focus.h"
#include "qc-format.h"
#include "qc-grid.h"
#include "qc-query-bar.h"
#include "qc-row-menu.h"
#include "qc-spoken.h"
#include "qc-stack.h"
#include "qc-window.h"

G_DEFINE_FINAL_TYPE (QcApplicationsPane, qc_applications_pane, GTK_TYPE_WIDGET)

/* --- state -------------------------------------------------------------------------------------------------------- */

QcApplicationRow *
qc_applications_pane_get_row (QcApplicationsPane *self)
{
  g_return_val_if_fail (QC_IS_APPLICATIONS_PANE (self), NULL);
  return gtk_single_selection_get_selected_item (self->selection);
}

static void
show_row (QcApplicationsPane *self)
{
  QcApplicationRow *row = qc_applications_pane_get_row (self);
  qc_application_detail_set_row (QC_APPLICATION_DETAIL (self->detail), row);
  gtk_widget_set_visible (self->detail_box, row != NULL);
  qc_applications_pane_update_actions (self);
}

static void
remember_selection (QcApplicationsPane *self)
{
  QcApplicationRow *row = qc_applications_pane_get_row (self);
  if (!row)
    return;
  QcOutboxItem *item = qc_application_row_get_item (row);
  g_free (self->wanted);
  self->wanted = item ? g_strdup (qc_outbox_item_get_serial (item)) : qc_application_row_dup_key (row);
  self->wanted_item = item ? qc_outbox_item_get_id (item) : 0;
}

static void
selection_cb (QcApplicationsPane *self)
{
  if (self->restoring)
    return;
  remember_selection (self);
  show_row (self);
}

static void
update_totals (QcApplicationsPane *self)
{
  guint n = qc_application_list_get_total (self->list);
  guint shown = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  g_autofree char *money = qc_format_yuan (qc_application_list_get_total_fen (self->list));
  g_autofree char *text = NULL;
  const char *format = qc_application_list_is_filtered (self->list)
                           ? ngettext ("%u record by these conditions · finished %s",
                                       "%u records by these conditions · finished %s", n)
                           : ngettext ("%u record · finished %s", "%u records · finished %s", n);
  if (qc_application_list_get_total_fen (self->list) == 0)
    text = g_strdup_printf (qc_application_list_is_filtered (self->list)
                                ? ngettext ("%u record by these conditions", "%u records by these conditions", n)
                                : ngettext ("%u record", "%u records", n),
                            n);
  else
    text = g_strdup_printf (format, n, money);
  g_autofree char *part = NULL;
  if (shown < n) /* never silently */
    part = g_strdup_printf (ngettext ("%s · the newest %u is listed", "%s · the newest %u are listed", shown), text,
                            shown);
  gtk_label_set_text (self->totals, part ? part : n > 0 ? text : "");
}

static void
update_stack (QcApplicationsPane *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0;
  gboolean filtered = qc_application_list_is_filtered (self->list);
  adw_status_page_set_title (ADW_STATUS_PAGE (self->empty), filtered ? _ ("Nothing found") : _ ("No records yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->empty),
                                   filtered ? _ ("No record fits these conditions.")
                                            : _ ("What is submitted appears here, with its state."));
  qc_stack_show_named (GTK_WIDGET (self->stack), any || !qc_application_list_is_loaded (self->list) ? "list" : "empty");
}

/* After a reload: the same application stays selected, or what became of the item that was. */
static void
restore_selection (QcApplicationsPane *self)
{
  guint position = G_MAXUINT;
  if (self->wanted_item != 0)
    position = qc_application_list_find_item (self->list, self->wanted_item);
  if (position == G_MAXUINT && self->wanted)
    position = qc_application_list_find (self->list, self->wanted);
  self->restoring = TRUE;
  gtk_single_selection_set_selected (self->selection, position == G_MAXUINT ? GTK_INVALID_LIST_POSITION : position);
  self->restoring = FALSE;
  show_row (self);
}

static void
rows_changed_cb (QcApplicationsPane *self)
{
  restore_selection (self);
  update_totals (self);
  update_stack (self);
}

static void
error_cb (QcApplicationsPane *self)
{
  const GError *error = qc_application_list_get_error (self->list);
  QcWindow *window = qc_window_of (GTK_WIDGET (self));
  if (error && window)
    qc_window_show_error (window, error);
}

void
qc_applications_pane_query (QcApplicationsPane *self)
{
  QcApplicationConditions conditions;
  qc_query_bar_get_conditions (QC_QUERY_BAR (self->bar), &conditions);
  qc_application_list_query (self->list, &conditions);
}

void
qc_applications_pane_select (QcApplicationsPane *self, const char *serial)
{
  g_return_if_fail (QC_IS_APPLICATIONS_PANE (self));
  g_free (self->wanted);
  self->wanted = g_strdup (serial);
  self->wanted_item = 0;
  restore_selection (self);
}

void
qc_applications_pane_search (QcApplicationsPane *self, const char *text)
{
  g_return_if_fail (QC_IS_APPLICATIONS_PANE (self));
  qc_query_bar_set_text (QC_QUERY_BAR (self->bar), text);
}

GtkWidget *
qc_applications_pane_take_head (QcApplicationsPane *self)
{
  g_return_val_if_fail (QC_IS_APPLICATIONS_PANE (self), NULL);
  GtkWidget *head = g_object_ref (self->head);

  gtk_box_remove (GTK_BOX (self->child), head);
  gtk_widget_set_margin_start (head, 0);
  gtk_widget_set_margin_top (head, 0);
  return head;
}

QcApplicationList *
qc_applications_pane_get_list (QcApplicationsPane *self)
{
  g_return_val_if_fail (QC_IS_APPLICATIONS_PANE (self), NULL);
  return self->list;
}

QcApplicationService *
qc_applications_pane_get_service (QcApplicationsPane *self)
{
  g_return_val_if_fail (QC_IS_APPLICATIONS_PANE (self), NULL);
  return self->service;
}

/* --- 录入清册: a click or Enter opens it --- */

static gboolean
is_on_row (GtkWidget *grid, double x, double y)
{
  for (GtkWidget *at = gtk_widget_pick (grid, x, y, GTK_PICK_DEFAULT); at && at != grid;
       at = gtk_widget_get_parent (at))
    if (GTK_IS_LIST_VIEW (at)) /* not the headings */
      return TRUE;
  return FALSE;
}

static gboolean
open_cb (gpointer self)
{
  qc_applications_pane_open_draft (self);
  return G_SOURCE_REMOVE;
}

/* The row is selected behind this. */
static void
clicked_cb (GtkGestureClick *click, int n, double x, double y, QcApplicationsPane *self)
{
  if (is_on_row (GTK_WIDGET (self->grid), x, y))
    g_idle_add_full (G_PRIORITY_DEFAULT, open_cb, g_object_ref (self), g_object_unref);
}

/* --- widgets ------------------------------------------------------------------------------------------------------ */

/* What can be done with the record, and nothing else. */
static void
add_row_menu (QcApplicationsPane *self)
{
  static const struct {
    const char *msgid, *action;
  } deeds[] = {
      {N_ ("Go on with it"), "win.application-go-on"},
      {N_ ("Correct and submit a_gain"), "win.application-reopen"},
      {N_ ("Draw _again"), "win.application-redraw"},
      {N_ ("_Send on"), "win.application-release"},
      {N_ ("Print _voucher"), "win.application-print"},
      {N_ ("Roster of the record selected"), "win.application-print-roster"},
      {N_ ("Payment notice of the record selected"), "win.application-print-notice"},
      {N_ ("_This and last month"), "win.application-sheet"},
      {N_ ("_Take back"), "win.application-withdraw"},
      {N_ ("_Take it back"), "win.application-cancel"},
      {N_ ("_Delete"), "win.application-delete"},
  };
  g_autoptr (GMenu) menu = g_menu_new ();
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++) {
    g_autoptr (GMenuItem) item = g_menu_item_new (_ (deeds[i].msgid), deeds[i].action);
    g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
    g_menu_append_item (menu, item);
  }
  qc_row_menu_add (self->grid, G_MENU_MODEL (menu));
}

static void
apply_order (QcApplicationsPane *self)
{
  qc_application_list_set_order (self->list, self->sort ? qc_applications_compare : NULL, self->sort, self->descending);
}

/* The row that is selected stays so, wherever it stands now. */
static void
sort_cb (const char *id, gboolean descending, gpointer data)
{
  QcApplicationsPane *self = data;
  g_free (self->sort);
  self->sort = g_strdup (id);
  self->descending = descending;
  if (self->menu)
    qc_column_menu_note_sort (QC_COLUMN_MENU (self->menu), id, descending);
  apply_order (self);
}

static GtkWidget *
build_list (QcApplicationsPane *self)
{
  self->grid = qc_applications_grid_new (GTK_SELECTION_MODEL (self->selection), self->business);
  qc_grid_set_sort_func (self->grid, sort_cb, self);
  g_signal_connect_swapped (self->grid, "activate", G_CALLBACK (qc_applications_pane_open_draft), self);
  GtkGesture *click = gtk_gesture_click_new ();
  g_signal_connect (click, "released", G_CALLBACK (clicked_cb), self);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->grid), GTK_EVENT_CONTROLLER (click));
  add_row_menu (self);
  self->stack = GTK_STACK (gtk_stack_new ());
  self->empty = adw_status_page_new ();
  gtk_widget_add_css_class (self->empty, "compact");
  gtk_stack_add_named (self->stack, qc_grid_scroll (self->grid), "list");
  gtk_stack_add_named (self->stack, self->empty, "empty");
  return GTK_WIDGET (self->stack);
}

static GtkWidget *
build_export (void)
{
  GtkWidget *export = gtk_button_new_with_mnemonic (_ ("_Export"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (export), "win.records-export");
  gtk_widget_set_tooltip_text (export, _ ("The records shown, as an Excel workbook: Ctrl+Shift+E"));
  gtk_widget_add_css_class (export, "flat");
  gtk_widget_set_hexpand (export, TRUE);
  gtk_widget_set_halign (export, GTK_ALIGN_END);
  return export;
}

static GtkWidget *
build_print (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new (), one = g_menu_new (), all = g_menu_new (), list = g_menu_new ();
  g_menu_append (one, _ ("Roster of the record selected"), "win.application-print-roster");
  g_menu_append (one, _ ("Payment notice of the record selected"), "win.application-print-notice");
  g_menu_append (all, _ ("Rosters of all records listed"), "win.records-print-rosters");
  g_menu_append (all, _ ("Payment notices of all records listed"), "win.records-print-notices");
  g_menu_append (list, _ ("This list"), "win.records-print");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (one));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (all));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (list));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  qc_menu_button_set_words (GTK_MENU_BUTTON (button), _ ("_Print"));
  gtk_widget_set_tooltip_text (button, _ ("On paper: Ctrl+P the roster of the record selected, Ctrl+Shift+P all"));
  gtk_widget_add_css_class (button, "flat");
  return button;
}

static GtkWidget *
build_head (QcApplicationsPane *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (_ ("Application records"));
  gtk_widget_add_css_class (title, "heading");
  qc_spoken_heading (title);
  gtk_widget_set_margin_start (head, 12);
  gtk_widget_set_margin_end (head, 12);
  gtk_widget_set_margin_top (head, 6);
  self->totals = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->totals), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->totals), "numeric");
  gtk_label_set_wrap (self->totals, TRUE);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->totals));
  if (self->business < 0) { /* below a business the roster above has buttons of these names */
    gtk_box_append (GTK_BOX (head), build_export ());
    gtk_box_append (GTK_BOX (head), build_print ());
    self->menu = qc_column_menu_new (self->session, self->grid, "records");
    qc_column_menu_set_flat (QC_COLUMN_MENU (self->menu));
    gtk_box_append (GTK_BOX (head), self->menu);
    gtk_widget_set_visible (title, FALSE); /* it is the page's own, said above */
  } else {
    qc_column_menu_keep_widths (self->grid, "records-below");
  }
  return head;
}

/* Among the records, where they can be chosen from. */
static gboolean
take_focus (GtkWidget *widget)
{
  QcApplicationsPane *self = QC_APPLICATIONS_PANE (widget);
  return qc_focus_enter (GTK_WIDGET (self->grid)) || qc_focus_enter (self->child);
}

static void
build (QcApplicationsPane *self)
{
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *list = build_list (self);
  self->child = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->head = build_head (self);
  gtk_box_append (GTK_BOX (self->child), self->head);
  self->bar = qc_query_bar_new (self->business);
  gtk_box_append (GTK_BOX (self->child), self->bar);
  gtk_box_append (GTK_BOX (middle), list);
  self->detail_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->detail = qc_application_detail_new (self->session, self->service);
  gtk_box_append (GTK_BOX (self->detail_box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (self->detail_box), self->detail);
  gtk_widget_set_visible (self->detail_box, FALSE);
  gtk_box_append (GTK_BOX (middle), self->detail_box);
  gtk_box_append (GTK_BOX (self->child), middle);
  gtk_widget_set_parent (self->child, GTK_WIDGET (self));
  qc_focus_set_home (GTK_WIDGET (self), take_focus);
  qc_focus_follow_search (qc_query_bar_get_search (QC_QUERY_BAR (self->bar)), list);
  g_signal_connect_swapped (self->bar, "changed", G_CALLBACK (qc_applications_pane_query), self);
}

static void
make_models (QcApplicationsPane *self)
{
  self->list = qc_application_list_new (self->session);
  self->service = qc_application_service_new (self->session);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (rows_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->list, "notify::loaded", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::error", G_CALLBACK (error_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->service, "changed", G_CALLBACK (show_row), self, G_CONNECT_SWAPPED);
}

void
qc_applications_pane_reset (QcApplicationsPane *self)
{
  g_return_if_fail (QC_IS_APPLICATIONS_PANE (self));
  g_signal_handlers_disconnect_by_data (self->list, self);
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_clear_object (&self->list);
  g_clear_object (&self->service);
  g_clear_pointer (&self->wanted, g_free);
  self->wanted_item = 0;
  make_models (self);
  apply_order (self);
  qc_application_detail_set_service (QC_APPLICATION_DETAIL (self->detail), self->service);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->list));
  qc_query_bar_clear (QC_QUERY_BAR (self->bar));
  show_row (self);
}

static void
qc_applications_pane_dispose (GObject *object)
{
  QcApplicationsPane *self = QC_APPLICATIONS_PANE (object);
  g_clear_weak_pointer (&self->dialog);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->service);
  g_clear_object (&self->session);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->sort, g_free);
  G_OBJECT_CLASS (qc_applications_pane_parent_class)->dispose (object);
}

static void
qc_applications_pane_class_init (QcApplicationsPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_applications_pane_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
qc_applications_pane_init (QcApplicationsPane *self)
{
  qc_applications_pane_add_actions (self);
}

GtkWidget *
qc_applications_pane_new (QcSession *session, int business)
{
  g_return_val_if_fail (QC_IS_SESSION (session), NULL);
  QcApplicationsPane *self = g_object_new (QC_TYPE_APPLICATIONS_PANE, NULL);
  self->session = g_object_ref (session);
  self->business = business;
  make_models (self);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->list)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  build (self);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selection_cb), self,
                           G_CONNECT_SWAPPED);
  qc_applications_pane_query (self);
  show_row (self);
  return GTK_WIDGET (self);
}
