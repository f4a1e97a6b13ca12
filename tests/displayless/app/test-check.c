/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 检查这台电脑: faults are planted, and each has to be found by the look it belongs to, with a reason and something to
 * do; a sound computer has none. What can be copied does not tell whose it is.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "fake-session.h"
#include "qc-check-judge.h"
#include "qc-check-local.h"
#include "qc-documents.h"
#include "qc-session-private.h"
#include "qc-sqlite-version.h"

#define DAY G_GINT64_CONSTANT (86400)
#define GIB (G_GUINT64_CONSTANT (1) << 30)
#define MIB (G_GUINT64_CONSTANT (1) << 20)

static void
verdict_free (QcCheckVerdict *verdict)
{
  g_free (verdict->reason);
  g_free (verdict->advice);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QcCheckVerdict, verdict_free)

/* Whatever is wrong says why and what to do. */
static void
assert_verdict (QcCheckVerdict given, QcCheckState state, const char *word)
{
  g_auto (QcCheckVerdict) verdict = given;
  g_test_message ("%s → %s", verdict.reason, verdict.advice ? verdict.advice : "");
  g_assert_cmpint (verdict.state, ==, state);
  g_assert_true (verdict.reason && *verdict.reason);
  g_assert_nonnull (strstr (verdict.reason, word));
  g_assert_cmpint (verdict.advice != NULL && *verdict.advice, ==, state == QC_CHECK_NOTICE || state == QC_CHECK_FAULT);
}

/* --- what was measured --- */

static void
test_clock (void)
{
  assert_verdict (qc_judge_clock (TRUE, 0, 480), QC_CHECK_GOOD, "agrees");
  assert_verdict (qc_judge_clock (TRUE, 60, 480), QC_CHECK_GOOD, "agrees");
  assert_verdict (qc_judge_clock (TRUE, 61, 480), QC_CHECK_NOTICE, "61 seconds behind");
  assert_verdict (qc_judge_clock (TRUE, -300, 480), QC_CHECK_NOTICE, "5 minutes ahead");
  assert_verdict (qc_judge_clock (TRUE, 301, 480), QC_CHECK_FAULT, "5 minutes behind");
  assert_verdict (qc_judge_clock (TRUE, -3600, 480), QC_CHECK_FAULT, "60 minutes ahead");
  assert_verdict (qc_judge_clock (TRUE, 0, 0), QC_CHECK_NOTICE, "China");
  assert_verdict (qc_judge_clock (FALSE, 9999, 480), QC_CHECK_SKIPPED, "No center");
}

static void
test_disk (void)
{
  assert_verdict (qc_judge_disk (TRUE, 100 * GIB, 200 * GIB), QC_CHECK_GOOD, "free");
  assert_verdict (qc_judge_disk (TRUE, 500 * MIB, 200 * GIB), QC_CHECK_GOOD, "free");
  assert_verdict (qc_judge_disk (TRUE, 500 * MIB - 1, 200 * GIB), QC_CHECK_NOTICE, "free");
  assert_verdict (qc_judge_disk (TRUE, 50 * MIB, 200 * GIB), QC_CHECK_NOTICE, "free");
  assert_verdict (qc_judge_disk (TRUE, 50 * MIB - 1, 200 * GIB), QC_CHECK_FAULT, "free");
  assert_verdict (qc_judge_disk (FALSE, 0, 0), QC_CHECK_SKIPPED, "does not say");
}

