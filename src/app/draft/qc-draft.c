/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A draft: facts and roster in memory, deltas on their way to the database. One job runs at a time; an edit that fails
 * stays first in line. What is read counts only when nothing waits to be written. Main context.
 */
#include "qc-draft.h"

#include <glib/gi18n-lib.h>

#include "qc-draft-io.h"
#include "qc-session-private.h"
#include "qc-store.h"
#include "qc-wire-line.h"

#define RETRY_SECONDS 5
#define TELL_WAIT     500 /* ms: lists of drafts follow, but not each key */

struct _QcDraft {
  GObject parent_instance;
  QcSession *session;   /* (owned) */
  char *profile, *unit; /* (owned) (nullable) */
  QcBusiness business;
  gint64 id, outbox, revision; /* revision -1: nothing was read yet */
  char *name;                  /* (owned) (nullable) */
  GHashTable *facts;           /* (owned) */
  QcRoster *roster;            /* (owned) */
  GPtrArray *findings;         /* (owned) */
  char *undo, *redo;           /* (owned) (nullable) labels */
  gboolean loaded, busy;
  GQueue queue;           /* (owned) Job, the first one is under way or is to be tried again */
  gboolean running;       /* the first job of the queue is under way */
  guint writes;           /* jobs in the queue that are no loads */
  guint unsaved;          /* edits in the queue */
  gboolean unwritten;     /* the first job of the queue is an edit that failed */
  gboolean reload;        /* what the database says is to be read once that is written */
  guint retry;            /* source */
  guint step;             /* depth of begin_step */
  char *label;            /* (owned) (nullable) of the step being made */
  GArray *changes;        /* (owned) QcStoreChange of the step being made */
  gboolean facts_changed; /* in the step being made */
  guint tell;             /* source */
  guint told_lines;
  gint64 told_faults;
  GError *error; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (QcDraft, qc_draft, G_TYPE_OBJECT)

enum { PROP_0, PROP_LOADED, PROP_EMPTY, PROP_CAN_UNDO, PROP_CAN_REDO, PROP_BUSY, PROP_UNSAVED, PROP_ERROR, N_PROPS };
static GParamSpec *props[N_PROPS];
enum { CHANGED, LINES_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* One thing to be done by the database. The job of an edit is made anew for each try: it is taken by the thread. */
typedef struct {
  QcDraftVerb verb;
  GArray *changes; /* (owned) (nullable) */
  char *label;     /* (owned) (nullable) */
  gint64 faults;
  GTask *task; /* (owned) (nullable) of a load */
} Job;

/* The drafts of a session on their way to the database, the last one at the end. They live until they are there, and
 * who opens one of them meanwhile gets what was typed: it could not be read yet. */
static GPtrArray *
drafts_under_way (QcSession *session)
{
  static const char *const name = "drafts-under-way";
  GPtrArray *drafts = g_object_get_data (G_OBJECT (session), name);
  if (drafts == NULL) {
    drafts = g_ptr_array_new_with_free_func (g_object_unref);
    g_object_set_data_full (G_OBJECT (session), name, drafts, (GDestroyNotify)g_ptr_array_unref);
  }
  return drafts;
}

static void
queue_job (QcDraft *self, Job *job)
{
  g_queue_push_tail (&self->queue, job);
  self->unsaved += job->verb == QC_DRAFT_EDIT;
  if (job->verb != QC_DRAFT_LOAD && self->writes++ == 0)
    g_ptr_array_add (drafts_under_way (self->session), g_object_ref (self));
}

/* The first one: it is done, or never will be. May let go of @self. (transfer full) */
static Job *
pop_job (QcDraft *self)
{
  Job *job = g_queue_pop_head (&self->queue);
  self->unsaved -= job->verb == QC_DRAFT_EDIT;
  if (job->verb != QC_DRAFT_LOAD && --self->writes == 0)
    g_ptr_array_remove (drafts_under_way (self->session), self);
  return job;
}

static void
job_free (Job *job)
{
  g_clear_pointer (&job->changes, g_array_unref);
  g_free (job->label);
  g_clear_object (&job->task);
  g_free (job);
}

static void
notify_all (QcDraft *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
tell_lines (QcDraft *self, GArray *ids, gboolean structure)
{
  g_signal_emit (self, signals[LINES_CHANGED], 0, ids, structure);
}

/* ---- what the database says ---- */

static gboolean
same_facts (GHashTable *a, GHashTable *b)
{
  if (g_hash_table_size (a) != g_hash_table_size (b))
    return FALSE;
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, a);
  gpointer name, value;
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (g_strcmp0 (value, g_hash_table_lookup (b, name)) != 0)
      return FALSE;
  return TRUE;
}

/* The lines that undo or redo touched, as they are now. */
static gboolean
take_touched (QcDraft *self, const GArray *touched)
{
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) back = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  for (guint i = 0; i < touched->len; i++) {
    const QcStoreTouched *one = &g_array_index (touched, QcStoreTouched, i);
    if (one->line == 0)
      continue; /* facts: in the state */
    if (one->removed) {
      g_array_append_val (gone, one->line);
      continue;
    }
    g_autoptr (GError) error = NULL;
    QcRosterLine *line = qc_wire_line_from_text (one->facts, &error);
    if (line == NULL) {
      g_warning ("draft %" G_GINT64_FORMAT ": %s", self->id, error->message);
      return FALSE;
    }
    line->id = one->line;
    g_array_append_val (changed, one->line);
    if (qc_roster_find (self->roster, one->line) != NULL) {
      qc_roster_replace (self->roster, line);
    } else {
      g_ptr_array_add (back, line);
      g_array_append_val (before, one->before);
    }
  }
  gboolean structure = qc_roster_remove (self->roster, (const gint64 *)gone->data, gone->len) > 0 || back->len > 0;
  qc_roster_take_all (self->roster, g_steal_pointer (&back), (const gint64 *)before->data);
  if (structure || changed->len > 0)
    tell_lines (self, changed, structure);
  return TRUE;
}

static void
set_text (char **text, const char *value)
{
  char *old = *text;
  *text = g_strdup (value);
  g_free (old);
}

static void
take_head (QcDraft *self, QcDraftState *state)
{
  self->id = state->id;
  self->revision = state->revision;
  set_text (&self->name, state->name);
  if (self->unsaved > 0)
    return; /* what would be undone is further on already */
  set_text (&self->undo, state->undo);
  set_text (&self->redo, state->redo);
}

/* Everything: nothing that was typed waits to be written. */
static void
take_state (QcDraft *self, QcDraftState *state)
{
  gboolean changed = !same_facts (self->facts, state->facts) || self->outbox != state->outbox || !self->loaded
                     || self->findings->len != state->findings->len;
  take_head (self, state);
  g_hash_table_unref (self->facts);
  self->facts = g_steal_pointer (&state->facts);
  g_ptr_array_unref (self->findings);
  self->findings = g_steal_pointer (&state->findings);
  self->outbox = state->outbox;
  self->loaded = TRUE;
  if (state->roster != NULL) {
    qc_roster_free (self->roster);
    self->roster = g_steal_pointer (&state->roster);
    tell_lines (self, NULL, TRUE);
  } else if (state->touched != NULL && !take_touched (self, state->touched)) {
    self->revision = -1; /* read all of it again */
    qc_draft_load_async (self, NULL, NULL, NULL);
  }
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- the queue ---- */

static void run_next (QcDraft *self);
static void push (QcDraft *self, QcDraftVerb verb, GArray *changes, char *label, GTask *task);

static gboolean
retry_cb (gpointer user_data)
{
  g_autoptr (QcDraft) self = g_object_ref (user_data);
  self->retry = 0;
  run_next (self);
  return G_SOURCE_REMOVE;
}

/* Nobody waits for a load that has to stand behind an edit which cannot be written: it is made up for later. */
static void
put_loads_off (QcDraft *self)
{
  for (GList *link = self->queue.head->next, *next; link != NULL; link = next) {
    Job *job = link->data;
    next = link->next;
    if (job->verb != QC_DRAFT_LOAD)
      continue;
    self->reload = TRUE;
    if (job->task != NULL)
      g_task_return_boolean (job->task, TRUE);
    job_free (job);
    g_queue_delete_link (&self->queue, link);
  }
}

/* The edit stays first in line, unless it never can be written: the draft was sent meanwhile. */
static void
edit_failed (QcDraft *self, const GError *error)
{
  g_clear_error (&self->error);
  if (g_error_matches (error, QC_STORE_ERROR, QC_STORE_ERROR_STATE)
      || g_error_matches (error, QC_STORE_ERROR, QC_STORE_ERROR_NOT_FOUND)) {
    self->error
        = g_error_new_literal (QC_APP_ERROR, QC_APP_ERROR_DRAFT,
                               _ ("It was submitted or deleted meanwhile; what was entered last is not in it."));
    job_free (pop_job (self));
    self->unwritten = FALSE;
    self->revision = -1;
    qc_draft_load_async (self, NULL, NULL, NULL);
    return;
  }
  self->error = g_error_copy (error);
  self->unwritten = TRUE;
  put_loads_off (self);
  if (self->retry == 0)
    self->retry = g_timeout_add_seconds (RETRY_SECONDS, retry_cb, self);
}

/* While one of these waits or runs nothing can be edited. */
static gboolean
is_travel (QcDraftVerb verb)
{
  return verb == QC_DRAFT_UNDO || verb == QC_DRAFT_REDO || verb == QC_DRAFT_DISCARD;
}

static gboolean
tell_cb (gpointer user_data)
{
  QcDraft *self = user_data;
  self->tell = 0;
  if (qc_session_get_database (self->session)) /* else it was closed meanwhile */
    qc_session_data_changed (self->session, QC_DATA_DRAFTS);
  return G_SOURCE_REMOVE;
}

/* Lists show how many people and faults there are. */
static void
tell_lists (QcDraft *self, const Job *job)
{
  gint64 faults = job->verb == QC_DRAFT_FAULTS ? job->faults : self->told_faults;
  if (job->verb == QC_DRAFT_LOAD)
    self->told_lines = self->roster->lines->len;
  if (job->verb == QC_DRAFT_LOAD || (self->roster->lines->len == self->told_lines && faults == self->told_faults))
    return;
  self->told_lines = self->roster->lines->len;
  self->told_faults = faults;
  if (self->tell == 0)
    self->tell = g_timeout_add (TELL_WAIT, tell_cb, self);
}

static gboolean
answer_cb (gpointer task)
{
  g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

/* Who has waited for a roster goes on once it has been shown: either takes a while. */
static void
answer (GTask *task, gboolean later)
{
  if (task == NULL)
    return;
  if (later)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, answer_cb, g_object_ref (task), g_object_unref);
  else
    g_task_return_boolean (task, TRUE);
}

static void
job_done (QcDraft *self, QcDraftState *state)
{
  g_autofree Job *job = pop_job (self);
  gboolean anew = state->roster != NULL;
  gboolean tell = state->created || job->verb == QC_DRAFT_DISCARD || job->verb == QC_DRAFT_RENAME;
  self->busy &= !is_travel (job->verb);
  if (job->verb == QC_DRAFT_EDIT)
    self->unwritten = FALSE;
  if (job->verb != QC_DRAFT_LOAD && job->verb != QC_DRAFT_FAULTS)
    g_clear_error (&self->error);
  if (job->verb == QC_DRAFT_EDIT)
    take_head (self, state);
  else if (self->unsaved == 0)
    take_state (self, state);
  else if (job->verb == QC_DRAFT_LOAD)
    push (self, QC_DRAFT_LOAD, NULL, NULL, NULL); /* behind what was typed meanwhile */
  tell_lists (self, job);
  answer (job->task, anew);
  g_clear_pointer (&job->changes, g_array_unref);
  g_free (job->label);
  g_clear_object (&job->task);
  notify_all (self);
  if (tell)
    qc_session_data_changed (self->session, QC_DATA_DRAFTS);
  if (self->reload && self->unsaved == 0) {
    self->reload = FALSE;
    push (self, QC_DRAFT_LOAD, NULL, NULL, NULL);
  }
}

static void
job_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcDraft) self = user_data;
  g_autoptr (GError) error = NULL;
  QcDraftState *state = qc_database_finish (QC_DATABASE (source), result, &error);
  Job *job = g_queue_peek_head (&self->queue);
  self->running = FALSE;
  if (state != NULL) {
    job_done (self, state);
    qc_draft_state_free (state);
  } else if (job->verb == QC_DRAFT_EDIT) {
    edit_failed (self, error);
    notify_all (self);
    if (self->unwritten)
      return;
  } else {
    pop_job (self);
    self->busy &= !is_travel (job->verb);
    if (job->verb != QC_DRAFT_LOAD && job->verb != QC_DRAFT_FAULTS) {
      g_clear_error (&self->error);
      self->error = g_error_copy (error);
    }
    if (job->task != NULL)
      g_task_return_error (job->task, g_steal_pointer (&error));
    job_free (job);
    notify_all (self);
  }
  run_next (self);
}

