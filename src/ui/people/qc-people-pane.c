/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-people-pane.h. Main thread.
 */
#include "qc-people-pane.h"

#include <glib/gi18n.h>

#include "qc-column-menu.h"
#include "qc-export-flow.h"
#include "qc-paper-window.h"
#include "qc-printout-kinds.h"
#include "qc-format.h"
#include "qc-grid-stage.h"
#include "qc-grid.h"
#include "qc-pane-commands.h"
#include "qc-people-list.h"
#include "qc-person-panel.h"
#include "qc-row-menu.h"
#include "qc-wrap-layout.h"

struct _QcPeoplePane {
  GtkWidget parent_instance;
  QcSession *session;            /* (owned) */
  QcPeopleList *list;            /* (owned) */
  GtkSingleSelection *selection; /* (owned) */
  GSimpleActionGroup *actions;   /* (owned) */
  GtkWidget *column;             /* borrowed: the child */
  GtkWidget *menu;               /* borrowed: QcColumnMenu */
  GtkColumnView *grid;           /* borrowed */
  GtkWidget *panel;              /* borrowed */
  GtkWidget *panel_box;          /* borrowed: divider and panel */
  GtkWidget *totals, *as_of;     /* borrowed */
  GtkWidget *nobody;             /* borrowed: overlay when nothing fits */
  char *search;                  /* (owned) */
  gint64 chosen;                 /* who was selected last, for the answers to come */
  char *shown;                   /* (owned) (nullable) account in the panel */
  char *wanted;                  /* (owned) (nullable) account that is looked for, until the list has her place */
  gboolean apart;                /* the panel has somebody whom the list does not have, or not yet */
  gboolean stale;                /* to be read when it is mapped */
};

G_DEFINE_FINAL_TYPE (QcPeoplePane, qc_people_pane, GTK_TYPE_WIDGET)

enum { LOADED, FAILED, OPEN, N_SIGNALS };
static guint signals[N_SIGNALS];

/* --- cells --- */

enum { UNIT_PART, PERSONAL_PART, BOTH_PARTS };

/* (transfer full) */
static char *
dup_status (const QcEmployee *person)
{
  const char *status = _ (qc_person_status_to_msgid (person->status));
  return person->base_pending ? g_strconcat (status, " · ", _ ("Base to be adjusted"), NULL) : g_strdup (status);
}

#define CELL(name, expression)                                    \
  static char *name (gpointer item, gpointer data)                \
  {                                                               \
    const QcEmployee *person = qc_person_row_get_employee (item); \
    return person ? (expression) : NULL;                          \
  }
CELL (cell_name, g_strdup (person->name))
CELL (cell_account, g_strdup (person->account))
CELL (cell_document, qc_format_document (person->document))
CELL (cell_status, dup_status (person))
CELL (cell_base, qc_format_money (person->base))
CELL (cell_opened, qc_format_month (person->opened))
CELL (cell_paid_to, qc_format_month (person->paid_to))
CELL (cell_balance, qc_format_money (person->balance))
#undef CELL

/* 月缴存额 of the month that is due, of whoever is remitted. */
static char *
cell_part (gpointer item, const QcGridColumn *column, gpointer data)
{
  const QcPeoplePane *self = data;
  const QcEmployee *person = qc_person_row_get_employee (item);
  QcContribution parts;
  if (!person || !qc_people_list_get_contribution (self->list, person, &parts))
    return NULL;
  return qc_format_money (column->tag == UNIT_PART       ? parts.unit
                          : column->tag == PERSONAL_PART ? parts.personal
                                                         : qc_contribution_total (parts));
}

static char *
row_name (gpointer item, gpointer data)
{
  const QcEmployee *person = qc_person_row_get_employee (item);
  g_autofree char *base = person ? qc_format_money (person->base) : NULL;
  /* Translators: what a screen reader says of a row: name, individual account, status, contribution base. */
  return person ? g_strdup_printf (_ ("%s, %s, %s, base %s"), person->name, person->account,
                                   _ (qc_person_status_to_msgid (person->status)), base)
                : NULL;
}

