/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The interface of a step with its defaults, and the names of the steps. Main thread.
 */
#include "qc-wizard-step.h"

#include <glib/gi18n.h>

G_DEFINE_INTERFACE (QcWizardStep, qc_wizard_step, GTK_TYPE_WIDGET)

static gboolean
default_is_done (QcWizardStep *self)
{
  return TRUE;
}

static char *
default_dup_missing (QcWizardStep *self)
{
  return NULL;
}

static gboolean
default_owns (QcWizardStep *self, const QcFinding *finding)
{
  return FALSE;
}

static void
default_go_to (QcWizardStep *self, const QcFinding *finding)
{
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
qc_wizard_step_default_init (QcWizardStepInterface *iface)
{
  iface->is_done = default_is_done;
  iface->dup_missing = default_dup_missing;
  iface->owns = default_owns;
  iface->go_to = default_go_to;
}

gboolean
qc_wizard_step_is_done (QcWizardStep *self)
{
  g_return_val_if_fail (QC_IS_WIZARD_STEP (self), FALSE);
  return QC_WIZARD_STEP_GET_IFACE (self)->is_done (self);
}

char *
qc_wizard_step_dup_missing (QcWizardStep *self)
{
  g_return_val_if_fail (QC_IS_WIZARD_STEP (self), NULL);
  return QC_WIZARD_STEP_GET_IFACE (self)->dup_missing (self);
}

gboolean
qc_wizard_step_owns (QcWizardStep *self, const QcFinding *finding)
{
  g_return_val_if_fail (QC_IS_WIZARD_STEP (self), FALSE);
  return QC_WIZARD_STEP_GET_IFACE (self)->owns (self, finding);
}

void
qc_wizard_step_go_to (QcWizardStep *self, const QcFinding *finding)
{
  g_return_if_fail (QC_IS_WIZARD_STEP (self));
  QC_WIZARD_STEP_GET_IFACE (self)->go_to (self, finding);
}

const char *
qc_wizard_step_title (QcStep step)
{
  switch (step) {
  case QC_STEP_METHOD:
    return _ ("Method");
  case QC_STEP_MONTHS:
    return _ ("Months");
  case QC_STEP_ROSTER:
    return _ ("Roster");
  case QC_STEP_FACTS:
    return _ ("Registered data");
  case QC_STEP_PICTURES:
    return _ ("Pictures");
  case QC_STEP_REVIEW:
    return _ ("Review");
  case QC_STEP_CONFIRM:
    return _ ("Submit");
  default:
    return "";
  }
}
