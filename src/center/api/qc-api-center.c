/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * API: the center itself, the session, the feeds. Database threads.
 */
#include "qc-api.h"

#include <string.h>

#include "qc-feeds.h"
#include "qc-practice-clock.h"
#include "qc-wire-center.h"
#include "qc-wire-session.h"

#define JSON "application/json"

static QcHttpAnswer *
get_center (QcHttpCall *call, QcConnection *connection, GError **error)
{
  const QcCenter *center = call->center;
  const char *features[] = {"remittance", center->practice ? "practice" : NULL, NULL};
  QcWireCenter wire = {0};
  wire.name = wire.department = center->department;
  wire.practice = center->practice;
  wire.keys = center->keys;
  wire.features = (char **)features;
  if (!qc_practice_clock_today (connection, call->now, &wire.today, error)
      || !qc_practice_clock_now (connection, call->now, &wire.time, error))
    return NULL;
  return qc_http_answer_new (200, JSON, qc_wire_encode_center (&wire));
}

static QcHttpAnswer *
get_session (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (QcOAuthIdentity) identity = NULL;
  QcHttpAnswer *answer;
  if (!qc_api_authorize (call, connection, NULL, &identity, &answer, error))
    return answer;
  g_autoptr (QcWireSession) session = qc_wire_session_new ();
  session->user = g_strdup (identity->account->user);
  session->name = g_strdup (identity->account->name);
  g_strfreev (session->roles);
  session->roles = g_strsplit ("enter", " ", -1);
  for (guint i = 0; i < identity->units->len; i++) {
    const QcAccountUnit *unit = g_ptr_array_index (identity->units, i);
    qc_wire_session_add_unit (session, unit->account, unit->name, unit->credit_code);
  }
  return qc_http_answer_new (200, JSON, qc_wire_encode_session (session));
}

/* 1 … 1000; 0 when it is no such number. */
static int
read_limit (const char *text)
{
  if (*text == '\0')
    return QC_WIRE_MAX_ROWS;
  gint64 limit;
  return g_ascii_string_to_signed (text, 10, 1, QC_WIRE_MAX_ROWS, &limit, NULL) ? (int)limit : 0;
}

static QcHttpAnswer *
get_feed (QcHttpCall *call, QcConnection *connection, GError **error)
{
  const char *cursor = qc_http_call_query (call, "cursor");
  int limit = read_limit (qc_http_call_query (call, "limit"));
  QcHttpAnswer *answer;
  if (!qc_api_authorize (call, connection, call->params[0], NULL, &answer, error))
    return answer;
  QcFeed feed;
  if (!qc_feed_from_code (call->params[1], &feed))
    return qc_api_problem (404, QC_PROBLEM_NOT_FOUND, "no such feed");
  if (limit == 0)
    return qc_api_problem (400, QC_PROBLEM_BAD_REQUEST, "limit is from 1 to 1000");
  if (strlen (cursor) > QC_WIRE_MAX_CURSOR)
    return qc_api_problem (400, QC_PROBLEM_BAD_REQUEST, "cursor is too long");
  QcFeedPageStatus status;
  g_autoptr (GBytes) bytes = NULL;
  if (!qc_feeds_dup_page (connection, call->params[0], feed, cursor, limit, &status, &bytes, error))
    return NULL;
  if (status == QC_FEED_PAGE_EXPIRED)
    return qc_api_problem (410, QC_PROBLEM_CURSOR_EXPIRED, NULL);
  if (status == QC_FEED_PAGE_NO_UNIT)
    return qc_api_problem (404, QC_PROBLEM_NOT_FOUND, "no such unit");
  return qc_http_answer_new (200, JSON, g_steal_pointer (&bytes));
}

const QcHttpRoute qc_api_center_routes[] = {
    {"GET", "/api/v1/center", QC_HTTP_BODY_NONE, {{QC_HTTP_READ, get_center}}},
    {"GET", "/api/v1/session", QC_HTTP_BODY_NONE, {{QC_HTTP_READ, get_session}}},
    {"GET", "/api/v1/units/*/feeds/*", QC_HTTP_BODY_NONE, {{QC_HTTP_READ, get_feed}}},
    {NULL},
};
