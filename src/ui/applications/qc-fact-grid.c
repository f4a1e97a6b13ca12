/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Facts as lines of name and value. Main thread.
 */
#include "qc-fact-grid.h"

#include <glib/gi18n.h>

#define LONGEST_WORD 24 /* bytes: a serial number has 20 */
#define LONGEST_NAME 16 /* columns, of which a Han takes two: longer names of facts may be broken */

struct _QcFactGrid {
  GtkWidget parent_instance;
  GtkWidget *grid; /* borrowed: the child */
  int n;
};

G_DEFINE_FINAL_TYPE (QcFactGrid, qc_fact_grid, GTK_TYPE_WIDGET)

static void
qc_fact_grid_dispose (GObject *object)
{
  QcFactGrid *self = QC_FACT_GRID (object);
  g_clear_pointer (&self->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (qc_fact_grid_parent_class)->dispose (object);
}

static void
qc_fact_grid_class_init (QcFactGridClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_fact_grid_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
qc_fact_grid_init (QcFactGrid *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 4);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
}

GtkWidget *
qc_fact_grid_new (void)
{
  return g_object_new (QC_TYPE_FACT_GRID, NULL);
}

void
qc_fact_grid_clear (QcFactGrid *self)
{
  g_return_if_fail (QC_IS_FACT_GRID (self));
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (self->grid)))
    gtk_grid_remove (GTK_GRID (self->grid), child);
  self->n = 0;
}

/* Amounts and serial numbers are never broken; names as long as nobody foresaw may be, anywhere. */
static PangoWrapMode
wrap_mode (const char *value)
{
  gsize run = 0;
  for (const char *c = value; *c && run <= LONGEST_WORD; c++)
    run = *c == ' ' ? 0 : run + 1;
  return run <= LONGEST_WORD ? PANGO_WRAP_WORD : PANGO_WRAP_WORD_CHAR;
}

static int
count_columns (const char *name)
{
  int n = 0;
  for (const char *c = name; *c; c = g_utf8_next_char (c))
    n += g_unichar_iswide (g_utf8_get_char (c)) ? 2 : 1;
  return n;
}

GtkWidget *
qc_fact_grid_add (QcFactGrid *self, const char *name, const char *value)
{
  g_return_val_if_fail (QC_IS_FACT_GRID (self), NULL);
  if (!value || !*value)
    return NULL;
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *text = gtk_label_new (value);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), MIN (count_columns (name), LONGEST_NAME));
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), wrap_mode (value));
  gtk_widget_add_css_class (text, "numeric");
  gtk_widget_set_valign (text, GTK_ALIGN_BASELINE);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  gtk_grid_attach (GTK_GRID (self->grid), label, 0, self->n, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), text, 1, self->n, 1, 1);
  self->n++;
  return text;
}

static void
copy_cb (GtkButton *button, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), text);
}

GtkWidget *
qc_fact_grid_add_copyable (QcFactGrid *self, const char *name, const char *value, const char *copy)
{
  GtkWidget *text = qc_fact_grid_add (self, name, value);
  if (!text)
    return NULL;
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  g_autofree char *spoken = g_strdup_printf (_ ("Copy: %s"), name);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "qc-copy");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (copy_cb), g_strdup (copy ? copy : value),
                         (GClosureNotify)(GCallback)g_free, 0);
  gtk_widget_set_valign (gtk_grid_get_child_at (GTK_GRID (self->grid), 0, self->n - 1), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_grid_attach (GTK_GRID (self->grid), button, 2, self->n - 1, 1, 1);
  return text;
}
