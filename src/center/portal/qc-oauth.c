/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Grants, codes and tokens: see qc-oauth.h. Database threads.
 */
#include "qc-oauth.h"

#include <string.h>

#include "qc-digest.h"
#include "qc-random.h"
#include "qc-sql.h"

gboolean
qc_oauth_redirect_is_good (const char *redirect)
{
  if (!g_str_has_prefix (redirect, "http://127.0.0.1:"))
    return FALSE;
  const char *port = redirect + strlen ("http://127.0.0.1:");
  const char *end = port + strspn (port, G_CSET_DIGITS);
  return end > port && end - port <= 5 && atoi (port) >= 1 && atoi (port) <= 65535 && g_str_equal (end, "/callback");
}

char *
qc_oauth_dup_location (const char *redirect, ...)
{
  GString *location = g_string_new (redirect);
  va_list list;
  va_start (list, redirect);
  const char *name;
  while ((name = va_arg (list, const char *)) != NULL) {
    const char *value = va_arg (list, const char *);
    g_autofree char *escaped = value != NULL ? g_uri_escape_string (value, NULL, FALSE) : NULL;
    if (escaped != NULL && *escaped != '\0')
      g_string_append_printf (location, "%c%s=%s", strchr (location->str, '?') != NULL ? '&' : '?', name, escaped);
  }
  va_end (list);
  return g_string_free (location, FALSE);
}

static char *
hash_of (const char *secret)
{
  return qc_digest_hex ((const guint8 *)secret, strlen (secret));
}

/* Runs @sql with one number. */
static gboolean
exec_int (QcConnection *connection, const char *sql, gint64 number, GError **error)
{
  g_autoptr (QcStatement) s = qc_connection_prepare (connection, sql, error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_int (s, 1, number);
  return qc_statement_run (s, error);
}

/* Runs @sql with one text. */
static gboolean
exec_text (QcConnection *connection, const char *sql, const char *text, GError **error)
{
  g_autoptr (QcStatement) s = qc_connection_prepare (connection, sql, error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_text (s, 1, text);
  return qc_statement_run (s, error);
}

/* ---- requests ---- */

#define LIFE (QC_OAUTH_REQUEST_LIFE * G_USEC_PER_SEC)

void
qc_oauth_request_free (QcOAuthRequest *request)
{
  if (request == NULL)
    return;
  g_free (request->redirect);
  g_free (request->state);
  g_free (request->challenge);
  g_free (request);
}

static char *
mac_of (const char *plain, const char *key)
{
  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guint8 *)key, strlen (key), plain, -1);
}

char *
qc_oauth_request_seal (const QcOAuthRequest *request, const char *key)
{
  /* The state is the client's own and may hold blanks: it comes last. */
  g_autofree char *plain = g_strdup_printf ("%" G_GINT64_FORMAT " %s %s %s", g_get_real_time (), request->challenge,
                                            request->redirect, request->state);
  g_autofree char *text = qc_base64url_encode ((const guint8 *)plain, strlen (plain));
  g_autofree char *mac = mac_of (plain, key);
  return g_strconcat (text, ".", mac, NULL);
}

/* What was sealed, if it was with @key. */
static char *
unseal (const char *sealed, const char *key)
{
  const char *dot = strchr (sealed, '.');
  g_autofree char *text = g_strndup (sealed, dot != NULL ? (gsize)(dot - sealed) : 0);
  g_autoptr (GBytes) bytes = qc_base64url_decode (text);
  if (dot == NULL || bytes == NULL)
    return NULL;
  g_autofree char *plain = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autofree char *mac = mac_of (plain, key);
  return qc_secret_equal (mac, dot + 1) ? g_steal_pointer (&plain) : NULL;
}

/* Whether what was made at @made for @challenge ended since. */
static gboolean
is_over (QcConnection *connection, const char *challenge, gint64 made, gboolean *out, GError **error)
{
  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection, "SELECT 1 FROM portal_request_over WHERE challenge = ? AND time >= ?", error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_text (s, 1, challenge);
  qc_statement_bind_int (s, 2, made);
  return qc_statement_step (s, out, error);
}

