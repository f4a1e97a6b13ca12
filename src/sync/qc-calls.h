/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Small questions to the center, typed, so that nobody above this room needs to know the wire: who is signed in and
 * for which units, vouchers, and the practice center's date. Main context.
 */
#pragma once

#include "qc-application.h"
#include "qc-tokens.h"
#include "qc-wire-session.h"
#include "qc-wire-voucher.h"

G_BEGIN_DECLS

/* GET /api/v1/session */
void qc_calls_session_async (QcTokens *tokens, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);
QcWireSession *qc_calls_session_finish (QcTokens *tokens, GAsyncResult *result, GError **error);

/* POST …/voucher: one is issued, signed and counted at the center, once for each @key. Nothing is verified here. */
void qc_calls_voucher_async (QcTokens *tokens, const char *unit, const char *serial, const char *key,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
QcWireVoucher *qc_calls_voucher_finish (QcTokens *tokens, GAsyncResult *result, GError **error);

typedef enum {
  QC_PRACTICE_GET,
  QC_PRACTICE_SET_DELAY, /* value: seconds after which arrivals confirm themselves, −1 = never */
  QC_PRACTICE_ADVANCE,   /* value: months */
  QC_PRACTICE_RESET,
  QC_PRACTICE_SET_REVIEW, /* value: seconds after which applications are decided, −1 = by hand */
} QcPracticeCall;
/* Only on a practice profile (QC_SYNC_ERROR_PRACTICE otherwise). @returned: with SET_REVIEW, so many of a hundred are
 * returned then. */
void qc_calls_practice_async (QcTokens *tokens, QcPracticeCall call, gint64 value, int returned,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* @out: (nullable) how practice is now. */
gboolean qc_calls_practice_finish (QcTokens *tokens, GAsyncResult *result, QcWirePractice *out, GError **error);

G_END_DECLS
