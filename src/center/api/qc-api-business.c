/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * API: submissions, actions, applications and their lines, notices. Whatever changes something goes under its key;
 * the bytes that answer it are made while its transaction is open and are kept with the key. Database threads.
 */
#include "qc-api.h"

#include <string.h>

#include "qc-digest.h"
#include "qc-engine-voucher.h"
#include "qc-practice-clock.h"
#include "qc-random.h"
#include "qc-wire-center.h"
#include "qc-wire-submission.h"
#include "qc-wire-voucher.h"

#define JSON "application/json"

/* ---- answers of the engine ---- */

static GBytes *
render_problem (const QcOutcome *outcome, int status, const char *code)
{
  g_autoptr (QcProblem) problem = qc_problem_new (status, code, qc_api_problem_title (code), NULL);
  g_ptr_array_unref (problem->findings);
  problem->findings = g_ptr_array_ref (outcome->findings);
  problem->application = outcome->application;
  problem->person = outcome->person;
  GBytes *bytes = qc_wire_encode_problem (problem);
  problem->application = NULL;
  problem->person = NULL;
  return bytes;
}

/* @user_data: the status of what was done. */
static GBytes *
render (const QcOutcome *outcome, int *out_status, gpointer user_data)
{
  *out_status = GPOINTER_TO_INT (user_data);
  switch (outcome->status) {
  case QC_OUTCOME_DONE:
    return qc_wire_encode_answer (outcome->application, outcome->person, outcome->findings);
  case QC_OUTCOME_KEY_REUSED:
    *out_status = 422;
    return render_problem (outcome, 422, QC_PROBLEM_KEY_REUSED);
  case QC_OUTCOME_CONFLICT:
    *out_status = 412;
    return render_problem (outcome, 412, QC_PROBLEM_REVISION_MOVED);
  case QC_OUTCOME_NOT_FOUND:
    *out_status = 404;
    return render_problem (outcome, 404, QC_PROBLEM_NOT_FOUND);
  case QC_OUTCOME_REFUSED:
  default:
    *out_status = 422;
    return render_problem (outcome, 422, QC_PROBLEM_REFUSED);
  }
}

/* @outcome is taken; NULL passes on. */
static QcHttpAnswer *
answer_outcome (QcOutcome *outcome)
{
  g_autoptr (QcOutcome) owned = outcome;
  if (outcome == NULL)
    return NULL;
  g_return_val_if_fail (outcome->answer != NULL, NULL);
  int status = outcome->repeated && outcome->answer_status == 201 ? 200 : outcome->answer_status;
  return qc_http_answer_new (status, status < 400 ? JSON : QC_PROBLEM_CONTENT_TYPE, g_bytes_ref (outcome->answer));
}

/* ---- headers ---- */

static gboolean
read_revision (const char *text, gint64 *out)
{
  gsize length = strlen (text);
  if (length < 3 || text[0] != '"' || text[length - 1] != '"' || (text[1] == '0' && length > 3))
    return FALSE;
  g_autofree char *inner = g_strndup (text + 1, length - 2);
  return strspn (inner, G_CSET_DIGITS) == length - 2 && g_ascii_string_to_signed (inner, 10, 0, G_MAXINT64, out, NULL);
}

/* What a changing call carries. */
typedef struct {
  QcEngineCall engine;
  QcOAuthIdentity *identity; /* (owned) */
  char *digest;              /* (owned) */
} Change;

static void
change_clear (Change *change)
{
  qc_oauth_identity_free (change->identity);
  g_free (change->digest);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Change, change_clear)

static char *
digest_of (const QcHttpCall *call)
{
  QcDigest *digest = qc_digest_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (call->body, &size);
  qc_digest_update (digest, (const guint8 *)call->method, strlen (call->method));
  qc_digest_update (digest, (const guint8 *)" ", 1);
  qc_digest_update (digest, (const guint8 *)call->path, strlen (call->path));
  qc_digest_update (digest, (const guint8 *)"\n", 1);
  if (call->if_match != NULL) {
    qc_digest_update (digest, (const guint8 *)call->if_match, strlen (call->if_match));
    qc_digest_update (digest, (const guint8 *)"\n", 1);
  }
  qc_digest_update (digest, data, size);
  return qc_digest_finish_hex (digest);
}

