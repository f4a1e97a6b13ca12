/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The file is written and synced before the database names its key: whoever is killed between the two finds a key that
 * the database does not know yet, and takes it. Start-up only: see qc-center-key.h.
 */
#include "qc-center-key.h"

#include <string.h>
#include <glib/gstdio.h>

#include "qc-center-db.h"
#include "qc-center-server.h"
#include "qc-center-tls.h"
#include "qc-digest.h"
#include "qc-sql.h"

#define KEY_LIFE ((gint64)5 * 365 * 86400)
#define HEAD     "qingce-signing-key-1"

/* ---- the file ---- */

static char *
path_of (const char *data_dir)
{
  return g_build_filename (data_dir, QC_CENTER_KEY_FILE, NULL);
}

static gboolean
write_file (const char *data_dir, const QcSigningKey *key, GError **error)
{
  g_autofree char *path = path_of (data_dir);
  g_autoptr (GBytes) seed = qc_signing_key_dup_seed (key);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (seed, &size);
  g_autofree char *base64 = g_base64_encode (bytes, size);
  g_autofree char *text
      = g_strdup_printf (HEAD " %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s\n", qc_signing_key_get_id (key),
                         qc_signing_key_get_from (key), qc_signing_key_get_until (key), base64);
  gboolean good = qc_center_tls_write_file (path, text, strlen (text), error);
  explicit_bzero (text, strlen (text));
  explicit_bzero (base64, strlen (base64));
  return good;
}

static QcSigningKey *
parse (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, " \n", -1);
  gint64 from, until;
  if (g_strv_length (parts) < 5 || !g_str_equal (parts[0], HEAD)
      || !g_ascii_string_to_signed (parts[2], 10, 0, G_MAXINT64, &from, NULL)
      || !g_ascii_string_to_signed (parts[3], 10, 0, G_MAXINT64, &until, NULL))
    return NULL;
  gsize size;
  guint8 *bytes = g_base64_decode (parts[4], &size);
  g_autoptr (GBytes) seed = g_bytes_new_take (bytes, size);
  return qc_signing_key_new_from_seed (parts[1], seed, from, until, NULL);
}

static gboolean
fail (GError **error, const char *format, const char *path)
{
  g_set_error (error, QC_CENTER_SERVER_ERROR, QC_CENTER_SERVER_ERROR_DATA, format, path);
  return FALSE;
}

/* *@out is NULL where there is no file. */
static gboolean
read_file (const char *data_dir, QcSigningKey **out, GError **error)
{
  g_autofree char *path = path_of (data_dir);
  *out = NULL;
  g_autoptr (GError) fault = NULL;
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, &fault)) {
    if (g_error_matches (fault, G_FILE_ERROR, G_FILE_ERROR_NOENT))
      return TRUE;
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }
  g_chmod (path, 0600);
  *out = parse (text);
  explicit_bzero (text, strlen (text));
  return *out != NULL
         || fail (error,
                  "The signing key's file %s cannot be read as one. Put it back from your own copy, or begin a new key "
                  "with --new-signing-key.",
                  path);
}

/* ---- the database ---- */

/* A key of the database that counts now: the one called @id, or any where it is NULL. *@out_public is NULL where there
 * is none. */
static gboolean
find_row (QcConnection *connection, const char *id, gint64 now, char **out_id, char **out_public, GError **error)
{
  *out_id = *out_public = NULL;
  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection,
      "SELECT id, public_key FROM signing_key WHERE (?2 IS NULL OR id = ?2) AND valid_from <= ?1 AND (valid_until = 0 "
      "OR valid_until > ?1) ORDER BY valid_from DESC LIMIT 1",
      error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_int (s, 1, now);
  qc_statement_bind_text (s, 2, id);
  gboolean has_row;
  if (!qc_statement_step (s, &has_row, error))
    return FALSE;
  if (has_row) {
    *out_id = qc_statement_dup_text (s, 0);
    *out_public = qc_statement_dup_text (s, 1);
  }
  return TRUE;
}

static gboolean
insert_row (QcConnection *connection, const QcSigningKey *key, GError **error)
{
  g_autofree char *public_key = qc_signing_key_dup_public (key);
  return qc_sql_run (connection, error,
                     "INSERT INTO signing_key (id, algorithm, public_key, valid_from, valid_until) VALUES (?, ?, ?, ?, "
                     "?)",
                     qc_signing_key_get_id (key), QC_SIGNATURE_ALGORITHM, public_key, qc_signing_key_get_from (key),
                     qc_signing_key_get_until (key));
}

