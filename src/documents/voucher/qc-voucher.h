/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 汇补缴凭证 on paper (V1, V2, decisions 8, 11, 16). A QcVoucher exists only for facts whose signature fits, so that no
 * page is ever drawn of anything else; the seal is drawn only when the business is finished; practice says so on every
 * page. One PDF holds one voucher or many, with the signed facts of all of them as its attachment. Not changed once it
 * is drawn: any thread; not for the main loop when there are many.
 */
#pragma once

#include <gio/gio.h>
#include "qc-font.h"
#include "qc-sheet.h"
#include "qc-voucher-facts.h"

G_BEGIN_DECLS

#define QC_VOUCHER_ATTACHMENT "qingce-voucher.txt"

typedef struct _QcVoucher QcVoucher;

/*
 * qc_voucher_new:
 * @signed_voucher: with its full form
 * @centers: (nullable): as for qc_voucher_verify()
 *
 * QC_DOCUMENTS_ERROR_UNPROVEN unless they are genuine or practice. (transfer full)
 */
QcVoucher *qc_voucher_new (const QcSignedVoucher *signed_voucher, const GPtrArray *centers, GError **error);
/* What a check shows: drawn of the signed facts, also where only the code is known, which has no months and no parties;
 * it says of itself that it is no voucher. @latest: as for qc_voucher_verify(). (transfer full) */
QcVoucher *qc_voucher_new_for_check (const QcSignedVoucher *signed_voucher, const GPtrArray *centers, gint64 latest,
                                     GError **error);
QcVoucher *qc_voucher_ref (QcVoucher *voucher);
void qc_voucher_unref (QcVoucher *voucher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcVoucher, qc_voucher_unref)
const QcVoucherFacts *qc_voucher_get_facts (const QcVoucher *voucher);
/* Printed here before: the larger of this and what the facts say is printed as 重打次数. */
void qc_voucher_set_reprint (QcVoucher *voucher, int reprint);
/* Moves what is drawn on its pages, in mm to the right and down: for printers that draw paper in beside its place. */
void qc_voucher_set_place (QcVoucher *voucher, double left, double top);
/* An extract of one month (decision 8): only its line is printed, and it is said so. QC_MONTH_NONE = all months.
 * FALSE if the voucher has no such month. */
gboolean qc_voucher_set_extract (QcVoucher *voucher, QcMonth month);
/* For tests. */
int qc_voucher_count_pages (const QcVoucher *voucher);
/* On any canvas, all its pages. */
void qc_voucher_draw (const QcVoucher *voucher, QcCanvas *canvas);

/*
 * Many vouchers without holding them all: @get is called twice for each @index from 0 to @n - 1, in order, and gives
 * one (transfer full), or NULL with an error, which ends the whole.
 */
typedef struct {
  guint n;
  QcVoucher *(*get) (guint index, gpointer user_data, GError **error);
  gpointer user_data;
} QcVoucherSource;

/* One PDF of all. Errors: QC_DOCUMENTS_ERROR, G_IO_ERROR_CANCELLED. (transfer full) */
GBytes *qc_voucher_to_pdf (QcFont *font, const QcVoucher *voucher, GError **error);
gboolean qc_voucher_save (QcFont *font, const QcVoucher *voucher, const char *path, GError **error);
gboolean qc_vouchers_save (QcFont *font, const QcVoucherSource *source, const char *path, GCancellable *cancellable,
                           GError **error);
/* A good name for the file: "汇补缴凭证-<serial>.pdf". (transfer full) */
char *qc_voucher_dup_file_name (const QcVoucher *voucher);

G_END_DECLS
