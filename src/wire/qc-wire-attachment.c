/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Attachments: codec. Any thread.
 */
#include "qc-wire-attachment.h"

#include <string.h>

#define MAX_DIGEST 64
#define MAX_CHECK  16 /* characters of a check code */
#define MAX_KEPT   10000

static const QcGateLimits gate_kept
    = {.max_size = 8 * 1024 * 1024, .max_depth = 4, .max_values = 8 * MAX_KEPT, .max_members = 16};

static void
write_one (QcJsonWriter *writer, const QcAttachment *attachment, gboolean says_line)
{
  qc_json_writer_begin_object (writer);
  if (says_line)
    qc_json_writer_add_int (writer, "line", attachment->line);
  qc_json_writer_add_string (writer, "kind", attachment->kind);
  qc_json_writer_add_string (writer, "name", attachment->name);
  qc_json_writer_add_string (writer, "digest", attachment->digest);
  qc_json_writer_add_int (writer, "size", attachment->size);
  if (attachment->lines != NULL)
    qc_json_writer_add_string (writer, "lines", attachment->lines);
  qc_json_writer_end_object (writer);
}

guint
qc_wire_write_attachments_of (QcJsonWriter *writer, const GPtrArray *attachments, guint first, gint64 line)
{
  guint end = first;
  while (end < attachments->len && ((const QcAttachment *)g_ptr_array_index (attachments, end))->line == line)
    end++;
  if (end == first)
    return 0;
  qc_json_writer_name (writer, "attachments");
  qc_json_writer_begin_array (writer);
  for (guint i = first; i < end; i++)
    write_one (writer, g_ptr_array_index (attachments, i), FALSE);
  qc_json_writer_end_array (writer);
  return end - first;
}

void
qc_wire_write_attachments (QcJsonWriter *writer, const GPtrArray *attachments)
{
  qc_json_writer_name (writer, "attachments");
  qc_json_writer_begin_array (writer);
  for (guint i = 0; i < attachments->len; i++)
    write_one (writer, g_ptr_array_index (attachments, i), TRUE);
  qc_json_writer_end_array (writer);
}

void
qc_wire_read_attachments (const QcWireObject *object, guint most, gint64 line, GPtrArray *out)
{
  QcWireArray array;
  guint n = qc_wire_opt_array (object, "attachments", most, &array);
  QcWireObject child;
  for (guint i = 0; i < n && qc_wire_array_object (&array, i, &child); i++) {
    gint64 of = line >= 0 ? line : qc_wire_int (&child, "line", 0, G_MAXINT64);
    const char *kind = qc_wire_code (&child, "kind");
    g_autofree char *name = qc_wire_string (&child, "name", QC_ATTACHMENT_MAX_NAME);
    g_autofree char *digest = qc_wire_string (&child, "digest", MAX_DIGEST);
    gint64 size = qc_wire_int (&child, "size", 1, QC_ATTACHMENT_MAX_SIZE);
    g_autofree char *lines = qc_wire_opt_string (&child, "lines", MAX_CHECK);
    if (!qc_attachment_is_name (name))
      qc_wire_fault (&child, "name", "no file name");
    if (!qc_attachment_is_digest (digest))
      qc_wire_fault (&child, "digest", "no digest");
    g_ptr_array_add (out, qc_attachment_new (kind, of, name, digest, size, lines));
  }
}

char *
qc_wire_attachments_to_text (const GPtrArray *attachments)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (256);
  qc_json_writer_begin_object (writer);
  qc_wire_write_attachments (writer, attachments);
  qc_json_writer_end_object (writer);
  g_autoptr (GBytes) bytes = qc_json_writer_finish (writer);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

GPtrArray *
qc_wire_attachments_from_text (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GPtrArray) attachments = qc_attachment_list_new ();
  QcWireReader reader;
  QcWireObject root;
  if (!qc_wire_reader_open (&reader, bytes, &gate_kept, &root, error))
    return NULL;
  qc_wire_read_attachments (&root, MAX_KEPT, -1, attachments);
  return qc_wire_reader_close (&reader, error) ? g_steal_pointer (&attachments) : NULL;
}
