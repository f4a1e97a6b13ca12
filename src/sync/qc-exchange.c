/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One HTTP exchange: send, read within the bound and the time, judge what came. What changes something and has begun
 * to leave never ends as "failed": without the center's own word it ends as QC_SYNC_ERROR_UNKNOWN_OUTCOME. Main
 * context.
 */
#include "qc-exchange.h"

#include <glib/gi18n-lib.h>

#define CHUNK           (64 * 1024)
#define DEFAULT_TIMEOUT 30
#define MAX_RETRY_AFTER (24 * 3600)

typedef struct {
  SoupMessage *message; /* (owned) */
  GInputStream *stream; /* (owned) (nullable) */
  GByteArray *body;     /* (owned) */
  GCancellable *inner;  /* (owned) ended by the caller's, or by the time */
  GCancellable *outer;  /* (owned) (nullable) */
  gulong outer_handler;
  guint timer; /* source id, 0 = none */
  gboolean timed_out;
  GTlsCertificateFlags faults; /* of the certificate, when it was not accepted */
  gboolean sent;               /* the first byte may have left */
  gboolean changes;
  gboolean raw_errors; /* JSON answers of 4xx are handed out as they are */
  gsize max_answer;
  QcExchangeDateFunc date_func;
  GObject *date_object; /* (owned) */
} Exchange;

static void
exchange_free (Exchange *x)
{
  if (x->outer_handler)
    g_cancellable_disconnect (x->outer, x->outer_handler);
  if (x->timer)
    g_source_remove (x->timer);
  g_signal_handlers_disconnect_by_data (x->message, x);
  g_clear_object (&x->message);
  g_clear_object (&x->stream);
  g_clear_object (&x->outer);
  g_clear_object (&x->inner);
  g_clear_object (&x->date_object);
  g_byte_array_unref (x->body);
  g_free (x);
}

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
judge_failure (Exchange *x, const GError *cause)
{
  if (cause->domain == QC_SYNC_ERROR && !(x->changes && x->sent))
    return g_error_copy (cause);
  if (!x->sent && x->faults != 0)
    return qc_exchange_tls_error (x->faults, g_uri_get_host (soup_message_get_uri (x->message)));
  if (!x->sent && cause->domain == G_TLS_ERROR && cause->code != G_TLS_ERROR_EOF)
    return not_center_error ("not-tls");
  if (x->changes && x->sent)
    return unknown_error ();
  if (x->timed_out)
    return qc_sync_error_new (QC_SYNC_ERROR_TIMEOUT, NULL,
                              _ ("The center did not answer in time. Qingce tries again by itself."));
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (cause);
  if (cause->domain == SOUP_SESSION_ERROR)
    return not_center_error ("not-http");
  return offline_error (cause);
}

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
  guint64 seconds = 0;
  if (text == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &seconds, NULL))
    return (guint)MIN (seconds, MAX_RETRY_AFTER);
  g_autoptr (GDateTime) date = soup_date_time_new_from_http_string (text);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  if (date == NULL)
    return 0;
  return (guint)CLAMP (g_date_time_difference (date, now) / G_TIME_SPAN_SECOND, 0, MAX_RETRY_AFTER);
}

static GError *
judge_problem (Exchange *x, guint status)
{
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

static void
finish_body (GTask *task)
{
  Exchange *x = g_task_get_task_data (task);
  guint status = soup_message_get_status (x->message);
  gboolean json = is_type (x, "application/json");
  gboolean empty = x->body->len == 0 && (status == 200 || status == 204);
  gboolean good = status >= 200 && status < 300;
  if (!(good && (json || empty)) && !(x->raw_errors && json && status >= 400 && status < 500)) {
    GError *error
        = good ? (x->changes ? unknown_error () : not_center_error ("content-type")) : judge_status (x, status);
    g_task_return_error (task, error);
    return;
  }
  QcAnswer *answer = g_new0 (QcAnswer, 1);
  answer->status = status;
  answer->body = g_byte_array_free_to_bytes (g_steal_pointer (&x->body));
  x->body = g_byte_array_new ();
  g_task_return_pointer (task, answer, (GDestroyNotify)qc_answer_free);
}

static void
fail (GTask *task, const GError *cause)
{
  g_task_return_error (task, judge_failure (g_task_get_task_data (task), cause));
}

static void read_more (GTask *task);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *x = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  if (chunk == NULL) {
    fail (task, error);
    return;
  }
  gsize size = g_bytes_get_size (chunk);
  if (size == 0) {
    finish_body (task);
    return;
  }
  if (size > x->max_answer - x->body->len) {
    g_cancellable_cancel (x->inner);
    error = qc_sync_error_new (QC_SYNC_ERROR_TOO_LARGE, NULL,
                               _ ("The center's answer is larger than it may be. It was not read further."));
    fail (task, error);
    return;
  }
  g_byte_array_append (x->body, g_bytes_get_data (chunk, NULL), (guint)size);
  read_more (g_steal_pointer (&task));
}

