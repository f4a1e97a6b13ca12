/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Fuzz target: the first byte chooses a decoder, the rest is its message. What it accepts is encoded; those bytes must
 * be accepted too, and then stay as they are.
 */
#include <string.h>
#include "fuzz.h"
#include "qc-wire-codecs.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  if (size == 0)
    return 0;
  const char *name = qc_wire_codec_name (data[0] % qc_wire_n_codecs ());
  g_autoptr (GBytes) bytes = g_bytes_new (data + 1, size - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) once = qc_wire_recode (name, bytes, &error);
  if (once == NULL) {
    if (error == NULL || error->domain != QC_WIRE_ERROR)
      g_error ("%s: refused without a reason", name);
    return 0;
  }
  g_autoptr (GBytes) twice = qc_wire_recode (name, once, &error);
  if (twice == NULL)
    g_error ("%s: refuses what it wrote: %s: %.*s", name, error->message, (int)g_bytes_get_size (once),
             (const char *)g_bytes_get_data (once, NULL));
  g_autoptr (GBytes) thrice = qc_wire_recode (name, twice, &error);
  if (thrice == NULL || !g_bytes_equal (twice, thrice))
    g_error ("%s: does not stay as it is", name);
  return 0;
}

const char *
fuzz_prefix (const char *name, guint8 *out)
{
  gsize length = strcspn (name, ".");
  for (guint i = 0; i < qc_wire_n_codecs (); i++) {
    if (strlen (qc_wire_codec_name (i)) != length || strncmp (qc_wire_codec_name (i), name, length) != 0)
      continue;
    *out = (guint8)i;
    return NULL;
  }
  return name;
}