static void
test_folder (void)
{
  static const struct {
    QcCheckFolder folder;
    QcCheckState state;
    const char *word;
  } rows[] = {
      {{TRUE, 0700, TRUE, TRUE, TRUE, FALSE}, QC_CHECK_GOOD, "Only you"},
      {{FALSE, 0, FALSE, FALSE, FALSE, FALSE}, QC_CHECK_FAULT, "not there"},
      {{TRUE, 0500, TRUE, FALSE, TRUE, FALSE}, QC_CHECK_FAULT, "may not write"},
      {{TRUE, 0700, TRUE, TRUE, FALSE, FALSE}, QC_CHECK_FAULT, "database file"},
      {{TRUE, 0700, FALSE, TRUE, TRUE, FALSE}, QC_CHECK_NOTICE, "another user"},
      {{TRUE, 0700, TRUE, TRUE, TRUE, TRUE}, QC_CHECK_NOTICE, "another computer"},
      {{TRUE, 0750, TRUE, TRUE, TRUE, FALSE}, QC_CHECK_NOTICE, "look into"},
      {{TRUE, 0701, TRUE, TRUE, TRUE, FALSE}, QC_CHECK_NOTICE, "look into"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_verdict (qc_judge_folder (&rows[i].folder), rows[i].state, rows[i].word);
}

static void
test_programs (void)
{
  g_autoptr (GError) damage = g_error_new_literal (QC_DB_ERROR, QC_DB_ERROR_CORRUPT, "malformed");
  g_autoptr (GError) font = g_error_new_literal (QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_NO_FONT, "no font");
  assert_verdict (qc_judge_database (QC_SQLITE_LEAST, "3.34.0", TRUE, NULL), QC_CHECK_GOOD, "3.34.0");
  assert_verdict (qc_judge_database (QC_SQLITE_LEAST - 1, "3.33.9", TRUE, NULL), QC_CHECK_FAULT, "too old");
  assert_verdict (qc_judge_database (QC_SQLITE_LEAST, "3.40.1", FALSE, NULL), QC_CHECK_FAULT, "threads");
  assert_verdict (qc_judge_database (QC_SQLITE_LEAST, "3.40.1", TRUE, damage), QC_CHECK_FAULT, "damaged");
  assert_verdict (qc_judge_fonts (font, FALSE), QC_CHECK_FAULT, "no font");
  assert_verdict (qc_judge_fonts (NULL, FALSE), QC_CHECK_NOTICE, "rare");
  assert_verdict (qc_judge_fonts (NULL, TRUE), QC_CHECK_GOOD, "rare");
  assert_verdict (qc_judge_keyring (QC_SECRET_SERVICE_OPEN), QC_CHECK_GOOD, "kept");
  assert_verdict (qc_judge_keyring (QC_SECRET_SERVICE_LOCKED), QC_CHECK_NOTICE, "locked");
  assert_verdict (qc_judge_keyring (QC_SECRET_SERVICE_NOWHERE), QC_CHECK_NOTICE, "empty");
  assert_verdict (qc_judge_keyring (QC_SECRET_SERVICE_AWAY), QC_CHECK_NOTICE, "no keyring");
  assert_verdict (qc_judge_language ("UTF-8", TRUE, TRUE), QC_CHECK_GOOD, "read and written");
  assert_verdict (qc_judge_language ("utf-8", FALSE, FALSE), QC_CHECK_GOOD, "read and written");
  assert_verdict (qc_judge_language ("GB18030", TRUE, TRUE), QC_CHECK_FAULT, "UTF-8");
  assert_verdict (qc_judge_language ("UTF-8", TRUE, FALSE), QC_CHECK_NOTICE, "not installed");
  assert_verdict (qc_judge_browser (NULL), QC_CHECK_FAULT, "No program");
  assert_verdict (qc_judge_browser ("Firefox"), QC_CHECK_GOOD, "Firefox");
}

/* --- certificates: shown by a real server --- */

typedef struct {
  const char *host;   /* NULL = its own address */
  gint64 from, until; /* relative to now */
  gboolean other_ca;
  QcCheckState state;
  const char *word;
} Certificate;

static void
test_certificates (void)
{
  static const Certificate rows[] = {
      {NULL, -DAY, 60 * DAY, FALSE, QC_CHECK_GOOD, "Shown"},
      {NULL, -DAY, 29 * DAY, FALSE, QC_CHECK_NOTICE, "Shown"},
      {NULL, -2 * DAY, -DAY, FALSE, QC_CHECK_FAULT, "has expired"},
      {NULL, DAY, 60 * DAY, FALSE, QC_CHECK_FAULT, "not valid yet"},
      {"somewhere.example", -DAY, 60 * DAY, FALSE, QC_CHECK_FAULT, "another address"},
      {NULL, -DAY, 60 * DAY, TRUE, QC_CHECK_FAULT, "not from whom"},
  };
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    TestAuthority *authority = test_authority_new (NULL), *other = test_authority_new ("another");
    GTlsCertificate *certificate = test_authority_issue (authority, rows[i].host, rows[i].from, rows[i].until);
    g_autofree char *pem = g_strdup (rows[i].other_ca ? other->pem : authority->pem);
    g_autoptr (Fake) fake = fake_new_with (certificate, authority);
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    qc_probe_async (fake->address, pem, TRUE, NULL, keep_result_cb, &result);
    wait_result (&result);
    g_autoptr (QcProbe) probe = qc_probe_finish (result, &error);
    g_assert_no_error (error);
    g_assert_no_error (probe->error);
    g_assert_cmpuint (probe->n_certificates, >=, 1);
    assert_verdict (qc_judge_certificate (probe, now), rows[i].state, rows[i].word);
    g_assert_cmpuint (fake->log->len, ==, 0); /* nothing was asked there */
    test_authority_free (other);
  }
}

/* One that is its own issuer is one; a chain is walked so far and no further. */
static void
test_chain (void)
{
  QcProbe endless = {.subject = (char *)"CN=a", .n_certificates = QC_PROBE_MOST_CERTIFICATES, .is_endless = TRUE};
  assert_verdict (qc_judge_certificate (&endless, 1), QC_CHECK_FAULT, "does not end");
  QcProbe revoked = {.flags = G_TLS_CERTIFICATE_REVOKED};
  assert_verdict (qc_judge_certificate (&revoked, 1), QC_CHECK_FAULT, "revoked");
  QcProbe weak = {.flags = G_TLS_CERTIFICATE_INSECURE};
  assert_verdict (qc_judge_certificate (&weak, 1), QC_CHECK_FAULT, "cannot be trusted");
  QcProbe away = {.error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "refused")};
  assert_verdict (qc_judge_certificate (&away, 1), QC_CHECK_SKIPPED, "nobody answered");
  g_clear_error (&away.error);
}

