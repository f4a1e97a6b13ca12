/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The made-up bank. It keeps books of its own (bank_account, bank_entry) and the engine knows of them only what the
 * bank answers, as with a real one. Writer thread only.
 */
#include "qc-bank.h"
#include "qc-engine-private.h"

void
qc_bank_account_free (QcBankAccount *account)
{
  if (account == NULL)
    return;
  g_free (account->bank);
  g_free (account->account);
  g_free (account->holder);
  g_free (account);
}

gboolean
qc_bank_open_account (QcConnection *connection, gint64 unit, const char *bank, const char *account, const char *holder,
                      QcMoney balance, GError **error)
{
  return qc_sql_run (connection, error,
                     "INSERT INTO bank_account (account, unit, bank, holder, balance) VALUES (?, ?, ?, ?, ?) "
                     "ON CONFLICT (account) DO UPDATE SET balance = excluded.balance",
                     account, unit, bank, holder, balance);
}

static gboolean
read_account (QcConnection *connection, const char *account, QcMoney *out_balance, gboolean *out_answers,
              gboolean *out_found, GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_connection_prepare (connection, "SELECT balance, answers FROM bank_account WHERE account = ?", error);
  if (statement == NULL)
    return FALSE;
  qc_statement_bind_text (statement, 1, account);
  if (!qc_statement_step (statement, out_found, error))
    return FALSE;
  *out_balance = *out_found ? qc_statement_get_int (statement, 0) : 0;
  *out_answers = *out_found ? qc_statement_get_int (statement, 1) != 0 : TRUE;
  return TRUE;
}

/* The entry of @reference; UNHEARD when there is none. */
static gboolean
read_entry (QcConnection *connection, const char *reference, QcBankAnswer *out, char **out_reason, GError **error)
{
  *out_reason = NULL;
  g_autoptr (QcStatement) statement
      = qc_connection_prepare (connection, "SELECT done, reason FROM bank_entry WHERE reference = ?", error);
  if (statement == NULL)
    return FALSE;
  qc_statement_bind_text (statement, 1, reference);
  gboolean has_row;
  if (!qc_statement_step (statement, &has_row, error))
    return FALSE;
  *out = !has_row ? QC_BANK_UNHEARD : qc_statement_get_int (statement, 0) ? QC_BANK_DONE : QC_BANK_FAILED;
  if (has_row)
    *out_reason = qc_statement_dup_text (statement, 1);
  return TRUE;
}

/* The bank's own decision and books. */
static gboolean
carry_out (QcConnection *connection, const char *account, const char *reference, QcMoney fen, QcMoney balance,
           gboolean found, gint64 now, GError **error)
{
  gboolean done = found && balance >= fen;
  const char *reason = done ? NULL : found ? "账户余额不足" : "付款账户不存在";
  if (done
      && !qc_sql_run (connection, error, "UPDATE bank_account SET balance = balance - ? WHERE account = ?", fen,
                      account))
    return FALSE;
  if (!found) /* a bank without the account keeps no book of it */
    return TRUE;
  return qc_sql_run (connection, error, "INSERT INTO bank_entry VALUES (?, ?, ?, ?, ?, ?)", reference, account, fen,
                     done, reason, now);
}

gboolean
qc_bank_draw (QcConnection *connection, const char *account, const char *reference, QcMoney fen, gint64 now,
              QcBankAnswer *out, char **out_reason, GError **error)
{
  g_return_val_if_fail (fen > 0, FALSE);
  gboolean answers, found;
  QcMoney balance;
  if (!read_account (connection, account, &balance, &answers, &found, error)
      || !read_entry (connection, reference, out, out_reason, error))
    return FALSE;
  if (*out == QC_BANK_UNHEARD) {
    if (!carry_out (connection, account, reference, fen, balance, found, now, error)
        || !read_entry (connection, reference, out, out_reason, error))
      return FALSE;
    if (*out == QC_BANK_UNHEARD) {
      *out = QC_BANK_FAILED;
      *out_reason = g_strdup ("付款账户不存在");
    }
  }
  if (!answers) {
    *out = QC_BANK_SILENT;
    g_clear_pointer (out_reason, g_free);
  }
  return TRUE;
}

gboolean
qc_bank_ask (QcConnection *connection, const char *account, const char *reference, QcBankAnswer *out, char **out_reason,
             GError **error)
{
  *out_reason = NULL;
  gboolean answers, found;
  QcMoney balance;
  if (!read_account (connection, account, &balance, &answers, &found, error))
    return FALSE;
  if (!answers) {
    *out = QC_BANK_SILENT;
    return TRUE;
  }
  return read_entry (connection, reference, out, out_reason, error);
}

gboolean
qc_bank_ask_balance (QcConnection *connection, const char *account, QcMoney *out, GError **error)
{
  QcMoney balance;
  gboolean answers, found;
  if (!read_account (connection, account, &balance, &answers, &found, error))
    return FALSE;
  *out = found && answers ? balance : -1;
  return TRUE;
}

gboolean
qc_bank_set_balance (QcConnection *connection, const char *account, QcMoney fen, GError **error)
{
  return qc_sql_run (connection, error, "UPDATE bank_account SET balance = ? WHERE account = ?", fen, account);
}

gboolean
qc_bank_set_answers (QcConnection *connection, const char *account, gboolean answers, GError **error)
{
  return qc_sql_run (connection, error, "UPDATE bank_account SET answers = ? WHERE account = ?", answers != FALSE,
                     account);
}

char *
qc_bank_dup_reference (const char *unit, gint64 n)
{
  return g_strdup_printf ("Y%s-%04" G_GINT64_FORMAT, unit, n);
}

char *
qc_bank_dup_next_reference (QcConnection *connection, gint64 id, const char *unit, GError **error)
{
  g_autoptr (QcStatement) count
      = qc_connection_prepare (connection, "SELECT count (*) FROM movement WHERE unit = ? AND kind = 'arrival'", error);
  g_autoptr (QcStatement) taken
      = qc_connection_prepare (connection, "SELECT 1 FROM movement WHERE reference = ?", error);
  if (count == NULL || taken == NULL)
    return NULL;
  qc_statement_bind_int (count, 1, id);
  gboolean has_row;
  if (!qc_statement_step (count, &has_row, error))
    return NULL;
  for (gint64 n = qc_statement_get_int (count, 0) + 1;; n++) {
    g_autofree char *reference = qc_bank_dup_reference (unit, n);
    qc_statement_bind_text (taken, 1, reference);
    if (!qc_statement_step (taken, &has_row, error))
      return NULL;
    if (!has_row)
      return g_steal_pointer (&reference);
    qc_statement_reset (taken);
  }
}

gboolean
qc_bank_find (QcConnection *connection, gint64 unit, QcBankAccount **out, GError **error)
{
  *out = NULL;
  g_autoptr (QcStatement) statement = qc_connection_prepare (
      connection, "SELECT bank, account, holder, balance, answers FROM bank_account WHERE unit = ?", error);
  if (statement == NULL)
    return FALSE;
  qc_statement_bind_int (statement, 1, unit);
  gboolean has_row;
  if (!qc_statement_step (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  *out = g_new0 (QcBankAccount, 1);
  (*out)->bank = qc_statement_dup_text (statement, 0);
  (*out)->account = qc_statement_dup_text (statement, 1);
  (*out)->holder = qc_statement_dup_text (statement, 2);
  (*out)->balance = qc_statement_get_int (statement, 3);
  (*out)->answers = qc_statement_get_int (statement, 4) != 0;
  return TRUE;
}
