/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Searching, ordering and adding up people. A query becomes a scan of the narrow table, which lies in the order of
 * names: at 100,000 rows that costs less than keeping an index of all parts of all texts would. What is asked again and
 * again, by each key, is scanned in memory. Database threads only.
 */
#include "qc-store-people.h"

#include "qc-contribution.h"
#include "qc-fold.h"
#include "qc-store-people-memo.h"
#include "qc-store-policies.h"
#include "qc-store-private.h"

#include <string.h>

void
qc_store_people_list_free (QcStorePeopleList *list)
{
  if (list == NULL)
    return;
  g_array_unref (list->ids);
  g_free (list);
}

/* The words of what was typed, folded; empty ones left out. */
static GPtrArray *
split_words (const char *text)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit_set (text != NULL ? text : "", " \t\n", -1);
  for (guint i = 0; parts[i] != NULL; i++) {
    /* the wide blank of Chinese input methods parts words too */
    g_auto (GStrv) pieces = g_strsplit (parts[i], "\xe3\x80\x80", -1);
    for (guint j = 0; pieces[j] != NULL; j++) {
      char *word = qc_text_fold_query (pieces[j]);
      if (*word != '\0')
        g_ptr_array_add (words, word);
      else
        g_free (word);
    }
  }
  return g_steal_pointer (&words);
}

static gboolean
is_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar)*text >= 0x80)
      return FALSE;
  return TRUE;
}

static gboolean
contains (const QcText *text, const QcText *part)
{
  return text->length >= part->length && memmem (text->bytes, text->length, part->bytes, part->length) != NULL;
}

/* finds (word, word after a blank, name, pinyin [, account, document]): somewhere in the name or the account, at the
 * beginning of a reading, or at the end of the document. One call a row: a scan asks it 100,000 times a key. */
static gboolean
finds (const QcText *texts, int n)
{
  const QcText *word = &texts[0];
  if (contains (&texts[2], word) || contains (&texts[3], &texts[1]))
    return TRUE;
  if (n < 6)
    return FALSE;
  return contains (&texts[4], word)
         || (texts[5].length >= word->length
             && memcmp (texts[5].bytes + texts[5].length - word->length, word->bytes, word->length) == 0);
}

/* The condition of one word; parameters ?n are the word, ?n+1 the word after a blank. */
static void
append_condition (GString *sql, const char *word, int parameter)
{
  g_string_append_printf (sql, " AND finds (?%d, ?%d, f.name, f.pinyin%s)", parameter, parameter + 1,
                          is_ascii (word) ? ", f.account, f.document" : "");
}

static void
append_statuses (GString *sql, guint32 statuses)
{
  if (statuses == QC_STORE_STATUS_ANY)
    return;
  g_string_append (sql, " AND (0");
  for (int status = QC_PERSON_NORMAL; status <= QC_PERSON_FROZEN; status++)
    if (statuses & QC_STORE_STATUS_BIT (status))
      g_string_append_printf (sql, " OR f.status = %d", status);
  if (statuses & QC_STORE_STATUS_BIT (QC_PERSON_OTHER))
    g_string_append (sql, " OR f.status > 6");
  g_string_append_c (sql, ')');
}

static const char *const ORDERS[] = {
    [QC_STORE_PEOPLE_BY_NAME] = NULL,
    [QC_STORE_PEOPLE_BY_ACCOUNT] = "f.account",
    [QC_STORE_PEOPLE_BY_DOCUMENT] = "f.document",
    [QC_STORE_PEOPLE_BY_STATUS] = "f.status",
    [QC_STORE_PEOPLE_BY_BASE] = "f.base",
    [QC_STORE_PEOPLE_BY_PAID_TO] = "p.paid_to",
    [QC_STORE_PEOPLE_BY_OPENED] = "p.opened",
    [QC_STORE_PEOPLE_BY_BALANCE] = "p.balance",
};

