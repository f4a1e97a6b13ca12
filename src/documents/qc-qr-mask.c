/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Masks and their penalties (ISO/IEC 18004, 7.8), 64 modules at a time. Any thread.
 */
#include "qc-qr-private.h"

#define N_MASKS 8
#define PERIOD  12 /* every mask repeats itself after so many modules, in both directions */

static gboolean
is_masked (int mask, int x, int y)
{
  switch (mask) {
  case 0:
    return (x + y) % 2 == 0;
  case 1:
    return y % 2 == 0;
  case 2:
    return x % 3 == 0;
  case 3:
    return (x + y) % 3 == 0;
  case 4:
    return (y / 2 + x / 3) % 2 == 0;
  case 5:
    return x * y % 2 + x * y % 3 == 0;
  case 6:
    return (x * y % 2 + x * y % 3) % 2 == 0;
  default:
    return ((x + y) % 2 + x * y % 3) % 2 == 0;
  }
}

/* The mask along row or column @at, for as long as there may be. */
static QcLine
mask_line (int mask, int at, gboolean is_column)
{
  QcLine line = {{0}};
  for (int i = 0; i < PERIOD; i++)
    if (is_column ? is_masked (mask, at, i) : is_masked (mask, i, at))
      for (int k = i; k < 64 * QC_LINE_WORDS; k += PERIOD)
        qc_line_set (&line, k, TRUE);
  return line;
}

static void
mask_lines (QcLine *lines, const QcLine *fixed, int n, int mask, gboolean is_column)
{
  QcLine pattern[PERIOD];
  QcLine inside = {{0}};
  for (int i = 0; i < n; i++)
    qc_line_set (&inside, i, TRUE);
  for (int i = 0; i < PERIOD; i++)
    pattern[i] = mask_line (mask, i, is_column);
  for (int i = 0; i < n; i++)
    for (int k = 0; k < QC_LINE_WORDS; k++)
      lines[i].w[k] ^= pattern[i % PERIOD].w[k] & ~fixed[i].w[k] & inside.w[k];
}

/* How long the modules of one colour are, light first: the first is -1 if the line begins dark. Their number. */
static int
measure_runs (const QcLine *line, int n, int *runs)
{
  guint64 before = line->w[0] & 1;
  int length = 0, from = 0;
  if (before != 0)
    runs[length++] = -1;
  for (int k = 0; 64 * k < n; k++) {
    guint64 changes = line->w[k] ^ (line->w[k] << 1 | before);
    before = line->w[k] >> 63;
    if (n - 64 * k < 64)
      changes &= (G_GUINT64_CONSTANT (1) << (n - 64 * k)) - 1;
    for (; changes != 0; changes &= changes - 1) {
      int at = 64 * k + __builtin_ctzll (changes);
      runs[length++] = at - from;
      from = at;
    }
  }
  runs[length++] = n - from;
  return length;
}

/* Dark run @i of three amid two of one, as in the large squares of a code, with light beside them. */
static gboolean
looks_like_finder (const int *runs, int length, int i)
{
  int one;
  if (i < 3 || i >= length - 2)
    return FALSE;
  one = runs[i - 1];
  if (runs[i] != 3 * one || runs[i + 1] != one || runs[i - 2] != one || runs[i + 2] != one)
    return FALSE;
  return i == 3 || runs[i - 3] >= 4 * one || i + 4 >= length || runs[i + 3] >= 4 * one;
}

static int
judge_line (const QcLine *line, int n)
{
  int runs[QC_QR_LARGEST + 1], length = measure_runs (line, n, runs), penalty = 0;
  for (int i = 0; i < length; i++) {
    if (runs[i] >= 5)
      penalty += runs[i] - 2;
    if (i % 2 == 1 && looks_like_finder (runs, length, i))
      penalty += 40;
  }
  return penalty;
}

/* Squares of two by two of one colour. */
static int
judge_squares (const QcLine *a, const QcLine *b, int n)
{
  int count = 0;
  for (int k = 0; 64 * k < n; k++) {
    guint64 same = ~(a->w[k] ^ b->w[k]), next = same >> 1, turned = a->w[k] >> 1;
    int valid = MIN (64, n - 1 - 64 * k);
    if (k + 1 < QC_LINE_WORDS) {
      next |= ~(a->w[k + 1] ^ b->w[k + 1]) << 63;
      turned |= a->w[k + 1] << 63;
    }
    same &= next & ~(a->w[k] ^ turned);
    if (valid < 64)
      same &= (G_GUINT64_CONSTANT (1) << MAX (valid, 0)) - 1;
    count += __builtin_popcountll (same);
  }
  return 3 * count;
}

static int
judge (const QcSymbol *symbol)
{
  int penalty = 0, dark = 0, n = symbol->n;
  for (int i = 0; i < n; i++) {
    penalty += judge_line (&symbol->rows[i], n) + judge_line (&symbol->columns[i], n);
    if (i > 0)
      penalty += judge_squares (&symbol->rows[i - 1], &symbol->rows[i], n);
    for (int k = 0; k < QC_LINE_WORDS; k++)
      dark += __builtin_popcountll (symbol->rows[i].w[k]);
  }
  return penalty + ABS ((200 * dark + n * n) / (n * n) / 2 - 50) / 5 * 10;
}

static void
apply_mask (QcSymbol *symbol, int mask)
{
  qc_qr_draw_format (symbol, mask);
  mask_lines (symbol->rows, symbol->fixed_rows, symbol->n, mask, FALSE);
  mask_lines (symbol->columns, symbol->fixed_columns, symbol->n, mask, TRUE);
}

void
qc_qr_apply_best_mask (QcSymbol *symbol)
{
  int best = 0, least = G_MAXINT;
  for (int mask = 0; mask < N_MASKS; mask++) {
    int penalty;
    apply_mask (symbol, mask);
    penalty = judge (symbol);
    if (penalty < least) {
      least = penalty;
      best = mask;
    }
    apply_mask (symbol, mask); /* twice, it is gone */
  }
  apply_mask (symbol, best);
}
