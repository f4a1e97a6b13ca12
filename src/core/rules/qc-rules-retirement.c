/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 授权退休年龄 (guide 3.1 item 7, R10, decisions 10 and 20): a woman's class is stated, a later month is authorised, or
 * both. It holds for months not yet in a 汇缴, so that none blocks it. Pure functions, any one thread.
 */
#include "qc-month.h"
#include "qc-rules-roster.h"

static QcRetirementClass
class_in_force (const QcRosterLine *line)
{
  if (line->sex == QC_SEX_MALE)
    return QC_RETIREMENT_MEN_60;
  return line->klass != QC_RETIREMENT_UNKNOWN ? line->klass : line->class_before;
}

static gboolean
takes (const QcRosterFacts *facts, const QcRosterLine *line, QcLineFieldId field)
{
  return field != QC_LINE_CLASS || line->sex != QC_SEX_MALE;
}

static void
complete (const QcRosterFacts *facts, QcRosterLine *line)
{
  QcRetirementClass klass = class_in_force (line);
  line->statutory = klass != QC_RETIREMENT_UNKNOWN && line->birth != QC_DATE_NONE
                        ? qc_retirement_compute (qc_date_month (line->birth), klass).month
                        : QC_MONTH_NONE;
  line->last_month = line->statutory != QC_MONTH_NONE ? MAX (line->statutory, line->authorized_before) : QC_MONTH_NONE;
}

/* Who is left out of @month, or must be asked about before it. */
static gboolean
concerns (const QcEmployee *person, QcMonth month)
{
  if (person->status != QC_PERSON_NORMAL)
    return FALSE;
  QcRetirementState state = qc_retirement_state (person->birth, person->sex, person->retirement_class,
                                                 person->authorized_until, month, NULL);
  return state == QC_RETIREMENT_STATE_RETIRED || state == QC_RETIREMENT_STATE_ASK;
}

static void
check_authorized (const QcRosterLine *line, GPtrArray *out)
{
  QcMonth limit = qc_month_add (line->statutory, QC_RETIREMENT_MAX_AUTHORIZED);
  const char *code = line->authorized <= line->statutory ? "retirement.too-early"
                     : line->authorized > limit          ? "retirement.too-late"
                                                         : NULL;
  if (code == NULL)
    return;
  QcFinding *finding = qc_rules_roster_add (out, line, code, QC_LINE_AUTHORIZED);
  qc_finding_set_arg_month (finding, "statutory", line->statutory);
  qc_finding_set_arg_month (finding, "limit", limit);
}

static void
check (const QcRosterFacts *facts, const QcRosterLine *line, GPtrArray *out)
{
  if (line->status != QC_PERSON_NORMAL)
    qc_rules_roster_add (out, line, "retirement.not-on-roster", QC_LINE_NAME);
  else if (line->birth == QC_DATE_NONE)
    qc_rules_roster_add (out, line, "person.birth-missing", QC_LINE_BIRTH);
  else if (line->sex == QC_SEX_FEMALE && line->klass == QC_RETIREMENT_MEN_60)
    qc_rules_roster_add (out, line, "retirement.class-mismatch-woman", QC_LINE_CLASS);
  else if (line->klass == QC_RETIREMENT_UNKNOWN && line->authorized == QC_MONTH_NONE)
    qc_rules_roster_add (out, line, "retirement.nothing-said",
                         takes (facts, line, QC_LINE_CLASS) ? QC_LINE_CLASS : QC_LINE_AUTHORIZED);
  else if (line->authorized != QC_MONTH_NONE && line->statutory == QC_MONTH_NONE)
    qc_rules_roster_add (out, line, "retirement.class-missing", QC_LINE_CLASS);
  else if (line->authorized != QC_MONTH_NONE)
    check_authorized (line, out);
}

static QcFinding *
refuse (const QcRosterFacts *facts, const QcEmployee *person)
{
  return person->status == QC_PERSON_NORMAL ? NULL
                                            : qc_finding_new ("retirement.not-on-roster", "person", person->name, NULL);
}

static void
effect (const QcRosterFacts *facts, const QcRosterLine *line, QcEmployee *person, QcRosterEffect *out)
{
  if (line->klass != QC_RETIREMENT_UNKNOWN)
    person->retirement_class = line->klass;
  if (line->authorized != QC_MONTH_NONE)
    person->authorized_until = line->authorized;
}

const QcRosterRules qc_rules_retirement = {
    .business = QC_BUSINESS_RETIREMENT,
    .takes = takes,
    .complete = complete,
    .check = check,
    .refuse = refuse,
    .effect = effect,
    .concerns = concerns,
};
