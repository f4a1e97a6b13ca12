/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * People as pulled: the row with everything, and the narrow row lists look at. Pinyin is read when a row arrives, by an
 * object that stays with the writer's connection; a name that did not change is not read again. Database threads only.
 */
#include "qc-store-people.h"

#include "qc-fold.h"
#include "qc-store-private.h"

static QcPinyin *
get_pinyin (QcConnection *connection)
{
  QcPinyin *pinyin = qc_connection_get_data (connection, "qc-store-pinyin");
  if (pinyin == NULL) {
    pinyin = qc_pinyin_new ();
    qc_connection_set_data (connection, "qc-store-pinyin", pinyin, (GDestroyNotify)qc_pinyin_free);
  }
  return pinyin;
}

char *
qc_store_dup_pinyin (QcConnection *connection, const char *name, char **sort_key)
{
  g_autofree char *full = NULL;
  g_autofree char *initials = NULL;
  qc_pinyin_name (get_pinyin (connection), name, &full, &initials, sort_key);
  return g_strconcat (*full != '\0' ? " " : "", full, *initials != '\0' ? " " : "", initials, NULL);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static gboolean
write_person (const QcStorePage *page, const char *account, const QcEmployee *e, gboolean gone, const char *sort_key,
              GError **error)
{
  return qc_sql_run (
      page->connection, error,
      "INSERT INTO person (scope, account, pull, name, document_type, document, sex, birth, status, status_from, base,"
      " opened, paid_to, retirement_class, authorized_until, base_pending, balance, mobile, revision, sort_key, gone)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (scope, account) DO UPDATE SET pull = excluded.pull, gone = excluded.gone, name = excluded.name,"
      " document_type = excluded.document_type, document = excluded.document, sex = excluded.sex,"
      " birth = excluded.birth, status = excluded.status, status_from = excluded.status_from, base = excluded.base,"
      " opened = excluded.opened, paid_to = excluded.paid_to, retirement_class = excluded.retirement_class,"
      " authorized_until = excluded.authorized_until, base_pending = excluded.base_pending,"
      " balance = excluded.balance, mobile = excluded.mobile, revision = excluded.revision,"
      " sort_key = excluded.sort_key",
      page->scope, account, page->pull, e->name, or_empty (e->document_type), or_empty (e->document), (int)e->sex,
      e->birth, (int)e->status, e->status_from, e->base, e->opened, e->paid_to,
      qc_retirement_class_to_code (e->retirement_class), e->authorized_until, e->base_pending, e->balance, e->mobile,
      e->revision, sort_key, gone != FALSE);
}

/* Accounts and documents are letters and digits as a rule: folding those is only lower case. */
static char *
fold_number (const char *text)
{
  for (const char *c = text; c != NULL && *c != '\0'; c++)
    if (!g_ascii_isalnum (*c))
      return qc_text_fold (text);
  return g_ascii_strdown (or_empty (text), -1);
}

static gboolean
write_find (const QcStorePage *page, gint64 id, const char *account, const QcEmployee *e, const char *sort_key,
            const char *pinyin, GError **error)
{
  g_autofree char *name = qc_text_fold (e->name);
  g_autofree char *document = fold_number (e->document);
  g_autofree char *number = fold_number (account);
  return qc_sql_run (page->connection, error,
                     "INSERT OR REPLACE INTO person_find"
                     " (scope, sort_key, person, status, base, name, pinyin, account, document)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     page->scope, sort_key, id, (int)e->status, e->base, name, pinyin, number, document);
}

static gboolean
drop_find (const QcStorePage *page, gint64 id, const char *sort_key, GError **error)
{
  return qc_sql_run (page->connection, error, "DELETE FROM person_find WHERE scope = ? AND sort_key = ? AND person = ?",
                     page->scope, sort_key, id);
}

/* What is known of @account: 0 when nothing. */
static gboolean
find_known (const QcStorePage *page, const char *account, gint64 *out_id, char **out_sort_key, GError **error)
{
  g_autoptr (QcStatement) statement = qc_sql_bind (
      page->connection, error, "SELECT id, sort_key FROM person WHERE scope = ? AND account = ?", page->scope, account);
  gboolean has_row;
  if (statement == NULL || !qc_statement_step (statement, &has_row, error))
    return FALSE;
  *out_id = has_row ? qc_statement_get_int (statement, 0) : 0;
  *out_sort_key = has_row ? qc_statement_dup_text (statement, 1) : NULL;
  return TRUE;
}

/* Who left is kept while there is something paid to compare the next month with. */
static gboolean
remove_person (const QcStorePage *page, const char *account, gint64 id, const char *sort_key, GError **error)
{
  gint64 paid;
  if (!drop_find (page, id, sort_key, error)
      || !qc_sql_int (page->connection, 0, &paid, error,
                      "SELECT EXISTS (SELECT 1 FROM paid_span WHERE scope = ? AND person = ?)", page->scope, account))
    return FALSE;
  return paid
             ? qc_sql_run (page->connection, error, "UPDATE person SET gone = 1, pull = ? WHERE id = ?", page->pull, id)
             : qc_sql_run (page->connection, error, "DELETE FROM person WHERE id = ?", id);
}

gboolean
qc_store_apply_person (const QcStorePage *page, const QcFeedRow *row, GError **error)
{
  const char *account = row->deleted || row->employee->account == NULL ? row->key : row->employee->account;
  g_autofree char *known_key = NULL;
  gint64 id;
  if (!find_known (page, account, &id, &known_key, error))
    return FALSE;
  /* who left before this computer knew them is kept by name, for what was paid last */
  if (row->deleted && id == 0)
    return row->employee == NULL || write_person (page, account, row->employee, TRUE, "", error);
  if (row->deleted)
    return remove_person (page, account, id, known_key, error);
  g_autofree char *sort_key = NULL;
  g_autofree char *pinyin = qc_store_dup_pinyin (page->connection, row->employee->name, &sort_key);
  if (id != 0 && g_strcmp0 (known_key, sort_key) != 0 && !drop_find (page, id, known_key, error))
    return FALSE;
  if (!write_person (page, account, row->employee, FALSE, sort_key, error))
    return FALSE;
  if (id == 0)
    id = qc_connection_last_rowid (page->connection);
  return write_find (page, id, account, row->employee, sort_key, pinyin, error);
}

gboolean
qc_store_sweep_people (const QcStorePage *page, GError **error)
{
  g_autoptr (QcStatement) statement = qc_sql_bind (
      page->connection, error, "SELECT id, account, sort_key FROM person WHERE scope = ? AND pull <> ? AND gone = 0",
      page->scope, page->pull);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (statement == NULL)
    return FALSE;
  gboolean has_row = TRUE;
  while (has_row) {
    if (!qc_statement_step (statement, &has_row, error))
      return FALSE;
    if (!has_row)
      break;
    gint64 id = qc_statement_get_int (statement, 0);
    g_array_append_val (ids, id);
    g_ptr_array_add (texts, qc_statement_dup_text (statement, 1));
    g_ptr_array_add (texts, qc_statement_dup_text (statement, 2));
  }
  for (guint i = 0; i < ids->len; i++)
    if (!remove_person (page, texts->pdata[2 * i], g_array_index (ids, gint64, i), texts->pdata[2 * i + 1], error))
      return FALSE;
  return TRUE;
}

QcEmployee *
qc_store_read_person (QcStatement *statement, int column)
{
  QcEmployee *e = qc_employee_new ();
  e->account = qc_statement_dup_text (statement, column);
  e->name = qc_statement_dup_text (statement, column + 1);
  e->document_type = qc_statement_dup_text (statement, column + 2);
  e->document = qc_statement_dup_text (statement, column + 3);
  e->sex = qc_statement_get_int (statement, column + 4);
  e->birth = qc_statement_get_int (statement, column + 5);
  e->status = qc_statement_get_int (statement, column + 6);
  e->status_from = qc_statement_get_int (statement, column + 7);
  e->base = qc_statement_get_int (statement, column + 8);
  e->opened = qc_statement_get_int (statement, column + 9);
  e->paid_to = qc_statement_get_int (statement, column + 10);
  if (!qc_retirement_class_from_code (qc_statement_get_text (statement, column + 11), &e->retirement_class))
    e->retirement_class = QC_RETIREMENT_UNKNOWN;
  e->authorized_until = qc_statement_get_int (statement, column + 12);
  e->base_pending = qc_statement_get_int (statement, column + 13) != 0;
  e->balance = qc_statement_get_int (statement, column + 14);
  e->mobile = qc_statement_dup_text (statement, column + 15);
  e->revision = qc_statement_get_int (statement, column + 16);
  return e;
}
