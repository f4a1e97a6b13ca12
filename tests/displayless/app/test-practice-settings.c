/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the practice center does by itself is asked of it, and of no other center.
 */
#include <string.h>

#include "fake-session.h"
#include "qc-session-private.h"
#include "qc-sql.h"

typedef struct {
  const char *answer; /* of the center; NULL: it is not there */
  guint asked;
} Center;

static gboolean
hook (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  Center *center = fake->data;
  if (!g_str_equal (path, "/api/v1/practice"))
    return FALSE;
  g_assert_cmpstr (soup_server_message_get_method (message), ==, "GET");
  center->asked++;
  if (center->answer)
    fake_json (message, 200, center->answer);
  else
    fake_problem (message, 404, QC_PROBLEM_NOT_FOUND);
  return TRUE;
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
is_there (gpointer result)
{
  return *(GAsyncResult **)result != NULL;
}

static gboolean
read_settings (QcAppFixture *app, QcPracticeSettings *out, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_session_practice_read_async (app->session, NULL, result_cb, &result);
  qc_app_fixture_until (is_there, &result);
  return qc_session_practice_read_finish (app->session, result, out, error);
}

static void
test_settings (void)
{
  static const struct {
    const char *answer;
    QcPracticeSettings settings;
  } rows[] = {
      {"{\"today\":20261123,\"arrival_delay_seconds\":60,\"review_delay_seconds\":10,"
       "\"review_returned_percent\":33}",
       {60, 10, 33}},
      {"{\"today\":20261123,\"arrival_delay_seconds\":null,\"review_delay_seconds\":null,"
       "\"review_returned_percent\":0}",
       {-1, -1, 0}},
      {"{\"today\":20261123,\"arrival_delay_seconds\":0}", {0, -1, 0}}, /* one that reviews nothing by itself */
  };
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcAppFixture) app = qc_app_fixture_new (NULL, 0, 0);
  Center center = {NULL, 0};
  fake->generation = 1;
  fake->hook = hook;
  fake->data = &center;
  fake->practice = TRUE;
  fake_session_adopt (app, fake, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    QcPracticeSettings now;
    center.answer = rows[i].answer;
    read_settings (app, &now, &error);
    g_assert_no_error (error);
    g_assert_cmpint (now.arrival_delay, ==, rows[i].settings.arrival_delay);
    g_assert_cmpint (now.review_delay, ==, rows[i].settings.review_delay);
    g_assert_cmpint (now.review_returned, ==, rows[i].settings.review_returned);
  }
  g_autoptr (GError) error = NULL;
  QcPracticeSettings none;
  center.answer = NULL;
  g_assert_false (read_settings (app, &none, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (center.asked, ==, G_N_ELEMENTS (rows) + 1);
}

/* --- anew --- */

static gboolean
reset_hook (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (!g_str_equal (path, "/api/v1/practice/reset"))
    return FALSE;
  fake_json (message, 200, "{\"today\":20261123,\"arrival_delay_seconds\":null}");
  return TRUE;
}

static gpointer
count_work (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const tables[] = {"draft", "outbox", "draft_line", "outbox_body", "voucher"};
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM %s", tables[i]);
    gint64 n = 0;
    g_assert_true (qc_sql_int (connection, -1, &n, error, sql));
    g_string_append_printf (text, "%" G_GINT64_FORMAT " ", n);
  }
  return g_string_free (text, FALSE);
}

static char *
dup_work (QcAppFixture *app)
{
  g_autoptr (GError) error = NULL;
  char *text = qc_database_read (qc_session_get_database (app->session), "count", count_work, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static gboolean
unit_changed_cb (QcSession *session, guint *times)
{
  ++*times;
  return FALSE;
}

/* Nothing that was done in the life before is left: no draft, nothing that waits, no voucher; who is told reads anew.
 */
static void
test_reset (void)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcAppFixture) app = qc_app_fixture_new (NULL, QC_FILL_APPLICATIONS | QC_FILL_HELD | QC_FILL_SEALING, 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint times = 0;
  fake->generation = 1;
  fake->hook = reset_hook;
  fake->practice = TRUE;
  fake_session_adopt (app, fake, TRUE);
  qc_app_fixture_sql (
      app,
      "INSERT INTO draft (scope, business, state, facts, created, changed) SELECT id, 'sealing', 'open', '{}', 1, 1 "
      "FROM scope LIMIT 1");
  qc_app_fixture_sql (app, "INSERT INTO scope (profile, unit) VALUES ('another', '1')");
  qc_app_fixture_sql (
      app,
      "INSERT INTO draft (scope, business, state, facts, created, changed) SELECT id, 'sealing', 'open', '{}', 1, 1 "
      "FROM scope WHERE profile = 'another'");
  g_autofree char *before = dup_work (app);
  g_assert_true (g_regex_match_simple ("^[1-9][0-9]* [1-9]", before, 0, 0));
  g_signal_connect (app->session, "unit-changed", G_CALLBACK (unit_changed_cb), &times);
  qc_session_practice_reset_async (app->session, NULL, result_cb, &result);
  qc_app_fixture_until (is_there, &result);
  g_assert_true (qc_session_practice_finish (app->session, result, &error));
  g_assert_no_error (error);
  g_autofree char *after = dup_work (app);
  g_assert_cmpstr (after, ==, "1 0 0 0 0 "); /* the draft of another center is nobody's practice */
  g_assert_cmpuint (times, ==, 1);
}

static void
test_real_center (void)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcAppFixture) app = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (GError) error = NULL;
  QcPracticeSettings none;
  Center center = {NULL, 0};
  fake->generation = 1;
  fake->hook = hook;
  fake->data = &center;
  fake_session_adopt (app, fake, FALSE);
  g_assert_false (read_settings (app, &none, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_PRACTICE);
  g_assert_cmpuint (center.asked, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/practice-settings/read", test_settings);
  g_test_add_func ("/app/practice-settings/reset", test_reset);
  g_test_add_func ("/app/practice-settings/real-center", test_real_center);
  return g_test_run ();
}
