/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The clock as an interface: core never asks the system. Practice moves it by month, tests set it.
 */
#pragma once

#include "qc-types.h"

G_BEGIN_DECLS

typedef struct {
  gint64 (*now) (gpointer user_data); /* unix seconds */
  gpointer user_data;
} QcClock;

gint64 qc_clock_now (const QcClock *clock);
QcDate qc_clock_today (const QcClock *clock); /* in China's time zone */
/* A clock that always says @now; the gint64 must outlive it. */
QcClock qc_clock_fixed (gint64 *now);

G_END_DECLS
