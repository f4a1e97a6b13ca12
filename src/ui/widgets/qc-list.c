/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-list.h. Main thread.
 */
#include "qc-list.h"

static void
add_key (GtkWidget *list, const char *trigger, GtkShortcutFunc func, gpointer data)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger), gtk_callback_action_new (func, data, NULL)));
  gtk_widget_add_controller (list, keys);
}

/* GTK looks for what comes next after the list, which cannot have the focus just then. */
void
qc_list_leave (GtkWidget *list, GtkDirectionType direction)
{
  g_return_if_fail (GTK_IS_WIDGET (list));
  gtk_widget_set_can_focus (list, FALSE);
  gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (list)), direction);
  gtk_widget_set_can_focus (list, TRUE);
}

static gboolean
tab_cb (GtkWidget *list, GVariant *arguments, gpointer data)
{
  GtkDirectionType direction = (GtkDirectionType)GPOINTER_TO_INT (data);
  GtkWidget *row = gtk_widget_get_focus_child (list);
  if (!row || !gtk_widget_child_focus (row, direction))
    qc_list_leave (list, direction);
  return TRUE;
}

void
qc_list_leave_by_tab (GtkWidget *list)
{
  g_return_if_fail (GTK_IS_WIDGET (list));
  add_key (list, "Tab|KP_Tab", tab_cb, GINT_TO_POINTER (GTK_DIR_TAB_FORWARD));
  add_key (list, "<Shift>Tab|<Shift>ISO_Left_Tab|<Shift>KP_Tab", tab_cb, GINT_TO_POINTER (GTK_DIR_TAB_BACKWARD));
}

static void
append_words (GtkWidget *widget, GString *words)
{
  const char *own = GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "";
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return;
  if (*own)
    g_string_append_printf (words, "%s%s", words->len > 0 ? "\t" : "", own);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_BUTTON (child) && !GTK_IS_POPOVER (child))
      append_words (child, words);
}

static gboolean
copy_cb (GtkWidget *list, GVariant *arguments, gpointer data)
{
  GtkWidget *row = gtk_widget_get_focus_child (list);
  g_autoptr (GString) words = g_string_new (NULL);
  if (row)
    append_words (row, words);
  if (words->len == 0)
    return FALSE;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (list), words->str);
  return TRUE;
}

void
qc_list_copy_rows (GtkWidget *list)
{
  g_return_if_fail (GTK_IS_WIDGET (list));
  add_key (list, "<Control>c|<Control>Insert", copy_cb, NULL);
}

void
qc_list_rove (GtkListBox *list, GtkListBoxRow *chosen)
{
  g_return_if_fail (GTK_IS_LIST_BOX (list) && GTK_IS_LIST_BOX_ROW (chosen));
  gboolean inside = gtk_widget_get_focus_child (GTK_WIDGET (list)) != NULL;
  gtk_widget_set_focusable (GTK_WIDGET (chosen), TRUE);
  if (inside)
    gtk_widget_grab_focus (GTK_WIDGET (chosen));
  GtkListBoxRow *row;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)); i++)
    gtk_widget_set_focusable (GTK_WIDGET (row), row == chosen);
}
