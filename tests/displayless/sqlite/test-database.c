/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The database with its two threads, and migrations: order, contexts, cancellation, shutting down, versions.
 */
#include "qc-database.h"
#include "qc-migrations.h"

#include <string.h>
#include <glib/gstdio.h>

#include "sqlite-test-resources.h"

#define SCRIPT(n) "/org/qingce/tests/sqlite/" n ".sql"
static const char *const SCRIPTS[] = {SCRIPT ("001"), SCRIPT ("002")};
static const char *const BROKEN[] = {SCRIPT ("001"), SCRIPT ("broken")};

typedef struct {
  char *folder, *path;
  GMainContext *context;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("qc-database-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "test.db", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
    g_unlink (path);
  }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static QcDatabase *
open_good (Fixture *fixture, guint n)
{
  g_autoptr (GError) error = NULL;
  QcDatabase *database = qc_database_open (fixture->path, SCRIPTS, n, &error);
  g_assert_no_error (error);
  return database;
}

static void
close_database (QcDatabase *database)
{
  qc_database_shutdown (database);
  g_object_unref (database);
}

static gpointer
insert (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcStatement) statement = qc_connection_prepare (connection, "INSERT INTO t (a) VALUES (?)", error);
  if (statement == NULL)
    return NULL;
  qc_statement_bind_int (statement, 1, GPOINTER_TO_INT (data));
  return qc_statement_run (statement, error) ? QC_DATABASE_DONE : NULL;
}

static gpointer
insert_then_fail (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  if (insert (connection, data, cancellable, error) == NULL)
    return NULL;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no");
  return NULL;
}

/* Takes what failed for done. */
static gpointer
insert_and_fail (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  insert_then_fail (connection, data, cancellable, error);
  return QC_DATABASE_DONE;
}

static gpointer
count (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 *value = g_new0 (gint64, 1);
  if (qc_connection_get_int (connection, data, 0, value, error))
    return value;
  g_free (value);
  return NULL;
}

static gint64
read_int (QcDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *value = qc_database_read (database, "count", count, (gpointer)sql, &error);
  g_assert_no_error (error);
  return *value;
}

static void
test_write_and_read (Fixture *fixture, gconstpointer data)
{
  QcDatabase *database = open_good (fixture, 1);
  g_autoptr (GError) error = NULL;
  g_assert_nonnull (qc_database_write (database, "insert", insert, GINT_TO_POINTER (5), &error));
  g_assert_cmpint (read_int (database, "SELECT sum(a) FROM t"), ==, 5);
  g_assert_null (qc_database_write (database, "fails", insert_then_fail, GINT_TO_POINTER (6), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpint (read_int (database, "SELECT sum(a) FROM t"), ==, 5);
  g_clear_error (&error);
  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "fails: took what failed for done: *");
  g_assert_null (qc_database_write (database, "fails", insert_and_fail, GINT_TO_POINTER (7), &error));
  g_test_assert_expected_messages ();
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpint (read_int (database, "SELECT sum(a) FROM t"), ==, 5);
  g_clear_error (&error);
  /* a reader cannot write */
  g_assert_null (qc_database_read (database, "insert", insert, GINT_TO_POINTER (5), &error));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_IO);
  close_database (database);
}

typedef struct {
  GMainLoop *loop;
  GThread *thread;
  guint done, wanted;
  GError *error; /* (owned) the last one */
} Waiter;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Waiter *waiter = user_data;
  g_autoptr (GError) error = NULL;
  gpointer value = qc_database_finish (QC_DATABASE (source), result, &error);
  g_assert_true (g_thread_self () == waiter->thread);
  g_assert_true ((value == NULL) == (error != NULL));
  if (error != NULL) {
    g_clear_error (&waiter->error);
    waiter->error = g_steal_pointer (&error);
  }
  if (++waiter->done == waiter->wanted)
    g_main_loop_quit (waiter->loop);
}

