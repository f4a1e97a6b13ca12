/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Context and session: the lock, newer and damaged databases, what is remembered from one start to the next, the
 * figures of 首页 and that they are kept and computed anew when what they depend on moves, the roster while queries
 * overtake each other.
 */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "qc-outbox-list.h"
#include "qc-people-pages.h"
#include "qc-rules-roster.h"
#include "qc-session-private.h"
#include "qc-store-cursors.h"
#include "qc-store-drafts.h"
#include "qc-store-journal.h"
#include "qc-store-outbox.h"
#include "qc-store-people.h"
#include "qc-store-units.h"
#include "qc-submit.h"
#include "seed.h"

typedef struct {
  char *folder;
  QcContext *context;
  QcSession *session;
  GAsyncResult *result;
} Fixture;

static gboolean
late_cb (gpointer data)
{
  g_error ("waited too long");
  return G_SOURCE_REMOVE;
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Fixture *)data)->result = g_object_ref (result);
}

static GAsyncResult *
wait_result (Fixture *fixture)
{
  guint late = g_timeout_add_seconds (20, late_cb, NULL);
  while (!fixture->result)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
  return g_steal_pointer (&fixture->result);
}

static void
open_folder (Fixture *fixture, GError **error)
{
  fixture->context = qc_context_new (fixture->folder);
  fixture->session = qc_session_new (fixture->context);
  qc_context_open_async (fixture->context, NULL, result_cb, fixture);
  g_autoptr (GAsyncResult) result = wait_result (fixture);
  qc_context_open_finish (fixture->context, result, error);
}

static void
close_folder (Fixture *fixture)
{
  qc_session_stop (fixture->session);
  g_clear_object (&fixture->session);
  qc_context_shutdown (fixture->context);
  g_clear_object (&fixture->context);
}

static gboolean
restore (Fixture *fixture)
{
  qc_session_restore_async (fixture->session, FALSE, NULL, result_cb, fixture);
  g_autoptr (GAsyncResult) result = wait_result (fixture);
  gboolean entered;
  g_autoptr (GError) error = NULL;
  g_assert_true (qc_session_restore_finish (fixture->session, result, &entered, &error));
  g_assert_no_error (error);
  return entered;
}

static void
begin (Fixture *fixture, int n_people)
{
  fixture->folder = seed_make_folder (n_people);
  g_autoptr (GError) error = NULL;
  open_folder (fixture, &error);
  g_assert_no_error (error);
}

static void
end (Fixture *fixture)
{
  close_folder (fixture);
  seed_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static gpointer
make_far_draft (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 draft;
  return qc_store_draft_create (connection, "far-away", SEED_UNIT_1, QC_BUSINESS_SEALING, "{}", 1795392000, &draft,
                                error)
             ? QC_DATABASE_DONE
             : NULL;
}

static gpointer
count_far_drafts (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) drafts = qc_store_draft_list (connection, "far-away", SEED_UNIT_1, error);
  *(gint64 *)data = drafts->len;
  return QC_DATABASE_DONE;
}

static void
test_first_start (void)
{
  Fixture fixture = {0};
  begin (&fixture, -1);
  g_assert_false (restore (&fixture));
  g_assert_null (qc_session_get_profile (fixture.session));
  g_assert_null (qc_session_get_unit (fixture.session));
  g_autoptr (GPtrArray) profiles = qc_context_list_profiles (fixture.context);
  g_assert_cmpuint (profiles->len, ==, 1);
  const QcProfileInfo *heihe = g_ptr_array_index (profiles, 0);
  g_assert_cmpstr (heihe->portal, ==, "https://www.zwfw.hlj.gov.cn");
  g_assert_false (heihe->has_api);
  end (&fixture);
}

