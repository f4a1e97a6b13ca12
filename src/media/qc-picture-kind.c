/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. Pure; any thread.
 */
#include "qc-picture-kind.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TEXT_LOOK 4096 /* bytes that say whether it is text */

static const struct {
  const char *name, *words;
} kinds[QC_N_PICTURE_KINDS] = {
    [QC_PICTURE_JPEG] = {"jpeg", N_ ("a JPEG picture")},
    [QC_PICTURE_PNG] = {"png", N_ ("a PNG picture")},
    [QC_PICTURE_HEIC] = {"heic", N_ ("a HEIC picture")},
    [QC_PICTURE_AVIF] = {"avif", N_ ("an AVIF picture")},
    [QC_PICTURE_GIF] = {"gif", N_ ("a GIF picture")},
    [QC_PICTURE_WEBP] = {"webp", N_ ("a WebP picture")},
    [QC_PICTURE_BMP] = {"bmp", N_ ("a BMP picture")},
    [QC_PICTURE_TIFF] = {"tiff", N_ ("a TIFF picture")},
    [QC_PICTURE_SVG] = {"svg", N_ ("an SVG drawing")},
    [QC_PICTURE_RARE] = {"rare", N_ ("a picture of a rare kind")},
    [QC_PICTURE_PDF] = {"pdf", N_ ("a PDF")},
    [QC_PICTURE_VIDEO] = {"video", N_ ("a video or a sound recording")},
    [QC_PICTURE_OFFICE] = {"office", N_ ("a document of an office program")},
    [QC_PICTURE_ARCHIVE] = {"archive", N_ ("an archive, or a document of an office program")},
    [QC_PICTURE_TEXT] = {"text", N_ ("a text")},
    [QC_PICTURE_EMPTY] = {"empty", N_ ("an empty file")},
    [QC_PICTURE_UNKNOWN] = {"unknown", N_ ("a file of an unknown kind")},
};

/* What stands at an offset, bytes, and what that makes of the file. */
#define MAGIC(kind, at, bytes)                       \
  {                                                  \
    QC_PICTURE_##kind, at, bytes, sizeof (bytes) - 1 \
  }
static const struct {
  QcPictureKind kind;
  guint at;
  const char *bytes;
  guint length;
} magics[] = {
    MAGIC (JPEG, 0, "\377\330\377"),
    MAGIC (PNG, 0, "\211PNG\r\n\032\n"),
    MAGIC (GIF, 0, "GIF87a"),
    MAGIC (GIF, 0, "GIF89a"),
    MAGIC (BMP, 0, "BM"),
    MAGIC (TIFF, 0, "II*\0"),
    MAGIC (TIFF, 0, "MM\0*"),
    MAGIC (TIFF, 0, "II+\0"),
    MAGIC (TIFF, 0, "MM\0+"),
    MAGIC (RARE, 0, "\0\0\0\014jP  \r\n\207\n"), /* JPEG 2000 */
    MAGIC (RARE, 0, "\377\117\377\121"),
    MAGIC (RARE, 0, "\0\0\0\014JXL \r\n\207\n"),
    MAGIC (RARE, 0, "\377\012"),
    MAGIC (RARE, 0, "\0\0\1\0"), /* an icon of Windows */
    MAGIC (RARE, 0, "8BPS"),
    MAGIC (PDF, 0, "%PDF-"),
    MAGIC (VIDEO, 0, "\032\105\337\243"), /* Matroska, WebM */
    MAGIC (VIDEO, 0, "FLV\1"),
    MAGIC (VIDEO, 0, "\0\0\1\272"),
    MAGIC (VIDEO, 0, "\0\0\1\263"),
    MAGIC (VIDEO, 0, "\060\046\262\165\216\146\317\021"), /* Windows Media */
    MAGIC (VIDEO, 0, "OggS"),
    MAGIC (VIDEO, 0, "ID3"),
    MAGIC (VIDEO, 0, "#!AMR"),
    MAGIC (VIDEO, 4, "moov"),
    MAGIC (VIDEO, 4, "mdat"),
    MAGIC (OFFICE, 0, "\320\317\021\340\241\261\032\341"),
    MAGIC (OFFICE, 0, "{\\rtf"),
    MAGIC (ARCHIVE, 0, "PK\3\4"),
    MAGIC (ARCHIVE, 0, "Rar!\032\7"),
    MAGIC (ARCHIVE, 0, "7z\274\257\047\034"),
    MAGIC (ARCHIVE, 0, "\037\213"),
};

