/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The lists beside a roster and the roster's own, without a screen: who of the unit is found and in which order, whom
 * 选择人员 takes and why not, what is known of one person; and lines sorted, searched, filtered, taken once more,
 * copied.
 */
#include <string.h>

#include "qc-people-choice.h"
#include "roster-play.h"

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

static gboolean
is_read (gpointer list)
{
  return !qc_people_list_is_loading (list);
}

static void
count_cb (gpointer source, guint *count)
{
  ++*count;
}

static const char *
account_at (QcPeopleList *list, guint position)
{
  g_autoptr (QcPersonRow) row = g_list_model_get_item (G_LIST_MODEL (list), position);
  return qc_person_row_get_employee (row)->account;
}

/* The accounts of all who are found, their last digits. (transfer full) */
static char *
dup_found (QcPeopleList *list)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  qc_app_fixture_until (is_read, list);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    g_string_append_c (digits, account_at (list, i)[9]);
  return g_string_free (g_steal_pointer (&digits), FALSE);
}

static void
assert_found (QcPeopleList *list, const char *expected)
{
  g_autofree char *found = dup_found (list);
  g_assert_cmpstr (found, ==, expected);
}

/* ---- the people ---- */

/* What asks for the same once more asks nobody; what asks for something else says so by being on its way. */
static void
test_people (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcPeopleList) list = qc_people_list_new (fixture->session);
  const QcEmployee person = {.account = (char *)"2311000001", .base = 500000};
  QcContribution month;
  guint reloaded = 0;
  g_signal_connect (list, "reloaded", G_CALLBACK (count_cb), &reloaded);
  g_assert_false (qc_people_list_get_contribution (list, &person, &month)); /* by what, is not known yet */
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 0));
  qc_people_list_set_sort (list, QC_PEOPLE_BY_ACCOUNT, FALSE);
  g_assert_true (qc_people_list_is_loading (list));
  assert_found (list, "1234");
  g_assert_cmpuint (reloaded, ==, 1);
  g_assert_null (qc_people_list_get_error (list));
  g_assert_true (qc_people_list_get_contribution (list, &person, &month));
  g_assert_cmpint (month.unit, ==, 60000);
  g_assert_cmpint (month.personal, ==, 60000);

  qc_people_list_set_sort (list, QC_PEOPLE_BY_ACCOUNT, FALSE);
  qc_people_list_set_changed_month (list, QC_MONTH_NONE);
  qc_people_list_set_unadjusted_since (list, QC_MONTH_NONE);
  qc_people_list_set_filter (list, QC_PEOPLE_EVERY);
  qc_people_list_set_search (list, NULL);
  g_assert_false (qc_people_list_is_loading (list));
  qc_people_list_set_sort (list, QC_PEOPLE_BY_ACCOUNT, TRUE);
  g_assert_true (qc_people_list_is_loading (list));
  assert_found (list, "4321");
  qc_people_list_set_sort (list, QC_PEOPLE_BY_BASE, TRUE);
  g_assert_true (qc_people_list_is_loading (list));
  assert_found (list, "2143");

  qc_people_list_set_sort (list, QC_PEOPLE_BY_ACCOUNT, FALSE);
  qc_people_list_set_changed_month (list, 202610); /* the third is sealed from then on, the fourth came */
  g_assert_true (qc_people_list_is_loading (list));
  qc_people_list_set_changed_month (list, 202610);
  assert_found (list, "34");
  qc_people_list_set_changed_month (list, 202611);
  assert_found (list, "2");
  qc_people_list_set_changed_month (list, QC_MONTH_NONE);
  qc_people_list_set_unadjusted_since (list, 202610);
  g_assert_true (qc_people_list_is_loading (list));
  assert_found (list, "13"); /* the fourth was opened in that month */
  qc_people_list_set_unadjusted_since (list, QC_MONTH_NONE);
  assert_found (list, "1234");

  qc_people_list_set_filter (list, QC_PEOPLE_SEALED);
  assert_found (list, "3");
  qc_people_list_set_filter (list, QC_PEOPLE_NORMAL);
  assert_found (list, "124");
  qc_people_list_set_filter (list, QC_PEOPLE_NORMAL | QC_PEOPLE_SEALED);
  assert_found (list, "1234");
  qc_people_list_set_filter (list, QC_PEOPLE_CLOSED);
  assert_found (list, "");
  qc_people_list_set_filter (list, QC_PEOPLE_OTHER);
  assert_found (list, "");
  qc_app_fixture_sql (fixture, "DELETE FROM ratio");
  qc_people_list_reload (list);
  assert_found (list, "");
  g_assert_false (qc_people_list_get_contribution (list, &person, &month));
}

