/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 上传附件: what the center asks for on the left, for the application and for each person, with what is missing; on the
 * right the pictures of the one selected, to be turned, replaced and removed. Files are chosen, dropped or pasted;
 * those named 身份证号.jpg go to their people. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-roster-service.h"

G_BEGIN_DECLS

#define QC_TYPE_ATTACHMENTS_STEP (qc_attachments_step_get_type ())
G_DECLARE_FINAL_TYPE (QcAttachmentsStep, qc_attachments_step, QC, ATTACHMENTS_STEP, GtkWidget)

/* @prefix: of the page's actions. Signal "failed" (GError, as pointer). */
GtkWidget *qc_attachments_step_new (QcBusiness business, const char *prefix);
/* @service: (nullable) */
void qc_attachments_step_set_service (QcAttachmentsStep *self, QcRosterService *service);
void qc_attachments_step_update (QcAttachmentsStep *self);

/* The page's commands. */
void qc_attachments_step_choose (QcAttachmentsStep *self);
void qc_attachments_step_paste (QcAttachmentsStep *self);
/* From a telephone, into the slot selected. */
void qc_attachments_step_phone (QcAttachmentsStep *self);
/* Files from outside: to the people they are named by, or (@by_name FALSE) into the slot selected. */
void qc_attachments_step_add_files (QcAttachmentsStep *self, GListModel *files, gboolean by_name);

G_END_DECLS
