/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * PDFs in the program qingce-reader, by poppler: pages are judged by their size before anything of them is drawn. One
 * thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean qc_is_pdf (const guint8 *data, gsize size);
/* @fd (taken): its attachment, or where it has none the codes on its pages; and what its pages say. */
void qc_read_pdf (GByteArray *answer, int fd);
/* @fd (taken): page @page (from 1) as an image. */
void qc_draw_pdf (GByteArray *answer, int fd, guint page);

G_END_DECLS
