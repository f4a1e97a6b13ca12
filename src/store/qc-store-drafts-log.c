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
/* Operations that go at a time. */
#define TIDY_PIECE 250

typedef struct {
  QcConnection *connection;
  gint64 draft;
  gint64 step;
  int position; /* of the next operation */
  gint64 lines; /* more (or fewer) of them than before */
  gint64 last;  /* greatest id of a line that was added */
  /* prepared once for as many lines as there are */
  QcStatement *log, *insert, *set, *find;
} Edit;

static void
edit_clear (Edit *edit)
{
  g_clear_pointer (&edit->log, qc_statement_release);
  g_clear_pointer (&edit->insert, qc_statement_release);
  g_clear_pointer (&edit->set, qc_statement_release);
  g_clear_pointer (&edit->find, qc_statement_release);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Edit, edit_clear)

gboolean
qc_store_draft_check_open (QcConnection *connection, gint64 draft, GError **error)
{
  gint64 open;
  if (!qc_sql_int (connection, -1, &open, error, "SELECT state = 'open' FROM draft WHERE id = ? AND deleted = 0",
                   draft))
    return FALSE;
  if (open < 0)
    g_set_error (error, QC_STORE_ERROR, QC_STORE_ERROR_NOT_FOUND, "there is no draft %" G_GINT64_FORMAT, draft);
  else if (!open)
    g_set_error (error, QC_STORE_ERROR, QC_STORE_ERROR_STATE, "draft %" G_GINT64_FORMAT " is not open", draft);
  return open > 0;
}

static gboolean
touch (QcConnection *connection, gint64 draft, gint64 lines, gint64 last, gint64 now, GError **error)
{
  return qc_sql_run (connection, error,
                     "UPDATE draft SET changed = ?, revision = revision + 1, lines = lines + ?,"
                     " next_line = max (next_line, ?) WHERE id = ?",
                     now, lines, last + 1, draft);
}

static gboolean
prepare (QcConnection *connection, QcStatement **statement, const char *sql, GError **error)
{
  if (*statement != NULL) {
    qc_statement_reset (*statement);
    return TRUE;
  }
  *statement = qc_connection_prepare (connection, sql, error);
  return *statement != NULL;
}

