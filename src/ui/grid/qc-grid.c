/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-grid.h. The state of a grid hangs on its column view; a cell finds its column through the factory. Main
 * thread.
 */
#include "qc-grid-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define NAMES_WAIT 150 /* ms */
#define LEAST_NAME 9   /* characters: four Han, as most names have at most */
#define BETWEEN    " · "

static void
cell_free (gpointer data)
{
  QcGridCell *cell = data;
  g_clear_pointer (&cell->shapes, g_hash_table_unref);
  g_free (cell);
}

/* Asked of two thousand cells for a key: a name would be compared with each that a widget has. */
static G_DEFINE_QUARK (qc - grid - cell, cell)
static G_DEFINE_QUARK (qc - grid - item, item)

static void
grid_free (gpointer data)
{
  QcGrid *grid = data;
  g_clear_handle_id (&grid->naming, g_source_remove);
  qc_grid_fit_clear (grid);
  qc_grid_keys_clear (grid);
  qc_grid_refresh_clear (grid);
  qc_grid_rest_clear (grid);
  g_ptr_array_unref (grid->cells);
  g_free (grid);
}

static QcGrid *
get_grid (GtkColumnView *view)
{
  return g_object_get_data (G_OBJECT (view), "qc-grid");
}

QcGridCell *
qc_grid_get_cell_of (GtkWidget *content)
{
  return g_object_get_qdata (G_OBJECT (content), cell_quark ());
}

GtkListItem *
qc_grid_get_item_of (GtkWidget *content)
{
  /* what a column made elsewhere keeps under that name is its own business */
  return qc_grid_get_cell_of (content) ? g_object_get_qdata (G_OBJECT (content), item_quark ()) : NULL;
}

GtkListItem *
qc_grid_get_item_of_row (GtkWidget *row)
{
  GtkListItem *item = NULL;
  for (GtkWidget *text = qc_gtk_first_content (row); text && !item; text = qc_gtk_next_content (text))
    item = qc_grid_get_item_of (text);
  return item;
}

static char *
stack_text (const char *text)
{
  const char *between = strstr (text, BETWEEN);
  return between ? g_strdup_printf ("%.*s\n%s", (int)(between - text), text, between + strlen (BETWEEN)) : NULL;
}

static void
show_text (GtkInscription *inscription, const char *text, QcGridCell *cell)
{
  gboolean cut = cell->cut != QC_GRID_UNCUT;
  g_autofree char *stacked = cell->grid->stacked ? stack_text (text) : NULL;
  const char *shown = stacked ? stacked : text;
  if (*shown && cell->shapes)
    qc_grid_fit_text (cell, shown);
  gtk_inscription_set_text (inscription, cut && *shown ? "…" : shown);
}

static char *
dup_text (gpointer row, const QcGridColumn *info, gpointer user_data)
{
  return info->cell ? info->cell (row, info, user_data) : info->text (row, user_data);
}

/* Style classes of the cell around @text; few cells bear any, so what has not changed is not touched. */
static void
mark_cell (GtkWidget *text, gpointer row, QcGridCell *cell)
{
  GtkWidget *place = qc_gtk_get_cell (text);
  guint before = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (text), "qc-marks"));
  guint marks = row ? cell->info->marks (row, cell->info, cell->grid->user_data) : 0;
  const char *const *classes = cell->grid->mark_classes;
  if (marks == before || !place)
    return;
  for (guint i = 0; classes && classes[i]; i++)
    if (marks & (1u << i))
      gtk_widget_add_css_class (place, classes[i]);
    else if (before & (1u << i))
      gtk_widget_remove_css_class (place, classes[i]);
  g_object_set_data (G_OBJECT (text), "qc-marks", GUINT_TO_POINTER (marks));
}

static void
fill_cell (GtkListItem *item, gpointer row, QcGridCell *cell)
{
  g_autofree char *text = row ? dup_text (row, cell->info, cell->grid->user_data) : NULL;
  if (cell->info->marks)
    mark_cell (gtk_list_item_get_child (item), row, cell);
  /* Never NULL: a screen reader asks for the text of an empty cell too. */
  show_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), text ? text : "", cell);
}

gpointer
qc_grid_dup_row (QcGrid *grid, GtkListItem *item)
{
  return g_list_model_get_item (G_LIST_MODEL (grid->model), gtk_list_item_get_position (item));
}

/* Where the text stands in its cell: "…" on the side that is seen. */
static double
get_alignment (const QcGridCell *cell)
{
  if (cell->cut != QC_GRID_UNCUT)
    return cell->cut == QC_GRID_CUT_END ? 0.0 : 1.0;
  return cell->info->kind == QC_GRID_NUMBER ? 1.0 : 0.0;
}

