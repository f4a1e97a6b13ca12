/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Checking a voucher offline: a PDF (its attachment, else the code on its pages), a picture of the paper or of its
 * code, or the text of a scanner. What is vouched for is the signed facts in the answer, never a page or a picture:
 * that is for eyes, which hold it against a voucher drawn of the facts. Where a page's text can be read, what differs
 * is said. The file itself is read by qingce-reader only. Any thread, but not the main loop.
 */
#pragma once

#include <gio/gio.h>
#include "qc-page-compare.h"
#include "qc-reading.h"

G_BEGIN_DECLS

/* A voucher that was handed in. */
typedef struct {
  QcVoucherCheck *check; /* (owned) */
  char *text;            /* (owned) the line it was read from */
  guint page;            /* of the file, from 1, where it is shown; 0 = not known */
  gboolean compared;     /* the text of its pages was held against the facts */
  GPtrArray *remarks;    /* (owned) QcPageRemark; empty where nothing differs, or nothing was compared */
} QcCheckedVoucher;
void qc_checked_voucher_free (QcCheckedVoucher *self);

/* @centers, @latest: as for qc_voucher_verify(). Never NULL; UNREADABLE if it is no voucher. */
QcVoucherCheck *qc_voucher_check_text (const char *text, const GPtrArray *centers, gint64 latest);
/* One for each voucher in @reading, in order. QC_DOCUMENTS_ERROR_NO_CODE where there is none, G_IO_ERROR_CANCELLED.
 * (element-type QcCheckedVoucher) (transfer full) */
GPtrArray *qc_voucher_check_reading (const QcReading *reading, const GPtrArray *centers, gint64 latest,
                                     GCancellable *cancellable, GError **error);
/* Reads the file at @path first: QC_READER_ERROR besides. (transfer full) */
GPtrArray *qc_voucher_check_file (const char *path, const GPtrArray *centers, gint64 latest, GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
