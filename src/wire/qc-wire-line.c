/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Lines of a roster; see the header. The stored text is our own and flat, and is read a hundred thousand times when a
 * draft is opened: it has a form of its own, field US value RS field US value …, and is read as strictly as JSON would
 * be. Any thread.
 */
#include "qc-wire-line.h"

#include <string.h>

#include "qc-month.h"
#include "qc-wire-attachment.h"
#include "qc-wire-fact.h"
#include "qc-wire-return.h"

/* ---- on the wire ---- */

static void
write_field (QcJsonWriter *writer, const QcRosterLine *line, QcLineFieldId id)
{
  const QcLineField *field = qc_line_field (id);
  switch (field->type) {
  case QC_FIELD_TEXT:
  case QC_FIELD_CODE:
    qc_json_writer_add_string (writer, field->name, qc_line_get_text (line, id));
    return;
  case QC_FIELD_CLASS:
    qc_json_writer_add_string (writer, field->name,
                               qc_retirement_class_to_code ((QcRetirementClass)qc_line_get_int (line, id)));
    return;
  case QC_FIELD_MONEY:
  case QC_FIELD_DIFFERENCE:
  case QC_FIELD_CHANGE:
  case QC_FIELD_NUMBER:
  case QC_FIELD_MONTH:
  case QC_FIELD_DATE:
  case QC_FIELD_STATUS:
  case QC_FIELD_SEX:
  case QC_FIELD_FLAG:
  default:
    qc_json_writer_add_int (writer, field->name, qc_line_get_int (line, id));
  }
}

void
qc_wire_write_line_members (QcJsonWriter *writer, QcBusiness business, const QcRosterLine *line)
{
  const QcBusinessInfo *info = qc_business_info (business);
  qc_json_writer_add_int (writer, "line", line->id);
  for (guint i = 0; i < info->n_columns; i++)
    if (qc_line_is_set (line, info->columns[i].field))
      write_field (writer, line, info->columns[i].field);
}

void
qc_wire_write_line (QcJsonWriter *writer, QcBusiness business, const QcRosterLine *line)
{
  qc_json_writer_begin_object (writer);
  qc_wire_write_line_members (writer, business, line);
  qc_json_writer_end_object (writer);
}

static void
read_field (const QcWireObject *object, QcRosterLine *line, QcLineFieldId id)
{
  const QcLineField *field = qc_line_field (id);
  g_autofree char *text = NULL;
  QcRetirementClass klass = QC_RETIREMENT_UNKNOWN;
  switch (field->type) {
  case QC_FIELD_TEXT:
    text = qc_wire_string (object, field->name, field->max);
    qc_line_set_text (line, id, text);
    return;
  case QC_FIELD_CODE:
    qc_line_set_text (line, id, qc_wire_code (object, field->name));
    return;
  case QC_FIELD_MONEY:
    qc_line_set_int (line, id, qc_wire_money (object, field->name));
    return;
  case QC_FIELD_DIFFERENCE:
    qc_line_set_int (line, id, qc_wire_int (object, field->name, -QC_MONEY_MAX, QC_MONEY_MAX));
    return;
  case QC_FIELD_CHANGE:
    qc_line_set_int (line, id, qc_wire_int (object, field->name, -QC_LINE_MAX_CHANGE, QC_LINE_MAX_CHANGE));
    return;
  case QC_FIELD_MONTH:
    qc_line_set_int (line, id, qc_wire_month (object, field->name));
    return;
  case QC_FIELD_DATE:
    qc_line_set_int (line, id, qc_wire_date (object, field->name));
    return;
  case QC_FIELD_CLASS:
    if (!qc_retirement_class_from_code (qc_wire_code (object, field->name), &klass))
      qc_wire_fault (object, field->name, "unknown code");
    qc_line_set_int (line, id, klass);
    return;
  case QC_FIELD_FLAG:
    qc_line_set_int (line, id, qc_wire_int (object, field->name, 0, 1));
    return;
  case QC_FIELD_NUMBER:
    qc_line_set_int (line, id, qc_wire_int (object, field->name, 0, G_MAXINT32));
    return;
  case QC_FIELD_STATUS:
  case QC_FIELD_SEX:
  default:
    qc_line_set_int (line, id, qc_wire_int (object, field->name, 0, 99));
  }
}

