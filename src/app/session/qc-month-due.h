/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Whether a unit owes its next month: said once, for 首页 and for the overview of all units. Inside app; any thread.
 */
#pragma once

#include "qc-store-applications.h"
#include "qc-unit.h"

G_BEGIN_DECLS

/* The month after 缴至年月 has come (@current is the center's), the unit may remit, and no 汇缴 is under way or waits.
 * @unit: (nullable) nothing is known of it, nothing is owed. */
gboolean qc_month_is_due (const QcUnit *unit, QcMonth current, const QcStoreBadges *badges);

G_END_DECLS