static const QcGridColumn columns[] = {
    {"name", N_ ("Name"), cell_name, QC_GRID_NAME, .chars = 30, .expand = TRUE, .sortable = TRUE},
    {"account", N_ ("Individual account"), cell_account, QC_GRID_CODE, .yields = 7, .sortable = TRUE},
    {"document", N_ ("Document number"), cell_document, QC_GRID_CODE, .yields = 4, .sortable = TRUE},
    {"status", N_ ("Status"), cell_status, QC_GRID_TEXT, .chars = 16, .yields = 6, .sortable = TRUE},
    {"base", N_ ("Contribution base"), cell_base, QC_GRID_NUMBER, .sortable = TRUE},
    {"unit", N_ ("Unit's monthly part"), NULL, QC_GRID_NUMBER, .yields = 3, .sortable = TRUE, .cell = cell_part,
     .tag = UNIT_PART},
    {"personal", N_ ("Personal monthly part"), NULL, QC_GRID_NUMBER, .yields = 3, .sortable = TRUE, .cell = cell_part,
     .tag = PERSONAL_PART},
    {"amount", N_ ("Monthly amount"), NULL, QC_GRID_NUMBER, .yields = 8, .sortable = TRUE, .cell = cell_part,
     .tag = BOTH_PARTS},
    {"opened", N_ ("Account opened"), cell_opened, QC_GRID_CODE, .yields = 1, .sortable = TRUE},
    {"paid-to", N_ ("Paid up to"), cell_paid_to, QC_GRID_CODE, .yields = 5, .sortable = TRUE},
    {"balance", N_ ("Account balance"), cell_balance, QC_GRID_NUMBER, .yields = 2, .sortable = TRUE},
};

/* By the same terms more base is more of everything. */
static const struct {
  const char *id;
  QcPeopleSort sort;
} sorts[] = {
    {"name", QC_PEOPLE_BY_NAME},       {"account", QC_PEOPLE_BY_ACCOUNT}, {"document", QC_PEOPLE_BY_DOCUMENT},
    {"status", QC_PEOPLE_BY_STATUS},   {"base", QC_PEOPLE_BY_BASE},       {"unit", QC_PEOPLE_BY_BASE},
    {"personal", QC_PEOPLE_BY_BASE},   {"amount", QC_PEOPLE_BY_BASE},     {"opened", QC_PEOPLE_BY_OPENED},
    {"paid-to", QC_PEOPLE_BY_PAID_TO}, {"balance", QC_PEOPLE_BY_BALANCE},
};

/* Before another question is asked: its answer begins at its first row. (Afterwards the rows have no heights yet.) */
static void
go_to_top (QcPeoplePane *self)
{
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->grid)), 0);
}

static void
sort_cb (const char *id, gboolean descending, gpointer data)
{
  QcPeoplePane *self = data;
  QcPeopleSort sort = QC_PEOPLE_BY_NAME;
  for (gsize i = 0; i < G_N_ELEMENTS (sorts); i++)
    if (g_strcmp0 (sorts[i].id, id) == 0)
      sort = sorts[i].sort;
  if (!self->column)
    return; /* the grid goes, and its order with it */
  go_to_top (self);
  qc_column_menu_note_sort (QC_COLUMN_MENU (self->menu), id, descending);
  qc_people_list_set_sort (self->list, sort, id && descending);
}

/* --- totals and states --- */

static QcPeopleFilter
current_filter (QcPeoplePane *self)
{
  static const char *const names[]
      = {"people-filter-normal", "people-filter-sealed", "people-filter-closed", "people-filter-other"};
  guint filter = 0;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), names[i]);
    g_autoptr (GVariant) state = g_action_get_state (action);
    if (g_variant_get_boolean (state))
      filter |= 1u << i;
  }
  return filter ? filter : QC_PEOPLE_EVERY;
}

static void
show_totals (QcPeoplePane *self)
{
  const QcPeopleTotals *totals = qc_people_list_get_totals (self->list);
  gboolean everybody = current_filter (self) == QC_PEOPLE_EVERY && !*self->search;
  g_autofree char *people = qc_format_people (totals->people);
  g_autofree char *normal = qc_format_count (totals->normal);
  g_autofree char *sealed = qc_format_count (totals->sealed);
  g_autofree char *base = qc_format_money (totals->base);
  g_autofree char *unit = qc_format_money (totals->unit);
  g_autofree char *personal = qc_format_money (totals->personal);
  g_autofree char *amount = qc_format_money (totals->unit + totals->personal);
  g_autofree char *text = g_strdup_printf (
      /* Translators: whom the totals count, headcount, of them normal, sealed; then of the normal ones: sum of bases,
       * the monthly parts of unit and people, and both. */
      _ ("%s: %s · normal %s · sealed %s · of the normal ones: bases %s, a month %s + %s = %s"),
      everybody ? _ ("Everybody") : _ ("Only those shown"), people, normal, sealed, base, unit, personal, amount);
  gtk_label_set_label (GTK_LABEL (self->totals), text);
  gtk_widget_set_visible (self->nobody, totals->people == 0);
}

