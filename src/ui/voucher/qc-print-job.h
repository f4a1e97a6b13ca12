/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A PDF on its way to a printer, until it is known what became of it. Nothing is called printed: a queue has taken it,
 * it was refused, or nobody can say. Main thread.
 */
#pragma once

#include <gtk/gtk.h>
#include <gtk/gtkunixprint.h>

#include "qc-print.h"

G_BEGIN_DECLS

/* Whether @wanted fits on @setup's paper, whichever way it lies, within a millimetre. */
gboolean qc_print_paper_is_enough (GtkPageSetup *setup, QcPaperSize wanted);
/* @printer: (nullable): none was there to choose. @done is called once. */
void qc_print_job_send (GtkPrinter *printer, GtkPrintSettings *settings, GtkPageSetup *setup, GBytes *pdf,
                        QcPaperSize paper, const char *title, QcPrintedFunc done, gpointer user_data);

G_END_DECLS
