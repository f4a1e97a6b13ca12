/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The bounds of the program qingce-reader: set before the first byte of the file is read, and never lifted. One thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define QC_READER_MAX_PIXELS (64.0 * 1000 * 1000) /* of a picture, by its header */
#define QC_READER_MAX_SIDE   32000                /* the same, either way */
#define QC_READER_MAX_POINTS 14400.0              /* a page's side: 5 metres, as PDF itself bounds it */

/* @seconds of computing. FALSE if the system refuses any of them: then nothing may be read. */
gboolean qc_reader_limits_set (guint seconds);

/* What is drawn of a page or picture: at most @most pixels in all and @side either way. */
double qc_reader_scale_for (double width, double height, double wanted, double side, double most);

G_END_DECLS
