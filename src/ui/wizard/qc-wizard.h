/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The frame of all eight businesses: steps named on the left, the step in the middle, findings at the side, one bar
 * below with totals and 上一步 / 下一步 / 办理. It knows steps only by QcWizardStep; which there are says the table of
 * businesses. Main thread.
 */
#pragma once

#include "qc-draft.h"
#include "qc-page.h"
#include "qc-wizard-step.h"

G_BEGIN_DECLS

#define QC_TYPE_WIZARD (qc_wizard_get_type ())
G_DECLARE_FINAL_TYPE (QcWizard, qc_wizard, QC, WIZARD, GtkWidget)

/* Signals: "submit": 办理 was pressed and may be; "step-changed"; "discard"; "finding" (const QcFinding *, as pointer):
 * one was chosen, before its step is shown. */
GtkWidget *qc_wizard_new (QcBusiness business);

/* @page implements QcWizardStep. Steps are added in order; one that the business does not have is a bug.
 * @wide: a grid that takes the full width; others are clamped to a readable one. */
void qc_wizard_add_step (QcWizard *self, QcStep step, GtkWidget *page, gboolean wide);
/* Asks every step again: ticks, findings, what may be pressed. */
void qc_wizard_update (QcWizard *self);
/* Any step up to the first that is not done can be visited. FALSE if @step cannot. */
gboolean qc_wizard_go (QcWizard *self, QcStep step);
QcStep qc_wizard_get_step (QcWizard *self);
gboolean qc_wizard_can_go (QcWizard *self, QcStep step);

/* Copies @findings (nullable). */
void qc_wizard_set_findings (QcWizard *self, const GPtrArray *findings);
/* Bottom left; the amount in words shows on hover. @text NULL = nothing yet. */
void qc_wizard_set_totals (QcWizard *self, const char *text, QcMoney fen);
/* Whether 办理 may be pressed now, and if not, why (translated, nullable). */
void qc_wizard_set_can_submit (QcWizard *self, gboolean can, const char *why_not);
/* 办理 with what it is for (X11); translated, with a mnemonic. */
void qc_wizard_set_submit_label (QcWizard *self, const char *label);
/* A button below the steps that leads to the page @target. @icon: borrowed. */
void qc_wizard_add_way (QcWizard *self, const char *icon, const char *label, const char *target);
/* Undo, redo and "saved" follow it. */
void qc_wizard_set_draft (QcWizard *self, QcDraft *draft);
/* Shows @result instead of the steps (what came of 办理); NULL = the steps again, and as soon as findings say so the
 * one in which something is to be mended. */
void qc_wizard_set_result (QcWizard *self, GtkWidget *result);

/*
 * Adds to @page: PREFIX-next, PREFIX-back, PREFIX-submit, PREFIX-undo, PREFIX-redo, PREFIX-findings, PREFIX-discard and
 * PREFIX-step (int32, from 1) with their shortcuts. Signal "discard" asks the page.
 */
void qc_wizard_install (QcWizard *self, QcPage *page, const char *prefix);

G_END_DECLS
