/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Between qc-font.c and qc-font-subset.c.
 */
#pragma once

#include "qc-font.h"
#include <hb.h>

G_BEGIN_DECLS

/* A face that has @character, WenKai first; NULL if none. Borrowed, lives as long as @font. */
hb_font_t *qc_font_find (QcFont *font, gunichar character, hb_codepoint_t *glyph);

G_END_DECLS
