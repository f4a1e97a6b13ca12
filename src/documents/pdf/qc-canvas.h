/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a page is drawn on: a few operations in millimetres from the top left corner. The PDF is one canvas, gathering
 * the characters a document needs is another, so that exactly what is drawn is also embedded. One thread at a time.
 */
#pragma once

#include "qc-font.h"

G_BEGIN_DECLS

#define QC_MM_PER_POINT (25.4 / 72)

typedef enum {
  QC_INK_BLACK,
  QC_INK_LABEL, /* small and grey */
  QC_INK_PALE,  /* the diagonal under everything */
  QC_INK_SEAL,  /* red, see-through */
} QcInk;
#define QC_N_INKS (QC_INK_SEAL + 1)

typedef struct _QcCanvas QcCanvas;
typedef struct {
  void (*begin_page) (QcCanvas *canvas, double width, double height);
  void (*end_page) (QcCanvas *canvas);
  /* @x, @y: where the base line begins; @angle: counter-clockwise, in radians; @size in points */
  void (*text) (QcCanvas *canvas, double x, double y, double angle, double size, QcInk ink, const char *text);
  void (*line) (QcCanvas *canvas, double x1, double y1, double x2, double y2, double width, QcInk ink);
  void (*circle) (QcCanvas *canvas, double x, double y, double radius, double width, QcInk ink);
  /* @points: pairs; filled */
  void (*polygon) (QcCanvas *canvas, const double *points, gsize n_points, QcInk ink);
  /* @modules: @n × @n bytes, 1 in bit 0 = black; drawn @size wide from the top left @x, @y */
  void (*modules) (QcCanvas *canvas, double x, double y, double size, const guint8 *modules, int n);
} QcCanvasClass;

struct _QcCanvas {
  const QcCanvasClass *klass;
  QcFont *font;          /* borrowed */
  gboolean is_text_only; /* lines and codes need not be drawn */
  double left, top;      /* where a page's corner lies on the paper, in mm; what leaves the paper is cut off */
};

/* The character at @p as a string. */
typedef struct {
  char utf8[7];
} QcCharacter;
QcCharacter qc_character_at (const char *p);

/* A canvas that draws nothing and adds every character to @charset (borrowed). Free with g_free(). */
QcCanvas *qc_canvas_new_collector (QcFont *font, QcCharset *charset);
/* A canvas that adds what each page says to @pages (borrowed) (element-type char*), a line for each piece of text.
 * @font may be NULL: widths do not matter. Free with g_free(). */
QcCanvas *qc_canvas_new_reader (GPtrArray *pages);

G_END_DECLS
