/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 单位住房公积金信息查询: every list with every column as its order, search with signs ignored, choices and periods on
 * both sides of each border, totals that follow, rows by key; what is drawn. With "-m perf" fourteen years and ten
 * thousand movements, timed.
 */
#include "store-fixture.h"

#include "qc-application.h"
#include "qc-month.h"
#include "qc-movement.h"
#include "qc-store-inquiry.h"
#include "qc-store-lines.h"

#define PERSON "231100000001"

static void
add_month (QcApplication *a, QcMonth month, gint64 people, gint64 joined, gint64 left, QcMoney unit, QcMoney personal)
{
  QcMonthLine line = {.month = month,
                      .people = people,
                      .added_people = joined,
                      .removed_people = left,
                      .unit_fen = unit,
                      .personal_fen = personal};
  g_array_append_val (a->months, line);
  a->start = a->start == QC_MONTH_NONE ? month : a->start;
  a->end = month;
  a->people = MAX (a->people, people);
  a->fen += unit + personal;
}

static QcApplication *
make_application (const char *serial, QcBusiness business, QcApplicationState state, gint64 created)
{
  QcApplication *a = qc_application_new ();
  a->serial = g_strdup (serial);
  a->business = business;
  a->state = state;
  a->created = created;
  a->method = QC_METHOD_TRANSFER;
  a->entered_by = g_strdup ("王经办");
  return a;
}

/* 2026-01 to 03 in two 汇缴, one 汇缴 that is not in, one 补缴 that is and one that was returned, one 封存. */
static gpointer
apply (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_application_free);
  QcApplication *a = make_application ("HJ1", QC_BUSINESS_REMITTANCE, QC_STATE_FINISHED, NOW);
  add_month (a, 202601, 10, 1, 0, 100000, 90000);
  add_month (a, 202602, 11, 2, 1, 110000, 99000);
  a->finished = NOW + 60;
  a->method = QC_METHOD_COLLECTION;
  g_ptr_array_add (made, a);
  a = make_application ("HJ2", QC_BUSINESS_REMITTANCE, QC_STATE_FINISHED, NOW + 86400);
  add_month (a, 202604, 9, 0, 2, 80000, 80000);
  g_ptr_array_add (made, a);
  a = make_application ("HJ3", QC_BUSINESS_REMITTANCE, QC_STATE_REGISTERED, NOW + 2 * 86400);
  add_month (a, 202605, 9, 0, 0, 80000, 80000);
  g_ptr_array_add (made, a);
  a = make_application ("BJ1", QC_BUSINESS_BACK_PAYMENT, QC_STATE_FINISHED, NOW + 3 * 86400);
  add_month (a, 202601, 1, 0, 0, 5000, 5000);
  g_ptr_array_add (made, a);
  a = make_application ("BJ2", QC_BUSINESS_BACK_PAYMENT, QC_STATE_RETURNED, NOW + 4 * 86400);
  a->return_reason = g_strdup ("清册未盖章");
  a->start = a->end = 202602;
  a->people = 3;
  a->fen = 7700;
  g_ptr_array_add (made, a);
  a = make_application ("FC1", QC_BUSINESS_SEALING, QC_STATE_FINISHED, NOW + 5 * 86400);
  a->effective = 202603;
  a->people = 1;
  g_ptr_array_add (made, a);
  QcFeedRow rows[8] = {0};
  for (guint i = 0; i < made->len; i++)
    rows[i] = (QcFeedRow) {.key = ((QcApplication *)made->pdata[i])->serial, .application = made->pdata[i]};
  GOOD (
      qc_store_apply_page (connection, PROFILE, UNIT, QC_FEED_APPLICATIONS, rows, made->len, "1.1", FALSE, NOW, error));
  QcMovement moves[] = {{(char *)"9", NOW, (char *)"draw", 399000, (char *)"HJ1", 399000, (char *)"托收划款到账"},
                        {(char *)"10", NOW, (char *)"booking", 399000, (char *)"HJ1", 0, (char *)"入账100%"},
                        {(char *)"11", NOW + 86400, (char *)"arrival", 160000, NULL, 160000, NULL}};
  QcFeedRow movements[3];
  for (guint i = 0; i < 3; i++)
    movements[i] = (QcFeedRow) {.key = moves[i].key, .movement = &moves[i]};
  GOOD (qc_store_apply_page (connection, PROFILE, UNIT, QC_FEED_MOVEMENTS, movements, 3, "1.1", FALSE, NOW, error));
  return QC_DATABASE_DONE;
}

