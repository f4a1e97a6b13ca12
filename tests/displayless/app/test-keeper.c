/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What keeps the clerk's work: a backup by itself, once a day and only where there is something; on demand; gone back
 * to over a restart. Moving it to another folder in one file: torn, wrongly opened or in the way, nothing changes; and
 * what is handed over has nothing of anybody else.
 */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "qc-app-fixture.h"
#include "qc-keeper.h"
#include "qc-error-text.h"
#include "qc-keeper-private.h"
#include "qc-session-private.h"
#include "qc-store-drafts.h"
#include "qc-store-journal.h"
#include "qc-store-sheets.h"

typedef struct {
  GAsyncResult *result;
} Answer;

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ((Answer *)user_data)->result = g_object_ref (result);
}

static gboolean
is_there (gpointer answer)
{
  return ((Answer *)answer)->result != NULL;
}

/* Waits for it. (transfer full) */
static GAsyncResult *
wait_for (Answer *answer)
{
  qc_app_fixture_until (is_there, answer);
  return g_steal_pointer (&answer->result);
}

static GPtrArray *
list (QcKeeper *keeper)
{
  Answer answer = {NULL};
  qc_keeper_list_async (keeper, NULL, answer_cb, &answer);
  g_autoptr (GAsyncResult) result = wait_for (&answer);
  return qc_keeper_list_finish (keeper, result, NULL);
}

static void
back_up (QcKeeper *keeper)
{
  Answer answer = {NULL};
  g_autoptr (GError) error = NULL;
  qc_keeper_back_up_async (keeper, NULL, answer_cb, &answer);
  g_autoptr (GAsyncResult) result = wait_for (&answer);
  g_assert_true (qc_keeper_back_up_finish (keeper, result, &error));
  g_assert_no_error (error);
}

static gpointer
make_draft (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 draft;
  return qc_store_draft_create (connection, "heihe", QC_FIXTURE_UNIT, QC_BUSINESS_SEALING, "{}", 1795392000, &draft,
                                error)
                 && qc_store_draft_rename (connection, draft, data, error)
             ? QC_DATABASE_DONE
             : NULL;
}

static void
draft (QcAppFixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  qc_database_write (qc_session_get_database (fixture->session), "draft", make_draft, (gpointer)name, &error);
  g_assert_no_error (error);
}

static gpointer
read_names (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) drafts = qc_store_draft_list (connection, "heihe", QC_FIXTURE_UNIT, error);
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = drafts->len; i-- > 0;)
    g_string_append (names, ((QcStoreDraft *)g_ptr_array_index (drafts, i))->name);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
assert_drafts (QcAppFixture *fixture, const char *expected)
{
  g_autofree char *names
      = qc_database_read (qc_session_get_database (fixture->session), "names", read_names, NULL, NULL);
  g_assert_cmpstr (names, ==, expected);
}

static void
count_cb (QcKeeper *keeper, guint *n)
{
  ++*n;
}

static gboolean
is_one (gpointer n)
{
  return *(guint *)n == 1;
}

/* Nothing where nothing is; then one, and no second one on the same day. */
static void
test_by_itself (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcKeeper) keeper = qc_keeper_new (fixture->session);
  guint changed = 0;
  g_signal_connect (keeper, "changed", G_CALLBACK (count_cb), &changed);
  qc_app_fixture_sql (fixture, "DELETE FROM journal");
  qc_keeper_look (keeper);
  qc_app_fixture_until (is_one, &changed);
  g_autoptr (GPtrArray) none = list (keeper);
  g_assert_cmpuint (none->len, ==, 0);
  draft (fixture, "一");
  changed = 0;
  qc_session_data_changed (fixture->session, QC_DATA_DRAFTS); /* as whoever wrote it says */
  qc_app_fixture_until (is_one, &changed);
  g_assert_no_error (qc_keeper_get_fault (keeper));
  g_autoptr (GPtrArray) one = list (keeper);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpint (((QcKept *)g_ptr_array_index (one, 0))->drafts, ==, 1);
  /* the program starts again on the same day: the backup that is asked for afterwards is the only other one */
  g_autoptr (QcKeeper) later = qc_keeper_new (fixture->session);
  qc_keeper_look (later);
  g_autoptr (GPtrArray) same = list (later);
  g_assert_cmpuint (same->len, ==, 1);
  back_up (later);
  g_autoptr (GPtrArray) two = list (later);
  g_assert_cmpuint (two->len, ==, 2);
}

