/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the center decided on since it was last seen 待审核, and whose money arrived since it was seen 登记: of the unit
 * that is chosen, also while the program was closed, for what it knows then is compared with what the next pull brings.
 * Main thread.
 */
#pragma once

#include "qc-application-list.h"

G_BEGIN_DECLS

#define QC_TYPE_DECISIONS (qc_decisions_get_type ())
G_DECLARE_FINAL_TYPE (QcDecisions, qc_decisions, QC, DECISIONS, GObject)

/* Signal "decided" (QcApplicationRow *row): once each; 受理, 办结 and 退回, not the clerk's own 取消. */
QcDecisions *qc_decisions_new (QcSession *session);
/* Something of the unit is with the center, 登记 or 待审核. Signal "waiting-changed" (): it may be otherwise now. */
gboolean qc_decisions_is_waiting (QcDecisions *self);

G_END_DECLS