static void
show_as_of (QcPeoplePane *self)
{
  gint64 as_of = qc_people_list_get_as_of (self->list);
  g_autofree char *time = qc_format_date_time (as_of);
  g_autofree char *words = as_of ? g_strdup_printf (_ ("Data as of %s"), time)
                                 : g_strdup (_ ("Not all data is here yet: rows and totals may be incomplete."));
  gtk_label_set_label (GTK_LABEL (self->as_of), words);
}

static void
failed_cb (QcPeopleList *list, const GError *error, QcPeoplePane *self)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

/* --- the chosen one --- */

/* (transfer full) (nullable) */
static QcPersonRow *
dup_selected (QcPeoplePane *self)
{
  return g_list_model_get_item (G_LIST_MODEL (self->selection), gtk_single_selection_get_selected (self->selection));
}

static void
show_selected (QcPeoplePane *self)
{
  g_autoptr (QcPersonRow) row = dup_selected (self);
  const QcEmployee *person = row ? qc_person_row_get_employee (row) : NULL;
  const char *account = person ? person->account : NULL;
  GAction *copy = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "people-copy-row");
  GAction *open = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "people-account");
  g_simple_action_set_enabled (G_SIMPLE_ACTION (copy), row != NULL);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (open), account != NULL);
  if (!gtk_widget_get_visible (self->panel_box) || (account ? g_strcmp0 (account, self->shown) == 0 : self->apart))
    return;
  self->apart = FALSE;
  g_free (self->shown);
  self->shown = g_strdup (account);
  qc_person_panel_set_account (QC_PERSON_PANEL (self->panel), account);
}

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, QcPeoplePane *self)
{
  guint position = gtk_single_selection_get_selected (selection);
  if (position != GTK_INVALID_LIST_POSITION)
    self->chosen = qc_people_list_get_id (self->list, position);
  show_selected (self);
}

/* The same person stays selected wherever the new answer has her. */
static void
select_chosen (QcPeoplePane *self)
{
  guint position = qc_people_list_find (self->list, self->chosen);
  gboolean there = position < g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  gtk_single_selection_set_selected (self->selection, there ? position : GTK_INVALID_LIST_POSITION);
  show_selected (self);
}

/* Who was looked for is in sight; the next answer does not scroll any more. */
static void
go_to_chosen (QcPeoplePane *self)
{
  guint position = qc_people_list_find (self->list, self->chosen);
  if (position >= g_list_model_get_n_items (G_LIST_MODEL (self->selection)))
    return;
  g_clear_pointer (&self->wanted, g_free);
  select_chosen (self);
  qc_grid_scroll_to (self->grid, position, TRUE);
  qc_grid_enter (self->grid);
}

static gboolean
go_on_cb (gpointer data)
{
  if (QC_PEOPLE_PANE (data)->wanted && QC_PEOPLE_PANE (data)->list)
    go_to_chosen (data);
  return G_SOURCE_REMOVE;
}

/* A long list comes in steps (qc-grid-stage.h): her place may be among those to come. */
static void
grown_cb (QcPeoplePane *self)
{
  if (self->wanted)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, go_on_cb, g_object_ref (self), g_object_unref);
}

static void
reloaded_cb (QcPeopleList *list, QcPeoplePane *self)
{
  gboolean everybody = current_filter (self) == QC_PEOPLE_EVERY && !*self->search;
  select_chosen (self);
  if (self->wanted)
    go_to_chosen (self);
  qc_grid_refresh (self->grid);
  show_totals (self);
  show_as_of (self);
  g_signal_emit (self, signals[LOADED], 0, everybody && qc_people_list_get_totals (list)->people == 0);
}

static void
filled_cb (QcPeopleList *list, QcPeoplePane *self)
{
  qc_grid_fill_blanks (self->grid);
}

