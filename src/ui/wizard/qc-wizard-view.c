/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The widgets of the wizard frame: steps left, content, findings at the side, the bar below. Main thread.
 */
#include "qc-wizard-private.h"

#include <glib/gi18n.h>

#include "qc-focus.h"
#include "qc-text-size.h"

static GtkWidget *
build_findings_side (QcWizard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->findings = qc_findings_list_new ();
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (box), self->findings);
  gtk_widget_set_visible (box, FALSE);
  self->findings_side = box;
  return box;
}

static GtkWidget *
build_middle (QcWizard *self)
{
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Steps"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_widget_set_size_request (scrolled, 150, -1);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (column), scrolled);
  gtk_box_append (GTK_BOX (side), column);
  gtk_box_append (GTK_BOX (side), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  self->steps_column = GTK_BOX (column);
  self->steps_side = side;
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (middle), side);
  gtk_box_append (GTK_BOX (middle), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (middle), build_findings_side (self));
  gtk_widget_set_vexpand (middle, TRUE);
  return middle;
}

static GtkWidget *
icon_button (const char *icon, const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}

static GtkWidget *
build_findings_toggle (QcWizard *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->findings_icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  self->findings_toggle = gtk_toggle_button_new ();
  self->findings_count = GTK_LABEL (gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (line), self->findings_icon);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->findings_count));
  gtk_button_set_child (GTK_BUTTON (self->findings_toggle), line);
  gtk_widget_add_css_class (self->findings_toggle, "flat");
  gtk_widget_set_visible (self->findings_toggle, FALSE);
  return self->findings_toggle;
}

static GtkWidget *
append_caption (GtkWidget *line, GtkWidget *text)
{
  gtk_widget_add_css_class (text, "dim-label");
  gtk_widget_add_css_class (text, "caption");
  gtk_widget_add_css_class (text, "numeric");
  gtk_box_append (GTK_BOX (line), text);
  return text;
}

/* The amount, which is never cut short, and below it what it is made of and that it is saved. */
static GtkWidget *
build_words (QcWizard *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->amount = QC_PROSE (qc_prose_new_unbroken (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->amount), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->amount), "numeric");
  self->totals = QC_PROSE (append_caption (line, qc_prose_new (NULL))); /* it counts people: never cut short */
  self->saved = QC_PROSE (append_caption (line, qc_prose_new (NULL)));
  qc_prose_set_room_for (self->saved, _ ("Draft saved"));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->amount));
  gtk_box_append (GTK_BOX (words), line);
  gtk_widget_set_margin_start (words, 6);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  return words;
}

static GtkWidget *
build_bar (QcWizard *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (bar, "toolbar");
  gtk_box_append (GTK_BOX (bar), build_words (self));
  gtk_box_append (GTK_BOX (bar), build_findings_toggle (self));
  self->undo = icon_button ("edit-undo-symbolic", _ ("Undo"));
  self->redo = icon_button ("edit-redo-symbolic", _ ("Redo"));
  self->back = gtk_button_new_with_mnemonic (_ ("_Back"));
  self->next = gtk_button_new_with_mnemonic (_ ("_Next"));
  self->submit = gtk_button_new_with_mnemonic (_ ("_Submit"));
  gtk_widget_add_css_class (self->submit, "suggested-action");
  qc_focus_guard (self->undo);
  qc_focus_guard (self->redo);
  qc_focus_guard (self->submit);
  gtk_box_append (GTK_BOX (bar), self->undo);
  gtk_box_append (GTK_BOX (bar), self->redo);
  gtk_box_append (GTK_BOX (bar), self->back);
  gtk_box_append (GTK_BOX (bar), self->next);
  gtk_box_append (GTK_BOX (bar), self->submit);
  return bar;
}

/* What a step needs to be read without pushing it sideways, or piling up what stands in one line. */
static int
needed_width (const QcWizardEntry *entry)
{
  int least = 0, natural = 0;
  gtk_widget_measure (GTK_WIDGET (entry->page), GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);
  return entry->wide ? natural : MAX (least, 360);
}

static gboolean
fit_cb (gpointer user_data)
{
  QcWizard *self = user_data;
  self->fit_source = 0;
  self->narrow = !self->narrow;
  self->want_when_narrow = FALSE;
  qc_wizard_update_findings (self);
  return G_SOURCE_REMOVE;
}

