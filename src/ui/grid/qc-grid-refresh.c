/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Showing anew what stands in the rows, when their model says that all of it is another. GTK keeps about 205 rows, of
 * which twenty are seen: these are filled at once, the others after the next picture, or before they are scrolled into
 * sight. Main thread.
 */
#include "qc-grid-private.h"

#define FIRST_ROWS 40 /* more than a screen shows */

static void
fill_line (QcGrid *grid, GtkWidget *line)
{
  GtkListItem *item = qc_grid_get_item_of_row (line);
  g_autoptr (GObject) row = item ? qc_grid_dup_row (grid, item) : NULL;
  for (GtkWidget *text = qc_gtk_first_content (line); text; text = qc_gtk_next_content (text))
    if (qc_grid_get_cell_of (text))
      qc_grid_show_row (qc_grid_get_item_of (text), row, qc_grid_get_cell_of (text));
}

/* Also where the list was told to go to its beginning and has not gone yet. */
static gboolean
is_in_sight (QcGrid *grid, GtkWidget *list, GtkWidget *line)
{
  GtkListItem *item = qc_grid_get_item_of_row (line);
  if (item && gtk_list_item_get_position (item) < FIRST_ROWS && gtk_adjustment_get_value (grid->down) == 0)
    return TRUE;
  graphene_rect_t bounds;
  return gtk_widget_compute_bounds (line, list, &bounds) && bounds.origin.y + bounds.size.height > 0
         && bounds.origin.y < gtk_widget_get_height (list);
}

static void
fill_rest (QcGrid *grid)
{
  GtkWidget *list = qc_gtk_get_list (grid->view);
  if (grid->stale == 0)
    return;
  g_clear_handle_id (&grid->stale, g_source_remove);
  for (GtkWidget *line = qc_gtk_first_row (grid->view); line; line = qc_gtk_next_row (line))
    if (!is_in_sight (grid, list, line))
      fill_line (grid, line);
}

gint64
qc_grid_count_frames (QcGrid *grid)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (grid->view));
  return clock ? gdk_frame_clock_get_frame_counter (clock) : 0;
}

static void
moved_cb (QcGrid *grid)
{
  grid->moved = qc_grid_count_frames (grid);
  fill_rest (grid);
}

/* A row that is another now stands where it stood. */
static void
items_changed_cb (GtkWidget *view, guint position, guint removed, guint added)
{
  QcGrid *grid = g_object_get_data (G_OBJECT (view), "qc-grid");
  if (removed != added)
    grid->moved = qc_grid_count_frames (grid);
}

static gboolean
fill_rest_cb (gpointer data)
{
  fill_rest (data);
  return G_SOURCE_REMOVE;
}

static void
forget_down (QcGrid *grid)
{
  if (grid->down)
    g_signal_handlers_disconnect_by_data (grid->down, grid);
  g_clear_object (&grid->down);
}

static void
adjustment_cb (GtkColumnView *view, GParamSpec *pspec, QcGrid *grid)
{
  GtkAdjustment *down = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
  forget_down (grid);
  if (!down)
    return;
  grid->down = g_object_ref (down);
  g_signal_connect_swapped (down, "value-changed", G_CALLBACK (moved_cb), grid);
}

void
qc_grid_refresh_init (QcGrid *grid)
{
  g_signal_connect_object (grid->model, "items-changed", G_CALLBACK (items_changed_cb), grid->view, G_CONNECT_SWAPPED);
  g_signal_connect (grid->view, "notify::vadjustment", G_CALLBACK (adjustment_cb), grid);
  adjustment_cb (grid->view, NULL, grid);
}

void
qc_grid_refresh_clear (QcGrid *grid)
{
  g_clear_handle_id (&grid->stale, g_source_remove);
  g_clear_handle_id (&grid->blank, g_source_remove);
  forget_down (grid);
}

void
qc_grid_refresh (GtkColumnView *view)
{
  QcGrid *grid = g_object_get_data (G_OBJECT (view), "qc-grid");
  GtkWidget *list = qc_gtk_get_list (view);
  for (GtkWidget *line = qc_gtk_first_row (view); line; line = qc_gtk_next_row (line))
    if (is_in_sight (grid, list, line))
      fill_line (grid, line);
  if (grid->stale == 0)
    grid->stale = g_idle_add (fill_rest_cb, grid);
}

static gboolean
is_blank (GtkWidget *line)
{
  GtkListItem *item = qc_grid_get_item_of_row (line);
  GtkWidget *text = item ? gtk_list_item_get_child (item) : NULL;
  return text && !*gtk_inscription_get_text (GTK_INSCRIPTION (text));
}

static gboolean
fill_blanks_cb (gpointer data)
{
  QcGrid *grid = data;
  grid->blank = 0;
  for (GtkWidget *line = qc_gtk_first_row (grid->view); line; line = qc_gtk_next_row (line))
    if (is_blank (line))
      fill_line (grid, line);
  return G_SOURCE_REMOVE;
}

void
qc_grid_fill_blanks (GtkColumnView *view)
{
  QcGrid *grid = g_object_get_data (G_OBJECT (view), "qc-grid");
  if (grid->blank == 0) /* perhaps told while rows are being made */
    grid->blank = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fill_blanks_cb, grid, NULL);
}
