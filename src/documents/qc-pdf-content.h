/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The streams of a PDF made by this program, found without trusting its tables: the attachment's text, and the text of
 * each page in the order it is drawn. Also after qpdf and the like have rewritten the file. Any thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
  GPtrArray *vouchers; /* (owned) char*: the lines of the attachment */
  GPtrArray *pages;    /* (owned) char*: what each page says */
  gboolean is_foreign; /* there is something this program never writes: pictures, notes, forms, later changes */
} QcPdfContent;

/* NULL if it is no PDF, or one without the attachment. (transfer full) */
QcPdfContent *qc_pdf_content_read (GBytes *bytes);
void qc_pdf_content_free (QcPdfContent *content);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcPdfContent, qc_pdf_content_free)

G_END_DECLS
