/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pictures and whole data folders on a full disk: each call of SQLite and of the system fails once, that is said, and
 * the next attempt finishes. Calls that are interrupted, or write less than they were asked to, are no failures.
 */
#include "../full-disk.h"
#include "store-fixture.h"

#include "qc-sql.h"
#include "qc-store-attachments.h"
#include "qc-store-copies.h"
#include "qc-store-folders.h"
#include "qc-store-handover.h"
#include "qc-store-incoming.h"
#include "qc-store-journal.h"
#include "qc-store-outbox.h"
#include "qc-store-profiles.h"
#include "qc-store-salvage.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <utime.h>

/* ---- what the system is asked goes through here ---- */

int real_open (const char *path, int flags, ...) __asm__("__real_open64");
int failing_open (const char *path, int flags, int mode) __asm__("__wrap_open64");
int failing_fsync (int fd) __asm__("__wrap_fsync");
int real_rename (const char *from, const char *to) __asm__("__real_rename");
int failing_rename (const char *from, const char *to) __asm__("__wrap_rename");
int real_link (const char *from, const char *to) __asm__("__real_link");
int failing_link (const char *from, const char *to) __asm__("__wrap_link");
int real_utimensat (int at, const char *path, const struct timespec *times, int flags) __asm__("__real_utimensat");
int failing_utimensat (int at, const char *path, const struct timespec *times, int flags) __asm__("__wrap_utimensat");
int real_mkdir (const char *path, int mode) __asm__("__real_g_mkdir_with_parents");
int failing_mkdir (const char *path, int mode) __asm__("__wrap_g_mkdir_with_parents");
int real_mkstemp (char *path, int flags, int mode) __asm__("__real_g_mkstemp_full");
int failing_mkstemp (char *path, int flags, int mode) __asm__("__wrap_g_mkstemp_full");
gssize real_read (int fd, void *to, gsize n) __asm__("__real_read");
gssize failing_read (int fd, void *to, gsize n) __asm__("__wrap_read");
gssize real_write (int fd, const void *from, gsize n) __asm__("__real_write");
gssize failing_write (int fd, const void *from, gsize n) __asm__("__wrap_write");

typedef int (*RowFunc) (void *, int, char **, char **);
int real_exec (sqlite3 *db, const char *sql, RowFunc func, void *data, char **out) __asm__("__real_sqlite3_exec");
int failing_exec (sqlite3 *db, const char *sql, RowFunc func, void *data, char **out) __asm__("__wrap_sqlite3_exec");

static gboolean no_links;    /* as on a disk that has none */
static gboolean interrupted; /* every other read and write is, and a write takes no more than half */

static gboolean only_looked; /* a database's header, which SQLite will judge anyhow */

static gboolean
system_fails (void)
{
  if (full_disk_comes () == 0)
    return FALSE;
  errno = ENOSPC;
  return TRUE;
}

static gboolean
interrupts (void)
{
  static gboolean now;
  now = interrupted && !now;
  errno = now ? EINTR : errno;
  return now;
}

int
failing_open (const char *path, int flags, int mode)
{
  gboolean fails = system_fails ();
  if (fails)
    only_looked = g_str_has_suffix (path, ".db") && (flags & O_ACCMODE) == O_RDONLY;
  return fails ? -1 : real_open (path, flags, mode);
}

int
failing_exec (sqlite3 *db, const char *sql, RowFunc func, void *data, char **out)
{
  /* neither writes, and whether the second did not work is asked of SQLite itself */
  gboolean harmless = g_str_has_prefix (sql, "ROLLBACK") || g_str_equal (sql, "PRAGMA synchronous=OFF");
  int code = harmless ? 0 : full_disk_comes_to (db);
  return code != 0 ? code : real_exec (db, sql, func, data, out);
}

int
failing_fsync (int fd)
{
  return system_fails () ? -1 : 0; /* no power fails here, and the disk would be waited for a thousand times */
}

int
failing_rename (const char *from, const char *to)
{
  return system_fails () ? -1 : real_rename (from, to);
}

