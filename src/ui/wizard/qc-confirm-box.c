/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a confirmation of 办理 shows. Warnings stand on top, then the amount, the largest thing on it, because it is
 * what one must not get wrong; only the facts below are scrolled. Main thread.
 */
#include "qc-confirm-box.h"

#include <glib/gi18n.h>

#include "qc-format.h"
#include "qc-money-words.h"

/* In characters: so that names and sentences are read in few lines. */
#define ROOM_FOR_VALUE   36
#define ROOM_FOR_WARNING 44
#define MAX_FACTS_HEIGHT 250

struct _QcConfirmBox {
  GtkWidget parent_instance;
  GtkWidget *box;      /* borrowed: the child */
  GtkWidget *warnings; /* borrowed */
  GtkWidget *grid;     /* borrowed */
  int n_facts;
};

G_DEFINE_FINAL_TYPE (QcConfirmBox, qc_confirm_box, GTK_TYPE_WIDGET)

static GtkWidget *
centred_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

/* A dialog asks for heights before it knows its width: the lines a text will have must follow from the label alone. */
static void
set_room (GtkLabel *label, int chars)
{
  gtk_label_set_width_chars (label, chars);
  gtk_label_set_max_width_chars (label, chars);
}

static void
qc_confirm_box_dispose (GObject *object)
{
  QcConfirmBox *self = QC_CONFIRM_BOX (object);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (qc_confirm_box_parent_class)->dispose (object);
}

static void
qc_confirm_box_class_init (QcConfirmBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_confirm_box_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
qc_confirm_box_init (QcConfirmBox *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->warnings = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_set_visible (self->warnings, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->warnings);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 4);
}

/* With a bar that is seen where there is more. */
static GtkWidget *
scroll_facts (QcConfirmBox *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (scrolled), FALSE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), MAX_FACTS_HEIGHT);
  gtk_widget_set_margin_end (self->grid, 18); /* the bar takes its room from here */
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->grid);
  gtk_widget_set_margin_top (scrolled, 8);
  return scrolled;
}

GtkWidget *
qc_confirm_box_new (const char *recipient, QcMoney fen)
{
  QcConfirmBox *self = g_object_new (QC_TYPE_CONFIRM_BOX, NULL);
  if (fen >= 0) {
    g_autofree char *amount = qc_format_yuan (fen);
    g_autofree char *words = qc_money_to_words (fen);
    GtkWidget *label = centred_label (amount, "title-1");
    gtk_widget_add_css_class (label, "numeric");
    gtk_box_append (GTK_BOX (self->box), label);
    label = centred_label (words, "dim-label");
    gtk_box_append (GTK_BOX (self->box), label);
  }
  gtk_box_append (GTK_BOX (self->box), scroll_facts (self));
  qc_confirm_box_add (self, _ ("Sent to"), recipient ? recipient : "");
  return GTK_WIDGET (self);
}

void
qc_confirm_box_add (QcConfirmBox *self, const char *label, const char *value)
{
  GtkWidget *name = gtk_label_new (label);
  GtkWidget *text = gtk_label_new (value);
  g_return_if_fail (QC_IS_CONFIRM_BOX (self));
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_valign (name, GTK_ALIGN_BASELINE);
  gtk_widget_add_css_class (name, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  set_room (GTK_LABEL (text), ROOM_FOR_VALUE);
  gtk_widget_set_valign (text, GTK_ALIGN_BASELINE);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_add_css_class (text, "numeric");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_RELATION_LABELLED_BY, name, NULL, -1);
  gtk_grid_attach (GTK_GRID (self->grid), name, 0, self->n_facts, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), text, 1, self->n_facts, 1, 1);
  self->n_facts++;
}

void
qc_confirm_box_add_warning (QcConfirmBox *self, const char *text)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  GtkWidget *label = gtk_label_new (text);
  g_return_if_fail (QC_IS_CONFIRM_BOX (self));
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  set_room (GTK_LABEL (label), ROOM_FOR_WARNING);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), label);
  gtk_widget_add_css_class (line, "warning");
  gtk_box_append (GTK_BOX (self->warnings), line);
  gtk_widget_set_visible (self->warnings, TRUE);
}

void
qc_confirm_box_set_list (QcConfirmBox *self, GtkWidget *list)
{
  g_return_if_fail (QC_IS_CONFIRM_BOX (self));
  gtk_widget_set_vexpand (list, TRUE);
  gtk_widget_set_margin_top (list, 8);
  gtk_box_append (GTK_BOX (self->box), list);
}

gboolean
qc_confirm_box_has_warning (QcConfirmBox *self)
{
  g_return_val_if_fail (QC_IS_CONFIRM_BOX (self), FALSE);
  return gtk_widget_get_visible (self->warnings);
}
