/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Exactly once: whatever is cut, refused, busy or killed, one 办理 makes one application, under one key and one body.
 */
#include "sync-fake.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "qc-store-applications.h"
#include "qc-store-journal.h"
#include "qc-store-outbox.h"
#include "qc-store.h"
#include "qc-wire-submission.h"

#define UNIT "231100000042"
static const char *program;

typedef struct {
  Fake *fake;
  QcTokens *tokens;
  char *folder;
  QcStore *store;
  QcDatabase *database;
  QcOutbox *outbox;
  gint64 now;
  gint64 announced; /* how often "changed" was emitted */
} Fixture;

static gint64
clock_now (gpointer data)
{
  return *(gint64 *)data;
}

static void
changed_cb (QcOutbox *outbox, gint64 item, gpointer data)
{
  ++*(gint64 *)data;
}

static void
open_client (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  QcClock clock = {.now = clock_now, .user_data = &f->now};
  f->store = qc_store_open (f->folder, &error);
  g_assert_no_error (error);
  f->database = qc_store_get_database (f->store);
  f->outbox = qc_outbox_new (f->tokens, f->database, "test", &clock);
  g_signal_connect (f->outbox, "changed", G_CALLBACK (changed_cb), &f->announced);
}

static void
close_client (Fixture *f)
{
  g_clear_object (&f->outbox);
  g_clear_pointer (&f->store, qc_store_close);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->now = 1000000;
  f->fake = fake_new ();
  f->tokens = fake_tokens (f->fake, "first");
  f->folder = g_dir_make_tmp ("qc-outbox-XXXXXX", NULL);
  open_client (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  close_client (f);
  g_object_unref (f->tokens);
  fake_free (f->fake);
  remove_tree (f->folder);
  g_free (f->folder);
}

/* ---- helpers ---- */

static gpointer
enqueue_item (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  QcStoreOutboxItem *item = data;
  return qc_store_outbox_enqueue (connection, item, 1000, error) ? QC_DATABASE_DONE : NULL;
}

/* Queues @body, behind item @depends if that is not 0; returns its id. */
static gint64
enqueue_body (QcDatabase *database, QcBusiness business, const char *body, gint64 depends)
{
  g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_item_new ();
  item->profile = g_strdup ("test");
  item->unit = g_strdup (UNIT);
  item->kind = g_strdup ("submission");
  item->business = business;
  item->method = g_strdup ("POST");
  item->path = g_strdup ("/api/v1/units/" UNIT "/submissions");
  item->body = g_bytes_new_static (body, strlen (body));
  if (depends) {
    item->depends = g_array_new (FALSE, FALSE, sizeof (gint64));
    g_array_append_val (item->depends, depends);
  }
  g_autoptr (GError) error = NULL;
  g_assert_nonnull (qc_database_write (database, "enqueue", enqueue_item, item, &error));
  g_assert_no_error (error);
  return item->id;
}

static gint64
enqueue (QcDatabase *database, gint64 depends)
{
  return enqueue_body (database, QC_BUSINESS_REMITTANCE, FAKE_SUBMISSION, depends);
}

static gpointer
get_item (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_store_outbox_get (connection, *(gint64 *)data, error);
}

static void
assert_state (Fixture *f, gint64 id, QcStoreOutboxState state, const char *serial)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcStoreOutboxItem) item = qc_database_read (f->database, "get", get_item, &id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (qc_store_outbox_state_to_code (item->state), ==, qc_store_outbox_state_to_code (state));
  if (serial)
    g_assert_cmpstr (item->serial, ==, serial);
}

static gboolean
push (Fixture *f, gboolean wake, gint64 *due, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_outbox_push_async (f->outbox, wake, NULL, keep_result_cb, &result);
  wait_result (&result);
  return qc_outbox_push_finish (f->outbox, result, due, error);
}

