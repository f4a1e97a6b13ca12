/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Grids: GtkColumnView with GtkInscription cells (GtkLabel costs the scrolling), tabular figures right-aligned, zebra
 * off. Rows may be placeholders that are filled later. No figure is ever cut: columns of codes and numbers are as wide
 * as what they hold, columns give way in a stated order where there is not room for all, and then the grid is pushed
 * sideways. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The text of a cell, or the name of a row; NULL or "" for none. (transfer full) */
typedef char *(*QcGridTextFunc) (gpointer item, gpointer user_data);

typedef enum {
  QC_GRID_NAME,   /* one of very many: its end may be missing */
  QC_GRID_TEXT,   /* whole up to so many characters */
  QC_GRID_CODE,   /* whole: account and serial numbers, months, times */
  QC_GRID_NUMBER, /* whole, right-aligned, tabular figures */
} QcGridKind;

typedef struct _QcGridColumn QcGridColumn;
/* As QcGridTextFunc, for columns that are alike. (transfer full) */
typedef char *(*QcGridCellFunc) (gpointer item, const QcGridColumn *column, gpointer user_data);
/* Bits of the style classes a cell bears, see qc_grid_set_marks(). */
typedef guint (*QcGridMarksFunc) (gpointer item, const QcGridColumn *column, gpointer user_data);

struct _QcGridColumn {
  const char *id;    /* stable; given back by the sort callback */
  const char *msgid; /* N_() column title */
  QcGridTextFunc text;
  QcGridKind kind;
  guint chars;  /* of QC_GRID_NAME its natural width, of QC_GRID_TEXT its greatest one; in characters */
  guint yields; /* where there is not room for all, the columns with 1 go first; 0 stays, as the first column must */
  gboolean expand;
  gboolean sortable;
  gboolean hidden; /* until it is wanted */
  /* of columns that are made from a table: */
  QcGridCellFunc cell;   /* (nullable) instead of @text */
  QcGridMarksFunc marks; /* (nullable) */
  int tag;               /* whatever tells @cell which one it is */
};

/* The clerk clicked a header; @id NULL = back to the list's own order. Sort in SQL, not here. */
typedef void (*QcGridSortFunc) (const char *id, gboolean descending, gpointer user_data);

/*
 * qc_grid_new:
 * @columns: static, @n_columns of them
 * @label: accessible name
 * @row_name: what a screen reader says of a row: who or what it is and the facts that tell it apart. Asked at once for
 *   the row that is selected, for the others when they have come to rest.
 *
 * The text functions get @user_data.
 */
GtkColumnView *qc_grid_new (GtkSelectionModel *model, const QcGridColumn *columns, guint n_columns, const char *label,
                            QcGridTextFunc row_name, gpointer user_data);
/* What it was made over. A grid that was not in sight yet, or not for a while, has no rows, and its view no model. */
GtkSelectionModel *qc_grid_get_model (GtkColumnView *grid);
/* Does that at once; one that is in sight keeps them. */
void qc_grid_rest (GtkColumnView *grid);
/* What stands in the rows is another in all of them, or (second function) in some that had no text. */
void qc_grid_refresh (GtkColumnView *grid);
void qc_grid_fill_blanks (GtkColumnView *grid);
void qc_grid_set_sort_func (GtkColumnView *grid, QcGridSortFunc func, gpointer user_data);
/* Adds a column whose cells are made elsewhere, at @position; one in a grid. (transfer none) */
void qc_grid_insert_column (GtkColumnView *grid, guint position, GtkColumnViewColumn *column, guint yields);
/* That column sorts by a title of @as: its id is given to the sort function. @as: static. */
void qc_grid_sort_inserted (GtkColumnView *grid, guint position, const QcGridColumn *as);
/* Whether a column is shown where there is room for it. */
void qc_grid_set_wanted (GtkColumnView *grid, const char *id, gboolean wanted);
gboolean qc_grid_is_wanted (GtkColumnView *grid, const char *id);
/* As if the clerk clicked the header; @id NULL = the list's own order. */
void qc_grid_set_sort (GtkColumnView *grid, const char *id, gboolean descending);
/* Columns of names and texts can be made wider or narrower: pixels, −1 = as they need. @func hears of it when the clerk
 * does it. */
typedef void (*QcGridWidthFunc) (const char *id, int width, gpointer user_data);
void qc_grid_set_width (GtkColumnView *grid, const char *id, int width);
void qc_grid_set_width_func (GtkColumnView *grid, QcGridWidthFunc func, gpointer user_data);
/* Before a column gives way, texts of two parts with " · " between stand below each other. */
void qc_grid_set_stacks (GtkColumnView *grid);
/* Bit n of a cell's marks is the class @classes[n]. @classes: static, ended by NULL. */
void qc_grid_set_marks (GtkColumnView *grid, const char *const *classes);
/* Fills the row of @item anew if it is there. */
void qc_grid_refresh_item (GtkColumnView *grid, gpointer item);
/* The row and column of a cell that @widget is in. Borrowed. */
gboolean qc_grid_find_cell (GtkColumnView *grid, GtkWidget *widget, gpointer *item, const QcGridColumn **column);
/* Where the row stands that @widget is in a cell of; GTK_INVALID_LIST_POSITION: in none. */
guint qc_grid_find_position (GtkColumnView *grid, GtkWidget *widget);
/* The cell of a row and column. (nullable) NULL where it is not on the screen. */
GtkWidget *qc_grid_get_cell (GtkColumnView *grid, gpointer item, const QcGridColumn *column);
/* Whether there is room for @column. */
gboolean qc_grid_shows (GtkColumnView *grid, const QcGridColumn *column);
/* The grid in a scrolled window whose bars are seen. */
GtkWidget *qc_grid_scroll (GtkColumnView *grid);
/* The focus goes to the row that is selected, or to the first one. */
gboolean qc_grid_enter (GtkColumnView *grid);
/* The focus goes to the row at @position, which is selected and comes into sight. */
void qc_grid_enter_row (GtkColumnView *grid, guint position);
/* Scrolls to @position, selecting it if asked for. */
void qc_grid_scroll_to (GtkColumnView *grid, guint position, gboolean select);
/* All columns made from the table, whether there is room for them or not. Borrowed. */
guint qc_grid_get_columns (GtkColumnView *grid, const QcGridColumn **out_columns);
/* (transfer full) */
char *qc_grid_dup_cell_text (GtkColumnView *grid, gpointer item, const QcGridColumn *column);
/* The texts of one row in the columns that are wanted, joined by tabs. (transfer full) */
char *qc_grid_dup_row_text (GtkColumnView *grid, gpointer item);
void qc_grid_copy_row (GtkColumnView *grid, gpointer item);

G_END_DECLS