/* One at a time; whoever gives up is told so, which is no fault of the disk, and nothing has come of it. */
static void
test_one_at_a_time (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcKeeper) keeper = qc_keeper_new (fixture->session);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Answer answers[3] = {{NULL}};
  static const char *const codes[] = {NULL, "keep.busy", "cancelled"};
  draft (fixture, "一");
  for (guint i = 0; i < 2; i++)
    qc_keeper_back_up_async (keeper, NULL, answer_cb, &answers[i]);
  for (guint i = 0; i < 3; i++) {
    g_autoptr (GError) error = NULL;
    if (i == 2) {
      g_cancellable_cancel (cancellable);
      qc_keeper_back_up_async (keeper, cancellable, answer_cb, &answers[i]);
    }
    g_autoptr (GAsyncResult) result = wait_for (&answers[i]);
    g_assert_cmpint (qc_keeper_back_up_finish (keeper, result, &error), ==, codes[i] == NULL);
    g_assert_cmpstr (error != NULL ? qc_app_error_code (error) : NULL, ==, codes[i]);
    g_assert_no_error (qc_keeper_get_fault (keeper));
  }
  g_autoptr (GPtrArray) one = list (keeper);
  g_assert_cmpuint (one->len, ==, 1);
  const QcKept *kept = g_ptr_array_index (one, 0);
  Answer answer = {NULL};
  g_autoptr (GError) error = NULL;
  qc_keeper_restore_async (keeper, kept->name, cancellable, answer_cb, &answer);
  g_autoptr (GAsyncResult) result = wait_for (&answer);
  g_assert_false (qc_keeper_restore_finish (keeper, result, &error));
  g_assert_cmpstr (qc_app_error_code (error), ==, "cancelled");
  g_clear_object (&keeper);
  qc_app_fixture_restart (fixture);
  g_assert_null (qc_context_get_replaced (fixture->context));
}

static void
test_restore (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  draft (fixture, "一");
  g_autoptr (QcKeeper) keeper = qc_keeper_new (fixture->session);
  back_up (keeper);
  draft (fixture, "二");
  assert_drafts (fixture, "一二");
  g_autoptr (GPtrArray) backups = list (keeper);
  const QcKept *kept = g_ptr_array_index (backups, 0);
  Answer answer = {NULL};
  g_autoptr (GError) error = NULL;
  qc_keeper_restore_async (keeper, kept->name, NULL, answer_cb, &answer);
  g_autoptr (GAsyncResult) result = wait_for (&answer);
  g_assert_true (qc_keeper_restore_finish (keeper, result, &error));
  g_assert_no_error (error);
  assert_drafts (fixture, "一二"); /* nothing has happened yet */
  g_clear_object (&keeper);
  qc_app_fixture_restart (fixture);
  g_assert_nonnull (qc_context_get_replaced (fixture->context));
  assert_drafts (fixture, "一");
}

/* A name that leads elsewhere, one that is gone. */
static void
test_restore_nothing (void)
{
  static const char *const names[] = {"../../etc", "gone"};
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  draft (fixture, "一");
  g_autoptr (QcKeeper) keeper = qc_keeper_new (fixture->session);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    Answer answer = {NULL};
    g_autoptr (GError) error = NULL;
    qc_keeper_restore_async (keeper, names[i], NULL, answer_cb, &answer);
    g_autoptr (GAsyncResult) result = wait_for (&answer);
    g_assert_false (qc_keeper_restore_finish (keeper, result, &error));
    g_assert_nonnull (error);
  }
  g_clear_object (&keeper);
  qc_app_fixture_restart (fixture);
  g_assert_null (qc_context_get_replaced (fixture->context));
  assert_drafts (fixture, "一");
}

