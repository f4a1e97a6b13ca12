/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * HTTPS to one center: the courier on whose thread requests run, the greeting that makes sure who answers, and the
 * comparison of clocks. Main context.
 */
#include "qc-transport.h"

#include <glib/gi18n-lib.h>

#include "qc-exchange.h"
#include "qc-waiters.h"

#define CLOCK_TOLERANCE 300 /* seconds */
#define GREET_TIMEOUT   15
#define SEND_TIMEOUT    30 /* unless a request says otherwise */

struct _QcTransport {
  GObject parent;
  QcProfile *profile; /* (owned) */
  QcCourier *courier; /* (owned) (nullable) */
  QcClock clock;
  gboolean has_clock;
  gint64 clock_offset;
  QcWireCenter *center; /* (owned) (nullable) */
  QcWaiters *greeters;  /* (owned) for the greeting under way */
  GCancellable *life;   /* (owned) ends the greeting with the object */
  QcWaitFunc wait_func;
  gpointer wait_data;
};

G_DEFINE_FINAL_TYPE (QcTransport, qc_transport, G_TYPE_OBJECT)

enum { PROP_CLOCK_OFFSET = 1, N_PROPS };
static GParamSpec *props[N_PROPS];

void
qc_answer_free (QcAnswer *answer)
{
  g_bytes_unref (answer->body);
  g_free (answer->location);
  g_free (answer);
}

static gint64
local_now (QcTransport *self)
{
  return self->has_clock ? qc_clock_now (&self->clock) : g_get_real_time () / G_USEC_PER_SEC;
}

/* The center's Date, 0 = it told none. */
static void
take_date (QcTransport *self, gint64 date)
{
  gint64 offset = date - local_now (self);
  if (date == 0 || offset == self->clock_offset)
    return;
  self->clock_offset = offset;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CLOCK_OFFSET]);
}

/* Who answers must be of the profile's kind: both ways (decision 11). */
static GError *
check_kind (QcTransport *self, const QcWireCenter *center)
{
  if (center->practice == qc_profile_is_practice (self->profile))
    return NULL;
  return center->practice
             ? qc_sync_error_new (
                 QC_SYNC_ERROR_PRACTICE, "practice-center",
                 _ ("This address belongs to a practice center, but the profile is a real one. Nothing "
                    "was sent. Ask the center for its current profile file."))
             : qc_sync_error_new (QC_SYNC_ERROR_PRACTICE, "real-center",
                                  _ ("This address belongs to a real center, but the profile is for practice. Nothing "
                                     "was sent."));
}

static void
answer_greeters (QcTransport *self, const GError *error)
{
  g_autoptr (GPtrArray) greeters = qc_waiters_take (self->greeters);
  for (guint i = 0; i < greeters->len; i++) {
    GTask *task = g_ptr_array_index (greeters, i);
    if (g_task_return_error_if_cancelled (task))
      continue;
    if (error)
      g_task_return_error (task, g_error_copy (error));
    else
      g_task_return_boolean (task, TRUE);
  }
}

static void
greeted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcTransport) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 date;
  g_autoptr (QcAnswer) answer = qc_exchange_finish (result, &date, &error);
  take_date (self, date);
  if (answer != NULL) {
    g_autoptr (GError) fault = NULL;
    QcWireCenter *center = qc_wire_decode_center (answer->body, &fault);
    if (center == NULL) {
      error = qc_sync_error_new (QC_SYNC_ERROR_NOT_CENTER, "greeting", fault->message);
    } else {
      error = check_kind (self, center);
      if (error == NULL)
        self->center = g_steal_pointer (&center);
      g_clear_pointer (&center, qc_wire_center_free);
    }
  }
  answer_greeters (self, error);
}

void
qc_transport_greet_async (QcTransport *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (QC_IS_TRANSPORT (self));
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_transport_greet_async);
  if (self->center != NULL) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  if (!qc_waiters_add (self->greeters, g_steal_pointer (&task)))
    return;
  QcRequest request = {.method = "GET", .path = "/api/v1/center", .max_answer = 256 * 1024};
  qc_exchange_async (self->courier, qc_profile_get_api (self->profile), &request,
                     qc_transport_wait_source_new (self, GREET_TIMEOUT), self->life, greeted_cb, g_object_ref (self));
}

