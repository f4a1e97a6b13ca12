/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the handlers of the API share: see qc-api.h. Database threads; the fallback on the main thread.
 */
#include "qc-api.h"

#include <string.h>

static const struct {
  int status;
  const char *code, *title;
} problems[] = {
    {400, QC_PROBLEM_BAD_REQUEST, "The request cannot be understood."},
    {401, QC_PROBLEM_UNAUTHORIZED, "Sign in first."},
    {403, QC_PROBLEM_FORBIDDEN, "Not for this unit."},
    {404, QC_PROBLEM_NOT_FOUND, "There is no such thing."},
    {405, QC_PROBLEM_METHOD_NOT_ALLOWED, "Not in this way."},
    {409, QC_PROBLEM_UPLOAD_OFFSET, "The upload stands elsewhere."},
    {410, QC_PROBLEM_CURSOR_EXPIRED, "Pull the feed from scratch."},
    {412, QC_PROBLEM_REVISION_MOVED, "It changed meanwhile."},
    {413, QC_PROBLEM_TOO_LARGE, "The request is too large."},
    {415, QC_PROBLEM_UNSUPPORTED_TYPE, "The body is not of the type that is wanted."},
    {422, QC_PROBLEM_REFUSED, "The center refused."},
    {422, QC_PROBLEM_KEY_REUSED, "The key was used for another request."},
    {422, QC_PROBLEM_UPLOAD_DIGEST, "These are not the bytes that were announced."},
    {422, QC_PROBLEM_UPLOAD_PICTURE, "It is no JPEG, or holds more than the picture."},
    {428, QC_PROBLEM_PRECONDITION_NEEDED, "A header is missing."},
    {429, QC_PROBLEM_TOO_MANY, "Too many attempts."},
    {500, QC_PROBLEM_FAILED, "The center failed."},
    {503, QC_PROBLEM_UNAVAILABLE, "The center is busy."},
    {507, QC_PROBLEM_UPLOAD_QUOTA, "The unit has sent too much that is not used."},
};

const char *
qc_api_problem_title (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    if (g_str_equal (problems[i].code, code))
      return problems[i].title;
  return "The center refused.";
}

QcHttpAnswer *
qc_api_problem (int status, const char *code, const char *detail)
{
  g_autoptr (QcProblem) problem = qc_problem_new (status, code, qc_api_problem_title (code), detail);
  return qc_http_answer_new (status, QC_PROBLEM_CONTENT_TYPE, qc_wire_encode_problem (problem));
}

QcHttpAnswer *
qc_api_problem_wait (int status, gint64 seconds)
{
  QcHttpAnswer *answer = qc_api_problem (status, status == 429 ? QC_PROBLEM_TOO_MANY : QC_PROBLEM_UNAVAILABLE, NULL);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, seconds);
  qc_http_answer_add_header (answer, "Retry-After", text);
  return answer;
}

QcHttpAnswer *
qc_api_fallback (const QcHttpCall *call, int status)
{
  if (status == 503)
    return qc_api_problem_wait (503, 1);
  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    if (problems[i].status == status)
      return qc_api_problem (status, problems[i].code, NULL);
  return qc_api_problem (500, QC_PROBLEM_FAILED, NULL);
}

static QcHttpAnswer *
unauthorized (gboolean had_token)
{
  QcHttpAnswer *answer = qc_api_problem (401, QC_PROBLEM_UNAUTHORIZED, NULL);
  qc_http_answer_add_header (answer, "WWW-Authenticate",
                             had_token ? "Bearer realm=\"qingce\", error=\"invalid_token\""
                                       : "Bearer realm=\"qingce\"");
  return answer;
}

gboolean
qc_api_authorize (QcHttpCall *call, QcConnection *connection, const char *unit, QcOAuthIdentity **out_identity,
                  QcHttpAnswer **out, GError **error)
{
  *out = NULL;
  if (call->authorization == NULL || g_ascii_strncasecmp (call->authorization, "Bearer ", 7) != 0) {
    *out = unauthorized (FALSE);
    return FALSE;
  }
  g_autoptr (QcOAuthIdentity) identity = NULL;
  if (!qc_oauth_identify (connection, call->authorization + 7, call->now, &identity, error))
    return FALSE;
  if (identity == NULL) {
    *out = unauthorized (TRUE);
    return FALSE;
  }
  if (unit != NULL && !qc_oauth_identity_has_unit (identity, unit)) {
    *out = qc_api_problem (403, QC_PROBLEM_FORBIDDEN, NULL);
    return FALSE;
  }
  if (out_identity != NULL)
    *out_identity = g_steal_pointer (&identity);
  return TRUE;
}
