/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header: a view holds the row of titles first and its list last; the list holds rows, a row cells, a cell what
 * the factory put there. Main thread.
 */
#include "qc-gtk-4-8.h"

/* --- rows and cells --- */

GtkWidget *
qc_gtk_get_list (GtkColumnView *view)
{
  GtkWidget *list = gtk_widget_get_last_child (GTK_WIDGET (view));
  while (list && !GTK_IS_LIST_VIEW (list))
    list = gtk_widget_get_prev_sibling (list);
  return list;
}

void
qc_gtk_scroll_to (GtkColumnView *view, guint position)
{
  gtk_widget_activate_action (qc_gtk_get_list (view), "list.scroll-to-item", "u", position);
}

GtkWidget *
qc_gtk_first_row (GtkColumnView *view)
{
  return gtk_widget_get_first_child (qc_gtk_get_list (view));
}

GtkWidget *
qc_gtk_next_row (GtkWidget *row)
{
  return gtk_widget_get_next_sibling (row);
}

/* From @cell on. */
static GtkWidget *
find_content (GtkWidget *cell)
{
  GtkWidget *content = NULL;
  for (; cell && !content; cell = gtk_widget_get_next_sibling (cell))
    content = gtk_widget_get_first_child (cell);
  return content;
}

GtkWidget *
qc_gtk_first_content (GtkWidget *row)
{
  return find_content (gtk_widget_get_first_child (row));
}

GtkWidget *
qc_gtk_next_content (GtkWidget *content)
{
  return find_content (gtk_widget_get_next_sibling (gtk_widget_get_parent (content)));
}

GtkWidget *
qc_gtk_get_cell (GtkWidget *content)
{
  return gtk_widget_get_parent (content);
}

GtkWidget *
qc_gtk_get_row (GtkWidget *content)
{
  GtkWidget *cell = gtk_widget_get_parent (content);
  return cell ? gtk_widget_get_parent (cell) : NULL;
}

GtkWidget *
qc_gtk_get_content (GtkWidget *cell)
{
  return gtk_widget_get_first_child (cell);
}

/* --- titles --- */

GtkWidget *
qc_gtk_get_header (GtkColumnView *view)
{
  return gtk_widget_get_first_child (GTK_WIDGET (view));
}

void
qc_gtk_name_header (GtkColumnView *view, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (qc_gtk_get_header (view)), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkLabel *
find_label (GtkWidget *widget)
{
  GtkLabel *found = GTK_IS_LABEL (widget) ? GTK_LABEL (widget) : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child);
  return found;
}

/* Titles that came back stand behind the others among their siblings: what they show tells whose they are. */
GtkWidget *
qc_gtk_find_title (GtkColumnView *view, GtkColumnViewColumn *column)
{
  const char *words = gtk_column_view_column_get_title (column);
  GtkWidget *title = gtk_widget_get_first_child (qc_gtk_get_header (view));
  while (title && g_strcmp0 (gtk_label_get_text (find_label (title)), words ? words : "") != 0)
    title = gtk_widget_get_next_sibling (title);
  return title;
}

void
qc_gtk_name_title (GtkWidget *title, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (title), GTK_ACCESSIBLE_PROPERTY_LABEL, name ? name : "", -1);
}

void
qc_gtk_name_list (GtkColumnView *view, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (qc_gtk_get_list (view)), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
parent_cb (GtkWidget *content)
{
  GtkWidget *cell = gtk_widget_get_parent (content);
  if (cell)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_RELATION_LABELLED_BY, content, NULL, -1);
}

/* The cell comes around its content when the factory has been through with it. */
void
qc_gtk_name_cell (GtkWidget *content)
{
  g_signal_connect (content, "notify::parent", G_CALLBACK (parent_cb), NULL);
  parent_cb (content);
}

void
qc_gtk_align_last_title (GtkColumnView *view)
{
  GtkLabel *label = find_label (gtk_widget_get_last_child (qc_gtk_get_header (view)));
  gtk_widget_set_hexpand (GTK_WIDGET (label), TRUE);
  gtk_label_set_xalign (label, 1.0);
}

/* --- the wheel --- */

void
qc_gtk_pass_wheel (GtkScrolledWindow *scroller)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (scroller));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
      gtk_event_controller_scroll_set_flags (GTK_EVENT_CONTROLLER_SCROLL (controller),
                                             GTK_EVENT_CONTROLLER_SCROLL_HORIZONTAL);
  }
}

/* --- which column leads --- */

typedef struct {
  const void *column;
  const void **asked;
} Asking;

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  const Asking *asking = data;
  if (!*asking->asked)
    *asking->asked = asking->column;
  return -1;
}

GtkSorter *
qc_gtk_sorter_new (const void *column, const void **asked)
{
  Asking *asking = g_new (Asking, 1);
  *asking = (Asking) {column, asked};
  return GTK_SORTER (gtk_custom_sorter_new (compare_cb, asking, g_free));
}

/* The first one whose sorter is asked, and the sign of the answer tells whether it is turned round. */
const void *
qc_gtk_ask_sorter (GtkSorter *sorter, const void **asked, gboolean *out_descending)
{
  g_autoptr (GObject) a = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) b = g_object_new (G_TYPE_OBJECT, NULL);
  *asked = NULL;
  *out_descending = gtk_sorter_compare (sorter, a, b) == GTK_ORDERING_LARGER;
  return *asked;
}
