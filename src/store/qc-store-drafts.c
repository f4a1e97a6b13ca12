/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Drafts: making, reading, finding, naming, putting away. The edits and their log are in qc-store-drafts-log.c.
 * Database threads only.
 */
#include "qc-store-drafts.h"

#include "qc-store-journal.h"
#include "qc-store-private.h"

#define KEEP_ENDED (60 * 24 * 60 * 60) /* seconds */

#define COLUMNS                                                                                                  \
  "d.id, s.profile, s.unit, d.business, d.state, d.facts, d.created, d.changed, d.revision, d.outbox, d.serial," \
  " d.lines, d.faults, d.next_line, d.name,"                                                                     \
  " (SELECT label FROM draft_step WHERE draft = d.id AND undone = 0 ORDER BY step DESC LIMIT 1),"                \
  " (SELECT label FROM draft_step WHERE draft = d.id AND undone = 1 ORDER BY step LIMIT 1),"                     \
  " EXISTS (SELECT 1 FROM outbox WHERE draft = d.id AND state = 'refused' AND changed >= d.changed),"            \
  " (SELECT count(*) FROM draft_attachment WHERE draft = d.id AND removed = 0), d.deleted"
#define FROM " FROM draft AS d JOIN scope AS s ON s.id = d.scope"

void
qc_store_draft_free (QcStoreDraft *draft)
{
  if (draft == NULL)
    return;
  g_free (draft->profile);
  g_free (draft->unit);
  g_free (draft->name);
  g_free (draft->facts);
  g_free (draft->undo);
  g_free (draft->redo);
  g_free (draft->serial);
  g_free (draft);
}

gboolean
qc_store_draft_is_empty (const QcStoreDraft *draft)
{
  gboolean facts = !g_str_equal (draft->facts, "{}") && !g_str_equal (draft->facts, "{\"facts\":[]}");
  return draft->n_lines == 0 && draft->n_attachments == 0 && draft->name == NULL
         && !facts; /* the latter: all of them were taken back */
}

static void
change_clear (QcStoreChange *change)
{
  g_free (change->person);
  g_free (change->facts);
  g_clear_pointer (&change->was, g_bytes_unref);
  g_clear_pointer (&change->now, g_bytes_unref);
  g_clear_pointer (&change->attachment, qc_attachment_free);
}

GArray *
qc_store_changes_new (void)
{
  GArray *changes = g_array_new (FALSE, TRUE, sizeof (QcStoreChange));
  g_array_set_clear_func (changes, (GDestroyNotify)change_clear);
  return changes;
}

static QcStoreDraftState
parse_state (const char *code)
{
  if (g_str_equal (code, "open"))
    return QC_STORE_DRAFT_OPEN;
  return g_str_equal (code, "locked") ? QC_STORE_DRAFT_LOCKED : QC_STORE_DRAFT_DONE;
}

static QcStoreDraft *
read_draft (QcStatement *s)
{
  QcStoreDraft *draft = g_new0 (QcStoreDraft, 1);
  draft->id = qc_statement_get_int (s, 0);
  draft->profile = qc_statement_dup_text (s, 1);
  draft->unit = qc_statement_dup_text (s, 2);
  if (!qc_business_from_code (qc_statement_get_text (s, 3), &draft->business))
    draft->business = QC_BUSINESS_OTHER;
  draft->state = parse_state (qc_statement_get_text (s, 4));
  draft->facts = qc_statement_dup_text (s, 5);
  draft->created = qc_statement_get_int (s, 6);
  draft->changed = qc_statement_get_int (s, 7);
  draft->revision = qc_statement_get_int (s, 8);
  draft->outbox = qc_statement_get_int (s, 9);
  draft->serial = qc_statement_dup_text (s, 10);
  draft->n_lines = qc_statement_get_int (s, 11);
  draft->n_faults = qc_statement_get_int (s, 12);
  draft->next_line = qc_statement_get_int (s, 13);
  draft->name = qc_statement_dup_text (s, 14);
  draft->n_attachments = qc_statement_get_int (s, 18);
  draft->deleted = qc_statement_get_int (s, 19);
  if (draft->state == QC_STORE_DRAFT_OPEN) {
    draft->undo = qc_statement_dup_text (s, 15);
    draft->redo = qc_statement_dup_text (s, 16);
    draft->refused = qc_statement_get_int (s, 17) != 0;
  }
  return draft;
}

/* All rows of @statement (NULL gives NULL). (transfer full) */
static GPtrArray *
read_drafts (QcStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_store_draft_free);
  gboolean has_row;
  while (statement != NULL && qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    g_ptr_array_add (list, read_draft (statement));
  }
  return NULL;
}