/* Rows "person, status, base" of @query; sorted only if @ordered. */
static QcStatement *
prepare_query (QcConnection *connection, const char *profile, const char *unit, const QcStorePeopleQuery *query,
               gboolean ordered, GError **error)
{
  g_autoptr (GPtrArray) words = split_words (query->text);
  const char *order = ordered ? ORDERS[query->sort] : NULL;
  g_autoptr (GString) sql = g_string_new ("SELECT f.person, f.status, f.base FROM person_find AS f");
  if (!qc_connection_add_test (connection, "finds", finds, error))
    return NULL;
  if ((order != NULL && *order == 'p') || query->changed != QC_MONTH_NONE || query->unadjusted != QC_MONTH_NONE)
    g_string_append (sql, " JOIN person AS p ON p.id = f.person");
  g_string_append (sql, " WHERE f.scope = (SELECT id FROM scope WHERE profile = ?1 AND unit = ?2)");
  append_statuses (sql, query->statuses);
  for (guint i = 0; i < words->len; i++)
    append_condition (sql, words->pdata[i], 3 + 2 * i);
  if (query->changed != QC_MONTH_NONE)
    g_string_append_printf (sql,
                            " AND (p.status_from = ?%1$u OR p.opened = ?%1$u OR EXISTS (SELECT 1 FROM base_history AS b"
                            " WHERE b.scope = f.scope AND b.person = p.account AND b.from_month = ?%1$u))",
                            3 + 2 * words->len);
  if (query->unadjusted != QC_MONTH_NONE)
    g_string_append_printf (
        sql,
        " AND (p.base_pending OR NOT EXISTS (SELECT 1 FROM base_history AS b WHERE b.scope = f.scope"
        " AND b.person = p.account AND b.from_month >= ?%u))",
        4 + 2 * words->len);
  if (ordered) {
    const char *direction = query->descending ? " DESC" : "";
    g_string_append (sql, " ORDER BY ");
    if (order != NULL)
      g_string_append_printf (sql, "%s%s, ", order, direction);
    g_string_append_printf (sql, "f.sort_key%s, f.person%s", direction, direction);
  }
  QcStatement *statement = qc_sql_bind (connection, error, sql->str, profile, unit);
  for (guint i = 0; statement != NULL && i < words->len; i++) {
    g_autofree char *after_blank = g_strconcat (" ", words->pdata[i], NULL);
    qc_statement_bind_text (statement, 3 + 2 * i, words->pdata[i]);
    qc_statement_bind_text (statement, 4 + 2 * i, after_blank);
  }
  if (statement != NULL && query->changed != QC_MONTH_NONE)
    qc_statement_bind_int (statement, (int)(3 + 2 * words->len), query->changed);
  if (statement != NULL && query->unadjusted != QC_MONTH_NONE)
    qc_statement_bind_int (statement, (int)(4 + 2 * words->len), query->unadjusted);
  return statement;
}

/* Adds up while rows go by. The same base gives the same contribution, and neighbours often have the same. */
typedef struct {
  QcStorePeopleTotals totals;
  const QcRatios *ratios; /* borrowed, NULL: not computed */
  const QcPolicy *policy;
  QcMoney last_base;
  QcContribution last;
} Sum;

static void
add_up (Sum *sum, int status, QcMoney base)
{
  sum->totals.people++;
  sum->totals.sealed += status == QC_PERSON_SEALED;
  if (status != QC_PERSON_NORMAL)
    return;
  sum->totals.normal++;
  sum->totals.base += base;
  if (sum->ratios == NULL || sum->policy == NULL)
    return;
  if (sum->last_base != base) {
    sum->last = qc_contribution_compute (base, sum->ratios, sum->policy);
    sum->last_base = base;
  }
  sum->totals.unit += sum->last.unit;
  sum->totals.personal += sum->last.personal;
}

/* By SQLite. @ids NULL: only the totals are wanted. */
static gboolean
walk_table (QcConnection *connection, const char *profile, const char *unit, const QcStorePeopleQuery *query,
            GArray *ids, Sum *sum, GError **error)
{
  g_autoptr (QcStatement) statement = prepare_query (connection, profile, unit, query, ids != NULL, error);
  if (statement == NULL)
    return FALSE;
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return TRUE;
    gint64 id = qc_statement_get_int (statement, 0);
    if (ids != NULL)
      g_array_append_val (ids, id);
    add_up (sum, qc_statement_get_int (statement, 1), qc_statement_get_int (statement, 2));
  }
  return FALSE;
}

/* Pairs for finds(): the word, and the word after a blank. */
typedef struct {
  QcText word, after_blank;
  int n_texts;
} Wanted;

static GArray *
make_wanted (const GPtrArray *words, GStringChunk *texts)
{
  GArray *wanted = g_array_new (FALSE, FALSE, sizeof (Wanted));
  for (guint i = 0; i < words->len; i++) {
    g_autofree char *spaced = g_strconcat (" ", words->pdata[i], NULL);
    const char *after_blank = g_string_chunk_insert (texts, spaced);
    gsize length = strlen (after_blank);
    Wanted one = {{after_blank + 1, length - 1}, {after_blank, length}, is_ascii (words->pdata[i]) ? 6 : 4};
    g_array_append_val (wanted, one);
  }
  return wanted;
}

