/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 条件: what a submission was confirmed under: the center's policy, the unit's ratios and its collection agreement
 * (decision 12). Both sides make the digest of what they have; where the two differ nothing is done.
 */
#pragma once

#include "qc-policy.h"
#include "qc-unit.h"

G_BEGIN_DECLS

#define QC_TERMS_LENGTH 71 /* "sha256:" and 64 digits */

/* @policies: GArray of QcPolicy, @ratios: GArray of QcRatios, both ordered by from. "sha256:…" (transfer full) */
char *qc_terms_digest (const GArray *policies, const GArray *ratios, const QcUnit *unit);

G_END_DECLS
