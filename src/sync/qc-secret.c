/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * libsecret behind a limit of three seconds. Memory always has the token; the service is the copy that outlives the
 * program. A service that does not answer in time is not asked again in this run, so that a locked keyring cannot
 * slow down every refresh. Main context.
 */
#include "qc-secret.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#define LIMIT_SECONDS 3

struct _QcSecret {
  GObject parent;
  char *profile_id;   /* (owned) */
  char *token;        /* (owned) (nullable) memory copy */
  gboolean looked_up; /* @token is what the service has, or newer */
  gboolean persistent;
  gboolean memory_only; /* the service is not asked (any more) */
};

G_DEFINE_FINAL_TYPE (QcSecret, qc_secret, G_TYPE_OBJECT)

enum { PROP_PERSISTENT = 1, N_PROPS };
static GParamSpec *props[N_PROPS];

static const SecretSchema *
get_schema (void)
{
  static const SecretSchema schema = {
      "org.qingce.Qingce.RefreshToken",
      SECRET_SCHEMA_NONE,
      {{"profile", SECRET_SCHEMA_ATTRIBUTE_STRING}, {NULL, 0}},
  };
  return &schema;
}

/* One call to the service: its own cancellable, ended by the caller's, by the limit, or by itself. */
typedef struct {
  GCancellable *inner; /* (owned) */
  GCancellable *outer; /* (owned) (nullable) */
  gulong outer_handler;
  guint limit; /* source id, 0 = none */
  gboolean timed_out;
} Call;

static void
call_free (Call *call)
{
  if (call->outer_handler)
    g_cancellable_disconnect (call->outer, call->outer_handler);
  if (call->limit)
    g_source_remove (call->limit);
  g_clear_object (&call->outer);
  g_object_unref (call->inner);
  g_free (call);
}

static gboolean
limit_cb (gpointer user_data)
{
  Call *call = user_data;
  call->limit = 0;
  call->timed_out = TRUE;
  g_cancellable_cancel (call->inner);
  return G_SOURCE_REMOVE;
}

static void
outer_cancelled_cb (GCancellable *outer, gpointer inner)
{
  g_cancellable_cancel (inner);
}

static Call *
call_new (GCancellable *outer)
{
  Call *call = g_new0 (Call, 1);
  call->inner = g_cancellable_new ();
  call->limit = g_timeout_add_seconds (LIMIT_SECONDS, limit_cb, call);
  if (outer) {
    call->outer = g_object_ref (outer);
    call->outer_handler
        = g_cancellable_connect (outer, G_CALLBACK (outer_cancelled_cb), g_object_ref (call->inner), g_object_unref);
  }
  return call;
}

static void
set_persistent (QcSecret *self, gboolean persistent)
{
  if (self->persistent == persistent)
    return;
  self->persistent = persistent;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PERSISTENT]);
}

/* Wipes the old one. */
static void
take_token (QcSecret *self, char *token)
{
  if (self->token)
    secret_password_free (self->token);
  self->token = token;
}

static void
note_failure (QcSecret *self, Call *call, const GError *error)
{
  if (call->outer && g_cancellable_is_cancelled (call->outer))
    return;
  g_debug ("secret service: %s", call->timed_out ? "no answer in time" : error ? error->message : "no");
  self->memory_only = TRUE;
  set_persistent (self, FALSE);
}

static void
store_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcSecret *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  gboolean stored = secret_password_store_finish (result, &error);
  if (stored)
    set_persistent (self, TRUE);
  else
    note_failure (self, g_task_get_task_data (task), error);
  g_task_return_boolean (task, stored);
}

