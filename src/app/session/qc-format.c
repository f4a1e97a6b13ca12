/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-format.h. Main thread.
 */
#include "qc-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char *
write_month (QcMonth month, const char *format)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (qc_month_year (month), qc_month_number (month), 1, 0, 0, 0);
  return g_date_time_format (time, format);
}

char *
qc_format_month (QcMonth month)
{
  /* Translators: a month as strftime writes it; in Chinese 2026年11月. */
  return month == QC_MONTH_NONE ? g_strdup ("") : write_month (month, _ ("%B %Y"));
}

char *
qc_format_months (QcMonth start, QcMonth end)
{
  if (start == end)
    return qc_format_month (start);
  gboolean within_year = start != QC_MONTH_NONE && end != QC_MONTH_NONE && qc_month_year (start) == qc_month_year (end);
  /* Translators: a month before another of the same year, whose year is said once; in Chinese with its year. */
  g_autofree char *from
      = within_year ? write_month (start, C_ ("first of several months", "%B")) : qc_format_month (start);
  g_autofree char *to = qc_format_month (end);
  /* Translators: from one month to another. */
  return g_strdup_printf (_ ("%s – %s"), from, to);
}

char *
qc_format_date (QcDate date)
{
  return date == QC_DATE_NONE ? g_strdup ("") : qc_date_to_string (date);
}

/* The center's business has China's time, wherever this computer stands. */
static GDateTime *
china_time (gint64 unix_seconds)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (8 * 60 * 60);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (unix_seconds);
  return utc ? g_date_time_to_timezone (utc, zone) : NULL;
}

char *
qc_format_time (gint64 unix_seconds)
{
  g_autoptr (GDateTime) time = china_time (unix_seconds);
  g_autoptr (GDateTime) now = china_time (g_get_real_time () / G_USEC_PER_SEC);
  if (!time || !unix_seconds)
    return g_strdup ("");
  gboolean today = g_date_time_get_year (time) == g_date_time_get_year (now)
                   && g_date_time_get_day_of_year (time) == g_date_time_get_day_of_year (now);
  return g_date_time_format (time, today ? "%H:%M" : "%Y-%m-%d %H:%M");
}

char *
qc_format_date_time (gint64 unix_seconds)
{
  g_autoptr (GDateTime) time = china_time (unix_seconds);
  return time && unix_seconds ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("");
}

char *
qc_format_money (QcMoney fen)
{
  return qc_money_to_string (fen);
}

char *
qc_format_yuan (QcMoney fen)
{
  g_autofree char *text = qc_money_to_string (fen);
  return g_strconcat ("￥", text, NULL);
}

char *
qc_format_count (gint64 n)
{
  g_autofree char *text = qc_money_to_string (n * 100);
  text[strlen (text) - 3] = '\0';
  return g_steal_pointer (&text);
}

char *
qc_format_people (gint64 n)
{
  g_autofree char *count = qc_format_count (n);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s person", "%s people", (gulong)MIN (n, G_MAXINT)), count);
}

char *
qc_format_fields (gint64 n)
{
  g_autofree char *count = qc_format_count (n);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s field", "%s fields", (gulong)MIN (n, G_MAXINT)), count);
}

char *
qc_format_lines (gint64 n)
{
  g_autofree char *count = qc_format_count (n);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s line", "%s lines", (gulong)MIN (n, G_MAXINT)), count);
}

char *
qc_format_document (const char *document)
{
  gsize length = document ? strlen (document) : 0;
  if (length < 12)
    return g_strdup (document ? document : "");
  return g_strdup_printf ("%.6s%.*s%s", document, (int)(length - 10), "********************", document + length - 4);
}
