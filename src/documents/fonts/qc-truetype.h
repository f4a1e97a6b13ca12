/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A TrueType file of just the glyphs a document shows, with just the tables a PDF asks for: no names, no characters, no
 * hints, which the PDF says itself or nobody reads. One thread at a time.
 */
#pragma once

#include "qc-outline.h"

G_BEGIN_DECLS

typedef struct _QcTruetype QcTruetype;

/* With glyph 0 in it, which is empty. (transfer full) */
QcTruetype *qc_truetype_new (void);
void qc_truetype_free (QcTruetype *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcTruetype, qc_truetype_free)
/* @outline: (element-type QcOutlinePoint); @advance: in units of QC_OUTLINE_UPEM. The index of the glyph. */
guint qc_truetype_add (QcTruetype *self, const GArray *outline, guint advance);
/* The file, of all glyphs so far. (transfer full) */
GBytes *qc_truetype_finish (QcTruetype *self, int ascent, int descent);
/* Of all glyphs so far: xMin, yMin, xMax, yMax. */
void qc_truetype_get_box (const QcTruetype *self, int box[4]);

G_END_DECLS
