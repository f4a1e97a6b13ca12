/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Rows of the ledger as core's structs: units, people, policies, code lists, ratios. Any database thread, inside its
 * transaction.
 */
#include "qc-engine-private.h"

static gboolean
find_row (QcConnection *connection, const char *sql, const char *text, gint64 unit, gint64 *out, GError **error)
{
  g_autoptr (QcStatement) statement = qc_connection_prepare (connection, sql, error);
  *out = 0;
  if (statement == NULL)
    return FALSE;
  qc_statement_bind_text (statement, 1, text);
  if (unit != 0)
    qc_statement_bind_int (statement, 2, unit);
  gboolean has_row;
  if (!qc_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *out = qc_statement_get_int (statement, 0);
  return TRUE;
}

gboolean
qc_engine_find_unit (QcConnection *connection, const char *account, gint64 *out_id, GError **error)
{
  return find_row (connection, "SELECT id FROM unit WHERE account = ?", account, 0, out_id, error);
}

gboolean
qc_engine_find_person (QcConnection *connection, gint64 unit, const char *account, gint64 *out_id, GError **error)
{
  return find_row (connection, "SELECT id FROM person WHERE account = ? AND unit = ?", account, unit, out_id, error);
}

static gboolean
read_fields (QcConnection *connection, gint64 id, GHashTable *fields, GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_connection_prepare (connection, "SELECT name, value FROM unit_field WHERE unit = ?", error);
  if (statement == NULL)
    return FALSE;
  qc_statement_bind_int (statement, 1, id);
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return TRUE;
    g_hash_table_insert (fields, qc_statement_dup_text (statement, 0), qc_statement_dup_text (statement, 1));
  }
  return FALSE;
}

static gboolean
read_agreement (QcConnection *connection, gint64 id, QcUnit *unit, GError **error)
{
  g_autoptr (QcStatement) statement = qc_connection_prepare (
      connection, "SELECT bank, account, known_balance, known_time FROM agreement WHERE unit = ? AND ended = 0", error);
  if (statement == NULL)
    return FALSE;
  qc_statement_bind_int (statement, 1, id);
  gboolean has_row;
  if (!qc_statement_step (statement, &has_row, error))
    return FALSE;
  unit->agreement_balance = -1;
  unit->agreement_balance_time = 0;
  if (!has_row)
    return TRUE;
  unit->agreement_bank = qc_statement_dup_text (statement, 0);
  unit->agreement_account = qc_statement_dup_text (statement, 1);
  unit->agreement_balance = qc_statement_get_int (statement, 2);
  unit->agreement_balance_time = qc_statement_get_int (statement, 3);
  return TRUE;
}

static QcUnit *
read_unit (QcStatement *statement)
{
  QcUnit *unit = qc_unit_new ();
  unit->account = qc_statement_dup_text (statement, 0);
  unit->name = qc_statement_dup_text (statement, 1);
  unit->credit_code = qc_statement_dup_text (statement, 2);
  unit->status = (QcUnitStatus)qc_statement_get_int (statement, 3);
  unit->first_month = (QcMonth)qc_statement_get_int (statement, 4);
  unit->paid_to = (QcMonth)qc_statement_get_int (statement, 5);
  unit->headcount = qc_statement_get_int (statement, 6);
  unit->sealed_count = qc_statement_get_int (statement, 7);
  unit->balance = qc_statement_get_int (statement, 8);
  unit->suspense = qc_statement_get_int (statement, 9);
  unit->payee_name = qc_statement_dup_text (statement, 10);
  unit->payee_account = qc_statement_dup_text (statement, 11);
  unit->payee_bank = qc_statement_dup_text (statement, 12);
  unit->revision = qc_statement_get_int (statement, 13);
  return unit;
}

