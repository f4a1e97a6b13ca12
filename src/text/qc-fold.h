/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Folding of what people type and what files hold: full-width letters and digits, case, blanks, and the many dots
 * found inside names (· • ・ ． ‧ ∙ ⋅ …). Pure functions, any thread. Invalid UTF-8 is folded byte-safe: bad bytes
 * vanish.
 */
#pragma once

#include "qc-types.h"

G_BEGIN_DECLS

/*
 * The form in which texts are compared and searched: compatibility form, lower case, no blanks, no name dots, nothing
 * of the private-use area that has a place.
 * "Ａbc" → "abc", "阿依古丽·买买提" → "阿依古丽买买提". NULL gives "". (transfer full)
 */
char *qc_text_fold (const char *text);

/*
 * A name as it is to be kept: outer blanks gone, full-width Latin to ASCII, every dot variant inside to U+00B7, blanks
 * between Chinese characters gone, others single. Case stays. (transfer full)
 */
char *qc_text_fold_name (const char *name);

/*
 * What was typed into a search field, made comparable with the columns that qc_pinyin_name() and qc_text_fold()
 * fill: folded, tone marks dropped, ü as v, apostrophes between syllables dropped ("Xi'an" → "xian"). (transfer full)
 */
char *qc_text_fold_query (const char *query);

/*
 * Characters that stood in the private-use area before GB 18030-2022 (and 2005) gave them a place, in that place:
 * U+E854 is U+9FBA. (transfer full) (nullable): NULL where @text (UTF-8) has none of them.
 */
char *qc_text_dup_settled (const char *text);

/* Whether two names are the same but for writing. */
gboolean qc_text_same_name (const char *a, const char *b);

/* @text with %, _ and \ escaped by \, for LIKE … ESCAPE '\'. (transfer full) */
char *qc_text_escape_like (const char *text);

G_END_DECLS