static void
test_places (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcPeopleList) list = qc_people_list_new (fixture->session);
  qc_people_list_set_sort (list, QC_PEOPLE_BY_ACCOUNT, FALSE);
  assert_found (list, "1234");
  for (guint i = 0; i < 4; i++) {
    gint64 id = qc_people_list_get_id (list, i);
    g_assert_cmpint (id, >, 0);
    g_assert_cmpuint (qc_people_list_find (list, id), ==, i);
  }
  g_assert_cmpint (qc_people_list_get_id (list, 4), ==, 0);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 4));
  g_assert_cmpuint (qc_people_list_find (list, 0), ==, G_MAXUINT);
  g_assert_cmpuint (qc_people_list_find (list, 987654), ==, G_MAXUINT);
  gint64 last = qc_people_list_get_id (list, 3);
  qc_people_list_set_search (list, "安大海");
  assert_found (list, "1");
  g_assert_cmpuint (qc_people_list_find (list, last), ==, G_MAXUINT);
}

static QcPersonDetails *
load_details (QcAppFixture *fixture, const char *account, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_person_details_load_async (fixture->session, account, NULL, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  return qc_person_details_load_finish (fixture->session, result, error);
}

static void
test_details (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcPersonDetails) person = load_details (fixture, "2311000002", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (person->employee->name, ==, "白小溪");
  g_assert_cmpint (person->id, >, 0);
  g_assert_cmpuint (person->bases->len, ==, 2);
  g_assert_cmpint (g_array_index (person->bases, QcBaseChange, 0).from, ==, 202001);
  g_assert_cmpint (g_array_index (person->bases, QcBaseChange, 1).base, ==, 700000);
  g_assert_cmpuint (person->spans->len, ==, 1);
  g_assert_cmpint (g_array_index (person->spans, QcPaidSpan, 0).from, ==, 202609);
  g_assert_cmpint (g_array_index (person->spans, QcPaidSpan, 0).unit, ==, 75000);
  g_assert_true (person->has_contribution);
  g_assert_cmpint (person->contribution.unit, ==, 75000);
  g_autoptr (QcPersonDetails) unpaid = load_details (fixture, "2311000004", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (unpaid->spans->len, ==, 0);
  g_assert_null (load_details (fixture, "2311000099", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  static const char *const unknown[] = {"DELETE FROM ratio", "DELETE FROM policy"};
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++) {
    qc_app_fixture_sql (fixture, unknown[i]);
    g_autoptr (QcPersonDetails) by_nothing = load_details (fixture, "2311000001", &error);
    g_assert_no_error (error);
    g_assert_false (by_nothing->has_contribution);
  }
}

/* ---- 选择人员 ---- */

/* (transfer full) */
static QcEmployee *
find_person (QcPeopleChoice *choice, const char *account)
{
  QcPeopleList *list = qc_people_choice_get_list (choice);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    if (g_str_equal (account_at (list, i), account)) {
      g_autoptr (QcPersonRow) row = g_list_model_get_item (G_LIST_MODEL (list), i);
      return qc_employee_copy (qc_person_row_get_employee (row));
    }
  g_assert_not_reached ();
}

static void
assert_why_not (QcPeopleChoice *choice, const QcEmployee *person, const char *part)
{
  g_autofree char *why_not = qc_people_choice_dup_why_not (choice, person);
  if (part == NULL)
    g_assert_null (why_not);
  else
    g_assert_nonnull (strstr (why_not, part));
}

static int
choose_all (QcPeopleChoice *choice, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_people_choice_choose_all_async (choice, cancellable, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  return qc_people_choice_choose_all_finish (choice, result, error);
}

static void
test_choosing (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = qc_roster_service_new (fixture->session, QC_BUSINESS_TRANSFER, 0);
  g_autoptr (QcPeopleChoice) choice = qc_people_choice_new (service);
  const QcEmployee early = {.account = (char *)"2311000003", .status = QC_PERSON_SEALED};
  assert_why_not (choice, &early, "still being read");
  g_assert_false (qc_people_choice_choose (choice, &early, TRUE));
  g_assert_cmpint (qc_people_choice_get_headcount (choice), ==, 0);
  play_settle (service);
  g_assert_cmpint (qc_people_choice_get_headcount (choice), ==, 3);
  g_assert_cmpint (qc_people_choice_get_fund_year (choice), ==, QC_MONTH_NONE);

  QcPeopleList *list = qc_people_choice_get_list (choice);
  qc_people_list_set_sort (list, QC_PEOPLE_BY_ACCOUNT, FALSE);
  assert_found (list, "1234");
  g_autoptr (QcEmployee) normal = find_person (choice, "2311000001"), sealed = find_person (choice, "2311000003");
  guint changed = 0;
  g_signal_connect (choice, "changed", G_CALLBACK (count_cb), &changed);
  assert_why_not (choice, normal, "安大海");
  g_assert_false (qc_people_choice_choose (choice, normal, TRUE));
  g_assert_false (qc_people_choice_is_chosen (choice, normal));
  assert_why_not (choice, sealed, NULL);
  g_assert_false (qc_people_choice_is_chosen (choice, sealed));
  g_assert_true (qc_people_choice_choose (choice, sealed, TRUE));
  g_assert_true (qc_people_choice_choose (choice, sealed, TRUE)); /* stays so, once */
  g_assert_true (qc_people_choice_is_chosen (choice, sealed));
  g_assert_cmpuint (qc_people_choice_get_chosen (choice)->len, ==, 1);
  g_assert_true (qc_people_choice_choose (choice, normal, FALSE)); /* was not */
  g_assert_cmpuint (qc_people_choice_get_chosen (choice)->len, ==, 1);
  g_assert_true (qc_people_choice_choose (choice, sealed, FALSE));
  g_assert_false (qc_people_choice_is_chosen (choice, sealed));
  g_assert_cmpuint (qc_people_choice_get_chosen (choice)->len, ==, 0);
  g_assert_cmpuint (changed, ==, 5);

  g_assert_true (qc_people_choice_choose (choice, sealed, TRUE));
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_assert_cmpuint (qc_people_choice_add (choice, ids), ==, 1);
  g_assert_cmpuint (ids->len, ==, 1);
  play_settle (service);
  g_assert_cmpint (play_find (service, "2311000003")->id, ==, g_array_index (ids, gint64, 0));
  g_assert_false (qc_people_choice_is_chosen (choice, sealed));
  assert_why_not (choice, sealed, "on the roster already");
  g_assert_false (qc_people_choice_choose (choice, sealed, TRUE));
  g_autoptr (QcPeopleChoice) later = qc_people_choice_new (service); /* one that begins with somebody there */
  assert_why_not (later, sealed, "on the roster already");
  assert_why_not (later, normal, "安大海");
  g_assert_cmpuint (qc_people_choice_add (later, ids), ==, 0);
  g_assert_cmpuint (ids->len, ==, 1);
}

/* All of a search or filter, but who cannot be, or is chosen already. */
static void
test_choosing_all (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 40);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcPeopleChoice) choice = qc_people_choice_new (service);
  QcPeopleList *list = qc_people_choice_get_list (choice);
  g_autoptr (GError) error = NULL;
  guint changed = 0;
  g_signal_connect (choice, "changed", G_CALLBACK (count_cb), &changed);
  qc_people_list_set_search (list, "安大海");
  g_assert_cmpint (choose_all (choice, NULL, &error), ==, 1);
  g_assert_cmpuint (changed, ==, 1);
  g_assert_cmpint (choose_all (choice, NULL, &error), ==, 0);
  qc_people_list_set_search (list, "");
  g_assert_cmpint (choose_all (choice, NULL, &error), ==, 42); /* of 44 one is sealed, and one is there */
  g_assert_no_error (error);
  g_assert_cmpuint (qc_people_choice_get_chosen (choice)->len, ==, 43);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_cancellable_cancel (cancelled);
  g_assert_cmpint (choose_all (choice, cancelled, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  qc_people_choice_clear (choice);
  g_assert_cmpuint (qc_people_choice_get_chosen (choice)->len, ==, 0);
  g_assert_cmpuint (changed, ==, 4);

  g_assert_cmpint (qc_people_choice_get_fund_year (choice), ==, 202607);
  qc_people_list_set_sort (list, QC_PEOPLE_BY_ACCOUNT, FALSE);
  qc_people_list_set_search (list, "231100000");
  assert_found (list, "1234");
  qc_people_choice_set_unadjusted_only (choice, TRUE);
  assert_found (list, "13");
  qc_people_choice_set_unadjusted_only (choice, FALSE);
  assert_found (list, "1234");
  qc_people_choice_set_changed_only (choice, TRUE);
  assert_found (list, "34");
  qc_people_choice_set_changed_only (choice, FALSE);
  assert_found (list, "1234");
}

/* ---- the lines ---- */

/* The last digits of the accounts of what is shown, in order. (transfer full) */
static char *
dup_shown (QcRosterModel *model)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    g_string_append_c (digits, qc_roster_model_get_line_at (model, i)->account[9]);
  return g_string_free (g_steal_pointer (&digits), FALSE);
}

static void
assert_shown (QcRosterModel *model, const char *expected)
{
  g_autofree char *shown = dup_shown (model);
  g_assert_cmpstr (shown, ==, expected);
}

static void
test_order (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted
      = play_paste (service, "account\treason\n2311000002\t01\n2311000004\t99\n2311000001\t01\n2311000003\t01\n");
  g_assert_cmpuint (pasted->added, ==, 4);
  play_enter (service, "2311000004", QC_LINE_REASON_TEXT, "甲");
  QcRosterModel *model = qc_roster_service_get_model (service);
  guint told = 0;
  static const struct {
    int field;
    gboolean descending;
    const char *shown;
  } rows[] = {{-1, FALSE, "2413"},
              {QC_LINE_ACCOUNT, FALSE, "1234"},
              {QC_LINE_ACCOUNT, TRUE, "4321"},
              {QC_LINE_NAME, FALSE, "4123"}, /* by the bytes of the names, in the locale of the tests */
              {QC_LINE_NAME, TRUE, "3214"},
              {QC_LINE_BASE, FALSE, "3412"},
              {QC_LINE_BASE, TRUE, "2143"},
              {QC_LINE_REASON, FALSE, "2134"}, /* equal ones as they were entered, whichever way */
              {QC_LINE_REASON, TRUE, "4213"},
              {QC_LINE_STATUS, FALSE, "2413"},
              {QC_LINE_OPENED, TRUE, "4213"},
              {QC_LINE_REASON_TEXT, FALSE, "2134"},
              {QC_LINE_REASON_TEXT, TRUE, "4213"},
              {-1, FALSE, "2413"}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    qc_roster_model_set_sort (model, rows[i].field, rows[i].descending);
    assert_shown (model, rows[i].shown);
  }
  g_signal_connect (model, "totals-changed", G_CALLBACK (count_cb), &told);
  qc_roster_model_set_sort (model, -1, FALSE);
  g_assert_cmpuint (told, ==, 0);
  qc_roster_model_set_sort (model, QC_LINE_ACCOUNT, FALSE);
  qc_roster_model_set_sort (model, QC_LINE_ACCOUNT, TRUE);
  g_assert_cmpuint (told, ==, 2);
  qc_roster_model_set_sort (model, QC_LINE_ACCOUNT, FALSE);
  g_assert_false (qc_roster_model_is_filtered (model));

  /* a cell that is entered leaves its row where it is, another line finds its place */
  qc_roster_model_set_sort (model, QC_LINE_REASON, FALSE);
  assert_shown (model, "2134");
  play_enter (service, "2311000002", QC_LINE_REASON, "99");
  assert_shown (model, "2134");
  gint64 gone = play_find (service, "2311000001")->id;
  qc_roster_service_remove (service, &gone, 1);
  play_settle (service);
  assert_shown (model, "324");
  g_assert_cmpuint (qc_roster_model_find (model, gone), ==, G_MAXUINT);
  g_assert_null (qc_roster_model_get_line_at (model, 3));
  g_assert_nonnull (qc_roster_model_get_line_at (model, 2));
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), 3));
  g_autoptr (QcRosterRow) row = g_list_model_get_item (G_LIST_MODEL (model), 2);
  g_autoptr (QcRosterRow) same = g_list_model_get_item (G_LIST_MODEL (model), 2);
  g_assert_true (row == same);
  g_assert_cmpint (qc_roster_row_get_id (row), ==, play_find (service, "2311000004")->id);
  for (guint i = 3; i-- > 0;)
    g_assert_cmpuint (qc_roster_model_find (model, qc_roster_model_get_line_at (model, i)->id), ==, i);
}

