/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-keep-commands.h. Main thread.
 */
#include "qc-keep-commands.h"

#include <glib/gi18n.h>

#include "qc-journal-window.h"
#include "qc-keep-window.h"
#include "qc-trash-window.h"

static QcKeeper *
keeper_of (gpointer window)
{
  return g_object_get_data (window, "qc-keeper");
}

static void
show_trash_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_trash_window_open (data, qc_keeper_get_session (keeper_of (data)));
}

static void
show_keep_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_keep_window_open (data, keeper_of (data));
}

static void
show_journal_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_journal_window_open (data, qc_keeper_get_session (keeper_of (data)));
}

static const GActionEntry commands[] = {
    {"show-trash", show_trash_cb},
    {"show-keep", show_keep_cb},
    {"show-journal", show_journal_cb},
};

void
qc_keep_add_commands (QcWindow *window, QcSession *session)
{
  g_object_set_data_full (G_OBJECT (window), "qc-keeper", qc_keeper_new (session), g_object_unref);
  g_action_map_add_action_entries (G_ACTION_MAP (window), commands, G_N_ELEMENTS (commands), window);
}

void
qc_keep_begin (QcWindow *window)
{
  qc_keeper_look (keeper_of (window));
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
  enable (window, "show-keep", open);
  enable (window, "show-journal", open);
  enable (window, "show-trash", open && qc_session_get_unit (session));
}

GMenuModel *
qc_keep_build_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_menu_append (menu, _ ("_Trash…"), "win.show-trash");
  g_menu_append (menu, _ ("Backup and _Moving…"), "win.show-keep");
  g_menu_append (menu, _ ("_Journal…"), "win.show-journal");
  return G_MENU_MODEL (menu);
}