void
qc_grid_foreach_text (QcGridCell *cell, QcGridWidgetFunc func)
{
  for (GtkWidget *row = qc_gtk_first_row (cell->grid->view); row; row = qc_gtk_next_row (row))
    for (GtkWidget *text = qc_gtk_first_content (row); text; text = qc_gtk_next_content (text))
      if (qc_grid_get_cell_of (text) == cell)
        func (text, cell);
}

void
qc_grid_refill (GtkWidget *text, QcGridCell *cell)
{
  GtkListItem *item = qc_grid_get_item_of (text);
  g_autoptr (GObject) row = qc_grid_dup_row (cell->grid, item);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), get_alignment (cell));
  fill_cell (item, row, cell);
}

/* GTK 4.8 gives a row no name of its own, and a reader says the type of its widget: the first cell names the row around
 * it. */
static void
name_row (GtkListItem *item, QcGrid *grid)
{
  GtkWidget *text = gtk_list_item_get_child (item);
  GtkWidget *line = text ? qc_gtk_get_row (text) : NULL;
  g_autoptr (GObject) row = qc_grid_dup_row (grid, item);
  g_autofree char *name = line && row ? grid->row_name (row, grid->user_data) : NULL;
  if (!line || g_strcmp0 (name, g_object_get_data (G_OBJECT (line), "qc-name")) == 0)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL, name ? name : "", -1);
  g_object_set_data_full (G_OBJECT (line), "qc-name", g_steal_pointer (&name), g_free);
}

/* Two hundred names would cost a jump its frame: they come when the rows have come to rest. */
static gboolean
name_rows_cb (gpointer user_data)
{
  QcGrid *grid = user_data;
  if (g_get_monotonic_time () - grid->touched < NAMES_WAIT * 1000)
    return G_SOURCE_CONTINUE;
  for (GtkWidget *row = qc_gtk_first_row (grid->view); row; row = qc_gtk_next_row (row)) {
    GtkListItem *item = qc_grid_get_item_of_row (row);
    if (item)
      name_row (item, grid);
  }
  grid->naming = 0;
  return G_SOURCE_REMOVE;
}

/* The row the reader stands on is named at once. */
static void
selected_cb (GtkListItem *item, GParamSpec *pspec, QcGridCell *cell)
{
  if (gtk_list_item_get_selected (item))
    name_row (item, cell->grid);
}

void
qc_grid_show_row (GtkListItem *item, gpointer row, QcGridCell *cell)
{
  QcGrid *grid = cell->grid;
  if (cell->info == grid->columns) {
    /* where nothing is selected, nothing tells on which row the reader stands: each has its name at once */
    if (GTK_IS_NO_SELECTION (grid->model))
      name_row (item, grid);
    else
      selected_cb (item, NULL, cell);
    grid->touched = g_get_monotonic_time ();
    if (grid->naming == 0)
      grid->naming = g_timeout_add (NAMES_WAIT, name_rows_cb, grid);
  }
  fill_cell (item, row, cell);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, QcGridCell *cell)
{
  GtkWidget *text = gtk_inscription_new ("");
  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), get_alignment (cell));
  gtk_inscription_set_yalign (GTK_INSCRIPTION (text), 0.5); /* scripts of different heights stand in one line */
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  qc_grid_size_text (text, cell);
  if (cell->info->kind >= QC_GRID_CODE)
    gtk_widget_add_css_class (text, "numeric");
  if (!cell->shapes) {
    gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), MIN (cell->info->chars, LEAST_NAME));
    gtk_inscription_set_nat_chars (GTK_INSCRIPTION (text), cell->info->chars);
  }
  g_object_set_qdata (G_OBJECT (text), cell_quark (), cell);
  g_object_set_qdata (G_OBJECT (text), item_quark (), item);
  if (cell->info == cell->grid->columns)
    g_signal_connect (item, "notify::selected", G_CALLBACK (selected_cb), cell);
  gtk_list_item_set_child (item, text);
  qc_gtk_name_cell (text);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, QcGridCell *cell)
{
  qc_grid_show_row (item, gtk_list_item_get_item (item), cell);
}

static void
sorter_changed_cb (GtkSorter *sorter, GtkSorterChange change, GtkColumnView *view)
{
  QcGrid *grid = get_grid (view);
  gboolean descending;
  const QcGridColumn *column = qc_gtk_ask_sorter (sorter, &grid->asked, &descending);
  if (!gtk_widget_get_root (GTK_WIDGET (view))) /* a view that goes forgets its order on the way */
    return;
  qc_grid_keys_name_titles (grid);
  if (grid->sort)
    grid->sort (column ? column->id : NULL, descending, grid->sort_data);
}

