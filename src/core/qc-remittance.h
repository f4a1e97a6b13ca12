/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 汇缴: the figures of a remittance, computed the same way on both sides. People are fed one at a time, so that
 * 200,000 of them need no memory; the months come out as the voucher's four pairs (R3, decision 8), with who changed
 * and who is left out (R10).
 *
 * roster(m) = people 正常 whose account was opened by m and who are not past retirement in m. The amount of a person
 * is computed from the base and ratios of m under the policy of m.
 */
#pragma once

#include "qc-application.h"
#include "qc-contribution.h"
#include "qc-employee.h"
#include "qc-finding.h"

G_BEGIN_DECLS

typedef enum {
  QC_CHANGE_OPENED,   /* 新增 */
  QC_CHANGE_UNSEALED, /* 启封 */
  QC_CHANGE_TRANSFERRED_IN,
  QC_CHANGE_SEALED,
  QC_CHANGE_TRANSFERRED_OUT,
  QC_CHANGE_CLOSED,
  QC_CHANGE_RETIRED,
  QC_CHANGE_BASE,       /* 基数调整 */
  QC_CHANGE_RATIO,      /* ratio or policy changed, base the same */
  QC_CHANGE_AUTHORIZED, /* back because of 授权退休年龄 */
  QC_CHANGE_OTHER,
} QcChangeKind;
#define QC_N_CHANGE_KINDS (QC_CHANGE_OTHER + 1)
const char *qc_change_kind_to_code (QcChangeKind kind);
const char *qc_change_kind_to_msgid (QcChangeKind kind);

typedef struct {
  QcMonth month;
  QcChangeKind kind;
  const QcEmployee *employee; /* borrowed, valid during the callback */
  QcMoney before, after;      /* unit + personal, fen; 0 = not on the roster */
  QcMoney base_before, base_after;
} QcRosterChange;

typedef struct {
  QcMonth month;
  const QcEmployee *employee; /* borrowed, valid during the callback */
  QcRetirementState state;    /* RETIRED or ASK */
  QcMonth statutory;          /* QC_MONTH_NONE when ASK */
} QcLeftOut;

typedef struct {
  /* each may be NULL; called from qc_remittance_calc_add() */
  void (*changed) (const QcRosterChange *change, gpointer user_data);
  void (*left_out) (const QcLeftOut *left_out, gpointer user_data);
  /* a run of months [from, to] in which @employee is remitted with the same figures */
  void (*span) (const QcEmployee *employee, const QcPaidSpan *span, gpointer user_data);
  gpointer user_data;
} QcRemittanceSink;

typedef struct _QcRemittanceCalc QcRemittanceCalc;

/*
 * @start…@end: the months to remit, @end ≥ @start, at most 120 of them. @policies, @ratios: GArray (borrowed, must
 * outlive it).
 */
QcRemittanceCalc *qc_remittance_calc_new (QcMonth start, QcMonth end, const GArray *policies, const GArray *ratios,
                                          const QcRemittanceSink *sink);
void qc_remittance_calc_free (QcRemittanceCalc *calc);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcRemittanceCalc, qc_remittance_calc_free)

/*
 * Adds one person of the unit, whatever the status: also people who left since, so that their 减少 shows.
 * @bases: the base history ordered by from. @previous: what the person was remitted (汇缴, not 补缴) in @start − 1, or
 * NULL.
 * @left: the person is no longer with the unit; @left_kind says how.
 */
void qc_remittance_calc_add (QcRemittanceCalc *calc, const QcEmployee *employee, const QcBaseChange *bases,
                             gsize n_bases, const QcContribution *previous, QcMoney previous_base, gboolean left,
                             QcChangeKind left_kind);

/* One QcMonthLine per month, in order (borrowed). Adding more people afterwards changes it. */
const GArray *qc_remittance_calc_get_lines (const QcRemittanceCalc *calc);
QcMoney qc_remittance_calc_total (const QcRemittanceCalc *calc);
/* Distinct people over all months. */
gint64 qc_remittance_calc_people (const QcRemittanceCalc *calc);
/* How many people could not be computed for lack of a policy or ratio row, and left out or unanswered ones. */
gint64 qc_remittance_calc_left_out (const QcRemittanceCalc *calc);
gint64 qc_remittance_calc_unanswered (const QcRemittanceCalc *calc);
/* People on the roster of a month for which no policy row, ratio row or base was found: they are in no figure. */
gint64 qc_remittance_calc_missing (const QcRemittanceCalc *calc);
/* People on the roster whose base is 待调整基数 (decision 9). */
gint64 qc_remittance_calc_base_pending (const QcRemittanceCalc *calc);
/* Whether a sum went beyond QC_MONEY_MAX; the figures are then not to be used. */
gboolean qc_remittance_calc_is_overflowed (const QcRemittanceCalc *calc);

/* What the clerk confirmed and the submission carries (decision 12). */
typedef struct {
  QcMethod method;
  QcMonth start, end;
  char *terms;    /* (owned) qc_terms_digest() of what it was computed with */
  GArray *months; /* (owned) QcMonthLine: month, people, fen are compared */
} QcRemittanceClaim;
QcRemittanceClaim *qc_remittance_claim_new (void);
QcRemittanceClaim *qc_remittance_claim_copy (const QcRemittanceClaim *claim);
gboolean qc_remittance_claim_equal (const QcRemittanceClaim *a, const QcRemittanceClaim *b);
void qc_remittance_claim_free (QcRemittanceClaim *claim);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcRemittanceClaim, qc_remittance_claim_free)

G_END_DECLS