static void
test_remembered (void)
{
  Fixture fixture = {0};
  begin (&fixture, 3);
  g_assert_true (restore (&fixture));
  g_assert_cmpuint (qc_session_get_units (fixture.session)->len, ==, 2);
  g_assert_cmpstr (qc_session_get_unit_account (fixture.session), ==, SEED_UNIT_1);
  qc_session_set_unit (fixture.session, SEED_UNIT_2);
  qc_session_set_unit (fixture.session, "not one of hers");
  g_assert_cmpstr (qc_session_get_unit (fixture.session)->account, ==, SEED_UNIT_2);
  close_folder (&fixture);
  g_autoptr (GError) error = NULL;
  open_folder (&fixture, &error);
  g_assert_no_error (error);
  g_assert_true (restore (&fixture));
  g_assert_cmpstr (qc_session_get_unit_account (fixture.session), ==, SEED_UNIT_2);
  end (&fixture);
}

/* A profile file in the folder of @fixture. */
static void
keep_profile (Fixture *fixture, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, "profiles", "far-away.json", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static char *
profile_of (const char *id, const char *name)
{
  return g_strdup_printf ("{\"format\": 1, \"id\": \"%s\", \"name\": \"%s\", \"practice\": false,"
                          " \"portal\": \"https://portal.example\", \"client_id\": \"qingce\", \"keys\": [],"
                          " \"directory\": []}",
                          id, name);
}

static void
choose (Fixture *fixture, const char *id, GError **error)
{
  qc_session_choose_profile_async (fixture->session, id, NULL, result_cb, fixture);
  g_autoptr (GAsyncResult) result = wait_result (fixture);
  qc_session_choose_profile_finish (fixture->session, result, error);
}

static void
open_again (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  close_folder (fixture);
  open_folder (fixture, &error);
  g_assert_no_error (error);
}

/* The file of the center that was chosen is edited by hand: said with its name and what to do, and once it is as it was
 * everything is there. */
static void
test_edited_by_hand (void)
{
  Fixture fixture = {0};
  g_autoptr (GError) error = NULL;
  g_autofree char *good = profile_of ("far-away", "远方"), *others = profile_of ("elsewhere", "别处");
  const char *const edits[] = {"{", "", "{\"id\": \"far-away\"}", others};
  begin (&fixture, -1);
  keep_profile (&fixture, good);
  choose (&fixture, "far-away", &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++) {
    g_autoptr (GError) fault = NULL, again = NULL;
    gboolean entered = TRUE;
    keep_profile (&fixture, edits[i]);
    open_again (&fixture);
    qc_session_restore_async (fixture.session, FALSE, NULL, result_cb, &fixture);
    g_autoptr (GAsyncResult) result = wait_result (&fixture);
    g_assert_false (qc_session_restore_finish (fixture.session, result, &entered, &fault));
    g_assert_false (entered);
    g_assert_cmpstr (qc_app_error_code (fault), ==, "sync.profile");
    g_assert_nonnull (strstr (fault->message, "far-away.json"));
    g_assert_nonnull (strstr (fault->message, "import the center's file once more"));
    choose (&fixture, "far-away", &again);
    g_assert_cmpstr (qc_app_error_code (again), ==, "sync.profile");
  }
  keep_profile (&fixture, good);
  open_again (&fixture);
  restore (&fixture);
  g_assert_cmpstr (qc_session_get_profile (fixture.session)->id, ==, "far-away");
  end (&fixture);
}

/* Without a unit there are no figures of one, though a center is chosen and the data are open. */
static void
test_no_unit (void)
{
  Fixture fixture = {0};
  g_autoptr (GError) error = NULL, none = NULL;
  g_autofree char *profile = profile_of ("far-away", "远方");
  begin (&fixture, -1);
  keep_profile (&fixture, profile);
  choose (&fixture, "far-away", &error);
  g_assert_no_error (error);
  qc_session_load_home_async (fixture.session, NULL, result_cb, &fixture);
  g_autoptr (GAsyncResult) result = wait_result (&fixture);
  g_assert_null (qc_session_load_home_finish (fixture.session, result, &none));
  g_assert_error (none, QC_APP_ERROR, QC_APP_ERROR_NO_UNIT);
  end (&fixture);
}

/* The center's next file says another name: it is the same center, and what was kept of it stays. */
static void
test_renamed (void)
{
  Fixture fixture = {0};
  g_autoptr (GError) error = NULL;
  g_autofree char *before = profile_of ("far-away", "远方"), *after = profile_of ("far-away", "更远方");
  const char *const texts[] = {before, after};
  begin (&fixture, -1);
  g_autofree char *path = g_build_filename (fixture.folder, "handed-out.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gint64 n = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
    g_autoptr (QcProfileInfo) info = qc_session_import_profile (fixture.session, file, &error);
    g_assert_no_error (error);
    choose (&fixture, info->id, &error);
    g_assert_no_error (error);
    if (i == 0)
      qc_database_write (qc_session_get_database (fixture.session), "draft", make_far_draft, NULL, &error);
    g_assert_no_error (error);
    open_again (&fixture);
    restore (&fixture);
  }
  g_assert_cmpstr (qc_session_get_profile (fixture.session)->name, ==, "更远方");
  qc_database_read (qc_session_get_database (fixture.session), "drafts", count_far_drafts, &n, NULL);
  g_assert_cmpint (n, ==, 1);
  end (&fixture);
}

static void
test_locked (void)
{
  Fixture first = {0};
  begin (&first, 1);
  Fixture second = {0};
  second.folder = first.folder;
  g_autoptr (GError) error = NULL;
  open_folder (&second, &error);
  g_assert_error (error, QC_APP_ERROR, QC_APP_ERROR_LOCKED);
  g_autofree char *pid = g_strdup_printf ("process %d ", (int)getpid ());
  g_assert_nonnull (strstr (error->message, pid));
  close_folder (&second);
  end (&first);
}

static void
test_damaged (void)
{
  Fixture fixture = {0};
  fixture.folder = seed_make_folder (1);
  g_autofree char *path = g_build_filename (fixture.folder, "qingce.db", NULL);
  g_assert_true (g_file_set_contents (path, "this is not a database, whatever it was before", -1, NULL));
  g_autoptr (GError) error = NULL;
  open_folder (&fixture, &error);
  g_assert_no_error (error);
  g_assert_nonnull (qc_context_get_set_aside (fixture.context));
  g_assert_true (g_file_test (qc_context_get_set_aside (fixture.context), G_FILE_TEST_EXISTS));
  g_assert_false (restore (&fixture));
  end (&fixture);
}

static QcHomeFigures *
load_home (Fixture *fixture)
{
  qc_session_load_home_async (fixture->session, NULL, result_cb, fixture);
  g_autoptr (GAsyncResult) result = wait_result (fixture);
  g_autoptr (GError) error = NULL;
  QcHomeFigures *figures = qc_session_load_home_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  return figures;
}

/* Seals the first one, as a page of the feed would. */
static gpointer
seal_one (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcEmployee) person = qc_employee_new ();
  person->account = g_strdup ("231100000000");
  person->name = g_strdup ("王0号");
  person->document_type = g_strdup ("01");
  person->document = g_strdup ("231102199003070000");
  person->sex = QC_SEX_MALE;
  person->birth = 19900307;
  person->status = QC_PERSON_SEALED;
  person->status_from = 202601;
  person->base = 500000;
  person->opened = 202001;
  person->retirement_class = QC_RETIREMENT_MEN_60;
  QcFeedRow row = {.key = person->account, .employee = person};
  return qc_store_apply_page (connection, "heihe", SEED_UNIT_1, QC_FEED_PEOPLE, &row, 1, "2.1", FALSE, 1790000001,
                              error)
             ? QC_DATABASE_DONE
             : NULL;
}

