/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The eight businesses as one table: what each kind is, which steps it has, which states it can be in. Everything
 * that differs between businesses and is not a rule is read from here.
 */
#pragma once

#include "qc-types.h"

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
} QcBusiness;
#define QC_N_BUSINESSES (QC_BUSINESS_INQUIRY + 1)

/* The steps of choose people → state facts → draft roster → checks → attachments → confirm → follow. */
typedef enum {
  QC_STEP_METHOD = 1 << 0, /* 缴存方式 */
  QC_STEP_MONTHS = 1 << 1, /* 汇缴年月 */
  QC_STEP_PEOPLE = 1 << 2, /* 选择人员 */
  QC_STEP_FACTS = 1 << 3,
  QC_STEP_ROSTER = 1 << 4, /* 清册 */
  QC_STEP_REVIEW = 1 << 5, /* 复核 */
  QC_STEP_CHECKS = 1 << 6,
  QC_STEP_ATTACHMENTS = 1 << 7, /* 上传附件 */
  QC_STEP_CONFIRM = 1 << 8,     /* 办理 */
} QcSteps;

typedef struct {
  QcBusiness kind;
  const char *code;        /* stable, in databases and messages: "remittance" */
  const char *standard;    /* JGJ/T 320 A.5 code, "01" */
  const char *msgid;       /* N_() English name; zh_CN.po has the guide's term */
  const char *does_msgid;  /* N_() one sentence: what it does */
  const char *needs_msgid; /* N_() one sentence: what it needs */
  const char *icon;        /* symbolic icon name */
  gboolean reviewed;       /* center staff review it */
  gboolean has_roster;
  gboolean has_money;
  gboolean changes_month; /* bound to the 变更年月 (decision 6) */
  gboolean available;     /* this version of the client can do it */
  QcSteps steps;
} QcBusinessInfo;

const QcBusinessInfo *qc_business_info (QcBusiness kind);
gboolean qc_business_from_code (const char *code, QcBusiness *out);

G_END_DECLS
