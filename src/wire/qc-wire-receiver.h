/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a center says of a unit that is to receive people (同城转移): GET /api/v1/units/{unit}/receivers/{account}. Any
 * thread.
 */
#pragma once

#include "qc-other-unit.h"

G_BEGIN_DECLS

GBytes *qc_wire_encode_receiver (const QcOtherUnit *unit);
/* @account: the one that was asked for; another one is a fault. @as_of stays 0. (transfer full) */
QcOtherUnit *qc_wire_decode_receiver (GBytes *bytes, const char *account, GError **error);

G_END_DECLS
