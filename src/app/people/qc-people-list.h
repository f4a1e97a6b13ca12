/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The people of a unit as a list model for long lists: search, sort and filter happen in SQL on the reader thread, a
 * row is a placeholder until its page has been read. A row is a place: another query puts somebody else there, which
 * "reloaded" tells for all of them, and "items-changed" only tells of places that come or go at the end. So a view
 * keeps what it has made for them. Lives on the main thread.
 */
#pragma once

#include "qc-contribution.h"
#include "qc-employee.h"
#include "qc-session.h"

G_BEGIN_DECLS

/* One row: a placeholder until "loaded" is emitted, and again when somebody else is to stand there. */
#define QC_TYPE_PERSON_ROW (qc_person_row_get_type ())
G_DECLARE_FINAL_TYPE (QcPersonRow, qc_person_row, QC, PERSON_ROW, GObject)
const QcEmployee *qc_person_row_get_employee (QcPersonRow *self); /* (nullable) NULL while it is a placeholder */
gboolean qc_person_row_is_loaded (QcPersonRow *self);

#define QC_TYPE_PEOPLE_LIST (qc_people_list_get_type ())
G_DECLARE_FINAL_TYPE (QcPeopleList, qc_people_list, QC, PEOPLE_LIST, GObject)

typedef enum {
  QC_PEOPLE_BY_NAME,
  QC_PEOPLE_BY_ACCOUNT,
  QC_PEOPLE_BY_STATUS,
  QC_PEOPLE_BY_BASE,
  QC_PEOPLE_BY_PAID_TO,
  QC_PEOPLE_BY_OPENED,
  QC_PEOPLE_BY_DOCUMENT,
  QC_PEOPLE_BY_BALANCE,
} QcPeopleSort;

typedef enum {
  QC_PEOPLE_NORMAL = 1 << 0,
  QC_PEOPLE_SEALED = 1 << 1,
  QC_PEOPLE_CLOSED = 1 << 2, /* merged, moved out, withdrawn */
  QC_PEOPLE_OTHER = 1 << 3,
  QC_PEOPLE_EVERY = 0xf,
} QcPeopleFilter;

/* Follow the filter. */
typedef struct {
  gint64 people, normal, sealed;
  QcMoney base;
  QcMoney unit, personal; /* 月缴存额 of the normal ones in the month that is due; retirement is not looked at */
} QcPeopleTotals;

/* Signals: "reloaded" (a query has its answer: rows and totals are new), "filled" (rows that were handed out as
 * placeholders are filled now), "failed" (GError). */
QcPeopleList *qc_people_list_new (QcSession *session);
void qc_people_list_set_search (QcPeopleList *self, const char *text);
void qc_people_list_set_filter (QcPeopleList *self, QcPeopleFilter filter);
/* Only people whose status, base or account is otherwise from @month on (本月变化); NONE = everybody. */
void qc_people_list_set_changed_month (QcPeopleList *self, QcMonth month);
/* Only people whose base has not been adjusted since @month; NONE = everybody. */
void qc_people_list_set_unadjusted_since (QcPeopleList *self, QcMonth month);
void qc_people_list_set_sort (QcPeopleList *self, QcPeopleSort sort, gboolean descending);
void qc_people_list_reload (QcPeopleList *self);
const QcPeopleTotals *qc_people_list_get_totals (QcPeopleList *self);
gboolean qc_people_list_is_loading (QcPeopleList *self);
/* 月缴存额 by the ratios and the policy of the month that is due. FALSE: those are not known. */
gboolean qc_people_list_get_contribution (QcPeopleList *self, const QcEmployee *person, QcContribution *out);
/* When the data was the center's, unix seconds; 0: not all of it is here yet. */
gint64 qc_people_list_get_as_of (QcPeopleList *self);
/* Who stands at @position, by a number that stays with the person; 0 for nobody. */
gint64 qc_people_list_get_id (QcPeopleList *self, guint position);
/* G_MAXUINT where the query does not find the person. */
guint qc_people_list_find (QcPeopleList *self, gint64 id);
const GError *qc_people_list_get_error (QcPeopleList *self); /* (nullable) */

/* One person with what was paid, for the side panel. */
typedef struct {
  QcEmployee *employee; /* (owned) */
  gint64 id;            /* as qc_people_list_find() takes it; 0: she left the unit, and no list has her */
  GArray *bases;        /* (owned) QcBaseChange */
  GArray *spans;        /* (owned) QcPaidSpan */
  /* 月缴存额 of the month that is due, by its ratios and policy; FALSE: those are not known */
  gboolean has_contribution;
  QcContribution contribution;
} QcPersonDetails;
void qc_person_details_free (QcPersonDetails *details);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcPersonDetails, qc_person_details_free)
void qc_person_details_load_async (QcSession *session, const char *account, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
QcPersonDetails *qc_person_details_load_finish (QcSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
