/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. One thread at a time.
 */
#include "qc-sheet.h"

#include <math.h>

#define PADDING    1.6
#define LEADING    1.18 /* of the em */
#define CLEARANCE  0.6  /* above and below several lines */
#define CAP_HEIGHT 0.74 /* of the em: what looks centred for Chinese text */
#define FOOTER     5.0  /* below what may be drawn on */

/* How a diagonal lies: not larger than @size points, not longer than @room; moved by @along towards the upper right and
 * by @aside towards the lower right, in mm. */
typedef struct {
  double size, room, along, aside;
} Diagonal;

/* The first begins right of where a QR code may be, the second ends where printers still print; together they are
 * smaller and lie beside each other. */
static const Diagonal first_alone = {96, 200, 24, 0}, first_of_two = {76, 160, 32, -24};
static const Diagonal second_alone = {96, 228, 0, 13}, second_of_two = {96, 205, 0, 24};

QcSheetArea
qc_sheet_area (const QcSheet *sheet)
{
  const QcPaper *paper = sheet->paper;
  if (paper == NULL)
    return (QcSheetArea) {QC_SHEET_WIDTH, QC_SHEET_HEIGHT, QC_SHEET_LEFT, 10, QC_SHEET_RIGHT, QC_SHEET_BOTTOM};
  const QcPaperInfo *info = qc_paper_info (paper->size);
  return (QcSheetArea) {info->width,
                        info->height,
                        paper->left,
                        paper->top,
                        info->width - paper->right,
                        info->height - paper->bottom - FOOTER};
}

static void
draw_diagonal (QcSheet *sheet, const char *text, const Diagonal *how)
{
  QcSheetArea area = qc_sheet_area (sheet);
  double scale = hypot (area.width, area.height) / hypot (QC_SHEET_WIDTH, QC_SHEET_HEIGHT);
  double angle = atan2 (area.height * (QC_SHEET_HEIGHT - 60) / QC_SHEET_HEIGHT,
                        area.width * (QC_SHEET_WIDTH - 20) / QC_SHEET_WIDTH);
  double width = qc_font_measure (sheet->canvas->font, text, how->size * scale) * QC_MM_PER_POINT;
  double room = how->room * scale, size = how->size * scale * MIN (1, room / width);
  double back = MIN (width, room) / 2 - how->along * scale;
  double down = size * 0.35 * QC_MM_PER_POINT + how->aside * scale;
  sheet->canvas->klass->text (sheet->canvas, area.width / 2 - back * cos (angle) + down * sin (angle),
                              area.height / 2 + back * sin (angle) + down * cos (angle), angle, size, QC_INK_PALE,
                              text);
}

void
qc_sheet_begin_page (QcSheet *sheet)
{
  gboolean both = sheet->diagonal != NULL && sheet->diagonal2 != NULL;
  QcSheetArea area = qc_sheet_area (sheet);
  sheet->canvas->klass->begin_page (sheet->canvas, area.width, area.height);
  if (sheet->diagonal != NULL)
    draw_diagonal (sheet, sheet->diagonal, both ? &first_of_two : &first_alone);
  if (sheet->diagonal2 != NULL)
    draw_diagonal (sheet, sheet->diagonal2, both ? &second_of_two : &second_alone);
}

void
qc_sheet_end_page (QcSheet *sheet, int page, int n_pages, const char *note)
{
  QcSheetArea area = qc_sheet_area (sheet);
  double y = sheet->paper != NULL ? area.bottom + FOOTER - 0.6 : QC_SHEET_HEIGHT - 9;
  g_autofree char *number
      = n_pages > 0 ? g_strdup_printf ("第 %d 页　共 %d 页", page, n_pages) : g_strdup_printf ("第 %d 页", page);
  qc_sheet_text (sheet, area.right, y, 7.5, QC_INK_LABEL, QC_ALIGN_RIGHT, number);
  if (note != NULL)
    qc_sheet_text (sheet, area.left, y, 7.5, QC_INK_LABEL, QC_ALIGN_LEFT, note);
  sheet->canvas->klass->end_page (sheet->canvas);
}

static double
width_of (QcSheet *sheet, const char *text, double size)
{
  return qc_font_measure (sheet->canvas->font, text, size) * QC_MM_PER_POINT;
}

void
qc_sheet_text (QcSheet *sheet, double x, double y, double size, QcInk ink, QcAlign align, const char *text)
{
  if (*text == '\0')
    return;
  if (align != QC_ALIGN_LEFT)
    x -= width_of (sheet, text, size) * (align == QC_ALIGN_CENTER ? 0.5 : 1);
  sheet->canvas->klass->text (sheet->canvas, x, y, 0, size, ink, text);
}

