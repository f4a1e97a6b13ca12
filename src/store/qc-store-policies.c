/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Policy rows, ratios and code lists: as pulled, and read in order. Database threads only.
 */
#include "qc-store-policies.h"

#include "qc-store-private.h"

#define CODE_COLUMNS "list, code, label, position, needs_text, difference, of_line, at_least, at_most, max_size"

gboolean
qc_store_apply_ratios (const QcStorePage *page, const QcFeedRow *row, GError **error)
{
  const QcRatios *r = row->ratios;
  if (row->deleted)
    return qc_sql_run (page->connection, error, "DELETE FROM ratio WHERE scope = ? AND key = ?", page->scope, row->key);
  return qc_sql_run (page->connection, error,
                     "INSERT OR REPLACE INTO ratio (scope, key, pull, from_month, unit, personal, retroactive)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?)",
                     page->scope, row->key, page->pull, r->from, r->unit, r->personal, r->retroactive);
}

gboolean
qc_store_apply_policy (const QcStorePage *page, const QcFeedRow *row, GError **error)
{
  const QcPolicy *p = row->policy;
  if (row->deleted)
    return qc_sql_run (page->connection, error, "DELETE FROM policy WHERE scope = ? AND key = ?", page->scope,
                       row->key);
  return qc_sql_run (
      page->connection, error,
      "INSERT OR REPLACE INTO policy (scope, key, pull, from_month, base_floor, base_cap, monthly_floor, monthly_cap,"
      " unit_ratio_min, unit_ratio_max, personal_ratio_min, personal_ratio_max, unit_rounding, personal_rounding,"
      " fund_year_start, months_ahead, back_payment_warn, transfer_arrival, in_flight_blocks)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      page->scope, row->key, page->pull, p->from, p->base_floor, p->base_cap, p->monthly_floor, p->monthly_cap,
      p->unit_ratio_min, p->unit_ratio_max, p->personal_ratio_min, p->personal_ratio_max,
      qc_rounding_to_code (p->unit_rounding), qc_rounding_to_code (p->personal_rounding), p->fund_year_start,
      p->months_ahead, p->back_payment_warn, p->transfer_arrival == QC_ARRIVAL_SEALED ? "sealed" : "normal",
      p->in_flight_blocks);
}

gboolean
qc_store_apply_code (const QcStorePage *page, const QcFeedRow *row, GError **error)
{
  const QcCode *code = row->code;
  if (row->deleted)
    return qc_sql_run (page->connection, error, "DELETE FROM code WHERE scope = ? AND key = ?", page->scope, row->key);
  return qc_sql_run (page->connection, error,
                     "INSERT OR REPLACE INTO code (scope, key, pull, " CODE_COLUMNS ")"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     page->scope, row->key, page->pull, code->list, code->code, code->label != NULL ? code->label : "",
                     code->order, code->needs_text, code->difference, code->of_line, code->at_least, code->at_most,
                     code->max_size);
}

static QcRounding
read_rounding (QcStatement *s, int column)
{
  QcRounding rounding;
  return qc_rounding_from_code (qc_statement_get_text (s, column), &rounding) ? rounding : QC_ROUNDING_OTHER;
}

static QcPolicy
read_policy (QcStatement *s)
{
  return (QcPolicy) {
      .from = qc_statement_get_int (s, 0),
      .base_floor = qc_statement_get_int (s, 1),
      .base_cap = qc_statement_get_int (s, 2),
      .monthly_floor = qc_statement_get_int (s, 3),
      .monthly_cap = qc_statement_get_int (s, 4),
      .unit_ratio_min = qc_statement_get_int (s, 5),
      .unit_ratio_max = qc_statement_get_int (s, 6),
      .personal_ratio_min = qc_statement_get_int (s, 7),
      .personal_ratio_max = qc_statement_get_int (s, 8),
      .unit_rounding = read_rounding (s, 9),
      .personal_rounding = read_rounding (s, 10),
      .fund_year_start = qc_statement_get_int (s, 11),
      .months_ahead = qc_statement_get_int (s, 12),
      .back_payment_warn = qc_statement_get_int (s, 13),
      .transfer_arrival = g_str_equal (qc_statement_get_text (s, 14), "sealed") ? QC_ARRIVAL_SEALED : QC_ARRIVAL_NORMAL,
      .in_flight_blocks = qc_statement_get_int (s, 15) != 0,
  };
}

GArray *
qc_store_policies_get (QcConnection *connection, const char *profile, const char *unit, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (QcPolicy));
  g_autoptr (QcStatement) statement = qc_sql_bind (
      connection, error,
      "SELECT from_month, base_floor, base_cap, monthly_floor, monthly_cap, unit_ratio_min, unit_ratio_max,"
      " personal_ratio_min, personal_ratio_max, unit_rounding, personal_rounding, fund_year_start, months_ahead,"
      " back_payment_warn, transfer_arrival, in_flight_blocks FROM policy"
      " WHERE scope = (SELECT id FROM scope WHERE profile = ? AND unit = ?) ORDER BY from_month, key",
      profile, unit);
  if (statement == NULL)
    return NULL;
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&rows);
    QcPolicy policy = read_policy (statement);
    g_array_append_val (rows, policy);
  }
  return NULL;
}

GArray *
qc_store_ratios_get (QcConnection *connection, const char *profile, const char *unit, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (QcRatios));
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT from_month, unit, personal, retroactive FROM ratio"
                     " WHERE scope = (SELECT id FROM scope WHERE profile = ? AND unit = ?) ORDER BY from_month, key",
                     profile, unit);
  if (statement == NULL)
    return NULL;
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&rows);
    QcRatios ratios = (QcRatios) {qc_statement_get_int (statement, 0), qc_statement_get_int (statement, 1),
                                  qc_statement_get_int (statement, 2), qc_statement_get_int (statement, 3) != 0};
    g_array_append_val (rows, ratios);
  }
  return NULL;
}

GPtrArray *
qc_store_codes_get (QcConnection *connection, const char *profile, const char *unit, const char *list, GError **error)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_code_free);
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT " CODE_COLUMNS " FROM code"
                     " WHERE scope = (SELECT id FROM scope WHERE profile = ?1 AND unit = ?2)"
                     " AND (?3 IS NULL OR list = ?3) ORDER BY list, position, code",
                     profile, unit, list);
  if (statement == NULL)
    return NULL;
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&codes);
    QcCode *code = g_new0 (QcCode, 1);
    code->list = qc_statement_dup_text (statement, 0);
    code->code = qc_statement_dup_text (statement, 1);
    code->label = qc_statement_dup_text (statement, 2);
    code->order = qc_statement_get_int (statement, 3);
    code->needs_text = qc_statement_get_int (statement, 4) != 0;
    code->difference = qc_statement_get_int (statement, 5) != 0;
    code->of_line = qc_statement_get_int (statement, 6) != 0;
    code->at_least = (gint)qc_statement_get_int (statement, 7);
    code->at_most = (gint)qc_statement_get_int (statement, 8);
    code->max_size = qc_statement_get_int (statement, 9);
    g_ptr_array_add (codes, code);
  }
  return NULL;
}