gboolean
qc_store_draft_latest (QcConnection *connection, const char *profile, const char *unit, QcBusiness business,
                       QcStoreDraft **out, GError **error)
{
  g_autoptr (QcStatement) statement = qc_sql_bind (
      connection, error,
      "SELECT " COLUMNS FROM " WHERE s.profile = ? AND s.unit = ? AND d.business = ? AND d.state <> 'done'"
      " AND d.deleted = 0 ORDER BY d.state = 'open' DESC, d.changed DESC, d.id DESC LIMIT 1",
      profile, unit, qc_business_info (business)->code);
  g_autoptr (GPtrArray) found = read_drafts (statement, error);
  *out = NULL;
  if (found == NULL)
    return FALSE;
  if (found->len > 0)
    *out = g_ptr_array_steal_index (found, 0);
  return TRUE;
}

gboolean
qc_store_draft_create (QcConnection *connection, const char *profile, const char *unit, QcBusiness business,
                       const char *facts, gint64 now, gint64 *out_id, GError **error)
{
  gint64 scope;
  if (!qc_store_scope_ensure (connection, profile, unit, &scope, error)
      || !qc_sql_run (connection, error,
                      "INSERT INTO draft (scope, business, state, facts, created, changed)"
                      " VALUES (?, ?, 'open', ?, ?, ?)",
                      scope, qc_business_info (business)->code, facts != NULL ? facts : "{}", now, now))
    return FALSE;
  *out_id = qc_connection_last_rowid (connection);
  return TRUE;
}

QcStoreDraft *
qc_store_draft_get (QcConnection *connection, gint64 draft, GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error, "SELECT " COLUMNS FROM " WHERE d.id = ? AND d.deleted = 0", draft);
  g_autoptr (GPtrArray) found = read_drafts (statement, error);
  if (found == NULL)
    return NULL;
  if (found->len > 0)
    return g_ptr_array_steal_index (found, 0);
  g_set_error (error, QC_STORE_ERROR, QC_STORE_ERROR_NOT_FOUND, "there is no draft %" G_GINT64_FORMAT, draft);
  return NULL;
}

GPtrArray *
qc_store_draft_list (QcConnection *connection, const char *profile, const char *unit, GError **error)
{
  g_autoptr (QcStatement) statement = qc_sql_bind (
      connection, error,
      "SELECT " COLUMNS FROM " WHERE s.profile = ?1 AND (?2 IS NULL OR s.unit = ?2) AND d.state <> 'done'"
      " AND d.deleted = 0 ORDER BY d.changed DESC, d.id DESC",
      profile, unit);
  return read_drafts (statement, error);
}

/* The facts of its one row, or NULL. */
static gboolean
take_facts (QcStatement *statement, char **out_facts, GError **error)
{
  *out_facts = NULL;
  gboolean has_row;
  if (statement == NULL || !qc_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *out_facts = g_strdup (qc_statement_get_text (statement, 0));
  return TRUE;
}

gboolean
qc_store_draft_get_line (QcConnection *connection, gint64 draft, gint64 line, char **out_facts, GError **error)
{
  g_autoptr (QcStatement) statement = qc_sql_bind (
      connection, error, "SELECT facts FROM draft_line WHERE draft = ? AND line = ? AND removed = 0", draft, line);
  return take_facts (statement, out_facts, error);
}

static gboolean
walk_lines (QcStatement *statement, QcStoreDraftLineFunc func, gpointer user_data, GError **error)
{
  gboolean has_row;
  while (statement != NULL && qc_statement_step (statement, &has_row, error))
    if (!has_row || !func (qc_statement_get_int (statement, 0), qc_statement_get_text (statement, 1), user_data))
      return TRUE;
  return FALSE;
}

gboolean
qc_store_draft_each_of_person (QcConnection *connection, gint64 draft, const char *person, QcStoreDraftLineFunc func,
                               gpointer user_data, GError **error)
{
  g_autoptr (QcStatement) statement = qc_sql_bind (
      connection, error,
      "SELECT line, facts FROM draft_line WHERE person = ? AND draft = ? AND removed = 0 ORDER BY position, line",
      person, draft);
  return walk_lines (statement, func, user_data, error);
}

gboolean
qc_store_drafts_each_person (QcConnection *connection, const char *profile, const char *unit, gint64 except,
                             QcStoreDraftPersonFunc func, gpointer user_data, GError **error)
{
  g_autoptr (GPtrArray) drafts = qc_store_draft_list (connection, profile, unit, error);
  for (guint i = 0; drafts != NULL && i < drafts->len; i++) {
    const QcStoreDraft *draft = g_ptr_array_index (drafts, i);
    if (draft->id == except || draft->state != QC_STORE_DRAFT_OPEN)
      continue;
    g_autoptr (QcStatement) statement = qc_sql_bind (
        connection, error, "SELECT person FROM draft_line WHERE draft = ? AND removed = 0 AND person IS NOT NULL",
        draft->id);
    gboolean has_row = statement != NULL;
    while (has_row) {
      if (!qc_statement_step (statement, &has_row, error))
        return FALSE;
      if (has_row)
        func (draft, qc_statement_get_text (statement, 0), user_data);
    }
    if (statement == NULL)
      return FALSE;
  }
  return drafts != NULL;
}

gboolean
qc_store_drafts_each_holding (QcConnection *connection, const char *profile, const char *unit, const char *text,
                              QcStoreDraftLineFunc func, gpointer user_data, GError **error)
{
  g_autofree char *pattern = qc_store_dup_pattern (text);
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT d.id, l.facts" FROM " JOIN draft_line AS l ON l.draft = d.id"
                     " WHERE s.profile = ? AND s.unit = ? AND d.state <> 'done' AND d.deleted = 0 AND l.removed = 0"
                     " AND l.facts LIKE ? ESCAPE '\\'",
                     profile, unit, pattern);
  return walk_lines (statement, func, user_data, error);
}

