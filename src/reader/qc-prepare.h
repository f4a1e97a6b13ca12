/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A picture made ready for the center, in the program qingce-reader: judged by its content, upright, and with nothing
 * in it but the picture. One thread.
 */
#pragma once

#include "qc-raster.h"

G_BEGIN_DECLS

/* As those of qc-raster.h read the other kinds. */
typedef const char *(*QcReadHeic) (QcRaster *out, const guint8 *data, gsize size);

typedef struct {
  guint turn; /* 0, 90, 180 or 270 degrees clockwise, on top of what the file says */
  gsize most; /* bytes */
  QcReadHeic read_heic;
  gboolean confined; /* what to say of the sandbox */
} QcPrepareHow;

/*
 * Answers as qc-picture.h has it, but for the end. A JPEG stays what it is, its blocks turned and coded anew without
 * loss; what cannot be turned so at an edge (less than a block of 8 or 16 pixels) is trimmed. PNG, HEIC, a JPEG of the
 * four colours of print, and one of more than @how->most bytes are encoded anew.
 */
void qc_prepare_picture (GByteArray *answer, const guint8 *data, gsize size, const QcPrepareHow *how);

G_END_DECLS
