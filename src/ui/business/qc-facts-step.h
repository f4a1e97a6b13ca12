/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The step of a business of facts: the line of its draft, and below it the form in groups, no wider than can be read.
 * Main thread.
 */
#pragma once

#include "qc-draft-bar.h"
#include "qc-facts-service.h"

G_BEGIN_DECLS

#define QC_TYPE_FACTS_STEP (qc_facts_step_get_type ())
G_DECLARE_FINAL_TYPE (QcFactsStep, qc_facts_step, QC, FACTS_STEP, GtkWidget)

/* A QcWizardStep. */
GtkWidget *qc_facts_step_new (QcSession *session, QcBusiness business);
void qc_facts_step_set_service (QcFactsStep *self, QcFactsService *service);
void qc_facts_step_update (QcFactsStep *self);
/* What is being typed is taken over. */
void qc_facts_step_commit (QcFactsStep *self);
/* The cursor goes to the first field that must be mended. */
void qc_facts_step_first_fault (QcFactsStep *self);
QcDraftBar *qc_facts_step_get_bar (QcFactsStep *self);

G_END_DECLS
