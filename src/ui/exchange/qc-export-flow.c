/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-export-flow.h. Main thread.
 */
#include "qc-export-flow.h"

#include <glib/gi18n.h>

#include "qc-dialogs.h"
#include "qc-error-text.h"
#include "qc-format.h"
#include "qc-sign-in-page.h"
#include "qc-window.h"

#define SLOW_MS 500 /* what is done by then is not shown while it runs */
#define TICK_MS 100

typedef struct {
  GtkWidget *parent;         /* (owned) */
  QcExport *export;          /* (owned) */
  char *path;                /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */
  GApplication *held;        /* (owned) (nullable) goes on until it is written, the window closed or not */
  GtkWidget *dialog;         /* (weak) (nullable) how far it is */
  GtkWidget *bar;            /* borrowed from that */
  guint tick;                /* source */
} Flow;

static void
flow_free (gpointer data)
{
  Flow *flow = data;
  g_clear_handle_id (&flow->tick, g_source_remove);
  if (flow->dialog)
    gtk_window_destroy (GTK_WINDOW (flow->dialog));
  g_clear_weak_pointer (&flow->dialog);
  if (flow->held)
    g_application_release (flow->held);
  g_clear_object (&flow->held);
  g_clear_object (&flow->cancellable);
  g_clear_object (&flow->export);
  g_clear_object (&flow->parent);
  g_free (flow->path);
  g_free (flow);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flow, flow_free)

static Flow *
flow_new (GtkWidget *parent, QcExport *export)
{
  Flow *flow = g_new0 (Flow, 1);
  flow->parent = g_object_ref (parent);
  flow->export = export;
  flow->cancellable = g_cancellable_new ();
  return flow;
}

/* --- what was written --- */

void
qc_export_flow_open (GtkWidget *parent, const char *path)
{
  g_return_if_fail (GTK_IS_WIDGET (parent) && path);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *address = g_file_get_uri (file);
  qc_open_in_browser (parent, address);
}

typedef struct {
  GtkWidget *parent; /* (owned) */
  char *path;        /* (owned) */
} Place;

static void
pointed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Place *place = user_data;
  g_autoptr (GVariant) done = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  if (!done) {
    g_autofree char *folder = g_path_get_dirname (place->path);
    qc_export_flow_open (place->parent, folder);
  }
  g_object_unref (place->parent);
  g_free (place->path);
  g_free (place);
}

void
qc_export_flow_open_folder (GtkWidget *parent, const char *path)
{
  g_return_if_fail (GTK_IS_WIDGET (parent) && path);
  GApplication *application = g_application_get_default ();
  GDBusConnection *bus = application ? g_application_get_dbus_connection (application) : NULL;
  g_autofree char *address = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  if (!bus || !address || g_getenv ("QINGCE_BROWSER")) {
    qc_export_flow_open (parent, folder);
    return;
  }
  Place *place = g_new0 (Place, 1);
  place->parent = g_object_ref (parent);
  place->path = g_strdup (path);
  const char *const addresses[] = {address, NULL};
  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems", g_variant_new ("(^ass)", addresses, ""), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, pointed_cb, place);
}

static void
chosen_cb (const char *choice, gpointer user_data)
{
  Flow *flow = user_data;
  if (g_str_equal (choice, "open"))
    qc_export_flow_open (flow->parent, flow->path);
  else if (g_str_equal (choice, "folder"))
    qc_export_flow_open_folder (flow->parent, flow->path);
}

