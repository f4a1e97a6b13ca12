/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Printing a PDF through the system's dialog, in one small file because its API changes with each GTK: today
 * GtkPrintUnixDialog and GtkPrintJob (GtkPrintOperation crashes on GTK 4.8). A4, margins in millimetres. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @printer NULL: cancelled, or with @error why not. */
typedef void (*QcPrintedFunc) (const char *printer, const GError *error, gpointer user_data);

/* @margin: millimetres on every side that the printer is told to keep free. The dialog is returned for tests. */
GtkWidget *qc_print_pdf (GtkWindow *parent, GBytes *pdf, const char *title, double margin, QcPrintedFunc done,
                         gpointer user_data);
/* Whether A4 fits on @setup's paper, within a millimetre. */
gboolean qc_print_paper_is_enough (GtkPageSetup *setup);

G_END_DECLS
