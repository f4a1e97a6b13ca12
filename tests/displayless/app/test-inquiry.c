/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 查询 without a screen: what words of a search mean, lists that are read page by page, all of it for a workbook, what
 * is remembered of a list, bases in steps, the unit in words.
 */
#include "qc-app-fixture.h"
#include "qc-format.h"
#include "qc-inquiry-list.h"
#include "qc-inquiry-words.h"
#include "qc-list-memory.h"
#include "qc-month.h"
#include "qc-people-list.h"
#include "qc-roster-fetch.h"
#include "qc-session-private.h"
#include "qc-store-cursors.h"
#include "qc-store-inquiry.h"
#include "qc-trends.h"
#include "qc-unit-account.h"
#include "qc-wire-line.h"

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

/* --- words --- */

static void
check_word (QcInquiry inquiry, const char *text, QcStoreInquiryWord expected)
{
  g_autoptr (GArray) words = qc_inquiry_words_parse (inquiry, text);
  g_assert_cmpuint (words->len, ==, 1);
  const QcStoreInquiryWord *word = &g_array_index (words, QcStoreInquiryWord, 0);
  g_assert_cmpint (word->has_fen, ==, expected.has_fen);
  g_assert_cmpint (word->has_fen ? word->fen_from : 0, ==, expected.fen_from);
  g_assert_cmpint (word->has_count, ==, expected.has_count);
  g_assert_cmpint (word->count, ==, expected.count);
  g_assert_cmpint (word->from, ==, expected.from);
  g_assert_cmpint (word->to, ==, expected.to);
  g_assert_cmpstr (word->codes, ==, expected.codes);
}

static void
test_words (void)
{
  const QcInquiry of = QC_INQUIRY_APPLICATIONS;
  check_word (of, "46,226.00", (QcStoreInquiryWord) {.has_fen = TRUE, .fen_from = 4622600});
  check_word (of, "-46226", (QcStoreInquiryWord) {.has_fen = TRUE, .fen_from = 4622600});
  check_word (of, "−46,226.00", (QcStoreInquiryWord) {.has_fen = TRUE, .fen_from = 4622600});
  check_word (of, "+0.01", (QcStoreInquiryWord) {.has_fen = TRUE, .fen_from = 1});
  check_word (of, "１２", (QcStoreInquiryWord) {.has_fen = TRUE, .fen_from = 1200, .has_count = TRUE, .count = 12});
  check_word (
      of, "202610",
      (QcStoreInquiryWord) {
          .has_fen = TRUE, .fen_from = 20261000, .has_count = TRUE, .count = 202610, .from = 202610, .to = 202610});
  check_word (of, "2026年10月", (QcStoreInquiryWord) {.from = 202610, .to = 202610});
  check_word (of, "2026-10", (QcStoreInquiryWord) {.from = 202610, .to = 202610});
  check_word (of, "2026",
              (QcStoreInquiryWord) {
                  .has_fen = TRUE, .fen_from = 202600, .has_count = TRUE, .count = 2026, .from = 202601, .to = 202612});
  check_word (of, "2026年", (QcStoreInquiryWord) {.from = 202601, .to = 202612});
  check_word (of, "1989", (QcStoreInquiryWord) {.has_fen = TRUE, .fen_from = 198900, .has_count = TRUE, .count = 1989});
  check_word (of, "1234567890", (QcStoreInquiryWord) {.has_fen = TRUE, .fen_from = 123456789000});
  check_word (of, "returned", (QcStoreInquiryWord) {.codes = (char *)" state:returned "});
  check_word (of, "unseal", (QcStoreInquiryWord) {.codes = (char *)" business:sealing "});
  check_word (of, "HJ2026", (QcStoreInquiryWord) {.has_fen = FALSE});
  g_autoptr (GArray) none = qc_inquiry_words_parse (of, "  　 ");
  g_assert_cmpuint (none->len, ==, 0);
  g_autoptr (GArray) two = qc_inquiry_words_parse (of, "王　2026-10");
  g_assert_cmpuint (two->len, ==, 2);
}