QcUnit *
qc_engine_load_unit_row (QcConnection *connection, gint64 id, GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_connection_prepare (connection,
                               "SELECT account, name, credit_code, status, first_month, paid_to, headcount, "
                               "sealed_count, balance, suspense, payee_name, payee_account, payee_bank, revision "
                               "FROM unit WHERE id = ?",
                               error);
  if (statement == NULL)
    return NULL;
  qc_statement_bind_int (statement, 1, id);
  gboolean has_row;
  if (!qc_statement_step (statement, &has_row, error))
    return NULL;
  if (!has_row) {
    qc_engine_missing (error, "unit", "row");
    return NULL;
  }
  g_autoptr (QcUnit) unit = read_unit (statement);
  if (!read_fields (connection, id, unit->fields, error) || !read_agreement (connection, id, unit, error))
    return NULL;
  return g_steal_pointer (&unit);
}

QcUnit *
qc_engine_load_unit (QcConnection *connection, const char *account, GError **error)
{
  gint64 id;
  if (!qc_engine_find_unit (connection, account, &id, error))
    return NULL;
  if (id == 0) {
    qc_engine_missing (error, "unit", account);
    return NULL;
  }
  return qc_engine_load_unit_row (connection, id, error);
}

char *
qc_engine_take_text (QcStatement *statement, int column, gboolean borrow)
{
  return borrow ? (char *)qc_statement_get_text (statement, column) : qc_statement_dup_text (statement, column);
}

void
qc_engine_read_person (QcStatement *statement, int first, gboolean borrow, QcEmployee *out)
{
  out->account = qc_engine_take_text (statement, first, borrow);
  out->name = qc_engine_take_text (statement, first + 1, borrow);
  out->document_type = qc_engine_take_text (statement, first + 2, borrow);
  out->document = qc_engine_take_text (statement, first + 3, borrow);
  out->sex = (QcSex)qc_statement_get_int (statement, first + 4);
  out->birth = (QcDate)qc_statement_get_int (statement, first + 5);
  out->status = (QcPersonStatus)qc_statement_get_int (statement, first + 6);
  out->status_from = (QcMonth)qc_statement_get_int (statement, first + 7);
  out->base = qc_statement_get_int (statement, first + 8);
  out->opened = (QcMonth)qc_statement_get_int (statement, first + 9);
  out->paid_to = (QcMonth)qc_statement_get_int (statement, first + 10);
  out->retirement_class = (QcRetirementClass)qc_statement_get_int (statement, first + 11);
  out->authorized_until = (QcMonth)qc_statement_get_int (statement, first + 12);
  out->base_pending = qc_statement_get_int (statement, first + 13) != 0;
  out->balance = qc_statement_get_int (statement, first + 14);
  out->mobile = qc_engine_take_text (statement, first + 15, borrow);
  out->revision = qc_statement_get_int (statement, first + 16);
}

QcEmployee *
qc_engine_load_person_row (QcConnection *connection, gint64 id, GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_connection_prepare (connection, "SELECT " QC_ENGINE_PERSON_COLUMNS " FROM person WHERE id = ?", error);
  if (statement == NULL)
    return NULL;
  qc_statement_bind_int (statement, 1, id);
  gboolean has_row;
  if (!qc_statement_step (statement, &has_row, error))
    return NULL;
  if (!has_row) {
    qc_engine_missing (error, "person", "row");
    return NULL;
  }
  QcEmployee *person = qc_employee_new ();
  qc_engine_read_person (statement, 0, FALSE, person);
  return person;
}

