/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * From bytes to json-glib's tree. Nothing is parsed that has not passed the gate. Any thread.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "qc-gate.h"

G_BEGIN_DECLS

/* (transfer full); NULL with QC_WIRE_ERROR. */
JsonNode *qc_wire_parse (GBytes *bytes, const QcGateLimits *limits, GError **error);

G_END_DECLS
