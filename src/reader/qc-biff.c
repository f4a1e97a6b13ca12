/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. One thread.
 */
#include "qc-biff.h"

#include <string.h>

#define CONTINUE     0x003c
#define WIDE         0x01 /* two bytes a character */
#define EXTENDED     0x04 /* behind them: how they are read aloud */
#define RICH         0x08 /*  and fonts */
#define NO_CHARACTER 0xfffd

gboolean
qc_biff_take (const guint8 *p, const guint8 *limit, QcBiffRecord *record)
{
  if (limit - p < 4)
    return FALSE;
  gsize length = (gsize)(p[2] | p[3] << 8);
  if ((gsize)(limit - p) - 4 < length)
    return FALSE;
  *record = (QcBiffRecord) {p + 4, p + 4 + length, p + 4 + length, limit, (guint16)(p[0] | p[1] << 8), FALSE};
  return TRUE;
}

gsize
qc_biff_left (const QcBiffRecord *record)
{
  return (gsize)(record->end - record->p);
}

/* At the end of a record goes on with what follows it, if that belongs to it. FALSE: it is short. */
static gboolean
go_on (QcBiffRecord *record)
{
  QcBiffRecord more;
  while (record->p == record->end && !record->is_short) {
    if (!qc_biff_take (record->next, record->limit, &more) || more.id != CONTINUE) {
      record->is_short = TRUE;
      break;
    }
    record->p = more.p;
    record->end = record->next = more.end;
  }
  return !record->is_short;
}

guint8
qc_biff_get8 (QcBiffRecord *record)
{
  return go_on (record) ? *record->p++ : 0;
}

guint16
qc_biff_get16 (QcBiffRecord *record)
{
  guint8 low = qc_biff_get8 (record);
  return (guint16)(low | qc_biff_get8 (record) << 8);
}

guint32
qc_biff_get32 (QcBiffRecord *record)
{
  guint16 low = qc_biff_get16 (record);
  return low | (guint32)qc_biff_get16 (record) << 16;
}

double
qc_biff_get_double (QcBiffRecord *record)
{
  guint64 low = qc_biff_get32 (record);
  guint64 bits = low | (guint64)qc_biff_get32 (record) << 32;
  double value;
  memcpy (&value, &bits, sizeof value);
  return value;
}

void
qc_biff_skip (QcBiffRecord *record, gsize length)
{
  while (length > 0 && go_on (record)) {
    gsize step = MIN (length, qc_biff_left (record));
    record->p += step;
    length -= step;
  }
}

/* ---- texts ---- */

/* Half a pair is no character. */
static void
append_units (GString *out, const gunichar2 *units, guint n)
{
  for (guint i = 0; i < n; i++) {
    gunichar c = units[i];
    if (c >= 0xd800 && c < 0xdc00 && i + 1 < n && units[i + 1] >= 0xdc00 && units[i + 1] < 0xe000)
      c = 0x10000 + ((c - 0xd800) << 10) + (units[++i] - 0xdc00u);
    else if (c >= 0xd800 && c < 0xe000)
      c = NO_CHARACTER;
    if (c != 0)
      g_string_append_unichar (out, c);
  }
}

/* Where a record ends inside of them, what goes on begins with a byte that says anew how wide they are. */
static void
take_units (QcBiffRecord *record, guint n, gboolean wide, GArray *units)
{
  while (n > 0) {
    if (qc_biff_left (record) == 0)
      wide = qc_biff_get8 (record) & WIDE;
    gsize width = wide ? 2 : 1, here = MIN (n, qc_biff_left (record) / width);
    if (here == 0) {
      record->is_short = TRUE;
      return;
    }
    for (gsize i = 0; i < here; i++, record->p += width) {
      gunichar2 unit = (gunichar2)(wide ? record->p[0] | record->p[1] << 8 : record->p[0]);
      g_array_append_val (units, unit);
    }
    n -= (guint)here;
  }
}

static char *
dup_wide_text (QcBiffRecord *record, guint n)
{
  guint8 flags = qc_biff_get8 (record);
  guint fonts = flags & RICH ? qc_biff_get16 (record) : 0;
  guint32 aloud = flags & EXTENDED ? qc_biff_get32 (record) : 0;
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gunichar2));
  GString *text = g_string_new (NULL);
  take_units (record, n, flags & WIDE, units);
  append_units (text, (const gunichar2 *)(void *)units->data, units->len);
  qc_biff_skip (record, (gsize)fonts * 4 + aloud);
  return g_string_free (text, FALSE);
}

char *
qc_biff_dup_text (QcBiffRecord *record, guint n, const char *charset)
{
  if (charset == NULL)
    return dup_wide_text (record, n);
  g_autoptr (GString) bytes = g_string_new (NULL);
  for (guint i = 0; i < n && !record->is_short; i++) {
    guint8 byte = qc_biff_get8 (record);
    if (byte != 0)
      g_string_append_c (bytes, (char)byte);
  }
  char *text
      = g_convert_with_fallback (bytes->str, (gssize)bytes->len, "UTF-8", charset, "\357\277\275", NULL, NULL, NULL);
  return text != NULL && strlen (text) <= bytes->len * 4 ? text : g_utf8_make_valid (bytes->str, (gssize)bytes->len);
}

/* ---- numbers and errors ---- */

double
qc_biff_decode_rk (guint32 rk)
{
  double value;
  if (rk & 2) {
    value = (double)((gint32)rk >> 2);
  } else {
    guint64 bits = (guint64)(rk & ~3u) << 32;
    memcpy (&value, &bits, sizeof value);
  }
  return rk & 1 ? value / 100 : value;
}

const char *
qc_biff_error_name (guint8 code)
{
  static const struct {
    guint8 code;
    const char *name;
  } names[]
      = {{0x00, "#NULL!"}, {0x07, "#DIV/0!"}, {0x0f, "#VALUE!"}, {0x17, "#REF!"}, {0x1d, "#NAME?"}, {0x24, "#NUM!"}};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].code == code)
      return names[i].name;
  return "#N/A";
}
