/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The API over TLS: authority, keys, revisions, bad requests by table, practice, and every kind of answer held against
 * data/openapi.yaml.
 */
#include <string.h>

#include "center-fixture.h"
#include "qc-random.h"
#include "qc-wire-submission.h"
#include "web-client.h"

#define PASSWORD "yanlian-2026"
#define MUYE     QC_PRACTICE_UNIT_COLLECTION
#define SCHOOL   QC_PRACTICE_UNIT_TRANSFER
#define P_UNIT   "/api/v1/units/{unit}"

static char *
dup_body (const QcSubmission *submission)
{
  g_autoptr (GBytes) bytes = qc_wire_encode_submission (submission);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* The center's database as a reader; closed by the caller. */
static void
open_ledger (Web *web, Fx *fx)
{
  g_autofree char *path = g_build_filename (web->dir, "center.db", NULL);
  *fx = (Fx) {.now = FX_NOW};
  g_autoptr (GError) error = NULL;
  fx->connection = qc_connection_open (path, QC_CONNECTION_READ_ONLY, &error);
  g_assert_no_error (error);
}

static WebAnswer *submit (Web *web, const char *unit, const char *key, const char *body);

/* Whoever must be answered up to @end is answered. */
static void
answer_classes (Web *web, const char *unit, QcMonth end)
{
  g_autofree char *key = qc_random_uuid ();
  Fx fx;
  open_ledger (web, &fx);
  g_autoptr (GArray) answers = fx_answers (&fx, unit, end);
  g_autoptr (QcSubmission) roster = fx_answers_roster (&fx, unit, answers);
  qc_connection_close (fx.connection);
  if (answers->len == 0)
    return;
  g_autofree char *body = dup_body (roster);
  g_autoptr (WebAnswer) done = submit (web, unit, key, body);
  web_assert_status (done, 201);
}

/* What a client would submit for @unit up to @end. */
static char *
dup_submission (Web *web, const char *unit, QcMonth end)
{
  g_autoptr (QcSubmission) submission = qc_submission_new (QC_BUSINESS_REMITTANCE);
  answer_classes (web, unit, end);
  Fx fx;
  open_ledger (web, &fx);
  submission->remittance = fx_claim (&fx, unit, end);
  qc_connection_close (fx.connection);
  return dup_body (submission);
}

static WebAnswer *
submit (Web *web, const char *unit, const char *key, const char *body)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/units/%s/submissions", unit);
  const char *headers[] = {"Idempotency-Key", key, NULL};
  return web_api_lines (web, path, P_UNIT "/submissions", body, headers);
}

/* The serial in an answer. */
static char *
dup_serial (const WebAnswer *answer)
{
  const char *found = strstr (answer->text, "\"serial\":\"");
  g_assert_nonnull (found);
  found += strlen ("\"serial\":\"");
  return g_strndup (found, strcspn (found, "\""));
}

static gint64
read_revision (Web *web, const char *unit, const char *serial)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/units/%s/applications/%s", unit, serial);
  g_autoptr (WebAnswer) answer = web_api (web, "GET", path, P_UNIT "/applications/{serial}", NULL, NULL);
  web_assert_status (answer, 200);
  const char *etag = soup_message_headers_get_one (answer->headers, "ETag");
  g_assert_nonnull (etag);
  return g_ascii_strtoll (etag + 1, NULL, 10);
}

static WebAnswer *
act_with (Web *web, const char *unit, const char *serial, const char *action, gint64 revision, const char *key)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/units/%s/applications/%s/actions", unit, serial);
  g_autofree char *body = g_strdup_printf ("{\"action\":\"%s\"}", action);
  g_autofree char *match = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", revision);
  const char *headers[] = {"Idempotency-Key", key, "If-Match", match, NULL};
  return web_api (web, "POST", path, P_UNIT "/applications/{serial}/actions", body, headers);
}

static WebAnswer *
act (Web *web, const char *unit, const char *serial, const char *action, gint64 revision)
{
  g_autofree char *key = qc_random_uuid ();
  return act_with (web, unit, serial, action, revision, key);
}

/* Holds everything recorded against the document. */
static void
check_recorded (Web *web)
{
  g_autofree char *script
      = g_test_build_filename (G_TEST_DIST, "tests", "displayless", "wire", "check-openapi.py", NULL);
  g_autofree char *document = g_test_build_filename (G_TEST_DIST, "data", "openapi.yaml", NULL);
  const char *argv[] = {"/usr/bin/python3", script, document, "--answers", web->recorded, NULL};
  g_autofree char *out = NULL, *errors = NULL;
  int status;
  g_assert_true (g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &errors, &status, NULL));
  if (status != 0)
    g_error ("%u answers: %s%s", web->n_recorded, out, errors);
}

/* ---- keys ---- */

