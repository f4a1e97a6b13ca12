/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A sheet as it lies in the database: a line of JSON with months and counts, then one for each person, so that a unit
 * of any size is read without a tree of it all. Any thread.
 */
#include "qc-month-sheet-fields.h"

#include <string.h>

#include "qc-json-writer.h"
#include "qc-wire-object.h"

/* What follows it is read by who knows it: more is a higher number. */
#define VERSION 1

static void
append_line (GString *text, QcJsonWriter *writer)
{
  g_autoptr (GBytes) line = qc_json_writer_finish (writer);
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append_len (text, g_bytes_get_data (line, NULL), (gssize)g_bytes_get_size (line));
}

static void
write_month (QcJsonWriter *writer, const QcMonthLine *line)
{
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_int (writer, "month", line->month);
  qc_json_writer_add_int (writer, "previousPeople", line->previous_people);
  qc_json_writer_add_int (writer, "addedPeople", line->added_people);
  qc_json_writer_add_int (writer, "removedPeople", line->removed_people);
  qc_json_writer_add_int (writer, "people", line->people);
  qc_json_writer_add_int (writer, "previous", line->previous_fen);
  qc_json_writer_add_int (writer, "added", line->added_fen);
  qc_json_writer_add_int (writer, "removed", line->removed_fen);
  qc_json_writer_add_int (writer, "unit", line->unit_fen);
  qc_json_writer_add_int (writer, "personal", line->personal_fen);
  qc_json_writer_end_object (writer);
}

static void
write_head (QcJsonWriter *writer, QcMonthSheet *self)
{
  static const char *const names[] = {"joined", "left", "changed", "jumped"};
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_int (writer, "version", VERSION);
  for (guint i = 0; i < QC_N_SHEET_PARTS; i++)
    qc_json_writer_add_int (writer, names[i], self->counts[i]);
  qc_json_writer_name (writer, "months");
  qc_json_writer_begin_array (writer);
  for (guint i = 0; i < self->months->len; i++)
    write_month (writer, &g_array_index (self->months, QcMonthLine, i));
  qc_json_writer_end_array (writer);
  qc_json_writer_end_object (writer);
}

static void
write_person (QcJsonWriter *writer, const QcPersonRecord *record)
{
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_string (writer, "account", record->account);
  qc_json_writer_add_string (writer, "name", record->name);
  qc_json_writer_add_int (writer, "month", record->month);
  qc_json_writer_add_string (writer, "kind", qc_change_kind_to_code (record->kind));
  qc_json_writer_add_int (writer, "before", record->before);
  qc_json_writer_add_int (writer, "after", record->after);
  qc_json_writer_add_int (writer, "baseBefore", record->base_before);
  qc_json_writer_add_int (writer, "baseAfter", record->base_after);
  qc_json_writer_end_object (writer);
}

char *
qc_month_sheet_to_text (QcMonthSheet *self)
{
  g_return_val_if_fail (QC_IS_MONTH_SHEET (self), NULL);
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (256);
  g_autoptr (GString) text = g_string_new (NULL);
  write_head (writer, self);
  append_line (text, writer);
  for (guint i = 0; i < self->people->len; i++) {
    write_person (writer, &g_array_index (self->people, QcPersonRecord, i));
    append_line (text, writer);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* --- reading --- */

static void
read_month (const QcWireObject *object, QcMonthLine *line)
{
  *line = (QcMonthLine) {
      .month = qc_wire_month (object, "month"),
      .previous_people = qc_wire_count (object, "previousPeople"),
      .added_people = qc_wire_count (object, "addedPeople"),
      .removed_people = qc_wire_count (object, "removedPeople"),
      .people = qc_wire_count (object, "people"),
      .previous_fen = qc_wire_money (object, "previous"),
      .added_fen = qc_wire_money (object, "added"),
      .removed_fen = qc_wire_money (object, "removed"),
      .unit_fen = qc_wire_money (object, "unit"),
      .personal_fen = qc_wire_money (object, "personal"),
  };
}

static gboolean
read_head (QcMonthSheet *self, GBytes *line, GError **error)
{
  static const char *const names[] = {"joined", "left", "changed", "jumped"};
  QcWireReader reader;
  QcWireObject head, month;
  QcWireArray months;
  if (!qc_wire_reader_open (&reader, line, &qc_gate_answer, &head, error))
    return FALSE;
  qc_wire_int (&head, "version", VERSION, VERSION);
  for (guint i = 0; i < QC_N_SHEET_PARTS; i++)
    self->counts[i] = qc_wire_count (&head, names[i]);
  guint n = qc_wire_array (&head, "months", 120, &months);
  for (guint i = 0; i < n && qc_wire_array_object (&months, i, &month); i++) {
    QcMonthLine read;
    read_month (&month, &read);
    g_array_append_val (self->months, read);
  }
  return qc_wire_reader_close (&reader, error);
}

/* A kind of a newer version is another one. */
static QcChangeKind
read_kind (const QcWireObject *object)
{
  const char *code = qc_wire_code (object, "kind");
  for (guint i = 0; i < QC_N_CHANGE_KINDS; i++)
    if (g_str_equal (qc_change_kind_to_code (i), code))
      return i;
  return QC_CHANGE_OTHER;
}

static gboolean
read_person (QcMonthSheet *self, GBytes *line, GError **error)
{
  QcWireReader reader;
  QcWireObject object;
  if (!qc_wire_reader_open (&reader, line, &qc_gate_request, &object, error))
    return FALSE;
  g_autofree char *account = qc_wire_string (&object, "account", 128);
  g_autofree char *name = qc_wire_string (&object, "name", 256);
  const QcPersonRecord record = {
      .account = account,
      .name = name,
      .is_change = TRUE,
      .month = qc_wire_month (&object, "month"),
      .kind = read_kind (&object),
      .before = qc_wire_money (&object, "before"),
      .after = qc_wire_money (&object, "after"),
      .base_before = qc_wire_money (&object, "baseBefore"),
      .base_after = qc_wire_money (&object, "baseAfter"),
  };
  qc_month_sheet_take (self, &record);
  return qc_wire_reader_close (&reader, error);
}

QcMonthSheet *
qc_month_sheet_from_text (const char *text, GError **error)
{
  g_autoptr (QcMonthSheet) self = g_object_new (QC_TYPE_MONTH_SHEET, NULL);
  for (const char *line = text; line && *line;) {
    const char *end = strchr (line, '\n');
    g_autoptr (GBytes) bytes = g_bytes_new_static (line, end ? (gsize)(end - line) : strlen (line));
    if (!(line == text ? read_head (self, bytes, error) : read_person (self, bytes, error)))
      return NULL;
    line = end ? end + 1 : NULL;
  }
  return g_steal_pointer (&self);
}
