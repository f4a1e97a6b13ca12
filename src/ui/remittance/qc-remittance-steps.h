/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The four steps of 汇缴 and what comes of 办理. Each shows the service it was given and edits through the actions of
 * the page (win.remittance-…); none of them computes. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "qc-applications-pane.h"
#include "qc-remittance-service.h"

G_BEGIN_DECLS

/* 缴存方式 (R1, R9) */
#define QC_TYPE_METHOD_STEP (qc_method_step_get_type ())
G_DECLARE_FINAL_TYPE (QcMethodStep, qc_method_step, QC, METHOD_STEP, GtkWidget)
GtkWidget *qc_method_step_new (void);
void qc_method_step_set_service (QcMethodStep *self, QcRemittanceService *service);
void qc_method_step_update (QcMethodStep *self);

/* 汇缴年月 (R2) */
#define QC_TYPE_MONTHS_STEP (qc_months_step_get_type ())
G_DECLARE_FINAL_TYPE (QcMonthsStep, qc_months_step, QC, MONTHS_STEP, GtkWidget)
GtkWidget *qc_months_step_new (void);
void qc_months_step_set_service (QcMonthsStep *self, QcRemittanceService *service);
void qc_months_step_update (QcMonthsStep *self);

/* 复核 (R3, R10) */
#define QC_TYPE_REVIEW_STEP (qc_review_step_get_type ())
G_DECLARE_FINAL_TYPE (QcReviewStep, qc_review_step, QC, REVIEW_STEP, GtkWidget)
GtkWidget *qc_review_step_new (void);
void qc_review_step_set_service (QcReviewStep *self, QcRemittanceService *service);
void qc_review_step_update (QcReviewStep *self);
QcMonth qc_review_step_get_month (QcReviewStep *self); /* the one whose people are shown */
void qc_review_step_select_month (QcReviewStep *self, QcMonth month);
/* The list of people that is shown, as a workbook. @path: (nullable) asked for. */
void qc_review_step_export (QcReviewStep *self, const char *path);
/* The person among those left out or to be answered for. (transfer full) (nullable) */
QcRemittancePerson *qc_review_step_dup_left_out (QcReviewStep *self, const char *account);

/* 办理 (R4) */
#define QC_TYPE_SUBMIT_STEP (qc_submit_step_get_type ())
G_DECLARE_FINAL_TYPE (QcSubmitStep, qc_submit_step, QC, SUBMIT_STEP, GtkWidget)
GtkWidget *qc_submit_step_new (void);
void qc_submit_step_set_service (QcSubmitStep *self, QcRemittanceService *service);
void qc_submit_step_update (QcSubmitStep *self);

G_END_DECLS