gboolean
qc_store_draft_each_line (QcConnection *connection, gint64 draft, QcStoreDraftLineFunc func, gpointer user_data,
                          GError **error)
{
  g_autoptr (QcStatement) statement = qc_sql_bind (
      connection, error, "SELECT line, facts FROM draft_line WHERE draft = ? AND removed = 0 ORDER BY position, line",
      draft);
  return walk_lines (statement, func, user_data, error);
}

gboolean
qc_store_draft_set_findings (QcConnection *connection, gint64 draft, const GPtrArray *findings, GError **error)
{
  if (!qc_sql_run (connection, error, "DELETE FROM draft_reason WHERE draft = ?", draft))
    return FALSE;
  for (guint i = 0; findings != NULL && i < findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (findings, i);
    g_autofree char *args = qc_store_finding_args (finding);
    if (!qc_sql_run (connection, error,
                     "INSERT INTO draft_reason (draft, line, position, code, severity, month, person, field, args,"
                     " total) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     draft, finding->line, (int)i, finding->code, (int)finding->severity, finding->month,
                     finding->person, finding->field, args, finding->total))
      return FALSE;
  }
  return TRUE;
}

GPtrArray *
qc_store_draft_get_findings (QcConnection *connection, gint64 draft, GError **error)
{
  g_autoptr (GPtrArray) findings = qc_findings_new ();
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT " QC_STORE_FINDING_COLUMNS " FROM draft_reason WHERE draft = ? ORDER BY position", draft);
  gboolean has_row;
  while (statement != NULL && qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&findings);
    g_ptr_array_add (findings, qc_store_read_finding (statement, 0));
  }
  return NULL;
}

/* Runs @sql, which changes the one row of @draft. */
static gboolean
change_one (QcConnection *connection, gint64 draft, const char *what, GError **error)
{
  if (qc_connection_changes (connection) == 1)
    return TRUE;
  g_set_error (error, QC_STORE_ERROR, QC_STORE_ERROR_STATE, "draft %" G_GINT64_FORMAT " %s", draft, what);
  return FALSE;
}

gboolean
qc_store_draft_set_faults (QcConnection *connection, gint64 draft, gint64 faults, GError **error)
{
  return qc_sql_run (connection, error, "UPDATE draft SET faults = ? WHERE id = ?", faults, draft);
}

gboolean
qc_store_draft_rename (QcConnection *connection, gint64 draft, const char *name, GError **error)
{
  return qc_sql_run (connection, error, "UPDATE draft SET name = nullif (?, '') WHERE id = ?", name, draft)
         && change_one (connection, draft, "is not there", error);
}

/* ---- the trash ---- */

/* The one row of @statement (NULL gives NULL). (transfer full) */
static QcStoreDraft *
take_one (QcStatement *statement, gint64 draft, GError **error)
{
  g_autoptr (GPtrArray) found = read_drafts (statement, error);
  if (found == NULL)
    return NULL;
  if (found->len > 0)
    return g_ptr_array_steal_index (found, 0);
  g_set_error (error, QC_STORE_ERROR, QC_STORE_ERROR_STATE, "draft %" G_GINT64_FORMAT " is not a deleted one", draft);
  return NULL;
}

