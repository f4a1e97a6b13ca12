/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Vouchers from the ledger. Writer thread.
 */
#include "qc-engine-voucher.h"

#include "qc-center-db.h"
#include "qc-digest.h"
#include "qc-engine-private.h"

/* A text of the ledger as paper takes it: what was entered before there was a table of texts may be longer. */
static char *
dup_paper (QcTextField kind, const char *text)
{
  return qc_text_field_dup_plain (kind, text != NULL ? text : "", qc_text_field_limits (kind)->most);
}

static void
set_party (QcVoucherParty *party, QcTextField kind, const char *name, const char *account, const char *bank)
{
  party->name = dup_paper (kind, name);
  party->account = g_strdup (account != NULL ? account : "");
  party->bank = dup_paper (QC_TEXT_BANK, bank);
}

/* 托收: the account that was, or is to be, drawn on. 非托收: the center knows the payer's name only. */
static gboolean
set_payer (QcConnection *connection, const QcUnit *unit, const QcApplication *application, QcVoucherFacts *facts,
           GError **error)
{
  if (application->method != QC_METHOD_COLLECTION) {
    set_party (&facts->payer, QC_TEXT_UNIT_NAME, unit->name, NULL, NULL);
    return TRUE;
  }
  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection,
      "SELECT d.bank_account, d.bank FROM draw AS d JOIN application AS a ON a.id = d.application "
      "WHERE a.serial = ? ORDER BY d.number DESC LIMIT 1",
      error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_text (s, 1, application->serial);
  gboolean has_row;
  if (!qc_statement_step (s, &has_row, error))
    return FALSE;
  if (has_row)
    set_party (&facts->payer, QC_TEXT_UNIT_NAME, unit->name, qc_statement_get_text (s, 0),
               qc_statement_get_text (s, 1));
  else
    set_party (&facts->payer, QC_TEXT_UNIT_NAME, unit->name, unit->agreement_account, unit->agreement_bank);
  return TRUE;
}

/* Who did it by itself is said in words: on paper there are no codes. */
static void
say_actor (char **actor)
{
  const char *words = g_strcmp0 (*actor, "bank") == 0     ? "银行划款"
                      : g_strcmp0 (*actor, "center") == 0 ? "系统"
                                                          : *actor;
  char *said = dup_paper (QC_TEXT_PERSON_NAME, words);
  g_free (*actor);
  *actor = said;
}

QcVoucherFacts *
qc_engine_make_voucher_facts (QcConnection *connection, const char *unit, const QcApplication *application,
                              GError **error)
{
  g_autoptr (QcVoucherFacts) facts = qc_voucher_facts_new ();
  g_autoptr (QcUnit) row = qc_engine_load_unit (connection, unit, error);
  gint64 practice;
  if (row == NULL || !qc_center_db_get_setting_int (connection, "practice", 0, &practice, error))
    return NULL;
  qc_voucher_facts_take_application (facts, application);
  facts->practice = practice != 0;
  facts->center = qc_engine_dup_department (connection, error);
  if (facts->center == NULL || !set_payer (connection, row, application, facts, error))
    return NULL;
  facts->unit = g_strdup (row->account);
  facts->unit_name = dup_paper (QC_TEXT_UNIT_NAME, row->name);
  set_party (&facts->payee, QC_TEXT_CENTER, row->payee_name, row->payee_account, row->payee_bank);
  if (application->state == QC_STATE_FINISHED)
    facts->arrived = qc_date_from_unix (application->finished);
  say_actor (&facts->entered);
  say_actor (&facts->cashier);
  say_actor (&facts->reviewed);
  return g_steal_pointer (&facts);
}

/* How many of this kind went out before. */
static gboolean
count_issues (QcConnection *connection, gint64 id, gboolean finished, int *out, GError **error)
{
  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection, "SELECT count (*) FROM voucher_issue WHERE application = ? AND finished = ?", error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_int (s, 1, id);
  qc_statement_bind_int (s, 2, finished);
  gboolean has_row;
  if (!qc_statement_step (s, &has_row, error))
    return FALSE;
  *out = has_row ? (int)qc_statement_get_int (s, 0) : 0;
  return TRUE;
}

static gboolean
write_issue (QcWork *work, gint64 id, const QcOutcome *outcome, GError **error)
{
  const QcSigned *compact = outcome->voucher->compact;
  g_autofree char *digest = qc_digest_hex_bytes (compact->facts);
  gboolean finished = outcome->application->state == QC_STATE_FINISHED;
  work->detail = g_strdup_printf ("%s %d %s %s", finished ? "finished" : "unfinished", outcome->reprint,
                                  compact->key_id, digest);
  return qc_sql_run (work->connection, error,
                     "INSERT INTO voucher_issue (application, finished, reprint, revision, key, digest, time, "
                     "actor) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                     id, finished, outcome->reprint, outcome->application->revision, compact->key_id, digest,
                     work->call->now, work->call->actor);
}

typedef struct {
  const QcSigningKey *key;
  const char *serial;
} Issue;

static QcOutcome *
issue_cb (QcWork *work, gpointer data, GError **error)
{
  const Issue *issue = data;
  g_autoptr (QcOutcome) outcome = qc_outcome_new (QC_OUTCOME_DONE);
  gint64 id;
  if (!qc_engine_find_application (work->connection, work->unit_id, issue->serial, &id, error))
    return NULL;
  if (id == 0)
    return qc_outcome_new (QC_OUTCOME_NOT_FOUND);
  work->serial = g_strdup (issue->serial);
  outcome->application = qc_engine_load_application_row (work->connection, id, TRUE, error);
  if (outcome->application == NULL)
    return NULL;
  if (!qc_application_can (outcome->application, QC_ACTION_PRINT))
    return qc_outcome_refuse (qc_engine_new_state_finding (outcome->application, QC_ACTION_PRINT));
  g_autoptr (QcVoucherFacts) facts
      = qc_engine_make_voucher_facts (work->connection, work->call->unit, outcome->application, error);
  if (facts == NULL
      || !count_issues (work->connection, id, facts->state == QC_STATE_FINISHED, &outcome->reprint, error))
    return NULL;
  facts->reprint = outcome->reprint;
  outcome->voucher = qc_voucher_sign (issue->key, facts, work->call->now, error);
  return outcome->voucher != NULL && write_issue (work, id, outcome, error) ? g_steal_pointer (&outcome) : NULL;
}

QcOutcome *
qc_engine_issue_voucher (QcConnection *connection, const QcEngineCall *call, const QcSigningKey *key,
                         const char *serial, GError **error)
{
  Issue issue = {key, serial};
  g_return_val_if_fail (key != NULL && serial != NULL, NULL);
  return qc_engine_run (connection, call, "voucher", issue_cb, &issue, error);
}
