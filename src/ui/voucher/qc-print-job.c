/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-print-job.h. The queue is asked before sending and after it; between them GTK sends. GTK tells of a connection
 * that fails, and lets a job be pending once the server has given it a number, but never that the server refused, and
 * it waits for an answer for ever. Main thread, and workers that write the file and ask.
 */
#include "qc-print-job.h"

#include <errno.h>
#include <unistd.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "qc-print-words.h"

/* Seconds in which nothing more of the voucher is fetched and no answer comes, until nobody waits any longer. */
#define DEADLINE 60

/* Kept until it is told what became of it, GTK has done with it, and nobody asks for it. */
typedef struct {
  guint refs;
  GBytes *pdf;   /* (owned) */
  char *title;   /* (owned) */
  char *printer; /* (owned) its name, which is the queue's */
  int fd;        /* (owned) what GTK reads: a file without a name; -1 = none yet */
  char *target;  /* (owned) (nullable) the file that is made, where the printer is one */
  gboolean is_file;
  GtkPrintJob *job; /* (owned) */
  QcQueueAnswer before, after;
  gboolean pending;   /* the server gave a number */
  gboolean back;      /* GTK has called back */
  GError *fault;      /* (owned) (nullable) of the connection */
  gboolean asking;    /* what became of it */
  guint late;         /* the deadline */
  off_t fetched;      /* so many bytes when it was last looked */
  QcPrintedFunc done; /* NULL once it is told */
  gpointer user_data;
} Print;

static Print *
print_ref (Print *print)
{
  print->refs++;
  return print;
}

static void
print_unref (Print *print)
{
  if (--print->refs > 0)
    return;
  if (print->job)
    g_signal_handlers_disconnect_by_data (print->job, print);
  g_clear_object (&print->job);
  g_bytes_unref (print->pdf);
  if (print->fd >= 0)
    g_close (print->fd, NULL);
  g_free (print->title);
  g_free (print->printer);
  g_free (print->target);
  g_clear_error (&print->fault);
  qc_queue_answer_clear (&print->before);
  qc_queue_answer_clear (&print->after);
  g_free (print);
}

static char *
dup_words (const Print *print, QcPrintVerdict verdict, const QcQueueAnswer *answer)
{
  const QcPrintSubject subject
      = {.printer = print->printer, .is_file = print->is_file, .target = print->target, .answer = answer};
  return qc_print_dup_words (verdict, &subject);
}

/* @words: (transfer full) */
static void
tell (Print *print, QcPrintEnd end, char *words)
{
  const QcPrintResult result = {.end = end,
                                .printer = print->printer,
                                .waits = end == QC_PRINT_TAKEN && qc_print_waits (&print->after),
                                .words = words};
  QcPrintedFunc done = print->done;
  print->done = NULL;
  g_clear_handle_id (&print->late, g_source_remove);
  done (&result, print->user_data);
  print_unref (print);
  g_free (words);
}

gboolean
qc_print_paper_is_enough (GtkPageSetup *setup, QcPaperSize wanted)
{
  GtkPaperSize *paper = gtk_page_setup_get_paper_size (setup);
  const QcPaperInfo *info = qc_paper_info (wanted);
  double width = gtk_paper_size_get_width (paper, GTK_UNIT_MM), height = gtk_paper_size_get_height (paper, GTK_UNIT_MM);
  return MIN (width, height) >= MIN (info->width, info->height) - 1
         && MAX (width, height) >= MAX (info->width, info->height) - 1;
}

/* ---- afterwards ---- */

static void
tell_verdict (Print *print)
{
  const QcPrintSigns signs = {.is_file = print->is_file,
                              .before = print->before.state,
                              .after = &print->after,
                              .pending = print->pending,
                              .back = print->back,
                              .fault = print->fault != NULL,
                              .left = lseek (print->fd, 0, SEEK_CUR) > 0};

  QcPrintVerdict verdict = qc_print_judge (&signs);
  if (print->fault) /* GTK's own words are for the log: where a server breaks off they end in “Success” */
    g_message ("printing on %s: %s", print->printer, print->fault->message);
  tell (print,
        verdict == QC_VERDICT_TAKEN                                  ? QC_PRINT_TAKEN
        : verdict == QC_VERDICT_BROKEN || verdict == QC_VERDICT_LATE ? QC_PRINT_UNKNOWN
                                                                     : QC_PRINT_REFUSED,
        dup_words (print, verdict, &print->after));
}

static void ask (Print *print);

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Print *print = user_data;
  gboolean was_back = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (result), "qc-back"));
  print->asking = FALSE;
  if (print->back && !was_back) /* what was asked for was not over then */
    ask (print);
  else
    tell_verdict (print);
  print_unref (print);
}

/* In a worker: the answer belongs to it until the task returns. An old job of the same title would pass for this one
 * where the first question had no answer. */
static void
ask_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Print *print = task_data;
  qc_queue_answer_clear (&print->after);
  qc_print_queue_ask (print->printer, print->before.state > QC_QUEUE_GONE ? print->title : NULL, print->before.newest,
                      &print->after);
  g_task_return_boolean (task, TRUE);
}