static QcGridCell *
cell_new (QcGrid *grid, const QcGridColumn *info, GtkColumnViewColumn *column, guint yields)
{
  QcGridCell *cell = g_new0 (QcGridCell, 1);
  cell->grid = grid;
  cell->info = info;
  cell->column = column;
  cell->yields = yields;
  cell->wanted = !info || !info->hidden;
  cell->sorts = info && info->sortable ? info : NULL;
  if (info && info->kind != QC_GRID_NAME)
    cell->shapes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return cell;
}

static void
width_changed_cb (GtkColumnViewColumn *column, GParamSpec *pspec, QcGridCell *cell)
{
  if (cell->grid->widths && !cell->grid->setting_width)
    cell->grid->widths (cell->info->id, gtk_column_view_column_get_fixed_width (column), cell->grid->widths_data);
}

static void
add_column (QcGrid *grid, const QcGridColumn *info)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (_ (info->msgid), factory);
  QcGridCell *cell = cell_new (grid, info, column, info->yields);
  g_ptr_array_add (grid->cells, cell);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), cell);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), cell);
  /* others could be made narrower than their figures */
  gtk_column_view_column_set_resizable (column, info->kind < QC_GRID_CODE);
  g_signal_connect (column, "notify::fixed-width", G_CALLBACK (width_changed_cb), cell);
  gtk_column_view_column_set_expand (column, info->expand);
  gtk_column_view_column_set_visible (column, cell->wanted);
  if (info->sortable) {
    g_autoptr (GtkSorter) sorter = qc_gtk_sorter_new (info, &grid->asked);
    gtk_column_view_column_set_sorter (column, sorter);
  }
  gtk_column_view_append_column (grid->view, column);
  if (info->kind == QC_GRID_NUMBER)
    qc_gtk_align_last_title (grid->view); /* above its figures */
}

GtkColumnView *
qc_grid_new (GtkSelectionModel *model, const QcGridColumn *columns, guint n_columns, const char *label,
             QcGridTextFunc row_name, gpointer user_data)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  QcGrid *grid = g_new0 (QcGrid, 1);
  grid->columns = columns;
  grid->n_columns = n_columns;
  grid->row_name = row_name;
  grid->user_data = user_data;
  grid->view = view;
  grid->model = g_object_ref (model);
  grid->cells = g_ptr_array_new_with_free_func (cell_free);
  g_object_set_data_full (G_OBJECT (view), "qc-grid", grid, grid_free);
  gtk_column_view_set_reorderable (view, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (view), "data-table");
  gtk_widget_add_css_class (GTK_WIDGET (view), "qc-grid");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  qc_gtk_name_header (view, _ ("Column titles"));
  qc_gtk_name_list (view, label);
  for (guint i = 0; i < n_columns; i++)
    add_column (grid, &columns[i]);
  qc_grid_fit_init (grid);
  qc_grid_refresh_init (grid);
  qc_grid_rest_init (grid);
  qc_grid_keys_init (grid);
  return view;
}

void
qc_grid_set_sort_func (GtkColumnView *view, QcGridSortFunc func, gpointer user_data)
{
  QcGrid *grid = get_grid (view);
  g_return_if_fail (grid != NULL && grid->sort == NULL);
  grid->sort = func;
  grid->sort_data = user_data;
  g_signal_connect_object (gtk_column_view_get_sorter (view), "changed", G_CALLBACK (sorter_changed_cb), view, 0);
  qc_grid_keys_open_titles (grid);
}

