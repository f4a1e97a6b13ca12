/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Statutory retirement: M0 = birth month + old age; before 2025-01 no delay, after it one month for every 4 (or 2)
 * months, up to 36 (or 60). Pure functions, any thread.
 */
#include "qc-retirement.h"
#include "qc-month.h"

#include <glib/gi18n-lib.h>

#define REFORM 202501

typedef struct {
  const char *code;
  const char *msgid;
  int years; /* the old age */
  int step;  /* one month more for every so many months */
  int cap;   /* at most so many months more */
} ClassRow;

static const ClassRow classes[] = {
    [QC_RETIREMENT_UNKNOWN] = {"unknown", N_ ("Not known"), 0, 0, 0},
    [QC_RETIREMENT_MEN_60] = {"men-60", N_ ("Men 60"), 60, 4, 36},
    [QC_RETIREMENT_WOMEN_55] = {"women-55", N_ ("Women 55"), 55, 4, 36},
    [QC_RETIREMENT_WOMEN_50] = {"women-50", N_ ("Women 50"), 50, 2, 60},
    [QC_RETIREMENT_WOMEN_60] = {"women-60", N_ ("Women 60 (at the men's age)"), 60, 4, 36},
};

const char *
qc_retirement_class_to_code (QcRetirementClass klass)
{
  g_return_val_if_fail ((guint)klass < G_N_ELEMENTS (classes), "unknown");
  return classes[klass].code;
}

const char *
qc_retirement_class_to_msgid (QcRetirementClass klass)
{
  g_return_val_if_fail ((guint)klass < G_N_ELEMENTS (classes), classes[0].msgid);
  return classes[klass].msgid;
}

gboolean
qc_retirement_class_from_code (const char *code, QcRetirementClass *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (g_strcmp0 (code, classes[i].code) == 0) {
      *out = (QcRetirementClass)i;
      return TRUE;
    }
  return FALSE;
}

QcRetirement
qc_retirement_compute (QcMonth birth, QcRetirementClass klass)
{
  QcRetirement result = {QC_MONTH_NONE, 0, 0};
  g_return_val_if_fail (klass > QC_RETIREMENT_UNKNOWN && (guint)klass < G_N_ELEMENTS (classes), result);
  const ClassRow *row = &classes[klass];
  QcMonth old = qc_month_add (birth, row->years * 12);
  if (old >= REFORM)
    result.delay = MIN (qc_month_diff (REFORM, old) / row->step + 1, row->cap);
  result.month = qc_month_add (old, result.delay);
  result.age_months = row->years * 12 + result.delay;
  return result;
}

static QcRetirementState
state_of (QcMonth statutory, QcMonth authorized_until, QcMonth month)
{
  if (month <= statutory)
    return QC_RETIREMENT_STATE_WORKING;
  QcMonth latest = MIN (authorized_until, qc_month_add (statutory, QC_RETIREMENT_MAX_AUTHORIZED));
  return month <= latest ? QC_RETIREMENT_STATE_AUTHORIZED : QC_RETIREMENT_STATE_RETIRED;
}

QcRetirementState
qc_retirement_state (QcDate birth, QcSex sex, QcRetirementClass klass, QcMonth authorized_until, QcMonth month,
                     QcMonth *out_statutory)
{
  QcMonth unused;
  QcMonth *statutory = out_statutory != NULL ? out_statutory : &unused;
  *statutory = QC_MONTH_NONE;
  QcMonth born = qc_date_month (birth);
  if (!qc_month_is_valid (born))
    return QC_RETIREMENT_STATE_WORKING; /* nothing to judge by */
  if (sex == QC_SEX_MALE)
    klass = QC_RETIREMENT_MEN_60;
  if (klass != QC_RETIREMENT_UNKNOWN) {
    *statutory = qc_retirement_compute (born, klass).month;
    return state_of (*statutory, authorized_until, month);
  }
  QcMonth earliest = qc_retirement_compute (born, QC_RETIREMENT_WOMEN_50).month;
  QcMonth latest = qc_retirement_compute (born, QC_RETIREMENT_WOMEN_60).month;
  if (month <= earliest)
    return QC_RETIREMENT_STATE_WORKING;
  if (month <= latest)
    return month <= MIN (authorized_until, qc_month_add (earliest, QC_RETIREMENT_MAX_AUTHORIZED))
               ? QC_RETIREMENT_STATE_AUTHORIZED
               : QC_RETIREMENT_STATE_ASK;
  *statutory = latest; /* past every class: the class no longer matters */
  return state_of (latest, authorized_until, month);
}
