/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * From bytes to a JSON tree and back. Nothing is parsed that has not passed the gate. Any thread.
 */
#pragma once

#include <json-glib/json-glib.h>
#include "qc-gate.h"

G_BEGIN_DECLS

/* (transfer full); NULL with QC_WIRE_ERROR. */
JsonNode *qc_wire_parse (const guint8 *data, gsize length, const QcGateLimits *limits, GError **error);
JsonNode *qc_wire_parse_bytes (GBytes *bytes, const QcGateLimits *limits, GError **error);
/* Compact JSON. The tree must hold no doubles. (transfer full) */
GBytes *qc_wire_serialize (JsonNode *node);

G_END_DECLS
