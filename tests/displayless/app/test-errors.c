/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Every error of the rooms below has its stable name, and what nobody foresaw has one too.
 */
#include <gio/gio.h>
#include <string.h>

#include "qc-app-error.h"
#include "qc-connection.h"
#include "qc-error-text.h"
#include "qc-problem.h"
#include "qc-reading.h"
#include "qc-sheet-error.h"
#include "qc-store.h"
#include "qc-sync-error.h"

static void
check (GError *take_error, const char *code)
{
  g_autoptr (GError) error = take_error;
  g_assert_cmpstr (qc_app_error_code (error), ==, code);
}

static void
test_codes (void)
{
  static const struct {
    int db;
    const char *code;
  } dbs[] = {
      {QC_DB_ERROR_FULL, "db.full"},
      {QC_DB_ERROR_NEWER, "db.newer"},
      {QC_DB_ERROR_CORRUPT, "db.corrupt"},
      {QC_DB_ERROR_BUSY, "db.busy"},
      {QC_DB_ERROR_IO, "db.io"},
      {QC_DB_ERROR_CONSTRAINT, "db.failed"},
      {QC_DB_ERROR_NOT_FOUND, "db.not-found"},
      {QC_DB_ERROR_EXPOSED, "db.exposed"},
  };
  static const struct {
    QcSyncError code;
    const char *reason, *name;
  } syncs[] = {
      {QC_SYNC_ERROR_OFFLINE, NULL, "sync.offline"},
      {QC_SYNC_ERROR_TLS, NULL, "sync.tls"},
      {QC_SYNC_ERROR_TLS, "tls.expired", "sync.tls.expired"},
      {QC_SYNC_ERROR_TLS, "tls.unknown-ca", "sync.tls.unknown-ca"},
      {QC_SYNC_ERROR_TLS, "tls.old", "sync.tls.old"},
      {QC_SYNC_ERROR_SIGN_IN, "legal-person", "sync.sign-in.legal-person"},
      {QC_SYNC_ERROR_SIGN_IN, "something new", "sync.sign-in"},
      {QC_SYNC_ERROR_NOT_ALLOWED, NULL, "sync.not-allowed"},
      {QC_SYNC_ERROR_UNKNOWN_OUTCOME, NULL, "sync.unknown-outcome"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (dbs); i++)
    check (g_error_new_literal (QC_DB_ERROR, dbs[i].db, "x"), dbs[i].code);
  for (gsize i = 0; i < G_N_ELEMENTS (syncs); i++)
    check (qc_sync_error_new (syncs[i].code, syncs[i].reason, "x"), syncs[i].name);
  for (int code = 0; code <= QC_SYNC_ERROR_NOT_ALLOWED; code++) {
    g_autoptr (GError) error = g_error_new_literal (QC_SYNC_ERROR, code, "x");
    g_assert_true (g_str_has_prefix (qc_app_error_code (error), "sync."));
  }
  check (g_error_new_literal (QC_STORE_ERROR, QC_STORE_ERROR_STATE, "x"), "store.state");
  check (g_error_new_literal (QC_APP_ERROR, QC_APP_ERROR_LOCKED, "x"), "app.locked");
  check (g_error_new_literal (QC_APP_ERROR, QC_APP_ERROR_NOT_COUNTED, "x"), "app.not-counted");
  check (g_error_new_literal (QC_APP_ERROR, QC_APP_ERROR_WAITING, "x"), "keep.waiting");
  check (g_error_new_literal (QC_APP_ERROR, QC_APP_ERROR_BUSY, "x"), "keep.busy");
  check (g_error_new_literal (QC_APP_ERROR, QC_APP_ERROR_NO_BUNDLE, "x"), "bundle.none");
  check (g_error_new_literal (QC_APP_ERROR, QC_APP_ERROR_PASSPHRASE, "x"), "bundle.passphrase");
  check (g_error_new_literal (QC_APP_ERROR, QC_APP_ERROR_TORN, "x"), "bundle.torn");
  check (g_error_new_literal (QC_APP_ERROR, QC_APP_ERROR_NEWER, "x"), "bundle.newer");
  check (g_error_new_literal (QC_READER_ERROR, QC_READER_ERROR_MISSING, "x"), "reader.missing");
  check (g_error_new_literal (QC_READER_ERROR, QC_READER_ERROR_TOO_LARGE, "x"), "reader.unreadable");
  check (g_error_new_literal (QC_READER_ERROR, QC_READER_ERROR_BROKEN, "x"), "reader.gave-up");
  check (g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x"), "cancelled");
  check (g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "x"), "io.no-space");
  check (g_error_new_literal (QC_SYNC_ERROR, 4711, "x"), "other");
  check (g_error_new_literal (G_MARKUP_ERROR, 0, "x"), "other");
}

/* Of every room the first and the last code have a name of their own, and one more has none. */
static void
test_rooms (void)
{
  const struct {
    GQuark domain;
    int last;
    const char *prefix; /* NULL: of more than one */
  } rooms[] = {{QC_APP_ERROR, QC_APP_ERROR_NEWER, NULL},
               {QC_DB_ERROR, QC_DB_ERROR_EXPOSED, "db."},
               {QC_STORE_ERROR, QC_STORE_ERROR_TAMPERED, NULL},
               {QC_READER_ERROR, QC_READER_ERROR_PICTURE_GIVEN_UP, NULL}};
  for (gsize i = 0; i < G_N_ELEMENTS (rooms); i++)
    for (int code = 0; code <= rooms[i].last + 1; code++) {
      g_autoptr (GError) error = g_error_new_literal (rooms[i].domain, code, "x");
      const char *name = qc_app_error_code (error);
      g_assert_true (g_str_equal (name, "other") == (code > rooms[i].last));
      g_assert_true (rooms[i].prefix == NULL || code > rooms[i].last || g_str_has_prefix (name, rooms[i].prefix));
    }
  check (g_error_new_literal (QC_SHEET_ERROR, QC_SHEET_ERROR_KIND, "x"), "other"); /* said where it is read */
  check (g_error_new_literal (QC_SHEET_ERROR, QC_SHEET_ERROR_FILE, "x"), "other");
  check (g_error_new_literal (QC_SHEET_ERROR, QC_SHEET_ERROR_WRITE, "x"), "sheet.write");
  check (g_error_new_literal (QC_SHEET_ERROR, QC_SHEET_ERROR_NO_SPACE, "x"), "sheet.no-space");
  check (g_error_new_literal (QC_SHEET_ERROR, QC_SHEET_ERROR_NO_SPACE + 1, "x"), "other");
}

/* In words: a title, the reason, and what to do, which is to wait where the center says how long. */
static void
test_texts (void)
{
  g_autoptr (QcErrorText) nothing = qc_error_text_new (NULL);
  g_assert_cmpstr (nothing->title, ==, "It did not work");
  g_autofree char *advice_alone = qc_error_text_dup_body (nothing);
  g_assert_cmpstr (advice_alone, ==, nothing->advice);
  for (guint wait = 0; wait <= 2; wait++) {
    g_autoptr (GError) busy = qc_sync_error_new_retry (wait);
    g_autoptr (QcErrorText) text = qc_error_text_new (busy);
    g_autofree char *body = qc_error_text_dup_body (text), *both = g_strconcat (text->reason, "\n", text->advice, NULL);
    g_assert_cmpstr (body, ==, both);
    if (wait > 0)
      g_assert_cmpstr (text->advice, ==,
                       wait == 1 ? "It is tried again in 1 second." : "It is tried again in 2 seconds.");
    else
      g_assert_null (strstr (text->advice, "0 seconds"));
  }
  for (guint n = 1; n <= 9; n += n == 2 ? 6 : 1) { /* of nine findings eight are told, a line each */
    g_autoptr (QcProblem) problem = qc_problem_new (422, QC_PROBLEM_REFUSED, "", "");
    for (guint i = 0; i < n; i++)
      g_ptr_array_add (problem->findings, qc_finding_new_received ("of-another-time", QC_SEVERITY_ERROR));
    g_autoptr (GError) error = qc_sync_error_new_problem (QC_SYNC_ERROR_PROBLEM, problem);
    g_autoptr (QcErrorText) text = qc_error_text_new (error);
    g_auto (GStrv) lines = g_strsplit (text->reason, "\n", -1);
    g_assert_cmpuint (g_strv_length (lines), ==, MIN (n, 8));
    g_assert_cmpstr (lines[0], !=, "");
  }
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");
  g_autoptr (GError) failed = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "x");
  g_assert_true (qc_error_is_silent (NULL));
  g_assert_true (qc_error_is_silent (cancelled));
  g_assert_false (qc_error_is_silent (failed));
  g_assert_cmpuint (qc_app_error_get_retry_after (NULL), ==, 0);
  g_assert_cmpuint (qc_app_error_get_retry_after (failed), ==, 0);
}

