/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-number.h. Any one thread.
 */
#include "qc-number.h"

#include <math.h>
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

/* As few digits as a double needs, at most those that count, and no exponent: "5500.1" of 5500.1000000000004. */
QcTableFull
qc_number_add (QcTable *table, guint column, double value, gboolean date, gboolean from_1904)
{
  g_autofree char *day = date ? qc_number_dup_date (value, from_1904) : NULL;
  if (day != NULL)
    return qc_table_add (table, column, QC_CELL_DATE, day, strlen (day));
  char digits[G_ASCII_DTOSTR_BUF_SIZE + 400];
  g_ascii_formatd (digits, sizeof digits, fabs (value) >= 1e15 ? "%.0f" : "%.15g", value);
  gsize length = strlen (digits);
  if (strchr (digits, 'e') != NULL) { /* next to nothing */
    g_ascii_formatd (digits, sizeof digits, "%.10f", value);
    for (length = strlen (digits); digits[length - 1] == '0'; length--)
      ;
    length -= digits[length - 1] == '.';
  }
  return qc_table_add (table, column, QC_CELL_NUMBER, digits, length);
}
