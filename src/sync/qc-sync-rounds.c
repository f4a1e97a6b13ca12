/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The rounds of the controller: when one begins, how far it is, what its end means, when the next one is due. Main
 * context.
 */
#include "qc-sync-private.h"

#define PERIOD      300 /* seconds between checks, ± a fifth */
#define WATCH       30  /* the same while somebody waits */
#define PATIENCE    10  /* rounds that bring nothing, then ever fewer */
#define RETRY_FIRST 15  /* after a failure, doubling up to PERIOD */
#define AGAIN       2   /* after a failure, when somebody asked meanwhile */

void
qc_sync_set_state (QcSync *self, QcSyncState state, const GError *error)
{
  gboolean error_changed = error != NULL || self->error != NULL;
  gboolean state_changed = self->state != state;
  g_clear_error (&self->error);
  self->error = error ? g_error_copy (error) : NULL;
  self->state = state;
  if (error_changed)
    qc_sync_notify (self, QC_SYNC_PROP_ERROR);
  if (state_changed)
    qc_sync_notify (self, QC_SYNC_PROP_STATE);
}

/* ---- figures from the database ---- */

static void
figures_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcSync) self = user_data;
  QcSyncFigures figures = {0};
  if (!qc_sync_figures_finish (result, &figures, NULL))
    return;
  gboolean as_of_changed = self->as_of != figures.as_of;
  gboolean waiting_changed = self->waiting != figures.waiting;
  self->as_of = figures.as_of;
  self->waiting = figures.waiting;
  if (as_of_changed)
    qc_sync_notify (self, QC_SYNC_PROP_AS_OF);
  if (waiting_changed)
    qc_sync_notify (self, QC_SYNC_PROP_WAITING);
}

void
qc_sync_read_figures (QcSync *self)
{
  qc_sync_figures_async (self->database, qc_profile_get_id (self->profile), self->unit, self->life, figures_cb,
                         g_object_ref (self));
}

/* ---- rounds ---- */

static gboolean
timer_cb (gpointer user_data)
{
  QcSync *self = user_data;
  qc_sync_stop_timer (self);
  qc_sync_start_round (self, FALSE);
  return G_SOURCE_REMOVE;
}

void
qc_sync_stop_timer (QcSync *self)
{
  if (self->timer)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static void
schedule (QcSync *self, guint seconds)
{
  qc_sync_stop_timer (self);
  if (!self->started)
    return;
  self->timer = qc_transport_wait_source_new (qc_tokens_get_transport (self->tokens), MAX (seconds, 1));
  g_source_set_static_name (self->timer, "qc-sync round");
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, NULL);
}

static guint
with_jitter (guint seconds)
{
  return (guint)(seconds * g_random_double_range (0.8, 1.2));
}

guint
qc_sync_period (gboolean watched, guint quiet)
{
  guint doublings = quiet > PATIENCE ? MIN (quiet - PATIENCE, 5u) : 0;
  return watched ? MIN ((guint)WATCH << doublings, (guint)PERIOD) : PERIOD;
}

void
qc_sync_set_watched (QcSync *self, gboolean watched)
{
  g_return_if_fail (QC_IS_SYNC (self));
  gint64 seconds = (g_get_monotonic_time () - self->ended) / G_USEC_PER_SEC;
  if (self->watched == watched)
    return;
  self->watched = watched;
  self->quiet = 0;
  if (self->timer && self->state == QC_SYNC_STATE_READY) /* a failure has a time of its own */
    schedule (self, watched ? (guint)CLAMP (WATCH - seconds, 1, WATCH) : with_jitter (PERIOD));
}

static void
schedule_after_success (QcSync *self, gint64 next_due)
{
  gint64 now = self->has_clock ? qc_clock_now (&self->clock) : g_get_real_time () / G_USEC_PER_SEC;
  guint wait = with_jitter (qc_sync_period (self->watched, self->quiet));
  self->quiet++;
  self->failures = 0;
  if (next_due != 0)
    wait = (guint)CLAMP (next_due - now, 1, (gint64)wait);
  schedule (self, wait);
}

