/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 单位: what the center knows of the employer: registration, account, months, agreement and balances.
 */
#pragma once

#include "qc-types.h"

G_BEGIN_DECLS

/* JGJ/T 320 A.4. */
typedef enum {
  QC_UNIT_NORMAL = 1,
  QC_UNIT_OPENED = 2,
  QC_UNIT_DEFERRED = 3, /* 缓缴 */
  QC_UNIT_CLOSED = 4,
  QC_UNIT_SEALED = 5,
  QC_UNIT_OTHER = 99,
} QcUnitStatus;

typedef enum {
  QC_METHOD_NONE = 0,
  QC_METHOD_COLLECTION, /* 托收 */
  QC_METHOD_TRANSFER,   /* 非托收 */
  QC_METHOD_OTHER,      /* one of a newer center */
} QcMethod;

/* Registration fields by JGJ/T 320 name are kept as key → value in @fields (DWDZ, DWYB, …): U1 edits them later. */
typedef struct {
  char *account;     /* (owned) 单位公积金账号 */
  char *name;        /* (owned) */
  char *credit_code; /* (owned) 统一社会信用代码 */
  QcUnitStatus status;
  QcMonth first_month; /* 首次汇缴年月 */
  QcMonth paid_to;     /* 缴至年月, QC_MONTH_NONE if never remitted */
  gint64 headcount;    /* 缴存人数 */
  gint64 sealed_count; /* 封存人数 */
  QcMoney balance;     /* 单位账户余额: people's money */
  QcMoney suspense;    /* 暂存款 */
  /* the collection agreement; @agreement_account NULL = none signed */
  char *agreement_bank;          /* (owned) (nullable) */
  char *agreement_account;       /* (owned) (nullable) */
  QcMoney agreement_balance;     /* as the center last knew it; -1 = 未知 (decision 14) */
  gint64 agreement_balance_time; /* unix seconds, 0 = unknown */
  /* where a 非托收 unit pays to (decision 13) */
  char *payee_name, *payee_account, *payee_bank; /* (owned) (nullable) */
  GHashTable *fields;                            /* (owned) char* → char* */
  gint64 revision;
} QcUnit;

QcUnit *qc_unit_new (void);
QcUnit *qc_unit_copy (const QcUnit *unit);
void qc_unit_free (QcUnit *unit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcUnit, qc_unit_free)

/* 应汇缴年月: 缴至年月 + 1, else 首次汇缴年月 (decision 6). */
QcMonth qc_unit_due_month (const QcUnit *unit);
/* The only method the unit may use now (R1). */
QcMethod qc_unit_method (const QcUnit *unit);

const char *qc_unit_status_to_code (QcUnitStatus status); /* "normal" "opened" "deferred" "closed" "sealed" "other" */
gboolean qc_unit_status_from_code (const char *code, QcUnitStatus *out);
const char *qc_unit_status_to_msgid (QcUnitStatus status); /* N_() */
/* Whether such a unit may remit: only 正常, 开户 and 缓缴. */
gboolean qc_unit_status_can_remit (QcUnitStatus status);

const char *qc_method_to_msgid (QcMethod method); /* N_() */
const char *qc_method_to_code (QcMethod method);  /* "collection" "transfer" "none" */
gboolean qc_method_from_code (const char *code, QcMethod *out);

G_END_DECLS
