/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-print.h. The PDF goes to the printer as it is; nothing is drawn again. Main thread.
 */
#include "qc-print.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <gtk/gtkunixprint.h>

#define A4_WIDTH  210.0
#define A4_HEIGHT 297.0

typedef struct {
  GBytes *pdf;   /* (owned) */
  char *title;   /* (owned) */
  char *path;    /* (owned) (nullable) what the printer reads; gone afterwards */
  char *printer; /* (owned) (nullable) */
  QcPrintedFunc done;
  gpointer user_data;
} Print;

static void
print_free (Print *print)
{
  g_bytes_unref (print->pdf);
  g_free (print->title);
  if (print->path)
    g_unlink (print->path);
  g_free (print->path);
  g_free (print->printer);
  g_free (print);
}

static void
fail (Print *print, GError *error)
{
  print->done (NULL, error, print->user_data);
  g_clear_error (&error);
  print_free (print);
}

gboolean
qc_print_paper_is_enough (GtkPageSetup *setup)
{
  GtkPaperSize *paper = gtk_page_setup_get_paper_size (setup);

  return gtk_paper_size_get_width (paper, GTK_UNIT_MM) >= A4_WIDTH - 1
         && gtk_paper_size_get_height (paper, GTK_UNIT_MM) >= A4_HEIGHT - 1;
}

static void
sent_cb (GtkPrintJob *job, gpointer user_data, const GError *error)
{
  Print *print = user_data;

  if (error)
    print->done (NULL, error, print->user_data);
  else
    print->done (print->printer, NULL, print->user_data);
  print_free (print);
  g_object_unref (job);
}

static gboolean
write_file (Print *print, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (print->pdf, &length);
  int fd = g_file_open_tmp ("qingce-XXXXXX.pdf", &print->path, error);

  if (fd < 0)
    return FALSE;
  g_close (fd, NULL);
  return g_file_set_contents_full (print->path, data, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600, error);
}

static void
send_to (Print *print, GtkPrinter *printer, GtkPrintSettings *settings, GtkPageSetup *setup)
{
  GtkPrintJob *job;
  GError *error = NULL;

  if (!printer || !gtk_printer_accepts_pdf (printer)) {
    fail (print, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                                      printer ? _ ("The printer takes no PDF. Save the voucher and print it elsewhere.")
                                              : _ ("There is no printer. Save the voucher and print it elsewhere.")));
    return;
  }
  if (!qc_print_paper_is_enough (setup)) {
    fail (print, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                                      _ ("The paper is smaller than A4, so that the voucher would be cut off. "
                                         "Choose A4 in the print dialog.")));
    return;
  }
  if (!write_file (print, &error)) {
    fail (print, error);
    return;
  }
  print->printer = g_strdup (gtk_printer_get_name (printer));
  job = gtk_print_job_new (print->title, printer, settings, setup);
  if (gtk_print_job_set_source_file (job, print->path, &error)) {
    gtk_print_job_send (job, sent_cb, print, NULL);
    return;
  }
  g_object_unref (job);
  fail (print, error);
}

static void
response_cb (GtkWidget *dialog, int response, Print *print)
{
  GtkPrintUnixDialog *unix_dialog = GTK_PRINT_UNIX_DIALOG (dialog);

  if (response == GTK_RESPONSE_OK) {
    g_autoptr (GtkPrintSettings) settings = gtk_print_unix_dialog_get_settings (unix_dialog);

    send_to (print, gtk_print_unix_dialog_get_selected_printer (unix_dialog), settings,
             gtk_print_unix_dialog_get_page_setup (unix_dialog));
  } else {
    print->done (NULL, NULL, print->user_data);
    print_free (print);
  }
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static GtkPageSetup *
make_setup (double margin)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) a4 = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size (setup, a4);
  gtk_page_setup_set_top_margin (setup, margin, GTK_UNIT_MM);
  gtk_page_setup_set_bottom_margin (setup, margin, GTK_UNIT_MM);
  gtk_page_setup_set_left_margin (setup, margin, GTK_UNIT_MM);
  gtk_page_setup_set_right_margin (setup, margin, GTK_UNIT_MM);
  return setup;
}

GtkWidget *
qc_print_pdf (GtkWindow *parent, GBytes *pdf, const char *title, double margin, QcPrintedFunc done, gpointer user_data)
{
  GtkWidget *dialog = gtk_print_unix_dialog_new (title, parent);
  g_autoptr (GtkPageSetup) setup = make_setup (margin);
  Print *print = g_new0 (Print, 1);

  print->pdf = g_bytes_ref (pdf);
  print->title = g_strdup (title);
  print->done = done;
  print->user_data = user_data;
  gtk_print_unix_dialog_set_page_setup (GTK_PRINT_UNIX_DIALOG (dialog), setup);
  gtk_print_unix_dialog_set_embed_page_setup (GTK_PRINT_UNIX_DIALOG (dialog), TRUE);
  gtk_print_unix_dialog_set_manual_capabilities (GTK_PRINT_UNIX_DIALOG (dialog),
                                                 GTK_PRINT_CAPABILITY_GENERATE_PDF | GTK_PRINT_CAPABILITY_COPIES);
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), print);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}
