/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * API: the name of a unit that is to receive people (同城转移). Only whole numbers answer, so that names are not found
 * by trying; each clerk may ask so often a minute, and what is asked is in the log. Database writer.
 */
#include "qc-api.h"

#include "qc-brake.h"
#include "qc-engine.h"
#include "qc-practice-clock.h"
#include "qc-wire-receiver.h"

#define JSON "application/json"

static QcHttpAnswer *
get_receiver (QcHttpCall *call, QcConnection *connection, GError **error)
{
  const char *unit = call->params[0];
  const char *account = call->params[1];
  g_autoptr (QcOAuthIdentity) identity = NULL;
  QcHttpAnswer *answer;
  if (!qc_api_authorize (call, connection, unit, &identity, &answer, error))
    return answer;
  gint64 wait = qc_brake_take (call->center->receivers, identity->account->id, call->now);
  if (wait > 0)
    return qc_api_problem_wait (429, wait);
  g_autoptr (QcUnit) own = qc_engine_load_unit (connection, unit, error);
  g_autoptr (QcOtherUnit) found = NULL;
  gint64 now;
  if (own == NULL || !qc_practice_clock_now (connection, call->now, &now, error))
    return NULL;
  if (!qc_other_unit_is_account (own, account))
    return qc_api_problem (404, QC_PROBLEM_NOT_FOUND, NULL);
  if (!qc_engine_find_receiver (connection, account, &found, error)
      || !qc_engine_log (connection, now, identity->account->name, "receiver-asked", unit, NULL, account, error))
    return NULL;
  return found->name != NULL ? qc_http_answer_new (200, JSON, qc_wire_encode_receiver (found))
                             : qc_api_problem (404, QC_PROBLEM_NOT_FOUND, NULL);
}

const QcHttpRoute qc_api_receiver_routes[] = {
    {"GET", "/api/v1/units/*/receivers/*", QC_HTTP_BODY_NONE, {{QC_HTTP_WRITE, get_receiver}}},
    {NULL},
};
