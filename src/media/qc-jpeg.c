/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. Pure; any thread.
 */
#include "qc-jpeg.h"

#include <string.h>

#include "qc-colour-profile.h"

enum { SOF0 = 0xc0, DHT = 0xc4, JPG = 0xc8, DAC = 0xcc, SOF15 = 0xcf, RST0 = 0xd0, RST7 = 0xd7 };
enum { SOI = 0xd8, EOI, SOS, DQT, DRI = 0xdd, APP0 = 0xe0, APP1, APP2, APP14 = 0xee };

#define JFIF_LENGTH  14 /* without a preview */
#define ADOBE_LENGTH 12

/* ---- upright ---- */

QcUpright
qc_upright_turn (QcUpright upright, guint turn)
{
  static const QcUpright after[9] = {1, 6, 7, 8, 5, 2, 3, 4, 1}; /* 90° clockwise */
  g_return_val_if_fail (upright >= 1 && upright <= 8, QC_UPRIGHT);
  for (guint i = 0; i < turn / 90 % 4; i++)
    upright = after[upright];
  return upright;
}

gboolean
qc_upright_is_across (QcUpright upright)
{
  return upright >= 5;
}

/* ---- markers ---- */

typedef struct {
  const guint8 *at, *end;
  guint8 marker;
  const guint8 *body; /* of the marker, without its length */
  gsize length;
} Walk;

/* The coded picture behind the beginning of a scan, up to the next marker. */
static const guint8 *
skip_scan (const guint8 *p, const guint8 *end)
{
  while (p < end && (p = memchr (p, 0xff, (gsize)(end - p))) != NULL) {
    if (p + 1 >= end)
      return end;
    if (p[1] != 0 && p[1] != 0xff && (p[1] < RST0 || p[1] > RST7))
      return p;
    p += p[1] == 0xff ? 1 : 2;
  }
  return end;
}

/* FALSE at the end of the bytes, or where there is no marker. */
static gboolean
walk_on (Walk *walk)
{
  const guint8 *p = walk->marker == SOS ? skip_scan (walk->at, walk->end) : walk->at;
  if (p >= walk->end || *p != 0xff)
    return FALSE;
  while (p < walk->end && *p == 0xff) /* any number of them fills up */
    p++;
  if (p >= walk->end)
    return FALSE;
  walk->marker = *p++;
  walk->body = p;
  walk->length = 0;
  if (walk->marker != SOI && walk->marker != EOI && (walk->marker < RST0 || walk->marker > RST7)) {
    gsize length = walk->end - p >= 2 ? (gsize)p[0] << 8 | p[1] : 0;
    if (length < 2 || length > (gsize)(walk->end - p))
      return FALSE;
    walk->body = p + 2;
    walk->length = length - 2;
  }
  walk->at = walk->body + walk->length;
  return TRUE;
}

static gboolean
is_frame (guint8 marker)
{
  return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
}

static gboolean
is_profile (const Walk *walk)
{
  return walk->marker == APP2 && walk->length > QC_JPEG_PROFILE_LENGTH
         && memcmp (walk->body, QC_JPEG_PROFILE, QC_JPEG_PROFILE_LENGTH) == 0;
}

/* ---- EXIF ---- */

static guint
read_number (const guint8 *p, guint bytes, gboolean little)
{
  guint value = 0;
  for (guint i = 0; i < bytes; i++)
    value = value << 8 | p[little ? bytes - 1 - i : i];
  return value;
}