static void
test_words (void)
{
  static const struct {
    gint64 drafts, waiting, size;
    const char *units, *words;
  } rows[] = {
      {1, 0, 0, NULL, "1 draft · 0 wait to be submitted · 0 bytes"},
      {0, 1, -1, "", "0 drafts · 1 waits to be submitted · 0 bytes"},
      {2, 2, 1, "甲、乙", "2 drafts · 2 wait to be submitted · 1 byte · 甲、乙"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const QcKept kept
        = {.drafts = rows[i].drafts, .waiting = rows[i].waiting, .size = rows[i].size, .units = (char *)rows[i].units};
    g_autofree char *words = qc_kept_dup_words (&kept);
    g_assert_cmpstr (words, ==, rows[i].words);
  }
}

/* In parts of the whole; less than nothing as long as it is not known. */
static void
test_progress (void)
{
  static const struct {
    int permille;
    double progress;
  } rows[] = {{-1, -1}, {0, 0}, {1, 0.001}, {500, 0.5}, {1000, 1}};
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcKeeper) keeper = qc_keeper_new (fixture->session);
  g_assert_cmpfloat (qc_keeper_get_progress (keeper), ==, -1); /* nothing is being done */
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_atomic_int_set (qc_keeper_permille (keeper), rows[i].permille);
    g_assert_cmpfloat (qc_keeper_get_progress (keeper), ==, rows[i].progress);
  }
}

/* ---- moving ---- */

#define PASS "一句不易猜到的话"

static gboolean
pack (QcKeeper *keeper, const char *path, const GPtrArray *units, GCancellable *cancellable, GError **error)
{
  Answer answer = {NULL};
  qc_keeper_pack_async (keeper, path, PASS, units, cancellable, answer_cb, &answer);
  g_autoptr (GAsyncResult) result = wait_for (&answer);
  return qc_keeper_pack_finish (keeper, result, error);
}

static QcKept *
unpack (QcKeeper *keeper, const char *path, const char *passphrase, GError **error)
{
  Answer answer = {NULL};
  qc_keeper_unpack_async (keeper, path, passphrase, NULL, answer_cb, &answer);
  g_autoptr (GAsyncResult) result = wait_for (&answer);
  return qc_keeper_unpack_finish (keeper, result, error);
}

static void
adopt (QcKeeper *keeper)
{
  Answer answer = {NULL};
  g_autoptr (GError) error = NULL;
  qc_keeper_adopt_async (keeper, answer_cb, &answer);
  g_autoptr (GAsyncResult) result = wait_for (&answer);
  g_assert_true (qc_keeper_adopt_finish (keeper, result, &error));
  g_assert_no_error (error);
}

/* No half of anything lies in the folder. */
static void
assert_clean (QcAppFixture *fixture)
{
  static const char *const names[] = {"outgoing.part", "incoming.part", "incoming"};
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (fixture->dir, names[i], NULL);
    g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  }
}

/* (transfer full) where the file is: 汇缴 that waits and a draft are in it */
static char *
make_file (void)
{
  g_autoptr (QcAppFixture) there = qc_app_fixture_new (NULL, QC_FILL_SEALING, 0);
  g_autofree char *folder = g_dir_make_tmp ("qc-moving-XXXXXX", NULL);
  char *path = g_build_filename (folder, "moving.qcdata", NULL);
  g_autoptr (QcKeeper) keeper = qc_keeper_new (there->session);
  g_autoptr (GError) error = NULL;
  draft (there, "一");
  g_assert_true (pack (keeper, path, NULL, NULL, &error));
  g_assert_no_error (error);
  assert_clean (there);
  return path;
}

static void
remove_file (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* nothing else was left there */
}

static gpointer
count_unknown (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_connection_get_int (
             connection, "SELECT count(*) FROM outbox WHERE state = 'unknown' AND reason = 'restored'", 0, data, error)
                 && qc_store_journal_verify (connection, NULL, error)
             ? QC_DATABASE_DONE
             : NULL;
}

