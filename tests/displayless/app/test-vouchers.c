/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Vouchers without a network: what is kept is proven before it is used, printed again as a reprint, refused when it was
 * altered, is of another unit, or grew old; and what a check says of files and texts. The way over the network is
 * walked by the journeys, against the real center.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "fake-session.h"
#include "qc-app-fixture.h"
#include "qc-session-private.h"
#include "qc-signature.h"
#include "qc-store-applications.h"
#include "qc-store-journal.h"
#include "qc-store-keys.h"
#include "qc-store-vouchers.h"
#include "qc-voucher-facts.h"
#include "qc-voucher-service.h"
#include "qc-wire-voucher.h"

#define SERIAL  "HJ202600000003" /* finished */
#define OTHER   "HJ202600000001" /* so is this one, of a month before */
#define PROFILE "heihe"

typedef struct {
  QcAppFixture *app;
  QcVoucherService *service;
  QcSigningKey *key;
  const char *center; /* of the facts */
  gint64 time;        /* of signing */
} Fixture;

typedef struct {
  QcApplication *application;
  QcStoreVoucher *voucher;
  GPtrArray *keys;
} Rows;

static gpointer
read_application (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_store_applications_get (connection, PROFILE, QC_FIXTURE_UNIT, SERIAL, data, error) ? QC_DATABASE_DONE
                                                                                               : NULL;
}

static gpointer
write_rows (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Rows *rows = data;
  if (rows->keys && !qc_store_keys_put (connection, PROFILE, rows->keys, error))
    return NULL;
  return qc_store_vouchers_put (connection, PROFILE, QC_FIXTURE_UNIT, rows->voucher, error) ? QC_DATABASE_DONE : NULL;
}

/* The line a center would have answered with. @unit, @serial: of the facts. */
static char *
make_text (Fixture *f, const char *unit, const char *serial)
{
  QcDatabase *database = qc_session_get_database (f->app->session);
  g_autoptr (QcVoucherFacts) facts = qc_voucher_facts_new ();
  g_autoptr (QcApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  qc_database_read (database, "read", read_application, &application, &error);
  g_assert_no_error (error);
  g_assert_nonnull (application);
  qc_voucher_facts_take_application (facts, application);
  if (facts->lines->len == 0) {
    QcMonthLine line = {.month = application->start,
                        .previous_people = application->people,
                        .people = application->people,
                        .previous_fen = application->fen,
                        .unit_fen = application->fen / 2,
                        .personal_fen = application->fen - application->fen / 2};
    facts->end = application->start;
    g_array_append_val (facts->lines, line);
    const QcMonthLine *first = &g_array_index (facts->lines, QcMonthLine, 0);
    facts->unit_fen = first->unit_fen;
    facts->personal_fen = first->personal_fen;
  }
  g_free (facts->serial);
  facts->serial = g_strdup (serial);
  facts->unit = g_strdup (unit);
  facts->unit_name = g_strdup ("爱辉某某商贸有限公司");
  facts->center = g_strdup (f->center);
  g_autoptr (QcSignedVoucher) made = qc_voucher_sign (f->key, facts, f->time, &error);
  g_assert_no_error (error);
  return qc_signed_voucher_to_text (made);
}

/* Keeps @text as if the center had answered with it for the application @serial as it is; @age: revisions behind. */
static void
keep_as (Fixture *f, const char *serial, const char *text, gint64 age)
{
  QcDatabase *database = qc_session_get_database (f->app->session);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_store_key_free);
  g_autoptr (QcApplication) application = NULL;
  QcStoreKey *key = g_new0 (QcStoreKey, 1);
  QcStoreVoucher voucher = {.serial = (char *)serial, .state = QC_STATE_FINISHED, .issued = f->time};
  Rows rows = {.voucher = &voucher, .keys = keys};
  g_autoptr (GError) error = NULL;
  qc_database_read (database, "read", read_application, &application, &error);
  g_assert_no_error (error);
  voucher.created = application->created;
  voucher.fen = application->fen;
  voucher.revision = application->revision - age;
  voucher.text = (char *)text;
  key->id = g_strdup (qc_signing_key_get_id (f->key));
  key->algorithm = g_strdup (QC_SIGNATURE_ALGORITHM);
  key->public_key = qc_signing_key_dup_public (f->key);
  g_ptr_array_add (keys, key);
  qc_database_write (database, "keep", write_rows, &rows, &error);
  g_assert_no_error (error);
}

static void
keep (Fixture *f, const char *text, gint64 age)
{
  keep_as (f, SERIAL, text, age);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->app = qc_app_fixture_new (NULL, QC_FILL_APPLICATIONS, 0);
  f->service = qc_voucher_service_new (f->app->session);
  f->key = qc_signing_key_new ("test-1", 0, 0);
  f->center = "黑河市住房公积金管理中心";
  f->time = g_get_real_time () / G_USEC_PER_SEC - 60;
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->service);
  qc_signing_key_free (f->key);
  qc_app_fixture_free (f->app);
}

/* ---- waiting ---- */

