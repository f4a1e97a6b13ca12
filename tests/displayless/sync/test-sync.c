/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The controller: its states, what it tells, the network coming back, signing out, and the practice center moving.
 */
#include "sync-fake.h"
#include "sync-monitor.h"

#include <string.h>

#include "qc-store-outbox.h"
#include "qc-store.h"

#define UNIT "231100000042"

/* ---- the fixture ---- */

typedef struct {
  Fake *fake;
  char *folder;
  QcStore *store;
  TestMonitor *monitor;
  QcSync *sync;
  GString *pulled;
  guint outbox_changes;
} Fixture;

static void
pulled_cb (QcSync *sync, const char *unit, const char *feed, Fixture *f)
{
  g_assert_cmpstr (unit, ==, UNIT);
  g_string_append_printf (f->pulled, "%s ", feed);
}

static void
outbox_changed_cb (QcSync *sync, gint64 item, Fixture *f)
{
  f->outbox_changes++;
}

static void
make_sync (Fixture *f, const char *refresh)
{
  g_autoptr (QcProfile) profile = fake_profile (f->fake, f->fake->practice, NULL);
  f->sync = qc_sync_new (profile, qc_store_get_database (f->store), G_NETWORK_MONITOR (f->monitor), NULL);
  g_signal_connect (f->sync, "pulled", G_CALLBACK (pulled_cb), f);
  g_signal_connect (f->sync, "outbox-changed", G_CALLBACK (outbox_changed_cb), f);
  QcSecret *secret = qc_tokens_get_secret (qc_sync_get_tokens (f->sync));
  qc_secret_set_memory_only (secret, TRUE);
  if (refresh) {
    qc_secret_store_async (secret, refresh, NULL, NULL, NULL);
    g_free (f->fake->refresh);
    f->fake->refresh = g_strdup (refresh);
  }
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->fake = fake_new ();
  f->folder = g_dir_make_tmp ("qc-sync-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  f->store = qc_store_open (f->folder, &error);
  g_assert_no_error (error);
  f->monitor = test_monitor_new ();
  f->pulled = g_string_new (NULL);
  make_sync (f, data);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  qc_sync_stop (f->sync);
  g_object_unref (f->sync);
  qc_store_close (f->store);
  g_object_unref (f->monitor);
  g_string_free (f->pulled, TRUE);
  fake_free (f->fake);
  remove_tree (f->folder);
  g_free (f->folder);
}

static gboolean
is_settled (gpointer data)
{
  return qc_sync_get_state (((Fixture *)data)->sync) != QC_SYNC_STATE_SYNCING;
}

static gboolean
has_as_of (gpointer data)
{
  return qc_sync_get_as_of (((Fixture *)data)->sync) > 0;
}

static gboolean
waits_for_one (gpointer data)
{
  return qc_sync_get_waiting (((Fixture *)data)->sync) == 1;
}

static gboolean
waits_for_none (gpointer data)
{
  return qc_sync_get_waiting (((Fixture *)data)->sync) == 0;
}

static gpointer
enqueue_item (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_item_new ();
  item->profile = g_strdup ("test");
  item->unit = g_strdup (UNIT);
  item->kind = g_strdup ("submission");
  item->method = g_strdup ("POST");
  item->path = g_strdup ("/api/v1/units/" UNIT "/submissions");
  item->body = g_bytes_new_static (FAKE_SUBMISSION, strlen (FAKE_SUBMISSION));
  return qc_store_outbox_enqueue (connection, item, 1, error) ? QC_DATABASE_DONE : NULL;
}

static void
enqueue (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_assert_nonnull (qc_database_write (qc_store_get_database (f->store), "enqueue", enqueue_item, NULL, &error));
  g_assert_no_error (error);
}

/* ---- tests ---- */

static void
test_round (Fixture *f, gconstpointer data)
{
  f->fake->n_people = 1100;
  enqueue (f);
  qc_sync_set_unit (f->sync, UNIT);
  g_assert_cmpuint (f->fake->log->len, ==, 0); /* nothing before start */
  qc_sync_start (f->sync);
  g_assert_cmpint (qc_sync_get_state (f->sync), ==, QC_SYNC_STATE_SYNCING);
  wait_until (is_settled, f);
  g_assert_cmpint (qc_sync_get_state (f->sync), ==, QC_SYNC_STATE_READY);
  wait_until (has_as_of, f);
  wait_until (waits_for_none, f);
  /* in a first pull the end of an empty feed counts as well: only now are figures over the unit complete */
  g_assert_cmpstr (f->pulled->str, ==, "unit ratios policy codes people bases paid applications movements ");
  g_assert_cmpuint (f->outbox_changes, ==, 2);
  g_assert_cmpuint (f->fake->applications, ==, 1);
  g_assert_cmpint (qc_sync_get_center_today (f->sync), ==, 20261123);
  g_assert_null (qc_sync_get_error (f->sync));
}

static void
test_signed_out (Fixture *f, gconstpointer data)
{
  enqueue (f);
  qc_sync_set_unit (f->sync, UNIT);
  qc_sync_start (f->sync);
  wait_until (is_settled, f);
  g_assert_cmpint (qc_sync_get_state (f->sync), ==, QC_SYNC_STATE_SIGNED_OUT);
  wait_until (waits_for_one, f); /* the queue is as it was */
  g_assert_cmpuint (fake_count (f->fake, "POST"), ==, 0);
}

static void
test_sign_out (Fixture *f, gconstpointer data)
{
  qc_sync_start (f->sync);
  wait_until (is_settled, f);
  enqueue (f);
  g_autoptr (GAsyncResult) result = NULL;
  qc_sync_sign_out_async (f->sync, NULL, keep_result_cb, &result);
  g_assert_cmpint (qc_sync_get_state (f->sync), ==, QC_SYNC_STATE_SIGNED_OUT);
  wait_result (&result);
  g_assert_true (qc_sync_sign_out_finish (f->sync, result, NULL));
  g_assert_cmpuint (f->fake->revoked, ==, 1);
  qc_sync_now (f->sync);
  g_assert_cmpint (qc_sync_get_state (f->sync), ==, QC_SYNC_STATE_SIGNED_OUT); /* does not even seem to try */
  wait_until (waits_for_one, f);
  wait_until (is_settled, f);
  g_assert_cmpint (qc_sync_get_state (f->sync), ==, QC_SYNC_STATE_SIGNED_OUT);
}

static gboolean
no_center (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  fake_cut (message, NULL);
  return TRUE;
}

static gboolean
is_ready (gpointer data)
{
  return qc_sync_get_state (((Fixture *)data)->sync) == QC_SYNC_STATE_READY;
}

static void
notified_cb (QcSync *sync, GParamSpec *pspec, gpointer data)
{
  ++*(guint *)data;
}

/* Offline: said, with the queue kept; the network's return is enough to go on. Told is what changes, and nothing else.
 */
static void
test_network_returns (Fixture *f, gconstpointer data)
{
  guint states = 0, errors = 0;
  g_signal_connect (f->sync, "notify::state", G_CALLBACK (notified_cb), &states);
  g_signal_connect (f->sync, "notify::error", G_CALLBACK (notified_cb), &errors);
  f->fake->hook = no_center;
  enqueue (f);
  qc_sync_start (f->sync);
  wait_until (is_settled, f);
  g_assert_cmpint (qc_sync_get_state (f->sync), ==, QC_SYNC_STATE_OFFLINE);
  g_assert_error (qc_sync_get_error (f->sync), QC_SYNC_ERROR, QC_SYNC_ERROR_OFFLINE);
  wait_until (waits_for_one, f);
  g_assert_cmpuint (states, ==, 2);
  g_assert_cmpuint (errors, ==, 1);
  f->fake->hook = NULL;
  g_signal_emit_by_name (f->monitor, "network-changed", FALSE);
  g_assert_cmpint (qc_sync_get_state (f->sync), ==, QC_SYNC_STATE_OFFLINE);
  g_signal_emit_by_name (f->monitor, "network-changed", TRUE);
  wait_until (is_ready, f);
  wait_until (waits_for_none, f);
  g_assert_null (qc_sync_get_error (f->sync));
  g_assert_cmpuint (states, ==, 4);
  g_assert_cmpuint (errors, ==, 2);
  g_assert_cmpuint (f->fake->applications, ==, 1);
  g_signal_handlers_disconnect_by_func (f->sync, notified_cb, &states);
  g_signal_handlers_disconnect_by_func (f->sync, notified_cb, &errors);
}

static gboolean
html (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, "<p>", 3);
  return TRUE;
}

