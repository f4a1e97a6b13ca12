/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. The threads of a connection.
 */
#include "qc-sql.h"

static void
bind_value (QcStatement *statement, int index, const QcBind *bind)
{
  gsize size;
  gconstpointer data;
  switch (bind->kind) {
  case QC_BIND_INT:
    qc_statement_bind_int (statement, index, bind->u.number);
    break;
  case QC_BIND_TEXT:
    qc_statement_bind_text (statement, index, bind->u.text);
    break;
  case QC_BIND_BYTES:
    if (bind->u.bytes == NULL) {
      qc_statement_bind_null (statement, index);
      break;
    }
    data = g_bytes_get_data (bind->u.bytes, &size);
    qc_statement_bind_blob (statement, index, data, size);
    break;
  case QC_BIND_END:
    break;
  }
}

/* Values up to the end. Their number. */
static int
bind_values (QcStatement *statement, const QcBind *binds)
{
  int n = 0;
  for (; binds[n].kind != QC_BIND_END; n++)
    bind_value (statement, n + 1, &binds[n]);
  return n;
}

QcStatement *
qc_sql_bind_array (QcConnection *connection, GError **error, const char *sql, const QcBind *binds)
{
  QcStatement *statement = qc_connection_prepare (connection, sql, error);
  if (statement != NULL)
    bind_values (statement, binds);
  return statement;
}

/* All of them are there. (transfer full) (nullable) */
static QcStatement *
bind_all (QcConnection *connection, GError **error, const char *sql, const QcBind *binds)
{
  g_autoptr (QcStatement) statement = qc_connection_prepare (connection, sql, error);
  int n = statement != NULL ? bind_values (statement, binds) : 0;
  if (statement != NULL && n != qc_statement_count_parameters (statement)) {
    g_set_error (error, QC_DB_ERROR, QC_DB_ERROR_FAILED, "%s: %d values", sql, n);
    return NULL;
  }
  return g_steal_pointer (&statement);
}

gboolean
qc_sql_run_array (QcConnection *connection, GError **error, const char *sql, const QcBind *binds)
{
  g_autoptr (QcStatement) statement = bind_all (connection, error, sql, binds);
  return statement != NULL && qc_statement_run (statement, error);
}

gboolean
qc_sql_int_array (QcConnection *connection, gint64 fallback, gint64 *out, GError **error, const char *sql,
                  const QcBind *binds)
{
  g_autoptr (QcStatement) statement = bind_all (connection, error, sql, binds);
  gboolean has_row;
  if (statement == NULL || !qc_statement_step (statement, &has_row, error))
    return FALSE;
  *out = has_row && !qc_statement_is_null (statement, 0) ? qc_statement_get_int (statement, 0) : fallback;
  return TRUE;
}
