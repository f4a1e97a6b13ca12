/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-wrap-layout.h. Main thread.
 */
#include "qc-wrap-layout.h"

struct _QcWrapLayout {
  GtkLayoutManager parent_instance;
  int spacing;
};

G_DEFINE_FINAL_TYPE (QcWrapLayout, qc_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

static int
width_of (GtkWidget *child, int most)
{
  int least, natural;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);
  return MAX (least, MIN (natural, most));
}

/* The children from @first on that share a line of @width: how high it is, who begins the next one (NULL: nobody), and
 * what room is left. */
static int
measure_line (QcWrapLayout *self, GtkWidget *first, int width, GtkWidget **out_next, int *out_left)
{
  int x = 0, line = 0;
  GtkWidget *child = first;
  for (; child; child = gtk_widget_get_next_sibling (child)) {
    if (!gtk_widget_should_layout (child))
      continue;
    int its = width_of (child, width), height;
    if (x > 0 && x + its > width)
      break;
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, its, NULL, &height, NULL, NULL);
    x += its + self->spacing;
    line = MAX (line, height);
  }
  *out_next = child;
  *out_left = MAX (width - (x - self->spacing), 0);
  return line;
}

/* All of a line are as high as it is; the first that expands has what is left of it. */
static void
place_line (QcWrapLayout *self, GtkWidget *first, GtkWidget *next, int y, int width, int line, int left)
{
  int x = 0;
  for (GtkWidget *child = first; child != next; child = gtk_widget_get_next_sibling (child)) {
    if (!gtk_widget_should_layout (child))
      continue;
    int its = width_of (child, width);
    if (left > 0 && gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL)) {
      its += left;
      left = 0;
    }
    gtk_widget_size_allocate (child, &(GtkAllocation) {x, y, its, line}, -1);
    x += its + self->spacing;
  }
}

/* Puts the children into lines of @width, or (@places FALSE) only tells how high they are. */
static int
flow (QcWrapLayout *self, GtkWidget *widget, int width, gboolean places)
{
  int y = 0;
  for (GtkWidget *next, *first = gtk_widget_get_first_child (widget); first; first = next) {
    int left, line = measure_line (self, first, width, &next, &left);
    if (places)
      place_line (self, first, next, y, width, line, left);
    y += line + (next ? self->spacing : 0);
  }
  return y;
}

static GtkSizeRequestMode
get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
         int *natural, int *minimum_baseline, int *natural_baseline)
{
  QcWrapLayout *self = QC_WRAP_LAYOUT (manager);
  int least = 0, all = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child)) {
    if (!gtk_widget_should_layout (child))
      continue;
    int its, wanted;
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &its, &wanted, NULL, NULL);
    least = MAX (least, its);
    all += wanted + (all > 0 ? self->spacing : 0);
  }
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = least;
    *natural = MAX (least, all);
  } else {
    *minimum = *natural = flow (self, widget, for_size < 0 ? all : MAX (for_size, least), FALSE);
  }
}

static void
allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  flow (QC_WRAP_LAYOUT (manager), widget, width, TRUE);
}

static void
qc_wrap_layout_class_init (QcWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);
  layout_class->get_request_mode = get_request_mode;
  layout_class->measure = measure;
  layout_class->allocate = allocate;
}

static void
qc_wrap_layout_init (QcWrapLayout *self)
{
}

GtkLayoutManager *
qc_wrap_layout_new (int spacing)
{
  QcWrapLayout *self = g_object_new (QC_TYPE_WRAP_LAYOUT, NULL);
  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}