static void
test_days (void)
{
  g_autoptr (GArray) words = qc_inquiry_words_parse (QC_INQUIRY_MOVEMENTS, "2026-10-08 2026-02-30");
  const QcStoreInquiryWord *day = &g_array_index (words, QcStoreInquiryWord, 0);
  const QcStoreInquiryWord *no_day = &g_array_index (words, QcStoreInquiryWord, 1);
  g_assert_cmpint (day->since, ==, qc_date_to_unix (20261008));
  g_assert_cmpint (day->before, ==, qc_date_to_unix (20261009));
  g_assert_cmpint (no_day->since, ==, 0);
}

/* --- cells --- */

/* What a cell of 本单位为其办理的业务 says of @line, in a submission of @business. (transfer full) */
static char *
dup_line_words (const char *line, const char *business)
{
  static QcCode reason = {(char *)"seal-reason", (char *)"01", (char *)"解除劳动关系", 1, FALSE};
  const guint at = (guint)qc_inquiry_find_column (QC_INQUIRY_CHANGES, "line");
  g_autoptr (QcInquiryRecord) record = qc_inquiry_record_new (qc_inquiry_info (QC_INQUIRY_CHANGES)->n_columns);
  QcInquiryValue *of = &record->values[qc_inquiry_find_column (QC_INQUIRY_CHANGES, "business")];
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  g_ptr_array_add (codes, &reason);
  record->values[at].text = g_strdup (line);
  record->values[at].is_set = line != NULL;
  of->text = g_strdup (business);
  of->is_set = TRUE;
  return qc_inquiry_dup_text (QC_INQUIRY_CHANGES, at, record, codes);
}

/* What was entered, and what became of the person: neither who it was, nor what was there before, nor what is empty. */
static void
test_line_words (void)
{
  g_autoptr (QcRosterLine) line = qc_roster_line_new ();
  line->account = g_strdup ("2311000001");
  line->name = g_strdup ("安大海");
  line->document = g_strdup ("231102199003070016");
  line->status = QC_PERSON_NORMAL;
  line->status_after = QC_PERSON_SEALED;
  line->reason = g_strdup ("01");
  line->base = 500000;
  line->new_base = 600000;
  g_autofree char *sealed = qc_wire_line_to_text (line);
  line->status_after = QC_PERSON_NORMAL;
  g_clear_pointer (&line->reason, g_free);
  g_autofree char *changed = qc_wire_line_to_text (line);
  const struct {
    const char *line, *business, *words;
  } rows[] = {
      {sealed, "sealing",
       "Status afterwards Sealed · Reason for the change 解除劳动关系 · New contribution base 6,000.00"},
      {changed, "sealing", "Status afterwards Normal · New contribution base 6,000.00"},
      {changed, "account-opening", "Document number 231102199003070016 · Contribution base 6,000.00"},
      {changed, "base-adjustment", "New contribution base 6,000.00"},
      {sealed, "unheard-of", ""},
      {sealed, NULL, ""},
      {"{", "sealing", ""},
      {NULL, "sealing", ""},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *words = dup_line_words (rows[i].line, rows[i].business);
    g_assert_cmpstr (words, ==, rows[i].words);
  }
}

/* --- what is remembered --- */

static void
test_memory (void)
{
  g_autoptr (QcListMemory) memory = qc_list_memory_from_text (
      "sort:-amount hide:method show:draw width:reason:240 width:bad:99999 later:x:y:z sort:");
  g_assert_cmpstr (memory->sort, ==, "amount");
  g_assert_true (memory->descending);
  g_assert_false (qc_list_memory_is_shown (memory, "method", TRUE));
  g_assert_true (qc_list_memory_is_shown (memory, "draw", FALSE));
  g_assert_true (qc_list_memory_is_shown (memory, "other", TRUE));
  g_assert_cmpint (qc_list_memory_get_width (memory, "reason"), ==, 240);
  g_assert_cmpint (qc_list_memory_get_width (memory, "bad"), ==, -1);
  g_autofree char *text = qc_list_memory_to_text (memory);
  g_assert_cmpstr (text, ==, "sort:-amount show:draw hide:method width:reason:240");
  g_autoptr (QcListMemory) none = qc_list_memory_from_text (NULL);
  g_autofree char *nothing = qc_list_memory_to_text (none);
  g_assert_cmpstr (nothing, ==, "");
}

