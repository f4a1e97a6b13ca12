/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One HTTP exchange: send, read within the bound, judge what came, on the courier's thread. The time and the cancelling
 * are watched on the caller's context: they end the exchange at once, whatever the thread is doing, and what the thread
 * finds out later is told to nobody. What changes something and has begun to leave never ends as "failed": without the
 * center's own word it ends as QC_SYNC_ERROR_UNKNOWN_OUTCOME. An exchange that was ended before that never leaves.
 */
#include "qc-exchange.h"

#include <glib/gi18n-lib.h>

#define CHUNK             (64 * 1024)
#define MAX_RETRY_AFTER   (24 * 3600)
#define MAX_INFORMATIONAL 8 /* "100 Continue" and the like before the answer */

typedef struct {
  gatomicrefcount refs;
  QcCourier *courier;  /* (owned) */
  GCancellable *inner; /* (owned) ends the work on the courier's thread */
  gboolean changes;
  const char *type;    /* (static) (nullable) of the bytes that are wanted */
  gboolean raw_errors; /* JSON answers of 4xx are handed out as they are */
  gsize max_answer;

  /* the caller's context */
  GSource *watches[3]; /* (owned) (nullable) until finished: the time, the caller's cancellable, the courier's life */

  GMutex mutex;
  GTask *task;   /* (mutex) (owned) (nullable) NULL = over: nobody is told anything more */
  gboolean sent; /* (mutex) the first byte may have left */
  gint64 date;   /* (mutex) by the center's clock, 0 = not told */

  /* the courier's thread */
  SoupMessage *message;        /* (owned) (nullable) */
  GInputStream *stream;        /* (owned) (nullable) */
  GByteArray *body;            /* (owned) */
  GTlsCertificateFlags faults; /* of the certificate, when it was not accepted */
  gboolean old_tls;            /* nothing was sent for it */
  guint informational;         /* answers before the answer */
} Exchange;

static Exchange *
exchange_ref (Exchange *x)
{
  g_atomic_ref_count_inc (&x->refs);
  return x;
}

static void
exchange_unref (Exchange *x)
{
  if (!g_atomic_ref_count_dec (&x->refs))
    return;
  qc_courier_unref (x->courier);
  g_object_unref (x->inner);
  g_clear_object (&x->message);
  g_byte_array_unref (x->body);
  g_mutex_clear (&x->mutex);
  g_free (x);
}

/* Whoever ends the exchange gets the task, once; else NULL. (transfer full) (nullable) */
static GTask *
end (Exchange *x, gboolean *out_sent)
{
  g_mutex_lock (&x->mutex);
  GTask *task = g_steal_pointer (&x->task);
  *out_sent = x->sent;
  g_mutex_unlock (&x->mutex);
  return task;
}

/* ---- what went wrong ---- */

GError *
qc_exchange_tls_error (GTlsCertificateFlags flags, const char *host)
{
  const GTlsCertificateFlags dated = G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED;
  /* An authority of the same name with another key is no more than "generic". */
  if ((flags & G_TLS_CERTIFICATE_UNKNOWN_CA) || ((flags & G_TLS_CERTIFICATE_GENERIC_ERROR) && !(flags & dated)))
    return qc_sync_error_new (QC_SYNC_ERROR_TLS, "tls.unknown-ca",
                              _ ("The certificate of this center is not from the authority its profile names. "
                                 "Nothing was sent. Ask the center for its current profile file."));
  g_autofree char *message = NULL;
  if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY) {
    message = g_strdup_printf (_ ("The certificate belongs to another host than %s. Nothing was sent. "
                                  "Check the network, or ask the center for its current profile file."),
                               host);
    return qc_sync_error_new (QC_SYNC_ERROR_TLS, "tls.wrong-host", message);
  }
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d %H:%M");
  if (flags & G_TLS_CERTIFICATE_EXPIRED) {
    message = g_strdup_printf (_ ("The certificate of this center has expired, or this computer's clock (%s) is ahead. "
                                  "Nothing was sent. Set the clock right, or tell the center."),
                               today);
    return qc_sync_error_new (QC_SYNC_ERROR_TLS, "tls.expired", message);
  }
  if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED) {
    message = g_strdup_printf (_ ("The certificate of this center is not valid yet: this computer's clock (%s) "
                                  "is probably behind. Nothing was sent. Set the clock right."),
                               today);
    return qc_sync_error_new (QC_SYNC_ERROR_CLOCK, "tls.not-yet", message);
  }
  return qc_sync_error_new (QC_SYNC_ERROR_TLS, flags & G_TLS_CERTIFICATE_REVOKED ? "tls.revoked" : "tls.other",
                            _ ("The certificate of this center cannot be trusted. Nothing was sent. Tell the center."));
}

