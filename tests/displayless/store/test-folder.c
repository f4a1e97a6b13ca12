/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The data folder: its lock between processes, damaged and newer files, full disks, killed writers.
 */
#include "store-fixture.h"
#include "store-people-made-up.h"

#include "qc-store-drafts.h"
#include "qc-store-prefs.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void
test_modes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *inner = g_build_filename (fixture->folder, "new", "folder", NULL);
  g_autofree char *database = g_build_filename (inner, "qingce.db", NULL);
  g_autofree char *lock = g_build_filename (inner, "lock", NULL);
  g_autofree char *parent = g_build_filename (fixture->folder, "new", NULL);
  QcStore *store = qc_store_open (inner, NULL);
  g_assert_nonnull (store);
  g_assert_null (qc_store_get_set_aside (store));
  g_assert_cmpstr (qc_store_get_folder (store), ==, inner);
  struct stat st;
  g_assert_true (g_stat (inner, &st) == 0 && (st.st_mode & 0777) == 0700);
  g_assert_true (g_stat (database, &st) == 0 && (st.st_mode & 0777) == 0600);
  g_assert_true (g_stat (lock, &st) == 0 && (st.st_mode & 0777) == 0600);
  qc_store_close (store);
  g_assert_cmpint (g_chmod (inner, 0755), ==, 0); /* ours: tightened */
  store = qc_store_open (inner, NULL);
  g_assert_true (g_stat (inner, &st) == 0 && (st.st_mode & 0777) == 0700);
  qc_store_close (store);
  g_unlink (database);
  g_assert_cmpint (g_chmod (inner, 0755), ==, 0);
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_store_open (inner, &error)); /* what else is in it may be for others */
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_EXPOSED);
  g_assert_true (g_stat (inner, &st) == 0 && (st.st_mode & 0777) == 0755);
  g_unlink (lock);
  store = qc_store_open (inner, NULL); /* with nothing in it, it is anybody's to take */
  g_assert_true (store != NULL && g_stat (inner, &st) == 0 && (st.st_mode & 0777) == 0700);
  qc_store_close (store);
  g_unlink (database);
  g_unlink (lock);
  g_rmdir (inner);
  g_rmdir (parent);
}

/* A child holds the folder until its pipe closes. */
static pid_t
hold_in_child (const char *folder, int *out_release)
{
  int ready[2], release[2];
  g_assert_true (pipe (ready) == 0 && pipe (release) == 0);
  pid_t pid = fork ();
  char byte;
  if (pid == 0) {
    QcStore *store = qc_store_open (folder, NULL);
    close (release[1]);
    if (store == NULL || write (ready[1], "r", 1) != 1)
      _exit (1);
    _exit (read (release[0], &byte, 1) != 0);
  }
  close (ready[1]);
  close (release[0]);
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  close (ready[0]);
  *out_release = release[1];
  return pid;
}

static void
test_lock (Fixture *fixture, gconstpointer data)
{
  fixture_close (fixture);
  g_assert_null (qc_store_read_holder (fixture->folder));
  int release;
  pid_t pid = hold_in_child (fixture->folder, &release);
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_store_open (fixture->folder, &error));
  g_assert_error (error, QC_STORE_ERROR, QC_STORE_ERROR_LOCKED);
  g_autoptr (QcStoreHolder) holder = qc_store_read_holder (fixture->folder);
  g_assert_nonnull (holder);
  g_assert_cmpint (holder->pid, ==, pid);
  g_assert_cmpstr (holder->host, ==, g_get_host_name ());
  g_assert_cmpint (ABS (holder->since - g_get_real_time () / G_USEC_PER_SEC), <, 60);
  /* killed: the lock goes with the process, though its file stays */
  kill (pid, SIGKILL);
  int status;
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  close (release);
  g_assert_null (qc_store_read_holder (fixture->folder));
  fixture_open (fixture);
}

static gpointer
remember (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_store_prefs_set (connection, "", "word", data, error) ? QC_DATABASE_DONE : NULL;
}

