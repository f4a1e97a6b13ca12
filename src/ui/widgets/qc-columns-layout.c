/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-columns-layout.h. Main thread.
 */
#include "qc-columns-layout.h"

struct _QcColumnsLayout {
  GtkLayoutManager parent_instance;
  int least;
  int most;
  int spacing;
};

G_DEFINE_FINAL_TYPE (QcColumnsLayout, qc_columns_layout, GTK_TYPE_LAYOUT_MANAGER)

static int
widest (GtkWidget *widget, gboolean natural)
{
  int width = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child)) {
    int its_least, its_natural;
    if (!gtk_widget_should_layout (child))
      continue;
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &its_least, &its_natural, NULL, NULL);
    width = MAX (width, natural ? its_natural : its_least);
  }
  return width;
}

static int
width_of_columns (QcColumnsLayout *self, int n, int column)
{
  return n * column + (n - 1) * self->spacing;
}

static int
count_columns (QcColumnsLayout *self, GtkWidget *widget, int width)
{
  int n = self->most, natural = widest (widget, TRUE);
  while (n > self->least && width_of_columns (self, n, natural) > width)
    n--;
  return n;
}

/* Puts the children into rows of @width, or (@places FALSE) only tells how high they are. */
static int
lay_out (QcColumnsLayout *self, GtkWidget *widget, int width, gboolean places)
{
  gboolean from_right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int n = count_columns (self, widget, width), column = (width - (n - 1) * self->spacing) / n;
  int at = 0, y = 0, row = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child)) {
    int height;
    if (!gtk_widget_should_layout (child))
      continue;
    if (at == n) {
      y += row + self->spacing;
      at = row = 0;
    }
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, column, NULL, &height, NULL, NULL);
    if (places) {
      int x = (from_right ? n - 1 - at : at) * (column + self->spacing);
      gtk_widget_size_allocate (child, &(GtkAllocation) {x, y, column, height}, -1);
    }
    row = MAX (row, height);
    at++;
  }
  return y + row;
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
  QcColumnsLayout *self = QC_COLUMNS_LAYOUT (manager);
  int least = width_of_columns (self, self->least, widest (widget, FALSE));
  int all = MAX (least, width_of_columns (self, self->most, widest (widget, TRUE)));
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = least;
    *natural = all;
  } else {
    *minimum = *natural = lay_out (self, widget, for_size < 0 ? all : MAX (for_size, least), FALSE);
  }
}

static void
allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  lay_out (QC_COLUMNS_LAYOUT (manager), widget, width, TRUE);
}

static void
qc_columns_layout_class_init (QcColumnsLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);
  layout_class->get_request_mode = get_request_mode;
  layout_class->measure = measure;
  layout_class->allocate = allocate;
}

static void
qc_columns_layout_init (QcColumnsLayout *self)
{
}

GtkLayoutManager *
qc_columns_layout_new (int least, int most, int spacing)
{
  QcColumnsLayout *self = g_object_new (QC_TYPE_COLUMNS_LAYOUT, NULL);
  self->least = least;
  self->most = most;
  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}
