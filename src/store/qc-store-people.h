/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 职工: search, order, totals that follow the filter, rows by place, and all people in order for the remittance
 * preview. A list is one read that gives the ids of all rows of a query with their totals; rows are then fetched by id,
 * wherever the grid looks. Database threads only.
 */
#pragma once

#include "qc-back-payment.h"
#include "qc-connection.h"
#include "qc-employee.h"

G_BEGIN_DECLS

typedef enum {
  QC_STORE_PEOPLE_BY_NAME, /* dictionary order of pinyin */
  QC_STORE_PEOPLE_BY_ACCOUNT,
  QC_STORE_PEOPLE_BY_DOCUMENT,
  QC_STORE_PEOPLE_BY_STATUS,
  QC_STORE_PEOPLE_BY_BASE,
  QC_STORE_PEOPLE_BY_PAID_TO,
  QC_STORE_PEOPLE_BY_OPENED,
  QC_STORE_PEOPLE_BY_BALANCE,
} QcStorePeopleSort;
#define QC_STORE_N_PEOPLE_SORTS (QC_STORE_PEOPLE_BY_BALANCE + 1)

/* Bits of QcStorePeopleQuery.statuses. */
#define QC_STORE_STATUS_BIT(status) ((status) >= 1 && (status) <= 6 ? 1u << (status) : 1u << 7)
#define QC_STORE_STATUS_ANY         0u

typedef struct {
  /* part of the name, start of pinyin or of initials, part of the document's tail, start or tail of the account;
   * NULL or "" = everybody. Several words: all must fit. (borrowed) */
  const char *text;
  guint32 statuses;   /* QC_STORE_STATUS_BIT()s or QC_STORE_STATUS_ANY */
  QcMonth changed;    /* only people whose status, base or account is otherwise from this month on; NONE = everybody */
  QcMonth unadjusted; /* only people without a base from this month on, or 待调整基数; NONE = everybody */
  QcStorePeopleSort sort;
  gboolean descending;
  /* the month for whose ratios and policy unit and personal parts are computed; QC_MONTH_NONE: not computed */
  QcMonth month;
} QcStorePeopleQuery;

typedef struct {
  gint64 people;
  gint64 normal, sealed;  /* of them */
  QcMoney base;           /* of those 正常 */
  QcMoney unit, personal; /* 月缴存额 of those 正常 in query.month; retirement is not looked at */
} QcStorePeopleTotals;

typedef struct {
  GArray *ids; /* (owned) gint64, in order */
  QcStorePeopleTotals totals;
} QcStorePeopleList;
void qc_store_people_list_free (QcStorePeopleList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcStorePeopleList, qc_store_people_list_free)

/* All rows of @query by id, and the totals. (transfer full) */
QcStorePeopleList *qc_store_people_list (QcConnection *connection, const char *profile, const char *unit,
                                         const QcStorePeopleQuery *query, GError **error);
/* Who left the unit and is kept for what was paid, by the words of @text: the first @most of them by account, and how
 * many there are. Nobody on a connection that writes. (transfer full) */
GPtrArray *qc_store_people_gone (QcConnection *connection, const char *profile, const char *unit, const char *text,
                                 guint most, gint64 *out_total, GError **error);
/* All people of the unit that are with it, in any order. FALSE of @func ends the walk, which is no error. */
typedef gboolean (*QcStoreEmployeeFunc) (const QcEmployee *employee, gpointer user_data);
gboolean qc_store_people_scan (QcConnection *connection, const char *profile, const char *unit,
                               QcStoreEmployeeFunc func, gpointer user_data, GError **error);
/* The same by account, which takes a little longer; and how many they are. */
gboolean qc_store_people_scan_by_account (QcConnection *connection, const char *profile, const char *unit,
                                          QcStoreEmployeeFunc func, gpointer user_data, GError **error);
gboolean qc_store_people_count (QcConnection *connection, const char *profile, const char *unit, gint64 *out,
                                GError **error);
/* The accounts of all people of @query: a set of char*. (transfer full) */
GHashTable *qc_store_people_accounts (QcConnection *connection, const char *profile, const char *unit,
                                      const QcStorePeopleQuery *query, GError **error);
/* By account, else by document: *@out NULL when there is no such person of the unit. (transfer full) */
gboolean qc_store_people_find (QcConnection *connection, const char *profile, const char *unit, const char *key,
                               QcEmployee **out, GError **error);
/* Rows by id in the given order; NULL entries for those gone meanwhile. GPtrArray of QcEmployee. (transfer full) */
GPtrArray *qc_store_people_by_ids (QcConnection *connection, const gint64 *ids, gsize n_ids, GError **error);
gboolean qc_store_people_totals (QcConnection *connection, const char *profile, const char *unit,
                                 const QcStorePeopleQuery *query, QcStorePeopleTotals *out, GError **error);
/* *@out NULL when there is no such person. (transfer full) */
gboolean qc_store_people_get (QcConnection *connection, const char *profile, const char *unit, const char *account,
                              QcEmployee **out, GError **error);

/* The same of somebody who may have left and is kept for what was paid; *@out_id (nullable): the number that lists give
 * the person, 0 where none has her any more. (transfer full) */
gboolean qc_store_people_get_kept (QcConnection *connection, const char *profile, const char *unit, const char *account,
                                   QcEmployee **out, gint64 *out_id, GError **error);

/* One person with what a remittance needs; everything borrowed, valid during the call. */
typedef struct {
  const QcEmployee *employee;
  gboolean gone; /* no longer with the unit, known only because of what was paid */
  const QcBaseChange *bases;
  gsize n_bases;
  const QcPaidSpan *previous; /* 汇缴 (not 补缴) that covers the month asked for, or NULL */
} QcStorePersonFacts;
/* FALSE ends the walk early (which is no error). */
typedef gboolean (*QcStorePersonFunc) (const QcStorePersonFacts *facts, gpointer user_data);

/*
 * All people of the unit by account, those who left too, with base history and what was paid in @previous_month
 * (QC_MONTH_NONE = nothing asked). 100,000 people take about 0.3 s.
 */
gboolean qc_store_people_each (QcConnection *connection, const char *profile, const char *unit, QcMonth previous_month,
                               QcStorePersonFunc func, gpointer user_data, GError **error);

/* FALSE ends the walk early (which is no error). Borrowed, valid during the call. */
typedef gboolean (*QcStoreHistoryFunc) (const QcEmployee *employee, const QcPersonHistory *history, gpointer user_data);
/* All people that are with the unit, by account, with everything that was ever paid for them and by which bases; of
 * what is pending nothing. */
gboolean qc_store_histories_each (QcConnection *connection, const char *profile, const char *unit,
                                  QcStoreHistoryFunc func, gpointer user_data, GError **error);
/* The same of those with @accounts (char *), one look each. */
gboolean qc_store_histories_of (QcConnection *connection, const char *profile, const char *unit,
                                const GPtrArray *accounts, QcStoreHistoryFunc func, gpointer user_data, GError **error);

G_END_DECLS
