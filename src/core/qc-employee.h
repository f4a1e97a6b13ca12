/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 职工: one person's account in a unit, the history of bases, and what was paid as spans of months.
 */
#pragma once

#include "qc-policy.h"
#include "qc-retirement.h"

G_BEGIN_DECLS

/* JGJ/T 320 A.6. */
typedef enum {
  QC_PERSON_NORMAL = 1,    /* 正常 */
  QC_PERSON_SEALED = 2,    /* 封存 */
  QC_PERSON_MERGED = 3,    /* 合并销户 */
  QC_PERSON_MOVED_OUT = 4, /* 外部转出销户 */
  QC_PERSON_WITHDRAWN = 5, /* 提取销户 */
  QC_PERSON_FROZEN = 6,    /* 冻结 */
  QC_PERSON_OTHER = 99,
  QC_PERSON_TRANSFERRED = 100, /* 同城转移 that waits: gone once it is accepted. No center has this state */
} QcPersonStatus;

typedef struct {
  char *account;       /* (owned) 个人账号, unique at the center */
  char *name;          /* (owned) */
  char *document_type; /* (owned) A.1: "01" resident ID … */
  char *document;      /* (owned) folded */
  QcSex sex;
  QcDate birth;
  QcPersonStatus status;
  QcMonth status_from; /* the 变更年月 from which @status counts */
  QcMoney base;        /* 缴存基数 in effect now, fen */
  QcMonth opened;      /* first month of deposit in this unit */
  QcMonth paid_to;     /* 缴至年月 of the person, QC_MONTH_NONE if never */
  QcRetirementClass retirement_class;
  QcMonth authorized_until; /* 授权退休年龄, as a month */
  gboolean base_pending;    /* 待调整基数, after a transfer (decision 9) */
  QcMoney balance;          /* the person's own money: never used as R9's balance */
  char *mobile;             /* (owned) (nullable) */
  gint64 revision;
} QcEmployee;

QcEmployee *qc_employee_new (void);
QcEmployee *qc_employee_copy (const QcEmployee *employee);
void qc_employee_clear (QcEmployee *employee);
void qc_employee_free (QcEmployee *employee);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcEmployee, qc_employee_free)

/* "正常" … in Chinese is the ui's; this is the marked English msgid ("Normal", "Sealed" …); borrowed. */
const char *qc_person_status_to_msgid (QcPersonStatus status);

/* A row of the base history: from this month on the base is this. */
typedef struct {
  QcMonth from;
  QcMoney base;
  gboolean retroactive; /* made by the center for months already remitted (decision 7) */
} QcBaseChange;
/* @rows: QcBaseChange ordered by from. 0 if none applies yet. */
QcMoney qc_base_at (const QcBaseChange *rows, gsize n_rows, QcMonth month);

typedef enum {
  QC_SPAN_REMITTANCE,   /* 汇缴 */
  QC_SPAN_BACK_PAYMENT, /* 补缴: adds to what the months already have */
} QcSpanKind;

/* Months from … to (inclusive) in which each month was paid with the same figures by one application. */
typedef struct {
  QcMonth from, to;
  QcMoney base, unit, personal; /* per month, fen */
  QcSpanKind kind;
} QcPaidSpan;

G_END_DECLS