static void
test_replay (void)
{
  g_autofree char *key = qc_random_uuid ();
  Web web;
  web_open (&web, "20261123");
  web_sign_in (&web, "muye", PASSWORD);
  g_autofree char *body = dup_submission (&web, MUYE, 202610);
  g_autoptr (WebAnswer) first = submit (&web, MUYE, key, body);
  web_assert_status (first, 201);
  web_assert_has (first, "\"state\":\"finished\"");
  g_autoptr (WebAnswer) again = submit (&web, MUYE, key, body);
  web_assert_status (again, 200);
  g_assert_cmpstr (again->text, ==, first->text);
  /* A key is the same key in any spelling, and for ever: also after a restart. */
  web_restart (&web);
  g_autofree char *upper = g_ascii_strup (key, -1);
  g_clear_pointer (&again, web_answer_free);
  again = submit (&web, MUYE, upper, body);
  web_assert_status (again, 200);
  g_assert_cmpstr (again->text, ==, first->text);
  g_autofree char *other
      = g_strconcat ("{\"later\":1,", body + 1, NULL); /* the same to whoever reads it, but other bytes */
  g_autoptr (WebAnswer) reused = submit (&web, MUYE, key, other);
  web_assert_status (reused, 422);
  web_assert_has (reused, "\"code\":\"key-reused\"");
  g_autofree char *path = g_strconcat ("/api/v1/submissions/", key, NULL);
  g_autoptr (WebAnswer) status = web_api (&web, "GET", path, "/api/v1/submissions/{key}", NULL, NULL);
  web_assert_has (status, "\"state\":\"accepted\"");
  web_assert_has (status, first->text);
  /* For somebody without that unit the key is unknown. */
  web_sign_in (&web, "xuexiao", PASSWORD);
  g_autoptr (WebAnswer) unknown = web_api (&web, "GET", path, "/api/v1/submissions/{key}", NULL, NULL);
  web_assert_has (unknown, "\"state\":\"unknown\"");
  check_recorded (&web);
  web_close (&web);
}

static void
test_refusal_is_kept (void)
{
  g_autofree char *key = qc_random_uuid ();
  const char *body
      = "{\"business\":\"remittance\",\"remittance\":{\"method\":\"collection\",\"start\":202610,\"end\":202610,"
        "\"terms\":\"sha256:0000000000000000000000000000000000000000000000000000000000000000\",\"months\":[{\"month\":"
        "202610,\"people\":1,\"fen\":100}]},\"lines\":0}";
  Web web;
  web_open (&web, "20261123");
  web_sign_in (&web, "muye", PASSWORD);
  g_autoptr (WebAnswer) refused = submit (&web, MUYE, key, body);
  web_assert_status (refused, 422);
  web_assert_has (refused, "\"code\":\"refused\"");
  web_assert_has (refused, "\"findings\":[");
  g_autofree char *path = g_strconcat ("/api/v1/submissions/", key, NULL);
  g_autoptr (WebAnswer) status = web_api (&web, "GET", path, "/api/v1/submissions/{key}", NULL, NULL);
  web_assert_has (status, "\"state\":\"refused\"");
  g_autoptr (WebAnswer) again = submit (&web, MUYE, key, body);
  web_assert_status (again, 422);
  g_assert_cmpstr (again->text, ==, refused->text);
  check_recorded (&web);
  web_close (&web);
}

/* ---- authority ---- */

static WebAnswer *
call_row (Web *web, const char *method, const char *path, const char *pattern, const char *body)
{
  return g_str_has_suffix (path, "/submissions") ? web_api_lines (web, path, pattern, body, NULL)
                                                 : web_api (web, method, path, pattern, body, NULL);
}

static void
test_authority (void)
{
  const struct {
    const char *method, *path, *pattern, *body;
  } rows[] = {
      {"GET", "/api/v1/units/%s/feeds/people", P_UNIT "/feeds/{feed}", NULL},
      {"GET", "/api/v1/units/%s/applications/1", P_UNIT "/applications/{serial}", NULL},
      {"GET", "/api/v1/units/%s/applications/1/notice", P_UNIT "/applications/{serial}/notice", NULL},
      {"POST", "/api/v1/units/%s/applications/1/voucher", P_UNIT "/applications/{serial}/voucher", NULL},
      {"POST", "/api/v1/units/%s/submissions", P_UNIT "/submissions", "{}"},
      {"POST", "/api/v1/units/%s/applications/1/actions", P_UNIT "/applications/{serial}/actions", "{}"},
      {"GET", "/api/v1/units/%s/applications/1/lines", P_UNIT "/applications/{serial}/lines", NULL},
      {"GET", "/api/v1/units/%s/receivers/231100000067", P_UNIT "/receivers/{account}", NULL},
  };
  Web web;
  web_open (&web, "20261123");
  web_sign_in (&web, "muye", PASSWORD);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf (rows[i].path, SCHOOL);
    g_autofree char *token = g_steal_pointer (&web.access);
    g_autoptr (WebAnswer) nobody = call_row (&web, rows[i].method, path, rows[i].pattern, rows[i].body);
    web_assert_status (nobody, 401);
    g_assert_nonnull (soup_message_headers_get_one (nobody->headers, "WWW-Authenticate"));
    web.access = g_strdup ("not-a-token");
    g_autoptr (WebAnswer) wrong = call_row (&web, rows[i].method, path, rows[i].pattern, rows[i].body);
    web_assert_status (wrong, 401);
    g_free (web.access);
    web.access = g_steal_pointer (&token);
    g_autoptr (WebAnswer) stranger = call_row (&web, rows[i].method, path, rows[i].pattern, rows[i].body);
    web_assert_status (stranger, 403);
  }
  check_recorded (&web);
  web_close (&web);
}

