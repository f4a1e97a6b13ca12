/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Fuzz target: any text as signed text, any bytes as facts. Facts that are accepted are canonical.
 */
#include "fuzz.h"
#include "qc-signature.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size), again = NULL;
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (QcFacts) facts = qc_facts_from_bytes (bytes, NULL);
  g_autoptr (QcSigned) self = qc_signed_from_text (text, NULL);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  if (facts != NULL) {
    again = qc_facts_to_bytes (facts);
    if (!g_bytes_equal (bytes, again))
      g_error ("accepted facts that are not canonical");
  }
  if (self != NULL) {
    g_autofree char *same = qc_signed_to_text (self);
    if (!g_str_equal (same, text) || qc_verify_facts (self, keys, NULL) != NULL)
      g_error ("accepted a signed text that is not as it would be written, or without a key");
  }
  return 0;
}

const char *
fuzz_prefix (const char *name, guint8 *out)
{
  return name;
}
