/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 缴款通知 (decision 13): to whom the unit pays how much, and the one remark by which the center recognises it. One
 * page. Plain values; one thread at a time.
 */
#pragma once

#include "qc-sheet.h"
#include "qc-types.h"

G_BEGIN_DECLS

/* All texts are owned. */
typedef struct {
  char *center;            /* the department */
  char *unit_name, *unit;  /* who pays */
  char *serial;            /* 业务流水号: the remark */
  char *business, *months; /* "汇缴", "2026年10月" */
  gint64 people;           /* < 0: not said */
  QcMoney fen, arrived;    /* in all; arrived so far */
  char *payee_name, *payee_account, *payee_bank;
  char *handler; /* (nullable) */
  QcDate date;   /* 填制日期 */
  int reprint;   /* 0 = the first */
  gboolean practice;
} QcNotice;

QcNotice *qc_notice_copy (const QcNotice *notice);
void qc_notice_free (QcNotice *notice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcNotice, qc_notice_free)

void qc_notice_gather (const QcNotice *notice, QcCharset *charset);
/* 1, or 0 with QC_DOCUMENTS_ERROR_TOO_SMALL. */
guint qc_notice_draw (const QcNotice *notice, QcSheet *sheet, GError **error);

G_END_DECLS