/* 封存 of the second one waits in the outbox. */
static gpointer
queue_sealing (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcSubmission) submission = qc_submission_new (QC_BUSINESS_SEALING);
  g_autoptr (QcEmployee) person = NULL;
  g_autoptr (QcUnit) unit = NULL;
  if (!qc_store_unit_get (connection, "heihe", SEED_UNIT_1, &unit, error)
      || !qc_store_people_get (connection, "heihe", SEED_UNIT_1, "231100000001", &person, error))
    return NULL;
  QcRosterFacts facts = {.unit = unit};
  qc_roster_take (submission->roster, -1, qc_rules_roster_new_line (QC_BUSINESS_SEALING, &facts, person));
  QcSubmit submit = {.profile = "heihe", .unit = SEED_UNIT_1, .submission = submission, .now = 1790000002};
  return qc_submit_enqueue (connection, &submit, error) ? QC_DATABASE_DONE : NULL;
}

static gpointer
run_sql (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_connection_exec (connection, data, error) ? QC_DATABASE_DONE : NULL;
}

static void
sql (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  qc_database_write (qc_session_get_database (fixture->session), "sql", run_sql, (gpointer)text, &error);
  g_assert_no_error (error);
}

static void
test_home (void)
{
  g_autoptr (GError) error = NULL;
  Fixture fixture = {0};
  begin (&fixture, 20);
  g_assert_true (restore (&fixture));
  QcMoney expected = 0;
  for (int i = 0; i < 20; i++)
    if (i % 10 != 9)
      expected += 2 * (((500000 + i * 10000) * 12 / 100 + 50) / 100 * 100);
  for (int round = 0; round < 2; round++) { /* computed, then as it was kept */
    g_autoptr (QcHomeFigures) figures = load_home (&fixture);
    g_assert_cmpint (figures->due, ==, 202609);
    g_assert_cmpint (figures->due_people, ==, 18);
    g_assert_cmpint (figures->due_fen, ==, expected);
    g_assert_true (figures->due_is_open);
    g_assert_cmpint (figures->drafts->len + figures->queued + figures->returned + figures->under_way->len, ==, 0);
  }
  sql (&fixture, "UPDATE home_due SET people = 7");
  g_autoptr (QcHomeFigures) kept = load_home (&fixture);
  g_assert_cmpint (kept->due_people, ==, 7); /* nobody was counted */
  qc_database_write (qc_session_get_database (fixture.session), "seal", seal_one, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (QcHomeFigures) figures = load_home (&fixture);
  g_assert_cmpint (figures->due_people, ==, 17);
  g_assert_cmpint (figures->due_fen, ==, expected - 2 * 60000);
  g_assert_cmpuint (figures->due_waiting, ==, 0);
  qc_database_write (qc_session_get_database (fixture.session), "queue", queue_sealing, NULL, &error);
  g_assert_no_error (error);
  for (int round = 0; round < 2; round++) {
    g_autoptr (QcHomeFigures) waiting = load_home (&fixture);
    g_assert_cmpint (waiting->due_people, ==, 16);
    g_assert_cmpint (waiting->due_fen, ==, expected - 2 * 60000 - 2 * 61200);
    g_assert_cmpuint (waiting->due_waiting, ==, 1);
  }
  qc_session_set_unit (fixture.session, SEED_UNIT_2);
  g_autoptr (QcHomeFigures) other = load_home (&fixture);
  g_assert_cmpint (other->due_people, ==, 0);
  end (&fixture);
}

/* 删除 under way; with @data its answer was lost. */
static gpointer
begin_action (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_item_new ();
  item->profile = g_strdup ("heihe");
  item->unit = g_strdup (SEED_UNIT_1);
  item->kind = g_strdup ("delete");
  item->method = g_strdup ("POST");
  item->path = g_strdup ("/api/v1/units/" SEED_UNIT_1 "/applications/1/actions");
  item->body = g_bytes_new_static ("{}", 2);
  return qc_store_outbox_enqueue (connection, item, 1790000001, error)
                 && qc_store_outbox_begin_attempt (connection, item->id, 1790000001, error)
                 && (!data || qc_store_outbox_set_unknown (connection, item->id, "no-answer", 0, 1790000001, error))
             ? QC_DATABASE_DONE
             : NULL;
}

/* An action on a person or an application is no 汇缴 that waits: the one that is due stays on the page. */
static void
test_home_actions (void)
{
  Fixture fixture = {0};
  begin (&fixture, 20);
  g_assert_true (restore (&fixture));
  g_autoptr (GError) error = NULL;
  for (int unknown = 0; unknown < 2; unknown++) {
    qc_database_write (qc_session_get_database (fixture.session), "act", begin_action, GINT_TO_POINTER (unknown),
                       &error);
    g_assert_no_error (error);
    g_autoptr (QcHomeFigures) figures = load_home (&fixture);
    g_assert_true (figures->due_is_open);
    g_assert_cmpint (figures->queued, ==, 0);
    g_assert_cmpint (figures->unknown, ==, unknown);
  }
  end (&fixture);
}

static gboolean
is_refused (const QcHomeFigures *figures)
{
  return ((const QcHomeDraft *)g_ptr_array_index (figures->drafts, 0))->refused;
}

/* What was refused is no draft like others, and what the unit has to pay is no business to wait for. */
static void
test_home_to_do (void)
{
  static const char *const steps[] = {
      "INSERT INTO draft (id, scope, business, state, facts, created, changed)"
      " SELECT 7, id, 'remittance', 'open', '{\"end\":202612}', 1, 5 FROM scope WHERE unit = '" SEED_UNIT_1 "'",
      "INSERT INTO outbox (scope, key, kind, business, method, path, draft, state, created, changed)"
      " SELECT id, 'k', 'submission', 'remittance', 'POST', '/', 7, 'refused', 4, 5"
      " FROM scope WHERE unit = '" SEED_UNIT_1 "'",
      "UPDATE draft SET changed = 6",
  };
  Fixture fixture = {0};
  begin (&fixture, 3);
  g_assert_true (restore (&fixture));
  sql (&fixture, steps[0]);
  g_autoptr (QcHomeFigures) draft = load_home (&fixture);
  g_assert_cmpuint (draft->drafts->len, ==, 1);
  g_assert_false (is_refused (draft));
  sql (&fixture, steps[1]);
  g_autoptr (QcHomeFigures) refused = load_home (&fixture);
  g_assert_cmpuint (refused->drafts->len, ==, 1);
  g_assert_true (is_refused (refused));
  g_assert_cmpint (refused->returned, ==, 0);
  sql (&fixture, steps[2]);
  g_autoptr (QcHomeFigures) touched = load_home (&fixture);
  g_assert_cmpuint (touched->drafts->len, ==, 1);
  g_assert_false (is_refused (touched));
  sql (&fixture, "INSERT INTO application (scope, serial, pull, business, state, draw, draw_number, method, "
                 "start_month, end_month,"
                 " effective, people, fen, arrived, created, finished, revision)"
                 " SELECT id, 'HJ1', 0, 'remittance', 'registered', 'none', 0, 'transfer', 202609, 202609, 0, 3, 5000, "
                 "2000, 1, 0, 1"
                 " FROM scope WHERE unit = '" SEED_UNIT_1 "'");
  g_autoptr (QcHomeFigures) unpaid = load_home (&fixture);
  g_assert_cmpuint (unpaid->payments->len, ==, 1);
  g_assert_cmpint (qc_application_missing (g_ptr_array_index (unpaid->payments, 0)), ==, 3000);
  g_assert_cmpint (unpaid->under_way->len, ==, 0);
  sql (&fixture, "UPDATE application SET method = 'collection', draw = 'running'");
  g_autoptr (QcHomeFigures) drawn = load_home (&fixture);
  g_assert_cmpuint (drawn->payments->len, ==, 0);
  g_assert_cmpint (drawn->under_way->len, ==, 1);
  end (&fixture);
}

static gpointer
verify_journal (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) entries = qc_store_journal_list (connection, NULL, NULL, 0, 10, error);
  if (!entries || !qc_store_journal_verify (connection, NULL, error))
    return NULL;
  const QcStoreJournalEntry *entry = g_ptr_array_index (entries, 0);
  return g_strdup_printf ("%s %s %s %s", entry->profile, entry->unit, entry->action, entry->subject);
}

