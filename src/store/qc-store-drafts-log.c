/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Edits of drafts and the log from which undo and redo work. A removed line stays in its table, marked, as long as a
 * step of the log could bring it back: so undoing never has to invent an id or a place. Database threads only.
 */
#include "qc-store-drafts.h"

#include <string.h>

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
  QcStatement *log, *insert;
} Edit;

static void
edit_clear (Edit *edit)
{
  g_clear_pointer (&edit->log, qc_statement_release);
  g_clear_pointer (&edit->insert, qc_statement_release);
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

/* Of a line that came or went: there is nothing more to know. */
static gboolean
log_line (Edit *edit, const char *kind, gint64 line, GError **error)
{
  if (!prepare (edit->connection, &edit->log,
                "INSERT INTO draft_operation (draft, step, position, kind, line) VALUES (?, ?, ?, ?, ?)", error))
    return FALSE;
  qc_statement_bind_int (edit->log, 1, edit->draft);
  qc_statement_bind_int (edit->log, 2, edit->step);
  qc_statement_bind_int (edit->log, 3, edit->position++);
  qc_statement_bind_text (edit->log, 4, kind);
  qc_statement_bind_int (edit->log, 5, line);
  return qc_statement_run (edit->log, error);
}

/* Of anything else: what it takes to do it backwards and forwards, both texts or both bytes. */
#define log_change(edit, kind, before, after, error)                                                                \
  qc_sql_run ((edit)->connection, (error),                                                                          \
              "INSERT INTO draft_operation (draft, step, position, kind, before, after) VALUES (?, ?, ?, ?, ?, ?)", \
              (edit)->draft, (edit)->step, (edit)->position++, (kind), (before), (after))

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
  return draft != NULL && log_change (edit, "facts", draft->facts, change->facts, error)
         && qc_sql_run (edit->connection, error, "UPDATE draft SET facts = ? WHERE id = ?", change->facts, edit->draft);
}

/* ---- many lines in one piece: for each its id, a tab, its text and a NUL ---- */

void
qc_store_changed_lines_append (GString *lines, gint64 line, const char *change)
{
  char id[24];
  g_string_append_len (lines, id, g_snprintf (id, sizeof id, "%" G_GINT64_FORMAT "\t", line));
  g_string_append_len (lines, change, (gssize)strlen (change) + 1);
}

static gboolean
damaged (GError **error)
{
  g_set_error_literal (error, QC_STORE_ERROR, QC_STORE_ERROR_INVALID, "the log of a draft cannot be read");
  return FALSE;
}

gboolean
qc_store_changed_lines_open (QcStoreChangedLines *lines, GBytes *bytes, GError **error)
{
  gsize size;
  lines->at = g_bytes_get_data (bytes, &size);
  lines->end = lines->at + size;
  return size == 0 || lines->end[-1] == '\0' || damaged (error);
}

gboolean
qc_store_changed_lines_next (QcStoreChangedLines *lines, gint64 *line, const char **change, GError **error)
{
  if (lines->at == lines->end)
    return FALSE;
  char *tab;
  *line = g_ascii_strtoll (lines->at, &tab, 10);
  if (*line <= 0 || *tab != '\t')
    return damaged (error);
  *change = tab + 1;
  lines->at = *change + strlen (*change) + 1;
  return TRUE;
}

/* Makes these changes to lines that are there. */
static gboolean
change_lines (QcConnection *connection, gint64 draft, GBytes *changes, QcStoreChangeFunc func, GError **error)
{
  QcStoreChangedLines lines;
  g_autoptr (QcStatement) find = qc_sql_bind (
      connection, error, "SELECT facts FROM draft_line WHERE draft = ?1 AND line = ?2 AND removed = 0", draft);
  g_autoptr (QcStatement) set
      = qc_sql_bind (connection, error, "UPDATE draft_line SET facts = ?3 WHERE draft = ?1 AND line = ?2", draft);
  if (find == NULL || set == NULL || !qc_store_changed_lines_open (&lines, changes, error))
    return FALSE;
  gint64 line;
  const char *change;
  GError *fault = NULL;
  while (qc_store_changed_lines_next (&lines, &line, &change, &fault)) {
    gboolean has_row;
    qc_statement_reset (find);
    qc_statement_bind_int (find, 2, line);
    if (!qc_statement_step (find, &has_row, error))
      return FALSE;
    if (!has_row)
      return not_found (line, error);
    g_autofree char *person = NULL;
    g_autofree char *facts = func (qc_statement_get_text (find, 0), change, &person, error);
    qc_statement_bind_int (set, 2, line);
    qc_statement_bind_text (set, 3, facts);
    if (facts == NULL || !qc_statement_run (set, error)
        || (person != NULL
            && !qc_sql_run (connection, error, "UPDATE draft_line SET person = ? WHERE draft = ? AND line = ?", person,
                            draft, line)))
      return FALSE;
  }
  if (fault != NULL)
    g_propagate_error (error, fault);
  return fault == NULL;
}

