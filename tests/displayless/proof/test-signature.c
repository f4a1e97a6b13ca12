/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Facts in canonical form and their signatures: what may not pass does not, byte by byte.
 */
#include <string.h>
#include "qc-signature.h"

#define NOW 1795392000

static QcFacts *
make_facts (void)
{
  QcFacts *facts = qc_facts_new ("voucher", TRUE);
  const gint64 fen[] = {379600, 397600, G_MAXINT64, G_MININT64, 0};
  qc_facts_set_string (facts, "unit", "黑河市䶮商贸·公司");
  qc_facts_set_int (facts, "total", 777200);
  qc_facts_set_ints (facts, "fen", fen, G_N_ELEMENTS (fen));
  qc_facts_set_string (facts, "text", "a\"b\\c\n\x01");
  qc_facts_set_ints (facts, "none", NULL, 0);
  qc_facts_set_bool (facts, "finished", FALSE);
  return facts;
}

static const char canonical[]
    = "{\"fen\":[379600,397600,9223372036854775807,-9223372036854775808,0],\"finished\":false,\"format\":1,"
      "\"kind\":\"voucher\",\"none\":[],\"practice\":true,"
      "\"text\":\"a\\\"b\\\\c\\n\\u0001\",\"total\":777200,\"unit\":\"黑河市䶮商贸·公司\"}";

static void
test_canonical (void)
{
  g_autoptr (QcFacts) facts = make_facts ();
  g_autoptr (GBytes) bytes = qc_facts_to_bytes (facts);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), canonical, strlen (canonical));
  g_autoptr (GError) error = NULL;
  g_autoptr (QcFacts) again = qc_facts_from_bytes (bytes, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) bytes_again = qc_facts_to_bytes (again);
  g_assert_true (g_bytes_equal (bytes, bytes_again));
  g_assert_cmpstr (qc_facts_get_kind (again), ==, "voucher");
  g_assert_true (qc_facts_is_practice (again));
  g_assert_cmpstr (qc_facts_get_string (again, "unit"), ==, "黑河市䶮商贸·公司");
  gint64 total;
  g_assert_true (qc_facts_get_int (again, "total", &total));
  g_assert_cmpint (total, ==, 777200);
  gboolean finished = TRUE;
  g_assert_true (qc_facts_get_bool (again, "finished", &finished));
  g_assert_false (finished);
  gsize n;
  const gint64 *fen = qc_facts_get_ints (again, "fen", &n);
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpint (fen[3], ==, G_MININT64);
  g_assert_cmpstr (qc_facts_get_string (again, "text"), ==, "a\"b\\c\n\x01");
  g_assert_nonnull (qc_facts_get_ints (again, "none", &n));
  g_assert_cmpuint (n, ==, 0);
  /* of another type, or not there */
  g_assert_null (qc_facts_get_string (again, "total"));
  g_assert_false (qc_facts_get_int (again, "unit", &total));
  g_assert_false (qc_facts_get_bool (again, "missing", &finished));
  g_assert_null (qc_facts_get_ints (again, "total", &n));
}

#define HEAD "{\"format\":1,\"kind\":\"v\",\"practice\":false"

