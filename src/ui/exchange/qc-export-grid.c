/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-export-grid.h. The rows are read in pieces, from the beginning again when the list changes meanwhile. Main
 * thread.
 */
#include "qc-export-grid.h"

#include <glib/gi18n.h>

#include "qc-export-flow.h"
#include "qc-paper-window.h"
#include "qc-window.h"

#define PIECE_MICROSECONDS 4000
#define DEFAULT_CHARS      12

typedef struct {
  GtkColumnView *grid; /* (owned) */
  GListModel *rows;    /* (owned) */
  gulong handler;
  char *title, *note, *path; /* (owned) (nullable) */
  QcMonth month;
  gboolean prints;  /* instead of a file */
  GPtrArray *cells; /* (owned) */
  guint position;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;
  g_clear_signal_handler (&reading->handler, reading->rows);
  g_object_unref (reading->rows);
  g_object_unref (reading->grid);
  g_clear_pointer (&reading->cells, g_ptr_array_unref);
  g_free (reading->title);
  g_free (reading->note);
  g_free (reading->path);
  g_free (reading);
}

static void
begin (Reading *reading)
{
  reading->position = 0;
  g_clear_pointer (&reading->cells, g_ptr_array_unref);
  reading->cells = g_ptr_array_new_with_free_func (g_free);
}

static void
write_list (Reading *reading)
{
  QcWindow *window = qc_window_of (GTK_WIDGET (reading->grid));
  const QcGridColumn *columns;
  guint n = qc_grid_get_columns (reading->grid, &columns);
  g_autofree QcExportColumn *exported = g_new0 (QcExportColumn, n);
  if (!window || !qc_window_get_page (window))
    return; /* nobody is there to be asked */
  for (guint i = 0; i < n; i++)
    exported[i] = (QcExportColumn) {_ (columns[i].msgid), columns[i].chars > 0 ? columns[i].chars : DEFAULT_CHARS,
                                    columns[i].kind == QC_GRID_NUMBER};
  QcSession *session = qc_page_get_session (qc_window_get_page (window));
  if (reading->prints) {
    qc_paper_window_open (
        GTK_WIDGET (reading->grid),
        qc_printout_new_table (session, reading->title, exported, n, g_steal_pointer (&reading->cells), reading->note));
    return;
  }
  QcExport *export = qc_export_new_table (session, reading->title, reading->month, exported, n,
                                          g_steal_pointer (&reading->cells), reading->note);
  if (reading->path)
    qc_export_flow_write (GTK_WIDGET (reading->grid), export, reading->path);
  else
    qc_export_flow_ask (GTK_WIDGET (reading->grid), export);
}

static gboolean
read_cb (gpointer user_data)
{
  Reading *reading = user_data;
  gint64 until = g_get_monotonic_time () + PIECE_MICROSECONDS;
  const QcGridColumn *columns;
  guint n = qc_grid_get_columns (reading->grid, &columns), rows = g_list_model_get_n_items (reading->rows);
  while (reading->position < rows) {
    g_autoptr (GObject) row = g_list_model_get_item (reading->rows, reading->position++);
    for (guint i = 0; i < n; i++)
      g_ptr_array_add (reading->cells, qc_grid_dup_cell_text (reading->grid, row, &columns[i]));
    if (g_get_monotonic_time () > until)
      return G_SOURCE_CONTINUE;
  }
  write_list (reading);
  return G_SOURCE_REMOVE;
}

/* (transfer full) */
static Reading *
reading_new (GtkColumnView *grid, const char *title, const char *note)
{
  Reading *reading = g_new0 (Reading, 1);
  reading->grid = g_object_ref (grid);
  reading->rows = g_object_ref (G_LIST_MODEL (qc_grid_get_model (grid)));
  reading->title = g_strdup (title);
  reading->note = g_strdup (note);
  reading->handler = g_signal_connect_swapped (reading->rows, "items-changed", G_CALLBACK (begin), reading);
  begin (reading);
  return reading;
}

void
qc_export_grid (GtkColumnView *grid, const char *title, QcMonth month, const char *note, const char *path)
{
  g_return_if_fail (GTK_IS_COLUMN_VIEW (grid) && title);
  Reading *reading = reading_new (grid, title, note);
  reading->path = g_strdup (path);
  reading->month = month;
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, read_cb, reading, reading_free);
}

void
qc_print_grid (GtkColumnView *grid, const char *title, const char *note)
{
  g_return_if_fail (GTK_IS_COLUMN_VIEW (grid) && title);
  Reading *reading = reading_new (grid, title, note);
  reading->prints = TRUE;
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, read_cb, reading, reading_free);
}