GPtrArray *
qc_center_key_list (QcConnection *connection, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_wire_key_free);
  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection, "SELECT id, algorithm, public_key, valid_from, valid_until FROM signing_key ORDER BY valid_from, id",
      error);
  gboolean has_row;
  while (s != NULL && qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&keys);
    QcWireKey *key = g_new0 (QcWireKey, 1);
    key->id = qc_statement_dup_text (s, 0);
    key->algorithm = qc_statement_dup_text (s, 1);
    key->public_key = qc_statement_dup_text (s, 2);
    key->from = qc_statement_get_int (s, 3);
    key->until = qc_statement_get_int (s, 4);
    g_ptr_array_add (keys, key);
  }
  return NULL;
}

/* ---- both ---- */

/* Named by its public half. One of practice counts at any time, because the practice day goes its own way. */
static QcSigningKey *
make_key (gboolean practice, gint64 now)
{
  gint64 from = practice ? 0 : now;
  gint64 until = practice ? 0 : now + KEY_LIFE;
  g_autoptr (QcSigningKey) key = qc_signing_key_new ("new", from, until);
  g_autofree char *public_key = qc_signing_key_dup_public (key);
  g_autoptr (GBytes) seed = qc_signing_key_dup_seed (key);
  g_autofree char *digest = qc_digest_hex ((const guint8 *)public_key, strlen (public_key));
  g_autofree char *id = g_strdup_printf ("%s-%.12s", practice ? "yanlian" : "key", digest);
  return qc_signing_key_new_from_seed (id, seed, from, until, NULL);
}

static gboolean
put (QcConnection *connection, const char *data_dir, const QcSigningKey *key, GError **error)
{
  return write_file (data_dir, key, error) && insert_row (connection, key, error);
}

