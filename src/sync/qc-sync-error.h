/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What can go wrong between the client and a center, as one error domain. The message of each error is a sentence in
 * the user's language with reason and next step; a reason code tells apart what one code sums up; a problem of the
 * center (RFC 9457) and the seconds of Retry-After travel inside the GError and survive its copies. Any thread.
 */
#pragma once

#include <gio/gio.h>
#include "qc-problem.h"

G_BEGIN_DECLS

typedef enum {
  QC_SYNC_ERROR_OFFLINE, /* no network, center not reachable, nothing was sent */
  /* reason: "tls.unknown-ca" "tls.expired" "tls.wrong-host" "tls.not-yet" "tls.revoked" "tls.old" "tls.other" */
  QC_SYNC_ERROR_TLS,
  QC_SYNC_ERROR_NOT_CENTER,      /* something answers, but it is not a center */
  QC_SYNC_ERROR_UNAUTHORIZED,    /* signed out: the token is not, or no longer, good */
  QC_SYNC_ERROR_PROBLEM,         /* the center says no: qc_sync_error_get_problem() */
  QC_SYNC_ERROR_RETRY_LATER,     /* busy (429, 503): qc_sync_error_get_retry_after() */
  QC_SYNC_ERROR_TOO_LARGE,       /* the answer exceeds the bound */
  QC_SYNC_ERROR_BAD_ANSWER,      /* a center's answer that breaks the format */
  QC_SYNC_ERROR_UNKNOWN_OUTCOME, /* sent, but no answer came: ask before sending again */
  QC_SYNC_ERROR_CLOCK,           /* this computer's clock and the center's differ too much */
  QC_SYNC_ERROR_TIMEOUT,         /* no answer in time to a question that changes nothing */
  QC_SYNC_ERROR_PRACTICE,        /* a practice profile met a real center, or the other way round */
  QC_SYNC_ERROR_NO_API,          /* the profile has a portal only */
  QC_SYNC_ERROR_PROFILE,         /* the profile file is not good: reason says what */
  QC_SYNC_ERROR_SIGN_IN, /* reason: "denied" "state" "legal-person" "not-verified" "no-unit" "timeout" "issuer" "server"
                          */
  QC_SYNC_ERROR_CURSOR_EXPIRED, /* inside a pull only: the feed starts over */
  QC_SYNC_ERROR_NOT_ALLOWED,    /* for example 撤回 of what was already sent */
} QcSyncError;
#define QC_SYNC_ERROR (qc_sync_error_quark ())
GQuark qc_sync_error_quark (void);

/*
 * qc_sync_error_new:
 * @reason: (nullable): stable code that tells apart what @code sums up
 * @message: a translated sentence
 */
GError *qc_sync_error_new (QcSyncError code, const char *reason, const char *message);
GError *qc_sync_error_new_problem (QcSyncError code, const QcProblem *problem);
GError *qc_sync_error_new_retry (guint seconds);
/* @detail: what is wrong with the answer, in the wire's words. */
GError *qc_sync_error_new_bad_answer (const char *detail);

/* Borrowed from @error; NULL when there is none. */
const char *qc_sync_error_get_reason (const GError *error);
const QcProblem *qc_sync_error_get_problem (const GError *error);
/* Seconds of Retry-After, 0 when the center named none. */
guint qc_sync_error_get_retry_after (const GError *error);
/* Whether trying again later by itself makes sense. */
gboolean qc_sync_error_is_temporary (const GError *error);

G_END_DECLS
