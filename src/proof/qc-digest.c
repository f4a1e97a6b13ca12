/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Digests, base64url and comparing secrets. Any thread.
 */
#include "qc-digest.h"

#include <sodium.h>
#include <string.h>

void
qc_digest (const guint8 *data, gsize length, guint8 out[QC_DIGEST_SIZE])
{
  qc_proof_init ();
  crypto_hash_sha256 (out, data, length);
}

static char *
to_hex (const guint8 *digest)
{
  char *hex = g_malloc (2 * QC_DIGEST_SIZE + 1);
  return sodium_bin2hex (hex, 2 * QC_DIGEST_SIZE + 1, digest, QC_DIGEST_SIZE);
}

char *
qc_digest_hex (const guint8 *data, gsize length)
{
  guint8 digest[QC_DIGEST_SIZE];
  qc_digest (data, length, digest);
  return to_hex (digest);
}

char *
qc_digest_hex_bytes (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  return qc_digest_hex (data, length);
}

/* ---- piece by piece ---- */

struct _QcDigest {
  crypto_hash_sha256_state state;
};

QcDigest *
qc_digest_new (void)
{
  QcDigest *digest = g_new (QcDigest, 1);
  qc_proof_init ();
  crypto_hash_sha256_init (&digest->state);
  return digest;
}

void
qc_digest_update (QcDigest *digest, const guint8 *data, gsize length)
{
  crypto_hash_sha256_update (&digest->state, data, length);
}

char *
qc_digest_finish_hex (QcDigest *digest)
{
  guint8 out[QC_DIGEST_SIZE];
  crypto_hash_sha256_final (&digest->state, out);
  g_free (digest);
  return to_hex (out);
}

static void
update_number (QcDigest *digest, guint64 number)
{
  guint64 bytes = GUINT64_TO_BE (number);
  qc_digest_update (digest, (const guint8 *)&bytes, sizeof bytes);
}

/* A part that is NULL counts as longer than anything. */
static void
update_part (QcDigest *digest, const char *part)
{
  gsize length = part != NULL ? strlen (part) : 0;
  update_number (digest, part != NULL ? length : G_MAXUINT64);
  qc_digest_update (digest, (const guint8 *)(part != NULL ? part : ""), length);
}

char *
qc_digest_chain (const char *previous, const char *const *parts, gsize n_parts)
{
  QcDigest *digest = qc_digest_new ();
  update_part (digest, previous != NULL ? previous : "");
  update_number (digest, n_parts);
  for (gsize i = 0; i < n_parts; i++)
    update_part (digest, parts[i]);
  return qc_digest_finish_hex (digest);
}

char *
qc_digest_pkce (const char *verifier)
{
  guint8 digest[QC_DIGEST_SIZE];
  qc_digest ((const guint8 *)verifier, strlen (verifier), digest);
  return qc_base64url_encode (digest, sizeof digest);
}

/* ---- base64url ---- */

#define VARIANT sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define DIGITS  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

char *
qc_base64url_encode (const guint8 *data, gsize length)
{
  gsize size = sodium_base64_encoded_len (length, VARIANT);
  char *text = g_malloc (size);
  qc_proof_init ();
  return sodium_bin2base64 (text, size, data, length, VARIANT);
}

GBytes *
qc_base64url_decode (const char *text)
{
  gsize length = strlen (text);
  qc_proof_init ();
  if (strspn (text, DIGITS) != length) /* libsodium 1.0.18 takes some bytes beyond ASCII for digits */
    return NULL;
  guint8 *bytes = g_malloc (length + 1);
  const char *end = NULL;
  gsize size = 0;
  if (sodium_base642bin (bytes, length + 1, text, length, NULL, &size, &end, VARIANT) != 0 || end != text + length) {
    g_free (bytes);
    return NULL;
  }
  return g_bytes_new_take (bytes, size);
}

gboolean
qc_secret_equal (const char *a, const char *b)
{
  if (a == NULL || b == NULL)
    return FALSE;
  guint8 left[QC_DIGEST_SIZE];
  /* digests, so that not even the length shows */
  qc_digest ((const guint8 *)a, strlen (a), left);
  guint8 right[QC_DIGEST_SIZE];
  qc_digest ((const guint8 *)b, strlen (b), right);
  return sodium_memcmp (left, right, sizeof left) == 0;
}
