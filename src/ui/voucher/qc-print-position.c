/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-print-position.h. Main thread.
 */
#include "qc-print-position.h"

#include <glib/gi18n.h>

#define SCHEMA "org.qingce.Qingce"
#define REACH  20.0 /* mm, as in the schema */
#define STEP   0.5

GSettings *
qc_print_position_new_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = source ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;
  return schema && g_settings_schema_has_key (schema, "print-offset-left") ? g_settings_new (SCHEMA) : NULL;
}

QcPrintOffset
qc_print_position_get (GSettings *settings)
{
  QcPrintOffset offset = {0, 0};
  if (settings) {
    offset.left = g_settings_get_double (settings, "print-offset-left");
    offset.top = g_settings_get_double (settings, "print-offset-top");
  }
  return offset;
}

static void
attach (GtkGrid *grid, int row, const char *words, GSettings *settings, const char *key)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (words);
  GtkWidget *spin = gtk_spin_button_new_with_range (-REACH, REACH, STEP);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 5);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (spin), 1);
  gtk_spin_button_set_snap_to_ticks (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), spin);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  if (settings)
    g_settings_bind (settings, key, spin, "value", G_SETTINGS_BIND_DEFAULT);
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  gtk_grid_attach (grid, spin, 1, row, 1, 1);
}

GtkWidget *
qc_print_position_button_new (GSettings *settings)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *note = gtk_label_new (_ ("For printing on A4 only; saved files stay as they are."));
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  attach (GTK_GRID (grid), 0, _ ("To the _right (mm)"), settings, "print-offset-left");
  attach (GTK_GRID (grid), 1, _ ("_Down (mm)"), settings, "print-offset-top");
  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_label_set_xalign (GTK_LABEL (note), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (note), 28);
  gtk_widget_add_css_class (note, "dim-label");
  gtk_grid_attach (GTK_GRID (grid), note, 0, 2, 2, 1);
  gtk_popover_set_child (GTK_POPOVER (popover), grid);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "document-page-setup-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("Position on the paper"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Position on the paper"),
                                  -1);
  return button;
}
