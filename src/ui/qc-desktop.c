/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-desktop.h. (Core has a QcApplication: an application at the center.) Main thread.
 */
#include "qc-desktop.h"

#include <glib/gi18n.h>

#include "qc-export-flow.h"
#include "qc-session.h"
#include "qc-spoken.h"
#include "qc-window.h"

struct _QcDesktop {
  AdwApplication parent_instance;
  QcContext *context; /* (owned) */
  QcSession *session; /* (owned) (nullable) */
  QcWindow *first;    /* borrowed (nullable): waits for the data */
  gboolean opening;   /* the data folder is being opened since before GTK was */
  gboolean practice;
  gboolean again; /* with other data */
};

G_DEFINE_FINAL_TYPE (QcDesktop, qc_desktop, ADW_TYPE_APPLICATION)

static const struct {
  const char *action;
  const char *accels[3];
} shortcuts[] = {
    {"win.search", {"<Control>f"}},
    {"win.find", {"<Control>k"}},
    {"win.sync-now", {"F5", "<Control>r"}},
    {"win.show-status", {"<Control>j"}},
    {"win.show-sidebar", {"F9"}},
    {"win.choose-unit", {"<Control>u"}},
    {"win.go-back", {"<Alt>Left", "Back"}},
    {"win.next-unit", {"<Control>Page_Down"}},
    {"win.previous-unit", {"<Control>Page_Up"}},
    {"win.preferences", {"<Control>comma"}},
    {"win.show-guide", {"F1"}},
    {"win.show-help-overlay", {"<Control>question"}},
    {"win.close", {"<Control>w"}},
    {"app.quit", {"<Control>q"}},
    {"win.go-nth(uint32 0)", {"<Alt>1", "<Alt>Home"}},
    {"win.go-nth(uint32 1)", {"<Alt>2"}},
    {"win.go-nth(uint32 2)", {"<Alt>3"}},
    {"win.go-nth(uint32 3)", {"<Alt>4"}},
    {"win.go-nth(uint32 4)", {"<Alt>5"}},
    {"win.go-nth(uint32 5)", {"<Alt>6"}},
    {"win.go-nth(uint32 6)", {"<Alt>7"}},
    {"win.go-nth(uint32 7)", {"<Alt>8"}},
    {"win.go-nth(uint32 8)", {"<Alt>9"}},
    {"win.go-nth(uint32 9)", {"<Alt>0"}},
};

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  /* what is over a window goes with it */
  g_autolist (GtkWindow) windows
      = g_list_copy_deep (gtk_application_get_windows (data), (GCopyFunc)(GCallback)g_object_ref, NULL);
  for (GList *each = windows; each; each = each->next)
    gtk_window_close (each->data);
}

static void
restart_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QC_DESKTOP (data)->again = TRUE;
  quit_cb (NULL, NULL, data);
}

gboolean
qc_desktop_goes_on (QcDesktop *self)
{
  g_return_val_if_fail (QC_IS_DESKTOP (self), FALSE);
  return self->again;
}

/* Of a notification: the window comes to the front and goes there. */
static void
go_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (data);
  if (!window)
    return;
  gtk_window_present (window);
  gtk_widget_activate_action_variant (GTK_WIDGET (window), "win.go", parameter);
}

/* What was saved a moment ago. */
static void
open_saved_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (data);
  if (window)
    qc_export_flow_open (GTK_WIDGET (window), g_variant_get_string (parameter, NULL));
}

static void
open_saved_folder_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (data);
  if (window)
    qc_export_flow_open_folder (GTK_WIDGET (window), g_variant_get_string (parameter, NULL));
}

static int
qc_desktop_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version")) {
    g_print ("qingce %s\n", QC_VERSION);
    return 0;
  }
  QC_DESKTOP (application)->practice = g_variant_dict_contains (options, "practice");
  return -1;
}

/* Whatever came of it: the window asks again where it failed, and says why. */
static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcDesktop) self = data;
  qc_context_open_finish (QC_CONTEXT (source), result, NULL);
  self->opening = FALSE;
  if (self->first)
    qc_window_begin (self->first, self->practice);
  g_clear_weak_pointer (&self->first);
}

/* The data folder is opened on its thread while GTK starts on this one. */
static void
qc_desktop_startup (GApplication *application)
{
  QcDesktop *self = QC_DESKTOP (application);
  const GActionEntry entries[] = {{"quit", quit_cb},
                                  {"restart", restart_cb},
                                  {"go", go_cb, "s"},
                                  {"open-saved", open_saved_cb, "s"},
                                  {"open-saved-folder", open_saved_folder_cb, "s"}};
  self->opening = TRUE;
  qc_context_open_async (self->context, NULL, opened_cb, g_object_ref (self));
  G_APPLICATION_CLASS (qc_desktop_parent_class)->startup (application);
  qc_spoken_set_up ();
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), shortcuts[i].action,
                                           (const char *const *)shortcuts[i].accels);
}

static void
qc_desktop_activate (GApplication *application)
{
  QcDesktop *self = QC_DESKTOP (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  if (window) {
    gtk_window_present (window);
    return;
  }
  if (!self->session)
    self->session = qc_session_new (self->context);
  QcWindow *first = qc_window_new (ADW_APPLICATION (self), self->session);
  if (self->opening)
    g_set_weak_pointer (&self->first, first);
  else
    qc_window_begin (first, self->practice);
}

static void
qc_desktop_shutdown (GApplication *application)
{
  QcDesktop *self = QC_DESKTOP (application);
  if (self->session)
    qc_session_stop (self->session);
  g_clear_object (&self->session);
  g_clear_weak_pointer (&self->first);
  qc_context_shutdown (self->context);
  G_APPLICATION_CLASS (qc_desktop_parent_class)->shutdown (application);
}

static void
qc_desktop_finalize (GObject *object)
{
  g_clear_object (&QC_DESKTOP (object)->context);
  G_OBJECT_CLASS (qc_desktop_parent_class)->finalize (object);
}

static void
qc_desktop_class_init (QcDesktopClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = qc_desktop_finalize;
  application_class->handle_local_options = qc_desktop_handle_local_options;
  application_class->startup = qc_desktop_startup;
  application_class->activate = qc_desktop_activate;
  application_class->shutdown = qc_desktop_shutdown;
}

static void
qc_desktop_init (QcDesktop *self)
{
  const GOptionEntry options[] = {
      {"practice", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Open in practice mode"), NULL},
      {"version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL},
      {NULL},
  };
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/* GTK opens OpenGL with the display even for who has told it to draw without (GSK_RENDERER=cairo, as one does where the
 * graphics driver is slow or faulty): a quarter of the time until the first picture. Before GTK is. */
static void
leave_gl_alone (void)
{
  if (g_strcmp0 (g_getenv ("GSK_RENDERER"), "cairo") == 0)
    g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
}

QcDesktop *
qc_desktop_new (QcContext *context)
{
  leave_gl_alone ();
  QcDesktop *self = g_object_new (QC_TYPE_DESKTOP, "application-id", "org.qingce.Qingce", "resource-base-path",
                                  "/org/qingce/Qingce", NULL);
  self->context = g_object_ref (context);
  return self;
}