int
qc_wizard_spare_width (QcWizard *self)
{
  int width = 0;
  if (!self->narrow && gtk_widget_get_visible (self->findings_side)
      && gtk_stack_get_visible_child (self->outer) == gtk_stack_get_child_by_name (self->outer, "steps"))
    gtk_widget_measure (self->findings_side, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  return width;
}

void
qc_wizard_fit (QcWizard *self, int width)
{
  if (!self->current)
    return;
  int steps;
  gtk_widget_measure (self->steps_side, GTK_ORIENTATION_HORIZONTAL, -1, &steps, NULL, NULL, NULL);
  int findings;
  gtk_widget_measure (self->findings, GTK_ORIENTATION_HORIZONTAL, -1, &findings, NULL, NULL, NULL);
  gboolean narrow = steps + needed_width (self->current) + findings + 2 > width; /* and two lines between */
  if (narrow == self->narrow)
    g_clear_handle_id (&self->fit_source, g_source_remove);
  else if (self->fit_source == 0) /* nothing may come or go while sizes are given out */
    self->fit_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_cb, self, NULL);
}

/* Into the step; where it has nothing to fill in, onward or at least beside its name, which does nothing. */
static gboolean
take_focus (GtkWidget *widget)
{
  QcWizard *self = QC_WIZARD (widget);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->outer), "steps") != 0)
    return qc_focus_enter (gtk_stack_get_visible_child (self->outer));
  return (self->current && qc_focus_enter (GTK_WIDGET (self->current->page))) || qc_focus_enter (self->next)
         || qc_focus_enter (GTK_WIDGET (self->list));
}

void
qc_wizard_build (QcWizard *self)
{
  GtkWidget *steps = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->outer = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->outer, FALSE);
  gtk_stack_set_hhomogeneous (self->outer, FALSE); /* what is hidden has no say in how wide the page must be */
  gtk_box_append (GTK_BOX (steps), build_middle (self));
  gtk_box_append (GTK_BOX (steps), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (steps), build_bar (self));
  gtk_stack_add_named (self->outer, steps, "steps");
  self->child = GTK_WIDGET (self->outer);
  gtk_widget_set_parent (self->child, GTK_WIDGET (self));
  qc_focus_set_home (GTK_WIDGET (self), take_focus);
}

static GtkWidget *
build_row (QcWizardEntry *entry, guint number)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *title = gtk_label_new (qc_wizard_step_title (entry->step));
  g_autofree char *digits = g_strdup_printf ("%u", number);
  GtkWidget *digit = gtk_label_new (digits);
  GtkWidget *tick = gtk_image_new_from_icon_name ("object-select-symbolic");
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  entry->mark = GTK_STACK (gtk_stack_new ());
  gtk_widget_add_css_class (digit, "dim-label");
  gtk_widget_add_css_class (digit, "numeric");
  gtk_widget_add_css_class (tick, "success");
  gtk_stack_add_named (entry->mark, digit, "number");
  gtk_stack_add_named (entry->mark, tick, "done");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  entry->warning = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  entry->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (entry->count), "numeric");
  gtk_widget_add_css_class (entry->warning, "warning");
  gtk_widget_add_css_class (entry->warning, "caption");
  gtk_box_append (GTK_BOX (entry->warning), icon);
  gtk_box_append (GTK_BOX (entry->warning), GTK_WIDGET (entry->count));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (entry->mark));
  gtk_box_append (GTK_BOX (line), title);
  gtk_box_append (GTK_BOX (line), entry->warning);
  return line;
}

void
qc_wizard_build_step (QcWizard *self, QcWizardEntry *entry, gboolean wide, guint number)
{
  entry->row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (entry->row), build_row (entry, number));
  gtk_list_box_append (self->list, entry->row);
  entry->wide = wide;
  qc_focus_set_default_home (GTK_WIDGET (entry->page));
  if (wide) {
    /* on a narrow screen it is pushed sideways rather than the window made wider than the screen */
    entry->holder = gtk_scrolled_window_new ();
    gtk_scrolled_window_set_min_content_width (GTK_SCROLLED_WINDOW (entry->holder), 320);
    gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (entry->holder), GTK_WIDGET (entry->page));
  } else {
    GtkWidget *clamp = qc_text_size_clamp (GTK_WIDGET (entry->page), 640);
    gtk_widget_set_margin_top (clamp, 12);
    gtk_widget_set_margin_bottom (clamp, 12);
    gtk_widget_set_margin_start (clamp, 12);
    gtk_widget_set_margin_end (clamp, 12);
    entry->holder = gtk_scrolled_window_new ();
    gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (entry->holder), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
    gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (entry->holder), clamp);
  }
  gtk_stack_add_child (self->stack, entry->holder);
}
