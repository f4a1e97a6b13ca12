/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 退回原因 (decision 23): why a reviewed application came back: an entry of the center's list "return-reason", what it
 * is about, and a sentence that the reviewer may have edited. Plain values, any thread.
 */
#pragma once

#include "qc-attachment.h"
#include "qc-finding.h"
#include "qc-roster.h"

G_BEGIN_DECLS

#define QC_RETURN_REASON_LIST "return-reason"
#define QC_RETURN_MAX_REASONS 200 /* of one application */

typedef enum {
  QC_RETURN_APPLICATION, /* all of it */
  QC_RETURN_LINE,
  QC_RETURN_FIELD, /* of a line */
  QC_RETURN_ATTACHMENT,
} QcReturnTarget;
const char *qc_return_target_to_code (QcReturnTarget target); /* "application" "line" "field" "attachment" */
gboolean qc_return_target_from_code (const char *code, QcReturnTarget *out);

typedef struct {
  char *code; /* (owned) of the center's list */
  QcReturnTarget target;
  gint64 line;      /* LINE, FIELD: its id; ATTACHMENT: whose it is, 0 = of the application */
  char *field;      /* (owned) (nullable) FIELD: name of a line's field */
  char *attachment; /* (owned) (nullable) ATTACHMENT: digest */
  char *text;       /* (owned) the sentence */
} QcReturnReason;

QcReturnReason *qc_return_reason_new (const char *code, QcReturnTarget target, const char *text);
QcReturnReason *qc_return_reason_copy (const QcReturnReason *reason);
void qc_return_reason_free (QcReturnReason *reason);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcReturnReason, qc_return_reason_free)
/* GPtrArray of QcReturnReason with its free function set. (transfer full) */
GPtrArray *qc_return_reasons_new (void);

/* What speaks against returning an application of @business with @roster and @attachments for @reasons. */
void qc_return_reasons_check (const GPtrArray *codes, QcBusiness business, const QcRoster *roster,
                              const GPtrArray *attachments, const GPtrArray *reasons, GPtrArray *out);
/* All of them in words, each sentence once. (transfer full) */
char *qc_return_reasons_dup_text (const GPtrArray *reasons);

G_END_DECLS
