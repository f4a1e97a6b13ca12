/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Accounts, sessions, brake: see qc-portal-accounts.h. Database threads.
 */
#include "qc-portal-accounts.h"

#include <string.h>

#include "qc-digest.h"
#include "qc-text-field.h"

#define THROTTLE_WINDOW  (15 * 60)
#define ACCOUNT_FREE     5  /* failures before the first wait */
#define ADDRESS_FREE     40 /* several people sit behind one address */
#define THROTTLE_LONGEST (15 * 60)

void
qc_account_free (QcAccount *account)
{
  if (account == NULL)
    return;
  g_free (account->kind);
  g_free (account->user);
  g_free (account->name);
  g_free (account->password);
  g_free (account->credit_code);
  g_free (account->unit_name);
  g_free (account->roles);
  g_free (account);
}

gboolean
qc_account_has_role (const QcAccount *account, const char *role)
{
  g_auto (GStrv) roles = g_strsplit (account->roles, " ", -1);
  return g_strv_contains ((const char *const *)roles, role);
}

char *
qc_account_fold_user (const char *user)
{
  return qc_text_field_fold (QC_TEXT_USER, user);
}

#define ACCOUNT_COLUMNS "a.id, a.kind, a.user, a.name, a.password, a.credit_code, a.unit_name, a.roles, a.verified"

static QcAccount *
read_account (QcStatement *s)
{
  QcAccount *account = g_new0 (QcAccount, 1);
  account->id = qc_statement_get_int (s, 0);
  account->kind = qc_statement_dup_text (s, 1);
  account->user = qc_statement_dup_text (s, 2);
  account->name = qc_statement_dup_text (s, 3);
  account->password = qc_statement_dup_text (s, 4);
  account->credit_code = qc_statement_dup_text (s, 5);
  account->unit_name = qc_statement_dup_text (s, 6);
  account->roles = qc_statement_dup_text (s, 7);
  account->verified = qc_statement_get_int (s, 8) != 0;
  return account;
}

gboolean
qc_account_find (QcConnection *connection, const char *kind, const char *user, QcAccount **out, GError **error)
{
  *out = NULL;
  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection, "SELECT " ACCOUNT_COLUMNS " FROM portal_account a WHERE a.kind = ? AND a.user = ?", error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_text (s, 1, kind);
  qc_statement_bind_text (s, 2, user);
  gboolean has_row;
  if (!qc_statement_step (s, &has_row, error))
    return FALSE;
  if (has_row)
    *out = read_account (s);
  return TRUE;
}

gint64
qc_account_add (QcConnection *connection, const QcAccount *account, gint64 now, GError **error)
{
  g_autoptr (QcStatement) s
      = qc_connection_prepare (connection,
                               "INSERT INTO portal_account (kind, user, name, password, credit_code, unit_name, roles, "
                               "verified, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                               error);
  if (s == NULL)
    return 0;
  qc_statement_bind_text (s, 1, account->kind);
  qc_statement_bind_text (s, 2, account->user);
  qc_statement_bind_text (s, 3, account->name);
  qc_statement_bind_text (s, 4, account->password);
  qc_statement_bind_text (s, 5, account->credit_code);
  qc_statement_bind_text (s, 6, account->unit_name);
  qc_statement_bind_text (s, 7, account->roles != NULL ? account->roles : "");
  qc_statement_bind_int (s, 8, account->verified);
  qc_statement_bind_int (s, 9, now);
  return qc_statement_run (s, error) ? qc_connection_last_rowid (connection) : 0;
}

gboolean
qc_account_add_unit (QcConnection *connection, gint64 account, const char *unit, GError **error)
{
  g_autoptr (QcStatement) s
      = qc_connection_prepare (connection, "INSERT OR IGNORE INTO portal_account_unit VALUES (?, ?)", error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_int (s, 1, account);
  qc_statement_bind_text (s, 2, unit);
  return qc_statement_run (s, error);
}

static void
account_unit_free (QcAccountUnit *unit)
{
  g_free (unit->account);
  g_free (unit->name);
  g_free (unit->credit_code);
  g_free (unit);
}

GPtrArray *
qc_account_list_units (QcConnection *connection, gint64 account, GError **error)
{
  g_autoptr (GPtrArray) units = g_ptr_array_new_with_free_func ((GDestroyNotify)account_unit_free);

  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection,
      "SELECT account, name, credit_code FROM unit WHERE credit_code = (SELECT credit_code FROM "
      "portal_account WHERE id = ?1) OR account IN (SELECT unit FROM portal_account_unit WHERE "
      "account = ?1) ORDER BY account",
      error);
  if (s == NULL)
    return NULL;
  qc_statement_bind_int (s, 1, account);
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&units);
    QcAccountUnit *unit = g_new0 (QcAccountUnit, 1);
    unit->account = qc_statement_dup_text (s, 0);
    unit->name = qc_statement_dup_text (s, 1);
    unit->credit_code = qc_statement_dup_text (s, 2);
    g_ptr_array_add (units, unit);
  }
  return NULL;
}

/* ---- sessions ---- */

static char *
hash_of (const char *secret)
{
  return qc_digest_hex ((const guint8 *)secret, strlen (secret));
}

