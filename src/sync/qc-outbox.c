/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The pusher: a loop of "what may go now?" → attempt committed → sent → answer committed → announced, one item at a
 * time. Everything that must survive a kill is in the database before the next step begins. Main context.
 */
#include "qc-outbox.h"

#include <glib/gi18n-lib.h>

#include "qc-outbox-moves.h"
#include "qc-store.h"

#define ASK_TIMEOUT  15
#define SEND_TIMEOUT 60

struct _QcOutbox {
  GObject parent;
  QcTokens *tokens;     /* (owned) */
  QcDatabase *database; /* (owned) */
  char *profile;        /* (owned) */
  QcClock clock;
  gboolean has_clock;
  GPtrArray *pushers; /* (owned) (nullable) GTask that wait for the push under way */
  gboolean again;     /* somebody asked while the push under way was about to end */
  QcOutboxStepFunc step_func;
  gpointer step_data;
};

G_DEFINE_FINAL_TYPE (QcOutbox, qc_outbox, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static gint64
now_of (QcOutbox *self)
{
  return self->has_clock ? qc_clock_now (&self->clock) : g_get_real_time () / G_USEC_PER_SEC;
}

static void
say_step (QcOutbox *self, const char *step, gint64 item)
{
  if (self->step_func)
    self->step_func (step, item, self->step_data);
}

guint
qc_outbox_backoff (guint n, double random)
{
  guint whole = n >= 10 ? 600 : MIN (2u << n, 600); /* 4, 8, 16 … 600 */
  return whole / 2 + (guint)(random * (whole - whole / 2));
}

static guint
wait_of (const QcStoreOutboxItem *item)
{
  return qc_outbox_backoff ((guint)CLAMP (item->attempts + 1, 1, 10), g_random_double ());
}

/* A step of one item: the task it belongs to, and the item. */
typedef struct {
  GTask *task;             /* (owned) source object: the outbox */
  QcStoreOutboxItem *item; /* (owned) */
  GError *error;           /* (owned) (nullable) what to say after the move is written */
  GBytes *answer;          /* (owned) (nullable) likewise */
  gint64 retry_at;
  gboolean direct; /* a direct action: the task gets the answer; else the push goes on */
} Step;

static void
step_free (Step *step)
{
  g_object_unref (step->task);
  qc_store_outbox_item_free (step->item);
  g_clear_error (&step->error);
  g_clear_pointer (&step->answer, g_bytes_unref);
  g_free (step);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

static void push_next (GTask *task);
static void end_push (QcOutbox *self, gint64 next_due, const GError *error);

/* ---- writing down what came of it ---- */

static gboolean
stops_push (const GError *error)
{
  return error != NULL && !g_error_matches (error, QC_SYNC_ERROR, QC_SYNC_ERROR_PROBLEM)
         && !g_error_matches (error, QC_SYNC_ERROR, QC_SYNC_ERROR_UNKNOWN_OUTCOME)
         && !g_error_matches (error, QC_SYNC_ERROR, QC_SYNC_ERROR_TOO_LARGE)
         && !g_error_matches (error, QC_SYNC_ERROR, QC_SYNC_ERROR_BAD_ANSWER);
}

static void
answer_direct (Step *step)
{
  g_autoptr (QcWireAnswer) answer = step->answer ? qc_wire_decode_answer (step->answer, NULL) : NULL;
  if (step->error || answer == NULL) {
    g_task_return_error (step->task, g_steal_pointer (&step->error));
    return;
  }
  QcApplication *application = g_steal_pointer (&answer->application);
  g_task_return_pointer (step->task, application ? application : qc_application_new (),
                         (GDestroyNotify)qc_application_free);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Step) step = user_data;
  QcOutbox *self = g_task_get_source_object (step->task);
  g_autoptr (GError) error = NULL;
  gboolean good = qc_database_finish (QC_DATABASE (source), result, &error) != NULL;
  if (good) {
    say_step (self, "stored", step->item->id);
    g_signal_emit (self, signals[CHANGED], 0, step->item->id);
  } else if (step->error == NULL || step->direct) {
    g_clear_error (&step->error);
    step->error = g_steal_pointer (&error);
  }
  if (step->direct)
    answer_direct (step);
  else if (good && g_error_matches (step->error, QC_SYNC_ERROR, QC_SYNC_ERROR_RETRY_LATER))
    end_push (self, step->retry_at, NULL); /* busy for one is busy for all */
  else if (!good || stops_push (step->error))
    end_push (self, 0, step->error ? step->error : error);
  else
    push_next (step->task);
}

/* Writes @move (taken), then goes on; never cancelled: it is the memory of what happened. Takes @step. */
static void
write_move (Step *step, QcMove *move)
{
  QcOutbox *self = g_task_get_source_object (step->task);
  step->retry_at = move->next_try;
  qc_database_write_async (self->database, "outbox.move", qc_move_run, move, (GDestroyNotify)qc_move_free, NULL, NULL,
                           written_cb, step);
}

/* ---- sending ---- */

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Step *step = user_data;
  QcOutbox *self = g_task_get_source_object (step->task);
  g_autoptr (QcAnswer) answer = qc_tokens_send_finish (QC_TOKENS (source), result, &step->error);
  QcMove *move;
  say_step (self, "answered", step->item->id);
  if (answer != NULL) {
    move = qc_move_for_answer (step->item, (int)answer->status, answer->body, now_of (self));
    if (move->kind == QC_MOVE_UNKNOWN)
      step->error = qc_sync_error_new (QC_SYNC_ERROR_UNKNOWN_OUTCOME, "bad-answer",
                                       _ ("The center's answer cannot be read. Qingce asks again what became of it."));
    else
      step->answer = g_bytes_ref (answer->body);
  } else {
    move = qc_move_for_error (step->item, step->error, wait_of (step->item), now_of (self));
  }
  write_move (step, move);
}

