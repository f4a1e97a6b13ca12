/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-store-handover.h.
 */
#include "qc-store-handover.h"

#include "qc-store-journal.h"
#include "qc-store-private.h"

/* " ('1', '2')": accounts are digits, and whatever else they were is quoted. (transfer full) */
static char *
dup_accounts (const GPtrArray *units)
{
  GString *words = g_string_new ("(");
  for (guint i = 0; i < units->len; i++) {
    g_auto (GStrv) parts = g_strsplit (g_ptr_array_index (units, i), "'", -1);
    g_autofree char *quoted = g_strjoinv ("''", parts);
    g_string_append_printf (words, "%s'%s'", i > 0 ? ", " : "", quoted);
  }
  g_string_append_c (words, ')');
  return g_string_free (words, FALSE);
}

/* ---- what stays ---- */

/* Every table that has a column @column; the outbox has one for its draft, which it may do without. (transfer full) */
static GPtrArray *
tables_with (QcConnection *connection, const char *column, GError **error)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (QcStatement) s
      = qc_sql_bind (connection, error,
                     "SELECT m.name FROM sqlite_schema AS m JOIN pragma_table_info (m.name) AS c"
                     " WHERE m.type = 'table' AND c.name = ?1 AND (?1 <> 'draft' OR m.name <> 'outbox')",
                     column);
  gboolean has_row;
  while (s != NULL && qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&tables);
    g_ptr_array_add (tables, qc_statement_dup_text (s, 0));
  }
  return NULL;
}

/* In every table with @column the rows whose @column fits @where. */
static gboolean
delete_where (QcConnection *connection, const char *column, const char *where, GError **error)
{
  g_autoptr (GPtrArray) tables = tables_with (connection, column, error);
  for (guint i = 0; tables != NULL && i < tables->len; i++) {
    g_autofree char *sql
        = g_strdup_printf ("DELETE FROM \"%s\" WHERE %s %s", (char *)g_ptr_array_index (tables, i), column, where);
    if (!qc_connection_exec (connection, sql, error))
      return FALSE;
  }
  return tables != NULL;
}

static gboolean
narrow (QcConnection *connection, const char *profile, const GPtrArray *units, const char *actor, gint64 now,
        GError **error)
{
  static const char *const rest
      = "DELETE FROM journal; UPDATE journal_head SET seq = 0, hash = ''; DELETE FROM preference;"
        " UPDATE profile SET user = NULL, last_unit = NULL; DELETE FROM draft WHERE deleted <> 0;"
        " DELETE FROM draft_line WHERE draft NOT IN (SELECT id FROM draft);"
        " DELETE FROM draft_attachment WHERE draft NOT IN (SELECT id FROM draft)";
  static const char *const by_draft = "NOT IN (SELECT id FROM draft)", *const by_item
                                                                       = "NOT IN (SELECT id FROM outbox)";
  g_autofree char *accounts = dup_accounts (units);
  g_auto (GStrv) parts = g_strsplit (profile, "'", -1);
  g_autofree char *quoted = g_strjoinv ("''", parts);
  g_autofree char *others
      = g_strdup_printf ("NOT IN (SELECT id FROM scope WHERE profile = '%s' AND unit IN %s)", quoted, accounts);
  g_autofree char *scopes = g_strdup_printf ("DELETE FROM scope WHERE id %s", others);
  g_autofree char *profiles = g_strdup_printf ("<> '%s'", quoted);
  g_autofree char *known = g_strdup_printf ("DELETE FROM profile WHERE id <> '%s'", quoted);
  g_autofree char *detail = g_strdup_printf ("%u", units->len);
  g_autoptr (QcTransaction) transaction = qc_transaction_begin (connection, QC_TRANSACTION_WRITE, "narrow", error);
  return transaction != NULL && delete_where (connection, "scope", others, error)
         && qc_connection_exec (connection, rest, error) && delete_where (connection, "draft", by_draft, error)
         && delete_where (connection, "item", by_item, error) && delete_where (connection, "needs", by_item, error)
         && qc_connection_exec (connection, scopes, error) && delete_where (connection, "profile", profiles, error)
         && qc_connection_exec (connection, known, error)
         && qc_store_journal_append (connection, now, profile, NULL, actor, "handed-over", NULL, detail, error)
         && qc_transaction_commit (transaction, error);
}

