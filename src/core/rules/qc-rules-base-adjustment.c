/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 缴存基数调整 (guide 3.7, domain notes 6.4, decisions 1, 6, 9, 15): a new base from the 变更年月 on, with both monthly
 * parts that follow from it. Nothing is clamped: a base outside the center's limits is refused by name. Pure functions,
 * any one thread.
 */
#include "qc-contribution.h"
#include "qc-rules-roster.h"

/* More than this, in 1/10,000, is to be looked at. */
#define JUMP 2000

static void
complete (const QcRosterFacts *facts, QcRosterLine *line)
{
  QcMonth effective = qc_unit_due_month (facts->unit);
  const QcPolicy *policy = qc_policy_at (facts->policies, effective);
  const QcRatios *ratios = qc_ratios_at (facts->ratios, effective);
  gboolean known = policy != NULL && ratios != NULL;
  QcContribution before = {0, 0};
  QcContribution after = {0, 0};
  if (known && line->base > 0)
    before = qc_contribution_compute (line->base, ratios, policy);
  if (known && line->new_base > 0)
    after = qc_contribution_compute (line->new_base, ratios, policy);
  line->old_unit_fen = before.unit;
  line->old_personal_fen = before.personal;
  line->unit_fen = after.unit;
  line->personal_fen = after.personal;
  line->difference = line->new_base > 0 ? line->new_base - line->base : 0;
  line->change = 0;
  if (line->difference != 0 && line->base > 0)
    line->change
        = (gint32)CLAMP (qc_money_share (line->difference, line->base), -QC_LINE_MAX_CHANGE, QC_LINE_MAX_CHANGE);
}

/* 正常, and whoever arrived and waits for a base (decision 9); a sealed account gets one when it is unsealed. */
static gboolean
may (QcPersonStatus status, gboolean pending)
{
  return status == QC_PERSON_NORMAL || (status == QC_PERSON_SEALED && pending);
}

static void
check_jump (const QcRosterLine *line, GPtrArray *out)
{
  if (ABS (line->change) <= JUMP)
    return;
  QcFinding *finding = qc_rules_roster_add (out, line, "base.jump", QC_LINE_NEW_BASE);
  g_autofree char *percent = qc_line_dup_text (line, QC_LINE_CHANGE, NULL, NULL);
  qc_finding_set_arg_money (finding, "before", line->base);
  qc_finding_set_arg_money (finding, "after", line->new_base);
  qc_finding_set_arg (finding, "percent", percent);
}

static void
check (const QcRosterFacts *facts, const QcRosterLine *line, GPtrArray *out)
{
  QcMonth effective = qc_unit_due_month (facts->unit);
  if (!may (line->status, line->base_pending)) {
    qc_rules_roster_set_status (qc_rules_roster_add (out, line, "base.status", QC_LINE_NEW_BASE), line->status);
    return;
  }
  if (effective == QC_MONTH_NONE || line->new_base == 0)
    return; /* said of the roster as a whole, and of the empty cell */
  if (line->opened > effective) {
    QcFinding *finding = qc_rules_roster_add (out, line, "base.before-opened", QC_LINE_NEW_BASE);
    qc_finding_set_arg_month (finding, "opened", line->opened);
    qc_finding_set_arg_month (finding, "effective", effective);
  }
  guint before = out->len;
  qc_rules_roster_check_base (out, facts, line, line->new_base, effective);
  if (out->len > before)
    return;
  if (line->new_base == line->base && !line->base_pending)
    qc_rules_roster_add (out, line, "base.unchanged", QC_LINE_NEW_BASE);
  check_jump (line, out);
}

static QcFinding *
refuse (const QcRosterFacts *facts, const QcEmployee *person)
{
  if (may (person->status, person->base_pending))
    return NULL;
  QcFinding *finding = qc_finding_new ("base.status", "person", person->name, NULL);
  qc_rules_roster_set_status (finding, person->status);
  return finding;
}

static void
effect (const QcRosterFacts *facts, const QcRosterLine *line, QcEmployee *person, QcRosterEffect *out)
{
  person->base = line->new_base;
  person->base_pending = FALSE;
  out->base = (QcBaseChange) {.from = qc_unit_due_month (facts->unit), .base = line->new_base};
}

/* Who arrived from another unit and has no base of this one yet (T6). */
static gboolean
concerns (const QcEmployee *person, QcMonth month)
{
  return person->base_pending;
}

const QcRosterRules qc_rules_base_adjustment = {
    .business = QC_BUSINESS_BASE_ADJUSTMENT,
    .complete = complete,
    .check = check,
    .refuse = refuse,
    .effect = effect,
    .concerns = concerns,
};
