/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The businesses as one table: what each kind is, how it runs, which fields its roster lines have. Everything that
 * differs between businesses and is not a rule is read from here; what can be derived is not written.
 */
#pragma once

#include "qc-line-field.h"

G_BEGIN_DECLS

typedef enum {
  QC_BUSINESS_REMITTANCE,      /* 汇缴 */
  QC_BUSINESS_BACK_PAYMENT,    /* 补缴 */
  QC_BUSINESS_UNIT_CHANGE,     /* 单位缴存登记信息变更 */
  QC_BUSINESS_ACCOUNT_OPENING, /* 个人账户设立 */
  QC_BUSINESS_TRANSFER,        /* 同城转移 */
  QC_BUSINESS_SEALING,         /* 个人账户封存或启封 */
  QC_BUSINESS_BASE_ADJUSTMENT, /* 缴存基数调整 */
  QC_BUSINESS_INQUIRY,         /* 单位住房公积金信息查询 */
  QC_BUSINESS_RETIREMENT,      /* 授权退休年龄: inside 汇缴, without a card of its own (decision 20) */
  QC_BUSINESS_OTHER,           /* one of a newer center: shown as unknown, nothing can be done with it */
} QcBusiness;
#define QC_N_BUSINESSES (QC_BUSINESS_OTHER + 1)

/* How a business runs (decisions 3, 4). */
typedef enum {
  QC_RUN_NONE,       /* never becomes an application */
  QC_RUN_REMITTANCE, /* registered until the money is in */
  QC_RUN_REVIEWED,   /* center staff review it */
  QC_RUN_IMMEDIATE,  /* done at once */
} QcRun;

typedef enum {
  QC_COLUMN_SHOWN = 0,         /* seen or computed; it travels, and the center compares it with its own */
  QC_COLUMN_EDITABLE = 1 << 0, /* entered by the clerk */
  QC_COLUMN_REQUIRED = 1 << 1, /* entered, and never left empty */
  QC_COLUMN_HIDDEN = 1 << 2,   /* as SHOWN, but not a column of the grid */
} QcColumnFlags;

typedef struct {
  QcLineFieldId field;
  QcColumnFlags flags;
  const char *msgid; /* N_() its title here; NULL: the field's own */
} QcBusinessColumn;

typedef struct {
  QcBusiness kind;
  const char *code;            /* stable, in databases and messages: "remittance" */
  const char *msgid;           /* N_() English name; zh_CN.po has the guide's term */
  const char *does_msgid;      /* N_() one sentence: what it does; NULL = no card of its own */
  const char *needs_msgid;     /* N_() one sentence: what it needs */
  const char *concerned_msgid; /* N_() whom the rules' concerns() is about; NULL = nobody in particular */
  const char *nobody_msgid;    /* N_() one sentence: that there is nobody else */
  const char *icon;            /* symbolic icon name */
  QcRun run;
  gboolean has_money;
  gboolean has_facts;              /* facts are submitted, beside or instead of a roster */
  gboolean moves_month;            /* bound to the 变更年月 (decision 6) */
  gboolean blocked_by_remittance;  /* an unfinished 汇缴 of the unit blocks it (decision 15) */
  gboolean opens_accounts;         /* its lines are of people who have none yet */
  gboolean of_months;              /* a person may stand on several lines, for other months (decision 22) */
  const QcBusinessColumn *columns; /* of a roster line, in order; NULL = no roster, or not available yet */
  guint n_columns;
} QcBusinessInfo;

const QcBusinessInfo *qc_business_info (QcBusiness kind);
gboolean qc_business_from_code (const char *code, QcBusiness *out);
/* FALSE: it is about the unit alone. */
gboolean qc_business_is_of_people (QcBusiness kind);
/* The column of @field, NULL if lines of @kind have none. */
const QcBusinessColumn *qc_business_find_column (QcBusiness kind, QcLineFieldId field);
/* The title of @column, N_(). */
const char *qc_business_column_msgid (const QcBusinessColumn *column);
/* The title of @field in @kind, N_(): the field's own where it is no column there. */
const char *qc_business_field_msgid (QcBusiness kind, QcLineFieldId field);
#define qc_column_is_entered(column) (((column)->flags & (QC_COLUMN_EDITABLE | QC_COLUMN_REQUIRED)) != 0)

G_END_DECLS
