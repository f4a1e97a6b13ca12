/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-print-job.h. The queue is asked before sending and after it; between them GTK sends. GTK tells of a connection
 * that fails, and lets a job be pending once the server has given it a number, but never that the server refused.
 * Main thread, and workers that write the file and ask.
 */
#include "qc-print-job.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "qc-print-queue.h"

#define A4_WIDTH  210.0
#define A4_HEIGHT 297.0

typedef struct {
  GBytes *pdf;   /* (owned) */
  char *title;   /* (owned) */
  char *printer; /* (owned) its name, which is the queue's */
  char *path;    /* (owned) (nullable) what GTK reads; gone afterwards */
  char *target;  /* (owned) (nullable) the file that is made, where the printer is one */
  gboolean is_file;
  GtkPrintJob *job; /* (owned) */
  QcQueueAnswer before, after;
  gboolean there;   /* the printer, right before sending */
  gboolean pending; /* the server gave a number */
  GError *fault;    /* (owned) (nullable) of the connection */
  QcPrintedFunc done;
  gpointer user_data;
} Print;

static void
print_free (Print *print)
{
  if (print->job)
    g_signal_handlers_disconnect_by_data (print->job, print);
  g_clear_object (&print->job);
  g_bytes_unref (print->pdf);
  if (print->path)
    g_unlink (print->path);
  g_free (print->title);
  g_free (print->printer);
  g_free (print->path);
  g_free (print->target);
  g_clear_error (&print->fault);
  qc_queue_answer_clear (&print->before);
  qc_queue_answer_clear (&print->after);
  g_free (print);
}

/* It is on the list of a printer that prints nothing for now. */
static gboolean
is_stopped (const Print *print)
{
  return print->after.state == QC_QUEUE_STOPPED && print->after.job > 0;
}

/* @words: (transfer full) */
static void
tell (Print *print, QcPrintEnd end, char *words)
{
  const QcPrintResult result
      = {.end = end, .printer = print->printer, .waits = end == QC_PRINT_TAKEN && is_stopped (print), .words = words};

  print->done (&result, print->user_data);
  print_free (print);
  g_free (words);
}

gboolean
qc_print_paper_is_enough (GtkPageSetup *setup)
{
  GtkPaperSize *paper = gtk_page_setup_get_paper_size (setup);

  return gtk_paper_size_get_width (paper, GTK_UNIT_MM) >= A4_WIDTH - 1
         && gtk_paper_size_get_height (paper, GTK_UNIT_MM) >= A4_HEIGHT - 1;
}

/* ---- the words ---- */

/* What the server said, as an addition. */
static char *
dup_reason (const char *words)
{
  /* Translators: the print server's own words, put behind a statement. */
  return words ? g_strdup_printf (_ (" (the print server says: %s)"), words) : g_strdup ("");
}

static char *
dup_silent (const Print *print)
{
  return g_strdup_printf (
      _ ("The print server of this computer (CUPS) does not answer, so that the printer “%s” cannot "
         "be reached. Start it, or have it started by whoever looks after this computer, and print "
         "again; or save the voucher and print it elsewhere."),
      print->printer);
}

static char *
dup_gone (const Print *print)
{
  return g_strdup_printf (
      _ ("The printer “%s” is not there any more. Choose another one, or have it added again in the "
         "system's settings, and print again."),
      print->printer);
}

static char *
dup_rejects (const Print *print, const QcQueueAnswer *answer)
{
  g_autofree char *reason = dup_reason (answer->words);

  return g_strdup_printf (_ ("The queue of the printer “%s” takes no jobs at the moment%s. Have it opened again in the "
                             "system's printer settings, or choose another printer, and print again."),
                          print->printer, reason);
}

/* GTK's own words of it are for the log: where a server breaks off they end in “Success”. */
static char *
dup_fault (const Print *print)
{
  g_message ("printing on %s: %s", print->printer, print->fault->message);
  if (print->is_file)
    return g_strdup_printf (_ ("The voucher cannot be written to %s. See that the folder is there, that you may write "
                               "in it and that it has room, and print again."),
                            print->target ? print->target : print->printer);
  return g_strdup_printf (
      _ ("The print server broke off before it had the whole voucher for the printer “%s”. See that "
         "the server's disk has room and that the printer is set up, or choose another printer, "
         "and print again."),
      print->printer);
}

