/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Ed25519 over facts. The message that is signed: "qingce-facts-1" NUL, the length of the key id in one byte and the
 * id, the time in 8 bytes big-endian, the length of the facts in 4 bytes big-endian and the facts. Any thread.
 */
#include "qc-signature.h"

#include <sodium.h>
#include <string.h>
#include "qc-digest.h"

#define PREFIX     "qingce-facts-1"
#define MAX_KEY_ID 64
#define MAX_TEXT   (2 * QC_FACTS_MAX_SIZE)

struct _QcSigningKey {
  char *id; /* (owned) */
  gint64 from, until;
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];
};

static gboolean
key_id_is_good (const char *id)
{
  gsize length = id != NULL ? strlen (id) : 0;
  if (length == 0 || length > MAX_KEY_ID)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (id[i]) && strchr ("-_", id[i]) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
is_valid_at (gint64 from, gint64 until, gint64 time)
{
  return time > 0 && (from == 0 || time >= from) && (until == 0 || time < until);
}

/* ---- signing keys ---- */

static QcSigningKey *
signing_key_alloc (const char *id, gint64 from, gint64 until)
{
  QcSigningKey *key = g_new0 (QcSigningKey, 1);
  qc_proof_init ();
  sodium_mlock (key, sizeof *key);
  key->id = g_strdup (id);
  key->from = from;
  key->until = until;
  return key;
}

QcSigningKey *
qc_signing_key_new (const char *id, gint64 from, gint64 until)
{
  g_return_val_if_fail (key_id_is_good (id), NULL);
  QcSigningKey *key = signing_key_alloc (id, from, until);
  crypto_sign_keypair (key->public_key, key->secret_key);
  return key;
}

QcSigningKey *
qc_signing_key_new_from_seed (const char *id, GBytes *seed, gint64 from, gint64 until, GError **error)
{
  if (!key_id_is_good (id) || g_bytes_get_size (seed) != crypto_sign_SEEDBYTES) {
    g_set_error_literal (error, QC_PROOF_ERROR, QC_PROOF_ERROR_KEY, "This is no signing key");
    return NULL;
  }
  QcSigningKey *key = signing_key_alloc (id, from, until);
  crypto_sign_seed_keypair (key->public_key, key->secret_key, g_bytes_get_data (seed, NULL));
  return key;
}

void
qc_signing_key_free (QcSigningKey *key)
{
  if (key == NULL)
    return;
  g_free (key->id);
  sodium_munlock (key, sizeof *key); /* wipes it too */
  g_free (key);
}

const char *
qc_signing_key_get_id (const QcSigningKey *key)
{
  return key->id;
}

char *
qc_signing_key_dup_public (const QcSigningKey *key)
{
  return g_base64_encode (key->public_key, sizeof key->public_key);
}

GBytes *
qc_signing_key_dup_seed (const QcSigningKey *key)
{
  guint8 *seed = g_malloc (crypto_sign_SEEDBYTES);
  crypto_sign_ed25519_sk_to_seed (seed, key->secret_key);
  return g_bytes_new_take (seed, crypto_sign_SEEDBYTES);
}

gint64
qc_signing_key_get_from (const QcSigningKey *key)
{
  return key->from;
}

gint64
qc_signing_key_get_until (const QcSigningKey *key)
{
  return key->until;
}

/* ---- verifying keys ---- */

QcVerifyKey *
qc_verify_key_new (const char *id, const char *algorithm, const char *public_key, gint64 from, gint64 until,
                   GError **error)
{
  qc_proof_init ();
  const char *end = NULL;
  gsize size = 0;
  guint8 bytes[crypto_sign_PUBLICKEYBYTES];
  if (!key_id_is_good (id) || g_strcmp0 (algorithm, QC_SIGNATURE_ALGORITHM) != 0 || public_key == NULL
      || !g_str_is_ascii (public_key)
      || sodium_base642bin (bytes, sizeof bytes, public_key, strlen (public_key), NULL, &size, &end,
                            sodium_base64_VARIANT_ORIGINAL)
             != 0
      || *end != '\0' || size != sizeof bytes) {
    g_set_error_literal (error, QC_PROOF_ERROR, QC_PROOF_ERROR_KEY, "This is no public key");
    return NULL;
  }
  QcVerifyKey *key = g_new0 (QcVerifyKey, 1);
  key->id = g_strdup (id);
  memcpy (key->key, bytes, sizeof bytes);
  key->from = from;
  key->until = until;
  return key;
}

void
qc_verify_key_free (QcVerifyKey *key)
{
  if (key == NULL)
    return;
  g_free (key->id);
  g_free (key);
}

/* ---- signing and verifying ---- */

void
qc_signed_free (QcSigned *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->facts, g_bytes_unref);
  g_free (self->key_id);
  g_free (self);
}

static GByteArray *
message_of (const char *key_id, gint64 time, GBytes *facts)
{
  GByteArray *message = g_byte_array_new ();
  guint8 id_length = (guint8)strlen (key_id);
  guint64 be_time = GUINT64_TO_BE ((guint64)time);
  guint32 be_length = GUINT32_TO_BE ((guint32)g_bytes_get_size (facts));
  g_byte_array_append (message, (const guint8 *)PREFIX, sizeof PREFIX); /* with its NUL */
  g_byte_array_append (message, &id_length, 1);
  g_byte_array_append (message, (const guint8 *)key_id, id_length);
  g_byte_array_append (message, (const guint8 *)&be_time, sizeof be_time);
  g_byte_array_append (message, (const guint8 *)&be_length, sizeof be_length);
  g_byte_array_append (message, g_bytes_get_data (facts, NULL), (guint)g_bytes_get_size (facts));
  return message;
}