/* As wide as it may be, and no wider; whatever else there is takes it away again. */
static void
test_widths (void)
{
  static const struct {
    int width, kept;
  } rows[] = {{1, 1}, {0, -1}, {4000, 4000}, {4001, -1}, {5, 5}, {-1, -1}};
  g_autoptr (QcListMemory) memory = qc_list_memory_from_text ("");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    qc_list_memory_set_width (memory, "people", rows[i].width);
    g_assert_cmpint (qc_list_memory_get_width (memory, "people"), ==, rows[i].kept);
  }
  g_autoptr (QcListMemory) up = qc_list_memory_from_text ("sort:amount");
  g_assert_cmpstr (up->sort, ==, "amount");
  g_assert_false (up->descending);
}

static QcListMemory *
load_memory (QcSession *session)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_list_memory_load_async (session, "months", NULL, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  return qc_list_memory_load_finish (session, result, NULL);
}

/* Two pages that show the same list remember the same, and the next start finds it. */
static void
test_memory_kept (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcListMemory) one = load_memory (fixture->session), other = load_memory (fixture->session);
  g_autofree char *before = qc_list_memory_to_text (one);
  g_assert_cmpstr (before, ==, "");
  qc_list_memory_set_shown (one, "left", FALSE);
  qc_list_memory_keep (fixture->session, "months", one);
  qc_list_memory_set_width (other, "people", 90);
  qc_list_memory_keep (fixture->session, "months", other);
  qc_app_fixture_restart (fixture);
  g_autoptr (QcListMemory) kept = load_memory (fixture->session);
  g_autofree char *after = qc_list_memory_to_text (kept);
  g_assert_cmpstr (after, ==, "hide:left width:people:90");
}

/* --- bases --- */

static void
check_steps (QcMoney least, QcMoney most, guint n, QcMoney from, QcMoney step)
{
  g_autoptr (GArray) bases = g_array_new (FALSE, FALSE, sizeof (QcMoney));
  g_array_append_val (bases, most);
  g_array_append_val (bases, least);
  g_autoptr (GArray) steps = qc_trends_divide (bases);
  g_assert_cmpuint (steps->len, ==, n);
  gint64 people = 0;
  for (guint i = 0; i < steps->len; i++) {
    const QcTrendBases *one = &g_array_index (steps, QcTrendBases, i);
    g_assert_cmpint (one->from, ==, from + i * step);
    g_assert_cmpint (one->to, ==, from + (i + 1) * step);
    people += one->people;
  }
  g_assert_cmpint (people, ==, 2);
  g_assert_cmpint (g_array_index (steps, QcTrendBases, 0).people, >, 0);
  g_assert_cmpint (g_array_index (steps, QcTrendBases, n - 1).people, >, 0);
}

static void
test_steps (void)
{
  check_steps (500000, 500000, 1, 500000, 10000);
  check_steps (500000, 659999, 16, 500000, 10000);
  check_steps (500000, 660000, 9, 500000, 20000);
  check_steps (208000, 3000000, 15, 200000, 200000);
  check_steps (0, 99999999900, 10, 0, 10000000000);
  g_autoptr (GArray) nobody = g_array_new (FALSE, FALSE, sizeof (QcMoney));
  g_autoptr (GArray) none = qc_trends_divide (nobody);
  g_assert_cmpuint (none->len, ==, 0);
}

/* --- lists --- */

#define N 300

static gpointer
write_movements (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  QcAppFixture *fixture = data;
  g_autofree QcMovement *moves = g_new0 (QcMovement, N);
  g_autofree QcFeedRow *rows = g_new0 (QcFeedRow, N);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < N; i++) {
    g_ptr_array_add (keys, g_strdup_printf ("%u", 1000 + i));
    moves[i] = (QcMovement) {
        keys->pdata[i], 1760000000 + i, (char *)(i % 2 ? "booking" : "draw"), 100 * (i + 1), NULL, 0, (char *)"一"};
    rows[i] = (QcFeedRow) {.key = keys->pdata[i], .movement = &moves[i]};
  }
  return qc_store_apply_page (connection, qc_session_get_profile_id (fixture->session),
                              qc_session_get_unit_account (fixture->session), QC_FEED_MOVEMENTS, rows, N, "1.1", FALSE,
                              1760000000, error)
             ? QC_DATABASE_DONE
             : NULL;
}

