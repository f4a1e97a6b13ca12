/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Values as the clerk reads them: 2026年11月, 12,345.67, dates and times (China's, UTC+8). In English "November 2026".
 * Main thread. All (transfer full).
 */
#pragma once

#include "qc-month.h"
#include "qc-money.h"

G_BEGIN_DECLS

char *qc_format_month (QcMonth month);               /* "" for QC_MONTH_NONE */
char *qc_format_months (QcMonth start, QcMonth end); /* "2026年9月 – 2026年11月", one month when equal */
char *qc_format_date (QcDate date);                  /* 2026-11-23 */
char *qc_format_time (gint64 unix_seconds);          /* "10:32" today, else date and time; "" for 0 */
char *qc_format_date_time (gint64 unix_seconds);     /* always both */
char *qc_format_money (QcMoney fen);                 /* 12,345.67 */
char *qc_format_yuan (QcMoney fen);                  /* ￥12,345.67 */
char *qc_format_count (gint64 n);                    /* 12,345 */
char *qc_format_people (gint64 n);                   /* 12,345 people / 12,345 人 */
char *qc_format_fields (gint64 n);                   /* 3 fields / 3 项 */
char *qc_format_lines (gint64 n);                    /* 3 lines / 3 行 */
/* 231102********0016: what a list shows of a document number. */
char *qc_format_document (const char *document);

G_END_DECLS