static void
set_details (QcPeoplePane *self, gboolean shown)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "people-details");
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (shown));
  gtk_widget_set_visible (self->panel_box, shown);
  if (shown)
    show_selected (self);
}

static void
open_row (QcPeoplePane *self, QcPersonRow *row)
{
  const QcEmployee *person = row ? qc_person_row_get_employee (row) : NULL;
  if (person)
    g_signal_emit (self, signals[OPEN], 0, person->account);
}

static void
activated_cb (GtkColumnView *grid, guint position, QcPeoplePane *self)
{
  g_autoptr (QcPersonRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  open_row (self, row);
}

/* --- commands --- */

static void
filter_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  QcPeoplePane *self = data;
  g_simple_action_set_state (action, value);
  go_to_top (self);
  qc_people_list_set_filter (self->list, current_filter (self));
}

static void
details_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  set_details (data, g_variant_get_boolean (value));
}

static void
account_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (QcPersonRow) row = dup_selected (data);
  open_row (data, row);
}

static void
copy_row_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcPeoplePane *self = data;
  g_autoptr (QcPersonRow) row = dup_selected (self);
  if (row && qc_person_row_is_loaded (row))
    qc_grid_copy_row (self->grid, row);
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcPeoplePane *self = data;
  QcExport *export = qc_export_new_people (self->list);
  if (parameter)
    qc_export_flow_write (GTK_WIDGET (self), export, g_variant_get_string (parameter, NULL));
  else
    qc_export_flow_ask (GTK_WIDGET (self), export);
}

static void
print_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcPeoplePane *self = data;
  qc_paper_window_open (GTK_WIDGET (self), qc_printout_new_people (self->list));
}

static void
scroll_to_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_grid_scroll_to (QC_PEOPLE_PANE (data)->grid, g_variant_get_uint32 (parameter), FALSE);
}

static void
select_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_grid_scroll_to (QC_PEOPLE_PANE (data)->grid, g_variant_get_uint32 (parameter), TRUE);
}

/* "base" or "-base" */
static void
sort_action_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *id = g_variant_get_string (parameter, NULL);
  qc_grid_set_sort (QC_PEOPLE_PANE (data)->grid, *id == '-' ? id + 1 : id, *id == '-');
}

static void
add_actions (QcPeoplePane *self)
{
  const GActionEntry entries[] = {
      {"people-filter-normal", NULL, NULL, "false", filter_cb},
      {"people-filter-sealed", NULL, NULL, "false", filter_cb},
      {"people-filter-closed", NULL, NULL, "false", filter_cb},
      {"people-filter-other", NULL, NULL, "false", filter_cb},
      {"people-account", account_cb},
      {"people-details", NULL, NULL, "false", details_cb},
      {"people-copy-row", copy_row_cb},
      {"people-export", export_cb},
      {"people-export-to", export_cb, "s"},
      {"people-print", print_cb},
      {"people-scroll-to", scroll_to_cb, "u"},
      {"people-select", select_cb, "u"},
      {"people-sort", sort_action_cb, "s"},
  };
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "people-copy-row")), FALSE);
  qc_pane_commands_follow (GTK_WIDGET (self), self->actions);
}

/* --- building --- */

