/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A PDF on screen, a page at a time, as large as one likes. It draws the very bytes that are saved and printed. Main
 * thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QC_TYPE_VOUCHER_PREVIEW (qc_voucher_preview_get_type ())
G_DECLARE_FINAL_TYPE (QcVoucherPreview, qc_voucher_preview, QC, VOUCHER_PREVIEW, GtkWidget)

GtkWidget *qc_voucher_preview_new (void);
/* NULL = nothing. The page and the size stay where they can. G_FILE_ERROR or poppler's error for what is no PDF. */
gboolean qc_voucher_preview_set_pdf (QcVoucherPreview *self, GBytes *pdf, GError **error);
int qc_voucher_preview_get_n_pages (QcVoucherPreview *self);
int qc_voucher_preview_get_page (QcVoucherPreview *self); /* from 0 */
void qc_voucher_preview_set_page (QcVoucherPreview *self, int page);
/* 1 = as on paper; 0 = as wide as there is room. Between 0.25 and 4. */
void qc_voucher_preview_set_zoom (QcVoucherPreview *self, double zoom);
double qc_voucher_preview_get_zoom (QcVoucherPreview *self);
/* Where the printer will put it: millimetres to the right and down, on the same paper. */
void qc_voucher_preview_set_offset (QcVoucherPreview *self, double left, double top);

G_END_DECLS
