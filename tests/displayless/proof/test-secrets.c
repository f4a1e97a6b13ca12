/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Passwords, randomness, digests: known answers and refusals.
 */
#include <string.h>
#include "qc-digest.h"
#include "qc-password.h"
#include "qc-random.h"

static void
test_password (void)
{
  static const char *const passwords[] = {"", "a", "演练·𠮷 password", "ends with blank "};
  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *hash = qc_password_hash (passwords[i], &qc_password_cost_test, &error);
    g_autofree char *again = qc_password_hash (passwords[i], &qc_password_cost_test, &error);
    g_assert_no_error (error);
    g_assert_true (g_str_has_prefix (hash, "$argon2id$v=19$m=64,t=1,p=1$"));
    g_assert_cmpstr (hash, !=, again);
    for (guint j = 0; j < G_N_ELEMENTS (passwords); j++)
      g_assert_cmpint (qc_password_verify (passwords[j], hash), ==, i == j);
  }
}

static void
test_password_bad (void)
{
  g_autofree char *longest = g_strnfill (QC_PASSWORD_MAX, 'p');
  g_autofree char *longer = g_strnfill (QC_PASSWORD_MAX + 1, 'p');
  g_autofree char *long_hash = g_strnfill (1000, '$');
  g_autofree char *hash = qc_password_hash (longest, &qc_password_cost_test, NULL);
  QcPasswordCost impossible = {.operations = 1, .memory = G_MAXSSIZE};
  g_assert_true (qc_password_verify (longest, hash));
  g_assert_false (qc_password_verify (longer, hash));
  g_assert_null (qc_password_hash (longer, &qc_password_cost_test, NULL));
  g_assert_false (qc_password_verify ("a", NULL));
  g_assert_false (qc_password_verify (NULL, hash));
  g_assert_false (qc_password_verify ("a", ""));
  g_assert_false (qc_password_verify ("a", "a"));
  g_assert_false (qc_password_verify ("a", long_hash));
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_password_hash ("a", &impossible, &error));
  g_assert_error (error, QC_PROOF_ERROR, QC_PROOF_ERROR_MEMORY);
  /* one changed character of the hash */
  for (gsize i = 0; hash[i] != '\0'; i++) {
    char kept = hash[i];
    hash[i] = kept == 'A' ? 'B' : 'A';
    g_assert_false (qc_password_verify (longest, hash));
    hash[i] = kept;
  }
}

static void
test_random (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < 1000; i++) {
    char *token = qc_random_token (32);
    char *uuid = qc_random_uuid ();
    g_assert_cmpuint (strlen (token), ==, 43);
    g_assert_cmpuint (strspn (token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), ==, 43);
    g_assert_true (qc_uuid_is_valid (uuid));
    g_assert_cmpint (uuid[14], ==, '4');
    g_assert_nonnull (strchr ("89ab", uuid[19]));
    g_assert_true (g_hash_table_add (seen, token));
    g_assert_true (g_hash_table_add (seen, uuid));
  }
  g_assert_false (qc_uuid_is_valid (NULL));
  g_assert_false (qc_uuid_is_valid (""));
  g_assert_false (qc_uuid_is_valid ("7f6b2f34-1111-4c4c-8aaa-0123456789a"));
  g_assert_false (qc_uuid_is_valid ("7f6b2f34-1111-4c4c-8aaa-0123456789abc"));
  g_assert_false (qc_uuid_is_valid ("{f6b2f34-1111-4c4c-8aaa-0123456789ab}"));
}

static void
test_digest (void)
{
  g_autofree char *empty = qc_digest_hex (NULL, 0);
  g_autofree char *abc = qc_digest_hex ((const guint8 *)"abc", 3);
  g_autofree char *pkce = qc_digest_pkce ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  QcDigest *digest = qc_digest_new ();
  g_assert_cmpstr (empty, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  g_assert_cmpstr (abc, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_cmpstr (pkce, ==, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"); /* RFC 7636, appendix B */
  qc_digest_update (digest, (const guint8 *)"a", 1);
  qc_digest_update (digest, (const guint8 *)"bc", 2);
  g_autofree char *pieces = qc_digest_finish_hex (digest);
  g_assert_cmpstr (pieces, ==, abc);
}

/* No two lists of parts give the same link. */
static void
test_chain (void)
{
  static const struct {
    const char *previous;
    const char *parts[3];
    gsize n;
  } rows[] = {
      {NULL, {NULL}, 0},           {NULL, {""}, 1},           {NULL, {NULL}, 1},     {NULL, {"", ""}, 2},
      {NULL, {"ab", "c"}, 2},      {NULL, {"a", "bc"}, 2},    {NULL, {"abc"}, 1},    {NULL, {"abc", ""}, 2},
      {NULL, {"", "abc"}, 2},      {"abc", {""}, 1},          {"abc", {NULL}, 0},    {"a", {"bc"}, 1},
      {NULL, {"a", NULL, "b"}, 3}, {NULL, {"a", "", "b"}, 3}, {NULL, {"a", "b"}, 2},
  };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *none = qc_digest_chain (NULL, NULL, 0);
  g_autofree char *blank = qc_digest_chain ("", NULL, 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_true (g_hash_table_add (seen, qc_digest_chain (rows[i].previous, rows[i].parts, rows[i].n)));
  g_assert_cmpstr (none, ==, blank);
}

static void
test_base64url (void)
{
  static const char *const bad[] = {"A", "AA=", "AA==", "A A", "A+8", "A/8", "AB", "AAAAA", "é", "AA\n", "AAA\xd6"};
  for (guint length = 0; length < 70; length++) {
    guint8 bytes[70];
    qc_random_bytes (bytes, length);
    g_autofree char *text = qc_base64url_encode (bytes, length);
    g_autoptr (GBytes) again = qc_base64url_decode (text);
    g_assert_nonnull (again);
    g_assert_cmpmem (g_bytes_get_data (again, NULL), g_bytes_get_size (again), bytes, length);
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (qc_base64url_decode (bad[i]));
  for (int c = 1; c < 256; c++) {
    char text[] = {'A', 'A', 'A', (char)c, '\0'};
    g_autoptr (GBytes) bytes = qc_base64url_decode (text);
    g_assert_cmpint (bytes != NULL, ==, c < 128 && (g_ascii_isalnum (c) || c == '-' || c == '_'));
  }
}

static void
test_equal (void)
{
  g_assert_true (qc_secret_equal ("", ""));
  g_assert_true (qc_secret_equal ("abc", "abc"));
  g_assert_false (qc_secret_equal ("abc", "abd"));
  g_assert_false (qc_secret_equal ("abc", "ab"));
  g_assert_false (qc_secret_equal (NULL, ""));
  g_assert_false (qc_secret_equal ("", NULL));
  g_assert_false (qc_secret_equal (NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/proof/password", test_password);
  g_test_add_func ("/proof/password-bad", test_password_bad);
  g_test_add_func ("/proof/random", test_random);
  g_test_add_func ("/proof/digest", test_digest);
  g_test_add_func ("/proof/chain", test_chain);
  g_test_add_func ("/proof/base64url", test_base64url);
  g_test_add_func ("/proof/equal", test_equal);
  return g_test_run ();
}