static void
test_error (Fixture *f, gconstpointer data)
{
  f->fake->hook = html;
  qc_sync_start (f->sync);
  wait_until (is_settled, f);
  g_assert_cmpint (qc_sync_get_state (f->sync), ==, QC_SYNC_STATE_ERROR);
  g_assert_error (qc_sync_get_error (f->sync), QC_SYNC_ERROR, QC_SYNC_ERROR_NOT_CENTER);
}

static gboolean
has_asked_twice (gpointer data)
{
  return fake_count (((Fixture *)data)->fake, "GET /api/v1/center") == 2;
}

static gboolean
no_greeting (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  return g_str_equal (path, "/api/v1/center") && html (fake, message, path, query);
}

/* Somebody asks while a round runs: that it fails is said, before the round that was asked for begins. */
static void
test_error_is_heard (Fixture *f, gconstpointer data)
{
  f->fake->hook = no_greeting;
  qc_sync_start (f->sync);
  qc_sync_now (f->sync);
  wait_until (is_settled, f);
  g_assert_cmpint (qc_sync_get_state (f->sync), ==, QC_SYNC_STATE_ERROR);
  g_assert_cmpuint (fake_count (f->fake, "GET /api/v1/center"), ==, 1);
  wait_until (has_asked_twice, f);
}

