/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Drafts: making, reading, finding, locking. The edits and their log are in qc-store-drafts-log.c. Database threads
 * only.
 */
#include "qc-store-drafts.h"

#include "qc-store-private.h"

#define COLUMNS                                                                                                  \
  "d.id, s.profile, s.unit, d.business, d.state, d.facts, d.created, d.changed, d.revision, d.outbox, d.serial," \
  " (SELECT count(*) FROM draft_line WHERE draft = d.id AND removed = 0),"                                       \
  " (SELECT label FROM draft_step WHERE draft = d.id AND undone = 0 ORDER BY step DESC LIMIT 1),"                \
  " (SELECT label FROM draft_step WHERE draft = d.id AND undone = 1 ORDER BY step LIMIT 1)"
#define FROM " FROM draft AS d JOIN scope AS s ON s.id = d.scope"

void
qc_store_draft_free (QcStoreDraft *draft)
{
  if (draft == NULL)
    return;
  g_free (draft->profile);
  g_free (draft->unit);
  g_free (draft->facts);
  g_free (draft->undo);
  g_free (draft->redo);
  g_free (draft->serial);
  g_free (draft);
}

void
qc_store_draft_line_free (QcStoreDraftLine *line)
{
  if (line == NULL)
    return;
  g_free (line->person);
  g_free (line->facts);
  g_ptr_array_unref (line->reasons);
  g_free (line);
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
    g_warning ("draft %" G_GINT64_FORMAT " is of an unknown business", draft->id);
  draft->state = parse_state (qc_statement_get_text (s, 4));
  draft->facts = qc_statement_dup_text (s, 5);
  draft->created = qc_statement_get_int (s, 6);
  draft->changed = qc_statement_get_int (s, 7);
  draft->revision = qc_statement_get_int (s, 8);
  draft->outbox = qc_statement_get_int (s, 9);
  draft->serial = qc_statement_dup_text (s, 10);
  draft->n_lines = qc_statement_get_int (s, 11);
  if (draft->state == QC_STORE_DRAFT_OPEN) {
    draft->undo = qc_statement_dup_text (s, 12);
    draft->redo = qc_statement_dup_text (s, 13);
  }
  return draft;
}

gboolean
qc_store_draft_find (QcConnection *connection, const char *profile, const char *unit, QcBusiness business,
                     QcStoreDraft **out, GError **error)
{
  g_autoptr (QcStatement) statement = qc_store_bind (
      connection, error,
      "SELECT " COLUMNS FROM " WHERE s.profile = ? AND s.unit = ? AND d.business = ? AND d.state <> 'done'"
      " ORDER BY d.state = 'open' DESC, d.changed DESC, d.id DESC LIMIT 1",
      "sss", profile, unit, qc_business_info (business)->code);
  gboolean has_row;

  *out = NULL;
  if (statement == NULL || !qc_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *out = read_draft (statement);
  return TRUE;
}

gboolean
qc_store_draft_create (QcConnection *connection, const char *profile, const char *unit, QcBusiness business,
                       const char *facts, gint64 now, gint64 *out_id, GError **error)
{
  const char *code = qc_business_info (business)->code;
  gint64 scope, open;

  if (!qc_store_scope_ensure (connection, profile, unit, &scope, error)
      || !qc_store_int (connection, 0, &open, error,
                        "SELECT id FROM draft WHERE scope = ? AND business = ? AND state = 'open'", "is", scope, code))
    return FALSE;
  if (open != 0) {
    g_set_error (error, QC_STORE_ERROR, QC_STORE_ERROR_STATE, "draft %" G_GINT64_FORMAT " of %s is open", open, code);
    return FALSE;
  }
  if (!qc_store_run (connection, error,
                     "INSERT INTO draft (scope, business, state, facts, created, changed)"
                     " VALUES (?, ?, 'open', ?, ?, ?)",
                     "issii", scope, code, facts != NULL ? facts : "{}", now, now))
    return FALSE;
  *out_id = qc_connection_last_rowid (connection);
  return TRUE;
}

QcStoreDraft *
qc_store_draft_get (QcConnection *connection, gint64 draft, GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_store_bind (connection, error, "SELECT " COLUMNS FROM " WHERE d.id = ?", "i", draft);
  gboolean has_row;

  if (statement == NULL || !qc_statement_step (statement, &has_row, error))
    return NULL;
  if (has_row)
    return read_draft (statement);
  g_set_error (error, QC_STORE_ERROR, QC_STORE_ERROR_NOT_FOUND, "there is no draft %" G_GINT64_FORMAT, draft);
  return NULL;
}

GPtrArray *
qc_store_draft_list (QcConnection *connection, const char *profile, const char *unit, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_store_draft_free);
  g_autoptr (QcStatement) statement = qc_store_bind (
      connection, error,
      "SELECT " COLUMNS FROM " WHERE s.profile = ?1 AND (?2 IS NULL OR s.unit = ?2) AND d.state <> 'done'"
      " ORDER BY d.changed DESC, d.id DESC",
      "ss", profile, unit);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    g_ptr_array_add (list, read_draft (statement));
  }
  return NULL;
}

