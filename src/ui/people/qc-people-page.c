/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-people-page.h. Its commands: people-filter-* (toggles), people-copy-row, people-export, people-export-to
 * (string: a path), people-details (toggle), people-scroll-to (uint32), people-select (uint32), people-sort (string).
 * Main thread.
 */
#include "qc-people-page.h"

#include <glib/gi18n.h>

#include "qc-export-flow.h"
#include "qc-format.h"
#include "qc-grid-stage.h"
#include "qc-grid.h"
#include "qc-people-list.h"
#include "qc-person-panel.h"

struct _QcPeoplePage {
  QcPage parent_instance;
  QcPeopleList *list;            /* (owned) */
  GtkSingleSelection *selection; /* (owned) */
  GtkColumnView *grid;           /* borrowed */
  GtkWidget *panel;              /* borrowed */
  GtkWidget *panel_box;          /* borrowed: divider and panel */
  GtkWidget *totals;             /* borrowed */
  GtkWidget *nobody;             /* borrowed: overlay when nothing fits */
  char *search;                  /* (owned) */
  gint64 chosen;                 /* who was selected last, for the answers to come */
  char *shown;                   /* (owned) (nullable) account in the panel */
  char *wanted;                  /* (owned) (nullable) account that is looked for, until the list has her place */
  gboolean apart;                /* the panel has somebody whom the list does not have, or not yet */
  gboolean stale;                /* data moved while the page was hidden */
  gboolean visible;
};

G_DEFINE_FINAL_TYPE (QcPeoplePage, qc_people_page, QC_TYPE_PAGE)

/* --- cells --- */

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
#undef CELL

static char *
row_name (gpointer item, gpointer data)
{
  const QcEmployee *person = qc_person_row_get_employee (item);
  g_autofree char *base = person ? qc_format_money (person->base) : NULL;
  /* Translators: what a screen reader says of a row: name, status, contribution base. */
  return person ? g_strdup_printf (_ ("%s, %s, base %s"), person->name, _ (qc_person_status_to_msgid (person->status)),
                                   base)
                : NULL;
}

static const QcGridColumn columns[] = {
    {"name", N_ ("Name"), cell_name, QC_GRID_NAME, .chars = 14, .expand = TRUE, .sortable = TRUE},
    {"account", N_ ("Individual account"), cell_account, QC_GRID_CODE, .yields = 5, .sortable = TRUE},
    {"document", N_ ("Document number"), cell_document, QC_GRID_CODE, .yields = 3},
    {"status", N_ ("Status"), cell_status, QC_GRID_TEXT, .chars = 16, .yields = 4, .sortable = TRUE},
    {"base", N_ ("Contribution base"), cell_base, QC_GRID_NUMBER, .sortable = TRUE},
    {"opened", N_ ("Account opened"), cell_opened, QC_GRID_CODE, .yields = 1, .sortable = TRUE},
    {"paid-to", N_ ("Paid up to"), cell_paid_to, QC_GRID_CODE, .yields = 2, .sortable = TRUE},
};

static const struct {
  const char *id;
  QcPeopleSort sort;
} sorts[] = {
    {"name", QC_PEOPLE_BY_NAME}, {"account", QC_PEOPLE_BY_ACCOUNT}, {"status", QC_PEOPLE_BY_STATUS},
    {"base", QC_PEOPLE_BY_BASE}, {"opened", QC_PEOPLE_BY_OPENED},   {"paid-to", QC_PEOPLE_BY_PAID_TO},
};

/* Before another question is asked: its answer begins at its first row. (Afterwards the rows have no heights yet.) */
static void
go_to_top (QcPeoplePage *self)
{
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->grid)), 0);
}

static void
sort_cb (const char *id, gboolean descending, gpointer data)
{
  QcPeoplePage *self = data;
  QcPeopleSort sort = QC_PEOPLE_BY_NAME;
  for (gsize i = 0; i < G_N_ELEMENTS (sorts); i++)
    if (g_strcmp0 (sorts[i].id, id) == 0)
      sort = sorts[i].sort;
  go_to_top (self);
  qc_people_list_set_sort (self->list, sort, id && descending);
}

/* --- totals and states --- */

static QcPeopleFilter
current_filter (QcPeoplePage *self)
{
  static const char *const names[]
      = {"people-filter-normal", "people-filter-sealed", "people-filter-closed", "people-filter-other"};
  guint filter = 0;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    GAction *action = g_action_map_lookup_action (qc_page_get_actions (QC_PAGE (self)), names[i]);
    g_autoptr (GVariant) state = g_action_get_state (action);
    if (g_variant_get_boolean (state))
      filter |= 1u << i;
  }
  return filter ? filter : QC_PEOPLE_EVERY;
}

