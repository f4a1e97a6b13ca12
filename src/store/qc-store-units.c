/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The unit as pulled, with its registration fields. Database threads only.
 */
#include "qc-store-units.h"

#include "qc-store-private.h"

#define COLUMNS                                                                                                  \
  "scope, account, name, credit_code, status, first_month, paid_to, headcount, sealed_count, balance, suspense," \
  " agreement_bank, agreement_account, agreement_balance, agreement_balance_time, payee_name, payee_account,"    \
  " payee_bank, revision"

static gboolean
write_fields (const QcStorePage *page, const QcUnit *unit, GError **error)
{
  if (unit->fields == NULL)
    return TRUE;
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, unit->fields);
  gpointer name, value;
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (!qc_sql_run (page->connection, error, "INSERT INTO unit_field (scope, name, value) VALUES (?, ?, ?)",
                     page->scope, (const char *)name, (const char *)value))
      return FALSE;
  return TRUE;
}

gboolean
qc_store_apply_unit (const QcStorePage *page, const QcFeedRow *row, GError **error)
{
  const QcUnit *unit = row->unit;
  /* fields go with the row */
  if (!qc_sql_run (page->connection, error, "DELETE FROM unit WHERE scope = ?", page->scope))
    return FALSE;
  if (row->deleted)
    return TRUE;
  return qc_sql_run (page->connection, error,
                     "INSERT INTO unit (pull, " COLUMNS ")"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     page->pull, page->scope, unit->account != NULL ? unit->account : row->key,
                     unit->name != NULL ? unit->name : "", unit->credit_code != NULL ? unit->credit_code : "",
                     (int)unit->status, unit->first_month, unit->paid_to, unit->headcount, unit->sealed_count,
                     unit->balance, unit->suspense, unit->agreement_bank, unit->agreement_account,
                     unit->agreement_balance, unit->agreement_balance_time, unit->payee_name, unit->payee_account,
                     unit->payee_bank, unit->revision)
         && write_fields (page, unit, error);
}

static void
replace (char **field, QcStatement *statement, int column)
{
  g_free (*field);
  *field = qc_statement_dup_text (statement, column);
}

static QcUnit *
read_unit (QcStatement *statement)
{
  QcUnit *unit = qc_unit_new ();
  replace (&unit->account, statement, 1);
  replace (&unit->name, statement, 2);
  replace (&unit->credit_code, statement, 3);
  unit->status = qc_statement_get_int (statement, 4);
  unit->first_month = qc_statement_get_int (statement, 5);
  unit->paid_to = qc_statement_get_int (statement, 6);
  unit->headcount = qc_statement_get_int (statement, 7);
  unit->sealed_count = qc_statement_get_int (statement, 8);
  unit->balance = qc_statement_get_int (statement, 9);
  unit->suspense = qc_statement_get_int (statement, 10);
  replace (&unit->agreement_bank, statement, 11);
  replace (&unit->agreement_account, statement, 12);
  unit->agreement_balance = qc_statement_get_int (statement, 13);
  unit->agreement_balance_time = qc_statement_get_int (statement, 14);
  replace (&unit->payee_name, statement, 15);
  replace (&unit->payee_account, statement, 16);
  replace (&unit->payee_bank, statement, 17);
  unit->revision = qc_statement_get_int (statement, 18);
  return unit;
}

static gboolean
read_fields (QcConnection *connection, gint64 scope, QcUnit *unit, GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error, "SELECT name, value FROM unit_field WHERE scope = ?", scope);
  if (statement == NULL)
    return FALSE;
  if (unit->fields == NULL)
    unit->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return TRUE;
    g_hash_table_insert (unit->fields, qc_statement_dup_text (statement, 0), qc_statement_dup_text (statement, 1));
  }
  return FALSE;
}

static GPtrArray *
list (QcConnection *connection, QcStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) units = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_unit_free);
  if (statement == NULL)
    return NULL;
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&units);
    QcUnit *unit = read_unit (statement);
    g_ptr_array_add (units, unit);
    if (!read_fields (connection, qc_statement_get_int (statement, 0), unit, error))
      return NULL;
  }
  return NULL;
}

gboolean
qc_store_unit_get (QcConnection *connection, const char *profile, const char *unit, QcUnit **out, GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT " COLUMNS " FROM unit"
                     " WHERE scope = (SELECT id FROM scope WHERE profile = ? AND unit = ?)",
                     profile, unit);
  g_autoptr (GPtrArray) units = list (connection, statement, error);
  *out = NULL;
  if (units == NULL)
    return FALSE;
  if (units->len > 0)
    *out = g_ptr_array_steal_index (units, 0);
  return TRUE;
}
