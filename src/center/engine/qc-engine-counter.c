/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What center staff do at the counter: 到账确认, agreements, and the switches of the made-up bank. Writer thread only.
 */
#include "qc-bank.h"
#include "qc-engine-private.h"
#include "qc-text-field.h"

/* Done, with the unit as it is now. */
static QcOutcome *
done_with_unit (QcWork *work, GError **error)
{
  g_autoptr (QcOutcome) outcome = qc_outcome_new (QC_OUTCOME_DONE);
  outcome->unit = qc_engine_load_unit_row (work->connection, work->unit_id, error);
  return outcome->unit != NULL ? g_steal_pointer (&outcome) : NULL;
}

/* *@out gets a refusal with @code while business of the unit that moves money is unfinished. */
static gboolean
refuse_if_open (QcWork *work, const char *code, QcOutcome **out, GError **error)
{
  g_autoptr (GPtrArray) open = qc_engine_load_open (work->connection, work->unit_id, error);
  *out = NULL;
  if (open == NULL)
    return FALSE;
  for (guint i = 0; i < open->len && *out == NULL; i++) {
    const QcApplication *application = g_ptr_array_index (open, i);
    if (qc_business_info (application->business)->has_money)
      *out = qc_outcome_refuse (qc_finding_new (code, "serial", application->serial, NULL));
  }
  return TRUE;
}

/* ---- 到账确认 ---- */

typedef struct {
  const char *serial; /* (nullable) */
  QcMoney fen;
  const char *reference; /* the bank's */
} Arrival;

