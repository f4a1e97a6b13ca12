/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Numbers of workbooks, old and new, as a table has them: which ones are dates, and as few digits as they need. Any one
 * thread.
 */
#pragma once

#include "qc-table.h"

G_BEGIN_DECLS

/* Whether a number format shows a date or a month: by its code, or by the number of one that every program has. */
gboolean qc_number_format_is_date (const char *format);
gboolean qc_number_builtin_is_date (guint id);
/* A serial day as YYYY-MM-DD; NULL beyond the years 1900 to 9999. (transfer full) (nullable) */
char *qc_number_dup_date (double serial, gboolean from_1904);

/* Adds @value, finite, as a number, or as a date where it is shown as one. */
QcTableFull qc_number_add (QcTable *table, guint column, double value, gboolean date, gboolean from_1904);

G_END_DECLS
