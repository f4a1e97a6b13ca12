/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-delimited.h. Any one thread.
 */
#include "qc-delimited.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LOOKED_AT       20 /* lines, for what stands between cells */
#define LOOKED_AT_BYTES 65536

/* ---- what it is written in ---- */

/* How many of the first pairs of bytes are characters that a roster has: ASCII, or Chinese; 0 where nothing ends a cell
 * or a line. @low: which of the two bytes is the lower one. */
static gsize
count_usual (const char *bytes, gsize length, guint low)
{
  gsize n = 0, ends = 0;
  for (gsize i = 0; i + 1 < MIN (length, LOOKED_AT_BYTES); i += 2) {
    guint unit = (guchar)bytes[i + low] | (guint)(guchar)bytes[i + 1 - low] << 8;
    n += (unit >= ' ' && unit <= '~') || (unit >= 0x3000 && unit <= 0x303f) || (unit >= 0x4e00 && unit <= 0x9fff)
         || (unit >= 0xff01 && unit <= 0xff5e);
    ends += unit > 0 && unit < 0x80 && strchr ("\t\r\n,;", (int)unit) != NULL;
  }
  return ends > 0 ? n + ends : 0;
}

static const char *
guess_encoding (const char *bytes, gsize length, gsize *mark)
{
  static const struct {
    const char *mark;
    gsize length;
    const char *encoding;
  } marks[] = {{"\xef\xbb\xbf", 3, "UTF-8"}, {"\xff\xfe", 2, "UTF-16LE"}, {"\xfe\xff", 2, "UTF-16BE"}};
  *mark = 0;
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (length >= marks[i].length && memcmp (bytes, marks[i].mark, marks[i].length) == 0) {
      *mark = marks[i].length;
      return marks[i].encoding;
    }
  if (length % 2 == 0 && memchr (bytes, '\0', length) != NULL) { /* as no text of the others has */
    gsize little = count_usual (bytes, length, 0), big = count_usual (bytes, length, 1);
    if (little > 0 || big > 0)
      return little >= big ? "UTF-16LE" : "UTF-16BE";
  }
  return g_utf8_validate_len (bytes, length, NULL) ? "UTF-8" : "GB18030";
}

/* The separator that the first lines have most often outside quotes, if each has as many; tabs before commas. */
static char
guess_separator (const char *text, gsize length)
{
  static const char candidates[] = "\t,;";
  guint best = 0;
  char found = ',';
  for (const char *candidate = candidates; *candidate != '\0'; candidate++) {
    guint least = G_MAXUINT, lines = 0, here = 0;
    gboolean quoted = FALSE;
    for (gsize i = 0; i <= length && lines < LOOKED_AT; i++) {
      char c = i < length ? text[i] : '\n';
      if (c == '"')
        quoted = !quoted;
      else if (!quoted && c == *candidate)
        here++;
      else if (!quoted && c == '\n' && (i < length || here > 0)) {
        least = MIN (least, here);
        lines++;
        here = 0;
      }
    }
    if (lines > 0 && least > best) {
      best = least;
      found = *candidate;
    }
  }
  return found;
}

/* Pictures and programs decode as something too, but not without control characters. */
static gboolean
is_text (const char *text, gsize length)
{
  if (!g_utf8_validate_len (text, length, NULL))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if ((guchar)text[i] < ' ' && strchr ("\t\r\n\f\v\x1a", text[i]) == NULL)
      return FALSE;
  return memchr (text, '\0', length) == NULL;
}

/* What programs on the web save under the name of a workbook. */
static gboolean
is_page (const char *text)
{
  static const char *const begins[]
      = {"<html", "<!doctype", "<?xml", "<table", "<head", "<meta", "<style", "mime-version:"};
  text += strspn (text, " \t\r\n");
  for (guint i = 0; i < G_N_ELEMENTS (begins); i++)
    if (g_ascii_strncasecmp (text, begins[i], strlen (begins[i])) == 0)
      return TRUE;
  return FALSE;
}