/* The unit's application that waits for a transfer: with @serial, NULL = the oldest; row 0 when there is none. */
static gboolean
find_waiting (QcWork *work, const char *serial, gint64 *out_id, GError **error)
{
  g_autoptr (QcStatement) s
      = qc_connection_prepare (work->connection,
                               "SELECT id FROM application WHERE unit = ?1 AND (?2 IS NULL OR serial = ?2) "
                               "AND " QC_ENGINE_WAITS ("") " ORDER BY id LIMIT 1",
                               error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_int (s, 1, work->unit_id);
  qc_statement_bind_text (s, 2, serial);
  gboolean has_row;
  if (!qc_statement_step (s, &has_row, error))
    return FALSE;
  *out_id = has_row ? qc_statement_get_int (s, 0) : 0;
  return TRUE;
}

/* Which waiting application the remark names, if any; *@out_known: FALSE where it names nothing of the unit. */
static gboolean
match_remark (QcWork *work, const Arrival *arrival, gint64 *out_named, gboolean *out_known, GError **error)
{
  *out_known = TRUE;
  *out_named = 0;
  if (arrival->serial == NULL || *arrival->serial == '\0')
    return TRUE;
  gint64 id = 0;
  if (!qc_engine_find_application (work->connection, work->unit_id, arrival->serial, &id, error))
    return FALSE;
  *out_known = id != 0;
  return id == 0 || find_waiting (work, arrival->serial, out_named, error);
}

static gboolean
take_in (QcWork *work, const Arrival *arrival, gint64 application, GError **error)
{
  gboolean remark = arrival->serial != NULL && *arrival->serial != '\0';
  g_autofree char *text = g_strdup_printf ("到账确认，银行流水号 %s%s%s", arrival->reference, remark ? "，备注 " : "",
                                           remark ? arrival->serial : "");
  g_autofree char *note = g_strdup_printf ("银行流水号 %s", arrival->reference);
  return qc_engine_add_movement (work, "arrival", arrival->fen, application, arrival->reference, text, error)
         && (application == 0
             || qc_engine_add_event (work->connection, application, work->call->now, work->call->actor, "arrived", note,
                                     arrival->fen, error));
}

/* Who confirmed the transfer with @reference before, and for what; *@out NULL when nobody did. */
static gboolean
find_confirmed (QcWork *work, const char *reference, QcFinding **out, GError **error)
{
  *out = NULL;
  g_autoptr (QcStatement) s
      = qc_connection_prepare (work->connection,
                               "SELECT m.actor, m.time, m.fen, u.name, a.serial FROM movement AS m JOIN unit AS u ON "
                               "u.id = m.unit LEFT JOIN application AS a ON a.id = m.application WHERE m.reference = ?",
                               error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_text (s, 1, reference);
  gboolean has_row;
  if (!qc_statement_step (s, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  g_autofree char *what = g_strjoin (" ", qc_statement_get_text (s, 3), qc_statement_get_text (s, 4), NULL);
  const char *actor = qc_statement_get_text (s, 0);
  *out = qc_finding_new ("arrival.reference-taken", "reference", reference, "actor",
                         g_str_equal (actor, "bank") ? "银行" : actor, "unit", what, NULL);
  qc_finding_set_arg_time (*out, "time", qc_statement_get_int (s, 1));
  qc_finding_set_arg_money (*out, "fen", qc_statement_get_int (s, 2));
  return TRUE;
}

/* What speaks against the reference or the amount; *@out NULL when nothing does. */
static gboolean
check_arrival (QcWork *work, const Arrival *arrival, QcFinding **out, GError **error)
{
  *out = qc_text_field_check (QC_TEXT_REFERENCE, arrival->reference);
  if (*out == NULL && (arrival->fen <= 0 || arrival->fen > QC_MONEY_MAX)) {
    *out = qc_finding_new ("arrival.amount", NULL);
    qc_finding_set_arg_money (*out, "fen", arrival->fen);
  }
  return *out != NULL || find_confirmed (work, arrival->reference, out, error);
}

/* Once the business is finished: what came in more than was due, and nobody else waits for, stays 暂存款. */
static gboolean
note_rest (QcWork *work, gint64 application, GError **error)
{
  g_autoptr (QcApplication) now = qc_engine_load_application_row (work->connection, application, FALSE, error);
  QcMoney rest;
  if (now == NULL || !qc_engine_read_unallotted (work, &rest, error))
    return FALSE;
  return now->state != QC_STATE_FINISHED || rest == 0
         || qc_engine_add_event (work->connection, application, work->call->now, "center", "suspense", NULL, rest,
                                 error);
}

static QcFinding *
new_to_suspense (const Arrival *arrival)
{
  QcFinding *finding = qc_finding_new ("arrival.no-application", NULL);
  qc_finding_set_arg (finding, "serial", arrival->serial);
  qc_finding_set_arg_money (finding, "fen", arrival->fen);
  return finding;
}

/* Money of the unit is one 暂存款, of which every application that waits gets its part, whatever the remark said; the
 * one that the remark names comes first (decision 13). */
static QcOutcome *
arrival_cb (QcWork *work, gpointer data, GError **error)
{
  const Arrival *arrival = data;
  QcFinding *fault;
  if (!check_arrival (work, arrival, &fault, error))
    return NULL;
  if (fault != NULL)
    return qc_outcome_refuse (fault);
  gboolean known;
  gint64 named;
  if (!match_remark (work, arrival, &named, &known, error))
    return NULL;
  if (!known)
    return qc_outcome_new (QC_OUTCOME_NOT_FOUND);
  gint64 served = named;
  if ((served == 0 && !find_waiting (work, NULL, &served, error)) || !take_in (work, arrival, named, error)
      || !qc_engine_allot (work, named, error))
    return NULL;
  g_autoptr (QcOutcome) outcome = done_with_unit (work, error);
  if (outcome == NULL)
    return NULL;
  if (served == 0 || (named == 0 && arrival->serial != NULL && *arrival->serial != '\0'))
    g_ptr_array_add (outcome->findings, new_to_suspense (arrival));
  if (served == 0)
    return g_steal_pointer (&outcome);
  if (!note_rest (work, served, error))
    return NULL;
  outcome->application = qc_engine_load_application_row (work->connection, served, TRUE, error);
  if (outcome->application == NULL)
    return NULL;
  work->serial = g_strdup (outcome->application->serial);
  return g_steal_pointer (&outcome);
}

QcOutcome *
qc_engine_confirm_arrival (QcConnection *connection, const QcEngineCall *call, const char *serial, QcMoney fen,
                           const char *reference, GError **error)
{
  g_autofree char *folded = qc_text_field_fold (QC_TEXT_REFERENCE, reference);
  Arrival arrival = {serial, fen, folded};
  return qc_engine_run (connection, call, "confirm-arrival", arrival_cb, &arrival, error);
}

/* ---- the bank ---- */

static QcOutcome *
ask_cb (QcWork *work, gpointer data, GError **error)
{
  const char *serial = data;
  g_autoptr (QcOutcome) outcome = qc_outcome_new (QC_OUTCOME_DONE);
  gint64 id;
  if (!qc_engine_find_application (work->connection, work->unit_id, serial, &id, error))
    return NULL;
  if (id == 0)
    return qc_outcome_new (QC_OUTCOME_NOT_FOUND);
  work->serial = g_strdup (serial);
  gboolean answered;
  if (!qc_engine_ask_draw (work, id, &answered, error))
    return NULL;
  outcome->application = qc_engine_load_application_row (work->connection, id, TRUE, error);
  return outcome->application != NULL ? g_steal_pointer (&outcome) : NULL;
}

QcOutcome *
qc_engine_ask_bank (QcConnection *connection, const QcEngineCall *call, const char *serial, GError **error)
{
  return qc_engine_run (connection, call, "ask-bank", ask_cb, (gpointer)serial, error);
}

typedef struct {
  const char *bank, *account;
} Signing;

/* The balance as the bank says it, kept with the agreement; what was known before stays if it says nothing. */
static gboolean
note_balance (QcWork *work, const char *account, GError **error)
{
  QcMoney balance;
  if (!qc_bank_ask_balance (work->connection, account, &balance, error))
    return FALSE;
  if (balance < 0)
    return TRUE;
  return qc_sql_run (work->connection, error,
                     "UPDATE agreement SET known_balance = ?, known_time = ? WHERE unit = ? AND ended = 0", balance,
                     work->call->now, work->unit_id);
}

/* The account must be the unit's own if the made-up bank knows one. */
static gboolean
check_account (QcWork *work, const Signing *signing, gboolean *out_ok, GError **error)
{
  QcBankAccount *known;
  if (!qc_bank_find (work->connection, work->unit_id, &known, error))
    return FALSE;
  *out_ok = known == NULL || g_str_equal (known->account, signing->account);
  if (known == NULL && *out_ok
      && !qc_bank_open_account (work->connection, work->unit_id, signing->bank, signing->account, work->unit->name, 0,
                                error))
    return FALSE;
  qc_bank_account_free (known);
  return TRUE;
}

static QcOutcome *
sign_cb (QcWork *work, gpointer data, GError **error)
{
  const Signing *signing = data;
  QcFinding *fault = qc_text_field_check (QC_TEXT_BANK, signing->bank);
  if (fault == NULL)
    fault = qc_text_field_check (QC_TEXT_BANK_ACCOUNT, signing->account);
  if (fault != NULL)
    return qc_outcome_refuse (fault);
  QcOutcome *refusal;
  if (!refuse_if_open (work, "agreement.unfinished", &refusal, error) || refusal != NULL)
    return refusal;
  if (work->unit->agreement_account != NULL)
    return qc_outcome_refuse (qc_finding_new ("agreement.exists", "bank", work->unit->agreement_bank, NULL));
  gboolean ok;
  if (!check_account (work, signing, &ok, error))
    return NULL;
  if (!ok)
    return qc_outcome_refuse (qc_finding_new ("agreement.account-unknown", "account", signing->account, NULL));
  if (!qc_sql_run (work->connection, error, "INSERT INTO agreement (unit, bank, account, signed) VALUES (?, ?, ?, ?)",
                   work->unit_id, signing->bank, signing->account, work->call->now)
      || !note_balance (work, signing->account, error)
      || !qc_engine_touch_unit (work->connection, work->unit_id, TRUE, error))
    return NULL;
  return done_with_unit (work, error);
}

QcOutcome *
qc_engine_sign_agreement (QcConnection *connection, const QcEngineCall *call, const char *bank, const char *account,
                          GError **error)
{
  g_autofree char *folded_bank = qc_text_field_fold (QC_TEXT_BANK, bank);
  g_autofree char *folded_account = qc_text_field_fold (QC_TEXT_BANK_ACCOUNT, account);
  Signing signing = {folded_bank, folded_account};
  return qc_engine_run (connection, call, "sign-agreement", sign_cb, &signing, error);
}

static QcOutcome *
end_cb (QcWork *work, gpointer data, GError **error)
{
  QcOutcome *refusal;
  if (!refuse_if_open (work, "agreement.unfinished", &refusal, error) || refusal != NULL)
    return refusal;
  if (work->unit->agreement_account == NULL)
    return qc_outcome_refuse (qc_finding_new ("agreement.none", NULL));
  if (!qc_sql_run (work->connection, error, "UPDATE agreement SET ended = ? WHERE unit = ? AND ended = 0",
                   work->call->now, work->unit_id)
      || !qc_engine_touch_unit (work->connection, work->unit_id, TRUE, error))
    return NULL;
  return done_with_unit (work, error);
}

QcOutcome *
qc_engine_end_agreement (QcConnection *connection, const QcEngineCall *call, GError **error)
{
  return qc_engine_run (connection, call, "end-agreement", end_cb, NULL, error);
}

typedef struct {
  QcMoney fen; /* −1 = leave */
  int answers; /* −1 = leave */
} BankSwitch;

static QcOutcome *
bank_cb (QcWork *work, gpointer data, GError **error)
{
  const BankSwitch *change = data;
  if (change->answers < 0 && (change->fen < 0 || change->fen > QC_MONEY_MAX)) {
    QcFinding *finding = qc_finding_new ("bank.balance", NULL);
    qc_finding_set_arg_money (finding, "amount", change->fen);
    return qc_outcome_refuse (finding);
  }
  QcBankAccount *account;
  if (!qc_bank_find (work->connection, work->unit_id, &account, error))
    return NULL;
  if (account == NULL)
    return qc_outcome_new (QC_OUTCOME_NOT_FOUND);
  gboolean ok = TRUE;
  if (change->answers < 0)
    ok = qc_bank_set_balance (work->connection, account->account, change->fen, error);
  else
    ok = qc_bank_set_answers (work->connection, account->account, change->answers, error);
  if (ok && work->unit->agreement_account != NULL && (change->answers != 0))
    ok = note_balance (work, work->unit->agreement_account, error)
         && qc_engine_touch_unit (work->connection, work->unit_id, FALSE, error);
  qc_bank_account_free (account);
  return ok ? done_with_unit (work, error) : NULL;
}

QcOutcome *
qc_engine_set_bank_balance (QcConnection *connection, const QcEngineCall *call, QcMoney fen, GError **error)
{
  BankSwitch change = {fen, -1};
  return qc_engine_run (connection, call, "set-bank-balance", bank_cb, &change, error);
}

QcOutcome *
qc_engine_set_bank_answers (QcConnection *connection, const QcEngineCall *call, gboolean answers, GError **error)
{
  BankSwitch change = {-1, answers != FALSE};
  return qc_engine_run (connection, call, "set-bank-answers", bank_cb, &change, error);
}

QcBankAccount *
qc_engine_load_bank_account (QcConnection *connection, const char *unit, GError **error)
{
  gint64 id;
  if (!qc_engine_find_unit (connection, unit, &id, error))
    return NULL;
  if (id == 0) {
    qc_engine_missing (error, "unit", unit);
    return NULL;
  }
  QcBankAccount *account = NULL;
  return qc_bank_find (connection, id, &account, error) ? account : NULL;
}

char *
qc_engine_dup_next_reference (QcConnection *connection, const char *unit, GError **error)
{
  gint64 id;
  if (!qc_engine_find_unit (connection, unit, &id, error))
    return NULL;
  if (id == 0) {
    qc_engine_missing (error, "unit", unit);
    return NULL;
  }
  return qc_bank_dup_next_reference (connection, id, unit, error);
}
