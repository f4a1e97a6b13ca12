/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The center decided: said in the window, and by the desktop where the clerk is in another one. Main thread.
 */
#include "qc-window-private.h"

#include <glib/gi18n.h>

static char *
dup_news (const QcApplication *application)
{
  const char *business = _ (qc_business_info (application->business)->msgid);
  return g_strdup_printf (C_ ("business: state", "%s: %s"), business, _ (qc_state_to_msgid (application->state)));
}

/* What is behind it, for who reads it outside of the window: no person's name, the screen may be seen by anybody. */
static char *
dup_body (QcWindow *self, const QcApplication *application)
{
  const QcUnitChoice *unit = qc_session_get_unit (self->session);
  return g_strdup_printf ("%s\n%s", unit ? unit->name : "", application->serial);
}

static void
decided_cb (QcWindow *self, QcApplicationRow *row)
{
  const QcApplication *application = qc_application_row_get_application (row);
  GtkApplication *desktop = gtk_window_get_application (GTK_WINDOW (self));
  g_autofree char *news = dup_news (application), *body = dup_body (self, application);
  g_autofree char *where = g_strconcat ("applications/", application->serial, NULL);
  qc_window_toast (self, news, _ ("_Show"), "win.go", g_variant_new_string (where));
  if (gtk_window_is_active (GTK_WINDOW (self))
      || (self->settings && !g_settings_get_boolean (self->settings, "notify-decisions")))
    return;
  g_autoptr (GNotification) notification = g_notification_new (news);
  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.go", "s", where);
  g_application_send_notification (G_APPLICATION (desktop), application->serial, notification);
}

/* The center is asked often while somebody waits for it before this window: not for one that lies in the dock. */
static void
watch_cb (QcWindow *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));
  gboolean shown = gtk_widget_get_mapped (GTK_WIDGET (self)) && GDK_IS_TOPLEVEL (surface)
                   && !(gdk_toplevel_get_state (GDK_TOPLEVEL (surface)) & GDK_TOPLEVEL_STATE_MINIMIZED);
  qc_session_set_watched (self->session, shown && qc_decisions_is_waiting (self->decisions));
}

static void
realized_cb (QcWindow *self)
{
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (self)), "notify::state", G_CALLBACK (watch_cb), self,
                           G_CONNECT_SWAPPED);
}

void
qc_window_listen_for_news (QcWindow *self)
{
  self->decisions = qc_decisions_new (self->session);
  g_signal_connect_object (self->decisions, "waiting-changed", G_CALLBACK (watch_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (watch_cb), NULL);
  g_signal_connect (self, "unmap", G_CALLBACK (watch_cb), NULL);
  g_signal_connect (self, "realize", G_CALLBACK (realized_cb), NULL);
  if (gtk_widget_get_realized (GTK_WIDGET (self)))
    realized_cb (self);
  g_signal_connect_object (self->decisions, "decided", G_CALLBACK (decided_cb), self, G_CONNECT_SWAPPED);
}