static void
test_not_canonical (void)
{
  static const char *const bad[] = {
      "",
      "{}",
      "[]",
      "null",
      HEAD,
      HEAD "} ",
      " " HEAD "}",
      HEAD ",}",
      HEAD "}{}",
      HEAD ",\"a\":1}",                   /* not in order */
      HEAD ",\"z\":1,\"z\":1}",           /* twice */
      HEAD ",\"z\": 1}",                  /* blank */
      HEAD ",\"z\":01}",                  /* leading zero */
      HEAD ",\"z\":-0}",                  /* minus zero */
      HEAD ",\"z\":1.0}",                 /* fraction */
      HEAD ",\"z\":1e3}",                 /* exponent */
      HEAD ",\"z\":9223372036854775808}", /* beyond 64 bits */
      HEAD ",\"z\":-}",
      HEAD ",\"z\":null}",
      HEAD ",\"z\":{}}",
      HEAD ",\"z\":[[1]]}",
      HEAD ",\"z\":[1,\"a\"]}",
      HEAD ",\"z\":[true]}",
      HEAD ",\"z\":[\"a\"]}",
      HEAD ",\"z\":[1,]}",
      HEAD ",\"Z\":1}",           /* capital */
      HEAD ",\"\":1}",            /* no name */
      HEAD ",\"z\":\"\\u0041\"}", /* needless escape */
      HEAD ",\"z\":\"\\u000a\"}", /* long escape */
      HEAD ",\"z\":\"\\u001F\"}", /* capital hex */
      HEAD ",\"z\":\"\\/\"}",     /* needless escape */
      HEAD ",\"z\":\"\\u0000\"}", /* NUL */
      HEAD ",\"z\":\"\n\"}",      /* bare control */
      HEAD ",\"z\":\"\xff\"}",    /* not UTF-8 */
      HEAD ",\"z\":\"a}",         /* no end */
      HEAD ",\"z\":\"\\",
      HEAD ",\"z\":\"\\u00",
      "{\"format\":2,\"kind\":\"v\",\"practice\":false}",
      "{\"format\":1,\"kind\":\"v\"}",
      "{\"format\":1,\"practice\":false}",
      "{\"format\":1,\"kind\":\"v\",\"practice\":1}",
      "{\"format\":1,\"kind\":1,\"practice\":false}",
  };
  g_autoptr (GBytes) good = g_bytes_new_static (HEAD ",\"z\":\"\\u001f\"}", strlen (HEAD ",\"z\":\"\\u001f\"}"));
  g_autoptr (QcFacts) facts = qc_facts_from_bytes (good, NULL);
  g_assert_nonnull (facts);
  g_assert_false (qc_facts_is_practice (facts));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (bad[i], strlen (bad[i]));
    g_autoptr (GError) error = NULL;
    g_autoptr (QcFacts) none = qc_facts_from_bytes (bytes, &error);
    if (none != NULL)
      g_error ("passes: %s", bad[i]);
    g_assert_error (error, QC_PROOF_ERROR, QC_PROOF_ERROR_FACTS);
  }
}

static GPtrArray *
keys_of (const QcSigningKey *key, const char *id, gint64 from, gint64 until)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_verify_key_free);
  g_autofree char *public_key = qc_signing_key_dup_public (key);
  g_autoptr (GError) error = NULL;
  g_ptr_array_add (keys, qc_verify_key_new (id, QC_SIGNATURE_ALGORITHM, public_key, from, until, &error));
  g_assert_no_error (error);
  return keys;
}

static int
code_of (const QcSigned *self, const GPtrArray *keys)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcFacts) facts = qc_verify_facts (self, keys, &error);
  if (facts != NULL)
    return -1;
  g_assert_true (error->domain == QC_PROOF_ERROR);
  return error->code;
}

static void
test_sign (void)
{
  g_autoptr (QcSigningKey) key = qc_signing_key_new ("k-1", 0, 0), other = qc_signing_key_new ("k-1", 0, 0);
  g_autoptr (GPtrArray) keys = keys_of (key, "k-1", 0, 0);
  g_autoptr (GPtrArray) wrong = keys_of (other, "k-1", 0, 0);
  g_autoptr (GPtrArray) unknown = keys_of (key, "k-2", 0, 0);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (QcFacts) facts = make_facts ();
  g_autoptr (GError) error = NULL;
  g_autoptr (QcSigned) self = qc_sign_facts (key, facts, NOW, &error);
  g_assert_no_error (error);
  g_autoptr (QcFacts) verified = qc_verify_facts (self, keys, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (qc_facts_get_string (verified, "unit"), ==, "黑河市䶮商贸·公司");
  g_assert_true (qc_facts_is_practice (verified));
  g_assert_cmpint (code_of (self, wrong), ==, QC_PROOF_ERROR_SIGNATURE);
  g_assert_cmpint (code_of (self, unknown), ==, QC_PROOF_ERROR_UNKNOWN);
  g_assert_cmpint (code_of (self, none), ==, QC_PROOF_ERROR_UNKNOWN);
  g_autofree char *text = qc_signed_to_text (self);
  g_autoptr (QcSigned) again = qc_signed_from_text (text, &error);
  g_assert_no_error (error);
  g_assert_cmpint (code_of (again, keys), ==, -1);
}

static void
test_validity (void)
{
  static const struct {
    gint64 from, until;
    int code;
  } rows[] = {
      {0, 0, -1},
      {NOW, 0, -1},
      {NOW + 1, 0, QC_PROOF_ERROR_EXPIRED},
      {0, NOW + 1, -1},
      {0, NOW, QC_PROOF_ERROR_EXPIRED},
      {NOW, NOW + 1, -1},
      {NOW - 2, NOW - 1, QC_PROOF_ERROR_EXPIRED},
  };
  g_autoptr (QcSigningKey) key = qc_signing_key_new ("k", 0, 0);
  g_autoptr (QcFacts) facts = make_facts ();
  g_autoptr (QcSigned) self = qc_sign_facts (key, facts, NOW, NULL);
  g_autoptr (GBytes) seed = qc_signing_key_dup_seed (key);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) keys = keys_of (key, "k", rows[i].from, rows[i].until);
    g_autoptr (QcSigningKey) limited = qc_signing_key_new_from_seed ("k", seed, rows[i].from, rows[i].until, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (QcSigned) signed_now = qc_sign_facts (limited, facts, NOW, &error);
    g_assert_cmpint (code_of (self, keys), ==, rows[i].code);
    g_assert_cmpint (error != NULL ? error->code : -1, ==, rows[i].code);
    if (signed_now != NULL)
      g_assert_cmpmem (signed_now->signature, 64, self->signature, 64);
  }
}