static GError *
not_center_error (const char *reason)
{
  return qc_sync_error_new (
      QC_SYNC_ERROR_NOT_CENTER, reason,
      _ ("What answered is not the center. A sign-in page of the network, or a wrong address, may be "
         "in between. Check the network and the profile."));
}

static GError *
old_tls_error (void)
{
  return qc_sync_error_new (QC_SYNC_ERROR_TLS, "tls.old",
                            _ ("The center offers only a kind of encryption that can be broken (before TLS 1.2). "
                               "Nothing was sent. Tell the center."));
}

static GError *
timeout_error (void)
{
  return qc_sync_error_new (QC_SYNC_ERROR_TIMEOUT, NULL,
                            _ ("The center did not answer in time. Qingce tries again by itself."));
}

static GError *
too_large_error (void)
{
  return qc_sync_error_new (QC_SYNC_ERROR_TOO_LARGE, NULL,
                            _ ("The center's answer is larger than it may be. It was not read further."));
}

static GError *
unknown_error (void)
{
  return qc_sync_error_new (QC_SYNC_ERROR_UNKNOWN_OUTCOME, NULL,
                            _ ("The connection broke before the center answered. Qingce asks the center whether it was "
                               "accepted before anything is sent again. Do not submit it a second time."));
}

static GError *
offline_error (const GError *cause)
{
  g_debug ("offline: %s", cause ? cause->message : "-");
  return qc_sync_error_new (QC_SYNC_ERROR_OFFLINE, NULL,
                            _ ("The center cannot be reached. What you enter is kept here and sent when the network is "
                               "back."));
}

/* What kept the exchange from ending. @cause is the network's error. (transfer full) */
static GError *
judge_failure (Exchange *x, gboolean sent, const GError *cause)
{
  if (cause->domain == QC_SYNC_ERROR && !(x->changes && sent))
    return g_error_copy (cause);
  if (!sent && x->old_tls)
    return old_tls_error ();
  if (!sent && x->faults != 0)
    return qc_exchange_tls_error (x->faults, g_uri_get_host (soup_message_get_uri (x->message)));
  if (!sent && cause->domain == G_TLS_ERROR && cause->code != G_TLS_ERROR_EOF)
    return not_center_error ("not-tls");
  if (x->changes && sent)
    return unknown_error ();
  if (x->informational > MAX_INFORMATIONAL)
    return not_center_error ("not-http");
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (cause);
  if (cause->domain == SOUP_SESSION_ERROR)
    return not_center_error ("not-http");
  return offline_error (cause);
}

/* ---- what was answered ---- */

static gboolean
is_type (Exchange *x, const char *wanted)
{
  const char *type = soup_message_headers_get_content_type (soup_message_get_response_headers (x->message), NULL);
  return type != NULL && g_ascii_strcasecmp (type, wanted) == 0;
}

/* Seconds of Retry-After (a number or a date), bounded; 0 = none. */
static guint
retry_after (Exchange *x)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (x->message), "Retry-After");
  if (text == NULL)
    return 0;
  guint64 seconds = 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &seconds, NULL))
    return (guint)MIN (seconds, MAX_RETRY_AFTER);
  g_autoptr (GDateTime) date = soup_date_time_new_from_http_string (text);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  if (date == NULL)
    return 0;
  return (guint)CLAMP (g_date_time_difference (date, now) / G_TIME_SPAN_SECOND, 0, MAX_RETRY_AFTER);
}

/* Of HEAD, which has no body to say more. */
static GError *
judge_bare (guint status)
{
  g_autoptr (QcProblem) problem = qc_problem_new ((int)status,
                                                  status == 404   ? QC_PROBLEM_NOT_FOUND
                                                  : status == 403 ? QC_PROBLEM_FORBIDDEN
                                                                  : QC_PROBLEM_REFUSED,
                                                  "", NULL);
  return qc_sync_error_new_problem (status == 401 ? QC_SYNC_ERROR_UNAUTHORIZED : QC_SYNC_ERROR_PROBLEM, problem);
}

