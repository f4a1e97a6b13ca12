/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Facts: codec. Any thread.
 */
#include "qc-wire-fact.h"

#include <string.h>

/* Of a text of QC_MAX_FACTS facts, each as long as it may be. */
static const QcGateLimits gate_facts = {.max_size = 512 * 1024, .max_depth = 4, .max_values = 1024, .max_members = 64};

void
qc_wire_write_fact (QcJsonWriter *writer, const QcFact *fact)
{
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_string (writer, "name", fact->name);
  qc_json_writer_add_string (writer, "before", fact->before);
  qc_json_writer_add_string (writer, "value", fact->value);
  qc_json_writer_end_object (writer);
}

void
qc_wire_write_facts (QcJsonWriter *writer, const GPtrArray *facts)
{
  qc_json_writer_name (writer, "facts");
  qc_json_writer_begin_array (writer);
  for (guint i = 0; i < facts->len; i++)
    qc_wire_write_fact (writer, g_ptr_array_index (facts, i));
  qc_json_writer_end_array (writer);
}

GPtrArray *
qc_wire_read_facts (const QcWireObject *object)
{
  const int most = qc_text_field_limits (QC_TEXT_UNIT_FIELD)->carried;
  GPtrArray *facts = qc_fact_list_new ();
  QcWireArray array;
  guint n = qc_wire_opt_array (object, "facts", QC_MAX_FACTS, &array);
  QcWireObject child;
  for (guint i = 0; i < n && qc_wire_array_object (&array, i, &child); i++) {
    const char *name = qc_wire_code (&child, "name");
    g_autofree char *before = qc_wire_string (&child, "before", most);
    g_autofree char *value = qc_wire_string (&child, "value", most);
    if (qc_fact_list_find (facts, name) != NULL)
      qc_wire_fault (&child, "name", "the same fact twice");
    qc_fact_list_add (facts, name, before, value);
  }
  return facts;
}

char *
qc_wire_facts_to_text (const GPtrArray *facts)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (64 * (gsize)facts->len + 32);
  qc_json_writer_begin_object (writer);
  qc_wire_write_facts (writer, facts);
  qc_json_writer_end_object (writer);
  g_autoptr (GBytes) bytes = qc_json_writer_finish (writer);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  return g_strndup (data, size);
}

GPtrArray *
qc_wire_facts_from_text (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  QcWireReader reader;
  QcWireObject root;
  if (!qc_wire_reader_open (&reader, bytes, &gate_facts, &root, error))
    return NULL;
  g_autoptr (GPtrArray) facts = qc_wire_read_facts (&root);
  return qc_wire_reader_close (&reader, error) ? g_steal_pointer (&facts) : NULL;
}
