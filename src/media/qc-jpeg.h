/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A JPEG file by its markers, without decoding it: how large it says it is, which way up, and whether it holds anything
 * but the picture. Every length is held against what is there. Pure; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a picture has to be turned to stand upright, in the numbers of EXIF: 1 stands, 2 is mirrored left to right, 3 by
 * 180°, 4 is mirrored top to bottom, 5 transposed, 6 by 90° clockwise, 7 transposed the other way, 8 by 270°. */
typedef guint QcUpright;
#define QC_UPRIGHT 1
/* @upright, and then @turn degrees clockwise (0, 90, 180, 270). */
QcUpright qc_upright_turn (QcUpright upright, guint turn);
/* Whether width and height change places. */
gboolean qc_upright_is_across (QcUpright upright);

typedef enum { QC_JPEG_GOOD, QC_JPEG_DAMAGED, QC_JPEG_CUT_OFF } QcJpegState;

typedef struct {
  guint width, height;
  guint bits;       /* of a colour */
  guint components; /* colours */
  guint8 frame;     /* the marker that begins it: 0xc0 baseline, 0xc2 progressive, ... */
  guint n_scans;
  QcUpright upright;     /* by its EXIF */
  gboolean is_adobe;     /* which has the four colours of print the other way round */
  const guint8 *profile; /* (nullable) borrowed: the ICC profile of its colours, where it stands in one piece */
  gsize profile_length;
} QcJpegHeader;

/* What stands before the bytes of a profile in its segment. */
#define QC_JPEG_PROFILE        "ICC_PROFILE\0\1\1"
#define QC_JPEG_PROFILE_LENGTH (sizeof QC_JPEG_PROFILE - 1)

/* All markers up to the end of the picture. CUT_OFF: they end before it, which @out says as far as it goes. */
QcJpegState qc_jpeg_read_header (const guint8 *data, gsize size, QcJpegHeader *out);

/* Whether it is one picture and nothing else: no EXIF, XMP, comment, preview, second picture, nor anything behind it. A
 * colour profile is part of the picture if it is one of qc_colour_profile_keep(). */
gboolean qc_jpeg_is_bare (const guint8 *data, gsize size);

G_END_DECLS
