/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Drawing on a PDF page: text as codes of the one embedded font, lines, fills. Contents are written as operators, which
 * are then libharu's page contents. One thread at a time.
 */
#include "qc-pdf-private.h"

#include <math.h>
#include <string.h>

#define COMPRESSION 5 /* beyond it, a tenth of a percent costs a millisecond */
#define POINTS(mm)  ((mm) / QC_MM_PER_POINT)

/* ---- numbers ---- */

static void
put_fixed (GString *out, double value, int decimals)
{
  static const int scales[] = {1, 10, 100, 1000, 10000};
  gint64 n = llround (value * scales[decimals]);
  if (n < 0) {
    g_string_append_c (out, '-');
    n = -n;
  }
  while (decimals > 0 && n % 10 == 0) {
    n /= 10;
    decimals--;
  }
  int length = 0;
  char digits[24];
  do {
    digits[length++] = (char)('0' + n % 10);
    n /= 10;
    if (--decimals == 0)
      digits[length++] = '.';
  } while (n > 0 || decimals >= 0);
  while (length > 0)
    g_string_append_c (out, digits[--length]);
}

static void
put (GString *out, double value)
{
  put_fixed (out, value, 2);
  g_string_append_c (out, ' ');
}

static void
put_point (QcPdf *pdf, double x, double y)
{
  put (pdf->content, POINTS (x));
  put (pdf->content, POINTS (pdf->height - y));
}

/* ---- inks ---- */

static const char *const fills[QC_N_INKS] = {"0 g\n", "0.42 g\n", "0.9 g\n", "0.8 0.07 0.1 rg\n"};
static const char *const strokes[QC_N_INKS] = {"0 G\n", "0.42 G\n", "0.9 G\n", "0.8 0.07 0.1 RG\n"};

static void
set_ink (QcPdf *pdf, QcInk ink, gboolean stroke)
{
  QcInk *now = stroke ? &pdf->stroke : &pdf->fill;
  gboolean was_seal = pdf->fill == QC_INK_SEAL || pdf->stroke == QC_INK_SEAL;
  if (*now == ink)
    return;
  if (ink == QC_INK_SEAL && !was_seal)
    g_string_append (pdf->content, "/GS gs\n");
  if (ink != QC_INK_SEAL && was_seal) {
    g_string_append (pdf->content, "/GO gs\n");
    pdf->fill = pdf->stroke = QC_N_INKS;
  }
  g_string_append (pdf->content, stroke ? strokes[ink] : fills[ink]);
  *now = ink;
}

/* ---- the canvas ---- */

static void
begin_page (QcCanvas *canvas, double width, double height)
{
  QcPdf *pdf = (QcPdf *)canvas;
  g_string_truncate (pdf->content, 0);
  pdf->height = height;
  pdf->fill = pdf->stroke = QC_N_INKS;
  pdf->line_width = pdf->text_size = -1;
  g_string_append (pdf->content, "2 J\n"); /* lines meet in whole corners */
  qc_pdf_begin_page (pdf, width, height);
  if (canvas->left != 0 || canvas->top != 0) {
    g_string_append (pdf->content, "1 0 0 1 ");
    put (pdf->content, POINTS (canvas->left));
    put (pdf->content, -POINTS (canvas->top));
    g_string_append (pdf->content, "cm\n");
  }
}

static void
put_code (GString *out, guint16 code)
{
  static const char hex[] = "0123456789ABCDEF";
  const char digits[4] = {hex[code >> 12], hex[code >> 8 & 15], hex[code >> 4 & 15], hex[code & 15]};
  g_string_append_len (out, digits, 4);
}

/* The base line begins at @x, @y and turns by @angle. */
static void
put_place (QcPdf *pdf, double x, double y, double angle)
{
  const double turn[] = {cos (angle), sin (angle), -sin (angle), cos (angle)};
  for (gsize i = 0; angle != 0 && i < G_N_ELEMENTS (turn); i++) {
    put_fixed (pdf->content, turn[i], 4);
    g_string_append_c (pdf->content, ' ');
  }
  put_point (pdf, x, y);
  g_string_append (pdf->content, angle != 0 ? "Tm <" : "Td <");
}

static void
text (QcCanvas *canvas, double x, double y, double angle, double size, QcInk ink, const char *string)
{
  QcPdf *pdf = (QcPdf *)canvas;
  set_ink (pdf, ink, FALSE);
  g_string_append (pdf->content, "BT ");
  if (pdf->text_size != size) {
    g_string_append (pdf->content, "/F1 ");
    put (pdf->content, size);
    g_string_append (pdf->content, "Tf ");
    pdf->text_size = size;
  }
  put_place (pdf, x, y, angle);
  for (const char *p = string; *p != '\0'; p = g_utf8_next_char (p)) {
    const QcGlyph *glyph = qc_subset_lookup (pdf->subset, g_utf8_get_char (p));
    if (glyph == NULL) {
      qc_pdf_take_fault (pdf, QC_DOCUMENTS_ERROR_PDF, "A character was not foreseen");
      break;
    }
    put_code (pdf->content, glyph->code);
  }
  g_string_append (pdf->content, "> Tj ET\n");
}

static void
set_line_width (QcPdf *pdf, double width)
{
  if (pdf->line_width == width)
    return;
  put (pdf->content, POINTS (width));
  g_string_append (pdf->content, "w\n");
  pdf->line_width = width;
}

