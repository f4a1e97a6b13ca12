/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Signing in and out: the portal's pages through sync, then who that is and for which units, written before it is told.
 * Main thread.
 */
#include "qc-session-internal.h"

#include <glib/gi18n-lib.h>

#include "qc-calls.h"
#include "qc-store-profiles.h"

typedef struct {
  QcSessionAddressFunc address;
  gpointer address_data;
  char *token;            /* (owned) (nullable) a refresh token instead of the pages */
  char *profile;          /* (owned) */
  QcWireSession *session; /* (owned) (nullable) */
} SignIn;

static void
sign_in_free (gpointer data)
{
  SignIn *sign_in = data;
  g_free (sign_in->token);
  g_free (sign_in->profile);
  g_clear_pointer (&sign_in->session, qc_wire_session_free);
  g_free (sign_in);
}

static void
address_cb (const char *address, gpointer data)
{
  SignIn *sign_in = g_task_get_task_data (data);
  if (sign_in->address)
    sign_in->address (address, sign_in->address_data);
}

static gpointer
write_grants (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const SignIn *sign_in = data;
  const QcWireSession *session = sign_in->session;
  g_autoptr (GPtrArray) grants = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_store_grant_free);
  for (guint i = 0; i < session->units->len; i++) {
    const QcWireSessionUnit *unit = g_ptr_array_index (session->units, i);
    QcStoreGrant *grant = g_new0 (QcStoreGrant, 1);
    grant->account = g_strdup (unit->account);
    grant->name = g_strdup (unit->name);
    grant->credit_code = g_strdup (unit->credit_code);
    grant->granted = TRUE;
    g_ptr_array_add (grants, grant);
  }
  g_autoptr (QcStoreProfile) profile = NULL;
  if (!qc_store_profile_get (connection, sign_in->profile, &profile, error))
    return NULL;
  if (profile) {
    g_free (profile->user);
    profile->user = g_strdup (session->name ? session->name : session->user);
    if (!qc_store_profile_put (connection, profile, error))
      return NULL;
  }
  if (!qc_store_grants_set (connection, sign_in->profile, grants, error))
    return NULL;
  return qc_profile_state_read (connection, sign_in->profile, error);
}

static void
grants_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  QcSession *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;
  QcProfileState *state = qc_database_finish (QC_DATABASE (source), result, &error);
  if (!state) {
    g_task_return_error (task, error);
    return;
  }
  /* Who chose another profile meanwhile wants nothing of this one. */
  if (g_strcmp0 (qc_session_get_profile_id (self), sign_in->profile) == 0) {
    qc_session_adopt_state (self, state);
    qc_session_journal (self, "sign-in", sign_in->session->user, NULL);
    if (!self->started) {
      self->started = TRUE;
      qc_sync_start (self->sync);
    }
    qc_sync_now (self->sync);
  }
  qc_profile_state_free (state);
  g_task_return_boolean (task, TRUE);
}

static void
session_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  QcSession *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;
  sign_in->session = qc_calls_session_finish (QC_TOKENS (source), result, &error);
  if (!sign_in->session) {
    g_task_return_error (task, error);
    return;
  }
  qc_database_write_async (qc_session_get_database (self), "grants", write_grants, sign_in, NULL,
                           (GDestroyNotify)qc_profile_state_free, NULL, grants_cb, g_object_ref (task));
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (!qc_sync_sign_in_finish (QC_SYNC (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  qc_calls_session_async (qc_sync_get_tokens (QC_SYNC (source)), g_task_get_cancellable (task), session_cb,
                          g_object_ref (task));
}

static void
adopted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (qc_tokens_adopt_finish (QC_TOKENS (source), result, &error))
    qc_calls_session_async (QC_TOKENS (source), g_task_get_cancellable (task), session_cb, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

static void
begin_sign_in (GTask *task)
{
  QcSession *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  if (sign_in->token) {
    qc_tokens_adopt_async (qc_sync_get_tokens (self->sync), sign_in->token, g_task_get_cancellable (task), adopted_cb,
                           g_object_ref (task));
    return;
  }
  qc_sync_sign_in_async (self->sync, address_cb, task, g_task_get_cancellable (task), signed_in_cb,
                         g_object_ref (task));
}

static void
center_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (qc_practice_start_finish (QC_PRACTICE (source), result, &error))
    begin_sign_in (task);
  else
    g_task_return_error (task, error);
}

/* Takes @sign_in and @task. */
static void
start_sign_in (QcSession *self, SignIn *sign_in, GTask *taken)
{
  g_autoptr (GTask) task = taken;
  g_task_set_source_tag (task, start_sign_in);
  g_task_set_task_data (task, sign_in, sign_in_free);
  if (!self->sync || !qc_profile_has_api (self->profile)) {
    g_task_return_error (task, qc_sync_error_new (QC_SYNC_ERROR_NO_API, NULL, _ ("This center is not connected.")));
    return;
  }
  sign_in->profile = g_strdup (self->info->id);
  QcPractice *practice = qc_context_get_practice (self->context);
  if (qc_session_is_practice (self) && qc_practice_get_state (practice) != QC_PRACTICE_READY)
    qc_practice_start_async (practice, g_task_get_cancellable (task), center_up_cb, g_object_ref (task));
  else
    begin_sign_in (task);
}

void
qc_session_sign_in_async (QcSession *self, QcSessionAddressFunc address, gpointer address_data,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_SESSION (self));
  SignIn *sign_in = g_new0 (SignIn, 1);
  sign_in->address = address;
  sign_in->address_data = address_data;
  start_sign_in (self, sign_in, g_task_new (self, cancellable, callback, user_data));
}

void
qc_session_sign_in_with_token_async (QcSession *self, const char *refresh_token, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_SESSION (self) && refresh_token);
  SignIn *sign_in = g_new0 (SignIn, 1);
  sign_in->token = g_strdup (refresh_token);
  start_sign_in (self, sign_in, g_task_new (self, cancellable, callback, user_data));
}

char *
qc_session_dup_refresh_token (QcSession *self)
{
  g_return_val_if_fail (QC_IS_SESSION (self), NULL);
  QcTokens *tokens = self->sync ? qc_sync_get_tokens (self->sync) : NULL;
  return tokens ? g_strdup (qc_secret_get_token (qc_tokens_get_secret (tokens))) : NULL;
}

gboolean
qc_session_sign_in_finish (QcSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  QcSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  gboolean told = qc_sync_sign_out_finish (QC_SYNC (source), result, &error);
  /* Here it is over either way. */
  qc_session_journal (self, "sign-out", NULL, NULL);
  qc_session_emit_sync_changed (self);
  if (told)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
qc_session_sign_out_async (QcSession *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_session_sign_out_async);
  if (self->sync)
    qc_sync_sign_out_async (self->sync, cancellable, signed_out_cb, g_object_ref (task));
  else
    g_task_return_boolean (task, TRUE);
}

gboolean
qc_session_sign_out_finish (QcSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