static void
show_totals (QcPeoplePage *self)
{
  const QcPeopleTotals *totals = qc_people_list_get_totals (self->list);
  gboolean everybody = current_filter (self) == QC_PEOPLE_EVERY && !*self->search;
  g_autofree char *people = qc_format_people (totals->people);
  g_autofree char *normal = qc_format_count (totals->normal);
  g_autofree char *sealed = qc_format_count (totals->sealed);
  g_autofree char *base = qc_format_money (totals->base);
  g_autofree char *text = g_strdup_printf (
      /* Translators: whom the totals count, headcount, of them normal, sealed, sum of bases of the normal ones. */
      _ ("%s: %s · normal %s · sealed %s · bases of the normal ones %s"),
      everybody ? _ ("Everybody") : _ ("Only those shown"), people, normal, sealed, base);
  gtk_label_set_label (GTK_LABEL (self->totals), text);
  gtk_widget_set_visible (self->nobody, totals->people == 0 && !everybody);
}

static void
failed_cb (QcPeopleList *list, const GError *error, QcPeoplePage *self)
{
  qc_page_set_error (QC_PAGE (self), error);
}

/* --- the chosen one --- */

/* (transfer full) (nullable) */
static QcPersonRow *
dup_selected (QcPeoplePage *self)
{
  return g_list_model_get_item (G_LIST_MODEL (self->selection), gtk_single_selection_get_selected (self->selection));
}

static void
show_selected (QcPeoplePage *self)
{
  g_autoptr (QcPersonRow) row = dup_selected (self);
  const QcEmployee *person = row ? qc_person_row_get_employee (row) : NULL;
  const char *account = person ? person->account : NULL;
  GAction *copy = g_action_map_lookup_action (qc_page_get_actions (QC_PAGE (self)), "people-copy-row");
  g_simple_action_set_enabled (G_SIMPLE_ACTION (copy), row != NULL);
  if (!gtk_widget_get_visible (self->panel_box) || (account ? g_strcmp0 (account, self->shown) == 0 : self->apart))
    return;
  self->apart = FALSE;
  g_free (self->shown);
  self->shown = g_strdup (account);
  qc_person_panel_set_account (QC_PERSON_PANEL (self->panel), account);
}

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, QcPeoplePage *self)
{
  guint position = gtk_single_selection_get_selected (selection);
  if (position != GTK_INVALID_LIST_POSITION)
    self->chosen = qc_people_list_get_id (self->list, position);
  show_selected (self);
}

/* The same person stays selected wherever the new answer has her. */
static void
select_chosen (QcPeoplePage *self)
{
  guint position = qc_people_list_find (self->list, self->chosen);
  gboolean there = position < g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  gtk_single_selection_set_selected (self->selection, there ? position : GTK_INVALID_LIST_POSITION);
  show_selected (self);
}

/* Who was looked for is in sight; the next answer does not scroll any more. */
static void
go_to_chosen (QcPeoplePage *self)
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
  if (QC_PEOPLE_PAGE (data)->wanted)
    go_to_chosen (data);
  return G_SOURCE_REMOVE;
}

/* A long list comes in steps (qc-grid-stage.h): her place may be among those to come. */
static void
grown_cb (QcPeoplePage *self)
{
  if (self->wanted)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, go_on_cb, g_object_ref (self), g_object_unref);
}

static void
reloaded_cb (QcPeopleList *list, QcPeoplePage *self)
{
  gboolean everybody = current_filter (self) == QC_PEOPLE_EVERY && !*self->search;
  select_chosen (self);
  if (self->wanted)
    go_to_chosen (self);
  qc_grid_refresh (self->grid);
  show_totals (self);
  if (everybody && qc_people_list_get_totals (list)->people == 0)
    qc_page_set_state (QC_PAGE (self), QC_PAGE_EMPTY);
  else
    qc_page_set_state (QC_PAGE (self), QC_PAGE_CONTENT);
}

static void
filled_cb (QcPeopleList *list, QcPeoplePage *self)
{
  qc_grid_fill_blanks (self->grid);
}

static void
set_details (QcPeoplePage *self, gboolean shown)
{
  GAction *action = g_action_map_lookup_action (qc_page_get_actions (QC_PAGE (self)), "people-details");
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (shown));
  gtk_widget_set_visible (self->panel_box, shown);
  if (shown)
    show_selected (self);
}

static void
activated_cb (GtkColumnView *grid, guint position, QcPeoplePage *self)
{
  set_details (self, TRUE);
}

/* --- commands --- */

static void
filter_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  QcPeoplePage *self = data;
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
copy_row_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcPeoplePage *self = data;
  g_autoptr (QcPersonRow) row = dup_selected (self);
  if (row && qc_person_row_is_loaded (row))
    qc_grid_copy_row (self->grid, row);
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcPeoplePage *self = data;
  QcExport *export = qc_export_new_people (self->list);
  if (parameter)
    qc_export_flow_write (GTK_WIDGET (self), export, g_variant_get_string (parameter, NULL));
  else
    qc_export_flow_ask (GTK_WIDGET (self), export);
}

