/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What `qingce-reader` answers of a picture that is to be sent: written there, and parsed here by who believes nothing
 * of it. Plain values, any thread.
 *
 * An answer is the line "qingce-picture 1" and then records as qc-answer.h has them, in this order:
 *
 *   kind 0 n       what the file was: "jpeg", "png", "heic"
 *   size W n       the width, and the height in decimal digits
 *   trimmed N 0    pixels that are gone from the edges, because they cannot be turned without loss
 *   lossless L 0   1: not one pixel else was touched; 0: it was encoded anew
 *   look L 0       a QcPaperLook
 *   sandbox S 0    1: the system let the program give up whatever decoding does not need
 *   jpeg 0 n       the picture: upright, and nothing in it but itself
 *   preview W n    W pixels a line, three bytes each (red, green, blue), from the top
 *   end 0 0
 *
 * Or alone, fail N n: "kind NAME", "damaged", "cut-off", "pixels", "small", "bits", "rare", "scans", "heavy".
 */
#pragma once

#include "qc-paper-look.h"
#include "qc-picture-kind.h"
#include "qc-reading.h"

G_BEGIN_DECLS

#define QC_PICTURE_MAX_FILE    (64 * 1024 * 1024)   /* bytes */
#define QC_PICTURE_MAX_JPEG    (32 * 1024 * 1024)   /* bytes of what is made of it */
#define QC_PICTURE_MAX_PIXELS  (50.0 * 1000 * 1000) /* by its header */
#define QC_PICTURE_MAX_SIDE    32000
#define QC_PICTURE_LEAST_SIDE  32 /* also what cannot be trimmed */
#define QC_PICTURE_MAX_PREVIEW 256

typedef struct {
  QcPictureKind was;
  guint width, height;
  guint trimmed;     /* pixels that are gone from the edges */
  gboolean lossless; /* else it was encoded anew */
  QcPaperLook look;
  gboolean confined; /* whether the system let the reader confine itself */
  GBytes *jpeg;      /* (owned) */
  char *name;        /* (owned) under which it is kept: qc_picture_dup_name() */
  guint preview_width, preview_height;
  GBytes *preview; /* (owned) three bytes a pixel */
} QcPicture;
void qc_picture_free (QcPicture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcPicture, qc_picture_free)

/* QC_READER_ERROR: what "fail" says, or BROKEN where @answer is none. (transfer full) */
QcPicture *qc_picture_parse (GBytes *answer, GError **error);

/* ---- writing ---- */

void qc_picture_begin (GByteArray *answer);
gboolean qc_picture_add (GByteArray *answer, const char *name, guint number, const void *data, gssize length);
/* Replaces whatever is in @answer. */
void qc_picture_fail (GByteArray *answer, const char *code);
void qc_picture_end (GByteArray *answer);

G_END_DECLS
