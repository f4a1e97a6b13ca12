/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Lists of applications by conditions (R5), and the figures of the badges. Database threads only.
 */
#include "qc-store-applications.h"

#include "qc-store-private.h"

#define FROM_WHERE " FROM application AS a WHERE a.scope = (SELECT id FROM scope WHERE profile = ?1 AND unit = ?2)"
/* the parameters of every condition, used or not, so that all of them are bound the same way */
#define CONDITIONS                                                                             \
  " AND (?3 IS NULL OR a.business = ?3) AND (?4 IS NULL OR instr (?4, ' ' || a.state || ' '))" \
  " AND (?5 IS NULL OR a.draw = ?5) AND (?6 = 0 OR max (a.end_month, a.effective) >= ?6)"      \
  " AND (?7 = 0 OR coalesce (nullif (a.start_month, 0), a.effective) <= ?7)"                   \
  " AND (?8 IS NULL OR a.serial LIKE ?8 ESCAPE '\\' OR instr (?14, ' ' || a.serial || ' '))"   \
  " AND (?9 = -1 OR a.fen = ?9)"                                                               \
  " AND (?10 IS NULL OR a.method = ?10) AND a.created >= ?11 AND (?12 = 0 OR a.created < ?12)" \
  " AND (?13 = 0 OR a.fen <> 0)"

/* The states of @bits as " registered finished ". (transfer full) (nullable) */
static char *
state_words (guint32 bits)
{
  g_autoptr (GString) words = g_string_new (" ");
  if (bits == 0)
    return NULL;
  for (guint i = 0; i < QC_N_APPLICATION_STATES; i++)
    if (bits & (1u << i))
      g_string_append_printf (words, "%s ", qc_state_to_code (i));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static QcStatement *
bind_query (QcConnection *connection, const char *sql, const char *profile, const char *unit,
            const QcStoreApplicationQuery *query, GError **error)
{
  g_autofree char *states = state_words (query->states);
  g_autofree char *pattern = query->serial && *query->serial ? qc_store_dup_pattern (query->serial) : NULL;
  return qc_sql_bind (connection, error, sql, profile, unit,
                      query->business == QC_STORE_ANY ? NULL : qc_business_info (query->business)->code, states,
                      query->draw == QC_STORE_ANY ? NULL : qc_draw_to_code (query->draw), query->from, query->to,
                      pattern, query->has_fen ? (query->fen < 0 ? -query->fen : query->fen) : (gint64)-1,
                      query->method == QC_METHOD_NONE ? NULL : qc_method_to_code (query->method), query->since,
                      query->before, (gint64)query->has_money, query->serials);
}

GPtrArray *
qc_store_applications_list (QcConnection *connection, const char *profile, const char *unit,
                            const QcStoreApplicationQuery *query, gint64 offset, gint64 limit, GError **error)
{
  g_autoptr (QcStatement) statement = bind_query (connection,
                                                  "SELECT " QC_STORE_APPLICATION_COLUMNS FROM_WHERE CONDITIONS
                                                  " ORDER BY a.created DESC, a.serial DESC LIMIT ?16 OFFSET ?15",
                                                  profile, unit, query, error);
  if (statement == NULL)
    return NULL;
  qc_statement_bind_int (statement, 15, offset);
  qc_statement_bind_int (statement, 16, limit);
  return qc_store_read_applications (connection, statement, error);
}

gboolean
qc_store_applications_count (QcConnection *connection, const char *profile, const char *unit,
                             const QcStoreApplicationQuery *query, gint64 *out_count, QcMoney *out_fen, GError **error)
{
  g_autoptr (QcStatement) statement = bind_query (
      connection, "SELECT count(*), coalesce (sum (iif (a.state = 'finished', a.fen, 0)), 0)" FROM_WHERE CONDITIONS,
      profile, unit, query, error);
  gboolean has_row;
  if (statement == NULL || !qc_statement_step (statement, &has_row, error))
    return FALSE;
  if (out_count != NULL)
    *out_count = qc_statement_get_int (statement, 0);
  if (out_fen != NULL)
    *out_fen = qc_statement_get_int (statement, 1);
  return TRUE;
}

gboolean
qc_store_applications_get (QcConnection *connection, const char *profile, const char *unit, const char *serial,
                           QcApplication **out, GError **error)
{
  g_autoptr (QcStatement) statement = qc_sql_bind (
      connection, error, "SELECT " QC_STORE_APPLICATION_COLUMNS FROM_WHERE " AND a.serial = ?3", profile, unit, serial);
  g_autoptr (GPtrArray) list = qc_store_read_applications (connection, statement, error);
  *out = NULL;
  if (list == NULL)
    return FALSE;
  if (list->len > 0)
    *out = g_ptr_array_steal_index (list, 0);
  return TRUE;
}

GPtrArray *
qc_store_applications_open (QcConnection *connection, const char *profile, const char *unit, GError **error)
{
  g_autoptr (QcStatement) statement = qc_sql_bind (
      connection, error,
      "SELECT " QC_STORE_APPLICATION_COLUMNS FROM_WHERE
      " AND a.state NOT IN ('finished', 'returned', 'cancelled', 'deleted') ORDER BY a.created, a.serial",
      profile, unit);
  return qc_store_read_applications (connection, statement, error);
}

/* Adds the rows "business code, number" of @sql to @out. */
static gboolean
count_by_business (QcConnection *connection, const char *sql, const char *profile, const char *unit, gint64 *out,
                   GError **error)
{
  g_autoptr (QcStatement) statement = qc_sql_bind (connection, error, sql, profile, unit);
  if (statement == NULL)
    return FALSE;
  gboolean has_row;
  QcBusiness business;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return TRUE;
    if (qc_business_from_code (qc_statement_get_text (statement, 0), &business))
      out[business] = qc_statement_get_int (statement, 1);
  }
  return FALSE;
}

