/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-store-salvage.h. A table is read from its beginning until a page cannot be read, then from its end backwards,
 * and what lies between by each number that it may have; lines and pictures so for each draft. Undo does not come over.
 */
#include "qc-store-salvage.h"

#include <glib/gstdio.h>

#include "qc-store-journal.h"
#include "qc-store-private.h"

void
qc_store_salvage_free (QcStoreSalvage *salvage)
{
  if (salvage == NULL)
    return;
  g_ptr_array_unref (salvage->incomplete);
  g_free (salvage);
}

/* The columns that both have, with commas between: an older one has fewer. (transfer full) NULL: none, or an error of
 * @to
 */
static char *
dup_columns (QcConnection *from, QcConnection *to, const char *table, guint *out_n, GError **error)
{
  g_autoptr (GString) columns = g_string_new (NULL);
  g_autoptr (QcStatement) wanted = qc_sql_bind (to, error, "SELECT name FROM pragma_table_info (?)", table);
  gboolean has_row;
  *out_n = 0;
  while (wanted != NULL && qc_statement_step (wanted, &has_row, error) && has_row) {
    gint64 known = 0;
    const char *name = qc_statement_get_text (wanted, 0);
    if (!qc_sql_int (from, 0, &known, NULL, "SELECT count(*) FROM pragma_table_info (?) WHERE name = ?", table, name)
        || known == 0)
      continue;
    g_string_append_printf (columns, "%s\"%s\"", *out_n > 0 ? ", " : "", name);
    ++*out_n;
  }
  return *out_n > 0 && *error == NULL ? g_string_free (g_steal_pointer (&columns), FALSE) : NULL;
}

typedef struct {
  QcConnection *from, *to; /* borrowed */
  char *table, *columns;   /* (owned) */
  char *insert;            /* (owned) */
  guint n;
  gint64 last; /* number in the first column of the row that was read last */
} Table;

static void
table_clear (Table *table)
{
  g_free (table->table);
  g_free (table->columns);
  g_free (table->insert);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

static gboolean
table_init (Table *table, QcConnection *from, QcConnection *to, const char *name, GError **error)
{
  *table = (Table) {.from = from, .to = to, .table = g_strdup (name)};
  table->columns = dup_columns (from, to, name, &table->n, error);
  if (table->columns == NULL)
    return FALSE;
  g_autoptr (GString) marks = g_string_new ("?");
  for (guint i = 1; i < table->n; i++)
    g_string_append (marks, ", ?");
  table->insert = g_strdup_printf ("INSERT OR IGNORE INTO \"%s\" (%s) VALUES (%s)", name, table->columns, marks->str);
  return TRUE;
}

/* Integers stay integers, texts texts; a blob goes as its bytes. */
static void
bind_column (QcStatement *to, int index, QcStatement *from, int column)
{
  gsize size;
  if (qc_statement_is_null (from, column))
    qc_statement_bind_null (to, index);
  else if (qc_statement_is_int (from, column))
    qc_statement_bind_int (to, index, qc_statement_get_int (from, column));
  else if (qc_statement_is_blob (from, column)) {
    gconstpointer bytes = qc_statement_get_blob (from, column, &size);
    qc_statement_bind_blob (to, index, bytes, size);
  } else
    qc_statement_bind_text (to, index, qc_statement_get_text (from, column));
}

/* All rows that @where gives, until one cannot be read: FALSE then, or when one cannot be written and *@error is set.
 */
static gboolean
copy_rows (Table *table, const char *where, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM \"%s\" %s", table->columns, table->table, where);
  g_autoptr (QcStatement) rows = qc_connection_prepare (table->from, sql, NULL);
  gboolean has_row;
  while (rows != NULL && qc_statement_step (rows, &has_row, NULL)) {
    if (!has_row)
      return TRUE;
    g_autoptr (QcStatement) insert = qc_connection_prepare (table->to, table->insert, error);
    if (insert == NULL)
      return FALSE;
    for (guint i = 0; i < table->n; i++)
      bind_column (insert, (int)i + 1, rows, (int)i);
    table->last = qc_statement_get_int (rows, 0);
    g_autoptr (GError) fault = NULL;
    if (!qc_statement_run (insert, &fault) && !g_error_matches (fault, QC_DB_ERROR, QC_DB_ERROR_CONSTRAINT)) {
      g_propagate_error (error,
                         g_steal_pointer (&fault)); /* a row that makes no sense is left behind, a full disk not */
      return FALSE;
    }
  }
  return FALSE;
}