static gboolean
fits_all (const QcStorePeopleMemo *memo, const QcStorePeopleMemoRow *row, const GArray *wanted)
{
  QcText texts[6];
  qc_store_people_memo_texts (memo, row, &texts[2]);
  for (guint i = 0; i < wanted->len; i++) {
    const Wanted *one = &g_array_index (wanted, Wanted, i);
    texts[0] = one->word;
    texts[1] = one->after_blank;
    if (!finds (texts, one->n_texts))
      return FALSE;
  }
  return TRUE;
}

/* As QC_STORE_STATUS_BIT() has it, for a status of any number. */
static gboolean
has_status (guint32 statuses, int status)
{
  return statuses == QC_STORE_STATUS_ANY || (statuses & QC_STORE_STATUS_BIT (status)) != 0;
}

static void
walk_memo (const QcStorePeopleMemo *memo, const guint32 *order, const QcStorePeopleQuery *query, const GPtrArray *words,
           GArray *ids, Sum *sum)
{
  g_autoptr (GStringChunk) texts = g_string_chunk_new (256);
  g_autoptr (GArray) wanted = make_wanted (words, texts);
  gsize n;
  const QcStorePeopleMemoRow *rows = qc_store_people_memo_rows (memo, &n);
  for (gsize i = 0; i < n; i++) {
    gsize place = query->descending ? n - 1 - i : i;
    const QcStorePeopleMemoRow *row = &rows[order != NULL ? order[place] : place];
    if (!has_status (query->statuses, row->status) || !fits_all (memo, row, wanted))
      continue;
    g_array_append_val (ids, row->person);
    add_up (sum, row->status, row->base);
  }
}

/* @ids NULL: only the totals are wanted. */
static gboolean
run_query (QcConnection *connection, const char *profile, const char *unit, const QcStorePeopleQuery *query,
           GArray *ids, QcStorePeopleTotals *totals, GError **error)
{
  g_autoptr (GArray) policies = NULL;
  g_autoptr (GArray) ratios = NULL;
  g_autoptr (GPtrArray) words = split_words (query->text);
  Sum sum = {.last_base = -1};
  if (query->month != QC_MONTH_NONE) {
    policies = qc_store_policies_get (connection, profile, unit, error);
    ratios = policies != NULL ? qc_store_ratios_get (connection, profile, unit, error) : NULL;
    if (ratios == NULL)
      return FALSE;
    sum.policy = qc_policy_at (policies, query->month);
    sum.ratios = qc_ratios_at (ratios, query->month);
  }
  const QcStorePeopleMemo *memo = NULL;
  const guint32 *order = NULL;
  gboolean again = words->len > 0 || query->sort != QC_STORE_PEOPLE_BY_NAME;
  if (ids != NULL && query->changed == QC_MONTH_NONE && query->unadjusted == QC_MONTH_NONE
      && !qc_store_people_memo_get (connection, profile, unit, again, &memo, error))
    return FALSE;
  if (memo != NULL && !qc_store_people_memo_order (connection, memo, query->sort, &order, error))
    return FALSE;
  if (memo != NULL)
    walk_memo (memo, order, query, words, ids, &sum);
  else if (!walk_table (connection, profile, unit, query, ids, &sum, error))
    return FALSE;
  *totals = sum.totals;
  return TRUE;
}

QcStorePeopleList *
qc_store_people_list (QcConnection *connection, const char *profile, const char *unit, const QcStorePeopleQuery *query,
                      GError **error)
{
  g_autoptr (QcStorePeopleList) list = g_new0 (QcStorePeopleList, 1);
  list->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (!run_query (connection, profile, unit, query, list->ids, &list->totals, error))
    return NULL;
  return g_steal_pointer (&list);
}

GPtrArray *
qc_store_people_gone (QcConnection *connection, const char *profile, const char *unit, const char *text, guint most,
                      gint64 *out_total, GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_employee_free);
  g_autoptr (GPtrArray) words = split_words (text);
  const QcStorePeopleMemo *memo;
  const QcStorePeopleMemoRow *rows = NULL;
  gsize n = 0;
  *out_total = 0;
  if (!qc_store_people_memo_get (connection, profile, unit, words->len > 0, &memo, error)
      || (memo != NULL && !qc_store_people_memo_gone (connection, memo, &rows, &n, error)))
    return NULL;
  g_autoptr (GStringChunk) chunk = g_string_chunk_new (256);
  g_autoptr (GArray) wanted = make_wanted (words, chunk);
  g_autoptr (QcStatement) statement
      = qc_connection_prepare (connection, "SELECT " QC_STORE_PERSON_COLUMNS " FROM person AS p WHERE id = ?", error);
  for (gsize i = 0; statement != NULL && i < n; i++) {
    if (!fits_all (memo, &rows[i], wanted) || (*out_total)++ >= most)
      continue;
    qc_statement_bind_int (statement, 1, rows[i].person);
    gboolean has_row;
    if (!qc_statement_step (statement, &has_row, error))
      return NULL;
    if (has_row)
      g_ptr_array_add (people, qc_store_read_person (statement, 0));
    qc_statement_reset (statement);
  }
  return statement != NULL ? g_steal_pointer (&people) : NULL;
}

