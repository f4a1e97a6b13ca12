/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. Database threads only.
 */
#include "qc-store-receivers.h"

#include "qc-sql.h"

GHashTable *
qc_store_receivers_get (QcConnection *connection, const char *profile, GError **error)
{
  g_autoptr (GHashTable) units
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)qc_other_unit_free);
  g_autoptr (QcStatement) s = qc_sql_bind (
      connection, error, "SELECT account, name, status, due, first_month, as_of FROM other_unit WHERE profile = ?",
      profile);
  gboolean has_row;
  while (s != NULL && qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&units);
    QcOtherUnit *unit = qc_other_unit_new (qc_statement_get_text (s, 0));
    unit->name = qc_statement_dup_text (s, 1);
    unit->status = (QcUnitStatus)qc_statement_get_int (s, 2);
    unit->due = (QcMonth)qc_statement_get_int (s, 3);
    unit->first_month = (QcMonth)qc_statement_get_int (s, 4);
    unit->as_of = qc_statement_get_int (s, 5);
    g_hash_table_insert (units, unit->account, unit);
  }
  return NULL;
}

gboolean
qc_store_receiver_put (QcConnection *connection, const char *profile, const QcOtherUnit *unit, GError **error)
{
  if (unit->name == NULL)
    return qc_sql_run (connection, error, "DELETE FROM other_unit WHERE profile = ? AND account = ?", profile,
                       unit->account);
  return qc_sql_run (connection, error,
                     "INSERT OR REPLACE INTO other_unit (profile, account, name, status, due, first_month, as_of)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?)",
                     profile, unit->account, unit->name, (int)unit->status, unit->due, unit->first_month, unit->as_of);
}