/* The outbox also has direct actions, which are no business that waits. */
#define SUBMISSION " AND kind = 'submission'"
/* One in which there is something. */
#define OPEN_DRAFT " AND state = 'open' AND deleted = 0 AND (lines > 0 OR facts <> '{}' OR name IS NOT NULL)"
#define OF_SCOPE   " WHERE scope = (SELECT id FROM scope WHERE profile = ?1 AND unit = ?2)"

gboolean
qc_store_badges (QcConnection *connection, const char *profile, const char *unit, QcStoreBadges *out, GError **error)
{
  *out = (QcStoreBadges) {.draw_failed = 0};
  return count_by_business (connection, "SELECT business, count(*) FROM draft" OF_SCOPE OPEN_DRAFT " GROUP BY business",
                            profile, unit, out->drafts, error)
         && count_by_business (connection,
                               "SELECT business, count(*) FROM outbox" OF_SCOPE SUBMISSION
                               " AND state IN ('queued', 'sending', 'unknown', 'held') GROUP BY business",
                               profile, unit, out->queued, error)
         && count_by_business (connection,
                               "SELECT business, count(*) FROM draft AS d" OF_SCOPE OPEN_DRAFT
                               " AND EXISTS (SELECT 1 FROM outbox WHERE scope = d.scope"
                               " AND draft = d.id AND state = 'refused' AND changed >= d.changed) GROUP BY business",
                               profile, unit, out->refused, error)
         && count_by_business (connection,
                               "SELECT business, count(*) FROM application" OF_SCOPE
                               " AND state NOT IN ('finished', 'returned', 'cancelled', 'deleted') GROUP BY business",
                               profile, unit, out->open, error)
         && count_by_business (connection,
                               "SELECT business, count(*) FROM application" OF_SCOPE
                               " AND state = 'returned' GROUP BY business",
                               profile, unit, out->returned, error)
         && qc_sql_int (connection, 0, &out->draw_failed, error,
                        "SELECT count(*) FROM application" OF_SCOPE " AND draw = 'failed' AND state NOT IN"
                        " ('finished', 'returned', 'cancelled', 'deleted')",
                        profile, unit)
         && qc_sql_int (connection, 0, &out->held, error,
                        "SELECT count(*) FROM outbox" OF_SCOPE SUBMISSION " AND state = 'held'", profile, unit)
         && qc_sql_int (connection, 0, &out->unknown, error,
                        "SELECT count(*) FROM outbox" OF_SCOPE SUBMISSION " AND state = 'unknown'", profile, unit)
         && qc_sql_int (connection, 0, &out->unknown_actions, error,
                        "SELECT count(*) FROM outbox" OF_SCOPE " AND state = 'unknown' AND kind <> 'submission'",
                        profile, unit);
}
