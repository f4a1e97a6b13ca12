/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a GtkDropDown of strings or a GtkMenuButton is called. The keyboard focus goes to a button inside it, which
 * GTK 4.8 leaves without a name, so a screen reader would say its type. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @name as tooltip, and together with the choice made as what a screen reader says. */
void qc_drop_down_set_name (GtkDropDown *drop_down, const char *name);

void qc_menu_button_set_name (GtkMenuButton *menu_button, const char *name);

G_END_DECLS
