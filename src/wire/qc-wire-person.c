/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * People, base history and paid spans: codecs. Any thread.
 */
#include "qc-wire-person.h"

#define RESIDENT_ID "01" /* JGJ/T 320 A.1 */

static void
opt_month (QcJsonWriter *writer, const char *name, QcMonth month)
{
  if (month != QC_MONTH_NONE)
    qc_json_writer_add_int (writer, name, month);
}

static void
opt_true (QcJsonWriter *writer, const char *name, gboolean value)
{
  if (value)
    qc_json_writer_add_bool (writer, name, TRUE);
}

/* What nearly everybody has (never sealed, class not answered …) is left out: 100,000 people are read member by member.
 */
void
qc_wire_write_person_members (QcJsonWriter *writer, const QcEmployee *employee)
{
  qc_json_writer_add_string (writer, "account", employee->account);
  qc_json_writer_add_text (writer, "name", QC_TEXT_PERSON_NAME, employee->name);
  if (g_strcmp0 (employee->document_type, RESIDENT_ID) != 0)
    qc_json_writer_add_string (writer, "document_type", employee->document_type);
  qc_json_writer_add_string (writer, "document", employee->document);
  qc_json_writer_add_int (writer, "sex", employee->sex);
  qc_json_writer_add_int (writer, "birth", employee->birth);
  qc_json_writer_add_int (writer, "status", employee->status);
  opt_month (writer, "status_from", employee->status_from);
  qc_json_writer_add_int (writer, "base", employee->base);
  qc_json_writer_add_int (writer, "opened", employee->opened);
  qc_json_writer_add_int (writer, "paid_to", employee->paid_to);
  if (employee->retirement_class != QC_RETIREMENT_UNKNOWN)
    qc_json_writer_add_string (writer, "retirement_class", qc_retirement_class_to_code (employee->retirement_class));
  opt_month (writer, "authorized_until", employee->authorized_until);
  opt_true (writer, "base_pending", employee->base_pending);
  qc_json_writer_add_int (writer, "balance", employee->balance);
  qc_json_writer_opt_string (writer, "mobile", employee->mobile);
  qc_json_writer_add_int (writer, "revision", employee->revision);
}

void
qc_wire_write_person (QcJsonWriter *writer, const QcEmployee *employee)
{
  qc_json_writer_begin_object (writer);
  qc_wire_write_person_members (writer, employee);
  qc_json_writer_end_object (writer);
}

static QcSex
read_sex (const QcWireObject *object)
{
  gint64 sex = qc_wire_int (object, "sex", QC_SEX_UNKNOWN, QC_SEX_UNSTATED);
  if (sex > QC_SEX_FEMALE && sex != QC_SEX_UNSTATED)
    qc_wire_fault (object, "sex", "no such code");
  return (QcSex)sex;
}

static QcPersonStatus
read_status (const QcWireObject *object)
{
  gint64 status = qc_wire_int (object, "status", QC_PERSON_NORMAL, QC_PERSON_OTHER);
  return status <= QC_PERSON_FROZEN ? (QcPersonStatus)status : QC_PERSON_OTHER; /* of a newer center */
}

QcEmployee *
qc_wire_read_person (const QcWireObject *object)
{
  QcEmployee *employee = qc_employee_new ();
  employee->account = g_strdup (qc_wire_code (object, "account"));
  employee->name = qc_wire_text (object, "name", QC_TEXT_PERSON_NAME);
  employee->document_type
      = g_strdup (qc_wire_has (object, "document_type") ? qc_wire_code (object, "document_type") : RESIDENT_ID);
  employee->document = qc_wire_string (object, "document", 40);
  employee->sex = read_sex (object);
  employee->birth = qc_wire_date_or_none (object, "birth");
  employee->status = read_status (object);
  employee->status_from = qc_wire_month_or_none (object, "status_from");
  employee->base = qc_wire_money (object, "base");
  employee->opened = qc_wire_month_or_none (object, "opened");
  employee->paid_to = qc_wire_month_or_none (object, "paid_to");
  employee->retirement_class = QC_RETIREMENT_UNKNOWN;
  /* a class of a newer center is one that is not known: it is asked for, and the center says no to the answer */
  if (qc_wire_has (object, "retirement_class"))
    qc_retirement_class_from_code (qc_wire_code (object, "retirement_class"), &employee->retirement_class);
  employee->authorized_until = qc_wire_month_or_none (object, "authorized_until");
  employee->base_pending = qc_wire_opt_bool (object, "base_pending", FALSE);
  employee->balance = qc_wire_money (object, "balance");
  employee->mobile = qc_wire_opt_string (object, "mobile", 20);
  employee->revision = qc_wire_revision (object, "revision");
  return employee;
}