gboolean
qc_portal_session_begin (QcConnection *connection, const char *cookie, gint64 account, gint64 now, GError **error)
{
  g_autofree char *hash = hash_of (cookie);

  g_autoptr (QcStatement) prune
      = qc_connection_prepare (connection, "DELETE FROM portal_session WHERE created < ?1 OR seen < ?2", error);
  if (prune == NULL)
    return FALSE;
  qc_statement_bind_int (prune, 1, now - QC_PORTAL_SESSION_LIFE);
  qc_statement_bind_int (prune, 2, now - QC_PORTAL_SESSION_IDLE);
  if (!qc_statement_run (prune, error))
    return FALSE;
  g_autoptr (QcStatement) s
      = qc_connection_prepare (connection, "INSERT INTO portal_session VALUES (?1, ?2, ?3, ?3)", error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_text (s, 1, hash);
  qc_statement_bind_int (s, 2, account);
  qc_statement_bind_int (s, 3, now);
  return qc_statement_run (s, error);
}

gboolean
qc_portal_session_end (QcConnection *connection, const char *cookie, GError **error)
{
  g_autofree char *hash = hash_of (cookie);
  g_autoptr (QcStatement) s = qc_connection_prepare (connection, "DELETE FROM portal_session WHERE hash = ?", error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_text (s, 1, hash);
  return qc_statement_run (s, error);
}

gboolean
qc_portal_session_find (QcConnection *connection, const char *cookie, gint64 now, QcAccount **out, GError **error)
{
  *out = NULL;
  if (cookie == NULL)
    return TRUE;
  g_autofree char *hash = hash_of (cookie);
  g_autoptr (QcStatement) s = qc_connection_prepare (connection,
                                                     "SELECT " ACCOUNT_COLUMNS
                                                     " FROM portal_session p JOIN portal_account a ON a.id = p.account "
                                                     "WHERE p.hash = ?1 AND p.created >= ?2 AND p.seen >= ?3",
                                                     error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_text (s, 1, hash);
  qc_statement_bind_int (s, 2, now - QC_PORTAL_SESSION_LIFE);
  qc_statement_bind_int (s, 3, now - QC_PORTAL_SESSION_IDLE);
  gboolean has_row;
  if (!qc_statement_step (s, &has_row, error))
    return FALSE;
  if (has_row)
    *out = read_account (s);
  return TRUE;
}

gboolean
qc_portal_session_touch (QcConnection *connection, const char *cookie, gint64 now, GError **error)
{
  g_autofree char *hash = hash_of (cookie);
  g_autoptr (QcStatement) s
      = qc_connection_prepare (connection, "UPDATE portal_session SET seen = ?2 WHERE hash = ?1", error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_text (s, 1, hash);
  qc_statement_bind_int (s, 2, now);
  return qc_statement_run (s, error);
}

/* ---- the brake ---- */

/* The first failures are free, then 30 s, doubled with each one. */
static gint64
wait_after (const char *subject, gint64 failures)
{
  gint64 over = failures - (g_str_has_prefix (subject, "address:") ? ADDRESS_FREE : ACCOUNT_FREE);
  return over < 0 ? 0 : MIN (THROTTLE_LONGEST, (gint64)30 << MIN (over, 6));
}

static gboolean
read_brake (QcConnection *connection, const char *subject, gint64 now, gint64 *out_failures, gint64 *out_blocked,
            GError **error)
{
  *out_failures = *out_blocked = 0;
  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection, "SELECT failures, last, blocked FROM portal_throttle WHERE subject = ?", error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_text (s, 1, subject);
  gboolean has_row;
  if (!qc_statement_step (s, &has_row, error))
    return FALSE;
  if (has_row && qc_statement_get_int (s, 1) > now - THROTTLE_WINDOW) {
    *out_failures = qc_statement_get_int (s, 0);
    *out_blocked = qc_statement_get_int (s, 2);
  }
  return TRUE;
}

static gboolean
write_brake (QcConnection *connection, const char *subject, gint64 failures, gint64 now, GError **error)
{
  gint64 wait = wait_after (subject, failures);

  g_autoptr (QcStatement) s
      = qc_connection_prepare (connection, "INSERT OR REPLACE INTO portal_throttle VALUES (?, ?, ?, ?)", error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_text (s, 1, subject);
  qc_statement_bind_int (s, 2, failures);
  qc_statement_bind_int (s, 3, now);
  qc_statement_bind_int (s, 4, wait > 0 ? now + wait : 0);
  return qc_statement_run (s, error);
}

gboolean
qc_portal_throttle_take (QcConnection *connection, const char *const *subjects, gint64 now, gint64 *out_wait,
                         GError **error)
{
  *out_wait = 0;
  gint64 failures, blocked;
  for (guint i = 0; subjects[i] != NULL; i++) {
    if (!read_brake (connection, subjects[i], now, &failures, &blocked, error))
      return FALSE;
    *out_wait = MAX (*out_wait, blocked - now);
  }
  if (*out_wait > 0)
    return TRUE;
  for (guint i = 0; subjects[i] != NULL; i++)
    if (!read_brake (connection, subjects[i], now, &failures, &blocked, error)
        || !write_brake (connection, subjects[i], failures + 1, now, error))
      return FALSE;
  g_autoptr (QcStatement) prune
      = qc_connection_prepare (connection, "DELETE FROM portal_throttle WHERE last < ?", error);
  if (prune == NULL)
    return FALSE;
  qc_statement_bind_int (prune, 1, now - 4 * THROTTLE_WINDOW);
  return qc_statement_run (prune, error);
}

gboolean
qc_portal_throttle_clear (QcConnection *connection, const char *const *subjects, GError **error)
{
  for (guint i = 0; subjects[i] != NULL; i++) {
    g_autoptr (QcStatement) s = qc_connection_prepare (
        connection,
        g_str_has_prefix (subjects[i], "address:")
            ? "UPDATE portal_throttle SET failures = max(failures - 1, 0), blocked = 0 WHERE subject = ?"
            : "DELETE FROM portal_throttle WHERE subject = ?",
        error);
    if (s == NULL)
      return FALSE;
    qc_statement_bind_text (s, 1, subjects[i]);
    if (!qc_statement_run (s, error))
      return FALSE;
  }
  return TRUE;
}
