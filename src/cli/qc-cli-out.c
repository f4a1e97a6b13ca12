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

/* What commands a terminal (C0, DEL, C1), ends a line, or turns the text behind it round: no text of ours needs it, and
 * what comes from elsewhere may hold anything. */
static gboolean
is_unseemly (gunichar character)
{
  static const gunichar turning[] = {0x061c, 0x200e, 0x200f, 0x2028, 0x2029, 0xfeff};
  for (guint i = 0; i < G_N_ELEMENTS (turning); i++)
    if (character == turning[i])
      return TRUE;
  return character < 0x20 || (character >= 0x7f && character < 0xa0) || (character >= 0x202a && character <= 0x202e)
         || (character >= 0x2066 && character <= 0x2069);
}

/* A terminal may show it, and a line stays a line. */
static void
append_quoted (GString *text, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);
  g_string_append_c (text, '"');
  for (const char *at = valid; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    if (*at == '"' || *at == '\\')
      g_string_append_printf (text, "\\%c", *at);
    else if (is_unseemly (character))
      g_string_append_printf (text, "\\u%04x", character);
    else
      g_string_append_unichar (text, character);
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

/* With a blank in the place of what no terminal should get; @lines: but for ends of lines. */
static char *
dup_clean (const char *text, gboolean lines)
{
  g_autofree char *valid = g_utf8_make_valid (text ? text : "", -1);
  GString *clean = g_string_sized_new (strlen (valid));
  for (const char *at = valid; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    gboolean kept = !is_unseemly (character) || (lines && character == '\n');
    g_string_append_unichar (clean, kept ? character : ' ');
  }
  return g_string_free (clean, FALSE);
}

static void
add_cells (QcCliTable *table, va_list cells)
{
  for (guint i = 0; i < table->columns; i++)
    g_ptr_array_add (table->cells, dup_clean (va_arg (cells, const char *), FALSE));
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

static void
say_to (FILE *file, const char *format, va_list args)
{
  g_autofree char *text = g_strdup_vprintf (format, args);
  g_autofree char *clean = dup_clean (text, TRUE);
  fprintf (file, "%s\n", clean);
  fflush (file);
}

void
qc_say (const char *format, ...)
{
  va_list args;
  va_start (args, format);
  say_to (stdout, format, args);
  va_end (args);
}

void
qc_say_fault (const char *format, ...)
{
  va_list args;
  va_start (args, format);
  say_to (stderr, format, args);
  va_end (args);
}
