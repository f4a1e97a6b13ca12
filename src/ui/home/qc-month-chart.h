/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The last twelve remitted months as bars of the amount with the headcount in words on each. Drawn by snapshot with
 * the theme's colours; every figure is also in the accessible description. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-session.h"

G_BEGIN_DECLS

#define QC_TYPE_MONTH_CHART (qc_month_chart_get_type ())
G_DECLARE_FINAL_TYPE (QcMonthChart, qc_month_chart, QC, MONTH_CHART, GtkWidget)

GtkWidget *qc_month_chart_new (void);
/* @months: GArray of QcMonthFigure, oldest first. */
void qc_month_chart_set_months (QcMonthChart *self, GArray *months);

G_END_DECLS
