/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The journal's chain: each hash covers the one before and every field with its length, so that no two different
 * entries have the same bytes. Database threads only.
 */
#include "qc-store-journal.h"

#include "qc-store-private.h"

#include <string.h>

void
qc_store_journal_entry_free (QcStoreJournalEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->profile);
  g_free (entry->unit);
  g_free (entry->actor);
  g_free (entry->action);
  g_free (entry->subject);
  g_free (entry->detail);
  g_free (entry->hash);
  g_free (entry->unit_name);
  g_free (entry->business);
  g_free (entry->kind);
  g_free (entry->serial);
  g_free (entry->summary);
  g_free (entry);
}

/* "-" for NULL, else "length:bytes": nothing can run over into its neighbour. */
static void
add_field (GChecksum *checksum, const char *text)
{
  if (text == NULL) {
    g_checksum_update (checksum, (const guchar *)"-", 1);
    return;
  }
  char length[24];
  g_snprintf (length, sizeof length, "%" G_GSIZE_FORMAT ":", strlen (text));
  g_checksum_update (checksum, (const guchar *)length, -1);
  g_checksum_update (checksum, (const guchar *)text, -1);
}

static void
add_number (GChecksum *checksum, gint64 number)
{
  char text[24];
  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, number);
  add_field (checksum, text);
}

static char *
hash_entry (const char *previous, const QcStoreJournalEntry *entry)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  add_field (checksum, "qingce-journal-1");
  add_field (checksum, previous);
  add_number (checksum, entry->seq);
  add_number (checksum, entry->time);
  add_field (checksum, entry->profile);
  add_field (checksum, entry->unit);
  add_field (checksum, entry->actor);
  add_field (checksum, entry->action);
  add_field (checksum, entry->subject);
  add_field (checksum, entry->detail);
  return g_strdup (g_checksum_get_string (checksum));
}

static gboolean
read_head (QcConnection *connection, gint64 *out_seq, char **out_hash, GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error, "SELECT seq, hash FROM journal_head WHERE one = 1");
  gboolean has_row;
  if (statement == NULL || !qc_statement_step (statement, &has_row, error))
    return FALSE;
  *out_seq = has_row ? qc_statement_get_int (statement, 0) : 0;
  *out_hash = has_row ? qc_statement_dup_text (statement, 1) : g_strdup ("");
  return TRUE;
}

gboolean
qc_store_journal_append (QcConnection *connection, gint64 now, const char *profile, const char *unit, const char *actor,
                         const char *action, const char *subject, const char *detail, GError **error)
{
  QcStoreJournalEntry entry = {.time = now,
                               .profile = (char *)profile,
                               .unit = (char *)unit,
                               .actor = (char *)actor,
                               .action = (char *)action,
                               .subject = (char *)subject,
                               .detail = (char *)detail};
  g_return_val_if_fail (action != NULL, FALSE);
  g_autofree char *previous = NULL;
  if (!read_head (connection, &entry.seq, &previous, error))
    return FALSE;
  entry.seq++;
  g_autofree char *hash = hash_entry (previous, &entry);
  return qc_sql_run (connection, error,
                     "INSERT INTO journal (seq, time, profile, unit, actor, action, subject, detail, hash)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     entry.seq, now, profile, unit, actor, action, subject, detail, hash)
         && qc_sql_run (connection, error, "UPDATE journal_head SET seq = ?, hash = ? WHERE one = 1", entry.seq, hash);
}

static QcStoreJournalEntry *
read_entry (QcStatement *statement)
{
  QcStoreJournalEntry *entry = g_new0 (QcStoreJournalEntry, 1);
  entry->seq = qc_statement_get_int (statement, 0);
  entry->time = qc_statement_get_int (statement, 1);
  entry->profile = qc_statement_dup_text (statement, 2);
  entry->unit = qc_statement_dup_text (statement, 3);
  entry->actor = qc_statement_dup_text (statement, 4);
  entry->action = qc_statement_dup_text (statement, 5);
  entry->subject = qc_statement_dup_text (statement, 6);
  entry->detail = qc_statement_dup_text (statement, 7);
  entry->hash = qc_statement_dup_text (statement, 8);
  return entry;
}

#define COLUMNS "seq, time, profile, unit, actor, action, subject, detail, hash"

/* All rows of @statement (NULL gives NULL). (transfer full) */
static GPtrArray *
read_entries (QcStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_store_journal_entry_free);
  gboolean has_row;
  while (statement != NULL && qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    g_ptr_array_add (list, read_entry (statement));
  }
  return NULL;
}

GPtrArray *
qc_store_journal_list (QcConnection *connection, const char *profile, const char *unit, gint64 offset, gint64 limit,
                       GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT " COLUMNS " FROM journal WHERE (?1 IS NULL OR profile = ?1)"
                     " AND (?2 IS NULL OR unit = ?2) ORDER BY seq DESC LIMIT ?4 OFFSET ?3",
                     profile, unit, offset, limit);
  return read_entries (statement, error);
}

