/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. Sizes are judged by the header before there is memory for pixels. One thread.
 */
#include "qc-raster.h"

#include <png.h>
#include <string.h>
#include <turbojpeg.h>

#include "qc-picture.h"

void
qc_raster_clear (QcRaster *raster)
{
  g_clear_pointer (&raster->rgb, g_free);
  g_clear_pointer (&raster->profile, g_bytes_unref);
}

const char *
qc_raster_judge (double width, double height)
{
  if (width < 1 || height < 1)
    return "damaged";
  if (width > QC_PICTURE_MAX_SIDE || height > QC_PICTURE_MAX_SIDE || width * height > QC_PICTURE_MAX_PIXELS)
    return "pixels";
  return width < QC_PICTURE_LEAST_SIDE || height < QC_PICTURE_LEAST_SIDE ? "small" : NULL;
}

gboolean
qc_raster_make_room (QcRaster *raster, guint width, guint height, gsize bytes)
{
  raster->width = width;
  raster->height = height;
  raster->rgb = g_try_malloc ((gsize)width * height * bytes);
  return raster->rgb != NULL;
}

/* ---- PNG ---- */

static guint
big_endian (const guint8 *p)
{
  return (guint)p[0] << 24 | (guint)p[1] << 16 | (guint)p[2] << 8 | p[3];
}

/* Whatever its bits, palette or interlacing; of an animated one the picture that everybody shows. */
const char *
qc_raster_read_png (QcRaster *out, const guint8 *data, gsize size)
{
  if (size < 33 || memcmp (data + 12, "IHDR", 4) != 0)
    return "cut-off";
  const char *fault = qc_raster_judge (big_endian (data + 16), big_endian (data + 20));
  if (fault != NULL)
    return fault;
  png_image image = {.version = PNG_IMAGE_VERSION};
  const png_color white = {255, 255, 255};
  gboolean good = FALSE;
  if (png_image_begin_read_from_memory (&image, data, size)) {
    image.format = PNG_FORMAT_RGB;
    good = qc_raster_make_room (out, image.width, image.height, 3)
           && png_image_finish_read (&image, &white, out->rgb, 0, NULL);
  }
  png_image_free (&image);
  return good ? NULL : "damaged";
}

/* ---- JPEG ---- */

/* Four colours of print become three of light, in their own place. */
static void
mix_colours (guint8 *pixels, gsize n, gboolean inverted)
{
  for (gsize i = 0; i < n; i++) {
    const guint8 *p = pixels + 4 * i;
    guint8 ink[4];
    for (guint k = 0; k < 4; k++)
      ink[k] = (guint8)(inverted ? p[k] : 255 - p[k]);
    for (guint k = 0; k < 3; k++)
      pixels[3 * i + k] = (guint8)(ink[k] * ink[3] / 255);
  }
}

const char *
qc_raster_read_jpeg (QcRaster *out, const guint8 *data, gsize size, const QcJpegHeader *header)
{
  gboolean print = header->components == 4;
  if (!qc_raster_make_room (out, header->width, header->height, print ? 4 : 3))
    return "damaged";
  tjhandle handle = tjInitDecompress ();
  gboolean good = tjDecompress2 (handle, data, (gulong)size, out->rgb, (int)out->width, 0, (int)out->height,
                                 print ? TJPF_CMYK : TJPF_RGB, TJFLAG_LIMITSCANS | TJFLAG_ACCURATEDCT)
                      == 0
                  || tjGetErrorCode (handle) == TJERR_WARNING;
  tjDestroy (handle);
  if (good && print)
    mix_colours (out->rgb, (gsize)out->width * out->height, header->is_adobe);
  return good ? NULL : "damaged";
}

/* ---- turning, shrinking ---- */

/* Where the pixel comes from that is to stand at @x, @y. */
static gsize
source_of (const QcRaster *from, QcUpright upright, guint x, guint y)
{
  gboolean across = qc_upright_is_across (upright);
  guint column = across ? y : x, row = across ? x : y;
  if (upright == 2 || upright == 3 || upright == 7 || upright == 8)
    column = from->width - 1 - column;
  if (upright == 3 || upright == 4 || upright == 6 || upright == 7)
    row = from->height - 1 - row;
  return (gsize)row * from->width + column;
}

gboolean
qc_raster_turn (QcRaster *raster, QcUpright upright)
{
  if (upright == QC_UPRIGHT)
    return TRUE;
  QcRaster turned = {0};
  gboolean across = qc_upright_is_across (upright);
  if (!qc_raster_make_room (&turned, across ? raster->height : raster->width, across ? raster->width : raster->height,
                            3))
    return FALSE;
  guint8 *to = turned.rgb;
  for (guint y = 0; y < turned.height; y++)
    for (guint x = 0; x < turned.width; x++, to += 3)
      memcpy (to, raster->rgb + 3 * source_of (raster, upright, x, y), 3);
  turned.profile = g_steal_pointer (&raster->profile);
  qc_raster_clear (raster);
  *raster = turned;
  return TRUE;
}

/* The mean of the pixels from @left to @right, @top to @bottom. */
static void
mix (const QcRaster *raster, guint left, guint right, guint top, guint bottom, guint8 *out)
{
  guint64 sums[3] = {0};
  for (guint y = top; y < bottom; y++)
    for (guint x = left; x < right; x++)
      for (guint i = 0; i < 3; i++)
        sums[i] += raster->rgb[3 * ((gsize)y * raster->width + x) + i];
  guint64 n = (guint64)(right - left) * (bottom - top);
  for (guint i = 0; i < 3; i++)
    out[i] = (guint8)((sums[i] + n / 2) / n);
}

/* Where piece @i of @n begins; each has at least one pixel. */
static guint
cut (guint length, guint n, guint i)
{
  return (guint)((guint64)length * i / n);
}

gboolean
qc_raster_shrink (const QcRaster *raster, guint side, QcRaster *out)
{
  double scale = MIN (1, (double)side / MAX (raster->width, raster->height));
  guint width = MAX (1, (guint)(raster->width * scale)), height = MAX (1, (guint)(raster->height * scale));
  if (!qc_raster_make_room (out, width, height, 3))
    return FALSE;
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      mix (raster, cut (raster->width, width, x), cut (raster->width, width, x + 1), cut (raster->height, height, y),
           cut (raster->height, height, y + 1), out->rgb + 3 * ((gsize)y * width + x));
  return TRUE;
}
