/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The months of a 汇缴, one a row: 上月, 增加, 减少, 本月 in people and money, and a tick "reviewed" (R3). Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-remittance-service.h"

G_BEGIN_DECLS

#define QC_TYPE_MONTH_TABLE (qc_month_table_get_type ())
G_DECLARE_FINAL_TYPE (QcMonthTable, qc_month_table, QC, MONTH_TABLE, GtkWidget)

/* Signals: "selected" (int, QcMonth); "reviewed" (int, gboolean): the tick was clicked. */
GtkWidget *qc_month_table_new (void);
/* @service: (nullable): its preview and its ticks. */
void qc_month_table_update (QcMonthTable *self, QcRemittanceService *service);
void qc_month_table_select (QcMonthTable *self, QcMonth month);

G_END_DECLS