/* ---- bad requests ---- */

#define LINES "application/x-ndjson"

static void
test_bad_requests (void)
{
  static const char key[] = "3c2f6b1e-7d59-4b0e-9a53-0f4f6cf0a111";
  const struct {
    const char *type, *body, *key;
    guint status;
  } rows[] = {
      {LINES, "{}", NULL, 428},
      {LINES, "{}", "not-a-uuid", 400},
      {LINES, "", key, 400},
      {LINES, "[]", key, 400},
      {LINES, "null", key, 400},
      {LINES, "{", key, 400},
      {LINES, "{}", key, 400},
      {LINES, "{\"business\":\"remittance\"}", key, 400},
      {LINES, "{\"business\":\"sealing\"}", key, 400},
      {LINES, "{\"business\":\"remittance\",\"business\":\"remittance\"}", key, 400},
      {LINES, "{\"business\":1}", key, 400},
      {LINES, "{\"business\":\"remittance\",\"remittance\":{\"start\":1e3}}", key, 400},
      {LINES, "{\"business\":\"remittance\",\"remittance\":{\"start\":99999999999999999999}}", key, 400},
      {LINES, "{\"business\":\"\xff\"}", key, 400},
      {LINES, "\xef\xbb\xbf{}", key, 400},
      {LINES, "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}", key, 400},
      {LINES, "{\"business\":\"sealing\",\"lines\":1}\n", key, 400},
      {LINES, "{\"business\":\"sealing\",\"lines\":1}\n{}\n", key, 400},
      {LINES, "{\"business\":\"sealing\",\"lines\":0}\n{\"line\":1}\n", key, 400},
      {"application/json", "{}", key, 415},
      {"text/plain", "{}", key, 415},
      {"application/x-www-form-urlencoded", "a=b", key, 415},
  };
  Web web;
  web_open (&web, "20261123");
  web_sign_in (&web, "muye", PASSWORD);
  g_autofree char *address
      = g_strdup_printf ("%s/api/v1/units/%s/submissions", qc_center_server_get_api (web.server), MUYE);
  g_autofree char *bearer = g_strconcat ("Bearer ", web.access, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const char *headers[] = {"Authorization", bearer, rows[i].key ? "Idempotency-Key" : NULL, rows[i].key, NULL};
    g_autoptr (WebAnswer) answer = web_send (&web, web.api, "POST", address, rows[i].type, rows[i].body, headers);
    if (answer->status != rows[i].status)
      g_error ("row %u: %u instead of %u: %s", i, answer->status, rows[i].status, answer->text);
    g_assert_cmpstr (soup_message_headers_get_content_type (answer->headers, NULL), ==, "application/problem+json");
  }
  web_close (&web);
}

/* What one route may carry is too large for another. */
static void
test_too_large (void)
{
  g_autofree char *filler = g_strnfill (2 * 1024 * 1024, 'x');
  g_autofree char *body = g_strdup_printf ("{\"a\":\"%s\"}", filler);
  g_autofree char *key = qc_random_uuid ();
  Web web;
  web_open (&web, "20261123");
  web_sign_in (&web, "muye", PASSWORD);
  g_autoptr (WebAnswer) answer = web_api (&web, "POST", "/api/v1/units/" MUYE "/applications/1/actions",
                                          P_UNIT "/applications/{serial}/actions", body, NULL);
  web_assert_status (answer, 413);
  g_autoptr (WebAnswer) head = submit (&web, MUYE, key, body);
  web_assert_status (head, 400);
  g_autoptr (WebAnswer) after = web_api (&web, "GET", "/api/v1/session", "/api/v1/session", NULL, NULL);
  web_assert_status (after, 200);
  check_recorded (&web);
  web_close (&web);
}

static void
test_method_and_path (void)
{
  Web web;
  web_open (&web, "20261123");
  web_sign_in (&web, "muye", PASSWORD);
  g_autoptr (WebAnswer) method = web_api (&web, "DELETE", "/api/v1/session", NULL, NULL, NULL);
  web_assert_status (method, 405);
  g_assert_cmpstr (soup_message_headers_get_one (method->headers, "Allow"), ==, "GET");
  g_autoptr (WebAnswer) path = web_api (&web, "GET", "/api/v1/nothing", NULL, NULL, NULL);
  web_assert_status (path, 404);
  g_autoptr (WebAnswer) feed
      = web_api (&web, "GET", "/api/v1/units/" MUYE "/feeds/nothing", P_UNIT "/feeds/{feed}", NULL, NULL);
  web_assert_status (feed, 404);
  g_autoptr (WebAnswer) limit
      = web_api (&web, "GET", "/api/v1/units/" MUYE "/feeds/people?limit=1001", P_UNIT "/feeds/{feed}", NULL, NULL);
  web_assert_status (limit, 400);
  g_autoptr (WebAnswer) cursor = web_api (&web, "GET", "/api/v1/units/" MUYE "/feeds/people?cursor=00000000.7",
                                          P_UNIT "/feeds/{feed}", NULL, NULL);
  web_assert_status (cursor, 410);
  g_autoptr (WebAnswer) head = web_api (&web, "GET", "/portal/", NULL, NULL, NULL);
  web_assert_status (head, 404);
  check_recorded (&web);
  web_close (&web);
}

