/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The line above what is drafted: which draft it is, the other ones to choose from, a new one, renaming and deleting
 * it, and 变更年月, which is shown and never typed. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-draft-list.h"
#include "qc-business-service.h"

G_BEGIN_DECLS

#define QC_TYPE_DRAFT_BAR (qc_draft_bar_get_type ())
G_DECLARE_FINAL_TYPE (QcDraftBar, qc_draft_bar, QC, DRAFT_BAR, GtkWidget)

/* Signals: "chosen" (int64: the draft to be shown), "delete" (the one shown is to go), "failed" (GError, as pointer).
 */
GtkWidget *qc_draft_bar_new (QcSession *session, QcBusiness business);
/* @service NULL: of no unit. */
void qc_draft_bar_set_service (QcDraftBar *self, QcBusinessService *service);
/* Of the business, last changed first. Borrowed. */
QcDraftList *qc_draft_bar_get_list (QcDraftBar *self);
void qc_draft_bar_create (QcDraftBar *self);
/* Opens the list with the name ready to be typed over. */
void qc_draft_bar_rename (QcDraftBar *self);

G_END_DECLS