static char *
dup_no_job (const Print *print)
{
  return g_strdup_printf (
      _ ("The print server made no job of the voucher for the printer “%s” and does not say why. See "
         "whether you may print on it and whether its limit is used up, or choose another printer, "
         "and print again."),
      print->printer);
}

static char *
dup_ended (const Print *print)
{
  g_autofree char *reason = dup_reason (print->after.job_words);

  return g_strdup_printf (_ ("The print server ended job %d on the printer “%s” before it was printed%s. Look at the "
                             "printer and its queue, and print again."),
                          print->after.job, print->printer, reason);
}

static char *
dup_unknown (const Print *print)
{
  return g_strdup_printf (_ ("The connection to the print server broke off while the voucher was on its way to the "
                             "printer “%s”, and the server does not answer now. Look at the printer and its queue "
                             "before printing again, or it may come out twice. It was not counted as printed."),
                          print->printer);
}

static char *
dup_taken (const Print *print)
{
  int job = print->after.job;
  g_autofree char *reason = NULL;

  if (print->is_file)
    return print->target ? g_strdup_printf (_ ("Written to %s"), print->target) : g_strdup (_ ("Written to a file"));
  if (is_stopped (print)) {
    reason = dup_reason (print->after.words);
    return g_strdup_printf (_ ("The queue of the printer “%s” has taken the voucher as job %d, but the printer is "
                               "stopped%s. It comes out when the printer is started again in the system's printer "
                               "settings; do not print it once more. It was counted as printed."),
                            print->printer, job, reason);
  }
  return job > 0 ? g_strdup_printf (_ ("Taken by the queue of the printer %s as job %d"), print->printer, job)
                 : g_strdup_printf (_ ("Taken by the queue of the printer %s"), print->printer);
}

/* ---- afterwards ---- */

/* It is known where one of the two knows; where both do not, it is said so. */
static void
judge (Print *print)
{
  const QcQueueAnswer *after = &print->after;

  if (after->job > 0 && after->ended)
    tell (print, QC_PRINT_REFUSED, dup_ended (print));
  else if (after->job > 0 || print->pending || (print->is_file && !print->fault))
    tell (print, QC_PRINT_TAKEN, dup_taken (print));
  else if (print->is_file)
    tell (print, QC_PRINT_REFUSED, dup_fault (print));
  else if (after->state == QC_QUEUE_REJECTS)
    tell (print, QC_PRINT_REFUSED, dup_rejects (print, after));
  else if (after->state == QC_QUEUE_GONE && print->before.state != QC_QUEUE_GONE)
    tell (print, QC_PRINT_REFUSED, dup_gone (print));
  else if (after->state <= QC_QUEUE_GONE) /* no server, or a printer that this server does not have */
    tell (print, QC_PRINT_UNKNOWN, dup_unknown (print));
  else
    tell (print, QC_PRINT_REFUSED, print->fault ? dup_fault (print) : dup_no_job (print));
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  judge (user_data);
}

/* In a worker: @print belongs to it until the task returns. */
static void
ask_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Print *print = task_data;

  qc_print_queue_ask (print->printer, print->title, print->before.newest, &print->after);
  g_task_return_boolean (task, TRUE);
}

static void
sent_cb (GtkPrintJob *job, gpointer user_data, const GError *error)
{
  Print *print = user_data;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, asked_cb, print);

  print->fault = error ? g_error_copy (error) : NULL;
  g_task_set_task_data (task, print, NULL);
  if (print->is_file)
    g_task_return_boolean (task, TRUE);
  else
    g_task_run_in_thread (task, ask_thread);
}

/* Comes right after sent_cb(), and before what that has asked for. */
static void
status_cb (GtkPrintJob *job, gpointer user_data)
{
  Print *print = user_data;

  print->pending |= gtk_print_job_get_status (job) == GTK_PRINT_STATUS_PENDING;
}

