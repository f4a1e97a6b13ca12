/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Copies of the data folder: whole while others write, which of them stay, and another folder in the place of this one:
 * what waits is asked about, what was submitted since is not drafted again, the journal goes on, and killed at any
 * step the next opening finishes.
 */
#include "store-fixture.h"

#include "qc-store-attachments.h"
#include "qc-store-copies.h"
#include "qc-store-incoming.h"
#include "qc-store-journal.h"
#include "qc-store-outbox.h"
#include "qc-store-prefs.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* ---- a folder with something in it ---- */

static gint64
queue (QcConnection *connection, const char *key, gint64 draft, gint64 needs)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_item_new ();
  item->profile = g_strdup (PROFILE);
  item->unit = g_strdup (UNIT);
  item->key = g_strdup (key);
  item->kind = g_strdup ("submission");
  item->business = QC_BUSINESS_SEALING;
  item->method = g_strdup ("POST");
  item->path = g_strdup ("/api/v1/x");
  item->body = g_bytes_new_static ("{}", 2);
  item->draft = draft;
  if (needs != 0)
    g_array_append_val (item->depends, needs);
  qc_store_outbox_enqueue (connection, item, NOW, &error);
  g_assert_no_error (error);
  return item->id;
}

static gint64
draft_named (QcConnection *connection, const char *name)
{
  g_autoptr (GError) error = NULL;
  gint64 id = 0;
  qc_store_draft_create (connection, PROFILE, UNIT, QC_BUSINESS_SEALING, "{}", NOW, &id, &error);
  qc_store_draft_rename (connection, id, name, &error);
  edit_one (connection, id, QC_STORE_CHANGE_ADD_LINE, 1, "p1", "{\"n\":1}", NOW, &error);
  g_assert_no_error (error);
  return id;
}

/* 1: an open draft with a picture; 2: one that waits; 3: one held behind nothing yet, free. */
static gpointer
fill (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 one = draft_named (connection, "一"), two = draft_named (connection, "二");
  draft_named (connection, "三");
  g_autoptr (GArray) changes = qc_store_changes_new ();
  QcStoreChange change = {.kind = QC_STORE_CHANGE_ATTACH,
                          .line = 1,
                          .attachment = qc_attachment_new ("roster", 0, "a.jpg", DIGEST, 4, NULL)};
  g_array_append_val (changes, change);
  GOOD (qc_store_draft_edit (connection, one, "attach", changes, take_change, NOW, error));
  gint64 first = queue (connection, "key-1", two, 0);
  queue (connection, "key-2", 0, first);
  return QC_DATABASE_DONE;
}

static void
keep_picture (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("jpeg", 4);
  qc_store_attachment_keep (fixture->folder, DIGEST, bytes, &error);
  g_assert_no_error (error);
}

typedef struct {
  const char *folder;
  char *part; /* (owned) */
  gint64 now;
} Making;

static gpointer
write_copy (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Making *making = data;
  return qc_store_copy_write (connection, making->folder, making->part, making->now, error) ? QC_DATABASE_DONE : NULL;
}

/* (transfer full) where it is */
static char *
back_up (Fixture *fixture, gint64 now)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *part = qc_store_backups_begin (fixture->folder, now, &error);
  g_assert_no_error (error);
  Making making = {fixture->folder, part, now};
  READ (fixture, write_copy, &making);
  g_assert_true (qc_store_backups_finish (part, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  return g_strndup (part, strlen (part) - strlen (".part"));
}

static void
test_backup (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, fill, NULL);
  keep_picture (fixture);
  g_autofree char *path = back_up (fixture, NOW);
  g_autoptr (GPtrArray) list = qc_store_backups_list (fixture->folder);
  g_assert_cmpuint (list->len, ==, 1);
  const QcStoreCopy *copy = g_ptr_array_index (list, 0);
  g_assert_cmpint (copy->made, ==, NOW);
  g_assert_cmpint (copy->drafts, ==, 3);
  g_assert_cmpint (copy->waiting, ==, 2);
  g_assert_cmpint (copy->entries, ==, 2);
  g_assert_cmpint (copy->size, >, 100000);
  struct stat info;
  g_autofree char *database = g_build_filename (path, "qingce.db", NULL);
  g_autofree char *wal = g_build_filename (path, "qingce.db-wal", NULL);
  g_autofree char *picture = qc_store_attachment_path (path, DIGEST);
  g_assert_true (g_stat (path, &info) == 0 && (info.st_mode & 0777) == 0700);
  g_assert_true (g_stat (database, &info) == 0 && (info.st_mode & 0777) == 0600);
  g_assert_true (g_stat (picture, &info) == 0 && info.st_nlink == 2); /* it takes no room */
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
  /* the same second once more */
  g_autofree char *again = back_up (fixture, NOW);
  g_assert_cmpstr (again, !=, path);
}

