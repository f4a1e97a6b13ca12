/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The fields of the 汇缴 page, shared by the two files it is written in. Main thread.
 */
#pragma once

#include "qc-business-result.h"
#include "qc-remittance-page.h"
#include "qc-remittance-steps.h"
#include "qc-wizard.h"

struct _QcRemittancePage {
  QcPage parent_instance;
  QcRemittanceService *service; /* (owned) (nullable) none without a unit */
  GtkWidget *dialog;            /* (weak) (nullable) the confirmation on screen */
  gboolean shows_result;        /* instead of the steps */
  gboolean able;                /* the session lets something be submitted */
  gboolean submittable;         /* 办理 was allowed when the page was last updated */
  guint update_source;          /* one update for many notifications */
  int height;                   /* of the page, when the records were last given theirs */
  /* borrowed */
  QcWizard *wizard;
  QcApplicationsPane *pane;
  QcMethodStep *method;
  QcMonthsStep *months;
  QcReviewStep *review;
  QcSubmitStep *submit;
  QcBusinessResult *result; /* owned, so that it survives leaving the stack */
};

/* qc-remittance-page.c: why 办理 is not possible now; NULL where it is. (transfer full) (nullable) */
char *qc_remittance_page_dup_why_not (QcRemittancePage *self);
/* Back to the steps, for the next one. */
void qc_remittance_page_put_result_away (QcRemittancePage *self);

/* qc-remittance-actions.c */
void qc_remittance_page_add_actions (QcRemittancePage *self);
void qc_remittance_page_update_actions (QcRemittancePage *self);
void qc_remittance_page_confirm (QcRemittancePage *self);
/* 与上月相同 */
void qc_remittance_page_remit_same (QcRemittancePage *self);
void qc_remittance_page_show_error (QcRemittancePage *self, const GError *error);
