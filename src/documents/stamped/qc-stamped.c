/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. A paper is drawn twice: to learn which characters it has, then into the PDF.
 */
#include "qc-stamped-private.h"

#include "qc-month.h"
#include "qc-pdf.h"

#include <string.h>

static const char *const titles[] = {[QC_STAMPED_ROSTER] = "补缴清册", [QC_STAMPED_STATEMENT] = "补缴说明"};

/* Read aloud and compared in halves. */
static char *
dup_spaced_code (const char *code)
{
  gsize half = strlen (code) / 2;
  return g_strdup_printf ("%.*s %s", (int)half, code, code + half);
}

double
qc_stamped_title (QcSheet *sheet, const QcStampedPaper *paper, const char *title, gboolean with_code)
{
  qc_sheet_text_in (sheet, QC_SHEET_LEFT + 30, 12, QC_STAMPED_WIDTH - 60, 8, 12, QC_INK_BLACK, QC_ALIGN_CENTER,
                    paper->center);
  qc_sheet_text_spaced (sheet, QC_SHEET_WIDTH / 2, 28, 20, 2.2, title);
  if (with_code) {
    g_autofree char *code = dup_spaced_code (paper->check_code);
    qc_sheet_box (sheet, QC_SHEET_RIGHT - 42, 20, 42, 12);
    qc_sheet_text (sheet, QC_SHEET_RIGHT - 40, 24, 7, QC_INK_LABEL, QC_ALIGN_LEFT, "清册校验码");
    qc_sheet_text (sheet, QC_SHEET_RIGHT - 21, 30.3, 14, QC_INK_BLACK, QC_ALIGN_CENTER, code);
  }
  return 36;
}

char *
qc_stamped_dup_month (QcMonth month)
{
  return month == QC_MONTH_NONE ? g_strdup ("—")
                                : g_strdup_printf ("%d年%02d月", qc_month_year (month), qc_month_number (month));
}

/* The seal goes over the unit's name. */
void
qc_stamped_signatures (QcSheet *sheet, const QcStampedPaper *paper, double y)
{
  g_autofree char *handler = g_strconcat ("单位经办人（签字）：", paper->handler ? paper->handler : "", NULL);
  g_autofree char *date
      = g_strdup_printf ("填制日期：%d年%02d月%02d日", paper->date / 10000, paper->date / 100 % 100, paper->date % 100);
  qc_sheet_text (sheet, QC_SHEET_LEFT, y + 9, 10.5, QC_INK_BLACK, QC_ALIGN_LEFT, handler);
  qc_sheet_text (sheet, QC_SHEET_LEFT, y + 19, 10.5, QC_INK_BLACK, QC_ALIGN_LEFT, date);
  qc_sheet_text (sheet, QC_SHEET_RIGHT - 78, y + 9, 10.5, QC_INK_BLACK, QC_ALIGN_LEFT, "单位（加盖公章）：");
  qc_sheet_text_in (sheet, QC_SHEET_RIGHT - 79.6, y + 13, 79.6, 12, 11, QC_INK_BLACK, QC_ALIGN_LEFT, paper->unit_name);
}

int
qc_stamped_draw (const QcStampedPaper *paper, QcStampedKind kind, QcCanvas *canvas)
{
  QcSheet sheet = {canvas, paper->practice ? "演练·无效" : NULL, NULL, NULL};
  return kind == QC_STAMPED_ROSTER ? qc_stamped_draw_roster (&sheet, paper) : qc_stamped_draw_statement (&sheet, paper);
}

GBytes *
qc_stamped_to_pdf (QcFont *font, const QcStampedPaper *paper, QcStampedKind kind, gint64 created, GError **error)
{
  g_autoptr (QcCharset) charset = qc_charset_new ();
  g_autofree QcCanvas *collector = qc_canvas_new_collector (font, charset);
  qc_stamped_draw (paper, kind, collector);
  QcSubset *subset = qc_subset_new (font, charset, error);
  g_autoptr (QcPdf) pdf = subset ? qc_pdf_new (font, subset, NULL, error) : NULL;
  if (!pdf)
    return NULL;
  qc_pdf_set_info (pdf, titles[kind], paper->practice ? "演练·无效" : "住房公积金补缴", created);
  qc_stamped_draw (paper, kind, qc_pdf_get_canvas (pdf));
  return qc_pdf_check (pdf, error) ? qc_pdf_to_bytes (pdf, error) : NULL;
}

char *
qc_stamped_dup_file_name (const QcStampedPaper *paper, QcStampedKind kind)
{
  return g_strdup_printf ("%s-%s%s.pdf", titles[kind], paper->check_code, paper->practice ? "-演练" : "");
}
