/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pixels of a picture in the program qingce-reader: decoded, put over white, turned. Each reader says in a word of
 * qc-picture.h why there are none, or NULL. One thread.
 */
#pragma once

#include <glib.h>
#include "qc-jpeg.h"

G_BEGIN_DECLS

typedef struct {
  guint width, height;
  guint8 *rgb;     /* (owned) three bytes a pixel */
  GBytes *profile; /* (owned) (nullable) of its colours, as qc_colour_profile_keep() leaves it */
} QcRaster;
void qc_raster_clear (QcRaster *raster);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QcRaster, qc_raster_clear)

/* What a header announces: NULL, "damaged", "pixels" or "small". */
const char *qc_raster_judge (double width, double height);

/* Room for pixels of @bytes each. */
gboolean qc_raster_make_room (QcRaster *raster, guint width, guint height, gsize bytes);

const char *qc_raster_read_png (QcRaster *out, const guint8 *data, gsize size);
const char *qc_raster_read_jpeg (QcRaster *out, const guint8 *data, gsize size, const QcJpegHeader *header);

/* As @upright has it. FALSE where there is no memory for it. */
gboolean qc_raster_turn (QcRaster *raster, QcUpright upright);
/* At most @side pixels either way, each the mean of those it stands for. */
gboolean qc_raster_shrink (const QcRaster *raster, guint side, QcRaster *out);

G_END_DECLS
