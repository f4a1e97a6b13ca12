/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. One thread.
 */
#include "qc-read-picture.h"

#include <string.h>
#include <zbar.h>
#include "qc-reader-limits.h"
#include "qc-reading.h"

#define PNG_MAGIC   "\211PNG\r\n\032\n"
#define DECODED_MAX (16.0 * 1000 * 1000) /* pixels that a large JPEG is decoded to */

static gboolean
is_png (const guint8 *data, gsize size)
{
  return size >= 8 && memcmp (data, PNG_MAGIC, 8) == 0;
}

gboolean
qc_is_picture (const guint8 *data, gsize size)
{
  return is_png (data, size) || (size >= 3 && memcmp (data, "\377\330\377", 3) == 0);
}

/* ---- the header ---- */

static guint
big_endian (const guint8 *p, int n)
{
  guint value = 0;
  for (int i = 0; i < n; i++)
    value = value << 8 | p[i];
  return value;
}

static gboolean
read_png_size (const guint8 *data, gsize size, guint *width, guint *height)
{
  if (size < 33 || memcmp (data + 12, "IHDR", 4) != 0)
    return FALSE;
  *width = big_endian (data + 16, 4);
  *height = big_endian (data + 20, 4);
  return TRUE;
}

/* The first frame header; the decoder takes no other one. */
static gboolean
read_jpeg_size (const guint8 *data, gsize size, guint *width, guint *height)
{
  gsize at = 2;
  while (at + 9 < size && data[at] == 0xff) {
    guint8 marker = data[at + 1];
    if (marker == 0xff) { /* a byte that fills up */
      at++;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
      *height = big_endian (data + at + 5, 2);
      *width = big_endian (data + at + 7, 2);
      return TRUE;
    }
    at += 2 + (gsize)big_endian (data + at + 2, 2);
  }
  return FALSE;
}

/* Says what is wrong, if anything is. */
static gboolean
judge (GByteArray *answer, const guint8 *data, gsize size)
{
  guint width = 0, height = 0;
  gboolean known = is_png (data, size) ? read_png_size (data, size, &width, &height)
                                       : read_jpeg_size (data, size, &width, &height);
  if (!known || width == 0 || height == 0)
    qc_reading_fail (answer, "unreadable");
  else if (width > QC_READER_MAX_SIDE || height > QC_READER_MAX_SIDE || (double)width * height > QC_READER_MAX_PIXELS)
    qc_reading_fail (answer, "too-large");
  else
    return TRUE;
  return FALSE;
}

/* ---- decoding ---- */

static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  double scale = qc_reader_scale_for (width, height, 1, QC_READER_MAX_SIDE, DECODED_MAX);
  if (scale < 1)
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int)(width * scale)), MAX (1, (int)(height * scale)));
}

/* (nullable) (transfer full) */
static GdkPixbuf *
decode (const guint8 *data, gsize size)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (is_png (data, size) ? "png" : "jpeg", NULL);
  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), NULL);
  gboolean good = gdk_pixbuf_loader_write (loader, data, size, NULL);
  good = gdk_pixbuf_loader_close (loader, NULL) && good;
  if (!good || gdk_pixbuf_loader_get_pixbuf (loader) == NULL)
    return NULL;
  return gdk_pixbuf_apply_embedded_orientation (gdk_pixbuf_loader_get_pixbuf (loader));
}

/* ---- codes ---- */

guint
qc_scan_codes (GByteArray *answer, guint page, const guint8 *grey, int width, int height)
{
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();
  zbar_image_t *image = zbar_image_create ();
  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, (unsigned)width, (unsigned)height);
  zbar_image_set_data (image, grey, (gsize)width * (gsize)height, NULL);
  zbar_scan_image (scanner, image);
  guint n = 0;
  for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL;
       symbol = zbar_symbol_next (symbol)) {
    const char *text = zbar_symbol_get_data (symbol);
    guint length = zbar_symbol_get_data_length (symbol);
    if (length <= QC_READING_MAX_TEXT && memchr (text, 0, length) == NULL && g_utf8_validate_len (text, length, NULL))
      n += qc_reading_add (answer, "voucher", page, text, (gssize)length);
  }
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
  return n;
}

/* (transfer full) */
static guint8 *
to_grey (const GdkPixbuf *pixbuf, int width, int height)
{
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  gsize stride = (gsize)gdk_pixbuf_get_rowstride (pixbuf), channels = (gsize)gdk_pixbuf_get_n_channels (pixbuf);
  gboolean alpha = gdk_pixbuf_get_has_alpha (pixbuf);
  guint8 *grey = g_malloc ((gsize)width * (gsize)height);
  for (gsize y = 0; y < (gsize)height; y++)
    for (gsize x = 0; x < (gsize)width; x++) {
      const guint8 *p = pixels + y * stride + x * channels;
      guint value = (p[0] * 77u + p[1] * 151u + p[2] * 28u) >> 8;
      grey[y * (gsize)width + x] = (guint8)(alpha ? (value * p[3] + 255u * (255u - p[3])) / 255u : value);
    }
  return grey;
}

static guint
scan (GByteArray *answer, const GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  g_autofree guint8 *grey = to_grey (pixbuf, width, height);
  return qc_scan_codes (answer, 1, grey, width, height);
}

/* A small picture has modules of two pixels: zbar reads them when they are doubled. */
static guint
scan_doubled (GByteArray *answer, const GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  g_autoptr (GdkPixbuf) doubled = NULL;
  if ((double)width * height * 4 <= DECODED_MAX)
    doubled = gdk_pixbuf_scale_simple (pixbuf, width * 2, height * 2, GDK_INTERP_BILINEAR);
  return doubled != NULL ? scan (answer, doubled) : 0;
}

void
qc_read_picture (GByteArray *answer, const guint8 *data, gsize size)
{
  g_autoptr (GdkPixbuf) pixbuf = judge (answer, data, size) ? decode (data, size) : NULL;
  if (pixbuf != NULL) {
    qc_reading_add (answer, "kind", 0, "picture", -1);
    qc_reading_add (answer, "pages", 1, "", 0);
    if (scan (answer, pixbuf) == 0)
      scan_doubled (answer, pixbuf);
  }
}

/* ---- as an image ---- */

void
qc_draw_picture (GByteArray *answer, const guint8 *data, gsize size)
{
  g_autoptr (GdkPixbuf) pixbuf = judge (answer, data, size) ? decode (data, size) : NULL;
  g_autoptr (GByteArray) rgb = g_byte_array_new ();
  if (pixbuf == NULL)
    return;
  int width = gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);
  double scale = qc_reader_scale_for (width, height, 1, QC_READING_MAX_SIDE, QC_READER_MAX_PIXELS);
  width = CLAMP ((int)(width * scale), 1, QC_READING_MAX_SIDE);
  height = CLAMP ((int)(height * scale), 1, QC_READING_MAX_SIDE);
  g_autoptr (GdkPixbuf) small = gdk_pixbuf_scale_simple (pixbuf, width, height, GDK_INTERP_BILINEAR);
  if (small == NULL)
    return;
  int channels = gdk_pixbuf_get_n_channels (small);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      const guint8 *p
          = gdk_pixbuf_read_pixels (small) + (gsize)y * (gsize)gdk_pixbuf_get_rowstride (small) + (gsize)(x * channels);
      g_byte_array_append (rgb, p, 3);
    }
  qc_reading_add (answer, "kind", 0, "picture", -1);
  qc_reading_add (answer, "pages", 1, "", 0);
  qc_reading_add (answer, "image", (guint)width, rgb->data, (gssize)rgb->len);
}
