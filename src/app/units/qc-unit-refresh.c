/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Asking the center how the units stand that are not on screen, for the overview (qc-unit-overview.h). Two feeds a
 * unit; the rest is fetched when the unit is gone to. Main thread.
 */
#include "qc-unit-overview.h"

#include "qc-session-private.h"

typedef struct {
  GPtrArray *accounts; /* (owned) char *, still to be asked about from @next on */
  guint next;
  char *profile; /* (owned) */
  QcUnitOverviewFunc progress;
  gpointer progress_data;
  GCancellable *cancel; /* (owned) the caller's, and ours */
  gulong caller, unit_changed, profile_changed;
} Refresh;

static void
refresh_free (gpointer data)
{
  Refresh *refresh = data;
  g_ptr_array_unref (refresh->accounts);
  g_free (refresh->profile);
  g_object_unref (refresh->cancel);
  g_free (refresh);
}

/* Another unit comes on screen: its round asks about it, and not two at once. */
static void
switched_cb (QcSession *session, GTask *task)
{
  Refresh *refresh = g_task_get_task_data (task);
  g_cancellable_cancel (refresh->cancel);
}

static void
end (GTask *task, GError *error)
{
  Refresh *refresh = g_task_get_task_data (task);
  GObject *session = g_task_get_source_object (task);
  g_signal_handler_disconnect (session, refresh->unit_changed);
  g_signal_handler_disconnect (session, refresh->profile_changed);
  g_cancellable_disconnect (g_task_get_cancellable (task), refresh->caller);
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void pull_next (GTask *task);

static void
pulled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Refresh *refresh = g_task_get_task_data (task);
  GError *error = NULL;
  if (!qc_pull_finish (QC_TOKENS (source), result, NULL, &error)) {
    end (task, error);
    return;
  }
  if (refresh->progress)
    refresh->progress (refresh->next, refresh->accounts->len, refresh->progress_data);
  pull_next (task);
}

static void
pull_next (GTask *task)
{
  static const char *const feeds[] = {"unit", "applications", NULL};
  Refresh *refresh = g_task_get_task_data (task);
  QcSession *session = g_task_get_source_object (task);
  QcSync *sync = qc_session_get_sync (session);
  QcTokens *tokens = sync ? qc_sync_get_tokens (sync) : NULL;
  GError *error = NULL;
  if (g_cancellable_set_error_if_cancelled (refresh->cancel, &error) || refresh->next == refresh->accounts->len
      || !tokens) {
    end (task, error);
    return;
  }
  const char *account = g_ptr_array_index (refresh->accounts, refresh->next++);
  qc_pull_async (tokens, qc_session_get_database (session), refresh->profile, account, feeds, NULL, NULL, NULL,
                 refresh->cancel, pulled_cb, g_object_ref (task));
}

static void
caller_cb (GCancellable *caller, GCancellable *cancel)
{
  g_cancellable_cancel (cancel);
}

void
qc_unit_overview_refresh_async (QcSession *session, QcUnitOverviewFunc progress, gpointer progress_data,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_SESSION (session) && qc_session_get_profile_id (session));
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  GPtrArray *units = qc_session_get_units (session);
  Refresh *refresh = g_new0 (Refresh, 1);
  *refresh = (Refresh) {.accounts = g_ptr_array_new_with_free_func (g_free),
                        .profile = g_strdup (qc_session_get_profile_id (session)),
                        .progress = progress,
                        .progress_data = progress_data,
                        .cancel = g_cancellable_new ()};
  for (guint i = 0; i < units->len; i++) {
    const QcUnitChoice *unit = g_ptr_array_index (units, i);
    if (unit->granted && g_strcmp0 (unit->account, qc_session_get_unit_account (session)) != 0)
      g_ptr_array_add (refresh->accounts, g_strdup (unit->account));
  }
  g_task_set_source_tag (task, qc_unit_overview_refresh_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, refresh, refresh_free);
  refresh->unit_changed = g_signal_connect (session, "unit-changed", G_CALLBACK (switched_cb), task);
  refresh->profile_changed = g_signal_connect (session, "profile-changed", G_CALLBACK (switched_cb), task);
  if (cancellable)
    refresh->caller
        = g_cancellable_connect (cancellable, G_CALLBACK (caller_cb), g_object_ref (refresh->cancel), g_object_unref);
  pull_next (task);
}

gboolean
qc_unit_overview_refresh_finish (QcSession *session, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