/* Takes @step; the attempt is committed. */
static void
send_item (Step *step)
{
  QcOutbox *self = g_task_get_source_object (step->task);
  const QcStoreOutboxItem *item = step->item;
  QcRequest request = {.method = item->method,
                       .path = item->path,
                       .key = item->key,
                       .if_match = item->if_match,
                       .body = item->body,
                       .timeout = SEND_TIMEOUT,
                       .changes = TRUE};
  say_step (self, "begun", item->id);
  qc_tokens_send_async (self->tokens, &request, g_task_get_cancellable (step->task), sent_cb, step);
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Step) step = user_data;
  QcOutbox *self = g_task_get_source_object (step->task);
  g_autoptr (GError) error = NULL;
  if (!qc_database_finish (QC_DATABASE (source), result, &error)) {
    if (g_error_matches (error, QC_STORE_ERROR, QC_STORE_ERROR_STATE))
      push_next (step->task); /* taken back just now */
    else
      end_push (self, 0, error);
    return;
  }
  g_signal_emit (self, signals[CHANGED], 0, step->item->id);
  send_item (g_steal_pointer (&step));
}

/* ---- asking what became of a key ---- */

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Step *step = user_data;
  QcOutbox *self = g_task_get_source_object (step->task);
  g_autoptr (QcAnswer) answer = qc_tokens_send_finish (QC_TOKENS (source), result, &step->error);
  QcMove *move = answer ? qc_move_for_status (step->item, answer->body, now_of (self), &step->error) : NULL;
  if (move == NULL) { /* still unknown: asked again later */
    move = qc_move_new (QC_MOVE_UNKNOWN, step->item, now_of (self));
    move->reason = g_strdup ("not-asked");
    move->next_try = move->now + MAX (wait_of (step->item), qc_sync_error_get_retry_after (step->error));
  }
  write_move (step, move);
}

