/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * API: the practice center's day, arrival delay and 重新开始. A center that is not for practice has none of it (404).
 * Database threads.
 */
#include "qc-api.h"

#include "qc-engine-review.h"
#include "qc-practice-accounts.h"
#include "qc-practice-clock.h"
#include "qc-wire-center.h"

#define JSON "application/json"

/* FALSE with *@out or @error. */
static gboolean
open_practice (QcHttpCall *call, QcConnection *connection, QcOAuthIdentity **out_identity, QcHttpAnswer **out,
               GError **error)
{
  if (call->center->practice)
    return qc_api_authorize (call, connection, NULL, out_identity, out, error);
  *out = qc_api_problem (404, QC_PROBLEM_NOT_FOUND, NULL);
  return FALSE;
}

static QcHttpAnswer *
answer_practice (QcHttpCall *call, QcConnection *connection, GError **error)
{
  QcWirePractice practice = {0};
  QcReviewPractice review;
  if (!qc_practice_clock_today (connection, call->now, &practice.today, error)
      || !qc_engine_get_arrival_delay (connection, &practice.arrival_delay, error)
      || !qc_engine_get_review_practice (connection, &review, error))
    return NULL;
  practice.has_delay = practice.has_review = TRUE;
  practice.review_delay = review.delay;
  practice.review_returned = review.returned;
  return qc_http_answer_new (200, JSON, qc_wire_encode_practice (&practice));
}

static QcHttpAnswer *
get_practice (QcHttpCall *call, QcConnection *connection, GError **error)
{
  QcHttpAnswer *answer;
  if (!open_practice (call, connection, NULL, &answer, error))
    return answer;
  return answer_practice (call, connection, error);
}

/* What happens by itself, and when. */
static gboolean
set_delays (QcHttpCall *call, QcConnection *connection, const QcOAuthIdentity *identity, const QcWirePractice *wanted,
            GError **error)
{
  QcEngineCall engine = {.unit = "", .actor = identity->account->name, .if_match = -1};
  QcReviewPractice review = {wanted->review_delay, wanted->review_returned};
  return qc_practice_clock_now (connection, call->now, &engine.now, error)
         && (!wanted->has_delay || qc_engine_set_arrival_delay (connection, &engine, wanted->arrival_delay, error))
         && (!wanted->has_review || qc_engine_set_review_practice (connection, &engine, &review, error));
}

static QcHttpAnswer *
post_practice (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (QcOAuthIdentity) identity = NULL;
  QcHttpAnswer *answer;
  if (!open_practice (call, connection, &identity, &answer, error))
    return answer;
  QcWirePractice wanted;
  g_autoptr (GError) fault = NULL;
  if (!qc_wire_decode_practice_request (call->body, &wanted, &fault))
    return qc_api_problem (400, QC_PROBLEM_BAD_REQUEST, fault->message);
  QcDate today;
  if (!qc_practice_clock_today (connection, call->now, &today, error))
    return NULL;
  if (wanted.today != QC_DATE_NONE && wanted.today < today)
    return qc_api_problem (422, QC_PROBLEM_REFUSED, "the practice day does not go back");
  if (wanted.today != QC_DATE_NONE && !qc_practice_clock_set (connection, wanted.today, error))
    return NULL;
  if (!set_delays (call, connection, identity, &wanted, error))
    return NULL;
  return answer_practice (call, connection, error);
}

static QcHttpAnswer *
post_advance (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (QcOAuthIdentity) identity = NULL;
  QcHttpAnswer *answer;
  if (!open_practice (call, connection, &identity, &answer, error))
    return answer;
  int months;
  g_autoptr (GError) fault = NULL;
  if (!qc_wire_decode_advance (call->body, &months, &fault))
    return qc_api_problem (400, QC_PROBLEM_BAD_REQUEST, fault->message);
  QcDate today;
  if (!qc_practice_clock_advance (connection, identity->account->name, months, call->now, &today, error))
    return NULL;
  return answer_practice (call, connection, error);
}

static QcHttpAnswer *
post_reset (QcHttpCall *call, QcConnection *connection, GError **error)
{
  QcHttpAnswer *answer;
  if (!open_practice (call, connection, NULL, &answer, error))
    return answer;
  if (!qc_practice_data_reset (connection, QC_DATE_NONE, error)
      || !qc_practice_accounts_renew_units (connection, call->now, error))
    return NULL;
  return answer_practice (call, connection, error);
}

const QcHttpRoute qc_api_practice_routes[] = {
    {"GET", "/api/v1/practice", QC_HTTP_BODY_NONE, {{QC_HTTP_READ, get_practice}}},
    {"POST", "/api/v1/practice", QC_HTTP_BODY_JSON, {{QC_HTTP_WRITE, post_practice}}},
    {"POST", "/api/v1/practice/advance", QC_HTTP_BODY_JSON, {{QC_HTTP_WRITE, post_advance}}},
    {"POST", "/api/v1/practice/reset", QC_HTTP_BODY_JSON_OR_NONE, {{QC_HTTP_WRITE, post_reset}}},
    {NULL},
};
