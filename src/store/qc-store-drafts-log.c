/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Edits of drafts and the log from which undo and redo work. A removed line stays in its table, marked, as long as a
 * step of the log could bring it back: so undoing never has to invent an id or a place. Database threads only.
 */
#include "qc-store-drafts.h"

#include "qc-store-private.h"

/* Lines lie this far apart, so that there is room between them; see make_room(). */
#define SPACING ((gint64)1 << 32)
/* Steps kept per draft. */
#define MAX_STEPS 1000

typedef struct {
  QcConnection *connection;
  gint64 draft;
  gint64 step;
  int position; /* of the next operation */
} Edit;

gboolean
qc_store_draft_check_open (QcConnection *connection, gint64 draft, GError **error)
{
  gint64 open;

  if (!qc_store_int (connection, -1, &open, error, "SELECT state = 'open' FROM draft WHERE id = ?", "i", draft))
    return FALSE;
  if (open < 0)
    g_set_error (error, QC_STORE_ERROR, QC_STORE_ERROR_NOT_FOUND, "there is no draft %" G_GINT64_FORMAT, draft);
  else if (!open)
    g_set_error (error, QC_STORE_ERROR, QC_STORE_ERROR_STATE, "draft %" G_GINT64_FORMAT " is not open", draft);
  return open > 0;
}

static gboolean
touch (QcConnection *connection, gint64 draft, gint64 now, GError **error)
{
  return qc_store_run (connection, error, "UPDATE draft SET changed = ?, revision = revision + 1 WHERE id = ?", "ii",
                       now, draft);
}

static gboolean
log_operation (Edit *edit, const char *kind, gint64 line, const char *before, const char *after, GError **error)
{
  return qc_store_run (edit->connection, error,
                       "INSERT INTO draft_operation (draft, step, position, kind, line, before, after)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?)",
                       "iidsiss", edit->draft, edit->step, edit->position++, kind, line, before, after);
}

/* Lines nothing can bring back any more. */
static gboolean
forget_lines (QcConnection *connection, gint64 draft, GError **error)
{
  return qc_store_run (connection, error,
                       "DELETE FROM draft_line WHERE draft = ?1 AND removed = 1"
                       " AND id NOT IN (SELECT line FROM draft_operation WHERE draft = ?1)",
                       "i", draft);
}

/* A new step; what was undone can no longer be redone, and the oldest steps go. */
static gboolean
begin_step (Edit *edit, const char *label, gint64 now, GError **error)
{
  gint64 last;
  gboolean forgotten;

  if (!qc_store_run (edit->connection, error, "DELETE FROM draft_step WHERE draft = ? AND undone = 1", "i",
                     edit->draft))
    return FALSE;
  forgotten = qc_connection_changes (edit->connection) > 0;
  if (!qc_store_int (edit->connection, 0, &last, error, "SELECT max (step) FROM draft_step WHERE draft = ?", "i",
                     edit->draft)
      || !qc_store_run (edit->connection, error, "DELETE FROM draft_step WHERE draft = ? AND step <= ?", "ii",
                        edit->draft, last - MAX_STEPS))
    return FALSE;
  forgotten |= qc_connection_changes (edit->connection) > 0;
  edit->step = last + 1;
  return (!forgotten || forget_lines (edit->connection, edit->draft, error))
         && qc_store_run (edit->connection, error,
                          "INSERT INTO draft_step (draft, step, label, time) VALUES (?, ?, ?, ?)", "iisi", edit->draft,
                          edit->step, label, now);
}

static gboolean
not_found (gint64 line, GError **error)
{
  g_set_error (error, QC_STORE_ERROR, QC_STORE_ERROR_NOT_FOUND, "there is no line %" G_GINT64_FORMAT, line);
  return FALSE;
}

static gboolean
change_facts (Edit *edit, const QcStoreChange *change, GError **error)
{
  g_autoptr (QcStoreDraft) draft = qc_store_draft_get (edit->connection, edit->draft, error);

  return draft != NULL && log_operation (edit, "facts", 0, draft->facts, change->facts, error)
         && qc_store_run (edit->connection, error, "UPDATE draft SET facts = ? WHERE id = ?", "si", change->facts,
                          edit->draft);
}

