/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 单位住房公积金信息查询 (3.8): the one table of what can be asked and of the columns that answer it (domain notes 8).
 * Who reads, searches, sorts, shows, adds up or exports such a list loops over it; a column more is one row here and
 * its SQL in the store. People are asked for by themselves. Pure data, any thread.
 */
#pragma once

#include "qc-types.h"

G_BEGIN_DECLS

typedef enum {
  QC_INQUIRY_MONTHS,        /* 汇缴月份: finished 汇缴, a row a month */
  QC_INQUIRY_BACK_PAYMENTS, /* 补缴: of every state, a row a month */
  QC_INQUIRY_APPLICATIONS,  /* 业务 */
  QC_INQUIRY_MOVEMENTS,     /* 资金明细 */
  /* of one person: */
  QC_INQUIRY_PAID,    /* what was paid, a row a month */
  QC_INQUIRY_BASES,   /* base history */
  QC_INQUIRY_CHANGES, /* the lines of applications that name the person, as far as rosters are kept here */
} QcInquiry;
#define QC_N_INQUIRIES (QC_INQUIRY_CHANGES + 1)

typedef enum {
  QC_INQUIRY_TEXT,
  QC_INQUIRY_SERIAL, /* 业务流水号, what a row leads to */
  QC_INQUIRY_MONEY,  /* fen, with its sign */
  QC_INQUIRY_COUNT,
  QC_INQUIRY_MONTH,
  QC_INQUIRY_TIME, /* unix seconds */
  QC_INQUIRY_LINE, /* a line of a roster as it is kept, to be read */
  /* codes: */
  QC_INQUIRY_BUSINESS,
  QC_INQUIRY_STATE,
  QC_INQUIRY_DRAW,
  QC_INQUIRY_METHOD,
  QC_INQUIRY_MOVEMENT, /* "draw" "arrival" "booking" "refund" */
  QC_INQUIRY_SPAN,     /* "remittance" "back-payment" */
  QC_INQUIRY_SETTING,  /* "usual" "retroactive" */
} QcInquiryType;
#define qc_inquiry_type_is_code(type) ((type) >= QC_INQUIRY_BUSINESS)
#define qc_inquiry_type_is_text(type) ((type) <= QC_INQUIRY_SERIAL || (type) >= QC_INQUIRY_LINE)

typedef struct {
  const char *id;    /* stable: what the clerk chose is remembered by it */
  const char *msgid; /* N_() */
  QcInquiryType type;
  guint yields;    /* where there is not room for all, those with 1 go first; 0 stays */
  gboolean hidden; /* until the clerk asks for it */
  gboolean sums;   /* MONEY, COUNT: the totals have it */
  gboolean period; /* MONTH, TIME: "since when" is asked of it; one of a list */
  gboolean filter; /* codes: can be chosen */
} QcInquiryColumn;

typedef struct {
  const char *id;    /* stable: "months" */
  const char *msgid; /* N_() */
  const QcInquiryColumn *columns;
  guint n_columns;
  gboolean of_person;
} QcInquiryInfo;

#define QC_INQUIRY_MAX_COLUMNS 16

const QcInquiryInfo *qc_inquiry_info (QcInquiry inquiry);
gboolean qc_inquiry_from_id (const char *id, QcInquiry *out);
/* −1: there is no such column. */
int qc_inquiry_find_column (QcInquiry inquiry, const char *id);
/* The first column of @type, −1: none. */
int qc_inquiry_find_type (QcInquiry inquiry, QcInquiryType type);

/* The codes of a type that is one, ended by NULL, and the word of each, N_(); NULL for one that is not known. */
const char *const *qc_inquiry_codes (QcInquiryType type);
const char *qc_inquiry_code_to_msgid (QcInquiryType type, const char *code);

/* One cell of a row. */
typedef struct {
  gint64 number;
  char *text;      /* (owned) (nullable) types that are text */
  gboolean is_set; /* FALSE: there is nothing */
} QcInquiryValue;

/* One row, a value for each column. */
typedef struct {
  guint n;
  QcInquiryValue values[QC_INQUIRY_MAX_COLUMNS];
} QcInquiryRecord;
QcInquiryRecord *qc_inquiry_record_new (guint n);
void qc_inquiry_record_free (QcInquiryRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcInquiryRecord, qc_inquiry_record_free)

G_END_DECLS
