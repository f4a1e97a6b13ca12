/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The JSON writer: one string that grows, and a stack of what is open. One thread at a time.
 */
#include "qc-json-writer.h"

#include <string.h>

#define MAX_DEPTH 32

struct _QcJsonWriter {
  GString *text; /* (owned) */
  guint depth;
  gboolean is_object[MAX_DEPTH];
  gboolean has_some[MAX_DEPTH]; /* something stands in it already */
  gboolean named;               /* a name waits for its value */
};

QcJsonWriter *
qc_json_writer_new (gsize size_hint)
{
  QcJsonWriter *writer = g_new0 (QcJsonWriter, 1);
  writer->text = g_string_sized_new (MAX (size_hint, 256));
  return writer;
}

void
qc_json_writer_free (QcJsonWriter *writer)
{
  if (writer == NULL)
    return;
  g_string_free (writer->text, TRUE);
  g_free (writer);
}

static void
separate (QcJsonWriter *writer)
{
  if (writer->depth == 0)
    return;
  if (writer->has_some[writer->depth - 1])
    g_string_append_c (writer->text, ',');
  writer->has_some[writer->depth - 1] = TRUE;
}

/* Before every value. */
static void
begin_value (QcJsonWriter *writer)
{
  if (writer->depth == 0) {
    g_assert (writer->text->len == 0);
  } else if (writer->is_object[writer->depth - 1]) {
    g_assert (writer->named);
    writer->named = FALSE;
  } else {
    separate (writer);
  }
}

static void
begin_container (QcJsonWriter *writer, gboolean is_object)
{
  g_assert (writer->depth < MAX_DEPTH);
  begin_value (writer);
  g_string_append_c (writer->text, is_object ? '{' : '[');
  writer->is_object[writer->depth] = is_object;
  writer->has_some[writer->depth] = FALSE;
  writer->depth++;
}

static void
end_container (QcJsonWriter *writer, gboolean is_object)
{
  g_assert (writer->depth > 0 && writer->is_object[writer->depth - 1] == is_object && !writer->named);
  writer->depth--;
  g_string_append_c (writer->text, is_object ? '}' : ']');
}

void
qc_json_writer_begin_object (QcJsonWriter *writer)
{
  begin_container (writer, TRUE);
}

void
qc_json_writer_end_object (QcJsonWriter *writer)
{
  end_container (writer, TRUE);
}

void
qc_json_writer_begin_array (QcJsonWriter *writer)
{
  begin_container (writer, FALSE);
}

void
qc_json_writer_end_array (QcJsonWriter *writer)
{
  end_container (writer, FALSE);
}

static void
append_escaped (GString *text, char c)
{
  static const char plain[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
  const char *found = strchr (plain, c);
  if (found != NULL) {
    g_string_append_c (text, '\\');
    g_string_append_c (text, letters[found - plain]);
  } else {
    g_string_append_printf (text, "\\u%04x", (guint8)c);
  }
}

static void
append_quoted (GString *text, const char *value)
{
  g_autofree char *good = g_utf8_validate (value, -1, NULL) ? NULL : g_utf8_make_valid (value, -1);
  const char *start = good != NULL ? good : value;
  g_string_append_c (text, '"');
  const char *p;
  for (p = start; *p != '\0'; p++) {
    if ((guint8)*p >= 0x20 && *p != '"' && *p != '\\')
      continue;
    g_string_append_len (text, start, p - start);
    append_escaped (text, *p);
    start = p + 1;
  }
  g_string_append_len (text, start, p - start);
  g_string_append_c (text, '"');
}

void
qc_json_writer_name (QcJsonWriter *writer, const char *name)
{
  g_assert (writer->depth > 0 && writer->is_object[writer->depth - 1] && !writer->named);
  separate (writer);
  append_quoted (writer->text, name);
  g_string_append_c (writer->text, ':');
  writer->named = TRUE;
}

void
qc_json_writer_int (QcJsonWriter *writer, gint64 value)
{
  char digits[24];
  char *p = digits + sizeof digits;
  guint64 rest = value < 0 ? -(guint64)value : (guint64)value;
  begin_value (writer);
  do
    *--p = (char)('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (value < 0)
    *--p = '-';
  g_string_append_len (writer->text, p, digits + sizeof digits - p);
}

void
qc_json_writer_bool (QcJsonWriter *writer, gboolean value)
{
  begin_value (writer);
  g_string_append (writer->text, value ? "true" : "false");
}

void
qc_json_writer_string (QcJsonWriter *writer, const char *value)
{
  begin_value (writer);
  if (value == NULL)
    g_string_append (writer->text, "null");
  else
    append_quoted (writer->text, value);
}

void
qc_json_writer_null (QcJsonWriter *writer)
{
  begin_value (writer);
  g_string_append (writer->text, "null");
}

void
qc_json_writer_raw (QcJsonWriter *writer, const char *json, gssize length)
{
  begin_value (writer);
  g_string_append_len (writer->text, json, length);
}

void
qc_json_writer_add_int (QcJsonWriter *writer, const char *name, gint64 value)
{
  qc_json_writer_name (writer, name);
  qc_json_writer_int (writer, value);
}

void
qc_json_writer_add_bool (QcJsonWriter *writer, const char *name, gboolean value)
{
  qc_json_writer_name (writer, name);
  qc_json_writer_bool (writer, value);
}

void
qc_json_writer_add_string (QcJsonWriter *writer, const char *name, const char *value)
{
  qc_json_writer_name (writer, name);
  qc_json_writer_string (writer, value);
}

void
qc_json_writer_opt_string (QcJsonWriter *writer, const char *name, const char *value)
{
  if (value != NULL)
    qc_json_writer_add_string (writer, name, value);
}

void
qc_json_writer_add_text (QcJsonWriter *writer, const char *name, QcTextField kind, const char *text)
{
  int most = qc_text_field_limits (kind)->carried;
  g_autofree char *plain = NULL;
  if (text != NULL && !(g_utf8_validate (text, -1, NULL) && qc_text_field_is_plain (kind, text, most)))
    plain = qc_text_field_dup_plain (kind, text, most);
  qc_json_writer_add_string (writer, name, plain != NULL ? plain : text);
}

void
qc_json_writer_opt_text (QcJsonWriter *writer, const char *name, QcTextField kind, const char *text)
{
  if (text != NULL)
    qc_json_writer_add_text (writer, name, kind, text);
}

gsize
qc_json_writer_get_size (const QcJsonWriter *writer)
{
  return writer->text->len;
}

GBytes *
qc_json_writer_finish (QcJsonWriter *writer)
{
  GString *text = writer->text;
  g_assert (writer->depth == 0 && !writer->named && text->len > 0);
  writer->text = g_string_new (NULL);
  return g_string_free_to_bytes (text);
}
