/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * <业务申请记录>: conditions, list, details at the side, and what may be done. The lower half of every business, and a
 * page of its own. Its commands are win.query-run, win.query-clear, win.records-export,
 * win.records-export-to (string: a path),
 * win.application-{redraw,delete,withdraw,release,print}, win.application-confirm (yes to the question on screen),
 * win.application-select (string: 业务流水号) and win.outbox-release (int64: the item) of the pane that is on screen.
 * Main thread.
 */
#pragma once

#include "qc-application-service.h"
#include "qc-page.h"

G_BEGIN_DECLS

#define QC_TYPE_APPLICATIONS_PANE (qc_applications_pane_get_type ())
G_DECLARE_FINAL_TYPE (QcApplicationsPane, qc_applications_pane, QC, APPLICATIONS_PANE, GtkWidget)

/* @business: QcBusiness, or -1 for all. */
GtkWidget *qc_applications_pane_new (QcSession *session, int business);
/* Its headline with the totals is shown elsewhere from now on. (transfer full) */
GtkWidget *qc_applications_pane_take_head (QcApplicationsPane *self);
/* Another unit: everything anew. */
void qc_applications_pane_reset (QcApplicationsPane *self);
/* The shortcuts of the commands, while @page is shown. */
void qc_applications_pane_install (QcApplicationsPane *self, QcPage *page);
/* Selects the application, also when it is read only later. */
void qc_applications_pane_select (QcApplicationsPane *self, const char *serial);
/* As if @text were typed into the search entry of the query bar. */
void qc_applications_pane_search (QcApplicationsPane *self, const char *text);
QcApplicationList *qc_applications_pane_get_list (QcApplicationsPane *self);
QcApplicationService *qc_applications_pane_get_service (QcApplicationsPane *self);
QcApplicationRow *qc_applications_pane_get_row (QcApplicationsPane *self); /* (nullable) the selected one */
/* Does what the buttons do. */
void qc_applications_pane_act (QcApplicationsPane *self, QcApplicationRow *row, QcApplicationAction action);
void qc_applications_pane_withdraw (QcApplicationsPane *self, QcOutboxItem *item);

G_END_DECLS