static void
test_retry (void)
{
  g_autoptr (GError) busy = qc_sync_error_new_retry (17);
  g_assert_cmpstr (qc_app_error_code (busy), ==, "sync.retry-later");
  g_assert_cmpuint (qc_app_error_get_retry_after (busy), ==, 17);
  g_assert_null (qc_app_error_dup_findings (busy));
  g_assert_null (qc_app_error_get_problem_code (busy));
}

static QcErrorText *
text_of (const char *code, const char *finding)
{
  g_autoptr (QcProblem) problem = qc_problem_new (422, code, "A title in English", "Not for this unit.");
  if (finding)
    g_ptr_array_add (problem->findings, qc_finding_new_received (finding, QC_SEVERITY_ERROR));
  g_autoptr (GError) error = qc_sync_error_new_problem (QC_SYNC_ERROR_PROBLEM, problem);
  g_assert_null (strstr (error->message, "English"));
  g_assert_null (strstr (error->message, "Not for this unit"));
  return qc_error_text_new (error);
}

/* Whatever a center says no with, the words are ours, with a reason and a next step; an unknown code is named. */
static void
test_words (void)
{
  static const char *const codes[] = {
      QC_PROBLEM_BAD_REQUEST,        QC_PROBLEM_UNAUTHORIZED,
      QC_PROBLEM_FORBIDDEN,          QC_PROBLEM_NOT_FOUND,
      QC_PROBLEM_METHOD_NOT_ALLOWED, QC_PROBLEM_CURSOR_EXPIRED,
      QC_PROBLEM_REVISION_MOVED,     QC_PROBLEM_TOO_LARGE,
      QC_PROBLEM_UNSUPPORTED_TYPE,   QC_PROBLEM_REFUSED,
      QC_PROBLEM_KEY_REUSED,         QC_PROBLEM_PRECONDITION_NEEDED,
      QC_PROBLEM_TOO_MANY,           QC_PROBLEM_FAILED,
      QC_PROBLEM_UNAVAILABLE,
  };
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autoptr (QcErrorText) text = text_of (codes[i], NULL);
    g_autoptr (QcFinding) finding = qc_finding_new_received (codes[i], QC_SEVERITY_ERROR);
    g_autofree char *sentence = qc_finding_dup_sentence (finding);
    g_autofree char *advice = qc_finding_dup_advice (finding);
    g_assert_null (strstr (sentence, "(code")); /* has words of its own */
    g_assert_true (g_str_has_prefix (text->reason, sentence));
    g_assert_nonnull (strstr (text->reason, advice));
    g_assert_null (strstr (text->reason, "Not for this unit"));
  }
  g_autoptr (QcErrorText) unknown = text_of ("of-another-time", NULL);
  g_assert_nonnull (strstr (unknown->reason, "(code “of-another-time”)"));
  g_assert_null (strstr (unknown->reason, "Not for this unit"));
  g_autoptr (QcErrorText) found = text_of (QC_PROBLEM_REFUSED, "retirement.too-soon");
  g_assert_nonnull (strstr (found->reason, "(code “retirement.too-soon”)"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/errors/codes", test_codes);
  g_test_add_func ("/errors/rooms", test_rooms);
  g_test_add_func ("/errors/texts", test_texts);
  g_test_add_func ("/errors/retry", test_retry);
  g_test_add_func ("/errors/words", test_words);
  return g_test_run ();
}
