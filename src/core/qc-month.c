/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Month and day arithmetic; see the header. Pure functions, any thread.
 */
#include "qc-month.h"
#include "qc-ascii.h"

#include <string.h>

gboolean
qc_month_is_valid (QcMonth month)
{
  int number = month % 100;
  return month >= 190001 && month <= 299912 && number >= 1 && number <= 12;
}

QcMonth
qc_month_new (int year, int month)
{
  return year * 100 + month;
}

int
qc_month_year (QcMonth month)
{
  return month / 100;
}

int
qc_month_number (QcMonth month)
{
  return month % 100;
}

static int
ordinal (QcMonth month)
{
  return month / 100 * 12 + month % 100 - 1;
}

QcMonth
qc_month_add (QcMonth month, int n)
{
  if (month == QC_MONTH_NONE)
    return QC_MONTH_NONE;
  int o = ordinal (month) + n;
  return qc_month_new (o / 12, o % 12 + 1);
}

int
qc_month_diff (QcMonth from, QcMonth to)
{
  return ordinal (to) - ordinal (from);
}

/* One or more digits at *@p, at most @max; -1 if none. */
static int
read_number (const char **p, int max)
{
  int value = 0, n = 0;
  for (; n < max && g_ascii_isdigit (**p); n++, (*p)++)
    value = value * 10 + (**p - '0');
  return n == 0 ? -1 : value;
}

QcMonth
qc_month_parse (const char *text)
{
  g_autofree char *folded = qc_ascii_fold (text);
  const char *p = folded;
  int year = read_number (&p, 4); /* of fewer digits, or of none, no month is valid */
  gboolean chinese = FALSE;
  if (*p == '-' || *p == '/') {
    p++;
  } else if (g_str_has_prefix (p, "年")) {
    p += strlen ("年");
    chinese = TRUE;
  } else if (strlen (p) != 2) {
    return QC_MONTH_NONE;
  }
  int number = read_number (&p, 2); /* what is no number is no month of any year either */
  if (chinese) {
    if (!g_str_has_prefix (p, "月"))
      return QC_MONTH_NONE;
    p += strlen ("月");
  }
  QcMonth month = qc_month_new (year, number);
  return *p == '\0' && qc_month_is_valid (month) ? month : QC_MONTH_NONE;
}

char *
qc_month_to_string (QcMonth month)
{
  return month == QC_MONTH_NONE ? g_strdup ("") : g_strdup_printf ("%04d-%02d", month / 100, month % 100);
}

gboolean
qc_date_is_valid (QcDate date)
{
  return qc_month_is_valid (date / 100)
         && g_date_valid_dmy ((GDateDay)(date % 100), (GDateMonth)(date / 100 % 100), (GDateYear)(date / 10000));
}

QcDate
qc_date_new (int year, int month, int day)
{
  return year * 10000 + month * 100 + day;
}

QcMonth
qc_date_month (QcDate date)
{
  return date / 100;
}

static guint32
julian (QcDate date)
{
  GDate d;
  g_date_clear (&d, 1);
  g_date_set_dmy (&d, (GDateDay)(date % 100), (GDateMonth)(date / 100 % 100), (GDateYear)(date / 10000));
  return g_date_get_julian (&d);
}

static QcDate
from_julian (guint32 day)
{
  GDate d;
  g_date_clear (&d, 1);
  g_date_set_julian (&d, day);
  return qc_date_new (g_date_get_year (&d), g_date_get_month (&d), g_date_get_day (&d));
}

QcDate
qc_date_add_days (QcDate date, int days)
{
  g_return_val_if_fail (qc_date_is_valid (date), QC_DATE_NONE);
  return from_julian ((guint32)((int)julian (date) + days));
}

int
qc_date_diff_days (QcDate from, QcDate to)
{
  g_return_val_if_fail (qc_date_is_valid (from) && qc_date_is_valid (to), 0);
  return (int)julian (to) - (int)julian (from);
}

char *
qc_date_to_string (QcDate date)
{
  if (date == QC_DATE_NONE)
    return g_strdup ("");
  return g_strdup_printf ("%04d-%02d-%02d", date / 10000, date / 100 % 100, date % 100);
}

QcDate
qc_date_from_unix (gint64 unix_seconds)
{
  const gint64 day = 24 * 60 * 60;
  gint64 local = unix_seconds + 8 * 60 * 60;
  gint64 days = local / day - (local % day < 0 ? 1 : 0);
  return from_julian ((guint32)(719163 + days)); /* 1970-01-01 is day 719163 */
}

gint64
qc_date_to_unix (QcDate date)
{
  return qc_date_diff_days (qc_date_new (1970, 1, 1), date) * G_GINT64_CONSTANT (86400) - 8 * 60 * 60;
}
