/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the words that were typed may mean for an application: a number, an amount, a month, a business. Inside app; any
 * thread.
 */
#pragma once

#include "qc-store-search.h"

G_BEGIN_DECLS

/* The words of @text, and what each may mean. */
typedef struct {
  GPtrArray *words;    /* (owned) char *, folded */
  GPtrArray *meanings; /* (owned) char *, what @asked borrows */
  GArray *asked;       /* (owned) QcStoreSearchWord */
} QcSearchWords;
QcSearchWords *qc_search_words_new (const char *text);
void qc_search_words_free (QcSearchWords *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcSearchWords, qc_search_words_free)

G_END_DECLS
