/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A receiving unit on the wire; see the header. Any thread.
 */
#include "qc-wire-receiver.h"

#include "qc-json-writer.h"
#include "qc-wire-object.h"

#define MAX_ACCOUNT 20

GBytes *
qc_wire_encode_receiver (const QcOtherUnit *unit)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (256);
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_string (writer, "account", unit->account);
  qc_json_writer_add_text (writer, "name", QC_TEXT_UNIT_NAME, unit->name);
  qc_json_writer_add_int (writer, "status", unit->status);
  qc_json_writer_add_int (writer, "due", unit->due);
  qc_json_writer_add_int (writer, "first_month", unit->first_month);
  qc_json_writer_end_object (writer);
  return qc_json_writer_finish (writer);
}

QcOtherUnit *
qc_wire_decode_receiver (GBytes *bytes, const char *account, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_answer, &root, error))
    return NULL;
  g_autoptr (QcOtherUnit) unit = qc_other_unit_new (account);
  g_autofree char *named = qc_wire_string (&root, "account", MAX_ACCOUNT);
  if (g_strcmp0 (named, account) != 0)
    qc_wire_fault (&root, "account", "not the one that was asked for");
  unit->name = qc_wire_text (&root, "name", QC_TEXT_UNIT_NAME);
  if (*unit->name == '\0')
    qc_wire_fault (&root, "name", "empty");
  gint64 status = qc_wire_int (&root, "status", QC_UNIT_NORMAL, QC_UNIT_OTHER);
  unit->status = status <= QC_UNIT_SEALED ? (QcUnitStatus)status : QC_UNIT_OTHER; /* of a newer center */
  unit->due = qc_wire_month_or_none (&root, "due");
  unit->first_month = qc_wire_month_or_none (&root, "first_month");
  if (unit->first_month < unit->due)
    qc_wire_fault (&root, "first_month", "before the month that is due");
  return qc_wire_reader_close (&reader, error) ? g_steal_pointer (&unit) : NULL;
}
