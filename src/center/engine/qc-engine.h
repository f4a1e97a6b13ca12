/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The business engine of the center. It checks everything again on its own data and trusts no client. Every function
 * takes the connection of a write (or read, where said) function of qc-database.h and relies on its transaction: it
 * either did all of it or, with a GError set, nothing. A refusal is no GError: it is an outcome with findings and is
 * committed, because the answer to a key is kept for ever.
 */
#pragma once

#include "qc-connection.h"
#include "qc-movement.h"
#include "qc-other-unit.h"
#include "qc-submission.h"
#include "qc-voucher-facts.h"

G_BEGIN_DECLS

#define QC_ENGINE_ERROR (qc_engine_error_quark ())
GQuark qc_engine_error_quark (void);
typedef enum {
  QC_ENGINE_ERROR_FAILED,  /* a bug or a damaged ledger; nothing was done */
  QC_ENGINE_ERROR_MISSING, /* a thing the database must hold is not there */
  QC_ENGINE_ERROR_INVALID, /* what was asked for cannot be, a date that goes back for example */
} QcEngineError;

typedef enum {
  QC_OUTCOME_DONE,       /* accepted: application (or person, unit) is set. HTTP 201, or 200 for actions */
  QC_OUTCOME_REFUSED,    /* findings say why; nothing changed. 422 */
  QC_OUTCOME_KEY_REUSED, /* the key came before with another body. 422 "key-reused" */
  QC_OUTCOME_CONFLICT,   /* If-Match: the revision moved; the thing as it is now is set. 412 */
  QC_OUTCOME_NOT_FOUND,  /* no such unit, application, person. 404 */
} QcOutcomeStatus;

typedef struct {
  QcOutcomeStatus status;
  gboolean repeated; /* the key came before with the same body: answer_* are the stored ones, the rest is NULL */
  QcApplication *application; /* (owned) (nullable) */
  QcEmployee *person;         /* (owned) (nullable) */
  QcUnit *unit;               /* (owned) (nullable) for what concerns the unit itself */
  QcSignedVoucher *voucher;   /* (owned) (nullable) the one that was issued */
  int reprint;                /* how many of its kind were issued before it */
  GPtrArray *findings;        /* (owned) QcFinding, never NULL unless repeated; also warnings of what was done */
  int answer_status;          /* HTTP status and body as rendered and stored; 0 / NULL without a renderer */
  GBytes *answer;             /* (owned) (nullable) */
} QcOutcome;
void qc_outcome_free (QcOutcome *outcome);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcOutcome, qc_outcome_free)

/*
 * Makes the answer's bytes out of @outcome while the transaction is open, so that the very bytes are kept with the
 * key. Runs on the database thread. (transfer full)
 */
typedef GBytes *(*QcOutcomeRender) (const QcOutcome *outcome, int *out_status, gpointer user_data);

/* Who calls, for which unit, under which key. All borrowed. */
typedef struct {
  const char *unit;       /* 单位公积金账号 */
  const char *actor;      /* user name for the log and the timeline */
  const char *key;        /* (nullable) Idempotency-Key; NULL for the console */
  const char *digest;     /* (nullable) hex SHA-256 of method, path, If-Match and body; needed with a key */
  gint64 now;             /* unix seconds, from qc_practice_clock_now() */
  gint64 if_match;        /* revision the decision was made on; -1 = none given */
  guint actors;           /* QcActor bits of whoever calls; 0 = the unit's clerk */
  QcOutcomeRender render; /* (nullable) */
  gpointer render_data;
} QcEngineCall;

/* ---- the unit's side (write) ---- */

QcOutcome *qc_engine_submit (QcConnection *connection, const QcEngineCall *call, const QcSubmission *submission,
                             GError **error);
/* Why @action is not possible for @application as it is. (transfer full) */
QcFinding *qc_engine_new_state_finding (const QcApplication *application, QcApplicationAction action);
/* DELETE, CANCEL, REDRAW; @call->if_match is required (−1 → CONFLICT). */
QcOutcome *qc_engine_act (QcConnection *connection, const QcEngineCall *call, const char *serial,
                          QcApplicationAction action, GError **error);