/* ---- feeds ---- */

static void
test_feeds_page_on (void)
{
  const char *feeds[] = {"unit", "ratios", "policy", "codes", "people", "bases", "paid", "applications", "movements"};
  Web web;
  web_open (&web, "20261123");
  web_sign_in (&web, "muye", PASSWORD);
  for (guint i = 0; i < G_N_ELEMENTS (feeds); i++) {
    g_autofree char *cursor = g_strdup ("");
    gboolean more = TRUE;
    for (guint pages = 0; more; pages++) {
      g_autofree char *path = g_strdup_printf ("/api/v1/units/%s/feeds/%s?limit=25&cursor=%s", MUYE, feeds[i], cursor);
      g_autoptr (WebAnswer) answer = web_api (&web, "GET", path, P_UNIT "/feeds/{feed}", NULL, NULL);
      web_assert_status (answer, 200);
      g_assert_cmpint (pages, <, 100);
      g_free (cursor);
      cursor = web_member (answer, "cursor");
      more = strstr (answer->text, "\"more\":true") != NULL;
    }
  }
  check_recorded (&web);
  web_close (&web);
}

/* ---- revisions, notice, actions ---- */

static void
test_transfer_and_delete (void)
{
  g_autofree char *key = qc_random_uuid ();
  Web web;
  web_open (&web, "20261123");
  web_sign_in (&web, "xuexiao", PASSWORD);
  g_autofree char *body = dup_submission (&web, SCHOOL, 202610);
  g_autoptr (WebAnswer) done = submit (&web, SCHOOL, key, body);
  web_assert_status (done, 201);
  web_assert_has (done, "\"state\":\"registered\"");
  g_autofree char *serial = dup_serial (done);
  g_autofree char *path = g_strdup_printf ("/api/v1/units/%s/applications/%s/notice", SCHOOL, serial);
  g_autoptr (WebAnswer) notice = web_api (&web, "GET", path, P_UNIT "/applications/{serial}/notice", NULL, NULL);
  web_assert_status (notice, 200);
  web_assert_has (notice, serial);
  web_assert_has (notice, "（演练）");
  gint64 revision = read_revision (&web, SCHOOL, serial);
  g_autoptr (WebAnswer) moved = act (&web, SCHOOL, serial, "delete", revision - 1);
  web_assert_status (moved, 412);
  web_assert_has (moved, "\"application\":{");
  g_autoptr (WebAnswer) wrong = act (&web, SCHOOL, serial, "redraw", revision);
  web_assert_status (wrong, 422);
  g_autoptr (WebAnswer) deleted = act (&web, SCHOOL, serial, "delete", revision);
  web_assert_status (deleted, 200);
  web_assert_has (deleted, "\"state\":\"deleted\"");
  g_autoptr (WebAnswer) gone = web_api (&web, "GET", path, P_UNIT "/applications/{serial}/notice", NULL, NULL);
  web_assert_status (gone, 404);
  g_autoptr (WebAnswer) none = act (&web, SCHOOL, "1234567890", "delete", 1);
  web_assert_status (none, 404);
  check_recorded (&web);
  web_close (&web);
}

/* A key stands for one request with its If-Match, and only what was judged uses it up. */
static void
test_key_and_revision (void)
{
  g_autofree char *first = qc_random_uuid ();
  g_autofree char *key = qc_random_uuid ();
  Web web;
  web_open (&web, "20261123");
  web_sign_in (&web, "xuexiao", PASSWORD);
  g_autofree char *body = dup_submission (&web, SCHOOL, 202610);
  g_autoptr (WebAnswer) done = submit (&web, SCHOOL, first, body);
  g_autofree char *serial = dup_serial (done);
  gint64 revision = read_revision (&web, SCHOOL, serial);
  g_autoptr (WebAnswer) none = act_with (&web, SCHOOL, "1234567890", "delete", revision, key);
  web_assert_status (none, 404);
  g_autoptr (WebAnswer) moved = act_with (&web, SCHOOL, serial, "delete", revision - 1, key);
  web_assert_status (moved, 412);
  g_autofree char *path = g_strconcat ("/api/v1/submissions/", key, NULL);
  g_autoptr (WebAnswer) unknown = web_api (&web, "GET", path, "/api/v1/submissions/{key}", NULL, NULL);
  web_assert_has (unknown, "\"state\":\"unknown\"");
  g_autoptr (WebAnswer) deleted = act_with (&web, SCHOOL, serial, "delete", revision, key);
  web_assert_status (deleted, 200);
  g_autoptr (WebAnswer) again = act_with (&web, SCHOOL, serial, "delete", revision, key);
  web_assert_status (again, 200);
  g_assert_cmpstr (again->text, ==, deleted->text);
  g_autoptr (WebAnswer) other = act_with (&web, SCHOOL, serial, "delete", revision + 1, key);
  web_assert_status (other, 422);
  web_assert_has (other, "\"code\":\"key-reused\"");
  check_recorded (&web);
  web_close (&web);
}

