/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Fuzz target: any bytes into the gate. What it lets pass, the parser must read, and what the parser read and wrote
 * again must pass the gate too.
 */
#include <string.h>

#include "fuzz.h"
#include "qc-wire.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  if (!qc_gate_check (data, size, &qc_gate_request, &error)) {
    if (error == NULL || error->domain != QC_WIRE_ERROR)
      g_error ("refused without a reason");
    return 0;
  }
  g_autoptr (JsonNode) node = qc_wire_parse (bytes, &qc_gate_request, &error);
  if (node == NULL)
    g_error ("passes the gate, but not the parser: %s", error->message);
  g_autofree char *again = json_to_string (node, FALSE);
  if (!qc_gate_check ((const guint8 *)again, strlen (again), &qc_gate_answer, &error))
    g_error ("does not pass the gate again: %s", error->message);
  return 0;
}

const char *
fuzz_prefix (const char *name, guint8 *out)
{
  return name;
}