/* ---- the center's side: console and bank (write) ---- */

/* 到账确认: @fen came in for @call->unit. @serial: the remark, NULL or "" = no remark, all goes to 暂存款. @reference:
 * the bank's number of the transfer, as it was entered; one that was confirmed before is refused. */
QcOutcome *qc_engine_confirm_arrival (QcConnection *connection, const QcEngineCall *call, const char *serial,
                                      QcMoney fen, const char *reference, GError **error);
/*
 * The lines of @serial after line @after (0 = from the first, and its facts) as the page of the API;
 * QC_ENGINE_ERROR_MISSING when the unit has no such application. (read) (transfer full)
 */
GBytes *qc_engine_dup_lines_page (QcConnection *connection, const char *unit, const char *serial, gint64 after,
                                  GError **error);
/* Asks the bank about a draw of unknown outcome. */
QcOutcome *qc_engine_ask_bank (QcConnection *connection, const QcEngineCall *call, const char *serial, GError **error);
/* 托收协议: signing needs a bank account of the unit, bank and account as they were entered; both are refused while a
 * 汇缴 is unfinished. */
QcOutcome *qc_engine_sign_agreement (QcConnection *connection, const QcEngineCall *call, const char *bank,
                                     const char *account, GError **error);
QcOutcome *qc_engine_end_agreement (QcConnection *connection, const QcEngineCall *call, GError **error);
/* Practice: what lies on the unit's made-up bank account, and whether its bank answers (FALSE → outcomes unknown). */
QcOutcome *qc_engine_set_bank_balance (QcConnection *connection, const QcEngineCall *call, QcMoney fen, GError **error);
QcOutcome *qc_engine_set_bank_answers (QcConnection *connection, const QcEngineCall *call, gboolean answers,
                                       GError **error);
/* From @from on the base is @base; marked retroactive when months from @from on were remitted already. */
QcOutcome *qc_engine_change_base (QcConnection *connection, const QcEngineCall *call, const char *person, QcMonth from,
                                  QcMoney base, GError **error);
QcOutcome *qc_engine_change_ratios (QcConnection *connection, const QcEngineCall *call, QcMonth from, QcRatio unit,
                                    QcRatio personal, GError **error);

/* What happens by itself: arrivals after the delay, questions to a bank that did not answer. Returns how many things
 * happened, −1 on error; *@out_next gets when to call again (unix seconds of the same clock), 0 = nothing waits. */
int qc_engine_tick (QcConnection *connection, gint64 now, gint64 *out_next, GError **error);
/* -1 = never. */
gboolean qc_engine_set_arrival_delay (QcConnection *connection, const QcEngineCall *call, gint64 seconds,
                                      GError **error);
gboolean qc_engine_get_arrival_delay (QcConnection *connection, gint64 *out, GError **error);

/* ---- looking (read or write) ---- */

/* NULL with QC_ENGINE_ERROR_MISSING where there is none. (transfer full) */
QcUnit *qc_engine_load_unit (QcConnection *connection, const char *account, GError **error);
/* As another unit sees the one with @account; without a name where there is none. */
gboolean qc_engine_find_receiver (QcConnection *connection, const char *account, QcOtherUnit **out, GError **error);
/* With months and timeline. @unit NULL = any. (transfer full) */
QcApplication *qc_engine_load_application (QcConnection *connection, const char *unit, const char *serial,
                                           GError **error);
/* The facts that were confirmed with it: QcFact. (transfer full) */
GPtrArray *qc_engine_load_facts_of (QcConnection *connection, const char *serial, GError **error);
/* Every code list: QcCode. (transfer full) */
GPtrArray *qc_engine_load_codes (QcConnection *connection, GError **error);
/* All units, ordered by account: QcUnit. (transfer full) */
GPtrArray *qc_engine_list_units (QcConnection *connection, GError **error);

