/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The bar above the pages that says what lasts: signed out, offline, sync failed. It comes only when the state has
 * lasted a moment, so that a start or a short gap does not flicker, and goes at once. Main thread.
 */
#include "qc-window-private.h"

#include <glib/gi18n.h>

#include "qc-error-text.h"

#define DELAY_MS 2500

GtkWidget *
qc_window_build_bar (QcWindow *self)
{
  self->bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->bar_label = gtk_label_new (NULL);
  self->bar_button = gtk_button_new ();
  gtk_label_set_wrap (GTK_LABEL (self->bar_label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->bar_label), 0.0);
  gtk_widget_set_hexpand (self->bar_label, TRUE);
  gtk_widget_set_valign (self->bar_button, GTK_ALIGN_CENTER);
  gtk_button_set_use_underline (GTK_BUTTON (self->bar_button), TRUE);
  gtk_box_append (GTK_BOX (self->bar), self->bar_label);
  gtk_box_append (GTK_BOX (self->bar), self->bar_button);
  gtk_widget_add_css_class (self->bar, "qc-bar");
  gtk_widget_set_visible (self->bar, FALSE);
  return self->bar;
}

static gboolean
is_lasting (QcWindow *self)
{
  const QcProfileInfo *info = qc_session_get_profile (self->session);
  QcSyncStatus status = qc_session_get_sync_status (self->session);
  return info && info->has_api
         && (status == QC_SYNC_SIGNED_OUT || status == QC_SYNC_OFFLINE || status == QC_SYNC_FAILED);
}

static gboolean
show_bar_cb (gpointer data)
{
  QcWindow *self = data;
  QcSyncStatus status = qc_session_get_sync_status (self->session);
  const GError *error = qc_session_get_sync_error (self->session);
  self->bar_delay = 0;
  if (!is_lasting (self))
    return G_SOURCE_REMOVE;
  if (status == QC_SYNC_SIGNED_OUT) {
    gtk_label_set_label (GTK_LABEL (self->bar_label),
                         _ ("You are signed out. What is stored here can be read, and drafting goes on."));
  } else {
    g_autoptr (QcErrorText) text = qc_error_text_new (error);
    g_autofree char *body = qc_error_text_dup_body (text);
    /* Translators: what is wrong, then why and what to do. */
    g_autofree char *words = error ? g_strdup_printf (_ ("%s. %s"), text->title, body)
                                   : g_strdup (_ ("Offline. Drafting goes on; what is done waits to be sent."));
    gtk_label_set_label (GTK_LABEL (self->bar_label), words);
  }
  gboolean out = status == QC_SYNC_SIGNED_OUT;
  gtk_button_set_label (GTK_BUTTON (self->bar_button), out ? _ ("Sign _In") : _ ("_Try Again"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->bar_button), out ? "win.show-sign-in" : "win.sync-now");
  gtk_widget_set_visible (self->bar, TRUE);
  return G_SOURCE_REMOVE;
}

void
qc_window_update_bar (QcWindow *self)
{
  if (!self->bar)
    return;
  if (!is_lasting (self)) {
    g_clear_handle_id (&self->bar_delay, g_source_remove);
    gtk_widget_set_visible (self->bar, FALSE);
  } else if (gtk_widget_get_visible (self->bar)) {
    show_bar_cb (self);
  } else if (!self->bar_delay) {
    self->bar_delay = g_timeout_add (DELAY_MS, show_bar_cb, self);
  }
}