QcDelimited *
qc_delimited_new (const char *bytes, gsize length, GError **error)
{
  gsize mark;
  const char *encoding = guess_encoding (bytes, length, &mark);
  g_autoptr (QcDelimited) delimited = g_new0 (QcDelimited, 1);
  delimited->encoding = encoding;
  if (g_str_equal (encoding, "UTF-8")) {
    delimited->length = length - mark;
    delimited->text = g_strndup (bytes + mark, delimited->length);
  } else {
    delimited->text
        = g_convert (bytes + mark, (gssize)(length - mark), "UTF-8", encoding, NULL, &delimited->length, NULL);
  }
  if (delimited->text == NULL || !is_text (delimited->text, delimited->length)) {
    g_set_error_literal (error, QC_SHEET_ERROR, QC_SHEET_ERROR_KIND,
                         _ ("This is neither a workbook nor a text in UTF-8, UTF-16 or GB 18030. Save it as an Excel "
                            "workbook (.xlsx)."));
    return NULL;
  }
  if (is_page (delimited->text)) {
    g_set_error_literal (
        error, QC_SHEET_ERROR, QC_SHEET_ERROR_KIND,
        _ ("This is a web page or XML under the name of a workbook. Open it in Excel or WPS, and save it "
           "as an Excel workbook (.xlsx)."));
    return NULL;
  }
  delimited->separator = guess_separator (delimited->text, delimited->length);
  return g_steal_pointer (&delimited);
}

void
qc_delimited_free (QcDelimited *delimited)
{
  if (delimited == NULL)
    return;
  g_free (delimited->text);
  g_free (delimited);
}

/* ---- cells ---- */

/* The cell in quotes that begins behind @p, its quotes undone; *@after: what stands behind it. */
static void
take_quoted (GString *cell, const char *p, const char *end, const char **after)
{
  g_string_truncate (cell, 0);
  const char *quote;
  while ((quote = memchr (p, '"', (gsize)(end - p))) != NULL && quote + 1 < end && quote[1] == '"') {
    g_string_append_len (cell, p, quote + 1 - p);
    p = quote + 2;
  }
  g_string_append_len (cell, p, (quote != NULL ? quote : end) - p);
  *after = quote != NULL ? quote + 1 : end;
}

QcTable *
qc_delimited_read (const QcDelimited *delimited, guint most, QcWorkbookProgress progress, gpointer user_data,
                   GCancellable *cancellable, GError **error)
{
  g_autoptr (QcTable) table = qc_table_new ();
  g_autoptr (GString) cell = g_string_new (NULL);
  const char ends[] = {delimited->separator, '\r', '\n', '\0'};
  const char *p = delimited->text, *end = p + delimited->length;
  guint row = 1, column = 0;
  qc_table_begin_row (table, row, FALSE);
  while (p < end && (most == 0 || qc_table_get_n_rows (table) < most || column > 0)) {
    const char *text = p;
    gsize length;
    if (*p == '"') {
      take_quoted (cell, p + 1, end, &p);
      gsize rest = strcspn (p, ends); /* what follows the quotes belongs to the cell, as spreadsheets have it */
      g_string_append_len (cell, p, (gssize)rest);
      p += rest;
      text = cell->str;
      length = cell->len;
    } else {
      length = strcspn (p, ends);
      p += length;
    }
    QcTableFull full = qc_table_add (table, column, QC_CELL_TEXT, text, length);
    if (full != QC_TABLE_TAKEN) {
      qc_workbook_set_full (error, full);
      return NULL;
    }
    column++;
    if (p < end && *p == delimited->separator) {
      p++;
      continue;
    }
    if (p < end)
      p += *p == '\r' && p + 1 < end && p[1] == '\n' ? 2 : 1;
    column = 0;
    qc_table_begin_row (table, ++row, FALSE);
    if (row % 1024 == 0) {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (progress != NULL)
        progress ((double)(p - delimited->text) / (double)delimited->length, user_data);
    }
  }
  qc_table_end (table);
  return g_steal_pointer (&table);
}