typedef struct {
  const char *unit; /* (nullable) */
  gboolean open_only;
  gint64 limit, offset; /* limit ≤ 0 = 100 */
  gboolean reviewed;    /* only what staff review, the oldest first */
  const char *state;    /* (nullable) */
  const char *business; /* (nullable) */
} QcApplicationQuery;
typedef struct {
  char *unit, *unit_name;     /* (owned) */
  QcApplication *application; /* (owned) without months and timeline */
} QcListedApplication;
/* Newest first: QcListedApplication. (transfer full) */
GPtrArray *qc_engine_list_applications (QcConnection *connection, const QcApplicationQuery *query, GError **error);

typedef struct {
  gint64 id, time;
  char *actor, *action, *unit, *serial, *detail, *hash; /* (owned) unit, serial (nullable) */
} QcLogEntry;
/* Newest first. (transfer full) */
GPtrArray *qc_engine_list_log (QcConnection *connection, const char *unit, gint64 limit, gint64 offset, GError **error);

/* Newest first: QcMovement. (transfer full) */
GPtrArray *qc_engine_list_movements (QcConnection *connection, const char *unit, gint64 limit, gint64 offset,
                                     GError **error);

typedef struct {
  char *bank, *account, *holder; /* (owned) */
  QcMoney balance;               /* as the bank has it */
  gboolean answers;
} QcBankAccount;
void qc_bank_account_free (QcBankAccount *account);
/* The unit's made-up bank account, NULL without error when it has none. (transfer full) (nullable) */
QcBankAccount *qc_engine_load_bank_account (QcConnection *connection, const char *unit, GError **error);
/* Practice: the number that the made-up bank will give to the unit's next transfer. (transfer full) */
char *qc_engine_dup_next_reference (QcConnection *connection, const char *unit, GError **error);

/* Payee notice (非托收): what to pay now, to whom, with which remark. NULL unless something is missing. */
typedef struct {
  char *payee_name, *payee_account, *payee_bank, *remark; /* (owned) */
  QcMoney fen;
} QcPayeeNotice;
void qc_payee_notice_free (QcPayeeNotice *notice);
QcPayeeNotice *qc_engine_load_notice (QcConnection *connection, const char *unit, const char *serial, GError **error);

typedef enum { QC_KEY_UNKNOWN, QC_KEY_ACCEPTED, QC_KEY_REFUSED } QcKeyState;
/* What became of a key of @unit, for ever; @out_status, @out_answer as they were answered. */
gboolean qc_engine_lookup_key (QcConnection *connection, const char *unit, const char *key, QcKeyState *out_state,
                               char **out_serial, int *out_status, GBytes **out_answer, GError **error);
/* The same for GET /submissions/{key}, where the unit is not named: *@out_unit says whose it is. */
gboolean qc_engine_find_key (QcConnection *connection, const char *key, char **out_unit, QcKeyState *out_state,
                             char **out_serial, int *out_status, GBytes **out_answer, GError **error);

/* Center facts. (transfer full) */
char *qc_engine_dup_department (QcConnection *connection, GError **error);
/* Writes a line of the log for what the server half does (sign-in, consent …). (write) */
gboolean qc_engine_log (QcConnection *connection, gint64 now, const char *actor, const char *action, const char *unit,
                        const char *serial, const char *detail, GError **error);

/*
 * Recomputes the whole ledger, or, @quick, what a glance tells: sums against sums, and the end of the log. What does
 * not hold is a sentence each, with who is the first and how many they are; empty: all holds. NULL with @error when the
 * database cannot be read. (read) (transfer full) (element-type utf8)
 */
GPtrArray *qc_engine_audit_list (QcConnection *connection, gboolean quick, GError **error);
/* TRUE if every invariant holds; otherwise the first broken one in @error. (read) */
gboolean qc_engine_audit (QcConnection *connection, GError **error);

G_END_DECLS
