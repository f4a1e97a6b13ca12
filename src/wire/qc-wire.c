/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Parsing behind the gate. Not into an immutable tree: sealing one hashes all of it, and nobody keeps a tree. Any
 * thread.
 */
#include "qc-wire.h"

JsonNode *
qc_wire_parse (GBytes *bytes, const QcGateLimits *limits, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  if (!qc_gate_check ((const guint8 *)data, length, limits, error))
    return NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) local = NULL;
  if (!json_parser_load_from_data (parser, data, (gssize)length, &local)) {
    g_set_error (error, QC_WIRE_ERROR, QC_WIRE_ERROR_SYNTAX, "%s", local->message);
    return NULL;
  }
  return json_parser_steal_root (parser);
}
