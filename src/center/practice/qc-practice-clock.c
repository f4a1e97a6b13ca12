/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The center's clock, see the header. Database threads only.
 */
#include "qc-practice-clock.h"

#include "qc-center-db.h"
#include "qc-engine.h"

#define DATE_SETTING "practice_date"
#define DAY          86400
#define CHINA        (8 * 3600)

/* Unix time of midnight in China. */
static gint64
midnight (QcDate date)
{
  return (gint64)qc_date_diff_days (19700101, date) * DAY - CHINA;
}

static gboolean
last_seen (QcConnection *connection, gint64 *out, GError **error)
{
  return qc_connection_get_int (connection, "SELECT time FROM log ORDER BY id DESC LIMIT 1", 0, out, error);
}

gboolean
qc_practice_clock_now (QcConnection *connection, gint64 real_now, gint64 *out, GError **error)
{
  gint64 date;
  if (!qc_center_db_get_setting_int (connection, DATE_SETTING, 0, &date, error))
    return FALSE;
  if (date == 0) {
    *out = real_now;
    return TRUE;
  }
  gint64 seen;
  if (!last_seen (connection, &seen, error))
    return FALSE;
  gint64 now = midnight ((QcDate)date) + (real_now + CHINA) % DAY;
  *out = qc_date_from_unix (seen) == (QcDate)date ? MAX (now, seen) : now;
  return TRUE;
}

gboolean
qc_practice_clock_today (QcConnection *connection, gint64 real_now, QcDate *out, GError **error)
{
  gint64 now;
  if (!qc_practice_clock_now (connection, real_now, &now, error))
    return FALSE;
  *out = qc_date_from_unix (now);
  return TRUE;
}

gboolean
qc_practice_clock_set (QcConnection *connection, QcDate today, GError **error)
{
  if (today == QC_DATE_NONE)
    return qc_center_db_set_setting (connection, DATE_SETTING, NULL, error);
  gint64 seen;
  if (!last_seen (connection, &seen, error))
    return FALSE;
  if (!qc_date_is_valid (today) || (seen != 0 && today < qc_date_from_unix (seen))) {
    g_set_error (error, QC_ENGINE_ERROR, QC_ENGINE_ERROR_INVALID, "the practice date cannot go back to %d", today);
    return FALSE;
  }
  return qc_center_db_set_setting_int (connection, DATE_SETTING, today, error);
}

static QcDate
add_months (QcDate date, int months)
{
  QcMonth month = qc_month_add (qc_date_month (date), months);
  int day = date % 100;
  while (!qc_date_is_valid (qc_date_new (qc_month_year (month), qc_month_number (month), day)))
    day--;
  return qc_date_new (qc_month_year (month), qc_month_number (month), day);
}

gboolean
qc_practice_clock_advance (QcConnection *connection, const char *actor, int months, gint64 real_now, QcDate *out,
                           GError **error)
{
  g_return_val_if_fail (months > 0 && months <= 120, FALSE);
  QcDate today;
  if (!qc_practice_clock_today (connection, real_now, &today, error))
    return FALSE;
  today = add_months (today, months);
  gint64 now;
  if (!qc_practice_clock_set (connection, today, error) || !qc_practice_clock_now (connection, real_now, &now, error))
    return FALSE;
  *out = today;
  g_autofree char *text = qc_date_to_string (today);
  return qc_engine_log (connection, now, actor, "advance", NULL, NULL, text, error);
}
