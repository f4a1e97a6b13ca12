/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The journal as a list: who did what, when, for which unit, and what the center answered. Searched and narrowed by
 * SQL; rows are read a page at a time, and are placeholders until then. Main thread.
 */
#pragma once

#include "qc-session.h"

G_BEGIN_DECLS

#define QC_TYPE_JOURNAL_ROW (qc_journal_row_get_type ())
G_DECLARE_FINAL_TYPE (QcJournalRow, qc_journal_row, QC, JOURNAL_ROW, GObject)
gint64 qc_journal_row_get_number (QcJournalRow *self); /* 0: a placeholder */
/* In words; "" of a placeholder. (transfer full) */
char *qc_journal_row_dup_time (QcJournalRow *self);
char *qc_journal_row_dup_actor (QcJournalRow *self);
char *qc_journal_row_dup_action (QcJournalRow *self);
char *qc_journal_row_dup_unit (QcJournalRow *self);
char *qc_journal_row_dup_subject (QcJournalRow *self); /* what it is about, and what the center said */
/* As it was written, for scripts; NULL of a placeholder. */
const char *qc_journal_row_get_code (QcJournalRow *self);
const char *qc_journal_row_get_actor (QcJournalRow *self);
const char *qc_journal_row_get_account (QcJournalRow *self); /* of the unit */
const char *qc_journal_row_get_raw_subject (QcJournalRow *self);
const char *qc_journal_row_get_raw_detail (QcJournalRow *self);
gint64 qc_journal_row_get_time (QcJournalRow *self); /* unix seconds */

/* Days, months and years of China. */
typedef enum {
  QC_JOURNAL_ALWAYS,
  QC_JOURNAL_TODAY,
  QC_JOURNAL_WEEK,
  QC_JOURNAL_MONTH,
  QC_JOURNAL_LAST_MONTH,
  QC_JOURNAL_YEAR,
  QC_JOURNAL_LAST_YEAR,
  QC_N_JOURNAL_PERIODS
} QcJournalPeriod;
const char *qc_journal_period_to_msgid (QcJournalPeriod period);
/* Unix seconds, @to is the first that does not count any more; 0 = open. */
void qc_journal_period_get (QcJournalPeriod period, gint64 now, gint64 *from, gint64 *to);

typedef struct {
  const char *text; /* part of anything in an entry, also of its words; NULL = any */
  const char *kind; /* the beginning of its code ("outbox." …), NULL = any */
  const char *unit; /* account, NULL = all */
  gint64 from, to;  /* as above */
} QcJournalFilter;

/* GListModel of QcJournalRow, newest first. Signals: "reloaded", "filled", "failed" (GError). */
#define QC_TYPE_JOURNAL_LIST (qc_journal_list_get_type ())
G_DECLARE_FINAL_TYPE (QcJournalList, qc_journal_list, QC, JOURNAL_LIST, GObject)
QcJournalList *qc_journal_list_new (QcSession *session);
void qc_journal_list_set_filter (QcJournalList *self, const QcJournalFilter *filter);
void qc_journal_list_reload (QcJournalList *self);
/* A page is on its way. */
gboolean qc_journal_list_is_reading (QcJournalList *self);
const GError *qc_journal_list_get_error (QcJournalList *self); /* (nullable) of the last page */

G_END_DECLS
