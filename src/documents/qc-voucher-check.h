/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Checking a voucher offline: a PDF (its attachment, and whether its pages say the same), a picture of the paper or of
 * its QR code, or the text of a scanner. Nothing is trusted: sizes are bounded, pictures are read as PNG or JPEG only,
 * and what a PDF shows beside what this program draws makes it altered. What is genuine is the facts in the answer; a
 * screen shows them, so that they can be held against the paper. Any thread, but not the main loop.
 */
#pragma once

#include <gio/gio.h>
#include "qc-voucher-facts.h"

G_BEGIN_DECLS

/* @keys, @practice_keys: (nullable): as for qc_voucher_verify(). Never NULL; UNREADABLE if it is no voucher. */
QcVoucherCheck *qc_voucher_check_text (const char *text, const GPtrArray *keys, const GPtrArray *practice_keys);
/*
 * A PDF, a PNG or JPEG, or text, told apart by content. A PDF of many vouchers gives one answer each, in order.
 * Errors: QC_DOCUMENTS_ERROR_READ, QC_DOCUMENTS_ERROR_NO_CODE. (element-type QcVoucherCheck) (transfer full)
 */
GPtrArray *qc_voucher_check_file (const char *path, const GPtrArray *keys, const GPtrArray *practice_keys,
                                  GError **error);
/* The same, for tests and benches. */
GPtrArray *qc_voucher_check_bytes (GBytes *bytes, const GPtrArray *keys, const GPtrArray *practice_keys,
                                   GError **error);

G_END_DECLS