static WebAnswer *
issue_voucher (Web *web, const char *unit, const char *serial, const char *key)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/units/%s/applications/%s/voucher", unit, serial);
  const char *headers[] = {"Idempotency-Key", key, NULL};
  return web_api (web, "POST", path, P_UNIT "/applications/{serial}/voucher", NULL, headers);
}

/* Each is counted, and a key counts once; looking counts nothing. What a voucher says, the engine's tests see to. */
static void
test_voucher (void)
{
  g_autofree char *key = qc_random_uuid ();
  g_autofree char *one = qc_random_uuid ();
  g_autofree char *two = qc_random_uuid ();
  g_autofree char *three = qc_random_uuid ();
  Web web;
  web_open (&web, "20261123");
  web_sign_in (&web, "xuexiao", PASSWORD);
  g_autofree char *body = dup_submission (&web, SCHOOL, 202610);
  g_autoptr (WebAnswer) done = submit (&web, SCHOOL, key, body);
  web_assert_status (done, 201);
  g_autofree char *serial = dup_serial (done);
  g_autofree char *path = g_strdup_printf ("/api/v1/units/%s/applications/%s/voucher", SCHOOL, serial);
  g_autoptr (WebAnswer) first = issue_voucher (&web, SCHOOL, serial, one);
  web_assert_status (first, 201);
  web_assert_has (first, "\"voucher\":\"QC1.");
  web_assert_has (first, "\"reprint\":0");
  web_assert_has (first, "\"practice\":true");
  for (int i = 0; i < 3; i++) {
    g_autoptr (WebAnswer) head = web_api (&web, i == 0 ? "HEAD" : i == 1 ? "GET" : "OPTIONS", path, NULL, NULL, NULL);
    web_assert_status (head, 405);
  }
  g_autoptr (WebAnswer) lost = issue_voucher (&web, SCHOOL, serial, one);
  web_assert_status (lost, 200);
  g_assert_cmpstr (lost->text, ==, first->text);
  g_autoptr (WebAnswer) again = issue_voucher (&web, SCHOOL, serial, two);
  web_assert_has (again, "\"reprint\":1");
  g_autofree char *status_path = g_strconcat ("/api/v1/submissions/", one, NULL);
  g_autoptr (WebAnswer) status = web_api (&web, "GET", status_path, "/api/v1/submissions/{key}", NULL, NULL);
  web_assert_has (status, first->text);
  g_autoptr (WebAnswer) keyless = web_api (&web, "POST", path, P_UNIT "/applications/{serial}/voucher", NULL, NULL);
  web_assert_status (keyless, 428);
  g_autoptr (WebAnswer) none = issue_voucher (&web, SCHOOL, "1234567890", three);
  web_assert_status (none, 404);
  g_autoptr (WebAnswer) deleted = act (&web, SCHOOL, serial, "delete", read_revision (&web, SCHOOL, serial));
  web_assert_status (deleted, 200);
  g_autoptr (WebAnswer) refused = issue_voucher (&web, SCHOOL, serial, three);
  web_assert_status (refused, 422);
  web_assert_has (refused, "not-allowed-in-state");
  g_autoptr (WebAnswer) kept = issue_voucher (&web, SCHOOL, serial, two);
  g_assert_cmpstr (kept->text, ==, again->text);
  check_recorded (&web);
  web_close (&web);
}

static void
test_headers_of_actions (void)
{
  const char *path = "/api/v1/units/" SCHOOL "/applications/1/actions";
  const char *pattern = P_UNIT "/applications/{serial}/actions";
  const char *body = "{\"action\":\"delete\"}";
  const char *bad[] = {"7", "\"x\"", "\"\"", "*", "W/\"7\"", "\"07\"", "\"99999999999999999999\""};
  g_autofree char *key = qc_random_uuid ();
  const char *only_key[] = {"Idempotency-Key", key, NULL};
  Web web;
  web_open (&web, "20261123");
  web_sign_in (&web, "xuexiao", PASSWORD);
  g_autoptr (WebAnswer) missing = web_api (&web, "POST", path, pattern, body, only_key);
  web_assert_status (missing, 428);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    const char *headers[] = {"Idempotency-Key", key, "If-Match", bad[i], NULL};
    g_autoptr (WebAnswer) answer = web_api (&web, "POST", path, pattern, body, headers);
    web_assert_status (answer, 400);
  }
  check_recorded (&web);
  web_close (&web);
}

