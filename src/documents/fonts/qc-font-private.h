/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Between qc-font.c and qc-font-subset.c, and for tests.
 */
#pragma once

#include "qc-font.h"
#include <hb.h>

G_BEGIN_DECLS

/* With another font file in charge than LXGW WenKai. QC_DOCUMENTS_ERROR_NO_FONT. (transfer full) */
QcFont *qc_font_new_for_file (const char *path, GError **error);
/* A face that has @character, WenKai first; NULL if none. Borrowed, lives as long as @font. */
hb_font_t *qc_font_find (QcFont *font, gunichar character, hb_codepoint_t *glyph);
/* Whether @outline (element-type QcOutlinePoint) can be printed for @character: it fits into a font file, and draws
 * something unless the character is blank by nature. */
gboolean qc_font_can_show (gunichar character, const GArray *outline);

G_END_DECLS