int
failing_link (const char *from, const char *to)
{
  errno = EXDEV;
  return no_links ? -1 : real_link (from, to);
}

int
failing_utimensat (int at, const char *path, const struct timespec *times, int flags)
{
  return system_fails () ? -1 : real_utimensat (at, path, times, flags);
}

int
failing_mkdir (const char *path, int mode)
{
  return system_fails () ? -1 : real_mkdir (path, mode);
}

int
failing_mkstemp (char *path, int flags, int mode)
{
  return system_fails () ? -1 : real_mkstemp (path, flags, mode);
}

gssize
failing_read (int fd, void *to, gsize n)
{
  return interrupts () || system_fails () ? -1 : real_read (fd, to, n);
}

gssize
failing_write (int fd, const void *from, gsize n)
{
  return interrupts () || system_fails () ? -1 : real_write (fd, from, interrupted ? n / 2 + n % 2 : n);
}

/* ---- a folder with something in it ---- */

#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

typedef struct {
  Fixture fixture;
  QcConnection *connection; /* (owned) of its database */
  char *copy, *other;       /* (owned) a backup of it, and a folder for more of them */
  char *fresh;              /* (owned) a database that is not there yet */
} Place;

static void
fill (QcConnection *connection)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcTransaction) t = qc_transaction_begin (connection, QC_TRANSACTION_WRITE, "fill", &error);
  const QcStoreProfile here = {.id = (char *)PROFILE, .name = (char *)"中心", .practice = TRUE, .used = NOW};
  gint64 id = 0;
  g_assert_true (qc_store_profile_put (connection, &here, &error));
  for (int i = 0; i < 3; i++) {
    g_assert_true (qc_store_draft_create (connection, PROFILE, UNIT, QC_BUSINESS_SEALING, "{}", NOW, &id, &error));
    g_assert_true (edit_one (connection, id, QC_STORE_CHANGE_ADD_LINE, 1, "p1", "{\"n\":1}", NOW, &error));
  }
  g_autoptr (GArray) changes = qc_store_changes_new ();
  QcStoreChange change = {.kind = QC_STORE_CHANGE_ATTACH,
                          .line = 1,
                          .attachment = qc_attachment_new ("roster", 0, "a.jpg", DIGEST, 4, NULL)};
  g_array_append_val (changes, change);
  g_assert_true (qc_store_draft_edit (connection, id, "attach", changes, take_change, NOW, &error));
  g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_item_new ();
  item->profile = g_strdup (PROFILE);
  item->unit = g_strdup (UNIT);
  item->key = g_strdup ("key-1");
  item->kind = g_strdup ("submission");
  item->method = g_strdup ("POST");
  item->path = g_strdup ("/submissions");
  item->body = g_bytes_new_static ("{}", 2);
  g_assert_true (qc_store_outbox_enqueue (connection, item, NOW, &error));
  g_assert_true (qc_transaction_commit (t, &error));
}

static gboolean
keep_picture (Place *place, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("jpeg", 4);
  return qc_store_attachment_keep (place->fixture.folder, DIGEST, bytes, error);
}