static gboolean
log_operation (Edit *edit, const char *kind, gint64 line, const char *before, const char *after, GError **error)
{
  if (!prepare (edit->connection, &edit->log,
                "INSERT INTO draft_operation (draft, step, position, kind, line, before, after)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                error))
    return FALSE;
  qc_statement_bind_int (edit->log, 1, edit->draft);
  qc_statement_bind_int (edit->log, 2, edit->step);
  qc_statement_bind_int (edit->log, 3, edit->position++);
  qc_statement_bind_text (edit->log, 4, kind);
  qc_statement_bind_int (edit->log, 5, line);
  qc_statement_bind_text (edit->log, 6, before);
  qc_statement_bind_text (edit->log, 7, after);
  return qc_statement_run (edit->log, error);
}

/* A new step; what was undone can no longer be redone, and the oldest steps cannot be undone. They go when nobody waits
 * (qc_store_drafts_tidy()): a step may be a hundred thousand lines. */
static gboolean
begin_step (Edit *edit, const char *label, gint64 now, GError **error)
{
  gint64 last;
  if (!qc_sql_int (edit->connection, 0, &last, error, "SELECT max (step) FROM draft_step WHERE draft = ?", edit->draft)
      || !qc_sql_run (edit->connection, error, "UPDATE draft_step SET undone = 2 WHERE draft = ? AND undone = 1",
                      edit->draft)
      || !qc_sql_run (edit->connection, error,
                      "UPDATE draft_step SET undone = 2 WHERE draft = ? AND step <= ? AND undone = 0", edit->draft,
                      last - MAX_STEPS))
    return FALSE;
  edit->step = last + 1;
  return qc_sql_run (edit->connection, error, "INSERT INTO draft_step (draft, step, label, time) VALUES (?, ?, ?, ?)",
                     edit->draft, edit->step, label, now);
}

/* Behind the operations of the last step that was not undone; a step of its own where there is none. */
static gboolean
continue_step (Edit *edit, gint64 now, GError **error)
{
  gint64 position;
  if (!qc_sql_int (edit->connection, 0, &edit->step, error,
                   "SELECT max (step) FROM draft_step WHERE draft = ? AND undone = 0", edit->draft)
      || !qc_sql_int (edit->connection, 0, &position, error,
                      "SELECT coalesce (max (position) + 1, 0) FROM draft_operation WHERE draft = ? AND step = ?",
                      edit->draft, edit->step))
    return FALSE;
  edit->position = (int)position;
  return edit->step != 0 || begin_step (edit, "line.complete", now, error);
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
         && qc_sql_run (edit->connection, error, "UPDATE draft SET facts = ? WHERE id = ?", change->facts, edit->draft);
}

static gboolean
set_line (Edit *edit, const QcStoreChange *change, GError **error)
{
  if (!prepare (edit->connection, &edit->find,
                "SELECT facts FROM draft_line WHERE draft = ? AND line = ? AND removed = 0", error)
      || !prepare (edit->connection, &edit->set,
                   "UPDATE draft_line SET facts = ?, person = coalesce (?, person) WHERE draft = ? AND line = ?",
                   error))
    return FALSE;
  qc_statement_bind_int (edit->find, 1, edit->draft);
  qc_statement_bind_int (edit->find, 2, change->line);
  gboolean has_row;
  if (!qc_statement_step (edit->find, &has_row, error))
    return FALSE;
  if (!has_row)
    return not_found (change->line, error);
  if (!log_operation (edit, "set", change->line, qc_statement_get_text (edit->find, 0), change->facts, error))
    return FALSE;
  qc_statement_bind_text (edit->set, 1, change->facts);
  qc_statement_bind_text (edit->set, 2, change->person);
  qc_statement_bind_int (edit->set, 3, edit->draft);
  qc_statement_bind_int (edit->set, 4, change->line);
  return qc_statement_run (edit->set, error);
}

static gboolean
remove_line (Edit *edit, const QcStoreChange *change, GError **error)
{
  if (!qc_sql_run (edit->connection, error,
                   "UPDATE draft_line SET removed = 1 WHERE draft = ? AND line = ? AND removed = 0", edit->draft,
                   change->line))
    return FALSE;
  if (qc_connection_changes (edit->connection) != 1)
    return not_found (change->line, error);
  edit->lines--;
  return log_operation (edit, "remove", change->line, NULL, NULL, error);
}

/* All lines of the draft, removed ones too, evenly apart again. */
static gboolean
make_room (Edit *edit, GError **error)
{
  return qc_sql_run (edit->connection, error,
                     "UPDATE draft_line SET position = n.place * ?2 FROM"
                     " (SELECT line, row_number () OVER (ORDER BY position, line) AS place"
                     " FROM draft_line WHERE draft = ?1) AS n WHERE draft_line.draft = ?1 AND n.line = draft_line.line",
                     edit->draft, SPACING);
}

/* The free places before @before (0 = at the end) are after *@after, every *@gap. */
static gboolean
find_gap (Edit *edit, gint64 before, gsize n, gint64 *after, gint64 *gap, GError **error)
{
  gint64 place;
  for (int attempt = 0; attempt < 2; attempt++) {
    if (before == 0) {
      *gap = SPACING;
      return qc_sql_int (edit->connection, 0, after, error,
                         "SELECT max (position) FROM (SELECT max (position) AS position FROM draft_line WHERE"
                         " draft = ?1 AND removed = 0 UNION ALL SELECT max (position) FROM draft_line WHERE"
                         " draft = ?1 AND removed = 1)",
                         edit->draft);
    }
    if (!qc_sql_int (edit->connection, -1, &place, error,
                     "SELECT position FROM draft_line WHERE draft = ? AND line = ? AND removed = 0", edit->draft,
                     before))
      return FALSE;
    if (place < 0)
      return not_found (before, error);
    if (!qc_sql_int (edit->connection, 0, after, error,
                     "SELECT max (position) FROM (SELECT max (position) AS position FROM draft_line WHERE"
                     " draft = ?1 AND removed = 0 AND position < ?2 UNION ALL SELECT max (position) FROM draft_line"
                     " WHERE draft = ?1 AND removed = 1 AND position < ?2)",
                     edit->draft, place))
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
add_lines (Edit *edit, const QcStoreChange *changes, gsize n, GError **error)
{
  gint64 after, gap;
  if (!find_gap (edit, changes[0].before, n, &after, &gap, error))
    return FALSE;
  for (gsize i = 0; i < n; i++) {
    if (!prepare (edit->connection, &edit->insert,
                  "INSERT INTO draft_line (draft, line, position, person, facts) VALUES (?, ?, ?, ?, ?)", error))
      return FALSE;
    qc_statement_bind_int (edit->insert, 1, edit->draft);
    qc_statement_bind_int (edit->insert, 2, changes[i].line);
    qc_statement_bind_int (edit->insert, 3, after + gap * (gint64)(i + 1));
    qc_statement_bind_text (edit->insert, 4, changes[i].person);
    qc_statement_bind_text (edit->insert, 5, changes[i].facts != NULL ? changes[i].facts : "");
    if (!qc_statement_run (edit->insert, error) || !log_operation (edit, "add", changes[i].line, NULL, NULL, error))
      return FALSE;
    edit->lines++;
    edit->last = MAX (edit->last, changes[i].line);
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
qc_store_draft_edit (QcConnection *connection, gint64 draft, const char *label, const GArray *changes, gint64 now,
                     GError **error)
{
  g_auto (Edit) edit = {.connection = connection, .draft = draft};
  if (changes->len == 0)
    return TRUE;
  if (!qc_store_draft_check_open (connection, draft, error)
      || !(label != NULL ? begin_step (&edit, label, now, error) : continue_step (&edit, now, error)))
    return FALSE;
  gboolean good = TRUE;
  for (gsize i = 0, run; good && i < changes->len; i += run) {
    const QcStoreChange *change = &g_array_index (changes, QcStoreChange, i);
    run = 1;
    switch (change->kind) {
    case QC_STORE_CHANGE_FACTS:
      good = change_facts (&edit, change, error);
      break;
    case QC_STORE_CHANGE_SET_LINE:
      good = set_line (&edit, change, error);
      break;
    case QC_STORE_CHANGE_REMOVE_LINE:
      good = remove_line (&edit, change, error);
      break;
    case QC_STORE_CHANGE_ADD_LINE:
      run = count_run (change, changes->len - i);
      good = add_lines (&edit, change, run, error);
      break;
    }
  }
  return good && touch (connection, draft, edit.lines, edit.last, now, error);
}

/* ---- back and forth ---- */

typedef struct {
  QcConnection *connection;
  gint64 draft;
  gboolean forwards;
  gint64 lines;     /* more (or fewer) of them than before */
  gboolean facts;   /* of the draft are otherwise */
  GArray *ids;      /* (owned) gint64: the lines that were touched, each once */
  GHashTable *seen; /* (owned) gint64*: the same */
} Replay;

static void
replay_clear (Replay *replay)
{
  g_clear_pointer (&replay->ids, g_array_unref);
  g_clear_pointer (&replay->seen, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Replay, replay_clear)

static void
note_line (Replay *replay, gint64 line)
{
  if (g_hash_table_contains (replay->seen, &line))
    return;
  g_hash_table_add (replay->seen, g_memdup2 (&line, sizeof line));
  g_array_append_val (replay->ids, line);
}

/* What one operation means forwards and backwards. */
static gboolean
replay_one (Replay *replay, const char *kind, gint64 line, const char *text, GError **error)
{
  if (g_str_equal (kind, "facts")) {
    replay->facts = TRUE;
    return qc_sql_run (replay->connection, error, "UPDATE draft SET facts = ? WHERE id = ?", text, replay->draft);
  }
  note_line (replay, line);
  if (g_str_equal (kind, "set"))
    return qc_sql_run (replay->connection, error, "UPDATE draft_line SET facts = ? WHERE draft = ? AND line = ?", text,
                       replay->draft, line);
  gboolean removed = g_str_equal (kind, "add") != replay->forwards;
  replay->lines += removed ? -1 : 1;
  return qc_sql_run (replay->connection, error, "UPDATE draft_line SET removed = ? WHERE draft = ? AND line = ?",
                     removed, replay->draft, line);
}

static gboolean
replay_step (Replay *replay, gint64 step, GError **error)
{
  g_autoptr (QcStatement) statement = qc_sql_bind (
      replay->connection, error,
      replay->forwards
          ? "SELECT kind, line, after FROM draft_operation WHERE draft = ? AND step = ? ORDER BY position"
          : "SELECT kind, line, before FROM draft_operation WHERE draft = ? AND step = ? ORDER BY position DESC",
      replay->draft, step);
  gboolean has_row;
  while (statement != NULL && qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return TRUE;
    if (!replay_one (replay, qc_statement_get_text (statement, 0), qc_statement_get_int (statement, 1),
                     qc_statement_get_text (statement, 2), error))
      return FALSE;
  }
  return FALSE;
}

/* ---- what was touched ---- */

/* Those that went first; then from the last place to the first, so that each finds the one it stands before. */
static int
compare_touched (gconstpointer pa, gconstpointer pb)
{
  const QcStoreTouched *a = pa, *b = pb;
  if (a->removed != b->removed)
    return a->removed ? -1 : 1;
  if (a->position != b->position)
    return a->position > b->position ? -1 : 1;
  return (a->line < b->line) - (a->line > b->line);
}

static gboolean
tell_facts (Replay *replay, GArray *touched, GError **error)
{
  g_autoptr (QcStoreDraft) draft = qc_store_draft_get (replay->connection, replay->draft, error);
  if (draft == NULL)
    return FALSE;
  QcStoreTouched facts = {.facts = g_strdup (draft->facts)};
  g_array_append_val (touched, facts);
  return TRUE;
}

/* As it is now. */
static gboolean
tell_line (Replay *replay, gint64 line, GArray *touched, GError **error)
{
  QcStoreTouched one = {.line = line};
  gboolean has_row;
  g_autoptr (QcStatement) s = qc_sql_bind (
      replay->connection, error, "SELECT removed, position, facts FROM draft_line WHERE draft = ? AND line = ?",
      replay->draft, line);
  if (s == NULL || !qc_statement_step (s, &has_row, error))
    return FALSE;
  if (!has_row)
    return not_found (line, error);
  one.removed = qc_statement_get_int (s, 0) != 0;
  one.position = qc_statement_get_int (s, 1);
  if (!one.removed
      && !qc_sql_int (replay->connection, 0, &one.before, error,
                      "SELECT line FROM draft_line WHERE draft = ? AND removed = 0 AND (position, line) > (?, ?)"
                      " ORDER BY position, line LIMIT 1",
                      replay->draft, one.position, line))
    return FALSE;
  one.facts = one.removed ? NULL : qc_statement_dup_text (s, 2);
  g_array_append_val (touched, one);
  return TRUE;
}

static gboolean
tell_lines (Replay *replay, GArray *touched, GError **error)
{
  for (guint i = 0; i < replay->ids->len; i++)
    if (!tell_line (replay, g_array_index (replay->ids, gint64, i), touched, error))
      return FALSE;
  g_array_sort (touched, compare_touched);
  return TRUE;
}

static gboolean
step_along (QcConnection *connection, gint64 draft, gboolean forwards, gint64 now, GArray *touched, gboolean *done,
            GError **error)
{
  g_auto (Replay) replay = {.connection = connection,
                            .draft = draft,
                            .forwards = forwards,
                            .ids = g_array_new (FALSE, FALSE, sizeof (gint64)),
                            .seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL)};
  *done = FALSE;
  gint64 step;
  if (!qc_store_draft_check_open (connection, draft, error)
      || !qc_sql_int (connection, 0, &step, error,
                      forwards ? "SELECT min (step) FROM draft_step WHERE draft = ? AND undone = 1"
                               : "SELECT max (step) FROM draft_step WHERE draft = ? AND undone = 0",
                      draft))
    return FALSE;
  if (step == 0)
    return TRUE;
  *done = TRUE;
  return replay_step (&replay, step, error)
         && (touched == NULL || !replay.facts || tell_facts (&replay, touched, error))
         && (touched == NULL || tell_lines (&replay, touched, error))
         && qc_sql_run (connection, error, "UPDATE draft_step SET undone = ? WHERE draft = ? AND step = ?", !forwards,
                        draft, step)
         && touch (connection, draft, replay.lines, 0, now, error);
}

gboolean
qc_store_draft_undo (QcConnection *connection, gint64 draft, gint64 now, GArray *touched, gboolean *done,
                     GError **error)
{
  return step_along (connection, draft, FALSE, now, touched, done, error);
}

gboolean
qc_store_draft_redo (QcConnection *connection, gint64 draft, gint64 now, GArray *touched, gboolean *done,
                     GError **error)
{
  return step_along (connection, draft, TRUE, now, touched, done, error);
}

/* ---- what no undo reaches ---- */

/* Operations up to @end of a step go, and the lines only they could have brought back. */
static gboolean
forget_operations (QcConnection *connection, gint64 draft, gint64 step, gint64 end, GError **error)
{
  return qc_sql_run (connection, error,
                     "DELETE FROM draft_line WHERE draft = ?1 AND removed = 1 AND line IN (SELECT line FROM"
                     " draft_operation WHERE draft = ?1 AND step = ?2 AND position <= ?3) AND NOT EXISTS (SELECT 1 FROM"
                     " draft_operation AS o WHERE o.draft = ?1 AND o.line = draft_line.line AND (o.step <> ?2"
                     " OR o.position > ?3))",
                     draft, step, end)
         && qc_sql_run (connection, error, "DELETE FROM draft_operation WHERE draft = ? AND step = ? AND position <= ?",
                        draft, step, end);
}

gboolean
qc_store_drafts_tidy (QcConnection *connection, gboolean *out_more, GError **error)
{
  *out_more = FALSE;
  gint64 draft;
  if (!qc_sql_int (connection, 0, &draft, error, "SELECT min (draft) FROM draft_step WHERE undone = 2"))
    return FALSE;
  if (draft == 0)
    return TRUE;
  *out_more = TRUE;
  gint64 last;
  gint64 first;
  gint64 step;
  if (!qc_sql_int (connection, 0, &step, error, "SELECT min (step) FROM draft_step WHERE undone = 2 AND draft = ?",
                   draft)
      || !qc_sql_int (connection, -1, &first, error,
                      "SELECT min (position) FROM draft_operation WHERE draft = ? AND step = ?", draft, step)
      || !qc_sql_int (connection, -1, &last, error,
                      "SELECT max (position) FROM draft_operation WHERE draft = ? AND step = ?", draft, step))
    return FALSE;
  gint64 end = first + TIDY_PIECE - 1;
  return (first < 0 || forget_operations (connection, draft, step, end, error))
         && (end < last
             || qc_sql_run (connection, error, "DELETE FROM draft_step WHERE draft = ? AND step = ?", draft, step));
}
