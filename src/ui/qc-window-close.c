/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Closing the window: what is being typed counts, and nothing that was entered is left behind without being asked
 * about. Main thread.
 */
#include "qc-window-private.h"

#include <glib/gi18n.h>

#include "qc-dialogs.h"
#include "qc-draft.h"
#include "qc-error-text.h"

#define LOOK_AGAIN 20 /* milliseconds: an edit is written in a few of them */

static void
give_up_cb (gpointer user_data)
{
  QcWindow *self = user_data;
  self->gives_up = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
ask (QcWindow *self, const GError *error)
{
  g_autoptr (QcErrorText) text = qc_error_text_new (error);
  g_autofree char *why = qc_error_text_dup_body (text);
  g_autofree char *body = g_strdup_printf (
      "%s\n%s\n%s", text->title, why,
      _ ("As long as the window stays open it is tried again; closed now, what was entered last is lost."));
  qc_dialog_confirm (GTK_WIDGET (self), _ ("What was entered last is not saved"), body, _ ("Close _without it"),
                     QC_CONFIRM_DESTRUCTIVE, NULL, give_up_cb, self, NULL);
}

static gboolean
look_again_cb (gpointer user_data)
{
  QcWindow *self = user_data;
  const GError *error;
  gboolean saved = qc_drafts_are_saved (self->session, &error);
  if (!saved && !error)
    return G_SOURCE_CONTINUE;
  self->closing = 0;
  if (saved)
    gtk_window_close (GTK_WINDOW (self));
  else
    ask (self, error);
  return G_SOURCE_REMOVE;
}

gboolean
qc_window_may_close (QcWindow *self)
{
  const GError *error;
  if (self->page)
    qc_page_enter_typed (self->page);
  if (self->gives_up || qc_drafts_are_saved (self->session, &error))
    return TRUE;
  if (self->closing == 0)
    self->closing = g_timeout_add (LOOK_AGAIN, look_again_cb, self);
  return FALSE;
}
