/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The inside of a roster grid, shared by its files: cells, cursor and what others ask for, the editor with its keys,
 * and what is done with blocks of cells. Main thread.
 */
#pragma once

#include "qc-grid.h"
#include "qc-roster-grid.h"

G_BEGIN_DECLS

struct _QcRosterGrid {
  GtkWidget parent_instance;
  QcRosterService *service;     /* (owned) */
  QcRosterModel *model;         /* borrowed from the service */
  GtkMultiSelection *selection; /* (owned) */
  QcGridColumn *columns;        /* (owned) */
  guint n_columns;
  gint64 line;  /* of the cursor, 0 = none */
  guint column; /* of the cursor, into @columns */
  guint anchor; /* position from which Shift extends */
  guint across; /* source: the cursor's column is to be brought into sight */
  gboolean editing;
  char *preedit;    /* what an input method is composing (owned) (nullable) */
  gboolean leaving; /* the editor is being emptied by us */
  /* borrowed */
  GtkWidget *overlay;
  GtkColumnView *view;
  GtkWidget *editor;  /* a GtkText */
  GtkWidget *choices; /* (nullable) popover of the cell being edited */
};

/* qc-roster-grid.c */
enum { QC_ROSTER_GRID_PASTED, QC_ROSTER_GRID_FAILED, QC_ROSTER_GRID_SELECTION_CHANGED, QC_N_ROSTER_GRID_SIGNALS };
extern guint qc_roster_grid_signals[QC_N_ROSTER_GRID_SIGNALS];
QcLineFieldId qc_roster_grid_field_of (const QcGridColumn *column);
/* The editor bears what a screen reader is to say of the cursor's cell. */
void qc_roster_grid_say_cell (QcRosterGrid *self);
/* Of the cursor's line; G_MAXUINT where it has none or a search hides it. */
guint qc_roster_grid_get_position (QcRosterGrid *self);
void qc_roster_grid_put_cursor (QcRosterGrid *self, gint64 line, guint column);
/* To the line at @position; @extend: all from the anchor on are chosen. */
void qc_roster_grid_move_to (QcRosterGrid *self, guint position, guint column, gboolean extend);
void qc_roster_grid_move_by (QcRosterGrid *self, int rows, int columns, gboolean extend);
/* To the next cell that takes something, from line to line: Tab. */
void qc_roster_grid_move_to_entry (QcRosterGrid *self, gboolean backwards);

/* qc-roster-grid-editor.c */
void qc_roster_grid_build_editor (QcRosterGrid *self);
/* What stands in the cursor's cell is edited. */
void qc_roster_grid_edit (QcRosterGrid *self);
/* The cell stays as it was. */
void qc_roster_grid_end_edit (QcRosterGrid *self);
void qc_roster_grid_close_choices (QcRosterGrid *self);

G_END_DECLS
