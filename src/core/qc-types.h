/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The plain value types every room speaks: amounts, months and days. They are
 * integers on purpose, so that they go through SQL and JSON unchanged.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An amount of money in fen (1/100 yuan). Never a double. */
typedef gint64 QcMoney;

/* A calendar month as YYYYMM, for example 202611; 0 means "none". */
typedef gint32 QcMonth;

/* A calendar day as YYYYMMDD; 0 means "none". */
typedef gint32 QcDate;

/* A ratio in 1/10,000, for example 1200 for 12 %. */
typedef gint32 QcRatio;

#define QC_MONTH_NONE ((QcMonth)0)
#define QC_DATE_NONE  ((QcDate)0)

/* 999,999,999,999.99 yuan: the largest amount any form or message may carry. */
#define QC_MONEY_MAX ((QcMoney)99999999999999)

G_END_DECLS