static void
test_journal (void)
{
  Fixture fixture = {0};
  begin (&fixture, 1);
  g_assert_true (restore (&fixture));
  qc_session_journal (fixture.session, "test.done", "subject", NULL);
  qc_session_journal (fixture.session, "test.again", "other", "details");
  g_autoptr (GError) error = NULL;
  /* Writes go in order: this one is behind them. */
  g_autofree char *last
      = qc_database_write (qc_session_get_database (fixture.session), "verify", verify_journal, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (last, ==, "heihe " SEED_UNIT_1 " test.again other");
  end (&fixture);
}

static void
wait_failed (Fixture *fixture, gboolean failed)
{
  guint late = g_timeout_add_seconds (20, late_cb, NULL);
  while ((qc_session_get_sync_status (fixture->session) == QC_SYNC_FAILED) != failed)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
  g_assert_true ((qc_session_get_sync_error (fixture->session) != NULL) == failed);
}

/* What fails where nobody waits is said all the same, until it goes well again. */
static void
test_faults (void)
{
  Fixture fixture = {0};
  begin (&fixture, 1);
  g_assert_true (restore (&fixture));
  g_autoptr (QcOutboxList) queue = qc_outbox_list_new (fixture.session);
  while (qc_outbox_list_is_reading (queue))
    g_main_context_iteration (NULL, TRUE);
  wait_failed (&fixture, FALSE);
  sql (&fixture, "CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT raise (ABORT, 'full'); END");
  qc_session_journal (fixture.session, "test.done", NULL, NULL);
  wait_failed (&fixture, TRUE);
  sql (&fixture, "DROP TRIGGER full");
  qc_session_journal (fixture.session, "test.done", NULL, NULL);
  wait_failed (&fixture, FALSE);
  sql (&fixture, "ALTER TABLE outbox RENAME TO elsewhere");
  qc_session_data_changed (fixture.session, QC_DATA_QUEUE);
  wait_failed (&fixture, TRUE);
  sql (&fixture, "ALTER TABLE elsewhere RENAME TO outbox");
  qc_session_sync_now (fixture.session); /* “Try Again” */
  wait_failed (&fixture, FALSE);
  end (&fixture);
}

static void
reloaded_cb (QcPeopleList *list, guint *count)
{
  (*count)++;
}

/* A page asked for while a query is under way belongs to the list before: it must not fill the new one. */
static void
test_overtaken (void)
{
  Fixture fixture = {0};
  begin (&fixture, 2000);
  g_assert_true (restore (&fixture));
  g_autoptr (QcPeopleList) list = qc_people_list_new (fixture.session);
  guint count = 0;
  g_signal_connect (list, "reloaded", G_CALLBACK (reloaded_cb), &count);
  qc_people_list_set_sort (list, QC_PEOPLE_BY_ACCOUNT, FALSE);
  guint late = g_timeout_add_seconds (20, late_cb, NULL);
  while (count < 1)
    g_main_context_iteration (NULL, TRUE);
  for (guint round = 0; round < 20; round++) {
    gboolean descending = round % 2 == 0;
    guint wanted = count + 1;
    qc_people_list_set_sort (list, QC_PEOPLE_BY_ACCOUNT, descending);
    g_autoptr (QcPersonRow) old = g_list_model_get_item (G_LIST_MODEL (list), 0);
    while (count < wanted)
      g_main_context_iteration (NULL, TRUE);
    g_autoptr (QcPersonRow) row = g_list_model_get_item (G_LIST_MODEL (list), 0);
    while (!qc_person_row_is_loaded (row))
      g_main_context_iteration (NULL, TRUE);
    g_assert_cmpstr (qc_person_row_get_employee (row)->account, ==, descending ? "231100001999" : "231100000000");
  }
  g_source_remove (late);
  end (&fixture);
}

static void
wait_reloaded (QcPeopleList *list, gboolean descending)
{
  guint count = 0;
  gulong handler = g_signal_connect (list, "reloaded", G_CALLBACK (reloaded_cb), &count);
  qc_people_list_set_sort (list, QC_PEOPLE_BY_ACCOUNT, descending);
  while (count == 0)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (list, handler);
}

/* The rows at which these pages begin are looked at, one behind the other; the newest is read first. (transfer full) */
static GPtrArray *
look_at (QcPeopleList *list, const guint *pages, guint n)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (rows, g_list_model_get_item (G_LIST_MODEL (list), pages[i] * QC_PEOPLE_PAGE));
  return rows;
}

