/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 月缴存额 and the limits of bases; see the header. Pure functions, any thread.
 */
#include "qc-contribution.h"

QcContribution
qc_contribution_compute (QcMoney base, const QcRatios *ratios, const QcPolicy *policy)
{
  return (QcContribution) {
      .unit = qc_money_portion (base, ratios->unit, policy->unit_rounding),
      .personal = qc_money_portion (base, ratios->personal, policy->personal_rounding),
  };
}

QcBaseFault
qc_base_check (QcMoney base, const QcRatios *ratios, const QcPolicy *policy)
{
  if (base < policy->base_floor || base <= 0)
    return QC_BASE_BELOW_FLOOR;
  if ((policy->base_cap > 0 && base > policy->base_cap) || base > QC_MONEY_MAX)
    return QC_BASE_ABOVE_CAP;
  QcContribution c = qc_contribution_compute (base, ratios, policy);
  if (policy->monthly_floor > 0 && qc_contribution_total (c) < policy->monthly_floor)
    return QC_BASE_MONTHLY_BELOW_FLOOR;
  if (policy->monthly_cap > 0 && qc_contribution_total (c) > policy->monthly_cap)
    return QC_BASE_MONTHLY_ABOVE_CAP;
  return QC_BASE_OK;
}
