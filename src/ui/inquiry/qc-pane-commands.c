/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-pane-commands.h. Main thread.
 */
#include "qc-pane-commands.h"

static void
map_cb (GtkWidget *pane, GSimpleActionGroup *actions)
{
  GtkRoot *root = gtk_widget_get_root (pane);
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (actions));
  for (char **name = names; G_IS_ACTION_MAP (root) && *name; name++)
    g_action_map_add_action (G_ACTION_MAP (root), g_action_map_lookup_action (G_ACTION_MAP (actions), *name));
}

/* Another pane may have come before this one goes. */
static void
unmap_cb (GtkWidget *pane, GSimpleActionGroup *actions)
{
  GtkRoot *root = gtk_widget_get_root (pane);
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (actions));
  for (char **name = names; G_IS_ACTION_MAP (root) && *name; name++)
    if (g_action_map_lookup_action (G_ACTION_MAP (root), *name)
        == g_action_map_lookup_action (G_ACTION_MAP (actions), *name))
      g_action_map_remove_action (G_ACTION_MAP (root), *name);
}

void
qc_pane_commands_follow (GtkWidget *pane, GSimpleActionGroup *actions)
{
  g_return_if_fail (GTK_IS_WIDGET (pane) && G_IS_SIMPLE_ACTION_GROUP (actions));
  g_signal_connect_object (pane, "map", G_CALLBACK (map_cb), actions, 0);
  g_signal_connect_object (pane, "unmap", G_CALLBACK (unmap_cb), actions, 0);
}

void
qc_pane_commands_add_copy (GtkColumnView *grid, const char *action)
{
  g_return_if_fail (GTK_IS_COLUMN_VIEW (grid));
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>c"), gtk_named_action_new (action)));
  gtk_widget_add_controller (GTK_WIDGET (grid), keys);
}
