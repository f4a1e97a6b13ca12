/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A PDF on screen, a page at a time, as large as one likes. It draws the very bytes that are saved and printed. Main
 * thread.
 */
#pragma once

#include <gtk/gtk.h>
#include <poppler.h>

G_BEGIN_DECLS

#define QC_TYPE_PDF_VIEW (qc_pdf_view_get_type ())
G_DECLARE_FINAL_TYPE (QcPdfView, qc_pdf_view, QC, PDF_VIEW, GtkWidget)

/* Signal "resized": the page is of another size on the screen. */
GtkWidget *qc_pdf_view_new (void);
/* NULL = nothing. The page and the size stay where they can. G_FILE_ERROR or poppler's error for what is no PDF. */
gboolean qc_pdf_view_set_pdf (QcPdfView *self, GBytes *pdf, GError **error);
int qc_pdf_view_get_n_pages (QcPdfView *self);
int qc_pdf_view_get_page (QcPdfView *self); /* from 0 */
void qc_pdf_view_set_page (QcPdfView *self, int page);
/* 1 = as on paper, between 0.25 and 4; or as wide as there is room, or as large as all of it can be seen. */
#define QC_PDF_VIEW_WIDTH 0.0
#define QC_PDF_VIEW_WHOLE (-1.0)
void qc_pdf_view_set_zoom (QcPdfView *self, double zoom);
double qc_pdf_view_get_zoom (QcPdfView *self);
/* Where the printer will put it: millimetres to the right and down, on the same paper. */
void qc_pdf_view_set_offset (QcPdfView *self, double left, double top);

/* Places on the page that is shown, and which of them is looked at: PopplerRectangle (nullable). Gone with the page. */
void qc_pdf_view_set_found (QcPdfView *self, GArray *places, int current);
PopplerDocument *qc_pdf_view_get_document (QcPdfView *self); /* (nullable) borrowed */
/* What a screen reader calls it. */
void qc_pdf_view_set_label (QcPdfView *self, const char *label);

G_END_DECLS