static void
schedule_after_failure (QcSync *self, const GError *error)
{
  guint wait = MIN (RETRY_FIRST << MIN (self->failures, 5), PERIOD);
  self->failures++;
  schedule (self, MAX (with_jitter (wait), qc_sync_error_get_retry_after (error)));
}

void
qc_sync_tell_pulled (QcSync *self)
{
  if (self->dirty < 0)
    return;
  self->quiet = 0;
  qc_sync_emit_pulled (self, (guint)self->dirty);
  self->dirty = -1;
}

static void
progress_cb (const QcPullProgress *progress, gpointer user_data)
{
  QcSync *self = user_data;
  if (self->dirty >= 0 && self->dirty != (int)progress->feed_index)
    qc_sync_tell_pulled (self);
  if (progress->rows > 0 || progress->full) /* the end of an empty feed makes the unit complete, too */
    self->dirty = (int)progress->feed_index;
  double part = progress->total > 0 ? MIN (1.0, (double)progress->rows / (double)progress->total) : 0.5;
  double now = (progress->feed_index + part) / progress->n_feeds;
  if (now != self->progress) {
    self->progress = now;
    qc_sync_notify (self, QC_SYNC_PROP_PROGRESS);
  }
}

void
qc_sync_judge_failure (QcSync *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    qc_sync_set_state (self, QC_SYNC_STATE_READY, NULL);
  else if (g_error_matches (error, QC_SYNC_ERROR, QC_SYNC_ERROR_UNAUTHORIZED))
    qc_sync_set_state (self, QC_SYNC_STATE_SIGNED_OUT, error);
  else if (g_error_matches (error, QC_SYNC_ERROR, QC_SYNC_ERROR_OFFLINE)
           || g_error_matches (error, QC_SYNC_ERROR, QC_SYNC_ERROR_TIMEOUT))
    qc_sync_set_state (self, QC_SYNC_STATE_OFFLINE, error);
  else
    qc_sync_set_state (self, QC_SYNC_STATE_ERROR, error);
  if (!qc_tokens_is_signed_out (self->tokens)) /* a 401 that somebody in between said passes */
    schedule_after_failure (self, error);
}

static void
run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcSync) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 next_due = 0;
  gboolean good = qc_sync_run_finish (result, &next_due, &error);
  g_clear_object (&self->run);
  self->progress = -1;
  self->ended = g_get_monotonic_time ();
  qc_sync_tell_pulled (self);
  qc_sync_read_figures (self);
  if (!self->started)
    return;
  if (good) {
    qc_sync_set_state (self, QC_SYNC_STATE_READY, NULL);
    schedule_after_success (self, next_due);
  } else {
    qc_sync_judge_failure (self, error);
  }
  if (!self->again || self->state == QC_SYNC_STATE_SIGNED_OUT)
    return;
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    qc_sync_start_round (self, FALSE);
  } else if (qc_sync_error_get_retry_after (error) == 0) {
    schedule (self, AGAIN); /* not at once: who asked hears first that it failed */
  }
}

void
qc_sync_start_round (QcSync *self, gboolean wake)
{
  self->wake |= wake;
  if (!self->started || self->tokens == NULL)
    return;
  if (self->state == QC_SYNC_STATE_SIGNED_OUT && qc_tokens_is_signed_out (self->tokens))
    return; /* only a sign-in helps, and it begins a round */
  if (self->run != NULL) {
    self->again = TRUE;
    return;
  }
  self->again = FALSE;
  self->run = g_cancellable_new ();
  qc_sync_stop_timer (self);
  qc_sync_set_state (self, QC_SYNC_STATE_SYNCING, NULL);
  qc_sync_run_async (self->tokens, self->database, self->outbox, qc_profile_get_id (self->profile), self->unit,
                     self->wake, progress_cb, self, self->run, run_cb, g_object_ref (self));
  self->wake = FALSE;
}
