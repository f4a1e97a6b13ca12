/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Facts of applications in the ledger: kept as they were confirmed, read by whoever looks later. Database threads.
 */
#include "qc-engine-private.h"

gboolean
qc_engine_write_facts (QcConnection *connection, gint64 application, const GPtrArray *facts, GError **error)
{
  for (guint i = 0; i < facts->len; i++) {
    const QcFact *fact = g_ptr_array_index (facts, i);
    if (!qc_sql_run (connection, error, "INSERT INTO application_fact VALUES (?, ?, ?, ?, ?)", application, i + 1,
                     fact->name, fact->before, fact->value))
      return FALSE;
  }
  return TRUE;
}

GPtrArray *
qc_engine_load_facts (QcConnection *connection, gint64 application, GError **error)
{
  g_autoptr (GPtrArray) facts = qc_fact_list_new ();
  g_autoptr (QcStatement) s = qc_sql_bind (
      connection, error, "SELECT name, before, value FROM application_fact WHERE application = ? ORDER BY position",
      application);
  gboolean has_row;
  while (s != NULL && qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&facts);
    qc_fact_list_add (facts, qc_statement_get_text (s, 0), qc_statement_get_text (s, 1), qc_statement_get_text (s, 2));
  }
  return NULL;
}

GPtrArray *
qc_engine_load_facts_of (QcConnection *connection, const char *serial, GError **error)
{
  gint64 id;
  return qc_engine_find_application (connection, 0, serial, &id, error) ? qc_engine_load_facts (connection, id, error)
                                                                        : NULL;
}
