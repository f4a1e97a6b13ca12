/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. Pure; any thread.
 */
#include "qc-paper-look.h"

#define COLOURED 12
#define MEAN     3
#define BRIGHT   215
#define APART    10
#define PIECES   8
#define MARGIN   25 /* of the shorter side */

static guint
spread (const guint8 *p)
{
  return (guint)(MAX (MAX (p[0], p[1]), p[2]) - MIN (MIN (p[0], p[1]), p[2]));
}

static gboolean
is_grey (const guint8 *rgb, gsize n)
{
  guint64 sum = 0, coloured = 0;
  for (gsize i = 0; i < n; i++) {
    guint apart = spread (rgb + 3 * i);
    sum += apart;
    coloured += apart >= COLOURED;
  }
  return sum <= MEAN * (guint64)n && coloured * 200 <= n;
}

/* Where the brightest quarter of a piece begins. */
static guint
brightness (const guint8 *rgb, guint stride, guint left, guint top, guint width, guint height)
{
  guint counts[256] = {0}, left_over = width * height / 4;
  for (guint y = top; y < top + height; y++)
    for (guint x = left; x < left + width; x++) {
      const guint8 *p = rgb + 3 * ((gsize)y * stride + x);
      counts[(p[0] * 77u + p[1] * 151u + p[2] * 28u) >> 8]++;
    }
  guint level = 255;
  for (; level > 0 && counts[level] <= left_over; level--)
    left_over -= counts[level];
  return level;
}

static gboolean
is_flat (const guint8 *rgb, guint width, guint height)
{
  guint margin = MAX (MIN (width, height) / MARGIN, 1), least = 255, most = 0;
  for (guint side = 0; side < 4; side++)
    for (guint i = 0; i < PIECES; i++) {
      guint along = side < 2 ? width : height;
      guint from = along * i / PIECES, length = MAX (along * (i + 1) / PIECES - from, 1);
      guint level = side == 0   ? brightness (rgb, width, from, 0, length, margin)
                    : side == 1 ? brightness (rgb, width, from, height - margin, length, margin)
                    : side == 2 ? brightness (rgb, width, 0, from, margin, length)
                                : brightness (rgb, width, width - margin, from, margin, length);
      least = MIN (least, level);
      most = MAX (most, level);
    }
  return least >= BRIGHT && most - least <= APART;
}

QcPaperLook
qc_paper_look (const guint8 *rgb, guint width, guint height)
{
  g_return_val_if_fail (rgb != NULL, QC_PAPER_PHOTOGRAPH);
  if (width < PIECES || height < PIECES)
    return QC_PAPER_PHOTOGRAPH;
  return (is_grey (rgb, (gsize)width * height) ? QC_PAPER_GREY : 0)
         | (is_flat (rgb, width, height) ? QC_PAPER_FLAT : 0);
}