/* ---- practice ---- */

static WebAnswer *
post_practice (Web *web, const char *tail, const char *body)
{
  g_autofree char *path = g_strconcat ("/api/v1/practice", tail, NULL);
  return web_api (web, "POST", path, path, body, NULL);
}

static void
test_practice (void)
{
  const struct {
    const char *tail, *body;
    guint status;
    const char *has;
  } rows[] = {
      {"", "{\"arrival_delay_seconds\":30}", 200, "\"arrival_delay_seconds\":30"},
      {"", "{\"arrival_delay_seconds\":null}", 200, "\"arrival_delay_seconds\":null"},
      {"", "{\"today\":20261201}", 200, "\"today\":20261201"},
      {"", "{\"today\":20261130}", 422, "refused"},
      {"", "{\"today\":20261332}", 400, "bad-request"},
      {"/advance", "{\"months\":1}", 200, "\"today\":20270101"},
      {"/advance", "{\"months\":0}", 400, "bad-request"},
      {"/advance", "{\"months\":25}", 400, "bad-request"},
      {"/reset", "{}", 200, "\"today\":20261123"},
  };
  Web web;
  web_open (&web, "20261123");
  web_sign_in (&web, "muye", PASSWORD);
  g_autoptr (WebAnswer) get = web_api (&web, "GET", "/api/v1/practice", "/api/v1/practice", NULL, NULL);
  web_assert_has (get, "\"today\":20261123");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (WebAnswer) answer = post_practice (&web, rows[i].tail, rows[i].body);
    web_assert_status (answer, rows[i].status);
    web_assert_has (answer, rows[i].has);
  }
  g_autoptr (WebAnswer) center = web_api (&web, "GET", "/api/v1/center", "/api/v1/center", NULL, NULL);
  web_assert_has (center, "（演练）");
  web_assert_has (center, "\"practice\":true");
  g_clear_pointer (&web.access, g_free);
  g_autoptr (WebAnswer) nobody = post_practice (&web, "/reset", "{}");
  web_assert_status (nobody, 401);
  check_recorded (&web);
  web_close (&web);
}

/* Arrivals confirm themselves after the delay, without anybody asking. */
static void
test_arrival_by_itself (void)
{
  g_autofree char *key = qc_random_uuid ();
  Web web;
  web_open (&web, "20261123");
  web_sign_in (&web, "xuexiao", PASSWORD);
  g_autoptr (WebAnswer) delay = post_practice (&web, "", "{\"arrival_delay_seconds\":0}");
  web_assert_status (delay, 200);
  g_autofree char *body = dup_submission (&web, SCHOOL, 202610);
  g_autoptr (WebAnswer) done = submit (&web, SCHOOL, key, body);
  web_assert_status (done, 201);
  g_autofree char *serial = dup_serial (done);
  g_autofree char *path = g_strdup_printf ("/api/v1/units/%s/applications/%s", SCHOOL, serial);
  gboolean finished = FALSE;
  for (guint i = 0; i < 1000 && !finished; i++) {
    g_autoptr (WebAnswer) now = web_api (&web, "GET", path, NULL, NULL, NULL);
    finished = strstr (now->text, "\"state\":\"finished\"") != NULL;
  }
  g_assert_true (finished);
  web_close (&web);
}

/* ---- rosters ---- */

/* A business that a newer client knows is refused as a business, under its key; what was done is read line by line. */
static void
test_roster (void)
{
  g_autofree char *key = qc_random_uuid ();
  g_autofree char *key2 = qc_random_uuid ();
  g_autofree char *key3 = qc_random_uuid ();
  Web web;
  web_open (&web, "20261123");
  web_sign_in (&web, "muye", PASSWORD);
  Fx fx;
  open_ledger (&web, &fx);
  g_autoptr (FxView) view = fx_view_new (&fx, MUYE);
  qc_connection_close (fx.connection);
  const QcEmployee *person = NULL;
  for (guint i = 0; person == NULL || person->status != QC_PERSON_NORMAL || person->opened > 202610; i++)
    person = g_ptr_array_index (view->people, i);
  g_autoptr (QcSubmission) roster = fx_roster (view, QC_BUSINESS_SEALING);
  QcRosterLine *line = fx_roster_add (view, roster, person->account);
  g_autofree char *body = dup_body (roster);
  g_autoptr (WebAnswer) refused = submit (&web, MUYE, key2, body);
  web_assert_status (refused, 422);
  web_assert_has (refused, "\"code\":\"roster.reason-missing\"");
  web_assert_has (refused, "\"line\":1");
  line->reason = g_strdup ("01");
  g_free (body);
  body = dup_body (roster);
  g_autoptr (WebAnswer) done = submit (&web, MUYE, key, body);
  web_assert_status (done, 201);
  web_assert_has (done, "\"state\":\"finished\"");
  web_assert_has (done, "\"effective\":202610");
  g_autoptr (WebAnswer) again = submit (&web, MUYE, key, body);
  web_assert_status (again, 200);
  g_assert_cmpstr (again->text, ==, done->text);

  g_autofree char *serial = dup_serial (done);
  g_autofree char *path = g_strdup_printf ("/api/v1/units/%s/applications/%s/lines", MUYE, serial);
  g_autoptr (WebAnswer) lines = web_api (&web, "GET", path, P_UNIT "/applications/{serial}/lines", NULL, NULL);
  web_assert_status (lines, 200);
  web_assert_has (lines, person->account);
  web_assert_has (lines, "\"status_after\":2");
  g_autofree char *bad_path = g_strconcat (path, "?cursor=x", NULL);
  g_autoptr (WebAnswer) cursor = web_api (&web, "GET", bad_path, P_UNIT "/applications/{serial}/lines", NULL, NULL);
  web_assert_status (cursor, 400);
  g_autoptr (WebAnswer) none = web_api (&web, "GET", "/api/v1/units/" MUYE "/applications/1/lines",
                                        P_UNIT "/applications/{serial}/lines", NULL, NULL);
  web_assert_status (none, 404);
  g_autoptr (WebAnswer) unknown = submit (&web, MUYE, key3, "{\"business\":\"loan\",\"lines\":0}\n");
  web_assert_status (unknown, 422);
  web_assert_has (unknown, "\"code\":\"business.unavailable\"");
  check_recorded (&web);
  web_close (&web);
}

