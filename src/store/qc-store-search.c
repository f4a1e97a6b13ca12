/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-store-search.h. Ten years of a unit are some thousand applications: they are looked through, by one statement
 * made of the words. Database threads only.
 */
#include "qc-store-search.h"

#include "qc-store-private.h"

#define SCOPE      "(SELECT id FROM scope WHERE profile = ?1 AND unit = ?2)"
#define FIRST      "coalesce (nullif (a.start_month, 0), a.effective)"
#define LAST       "max (a.end_month, a.effective)"
#define PARAMETERS 7 /* of a word */

/* Months counted from one point in time: 2026-10 is 24 321. */
#define COUNTED(month) "(" month " / 100 * 12 + " month " %% 100 - 1)" /* through printf */

static void
append_word (GString *sql, int first)
{
  g_string_append_printf (sql,
                          " AND (a.serial LIKE ?%d ESCAPE '\\' OR abs (a.fen) BETWEEN ?%d AND ?%d"
                          " OR (?%d <> 0 AND " LAST " >= ?%d AND " FIRST " BETWEEN 1 AND ?%d)"
                          " OR (?%d > 0 AND " FIRST " > 0"
                          " AND (?%d - 1 - " COUNTED (FIRST) " %% 12 + 12) %% 12 <= " COUNTED (LAST) " - " COUNTED (
                              FIRST) ")"
                                     " OR instr (?%d, ' ' || a.business || ' '))",
                          first, first + 1, first + 2, first + 3, first + 3, first + 4, first + 5, first + 5,
                          first + 6);
}

static void
bind_word (QcStatement *statement, int first, const QcStoreSearchWord *word)
{
  g_autofree char *pattern = word->serial != NULL ? qc_store_dup_pattern (word->serial) : NULL;
  qc_statement_bind_text (statement, first, pattern);
  qc_statement_bind_int (statement, first + 1, word->has_fen ? word->fen_from : 1);
  qc_statement_bind_int (statement, first + 2, word->has_fen ? word->fen_to : 0);
  qc_statement_bind_int (statement, first + 3, word->from);
  qc_statement_bind_int (statement, first + 4, word->to);
  qc_statement_bind_int (statement, first + 5, word->month_number);
  qc_statement_bind_text (statement, first + 6, word->businesses != NULL ? word->businesses : "");
}

/* (transfer full) (nullable) */
static QcStatement *
find_applications (QcConnection *connection, const char *profile, const char *unit, const char *columns,
                   const GArray *words, const char *rest, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_string_printf (sql, "SELECT %s FROM application AS a WHERE a.scope = " SCOPE, columns);
  for (guint i = 0; i < words->len; i++)
    append_word (sql, 3 + PARAMETERS * (int)i);
  g_string_append (sql, rest);
  QcStatement *statement = qc_sql_bind (connection, error, sql->str, profile, unit);
  for (guint i = 0; statement != NULL && i < words->len; i++)
    bind_word (statement, 3 + PARAMETERS * (int)i, &g_array_index (words, QcStoreSearchWord, i));
  return statement;
}

GPtrArray *
qc_store_search_applications (QcConnection *connection, const char *profile, const char *unit, const GArray *words,
                              guint most, gint64 *out_total, GError **error)
{
  *out_total = 0;
  if (words->len == 0)
    return g_ptr_array_new_with_free_func ((GDestroyNotify)qc_application_free);
  g_autofree char *rest = g_strdup_printf (" ORDER BY a.created DESC, a.serial DESC LIMIT %u", most);
  g_autoptr (QcStatement) count = find_applications (connection, profile, unit, "count(*)", words, "", error);
  gboolean has_row;
  if (count == NULL || !qc_statement_step (count, &has_row, error))
    return NULL;
  *out_total = qc_statement_get_int (count, 0);
  g_autoptr (QcStatement) statement
      = find_applications (connection, profile, unit, QC_STORE_APPLICATION_COLUMNS, words, rest, error);
  return qc_store_read_applications (connection, statement, error);
}

gboolean
qc_store_search_drafts_of (QcConnection *connection, const char *profile, const char *unit, const GPtrArray *accounts,
                           GHashTable *found, GError **error)
{
  g_autoptr (QcStatement) statement = qc_sql_bind (connection, error,
                                                   "SELECT d.id FROM draft_line AS l JOIN draft AS d ON d.id = l.draft"
                                                   " WHERE d.scope = " SCOPE " AND d.state <> 'done' AND d.deleted = 0"
                                                   " AND l.removed = 0 AND l.person = ?3",
                                                   profile, unit);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len; i++) {
    gboolean has_row = TRUE;
    qc_statement_bind_text (statement, 3, accounts->pdata[i]);
    while (has_row) {
      if (!qc_statement_step (statement, &has_row, error))
        return FALSE;
      gint64 draft = has_row ? qc_statement_get_int (statement, 0) : 0;
      if (has_row && !g_hash_table_contains (found, &draft))
        g_hash_table_insert (found, g_memdup2 (&draft, sizeof draft), accounts->pdata[i]);
    }
    qc_statement_reset (statement);
  }
  return TRUE;
}

gboolean
qc_store_search_openings (QcConnection *connection, const char *profile, const char *unit, const char *text,
                          QcStoreSearchLineFunc func, gpointer user_data, GError **error)
{
  g_autofree char *pattern = qc_store_dup_pattern (text);
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT d.id, l.facts FROM draft AS d JOIN draft_line AS l ON l.draft = d.id"
                     " WHERE d.scope = " SCOPE " AND d.state <> 'done' AND d.deleted = 0 AND l.removed = 0"
                     " AND d.business = ?3 AND l.facts LIKE ?4 ESCAPE '\\'",
                     profile, unit, qc_business_info (QC_BUSINESS_ACCOUNT_OPENING)->code, pattern);
  gboolean has_row = statement != NULL;
  while (has_row) {
    if (!qc_statement_step (statement, &has_row, error))
      return FALSE;
    if (has_row && !func (qc_statement_get_int (statement, 0), qc_statement_get_text (statement, 1), user_data))
      return TRUE;
  }
  return statement != NULL;
}
