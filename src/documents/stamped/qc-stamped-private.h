/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the papers that a unit stamps have in common. One thread at a time.
 */
#pragma once

#include "qc-stamped.h"

G_BEGIN_DECLS

#define QC_STAMPED_WIDTH (QC_SHEET_RIGHT - QC_SHEET_LEFT)
/* Height of qc_stamped_signatures(). */
#define QC_STAMPED_SIGNATURES 44.0

/* Center, title and, where there is one, the check code. Returns where it ends. */
double qc_stamped_title (QcSheet *sheet, const QcStampedPaper *paper, const char *title, gboolean with_code);
/* Where the unit signs, dates and stamps: from @y on. */
void qc_stamped_signatures (QcSheet *sheet, const QcStampedPaper *paper, double y);
/* "2026年10月". (transfer full) */
char *qc_stamped_dup_month (QcMonth month);

int qc_stamped_draw_roster (QcSheet *sheet, const QcStampedPaper *paper);
int qc_stamped_draw_statement (QcSheet *sheet, const QcStampedPaper *paper);

G_END_DECLS
