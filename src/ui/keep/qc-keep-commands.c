/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-keep-commands.h. Main thread.
 */
#include "qc-keep-commands.h"

#include <glib/gi18n.h>

#include "qc-trash-window.h"

static QcSession *
session_of (gpointer window)
{
  return g_object_get_data (window, "qc-keep-session");
}

static void
show_trash_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_trash_window_open (data, session_of (data));
}

static const GActionEntry commands[] = {
    {"show-trash", show_trash_cb},
};

void
qc_keep_add_commands (QcWindow *window, QcSession *session)
{
  g_object_set_data_full (G_OBJECT (window), "qc-keep-session", g_object_ref (session), g_object_unref);
  g_action_map_add_action_entries (G_ACTION_MAP (window), commands, G_N_ELEMENTS (commands), window);
}

static void
enable (QcWindow *window, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (window), name)), enabled);
}

void
qc_keep_update_commands (QcWindow *window, QcSession *session)
{
  gboolean open = qc_context_is_open (qc_session_get_context (session));
  enable (window, "show-trash", open && qc_session_get_unit (session));
}

GMenuModel *
qc_keep_build_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_menu_append (menu, _ ("_Trash…"), "win.show-trash");
  return G_MENU_MODEL (menu);
}
