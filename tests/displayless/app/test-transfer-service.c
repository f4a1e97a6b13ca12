/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 同城转移 as the clerk has it, without a window: receiving units that are asked for while she types or pastes, slowly,
 * or not at all; who is in another draft; and what became of the receiver between the look-up and 办理. The center is
 * one that can misbehave (sync-fake.h); what it finds is what the real one finds (center/test-engine-transfer.c).
 */
#include <string.h>

#include "fake-session.h"
#include "qc-outbox-list.h"
#include "qc-roster-target.h"
#include "qc-session-internal.h"
#include "qc-wire-submission.h"
#include "roster-play.h"
#include "sync-fake.h"

#define OTHER  "231100000067"
#define THIRD  "231100000075"
#define NOBODY "231100000999"
#define SEALED "2311000003" /* as all are here */

typedef struct {
  Fake *fake;
  QcAppFixture *app;
  const char *other_name; /* of OTHER now */
  QcUnitStatus other_status;
  guint busy;                  /* so many questions are answered 429 */
  gboolean down, stalls, deaf; /* receivers, receivers, submissions */
  SoupServerMessage *stalled;  /* (owned) (nullable) */
  const char *refusal;         /* (nullable) code of what the next submission is refused with */
  GPtrArray *sent;             /* (owned) QcSubmission: what arrived */
} Online;

/* ---- the center ---- */

static void
say (Online *online, SoupServerMessage *message)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  gboolean other = g_str_has_suffix (path, OTHER);
  g_autofree char *json = g_strdup_printf (
      "{\"account\":\"%s\",\"name\":\"%s\",\"status\":%d,\"due\":202610,\"first_month\":202610}", other ? OTHER : THIRD,
      other ? online->other_name : "丙单位", other ? (int)online->other_status : QC_UNIT_NORMAL);
  if (other || g_str_has_suffix (path, THIRD))
    fake_json (message, 200, json);
  else
    fake_problem (message, 404, QC_PROBLEM_NOT_FOUND);
}

static void
answer_receiver (Online *online, SoupServerMessage *message)
{
  if (online->down) {
    fake_cut (message, NULL);
  } else if (online->stalls) {
    online->stalled = g_object_ref (message);
    soup_server_message_pause (message);
  } else if (online->busy > 0) {
    online->busy--;
    fake_problem (message, 429, QC_PROBLEM_TOO_MANY);
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", "1");
  } else {
    say (online, message);
  }
}

/* Refused for the receiver of the first line, which has another name by now, or is closed. */
static void
refuse (Online *online, SoupServerMessage *message, const QcRosterLine *line)
{
  g_autoptr (QcProblem) problem = qc_problem_new (422, QC_PROBLEM_REFUSED, "refused", NULL);
  QcFinding *finding = qc_finding_new (online->refusal, "account", line->target_unit, "seen", line->target_name, "now",
                                       online->other_name, "unit", online->other_name, NULL);
  qc_finding_at (finding, line->id, line->account, "target_unit");
  g_ptr_array_add (problem->findings, finding);
  g_autoptr (GBytes) bytes = qc_wire_encode_problem (problem);
  g_autofree char *json = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  fake_json (message, 422, json);
  soup_message_headers_set_content_type (soup_server_message_get_response_headers (message), QC_PROBLEM_CONTENT_TYPE,
                                         NULL);
  online->refusal = NULL;
}

static gboolean
hook (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  Online *online = fake->data;
  if (strstr (path, "/receivers/") != NULL) {
    answer_receiver (online, message);
    return TRUE;
  }
  if (!g_str_has_suffix (path, "/submissions"))
    return FALSE;
  if (online->deaf) {
    fake_cut (message, NULL);
    return TRUE;
  }
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  QcSubmission *sent = qc_wire_decode_submission (body, NULL);
  g_assert_nonnull (sent);
  g_ptr_array_add (online->sent, sent);
  if (online->refusal == NULL)
    return FALSE;
  refuse (online, message, g_ptr_array_index (sent->roster->lines, 0));
  return TRUE;
}

/* ---- the client ---- */

static Online *
online_new (void)
{
  Online *online = g_new0 (Online, 1);
  online->fake = fake_new ();
  online->fake->generation = 1; /* nothing is new to the fixture's cursors */
  online->fake->hook = hook;
  online->fake->data = online;
  online->other_name = "乙单位";
  online->other_status = QC_UNIT_NORMAL;
  online->sent = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_submission_free);
  online->app = qc_app_fixture_new (NULL, 0, 4);
  qc_app_fixture_sql (online->app, "UPDATE person SET status = 2, status_from = 202610");
  fake_session_connect (online->app, online->fake);
  return online;
}

