/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Signing keys by profile. A key id means one key for ever. Database threads only.
 */
#include "qc-store-keys.h"

#include "qc-store-private.h"

void
qc_store_key_free (QcStoreKey *key)
{
  if (key == NULL)
    return;
  g_free (key->id);
  g_free (key->algorithm);
  g_free (key->public_key);
  g_free (key);
}

/* Whether @key's id already stands for another key. */
static gboolean
check_same (QcConnection *connection, const char *profile, const QcStoreKey *key, GError **error)
{
  gint64 other;
  if (!qc_sql_int (connection, 0, &other, error,
                   "SELECT EXISTS (SELECT 1 FROM signing_key WHERE profile = ? AND id = ?"
                   " AND (algorithm <> ? OR public_key <> ?))",
                   profile, key->id, key->algorithm, key->public_key))
    return FALSE;
  if (!other)
    return TRUE;
  g_set_error (error, QC_STORE_ERROR, QC_STORE_ERROR_STATE, "key %s is known with another public part", key->id);
  return FALSE;
}

gboolean
qc_store_keys_put (QcConnection *connection, const char *profile, const GPtrArray *keys, GError **error)
{
  for (guint i = 0; i < keys->len; i++)
    if (!check_same (connection, profile, g_ptr_array_index (keys, i), error))
      return FALSE;
  for (guint i = 0; i < keys->len; i++) {
    const QcStoreKey *key = g_ptr_array_index (keys, i);
    if (!qc_sql_run (connection, error,
                     "INSERT OR REPLACE INTO signing_key"
                     " (profile, id, algorithm, public_key, valid_from, valid_until) VALUES (?, ?, ?, ?, ?, ?)",
                     profile, key->id, key->algorithm, key->public_key, key->from, key->until))
      return FALSE;
  }
  return TRUE;
}

GPtrArray *
qc_store_keys_list (QcConnection *connection, const char *profile, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_store_key_free);
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT id, algorithm, public_key, valid_from, valid_until FROM signing_key"
                     " WHERE profile = ? ORDER BY valid_from, id",
                     profile);
  if (statement == NULL)
    return NULL;
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    QcStoreKey *key = g_new0 (QcStoreKey, 1);
    key->id = qc_statement_dup_text (statement, 0);
    key->algorithm = qc_statement_dup_text (statement, 1);
    key->public_key = qc_statement_dup_text (statement, 2);
    key->from = qc_statement_get_int (statement, 3);
    key->until = qc_statement_get_int (statement, 4);
    g_ptr_array_add (list, key);
  }
  return NULL;
}