static gboolean
is_there (gpointer data)
{
  return *(GAsyncResult **)data != NULL;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static QcVoucherBatch *
prepare_all (Fixture *f, const char *const *serials, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_voucher_service_prepare_async (f->service, serials, NULL, done_cb, &result);
  qc_app_fixture_until (is_there, &result);
  return qc_voucher_service_prepare_finish (f->service, result, error);
}

static QcVoucherBatch *
prepare (Fixture *f, GError **error)
{
  const char *serials[] = {SERIAL, NULL};
  return prepare_all (f, serials, error);
}

/* Both, the other one first. (transfer full) */
static QcVoucherBatch *
prepare_two (Fixture *f)
{
  const char *serials[] = {OTHER, SERIAL, NULL};
  g_autofree char *text = make_text (f, QC_FIXTURE_UNIT, SERIAL), *other = make_text (f, QC_FIXTURE_UNIT, OTHER);
  g_autoptr (GError) error = NULL;
  keep_as (f, SERIAL, text, 0);
  keep_as (f, OTHER, other, 0);
  QcVoucherBatch *batch = prepare_all (f, serials, &error);
  g_assert_no_error (error);
  return batch;
}

static gboolean
save_each (Fixture *f, QcVoucherBatch *batch, const char *folder, guint *saved, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_voucher_service_save_async (f->service, batch, folder, TRUE, NULL, done_cb, &result);
  qc_app_fixture_until (is_there, &result);
  return qc_voucher_service_save_finish (f->service, result, saved, error);
}

static gboolean
save (Fixture *f, QcVoucherBatch *batch, const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_voucher_service_save_async (f->service, batch, path, FALSE, NULL, done_cb, &result);
  qc_app_fixture_until (is_there, &result);
  return qc_voucher_service_save_finish (f->service, result, NULL, error);
}

static GPtrArray *
check_text (Fixture *f, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_voucher_service_check_text_async (f->service, text, NULL, done_cb, &result);
  qc_app_fixture_until (is_there, &result);
  return qc_voucher_service_check_finish (f->service, result, NULL);
}

static GPtrArray *
check_files (Fixture *f, const char *const *paths, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_voucher_service_check_files_async (f->service, paths, NULL, done_cb, &result);
  qc_app_fixture_until (is_there, &result);
  return qc_voucher_service_check_finish (f->service, result, error);
}

static GPtrArray *
check_file (Fixture *f, const char *path, GError **error)
{
  const char *paths[] = {path, NULL};
  return check_files (f, paths, error);
}

static GBytes *
render (Fixture *f, QcVoucherBatch *batch, double left, double top, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_voucher_service_render_async (f->service, batch, left, top, NULL, done_cb, &result);
  qc_app_fixture_until (is_there, &result);
  return qc_voucher_service_render_finish (f->service, result, error);
}

static QcVoucherStanding *
compare (Fixture *f, QcVoucherBatch *batch)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_voucher_service_compare_async (f->service, batch, NULL, done_cb, &result);
  qc_app_fixture_until (is_there, &result);
  g_autoptr (GError) error = NULL;
  QcVoucherStanding *standing = qc_voucher_service_compare_finish (f->service, result, &error);
  g_assert_no_error (error);
  return standing;
}

static gpointer
run_sql (QcConnection *connection, gpointer sql, GCancellable *cancellable, GError **error)
{
  return qc_connection_exec (connection, sql, error) ? QC_DATABASE_DONE : NULL;
}

/* ---- tests ---- */

/* A voucher is true as long as its application stays as it is; then there is another one, or none. */
static void
test_standing (Fixture *f, gconstpointer data)
{
  g_autofree char *text = make_text (f, QC_FIXTURE_UNIT, SERIAL);
  keep (f, text, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcVoucherBatch) batch = prepare (f, &error);
  g_assert_no_error (error);
  g_autoptr (QcVoucherStanding) now = compare (f, batch);
  g_assert_cmpuint (now->changed, ==, 0);
  QcDatabase *database = qc_session_get_database (f->app->session);
  qc_database_write (database, "move", run_sql,
                     (gpointer) "UPDATE application SET state = 'registered', revision = revision + 1", &error);
  g_assert_no_error (error);
  g_autoptr (QcVoucherStanding) later = compare (f, batch);
  g_assert_cmpuint (later->changed, ==, 1);
  g_assert_cmpint (later->state, ==, QC_STATE_REGISTERED);
  g_assert_cmpstr (later->serials[0], ==, SERIAL);
  qc_database_write (database, "delete", run_sql,
                     (gpointer) "UPDATE application SET state = 'deleted', revision = revision + 1", &error);
  g_assert_no_error (error);
  g_autoptr (QcVoucherStanding) gone = compare (f, batch);
  g_assert_cmpuint (gone->changed, ==, 1);
  g_assert_cmpint (gone->state, ==, QC_STATE_DELETED);
  g_assert_null (gone->serials[0]);
}

