/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Passwords with argon2id. Any thread but a main loop's.
 */
#include "qc-password.h"

#include <sodium.h>
#include <string.h>

const QcPasswordCost qc_password_cost_usual = {.operations = 2, .memory = 64 * 1024 * 1024};
const QcPasswordCost qc_password_cost_test = {.operations = 1, .memory = 64 * 1024};

char *
qc_password_hash (const char *password, const QcPasswordCost *cost, GError **error)
{
  qc_proof_init ();
  char hash[crypto_pwhash_STRBYTES];
  if (strlen (password) <= QC_PASSWORD_MAX
      && crypto_pwhash_str_alg (hash, password, strlen (password), cost->operations, cost->memory,
                                crypto_pwhash_ALG_ARGON2ID13)
             == 0)
    return g_strdup (hash);
  g_set_error_literal (error, QC_PROOF_ERROR, QC_PROOF_ERROR_MEMORY, "The password cannot be hashed");
  return NULL;
}

gboolean
qc_password_verify (const char *password, const char *hash)
{
  qc_proof_init ();
  if (password == NULL || hash == NULL || strlen (password) > QC_PASSWORD_MAX
      || strlen (hash) >= crypto_pwhash_STRBYTES)
    return FALSE;
  return crypto_pwhash_str_verify (hash, password, strlen (password)) == 0;
}