static void
test_proxy (void)
{
  QcProbe none = {0};
  assert_verdict (qc_judge_proxy (&none), QC_CHECK_GOOD, "No proxy");
  QcProbe good = {.proxy = (char *)"http://proxy:3128"};
  assert_verdict (qc_judge_proxy (&good), QC_CHECK_GOOD, "http://proxy:3128");
  QcProbe dead = {.proxy = (char *)"http://proxy:3128",
                  .proxy_error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND, "no such host")};
  assert_verdict (qc_judge_proxy (&dead), QC_CHECK_FAULT, "no such host");
  g_clear_error (&dead.proxy_error);
}

/* --- the whole --- */

static gboolean
is_done (gpointer check)
{
  return !qc_check_is_running (check);
}

static const QcCheckItem *
find (QcCheck *check, const char *id)
{
  const GPtrArray *items = qc_check_get_items (check);
  for (guint i = 0; i < items->len; i++) {
    const QcCheckItem *item = g_ptr_array_index (items, i);
    if (g_str_equal (item->id, id))
      return item;
  }
  g_assert_not_reached ();
}

static QcCheck *
run (QcAppFixture *app)
{
  QcCheck *check = qc_check_new (app->session);
  qc_check_run (check);
  qc_app_fixture_until (is_done, check);
  return check;
}

static void
assert_item (QcCheck *check, const char *id, QcCheckState state)
{
  const QcCheckItem *item = find (check, id);
  g_test_message ("%s: %s", id, item->verdict.reason);
  g_assert_cmpint (item->verdict.state, ==, state);
}

