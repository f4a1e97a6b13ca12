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

void
qc_drop_down_set_name (GtkDropDown *drop_down, const char *name)
{
  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));
  gtk_widget_set_tooltip_text (GTK_WIDGET (drop_down), name);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_RELATION_LABELLED_BY); /* it has the name */
  g_signal_connect_data (drop_down, "notify::selected-item", G_CALLBACK (say_cb), g_strdup (name),
                         (GClosureNotify)(GCallback)g_free, 0);
  say_cb (drop_down, NULL, name);
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
