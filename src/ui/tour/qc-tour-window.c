/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-tour-window.h. The pictures are those of the built-in guide. Main thread.
 */
#include "qc-tour-window.h"

#include <glib/gi18n.h>

#include "qc-fit.h"
#include "qc-focus.h"
#include "qc-guide-book.h"
#include "qc-spoken.h"
#include "qc-stack.h"

struct _QcTourWindow {
  AdwWindow parent_instance;
  GtkWidget *stack; /* borrowed: a page each */
  GtkWidget *place; /* borrowed: which of how many */
  GtkWidget *next;  /* borrowed */
  guint current;
};

G_DEFINE_FINAL_TYPE (QcTourWindow, qc_tour_window, ADW_TYPE_WINDOW)

static const struct {
  const char *picture, *title, *words;
} stops[] = {
    {"home", N_ ("What this month needs"),
     N_ ("The start page lists what is due, returned or unfinished. Each row has one button that goes there.")},
    {"sealing", N_ ("Rosters are drafted"),
     N_ ("Every edit is saved at once, also without a network. What the center would refuse is marked at its cell, "
         "with "
         "the reason.")},
    {"remittance-review", N_ ("Nothing leaves before you have seen it"),
     N_ ("Before it is submitted exactly what will be sent is shown: unit, months, people and amount. It is sent once, "
         "and can be taken back until then.")},
    {"records", N_ ("Followed to the end"),
     N_ ("The records show where each application stands, what happened to it, and what can be done now.")},
    {"inquiry", N_ ("Found at once"),
     N_ ("Ctrl+K finds people, applications and commands. F1 opens the guide at the page on screen. In practice mode "
         "everything can be tried first.")},
};

static GtkWidget *
new_stop (guint i)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  g_autofree char *path = qc_guide_dup_picture_path (stops[i].picture);
  GtkWidget *picture = gtk_picture_new_for_resource (path);
  qc_spoken_decoration (picture); /* what it shows is said beside it */
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, "label",
                                   _ (stops[i].title), "xalign", 0.0, "wrap", TRUE, NULL);
  GtkWidget *words = g_object_new (GTK_TYPE_LABEL, "label", _ (stops[i].words), "xalign", 0.0, "wrap", TRUE, "lines", 4,
                                   "max-width-chars", 60, NULL);
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), _ (stops[i].title));
  gtk_widget_set_size_request (picture, -1, 300);
  gtk_widget_set_vexpand (picture, TRUE);
  gtk_widget_add_css_class (picture, "card");
  gtk_widget_add_css_class (title, "title-3");
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), words);
  return box;
}

static void
show_stop (QcTourWindow *self, guint i)
{
  gboolean last = i + 1 == G_N_ELEMENTS (stops);
  g_autofree char *name = g_strdup_printf ("%u", i);
  /* Translators: which page of how many. */
  g_autofree char *place = g_strdup_printf (_ ("%u of %u"), i + 1, (guint)G_N_ELEMENTS (stops));
  self->current = i;
  qc_stack_show_named (self->stack, name);
  gtk_label_set_label (GTK_LABEL (self->place), place);
  qc_spoken_set_button (GTK_BUTTON (self->next), last ? _ ("Be_gin") : _ ("_Next"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tour.back", i > 0);
}

static void
next (GtkWidget *widget, const char *name, GVariant *parameter)
{
  QcTourWindow *self = QC_TOUR_WINDOW (widget);
  if (self->current + 1 == G_N_ELEMENTS (stops))
    gtk_window_close (GTK_WINDOW (self));
  else
    show_stop (self, self->current + 1);
}

static void
back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  QcTourWindow *self = QC_TOUR_WINDOW (widget);
  if (self->current > 0)
    show_stop (self, self->current - 1);
}

static GtkWidget *
new_button (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
build_bottom (QcTourWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->place = gtk_label_new (NULL);
  self->next = new_button (_ ("_Next"), "tour.next");
  gtk_label_set_xalign (GTK_LABEL (self->place), 0.0);
  gtk_widget_set_hexpand (self->place, TRUE);
  gtk_widget_add_css_class (self->place, "dim-label");
  gtk_widget_add_css_class (self->next, "suggested-action");
  gtk_box_append (GTK_BOX (box), self->place);
  gtk_box_append (GTK_BOX (box), new_button (_ ("_Skip"), "window.close"));
  gtk_box_append (GTK_BOX (box), new_button (_ ("_Back"), "tour.back"));
  gtk_box_append (GTK_BOX (box), self->next);
  return box;
}

static void
qc_tour_window_class_init (QcTourWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  gtk_widget_class_install_action (widget_class, "tour.next", NULL, next);
  gtk_widget_class_install_action (widget_class, "tour.back", NULL, back);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, 0, "tour.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, 0, "tour.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
qc_tour_window_init (QcTourWindow *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->stack = gtk_stack_new ();
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++) {
    g_autofree char *name = g_strdup_printf ("%u", i);
    gtk_stack_add_named (GTK_STACK (self->stack), new_stop (i), name);
  }
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_widget_add_css_class (column, "qc-column");
  gtk_box_append (GTK_BOX (column), self->stack);
  gtk_box_append (GTK_BOX (column), build_bottom (self));
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), column);
  adw_window_set_content (ADW_WINDOW (self), box);
  qc_focus_keep (GTK_WINDOW (self));
  show_stop (self, 0);
}

GtkWidget *
qc_tour_window_open (GtkWidget *parent)
{
  QcTourWindow *self
      = g_object_new (QC_TYPE_TOUR_WINDOW, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, "title", _ ("A Look Around"),
                      "modal", TRUE, "transient-for", gtk_widget_get_root (parent), "destroy-with-parent", TRUE, NULL);
  qc_fit_over (GTK_WINDOW (self), 700, 600);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->next);
  return GTK_WIDGET (self);
}
