/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Printing a PDF through the system's dialog, behind two small files (this and qc-print-job) because its API changes
 * with each GTK: today GtkPrintUnixDialog and GtkPrintJob (GtkPrintOperation crashes on GTK 4.8). The pages keep their
 * own margins free. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-paper-size.h"

G_BEGIN_DECLS

typedef enum {
  QC_PRINT_CANCELLED,
  QC_PRINT_TAKEN,   /* by the printer's queue; or it is a file now */
  QC_PRINT_REFUSED, /* there is no job */
  QC_PRINT_UNKNOWN, /* there may be one */
} QcPrintEnd;

typedef struct {
  QcPrintEnd end;
  const char *printer; /* (nullable) */
  gboolean waits;      /* taken by a printer that is stopped */
  const char *words;   /* what became of it, and what to do next; NULL where it was cancelled */
} QcPrintResult;

typedef void (*QcPrintedFunc) (const QcPrintResult *result, gpointer user_data);

/* @paper: what the pages are made for. @done is called once. The dialog is returned for tests. */
GtkWidget *qc_print_pdf (GtkWindow *parent, GBytes *pdf, const char *title, QcPaperSize paper, QcPrintedFunc done,
                         gpointer user_data);
/* The same once it is known that there is a printer; says what to do where there is none. @widget: of the window. */
void qc_print_out (GtkWidget *widget, GBytes *pdf, const char *title, QcPaperSize paper, QcPrintedFunc done,
                   gpointer user_data);
typedef enum {
  QC_PRINTERS_SOME,      /* there are, or there may be: the dialog goes on looking */
  QC_PRINTERS_NONE,      /* the server has none, and nothing finds any on the network */
  QC_PRINTERS_NO_SERVER, /* likewise, where there is no server */
} QcPrinters;
/* Whether there is any printer but a file; @done is called once, after some seconds where the server is silent. */
typedef void (*QcPrintersFunc) (QcPrinters printers, gpointer user_data);
void qc_print_look_for_printers (QcPrintersFunc done, gpointer user_data);

G_END_DECLS