/* A copy that is damaged does not count, and nothing older goes for it. */
static void
test_checked (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, fill, NULL);
  g_autofree char *good = back_up (fixture, NOW);
  g_autoptr (GError) error = NULL;
  g_autofree char *part = qc_store_backups_begin (fixture->folder, NOW + 60, &error);
  Making making = {fixture->folder, part, NOW + 60};
  READ (fixture, write_copy, &making);
  g_autofree char *database = g_build_filename (part, "qingce.db", NULL);
  g_autofree char *bytes = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (database, &bytes, &size, NULL));
  memset (bytes + size / 2, 0xa5, 8192);
  g_assert_true (g_file_set_contents (database, bytes, (gssize)size, NULL));
  g_assert_false (qc_store_backups_finish (part, &error));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_CORRUPT);
  g_autoptr (GPtrArray) list = qc_store_backups_list (fixture->folder);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_true (g_file_test (good, G_FILE_TEST_IS_DIR));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

/* Two a day for four hundred days: seven days, four weeks and twelve months stay of them. */
static void
test_retention (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, fill, NULL);
  g_autofree char *first = back_up (fixture, NOW - 400 * 86400);
  g_autofree char *backups = g_path_get_dirname (first);
  for (int day = 399; day > 0; day--)
    for (int half = 0; half < 2; half++) {
      g_autofree char *name = g_strdup_printf ("made-%03d-%d", 400 - day, half);
      g_autofree char *path = g_build_filename (backups, name, NULL);
      g_autofree char *about = g_build_filename (path, "about", NULL);
      g_autofree char *database = g_build_filename (path, "qingce.db", NULL);
      g_autofree char *text = g_strdup_printf ("[copy]\nmade=%" G_GINT64_FORMAT "\n", NOW - day * 86400 + half * 3600);
      g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
      g_assert_true (g_file_set_contents (about, text, -1, NULL));
      g_assert_true (g_file_set_contents (database, "x", 1, NULL));
    }
  g_autofree char *last = back_up (fixture, NOW);
  g_autoptr (GPtrArray) list = qc_store_backups_list (fixture->folder);
  /* days 0 … 6, then the ends of two more weeks (two of the four lie in those days), then of ten more months or so */
  gint64 previous = NOW + 1;
  guint n_week = 0, n_month = 0;
  for (guint i = 0; i < list->len; i++) {
    const QcStoreCopy *copy = g_ptr_array_index (list, i);
    g_assert_cmpint (copy->made, <, previous);
    previous = copy->made;
    n_week += copy->made > NOW - 7 * 86400;
    n_month += copy->made > NOW - 31 * 86400;
  }
  g_assert_cmpuint (n_week, ==, 8); /* the three newest stay, whenever they were made */
  g_assert_cmpuint (n_month, >=, 9);
  g_assert_cmpuint (list->len, <=, 24);
  g_assert_cmpuint (list->len, >=, 18);
  g_assert_cmpint (previous, <, NOW - 320 * 86400);
  g_assert_cmpint (previous, >, NOW - 370 * 86400);
}

/* ---- under writes ---- */

static gpointer
count_up (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *value = g_strdup_printf ("%d", ++*(int *)data);
  g_autofree char *padding = g_strnfill (20000, 'x');
  return qc_store_prefs_set (connection, "", "one", value, error)
                 && qc_store_prefs_set (connection, "", "padding", padding, error)
                 && qc_store_prefs_set (connection, "", "two", value, error)
             ? QC_DATABASE_DONE
             : NULL;
}

static gpointer
write_on (gpointer data)
{
  Fixture *fixture = data;
  int n = 0;
  while (n < 400)
    WRITE (fixture, count_up, &n);
  return NULL;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (qc_database_finish (QC_DATABASE (source), result, &error) == QC_DATABASE_DONE);
  g_assert_no_error (error);
  *(gboolean *)data = TRUE;
}