static void
run_next (QcDraft *self)
{
  Job *job = g_queue_peek_head (&self->queue);
  QcDatabase *database = qc_session_get_database (self->session);
  if (job == NULL || self->running)
    return;
  if (database == NULL || self->profile == NULL || self->unit == NULL) {
    pop_job (self);
    if (job->task != NULL)
      g_task_return_new_error (job->task, QC_APP_ERROR, database != NULL ? QC_APP_ERROR_NO_UNIT : QC_APP_ERROR_NOT_OPEN,
                               _ ("No unit is open"));
    job_free (job);
    run_next (self);
    return;
  }
  QcDraftJob *io = qc_draft_job_new (job->verb, self->profile, self->unit, self->business);
  g_autofree char *name = g_strdup_printf ("draft-%d", job->verb);
  io->id = self->id;
  io->known = self->revision;
  io->changes = job->changes != NULL ? g_array_ref (job->changes) : NULL;
  io->label = g_strdup (job->label);
  io->faults = job->faults;
  io->now = qc_clock_now (qc_context_get_clock (qc_session_get_context (self->session)));
  g_clear_handle_id (&self->retry, g_source_remove);
  self->running = TRUE;
  /* the edits that a load must see are written: one job at a time */
  (job->verb == QC_DRAFT_LOAD ? qc_database_read_async : qc_database_write_async) (
      database, name, qc_draft_job_run, io, (GDestroyNotify)qc_draft_job_free, (GDestroyNotify)qc_draft_state_free,
      NULL, job_done_cb, g_object_ref (self));
}