static char *
inside (const char *folder, const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static gboolean
write_copy (Place *place, const char *path, GError **error)
{
  g_autoptr (QcTransaction) t = qc_transaction_begin (place->connection, QC_TRANSACTION_READ, "copy", error);
  return t != NULL && qc_store_copy_write (place->connection, place->fixture.folder, path, NOW, error);
}

static void
set_up (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  fixture_set_up (&place->fixture, NULL);
  fixture_close (&place->fixture);
  place->other = g_dir_make_tmp ("qc-store-XXXXXX", NULL);
  place->copy = inside (place->other, "copy");
  place->fresh = inside (place->other, "fresh.db");
  place->connection = qc_connection_open (place->fixture.path, QC_CONNECTION_READ_WRITE, &error);
  fill (place->connection);
  g_autofree char *profiles = inside (place->fixture.folder, "profiles");
  g_autofree char *own = inside (profiles, "own.json"), *other = inside (profiles, "notes.txt");
  g_assert_cmpint (g_mkdir_with_parents (profiles, 0700), ==, 0);
  g_assert_true (g_file_set_contents (own, "{}", 2, NULL));
  g_assert_true (g_file_set_contents (other, "x", 1, NULL));
  g_assert_true (keep_picture (place, &error));
  g_assert_true (write_copy (place, place->copy, &error));
  g_assert_no_error (error);
}

static void
tear_down (Place *place, gconstpointer data)
{
  g_clear_pointer (&place->connection, qc_connection_close);
  fixture_tear_down (&place->fixture, NULL);
  fixture_remove (place->other);
  g_free (place->other);
  g_free (place->copy);
  g_free (place->fresh);
}

static gint64
count (const char *path, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcConnection) connection = qc_connection_open (path, QC_CONNECTION_READ_ONLY, &error);
  gint64 n = -1;
  g_assert_no_error (error);
  g_assert_true (qc_connection_get_int (connection, sql, -1, &n, &error));
  return n;
}

/* The names in @folder, in any order. */
static char *
names_in (const char *folder)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **)names->pdata);
}

/* @attempt with the first call failing, then one @step further on …, until all is well. Each begins with @prepare
 * (nullable). */
static void
until_done (Place *place, const char *what, int step, void (*prepare) (Place *place),
            gboolean (*attempt) (Place *place, GError **error))
{
  gboolean done = FALSE;
  for (int nth = 1; !done; nth += step) {
    g_autoptr (GError) error = NULL;
    if (prepare != NULL)
      prepare (place);
    only_looked = FALSE;
    full_disk_begin (nth);
    gboolean good = attempt (place, &error);
    if (!good || !only_looked)
      done = full_disk_end (what, nth, good, error);
    full_disk_begin (0);
  }
}

/* ---- pictures ---- */

static void
no_picture (Place *place)
{
  g_autofree char *path = qc_store_attachment_path (place->fixture.folder, DIGEST);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *names = names_in (folder);
  g_assert_true (*names == '\0' || g_str_equal (names, DIGEST ".jpg")); /* nothing half stays */
  g_unlink (path);
}

static void
test_picture (Place *place, gconstpointer data)
{
  g_autofree char *path = qc_store_attachment_path (place->fixture.folder, DIGEST);
  until_done (place, "kept", 1, no_picture, keep_picture);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  until_done (place, "kept again", 1, NULL, keep_picture);
  g_autoptr (GError) error = NULL;
  struct utimbuf long_ago = {1, 1};
  g_assert_cmpint (g_utime (path, &long_ago), ==, 0);
  g_assert_true (keep_picture (place, &error));
  struct stat info;
  g_assert_true (g_stat (path, &info) == 0 && info.st_mtime > 1); /* wanted since */
  interrupted = TRUE;
  no_picture (place);
  g_assert_true (keep_picture (place, &error));
  interrupted = FALSE;
  g_autofree char *contents = NULL;
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "jpeg");
}

/* ---- one file ---- */

#define PIECE (256 * 1024)

static void
test_copied (Place *place, gconstpointer data)
{
  static const gsize sizes[] = {0, 1, 1000, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 7};
  g_autofree char *from = inside (place->other, "from"), *to = inside (place->other, "to");
  g_autofree char *bytes = g_malloc (3 * PIECE);
  for (gsize i = 0; i < 3 * PIECE; i++)
    bytes[i] = (char)(i * 7 + i / 251);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (sizes); i++) {
    gsize size = sizes[i / 2], got = 0;
    g_autoptr (GError) error = NULL;
    g_autofree char *contents = NULL;
    g_assert_true (g_file_set_contents (from, bytes, (gssize)size, NULL));
    interrupted = i % 2 == 1;
    g_assert_true (qc_store_folders_copy (from, to, &error));
    interrupted = FALSE;
    g_assert_true (g_file_get_contents (to, &contents, &got, NULL));
    g_assert_cmpmem (contents, got, bytes, size);
    g_assert_false (qc_store_folders_copy (from, to, &error)); /* what is there stays */
    g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_IO);
    g_assert_nonnull (strstr (error->message, to));
    g_unlink (to);
  }
  g_autoptr (GError) error = NULL;
  g_unlink (from);
  g_assert_false (qc_store_folders_copy (from, to, &error));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_IO);
  g_assert_nonnull (strstr (error->message, from));
}

