/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a word that is typed into a search may mean: an amount, a number of people, a month, a year, a day. Whoever
 * searches by such words asks here, so that a word means the same everywhere. Pure functions, any thread.
 */
#pragma once

#include "qc-money.h"
#include "qc-month.h"

G_BEGIN_DECLS

/* It may mean several of these at once: "202610" is an amount, a number and a month. */
typedef struct {
  gboolean has_fen;
  QcMoney fen_from, fen_to; /* without its sign; what is not said of the cents may be anything: "12" is 12.00 … 12.99 */
  gboolean has_count;
  gint64 count;
  QcMonth from, to; /* a month, or all months of a year; NONE = it names none */
  int month_number; /* "10月", of whatever year: 1 … 12; 0 = it is none */
  QcDate day;       /* NONE = it is none */
} QcTypedWord;

/* @word: folded (half-width), without blanks. */
QcTypedWord qc_typed_word_read (const char *word);

G_END_DECLS