static GtkWidget *
new_filter (const char *label, const char *action)
{
  GtkWidget *button = gtk_toggle_button_new_with_mnemonic (label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
build_toolbar (QcPeoplePane *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *filters = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (filters, "linked");
  gtk_accessible_update_property (GTK_ACCESSIBLE (filters), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Filter by status"), -1);
  gtk_box_append (GTK_BOX (filters), new_filter (_ ("_Normal"), "win.people-filter-normal"));
  gtk_box_append (GTK_BOX (filters), new_filter (_ ("_Sealed"), "win.people-filter-sealed"));
  gtk_box_append (GTK_BOX (filters), new_filter (_ ("C_losed"), "win.people-filter-closed"));
  gtk_box_append (GTK_BOX (filters), new_filter (_ ("_Other"), "win.people-filter-other"));
  GtkWidget *copy = gtk_button_new_with_mnemonic (_ ("_Copy Row"));
  GtkWidget *export = gtk_button_new_with_mnemonic (_ ("_Export"));
  GtkWidget *details = new_filter (_ ("_Details"), "win.people-details");
  gtk_widget_set_layout_manager (bar, qc_wrap_layout_new (6));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (copy), "win.people-copy-row");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (export), "win.people-export");
  gtk_widget_set_tooltip_text (export, _ ("What is shown, as an Excel workbook: Ctrl+Shift+E"));
  GtkWidget *print = gtk_button_new_with_mnemonic (_ ("_Print…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (print), "win.people-print");
  gtk_widget_set_tooltip_text (print, _ ("What is shown, on paper: Ctrl+P"));
  gtk_box_append (GTK_BOX (bar), filters);
  gtk_box_append (GTK_BOX (bar), self->menu);
  gtk_box_append (GTK_BOX (bar), copy);
  gtk_box_append (GTK_BOX (bar), export);
  gtk_box_append (GTK_BOX (bar), print);
  gtk_box_append (GTK_BOX (bar), details);
  gtk_widget_add_css_class (bar, "toolbar");
  return bar;
}

static void
add_row_menu (QcPeoplePane *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_menu_append (menu, _ ("Individual _Account"), "win.people-account");
  g_menu_append (menu, _ ("_Details"), "win.people-details");
  g_menu_append (menu, _ ("_Copy Row"), "win.people-copy-row");
  qc_row_menu_add (self->grid, G_MENU_MODEL (menu));
}

static GtkWidget *
build_grid (QcPeoplePane *self)
{
  self->grid = qc_grid_new (GTK_SELECTION_MODEL (self->selection), columns, G_N_ELEMENTS (columns),
                            _ ("Roster of people"), row_name, self);
  self->menu = qc_column_menu_new (self->session, self->grid, "people");
  qc_column_menu_add_toggle (QC_COLUMN_MENU (self->menu),
                             g_action_map_lookup_action (G_ACTION_MAP (self->actions), "people-details"));
  qc_grid_set_sort_func (self->grid, sort_cb, self);
  add_row_menu (self);
  qc_pane_commands_add_copy (self->grid, "win.people-copy-row");
  g_signal_connect (self->grid, "activate", G_CALLBACK (activated_cb), self);
  self->nobody = gtk_label_new (_ ("Nobody fits the search and filter."));
  gtk_widget_add_css_class (self->nobody, "dim-label");
  gtk_widget_set_visible (self->nobody, FALSE);
  GtkWidget *overlay = gtk_overlay_new ();
  gtk_widget_add_css_class (overlay, "qc-list-room");
  gtk_overlay_set_child (GTK_OVERLAY (overlay), qc_grid_scroll (self->grid));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->nobody);
  gtk_widget_set_can_target (self->nobody, FALSE);
  return overlay;
}

static GtkWidget *
build_middle (QcPeoplePane *self)
{
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->panel = qc_person_panel_new (self->session);
  self->panel_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (GTK_BOX (self->panel_box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (self->panel_box), self->panel);
  gtk_widget_set_hexpand (self->panel_box, FALSE);
  gtk_widget_set_visible (self->panel_box, FALSE);
  gtk_box_append (GTK_BOX (middle), build_grid (self));
  gtk_box_append (GTK_BOX (middle), self->panel_box);
  return middle;
}

static GtkWidget *
build_foot (QcPeoplePane *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  self->totals = gtk_label_new (NULL);
  self->as_of = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->totals), 0.0);
  gtk_label_set_wrap (GTK_LABEL (self->totals), TRUE);
  gtk_label_set_wrap (GTK_LABEL (self->as_of), TRUE);
  gtk_widget_set_hexpand (self->totals, TRUE);
  gtk_widget_add_css_class (self->as_of, "dim-label");
  gtk_widget_add_css_class (foot, "qc-totals");
  gtk_box_append (GTK_BOX (foot), self->totals);
  gtk_box_append (GTK_BOX (foot), self->as_of);
  return foot;
}

static void
map_cb (QcPeoplePane *self)
{
  if (self->stale)
    qc_people_pane_reload (self);
}

GtkWidget *
qc_people_pane_new (QcSession *session)
{
  QcPeoplePane *self = g_object_new (QC_TYPE_PEOPLE_PANE, NULL);
  self->session = g_object_ref (session);
  self->list = qc_people_list_new (session);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (qc_grid_stage_new (G_LIST_MODEL (self->list))));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->list, "reloaded", G_CALLBACK (reloaded_cb), self, 0);
  g_signal_connect_object (self->list, "filled", G_CALLBACK (filled_cb), self, 0);
  g_signal_connect_object (self->list, "failed", G_CALLBACK (failed_cb), self, 0);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self, 0);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (grown_cb), self, G_CONNECT_SWAPPED);
  GtkWidget *middle = build_middle (self);
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->column), build_toolbar (self));
  gtk_box_append (GTK_BOX (self->column), middle);
  gtk_box_append (GTK_BOX (self->column), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (self->column), build_foot (self));
  gtk_widget_set_parent (self->column, GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
  return GTK_WIDGET (self);
}