static GError *
judge_problem (Exchange *x, guint status)
{
  if (g_str_equal (soup_message_get_method (x->message), "HEAD"))
    return judge_bare (status);
  g_autoptr (GBytes) bytes = g_bytes_new (x->body->data, x->body->len);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcProblem) problem = qc_wire_decode_problem (bytes, &error);
  if (problem == NULL)
    return qc_sync_error_new_bad_answer (error->message);
  return qc_sync_error_new_problem (status == 401 ? QC_SYNC_ERROR_UNAUTHORIZED : QC_SYNC_ERROR_PROBLEM, problem);
}

/* An answer that is not 2xx. (transfer full) */
static GError *
judge_status (Exchange *x, guint status)
{
  gboolean said = is_type (x, "application/problem+json");
  if (status == 429 || status == 503) {
    if (!said && x->changes)
      return unknown_error ();
    return qc_sync_error_new_retry (retry_after (x));
  }
  if (status >= 500 || (!said && status != 401))
    if (x->changes)
      return unknown_error (); /* something between us and the center may have spoken */
  if (status >= 500)
    return qc_sync_error_new_retry (retry_after (x));
  if (said)
    return judge_problem (x, status);
  if (status == 401)
    return qc_sync_error_new (QC_SYNC_ERROR_UNAUTHORIZED, NULL,
                              _ ("You are signed out. Sign in again; nothing is lost."));
  return not_center_error ("status");
}

/* What an answer about an upload says in its headers. */
static void
read_upload (Exchange *x, QcAnswer *answer)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (x->message);
  const char *offset = soup_message_headers_get_one (headers, "Upload-Offset");
  answer->location = g_strdup (soup_message_headers_get_one (headers, "Location"));
  answer->upload_complete = g_strcmp0 (soup_message_headers_get_one (headers, "Upload-Complete"), "?1") == 0;
  if (offset == NULL || !g_ascii_string_to_signed (offset, 10, 0, G_MAXINT64, &answer->upload_offset, NULL))
    answer->upload_offset = -1;
}

/* ---- on the courier's thread ---- */

/* The thread's part is over: what lives there is dropped there. Takes its reference of @x. */
static void
leave_thread (Exchange *x)
{
  g_signal_handlers_disconnect_by_data (x->message, x);
  g_clear_object (&x->stream);
  g_clear_object (&x->message);
  qc_courier_done (x->courier);
  exchange_unref (x);
}

static void
fail (Exchange *x, const GError *cause)
{
  gboolean sent;
  g_autoptr (GTask) task = end (x, &sent);
  if (task)
    g_task_return_error (task, judge_failure (x, sent, cause));
  leave_thread (x);
}

static void
finish_body (Exchange *x)
{
  guint status = soup_message_get_status (x->message);
  gboolean json = is_type (x, "application/json");
  gboolean wanted = x->type ? is_type (x, x->type) : json;
  gboolean empty = !x->type && x->body->len == 0 && (status == 200 || status == 201 || status == 204);
  gboolean good = status >= 200 && status < 300;
  gboolean sent;
  g_autoptr (GTask) task = end (x, &sent);
  if (!task) {
    leave_thread (x);
    return;
  }
  if (!(good && (wanted || empty)) && !(x->raw_errors && json && status >= 400 && status < 500)) {
    g_task_return_error (task, !good        ? judge_status (x, status)
                               : x->changes ? unknown_error ()
                                            : not_center_error ("content-type"));
  } else {
    QcAnswer *answer = g_new0 (QcAnswer, 1);
    answer->status = status;
    read_upload (x, answer);
    answer->body = g_byte_array_free_to_bytes (g_steal_pointer (&x->body));
    x->body = g_byte_array_new ();
    g_task_return_pointer (task, answer, (GDestroyNotify)qc_answer_free);
  }
  leave_thread (x);
}

