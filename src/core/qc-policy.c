/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Policy rows and ratios by month, code list entries. Pure functions, any thread.
 */
#include "qc-policy.h"
#include "qc-month.h"

const QcPolicy *
qc_policy_at (const GArray *rows, QcMonth month)
{
  for (guint i = rows == NULL ? 0 : rows->len; i > 0; i--) {
    const QcPolicy *row = &g_array_index (rows, QcPolicy, i - 1);
    if (row->from <= month)
      return row->unit_rounding < QC_ROUNDING_OTHER && row->personal_rounding < QC_ROUNDING_OTHER ? row : NULL;
  }
  return NULL;
}

QcMonth
qc_policy_fund_year (const QcPolicy *policy, QcMonth month)
{
  int start
      = policy != NULL && policy->fund_year_start >= 1 && policy->fund_year_start <= 12 ? policy->fund_year_start : 1;
  int year = qc_month_year (month) - (qc_month_number (month) < start);
  return year * 100 + start;
}

const QcRatios *
qc_ratios_at (const GArray *rows, QcMonth month)
{
  for (guint i = rows == NULL ? 0 : rows->len; i > 0; i--) {
    const QcRatios *row = &g_array_index (rows, QcRatios, i - 1);
    if (row->from <= month)
      return row;
  }
  return NULL;
}

QcCode *
qc_code_copy (const QcCode *code)
{
  QcCode *copy = g_new (QcCode, 1);
  *copy = *code;
  copy->list = g_strdup (code->list);
  copy->code = g_strdup (code->code);
  copy->label = g_strdup (code->label);
  return copy;
}

void
qc_code_free (QcCode *code)
{
  if (code == NULL)
    return;
  g_free (code->list);
  g_free (code->code);
  g_free (code->label);
  g_free (code);
}
