/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-sealed.h. Any one thread.
 */
#include "qc-sealed.h"

#include <sodium.h>
#include <string.h>

#define MAGIC   "QCSEAL\r\n" /* as in PNG: who takes it for a text breaks it visibly */
#define VERSION 1
#define CHUNK   (256 * 1024)
#define EXTRA   crypto_secretstream_xchacha20poly1305_ABYTES
/* What a file may ask of the computer that opens it. */
#define MOST_PASSES 16
#define MOST_KIB    (1024 * 1024)

const QcPasswordCost qc_seal_cost_usual = {.operations = 3, .memory = 256 * 1024 * 1024};

/* The beginning, as it lies in the file. */
typedef struct {
  guint8 magic[8], version, passes[4], kib[4];
  guint8 salt[crypto_pwhash_SALTBYTES];
  guint8 header[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
  guint8 nothing[EXTRA];
  guint8 sum[16];
} Beginning;
G_STATIC_ASSERT (sizeof (Beginning) == 90);

static void
put_number (guint8 to[4], guint32 number)
{
  guint32 little = GUINT32_TO_LE (number);
  memcpy (to, &little, 4);
}

static guint32
get_number (const guint8 from[4])
{
  guint32 little;
  memcpy (&little, from, 4);
  return GUINT32_FROM_LE (little);
}

static void
sum_up (const Beginning *beginning, guint8 sum[16])
{
  crypto_generichash (sum, 16, (const guint8 *)beginning, G_STRUCT_OFFSET (Beginning, sum), NULL, 0);
}

static gboolean
derive (const Beginning *beginning, const char *passphrase, guint8 *key, GError **error)
{
  if (crypto_pwhash (key, crypto_secretstream_xchacha20poly1305_KEYBYTES, passphrase, strlen (passphrase),
                     beginning->salt, get_number (beginning->passes), (gsize)get_number (beginning->kib) * 1024,
                     crypto_pwhash_ALG_ARGON2ID13)
      == 0)
    return TRUE;
  g_set_error_literal (error, QC_PROOF_ERROR, QC_PROOF_ERROR_MEMORY, "There is not enough memory for the passphrase");
  return FALSE;
}

/* ---- sealing ---- */

struct _QcSealer {
  QcSealWriteFunc write;
  gpointer user_data;
  crypto_secretstream_xchacha20poly1305_state state;
  guint8 *chunk;  /* (owned) CHUNK bytes */
  guint8 *sealed; /* (owned) CHUNK + EXTRA bytes */
  gsize filled;
};

void
qc_sealer_free (QcSealer *sealer)
{
  if (sealer == NULL)
    return;
  sodium_memzero (&sealer->state, sizeof sealer->state);
  sodium_memzero (sealer->chunk, CHUNK);
  g_free (sealer->chunk);
  g_free (sealer->sealed);
  g_free (sealer);
}

QcSealer *
qc_sealer_new (const char *passphrase, const QcPasswordCost *cost, QcSealWriteFunc write, gpointer user_data,
               GError **error)
{
  qc_proof_init ();
  Beginning beginning = {.version = VERSION};
  guint8 key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
  memcpy (beginning.magic, MAGIC, sizeof beginning.magic);
  put_number (beginning.passes, (guint32)cost->operations);
  put_number (beginning.kib, (guint32)(cost->memory / 1024));
  randombytes_buf (beginning.salt, sizeof beginning.salt);
  if (!derive (&beginning, passphrase, key, error))
    return NULL;
  g_autoptr (QcSealer) sealer = g_new0 (QcSealer, 1);
  sealer->write = write;
  sealer->user_data = user_data;
  sealer->chunk = g_malloc (CHUNK);
  sealer->sealed = g_malloc (CHUNK + EXTRA);
  crypto_secretstream_xchacha20poly1305_init_push (&sealer->state, beginning.header, key);
  sodium_memzero (key, sizeof key);
  crypto_secretstream_xchacha20poly1305_push (&sealer->state, beginning.nothing, NULL, NULL, 0,
                                              (const guint8 *)&beginning, G_STRUCT_OFFSET (Beginning, nothing),
                                              crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
  sum_up (&beginning, beginning.sum);
  return write ((const guint8 *)&beginning, sizeof beginning, user_data, error) ? g_steal_pointer (&sealer) : NULL;
}

static gboolean
push (QcSealer *sealer, guint8 tag, GError **error)
{
  crypto_secretstream_xchacha20poly1305_push (&sealer->state, sealer->sealed, NULL, sealer->chunk, sealer->filled, NULL,
                                              0, tag);
  gsize size = sealer->filled + EXTRA;
  sealer->filled = 0;
  return sealer->write (sealer->sealed, size, sealer->user_data, error);
}

gboolean
qc_sealer_add (QcSealer *sealer, gconstpointer data, gsize size, GError **error)
{
  const guint8 *at = data;
  while (size > 0) {
    if (sealer->filled == CHUNK && !push (sealer, crypto_secretstream_xchacha20poly1305_TAG_MESSAGE, error))
      return FALSE;
    gsize part = MIN (size, CHUNK - sealer->filled);
    memcpy (sealer->chunk + sealer->filled, at, part);
    sealer->filled += part;
    at += part;
    size -= part;
  }
  return TRUE;
}

gboolean
qc_sealer_end (QcSealer *sealer, GError **error)
{
  return push (sealer, crypto_secretstream_xchacha20poly1305_TAG_FINAL, error);
}

/* ---- opening ---- */

struct _QcOpener {
  QcSealReadFunc read;
  gpointer user_data;
  crypto_secretstream_xchacha20poly1305_state state;
  guint8 *chunk;  /* (owned) CHUNK bytes */
  guint8 *sealed; /* (owned) CHUNK + EXTRA bytes */
  gsize at, filled;
  gboolean last; /* no chunk comes after this one */
};

void
qc_opener_free (QcOpener *opener)
{
  if (opener == NULL)
    return;
  sodium_memzero (&opener->state, sizeof opener->state);
  sodium_memzero (opener->chunk, CHUNK);
  g_free (opener->chunk);
  g_free (opener->sealed);
  g_free (opener);
}

static gboolean
fail (GError **error, QcProofError code, const char *message)
{
  g_set_error_literal (error, QC_PROOF_ERROR, code, message);
  return FALSE;
}

#define TORN "The file is cut short or damaged"

static gboolean
check_beginning (const Beginning *beginning, gssize size, GError **error)
{
  guint8 sum[16];
  if (size < 9 || memcmp (beginning->magic, MAGIC, sizeof beginning->magic) != 0)
    return fail (error, QC_PROOF_ERROR_SEAL_NONE, "It is no sealed file");
  if (beginning->version > VERSION)
    return fail (error, QC_PROOF_ERROR_SEAL_NEWER, "It was sealed by a newer version");
  if (size < (gssize)sizeof *beginning)
    return fail (error, QC_PROOF_ERROR_SEAL_TORN, TORN);
  sum_up (beginning, sum);
  guint32 passes = get_number (beginning->passes), kib = get_number (beginning->kib);
  if (beginning->version != VERSION || memcmp (sum, beginning->sum, sizeof sum) != 0 || passes < 1
      || passes > MOST_PASSES || kib < 8 || kib > MOST_KIB)
    return fail (error, QC_PROOF_ERROR_SEAL_TORN, TORN);
  return TRUE;
}

/* What is intact, but does not open, was sealed with another passphrase. */
static gboolean
begin (QcOpener *opener, const Beginning *beginning, const char *passphrase, GError **error)
{
  guint8 key[crypto_secretstream_xchacha20poly1305_KEYBYTES], tag, none;
  if (!derive (beginning, passphrase, key, error))
    return FALSE;
  int failed = crypto_secretstream_xchacha20poly1305_init_pull (&opener->state, beginning->header, key);
  sodium_memzero (key, sizeof key);
  if (failed == 0
      && crypto_secretstream_xchacha20poly1305_pull (&opener->state, &none, NULL, &tag, beginning->nothing, EXTRA,
                                                     (const guint8 *)beginning, G_STRUCT_OFFSET (Beginning, nothing))
             == 0)
    return TRUE;
  return fail (error, QC_PROOF_ERROR_SEAL_PASSPHRASE, "It was sealed with another passphrase");
}

QcOpener *
qc_opener_new (const char *passphrase, QcSealReadFunc read, gpointer user_data, GError **error)
{
  qc_proof_init ();
  Beginning beginning = {.version = 0};
  gssize size = read ((guint8 *)&beginning, sizeof beginning, user_data, error);
  if (size < 0 || !check_beginning (&beginning, size, error))
    return NULL;
  g_autoptr (QcOpener) opener = g_new0 (QcOpener, 1);
  opener->read = read;
  opener->user_data = user_data;
  opener->chunk = g_malloc (CHUNK);
  opener->sealed = g_malloc (CHUNK + EXTRA);
  return begin (opener, &beginning, passphrase, error) ? g_steal_pointer (&opener) : NULL;
}

static gboolean
pull (QcOpener *opener, GError **error)
{
  guint8 tag;
  unsigned long long filled;
  gssize size = opener->last ? 0 : opener->read (opener->sealed, CHUNK + EXTRA, opener->user_data, error);
  if (size < 0)
    return FALSE;
  if (size < (gssize)EXTRA
      || crypto_secretstream_xchacha20poly1305_pull (&opener->state, opener->chunk, &filled, &tag, opener->sealed,
                                                     (gsize)size, NULL, 0)
             != 0)
    return fail (error, QC_PROOF_ERROR_SEAL_TORN, TORN);
  opener->last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  opener->at = 0;
  opener->filled = (gsize)filled;
  return TRUE;
}

gboolean
qc_opener_read (QcOpener *opener, gpointer buffer, gsize size, GError **error)
{
  guint8 *to = buffer;
  while (size > 0) {
    if (opener->at == opener->filled && !pull (opener, error))
      return FALSE;
    gsize part = MIN (size, opener->filled - opener->at);
    memcpy (to, opener->chunk + opener->at, part);
    opener->at += part;
    to += part;
    size -= part;
  }
  return TRUE;
}

gboolean
qc_opener_end (QcOpener *opener, GError **error)
{
  guint8 more;
  if (opener->at == opener->filled && !opener->last && !pull (opener, error))
    return FALSE;
  if (opener->at != opener->filled || !opener->last)
    return fail (error, QC_PROOF_ERROR_SEAL_TORN, TORN);
  gssize size = opener->read (&more, 1, opener->user_data, error);
  return size == 0 || (size > 0 && fail (error, QC_PROOF_ERROR_SEAL_TORN, TORN));
}