static gboolean
set_lines (Edit *edit, const QcStoreChange *change, QcStoreChangeFunc func, GError **error)
{
  return log_change (edit, "set", change->was, change->now, error)
         && change_lines (edit->connection, edit->draft, change->now, func, error);
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
  return log_line (edit, "remove", change->line, error);
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

static gboolean
attach (Edit *edit, const QcStoreChange *change, GError **error)
{
  const QcAttachment *a = change->attachment;
  return qc_sql_run (edit->connection, error,
                     "INSERT INTO draft_attachment (draft, id, line, kind, name, digest, size, lines)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                     edit->draft, change->line, a->line, a->kind, a->name, a->digest, a->size, a->lines)
         && log_line (edit, "attach", change->line, error);
}

static gboolean
detach (Edit *edit, const QcStoreChange *change, GError **error)
{
  if (!qc_sql_run (edit->connection, error,
                   "UPDATE draft_attachment SET removed = 1 WHERE draft = ? AND id = ? AND removed = 0", edit->draft,
                   change->line))
    return FALSE;
  if (qc_connection_changes (edit->connection) != 1)
    return not_found (change->line, error);
  return log_line (edit, "detach", change->line, error);
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
    if (!qc_statement_run (edit->insert, error) || !log_line (edit, "add", changes[i].line, error))
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
qc_store_draft_edit (QcConnection *connection, gint64 draft, const char *label, const GArray *changes,
                     QcStoreChangeFunc func, gint64 now, GError **error)
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
    case QC_STORE_CHANGE_LINES:
      good = set_lines (&edit, change, func, error);
      break;
    case QC_STORE_CHANGE_REMOVE_LINE:
      good = remove_line (&edit, change, error);
      break;
    case QC_STORE_CHANGE_ATTACH:
      good = attach (&edit, change, error);
      break;
    case QC_STORE_CHANGE_DETACH:
      good = detach (&edit, change, error);
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

/* One operation of the log as it is to be done now: backwards, what came goes. */
typedef struct {
  enum { FACTS, LINES, COMES, GOES, ATTACHED, DETACHED } kind;
  gint64 line;
  char *facts;   /* (owned) FACTS */
  GBytes *lines; /* (owned) LINES */
} Operation;

static void
operation_clear (Operation *operation)
{
  g_free (operation->facts);
  g_clear_pointer (&operation->lines, g_bytes_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Operation, operation_clear)

/* The operations of a step in the order in which they are to be done. */
static QcStatement *
read_step (QcConnection *connection, gint64 draft, gint64 step, gboolean forwards, GError **error)
{
  return qc_sql_bind (
      connection, error,
      forwards ? "SELECT kind, line, after FROM draft_operation WHERE draft = ? AND step = ? ORDER BY position"
               : "SELECT kind, line, before FROM draft_operation WHERE draft = ? AND step = ? ORDER BY position DESC",
      draft, step);
}

/* FALSE: there is none any more, or *@error. */
static gboolean
next_operation (QcStatement *step, gboolean forwards, Operation *out, GError **error)
{
  gboolean has_row;
  operation_clear (out);
  *out = (Operation) {0};
  if (!qc_statement_step (step, &has_row, error) || !has_row)
    return FALSE;
  const char *kind = qc_statement_get_text (step, 0);
  out->line = qc_statement_get_int (step, 1);
  if (g_str_equal (kind, "facts")) {
    out->kind = FACTS;
    out->facts = qc_statement_dup_text (step, 2);
  } else if (g_str_equal (kind, "set")) {
    gsize size;
    gconstpointer data = qc_statement_get_blob (step, 2, &size);
    out->kind = LINES;
    out->lines = g_bytes_new (data, size);
  } else if (g_str_equal (kind, "attach") || g_str_equal (kind, "detach")) {
    out->kind = g_str_equal (kind, "attach") == forwards ? ATTACHED : DETACHED;
  } else {
    out->kind = g_str_equal (kind, "add") == forwards ? COMES : GOES;
  }
  return TRUE;
}

/* The step whose turn it is, 0 = none. */
static gboolean
find_turn (QcConnection *connection, gint64 draft, gboolean forwards, gint64 *step, GError **error)
{
  return qc_store_draft_check_open (connection, draft, error)
         && qc_sql_int (connection, 0, step, error,
                        forwards ? "SELECT min (step) FROM draft_step WHERE draft = ? AND undone = 1"
                                 : "SELECT max (step) FROM draft_step WHERE draft = ? AND undone = 0",
                        draft);
}

static gboolean
do_operation (QcConnection *connection, gint64 draft, const Operation *operation, QcStoreChangeFunc func,
              GError **error)
{
  switch (operation->kind) {
  case FACTS:
    return qc_sql_run (connection, error, "UPDATE draft SET facts = ? WHERE id = ?", operation->facts, draft);
  case LINES:
    return change_lines (connection, draft, operation->lines, func, error);
  case ATTACHED:
  case DETACHED:
    return qc_sql_run (connection, error, "UPDATE draft_attachment SET removed = ? WHERE draft = ? AND id = ?",
                       operation->kind == DETACHED, draft, operation->line);
  case COMES:
  case GOES:
  default:
    return qc_sql_run (connection, error, "UPDATE draft_line SET removed = ? WHERE draft = ? AND line = ?",
                       operation->kind == GOES, draft, operation->line);
  }
}

gboolean
qc_store_draft_do_step (QcConnection *connection, gint64 draft, gint64 step, gboolean forwards, QcStoreChangeFunc func,
                        gint64 now, GError **error)
{
  gint64 turn;
  if (!find_turn (connection, draft, forwards, &turn, error))
    return FALSE;
  if (turn != step) {
    g_set_error (error, QC_STORE_ERROR, QC_STORE_ERROR_STATE, "draft %" G_GINT64_FORMAT " was edited meanwhile", draft);
    return FALSE;
  }
  g_autoptr (QcStatement) operations = read_step (connection, draft, step, forwards, error);
  g_auto (Operation) operation = {0};
  GError *fault = NULL;
  gint64 lines = 0;
  while (operations != NULL && next_operation (operations, forwards, &operation, &fault)) {
    lines += (operation.kind == COMES) - (operation.kind == GOES);
    if (!do_operation (connection, draft, &operation, func, error))
      return FALSE;
  }
  if (fault != NULL)
    g_propagate_error (error, fault);
  return operations != NULL && fault == NULL
         && qc_sql_run (connection, error, "UPDATE draft_step SET undone = ? WHERE draft = ? AND step = ?", !forwards,
                        draft, step)
         && touch (connection, draft, lines, 0, now, error);
}

/* ---- what it will do ---- */

static void
back_clear (QcStoreBack *back)
{
  g_free (back->facts);
}

static QcStoreStep *
step_new (gint64 number)
{
  QcStoreStep *step = g_new0 (QcStoreStep, 1);
  step->step = number;
  step->back = g_array_new (FALSE, FALSE, sizeof (QcStoreBack));
  g_array_set_clear_func (step->back, (GDestroyNotify)back_clear);
  step->changes = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  step->gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  step->attached = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_store_attachment_free);
  step->detached = g_array_new (FALSE, FALSE, sizeof (gint64));
  return step;
}

void
qc_store_step_free (QcStoreStep *step)
{
  if (step == NULL)
    return;
  g_free (step->facts);
  g_array_unref (step->back);
  g_ptr_array_unref (step->changes);
  g_array_unref (step->gone);
  g_ptr_array_unref (step->attached);
  g_array_unref (step->detached);
  g_free (step);
}

/* Lines that come back, in the order of their places: each before the next line that is there now. */
static gboolean
find_places (QcConnection *connection, gint64 draft, gint64 step, gboolean forwards, GArray *back, GError **error)
{
  g_autoptr (QcStatement) lines = qc_sql_bind (
      connection, error,
      "SELECT l.line, l.facts, l.position FROM draft_operation AS o CROSS JOIN draft_line AS l ON l.draft = o.draft"
      " AND l.line = o.line WHERE o.draft = ? AND o.step = ? AND o.kind = ? AND l.removed = 1"
      " ORDER BY l.position, l.line",
      draft, step, forwards ? "add" : "remove");
  gboolean has_row = lines != NULL;
  while (has_row) {
    if (!qc_statement_step (lines, &has_row, error))
      return FALSE;
    if (!has_row)
      break;
    QcStoreBack one = {.line = qc_statement_get_int (lines, 0)};
    if (!qc_sql_int (connection, 0, &one.before, error,
                     "SELECT line FROM draft_line WHERE draft = ? AND removed = 0 AND (position, line) > (?, ?)"
                     " ORDER BY position, line LIMIT 1",
                     draft, qc_statement_get_int (lines, 2), one.line))
      return FALSE;
    one.facts = qc_statement_dup_text (lines, 1);
    g_array_append_val (back, one);
  }
  return lines != NULL;
}

/* Attachments that come back. */
static gboolean
find_attached (QcConnection *connection, gint64 draft, gint64 step, gboolean forwards, GPtrArray *out, GError **error)
{
  g_autoptr (QcStatement) s = qc_sql_bind (
      connection, error,
      "SELECT " QC_STORE_ATTACHMENT_COLUMNS " FROM draft_operation AS o CROSS JOIN draft_attachment AS t"
      " ON t.draft = o.draft AND t.id = o.line WHERE o.draft = ? AND o.step = ? AND o.kind = ? AND t.removed = 1"
      " ORDER BY t.id",
      draft, step, forwards ? "attach" : "detach");
  gboolean has_row;
  while (s != NULL && qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return TRUE;
    g_ptr_array_add (out, qc_store_read_attachment (s));
  }
  return FALSE;
}

QcStoreStep *
qc_store_draft_find_step (QcConnection *connection, gint64 draft, gboolean forwards, GError **error)
{
  gint64 number;
  if (!find_turn (connection, draft, forwards, &number, error))
    return NULL;
  g_autoptr (QcStoreStep) step = step_new (number);
  if (number == 0)
    return g_steal_pointer (&step);
  g_autoptr (QcStatement) operations = read_step (connection, draft, number, forwards, error);
  g_auto (Operation) operation = {0};
  GError *fault = NULL;
  while (operations != NULL && next_operation (operations, forwards, &operation, &fault)) {
    if (operation.kind == FACTS) {
      g_free (step->facts);
      step->facts = g_steal_pointer (&operation.facts);
    } else if (operation.kind == LINES) {
      g_ptr_array_add (step->changes, g_steal_pointer (&operation.lines));
    } else if (operation.kind == GOES) {
      g_array_append_val (step->gone, operation.line);
    } else if (operation.kind == DETACHED) {
      g_array_append_val (step->detached, operation.line);
    }
  }
  if (fault != NULL)
    g_propagate_error (error, fault);
  return operations != NULL && fault == NULL && find_places (connection, draft, number, forwards, step->back, error)
                 && find_attached (connection, draft, number, forwards, step->attached, error)
             ? g_steal_pointer (&step)
             : NULL;
}

/* ---- what no undo reaches ---- */

/* Operations up to @end of a step go, and the lines only they could have brought back. */
static gboolean
forget_operations (QcConnection *connection, gint64 draft, gint64 step, gint64 end, GError **error)
{
  return qc_sql_run (connection, error,
                     "DELETE FROM draft_line WHERE draft = ?1 AND removed = 1 AND line IN (SELECT line FROM"
                     " draft_operation WHERE draft = ?1 AND step = ?2 AND position <= ?3 AND kind IN ('add', 'remove'))"
                     " AND NOT EXISTS (SELECT 1 FROM draft_operation AS o WHERE o.draft = ?1 AND o.line ="
                     " draft_line.line AND o.kind IN ('add', 'remove') AND (o.step <> ?2 OR o.position > ?3))",
                     draft, step, end)
         && qc_sql_run (
             connection, error,
             "DELETE FROM draft_attachment WHERE draft = ?1 AND removed = 1 AND id IN (SELECT line FROM"
             " draft_operation WHERE draft = ?1 AND step = ?2 AND position <= ?3 AND kind IN ('attach',"
             " 'detach')) AND NOT EXISTS (SELECT 1 FROM draft_operation AS o WHERE o.draft = ?1 AND o.line ="
             " draft_attachment.id AND o.kind IN ('attach', 'detach') AND (o.step <> ?2 OR o.position > ?3))",
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
