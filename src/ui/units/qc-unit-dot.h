/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * By which a unit is known at a glance (X11): a dot of its colour, and beside it what the clerk calls it. The colour
 * never stands alone. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-session.h"

G_BEGIN_DECLS

/* The dot alone, for a row that says the name itself. (transfer floating) */
GtkWidget *qc_unit_dot_new (guint colour);
void qc_unit_dot_set (GtkWidget *dot, guint colour);
/* What the colour is called. Borrowed, translated. */
const char *qc_unit_colour_get_name (guint colour);

G_END_DECLS
