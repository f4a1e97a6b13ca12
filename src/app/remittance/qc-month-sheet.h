/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 本月与上月 (X12): 上月 + 增加 − 减少 = 本月 of each month of a 汇缴, and by name who joined, left or changed, and
 * whose base jumped by more than a fifth. Made with the preview, kept with what is submitted, and read again years
 * later. An immutable snapshot; lists make their lines when they are looked at. Any thread.
 */
#pragma once

#include "qc-remittance-person.h"
#include "qc-session.h"

G_BEGIN_DECLS

/* Of so many people the names are kept; the counts are of all. */
#define QC_MONTH_SHEET_MOST 20000

typedef enum {
  QC_SHEET_JOINED,
  QC_SHEET_LEFT,
  QC_SHEET_CHANGED, /* remitted before and after, with other amounts */
  QC_SHEET_JUMPED,  /* of those changed: the base by more than 20 % */
} QcSheetPart;
#define QC_N_SHEET_PARTS (QC_SHEET_JUMPED + 1)

#define QC_TYPE_MONTH_SHEET (qc_month_sheet_get_type ())
G_DECLARE_FINAL_TYPE (QcMonthSheet, qc_month_sheet, QC, MONTH_SHEET, GObject)

/* QcMonthLine, in order. */
const GArray *qc_month_sheet_get_months (QcMonthSheet *self);
gint64 qc_month_sheet_get_count (QcMonthSheet *self, QcSheetPart part);
/* Nobody joined, left or changed in any month. */
gboolean qc_month_sheet_is_same (QcMonthSheet *self);
/* QcRemittancePerson of @part in the order of months and accounts, as far as they are named. (transfer full) */
GListModel *qc_month_sheet_dup_people (QcMonthSheet *self, QcSheetPart part);

/* Whether a base that goes from @before to @after jumps: up or down by more than 20 %. */
gboolean qc_month_sheet_is_jump (QcMoney before, QcMoney after);

/*
 * The one that was kept when @name (业务流水号, or the key it waits under) was submitted here; NULL without an error
 * where none was, or where it is of another amount than @fen.
 */
void qc_month_sheet_load_async (QcSession *session, const char *name, QcMoney fen, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
QcMonthSheet *qc_month_sheet_load_finish (QcSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
