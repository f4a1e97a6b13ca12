/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Between qc-qr.c (what a symbol says) and qc-qr-mask.c (how it is made to look). A symbol is kept twice, by rows and
 * by columns, a bit a module, so that both are judged alike.
 */
#pragma once

#include "qc-qr.h"

G_BEGIN_DECLS

#define QC_QR_LARGEST 177 /* modules a side */
#define QC_LINE_WORDS 3   /* of 64 bits, for that many */

typedef struct {
  guint64 w[QC_LINE_WORDS];
} QcLine;

typedef struct {
  int version, n;
  QcLine rows[QC_QR_LARGEST], columns[QC_QR_LARGEST];             /* which modules are dark */
  QcLine fixed_rows[QC_QR_LARGEST], fixed_columns[QC_QR_LARGEST]; /* which no mask may touch */
} QcSymbol;

static inline void
qc_line_set (QcLine *line, int at, gboolean on)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << (at % 64);
  if (on)
    line->w[at / 64] |= bit;
  else
    line->w[at / 64] &= ~bit;
}

static inline gboolean
qc_line_get (const QcLine *line, int at)
{
  return (line->w[at / 64] >> (at % 64) & 1) != 0;
}

/* Which of the eight masks there is. */
void qc_qr_draw_format (QcSymbol *symbol, int mask);
/* Applies the mask with the least penalty, the first of several. */
void qc_qr_apply_best_mask (QcSymbol *symbol);

G_END_DECLS
