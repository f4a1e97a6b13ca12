/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A unit as the windows choose it, out of the row that is kept of it. Any thread.
 */
#pragma once

#include "qc-session.h"
#include "qc-store-profiles.h"

G_BEGIN_DECLS

/* (transfer full) */
QcUnitChoice *qc_unit_choice_new (const QcStoreGrant *grant);
/* @label NULL: what its name proposes; @colour −1: the first. */
void qc_unit_choice_take_mark (QcUnitChoice *choice, const char *label, int colour);

G_END_DECLS
