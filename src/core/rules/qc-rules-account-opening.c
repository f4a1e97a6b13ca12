/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 个人账户设立 (guide 3.4, domain notes 6.1, decisions 6, 21): people without an account in the city get one that
 * counts from the 变更年月. A resident ID tells birth and sex; other documents are asked for them. Who has an account
 * already is told what to do instead, and the other unit is not named. Pure functions, any one thread.
 */
#include "qc-contribution.h"
#include "qc-credit-code.h"
#include "qc-known-person.h"
#include "qc-month.h"
#include "qc-rules-person.h"
#include "qc-rules-roster.h"

/* Below and from which, in years, a birth day is to be looked at. */
#define YOUNG 16
#define OLD   70

static gboolean
is_resident (const QcRosterLine *line)
{
  return g_strcmp0 (line->document_type, QC_DOCUMENT_RESIDENT_ID) == 0;
}

static gboolean
follows (const QcRosterLine *line, QcLineFieldId field)
{
  return (field == QC_LINE_SEX || field == QC_LINE_BIRTH) && is_resident (line);
}

static void
complete (const QcRosterFacts *facts, QcRosterLine *line)
{
  QcMonth effective = qc_unit_due_month (facts->unit);
  const QcPolicy *policy = qc_policy_at (facts->policies, effective);
  const QcRatios *ratios = qc_ratios_at (facts->ratios, effective);
  QcContribution monthly = {0, 0};
  if (policy != NULL && ratios != NULL && line->new_base > 0)
    monthly = qc_contribution_compute (line->new_base, ratios, policy);
  line->opened = effective;
  line->unit_fen = monthly.unit;
  line->personal_fen = monthly.personal;
  if (!is_resident (line))
    return;
  gboolean good = line->document != NULL && qc_resident_id_check (line->document, facts->today) == QC_ID_OK;
  line->birth = good ? qc_resident_id_birth (line->document) : QC_DATE_NONE;
  line->sex = good ? qc_resident_id_sex (line->document) : QC_SEX_UNKNOWN;
}

static void
name_findings (GPtrArray *out, guint from, const QcRosterLine *line)
{
  for (guint i = from; i < out->len; i++)
    qc_finding_set_arg (g_ptr_array_index (out, i), "person", qc_roster_line_whom (line));
}

static void
check_known (const QcRosterFacts *facts, const QcRosterLine *line, GPtrArray *out)
{
  static const char *const codes[] = {
      [QC_KNOWN_HERE] = "opening.here",
      [QC_KNOWN_SEALED_ELSEWHERE] = "opening.sealed-elsewhere",
      [QC_KNOWN_NORMAL_ELSEWHERE] = "opening.normal-elsewhere",
      [QC_KNOWN_CLOSED] = "opening.closed",
      [QC_KNOWN_BEING_OPENED] = "opening.in-flight",
  };
  g_autofree char *key = qc_known_person_dup_key (line->document_type, line->document);
  const QcKnownPerson *known = facts->known != NULL ? g_hash_table_lookup (facts->known, key) : NULL;
  if (known == NULL || known->place == QC_KNOWN_NOBODY)
    return;
  const char *code = known->place == QC_KNOWN_BEING_OPENED && known->serial == NULL ? "opening.in-flight-elsewhere"
                                                                                    : codes[known->place];
  QcFinding *finding = qc_rules_roster_add (out, line, code, QC_LINE_DOCUMENT);
  if (known->serial != NULL)
    qc_finding_set_arg (finding, "serial", known->serial);
  if (known->place == QC_KNOWN_SEALED_ELSEWHERE) { /* what the other unit is to be told */
    qc_finding_set_arg (finding, "account", facts->unit->account);
    qc_finding_set_arg (finding, "unit", facts->unit->name);
  }
}

static void
check_document (const QcRosterFacts *facts, const QcRosterLine *line, GPtrArray *out)
{
  if (line->document_type == NULL || line->document == NULL)
    return; /* said of the empty cell */
  guint before = out->len;
  qc_rules_person_check_document (out, line->id, line->document_type, line->document, line->birth, line->sex,
                                  facts->today);
  name_findings (out, before, line);
  if (out->len == before)
    check_known (facts, line, out);
}

static void
check_age (const QcRosterFacts *facts, const QcRosterLine *line, GPtrArray *out)
{
  if (!qc_date_is_valid (line->birth) || line->birth > facts->today)
    return;
  gint64 age = (facts->today - line->birth) / 10000; /* whole years */
  if (age >= YOUNG && age < OLD)
    return;
  QcFinding *finding = qc_rules_roster_add (out, line, "opening.age", QC_LINE_BIRTH);
  qc_finding_set_arg_int (finding, "age", age);
}

static void
check (const QcRosterFacts *facts, const QcRosterLine *line, GPtrArray *out)
{
  QcMonth effective = qc_unit_due_month (facts->unit);
  guint before = out->len;
  if (line->name != NULL)
    qc_rules_person_check_name (out, line->id, line->name);
  name_findings (out, before, line);
  check_document (facts, line, out);
  check_age (facts, line, out);
  if (line->mobile != NULL && !qc_mobile_is_valid (line->mobile))
    qc_finding_set_arg (qc_rules_roster_add (out, line, "person.mobile", QC_LINE_MOBILE), "mobile", line->mobile);
  if (effective != QC_MONTH_NONE && line->new_base > 0)
    qc_rules_roster_check_base (out, facts, line, line->new_base, effective);
}

/* Whoever is known here has an account. */
static QcFinding *
refuse (const QcRosterFacts *facts, const QcEmployee *person)
{
  return qc_finding_new ("opening.here", "person", person->name, NULL);
}

/* @person: new, with nothing but an account. */
static void
effect (const QcRosterFacts *facts, const QcRosterLine *line, QcEmployee *person, QcRosterEffect *out)
{
  person->name = g_strdup (line->name);
  person->document_type = g_strdup (line->document_type);
  person->document = g_strdup (line->document);
  person->mobile = g_strdup (line->mobile);
  person->sex = line->sex;
  person->birth = line->birth;
  person->status = QC_PERSON_NORMAL;
  person->status_from = person->opened = qc_unit_due_month (facts->unit);
  person->base = line->new_base;
  out->base = (QcBaseChange) {.from = person->opened, .base = line->new_base};
}

const QcRosterRules qc_rules_account_opening = {
    .business = QC_BUSINESS_ACCOUNT_OPENING,
    .follows = follows,
    .complete = complete,
    .check = check,
    .refuse = refuse,
    .effect = effect,
};