static GBytes *
flip (GBytes *bytes, gsize at, guint8 mask)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  guint8 *copy = g_memdup2 (data, length);
  copy[at] ^= mask;
  return g_bytes_new_take (copy, length);
}

/* Each byte of the facts, the signature, the time and the key's id, with three kinds of change each. */
static void
test_tampering (void)
{
  static const guint8 masks[] = {0x01, 0x20, 0x80};
  g_autoptr (QcSigningKey) key = qc_signing_key_new ("k1", 0, 0);
  g_autoptr (GPtrArray) keys = keys_of (key, "k1", 0, 0);
  g_autofree char *public_key = qc_signing_key_dup_public (key);
  g_autoptr (QcFacts) facts = make_facts ();
  g_autoptr (QcSigned) self = qc_sign_facts (key, facts, NOW, NULL);
  GBytes *good = self->facts;
  /* the same key under a second id: the id is signed too */
  g_ptr_array_add (keys, qc_verify_key_new ("k2", QC_SIGNATURE_ALGORITHM, public_key, 0, 0, NULL));
  for (guint m = 0; m < G_N_ELEMENTS (masks); m++) {
    for (gsize i = 0; i < g_bytes_get_size (good); i++) {
      self->facts = flip (good, i, masks[m]);
      g_assert_cmpint (code_of (self, keys), ==, QC_PROOF_ERROR_SIGNATURE);
      g_bytes_unref (self->facts);
    }
    self->facts = good;
    for (gsize i = 0; i < sizeof self->signature; i++) {
      self->signature[i] ^= masks[m];
      g_assert_cmpint (code_of (self, keys), ==, QC_PROOF_ERROR_SIGNATURE);
      self->signature[i] ^= masks[m];
    }
  }
  self->time++;
  g_assert_cmpint (code_of (self, keys), ==, QC_PROOF_ERROR_SIGNATURE);
  self->time--;
  self->key_id[1] = '2';
  g_assert_cmpint (code_of (self, keys), ==, QC_PROOF_ERROR_SIGNATURE);
  self->key_id[1] = '1';
  g_assert_cmpint (code_of (self, keys), ==, -1);
}

/* The text form: a change anywhere is refused, either as no such text or by the signature. */
static void
test_text_tampering (void)
{
  g_autoptr (QcSigningKey) key = qc_signing_key_new ("k1", 0, 0);
  g_autoptr (GPtrArray) keys = keys_of (key, "k1", 0, 0);
  g_autoptr (QcFacts) facts = make_facts ();
  g_autoptr (QcSigned) self = qc_sign_facts (key, facts, NOW, NULL);
  g_autofree char *text = qc_signed_to_text (self);
  gsize length = strlen (text);
  for (gsize i = 0; i < length; i++) {
    char kept = text[i];
    static const char others[] = "A9.-=";
    for (const char *c = others; *c != '\0'; c++) {
      if (*c == kept)
        continue;
      text[i] = *c;
      g_autoptr (QcSigned) changed = qc_signed_from_text (text, NULL);
      if (changed != NULL)
        g_assert_cmpint (code_of (changed, keys), !=, -1);
    }
    text[i] = '\0';
    g_assert_null (qc_signed_from_text (text, NULL));
    text[i] = kept;
  }
}

