/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-stack.h. Main thread.
 */
#include "qc-stack.h"

GtkWidget *
qc_stack_new (void)
{
  return g_object_new (GTK_TYPE_STACK, "hhomogeneous", FALSE, "vhomogeneous", FALSE, NULL);
}

void
qc_stack_show (GtkWidget *stack, GtkWidget *child)
{
  g_return_if_fail (GTK_IS_STACK (stack) && GTK_IS_WIDGET (child));
  gtk_stack_set_visible_child (GTK_STACK (stack), child);
  for (GtkWidget *other = gtk_widget_get_first_child (stack); other; other = gtk_widget_get_next_sibling (other))
    gtk_accessible_update_state (GTK_ACCESSIBLE (other), GTK_ACCESSIBLE_STATE_HIDDEN, other != child, -1);
}

void
qc_stack_show_named (GtkWidget *stack, const char *name)
{
  GtkWidget *child = gtk_stack_get_child_by_name (GTK_STACK (stack), name);
  if (child)
    qc_stack_show (stack, child);
}