static void
wait_row (QcPersonRow *row)
{
  while (!qc_person_row_is_loaded (row))
    g_main_context_iteration (NULL, TRUE);
}

/* While the first page is read two more can be asked for, each with the two behind it; a third one, and what was
 * scrolled past is not read until it is looked at again. */
static void
test_scrolled (void)
{
  static const guint pages[] = {2, 6, 10, 13};
  Fixture fixture = {0};
  begin (&fixture, 16 * QC_PEOPLE_PAGE);
  g_assert_true (restore (&fixture));
  guint late = g_timeout_add_seconds (20, late_cb, NULL);
  g_autoptr (QcPeopleList) list = qc_people_list_new (fixture.session);
  wait_reloaded (list, TRUE);
  g_autoptr (GPtrArray) three = look_at (list, pages, 3);
  wait_row (g_ptr_array_index (three, 1)); /* last */
  g_autoptr (QcPersonRow) behind = g_list_model_get_item (G_LIST_MODEL (list), 8 * QC_PEOPLE_PAGE);
  g_assert_true (qc_person_row_is_loaded (behind));
  wait_reloaded (list, FALSE);
  g_autoptr (GPtrArray) four = look_at (list, pages, 4);
  wait_row (g_ptr_array_index (four, 2));
  g_assert_false (qc_person_row_is_loaded (g_ptr_array_index (four, 1)));
  g_autoptr (GPtrArray) again = look_at (list, &pages[1], 1);
  wait_row (g_ptr_array_index (again, 0));
  g_source_remove (late);
  end (&fixture);
}