/* At a center that answers, and after the programs beside this one, the rights and the way there are taken away. */
static void
test_planted (void)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcAppFixture) app = qc_app_fixture_new (NULL, 0, 0);
  fake->generation = 1;
  fake_session_connect (app, fake);
  g_autoptr (QcCheck) sound = run (app);
  assert_item (sound, "center", QC_CHECK_GOOD);
  assert_item (sound, "certificate", QC_CHECK_NOTICE); /* for an hour yet */
  assert_item (sound, "folder", QC_CHECK_GOOD);
  assert_item (sound, "database", QC_CHECK_GOOD);
  assert_item (sound, "reader", QC_CHECK_GOOD);
  assert_item (sound, "fonts", QC_CHECK_GOOD);
  g_autofree char *reader = g_strdup (g_getenv ("QINGCE_READER"));
  g_autofree char *bus = g_strdup (g_getenv ("DBUS_SESSION_BUS_ADDRESS"));
  g_setenv ("QINGCE_READER", "/nowhere/qingce-reader", TRUE);
  g_setenv ("QINGCE_CENTER", "/nowhere/qingce-center", TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere", TRUE);
  g_chmod (app->dir, 0755);
  soup_server_disconnect (fake->server);
  g_autoptr (QcCheck) planted = run (app);
  assert_item (planted, "center", QC_CHECK_FAULT);
  assert_item (planted, "certificate", QC_CHECK_SKIPPED);
  assert_item (planted, "folder", QC_CHECK_NOTICE);
  assert_item (planted, "reader", QC_CHECK_FAULT);
  assert_item (planted, "practice", QC_CHECK_FAULT);
  assert_item (planted, "keyring", QC_CHECK_NOTICE);
  g_assert_cmpuint (qc_check_count (planted, QC_CHECK_RUNNING), ==, 0);
  g_setenv ("QINGCE_READER", reader ? reader : "", TRUE);
  g_unsetenv ("QINGCE_CENTER");
}

/* Given up, it says so, and what comes afterwards is dropped. */
static void
test_given_up (void)
{
  g_autoptr (QcAppFixture) app = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcCheck) check = qc_check_new (app->session);
  qc_check_run (check);
  qc_check_cancel (check);
  assert_item (check, "database", QC_CHECK_SKIPPED);
  qc_check_run (check);
  qc_app_fixture_until (is_done, check);
  assert_item (check, "database", QC_CHECK_GOOD);
  assert_item (check, "center", QC_CHECK_SKIPPED); /* 黑河 has no interface */
}

static void
test_masked (void)
{
  g_autoptr (QcAppFixture) app = qc_app_fixture_new (NULL, 0, 0);
  g_autofree char *text = g_strdup_printf ("%s: 爱辉某某商贸有限公司 " QC_FIXTURE_UNIT
                                           " 91231102MA18XAAA9H 23110219900307001X %s 13904560001 "
                                           "2026-11-23 3.40.1 12:30",
                                           g_get_home_dir (), g_get_host_name ());
  g_autofree char *masked = qc_check_dup_masked (app->session, text);
  g_test_message ("%s", masked);
  static const char *const gone[] = {"某某", QC_FIXTURE_UNIT, "231102MA", "900307", "0456000"};
  for (gsize i = 0; i < G_N_ELEMENTS (gone); i++)
    g_assert_null (strstr (masked, gone[i]));
  g_assert_null (strstr (masked, g_get_home_dir ()));
  g_assert_nonnull (strstr (masked, "2026-11-23 3.40.1 12:30"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/clock", test_clock);
  g_test_add_func ("/check/disk", test_disk);
  g_test_add_func ("/check/folder", test_folder);
  g_test_add_func ("/check/programs", test_programs);
  g_test_add_func ("/check/certificates", test_certificates);
  g_test_add_func ("/check/chain", test_chain);
  g_test_add_func ("/check/proxy", test_proxy);
  g_test_add_func ("/check/planted", test_planted);
  g_test_add_func ("/check/given-up", test_given_up);
  g_test_add_func ("/check/masked", test_masked);
  return g_test_run ();
}
