/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a file is by its first bytes, whatever its name says. Pure; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  /* pictures that are taken */
  QC_PICTURE_JPEG,
  QC_PICTURE_PNG,
  QC_PICTURE_HEIC,
  /* everything else */
  QC_PICTURE_AVIF,
  QC_PICTURE_GIF,
  QC_PICTURE_WEBP,
  QC_PICTURE_BMP,
  QC_PICTURE_TIFF,
  QC_PICTURE_SVG,
  QC_PICTURE_RARE, /* a picture of yet another kind */
  QC_PICTURE_PDF,
  QC_PICTURE_VIDEO,
  QC_PICTURE_OFFICE, /* an old document of an office program */
  QC_PICTURE_ARCHIVE,
  QC_PICTURE_TEXT,
  QC_PICTURE_EMPTY,
  QC_PICTURE_UNKNOWN,
} QcPictureKind;
#define QC_N_PICTURE_KINDS (QC_PICTURE_UNKNOWN + 1)

QcPictureKind qc_picture_kind (const guint8 *data, gsize size);
gboolean qc_picture_kind_is_taken (QcPictureKind kind);
/* The stable name of it ("jpeg"); and back: FALSE where there is no such kind. */
const char *qc_picture_kind_get_name (QcPictureKind kind);
gboolean qc_picture_kind_from_name (const char *name, QcPictureKind *out);
/* As it stands in a sentence ("a PDF"). */
const char *qc_picture_kind_get_words (QcPictureKind kind);

G_END_DECLS