static gboolean
shows_one (gpointer model)
{
  return g_list_model_get_n_items (model) == 1;
}

static void
test_searching (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted
      = play_paste (service, "account\treason\n2311000002\t01\n2311000004\t\n2311000001\t01\n2311000003\t01\n");
  QcRosterModel *model = qc_roster_service_get_model (service);
  g_assert_cmpuint (pasted->added, ==, 4);
  static const struct {
    const char *text, *shown;
  } rows[] = {{"安大海", "1"}, {"baixiaoxi", "2"}, {"czm", "3"}, {"2311000004", "4"}, {"0016", "1"}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    qc_roster_model_set_search (model, "");
    assert_shown (model, "2413");
    g_assert_false (qc_roster_model_is_filtered (model));
    qc_roster_model_set_search (model, rows[i].text);
    g_assert_cmpstr (qc_roster_model_get_search (model), ==, rows[i].text);
    qc_app_fixture_until (shows_one, model);
    assert_shown (model, rows[i].shown);
    g_assert_true (qc_roster_model_is_filtered (model));
    g_assert_cmpint (qc_roster_model_get_totals (model)->lines, ==, 1);
  }
  qc_roster_model_set_search (model, NULL);
  g_assert_cmpstr (qc_roster_model_get_search (model), ==, "");
  assert_shown (model, "2413");
  g_assert_cmpint (qc_roster_model_get_totals (model)->people, ==, 4);

  gint64 faulty = play_find (service, "2311000004")->id;
  g_assert_false (qc_roster_model_get_only_faulty (model));
  qc_roster_model_set_only_faulty (model, TRUE);
  g_assert_true (qc_roster_model_get_only_faulty (model));
  assert_shown (model, "4");
  g_assert_true (qc_roster_model_is_faulty (model, faulty));
  play_enter (service, "2311000004", QC_LINE_REASON, "01");
  assert_shown (model, "4"); /* where she works at it, it stays */
  g_assert_cmpuint (qc_roster_model_get_n_faulty (model), ==, 0);
  qc_roster_model_set_only_faulty (model, FALSE);
  assert_shown (model, "2413");
  qc_roster_model_set_only_faulty (model, TRUE);
  assert_shown (model, "");
}