static void
scroll_to_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_grid_scroll_to (QC_PEOPLE_PAGE (data)->grid, g_variant_get_uint32 (parameter), FALSE);
}

static void
select_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_grid_scroll_to (QC_PEOPLE_PAGE (data)->grid, g_variant_get_uint32 (parameter), TRUE);
}

/* "base" or "-base" */
static void
sort_action_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *id = g_variant_get_string (parameter, NULL);
  sort_cb (*id == '-' ? id + 1 : id, *id == '-', data);
}

static void
add_actions (QcPeoplePage *self)
{
  const GActionEntry entries[] = {
      {"people-filter-normal", NULL, NULL, "false", filter_cb},
      {"people-filter-sealed", NULL, NULL, "false", filter_cb},
      {"people-filter-closed", NULL, NULL, "false", filter_cb},
      {"people-filter-other", NULL, NULL, "false", filter_cb},
      {"people-details", NULL, NULL, "false", details_cb},
      {"people-copy-row", copy_row_cb},
      {"people-export", export_cb},
      {"people-export-to", export_cb, "s"},
      {"people-scroll-to", scroll_to_cb, "u"},
      {"people-select", select_cb, "u"},
      {"people-sort", sort_action_cb, "s"},
  };
  g_action_map_add_action_entries (qc_page_get_actions (QC_PAGE (self)), entries, G_N_ELEMENTS (entries), self);
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (qc_page_get_actions (QC_PAGE (self)), "people-copy-row")), FALSE);
  qc_page_add_shortcut (QC_PAGE (self), "<Control>i", "win.people-details");
  qc_page_add_shortcut (QC_PAGE (self), "<Control><Shift>c", "win.people-copy-row");
  qc_page_add_shortcut (QC_PAGE (self), "<Control><Shift>e", "win.people-export");
}

/* --- page --- */

static void
reload (QcPeoplePage *self)
{
  self->stale = FALSE;
  g_clear_pointer (&self->shown, g_free);
  qc_people_list_reload (self->list);
}

static void
qc_people_page_unit_changed (QcPage *page)
{
  QcPeoplePage *self = QC_PEOPLE_PAGE (page);
  qc_page_set_state (page, QC_PAGE_LOADING);
  self->chosen = 0;
  self->apart = FALSE;
  g_clear_pointer (&self->wanted, g_free);
  qc_person_panel_set_account (QC_PERSON_PANEL (self->panel), NULL);
  reload (self);
}

static void
qc_people_page_data_changed (QcPage *page, guint what)
{
  QcPeoplePage *self = QC_PEOPLE_PAGE (page);
  if (!(what & QC_DATA_PEOPLE))
    return;
  if (self->visible)
    reload (self);
  else
    self->stale = TRUE;
}

static void
located_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcPeoplePage) self = data;
  g_autoptr (QcPersonDetails) details = qc_person_details_load_finish (QC_SESSION (source), result, NULL);
  if (!details || g_strcmp0 (self->wanted, details->employee->account) != 0)
    return; /* the panel says why */
  self->chosen = details->id;
  if (details->id == 0)
    g_clear_pointer (&self->wanted, g_free); /* she left: only the panel has her */
  go_to_chosen (self);
}

/* Whatever hides her is taken away, she is selected, and her details are beside her. */
static void
find_person (QcPeoplePage *self, const char *account)
{
  static const char *const filters[]
      = {"people-filter-normal", "people-filter-sealed", "people-filter-closed", "people-filter-other"};
  g_free (self->wanted);
  self->wanted = g_strdup (account);
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    g_action_change_state (g_action_map_lookup_action (qc_page_get_actions (QC_PAGE (self)), filters[i]),
                           g_variant_new_boolean (FALSE));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.set-search", "s", "");
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  self->chosen = 0;
  set_details (self, TRUE);
  g_free (self->shown);
  self->shown = g_strdup (account);
  self->apart = TRUE;
  qc_person_panel_set_account (QC_PERSON_PANEL (self->panel), account);
  qc_person_details_load_async (qc_page_get_session (QC_PAGE (self)), account, NULL, located_cb, g_object_ref (self));
}

/* @argument: the account of somebody to be shown. */
static void
qc_people_page_shown (QcPage *page, const char *argument)
{
  QcPeoplePage *self = QC_PEOPLE_PAGE (page);
  self->visible = TRUE;
  if (self->stale)
    reload (self);
  if (argument && *argument)
    find_person (self, argument);
}

static void
qc_people_page_hidden (QcPage *page)
{
  QC_PEOPLE_PAGE (page)->visible = FALSE;
}

