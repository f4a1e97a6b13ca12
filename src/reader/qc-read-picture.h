/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pictures in the program qingce-reader: judged by their header's size before they are decoded, PNG and JPEG only. One
 * thread.
 */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

gboolean qc_is_picture (const guint8 *data, gsize size);
/* Adds the codes in it; what is in @data is a picture. */
void qc_read_picture (GByteArray *answer, const guint8 *data, gsize size);
/* Adds it as an image. */
void qc_draw_picture (GByteArray *answer, const guint8 *data, gsize size);

/* The QR codes in @width × @height bytes of grey become vouchers of @page; how many there are. */
guint qc_scan_codes (GByteArray *answer, guint page, const guint8 *grey, int width, int height);

G_END_DECLS