static void
test_under_writes (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, fill, NULL);
  GThread *writer = g_thread_new ("writer", write_on, fixture);
  for (int i = 0; i < 5; i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *part = qc_store_backups_begin (fixture->folder, NOW + i, &error);
    Making making = {fixture->folder, part, NOW + i};
    gboolean done = FALSE;
    qc_database_walk_async (fixture->database, "copy", write_copy, &making, NULL, NULL, NULL, done_cb, &done);
    while (!done)
      g_main_context_iteration (NULL, TRUE);
    g_assert_true (qc_store_backups_finish (part, &error));
    g_autofree char *database = g_strdup_printf ("%.*s/qingce.db", (int)(strlen (part) - 5), part);
    g_autoptr (QcConnection) copy = qc_connection_open (database, QC_CONNECTION_READ_ONLY, &error);
    g_assert_no_error (error);
    g_autofree char *one = NULL;
    g_autofree char *two = NULL;
    g_assert_true (qc_store_prefs_get (copy, "", "one", &one, NULL));
    g_assert_true (qc_store_prefs_get (copy, "", "two", &two, NULL));
    g_assert_cmpstr (one, ==, two); /* one snapshot */
  }
  g_thread_join (writer);
}

/* Nothing is left. */
static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_database_finish (QC_DATABASE (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *(gboolean *)data = TRUE;
}

static gpointer
cancel_and_write (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_cancellable_cancel (cancellable);
  return write_copy (connection, data, cancellable, error);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, fill, NULL);
  g_autofree char *part = qc_store_backups_begin (fixture->folder, NOW, NULL);
  Making making = {fixture->folder, part, NOW};
  gboolean done = FALSE;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  qc_database_walk_async (fixture->database, "copy", cancel_and_write, &making, NULL, NULL, cancellable, cancelled_cb,
                          &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

/* ---- in the place of this one ---- */

typedef struct {
  const char *folder, *copy;
  gint64 waiting;
} Restoring;

static gpointer
prepare (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Restoring *restoring = data;
  const QcStoreArrival arrival = {"restored", "2026-11-30", "王芳", NOW + 1000, FALSE};
  g_autofree char *part = qc_store_incoming_begin (restoring->folder, error);
  return part != NULL && qc_store_incoming_fill (part, restoring->copy, error)
                 && qc_store_incoming_settle (part, connection, &arrival, &restoring->waiting, error)
                 && qc_store_incoming_ready (restoring->folder, NOW + 1000, error)
             ? QC_DATABASE_DONE
             : NULL;
}

/* Since the backup: draft 二 was accepted, draft 三 submitted and accepted, draft 一 deleted. */
static gpointer
go_on (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) answer = g_bytes_new_static ("{}", 2);
  GOOD (qc_store_outbox_begin_attempt (connection, 1, NOW + 10, error));
  GOOD (qc_store_outbox_accept (connection, 1, 200, answer, "FQ1", NOW + 11, error));
  gint64 item = queue (connection, "key-3", 3, 0);
  GOOD (qc_store_outbox_begin_attempt (connection, item, NOW + 12, error));
  GOOD (qc_store_outbox_accept (connection, item, 200, answer, "FQ2", NOW + 13, error));
  GOOD (qc_store_outbox_withdraw (connection, 2, NOW + 14, error));
  GOOD (qc_store_draft_delete (connection, 1, NOW + 15, error));
  return QC_DATABASE_DONE;
}

static gpointer
check_restored (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcStoreDraft) one = qc_store_draft_get (connection, 1, error);
  g_assert_no_error (*error);
  g_assert_cmpstr (one->name, ==, "一");
  g_assert_cmpint (one->n_attachments, ==, 1);
  /* what the center has is not to be submitted again */
  g_autoptr (QcStoreDraft) three = qc_store_draft_get (connection, 3, error);
  g_assert_cmpint (three->state, ==, QC_STORE_DRAFT_DONE);
  g_assert_cmpstr (three->serial, ==, "FQ2");
  for (gint64 id = 1; id <= 2; id++) {
    g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_get (connection, id, error);
    g_assert_cmpint (item->state, ==, QC_STORE_OUTBOX_UNKNOWN);
    g_assert_false (item->withdrawable);
  }
  /* all of the journal from then until now, and that this was done */
  GOOD (qc_store_journal_verify (connection, NULL, error));
  g_autoptr (GPtrArray) entries = qc_store_journal_list (connection, NULL, NULL, 0, 100, error);
  const QcStoreJournalEntry *newest = g_ptr_array_index (entries, 0), *before = g_ptr_array_index (entries, 1);
  g_assert_cmpstr (newest->action, ==, "restored");
  g_assert_cmpstr (newest->detail, ==, "2");
  g_assert_cmpstr (before->action, ==, "draft.deleted");
  return QC_DATABASE_DONE;
}

