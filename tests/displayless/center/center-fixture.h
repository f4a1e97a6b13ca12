/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A center's database in a folder of its own, and the calls of the engine as a client or the console makes them: each
 * in a transaction, each followed by the audit where a test asks for it. One thread.
 */
#pragma once

#include "qc-bank.h"
#include "qc-center-db.h"
#include "qc-engine-private.h"
#include "qc-engine-voucher.h"
#include "qc-feeds.h"
#include "qc-practice-clock.h"
#include "qc-practice-data.h"
#include "qc-rules-remittance.h"

#define FX_TODAY 20261123
#define FX_NOW   ((gint64)1795399200) /* 2026-11-23 10:00 in China */

typedef struct {
  char *dir, *path;         /* (owned) */
  QcConnection *connection; /* (owned) */
  gint64 now;
  guint keys; /* numbers the keys given out */
} Fx;

/* @people: of the main unit; 0 = the usual 42; −1 = no practice data, policies only. */
void fx_open (Fx *fx, gint64 people);
/* The ledger of fixtures/@name, written by an earlier version, brought up to this one. */
void fx_open_old (Fx *fx, const char *name);
/* Opens the ledger in @dir behind a running center's back; end it with qc_connection_close(). */
void fx_attach (Fx *fx, const char *dir);
void fx_close (Fx *fx);
/* Asserts every invariant of the ledger. */
void fx_audit (Fx *fx);

QcTransaction *fx_begin (Fx *fx, QcTransactionKind kind);
void fx_commit (QcTransaction *transaction);
QcEngineCall fx_call (Fx *fx, const char *unit);
gint64 fx_int (Fx *fx, const char *sql);
void fx_sql (Fx *fx, const char *sql);

QcUnit *fx_unit (Fx *fx, const char *unit);
QcApplication *fx_application (Fx *fx, const char *serial);
/* What a client that has pulled all feeds would confirm for the months up to @end. */
QcRemittanceClaim *fx_claim (Fx *fx, const char *unit, QcMonth end);
/* Answers to all who must be answered up to @end: QcClassAnswer, women-55. */
GArray *fx_answers (Fx *fx, const char *unit, QcMonth end);
/* Like fx_claim (), with @answers already counted. */
QcRemittanceClaim *fx_claim_with (Fx *fx, const char *unit, QcMonth end, const GArray *answers);

/* A submission with a fresh key, the client's claim and all answers. */
QcOutcome *fx_submit (Fx *fx, const char *unit, QcMonth end);
QcOutcome *fx_submit_claim (Fx *fx, const QcEngineCall *call, const QcRemittanceClaim *claim, const GArray *answers);
QcOutcome *fx_act (Fx *fx, const char *unit, const char *serial, QcApplicationAction action);
/* With a reference of its own. */
QcOutcome *fx_arrive (Fx *fx, const char *unit, const char *serial, QcMoney fen);
QcOutcome *fx_arrive_as (Fx *fx, const char *unit, const char *serial, QcMoney fen, const char *reference);
QcOutcome *fx_set_balance (Fx *fx, const char *unit, QcMoney fen);
QcOutcome *fx_set_answers (Fx *fx, const char *unit, gboolean answers);

/* The practice center's key, and a voucher under it by FX_ACTOR. (transfer full) */
#define FX_ACTOR "张文"
QcSigningKey *fx_load_key (Fx *fx);
QcOutcome *fx_issue (Fx *fx, const char *unit, const char *serial);

void fx_assert_done (const QcOutcome *outcome);
/* Refused, with @code among the findings. */
void fx_assert_refused (const QcOutcome *outcome, const char *code);
gboolean fx_has_finding (const QcOutcome *outcome, const char *code);
