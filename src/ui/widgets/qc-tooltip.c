/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-tooltip.h. GTK has one window for all tooltips, which nobody is given; a widget of one's own is put beside its
 * label for a moment to reach that. GTK makes the label as near to a square as its words allow, which breaks three of
 * them into three lines. Main thread.
 */
#include "qc-tooltip.h"

#define WIDTH 50 /* characters, half as many of Han */

static G_DEFINE_QUARK (qc - tooltip - mended, mended)

static GtkWidget *
find_label (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return widget;
  GtkWidget *found = NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child);
  return found;
}

/* Set anew by GTK with each text. */
static void
width_cb (GtkLabel *label)
{
  if (gtk_label_get_max_width_chars (label) != WIDTH)
    gtk_label_set_max_width_chars (label, WIDTH);
}

static void
make_wide (GtkTooltip *tooltip)
{
  if (g_object_get_data (G_OBJECT (tooltip), "qc-tooltip-wide"))
    return;
  GtkWidget *probe = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_tooltip_set_custom (tooltip, probe);
  GtkWidget *label = find_label (gtk_widget_get_parent (probe));
  if (label)
    g_signal_connect (label, "notify::max-width-chars", G_CALLBACK (width_cb), NULL);
  gtk_tooltip_set_custom (tooltip, NULL);
  g_object_set_data (G_OBJECT (tooltip), "qc-tooltip-wide", GINT_TO_POINTER (TRUE));
}

static void
shown_cb (GtkWidget *popover, GParamSpec *pspec, GtkWidget *opener)
{
  gtk_widget_set_has_tooltip (opener, !gtk_widget_get_visible (popover));
}

/* What @widget opens has it to itself. */
static void
yield_to_popovers (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child)) {
    if (!GTK_IS_POPOVER (child) || g_object_get_data (G_OBJECT (child), "qc-tooltip-yields"))
      continue;
    g_object_set_data (G_OBJECT (child), "qc-tooltip-yields", GINT_TO_POINTER (TRUE));
    g_signal_connect_object (child, "notify::visible", G_CALLBACK (shown_cb), widget, 0);
  }
}

static gboolean
asked_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  make_wide (g_value_get_object (&values[4]));
  yield_to_popovers (g_value_get_object (&values[0]));
  return TRUE;
}

void
qc_tooltip_mend (void)
{
  if (g_type_get_qdata (GTK_TYPE_WIDGET, mended_quark ()))
    return;
  g_type_set_qdata (GTK_TYPE_WIDGET, mended_quark (), GINT_TO_POINTER (TRUE));
  g_type_class_unref (g_type_class_ref (GTK_TYPE_WIDGET));
  g_signal_add_emission_hook (g_signal_lookup ("query-tooltip", GTK_TYPE_WIDGET), 0, asked_cb, NULL, NULL);
}