static void
online_free (Online *online)
{
  qc_app_fixture_free (online->app);
  fake_free (online->fake);
  g_clear_object (&online->stalled);
  g_ptr_array_unref (online->sent);
  g_free (online);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Online, online_free)

static guint
n_asked (Online *online, const char *account)
{
  g_autofree char *request = g_strdup_printf ("GET /api/v1/units/" QC_FIXTURE_UNIT "/receivers/%s", account);
  guint n = 0;
  for (guint i = 0; i < online->fake->log->len; i++)
    n += g_str_equal (g_ptr_array_index (online->fake->log, i), request);
  return n;
}

static void
assert_name (QcRosterService *service, const char *person, const char *name)
{
  g_assert_cmpstr (play_find (service, person)->target_name, ==, name);
}

static void
assert_fault (QcRosterService *service, const char *person, const char *code)
{
  const QcFinding *finding = play_finding (service, play_find (service, person)->id, code);
  g_assert_nonnull (finding);
  g_assert_cmpstr (finding->field, ==, "target_unit");
  g_autofree char *why = play_why_not (service);
  g_assert_nonnull (why);
}

static void
assert_ready (QcRosterService *service)
{
  g_autofree char *why = play_why_not (service);
  g_assert_cmpstr (why, ==, NULL);
}

