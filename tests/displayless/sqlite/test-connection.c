/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Connections, statements and transactions against real files: what is written stays, what fails leaves nothing.
 */
#include "qc-connection.h"

#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
#include <glib/gstdio.h>

typedef struct {
  char *folder, *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("qc-sqlite-XXXXXX", NULL);
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

static QcConnection *
open_good (const char *path, QcConnectionFlags flags)
{
  g_autoptr (GError) error = NULL;
  QcConnection *connection = qc_connection_open (path, flags, &error);
  g_assert_no_error (error);
  g_assert_nonnull (connection);
  return connection;
}

static void
exec (QcConnection *connection, const char *sql)
{
  g_autoptr (GError) error = NULL;
  qc_connection_exec (connection, sql, &error);
  g_assert_no_error (error);
}

static gint64
get_int (QcConnection *connection, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = -1;
  qc_connection_get_int (connection, sql, -2, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
test_settings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (QcConnection) connection = open_good (fixture->path, QC_CONNECTION_READ_WRITE);
  const char *suffixes[] = {"", "-wal", "-shm"};
  exec (connection, "CREATE TABLE t (a INTEGER)");
  g_autoptr (QcStatement) mode = qc_connection_prepare (connection, "PRAGMA journal_mode", NULL);
  gboolean has_row;
  g_assert_true (qc_statement_step (mode, &has_row, NULL) && has_row);
  g_assert_cmpstr (qc_statement_get_text (mode, 0), ==, "wal");
  g_assert_cmpint (get_int (connection, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (get_int (connection, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (get_int (connection, "PRAGMA temp_store"), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *file = g_strconcat (fixture->path, suffixes[i], NULL);
    struct stat st;
    g_assert_cmpint (g_stat (file, &st), ==, 0);
    g_assert_cmpint (st.st_mode & 0777, ==, 0600);
  }
}

static void
test_mode_is_mended (Fixture *fixture, gconstpointer data)
{
  qc_connection_close (open_good (fixture->path, QC_CONNECTION_READ_WRITE));
  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  qc_connection_close (open_good (fixture->path, QC_CONNECTION_READ_WRITE));
  struct stat st;
  g_assert_cmpint (g_stat (fixture->path, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
}

static void
test_values (Fixture *fixture, gconstpointer data)
{
  g_autoptr (QcConnection) connection = open_good (fixture->path, QC_CONNECTION_READ_WRITE);
  const guint8 bytes[] = {0, 1, 0xff, 0};
  exec (connection, "CREATE TABLE t (a, b, c, d, e)");
  g_autoptr (GError) error = NULL;
  g_autoptr (QcStatement) put = qc_connection_prepare (connection, "INSERT INTO t VALUES (?, ?, ?, ?, ?)", &error);
  g_assert_no_error (error);
  qc_statement_bind_int (put, 1, G_MININT64);
  qc_statement_bind_text (put, 2, "𠮷·䶮'; DROP TABLE t");
  qc_statement_bind_blob (put, 3, bytes, sizeof bytes);
  qc_statement_bind_text (put, 4, NULL);
  qc_statement_bind_blob (put, 5, NULL, 0);
  g_assert_true (qc_statement_run (put, &error));
  g_assert_cmpint (qc_connection_changes (connection), ==, 1);
  g_assert_cmpint (qc_connection_last_rowid (connection), ==, 1);
  g_autoptr (QcStatement) get = qc_connection_prepare (connection, "SELECT a, b, c, d, e FROM t", &error);
  gboolean has_row;
  g_assert_true (qc_statement_step (get, &has_row, &error) && has_row);
  g_assert_cmpint (qc_statement_get_int (get, 0), ==, G_MININT64);
  g_assert_cmpstr (qc_statement_get_text (get, 1), ==, "𠮷·䶮'; DROP TABLE t");
  gsize size;
  g_assert_cmpmem (qc_statement_get_blob (get, 2, &size), size, bytes, sizeof bytes);
  g_assert_true (qc_statement_is_null (get, 3));
  g_assert_null (qc_statement_get_text (get, 3));
  g_assert_false (qc_statement_is_null (get, 4));
  g_assert_true (qc_statement_step (get, &has_row, &error) && !has_row);
}

static void
test_statements_are_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (QcConnection) connection = open_good (fixture->path, QC_CONNECTION_READ_WRITE);
  QcStatement *first = qc_connection_prepare (connection, "SELECT ?", NULL);
  QcStatement *second = qc_connection_prepare (connection, "SELECT ?", NULL);
  g_assert_true (first != second);
  qc_statement_bind_int (first, 1, 7);
  gboolean has_row;
  g_assert_true (qc_statement_step (first, &has_row, NULL) && has_row);
  qc_statement_release (first);
  QcStatement *again = qc_connection_prepare (connection, "SELECT ?", NULL);
  g_assert_true (again == first);
  g_assert_true (qc_statement_step (again, &has_row, NULL) && has_row);
  g_assert_true (qc_statement_is_null (again, 0)); /* nothing is left of the binding */
  qc_statement_release (again);
  qc_statement_release (second);
}

static void
test_errors (Fixture *fixture, gconstpointer data)
{
  g_autoptr (QcConnection) connection = open_good (fixture->path, QC_CONNECTION_READ_WRITE);
  exec (connection, "CREATE TABLE t (a INTEGER PRIMARY KEY); CREATE TABLE u (t REFERENCES t)");
  exec (connection, "INSERT INTO t VALUES (1)");
  g_autoptr (GError) error = NULL;
  g_assert_false (qc_connection_exec (connection, "INSERT INTO t VALUES (1)", &error));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_false (qc_connection_exec (connection, "INSERT INTO u VALUES (2)", &error));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_null (qc_connection_prepare (connection, "SELECT nothing FROM nowhere", &error));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_FAILED);
  g_clear_error (&error);
  g_autoptr (QcStatement) bad = qc_connection_prepare (connection, "SELECT ?", NULL);
  qc_statement_bind_int (bad, 2, 1);
  gboolean has_row;
  g_assert_false (qc_statement_step (bad, &has_row, &error));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_FAILED);
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_connection_open (fixture->path, QC_CONNECTION_READ_ONLY, &error));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_autoptr (QcConnection) writer = open_good (fixture->path, QC_CONNECTION_READ_WRITE);
  exec (writer, "CREATE TABLE t (a INTEGER)");
  g_autoptr (QcConnection) reader = open_good (fixture->path, QC_CONNECTION_READ_ONLY);
  g_assert_cmpint (get_int (reader, "SELECT count(*) FROM t"), ==, 0);
  g_assert_false (qc_connection_exec (reader, "INSERT INTO t VALUES (1)", &error));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_IO);
}

static goffset
wal_size (Fixture *fixture)
{
  g_autofree char *path = g_strconcat (fixture->path, "-wal", NULL);
  struct stat info;
  return stat (path, &info) == 0 ? (goffset)info.st_size : 0;
}

/* Before 3.51.3 two connections that meet at a checkpoint can damage the WAL: one that reads makes none, ever. */
static void
test_checkpoints (Fixture *fixture, gconstpointer data)
{
  pid_t pid = fork ();
  if (pid == 0) { /* dies with the WAL full */
    QcConnection *connection = qc_connection_open (fixture->path, QC_CONNECTION_READ_WRITE, NULL);
    _exit (connection && qc_connection_exec (connection, "CREATE TABLE t (a INTEGER)", NULL) ? 0 : 1);
  }
  int status;
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);
  goffset before = wal_size (fixture);
  g_assert_cmpint (before, >, 0);
  QcConnection *reader = open_good (fixture->path, QC_CONNECTION_READ_ONLY);
  g_assert_cmpint (get_int (reader, "PRAGMA wal_autocheckpoint"), ==, 0);
  g_assert_cmpint (get_int (reader, "SELECT count(*) FROM t"), ==, 0);
  qc_connection_close (reader); /* the last one to close */
  g_assert_cmpint (wal_size (fixture), ==, before);
  QcConnection *writer = open_good (fixture->path, QC_CONNECTION_READ_WRITE);
  g_assert_cmpint (get_int (writer, "PRAGMA wal_autocheckpoint"), >, 0);
  qc_connection_close (writer);
  g_assert_cmpint (wal_size (fixture), ==, 0);
}

static void
test_snapshot (Fixture *fixture, gconstpointer data)
{
  g_autoptr (QcConnection) writer = open_good (fixture->path, QC_CONNECTION_READ_WRITE);
  exec (writer, "CREATE TABLE t (a INTEGER)");
  g_autoptr (QcConnection) reader = open_good (fixture->path, QC_CONNECTION_READ_ONLY);
  QcTransaction *read = qc_transaction_begin (reader, QC_TRANSACTION_READ, "look", NULL);
  g_assert_cmpint (get_int (reader, "SELECT count(*) FROM t"), ==, 0);
  exec (writer, "INSERT INTO t VALUES (1)");
  g_assert_cmpint (get_int (reader, "SELECT count(*) FROM t"), ==, 0);
  qc_transaction_end (read);
  g_assert_cmpint (get_int (reader, "SELECT count(*) FROM t"), ==, 1);
}

static void
test_rollback (Fixture *fixture, gconstpointer data)
{
  g_autoptr (QcConnection) connection = open_good (fixture->path, QC_CONNECTION_READ_WRITE);
  exec (connection, "CREATE TABLE t (a INTEGER)");
  {
    g_autoptr (QcTransaction) left = qc_transaction_begin (connection, QC_TRANSACTION_WRITE, "left", NULL);
    exec (connection, "INSERT INTO t VALUES (1)");
  }
  g_assert_cmpint (get_int (connection, "SELECT count(*) FROM t"), ==, 0);
  {
    g_autoptr (QcTransaction) kept = qc_transaction_begin (connection, QC_TRANSACTION_WRITE, "kept", NULL);
    exec (connection, "INSERT INTO t VALUES (1)");
    g_assert_true (qc_transaction_commit (kept, NULL));
  }
  g_assert_cmpint (get_int (connection, "SELECT count(*) FROM t"), ==, 1);
}

/* When SQLite ends the transaction by itself, what follows must not be written outside of it. */
static void
test_ended_transaction (Fixture *fixture, gconstpointer data)
{
  g_autoptr (QcConnection) connection = open_good (fixture->path, QC_CONNECTION_READ_WRITE);
  exec (connection, "CREATE TABLE t (a INTEGER UNIQUE)");
  QcTransaction *transaction = qc_transaction_begin (connection, QC_TRANSACTION_WRITE, "ended", NULL);
  exec (connection, "INSERT INTO t VALUES (1)");
  g_autoptr (GError) error = NULL;
  g_assert_false (qc_connection_exec (connection, "INSERT OR ROLLBACK INTO t VALUES (1)", &error));
  g_clear_error (&error);
  g_assert_false (qc_connection_exec (connection, "INSERT INTO t VALUES (2)", &error));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (qc_transaction_commit (transaction, &error));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_FAILED);
  qc_transaction_end (transaction);
  g_assert_cmpint (get_int (connection, "SELECT count(*) FROM t"), ==, 0);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (QcConnection) connection = open_good (fixture->path, QC_CONNECTION_READ_WRITE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const char *endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
  g_cancellable_cancel (cancellable);
  qc_connection_watch (connection, cancellable);
  gint64 value;
  g_autoptr (GError) error = NULL;
  g_assert_false (qc_connection_get_int (connection, endless, 0, &value, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  qc_connection_watch (connection, NULL);
  g_assert_cmpint (get_int (connection, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 20000)"
                                        " SELECT count(*) FROM n"),
                   ==, 20000);
}

static void
test_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (QcConnection) one = open_good (fixture->path, QC_CONNECTION_READ_WRITE);
  g_autoptr (QcConnection) two = open_good (fixture->path, QC_CONNECTION_READ_WRITE);
  g_autoptr (QcTransaction) holds = qc_transaction_begin (one, QC_TRANSACTION_WRITE, "holds", NULL);
  exec (two, "PRAGMA busy_timeout=1");
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_transaction_begin (two, QC_TRANSACTION_WRITE, "waits", &error));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_BUSY);
}

