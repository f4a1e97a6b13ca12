/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The keyboard in a list: Tab comes to one row and goes on to what is behind the list, the arrows go from row to row.
 * Left to itself GTK 4.8 goes through every row with Tab, and a GtkListBox selects all that it passes. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* In a list of any kind, or another part that is one step for Tab. What can be used in its row comes before that. */
void qc_list_leave_by_tab (GtkWidget *list);
/* At once. */
void qc_list_leave (GtkWidget *list, GtkDirectionType direction);
/* Ctrl+C in a list of any kind copies the words of the row that has the focus. */
void qc_list_copy_rows (GtkWidget *list);
/* Of a list box whose selection shows a page: to be called when @chosen was selected. */
void qc_list_rove (GtkListBox *list, GtkListBoxRow *chosen);

G_END_DECLS
