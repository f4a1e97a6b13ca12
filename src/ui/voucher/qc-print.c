/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-print.h. The PDF goes to the printer as it is; it is drawn again only where its pages are to be moved. Main
 * thread, and a worker that moves pages and writes what the printer reads.
 */
#include "qc-print.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <gtk/gtkunixprint.h>

#include <cairo-pdf.h>
#include <poppler.h>

#define A4_WIDTH  210.0
#define A4_HEIGHT 297.0

#define POINTS_PER_MM (72.0 / 25.4)
#define PATIENCE      3 /* seconds that printers are waited for */

typedef struct {
  GBytes *pdf;   /* (owned) */
  char *title;   /* (owned) */
  char *path;    /* (owned) (nullable) what the printer reads; gone afterwards */
  char *printer; /* (owned) (nullable) */
  QcPrintOffset offset;
  gboolean there;   /* its queue, right before sending */
  GtkPrintJob *job; /* (owned) (nullable) */
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
  g_clear_object (&print->job);
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

/* ---- the pages ---- */

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
draw_moved (cairo_surface_t *surface, cairo_t *cr, PopplerPage *page, const QcPrintOffset *offset)
{
  double width, height;

  poppler_page_get_size (page, &width, &height);
  cairo_pdf_surface_set_size (surface, width, height);
  cairo_save (cr);
  cairo_translate (cr, offset->left * POINTS_PER_MM, offset->top * POINTS_PER_MM);
  poppler_page_render_for_printing (page, cr);
  cairo_restore (cr);
  cairo_show_page (cr);
}

GBytes *
qc_print_shift (GBytes *pdf, const QcPrintOffset *offset, GError **error)
{
  PopplerDocument *document = poppler_document_new_from_bytes (pdf, NULL, error);
  g_autoptr (GByteArray) moved = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  if (!document)
    return NULL;
  surface = cairo_pdf_surface_create_for_stream (append_cb, moved, 595, 842);
  cr = cairo_create (surface);
  for (int i = 0; i < poppler_document_get_n_pages (document); i++) {
    PopplerPage *page = poppler_document_get_page (document, i);

    draw_moved (surface, cr, page, offset);
    g_object_unref (page);
  }
  g_object_unref (document);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, cairo_status_to_string (status));
    return NULL;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&moved));
}

/* In a worker: @print belongs to it until the task returns. */
static void
write_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Print *print = task_data;
  GError *error = NULL;
  gboolean moved = print->offset.left != 0 || print->offset.top != 0;
  g_autoptr (GBytes) pdf = moved ? qc_print_shift (print->pdf, &print->offset, &error) : g_bytes_ref (print->pdf);
  int fd = pdf ? g_file_open_tmp ("qingce-XXXXXX.pdf", &print->path, &error) : -1;

  if (fd >= 0) {
    g_close (fd, NULL);
    if (g_file_set_contents_full (print->path, g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf),
                                  G_FILE_SET_CONTENTS_NONE, 0600, &error)) {
      g_task_return_boolean (task, TRUE);
      return;
    }
  }
  g_task_return_error (task, error);
}

/* ---- the job ---- */

/* What went wrong, and what to do next. */
static GError *
new_not_sent (const char *printer, const GError *error)
{
  return g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED,
                      _ ("The printer “%s” did not take the voucher: %s. See that it is on and connected, or choose "
                         "another one, and print again."),
                      printer, error->message);
}

static void
sent_cb (GtkPrintJob *job, gpointer user_data, const GError *error)
{
  Print *print = user_data;

  if (error) {
    fail (print, new_not_sent (print->printer, error));
    return;
  }
  print->done (print->printer, NULL, print->user_data);
  print_free (print);
}

static gboolean
same_cb (GtkPrinter *printer, gpointer user_data)
{
  Print *print = user_data;

  print->there |= g_strcmp0 (gtk_printer_get_name (printer), print->printer) == 0;
  return print->there;
}

/* GTK reports no error where CUPS does not have the queue any more, so it is looked for right before sending. */
static void
there_cb (gpointer user_data)
{
  Print *print = user_data;
  g_autoptr (GError) error = NULL;

  if (!print->there) {
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("it is not there any more"));
    fail (print, new_not_sent (print->printer, error));
    return;
  }
  gtk_print_job_send (print->job, sent_cb, print, NULL);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Print *print = user_data;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error)
      || !gtk_print_job_set_source_file (print->job, print->path, &error)) {
    fail (print, error);
    return;
  }
  gtk_enumerate_printers (same_cb, print, there_cb, FALSE);
}

static void
send_to (Print *print, GtkPrinter *printer, GtkPrintSettings *settings, GtkPageSetup *setup)
{
  g_autoptr (GTask) task = NULL;

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
  print->printer = g_strdup (gtk_printer_get_name (printer));
  print->job = gtk_print_job_new (print->title, printer, settings, setup);
  task = g_task_new (NULL, NULL, written_cb, print);
  g_task_set_task_data (task, print, NULL);
  g_task_run_in_thread (task, write_thread);
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
qc_print_pdf (GtkWindow *parent, GBytes *pdf, const char *title, double margin, const QcPrintOffset *offset,
              QcPrintedFunc done, gpointer user_data)
{
  GtkWidget *dialog = gtk_print_unix_dialog_new (title, parent);
  g_autoptr (GtkPageSetup) setup = make_setup (margin);
  Print *print = g_new0 (Print, 1);

  print->pdf = g_bytes_ref (pdf);
  print->title = g_strdup (title);
  print->done = done;
  print->user_data = user_data;
  if (offset)
    print->offset = *offset;
  gtk_print_unix_dialog_set_page_setup (GTK_PRINT_UNIX_DIALOG (dialog), setup);
  gtk_print_unix_dialog_set_embed_page_setup (GTK_PRINT_UNIX_DIALOG (dialog), TRUE);
  gtk_print_unix_dialog_set_manual_capabilities (GTK_PRINT_UNIX_DIALOG (dialog),
                                                 GTK_PRINT_CAPABILITY_GENERATE_PDF | GTK_PRINT_CAPABILITY_COPIES);
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), print);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}