/* The limit of pages stands for the disk; both give SQLITE_FULL. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (QcConnection) connection = open_good (fixture->path, QC_CONNECTION_READ_WRITE);
  exec (connection, "CREATE TABLE t (a BLOB); INSERT INTO t VALUES (zeroblob (100)); PRAGMA max_page_count=20");
  QcTransaction *transaction = qc_transaction_begin (connection, QC_TRANSACTION_WRITE, "fill", NULL);
  exec (connection, "INSERT INTO t VALUES (zeroblob (10000))");
  g_autoptr (GError) error = NULL;
  g_assert_false (qc_connection_exec (connection, "INSERT INTO t VALUES (zeroblob (1000000))", &error));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_FULL);
  qc_transaction_end (transaction);
  g_assert_cmpint (get_int (connection, "SELECT count(*) FROM t"), ==, 1);
  exec (connection, "PRAGMA max_page_count=1000000; INSERT INTO t VALUES (zeroblob (1000000))");
  g_assert_cmpint (get_int (connection, "SELECT count(*) FROM t"), ==, 2);
}

/* A real write that the system refuses: the limit of the file's size in a child of ours. */
static void
test_full_in_the_system (Fixture *fixture, gconstpointer data)
{
  {
    g_autoptr (QcConnection) connection = open_good (fixture->path, QC_CONNECTION_READ_WRITE);
    exec (connection, "CREATE TABLE t (a BLOB); INSERT INTO t VALUES (zeroblob (100))");
  }
  pid_t pid = fork ();
  if (pid == 0) {
    struct rlimit limit = {200000, 200000};
    QcConnection *connection = qc_connection_open (fixture->path, QC_CONNECTION_READ_WRITE, NULL);
    signal (SIGXFSZ, SIG_IGN);
    setrlimit (RLIMIT_FSIZE, &limit);
    QcTransaction *transaction = qc_transaction_begin (connection, QC_TRANSACTION_WRITE, "fill", NULL);
    GError *error = NULL;
    if (qc_connection_exec (connection, "INSERT INTO t VALUES (zeroblob (4000000))", &error))
      qc_transaction_commit (transaction, &error);
    if (error != NULL)
      g_test_message ("%s", error->message);
    _exit (g_error_matches (error, QC_DB_ERROR, QC_DB_ERROR_FULL) ? 42 : 1);
  }
  int status = 0;
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 42);
  {
    g_autoptr (QcConnection) connection = open_good (fixture->path, QC_CONNECTION_READ_WRITE);
    g_assert_cmpint (get_int (connection, "SELECT count(*) FROM t"), ==, 1);
    g_assert_true (qc_connection_check (connection, NULL));
  }
}

