/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The jobs of a draft for the database, one at a time. An edit that fails stays first in line. What is read counts only
 * when nothing waits to be written. Main context.
 */
#include "qc-draft-private.h"

#include <glib/gi18n-lib.h>

#include "qc-session-private.h"
#include "qc-store.h"
#include "qc-wire-object.h"

#define RETRY_SECONDS 5
#define TELL_WAIT     500 /* ms: lists of drafts follow, but not each key */

static void run_next (QcDraft *self);

GPtrArray *
qc_drafts_under_way (QcSession *session)
{
  static const char *const name = "drafts-under-way";
  GPtrArray *drafts = g_object_get_data (G_OBJECT (session), name);
  if (drafts == NULL) {
    drafts = g_ptr_array_new_with_free_func (g_object_unref);
    g_object_set_data_full (G_OBJECT (session), name, drafts, (GDestroyNotify)g_ptr_array_unref);
  }
  return drafts;
}

gboolean
qc_drafts_are_saved (QcSession *session, const GError **out_error)
{
  g_return_val_if_fail (QC_IS_SESSION (session), TRUE);
  const GPtrArray *drafts = qc_drafts_under_way (session);
  *out_error = NULL;
  for (guint i = 0; i < drafts->len && *out_error == NULL; i++) {
    const QcDraft *draft = g_ptr_array_index (drafts, i);
    *out_error = draft->unwritten ? draft->error : NULL;
  }
  return drafts->len == 0;
}

void
qc_draft_begin_write (QcDraft *self)
{
  if (self->writes++ == 0)
    g_ptr_array_add (qc_drafts_under_way (self->session), g_object_ref (self));
}

void
qc_draft_end_write (QcDraft *self)
{
  if (--self->writes == 0)
    g_ptr_array_remove (qc_drafts_under_way (self->session), self);
}

static gboolean
only_reads (QcDraftVerb verb)
{
  return verb == QC_DRAFT_LOAD || verb == QC_DRAFT_FIND_UNDO || verb == QC_DRAFT_FIND_REDO;
}

/* What is on the screen and has to be written. */
static gboolean
is_edit (QcDraftVerb verb)
{
  return verb == QC_DRAFT_EDIT || verb == QC_DRAFT_UNDO || verb == QC_DRAFT_REDO;
}

void
qc_draft_queue (QcDraft *self, QcDraftQueued *job)
{
  g_queue_push_tail (&self->queue, job);
  self->unsaved += is_edit (job->verb);
  if (!only_reads (job->verb))
    qc_draft_begin_write (self);
}

/* The first one: it is done, or never will be. May let go of @self. (transfer full) */
static QcDraftQueued *
pop_job (QcDraft *self)
{
  QcDraftQueued *job = g_queue_pop_head (&self->queue);
  self->unsaved -= is_edit (job->verb);
  if (!only_reads (job->verb))
    qc_draft_end_write (self);
  return job;
}

static void
job_free (QcDraftQueued *job)
{
  g_clear_pointer (&job->changes, g_array_unref);
  g_free (job->label);
  g_clear_object (&job->task);
  g_free (job);
}

gboolean
qc_draft_has_job (QcDraft *self, QcDraftVerb verb)
{
  for (GList *link = self->queue.head; link != NULL; link = link->next)
    if (((QcDraftQueued *)link->data)->verb == verb)
      return TRUE;
  return FALSE;
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

static void
take_head (QcDraft *self, QcDraftState *state)
{
  self->id = state->id;
  self->revision = state->revision;
  if (self->unsaved > 0)
    return; /* what would be undone is further on already */
  qc_draft_set_label (&self->undo, state->undo);
  qc_draft_set_label (&self->redo, state->redo);
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
    g_array_set_size (self->steps, 0);
    g_array_set_size (self->undone, 0);
    qc_roster_free (self->roster);
    self->roster = g_steal_pointer (&state->roster);
    g_ptr_array_unref (self->attachments);
    self->attachments = g_steal_pointer (&state->attachments);
    self->next_attachment = MAX (state->next_attachment, 1);
    qc_draft_tell_lines (self, NULL, TRUE);
    qc_draft_tell_attachments (self);
  }
  if (changed)
    qc_draft_tell_facts (self);
}

/* ---- the queue ---- */

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
    QcDraftQueued *job = link->data;
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

/* The edit stays first in line, unless it never can be written: the draft was sent meanwhile, or its log cannot be
 * read. */
