/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Fills a data folder as a clerk's first day would: practice mode, sign-in on the portal, first pull, entered. All
 * other figures of `make bench` are taken over this folder.
 *
 * bench-prepare FOLDER ROBOT
 */
#include "bench.h"

static void
sync_changed_cb (QcSession *session, gpointer done)
{
  if (qc_session_get_sync_status (session) == QC_SYNC_FAILED)
    bench_die ("the first pull", qc_session_get_sync_error (session));
  *(gboolean *)done = qc_session_get_sync_status (session) == QC_SYNC_IDLE && qc_session_get_synced_at (session) > 0;
}

static void
enter_practice (QcSession *session, char *robot)
{
  g_autoptr (GAsyncResult) slot = NULL;
  qc_session_choose_profile_async (session, QC_SESSION_PRACTICE, NULL, bench_result_cb, &slot);
  g_autoptr (GAsyncResult) chosen = bench_await (&slot);
  g_autoptr (GError) error = NULL;
  if (!qc_session_choose_profile_finish (session, chosen, &error))
    bench_die ("entering practice", error);
  qc_session_set_entered (session, 0);
  qc_session_sign_in_async (session, bench_robot_cb, robot, NULL, bench_result_cb, &slot);
  g_autoptr (GAsyncResult) signed_in = bench_await (&slot);
  if (!qc_session_sign_in_finish (session, signed_in, &error))
    bench_die ("signing in", error);
}

int
main (int argc, char *argv[])
{
  if (argc != 3)
    bench_die ("bench-prepare FOLDER ROBOT", NULL);
  QcContext *context;
  QcSession *session = bench_session_open (argv[1], &context);
  qc_session_start (session);
  enter_practice (session, argv[2]);
  gboolean done = FALSE;
  g_signal_connect (session, "sync-changed", G_CALLBACK (sync_changed_cb), &done);
  sync_changed_cb (session, &done);
  bench_await_flag (&done, 120, "the first pull takes more than two minutes");
  g_signal_handlers_disconnect_by_func (session, sync_changed_cb, &done);
  bench_session_close (session, context);
  return 0;
}
