/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The session's side of sync: starting it after the first picture, turning its signals into the session's, and the
 * practice controls. Main thread.
 */
#include "qc-session-internal.h"

#include <glib/gi18n-lib.h>

#include "qc-calls.h"
#include "qc-memory.h"
#include "qc-month.h"
#include "qc-store-handover.h"

/* --- what went wrong where nobody waited --- */

void
qc_session_set_fault (QcSession *self, QcSessionFault fault, const GError *error)
{
  g_return_if_fail (QC_IS_SESSION (self) && (guint)fault < QC_N_SESSION_FAULTS);
  if (!error && !self->faults[fault])
    return;
  g_clear_error (&self->faults[fault]);
  self->faults[fault] = error ? g_error_copy (error) : NULL;
  qc_session_emit_sync_changed (self);
}

/* (nullable) */
static const GError *
first_fault (QcSession *self)
{
  for (guint i = 0; i < QC_N_SESSION_FAULTS; i++)
    if (self->faults[i])
      return self->faults[i];
  return NULL;
}

/* --- signals --- */

static void
pulled_cb (QcSync *sync, const char *unit, const char *feed, QcSession *self)
{
  static const struct {
    const char *feed;
    QcDataKind what;
  } kinds[] = {
      {"unit", QC_DATA_UNIT},
      {"ratios", QC_DATA_POLICY},
      {"policy", QC_DATA_POLICY},
      {"codes", QC_DATA_POLICY},
      {"people", QC_DATA_PEOPLE},
      {"bases", QC_DATA_PEOPLE},
      {"paid", QC_DATA_PEOPLE},
      {"applications", QC_DATA_APPLICATIONS},
      {"movements", QC_DATA_APPLICATIONS},
  };
  if (g_strcmp0 (unit, self->unit) != 0)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (feed, kinds[i].feed))
      qc_session_data_changed (self, kinds[i].what);
}

static void
outbox_changed_cb (QcSync *sync, gint64 item, QcSession *self)
{
  qc_session_data_changed (self, QC_DATA_QUEUE | QC_DATA_DRAFTS | QC_DATA_APPLICATIONS);
}

static void
uploading_cb (QcSync *sync, gint64 item, const QcUploadProgress *progress, QcSession *self)
{
  qc_session_take_upload (self, item, progress);
}

/* --- at rest --- */

#define REST_SECONDS 3

static gpointer
give_back (gpointer data)
{
  qc_memory_give_back ();
  return NULL;
}

static gboolean
rest_cb (gpointer user_data)
{
  QcSession *self = user_data;
  self->rest_source = 0;
  g_thread_unref (g_thread_new ("give-back", give_back, NULL));
  return G_SOURCE_REMOVE;
}

/* What a round took for a moment, and what was shown anew after it, lies scattered in the heap: a third of a client at
 * rest. It goes back to the system when nothing has come for some seconds. */
static void
rest_soon (QcSession *self, gboolean is_over)
{
  g_clear_handle_id (&self->rest_source, g_source_remove);
  if (is_over)
    self->rest_source = g_timeout_add_seconds (REST_SECONDS, rest_cb, self);
}

static void
state_changed_cb (QcSync *sync, GParamSpec *pspec, QcSession *self)
{
  QcDate today = qc_sync_get_center_today (sync);
  if (qc_session_is_practice (self) && today != QC_DATE_NONE) {
    qc_practice_set_today (qc_context_get_practice (self->context), today);
    qc_context_set_today (self->context, today);
  }
  rest_soon (self, qc_sync_get_state (sync) == QC_SYNC_STATE_READY);
  qc_session_emit_sync_changed (self);
}

static void
practice_state_cb (QcPractice *practice, GParamSpec *pspec, QcSession *self)
{
  qc_session_emit_sync_changed (self);
}

