/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a check found: the verdicts as rows, and under them, side by side, the voucher drawn of the signed facts, which
 * is what counts, and a picture of what was handed in. "changed" is emitted when pages or size are others. Main thread.
 */
#pragma once

#include <gtk/gtk.h>
#include "qc-voucher-service.h"

G_BEGIN_DECLS

#define QC_TYPE_VOUCHER_CHECK_VIEW (qc_voucher_check_view_get_type ())
G_DECLARE_FINAL_TYPE (QcVoucherCheckView, qc_voucher_check_view, QC, VOUCHER_CHECK_VIEW, GtkWidget)

GtkWidget *qc_voucher_check_view_new (void);
/* @results: (nullable) (element-type QcVoucherResult): shows them with @service, or nothing. */
void qc_voucher_check_view_show (QcVoucherCheckView *self, QcVoucherService *service, GPtrArray *results);
/* Of the voucher that is chosen: both sides move together. */
int qc_voucher_check_view_get_n_pages (QcVoucherCheckView *self);
int qc_voucher_check_view_get_page (QcVoucherCheckView *self); /* from 0 */
void qc_voucher_check_view_set_page (QcVoucherCheckView *self, int page);
/* As for the preview: 0 = as wide as there is room. */
void qc_voucher_check_view_set_zoom (QcVoucherCheckView *self, double zoom);
double qc_voucher_check_view_get_zoom (QcVoucherCheckView *self);

G_END_DECLS