void
qc_sheet_text_spaced (QcSheet *sheet, double x, double y, double size, double space, const char *text)
{
  glong n = g_utf8_strlen (text, -1);
  double left = x - (width_of (sheet, text, size) + space * (double)(n - 1)) / 2;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    QcCharacter character = qc_character_at (p);
    qc_sheet_text (sheet, left, y, size, QC_INK_BLACK, QC_ALIGN_LEFT, character.utf8);
    left += width_of (sheet, character.utf8, size) + space;
  }
}

/* The part of @text that fits into @width, at least one character. */
static gsize
fitting (QcSheet *sheet, const char *text, double size, double width)
{
  const char *p = text;
  double used = 0;
  while (*p != '\0') {
    QcCharacter character = qc_character_at (p);
    used += width_of (sheet, character.utf8, size);
    if (used > width + 0.01 && p > text)
      break;
    p = g_utf8_next_char (p);
  }
  return (gsize)(p - text);
}

static int
count_lines (QcSheet *sheet, const char *text, double size, double width)
{
  int n = 0;
  while (*text != '\0') {
    text += fitting (sheet, text, size, width);
    n++;
  }
  return n;
}

static void
draw_lines (QcSheet *sheet, double x, double y, double width, double height, double size, QcInk ink, QcAlign align,
            const char *text, int n_lines)
{
  double em = size * QC_MM_PER_POINT, leading = em * LEADING;
  double base = y + (height - leading * (n_lines - 1) - em * CAP_HEIGHT) / 2 + em * CAP_HEIGHT;
  double anchor = align == QC_ALIGN_LEFT ? x : align == QC_ALIGN_CENTER ? x + width / 2 : x + width;
  while (*text != '\0') {
    gsize length = fitting (sheet, text, size, width);
    g_autofree char *line = g_strndup (text, length);
    qc_sheet_text (sheet, anchor, base, size, ink, align, line);
    base += leading;
    text += length;
  }
}

/* The largest size up to @size at which @text fits, on one line or on several, whichever is larger; a figure, which is
 * set right, is never broken. */
static double
fitting_size (QcSheet *sheet, double room, double height, double size, QcAlign align, const char *text)
{
  double one_line = size * MIN (1, room / width_of (sheet, text, size) * 0.999);
  double several = size;
  if (one_line == size || align == QC_ALIGN_RIGHT)
    return one_line;
  while (several > one_line
         && count_lines (sheet, text, several, room) * several * LEADING * QC_MM_PER_POINT > height - 2 * CLEARANCE)
    several *= 0.98;
  return MAX (one_line, several);
}

void
qc_sheet_text_in (QcSheet *sheet, double x, double y, double width, double height, double size, QcInk ink,
                  QcAlign align, const char *text)
{
  double room = width - 2 * PADDING;
  if (*text == '\0')
    return;
  size = fitting_size (sheet, room, height, size, align, text);
  draw_lines (sheet, x + PADDING, y, room, height, size, ink, align, text, count_lines (sheet, text, size, room));
}

double
qc_sheet_height_for (const char *text, double width, double size, double least, double most)
{
  double em = size * QC_MM_PER_POINT;
  double room = floor ((width - 2 * PADDING) / em);
  double ems = 0;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    ems += g_utf8_get_char (p) >= 0x2e80 ? 1 : 2.0 / 3;
  return CLAMP (ceil (ems / room) * em * LEADING + 2 * CLEARANCE, least, most);
}

void
qc_sheet_horizontal (QcSheet *sheet, double x1, double x2, double y)
{
  sheet->canvas->klass->line (sheet->canvas, x1, y, x2, y, QC_SHEET_LINE, QC_INK_BLACK);
}

void
qc_sheet_vertical (QcSheet *sheet, double x, double y1, double y2)
{
  sheet->canvas->klass->line (sheet->canvas, x, y1, x, y2, QC_SHEET_LINE, QC_INK_BLACK);
}

void
qc_sheet_box (QcSheet *sheet, double x, double y, double width, double height)
{
  qc_sheet_horizontal (sheet, x, x + width, y);
  qc_sheet_horizontal (sheet, x, x + width, y + height);
  qc_sheet_vertical (sheet, x, y, y + height);
  qc_sheet_vertical (sheet, x + width, y, y + height);
}

void
qc_sheet_field (QcSheet *sheet, double x, double y, double label_width, double width, double height, const char *label,
                const char *value, double size)
{
  qc_sheet_box (sheet, x, y, width, height);
  qc_sheet_vertical (sheet, x + label_width, y, y + height);
  qc_sheet_text_in (sheet, x, y, label_width, height, 8, QC_INK_LABEL, QC_ALIGN_LEFT, label);
  qc_sheet_text_in (sheet, x + label_width, y, width - label_width, height, size, QC_INK_BLACK, QC_ALIGN_LEFT, value);
}