/* Takes @changes, @label and @task. */
static void
push (QcDraft *self, QcDraftVerb verb, GArray *changes, char *label, GTask *task)
{
  Job *job = g_new0 (Job, 1);
  job->verb = verb;
  job->changes = changes;
  job->label = label;
  job->task = task;
  queue_job (self, job);
  run_next (self);
}

void
qc_draft_load_async (QcDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  push (self, QC_DRAFT_LOAD, NULL, NULL, g_task_new (self, cancellable, callback, user_data));
}

gboolean
qc_draft_load_finish (QcDraft *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- edits ---- */

static gboolean
may_edit (QcDraft *self)
{
  return self->outbox == 0 && !self->busy;
}

/* The step is over: what it changed goes to the database as one. */
static void
store_step (QcDraft *self)
{
  if (self->facts_changed) {
    QcStoreChange change = {.kind = QC_STORE_CHANGE_FACTS, .facts = qc_draft_facts_to_json (self->facts)};
    g_array_append_val (self->changes, change);
  }
  if (self->changes->len == 0)
    return;
  gboolean facts = self->facts_changed;
  GArray *changes = g_steal_pointer (&self->changes);
  self->changes = qc_store_changes_new ();
  self->facts_changed = FALSE;
  set_text (&self->undo, self->label);
  g_clear_pointer (&self->redo, g_free);
  g_ptr_array_set_size (self->findings, 0);
  push (self, QC_DRAFT_EDIT, changes, g_steal_pointer (&self->label), NULL);
  if (facts)
    g_signal_emit (self, signals[CHANGED], 0);
  notify_all (self);
}

static void
note_change (QcDraft *self, const char *label)
{
  if (self->label == NULL)
    self->label = g_strdup (label);
  if (self->step == 0)
    store_step (self);
}

void
qc_draft_begin_step (QcDraft *self)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  self->step++;
}

