/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the center decides and the client must not know by itself: effective-dated policy rows, code lists, and
 * the unit's ratios by month (decisions 1, 2, 18).
 */
#pragma once

#include "qc-money.h"

G_BEGIN_DECLS

typedef enum {
  QC_ARRIVAL_NORMAL, /* transferred account arrives as 正常 with 待调整基数 */
  QC_ARRIVAL_SEALED, /* arrives as 封存 */
} QcTransferArrival;

/* One policy row, valid from its month until the next row's. All limits 0 = no limit. Plain values, copy by assignment.
 */
typedef struct {
  QcMonth from;
  QcMoney base_floor, base_cap;
  QcMoney monthly_floor, monthly_cap; /* on unit part + personal part */
  QcRatio unit_ratio_min, unit_ratio_max;
  QcRatio personal_ratio_min, personal_ratio_max;
  QcRounding unit_rounding, personal_rounding;
  int fund_year_start;   /* month number 1-12 in which the fund year starts */
  int months_ahead;      /* months after the current one that may be remitted */
  int back_payment_warn; /* months of 补缴 above which a warning is given; 0 = never */
  QcTransferArrival transfer_arrival;
  gboolean in_flight_blocks; /* stricter centers: reviewed business in flight blocks 汇缴 (decision 15) */
} QcPolicy;

/* The unit's ratios from a month on. */
typedef struct {
  QcMonth from;
  QcRatio unit, personal;
  gboolean retroactive; /* set later by the center for months already remitted */
} QcRatios;

/* Rows ordered by from; the last one with from ≤ month counts. NULL if none, or if its amounts
 * are rounded in a way that only a newer version knows. @rows: GArray of the struct. */
const QcPolicy *qc_policy_at (const GArray *rows, QcMonth month);
/* The first month of the fund year (年度) that @month is in; January's where @policy (nullable) says nothing. */
QcMonth qc_policy_fund_year (const QcPolicy *policy, QcMonth month);
const QcRatios *qc_ratios_at (const GArray *rows, QcMonth month);

/* A code list entry as the center hands it out, for example list "seal-reason". */
typedef struct {
  char *list;  /* (owned) "seal-reason" "unseal-reason" "back-payment-reason" "document-type" "attachment-…" … */
  char *code;  /* (owned) */
  char *label; /* (owned) Chinese, shown as it is */
  int order;
  gboolean needs_text; /* 其他: the clerk must explain */
  gboolean difference; /* "back-payment-reason": what is paid is the difference to what was paid */
  /* the lists "attachment-…": what is asked for */
  gboolean of_line;       /* of each line, not of the application */
  gint at_least, at_most; /* how many; 0 = none has to be, no limit */
  gint64 max_size;        /* bytes of each; 0 = no limit */
} QcCode;
QcCode *qc_code_copy (const QcCode *code);
void qc_code_free (QcCode *code);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcCode, qc_code_free)

G_END_DECLS