static void
test_keys (void)
{
  g_autoptr (QcSigningKey) key = qc_signing_key_new ("k", 5, 9);
  g_autoptr (GBytes) seed = qc_signing_key_dup_seed (key);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (seed, 0, 31);
  g_autoptr (QcSigningKey) again = qc_signing_key_new_from_seed ("k", seed, 5, 9, NULL);
  g_autofree char *public_key = qc_signing_key_dup_public (key), *public_again = qc_signing_key_dup_public (again);
  g_autofree char *spaced = g_strconcat (public_key, "\n", NULL);
  g_assert_cmpstr (public_key, ==, public_again);
  g_assert_cmpint (qc_signing_key_get_from (again), ==, 5);
  g_assert_cmpint (qc_signing_key_get_until (again), ==, 9);
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_signing_key_new_from_seed ("k", cut, 0, 0, &error));
  g_assert_error (error, QC_PROOF_ERROR, QC_PROOF_ERROR_KEY);
  g_assert_null (qc_signing_key_new_from_seed ("k.1", seed, 0, 0, NULL));
  g_assert_null (qc_verify_key_new ("k", "rsa", public_key, 0, 0, NULL));
  g_assert_null (qc_verify_key_new ("", QC_SIGNATURE_ALGORITHM, public_key, 0, 0, NULL));
  g_assert_null (qc_verify_key_new ("k", QC_SIGNATURE_ALGORITHM, spaced, 0, 0, NULL));
  g_assert_null (qc_verify_key_new ("k", QC_SIGNATURE_ALGORITHM, "AAAA", 0, 0, NULL));
  public_key[3] = (char)0xd6;
  g_assert_null (qc_verify_key_new ("k", QC_SIGNATURE_ALGORITHM, public_key, 0, 0, NULL));
  g_assert_null (qc_verify_key_new ("k", QC_SIGNATURE_ALGORITHM, NULL, 0, 0, NULL));
}

/* Two centers named their keys alike: each one's facts are still told apart from altered ones. */
static void
test_same_id (void)
{
  g_autoptr (QcSigningKey) mine = qc_signing_key_new ("k", 0, 0), other = qc_signing_key_new ("k", 0, 0);
  g_autoptr (QcSigningKey) third = qc_signing_key_new ("k", 0, 0);
  const QcSigningKey *known[] = {mine, other};
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_verify_key_free);
  g_autoptr (QcFacts) facts = qc_facts_new ("test", FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++) {
    g_autofree char *public_key = qc_signing_key_dup_public (known[i]);
    g_ptr_array_add (keys, qc_verify_key_new ("k", QC_SIGNATURE_ALGORITHM, public_key, 0, 0, NULL));
  }
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++) {
    g_autoptr (QcSigned) signed_facts = qc_sign_facts (known[i], facts, 100, NULL);
    g_autoptr (QcFacts) read = qc_verify_facts (signed_facts, keys, &error);
    g_assert_no_error (error);
    g_assert_nonnull (read);
  }
  g_autoptr (QcSigned) foreign = qc_sign_facts (third, facts, 100, NULL);
  g_assert_null (qc_verify_facts (foreign, keys, &error));
  g_assert_error (error, QC_PROOF_ERROR, QC_PROOF_ERROR_SIGNATURE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/proof/facts/canonical", test_canonical);
  g_test_add_func ("/proof/facts/not-canonical", test_not_canonical);
  g_test_add_func ("/proof/signature/sign", test_sign);
  g_test_add_func ("/proof/signature/validity", test_validity);
  g_test_add_func ("/proof/signature/tampering", test_tampering);
  g_test_add_func ("/proof/signature/text-tampering", test_text_tampering);
  g_test_add_func ("/proof/signature/keys", test_keys);
  g_test_add_func ("/proof/signature/same-id", test_same_id);
  return g_test_run ();
}
