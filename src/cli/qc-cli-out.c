/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * JSON lines and tables on standard output. Main thread.
 */
#include "qc-cli-out.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* --- JSON --- */

struct _QcLine {
  GString *text; /* (owned) */
};

/* Control characters escaped, the rest as it is: a terminal reads it, and a line stays a line. */
static void
append_quoted (GString *text, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);
  g_string_append_c (text, '"');
  for (const char *at = valid; *at; at++) {
    if (*at == '"' || *at == '\\')
      g_string_append_printf (text, "\\%c", *at);
    else if ((guchar)*at < 0x20 || *at == 0x7f)
      g_string_append_printf (text, "\\u%04x", (guint)(guchar)*at);
    else
      g_string_append_c (text, *at);
  }
  g_string_append_c (text, '"');
}

static void
append_name (QcLine *line, const char *name)
{
  g_string_append_c (line->text, ',');
  append_quoted (line->text, name);
  g_string_append_c (line->text, ':');
}

QcLine *
qc_line_new (const char *type)
{
  QcLine *line = g_new0 (QcLine, 1);
  line->text = g_string_new ("{\"type\":");
  append_quoted (line->text, type);
  return line;
}

void
qc_line_text (QcLine *line, const char *name, const char *value)
{
  if (!value)
    return;
  append_name (line, name);
  append_quoted (line->text, value);
}

void
qc_line_int (QcLine *line, const char *name, gint64 value)
{
  append_name (line, name);
  g_string_append_printf (line->text, "%" G_GINT64_FORMAT, value);
}

void
qc_line_month (QcLine *line, const char *name, gint32 value)
{
  if (value != 0)
    qc_line_int (line, name, value);
}

void
qc_line_bool (QcLine *line, const char *name, gboolean value)
{
  append_name (line, name);
  g_string_append (line->text, value ? "true" : "false");
}

void
qc_line_print (QcLine *line)
{
  fputs (line->text->str, stdout);
  fputs ("}\n", stdout);
  fflush (stdout);
  g_string_free (line->text, TRUE);
  g_free (line);
}

/* --- tables --- */

struct _QcTable {
  char *alignment; /* (owned) */
  guint columns;
  GPtrArray *cells; /* (owned) char*, the headers first */
};

static guint
width_of (const char *text)
{
  guint width = 0;
  for (const char *at = text; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    if (!g_unichar_iszerowidth (character))
      width += g_unichar_iswide (character) ? 2 : 1;
  }
  return width;
}

/* What is not meant for a terminal (a name from elsewhere may hold anything) becomes a blank. */
static char *
dup_clean (const char *text)
{
  char *clean = g_utf8_make_valid (text ? text : "", -1);
  for (char *at = clean; *at; at++)
    if ((guchar)*at < 0x20 || *at == 0x7f)
      *at = ' ';
  return clean;
}

static void
add_cells (QcCliTable *table, va_list cells)
{
  for (guint i = 0; i < table->columns; i++)
    g_ptr_array_add (table->cells, dup_clean (va_arg (cells, const char *)));
}

QcCliTable *
qc_cli_table_new (const char *alignment, ...)
{
  QcCliTable *table = g_new0 (QcCliTable, 1);
  table->alignment = g_strdup (alignment);
  table->columns = (guint)strlen (alignment);
  table->cells = g_ptr_array_new_with_free_func (g_free);
  va_list headers;
  va_start (headers, alignment);
  add_cells (table, headers);
  va_end (headers);
  return table;
}

void
qc_cli_table_add (QcCliTable *table, ...)
{
  va_list cells;
  va_start (cells, table);
  add_cells (table, cells);
  va_end (cells);
}

static void
print_row (const QcCliTable *table, guint row, const guint *widths)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < table->columns; i++) {
    const char *cell = g_ptr_array_index (table->cells, row * table->columns + i);
    int gap = (int)(widths[i] - width_of (cell));
    gboolean right = table->alignment[i] == 'r';
    if (i > 0)
      g_string_append (text, "  ");
    g_string_append_printf (text, "%*s%s%*s", right ? gap : 0, "", cell, right ? 0 : gap, "");
  }
  g_strchomp (text->str);
  puts (text->str);
  g_string_free (text, TRUE);
}

void
qc_cli_table_print (QcCliTable *table)
{
  guint rows = table->cells->len / table->columns;
  g_autofree guint *widths = g_new0 (guint, table->columns);
  for (guint i = 0; i < table->cells->len; i++)
    widths[i % table->columns] = MAX (widths[i % table->columns], width_of (g_ptr_array_index (table->cells, i)));
  for (guint row = 0; rows > 1 && row < rows; row++)
    print_row (table, row, widths);
  fflush (stdout);
  g_ptr_array_unref (table->cells);
  g_free (table->alignment);
  g_free (table);
}

void
qc_say (const char *format, ...)
{
  va_list args;
  va_start (args, format);
  vprintf (format, args);
  va_end (args);
  putchar ('\n');
  fflush (stdout);
}