/* What was paid for one person over the end of a year, a base that was set later, and a line that names the person. */
static gpointer
apply_person (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  QcEmployee person = {.account = (char *)PERSON,
                       .name = (char *)"王一",
                       .document = (char *)"230000199001010010",
                       .status = QC_PERSON_NORMAL,
                       .base = 500000};
  QcEmployee sealed = {.account = (char *)"231100000002",
                       .name = (char *)"李二",
                       .document = (char *)"2",
                       .status = QC_PERSON_SEALED,
                       .base = 900000};
  QcFeedRow people[] = {{.key = person.account, .employee = &person}, {.key = sealed.account, .employee = &sealed}};
  GOOD (qc_store_apply_page (connection, PROFILE, UNIT, QC_FEED_PEOPLE, people, 2, "1.1", FALSE, NOW, error));
  QcPaidSpan spans[] = {{202511, 202602, 500000, 60000, 60000, QC_SPAN_REMITTANCE},
                        {202510, 202510, 500000, 50000, 50000, QC_SPAN_BACK_PAYMENT},
                        {202511, 202611, 900000, 1, 1, QC_SPAN_REMITTANCE}};
  QcFeedRow paid[] = {{.key = "1", .person = PERSON, .span = &spans[0], .serial = "HJ1"},
                      {.key = "2", .person = PERSON, .span = &spans[1], .serial = "BJ1"},
                      {.key = "3", .person = "231100000002", .span = &spans[2], .serial = "HJ1"}};
  GOOD (qc_store_apply_page (connection, PROFILE, UNIT, QC_FEED_PAID, paid, 3, "1.1", FALSE, NOW, error));
  QcBaseChange bases[] = {{202501, 480000, FALSE}, {202507, 500000, TRUE}};
  QcFeedRow history[] = {{.key = "1", .person = PERSON, .base = &bases[0], .time = NOW},
                         {.key = "2", .person = PERSON, .base = &bases[1], .time = NOW + 1}};
  GOOD (qc_store_apply_page (connection, PROFILE, UNIT, QC_FEED_BASES, history, 2, "1.1", FALSE, NOW, error));
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (QcStoreLine));
  g_array_set_clear_func (lines, (GDestroyNotify)qc_store_line_clear);
  static const char *const facts[] = {"account\x1f" PERSON "\x1ename\x1f王一", "account\x1f" PERSON "9\x1ename\x1f不同",
                                      "name\x1f王一\x1e"
                                      "document\x1f"
                                      "230000199001010010",
                                      "reason_text\x1f" PERSON};
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++) {
    QcStoreLine line = {i + 1, g_strdup (facts[i])};
    g_array_append_val (lines, line);
  }
  GOOD (qc_store_lines_put (connection, PROFILE, UNIT, "FC1", NOW + 5 * 86400, lines, NULL, NULL, NOW, error));
  return QC_DATABASE_DONE;
}

/* ---- asking ---- */

typedef struct {
  QcStoreInquiry *query;
  const char *expected; /* keys joined by blanks */
  gint64 plus, minus;   /* of the column "amount" */
} Ask;

static gpointer
ask (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Ask *asked = data;
  g_autoptr (QcStoreInquiryList) list = qc_store_inquiry_list (connection, PROFILE, UNIT, asked->query, error);
  g_assert_no_error (*error);
  g_ptr_array_add (list->keys, NULL);
  g_autofree char *keys = g_strjoinv (" ", (char **)list->keys->pdata);
  g_assert_cmpstr (keys, ==, asked->expected);
  int amount = qc_inquiry_find_column (asked->query->inquiry, "amount");
  if (amount >= 0) {
    g_assert_cmpint (list->sums[amount].plus, ==, asked->plus);
    g_assert_cmpint (list->sums[amount].minus, ==, asked->minus);
  }
  return QC_DATABASE_DONE;
}

