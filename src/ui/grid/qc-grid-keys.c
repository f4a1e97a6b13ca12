/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The keyboard in a grid. Tab comes to the titles, where some sort, then to the rows, then to what stands behind the
 * grid: two steps however many rows there are. Along the titles the arrows go; Enter or Space sorts as a click does,
 * and once more the other way. Ctrl+C copies the rows that are selected, or all where none can be. Main thread.
 */
#include "qc-grid-private.h"

#include <glib/gi18n.h>

#include "qc-list.h"

/* --- rows --- */

/* Where nothing can be selected, all of them. (transfer full) */
static char *
dup_selected (QcGrid *grid)
{
  gboolean all = GTK_IS_NO_SELECTION (grid->model);
  g_autoptr (GtkBitset) selected = all ? gtk_bitset_new_range (0, g_list_model_get_n_items (G_LIST_MODEL (grid->model)))
                                       : gtk_selection_model_get_selection (grid->model);
  GString *text = g_string_new (NULL);
  GtkBitsetIter iter;
  guint position;
  for (gboolean any = gtk_bitset_iter_init_first (&iter, selected, &position); any;
       any = gtk_bitset_iter_next (&iter, &position)) {
    g_autoptr (GObject) row = g_list_model_get_item (G_LIST_MODEL (grid->model), position);
    g_autofree char *line = row ? qc_grid_dup_row_text (grid->view, row) : NULL;
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line ? line : "");
  }
  return g_string_free (text, FALSE);
}

static gboolean
copy_cb (GtkWidget *view, GVariant *arguments, gpointer data)
{
  QcGrid *grid = data;
  g_autofree char *text = dup_selected (grid);
  if (!*text)
    return FALSE;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (view), text);
  return TRUE;
}

/* --- titles --- */

static QcGridCell *
find_cell_of (QcGrid *grid, GtkWidget *title)
{
  for (guint i = 0; i < grid->cells->len; i++) {
    QcGridCell *cell = g_ptr_array_index (grid->cells, i);
    if (gtk_column_view_column_get_visible (cell->column) && qc_gtk_find_title (grid->view, cell->column) == title)
      return cell;
  }
  return NULL;
}

static gboolean
sort_cb (GtkWidget *header, GVariant *arguments, gpointer data)
{
  QcGrid *grid = data;
  QcGridCell *cell = find_cell_of (grid, gtk_widget_get_focus_child (header));
  gboolean descending;
  if (!cell || !cell->sorts)
    return FALSE;
  const void *first = qc_gtk_ask_sorter (gtk_column_view_get_sorter (grid->view), &grid->asked, &descending);
  gtk_column_view_sort_by_column (grid->view, cell->column,
                                  first == cell->sorts && !descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  return TRUE;
}

/* To the next title that sorts, as they stand on the screen. */
static gboolean
along_cb (GtkWidget *header, GVariant *arguments, gpointer data)
{
  QcGrid *grid = data;
  gboolean forwards = g_variant_get_boolean (arguments);
  QcGridCell *cell = find_cell_of (grid, gtk_widget_get_focus_child (header));
  guint at;
  if (!cell || !g_ptr_array_find (grid->cells, cell, &at))
    return FALSE;
  for (guint i = forwards ? at + 1 : at - 1; i < grid->cells->len; forwards ? i++ : i--) {
    QcGridCell *next = g_ptr_array_index (grid->cells, i);
    if (next->sorts && gtk_column_view_column_get_visible (next->column))
      return gtk_widget_grab_focus (qc_gtk_find_title (grid->view, next->column));
  }
  return TRUE;
}

static gboolean
down_cb (GtkWidget *header, GVariant *arguments, gpointer data)
{
  if (!qc_grid_enter (((QcGrid *)data)->view)) /* its rows have no focus of their own */
    qc_list_leave (header, GTK_DIR_TAB_FORWARD);
  return TRUE;
}

/* What a reader hears of a title, and of what the rows are sorted by. */
void
qc_grid_keys_name_titles (QcGrid *grid)
{
  gboolean descending;
  const void *first = qc_gtk_ask_sorter (gtk_column_view_get_sorter (grid->view), &grid->asked, &descending);
  for (guint i = 0; i < grid->cells->len; i++) {
    QcGridCell *cell = g_ptr_array_index (grid->cells, i);
    const char *words = gtk_column_view_column_get_title (cell->column);
    /* Translators: the title of a column by which the rows are sorted, as a screen reader says it. */
    const char *sorted = descending ? _ ("%s, descending") : _ ("%s, ascending");
    g_autofree char *name = first && first == cell->sorts ? g_strdup_printf (sorted, words) : g_strdup (words);
    GtkWidget *title
        = gtk_column_view_column_get_visible (cell->column) ? qc_gtk_find_title (grid->view, cell->column) : NULL;
    if (title)
      qc_gtk_name_title (title, name);
  }
}

static void
titles_changed_cb (GListModel *titles, guint position, guint removed, guint added, QcGrid *grid)
{
  for (guint i = position; i < position + added; i++) {
    g_autoptr (GtkWidget) title = g_list_model_get_item (titles, i);
    QcGridCell *cell = find_cell_of (grid, title);
    gtk_widget_set_focusable (title, cell && cell->sorts);
  }
  if (added > 0)
    qc_grid_keys_name_titles (grid);
}

/* --- keys --- */

static void
add_key (GtkEventController *keys, const char *trigger, GtkShortcutFunc func, GVariant *arguments, QcGrid *grid)
{
  GtkShortcut *shortcut
      = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger), gtk_callback_action_new (func, grid, NULL));
  if (arguments)
    gtk_shortcut_set_arguments (shortcut, arguments);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
}

void
qc_grid_keys_init (QcGrid *grid)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  add_key (keys, "<Control>c|<Control>Insert", copy_cb, NULL, grid);
  gtk_widget_add_controller (GTK_WIDGET (grid->view), keys);
  qc_list_leave_by_tab (qc_gtk_get_list (grid->view));
}

void
qc_grid_keys_open_titles (QcGrid *grid)
{
  GtkWidget *header = qc_gtk_get_header (grid->view);
  GtkEventController *keys = gtk_shortcut_controller_new ();
  add_key (keys, "Return|KP_Enter|space|KP_Space", sort_cb, NULL, grid);
  add_key (keys, "Left|KP_Left", along_cb, g_variant_new_boolean (FALSE), grid);
  add_key (keys, "Right|KP_Right", along_cb, g_variant_new_boolean (TRUE), grid);
  add_key (keys, "Down|KP_Down", down_cb, NULL, grid);
  gtk_widget_add_controller (header, keys);
  gtk_widget_set_can_focus (header, TRUE);
  qc_list_leave_by_tab (header);
  grid->titles = gtk_widget_observe_children (header);
  g_signal_connect (grid->titles, "items-changed", G_CALLBACK (titles_changed_cb), grid);
  titles_changed_cb (grid->titles, 0, 0, g_list_model_get_n_items (grid->titles), grid);
}

void
qc_grid_keys_clear (QcGrid *grid)
{
  if (grid->titles)
    g_signal_handlers_disconnect_by_data (grid->titles, grid);
  g_clear_object (&grid->titles);
}
