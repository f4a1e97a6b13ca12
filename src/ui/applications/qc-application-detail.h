/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One application at the side of its list: state with what it means, facts, timeline, the actions of exactly this row,
 * and what its business has: months and payee notice where money moves, people where there is a roster,
 * what was changed where there are facts. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-application-lines.h"
#include "qc-application-service.h"
#include "qc-fact-grid.h"
#include "qc-fact.h"

G_BEGIN_DECLS

#define QC_TYPE_APPLICATION_DETAIL (qc_application_detail_get_type ())
G_DECLARE_FINAL_TYPE (QcApplicationDetail, qc_application_detail, QC, APPLICATION_DETAIL, GtkWidget)

GtkWidget *qc_application_detail_new (QcSession *session, QcApplicationService *service);
void qc_application_detail_set_service (QcApplicationDetail *self, QcApplicationService *service);
/* @row: (nullable) */
void qc_application_detail_set_row (QcApplicationDetail *self, QcApplicationRow *row);

/* All lines of its roster, in a window. */
gboolean qc_application_detail_has_roster (QcApplicationDetail *self);
/* Of the row, where it has lines. (nullable) Borrowed. */
QcApplicationLines *qc_application_detail_get_lines (QcApplicationDetail *self);
void qc_application_detail_open_roster (QcApplicationDetail *self);

/* 本月与上月 of a 汇缴, in a window. */
gboolean qc_application_detail_has_sheet (QcApplicationDetail *self);
void qc_application_detail_open_sheet (QcApplicationDetail *self);

/* The buttons of @action_name say why they cannot be pressed; NULL = they can. */
void qc_application_detail_set_why_not (QcApplicationDetail *self, const char *action_name, const char *why);

/* Where to pay, each line copyable; NULL empties it (decision 13). */
void qc_payee_notice_fill (QcFactGrid *grid, const QcPayeeNotice *notice, const QcApplication *application);

/* What a fact was and what it becomes, in the words of the center's lists (QcCode, nullable). (transfer full) */
char *qc_application_words_fact (const QcFact *fact, const GPtrArray *codes);
/* Words the list needs too. (transfer full) */
char *qc_application_words_months (QcMonth start, QcMonth end);
/* "Collection" / 托收, "" for none; borrowed. */
const char *qc_application_words_method (QcMethod method);
/* Why an action cannot be done, NULL for QC_WHY_NONE; borrowed. */
const char *qc_application_words_why_not (QcWhyNot why, QcApplicationAction action);
/* What an item of the outbox waits for, with the next try. (transfer full) */
char *qc_application_words_item (QcOutboxItem *item);
/* How far pictures are. (transfer full) */
char *qc_application_words_upload (const QcUploadProgress *upload);
char *qc_application_words_draft (QcDraftEntry *draft);

G_END_DECLS
