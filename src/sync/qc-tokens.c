/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The grant of one profile. Who needs a token while a refresh is under way waits in one list for its answer. A refresh
 * is repeated with the same refresh token only when its answer was lost, which a center that has not seen the next one
 * in use takes for what it is. Main context.
 */
#include "qc-tokens.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "qc-waiters.h"
#include "qc-wire-session.h"

#define SPARE_SECONDS 30 /* refresh that much before the end */

struct _QcTokens {
  GObject parent;
  QcTransport *transport; /* (owned) */
  QcSecret *secret;       /* (owned) */
  char *access_token;     /* (owned) (nullable) */
  gint64 good_until;      /* monotonic seconds */
  QcWaiters *waiters;     /* (owned) for the refresh under way */
  guint generation;       /* counts grants: a refresh of an older one changes nothing */
  gboolean signed_out;
  GCancellable *life; /* (owned) */
};

G_DEFINE_FINAL_TYPE (QcTokens, qc_tokens, G_TYPE_OBJECT)

enum { PROP_SIGNED_OUT = 1, N_PROPS };
static GParamSpec *props[N_PROPS];

/* One refresh: which grant it belongs to. */
typedef struct {
  QcTokens *self; /* (owned) */
  guint generation;
} Refresh;

static void
refresh_free (Refresh *refresh)
{
  g_object_unref (refresh->self);
  g_free (refresh);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Refresh, refresh_free)

static GBytes *
form_bytes (const char *form)
{
  return g_bytes_new (form, strlen (form));
}

static gint64
monotonic_seconds (void)
{
  return g_get_monotonic_time () / G_USEC_PER_SEC;
}

static GError *
signed_out_error (void)
{
  return qc_sync_error_new (QC_SYNC_ERROR_UNAUTHORIZED, "signed-out",
                            _ ("You are signed out. Sign in again; drafts and what waits to be sent are kept."));
}

static void
set_signed_out (QcTokens *self, gboolean signed_out)
{
  if (self->signed_out == signed_out)
    return;
  self->signed_out = signed_out;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SIGNED_OUT]);
}

static void
take_access_token (QcTokens *self, const char *token, gint64 expires_in)
{
  g_free (self->access_token);
  self->access_token = g_strdup (token);
  self->good_until = monotonic_seconds () + CLAMP (expires_in, 1, 24 * 3600);
}

static void
answer_waiting (QcTokens *self, const GError *error)
{
  g_autoptr (GPtrArray) waiting = qc_waiters_take (self->waiters);
  for (guint i = 0; i < waiting->len; i++) {
    GTask *task = g_ptr_array_index (waiting, i);
    if (g_task_return_error_if_cancelled (task))
      continue;
    if (error)
      g_task_return_error (task, g_error_copy (error));
    else
      g_task_return_pointer (task, g_strdup (self->access_token), g_free);
  }
}

static void
refreshed_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Refresh) refresh = user_data;
  qc_secret_store_finish (QC_SECRET (source), result);
  g_autoptr (GError) error = refresh->self->access_token ? NULL : signed_out_error ();
  answer_waiting (refresh->self, error);
}

/* The center says that the grant is over. */
static void
grant_over (QcTokens *self)
{
  g_autoptr (GError) error = signed_out_error ();
  g_clear_pointer (&self->access_token, g_free);
  self->generation++;
  qc_secret_clear_async (self->secret, NULL, NULL, NULL);
  answer_waiting (self, error);
  set_signed_out (self, TRUE);
}

/* What is JSON and not a grant's end (RFC 6749, 5.2) was said by something in between, or of something else. */
static GError *
judge_refusal (const QcAnswer *answer)
{
  static const char *const over[] = {"invalid_grant", "invalid_client", "unauthorized_client", NULL};
  g_autoptr (GError) fault = NULL;
  g_autoptr (QcWireOAuthError) said = qc_wire_decode_oauth_error (answer->body, &fault);
  if (said != NULL && g_strv_contains (over, said->error))
    return NULL;
  if (answer->status == 408 || answer->status == 429)
    return qc_sync_error_new_retry (0);
  return qc_sync_error_new_bad_answer (said ? said->error : fault->message);
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Refresh) refresh = user_data;
  QcTokens *self = refresh->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcAnswer) answer = qc_transport_send_finish (QC_TRANSPORT (source), result, &error);
  g_autoptr (GError) fault = NULL;
  g_autoptr (QcWireTokens) token = answer && answer->status < 400 ? qc_wire_decode_tokens (answer->body, &fault) : NULL;
  if (refresh->generation != self->generation) { /* signed out, or in anew, meanwhile */
    g_autoptr (GError) gone = self->access_token ? NULL : signed_out_error ();
    answer_waiting (self, gone);
  } else if (answer == NULL) {
    answer_waiting (self, error);
  } else if (answer->status >= 400) {
    error = judge_refusal (answer);
    if (error == NULL)
      grant_over (self);
    else
      answer_waiting (self, error);
  } else if (token == NULL) {
    error = qc_sync_error_new_bad_answer (fault->message);
    answer_waiting (self, error);
  } else {
    take_access_token (self, token->access_token, token->expires_in);
    if (token->refresh_token != NULL)
      qc_secret_store_async (self->secret, token->refresh_token, NULL, refreshed_stored_cb, g_steal_pointer (&refresh));
    else
      answer_waiting (self, NULL);
    set_signed_out (self, FALSE);
  }
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Refresh) refresh = user_data;
  QcTokens *self = refresh->self;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = qc_secret_lookup_finish (QC_SECRET (source), result, &error);
  if (token == NULL || refresh->generation != self->generation) {
    g_autoptr (GError) gone = error ? g_error_copy (error) : signed_out_error ();
    answer_waiting (self, gone);
    if (error == NULL && token == NULL)
      set_signed_out (self, TRUE);
    return;
  }
  g_autofree char *form
      = soup_form_encode ("grant_type", "refresh_token", "refresh_token", token, "client_id",
                          qc_profile_get_client_id (qc_transport_get_profile (self->transport)), NULL);
  g_autoptr (GBytes) body = form_bytes (form);
  QcRequest request = {.method = "POST",
                       .path = "/oauth/token",
                       .content_type = "application/x-www-form-urlencoded",
                       .body = body,
                       .max_answer = 64 * 1024,
                       .raw_errors = TRUE};
  qc_transport_send_async (self->transport, &request, self->life, refreshed_cb, g_steal_pointer (&refresh));
}