static void
test_async (Fixture *fixture, gconstpointer data)
{
  QcDatabase *database = open_good (fixture, 1);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Waiter waiter = {loop, g_thread_self (), 0, 100, NULL};
  for (guint i = 1; i <= 100; i++)
    qc_database_write_async (database, "insert", insert, GUINT_TO_POINTER (i), NULL, NULL, NULL, done_cb, &waiter);
  g_main_loop_run (loop);
  g_assert_no_error (waiter.error);
  g_assert_cmpint (read_int (database, "SELECT sum(a) FROM t"), ==, 5050);
  g_assert_cmpint (read_int (database, "SELECT count(*) FROM t WHERE a <> rowid"), ==, 0); /* in order */
  close_database (database);
}

static gpointer
endless (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 value;
  if (insert (connection, GINT_TO_POINTER (1), cancellable, error) == NULL)
    return NULL;
  g_async_queue_push (data, GINT_TO_POINTER (1)); /* it is under way */
  qc_connection_get_int (connection,
                         "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", 0,
                         &value, error);
  return NULL;
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  QcDatabase *database = open_good (fixture, 1);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GAsyncQueue) started = g_async_queue_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Waiter waiter = {loop, g_thread_self (), 0, 2, NULL};
  qc_database_write_async (database, "endless", endless, started, NULL, NULL, cancellable, done_cb, &waiter);
  qc_database_write_async (database, "behind", insert, GINT_TO_POINTER (2), NULL, NULL, cancellable, done_cb, &waiter);
  g_async_queue_pop (started);
  g_cancellable_cancel (cancellable);
  g_main_loop_run (loop);
  g_assert_error (waiter.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&waiter.error);
  g_assert_cmpint (read_int (database, "SELECT count(*) FROM t"), ==, 0);
  /* the connection is as good as before */
  g_assert_nonnull (qc_database_write (database, "insert", insert, GINT_TO_POINTER (3), NULL));
  close_database (database);
}

/* Done before it was cancelled: a commit is told, a read is not. */
static void
test_cancel_late (Fixture *fixture, gconstpointer data)
{
  QcDatabase *database = open_good (fixture, 1);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Waiter written = {loop, g_thread_self (), 0, 1, NULL};
  Waiter read = {loop, g_thread_self (), 0, 1, NULL};
  qc_database_write_async (database, "insert", insert, GINT_TO_POINTER (1), NULL, NULL, cancellable, done_cb, &written);
  g_assert_nonnull (qc_database_write (database, "behind", insert, GINT_TO_POINTER (2), NULL));
  qc_database_read_async (database, "count", count, (gpointer) "SELECT count(*) FROM t", NULL, g_free, cancellable,
                          done_cb, &read);
  g_assert_cmpint (read_int (database, "SELECT count(*) FROM t"), ==, 2);
  g_cancellable_cancel (cancellable);
  while (written.done + read.done < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (written.error);
  g_assert_error (read.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&read.error);
  close_database (database);
}

static gpointer
wait_for_it (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_async_queue_pop (data);
  return QC_DATABASE_DONE;
}

static void
test_reads_pass_writes (Fixture *fixture, gconstpointer data)
{
  QcDatabase *database = open_good (fixture, 1);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GAsyncQueue) gate = g_async_queue_new ();
  Waiter waiter = {loop, g_thread_self (), 0, 1, NULL};
  qc_database_write_async (database, "import", wait_for_it, gate, NULL, NULL, NULL, done_cb, &waiter);
  g_assert_cmpint (read_int (database, "SELECT count(*) FROM t"), ==, 0); /* while the writer is busy */
  g_async_queue_push (gate, GINT_TO_POINTER (1));
  g_main_loop_run (loop);
  close_database (database);
}

/* As many pages as @data says. */
static gpointer
insert_pages (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *sql
      = g_strdup_printf ("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
                         " INSERT INTO t SELECT randomblob (4000) FROM n",
                         GPOINTER_TO_INT (data));
  return qc_connection_exec (connection, sql, error) ? QC_DATABASE_DONE : NULL;
}

static goffset
size_of (const char *path, const char *suffix)
{
  g_autofree char *file = g_strconcat (path, suffix, NULL);
  GStatBuf info;
  return g_stat (file, &info) == 0 ? (goffset)info.st_size : 0;
}

