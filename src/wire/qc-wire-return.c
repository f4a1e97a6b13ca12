/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 退回原因: codec. Any thread.
 */
#include "qc-wire-return.h"

#include <string.h>

#define MAX_FIELD  32
#define MAX_DIGEST 64

static const QcGateLimits gate_reasons
    = {.max_size = 1024 * 1024, .max_depth = 4, .max_values = 8 * QC_RETURN_MAX_REASONS, .max_members = 16};

void
qc_wire_write_reasons (QcJsonWriter *writer, const GPtrArray *reasons)
{
  qc_json_writer_name (writer, "reasons");
  qc_json_writer_begin_array (writer);
  for (guint i = 0; i < reasons->len; i++) {
    const QcReturnReason *reason = g_ptr_array_index (reasons, i);
    qc_json_writer_begin_object (writer);
    qc_json_writer_add_string (writer, "code", reason->code);
    qc_json_writer_add_string (writer, "target", qc_return_target_to_code (reason->target));
    qc_json_writer_add_text (writer, "text", QC_TEXT_REMARK, reason->text);
    if (reason->line != 0)
      qc_json_writer_add_int (writer, "line", reason->line);
    qc_json_writer_opt_string (writer, "field", reason->field);
    qc_json_writer_opt_string (writer, "attachment", reason->attachment);
    qc_json_writer_end_object (writer);
  }
  qc_json_writer_end_array (writer);
}

static QcReturnReason *
read_reason (const QcWireObject *object)
{
  g_autofree char *text = qc_wire_text (object, "text", QC_TEXT_REMARK);
  QcReturnReason *reason = qc_return_reason_new (qc_wire_code (object, "code"), QC_RETURN_APPLICATION, text);
  if (!qc_return_target_from_code (qc_wire_code (object, "target"), &reason->target))
    reason->target = QC_RETURN_APPLICATION;
  reason->line = qc_wire_opt_int (object, "line", 0, G_MAXINT64, 0);
  reason->field = qc_wire_opt_string (object, "field", MAX_FIELD);
  reason->attachment = qc_wire_opt_string (object, "attachment", MAX_DIGEST);
  return reason;
}

GPtrArray *
qc_wire_read_reasons (const QcWireObject *object)
{
  GPtrArray *reasons = qc_return_reasons_new ();
  QcWireArray array;
  guint n = qc_wire_opt_array (object, "reasons", QC_RETURN_MAX_REASONS, &array);
  QcWireObject child;
  for (guint i = 0; i < n && qc_wire_array_object (&array, i, &child); i++)
    g_ptr_array_add (reasons, read_reason (&child));
  return reasons;
}

char *
qc_wire_reasons_to_text (const GPtrArray *reasons)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (256);
  qc_json_writer_begin_object (writer);
  qc_wire_write_reasons (writer, reasons);
  qc_json_writer_end_object (writer);
  g_autoptr (GBytes) bytes = qc_json_writer_finish (writer);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

GPtrArray *
qc_wire_reasons_from_text (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  QcWireReader reader;
  QcWireObject root;
  if (!qc_wire_reader_open (&reader, bytes, &gate_reasons, &root, error))
    return NULL;
  g_autoptr (GPtrArray) reasons = qc_wire_read_reasons (&root);
  return qc_wire_reader_close (&reader, error) ? g_steal_pointer (&reasons) : NULL;
}
