/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The inside of the wizard frame, shared by its three files: logic, widgets, actions. Main thread.
 */
#pragma once

#include "qc-findings-list.h"
#include "qc-prose.h"
#include "qc-wizard.h"

typedef struct {
  QcStep step;
  QcWizardStep *page; /* borrowed: its holder lives in the stack */
  GtkWidget *holder;  /* borrowed */
  GtkWidget *row;     /* borrowed */
  GtkStack *mark;     /* borrowed: number or tick */
  GtkWidget *warning; /* borrowed */
  GtkLabel *count;    /* borrowed */
  gboolean wide;
  guint n_findings;
} QcWizardEntry;

struct _QcWizard {
  GtkWidget parent_instance;
  QcBusiness business;
  GPtrArray *steps;       /* (owned) QcWizardEntry */
  QcWizardEntry *current; /* borrowed */
  QcDraft *draft;         /* (owned) (nullable) */
  char *prefix;           /* (owned) (nullable) of the actions */
  GActionMap *actions;    /* borrowed from the page (nullable) */
  gboolean can_submit, updating;
  gboolean seeks;                           /* a result went away: the step with the stop sign is what there is to do */
  gboolean has_amount;                      /* of what is to be submitted */
  gboolean narrow;                          /* too narrow for step and findings beside each other */
  gboolean want_findings, want_when_narrow; /* what the clerk asked for */
  guint fit_source;

  /* borrowed */
  GtkWidget *child;
  GtkStack *outer, *stack;
  GtkListBox *list;
  GtkBox *steps_column; /* the list of steps, and what is opened from here */
  GtkWidget *steps_side, *findings_side, *findings, *findings_toggle, *findings_icon;
  GtkLabel *findings_count;
  QcProse *amount, *totals, *saved;
  GtkWidget *undo, *redo, *back, *next, *submit;
};

/* qc-wizard.c */
QcWizardEntry *qc_wizard_entry (QcWizard *self, QcStep step, guint *out_index);
void qc_wizard_go_by (QcWizard *self, int offset);
void qc_wizard_show_findings (QcWizard *self, gboolean show);
void qc_wizard_update_findings (QcWizard *self);
void qc_wizard_emit_submit (QcWizard *self);
void qc_wizard_emit_discard (QcWizard *self);
/* qc-wizard-view.c */
void qc_wizard_build (QcWizard *self);
/* The findings give way where the step would be cut: on a small screen, or with large text. */
void qc_wizard_fit (QcWizard *self, int width);
/* By how much the frame could be narrower without them. */
int qc_wizard_spare_width (QcWizard *self);
void qc_wizard_build_step (QcWizard *self, QcWizardEntry *entry, gboolean wide, guint number);
/* qc-wizard-actions.c: @index of the step shown, @reachable the last one that can be visited */
void qc_wizard_update_actions (QcWizard *self, guint index, guint reachable);
