/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The one preview of whatever is printed beside vouchers: larger and smaller, pages by number, text that is looked for,
 * the paper and its margins, printing and saving. What is shown, saved and printed are the same bytes. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-printout.h"

G_BEGIN_DECLS

/* @parent: any widget of the window. @printout: (transfer full). The window is returned for tests. */
GtkWidget *qc_paper_window_open (GtkWidget *parent, QcPrintout *printout);

G_END_DECLS