static void
check (Fixture *fixture, QcStoreInquiry *query, const char *expected, gint64 plus, gint64 minus)
{
  const Ask asked = {query, expected, plus, minus};
  READ (fixture, ask, &asked);
}

static void
check_order (Fixture *fixture, QcInquiry inquiry, const char *column, gboolean descending, const char *expected)
{
  g_autoptr (QcStoreInquiry) query = qc_store_inquiry_new (inquiry);
  query->sort = qc_inquiry_find_column (inquiry, column);
  query->descending = descending;
  g_assert_cmpint (query->sort, >=, 0);
  check (fixture, query, expected, 559000, 0);
}

static void
test_months (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, apply, NULL);
  g_autoptr (QcStoreInquiry) query = qc_store_inquiry_new (QC_INQUIRY_MONTHS);
  check (fixture, query, "HJ2/202604 HJ1/202602 HJ1/202601", 559000, 0);
  check_order (fixture, QC_INQUIRY_MONTHS, "month", FALSE, "HJ1/202601 HJ1/202602 HJ2/202604");
  check_order (fixture, QC_INQUIRY_MONTHS, "people", FALSE, "HJ2/202604 HJ1/202601 HJ1/202602");
  check_order (fixture, QC_INQUIRY_MONTHS, "joined", TRUE, "HJ1/202602 HJ1/202601 HJ2/202604");
  check_order (fixture, QC_INQUIRY_MONTHS, "left", TRUE, "HJ2/202604 HJ1/202602 HJ1/202601");
  check_order (fixture, QC_INQUIRY_MONTHS, "personal", FALSE, "HJ2/202604 HJ1/202601 HJ1/202602");
  check_order (fixture, QC_INQUIRY_MONTHS, "amount", TRUE, "HJ1/202602 HJ1/202601 HJ2/202604");
  check_order (fixture, QC_INQUIRY_MONTHS, "method", FALSE, "HJ1/202602 HJ1/202601 HJ2/202604");
  check_order (fixture, QC_INQUIRY_MONTHS, "finished", TRUE, "HJ1/202602 HJ1/202601 HJ2/202604");
  /* since: the border itself is in */
  query->since = 202602;
  check (fixture, query, "HJ2/202604 HJ1/202602", 369000, 0);
  query->since = 202603;
  check (fixture, query, "HJ2/202604", 160000, 0);
  query->since = QC_MONTH_NONE;
  query->choices[qc_inquiry_find_column (QC_INQUIRY_MONTHS, "method")] = g_strdup ("collection");
  check (fixture, query, "HJ1/202602 HJ1/202601", 399000, 0);
}

/* Every column of every list can lead, both ways, and leads nobody away. */
static gpointer
sort_by_each (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  for (guint inquiry = 0; inquiry < QC_N_INQUIRIES; inquiry++) {
    const QcInquiryInfo *info = qc_inquiry_info (inquiry);
    for (guint i = 0; i < 2 * info->n_columns; i++) {
      g_autoptr (QcStoreInquiry) query = qc_store_inquiry_new (inquiry);
      query->person = g_strdup (PERSON);
      query->sort = (int)i / 2;
      query->descending = i % 2;
      g_autoptr (QcStoreInquiryList) list = qc_store_inquiry_list (connection, PROFILE, UNIT, query, error);
      g_assert_no_error (*error);
      g_assert_cmpuint (list->keys->len, ==, list->all);
      g_assert_cmpuint (list->keys->len, >, 1);
      g_autoptr (GPtrArray) rows = qc_store_inquiry_rows (
          connection, PROFILE, UNIT, query, (const char *const *)list->keys->pdata, list->keys->len, error);
      g_assert_no_error (*error);
      for (guint k = 1; k < rows->len; k++) {
        const QcInquiryValue *before = &((QcInquiryRecord *)rows->pdata[k - 1])->values[i / 2];
        const QcInquiryValue *after = &((QcInquiryRecord *)rows->pdata[k])->values[i / 2];
        int order = qc_inquiry_type_is_text (info->columns[i / 2].type)
                        ? g_strcmp0 (before->text, after->text)
                        : (before->number > after->number) - (before->number < after->number);
        g_assert_true (i % 2 ? order >= 0 : order <= 0);
      }
    }
  }
  return QC_DATABASE_DONE;
}

