/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 职工 and the history of bases; see the header. Plain values, any one thread at a time.
 */
#include "qc-employee.h"

#include <glib/gi18n-lib.h>

QcEmployee *
qc_employee_new (void)
{
  QcEmployee *employee = g_new0 (QcEmployee, 1);
  employee->status = QC_PERSON_NORMAL;
  return employee;
}

QcEmployee *
qc_employee_copy (const QcEmployee *employee)
{
  QcEmployee *copy = g_new (QcEmployee, 1);
  *copy = *employee;
  copy->account = g_strdup (employee->account);
  copy->name = g_strdup (employee->name);
  copy->document_type = g_strdup (employee->document_type);
  copy->document = g_strdup (employee->document);
  copy->mobile = g_strdup (employee->mobile);
  return copy;
}

void
qc_employee_clear (QcEmployee *employee)
{
  g_clear_pointer (&employee->account, g_free);
  g_clear_pointer (&employee->name, g_free);
  g_clear_pointer (&employee->document_type, g_free);
  g_clear_pointer (&employee->document, g_free);
  g_clear_pointer (&employee->mobile, g_free);
}

void
qc_employee_free (QcEmployee *employee)
{
  if (employee == NULL)
    return;
  qc_employee_clear (employee);
  g_free (employee);
}

const char *
qc_person_status_to_msgid (QcPersonStatus status)
{
  switch (status) {
  case QC_PERSON_NORMAL:
    return N_ ("Normal");
  case QC_PERSON_SEALED:
    return N_ ("Sealed");
  case QC_PERSON_MERGED:
    return N_ ("Closed by merging");
  case QC_PERSON_MOVED_OUT:
    return N_ ("Closed by moving away");
  case QC_PERSON_WITHDRAWN:
    return N_ ("Closed by withdrawal");
  case QC_PERSON_FROZEN:
    return N_ ("Frozen");
  case QC_PERSON_TRANSFERRED:
    return N_ ("Transferred");
  case QC_PERSON_OTHER:
  default:
    return N_ ("Other");
  }
}

QcMoney
qc_base_at (const QcBaseChange *rows, gsize n_rows, QcMonth month)
{
  while (n_rows > 0 && rows[n_rows - 1].from > month)
    n_rows--;
  return n_rows > 0 ? rows[n_rows - 1].base : 0;
}
