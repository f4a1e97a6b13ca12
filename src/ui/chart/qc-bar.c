/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-bar.h. Main thread.
 */
#include "qc-bar.h"

#define WIDEST     40  /* pixels of a bar's columns together */
#define PART       0.6 /* of the bar's room that its columns take */
#define GAP        3   /* pixels between columns and texts */
#define LEAST_BAR  8   /* pixels */
#define LEAST_ROOM 64  /* pixels for the columns to rise in */

struct _QcBar {
  GtkWidget parent_instance;
  QcBarPoint *point; /* (owned) */
  guint n_series;
  gint64 most;
  GtkWidget *top, *tick;             /* borrowed children */
  GtkWidget *columns[QC_BAR_SERIES]; /* borrowed children, (nullable) */
};

G_DEFINE_FINAL_TYPE (QcBar, qc_bar, GTK_TYPE_WIDGET)

static void
qc_bar_dispose (GObject *object)
{
  QcBar *self = QC_BAR (object);
  g_clear_pointer (&self->top, gtk_widget_unparent);
  g_clear_pointer (&self->tick, gtk_widget_unparent);
  for (guint i = 0; i < QC_BAR_SERIES; i++)
    g_clear_pointer (&self->columns[i], gtk_widget_unparent);
  g_clear_object (&self->point);
  G_OBJECT_CLASS (qc_bar_parent_class)->dispose (object);
}

static int
natural_size (GtkWidget *widget, GtkOrientation orientation)
{
  int natural;
  gtk_widget_measure (widget, orientation, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static void
qc_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                int *minimum_baseline, int *natural_baseline)
{
  QcBar *self = QC_BAR (widget);
  *minimum = *natural = LEAST_BAR * (int)self->n_series;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural
        = natural_size (self->top, orientation) + natural_size (self->tick, orientation) + 2 * GAP + LEAST_ROOM;
}

/* In the middle of the bar, wider than it where the text is. */
static void
place_text (GtkWidget *text, int width, int y)
{
  int wide = natural_size (text, GTK_ORIENTATION_HORIZONTAL), high = natural_size (text, GTK_ORIENTATION_VERTICAL);
  if (gtk_widget_get_child_visible (text))
    gtk_widget_size_allocate (text, &(GtkAllocation) {(width - wide) / 2, y, wide, high}, -1);
}

static void
qc_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  QcBar *self = QC_BAR (widget);
  int above = natural_size (self->top, GTK_ORIENTATION_VERTICAL) + GAP;
  int floor = qc_bar_get_floor (self, height);
  int wide = CLAMP ((int)(width * PART), 1, WIDEST) / (int)self->n_series;
  int highest = 0;
  wide = MAX (wide, 1);
  for (guint i = 0; i < self->n_series; i++) {
    gint64 value = CLAMP (qc_bar_point_get_value (self->point, i), 0, self->most);
    int high = (int)((double)MAX (floor - above, 0) * (double)value / (double)self->most);
    high = value > 0 ? MAX (high, 1) : 0;
    highest = MAX (highest, high);
    gtk_widget_set_child_visible (self->columns[i], high > 0);
    if (high > 0)
      gtk_widget_size_allocate (
          self->columns[i],
          &(GtkAllocation) {(width - wide * (int)self->n_series) / 2 + wide * (int)i, floor - high, wide, high}, -1);
  }
  place_text (self->top, width, floor - highest - above);
  place_text (self->tick, width, floor + GAP);
}

static void
qc_bar_class_init (QcBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = qc_bar_dispose;
  widget_class->measure = qc_bar_measure;
  widget_class->size_allocate = qc_bar_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
qc_bar_init (QcBar *self)
{
  self->most = 1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/* A part that is seen and not heard: the bar says it all. */
static GtkWidget *
add_part (QcBar *self, GType type, const char *css_name)
{
  GtkWidget *part = g_object_new (type, "css-name", css_name, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  "can-target", FALSE, NULL);
  gtk_widget_set_parent (part, GTK_WIDGET (self));
  return part;
}

GtkWidget *
qc_bar_new (QcBarPoint *point, guint n_series)
{
  static const char *const classes[QC_BAR_SERIES] = {"first", "second"};
  g_return_val_if_fail (n_series >= 1 && n_series <= QC_BAR_SERIES, NULL);
  QcBar *self = g_object_new (QC_TYPE_BAR, NULL);
  const char *top = qc_bar_point_get_top (point);
  self->point = g_object_ref (point);
  self->n_series = n_series;
  for (guint i = 0; i < n_series; i++) {
    self->columns[i] = add_part (self, GTK_TYPE_BOX, "column");
    gtk_widget_add_css_class (self->columns[i], classes[i]);
  }
  self->top = add_part (self, GTK_TYPE_LABEL, "top");
  self->tick = add_part (self, GTK_TYPE_LABEL, "tick");
  gtk_label_set_label (GTK_LABEL (self->top), top ? top : "");
  gtk_label_set_label (GTK_LABEL (self->tick), qc_bar_point_get_tick (point));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), qc_bar_point_get_words (point));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, qc_bar_point_get_words (point),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "", -1);
  return GTK_WIDGET (self);
}

QcBarPoint *
qc_bar_get_point (QcBar *self)
{
  return self->point;
}

void
qc_bar_set_most (QcBar *self, gint64 most)
{
  self->most = MAX (most, 1);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

int
qc_bar_get_floor (QcBar *self, int height)
{
  return height - natural_size (self->tick, GTK_ORIENTATION_VERTICAL) - GAP;
}

void
qc_bar_measure_texts (QcBar *self, int *top, int *tick)
{
  *top = natural_size (self->top, GTK_ORIENTATION_HORIZONTAL);
  *tick = natural_size (self->tick, GTK_ORIENTATION_HORIZONTAL);
}

void
qc_bar_set_shown (QcBar *self, gboolean top, gboolean tick)
{
  gtk_widget_set_child_visible (self->top, top);
  gtk_widget_set_child_visible (self->tick, tick);
}
