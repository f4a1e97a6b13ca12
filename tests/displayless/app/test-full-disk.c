/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Whatever the use cases read or write, each call of SQLite fails once in it, as on a full disk: that is said every
 * time, with its reason, and never taken for an answer; then it is done as if nothing had happened.
 */
#include "../full-disk.h"
#include "roster-play.h"

#include "qc-application-lines.h"
#include "qc-application-list.h"
#include "qc-back-search.h"
#include "qc-badges.h"
#include "qc-database.h"
#include "qc-draft-io.h"
#include "qc-facts-service.h"
#include "qc-month-sheet.h"
#include "qc-people-choice.h"
#include "qc-people-pages.h"
#include "qc-remittance-private.h"
#include "qc-remittance-service.h"
#include "qc-roster-names.h"
#include "qc-roster-service-private.h"
#include "qc-search-private.h"
#include "qc-session-private.h"
#include "qc-store-prefs.h"
#include "qc-submit.h"
#include "qc-unit-overview.h"

#define PROFILE "heihe"
#define UNIT    QC_FIXTURE_UNIT
#define READER  "qc-db-read"
#define WRITER  "qc-db-write"
#define WALKER  "pool-" /* a long walk has a thread of its own */
#define PASTED  "2311000001\n231102198502140029\n"
#define PEOPLE   \
  "2311000001\0" \
  "2311000002\0" \
  "2311000003\0" /* packed */

/* ---- what runs on a thread of the database ---- */

/* One job on a connection that keeps no statement from before, until nothing fails; nothing of it stays. */
static void
fail_each (QcAppFixture *fixture, const char *what, QcDatabaseFunc func, gpointer data, GDestroyNotify result_free)
{
  const char *path = qc_database_get_path (qc_session_get_database (fixture->session));
  gboolean told = FALSE;
  full_disk_thread = NULL;
  for (int nth = 1; !told; nth++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (QcConnection) connection = qc_connection_open (path, QC_CONNECTION_READ_WRITE, &error);
    g_assert_no_error (error);
    g_autoptr (QcTransaction) transaction = qc_transaction_begin (connection, QC_TRANSACTION_WRITE, what, &error);
    g_assert_no_error (error);
    full_disk_begin (nth);
    gpointer result = func (connection, data, NULL, &error);
    told = full_disk_end (what, nth, result != NULL, error);
    if (result != NULL && result_free != NULL)
      result_free (result);
  }
}

static void
test_grounds (void)
{
  static const struct {
    QcBusiness business;
    const char *accounts, *documents;
  } rows[] = {{QC_BUSINESS_SEALING, PEOPLE, NULL},
              {QC_BUSINESS_TRANSFER, PEOPLE, NULL},
              {QC_BUSINESS_BACK_PAYMENT, PEOPLE, NULL},
              {QC_BUSINESS_ACCOUNT_OPENING, "\0",
               "01\0"
               "231102199003070016\0"}};
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_SEALING | QC_FILL_BACK_PAYMENT, 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    QcRosterGroundRequest request = {rows[i].business,         (char *)PROFILE,           (char *)UNIT,
                                     (char *)rows[i].accounts, (char *)rows[i].documents, QC_FIXTURE_TODAY};
    fail_each (fixture, qc_business_info (rows[i].business)->code, qc_roster_ground_read, &request,
               (GDestroyNotify)qc_roster_ground_free);
  }
}

static gpointer
remember (QcConnection *connection, gpointer text, GCancellable *cancellable, GError **error)
{
  return qc_store_prefs_set (connection, PROFILE, "recent", text, error) ? QC_DATABASE_DONE : NULL;
}

static gpointer
find_names (QcConnection *connection, gpointer text, GCancellable *cancellable, GError **error)
{
  return qc_roster_names_find (connection, PROFILE, UNIT, text, error);
}