/* ---- 同城转移: the name of another unit ---- */

/* A query that cannot be read is said to be wrong; what it asks is not taken for something else. */
static void
test_bad_queries (void)
{
  g_autofree char *longer = g_strnfill (4097, 'x');
  g_autofree char *many = g_strnfill (64, '&');
  g_autofree char *long_cursor = g_strconcat ("cursor=", longer, NULL);
  g_autofree char *many_fields = g_strconcat ("a=b", many, "cursor=1", NULL);
  const char *const queries[] = {long_cursor, many_fields, "cursor=%00", "cursor=%ff", "limit=5&cursor=%c3%28"};
  Web web;
  web_open (&web, "20261123");
  web_sign_in (&web, "muye", PASSWORD);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++) {
    g_autofree char *path = g_strconcat ("/api/v1/units/" MUYE "/feeds/people?", queries[i], NULL);
    g_autoptr (WebAnswer) answer = web_api (&web, "GET", path, P_UNIT "/feeds/{feed}", NULL, NULL);
    web_assert_status (answer, 400);
    g_autofree char *page = g_strconcat ("/portal/?", queries[i], NULL);
    g_autoptr (WebAnswer) told = web_page (&web, page);
    web_assert_status (told, 400);
  }
  web_close (&web);
}

/* One row that nobody understands is a fault of what needs it; the center goes on. */
static void
test_odd_policy (void)
{
  Web web;
  web_open (&web, "20261123");
  web_sign_in (&web, "muye", PASSWORD);
  g_autofree char *file = g_build_filename (web.dir, "center.db", NULL);
  g_autoptr (GError) error = NULL;
  QcConnection *connection = qc_connection_open (file, QC_CONNECTION_READ_WRITE, &error);
  g_assert_no_error (error);
  qc_connection_exec (connection, "UPDATE policy_row SET unit_rounding = 'odd'", &error);
  g_assert_no_error (error);
  qc_connection_close (connection);
  g_autoptr (WebAnswer) feed = web_api (&web, "GET", "/api/v1/units/" MUYE "/feeds/policy", NULL, NULL, NULL);
  web_assert_status (feed, 500);
  g_autoptr (WebAnswer) people = web_api (&web, "GET", "/api/v1/units/" MUYE "/feeds/people", NULL, NULL, NULL);
  web_assert_status (people, 200);
  web_close (&web);
}

static WebAnswer *
ask_receiver (Web *web, const char *account)
{
  g_autofree char *path = g_strconcat ("/api/v1/units/" MUYE "/receivers/", account, NULL);
  return web_api (web, "GET", path, P_UNIT "/receivers/{account}", NULL, NULL);
}