#define MOST_BETWEEN 200000

/* Of a table whose first column is its number. */
static gboolean
copy_numbered (QcConnection *from, QcConnection *to, const char *name, GError **error)
{
  g_auto (Table) table;
  if (!table_init (&table, from, to, name, error) || copy_rows (&table, "NOT INDEXED ORDER BY rowid", error))
    return *error == NULL;
  gint64 first = table.last;
  table.last = 0;
  if (*error != NULL || copy_rows (&table, "NOT INDEXED ORDER BY rowid DESC", error))
    return *error == NULL;
  gint64 end = MIN (table.last, first + MOST_BETWEEN);
  for (gint64 number = first + 1; number < end && *error == NULL; number++) {
    g_autofree char *where = g_strdup_printf ("NOT INDEXED WHERE rowid = %" G_GINT64_FORMAT, number);
    copy_rows (&table, where, error);
  }
  return *error == NULL;
}

/* Of a table without numbers: from both ends. @where narrows it, and may be empty. */
static gboolean
copy_keyed (QcConnection *from, QcConnection *to, const char *name, const char *where, const char *key, GError **error)
{
  g_auto (Table) table;
  if (!table_init (&table, from, to, name, error))
    return *error == NULL;
  g_autofree char *forwards = g_strdup_printf ("%s ORDER BY %s", where, key);
  g_autofree char *backwards = g_strdup_printf ("%s ORDER BY %s DESC", where, key);
  if (!copy_rows (&table, forwards, error) && *error == NULL)
    copy_rows (&table, backwards, error);
  return *error == NULL;
}

/* (transfer full) gint64 */
static GArray *
list_numbers (QcConnection *connection, const char *sql, GError **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (QcStatement) s = qc_connection_prepare (connection, sql, error);
  gboolean has_row;
  while (s != NULL && qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&numbers);
    gint64 number = qc_statement_get_int (s, 0);
    g_array_append_val (numbers, number);
  }
  return NULL;
}