/* ---- copies ---- */

static gboolean
back_up (Place *place, GError **error)
{
  g_autofree char *part = qc_store_backups_begin (place->fixture.folder, NOW, error);
  return part != NULL && write_copy (place, part, error) && qc_store_backups_finish (part, error);
}

/* What failed left no copy, and nothing of one. */
static void
no_backup (Place *place)
{
  g_autofree char *backups = qc_store_backups_folder (place->fixture.folder);
  g_autoptr (GPtrArray) list = qc_store_backups_list (place->fixture.folder);
  g_autofree char *names = names_in (backups);
  g_assert_true (list->len == 1 || *names == '\0'); /* its name may be given and not yet on the disk */
  fixture_remove (backups);
}

static void
test_backup (Place *place, gconstpointer data)
{
  for (int i = 0; i < 2; i++) {
    no_links = i == 1;
    until_done (place, "backup", 1 + i, no_backup, back_up);
    g_autoptr (GPtrArray) list = qc_store_backups_list (place->fixture.folder);
    g_assert_cmpuint (list->len, ==, 1);
    const QcStoreCopy *copy = list->pdata[0];
    g_assert_cmpint (copy->drafts, ==, 3);
    g_assert_cmpint (copy->waiting, ==, 1);
    g_autofree char *backups = qc_store_backups_folder (place->fixture.folder);
    g_autofree char *path = inside (backups, copy->name);
    g_autofree char *profiles = inside (path, "profiles"), *names = names_in (profiles);
    g_autofree char *picture = qc_store_attachment_path (path, DIGEST);
    struct stat info;
    g_assert_cmpstr (names, ==, "own.json");
    g_assert_true (g_stat (picture, &info) == 0 && info.st_size == 4 && info.st_nlink == (i == 0 ? 3 : 1));
    fixture_remove (backups);
    g_autofree char *first = qc_store_attachment_path (place->copy, DIGEST);
    g_unlink (first);
  }
  no_links = FALSE;
}

static void
fresh_copy (Place *place)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (write_copy (place, place->copy, &error));
  g_assert_no_error (error);
}

static gboolean
narrow (Place *place, GError **error)
{
  g_autoptr (GPtrArray) units = g_ptr_array_new ();
  g_ptr_array_add (units, (gpointer)UNIT);
  return qc_store_copy_narrow (place->copy, PROFILE, units, "王芳", NOW, error)
         && qc_store_copy_describe (place->copy, NOW, error);
}

static void
test_handed_over (Place *place, gconstpointer data)
{
  g_autofree char *database = inside (place->copy, "qingce.db");
  until_done (place, "handed over", 3, fresh_copy, narrow);
  g_assert_cmpint (count (database, "SELECT count(*) FROM draft"), ==, 3);
  g_assert_cmpint (count (database, "SELECT count(*) FROM journal WHERE action = 'handed-over'"), ==, 1);
}

/* ---- in the place of this one ---- */

static gboolean
arrive (Place *place, GError **error)
{
  const QcStoreArrival arrival = {"restored", "2026-11-30", "王芳", NOW + 1000, TRUE};
  gint64 waiting = 0;
  g_autofree char *part = qc_store_incoming_begin (place->fixture.folder, error);
  gboolean good = part != NULL && qc_store_incoming_fill (part, place->copy, error)
                  && qc_store_incoming_settle (part, place->connection, &arrival, &waiting, error)
                  && qc_store_incoming_ready (place->fixture.folder, NOW + 1000, error);
  g_assert_cmpint (waiting, ==, good ? 1 : waiting);
  return good;
}

