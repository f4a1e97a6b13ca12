/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-prose.h. It is drawn by a GtkInscription, which asks for nothing by itself. Main thread.
 */
#include "qc-prose.h"

#define LEAST_CHARS 6 /* widths that text may be pressed into */

struct _QcProse {
  GtkWidget parent_instance;
  GtkInscription *words; /* borrowed: the child */
  char *room_for;        /* (owned) (nullable) */
  gboolean unbroken;
  int width;                     /* what it was given last, 0 before */
  int asked_width, asked_height; /* in one line, and there */
  guint resize_source;
};

G_DEFINE_FINAL_TYPE (QcProse, qc_prose, GTK_TYPE_WIDGET)

/* Of @text at @width pixels, -1 = in one line. */
static void
measure_text (QcProse *self, const char *text, int width, int *out_width, int *out_height)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self->words), text);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, width < 0 ? -1 : width * PANGO_SCALE);
  pango_layout_get_size (layout, out_width, out_height);
  *out_width = PANGO_PIXELS_CEIL (*out_width);
  *out_height = PANGO_PIXELS_CEIL (*out_height);
}

/* In one line. */
static int
whole_width (QcProse *self)
{
  int width, height, room = 0;
  measure_text (self, qc_prose_get_text (self), -1, &width, &height);
  if (self->room_for)
    measure_text (self, self->room_for, -1, &room, &height);
  return MAX (width, room);
}

static int
least_width (QcProse *self)
{
  PangoFontMetrics *metrics
      = pango_context_get_metrics (gtk_widget_get_pango_context (GTK_WIDGET (self->words)), NULL, NULL);
  int width = LEAST_CHARS * PANGO_PIXELS (pango_font_metrics_get_approximate_char_width (metrics));
  pango_font_metrics_unref (metrics);
  return width;
}

static int
height_at (QcProse *self, int width)
{
  int taken, height;
  measure_text (self, qc_prose_get_text (self), self->unbroken ? -1 : width, &taken, &height);
  return height;
}

static void
qc_prose_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *least, int *natural,
                  int *least_baseline, int *natural_baseline)
{
  QcProse *self = QC_PROSE (widget);
  int whole = whole_width (self);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    self->asked_width = whole;
    *least = self->unbroken ? whole : MIN (whole, least_width (self));
    *natural = whole;
  } else {
    self->asked_height = height_at (self, self->width > 0 ? MIN (self->width, whole) : whole);
    *least = *natural = self->asked_height;
  }
}

/* What was asked for last was for another text, or at another width. */
static gboolean
asks_anew (QcProse *self)
{
  int whole = whole_width (self);
  return (self->width < whole && whole != self->asked_width)
         || height_at (self, MIN (self->width, whole)) != self->asked_height;
}

static gboolean
resize_cb (gpointer self)
{
  QC_PROSE (self)->resize_source = 0;
  gtk_widget_queue_resize (self);
  return G_SOURCE_REMOVE;
}

static void
qc_prose_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  QcProse *self = QC_PROSE (widget);
  gtk_widget_allocate (GTK_WIDGET (self->words), width, height, baseline, NULL);
  self->width = width;
  if (self->resize_source == 0 && asks_anew (self))
    self->resize_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, resize_cb, self, NULL);
}

static void
qc_prose_dispose (GObject *object)
{
  QcProse *self = QC_PROSE (object);
  g_clear_handle_id (&self->resize_source, g_source_remove);
  if (self->words)
    gtk_widget_unparent (GTK_WIDGET (self->words));
  self->words = NULL;
  g_clear_pointer (&self->room_for, g_free);
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
  self->words = GTK_INSCRIPTION (gtk_inscription_new ("")); /* a screen reader's bridge takes no NULL */
  gtk_inscription_set_min_chars (self->words, 0);
  gtk_inscription_set_nat_chars (self->words, 0);
  gtk_inscription_set_xalign (self->words, 0);
  gtk_widget_set_parent (GTK_WIDGET (self->words), GTK_WIDGET (self));
}

GtkWidget *
qc_prose_new (const char *text)
{
  QcProse *self = g_object_new (QC_TYPE_PROSE, NULL);
  qc_prose_set_text (self, text);
  return GTK_WIDGET (self);
}

GtkWidget *
qc_prose_new_unbroken (const char *text)
{
  QcProse *self = QC_PROSE (qc_prose_new (text));
  self->unbroken = TRUE;
  return GTK_WIDGET (self);
}

const char *
qc_prose_get_text (QcProse *self)
{
  g_return_val_if_fail (QC_IS_PROSE (self), NULL);
  return gtk_inscription_get_text (self->words);
}

void
qc_prose_set_text (QcProse *self, const char *text)
{
  g_return_if_fail (QC_IS_PROSE (self));
  if (g_str_equal (qc_prose_get_text (self), text ? text : ""))
    return;
  gtk_inscription_set_text (self->words, text ? text : "");
  if (self->width == 0 || asks_anew (self))
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
qc_prose_explain (QcProse *self, const char *words)
{
  g_return_if_fail (QC_IS_PROSE (self));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->words), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words ? words : "",
                                  -1);
}

void
qc_prose_set_room_for (QcProse *self, const char *text)
{
  g_return_if_fail (QC_IS_PROSE (self));
  g_free (self->room_for);
  self->room_for = g_strdup (text);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