static gboolean
stands_at (const guint8 *data, gsize size, gsize at, const char *bytes, gsize length)
{
  return size >= at + length && memcmp (data + at, bytes, length) == 0;
}

/* The file says of itself by brands of four letters what it is: a picture of HEVC, of AV1, or a video. */
static QcPictureKind
kind_by_brands (const guint8 *data, gsize size)
{
  static const struct {
    char brand[5];
    QcPictureKind kind;
  } brands[]
      = {{"heic", QC_PICTURE_HEIC}, {"heix", QC_PICTURE_HEIC}, {"heim", QC_PICTURE_HEIC}, {"heis", QC_PICTURE_HEIC},
         {"hevc", QC_PICTURE_HEIC}, {"hevx", QC_PICTURE_HEIC}, {"avif", QC_PICTURE_AVIF}, {"avis", QC_PICTURE_AVIF}};
  gsize length = (gsize)data[0] << 24 | (gsize)data[1] << 16 | (gsize)data[2] << 8 | data[3];
  gboolean general = stands_at (data, size, 8, "mif1", 4) || stands_at (data, size, 8, "msf1", 4);
  gsize end = MIN (MIN (length, size), 512);
  for (gsize at = 8; at + 4 <= end; at += at == 8 ? 8 : 4)
    for (gsize i = 0; i < G_N_ELEMENTS (brands); i++)
      if (memcmp (data + at, brands[i].brand, 4) == 0 && (at == 8 || general))
        return brands[i].kind;
  return general ? QC_PICTURE_RARE : QC_PICTURE_VIDEO;
}

static QcPictureKind
kind_by_riff (const guint8 *data, gsize size)
{
  return stands_at (data, size, 8, "WEBP", 4) ? QC_PICTURE_WEBP : QC_PICTURE_VIDEO;
}

/* UTF-8 or GB 18030 without control characters, or UTF-16 with its mark. */
static QcPictureKind
kind_by_text (const guint8 *data, gsize size)
{
  if (stands_at (data, size, 0, "\377\376", 2) || stands_at (data, size, 0, "\376\377", 2))
    return QC_PICTURE_TEXT;
  gsize look = MIN (size, TEXT_LOOK);
  for (gsize i = 0; i < look; i++)
    if (data[i] < 0x20 && !g_ascii_isspace (data[i]))
      return QC_PICTURE_UNKNOWN;
  gboolean drawn = g_strstr_len ((const char *)data, (gssize)look, "<svg") != NULL;
  return drawn ? QC_PICTURE_SVG : QC_PICTURE_TEXT;
}

QcPictureKind
qc_picture_kind (const guint8 *data, gsize size)
{
  if (size == 0)
    return QC_PICTURE_EMPTY;
  for (gsize i = 0; i < G_N_ELEMENTS (magics); i++)
    if (stands_at (data, size, magics[i].at, magics[i].bytes, magics[i].length))
      return magics[i].kind;
  if (stands_at (data, size, 4, "ftyp", 4))
    return kind_by_brands (data, size);
  if (stands_at (data, size, 0, "RIFF", 4))
    return kind_by_riff (data, size);
  return kind_by_text (data, size);
}

gboolean
qc_picture_kind_is_taken (QcPictureKind kind)
{
  return kind <= QC_PICTURE_HEIC;
}

const char *
qc_picture_kind_get_name (QcPictureKind kind)
{
  g_return_val_if_fail (kind < QC_N_PICTURE_KINDS, "unknown");
  return kinds[kind].name;
}

gboolean
qc_picture_kind_from_name (const char *name, QcPictureKind *out)
{
  for (guint i = 0; i < QC_N_PICTURE_KINDS; i++)
    if (g_strcmp0 (kinds[i].name, name) == 0) {
      *out = (QcPictureKind)i;
      return TRUE;
    }
  return FALSE;
}

const char *
qc_picture_kind_get_words (QcPictureKind kind)
{
  g_return_val_if_fail (kind < QC_N_PICTURE_KINDS, "");
  return _ (kinds[kind].words);
}
