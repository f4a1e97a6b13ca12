/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Inside the engine: the work of one call, the frame that every call runs in, the table of business handlers, and the
 * steps that all businesses share (application rows, money, booking). Writer thread only.
 */
#pragma once

#include "qc-engine.h"
#include "qc-month.h"
#include "qc-sql.h"

G_BEGIN_DECLS

/* So many findings of one code, and in all, are told; the rest is a number. */
#define QC_ENGINE_FINDINGS_PER_CODE 200
#define QC_ENGINE_FINDINGS_IN_ALL   2000

/* One call being worked on. */
typedef struct {
  QcConnection *connection;
  const QcEngineCall *call;
  gint64 unit_id;
  QcUnit *unit; /* (owned) as it was when the call began */
  char *serial; /* (owned) (nullable) the application concerned, for the key and the log */
  char *detail; /* (owned) (nullable) what the log says of it; NULL: the codes of the findings */
} QcWork;

/* What a business does in the frame. Later businesses fill one of these and nothing else. */
typedef struct {
  /* Reads all that is needed into a plan of the handler's own; nothing is written. */
  gpointer (*prepare) (QcWork *work, const QcSubmission *submission, GError **error);
  void (*plan_free) (gpointer plan);
  /* All findings about the plan. (transfer full) */
  GPtrArray *(*check) (QcWork *work, gpointer plan, GError **error);
  /* Writes the application (qc_engine_create_application() …); returns its row. 0 on error. */
  gint64 (*apply) (QcWork *work, gpointer plan, GError **error);
  /* All money is in (or none was due) and booked to the people: what else changes. */
  gboolean (*finished) (QcWork *work, gint64 application, GError **error);
  /* Deleted or cancelled: takes back what apply wrote beside the application. (nullable) */
  gboolean (*undo) (QcWork *work, gint64 application, GError **error);
} QcBusinessHandler;

const QcBusinessHandler *qc_engine_handler (QcBusiness business); /* NULL: not yet available */
extern const QcBusinessHandler qc_engine_remittance_handler;
/* 单位缴存登记信息变更. */
extern const QcBusinessHandler qc_engine_unit_change_handler;
/* Every business with a roster of people (qc-rules-roster.h). */
extern const QcBusinessHandler qc_engine_roster_handler;

/* ---- frame (qc-engine.c) ---- */
typedef QcOutcome *(*QcWorkFunc) (QcWork *work, gpointer data, GError **error);
/* Key, unit, @func, answer, log line @action: the one way every call goes. */
QcOutcome *qc_engine_run (QcConnection *connection, const QcEngineCall *call, const char *action, QcWorkFunc func,
                          gpointer data, GError **error);
QcOutcome *qc_outcome_new (QcOutcomeStatus status);
/* Refused with one finding (taken). */
QcOutcome *qc_outcome_refuse (QcFinding *finding);

/* ---- numbers and log (qc-engine-log.c) ---- */
/* Takes @n numbers of counter @name; *@out is the first. */
gboolean qc_engine_take (QcConnection *connection, const char *name, gint64 n, gint64 *out, GError **error);
#define qc_engine_take_change(connection, out, error) qc_engine_take ((connection), "change", 1, (out), (error))
/* A hex SHA-256 over @previous and the fields of a log line. (transfer full) */
char *qc_engine_log_hash (const char *previous, const QcLogEntry *entry);

/* ---- rows (qc-engine-load.c) ---- */
gboolean qc_engine_find_unit (QcConnection *connection, const char *account, gint64 *out_id, GError **error);
QcUnit *qc_engine_load_unit_row (QcConnection *connection, gint64 id, GError **error);
gboolean qc_engine_find_person (QcConnection *connection, gint64 unit, const char *account, gint64 *out_id,
                                GError **error);
QcEmployee *qc_engine_load_person_row (QcConnection *connection, gint64 id, GError **error);
gboolean qc_engine_find_application (QcConnection *connection, gint64 unit, const char *serial, gint64 *out_id,
                                     GError **error);
QcApplication *qc_engine_load_application_row (QcConnection *connection, gint64 id, gboolean whole, GError **error);
GArray *qc_engine_load_policies (QcConnection *connection, GError **error);
GArray *qc_engine_load_ratios (QcConnection *connection, gint64 unit, GError **error);
/* Applications of the unit that are not ended. (transfer full) */
GPtrArray *qc_engine_load_open (QcConnection *connection, gint64 unit, GError **error);
#define QC_ENGINE_PERSON_COLUMNS                                                                            \
  "account, name, document_type, document, sex, birth, status, status_from, base, opened, paid_to, class, " \
  "authorized, "                                                                                            \
  "base_pending, balance, mobile, revision"
