/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Small typed questions to the center. Each is one request with a token and one decoder. Main context.
 */
#include "qc-calls.h"

#include <glib/gi18n-lib.h>

#include "qc-wire-submission.h"

/* What turns an answer's bytes into the result. */
typedef gpointer (*DecodeFunc) (GBytes *bytes, GError **error);

typedef struct {
  DecodeFunc decode;
  GDestroyNotify result_free;
} Call;

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (QcAnswer) answer = qc_tokens_send_finish (QC_TOKENS (source), result, &error);
  if (answer == NULL) {
    g_task_return_error (task, error);
    return;
  }
  g_autoptr (GError) fault = NULL;
  gpointer value = call->decode (answer->body, &fault);
  if (value)
    g_task_return_pointer (task, value, call->result_free);
  else
    g_task_return_error (task, qc_sync_error_new_bad_answer (fault->message));
}

static void
send_call (QcTokens *tokens, const QcRequest *request, DecodeFunc decode, GDestroyNotify result_free, gpointer tag,
           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (tokens, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);
  call->decode = decode;
  call->result_free = result_free;
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, call, g_free);
  QcRequest small = *request;
  small.max_answer = QC_TRANSPORT_SMALL_ANSWER;
  qc_tokens_send_async (tokens, &small, cancellable, answered_cb, task);
}

void
qc_calls_session_async (QcTokens *tokens, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  QcRequest request = {.method = "GET", .path = "/api/v1/session"};
  send_call (tokens, &request, (DecodeFunc)qc_wire_decode_session, (GDestroyNotify)qc_wire_session_free,
             qc_calls_session_async, cancellable, callback, user_data);
}

QcWireSession *
qc_calls_session_finish (QcTokens *tokens, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
application_path (const char *unit, const char *serial, const char *end)
{
  g_autofree char *unit_part = g_uri_escape_string (unit, NULL, FALSE);
  g_autofree char *serial_part = g_uri_escape_string (serial, NULL, FALSE);
  return g_strconcat ("/api/v1/units/", unit_part, "/applications/", serial_part, end, NULL);
}

void
qc_calls_voucher_async (QcTokens *tokens, const char *unit, const char *serial, const char *key,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *path = application_path (unit, serial, "/voucher");
  /* nothing is lost with its answer: under the same key the same copy comes again */
  QcRequest request = {.method = "POST", .path = path, .key = key};
  send_call (tokens, &request, (DecodeFunc)qc_wire_decode_voucher, (GDestroyNotify)qc_wire_voucher_free,
             qc_calls_voucher_async, cancellable, callback, user_data);
}

QcWireVoucher *
qc_calls_voucher_finish (QcTokens *tokens, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
decode_practice (GBytes *bytes, GError **error)
{
  g_autofree QcWirePractice *practice = g_new0 (QcWirePractice, 1);
  return qc_wire_decode_practice (bytes, practice, error) ? g_steal_pointer (&practice) : NULL;
}

void
qc_calls_practice_async (QcTokens *tokens, QcPracticeCall call, gint64 value, int returned, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  QcTransport *transport = qc_tokens_get_transport (tokens);
  if (!qc_profile_is_practice (qc_transport_get_profile (transport))) {
    g_task_report_error (tokens, callback, user_data, qc_calls_practice_async,
                         qc_sync_error_new (QC_SYNC_ERROR_PRACTICE, "real-center",
                                            _ ("Only the practice center can be moved in time or reset.")));
    return;
  }
  static const char *const paths[] = {"/api/v1/practice", "/api/v1/practice", "/api/v1/practice/advance",
                                      "/api/v1/practice/reset", "/api/v1/practice"};
  const QcWirePractice wanted = {
      .arrival_delay = value,
      .has_delay = call == QC_PRACTICE_SET_DELAY,
      .review_delay = value,
      .review_returned = returned,
      .has_review = call == QC_PRACTICE_SET_REVIEW,
  };
  g_autoptr (GBytes) body = wanted.has_delay || wanted.has_review ? qc_wire_encode_practice_request (&wanted)
                            : call == QC_PRACTICE_ADVANCE         ? qc_wire_encode_advance ((int)value)
                            : call == QC_PRACTICE_RESET           ? g_bytes_new_static ("{}", 2)
                                                                  : NULL;
  QcRequest request
      = {.method = call == QC_PRACTICE_GET ? "GET" : "POST", .path = paths[call], .body = body, .timeout = 120};
  qc_transport_forget_center (transport); /* its date will have moved */
  send_call (tokens, &request, decode_practice, g_free, qc_calls_practice_async, cancellable, callback, user_data);
}

gboolean
qc_calls_practice_finish (QcTokens *tokens, GAsyncResult *result, QcWirePractice *out, GError **error)
{
  g_autofree QcWirePractice *practice = g_task_propagate_pointer (G_TASK (result), error);
  if (practice && out)
    *out = *practice;
  return practice != NULL;
}
