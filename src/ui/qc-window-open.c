/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * How the window comes up: open the data, restore the session, then 首页 or the first start; what cannot be opened is
 * said in words. The window is shown when it has something to show, and only when that takes long before it. What the
 * first picture does not need starts after it. Main thread.
 */
#include "qc-window-private.h"

#include <glib/gi18n.h>

#include "qc-dialogs.h"
#include "qc-error-text.h"
#include "qc-stack.h"

/* An empty window is better than none after so long. */
#define PRESENT_DELAY_MS 250

static void
present (QcWindow *self)
{
  g_clear_handle_id (&self->present_delay, g_source_remove);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_window_present (GTK_WINDOW (self));
}

static gboolean
present_cb (gpointer data)
{
  QcWindow *self = data;
  self->present_delay = 0;
  present (self);
  return G_SOURCE_REMOVE;
}

static void
show_failure (QcWindow *self, const GError *error)
{
  if (!self->failed) {
    GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
    GtkWidget *retry = gtk_button_new_with_mnemonic (_ ("_Try Again"));
    gtk_actionable_set_action_name (GTK_ACTIONABLE (retry), "win.retry-open");
    gtk_widget_add_css_class (retry, "pill");
    gtk_widget_add_css_class (retry, "suggested-action");
    gtk_widget_set_halign (retry, GTK_ALIGN_CENTER);
    self->failed = adw_status_page_new ();
    gtk_widget_set_vexpand (self->failed, TRUE);
    adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->failed), "dialog-error-symbolic");
    adw_status_page_set_child (ADW_STATUS_PAGE (self->failed), retry);
    gtk_box_append (GTK_BOX (column), adw_header_bar_new ());
    gtk_box_append (GTK_BOX (column), self->failed);
    gtk_stack_add_named (GTK_STACK (self->views), column, "failed");
  }
  g_autoptr (QcErrorText) text = qc_error_text_new (error);
  g_autofree char *body = qc_error_text_dup_body (text);
  g_autofree char *escaped = g_markup_escape_text (body, -1);
  adw_status_page_set_title (ADW_STATUS_PAGE (self->failed), text->title);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->failed), escaped);
  qc_stack_show_named (self->views, "failed");
  present (self);
}

/* A damaged database was moved aside and a new one begun: that must be read. */
static void
tell_set_aside (QcWindow *self)
{
  QcContext *context = qc_session_get_context (self->session);
  const char *path = qc_context_get_set_aside (context);
  if (!path)
    return;
  g_autoptr (QcSalvaged) salvaged = qc_context_dup_salvaged (context);
  g_autofree char *came = qc_salvaged_dup_words (salvaged);
  g_autofree char *words = g_strdup_printf (
      _ ("The database could not be read wholly. It was moved aside to %s, nothing was deleted.\n%s\nSign in to fetch "
         "what the center has again; what waits is asked about there first. Backups are under Backup and Moving."),
      path, came);
  qc_dialog_tell (GTK_WIDGET (self), _ ("The database is damaged"), words);
}

/* Other data took the place of what was here: a backup, or what came from another computer. */
static void
tell_replaced (QcWindow *self)
{
  const char *path = qc_context_get_replaced (qc_session_get_context (self->session));
  if (!path)
    return;
  g_autofree char *words = g_strdup_printf (_ ("The data that were here before are whole in %s. What waits to be "
                                               "submitted is asked about at the center first. "
                                               "Sign in and sync before you submit anything."),
                                            path);
  qc_dialog_tell (GTK_WIDGET (self), _ ("Other data are open now"), words);
}

/* Over the window, so that it must be there. */
static void
present_and_tell (QcWindow *self)
{
  present (self);
  tell_set_aside (self);
  tell_replaced (self);
}

/* From here on there is a backup for each day. */
static gboolean
start_session_cb (gpointer data)
{
  qc_session_start (QC_WINDOW (data)->session);
  qc_keeper_look (QC_WINDOW (data)->keeper);
  return G_SOURCE_REMOVE;
}

static void
painted_cb (GdkFrameClock *clock, QcWindow *self)
{
  g_signal_handlers_disconnect_by_func (clock, painted_cb, self);
  g_idle_add_full (G_PRIORITY_LOW, start_session_cb, g_object_ref (self), g_object_unref);
}

/* Sync, the keyring and the practice center come after the first picture with figures. */
static void
home_ready_cb (QcPage *page, GParamSpec *pspec, QcWindow *self)
{
  if (qc_page_get_state (page) == QC_PAGE_LOADING)
    return;
  g_signal_handlers_disconnect_by_func (page, home_ready_cb, self);
  present_and_tell (self);
  g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (self)), "after-paint", G_CALLBACK (painted_cb), self,
                           0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcWindow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean entered = FALSE;
  gboolean restored = qc_session_restore_finish (QC_SESSION (source), result, &entered, &error);
  gboolean is_profile = !restored && g_str_equal (qc_app_error_code (error), "sync.profile"); /* to be chosen anew */
  if (!restored && !is_profile) {
    show_failure (self, error);
    return;
  }
  if (entered) {
    g_signal_connect_object (qc_window_ensure_page (self, "home"), "notify::state", G_CALLBACK (home_ready_cb), self,
                             0);
    qc_window_go (self, "home", NULL);
  } else {
    qc_window_show_start (self);
    qc_start_view_continue (QC_START_VIEW (self->start));
    if (self->practice)
      qc_start_view_choose (QC_START_VIEW (self->start), QC_SESSION_PRACTICE);
    present_and_tell (self);
    if (is_profile)
      qc_window_show_error (self, error);
  }
  qc_window_update_commands (self);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcWindow) self = data;
  g_autoptr (GError) error = NULL;
  if (qc_context_open_finish (QC_CONTEXT (source), result, &error))
    qc_session_restore_async (self->session, self->practice, NULL, restored_cb, g_object_ref (self));
  else
    show_failure (self, error);
}

void
qc_window_open (QcWindow *self)
{
  QcContext *context = qc_session_get_context (self->session);
  if (!gtk_stack_get_child_by_name (GTK_STACK (self->views), "opening")) {
    GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
    gtk_box_append (GTK_BOX (column), adw_header_bar_new ());
    gtk_stack_add_named (GTK_STACK (self->views), column, "opening");
  }
  qc_stack_show_named (self->views, "opening");
  if (qc_context_is_open (context))
    qc_session_restore_async (self->session, self->practice, NULL, restored_cb, g_object_ref (self));
  else
    qc_context_open_async (context, NULL, opened_cb, g_object_ref (self));
}

void
qc_window_begin (QcWindow *self, gboolean practice)
{
  g_return_if_fail (QC_IS_WINDOW (self));
  self->practice = practice;
  if (!gtk_widget_get_visible (GTK_WIDGET (self)) && self->present_delay == 0)
    self->present_delay = g_timeout_add (PRESENT_DELAY_MS, present_cb, self);
  qc_window_open (self);
}
