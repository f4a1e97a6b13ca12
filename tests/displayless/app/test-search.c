/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Search everywhere without a screen: each kind by each of its words with its border on both sides, who left, drafts by
 * who is in them, the last key wins, a few of each kind with a total, and what was opened last over a restart.
 */
#include <string.h>

#include "qc-search.h"
#include "roster-play.h"

static void
found_cb (QcSearch *search, guint *n_found)
{
  (*n_found)++;
}

static gboolean
is_answered (gpointer search)
{
  return !qc_search_is_pending (search);
}

static void
search_for (QcSearch *search, const char *text)
{
  qc_search_set_text (search, text);
  qc_app_fixture_until (is_answered, search);
}

/* The keys of what @text finds of @kind, with a blank between. (transfer full) */
static char *
dup_found (QcSearch *search, const char *text, QcSearchKind kind)
{
  g_autoptr (GString) keys = g_string_new (NULL);
  search_for (search, text);
  const GPtrArray *hits = qc_search_get_hits (search, kind, NULL);
  for (guint i = 0; i < hits->len; i++)
    g_string_append_printf (keys, "%s%s", i > 0 ? " " : "", ((QcSearchHit *)g_ptr_array_index (hits, i))->key);
  return g_string_free (g_steal_pointer (&keys), FALSE);
}

typedef struct {
  const char *text, *keys;
} Case;

static void
check_cases (QcSearch *search, QcSearchKind kind, const Case *cases, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    g_test_message ("%s", cases[i].text);
    g_autofree char *keys = dup_found (search, cases[i].text, kind);
    g_assert_cmpstr (keys, ==, cases[i].keys);
  }
}

static void
test_people (void)
{
  static const Case cases[] = {
      {"安大海", "2311000001"},   {"andahai", "2311000001"},
      {"adh", "2311000001"},      {"dh", ""},
      {"0016", "2311000001"},     {"0017", ""},
      {"1000002", "2311000002"},  {"王", ""},
      {"　安　海", "2311000001"}, {"ＡＤＨ", "2311000001"},
  };
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcSearch) search = qc_search_new (fixture->session);
  check_cases (search, QC_SEARCH_PEOPLE, cases, G_N_ELEMENTS (cases));
}

static const QcSearchHit *
only_person (QcSearch *search, const char *text)
{
  search_for (search, text);
  const GPtrArray *hits = qc_search_get_hits (search, QC_SEARCH_PEOPLE, NULL);
  g_assert_cmpuint (hits->len, ==, 1);
  return g_ptr_array_index (hits, 0);
}

/* Who left is kept for what was paid, and is found by all her words too, and said to have left. */
static void
test_gone (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcSearch) search = qc_search_new (fixture->session);
  g_assert_false (only_person (search, "bxx")->gone);
  qc_app_fixture_sql (fixture, "DELETE FROM person_find WHERE account = '2311000002';"
                               "UPDATE person SET gone = 1 WHERE account = '2311000002'");
  static const char *const texts[] = {"bxx", "白小溪", "xi", "0029", "2311000002"};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    if (strcmp (texts[i], "xi") == 0) { /* no beginning of a reading */
      search_for (search, texts[i]);
      g_assert_cmpuint (qc_search_get_hits (search, QC_SEARCH_PEOPLE, NULL)->len, ==, 0);
      continue;
    }
    const QcSearchHit *hit = only_person (search, texts[i]);
    g_assert_true (hit->gone);
    g_assert_cmpstr (hit->key, ==, "2311000002");
    g_assert_nonnull (strstr (hit->detail, "Left the unit"));
  }
}

