/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The charts of months there are, and how a month stands in them. Main thread.
 */
#pragma once

#include "qc-bar-chart.h"
#include "qc-types.h"

G_BEGIN_DECLS

typedef enum {
  QC_MONTH_CHART_AMOUNT,    /* fen */
  QC_MONTH_CHART_HEADCOUNT, /* people */
  QC_MONTH_CHART_CHANGES,   /* people who joined and who left */
} QcMonthChart;
#define QC_N_MONTH_CHARTS (QC_MONTH_CHART_CHANGES + 1)

typedef struct {
  QcMonth month;
  gint64 people;
  QcMoney fen;
  gint64 joined, left; /* only looked at where they are drawn */
} QcMonthValues;

const QcBarInfo *qc_month_chart_info (QcMonthChart chart);
/* "inquiry/months:2026-10" is where it leads. @is_first: of the chart, so that it says its year. (transfer full) */
QcBarPoint *qc_month_chart_point (QcMonthChart chart, const QcMonthValues *values, gboolean is_first);

G_END_DECLS
