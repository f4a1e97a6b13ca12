/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 列: which columns a list has, to be chosen; and the memory of a list: these, their widths and the order of its rows
 * come back wherever the list is shown again. Main thread.
 */
#pragma once

#include "qc-grid.h"
#include "qc-session.h"

G_BEGIN_DECLS

#define QC_TYPE_COLUMN_MENU (qc_column_menu_get_type ())
G_DECLARE_FINAL_TYPE (QcColumnMenu, qc_column_menu, QC, COLUMN_MENU, GtkWidget)

/* @list: what the memory is kept by. The first column stays. What is remembered comes a moment later; sorting is told
 * to the grid's own sort function. */
GtkWidget *qc_column_menu_new (QcSession *session, GtkColumnView *grid, const char *list);
/* Nothing to be seen: only the widths are remembered, from when @grid is in a window. */
void qc_column_menu_keep_widths (GtkColumnView *grid, const char *list);
/* And its order, where its sort function says so. */
void qc_column_menu_keep_sort (GtkColumnView *grid, const char *id, gboolean descending);
/* Whether something beside the list is shown, as its columns: @toggle has a boolean state. */
void qc_column_menu_add_toggle (QcColumnMenu *self, GAction *toggle);
/* Among buttons without frames. */
void qc_column_menu_set_flat (QcColumnMenu *self);
/* To be called by the grid's sort function. */
void qc_column_menu_note_sort (QcColumnMenu *self, const char *id, gboolean descending);

G_END_DECLS
