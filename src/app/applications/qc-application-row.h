/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A row of <业务申请记录>: an application at the center, an item of the outbox, or a draft, and what a list says of any
 * of them. Main context.
 */
#pragma once

#include "qc-draft-list.h"
#include "qc-outbox-list.h"

G_BEGIN_DECLS

#define QC_TYPE_APPLICATION_ROW (qc_application_row_get_type ())
G_DECLARE_FINAL_TYPE (QcApplicationRow, qc_application_row, QC, APPLICATION_ROW, GObject)

/* For lists and tests. The first takes @application. */
QcApplicationRow *qc_application_row_new (QcApplication *application);
QcApplicationRow *qc_application_row_new_item (QcOutboxItem *item);
QcApplicationRow *qc_application_row_new_draft (QcDraftEntry *draft);
/* One of the three; the others are NULL. */
const QcApplication *qc_application_row_get_application (QcApplicationRow *self);
QcOutboxItem *qc_application_row_get_item (QcApplicationRow *self);
QcDraftEntry *qc_application_row_get_draft (QcApplicationRow *self);

/* What it is asked for by: its 业务流水号, the key under which it waits, or "draft:" and its number. (transfer full) */
char *qc_application_row_dup_key (QcApplicationRow *self);
QcBusiness qc_application_row_get_business (QcApplicationRow *self);
/* 录入清册 of a draft, 登记 of what waits of reviewed business. FALSE: what waits of another one has no state yet
 * (decision 5). */
gboolean qc_application_row_get_state (QcApplicationRow *self, QcApplicationState *out);
/* 登记 of reviewed business that waits, and nothing of it is on its way: what it waits for is said beside it (decision
 * 5). */
gboolean qc_application_row_is_registered (QcApplicationRow *self);
QcMethod qc_application_row_get_method (QcApplicationRow *self);
/* NONE where there are none or they are not known. */
QcMonth qc_application_row_get_start (QcApplicationRow *self);
QcMonth qc_application_row_get_end (QcApplicationRow *self);
/* -1: not known, as in a draft of months on which somebody may stand more than once. */
gint64 qc_application_row_get_people (QcApplicationRow *self);
/* When it was submitted; of a draft when it was last changed. Unix seconds. */
gint64 qc_application_row_get_time (QcApplicationRow *self);
/* What it comes to. FALSE where no money moves or it is not known, which is not the same as 0.00. */
gboolean qc_application_row_get_fen (QcApplicationRow *self, QcMoney *out);

G_END_DECLS