/* A draft with one person who goes to OTHER. */
static QcRosterService *
open_one (Online *online)
{
  QcRosterService *service = play_open (online->app, QC_BUSINESS_TRANSFER, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\ttarget_unit\n" SEALED "\t" OTHER "\n");
  g_assert_cmpuint (pasted->added, ==, 1);
  return service;
}

/* ---- looking up ---- */

/* A block with several receiving units: each is asked for once, and what is wrong with one is said at its cell. */
static void
test_pasted (void)
{
  static const struct {
    const char *person, *unit, *name, *fault;
    guint asked;
  } rows[] = {
      {"2311000001", OTHER, "乙单位", NULL, 1},
      {"2311000003", OTHER, "乙单位", NULL, 1},
      {"2320000000", THIRD, "丙单位", NULL, 1},
      {"2320000001", NOBODY, NULL, "transfer.unit-unknown", 1},
      {"2320000002", QC_FIXTURE_UNIT, NULL, "transfer.own-unit", 0},
      {"2320000003", "23110000006", NULL, "transfer.unit-number", 0},
  };
  g_autoptr (Online) online = online_new ();
  g_autoptr (QcRosterService) service = play_open (online->app, QC_BUSINESS_TRANSFER, 0);
  g_autoptr (GString) block = g_string_new ("account\ttarget_unit\n");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_string_append_printf (block, "%s\t%s\n", rows[i].person, rows[i].unit);
  g_autoptr (QcPasteResult) pasted = play_paste (service, block->str);
  g_assert_cmpuint (pasted->added, ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    assert_name (service, rows[i].person, rows[i].name);
    g_assert_cmpuint (n_asked (online, rows[i].unit), ==, rows[i].asked);
    if (rows[i].fault != NULL)
      assert_fault (service, rows[i].person, rows[i].fault);
    else
      g_assert_false (qc_roster_service_has_findings (service, play_find (service, rows[i].person)->id));
  }
  for (guint i = 3; i < G_N_ELEMENTS (rows); i++)
    play_enter (service, rows[i].person, QC_LINE_TARGET_UNIT, THIRD);
  assert_ready (service);
  g_assert_cmpuint (n_asked (online, THIRD), ==, 1);
}

static gboolean
is_stalled (gpointer online)
{
  return ((Online *)online)->stalled != NULL;
}

static void
go_on (Online *online)
{
  online->stalls = FALSE;
  say (online, online->stalled);
  soup_server_message_unpause (online->stalled);
  g_clear_object (&online->stalled);
}

/* A number is typed and the center takes its time: everything else goes on, nothing is submitted meanwhile. */
static void
test_slow (void)
{
  g_autoptr (Online) online = online_new ();
  g_autoptr (QcRosterService) service = play_open (online->app, QC_BUSINESS_TRANSFER, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\n" SEALED "\n");
  online->stalls = TRUE;
  qc_roster_service_typing (service, QC_LINE_TARGET_UNIT, "23110000006");
  qc_roster_service_typing (service, QC_LINE_TARGET_UNIT, OTHER);
  qc_app_fixture_until (is_stalled, online);
  qc_roster_service_enter (service, play_find (service, SEALED)->id, QC_LINE_TARGET_UNIT, OTHER);
  g_autofree char *shown = qc_roster_service_dup_shown (service, play_find (service, SEALED), QC_LINE_TARGET_NAME);
  g_assert_cmpstr (shown, ==, "Being asked for …");
  g_autofree char *token = qc_business_service_dup_token (QC_BUSINESS_SERVICE (service));
  g_assert_null (token);
  qc_draft_rename (play_draft (service), "十月转移");
  go_on (online);
  play_settle (service);
  assert_name (service, SEALED, "乙单位");
  assert_ready (service);
  g_assert_cmpuint (n_asked (online, OTHER), ==, 1);
  qc_draft_undo (play_draft (service)); /* the name came with the number, and goes with it */
  play_settle (service);
  g_assert_cmpstr (play_find (service, SEALED)->target_unit, ==, NULL);
  assert_name (service, SEALED, NULL);
}

/* Whoever closes the page waits for nobody; the next one who opens it asks. */
static void
test_cancelled (void)
{
  g_autoptr (Online) online = online_new ();
  QcRosterService *service = play_open (online->app, QC_BUSINESS_TRANSFER, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\n" SEALED "\n");
  online->stalls = TRUE;
  qc_roster_service_enter (service, play_find (service, SEALED)->id, QC_LINE_TARGET_UNIT, OTHER);
  qc_app_fixture_until (is_stalled, online);
  g_object_add_weak_pointer (G_OBJECT (service), (gpointer *)&service);
  g_object_unref (service);
  while (service != NULL) /* until the edit is written */
    g_main_context_iteration (NULL, TRUE);
  go_on (online);
  g_autoptr (QcRosterService) again = play_open (online->app, QC_BUSINESS_TRANSFER, 0);
  g_assert_cmpstr (play_find (again, SEALED)->target_unit, ==, OTHER);
  assert_name (again, SEALED, "乙单位");
  assert_ready (again);
}

/* A busy center says when to come again. */
static void
test_busy (void)
{
  g_autoptr (Online) online = online_new ();
  online->busy = 2;
  g_autoptr (QcRosterService) service = open_one (online);
  g_assert_cmpuint (n_asked (online, OTHER), ==, 3);
  assert_name (service, SEALED, "乙单位");
  assert_ready (service);
}

static gboolean
has_name (gpointer service)
{
  return play_find (service, SEALED)->target_name != NULL;
}

/* The center does not answer: what was never asked for is not accepted; it is asked for again by itself. */
static void
test_down (void)
{
  g_autoptr (Online) online = online_new ();
  online->down = TRUE;
  g_autoptr (QcRosterService) service = open_one (online);
  assert_name (service, SEALED, NULL);
  assert_fault (service, SEALED, "transfer.unit-unasked");
  online->down = FALSE;
  qc_session_sync_now (online->app->session);
  qc_app_fixture_until (has_name, service);
  play_settle (service);
  assert_ready (service);
}

/* A name that cannot be kept for another time is good in this one. */
static void
test_not_kept (void)
{
  g_autoptr (Online) online = online_new ();
  qc_app_fixture_sql (online->app, "CREATE TRIGGER full BEFORE INSERT ON other_unit BEGIN SELECT RAISE (ABORT, "
                                   "'the disk is full'); END");
  g_test_expect_message (NULL, G_LOG_LEVEL_MESSAGE, "receiver: *the disk is full*");
  g_autoptr (QcRosterService) service = open_one (online);
  assert_name (service, SEALED, "乙单位");
  assert_ready (service);
  g_test_assert_expected_messages ();
}

/* ---- what becomes of it ---- */

static gboolean
is_refused (gpointer service)
{
  return qc_draft_get_outbox (play_draft (service)) == 0 && qc_draft_get_findings (play_draft (service))->len > 0;
}

static gboolean
is_over (gpointer service)
{
  return play_roster (service)->lines->len == 0;
}

/* 办理 of what stands there, which the center takes. */
static void
submit_well (Online *online, QcRosterService *service)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutboxItem) item = play_submit (service, NULL, &error);
  g_assert_no_error (error);
  qc_app_fixture_until (is_over, service);
  play_settle (service);
}

/* 办理, which the center refuses with @code: the roster is open again, and as it was confirmed. */
static void
submit_refused (Online *online, QcRosterService *service, const char *code)
{
  online->refusal = code;
  g_autofree char *before = play_picture (service);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutboxItem) item = play_submit (service, NULL, &error);
  g_assert_no_error (error);
  qc_app_fixture_until (is_refused, service);
  qc_business_service_dismiss (QC_BUSINESS_SERVICE (service)); /* back to the roster */
  play_settle (service);
  g_autofree char *after = play_picture (service);
  g_assert_cmpstr (after, ==, before);
  assert_fault (service, SEALED, code);
}

