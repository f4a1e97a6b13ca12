/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The made-up center of practice mode: department, policy, code lists, units, people and their history, the same for
 * the same seed. Everything says that it is for practice (decision 11). Database threads only.
 */
#pragma once

#include "qc-engine.h"

G_BEGIN_DECLS

#define QC_PRACTICE_DEPARTMENT "黑河市住房公积金管理中心（演练）"
#define QC_PRACTICE_MAX_PEOPLE 200000

typedef struct {
  gint64 people; /* of the main unit; 0 = 42 */
  guint32 seed;  /* 0 = the usual one */
  QcDate today;  /* practice date; history ends two months before it */
} QcPracticeOptions;

/* Fills an empty database. (write) */
gboolean qc_practice_data_create (QcConnection *connection, const QcPracticeOptions *options, GError **error);
/* Whether the database holds practice data, or anything at all. */
gboolean qc_practice_data_exists (QcConnection *connection, gboolean *out, GError **error);
/* 重新开始: all units, people, applications and logs go; fresh data under a new generation, @today as given
 * (QC_DATE_NONE = the day it first began with). The server half's own tables stay. (write) */
gboolean qc_practice_data_reset (QcConnection *connection, QcDate today, GError **error);
/* A unit with 30 people for @credit_code (folded, checked) and @name; returns its account. An existing one is returned.
 * (write) */
char *qc_practice_data_create_unit (QcConnection *connection, const char *credit_code, const char *name, gint64 now,
                                    GError **error);

/* Shown on the practice pages: they are no secrets. */
typedef struct {
  const char *user, *password;
  const char *name;        /* of the person, Chinese */
  const char *credit_code; /* legal persons: the first of units; staff: NULL */
  const char *units[5];    /* 单位公积金账号 the legal person may act for, NULL-ended */
  const char *roles;       /* (nullable) staff: "review", "cashier" or both; NULL = both */
  const char *what;        /* (nullable) what there is to practise with it: unit and method, Chinese */
} QcPracticeAccount;
/* Both lists end with an entry whose user is NULL. Borrowed, static. */
const QcPracticeAccount *qc_practice_data_staff (void);
const QcPracticeAccount *qc_practice_data_legal_persons (void);

/* Accounts of the four units every practice center has. */
#define QC_PRACTICE_UNIT_COLLECTION "231100000042" /* 托收 */
#define QC_PRACTICE_UNIT_TRANSFER   "231100000059" /* 非托收 */
#define QC_PRACTICE_UNIT_RECEIVER   "231100000067" /* receives transfers */
#define QC_PRACTICE_UNIT_ARREARS    "231100000075" /* several months due */

G_END_DECLS
