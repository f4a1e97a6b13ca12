/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-reopen-flow.h. Main thread.
 */
#include "qc-reopen-flow.h"

#include <glib/gi18n.h>

#include "qc-dialogs.h"
#include "qc-error-text.h"
#include "qc-reopen.h"
#include "qc-window.h"

#define SLOW_MS 500 /* what is done by then is not shown while it runs */

typedef struct {
  GtkWidget *parent;         /* (owned) */
  const char *page;          /* where the draft is shown */
  GCancellable *cancellable; /* (owned) */
  GtkWidget *dialog;         /* (weak) (nullable) how far it is */
  GtkWidget *bar;            /* borrowed from that */
  guint slow;                /* source */
} Flow;

static void
flow_free (Flow *flow)
{
  g_clear_handle_id (&flow->slow, g_source_remove);
  if (flow->dialog)
    gtk_window_destroy (GTK_WINDOW (flow->dialog));
  g_clear_weak_pointer (&flow->dialog);
  g_object_unref (flow->cancellable);
  g_object_unref (flow->parent);
  g_free (flow);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flow, flow_free)

static void
reopened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Flow) flow = user_data;
  g_autoptr (GError) error = NULL;
  guint lost;
  gint64 draft = qc_reopen_finish (QC_SESSION (source), result, &lost, &error);
  QcWindow *window = qc_window_of (flow->parent);
  if (window && draft == 0 && !qc_error_is_silent (error))
    qc_window_show_error (window, error);
  if (!window || draft == 0)
    return;
  g_autofree char *argument = g_strdup_printf ("draft:%" G_GINT64_FORMAT, draft);
  g_autofree char *words = qc_reopen_dup_lost (lost);
  qc_window_go (window, flow->page, argument);
  if (lost > 0)
    qc_dialog_tell (GTK_WIDGET (window), _ ("Some attachments are missing"), words);
}

static void
progress_cb (const QcUploadProgress *progress, gpointer user_data)
{
  const Flow *flow = user_data;
  if (flow->dialog)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (flow->bar), (double)progress->sent / (double)progress->size);
}

static void
stop_cb (const char *choice, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static gboolean
slow_cb (gpointer user_data)
{
  static const QcDialogChoice choices[] = {{"stop", N_ ("_Stop")}};
  Flow *flow = user_data;
  flow->slow = 0;
  if (!qc_window_of (flow->parent))
    return G_SOURCE_REMOVE;
  flow->bar = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (flow->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("How far it is"), -1);
  GtkWidget *dialog = qc_dialog_choose (
      flow->parent, _ ("Fetching attachments…"),
      _ ("They are not on this computer. They come from the center, and the draft is made when all of them are here."),
      flow->bar, choices, G_N_ELEMENTS (choices), stop_cb, g_object_ref (flow->cancellable), g_object_unref);
  g_set_weak_pointer (&flow->dialog, dialog);
  return G_SOURCE_REMOVE;
}

void
qc_reopen_flow_run (GtkWidget *parent, QcSession *session, QcApplicationLines *lines)
{
  g_return_if_fail (GTK_IS_WIDGET (parent));
  Flow *flow = g_new0 (Flow, 1);
  flow->parent = g_object_ref (parent);
  flow->page = qc_business_info (qc_application_lines_get_business (lines))->code;
  flow->cancellable = g_cancellable_new ();
  flow->slow = g_timeout_add (SLOW_MS, slow_cb, flow);
  qc_reopen_async (session, lines, progress_cb, flow, flow->cancellable, reopened_cb, flow);
}