void
qc_draft_end_step (QcDraft *self)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  g_return_if_fail (self->step > 0);
  if (--self->step == 0)
    store_step (self);
}

void
qc_draft_set (QcDraft *self, const char *name, const char *value)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  g_return_if_fail (name);
  if (!may_edit (self) || g_strcmp0 (g_hash_table_lookup (self->facts, name), value) == 0)
    return;
  if (value != NULL)
    g_hash_table_replace (self->facts, g_strdup (name), g_strdup (value));
  else
    g_hash_table_remove (self->facts, name);
  self->facts_changed = TRUE;
  note_change (self, name);
}

void
qc_draft_set_int (QcDraft *self, const char *name, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);
  qc_draft_set (self, name, text);
}

gboolean
qc_draft_add_lines (QcDraft *self, GPtrArray *lines, gint64 before, const char *label)
{
  g_autoptr (GPtrArray) owned = lines;
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  if (!may_edit (self) || !self->loaded || lines->len == 0)
    return FALSE;
  g_autoptr (GArray) ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), lines->len);
  gint64 place = qc_roster_find (self->roster, before) != NULL ? before : 0;
  g_autofree gint64 *places = g_new (gint64, lines->len);
  for (guint i = 0; i < lines->len; i++) {
    ((QcRosterLine *)g_ptr_array_index (lines, i))->id = 0;
    places[i] = place;
  }
  qc_roster_take_all (self->roster, g_ptr_array_ref (lines), places);
  for (guint i = 0; i < lines->len; i++) {
    const QcRosterLine *line = g_ptr_array_index (lines, i);
    QcStoreChange change = {.kind = QC_STORE_CHANGE_ADD_LINE,
                            .line = line->id,
                            .before = place,
                            .person = g_strdup (qc_roster_line_identity (line)),
                            .facts = qc_wire_line_to_text (line)};
    g_array_append_val (self->changes, change);
    g_array_append_val (ids, line->id);
  }
  note_change (self, label);
  tell_lines (self, ids, TRUE);
  return TRUE;
}

