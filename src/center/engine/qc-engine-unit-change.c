/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 单位缴存登记信息变更 at the center: core's rules on the unit as it is now, what must be one of its kind among all
 * units, and then only what was confirmed. Writer thread only.
 */
#include "qc-engine-private.h"
#include "qc-rules-unit-change.h"

typedef struct {
  const QcSubmission *submission; /* (not owned) */
  GPtrArray *codes;               /* (owned) */
} Plan;

static void
plan_free (gpointer data)
{
  Plan *plan = data;
  g_clear_pointer (&plan->codes, g_ptr_array_unref);
  g_free (plan);
}

static gpointer
prepare (QcWork *work, const QcSubmission *submission, GError **error)
{
  GPtrArray *codes = qc_engine_load_codes (work->connection, error);
  if (codes == NULL)
    return NULL;
  Plan *plan = g_new (Plan, 1);
  *plan = (Plan) {submission, codes};
  return plan;
}

/* Names and credit codes stand in the units themselves, everything else beside them. */
static gboolean
is_taken (QcWork *work, const QcUnitField *field, const char *value, gboolean *out, GError **error)
{
  const char *sql = "SELECT 1 FROM unit_field WHERE name = ?3 AND value = ?2 AND unit <> ?1 LIMIT 1";
  if (g_str_equal (field->name, "DWMC"))
    sql = "SELECT 1 FROM unit WHERE name = ?2 AND id <> ?1 AND ?3 <> '' LIMIT 1";
  else if (field->kind == QC_UNIT_FIELD_CREDIT_CODE)
    sql = "SELECT 1 FROM unit WHERE credit_code = ?2 AND id <> ?1 AND ?3 <> '' LIMIT 1";
  g_autoptr (QcStatement) s = qc_sql_bind (work->connection, error, sql, work->unit_id, value, field->name);
  return s != NULL && qc_statement_step (s, out, error);
}

static gboolean
check_taken (QcWork *work, const GPtrArray *facts, GPtrArray *findings, GError **error)
{
  for (guint i = 0; i < facts->len; i++) {
    const QcFact *fact = g_ptr_array_index (facts, i);
    const QcUnitField *field = qc_unit_field_find (fact->name);
    gboolean taken = FALSE;
    if (field == NULL || !field->unique || *fact->value == '\0')
      continue;
    if (!is_taken (work, field, fact->value, &taken, error))
      return FALSE;
    if (taken)
      qc_rules_unit_change_add_taken (field, fact->value, findings);
  }
  return TRUE;
}

static GPtrArray *
check (QcWork *work, gpointer data, GError **error)
{
  const Plan *plan = data;
  const QcUnitChangeGround ground = {work->unit, plan->codes, qc_date_from_unix (work->call->now)};
  g_autoptr (GPtrArray) findings = qc_findings_new ();
  qc_rules_unit_change_check (&ground, plan->submission->facts, findings);
  if (!check_taken (work, plan->submission->facts, findings, error))
    return NULL;
  qc_findings_sort (findings);
  return g_steal_pointer (&findings);
}

/* Only what was changed: other values stand as they do, in whatever form. */
static gboolean
write_unit (QcWork *work, const GPtrArray *facts, GError **error)
{
  g_autoptr (QcUnit) after = qc_unit_copy (work->unit);
  qc_rules_unit_change_apply (facts, after);
  if (!qc_sql_run (work->connection, error, "UPDATE unit SET name = ?, credit_code = ? WHERE id = ?", after->name,
                   after->credit_code, work->unit_id))
    return FALSE;
  for (guint i = 0; i < facts->len; i++) {
    const QcFact *fact = g_ptr_array_index (facts, i);
    if (!qc_sql_run (work->connection, error,
                     "INSERT INTO unit_field VALUES (?, ?, ?) ON CONFLICT (unit, name) DO UPDATE SET value = "
                     "excluded.value",
                     work->unit_id, fact->name, fact->value))
      return FALSE;
  }
  return qc_engine_touch_unit (work->connection, work->unit_id, TRUE, error);
}

/* For the log: which fields, never what stands in them. */
static char *
dup_names (const GPtrArray *facts)
{
  GString *names = g_string_new (NULL);
  for (guint i = 0; i < facts->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", ((const QcFact *)g_ptr_array_index (facts, i))->name);
  return g_string_free (names, FALSE);
}

static gint64
apply (QcWork *work, gpointer data, GError **error)
{
  const Plan *plan = data;
  g_autoptr (QcApplication) draft = qc_application_new ();
  draft->business = plan->submission->business;
  gint64 id = qc_engine_create_application (work, draft, error);
  if (id == 0 || !qc_engine_write_facts (work->connection, id, plan->submission->facts, error)
      || !write_unit (work, plan->submission->facts, error))
    return 0;
  work->detail = dup_names (plan->submission->facts);
  return id;
}

const QcBusinessHandler qc_engine_unit_change_handler = {
    .prepare = prepare,
    .plan_free = plan_free,
    .check = check,
    .apply = apply,
};
