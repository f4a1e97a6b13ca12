/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What is put into a printout for a row of <业务申请记录>. Inside app.
 */
#pragma once

#include "qc-application-row.h"
#include "qc-printout-kinds.h"

G_BEGIN_DECLS

/* Its roster, which is on this computer by the time it is read. */
void qc_printout_add_roster (QcPrintout *self, QcApplicationRow *row);
/* @month of a 汇缴, which was remitted or waits for its money: @paper is one bit. */
void qc_printout_add_month (QcPrintout *self, QcMonth month, QcMonthPapers paper);

G_END_DECLS
