/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Sizes in pixels that follow how large the desktop has its text. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @pixels with text of the usual size, the more the larger it is. */
int qc_text_size_scale (GtkWidget *widget, int pixels);
/* An AdwClamp that holds @child to @width, which follows the text from then on. */
GtkWidget *qc_text_size_clamp (GtkWidget *child, int width);

G_END_DECLS
