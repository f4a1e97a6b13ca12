/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Grids: GtkColumnView with one line a row, GtkInscription cells (GtkLabel costs the scrolling), tabular figures
 * right-aligned, zebra off. Rows may be placeholders that are filled later. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The text of a cell, or the name of a row; NULL or "" for none. (transfer full) */
typedef char *(*QcGridTextFunc) (gpointer item, gpointer user_data);

typedef struct {
  const char *id;    /* stable; given back by the sort callback */
  const char *msgid; /* N_() column title */
  QcGridTextFunc text;
  guint chars;     /* natural width in characters */
  gboolean number; /* right-aligned, tabular figures */
  gboolean expand;
  gboolean sortable;
} QcGridColumn;

/* The clerk clicked a header; @id NULL = back to the list's own order. Sort in SQL, not here. */
typedef void (*QcGridSortFunc) (const char *id, gboolean descending, gpointer user_data);

/*
 * qc_grid_new:
 * @columns: static, @n_columns of them
 * @filled_signal: (nullable): signal without arguments by which a placeholder, all of whose texts are NULL, tells once
 *   that it is filled
 * @label: accessible name
 * @row_name: what a screen reader says of a row: who or what it is and the facts that tell it apart. Asked at once for
 *   the row that is selected, for the others when they have come to rest.
 *
 * The text functions get @user_data. Put it into a GtkScrolledWindow.
 */
GtkColumnView *qc_grid_new (GtkSelectionModel *model, const QcGridColumn *columns, guint n_columns,
                            const char *filled_signal, const char *label, QcGridTextFunc row_name, gpointer user_data);
void qc_grid_set_sort_func (GtkColumnView *grid, QcGridSortFunc func, gpointer user_data);
/* One of its own columns, to show, hide or widen it. Borrowed. */
GtkColumnViewColumn *qc_grid_get_column (GtkColumnView *grid, const char *id);
/* Scrolls to @position, selecting it if asked for. */
void qc_grid_scroll_to (GtkColumnView *grid, guint position, gboolean select);
/* The texts of one row joined by tabs. (transfer full) */
char *qc_grid_dup_row_text (GtkColumnView *grid, gpointer item);
void qc_grid_copy_row (GtkColumnView *grid, gpointer item);

G_END_DECLS