static QcAppFixture *
fixture_with_movements (void)
{
  g_autoptr (GError) error = NULL;
  QcAppFixture *fixture = qc_app_fixture_new (NULL, 0, 0);
  qc_database_write (qc_session_get_database (fixture->session), "movements", write_movements, fixture, &error);
  g_assert_no_error (error);
  return fixture;
}

static gboolean
is_read (gpointer data)
{
  return !qc_inquiry_list_is_loading (data);
}

static guint
wait_read (QcInquiryList *list)
{
  qc_app_fixture_until (is_read, list);
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

typedef struct {
  QcInquiryList *list;
  guint position;
} Place;

static gboolean
is_filled (gpointer data)
{
  const Place *place = data;
  g_autoptr (QcInquiryRow) row = g_list_model_get_item (G_LIST_MODEL (place->list), place->position);
  return qc_inquiry_row_get_record (row) != NULL;
}

static void
assert_text (QcInquiryList *list, guint position, const char *column, const char *expected)
{
  Place place = {list, position};
  qc_app_fixture_until (is_filled, &place);
  g_autoptr (QcInquiryRow) row = g_list_model_get_item (G_LIST_MODEL (list), position);
  g_autofree char *text
      = qc_inquiry_list_dup_text (list, row, (guint)qc_inquiry_find_column (QC_INQUIRY_MOVEMENTS, column));
  g_assert_cmpstr (text, ==, expected);
}

static void
count_cb (GListModel *model, guint position, guint removed, guint added, gint *changes)
{
  g_assert_true (position == g_list_model_get_n_items (model) || removed == 0 || added == 0);
  (*changes)++;
}

static void
test_list (void)
{
  g_autoptr (QcAppFixture) fixture = fixture_with_movements ();
  g_autoptr (QcInquiryList) list = qc_inquiry_list_new (fixture->session, QC_INQUIRY_MOVEMENTS);
  const int amount = qc_inquiry_find_column (QC_INQUIRY_MOVEMENTS, "amount");
  gint changes = 0;
  g_signal_connect (list, "items-changed", G_CALLBACK (count_cb), &changes);
  qc_inquiry_list_reload (list);
  g_assert_cmpuint (wait_read (list), ==, N);
  /* the newest is there at once, the far one is a placeholder first */
  g_autoptr (QcInquiryRow) first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_autoptr (QcInquiryRow) last = g_list_model_get_item (G_LIST_MODEL (list), N - 1);
  g_assert_nonnull (qc_inquiry_row_get_record (first));
  g_assert_null (qc_inquiry_row_get_record (last));
  assert_text (list, 0, "amount", "-300.00");
  assert_text (list, N - 1, "amount", "1.00");
  g_assert_cmpint (qc_inquiry_list_get_sum (list, (guint)amount).plus, ==, 100 * 150 * 150);
  g_assert_cmpint (qc_inquiry_list_get_sum (list, (guint)amount).minus, ==, -100 * 150 * 151);
  g_assert_false (qc_inquiry_list_is_narrowed (list));
  /* rows are places: a search puts others there, the totals follow it */
  qc_inquiry_list_set_search (list, "7.00");
  g_assert_cmpuint (wait_read (list), ==, 1);
  g_assert_true (qc_inquiry_list_is_narrowed (list));
  g_assert_cmpint (qc_inquiry_list_get_all (list), ==, N);
  g_assert_cmpint (qc_inquiry_list_get_sum (list, (guint)amount).plus, ==, 700);
  assert_text (list, 0, "amount", "7.00");
  qc_inquiry_list_set_search (list, "-8");
  g_assert_cmpuint (wait_read (list), ==, 1);
  assert_text (list, 0, "amount", "-8.00");
  qc_inquiry_list_set_search (list, "");
  qc_inquiry_list_set_sort (list, amount, FALSE);
  g_assert_cmpuint (wait_read (list), ==, N);
  g_assert_true (first == (gpointer)g_list_model_get_item (G_LIST_MODEL (list), 0));
  g_object_unref (first);
  assert_text (list, 0, "amount", "-300.00");
  assert_text (list, 1, "amount", "-298.00");
  g_assert_cmpint (changes, ==, 3); /* it came, it shrank, it grew; neither another row nor an order is such a change */
  qc_inquiry_list_set_choice (list, (guint)qc_inquiry_find_column (QC_INQUIRY_MOVEMENTS, "kind"), "draw");
  g_assert_cmpuint (wait_read (list), ==, 150);
  const char *key = qc_inquiry_list_get_key (list, 149);
  g_assert_cmpuint (qc_inquiry_list_find (list, key), ==, 149);
  g_assert_cmpuint (qc_inquiry_list_find (list, "nothing"), ==, G_MAXUINT);
  g_assert_null (qc_inquiry_list_get_key (list, 150));
}

/* Only what is otherwise is read again; each of the three ways leaves rows out. */
static void
test_asked_again (void)
{
  g_autoptr (QcAppFixture) fixture = fixture_with_movements ();
  g_autoptr (QcInquiryList) list = qc_inquiry_list_new (fixture->session, QC_INQUIRY_MOVEMENTS);
  const guint kind = (guint)qc_inquiry_find_column (QC_INQUIRY_MOVEMENTS, "kind");
  const int amount = qc_inquiry_find_column (QC_INQUIRY_MOVEMENTS, "amount");
  enum { SEARCH, CHOICE, SINCE, SORT };
  const struct {
    int what;
    const char *text;
    QcMonth since;
    gboolean descending, reads, narrowed;
    guint rows;
  } rows[] = {
      {SEARCH, NULL, 0, FALSE, FALSE, FALSE, 0},     {SEARCH, "7.00", 0, FALSE, TRUE, TRUE, 1},
      {SEARCH, "7.00", 0, FALSE, FALSE, TRUE, 1},    {SEARCH, NULL, 0, FALSE, TRUE, FALSE, N},
      {SINCE, NULL, 202510, FALSE, TRUE, TRUE, N},   {SINCE, NULL, 202510, FALSE, FALSE, TRUE, N},
      {SINCE, NULL, 202511, FALSE, TRUE, TRUE, 0},   {SINCE, NULL, QC_MONTH_NONE, FALSE, TRUE, FALSE, N},
      {CHOICE, "draw", 0, FALSE, TRUE, TRUE, N / 2}, {CHOICE, "draw", 0, FALSE, FALSE, TRUE, N / 2},
      {CHOICE, NULL, 0, FALSE, TRUE, FALSE, N},      {CHOICE, NULL, 0, FALSE, FALSE, FALSE, N},
      {SORT, NULL, 0, FALSE, TRUE, FALSE, N},        {SORT, NULL, 0, FALSE, FALSE, FALSE, N},
      {SORT, NULL, 0, TRUE, TRUE, FALSE, N},         {SORT, NULL, 0, TRUE, FALSE, FALSE, N},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("row %u", (guint)i);
    if (rows[i].what == SEARCH)
      qc_inquiry_list_set_search (list, rows[i].text);
    else if (rows[i].what == CHOICE)
      qc_inquiry_list_set_choice (list, kind, rows[i].text);
    else if (rows[i].what == SINCE)
      qc_inquiry_list_set_since (list, rows[i].since);
    else
      qc_inquiry_list_set_sort (list, amount, rows[i].descending);
    g_assert_cmpint (qc_inquiry_list_is_loading (list), ==, rows[i].reads);
    g_assert_cmpuint (wait_read (list), ==, rows[i].rows);
    g_assert_cmpint (qc_inquiry_list_is_narrowed (list), ==, rows[i].narrowed);
  }
}

static void
failed_cb (QcInquiryList *list, const GError *error, guint *failures)
{
  g_assert_nonnull (error);
  ++*failures;
}

static gboolean
is_one (gpointer n)
{
  return *(guint *)n == 1;
}

/* What cannot be read is said: the list, a page of it, the names on rosters; the rows that were there stay. */
static void
test_failed (void)
{
  g_autoptr (QcAppFixture) fixture = fixture_with_movements ();
  g_autoptr (QcInquiryList) list = qc_inquiry_list_new (fixture->session, QC_INQUIRY_MOVEMENTS);
  guint failures = 0;
  g_signal_connect (list, "failed", G_CALLBACK (failed_cb), &failures);
  qc_inquiry_list_reload (list);
  g_assert_cmpuint (wait_read (list), ==, N);
  qc_app_fixture_sql (fixture, "ALTER TABLE movement RENAME TO elsewhere");
  g_autoptr (QcInquiryRow) last = g_list_model_get_item (G_LIST_MODEL (list), N - 1);
  qc_app_fixture_until (is_one, &failures);
  g_assert_null (qc_inquiry_row_get_record (last));
  failures = 0;
  qc_inquiry_list_reload (list);
  g_assert_cmpuint (wait_read (list), ==, N);
  g_assert_cmpuint (failures, ==, 1);
  qc_app_fixture_sql (fixture, "ALTER TABLE elsewhere RENAME TO movement");
  qc_app_fixture_sql (fixture, "ALTER TABLE application_line RENAME TO elsewhere");
  failures = 0;
  qc_inquiry_list_reload (list);
  g_assert_cmpuint (wait_read (list), ==, N);
  g_assert_cmpuint (failures, ==, 0);
  qc_inquiry_list_set_search (list, "安大海");
  g_assert_cmpuint (wait_read (list), ==, N);
  g_assert_cmpuint (failures, ==, 1);
}

/* Of one person: every month of what was paid, the newest first, and where each of them stands. */
static void
test_months (void)
{
  static const struct {
    QcMonth month;
    guint position;
  } rows[] = {{202610, G_MAXUINT}, {202609, 0}, {202608, 1}, {202601, 8}, {202512, G_MAXUINT}};
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  qc_app_fixture_sql (fixture, "UPDATE paid_span SET from_month = 202601 WHERE person = '2311000001'");
  g_autoptr (QcInquiryList) list = qc_inquiry_list_new (fixture->session, QC_INQUIRY_PAID);
  qc_inquiry_list_set_person (list, "2311000001");
  g_assert_cmpuint (qc_inquiry_list_find_month (list, 202609), ==, G_MAXUINT); /* nothing is read yet */
  g_assert_cmpuint (wait_read (list), ==, 9);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (qc_inquiry_list_find_month (list, rows[i].month), ==, rows[i].position);
  qc_inquiry_list_set_person (list, "2311000001");
  g_assert_false (qc_inquiry_list_is_loading (list));
  qc_inquiry_list_set_person (list, "2311000004"); /* for whom nothing was */
  g_assert_cmpuint (wait_read (list), ==, 0);
  for (guint i = 0; i < QC_N_INQUIRIES; i++)
    g_assert_cmpint (qc_inquiry_find_type ((QcInquiry)i, QC_INQUIRY_MONTH), >=, 0); /* each of them has months */
}

/* What the unit did for a person, in words of the center's lists, and how many rosters were not looked through. */
static void
test_changes (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_SEALING, 0);
  g_autoptr (QcInquiryList) list = qc_inquiry_list_new (fixture->session, QC_INQUIRY_CHANGES);
  qc_inquiry_list_set_person (list, "2311000001");
  g_assert_cmpuint (wait_read (list), ==, 1);
  g_assert_cmpint (qc_inquiry_list_get_unread (list), ==, 1);
  g_autoptr (QcInquiryRow) row = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_autofree char *text
      = qc_inquiry_list_dup_text (list, row, (guint)qc_inquiry_find_column (QC_INQUIRY_CHANGES, "line"));
  g_assert_cmpstr (text, ==, "Status afterwards Sealed · Reason for the change 解除劳动关系");
}

