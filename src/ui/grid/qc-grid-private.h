/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The inside of a grid, shared by its files: what the cells show, when they show it anew, single cells, and which
 * columns there is room for. Main thread.
 */
#pragma once

#include "qc-grid.h"
#include "qc-gtk-4-8.h"

G_BEGIN_DECLS

typedef struct _QcGrid QcGrid;

/* Which edge of a column is out of sight. */
typedef enum { QC_GRID_UNCUT, QC_GRID_CUT_END, QC_GRID_CUT_START } QcGridCut;

/* A column; what its factory and sorter carry. */
typedef struct {
  QcGrid *grid;                /* borrowed: outlives the columns */
  const QcGridColumn *info;    /* (nullable) static; NULL: its cells are made elsewhere */
  const QcGridColumn *sorts;   /* (nullable) what is told of it to the sort function; @info, where it sorts by that */
  GtkColumnViewColumn *column; /* borrowed: the view's */
  guint yields;
  gboolean wanted;
  int need; /* pixels, when it was last shown */
  /* of all but names: */
  GHashTable *shapes; /* (owned) (nullable) those measured, each digit as 0 */
  int width;          /* pixels of the widest */
  QcGridCut cut;
} QcGridCell;

struct _QcGrid {
  const QcGridColumn *columns; /* static */
  guint n_columns;
  QcGridTextFunc row_name;
  const char *const *mark_classes; /* (nullable) static */
  GtkColumnView *view;             /* borrowed: it owns this */
  GtkSelectionModel *model;        /* (owned) the view's, unless its rows are let go of */
  GPtrArray *cells;                /* (owned) QcGridCell, in the order of the columns */
  gboolean stacks, stacked;
  int unstacked;  /* pixels that it would need again */
  guint naming;   /* source */
  gint64 touched; /* when a row last came into sight */
  gpointer user_data;
  QcGridSortFunc sort;
  gpointer sort_data;
  QcGridWidthFunc widths; /* (nullable) */
  gpointer widths_data;
  gboolean setting_width; /* by ourselves */
  const void *asked;      /* (nullable) a QcGridColumn, while the view's sorter is asked which one leads */
  GListModel *titles;     /* (owned) (nullable) the widgets of the titles, where some sort */
  GtkAdjustment *across;  /* (owned) (nullable) */
  PangoLayout *layout;    /* (owned) (nullable) for measuring */
  int char_width;         /* pixels */
  int line_height;        /* pixels */
  guint fitting;          /* source */
  GtkAdjustment *down;    /* (owned) (nullable) */
  guint rest;             /* source: out of sight for some time */
  double place;           /* how far down it was when it let go of its rows */
  guint settling;         /* tick callback, until it is there again */
  gint64 woken;           /* frames there had been when it got its rows again */
  guint stale, blank;     /* sources: rows are to be filled */
  gint64 moved;           /* frames there had been when rows last changed places, see qc_grid_count_frames() */
};

/* What a text in a cell is bound to; NULL for the contents of columns made elsewhere. */
QcGridCell *qc_grid_get_cell_of (GtkWidget *content);
GtkListItem *qc_grid_get_item_of (GtkWidget *content);
/* The same of the first text in a row. */
GtkListItem *qc_grid_get_item_of_row (GtkWidget *row);
/* The texts of a column that are there, in sight or not. */
typedef void (*QcGridWidgetFunc) (GtkWidget *text, QcGridCell *cell);
void qc_grid_foreach_text (QcGridCell *cell, QcGridWidgetFunc func);
/* Fills one of them anew. A QcGridWidgetFunc. */
void qc_grid_refill (GtkWidget *text, QcGridCell *cell);

/* By the id of its column. (nullable) */
QcGridCell *qc_grid_find_id (QcGrid *grid, const char *id);

/* What stands in its row now: the model is asked anew. (transfer full) (nullable) */
gpointer qc_grid_dup_row (QcGrid *grid, GtkListItem *item);
/* Shows it in a cell. */
void qc_grid_show_row (GtkListItem *item, gpointer row, QcGridCell *cell);

/* qc-grid-refresh.c */
/* How many the window has shown; 0 where there is none. */
gint64 qc_grid_count_frames (QcGrid *grid);
void qc_grid_refresh_init (QcGrid *grid);
void qc_grid_refresh_clear (QcGrid *grid);

/* qc-grid-keys.c */
void qc_grid_keys_init (QcGrid *grid);
/* Once some column sorts. */
void qc_grid_keys_open_titles (QcGrid *grid);
void qc_grid_keys_name_titles (QcGrid *grid);
void qc_grid_keys_clear (QcGrid *grid);

/* qc-grid-rest.c */
void qc_grid_rest_init (QcGrid *grid);
void qc_grid_rest_clear (QcGrid *grid);
/* Its rows are there again, if they were let go of. @back: where they were; else somebody says where to. */
void qc_grid_wake (QcGrid *grid, gboolean back);

/* qc-grid-fit.c */
void qc_grid_fit_init (QcGrid *grid);
void qc_grid_fit_clear (QcGrid *grid);
/* How large a text of @cell is at least. */
void qc_grid_size_text (GtkWidget *text, QcGridCell *cell);
/* Makes room for @text in its column. */
void qc_grid_fit_text (QcGridCell *cell, const char *text);

G_END_DECLS
