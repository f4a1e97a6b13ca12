/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the page of a review shows of an application, part by part: roster beside what the system says, what is
 * otherwise than in the application it comes after, pictures; and the form of reasons. Database threads.
 */
#pragma once

#include "qc-console.h"
#include "qc-engine-review.h"
#include "qc-html.h"

G_BEGIN_DECLS

/* Reasons that one form holds; further ones go into another line of text. */
#define QC_REVIEW_REASONS 10

/* "lines" from @page on, "columns", "lines_next", "lines_previous": what was entered, and beside it the person as the
 * center has it now. @before (nullable): what the application it comes after had. */
gboolean qc_console_review_add_lines (QcHtml *values, QcConnection *connection, const char *unit,
                                      const QcSubmission *submission, const QcSubmission *before, gint64 page,
                                      GError **error);
void qc_console_review_add_pictures (QcHtml *values, const QcSubmission *submission);
/* "form_rows": what was typed, in @call, or empty ones. */
void qc_console_review_add_form (QcHtml *values, const QcHttpCall *call, const QcSubmission *submission,
                                 const GPtrArray *codes);
/* "reasons": as the clerk will see them. */
void qc_console_review_add_reasons (QcHtml *values, const QcSubmission *submission, const GPtrArray *reasons);
/* QcReturnReason of the form's rows in which a reason was chosen. (transfer full) */
GPtrArray *qc_console_review_read_reasons (const QcHttpCall *call, const QcSubmission *submission,
                                           const GPtrArray *codes);

G_END_DECLS
