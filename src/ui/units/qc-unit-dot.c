/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-unit-dot.h. Main thread.
 */
#include "qc-unit-dot.h"

#include <glib/gi18n.h>

/* The classes are those of style.css, in the same order. */
static const char *const names[QC_N_UNIT_COLOURS] = {
    N_ ("Blue"), N_ ("Green"), N_ ("Yellow"), N_ ("Orange"), N_ ("Red"), N_ ("Purple"), N_ ("Brown"), N_ ("Grey"),
};

const char *
qc_unit_colour_get_name (guint colour)
{
  return _ (names[colour % QC_N_UNIT_COLOURS]);
}

void
qc_unit_dot_set (GtkWidget *dot, guint colour)
{
  for (guint i = 0; i < QC_N_UNIT_COLOURS; i++) {
    g_autofree char *name = g_strdup_printf ("unit-colour-%u", i);
    if (i == colour)
      gtk_widget_add_css_class (dot, name);
    else
      gtk_widget_remove_css_class (dot, name);
  }
}

GtkWidget *
qc_unit_dot_new (guint colour)
{
  GtkWidget *dot = g_object_new (GTK_TYPE_BOX, "valign", GTK_ALIGN_CENTER, "accessible-role",
                                 GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_add_css_class (dot, "qc-unit-dot");
  qc_unit_dot_set (dot, colour);
  return dot;
}
