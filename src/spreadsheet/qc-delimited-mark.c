/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-delimited-mark.h. Separators, quotes and line ends are bytes of their own in each encoding that is read: in GB
 * 18030 none of them can be the second byte of a character. Any one thread.
 */
#include "qc-delimited-mark.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NOWHERE  G_MAXUINT
#define MAX_TEXT 32000 /* bytes of a reason: what a cell of a spreadsheet holds */

typedef struct {
  const guint8 *bytes; /* borrowed */
  gsize length, at;
  guint unit; /* bytes of a character of ASCII */
  gboolean big_endian;
  guint separator;
  const char *encoding; /* borrowed */
} Text;

typedef struct {
  gsize begin, end; /* of the cell */
  gsize next;       /* behind what ends it */
  gboolean last;    /* of its row */
} Cell;

/* The character at @at, 0 at the end. */
static guint
peek (const Text *text, gsize at)
{
  if (at + text->unit > text->length)
    return 0;
  const guint8 *p = text->bytes + at;
  return text->unit == 1 ? p[0] : text->big_endian ? (guint)p[0] << 8 | p[1] : (guint)p[1] << 8 | p[0];
}

static gboolean
is_over (const Text *text, gsize at)
{
  return at + text->unit > text->length;
}

static Cell
next_cell (const Text *text, gsize at)
{
  Cell cell = {.begin = at};
  if (peek (text, at) == '"') {
    for (at += text->unit; !is_over (text, at); at += text->unit) {
      if (peek (text, at) != '"')
        continue;
      at += text->unit;
      if (peek (text, at) != '"')
        break;
    }
  }
  guint c = 0;
  while (!is_over (text, at) && (c = peek (text, at)) != text->separator && c != '\r' && c != '\n')
    at += text->unit;
  cell.end = at;
  cell.last = is_over (text, at) || c != text->separator;
  if (!is_over (text, at)) {
    at += text->unit;
    if (c == '\r' && peek (text, at) == '\n')
      at += text->unit;
  }
  cell.next = at;
  return cell;
}

/* @cell as the text has it, in quotes if it must be. (transfer full) */
static GBytes *
encode (const Text *text, const char *cell, gboolean quoted)
{
  g_autoptr (GString) all = g_string_new (cell);
  if (quoted) {
    g_string_replace (all, "\"", "\"\"", 0);
    g_string_prepend_c (all, '"');
    g_string_append_c (all, '"');
  }
  gsize length = all->len;
  char *bytes = g_str_equal (text->encoding, "UTF-8")
                    ? g_strdup (all->str)
                    : g_convert (all->str, (gssize)all->len, text->encoding, "UTF-8", NULL, &length, NULL);
  return bytes != NULL ? g_bytes_new_take (bytes, length) : g_bytes_new (NULL, 0);
}

static gboolean
is_same (const Text *text, const Cell *cell, GBytes *bytes)
{
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);
  return length > 0 && cell->end - cell->begin == length && memcmp (text->bytes + cell->begin, data, length) == 0;
}

/* How many columns are in use, and which has the title, if one has. */
static void
measure (const Text *text, guint header_row, const char *title, guint *out_width, guint *out_title)
{
  g_autoptr (GBytes) plain = encode (text, title, FALSE), quoted = encode (text, title, TRUE);
  guint row = 1, column = 0;
  *out_width = 0;
  *out_title = NOWHERE;
  for (gsize at = text->at; !is_over (text, at);) {
    Cell cell = next_cell (text, at);
    if (row == header_row && (is_same (text, &cell, plain) || is_same (text, &cell, quoted)))
      *out_title = column;
    if (cell.end > cell.begin || column > 0 || !cell.last)
      *out_width = MAX (*out_width, column + 1);
    column = cell.last ? 0 : column + 1;
    row += cell.last;
    at = cell.next;
  }
}