/* 3,500.00 of 202608 (1), of 202609 (2, 3), 封存/启封 with no amount in 202610, 补缴 in review. */
static void
test_applications (void)
{
  static const Case cases[] = {
      {"HJ202600000001", "HJ202600000001"},
      {"00000002", "HJ202600000002 FQ202600000002"},
      {"002", ""}, /* too little of a number */
      {"3500", "HJ202600000003 HJ202600000002 HJ202600000001"},
      {"-3,500.00", "HJ202600000003 HJ202600000002 HJ202600000001"},
      {"￥3500.0元", "HJ202600000003 HJ202600000002 HJ202600000001"},
      {"−3500", "HJ202600000003 HJ202600000002 HJ202600000001"},
      {"3499", ""},
      {"3501", ""},
      {"3500.1", ""},
      {"3500.01", ""},
      {"2026-08", "HJ202600000001"},
      {"202609", "HJ202600000003 HJ202600000002"},
      {"2026年9月", "HJ202600000003 HJ202600000002"},
      {"8月", "HJ202600000001"},
      {"9月", "HJ202600000003 HJ202600000002"},
      {"7月", ""},
      {"10月", "FQ202600000002 FQ202600000001"},
      {"202611", ""},
      {"2025年", ""},
      {"汇缴 8月", "HJ202600000001"},
      {"fengcun", "FQ202600000002 FQ202600000001"},
      {"fc 8月", ""},
      {"封存", "FQ202600000002 FQ202600000001"},
      {"bj", "BJ202600000001"},
      {"seal", "FQ202600000002 FQ202600000001"},
      {"gongjijin", ""},
  };
  g_autoptr (QcAppFixture) fixture
      = qc_app_fixture_new (NULL, QC_FILL_APPLICATIONS | QC_FILL_SEALING | QC_FILL_BACK_PAYMENT, 0);
  g_autoptr (QcSearch) search = qc_search_new (fixture->session);
  check_cases (search, QC_SEARCH_APPLICATIONS, cases, G_N_ELEMENTS (cases));
}

/* Over the turn of the year: 202511 to 202602 has a February and a November, no March and no October. */
static void
test_months_of_a_year (void)
{
  static const Case cases[] = {{"10月", ""},
                               {"11月", "HJ202600000001"},
                               {"1月", "HJ202600000001"},
                               {"2月", "HJ202600000001"},
                               {"3月", ""},
                               {"2025", "HJ202600000001"},
                               {"2026", "HJ202600000003 HJ202600000002 HJ202600000001"}};
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_APPLICATIONS, 0);
  g_autoptr (QcSearch) search = qc_search_new (fixture->session);
  qc_app_fixture_sql (fixture, "UPDATE application SET start_month = 202511, end_month = 202602"
                               " WHERE serial = 'HJ202600000001'");
  check_cases (search, QC_SEARCH_APPLICATIONS, cases, 5);
  check_cases (search, QC_SEARCH_APPLICATIONS, cases + 5, 1);
}

static guint
count_drafts (QcSearch *search, const char *text)
{
  search_for (search, text);
  return qc_search_get_hits (search, QC_SEARCH_DRAFTS, NULL)->len;
}

static void
test_drafts (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcSearch) search = qc_search_new (fixture->session);
  g_autoptr (QcRosterService) sealing = play_open (fixture, QC_BUSINESS_SEALING, 0);
  play_settle (sealing);
  g_autoptr (QcPasteResult) pasted = play_paste (sealing, "2311000001\t安大海");
  g_autoptr (QcRosterService) opening = play_open (fixture, QC_BUSINESS_ACCOUNT_OPENING, 0);
  play_settle (opening);
  g_autoptr (QcPasteResult) opened = play_paste (opening, "欧阳新人\t居民身份证\t231102199907310023");
  g_assert_cmpuint (count_drafts (search, "adh"), ==, 1); /* by the pinyin of who is in it */
  const QcSearchHit *hit = g_ptr_array_index (qc_search_get_hits (search, QC_SEARCH_DRAFTS, NULL), 0);
  g_assert_cmpint (hit->business, ==, QC_BUSINESS_SEALING);
  g_assert_nonnull (strstr (hit->detail, "安大海"));
  g_assert_cmpuint (count_drafts (search, "欧阳"), ==, 1); /* who has no account yet */
  g_assert_cmpuint (count_drafts (search, "0023"), ==, 1);
  g_assert_cmpuint (count_drafts (search, "白小溪"), ==, 0);
  g_assert_cmpuint (count_drafts (search, "name"), ==, 0); /* a word of what is kept, not of anybody */
  g_assert_cmpuint (count_drafts (search, "kaihu"), ==, 1);
  g_assert_cmpuint (count_drafts (search, "fengcun"), ==, 1);
}

