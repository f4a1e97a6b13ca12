/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-print.h: which printers there are, and the dialog. Main thread.
 */
#include "qc-print-job.h"

#include <glib/gi18n.h>
#include <string.h>

#include "qc-print-queue.h"

#define AVAHI           "org.freedesktop.Avahi"
#define BUS_PATIENCE_MS 2000

/* What the dialog is about. */
typedef struct {
  GBytes *pdf; /* (owned) */
  QcPaperSize paper;
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
  QcPrinters printers;
  QcPrintersFunc done;
  gpointer user_data;
} Look;

/* Whether printers that no server has may be found on the network: GTK looks for them through it. */
static gboolean
has_avahi (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SYSTEM, NULL, NULL);
  if (!bus)
    return FALSE;
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
      bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
      g_variant_new ("(s)", AVAHI), G_VARIANT_TYPE ("(b)"), G_DBUS_CALL_FLAGS_NONE, BUS_PATIENCE_MS, NULL, NULL);
  gboolean has = FALSE;
  if (answer)
    g_variant_get (answer, "(b)", &has);
  return has;
}

/* In a worker: the server's name may take long to find. */
static void
look_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Look *look = task_data;
  QcServerState server = qc_print_queue_ask_server ();
  if (server == QC_SERVER_READY || server == QC_SERVER_SILENT || has_avahi ())
    look->printers = QC_PRINTERS_SOME;
  else
    look->printers = server == QC_SERVER_EMPTY ? QC_PRINTERS_NONE : QC_PRINTERS_NO_SERVER;
  g_task_return_boolean (task, TRUE);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Look *look = user_data;
  look->done (look->printers, look->user_data);
  g_free (look);
}

void
qc_print_look_for_printers (QcPrintersFunc done, gpointer user_data)
{
  Look *look = g_new0 (Look, 1);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, looked_cb, look);
  look->done = done;
  look->user_data = user_data;
  g_task_set_task_data (task, look, NULL);
  g_task_run_in_thread (task, look_thread);
}

/* ---- the dialog ---- */

static void
response_cb (GtkWidget *dialog, int response, Order *order)
{
  const QcPrintResult cancelled = {.end = QC_PRINT_CANCELLED};
  GtkPrintUnixDialog *unix_dialog = GTK_PRINT_UNIX_DIALOG (dialog);
  g_signal_handlers_disconnect_by_data (dialog, order);
  if (response == GTK_RESPONSE_OK) {
    g_autoptr (GtkPrintSettings) settings = gtk_print_unix_dialog_get_settings (unix_dialog);
    qc_print_job_send (gtk_print_unix_dialog_get_selected_printer (unix_dialog), settings,
                       gtk_print_unix_dialog_get_page_setup (unix_dialog), order->pdf, order->paper, order->title,
                       order->done, order->user_data);
  } else {
    order->done (&cancelled, order->user_data);
  }
  order_free (order);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* Its window was closed before it was answered. */
static void
destroyed_cb (GtkWidget *dialog, Order *order)
{
  const QcPrintResult cancelled = {.end = QC_PRINT_CANCELLED};
  g_signal_handlers_disconnect_by_data (dialog, order);
  order->done (&cancelled, order->user_data);
  order_free (order);
}

/* A file is offered under the document's own name, and never in whatever folder the program was started in. */
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

/* The sheet as it lies in the printer: pages that lie across are turned by whoever prints them. The pages keep their
 * own margins free. */
static GtkPageSetup *
make_setup (QcPaperSize wanted)
{
  const QcPaperInfo *info = qc_paper_info (wanted);
  GtkPageSetup *setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) paper
      = wanted == QC_PAPER_FORM_241
            ? gtk_paper_size_new_custom ("qingce-241x140", _ (info->sheet), info->width, info->height, GTK_UNIT_MM)
        : wanted == QC_PAPER_A5_LANDSCAPE ? gtk_paper_size_new (GTK_PAPER_NAME_A5)
                                          : gtk_paper_size_new (GTK_PAPER_NAME_A4);
  gtk_page_setup_set_paper_size (setup, paper);
  gtk_page_setup_set_top_margin (setup, 0, GTK_UNIT_MM);
  gtk_page_setup_set_bottom_margin (setup, 0, GTK_UNIT_MM);
  gtk_page_setup_set_left_margin (setup, 0, GTK_UNIT_MM);
  gtk_page_setup_set_right_margin (setup, 0, GTK_UNIT_MM);
  return setup;
}

GtkWidget *
qc_print_pdf (GtkWindow *parent, GBytes *pdf, const char *title, QcPaperSize paper, QcPrintedFunc done,
              gpointer user_data)
{
  GtkWidget *dialog = gtk_print_unix_dialog_new (title, parent);
  g_autoptr (GtkPageSetup) setup = make_setup (paper);
  g_autoptr (GtkPrintSettings) settings = make_settings (title);
  Order *order = g_new0 (Order, 1);
  order->pdf = g_bytes_ref (pdf);
  order->paper = paper;
  order->title = g_strdup (title);
  order->done = done;
  order->user_data = user_data;
  gtk_print_unix_dialog_set_settings (GTK_PRINT_UNIX_DIALOG (dialog), settings);
  gtk_print_unix_dialog_set_page_setup (GTK_PRINT_UNIX_DIALOG (dialog), setup);
  gtk_print_unix_dialog_set_embed_page_setup (GTK_PRINT_UNIX_DIALOG (dialog), TRUE);
  gtk_print_unix_dialog_set_manual_capabilities (GTK_PRINT_UNIX_DIALOG (dialog),
                                                 GTK_PRINT_CAPABILITY_GENERATE_PDF); /* one copy: each is counted */
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), order);
  g_signal_connect (dialog, "destroy", G_CALLBACK (destroyed_cb), order);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

/* ---- both ---- */

typedef struct {
  GtkWidget *widget; /* (owned) */
  Order *order;      /* (owned) (nullable) */
} Wish;

static void
found_cb (QcPrinters printers, gpointer user_data)
{
  Wish *wish = user_data;
  Order *order = wish->order;
  GtkRoot *root = gtk_widget_get_root (wish->widget);
  QcPrintResult none = {.end = QC_PRINT_REFUSED};
  if (printers == QC_PRINTERS_SOME && root) {
    qc_print_pdf (GTK_WINDOW (root), order->pdf, order->title, order->paper, order->done, order->user_data);
  } else {
    if (!root)
      none.end = QC_PRINT_CANCELLED; /* closed meanwhile: nothing was chosen yet */
    else if (printers == QC_PRINTERS_NONE)
      none.words = _ ("This computer has no printer. Add one in the system's settings, or save the document and print "
                      "it on another computer.");
    else
      none.words = _ ("The print server of this computer (CUPS) cannot be reached, and no printer is found without it. "
                      "Start it, or have it started by whoever looks after this computer, and print again; or save "
                      "the document and print it elsewhere.");
    order->done (&none, order->user_data);
  }
  order_free (order);
  g_object_unref (wish->widget);
  g_free (wish);
}

void
qc_print_out (GtkWidget *widget, GBytes *pdf, const char *title, QcPaperSize paper, QcPrintedFunc done,
              gpointer user_data)
{
  Wish *wish = g_new0 (Wish, 1);
  wish->widget = g_object_ref (widget);
  wish->order = g_new0 (Order, 1);
  *wish->order = (Order) {
      .pdf = g_bytes_ref (pdf), .paper = paper, .title = g_strdup (title), .done = done, .user_data = user_data};
  qc_print_look_for_printers (found_cb, wish);
}