static void
ask (Print *print)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, asked_cb, print_ref (print));
  g_clear_handle_id (&print->late, g_source_remove);
  print->asking = TRUE;
  g_object_set_data (G_OBJECT (task), "qc-back", GINT_TO_POINTER (print->back));
  g_task_set_task_data (task, print, NULL);
  if (print->is_file)
    g_task_return_boolean (task, TRUE);
  else
    g_task_run_in_thread (task, ask_thread);
}

/* Comes once, also where nobody waits any longer. */
static void
sent_cb (GtkPrintJob *job, gpointer user_data, const GError *error)
{
  Print *print = user_data;
  print->back = TRUE;
  print->fault = error ? g_error_copy (error) : NULL;
  if (print->done && !print->asking)
    ask (print);
  print_unref (print);
}

/* Comes right after sent_cb(), and before what that has asked for. */
static void
status_cb (GtkPrintJob *job, gpointer user_data)
{
  Print *print = user_data;
  print->pending |= gtk_print_job_get_status (job) == GTK_PRINT_STATUS_PENDING;
}

/* A long voucher on a slow line is not late while more of it is fetched. */
static gboolean
late_cb (gpointer user_data)
{
  Print *print = user_data;
  off_t fetched = lseek (print->fd, 0, SEEK_CUR);
  if (fetched > print->fetched) {
    print->fetched = fetched;
    return G_SOURCE_CONTINUE;
  }
  print->late = 0;
  ask (print);
  return G_SOURCE_REMOVE;
}

/* ---- before ---- */

static guint
get_deadline (void)
{
  const char *text = g_getenv ("QINGCE_PRINT_DEADLINE");
  guint64 seconds;
  return text && g_ascii_string_to_unsigned (text, 10, 1, 3600, &seconds, NULL) ? (guint)seconds : DEADLINE;
}

static void
send (Print *print)
{
  lseek (print->fd, 0, SEEK_SET);
  print->late = g_timeout_add_seconds (get_deadline (), late_cb, print);
  gtk_print_job_send (print->job, sent_cb, print_ref (print), NULL);
}

/* What went wrong with the file that the printer is to read. */
static char *
dup_no_file (const GError *error)
{
  return g_strdup_printf (_ ("The document cannot be put aside for the printer in %s: %s. Make room there, and print "
                             "again."),
                          g_get_tmp_dir (), error->message);
}

/* A queue that CUPS does not know may be a printer on the network that only GTK has found: it is tried. */
static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Print *print = user_data;
  g_autoptr (GError) error = NULL;
  if (!g_task_propagate_boolean (G_TASK (result), &error)
      || !gtk_print_job_set_source_fd (print->job, print->fd, &error))
    tell (print, QC_PRINT_REFUSED, dup_no_file (error));
  else if (print->before.state == QC_QUEUE_REJECTS)
    tell (print, QC_PRINT_REFUSED, dup_words (print, QC_VERDICT_REJECTS, &print->before));
  else
    send (print);
}

/* All of @bytes, from the beginning. */
static gboolean
write_all (int fd, GBytes *bytes, GError **error)
{
  gsize size, done = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  while (done < size) {
    gssize n = write (fd, data + done, size - done);
    if (n < 0 && errno != EINTR) {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return FALSE;
    }
    done += n > 0 ? (gsize)n : 0;
  }
  return TRUE;
}

/* In a worker: @print belongs to it until the task returns. The file loses its name before anything is in it: it is
 * gone with the program, whatever ends that. */
static void
write_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Print *print = task_data;
  GError *error = NULL;
  g_autofree char *path = NULL;
  print->fd = g_file_open_tmp ("qingce-XXXXXX.pdf", &path, &error);
  if (print->fd >= 0)
    g_unlink (path);
  if (print->fd < 0 || !write_all (print->fd, print->pdf, &error)) {
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
qc_print_job_send (GtkPrinter *printer, GtkPrintSettings *settings, GtkPageSetup *setup, GBytes *pdf, QcPaperSize paper,
                   const char *title, QcPrintedFunc done, gpointer user_data)
{
  Print *print = g_new0 (Print, 1);
  print->refs = 1;
  print->fd = -1;
  print->pdf = g_bytes_ref (pdf);
  print->title = g_strdup (title);
  print->done = done;
  print->user_data = user_data;
  if (!printer)
    tell (print, QC_PRINT_REFUSED, g_strdup (_ ("There is no printer. Save the document and print it elsewhere.")));
  else if (!gtk_printer_accepts_pdf (printer))
    tell (print, QC_PRINT_REFUSED,
          g_strdup (_ ("The printer takes no PDF. Save the document and print it elsewhere.")));
  else if (!qc_print_paper_is_enough (setup, paper))
    tell (print, QC_PRINT_REFUSED,
          g_strdup_printf (_ ("The paper is smaller than %s, so that the document would be cut off. Choose %s in the "
                              "print dialog."),
                           _ (qc_paper_info (paper)->sheet), _ (qc_paper_info (paper)->sheet)));
  else if (gtk_print_settings_get_n_copies (settings) > 1) /* which CUPS offers for every printer */
    tell (
        print, QC_PRINT_REFUSED,
        g_strdup (_ ("Each printed document is counted, so that only one copy can be printed at a time. Set the number "
                     "of copies to 1 in the print dialog, and print again for each further one.")));
  else
    begin (print, printer, settings, setup);
}
