/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The canvas that only gathers characters, and the one that only reads. One thread at a time.
 */
#include "qc-canvas.h"

#include <string.h>

typedef struct {
  QcCanvas parent;
  QcCharset *charset; /* borrowed */
} Collector;

typedef struct {
  QcCanvas parent;
  GPtrArray *pages; /* borrowed */
  GString *page;    /* (owned) (nullable) */
} Reader;

static void
begin_page (QcCanvas *canvas, double width, double height)
{
}

static void
end_page (QcCanvas *canvas)
{
}

static void
text (QcCanvas *canvas, double x, double y, double angle, double size, QcInk ink, const char *string)
{
  qc_charset_add (((Collector *)canvas)->charset, string);
}

static void
line (QcCanvas *canvas, double x1, double y1, double x2, double y2, double width, QcInk ink)
{
}

static void
circle (QcCanvas *canvas, double x, double y, double radius, double width, QcInk ink)
{
}

static void
polygon (QcCanvas *canvas, const double *points, gsize n_points, QcInk ink)
{
}

static void
modules (QcCanvas *canvas, double x, double y, double size, const guint8 *bits, int n)
{
}

QcCanvas *
qc_canvas_new_collector (QcFont *font, QcCharset *charset)
{
  static const QcCanvasClass klass = {begin_page, end_page, text, line, circle, polygon, modules};
  Collector *collector = g_new0 (Collector, 1);
  collector->parent.klass = &klass;
  collector->parent.font = font;
  collector->parent.is_text_only = TRUE;
  collector->charset = charset;
  return &collector->parent;
}

static void
reader_begin_page (QcCanvas *canvas, double width, double height)
{
  ((Reader *)canvas)->page = g_string_new (NULL);
}

static void
reader_end_page (QcCanvas *canvas)
{
  Reader *reader = (Reader *)canvas;
  g_ptr_array_add (reader->pages, g_string_free (g_steal_pointer (&reader->page), FALSE));
}

static void
reader_text (QcCanvas *canvas, double x, double y, double angle, double size, QcInk ink, const char *string)
{
  g_string_append_printf (((Reader *)canvas)->page, "%s\n", string);
}

QcCanvas *
qc_canvas_new_reader (GPtrArray *pages)
{
  static const QcCanvasClass klass = {reader_begin_page, reader_end_page, reader_text, line, circle, polygon, modules};
  Reader *reader = g_new0 (Reader, 1);
  reader->parent.klass = &klass;
  reader->parent.is_text_only = TRUE;
  reader->pages = pages;
  return &reader->parent;
}

QcCharacter
qc_character_at (const char *p)
{
  QcCharacter character = {{0}};
  memcpy (character.utf8, p, (gsize)(g_utf8_next_char (p) - p));
  return character;
}
