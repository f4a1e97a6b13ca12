/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the clerk may have otherwise: colours, notifications, the folder of exports, where printed pages lie. Each
 * choice holds at once. Main thread.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* @settings: (nullable): where the schema is not installed nothing can be kept, and that is said. */
GtkWidget *qc_preferences_window_open (GtkWidget *parent, GSettings *settings);

G_END_DECLS