/* Who is to get an account is in no list of people yet: found by what the lines say. */
static void
test_searching_newcomers (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_ACCOUNT_OPENING, 0);
  g_autoptr (QcPasteResult) pasted
      = play_paste (service, "欧阳新人\t居民身份证\t231102199907310023\n诸葛来者\t居民身份证\t231102199003070016\n");
  g_assert_cmpuint (pasted->added, ==, 2);
  static const char *const texts[] = {"欧阳", "0731"};
  QcRosterModel *model = qc_roster_service_get_model (service);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    qc_roster_model_set_search (model, "");
    g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 2);
    qc_roster_model_set_search (model, texts[i]);
    qc_app_fixture_until (shows_one, model);
    g_assert_cmpstr (qc_roster_model_get_line_at (model, 0)->name, ==, "欧阳新人");
  }
}

static void
test_next_fault (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BACK_PAYMENT, 0);
  QcLineFieldId field = QC_LINE_NAME;
  for (int backwards = FALSE; backwards <= TRUE; backwards++)
    g_assert_cmpint (qc_roster_service_next_fault (service, 0, QC_LINE_NAME, backwards, &field), ==, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (
      service,
      "account\treason\tfrom\tto\n2311000001\t\t\t\n2311000002\t01\t202607\t202607\n2311000003\t01\t\t202607\n");
  g_assert_cmpuint (pasted->added, ==, 3);
  gint64 one = play_find (service, "2311000001")->id, fine = play_find (service, "2311000002")->id,
         three = play_find (service, "2311000003")->id;
  const struct {
    gint64 line;
    QcLineFieldId field;
    gboolean backwards;
    gint64 next;
    QcLineFieldId there;
  } rows[] = {{0, QC_LINE_NAME, FALSE, one, QC_LINE_REASON},     {one, QC_LINE_NAME, FALSE, one, QC_LINE_REASON},
              {one, QC_LINE_REASON, FALSE, one, QC_LINE_FROM},   {one, QC_LINE_FROM, FALSE, one, QC_LINE_TO},
              {one, QC_LINE_TO, FALSE, three, QC_LINE_FROM},     {fine, QC_LINE_NAME, FALSE, three, QC_LINE_FROM},
              {three, QC_LINE_FROM, FALSE, one, QC_LINE_REASON}, {0, QC_LINE_NAME, TRUE, three, QC_LINE_FROM},
              {three, QC_LINE_TO, TRUE, three, QC_LINE_FROM},    {three, QC_LINE_FROM, TRUE, one, QC_LINE_TO},
              {fine, QC_LINE_OPENED, TRUE, one, QC_LINE_TO},     {one, QC_LINE_TO, TRUE, one, QC_LINE_FROM},
              {one, QC_LINE_FROM, TRUE, one, QC_LINE_REASON},    {one, QC_LINE_REASON, TRUE, three, QC_LINE_FROM},
              {987654, QC_LINE_TO, FALSE, one, QC_LINE_REASON}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_cmpint (qc_roster_service_next_fault (service, rows[i].line, rows[i].field, rows[i].backwards, &field), ==,
                     rows[i].next);
    g_assert_cmpint (field, ==, rows[i].there);
  }
  play_enter (service, "2311000001", QC_LINE_REASON, "01");
  play_enter (service, "2311000001", QC_LINE_FROM, "202607");
  play_enter (service, "2311000001", QC_LINE_TO, "202607");
  g_assert_cmpint (qc_roster_service_next_fault (service, three, QC_LINE_FROM, FALSE, &field), ==, three); /* around */
  g_assert_cmpint (field, ==, QC_LINE_FROM);
  play_enter (service, "2311000003", QC_LINE_FROM, "202607");
  for (int backwards = FALSE; backwards <= TRUE; backwards++)
    g_assert_cmpint (qc_roster_service_next_fault (service, one, QC_LINE_NAME, backwards, &field), ==, 0);
}