static void
test_searches (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_SEALING | QC_FILL_APPLICATIONS, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "2311000001");
  g_autoptr (GError) error = NULL;
  g_assert_nonnull (pasted);
  g_autofree char *recent = g_strdup_printf ("p2311000001\nd%" G_GINT64_FORMAT "\nchome\naHJ202600000001\nx\n",
                                             qc_draft_get_id (play_draft (service)));
  qc_database_write (qc_session_get_database (fixture->session), "remember", remember, recent, &error);
  g_assert_no_error (error);
  QcSearchQuestion question = {(char *)PROFILE, (char *)UNIT, (char *)"安", (char *)"recent"};
  fail_each (fixture, "search", qc_search_read, &question, (GDestroyNotify)qc_search_answer_free);
  question.text = (char *)"HJ202600000001";
  fail_each (fixture, "search, a number", qc_search_read, &question, (GDestroyNotify)qc_search_answer_free);
  question.text = (char *)"";
  fail_each (fixture, "search, recent", qc_search_read, &question, (GDestroyNotify)qc_search_answer_free);
  fail_each (fixture, "search, warm", qc_search_warm, &question, NULL);
  fail_each (fixture, "names", find_names, (gpointer) "安大海", (GDestroyNotify)qc_roster_names_free);
}

static void
test_preview (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_SEALING | QC_FILL_ASK, 0);
  QcPreviewRequest *request = qc_preview_request_new ();
  request->profile = g_strdup (PROFILE);
  request->unit = g_strdup (UNIT);
  request->current = 202611;
  fail_each (fixture, "preview", qc_remittance_compute, request, g_object_unref);
  qc_preview_request_unref (request);
}

/* All that is done with a draft of two steps. */
static void
test_draft (void)
{
  static const struct {
    QcDraftVerb verb;
    const char *name;
  } rows[] = {{QC_DRAFT_LOAD, "load"},           {QC_DRAFT_EDIT, "edit"},     {QC_DRAFT_FIND_UNDO, "find undo"},
              {QC_DRAFT_FIND_REDO, "find redo"}, {QC_DRAFT_FAULTS, "faults"}, {QC_DRAFT_RENAME, "rename"},
              {QC_DRAFT_DISCARD, "discard"}};
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n2311000001\t01\n2311000003\t01\n");
  g_assert_nonnull (pasted);
  play_enter (service, "2311000001", QC_LINE_REASON, "99");
  gint64 gone = play_find (service, "2311000003")->id;
  qc_roster_service_remove (service, &gone, 1);
  play_settle (service);
  qc_draft_undo (play_draft (service));
  play_settle (service);
  for (int newest = 0; newest < 2; newest++)
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
      QcDraftJob *job = qc_draft_job_new (rows[i].verb, PROFILE, UNIT, QC_BUSINESS_SEALING);
      const QcStoreChange change = {.kind = QC_STORE_CHANGE_REMOVE_LINE, .line = gone};
      job->id = newest ? 0 : qc_draft_get_id (play_draft (service));
      job->changes = qc_store_changes_new ();
      g_array_append_val (job->changes, change);
      job->label = g_strdup ("lines.remove");
      job->faults = 1;
      job->now = 1795000000;
      fail_each (fixture, rows[i].name, qc_draft_job_run, job, (GDestroyNotify)qc_draft_state_free);
      qc_draft_job_free (job);
    }
}

static gpointer
enqueue (QcConnection *connection, gpointer submission, GCancellable *cancellable, GError **error)
{
  const QcSubmit submit = {PROFILE, UNIT, "王经办", submission, NULL, 0, 1795000000};
  return qc_submit_enqueue (connection, &submit, error) != 0 ? QC_DATABASE_DONE : NULL;
}

static void
test_enqueue (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_SEALING | QC_FILL_HELD, 0);
  static const QcBusiness businesses[] = {QC_BUSINESS_SEALING, QC_BUSINESS_REMITTANCE, QC_BUSINESS_UNIT_CHANGE};
  for (guint i = 0; i < G_N_ELEMENTS (businesses); i++) {
    g_autoptr (QcSubmission) submission = qc_submission_new (businesses[i]);
    QcRosterLine *line = qc_roster_line_new ();
    line->account = g_strdup ("2311000001");
    qc_roster_take (submission->roster, -1, line);
    fail_each (fixture, qc_business_info (businesses[i])->code, enqueue, submission, NULL);
  }
}

/* ---- what is asked for from the main loop ---- */