QcSigned *
qc_sign_facts (const QcSigningKey *key, const QcFacts *facts, gint64 time, GError **error)
{
  g_autoptr (GBytes) bytes = qc_facts_to_bytes (facts);
  if (!is_valid_at (key->from, key->until, time)) {
    g_set_error (error, QC_PROOF_ERROR, QC_PROOF_ERROR_EXPIRED, "Key %s is not valid now", key->id);
    return NULL;
  }
  if (g_bytes_get_size (bytes) > QC_FACTS_MAX_SIZE) {
    g_set_error_literal (error, QC_PROOF_ERROR, QC_PROOF_ERROR_FACTS, "Too many facts");
    return NULL;
  }
  QcSigned *self = g_new0 (QcSigned, 1);
  self->facts = g_steal_pointer (&bytes);
  self->key_id = g_strdup (key->id);
  self->time = time;
  g_autoptr (GByteArray) message = message_of (self->key_id, time, self->facts);
  crypto_sign_detached (self->signature, NULL, message->data, message->len, key->secret_key);
  return self;
}

/* An id should mean one key, but two centers may have chosen the same: the key under which the signature fits. */
static const QcVerifyKey *
find_key (const QcSigned *signed_facts, const GPtrArray *keys, gboolean *known)
{
  g_autoptr (GByteArray) message = message_of (signed_facts->key_id, signed_facts->time, signed_facts->facts);
  *known = FALSE;
  const QcVerifyKey *found = NULL;
  for (guint i = 0; i < keys->len; i++) {
    const QcVerifyKey *key = g_ptr_array_index (keys, i);
    if (!g_str_equal (key->id, signed_facts->key_id))
      continue;
    *known = TRUE;
    if (crypto_sign_verify_detached (signed_facts->signature, message->data, message->len, key->key) != 0)
      continue;
    found = key;
    if (is_valid_at (key->from, key->until, signed_facts->time))
      break; /* the same key may be known with an older time of validity too */
  }
  return found;
}

QcFacts *
qc_verify_facts (const QcSigned *signed_facts, const GPtrArray *keys, GError **error)
{
  qc_proof_init ();
  gboolean known = FALSE;
  const QcVerifyKey *key = NULL;
  if (key_id_is_good (signed_facts->key_id) && g_bytes_get_size (signed_facts->facts) <= QC_FACTS_MAX_SIZE)
    key = find_key (signed_facts, keys, &known);
  if (g_bytes_get_size (signed_facts->facts) > QC_FACTS_MAX_SIZE) {
    g_set_error_literal (error, QC_PROOF_ERROR, QC_PROOF_ERROR_FACTS, "Too many facts");
    return NULL;
  }
  if (!known) {
    g_set_error_literal (error, QC_PROOF_ERROR, QC_PROOF_ERROR_UNKNOWN, "Signed with an unknown key");
    return NULL;
  }
  if (key == NULL) {
    g_set_error_literal (error, QC_PROOF_ERROR, QC_PROOF_ERROR_SIGNATURE, "The signature does not fit");
    return NULL;
  }
  if (!is_valid_at (key->from, key->until, signed_facts->time)) {
    g_set_error (error, QC_PROOF_ERROR, QC_PROOF_ERROR_EXPIRED, "Key %s was not valid when this was signed", key->id);
    return NULL;
  }
  return qc_facts_from_bytes (signed_facts->facts, error);
}

/* ---- as text ---- */

char *
qc_signed_to_text (const QcSigned *self)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (self->facts, &length);
  g_autofree char *facts = qc_base64url_encode (data, length);
  g_autofree char *signature = qc_base64url_encode (self->signature, sizeof self->signature);
  return g_strdup_printf ("QC1.%s.%" G_GINT64_FORMAT ".%s.%s", self->key_id, self->time, facts, signature);
}

static QcSigned *
signed_from_parts (char **parts)
{
  guint64 time;
  if (g_strv_length (parts) != 5 || strcmp (parts[0], "QC1") != 0 || !key_id_is_good (parts[1])
      || !g_ascii_string_to_unsigned (parts[2], 10, 1, G_MAXINT64, &time, NULL) || parts[2][0] == '0')
    return NULL;
  g_autoptr (GBytes) facts = qc_base64url_decode (parts[3]);
  g_autoptr (GBytes) signature = qc_base64url_decode (parts[4]);
  if (facts == NULL || signature == NULL || g_bytes_get_size (signature) != crypto_sign_BYTES)
    return NULL;
  QcSigned *self = g_new0 (QcSigned, 1);
  self->facts = g_steal_pointer (&facts);
  self->key_id = g_strdup (parts[1]);
  self->time = (gint64)time;
  memcpy (self->signature, g_bytes_get_data (signature, NULL), crypto_sign_BYTES);
  return self;
}

QcSigned *
qc_signed_from_text (const char *text, GError **error)
{
  g_auto (GStrv) parts = NULL;
  QcSigned *self = NULL;
  if (strlen (text) <= MAX_TEXT) {
    parts = g_strsplit (text, ".", 6);
    self = signed_from_parts (parts);
  }
  if (self == NULL)
    g_set_error_literal (error, QC_PROOF_ERROR, QC_PROOF_ERROR_FACTS, "This is no signed text of a center");
  return self;
}
