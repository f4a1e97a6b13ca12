/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * How a text stands in a cell: on one line as large as it can, then on a few lines, then smaller. Plain values.
 */
#include "qc-list-private.h"

#define MOST_LINES 12

void
qc_list_measure_init (QcListMeasure *measure, QcFont *font)
{
  measure->font = font;
  for (guint c = 0; c < G_N_ELEMENTS (measure->ascii); c++) {
    const char text[2] = {c >= 0x20 ? (char)c : ' ', '\0'};
    measure->ascii[c] = qc_font_measure (font, text, 1);
  }
}

static double
width_at (const QcListMeasure *measure, const char *p)
{
  guchar first = (guchar)*p;
  if (first < 0x80)
    return measure->ascii[first];
  if (first >= 0xe3 && first <= 0xe9) /* U+3000 … U+9FFF: as wide as they are high */
    return 1;
  QcCharacter character = qc_character_at (p);
  return qc_font_measure (measure->font, character.utf8, 1);
}

double
qc_list_measure (const QcListMeasure *measure, const char *text)
{
  double width = 0;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += width_at (measure, p);
  return width;
}

gsize
qc_list_measure_part (const QcListMeasure *measure, const char *text, double room)
{
  double used = 0;
  const char *p = text;
  for (; *p != '\0'; p = g_utf8_next_char (p)) {
    used += width_at (measure, p);
    if (used > room + 0.01 && p > text)
      break;
  }
  return (gsize)(p - text);
}

/* FALSE where a single character is wider than the room. */
static gboolean
count_lines (const QcListMeasure *measure, const char *text, double room, guint *out)
{
  guint n = 0;
  for (; *text != '\0'; n++) {
    if (width_at (measure, text) > room + 0.01)
      return FALSE;
    text += qc_list_measure_part (measure, text, room);
  }
  *out = n;
  return TRUE;
}

/* One line if it can be nearly as large, else a few as large as can be, else many small ones. */
static const struct {
  double factor;
  guint lines;
} ways[] = {{1, 1}, {0.9, 1}, {0.8, 1}, {1, 2}, {0.9, 2}, {0.8, 2}, {0.7, 2}, {0.8, 3}, {0.75, MOST_LINES}};

QcListFit
qc_list_fit (const QcListMeasure *measure, const char *text, double room, double size, QcAlign align)
{
  double width = qc_list_measure (measure, text);
  if (width * size * QC_MM_PER_POINT <= room)
    return (QcListFit) {size, 1};
  if (align == QC_ALIGN_RIGHT) {
    double fitting = room / width / QC_MM_PER_POINT * 0.999;
    return (QcListFit) {fitting >= QC_LIST_TINIEST ? fitting : 0, 1};
  }
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++) {
    guint lines = 0;
    double smaller = MAX (size * ways[i].factor, QC_LIST_TINIEST);
    if (count_lines (measure, text, room / (smaller * QC_MM_PER_POINT), &lines) && lines <= ways[i].lines)
      return (QcListFit) {smaller, lines};
  }
  return (QcListFit) {0, 1};
}

double
qc_list_fit_height (const QcListFit *fit)
{
  return fit->lines * fit->size * QC_LIST_LEADING * QC_MM_PER_POINT + 2 * QC_LIST_VERTICAL;
}