void
qc_secret_store_async (QcSecret *self, const char *token, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (QC_IS_SECRET (self) && token != NULL);
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, qc_secret_store_async);
  take_token (self, g_strdup (token));
  self->looked_up = TRUE;
  if (self->memory_only) {
    g_task_return_boolean (task, FALSE);
    g_object_unref (task);
    return;
  }
  Call *call = call_new (cancellable);
  g_task_set_task_data (task, call, (GDestroyNotify)call_free);
  g_autofree char *label = g_strdup_printf (_ ("Qingce sign-in (%s)"), self->profile_id);
  secret_password_store (get_schema (), SECRET_COLLECTION_DEFAULT, label, token, call->inner, store_cb, task, "profile",
                         self->profile_id, NULL);
}

gboolean
qc_secret_store_finish (QcSecret *self, GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

static void
lookup_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcSecret *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  char *token = secret_password_lookup_finish (result, &error);
  if (error != NULL)
    note_failure (self, g_task_get_task_data (task), error);
  if (g_task_return_error_if_cancelled (task)) {
    if (token)
      secret_password_free (token);
    return;
  }
  if (!self->looked_up) { /* nothing newer was stored meanwhile */
    take_token (self, token);
    self->looked_up = TRUE;
    if (token)
      set_persistent (self, TRUE);
  } else if (token) {
    secret_password_free (token);
  }
  g_task_return_pointer (task, g_strdup (self->token), g_free);
}

void
qc_secret_lookup_async (QcSecret *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_SECRET (self));
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_secret_lookup_async);
  if (self->looked_up || self->memory_only) {
    g_task_return_pointer (task, g_strdup (self->token), g_free);
    g_object_unref (task);
    return;
  }
  Call *call = call_new (cancellable);
  g_task_set_task_data (task, call, (GDestroyNotify)call_free);
  secret_password_lookup (get_schema (), call->inner, lookup_cb, task, "profile", self->profile_id, NULL);
}

char *
qc_secret_lookup_finish (QcSecret *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
clear_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcSecret *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  secret_password_clear_finish (result, &error);
  if (error != NULL)
    note_failure (self, g_task_get_task_data (task), error);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}

void
qc_secret_clear_async (QcSecret *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_SECRET (self));
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_secret_clear_async);
  take_token (self, NULL);
  self->looked_up = TRUE;
  set_persistent (self, FALSE);
  if (self->memory_only) {
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
    return;
  }
  Call *call = call_new (cancellable);
  g_task_set_task_data (task, call, (GDestroyNotify)call_free);
  secret_password_clear (get_schema (), call->inner, clear_cb, task, "profile", self->profile_id, NULL);
}

gboolean
qc_secret_clear_finish (QcSecret *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
qc_secret_is_persistent (QcSecret *self)
{
  g_return_val_if_fail (QC_IS_SECRET (self), FALSE);
  return self->persistent;
}

const char *
qc_secret_get_token (QcSecret *self)
{
  g_return_val_if_fail (QC_IS_SECRET (self), NULL);
  return self->token;
}

void
qc_secret_set_memory_only (QcSecret *self, gboolean memory_only)
{
  g_return_if_fail (QC_IS_SECRET (self));
  self->memory_only = memory_only;
}

static void
qc_secret_finalize (GObject *object)
{
  QcSecret *self = QC_SECRET (object);
  take_token (self, NULL);
  g_free (self->profile_id);
  G_OBJECT_CLASS (qc_secret_parent_class)->finalize (object);
}

static void
qc_secret_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PERSISTENT)
    g_value_set_boolean (value, QC_SECRET (object)->persistent);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
qc_secret_class_init (QcSecretClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->finalize = qc_secret_finalize;
  object_class->get_property = qc_secret_get_property;
  props[PROP_PERSISTENT]
      = g_param_spec_boolean ("persistent", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
qc_secret_init (QcSecret *self)
{
}

QcSecret *
qc_secret_new (const char *profile_id)
{
  g_return_val_if_fail (profile_id != NULL, NULL);
  QcSecret *self = g_object_new (QC_TYPE_SECRET, NULL);
  self->profile_id = g_strdup (profile_id);
  return self;
}
