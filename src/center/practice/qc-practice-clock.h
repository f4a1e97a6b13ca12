/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The center's clock. In practice the day is a setting that only moves when it is told to, while the time of day runs;
 * otherwise it is the machine's. It never goes back behind what the log has seen on the same day. Database threads
 * only.
 */
#pragma once

#include "qc-connection.h"
#include "qc-month.h"

G_BEGIN_DECLS

/* @real_now: the machine's clock, unix seconds. */
gboolean qc_practice_clock_now (QcConnection *connection, gint64 real_now, gint64 *out, GError **error);
gboolean qc_practice_clock_today (QcConnection *connection, gint64 real_now, QcDate *out, GError **error);
/* QC_DATE_NONE = the machine's day. Only moves forward, except on an empty log: otherwise
 * QC_ENGINE_ERROR_INVALID. (write) */
gboolean qc_practice_clock_set (QcConnection *connection, QcDate today, GError **error);
/* The same day @months later (the month's last day where there is none); logged. (write) */
gboolean qc_practice_clock_advance (QcConnection *connection, const char *actor, int months, gint64 real_now,
                                    QcDate *out, GError **error);

G_END_DECLS
