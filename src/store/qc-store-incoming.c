/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-store-incoming.h. Any thread but the main one.
 */
#include "qc-store-incoming.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "qc-store-folders.h"
#include "qc-store-journal.h"
#include "qc-store-private.h"

#define DATABASE "qingce.db"
#define INCOMING "incoming"
#define PART     "incoming.part"
#define ASIDE    "aside" /* in it: where what is there goes */

static char *
part_of (const char *folder)
{
  return g_build_filename (folder, PART, NULL);
}

char *
qc_store_incoming_begin (const char *folder, GError **error)
{
  g_autofree char *part = part_of (folder);
  return qc_store_folders_begin (part, error) ? g_steal_pointer (&part) : NULL;
}

void
qc_store_incoming_drop (const char *folder)
{
  g_autofree char *part = part_of (folder);
  qc_store_folders_remove (part);
}

/* All files of the folder @name of @copy. */
static gboolean
fill_folder (const char *part, const char *copy, const char *name, GError **error)
{
  g_autofree char *from = g_build_filename (copy, name, NULL);
  g_autofree char *into = g_build_filename (part, name, NULL);
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  if (g_mkdir_with_parents (into, 0700) != 0)
    return qc_store_folders_fail (into, error);
  const char *file;
  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL) {
    g_autofree char *source = g_build_filename (from, file, NULL);
    g_autofree char *target = g_build_filename (into, file, NULL);
    if (!qc_store_folders_link (source, target, error))
      return FALSE;
  }
  return qc_store_folders_sync (into, error);
}

gboolean
qc_store_incoming_fill (const char *part, const char *copy, GError **error)
{
  g_autofree char *from = g_build_filename (copy, DATABASE, NULL);
  g_autofree char *to = g_build_filename (part, DATABASE, NULL);
  return qc_store_folders_copy (from, to, error) && fill_folder (part, copy, "attachments", error)
         && fill_folder (part, copy, "profiles", error);
}

/* ---- what it has to know of the time since ---- */

#define WAITING " state IN ('queued', 'sending', 'unknown', 'held')"

/* Keys that wait in @present and that the other one does not have at all. */
static gboolean
check_nothing_lost (QcConnection *connection, QcConnection *present, GError **error)
{
  g_autoptr (QcStatement) keys = qc_sql_bind (present, error, "SELECT key FROM outbox WHERE" WAITING);
  gint64 lost = 0;
  gboolean has_row;
  while (keys != NULL && qc_statement_step (keys, &has_row, error)) {
    gint64 known;
    if (!has_row && lost == 0)
      return TRUE;
    if (!has_row) {
      g_set_error (error, QC_STORE_ERROR, QC_STORE_ERROR_STATE, "%" G_GINT64_FORMAT " items that wait are not in it",
                   lost);
      return FALSE;
    }
    if (!qc_sql_int (connection, 0, &known, error, "SELECT count(*) FROM outbox WHERE key = ?",
                     qc_statement_get_text (keys, 0)))
      return FALSE;
    lost += known == 0;
  }
  return FALSE;
}

/* What was submitted since is not to be submitted once more. */
static gboolean
close_submitted (QcConnection *connection, QcConnection *present, GError **error)
{
  g_autoptr (QcStatement) done
      = qc_sql_bind (present, error, "SELECT id, created, serial, changed FROM draft WHERE state = 'done'");
  gboolean has_row;
  while (done != NULL && qc_statement_step (done, &has_row, error)) {
    if (!has_row)
      return TRUE;
    if (!qc_sql_run (connection, error,
                     "UPDATE draft SET state = 'done', deleted = 0, serial = ?, changed = ?"
                     " WHERE id = ? AND created = ? AND state <> 'done'",
                     qc_statement_get_text (done, 2), qc_statement_get_int (done, 3), qc_statement_get_int (done, 0),
                     qc_statement_get_int (done, 1)))
      return FALSE;
  }
  return FALSE;
}