static gpointer
recall (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *word = NULL;
  GOOD (qc_store_prefs_get (connection, "", "word", &word, error));
  g_assert_cmpstr (word, ==, data);
  return QC_DATABASE_DONE;
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *after = NULL;
  gsize n_after;
  WRITE (fixture, remember, "kept");
  fixture_close (fixture);
  gsize n_before;
  g_autofree char *before = NULL;
  g_assert_true (g_file_get_contents (fixture->path, &before, &n_before, NULL));
  memset (before, 'x', 64);
  g_assert_true (g_file_set_contents (fixture->path, before, n_before, NULL));
  fixture_open (fixture);
  g_autofree char *moved = g_strdup (qc_store_get_set_aside (fixture->store));
  g_assert_nonnull (moved);
  READ (fixture, recall, NULL); /* an empty one was begun */
  g_assert_true (g_file_get_contents (moved, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
  /* said once: the next opening is a normal one */
  fixture_close (fixture);
  fixture_open (fixture);
  g_assert_null (qc_store_get_set_aside (fixture->store));
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, remember, "from the future");
  fixture_close (fixture);
  g_autoptr (QcConnection) connection = qc_connection_open (fixture->path, QC_CONNECTION_READ_WRITE, NULL);
  g_assert_true (qc_connection_exec (connection, "PRAGMA user_version = 99", NULL));
  g_clear_pointer (&connection, qc_connection_close);
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_store_open (fixture->folder, &error));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_NEWER);
  /* nothing was set aside, and the lock was given back */
  connection = qc_connection_open (fixture->path, QC_CONNECTION_READ_WRITE, NULL);
  g_assert_true (qc_connection_exec (connection, "PRAGMA user_version = 11", NULL));
  g_clear_pointer (&connection, qc_connection_close);
  fixture_open (fixture);
  READ (fixture, recall, "from the future");
}

static gpointer
fill_disk (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *long_text = g_strnfill (5000000, 'x');
  return qc_connection_exec (connection, "PRAGMA max_page_count = 200", error)
                 && qc_store_prefs_set (connection, "", "word", "half done", error)
                 && qc_store_prefs_set (connection, "", "long", long_text, error)
             ? QC_DATABASE_DONE
             : NULL;
}

static gpointer
make_room (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_connection_exec (connection, "PRAGMA max_page_count = 1000000", error) ? QC_DATABASE_DONE : NULL;
}

static void
test_full (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, remember, "kept");
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_database_write (fixture->database, "fill", fill_disk, NULL, &error));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_FULL);
  READ (fixture, recall, "kept");
  WRITE (fixture, make_room, NULL);
  WRITE (fixture, remember, "again");
  READ (fixture, recall, "again");
}

typedef struct {
  gint64 draft, n;
} Editing;

static gpointer
edit_draft (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Editing *editing = data;
  g_autofree char *facts = g_strdup_printf ("{\"n\":%" G_GINT64_FORMAT "}", editing->n);
  g_autoptr (GArray) changes = qc_store_changes_new ();
  add_change (changes, QC_STORE_CHANGE_FACTS, 0, 0, NULL, facts);
  add_change (changes, QC_STORE_CHANGE_ADD_LINE, editing->n, 0, NULL, facts);
  if (editing->draft == 0
      && !qc_store_draft_create (connection, PROFILE, UNIT, QC_BUSINESS_SEALING, "{}", NOW, &editing->draft, error))
    return NULL;
  return qc_store_draft_edit (connection, editing->draft, "edit", changes, NULL, NOW, error) ? QC_DATABASE_DONE : NULL;
}

static gpointer
count_lines (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcStoreDraft) draft = NULL;
  GOOD (qc_store_draft_latest (connection, PROFILE, UNIT, QC_BUSINESS_SEALING, &draft, error));
  *(gint64 *)data = draft != NULL ? draft->n_lines : 0;
  if (draft == NULL)
    return QC_DATABASE_DONE;
  /* facts and lines were one edit */
  g_autofree char *expected = g_strdup_printf ("{\"n\":%" G_GINT64_FORMAT "}", draft->n_lines);
  g_assert_cmpstr (draft->facts, ==, expected);
  g_assert_cmpint (draft->revision, ==, draft->n_lines + 1);
  return QC_DATABASE_DONE;
}

static gpointer
apply_one (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Editing *editing = data;
  g_autoptr (QcEmployee) person = make_person (editing->n);
  g_autofree char *cursor = g_strdup_printf ("1.%" G_GINT64_FORMAT, editing->n);
  QcFeedRow row = {.key = person->account, .employee = person};
  return qc_store_apply_page (connection, PROFILE, UNIT, QC_FEED_PEOPLE, &row, 1, cursor, TRUE, NOW, error)
             ? QC_DATABASE_DONE
             : NULL;
}

static gpointer
count_pages (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  QcStorePeopleQuery query = {.text = NULL};
  QcStorePeopleTotals totals;
  GOOD (qc_store_people_totals (connection, PROFILE, UNIT, &query, &totals, error));
  g_auto (QcStoreCursor) cursor = {NULL};
  GOOD (qc_store_cursor_get (connection, PROFILE, UNIT, QC_FEED_PEOPLE, &cursor, error));
  g_autofree char *expected = totals.people > 0 ? g_strdup_printf ("1.%" G_GINT64_FORMAT, totals.people) : NULL;
  g_assert_cmpstr (cursor.cursor, ==, expected); /* never one without the other */
  *(gint64 *)data = totals.people;
  return QC_DATABASE_DONE;
}

