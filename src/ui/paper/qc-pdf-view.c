/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The preview: one drawing area in a scrolled window, so that ten thousand pages cost no more than one. Main thread.
 */
#include "qc-pdf-view.h"

#include <glib/gi18n.h>

#define POINTS_PER_INCH 72.0
#define PIXELS_PER_INCH 96.0
#define POINTS_PER_MM   (72.0 / 25.4)
#define MIN_ZOOM        0.25
#define MAX_ZOOM        4.0
#define KEY_STEP        60 /* pixels */

struct _QcPdfView {
  GtkWidget parent_instance;
  GtkWidget *scrolled, *area;
  PopplerDocument *document; /* (owned) (nullable) */
  PopplerPage *page;         /* (owned) (nullable) */
  int number;
  double zoom;      /* or QC_PDF_VIEW_WIDTH, QC_PDF_VIEW_WHOLE */
  GArray *found;    /* (owned) (nullable) PopplerRectangle on this page */
  int current;      /* of those */
  double left, top; /* millimetres */
};

G_DEFINE_FINAL_TYPE (QcPdfView, qc_pdf_view, GTK_TYPE_WIDGET)

enum { RESIZED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Pixels for each point of the page. */
static double
get_scale (QcPdfView *self)
{
  int room = gtk_widget_get_width (self->scrolled) - 24, below = gtk_widget_get_height (self->scrolled) - 24;
  if (self->zoom > 0)
    return self->zoom * PIXELS_PER_INCH / POINTS_PER_INCH;
  double width, height;
  poppler_page_get_size (self->page, &width, &height);
  double scale = room > 0 ? room / width : 1.0;
  if (self->zoom == QC_PDF_VIEW_WHOLE && below > 0)
    scale = MIN (scale, below / height);
  return CLAMP (scale, MIN_ZOOM, MAX_ZOOM);
}

/* What was found, over the page, the one that is looked at in another colour and with a frame. */
static void
draw_found (QcPdfView *self, cairo_t *cr, double page_height)
{
  for (guint i = 0; self->found && i < self->found->len; i++) {
    const PopplerRectangle *place = &g_array_index (self->found, PopplerRectangle, i);
    cairo_rectangle (cr, place->x1 - 1, page_height - place->y2 - 1, place->x2 - place->x1 + 2,
                     place->y2 - place->y1 + 2);
    if ((int)i == self->current) {
      cairo_set_source_rgba (cr, 1, 0.55, 0, 0.5);
      cairo_fill_preserve (cr);
      cairo_set_source_rgb (cr, 0.75, 0.3, 0);
      cairo_set_line_width (cr, 1);
      cairo_stroke (cr);
    } else {
      cairo_set_source_rgba (cr, 1, 0.9, 0.1, 0.4);
      cairo_fill (cr);
    }
  }
}

static void
draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  QcPdfView *self = user_data;
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
  draw_found (self, cr, page_height);
}

/* What a screen reader says of it: the page's own text. */
static void
tell_text (QcPdfView *self)
{
  g_autofree char *text = self->page ? poppler_page_get_text (self->page) : NULL;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->area), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text ? text : "",
                                  -1);
}

static void
resize (QcPdfView *self)
{
  double width = 0, height = 0, scale = 1;
  if (self->page) {
    poppler_page_get_size (self->page, &width, &height);
    scale = get_scale (self);
  }
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (self->area), self->zoom > 0 ? (int)(width * scale) : 0);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->area), (int)(height * scale));
  gtk_widget_queue_draw (self->area);
  g_signal_emit (self, signals[RESIZED], 0);
}

/* Of another number or size: it is read from its beginning. */
static gboolean
is_other_page (const QcPdfView *self, PopplerPage *page, int number)
{
  double width, height, old_width, old_height;
  if (!self->page || !page || number != self->number)
    return TRUE;
  poppler_page_get_size (self->page, &old_width, &old_height);
  poppler_page_get_size (page, &width, &height);
  return width != old_width || height != old_height;
}

void
qc_pdf_view_set_page (QcPdfView *self, int page)
{
  g_return_if_fail (QC_IS_PDF_VIEW (self));
  int number = CLAMP (page, 0, MAX (0, qc_pdf_view_get_n_pages (self) - 1));
  PopplerPage *shown = self->document ? poppler_document_get_page (self->document, number) : NULL;
  if (is_other_page (self, shown, number))
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled)), 0);
  g_clear_pointer (&self->found, g_array_unref);
  g_clear_object (&self->page);
  self->page = shown;
  self->number = number;
  tell_text (self);
  resize (self);
}

