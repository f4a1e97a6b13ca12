/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Review (decisions 3, 15, 23): who looks at an application for a while, and the verdict, which is checked once more
 * on the rows of now inside its transaction. Of two reviewers one wins; the other gets QC_OUTCOME_CONFLICT with the
 * application as it is, whose timeline says who, when and what. @call->actors says by which right it is done
 * (qc_application_event_actors()); nobody reviews what was submitted in the own name. Writer thread only.
 */
#pragma once

#include "qc-engine.h"
#include "qc-return-reason.h"

G_BEGIN_DECLS

#define QC_REVIEW_LEASE 600 /* seconds */

typedef struct {
  char *staff;  /* (owned) */
  gint64 until; /* unix seconds */
} QcReviewClaim;
void qc_review_claim_free (QcReviewClaim *claim);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcReviewClaim, qc_review_claim_free)
/* Who holds @serial at @now; *@out NULL without error: nobody. (read) (nullable) */
gboolean qc_engine_load_claim (QcConnection *connection, const char *serial, gint64 now, QcReviewClaim **out,
                               GError **error);

/* Holds it for the lease, or longer if it is the caller's already. Another's is only taken with @take_over, which the
 * log tells. Neither the application nor its revision change. */
QcOutcome *qc_engine_claim (QcConnection *connection, const QcEngineCall *call, const char *serial, gboolean take_over,
                            GError **error);
/* Gives it back; somebody else's stays. */
QcOutcome *qc_engine_release (QcConnection *connection, const QcEngineCall *call, const char *serial, GError **error);

/* @call->if_match is required. 补缴: 托收 is drawn at once, 非托收 waits for the money; 开户: the accounts are there.
 */
QcOutcome *qc_engine_approve (QcConnection *connection, const QcEngineCall *call, const char *serial, GError **error);
/* @reasons: QcReturnReason, at least one. @call->if_match is required. */
QcOutcome *qc_engine_return (QcConnection *connection, const QcEngineCall *call, const char *serial,
                             const GPtrArray *reasons, GError **error);

/* QcReturnReason of the application row. (transfer full) */
GPtrArray *qc_engine_load_reasons (QcConnection *connection, gint64 application, GError **error);
/* What was submitted, as it is kept. (read) (transfer full) */
QcSubmission *qc_engine_load_submission (QcConnection *connection, const char *unit, const char *serial,
                                         GError **error);

/* ---- practice: reviews by itself (qc-engine-review-practice.c) ---- */
typedef struct {
  gint64 delay; /* seconds from the submission; −1 = never */
  int returned; /* so many of a hundred are returned, which ones follows from the serial number */
} QcReviewPractice;
gboolean qc_engine_set_review_practice (QcConnection *connection, const QcEngineCall *call,
                                        const QcReviewPractice *practice, GError **error);
gboolean qc_engine_get_review_practice (QcConnection *connection, QcReviewPractice *out, GError **error);
/* Whether practice returns the application with @serial. */
gboolean qc_review_practice_returns (const QcReviewPractice *practice, const char *serial);
/* For qc_engine_tick(): what is due is decided; *@next gets the earlier of itself and when the next one is. Returns how
 * many, −1 on error. */
int qc_engine_review_tick (QcConnection *connection, gint64 now, gint64 *next, GError **error);

G_END_DECLS