/* ---- edits that only the window asks for ---- */

/* Once more for other months: below the line it was of, with her, without the months. */
static void
test_again (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = qc_roster_service_new (fixture->session, QC_BUSINESS_BACK_PAYMENT, 0);
  g_assert_cmpint (qc_roster_service_add_again (service, 1), ==, 0);
  play_settle (service);
  g_autoptr (QcPasteResult) pasted = play_paste (
      service, "account\treason\tfrom\tto\n2311000001\t01\t202607\t202608\n2311000002\t01\t202607\t202607\n");
  g_assert_cmpuint (pasted->added, ==, 2);
  g_assert_cmpint (qc_roster_service_add_again (service, 987654), ==, 0);
  gint64 first = qc_roster_service_add_again (service, play_find (service, "2311000001")->id);
  play_settle (service);
  gint64 last = qc_roster_service_add_again (service, play_find (service, "2311000002")->id);
  play_settle (service);
  const GPtrArray *lines = play_roster (service)->lines;
  g_assert_cmpuint (lines->len, ==, 4);
  const QcRosterLine *old = g_ptr_array_index (lines, 0), *again = g_ptr_array_index (lines, 1);
  g_assert_cmpint (again->id, ==, first);
  g_assert_cmpint (again->id, !=, old->id);
  g_assert_cmpstr (again->account, ==, old->account);
  g_assert_cmpstr (again->reason, ==, "01");
  g_assert_cmpint (again->from, ==, QC_MONTH_NONE);
  g_assert_cmpint (again->to, ==, QC_MONTH_NONE);
  g_assert_cmpint (again->unit_fen, ==, 0);
  g_assert_cmpint (old->from, ==, 202607);
  g_assert_cmpint (((const QcRosterLine *)g_ptr_array_index (lines, 3))->id, ==, last);
  g_autoptr (GArray) months = qc_roster_service_dup_months (service, old->id);
  g_assert_cmpuint (months->len, ==, 2);
  g_assert_null (qc_roster_service_dup_months (service, 987654));
  qc_draft_undo (play_draft (service));
  play_settle (service);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 3);
}

