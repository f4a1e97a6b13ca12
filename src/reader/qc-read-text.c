/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. One thread.
 */
#include "qc-read-text.h"

#include <string.h>
#include "qc-reading.h"

#define MAX_FILE (1024 * 1024)

static gboolean
is_line (const char *line, gsize length)
{
  gsize blanks = 0;
  while (blanks < length && g_ascii_isspace (line[blanks]))
    blanks++;
  return blanks < length && length <= QC_READING_MAX_TEXT && memchr (line, 0, length) == NULL
         && g_utf8_validate_len (line, length, NULL);
}

guint
qc_read_lines (GByteArray *answer, const char *data, gsize size)
{
  guint n = 0;
  for (gsize at = 0; at < size && n < QC_READING_MAX_LINES;) {
    gsize length = 0;
    while (at + length < size && data[at + length] != '\n' && data[at + length] != '\r')
      length++;
    if (is_line (data + at, length))
      n += qc_reading_add (answer, "voucher", 0, data + at, (gssize)length);
    at += length + 1;
  }
  return n;
}

void
qc_read_text (GByteArray *answer, const char *data, gsize size)
{
  if (size == 0 || size > MAX_FILE || !g_utf8_validate_len (data, size, NULL))
    return;
  qc_reading_add (answer, "kind", 0, "text", -1);
  qc_read_lines (answer, data, size);
}
