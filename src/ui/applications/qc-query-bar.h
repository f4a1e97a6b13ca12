/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The conditions of a query over 业务申请记录 in one row (R5): state, method, months, 业务流水号 or amount. It queries
 * as one types. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-application-list.h"

G_BEGIN_DECLS

#define QC_TYPE_QUERY_BAR (qc_query_bar_get_type ())
G_DECLARE_FINAL_TYPE (QcQueryBar, qc_query_bar, QC, QUERY_BAR, GtkWidget)

/* Signal "changed": conditions are others now. @business: QcBusiness, or -1 for a choice of businesses. */
GtkWidget *qc_query_bar_new (int business);
/* @out->text is borrowed until the next change. */
void qc_query_bar_get_conditions (QcQueryBar *self, QcApplicationConditions *out);
void qc_query_bar_clear (QcQueryBar *self);
/* Borrowed: the entry of the text. */
GtkWidget *qc_query_bar_get_search (QcQueryBar *self);
void qc_query_bar_set_text (QcQueryBar *self, const char *text);

G_END_DECLS