static void
test_newcomer (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = qc_roster_service_new (fixture->session, QC_BUSINESS_ACCOUNT_OPENING, 0);
  const char *texts[QC_N_LINE_FIELDS] = {
      [QC_LINE_NAME] = "新人",
      [QC_LINE_DOCUMENT_TYPE] = "居民身份证",
      [QC_LINE_DOCUMENT] = "23110219900307 0016",
      [QC_LINE_NEW_BASE] = "五千",
      [QC_LINE_MOBILE] = "",
  };
  g_autoptr (GPtrArray) findings = qc_findings_new ();
  g_assert_null (qc_roster_service_make_line (service, texts, findings));
  play_settle (service);
  QcRosterLine *line = qc_roster_service_make_line (service, texts, findings);
  g_assert_cmpstr (line->name, ==, "新人");
  g_assert_cmpstr (line->document_type, ==, "01");
  g_assert_cmpstr (line->document, ==, "231102199003070016");
  g_assert_null (line->mobile);
  g_assert_cmpstr (qc_line_get_raw (line, QC_LINE_NEW_BASE), ==, "五千");
  g_assert_cmpuint (findings->len, >, 0);
  qc_roster_line_free (line);
  texts[QC_LINE_NEW_BASE] = "5000";
  line = qc_roster_service_make_line (service, texts, NULL);
  g_assert_cmpint (line->new_base, ==, 500000);
  g_assert_cmpint (line->unit_fen, ==, 60000);
  gint64 id = qc_roster_service_take_line (service, line);
  play_settle (service);
  g_assert_cmpint (((const QcRosterLine *)g_ptr_array_index (play_roster (service)->lines, 0))->id, ==, id);
  g_assert_cmpint (id, >, 0);
}