void
qc_grid_set_sort (GtkColumnView *view, const char *id, gboolean descending)
{
  const QcGridCell *cell = id ? qc_grid_find_id (get_grid (view), id) : NULL;
  gtk_column_view_sort_by_column (view, cell ? cell->column : NULL,
                                  descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

void
qc_grid_set_width (GtkColumnView *view, const char *id, int width)
{
  QcGrid *grid = get_grid (view);
  const QcGridCell *cell = qc_grid_find_id (grid, id);
  if (!cell || !gtk_column_view_column_get_resizable (cell->column))
    return;
  grid->setting_width = TRUE;
  gtk_column_view_column_set_fixed_width (cell->column, width);
  grid->setting_width = FALSE;
}

void
qc_grid_set_width_func (GtkColumnView *view, QcGridWidthFunc func, gpointer user_data)
{
  QcGrid *grid = get_grid (view);
  grid->widths = func;
  grid->widths_data = user_data;
}

void
qc_grid_insert_column (GtkColumnView *view, guint position, GtkColumnViewColumn *column, guint yields)
{
  QcGrid *grid = get_grid (view);
  gtk_column_view_insert_column (view, position, column);
  g_ptr_array_insert (grid->cells, (int)position, cell_new (grid, NULL, column, yields));
}

void
qc_grid_sort_inserted (GtkColumnView *view, guint position, const QcGridColumn *as)
{
  QcGrid *grid = get_grid (view);
  QcGridCell *cell = g_ptr_array_index (grid->cells, position);
  g_autoptr (GtkSorter) sorter = qc_gtk_sorter_new (as, &grid->asked);
  cell->sorts = as;
  gtk_column_view_column_set_sorter (cell->column, sorter);
}

GtkWidget *
qc_grid_scroll (GtkColumnView *view)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (scrolled), FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (view));
  gtk_widget_set_hexpand (scrolled, TRUE);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

/* Whether the whole row stands where it can be seen, and nothing has moved since it was put there. */
static gboolean
stands_in_sight (QcGrid *grid, guint position)
{
  GtkWidget *list = qc_gtk_get_list (grid->view);
  if (grid->moved >= qc_grid_count_frames (grid))
    return FALSE;
  for (GtkWidget *row = qc_gtk_first_row (grid->view); row; row = qc_gtk_next_row (row)) {
    GtkListItem *item = qc_grid_get_item_of_row (row);
    graphene_rect_t bounds;
    if (item && gtk_list_item_get_position (item) == position)
      return gtk_widget_get_child_visible (row) && gtk_widget_compute_bounds (row, list, &bounds)
             && bounds.size.height > 0 && bounds.origin.y >= 0
             && bounds.origin.y + bounds.size.height <= (float)gtk_widget_get_height (list);
  }
  return FALSE;
}

/* Scrolling has the whole window laid out again, also where nothing moves: a row in sight is left where it is. */
void
qc_grid_scroll_to (GtkColumnView *view, guint position, gboolean select)
{
  QcGrid *grid = get_grid (view);
  if (position >= g_list_model_get_n_items (G_LIST_MODEL (grid->model)))
    return;
  if (select)
    gtk_selection_model_select_item (grid->model, position, TRUE);
  qc_grid_wake (grid, FALSE);
  if (stands_in_sight (grid, position))
    return;
  grid->moved = qc_grid_count_frames (grid);
  qc_gtk_scroll_to (view, position);
}

GtkSelectionModel *
qc_grid_get_model (GtkColumnView *view)
{
  return get_grid (view)->model;
}

gboolean
qc_grid_enter (GtkColumnView *view)
{
  qc_grid_wake (get_grid (view), TRUE);
  return gtk_widget_grab_focus (qc_gtk_get_list (view));
}

void
qc_grid_enter_row (GtkColumnView *view, guint position)
{
  QcGrid *grid = get_grid (view);
  if (position >= g_list_model_get_n_items (G_LIST_MODEL (grid->model)))
    return;
  gtk_selection_model_select_item (grid->model, position, TRUE);
  qc_grid_wake (grid, FALSE);
  qc_gtk_scroll_to (view, position);
  for (GtkWidget *row = qc_gtk_first_row (view); row; row = qc_gtk_next_row (row)) {
    GtkListItem *item = qc_grid_get_item_of_row (row);
    if (item && gtk_list_item_get_position (item) == position && gtk_widget_grab_focus (row))
      return;
  }
  qc_grid_enter (view);
}

guint
qc_grid_get_columns (GtkColumnView *view, const QcGridColumn **out_columns)
{
  QcGrid *grid = get_grid (view);
  *out_columns = grid->columns;
  return grid->n_columns;
}

char *
qc_grid_dup_cell_text (GtkColumnView *view, gpointer item, const QcGridColumn *column)
{
  return dup_text (item, column, get_grid (view)->user_data);
}

char *
qc_grid_dup_row_text (GtkColumnView *view, gpointer item)
{
  QcGrid *grid = get_grid (view);
  GString *line = g_string_new (NULL);
  const char *between = "";
  for (guint i = 0; i < grid->n_columns; i++) {
    g_autofree char *text = dup_text (item, &grid->columns[i], grid->user_data);
    if (!qc_grid_is_wanted (view, grid->columns[i].id))
      continue;
    g_string_append_printf (line, "%s%s", between, text ? text : "");
    between = "\t";
  }
  return g_string_free (line, FALSE);
}

void
qc_grid_copy_row (GtkColumnView *view, gpointer item)
{
  g_autofree char *text = qc_grid_dup_row_text (view, item);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (view)), text);
}
