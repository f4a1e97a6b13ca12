/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See fake-session.h.
 */
#include "fake-session.h"

#include "qc-session-internal.h"

static gpointer
read_state (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_profile_state_read (connection, data, error);
}

static gboolean
is_idle (gpointer session)
{
  return qc_session_get_sync_status (session) == QC_SYNC_IDLE;
}

void
fake_session_adopt (QcAppFixture *app, Fake *fake, gboolean practice)
{
  QcSession *session = app->session;
  g_autoptr (QcProfile) profile = profile_from ("heihe", practice, fake->address, fake->authority->pem);
  qc_session_adopt_profile (session, profile);
  g_autoptr (GError) error = NULL;
  QcProfileState *state
      = qc_database_read (qc_session_get_database (session), "state", read_state, (gpointer) "heihe", &error);
  g_assert_no_error (error);
  qc_session_adopt_state (session, state);
  qc_profile_state_free (state);
  QcSecret *secret = qc_tokens_get_secret (qc_sync_get_tokens (qc_session_get_sync (session)));
  qc_secret_set_memory_only (secret, TRUE);
  g_free (fake->refresh);
  fake->refresh = g_strdup ("first");
  qc_secret_store_async (secret, "first", NULL, NULL, NULL);
}

void
fake_session_connect (QcAppFixture *app, Fake *fake)
{
  QcSession *session = app->session;
  fake_session_adopt (app, fake, FALSE);
  qc_session_start (session);
  qc_app_fixture_until (is_idle, session);
  qc_context_set_today (app->context, QC_FIXTURE_TODAY);
}