/* The orientation of the first directory, or 0. */
static QcUpright
read_orientation (const guint8 *exif, gsize length)
{
  if (length < 14 || memcmp (exif, "Exif\0", 6) != 0)
    return 0;
  const guint8 *tiff = exif + 6;
  length -= 6;
  gboolean little = memcmp (tiff, "II*\0", 4) == 0;
  if (!little && memcmp (tiff, "MM\0*", 4) != 0)
    return 0;
  gsize at = read_number (tiff + 4, 4, little);
  if (at > length - 2)
    return 0;
  guint n = read_number (tiff + at, 2, little);
  at += 2;
  for (guint i = 0; i < n && at + 12 <= length; i++, at += 12) {
    guint value = read_number (tiff + at + 8, 2, little);
    if (read_number (tiff + at, 2, little) == 0x0112 && read_number (tiff + at + 2, 2, little) == 3)
      return value <= 8 ? value : 0;
  }
  return 0;
}

/* ---- the header ---- */

static gboolean
read_frame (const Walk *walk, QcJpegHeader *out)
{
  if (walk->length < 6 || out->components != 0) /* a second frame is another picture */
    return FALSE;
  out->frame = walk->marker;
  out->bits = walk->body[0];
  out->height = read_number (walk->body + 1, 2, FALSE);
  out->width = read_number (walk->body + 3, 2, FALSE);
  out->components = walk->body[5];
  return out->height > 0 && out->width > 0 && out->components > 0;
}

QcJpegState
qc_jpeg_read_header (const guint8 *data, gsize size, QcJpegHeader *out)
{
  Walk walk = {.at = data, .end = data + size};
  *out = (QcJpegHeader) {.upright = QC_UPRIGHT};
  QcUpright said = 0;
  if (!walk_on (&walk) || walk.marker != SOI)
    return QC_JPEG_DAMAGED;
  while (walk_on (&walk) && walk.marker != EOI) {
    if (is_frame (walk.marker) && !read_frame (&walk, out))
      return QC_JPEG_DAMAGED;
    if (walk.marker == APP1 && said == 0)
      said = read_orientation (walk.body, walk.length);
    if (walk.marker == APP14 && walk.length >= 5 && memcmp (walk.body, "Adobe", 5) == 0)
      out->is_adobe = TRUE;
    if (is_profile (&walk)) {
      out->profile = walk.body + QC_JPEG_PROFILE_LENGTH;
      out->profile_length = walk.length - QC_JPEG_PROFILE_LENGTH;
    }
    if (walk.marker == SOS && out->components == 0)
      return QC_JPEG_DAMAGED;
    out->n_scans += walk.marker == SOS;
  }
  if (said != 0)
    out->upright = said;
  if (out->n_scans > 0 && walk.marker == EOI)
    return QC_JPEG_GOOD;
  gboolean cut = walk.marker == SOS || (walk.marker != EOI && walk.at >= walk.end);
  return cut ? QC_JPEG_CUT_OFF : QC_JPEG_DAMAGED;
}

/* JFIF and Adobe's word about the colours, which a decoder needs; and what the picture itself is made of. */
static gboolean
is_bare_marker (const Walk *walk)
{
  if (walk->marker == APP0)
    return walk->length == JFIF_LENGTH && memcmp (walk->body, "JFIF", 5) == 0;
  if (is_profile (walk))
    return qc_colour_profile_is_kept (walk->body + QC_JPEG_PROFILE_LENGTH, walk->length - QC_JPEG_PROFILE_LENGTH);
  if (walk->marker == APP14)
    return walk->length == ADOBE_LENGTH && memcmp (walk->body, "Adobe", 5) == 0;
  return is_frame (walk->marker) || walk->marker == DHT || walk->marker == DAC || walk->marker == DQT
         || walk->marker == DRI || walk->marker == SOS;
}

gboolean
qc_jpeg_is_bare (const guint8 *data, gsize size)
{
  QcJpegHeader header;
  Walk walk = {.at = data, .end = data + size};
  if (qc_jpeg_read_header (data, size, &header) != QC_JPEG_GOOD || !walk_on (&walk))
    return FALSE;
  while (walk_on (&walk)) {
    if (walk.marker == EOI)
      return walk.at == walk.end;
    if (!is_bare_marker (&walk))
      return FALSE;
  }
  return FALSE;
}
