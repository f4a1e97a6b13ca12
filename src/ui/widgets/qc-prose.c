/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-prose.h. Main thread.
 */
#include "qc-prose.h"

#define LEAST_CHARS 6 /* widths that text may be pressed into */

struct _QcProse {
  GtkWidget parent_instance;
  GtkLabel *label; /* borrowed: the child */
  int width;       /* what it was given last, 0 before */
  guint resize_source;
};

G_DEFINE_FINAL_TYPE (QcProse, qc_prose, GTK_TYPE_WIDGET)

/* In one line. */
static int
whole_width (QcProse *self)
{
  g_autoptr (PangoLayout) line = pango_layout_copy (gtk_label_get_layout (self->label));
  int width;
  pango_layout_set_width (line, -1);
  pango_layout_get_size (line, &width, NULL);
  return PANGO_PIXELS_CEIL (width);
}

static int
least_width (QcProse *self)
{
  PangoFontMetrics *metrics
      = pango_context_get_metrics (gtk_widget_get_pango_context (GTK_WIDGET (self->label)), NULL, NULL);
  int width = LEAST_CHARS * PANGO_PIXELS (pango_font_metrics_get_approximate_char_width (metrics));
  pango_font_metrics_unref (metrics);
  return width;
}

static void
qc_prose_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *least, int *natural,
                  int *least_baseline, int *natural_baseline)
{
  QcProse *self = QC_PROSE (widget);
  int whole = whole_width (self);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *least = MIN (whole, least_width (self));
    *natural = whole;
  } else {
    gtk_widget_measure (GTK_WIDGET (self->label), orientation, self->width > 0 ? MIN (self->width, whole) : whole,
                        least, natural, NULL, NULL);
  }
}

static gboolean
resize_cb (gpointer self)
{
  QC_PROSE (self)->resize_source = 0;
  gtk_widget_queue_resize (self);
  return G_SOURCE_REMOVE;
}

/* The height that was asked for was that of another width. */
static void
qc_prose_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  QcProse *self = QC_PROSE (widget);
  gtk_widget_allocate (GTK_WIDGET (self->label), width, height, baseline, NULL);
  int whole = whole_width (self), before = self->width > 0 ? self->width : whole;
  self->width = width;
  if (MIN (width, whole) != MIN (before, whole) && self->resize_source == 0)
    self->resize_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, resize_cb, self, NULL);
}

static void
qc_prose_dispose (GObject *object)
{
  QcProse *self = QC_PROSE (object);
  g_clear_handle_id (&self->resize_source, g_source_remove);
  if (self->label)
    gtk_widget_unparent (GTK_WIDGET (self->label));
  self->label = NULL;
  G_OBJECT_CLASS (qc_prose_parent_class)->dispose (object);
}

static void
qc_prose_class_init (QcProseClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = qc_prose_dispose;
  widget_class->measure = qc_prose_measure;
  widget_class->size_allocate = qc_prose_size_allocate;
}

static void
qc_prose_init (QcProse *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
}

GtkWidget *
qc_prose_new (const char *text)
{
  QcProse *self = g_object_new (QC_TYPE_PROSE, NULL);
  qc_prose_set_text (self, text);
  return GTK_WIDGET (self);
}

void
qc_prose_set_text (QcProse *self, const char *text)
{
  g_return_if_fail (QC_IS_PROSE (self));
  gtk_label_set_text (self->label, text ? text : "");
}
