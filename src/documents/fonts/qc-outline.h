/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The outline of a glyph as TrueType has it, thriftily: scaled to QC_OUTLINE_UPEM units an em, neighbouring curves that
 * one curve follows closer than QC_OUTLINE_TOLERANCE made one, points that others imply left out. A glyph of WenKai is
 * drawn of a hundred points; a third of them move its edge by less than a printer's dot. One thread at a time.
 */
#pragma once

#include <glib.h>
#include <hb.h>

G_BEGIN_DECLS

#define QC_OUTLINE_UPEM      500
#define QC_OUTLINE_MOST      0x7fff /* points of a glyph that a font file has numbers for */
#define QC_OUTLINE_FARTHEST  16000  /* units from the origin: two points apart still fit into 16 bits */
#define QC_OUTLINE_TOLERANCE 1.0    /* units: 0.002 em, 7 µm at 10.5 points */

typedef struct {
  int x, y;
  gboolean is_on; /* the curve goes through it */
  gboolean ends;  /* the last point of its contour */
} QcOutlinePoint;

/* Of any outline font, also one with cubic curves; nothing lies farther out than QC_OUTLINE_FARTHEST. (element-type
 * QcOutlinePoint) (transfer full) */
GArray *qc_outline_new (hb_font_t *face, hb_codepoint_t glyph);

G_END_DECLS
