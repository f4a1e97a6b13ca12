/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The two halves of a business's page: what is being done above, and <业务申请记录> below as one closed line that opens
 * on demand. How high it is when open is remembered, for all businesses alike. Main thread.
 */
#pragma once

#include "qc-applications-pane.h"

G_BEGIN_DECLS

#define QC_TYPE_BUSINESS_RECORDS (qc_business_records_get_type ())
G_DECLARE_FINAL_TYPE (QcBusinessRecords, qc_business_records, QC, BUSINESS_RECORDS, GtkWidget)

/* Takes both halves. */
GtkWidget *qc_business_records_new (GtkWidget *above, QcApplicationsPane *pane);
void qc_business_records_set_open (QcBusinessRecords *self, gboolean open);
gboolean qc_business_records_is_open (QcBusinessRecords *self);

G_END_DECLS