/* The changes that make the roster's lines @lines; their ids. (transfer full) */
static GArray *
replace_lines (QcDraft *self, const GPtrArray *lines)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), lines->len);
  for (guint i = 0; i < lines->len; i++) {
    QcRosterLine *line = g_ptr_array_index (lines, i);
    const QcRosterLine *old = qc_roster_find (self->roster, line->id);
    if (old == NULL || qc_roster_line_equal (old, line))
      continue;
    QcStoreChange change = {.kind = QC_STORE_CHANGE_SET_LINE,
                            .line = line->id,
                            .person = g_strdup (qc_roster_line_identity (line)),
                            .facts = qc_wire_line_to_text (line)};
    g_array_append_val (self->changes, change);
    g_array_append_val (ids, line->id);
    qc_roster_replace (self->roster, qc_roster_line_copy (line));
  }
  return ids;
}

gboolean
qc_draft_set_lines (QcDraft *self, GPtrArray *lines, const char *label)
{
  g_autoptr (GPtrArray) owned = lines;
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  if (!may_edit (self))
    return FALSE;
  g_autoptr (GArray) ids = replace_lines (self, lines);
  if (ids->len == 0)
    return TRUE;
  note_change (self, label);
  tell_lines (self, ids, FALSE);
  return TRUE;
}

gboolean
qc_draft_amend_lines (QcDraft *self, GPtrArray *lines)
{
  g_autoptr (GPtrArray) owned = lines;
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  if (!may_edit (self) || self->step > 0)
    return FALSE;
  g_autoptr (GArray) ids = replace_lines (self, lines);
  if (ids->len == 0)
    return TRUE;
  GArray *changes = g_steal_pointer (&self->changes);
  self->changes = qc_store_changes_new ();
  push (self, QC_DRAFT_EDIT, changes, NULL, NULL);
  notify_all (self);
  tell_lines (self, ids, FALSE);
  return TRUE;
}

