/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Who stands on the roster of one application, and its facts: what is kept on this computer at once, and the rest from
 * the center because somebody looks. What waits in the outbox is read from the very bytes that will be sent. Fetching
 * ends when nobody looks any more, and goes on from there the next time. Main context.
 */
#pragma once

#include "qc-application-list.h"
#include "qc-roster-model.h"

G_BEGIN_DECLS

/* Up to so many people are fetched at once; more only when asked for. */
#define QC_APPLICATION_LINES_AT_ONCE 1000

#define QC_TYPE_APPLICATION_LINES (qc_application_lines_get_type ())
G_DECLARE_FINAL_TYPE (QcApplicationLines, qc_application_lines, QC, APPLICATION_LINES, GObject)

/* Whether such a business has a roster or facts, as far as this version knows; those of a draft are on its own page. */
gboolean qc_application_row_has_lines (QcApplicationRow *row);

/* Signal "changed": something below is otherwise now. @row: one that has lines. */
QcApplicationLines *qc_application_lines_new (QcSession *session, QcApplicationRow *row);
/* Whether @row is still what this was made for: lists make their rows anew. */
gboolean qc_application_lines_is_of (QcApplicationLines *self, QcApplicationRow *row);
/* From the center now what is not here, however long it is, and whatever was in the way before. */
void qc_application_lines_fetch (QcApplicationLines *self);

QcBusiness qc_application_lines_get_business (QcApplicationLines *self);
/* The lines that are here; another one after "changed". (nullable) until something was read. Borrowed. */
QcRosterModel *qc_application_lines_get_model (QcApplicationLines *self);
/* What was confirmed beside the lines: QcFact. (nullable) until something was read. Borrowed. */
const GPtrArray *qc_application_lines_get_facts (QcApplicationLines *self);
/* Why it was returned: QcReturnReason; its pictures: QcAttachment. (nullable) until something was read. Borrowed. */
const GPtrArray *qc_application_lines_get_reasons (QcApplicationLines *self);
const GPtrArray *qc_application_lines_get_attachments (QcApplicationLines *self);
/* As it was when this was made. (nullable) while it waits in the outbox. Borrowed. */
const QcApplication *qc_application_lines_get_application (QcApplicationLines *self);
/* The center's lists, for the words of codes: QcCode. (nullable) Borrowed. */
GPtrArray *qc_application_lines_get_codes (QcApplicationLines *self);
/* It is read or fetched. */
gboolean qc_application_lines_is_busy (QcApplicationLines *self);
gboolean qc_application_lines_is_whole (QcApplicationLines *self);
/* How many lines are here, or came so far; and how many there are in all. */
gint64 qc_application_lines_get_here (QcApplicationLines *self);
gint64 qc_application_lines_get_people (QcApplicationLines *self);
/* When the center last gave some of them, unix seconds; 0: not at all, or they wait in the outbox. */
gint64 qc_application_lines_get_fetched (QcApplicationLines *self);
/* Why it is not whole. (nullable) Borrowed. */
const GError *qc_application_lines_get_error (QcApplicationLines *self);

G_END_DECLS