/* Only whole numbers answer; the clerk who tries many waits, another one does not. */
static void
test_receivers (void)
{
  static const char *const unknown[]
      = {"23110000006", "2311000000670", "231100000000", "23110000006x", "%EF%BC%92%EF%BC%93", "%25", "a"};
  Web web;
  web_open (&web, "20261123");
  web_sign_in (&web, "muye", PASSWORD);
  g_autoptr (WebAnswer) found = ask_receiver (&web, QC_PRACTICE_UNIT_RECEIVER);
  web_assert_status (found, 200);
  web_assert_has (found, "\"name\":\"黑河演练代理记账有限公司\"");
  web_assert_has (found, "\"first_month\":202610");
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++) {
    g_autoptr (WebAnswer) none = ask_receiver (&web, unknown[i]);
    web_assert_status (none, 404);
  }
  int status = 0;
  for (guint i = 0; i < 40 && status != 429; i++) {
    g_autoptr (WebAnswer) more = ask_receiver (&web, QC_PRACTICE_UNIT_RECEIVER);
    status = more->status;
    if (status == 429)
      g_assert_cmpint (i, >=, 30 - 1 - G_N_ELEMENTS (unknown));
  }
  g_assert_cmpint (status, ==, 429);
  g_autoptr (WebAnswer) waits = ask_receiver (&web, QC_PRACTICE_UNIT_RECEIVER);
  web_assert_status (waits, 429);
  g_assert_cmpint (g_ascii_strtoll (soup_message_headers_get_one (waits->headers, "Retry-After"), NULL, 10), >, 0);
  Fx fx;
  open_ledger (&web, &fx);
  g_assert_cmpint (fx_int (&fx, "SELECT count (*) FROM log WHERE action = 'receiver-asked' AND unit = '" MUYE "'"), ==,
                   1 + 1 + 30 - 1 - (gint64)G_N_ELEMENTS (unknown));
  qc_connection_close (fx.connection);
  web_sign_in (&web, "daizhang", PASSWORD);
  g_autoptr (WebAnswer) other = ask_receiver (&web, QC_PRACTICE_UNIT_RECEIVER);
  web_assert_status (other, 200);
  check_recorded (&web);
  web_close (&web);
}

/* ---- OAuth on the API server, against the document ---- */

static void
test_metadata (void)
{
  Web web;
  web_open (&web, "20261123");
  g_autoptr (WebAnswer) metadata = web_api (&web, "GET", "/.well-known/oauth-authorization-server",
                                            "/.well-known/oauth-authorization-server", NULL, NULL);
  web_assert_status (metadata, 200);
  g_autofree char *issuer = web_member (metadata, "issuer");
  g_assert_cmpstr (issuer, ==, qc_center_server_get_api (web.server));
  check_recorded (&web);
  web_close (&web);
}

static void
test_second_center_is_refused (void)
{
  QcCenterOptions options = {.practice = TRUE, .password_cost = &qc_password_cost_test};
  Web web;
  web_open (&web, "20261123");
  options.data_dir = web.dir;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcCenterServer) second = qc_center_server_start (&options, &error);
  g_assert_null (second);
  g_assert_error (error, QC_CENTER_SERVER_ERROR, QC_CENTER_SERVER_ERROR_IN_USE);
  web_close (&web);
}

static void
test_practice_folder_stays_practice (void)
{
  QcCenterOptions options = {.practice = FALSE, .password_cost = &qc_password_cost_test, .department = "中心"};
  Web web;
  web_open (&web, "20261123");
  g_clear_pointer (&web.server, qc_center_server_stop);
  options.data_dir = web.dir;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcCenterServer) real = qc_center_server_start (&options, &error);
  g_assert_null (real);
  g_assert_error (error, QC_CENTER_SERVER_ERROR, QC_CENTER_SERVER_ERROR_DATA);
  web_close (&web);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static void
test_strange_ca_is_refused (void)
{
  Web one;
  web_open (&one, "20261123");
  Web two;
  web_open (&two, "20261123");
  g_autoptr (SoupMessage) message = soup_message_new ("GET", qc_center_server_get_api (one.server));
  g_autoptr (GAsyncResult) result = NULL;
  soup_session_send_and_read_async (two.api, message, G_PRIORITY_DEFAULT, NULL, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read_finish (two.api, result, &error);
  g_assert_null (bytes);
  g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
  web_close (&two);
  web_close (&one);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/center/api/replay", test_replay);
  g_test_add_func ("/center/api/refusal-is-kept", test_refusal_is_kept);
  g_test_add_func ("/center/api/authority", test_authority);
  g_test_add_func ("/center/api/bad-requests", test_bad_requests);
  g_test_add_func ("/center/api/bad-queries", test_bad_queries);
  g_test_add_func ("/center/api/odd-policy", test_odd_policy);
  g_test_add_func ("/center/api/too-large", test_too_large);
  g_test_add_func ("/center/api/method-and-path", test_method_and_path);
  g_test_add_func ("/center/api/feeds", test_feeds_page_on);
  g_test_add_func ("/center/api/transfer-and-delete", test_transfer_and_delete);
  g_test_add_func ("/center/api/voucher", test_voucher);
  g_test_add_func ("/center/api/key-and-revision", test_key_and_revision);
  g_test_add_func ("/center/api/headers-of-actions", test_headers_of_actions);
  g_test_add_func ("/center/api/practice", test_practice);
  g_test_add_func ("/center/api/arrival-by-itself", test_arrival_by_itself);
  g_test_add_func ("/center/api/roster", test_roster);
  g_test_add_func ("/center/api/receivers", test_receivers);
  g_test_add_func ("/center/api/metadata", test_metadata);
  g_test_add_func ("/center/server/second", test_second_center_is_refused);
  g_test_add_func ("/center/server/kind", test_practice_folder_stays_practice);
  g_test_add_func ("/center/server/strange-ca", test_strange_ca_is_refused);
  return g_test_run ();
}