/* Takes @step. */
static void
ask_about (Step *step)
{
  QcOutbox *self = g_task_get_source_object (step->task);
  g_autofree char *key = g_uri_escape_string (step->item->key, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/api/v1/submissions/", key, NULL);
  QcRequest request = {.method = "GET", .path = path, .timeout = ASK_TIMEOUT};
  qc_tokens_send_async (self->tokens, &request, g_task_get_cancellable (step->task), asked_cb, step);
}

/* ---- the loop ---- */

typedef struct {
  char *profile; /* (owned) */
  gint64 now;
  gboolean wake;
} NextQuery;

typedef struct {
  QcStoreOutboxItem *item; /* (owned) (nullable) */
  gint64 next_due;
} NextAnswer;

static void
next_query_free (NextQuery *query)
{
  g_free (query->profile);
  g_free (query);
}

static void
next_answer_free (NextAnswer *answer)
{
  g_clear_pointer (&answer->item, qc_store_outbox_item_free);
  g_free (answer);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NextAnswer, next_answer_free)

static gpointer
find_next (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  NextQuery *query = data;
  g_autoptr (NextAnswer) answer = g_new0 (NextAnswer, 1);
  if (query->wake && !qc_store_outbox_wake (connection, query->profile, error))
    return NULL;
  if (!qc_store_outbox_next (connection, query->profile, query->now, &answer->item, &answer->next_due, error))
    return NULL;
  return g_steal_pointer (&answer);
}

static void
end_push (QcOutbox *self, gint64 next_due, const GError *error)
{
  g_autoptr (GPtrArray) pushers = g_steal_pointer (&self->pushers);
  for (guint i = 0; pushers && i < pushers->len; i++) {
    GTask *task = g_ptr_array_index (pushers, i);
    if (error) {
      g_task_return_error (task, g_error_copy (error));
    } else {
      gint64 *due = g_new (gint64, 1);
      *due = next_due;
      g_task_return_pointer (task, due, g_free);
    }
  }
}

static void
found_next_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcOutbox *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (NextAnswer) answer = qc_database_finish (QC_DATABASE (source), result, &error);
  if (answer == NULL) {
    end_push (self, 0, error);
  } else if (answer->item == NULL && self->again) {
    push_next (task);
  } else if (answer->item == NULL) {
    end_push (self, answer->next_due, NULL);
  } else {
    Step *step = g_new0 (Step, 1);
    step->task = g_steal_pointer (&task);
    step->item = g_steal_pointer (&answer->item);
    if (step->item->state == QC_STORE_OUTBOX_UNKNOWN)
      ask_about (step);
    else
      qc_database_write_async (self->database, "outbox.begin", qc_move_run,
                               qc_move_new (QC_MOVE_BEGIN, step->item, now_of (self)), (GDestroyNotify)qc_move_free,
                               NULL, NULL, begun_cb, step);
  }
}

/* In the writer's queue, so that it sees everything that was queued before it. */
static void
push_next (GTask *task)
{
  QcOutbox *self = g_task_get_source_object (task);
  NextQuery *query = g_new0 (NextQuery, 1);
  query->profile = g_strdup (self->profile);
  query->now = now_of (self);
  query->wake = GPOINTER_TO_INT (g_task_get_task_data (task));
  g_task_set_task_data (task, NULL, NULL);
  self->again = FALSE;
  qc_database_write_async (self->database, "outbox.next", find_next, query, (GDestroyNotify)next_query_free,
                           (GDestroyNotify)next_answer_free, g_task_get_cancellable (task), found_next_cb,
                           g_object_ref (task));
}

void
qc_outbox_push_async (QcOutbox *self, gboolean wake, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (QC_IS_OUTBOX (self));
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_outbox_push_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, GINT_TO_POINTER (wake), NULL);
  gboolean under_way = self->pushers != NULL;
  if (!under_way)
    self->pushers = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->pushers, g_object_ref (task));
  if (under_way)
    self->again = TRUE;
  else
    push_next (task);
}