static void
practice_ready_cb (QcPractice *practice, QcSession *self)
{
  if (!qc_session_is_practice (self) || !self->sync)
    return;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcProfile) profile = qc_profile_new_practice (qc_practice_get_profile_path (practice), &error);
  if (!profile || !qc_sync_set_profile (self->sync, profile, &error)) {
    qc_session_set_fault (self, QC_SESSION_FAULT_PRACTICE, error);
    return;
  }
  qc_session_set_fault (self, QC_SESSION_FAULT_PRACTICE, NULL);
  g_set_object (&self->profile, profile);
  qc_context_set_today (self->context, qc_practice_get_today (practice));
  qc_session_data_changed (self, QC_DATA_UNIT);
  if (self->started) {
    qc_sync_start (self->sync);
    qc_sync_now (self->sync);
  }
}

void
qc_session_set_watched (QcSession *self, gboolean watched)
{
  g_return_if_fail (QC_IS_SESSION (self));
  self->watched = watched;
  if (self->sync)
    qc_sync_set_watched (self->sync, watched);
}

void
qc_session_watch_sync (QcSession *self)
{
  qc_sync_set_watched (self->sync, self->watched);
  static const char *const watched[] = {"notify::state",    "notify::as-of", "notify::waiting",
                                        "notify::progress", "notify::error", "notify::clock-offset"};
  for (gsize i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect (self->sync, watched[i], G_CALLBACK (state_changed_cb), self);
  g_signal_connect (self->sync, "pulled", G_CALLBACK (pulled_cb), self);
  g_signal_connect (self->sync, "outbox-changed", G_CALLBACK (outbox_changed_cb), self);
  g_signal_connect (self->sync, "uploading", G_CALLBACK (uploading_cb), self);
  g_signal_connect (qc_context_get_practice (self->context), "ready", G_CALLBACK (practice_ready_cb), self);
  g_signal_connect (qc_context_get_practice (self->context), "notify::state", G_CALLBACK (practice_state_cb), self);
}

void
qc_session_drop_sync (QcSession *self)
{
  for (guint i = 0; i < QC_N_SESSION_FAULTS; i++)
    g_clear_error (&self->faults[i]);
  qc_session_forget_uploads (self);
  if (!self->sync)
    return;
  g_signal_handlers_disconnect_by_data (self->sync, self);
  g_signal_handlers_disconnect_by_data (qc_context_get_practice (self->context), self);
  qc_sync_stop (self->sync);
  g_clear_object (&self->sync);
}

/* When it does not start, sync says that the center cannot be reached; sign-in says why. */
static void
practice_started_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcSession) self = data;
  g_autoptr (GError) error = NULL;
  if (!qc_practice_start_finish (QC_PRACTICE (source), result, &error)) {
    if (self->sync)
      qc_sync_start (self->sync);
  } else if (self->faults[QC_SESSION_FAULT_PRACTICE]) { /* it runs; its profile once more */
    practice_ready_cb (QC_PRACTICE (source), self);
  }
}

void
qc_session_start (QcSession *self)
{
  g_return_if_fail (QC_IS_SESSION (self));
  if (self->started)
    return;
  self->started = TRUE;
  if (qc_session_is_practice (self)
      && qc_practice_get_state (qc_context_get_practice (self->context)) != QC_PRACTICE_READY)
    qc_practice_start_async (qc_context_get_practice (self->context), NULL, practice_started_cb, g_object_ref (self));
  else if (self->sync)
    qc_sync_start (self->sync);
}

/* --- how it stands --- */

gboolean
qc_session_is_signed_in (QcSession *self)
{
  QcSyncStatus status = qc_session_get_sync_status (self);
  return status != QC_SYNC_SIGNED_OUT && status != QC_SYNC_NO_API;
}

gboolean
qc_session_is_sign_in_kept (QcSession *self)
{
  gboolean kept = FALSE;
  if (self->sync)
    g_object_get (self->sync, "persistent", &kept, NULL);
  return kept;
}