static void
qc_people_page_search (QcPage *page, const char *text)
{
  QcPeoplePage *self = QC_PEOPLE_PAGE (page);
  g_free (self->search);
  self->search = g_strdup (text);
  go_to_top (self);
  qc_people_list_set_search (self->list, text);
}

static void
qc_people_page_finalize (GObject *object)
{
  QcPeoplePage *self = QC_PEOPLE_PAGE (object);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_free (self->search);
  g_free (self->shown);
  g_free (self->wanted);
  G_OBJECT_CLASS (qc_people_page_parent_class)->finalize (object);
}

static GtkWidget *
new_filter (const char *label, const char *action)
{
  GtkWidget *button = gtk_toggle_button_new_with_mnemonic (label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
build_toolbar (void)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
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
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_hexpand (space, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (copy), "win.people-copy-row");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (export), "win.people-export");
  gtk_widget_set_tooltip_text (export, _ ("What is shown, as an Excel workbook: Ctrl+Shift+E"));
  gtk_box_append (GTK_BOX (bar), filters);
  gtk_box_append (GTK_BOX (bar), space);
  gtk_box_append (GTK_BOX (bar), copy);
  gtk_box_append (GTK_BOX (bar), export);
  gtk_box_append (GTK_BOX (bar), details);
  gtk_widget_add_css_class (bar, "toolbar");
  return bar;
}

static GtkWidget *
build_grid (QcPeoplePage *self)
{
  self->grid = qc_grid_new (GTK_SELECTION_MODEL (self->selection), columns, G_N_ELEMENTS (columns),
                            _ ("Roster of people"), row_name, self);
  qc_grid_set_sort_func (self->grid, sort_cb, self);
  g_signal_connect (self->grid, "activate", G_CALLBACK (activated_cb), self);
  self->nobody = gtk_label_new (_ ("Nobody fits the search and filter."));
  gtk_widget_add_css_class (self->nobody, "dim-label");
  gtk_widget_set_visible (self->nobody, FALSE);
  GtkWidget *overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (overlay), qc_grid_scroll (self->grid));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->nobody);
  gtk_widget_set_can_target (self->nobody, FALSE);
  return overlay;
}

static void
qc_people_page_constructed (GObject *object)
{
  QcPeoplePage *self = QC_PEOPLE_PAGE (object);
  G_OBJECT_CLASS (qc_people_page_parent_class)->constructed (object);
  QcSession *session = qc_page_get_session (QC_PAGE (self));
  self->list = qc_people_list_new (session);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (qc_grid_stage_new (G_LIST_MODEL (self->list))));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->list, "reloaded", G_CALLBACK (reloaded_cb), self, 0);
  g_signal_connect_object (self->list, "filled", G_CALLBACK (filled_cb), self, 0);
  g_signal_connect_object (self->list, "failed", G_CALLBACK (failed_cb), self, 0);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self, 0);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (grown_cb), self, G_CONNECT_SWAPPED);
  self->panel = qc_person_panel_new (session);
  self->panel_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (GTK_BOX (self->panel_box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (self->panel_box), self->panel);
  gtk_widget_set_hexpand (self->panel_box, FALSE);
  gtk_widget_set_visible (self->panel_box, FALSE);
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (GTK_BOX (middle), build_grid (self));
  gtk_box_append (GTK_BOX (middle), self->panel_box);
  self->totals = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->totals), 0.0);
  gtk_label_set_wrap (GTK_LABEL (self->totals), TRUE);
  gtk_widget_add_css_class (self->totals, "qc-totals");
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (column), build_toolbar ());
  gtk_box_append (GTK_BOX (column), middle);
  gtk_box_append (GTK_BOX (column), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (column), self->totals);
  qc_page_set_content (QC_PAGE (self), column);
}

static void
qc_people_page_class_init (QcPeoplePageClass *klass)
{
  QcPageClass *page_class = QC_PAGE_CLASS (klass);
  G_OBJECT_CLASS (klass)->constructed = qc_people_page_constructed;
  G_OBJECT_CLASS (klass)->finalize = qc_people_page_finalize;
  page_class->unit_changed = qc_people_page_unit_changed;
  page_class->data_changed = qc_people_page_data_changed;
  page_class->shown = qc_people_page_shown;
  page_class->hidden = qc_people_page_hidden;
  page_class->search = qc_people_page_search;
}

static void
qc_people_page_init (QcPeoplePage *self)
{
  self->search = g_strdup ("");
  qc_page_set_search_hint (QC_PAGE (self), _ ("Name, pinyin, end of document number, account"));
  qc_page_set_empty (QC_PAGE (self), "system-users-symbolic", _ ("Nobody is in the roster yet"),
                     _ ("People are fetched from the center."), _ ("_Fetch Now"), "win.sync-now");
  add_actions (self);
}
