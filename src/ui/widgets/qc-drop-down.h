/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a GtkDropDown of strings or a GtkMenuButton is called, and where its list opens. The keyboard focus goes to a
 * button inside it, which GTK 4.8 leaves without a name, so a screen reader would say its type. Main thread.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* @name as tooltip, and together with the choice made as what a screen reader says. */
void qc_drop_down_set_name (GtkDropDown *drop_down, const char *name);

/* The list that @widget opens, a GtkDropDown or AdwComboRow, has the focus on what is chosen, in sight. A drop-down
 * that was given a name has that. */
void qc_drop_down_open_at_choice (GtkWidget *widget);

/* @label: what stands on it, its key marked by "_"; a screen reader says it without the key. */
void qc_menu_button_set_words (GtkMenuButton *menu_button, const char *label);

/* For one with an icon, or whose words do not say enough. */
void qc_menu_button_set_name (GtkMenuButton *menu_button, const char *name);

/* @name: tooltip and name of the arrow beside the button. */
void qc_split_button_set_menu_name (AdwSplitButton *split_button, const char *name);

G_END_DECLS
