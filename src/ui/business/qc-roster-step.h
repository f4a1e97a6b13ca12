/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The step 清册 of every roster business: the line of its draft, the toolbar, and the grid, or the two ways in where
 * nobody is on it yet. The commands of the toolbar are the page's. Main thread.
 */
#pragma once

#include "qc-draft-bar.h"
#include "qc-roster-grid.h"

G_BEGIN_DECLS

#define QC_TYPE_ROSTER_STEP (qc_roster_step_get_type ())
G_DECLARE_FINAL_TYPE (QcRosterStep, qc_roster_step, QC, ROSTER_STEP, GtkWidget)

/* A QcWizardStep. @prefix of the page's actions. Signals: "selection-changed", and of the grid "pasted" (QcPasteResult,
 * as pointer) and "failed" (GError, as pointer). */
GtkWidget *qc_roster_step_new (QcSession *session, QcBusiness business, const char *prefix);
void qc_roster_step_set_service (QcRosterStep *self, QcRosterService *service);
void qc_roster_step_update (QcRosterStep *self);
/* By name, pinyin, initials, tail of the document, account. */
void qc_roster_step_search (QcRosterStep *self, const char *text);
QcDraftBar *qc_roster_step_get_bar (QcRosterStep *self);
QcRosterGrid *qc_roster_step_get_grid (QcRosterStep *self); /* (nullable) none without a unit */
/* Opens the list of reasons for the lines chosen. */
void qc_roster_step_choose_reason (QcRosterStep *self);

G_END_DECLS
