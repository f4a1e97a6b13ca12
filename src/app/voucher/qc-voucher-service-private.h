/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Between the files of the voucher service: the inside of a batch, the keys, and the service. Batches are filled on the
 * main thread and then only read, by workers too.
 */
#pragma once

#include "qc-profile.h"
#include "qc-signature.h"
#include "qc-store-vouchers.h"
#include "qc-voucher-service.h"
#include "qc-voucher.h"

G_BEGIN_DECLS

/* The centers one trusts, each with the keys of its own profile. Counted, any thread. */
struct _QcVoucherKeys {
  gatomicrefcount refs;
  GPtrArray *centers; /* (owned) QcVoucherCenter */
};
QcVoucherKeys *qc_voucher_keys_new (void);
QcVoucherKeys *qc_voucher_keys_ref (QcVoucherKeys *keys);
void qc_voucher_keys_unref (QcVoucherKeys *keys);
/* A signature that says a later time is refused: now, and what clocks may differ by. */
gint64 qc_voucher_latest (void);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcVoucherKeys, qc_voucher_keys_unref)
void qc_voucher_keys_add_profile (QcVoucherKeys *keys, QcProfile *profile);
/* Those the database keeps for the profile @id of the center @name: they count for that center only. */
gboolean qc_voucher_keys_add_stored (QcVoucherKeys *keys, QcConnection *connection, const char *id, const char *name,
                                     gboolean practice, GError **error);

typedef struct {
  QcVoucherInfo info;  /* its serial is the one below */
  char *serial, *text; /* (owned) */
  gint64 issued;
  int issue; /* reprint as the center counted it */
} QcVoucherEntry;

QcVoucherBatch *qc_voucher_batch_new (QcVoucherKeys *keys, const char *profile, const char *unit);
/* A voucher whose facts are proven; @printed: uses of this issue before. */
void qc_voucher_batch_add (QcVoucherBatch *self, const QcVoucher *voucher, const char *text, int printed,
                           gboolean offline);
const QcVoucherEntry *qc_voucher_batch_get_entry (QcVoucherBatch *self, guint i);
const char *qc_voucher_batch_get_unit (QcVoucherBatch *self);
const char *qc_voucher_batch_get_profile (QcVoucherBatch *self);
void qc_voucher_batch_set_used (QcVoucherBatch *self);
/* Proves entry @i again and sets its reprint: what a PDF is drawn of. Any thread. (transfer full) */
QcVoucher *qc_voucher_batch_open (QcVoucherBatch *self, guint i, GError **error);

/* The voucher in @text, of @unit and @serial, proven by @keys, else QC_APP_ERROR_VOUCHER. (transfer full) */
QcVoucher *qc_voucher_prove (const char *text, const char *unit, const char *serial, const QcVoucherKeys *keys,
                             GError **error);

QcSession *qc_voucher_service_get_session (QcVoucherService *self);

/* The first @n of @batch into the book and the journal, or none of them. @event: static. @counts: they are used now. */
void qc_voucher_service_write_book_async (QcVoucherService *self, QcVoucherBatch *batch, guint n, const char *event,
                                          const char *where, gboolean counts, GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean qc_voucher_service_write_book_finish (QcVoucherService *self, GAsyncResult *result, GError **error);

G_END_DECLS