typedef struct {
  const char *path;
  goffset size;
} Look;

static gpointer
look_at_size (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Look *look = data;
  look->size = size_of (look->path, "");
  return QC_DATABASE_DONE;
}

/* No checkpoint stands between a write and its answer, nor before the writes that wait; it is made when none does. */
static void
test_checkpoint_when_idle (Fixture *fixture, gconstpointer data)
{
  QcDatabase *database = open_good (fixture, 1);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GAsyncQueue) gate = g_async_queue_new ();
  Waiter waiter = {loop, g_thread_self (), 0, 3, NULL};
  Look look = {fixture->path, G_MAXINT64};
  qc_database_write_async (database, "import", wait_for_it, gate, NULL, NULL, NULL, done_cb, &waiter);
  qc_database_write_async (database, "pages", insert_pages, GINT_TO_POINTER (2000), NULL, NULL, NULL, done_cb, &waiter);
  qc_database_write_async (database, "look", look_at_size, &look, NULL, NULL, NULL, done_cb, &waiter);
  g_async_queue_push (gate, GINT_TO_POINTER (1));
  g_main_loop_run (loop);
  g_assert_cmpint (look.size, <, 1024 * 1024);
  while (size_of (fixture->path, "") < 2000 * 4000)
    g_usleep (1000);
  close_database (database);
}

/* Also where a write always waits the WAL is written back, and begins anew. */
static void
test_checkpoint_when_large (Fixture *fixture, gconstpointer data)
{
  QcDatabase *database = open_good (fixture, 1);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GAsyncQueue) gate = g_async_queue_new ();
  Waiter waiter = {loop, g_thread_self (), 0, 13, NULL};
  qc_database_write_async (database, "import", wait_for_it, gate, NULL, NULL, NULL, done_cb, &waiter);
  for (guint i = 0; i < 12; i++)
    qc_database_write_async (database, "pages", insert_pages, GINT_TO_POINTER (1500), NULL, NULL, NULL, done_cb,
                             &waiter);
  g_async_queue_push (gate, GINT_TO_POINTER (1));
  g_main_loop_run (loop);
  g_assert_cmpint (size_of (fixture->path, "-wal"), <, 12 * 1500 * 4000 / 2);
  close_database (database);
}

static int spare_pieces;

static gboolean
spare_piece (QcConnection *connection, gboolean *out_more, GError **error)
{
  *out_more = g_atomic_int_get (&spare_pieces) > 0;
  if (!*out_more)
    return TRUE;
  g_atomic_int_add (&spare_pieces, -1);
  return insert (connection, GINT_TO_POINTER (7), NULL, error) != NULL;
}

/* What nobody waits for is done after the opening, and after a write that makes more of it. */
static void
test_spare_work (Fixture *fixture, gconstpointer data)
{
  QcDatabase *database = open_good (fixture, 1);
  spare_pieces = 3;
  qc_database_set_spare_work (database, spare_piece);
  for (int times = 1; times <= 2; times++) {
    while (g_atomic_int_get (&spare_pieces) > 0)
      g_usleep (1000);
    g_assert_nonnull (qc_database_write (database, "behind", insert, GINT_TO_POINTER (0), NULL));
    g_assert_cmpint (read_int (database, "SELECT sum(a) FROM t"), ==, times * 3 * 7);
    g_atomic_int_set (&spare_pieces, 3);
    g_assert_nonnull (qc_database_write (database, "more", insert, GINT_TO_POINTER (0), NULL));
  }
  close_database (database);
}

