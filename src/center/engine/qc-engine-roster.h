/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A roster being judged at the center, when it is submitted and, where the business is reviewed, once more when it is
 * approved. Writer thread only.
 */
#pragma once

#include "qc-engine-private.h"
#include "qc-rules-roster.h"

G_BEGIN_DECLS

/* One line with the person it is about. */
typedef struct {
  QcRosterLine *line;   /* borrowed */
  gint64 person;        /* row, 0 = nobody of the unit */
  QcEmployee *employee; /* (owned) (nullable) */
} QcPlannedLine;

typedef struct {
  QcSubmission *submission;  /* (not owned) */
  gint64 application;        /* the row that is judged again; 0 = none is there yet */
  GArray *policies, *ratios; /* (owned) */
  GPtrArray *codes, *open;   /* (owned) */
  GHashTable *units;         /* (owned) (nullable) where lines name other units */
  GHashTable *histories;     /* (owned) (nullable) where what was paid or is pending matters */
  GHashTable *known;         /* (owned) (nullable) where accounts are opened */
  GArray *lines;             /* (owned) QcPlannedLine */
  QcUnit *later;             /* (owned) (nullable) the unit as if its unfinished 汇缴 were finished */
  QcRosterFacts facts;
} QcRosterPlan;

/* Lines of @submission are only changed where @application is judged again. */
QcRosterPlan *qc_roster_plan_new (QcWork *work, QcSubmission *submission, gint64 application, GError **error);
void qc_roster_plan_free (QcRosterPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcRosterPlan, qc_roster_plan_free)
/*
 * On the rows of now: lines become what they are now, but for amounts, which must be what was confirmed. 开户 counts
 * from the month that is due now, behind an unfinished 汇缴 (decision 15), and it is said. (transfer full)
 */
GPtrArray *qc_roster_plan_check_again (QcRosterPlan *plan);
/* "INSERT INTO application_line": the line as it is kept, as JSON. (transfer full) */
char *qc_roster_plan_dup_line (const QcRosterPlan *plan, const QcRosterLine *line);

/* ---- 补缴 (qc-engine-back-payment.c) ---- */
/* start, end, months and fen of the draft of an application. */
void qc_engine_back_payment_figures (const QcRosterPlan *plan, QcApplication *draft);
/* Figures again, and what each person is paid for which months, not booked yet. */
gboolean qc_engine_back_payment_write (QcWork *work, const QcRosterPlan *plan, gint64 application, GError **error);

/* ---- 开户 (qc-engine-opening.c) ---- */
gboolean qc_engine_open_accounts (QcWork *work, const QcRosterPlan *plan, gint64 application, GError **error);

G_END_DECLS