/* The practice center that has given up, while we are in practice; there is nobody to sync with. (nullable) */
static const GError *
practice_error (QcSession *self)
{
  QcPractice *practice = qc_context_get_practice (self->context);
  return qc_session_is_practice (self) && qc_practice_get_state (practice) == QC_PRACTICE_FAILED
             ? qc_practice_get_error (practice)
             : NULL;
}

void
qc_session_sync_now (QcSession *self)
{
  if (self->faults[QC_SESSION_FAULT_QUEUE]) /* read once more */
    qc_session_data_changed (self, QC_DATA_QUEUE);
  if (practice_error (self) || self->faults[QC_SESSION_FAULT_PRACTICE]) /* when it is ready, the rest follows */
    qc_practice_start_async (qc_context_get_practice (self->context), NULL, practice_started_cb, g_object_ref (self));
  else if (self->sync)
    qc_sync_now (self->sync);
}

QcSyncStatus
qc_session_get_sync_status (QcSession *self)
{
  static const QcSyncStatus statuses[] = {
      [QC_SYNC_STATE_NO_API] = QC_SYNC_NO_API,   [QC_SYNC_STATE_SIGNED_OUT] = QC_SYNC_SIGNED_OUT,
      [QC_SYNC_STATE_OFFLINE] = QC_SYNC_OFFLINE, [QC_SYNC_STATE_READY] = QC_SYNC_IDLE,
      [QC_SYNC_STATE_SYNCING] = QC_SYNC_RUNNING, [QC_SYNC_STATE_ERROR] = QC_SYNC_FAILED,
  };
  if (practice_error (self) || first_fault (self))
    return QC_SYNC_FAILED;
  return self->sync ? statuses[qc_sync_get_state (self->sync)] : QC_SYNC_NO_API;
}

gint64
qc_session_get_synced_at (QcSession *self)
{
  return self->sync ? qc_sync_get_as_of (self->sync) : 0;
}

const GError *
qc_session_get_sync_error (QcSession *self)
{
  const GError *stopped = practice_error (self);
  if (!stopped)
    stopped = first_fault (self);
  return stopped ? stopped : self->sync ? qc_sync_get_error (self->sync) : NULL;
}

double
qc_session_get_sync_progress (QcSession *self)
{
  return self->sync ? qc_sync_get_progress (self->sync) : -1;
}

gint64
qc_session_get_n_waiting (QcSession *self)
{
  return self->sync ? qc_sync_get_waiting (self->sync) : 0;
}

gint64
qc_session_get_clock_offset (QcSession *self)
{
  gint64 offset = 0;
  if (self->sync && qc_sync_get_tokens (self->sync)) {
    QcTransport *transport = qc_tokens_get_transport (qc_sync_get_tokens (self->sync));
    if (qc_transport_is_clock_off (transport))
      offset = qc_transport_get_clock_offset (transport);
  }
  return offset;
}

/* --- practice --- */

/* FALSE: the task of @data has its error. */
static gboolean
practice_called (QcSession *self, QcTokens *tokens, GAsyncResult *result, GTask *task)
{
  GError *error = NULL;
  QcWirePractice practice;
  if (!qc_calls_practice_finish (tokens, result, &practice, &error)) {
    g_task_return_error (task, error);
    return FALSE;
  }
  if (practice.today != QC_DATE_NONE) {
    qc_practice_set_today (qc_context_get_practice (self->context), practice.today);
    qc_context_set_today (self->context, practice.today);
  }
  qc_transport_forget_center (qc_tokens_get_transport (tokens));
  return TRUE;
}

static void
practice_called_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  QcSession *self = g_task_get_source_object (task);
  if (!practice_called (self, QC_TOKENS (source), result, task))
    return;
  qc_session_data_changed (self, QC_DATA_ALL);
  qc_session_sync_now (self);
  g_task_return_boolean (task, TRUE);
}

static gpointer
forget_work (QcConnection *connection, gpointer profile, GCancellable *cancellable, GError **error)
{
  return qc_store_forget_work (connection, profile, error) ? QC_DATABASE_DONE : NULL;
}

