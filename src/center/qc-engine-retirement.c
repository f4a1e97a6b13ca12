/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 授权退休年龄 and a woman's class, as the unit supplies them (R10, decision 10). Writer thread only.
 */
#include "qc-engine-private.h"

gboolean
qc_engine_class_fits (QcSex sex, QcRetirementClass klass)
{
  switch (klass) {
  case QC_RETIREMENT_MEN_60:
    return sex != QC_SEX_FEMALE;
  case QC_RETIREMENT_WOMEN_50:
  case QC_RETIREMENT_WOMEN_55:
  case QC_RETIREMENT_WOMEN_60:
    return sex != QC_SEX_MALE;
  case QC_RETIREMENT_UNKNOWN:
  default:
    return FALSE;
  }
}

const char *
qc_engine_class_fault (QcSex sex)
{
  return sex == QC_SEX_FEMALE ? "retirement.class-mismatch-woman" : "retirement.class-mismatch";
}

typedef struct {
  const char *person;
  QcRetirementClass klass;
  QcMonth authorized_until;
} Answer;

static QcFinding *
new_finding (const char *code, const QcEmployee *person, const char *field)
{
  QcFinding *finding = qc_finding_new (code, NULL);

  qc_finding_set_arg (finding, "person", person->name);
  qc_finding_at (finding, -1, person->account, field);
  return finding;
}

/* NULL when @until may be authorized for @person, whose class is set to the answered one already. */
static QcFinding *
check_authorized (const QcEmployee *person, QcMonth until)
{
  QcRetirementClass klass = person->retirement_class;
  QcFinding *finding;
  QcMonth statutory;

  if (klass == QC_RETIREMENT_UNKNOWN && person->sex == QC_SEX_MALE)
    klass = QC_RETIREMENT_MEN_60;
  if (klass == QC_RETIREMENT_UNKNOWN)
    return new_finding ("retirement.class-missing", person, "class");
  statutory = qc_retirement_compute (qc_date_month (person->birth), klass).month;
  if (qc_month_is_valid (until) && until > statutory && until <= qc_month_add (statutory, QC_RETIREMENT_MAX_AUTHORIZED))
    return NULL;
  finding
      = new_finding (!qc_month_is_valid (until) || until <= statutory ? "retirement.too-early" : "retirement.too-late",
                     person, "authorized_until");
  qc_finding_set_arg_month (finding, "statutory", statutory);
  qc_finding_set_arg_month (finding, "limit", qc_month_add (statutory, QC_RETIREMENT_MAX_AUTHORIZED));
  return finding;
}

static QcFinding *
check_answer (QcEmployee *person, const Answer *answer)
{
  if (answer->klass != QC_RETIREMENT_UNKNOWN) {
    if (!qc_engine_class_fits (person->sex, answer->klass))
      return new_finding (qc_engine_class_fault (person->sex), person, "class");
    person->retirement_class = answer->klass;
  }
  return answer->authorized_until != QC_MONTH_NONE ? check_authorized (person, answer->authorized_until) : NULL;
}

static QcOutcome *
answer_cb (QcWork *work, gpointer data, GError **error)
{
  const Answer *answer = data;
  g_autoptr (QcOutcome) outcome = qc_outcome_new (QC_OUTCOME_DONE);
  QcFinding *fault;
  gint64 id;

  if (!qc_engine_find_person (work->connection, work->unit_id, answer->person, &id, error))
    return NULL;
  if (id == 0)
    return qc_outcome_new (QC_OUTCOME_NOT_FOUND);
  outcome->person = qc_engine_load_person_row (work->connection, id, error);
  if (outcome->person == NULL)
    return NULL;
  if (work->call->if_match != outcome->person->revision) {
    outcome->status = QC_OUTCOME_CONFLICT;
    return g_steal_pointer (&outcome);
  }
  fault = check_answer (outcome->person, answer);
  if (fault != NULL)
    return qc_outcome_refuse (fault);
  if (!qc_engine_exec (
          work->connection, error,
          "UPDATE person SET class = ?1, authorized = CASE ?2 WHEN 0 THEN authorized ELSE ?2 END WHERE id = ?3", "iii",
          (gint64)outcome->person->retirement_class, (gint64)answer->authorized_until, id)
      || !qc_engine_touch_person (work->connection, id, error))
    return NULL;
  g_clear_pointer (&outcome->person, qc_employee_free);
  outcome->person = qc_engine_load_person_row (work->connection, id, error);
  return outcome->person != NULL ? g_steal_pointer (&outcome) : NULL;
}

QcOutcome *
qc_engine_set_retirement (QcConnection *connection, const QcEngineCall *call, const char *person,
                          QcRetirementClass klass, QcMonth authorized_until, GError **error)
{
  Answer answer = {person, klass, authorized_until};

  g_return_val_if_fail (person != NULL, NULL);
  return qc_engine_run (connection, call, "retirement", answer_cb, &answer, error);
}