/* Findings of @line (0 = of the draft itself) appended to @findings. */
static gboolean
read_reasons (QcConnection *connection, gint64 draft, gint64 line, GPtrArray *findings, GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_store_bind (connection, error,
                       "SELECT code, severity, month, person, field, args FROM draft_reason"
                       " WHERE draft = ? AND line = ? ORDER BY position",
                       "ii", draft, line);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  while (qc_statement_step (statement, &has_row, error)) {
    QcFinding *finding;

    if (!has_row)
      return TRUE;
    finding = qc_store_read_finding (statement, 0);
    finding->line = line;
    g_ptr_array_add (findings, finding);
  }
  return FALSE;
}

GPtrArray *
qc_store_draft_lines (QcConnection *connection, gint64 draft, gint64 offset, gint64 limit, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_store_draft_line_free);
  g_autoptr (QcStatement) statement
      = qc_store_bind (connection, error,
                       "SELECT id, person, facts FROM draft_line WHERE draft = ?1 AND removed = 0"
                       " ORDER BY position, id LIMIT ?3 OFFSET ?2",
                       "iii", draft, offset, limit);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  while (qc_statement_step (statement, &has_row, error)) {
    QcStoreDraftLine *line;

    if (!has_row)
      return g_steal_pointer (&lines);
    line = g_new0 (QcStoreDraftLine, 1);
    line->id = qc_statement_get_int (statement, 0);
    line->person = qc_statement_dup_text (statement, 1);
    line->facts = qc_statement_dup_text (statement, 2);
    line->reasons = qc_findings_new ();
    g_ptr_array_add (lines, line);
    if (!read_reasons (connection, draft, line->id, line->reasons, error))
      return NULL;
  }
  return NULL;
}

/* The ids of the lines in order. */
static GArray *
line_ids (QcConnection *connection, gint64 draft, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (QcStatement) statement = qc_store_bind (
      connection, error, "SELECT id FROM draft_line WHERE draft = ? AND removed = 0 ORDER BY position, id", "i", draft);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  while (qc_statement_step (statement, &has_row, error)) {
    gint64 id;

    if (!has_row)
      return g_steal_pointer (&ids);
    id = qc_statement_get_int (statement, 0);
    g_array_append_val (ids, id);
  }
  return NULL;
}

gboolean
qc_store_draft_set_findings (QcConnection *connection, gint64 draft, const GPtrArray *findings, GError **error)
{
  if (!qc_store_run (connection, error, "DELETE FROM draft_reason WHERE draft = ?", "i", draft))
    return FALSE;
  for (guint i = 0; findings != NULL && i < findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (findings, i);
    g_autofree char *args = qc_store_finding_args (finding);

    if (!qc_store_run (connection, error,
                       "INSERT INTO draft_reason (draft, line, position, code, severity, month, person, field, args)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                       "iidsddsss", draft, finding->line, (int)i, finding->code, (int)finding->severity, finding->month,
                       finding->person, finding->field, args))
      return FALSE;
  }
  return TRUE;
}

GPtrArray *
qc_store_draft_get_findings (QcConnection *connection, gint64 draft, gboolean all, GError **error)
{
  g_autoptr (GPtrArray) findings = qc_findings_new ();
  g_autoptr (GArray) ids = NULL;

  if (!read_reasons (connection, draft, 0, findings, error))
    return NULL;
  if (!all)
    return g_steal_pointer (&findings);
  ids = line_ids (connection, draft, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!read_reasons (connection, draft, g_array_index (ids, gint64, i), findings, error))
      return NULL;
  return ids != NULL ? g_steal_pointer (&findings) : NULL;
}

gboolean
qc_store_draft_delete (QcConnection *connection, gint64 draft, GError **error)
{
  return qc_store_draft_check_open (connection, draft, error)
         && qc_store_run (connection, error, "DELETE FROM draft WHERE id = ?", "i", draft);
}

gboolean
qc_store_draft_reopen (QcConnection *connection, gint64 draft, gint64 now, GError **error)
{
  if (!qc_store_run (connection, error,
                     "UPDATE draft SET state = 'open', outbox = 0, changed = ?, revision = revision + 1"
                     " WHERE id = ? AND state = 'done'",
                     "ii", now, draft))
    return FALSE;
  if (qc_connection_changes (connection) == 1)
    return TRUE;
  g_set_error (error, QC_STORE_ERROR, QC_STORE_ERROR_STATE, "draft %" G_GINT64_FORMAT " is not a done one", draft);
  return FALSE;
}