/* The reasons of the row, each once; *@next goes behind them. (transfer full) */
static char *
join_reasons (const QcSheetMark *marks, guint n, guint row, guint *next)
{
  GString *all = g_string_new (NULL);
  guint begin = *next;
  for (; *next < n && marks[*next].row == row; (*next)++) {
    const char *reason = marks[*next].reason;
    gboolean said = FALSE;
    for (guint i = begin; !said && i < *next; i++)
      said = g_str_equal (marks[i].reason, reason);
    if (said || all->len + strlen (reason) > MAX_TEXT)
      continue;
    if (all->len > 0 && (guchar)all->str[all->len - 1] < 0x80)
      g_string_append_c (all, ' ');
    g_string_append (all, reason);
  }
  for (char *p = all->str; *p != '\0'; p++)
    if ((guchar)*p < ' ')
      *p = ' ';
  if (all->len > 0 && strchr ("=+-@", all->str[0]) != NULL) /* is no formula */
    g_string_prepend_c (all, '\'');
  return g_string_free (all, FALSE);
}

static void
append_cell (GByteArray *out, const Text *text, const char *cell)
{
  const char must[] = {'"', (char)text->separator, '\0'};
  g_autoptr (GBytes) bytes = encode (text, cell, strpbrk (cell, must) != NULL);
  g_byte_array_append (out, g_bytes_get_data (bytes, NULL), (guint)g_bytes_get_size (bytes));
}

static void
append_separators (GByteArray *out, const Text *text, guint n)
{
  guint8 separator[2] = {(guint8)text->separator, 0};
  if (text->unit == 2 && text->big_endian) {
    separator[1] = separator[0];
    separator[0] = 0;
  }
  for (guint i = 0; i < n; i++)
    g_byte_array_append (out, separator, text->unit);
}

/* One row with @reason (NULL: none) in column @place; what stood there goes. Gives where the next row begins. */
static gsize
write_row (GByteArray *out, const Text *text, gsize begin, guint place, const char *reason)
{
  gsize at = begin, kept = begin; /* up to kept it has been written */
  guint column = 0;
  Cell cell;
  for (;; column++) {
    cell = next_cell (text, at);
    if (column == place) {
      gsize until = reason == NULL && cell.last && column > 0 ? cell.begin - text->unit : cell.begin;
      g_byte_array_append (out, text->bytes + kept, (guint)(until - kept));
      if (reason != NULL)
        append_cell (out, text, reason);
      kept = cell.end;
    }
    if (cell.last)
      break;
    at = cell.next;
  }
  g_byte_array_append (out, text->bytes + kept, (guint)(cell.end - kept));
  if (reason != NULL && column < place) {
    append_separators (out, text, place - column);
    append_cell (out, text, reason);
  }
  g_byte_array_append (out, text->bytes + cell.end, (guint)(cell.next - cell.end));
  return cell.next;
}

GByteArray *
qc_delimited_mark (const char *bytes, gsize length, const char *encoding, char separator, guint header_row,
                   const char *title, const QcSheetMark *marks, guint n, GCancellable *cancellable, GError **error)
{
  Text text = {(const guint8 *)bytes, length, 0, 1, FALSE, (guchar)separator, encoding};
  if (g_str_has_prefix (encoding, "UTF-16")) {
    text.unit = 2;
    text.big_endian = g_str_has_suffix (encoding, "BE");
    text.at = peek (&text, 0) == 0xfeff ? 2 : 0;
  } else if (length >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0) {
    text.at = 3;
  }
  guint width, place, row = 1, next = 0;
  measure (&text, header_row, title, &width, &place);
  gboolean again = place != NOWHERE;
  place = again ? place : width;
  g_autoptr (GByteArray) out = g_byte_array_sized_new ((guint)length + 4096);
  g_byte_array_append (out, text.bytes, (guint)text.at);
  for (gsize at = text.at; !is_over (&text, at); row++) {
    gboolean marked = next < n && marks[next].row == row;
    g_autofree char *why = marked ? join_reasons (marks, n, row, &next) : NULL;
    if (row % 1024 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    at = write_row (out, &text, at, again || marked || row == header_row ? place : NOWHERE,
                    row == header_row && n > 0 ? title : why);
  }
  if (next < n) {
    g_set_error_literal (error, QC_SHEET_ERROR, QC_SHEET_ERROR_FILE,
                         _ ("The file was changed while it was read. Try again."));
    return NULL;
  }
  return g_steal_pointer (&out);
}
