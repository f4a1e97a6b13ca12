/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-guide-window.h. A chapter is made when it is shown. Main thread.
 */
#include "qc-guide-window.h"

#include <glib/gi18n.h>

#include "qc-fit.h"
#include "qc-focus.h"
#include "qc-guide-book.h"
#include "qc-guide-text.h"
#include "qc-list.h"

struct _QcGuideWindow {
  AdwWindow parent_instance;
  GtkWidget *list;     /* borrowed: chapters */
  GtkWidget *search;   /* borrowed */
  GtkWidget *nothing;  /* borrowed: when no chapter has the words */
  GtkWidget *scroller; /* borrowed */
  const char *chapter; /* static (nullable) */
};

G_DEFINE_FINAL_TYPE (QcGuideWindow, qc_guide_window, ADW_TYPE_WINDOW)

static const char *
row_id (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "qc-chapter");
}

const char *
qc_guide_window_get_chapter (QcGuideWindow *self)
{
  return self->chapter;
}

static void
follow (const char *chapter, gpointer data)
{
  qc_guide_window_show_chapter (data, chapter);
}

static void
fill (QcGuideWindow *self, const char *id)
{
  g_autofree char *text = qc_guide_chapter_dup_text (id);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *column = qc_guide_text_new (text, follow, self);
  gtk_widget_add_css_class (column, "qc-column");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 760);
  adw_clamp_set_child (ADW_CLAMP (clamp), column);
  /* as high as pictures and wrapped lines want to be, not as low as they can */
  GtkWidget *viewport = gtk_viewport_new (NULL, NULL);
  gtk_scrollable_set_vscroll_policy (GTK_SCROLLABLE (viewport), GTK_SCROLL_NATURAL);
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), clamp);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), viewport);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
  self->chapter = id;
}

static void
row_selected_cb (GtkListBox *list, GtkListBoxRow *row, QcGuideWindow *self)
{
  if (!row)
    return;
  qc_list_rove (list, row);
  if (g_strcmp0 (self->chapter, row_id (row)) != 0)
    fill (self, row_id (row));
}

void
qc_guide_window_show_chapter (QcGuideWindow *self, const char *id)
{
  g_return_if_fail (QC_IS_GUIDE_WINDOW (self));
  GtkListBoxRow *row;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)); i++)
    if (g_strcmp0 (row_id (row), id) == 0)
      gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer data)
{
  QcGuideWindow *self = data;
  return qc_guide_chapter_has (row_id (row), gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
search_cb (GtkSearchEntry *entry, QcGuideWindow *self)
{
  GtkListBoxRow *row, *first = NULL;
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
  for (int i = 0; !first && (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)); i++)
    if (filter_cb (row, self))
      first = row;
  gtk_widget_set_visible (self->nothing, !first);
  if (first && *gtk_editable_get_text (GTK_EDITABLE (entry)))
    gtk_list_box_select_row (GTK_LIST_BOX (self->list), first);
}

/* Esc puts the words away, and the guide when there are none. */
static void
stop_search_cb (GtkSearchEntry *entry, QcGuideWindow *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (entry)))
    gtk_editable_set_text (GTK_EDITABLE (entry), "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

/* --- the window --- */

static GtkWidget *
new_row (const char *id)
{
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *title = qc_guide_chapter_dup_title (id);
  GtkWidget *label = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data (G_OBJECT (row), "qc-chapter", (gpointer)id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return row;
}

static GtkWidget *
build_side (QcGuideWindow *self)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  self->search = gtk_search_entry_new ();
  self->list = gtk_list_box_new ();
  self->nothing = gtk_label_new (_ ("No chapter has these words."));
  g_object_set (self->search, "placeholder-text", _ ("Search the guide"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Search the guide"),
                                  -1);
  gtk_widget_add_css_class (self->search, "qc-panel");
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Chapters"), -1);
  gtk_widget_add_css_class (self->nothing, "dim-label");
  gtk_widget_set_visible (self->nothing, FALSE);
  for (guint i = 0; qc_guide_chapter_get_id (i); i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), new_row (qc_guide_chapter_get_id (i)));
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), filter_cb, self, NULL);
  g_signal_connect (self->list, "row-selected", G_CALLBACK (row_selected_cb), self);
  g_signal_connect (self->search, "search-changed", G_CALLBACK (search_cb), self);
  g_signal_connect (self->search, "stop-search", G_CALLBACK (stop_search_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_widget_set_vexpand (scroller, TRUE);
  qc_focus_follow_search (self->search, self->list);
  gtk_box_append (GTK_BOX (side), self->search);
  gtk_box_append (GTK_BOX (side), self->nothing);
  gtk_box_append (GTK_BOX (side), scroller);
  gtk_widget_set_size_request (side, 220, -1);
  gtk_widget_add_css_class (side, "qc-sidebar");
  return side;
}

static void
focus_search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (QC_GUIDE_WINDOW (widget)->search);
}

static void
qc_guide_window_class_init (QcGuideWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  gtk_widget_class_install_action (widget_class, "guide.search", NULL, focus_search);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "guide.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
qc_guide_window_init (QcGuideWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_hexpand (self->scroller, TRUE);
  gtk_widget_set_vexpand (row, TRUE);
  gtk_box_append (GTK_BOX (row), build_side (self));
  gtk_box_append (GTK_BOX (row), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (row), self->scroller);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), row);
  adw_window_set_content (ADW_WINDOW (self), box);
  qc_focus_keep (GTK_WINDOW (self));
}

/* (nullable) the one that lies over @over already */
static QcGuideWindow *
find_open (GtkWindow *over)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l; l = l->next)
    if (QC_IS_GUIDE_WINDOW (l->data) && gtk_window_get_transient_for (l->data) == over)
      return l->data;
  return NULL;
}

GtkWidget *
qc_guide_window_open (GtkWidget *parent, const char *page)
{
  GtkWindow *over = GTK_WINDOW (gtk_widget_get_root (parent));
  QcGuideWindow *self = find_open (over);
  if (!self) {
    self = g_object_new (QC_TYPE_GUIDE_WINDOW, "accessible-role", GTK_ACCESSIBLE_ROLE_WINDOW, "title", _ ("Guide"),
                         "transient-for", over, "destroy-with-parent", TRUE, NULL);
    qc_fit_over (GTK_WINDOW (self), 960, 640);
  }
  qc_guide_window_show_chapter (self, qc_guide_chapter_of_page (page));
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WIDGET (self);
}
