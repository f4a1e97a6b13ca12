/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 选择人员: the people of the unit to choose from for a roster; who may not be chosen and why; and who is chosen, which
 * outlives every search and filter. Main context; people are read on the reader thread.
 */
#pragma once

#include "qc-people-list.h"
#include "qc-roster-service.h"

G_BEGIN_DECLS

#define QC_TYPE_PEOPLE_CHOICE (qc_people_choice_get_type ())
G_DECLARE_FINAL_TYPE (QcPeopleChoice, qc_people_choice, QC, PEOPLE_CHOICE, GObject)

/* Signal "changed": somebody was chosen or let go. */
QcPeopleChoice *qc_people_choice_new (QcRosterService *service);

/* GListModel of QcPersonRow: search, filter and sort are set on it. Borrowed. */
QcPeopleList *qc_people_choice_get_list (QcPeopleChoice *self);
/* 本月变化: only people who are otherwise from the month that is due on. */
void qc_people_choice_set_changed_only (QcPeopleChoice *self, gboolean changed_only);
/* 缴存人数 of the unit; 0 while that is not known. */
gint64 qc_people_choice_get_headcount (QcPeopleChoice *self);
/* The first month of the 年度 that is due; QC_MONTH_NONE where the business adjusts no bases, or nothing is known. */
QcMonth qc_people_choice_get_fund_year (QcPeopleChoice *self);
/* 本年度未调整: only people whose base has not been adjusted since then. */
void qc_people_choice_set_unadjusted_only (QcPeopleChoice *self, gboolean unadjusted_only);

/* Why @person cannot be chosen, translated; NULL where they can. (transfer full) (nullable) */
char *qc_people_choice_dup_why_not (QcPeopleChoice *self, const QcEmployee *person);
gboolean qc_people_choice_is_chosen (QcPeopleChoice *self, const QcEmployee *person);
/* FALSE: cannot be chosen. */
gboolean qc_people_choice_choose (QcPeopleChoice *self, const QcEmployee *person, gboolean chosen);
/* All of the present search and filter who can be chosen. The finish function says how many were added. */
void qc_people_choice_choose_all_async (QcPeopleChoice *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer user_data);
int qc_people_choice_choose_all_finish (QcPeopleChoice *self, GAsyncResult *result, GError **error); /* -1 on error */
/* Lets all go. */
void qc_people_choice_clear (QcPeopleChoice *self);
/* QcEmployee in the order chosen. Borrowed. */
const GPtrArray *qc_people_choice_get_chosen (QcPeopleChoice *self);
/* 添加: puts the chosen ones on the roster as one step and lets them go. How many were added; their lines' ids are
 * appended to @ids (nullable). */
guint qc_people_choice_add (QcPeopleChoice *self, GArray *ids);

G_END_DECLS
