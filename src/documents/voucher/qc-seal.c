/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. One thread at a time.
 */
#include "qc-seal.h"

#include <math.h>

static void
draw_star (QcSheet *sheet, double x, double y, double radius)
{
  double points[20];
  for (int i = 0; i < 10; i++) {
    double r = i % 2 == 0 ? radius : radius * 0.382, angle = G_PI / 2 + i * G_PI / 5;
    points[2 * i] = x + r * cos (angle);
    points[2 * i + 1] = y - r * sin (angle);
  }
  sheet->canvas->klass->polygon (sheet->canvas, points, 10, QC_INK_SEAL);
}

/* Characters stand on a circle, read clockwise, symmetrical to the vertical. */
static void
draw_ring (QcSheet *sheet, double x, double y, double radius, const char *text)
{
  glong n = g_utf8_strlen (text, -1), i = 0;
  double sweep = MIN (3.7, (double)n * 0.36), step = n > 1 ? sweep / (double)(n - 1) : 0;
  double em = MIN (5.0, step > 0 ? step * (radius - 2.5) * 1.04 : 5.0), size = em / QC_MM_PER_POINT;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p), i++) {
    double angle = G_PI / 2 + sweep / 2 - step * (double)i, turn = angle - G_PI / 2, inner = radius - em;
    QcCharacter character = qc_character_at (p);
    double half = qc_font_measure (sheet->canvas->font, character.utf8, size) * QC_MM_PER_POINT / 2;
    sheet->canvas->klass->text (sheet->canvas, x + inner * cos (angle) - half * cos (turn),
                                y - inner * sin (angle) + half * sin (turn), turn, size, QC_INK_SEAL, character.utf8);
  }
}

void
qc_seal_draw (QcSheet *sheet, double x, double y, const char *ring, const char *band)
{
  sheet->canvas->klass->circle (sheet->canvas, x, y, QC_SEAL_RADIUS, 1.0, QC_INK_SEAL);
  draw_star (sheet, x, y, 5.6);
  draw_ring (sheet, x, y, QC_SEAL_RADIUS - 1.7, ring);
  qc_sheet_text (sheet, x, y + 14.2, 10, QC_INK_SEAL, QC_ALIGN_CENTER, band);
}
