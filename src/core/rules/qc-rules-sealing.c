/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 封存/启封 (guide 3.6, domain notes 6.3, decisions 6, 15, 24): a normal account is sealed, a sealed one unsealed, both
 * in one roster; unsealing may carry a new base. Pure functions, any one thread.
 */
#include "qc-contribution.h"
#include "qc-rules-roster.h"

static const char *
reason_list (const QcRosterLine *line)
{
  return line->status_after == QC_PERSON_NORMAL ? "unseal-reason" : "seal-reason";
}

static gboolean
takes (const QcRosterFacts *facts, const QcRosterLine *line, QcLineFieldId field)
{
  return field != QC_LINE_NEW_BASE || line->status_after == QC_PERSON_NORMAL;
}

/* 正常 → 封存, 封存 → 正常; anything else goes nowhere. */
static QcPersonStatus
status_after (QcPersonStatus status)
{
  switch (status) {
  case QC_PERSON_NORMAL:
    return QC_PERSON_SEALED;
  case QC_PERSON_SEALED:
    return QC_PERSON_NORMAL;
  case QC_PERSON_MERGED:
  case QC_PERSON_MOVED_OUT:
  case QC_PERSON_WITHDRAWN:
  case QC_PERSON_FROZEN:
  case QC_PERSON_TRANSFERRED:
  case QC_PERSON_OTHER:
  default:
    return 0;
  }
}

static void
complete (const QcRosterFacts *facts, QcRosterLine *line)
{
  QcMonth effective = qc_unit_due_month (facts->unit);
  const QcPolicy *policy = qc_policy_at (facts->policies, effective);
  const QcRatios *ratios = qc_ratios_at (facts->ratios, effective);
  QcMoney base = line->new_base > 0 ? line->new_base : line->base;
  QcContribution monthly = {0, 0};
  line->status_after = status_after (line->status);
  if (line->status_after == QC_PERSON_NORMAL && policy != NULL && ratios != NULL && base > 0)
    monthly = qc_contribution_compute (base, ratios, policy);
  line->unit_fen = monthly.unit;
  line->personal_fen = monthly.personal;
}

static void
check (const QcRosterFacts *facts, const QcRosterLine *line, GPtrArray *out)
{
  QcMonth effective = qc_unit_due_month (facts->unit);
  if (line->status_after == 0) {
    qc_rules_roster_set_status (qc_rules_roster_add (out, line, "sealing.status", QC_LINE_STATUS), line->status);
    return;
  }
  if (effective == QC_MONTH_NONE)
    return; /* said of the roster as a whole */
  if (line->opened > effective) {
    QcFinding *finding = qc_rules_roster_add (out, line, "sealing.before-opened", QC_LINE_STATUS_AFTER);
    qc_finding_set_arg_month (finding, "opened", line->opened);
    qc_finding_set_arg_month (finding, "effective", effective);
  }
  if (line->status_after != QC_PERSON_NORMAL)
    return;
  if (line->paid_to >= effective) {
    QcFinding *finding = qc_rules_roster_add (out, line, "sealing.already-paid", QC_LINE_STATUS_AFTER);
    qc_finding_set_arg_month (finding, "paid_to", line->paid_to);
    qc_finding_set_arg_month (finding, "effective", effective);
  }
  /* without a new base the old one counts again, and must be one that may */
  qc_rules_roster_check_base (out, facts, line, line->new_base > 0 ? line->new_base : line->base, effective);
}

static QcFinding *
refuse (const QcRosterFacts *facts, const QcEmployee *person)
{
  if (status_after (person->status) != 0)
    return NULL;
  QcFinding *finding = qc_finding_new ("sealing.status", "person", person->name, NULL);
  qc_rules_roster_set_status (finding, person->status);
  return finding;
}

static void
effect (const QcRosterFacts *facts, const QcRosterLine *line, QcEmployee *person, QcRosterEffect *out)
{
  person->status = line->status_after;
  person->status_from = qc_unit_due_month (facts->unit);
  if (line->status_after != QC_PERSON_NORMAL || line->new_base == 0)
    return;
  person->base = line->new_base;
  person->base_pending = FALSE;
  out->base = (QcBaseChange) {.from = person->status_from, .base = line->new_base};
}

const QcRosterRules qc_rules_sealing = {
    .business = QC_BUSINESS_SEALING,
    .reason_list = reason_list,
    .takes = takes,
    .complete = complete,
    .check = check,
    .refuse = refuse,
    .effect = effect,
};