static void
show_written (Flow *flow, gint64 rows)
{
  static const QcDialogChoice choices[]
      = {{"close", N_ ("_Close")}, {"folder", N_ ("Open the _Folder")}, {"open", N_ ("_Open")}};
  g_autofree char *count = qc_format_count (rows);
  g_autofree char *words
      = g_strdup_printf (ngettext ("%s row is in the file.", "%s rows are in the file.", (gulong)rows), count);
  g_autofree char *body = g_strdup_printf ("%s\n%s", flow->path, words);
  qc_dialog_choose (flow->parent, _ ("The file is written"), body, NULL, choices, G_N_ELEMENTS (choices), chosen_cb,
                    flow, flow_free);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Flow) flow = user_data;
  g_autoptr (GError) error = NULL;
  gint64 rows = qc_export_run_finish (QC_EXPORT (source), result, &error);
  QcWindow *window = qc_window_of (flow->parent);
  g_clear_handle_id (&flow->tick, g_source_remove);
  if (flow->dialog)
    gtk_window_destroy (GTK_WINDOW (flow->dialog));
  g_clear_weak_pointer (&flow->dialog);
  if (!window)
    return;
  if (rows >= 0)
    show_written (g_steal_pointer (&flow), rows);
  else if (qc_error_is_silent (error))
    qc_window_toast (window, _ ("The export was stopped: no file was written"), NULL, NULL, NULL);
  else
    qc_window_show_error (window, error);
}

/* --- while it runs --- */

static void
stop_cb (const char *choice, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
show_progress (Flow *flow)
{
  static const QcDialogChoice choices[] = {{"stop", N_ ("_Stop")}};
  flow->bar = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (flow->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("How far it is"), -1);
  GtkWidget *dialog
      = qc_dialog_choose (flow->parent, _ ("Exporting…"), flow->path, flow->bar, choices, G_N_ELEMENTS (choices),
                          stop_cb, g_object_ref (flow->cancellable), g_object_unref);
  gtk_window_set_modal (GTK_WINDOW (dialog), FALSE); /* she goes on meanwhile */
  g_set_weak_pointer (&flow->dialog, dialog);
}

static gboolean
tick_cb (gpointer user_data)
{
  Flow *flow = user_data;
  if (flow->dialog)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (flow->bar), qc_export_get_progress (flow->export));
  return G_SOURCE_CONTINUE;
}

static gboolean
slow_cb (gpointer user_data)
{
  Flow *flow = user_data;
  flow->tick = g_timeout_add (TICK_MS, tick_cb, flow);
  if (qc_window_of (flow->parent))
    show_progress (flow);
  return G_SOURCE_REMOVE;
}

static void
begin (Flow *flow)
{
  GApplication *application = g_application_get_default ();
  flow->held = application ? g_object_ref (application) : NULL;
  if (flow->held)
    g_application_hold (flow->held);
  flow->tick = g_timeout_add (SLOW_MS, slow_cb, flow);
  qc_export_run_async (flow->export, flow->path, flow->cancellable, written_cb, flow);
}

void
qc_export_flow_write (GtkWidget *parent, QcExport *export, const char *path)
{
  g_return_if_fail (GTK_IS_WIDGET (parent) && QC_IS_EXPORT (export) && path);
  Flow *flow = flow_new (parent, export);
  flow->path = g_strdup (path);
  begin (flow);
}

/* --- where to --- */

static void
place_cb (GFile *file, gpointer user_data)
{
  g_autoptr (Flow) flow = user_data;
  QcWindow *window = qc_window_of (flow->parent);
  flow->path = file ? g_file_get_path (file) : NULL;
  if (!file || !window)
    return;
  if (!flow->path) {
    qc_dialog_tell (flow->parent, _ ("Nothing was written"),
                    _ ("The place that was chosen is no folder of this computer. Choose another one."));
    return;
  }
  g_autofree char *folder = g_path_get_dirname (flow->path);
  qc_window_set_export_folder (window, folder);
  begin (g_steal_pointer (&flow));
}

void
qc_export_flow_ask (GtkWidget *parent, QcExport *export)
{
  g_return_if_fail (GTK_IS_WIDGET (parent) && QC_IS_EXPORT (export));
  QcWindow *window = qc_window_of (parent);
  g_autofree char *name = qc_export_dup_file_name (export);
  g_autofree char *folder = window ? qc_window_dup_export_folder (window) : NULL;
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  qc_dialog_save_file (parent, _ ("Export"),
                       folder      ? folder
                       : documents ? documents
                                   : g_get_home_dir (),
                       name, place_cb, flow_new (parent, export));
}
