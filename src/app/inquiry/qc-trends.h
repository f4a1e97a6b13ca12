/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What is drawn of a unit: its months, and how many of its people have which base. Main thread; read on the reader
 * thread.
 */
#pragma once

#include "qc-session.h"

G_BEGIN_DECLS

typedef struct {
  QcMonth month;
  gint64 people, joined, left; /* of 汇缴 */
  QcMoney fen;                 /* of 汇缴 and 补缴 */
} QcTrendMonth;

/* Bases from @from on, below @to. */
typedef struct {
  QcMoney from, to;
  gint64 people;
} QcTrendBases;

typedef struct {
  GArray *months; /* (owned) QcTrendMonth, every one from the first to the last */
  GArray *bases;  /* (owned) QcTrendBases, from the lowest to the highest, of equal width */
  gint64 as_of;   /* unix seconds; 0: not everything is here yet */
} QcTrends;
void qc_trends_free (QcTrends *trends);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcTrends, qc_trends_free)

/* @n_months: the last ones, 0 = all there are. */
void qc_trends_load_async (QcSession *session, guint n_months, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);
QcTrends *qc_trends_load_finish (QcSession *session, GAsyncResult *result, GError **error);

/* @bases (QcMoney) in up to sixteen steps of 1, 2 or 5 with zeroes, no finer than 100 yuan: QcTrendBases.
 * (transfer full) */
GArray *qc_trends_divide (const GArray *bases);

G_END_DECLS