static void
edit_failed (QcDraft *self, const GError *error)
{
  g_clear_error (&self->error);
  gboolean ended = g_error_matches (error, QC_STORE_ERROR, QC_STORE_ERROR_STATE)
                   || g_error_matches (error, QC_STORE_ERROR, QC_STORE_ERROR_NOT_FOUND);
  if (ended || g_error_matches (error, QC_STORE_ERROR, QC_STORE_ERROR_INVALID) || error->domain == QC_WIRE_ERROR) {
    self->error
        = ended ? g_error_new_literal (QC_APP_ERROR, QC_APP_ERROR_DRAFT,
                                       _ ("It was submitted or deleted meanwhile; what was entered last is not in it."))
                : g_error_copy (error);
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
  return verb == QC_DRAFT_FIND_UNDO || verb == QC_DRAFT_FIND_REDO || verb == QC_DRAFT_DISCARD;
}

void
qc_draft_load_again (QcDraft *self)
{
  if (!self->reload || self->unsaved > 0 || self->work != NULL)
    return;
  self->reload = FALSE;
  qc_draft_push (self, QC_DRAFT_LOAD, NULL, NULL, NULL);
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
tell_lists (QcDraft *self, gint64 faults)
{
  if (self->roster->lines->len == self->told_lines && faults == self->told_faults)
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
  g_autofree QcDraftQueued *job = pop_job (self);
  gboolean anew = state->roster != NULL;
  gboolean tell = state->created || job->verb == QC_DRAFT_DISCARD || job->verb == QC_DRAFT_RENAME;
  self->travels &= !is_travel (job->verb);
  if (is_edit (job->verb))
    self->unwritten = FALSE;
  if (job->verb != QC_DRAFT_LOAD)
    g_clear_error (&self->error);
  if (is_edit (job->verb))
    take_head (self, state);
  else if (job->verb == QC_DRAFT_FIND_UNDO || job->verb == QC_DRAFT_FIND_REDO)
    qc_draft_take_step (self, job->verb == QC_DRAFT_FIND_REDO, state);
  else if (self->unsaved == 0 && self->work == NULL)
    take_state (self, state);
  else if (job->verb == QC_DRAFT_LOAD)
    self->reload = TRUE; /* behind what was entered meanwhile */
  if (job->verb == QC_DRAFT_LOAD)
    self->told_lines = self->roster->lines->len;
  tell_lists (self, self->told_faults);
  answer (job->task, anew);
  g_clear_pointer (&job->changes, g_array_unref);
  g_free (job->label);
  g_clear_object (&job->task);
  qc_draft_notify (self);
  if (tell)
    qc_session_data_changed (self->session, QC_DATA_DRAFTS);
  qc_draft_load_again (self);
}

static void
job_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcDraft) self = user_data;
  g_autoptr (GError) error = NULL;
  QcDraftState *state = qc_database_finish (QC_DATABASE (source), result, &error);
  QcDraftQueued *job = g_queue_peek_head (&self->queue);
  self->running = FALSE;
  if (state != NULL) {
    job_done (self, state);
    qc_draft_state_free (state);
  } else if (is_edit (job->verb)) {
    edit_failed (self, error);
    qc_draft_notify (self);
    if (self->unwritten)
      return;
  } else {
    pop_job (self);
    self->travels &= !is_travel (job->verb);
    if (job->verb != QC_DRAFT_LOAD) {
      g_clear_error (&self->error);
      self->error = g_error_copy (error);
    }
    if (job->task != NULL)
      g_task_return_error (job->task, g_steal_pointer (&error));
    job_free (job);
    qc_draft_notify (self);
  }
  run_next (self);
}

static void
faults_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcDraft) self = user_data;
  qc_draft_state_free (qc_database_finish (QC_DATABASE (source), result, NULL));
  tell_lists (self, self->faults);
}

static void
run_next (QcDraft *self)
{
  QcDraftQueued *job = g_queue_peek_head (&self->queue);
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
  io->step = job->step;
  io->faults = self->faults;
  io->now = qc_clock_now (qc_context_get_clock (qc_session_get_context (self->session)));
  g_clear_handle_id (&self->retry, g_source_remove);
  gboolean waits = job->verb != QC_DRAFT_FAULTS;
  /* the edits that a load must see are written: one job at a time */
  (only_reads (job->verb) ? qc_database_read_async : qc_database_write_async) (
      database, name, qc_draft_job_run, io, (GDestroyNotify)qc_draft_job_free, (GDestroyNotify)qc_draft_state_free,
      NULL, waits ? job_done_cb : faults_cb, g_object_ref (self));
  self->running = waits;
  if (waits)
    return;
  job_free (pop_job (self));
  run_next (self);
}

void
qc_draft_push (QcDraft *self, QcDraftVerb verb, GArray *changes, char *label, GTask *task)
{
  QcDraftQueued *job = g_new0 (QcDraftQueued, 1);
  job->verb = verb;
  job->changes = changes;
  job->label = label;
  job->task = task;
  qc_draft_queue (self, job);
  run_next (self);
}

void
qc_draft_load_async (QcDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  qc_draft_push (self, QC_DRAFT_LOAD, NULL, NULL, g_task_new (self, cancellable, callback, user_data));
}

gboolean
qc_draft_load_finish (QcDraft *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
qc_draft_clear_queue (QcDraft *self)
{
  g_clear_handle_id (&self->retry, g_source_remove);
  if (self->tell != 0) {
    g_clear_handle_id (&self->tell, g_source_remove);
    tell_cb (self);
  }
  g_queue_clear_full (&self->queue, (GDestroyNotify)job_free);
}