static void read_more (Exchange *x);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Exchange *x = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize size = chunk ? g_bytes_get_size (chunk) : 0;
  if (chunk == NULL) {
    fail (x, error);
  } else if (size == 0) {
    finish_body (x);
  } else if (size > x->max_answer - x->body->len) {
    g_cancellable_cancel (x->inner);
    error = too_large_error ();
    fail (x, error);
  } else {
    g_byte_array_append (x->body, g_bytes_get_data (chunk, NULL), (guint)size);
    read_more (x);
  }
}

static void
read_more (Exchange *x)
{
  g_input_stream_read_bytes_async (x->stream, CHUNK, G_PRIORITY_DEFAULT, x->inner, read_cb, x);
}

static void
keep_date (Exchange *x)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (x->message), "Date");
  g_autoptr (GDateTime) date = text ? soup_date_time_new_from_http_string (text) : NULL;
  g_mutex_lock (&x->mutex);
  x->date = date ? g_date_time_to_unix (date) : 0;
  g_mutex_unlock (&x->mutex);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Exchange *x = user_data;
  g_autoptr (GError) error = NULL;
  x->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (x->stream == NULL) {
    fail (x, error);
    return;
  }
  keep_date (x);
  SoupMessageHeaders *headers = soup_message_get_response_headers (x->message);
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
      && (guint64)soup_message_headers_get_content_length (headers) > x->max_answer) {
    error = too_large_error ();
    fail (x, error);
    return;
  }
  read_more (x);
}

/* The connection stands; the first byte leaves next, unless @inner is cancelled. */
static void
starting_cb (SoupMessage *message, Exchange *x)
{
  x->old_tls = soup_message_get_tls_protocol_version (message) < G_TLS_PROTOCOL_VERSION_TLS_1_2;
  g_mutex_lock (&x->mutex);
  gboolean goes = x->task != NULL && !x->old_tls;
  x->sent = x->sent || goes;
  g_mutex_unlock (&x->mutex);
  if (!goes)
    g_cancellable_cancel (x->inner);
}

/* libsoup asks again where a connection that was kept turns out to be closed. It does so twice at once, and crashes,
 * when another kept one is at hand before it has heard of its first failure (3.2.3, run_until_read_done()): a new one
 * never is.
 */
static void
restarted_cb (SoupMessage *message, gpointer user_data)
{
  soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
}

/* HTTP/2 is not offered: libsoup reads its frames without looking at the cancellable. */
static void
network_event_cb (SoupMessage *message, GSocketClientEvent event, GIOStream *stream, Exchange *x)
{
  static const char *const protocols[] = {"http/1.1", NULL};
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING && G_IS_TLS_CONNECTION (stream))
    g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (stream), protocols);
}

/* Never accepts; only learns what is wrong. */
static gboolean
accept_certificate_cb (SoupMessage *message, GTlsCertificate *certificate, GTlsCertificateFlags faults, Exchange *x)
{
  x->faults = faults;
  return FALSE;
}

static void
got_informational_cb (SoupMessage *message, Exchange *x)
{
  if (++x->informational > MAX_INFORMATIONAL)
    g_cancellable_cancel (x->inner);
}

/* Takes a reference of @data. */
static void
begin (gpointer data)
{
  Exchange *x = data;
  g_signal_connect (x->message, "starting", G_CALLBACK (starting_cb), x);
  g_signal_connect (x->message, "restarted", G_CALLBACK (restarted_cb), x);
  g_signal_connect (x->message, "network-event", G_CALLBACK (network_event_cb), x);
  g_signal_connect (x->message, "accept-certificate", G_CALLBACK (accept_certificate_cb), x);
  g_signal_connect (x->message, "got-informational", G_CALLBACK (got_informational_cb), x);
  soup_session_send_async (qc_courier_get_session (x->courier), x->message, G_PRIORITY_DEFAULT, x->inner, sent_cb, x);
}

/* ---- on the caller's context ---- */

/* Ends it from here; the thread is told, and not waited for. */
static void
give_up (Exchange *x, GError *why)
{
  gboolean sent;
  g_autoptr (GError) reason = why;
  g_autoptr (GTask) task = end (x, &sent);
  if (!task)
    return;
  g_cancellable_cancel (x->inner);
  g_task_return_error (task, x->changes && sent ? unknown_error () : g_steal_pointer (&reason));
}

