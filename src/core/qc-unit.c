/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 单位; see the header. Plain values, any one thread at a time.
 */
#include "qc-unit.h"
#include "qc-month.h"

#include <glib/gi18n-lib.h>

QcUnit *
qc_unit_new (void)
{
  QcUnit *unit = g_new0 (QcUnit, 1);
  unit->status = QC_UNIT_NORMAL;
  unit->agreement_balance = -1;
  unit->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return unit;
}

QcUnit *
qc_unit_copy (const QcUnit *unit)
{
  QcUnit *copy = qc_unit_new ();
  GHashTable *fields = copy->fields;
  *copy = *unit;
  copy->fields = fields;
  copy->account = g_strdup (unit->account);
  copy->name = g_strdup (unit->name);
  copy->credit_code = g_strdup (unit->credit_code);
  copy->agreement_bank = g_strdup (unit->agreement_bank);
  copy->agreement_account = g_strdup (unit->agreement_account);
  copy->payee_name = g_strdup (unit->payee_name);
  copy->payee_account = g_strdup (unit->payee_account);
  copy->payee_bank = g_strdup (unit->payee_bank);
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, unit->fields);
  gpointer key, value;
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (fields, g_strdup (key), g_strdup (value));
  return copy;
}

void
qc_unit_free (QcUnit *unit)
{
  if (unit == NULL)
    return;
  g_free (unit->account);
  g_free (unit->name);
  g_free (unit->credit_code);
  g_free (unit->agreement_bank);
  g_free (unit->agreement_account);
  g_free (unit->payee_name);
  g_free (unit->payee_account);
  g_free (unit->payee_bank);
  g_clear_pointer (&unit->fields, g_hash_table_unref);
  g_free (unit);
}

QcMonth
qc_unit_due_month (const QcUnit *unit)
{
  return unit->paid_to != QC_MONTH_NONE ? qc_month_add (unit->paid_to, 1) : unit->first_month;
}

QcMethod
qc_unit_method (const QcUnit *unit)
{
  return unit->agreement_account != NULL ? QC_METHOD_COLLECTION : QC_METHOD_TRANSFER;
}

typedef struct {
  QcUnitStatus status;
  const char *code;
  const char *msgid;
} StatusRow;

static const StatusRow statuses[] = {
    {QC_UNIT_NORMAL, "normal", N_ ("Normal")},       {QC_UNIT_OPENED, "opened", N_ ("Newly opened")},
    {QC_UNIT_DEFERRED, "deferred", N_ ("Deferred")}, {QC_UNIT_CLOSED, "closed", N_ ("Account closed")},
    {QC_UNIT_SEALED, "sealed", N_ ("Sealed")},       {QC_UNIT_OTHER, "other", N_ ("Other")},
};

static const StatusRow *
status_row (QcUnitStatus status)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (statuses[i].status == status)
      return &statuses[i];
  return &statuses[G_N_ELEMENTS (statuses) - 1];
}

const char *
qc_unit_status_to_code (QcUnitStatus status)
{
  return status_row (status)->code;
}

const char *
qc_unit_status_to_msgid (QcUnitStatus status)
{
  return status_row (status)->msgid;
}

gboolean
qc_unit_status_from_code (const char *code, QcUnitStatus *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (g_strcmp0 (code, statuses[i].code) == 0) {
      *out = statuses[i].status;
      return TRUE;
    }
  return FALSE;
}

gboolean
qc_unit_status_can_remit (QcUnitStatus status)
{
  return status == QC_UNIT_NORMAL || status == QC_UNIT_OPENED || status == QC_UNIT_DEFERRED;
}

static const char *const methods[] = {"none", "collection", "transfer", "other"};
static const char *const method_names[]
    = {N_ ("Not chosen"), N_ ("Collection"), N_ ("Transfer by the unit"), N_ ("Method this version does not know")};

const char *
qc_method_to_msgid (QcMethod method)
{
  g_return_val_if_fail ((guint)method < G_N_ELEMENTS (method_names), NULL);
  return method_names[method];
}

const char *
qc_method_to_code (QcMethod method)
{
  g_return_val_if_fail ((guint)method < G_N_ELEMENTS (methods), "none");
  return methods[method];
}

gboolean
qc_method_from_code (const char *code, QcMethod *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_strcmp0 (code, methods[i]) == 0) {
      *out = (QcMethod)i;
      return TRUE;
    }
  return FALSE;
}