static void
test_orders (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, apply, NULL);
  WRITE (fixture, apply_person, NULL);
  READ (fixture, sort_by_each, NULL);
}

static void
check_word (Fixture *fixture, QcInquiry inquiry, QcStoreInquiryWord word, const char *expected, gint64 plus,
            gint64 minus)
{
  g_autoptr (QcStoreInquiry) query = qc_store_inquiry_new (inquiry);
  word.text = g_strdup (word.text ? word.text : "");
  word.codes = g_strdup (word.codes);
  word.serials = g_strdup (word.serials);
  g_array_append_val (query->words, word);
  g_autoptr (QcStoreInquiry) copy = qc_store_inquiry_copy (query);
  check (fixture, copy, expected, plus, minus);
}
#define CHECK_WORD(inquiry, expected, plus, minus, ...) \
  check_word (fixture, inquiry, (QcStoreInquiryWord) {__VA_ARGS__}, expected, plus, minus)

static void
test_search (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, apply, NULL);
  g_autoptr (QcStoreInquiry) all = qc_store_inquiry_new (QC_INQUIRY_MOVEMENTS);
  check (fixture, all, "11/0 10/0 9/0", 559000, -399000);
  /* the sign is ignored, whichever way it is typed */
  CHECK_WORD (QC_INQUIRY_MOVEMENTS, "10/0 9/0", 399000, -399000, .has_fen = TRUE, .fen_from = 399000, .fen_to = 399000);
  CHECK_WORD (QC_INQUIRY_MOVEMENTS, "10/0 9/0", 399000, -399000, .has_fen = TRUE, .fen_from = 398901, .fen_to = 399000);
  CHECK_WORD (QC_INQUIRY_MOVEMENTS, "", 0, 0, .has_fen = TRUE, .fen_from = 399001, .fen_to = 399100);
  /* nought is an amount: the balance after the booking */
  CHECK_WORD (QC_INQUIRY_MOVEMENTS, "10/0", 0, -399000, .has_fen = TRUE, .fen_from = 0, .fen_to = 0);
  CHECK_WORD (QC_INQUIRY_MOVEMENTS, "10/0", 0, -399000, .text = (char *)"100%");
  CHECK_WORD (QC_INQUIRY_MOVEMENTS, "", 0, 0, .text = (char *)"1_0%");
  CHECK_WORD (QC_INQUIRY_MOVEMENTS, "10/0 9/0", 399000, -399000, .text = (char *)"hj1");
  CHECK_WORD (QC_INQUIRY_MOVEMENTS, "11/0", 160000, 0, .codes = (char *)" kind:arrival business:sealing ");
  CHECK_WORD (QC_INQUIRY_MOVEMENTS, "", 0, 0, .codes = (char *)" business:arrival ");
  CHECK_WORD (QC_INQUIRY_MONTHS, "HJ1/202602", 209000, 0, .from = 202602, .to = 202603);
  CHECK_WORD (QC_INQUIRY_MONTHS, "HJ2/202604", 160000, 0, .has_count = TRUE, .count = 9);
  /* a day: its first second is in, the first one after it is not */
  CHECK_WORD (QC_INQUIRY_APPLICATIONS, "HJ1/0", 399000, 0, .since = NOW, .before = NOW + 86400);
  CHECK_WORD (QC_INQUIRY_APPLICATIONS, "HJ2/0 HJ1/0", 559000, 0, .since = NOW, .before = NOW + 86401);
  CHECK_WORD (QC_INQUIRY_APPLICATIONS, "FC1/0", 0, 0, .text = (char *)"nobody", .serials = (char *)" FC1  XX9 ");
  CHECK_WORD (QC_INQUIRY_APPLICATIONS, "BJ2/0", 7700, 0, .text = (char *)"未盖章");
  CHECK_WORD (QC_INQUIRY_BACK_PAYMENTS, "BJ2/0", 7700, 0, .codes = (char *)" state:returned ");
  /* all words have to fit */
  g_autoptr (QcStoreInquiry) both = qc_store_inquiry_new (QC_INQUIRY_MONTHS);
  QcStoreInquiryWord words[] = {{.text = g_strdup ("hj")}, {.text = g_strdup (""), .has_count = TRUE, .count = 11}};
  g_array_append_vals (both->words, words, 2);
  check (fixture, both, "HJ1/202602", 209000, 0);
}

