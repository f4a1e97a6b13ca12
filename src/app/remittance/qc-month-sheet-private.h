/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Making a sheet, and its form in the database. Inside app.
 */
#pragma once

#include "qc-month-sheet.h"
#include "qc-remittance-private.h"

G_BEGIN_DECLS

/* @months: QcMonthLine; @changes: a GArray of QcPersonRecord for each. Copies what it keeps. */
QcMonthSheet *qc_month_sheet_new (const GArray *months, const GPtrArray *changes);
/* A line of JSON for the head, and one for each person. (transfer full) */
char *qc_month_sheet_to_text (QcMonthSheet *self);
QcMonthSheet *qc_month_sheet_from_text (const char *text, GError **error);

G_END_DECLS