static gboolean
append_rest (QcConnection *connection, QcConnection *present, gint64 from, GError **error)
{
  g_autoptr (QcStatement) rest = qc_sql_bind (
      present, error,
      "SELECT seq, time, profile, unit, actor, action, subject, detail, hash FROM journal WHERE seq > ? ORDER BY seq",
      from);
  gboolean has_row;
  while (rest != NULL && qc_statement_step (rest, &has_row, error)) {
    if (!has_row)
      return TRUE;
    const char *hash = qc_statement_get_text (rest, 8);
    if (!qc_sql_run (connection, error,
                     "INSERT INTO journal (seq, time, profile, unit, actor, action, subject, detail, hash)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     qc_statement_get_int (rest, 0), qc_statement_get_int (rest, 1), qc_statement_get_text (rest, 2),
                     qc_statement_get_text (rest, 3), qc_statement_get_text (rest, 4), qc_statement_get_text (rest, 5),
                     qc_statement_get_text (rest, 6), qc_statement_get_text (rest, 7), hash)
        || !qc_sql_run (connection, error, "UPDATE journal_head SET seq = ?, hash = ? WHERE one = 1",
                        qc_statement_get_int (rest, 0), hash))
      return FALSE;
  }
  return FALSE;
}

/* Where the present one is the same journal, longer, it goes on; else the other one stays as it is. */
static gboolean
go_on_with_journal (QcConnection *connection, QcConnection *present, GError **error)
{
  gboolean has_row;
  g_autoptr (QcStatement) head = qc_sql_bind (connection, error, "SELECT seq, hash FROM journal_head");
  if (head == NULL || !qc_statement_step (head, &has_row, error))
    return FALSE;
  gint64 seq = qc_statement_get_int (head, 0);
  g_autofree char *hash = qc_statement_dup_text (head, 1);
  gint64 same;
  if (!qc_sql_int (present, 0, &same, error, "SELECT count(*) FROM journal WHERE seq = ? AND hash = ?", seq, hash))
    return FALSE;
  return (same == 0 && seq > 0) || append_rest (connection, present, seq, error);
}

/* It may have been sent since: held and queued alike. */
static gboolean
ask_first (QcConnection *connection, gint64 now, gint64 *out_waiting, GError **error)
{
  if (!qc_sql_run (connection, error,
                   "UPDATE outbox SET state = 'unknown', sent = 1, reason = 'restored', next_try = 0, changed = ?"
                   " WHERE" WAITING,
                   now))
    return FALSE;
  *out_waiting = qc_connection_changes (connection);
  return TRUE;
}

/* What another practice center said is pulled anew. */
static gboolean
forget_practice (QcConnection *connection, GError **error)
{
  return qc_connection_exec (connection,
                             "UPDATE cursor SET cursor = NULL, pull = pull + 1, full = 1 WHERE scope IN"
                             " (SELECT s.id FROM scope AS s JOIN profile AS p ON p.id = s.profile WHERE p.practice)",
                             error);
}

static gboolean
settle (QcConnection *connection, QcConnection *present, const QcStoreArrival *arrival, gint64 *out_waiting,
        GError **error)
{
  g_autoptr (QcTransaction) transaction = qc_transaction_begin (connection, QC_TRANSACTION_WRITE, "arrival", error);
  if (transaction == NULL)
    return FALSE;
  if (present != NULL
      && (!check_nothing_lost (connection, present, error) || !close_submitted (connection, present, error)
          || !go_on_with_journal (connection, present, error)))
    return FALSE;
  if (!ask_first (connection, arrival->now, out_waiting, error)
      || (arrival->elsewhere && !forget_practice (connection, error)))
    return FALSE;
  g_autofree char *detail = g_strdup_printf ("%" G_GINT64_FORMAT, *out_waiting);
  return qc_store_journal_append (connection, arrival->now, NULL, NULL, arrival->actor, arrival->action,
                                  arrival->subject, detail, error)
         && qc_transaction_commit (transaction, error);
}

gboolean
qc_store_incoming_settle (const char *part, QcConnection *present, const QcStoreArrival *arrival, gint64 *out_waiting,
                          GError **error)
{
  g_autofree char *database = g_build_filename (part, DATABASE, NULL);
  g_autoptr (QcConnection) connection = qc_connection_open (database, QC_CONNECTION_READ_WRITE, error);
  /* at the end one file, without what SQLite keeps beside one that is in use */
  return connection != NULL && qc_connection_check (connection, error) && qc_store_migrate (connection, database, error)
         && settle (connection, present, arrival, out_waiting, error)
         && qc_connection_exec (connection, "PRAGMA journal_mode=DELETE", error);
}