static void
qc_people_pane_dispose (GObject *object)
{
  QcPeoplePane *self = QC_PEOPLE_PANE (object);
  g_clear_pointer (&self->column, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->actions);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qc_people_pane_parent_class)->dispose (object);
}

static void
qc_people_pane_finalize (GObject *object)
{
  QcPeoplePane *self = QC_PEOPLE_PANE (object);
  g_free (self->search);
  g_free (self->shown);
  g_free (self->wanted);
  G_OBJECT_CLASS (qc_people_pane_parent_class)->finalize (object);
}

static void
qc_people_pane_class_init (QcPeoplePaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_people_pane_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_people_pane_finalize;
  signals[LOADED] = g_signal_new ("loaded", QC_TYPE_PEOPLE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_BOOLEAN);
  signals[FAILED] = g_signal_new ("failed", QC_TYPE_PEOPLE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_ERROR);
  signals[OPEN] = g_signal_new ("open", QC_TYPE_PEOPLE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
qc_people_pane_init (QcPeoplePane *self)
{
  self->search = g_strdup ("");
  self->actions = g_simple_action_group_new ();
  self->stale = TRUE;
  add_actions (self);
}

void
qc_people_pane_install (QcPage *page)
{
  qc_page_add_shortcut (page, "<Control>i", "win.people-details");
  qc_page_add_shortcut (page, "<Control><Shift>c", "win.people-copy-row");
  qc_page_add_shortcut (page, "<Control><Shift>e", "win.people-export");
  qc_page_add_shortcut (page, "<Control>p", "win.people-print");
}

void
qc_people_pane_set_search (QcPeoplePane *self, const char *text)
{
  g_return_if_fail (QC_IS_PEOPLE_PANE (self));
  g_free (self->search);
  self->search = g_strdup (text);
  go_to_top (self);
  qc_people_list_set_search (self->list, text);
}

void
qc_people_pane_reload (QcPeoplePane *self)
{
  g_return_if_fail (QC_IS_PEOPLE_PANE (self));
  self->stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->stale)
    return;
  g_clear_pointer (&self->shown, g_free);
  qc_people_list_reload (self->list);
}

void
qc_people_pane_reset (QcPeoplePane *self)
{
  g_return_if_fail (QC_IS_PEOPLE_PANE (self));
  self->chosen = 0;
  self->apart = FALSE;
  g_clear_pointer (&self->wanted, g_free);
  qc_person_panel_set_account (QC_PERSON_PANEL (self->panel), NULL);
  qc_people_list_reload (self->list);
}

static void
located_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcPeoplePane) self = data;
  g_autoptr (QcPersonDetails) details = qc_person_details_load_finish (QC_SESSION (source), result, NULL);
  if (!details || !self->list || g_strcmp0 (self->wanted, details->employee->account) != 0)
    return; /* the panel says why */
  self->chosen = details->id;
  if (details->id == 0)
    g_clear_pointer (&self->wanted, g_free); /* she left: only the panel has her */
  go_to_chosen (self);
}

void
qc_people_pane_find (QcPeoplePane *self, const char *account)
{
  static const char *const filters[]
      = {"people-filter-normal", "people-filter-sealed", "people-filter-closed", "people-filter-other"};
  g_return_if_fail (QC_IS_PEOPLE_PANE (self));
  g_free (self->wanted);
  self->wanted = g_strdup (account);
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    g_action_change_state (g_action_map_lookup_action (G_ACTION_MAP (self->actions), filters[i]),
                           g_variant_new_boolean (FALSE));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.set-search", "s", "");
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  self->chosen = 0;
  set_details (self, TRUE);
  g_free (self->shown);
  self->shown = g_strdup (account);
  self->apart = TRUE;
  qc_person_panel_set_account (QC_PERSON_PANEL (self->panel), account);
  qc_person_details_load_async (self->session, account, NULL, located_cb, g_object_ref (self));
}
