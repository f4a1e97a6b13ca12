/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A business of facts without a screen: 单位缴存登记信息变更. What the unit has registered is shown with what waits in
 * the outbox laid over it; only what the clerk changes is in the draft, each with what was seen before, and each change
 * is one step of undo. What was changed elsewhere meanwhile is decided field by field, by a person. Main context; SQL
 * runs on the database's threads.
 */
#pragma once

#include "qc-business-service.h"
#include "qc-unit-field.h"

G_BEGIN_DECLS

#define QC_TYPE_FACTS_SERVICE (qc_facts_service_get_type ())
G_DECLARE_FINAL_TYPE (QcFactsService, qc_facts_service, QC, FACTS_SERVICE, QcBusinessService)

/* @draft 0: the newest open draft of @business, or one that is made at the first edit. */
QcFactsService *qc_facts_service_new (QcSession *session, QcBusiness business, gint64 draft);

/* The unit as it is, with what waits laid over it; NULL until it is read. Borrowed until "updated". */
const QcUnit *qc_facts_service_get_unit (QcFactsService *self);
/* The center's lists: QcCode. Borrowed until "updated". (nullable) */
const GPtrArray *qc_facts_service_get_codes (QcFactsService *self);
/* The unit's ratios: QcRatios. Borrowed until "updated". (nullable) */
const GArray *qc_facts_service_get_ratios (QcFactsService *self);

/* ---- one field ---- */

/* As the clerk wants it: what is entered, else what the unit has. Borrowed until the next change. */
const char *qc_facts_service_get_value (QcFactsService *self, const QcUnitField *field);
gboolean qc_facts_service_is_changed (QcFactsService *self, const QcUnitField *field);
/* What was seen when it was changed. Borrowed. */
const char *qc_facts_service_get_before (QcFactsService *self, const QcUnitField *field);
/* What another submission, which waits in the outbox, makes of it; NULL where none does. Borrowed. */
const char *qc_facts_service_get_waiting (QcFactsService *self, const QcUnitField *field);
/* What the unit has now, where that is no longer what was seen; NULL where it is. Borrowed. */
const char *qc_facts_service_get_elsewhere (QcFactsService *self, const QcUnitField *field);
/* What is wrong with it. (transfer full) */
GPtrArray *qc_facts_service_dup_field_findings (QcFactsService *self, const QcUnitField *field);

/* What was typed: folded, one step of undo, none where nothing is otherwise; what was before takes the change back.
 * FALSE: nothing can be entered there now. */
gboolean qc_facts_service_enter (QcFactsService *self, const QcUnitField *field, const char *text);
/* It was changed elsewhere meanwhile: the clerk's is to hold all the same, knowing the other; or the other one holds.
 */
void qc_facts_service_keep_mine (QcFactsService *self, const QcUnitField *field);
void qc_facts_service_take_theirs (QcFactsService *self, const QcUnitField *field);

/* ---- all of them ---- */

/* What would be sent, in the order of the form: QcFact. (transfer full) */
GPtrArray *qc_facts_service_dup_facts (QcFactsService *self);
/* How many fields other submissions that wait change. */
guint qc_facts_service_get_n_waiting (QcFactsService *self);
/* Everything entered is written and checked, or cannot be written now. */
gboolean qc_facts_service_is_settled (QcFactsService *self);

G_END_DECLS
