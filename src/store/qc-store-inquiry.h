/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 单位住房公积金信息查询: lists of core's table of inquiries, searched, chosen from, sorted and added up by SQLite. A
 * query gives the keys of its rows in order, with the totals; rows are then fetched by key, wherever somebody looks.
 * And what is drawn: months, and who has which base. Database threads only.
 */
#pragma once

#include "qc-connection.h"
#include "qc-inquiry.h"

G_BEGIN_DECLS

/* One word of a search: whatever of it fits, fits. */
typedef struct {
  char *text;       /* (owned) anywhere in a text, letters of either case */
  gboolean has_fen; /* MONEY: without its sign */
  QcMoney fen_from, fen_to;
  gboolean has_count; /* COUNT */
  gint64 count;
  QcMonth from, to;     /* MONTH: within; NONE = it names none */
  gint64 since, before; /* TIME: within [since, before); 0 = it names none */
  char *codes;          /* (owned) (nullable) " business:sealing state:finished " by ids of columns: one of them */
  char *serials;        /* (owned) (nullable) " HJ1 HJ2 ": one of them, a blank before and behind each */
} QcStoreInquiryWord;
void qc_store_inquiry_word_clear (QcStoreInquiryWord *word);

typedef struct {
  QcInquiry inquiry;
  char *person;                          /* (owned) (nullable) account; of those that are of a person */
  GArray *words;                         /* (owned) QcStoreInquiryWord: all must fit */
  char *choices[QC_INQUIRY_MAX_COLUMNS]; /* (owned) (nullable) the code a column must have */
  QcMonth since;                         /* of the column that has a period; NONE = ever */
  int sort;                              /* column, −1 = the list's own order: newest first */
  gboolean descending;
} QcStoreInquiry;
QcStoreInquiry *qc_store_inquiry_new (QcInquiry inquiry);
QcStoreInquiry *qc_store_inquiry_copy (const QcStoreInquiry *query);
void qc_store_inquiry_free (QcStoreInquiry *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcStoreInquiry, qc_store_inquiry_free)

/* Of a column that sums. */
typedef struct {
  gint64 plus, minus; /* minus is below 0 */
} QcStoreInquirySum;

typedef struct {
  GPtrArray *keys; /* (owned) char*, in order */
  QcStoreInquirySum sums[QC_INQUIRY_MAX_COLUMNS];
  gint64 all;   /* rows without search and choices */
  gint64 as_of; /* of all data, unix seconds; 0 = not everything is here */
} QcStoreInquiryList;
void qc_store_inquiry_list_free (QcStoreInquiryList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcStoreInquiryList, qc_store_inquiry_list_free)

/* (transfer full) */
QcStoreInquiryList *qc_store_inquiry_list (QcConnection *connection, const char *profile, const char *unit,
                                           const QcStoreInquiry *query, GError **error);
/* The rows of @keys: QcInquiryRecord, NULL for one that is gone meanwhile. (transfer full) */
GPtrArray *qc_store_inquiry_rows (QcConnection *connection, const char *profile, const char *unit,
                                  const QcStoreInquiry *query, const char *const *keys, guint n_keys, GError **error);

/* Finished applications of a month: 汇缴, and what was back-paid for it. */
typedef struct {
  QcMonth month;
  gint64 people, joined, left; /* of 汇缴 */
  QcMoney fen;                 /* of both */
} QcStoreTrend;
/* Every month from the first that has any to the last one, but none before @since. GArray of QcStoreTrend.
 * (transfer full) */
GArray *qc_store_trends (QcConnection *connection, const char *profile, const char *unit, QcMonth since,
                         GError **error);
/* The bases of those 正常, in no order: GArray of QcMoney. (transfer full) */
GArray *qc_store_trend_bases (QcConnection *connection, const char *profile, const char *unit, GError **error);

/* How many applications may name a person without it being known here: their rosters were not fetched. */
gboolean qc_store_inquiry_unread (QcConnection *connection, const char *profile, const char *unit, gint64 *out,
                                  GError **error);

G_END_DECLS