/* What is copied goes into a spreadsheet; what a cell chooses from; what asks of nobody changes nothing. */
static void
test_cells (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_ASK, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n2311000001\t99\n2311000003\t01\n");
  g_assert_cmpuint (pasted->added, ==, 2);
  const struct {
    const char *typed, *copied;
  } rows[] = {{"平常", "平常"}, {"说\"好\"", "\"说\"\"好\"\"\""}, {"\"", "\"\"\"\""}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    play_enter (service, "2311000001", QC_LINE_REASON_TEXT, rows[i].typed);
    const QcLineFieldId text = QC_LINE_REASON_TEXT;
    gint64 line = play_find (service, "2311000001")->id;
    g_autofree char *cell = qc_roster_service_dup_block (service, &line, 1, &text, 1);
    g_autofree char *expected = g_strconcat (rows[i].copied, "\n", NULL);
    g_assert_cmpstr (cell, ==, expected);
  }
  const gint64 lines[] = {play_find (service, "2311000003")->id, 987654, play_find (service, "2311000001")->id};
  const QcLineFieldId fields[] = {QC_LINE_ACCOUNT, QC_LINE_REASON};
  g_autofree char *block = qc_roster_service_dup_block (service, lines, 3, fields, 2);
  g_assert_cmpstr (block, ==, "2311000003\t恢复缴存\n2311000001\t其他\n");
  g_autofree char *nothing = qc_roster_service_dup_block (service, lines, 0, fields, 2);
  g_assert_cmpstr (nothing, ==, "");

  g_autofree char *shown = qc_roster_service_dup_shown (service, play_find (service, "2311000001"), QC_LINE_DOCUMENT);
  g_assert_null (strstr (shown, "19900307")); /* its middle is hidden */
  g_autofree char *whole = qc_roster_service_dup_text (service, play_find (service, "2311000001"), QC_LINE_DOCUMENT);
  g_assert_cmpstr (whole, ==, "231102199003070016");
  g_autofree char *word = qc_roster_service_dup_shown (service, play_find (service, "2311000001"), QC_LINE_REASON);
  g_assert_cmpstr (word, ==, "其他");

  g_autoptr (GPtrArray) reasons
      = qc_roster_service_dup_choices (service, play_find (service, "2311000001"), QC_LINE_REASON);
  g_assert_cmpuint (reasons->len, ==, 2); /* of the list for sealing, not the one for unsealing */
  g_assert_cmpstr (((const QcCode *)g_ptr_array_index (reasons, 1))->code, ==, "99");
  g_autoptr (GPtrArray) free_text
      = qc_roster_service_dup_choices (service, play_find (service, "2311000001"), QC_LINE_REASON_TEXT);
  g_assert_cmpuint (free_text->len, ==, 0);
  g_assert_true (qc_roster_service_takes (service, play_find (service, "2311000001"), QC_LINE_REASON));
  g_assert_false (qc_roster_service_takes (service, play_find (service, "2311000001"), QC_LINE_NEW_BASE));
  g_assert_true (qc_roster_service_takes (service, play_find (service, "2311000003"), QC_LINE_NEW_BASE));

  gint64 revision = qc_draft_get_revision (play_draft (service));
  g_assert_false (qc_roster_service_enter (service, 987654, QC_LINE_REASON, "01"));
  g_assert_false (qc_roster_service_enter (service, lines[2], QC_LINE_NEW_BASE, "5000"));
  g_assert_cmpuint (qc_roster_service_remove_found (service, "roster.unreadable"), ==, 0);
  play_settle (service);
  g_assert_cmpint (qc_draft_get_revision (play_draft (service)), ==, revision);
}

