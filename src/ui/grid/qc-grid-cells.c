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

/* The text in @place, if it is one of a column of this file's. */
static GtkWidget *
text_of (GtkWidget *place)
{
  GtkWidget *text = gtk_widget_get_first_child (place);
  return text && g_object_get_data (G_OBJECT (text), "qc-cell") ? text : NULL;
}

static void
refresh_row (GtkWidget *row, gpointer item)
{
  for (GtkWidget *place = gtk_widget_get_first_child (row); place; place = gtk_widget_get_next_sibling (place)) {
    GtkWidget *text = text_of (place);
    GtkListItem *shown = text ? g_object_get_data (G_OBJECT (text), "qc-item") : NULL;
    if (shown && gtk_list_item_get_item (shown) == item)
      qc_grid_refill (text, g_object_get_data (G_OBJECT (text), "qc-cell"));
  }
}

void
qc_grid_refresh_item (GtkColumnView *view, gpointer item)
{
  QcGrid *grid = get_grid (view);
  GtkWidget *row = gtk_widget_get_first_child (qc_grid_find_list (grid));
  for (; row; row = gtk_widget_get_next_sibling (row))
    refresh_row (row, item);
}

gboolean
qc_grid_find_cell (GtkColumnView *view, GtkWidget *widget, gpointer *item, const QcGridColumn **column)
{
  for (; widget && widget != GTK_WIDGET (view); widget = gtk_widget_get_parent (widget)) {
    GtkWidget *text = g_object_get_data (G_OBJECT (widget), "qc-cell") ? widget : text_of (widget);
    GtkListItem *shown = text ? g_object_get_data (G_OBJECT (text), "qc-item") : NULL;
    if (!shown)
      continue;
    *item = gtk_list_item_get_item (shown);
    *column = ((QcGridCell *)g_object_get_data (G_OBJECT (text), "qc-cell"))->info;
    return *item != NULL;
  }
  return FALSE;
}

GtkWidget *
qc_grid_get_cell (GtkColumnView *view, gpointer item, const QcGridColumn *column)
{
  GtkWidget *row = gtk_widget_get_first_child (qc_grid_find_list (get_grid (view)));
  for (; row; row = gtk_widget_get_next_sibling (row))
    for (GtkWidget *place = gtk_widget_get_first_child (row); place; place = gtk_widget_get_next_sibling (place)) {
      GtkWidget *text = text_of (place);
      GtkListItem *shown = text ? g_object_get_data (G_OBJECT (text), "qc-item") : NULL;
      if (shown && gtk_list_item_get_item (shown) == item && gtk_widget_get_mapped (place)
          && ((QcGridCell *)g_object_get_data (G_OBJECT (text), "qc-cell"))->info == column)
        return place;
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
