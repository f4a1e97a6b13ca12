/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-check-here.h. The print server is asked on a worker thread. Main thread.
 */
#include "qc-check-here.h"

#include <glib/gi18n.h>

#include "qc-print-queue.h"

/* What a page needs without being cut. Logical pixels. */
#define LEAST_WIDTH  1024
#define LEAST_HEIGHT 700

static QcCheckVerdict
verdict (QcCheckState state, const char *reason, const char *advice)
{
  return (QcCheckVerdict) {state, g_strdup (reason), g_strdup (advice)};
}

void
qc_check_here_add (QcCheck *check)
{
  qc_check_add (check, "printer", _ ("Printer"));
  qc_check_add (check, "screen", _ ("Screen"));
}

/* --- the screen --- */

QcCheckVerdict
qc_check_here_judge_screen (int width, int height)
{
  /* Translators: width and height. */
  g_autofree char *words = g_strdup_printf (_ ("%d × %d pixels."), width, height);
  return width < LEAST_WIDTH || height < LEAST_HEIGHT
             ? verdict (QC_CHECK_NOTICE, words,
                        _ ("Qingce is made for 1366 × 768 and more: choose a smaller scale in the display settings."))
             : verdict (QC_CHECK_GOOD, words, NULL);
}

static QcCheckVerdict
look_at_screen (GtkWidget *widget)
{
  GdkSurface *surface = gtk_native_get_surface (gtk_widget_get_native (widget));
  GdkMonitor *monitor = surface ? gdk_display_get_monitor_at_surface (gtk_widget_get_display (widget), surface) : NULL;
  if (!monitor)
    return verdict (QC_CHECK_SKIPPED, _ ("The system does not say."), NULL);
  GdkRectangle place;
  gdk_monitor_get_geometry (monitor, &place);
  return qc_check_here_judge_screen (place.width, place.height);
}

/* --- the printer --- */

static QcCheckVerdict
judge_queue (const char *name)
{
  g_auto (QcQueueAnswer) answer = {0};
  qc_print_queue_ask (name, NULL, G_MAXINT - 1, &answer);
  /* Translators: name of a printer. */
  g_autofree char *good = g_strdup_printf (_ ("%s takes jobs."), name);
  /* Translators: name of a printer. */
  g_autofree char *rejects = g_strdup_printf (_ ("%s takes no jobs."), name);
  /* Translators: name of a printer. */
  g_autofree char *stopped = g_strdup_printf (_ ("%s was stopped: jobs wait."), name);
  const char *ask = _ ("Look at the printer and at the system's printer settings.");
  const char *advice = answer.words ? answer.words : ask;
  if (answer.state == QC_QUEUE_REJECTS)
    return verdict (QC_CHECK_FAULT, rejects, advice);
  if (answer.state == QC_QUEUE_STOPPED)
    return verdict (QC_CHECK_FAULT, stopped, advice);
  if (answer.state != QC_QUEUE_READY)
    return verdict (QC_CHECK_NOTICE, _ ("The print server does not say how the printer is."), ask);
  return verdict (QC_CHECK_GOOD, good, NULL);
}

static QcCheckVerdict
look_at_printer (void)
{
  static const struct {
    const char *reason, *advice;
  } words[] = {
      [QC_SERVER_AWAY] = {N_ ("There is no print server: vouchers can be saved, not printed."),
                          N_ ("Install CUPS and add the printer in the system's settings.")},
      [QC_SERVER_SILENT] = {N_ ("The print server does not answer."),
                            N_ ("Switch the computer off and on again; if it stays so, ask who looks after it.")},
      [QC_SERVER_EMPTY] = {N_ ("No printer is set up: vouchers can be saved, not printed."),
                           N_ ("Add the printer in the system's settings.")},
  };
  QcServerState state = qc_print_queue_ask_server ();
  if (state != QC_SERVER_READY)
    return verdict (QC_CHECK_NOTICE, _ (words[state].reason), _ (words[state].advice));
  g_autofree char *name = qc_print_queue_dup_default ();
  return name ? judge_queue (name) : verdict (QC_CHECK_GOOD, _ ("There are printers; none is the first choice."), NULL);
}

static void
printer_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  QcCheckVerdict found = look_at_printer ();
  g_task_return_pointer (task, g_memdup2 (&found, sizeof found), g_free);
}

static void
printer_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree QcCheckVerdict *found = g_task_propagate_pointer (G_TASK (result), NULL);
  if (found)
    qc_check_set (QC_CHECK (source), "printer", *found);
}

void
qc_check_here_run (QcCheck *check, GtkWidget *widget)
{
  g_autoptr (GTask) task = g_task_new (check, NULL, printer_cb, NULL);
  g_task_set_source_tag (task, qc_check_here_run);
  qc_check_set (check, "screen", look_at_screen (widget));
  g_task_run_in_thread (task, printer_thread);
}
