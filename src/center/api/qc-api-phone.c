/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * API: addresses for telephones, and the pictures that arrived there. Threads as the routes say.
 */
#include "qc-api.h"

#include "qc-brake.h"
#include "qc-engine-phone.h"
#include "qc-engine.h"
#include "qc-phone-page.h"
#include "qc-practice-clock.h"
#include "qc-wire-phone.h"

#define JSON  "application/json"
#define BYTES "application/octet-stream"

/* What is said of @phone. @token: when it is given out. */
static QcHttpAnswer *
describe (const QcHttpCall *call, int status, const QcPhone *phone, const char *token, const GArray *arrived)
{
  g_autoptr (QcWirePhone) wire = qc_wire_phone_new ();
  gboolean over = phone->ended || phone->expires <= call->now;
  wire->id = g_strdup (phone->id);
  if (token != NULL)
    wire->address = g_strdup_printf ("%s://%s" QC_PHONE_PATH "%s", call->center->pages_tls ? "https" : "http",
                                     call->center->pages_host, token);
  wire->expires = phone->expires;
  wire->seconds = over ? 0 : phone->expires - call->now;
  wire->pictures = (guint)phone->pictures;
  wire->taken = (guint)phone->taken;
  for (guint i = 0; arrived != NULL && i < arrived->len; i++) {
    const QcPhonePicture *picture = &g_array_index (arrived, QcPhonePicture, i);
    QcWirePhonePicture one = {(guint)picture->number, picture->size};
    g_array_append_val (wire->arrived, one);
  }
  QcHttpAnswer *answer = qc_http_answer_new (status, JSON, qc_wire_encode_phone (wire));
  return answer;
}

static QcHttpAnswer *
issue (QcHttpCall *call, QcConnection *connection, GError **error)
{
  const char *unit = call->params[0];
  g_autoptr (QcOAuthIdentity) identity = NULL;
  QcHttpAnswer *answer;
  if (!qc_api_authorize (call, connection, unit, &identity, &answer, error))
    return answer;
  gint64 wait = qc_brake_take (call->center->phones, identity->account->id, call->now);
  if (wait > 0)
    return qc_api_problem_wait (429, wait);
  g_auto (QcWirePhoneRequest) request = {0};
  g_autoptr (GError) fault = NULL;
  if (!qc_wire_decode_phone_request (call->body, &request, &fault))
    return qc_api_problem (400, QC_PROBLEM_BAD_REQUEST, fault->message);
  g_autoptr (QcPhone) phone = NULL;
  g_autofree char *token = NULL;
  gint64 now;
  if (!qc_practice_clock_now (connection, call->now, &now, error)
      || !qc_engine_phone_issue (connection, unit, request.label, request.pictures, call->now, &phone, &token, &wait,
                                 error))
    return NULL;
  if (phone == NULL)
    return qc_api_problem_wait (429, MAX (wait, 1));
  if (!qc_engine_log (connection, now, identity->account->name, "phone-issued", unit, NULL, request.label, error))
    return NULL;
  return describe (call, 201, phone, token, NULL);
}

/* The address that the call names. FALSE with *@out or @error. */
static gboolean
take (QcHttpCall *call, QcConnection *connection, QcPhone **out_phone, QcHttpAnswer **out, GError **error)
{
  if (!qc_api_authorize (call, connection, call->params[0], NULL, out, error)
      || !qc_engine_phone_find (connection, call->params[0], call->params[1], out_phone, error))
    return FALSE;
  if (*out_phone == NULL)
    *out = qc_api_problem (404, QC_PROBLEM_NOT_FOUND, NULL);
  return *out_phone != NULL;
}

static QcHttpAnswer *
look (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (QcPhone) phone = NULL;
  QcHttpAnswer *answer = NULL;
  if (!take (call, connection, &phone, &answer, error))
    return answer;
  g_autoptr (GArray) arrived = qc_engine_phone_list (connection, phone, error);
  return arrived != NULL ? describe (call, 200, phone, NULL, arrived) : NULL;
}

static QcHttpAnswer *
end (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (QcPhone) phone = NULL;
  QcHttpAnswer *answer = NULL;
  if (!take (call, connection, &phone, &answer, error))
    return answer;
  if (!qc_engine_phone_end (connection, call->center->uploads, phone, error))
    return NULL;
  return qc_http_answer_new (204, NULL, NULL);
}

/* ---- pictures ---- */

/* The number that the call names; 0 = none that can be. */
static gint64
number_of (const QcHttpCall *call)
{
  gint64 number;
  return g_ascii_string_to_signed (call->params[2], 10, 1, QC_WIRE_PHONE_MOST, &number, NULL) ? number : 0;
}

static QcHttpAnswer *
find_picture (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (QcPhone) phone = NULL;
  g_autofree char *file = NULL;
  QcHttpAnswer *answer = NULL;
  if (!take (call, connection, &phone, &answer, error))
    return answer;
  if (!qc_engine_phone_find_file (connection, phone, number_of (call), &file, error))
    return NULL;
  if (file == NULL)
    return qc_api_problem (404, QC_PROBLEM_NOT_FOUND, NULL);
  qc_http_call_set_state (call, g_steal_pointer (&file), g_free);
  return NULL;
}

static QcHttpAnswer *
read_picture (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (GError) fault = NULL;
  GBytes *bytes = qc_upload_files_read_part (call->center->uploads, call->state, &fault);
  if (bytes == NULL && !g_error_matches (fault, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return NULL;
  }
  if (bytes == NULL) /* it was over in the same moment */
    return qc_api_problem (404, QC_PROBLEM_NOT_FOUND, NULL);
  QcHttpAnswer *answer = qc_http_answer_new (200, BYTES, bytes);
  return answer;
}

static QcHttpAnswer *
drop_picture (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (QcPhone) phone = NULL;
  QcHttpAnswer *answer = NULL;
  if (!take (call, connection, &phone, &answer, error))
    return answer;
  if (!qc_engine_phone_drop (connection, call->center->uploads, phone, number_of (call), error))
    return NULL;
  return qc_http_answer_new (204, NULL, NULL);
}

const QcHttpRoute qc_api_phone_routes[] = {
    {"POST", "/api/v1/units/*/phone", QC_HTTP_BODY_JSON, {{QC_HTTP_WRITE, issue}}},
    {"GET", "/api/v1/units/*/phone/*", QC_HTTP_BODY_NONE, {{QC_HTTP_READ, look}}},
    {"DELETE", "/api/v1/units/*/phone/*", QC_HTTP_BODY_NONE, {{QC_HTTP_WRITE, end}}},
    {"GET",
     "/api/v1/units/*/phone/*/*",
     QC_HTTP_BODY_NONE,
     {{QC_HTTP_READ, find_picture}, {QC_HTTP_POOL, read_picture}}},
    {"DELETE", "/api/v1/units/*/phone/*/*", QC_HTTP_BODY_NONE, {{QC_HTTP_WRITE, drop_picture}}},
    {NULL},
};
