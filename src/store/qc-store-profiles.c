/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Profiles and the units of their grants. Database threads only.
 */
#include "qc-store-profiles.h"

#include "qc-store-private.h"

void
qc_store_profile_free (QcStoreProfile *profile)
{
  if (profile == NULL)
    return;
  g_free (profile->id);
  g_free (profile->name);
  g_free (profile->department);
  g_free (profile->user);
  g_free (profile->last_unit);
  g_free (profile);
}

void
qc_store_grant_free (QcStoreGrant *grant)
{
  if (grant == NULL)
    return;
  g_free (grant->account);
  g_free (grant->name);
  g_free (grant->credit_code);
  g_free (grant->label);
  g_free (grant);
}

gboolean
qc_store_profile_put (QcConnection *connection, const QcStoreProfile *profile, GError **error)
{
  return qc_sql_run (connection, error,
                     "INSERT INTO profile (id, name, department, practice, user, last_unit, used)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?)"
                     " ON CONFLICT (id) DO UPDATE SET name = excluded.name, department = excluded.department,"
                     " practice = excluded.practice, user = coalesce (excluded.user, user),"
                     " last_unit = coalesce (excluded.last_unit, last_unit), used = max (used, excluded.used)",
                     profile->id, profile->name != NULL ? profile->name : "",
                     profile->department != NULL ? profile->department : "", profile->practice, profile->user,
                     profile->last_unit, profile->used);
}

static QcStoreProfile *
read_profile (QcStatement *statement)
{
  QcStoreProfile *profile = g_new0 (QcStoreProfile, 1);
  profile->id = qc_statement_dup_text (statement, 0);
  profile->name = qc_statement_dup_text (statement, 1);
  profile->department = qc_statement_dup_text (statement, 2);
  profile->practice = qc_statement_get_int (statement, 3) != 0;
  profile->user = qc_statement_dup_text (statement, 4);
  profile->last_unit = qc_statement_dup_text (statement, 5);
  profile->used = qc_statement_get_int (statement, 6);
  return profile;
}

gboolean
qc_store_profile_get (QcConnection *connection, const char *id, QcStoreProfile **out, GError **error)
{
  g_autoptr (QcStatement) statement = qc_sql_bind (
      connection, error, "SELECT id, name, department, practice, user, last_unit, used FROM profile WHERE id = ?", id);
  *out = NULL;
  gboolean has_row;
  if (statement == NULL || !qc_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *out = read_profile (statement);
  return TRUE;
}

GPtrArray *
qc_store_profile_list (QcConnection *connection, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_store_profile_free);
  g_autoptr (QcStatement) statement = qc_sql_bind (
      connection, error,
      "SELECT id, name, department, practice, user, last_unit, used FROM profile ORDER BY used DESC, id");
  if (statement == NULL)
    return NULL;
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    g_ptr_array_add (list, read_profile (statement));
  }
  return NULL;
}

gboolean
qc_store_grants_set (QcConnection *connection, const char *profile, const GPtrArray *grants, GError **error)
{
  if (!qc_sql_run (connection, error, "UPDATE scope SET granted = 0 WHERE profile = ? AND granted = 1", profile))
    return FALSE;
  for (guint i = 0; i < grants->len; i++) {
    const QcStoreGrant *grant = g_ptr_array_index (grants, i);
    if (!qc_sql_run (connection, error,
                     "INSERT INTO scope (profile, unit, name, credit_code, granted) VALUES (?, ?, ?, ?, 1)"
                     " ON CONFLICT (profile, unit) DO UPDATE SET name = excluded.name,"
                     " credit_code = excluded.credit_code, granted = 1",
                     profile, grant->account, grant->name != NULL ? grant->name : "",
                     grant->credit_code != NULL ? grant->credit_code : "")
        || !qc_sql_run (connection, error,
                        "UPDATE scope SET colour = (SELECT count(*) FROM scope WHERE profile = ?1"
                        " AND colour IS NOT NULL) % ?2 WHERE profile = ?1 AND unit = ?3 AND colour IS NULL",
                        profile, QC_STORE_UNIT_COLOURS, grant->account))
      return FALSE;
  }
  return TRUE;
}

GPtrArray *
qc_store_grants_list (QcConnection *connection, const char *profile, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_store_grant_free);
  g_autoptr (QcStatement) statement = qc_sql_bind (
      connection, error,
      "SELECT unit, name, credit_code, granted, label,"
      " coalesce (colour, -1), used FROM scope WHERE profile = ? AND granted IS NOT NULL ORDER BY name, unit",
      profile);
  if (statement == NULL)
    return NULL;
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    QcStoreGrant *grant = g_new0 (QcStoreGrant, 1);
    grant->account = qc_statement_dup_text (statement, 0);
    grant->name = qc_statement_dup_text (statement, 1);
    grant->credit_code = qc_statement_dup_text (statement, 2);
    grant->granted = qc_statement_get_int (statement, 3) != 0;
    grant->label = qc_statement_dup_text (statement, 4);
    grant->colour = (int)qc_statement_get_int (statement, 5);
    grant->used = qc_statement_get_int (statement, 6);
    g_ptr_array_add (list, grant);
  }
  return NULL;
}

gboolean
qc_store_unit_mark_set (QcConnection *connection, const char *profile, const char *unit, const char *label, int colour,
                        GError **error)
{
  return qc_sql_run (connection, error, "UPDATE scope SET label = ?, colour = ? WHERE profile = ? AND unit = ?", label,
                     colour, profile, unit);
}

gboolean
qc_store_unit_used (QcConnection *connection, const char *profile, const char *unit, gint64 now, GError **error)
{
  return qc_sql_run (connection, error, "UPDATE scope SET used = ? WHERE profile = ? AND unit = ?", now, profile, unit);
}
