/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Where the keyboard goes when what had it goes away. GTK would take whatever stands beside it, or leave the focus on
 * what nobody sees: Enter would undo, delete or sign out. Here it goes to where the work goes on: into the innermost
 * part of the window that is still there and has a home. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Watches @window for as long as it lives. */
void qc_focus_keep (GtkWindow *window);

/* Takes the focus to a place of its own within @part; FALSE where there is none now. */
typedef gboolean (*QcFocusFunc) (GtkWidget *part);
/* While @part is on the screen, what had the focus within it leaves it to @home. Lists, popovers and the window have a
 * home without being told. */
void qc_focus_set_home (GtkWidget *part, QcFocusFunc home);
/* qc_focus_enter(), where @part has no home yet. */
void qc_focus_set_default_home (GtkWidget *part);

/* Gives the focus to the first control within @part: what is filled in or chosen from before what is pressed, and never
 * what is guarded; a part of it that has a home of its own says where. A QcFocusFunc, and the home of a part that has
 * no other. */
gboolean qc_focus_enter (GtkWidget *part);
/* A list of our own, which takes the focus by gtk_widget_grab_focus(). */
void qc_focus_set_list (GtkWidget *widget);
/* Down in @entry goes to the first list within @part, which outlives it: to what was found. */
void qc_focus_follow_search (GtkWidget *entry, GtkWidget *part);
/* What undoes, deletes or signs out: only the clerk herself brings the focus there. */
void qc_focus_guard (GtkWidget *widget);

G_END_DECLS
