/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Bases and ratios that only the center may change, also for months already remitted: those rows are marked, and give
 * the right to a 补缴 of the difference (decision 7). A row counts from its month until the next row's. Writer thread.
 */
#include "qc-engine-private.h"
#include "qc-rules-person.h"

/* A 汇缴 on its way was computed with the old figures: it must end first (decision 15). */
static gboolean
refuse_if_open (QcWork *work, QcOutcome **out, GError **error)
{
  g_autoptr (GPtrArray) open = qc_engine_load_open (work->connection, work->unit_id, error);
  *out = NULL;
  if (open == NULL)
    return FALSE;
  for (guint i = 0; i < open->len && *out == NULL; i++) {
    const QcApplication *a = g_ptr_array_index (open, i);
    if (a->business == QC_BUSINESS_REMITTANCE)
      *out = qc_outcome_refuse (qc_finding_new ("unit.remittance-unfinished", "serial", a->serial, NULL));
  }
  return TRUE;
}

static QcOutcome *
refuse_month (QcMonth month)
{
  QcFinding *finding = qc_finding_new ("base.month-invalid", NULL);
  qc_finding_set_arg_month (finding, "month", month);
  return qc_outcome_refuse (finding);
}

/* ---- one person's base ---- */

typedef struct {
  const char *person;
  QcMonth from;
  QcMoney base;
} NewBase;

/* *@out NULL when @new_base may be written. */
static gboolean
check_base (QcWork *work, const QcEmployee *person, const NewBase *new_base, QcOutcome **out, GError **error)
{
  g_autoptr (GArray) policies = qc_engine_load_policies (work->connection, error);
  g_autoptr (GPtrArray) findings = qc_findings_new ();
  *out = NULL;
  if (policies == NULL)
    return FALSE;
  g_autoptr (GArray) ratio_rows = qc_engine_load_ratios (work->connection, work->unit_id, error);
  if (ratio_rows == NULL)
    return FALSE;
  const QcPolicy *policy = qc_month_is_valid (new_base->from) ? qc_policy_at (policies, new_base->from) : NULL;
  const QcRatios *ratios = policy != NULL ? qc_ratios_at (ratio_rows, new_base->from) : NULL;
  if (ratios == NULL || new_base->from < person->opened) {
    *out = refuse_month (new_base->from);
    return TRUE;
  }
  if (new_base->base > QC_MONEY_MAX)
    g_ptr_array_add (findings, qc_finding_new ("base.missing", NULL));
  else
    qc_rules_person_check_base (findings, 0, new_base->base, ratios, policy);
  if (findings->len > 0) {
    QcFinding *finding = g_ptr_array_steal_index (findings, 0);
    qc_finding_at (finding, 0, person->account, "base");
    qc_finding_set_arg (finding, "person", person->name);
    *out = qc_outcome_refuse (finding);
  }
  return TRUE;
}

static gboolean
write_base (QcWork *work, gint64 id, const QcEmployee *person, const NewBase *new_base, GError **error)
{
  gboolean retroactive = person->paid_to != QC_MONTH_NONE && new_base->from <= person->paid_to;
  QcMonth now = MAX (qc_unit_due_month (work->unit), new_base->from);
  gint64 change;
  return qc_engine_take_change (work->connection, &change, error)
         && qc_sql_run (work->connection, error,
                        "INSERT INTO base_row VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (person, from_month) DO "
                        "UPDATE SET base = excluded.base, retroactive = excluded.retroactive, time = excluded.time, "
                        "unit = excluded.unit, seq = excluded.seq",
                        id, new_base->from, new_base->base, retroactive, work->call->now, work->unit_id, change)
         && qc_sql_run (work->connection, error,
                        "UPDATE person SET base_pending = 0, base = (SELECT base FROM base_row WHERE person = ?1 "
                        "AND from_month <= ?2 ORDER BY from_month DESC LIMIT 1) WHERE id = ?1",
                        id, now)
         && qc_engine_touch_person (work->connection, id, error)
         && qc_engine_touch_unit (work->connection, work->unit_id, TRUE, error);
}

