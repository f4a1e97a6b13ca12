/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Sealed streams: what comes out is what went in, for lengths around the borders of chunks; every byte that is changed,
 * every border at which it is cut, chunks left out, doubled or exchanged are noticed; another passphrase and another
 * version are told apart from damage.
 */
#include <string.h>

#include "qc-sealed.h"

#define CHUNK     (256 * 1024)
#define SEALED    (CHUNK + 17)
#define BEGINNING 90

static gboolean
append (const guint8 *data, gsize size, gpointer user_data, GError **error)
{
  g_byte_array_append (user_data, data, (guint)size);
  return TRUE;
}

typedef struct {
  const guint8 *bytes;
  gsize size, at;
} Source;

static gssize
take (guint8 *buffer, gsize size, gpointer user_data, GError **error)
{
  Source *source = user_data;
  gsize part = MIN (size, source->size - source->at);
  memcpy (buffer, source->bytes + source->at, part);
  source->at += part;
  return (gssize)part;
}

static guint8
byte_at (gsize i)
{
  return (guint8)(i * 2654435761u >> 13);
}

/* (transfer full) @size bytes, sealed, added in pieces of odd lengths */
static GByteArray *
seal (gsize size)
{
  g_autoptr (GError) error = NULL;
  GByteArray *out = g_byte_array_new ();
  g_autoptr (QcSealer) sealer = qc_sealer_new ("口令 pass", &qc_password_cost_test, append, out, &error);
  g_assert_no_error (error);
  guint8 piece[70001];
  for (gsize done = 0; done < size;) {
    gsize part = MIN (sizeof piece, size - done);
    for (gsize i = 0; i < part; i++)
      piece[i] = byte_at (done + i);
    g_assert_true (qc_sealer_add (sealer, piece, part, &error));
    done += part;
  }
  g_assert_true (qc_sealer_end (sealer, &error));
  return out;
}

/* Opens it and compares everything with what was sealed. */
static gboolean
open_all (const guint8 *bytes, gsize size, gsize expected, const char *passphrase, GError **error)
{
  Source source = {bytes, size, 0};
  g_autoptr (QcOpener) opener = qc_opener_new (passphrase, take, &source, error);
  if (opener == NULL)
    return FALSE;
  guint8 piece[50021];
  for (gsize done = 0; done < expected;) {
    gsize part = MIN (sizeof piece, expected - done);
    if (!qc_opener_read (opener, piece, part, error))
      return FALSE;
    for (gsize i = 0; i < part; i++)
      g_assert_cmpuint (piece[i], ==, byte_at (done + i));
    done += part;
  }
  return qc_opener_end (opener, error);
}

#define PASS "口令 pass"

static void
test_lengths (void)
{
  static const gsize sizes[] = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 12345};
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GByteArray) sealed = seal (sizes[i]);
    g_assert_true (open_all (sealed->data, sealed->len, sizes[i], PASS, &error));
    g_assert_no_error (error);
    /* more is not there than was sealed, and not less */
    g_assert_false (open_all (sealed->data, sealed->len, sizes[i] + 1, PASS, &error));
    g_assert_error (error, QC_PROOF_ERROR, QC_PROOF_ERROR_SEAL_TORN);
    g_clear_error (&error);
    g_assert_true (sizes[i] == 0 || !open_all (sealed->data, sealed->len, sizes[i] - 1, PASS, NULL));
  }
}

static void
test_every_byte (void)
{
  g_autoptr (GByteArray) sealed = seal (1000);
  for (guint i = 0; i < sealed->len; i++) {
    g_autoptr (GError) error = NULL;
    sealed->data[i] ^= 0x41;
    g_assert_false (open_all (sealed->data, sealed->len, 1000, PASS, &error));
    g_assert_cmpint (error->code, ==,
                     i < 8    ? QC_PROOF_ERROR_SEAL_NONE
                     : i == 8 ? QC_PROOF_ERROR_SEAL_NEWER
                              : QC_PROOF_ERROR_SEAL_TORN);
    sealed->data[i] ^= 0x41;
  }
  sealed->data[8] = 0;
  g_assert_false (open_all (sealed->data, sealed->len, 1000, PASS, NULL));
}

