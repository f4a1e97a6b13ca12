/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What GTK 4.8 has no call for: the widgets that a GtkColumnView makes for itself, which column its sorter begins with,
 * and what a GtkScrolledWindow listens to. All that leans on how GTK is built inside stands here and nowhere else in
 * this folder. It can go when GTK 4.12 is the least that is asked for: gtk_column_view_scroll_to(),
 * gtk_column_view_sorter_get_primary_sort_column() (4.10), gtk_list_item_set_accessible_label(), GtkColumnViewCell and
 * GtkColumnViewRow say the same. A row is the widget of a row, a cell the widget of one of its cells, its content what
 * a factory put there. Nothing is owned. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The list within @view. */
GtkWidget *qc_gtk_get_list (GtkColumnView *view);
/* As gtk_column_view_scroll_to(). */
void qc_gtk_scroll_to (GtkColumnView *view, guint position);
/* The rows there are, in sight or not; (nullable) NULL at the end. */
GtkWidget *qc_gtk_first_row (GtkColumnView *view);
GtkWidget *qc_gtk_next_row (GtkWidget *row);
/* What is in the cells of @row, past empty cells; (nullable) NULL at the end. */
GtkWidget *qc_gtk_first_content (GtkWidget *row);
GtkWidget *qc_gtk_next_content (GtkWidget *content);
GtkWidget *qc_gtk_get_cell (GtkWidget *content); /* (nullable) */
GtkWidget *qc_gtk_get_row (GtkWidget *content);  /* (nullable) */
GtkWidget *qc_gtk_get_content (GtkWidget *cell); /* (nullable) of a cell */

/* The row of titles. */
GtkWidget *qc_gtk_get_header (GtkColumnView *view);
/* What a screen reader says of it, of the list below, and of a cell or row: what its @content says. */
void qc_gtk_name_header (GtkColumnView *view, const char *name);
void qc_gtk_name_title (GtkWidget *title, const char *name); /* (nullable) @name */
void qc_gtk_name_list (GtkColumnView *view, const char *name);
void qc_gtk_name_cell (GtkWidget *content);
/* The title of @column. (nullable) */
GtkWidget *qc_gtk_find_title (GtkColumnView *view, GtkColumnViewColumn *column);
/* The title of the column that was added last stands to the right. */
void qc_gtk_align_last_title (GtkColumnView *view);

/* The wheel over @scroller, which scrolls across only, goes on to what scrolls down around it. */
void qc_gtk_pass_wheel (GtkScrolledWindow *scroller);

/* A sorter that sorts nothing and only tells that it was asked, by putting @column into *@asked. */
GtkSorter *qc_gtk_sorter_new (const void *column, const void **asked);
/* Which @column of those leads in the sorter of a view, NULL if none does. */
const void *qc_gtk_ask_sorter (GtkSorter *sorter, const void **asked, gboolean *out_descending);

G_END_DECLS
