/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Text that is looked for in what a view shows: from page to page, a few at a time, so that thousands of them stop
 * nothing; round again from the other end. The view turns to what is found and marks it. Main thread.
 */
#pragma once

#include "qc-pdf-view.h"

G_BEGIN_DECLS

typedef enum {
  QC_PDF_SEARCH_NONE, /* nothing is looked for */
  QC_PDF_SEARCH_RUNNING,
  QC_PDF_SEARCH_FOUND,
  QC_PDF_SEARCH_ABSENT,
} QcPdfSearchState;

typedef struct _QcPdfSearch QcPdfSearch;
typedef void (*QcPdfSearchFunc) (gpointer user_data);

/* @view: borrowed. @changed: where it stands, or the page, is otherwise. */
QcPdfSearch *qc_pdf_search_new (QcPdfView *view, QcPdfSearchFunc changed, gpointer user_data);
void qc_pdf_search_free (QcPdfSearch *search);
/* From the page that is shown; "" ends it. To be called again where the view has another document. */
void qc_pdf_search_set_text (QcPdfSearch *search, const char *text);
/* The next one, or the one before. */
void qc_pdf_search_go (QcPdfSearch *search, gboolean forward);
QcPdfSearchState qc_pdf_search_get_state (const QcPdfSearch *search);

G_END_DECLS