static void
push_well (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  push (f, TRUE, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
is_post (SoupServerMessage *message, const char *path)
{
  return g_str_equal (soup_server_message_get_method (message), "POST") && g_str_has_prefix (path, "/api/");
}

/* ---- sending ---- */

static void
test_in_order (Fixture *f, gconstpointer data)
{
  gint64 first = enqueue (f->database, 0);
  gint64 second = enqueue (f->database, first);
  push_well (f);
  assert_state (f, first, QC_STORE_OUTBOX_ACCEPTED, "HJ00000001");
  assert_state (f, second, QC_STORE_OUTBOX_ACCEPTED, "HJ00000002");
  g_assert_cmpint (f->announced, ==, 4); /* sending and accepted, each */
  push_well (f);
  g_assert_cmpuint (f->fake->received, ==, 2); /* nothing goes twice */
}

/* Who asks while something is on its way is told how that went, whatever becomes of the question. */
static void
test_asked_meanwhile (Fixture *f, gconstpointer data)
{
  gint64 item = enqueue (f->database, 0);
  g_autoptr (GCancellable) gone = g_cancellable_new ();
  g_autoptr (GAsyncResult) first = NULL, second = NULL;
  qc_outbox_push_async (f->outbox, FALSE, NULL, keep_result_cb, &first);
  qc_outbox_push_async (f->outbox, FALSE, gone, keep_result_cb, &second);
  g_cancellable_cancel (gone);
  wait_result (&first);
  wait_result (&second);
  g_autoptr (GError) error = NULL;
  g_assert_true (qc_outbox_push_finish (f->outbox, first, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (qc_outbox_push_finish (f->outbox, second, NULL, &error));
  g_assert_no_error (error);
  assert_state (f, item, QC_STORE_OUTBOX_ACCEPTED, NULL);
}

static gpointer
get_application (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  QcApplication *application = NULL;
  qc_store_applications_get (connection, "test", UNIT, data, &application, error);
  return application;
}

/* What the center answered is in the list before the next pull. */
static void
test_answer_is_stored (Fixture *f, gconstpointer data)
{
  enqueue (f->database, 0);
  push_well (f);
  g_autoptr (QcApplication) application
      = qc_database_read (f->database, "get", get_application, (gpointer) "HJ00000001", NULL);
  g_assert_nonnull (application);
  g_assert_cmpint (application->state, ==, QC_STATE_REGISTERED);
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  gint64 first = enqueue (f->database, 0);
  gint64 second = enqueue (f->database, first);
  gint64 other = enqueue (f->database, 0);
  f->fake->refuse = TRUE;
  push_well (f);
  assert_state (f, first, QC_STORE_OUTBOX_REFUSED, NULL);
  assert_state (f, second, QC_STORE_OUTBOX_HELD, NULL);
  assert_state (f, other, QC_STORE_OUTBOX_REFUSED, NULL); /* what depends on nothing goes on */
  g_autoptr (QcStoreOutboxItem) item = qc_database_read (f->database, "get", get_item, &first, NULL);
  g_assert_cmpuint (item->findings->len, ==, 1);
  g_assert_cmpstr (((QcFinding *)item->findings->pdata[0])->code, ==, "test.refused");
  g_assert_cmpint (item->status, ==, 422);
}

static gboolean
cut_before (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (!is_post (message, path))
    return FALSE;
  fake->received++;
  fake->hook = NULL;
  fake_cut (message, NULL);
  return TRUE;
}

static gboolean
cut_after (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (!is_post (message, path))
    return FALSE;
  fake_process (fake, message, path);
  fake->hook = NULL;
  fake_cut (message, fake->data);
  return TRUE;
}

/* The center never got it: asked, then sent again under the same key. */
static void
test_cut_before (Fixture *f, gconstpointer data)
{
  gint64 id = enqueue (f->database, 0);
  f->fake->hook = cut_before;
  push_well (f);
  assert_state (f, id, QC_STORE_OUTBOX_ACCEPTED, "HJ00000001");
  g_assert_cmpuint (f->fake->received, ==, 2);
  g_assert_cmpuint (fake_count (f->fake, "GET /api/v1/submissions/"), ==, 1);
  g_assert_cmpuint (g_hash_table_size (f->fake->keys), ==, 1);
}

static gboolean
swallow (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (!is_post (message, path))
    return FALSE;
  fake->received++;
  fake_cut (message, NULL);
  return TRUE;
}

/* Something in between swallows every submission: tried again with pauses, not in a circle. */
static void
test_swallowed (Fixture *f, gconstpointer data)
{
  gint64 id = enqueue (f->database, 0);
  f->fake->hook = swallow;
  g_autoptr (GError) error = NULL;
  gint64 due = 0;
  push (f, FALSE, &due, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (f->fake->received, ==, 2);
  g_assert_cmpint (due, >, f->now);
  assert_state (f, id, QC_STORE_OUTBOX_QUEUED, NULL);
}

/* The center got it and its answer was lost, whole or in part: asked, never sent again. */
static void
test_cut_after (Fixture *f, gconstpointer data)
{
  gint64 id = enqueue (f->database, 0);
  f->fake->hook = cut_after;
  f->fake->data = (gpointer)data;
  push_well (f);
  assert_state (f, id, QC_STORE_OUTBOX_ACCEPTED, "HJ00000001");
  g_assert_cmpuint (f->fake->received, ==, 1);
  g_assert_cmpuint (f->fake->applications, ==, 1);
  g_assert_cmpuint (fake_count (f->fake, "GET /api/v1/submissions/"), ==, 1);
}

static gboolean
cut_and_deaf (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (is_post (message, path))
    fake_process (fake, message, path);
  else if (!g_str_has_prefix (path, "/api/v1/submissions/"))
    return FALSE;
  fake_cut (message, NULL);
  return TRUE;
}

static gboolean
forbidden_hook (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (!is_post (message, path))
    return FALSE;
  fake->received++;
  fake_problem (message, 403, QC_PROBLEM_FORBIDDEN);
  return TRUE;
}

/* An account that may not act for the unit is no answer to the business: it waits for another, under the same key. */
static void
test_forbidden (Fixture *f, gconstpointer data)
{
  gint64 id = enqueue (f->database, 0);
  f->fake->hook = forbidden_hook;
  push_well (f);
  assert_state (f, id, QC_STORE_OUTBOX_QUEUED, NULL);
  g_assert_cmpuint (f->fake->received, ==, 1); /* not again and again */
  f->fake->hook = NULL;
  f->now += 3600;
  push_well (f);
  assert_state (f, id, QC_STORE_OUTBOX_ACCEPTED, "HJ00000001");
}

/* As long as the center cannot be asked, nothing is sent again, and it cannot be taken back. */
static void
test_stays_unknown (Fixture *f, gconstpointer data)
{
  gint64 id = enqueue (f->database, 0);
  f->fake->hook = cut_and_deaf;
  g_autoptr (GError) error = NULL;
  for (int i = 0; i < 3; i++) {
    g_assert_false (push (f, TRUE, NULL, &error));
    g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_OFFLINE);
    g_clear_error (&error);
    assert_state (f, id, QC_STORE_OUTBOX_UNKNOWN, NULL);
  }
  g_assert_cmpuint (f->fake->received, ==, 1);
  g_autoptr (GAsyncResult) result = NULL;
  qc_outbox_withdraw_async (f->outbox, id, NULL, keep_result_cb, &result);
  wait_result (&result);
  g_assert_false (qc_outbox_withdraw_finish (f->outbox, result, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_NOT_ALLOWED);
  f->fake->hook = NULL;
  push_well (f);
  assert_state (f, id, QC_STORE_OUTBOX_ACCEPTED, "HJ00000001");
  g_assert_cmpuint (f->fake->received, ==, 1);
}

/* A 201 that speaks of something else is no answer to ours: asked about, and taken when the center says it right. */
static void
test_not_ours (Fixture *f, gconstpointer data)
{
  gint64 id = enqueue (f->database, 0);
  f->fake->twist = data;
  push_well (f);
  assert_state (f, id, QC_STORE_OUTBOX_ACCEPTED, "HJ00000001");
  g_assert_cmpuint (f->fake->received, ==, 1);
  g_assert_cmpuint (fake_count (f->fake, "GET /api/v1/submissions/"), ==, 1);
}

/* The center says the same wrong thing of the key: it stays unknown, is not sent again, and is asked about later. */
static void
test_never_ours (Fixture *f, gconstpointer data)
{
  gint64 id = enqueue (f->database, 0);
  f->fake->twist = data;
  f->fake->twist_status = TRUE;
  g_autoptr (GError) error = NULL;
  gint64 due = 0;
  g_assert_true (push (f, FALSE, &due, &error));
  g_assert_cmpint (due, >, f->now);
  g_assert_true (push (f, TRUE, &due, &error));
  assert_state (f, id, QC_STORE_OUTBOX_UNKNOWN, NULL);
  g_autoptr (QcStoreOutboxItem) item = qc_database_read (f->database, "get", get_item, &id, NULL);
  g_assert_cmpstr (item->reason, ==, "not-ours");
  g_assert_null (item->answer);
  g_assert_null (qc_database_read (f->database, "get", get_application, (gpointer) "HJ00000099", NULL));
  g_assert_cmpuint (f->fake->received, ==, 1);
  f->fake->twist = NULL;
  push_well (f);
  assert_state (f, id, QC_STORE_OUTBOX_ACCEPTED, "HJ00000001");
}

/* A roster goes as lines of JSON; what is answered must be of its month and of no more people. */
static void
test_roster (Fixture *f, gconstpointer data)
{
  gint64 id = enqueue_body (f->database, QC_BUSINESS_SEALING, FAKE_ROSTER, 0);
  f->fake->twist = data;
  f->fake->twist_status = data != NULL;
  push (f, FALSE, NULL, NULL);
  assert_state (f, id, data != NULL ? QC_STORE_OUTBOX_UNKNOWN : QC_STORE_OUTBOX_ACCEPTED, NULL);
  g_assert_cmpstr (f->fake->content_type, ==, "application/x-ndjson");
}

static gboolean
busy_hook (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (!is_post (message, path))
    return FALSE;
  fake->received++;
  soup_message_headers_append (soup_server_message_get_response_headers (message), "Retry-After", "700");
  fake_problem (message, 429, QC_PROBLEM_TOO_MANY);
  return TRUE;
}

/* Retry-After is honoured by the clock that was handed in; one busy answer is enough for all. */
static void
test_retry_after (Fixture *f, gconstpointer data)
{
  gint64 id = enqueue (f->database, 0);
  enqueue (f->database, 0);
  f->fake->hook = busy_hook;
  g_autoptr (GError) error = NULL;
  gint64 due = 0;
  g_assert_true (push (f, FALSE, &due, &error));
  g_assert_cmpuint (f->fake->received, ==, 1);
  g_assert_cmpint (due, ==, f->now + 700);
  f->fake->hook = NULL;
  assert_state (f, id, QC_STORE_OUTBOX_QUEUED, NULL);
  f->now += 699;
  g_assert_true (push (f, TRUE, &due, &error)); /* not even when somebody asks */
  assert_state (f, id, QC_STORE_OUTBOX_QUEUED, NULL);
  f->now += 1;
  g_assert_true (push (f, FALSE, &due, &error));
  assert_state (f, id, QC_STORE_OUTBOX_ACCEPTED, NULL);
}

static void
test_withdraw (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  gint64 id = enqueue (f->database, 0);
  gint64 behind = enqueue (f->database, id);
  qc_outbox_withdraw_async (f->outbox, id, NULL, keep_result_cb, &result);
  wait_result (&result);
  g_autoptr (GError) error = NULL;
  g_assert_true (qc_outbox_withdraw_finish (f->outbox, result, &error));
  push_well (f);
  assert_state (f, id, QC_STORE_OUTBOX_WITHDRAWN, NULL);
  assert_state (f, behind, QC_STORE_OUTBOX_HELD, NULL);
  g_assert_cmpuint (f->fake->received, ==, 0);
}

/* No network at all: it stays queued, and can still be taken back. */
static void
test_offline (Fixture *f, gconstpointer data)
{
  gint64 id = enqueue (f->database, 0);
  soup_server_disconnect (f->fake->server);
  g_autoptr (GError) error = NULL;
  g_assert_false (push (f, TRUE, NULL, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_OFFLINE);
  g_clear_error (&error);
  assert_state (f, id, QC_STORE_OUTBOX_QUEUED, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  qc_outbox_withdraw_async (f->outbox, id, NULL, keep_result_cb, &result);
  wait_result (&result);
  g_assert_true (qc_outbox_withdraw_finish (f->outbox, result, &error));
}

/* Signed out in between: drafts and queue are as they were, and go out after the next sign-in. */
static void
test_signed_out (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  gint64 id = enqueue (f->database, 0);
  qc_tokens_sign_out_async (f->tokens, NULL, keep_result_cb, &result);
  wait_result (&result);
  g_autoptr (GError) error = NULL;
  g_assert_false (push (f, TRUE, NULL, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_UNAUTHORIZED);
  assert_state (f, id, QC_STORE_OUTBOX_QUEUED, NULL);
  g_object_unref (f->outbox);
  g_object_unref (f->tokens);
  f->tokens = fake_tokens (f->fake, "second");
  QcClock clock = {.now = clock_now, .user_data = &f->now};
  f->outbox = qc_outbox_new (f->tokens, f->database, "test", &clock);
  push_well (f);
  assert_state (f, id, QC_STORE_OUTBOX_ACCEPTED, NULL);
}

static gpointer
run_sql (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_connection_exec (connection, data, error) ? QC_DATABASE_DONE : NULL;
}

/* From "answered" on the disk takes nothing more. */
static void
fill_disk_cb (const char *step, gint64 item, gpointer user_data)
{
  Fixture *f = user_data;
  if (g_str_equal (step, "answered"))
    g_assert_nonnull (qc_database_write (f->database, "fill", run_sql,
                                         (gpointer) "CREATE TRIGGER disk_full BEFORE UPDATE ON outbox"
                                                    " BEGIN SELECT raise (ABORT, 'full'); END",
                                         NULL));
}

/* The answer came but could not be written down: when there is room again, the center is asked; nothing goes twice. */
static void
test_disk_full (Fixture *f, gconstpointer data)
{
  gint64 id = enqueue (f->database, 0);
  qc_outbox_set_step_func (f->outbox, fill_disk_cb, f);
  g_autoptr (GError) error = NULL;
  g_assert_false (push (f, TRUE, NULL, &error));
  g_assert_nonnull (error);
  assert_state (f, id, QC_STORE_OUTBOX_SENDING, NULL);
  g_autoptr (GError) still = NULL;
  g_assert_false (push (f, TRUE, NULL, &still));
  qc_outbox_set_step_func (f->outbox, NULL, NULL);
  g_assert_nonnull (qc_database_write (f->database, "room", run_sql, (gpointer) "DROP TRIGGER disk_full", NULL));
  push_well (f);
  assert_state (f, id, QC_STORE_OUTBOX_ACCEPTED, "HJ00000001");
  g_assert_cmpuint (f->fake->received, ==, 1);
}

static void
test_backoff (void)
{
  guint before = 0;
  for (guint n = 1; n < 20; n++) {
    guint low = qc_outbox_backoff (n, 0);
    guint high = qc_outbox_backoff (n, 1);
    g_assert_cmpuint (low, >=, 2);
    g_assert_cmpuint (high, >=, before);
    g_assert_cmpuint (high, <=, 600);
    g_assert_cmpuint (low * 2, >=, high);
    before = high;
  }
  g_assert_cmpuint (before, ==, 600);
}

/* ---- direct actions ---- */

static QcApplication *
act (Fixture *f, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_outbox_act_async (f->outbox, UNIT, "HJ9", QC_BUSINESS_REMITTANCE, QC_ACTION_DELETE, 3, "王经办", NULL,
                       keep_result_cb, &result);
  wait_result (&result);
  return qc_outbox_act_finish (f->outbox, result, error);
}

/* Each entry of the journal says who. */
static gpointer
check_actor (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) entries = qc_store_journal_list (connection, NULL, UNIT, 0, 10, error);
  if (!entries)
    return NULL;
  g_assert_cmpuint (entries->len, >, 0);
  for (guint i = 0; i < entries->len; i++)
    g_assert_cmpstr (((QcStoreJournalEntry *)g_ptr_array_index (entries, i))->actor, ==, "王经办");
  return QC_DATABASE_DONE;
}

static void
test_act (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcApplication) application = act (f, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (application->serial, ==, "HJ9");
  assert_state (f, 1, QC_STORE_OUTBOX_ACCEPTED, NULL);
  g_assert_cmpuint (fake_count (f->fake, "POST /api/v1/units/" UNIT "/applications/HJ9/actions"), ==, 1);
  g_assert_nonnull (qc_database_read (f->database, "journal", check_actor, NULL, &error));
  g_assert_no_error (error);
}

/* An action that is answered with another application, or with a person, was not answered. */
static void
test_act_not_ours (Fixture *f, gconstpointer data)
{
  f->fake->twist = data;
  g_autoptr (GError) error = NULL;
  g_assert_null (act (f, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_UNKNOWN_OUTCOME);
  g_assert_cmpstr (qc_sync_error_get_reason (error), ==, "not-ours");
  assert_state (f, 1, QC_STORE_OUTBOX_UNKNOWN, NULL);
  push_well (f);
  assert_state (f, 1, QC_STORE_OUTBOX_ACCEPTED, "HJ9");
  g_assert_cmpuint (f->fake->received, ==, 1);
}

static gboolean
moved_hook (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (!is_post (message, path))
    return FALSE;
  g_assert_cmpstr (soup_message_headers_get_one (soup_server_message_get_request_headers (message), "If-Match"), ==,
                   "\"3\"");
  fake_problem (message, 412, QC_PROBLEM_REVISION_MOVED);
  return TRUE;
}

static void
test_act_moved (Fixture *f, gconstpointer data)
{
  f->fake->hook = moved_hook;
  g_autoptr (GError) error = NULL;
  g_assert_null (act (f, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_PROBLEM);
  g_assert_cmpstr (qc_sync_error_get_problem (error)->code, ==, QC_PROBLEM_REVISION_MOVED);
  assert_state (f, 1, QC_STORE_OUTBOX_REFUSED, NULL);
}

/* Without network a direct action fails, and is not done behind the clerk's back later. */
static void
test_act_offline (Fixture *f, gconstpointer data)
{
  soup_server_disconnect (f->fake->server);
  g_autoptr (GError) error = NULL;
  g_assert_null (act (f, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_OFFLINE);
  assert_state (f, 1, QC_STORE_OUTBOX_WITHDRAWN, NULL);
}

/* Its answer was lost: the next push asks; what the center has not got is over. */
static void
test_act_lost (Fixture *f, gconstpointer data)
{
  gboolean got = GPOINTER_TO_INT (data);
  f->fake->hook = got ? cut_after : cut_before;
  g_autoptr (GError) error = NULL;
  g_assert_null (act (f, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_UNKNOWN_OUTCOME);
  assert_state (f, 1, QC_STORE_OUTBOX_UNKNOWN, NULL);
  push_well (f);
  assert_state (f, 1, got ? QC_STORE_OUTBOX_ACCEPTED : QC_STORE_OUTBOX_WITHDRAWN, NULL);
  g_assert_cmpuint (f->fake->received, ==, 1);
}

/* ---- killed at any moment ---- */

static void
kill_self_cb (const char *step, gint64 item, gpointer user_data)
{
  if (g_strcmp0 (step, user_data) == 0)
    kill (getpid (), SIGKILL);
}

/* The client as a process of its own: recovers, pushes, ends; or dies at @step. */
static int
child_main (char **argv)
{
  const char *folder = argv[2];
  const char *address = argv[3];
  const char *ca_path = argv[4];
  const char *refresh = argv[5];
  const char *step = argv[6];
  g_autofree char *ca = NULL;
  Fixture f = {.folder = (char *)folder, .now = 1000000};
  g_assert_true (g_file_get_contents (ca_path, &ca, NULL, NULL));
  g_autoptr (QcProfile) profile = profile_from ("test", FALSE, address, ca);
  g_autoptr (QcTransport) transport = qc_transport_new (profile, NULL, NULL);
  g_autoptr (QcSecret) secret = qc_secret_new ("test");
  qc_secret_set_memory_only (secret, TRUE);
  qc_secret_store_async (secret, refresh, NULL, NULL, NULL);
  f.tokens = qc_tokens_new (transport, secret);
  open_client (&f);
  qc_outbox_set_step_func (f.outbox, kill_self_cb, (gpointer)step);
  g_autoptr (GAsyncResult) recovered = NULL;
  qc_outbox_recover_async (f.outbox, NULL, keep_result_cb, &recovered);
  wait_result (&recovered);
  push_well (&f);
  close_client (&f);
  g_object_unref (f.tokens);
  return 0;
}

static GSubprocess *victim;

static gboolean
kill_at_arrival (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (!is_post (message, path))
    return FALSE;
  if (fake->data)
    fake_process (fake, message, path);
  else
    fake->received++;
  fake->hook = NULL;
  /* now, before it hears of the cut: GSubprocess sends its signals later */
  kill (atoi (g_subprocess_get_identifier (victim)), SIGKILL);
  fake_cut (message, NULL);
  return TRUE;
}

static void
run_child (Fixture *f, const char *ca_path, const char *step, gboolean dies)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, "--child", f->folder,
                                                    f->fake->address, ca_path, f->fake->refresh, step, NULL);
  g_assert_no_error (error);
  victim = child;
  g_autoptr (GAsyncResult) result = NULL;
  g_subprocess_wait_async (child, NULL, keep_result_cb, &result);
  wait_result (&result);
  g_assert_true (g_subprocess_wait_finish (child, result, NULL));
  if (dies)
    g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);
  else
    g_assert_true (g_subprocess_get_successful (child));
}

static void
test_killed (Fixture *f, gconstpointer data)
{
  const char *step = data;
  gint64 id = enqueue (f->database, 0);
  g_autofree char *ca_path = g_build_filename (f->folder, "ca.pem", NULL);
  g_assert_true (g_file_set_contents (ca_path, f->fake->authority->pem, -1, NULL));
  close_client (f);
  if (g_str_has_prefix (step, "center-")) {
    f->fake->hook = kill_at_arrival;
    f->fake->data = g_str_equal (step, "center-processed") ? f : NULL;
  }
  run_child (f, ca_path, step, TRUE);
  run_child (f, ca_path, "-", FALSE);
  open_client (f);
  assert_state (f, id, QC_STORE_OUTBOX_ACCEPTED, "HJ00000001");
  g_assert_cmpuint (f->fake->applications, ==, 1);
  g_assert_cmpuint (g_hash_table_size (f->fake->keys), ==, 1);
}

int
main (int argc, char **argv)
{
#define ADD(name, data, func) g_test_add ("/sync/outbox/" name, Fixture, data, set_up, func, tear_down)
  static const char *const twists[] = {"other", "person", "nothing", "business", "start", "end", "fen"};
  program = argv[0];
  if (argc == 7 && g_str_equal (argv[1], "--child"))
    return child_main (argv);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("in-order", NULL, test_in_order);
  ADD ("asked-meanwhile", NULL, test_asked_meanwhile);
  ADD ("answer-is-stored", NULL, test_answer_is_stored);
  ADD ("refused", NULL, test_refused);
  ADD ("forbidden", NULL, test_forbidden);
  ADD ("cut/before", NULL, test_cut_before);
  ADD ("cut/swallowed", NULL, test_swallowed);
  ADD ("cut/after", NULL, test_cut_after);
  ADD ("cut/inside-answer",
       "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"appl", test_cut_after);
  ADD ("cut/garbled-answer",
       "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"appl\":", test_cut_after);
  ADD ("stays-unknown", NULL, test_stays_unknown);
  for (guint i = 0; i < G_N_ELEMENTS (twists); i++) {
    g_autofree char *path = g_strconcat ("/sync/outbox/not-ours/", twists[i], NULL);
    g_test_add (path, Fixture, twists[i], set_up, test_not_ours, tear_down);
  }
  ADD ("never-ours/other", "other", test_never_ours);
  ADD ("never-ours/person", "person", test_never_ours);
  ADD ("roster/good", NULL, test_roster);
  ADD ("roster/effective", "effective", test_roster);
  ADD ("roster/people", "people", test_roster);
  ADD ("roster/other", "other", test_roster);
  ADD ("retry-after", NULL, test_retry_after);
  ADD ("withdraw", NULL, test_withdraw);
  ADD ("offline", NULL, test_offline);
  ADD ("signed-out", NULL, test_signed_out);
  ADD ("disk-full", NULL, test_disk_full);
  g_test_add_func ("/sync/outbox/backoff", test_backoff);
  ADD ("act/good", NULL, test_act);
  ADD ("act/moved", NULL, test_act_moved);
  ADD ("act/not-ours/other", "other", test_act_not_ours);
  ADD ("act/not-ours/person", "person", test_act_not_ours);
  ADD ("act/offline", NULL, test_act_offline);
  ADD ("act/lost-answer", GINT_TO_POINTER (TRUE), test_act_lost);
  ADD ("act/lost-request", GINT_TO_POINTER (FALSE), test_act_lost);
  ADD ("killed/begun", "begun", test_killed);
  ADD ("killed/center-received", "center-received", test_killed);
  ADD ("killed/center-processed", "center-processed", test_killed);
  ADD ("killed/answered", "answered", test_killed);
  ADD ("killed/stored", "stored", test_killed);
  return g_test_run ();
}