/* The same center at another port, as practice is after a restart. */
static void
test_center_moves (Fixture *f, gconstpointer data)
{
  qc_sync_start (f->sync);
  wait_until (is_settled, f);
  g_autoptr (Fake) moved = fake_new ();
  moved->refresh = g_strdup (f->fake->refresh);
  moved->access = g_strdup (f->fake->access);
  g_autoptr (QcProfile) profile = fake_profile (moved, FALSE, NULL);
  g_autoptr (QcProfile) other = profile_from ("another", FALSE, moved->address, moved->authority->pem);
  g_autoptr (GError) error = NULL;
  g_assert_false (qc_sync_set_profile (f->sync, other, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_PROFILE);
  g_assert_true (qc_sync_set_profile (f->sync, profile, NULL));
  qc_sync_now (f->sync);
  wait_until (is_settled, f);
  g_assert_cmpint (qc_sync_get_state (f->sync), ==, QC_SYNC_STATE_READY);
  g_assert_cmpuint (fake_count (moved, "GET /api/v1/center"), ==, 1);
}

static void
not_ready_cb (const char *address, gpointer data)
{
  g_assert_not_reached ();
}

static void
test_portal_only (void)
{
  g_autofree char *folder = g_dir_make_tmp ("qc-sync-XXXXXX", NULL);
  g_autoptr (QcStore) store = qc_store_open (folder, NULL);
  g_autoptr (TestMonitor) monitor = test_monitor_new ();
  g_autoptr (QcProfile) profile = qc_profile_new_heihe ();
  g_autoptr (QcSync) sync = qc_sync_new (profile, qc_store_get_database (store), G_NETWORK_MONITOR (monitor), NULL);
  qc_sync_start (sync);
  g_assert_cmpint (qc_sync_get_state (sync), ==, QC_SYNC_STATE_NO_API);
  g_assert_null (qc_sync_get_outbox (sync));
  g_autoptr (GAsyncResult) result = NULL;
  qc_sync_sign_in_async (sync, not_ready_cb, NULL, NULL, keep_result_cb, &result);
  wait_result (&result);
  g_autoptr (GError) error = NULL;
  g_assert_false (qc_sync_sign_in_finish (sync, result, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_NO_API);
  g_autoptr (GAsyncResult) out = NULL;
  g_autoptr (GError) none = NULL;
  qc_sync_sign_out_async (sync, NULL, keep_result_cb, &out); /* who never signed in is out */
  wait_result (&out);
  g_assert_true (qc_sync_sign_out_finish (sync, out, &none));
  g_assert_no_error (none);
  qc_sync_stop (sync);
  g_clear_pointer (&store, qc_store_close);
  remove_tree (folder);
}

/* Every half minute while somebody waits, ever more rarely where nothing comes; otherwise every five minutes. */
static void
test_period (void)
{
  const struct {
    gboolean watched;
    guint quiet, seconds;
  } rows[] = {{FALSE, 0, 300}, {FALSE, 99, 300}, {TRUE, 0, 30},   {TRUE, 10, 30}, {TRUE, 11, 60},
              {TRUE, 12, 120}, {TRUE, 13, 240},  {TRUE, 14, 300}, {TRUE, 99, 300}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (qc_sync_period (rows[i].watched, rows[i].quiet), ==, rows[i].seconds);
}

/* ---- when the next round is due ---- */

static gboolean
wait_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

typedef struct {
  guint seconds;
  GSource *source; /* (owned) */
} Wait;

/* Nothing here becomes ready by itself. */
static GSource *
wait_cb (guint seconds, gpointer user_data)
{
  static GSourceFuncs funcs = {.dispatch = wait_dispatch};
  Wait wait = {seconds, g_source_new (&funcs, sizeof (GSource))};
  g_array_append_val ((GArray *)user_data, wait);
  return g_source_ref (wait.source);
}

static void
wait_clear (gpointer data)
{
  g_source_unref (((Wait *)data)->source);
}

/* For how long the next round is waited for now; 0: it is not. @out_n (nullable): how often that was said. */
static guint
round_wait (const GArray *waits, guint *out_n)
{
  guint seconds = 0, n = 0;
  for (guint i = 0; i < waits->len; i++) {
    const Wait *wait = &g_array_index (waits, Wait, i);
    if (g_strcmp0 (g_source_get_name (wait->source), "qc-sync round") != 0)
      continue;
    n++;
    seconds = g_source_is_destroyed (wait->source) ? 0 : wait->seconds;
  }
  if (out_n != NULL)
    *out_n = n;
  return seconds;
}

static void
assert_round_in (const GArray *waits, guint least, guint most)
{
  guint seconds = round_wait (waits, NULL);
  g_test_message ("%u s", seconds);
  g_assert_cmpuint (seconds, >=, least);
  g_assert_cmpuint (seconds, <=, most);
}

static void
run_round (Fixture *f)
{
  qc_sync_now (f->sync);
  wait_until (is_settled, f);
}

static void
test_waits (Fixture *f, gconstpointer data)
{
  static const guint after[] = {15, 30, 60, 120, 240, 300, 300}; /* failures in a row, ± a fifth */
  g_autoptr (GArray) waits = g_array_new (FALSE, FALSE, sizeof (Wait));
  guint before, now;
  g_array_set_clear_func (waits, wait_clear);
  qc_transport_set_wait_func (qc_tokens_get_transport (qc_sync_get_tokens (f->sync)), wait_cb, waits);
  qc_sync_set_watched (f->sync, TRUE); /* before there is anything to wait for */
  g_assert_cmpuint (round_wait (waits, &before), ==, 0);
  qc_sync_set_watched (f->sync, FALSE);
  qc_sync_start (f->sync);
  wait_until (is_settled, f);
  assert_round_in (waits, 240, 360);
  qc_sync_set_watched (f->sync, TRUE);
  assert_round_in (waits, 20, 30); /* since the last one ended some seconds may have passed */
  round_wait (waits, &before);
  qc_sync_set_watched (f->sync, TRUE);
  round_wait (waits, &now);
  g_assert_cmpuint (now, ==, before); /* it was already */
  qc_sync_set_watched (f->sync, FALSE);
  assert_round_in (waits, 240, 360);
  f->fake->hook = html;
  for (guint i = 0; i < G_N_ELEMENTS (after); i++) {
    run_round (f);
    g_assert_cmpint (qc_sync_get_state (f->sync), ==, QC_SYNC_STATE_ERROR);
    assert_round_in (waits, after[i] * 4 / 5, after[i] * 6 / 5);
  }
  round_wait (waits, &before);
  qc_sync_set_watched (f->sync, TRUE); /* a failure has a time of its own */
  round_wait (waits, &now);
  g_assert_cmpuint (now, ==, before);
  f->fake->hook = NULL;
  run_round (f);
  g_assert_cmpint (qc_sync_get_state (f->sync), ==, QC_SYNC_STATE_READY);
  for (guint quiet = 0; quiet <= 10; quiet++) {
    assert_round_in (waits, 24, 36);
    run_round (f);
  }
  assert_round_in (waits, 48, 72); /* nothing came for so long */
  f->fake->hook = html;            /* and the failures are forgotten */
  run_round (f);
  assert_round_in (waits, 12, 18);
  qc_sync_stop (f->sync);
  g_assert_cmpuint (round_wait (waits, NULL), ==, 0);
}

static void
progress_cb (QcSync *sync, GParamSpec *pspec, gpointer data)
{
  double now = qc_sync_get_progress (sync);
  g_array_append_val ((GArray *)data, now);
}

/* From nothing towards all of it, and gone at the end; within a feed that says how many rows it has, by these. */
static void
test_progress (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) told = g_array_new (FALSE, FALSE, sizeof (double));
  f->fake->n_people = 1100;
  qc_sync_set_unit (f->sync, UNIT);
  g_assert_cmpfloat (qc_sync_get_progress (f->sync), ==, -1);
  g_signal_connect (f->sync, "notify::progress", G_CALLBACK (progress_cb), told);
  qc_sync_start (f->sync);
  wait_until (is_settled, f);
  g_signal_handlers_disconnect_by_func (f->sync, progress_cb, told);
  static const double feeds[] = {0.5, 1.5, 2.5, 3.5, 4 + 1000 / 1100.0, 5, 5.5, 6.5, 7.5, 8.5}; /* of nine */
  g_assert_cmpuint (told->len, ==, G_N_ELEMENTS (feeds));
  for (guint i = 0; i < told->len; i++)
    g_assert_cmpfloat_with_epsilon (g_array_index (told, double, i), feeds[i] / 9, 1e-9);
  g_assert_cmpfloat (qc_sync_get_progress (f->sync), ==, -1);
}

int
main (int argc, char **argv)
{
#define ADD(name, data, func) g_test_add ("/sync/controller/" name, Fixture, data, set_up, func, tear_down)
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("round", "first", test_round);
  ADD ("signed-out", NULL, test_signed_out);
  ADD ("sign-out", "first", test_sign_out);
  ADD ("network-returns", "first", test_network_returns);
  ADD ("error", "first", test_error);
  ADD ("error-is-heard", "first", test_error_is_heard);
  ADD ("center-moves", "first", test_center_moves);
  ADD ("waits", "first", test_waits);
  ADD ("progress", "first", test_progress);
  g_test_add_func ("/sync/controller/portal-only", test_portal_only);
  g_test_add_func ("/sync/controller/period", test_period);
  return g_test_run ();
}
