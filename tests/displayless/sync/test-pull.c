/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pulling: pages with their cursors, going on after a cut, an expired cursor, cancelling, and answers that are no
 * pages.
 */
#include "sync-fake.h"

#include <string.h>

#include "qc-store-cursors.h"
#include "qc-store-drafts.h"
#include "qc-store-people.h"
#include "qc-store.h"

#define UNIT "231100000042"

typedef struct {
  Fake *fake;
  QcTokens *tokens;
  char *folder;
  QcStore *store;
  QcDatabase *database;
  QcPullLimits limits;
  guint progress; /* calls */
  gint64 rows, total;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->fake = fake_new ();
  f->tokens = fake_tokens (f->fake, "first");
  f->folder = g_dir_make_tmp ("qc-pull-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  f->store = qc_store_open (f->folder, &error);
  g_assert_no_error (error);
  f->database = qc_store_get_database (f->store);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_object_unref (f->tokens);
  qc_store_close (f->store);
  fake_free (f->fake);
  remove_tree (f->folder);
  g_free (f->folder);
}

static void
progress_cb (const QcPullProgress *progress, gpointer user_data)
{
  Fixture *f = user_data;
  if (g_str_equal (progress->feed, "people")) {
    f->progress++;
    f->rows = progress->rows;
    f->total = progress->total;
  }
}

static gboolean
pull (Fixture *f, GCancellable *cancellable, QcPullResult *out, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_pull_async (f->tokens, f->database, "test", UNIT, NULL, &f->limits, progress_cb, f, cancellable, keep_result_cb,
                 &result);
  wait_result (&result);
  return qc_pull_finish (f->tokens, result, out, error);
}

typedef struct {
  gint64 people;
  QcStoreCursor cursor;
} Stored;

static gpointer
read_stored (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Stored *stored = data;
  QcStorePeopleQuery query = {0};
  QcStorePeopleTotals totals = {0};
  g_assert_true (qc_store_people_totals (connection, "test", UNIT, &query, &totals, error));
  stored->people = totals.people;
  g_assert_true (qc_store_cursor_get (connection, "test", UNIT, QC_FEED_PEOPLE, &stored->cursor, error));
  return QC_DATABASE_DONE;
}

static void
assert_stored (Fixture *f, gint64 people, const char *cursor, gboolean complete)
{
  Stored stored = {0};
  g_autoptr (GError) error = NULL;
  g_assert_nonnull (qc_database_read (f->database, "test", read_stored, &stored, &error));
  g_assert_no_error (error);
  g_assert_cmpint (stored.people, ==, people);
  g_assert_cmpstr (stored.cursor.cursor, ==, cursor);
  g_assert_cmpint (stored.cursor.complete, ==, complete);
  qc_store_cursor_clear (&stored.cursor);
}

static void
test_full_then_nothing (Fixture *f, gconstpointer data)
{
  f->fake->n_people = 2500;
  QcPullResult result = {0};
  g_autoptr (GError) error = NULL;
  g_assert_true (pull (f, NULL, &result, &error));
  g_assert_cmpint (result.rows, ==, 2500);
  g_assert_cmpint (f->progress, ==, 3);
  g_assert_cmpint (f->total, ==, 2500);
  assert_stored (f, 2500, "0.2500", TRUE);
  g_assert_cmpuint (f->fake->pages, ==, QC_N_FEEDS + 2);
  g_assert_true (pull (f, NULL, &result, &error));
  g_assert_cmpint (result.rows, ==, 0); /* only what changed, which is nothing */
  f->fake->n_people = 2501;
  g_assert_true (pull (f, NULL, &result, &error));
  g_assert_cmpint (result.changed[4], ==, 1);
  assert_stored (f, 2501, "0.2501", TRUE);
}

/* The connection is cut at the third page of people. */
static gboolean
cut_third_page (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  const char *cursor = query ? g_hash_table_lookup (query, "cursor") : NULL;
  if (!g_str_has_suffix (path, "/feeds/people") || g_strcmp0 (cursor, "0.2000") != 0)
    return FALSE;
  fake_cut (message, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{\"feed\":");
  return TRUE;
}

static void
test_goes_on_after_cut (Fixture *f, gconstpointer data)
{
  f->fake->n_people = 3500;
  f->fake->hook = cut_third_page;
  QcPullResult result = {0};
  g_autoptr (GError) error = NULL;
  g_assert_false (pull (f, NULL, &result, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_OFFLINE);
  assert_stored (f, 2000, "0.2000", FALSE);
  f->fake->hook = NULL;
  g_clear_error (&error);
  g_assert_true (pull (f, NULL, &result, &error));
  g_assert_cmpint (result.rows, ==, 1500); /* what was here is not fetched again */
  assert_stored (f, 3500, "0.3500", TRUE);
}

static gpointer
make_draft (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 id = 0;
  return qc_store_draft_create (connection, "test", UNIT, QC_BUSINESS_REMITTANCE, "{\"end\":202611}", 1, &id, error)
             ? QC_DATABASE_DONE
             : NULL;
}

static gpointer
find_draft (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcStoreDraft) draft = NULL;
  g_assert_true (qc_store_draft_latest (connection, "test", UNIT, QC_BUSINESS_REMITTANCE, &draft, error));
  return draft ? g_strdup (draft->facts) : NULL;
}

/* The center forgot the cursor: everything comes again, who is gone goes, the draft stays. */
static void
test_expired_cursor (Fixture *f, gconstpointer data)
{
  f->fake->n_people = 1500;
  QcPullResult result = {0};
  g_autoptr (GError) error = NULL;
  g_assert_true (pull (f, NULL, &result, &error));
  g_assert_nonnull (qc_database_write (f->database, "draft", make_draft, NULL, &error));
  f->fake->generation = 7;
  f->fake->n_people = 1200;
  g_assert_true (pull (f, NULL, &result, &error));
  g_assert_no_error (error);
  assert_stored (f, 1200, "7.1200", TRUE);
  g_autofree char *facts = qc_database_read (f->database, "draft", find_draft, NULL, &error);
  g_assert_cmpstr (facts, ==, "{\"end\":202611}");
}

static gboolean
always_expired (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (!g_str_has_suffix (path, "/feeds/people") || !g_hash_table_contains (query, "cursor"))
    return FALSE;
  fake_problem (message, 410, QC_PROBLEM_CURSOR_EXPIRED);
  return TRUE;
}

/* A center whose cursors never live: it ends with an error, not in a circle. */
static void
test_always_expired (Fixture *f, gconstpointer data)
{
  f->fake->n_people = 2500;
  f->fake->hook = always_expired;
  g_autoptr (GError) error = NULL;
  g_assert_false (pull (f, NULL, NULL, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_PROBLEM);
}

static gboolean
bad_page (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (!g_str_has_suffix (path, "/feeds/people"))
    return FALSE;
  fake_json (message, 200, fake->data);
  return TRUE;
}

static void
test_bad_page (Fixture *f, gconstpointer data)
{
  f->fake->hook = bad_page;
  f->fake->data = (gpointer)data;
  g_autoptr (GError) error = NULL;
  g_assert_false (pull (f, NULL, NULL, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_BAD_ANSWER);
  assert_stored (f, 0, NULL, FALSE);
}

/* A feed of people without end: each page one more person, and always another one behind it. */
typedef struct {
  gint64 total;    /* as told on the first page, −1 = not */
  guint n_cursors; /* after which they come again, 0 = never */
  guint pages;
} Endless;

static gboolean
endless_hook (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  Endless *endless = fake->data;
  if (!g_str_has_suffix (path, "/feeds/people"))
    return FALSE;
  guint n = ++endless->pages;
  g_autofree char *total = n == 1 && endless->total >= 0
                               ? g_strdup_printf (",\"total\":%" G_GINT64_FORMAT, endless->total)
                               : g_strdup ("");
  g_autoptr (GString) rows = g_string_new (NULL);
  for (guint i = 0; i < 400; i++)
    g_string_append_printf (rows, "%s{\"key\":\"%u.%u\",\"deleted\":true}", i ? "," : "", n, i);
  g_autofree char *json = g_strdup_printf ("{\"feed\":\"people\",\"rows\":[%s],\"cursor\":\"c%u\",\"more\":true%s}",
                                           rows->str, endless->n_cursors ? n % endless->n_cursors : n, total);
  fake_json (message, 200, json);
  return TRUE;
}

/* It ends by an error; what came before stays, and a pull from a good center goes on with it. */
static void
assert_ends (Fixture *f, Endless *endless, QcSyncError code)
{
  f->fake->hook = endless_hook;
  f->fake->data = endless;
  g_autoptr (GError) error = NULL;
  g_assert_false (pull (f, NULL, NULL, &error));
  g_assert_error (error, QC_SYNC_ERROR, (int)code);
  f->fake->hook = NULL;
  f->fake->n_people = 10;
  f->limits = (QcPullLimits) {0};
  g_clear_error (&error);
  g_assert_true (pull (f, NULL, NULL, &error)); /* its cursor has expired there: from the start */
  assert_stored (f, 10, "0.10", TRUE);
}

/* New cursors for ever: ended by the total that was told. */
static void
test_endless_total (Fixture *f, gconstpointer data)
{
  Endless endless = {.total = 500};
  assert_ends (f, &endless, QC_SYNC_ERROR_BAD_ANSWER);
  g_assert_cmpuint (endless.pages, ==, 6); /* 400 rows each: more than twice 500 and a page */
}

/* Nothing was told: ended by the number of pages. */
static void
test_endless_pages (Fixture *f, gconstpointer data)
{
  Endless endless = {.total = -1};
  f->limits.pages = 40;
  assert_ends (f, &endless, QC_SYNC_ERROR_BAD_ANSWER);
  g_assert_cmpuint (endless.pages, ==, 40);
}

/* Ended by time. */
static void
test_endless_time (Fixture *f, gconstpointer data)
{
  Endless endless = {.total = -1};
  f->limits = (QcPullLimits) {.pages = G_MAXUINT, .seconds = 1};
  assert_ends (f, &endless, QC_SYNC_ERROR_TIMEOUT);
}

/* Two cursors in turn. */
static void
test_alternating (Fixture *f, gconstpointer data)
{
  Endless endless = {.total = -1, .n_cursors = 2};
  assert_ends (f, &endless, QC_SYNC_ERROR_BAD_ANSWER);
  g_assert_cmpuint (endless.pages, ==, 3);
}

static void
cancel_cb (const QcPullProgress *progress, gpointer user_data)
{
  if (g_str_equal (progress->feed, "people"))
    g_cancellable_cancel (user_data);
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  f->fake->n_people = 5000;
  g_autoptr (GAsyncResult) result = NULL;
  qc_pull_async (f->tokens, f->database, "test", UNIT, NULL, NULL, cancel_cb, cancellable, cancellable, keep_result_cb,
                 &result);
  wait_result (&result);
  g_autoptr (GError) error = NULL;
  g_assert_false (qc_pull_finish (f->tokens, result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  QcPullResult figures = {0};
  g_assert_true (pull (f, NULL, &figures, &error));
  g_assert_cmpint (figures.rows, <=, 4000); /* it goes on, it does not begin again */
  assert_stored (f, 5000, "0.5000", TRUE);
}

int
main (int argc, char **argv)
{
#define ADD(name, data, func) g_test_add ("/sync/pull/" name, Fixture, data, set_up, func, tear_down)
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("full-then-nothing", NULL, test_full_then_nothing);
  ADD ("goes-on-after-cut", NULL, test_goes_on_after_cut);
  ADD ("expired-cursor", NULL, test_expired_cursor);
  ADD ("always-expired", NULL, test_always_expired);
  ADD ("bad-page/other-feed", "{\"feed\":\"bases\",\"rows\":[],\"cursor\":\"1\",\"more\":false}", test_bad_page);
  ADD ("bad-page/circle", "{\"feed\":\"people\",\"rows\":[],\"cursor\":\"1\",\"more\":true}", test_bad_page);
  ADD ("bad-page/duplicate", "{\"feed\":\"people\",\"feed\":\"people\"}", test_bad_page);
  ADD ("bad-page/number", "{\"feed\":\"people\",\"rows\":[],\"cursor\":\"1\",\"more\":false,\"total\":1e9}",
       test_bad_page);
  ADD ("endless/total", NULL, test_endless_total);
  ADD ("endless/pages", NULL, test_endless_pages);
  ADD ("endless/time", NULL, test_endless_time);
  ADD ("endless/alternating", NULL, test_alternating);
  ADD ("cancel", NULL, test_cancel);
  return g_test_run ();
}