#define QC_ENGINE_POLICY_COLUMNS                                                                                       \
  "from_month, base_floor, base_cap, monthly_floor, monthly_cap, unit_ratio_min, unit_ratio_max, personal_ratio_min, " \
  "personal_ratio_max, unit_rounding, personal_rounding, fund_year_start, months_ahead, back_payment_warn, "           \
  "transfer_arrival, in_flight_blocks"
#define QC_ENGINE_CODE_COLUMNS \
  "list, code, label, position, needs_text, difference, of_line, at_least, at_most, max_size"
/* Column @column as text: the statement's own, or a copy. */
char *qc_engine_take_text (QcStatement *statement, int column, gboolean borrow);
/* QC_ENGINE_ERROR_FAILED when the row says what there is not. */
gboolean qc_engine_read_policy (QcStatement *statement, int first, QcPolicy *out, GError **error);
/* Strings are borrowed from the statement when @borrow. */
void qc_engine_read_code (QcStatement *statement, int first, gboolean borrow, QcCode *out);
/* Reads those columns from @first on; strings are borrowed from the statement when @borrow (then never free it). */
void qc_engine_read_person (QcStatement *statement, int first, gboolean borrow, QcEmployee *out);
/* id, time, kind, fen, serial, balance_after, text from column @first on. */
void qc_engine_read_movement (QcStatement *statement, int first, gboolean borrow, QcMovement *out);
gboolean qc_engine_missing (GError **error, const char *what, const char *which);

/* ---- facts (qc-engine-facts.c) ---- */
gboolean qc_engine_write_facts (QcConnection *connection, gint64 application, const GPtrArray *facts, GError **error);
/* QcFact. (transfer full) */
GPtrArray *qc_engine_load_facts (QcConnection *connection, gint64 application, GError **error);
/* Headcounts of the unit from its people, and a new revision. (qc-engine-roster.c) */
gboolean qc_engine_count_people (QcConnection *connection, gint64 unit, GError **error);

/* ---- changes of rows (qc-engine-application.c) ---- */
/* Inserts @draft (business, method, months, people, fen …) in the first state of its business with a serial and its
 * events; returns the row, 0 on error. */
gint64 qc_engine_create_application (QcWork *work, QcApplication *draft, GError **error);
gboolean qc_engine_add_event (QcConnection *connection, gint64 application, gint64 time, const char *actor,
                              const char *event, const char *text, QcMoney fen, GError **error);
/* Runs @event through the table of allowed moves and writes the new state. */
gboolean qc_engine_move (QcWork *work, gint64 application, QcApplicationEvent event, GError **error);
/* New revision and feed number. */
gboolean qc_engine_touch_application (QcConnection *connection, gint64 application, GError **error);
/* Feed number; a new revision only if @revision (what a clerk decides on has changed). */
gboolean qc_engine_touch_unit (QcConnection *connection, gint64 unit, gboolean revision, GError **error);
gboolean qc_engine_touch_person (QcConnection *connection, gint64 person, GError **error);

/* ---- money (qc-engine-money.c) ---- */
/* Puts @fen into (draw, arrival) or takes it out of (booking) 暂存款, with a movement. @application 0 = none;
 * @reference: the bank's, of an arrival; else NULL. */
gboolean qc_engine_add_movement (QcWork *work, const char *kind, QcMoney fen, gint64 application, const char *reference,
                                 const char *text, GError **error);
/* Collects or takes from 暂存款 what the application needs; books and finishes it when all is there. */
gboolean qc_engine_settle (QcWork *work, gint64 application, GError **error);
/* Another draw (重新划款): numbered; the caller has checked that none is running or unknown. */
gboolean qc_engine_draw (QcWork *work, gint64 application, GError **error);
/* Asks the bank about the last draw of unknown outcome; *@out_answered says whether it answered. */
gboolean qc_engine_ask_draw (QcWork *work, gint64 application, gboolean *out_answered, GError **error);
/* SQL: whether application @a ("a." or "") waits for a transfer of the unit: a 汇缴 from 登记, others from 已受理 on.
 */
#define QC_ENGINE_WAITS(a)                                                                                             \
  "(" a "method = 'transfer' AND " a "state = CASE " a "business WHEN 'remittance' THEN 'registered' ELSE 'accepted' " \
  "END)"
/* 暂存款 that no waiting application has. */
gboolean qc_engine_read_unallotted (QcWork *work, QcMoney *out, GError **error);
/*
 * 暂存款 that nobody has yet goes to the applications that wait for it: @preferred first (0 = none), then the oldest.
 * What one was allotted stays its own; who has all is booked. The one place that gives out money (decision 13).
 */
gboolean qc_engine_allot (QcWork *work, gint64 preferred, GError **error);

G_END_DECLS
