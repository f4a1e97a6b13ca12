/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What GTK 4.8 lacks of its tooltips: a line is broken only where it is long, and what a button has opened is not
 * covered by what the button is called. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From then on, for every widget of the program. */
void qc_tooltip_mend (void);

G_END_DECLS
