/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Opening the center's database and its settings. The scripts are a gresource that is registered here, so that the
 * linker cannot drop it. Settings run on the database threads.
 */
#include "qc-center-db.h"

#include "qc-center-db-resources.h"

static const char *const scripts[] = {
    "/org/qingce/center/schema/001.sql", "/org/qingce/center/schema/002.sql", "/org/qingce/center/schema/003.sql",
    "/org/qingce/center/schema/004.sql", "/org/qingce/center/schema/005.sql", "/org/qingce/center/schema/006.sql",
    "/org/qingce/center/schema/007.sql", "/org/qingce/center/schema/008.sql", "/org/qingce/center/schema/009.sql",
    "/org/qingce/center/schema/010.sql", "/org/qingce/center/schema/011.sql", "/org/qingce/center/schema/012.sql",
};

QcDatabase *
qc_center_db_open (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_resources_register (qc_center_db_get_resource ());
  return qc_database_open (path, scripts, G_N_ELEMENTS (scripts), error);
}

guint
qc_center_db_get_version (void)
{
  return G_N_ELEMENTS (scripts);
}

gboolean
qc_center_db_get_setting (QcConnection *connection, const char *name, char **out, GError **error)
{
  *out = NULL;
  g_autoptr (QcStatement) statement
      = qc_connection_prepare (connection, "SELECT value FROM setting WHERE name = ?", error);
  if (statement == NULL)
    return FALSE;
  qc_statement_bind_text (statement, 1, name);
  gboolean has_row;
  if (!qc_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *out = qc_statement_dup_text (statement, 0);
  return TRUE;
}

gboolean
qc_center_db_set_setting (QcConnection *connection, const char *name, const char *value, GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_connection_prepare (connection,
                               value ? "INSERT INTO setting VALUES (?1, ?2) "
                                       "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
                                     : "DELETE FROM setting WHERE name = ?1",
                               error);
  if (statement == NULL)
    return FALSE;
  qc_statement_bind_text (statement, 1, name);
  if (value != NULL)
    qc_statement_bind_text (statement, 2, value);
  return qc_statement_run (statement, error);
}

gboolean
qc_center_db_get_setting_int (QcConnection *connection, const char *name, gint64 fallback, gint64 *out, GError **error)
{
  g_autofree char *text = NULL;
  if (!qc_center_db_get_setting (connection, name, &text, error))
    return FALSE;
  *out = text != NULL ? g_ascii_strtoll (text, NULL, 10) : fallback;
  return TRUE;
}

gboolean
qc_center_db_set_setting_int (QcConnection *connection, const char *name, gint64 value, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);
  return qc_center_db_set_setting (connection, name, text, error);
}
