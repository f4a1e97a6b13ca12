/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. One thread.
 */
#include "qc-read-pdf.h"

#include <poppler.h>
#include <string.h>
#include "qc-read-picture.h"
#include "qc-read-text.h"
#include "qc-reader-limits.h"
#include "qc-reading.h"

#define ATTACHMENT      "qingce-voucher.txt"
#define MAX_ATTACHMENT  (32 * 1024 * 1024)
#define MAX_ALL_TEXTS   (16 * 1024 * 1024)
#define MAX_SCANNED     20 /* pages that are looked at for codes */
#define SCAN_MAX_PIXELS (16.0 * 1000 * 1000)
#define DRAW_SCALE      (170 / 72.0)

gboolean
qc_is_pdf (const guint8 *data, gsize size)
{
  return memmem (data, MIN (size, 1024), "%PDF-", 5) != NULL; /* as viewers have it */
}

static PopplerDocument *
open_document (GByteArray *answer, int fd)
{
  g_autoptr (GError) error = NULL;
  PopplerDocument *document = poppler_document_new_from_fd (fd, NULL, &error);
  if (document == NULL)
    qc_reading_fail (answer, g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED) ? "locked" : "unreadable");
  return document;
}

/* A page whose size makes sense; NULL where there is none. */
static PopplerPage *
open_page (PopplerDocument *document, guint number, double *width, double *height)
{
  PopplerPage *page = poppler_document_get_page (document, (int)number - 1);
  if (page == NULL)
    return NULL;
  poppler_page_get_size (page, width, height);
  if (*width > 0 && *height > 0 && *width <= QC_READER_MAX_POINTS && *height <= QC_READER_MAX_POINTS)
    return page;
  g_object_unref (page);
  return NULL;
}

/* A page that is missing or of no size makes the whole file unfit: nobody knows what a viewer would show. */
static gboolean
judge_pages (GByteArray *answer, PopplerDocument *document, guint n_pages)
{
  for (guint i = 1; i <= n_pages; i++) {
    double width, height;
    PopplerPage *page = open_page (document, i, &width, &height);
    if (page == NULL) {
      qc_reading_fail (answer, "too-large");
      return FALSE;
    }
    g_object_unref (page);
  }
  return TRUE;
}

/* ---- the attachment ---- */

static gboolean
gather_cb (const char *data, gsize size, gpointer user_data, GError **error)
{
  GByteArray *all = user_data;
  if (size > MAX_ATTACHMENT - all->len) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "too long");
    return FALSE;
  }
  g_byte_array_append (all, (const guint8 *)data, (guint)size);
  return TRUE;
}

/* FALSE where there is none: the attachment of another program, or one too long, is none. */
static gboolean
read_attachment (GByteArray *answer, PopplerDocument *document)
{
  GList *attachments = poppler_document_has_attachments (document) ? poppler_document_get_attachments (document) : NULL;
  guint n = 0;
  for (const GList *l = attachments; l != NULL; l = l->next) {
    PopplerAttachment *attachment = l->data;
    g_autoptr (GByteArray) data = g_byte_array_new ();
    if (g_strcmp0 (attachment->name, ATTACHMENT) == 0
        && poppler_attachment_save_to_callback (attachment, gather_cb, data, NULL))
      n += qc_read_lines (answer, (const char *)data->data, data->len);
  }
  g_list_free_full (attachments, g_object_unref);
  return n > 0;
}

/* ---- pages ---- */

