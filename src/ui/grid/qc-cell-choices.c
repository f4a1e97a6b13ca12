/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The choices of a cell; see the header. Main thread.
 */
#include "qc-cell-choices.h"

#include <string.h>

#include "qc-policy.h"
#include "qc-text-size.h"

#define HIGHEST 300 /* pixels: more is scrolled */

struct _QcCellChoices {
  GtkPopover parent_instance;
  GtkListBox *list;     /* borrowed */
  GtkAdjustment *along; /* borrowed: how far the list is scrolled */
  char *typed;          /* (owned) never NULL */
};

G_DEFINE_FINAL_TYPE (QcCellChoices, qc_cell_choices, GTK_TYPE_POPOVER)
enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char *
label_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "qc-label");
}

static gboolean
fits_cb (GtkListBoxRow *row, gpointer user_data)
{
  QcCellChoices *self = user_data;
  const char *code = g_object_get_data (G_OBJECT (row), "qc-code");
  return g_str_has_prefix (code, self->typed) || strstr (label_of (row), self->typed) != NULL;
}

static GtkListBoxRow *
next_fitting (QcCellChoices *self, int from, int step)
{
  GtkListBoxRow *row;
  for (int i = from; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i += step)
    if (fits_cb (row, self))
      return row;
  return NULL;
}

void
qc_cell_choices_filter (QcCellChoices *self, const char *text)
{
  g_return_if_fail (QC_IS_CELL_CHOICES (self));
  g_free (self->typed);
  self->typed = g_strdup (text);
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_select_row (self->list, *text ? next_fitting (self, 0, 1) : NULL);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_popover_present (GTK_POPOVER (self)); /* as large as what is left */
}

/* The keys go to the cell: nothing else brings the row into sight. */
static void
selected_cb (GtkListBox *list, GtkListBoxRow *row, QcCellChoices *self)
{
  double y;
  if (row && gtk_widget_translate_coordinates (GTK_WIDGET (row), GTK_WIDGET (list), 0, 0, NULL, &y))
    gtk_adjustment_clamp_page (self->along, y, y + gtk_widget_get_height (GTK_WIDGET (row)));
}

void
qc_cell_choices_select (QcCellChoices *self, const char *label)
{
  g_return_if_fail (QC_IS_CELL_CHOICES (self));
  GtkListBoxRow *row;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_str_equal (label_of (row), label))
      gtk_list_box_select_row (self->list, row);
}

gboolean
qc_cell_choices_key (QcCellChoices *self, guint key)
{
  g_return_val_if_fail (QC_IS_CELL_CHOICES (self), FALSE);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int at = row ? gtk_list_box_row_get_index (row) : -1;
  if (key != GDK_KEY_Up && key != GDK_KEY_Down)
    return FALSE;
  GtkListBoxRow *next = key == GDK_KEY_Down ? next_fitting (self, at + 1, 1)
                        : at > 0            ? next_fitting (self, at - 1, -1)
                                            : NULL;
  if (next)
    gtk_list_box_select_row (self->list, next);
  return TRUE;
}

const char *
qc_cell_choices_get_selected (QcCellChoices *self)
{
  g_return_val_if_fail (QC_IS_CELL_CHOICES (self), NULL);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  return row && fits_cb (row, self) ? label_of (row) : NULL;
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, QcCellChoices *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, label_of (row));
}

static void
add_choice (QcCellChoices *self, const QcCode *code)
{
  g_autofree char *text
      = g_ascii_isdigit (*code->code) ? g_strdup_printf ("%s  %s", code->code, code->label) : g_strdup (code->label);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_widget_set_can_focus (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, code->label, -1);
  g_object_set_data_full (G_OBJECT (row), "qc-label", g_strdup (code->label), g_free);
  g_object_set_data_full (G_OBJECT (row), "qc-code", g_strdup (code->code), g_free);
  gtk_list_box_append (self->list, row);
}

static void
qc_cell_choices_finalize (GObject *object)
{
  g_free (QC_CELL_CHOICES (object)->typed);
  G_OBJECT_CLASS (qc_cell_choices_parent_class)->finalize (object);
}

static void
qc_cell_choices_class_init (QcCellChoicesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_cell_choices_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", QC_TYPE_CELL_CHOICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_STRING);
}

static void
qc_cell_choices_init (QcCellChoices *self)
{
  self->typed = g_strdup ("");
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_filter_func (self->list, fits_cb, self, NULL);
  gtk_list_box_set_activate_on_single_click (self->list, TRUE);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), qc_text_size_scale (scrolled, HIGHEST));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  self->along = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  g_signal_connect (self->list, "row-selected", G_CALLBACK (selected_cb), self);
  gtk_popover_set_child (GTK_POPOVER (self), scrolled);
  gtk_popover_set_autohide (GTK_POPOVER (self), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_BOTTOM);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "menu");
}

GtkWidget *
qc_cell_choices_new (const GPtrArray *codes)
{
  QcCellChoices *self = g_object_new (QC_TYPE_CELL_CHOICES, NULL);
  for (guint i = 0; i < codes->len; i++)
    add_choice (self, g_ptr_array_index (codes, i));
  return GTK_WIDGET (self);
}