static void
line (QcCanvas *canvas, double x1, double y1, double x2, double y2, double width, QcInk ink)
{
  QcPdf *pdf = (QcPdf *)canvas;
  set_ink (pdf, ink, TRUE);
  set_line_width (pdf, width);
  put_point (pdf, x1, y1);
  g_string_append (pdf->content, "m ");
  put_point (pdf, x2, y2);
  g_string_append (pdf->content, "l S\n");
}

static void
circle (QcCanvas *canvas, double x, double y, double radius, double width, QcInk ink)
{
  static const double k = 0.5522847498;
  static const double quarters[4][6]
      = {{1, k, k, 1, 0, 1}, {-k, 1, -1, k, -1, 0}, {-1, -k, -k, -1, 0, -1}, {k, -1, 1, -k, 1, 0}};
  QcPdf *pdf = (QcPdf *)canvas;
  set_ink (pdf, ink, TRUE);
  set_line_width (pdf, width);
  put_point (pdf, x + radius, y);
  g_string_append (pdf->content, "m ");
  for (int q = 0; q < 4; q++) {
    for (int i = 0; i < 6; i += 2)
      put_point (pdf, x + quarters[q][i] * radius, y - quarters[q][i + 1] * radius);
    g_string_append (pdf->content, "c ");
  }
  g_string_append (pdf->content, "s\n");
}

static void
polygon (QcCanvas *canvas, const double *points, gsize n_points, QcInk ink)
{
  QcPdf *pdf = (QcPdf *)canvas;
  set_ink (pdf, ink, FALSE);
  for (gsize i = 0; i < n_points; i++) {
    put_point (pdf, points[2 * i], points[2 * i + 1]);
    g_string_append (pdf->content, i == 0 ? "m " : "l ");
  }
  g_string_append (pdf->content, "f\n");
}

/*
 * A mask of one bit per module, inline, in hexadecimal so that no reader takes its bytes for operators: a fifth of what
 * rectangles take, in bytes and in time, and as crisp, since nothing interpolates a mask.
 */
static void
modules (QcCanvas *canvas, double x, double y, double size, const guint8 *bits, int n)
{
  QcPdf *pdf = (QcPdf *)canvas;
  GString *out = pdf->content;
  set_ink (pdf, QC_INK_BLACK, FALSE);
  g_string_append (out, "q ");
  put (out, POINTS (size));
  g_string_append (out, "0 0 ");
  put (out, POINTS (size));
  put_point (pdf, x, y + size);
  g_string_append_printf (out, "cm\nBI /IM true /W %d /H %d /BPC 1 /D [1 0] /F /AHx ID\n", n, n);
  for (int row = 0; row < n; row++) {
    for (int column = 0; column < n; column += 4) {
      int nibble = 0;
      for (int i = 0; i < 4; i++)
        nibble = nibble << 1 | (column + i < n ? bits[row * n + column + i] & 1 : 0);
      g_string_append_c (out, "0123456789ABCDEF"[nibble]);
    }
    if ((n + 3) / 4 % 2 != 0)
      g_string_append_c (out, '0'); /* each row begins a byte */
  }
  g_string_append (out, ">\nEI Q\n");
}

/* ---- its life ---- */

QcPdf *
qc_pdf_new (QcFont *font, QcSubset *subset, const char *folder, GError **error)
{
  static const QcCanvasClass klass = {begin_page, qc_pdf_end_page, text, line, circle, polygon, modules};
  g_autoptr (QcPdf) pdf = g_new0 (QcPdf, 1);
  pdf->parent.klass = &klass;
  pdf->parent.font = qc_font_ref (font);
  pdf->subset = subset;
  pdf->content = g_string_sized_new (64 * 1024);
  pdf->compressor = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, COMPRESSION));
  pdf->folder = g_strdup (folder);
  pdf->pages = qc_spool_new (folder);
  pdf->streams = g_ptr_array_new_with_free_func (g_free);
  return qc_pdf_open (pdf, error) ? g_steal_pointer (&pdf) : NULL;
}

void
qc_pdf_free (QcPdf *pdf)
{
  if (pdf == NULL)
    return;
  if (pdf->doc != NULL)
    HPDF_Free (pdf->doc);
  g_ptr_array_unref (pdf->streams);
  qc_spool_free (pdf->pages);
  qc_spool_free (pdf->attached);
  g_free (pdf->attachment_name);
  g_clear_object (&pdf->compressor);
  g_string_free (pdf->content, TRUE);
  g_clear_error (&pdf->fault);
  qc_subset_free (pdf->subset);
  qc_font_unref (pdf->parent.font);
  g_free (pdf->folder);
  g_free (pdf);
}

QcCanvas *
qc_pdf_get_canvas (QcPdf *pdf)
{
  return &pdf->parent;
}

void
qc_pdf_take_fault (QcPdf *pdf, int code, const char *message)
{
  if (pdf->fault == NULL)
    pdf->fault = g_error_new_literal (QC_DOCUMENTS_ERROR, code, message);
}

gboolean
qc_pdf_check (QcPdf *pdf, GError **error)
{
  if (pdf->fault == NULL && HPDF_GetError (pdf->doc) != HPDF_OK) {
    g_autofree char *message = g_strdup_printf ("libharu says 0x%04x, %u", (guint)HPDF_GetError (pdf->doc),
                                                (guint)HPDF_GetErrorDetail (pdf->doc));
    qc_pdf_take_fault (pdf, QC_DOCUMENTS_ERROR_PDF, message);
  }
  if (pdf->fault != NULL && error != NULL)
    *error = g_error_copy (pdf->fault);
  return pdf->fault == NULL;
}