/* Takes @task. */
static void
read_more (GTask *task)
{
  Exchange *x = g_task_get_task_data (task);
  g_input_stream_read_bytes_async (x->stream, CHUNK, g_task_get_priority (task), x->inner, read_cb, task);
}

static void
tell_date (Exchange *x)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (x->message), "Date");
  g_autoptr (GDateTime) date = text ? soup_date_time_new_from_http_string (text) : NULL;
  if (date != NULL)
    x->date_func (g_date_time_to_unix (date), x->date_object);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *x = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  x->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (x->stream == NULL) {
    fail (task, error);
    return;
  }
  tell_date (x);
  SoupMessageHeaders *headers = soup_message_get_response_headers (x->message);
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
      && (guint64)soup_message_headers_get_content_length (headers) > x->max_answer) {
    error = qc_sync_error_new (QC_SYNC_ERROR_TOO_LARGE, NULL,
                               _ ("The center's answer is larger than it may be. It was not read further."));
    fail (task, error);
    return;
  }
  read_more (g_steal_pointer (&task));
}

static void
starting_cb (SoupMessage *message, Exchange *x)
{
  x->sent = TRUE;
}

/* Never accepts; only learns what is wrong. */
static gboolean
accept_certificate_cb (SoupMessage *message, GTlsCertificate *certificate, GTlsCertificateFlags faults, Exchange *x)
{
  x->faults = faults;
  return FALSE;
}

static gboolean
timer_cb (gpointer user_data)
{
  Exchange *x = user_data;
  x->timer = 0;
  x->timed_out = TRUE;
  g_cancellable_cancel (x->inner);
  return G_SOURCE_REMOVE;
}

static void
outer_cancelled_cb (GCancellable *outer, gpointer inner)
{
  g_cancellable_cancel (inner);
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
  if (request->body)
    soup_message_set_request_body_from_bytes (
        message, request->content_type ? request->content_type : "application/json", request->body);
}

static Exchange *
exchange_new (SoupMessage *message, const QcRequest *request, GCancellable *outer)
{
  Exchange *x = g_new0 (Exchange, 1);
  x->message = message;
  x->body = g_byte_array_new ();
  x->inner = g_cancellable_new ();
  x->changes = request->changes;
  x->raw_errors = request->raw_errors;
  x->max_answer = request->max_answer ? request->max_answer : QC_TRANSPORT_MAX_ANSWER;
  x->timer = g_timeout_add_seconds (request->timeout ? request->timeout : DEFAULT_TIMEOUT, timer_cb, x);
  if (outer) {
    x->outer = g_object_ref (outer);
    x->outer_handler
        = g_cancellable_connect (outer, G_CALLBACK (outer_cancelled_cb), g_object_ref (x->inner), g_object_unref);
  }
  g_signal_connect (message, "starting", G_CALLBACK (starting_cb), x);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate_cb), x);
  return x;
}

void
qc_exchange_async (SoupSession *session, const char *base, const QcRequest *request, QcExchangeDateFunc date_func,
                   GObject *date_object, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, qc_exchange_async);
  g_autofree char *address = g_strconcat (base, request->path, NULL);
  SoupMessage *message = soup_message_new (request->method, address);
  if (message == NULL) {
    g_task_return_error (task, not_center_error ("address"));
    g_object_unref (task);
    return;
  }
  /* A change gets a connection of its own: a kept one may be dead, and its death would look like a lost answer. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | (request->changes ? SOUP_MESSAGE_NEW_CONNECTION : 0));
  fill_headers (message, request);
  Exchange *x = exchange_new (message, request, cancellable);
  x->date_func = date_func;
  x->date_object = g_object_ref (date_object);
  g_task_set_task_data (task, x, (GDestroyNotify)exchange_free);
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, x->inner, sent_cb, task);
}

QcAnswer *
qc_exchange_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
