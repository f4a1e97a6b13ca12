/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What was paid, as spans of months: of one person, and of the unit by month. Database threads only.
 */
#pragma once

#include "qc-connection.h"
#include "qc-employee.h"

G_BEGIN_DECLS

typedef struct {
  QcPaidSpan span;
  char *serial; /* (owned) (nullable) the application */
} QcStoreSpan;
void qc_store_span_free (QcStoreSpan *span);

/* Spans of a person, oldest first. GPtrArray of QcStoreSpan. (transfer full) */
GPtrArray *qc_store_spans_of (QcConnection *connection, const char *profile, const char *unit, const char *account,
                              GError **error);

typedef struct {
  QcMonth month;
  gint64 people; /* remitted, 汇缴 only */
  QcMoney fen;   /* unit + personal, 汇缴 and 补缴 */
} QcStoreMonthFigure;
/* Headcount and amount of each month from @from to @to, also the empty ones. GArray of QcStoreMonthFigure.
 * (transfer full) */
GArray *qc_store_spans_by_month (QcConnection *connection, const char *profile, const char *unit, QcMonth from,
                                 QcMonth to, GError **error);

/* Somebody who was remitted (汇缴) in a month or in the one before; everything borrowed, valid during the call. */
typedef struct {
  const QcEmployee *employee;
  gboolean gone;                     /* no longer with the unit */
  const QcPaidSpan *span, *previous; /* (nullable) what covers the month, and the one before */
} QcStoreMonthPerson;
/* FALSE ends the walk, which is no error. */
typedef gboolean (*QcStoreMonthFunc) (const QcStoreMonthPerson *person, gpointer user_data);
/* All of them by account, those who left too. */
gboolean qc_store_spans_each_of_month (QcConnection *connection, const char *profile, const char *unit, QcMonth month,
                                       QcStoreMonthFunc func, gpointer user_data, GError **error);

G_END_DECLS