gboolean
qc_transport_greet_finish (QcTransport *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* A request waiting for the greeting: its strings are its own. */
typedef struct {
  QcRequest request;
  char *strings[6]; /* (owned) */
  char **headers;   /* (owned) (nullable) */
} Waiting;

static void
waiting_free (Waiting *waiting)
{
  for (guint i = 0; i < G_N_ELEMENTS (waiting->strings); i++)
    g_free (waiting->strings[i]);
  g_clear_pointer (&waiting->request.body, g_bytes_unref);
  g_strfreev (waiting->headers);
  g_free (waiting);
}

static Waiting *
waiting_new (const QcRequest *request)
{
  Waiting *waiting = g_new0 (Waiting, 1);
  QcRequest *copy = &waiting->request;
  *copy = *request;
  copy->method = waiting->strings[0] = g_strdup (request->method);
  copy->path = waiting->strings[1] = g_strdup (request->path);
  copy->token = waiting->strings[2] = g_strdup (request->token);
  copy->key = waiting->strings[3] = g_strdup (request->key);
  copy->if_match = waiting->strings[4] = g_strdup (request->if_match);
  copy->content_type = waiting->strings[5] = g_strdup (request->content_type);
  waiting->headers = g_strdupv ((char **)request->headers);
  copy->headers = (const char *const *)waiting->headers;
  if (request->body)
    g_bytes_ref (copy->body);
  return waiting;
}

static void
exchanged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gint64 date;
  QcAnswer *answer = qc_exchange_finish (result, &date, &error);
  take_date (g_task_get_source_object (task), date);
  if (answer)
    g_task_return_pointer (task, answer, (GDestroyNotify)qc_answer_free);
  else
    g_task_return_error (task, error);
}

/* Takes @task, whose data is the Waiting. */
static void
exchange (GTask *task)
{
  QcTransport *self = g_task_get_source_object (task);
  Waiting *waiting = g_task_get_task_data (task);
  guint timeout = waiting->request.timeout ? waiting->request.timeout : SEND_TIMEOUT;
  qc_exchange_async (self->courier, qc_profile_get_api (self->profile), &waiting->request,
                     qc_transport_wait_source_new (self, timeout), g_task_get_cancellable (task), exchanged_cb, task);
}

static void
greeted_first_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  if (!qc_transport_greet_finish (QC_TRANSPORT (source), result, &error))
    g_task_return_error (task, error);
  else
    exchange (g_steal_pointer (&task));
}

void
qc_transport_send_async (QcTransport *self, const QcRequest *request, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_TRANSPORT (self));
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_transport_send_async);
  g_task_set_check_cancellable (task, FALSE); /* a change whose answer came is not "cancelled" */
  g_task_set_task_data (task, waiting_new (request), (GDestroyNotify)waiting_free);
  if (request->any_center || self->center != NULL)
    exchange (task);
  else
    qc_transport_greet_async (self, cancellable, greeted_first_cb, task);
}