/* An entry with what it is about, as far as that is still here. */
#define ABOUT                                                                            \
  " FROM journal AS j LEFT JOIN scope AS s ON s.profile = j.profile AND s.unit = j.unit" \
  " LEFT JOIN outbox AS o ON o.key = j.subject AND substr (j.action, 1, 7) = 'outbox.'"  \
  " LEFT JOIN application AS a ON a.scope = s.id AND a.serial = coalesce (o.serial, j.subject)"
#define NARROWED                                                                                                    \
  ABOUT " WHERE (?1 IS NULL OR coalesce (j.actor, '') || ' ' || j.action || ' ' || coalesce (j.subject, '') || ' '" \
        " || coalesce (j.detail, '') || ' ' || coalesce (j.unit, '') || ' ' || coalesce (s.name, '') || ' '"        \
        " || coalesce (o.serial, '') LIKE ?1 ESCAPE '\\' OR instr (?2, ' ' || j.action || ' ')"                     \
        " OR instr (?3, ' ' || coalesce (o.business, a.business, j.subject) || ' '))"                               \
        " AND (?4 IS NULL OR substr (j.action, 1, length (?4)) = ?4) AND (?5 IS NULL OR j.unit = ?5)"               \
        " AND j.time >= ?6 AND (?7 = 0 OR j.time < ?7)"
#define FOUND                                                                                                \
  "SELECT j.seq, j.time, j.profile, j.unit, j.actor, j.action, j.subject, j.detail, j.hash, s.name,"         \
  " coalesce (o.business, a.business), o.kind, coalesce (o.serial, a.serial), o.summary,"                    \
  " iif (a.start_month > 0, a.start_month, a.effective), iif (a.start_month > 0, a.end_month, a.effective)," \
  " a.people, a.fen" NARROWED " ORDER BY j.seq DESC LIMIT ?9 OFFSET ?8"

/* All rows of FOUND. (transfer full) */
static GPtrArray *
read_found (QcStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_store_journal_entry_free);
  gboolean has_row;
  while (statement != NULL && qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    QcStoreJournalEntry *entry = read_entry (statement);
    entry->unit_name = qc_statement_dup_text (statement, 9);
    entry->business = qc_statement_dup_text (statement, 10);
    entry->kind = qc_statement_dup_text (statement, 11);
    entry->serial = qc_statement_dup_text (statement, 12);
    entry->summary = qc_statement_dup_text (statement, 13);
    entry->start = qc_statement_get_int (statement, 14);
    entry->end = qc_statement_get_int (statement, 15);
    entry->people = qc_statement_get_int (statement, 16);
    entry->fen = qc_statement_get_int (statement, 17);
    g_ptr_array_add (list, entry);
  }
  return NULL;
}

GPtrArray *
qc_store_journal_find (QcConnection *connection, const QcStoreJournalQuery *query, gint64 offset, gint64 limit,
                       gint64 *out_n, GError **error)
{
  g_autofree char *pattern = query->text != NULL ? qc_store_dup_pattern (query->text) : NULL;
  const char *actions = query->actions != NULL ? query->actions : "";
  const char *businesses = query->businesses != NULL ? query->businesses : "";
  if (!qc_sql_int (connection, 0, out_n, error, "SELECT count(*)" NARROWED, pattern, actions, businesses, query->kind,
                   query->unit, query->from, query->to))
    return NULL;
  g_autoptr (QcStatement) statement = qc_sql_bind (connection, error, FOUND, pattern, actions, businesses, query->kind,
                                                   query->unit, query->from, query->to, offset, limit);
  return read_found (statement, error);
}

static gboolean
say_broken (gint64 seq, gint64 *out_seq, GError **error)
{
  if (out_seq != NULL)
    *out_seq = seq;
  g_set_error (error, QC_STORE_ERROR, QC_STORE_ERROR_TAMPERED,
               "the journal's chain is broken at entry %" G_GINT64_FORMAT, seq);
  return FALSE;
}

gboolean
qc_store_journal_verify (QcConnection *connection, gint64 *out_seq, GError **error)
{
  g_autoptr (QcStatement) statement = qc_sql_bind (connection, error, "SELECT " COLUMNS " FROM journal ORDER BY seq");
  g_autofree char *previous = g_strdup ("");
  g_autofree char *head = NULL;
  gint64 head_seq;
  if (statement == NULL || !read_head (connection, &head_seq, &head, error))
    return FALSE;
  gboolean has_row;
  gint64 expected = 1;
  while (qc_statement_step (statement, &has_row, error)) {
    g_autoptr (QcStoreJournalEntry) entry = has_row ? read_entry (statement) : NULL;
    g_autofree char *hash = has_row ? hash_entry (previous, entry) : NULL;
    if (!has_row)
      return (expected == head_seq + 1 && g_strcmp0 (previous, head) == 0) || say_broken (expected, out_seq, error);
    if (entry->seq != expected || g_strcmp0 (hash, entry->hash) != 0)
      return say_broken (expected, out_seq, error);
    g_free (previous);
    previous = g_steal_pointer (&hash);
    expected++;
  }
  return FALSE;
}