gboolean
qc_oauth_request_open (QcConnection *connection, const char *sealed, const char *key, QcOAuthRequest **out,
                       GError **error)
{
  g_autofree char *plain = unseal (sealed, key);
  g_auto (GStrv) parts = plain != NULL ? g_strsplit (plain, " ", 4) : NULL;
  *out = NULL;
  if (parts == NULL || g_strv_length (parts) != 4)
    return TRUE;
  gint64 made = g_ascii_strtoll (parts[0], NULL, 10);
  if (made + LIFE <= g_get_real_time ())
    return TRUE;
  gboolean over;
  if (!is_over (connection, parts[1], made, &over, error))
    return FALSE;
  if (over)
    return TRUE;
  *out = g_new0 (QcOAuthRequest, 1);
  (*out)->challenge = g_strdup (parts[1]);
  (*out)->redirect = g_strdup (parts[2]);
  (*out)->state = g_strdup (parts[3]);
  return TRUE;
}

gboolean
qc_oauth_request_end (QcConnection *connection, const char *challenge, GError **error)
{
  gint64 now = g_get_real_time ();
  if (!exec_int (connection, "DELETE FROM portal_request_over WHERE time < ?", now - LIFE, error))
    return FALSE;
  g_autoptr (QcStatement) s
      = qc_connection_prepare (connection, "INSERT OR REPLACE INTO portal_request_over VALUES (?, ?)", error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_text (s, 1, challenge);
  qc_statement_bind_int (s, 2, now);
  return qc_statement_run (s, error);
}

/* ---- grants ---- */

static gint64
add_grant (QcConnection *connection, gint64 account, const GPtrArray *units, gint64 now, GError **error)
{
  g_autoptr (QcStatement) s
      = qc_connection_prepare (connection, "INSERT INTO portal_grant (account, created) VALUES (?, ?)", error);
  if (s == NULL)
    return 0;
  qc_statement_bind_int (s, 1, account);
  qc_statement_bind_int (s, 2, now);
  if (!qc_statement_run (s, error))
    return 0;
  gint64 grant = qc_connection_last_rowid (connection);
  for (guint i = 0; i < units->len; i++) {
    const QcAccountUnit *unit = g_ptr_array_index (units, i);

    g_autoptr (QcStatement) named
        = qc_connection_prepare (connection, "INSERT INTO portal_grant_unit VALUES (?, ?)", error);
    if (named == NULL)
      return 0;
    qc_statement_bind_int (named, 1, grant);
    qc_statement_bind_text (named, 2, unit->account);
    if (!qc_statement_run (named, error))
      return 0;
  }
  return grant;
}

char *
qc_oauth_grant (QcConnection *connection, gint64 account, const GPtrArray *units, const QcOAuthRequest *request,
                gint64 now, GError **error)
{
  g_autofree char *code = qc_random_token (32);
  g_autofree char *hash = hash_of (code);
  gint64 grant = add_grant (connection, account, units, now, error);
  if (grant == 0)
    return NULL;
  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection, "INSERT INTO portal_code (hash, grant_id, redirect, challenge, expires) VALUES (?, ?, ?, ?, ?)",
      error);
  if (s == NULL)
    return NULL;
  qc_statement_bind_text (s, 1, hash);
  qc_statement_bind_int (s, 2, grant);
  qc_statement_bind_text (s, 3, request->redirect);
  qc_statement_bind_text (s, 4, request->challenge);
  qc_statement_bind_int (s, 5, now + QC_OAUTH_CODE_LIFE);
  return qc_statement_run (s, error) ? g_steal_pointer (&code) : NULL;
}

static gboolean
end_grant (QcConnection *connection, gint64 grant, GError **error)
{
  return exec_int (connection, "UPDATE portal_grant SET revoked = 1 WHERE id = ?", grant, error);
}

/* ---- tokens ---- */

void
qc_oauth_tokens_free (QcOAuthTokens *tokens)
{
  if (tokens == NULL)
    return;
  g_free (tokens->access);
  g_free (tokens->refresh);
  g_free (tokens);
}

static char *
add_token (QcConnection *connection, gint64 grant, const char *kind, gint64 expires, GError **error)
{
  g_autofree char *token = qc_random_token (32);
  g_autofree char *hash = hash_of (token);

  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection, "INSERT INTO portal_token (hash, grant_id, kind, expires) VALUES (?, ?, ?, ?)", error);
  if (s == NULL)
    return NULL;
  qc_statement_bind_text (s, 1, hash);
  qc_statement_bind_int (s, 2, grant);
  qc_statement_bind_text (s, 3, kind);
  qc_statement_bind_int (s, 4, expires);
  return qc_statement_run (s, error) ? g_steal_pointer (&token) : NULL;
}

