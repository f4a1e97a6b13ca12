/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The vouchers of a source, in order, with their QR codes made ahead: encoding one takes longer than
 * drawing all the rest of its page, so threads do it while the pages before are drawn. At most QC_AHEAD_WINDOW vouchers
 * are held, and qc_ahead_free() ends the threads before it returns. What comes out does not depend on how many threads
 * there are. The source is only asked in the thread that calls; one thread at a time.
 */
#pragma once

#include "qc-voucher.h"

G_BEGIN_DECLS

#define QC_AHEAD_WINDOW 32

typedef struct _QcAhead QcAhead;

/* How many threads make the codes of @n vouchers, beside the one that draws; 0 on one processor. */
guint qc_ahead_count_threads (guint n);
/* @source: (not nullable): borrowed until qc_ahead_free(). (transfer full) */
QcAhead *qc_ahead_new (const QcVoucherSource *source);
void qc_ahead_free (QcAhead *ahead);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcAhead, qc_ahead_free)
/* The next voucher; not to be called more often than the source has vouchers. NULL with the source's error, which may
 * be of a voucher somewhat further on: it ends the whole anyway. (transfer full) */
QcVoucher *qc_ahead_next (QcAhead *ahead, GError **error);

G_END_DECLS
