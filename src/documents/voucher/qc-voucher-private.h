/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Between qc-voucher.c (what it is), qc-voucher-page.c (pages) and qc-voucher-form.c (the parts of a page).
 */
#pragma once

#include "qc-qr.h"
#include "qc-seal.h"
#include "qc-voucher.h"

G_BEGIN_DECLS

struct _QcVoucher {
  gatomicrefcount refs;
  QcVoucherFacts *facts; /* (owned) verified */
  char *text;            /* (owned) the signed facts in one line */
  char *qr;              /* (owned) what the QR says */
  char *key_id;          /* (owned) */
  QcQr code;             /* (owned) made when first drawn, see qc_voucher_get_code() */
  gsize code_made;       /* a g_once_init_enter() word */
  int reprint;
  double left, top; /* mm */
  QcMonth extract;  /* QC_MONTH_NONE = all */
  gboolean checked; /* drawn to hold something else against it: no voucher */
};

#define QC_QR_SIZE 42.0 /* mm, without the quiet zone */

/* Heights in mm of the parts, which the breaking of pages is made of. */
#define QC_FORM_TABLE_HEAD 11.0
#define QC_FORM_TOTAL_ROW  7.0
/* Title and head, down to the table; and all below the table. Long names make both higher. */
double qc_form_head_height (const QcVoucherFacts *facts);
double qc_form_bottom_height (const QcVoucherFacts *facts);

/* The QR code; made once. Borrowed. */
const QcQr *qc_voucher_get_code (const QcVoucher *voucher);

/* One size for all figures of a voucher's table, sums included, so that their decimal points stand below each other. */
double qc_form_figure_size (QcSheet *sheet, const QcVoucherFacts *facts);

/* Each returns the y below what it drew. */
double qc_form_title (QcSheet *sheet, const QcVoucher *voucher);
double qc_form_continued (QcSheet *sheet, const QcVoucher *voucher);
double qc_form_head (QcSheet *sheet, const QcVoucher *voucher, double y);
double qc_form_table_head (QcSheet *sheet, const QcVoucher *voucher, double y);
/* @size: of the figures, in points. */
double qc_form_row (QcSheet *sheet, const QcVoucher *voucher, const QcMonthLine *line, double y, double height,
                    double size);
/* The verticals of the rows from @y1 to @y2, each drawn once. */
void qc_form_table_lines (QcSheet *sheet, const QcVoucher *voucher, double y1, double y2);
/* In the table's place, where the months are not known. */
double qc_form_no_table (QcSheet *sheet, double y);
double qc_form_total_row (QcSheet *sheet, const QcVoucher *voucher, double y, double size);
/* Totals, 大写, parties, staff, QR and the place of the seal. */
void qc_form_bottom (QcSheet *sheet, const QcVoucher *voucher, double y);

G_END_DECLS
