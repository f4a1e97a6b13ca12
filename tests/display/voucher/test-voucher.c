/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The preview (what is no PDF, sizes, pages) and printing (whether there are printers, paper that is too small, a
 * dialog that is cancelled or closed, what proves that something was printed). The page as a whole is walked by the
 * journeys.
 */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <gtk/gtkunixprint.h>
#include <poppler.h>
#include <string.h>

#include <cairo-pdf.h>

#include "qc-print-job.h"
#include "qc-print-judge.h"
#include "qc-pdf-view.h"

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* A4, @n pages. */
static GBytes *
make_pdf (int n)
{
  GByteArray *array = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, array, 595.28, 841.89);
  cairo_t *cr = cairo_create (surface);
  for (int i = 0; i < n; i++) {
    cairo_move_to (cr, 100, 100);
    cairo_show_text (cr, "voucher");
    cairo_show_page (cr);
  }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (array);
}

static void
test_preview (void)
{
  g_autoptr (GBytes) three = make_pdf (3);
  g_autoptr (GBytes) wrong = g_bytes_new_static ("no PDF at all", 13);
  GtkWidget *window = gtk_window_new (), *widget = qc_pdf_view_new ();
  QcPdfView *preview = QC_PDF_VIEW (widget);
  gtk_window_set_default_size (GTK_WINDOW (window), 600, 400);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  g_autoptr (GError) error = NULL;
  g_assert_false (qc_pdf_view_set_pdf (preview, wrong, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_cmpint (qc_pdf_view_get_n_pages (preview), ==, 0);
  g_assert_true (qc_pdf_view_set_pdf (preview, three, &error));
  g_assert_cmpint (qc_pdf_view_get_n_pages (preview), ==, 3);
  qc_pdf_view_set_page (preview, 7);
  g_assert_cmpint (qc_pdf_view_get_page (preview), ==, 2);
  qc_pdf_view_set_page (preview, -1);
  g_assert_cmpint (qc_pdf_view_get_page (preview), ==, 0);
  qc_pdf_view_set_zoom (preview, 100);
  g_assert_cmpfloat (qc_pdf_view_get_zoom (preview), ==, 4.0);
  qc_pdf_view_set_zoom (preview, 0.01);
  g_assert_cmpfloat (qc_pdf_view_get_zoom (preview), ==, 0.25);
  /* what is wrong leaves what is there */
  g_assert_false (qc_pdf_view_set_pdf (preview, wrong, NULL));
  g_assert_cmpint (qc_pdf_view_get_n_pages (preview), ==, 3);
  g_assert_true (qc_pdf_view_set_pdf (preview, NULL, &error));
  g_assert_cmpint (qc_pdf_view_get_n_pages (preview), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_paper (void)
{
  static const struct {
    const char *name;
    gboolean enough;
  } papers[] = {
      {GTK_PAPER_NAME_A4, TRUE}, {GTK_PAPER_NAME_A3, TRUE}, {GTK_PAPER_NAME_A5, FALSE}, {GTK_PAPER_NAME_LETTER, FALSE}};
  for (gsize i = 0; i < G_N_ELEMENTS (papers); i++) {
    g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
    g_autoptr (GtkPaperSize) paper = gtk_paper_size_new (papers[i].name);
    gtk_page_setup_set_paper_size (setup, paper);
    g_assert_cmpint (qc_print_paper_is_enough (setup, QC_PAPER_A4), ==, papers[i].enough);
    g_assert_cmpint (qc_print_paper_is_enough (setup, QC_PAPER_A4_LANDSCAPE), ==, papers[i].enough);
    g_assert_true (qc_print_paper_is_enough (setup, QC_PAPER_A5_LANDSCAPE));
  }
}

typedef struct {
  gboolean done;
  QcPrintEnd end;
  char *words;
} Printed;

static void
printed_cb (const QcPrintResult *result, gpointer user_data)
{
  Printed *printed = user_data;
  printed->done = TRUE;
  printed->end = result->end;
  printed->words = g_strdup (result->words);
}

static gboolean
late_cb (gpointer data)
{
  g_error ("waited too long for the printer");
  return G_SOURCE_REMOVE;
}

static void
test_print_cancelled (gconstpointer response)
{
  g_autoptr (GBytes) pdf = make_pdf (1);
  GtkWidget *window = gtk_window_new ();
  guint late = g_timeout_add_seconds (30, late_cb, NULL);
  gtk_window_present (GTK_WINDOW (window));
  Printed printed = {0};
  GtkWidget *dialog = qc_print_pdf (GTK_WINDOW (window), pdf, "voucher", QC_PAPER_A4, printed_cb, &printed);
  gtk_dialog_response (GTK_DIALOG (dialog), GPOINTER_TO_INT (response));
  while (!printed.done)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
  g_assert_cmpint (printed.end, ==, QC_PRINT_CANCELLED);
  g_assert_null (printed.words);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
looked_cb (QcPrinters printers, gpointer user_data)
{
  *(int *)user_data = (int)printers;
}

static QcPrinters
look (void)
{
  int printers = -1;
  guint late = g_timeout_add_seconds (30, late_cb, NULL);
  qc_print_look_for_printers (looked_cb, &printers);
  while (printers < 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
  return (QcPrinters)printers;
}

static void
owned_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
}

/* Without a print server there are no printers, unless Avahi may find some: then the dialog looks for them. */
static void
test_look (void)
{
  g_assert_cmpint (look (), ==, QC_PRINTERS_NO_SERVER);
  guint late = g_timeout_add_seconds (30, late_cb, NULL);
  gboolean owned = FALSE;
  guint name = g_bus_own_name (G_BUS_TYPE_SESSION, "org.freedesktop.Avahi", G_BUS_NAME_OWNER_FLAGS_NONE, NULL, owned_cb,
                               NULL, &owned, NULL);
  while (!owned)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
  g_assert_cmpint (look (), ==, QC_PRINTERS_SOME);
  g_bus_unown_name (name);
}

#define SILENT  QC_QUEUE_SILENT
#define GONE    QC_QUEUE_GONE
#define REJECTS QC_QUEUE_REJECTS
#define STOPPED QC_QUEUE_STOPPED
#define READY   QC_QUEUE_READY

/* What proves what: nothing is called printed or refused that may be the other. */
static void
test_judge (void)
{
  static const struct {
    QcPrintVerdict verdict;
    QcQueueState before, after;
    int job; /* -1 = one that was cancelled */
    gboolean pending, back, fault, left, is_file;
  } rows[] = {
      /* a number, from the list or from GTK, is a job whatever else happened */
      {QC_VERDICT_TAKEN, READY, READY, 7, TRUE, TRUE, FALSE, TRUE},
      {QC_VERDICT_TAKEN, READY, READY, 7, FALSE, TRUE, TRUE, TRUE},
      {QC_VERDICT_TAKEN, READY, STOPPED, 7, FALSE, FALSE, FALSE, TRUE},
      {QC_VERDICT_TAKEN, READY, SILENT, 0, TRUE, TRUE, FALSE, TRUE},
      {QC_VERDICT_TAKEN, GONE, GONE, 0, TRUE, TRUE, FALSE, TRUE},
      {QC_VERDICT_TAKEN, SILENT, SILENT, 0, TRUE, TRUE, FALSE, TRUE},
      {QC_VERDICT_TAKEN, READY, REJECTS, 7, TRUE, TRUE, FALSE, TRUE},
      {QC_VERDICT_ENDED, READY, READY, -1, TRUE, TRUE, FALSE, TRUE},
      {QC_VERDICT_ENDED, READY, READY, -1, FALSE, FALSE, FALSE, TRUE},
      /* GTK still has it */
      {QC_VERDICT_LATE, READY, READY, 0, FALSE, FALSE, FALSE, TRUE},
      {QC_VERDICT_LATE, SILENT, SILENT, 0, FALSE, FALSE, FALSE, FALSE},
      {QC_VERDICT_LATE, READY, GONE, 0, FALSE, FALSE, FALSE, TRUE},
      {QC_VERDICT_LATE, READY, REJECTS, 0, FALSE, FALSE, FALSE, FALSE},
      /* the server answered, and gave no number */
      {QC_VERDICT_NO_JOB, READY, READY, 0, FALSE, TRUE, FALSE, TRUE},
      {QC_VERDICT_NO_JOB, SILENT, READY, 0, FALSE, TRUE, FALSE, TRUE},
      {QC_VERDICT_REJECTS, READY, REJECTS, 0, FALSE, TRUE, FALSE, TRUE},
      {QC_VERDICT_REJECTS, READY, REJECTS, 0, FALSE, TRUE, TRUE, TRUE},
      {QC_VERDICT_GONE, READY, GONE, 0, FALSE, TRUE, FALSE, TRUE},
      {QC_VERDICT_GONE, GONE, GONE, 0, FALSE, TRUE, FALSE, TRUE},
      {QC_VERDICT_BROKEN, READY, SILENT, 0, FALSE, TRUE, FALSE, TRUE},
      /* the connection failed */
      {QC_VERDICT_FAULT, READY, READY, 0, FALSE, TRUE, TRUE, TRUE},
      {QC_VERDICT_FAULT, READY, READY, 0, FALSE, TRUE, TRUE, FALSE},
      {QC_VERDICT_FAULT, READY, SILENT, 0, FALSE, TRUE, TRUE, FALSE},
      {QC_VERDICT_GONE, READY, GONE, 0, FALSE, TRUE, TRUE, TRUE},
      {QC_VERDICT_GONE, GONE, GONE, 0, FALSE, TRUE, TRUE, FALSE},
      {QC_VERDICT_SILENT, SILENT, SILENT, 0, FALSE, TRUE, TRUE, FALSE},
      {QC_VERDICT_BROKEN, SILENT, SILENT, 0, FALSE, TRUE, TRUE, TRUE},
      {QC_VERDICT_BROKEN, READY, SILENT, 0, FALSE, TRUE, TRUE, TRUE},
      {QC_VERDICT_BROKEN, GONE, GONE, 0, FALSE, TRUE, TRUE, TRUE},
      {QC_VERDICT_BROKEN, SILENT, READY, 0, FALSE, TRUE, TRUE, TRUE},
      /* a file has no queue */
      {QC_VERDICT_TAKEN, SILENT, SILENT, 0, FALSE, TRUE, FALSE, TRUE, TRUE},
      {QC_VERDICT_NO_FILE, SILENT, SILENT, 0, FALSE, TRUE, TRUE, TRUE, TRUE},
      {QC_VERDICT_LATE, SILENT, SILENT, 0, FALSE, FALSE, FALSE, TRUE, TRUE},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const QcQueueAnswer after = {.state = rows[i].after, .job = ABS (rows[i].job), .ended = rows[i].job < 0};
    const QcPrintSigns signs = {.is_file = rows[i].is_file,
                                .before = rows[i].before,
                                .after = &after,
                                .pending = rows[i].pending,
                                .back = rows[i].back,
                                .fault = rows[i].fault,
                                .left = rows[i].left};
    g_test_message ("row %" G_GSIZE_FORMAT, i);
    g_assert_cmpint (qc_print_judge (&signs), ==, rows[i].verdict);
  }
}

/* The window behind the dialog is closed: it is over, once. */
static void
test_print_closed (void)
{
  g_autoptr (GBytes) pdf = make_pdf (1);
  GtkWidget *window = gtk_window_new ();
  gtk_window_present (GTK_WINDOW (window));
  Printed printed = {0};
  qc_print_pdf (GTK_WINDOW (window), pdf, "voucher", QC_PAPER_A4, printed_cb, &printed);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_true (printed.done);
  g_assert_cmpint (printed.end, ==, QC_PRINT_CANCELLED);
}

int
main (int argc, char *argv[])
{
  /* no printers but those of the test: no server, and its own bus for the system's */
  g_setenv ("CUPS_SERVER", "/nonexistent/cups.sock", TRUE);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_getenv ("DBUS_SESSION_BUS_ADDRESS"), TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/voucher/preview", test_preview);
  g_test_add_func ("/voucher/paper", test_paper);
  g_test_add_data_func ("/voucher/print-cancelled", GINT_TO_POINTER (GTK_RESPONSE_CANCEL), test_print_cancelled);
  g_test_add_func ("/voucher/print-closed", test_print_closed);
  g_test_add_func ("/voucher/look", test_look);
  g_test_add_func ("/voucher/judge", test_judge);
  return g_test_run ();
}
