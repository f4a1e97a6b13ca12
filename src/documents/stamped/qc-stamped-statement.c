/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 补缴说明: to the center, why months are paid for now, in the clerk's own paragraphs, and where the unit signs.
 */
#include "qc-stamped-private.h"

#include <string.h>

#define SIZE      12.0
#define LEADING   8.0 /* mm */
#define INDENT    2   /* ideographs before a paragraph */
#define FIRST_TOP 60.0
#define NEXT_TOP  30.0

typedef struct {
  QcSheet *sheet;
  const QcStampedPaper *paper;
  double y;
  int page, n_pages; /* n_pages 0: only counted */
} Writer;

static double
width_of (Writer *writer, const char *text, gsize length)
{
  g_autofree char *part = g_strndup (text, length);
  return qc_font_measure (writer->sheet->canvas->font, part, SIZE) * QC_MM_PER_POINT;
}

static gboolean
stays_together (gunichar before, gunichar after)
{
  return before < 0x2e80 && after < 0x2e80 && !g_unichar_isspace (before) && !g_unichar_isspace (after);
}

/* What no line may begin with. */
static gboolean
is_closing (gunichar c)
{
  return g_utf8_strchr ("，。、；：！？）》」』”’％", -1, c) != NULL;
}

/* The part of @text that stands in one line of @width: figures and words are not broken if they fit into one. */
static gsize
fitting (Writer *writer, const char *text, double width)
{
  const char *good = NULL;
  double used = 0;
  const char *p = text;
  while (*p) {
    const char *next = g_utf8_next_char (p);
    gunichar here = g_utf8_get_char (p), then = *next ? g_utf8_get_char (next) : 0;
    used += width_of (writer, p, (gsize)(next - p));
    if (used > width + 0.01 && p > text)
      break;
    if (!then || (!stays_together (here, then) && !is_closing (then)))
      good = next;
    p = next;
  }
  return (gsize)((*p && good ? good : p) - text);
}

static void
begin_page (Writer *writer)
{
  const QcStampedPaper *paper = writer->paper;
  writer->page++;
  qc_sheet_begin_page (writer->sheet);
  writer->y = NEXT_TOP;
  if (writer->page > 1)
    return;
  g_autofree char *to = g_strconcat (paper->center, "：", NULL);
  qc_stamped_title (writer->sheet, paper, "补缴说明", FALSE);
  qc_sheet_text_in (writer->sheet, QC_SHEET_LEFT - 1.6, 42, QC_STAMPED_WIDTH, 9, SIZE, QC_INK_BLACK, QC_ALIGN_LEFT, to);
  writer->y = FIRST_TOP;
}

static void
end_page (Writer *writer)
{
  qc_sheet_end_page (writer->sheet, writer->page, writer->n_pages,
                     writer->paper->practice ? "演练，不具任何效力" : NULL);
}

static void
need (Writer *writer, double height)
{
  if (writer->y + height <= QC_SHEET_BOTTOM)
    return;
  end_page (writer);
  begin_page (writer);
}

static void
write_paragraph (Writer *writer, const char *text)
{
  double indent = width_of (writer, "补缴", strlen ("补缴")) / 2 * INDENT;
  for (gboolean first = TRUE; *text; first = FALSE) {
    double x = QC_SHEET_LEFT + (first ? indent : 0);
    gsize length = fitting (writer, text, QC_SHEET_RIGHT - x);
    g_autofree char *line = g_strndup (text, length);
    need (writer, LEADING);
    qc_sheet_text (writer->sheet, x, writer->y + LEADING * 0.7, SIZE, QC_INK_BLACK, QC_ALIGN_LEFT, line);
    writer->y += LEADING;
    text += length;
    while (*text == ' ')
      text++;
  }
}

static int
write_all (QcSheet *sheet, const QcStampedPaper *paper, int n_pages)
{
  Writer writer = {sheet, paper, 0, 0, n_pages};
  g_auto (GStrv) paragraphs = g_strsplit (paper->statement ? paper->statement : "", "\n", -1);
  begin_page (&writer);
  for (guint i = 0; paragraphs[i]; i++)
    write_paragraph (&writer, g_strstrip (paragraphs[i]));
  writer.y += LEADING;
  need (&writer, QC_STAMPED_SIGNATURES);
  qc_stamped_signatures (sheet, paper, writer.y);
  end_page (&writer);
  return writer.page;
}

/* How many pages there are is said on each: counted first, on a canvas that draws nothing. */
int
qc_stamped_draw_statement (QcSheet *sheet, const QcStampedPaper *paper)
{
  g_autoptr (QcCharset) none = qc_charset_new ();
  g_autofree QcCanvas *counter = qc_canvas_new_collector (sheet->canvas->font, none);
  QcSheet counted = {counter, NULL, NULL, NULL};
  return write_all (sheet, paper, write_all (&counted, paper, 0));
}
