/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What is said of a roster in words: totals, what 办理 would do, what became of a paste; and its lines to be read only.
 * Main thread.
 */
#pragma once

#include "qc-confirm-box.h"
#include "qc-roster-service.h"
#include "qc-roster-target.h"

G_BEGIN_DECLS

/* Of what is shown, and that it is not everybody where a search or filter is on. (transfer full) */
char *qc_roster_words_totals (QcBusiness business, QcRosterModel *model);
/* A receiving unit by number and name, with its people and the month from which they count there. (transfer full) */
char *qc_roster_words_target (const QcRosterTarget *target);
/* One fact for each kind of change in @roster: how many people are sealed, how many unsealed, who goes where. */
void qc_roster_words_add_groups (QcBusiness business, const QcRoster *roster, QcConfirmBox *box);
/* What was not taken over of a paste; NULL where everything was. (transfer full) (nullable) */
char *qc_roster_words_pasted (const QcPasteResult *result);
/* Every line of @model, to be read. @codes: (nullable) the center's lists. (transfer floating) */
GtkWidget *qc_roster_view_new (QcBusiness business, QcRosterModel *model, GPtrArray *codes, const char *label);

G_END_DECLS