/* ---- base history ---- */

void
qc_wire_write_base_members (QcJsonWriter *writer, const QcFeedRow *row)
{
  qc_json_writer_add_string (writer, "person", row->person);
  qc_json_writer_add_int (writer, "from", row->base->from);
  qc_json_writer_add_int (writer, "base", row->base->base);
  opt_true (writer, "retroactive", row->base->retroactive);
  if (row->time > 0)
    qc_json_writer_add_int (writer, "time", row->time);
}

void
qc_wire_read_base (const QcWireObject *object, QcFeedRow *row)
{
  QcBaseChange *base = g_new0 (QcBaseChange, 1);
  row->person = g_strdup (qc_wire_code (object, "person"));
  row->base = base;
  base->from = qc_wire_month (object, "from");
  base->base = qc_wire_money (object, "base");
  base->retroactive = qc_wire_opt_bool (object, "retroactive", FALSE);
  row->time = qc_wire_has (object, "time") ? qc_wire_time (object, "time") : 0;
}

/* ---- paid spans ---- */

static const char *const span_codes[] = {
    [QC_SPAN_REMITTANCE] = "remittance",
    [QC_SPAN_BACK_PAYMENT] = "back-payment",
};

const char *
qc_span_kind_to_code (QcSpanKind kind)
{
  g_return_val_if_fail ((guint)kind < G_N_ELEMENTS (span_codes), span_codes[0]);
  return span_codes[kind];
}

gboolean
qc_span_kind_from_code (const char *code, QcSpanKind *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (span_codes); i++) {
    if (g_strcmp0 (code, span_codes[i]) != 0)
      continue;
    *out = (QcSpanKind)i;
    return TRUE;
  }
  return FALSE;
}

void
qc_wire_write_paid_members (QcJsonWriter *writer, const QcFeedRow *row)
{
  const QcPaidSpan *span = row->span;
  qc_json_writer_add_string (writer, "person", row->person);
  qc_json_writer_add_int (writer, "from", span->from);
  qc_json_writer_add_int (writer, "to", span->to);
  qc_json_writer_add_int (writer, "base", span->base);
  qc_json_writer_add_int (writer, "unit", span->unit);
  qc_json_writer_add_int (writer, "personal", span->personal);
  if (span->kind != QC_SPAN_REMITTANCE)
    qc_json_writer_add_string (writer, "kind", qc_span_kind_to_code (span->kind));
  qc_json_writer_opt_string (writer, "application", row->serial);
}

void
qc_wire_read_paid (const QcWireObject *object, QcFeedRow *row)
{
  QcPaidSpan *span = g_new0 (QcPaidSpan, 1);
  row->person = g_strdup (qc_wire_code (object, "person"));
  row->span = span;
  span->from = qc_wire_month (object, "from");
  span->to = qc_wire_month (object, "to");
  span->base = qc_wire_money (object, "base");
  span->unit = qc_wire_money (object, "unit");
  span->personal = qc_wire_money (object, "personal");
  span->kind = QC_SPAN_REMITTANCE;
  row->serial = qc_wire_opt_string (object, "application", 32);
  /* whatever a newer center calls it, it adds to what the months already have */
  if (qc_wire_has (object, "kind") && !qc_span_kind_from_code (qc_wire_code (object, "kind"), &span->kind))
    span->kind = QC_SPAN_BACK_PAYMENT;
  if (span->to < span->from)
    qc_wire_fault (object, "to", "before from");
}
