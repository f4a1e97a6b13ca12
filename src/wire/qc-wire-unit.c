/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 单位: codec. Any thread.
 */
#include "qc-wire-unit.h"

static void
write_agreement (QcJsonWriter *writer, const QcUnit *unit)
{
  qc_json_writer_name (writer, "agreement");
  if (unit->agreement_account == NULL) {
    qc_json_writer_null (writer);
    return;
  }
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_text (writer, "bank", QC_TEXT_BANK, unit->agreement_bank != NULL ? unit->agreement_bank : "");
  qc_json_writer_add_string (writer, "account", unit->agreement_account);
  qc_json_writer_name (writer, "balance");
  if (unit->agreement_balance < 0)
    qc_json_writer_null (writer);
  else
    qc_json_writer_int (writer, unit->agreement_balance);
  qc_json_writer_add_int (writer, "balance_time", unit->agreement_balance_time);
  qc_json_writer_end_object (writer);
}

static void
write_payee (QcJsonWriter *writer, const QcUnit *unit)
{
  qc_json_writer_name (writer, "payee");
  if (unit->payee_account == NULL) {
    qc_json_writer_null (writer);
    return;
  }
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_text (writer, "name", QC_TEXT_CENTER, unit->payee_name != NULL ? unit->payee_name : "");
  qc_json_writer_add_string (writer, "account", unit->payee_account);
  qc_json_writer_add_text (writer, "bank", QC_TEXT_BANK, unit->payee_bank != NULL ? unit->payee_bank : "");
  qc_json_writer_end_object (writer);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (a, b);
}

/* Sorted, so that the same unit gives the same bytes. */
static void
write_fields (QcJsonWriter *writer, const QcUnit *unit)
{
  g_autoptr (GList) names = unit->fields != NULL ? g_hash_table_get_keys (unit->fields) : NULL;
  names = g_list_sort (names, compare_names);
  qc_json_writer_name (writer, "fields");
  qc_json_writer_begin_object (writer);
  for (GList *l = names; l != NULL; l = l->next) {
    const char *value = g_hash_table_lookup (unit->fields, l->data);
    qc_json_writer_add_text (writer, l->data, QC_TEXT_UNIT_FIELD, value != NULL ? value : "");
  }
  qc_json_writer_end_object (writer);
}

void
qc_wire_write_unit_members (QcJsonWriter *writer, const QcUnit *unit)
{
  qc_json_writer_add_string (writer, "account", unit->account);
  qc_json_writer_add_text (writer, "name", QC_TEXT_UNIT_NAME, unit->name);
  qc_json_writer_add_string (writer, "credit_code", unit->credit_code);
  qc_json_writer_add_int (writer, "status", unit->status);
  qc_json_writer_add_int (writer, "first_month", unit->first_month);
  qc_json_writer_add_int (writer, "paid_to", unit->paid_to);
  qc_json_writer_add_int (writer, "headcount", unit->headcount);
  qc_json_writer_add_int (writer, "sealed_count", unit->sealed_count);
  qc_json_writer_add_int (writer, "balance", unit->balance);
  qc_json_writer_add_int (writer, "suspense", unit->suspense);
  write_agreement (writer, unit);
  write_payee (writer, unit);
  write_fields (writer, unit);
  qc_json_writer_add_int (writer, "revision", unit->revision);
}

static QcUnitStatus
read_status (const QcWireObject *object)
{
  gint64 status = qc_wire_int (object, "status", QC_UNIT_NORMAL, QC_UNIT_OTHER);
  return status <= QC_UNIT_SEALED ? (QcUnitStatus)status : QC_UNIT_OTHER; /* of a newer center */
}

static void
read_accounts (const QcWireObject *object, QcUnit *unit)
{
  QcWireObject child;
  if (qc_wire_opt_child (object, "agreement", &child)) {
    unit->agreement_bank = qc_wire_text (&child, "bank", QC_TEXT_BANK);
    unit->agreement_account = qc_wire_string (&child, "account", 40);
    unit->agreement_balance = qc_wire_opt_int (&child, "balance", 0, QC_MONEY_MAX, -1);
    unit->agreement_balance_time = qc_wire_time (&child, "balance_time");
  }
  if (qc_wire_opt_child (object, "payee", &child)) {
    unit->payee_name = qc_wire_text (&child, "name", QC_TEXT_CENTER);
    unit->payee_account = qc_wire_string (&child, "account", 40);
    unit->payee_bank = qc_wire_text (&child, "bank", QC_TEXT_BANK);
  }
}

QcUnit *
qc_wire_read_unit (const QcWireObject *object)
{
  QcUnit *unit = qc_unit_new ();
  unit->account = g_strdup (qc_wire_code (object, "account"));
  unit->name = qc_wire_text (object, "name", QC_TEXT_UNIT_NAME);
  unit->credit_code = qc_wire_string (object, "credit_code", 32);
  unit->status = read_status (object);
  unit->first_month = qc_wire_month_or_none (object, "first_month");
  unit->paid_to = qc_wire_month_or_none (object, "paid_to");
  unit->headcount = qc_wire_count (object, "headcount");
  unit->sealed_count = qc_wire_count (object, "sealed_count");
  unit->balance = qc_wire_money (object, "balance");
  unit->suspense = qc_wire_money (object, "suspense");
  read_accounts (object, unit);
  g_hash_table_unref (unit->fields);
  unit->fields = qc_wire_text_map (object, "fields", 128, QC_TEXT_UNIT_FIELD);
  unit->revision = qc_wire_revision (object, "revision");
  return unit;
}
