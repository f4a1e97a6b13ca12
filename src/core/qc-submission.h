/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 办理: what a clerk confirmed and sends, whatever the business. The same value is shown in the confirmation, put on
 * the wire and judged by the center. Plain values, one thread at a time.
 */
#pragma once

#include "qc-attachment.h"
#include "qc-fact.h"
#include "qc-remittance.h"
#include "qc-roster.h"

G_BEGIN_DECLS

typedef struct {
  QcBusiness business;
  QcMonth effective;             /* 变更年月 as confirmed; NONE where the business is not bound to it */
  QcRemittanceClaim *remittance; /* (owned) (nullable) 汇缴 only */
  QcRoster *roster;              /* (owned) lines with their ids; empty for 汇缴 */
  GPtrArray *facts;              /* (owned) QcFact; empty where the business has none */
  GPtrArray *attachments;        /* (owned) QcAttachment, as qc_attachment_list_sort() has them */
  QcMethod method;               /* how money moves; NONE where none does, and for 汇缴, whose claim says it */
  char *replaces;                /* (owned) (nullable) serial of the returned application that it comes after */
} QcSubmission;

QcSubmission *qc_submission_new (QcBusiness business);
void qc_submission_free (QcSubmission *submission);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcSubmission, qc_submission_free)
/* Whether both say the same: what is sent must be what was confirmed. */
gboolean qc_submission_equal (const QcSubmission *a, const QcSubmission *b);

G_END_DECLS