void
qc_tokens_get_async (QcTokens *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_TOKENS (self));
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_tokens_get_async);
  if (!qc_waiters_is_under_way (self->waiters) && self->access_token
      && monotonic_seconds () + SPARE_SECONDS < self->good_until) {
    g_task_return_pointer (task, g_strdup (self->access_token), g_free);
    return;
  }
  if (!qc_waiters_add (self->waiters, g_steal_pointer (&task)))
    return;
  Refresh *refresh = g_new0 (Refresh, 1);
  refresh->self = g_object_ref (self);
  refresh->generation = self->generation;
  qc_secret_lookup_async (self->secret, self->life, looked_up_cb, refresh);
}

char *
qc_tokens_get_finish (QcTokens *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
qc_tokens_reject (QcTokens *self, const char *access_token)
{
  g_return_if_fail (QC_IS_TOKENS (self));
  if (g_strcmp0 (self->access_token, access_token) == 0)
    g_clear_pointer (&self->access_token, g_free);
}

/* ---- sign-in and sign-out ---- */

static void
accepted_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  qc_secret_store_finish (QC_SECRET (source), result);
  g_task_return_boolean (task, TRUE);
}

void
qc_tokens_accept_async (QcTokens *self, GBytes *token_answer, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (QC_IS_TOKENS (self));
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_tokens_accept_async);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcWireTokens) token = qc_wire_decode_tokens (token_answer, &error);
  if (token == NULL) {
    g_task_return_error (task, qc_sync_error_new (QC_SYNC_ERROR_SIGN_IN, "server",
                                                  _ ("The center did not complete the sign-in. Try again.")));
    return;
  }
  self->generation++;
  take_access_token (self, token->access_token, token->expires_in);
  set_signed_out (self, FALSE);
  if (token->refresh_token == NULL)
    g_task_return_boolean (task, TRUE);
  else
    qc_secret_store_async (self->secret, token->refresh_token, cancellable, accepted_stored_cb,
                           g_steal_pointer (&task));
}

gboolean
qc_tokens_accept_finish (QcTokens *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
qc_tokens_adopt_async (QcTokens *self, const char *refresh_token, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_TOKENS (self) && refresh_token != NULL);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_tokens_adopt_async);
  self->generation++;
  g_clear_pointer (&self->access_token, g_free);
  set_signed_out (self, FALSE);
  qc_secret_store_async (self->secret, refresh_token, cancellable, accepted_stored_cb, task);
}

gboolean
qc_tokens_adopt_finish (QcTokens *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
revoked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcAnswer) answer = qc_transport_send_finish (QC_TRANSPORT (source), result, &error);
  if (answer == NULL)
    g_debug ("revoke: %s", error->message);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}

static void
sign_out_looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcTokens *self = g_task_get_source_object (task);
  g_autofree char *token = qc_secret_lookup_finish (QC_SECRET (source), result, NULL);
  qc_secret_clear_async (self->secret, NULL, NULL, NULL);
  if (token == NULL) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  g_autofree char *form
      = soup_form_encode ("token", token, "token_type_hint", "refresh_token", "client_id",
                          qc_profile_get_client_id (qc_transport_get_profile (self->transport)), NULL);
  g_autoptr (GBytes) body = form_bytes (form);
  QcRequest request = {.method = "POST",
                       .path = "/oauth/revoke",
                       .content_type = "application/x-www-form-urlencoded",
                       .body = body,
                       .max_answer = 64 * 1024,
                       .timeout = 10,
                       .raw_errors = TRUE};
  qc_transport_send_async (self->transport, &request, g_task_get_cancellable (task), revoked_cb, g_object_ref (task));
}