/* The second waits for the first: both are asked about, neither waits for the other; what the center does not know
 * then is held or goes as its dependency allows. */
static gpointer
check_asking (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcStoreOutboxItem) first = NULL;
  g_autoptr (QcStoreOutboxItem) second = NULL;
  GOOD (qc_store_outbox_next (connection, PROFILE, NOW + 2000, NULL, FALSE, &first, NULL, error));
  g_assert_cmpint (first->id, ==, 1);
  g_autoptr (GArray) except = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (except, first->id);
  GOOD (qc_store_outbox_next (connection, PROFILE, NOW + 2000, except, FALSE, &second, NULL, error));
  g_assert_cmpint (second->id, ==, 2);
  GOOD (qc_store_outbox_refuse (connection, 1, 422, NULL, NULL, "finding", NOW + 2001, error));
  GOOD (qc_store_outbox_retry (connection, 2, "not-known", TRUE, 0, NOW + 2002, error));
  g_autoptr (QcStoreOutboxItem) held = qc_store_outbox_get (connection, 2, error);
  g_assert_cmpint (held->state, ==, QC_STORE_OUTBOX_HELD);
  g_assert_true (held->withdrawable);
  return QC_DATABASE_DONE;
}

static gpointer
count_state (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  GOOD (qc_connection_get_int (connection, "SELECT count(*) FROM draft WHERE deleted = 0 AND state = 'open'", 0, data,
                               error));
  return QC_DATABASE_DONE;
}

static void
test_restore (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, fill, NULL);
  keep_picture (fixture);
  g_autofree char *copy = back_up (fixture, NOW);
  WRITE (fixture, go_on, NULL);
  Restoring restoring = {fixture->folder, copy, 0};
  READ (fixture, prepare, &restoring);
  g_assert_cmpint (restoring.waiting, ==, 2);
  fixture_close (fixture);
  fixture_open (fixture);
  g_autofree char *aside = g_strdup (qc_store_get_replaced (fixture->store));
  g_assert_nonnull (aside);
  READ (fixture, check_restored, NULL);
  WRITE (fixture, check_asking, NULL);
  g_autofree char *picture = qc_store_attachment_path (fixture->folder, DIGEST);
  g_assert_true (g_file_test (picture, G_FILE_TEST_EXISTS));
  /* what was there is whole where it went */
  g_autofree char *old = g_build_filename (aside, "qingce.db", NULL);
  g_autofree char *old_picture = qc_store_attachment_path (aside, DIGEST);
  g_autoptr (QcConnection) connection = qc_connection_open (old, QC_CONNECTION_READ_WRITE, NULL);
  gint64 open = 0;
  g_autoptr (GError) error = NULL;
  g_assert_true (count_state (connection, &open, NULL, &error) == QC_DATABASE_DONE);
  g_assert_cmpint (open, ==, 0);
  g_assert_true (g_file_test (old_picture, G_FILE_TEST_EXISTS));
  /* said once */
  fixture_close (fixture);
  fixture_open (fixture);
  g_assert_null (qc_store_get_replaced (fixture->store));
}

static gpointer
queue_later (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  queue (connection, "later", 0, 0);
  return QC_DATABASE_DONE;
}

/* What waits now and is not in the backup would be lost from view. */
static void
test_would_lose (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, fill, NULL);
  g_autofree char *copy = back_up (fixture, NOW);
  WRITE (fixture, queue_later, NULL);
  Restoring restoring = {fixture->folder, copy, 0};
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_database_read (fixture->database, "prepare", prepare, &restoring, &error));
  g_assert_error (error, QC_STORE_ERROR, QC_STORE_ERROR_STATE);
  fixture_close (fixture);
  fixture_open (fixture);
  g_assert_null (qc_store_get_replaced (fixture->store));
}

