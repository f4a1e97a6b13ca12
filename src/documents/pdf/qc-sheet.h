/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A sheet of paper in millimetres: lines of one weight, labels small and grey, values that shrink or break so that all
 * of them is there, a footer with 第 n 页, the diagonal under everything. Vouchers and stamped papers are forms of A4;
 * lists and notices take whatever paper there is. One thread at a time.
 */
#pragma once

#include "qc-canvas.h"
#include "qc-paper-size.h"

G_BEGIN_DECLS

/* of A4 */
#define QC_SHEET_WIDTH  210.0
#define QC_SHEET_HEIGHT 297.0
#define QC_SHEET_LEFT   15.0
#define QC_SHEET_RIGHT  195.0
#define QC_SHEET_BOTTOM 283.0 /* nothing but the footer below */
#define QC_SHEET_LINE   0.18

typedef enum { QC_ALIGN_LEFT, QC_ALIGN_CENTER, QC_ALIGN_RIGHT } QcAlign;

typedef struct {
  QcCanvas *canvas;      /* borrowed */
  const char *diagonal;  /* (nullable) borrowed: across each page, pale, below everything */
  const char *diagonal2; /* (nullable) borrowed: a second one */
  const QcPaper *paper;  /* (nullable) borrowed: NULL = A4 with the margins above */
} QcSheet;

/* What may be drawn on: from the left to the right margin, from the upper one to where the footer begins. */
typedef struct {
  double width, height; /* of the paper */
  double left, top, right, bottom;
} QcSheetArea;
QcSheetArea qc_sheet_area (const QcSheet *sheet);

void qc_sheet_begin_page (QcSheet *sheet);
/* @note: (nullable): left in the footer. @n_pages 0 = not known: only 第 n 页 */
void qc_sheet_end_page (QcSheet *sheet, int page, int n_pages, const char *note);

/* One line of text with its base line at @y; @x is its left, middle or right by @align. */
void qc_sheet_text (QcSheet *sheet, double x, double y, double size, QcInk ink, QcAlign align, const char *text);
/* With @space mm more between characters, centred on @x. */
void qc_sheet_text_spaced (QcSheet *sheet, double x, double y, double size, double space, const char *text);
/* Inside a box: smaller, or on several lines, if it has to be; always all of it. Set right, always on one line. */
void qc_sheet_text_in (QcSheet *sheet, double x, double y, double width, double height, double size, QcInk ink,
                       QcAlign align, const char *text);
/* How high a box of @width must be, from @least to @most, for @text to stand in it at @size: judged without a font, an
 * ideograph being as wide as it is high and all else two thirds of that. What needs more is set smaller. */
double qc_sheet_height_for (const char *text, double width, double size, double least, double most);
void qc_sheet_horizontal (QcSheet *sheet, double x1, double x2, double y);
void qc_sheet_vertical (QcSheet *sheet, double x, double y1, double y2);
void qc_sheet_box (QcSheet *sheet, double x, double y, double width, double height);

/* A cell of a form: a grey label of @label_width, then the value; lines around both. */
void qc_sheet_field (QcSheet *sheet, double x, double y, double label_width, double width, double height,
                     const char *label, const char *value, double size);

G_END_DECLS