QcRosterLine *
qc_wire_read_line (const QcWireObject *object, QcBusiness business)
{
  const QcBusinessInfo *info = qc_business_info (business);
  QcRosterLine *line = qc_roster_line_new ();
  line->id = qc_wire_int (object, "line", 1, G_MAXINT64);
  for (guint i = 0; i < info->n_columns; i++)
    if (qc_wire_has (object, qc_line_field (info->columns[i].field)->name))
      read_field (object, line, info->columns[i].field);
  return line;
}

/* ---- a page of an application's lines ---- */

#define MAX_CURSOR 128 /* characters */

void
qc_wire_lines_free (QcWireLines *page)
{
  if (page == NULL)
    return;
  g_ptr_array_unref (page->facts);
  g_ptr_array_unref (page->attachments);
  g_ptr_array_unref (page->reasons);
  g_ptr_array_unref (page->lines);
  g_free (page->cursor);
  g_free (page);
}

/* Ids rise, and only a page with lines has one behind it: so every page gets on, and the pages have an end. */
static QcWireLines *
read_lines (const QcWireObject *root, QcBusiness business)
{
  QcWireLines *page = g_new0 (QcWireLines, 1);
  page->facts = qc_wire_read_facts (root);
  page->attachments = qc_attachment_list_new ();
  qc_wire_read_attachments (root, QC_WIRE_MAX_PAGE_ATTACHMENTS, -1, page->attachments);
  page->reasons = qc_wire_read_reasons (root);
  page->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  QcWireArray array;
  guint n = qc_wire_array (root, "lines", QC_WIRE_MAX_PAGE_LINES, &array);
  gint64 last = 0;
  QcWireObject child;
  for (guint i = 0; i < n && qc_wire_array_object (&array, i, &child); i++) {
    QcRosterLine *line = qc_wire_read_line (&child, business);
    g_ptr_array_add (page->lines, line);
    if (line->id <= last)
      qc_wire_fault (&child, "line", "not above the one before");
    last = line->id;
  }
  page->cursor = qc_wire_opt_string (root, "cursor", MAX_CURSOR);
  if (page->cursor != NULL && (*page->cursor == '\0' || n == 0))
    qc_wire_fault (root, "cursor", "leads to nothing");
  return page;
}

QcWireLines *
qc_wire_decode_lines (GBytes *bytes, QcBusiness business, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_answer, &root, error))
    return NULL;
  g_autoptr (QcWireLines) page = read_lines (&root, business);
  return qc_wire_reader_close (&reader, error) ? g_steal_pointer (&page) : NULL;
}

/* ---- in the client's database ---- */

#define UNIT   '\x1f' /* between a field's name and its value */
#define RECORD '\x1e' /* between fields */
#define RAW    "!"    /* before the name: the value could not be read as one */

/* What a person entered may hold anything; the two separators are not among what is kept. */
static void
append_value (GString *out, const char *raw, const char *name, const char *value)
{
  if (out->len > 0)
    g_string_append_c (out, RECORD);
  g_string_append (out, raw);
  g_string_append (out, name);
  g_string_append_c (out, UNIT);
  for (const char *p = value; *p != '\0'; p++)
    if (*p != UNIT && *p != RECORD)
      g_string_append_c (out, *p);
}

/* Nothing behind the name where nothing is said. */
static void
append_field (GString *out, const QcRosterLine *line, QcLineFieldId id)
{
  const QcLineField *field = qc_line_field (id);
  if (field->type == QC_FIELD_TEXT || field->type == QC_FIELD_CODE) {
    const char *text = qc_line_get_text (line, id);
    append_value (out, "", field->name, text != NULL ? text : "");
    return;
  }
  gint64 value = qc_line_get_int (line, id);
  guint64 left = value < 0 ? -(guint64)value : (guint64)value;
  char digits[24];
  char *p = digits + sizeof digits - 1;
  *p = '\0';
  for (; left > 0; left /= 10)
    *--p = (char)('0' + left % 10);
  if (value < 0)
    *--p = '-';
  append_value (out, "", field->name, p);
}

static void
append_raw (GString *out, QcLineFieldId id, const char *text)
{
  append_value (out, RAW, qc_line_field (id)->name, text);
}