static void
test_reprint (Fixture *f, gconstpointer data)
{
  g_autofree char *text = make_text (f, QC_FIXTURE_UNIT, SERIAL);
  g_autofree char *path = g_build_filename (f->app->dir, "voucher.pdf", NULL);
  g_autofree char *nowhere = g_build_filename (f->app->dir, "no", "such", "voucher.pdf", NULL);
  keep (f, text, 0);
  for (int i = 0; i < 3; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (QcVoucherBatch) batch = prepare (f, &error);
    g_assert_no_error (error);
    const QcVoucherInfo *info = qc_voucher_batch_get_info (batch, 0);
    g_assert_cmpstr (info->serial, ==, SERIAL);
    g_assert_true (info->finished && !info->practice);
    g_assert_cmpint (info->reprint, ==, i);
    g_assert_cmpint (info->offline, ==, i > 0);
    /* what fails uses nothing */
    g_assert_false (save (f, batch, nowhere, &error));
    g_assert_nonnull (error);
    g_clear_error (&error);
    g_assert_false (qc_voucher_batch_is_used (batch));
    g_assert_true (save (f, batch, path, &error));
    g_assert_no_error (error);
    g_assert_true (qc_voucher_batch_is_used (batch));
    g_autoptr (GPtrArray) results = check_file (f, path, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (results->len, ==, 1);
    g_assert_cmpstr (((QcVoucherResult *)results->pdata[0])->code, ==, "genuine");
    g_assert_cmpstr (((QcVoucherResult *)results->pdata[0])->serial, ==, SERIAL);
  }
  g_unlink (path);
}

/* Where pdftotext finds the page's first word, in points, and the size of the page. */
static void
read_place (const char *path, double place[4])
{
  const char *argv[] = {"pdftotext", "-bbox", path, "-", NULL};
  static const char *const marks[] = {"xMin=\"", "yMin=\"", "page width=\"", "height=\""};
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++) {
    const char *mark = strstr (out, marks[i]);
    g_assert_nonnull (mark);
    place[i] = g_ascii_strtod (mark + strlen (marks[i]), NULL);
  }
}

/* Moved for a printer, it is the same voucher: the page's size, its words, its lines, and the signed facts in it. */
static void
test_moved (Fixture *f, gconstpointer data)
{
  g_autofree char *text = make_text (f, QC_FIXTURE_UNIT, SERIAL);
  g_autofree char *path = g_build_filename (f->app->dir, "moved.pdf", NULL);
  keep (f, text, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcVoucherBatch) batch = prepare (f, &error);
  g_assert_no_error (error);
  double places[2][4];
  for (int i = 0; i < 2; i++) {
    g_autoptr (GBytes) pdf = render (f, batch, i * 3.5, i * -2.0, &error);
    g_assert_no_error (error);
    g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf), &error);
    g_assert_no_error (error);
    read_place (path, places[i]);
    g_autoptr (GPtrArray) results = check_file (f, path, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (results->len, ==, 1);
    g_assert_cmpstr (((QcVoucherResult *)results->pdata[0])->code, ==, "genuine");
    g_assert_true (((QcVoucherResult *)results->pdata[0])->complete);
  }
  g_assert_cmpfloat_with_epsilon (places[1][0] - places[0][0], 3.5 * 72 / 25.4, 0.02);
  g_assert_cmpfloat_with_epsilon (places[1][1] - places[0][1], -2 * 72 / 25.4, 0.02);
  g_assert_cmpfloat (places[1][2], ==, places[0][2]);
  g_assert_cmpfloat (places[1][3], ==, places[0][3]);
  g_assert_false (qc_voucher_batch_is_used (batch));
  g_unlink (path);
}

/* ---- the book ---- */

static void
sql (Fixture *f, const char *text)
{
  g_autoptr (GError) error = NULL;
  qc_database_write (qc_session_get_database (f->app->session), "sql", run_sql, (gpointer)text, &error);
  g_assert_no_error (error);
}

typedef struct {
  const char *action;
  guint n;     /* entries of it, all of the voucher */
  int printed; /* uses */
} Book;

static gpointer
read_book (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Book *book = data;
  g_autoptr (GPtrArray) entries = qc_store_journal_list (connection, PROFILE, QC_FIXTURE_UNIT, 0, 1000, error);
  for (guint i = 0; entries && i < entries->len; i++) {
    const QcStoreJournalEntry *entry = entries->pdata[i];
    book->n += g_str_equal (entry->action, book->action) && g_strcmp0 (entry->subject, SERIAL) == 0;
  }
  g_autoptr (QcStoreVoucher) voucher = NULL;
  if (!entries || !qc_store_journal_verify (connection, NULL, error)
      || !qc_store_vouchers_get (connection, PROFILE, QC_FIXTURE_UNIT, SERIAL, &voucher, error))
    return NULL;
  book->printed = voucher->printed;
  return QC_DATABASE_DONE;
}