/* ---- before ---- */

static gboolean
same_cb (GtkPrinter *printer, gpointer user_data)
{
  Print *print = user_data;

  print->there |= g_strcmp0 (gtk_printer_get_name (printer), print->printer) == 0;
  return print->there;
}

static void
there_cb (gpointer user_data)
{
  Print *print = user_data;

  if (!print->there)
    tell (print, QC_PRINT_REFUSED, print->before.state == QC_QUEUE_SILENT ? dup_silent (print) : dup_gone (print));
  else
    gtk_print_job_send (print->job, sent_cb, print, NULL);
}

/* What went wrong with the file that the printer is to read. */
static char *
dup_no_file (const GError *error)
{
  return g_strdup_printf (_ ("The voucher cannot be put aside for the printer in %s: %s. Make room there, and print "
                             "again."),
                          g_get_tmp_dir (), error->message);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Print *print = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error)
      || !gtk_print_job_set_source_file (print->job, print->path, &error))
    tell (print, QC_PRINT_REFUSED, dup_no_file (error));
  else if (print->before.state == QC_QUEUE_REJECTS)
    tell (print, QC_PRINT_REFUSED, dup_rejects (print, &print->before));
  else
    gtk_enumerate_printers (same_cb, print, there_cb, FALSE);
}

/* In a worker: @print belongs to it until the task returns. */
static void
write_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Print *print = task_data;
  GError *error = NULL;
  int fd = g_file_open_tmp ("qingce-XXXXXX.pdf", &print->path, &error);

  if (fd >= 0)
    g_close (fd, NULL);
  if (fd < 0
      || !g_file_set_contents_full (print->path, g_bytes_get_data (print->pdf, NULL),
                                    (gssize)g_bytes_get_size (print->pdf), G_FILE_SET_CONTENTS_NONE, 0600, &error)) {
    g_task_return_error (task, error);
    return;
  }
  if (!print->is_file)
    qc_print_queue_ask (print->printer, NULL, 0, &print->before);
  g_task_return_boolean (task, TRUE);
}

static void
begin (Print *print, GtkPrinter *printer, GtkPrintSettings *settings, GtkPageSetup *setup)
{
  const char *uri = gtk_print_settings_get (settings, GTK_PRINT_SETTINGS_OUTPUT_URI);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, written_cb, print);

  print->printer = g_strdup (gtk_printer_get_name (printer));
  print->is_file = gtk_printer_is_virtual (printer);
  print->target = print->is_file && uri ? g_filename_from_uri (uri, NULL, NULL) : NULL;
  print->job = gtk_print_job_new (print->title, printer, settings, setup);
  gtk_print_job_set_track_print_status (print->job, TRUE);
  g_signal_connect (print->job, "status-changed", G_CALLBACK (status_cb), print);
  g_task_set_task_data (task, print, NULL);
  g_task_run_in_thread (task, write_thread);
}

void
qc_print_job_send (GtkPrinter *printer, GtkPrintSettings *settings, GtkPageSetup *setup, GBytes *pdf, const char *title,
                   QcPrintedFunc done, gpointer user_data)
{
  Print *print = g_new0 (Print, 1);

  print->pdf = g_bytes_ref (pdf);
  print->title = g_strdup (title);
  print->done = done;
  print->user_data = user_data;
  if (!printer)
    tell (print, QC_PRINT_REFUSED, g_strdup (_ ("There is no printer. Save the voucher and print it elsewhere.")));
  else if (!gtk_printer_accepts_pdf (printer))
    tell (print, QC_PRINT_REFUSED, g_strdup (_ ("The printer takes no PDF. Save the voucher and print it elsewhere.")));
  else if (!qc_print_paper_is_enough (setup))
    tell (print, QC_PRINT_REFUSED,
          g_strdup (_ ("The paper is smaller than A4, so that the voucher would be cut off. Choose A4 in the print "
                       "dialog.")));
  else
    begin (print, printer, settings, setup);
}
