/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * How large a window opens that lies over another one. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @width × @height with text of the usual size, the more the larger it is, but not more than the window below has. */
void qc_fit_over (GtkWindow *window, int width, int height);

G_END_DECLS