/* ---- killed ---- */

static void
test_killed (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, fill, NULL);
  keep_picture (fixture);
  g_autofree char *copy = back_up (fixture, NOW);
  WRITE (fixture, go_on, NULL);
  Restoring restoring = {fixture->folder, copy, 0};
  READ (fixture, prepare, &restoring);
  fixture_close (fixture);
  /* Killed at random moments while it takes the place of the other one; each time the opening goes on. */
  for (int round = 0; round < 40; round++) {
    pid_t pid = fork ();
    if (pid == 0) {
      char *aside = NULL;
      qc_store_incoming_take (fixture->folder, &aside, NULL);
      _exit (0);
    }
    g_usleep (g_test_rand_int_range (0, 600));
    kill (pid, SIGKILL);
    int status;
    g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
    g_autofree char *database = g_build_filename (fixture->folder, "qingce.db", NULL);
    g_autofree char *incoming = g_build_filename (fixture->folder, "incoming", NULL);
    g_assert_true (g_file_test (database, G_FILE_TEST_EXISTS) || g_file_test (incoming, G_FILE_TEST_EXISTS));
  }
  fixture_open (fixture);
  g_assert_null (qc_store_get_set_aside (fixture->store));
  READ (fixture, check_restored, NULL);
}

/* Each state that a killed one can leave, made by hand. */
static void
test_every_step (Fixture *fixture, gconstpointer data)
{
  static const char *const moves[] = {"attachments", "profiles", "qingce.db-wal", "qingce.db-shm", "qingce.db"};
  WRITE (fixture, fill, NULL);
  keep_picture (fixture);
  g_autofree char *copy = back_up (fixture, NOW);
  WRITE (fixture, go_on, NULL);
  for (guint steps = 0; steps <= G_N_ELEMENTS (moves) * 2; steps++) {
    Restoring restoring = {fixture->folder, copy, 0};
    READ (fixture, prepare, &restoring);
    fixture_close (fixture);
    g_autofree char *incoming = g_build_filename (fixture->folder, "incoming", NULL);
    g_autofree char *name = NULL;
    g_autofree char *note = g_build_filename (incoming, "aside", NULL);
    g_assert_true (g_file_get_contents (note, &name, NULL, NULL));
    g_autofree char *aside = g_build_filename (fixture->folder, name, NULL);
    g_assert_cmpint (g_mkdir_with_parents (aside, 0700), ==, 0);
    guint done = 0;
    for (guint i = 0; i < G_N_ELEMENTS (moves); i++) {
      gboolean pair = i < 2 || i == 4; /* away, then in its place */
      g_autofree char *there = g_build_filename (fixture->folder, moves[i], NULL);
      g_autofree char *away = g_build_filename (aside, moves[i], NULL);
      g_autofree char *fresh = g_build_filename (incoming, moves[i], NULL);
      if (done++ < steps)
        g_rename (there, away);
      if (pair && done++ < steps)
        g_rename (fresh, there);
    }
    fixture_open (fixture);
    g_assert_null (qc_store_get_set_aside (fixture->store));
    g_assert_nonnull (qc_store_get_replaced (fixture->store));
    gint64 open = 0;
    READ (fixture, count_state, &open);
    g_assert_cmpint (open, ==, 1);
    g_autofree char *picture = qc_store_attachment_path (fixture->folder, DIGEST);
    g_assert_true (g_file_test (picture, G_FILE_TEST_EXISTS));
    g_assert_false (g_file_test (incoming, G_FILE_TEST_EXISTS));
    g_autofree char *old = g_build_filename (aside, "qingce.db", NULL);
    g_assert_true (g_file_test (old, G_FILE_TEST_EXISTS));
  }
}

/* ---- salvage ---- */

static gpointer
fill_more (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  fill (connection, data, cancellable, error);
  gint64 big = draft_named (connection, "大");
  for (int i = 2; i <= 1500; i++)
    GOOD (edit_one (connection, big, QC_STORE_CHANGE_ADD_LINE, i, "p1", "{\"padding\":\"xxxxxxxxxxxxxxxxxxxxxxxxx\"}",
                    NOW, error));
  return QC_DATABASE_DONE;
}

