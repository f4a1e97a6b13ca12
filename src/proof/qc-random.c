/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Randomness. Any thread.
 */
#include "qc-random.h"

#include <sodium.h>
#include "qc-digest.h"

#define MAX_TOKEN 256

void
qc_random_bytes (guint8 *buffer, gsize size)
{
  qc_proof_init ();
  randombytes_buf (buffer, size);
}

char *
qc_random_token (gsize n_bytes)
{
  g_return_val_if_fail (n_bytes > 0 && n_bytes <= MAX_TOKEN, NULL);
  guint8 bytes[MAX_TOKEN];
  qc_random_bytes (bytes, n_bytes);
  char *token = qc_base64url_encode (bytes, n_bytes);
  sodium_memzero (bytes, sizeof bytes);
  return token;
}

char *
qc_random_uuid (void)
{
  guint8 b[16];
  qc_random_bytes (b, sizeof b);
  b[6] = (guint8)((b[6] & 0x0f) | 0x40);
  b[8] = (guint8)((b[8] & 0x3f) | 0x80);
  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1], b[2],
                          b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

gboolean
qc_uuid_is_valid (const char *text)
{
  return text != NULL && g_uuid_string_is_valid (text);
}