typedef struct {
  QcAppFixture *fixture;
  QcRosterService *roster;
  QcBusinessService *service; /* that submits */
  QcFactsService *facts;
  QcPeopleChoice *choice;
  QcApplicationList *list;
  QcPeopleList *people;
  gboolean answered;
  GError *error; /* (owned) of a signal "failed" */
} Desk;

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
result_there (gpointer data)
{
  return *(GAsyncResult **)data != NULL;
}

static void
answered_cb (gpointer source, Desk *desk)
{
  desk->answered = TRUE;
}

static void
failed_cb (gpointer source, const GError *error, Desk *desk)
{
  desk->answered = TRUE;
  g_set_error_literal (&desk->error, error->domain, error->code, error->message);
}

static gboolean
is_answered (gpointer desk)
{
  return ((Desk *)desk)->answered;
}

/* What a list or a service says by its signals. */
static gboolean
hear (Desk *desk, GError **error)
{
  qc_app_fixture_until (is_answered, desk);
  if (desk->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&desk->error));
  return FALSE;
}

static gboolean
say (const GError *said, GError **error)
{
  if (said != NULL)
    g_propagate_error (error, g_error_copy (said));
  return said == NULL;
}

/* The answer of @start to be finished. */
#define ASK(result, start, ...)            \
  g_autoptr (GAsyncResult) result = NULL;  \
  start (__VA_ARGS__, result_cb, &result); \
  qc_app_fixture_until (result_there, &result)

static gboolean
home (Desk *desk, GError **error)
{
  ASK (result, qc_session_load_home_async, desk->fixture->session, NULL);
  g_autoptr (QcHomeFigures) figures = qc_session_load_home_finish (desk->fixture->session, result, error);
  return figures != NULL;
}

static gboolean
person (Desk *desk, GError **error)
{
  ASK (result, qc_person_details_load_async, desk->fixture->session, "2311000002", NULL);
  g_autoptr (QcPersonDetails) details = qc_person_details_load_finish (desk->fixture->session, result, error);
  return details != NULL;
}

static gboolean
units (Desk *desk, GError **error)
{
  ASK (result, qc_unit_overview_load_async, desk->fixture->session, NULL);
  g_autoptr (GPtrArray) standings = qc_unit_overview_load_finish (desk->fixture->session, result, error);
  return standings != NULL;
}

/* NULL is an answer too. */
static gboolean
sheet (Desk *desk, GError **error)
{
  g_autoptr (GError) failed = NULL;
  ASK (result, qc_month_sheet_load_async, desk->fixture->session, "HJ202600000001", 350000, NULL);
  g_autoptr (QcMonthSheet) found = qc_month_sheet_load_finish (desk->fixture->session, result, &failed);
  g_assert_null (found);
  return say (failed, error);
}

static gboolean
people (Desk *desk, GError **error)
{
  qc_people_list_reload (desk->people);
  return hear (desk, error);
}

/* Another page than the first, which came with the query. */
static gboolean
page (Desk *desk, GError **error)
{
  int nth = until_full;
  full_disk_begin (0);
  g_assert_true (people (desk, NULL));
  desk->answered = FALSE;
  full_disk_begin (nth);
  g_autoptr (QcPersonRow) row = g_list_model_get_item (G_LIST_MODEL (desk->people), QC_PEOPLE_PAGE);
  return hear (desk, error);
}

static gboolean
badges (Desk *desk, GError **error)
{
  g_autoptr (QcBadges) badges = qc_badges_new (desk->fixture->session);
  g_signal_connect (badges, "changed", G_CALLBACK (answered_cb), desk);
  g_signal_connect (badges, "failed", G_CALLBACK (failed_cb), desk);
  return hear (desk, error);
}

static gboolean
list_is_read (gpointer desk)
{
  return !qc_application_list_is_loading (((Desk *)desk)->list);
}

static gboolean
applications (Desk *desk, GError **error)
{
  const QcApplicationConditions conditions = {.any_business = TRUE, .text = (char *)"安大海"};
  qc_application_list_query (desk->list, &conditions);
  qc_app_fixture_until (list_is_read, desk);
  return say (qc_application_list_get_error (desk->list), error);
}

static gboolean
lines_are_read (gpointer lines)
{
  return !qc_application_lines_is_busy (lines);
}