static gpointer
check_rows (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const keys[] = {"BJ2/0", "BJ1/202601", "XX/1"};
  g_autoptr (QcStoreInquiry) query = qc_store_inquiry_new (QC_INQUIRY_BACK_PAYMENTS);
  g_autoptr (GPtrArray) rows = qc_store_inquiry_rows (connection, PROFILE, UNIT, query, keys, 3, error);
  g_assert_no_error (*error);
  const QcInquiryRecord *returned = rows->pdata[0], *paid = rows->pdata[1];
  g_assert_null (rows->pdata[2]);
  g_assert_cmpstr (returned->values[0].text, ==, "BJ2");
  g_assert_cmpint (returned->values[1].number, ==, 202602);
  g_assert_cmpint (returned->values[2].number, ==, 3);
  g_assert_false (returned->values[3].is_set); /* what is not divided into parts yet */
  g_assert_cmpint (returned->values[5].number, ==, 7700);
  g_assert_cmpstr (returned->values[6].text, ==, "returned");
  g_assert_cmpstr (returned->values[10].text, ==, "清册未盖章");
  g_assert_true (paid->values[3].is_set);
  g_assert_cmpint (paid->values[3].number, ==, 5000);
  g_assert_null (paid->values[10].text);
  return QC_DATABASE_DONE;
}

static gpointer
check_nobody_elses (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcStoreInquiry) query = qc_store_inquiry_new (QC_INQUIRY_MONTHS);
  g_autoptr (QcStoreInquiryList) list = qc_store_inquiry_list (connection, PROFILE, "other", query, error);
  g_assert_no_error (*error);
  g_assert_cmpuint (list->keys->len, ==, 0);
  g_assert_cmpint (list->as_of, ==, 0);
  g_autoptr (GArray) months = qc_store_trends (connection, PROFILE, "other", QC_MONTH_NONE, error);
  g_assert_cmpuint (months->len, ==, 0);
  return QC_DATABASE_DONE;
}

static void
test_rows (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, apply, NULL);
  READ (fixture, check_rows, NULL);
  READ (fixture, check_nobody_elses, NULL);
}

static void
test_person (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, apply, NULL);
  WRITE (fixture, apply_person, NULL);
  g_autoptr (QcStoreInquiry) paid = qc_store_inquiry_new (QC_INQUIRY_PAID);
  paid->person = g_strdup (PERSON);
  check (fixture, paid, "1/202602 1/202601 1/202512 1/202511 2/202510", 580000, 0);
  paid->since = 202512;
  check (fixture, paid, "1/202602 1/202601 1/202512", 360000, 0);
  g_autoptr (QcStoreInquiry) bases = qc_store_inquiry_new (QC_INQUIRY_BASES);
  bases->person = g_strdup (PERSON);
  check (fixture, bases, "2/0 1/0", 0, 0);
  /* by account or by document, and not by what only begins so or says it somewhere else */
  g_autoptr (QcStoreInquiry) changes = qc_store_inquiry_new (QC_INQUIRY_CHANGES);
  changes->person = g_strdup (PERSON);
  check (fixture, changes, "FC1/1 FC1/3", 0, 0);
  g_autoptr (QcStoreInquiry) nobody = qc_store_inquiry_new (QC_INQUIRY_PAID);
  nobody->person = g_strdup ("999");
  check (fixture, nobody, "", 0, 0);
}

