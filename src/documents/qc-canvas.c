/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The canvas that only gathers characters. One thread at a time.
 */
#include "qc-canvas.h"

typedef struct {
  QcCanvas parent;
  QcCharset *charset; /* borrowed */
} Collector;

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
  collector->charset = charset;
  return &collector->parent;
}
