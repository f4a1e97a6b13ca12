/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The fields of a sheet, between the two files it is written in. Inside app.
 */
#pragma once

#include "qc-month-sheet-private.h"

G_BEGIN_DECLS

struct _QcMonthSheet {
  GObject parent_instance;
  GArray *months; /* (owned) QcMonthLine */
  GArray *people; /* (owned) QcPersonRecord, whose texts are in the chunk */
  GStringChunk *chunk;
  gint64 counts[QC_N_SHEET_PARTS];
};

/* Copies @record, unless there are so many that it is only counted. */
void qc_month_sheet_take (QcMonthSheet *self, const QcPersonRecord *record);

G_END_DECLS