/* The unit goes away while its list is read: it is not "loading" for ever. */
static void
test_unit_gone (void)
{
  g_autoptr (QcAppFixture) fixture = fixture_with_movements ();
  g_autoptr (QcInquiryList) list = qc_inquiry_list_new (fixture->session, QC_INQUIRY_MOVEMENTS);
  g_autoptr (QcPeopleList) people = qc_people_list_new (fixture->session);
  qc_inquiry_list_reload (list);
  qc_people_list_reload (people);
  g_assert_true (qc_inquiry_list_is_loading (list));
  g_assert_true (qc_people_list_is_loading (people));
  qc_session_stop (fixture->session);
  qc_inquiry_list_reload (list);
  qc_people_list_reload (people);
  g_assert_false (qc_inquiry_list_is_loading (list));
  g_assert_false (qc_people_list_is_loading (people));
}

/* Two questions in a row: only the second is answered. */
static void
test_overtaken (void)
{
  g_autoptr (QcAppFixture) fixture = fixture_with_movements ();
  g_autoptr (QcInquiryList) list = qc_inquiry_list_new (fixture->session, QC_INQUIRY_MOVEMENTS);
  qc_inquiry_list_set_search (list, "7.00");
  qc_inquiry_list_set_search (list, "nothing at all");
  g_assert_cmpuint (wait_read (list), ==, 0);
  g_assert_cmpint (qc_inquiry_list_get_all (list), ==, N);
}