gboolean
qc_outbox_push_finish (QcOutbox *self, GAsyncResult *result, gint64 *out_next_due, GError **error)
{
  g_autofree gint64 *due = g_task_propagate_pointer (G_TASK (result), error);
  if (due && out_next_due)
    *out_next_due = *due;
  return due != NULL;
}

/* ---- direct actions ---- */

typedef struct {
  QcStoreOutboxItem *item; /* (owned) */
  gint64 now;
} Direct;

static void
direct_free (Direct *direct)
{
  g_clear_pointer (&direct->item, qc_store_outbox_item_free);
  g_free (direct);
}

/* Journal of keys first: queued and begun in one transaction, so that no push ever sees it as queued. */
static gpointer
begin_direct (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Direct *direct = data;
  if (!qc_store_outbox_enqueue (connection, direct->item, direct->now, error)
      || !qc_store_outbox_begin_attempt (connection, direct->item->id, direct->now, error))
    return NULL;
  return g_steal_pointer (&direct->item);
}

static void
direct_begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  QcStoreOutboxItem *item = qc_database_finish (QC_DATABASE (source), result, &error);
  if (item == NULL) {
    g_task_return_error (task, error);
    return;
  }
  Step *step = g_new0 (Step, 1);
  step->task = g_steal_pointer (&task);
  step->item = item;
  step->direct = TRUE;
  send_item (step);
}

/* Takes @task and @item. */
static void
start_direct (GTask *task, QcStoreOutboxItem *item)
{
  QcOutbox *self = g_task_get_source_object (task);
  Direct *direct = g_new0 (Direct, 1);
  direct->item = item;
  direct->now = now_of (self);
  g_task_set_check_cancellable (task, FALSE);
  qc_database_write_async (self->database, "outbox.direct", begin_direct, direct, (GDestroyNotify)direct_free,
                           (GDestroyNotify)qc_store_outbox_item_free, g_task_get_cancellable (task), direct_begun_cb,
                           task);
}

static QcStoreOutboxItem *
direct_item_new (QcOutbox *self, const char *unit, const char *kind, const char *subject, const char *path_format,
                 gint64 revision, GBytes *body)
{
  g_autofree char *unit_part = g_uri_escape_string (unit, NULL, FALSE);
  g_autofree char *subject_part = g_uri_escape_string (subject, NULL, FALSE);
  QcStoreOutboxItem *item = qc_store_outbox_item_new ();
  item->profile = g_strdup (self->profile);
  item->unit = g_strdup (unit);
  item->key = g_uuid_string_random ();
  item->kind = g_strdup (kind);
  item->method = g_strdup ("POST");
  item->path = g_strdup_printf (path_format, unit_part, subject_part);
  item->if_match = g_strdup_printf ("%" G_GINT64_FORMAT, revision);
  item->body = body;
  item->serial = g_strdup (subject);
  return item;
}

void
qc_outbox_act_async (QcOutbox *self, const char *unit, const char *serial, QcApplicationAction action, gint64 revision,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_OUTBOX (self) && unit != NULL && serial != NULL);
  g_return_if_fail (action == QC_ACTION_DELETE || action == QC_ACTION_CANCEL || action == QC_ACTION_REDRAW);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_outbox_act_async);
  start_direct (task,
                direct_item_new (self, unit, qc_action_to_code (action), serial,
                                 "/api/v1/units/%s/applications/%s/actions", revision, qc_wire_encode_action (action)));
}

QcApplication *
qc_outbox_act_finish (QcOutbox *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
qc_outbox_retirement_async (QcOutbox *self, const char *unit, const char *account, QcRetirementClass klass,
                            QcMonth authorized_until, gint64 revision, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_OUTBOX (self) && unit != NULL && account != NULL);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_outbox_retirement_async);
  QcWireRetirement retirement = {.klass = klass, .authorized_until = authorized_until};
  start_direct (task, direct_item_new (self, unit, "retirement", account, "/api/v1/units/%s/people/%s/retirement",
                                       revision, qc_wire_encode_retirement (&retirement)));
}