gboolean
qc_draft_remove_lines (QcDraft *self, const gint64 *ids, guint n, const char *label)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  if (!may_edit (self))
    return FALSE;
  guint before = self->changes->len;
  g_autoptr (GHashTable) gone = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < n; i++) {
    QcStoreChange change = {.kind = QC_STORE_CHANGE_REMOVE_LINE, .line = ids[i]};
    if (qc_roster_find (self->roster, ids[i]) != NULL && g_hash_table_add (gone, (gpointer)&ids[i]))
      g_array_append_val (self->changes, change);
  }
  if (self->changes->len == before)
    return TRUE;
  qc_roster_remove (self->roster, ids, n);
  note_change (self, label);
  tell_lines (self, NULL, TRUE);
  return TRUE;
}

static void
travel (QcDraft *self, QcDraftVerb verb)
{
  self->busy = TRUE;
  push (self, verb, NULL, NULL, NULL);
  notify_all (self);
}

void
qc_draft_undo (QcDraft *self)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  if (qc_draft_can_undo (self))
    travel (self, QC_DRAFT_UNDO);
}

void
qc_draft_redo (QcDraft *self)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  if (qc_draft_can_redo (self))
    travel (self, QC_DRAFT_REDO);
}

void
qc_draft_set_faults (QcDraft *self, gint64 faults)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  if (self->id == 0 && self->unsaved == 0)
    return;
  push (self, QC_DRAFT_FAULTS, NULL, NULL, NULL);
  ((Job *)g_queue_peek_tail (&self->queue))->faults = faults;
}

void
qc_draft_rename (QcDraft *self, const char *name)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  push (self, QC_DRAFT_RENAME, NULL, g_strdup (name != NULL ? name : ""), NULL);
}

void
qc_draft_discard (QcDraft *self)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  if (may_edit (self))
    travel (self, QC_DRAFT_DISCARD);
}

/* ---- what there is ---- */

QcBusiness
qc_draft_get_business (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), QC_BUSINESS_OTHER);
  return self->business;
}

gint64
qc_draft_get_id (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), 0);
  return self->id;
}

gint64
qc_draft_get_revision (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), -1);
  return self->revision;
}

const char *
qc_draft_get_name (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), NULL);
  return self->name;
}

gint64
qc_draft_get_outbox (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), 0);
  return self->outbox;
}

const GPtrArray *
qc_draft_get_findings (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), NULL);
  return self->findings;
}

const char *
qc_draft_get (QcDraft *self, const char *name)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), NULL);
  return g_hash_table_lookup (self->facts, name);
}

gint64
qc_draft_get_int (QcDraft *self, const char *name, gint64 fallback)
{
  const char *text = qc_draft_get (self, name);
  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : fallback;
}

void
qc_draft_foreach (QcDraft *self, const char *prefix, GHFunc func, gpointer user_data)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, self->facts);
  gpointer name, value;
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (g_str_has_prefix (name, prefix))
      func (name, value, user_data);
}

const QcRoster *
qc_draft_get_roster (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), NULL);
  return self->roster;
}

gboolean
qc_draft_is_loaded (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  return self->loaded;
}

gboolean
qc_draft_is_empty (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), TRUE);
  return g_hash_table_size (self->facts) == 0 && self->roster->lines->len == 0;
}

gboolean
qc_draft_is_busy (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  return self->busy;
}

gboolean
qc_draft_can_undo (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  return self->undo != NULL && may_edit (self) && !self->unwritten;
}

gboolean
qc_draft_can_redo (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  return self->redo != NULL && may_edit (self) && !self->unwritten;
}

const char *
qc_draft_get_undo_label (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), NULL);
  return self->undo;
}

const char *
qc_draft_get_redo_label (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), NULL);
  return self->redo;
}

guint
qc_draft_get_unsaved (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), 0);
  return self->unsaved;
}