static void
test_all (void)
{
  g_autoptr (QcAppFixture) fixture = fixture_with_movements ();
  g_autoptr (QcInquiryList) list = qc_inquiry_list_new (fixture->session, QC_INQUIRY_MOVEMENTS);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  const guint columns[] = {3, 2};
  qc_inquiry_list_set_sort (list, 3, TRUE);
  qc_inquiry_list_read_async (list, columns, 2, NULL, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  g_autoptr (GPtrArray) texts = qc_inquiry_list_read_finish (list, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (texts->len, ==, 2 * N);
  g_assert_cmpstr (texts->pdata[0], ==, "299.00");
  g_assert_cmpstr (texts->pdata[1], ==, "Collected from the bank");
  g_assert_cmpstr (texts->pdata[2 * N - 2], ==, "-300.00");
}

/* --- charts --- */

static QcTrends *
load_trends (QcAppFixture *fixture, guint n_months, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_trends_load_async (fixture->session, n_months, NULL, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  return qc_trends_load_finish (fixture->session, result, error);
}

/* The last months, as many as are asked for, or all there are; and everybody's base. */
static void
test_trends (void)
{
  static const struct {
    guint asked, n;
    QcMonth first;
  } rows[] = {{0, 9, 202601}, {1, 1, 202609}, {8, 8, 202602}, {9, 9, 202601}, {10, 9, 202601}};
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_APPLICATIONS, 0);
  g_autoptr (GError) error = NULL;
  qc_app_fixture_sql (fixture, "UPDATE application_month SET month = 202601 WHERE serial = 'HJ202600000001'");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (QcTrends) trends = load_trends (fixture, rows[i].asked, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (trends->months->len, ==, rows[i].n);
    const QcTrendMonth *first = &g_array_index (trends->months, QcTrendMonth, 0);
    const QcTrendMonth *last = &g_array_index (trends->months, QcTrendMonth, rows[i].n - 1);
    g_assert_cmpint (first->month, ==, rows[i].first);
    g_assert_cmpint (last->month, ==, 202609);
    g_assert_cmpint (last->people, ==, 3);
    g_assert_cmpint (last->fen, ==, 350000);
    g_assert_cmpint (trends->as_of, ==, 1795000000);
    g_assert_cmpuint (trends->bases->len, >, 0);
  }
  static const char *const tables[] = {"application_month", "person_find", "cursor"};
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autofree char *away = g_strdup_printf ("ALTER TABLE %s RENAME TO elsewhere", tables[i]);
    g_autofree char *back = g_strdup_printf ("ALTER TABLE elsewhere RENAME TO %s", tables[i]);
    qc_app_fixture_sql (fixture, away);
    g_assert_null (load_trends (fixture, 0, &error));
    g_assert_nonnull (error);
    g_clear_error (&error);
    qc_app_fixture_sql (fixture, back);
  }
}

/* --- rosters that are not here --- */

static gboolean
has_ended (gpointer fetch)
{
  return !qc_roster_fetch_is_running (fetch);
}

/* One after the other, of what has a roster; it ends at the first that cannot be had, and says why. */
static void
test_fetch (void)
{
  static const struct {
    const char *sql;
    guint all, done;
    gboolean good;
  } rows[] = {
      {"UPDATE application SET people = 100000, created = created + 60 WHERE serial = '" QC_FIXTURE_SEALING2 "'", 2, 0,
       FALSE},
      {"UPDATE application SET created = created - 120 WHERE serial = '" QC_FIXTURE_SEALING2 "'", 2, 1, FALSE},
      {"DELETE FROM application WHERE serial = '" QC_FIXTURE_SEALING2 "'", 1, 1, TRUE},
      {"UPDATE application SET business = 'unit-change' WHERE serial = '" QC_FIXTURE_SEALING "'", 0, 0, TRUE},
      {"ALTER TABLE application RENAME TO elsewhere", 0, 0, FALSE},
  };
  g_autoptr (QcAppFixture) fixture
      = qc_app_fixture_new (NULL, QC_FILL_SEALING | QC_FILL_APPLICATIONS | QC_FILL_OPEN, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    qc_app_fixture_sql (fixture, rows[i].sql);
    g_autoptr (QcRosterFetch) fetch = qc_roster_fetch_new (fixture->session);
    g_assert_true (qc_roster_fetch_is_running (fetch));
    g_assert_cmpuint (qc_roster_fetch_get_all (fetch), ==, 0);
    qc_app_fixture_until (has_ended, fetch);
    g_test_message ("row %u", (guint)i);
    g_assert_cmpuint (qc_roster_fetch_get_all (fetch), ==, rows[i].all);
    g_assert_cmpuint (qc_roster_fetch_get_done (fetch), ==, rows[i].done);
    g_assert_cmpint (qc_roster_fetch_get_error (fetch) == NULL, ==, rows[i].good);
  }
}

/* --- the unit --- */

static const char *
find_value (GPtrArray *groups, const char *name)
{
  for (guint i = 0; i < groups->len; i++) {
    const QcUnitAccountGroup *group = groups->pdata[i];
    for (guint k = 0; k < group->lines->len; k++)
      if (g_str_equal (((QcUnitAccountLine *)group->lines->pdata[k])->name, name))
        return ((QcUnitAccountLine *)group->lines->pdata[k])->value;
  }
  return NULL;
}

static void
test_unit (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 as_of = -1;
  qc_unit_account_load_async (fixture->session, NULL, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  g_autoptr (GPtrArray) groups = qc_unit_account_load_finish (fixture->session, result, &as_of, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (groups->len, ==, 2 + 5);
  g_assert_cmpstr (find_value (groups, "Unit account"), ==, qc_session_get_unit_account (fixture->session));
  g_assert_nonnull (find_value (groups, "Suspense money"));
}

/* What is known of the account the bank draws from: nothing, nothing left, something. */
static void
test_agreement (void)
{
  static const struct {
    const char *sql, *value;
  } rows[] = {
      {"UPDATE unit SET agreement_balance = -1", "not known"},
      {"UPDATE unit SET agreement_balance = 0, agreement_balance_time = 0", "0.00"},
      {"UPDATE unit SET agreement_balance = 1", "0.01"},
      {"UPDATE unit SET agreement_balance_time = 1", "0.01 ("},
  };
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_AGREEMENT, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GAsyncResult) result = NULL;
    gint64 as_of = -1;
    qc_app_fixture_sql (fixture, rows[i].sql);
    qc_unit_account_load_async (fixture->session, NULL, result_cb, &result);
    qc_app_fixture_until (result_there, &result);
    g_autoptr (GPtrArray) groups = qc_unit_account_load_finish (fixture->session, result, &as_of, NULL);
    const char *value = find_value (groups, "Balance at the bank");
    if (g_str_has_suffix (rows[i].value, "("))
      g_assert_true (g_str_has_prefix (value, rows[i].value));
    else
      g_assert_cmpstr (value, ==, rows[i].value);
    g_assert_cmpint (as_of, ==, 1795000000);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/inquiry/words", test_words);
  g_test_add_func ("/app/inquiry/days", test_days);
  g_test_add_func ("/app/inquiry/line-words", test_line_words);
  g_test_add_func ("/app/inquiry/memory", test_memory);
  g_test_add_func ("/app/inquiry/widths", test_widths);
  g_test_add_func ("/app/inquiry/memory-kept", test_memory_kept);
  g_test_add_func ("/app/inquiry/steps", test_steps);
  g_test_add_func ("/app/inquiry/list", test_list);
  g_test_add_func ("/app/inquiry/asked-again", test_asked_again);
  g_test_add_func ("/app/inquiry/failed", test_failed);
  g_test_add_func ("/app/inquiry/months", test_months);
  g_test_add_func ("/app/inquiry/changes", test_changes);
  g_test_add_func ("/app/inquiry/trends", test_trends);
  g_test_add_func ("/app/inquiry/fetch", test_fetch);
  g_test_add_func ("/app/inquiry/unit-gone", test_unit_gone);
  g_test_add_func ("/app/inquiry/overtaken", test_overtaken);
  g_test_add_func ("/app/inquiry/all", test_all);
  g_test_add_func ("/app/inquiry/unit", test_unit);
  g_test_add_func ("/app/inquiry/agreement", test_agreement);
  return g_test_run ();
}
