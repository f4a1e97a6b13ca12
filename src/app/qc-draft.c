/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A draft: facts in memory, every change on its way to the database at once. What the database says after a job counts
 * only when no later job is under way and no edit failed, so that nothing typed jumps back. An edit has all facts in
 * it: whichever is written last has those before it, too. Main context.
 */
#include "qc-draft.h"

#include "qc-draft-io.h"
#include "qc-session-private.h"
#include "qc-store.h"

#define RETRY_SECONDS 5

struct _QcDraft {
  GObject parent_instance;
  QcSession *session;   /* (owned) */
  char *profile, *unit; /* (owned) (nullable) */
  QcBusiness business;
  GHashTable *facts;   /* (owned) */
  GPtrArray *findings; /* (owned) */
  gint64 outbox;
  gboolean loaded, can_undo, can_redo;
  guint jobs;         /* under way */
  guint edits;        /* of them: those that change something */
  guint step;         /* depth of begin_step */
  char *label;        /* (owned) (nullable) of the step being made */
  char *last_label;   /* (owned) (nullable) of the last step made, should it have to be written again */
  gboolean unwritten; /* the last edit failed: the facts are ahead of the database */
  guint retry;        /* source */
  GError *error;      /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (QcDraft, qc_draft, G_TYPE_OBJECT)

enum { PROP_0, PROP_LOADED, PROP_EMPTY, PROP_CAN_UNDO, PROP_CAN_REDO, PROP_UNSAVED, PROP_ERROR, N_PROPS };
static GParamSpec *props[N_PROPS];
enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
notify_all (QcDraft *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
same_facts (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer name, value;

  if (g_hash_table_size (a) != g_hash_table_size (b))
    return FALSE;
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (g_strcmp0 (value, g_hash_table_lookup (b, name)) != 0)
      return FALSE;
  return TRUE;
}

static void
take_state (QcDraft *self, QcDraftState *state)
{
  gboolean changed = !same_facts (self->facts, state->facts) || self->outbox != state->outbox || !self->loaded
                     || self->findings->len != state->findings->len;

  g_hash_table_unref (self->facts);
  self->facts = g_steal_pointer (&state->facts);
  g_ptr_array_unref (self->findings);
  self->findings = g_steal_pointer (&state->findings);
  self->outbox = state->outbox;
  self->can_undo = state->can_undo;
  self->can_redo = state->can_redo;
  self->loaded = TRUE;
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
is_edit (QcDraftVerb verb)
{
  return verb != QC_DRAFT_LOAD;
}

static void store_edit (QcDraft *self);

static gboolean
retry_cb (gpointer user_data)
{
  QcDraft *self = user_data;

  if (self->jobs == 0)
    store_edit (self);
  return G_SOURCE_CONTINUE;
}

/* Takes in what became of an edit or of discarding. */
static void
set_unwritten (QcDraft *self, gboolean unwritten)
{
  self->unwritten = unwritten;
  if (!unwritten)
    g_clear_handle_id (&self->retry, g_source_remove);
  else if (!self->retry)
    self->retry = g_timeout_add_seconds (RETRY_SECONDS, retry_cb, self);
}

static void
job_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcDraft *self = g_task_get_source_object (task);
  QcDraftVerb verb = GPOINTER_TO_INT (g_task_get_task_data (task));
  g_autoptr (GError) error = NULL;
  QcDraftState *state = qc_database_finish (QC_DATABASE (source), result, &error);
  gboolean tell;

  self->jobs--;
  self->edits -= is_edit (verb);
  if (!state) {
    if (is_edit (verb)) {
      g_clear_error (&self->error);
      self->error = g_error_copy (error);
    }
    /* a draft that was sent meanwhile takes no edits any more */
    if (verb == QC_DRAFT_EDIT)
      set_unwritten (self, !g_error_matches (error, QC_STORE_ERROR, QC_STORE_ERROR_STATE));
    notify_all (self);
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  if (verb == QC_DRAFT_EDIT || verb == QC_DRAFT_DISCARD)
    set_unwritten (self, FALSE);
  if (!self->unwritten)
    g_clear_error (&self->error);
  tell = state->created || verb == QC_DRAFT_DISCARD;
  if (self->jobs == 0 && !self->unwritten)
    take_state (self, state);
  qc_draft_state_free (state);
  notify_all (self);
  if (tell)
    qc_session_data_changed (self->session, QC_DATA_DRAFTS);
  g_task_return_boolean (task, TRUE);
}

/* Takes @job. @task (transfer full) ends with it. */
static void
run (QcDraft *self, QcDraftJob *job, GTask *task)
{
  QcDatabase *database = qc_session_get_database (self->session);
  g_autofree char *name = g_strdup_printf ("draft-%d", job->verb);

  g_task_set_task_data (task, GINT_TO_POINTER (job->verb), NULL);
  if (!database || !self->profile || !self->unit) {
    qc_draft_job_free (job);
    g_task_return_new_error (task, QC_APP_ERROR, database ? QC_APP_ERROR_NO_UNIT : QC_APP_ERROR_NOT_OPEN,
                             "no unit is open");
    g_object_unref (task);
    return;
  }
  job->now = qc_clock_now (qc_context_get_clock (qc_session_get_context (self->session)));
  self->jobs++;
  self->edits += is_edit (job->verb);
  /* loading goes through the writer's queue too, behind the edits it must see */
  qc_database_write_async (database, name, qc_draft_job_run, job, (GDestroyNotify)qc_draft_job_free,
                           (GDestroyNotify)qc_draft_state_free, NULL, job_done_cb, task);
}

static void
start (QcDraft *self, QcDraftVerb verb)
{
  run (self, qc_draft_job_new (verb, self->profile, self->unit, self->business), g_task_new (self, NULL, NULL, NULL));
}

static void
store_edit (QcDraft *self)
{
  QcDraftJob *job = qc_draft_job_new (QC_DRAFT_EDIT, self->profile, self->unit, self->business);

  job->facts = qc_draft_facts_to_json (self->facts);
  if (self->label) {
    g_free (self->last_label);
    self->last_label = g_steal_pointer (&self->label);
  }
  job->label = g_strdup (self->last_label);
  self->can_undo = TRUE;
  self->can_redo = FALSE;
  run (self, job, g_task_new (self, NULL, NULL, NULL));
  g_signal_emit (self, signals[CHANGED], 0);
  notify_all (self);
}

void
qc_draft_load_async (QcDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  if (self->unwritten && self->jobs == 0)
    store_edit (self);
  run (self, qc_draft_job_new (QC_DRAFT_LOAD, self->profile, self->unit, self->business),
       g_task_new (self, cancellable, callback, user_data));
}

gboolean
qc_draft_load_finish (QcDraft *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
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

  return text ? g_ascii_strtoll (text, NULL, 10) : fallback;
}

void
qc_draft_foreach (QcDraft *self, const char *prefix, GHFunc func, gpointer user_data)
{
  GHashTableIter iter;
  gpointer name, value;

  g_return_if_fail (QC_IS_DRAFT (self));
  g_hash_table_iter_init (&iter, self->facts);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (g_str_has_prefix (name, prefix))
      func (name, value, user_data);
}

void
qc_draft_set (QcDraft *self, const char *name, const char *value)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  g_return_if_fail (name);
  if (self->outbox != 0 || g_strcmp0 (g_hash_table_lookup (self->facts, name), value) == 0)
    return;
  if (value)
    g_hash_table_replace (self->facts, g_strdup (name), g_strdup (value));
  else
    g_hash_table_remove (self->facts, name);
  if (!self->label)
    self->label = g_strdup (name);
  if (self->step == 0)
    store_edit (self);
}

void
qc_draft_set_int (QcDraft *self, const char *name, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  qc_draft_set (self, name, text);
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
  if (--self->step == 0 && self->label)
    store_edit (self);
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
  return g_hash_table_size (self->facts) == 0;
}

gboolean
qc_draft_can_undo (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  return self->can_undo && self->outbox == 0 && !self->unwritten;
}

gboolean
qc_draft_can_redo (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  return self->can_redo && self->outbox == 0 && !self->unwritten;
}

void
qc_draft_undo (QcDraft *self)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  if (qc_draft_can_undo (self))
    start (self, QC_DRAFT_UNDO);
}

void
qc_draft_redo (QcDraft *self)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  if (qc_draft_can_redo (self))
    start (self, QC_DRAFT_REDO);
}

guint
qc_draft_get_unsaved (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), 0);
  return self->edits;
}

gboolean
qc_draft_is_unwritten (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  return self->unwritten;
}

void
qc_draft_discard (QcDraft *self)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  if (self->outbox == 0)
    start (self, QC_DRAFT_DISCARD);
}

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
  case PROP_UNSAVED:
    g_value_set_uint (value, self->edits);
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
  g_clear_object (&self->session);
  g_clear_pointer (&self->facts, g_hash_table_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self->profile);
  g_free (self->unit);
  g_free (self->label);
  g_free (self->last_label);
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
  props[PROP_UNSAVED] = g_param_spec_uint ("unsaved", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] = g_signal_new ("changed", QC_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_draft_init (QcDraft *self)
{
  self->facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->findings = qc_findings_new ();
}

QcDraft *
qc_draft_new (QcSession *session, QcBusiness business)
{
  QcDraft *self;

  g_return_val_if_fail (QC_IS_SESSION (session), NULL);
  self = g_object_new (QC_TYPE_DRAFT, NULL);
  self->session = g_object_ref (session);
  self->business = business;
  self->profile = g_strdup (qc_session_get_profile_id (session));
  self->unit = g_strdup (qc_session_get_unit_account (session));
  return self;
}