QcAnswer *
qc_transport_send_finish (QcTransport *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
qc_transport_set_wait_func (QcTransport *self, QcWaitFunc func, gpointer user_data)
{
  g_return_if_fail (QC_IS_TRANSPORT (self));
  self->wait_func = func;
  self->wait_data = user_data;
}

GSource *
qc_transport_wait_source_new (QcTransport *self, guint seconds)
{
  return self->wait_func ? self->wait_func (seconds, self->wait_data) : g_timeout_source_new_seconds (seconds);
}

const QcWireCenter *
qc_transport_get_center (QcTransport *self)
{
  return self->center;
}

void
qc_transport_forget_center (QcTransport *self)
{
  g_clear_pointer (&self->center, qc_wire_center_free);
}

gint64
qc_transport_get_clock_offset (QcTransport *self)
{
  return self->clock_offset;
}

gboolean
qc_transport_is_clock_off (QcTransport *self)
{
  return ABS (self->clock_offset) > CLOCK_TOLERANCE;
}

QcProfile *
qc_transport_get_profile (QcTransport *self)
{
  return self->profile;
}

static void
qc_transport_dispose (GObject *object)
{
  QcTransport *self = QC_TRANSPORT (object);
  g_cancellable_cancel (self->life);
  G_OBJECT_CLASS (qc_transport_parent_class)->dispose (object);
}

static void
drop_courier (QcTransport *self)
{
  if (self->courier)
    qc_courier_close (self->courier);
  g_clear_pointer (&self->courier, qc_courier_unref);
}

static void
qc_transport_finalize (GObject *object)
{
  QcTransport *self = QC_TRANSPORT (object);
  drop_courier (self);
  qc_waiters_free (self->greeters);
  g_clear_object (&self->profile);
  g_clear_object (&self->life);
  g_clear_pointer (&self->center, qc_wire_center_free);
  G_OBJECT_CLASS (qc_transport_parent_class)->finalize (object);
}

static void
qc_transport_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CLOCK_OFFSET)
    g_value_set_int64 (value, QC_TRANSPORT (object)->clock_offset);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
qc_transport_class_init (QcTransportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->dispose = qc_transport_dispose;
  object_class->finalize = qc_transport_finalize;
  object_class->get_property = qc_transport_get_property;
  props[PROP_CLOCK_OFFSET] = g_param_spec_int64 ("clock-offset", NULL, NULL, G_MININT64, G_MAXINT64, 0,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
qc_transport_init (QcTransport *self)
{
  self->life = g_cancellable_new ();
  self->greeters = qc_waiters_new ();
}

/* An address in figures, so that no name service has a say. */
static gboolean
is_loopback (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GInetAddress) host = uri ? g_inet_address_new_from_string (g_uri_get_host (uri)) : NULL;
  return host != NULL && g_inet_address_get_is_loopback (host);
}

/* Whether this profile may be connected to at all. */
static gboolean
check_profile (QcProfile *profile, GError **error)
{
  if (!qc_profile_has_api (profile)) {
    g_propagate_error (error, qc_sync_error_new (QC_SYNC_ERROR_NO_API, NULL,
                                                 _ ("This center is not connected to Qingce yet. Drafting, checks and "
                                                    "forms work; business is done on the portal.")));
    return FALSE;
  }
  if (qc_profile_is_practice (profile) && !is_loopback (qc_profile_get_api (profile))) {
    g_propagate_error (error, qc_sync_error_new (QC_SYNC_ERROR_PRACTICE, "not-loopback",
                                                 _ ("A practice profile may only reach this computer.")));
    return FALSE;
  }
  return TRUE;
}

gboolean
qc_transport_set_profile (QcTransport *self, QcProfile *profile, GError **error)
{
  g_return_val_if_fail (QC_IS_TRANSPORT (self) && QC_IS_PROFILE (profile), FALSE);
  if (!check_profile (profile, error))
    return FALSE;
  g_autoptr (GError) fault = NULL;
  QcCourier *courier
      = qc_courier_new (qc_profile_get_ca_pem (profile), is_loopback (qc_profile_get_api (profile)), &fault);
  if (courier == NULL) {
    g_propagate_error (error, qc_sync_error_new (QC_SYNC_ERROR_PROFILE, "ca", fault->message));
    return FALSE;
  }
  drop_courier (self);
  self->courier = courier;
  qc_transport_forget_center (self);
  g_set_object (&self->profile, profile);
  return TRUE;
}

QcTransport *
qc_transport_new (QcProfile *profile, const QcClock *clock, GError **error)
{
  g_return_val_if_fail (QC_IS_PROFILE (profile), NULL);
  g_autoptr (QcTransport) self = g_object_new (QC_TYPE_TRANSPORT, NULL);
  self->has_clock = clock != NULL;
  if (clock)
    self->clock = *clock;
  return qc_transport_set_profile (self, profile, error) ? g_steal_pointer (&self) : NULL;
}
