/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The font on paper: LXGW WenKai, found by fontconfig or in its known places, and behind it every other installed font
 * for characters it lacks. A document embeds one font with just its characters, wherever they come from; those beyond
 * the BMP have a code of the private use area, which the document's ToUnicode map reads as the real character. Nothing
 * is ever dropped: what no font has is an error. A QcFont may be used by any thread, a QcSubset by one at a time.
 */
#pragma once

#include "qc-documents.h"

G_BEGIN_DECLS

typedef struct _QcFont QcFont;

/* Opening it takes a millisecond; keep it. QC_DOCUMENTS_ERROR_NO_FONT. (transfer full) */
QcFont *qc_font_new (GError **error);
QcFont *qc_font_ref (QcFont *font);
void qc_font_unref (QcFont *font);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcFont, qc_font_unref)
/* What the font calls itself in a PDF: letters, digits and "-". (transfer full) */
char *qc_font_dup_name (QcFont *font);
/* Above (positive) and below (negative) the base line, in units of which an em has @upem. */
void qc_font_get_extents (QcFont *font, int upem, int *ascent, int *descent);
/* Width of @text in points at @size points. Characters only other fonts have are looked up there. Without a font each
 * character is an em wide. */
double qc_font_measure (QcFont *font, const char *text, double size);
/* For tests and benches: whether some installed font has @character. */
gboolean qc_font_has (QcFont *font, gunichar character);
/* The same: the file of LXGW WenKai. */
const char *qc_font_get_path (const QcFont *font);

/* The characters a document needs. */
typedef struct _QcCharset QcCharset;
QcCharset *qc_charset_new (void);
void qc_charset_free (QcCharset *charset);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcCharset, qc_charset_free)
void qc_charset_add (QcCharset *charset, const char *text);

/* One character as the document writes it. */
typedef struct {
  guint16 code;    /* of the embedded font: the character itself, or of the private use area */
  guint16 index;   /* of the glyph */
  guint16 advance; /* 1/1000 em */
} QcGlyph;

typedef struct _QcSubset QcSubset;
/* QC_DOCUMENTS_ERROR_NO_GLYPH naming the character, QC_DOCUMENTS_ERROR_TOO_RARE. (transfer full) */
QcSubset *qc_subset_new (QcFont *font, const QcCharset *charset, GError **error);
void qc_subset_free (QcSubset *subset);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcSubset, qc_subset_free)
/* NULL if the character was not in the charset. Borrowed. */
const QcGlyph *qc_subset_lookup (const QcSubset *subset, gunichar character);
/* The TrueType file. Borrowed. */
GBytes *qc_subset_get_file (const QcSubset *subset);
/* xMin, yMin, xMax, yMax of all glyphs, in 1/1000 em. Borrowed. */
const int *qc_subset_get_box (const QcSubset *subset);
/* All glyphs, by code. (element-type QcGlyph) (transfer container) */
GPtrArray *qc_subset_list_glyphs (const QcSubset *subset);
/* The ToUnicode map. (transfer full) */
char *qc_subset_to_unicode (const QcSubset *subset);

G_END_DECLS