typedef struct {
  const char *text;
  gint64 value;
} Question;

static gpointer
ask (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Question *question = data;
  return qc_connection_get_int (connection, question->text, -1, &question->value, error) ? QC_DATABASE_DONE : NULL;
}

static gint64
count (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  Question question = {text, 0};
  /* by the writer: behind what nobody waits for */
  qc_database_write (qc_session_get_database (fixture->session), "ask", ask, &question, &error);
  g_assert_no_error (error);
  return question.value;
}

/* A start lets go of what was deleted a month ago, and of the lines of what ended two months ago, and of nothing else.
 */
static void
test_purge (void)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *drafts
      = g_strdup_printf ("INSERT INTO draft (id, scope, business, state, facts, created, changed, deleted)"
                         " SELECT column1, id, 'sealing', column2, '{}', 1, column3, column4 FROM scope JOIN (VALUES"
                         " (7, 'open', 5, 0), (8, 'open', 5, %" G_GINT64_FORMAT "), (9, 'open', 5, %" G_GINT64_FORMAT
                         "), (10, 'done', 5, 0), (11, 'done', %" G_GINT64_FORMAT ", 0)) WHERE unit = '" SEED_UNIT_1 "'",
                         now - 29 * 86400, now - 31 * 86400, now - 3600);
  Fixture fixture = {0};
  begin (&fixture, 3);
  g_assert_true (restore (&fixture));
  sql (&fixture, drafts);
  sql (&fixture, "INSERT INTO draft_line (draft, line, position, facts) SELECT id, 1, 1, '{}' FROM draft");
  g_assert_cmpint (count (&fixture, "SELECT count(*) FROM draft_line"), ==, 5);
  g_assert_true (restore (&fixture));
  g_assert_cmpint (count (&fixture, "SELECT count(*) FROM draft"), ==, 4);
  g_assert_cmpint (count (&fixture, "SELECT count(*) FROM draft WHERE id = 9"), ==, 0);
  g_assert_cmpint (count (&fixture, "SELECT count(*) FROM draft_line"), ==, 3);
  g_assert_cmpint (count (&fixture, "SELECT count(*) FROM draft_line WHERE draft = 10"), ==, 0);
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/first-start", test_first_start);
  g_test_add_func ("/session/remembered", test_remembered);
  g_test_add_func ("/session/edited-by-hand", test_edited_by_hand);
  g_test_add_func ("/session/no-unit", test_no_unit);
  g_test_add_func ("/session/renamed", test_renamed);
  g_test_add_func ("/session/locked", test_locked);
  g_test_add_func ("/session/damaged", test_damaged);
  g_test_add_func ("/session/home", test_home);
  g_test_add_func ("/session/home-actions", test_home_actions);
  g_test_add_func ("/session/home-to-do", test_home_to_do);
  g_test_add_func ("/session/purge", test_purge);
  g_test_add_func ("/session/journal", test_journal);
  g_test_add_func ("/session/faults", test_faults);
  g_test_add_func ("/session/overtaken", test_overtaken);
  g_test_add_func ("/session/scrolled", test_scrolled);
  return g_test_run ();
}
