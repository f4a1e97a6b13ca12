/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Issuing 汇补缴凭证 (V2, R6): the facts are made from the ledger, never from what a client says, signed with the
 * center's key, counted and logged. Writer thread, inside its transaction.
 */
#pragma once

#include "qc-engine.h"

G_BEGIN_DECLS

/*
 * qc_engine_issue_voucher:
 * @call: under its key a voucher is issued once, however often it is asked for
 *
 * The outcome has the application, the voucher, and how many of its kind went out before. Refused where the state of
 * the application allows none. QC_PROOF_ERROR when it cannot be signed. (write) (transfer full)
 */
QcOutcome *qc_engine_issue_voucher (QcConnection *connection, const QcEngineCall *call, const QcSigningKey *key,
                                    const char *serial, GError **error);
/* The facts as they would be signed now, for tests and the console; nothing is counted. (read) (transfer full) */
QcVoucherFacts *qc_engine_make_voucher_facts (QcConnection *connection, const char *unit,
                                              const QcApplication *application, GError **error);

G_END_DECLS
