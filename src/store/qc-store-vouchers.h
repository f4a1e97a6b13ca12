/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Signed vouchers kept for printing again offline: the newest issue of each application, and how often it was used.
 * The text is what was signed; the other columns only find it. Database threads only.
 */
#pragma once

#include "qc-application.h"
#include "qc-connection.h"

G_BEGIN_DECLS

typedef struct {
  char *serial; /* (owned) */
  gint64 created;
  QcMoney fen;     /* created, fen: of the application it was made of */
  gint64 revision; /* likewise */
  QcApplicationState state;
  int reprint;
  gint64 issued, fetched; /* unix seconds: the center's clock, ours */
  int printed;            /* uses of this issue so far */
  char *text;             /* (owned) one line */
} QcStoreVoucher;
void qc_store_voucher_free (QcStoreVoucher *voucher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcStoreVoucher, qc_store_voucher_free)

/* Replaces an older issue; printed begins at 0. */
gboolean qc_store_vouchers_put (QcConnection *connection, const char *profile, const char *unit,
                                const QcStoreVoucher *voucher, GError **error);
/* *@out gets NULL where none is kept. (transfer full) */
gboolean qc_store_vouchers_get (QcConnection *connection, const char *profile, const char *unit, const char *serial,
                                QcStoreVoucher **out, GError **error);
/* The issue of @issued was used once more; nothing happens when another took its place meanwhile. */
gboolean qc_store_vouchers_add_print (QcConnection *connection, const char *profile, const char *unit,
                                      const char *serial, gint64 issued, int reprint, GError **error);

G_END_DECLS
