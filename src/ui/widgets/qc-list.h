/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The keyboard in a list box whose selection shows a page: Tab goes to the row of the page shown and on to what is
 * behind the list, the arrows go from row to row. Left to itself GtkListBox selects every row Tab passes. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* To be called when @chosen was selected. */
void qc_list_rove (GtkListBox *list, GtkListBoxRow *chosen);

G_END_DECLS