static void
test_classes (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_ASK, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_RETIREMENT, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\n2311000001\n2311000005\n");
  g_assert_cmpuint (pasted->added, ==, 2);
  g_autoptr (GPtrArray) mans
      = qc_roster_service_dup_choices (service, play_find (service, "2311000001"), QC_LINE_CLASS);
  g_assert_cmpuint (mans->len, ==, 0);
  g_autoptr (GPtrArray) womans
      = qc_roster_service_dup_choices (service, play_find (service, "2311000005"), QC_LINE_CLASS);
  static const QcRetirementClass classes[] = {QC_RETIREMENT_WOMEN_50, QC_RETIREMENT_WOMEN_55, QC_RETIREMENT_WOMEN_60};
  g_assert_cmpuint (womans->len, ==, G_N_ELEMENTS (classes));
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++) {
    const QcCode *code = g_ptr_array_index (womans, i);
    g_assert_cmpstr (code->code, ==, qc_retirement_class_to_code (classes[i]));
    g_assert_nonnull (code->label);
  }
  g_autoptr (GPtrArray) none = qc_roster_service_dup_choices (service, play_find (service, "2311000005"), QC_LINE_NAME);
  g_assert_cmpuint (none->len, ==, 0);
}

/* A line is made as its person is now; the reason of another list does not stay. */
static void
test_updating (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n2311000001\t01\n2311000002\t01\n");
  g_assert_cmpuint (pasted->added, ==, 2);
  qc_app_fixture_sql (fixture, "UPDATE person SET status = 2 WHERE account = '2311000001'");
  qc_app_fixture_sql (fixture, "UPDATE person SET name = '白大溪' WHERE account = '2311000002'");
  qc_business_service_refresh (QC_BUSINESS_SERVICE (service));
  play_settle (service);
  const gint64 ids[] = {play_find (service, "2311000001")->id, play_find (service, "2311000002")->id};
  g_assert_nonnull (play_finding (service, ids[0], "roster.person-changed"));
  g_assert_cmpstr (play_find (service, "2311000002")->name, ==, "白小溪");
  qc_roster_service_update_lines (service, ids, 2);
  play_settle (service);
  g_assert_cmpint (play_find (service, "2311000001")->status, ==, QC_PERSON_SEALED);
  g_assert_cmpint (play_find (service, "2311000001")->status_after, ==, QC_PERSON_NORMAL);
  g_assert_null (play_find (service, "2311000001")->reason);
  g_assert_cmpstr (play_find (service, "2311000002")->name, ==, "白大溪");
  g_assert_cmpstr (play_find (service, "2311000002")->reason, ==, "01");
  g_assert_null (play_finding (service, ids[0], "roster.person-changed"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/choosing/people", test_people);
  g_test_add_func ("/choosing/places", test_places);
  g_test_add_func ("/choosing/details", test_details);
  g_test_add_func ("/choosing/choosing", test_choosing);
  g_test_add_func ("/choosing/all", test_choosing_all);
  g_test_add_func ("/choosing/order", test_order);
  g_test_add_func ("/choosing/searching", test_searching);
  g_test_add_func ("/choosing/searching-newcomers", test_searching_newcomers);
  g_test_add_func ("/choosing/next-fault", test_next_fault);
  g_test_add_func ("/choosing/again", test_again);
  g_test_add_func ("/choosing/newcomer", test_newcomer);
  g_test_add_func ("/choosing/cells", test_cells);
  g_test_add_func ("/choosing/classes", test_classes);
  g_test_add_func ("/choosing/updating", test_updating);
  return g_test_run ();
}
