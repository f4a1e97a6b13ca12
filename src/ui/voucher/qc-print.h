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

/* How far the pages are moved on the paper, in millimetres to the right and down. */
typedef struct {
  double left, top;
} QcPrintOffset;

/*
 * @margin: millimetres on every side that the printer is told to keep free. @offset: (nullable). @done is called once,
 * with a printer only after its queue has taken the job. The dialog is returned for tests.
 */
GtkWidget *qc_print_pdf (GtkWindow *parent, GBytes *pdf, const char *title, double margin, const QcPrintOffset *offset,
                         QcPrintedFunc done, gpointer user_data);
/* @pdf drawn again with its pages moved on paper of the same size. Any thread. */
GBytes *qc_print_shift (GBytes *pdf, const QcPrintOffset *offset, GError **error);
/*
 * Whether there is any printer but a file; @done is called once, at the latest after a few seconds (then as if there
 * were: the dialog goes on looking).
 */
typedef void (*QcPrintersFunc) (gboolean any, gpointer user_data);
void qc_print_look_for_printers (QcPrintersFunc done, gpointer user_data);
/* Whether A4 fits on @setup's paper, within a millimetre. */
gboolean qc_print_paper_is_enough (GtkPageSetup *setup);

G_END_DECLS
