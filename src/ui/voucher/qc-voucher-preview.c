/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The preview: one drawing area in a scrolled window, so that ten thousand pages cost no more than one. Main thread.
 */
#include "qc-voucher-preview.h"

#include <glib/gi18n.h>
#include <poppler.h>

#define POINTS_PER_INCH 72.0
#define PIXELS_PER_INCH 96.0
#define POINTS_PER_MM   (72.0 / 25.4)
#define MIN_ZOOM        0.25
#define MAX_ZOOM        4.0

struct _QcVoucherPreview {
  GtkWidget parent_instance;
  GtkWidget *scrolled, *area;
  PopplerDocument *document; /* (owned) (nullable) */
  PopplerPage *page;         /* (owned) (nullable) */
  int number;
  double zoom;      /* 0 = fit the width */
  double left, top; /* millimetres */
};

G_DEFINE_FINAL_TYPE (QcVoucherPreview, qc_voucher_preview, GTK_TYPE_WIDGET)

/* Pixels for each point of the page. */
static double
get_scale (QcVoucherPreview *self)
{
  int room = gtk_widget_get_width (self->scrolled) - 24;
  if (self->zoom > 0)
    return self->zoom * PIXELS_PER_INCH / POINTS_PER_INCH;
  double width, height;
  poppler_page_get_size (self->page, &width, &height);
  return room > 0 ? CLAMP (room / width, MIN_ZOOM, MAX_ZOOM) : 1.0;
}

static void
draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  QcVoucherPreview *self = user_data;
  if (!self->page)
    return;
  double page_height;
  double page_width;
  poppler_page_get_size (self->page, &page_width, &page_height);
  double scale = get_scale (self);
  cairo_translate (cr, MAX (0, (width - page_width * scale) / 2), 0);
  cairo_scale (cr, scale, scale);
  cairo_set_source_rgb (cr, 1, 1, 1); /* paper is white in the dark too */
  cairo_rectangle (cr, 0, 0, page_width, page_height);
  cairo_fill_preserve (cr);
  cairo_clip (cr);
  cairo_translate (cr, self->left * POINTS_PER_MM, self->top * POINTS_PER_MM);
  poppler_page_render (self->page, cr);
}

/* What a screen reader says of it: the page's own text. */
static void
tell_text (QcVoucherPreview *self)
{
  g_autofree char *text = self->page ? poppler_page_get_text (self->page) : NULL;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->area), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text ? text : "",
                                  -1);
}

static void
resize (QcVoucherPreview *self)
{
  double width = 0, height = 0, scale = 1;
  if (self->page) {
    poppler_page_get_size (self->page, &width, &height);
    scale = get_scale (self);
  }
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (self->area), self->zoom > 0 ? (int)(width * scale) : 0);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->area), (int)(height * scale));
  gtk_widget_queue_draw (self->area);
}

void
qc_voucher_preview_set_page (QcVoucherPreview *self, int page)
{
  g_return_if_fail (QC_IS_VOUCHER_PREVIEW (self));
  g_clear_object (&self->page);
  self->number = CLAMP (page, 0, MAX (0, qc_voucher_preview_get_n_pages (self) - 1));
  if (self->document)
    self->page = poppler_document_get_page (self->document, self->number);
  tell_text (self);
  resize (self);
}

gboolean
qc_voucher_preview_set_pdf (QcVoucherPreview *self, GBytes *pdf, GError **error)
{
  g_return_val_if_fail (QC_IS_VOUCHER_PREVIEW (self), FALSE);
  PopplerDocument *document = NULL;
  if (pdf) {
    document = poppler_document_new_from_bytes (pdf, NULL, error);
    if (!document)
      return FALSE;
  }
  g_clear_object (&self->document);
  self->document = document;
  qc_voucher_preview_set_page (self, self->number);
  return TRUE;
}

int
qc_voucher_preview_get_n_pages (QcVoucherPreview *self)
{
  return self->document ? poppler_document_get_n_pages (self->document) : 0;
}

int
qc_voucher_preview_get_page (QcVoucherPreview *self)
{
  return self->number;
}

void
qc_voucher_preview_set_zoom (QcVoucherPreview *self, double zoom)
{
  g_return_if_fail (QC_IS_VOUCHER_PREVIEW (self));
  self->zoom = zoom > 0 ? CLAMP (zoom, MIN_ZOOM, MAX_ZOOM) : 0;
  resize (self);
}

double
qc_voucher_preview_get_zoom (QcVoucherPreview *self)
{
  return self->zoom > 0 || !self->page ? self->zoom : get_scale (self) * POINTS_PER_INCH / PIXELS_PER_INCH;
}

void
qc_voucher_preview_set_offset (QcVoucherPreview *self, double left, double top)
{
  g_return_if_fail (QC_IS_VOUCHER_PREVIEW (self));
  self->left = left;
  self->top = top;
  gtk_widget_queue_draw (self->area);
}

static gboolean
resize_later_cb (gpointer user_data)
{
  resize (user_data);
  return G_SOURCE_REMOVE;
}

/* The room changed: the height follows once this allocation is over. */
static void
size_cb (QcVoucherPreview *self)
{
  if (self->page && self->zoom <= 0)
    g_idle_add_full (G_PRIORITY_HIGH_IDLE, resize_later_cb, g_object_ref (self), g_object_unref);
}

static void
qc_voucher_preview_dispose (GObject *object)
{
  QcVoucherPreview *self = QC_VOUCHER_PREVIEW (object);
  g_clear_object (&self->page);
  g_clear_object (&self->document);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (qc_voucher_preview_parent_class)->dispose (object);
}

static void
qc_voucher_preview_class_init (QcVoucherPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_voucher_preview_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
qc_voucher_preview_init (QcVoucherPreview *self)
{
  self->area = gtk_drawing_area_new ();
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->area), draw_cb, self, NULL);
  g_signal_connect_swapped (self->area, "resize", G_CALLBACK (size_cb), self);
  gtk_widget_set_margin_top (self->area, 12);
  gtk_widget_set_margin_bottom (self->area, 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->area), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Preview of the voucher"), -1);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->area);
  gtk_widget_set_hexpand (self->scrolled, TRUE);
  gtk_widget_set_vexpand (self->scrolled, TRUE);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

GtkWidget *
qc_voucher_preview_new (void)
{
  return g_object_new (QC_TYPE_VOUCHER_PREVIEW, NULL);
}