/* Of nine eight are named; of eight all. */
static void
test_bounds (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, QC_SEARCH_MOST + 1);
  g_autoptr (QcSearch) search = qc_search_new (fixture->session);
  gint64 total;
  search_for (search, "张三");
  g_assert_cmpuint (qc_search_get_hits (search, QC_SEARCH_PEOPLE, &total)->len, ==, QC_SEARCH_MOST);
  g_assert_cmpint (total, ==, QC_SEARCH_MOST + 1);
  qc_app_fixture_sql (fixture, "DELETE FROM person_find WHERE account = '2320000000';"
                               "DELETE FROM person WHERE account = '2320000000'");
  search_for (search, "张三");
  g_assert_cmpuint (qc_search_get_hits (search, QC_SEARCH_PEOPLE, &total)->len, ==, QC_SEARCH_MOST);
  g_assert_cmpint (total, ==, QC_SEARCH_MOST);
}

/* Who left comes behind those who are there, as far as there is room, and is counted; of nine drafts eight are named.
 */
static void
test_bounds_of_others (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, QC_SEARCH_MOST);
  g_autoptr (QcSearch) search = qc_search_new (fixture->session);
  gint64 total;
  for (guint gone = 1; gone <= 2; gone++) {
    g_autofree char *sql = g_strdup_printf ("DELETE FROM person_find WHERE account = '232000000%u';"
                                            "UPDATE person SET gone = 1 WHERE account = '232000000%u'",
                                            gone, gone);
    qc_app_fixture_sql (fixture, sql);
    search_for (search, "张三");
    const GPtrArray *hits = qc_search_get_hits (search, QC_SEARCH_PEOPLE, &total);
    g_assert_cmpuint (hits->len, ==, QC_SEARCH_MOST);
    g_assert_cmpint (total, ==, QC_SEARCH_MOST);
    for (guint i = 0; i < hits->len; i++)
      g_assert_cmpint (((QcSearchHit *)g_ptr_array_index (hits, i))->gone, ==, i >= QC_SEARCH_MOST - gone);
  }
  for (guint n = QC_SEARCH_MOST; n <= QC_SEARCH_MOST + 1; n++) {
    qc_app_fixture_sql (fixture, "DELETE FROM draft");
    for (guint i = 0; i < n; i++) {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO draft (id, scope, business, state, facts, lines, created,"
                                              " changed, name) SELECT %u, id, 'sealing', '%s', '{}', 1, 1, 1, '甲稿'"
                                              " FROM scope",
                                              500 + i, i == 0 ? "locked" : "open");
      qc_app_fixture_sql (fixture, sql);
    }
    search_for (search, "甲稿");
    g_assert_cmpuint (qc_search_get_hits (search, QC_SEARCH_DRAFTS, &total)->len, ==, QC_SEARCH_MOST);
    g_assert_cmpint (total, ==, n);
  }
  qc_app_fixture_sql (fixture, "DELETE FROM draft WHERE id > 501");
  search_for (search, "甲稿");
  const GPtrArray *drafts = qc_search_get_hits (search, QC_SEARCH_DRAFTS, NULL);
  g_assert_cmpuint (drafts->len, ==, 2);
  for (guint i = 0; i < drafts->len; i++) {
    const QcSearchHit *hit = g_ptr_array_index (drafts, i);
    gboolean waits = g_str_equal (hit->key, "500");
    g_assert_true ((strstr (hit->detail, "Waiting to be sent") != NULL) == waits);
    g_assert_true ((strstr (hit->detail, "Draft") != NULL) == !waits);
  }
  qc_app_fixture_sql (fixture, "UPDATE draft SET lines = 0, facts = '{}', name = NULL");
  search_for (search, "fengcun");
  g_assert_cmpuint (qc_search_get_hits (search, QC_SEARCH_DRAFTS, NULL)->len, ==, 0); /* nothing is in them */
}