static gboolean
late_cb (gpointer user_data)
{
  give_up (user_data, timeout_error ());
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  GError *error = NULL;
  if (g_cancellable_set_error_if_cancelled (cancellable, &error))
    give_up (user_data, error);
  return G_SOURCE_REMOVE;
}

/* Takes @source. */
static void
watch (Exchange *x, guint i, GSource *source, GSourceFunc func, GMainContext *context)
{
  x->watches[i] = source;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, exchange_ref (x), (GDestroyNotify)exchange_unref);
  g_source_attach (source, context);
}

static void
fill_headers (SoupMessage *message, const QcRequest *request)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  soup_message_headers_append (headers, "Accept", "application/json, application/problem+json");
  if (request->token) {
    g_autofree char *bearer = g_strconcat ("Bearer ", request->token, NULL);
    soup_message_headers_append (headers, "Authorization", bearer);
  }
  if (request->key)
    soup_message_headers_append (headers, "Idempotency-Key", request->key);
  if (request->if_match) {
    g_autofree char *tag = g_strconcat ("\"", request->if_match, "\"", NULL);
    soup_message_headers_append (headers, "If-Match", tag);
  }
  for (guint i = 0; request->headers != NULL && request->headers[i] != NULL; i += 2)
    soup_message_headers_append (headers, request->headers[i], request->headers[i + 1]);
  if (request->body)
    soup_message_set_request_body_from_bytes (
        message, request->content_type ? request->content_type : "application/json", request->body);
}

static Exchange *
exchange_new (QcCourier *courier, SoupMessage *message, const QcRequest *request)
{
  Exchange *x = g_new0 (Exchange, 1);
  g_atomic_ref_count_init (&x->refs);
  g_mutex_init (&x->mutex);
  x->courier = qc_courier_ref (courier);
  x->message = message;
  x->body = g_byte_array_new ();
  x->inner = g_cancellable_new ();
  x->changes = request->changes;
  x->type = request->answer_type;
  x->raw_errors = request->raw_errors;
  x->max_answer = request->max_answer ? request->max_answer : QC_TRANSPORT_MAX_ANSWER;
  return x;
}

void
qc_exchange_async (QcCourier *courier, const char *base, const QcRequest *request, GSource *limit,
                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GSource) unwatched = limit;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, qc_exchange_async);
  g_autofree char *address = g_strconcat (base, request->path, NULL);
  SoupMessage *message = soup_message_new (request->method, address);
  if (message == NULL) {
    g_task_return_error (task, not_center_error ("address"));
    return;
  }
  /* A change gets a connection of its own: a kept one may be dead, and its death would look like a lost answer. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | (request->changes ? SOUP_MESSAGE_NEW_CONNECTION : 0));
  fill_headers (message, request);
  Exchange *x = exchange_new (courier, message, request);
  GMainContext *context = g_task_get_context (task);
  g_task_set_task_data (task, x, (GDestroyNotify)exchange_unref);
  x->task = g_steal_pointer (&task);
  g_source_set_static_name (limit, "qc-exchange limit");
  watch (x, 0, g_steal_pointer (&unwatched), late_cb, context);
  if (cancellable)
    watch (x, 1, g_cancellable_source_new (cancellable), G_SOURCE_FUNC (cancelled_cb), context);
  watch (x, 2, g_cancellable_source_new (qc_courier_get_life (courier)), G_SOURCE_FUNC (cancelled_cb), context);
  if (g_cancellable_is_cancelled (cancellable))
    cancelled_cb (cancellable, x);
  else
    qc_courier_run (courier, begin, exchange_ref (x));
}

QcAnswer *
qc_exchange_finish (GAsyncResult *result, gint64 *out_date, GError **error)
{
  Exchange *x = g_task_get_task_data (G_TASK (result));
  *out_date = 0;
  if (x != NULL) {
    for (guint i = 0; i < G_N_ELEMENTS (x->watches); i++)
      if (x->watches[i]) {
        g_source_destroy (x->watches[i]);
        g_clear_pointer (&x->watches[i], g_source_unref);
      }
    g_mutex_lock (&x->mutex);
    *out_date = x->date;
    g_mutex_unlock (&x->mutex);
  }
  return g_task_propagate_pointer (G_TASK (result), error);
}
