/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The two forms of a voucher's facts, between the files that make and verify them. Any thread.
 */
#pragma once

#include "qc-voucher-facts.h"

G_BEGIN_DECLS

#define QC_VOUCHER_KIND_COMPACT "voucher"
#define QC_VOUCHER_KIND_FULL    "voucher-full"

/* (transfer full) */
QcFacts *qc_voucher_facts_to_full (const QcVoucherFacts *facts);
/* @full: the canonical bytes of the full form. (transfer full) */
QcFacts *qc_voucher_facts_to_compact (const QcVoucherFacts *facts, GBytes *full);
/* Reads either form; NULL with QC_PROOF_ERROR_FACTS. Sums and identities are not checked. (transfer full) */
QcVoucherFacts *qc_voucher_facts_from (const QcFacts *source, GError **error);
/* 16 bytes of SHA-256 in base64url over the lines alone. (transfer full) */
char *qc_voucher_facts_lines_digest (const QcVoucherFacts *facts);

G_END_DECLS
