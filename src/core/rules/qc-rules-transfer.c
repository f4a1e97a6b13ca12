/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 同城转移 (guide 3.5, domain notes 6.2, decisions 6, 9): a sealed account goes to another unit of the city, which the
 * clerk names by its number and knows by its name. There it counts from the latest of that unit's month and the month
 * after the person's 缴至年月, and waits for a base. Pure functions, any one thread.
 */
#include "qc-back-payment.h"
#include "qc-month.h"
#include "qc-rules-roster.h"

static const QcOtherUnit *
receiver_of (const QcRosterFacts *facts, const QcRosterLine *line)
{
  return facts->units != NULL && line->target_unit != NULL ? g_hash_table_lookup (facts->units, line->target_unit)
                                                           : NULL;
}

static void
complete (const QcRosterFacts *facts, QcRosterLine *line)
{
  const QcOtherUnit *unit = receiver_of (facts, line);
  line->first_month = unit != NULL ? unit->first_month : QC_MONTH_NONE;
  if (line->first_month != QC_MONTH_NONE && line->paid_to != QC_MONTH_NONE)
    line->first_month = MAX (line->first_month, qc_month_add (line->paid_to, 1));
}

static QcFinding *
add (GPtrArray *out, const QcRosterLine *line, const char *code)
{
  QcFinding *finding = qc_rules_roster_add (out, line, code, QC_LINE_TARGET_UNIT);
  qc_finding_set_arg (finding, "account", line->target_unit);
  return finding;
}

/* What @unit is now against what the clerk saw of it. */
static void
check_receiver (const QcRosterFacts *facts, const QcRosterLine *line, const QcOtherUnit *unit, GPtrArray *out)
{
  if (!qc_unit_status_can_remit (unit->status)) {
    QcFinding *finding = add (out, line, "transfer.unit-closed");
    qc_finding_set_arg (finding, "unit", unit->name);
    qc_finding_set_arg_code (finding, QC_ARG_UNIT_STATUS, "unit_status", qc_unit_status_to_code (unit->status));
  } else if (unit->first_month == QC_MONTH_NONE) {
    qc_finding_set_arg (add (out, line, "transfer.unit-no-month"), "unit", unit->name);
  } else if (!g_str_equal (unit->name, line->target_name)) {
    QcFinding *finding = add (out, line, "transfer.unit-renamed");
    qc_finding_set_arg (finding, "seen", line->target_name);
    qc_finding_set_arg (finding, "now", unit->name);
  } else if (unit->as_of != 0 && qc_date_from_unix (unit->as_of) < facts->today) {
    QcFinding *finding = add (out, line, "transfer.unit-earlier");
    qc_finding_set_arg (finding, "unit", unit->name);
    qc_finding_set_arg_time (finding, "time", unit->as_of);
  }
}

static void
check (const QcRosterFacts *facts, const QcRosterLine *line, GPtrArray *out)
{
  if (line->status != QC_PERSON_SEALED) {
    qc_rules_roster_set_status (qc_rules_roster_add (out, line, "transfer.status", QC_LINE_STATUS), line->status);
    return;
  }
  const QcPersonHistory *history = qc_back_payment_history (facts, line);
  for (guint i = 0; history != NULL && i < MIN (history->pending->len, 1); i++) {
    const QcPendingMonths *pending = g_ptr_array_index (history->pending, i);
    qc_finding_set_arg (qc_rules_roster_add (out, line, "transfer.back-payment", QC_LINE_NAME), "serial",
                        pending->serial);
  }
  if (line->target_unit == NULL)
    return; /* said of the empty cell */
  const QcOtherUnit *unit = receiver_of (facts, line);
  if (!qc_other_unit_is_account (facts->unit, line->target_unit))
    add (out, line, "transfer.unit-number");
  else if (g_str_equal (line->target_unit, facts->unit->account))
    add (out, line, "transfer.own-unit");
  else if (unit != NULL && unit->name == NULL)
    add (out, line, "transfer.unit-unknown");
  else if (unit == NULL || line->target_name == NULL)
    add (out, line, "transfer.unit-unasked");
  else
    check_receiver (facts, line, unit, out);
}

static QcFinding *
refuse (const QcRosterFacts *facts, const QcEmployee *person)
{
  if (person->status == QC_PERSON_SEALED)
    return NULL;
  QcFinding *finding = qc_finding_new ("transfer.status", "person", person->name, NULL);
  qc_rules_roster_set_status (finding, person->status);
  return finding;
}

/* At the unit that sends: gone from the month on that is due there. */
static void
effect (const QcRosterFacts *facts, const QcRosterLine *line, QcEmployee *person, QcRosterEffect *out)
{
  person->status = QC_PERSON_TRANSFERRED;
  person->status_from = qc_unit_due_month (facts->unit);
  person->base_pending = FALSE;
}

/* At the unit that receives (decision 9): 正常, or 封存 where the center's policy says so, with the base still to be
 * adjusted, and nothing before the first month. */
static void
arrive (const QcRosterFacts *facts, const QcRosterLine *line, QcEmployee *person, QcRosterEffect *out)
{
  const QcPolicy *policy = qc_policy_at (facts->policies, line->first_month);
  gboolean sealed = policy != NULL && policy->transfer_arrival == QC_ARRIVAL_SEALED;
  person->status = sealed ? QC_PERSON_SEALED : QC_PERSON_NORMAL;
  person->status_from = person->opened = line->first_month;
  person->base_pending = TRUE;
  out->base = (QcBaseChange) {.from = line->first_month, .base = person->base};
}

const QcRosterRules qc_rules_transfer = {
    .business = QC_BUSINESS_TRANSFER,
    .complete = complete,
    .check = check,
    .refuse = refuse,
    .effect = effect,
    .arrive = arrive,
};