gboolean
qc_pdf_view_set_pdf (QcPdfView *self, GBytes *pdf, GError **error)
{
  g_return_val_if_fail (QC_IS_PDF_VIEW (self), FALSE);
  PopplerDocument *document = NULL;
  if (pdf) {
    document = poppler_document_new_from_bytes (pdf, NULL, error);
    if (!document)
      return FALSE;
  }
  g_clear_object (&self->document);
  self->document = document;
  qc_pdf_view_set_page (self, self->number);
  return TRUE;
}

int
qc_pdf_view_get_n_pages (QcPdfView *self)
{
  return self->document ? poppler_document_get_n_pages (self->document) : 0;
}

int
qc_pdf_view_get_page (QcPdfView *self)
{
  return self->number;
}

void
qc_pdf_view_set_zoom (QcPdfView *self, double zoom)
{
  g_return_if_fail (QC_IS_PDF_VIEW (self));
  self->zoom = zoom > 0 ? CLAMP (zoom, MIN_ZOOM, MAX_ZOOM) : zoom;
  resize (self);
}

double
qc_pdf_view_get_zoom (QcPdfView *self)
{
  return self->zoom > 0 || !self->page ? self->zoom : get_scale (self) * POINTS_PER_INCH / PIXELS_PER_INCH;
}

/* What is looked at comes into sight, in the upper third. */
static void
scroll_to_found (QcPdfView *self)
{
  const PopplerRectangle *place = &g_array_index (self->found, PopplerRectangle, self->current);
  GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scrolled));
  double width, height, scale = get_scale (self);
  poppler_page_get_size (self->page, &width, &height);
  gtk_adjustment_set_value (down, (height - place->y2) * scale - gtk_adjustment_get_page_size (down) / 3);
  gtk_adjustment_set_value (across, place->x1 * scale - gtk_adjustment_get_page_size (across) / 2);
}

void
qc_pdf_view_set_found (QcPdfView *self, GArray *places, int current)
{
  g_return_if_fail (QC_IS_PDF_VIEW (self));
  g_clear_pointer (&self->found, g_array_unref);
  self->found = places ? g_array_ref (places) : NULL;
  self->current = current;
  if (places && self->page)
    scroll_to_found (self);
  gtk_widget_queue_draw (self->area);
}

PopplerDocument *
qc_pdf_view_get_document (QcPdfView *self)
{
  g_return_val_if_fail (QC_IS_PDF_VIEW (self), NULL);
  return self->document;
}

void
qc_pdf_view_set_label (QcPdfView *self, const char *label)
{
  g_return_if_fail (QC_IS_PDF_VIEW (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->area), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
qc_pdf_view_set_offset (QcPdfView *self, double left, double top)
{
  g_return_if_fail (QC_IS_PDF_VIEW (self));
  self->left = left;
  self->top = top;
  gtk_widget_queue_draw (self->area);
}

static gboolean
resize_later_cb (gpointer user_data)
{
  if (QC_PDF_VIEW (user_data)->scrolled) /* its window may be closed by now */
    resize (user_data);
  return G_SOURCE_REMOVE;
}

/* The room changed: the height follows once this allocation is over. */
static void
size_cb (QcPdfView *self)
{
  if (self->page && self->zoom <= 0)
    g_idle_add_full (G_PRIORITY_HIGH_IDLE, resize_later_cb, g_object_ref (self), g_object_unref);
}

static void
qc_pdf_view_dispose (GObject *object)
{
  QcPdfView *self = QC_PDF_VIEW (object);
  g_clear_object (&self->page);
  g_clear_object (&self->document);
  g_clear_pointer (&self->found, g_array_unref);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (qc_pdf_view_parent_class)->dispose (object);
}

/* @args: how far down and to the right, in steps. */
static gboolean
scroll_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  QcPdfView *self = QC_PDF_VIEW (widget);
  GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scrolled));
  int y, x;
  g_variant_get (args, "(ii)", &y, &x);
  gtk_adjustment_set_value (down, gtk_adjustment_get_value (down) + y * KEY_STEP);
  gtk_adjustment_set_value (across, gtk_adjustment_get_value (across) + x * KEY_STEP);
  return TRUE;
}

static void
qc_pdf_view_class_init (QcPdfViewClass *klass)
{
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Down, 0, scroll_cb, "(ii)", 1, 0);
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Up, 0, scroll_cb, "(ii)", -1, 0);
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Right, 0, scroll_cb, "(ii)", 0, 1);
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Left, 0, scroll_cb, "(ii)", 0, -1);
  G_OBJECT_CLASS (klass)->dispose = qc_pdf_view_dispose;
  signals[RESIZED] = g_signal_new ("resized", QC_TYPE_PDF_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
qc_pdf_view_init (QcPdfView *self)
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
qc_pdf_view_new (void)
{
  return g_object_new (QC_TYPE_PDF_VIEW, NULL);
}