gboolean
qc_outbox_retirement_finish (QcOutbox *self, GAsyncResult *result, GError **error)
{
  g_autoptr (QcApplication) nothing = g_task_propagate_pointer (G_TASK (result), error);
  return nothing != NULL;
}

/* ---- 撤回 and recovery ---- */

static void
withdrawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcOutbox *self = g_task_get_source_object (task);
  QcMove *move = g_task_get_task_data (task);
  GError *error = NULL;
  if (qc_database_finish (QC_DATABASE (source), result, &error)) {
    g_signal_emit (self, signals[CHANGED], 0, move->item);
    g_task_return_boolean (task, TRUE);
    return;
  }
  if (error->domain == QC_STORE_ERROR) {
    g_error_free (error);
    error
        = qc_sync_error_new (QC_SYNC_ERROR_NOT_ALLOWED, "withdraw",
                             _ ("It can no longer be taken back: it was already sent. Wait for the center's answer."));
  }
  g_task_return_error (task, error);
}

void
qc_outbox_withdraw_async (QcOutbox *self, gint64 item, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (QC_IS_OUTBOX (self));
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_outbox_withdraw_async);
  QcStoreOutboxItem named = {.id = item};
  QcMove *move = qc_move_new (QC_MOVE_WITHDRAW, &named, now_of (self));
  g_task_set_task_data (task, move, (GDestroyNotify)qc_move_free);
  qc_database_write_async (self->database, "outbox.withdraw", qc_move_run, move, NULL, NULL, cancellable, withdrawn_cb,
                           task);
}

gboolean
qc_outbox_withdraw_finish (QcOutbox *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gpointer
recover (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  NextQuery *query = data;
  return qc_store_outbox_recover (connection, query->profile, query->now, NULL, error) ? QC_DATABASE_DONE : NULL;
}

static void
recovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  if (qc_database_finish (QC_DATABASE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
qc_outbox_recover_async (QcOutbox *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_OUTBOX (self));
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_outbox_recover_async);
  NextQuery *query = g_new0 (NextQuery, 1);
  query->profile = g_strdup (self->profile);
  query->now = now_of (self);
  qc_database_write_async (self->database, "outbox.recover", recover, query, (GDestroyNotify)next_query_free, NULL,
                           cancellable, recovered_cb, task);
}

gboolean
qc_outbox_recover_finish (QcOutbox *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- the object ---- */

void
qc_outbox_set_step_func (QcOutbox *self, QcOutboxStepFunc func, gpointer user_data)
{
  self->step_func = func;
  self->step_data = user_data;
}

static void
qc_outbox_finalize (GObject *object)
{
  QcOutbox *self = QC_OUTBOX (object);
  g_clear_object (&self->tokens);
  g_clear_object (&self->database);
  g_free (self->profile);
  G_OBJECT_CLASS (qc_outbox_parent_class)->finalize (object);
}

static void
qc_outbox_class_init (QcOutboxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_outbox_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", QC_TYPE_OUTBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
qc_outbox_init (QcOutbox *self)
{
}

QcOutbox *
qc_outbox_new (QcTokens *tokens, QcDatabase *database, const char *profile, const QcClock *clock)
{
  g_return_val_if_fail (QC_IS_TOKENS (tokens) && QC_IS_DATABASE (database) && profile != NULL, NULL);
  QcOutbox *self = g_object_new (QC_TYPE_OUTBOX, NULL);
  self->tokens = g_object_ref (tokens);
  self->database = g_object_ref (database);
  self->profile = g_strdup (profile);
  self->has_clock = clock != NULL;
  if (clock)
    self->clock = *clock;
  return self;
}