gboolean
qc_draft_is_unwritten (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  return self->unwritten;
}

/* ---- the object ---- */

static void
qc_draft_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  QcDraft *self = QC_DRAFT (object);
  switch (id) {
  case PROP_LOADED:
    g_value_set_boolean (value, self->loaded);
    break;
  case PROP_EMPTY:
    g_value_set_boolean (value, qc_draft_is_empty (self));
    break;
  case PROP_CAN_UNDO:
    g_value_set_boolean (value, qc_draft_can_undo (self));
    break;
  case PROP_CAN_REDO:
    g_value_set_boolean (value, qc_draft_can_redo (self));
    break;
  case PROP_BUSY:
    g_value_set_boolean (value, self->busy);
    break;
  case PROP_UNSAVED:
    g_value_set_uint (value, self->unsaved);
    break;
  case PROP_ERROR:
    g_value_set_boxed (value, self->error);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
qc_draft_finalize (GObject *object)
{
  QcDraft *self = QC_DRAFT (object);
  g_clear_handle_id (&self->retry, g_source_remove);
  if (self->tell != 0) {
    g_clear_handle_id (&self->tell, g_source_remove);
    tell_cb (self);
  }
  g_queue_clear_full (&self->queue, (GDestroyNotify)job_free);
  g_clear_object (&self->session);
  g_clear_pointer (&self->facts, g_hash_table_unref);
  g_clear_pointer (&self->roster, qc_roster_free);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->changes, g_array_unref);
  g_clear_error (&self->error);
  g_free (self->profile);
  g_free (self->unit);
  g_free (self->name);
  g_free (self->undo);
  g_free (self->redo);
  g_free (self->label);
  G_OBJECT_CLASS (qc_draft_parent_class)->finalize (object);
}

static void
qc_draft_class_init (QcDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  object_class->get_property = qc_draft_get_property;
  object_class->finalize = qc_draft_finalize;
  props[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  props[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, TRUE, flags);
  props[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  props[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  props[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  props[PROP_UNSAVED] = g_param_spec_uint ("unsaved", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] = g_signal_new ("changed", QC_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LINES_CHANGED] = g_signal_new ("lines-changed", QC_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_ARRAY, G_TYPE_BOOLEAN);
}

static void
qc_draft_init (QcDraft *self)
{
  g_queue_init (&self->queue);
  self->revision = -1;
  self->facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->roster = qc_roster_new ();
  self->findings = qc_findings_new ();
  self->changes = qc_store_changes_new ();
}

static gboolean
has_job (QcDraft *self, QcDraftVerb verb)
{
  for (GList *link = self->queue.head; link != NULL; link = link->next)
    if (((Job *)link->data)->verb == verb)
      return TRUE;
  return FALSE;
}

/* (nullable) (transfer none) */
static QcDraft *
find_under_way (QcSession *session, QcBusiness business, gint64 id)
{
  const GPtrArray *drafts = drafts_under_way (session);
  for (guint i = drafts->len; i > 0; i--) {
    QcDraft *draft = g_ptr_array_index (drafts, i - 1);
    if (draft->business == business && draft->outbox == 0 && (id == 0 || draft->id == id)
        && g_strcmp0 (draft->profile, qc_session_get_profile_id (session)) == 0
        && g_strcmp0 (draft->unit, qc_session_get_unit_account (session)) == 0 && !has_job (draft, QC_DRAFT_DISCARD))
      return draft;
  }
  return NULL;
}

QcDraft *
qc_draft_new (QcSession *session, QcBusiness business, gint64 id)
{
  g_return_val_if_fail (QC_IS_SESSION (session), NULL);
  QcDraft *under_way = find_under_way (session, business, id);
  if (under_way != NULL)
    return g_object_ref (under_way);
  QcDraft *self = g_object_new (QC_TYPE_DRAFT, NULL);
  self->session = g_object_ref (session);
  self->business = business;
  self->id = id;
  self->profile = g_strdup (qc_session_get_profile_id (session));
  self->unit = g_strdup (qc_session_get_unit_account (session));
  return self;
}
