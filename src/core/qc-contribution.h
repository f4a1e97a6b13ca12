/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 月缴存额: base × ratio, each side rounded by itself, then added (decision 2).
 */
#pragma once

#include "qc-policy.h"

G_BEGIN_DECLS

typedef struct {
  QcMoney unit, personal; /* fen */
} QcContribution;

#define qc_contribution_total(c) ((c).unit + (c).personal)

QcContribution qc_contribution_compute (QcMoney base, const QcRatios *ratios, const QcPolicy *policy);

typedef enum {
  QC_BASE_OK,
  QC_BASE_BELOW_FLOOR,
  QC_BASE_ABOVE_CAP,
  QC_BASE_MONTHLY_BELOW_FLOOR,
  QC_BASE_MONTHLY_ABOVE_CAP,
} QcBaseFault;

/* Never clamps; says which limit is broken. */
QcBaseFault qc_base_check (QcMoney base, const QcRatios *ratios, const QcPolicy *policy);

G_END_DECLS