/* The journal has @n entries of @action and holds, and the voucher was used @printed times. */
static void
assert_book (Fixture *f, const char *action, guint n, int printed)
{
  Book book = {.action = action};
  g_autoptr (GError) error = NULL;
  qc_database_read (qc_session_get_database (f->app->session), "book", read_book, &book, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (book.n, ==, n);
  g_assert_cmpint (book.printed, ==, printed);
}

static gboolean
note (Fixture *f, QcVoucherBatch *batch, gboolean known, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  if (known)
    qc_voucher_service_note_printed_async (f->service, batch, "Desk", done_cb, &result);
  else
    qc_voucher_service_note_print_unknown_async (f->service, batch, "Desk", done_cb, &result);
  qc_app_fixture_until (is_there, &result);
  return qc_voucher_service_note_finish (f->service, result, error);
}

/* What was handed out stands in the book and the journal together, or it is said that it does not. */
static void
test_book (Fixture *f, gconstpointer data)
{
  g_autofree char *text = make_text (f, QC_FIXTURE_UNIT, SERIAL);
  g_autofree char *path = g_build_filename (f->app->dir, "voucher.pdf", NULL);
  keep (f, text, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcVoucherBatch) batch = prepare (f, &error);
  g_assert_no_error (error);
  g_assert_true (note (f, batch, FALSE, &error));
  assert_book (f, "voucher.print-unknown", 1, 0);
  g_assert_false (qc_voucher_batch_is_used (batch));
  g_assert_true (note (f, batch, TRUE, &error));
  assert_book (f, "voucher.printed", 1, 1);
  g_assert_true (qc_voucher_batch_is_used (batch));
  for (int i = 0; i < 2; i++) {
    sql (f, i == 0 ? "CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE (ABORT, 'full'); END"
                   : "CREATE TRIGGER full BEFORE UPDATE ON voucher BEGIN SELECT RAISE (ABORT, 'full'); END");
    g_assert_false (note (f, batch, TRUE, &error));
    g_assert_cmpstr (qc_app_error_code (error), ==, "app.not-counted");
    g_clear_error (&error);
    g_assert_false (save (f, batch, path, &error));
    g_assert_cmpstr (qc_app_error_code (error), ==, "app.not-counted");
    g_clear_error (&error);
    g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
    g_unlink (path);
    sql (f, "DROP TRIGGER full");
    assert_book (f, "voucher.printed", 1, 1);
    assert_book (f, "voucher.saved", 0, 1);
  }
  g_assert_true (save (f, batch, path, &error));
  assert_book (f, "voucher.saved", 1, 2);
  g_unlink (path);
}

/* Whoever cancels once the file is in its place has a file, and it is counted. */
static void
test_cancelled_late (Fixture *f, gconstpointer data)
{
  g_autofree char *text = make_text (f, QC_FIXTURE_UNIT, SERIAL);
  g_autofree char *path = g_build_filename (f->app->dir, "voucher.pdf", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  keep (f, text, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcVoucherBatch) batch = prepare (f, &error);
  g_assert_no_error (error);
  g_autoptr (GAsyncResult) result = NULL;
  qc_voucher_service_save_async (f->service, batch, path, FALSE, cancellable, done_cb, &result);
  while (!g_file_test (path, G_FILE_TEST_EXISTS))
    g_usleep (1000);
  g_usleep (50 * 1000); /* its thread returns */
  g_cancellable_cancel (cancellable);
  qc_app_fixture_until (is_there, &result);
  guint saved = 0;
  g_assert_true (qc_voucher_service_save_finish (f->service, result, &saved, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (saved, ==, 1);
  assert_book (f, "voucher.saved", 1, 1);
  g_unlink (path);
  /* cancelled before, there is none */
  g_clear_object (&result);
  qc_voucher_service_save_async (f->service, batch, f->app->dir, TRUE, cancellable, done_cb, &result);
  qc_app_fixture_until (is_there, &result);
  g_assert_false (qc_voucher_service_save_finish (f->service, result, &saved, &error));
  g_assert_cmpstr (qc_app_error_code (error), ==, "cancelled");
  g_assert_cmpuint (saved, ==, 0);
  assert_book (f, "voucher.saved", 1, 1);
}

/* One file of all, or a file each; what ends it halfway has its files counted, and says how many there are. */
static void
test_several (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcVoucherBatch) one = NULL, batch = prepare_two (f);
  g_autofree char *folder = g_build_filename (f->app->dir, "each", NULL), *path = NULL;
  g_auto (GStrv) serials = qc_voucher_batch_dup_serials (batch);
  const char *const both[] = {OTHER, SERIAL, NULL};
  g_assert_true (g_strv_equal ((const char *const *)serials, both));
  one = prepare (f, &error);
  g_autofree char *name = qc_voucher_batch_dup_file_name (one), *names = qc_voucher_batch_dup_file_name (batch);
  g_assert_cmpstr (name, ==, "汇补缴凭证-" SERIAL ".pdf");
  g_assert_cmpstr (names, ==, "汇补缴凭证-" QC_FIXTURE_UNIT "-2份.pdf");

  path = g_build_filename (f->app->dir, names, NULL);
  g_autoptr (GBytes) pdf = render (f, batch, 0, 0, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf), &error);
  g_autoptr (GPtrArray) results = check_file (f, path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (results->len, ==, 2);
  g_assert_cmpstr (((QcVoucherResult *)results->pdata[0])->serial, ==, OTHER);
  g_assert_cmpstr (((QcVoucherResult *)results->pdata[1])->serial, ==, SERIAL);
  g_assert_cmpuint (((QcVoucherResult *)results->pdata[1])->page, ==, 2);
  assert_book (f, "voucher.saved", 0, 0);

  guint saved = 9;
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (save_each (f, batch, folder, &saved, &error));
  g_assert_cmpuint (saved, ==, 2);
  assert_book (f, "voucher.saved", 1, 1);
  for (guint i = 0; i < 2; i++) {
    g_autofree char *file = g_strdup_printf ("%s/汇补缴凭证-%s.pdf", folder, both[i]);
    g_assert_cmpint (g_remove (file), ==, 0);
    if (i == 1)
      g_assert_cmpint (g_mkdir (file, 0700), ==, 0); /* nothing can be put in its place */
  }
  g_assert_false (save_each (f, batch, folder, &saved, &error));
  g_assert_cmpuint (saved, ==, 1);
  g_assert_true (g_str_has_prefix (error->message, "1 file of 2 is saved. "));
  assert_book (f, "voucher.saved", 1, 1); /* of the second one */
  g_clear_error (&error);
  g_assert_false (save_each (f, one, folder, &saved, &error));
  g_assert_cmpuint (saved, ==, 0);
  assert_book (f, "voucher.saved", 1, 1);
}

/* What became of the first one that changed is said; one that is here no longer may be asked for. */
static void
test_standing_of_several (Fixture *f, gconstpointer data)
{
  static const struct {
    const char *sql;
    guint changed;
    QcApplicationState state;
    const char *first, *second;
  } rows[] = {
      {"UPDATE application SET revision = revision - 1", 0, 0, OTHER, SERIAL},
      {"UPDATE application SET revision = revision + 1", 0, 0, OTHER, SERIAL},
      {"UPDATE application SET state = 'registered', revision = revision + 1 WHERE serial = '" SERIAL "'", 1,
       QC_STATE_REGISTERED, OTHER, SERIAL},
      {"UPDATE application SET state = 'deleted', revision = revision + 1 WHERE serial = '" OTHER "'", 2,
       QC_STATE_DELETED, SERIAL, NULL},
      {"DELETE FROM application WHERE serial = '" OTHER "'", 1, QC_STATE_REGISTERED, OTHER, SERIAL},
  };
  g_autoptr (QcVoucherBatch) batch = prepare_two (f);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    qc_app_fixture_sql (f->app, rows[i].sql);
    g_autoptr (QcVoucherStanding) standing = compare (f, batch);
    g_assert_cmpuint (standing->changed, ==, rows[i].changed);
    if (rows[i].changed > 0)
      g_assert_cmpint (standing->state, ==, rows[i].state);
    g_assert_cmpstr (standing->serials[0], ==, rows[i].first);
    g_assert_cmpstr (standing->serials[1], ==, rows[i].second);
  }
}

static void
test_not_kept (Fixture *f, gconstpointer data)
{
  g_autofree char *text = make_text (f, QC_FIXTURE_UNIT, SERIAL);
  g_autofree char *other = make_text (f, "231100000099", SERIAL);
  g_autofree char *strange = make_text (f, QC_FIXTURE_UNIT, "HJ202600000009");
  g_autofree char *cut = g_strndup (text, strlen (text) - 4);
  g_autoptr (QcSigningKey) forger = qc_signing_key_new ("test-1", 0, 0);
  QcSigningKey *key = f->key;
  f->key = forger;
  g_autofree char *forged = make_text (f, QC_FIXTURE_UNIT, SERIAL);
  f->key = key;
  for (guint i = 0; i < 6; i++) {
    const char *texts[] = {other, strange, cut, forged, "nothing", text};
    g_autoptr (GError) error = NULL;
    keep (f, texts[i], i == 5 ? 1 : 0); /* the last is good, but of an older state */
    g_autoptr (QcVoucherBatch) batch = prepare (f, &error);
    g_assert_null (batch);
    g_assert_cmpstr (qc_app_error_code (error), ==, "sync.no-api");
  }
}

/* What is kept is used as long as it is of the same application, as old or as large, and of no earlier state of it; of
 * one that is not here any more too, but of none that was taken back. */
static void
test_current (Fixture *f, gconstpointer data)
{
  static const struct {
    const char *sql, *code; /* (nullable) it is used */
  } rows[] = {
      {"UPDATE application SET revision = revision - 1", NULL},
      {"UPDATE application SET revision = revision + 1", NULL},
      {"UPDATE application SET revision = revision + 1", "sync.no-api"},
      {"UPDATE application SET revision = revision - 1, created = created + 1", "sync.no-api"},
      {"UPDATE application SET created = created - 1, fen = fen + 1", "sync.no-api"},
      {"UPDATE application SET fen = fen - 1", NULL},
      {"UPDATE application SET state = 'deleted'", "app.voucher"},
      {"UPDATE application SET state = 'finished'", NULL},
      {"DELETE FROM application", NULL},
      {"ALTER TABLE voucher RENAME TO elsewhere", "db.failed"},
  };
  g_autofree char *text = make_text (f, QC_FIXTURE_UNIT, SERIAL);
  keep (f, text, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    qc_app_fixture_sql (f->app, rows[i].sql);
    g_autoptr (QcVoucherBatch) batch = prepare (f, &error);
    g_test_message ("row %u", (guint)i);
    g_assert_cmpstr (error != NULL ? qc_app_error_code (error) : NULL, ==, rows[i].code);
    g_assert_cmpint (batch != NULL, ==, rows[i].code == NULL);
  }
}

/* ---- asking the center ---- */

typedef enum { ANSWER, BREAK, REFUSE, ANSWER_OTHER } Mood;

typedef struct {
  Mood mood;
  char *answers[2]; /* (owned) the voucher that is asked for, and another one */
  char *key;        /* (owned) of the last question */
} Desk;

/* (transfer full) */
static char *
dup_answer (const char *text, const QcSigningKey *key)
{
  g_autoptr (QcWireVoucher) wire = qc_wire_voucher_new ();
  wire->serial = g_strdup (SERIAL);
  wire->revision = 1;
  wire->state = QC_STATE_FINISHED;
  wire->issued = 1795320000;
  wire->key = g_new0 (QcWireKey, 1);
  wire->key->id = g_strdup (qc_signing_key_get_id (key));
  wire->key->algorithm = g_strdup (QC_SIGNATURE_ALGORITHM);
  wire->key->public_key = qc_signing_key_dup_public (key);
  wire->text = g_strdup (text);
  g_autoptr (GBytes) bytes = qc_wire_encode_voucher (wire);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static gboolean
desk_hook (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  Desk *desk = fake->data;
  if (!g_str_has_suffix (path, "/applications/" SERIAL "/voucher"))
    return FALSE;
  g_free (desk->key);
  desk->key
      = g_strdup (soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Idempotency-Key"));
  if (desk->mood == BREAK)
    fake_cut (message, NULL);
  else if (desk->mood == REFUSE)
    fake_problem (message, 409, QC_PROBLEM_NOT_FOUND);
  else
    fake_json (message, 200, desk->answers[desk->mood == ANSWER_OTHER]);
  return TRUE;
}

/* A question that was not answered is asked again under its key; a no, and what is no answer, ends it. What is kept is
 * used where nobody can be asked, and not where the answer was no. */
static void
test_asked (Fixture *f, gconstpointer data)
{
  static const struct {
    Mood mood;
    const char *code; /* (nullable) there is one */
    gboolean same_key, offline;
  } rows[] = {
      {BREAK, "sync.offline", FALSE, FALSE},
      {BREAK, "sync.offline", TRUE, FALSE},
      {REFUSE, "sync.problem", TRUE, FALSE},
      {REFUSE, "sync.problem", FALSE, FALSE},
      {ANSWER_OTHER, "app.voucher", FALSE, FALSE},
      {ANSWER, NULL, FALSE, FALSE},
      {BREAK, NULL, FALSE, TRUE},
      {REFUSE, "sync.problem", TRUE, FALSE},
      {ANSWER, NULL, FALSE, FALSE},
  };
  Fake *fake = fake_new ();
  Desk desk = {.mood = BREAK};
  fake->hook = desk_hook;
  fake->data = &desk;
  f->center = "测试中心";
  g_autofree char *text = make_text (f, QC_FIXTURE_UNIT, SERIAL), *other = make_text (f, QC_FIXTURE_UNIT, OTHER);
  desk.answers[0] = dup_answer (text, f->key);
  desk.answers[1] = dup_answer (other, f->key);
  keep (f, "nothing", 0); /* its key is known */
  fake_session_adopt (f->app, fake, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *before = g_steal_pointer (&desk.key);
    desk.mood = rows[i].mood;
    g_autoptr (QcVoucherBatch) batch = prepare (f, &error);
    g_test_message ("row %u: %s", (guint)i, error != NULL ? error->message : "");
    g_assert_cmpstr (error != NULL ? qc_app_error_code (error) : NULL, ==, rows[i].code);
    g_assert_cmpint (batch != NULL, ==, rows[i].code == NULL);
    g_assert_nonnull (desk.key);
    g_assert_cmpint (g_strcmp0 (desk.key, before) == 0, ==, rows[i].same_key);
    if (batch == NULL)
      continue;
    g_assert_cmpint (qc_voucher_batch_get_info (batch, 0)->offline, ==, rows[i].offline);
    g_assert_true (note (f, batch, TRUE, &error)); /* else it would be used again */
  }
  qc_session_stop (f->app->session);
  fake_free (fake);
  g_free (desk.answers[0]);
  g_free (desk.answers[1]);
  g_free (desk.key);
}

static void
test_check (Fixture *f, gconstpointer data)
{
  g_autofree char *text = make_text (f, QC_FIXTURE_UNIT, SERIAL);
  g_autoptr (QcSigningKey) other = qc_signing_key_new ("test-2", 0, 0);
  QcSigningKey *key = f->key;
  keep (f, text, 0);
  guint altered = 0;
  for (gsize i = 0, length = strlen (text); i < length; i += 7) {
    g_autofree char *changed = g_strdup (text);
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    g_autoptr (GPtrArray) results = check_text (f, changed);
    const QcVoucherResult *result = results->pdata[0];
    g_assert_cmpint (result->verdict, !=, QC_VOUCHER_GENUINE);
    g_assert_cmpint (result->verdict, !=, QC_VOUCHER_PRACTICE);
    g_assert_nonnull (result->title);
    g_assert_nonnull (result->reason);
    g_assert_null (result->serial);
    altered += result->verdict == QC_VOUCHER_ALTERED;
  }
  g_assert_cmpuint (altered, >, 20);
  f->key = other;
  {
    g_autofree char *unknown = make_text (f, QC_FIXTURE_UNIT, SERIAL);
    g_autoptr (GPtrArray) results = check_text (f, unknown);
    g_assert_cmpstr (((QcVoucherResult *)results->pdata[0])->code, ==, "unknown-key");
  }
  f->key = key;
}

static void
run (Fixture *f, const char *command)
{
  const char *argv[] = {"sh", "-c", command, NULL};
  int status = 0;
  g_autoptr (GError) error = NULL;
  g_spawn_sync (f->app->dir, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

/* The verdict is of the signed facts, by name of center and key, and never of the page: where that shows another
 * amount, it is said. Several files at once, and one that is none of them. */
static void
test_page (Fixture *f, gconstpointer data)
{
  g_autofree char *text = make_text (f, QC_FIXTURE_UNIT, SERIAL);
  g_autofree char *good = g_build_filename (f->app->dir, "good.pdf", NULL);
  g_autofree char *forged = g_build_filename (f->app->dir, "forged.pdf", NULL);
  g_autofree char *none = g_build_filename (f->app->dir, "none.pdf", NULL);
  const char *paths[] = {good, forged, none, NULL};
  keep (f, text, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcVoucherBatch) batch = prepare (f, &error);
  g_assert_no_error (error);
  g_assert_true (save (f, batch, good, &error));
  run (f, "qpdf --qdf --normalize-content=n good.pdf edited.pdf && LC_ALL=C sed 's/FFE5003[0-8]/FFE50039/' edited.pdf"
          " | fix-qdf >forged.pdf && printf '%%PDF-1.4 nothing' >none.pdf");
  g_autoptr (GPtrArray) results = check_files (f, paths, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (results->len, ==, 3);
  for (guint i = 0; i < 2; i++) {
    const QcVoucherResult *result = results->pdata[i];
    g_assert_cmpstr (result->code, ==, "genuine");
    g_assert_cmpstr (result->title, ==, "The signed facts are genuine");
    g_assert_nonnull (strstr (result->reason, "not for what a page or a picture shows"));
    g_assert_nonnull (strstr (result->signed_by, f->center));
    g_assert_nonnull (strstr (result->signed_by, "test-1"));
    g_assert_cmpstr (result->key, ==, "test-1");
    g_assert_cmpstr (result->file, ==, paths[i]);
    g_assert_cmpuint (result->page, ==, 1);
    g_assert_true (result->compared);
    g_assert_cmpuint (result->warnings->len > 0, ==, i == 1);
  }
  const QcVoucherResult *wrong = results->pdata[1];
  g_assert_cmpuint (wrong->warnings->len, ==, 1);
  const QcVoucherWarning *warning = wrong->warnings->pdata[0];
  g_assert_cmpstr (warning->code, ==, "other");
  g_assert_cmpstr (warning->amount, ==, "9,500.00");
  g_assert_cmpstr (warning->text, ==, "The page shows 9,500.00, which was not signed.");
  g_assert_cmpstr (((QcVoucherResult *)results->pdata[2])->code, ==, "unreadable");
  g_assert_null (check_file (f, none, &error));
  g_assert_cmpstr (qc_app_error_code (error), ==, "reader.unreadable");
}

/* What is shown beside each other: the facts drawn again, and the page as it was handed in. */
static void
test_beside (Fixture *f, gconstpointer data)
{
  g_autofree char *text = make_text (f, QC_FIXTURE_UNIT, SERIAL);
  g_autofree char *path = g_build_filename (f->app->dir, "beside.pdf", NULL);
  g_autofree char *drawn = g_build_filename (f->app->dir, "drawn.pdf", NULL);
  keep (f, text, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcVoucherBatch) batch = prepare (f, &error);
  g_assert_true (save (f, batch, path, &error));
  g_autoptr (GPtrArray) results = check_file (f, path, &error);
  g_assert_no_error (error);
  g_autoptr (GAsyncResult) first = NULL;
  qc_voucher_service_draw_async (f->service, results->pdata[0], NULL, done_cb, &first);
  qc_app_fixture_until (is_there, &first);
  g_autoptr (GBytes) pdf = qc_voucher_service_draw_finish (f->service, first, &error);
  g_assert_no_error (error);
  g_file_set_contents (drawn, g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf), &error);
  g_autoptr (GPtrArray) again = check_file (f, drawn, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((QcVoucherResult *)again->pdata[0])->serial, ==, SERIAL);
  g_assert_cmpuint (((QcVoucherResult *)again->pdata[0])->warnings->len, ==, 0);
  g_autoptr (GAsyncResult) second = NULL;
  qc_voucher_service_look_async (f->service, path, 1, NULL, done_cb, &second);
  qc_app_fixture_until (is_there, &second);
  g_autoptr (QcVoucherPicture) picture = qc_voucher_service_look_finish (f->service, second, &error);
  g_assert_no_error (error);
  g_assert_cmpint (picture->height, >, picture->width);
  g_assert_cmpuint (g_bytes_get_size (picture->rgb), ==, (gsize)picture->width * (gsize)picture->height * 3);
}

/* A key of one profile, of its file or kept of what its center names, says nothing for the center of another. */
static void
test_other_center (Fixture *f, gconstpointer data)
{
  static const char county[] = "某县住房公积金管理部", heihe[] = "黑河市住房公积金管理中心";
  g_autoptr (QcSigningKey) other = qc_signing_key_new ("county-1", 0, 0);
  g_autofree char *public_key = qc_signing_key_dup_public (other), *text = make_text (f, QC_FIXTURE_UNIT, SERIAL);
  g_autofree char *folder = g_build_filename (f->app->dir, "profiles", NULL);
  g_autofree char *path = g_build_filename (folder, "county.json", NULL);
  g_autofree char *profile = g_strdup_printf (
      "{\"format\":1,\"id\":\"county\",\"name\":\"%s\",\"practice\":false,"
      "\"portal\":\"https://county.example\",\"client_id\":\"qingce\","
      "\"keys\":[{\"id\":\"county-1\",\"algorithm\":\"ed25519\",\"public\":\"%s\",\"from\":0,\"until\":0}],"
      "\"directory\":[]}",
      county, public_key);
  QcSigningKey *own = f->key;
  const struct {
    QcSigningKey *key;
    const char *center, *code;
  } cases[] = {{own, heihe, "genuine"},
               {other, county, "genuine"},
               {other, heihe, "wrong-center"},
               {own, county, "wrong-center"}};
  keep (f, text, 0);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, profile, -1, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    f->key = cases[i].key;
    f->center = cases[i].center;
    g_autofree char *made = make_text (f, QC_FIXTURE_UNIT, SERIAL);
    g_autoptr (GPtrArray) results = check_text (f, made);
    const QcVoucherResult *result = results->pdata[0];
    g_assert_cmpstr (result->code, ==, cases[i].code);
    if (i >= 2)
      g_assert_nonnull (strstr (result->reason, i == 2 ? county : heihe));
  }
  f->key = own;
}

static void
test_future (Fixture *f, gconstpointer data)
{
  g_autofree char *text = make_text (f, QC_FIXTURE_UNIT, SERIAL);
  keep (f, text, 0);
  for (int i = 0; i < 2; i++) {
    f->time = g_get_real_time () / G_USEC_PER_SEC + (i == 0 ? 60 : 86400); /* a clock a little behind is no fault */
    g_autofree char *made = make_text (f, QC_FIXTURE_UNIT, SERIAL);
    g_autoptr (GPtrArray) results = check_text (f, made);
    g_assert_cmpstr (((QcVoucherResult *)results->pdata[0])->code, ==, i == 0 ? "genuine" : "future");
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/app/vouchers/reprint", Fixture, NULL, set_up, test_reprint, tear_down);
  g_test_add ("/app/vouchers/moved", Fixture, NULL, set_up, test_moved, tear_down);
  g_test_add ("/app/vouchers/standing", Fixture, NULL, set_up, test_standing, tear_down);
  g_test_add ("/app/vouchers/book", Fixture, NULL, set_up, test_book, tear_down);
  g_test_add ("/app/vouchers/cancelled-late", Fixture, NULL, set_up, test_cancelled_late, tear_down);
  g_test_add ("/app/vouchers/several", Fixture, NULL, set_up, test_several, tear_down);
  g_test_add ("/app/vouchers/standing-of-several", Fixture, NULL, set_up, test_standing_of_several, tear_down);
  g_test_add ("/app/vouchers/not-kept", Fixture, NULL, set_up, test_not_kept, tear_down);
  g_test_add ("/app/vouchers/current", Fixture, NULL, set_up, test_current, tear_down);
  g_test_add ("/app/vouchers/asked", Fixture, NULL, set_up, test_asked, tear_down);
  g_test_add ("/app/vouchers/check", Fixture, NULL, set_up, test_check, tear_down);
  g_test_add ("/app/vouchers/page", Fixture, NULL, set_up, test_page, tear_down);
  g_test_add ("/app/vouchers/beside", Fixture, NULL, set_up, test_beside, tear_down);
  g_test_add ("/app/vouchers/other-center", Fixture, NULL, set_up, test_other_center, tear_down);
  g_test_add ("/app/vouchers/future", Fixture, NULL, set_up, test_future, tear_down);
  return g_test_run ();
}
