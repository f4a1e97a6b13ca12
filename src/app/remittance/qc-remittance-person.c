/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A person as a line of the 汇缴 review. Immutable, any thread.
 */
#include "qc-remittance-person.h"

#include "qc-month.h"
#include "qc-remittance-private.h"

struct _QcRemittancePerson {
  GObject parent_instance;
  QcPersonRecord record; /* strings (owned) */
};

G_DEFINE_FINAL_TYPE (QcRemittancePerson, qc_remittance_person, G_TYPE_OBJECT)

static void
qc_remittance_person_finalize (GObject *object)
{
  QcRemittancePerson *self = QC_REMITTANCE_PERSON (object);
  g_free ((char *)self->record.account);
  g_free ((char *)self->record.name);
  G_OBJECT_CLASS (qc_remittance_person_parent_class)->finalize (object);
}

static void
qc_remittance_person_class_init (QcRemittancePersonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_remittance_person_finalize;
}

static void
qc_remittance_person_init (QcRemittancePerson *self)
{
}

QcRemittancePerson *
qc_remittance_person_new (const QcPersonRecord *record)
{
  QcRemittancePerson *self = g_object_new (QC_TYPE_REMITTANCE_PERSON, NULL);
  self->record = *record;
  self->record.account = g_strdup (record->account);
  self->record.name = g_strdup (record->name);
  return self;
}

#define GETTER(type, name, field)                                 \
  type qc_remittance_person_get_##name (QcRemittancePerson *self) \
  {                                                               \
    g_return_val_if_fail (QC_IS_REMITTANCE_PERSON (self), 0);     \
    return self->record.field;                                    \
  }

GETTER (const char *, account, account)
GETTER (const char *, name, name)
GETTER (QcMonth, month, month)
GETTER (QcChangeKind, kind, kind)
GETTER (QcMoney, before, before)
GETTER (QcMoney, after, after)
GETTER (QcMoney, base_before, base_before)
GETTER (QcMoney, base_after, base_after)
GETTER (QcRetirementState, state, state)
GETTER (QcMonth, statutory, statutory)
GETTER (QcDate, birth, birth)

gboolean
qc_remittance_person_is_queued (QcRemittancePerson *self)
{
  g_return_val_if_fail (QC_IS_REMITTANCE_PERSON (self), FALSE);
  return self->record.queued;
}

gboolean
qc_remittance_person_can_authorize (QcRemittancePerson *self, QcMonth *out_first, QcMonth *out_last)
{
  g_return_val_if_fail (QC_IS_REMITTANCE_PERSON (self), FALSE);
  if (self->record.is_change || self->record.state != QC_RETIREMENT_STATE_RETIRED
      || self->record.statutory == QC_MONTH_NONE)
    return FALSE;
  QcMonth first = MAX (qc_month_add (self->record.statutory, 1), self->record.month);
  QcMonth last = qc_month_add (self->record.statutory, QC_RETIREMENT_MAX_AUTHORIZED);
  if (out_first)
    *out_first = first;
  if (out_last)
    *out_last = last;
  return first <= last;
}
