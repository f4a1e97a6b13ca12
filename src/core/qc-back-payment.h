/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 补缴, month by month (decisions 7, 22): what a person owes of each month that a line means, by that month's base,
 * ratios and policy, less what was paid. Pure functions, any thread.
 */
#pragma once

#include "qc-rules-roster.h"

G_BEGIN_DECLS

/* The most months of one line, and from the first to the last of one roster. */
#define QC_BACK_PAYMENT_MAX_MONTHS 120

/* Months of a 补缴 that is not finished. */
typedef struct {
  char *serial; /* (owned) of the application */
  QcMonth from, to;
} QcPendingMonths;

/* What is known of a person's past. */
typedef struct {
  GArray *bases;      /* (owned) QcBaseChange, ordered by from */
  GArray *spans;      /* (owned) QcPaidSpan, booked */
  GPtrArray *pending; /* (owned) QcPendingMonths */
  gboolean elsewhere; /* before the account counted here it did at another unit; only the center knows */
} QcPersonHistory;

QcPersonHistory *qc_person_history_new (void);
QcPersonHistory *qc_person_history_copy (const QcPersonHistory *history);
void qc_person_history_free (QcPersonHistory *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcPersonHistory, qc_person_history_free)
void qc_person_history_add_pending (QcPersonHistory *history, const char *serial, QcMonth from, QcMonth to);

typedef enum {
  QC_BACK_OWED,     /* @unit and @personal are to be paid */
  QC_BACK_FULL,     /* 全额汇缴: as much was paid as is due by the base of the month */
  QC_BACK_NO_BASE,  /* no base counts in the month and none is meant */
  QC_BACK_NO_TERMS, /* neither policy nor ratios */
  QC_BACK_LATER,    /* after the unit's 缴至年月: belongs to 汇缴 */
} QcBackState;

typedef struct {
  QcMonth month;
  QcMoney base;                     /* by which it is due */
  QcMoney due_unit, due_personal;   /* all of it, fen */
  QcMoney paid_unit, paid_personal; /* so far */
  QcMoney unit, personal;           /* what is paid now */
  QcBackState state;
} QcBackMonth;
#define qc_back_month_paid(m) ((m)->paid_unit + (m)->paid_personal)

/* QcBackMonth of each month of @line; empty where it means no months. (transfer full) */
GArray *qc_back_payment_months (const QcRosterFacts *facts, const QcPersonHistory *history, const QcRosterLine *line);
/* What is known of the person of @line. Borrowed. (nullable) */
const QcPersonHistory *qc_back_payment_history (const QcRosterFacts *facts, const QcRosterLine *line);
/* Whether @reason pays the difference to what was paid: the center's list says so. */
gboolean qc_back_payment_is_difference (const GPtrArray *codes, const char *reason);

G_END_DECLS
