/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What can be printed of the businesses: see qc-printout.h. Main context.
 */
#pragma once

#include "qc-application-row.h"
#include "qc-people-list.h"
#include "qc-printout.h"
#include "qc-remittance-service.h"
#include "qc-roster-service.h"

G_BEGIN_DECLS

/* What of a month, as bits. */
typedef enum {
  QC_MONTH_ROSTER = 1 << 0,  /* 汇缴清册: who is remitted, and how much */
  QC_MONTH_CHANGES = 1 << 1, /* 汇缴变更清册: who came and who left against the month before */
} QcMonthPapers;

/* 汇缴清册 and 变更清册 of @months, which were remitted, or stand in a 汇缴 that waits for its money. */
QcPrintout *qc_printout_new_months (QcSession *session, const QcMonth *months, guint n_months, guint papers);
/* The same of the months of the draft, as they are computed now; @month NONE = all of them. */
QcPrintout *qc_printout_new_draft_months (QcRemittanceService *service, QcMonth month, guint papers);

/* The roster of the draft that is on the screen. */
QcPrintout *qc_printout_new_draft (QcRosterService *service);
/* Who is found, in the order of the list. */
QcPrintout *qc_printout_new_people (QcPeopleList *list);

/* Whether there is something to be printed of @row: a roster, or the months of a 汇缴. */
gboolean qc_printout_has_roster (QcApplicationRow *row);
/* Whether it is 非托收 and waits for money: 缴款通知 says to whom it is paid. */
gboolean qc_printout_has_notice (QcApplicationRow *row);
/* Of those of @rows (QcApplicationRow) that have one, one behind the other; NULL where none has. What of the rosters is
 * not on this computer is fetched first. */
QcPrintout *qc_printout_new_rosters (QcSession *session, GPtrArray *rows);
QcPrintout *qc_printout_new_notices (QcSession *session, GPtrArray *rows);

G_END_DECLS