static void
test_move (void)
{
  g_autofree char *path = make_file ();
  g_autoptr (QcAppFixture) here = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcKeeper) keeper = qc_keeper_new (here->session);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcKept) kept = unpack (keeper, path, PASS, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kept->drafts, >=, 1);
  g_assert_cmpint (kept->waiting, ==, 1);
  assert_drafts (here, "");
  adopt (keeper);
  g_clear_object (&keeper);
  qc_app_fixture_restart (here);
  g_assert_nonnull (qc_context_get_replaced (here->context));
  g_autofree char *names = qc_database_read (qc_session_get_database (here->session), "names", read_names, NULL, NULL);
  g_assert_nonnull (strstr (names, "一"));
  gint64 unknown = 0;
  g_assert_nonnull (
      qc_database_read (qc_session_get_database (here->session), "unknown", count_unknown, &unknown, &error));
  g_assert_cmpint (unknown, ==, 1); /* asked about first, with the key that the other computer has too */
  assert_clean (here);
  remove_file (path);
}

/* Each fails with its own sentence, and nothing changes. */
static void
test_bad_files (void)
{
  g_autofree char *path = make_file ();
  g_autofree char *bytes = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_autoptr (QcAppFixture) here = qc_app_fixture_new (NULL, 0, 0);
  draft (here, "here");
  g_autoptr (QcKeeper) keeper = qc_keeper_new (here->session);
  enum { WHOLE, CUT, FLIP, VERSION, EMPTY, NOT_ONE, GONE };
  static const struct {
    int how;
    gsize at;
    const char *passphrase;
    const char *code;
  } rows[] = {
      {WHOLE, 0, "another one", "bundle.passphrase"},
      {CUT, 40, PASS, "bundle.torn"},
      {CUT, 90, PASS, "bundle.torn"},
      {CUT, 90 + 256 * 1024 + 17, PASS, "bundle.torn"}, /* exactly between two chunks */
      {CUT, 90 + 256 * 1024 + 18, PASS, "bundle.torn"},
      {FLIP, 200000, PASS, "bundle.torn"},
      {VERSION, 8, PASS, "bundle.newer"},
      {EMPTY, 0, PASS, "bundle.none"},
      {NOT_ONE, 0, PASS, "bundle.none"},
      {GONE, 0, PASS, "io.not-found"},
  };
  g_assert_cmpuint (size, >, 90 + 256 * 1024 + 18);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *changed = g_memdup2 (bytes, size);
    gsize length = rows[i].how == CUT ? rows[i].at : rows[i].how == EMPTY ? 0 : size;
    if (rows[i].how == FLIP || rows[i].how == VERSION)
      changed[rows[i].at] ^= 0x20;
    if (rows[i].how == NOT_ONE)
      memcpy (changed, "%PDF-1.7", 8);
    g_assert_true (g_file_set_contents (path, changed, (gssize)length, NULL));
    if (rows[i].how == GONE)
      g_unlink (path);
    g_autoptr (GError) error = NULL;
    g_autoptr (QcKept) kept = unpack (keeper, path, rows[i].passphrase, &error);
    g_assert_null (kept);
    g_assert_cmpstr (qc_app_error_code (error), ==, rows[i].code);
    assert_clean (here);
  }
  g_clear_object (&keeper);
  qc_app_fixture_restart (here);
  assert_drafts (here, "here");
  g_autofree char *folder = g_path_get_dirname (path);
  g_rmdir (folder);
}

/* Something waits here: it would be lost from view. */
static void
test_in_the_way (void)
{
  g_autofree char *path = make_file ();
  g_autoptr (QcAppFixture) here = qc_app_fixture_new (NULL, QC_FILL_SEALING, 0);
  g_autoptr (QcKeeper) keeper = qc_keeper_new (here->session);
  g_autoptr (GError) error = NULL;
  g_assert_null (unpack (keeper, path, PASS, &error));
  g_assert_cmpstr (qc_app_error_code (error), ==, "keep.waiting");
  assert_clean (here);
  remove_file (path);
}