static gpointer
check_trends (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) months = qc_store_trends (connection, PROFILE, UNIT, QC_MONTH_NONE, error);
  g_assert_no_error (*error);
  g_assert_cmpuint (months->len, ==, 4);
  const QcStoreTrend *january = &g_array_index (months, QcStoreTrend, 0);
  const QcStoreTrend *march = &g_array_index (months, QcStoreTrend, 2);
  g_assert_cmpint (january->month, ==, 202601);
  g_assert_cmpint (january->people, ==, 10); /* who is back-paid is counted once */
  g_assert_cmpint (january->fen, ==, 200000);
  g_assert_cmpint (march->month, ==, 202603);
  g_assert_cmpint (march->fen, ==, 0);
  g_assert_cmpint (g_array_index (months, QcStoreTrend, 3).left, ==, 2);
  g_autoptr (GArray) since = qc_store_trends (connection, PROFILE, UNIT, 202602, error);
  g_assert_cmpuint (since->len, ==, 3);
  g_autoptr (GArray) bases = qc_store_trend_bases (connection, PROFILE, UNIT, error);
  g_assert_cmpuint (bases->len, ==, 1); /* 封存 is left out */
  g_assert_cmpint (g_array_index (bases, QcMoney, 0), ==, 500000);
  gint64 unread;
  GOOD (qc_store_inquiry_unread (connection, PROFILE, UNIT, &unread, error));
  g_assert_cmpint (unread, ==, 2); /* both 补缴; the roster of the 封存 is here */
  return QC_DATABASE_DONE;
}

static void
test_trends (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, apply, NULL);
  WRITE (fixture, apply_person, NULL);
  READ (fixture, check_trends, NULL);
}

/* ---- how fast ---- */

#define N_MANY 10000

static gpointer
apply_many (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree QcMovement *moves = g_new0 (QcMovement, N_MANY);
  g_autofree QcFeedRow *rows = g_new0 (QcFeedRow, N_MANY);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < N_MANY; i++) {
    g_ptr_array_add (keys, g_strdup_printf ("%u", i));
    moves[i] = (QcMovement) {keys->pdata[i],        NOW + i,       (char *)(i % 2 ? "booking" : "draw"),
                             (i * 7919) % 100003,   (char *)"HJ1", i,
                             (char *)"托收划款到账"};
    rows[i] = (QcFeedRow) {.key = keys->pdata[i], .movement = &moves[i]};
  }
  GOOD (qc_store_apply_page (connection, PROFILE, UNIT, QC_FEED_MOVEMENTS, rows, N_MANY, "1.1", FALSE, NOW, error));
  g_autoptr (QcApplication) a = make_application ("HJ9", QC_BUSINESS_REMITTANCE, QC_STATE_FINISHED, NOW);
  for (guint i = 0; i < 14 * 12; i++)
    add_month (a, qc_month_add (201201, (int)i), 200000, 10, 9, 100000, 100000);
  QcFeedRow row = {.key = a->serial, .application = a};
  GOOD (qc_store_apply_page (connection, PROFILE, UNIT, QC_FEED_APPLICATIONS, &row, 1, "1.1", FALSE, NOW, error));
  return QC_DATABASE_DONE;
}

static gpointer
time_queries (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  for (guint inquiry = 0; inquiry <= QC_INQUIRY_MOVEMENTS; inquiry++)
    for (int sort = -1; sort < (int)qc_inquiry_info (inquiry)->n_columns; sort++) {
      g_autoptr (QcStoreInquiry) query = qc_store_inquiry_new (inquiry);
      query->sort = sort;
      gint64 start = g_get_monotonic_time ();
      g_autoptr (QcStoreInquiryList) list = qc_store_inquiry_list (connection, PROFILE, UNIT, query, error);
      g_autoptr (GPtrArray) rows = qc_store_inquiry_rows (
          connection, PROFILE, UNIT, query, (const char *const *)list->keys->pdata, MIN (128, list->keys->len), error);
      double ms = (double)(g_get_monotonic_time () - start) / 1000;
      g_test_message ("%s by %d: %u rows, %.1f ms", qc_inquiry_info (inquiry)->id, sort, list->keys->len, ms);
      g_assert_cmpfloat (ms, <, 80);
    }
  return QC_DATABASE_DONE;
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, apply_many, NULL);
  READ (fixture, time_queries, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/store/inquiry/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("months", test_months);
  ADD ("orders", test_orders);
  ADD ("search", test_search);
  ADD ("rows", test_rows);
  ADD ("person", test_person);
  ADD ("trends", test_trends);
  if (g_test_perf ())
    ADD ("many", test_many);
  return g_test_run ();
}