/* (transfer full) */
static cairo_surface_t *
draw (PopplerPage *page, double width, double height, double scale)
{
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, MAX (1, (int)(width * scale)), MAX (1, (int)(height * scale)));
  cairo_t *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  poppler_page_render (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* @channels 1: grey; 3: red, green, blue. (transfer full) */
static guint8 *
take_pixels (cairo_surface_t *surface, int channels)
{
  gsize width = (gsize)cairo_image_surface_get_width (surface),
        height = (gsize)cairo_image_surface_get_height (surface);
  const guint8 *data = cairo_image_surface_get_data (surface);
  gsize stride = (gsize)cairo_image_surface_get_stride (surface);
  guint8 *pixels = g_malloc (width * height * (gsize)channels);
  guint8 *out = pixels;
  for (gsize y = 0; data != NULL && y < height; y++)
    for (gsize x = 0; x < width; x++) {
      guint32 pixel;
      memcpy (&pixel, data + y * stride + x * 4, sizeof pixel);
      const guint8 rgb[] = {(guint8)(pixel >> 16), (guint8)(pixel >> 8), (guint8)pixel};
      if (channels == 1)
        *out++ = (guint8)((rgb[0] * 77u + rgb[1] * 151u + rgb[2] * 28u) >> 8);
      else
        out = (guint8 *)memcpy (out, rgb, 3) + 3;
    }
  return pixels;
}

/* How many codes there are on a page drawn so large. */
static guint
scan_page (GByteArray *answer, guint number, PopplerPage *page, double width, double height, double dpi)
{
  double scale = qc_reader_scale_for (width, height, dpi / 72, QC_READER_MAX_SIDE, SCAN_MAX_PIXELS);
  cairo_surface_t *surface = draw (page, width, height, scale);
  g_autofree guint8 *grey = take_pixels (surface, 1);
  guint n = qc_scan_codes (answer, number, grey, cairo_image_surface_get_width (surface),
                           cairo_image_surface_get_height (surface));
  cairo_surface_destroy (surface);
  return n;
}

/* Of 150 vouchers zbar overlooked the code of 13 at 200 dots per inch, of none at all of these. */
static void
scan_pages (GByteArray *answer, PopplerDocument *document, guint n_pages)
{
  static const double sizes[] = {200, 300, 240, 170}; /* dots per inch */
  for (guint i = 1; i <= MIN (n_pages, MAX_SCANNED); i++) {
    double width, height;
    PopplerPage *page = open_page (document, i, &width, &height);
    guint found = 0;
    for (gsize size = 0; size < G_N_ELEMENTS (sizes) && found == 0; size++)
      found = scan_page (answer, i, page, width, height, sizes[size]);
    g_object_unref (page);
  }
}

/* Whether @b does not stand right beside @a, whichever way the page is turned: another line, or another cell. */
static gboolean
is_apart (const PopplerRectangle *a, const PopplerRectangle *b)
{
  double size = MAX (MAX (a->x2 - a->x1, a->y2 - a->y1), 1);
  double across = MAX (b->x1 - a->x2, a->x1 - b->x2), down = MAX (b->y1 - a->y2, a->y1 - b->y2);
  return MAX (across, down) > size / 4;
}

/* Poppler sets cells that stand beside each other together without a blank: they are parted by their places. */
static char *
part_cells (const char *text, const PopplerRectangle *places, guint n)
{
  GString *out = g_string_new (NULL);
  guint i = 0;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p), i++) {
    if (i > 0 && i < n && is_apart (&places[i - 1], &places[i]))
      g_string_append_c (out, '\n');
    g_string_append_unichar (out, g_utf8_get_char (p));
  }
  return g_string_free (out, FALSE);
}

static char *
dup_text (PopplerDocument *document, guint number)
{
  PopplerPage *page = poppler_document_get_page (document, (int)number - 1);
  g_autofree char *text = page != NULL ? poppler_page_get_text (page) : NULL;
  g_autofree PopplerRectangle *places = NULL;
  guint n = 0;
  if (text != NULL && !poppler_page_get_text_layout (page, &places, &n))
    n = 0;
  g_clear_object (&page);
  if (text == NULL)
    return NULL;
  g_autofree char *valid = g_utf8_make_valid (text, (gssize)MIN (strlen (text), QC_READING_MAX_TEXT / 8));
  return part_cells (valid, places, n);
}

static void
read_texts (GByteArray *answer, PopplerDocument *document, guint n_pages)
{
  gsize all = 0;
  for (guint i = 1; i <= MIN (n_pages, QC_READING_MAX_TEXTS) && all < MAX_ALL_TEXTS; i++) {
    g_autofree char *text = dup_text (document, i);
    if (text == NULL)
      continue;
    all += strlen (text);
    qc_reading_add (answer, "text", i, text, -1);
  }
}

static void
read_document (GByteArray *answer, PopplerDocument *document)
{
  guint n_pages = (guint)MAX (0, poppler_document_get_n_pages (document));
  if (n_pages > QC_READING_MAX_PAGES) {
    qc_reading_fail (answer, "too-large");
    return;
  }
  if (!judge_pages (answer, document, n_pages))
    return;
  qc_reading_add (answer, "kind", 0, "pdf", -1);
  qc_reading_add (answer, "pages", n_pages, "", 0);
  if (!read_attachment (answer, document))
    scan_pages (answer, document, n_pages);
  read_texts (answer, document, n_pages);
}

void
qc_read_pdf (GByteArray *answer, int fd)
{
  PopplerDocument *document = open_document (answer, fd);
  if (document != NULL)
    read_document (answer, document);
  g_clear_object (&document);
}

static void
draw_page (GByteArray *answer, PopplerDocument *document, guint number)
{
  guint n_pages = (guint)MAX (0, poppler_document_get_n_pages (document));
  double width = 0, height = 0;
  PopplerPage *page = number <= n_pages ? open_page (document, number, &width, &height) : NULL;
  if (page == NULL) {
    qc_reading_fail (answer, number <= n_pages ? "too-large" : "no-page");
    return;
  }
  cairo_surface_t *surface = draw (
      page, width, height, qc_reader_scale_for (width, height, DRAW_SCALE, QC_READING_MAX_SIDE, QC_READER_MAX_PIXELS));
  g_autofree guint8 *rgb = take_pixels (surface, 3);
  qc_reading_add (answer, "kind", 0, "pdf", -1);
  qc_reading_add (answer, "pages", MIN (n_pages, QC_READING_MAX_PAGES), "", 0);
  qc_reading_add (answer, "image", (guint)cairo_image_surface_get_width (surface), rgb,
                  (gssize)cairo_image_surface_get_width (surface) * cairo_image_surface_get_height (surface) * 3);
  cairo_surface_destroy (surface);
  g_object_unref (page);
}

void
qc_draw_pdf (GByteArray *answer, int fd, guint number)
{
  PopplerDocument *document = open_document (answer, fd);
  if (document != NULL)
    draw_page (answer, document, number);
  g_clear_object (&document);
}
