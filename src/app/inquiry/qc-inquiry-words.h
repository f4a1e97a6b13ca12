/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the cells of an inquiry say, and what the words of a search may mean: an amount, a number of people, a month, a
 * year, a day, the word of a state, or a part of a text. Any thread.
 */
#pragma once

#include "qc-inquiry.h"

G_BEGIN_DECLS

/* @codes: (nullable) the center's lists: QcCode. "" where there is nothing. (transfer full) */
char *qc_inquiry_dup_text (QcInquiry inquiry, guint column, const QcInquiryRecord *record, const GPtrArray *codes);
/* QcStoreInquiryWord of each word of @text (what stands between blanks). Inside app. (transfer full) */
GArray *qc_inquiry_words_parse (QcInquiry inquiry, const char *text);

G_END_DECLS
