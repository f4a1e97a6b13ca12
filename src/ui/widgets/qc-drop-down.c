/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-drop-down.h. Main thread.
 */
#include "qc-drop-down.h"

#include <glib/gi18n.h>

#include "qc-spoken.h"

static void
say_cb (GtkDropDown *drop_down, GParamSpec *pspec, const char *name)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));
  gpointer item = gtk_drop_down_get_selected_item (drop_down);
  /* Translators: what is chosen with a list, and the choice. */
  g_autofree char *spoken
      = GTK_IS_STRING_OBJECT (item)
            ? g_strdup_printf (_ ("%s: %s"), name, gtk_string_object_get_string (GTK_STRING_OBJECT (item)))
            : g_strdup (name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  if (GTK_IS_BUTTON (button))
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static GtkWidget *
find_below (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_below (child, type);
  return found;
}

/* Once the list has its height. */
static gboolean
show_choice (GtkWidget *list, GdkFrameClock *clock, gpointer data)
{
  GtkAdjustment *down = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  if (gtk_adjustment_get_page_size (down) <= 0)
    return G_SOURCE_CONTINUE;
  GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (list));
  guint chosen = GTK_IS_SINGLE_SELECTION (model) ? gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (model))
                                                 : GTK_INVALID_LIST_POSITION;
  if (chosen != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (list, "list.scroll-to-item", "u", chosen);
  return G_SOURCE_REMOVE;
}

/* Otherwise it would be the first one, with the choice somewhere below. */
static void
opened_cb (GtkWidget *popover)
{
  GtkWidget *list = find_below (popover, GTK_TYPE_LIST_VIEW);
  if (!list)
    return;
  GtkWidget *row = gtk_widget_get_first_child (list);
  while (row && !(gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED))
    row = gtk_widget_get_next_sibling (row);
  if (row)
    gtk_widget_grab_focus (row);
  gtk_widget_add_tick_callback (list, show_choice, NULL, NULL);
}

void
qc_drop_down_open_at_choice (GtkWidget *widget)
{
  GtkWidget *popover = find_below (widget, GTK_TYPE_POPOVER);
  g_return_if_fail (popover);
  g_signal_connect (popover, "map", G_CALLBACK (opened_cb), NULL);
}

void
qc_drop_down_set_name (GtkDropDown *drop_down, const char *name)
{
  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));
  gtk_widget_set_tooltip_text (GTK_WIDGET (drop_down), name);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_RELATION_LABELLED_BY); /* it has the name */
  g_signal_connect_data (drop_down, "notify::selected-item", G_CALLBACK (say_cb), g_strdup (name),
                         (GClosureNotify)(GCallback)g_free, 0);
  say_cb (drop_down, NULL, name);
  qc_drop_down_open_at_choice (GTK_WIDGET (drop_down));
}

void
qc_menu_button_set_name (GtkMenuButton *menu_button, const char *name)
{
  g_return_if_fail (GTK_IS_MENU_BUTTON (menu_button));
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (menu_button));
  gtk_accessible_update_property (GTK_ACCESSIBLE (menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (!GTK_IS_BUTTON (button))
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY); /* what is around it */
}

void
qc_menu_button_set_words (GtkMenuButton *menu_button, const char *label)
{
  g_autofree char *name = qc_spoken_dup_plain (label);
  gtk_menu_button_set_label (menu_button, label);
  gtk_menu_button_set_use_underline (menu_button, TRUE);
  qc_menu_button_set_name (menu_button, name);
}

void
qc_split_button_set_menu_name (AdwSplitButton *split_button, const char *name)
{
  g_return_if_fail (ADW_IS_SPLIT_BUTTON (split_button));
  adw_split_button_set_dropdown_tooltip (split_button, name);
  for (GtkWidget *part = gtk_widget_get_first_child (GTK_WIDGET (split_button)); part;
       part = gtk_widget_get_next_sibling (part))
    if (GTK_IS_MENU_BUTTON (part))
      qc_menu_button_set_name (GTK_MENU_BUTTON (part), name);
}
