/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-print.h: which printers there are, and the dialog. Main thread.
 */
#include "qc-print-job.h"

#include <string.h>

#define PATIENCE 3 /* seconds that printers are waited for */

/* What the dialog is about. */
typedef struct {
  GBytes *pdf; /* (owned) */
  char *title; /* (owned) */
  QcPrintedFunc done;
  gpointer user_data;
} Order;

static void
order_free (Order *order)
{
  g_bytes_unref (order->pdf);
  g_free (order->title);
  g_free (order);
}

/* ---- the printers ---- */

typedef struct {
  QcPrintersFunc done; /* NULL once called */
  gpointer user_data;
  gboolean any;
  guint late;
} Look;

static void
tell (Look *look, gboolean any)
{
  QcPrintersFunc done = look->done;

  look->done = NULL;
  g_clear_handle_id (&look->late, g_source_remove);
  if (done)
    done (any, look->user_data);
}

static gboolean
late_cb (gpointer user_data)
{
  Look *look = user_data;

  look->late = 0;
  tell (look, TRUE);
  return G_SOURCE_REMOVE;
}

static gboolean
printer_cb (GtkPrinter *printer, gpointer user_data)
{
  Look *look = user_data;

  look->any |= !gtk_printer_is_virtual (printer);
  return look->any;
}

static void
looked_cb (gpointer user_data)
{
  Look *look = user_data;

  tell (look, look->any);
  g_free (look);
}

void
qc_print_look_for_printers (QcPrintersFunc done, gpointer user_data)
{
  Look *look = g_new0 (Look, 1);

  look->done = done;
  look->user_data = user_data;
  look->late = g_timeout_add_seconds (PATIENCE, late_cb, look);
  gtk_enumerate_printers (printer_cb, look, looked_cb, FALSE);
}

/* ---- the dialog ---- */

static void
response_cb (GtkWidget *dialog, int response, Order *order)
{
  const QcPrintResult cancelled = {.end = QC_PRINT_CANCELLED};
  GtkPrintUnixDialog *unix_dialog = GTK_PRINT_UNIX_DIALOG (dialog);

  if (response == GTK_RESPONSE_OK) {
    g_autoptr (GtkPrintSettings) settings = gtk_print_unix_dialog_get_settings (unix_dialog);

    qc_print_job_send (gtk_print_unix_dialog_get_selected_printer (unix_dialog), settings,
                       gtk_print_unix_dialog_get_page_setup (unix_dialog), order->pdf, order->title, order->done,
                       order->user_data);
  } else {
    order->done (&cancelled, order->user_data);
  }
  order_free (order);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* A file is offered under the voucher's own name, and never in whatever folder the program was started in. */
static GtkPrintSettings *
make_settings (const char *title)
{
  GtkPrintSettings *settings = gtk_print_settings_new ();
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autofree char *base = g_str_has_suffix (title, ".pdf") ? g_strndup (title, strlen (title) - 4) : g_strdup (title);

  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_BASENAME, base);
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_DIR, documents ? documents : g_get_home_dir ());
  return settings;
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
  g_autoptr (GtkPrintSettings) settings = make_settings (title);
  Order *order = g_new0 (Order, 1);

  order->pdf = g_bytes_ref (pdf);
  order->title = g_strdup (title);
  order->done = done;
  order->user_data = user_data;
  gtk_print_unix_dialog_set_settings (GTK_PRINT_UNIX_DIALOG (dialog), settings);
  gtk_print_unix_dialog_set_page_setup (GTK_PRINT_UNIX_DIALOG (dialog), setup);
  gtk_print_unix_dialog_set_embed_page_setup (GTK_PRINT_UNIX_DIALOG (dialog), TRUE);
  gtk_print_unix_dialog_set_manual_capabilities (GTK_PRINT_UNIX_DIALOG (dialog),
                                                 GTK_PRINT_CAPABILITY_GENERATE_PDF | GTK_PRINT_CAPABILITY_COPIES);
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), order);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}
