/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-list.h. Main thread.
 */
#include "qc-list.h"

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
