/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The error domain of the wire.
 */
#include "qc-wire-error.h"

G_DEFINE_QUARK (qc - wire - error - quark, qc_wire_error)