/* Key and revision from the headers; a wrong one gives the answer. */
static QcHttpAnswer *
read_headers (QcHttpCall *call, gboolean wants_revision, Change *change)
{
  if (call->idempotency_key == NULL)
    return qc_api_problem (428, QC_PROBLEM_PRECONDITION_NEEDED, "Idempotency-Key is missing");
  if (!qc_uuid_is_valid (call->idempotency_key))
    return qc_api_problem (400, QC_PROBLEM_BAD_REQUEST, "Idempotency-Key is no UUID");
  change->engine.if_match = -1;
  if (!wants_revision)
    return NULL;
  if (call->if_match == NULL)
    return qc_api_problem (428, QC_PROBLEM_PRECONDITION_NEEDED, "If-Match is missing");
  if (!read_revision (call->if_match, &change->engine.if_match))
    return qc_api_problem (400, QC_PROBLEM_BAD_REQUEST, "If-Match is no revision in double quotes");
  return NULL;
}

/* Who, for which unit, under which key, when. FALSE with *@out or @error. */
static gboolean
open_change (QcHttpCall *call, QcConnection *connection, gboolean wants_revision, int done_status, Change *change,
             QcHttpAnswer **out, GError **error)
{
  if (!qc_api_authorize (call, connection, call->params[0], &change->identity, out, error))
    return FALSE;
  *out = read_headers (call, wants_revision, change);
  if (*out != NULL || !qc_practice_clock_now (connection, call->now, &change->engine.now, error))
    return FALSE;
  /* The database knows keys in one spelling. */
  for (char *p = call->idempotency_key; *p != '\0'; p++)
    *p = g_ascii_tolower (*p);
  change->digest = digest_of (call);
  change->engine.unit = call->params[0];
  change->engine.actor = change->identity->account->name;
  change->engine.key = call->idempotency_key;
  change->engine.digest = change->digest;
  change->engine.render = render;
  change->engine.render_data = GINT_TO_POINTER (done_status);
  return TRUE;
}

static QcHttpAnswer *
bad_body (const GError *fault)
{
  return qc_api_problem (400, QC_PROBLEM_BAD_REQUEST, fault->message);
}

/* ---- changing ---- */

/* Nobody's lines are read before it is known whose they are, and under which key. */
static QcHttpAnswer *
authorize_submission (QcHttpCall *call, QcConnection *connection, GError **error)
{
  Change change = {0};
  QcHttpAnswer *answer;
  return qc_api_authorize (call, connection, call->params[0], NULL, &answer, error)
             ? read_headers (call, FALSE, &change)
             : answer;
}

/* Off the database's threads: a body may hold two hundred thousand lines. */
static QcHttpAnswer *
decode_submission (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (GError) fault = NULL;
  QcSubmission *submission = qc_wire_decode_submission (call->body, &fault);
  if (submission == NULL)
    return bad_body (fault);
  qc_http_call_set_state (call, submission, (GDestroyNotify)qc_submission_free);
  return NULL;
}

static QcHttpAnswer *
post_submission (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_auto (Change) change = {0};
  QcHttpAnswer *answer;
  if (!open_change (call, connection, FALSE, 201, &change, &answer, error))
    return answer;
  return answer_outcome (qc_engine_submit (connection, &change.engine, call->state, error));
}

static QcHttpAnswer *
post_action (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_auto (Change) change = {0};
  QcHttpAnswer *answer;
  if (!open_change (call, connection, TRUE, 200, &change, &answer, error))
    return answer;
  QcApplicationAction action;
  g_autoptr (GError) fault = NULL;
  if (!qc_wire_decode_action (call->body, &action, &fault))
    return bad_body (fault);
  return answer_outcome (qc_engine_act (connection, &change.engine, call->params[1], action, error));
}

