/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a step of a business must answer to the frame around it: is it done, why not, which findings are its, and where
 * they are. Any widget can be one; a new business is its steps and nothing else. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-business.h"
#include "qc-finding.h"

G_BEGIN_DECLS

#define QC_TYPE_WIZARD_STEP (qc_wizard_step_get_type ())
G_DECLARE_INTERFACE (QcWizardStep, qc_wizard_step, QC, WIZARD_STEP, GtkWidget)

struct _QcWizardStepInterface {
  GTypeInterface parent;
  /* Whether what the step asks for is answered: its tick, and the way to the next one. */
  gboolean (*is_done) (QcWizardStep *self);
  /* What is still to be done here, for the tooltip of 下一步; NULL when done. (transfer full) */
  char *(*dup_missing) (QcWizardStep *self);
  /* Whether @finding belongs to this step. The last step takes what nobody owns. */
  gboolean (*owns) (QcWizardStep *self, const QcFinding *finding);
  /* The step is shown and @finding was chosen: put the cursor there. */
  void (*go_to) (QcWizardStep *self, const QcFinding *finding);
};

gboolean qc_wizard_step_is_done (QcWizardStep *self);
char *qc_wizard_step_dup_missing (QcWizardStep *self);
gboolean qc_wizard_step_owns (QcWizardStep *self, const QcFinding *finding);
void qc_wizard_step_go_to (QcWizardStep *self, const QcFinding *finding);

/* The steps of choose people → state facts → draft roster → checks → attachments → confirm → follow. */
typedef enum {
  QC_STEP_METHOD,   /* 缴存方式 */
  QC_STEP_MONTHS,   /* 汇缴年月 */
  QC_STEP_ROSTER,   /* 清册 */
  QC_STEP_FACTS,    /* 信息 */
  QC_STEP_PICTURES, /* 附件 */
  QC_STEP_REVIEW,   /* 复核 */
  QC_STEP_CONFIRM,  /* 办理 */
} QcStep;

/* The name of a step as it stands on the left ("Payment method"), translated; borrowed. */
const char *qc_wizard_step_title (QcStep step);

G_END_DECLS
