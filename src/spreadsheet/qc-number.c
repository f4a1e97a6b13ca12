/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-number.h. Any one thread.
 */
#include "qc-number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GENERAL        "General" /* a format by name, no letters of a date */
#define FIRST_DATE     1
#define LAST_DATE      2958465 /* 9999-12-31 */
#define DAYS_1904      1462
#define FALSE_LEAP_DAY 60 /* 1900-02-29, which Excel counts and nobody has lived through */

/* Letters of dates outside quotes, brackets and escapes; [h] counts hours and is none. */
gboolean
qc_number_format_is_date (const char *format)
{
  gboolean date = FALSE;
  for (const char *p = format; *p != '\0'; p++) {
    if (g_ascii_strncasecmp (p, GENERAL, strlen (GENERAL)) == 0) {
      p += strlen (GENERAL) - 1;
      continue;
    }
    if (*p == '"' || *p == '[') {
      const char *end = strchr (p + 1, *p == '"' ? '"' : ']');
      if (end == NULL)
        return date;
      p = end;
    } else if (*p == '\\' || *p == '_' || *p == '*') {
      if (p[1] != '\0')
        p++;
    } else if (*p == ';') {
      return date; /* of positive numbers */
    } else if (strchr ("yYdDeEmM", *p) != NULL) {
      if ((*p == 'E' || *p == 'e') && (p[1] == '+' || p[1] == '-'))
        return FALSE; /* an exponent */
      date = TRUE;
    }
  }
  return date;
}

gboolean
qc_number_builtin_is_date (guint id)
{
  return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57
         || id == 58;
}

char *
qc_number_dup_date (double serial, gboolean from_1904)
{
  double day = floor (serial) + (from_1904 ? DAYS_1904 : 0);
  if (!(day >= FIRST_DATE && day <= LAST_DATE) || day == FALSE_LEAP_DAY)
    return NULL;
  GDate date;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 31, G_DATE_DECEMBER, 1899);
  g_date_add_days (&date, (guint)day - (day > FALSE_LEAP_DAY ? 1 : 0));
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date), (int)g_date_get_month (&date),
                          g_date_get_day (&date));
}

/* All digits in front of the point: those that a double keeps, and then zeros, as spreadsheets show them. */
static void
append_whole (GString *out, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (text, sizeof text, "%.14e", value);
  char *exponent = strchr (text, 'e');
  for (const char *p = text; p < exponent; p++)
    if (*p != '.')
      g_string_append_c (out, *p);
  for (int zeros = atoi (exponent + 1) - 14; zeros > 0; zeros--)
    g_string_append_c (out, '0');
}

static void
append_number (GString *out, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  if (fabs (value) >= 1e15) {
    append_whole (out, value);
    return;
  }
  g_ascii_formatd (text, sizeof text, "%.15g", value);
  if (strchr (text, 'e') == NULL) {
    g_string_append (out, text);
    return;
  }
  g_ascii_formatd (text, sizeof text, "%.10f", value); /* next to nothing */
  gsize length = strlen (text);
  while (text[length - 1] == '0')
    length--;
  g_string_append_len (out, text, (gssize)(length - (text[length - 1] == '.')));
}

/* As few digits as a double needs, at most those that count, and no exponent: "5500.1" of 5500.1000000000004. */
QcTableFull
qc_number_add (QcTable *table, guint column, double value, gboolean date, gboolean from_1904)
{
  g_autofree char *day = date ? qc_number_dup_date (value, from_1904) : NULL;
  if (day != NULL)
    return qc_table_add (table, column, QC_CELL_DATE, day, strlen (day));
  g_autoptr (GString) digits = g_string_sized_new (32);
  append_number (digits, value);
  return qc_table_add (table, column, QC_CELL_NUMBER, digits->str, digits->len);
}
