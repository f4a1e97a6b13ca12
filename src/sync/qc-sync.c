/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The controller of one profile: one round at a time, the next one by timer, network or wish; and one state that says
 * how things stand. Main context.
 */
#include "qc-sync.h"

#include <glib/gi18n-lib.h>

#include "qc-sync-private.h"

G_DEFINE_FINAL_TYPE (QcSync, qc_sync, G_TYPE_OBJECT)

static GParamSpec *props[QC_SYNC_N_PROPS];
enum { PULLED, OUTBOX_CHANGED, UPLOADING, N_SIGNALS };
static guint signals[N_SIGNALS];

void
qc_sync_notify (QcSync *self, guint prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

void
qc_sync_emit_pulled (QcSync *self, guint feed)
{
  g_signal_emit (self, signals[PULLED], 0, self->unit, qc_feed_to_code (feed));
}

/* ---- what others say ---- */

static void
network_changed_cb (GNetworkMonitor *monitor, gboolean available, QcSync *self)
{
  if (available)
    qc_sync_start_round (self, TRUE);
}

/* Signed in to the network at hand: it was "available" all the time. */
static void
connectivity_cb (GNetworkMonitor *monitor, GParamSpec *pspec, QcSync *self)
{
  if (g_network_monitor_get_connectivity (monitor) == G_NETWORK_CONNECTIVITY_FULL)
    qc_sync_start_round (self, TRUE);
}

static void
outbox_changed_cb (QcOutbox *outbox, gint64 item, QcSync *self)
{
  qc_sync_read_figures (self);
  g_signal_emit (self, signals[OUTBOX_CHANGED], 0, item);
}

static void
upload_progress_cb (QcOutbox *outbox, gint64 item, const QcUploadProgress *progress, QcSync *self)
{
  g_signal_emit (self, signals[UPLOADING], 0, item, progress);
}

/* What they were for may go now, or the center is gone: a round finds out. What could not be written down is tried with
 * the next one. */
static void
uploaded_cb (QcOutbox *outbox, const GError *error, QcSync *self)
{
  if (error == NULL)
    qc_sync_start_round (self, FALSE);
  else if (self->run == NULL)
    qc_sync_judge_failure (self, error);
}

static void
signed_out_cb (QcTokens *tokens, GParamSpec *pspec, QcSync *self)
{
  /* the end of a round has said it already, with the reason */
  if (qc_tokens_is_signed_out (tokens) && self->run == NULL && self->state != QC_SYNC_STATE_SIGNED_OUT)
    qc_sync_set_state (self, QC_SYNC_STATE_SIGNED_OUT, NULL);
}

static void
persistent_cb (QcSecret *secret, GParamSpec *pspec, QcSync *self)
{
  qc_sync_notify (self, QC_SYNC_PROP_PERSISTENT);
}

static void
clock_offset_cb (QcTransport *transport, GParamSpec *pspec, QcSync *self)
{
  qc_sync_notify (self, QC_SYNC_PROP_CLOCK_OFFSET);
}

/* The default monitor may ask the bus when it is made: not before start. */
static void
watch_network (QcSync *self)
{
  if (self->monitor == NULL)
    self->monitor = g_object_ref (g_network_monitor_get_default ());
  g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_signal_connect (self->monitor, "network-changed", G_CALLBACK (network_changed_cb), self);
  g_signal_connect (self->monitor, "notify::connectivity", G_CALLBACK (connectivity_cb), self);
}

/* ---- public ---- */

void
qc_sync_start (QcSync *self)
{
  g_return_if_fail (QC_IS_SYNC (self));
  if (self->started)
    return;
  self->started = TRUE;
  watch_network (self);
  qc_sync_read_figures (self);
  qc_sync_start_round (self, TRUE);
}

void
qc_sync_stop (QcSync *self)
{
  g_return_if_fail (QC_IS_SYNC (self));
  self->started = self->again = FALSE;
  qc_sync_stop_timer (self);
  qc_sync_cancel (self);
  if (self->outbox)
    qc_outbox_stop_uploads (self->outbox);
}

void
qc_sync_cancel (QcSync *self)
{
  g_return_if_fail (QC_IS_SYNC (self));
  if (self->run)
    g_cancellable_cancel (self->run);
}

void
qc_sync_now (QcSync *self)
{
  g_return_if_fail (QC_IS_SYNC (self));
  qc_sync_read_figures (self);
  qc_sync_start_round (self, TRUE);
}

void
qc_sync_set_unit (QcSync *self, const char *unit)
{
  g_return_if_fail (QC_IS_SYNC (self));
  if (g_strcmp0 (self->unit, unit) == 0)
    return;
  qc_sync_tell_pulled (self);
  g_free (self->unit);
  self->unit = g_strdup (unit);
  qc_sync_notify (self, QC_SYNC_PROP_UNIT);
  qc_sync_read_figures (self);
  qc_sync_cancel (self);
  qc_sync_start_round (self, TRUE);
}

gboolean
qc_sync_set_profile (QcSync *self, QcProfile *profile, GError **error)
{
  g_return_val_if_fail (QC_IS_SYNC (self) && QC_IS_PROFILE (profile), FALSE);
  if (!g_str_equal (qc_profile_get_id (profile), qc_profile_get_id (self->profile))) {
    g_propagate_error (error, qc_sync_error_new (QC_SYNC_ERROR_PROFILE, "id", _ ("This is another center's profile.")));
    return FALSE;
  }
  if (self->tokens == NULL || !qc_transport_set_profile (qc_tokens_get_transport (self->tokens), profile, error))
    return self->tokens == NULL;
  g_set_object (&self->profile, profile);
  return TRUE;
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcSync *self = g_task_get_source_object (task);
  GError *error = NULL;
  if (!qc_sign_in_finish (QC_TOKENS (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  if (self->run == NULL)
    qc_sync_set_state (self, QC_SYNC_STATE_READY, NULL);
  qc_sync_start_round (self, TRUE);
  g_task_return_boolean (task, TRUE);
}

void
qc_sync_sign_in_async (QcSync *self, QcSignInReadyFunc ready, gpointer ready_data, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_SYNC (self));
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_sync_sign_in_async);
  g_task_set_check_cancellable (task, FALSE);
  if (self->tokens == NULL) {
    g_task_return_error (task, qc_sync_error_new (QC_SYNC_ERROR_NO_API, NULL,
                                                  _ ("This center is not connected to Qingce yet. Drafting, checks and "
                                                     "forms work; business is done on the portal.")));
    g_object_unref (task);
    return;
  }
  qc_sign_in_async (self->tokens, 0, ready, ready_data, cancellable, signed_in_cb, task);
}

gboolean
qc_sync_sign_in_finish (QcSync *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
signed_out_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  if (qc_tokens_sign_out_finish (QC_TOKENS (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
qc_sync_sign_out_async (QcSync *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_SYNC (self));
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_sync_sign_out_async);
  if (self->tokens == NULL) {
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
    return;
  }
  qc_sync_cancel (self);
  qc_outbox_stop_uploads (self->outbox);
  qc_sync_stop_timer (self);
  qc_sync_set_state (self, QC_SYNC_STATE_SIGNED_OUT, NULL);
  qc_tokens_sign_out_async (self->tokens, cancellable, signed_out_done_cb, task);
}

gboolean
qc_sync_sign_out_finish (QcSync *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

QcSyncState
qc_sync_get_state (QcSync *self)
{
  return self->state;
}

gint64
qc_sync_get_as_of (QcSync *self)
{
  return self->as_of;
}

guint
qc_sync_get_waiting (QcSync *self)
{
  return self->waiting;
}

double
qc_sync_get_progress (QcSync *self)
{
  return self->progress;
}

const GError *
qc_sync_get_error (QcSync *self)
{
  return self->error;
}

QcProfile *
qc_sync_get_profile (QcSync *self)
{
  return self->profile;
}

QcOutbox *
qc_sync_get_outbox (QcSync *self)
{
  return self->outbox;
}

QcTokens *
qc_sync_get_tokens (QcSync *self)
{
  return self->tokens;
}

QcDate
qc_sync_get_center_today (QcSync *self)
{
  const QcWireCenter *center = self->tokens ? qc_transport_get_center (qc_tokens_get_transport (self->tokens)) : NULL;
  return center ? center->today : QC_DATE_NONE;
}

/* ---- the object ---- */

static void
qc_sync_dispose (GObject *object)
{
  QcSync *self = QC_SYNC (object);
  qc_sync_stop (self);
  g_cancellable_cancel (self->life);
  if (self->tokens) {
    QcTransport *transport = qc_tokens_get_transport (self->tokens);
    g_signal_handlers_disconnect_by_data (transport, self);
    g_signal_handlers_disconnect_by_data (qc_tokens_get_secret (self->tokens), self);
    g_signal_handlers_disconnect_by_data (self->tokens, self);
  }
  if (self->outbox)
    g_signal_handlers_disconnect_by_data (self->outbox, self);
  if (self->monitor)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->outbox);
  g_clear_object (&self->tokens);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (qc_sync_parent_class)->dispose (object);
}

static void
qc_sync_finalize (GObject *object)
{
  QcSync *self = QC_SYNC (object);
  g_clear_object (&self->profile);
  g_clear_object (&self->database);
  g_clear_object (&self->life);
  g_clear_error (&self->error);
  g_free (self->unit);
  G_OBJECT_CLASS (qc_sync_parent_class)->finalize (object);
}

static void
qc_sync_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  QcSync *self = QC_SYNC (object);
  switch (id) {
  case QC_SYNC_PROP_STATE:
    g_value_set_int (value, (int)self->state);
    break;
  case QC_SYNC_PROP_AS_OF:
    g_value_set_int64 (value, self->as_of);
    break;
  case QC_SYNC_PROP_WAITING:
    g_value_set_uint (value, self->waiting);
    break;
  case QC_SYNC_PROP_PROGRESS:
    g_value_set_double (value, self->progress);
    break;
  case QC_SYNC_PROP_UNIT:
    g_value_set_string (value, self->unit);
    break;
  case QC_SYNC_PROP_ERROR:
    g_value_set_boxed (value, self->error);
    break;
  case QC_SYNC_PROP_PERSISTENT:
    g_value_set_boolean (value, self->tokens && qc_secret_is_persistent (qc_tokens_get_secret (self->tokens)));
    break;
  case QC_SYNC_PROP_CLOCK_OFFSET:
    g_value_set_int64 (value,
                       self->tokens ? qc_transport_get_clock_offset (qc_tokens_get_transport (self->tokens)) : 0);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
qc_sync_class_init (QcSyncClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->dispose = qc_sync_dispose;
  object_class->finalize = qc_sync_finalize;
  object_class->get_property = qc_sync_get_property;
  props[QC_SYNC_PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, QC_SYNC_STATE_ERROR, 0, flags);
  props[QC_SYNC_PROP_AS_OF] = g_param_spec_int64 ("as-of", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[QC_SYNC_PROP_WAITING] = g_param_spec_uint ("waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[QC_SYNC_PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, -1, 1, -1, flags);
  props[QC_SYNC_PROP_UNIT] = g_param_spec_string ("unit", NULL, NULL, NULL, flags);
  props[QC_SYNC_PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  props[QC_SYNC_PROP_PERSISTENT] = g_param_spec_boolean ("persistent", NULL, NULL, FALSE, flags);
  props[QC_SYNC_PROP_CLOCK_OFFSET] = g_param_spec_int64 ("clock-offset", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, QC_SYNC_N_PROPS, props);
  signals[PULLED] = g_signal_new ("pulled", QC_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_STRING, G_TYPE_STRING);
  signals[OUTBOX_CHANGED] = g_signal_new ("outbox-changed", QC_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[UPLOADING] = g_signal_new ("uploading", QC_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                     G_TYPE_INT64, G_TYPE_POINTER);
}

static void
qc_sync_init (QcSync *self)
{
  self->life = g_cancellable_new ();
  self->progress = -1;
  self->dirty = -1;
}

/* What speaks HTTP, where the profile has an API. */
static void
set_up (QcSync *self)
{
  if (!qc_profile_has_api (self->profile))
    return;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcTransport) transport = qc_transport_new (self->profile, self->has_clock ? &self->clock : NULL, &error);
  if (transport == NULL) {
    qc_sync_set_state (self, QC_SYNC_STATE_ERROR, error);
    return;
  }
  g_autoptr (QcSecret) secret = qc_secret_new (qc_profile_get_id (self->profile));
  self->tokens = qc_tokens_new (transport, secret);
  self->outbox = qc_outbox_new (self->tokens, self->database, qc_profile_get_id (self->profile),
                                self->has_clock ? &self->clock : NULL);
  self->state = QC_SYNC_STATE_OFFLINE;
  g_signal_connect (transport, "notify::clock-offset", G_CALLBACK (clock_offset_cb), self);
  g_signal_connect (secret, "notify::persistent", G_CALLBACK (persistent_cb), self);
  g_signal_connect (self->tokens, "notify::signed-out", G_CALLBACK (signed_out_cb), self);
  g_signal_connect (self->outbox, "changed", G_CALLBACK (outbox_changed_cb), self);
  g_signal_connect (self->outbox, "progress", G_CALLBACK (upload_progress_cb), self);
  g_signal_connect (self->outbox, "uploaded", G_CALLBACK (uploaded_cb), self);
}

QcSync *
qc_sync_new (QcProfile *profile, QcDatabase *database, GNetworkMonitor *monitor, const QcClock *clock)
{
  g_return_val_if_fail (QC_IS_PROFILE (profile) && QC_IS_DATABASE (database), NULL);
  QcSync *self = g_object_new (QC_TYPE_SYNC, NULL);
  self->profile = g_object_ref (profile);
  self->database = g_object_ref (database);
  self->monitor = monitor ? g_object_ref (monitor) : NULL;
  self->has_clock = clock != NULL;
  if (clock)
    self->clock = *clock;
  set_up (self);
  return self;
}