static void
test_cancelled (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autofree char *folder = g_dir_make_tmp ("qc-moving-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "moving.qcdata", NULL);
  g_autoptr (QcKeeper) keeper = qc_keeper_new (fixture->session);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_set_contents (path, "what was there", -1, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_false (pack (keeper, path, NULL, cancellable, &error));
  g_assert_cmpstr (qc_app_error_code (error), ==, "cancelled");
  assert_clean (fixture);
  g_autofree char *still = NULL;
  g_assert_true (g_file_get_contents (path, &still, NULL, NULL));
  g_assert_cmpstr (still, ==, "what was there");
  remove_file (path);
}

/* The database in the file is of a version to come, the form of the file is not. */
static void
test_newer (void)
{
  g_autoptr (QcAppFixture) there = qc_app_fixture_new (NULL, 0, 0), here = qc_app_fixture_new (NULL, 0, 0);
  g_autofree char *folder = g_dir_make_tmp ("qc-moving-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "moving.qcdata", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcKeeper) from = qc_keeper_new (there->session), to = qc_keeper_new (here->session);
  draft (here, "here");
  qc_app_fixture_sql (there, "PRAGMA user_version = 999");
  g_assert_true (pack (from, path, NULL, NULL, &error));
  g_assert_null (unpack (to, path, PASS, &error));
  g_assert_cmpstr (qc_app_error_code (error), ==, "bundle.newer");
  assert_clean (here);
  assert_drafts (here, "here");
  remove_file (path);
}

/* ---- a full disk ---- */

/* From here on no file of this process grows beyond @size; 0: as before. */
static void
bound_files (rlim_t size)
{
  struct rlimit limit;
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = size > 0 ? size : limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* What is said has a next step. */
static void
assert_full (const GError *error, const char *code)
{
  g_assert_cmpstr (qc_app_error_code (error), ==, code);
  g_autoptr (QcErrorText) text = qc_error_text_new (error);
  g_assert_cmpstr (text->title, ==, "The disk is full");
  g_assert_cmpstr (text->advice, ==, "Free some space, then try again.");
}

static gint64
size_of_copy (QcAppFixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->dir, "backups", name, "qingce.db", NULL);
  struct stat info;
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return info.st_size;
}

/* While the copy is made, and while it is sealed: neither half of it nor the file that was there is touched. */
static void
test_disk_full (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autofree char *folder = g_dir_make_tmp ("qc-moving-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "moving.qcdata", NULL), *still = NULL;
  g_autoptr (QcKeeper) keeper = qc_keeper_new (fixture->session);
  draft (fixture, "一");
  back_up (keeper);
  g_autoptr (GPtrArray) before = list (keeper);
  gint64 size = size_of_copy (fixture, ((QcKept *)g_ptr_array_index (before, 0))->name);
  g_assert_true (g_file_set_contents (path, "what was there", -1, NULL));
  const struct {
    gint64 bound;
    const char *code;
  } rows[] = {{size / 2, "db.full"}, {size, "io.no-space"}};
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    bound_files ((rlim_t)rows[i].bound);
    gboolean packed = pack (keeper, path, NULL, NULL, &error);
    bound_files (0);
    g_assert_false (packed);
    assert_full (error, rows[i].code);
    assert_clean (fixture);
  }
  g_assert_true (g_file_get_contents (path, &still, NULL, NULL));
  g_assert_cmpstr (still, ==, "what was there");
  assert_drafts (fixture, "一");
  remove_file (path);
}

static guint
count_files (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;
  while (g_dir_read_name (dir))
    n++;
  return n;
}

/* The backup there is stays, and nothing lies beside it; the one by itself is tried again later, and its fault kept. */
static void
test_disk_full_backup (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autofree char *backups = g_build_filename (fixture->dir, "backups", NULL);
  g_autoptr (QcKeeper) keeper = qc_keeper_new (fixture->session);
  g_autoptr (GError) error = NULL;
  Answer answer = {NULL};
  draft (fixture, "一");
  back_up (keeper);
  g_assert_cmpuint (count_files (backups), ==, 1);
  bound_files (64 * 1024);
  qc_keeper_back_up_async (keeper, NULL, answer_cb, &answer);
  g_autoptr (GAsyncResult) result = wait_for (&answer);
  gboolean made = qc_keeper_back_up_finish (keeper, result, &error);
  bound_files (0);
  g_assert_false (made);
  assert_full (error, "db.full");
  assert_full (qc_keeper_get_fault (keeper), "db.full");
  g_assert_cmpuint (count_files (backups), ==, 1);
  back_up (keeper);
  g_assert_no_error (qc_keeper_get_fault (keeper));
  g_assert_cmpuint (count_files (backups), ==, 2);
}

/* ---- handing over ---- */

static gboolean
hand_over (QcKeeper *keeper, const char *path, GCancellable *cancellable, GError **error)
{
  Answer answer = {NULL};
  g_autoptr (GPtrArray) units = g_ptr_array_new ();
  g_ptr_array_add (units, (gpointer)QC_FIXTURE_UNIT);
  qc_keeper_hand_over_async (keeper, path, PASS, units, cancellable, answer_cb, &answer);
  g_autoptr (GAsyncResult) result = wait_for (&answer);
  return qc_keeper_hand_over_finish (keeper, result, error);
}

/* The file and the list beside it: both, or neither. */
static void
test_both_or_neither (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_SEALING, 0);
  g_autofree char *folder = g_dir_make_tmp ("qc-moving-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "over.qcdata", NULL), *beside = qc_keeper_dup_list_path (path);
  g_autoptr (QcKeeper) keeper = qc_keeper_new (fixture->session);
  g_autoptr (GError) error = NULL;
  bound_files (64 * 1024); /* the list fits, the copy does not */
  gboolean over = hand_over (keeper, path, NULL, &error);
  bound_files (0);
  g_assert_false (over);
  assert_full (error, "db.full");
  g_assert_cmpuint (count_files (folder), ==, 0);
  g_clear_error (&error);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_cancellable_cancel (cancellable);
  g_assert_false (hand_over (keeper, path, cancellable, &error));
  g_assert_cmpstr (qc_app_error_code (error), ==, "cancelled");
  g_assert_cmpuint (count_files (folder), ==, 0);
  g_clear_error (&error);
  assert_clean (fixture);
  g_assert_true (hand_over (keeper, path, NULL, &error));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR) && g_file_test (beside, G_FILE_TEST_IS_REGULAR));
  g_unlink (beside);
  remove_file (path);
}

/* 本月与上月 of the unit, and of another one. */
static gpointer
put_sheets (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_store_sheet_put (connection, "heihe", QC_FIXTURE_UNIT, "key-1", "{\"sheet\": \"SHEETOFTHISUNIT\"}",
                             1795392000, error)
                 && qc_store_sheet_put (connection, "heihe", "231100009999", "key-2", "{\"sheet\": \"SHEETOFANOTHER\"}",
                                        1795392000, error)
             ? QC_DATABASE_DONE
             : NULL;
}

static gpointer
make_other (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 draft;
  return qc_store_draft_create (connection, "heihe", "231100009999", QC_BUSINESS_SEALING, "{}", 1795392000, &draft,
                                error)
                 && qc_store_draft_rename (connection, draft, "NOBODYSBUSINESS", error)
             ? QC_DATABASE_DONE
             : NULL;
}

static gboolean
has_amount (gconstpointer open, gconstpointer amount)
{
  return g_strcmp0 (((const QcKeptOpen *)open)->amount, amount) == 0;
}

static void
test_hand_over (void)
{
  g_autoptr (QcAppFixture) there = qc_app_fixture_new (NULL, QC_FILL_SEALING | QC_FILL_APPLICATIONS | QC_FILL_OPEN, 0);
  draft (there, "一");
  g_assert_nonnull (qc_database_write (qc_session_get_database (there->session), "other", make_other, NULL, NULL));
  g_assert_nonnull (qc_database_write (qc_session_get_database (there->session), "sheets", put_sheets, NULL, NULL));
  qc_app_fixture_sql (there, "INSERT INTO preference VALUES ('heihe', 'secret-habit', 'PERSONALTHING')");
  g_autoptr (QcKeeper) keeper = qc_keeper_new (there->session);
  g_autofree char *folder = g_dir_make_tmp ("qc-moving-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "over.qcdata", NULL);
  g_autoptr (GPtrArray) units = g_ptr_array_new ();
  g_ptr_array_add (units, (gpointer)QC_FIXTURE_UNIT);
  g_autoptr (GError) error = NULL;
  gboolean packed = pack (keeper, path, units, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (packed);
  /* what is open, in words */
  Answer answer = {NULL};
  qc_keeper_list_open_async (keeper, units, NULL, answer_cb, &answer);
  g_autoptr (GAsyncResult) result = wait_for (&answer);
  g_autoptr (GPtrArray) open = qc_keeper_list_open_finish (keeper, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (open->len, >=, 2);
  const QcKeptOpen *first = g_ptr_array_index (open, 0);
  g_assert_cmpstr (first->name, ==, "一");
  g_assert_cmpstr (first->kind, ==, "Draft");
  g_assert_true (g_ptr_array_find_with_equal_func (open, "3,500.00", has_amount, NULL)); /* yuan, not how many lines */

  g_autoptr (QcAppFixture) here = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcKeeper) other = qc_keeper_new (here->session);
  g_autoptr (QcKept) kept = unpack (other, path, PASS, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kept->waiting, ==, 1);
  g_assert_cmpint (kept->entries, ==, 1); /* that it was handed over */
  /* not a word of the rest, in no free page either */
  g_autofree char *database = g_build_filename (here->dir, "incoming.part", "qingce.db", NULL);
  g_autofree char *bytes = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (database, &bytes, &size, NULL));
  g_assert_null (memmem (bytes, size, "NOBODYSBUSINESS", 15));
  g_assert_null (memmem (bytes, size, "PERSONALTHING", 13));
  g_assert_null (memmem (bytes, size, "231100009999", 12));
  g_assert_null (memmem (bytes, size, "SHEETOFANOTHER", 14));
  g_assert_nonnull (memmem (bytes, size, "一", strlen ("一")));
  /* the sheet that was confirmed goes along (X12) */
  g_autoptr (QcConnection) connection = qc_connection_open (database, QC_CONNECTION_READ_ONLY, &error);
  g_autofree char *sheet = NULL;
  g_assert_true (qc_store_sheet_get (connection, "heihe", QC_FIXTURE_UNIT, "key-1", &sheet, &error));
  g_assert_nonnull (strstr (sheet, "SHEETOFTHISUNIT"));
  remove_file (path);
}

static GPtrArray *
list_open (QcKeeper *keeper)
{
  Answer answer = {NULL};
  g_autoptr (GPtrArray) units = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_ptr_array_add (units, (gpointer)QC_FIXTURE_UNIT);
  qc_keeper_list_open_async (keeper, units, NULL, answer_cb, &answer);
  g_autoptr (GAsyncResult) result = wait_for (&answer);
  GPtrArray *open = qc_keeper_list_open_finish (keeper, result, &error);
  g_assert_no_error (error);
  return open;
}

/* How everything that is open stands, in words. */
static void
test_open_states (void)
{
  static const struct {
    const char *sql, *states;
  } rows[] = {
      {"SELECT 1", "Draft Not submitted;Waiting Held back;Waiting Held back;Application Registered;"},
      {"UPDATE outbox SET state = 'unknown' WHERE state = 'held'",
       "Draft Not submitted;Waiting Being verified with the center;Waiting Being verified with the center;"
       "Application Registered;"},
      {"UPDATE outbox SET state = 'queued' WHERE state = 'unknown'",
       "Draft Not submitted;Waiting Waits to be submitted;Waiting Waits to be submitted;Application Registered;"},
      {"UPDATE application SET state = 'in-review'",
       "Draft Not submitted;Waiting Waits to be submitted;Waiting Waits to be submitted;Application In review;"},
  };
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_HELD | QC_FILL_OPEN, 0);
  g_autoptr (QcKeeper) keeper = qc_keeper_new (fixture->session);
  draft (fixture, "一");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    qc_app_fixture_sql (fixture, rows[i].sql);
    g_autoptr (GPtrArray) open = list_open (keeper);
    g_autoptr (GString) states = g_string_new (NULL);
    for (guint k = 0; k < open->len; k++) {
      const QcKeptOpen *one = g_ptr_array_index (open, k);
      g_string_append_printf (states, "%s %s;", one->kind, one->state);
    }
    g_assert_cmpstr (states->str, ==, rows[i].states);
  }
}

