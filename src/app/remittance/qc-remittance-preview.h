/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a 汇缴 would be, computed from the stored people by the rules the center uses too: method, months with their
 * four pairs, who changed, who is left out, and every finding (R1–R3, R9, R10). An immutable snapshot; lists make their
 * lines when they are looked at, so that 100,000 of them cost nothing. Any thread.
 */
#pragma once

#include <gio/gio.h>
#include "qc-month-sheet.h"

G_BEGIN_DECLS

#define QC_TYPE_REMITTANCE_PREVIEW (qc_remittance_preview_get_type ())
G_DECLARE_FINAL_TYPE (QcRemittancePreview, qc_remittance_preview, QC, REMITTANCE_PREVIEW, GObject)

const QcUnit *qc_remittance_preview_get_unit (QcRemittancePreview *self);
/* R1: the method chosen, and the only one the unit may use. */
QcMethod qc_remittance_preview_get_method (QcRemittancePreview *self);
QcMethod qc_remittance_preview_get_allowed_method (QcRemittancePreview *self);
/* R2: the start month is given; after 缴至年月, or the unit's first month where nothing was remitted yet. */
QcMonth qc_remittance_preview_get_start (QcRemittancePreview *self);
gboolean qc_remittance_preview_is_first (QcRemittancePreview *self);
QcMonth qc_remittance_preview_get_end (QcRemittancePreview *self);
QcMonth qc_remittance_preview_get_last (QcRemittancePreview *self); /* last selectable; QC_MONTH_NONE = none */
int qc_remittance_preview_get_months_ahead (QcRemittancePreview *self);
QcMonth qc_remittance_preview_get_current_month (QcRemittancePreview *self);

/* R3: QcMonthLine per month. Totals are over these. */
const GArray *qc_remittance_preview_get_lines (QcRemittancePreview *self);
const QcMonthLine *qc_remittance_preview_get_line (QcRemittancePreview *self, QcMonth month); /* (nullable) */
QcMoney qc_remittance_preview_get_total (QcRemittancePreview *self);
gint64 qc_remittance_preview_get_people (QcRemittancePreview *self); /* distinct over all months */

/* QcRemittancePerson, lazily. QC_MONTH_NONE = of all months. (transfer full) */
GListModel *qc_remittance_preview_dup_changes (QcRemittancePreview *self, QcMonth month);
/* The same as 本月与上月, over all months. Borrowed. */
QcMonthSheet *qc_remittance_preview_get_sheet (QcRemittancePreview *self);
/* A class that was answered here and is stated with the month. */
typedef struct {
  char *account, *name; /* (owned) */
  QcRetirementClass klass;
} QcRemittanceAnswer;
/* QcRemittanceAnswer, by account. Borrowed. */
const GArray *qc_remittance_preview_get_answers (QcRemittancePreview *self);
/* Those who are past retirement or must be answered for. (transfer full) */
GListModel *qc_remittance_preview_dup_left_out (QcRemittancePreview *self);
gint64 qc_remittance_preview_get_left_out (QcRemittancePreview *self);
gint64 qc_remittance_preview_get_unanswered (QcRemittancePreview *self);

/* Checks made on this computer, worst first: QcFinding. */
const GPtrArray *qc_remittance_preview_get_findings (QcRemittancePreview *self);
gboolean qc_remittance_preview_is_blocked (QcRemittancePreview *self);

/* Changes in the outbox that the center does not have yet (decision 12). */
guint qc_remittance_preview_get_queued (QcRemittancePreview *self);

G_END_DECLS
