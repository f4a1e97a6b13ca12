/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-month-due.h. Pure, any thread.
 */
#include "qc-month-due.h"

gboolean
qc_month_is_due (const QcUnit *unit, QcMonth current, const QcStoreBadges *badges)
{
  if (!unit || !qc_unit_status_can_remit (unit->status))
    return FALSE;
  QcMonth due = qc_unit_due_month (unit);
  return due != QC_MONTH_NONE && due <= current && badges->open[QC_BUSINESS_REMITTANCE] == 0
         && badges->queued[QC_BUSINESS_REMITTANCE] == 0;
}