/* In large ones a byte of each chunk, and cut at and around every border. */
static void
test_torn (void)
{
  gsize size = 3 * CHUNK + 777;
  g_autoptr (GByteArray) sealed = seal (size);
  for (gsize border = BEGINNING; border < sealed->len; border += SEALED)
    for (int off = -1; off <= 1; off++) {
      g_autoptr (GError) error = NULL;
      g_assert_false (open_all (sealed->data, border + (gsize)off, size, PASS, &error));
      g_assert_error (error, QC_PROOF_ERROR, QC_PROOF_ERROR_SEAL_TORN);
      g_clear_error (&error);
      sealed->data[border + (gsize)off] ^= 1;
      g_assert_false (open_all (sealed->data, sealed->len, size, PASS, &error));
      sealed->data[border + (gsize)off] ^= 1;
    }
  g_assert_false (open_all (sealed->data, sealed->len - 1, size, PASS, NULL));
  g_byte_array_append (sealed, (const guint8 *)"x", 1);
  g_assert_false (open_all (sealed->data, sealed->len, size, PASS, NULL));
  g_assert_true (open_all (sealed->data, sealed->len - 1, size, PASS, NULL));
  /* behind a last chunk that is full nothing is read together with it */
  g_autoptr (GByteArray) full = seal (2 * CHUNK);
  g_byte_array_append (full, (const guint8 *)"x", 1);
  g_assert_false (open_all (full->data, full->len, 2 * CHUNK, PASS, NULL));
}

static void
test_order (void)
{
  gsize size = 3 * CHUNK + 5;
  g_autoptr (GByteArray) sealed = seal (size);
  g_autofree guint8 *first = g_memdup2 (sealed->data + BEGINNING, SEALED);
  /* exchanged, doubled, left out */
  memcpy (sealed->data + BEGINNING, sealed->data + BEGINNING + SEALED, SEALED);
  g_assert_false (open_all (sealed->data, sealed->len, size, PASS, NULL));
  memcpy (sealed->data + BEGINNING + SEALED, first, SEALED);
  g_assert_false (open_all (sealed->data, sealed->len, size, PASS, NULL));
  memcpy (sealed->data + BEGINNING, first, SEALED);
  g_assert_false (open_all (sealed->data, sealed->len, size, PASS, NULL));
  g_byte_array_remove_range (sealed, BEGINNING, SEALED);
  g_assert_false (open_all (sealed->data, sealed->len, size - CHUNK, PASS, NULL));
}

static void
test_passphrase (void)
{
  static const char *const others[] = {"", "口令 pas", "口令 pass ", "口令 Pass"};
  g_autoptr (GByteArray) sealed = seal (10);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (open_all (sealed->data, sealed->len, 10, others[i], &error));
    g_assert_error (error, QC_PROOF_ERROR, QC_PROOF_ERROR_SEAL_PASSPHRASE);
  }
  /* the same twice is not the same */
  g_autoptr (GByteArray) again = seal (10);
  g_assert_true (memcmp (sealed->data + BEGINNING, again->data + BEGINNING, 10) != 0);
}

static void
test_no_seal (void)
{
  static const char *const files[]
      = {"", "QCSEAL", "QCSEAL\n\001", "PK\003\004 this is a workbook and no bundle at all"};
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (open_all ((const guint8 *)files[i], strlen (files[i]), 0, PASS, &error));
    g_assert_error (error, QC_PROOF_ERROR, QC_PROOF_ERROR_SEAL_NONE);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/proof/seal/lengths", test_lengths);
  g_test_add_func ("/proof/seal/every-byte", test_every_byte);
  g_test_add_func ("/proof/seal/torn", test_torn);
  g_test_add_func ("/proof/seal/order", test_order);
  g_test_add_func ("/proof/seal/passphrase", test_passphrase);
  g_test_add_func ("/proof/seal/no-seal", test_no_seal);
  return g_test_run ();
}