static void
test_passphrases (void)
{
  static const struct {
    const char *passphrase;
    QcPassphraseStrength strength;
  } rows[] = {
      {"", QC_PASSPHRASE_SHORT},
      {"1234567", QC_PASSPHRASE_SHORT},
      {"12345678", QC_PASSPHRASE_WEAK},
      {"aaaaaaaaaaaa", QC_PASSPHRASE_WEAK},
      {"abcdefgh", QC_PASSPHRASE_WEAK},
      {"hgfedcba", QC_PASSPHRASE_WEAK},
      {"83917264", QC_PASSPHRASE_WEAK}, /* of each kind alone, no other kind is counted with it */
      {"8391726405", QC_PASSPHRASE_WEAK},
      {"kfnwprtz", QC_PASSPHRASE_FAIR},
      {"kvmqzhrbwtgj", QC_PASSPHRASE_FAIR},
      {"KVMQZHRBWTGJ", QC_PASSPHRASE_FAIR},
      {"!%#*&?=(", QC_PASSPHRASE_FAIR},
      /* so many of each kind: one more, and these would be better than they are */
      {"kkkkfnwprt", QC_PASSPHRASE_WEAK},
      {"KKKKFNWPRT", QC_PASSPHRASE_WEAK},
      {"8391726405555", QC_PASSPHRASE_WEAK},
      {"kfnwprt!%##", QC_PASSPHRASE_FAIR},
      {"8391726\xc2\x80", QC_PASSPHRASE_STRONG}, /* the first sign that is not ASCII */
      /* 36 bits exactly, and 60 */
      {"!%#*&?=?", QC_PASSPHRASE_FAIR},
      {"!%#*&?==", QC_PASSPHRASE_FAIR},
      {"!%#*&?===", QC_PASSPHRASE_FAIR},
      {"!%#*&?=(+/;[", QC_PASSPHRASE_STRONG},
      {"K7#w-pQ9z!x2", QC_PASSPHRASE_STRONG},
      {"一句不易猜到的话", QC_PASSPHRASE_STRONG},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (qc_passphrase_judge (rows[i].passphrase), ==, rows[i].strength);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGXFSZ, SIG_IGN); /* beyond its bound a write fails, as on a full disk */
  g_test_add_func ("/keeper/by-itself", test_by_itself);
  g_test_add_func ("/keeper/one-at-a-time", test_one_at_a_time);
  g_test_add_func ("/keeper/restore", test_restore);
  g_test_add_func ("/keeper/restore-nothing", test_restore_nothing);
  g_test_add_func ("/keeper/words", test_words);
  g_test_add_func ("/keeper/progress", test_progress);
  g_test_add_func ("/keeper/move", test_move);
  g_test_add_func ("/keeper/bad-files", test_bad_files);
  g_test_add_func ("/keeper/in-the-way", test_in_the_way);
  g_test_add_func ("/keeper/cancelled", test_cancelled);
  g_test_add_func ("/keeper/newer", test_newer);
  g_test_add_func ("/keeper/disk-full", test_disk_full);
  g_test_add_func ("/keeper/disk-full-backup", test_disk_full_backup);
  g_test_add_func ("/keeper/both-or-neither", test_both_or_neither);
  g_test_add_func ("/keeper/hand-over", test_hand_over);
  g_test_add_func ("/keeper/open-states", test_open_states);
  g_test_add_func ("/keeper/passphrases", test_passphrases);
  return g_test_run ();
}