static void
test_shutdown (Fixture *fixture, gconstpointer data)
{
  QcDatabase *database = open_good (fixture, 1);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Waiter waiter = {loop, g_thread_self (), 0, 21, NULL};
  for (guint i = 0; i < 20; i++)
    qc_database_write_async (database, "insert", insert, GINT_TO_POINTER (1), NULL, NULL, NULL, done_cb, &waiter);
  qc_database_shutdown (database); /* runs what is queued */
  qc_database_write_async (database, "late", insert, GINT_TO_POINTER (1), NULL, NULL, NULL, done_cb, &waiter);
  g_main_loop_run (loop);
  g_assert_error (waiter.error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_clear_error (&waiter.error);
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_database_read (database, "late", count, (gpointer) "SELECT 1", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  qc_database_shutdown (database);
  g_object_unref (database);
  database = open_good (fixture, 1);
  g_assert_cmpint (read_int (database, "SELECT count(*) FROM t"), ==, 20);
  close_database (database);
}

static void
test_migration (Fixture *fixture, gconstpointer data)
{
  QcDatabase *database = open_good (fixture, 1);
  g_autofree char *copy = g_strconcat (fixture->path, ".v1.bak", NULL);
  g_assert_nonnull (qc_database_write (database, "insert", insert, GINT_TO_POINTER (7), NULL));
  close_database (database);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  database = open_good (fixture, 2);
  g_assert_cmpint (read_int (database, "PRAGMA user_version"), ==, 2);
  g_assert_cmpint (read_int (database, "SELECT b FROM t"), ==, 14);
  close_database (database);
  g_autoptr (QcConnection) old = qc_connection_open (copy, QC_CONNECTION_READ_WRITE, NULL);
  gint64 value;
  g_assert_true (qc_connection_get_int (old, "SELECT a FROM t", 0, &value, NULL));
  g_assert_cmpint (value, ==, 7);
  g_assert_true (qc_connection_get_int (old, "PRAGMA user_version", 0, &value, NULL));
  g_assert_cmpint (value, ==, 1);
}

static void
test_failed_migration (Fixture *fixture, gconstpointer data)
{
  QcDatabase *database = open_good (fixture, 1);
  g_assert_nonnull (qc_database_write (database, "insert", insert, GINT_TO_POINTER (7), NULL));
  close_database (database);
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_database_open (fixture->path, BROKEN, 2, &error));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_FAILED);
  database = open_good (fixture, 1);
  g_assert_cmpint (read_int (database, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (read_int (database, "SELECT sum(a) FROM t"), ==, 7);
  g_assert_cmpint (read_int (database, "SELECT count(*) FROM sqlite_schema WHERE name = 'half'"), ==, 0);
  close_database (database);
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  close_database (open_good (fixture, 2));
  gsize n_before;
  g_autofree char *before = NULL;
  g_assert_true (g_file_get_contents (fixture->path, &before, &n_before, NULL));
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_database_open (fixture->path, SCRIPTS, 1, &error));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_NEWER);
  gsize n_after;
  g_autofree char *after = NULL;
  g_assert_true (g_file_get_contents (fixture->path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
}

static void
test_set_aside (Fixture *fixture, gconstpointer data)
{
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  g_assert_true (g_file_set_contents (fixture->path, "damaged", -1, NULL));
  g_assert_true (g_file_set_contents (wal, "its wal", -1, NULL));
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_database_open (fixture->path, SCRIPTS, 1, &error));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_CORRUPT);
  g_autofree char *moved = NULL;
  g_assert_true (qc_migrations_set_aside (fixture->path, &moved, NULL));
  g_autofree char *contents = NULL;
  g_assert_true (g_file_get_contents (moved, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "damaged");
  g_autofree char *moved_wal = g_strconcat (moved, "-wal", NULL);
  g_assert_true (g_file_test (moved_wal, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS) || g_file_test (wal, G_FILE_TEST_EXISTS));
  close_database (open_good (fixture, 1));
  g_autofree char *again = NULL;
  g_assert_true (qc_migrations_set_aside (fixture->path, &again, NULL)); /* in the same second */
  g_assert_cmpstr (moved, !=, again);
}

/* Damage in the middle is met at work, and the next opening looks for it. */
static void
test_damage_is_remembered (Fixture *fixture, gconstpointer data)
{
  QcDatabase *database = open_good (fixture, 1);
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < 3000; i++)
    g_assert_nonnull (qc_database_write (database, "insert", insert, GUINT_TO_POINTER (i), NULL));
  close_database (database);
  gsize length;
  g_autofree char *contents = NULL;
  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  memset (contents + length - 4096 * 3, 0xff, 4096 * 2);
  g_assert_true (g_file_set_contents (fixture->path, contents, length, NULL));
  database = open_good (fixture, 1); /* header and schema are sound */
  g_autofree gint64 *value = qc_database_read (database, "count", count, (gpointer) "SELECT sum(a) FROM t", &error);
  g_assert_null (value);
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_CORRUPT);
  g_clear_error (&error);
  close_database (database);
  g_assert_null (qc_database_open (fixture->path, SCRIPTS, 1, &error));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_CORRUPT);
}