static QcStoreDraft *
get_deleted (QcConnection *connection, gint64 draft, GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error, "SELECT " COLUMNS FROM " WHERE d.id = ? AND d.deleted <> 0", draft);
  return take_one (statement, draft, error);
}

/* Subject: the business; detail: the draft's number, its lines and its name. The actor is who signed in last. */
static gboolean
note (QcConnection *connection, const QcStoreDraft *draft, const char *action, gint64 now, GError **error)
{
  if (qc_store_draft_is_empty (draft))
    return TRUE;
  g_autoptr (QcStatement) s = qc_sql_bind (connection, error, "SELECT user FROM profile WHERE id = ?", draft->profile);
  gboolean has_row;
  if (s == NULL || !qc_statement_step (s, &has_row, error))
    return FALSE;
  g_autofree char *actor = has_row ? qc_statement_dup_text (s, 0) : NULL;
  g_autofree char *detail = g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "/%s", draft->id, draft->n_lines,
                                             draft->name != NULL ? draft->name : "");
  return qc_store_journal_append (connection, now, draft->profile, draft->unit, actor, action,
                                  qc_business_info (draft->business)->code, detail, error);
}

GPtrArray *
qc_store_draft_list_deleted (QcConnection *connection, const char *profile, const char *unit, GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT " COLUMNS FROM " WHERE s.profile = ?1 AND (?2 IS NULL OR s.unit = ?2)"
                     " AND d.deleted <> 0 ORDER BY d.deleted DESC, d.id DESC",
                     profile, unit);
  GPtrArray *list = read_drafts (statement, error);
  for (guint i = list != NULL ? list->len : 0; i-- > 0;)
    if (qc_store_draft_is_empty (g_ptr_array_index (list, i)))
      g_ptr_array_remove_index (list, i);
  return list;
}

gboolean
qc_store_draft_delete (QcConnection *connection, gint64 draft, gint64 now, GError **error)
{
  if (!qc_store_draft_check_open (connection, draft, error))
    return FALSE;
  g_autoptr (QcStoreDraft) was = qc_store_draft_get (connection, draft, error);
  return was != NULL && qc_sql_run (connection, error, "UPDATE draft SET deleted = ? WHERE id = ?", MAX (now, 1), draft)
         && note (connection, was, "draft.deleted", now, error);
}

gboolean
qc_store_draft_undelete (QcConnection *connection, gint64 draft, gint64 now, GError **error)
{
  g_autoptr (QcStoreDraft) was = get_deleted (connection, draft, error);
  return was != NULL && qc_sql_run (connection, error, "UPDATE draft SET deleted = 0 WHERE id = ?", draft)
         && note (connection, was, "draft.restored", now, error);
}

gboolean
qc_store_draft_destroy (QcConnection *connection, gint64 draft, gint64 now, GError **error)
{
  g_autoptr (QcStoreDraft) was = get_deleted (connection, draft, error);
  return was != NULL && qc_sql_run (connection, error, "DELETE FROM draft WHERE id = ?", draft)
         && note (connection, was, "draft.destroyed", now, error);
}

gboolean
qc_store_drafts_purge (QcConnection *connection, gint64 now, GError **error)
{
  return qc_sql_run (connection, error, "DELETE FROM draft WHERE deleted <> 0 AND deleted < ?",
                     now - QC_STORE_TRASH_KEEPS)
         && qc_sql_run (connection, error,
                        "DELETE FROM draft_line WHERE draft IN (SELECT id FROM draft WHERE state = 'done' AND"
                        " changed < ?)",
                        now - KEEP_ENDED)
         && qc_sql_run (connection, error,
                        "DELETE FROM draft_attachment WHERE draft IN (SELECT id FROM draft WHERE state = 'done' AND"
                        " changed < ?)",
                        now - KEEP_ENDED)
         && qc_sql_run (connection, error,
                        "DELETE FROM draft_step WHERE draft IN (SELECT id FROM draft WHERE state = 'done' AND"
                        " changed < ?)",
                        now - KEEP_ENDED);
}

gboolean
qc_store_draft_reopen (QcConnection *connection, gint64 draft, gint64 now, GError **error)
{
  return qc_sql_run (connection, error,
                     "UPDATE draft SET state = 'open', outbox = 0, changed = ?, revision = revision + 1"
                     " WHERE id = ? AND state = 'done'",
                     now, draft)
         && change_one (connection, draft, "is not a done one", error);
}