/* Every page in its turn is made unreadable. What comes over is never more than there was, most of it comes over most
 * of the time, and the new database is sound. */
static void
test_salvage (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, fill_more, NULL);
  fixture_close (fixture);
  g_autofree char *bytes = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  guint n_pages = (guint)(size / 4096), all_drafts = 0, all_waiting = 0, all_entries = 0, named = 0, hopeless = 0;
  g_autofree char *wrecked = g_build_filename (fixture->folder, "wrecked.db", NULL);
  g_autofree char *fresh = g_build_filename (fixture->folder, "fresh.db", NULL);
  g_assert_cmpuint (n_pages, >, 60);
  guint step = MAX (n_pages / 60, 1), tried = 0;
  for (guint page = 1; page < n_pages; page += step, tried++) {
    g_autofree char *changed = g_memdup2 (bytes, size);
    memset (changed + page * 4096, 0xa5, 4096);
    g_assert_true (g_file_set_contents (wrecked, changed, (gssize)size, NULL));
    g_unlink (fresh);
    g_autoptr (GError) error = NULL;
    g_autoptr (QcStoreSalvage) salvage = qc_store_salvage (fresh, wrecked, NOW, &error);
    if (salvage == NULL) { /* a page that says which tables there are: nothing can be read without it */
      g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_CORRUPT);
      hopeless++;
      continue;
    }
    g_assert_no_error (error);
    g_assert_cmpint (salvage->drafts, <=, 4);
    g_assert_cmpint (salvage->waiting, <=, 2);
    all_drafts += salvage->drafts == 4;
    all_waiting += salvage->waiting == 2;
    all_entries += salvage->entries == 2;
    named += salvage->incomplete->len;
    g_autoptr (QcConnection) connection = qc_connection_open (fresh, QC_CONNECTION_READ_ONLY, &error);
    g_assert_true (qc_connection_check (connection, &error));
    /* the damaged one is as it was */
    g_autofree char *still = NULL;
    gsize n;
    g_assert_true (g_file_get_contents (wrecked, &still, &n, NULL));
    g_assert_cmpmem (still, n, changed, size);
  }
  g_test_message ("%u pages, %u hopeless, %u with all drafts, %u named", tried, hopeless, all_drafts, named);
  g_assert_cmpuint (hopeless, <=, tried / 6);
  tried -= hopeless;
  g_assert_cmpuint (all_drafts, >=, tried * 9 / 10);
  g_assert_cmpuint (all_waiting, >=, tried * 9 / 10);
  g_assert_cmpuint (all_entries, >=, tried * 9 / 10);
  g_assert_cmpuint (named, >=, 1); /* a page of lines is missing, and whose they are is said */
  fixture_open (fixture);
}

/* The whole way: set aside at the opening, and its drafts are there. */
static void
test_salvaged (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, fill_more, NULL);
  fixture_close (fixture);
  g_autofree char *bytes = NULL;
  g_autofree char *mark = g_strconcat (fixture->path, ".suspect", NULL);
  gsize size;
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  memset (bytes + size / 4096 / 2 * 4096, 0xa5, 4096);
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize)size, NULL));
  g_assert_true (g_file_set_contents (mark, "", 0, NULL)); /* met at work */
  fixture_open (fixture);
  g_assert_nonnull (qc_store_get_set_aside (fixture->store));
  const QcStoreSalvage *salvage = qc_store_get_salvage (fixture->store);
  g_assert_nonnull (salvage);
  g_assert_cmpint (salvage->drafts, >=, 3);
  gint64 open = 0;
  READ (fixture, count_state, &open);
  g_assert_cmpint (open, >=, 2);
}

#define ADD(name, func) g_test_add ("/store/copies/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("backup", test_backup);
  ADD ("checked", test_checked);
  ADD ("retention", test_retention);
  ADD ("under-writes", test_under_writes);
  ADD ("cancelled", test_cancelled);
  ADD ("restore", test_restore);
  ADD ("would-lose", test_would_lose);
  ADD ("killed", test_killed);
  ADD ("every-step", test_every_step);
  ADD ("salvage", test_salvage);
  ADD ("salvaged", test_salvaged);
  return g_test_run ();
}
