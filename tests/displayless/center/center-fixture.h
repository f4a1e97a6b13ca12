/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A center's database in a folder of its own, and the calls of the engine as a client or the console makes them: each
 * in a transaction, each followed by the audit where a test asks for it. One thread.
 */
#pragma once

#include "qc-back-payment.h"
#include "qc-bank.h"
#include "qc-center-db.h"
#include "qc-engine-private.h"
#include "qc-engine-review.h"
#include "qc-engine-voucher.h"
#include "qc-feeds.h"
#include "qc-practice-clock.h"
#include "qc-practice-data.h"
#include "qc-rules-remittance.h"
#include "qc-rules-roster.h"

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
/* What a client has that has pulled all feeds of @unit. */
typedef struct {
  QcUnit *unit;
  GArray *policies, *ratios;
  GPtrArray *people, *codes; /* QcEmployee, QcCode */
  GPtrArray *departed;       /* QcEmployee: who left and still shows */
  GHashTable *units;         /* account → QcOtherUnit of every unit there is */
  GHashTable *by_account;    /* account → QcEmployee of people */
  GHashTable *bases;         /* account → GArray of QcBaseChange */
  GHashTable *paid;          /* account → GArray of QcPaidSpan */
  GHashTable *histories;     /* account → QcPersonHistory of people */
  QcRosterFacts facts;
} FxView;
FxView *fx_view_new (Fx *fx, const char *unit);
void fx_view_free (FxView *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FxView, fx_view_free)

/* What such a client would confirm for the months up to @end. */
QcRemittanceClaim *fx_claim (Fx *fx, const char *unit, QcMonth end);
typedef struct {
  char *account; /* (owned) */
  QcRetirementClass klass;
} FxAnswer;
/* Answers to all who must be answered up to @end: FxAnswer, women-55. */
GArray *fx_answers (Fx *fx, const char *unit, QcMonth end);
/* The 授权退休年龄 that says @answers, as a client makes it. */
QcSubmission *fx_answers_roster (Fx *fx, const char *unit, const GArray *answers);

/* An empty roster as a client makes it, and a line of it for the person with @account, with what is seen now. */
QcSubmission *fx_roster (const FxView *view, QcBusiness business);
QcRosterLine *fx_roster_add (const FxView *view, QcSubmission *roster, const char *account);
/* After something was entered in @line. */
void fx_roster_complete (const FxView *view, QcSubmission *roster, QcRosterLine *line);

/* 补缴 of the person for those months; the amounts are there. */
QcRosterLine *fx_back_payment_add (const FxView *view, QcSubmission *roster, const char *account, const char *reason,
                                   QcMonth from, QcMonth to);
/* 开户 of somebody new, whose document follows from @number. */
QcRosterLine *fx_opening_add (const FxView *view, QcSubmission *roster, gint64 number);
/* The pictures that the center asks for, as if they had been sent, and the method. Once all lines are there. */
void fx_complete_reviewed (Fx *fx, const FxView *view, QcSubmission *roster);
/* A verdict by @reviewer on the revision of now: approved where @reason is NULL, else returned for it. */
#define FX_REVIEWER "李审核"
QcOutcome *fx_review (Fx *fx, const char *unit, const char *serial, const char *reason);

/* Under a fresh key. */
QcOutcome *fx_submit_roster (Fx *fx, const char *unit, const QcSubmission *roster);
/* 授权退休年龄 of all who must be answered up to @end, if there are any; it is accepted. */
void fx_answer (Fx *fx, const char *unit, QcMonth end);
/* The answers, then a 汇缴 with the client's claim and a fresh key. */
QcOutcome *fx_submit (Fx *fx, const char *unit, QcMonth end);
QcOutcome *fx_submit_claim (Fx *fx, const QcEngineCall *call, const QcRemittanceClaim *claim);
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
/* @code among the findings, at the line with id @line and at @field. */
void fx_assert_finding_at (const QcOutcome *outcome, const char *code, gint64 line, const char *field);
