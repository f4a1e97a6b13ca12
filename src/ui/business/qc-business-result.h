/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What came of 办理, whatever business. It follows the item in the outbox and then the application it became, stays
 * until it is put away, and always says the next step; without an item (after a restart) that of 汇缴 stands for the
 * unit's unfinished one. Main thread.
 */
#pragma once

#include "qc-applications-pane.h"

G_BEGIN_DECLS

#define QC_TYPE_BUSINESS_RESULT (qc_business_result_get_type ())
G_DECLARE_FINAL_TYPE (QcBusinessResult, qc_business_result, QC, BUSINESS_RESULT, GtkWidget)

/* @pane is borrowed: it is beside this one. Signal "updated". */
GtkWidget *qc_business_result_new (QcApplicationsPane *pane, QcBusiness business);
/* Another unit, which the pane knows already, or (@session NULL) none: nothing of the one before is shown. */
void qc_business_result_reset (QcBusinessResult *self, QcSession *session);
/* @item: (nullable) */
void qc_business_result_set_item (QcBusinessResult *self, QcOutboxItem *item);
/* The application it became, once it is known, or the unfinished one (borrowed, nullable). */
QcApplicationRow *qc_business_result_get_row (QcBusinessResult *self);
/* No longer stands for the unfinished one with @serial; NULL: for any again. */
void qc_business_result_put_away (QcBusinessResult *self, const char *serial);

G_END_DECLS
