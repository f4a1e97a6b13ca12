/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What of this computer only a window can look at: the printer and the screen. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-check.h"

G_BEGIN_DECLS

/* Adds "printer" and "screen" to @check. */
void qc_check_here_add (QcCheck *check);
/* Looks at both; to be called after each qc_check_run(). @widget: on the screen that counts. */
void qc_check_here_run (QcCheck *check, GtkWidget *widget);

/* Pure. @width, @height: of the work area in logical pixels. */
QcCheckVerdict qc_check_here_judge_screen (int width, int height);

G_END_DECLS