gboolean
qc_store_people_totals (QcConnection *connection, const char *profile, const char *unit,
                        const QcStorePeopleQuery *query, QcStorePeopleTotals *out, GError **error)
{
  return run_query (connection, profile, unit, query, NULL, out, error);
}

GPtrArray *
qc_store_people_by_ids (QcConnection *connection, const gint64 *ids, gsize n_ids, GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_full (n_ids, (GDestroyNotify)qc_employee_free);
  g_autoptr (QcStatement) statement = qc_connection_prepare (
      connection, "SELECT " QC_STORE_PERSON_COLUMNS " FROM person AS p WHERE id = ? AND gone = 0", error);
  if (statement == NULL)
    return NULL;
  for (gsize i = 0; i < n_ids; i++) {
    qc_statement_bind_int (statement, 1, ids[i]);
    gboolean has_row;
    if (!qc_statement_step (statement, &has_row, error))
      return NULL;
    g_ptr_array_add (people, has_row ? qc_store_read_person (statement, 0) : NULL);
    qc_statement_reset (statement);
  }
  return g_steal_pointer (&people);
}

gboolean
qc_store_people_get (QcConnection *connection, const char *profile, const char *unit, const char *account,
                     QcEmployee **out, GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT " QC_STORE_PERSON_COLUMNS " FROM person AS p"
                     " WHERE scope = (SELECT id FROM scope WHERE profile = ? AND unit = ?) AND account = ?"
                     " AND gone = 0",
                     profile, unit, account);
  *out = NULL;
  gboolean has_row;
  if (statement == NULL || !qc_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *out = qc_store_read_person (statement, 0);
  return TRUE;
}

gboolean
qc_store_people_get_kept (QcConnection *connection, const char *profile, const char *unit, const char *account,
                          QcEmployee **out, gint64 *out_id, GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT CASE gone WHEN 0 THEN id ELSE 0 END, " QC_STORE_PERSON_COLUMNS " FROM person AS p"
                     " WHERE scope = (SELECT id FROM scope WHERE profile = ? AND unit = ?) AND account = ?",
                     profile, unit, account);
  *out = NULL;
  gboolean has_row;
  if (statement == NULL || !qc_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row && out_id != NULL)
    *out_id = qc_statement_get_int (statement, 0);
  if (has_row)
    *out = qc_store_read_person (statement, 1);
  return TRUE;
}

GHashTable *
qc_store_people_accounts (QcConnection *connection, const char *profile, const char *unit,
                          const QcStorePeopleQuery *query, GError **error)
{
  g_autoptr (GHashTable) accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (QcStorePeopleList) list = qc_store_people_list (connection, profile, unit, query, error);
  g_autoptr (QcStatement) s = NULL;
  if (list == NULL
      || (s = qc_connection_prepare (connection, "SELECT account FROM person WHERE id = ?", error)) == NULL)
    return NULL;
  for (guint i = 0; i < list->ids->len; i++) {
    qc_statement_reset (s);
    qc_statement_bind_int (s, 1, g_array_index (list->ids, gint64, i));
    gboolean has_row;
    if (!qc_statement_step (s, &has_row, error))
      return NULL;
    if (has_row)
      g_hash_table_add (accounts, qc_statement_dup_text (s, 0));
  }
  return g_steal_pointer (&accounts);
}

gboolean
qc_store_people_find (QcConnection *connection, const char *profile, const char *unit, const char *key,
                      QcEmployee **out, GError **error)
{
  if (!qc_store_people_get (connection, profile, unit, key, out, error) || *out != NULL)
    return *out != NULL;
  /* a query of its own: asked for both at once, SQLite would look through all people of the unit */
  g_autoptr (QcStatement) s
      = qc_sql_bind (connection, error,
                     "SELECT " QC_STORE_PERSON_COLUMNS " FROM person AS p"
                     " WHERE scope = (SELECT id FROM scope WHERE profile = ? AND unit = ?) AND document = ?"
                     " AND gone = 0 LIMIT 1",
                     profile, unit, key);
  gboolean has_row;
  if (s == NULL || !qc_statement_step (s, &has_row, error))
    return FALSE;
  if (has_row)
    *out = qc_store_read_person (s, 0);
  return TRUE;
}
