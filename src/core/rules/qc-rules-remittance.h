/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The checks of 汇缴 (guide 3.1): each rule sentence once, the same on client and center.
 */
#pragma once

#include "qc-remittance.h"

G_BEGIN_DECLS

/* Everything the rules look at; the caller fills it from its database. All borrowed. */
typedef struct {
  const QcUnit *unit;
  const GArray *policies; /* QcPolicy */
  const GArray *ratios;   /* QcRatios */
  QcMonth current_month;  /* of the judging side's clock */
  const GPtrArray *open;  /* QcApplication of the unit that are not ended, this one not among them */
  const GArray *months;   /* QcMonthLine as computed, or NULL before it is */
  gint64 left_out, unanswered;
  gint64 base_pending;    /* people 待调整基数 on the roster */
  gint64 missing;         /* people without a base, policy or ratio in a month */
  gboolean overflowed;    /* qc_remittance_calc_is_overflowed () */
  gint64 queued;          /* client: rosters that wait in the outbox and are laid over the people */
  gint64 queued_reviewed; /* client: reviewed ones that wait; they are in no figure */
  gboolean balance_known;
} QcRemittanceFacts;

#define QC_REMITTANCE_MAX_MONTHS 120

/* With an agreement only 托收, without one only 非托收: of every business with money. */
void qc_rules_remittance_check_method (GPtrArray *out, const QcUnit *unit, QcMethod method);

/* The last month R2 lets the clerk choose. QC_MONTH_NONE when no policy row applies. */
QcMonth qc_rules_remittance_last_month (const QcRemittanceFacts *facts);
/* Checks @claim against @facts; all findings, worst first. (transfer full) */
GPtrArray *qc_rules_remittance_check (const QcRemittanceFacts *facts, const QcRemittanceClaim *claim);
/*
 * Center only, decision 12: what was confirmed against the terms (qc_terms_digest()) and what is computed now; both
 * figures in the findings. (transfer full)
 */
GPtrArray *qc_rules_remittance_compare (const QcRemittanceClaim *claim, const char *terms, const GArray *computed);

G_END_DECLS
