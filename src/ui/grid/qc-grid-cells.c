/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Single cells and rows of a grid: what marks they bear, which one a widget is in, and showing one row anew. Main
 * thread.
 */
#include "qc-grid-private.h"

static QcGrid *
get_grid (GtkColumnView *view)
{
  return g_object_get_data (G_OBJECT (view), "qc-grid");
}

void
qc_grid_set_marks (GtkColumnView *view, const char *const *classes)
{
  get_grid (view)->mark_classes = classes;
}

/* The row that shows @item; one text of two thousand is asked a row, not each. (nullable) */
static GtkWidget *
find_row (GtkColumnView *view, gpointer item)
{
  for (GtkWidget *row = qc_gtk_first_row (view); row; row = qc_gtk_next_row (row)) {
    GtkListItem *shown = qc_grid_get_item_of_row (row);
    if (shown && gtk_list_item_get_item (shown) == item)
      return row;
  }
  return NULL;
}

void
qc_grid_refresh_item (GtkColumnView *view, gpointer item)
{
  GtkWidget *row = find_row (view, item);
  for (GtkWidget *text = row ? qc_gtk_first_content (row) : NULL; text; text = qc_gtk_next_content (text))
    if (qc_grid_get_cell_of (text))
      qc_grid_refill (text, qc_grid_get_cell_of (text));
}

/* What @widget, or what it is in, shows; its text in *@text. (nullable) */
static GtkListItem *
find_item (GtkColumnView *view, GtkWidget *widget, GtkWidget **text)
{
  for (; widget && widget != GTK_WIDGET (view); widget = gtk_widget_get_parent (widget)) {
    *text = qc_grid_get_cell_of (widget) ? widget : qc_gtk_get_content (widget);
    GtkListItem *shown = *text ? qc_grid_get_item_of (*text) : NULL;
    if (shown)
      return shown;
  }
  return NULL;
}

gboolean
qc_grid_find_cell (GtkColumnView *view, GtkWidget *widget, gpointer *item, const QcGridColumn **column)
{
  GtkWidget *text;
  GtkListItem *shown = find_item (view, widget, &text);
  if (!shown)
    return FALSE;
  *item = gtk_list_item_get_item (shown);
  *column = qc_grid_get_cell_of (text)->info;
  return *item != NULL;
}

guint
qc_grid_find_position (GtkColumnView *view, GtkWidget *widget)
{
  GtkWidget *text;
  GtkListItem *shown = find_item (view, widget, &text);
  return shown ? gtk_list_item_get_position (shown) : GTK_INVALID_LIST_POSITION;
}

GtkWidget *
qc_grid_get_cell (GtkColumnView *view, gpointer item, const QcGridColumn *column)
{
  GtkWidget *row = find_row (view, item);
  for (GtkWidget *text = row ? qc_gtk_first_content (row) : NULL; text; text = qc_gtk_next_content (text)) {
    const QcGridCell *cell = qc_grid_get_cell_of (text);
    if (cell && cell->info == column && gtk_widget_get_mapped (qc_gtk_get_cell (text)))
      return qc_gtk_get_cell (text);
  }
  return NULL;
}

gboolean
qc_grid_shows (GtkColumnView *view, const QcGridColumn *column)
{
  QcGrid *grid = get_grid (view);
  for (guint i = 0; i < grid->cells->len; i++) {
    const QcGridCell *cell = g_ptr_array_index (grid->cells, i);
    if (cell->info == column)
      return gtk_column_view_column_get_visible (cell->column);
  }
  return FALSE;
}
