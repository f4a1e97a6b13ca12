/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The clock interface; see the header. Any thread the given function may be called on.
 */
#include "qc-clock.h"
#include "qc-month.h"

gint64
qc_clock_now (const QcClock *clock)
{
  g_return_val_if_fail (clock != NULL && clock->now != NULL, 0);
  return clock->now (clock->user_data);
}

QcDate
qc_clock_today (const QcClock *clock)
{
  return qc_date_from_unix (qc_clock_now (clock));
}

static gint64
fixed_now (gpointer user_data)
{
  return *(gint64 *)user_data;
}

QcClock
qc_clock_fixed (gint64 *now)
{
  return (QcClock) {.now = fixed_now, .user_data = now};
}