static void
test_last_key_wins (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 500);
  g_autoptr (QcSearch) search = qc_search_new (fixture->session);
  guint n_found = 0;
  g_signal_connect (search, "found", G_CALLBACK (found_cb), &n_found);
  static const char *const keys[] = {"张", "张三", "张", "", "白", "白小", "白小溪"};
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    qc_search_set_text (search, keys[i]);
  qc_app_fixture_until (is_answered, search);
  for (guint i = 0; i < 100; i++) /* whatever else is on its way */
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (n_found, ==, 1);
  g_assert_cmpuint (qc_search_get_hits (search, QC_SEARCH_PEOPLE, NULL)->len, ==, 1);
}

/* The last first, once each, and only what is still there. */
static void
test_recent (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_APPLICATIONS, 0);
  g_autoptr (QcSearch) search = qc_search_new (fixture->session);
  qc_search_remember (search, QC_SEARCH_PEOPLE, "2311000001");
  qc_search_remember (search, QC_SEARCH_APPLICATIONS, "HJ202600000001");
  qc_search_remember (search, QC_SEARCH_PLACES, "win.go::people");
  qc_app_fixture_sql (fixture, "INSERT INTO draft (id, scope, business, state, facts, lines, created, changed, name)"
                               " SELECT 501, id, 'sealing', 'open', '{}', 1, 1, 1, '甲稿' FROM scope;"
                               "INSERT INTO draft (id, scope, business, state, facts, lines, created, changed, name)"
                               " SELECT 502, id, 'sealing', 'open', '{}', 1, 1, 1, '乙稿' FROM scope");
  qc_search_remember (search, QC_SEARCH_DRAFTS, "501");
  qc_search_remember (search, QC_SEARCH_DRAFTS, "503");
  qc_search_remember (search, QC_SEARCH_PEOPLE, "2311999999");
  qc_search_remember (search, QC_SEARCH_PEOPLE, "2311000001");
  g_clear_object (&search);
  qc_app_fixture_sql (fixture, "SELECT 1"); /* behind what was written */
  qc_app_fixture_restart (fixture);
  g_autoptr (QcSearch) again = qc_search_new (fixture->session);
  search_for (again, "  ");
  const GPtrArray *recent = qc_search_get_recent (again);
  static const char *const keys[] = {"2311000001", "501", "win.go::people", "HJ202600000001"};
  g_assert_cmpuint (recent->len, ==, G_N_ELEMENTS (keys));
  for (guint i = 0; i < recent->len; i++)
    g_assert_cmpstr (((QcSearchHit *)g_ptr_array_index (recent, i))->key, ==, keys[i]);
  g_assert_cmpuint (qc_search_get_hits (again, QC_SEARCH_PEOPLE, NULL)->len, ==, 0);
}

static void
test_words (void)
{
  static const struct {
    const char *words, *text;
    gboolean fits;
  } rows[] = {
      {"立即同步 tongbu tb Sync now", "tong", TRUE}, {"立即同步 tongbu tb Sync now", "SYNC n", TRUE},
      {"立即同步 tongbu tb Sync now", "同步", TRUE}, {"立即同步 tongbu tb Sync now", "bu", FALSE},
      {"立即同步 tongbu tb Sync now", "", FALSE},    {"立即同步 tongbu tb Sync now", "tb x", FALSE},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (qc_search_fits (rows[i].words, rows[i].text), ==, rows[i].fits);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/people", test_people);
  g_test_add_func ("/search/gone", test_gone);
  g_test_add_func ("/search/applications", test_applications);
  g_test_add_func ("/search/months of a year", test_months_of_a_year);
  g_test_add_func ("/search/drafts", test_drafts);
  g_test_add_func ("/search/bounds", test_bounds);
  g_test_add_func ("/search/bounds of others", test_bounds_of_others);
  g_test_add_func ("/search/last key wins", test_last_key_wins);
  g_test_add_func ("/search/recent", test_recent);
  g_test_add_func ("/search/words", test_words);
  return g_test_run ();
}
