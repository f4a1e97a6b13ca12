/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The bar above the pages that says what lasts: signed out, offline, sync failed, an account that may not act for the
 * unit, a wrong clock. It comes only when the
 * state has lasted a moment, so that a start or a short gap does not flicker, and goes at once. Main thread.
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

/* All goes well, but for somebody who may not act for the unit on screen. */
static gboolean
is_wrong_account (QcWindow *self)
{
  QcSyncStatus status = qc_session_get_sync_status (self->session);
  return (status == QC_SYNC_IDLE || status == QC_SYNC_RUNNING)
         && !qc_session_may_act (self->session, qc_session_get_unit_account (self->session));
}

static gboolean
is_lasting (QcWindow *self)
{
  const QcProfileInfo *info = qc_session_get_profile (self->session);
  QcSyncStatus status = qc_session_get_sync_status (self->session);
  if (info && status == QC_SYNC_FAILED) /* of this computer, perhaps: also without a center */
    return TRUE;
  return info && info->has_api
         && (status == QC_SYNC_SIGNED_OUT || status == QC_SYNC_OFFLINE || is_wrong_account (self)
             || qc_session_get_clock_offset (self->session) != 0);
}

/* All goes well, but the clock is wrong: days and times shown and printed here would be. (transfer full) */
static char *
dup_clock_words (gint64 offset)
{
  gint64 minutes = (ABS (offset) + 30) / 60;
  g_autofree char *span = NULL;
  if (minutes < 120)
    span = g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong)minutes), (int)minutes);
  else if (minutes < 48 * 60)
    span = g_strdup_printf (ngettext ("%d hour", "%d hours", (gulong)minutes / 60), (int)(minutes / 60));
  else
    span = g_strdup_printf (ngettext ("%d day", "%d days", (gulong)minutes / 1440), (int)(minutes / 1440));
  return offset > 0
             /* Translators: the span is such as "25 hours". */
             ? g_strdup_printf (_ ("This computer's clock is %s behind the center's. Set the date and time."), span)
             : g_strdup_printf (_ ("This computer's clock is %s ahead of the center's. Set the date and time."), span);
}

/* Who is signed in, and for which unit that is not enough. (transfer full) */
static char *
dup_account_words (QcWindow *self)
{
  const QcUnitChoice *unit = qc_session_get_unit (self->session);
  const char *user = qc_session_get_user_name (self->session);
  /* Translators: the name of the person who is signed in, and of the unit. */
  return g_strdup_printf (
      _ ("The account of %s may not act for “%s”. Change the account or switch the unit; drafts and "
         "what waits are kept."),
      user ? user : "?", unit ? unit->name : "?");
}

/* (transfer full) */
static char *
dup_words (QcWindow *self, QcSyncStatus status)
{
  const GError *error = qc_session_get_sync_error (self->session);
  gint64 offset = qc_session_get_clock_offset (self->session);
  if (error) {
    g_autoptr (QcErrorText) text = qc_error_text_new (error);
    g_autofree char *body = qc_error_text_dup_body (text);
    g_strdelimit (body, "\n", ' '); /* one paragraph: the bar wraps it */
    /* Translators: what is wrong, then why and what to do. */
    return g_strdup_printf (_ ("%s. %s"), text->title, body);
  }
  if (status == QC_SYNC_SIGNED_OUT)
    return g_strdup (_ ("You are signed out. What is stored here can be read, and drafting goes on."));
  if (is_wrong_account (self))
    return dup_account_words (self);
  if (status == QC_SYNC_OFFLINE || status == QC_SYNC_FAILED || offset == 0)
    return g_strdup (_ ("Offline. Drafting goes on; what is done waits to be sent."));
  return dup_clock_words (offset);
}

static gboolean
show_bar_cb (gpointer data)
{
  QcWindow *self = data;
  QcSyncStatus status = qc_session_get_sync_status (self->session);
  gboolean out = status == QC_SYNC_SIGNED_OUT;
  self->bar_delay = 0;
  if (!is_lasting (self))
    return G_SOURCE_REMOVE;
  g_autofree char *words = dup_words (self, status);
  if (status == QC_SYNC_OFFLINE || out) /* an ordinary day; anything else the clerk has to set right */
    gtk_widget_remove_css_class (self->bar, "error");
  else
    gtk_widget_add_css_class (self->bar, "error");
  gtk_label_set_label (GTK_LABEL (self->bar_label), words);
  gtk_button_set_label (GTK_BUTTON (self->bar_button), out                       ? _ ("Sign _In")
                                                       : is_wrong_account (self) ? _ ("Change _Account")
                                                                                 : _ ("_Try Again"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->bar_button),
                                  out || is_wrong_account (self) ? "win.show-sign-in" : "win.sync-now");
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