gboolean
qc_engine_read_policy (QcStatement *statement, int first, QcPolicy *policy, GError **error)
{
  policy->from = (QcMonth)qc_statement_get_int (statement, first);
  policy->base_floor = qc_statement_get_int (statement, first + 1);
  policy->base_cap = qc_statement_get_int (statement, first + 2);
  policy->monthly_floor = qc_statement_get_int (statement, first + 3);
  policy->monthly_cap = qc_statement_get_int (statement, first + 4);
  policy->unit_ratio_min = (QcRatio)qc_statement_get_int (statement, first + 5);
  policy->unit_ratio_max = (QcRatio)qc_statement_get_int (statement, first + 6);
  policy->personal_ratio_min = (QcRatio)qc_statement_get_int (statement, first + 7);
  policy->personal_ratio_max = (QcRatio)qc_statement_get_int (statement, first + 8);
  if (!qc_rounding_from_code (qc_statement_get_text (statement, first + 9), &policy->unit_rounding)
      || !qc_rounding_from_code (qc_statement_get_text (statement, first + 10), &policy->personal_rounding)) {
    g_set_error (error, QC_ENGINE_ERROR, QC_ENGINE_ERROR_FAILED, "the policy from %d names an unknown rounding",
                 policy->from);
    return FALSE;
  }
  policy->fund_year_start = (int)qc_statement_get_int (statement, first + 11);
  policy->months_ahead = (int)qc_statement_get_int (statement, first + 12);
  policy->back_payment_warn = (int)qc_statement_get_int (statement, first + 13);
  policy->transfer_arrival = g_strcmp0 (qc_statement_get_text (statement, first + 14), "sealed") == 0
                                 ? QC_ARRIVAL_SEALED
                                 : QC_ARRIVAL_NORMAL;
  policy->in_flight_blocks = qc_statement_get_int (statement, first + 15) != 0;
  return TRUE;
}

GArray *
qc_engine_load_policies (QcConnection *connection, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (QcPolicy));

  g_autoptr (QcStatement) statement = qc_connection_prepare (
      connection, "SELECT " QC_ENGINE_POLICY_COLUMNS " FROM policy_row ORDER BY from_month", error);
  if (statement == NULL)
    return NULL;
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&rows);
    QcPolicy policy = {0};
    if (!qc_engine_read_policy (statement, 0, &policy, error))
      return NULL;
    g_array_append_val (rows, policy);
  }
  return NULL;
}

GArray *
qc_engine_load_ratios (QcConnection *connection, gint64 unit, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (QcRatios));

  g_autoptr (QcStatement) statement
      = qc_connection_prepare (connection,
                               "SELECT from_month, unit_ratio, personal_ratio, retroactive FROM ratio_row "
                               "WHERE unit = ? ORDER BY from_month",
                               error);
  if (statement == NULL)
    return NULL;
  qc_statement_bind_int (statement, 1, unit);
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&rows);
    QcRatios row;
    row.from = (QcMonth)qc_statement_get_int (statement, 0);
    row.unit = (QcRatio)qc_statement_get_int (statement, 1);
    row.personal = (QcRatio)qc_statement_get_int (statement, 2);
    row.retroactive = qc_statement_get_int (statement, 3) != 0;
    g_array_append_val (rows, row);
  }
  return NULL;
}

void
qc_engine_read_code (QcStatement *s, int first, gboolean borrow, QcCode *out)
{
  *out = (QcCode) {
      .list = qc_engine_take_text (s, first, borrow),
      .code = qc_engine_take_text (s, first + 1, borrow),
      .label = qc_engine_take_text (s, first + 2, borrow),
      .order = (int)qc_statement_get_int (s, first + 3),
      .needs_text = qc_statement_get_int (s, first + 4) != 0,
      .difference = qc_statement_get_int (s, first + 5) != 0,
      .of_line = qc_statement_get_int (s, first + 6) != 0,
      .at_least = (gint)qc_statement_get_int (s, first + 7),
      .at_most = (gint)qc_statement_get_int (s, first + 8),
      .max_size = qc_statement_get_int (s, first + 9),
  };
}

GPtrArray *
qc_engine_load_codes (QcConnection *connection, GError **error)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_code_free);
  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection, "SELECT " QC_ENGINE_CODE_COLUMNS " FROM code_row ORDER BY list, position", error);
  gboolean has_row;
  while (s != NULL && qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&codes);
    QcCode *code = g_new0 (QcCode, 1);
    qc_engine_read_code (s, 0, FALSE, code);
    g_ptr_array_add (codes, code);
  }
  return NULL;
}