/* Of one that is kept, and of one that waits here. */
static gboolean
lines (Desk *desk, GError **error)
{
  gboolean good = TRUE;
  for (guint i = 0; good && i < g_list_model_get_n_items (G_LIST_MODEL (desk->list)); i++) {
    g_autoptr (QcApplicationRow) row = g_list_model_get_item (G_LIST_MODEL (desk->list), i);
    g_autofree char *key = qc_application_row_dup_key (row);
    if (!g_str_equal (key, QC_FIXTURE_SEALING) && qc_application_row_get_item (row) == NULL)
      continue;
    g_autoptr (QcApplicationLines) lines = qc_application_lines_new (desk->fixture->session, row);
    qc_app_fixture_until (lines_are_read, lines);
    good = say (qc_application_lines_get_error (lines), error);
  }
  return good;
}

static gboolean
facts_are_read (gpointer desk)
{
  return !qc_business_service_is_loading (QC_BUSINESS_SERVICE (((Desk *)desk)->facts));
}

static gboolean
facts (Desk *desk, GError **error)
{
  QcBusinessService *service = QC_BUSINESS_SERVICE (desk->facts);
  qc_business_service_refresh (service);
  qc_app_fixture_until (facts_are_read, desk);
  return say (qc_business_service_get_error (service), error);
}

static gboolean
back_search (Desk *desk, GError **error)
{
  ASK (result, qc_back_search_async, desk->roster, 202608, NULL);
  g_autoptr (GPtrArray) found = qc_back_search_finish (desk->roster, result, error);
  return found != NULL;
}

static gboolean
choose_all (Desk *desk, GError **error)
{
  ASK (result, qc_people_choice_choose_all_async, desk->choice, NULL);
  return qc_people_choice_choose_all_finish (desk->choice, result, error) >= 0;
}

/* Who is there already, as she stands there: nothing follows. */
static gboolean
paste (Desk *desk, GError **error)
{
  ASK (result, qc_roster_service_paste_async, desk->roster, 0, QC_LINE_ACCOUNT, "2311000001\n231102198502140029\n",
       NULL);
  g_autoptr (QcPasteResult) pasted = qc_roster_service_paste_finish (desk->roster, result, error);
  return pasted != NULL;
}

static const struct {
  const char *name;
  gboolean (*ask) (Desk *desk, GError **error);
} questions[] = {
    {"home", home},
    {"person", person},
    {"units", units},
    {"sheet", sheet},
    {"people", people},
    {"badges", badges},
    {"applications", applications},
    {"lines", lines},
    {"facts", facts},
    {"choose all", choose_all},
    {"paste", paste},
};

static gpointer
nothing (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return QC_DATABASE_DONE;
}

/* Nobody reads any more. */
static void
go_idle (QcAppFixture *fixture)
{
  for (int i = 0; i < 3; i++) {
    qc_database_write (qc_session_get_database (fixture->session), "nothing", nothing, NULL, NULL);
    qc_database_read (qc_session_get_database (fixture->session), "nothing", nothing, NULL, NULL);
    while (g_main_context_iteration (NULL, FALSE))
      ;
  }
}

static void
listen (Desk *desk)
{
  g_signal_connect (desk->people, "reloaded", G_CALLBACK (answered_cb), desk);
  g_signal_connect (desk->people, "filled", G_CALLBACK (answered_cb), desk);
  g_signal_connect (desk->people, "failed", G_CALLBACK (failed_cb), desk);
}

/* The same on a thread of the database of the session. */
static void
ask_each (Desk *desk, const char *name, const char *thread, gboolean (*ask) (Desk *desk, GError **error))
{
  gboolean told = FALSE;
  full_disk_thread = thread;
  for (int nth = 1; !told; nth++) {
    g_autoptr (GError) error = NULL;
    gboolean good = FALSE, disturbed = TRUE;
    for (int i = 0; disturbed && i < 5; i++) { /* a timer may have somebody else ask, who had the failure then */
      go_idle (desk->fixture);
      desk->answered = FALSE;
      full_disk_begin (nth);
      good = ask (desk, &error);
      disturbed = good && until_full < 0;
    }
    told = full_disk_end (name, nth, good, error);
  }
}