static gboolean
set_line (Edit *edit, const QcStoreChange *change, GError **error)
{
  g_autoptr (QcStatement) statement = qc_store_bind (
      edit->connection, error, "SELECT facts FROM draft_line WHERE id = ? AND draft = ? AND removed = 0", "ii",
      change->line, edit->draft);
  g_autofree char *before = NULL;
  gboolean has_row;

  if (statement == NULL || !qc_statement_step (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return not_found (change->line, error);
  before = qc_statement_dup_text (statement, 0);
  return log_operation (edit, "set", change->line, before, change->facts, error)
         && qc_store_run (edit->connection, error, "UPDATE draft_line SET facts = ? WHERE id = ?", "si", change->facts,
                          change->line);
}

static gboolean
remove_line (Edit *edit, const QcStoreChange *change, GError **error)
{
  if (!qc_store_run (edit->connection, error,
                     "UPDATE draft_line SET removed = 1 WHERE id = ? AND draft = ? AND removed = 0", "ii", change->line,
                     edit->draft))
    return FALSE;
  return qc_connection_changes (edit->connection) == 1 ? log_operation (edit, "remove", change->line, NULL, NULL, error)
                                                       : not_found (change->line, error);
}

/* All lines of the draft, removed ones too, evenly apart again. */
static gboolean
make_room (Edit *edit, GError **error)
{
  return qc_store_run (edit->connection, error,
                       "UPDATE draft_line SET position = n.place * ?2 FROM"
                       " (SELECT id, row_number () OVER (ORDER BY position, id) AS place"
                       " FROM draft_line WHERE draft = ?1) AS n WHERE n.id = draft_line.id",
                       "ii", edit->draft, SPACING);
}

/* The free places before @before (0 = at the end) are after *@after, every *@gap. */
static gboolean
find_gap (Edit *edit, gint64 before, gsize n, gint64 *after, gint64 *gap, GError **error)
{
  gint64 place;

  for (int attempt = 0; attempt < 2; attempt++) {
    if (before == 0) {
      *gap = SPACING;
      return qc_store_int (edit->connection, 0, after, error, "SELECT max (position) FROM draft_line WHERE draft = ?",
                           "i", edit->draft);
    }
    if (!qc_store_int (edit->connection, -1, &place, error,
                       "SELECT position FROM draft_line WHERE id = ? AND draft = ? AND removed = 0", "ii", before,
                       edit->draft))
      return FALSE;
    if (place < 0)
      return not_found (before, error);
    if (!qc_store_int (edit->connection, 0, after, error,
                       "SELECT max (position) FROM draft_line WHERE draft = ? AND position < ?", "ii", edit->draft,
                       place))
      return FALSE;
    *gap = (place - *after) / (gint64)(n + 1);
    if (*gap > 0)
      return TRUE;
    if (!make_room (edit, error))
      return FALSE;
  }
  g_set_error_literal (error, QC_STORE_ERROR, QC_STORE_ERROR_INVALID, "too many lines in one place");
  return FALSE;
}

/* A run of new lines that go to the same place. */
static gboolean
add_lines (Edit *edit, QcStoreChange *changes, gsize n, GError **error)
{
  gint64 after, gap;

  if (!find_gap (edit, changes[0].before, n, &after, &gap, error))
    return FALSE;
  for (gsize i = 0; i < n; i++) {
    if (!qc_store_run (edit->connection, error,
                       "INSERT INTO draft_line (draft, position, person, facts) VALUES (?, ?, ?, ?)", "iiss",
                       edit->draft, after + gap * (gint64)(i + 1), changes[i].person,
                       changes[i].facts != NULL ? changes[i].facts : "{}"))
      return FALSE;
    changes[i].line = qc_connection_last_rowid (edit->connection);
    if (!log_operation (edit, "add", changes[i].line, NULL, NULL, error))
      return FALSE;
  }
  return TRUE;
}

static gsize
count_run (const QcStoreChange *changes, gsize n)
{
  gsize run = 1;

  while (run < n && changes[run].kind == QC_STORE_CHANGE_ADD_LINE && changes[run].before == changes[0].before)
    run++;
  return run;
}

gboolean
qc_store_draft_edit (QcConnection *connection, gint64 draft, const char *label, QcStoreChange *changes, gsize n_changes,
                     gint64 now, GError **error)
{
  Edit edit = {connection, draft, 0, 0};
  gboolean good = TRUE;

  if (n_changes == 0)
    return TRUE;
  if (!qc_store_draft_check_open (connection, draft, error) || !begin_step (&edit, label, now, error))
    return FALSE;
  for (gsize i = 0, run; good && i < n_changes; i += run) {
    run = 1;
    switch (changes[i].kind) {
    case QC_STORE_CHANGE_FACTS:
      good = change_facts (&edit, &changes[i], error);
      break;
    case QC_STORE_CHANGE_SET_LINE:
      good = set_line (&edit, &changes[i], error);
      break;
    case QC_STORE_CHANGE_REMOVE_LINE:
      good = remove_line (&edit, &changes[i], error);
      break;
    case QC_STORE_CHANGE_ADD_LINE:
      run = count_run (changes + i, n_changes - i);
      good = add_lines (&edit, changes + i, run, error);
      break;
    }
  }
  return good && touch (connection, draft, now, error);
}

/* What one operation means forwards and backwards. */
static gboolean
replay (QcConnection *connection, gint64 draft, const char *kind, gint64 line, const char *text, gboolean forwards,
        GError **error)
{
  if (g_str_equal (kind, "facts"))
    return qc_store_run (connection, error, "UPDATE draft SET facts = ? WHERE id = ?", "si", text, draft);
  if (g_str_equal (kind, "set"))
    return qc_store_run (connection, error, "UPDATE draft_line SET facts = ? WHERE id = ?", "si", text, line);
  return qc_store_run (connection, error, "UPDATE draft_line SET removed = ? WHERE id = ?", "di",
                       g_str_equal (kind, "add") != forwards, line);
}

static gboolean
replay_step (QcConnection *connection, gint64 draft, gint64 step, gboolean forwards, GError **error)
{
  g_autoptr (QcStatement) statement = qc_store_bind (
      connection, error,
      forwards ? "SELECT kind, line, after FROM draft_operation WHERE draft = ? AND step = ? ORDER BY position"
               : "SELECT kind, line, before FROM draft_operation WHERE draft = ? AND step = ? ORDER BY position DESC",
      "ii", draft, step);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return TRUE;
    if (!replay (connection, draft, qc_statement_get_text (statement, 0), qc_statement_get_int (statement, 1),
                 qc_statement_get_text (statement, 2), forwards, error))
      return FALSE;
  }
  return FALSE;
}

static gboolean
step_along (QcConnection *connection, gint64 draft, gboolean forwards, gint64 now, gboolean *done, GError **error)
{
  gint64 step;

  *done = FALSE;
  if (!qc_store_draft_check_open (connection, draft, error)
      || !qc_store_int (connection, 0, &step, error,
                        forwards ? "SELECT min (step) FROM draft_step WHERE draft = ? AND undone = 1"
                                 : "SELECT max (step) FROM draft_step WHERE draft = ? AND undone = 0",
                        "i", draft))
    return FALSE;
  if (step == 0)
    return TRUE;
  *done = TRUE;
  return replay_step (connection, draft, step, forwards, error)
         && qc_store_run (connection, error, "UPDATE draft_step SET undone = ? WHERE draft = ? AND step = ?", "dii",
                          !forwards, draft, step)
         && touch (connection, draft, now, error);
}

gboolean
qc_store_draft_undo (QcConnection *connection, gint64 draft, gint64 now, gboolean *done, GError **error)
{
  return step_along (connection, draft, FALSE, now, done, error);
}

gboolean
qc_store_draft_redo (QcConnection *connection, gint64 draft, gint64 now, gboolean *done, GError **error)
{
  return step_along (connection, draft, TRUE, now, done, error);
}