/* Brings the line up to date, once. */
static void
update (QcRosterService *service)
{
  gint64 line = play_find (service, SEALED)->id;
  qc_roster_service_update_lines (service, &line, 1);
  play_settle (service);
}

/* Another name since it was looked up: nothing is done, both names are said, and one update of the line makes it
 * right. */
static void
test_renamed (void)
{
  g_autoptr (Online) online = online_new ();
  g_autoptr (QcRosterService) service = open_one (online);
  online->other_name = "改名的单位";
  submit_refused (online, service, "transfer.unit-renamed");
  g_autofree char *said
      = qc_finding_dup_sentence (play_finding (service, play_find (service, SEALED)->id, "transfer.unit-renamed"));
  g_assert_cmpstr (said, ==, "The unit " OTHER " was “乙单位” and is “改名的单位” now.");
  update (service);
  assert_name (service, SEALED, "改名的单位");
  assert_ready (service);
  qc_draft_undo (play_draft (service)); /* one step, the name with it */
  play_settle (service);
  assert_name (service, SEALED, "乙单位");
  assert_fault (service, SEALED, "transfer.unit-renamed");
  update (service);
  submit_well (online, service);
  g_assert_cmpuint (online->sent->len, ==, 2);
  for (guint i = 0; i < 2; i++) {
    const QcSubmission *sent = g_ptr_array_index (online->sent, i);
    const QcRosterLine *line = g_ptr_array_index (sent->roster->lines, 0);
    g_assert_cmpstr (line->target_name, ==, i == 0 ? "乙单位" : "改名的单位");
  }
}

/* Another name by the time the draft is opened again: it is asked for, said before anything is sent, and never taken
 * silently. Where the center cannot be asked, what was known of it stays. */
static void
test_renamed_before (void)
{
  g_autoptr (Online) online = online_new ();
  g_autoptr (QcRosterService) first = open_one (online);
  g_clear_object (&first);
  online->other_name = "改名的单位";
  g_autoptr (QcRosterService) service = play_open (online->app, QC_BUSINESS_TRANSFER, 0);
  assert_name (service, SEALED, "乙单位");
  assert_fault (service, SEALED, "transfer.unit-renamed");
  online->other_name = "又改名的单位";
  online->down = TRUE;
  update (service);
  assert_name (service, SEALED, "改名的单位");
  assert_ready (service);
  online->down = FALSE;
  submit_refused (online, service, "transfer.unit-renamed");
  update (service);
  assert_name (service, SEALED, "又改名的单位");
  submit_well (online, service);
}

/* Closed since: another unit is entered, or the line taken off. */
static void
test_closed (void)
{
  g_autoptr (Online) online = online_new ();
  g_autoptr (QcRosterService) service = open_one (online);
  online->other_status = QC_UNIT_SEALED;
  submit_refused (online, service, "transfer.unit-closed");
  update (service);
  assert_fault (service, SEALED, "transfer.unit-closed");
  play_enter (service, SEALED, QC_LINE_TARGET_UNIT, THIRD);
  assert_ready (service);
  submit_well (online, service);
}

static void
told_cb (gboolean *told)
{
  *told = TRUE;
}

static gboolean
is_told (gpointer told)
{
  return *(gboolean *)told;
}

static void
tell (Online *online, QcRosterService *service, QcDataKind what)
{
  gboolean told = FALSE;
  gulong handler = g_signal_connect_swapped (online->app->session, "data-changed", G_CALLBACK (told_cb), &told);
  qc_session_data_changed (online->app->session, what);
  qc_app_fixture_until (is_told, &told);
  g_signal_handler_disconnect (online->app->session, handler);
  play_settle (service);
}

/* The other clerk was faster: the person is gone, and says so on this roster. */
static void
test_transferred_elsewhere (void)
{
  g_autoptr (Online) online = online_new ();
  g_autoptr (QcRosterService) service = open_one (online);
  qc_app_fixture_sql (online->app, "UPDATE person SET gone = 1 WHERE account = '" SEALED "'");
  tell (online, service, QC_DATA_PEOPLE);
  gint64 line = play_find (service, SEALED)->id;
  g_assert_nonnull (play_finding (service, line, "roster.unknown-person"));
  g_autofree char *why = play_why_not (service);
  g_assert_nonnull (why);
  qc_roster_service_update_lines (service, &line, 1);
  play_settle (service);
  g_assert_nonnull (play_finding (service, line, "roster.unknown-person"));
  g_assert_cmpuint (online->sent->len, ==, 0);
  qc_roster_service_remove (service, &line, 1);
  play_settle (service);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 0);
}

