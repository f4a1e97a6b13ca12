/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A row of the roster: a placeholder until its page has been read. Main thread.
 */
#include "qc-person-row-private.h"

struct _QcPersonRow {
  GObject parent_instance;
  QcEmployee *employee; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (QcPersonRow, qc_person_row, G_TYPE_OBJECT)

static guint row_loaded_signal;

static void
qc_person_row_finalize (GObject *object)
{
  g_clear_pointer (&QC_PERSON_ROW (object)->employee, qc_employee_free);
  G_OBJECT_CLASS (qc_person_row_parent_class)->finalize (object);
}

static void
qc_person_row_class_init (QcPersonRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_person_row_finalize;
  row_loaded_signal
      = g_signal_new ("loaded", QC_TYPE_PERSON_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_person_row_init (QcPersonRow *self)
{
}

const QcEmployee *
qc_person_row_get_employee (QcPersonRow *self)
{
  return self->employee;
}

gboolean
qc_person_row_is_loaded (QcPersonRow *self)
{
  return self->employee != NULL;
}

void
qc_person_row_take (QcPersonRow *self, QcEmployee *employee)
{
  if (self->employee) {
    qc_employee_free (employee);
    return;
  }
  self->employee = employee;
  g_signal_emit (self, row_loaded_signal, 0);
}

void
qc_person_row_clear (QcPersonRow *self)
{
  g_clear_pointer (&self->employee, qc_employee_free);
}
