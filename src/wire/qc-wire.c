/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Parsing behind the gate, and serializing. Any thread.
 */
#include "qc-wire.h"

JsonNode *
qc_wire_parse (const guint8 *data, gsize length, const QcGateLimits *limits, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) local = NULL;

  if (!qc_gate_check (data, length, limits, error))
    return NULL;
  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, (const char *)data, (gssize)length, &local)) {
    g_set_error (error, QC_WIRE_ERROR, QC_WIRE_ERROR_SYNTAX, "%s", local->message);
    return NULL;
  }
  return json_parser_steal_root (parser);
}

JsonNode *
qc_wire_parse_bytes (GBytes *bytes, const QcGateLimits *limits, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  return qc_wire_parse (data, length, limits, error);
}

GBytes *
qc_wire_serialize (JsonNode *node)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  gsize length;
  char *text;

  json_generator_set_root (generator, node);
  text = json_generator_to_data (generator, &length);
  return g_bytes_new_take (text, length);
}