gboolean
qc_store_copy_narrow (const char *path, const char *profile, const GPtrArray *units, const char *actor, gint64 now,
                      GError **error)
{
  g_autofree char *database = g_build_filename (path, "qingce.db", NULL);
  g_autoptr (QcConnection) connection = qc_connection_open (database, QC_CONNECTION_READ_WRITE, error);
  /* tables are emptied one by one: what refers to what is settled at the end */
  return connection != NULL && qc_connection_exec (connection, "PRAGMA foreign_keys=OFF", error)
         && narrow (connection, profile, units, actor, now, error) && qc_connection_vacuum (connection, error)
         && qc_connection_exec (connection, "PRAGMA journal_mode=DELETE", error);
}

/* ---- what begins anew ---- */

gboolean
qc_store_forget_work (QcConnection *connection, const char *profile, GError **error)
{
  static const char *const tables[]
      = {"draft", "outbox", "voucher", "month_sheet", "paper_use", "application_roster", "home_due"};
  static const char *const by_draft = "NOT IN (SELECT id FROM draft)", *const by_item
                                                                       = "NOT IN (SELECT id FROM outbox)";
  /* what refers to what is settled at the end */
  gboolean good = qc_connection_exec (connection, "PRAGMA defer_foreign_keys=ON", error);
  for (guint i = 0; good && i < G_N_ELEMENTS (tables); i++) {
    g_autofree char *sql
        = g_strdup_printf ("DELETE FROM %s WHERE scope IN (SELECT id FROM scope WHERE profile = ?)", tables[i]);
    good = qc_sql_run (connection, error, sql, profile);
  }
  return good && delete_where (connection, "draft", by_draft, error)
         && delete_where (connection, "item", by_item, error) && delete_where (connection, "needs", by_item, error);
}

/* ---- what is open ---- */

void
qc_store_open_free (QcStoreOpen *open)
{
  if (open == NULL)
    return;
  g_free (open->unit);
  g_free (open->unit_name);
  g_free (open->business);
  g_free (open->name);
  g_free (open->state);
  g_free (open);
}

#define DRAFTS                                                                                                      \
  "SELECT s.unit, s.name, 0 AS kind, d.business, d.name, NULL, d.lines, 0, d.changed FROM draft AS d"               \
  " JOIN scope AS s ON s.id = d.scope WHERE d.deleted = 0 AND d.state = 'open' AND (d.lines > 0 OR d.facts <> '{}'" \
  " OR d.name IS NOT NULL)"
#define WAITING                                                                                                      \
  "SELECT s.unit, s.name, 1, o.business, o.serial, o.state, (SELECT count(*) FROM outbox_person WHERE item = o.id)," \
  " 0, o.changed FROM outbox AS o JOIN scope AS s ON s.id = o.scope"                                                 \
  " WHERE o.state IN ('queued', 'sending', 'unknown', 'held')"
#define APPLICATIONS                                                                                          \
  "SELECT s.unit, s.name, 2, a.business, a.serial, a.state, a.people, a.fen, a.created FROM application AS a" \
  " JOIN scope AS s ON s.id = a.scope WHERE a.state NOT IN ('finished', 'cancelled', 'deleted', 'returned')"

GPtrArray *
qc_store_open_list (QcConnection *connection, const char *profile, const GPtrArray *units, GError **error)
{
  g_autofree char *accounts = dup_accounts (units);
  g_autofree char *only = g_strdup_printf (" AND s.profile = ?1 AND s.unit IN %s", accounts);
  g_autofree char *sql = g_strconcat (DRAFTS, only, " UNION ALL " WAITING, only, " UNION ALL " APPLICATIONS, only,
                                      " ORDER BY 1, 3, 9", NULL);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_store_open_free);
  g_autoptr (QcStatement) s = qc_sql_bind (connection, error, sql, profile);
  gboolean has_row;
  while (s != NULL && qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    QcStoreOpen *open = g_new0 (QcStoreOpen, 1);
    open->unit = qc_statement_dup_text (s, 0);
    open->unit_name = qc_statement_dup_text (s, 1);
    open->kind = (int)qc_statement_get_int (s, 2);
    open->business = qc_statement_dup_text (s, 3);
    open->name = qc_statement_dup_text (s, 4);
    open->state = qc_statement_dup_text (s, 5);
    open->people = qc_statement_get_int (s, 6);
    open->fen = qc_statement_get_int (s, 7);
    open->time = qc_statement_get_int (s, 8);
    g_ptr_array_add (list, open);
  }
  return NULL;
}