/* ---- looking ---- */

static QcHttpAnswer *
get_submission (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (QcOAuthIdentity) identity = NULL;
  QcHttpAnswer *answer;
  if (!qc_api_authorize (call, connection, NULL, &identity, &answer, error))
    return answer;
  if (!qc_uuid_is_valid (call->params[0]))
    return qc_api_problem (400, QC_PROBLEM_BAD_REQUEST, "the key is no UUID");
  g_autofree char *key = g_ascii_strdown (call->params[0], -1);
  int status;
  QcKeyState state;
  g_autoptr (GBytes) stored = NULL;
  g_autofree char *serial = NULL;
  g_autofree char *unit = NULL;
  if (!qc_engine_find_key (connection, key, &unit, &state, &serial, &status, &stored, error))
    return NULL;
  if (unit == NULL || !qc_oauth_identity_has_unit (identity, unit) || stored == NULL)
    state = QC_KEY_UNKNOWN;
  return qc_http_answer_new (200, JSON,
                             qc_wire_encode_status (state == QC_KEY_ACCEPTED  ? QC_WIRE_KEY_ACCEPTED
                                                    : state == QC_KEY_REFUSED ? QC_WIRE_KEY_REFUSED
                                                                              : QC_WIRE_KEY_UNKNOWN,
                                                    state == QC_KEY_UNKNOWN ? NULL : stored));
}

/* A missing thing is 404, any other error stays. */
static QcHttpAnswer *
missing (GError *fault, GError **error)
{
  if (g_error_matches (fault, QC_ENGINE_ERROR, QC_ENGINE_ERROR_MISSING)) {
    g_error_free (fault);
    return qc_api_problem (404, QC_PROBLEM_NOT_FOUND, NULL);
  }
  g_propagate_error (error, fault);
  return NULL;
}

static QcHttpAnswer *
get_application (QcHttpCall *call, QcConnection *connection, GError **error)
{
  QcHttpAnswer *answer;
  if (!qc_api_authorize (call, connection, call->params[0], NULL, &answer, error))
    return answer;
  GError *fault = NULL;
  g_autoptr (QcApplication) application
      = qc_engine_load_application (connection, call->params[0], call->params[1], &fault);
  if (application == NULL)
    return missing (fault, error);
  g_autofree char *etag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", application->revision);
  answer = qc_http_answer_new (200, JSON, qc_wire_encode_answer (application, NULL, NULL));
  qc_http_answer_add_header (answer, "ETag", etag);
  return answer;
}

/* A page of the roster as it was confirmed: {lines: […], cursor?}, each line with the columns of its business. */
static QcHttpAnswer *
get_lines (QcHttpCall *call, QcConnection *connection, GError **error)
{
  const char *cursor = qc_http_call_query (call, "cursor");
  QcHttpAnswer *answer;
  if (!qc_api_authorize (call, connection, call->params[0], NULL, &answer, error))
    return answer;
  gint64 after = 0;
  if (*cursor != '\0' && !g_ascii_string_to_signed (cursor, 10, 0, G_MAXINT64, &after, NULL))
    return qc_api_problem (400, QC_PROBLEM_BAD_REQUEST, "cursor is none that was given");
  GError *fault = NULL;
  g_autoptr (GBytes) page = qc_engine_dup_lines_page (connection, call->params[0], call->params[1], after, &fault);
  return page != NULL ? qc_http_answer_new (200, JSON, g_steal_pointer (&page)) : missing (fault, error);
}