#define ADD(name, func) g_test_add ("/sqlite/database/" name, Fixture, NULL, set_up, func, tear_down)

/* ---- long reads ---- */

typedef struct {
  GMutex mutex;
  GCond cond;
  gboolean running, go_on;
} Gate;

static gpointer
wait_at_gate (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Gate *gate = data;
  gint64 before, after;
  gboolean good = qc_connection_get_int (connection, "SELECT count(*) FROM t", 0, &before, error);
  g_mutex_lock (&gate->mutex);
  gate->running = TRUE;
  g_cond_broadcast (&gate->cond);
  while (!gate->go_on && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait_until (&gate->cond, &gate->mutex, g_get_monotonic_time () + 1000);
  g_mutex_unlock (&gate->mutex);
  if (!good || g_cancellable_set_error_if_cancelled (cancellable, error)
      || !qc_connection_get_int (connection, "SELECT count(*) FROM t", 0, &after, error))
    return NULL;
  g_assert_cmpint (before, ==, after); /* one snapshot, whatever is written meanwhile */
  return QC_DATABASE_DONE;
}

static void
walk_at_gate (QcDatabase *database, Gate *gate, Waiter *waiter)
{
  *waiter = (Waiter) {.loop = g_main_loop_new (NULL, FALSE), .thread = g_thread_self (), .wanted = 1};
  qc_database_walk_async (database, "walk", wait_at_gate, gate, NULL, NULL, NULL, done_cb, waiter);
  g_mutex_lock (&gate->mutex);
  while (!gate->running)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

/* Nobody waits behind it, it sees nothing of what comes meanwhile, and the shutdown ends it. */
static void
test_walk (Fixture *fixture, gconstpointer data)
{
  for (int shut_down = 0; shut_down < 2; shut_down++) {
    QcDatabase *database = open_good (fixture, 1);
    g_autoptr (GError) error = NULL;
    Gate gate = {0};
    Waiter waiter;
    walk_at_gate (database, &gate, &waiter);
    gint64 before = read_int (database, "SELECT count(*) FROM t");
    g_assert_nonnull (qc_database_write (database, "insert", insert, GINT_TO_POINTER (5), &error));
    g_assert_cmpint (read_int (database, "SELECT count(*) FROM t"), ==, before + 1);
    if (shut_down) {
      qc_database_shutdown (database);
    } else {
      g_mutex_lock (&gate.mutex);
      gate.go_on = TRUE;
      g_cond_broadcast (&gate.cond);
      g_mutex_unlock (&gate.mutex);
    }
    g_main_loop_run (waiter.loop);
    if (shut_down)
      g_assert_error (waiter.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    else
      g_assert_no_error (waiter.error);
    g_clear_error (&waiter.error);
    g_main_loop_unref (waiter.loop);
    close_database (database);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (sqlite_test_get_resource ());
  ADD ("write-and-read", test_write_and_read);
  ADD ("async", test_async);
  ADD ("cancel", test_cancel);
  ADD ("cancel-late", test_cancel_late);
  ADD ("reads-pass-writes", test_reads_pass_writes);
  ADD ("checkpoint-when-idle", test_checkpoint_when_idle);
  ADD ("checkpoint-when-large", test_checkpoint_when_large);
  ADD ("spare-work", test_spare_work);
  ADD ("walk", test_walk);
  ADD ("shutdown", test_shutdown);
  ADD ("migration", test_migration);
  ADD ("failed-migration", test_failed_migration);
  ADD ("newer", test_newer);
  ADD ("set-aside", test_set_aside);
  ADD ("damage-is-remembered", test_damage_is_remembered);
  return g_test_run ();
}