/* What is on the screen was made of what is gone. */
static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  QcSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  if (!qc_database_finish (QC_DATABASE (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  if (g_strcmp0 (g_task_get_task_data (task), qc_session_get_profile_id (self)) == 0) {
    qc_session_emit_unit_changed (self);
    qc_session_data_changed (self, QC_DATA_ALL);
    qc_session_sync_now (self);
  }
  g_task_return_boolean (task, TRUE);
}

/* The center is as on the first day; so is what was done for it here: for the one that was asked, whichever is chosen
 * by now. */
static void
practice_reset_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  QcSession *self = g_task_get_source_object (task);
  if (!practice_called (self, QC_TOKENS (source), result, task))
    return;
  qc_database_write_async (qc_session_get_database (self), "forget", forget_work,
                           g_strdup (g_task_get_task_data (task)), g_free, NULL, NULL, forgotten_cb,
                           g_object_ref (task));
}

/* @task: (transfer full) ends in @called. */
static void
ask_practice (QcSession *self, QcPracticeCall call, gint64 value, int returned, GAsyncReadyCallback called, GTask *task)
{
  if (qc_session_is_practice (self) && self->sync) {
    qc_calls_practice_async (qc_sync_get_tokens (self->sync), call, value, returned, g_task_get_cancellable (task),
                             called, task);
    return;
  }
  g_task_return_error (task, qc_sync_error_new (QC_SYNC_ERROR_PRACTICE, NULL, _ ("This is not practice.")));
  g_object_unref (task);
}

static void
call_practice (QcSession *self, QcPracticeCall call, gint64 value, int returned, GCancellable *cancellable,
               GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, call_practice);
  ask_practice (self, call, value, returned, practice_called_cb, task);
}

static void
practice_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  QcWirePractice practice;
  if (!qc_calls_practice_finish (QC_TOKENS (source), result, &practice, &error)) {
    g_task_return_error (task, error);
    return;
  }
  QcPracticeSettings *settings = g_new (QcPracticeSettings, 1);
  *settings = (QcPracticeSettings) {practice.arrival_delay, practice.review_delay, practice.review_returned};
  g_task_return_pointer (task, settings, g_free);
}

void
qc_session_practice_read_async (QcSession *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_session_practice_read_async);
  ask_practice (self, QC_PRACTICE_GET, 0, 0, practice_read_cb, task);
}

gboolean
qc_session_practice_read_finish (QcSession *self, GAsyncResult *result, QcPracticeSettings *out, GError **error)
{
  g_autofree QcPracticeSettings *settings = g_task_propagate_pointer (G_TASK (result), error);
  if (settings)
    *out = *settings;
  return settings != NULL;
}

void
qc_session_practice_advance_async (QcSession *self, int months, GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  qc_session_journal (self, "practice.advance", NULL, NULL);
  call_practice (self, QC_PRACTICE_ADVANCE, months, 0, cancellable, callback, user_data);
}

void
qc_session_practice_reset_async (QcSession *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_session_practice_reset_async);
  g_task_set_task_data (task, g_strdup (qc_session_get_profile_id (self)), g_free);
  qc_session_journal (self, "practice.reset", NULL, NULL);
  ask_practice (self, QC_PRACTICE_RESET, 0, 0, practice_reset_cb, task);
}

void
qc_session_practice_set_delay_async (QcSession *self, int seconds, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *text = g_strdup_printf ("%d", seconds);
  qc_session_journal (self, "practice.delay", NULL, text);
  call_practice (self, QC_PRACTICE_SET_DELAY, seconds, 0, cancellable, callback, user_data);
}

void
qc_session_practice_set_review_async (QcSession *self, int seconds, int returned, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *text = g_strdup_printf ("%d, %d %%", seconds, returned);
  qc_session_journal (self, "practice.review", NULL, text);
  call_practice (self, QC_PRACTICE_SET_REVIEW, seconds, returned, cancellable, callback, user_data);
}

gboolean
qc_session_practice_finish (QcSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