/* No room for the index of the WAL, which is made before anything is read. */
static void
test_full_at_the_opening (Fixture *fixture, gconstpointer data)
{
  {
    g_autoptr (QcConnection) connection = open_good (fixture->path, QC_CONNECTION_READ_WRITE);
    exec (connection, "CREATE TABLE t (a)");
  }
  pid_t pid = fork ();
  if (pid == 0) {
    struct rlimit limit = {20000, 20000};
    signal (SIGXFSZ, SIG_IGN);
    setrlimit (RLIMIT_FSIZE, &limit);
    GError *error = NULL;
    QcConnection *connection = qc_connection_open (fixture->path, QC_CONNECTION_READ_WRITE, &error);
    if (error != NULL)
      g_test_message ("%s", error->message);
    _exit (connection == NULL && g_error_matches (error, QC_DB_ERROR, QC_DB_ERROR_FULL) ? 42 : 1);
  }
  int status = 0;
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 42);
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  /* no database at all */
  g_assert_true (g_file_set_contents (fixture->path, "姓名,证件号码\n", -1, NULL));
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_connection_open (fixture->path, QC_CONNECTION_READ_WRITE, &error));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_CORRUPT);
  g_clear_error (&error);
  /* cut short */
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  {
    g_autoptr (QcConnection) connection = open_good (fixture->path, QC_CONNECTION_READ_WRITE);
    exec (connection, "CREATE TABLE t (a BLOB); INSERT INTO t VALUES (randomblob (100000))");
  }
  gsize length;
  g_autofree char *contents = NULL;
  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  g_assert_cmpint (length, >, 100000);
  g_assert_cmpint (truncate (fixture->path, length / 2), ==, 0);
  g_assert_null (qc_connection_open (fixture->path, QC_CONNECTION_READ_WRITE, &error));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_CORRUPT);
  g_clear_error (&error);
  /* schema overwritten */
  memset (contents + 100, 0x5a, 3000);
  g_assert_true (g_file_set_contents (fixture->path, contents, length, NULL));
  g_assert_null (qc_connection_open (fixture->path, QC_CONNECTION_READ_WRITE, &error));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_CORRUPT);
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (QcConnection) connection = open_good (fixture->path, QC_CONNECTION_READ_WRITE);
  g_autofree char *copy = g_strconcat (fixture->path, ".copy", NULL);
  exec (connection, "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1), (2)");
  g_assert_true (qc_connection_copy_to (connection, copy, NULL));
  struct stat st;
  g_assert_cmpint (g_stat (copy, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
  g_autoptr (QcConnection) other = open_good (copy, QC_CONNECTION_READ_WRITE);
  g_assert_cmpint (get_int (other, "SELECT sum(a) FROM t"), ==, 3);
}

/* A child commits in a loop and says so; killed at any moment, everything it said is there and nothing is half there.
 */
static void
test_kill (Fixture *fixture, gconstpointer data)
{
  {
    g_autoptr (QcConnection) connection = open_good (fixture->path, QC_CONNECTION_READ_WRITE);
    exec (connection, "CREATE TABLE a (n INTEGER PRIMARY KEY, x BLOB); CREATE TABLE b (n INTEGER PRIMARY KEY)");
  }
  gint64 floor = 0;
  for (guint round = 0; round < 40; round++) {
    int pipes[2];
    gint64 said = floor;
    g_assert_cmpint (pipe (pipes), ==, 0);
    pid_t pid = fork ();
    if (pid == 0) {
      QcConnection *connection = qc_connection_open (fixture->path, QC_CONNECTION_READ_WRITE, NULL);
      for (gint64 n = floor + 1;; n++) {
        g_autofree char *first = g_strdup_printf ("INSERT INTO a VALUES (%" G_GINT64_FORMAT ", randomblob (3000))", n);
        g_autofree char *second = g_strdup_printf ("INSERT INTO b VALUES (%" G_GINT64_FORMAT ")", n);
        QcTransaction *transaction = qc_transaction_begin (connection, QC_TRANSACTION_WRITE, "loop", NULL);
        if (!qc_connection_exec (connection, first, NULL) || !qc_connection_exec (connection, second, NULL)
            || !qc_transaction_commit (transaction, NULL) || write (pipes[1], &n, sizeof n) != sizeof n)
          _exit (1);
        qc_transaction_end (transaction);
      }
    }
    close (pipes[1]);
    for (gint32 i = g_test_rand_int_range (1, 30); i > 0; i--)
      g_assert_cmpint (read (pipes[0], &said, sizeof said), ==, sizeof said);
    g_usleep (g_test_rand_int_range (0, 400)); /* somewhere inside the next commit */
    kill (pid, SIGKILL);
    int status;
    g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
    g_assert_true (WIFSIGNALED (status));
    gint64 value;
    while (read (pipes[0], &value, sizeof value) == sizeof value)
      said = value;
    close (pipes[0]);
    {
      g_autoptr (QcConnection) connection = open_good (fixture->path, QC_CONNECTION_READ_WRITE);
      floor = get_int (connection, "SELECT max(n) FROM a");
      g_assert_cmpint (floor, >=, said);
      g_assert_cmpint (floor, <=, said + 1);
      g_assert_cmpint (get_int (connection, "SELECT count(*) FROM a"), ==, floor);
      g_assert_cmpint (get_int (connection, "SELECT count(*) FROM b"), ==, floor);
    }
  }
}

/* Another program looks into the file: it must see that it is not the last one, or it takes the WAL away with it. */
static void
test_looked_into (Fixture *fixture, gconstpointer data)
{
  g_autoptr (QcConnection) writer = open_good (fixture->path, QC_CONNECTION_READ_WRITE);
  const char *look[] = {"sqlite3", fixture->path, "SELECT count(*) FROM a", NULL};
  g_autofree char *program = g_find_program_in_path (look[0]);
  if (program == NULL) {
    g_test_skip ("no sqlite3");
    return;
  }
  exec (writer, "CREATE TABLE a (n INTEGER PRIMARY KEY)");
  g_autoptr (QcConnection) reader = open_good (fixture->path, QC_CONNECTION_READ_ONLY);
  g_assert_cmpint (get_int (reader, "SELECT count(*) FROM a"), ==, 0);
  for (int i = 1; i <= 3; i++) {
    exec (writer, "INSERT INTO a DEFAULT VALUES");
    int status = -1;
    g_autofree char *said = NULL;
    g_assert_true (
        g_spawn_sync (NULL, (char **)look, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &said, NULL, &status, NULL));
    g_assert_cmpint (status, ==, 0);
    g_assert_cmpint (atoi (said), ==, i);
  }
}

#define ADD(name, func) g_test_add ("/sqlite/connection/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("settings", test_settings);
  ADD ("looked-into", test_looked_into);
  ADD ("mode-is-mended", test_mode_is_mended);
  ADD ("values", test_values);
  ADD ("statements-are-kept", test_statements_are_kept);
  ADD ("errors", test_errors);
  ADD ("read-only", test_read_only);
  ADD ("checkpoints", test_checkpoints);
  ADD ("snapshot", test_snapshot);
  ADD ("rollback", test_rollback);
  ADD ("ended-transaction", test_ended_transaction);
  ADD ("cancel", test_cancel);
  ADD ("busy", test_busy);
  ADD ("full", test_full);
  ADD ("full-in-the-system", test_full_in_the_system);
  ADD ("full-at-the-opening", test_full_at_the_opening);
  ADD ("damaged", test_damaged);
  ADD ("copy", test_copy);
  ADD ("kill", test_kill);
  return g_test_run ();
}
