/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Who could be back-paid (补缴), found by going through the people of a unit with their histories one at a time: months
 * in which a person was missed, months before a late opening or unsealing, and months that a later change left short.
 * What is found is a guess at what the clerk means, by the same judgement of each month as the business has itself
 * (qc-back-payment.h). One thread at a time.
 */
#pragma once

#include "qc-back-payment.h"

G_BEGIN_DECLS

typedef enum {
  QC_BACK_FOUND_MISSED,        /* 正常, and nothing was paid */
  QC_BACK_FOUND_LATE_OPENED,   /* the month before the account was opened */
  QC_BACK_FOUND_LATE_UNSEALED, /* between what was paid and the month from which the account is 正常 again */
  QC_BACK_FOUND_SHORT,         /* less was paid than is due */
} QcBackFoundKind;
#define QC_N_BACK_FOUND_KINDS (QC_BACK_FOUND_SHORT + 1)
const char *qc_back_found_kind_to_msgid (QcBackFoundKind kind); /* N_() */

/* Months in a row of one kind. */
typedef struct {
  QcBackFoundKind kind;
  QcMonth from, to;
  QcMoney base;           /* to be meant, where the months have none of their own; else 0 */
  QcMoney unit, personal; /* of all months, fen */
} QcBackFound;

typedef struct _QcBackFinder QcBackFinder;
/* Looks at the months from @since (NONE: the unit's first) to the unit's 缴至年月, at most QC_BACK_PAYMENT_MAX_MONTHS
 * of them, the latest. @facts: borrowed, for its unit, policies and ratios. */
QcBackFinder *qc_back_finder_new (const QcRosterFacts *facts, QcMonth since);
void qc_back_finder_free (QcBackFinder *finder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcBackFinder, qc_back_finder_free)
/* Appends what is found of @person to @out, a GArray of QcBackFound, in the order of months. */
void qc_back_finder_look (QcBackFinder *finder, const QcEmployee *person, const QcPersonHistory *history, GArray *out);
/* A line of 补缴 for it, with the first reason of the center's list that fits the kind. (transfer full) */
QcRosterLine *qc_back_found_new_line (const QcRosterFacts *facts, const QcEmployee *person, const QcBackFound *found);

G_END_DECLS
