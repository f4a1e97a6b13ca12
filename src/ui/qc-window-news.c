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

void
qc_window_listen_for_news (QcWindow *self)
{
  self->decisions = qc_decisions_new (self->session);
  g_signal_connect_object (self->decisions, "decided", G_CALLBACK (decided_cb), self, G_CONNECT_SWAPPED);
}
