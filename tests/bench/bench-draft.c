/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See bench-draft.h. Main thread.
 */
#include "bench-draft.h"

/* --- the main loop --- */

#define LIMIT 120 /* seconds */

static gint64 left_poll, busiest;

static int
poll_cb (GPollFD *fds, guint n, int timeout)
{
  if (left_poll != 0)
    busiest = MAX (busiest, g_get_monotonic_time () - left_poll);
  int found = g_poll (fds, n, timeout);
  left_poll = g_get_monotonic_time ();
  return found;
}

void
bench_watch_loop (void)
{
  g_main_context_set_poll_func (NULL, poll_cb);
  busiest = 0;
  left_poll = g_get_monotonic_time ();
}

double
bench_busy_ms (void)
{
  busiest = MAX (busiest, g_get_monotonic_time () - left_poll);
  return busiest / 1000.0;
}

static gboolean
late_cb (gpointer what)
{
  bench_die (what, NULL);
}

void
bench_run_until (BenchCondition condition, gpointer data, const char *what)
{
  guint limit = g_timeout_add_seconds (LIMIT, late_cb, (gpointer)what);
  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);
}

/* --- the service --- */

void
bench_check_readable (gpointer service)
{
  const GError *error = qc_business_service_get_error (service);
  if (error != NULL)
    bench_die ("reading the roster", error);
}

gboolean
bench_is_settled (gpointer service)
{
  bench_check_readable (service);
  return qc_roster_service_is_settled (service);
}

gboolean
bench_is_checked (gpointer service)
{
  return !qc_business_service_is_loading (service)
         && !qc_draft_is_busy (qc_business_service_get_draft (QC_BUSINESS_SERVICE (service)));
}

gboolean
bench_is_written (gpointer draft)
{
  return qc_draft_get_unsaved (draft) == 0;
}

QcDraft *
bench_draft_of (QcRosterService *service)
{
  return qc_business_service_get_draft (QC_BUSINESS_SERVICE (service));
}

const GPtrArray *
bench_lines_of (QcRosterService *service)
{
  return qc_draft_get_roster (bench_draft_of (service))->lines;
}

/* --- the center --- */

static gboolean
is_signed_in (gpointer session)
{
  return qc_session_is_signed_in (session) && qc_session_get_sync_status (session) == QC_SYNC_IDLE
         && qc_session_get_synced_at (session) > 0;
}

gboolean
bench_can_submit (gpointer service)
{
  return bench_is_settled (service) && qc_business_service_can_submit (service);
}

static gboolean
is_over (gpointer item)
{
  QcOutboxItemState state = qc_outbox_item_get_state (item);
  if (state == QC_OUTBOX_ITEM_REFUSED || state == QC_OUTBOX_ITEM_HELD)
    bench_die ("the center refused it", NULL);
  return state == QC_OUTBOX_ITEM_ACCEPTED;
}

static gboolean
is_sending (gpointer item)
{
  return qc_outbox_item_get_state (item) == QC_OUTBOX_ITEM_SENDING || is_over (item);
}

void
bench_sign_in (QcSession *session, char *robot)
{
  qc_session_start (session);
  g_autoptr (GAsyncResult) slot = NULL;
  qc_session_choose_profile_async (session, QC_SESSION_PRACTICE, NULL, bench_result_cb, &slot);
  g_autoptr (GAsyncResult) chosen = bench_await (&slot);
  g_autoptr (GError) error = NULL;
  if (!qc_session_choose_profile_finish (session, chosen, &error))
    bench_die ("entering practice", error);
  qc_session_sign_in_async (session, bench_robot_cb, robot, NULL, bench_result_cb, &slot);
  g_autoptr (GAsyncResult) signed_in = bench_await (&slot);
  if (!qc_session_sign_in_finish (session, signed_in, &error))
    bench_die ("signing in", error);
  bench_run_until (is_signed_in, session, "a sync");
}

BenchSent
bench_send_roster (QcRosterService *service)
{
  BenchSent sent;
  g_autoptr (GAsyncResult) slot = NULL;
  g_autoptr (GError) error = NULL;
  bench_run_until (bench_can_submit, service, "what can be submitted");
  g_autofree char *token = qc_business_service_dup_token (QC_BUSINESS_SERVICE (service));
  gint64 begun = g_get_monotonic_time ();
  qc_business_service_submit_async (QC_BUSINESS_SERVICE (service), token, NULL, bench_result_cb, &slot);
  g_autoptr (GAsyncResult) done = bench_await (&slot);
  g_autoptr (QcOutboxItem) item = qc_business_service_submit_finish (QC_BUSINESS_SERVICE (service), done, &error);
  if (item == NULL)
    bench_die ("submitting", error);
  sent.queued = bench_since (begun);
  bench_run_until (is_sending, item, "sending");
  begun = g_get_monotonic_time ();
  bench_run_until (is_over, item, "the center's answer");
  sent.answered = bench_since (begun);
  return sent;
}