static QcHttpAnswer *
get_notice (QcHttpCall *call, QcConnection *connection, GError **error)
{
  QcHttpAnswer *answer;
  if (!qc_api_authorize (call, connection, call->params[0], NULL, &answer, error))
    return answer;
  GError *fault = NULL;
  QcPayeeNotice *notice = qc_engine_load_notice (connection, call->params[0], call->params[1], &fault);
  if (notice == NULL && fault != NULL)
    return missing (fault, error);
  if (notice == NULL)
    return qc_api_problem (404, QC_PROBLEM_NOT_FOUND, "nothing is to be paid");
  QcWireNotice wire
      = (QcWireNotice) {notice->payee_name, notice->payee_account, notice->payee_bank, notice->fen, notice->remark};
  answer = qc_http_answer_new (200, JSON, qc_wire_encode_notice (&wire));
  qc_payee_notice_free (notice);
  return answer;
}

/* ---- vouchers ---- */

/* The public half of @id, as clients know it. */
static QcWireKey *
dup_key (const QcCenter *center, const char *id)
{
  for (guint i = 0; i < center->keys->len; i++) {
    const QcWireKey *key = g_ptr_array_index (center->keys, i);
    if (!g_str_equal (key->id, id))
      continue;
    QcWireKey *copy = g_new0 (QcWireKey, 1);
    copy->id = g_strdup (key->id);
    copy->algorithm = g_strdup (key->algorithm);
    copy->public_key = g_strdup (key->public_key);
    copy->from = key->from;
    copy->until = key->until;
    return copy;
  }
  g_return_val_if_reached (NULL);
}

static GBytes *
encode_voucher (const QcCenter *center, const QcOutcome *outcome)
{
  g_autoptr (QcWireVoucher) wire = qc_wire_voucher_new ();
  wire->serial = g_strdup (outcome->application->serial);
  wire->revision = outcome->application->revision;
  wire->state = outcome->application->state;
  wire->practice = center->practice;
  wire->reprint = outcome->reprint;
  wire->issued = outcome->voucher->compact->time;
  wire->key = dup_key (center, outcome->voucher->compact->key_id);
  wire->text = qc_signed_voucher_to_text (outcome->voucher);
  return qc_wire_encode_voucher (wire);
}

/* @user_data: the center. */
static GBytes *
render_voucher (const QcOutcome *outcome, int *out_status, gpointer user_data)
{
  if (outcome->status != QC_OUTCOME_DONE)
    return render (outcome, out_status, NULL);
  *out_status = 201;
  return encode_voucher (user_data, outcome);
}

static QcHttpAnswer *
post_voucher (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_auto (Change) change = {0};
  QcHttpAnswer *answer;
  if (!open_change (call, connection, FALSE, 201, &change, &answer, error))
    return answer;
  change.engine.render = render_voucher;
  change.engine.render_data = (gpointer)call->center;
  return answer_outcome (
      qc_engine_issue_voucher (connection, &change.engine, call->center->key, call->params[1], error));
}

const QcHttpRoute qc_api_business_routes[] = {
    {"POST",
     "/api/v1/units/*/submissions",
     QC_HTTP_BODY_LINES,
     {{QC_HTTP_READ, authorize_submission}, {QC_HTTP_POOL, decode_submission}, {QC_HTTP_WRITE, post_submission}}},
    {"GET", "/api/v1/submissions/*", QC_HTTP_BODY_NONE, {{QC_HTTP_READ, get_submission}}},
    {"GET", "/api/v1/units/*/applications/*", QC_HTTP_BODY_NONE, {{QC_HTTP_READ, get_application}}},
    {"GET", "/api/v1/units/*/applications/*/lines", QC_HTTP_BODY_NONE, {{QC_HTTP_READ, get_lines}}},
    {"GET", "/api/v1/units/*/applications/*/notice", QC_HTTP_BODY_NONE, {{QC_HTTP_READ, get_notice}}},
    {"POST", "/api/v1/units/*/applications/*/voucher", QC_HTTP_BODY_NONE, {{QC_HTTP_WRITE, post_voucher}}},
    {"POST", "/api/v1/units/*/applications/*/actions", QC_HTTP_BODY_JSON, {{QC_HTTP_WRITE, post_action}}},
    {NULL},
};
