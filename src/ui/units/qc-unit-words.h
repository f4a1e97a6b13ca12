/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a unit needs, in words. Main thread.
 */
#pragma once

#include "qc-unit-overview.h"

G_BEGIN_DECLS

/* "Due since September 2026 · 1 returned · 2 waiting"; "" where nothing is to be done. (transfer full) */
char *qc_unit_standing_dup_needs (const QcUnitStanding *standing);

G_END_DECLS
