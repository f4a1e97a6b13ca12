/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Issuing 汇补缴凭证 (V2, R6): the facts are made from the ledger, never from what a client says, signed with the
 * center's key, counted and logged. Writer thread, inside its transaction.
 */
#pragma once

#include "qc-engine.h"
#include "qc-voucher-facts.h"

G_BEGIN_DECLS

typedef struct {
  QcApplication *application; /* (owned) as the ledger has it */
  QcSignedVoucher *voucher;   /* (owned) (nullable) NULL: its state allows none; nothing was counted */
  int reprint;                /* as the facts say it */
} QcIssuedVoucher;
void qc_issued_voucher_free (QcIssuedVoucher *issued);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcIssuedVoucher, qc_issued_voucher_free)

/*
 * qc_engine_issue_voucher:
 * @now: the center's clock
 *
 * QC_ENGINE_ERROR_MISSING where the unit has no such application; QC_PROOF_ERROR when it cannot be signed. (write)
 * (transfer full)
 */
QcIssuedVoucher *qc_engine_issue_voucher (QcConnection *connection, const QcSigningKey *key, const char *unit,
                                          const char *serial, const char *actor, gint64 now, GError **error);
/* The facts as they would be signed now, for tests and the console; nothing is counted. (read) (transfer full) */
QcVoucherFacts *qc_engine_make_voucher_facts (QcConnection *connection, const char *unit,
                                              const QcApplication *application, GError **error);

G_END_DECLS