static void
assert_targets (QcOutboxItem *item)
{
  static const QcRosterTarget expected[]
      = {{(char *)OTHER, (char *)"乙单位", 2, 202610, 202610}, {(char *)THIRD, (char *)"丙单位", 1, 202610, 202610}};
  const GArray *targets = qc_outbox_item_get_targets (item);
  g_assert_cmpuint (targets->len, ==, G_N_ELEMENTS (expected));
  g_assert_cmpuint (qc_outbox_item_get_n_targets (item), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < targets->len; i++) {
    const QcRosterTarget *target = &g_array_index (targets, QcRosterTarget, i);
    g_assert_cmpstr (target->account, ==, expected[i].account);
    g_assert_cmpstr (target->name, ==, expected[i].name);
    g_assert_cmpint (target->people, ==, expected[i].people);
    g_assert_cmpint (target->first, ==, expected[i].first);
    g_assert_cmpint (target->last, ==, expected[i].last);
  }
}

static gboolean
has_items (gpointer list)
{
  return g_list_model_get_n_items (list) > 0;
}

/* What is said of 办理 afterwards names each receiving unit and how many go there, also of what still waits once the
 * program was started anew. */
static void
test_targets (void)
{
  g_autoptr (Online) online = online_new ();
  online->deaf = TRUE;
  g_autoptr (QcRosterService) service = play_open (online->app, QC_BUSINESS_TRANSFER, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\ttarget_unit\n2311000001\t" OTHER
                                                          "\n2320000000\t" THIRD "\n" SEALED "\t" OTHER "\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutboxItem) item = play_submit (service, NULL, &error);
  g_assert_no_error (error);
  assert_targets (item);
  g_clear_object (&service);
  qc_app_fixture_restart (online->app);
  g_autoptr (QcOutboxList) outbox = qc_outbox_list_new (online->app->session);
  qc_app_fixture_until (has_items, outbox);
  g_autoptr (QcOutboxItem) again = g_list_model_get_item (G_LIST_MODEL (outbox), 0);
  assert_targets (again);
}

static gboolean
is_told_of_other (gpointer service)
{
  return play_finding (service, 0, "roster.other-draft") != NULL;
}

/* The same person to be unsealed by one draft and transferred by another: both say so. What the transfer, once it
 * waits, makes of the person is what the other draft stands on. */
static void
test_other_draft (void)
{
  g_autoptr (Online) online = online_new ();
  g_autoptr (QcRosterService) service = open_one (online);
  g_autoptr (QcRosterService) sealing = play_open (online->app, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (sealing, "account\treason\n" SEALED "\t01\n");
  tell (online, service, QC_DATA_DRAFTS);
  QcRosterService *both[] = {service, sealing};
  for (guint i = 0; i < 2; i++) {
    qc_app_fixture_until (is_told_of_other, both[i]);
    const QcFinding *finding = play_finding (both[i], play_find (both[i], SEALED)->id, "roster.other-draft");
    g_assert_nonnull (finding);
    g_assert_cmpint (finding->severity, ==, QC_SEVERITY_WARNING);
    g_assert_nonnull (strstr (qc_finding_get_arg (finding, "draft", NULL), i == 0 ? "Sealing" : "transfer"));
    assert_ready (both[i]);
  }
  online->down = online->deaf = TRUE; /* it waits */
  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutboxItem) item = play_submit (service, NULL, &error);
  g_assert_no_error (error);
  tell (online, sealing, QC_DATA_QUEUE | QC_DATA_DRAFTS);
  g_autofree char *why = play_why_not (sealing);
  g_assert_nonnull (why);
  g_assert_null (play_submit (sealing, "", &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/transfer-service/pasted", test_pasted);
  g_test_add_func ("/transfer-service/slow", test_slow);
  g_test_add_func ("/transfer-service/cancelled", test_cancelled);
  g_test_add_func ("/transfer-service/busy", test_busy);
  g_test_add_func ("/transfer-service/down", test_down);
  g_test_add_func ("/transfer-service/not-kept", test_not_kept);
  g_test_add_func ("/transfer-service/renamed", test_renamed);
  g_test_add_func ("/transfer-service/renamed-before", test_renamed_before);
  g_test_add_func ("/transfer-service/closed", test_closed);
  g_test_add_func ("/transfer-service/transferred-elsewhere", test_transferred_elsewhere);
  g_test_add_func ("/transfer-service/other-draft", test_other_draft);
  g_test_add_func ("/transfer-service/targets", test_targets);
  return g_test_run ();
}