/* The present one went on: a draft was submitted, and the journal is longer. */
static void
go_on (Place *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcTransaction) t = qc_transaction_begin (place->connection, QC_TRANSACTION_WRITE, "on", &error);
  g_assert_true (
      qc_sql_run (place->connection, &error, "UPDATE draft SET state = 'done', serial = 'FQ1' WHERE id = 2"));
  for (int i = 0; i < 2; i++)
    g_assert_true (qc_store_journal_append (place->connection, NOW, PROFILE, UNIT, "我", "on", NULL, NULL, &error));
  g_assert_true (qc_transaction_commit (t, &error));
}

static gboolean
take (Place *place, GError **error)
{
  g_autofree char *aside = NULL;
  return qc_store_incoming_take (place->fixture.folder, &aside, error);
}

static void
test_arrival (Place *place, gconstpointer data)
{
  g_autofree char *incoming = inside (place->fixture.folder, "incoming");
  g_autofree char *database = inside (incoming, "qingce.db");
  go_on (place);
  until_done (place, "arrival", 1, NULL, arrive);
  g_assert_cmpint (count (database, "SELECT count(*) FROM draft WHERE state = 'done' AND serial = 'FQ1'"), ==, 1);
  g_assert_cmpint (count (database, "SELECT count(*) FROM journal WHERE action = 'on'"), ==, 2);
  g_assert_cmpint (count (database, "SELECT count(*) FROM journal WHERE action = 'restored'"), ==, 1);
  g_assert_cmpint (count (database, "SELECT count(*) FROM outbox WHERE state = 'unknown'"), ==, 1);
  g_autofree char *imported = g_build_filename (incoming, "profiles", "notes.txt", NULL);
  g_assert_true (g_file_test (imported, G_FILE_TEST_IS_REGULAR)); /* that the copy had not, and this folder has */
  g_clear_pointer (&place->connection, qc_connection_close);
  until_done (place, "taken", 1, NULL, take);
  g_assert_false (g_file_test (incoming, G_FILE_TEST_EXISTS));
  g_assert_cmpint (count (place->fixture.path, "SELECT count(*) FROM journal WHERE action = 'restored'"), ==, 1);
  g_autofree char *picture = qc_store_attachment_path (place->fixture.folder, DIGEST);
  g_assert_true (g_file_test (picture, G_FILE_TEST_IS_REGULAR));
}

/* ---- out of a damaged one ---- */

static void
no_fresh (Place *place)
{
  static const char *const ends[] = {"", "-wal", "-shm"};
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autofree char *path = g_strconcat (place->fresh, ends[i], NULL);
    g_unlink (path);
  }
}

static gboolean
salvage (Place *place, GError **error)
{
  g_autoptr (QcStoreSalvage) salvaged = qc_store_salvage (place->fresh, place->fixture.path, NOW, error);
  if (salvaged == NULL)
    return FALSE;
  g_assert_cmpint (salvaged->drafts, ==, 3);
  g_assert_cmpint (salvaged->waiting, ==, 1);
  g_assert_cmpuint (salvaged->incomplete->len, ==, 0);
  return TRUE;
}

/* What cannot be read is passed over; what cannot be written is said. */
static void
test_salvaged (Place *place, gconstpointer data)
{
  full_disk_of = place->fresh;
  until_done (place, "salvaged", 7, no_fresh, salvage);
  full_disk_of = NULL;
  g_assert_cmpint (count (place->fresh, "SELECT count(*) FROM draft_attachment"), ==, 1);
  g_assert_cmpint (count (place->fresh, "SELECT count(*) FROM journal WHERE action = 'salvaged'"), ==, 1);
}

#define ADD(name, func) g_test_add ("/store/failing-folders/" name, Place, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("picture", test_picture);
  ADD ("copied", test_copied);
  ADD ("backup", test_backup);
  ADD ("handed-over", test_handed_over);
  ADD ("arrival", test_arrival);
  ADD ("salvaged", test_salvaged);
  return g_test_run ();
}
