/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. Every length is held against what is there before it is used. Any thread.
 */
#include "qc-answer.h"

#include <string.h>

#define END "end 0 0\n\n"

/* Digits, no sign, no blank, no zero before others, and one @end; what follows, or NULL. */
static const guint8 *
take_number (const guint8 *p, const guint8 *end, char stop, guint64 *out)
{
  const guint8 *begin = p;
  *out = 0;
  for (; p < end && g_ascii_isdigit (*p) && p - begin < 9; p++)
    *out = *out * 10 + (guint64)(*p - '0');
  if (p == begin || p == end || *p != (guint8)stop || (*begin == '0' && p - begin > 1))
    return NULL;
  return p + 1;
}

const guint8 *
qc_answer_take (const guint8 *p, const guint8 *end, QcAnswerRecord *record)
{
  gsize n = 0;
  while (p + n < end && n < sizeof record->name - 1 && g_ascii_islower (p[n]))
    n++;
  if (n == 0 || p + n == end || p[n] != ' ')
    return NULL;
  memcpy (record->name, p, n);
  record->name[n] = '\0';
  guint64 number = 0;
  p = take_number (p + n + 1, end, ' ', &number);
  guint64 length = 0;
  p = p != NULL ? take_number (p, end, '\n', &length) : NULL;
  if (p == NULL || length >= (guint64)(end - p) || p[length] != '\n')
    return NULL;
  record->number = (guint)number;
  record->data = p;
  record->length = (gsize)length;
  return p + length + 1;
}

gboolean
qc_answer_is_said (const QcAnswerRecord *record, const char *text)
{
  return record->length == strlen (text) && memcmp (record->data, text, record->length) == 0;
}

gboolean
qc_answer_is_last (const QcAnswerRecord *record, const guint8 *after, const guint8 *end)
{
  return g_str_equal (record->name, "end") && record->number == 0 && record->length == 0 && after == end;
}

/* ---- writing ---- */

void
qc_answer_begin (GByteArray *answer, const char *first_line)
{
  g_byte_array_set_size (answer, 0);
  g_byte_array_append (answer, (const guint8 *)first_line, (guint)strlen (first_line));
}

void
qc_answer_fail (GByteArray *answer, const char *first_line, const char *code)
{
  qc_answer_begin (answer, first_line);
  qc_answer_add (answer, G_MAXUINT16, "fail", 0, code, -1);
}

void
qc_answer_end (GByteArray *answer)
{
  g_byte_array_append (answer, (const guint8 *)END, strlen (END));
}

gboolean
qc_answer_add (GByteArray *answer, gsize most, const char *name, guint number, const void *data, gssize length)
{
  gsize size = length >= 0 ? (gsize)length : strlen (data);
  char head[64];
  int n = g_snprintf (head, sizeof head, "%s %u %" G_GSIZE_FORMAT "\n", name, number, size);
  if (size >= most || answer->len + (gsize)n + size + 1 > most - strlen (END))
    return FALSE;
  g_byte_array_append (answer, (const guint8 *)head, (guint)n);
  g_byte_array_append (answer, data, (guint)size);
  g_byte_array_append (answer, (const guint8 *)"\n", 1);
  return TRUE;
}
