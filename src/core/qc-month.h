/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Month and day arithmetic on YYYYMM / YYYYMMDD integers. Pure functions, any thread.
 */
#pragma once

#include "qc-types.h"

G_BEGIN_DECLS

/* Whether @month is a real YYYYMM between 190001 and 299912. */
gboolean qc_month_is_valid (QcMonth month);
QcMonth qc_month_new (int year, int month);
int qc_month_year (QcMonth month);
int qc_month_number (QcMonth month); /* 1 … 12 */
/* @month plus @n months (n may be negative). QC_MONTH_NONE stays QC_MONTH_NONE. */
QcMonth qc_month_add (QcMonth month, int n);
/* Months from @from to @to: 0 when equal, negative when @to is earlier. */
int qc_month_diff (QcMonth from, QcMonth to);
/* Reads 202611, 2026-11, 2026/11, 2026年11月 (full-width digits too); QC_MONTH_NONE if none of these. */
QcMonth qc_month_parse (const char *text);
/* "2026年11月" in a Chinese locale is the ui's matter; this is the neutral "2026-11". (transfer full) */
char *qc_month_to_string (QcMonth month);

gboolean qc_date_is_valid (QcDate date);
QcDate qc_date_new (int year, int month, int day);
QcMonth qc_date_month (QcDate date);
QcDate qc_date_add_days (QcDate date, int days);
int qc_date_diff_days (QcDate from, QcDate to);
/* "2026-11-23". (transfer full) */
char *qc_date_to_string (QcDate date);
/* The local calendar day of @unix_seconds in China (UTC+8, no daylight saving). */
QcDate qc_date_from_unix (gint64 unix_seconds);
/* When that day begins. */
gint64 qc_date_to_unix (QcDate date);

G_END_DECLS
