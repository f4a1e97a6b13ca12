/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The roster grid: the lines of a draft, worked in like a spreadsheet. One cell has the cursor, and over it lies the
 * one editor, an entry that always has the focus: whatever an input method begins goes to it before any key means
 * something to the grid. Typing begins an edit, Enter ends it and goes down, Tab to the right, Esc takes it back.
 * Faulty cells are marked, and said. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-grid.h"
#include "qc-roster-service.h"

G_BEGIN_DECLS

#define QC_TYPE_ROSTER_GRID (qc_roster_grid_get_type ())
G_DECLARE_FINAL_TYPE (QcRosterGrid, qc_roster_grid, QC, ROSTER_GRID, GtkWidget)

/*
 * Signals: "pasted" (QcPasteResult *, as pointer), "failed" (GError *, as pointer), "selection-changed".
 */
GtkWidget *qc_roster_grid_new (QcRosterService *service);

/* The cursor on a cell, which is scrolled into sight, and the focus with it. */
void qc_roster_grid_go_to (QcRosterGrid *self, gint64 line, QcLineFieldId field);
/* The cursor on the first cell of @line that must be filled and is not, else at its beginning; where no cell must be,
 * on the first that can be. */
void qc_roster_grid_go_to_empty (QcRosterGrid *self, gint64 line);
void qc_roster_grid_first_fault (QcRosterGrid *self);
/* F8. FALSE: there is none. */
gboolean qc_roster_grid_next_fault (QcRosterGrid *self, gboolean backwards);
/* What it draws with. Borrowed. */
GtkColumnView *qc_roster_grid_get_view (QcRosterGrid *self);
gint64 qc_roster_grid_get_line (QcRosterGrid *self); /* of the cursor, 0 = none */
QcLineFieldId qc_roster_grid_get_field (QcRosterGrid *self);

/* The lines chosen: gint64 in the order shown. (transfer full) */
GArray *qc_roster_grid_dup_selected (QcRosterGrid *self);
guint qc_roster_grid_get_n_selected (QcRosterGrid *self);
void qc_roster_grid_select_all (QcRosterGrid *self);

void qc_roster_grid_copy (QcRosterGrid *self);
void qc_roster_grid_paste (QcRosterGrid *self);
/* What stands in the cursor's cell of the first line chosen goes into the others. */
void qc_roster_grid_fill_down (QcRosterGrid *self);
void qc_roster_grid_delete (QcRosterGrid *self);

/* Whether something is being typed that is not entered yet; and entering it. */
gboolean qc_roster_grid_is_editing (QcRosterGrid *self);
void qc_roster_grid_commit (QcRosterGrid *self);

/* The columns of the business's lines, in their order, for any grid of them. Free with g_free(). @marks NULL: to be
 * read only, not sorted. */
QcGridColumn *qc_roster_grid_new_columns (QcBusiness business, QcGridCellFunc text, QcGridMarksFunc marks,
                                          guint *n_columns);

G_END_DECLS
