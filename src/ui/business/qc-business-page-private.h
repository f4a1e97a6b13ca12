/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The fields of the page of a business, shared by the files it is written in. Main thread.
 */
#pragma once

#include "qc-applications-pane.h"
#include "qc-attachments-step.h"
#include "qc-business-page.h"
#include "qc-business-records.h"
#include "qc-business-result.h"
#include "qc-facts-step.h"
#include "qc-import-receipt.h"
#include "qc-roster-step.h"
#include "qc-wizard.h"

struct _QcBusinessPage {
  QcPage parent_instance;
  QcBusiness business;
  QcRosterService *service; /* (owned) (nullable) of a roster business; none without a unit */
  QcFactsService *facts;    /* (owned) (nullable) of a business of facts; none without a unit */
  GtkWidget *dialog;        /* (weak) (nullable) the confirmation on screen */
  GtkWidget *chooser;       /* (weak) (nullable) 选择人员 on screen */
  GtkWidget *importer;      /* (weak) (nullable) 导入 on screen */
  QcImportReceipt *receipt; /* (owned) (nullable) of the last import of this draft */
  gboolean shows_result;    /* instead of the roster */
  gboolean asked;           /* 办理 was pressed, and is answered once what was typed is saved */
  gboolean checked;         /* what is found was told anew, and is not shown yet */
  gboolean able;            /* the session lets something be submitted */
  gboolean concerned;       /* those concerned are to be put on the roster once it is read */
  int ahead;                /* those too who will be in so many months */
  gboolean apart;           /* and on a new one, which is being made */
  gint64 entering;          /* the line whose first empty cell takes the focus when 选择人员 closes; 0 = none */
  guint update_source;      /* one update for many notifications */
  /* borrowed */
  QcWizard *wizard;
  QcRosterStep *step;          /* (nullable) of a roster business, or: */
  QcFactsStep *form;           /* (nullable) of a business of facts */
  QcAttachmentsStep *pictures; /* (nullable) of a business that is reviewed */
  QcApplicationsPane *pane;
  QcBusinessRecords *records;
  QcBusinessResult *result; /* owned, so that it survives leaving the stack */
};

#define qc_business_page_code(self) (qc_business_info ((self)->business)->code)

/* qc-business-page.c: its service, whichever it is; NULL without a unit. */
QcBusinessService *qc_business_page_base (QcBusinessPage *self);
QcDraftBar *qc_business_page_get_bar (QcBusinessPage *self);
QcRosterGrid *qc_business_page_get_grid (QcBusinessPage *self); /* (nullable) */
/* The unit it is for, NULL until it is read; and the month. */
const QcUnit *qc_business_page_get_unit (QcBusinessPage *self);
QcMonth qc_business_page_get_effective (QcBusinessPage *self);
gboolean qc_business_page_is_settled (QcBusinessPage *self);
/* Why 办理 is not possible now; NULL where it is. (transfer full) (nullable) */
char *qc_business_page_dup_why_not (QcBusinessPage *self);
/* Back to the roster, for the next one. */
void qc_business_page_put_result_away (QcBusinessPage *self);
/* @draft 0: the newest open one. */
void qc_business_page_show_draft (QcBusinessPage *self, gint64 draft);
void qc_business_page_show_error (QcBusinessPage *self, const GError *error);

/* qc-business-actions.c */
/* What the last import can be taken back by; @receipt: (nullable). */
void qc_business_page_set_receipt (QcBusinessPage *self, QcImportReceipt *receipt);
void qc_business_page_add_actions (QcBusinessPage *self);
void qc_business_page_update_actions (QcBusinessPage *self);

/* To the first empty cell of the line that waits for it, once it is there and nothing stands over the page. */
void qc_business_page_go_entering (QcBusinessPage *self);
/* A file that was chosen or dropped; nothing where the roster cannot be edited. */
void qc_business_page_import (QcBusinessPage *self, GFile *file);

/* qc-business-confirm.c: always answered: by the question, by the reason why not, or by an error. */
void qc_business_page_confirm (QcBusinessPage *self);