/* What belongs to each of @numbers. */
static gboolean
copy_parts (QcConnection *from, QcConnection *to, const GArray *numbers, const char *name, const char *owner,
            const char *key, GError **error)
{
  for (guint i = 0; i < numbers->len; i++) {
    g_autofree char *where
        = g_strdup_printf ("WHERE %s = %" G_GINT64_FORMAT, owner, g_array_index (numbers, gint64, i));
    if (!copy_keyed (from, to, name, where, key, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
copy_all (QcConnection *from, QcConnection *to, GError **error)
{
  if (!copy_keyed (from, to, "profile", "", "id", error) || !copy_numbered (from, to, "scope", error)
      || !copy_keyed (from, to, "preference", "", "profile, name", error) || !copy_numbered (from, to, "journal", error)
      || !copy_keyed (from, to, "voucher", "", "scope, serial", error) || !copy_numbered (from, to, "draft", error)
      || !copy_numbered (from, to, "outbox", error) || !copy_numbered (from, to, "outbox_body", error))
    return FALSE;
  g_autoptr (GArray) drafts = list_numbers (to, "SELECT id FROM draft", error);
  g_autoptr (GArray) items = drafts != NULL ? list_numbers (to, "SELECT id FROM outbox", error) : NULL;
  return items != NULL && copy_parts (from, to, drafts, "draft_line", "removed = 0 AND draft", "line", error)
         && copy_parts (from, to, drafts, "draft_attachment", "removed = 0 AND draft", "id", error)
         && copy_parts (from, to, drafts, "draft_reason", "draft", "line, position", error)
         && copy_parts (from, to, items, "outbox_dependency", "item", "needs", error)
         && copy_parts (from, to, items, "outbox_attempt", "item", "number", error)
         && copy_parts (from, to, items, "outbox_person", "item", "person", error)
         && copy_parts (from, to, items, "outbox_reason", "item", "position", error)
         && copy_parts (from, to, items, "outbox_attachment", "item", "digest", error);
}

/* What came over stands by itself: the units of everything are there, what waits is asked about, and the journal goes
 * on behind its last entry. (Where one is missing, its chain does not hold, and verifying says so.) */
static gboolean
make_sound (QcConnection *to, gint64 now, GError **error)
{
  return qc_connection_exec (to,
                             "DELETE FROM draft WHERE scope NOT IN (SELECT id FROM scope);"
                             " DELETE FROM voucher WHERE scope NOT IN (SELECT id FROM scope);"
                             " DELETE FROM outbox_body WHERE item NOT IN (SELECT id FROM outbox);"
                             " DELETE FROM outbox_dependency WHERE needs NOT IN (SELECT id FROM outbox);"
                             " UPDATE draft SET state = 'open', outbox = 0 WHERE state = 'locked'"
                             " AND outbox NOT IN (SELECT id FROM outbox);"
                             " UPDATE journal_head SET seq = coalesce ((SELECT max (seq) FROM journal), 0),"
                             " hash = coalesce ((SELECT hash FROM journal ORDER BY seq DESC LIMIT 1), '')",
                             error)
         && qc_sql_run (to, error,
                        "UPDATE outbox SET state = 'unknown', sent = 1, reason = 'restored', next_try = 0, changed = ?"
                        " WHERE state IN ('queued', 'sending', 'unknown', 'held')",
                        now);
}

static gboolean
count (QcConnection *to, QcStoreSalvage *salvage, GError **error)
{
  const struct {
    gint64 *n;
    const char *sql;
  } counts[] = {
      {&salvage->drafts, "SELECT count(*) FROM draft WHERE state <> 'done' AND deleted = 0"},
      {&salvage->waiting, "SELECT count(*) FROM outbox WHERE state = 'unknown'"},
      {&salvage->entries, "SELECT count(*) FROM journal"},
      {&salvage->vouchers, "SELECT count(*) FROM voucher"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    if (!qc_connection_get_int (to, counts[i].sql, 0, counts[i].n, error))
      return FALSE;
  g_autoptr (QcStatement) s = qc_sql_bind (
      to, error,
      "SELECT coalesce (d.name, d.business) FROM draft AS d WHERE d.state <> 'done' AND d.deleted = 0 AND d.lines >"
      " (SELECT count(*) FROM draft_line WHERE draft = d.id AND removed = 0) ORDER BY d.id");
  gboolean has_row;
  while (s != NULL && qc_statement_step (s, &has_row, error)) {
    if (!has_row) /* as many lines as there are are counted from now on */
      return qc_connection_exec (
          to, "UPDATE draft SET lines = (SELECT count(*) FROM draft_line WHERE draft = draft.id AND removed = 0)",
          error);
    g_ptr_array_add (salvage->incomplete, qc_statement_dup_text (s, 0));
  }
  return FALSE;
}

static gboolean
fill (QcConnection *from, QcConnection *to, gint64 now, QcStoreSalvage *salvage, GError **error)
{
  g_autoptr (QcTransaction) transaction = qc_transaction_begin (to, QC_TRANSACTION_WRITE, "salvage", error);
  if (transaction == NULL || !copy_all (from, to, error) || !make_sound (to, now, error) || !count (to, salvage, error))
    return FALSE;
  g_autofree char *detail = g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                                             salvage->drafts, salvage->waiting, salvage->entries);
  return qc_store_journal_append (to, now, NULL, NULL, NULL, "salvaged", NULL, detail, error)
         && qc_transaction_commit (transaction, error);
}

static QcStoreSalvage *
salvage_into (const char *path, const char *damaged, gint64 now, GError **error)
{
  g_autoptr (QcConnection) from = qc_connection_open (damaged, QC_CONNECTION_READ_ONLY, error);
  g_autoptr (QcConnection) to = from != NULL ? qc_connection_open (path, QC_CONNECTION_READ_WRITE, error) : NULL;
  g_autoptr (QcStoreSalvage) salvage = g_new0 (QcStoreSalvage, 1);
  salvage->incomplete = g_ptr_array_new_with_free_func (g_free);
  /* rows come in any order, and some of those they name never */
  return to != NULL && qc_store_migrate (to, path, error) && qc_connection_exec (to, "PRAGMA foreign_keys=OFF", error)
                 && fill (from, to, now, salvage, error)
             ? g_steal_pointer (&salvage)
             : NULL;
}

QcStoreSalvage *
qc_store_salvage (const char *path, const char *damaged, gint64 now, GError **error)
{
  g_autofree char *wal = g_strconcat (damaged, "-wal", NULL);
  g_autofree char *shm = g_strconcat (damaged, "-shm", NULL);
  gboolean had_wal = g_file_test (wal, G_FILE_TEST_EXISTS);
  QcStoreSalvage *salvage = salvage_into (path, damaged, now, error);
  g_unlink (shm); /* SQLite's own, made anew by whoever opens it */
  if (!had_wal)
    g_unlink (wal);
  return salvage;
}
