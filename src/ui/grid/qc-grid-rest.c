/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A grid that nobody sees has no rows: it gets them when it comes into sight, and lets go of them a while after. GTK
 * keeps about 205 of them, some two thousand widgets, for every grid of every page that was ever shown; with all pages
 * open that is more than everything else. Selection, order and widths are not of the rows and stay; how far down it was
 * is found again. Main thread.
 */
#include "qc-grid-private.h"

#define SETTLE_FRAMES 2
#define REST_SECONDS  5 /* so that a glance at another page costs nothing */

static gboolean
is_resting (QcGrid *grid)
{
  return gtk_column_view_get_model (grid->view) == NULL;
}

/* Its first layout puts a list at its beginning, wherever the adjustment stood. */
static gboolean
settle_cb (GtkWidget *view, GdkFrameClock *clock, gpointer data)
{
  QcGrid *grid = data;
  if (qc_grid_count_frames (grid) < grid->woken + SETTLE_FRAMES)
    return G_SOURCE_CONTINUE;
  grid->settling = 0;
  if (grid->down)
    gtk_adjustment_set_value (grid->down, grid->place);
  return G_SOURCE_REMOVE;
}

static void
stop_settling (QcGrid *grid)
{
  if (grid->settling != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (grid->view), grid->settling);
  grid->settling = 0;
}

void
qc_grid_wake (QcGrid *grid, gboolean back)
{
  g_clear_handle_id (&grid->rest, g_source_remove);
  if (!back)
    stop_settling (grid);
  if (!is_resting (grid))
    return;
  gtk_column_view_set_model (grid->view, grid->model);
  grid->moved = grid->woken = qc_grid_count_frames (grid);
  if (back && grid->place > 0)
    grid->settling = gtk_widget_add_tick_callback (GTK_WIDGET (grid->view), settle_cb, grid, NULL);
}

void
qc_grid_rest (GtkColumnView *view)
{
  QcGrid *grid = g_object_get_data (G_OBJECT (view), "qc-grid");
  g_clear_handle_id (&grid->rest, g_source_remove);
  if (gtk_widget_get_mapped (GTK_WIDGET (view)) || is_resting (grid))
    return;
  if (grid->settling == 0)
    grid->place = grid->down ? gtk_adjustment_get_value (grid->down) : 0;
  stop_settling (grid);
  gtk_column_view_set_model (view, NULL);
}

static gboolean
rest_cb (gpointer data)
{
  QcGrid *grid = data;
  grid->rest = 0;
  qc_grid_rest (grid->view);
  return G_SOURCE_REMOVE;
}

static void
unmap_cb (GtkWidget *view, QcGrid *grid)
{
  if (grid->rest == 0)
    grid->rest = g_timeout_add_seconds (REST_SECONDS, rest_cb, grid);
}

static void
map_cb (GtkWidget *view, QcGrid *grid)
{
  qc_grid_wake (grid, TRUE);
}

void
qc_grid_rest_init (QcGrid *grid)
{
  g_signal_connect (grid->view, "map", G_CALLBACK (map_cb), grid);
  g_signal_connect (grid->view, "unmap", G_CALLBACK (unmap_cb), grid);
}

void
qc_grid_rest_clear (QcGrid *grid)
{
  g_clear_handle_id (&grid->rest, g_source_remove);
  g_clear_object (&grid->model);
}