/* Centers that were imported here stay known. */
static gboolean
keep_profiles (const char *folder, const char *part, GError **error)
{
  g_autofree char *from = g_build_filename (folder, "profiles", NULL);
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *source = g_build_filename (from, name, NULL);
    g_autofree char *target = g_build_filename (part, "profiles", name, NULL);
    if (!g_file_test (target, G_FILE_TEST_EXISTS) && !qc_store_folders_copy (source, target, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
qc_store_incoming_ready (const char *folder, gint64 now, GError **error)
{
  g_autofree char *part = part_of (folder);
  g_autofree char *incoming = g_build_filename (folder, INCOMING, NULL);
  g_autofree char *file = g_build_filename (part, ASIDE, NULL);
  g_autofree char *name = g_strdup_printf ("set-aside-%" G_GINT64_FORMAT, now);
  for (guint i = 2;; i++) {
    g_autofree char *aside = g_build_filename (folder, name, NULL);
    if (!g_file_test (aside, G_FILE_TEST_EXISTS))
      break;
    g_free (name);
    name = g_strdup_printf ("set-aside-%" G_GINT64_FORMAT "-%u", now, i);
  }
  /* one that was ready and not taken yet gives way */
  return keep_profiles (folder, part, error) && qc_store_folders_remove (incoming)
         && g_file_set_contents_full (file, name, -1, G_FILE_SET_CONTENTS_DURABLE, 0600, error)
         && qc_store_folders_sync (part, error) && qc_store_folders_move (part, incoming, error)
         && qc_store_folders_sync (folder, error);
}

/* ---- taking it ---- */

static gboolean
move_if_there (const char *from_folder, const char *to_folder, const char *name, GError **error)
{
  g_autofree char *from = g_build_filename (from_folder, name, NULL);
  g_autofree char *to = g_build_filename (to_folder, name, NULL);
  return g_rename (from, to) == 0 || errno == ENOENT || qc_store_folders_fail (from, error);
}

/* The folder @name: what was there goes aside as a whole, then comes what takes its place. */
static gboolean
take_folder (const char *folder, const char *incoming, const char *aside, const char *name, GError **error)
{
  g_autofree char *fresh = g_build_filename (incoming, name, NULL);
  g_autofree char *gone = g_build_filename (aside, name, NULL);
  if (!g_file_test (fresh, G_FILE_TEST_EXISTS))
    return TRUE; /* it was taken before the program was killed */
  if (!g_file_test (gone, G_FILE_TEST_EXISTS) && !move_if_there (folder, aside, name, error))
    return FALSE;
  return move_if_there (incoming, folder, name, error) && qc_store_folders_sync (folder, error);
}

/* The old database goes before the new one comes: its WAL must never be found beside that. */
static gboolean
take_database (const char *folder, const char *incoming, const char *aside, GError **error)
{
  g_autofree char *fresh = g_build_filename (incoming, DATABASE, NULL);
  if (!g_file_test (fresh, G_FILE_TEST_EXISTS))
    return TRUE; /* it was taken before the program was killed */
  return move_if_there (folder, aside, DATABASE "-wal", error) && move_if_there (folder, aside, DATABASE "-shm", error)
         && move_if_there (folder, aside, DATABASE ".suspect", error) && move_if_there (folder, aside, DATABASE, error)
         && qc_store_folders_sync (aside, error) && move_if_there (incoming, folder, DATABASE, error)
         && qc_store_folders_sync (folder, error);
}

gboolean
qc_store_incoming_take (const char *folder, char **out_aside, GError **error)
{
  g_autofree char *incoming = g_build_filename (folder, INCOMING, NULL);
  g_autofree char *part = part_of (folder);
  g_autofree char *file = g_build_filename (incoming, ASIDE, NULL);
  g_autofree char *name = NULL;
  g_autofree char *outgoing = g_build_filename (folder, QC_STORE_OUTGOING, NULL);
  *out_aside = NULL;
  qc_store_folders_remove (outgoing);
  qc_store_folders_remove (part);
  if (!g_file_get_contents (file, &name, NULL, NULL)) {
    qc_store_folders_remove (incoming); /* nothing is left in it but itself */
    return TRUE;
  }
  g_autofree char *base = g_path_get_basename (g_strstrip (name));
  g_autofree char *aside = g_build_filename (folder, base, NULL);
  if (g_mkdir_with_parents (aside, 0700) != 0)
    return qc_store_folders_fail (aside, error);
  if (!take_folder (folder, incoming, aside, "attachments", error)
      || !take_folder (folder, incoming, aside, "profiles", error) || !take_database (folder, incoming, aside, error))
    return FALSE;
  qc_store_folders_remove (incoming);
  *out_aside = g_steal_pointer (&aside);
  return TRUE;
}
