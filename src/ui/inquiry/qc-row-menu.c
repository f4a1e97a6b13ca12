/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-row-menu.h. The menu's popover is a child of the grid and goes with it. Main thread.
 */
#include "qc-row-menu.h"

static void
popup (GtkPopover *popover, double x, double y)
{
  gtk_popover_set_pointing_to (popover, &(GdkRectangle) {(int)x, (int)y, 1, 1});
  gtk_popover_popup (popover);
}

static void
pressed_cb (GtkGestureClick *click, int n_press, double x, double y, GtkPopover *popover)
{
  GtkColumnView *grid = GTK_COLUMN_VIEW (gtk_widget_get_parent (GTK_WIDGET (popover)));
  GtkWidget *at = gtk_widget_pick (GTK_WIDGET (grid), x, y, GTK_PICK_DEFAULT);
  guint position = at ? qc_grid_find_position (grid, at) : GTK_INVALID_LIST_POSITION;
  if (position == GTK_INVALID_LIST_POSITION)
    return;
  gtk_selection_model_select_item (qc_grid_get_model (grid), position, TRUE);
  popup (popover, x, y);
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
menu_key_cb (GtkWidget *grid, GVariant *arguments, gpointer popover)
{
  GtkRoot *root = gtk_widget_get_root (grid);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  graphene_rect_t bounds;
  if (!focus || !gtk_widget_is_ancestor (focus, grid) || !gtk_widget_compute_bounds (focus, grid, &bounds))
    return FALSE;
  popup (popover, bounds.origin.x + 24, bounds.origin.y + bounds.size.height);
  return TRUE;
}

static void
destroyed_cb (GtkWidget *grid, GtkWidget *popover)
{
  gtk_widget_unparent (popover);
}

void
qc_row_menu_add (GtkColumnView *grid, GMenuModel *menu)
{
  g_return_if_fail (GTK_IS_COLUMN_VIEW (grid) && G_IS_MENU_MODEL (menu));
  GtkWidget *popover = gtk_popover_menu_new_from_model (menu);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_widget_set_parent (popover, GTK_WIDGET (grid));
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), popover);
  gtk_widget_add_controller (GTK_WIDGET (grid), GTK_EVENT_CONTROLLER (click));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Menu|<Shift>F10"),
                                                          gtk_callback_action_new (menu_key_cb, popover, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (grid), keys);
  g_signal_connect (grid, "destroy", G_CALLBACK (destroyed_cb), popover);
}