char *
qc_wire_line_to_text (const QcRosterLine *line)
{
  GString *out = g_string_sized_new (256);
  for (guint i = 0; i < QC_N_LINE_FIELDS; i++)
    if (qc_line_is_set (line, i))
      append_field (out, line, i);
  for (guint i = 0; line->raw != NULL && i < line->raw->len; i++) {
    const QcRawCell *cell = g_ptr_array_index (line->raw, i);
    append_raw (out, cell->field, cell->text);
  }
  return g_string_free (out, FALSE);
}

gboolean
qc_wire_line_append_changes (GString *out, const QcRosterLine *from, const QcRosterLine *to)
{
  gboolean any = FALSE;
  for (guint i = 0; i < QC_N_LINE_FIELDS; i++) {
    if (qc_line_same (from, to, i))
      continue;
    any = TRUE;
    append_field (out, to, i);
    const char *raw = qc_line_get_raw (to, i);
    if (raw != NULL)
      append_raw (out, i, raw);
  }
  return any;
}

static gboolean
set_value (QcRosterLine *line, QcLineFieldId id, const char *value)
{
  const QcLineField *field = qc_line_field (id);
  gboolean is_signed = field->type == QC_FIELD_DIFFERENCE || field->type == QC_FIELD_CHANGE;
  gint64 max = field->type == QC_FIELD_MONEY || field->type == QC_FIELD_DIFFERENCE ? QC_MONEY_MAX
               : field->type == QC_FIELD_CHANGE                                    ? QC_LINE_MAX_CHANGE
                                                                                   : G_MAXINT32;
  if (field->type == QC_FIELD_TEXT || field->type == QC_FIELD_CODE) {
    qc_line_set_text (line, id, value);
    return TRUE;
  }
  gint64 number;
  if (!g_ascii_string_to_signed (value, 10, is_signed ? -max : 0, max, &number, NULL)
      || (field->type == QC_FIELD_MONTH && number != 0 && !qc_month_is_valid ((QcMonth)number))
      || (field->type == QC_FIELD_DATE && number != 0 && !qc_date_is_valid ((QcDate)number))
      || (field->type == QC_FIELD_FLAG && number > 1)
      || (field->type == QC_FIELD_CLASS && number > QC_RETIREMENT_WOMEN_60))
    return FALSE;
  qc_line_set_int (line, id, number);
  return TRUE;
}

/* They were written in the table's order: it is mostly one of those right behind the last one. */
static gboolean
find_field (const char *name, int after, QcLineFieldId *out)
{
  for (int i = after + 1; i < (int)QC_N_LINE_FIELDS; i++)
    if (strcmp (name, qc_line_field ((QcLineFieldId)i)->name) == 0) {
      *out = (QcLineFieldId)i;
      return TRUE;
    }
  return qc_line_field_from_name (name, out);
}

/* One field; @text is cut up. *@last: the field before it, then this one. @clears: nothing takes away what is there. */
static gboolean
read_one (QcRosterLine *line, char *text, gboolean clears, int *last)
{
  gboolean raw = *text == '!';
  char *name = text + raw;
  char *value = strchr (text, UNIT);
  if (value == NULL)
    return FALSE;
  *value++ = '\0';
  QcLineFieldId id;
  if (!find_field (name, *last, &id))
    return FALSE;
  *last = (int)id;
  if (raw)
    qc_line_set_raw (line, id, value);
  else if (clears && *value == '\0')
    qc_line_clear (line, id);
  else
    return set_value (line, id, value);
  return TRUE;
}

static gboolean
read_fields (QcRosterLine *line, const char *text, gboolean clears, GError **error)
{
  g_autofree char *copy = g_strdup (text);
  int last = -1;
  for (char *p = copy, *next; p != NULL && *p != '\0'; p = next) {
    next = strchr (p, RECORD);
    if (next != NULL)
      *next++ = '\0';
    if (!read_one (line, p, clears, &last)) {
      g_set_error (error, QC_WIRE_ERROR, QC_WIRE_ERROR_VALUE, "a stored line cannot be read at “%s”", p);
      return FALSE;
    }
  }
  return TRUE;
}

gboolean
qc_wire_line_change (QcRosterLine *line, const char *changes, GError **error)
{
  return read_fields (line, changes, TRUE, error);
}

QcRosterLine *
qc_wire_line_from_text (const char *text, GError **error)
{
  g_autoptr (QcRosterLine) line = qc_roster_line_new ();
  if (!read_fields (line, text, FALSE, error))
    return NULL;
  qc_roster_line_pack (line);
  return g_steal_pointer (&line);
}