static QcOAuthTokens *
add_tokens (QcConnection *connection, gint64 grant, gint64 now, GError **error)
{
  g_autoptr (QcOAuthTokens) tokens = g_new0 (QcOAuthTokens, 1);
  if (!exec_int (connection, "DELETE FROM portal_token WHERE expires < ?", now - QC_OAUTH_ACCESS_LIFE, error))
    return NULL;
  tokens->access = add_token (connection, grant, "access", now + QC_OAUTH_ACCESS_LIFE, error);
  if (tokens->access == NULL)
    return NULL;
  tokens->refresh = add_token (connection, grant, "refresh", now + QC_OAUTH_REFRESH_LIFE, error);
  return tokens->refresh != NULL ? g_steal_pointer (&tokens) : NULL;
}

/* A code or refresh token as it is kept. */
typedef struct {
  gboolean found;
  gint64 grant, expires;
  gint64 used; /* 1 = yes, 2 = nobody got it: a refresh token of an answer that was lost */
  gboolean revoked;
  char *redirect, *challenge; /* (owned) (nullable) codes */
} Kept;

static void
kept_clear (Kept *kept)
{
  g_free (kept->redirect);
  g_free (kept->challenge);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kept, kept_clear)

static gboolean
find_kept (QcConnection *connection, const char *sql, const char *hash, Kept *out, GError **error)
{
  g_autoptr (QcStatement) s = qc_connection_prepare (connection, sql, error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_text (s, 1, hash);
  if (!qc_statement_step (s, &out->found, error))
    return FALSE;
  if (out->found) {
    out->grant = qc_statement_get_int (s, 0);
    out->expires = qc_statement_get_int (s, 1);
    out->used = qc_statement_get_int (s, 2);
    out->revoked = qc_statement_get_int (s, 3) != 0;
    out->redirect = qc_statement_dup_text (s, 4);
    out->challenge = qc_statement_dup_text (s, 5);
  }
  return TRUE;
}

gboolean
qc_oauth_take_code (QcConnection *connection, const char *code, const char *redirect, const char *verifier, gint64 now,
                    QcOAuthTokens **out, GError **error)
{
  g_autofree char *hash = hash_of (code);
  g_autofree char *challenge = qc_digest_pkce (verifier);
  g_auto (Kept) kept = {FALSE};
  *out = NULL;
  if (!find_kept (connection,
                  "SELECT c.grant_id, c.expires, c.used, g.revoked, c.redirect, c.challenge FROM portal_code c "
                  "JOIN portal_grant g ON g.id = c.grant_id WHERE c.hash = ?",
                  hash, &kept, error))
    return FALSE;
  if (!kept.found)
    return TRUE;
  if (kept.used)
    return end_grant (connection, kept.grant, error);
  /* It was shown: good or not, it is over now. */
  if (!exec_text (connection, "UPDATE portal_code SET used = 1 WHERE hash = ?", hash, error))
    return FALSE;
  if (kept.revoked || kept.expires <= now || g_strcmp0 (kept.redirect, redirect) != 0
      || !qc_secret_equal (kept.challenge, challenge))
    return end_grant (connection, kept.grant, error);
  if (!qc_oauth_request_end (connection, kept.challenge, error))
    return FALSE;
  *out = add_tokens (connection, kept.grant, now, error);
  return *out != NULL;
}

/* Whether the answer to the refresh token @hash, which was used before, was lost. If so, what was in it is not good any
 * more. */
static gboolean
take_back_answer (QcConnection *connection, const char *hash, const Kept *kept, gboolean *out_lost, GError **error)
{
  gint64 later = 0;
  *out_lost = FALSE;
  if (!qc_sql_int (connection, 0, &later, error,
                   "SELECT count(*) FROM portal_token"
                   " WHERE grant_id = ? AND kind = 'refresh' AND used = 1 AND expires >= ? AND hash <> ?",
                   kept->grant, kept->expires, hash))
    return FALSE;
  *out_lost = kept->used == 1 && later == 0;
  return !*out_lost
         || (qc_sql_run (connection, error,
                         "UPDATE portal_token SET used = 2 WHERE grant_id = ? AND kind = 'refresh' AND used = 0",
                         kept->grant)
             && qc_sql_run (connection, error, "DELETE FROM portal_token WHERE grant_id = ? AND kind = 'access'",
                            kept->grant));
}

gboolean
qc_oauth_take_refresh (QcConnection *connection, const char *refresh, gint64 now, QcOAuthTokens **out, GError **error)
{
  g_autofree char *hash = hash_of (refresh);
  g_auto (Kept) kept = {FALSE};
  *out = NULL;
  if (!find_kept (connection,
                  "SELECT t.grant_id, t.expires, t.used, g.revoked, NULL, NULL FROM portal_token t "
                  "JOIN portal_grant g ON g.id = t.grant_id WHERE t.hash = ? AND t.kind = 'refresh'",
                  hash, &kept, error))
    return FALSE;
  if (!kept.found || kept.revoked || kept.expires <= now)
    return TRUE;
  gboolean lost = FALSE;
  if (kept.used != 0 && !take_back_answer (connection, hash, &kept, &lost, error))
    return FALSE;
  if (kept.used != 0 && !lost)
    return end_grant (connection, kept.grant, error);
  if (!exec_text (connection, "UPDATE portal_token SET used = 1 WHERE hash = ?", hash, error))
    return FALSE;
  *out = add_tokens (connection, kept.grant, now, error);
  return *out != NULL;
}

gboolean
qc_oauth_revoke (QcConnection *connection, const char *token, GError **error)
{
  g_autofree char *hash = hash_of (token);
  return exec_text (connection,
                    "UPDATE portal_grant SET revoked = 1 WHERE id = (SELECT grant_id FROM portal_token WHERE hash = ?)",
                    hash, error);
}

/* ---- who it is ---- */

void
qc_oauth_identity_free (QcOAuthIdentity *identity)
{
  if (identity == NULL)
    return;
  qc_account_free (identity->account);
  g_clear_pointer (&identity->units, g_ptr_array_unref);
  g_free (identity);
}

gboolean
qc_oauth_identity_has_unit (const QcOAuthIdentity *identity, const char *unit)
{
  for (guint i = 0; i < identity->units->len; i++)
    if (g_str_equal (((QcAccountUnit *)g_ptr_array_index (identity->units, i))->account, unit))
      return TRUE;
  return FALSE;
}

/* Leaves in @units only what the grant names. */
static gboolean
keep_granted (QcConnection *connection, gint64 grant, GPtrArray *units, GError **error)
{
  for (guint i = units->len; i-- > 0;) {
    const QcAccountUnit *unit = g_ptr_array_index (units, i);
    g_autoptr (QcStatement) s
        = qc_connection_prepare (connection, "SELECT 1 FROM portal_grant_unit WHERE grant_id = ? AND unit = ?", error);
    if (s == NULL)
      return FALSE;
    qc_statement_bind_int (s, 1, grant);
    qc_statement_bind_text (s, 2, unit->account);
    gboolean has_row;
    if (!qc_statement_step (s, &has_row, error))
      return FALSE;
    if (!has_row)
      g_ptr_array_remove_index (units, i);
  }
  return TRUE;
}

gboolean
qc_oauth_identify (QcConnection *connection, const char *access, gint64 now, QcOAuthIdentity **out, GError **error)
{
  g_autofree char *hash = hash_of (access);
  g_autoptr (QcOAuthIdentity) identity = g_new0 (QcOAuthIdentity, 1);
  *out = NULL;
  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection,
      "SELECT g.id, a.kind, a.user FROM portal_token t JOIN portal_grant g ON g.id = t.grant_id "
      "JOIN portal_account a ON a.id = g.account WHERE t.hash = ? AND t.kind = 'access' AND "
      "t.expires > ? AND g.revoked = 0 AND a.verified = 1",
      error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_text (s, 1, hash);
  qc_statement_bind_int (s, 2, now);
  gboolean has_row;
  if (!qc_statement_step (s, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  identity->grant = qc_statement_get_int (s, 0);
  g_autofree char *kind = qc_statement_dup_text (s, 1);
  g_autofree char *user = qc_statement_dup_text (s, 2);
  if (!qc_account_find (connection, kind, user, &identity->account, error))
    return FALSE;
  identity->units = qc_account_list_units (connection, identity->account->id, error);
  if (identity->units == NULL || !keep_granted (connection, identity->grant, identity->units, error))
    return FALSE;
  *out = g_steal_pointer (&identity);
  return TRUE;
}