/* What a child does until it is killed, and how much of it is there afterwards. */
typedef struct {
  QcDatabaseFunc work; /* with an Editing */
  QcDatabaseFunc count;
} Killing;
static const Killing DRAFT = {edit_draft, count_lines}, FEED = {apply_one, count_pages};

/* Works until it is killed, and tells each piece that was said to be saved. */
static G_NORETURN void
work_for_ever (const char *folder, const Killing *killing, gint64 from, int told)
{
  QcStore *store = qc_store_open (folder, NULL);
  Editing editing = {from > 0 ? 1 : 0, from};
  if (store == NULL)
    _exit (1);
  while (TRUE) {
    editing.n++;
    if (qc_database_write (qc_store_get_database (store), "work", killing->work, &editing, NULL) == NULL
        || write (told, &editing.n, sizeof editing.n) != sizeof editing.n)
      _exit (2);
  }
}

/* Returns the last piece the child told of before it was killed. */
static gint64
kill_a_worker (const char *folder, const Killing *killing, gint64 from)
{
  gint64 said = from;
  int told[2];
  g_assert_cmpint (pipe (told), ==, 0);
  pid_t pid = fork ();
  if (pid == 0)
    work_for_ever (folder, killing, from, told[1]);
  close (told[1]);
  for (gint32 i = g_test_rand_int_range (1, 10); i > 0; i--)
    g_assert_cmpint (read (told[0], &said, sizeof said), ==, sizeof said);
  g_usleep (g_test_rand_int_range (0, 1000)); /* somewhere inside the next piece */
  kill (pid, SIGKILL);
  int status;
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  gint64 value;
  while (read (told[0], &value, sizeof value) == sizeof value)
    said = value;
  close (told[0]);
  return said;
}

static void
test_kill (Fixture *fixture, gconstpointer data)
{
  const Killing *killing = data;
  fixture_close (fixture);
  gint64 there = 0;
  for (guint round = 0; round < 25; round++) {
    gint64 said = kill_a_worker (fixture->folder, killing, there);
    fixture_open (fixture);
    g_assert_null (qc_store_get_set_aside (fixture->store));
    READ (fixture, killing->count, &there);
    g_assert_cmpint (there, >=, said);
    g_assert_cmpint (there, <=, said + 1);
    fixture_close (fixture);
  }
  g_assert_cmpint (there, >, 25);
  fixture_open (fixture);
}

/* Held is held, whatever the file says, or does not say yet, of who holds it. */
static void
test_lock_texts (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *text;
    gboolean known;
  } rows[] = {{"", FALSE}, {"12\n", FALSE}, {"12\nhost\n", TRUE}, {"12\nhost\n99\n", TRUE}};
  fixture_close (fixture);
  g_autofree char *path = g_build_filename (fixture->folder, "lock", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_true (g_file_set_contents (path, rows[i].text, -1, NULL));
    int fd = open (path, O_RDONLY | O_CLOEXEC);
    g_assert_cmpint (flock (fd, LOCK_EX | LOCK_NB), ==, 0);
    g_autoptr (QcStoreHolder) holder = qc_store_read_holder (fixture->folder);
    g_autoptr (GError) error = NULL;
    g_assert_null (qc_store_open (fixture->folder, &error));
    g_assert_error (error, QC_STORE_ERROR, QC_STORE_ERROR_LOCKED);
    g_assert_cmpint (holder != NULL, ==, rows[i].known);
    g_assert_nonnull (strstr (error->message, rows[i].known ? "process 12 on host" : "process 0 on ?"));
    close (fd);
  }
}

/* Where a lock can be neither made nor opened, the disk is not full: it is said what stands in the way. */
static void
test_no_lock (Fixture *fixture, gconstpointer data)
{
  fixture_close (fixture);
  g_autofree char *path = g_build_filename (fixture->folder, "lock", NULL);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_store_open (fixture->folder, &error));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_IO);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

#define ADD(name, func) g_test_add ("/store/folder/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("modes", test_modes);
  ADD ("lock", test_lock);
  ADD ("lock-texts", test_lock_texts);
  ADD ("no-lock", test_no_lock);
  ADD ("damaged", test_damaged);
  ADD ("newer", test_newer);
  ADD ("full", test_full);
  g_test_add ("/store/folder/kill-typing", Fixture, &DRAFT, fixture_set_up, test_kill, fixture_tear_down);
  g_test_add ("/store/folder/kill-pulling", Fixture, &FEED, fixture_set_up, test_kill, fixture_tear_down);
  return g_test_run ();
}