void
qc_tokens_sign_out_async (QcTokens *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_TOKENS (self));
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_tokens_sign_out_async);
  self->generation++;
  g_clear_pointer (&self->access_token, g_free);
  set_signed_out (self, TRUE);
  qc_secret_lookup_async (self->secret, NULL, sign_out_looked_up_cb, task);
}

gboolean
qc_tokens_sign_out_finish (QcTokens *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- sending with a token ---- */

typedef struct {
  QcRequest request;
  char *strings[5]; /* (owned) */
  char **headers;   /* (owned) (nullable) */
  char *token;      /* (owned) (nullable) the one in use */
  gboolean again;   /* the second go after a 401 */
} Send;

static void
send_free (Send *send)
{
  for (guint i = 0; i < G_N_ELEMENTS (send->strings); i++)
    g_free (send->strings[i]);
  g_clear_pointer (&send->request.body, g_bytes_unref);
  g_strfreev (send->headers);
  g_free (send->token);
  g_free (send);
}

static void got_token_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcTokens *self = g_task_get_source_object (task);
  Send *send = g_task_get_task_data (task);
  GError *error = NULL;
  QcAnswer *answer = qc_transport_send_finish (QC_TRANSPORT (source), result, &error);
  if (answer != NULL) {
    g_task_return_pointer (task, answer, (GDestroyNotify)qc_answer_free);
    return;
  }
  if (!g_error_matches (error, QC_SYNC_ERROR, QC_SYNC_ERROR_UNAUTHORIZED)) {
    g_task_return_error (task, error);
    return;
  }
  qc_tokens_reject (self, send->token);
  if (send->again) {
    g_task_return_error (task, error);
    return;
  }
  g_error_free (error);
  send->again = TRUE;
  qc_tokens_get_async (self, g_task_get_cancellable (task), got_token_cb, g_object_ref (task));
}

static void
got_token_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcTokens *self = QC_TOKENS (source);
  Send *send = g_task_get_task_data (task);
  g_free (send->token);
  GError *error = NULL;
  send->token = qc_tokens_get_finish (self, result, &error);
  if (send->token == NULL) {
    g_task_return_error (task, error);
    return;
  }
  send->request.token = send->token;
  qc_transport_send_async (self->transport, &send->request, g_task_get_cancellable (task), sent_cb,
                           g_object_ref (task));
}

void
qc_tokens_send_async (QcTokens *self, const QcRequest *request, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (QC_IS_TOKENS (self));
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_tokens_send_async);
  g_task_set_check_cancellable (task, FALSE);
  Send *send = g_new0 (Send, 1);
  send->request = *request;
  send->headers = g_strdupv ((char **)request->headers);
  send->request.headers = (const char *const *)send->headers;
  send->request.method = send->strings[0] = g_strdup (request->method);
  send->request.path = send->strings[1] = g_strdup (request->path);
  send->request.key = send->strings[2] = g_strdup (request->key);
  send->request.if_match = send->strings[3] = g_strdup (request->if_match);
  send->request.content_type = send->strings[4] = g_strdup (request->content_type);
  if (request->body)
    g_bytes_ref (send->request.body);
  g_task_set_task_data (task, send, (GDestroyNotify)send_free);
  qc_tokens_get_async (self, cancellable, got_token_cb, task);
}

QcAnswer *
qc_tokens_send_finish (QcTokens *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- the object ---- */

gboolean
qc_tokens_is_signed_out (QcTokens *self)
{
  return self->signed_out;
}

QcTransport *
qc_tokens_get_transport (QcTokens *self)
{
  return self->transport;
}

QcSecret *
qc_tokens_get_secret (QcTokens *self)
{
  return self->secret;
}

static void
qc_tokens_dispose (GObject *object)
{
  QcTokens *self = QC_TOKENS (object);
  g_cancellable_cancel (self->life);
  G_OBJECT_CLASS (qc_tokens_parent_class)->dispose (object);
}

static void
qc_tokens_finalize (GObject *object)
{
  QcTokens *self = QC_TOKENS (object);
  g_clear_object (&self->transport);
  g_clear_object (&self->secret);
  qc_waiters_free (self->waiters);
  g_clear_object (&self->life);
  g_clear_pointer (&self->access_token, g_free);
  G_OBJECT_CLASS (qc_tokens_parent_class)->finalize (object);
}

static void
qc_tokens_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SIGNED_OUT)
    g_value_set_boolean (value, QC_TOKENS (object)->signed_out);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
qc_tokens_class_init (QcTokensClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->dispose = qc_tokens_dispose;
  object_class->finalize = qc_tokens_finalize;
  object_class->get_property = qc_tokens_get_property;
  props[PROP_SIGNED_OUT]
      = g_param_spec_boolean ("signed-out", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
qc_tokens_init (QcTokens *self)
{
  self->life = g_cancellable_new ();
  self->waiters = qc_waiters_new ();
}

QcTokens *
qc_tokens_new (QcTransport *transport, QcSecret *secret)
{
  QcTokens *self = g_object_new (QC_TYPE_TOKENS, NULL);
  self->transport = g_object_ref (transport);
  self->secret = g_object_ref (secret);
  return self;
}
