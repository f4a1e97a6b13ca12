/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Commands of the window that have to do with the center: syncing, signing in and out, and the first start. Main
 * thread.
 */
#include "qc-window-private.h"

#include <glib/gi18n.h>

#include "qc-dialogs.h"

/* --- sync and signing in --- */

static void
sync_now_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_session_start (QC_WINDOW (data)->session);
  qc_session_sync_now (QC_WINDOW (data)->session);
}

static QcSignInPage *
show_sign_in (QcWindow *self)
{
  qc_window_show_start (self);
  if (qc_start_view_get_step (QC_START_VIEW (self->start)) != QC_START_SIGN_IN)
    qc_start_view_set_step (QC_START_VIEW (self->start), QC_START_SIGN_IN);
  return qc_start_view_get_sign_in (QC_START_VIEW (self->start));
}

static void
show_sign_in_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  show_sign_in (data);
}

static void
sign_in_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_sign_in_page_begin (show_sign_in (data), TRUE);
}

static void
copy_sign_in_address_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_sign_in_page_copy (show_sign_in (data));
}

static void
cancel_sign_in_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcWindow *self = data;
  if (self->start)
    qc_sign_in_page_cancel (qc_start_view_get_sign_in (QC_START_VIEW (self->start)));
}

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcWindow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean told = qc_session_sign_out_finish (QC_SESSION (source), result, &error);
  if (!qc_window_is_working (self))
    return; /* she is signing in anew already, and stays there */
  if (told)
    qc_window_toast (self, _ ("Signed out. Drafts and what waits are kept."), NULL, NULL, NULL);
  else
    qc_window_show_error (self, error);
}

static void
sign_out_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_session_sign_out_async (QC_WINDOW (data)->session, NULL, signed_out_cb, g_object_ref (data));
}

static void
open_portal_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const QcProfileInfo *info = qc_session_get_profile (QC_WINDOW (data)->session);
  if (info && info->portal)
    qc_open_in_browser (data, info->portal);
}

/* --- the first start --- */

static void
show_start_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcWindow *self = data;
  qc_window_show_start (self);
  qc_start_view_set_step (QC_START_VIEW (self->start), QC_START_WELCOME);
}

static void
start_practice_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcWindow *self = data;
  qc_window_show_start (self);
  qc_start_view_choose (QC_START_VIEW (self->start), QC_SESSION_PRACTICE);
}

static void
start_centers_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcWindow *self = data;
  qc_window_show_start (self);
  qc_start_view_set_step (QC_START_VIEW (self->start), QC_START_CENTERS);
}

static void
start_back_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcWindow *self = data;
  if (self->start && !qc_start_view_go_back (QC_START_VIEW (self->start)) && self->work)
    qc_window_show_work (self);
}

static void
choose_profile_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcWindow *self = data;
  qc_window_show_start (self);
  qc_start_view_choose (QC_START_VIEW (self->start), g_variant_get_string (parameter, NULL));
}

static void
import_profile (GFile *file, gpointer data)
{
  QcWindow *self = data;
  if (!file)
    return;
  qc_window_show_start (self);
  qc_start_view_import (QC_START_VIEW (self->start), file);
}

static void
import_profile_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path (g_variant_get_string (parameter, NULL));
  import_profile (file, data);
}

static void
choose_center_file_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_dialog_open_file (data, _ ("Choose a Center File"), _ ("Center files"), "*.json", import_profile, data);
}

void
qc_window_add_start_commands (QcWindow *self)
{
  static const GActionEntry commands[] = {
      {"sync-now", sync_now_cb},
      {"show-sign-in", show_sign_in_cb},
      {"sign-in", sign_in_cb},
      {"copy-sign-in-address", copy_sign_in_address_cb},
      {"cancel-sign-in", cancel_sign_in_cb},
      {"sign-out", sign_out_cb},
      {"open-portal", open_portal_cb},
      {"show-start", show_start_cb},
      {"start-practice", start_practice_cb},
      {"start-centers", start_centers_cb},
      {"start-back", start_back_cb},
      {"choose-profile", choose_profile_cb, "s"},
      {"import-profile", import_profile_cb, "s"},
      {"choose-center-file", choose_center_file_cb},
  };
  g_action_map_add_action_entries (G_ACTION_MAP (self), commands, G_N_ELEMENTS (commands), self);
}
