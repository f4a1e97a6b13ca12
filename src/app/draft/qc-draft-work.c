/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Lines of a draft that are changed, as the log keeps them: what differs, before and after. Many are changed in pieces
 * between which the main loop draws; the draft is busy meanwhile, and the database hears of an edit when all are done.
 * Undo and redo are done to the lines in memory first, while the database does the same. Main context.
 */
#include "qc-draft-private.h"

#include "qc-wire-line.h"

#define PIECE 4000 /* microseconds of work at a stretch */
#define LOOK  256  /* lines between two looks at the clock; so many are always changed at once */
#define MANY  2000
#define CHUNK 256 /* lines of one operation of the log: SQLite reads all of a row to compare its key */

/* Lines that are otherwise than they were, as they go into the log. */
typedef struct {
  GArray *ids;               /* (owned) */
  GString *was, *now, *text; /* (owned) */
} Changed;

static Changed
changed_none (void)
{
  return (Changed) {g_array_new (FALSE, FALSE, sizeof (gint64)), g_string_new (NULL), g_string_new (NULL),
                    g_string_new (NULL)};
}

static void
changed_clear (Changed *changed)
{
  g_array_unref (changed->ids);
  g_string_free (changed->was, TRUE);
  g_string_free (changed->now, TRUE);
  g_string_free (changed->text, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Changed, changed_clear)

/* What was gathered becomes part of the step that is being made. */
static void
note_lines (QcDraft *self, Changed *changed)
{
  if (changed->now->len == 0)
    return;
  QcStoreChange change = {.kind = QC_STORE_CHANGE_LINES,
                          .was = g_bytes_new (changed->was->str, changed->was->len),
                          .now = g_bytes_new (changed->now->str, changed->now->len)};
  g_array_append_val (self->changes, change);
  g_string_truncate (changed->was, 0);
  g_string_truncate (changed->now, 0);
}

/* @line takes its place if it is otherwise. (transfer full) */
static void
replace_line (QcDraft *self, QcRosterLine *line, Changed *changed)
{
  const QcRosterLine *old = qc_roster_find (self->roster, line->id);
  g_string_truncate (changed->text, 0);
  if (old == NULL || !qc_wire_line_append_changes (changed->text, old, line)) {
    qc_roster_line_free (line);
    return;
  }
  qc_store_changed_lines_append (changed->now, line->id, changed->text->str);
  g_string_truncate (changed->text, 0);
  qc_wire_line_append_changes (changed->text, line, old);
  qc_store_changed_lines_append (changed->was, line->id, changed->text->str);
  g_array_append_val (changed->ids, line->id);
  qc_roster_replace (self->roster, line);
  if (changed->ids->len % CHUNK == 0)
    note_lines (self, changed);
}

struct _QcDraftWork {
  guint next; /* of @ids, or of @step->changes */
  Changed changed;
  /* an edit */
  GArray *ids; /* (owned) gint64 */
  QcDraftLineFunc func;
  gpointer data; /* (owned) by @data_free */
  GDestroyNotify data_free;
  char *label; /* (owned) */
  /* or lines that come, at the end or in the place of others */
  GPtrArray *coming; /* (owned) (nullable) QcRosterLine; NULL in the places of those that are on the roster */
  gboolean added;    /* any at the end */
  /* or undo, redo */
  QcStoreStep *step;         /* (owned) (nullable) */
  QcStoreChangedLines lines; /* of the piece before @next */
  gboolean structure;        /* lines come or go */
};

static void
work_free (QcDraftWork *work)
{
  changed_clear (&work->changed);
  g_clear_pointer (&work->ids, g_array_unref);
  g_clear_pointer (&work->coming, g_ptr_array_unref);
  if (work->data_free != NULL)
    work->data_free (work->data);
  g_free (work->label);
  qc_store_step_free (work->step);
  g_free (work);
}

/* One line of an edit. FALSE: that was the last one. */
static gboolean
edit_next (QcDraft *self, QcDraftWork *work)
{
  if (work->next == work->ids->len)
    return FALSE;
  const QcRosterLine *old = qc_roster_find (self->roster, g_array_index (work->ids, gint64, work->next++));
  if (old == NULL)
    return TRUE;
  QcRosterLine *line = qc_roster_line_copy (old);
  if (work->func (line, work->data))
    replace_line (self, line, &work->changed);
  else
    qc_roster_line_free (line);
  return TRUE;
}

/* @line comes onto the roster before line @place (0 = at the end), and into the step that is being made. */
void
qc_draft_note_line (QcDraft *self, const QcRosterLine *line, gint64 place)
{
  QcStoreChange change = {.kind = QC_STORE_CHANGE_ADD_LINE,
                          .line = line->id,
                          .before = place,
                          .person = g_strdup (qc_roster_line_identity (line)),
                          .facts = qc_wire_line_to_text (line)};
  g_array_append_val (self->changes, change);
}

/* One line that comes. FALSE: that was the last one. */
static gboolean
come_next (QcDraft *self, QcDraftWork *work)
{
  if (work->next == work->coming->len)
    return FALSE;
  QcRosterLine *line = g_steal_pointer (&g_ptr_array_index (work->coming, work->next++));
  if (line->id != 0) {
    replace_line (self, line, &work->changed);
    return TRUE;
  }
  work->added = TRUE;
  qc_roster_take (self->roster, -1, line);
  qc_draft_note_line (self, line, 0);
  g_array_append_val (work->changed.ids, line->id);
  return TRUE;
}

/* The log cannot be read: what the database has counts. */
static gboolean
give_up (QcDraft *self, const GError *error)
{
  g_warning ("draft %" G_GINT64_FORMAT ": %s", self->id, error->message);
  self->revision = -1;
  self->reload = TRUE;
  return FALSE;
}

/* One line of undo or redo. FALSE: that was the last one. */
static gboolean
travel_next (QcDraft *self, QcDraftWork *work)
{
  g_autoptr (GError) error = NULL;
  gint64 id;
  const char *change;
  if (!qc_store_changed_lines_next (&work->lines, &id, &change, &error)) {
    if (error != NULL)
      return give_up (self, error);
    if (work->next == work->step->changes->len)
      return FALSE;
    return qc_store_changed_lines_open (&work->lines, g_ptr_array_index (work->step->changes, work->next++), &error)
           || give_up (self, error);
  }
  QcRosterLine *line = qc_roster_find (self->roster, id);
  if (line == NULL)
    return TRUE; /* it came and went in this very step */
  g_array_append_val (work->changed.ids, id);
  return qc_wire_line_change (line, change, &error) || give_up (self, error);
}

static void
finish_edit (QcDraft *self, QcDraftWork *work)
{
  gboolean any = work->changed.ids->len > 0;
  note_lines (self, &work->changed);
  if (any)
    qc_draft_note_change (self, work->label);
  qc_draft_end_step (self);
  if (any)
    qc_draft_tell_lines (self, work->changed.ids, work->added);
}

static gboolean
next (QcDraft *self, QcDraftWork *work)
{
  return work->step != NULL     ? travel_next (self, work)
         : work->coming != NULL ? come_next (self, work)
                                : edit_next (self, work);
}

static gpointer
free_lines_thread (gpointer lines)
{
  g_ptr_array_unref (lines);
  return NULL;
}

gboolean
qc_draft_drop_lines (QcDraft *self, const gint64 *ids, guint n)
{
  GPtrArray *gone = qc_roster_take_out (self->roster, ids, n);
  gboolean any = gone->len > 0;
  if (gone->len > MANY) /* giving back what they took holds nobody up */
    g_thread_unref (g_thread_new ("free-lines", free_lines_thread, gone));
  else
    g_ptr_array_unref (gone);
  return any;
}

static void
finish_travel (QcDraft *self, QcDraftWork *work)
{
  const GArray *gone = work->step->gone;
  work->structure |= qc_draft_drop_lines (self, (const gint64 *)gone->data, gone->len);
  if (work->structure || work->changed.ids->len > 0)
    qc_draft_tell_lines (self, work->changed.ids, work->structure);
}

/* FALSE when there is no more of it. */
static gboolean
work_on (QcDraft *self, gint64 until)
{
  QcDraftWork *work = self->work;
  for (guint n = 1; next (self, work); n++)
    if (n % LOOK == 0 && g_get_monotonic_time () > until)
      return TRUE;
  self->work = NULL;
  if (work->step != NULL)
    finish_travel (self, work);
  else
    finish_edit (self, work);
  work_free (work);
  qc_draft_notify (self);
  qc_draft_load_again (self);
  qc_draft_end_write (self);
  return FALSE;
}

static gboolean
work_cb (gpointer user_data)
{
  return work_on (user_data, g_get_monotonic_time () + PIECE) ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* The first piece of it at once. (transfer full) */
static void
start_work (QcDraft *self, QcDraftWork *work)
{
  self->work = work;
  qc_draft_begin_write (self);
  if (!work_on (self, g_get_monotonic_time () + PIECE))
    return;
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, work_cb, g_object_ref (self), g_object_unref);
  qc_draft_notify (self);
}

/* What undo or redo does is on the screen first, then written. */
void
qc_draft_take_step (QcDraft *self, gboolean forwards, QcDraftState *state)
{
  if (state->step == NULL || state->step->step == 0 || state->revision != self->revision) {
    self->revision = -1; /* it was edited elsewhere: read it anew, and nothing is undone */
    qc_draft_push (self, QC_DRAFT_LOAD, NULL, NULL, NULL);
    return;
  }
  QcDraftWork *work = g_new0 (QcDraftWork, 1);
  work->changed = changed_none ();
  work->step = g_steal_pointer (&state->step);
  GArray *leaves = forwards ? self->undone : self->steps;
  guint step = leaves->len > 0 ? g_array_index (leaves, guint, leaves->len - 1) : 0;
  g_array_set_size (leaves, leaves->len - (leaves->len > 0));
  g_array_append_val (forwards ? self->steps : self->undone, step);
  char **from = forwards ? &self->redo : &self->undo;
  qc_draft_set_label (forwards ? &self->undo : &self->redo, *from);
  g_clear_pointer (from, g_free); /* what is next is known when it is written */
  g_autoptr (GHashTable) facts = work->step->facts != NULL ? qc_draft_facts_from_json (work->step->facts, NULL) : NULL;
  if (facts != NULL) {
    g_hash_table_unref (self->facts);
    self->facts = g_steal_pointer (&facts);
    qc_draft_tell_facts (self);
  }
  if (qc_draft_replace_attachments (self, work->step->attached, work->step->detached))
    qc_draft_tell_attachments (self);
  const GArray *back = work->step->back;
  g_autofree gint64 *before = g_new (gint64, back->len);
  for (guint i = 0; i < back->len; i++) {
    before[i] = g_array_index (back, QcStoreBack, i).before;
    g_array_append_val (work->changed.ids, g_array_index (back, QcStoreBack, i).line);
  }
  work->structure = back->len > 0;
  qc_roster_take_all (self->roster, g_steal_pointer (&state->back), before);
  QcDraftQueued *job = g_new0 (QcDraftQueued, 1);
  job->verb = forwards ? QC_DRAFT_REDO : QC_DRAFT_UNDO;
  job->step = work->step->step;
  qc_draft_queue (self, job);
  start_work (self, work);
}

GArray *
qc_draft_replace_lines (QcDraft *self, const GPtrArray *lines)
{
  g_auto (Changed) changed = changed_none ();
  for (guint i = 0; i < lines->len; i++)
    replace_line (self, qc_roster_line_copy (g_ptr_array_index (lines, i)), &changed);
  note_lines (self, &changed);
  return g_array_ref (changed.ids);
}

gboolean
qc_draft_put_lines (QcDraft *self, GPtrArray *lines, const char *label)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  if (!qc_draft_may_edit (self) || !self->loaded) {
    g_ptr_array_unref (lines);
    return FALSE;
  }
  QcDraftWork *work = g_new0 (QcDraftWork, 1);
  work->changed = changed_none ();
  work->coming = lines;
  work->label = g_strdup (label);
  qc_draft_begin_step (self); /* finish_edit() ends it */
  start_work (self, work);
  return TRUE;
}

gboolean
qc_draft_change_lines (QcDraft *self, const gint64 *ids, guint n, const char *label, QcDraftLineFunc func,
                       gpointer data, GDestroyNotify data_free)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  if (!qc_draft_may_edit (self)) {
    data_free (data);
    return FALSE;
  }
  QcDraftWork *work = g_new0 (QcDraftWork, 1);
  work->changed = changed_none ();
  work->ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);
  g_array_append_vals (work->ids, ids, n);
  work->func = func;
  work->data = data;
  work->data_free = data_free;
  work->label = g_strdup (label);
  qc_draft_begin_step (self); /* finish_edit() ends it */
  start_work (self, work);
  return TRUE;
}