static gboolean
is_known (QcConnection *connection, const char *id, gboolean *out, GError **error)
{
  g_autoptr (QcStatement) s = qc_connection_prepare (connection, "SELECT 1 FROM signing_key WHERE id = ?", error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_text (s, 1, id);
  return qc_statement_step (s, out, error);
}

/* What is wrong with a file whose key the database does not sign with now; NULL = nothing, there is none to sign with.
 */
static char *
dup_misfit (const char *data_dir, const QcSigningKey *key, const char *current)
{
  g_autofree char *path = path_of (data_dir);
  if (current == NULL)
    return NULL;
  if (key == NULL)
    return g_strdup_printf (
        "The signing key's file %s is gone: without it nothing can be signed. Put it back from your own copy of it. Is "
        "there none, begin a new key with --new-signing-key; what was signed before still counts, and the units need "
        "the new profile.json.",
        path);
  return g_strdup_printf (
      "The signing key's file %s is that of key %s, but the database signs with key %s. Put back the file that belongs "
      "to this database, or begin a new key with --new-signing-key.",
      path, qc_signing_key_get_id (key), current);
}

/* *@out_key: of the file (nullable). *@out_fits: the database signs with it. *@out_fault: in words (nullable). */
static gboolean
judge (QcConnection *connection, const char *data_dir, gint64 now, QcSigningKey **out_key, gboolean *out_fits,
       char **out_fault, GError **error)
{
  *out_fits = FALSE;
  if (!read_file (data_dir, out_key, error))
    return FALSE;
  g_autofree char *id = NULL, *public_key = NULL;
  if (*out_key != NULL) {
    g_autofree char *own = qc_signing_key_dup_public (*out_key);
    if (!find_row (connection, qc_signing_key_get_id (*out_key), now, &id, &public_key, error))
      return FALSE;
    *out_fits = g_strcmp0 (public_key, own) == 0;
    g_clear_pointer (&id, g_free);
    g_clear_pointer (&public_key, g_free);
  }
  if (*out_fits)
    return TRUE;
  if (!find_row (connection, NULL, now, &id, &public_key, error))
    return FALSE;
  *out_fault = dup_misfit (data_dir, *out_key, id);
  return TRUE;
}

QcSigningKey *
qc_center_key_take (QcConnection *connection, const char *data_dir, gboolean practice, gint64 now, GError **error)
{
  g_autoptr (QcSigningKey) key = NULL;
  g_autofree char *fault = NULL;
  gboolean fits, known = FALSE;
  if (!judge (connection, data_dir, now, &key, &fits, &fault, error))
    return NULL;
  if (fault != NULL) {
    fail (error, "%s", fault);
    return NULL;
  }
  if (fits)
    return g_steal_pointer (&key);
  if (key != NULL && !is_known (connection, qc_signing_key_get_id (key), &known, error))
    return NULL;
  if (key != NULL && !known)
    return insert_row (connection, key, error) ? g_steal_pointer (&key) : NULL;
  g_autoptr (QcSigningKey) fresh = make_key (practice, now);
  return put (connection, data_dir, fresh, error) ? g_steal_pointer (&fresh) : NULL;
}

gboolean
qc_center_key_renew (QcConnection *connection, const char *data_dir, gint64 now, GError **error)
{
  g_autofree char *kind = NULL;
  if (!qc_center_db_get_setting (connection, "kind", &kind, error))
    return FALSE;
  gboolean practice = g_strcmp0 (kind, "practice") == 0;
  g_autoptr (QcSigningKey) key = make_key (practice, now);
  return (practice
          || qc_sql_run (connection, error,
                         "UPDATE signing_key SET valid_until = ?1 WHERE valid_until = 0 OR valid_until > ?1", now))
         && put (connection, data_dir, key, error);
}

char *
qc_center_key_dup_fault (QcConnection *connection, const char *data_dir, gint64 now, GError **error)
{
  g_autoptr (QcSigningKey) key = NULL;
  char *fault = NULL;
  gboolean fits;
  return judge (connection, data_dir, now, &key, &fits, &fault, error) ? fault : NULL;
}

/* ---- out of older databases ---- */

static gboolean
has_secrets (QcConnection *connection, gboolean *out, GError **error)
{
  gint64 columns;
  if (!qc_connection_get_int (connection,
                              "SELECT count (*) FROM pragma_table_info ('signing_key') WHERE name = 'secret_key'", 0,
                              &columns, error))
    return FALSE;
  *out = columns > 0;
  return TRUE;
}

/* The key that @connection signed with. NULL without an error: with none that counts now. */
static gboolean
read_secret (QcConnection *connection, gint64 now, QcSigningKey **out, GError **error)
{
  *out = NULL;
  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection,
      "SELECT id, secret_key, valid_from, valid_until FROM signing_key WHERE valid_from <= ?1 AND (valid_until = 0 OR "
      "valid_until > ?1) AND length (secret_key) > 0 ORDER BY valid_from DESC LIMIT 1",
      error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_int (s, 1, now);
  gboolean has_row;
  if (!qc_statement_step (s, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  gsize size;
  gconstpointer data = qc_statement_get_blob (s, 1, &size);
  g_autoptr (GBytes) seed = g_bytes_new (data, size);
  *out = qc_signing_key_new_from_seed (qc_statement_get_text (s, 0), seed, qc_statement_get_int (s, 2),
                                       qc_statement_get_int (s, 3), error);
  return *out != NULL;
}

static gboolean
keep_secret (QcConnection *connection, const char *data_dir, gint64 now, GError **error)
{
  g_autoptr (QcSigningKey) old = NULL, key = NULL;
  if (!read_secret (connection, now, &key, error) || !read_file (data_dir, &old, error))
    return FALSE;
  if (key == NULL)
    return TRUE;
  g_autofree char *path = path_of (data_dir);
  if (old != NULL && !g_str_equal (qc_signing_key_get_id (old), qc_signing_key_get_id (key)))
    return fail (error, "The signing key's file %s is not that of this database. Move it away.", path);
  return write_file (data_dir, key, error);
}

/* First what was deleted before goes, with pages that nobody uses; then the secrets, with zeros in their place. Whoever
 * is ended meanwhile begins again, since the secrets go last. */
static gboolean
wipe (QcConnection *connection, GError **error)
{
  if (!qc_connection_vacuum (connection, error) || !qc_connection_exec (connection, "PRAGMA secure_delete=ON", error))
    return FALSE;
  g_autoptr (QcTransaction) transaction = qc_transaction_begin (connection, QC_TRANSACTION_WRITE, "wipe", error);
  return transaction != NULL && qc_sql_run (connection, error, "UPDATE signing_key SET secret_key = x''")
         && qc_transaction_commit (transaction, error);
}

/* One that cannot be cleaned is told, and keeps nobody from signing. */
static void
wipe_copy (const char *path)
{
  g_autoptr (GError) error = NULL;
  gboolean has;
  g_autoptr (QcConnection) connection = qc_connection_open (path, QC_CONNECTION_READ_WRITE, &error);
  if (connection == NULL || !has_secrets (connection, &has, &error) || (has && !wipe (connection, &error))
      || !qc_connection_exec (connection, "PRAGMA journal_mode=DELETE", &error))
    g_printerr ("The signing key is still in %s, delete it: %s\n", path, error->message);
}

static gboolean
wipe_copies (const char *data_dir, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (data_dir, 0, error);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (data_dir, name, NULL);
    if (g_str_has_prefix (name, "center.db.v") && g_str_has_suffix (name, ".bak"))
      wipe_copy (path);
  }
  return dir != NULL;
}

/* Whose last connection is closed loses its WAL, and what stood in it. */
gboolean
qc_center_key_move_out (const char *data_dir, gint64 now, GError **error)
{
  g_autofree char *path = g_build_filename (data_dir, "center.db", NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_autoptr (QcConnection) connection = qc_connection_open (path, QC_CONNECTION_READ_WRITE, error);
  gboolean has;
  if (connection == NULL || !has_secrets (connection, &has, error))
    return FALSE;
  return !has
         || (keep_secret (connection, data_dir, now, error) && wipe_copies (data_dir, error)
             && wipe (connection, error));
}
