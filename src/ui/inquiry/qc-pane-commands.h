/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Commands of a pane of which there are several: win.* is that of the pane on the screen. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @actions become the window's while @pane is mapped. */
void qc_pane_commands_follow (GtkWidget *pane, GSimpleActionGroup *actions);

/* Ctrl+C on a row of @grid activates @action ("win.…"), while the keyboard is there. */
void qc_pane_commands_add_copy (GtkColumnView *grid, const char *action);

G_END_DECLS