static QcOutcome *
base_cb (QcWork *work, gpointer data, GError **error)
{
  const NewBase *new_base = data;
  QcOutcome *refusal;
  if (!refuse_if_open (work, &refusal, error) || refusal != NULL)
    return refusal;
  gint64 id;
  if (!qc_engine_find_person (work->connection, work->unit_id, new_base->person, &id, error))
    return NULL;
  if (id == 0)
    return qc_outcome_new (QC_OUTCOME_NOT_FOUND);
  g_autoptr (QcEmployee) person = qc_engine_load_person_row (work->connection, id, error);
  if (person == NULL || !check_base (work, person, new_base, &refusal, error) || refusal != NULL)
    return person != NULL ? refusal : NULL;
  if (!write_base (work, id, person, new_base, error))
    return NULL;
  g_autoptr (QcOutcome) outcome = qc_outcome_new (QC_OUTCOME_DONE);
  outcome->person = qc_engine_load_person_row (work->connection, id, error);
  return outcome->person != NULL ? g_steal_pointer (&outcome) : NULL;
}

QcOutcome *
qc_engine_change_base (QcConnection *connection, const QcEngineCall *call, const char *person, QcMonth from,
                       QcMoney base, GError **error)
{
  NewBase new_base = {person, from, base};
  g_return_val_if_fail (person != NULL, NULL);
  return qc_engine_run (connection, call, "change-base", base_cb, &new_base, error);
}

/* ---- the unit's ratios ---- */

static void
add_range_finding (GPtrArray *findings, QcRatio ratio, QcRatio min, QcRatio max, const char *field)
{
  if (ratio >= min && ratio > 0 && (max == 0 || ratio <= max))
    return;
  g_autofree char *text = qc_ratio_to_string (ratio);
  g_autofree char *low = qc_ratio_to_string (min);
  g_autofree char *high = qc_ratio_to_string (max);
  QcFinding *finding = qc_finding_new ("ratios.out-of-range", "ratio", text, "min", low, "max", high, NULL);
  qc_finding_at (finding, 0, NULL, field);
  g_ptr_array_add (findings, finding);
}

static gboolean
write_ratios (QcWork *work, const QcRatios *ratios, GError **error)
{
  gboolean retroactive = work->unit->paid_to != QC_MONTH_NONE && ratios->from <= work->unit->paid_to;
  gint64 change;
  return qc_engine_take_change (work->connection, &change, error)
         && qc_sql_run (work->connection, error,
                        "INSERT INTO ratio_past SELECT unit, from_month, unit_ratio, personal_ratio, time FROM "
                        "ratio_row WHERE unit = ? AND from_month = ?",
                        work->unit_id, ratios->from)
         && qc_sql_run (work->connection, error,
                        "INSERT INTO ratio_row VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (unit, from_month) DO UPDATE "
                        "SET unit_ratio = excluded.unit_ratio, personal_ratio = excluded.personal_ratio, "
                        "retroactive = excluded.retroactive, time = excluded.time, seq = excluded.seq",
                        work->unit_id, ratios->from, ratios->unit, ratios->personal, retroactive, work->call->now,
                        change)
         && qc_engine_touch_unit (work->connection, work->unit_id, TRUE, error);
}

static QcOutcome *
ratios_cb (QcWork *work, gpointer data, GError **error)
{
  const QcRatios *ratios = data;
  QcOutcome *refusal;
  if (!refuse_if_open (work, &refusal, error) || refusal != NULL)
    return refusal;
  g_autoptr (GArray) policies = qc_engine_load_policies (work->connection, error);
  if (policies == NULL)
    return NULL;
  const QcPolicy *policy = qc_month_is_valid (ratios->from) ? qc_policy_at (policies, ratios->from) : NULL;
  if (policy == NULL || ratios->from < work->unit->first_month)
    return refuse_month (ratios->from);
  g_autoptr (QcOutcome) outcome = qc_outcome_new (QC_OUTCOME_REFUSED);
  add_range_finding (outcome->findings, ratios->unit, policy->unit_ratio_min, policy->unit_ratio_max, "unit");
  add_range_finding (outcome->findings, ratios->personal, policy->personal_ratio_min, policy->personal_ratio_max,
                     "personal");
  if (outcome->findings->len > 0)
    return g_steal_pointer (&outcome);
  if (!write_ratios (work, ratios, error))
    return NULL;
  outcome->status = QC_OUTCOME_DONE;
  outcome->unit = qc_engine_load_unit_row (work->connection, work->unit_id, error);
  return outcome->unit != NULL ? g_steal_pointer (&outcome) : NULL;
}

QcOutcome *
qc_engine_change_ratios (QcConnection *connection, const QcEngineCall *call, QcMonth from, QcRatio unit,
                         QcRatio personal, GError **error)
{
  QcRatios ratios = {from, unit, personal, FALSE};
  return qc_engine_run (connection, call, "change-ratios", ratios_cb, &ratios, error);
}