static void
test_questions (void)
{
  g_autoptr (QcAppFixture) fixture
      = qc_app_fixture_new (NULL, QC_FILL_SEALING | QC_FILL_APPLICATIONS | QC_FILL_OPEN | QC_FILL_BACK_PAYMENT, 0);
  g_autoptr (QcRosterService) roster = play_open (fixture, QC_BUSINESS_BACK_PAYMENT, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (roster, PASTED);
  g_assert_cmpuint (pasted->added, ==, 2);
  g_autoptr (QcFactsService) unit = qc_facts_service_new (fixture->session, QC_BUSINESS_UNIT_CHANGE, 0);
  g_autoptr (QcPeopleChoice) choice = qc_people_choice_new (roster);
  g_autoptr (QcApplicationList) list = qc_application_list_new (fixture->session);
  g_autoptr (QcPeopleList) persons = qc_people_list_new (fixture->session);
  Desk desk = {.fixture = fixture, .roster = roster, .facts = unit, .choice = choice, .list = list, .people = persons};
  qc_app_fixture_until (facts_are_read, &desk);
  listen (&desk);
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    ask_each (&desk, questions[i].name, READER, questions[i].ask);
  ask_each (&desk, "back search", WALKER, back_search);
}

static void
test_pages (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, QC_PEOPLE_PAGE);
  g_autoptr (QcPeopleList) persons = qc_people_list_new (fixture->session);
  Desk desk = {.fixture = fixture, .people = persons};
  listen (&desk);
  ask_each (&desk, "page", READER, page);
}

static gboolean
may_submit (gpointer desk)
{
  return qc_business_service_can_submit (((Desk *)desk)->service);
}

/* 办理 is all or nothing, and can be tried again. */
static gboolean
submit (Desk *desk, GError **error)
{
  qc_app_fixture_until (may_submit, desk);
  g_autofree char *token = qc_business_service_dup_token (desk->service);
  ASK (result, qc_business_service_submit_async, desk->service, token, NULL);
  g_autoptr (QcOutboxItem) item = qc_business_service_submit_finish (desk->service, result, error);
  return item != NULL;
}

static gboolean
remittance_is_read (gpointer desk)
{
  QcBusinessService *service = ((Desk *)desk)->service;
  QcDraft *draft = qc_business_service_get_draft (service);
  return qc_draft_is_loaded (draft) && qc_draft_get_unsaved (draft) == 0 && !qc_draft_is_busy (draft)
         && !qc_business_service_is_loading (service)
         && qc_remittance_service_get_preview (QC_REMITTANCE_SERVICE (service)) != NULL;
}

static void
test_submitting (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_ASK, 0);
  g_autoptr (QcRosterService) roster = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (roster, "account\treason\n2311000001\t01\n");
  g_assert_nonnull (pasted);
  Desk desk = {.fixture = fixture, .service = QC_BUSINESS_SERVICE (roster)};
  qc_database_set_spare_work (qc_session_get_database (fixture->session), NULL);
  ask_each (&desk, "submit a roster", WRITER, submit);
  go_idle (fixture);
  g_autoptr (QcRemittanceService) remittance = qc_remittance_service_new (fixture->session);
  desk.service = QC_BUSINESS_SERVICE (remittance);
  qc_app_fixture_until (remittance_is_read, &desk);
  qc_remittance_service_answer_class (remittance, "2311000005", QC_RETIREMENT_WOMEN_60);
  qc_app_fixture_until (remittance_is_read, &desk);
  qc_remittance_service_set_all_reviewed (remittance, TRUE);
  qc_app_fixture_until (remittance_is_read, &desk);
  ask_each (&desk, "submit a remittance", WRITER, submit);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/full-disk/grounds", test_grounds);
  g_test_add_func ("/full-disk/searches", test_searches);
  g_test_add_func ("/full-disk/preview", test_preview);
  g_test_add_func ("/full-disk/draft", test_draft);
  g_test_add_func ("/full-disk/enqueue", test_enqueue);
  g_test_add_func ("/full-disk/questions", test_questions);
  g_test_add_func ("/full-disk/pages", test_pages);
  g_test_add_func ("/full-disk/submitting", test_submitting);
  return g_test_run ();
}
