/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * People: search, order and totals against a plain filter over the same people, and the walk of the preview. With
 * "-m perf" the same with 100,000 people, timed.
 */
#include "store-fixture.h"
#include "store-people-made-up.h"

#include "qc-contribution.h"
#include "qc-fold.h"
#include "qc-pinyin.h"
#include "qc-store-bases.h"
#include "qc-store-spans.h"

#include <sys/resource.h>

#define PAGE 1000

typedef struct {
  guint from, n, total;
} Page;

static gpointer
apply_people (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Page *page = data;
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_employee_free);
  g_autofree QcFeedRow *rows = g_new0 (QcFeedRow, page->n);
  g_autofree char *cursor = g_strdup_printf ("1.%u", page->from + page->n);
  for (guint i = 0; i < page->n; i++) {
    QcEmployee *e = make_person (page->from + i);
    g_ptr_array_add (people, e);
    rows[i] = (QcFeedRow) {.key = e->account, .employee = e};
  }
  return qc_store_apply_page (connection, PROFILE, UNIT, QC_FEED_PEOPLE, rows, page->n, cursor,
                              page->from + page->n < page->total, NOW, error)
             ? QC_DATABASE_DONE
             : NULL;
}

static void
fill_people (Fixture *fixture, guint n)
{
  for (guint from = 0; from < n; from += PAGE) {
    Page page = {from, MIN (PAGE, n - from), n};
    WRITE (fixture, apply_people, &page);
  }
}

/* Bases since 2020 and, for every third, a new one in 2025; paid up to 202610 in three spans. */
static gpointer
apply_history (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Page *page = data;
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_employee_free);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autofree QcFeedRow *bases = g_new0 (QcFeedRow, 2 * page->n), *spans = g_new0 (QcFeedRow, 3 * page->n);
  g_autofree QcBaseChange *changes = g_new0 (QcBaseChange, 2 * page->n);
  g_autofree QcPaidSpan *paid = g_new0 (QcPaidSpan, 3 * page->n);
  gsize n_bases = 0, n_spans = 0;
  for (guint i = 0; i < page->n; i++) {
    QcEmployee *e = make_person (page->from + i);
    g_ptr_array_add (people, e);
    for (guint k = 0; k < 2 && (k == 0 || (page->from + i) % 3 == 0); k++) {
      changes[n_bases] = (QcBaseChange) {k ? 202507 : 202001, e->base - (k ? 0 : 10000), FALSE};
      g_ptr_array_add (keys, g_strdup_printf ("%s:%u", e->account, k));
      bases[n_bases] = (QcFeedRow) {.key = keys->pdata[keys->len - 1], .person = e->account, .base = &changes[n_bases]};
      n_bases++;
    }
    for (guint k = 0; k < 3; k++) {
      paid[n_spans]
          = (QcPaidSpan) {202401 + 100 * k,  202412 + 100 * k - (k == 2 ? 2 : 0), e->base, e->base / 10, e->base / 10,
                          QC_SPAN_REMITTANCE};
      g_ptr_array_add (keys, g_strdup_printf ("%s:%u", e->account, k));
      spans[n_spans] = (QcFeedRow) {
          .key = keys->pdata[keys->len - 1], .person = e->account, .span = &paid[n_spans], .serial = "HJ1"};
      n_spans++;
    }
  }
  return qc_store_apply_page (connection, PROFILE, UNIT, QC_FEED_BASES, bases, n_bases, "1.1", FALSE, NOW, error)
                 && qc_store_apply_page (connection, PROFILE, UNIT, QC_FEED_PAID, spans, n_spans, "1.1", TRUE, NOW,
                                         error)
             ? QC_DATABASE_DONE
             : NULL;
}

static void
fill_history (Fixture *fixture, guint n)
{
  for (guint from = 0; from < n; from += PAGE) {
    Page page = {from, MIN (PAGE, n - from), n};
    WRITE (fixture, apply_history, &page);
  }
}

static gpointer
apply_policy (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  QcPolicy policy = {.from = 202001,
                     .unit_rounding = QC_ROUNDING_HALF_UP_YUAN,
                     .personal_rounding = QC_ROUNDING_HALF_UP_YUAN,
                     .months_ahead = 1,
                     .fund_year_start = 7};
  QcRatios ratios = {202001, 1200, 800, FALSE};
  QcFeedRow rows[] = {{.key = "202001", .policy = &policy}, {.key = "202001", .ratios = &ratios}};
  return qc_store_apply_page (connection, PROFILE, UNIT, QC_FEED_POLICY, &rows[0], 1, "1.1", FALSE, NOW, error)
                 && qc_store_apply_page (connection, PROFILE, UNIT, QC_FEED_RATIOS, &rows[1], 1, "1.1", FALSE, NOW,
                                         error)
             ? QC_DATABASE_DONE
             : NULL;
}

/* ---- the plain filter ---- */

/* What the filter looks at of a person, folded once. */
typedef struct {
  QcEmployee *employee;
  char *name, *account, *document;
  char **readings; /* full and initials */
} Folded;

static Folded *
fold_person (QcPinyin *pinyin, QcEmployee *e)
{
  Folded *folded = g_new0 (Folded, 1);
  folded->employee = e;
  folded->name = qc_text_fold (e->name);
  folded->account = qc_text_fold (e->account);
  folded->document = qc_text_fold (e->document);
  g_autofree char *initials = NULL;
  g_autofree char *full = NULL;
  qc_pinyin_name (pinyin, e->name, &full, &initials, NULL);
  g_autofree char *both = g_strconcat (full, " ", initials, NULL);
  folded->readings = g_strsplit (both, " ", -1);
  return folded;
}

static void
folded_free (Folded *folded)
{
  qc_employee_free (folded->employee);
  g_free (folded->name);
  g_free (folded->account);
  g_free (folded->document);
  g_strfreev (folded->readings);
  g_free (folded);
}

static gboolean
word_fits (const Folded *folded, const char *word)
{
  g_autofree char *query = qc_text_fold_query (word);
  if (strstr (folded->name, query) != NULL || strstr (folded->account, query) != NULL
      || g_str_has_suffix (folded->document, query))
    return TRUE;
  for (guint i = 0; folded->readings[i] != NULL; i++)
    if (g_str_has_prefix (folded->readings[i], query))
      return TRUE;
  return FALSE;
}

static gboolean
fits (const Folded *folded, const QcStorePeopleQuery *query)
{
  g_auto (GStrv) words = g_strsplit (query->text != NULL ? query->text : "", " ", -1);
  if (query->statuses != 0 && !(query->statuses & QC_STORE_STATUS_BIT (folded->employee->status)))
    return FALSE;
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && !word_fits (folded, words[i]))
      return FALSE;
  return TRUE;
}

typedef struct {
  GPtrArray *people; /* Folded: all of them, by account */
  guint found;       /* over all queries: the test must find somebody */
} Plain;

static gpointer
compare_queries (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const texts[]
      = {NULL,         "",     "王", "阿依古丽", "买买提",       "shan",  "dan", "sy",   "wjg",      "欧阳",   "ouyang",
         "xin'tian",   "0017", "X",  "23110000", "231100000123", "𠮷",    "䶮",  "anna", "ＡＮＮＡ", "王 wei", "li 强",
         "没有这个人", "%",    "_",  "'",        "zeng",         "zhang", "zh",  "an",   "李 3"};
  static const guint32 statuses[] = {0, QC_STORE_STATUS_BIT (QC_PERSON_SEALED),
                                     QC_STORE_STATUS_BIT (QC_PERSON_NORMAL) | QC_STORE_STATUS_BIT (QC_PERSON_FROZEN)};
  Plain *plain = data;
  for (guint t = 0; t < G_N_ELEMENTS (texts); t++)
    for (guint s = 0; s < G_N_ELEMENTS (statuses); s++) {
      QcStorePeopleQuery query = {.text = texts[t], .statuses = statuses[s], .sort = QC_STORE_PEOPLE_BY_ACCOUNT};
      g_autoptr (QcStorePeopleList) list = qc_store_people_list (connection, PROFILE, UNIT, &query, error);
      g_assert_no_error (*error);
      g_autoptr (GPtrArray) rows
          = qc_store_people_by_ids (connection, (const gint64 *)list->ids->data, list->ids->len, error);
      g_assert_no_error (*error);
      QcMoney base = 0;
      guint n = 0;
      for (guint i = 0; i < plain->people->len; i++) {
        const QcEmployee *e = ((Folded *)plain->people->pdata[i])->employee;
        if (!fits (plain->people->pdata[i], &query))
          continue;
        g_assert_cmpuint (n, <, rows->len);
        const QcEmployee *row = rows->pdata[n++];
        g_assert_cmpstr (row->account, ==, e->account);
        g_assert_cmpstr (row->name, ==, e->name);
        base += e->status == QC_PERSON_NORMAL ? e->base : 0;
      }
      g_assert_cmpuint (n, ==, rows->len);
      g_assert_cmpint (list->totals.people, ==, n);
      g_assert_cmpint (list->totals.base, ==, base);
      plain->found += n;
      if (texts[t] != NULL && g_str_equal (texts[t], "没有这个人"))
        g_assert_cmpuint (n, ==, 0);
    }
  return QC_DATABASE_DONE;
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  g_autoptr (QcPinyin) pinyin = qc_pinyin_new ();
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify)folded_free);
  Plain plain = {people, 0};
  for (guint i = 0; i < 10000; i++)
    g_ptr_array_add (people, fold_person (pinyin, make_person (i)));
  fill_people (fixture, 10000);
  READ (fixture, compare_queries, &plain);
  g_assert_cmpuint (plain.found, >, 30000);
}

/* ---- the same question by each key ---- */

/* What is kept in memory for it says the same as the table, which a connection that may write walks each time. */
static gpointer
compare_keys (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const texts[] = {"", "王", "王 wei", "sh", "shan", "0017", "X", "2311", "䶮", "没有这个人", ""};
  g_autoptr (QcConnection) table = qc_connection_open (data, QC_CONNECTION_READ_WRITE, error);
  g_assert_no_error (*error);
  for (guint t = 0; t < G_N_ELEMENTS (texts); t++)
    for (int round = 0; round < 8 * QC_STORE_N_PEOPLE_SORTS; round++) {
      QcStorePeopleQuery query = {.text = texts[t],
                                  .descending = round & 1,
                                  .month = 202611,
                                  .sort = round / 8,
                                  .changed = round & 4 ? 202611 : QC_MONTH_NONE};
      query.statuses = round & 2 ? QC_STORE_STATUS_BIT (QC_PERSON_SEALED) : QC_STORE_STATUS_ANY;
      g_autoptr (QcStorePeopleList) list = qc_store_people_list (connection, PROFILE, UNIT, &query, error);
      g_assert_no_error (*error);
      g_autoptr (QcStorePeopleList) expected = qc_store_people_list (table, PROFILE, UNIT, &query, error);
      g_assert_no_error (*error);
      g_assert_cmpmem (list->ids->data, list->ids->len * sizeof (gint64), expected->ids->data,
                       expected->ids->len * sizeof (gint64));
      g_assert_cmpmem (&list->totals, sizeof list->totals, &expected->totals, sizeof expected->totals);
    }
  return QC_DATABASE_DONE;
}

static gpointer
rename_somebody (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcEmployee) e = make_person (5);
  QcFeedRow row = {.key = e->account, .employee = e};
  g_free (e->name);
  e->name = g_strdup ("没有这个人");
  return qc_store_apply_page (connection, PROFILE, UNIT, QC_FEED_PEOPLE, &row, 1, "2.1", FALSE, NOW, error)
             ? QC_DATABASE_DONE
             : NULL;
}

static gpointer
find_nobody (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  QcStorePeopleQuery query = {.text = "没有这个人"};
  g_autoptr (QcStorePeopleList) list = qc_store_people_list (connection, PROFILE, UNIT, &query, error);
  g_assert_no_error (*error);
  g_assert_cmpint (list->totals.people, ==, GPOINTER_TO_INT (data));
  return QC_DATABASE_DONE;
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  fill_people (fixture, 3000);
  WRITE (fixture, apply_policy, NULL);
  READ (fixture, compare_keys, fixture->path);
  READ (fixture, find_nobody, GINT_TO_POINTER (0));
  WRITE (fixture, rename_somebody, NULL); /* what was kept is no longer true */
  READ (fixture, find_nobody, GINT_TO_POINTER (1));
  READ (fixture, compare_keys, fixture->path);
}

/* ---- order and pages ---- */

static int
compare_by (const QcEmployee *a, const QcEmployee *b, QcStorePeopleSort sort)
{
  switch (sort) {
  case QC_STORE_PEOPLE_BY_ACCOUNT:
    return strcmp (a->account, b->account);
  case QC_STORE_PEOPLE_BY_DOCUMENT:
    return g_ascii_strcasecmp (a->document, b->document);
  case QC_STORE_PEOPLE_BY_STATUS:
    return (int)a->status - (int)b->status;
  case QC_STORE_PEOPLE_BY_BASE:
    return a->base < b->base ? -1 : a->base > b->base;
  case QC_STORE_PEOPLE_BY_BALANCE:
    return a->balance < b->balance ? -1 : a->balance > b->balance;
  default:
    return 0;
  }
}

static gpointer
check_order (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  for (int sort = QC_STORE_PEOPLE_BY_NAME; sort <= QC_STORE_PEOPLE_BY_BALANCE; sort++)
    for (int descending = 0; descending < 2; descending++) {
      QcStorePeopleQuery query = {.sort = sort, .descending = descending};
      g_autoptr (QcStorePeopleList) list = qc_store_people_list (connection, PROFILE, UNIT, &query, error);
      g_assert_no_error (*error);
      g_assert_cmpuint (list->ids->len, ==, 3000);
      g_autoptr (GPtrArray) rows
          = qc_store_people_by_ids (connection, (const gint64 *)list->ids->data, list->ids->len, error);
      for (guint i = 1; i < rows->len; i++) {
        int order = compare_by (rows->pdata[i - 1], rows->pdata[i], sort);
        g_assert_cmpint (descending ? -order : order, <=, 0);
      }
    }
  return QC_DATABASE_DONE;
}

static gpointer
check_name_order (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  QcStorePeopleQuery query = {.sort = QC_STORE_PEOPLE_BY_NAME};
  g_autoptr (QcStorePeopleList) list = qc_store_people_list (connection, PROFILE, UNIT, &query, error);
  g_autoptr (GPtrArray) people
      = qc_store_people_by_ids (connection, (const gint64 *)list->ids->data, list->ids->len, error);
  g_autoptr (QcPinyin) pinyin = qc_pinyin_new ();
  g_assert_no_error (*error);
  g_assert_cmpuint (people->len, ==, 3000);
  g_autofree char *last = NULL;
  for (guint i = 0; i < people->len; i++) {
    char *key;
    qc_pinyin_name (pinyin, ((QcEmployee *)people->pdata[i])->name, NULL, NULL, &key);
    g_assert_cmpint (last == NULL ? 0 : strcmp (last, key), <=, 0);
    g_free (last);
    last = key;
  }
  return QC_DATABASE_DONE;
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  fill_people (fixture, 3000);
  READ (fixture, check_order, NULL);
  READ (fixture, check_name_order, NULL);
}

static gpointer
check_totals (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  QcStorePeopleQuery query = {.text = "王", .month = 202611};
  g_autoptr (QcStorePeopleList) list = qc_store_people_list (connection, PROFILE, UNIT, &query, error);
  g_assert_no_error (*error);
  QcStorePeopleTotals expected = {0};
  for (guint i = 0; i < 3000; i++) {
    g_autoptr (QcEmployee) e = make_person (i);
    if (strstr (e->name, "王") == NULL)
      continue;
    expected.people++;
    expected.sealed += e->status == QC_PERSON_SEALED;
    if (e->status != QC_PERSON_NORMAL)
      continue;
    expected.normal++;
    expected.base += e->base;
    expected.unit += qc_money_portion (e->base, 1200, QC_ROUNDING_HALF_UP_YUAN);
    expected.personal += qc_money_portion (e->base, 800, QC_ROUNDING_HALF_UP_YUAN);
  }
  g_assert_cmpint (expected.people, >, 100);
  QcStorePeopleTotals totals;
  g_assert_cmpmem (&list->totals, sizeof totals, &expected, sizeof expected);
  GOOD (qc_store_people_totals (connection, PROFILE, UNIT, &query, &totals, error));
  g_assert_cmpmem (&totals, sizeof totals, &expected, sizeof expected);
  query.text = NULL;
  GOOD (qc_store_people_totals (connection, PROFILE, "another unit", &query, &totals, error));
  g_assert_cmpint (totals.people, ==, 0);
  return QC_DATABASE_DONE;
}

static void
test_totals (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, apply_policy, NULL);
  fill_people (fixture, 3000);
  READ (fixture, check_totals, NULL);
}

/* ---- changes ---- */

static gpointer
change_one (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcEmployee) renamed = make_person (5);
  QcStorePeopleQuery query = {.text = "曾小红"};
  g_autoptr (QcEmployee) gone = NULL;
  QcFeedRow rows[] = {{.key = renamed->account, .employee = renamed}, {.key = "231100000006", .deleted = TRUE}};
  g_free (renamed->name);
  renamed->name = g_strdup ("曾小红");
  renamed->base = 123456;
  renamed->authorized_until = 202812;
  renamed->retirement_class = QC_RETIREMENT_WOMEN_50;
  GOOD (qc_store_apply_page (connection, PROFILE, UNIT, QC_FEED_PEOPLE, rows, 2, "1.9", FALSE, NOW, error));
  g_autoptr (QcStorePeopleList) list = qc_store_people_list (connection, PROFILE, UNIT, &query, error);
  g_assert_cmpint (list->totals.people, ==, 1);
  g_assert_cmpint (list->totals.base, ==, 123456);
  g_autoptr (QcEmployee) got = NULL;
  GOOD (qc_store_people_get (connection, PROFILE, UNIT, renamed->account, &got, error));
  g_assert_cmpstr (got->name, ==, "曾小红");
  g_assert_cmpstr (got->mobile, ==, renamed->mobile);
  g_assert_cmpint (got->authorized_until, ==, 202812);
  g_assert_cmpint (got->retirement_class, ==, QC_RETIREMENT_WOMEN_50);
  g_clear_pointer (&list, qc_store_people_list_free);
  query.text = NULL;
  list = qc_store_people_list (connection, PROFILE, UNIT, &query, error);
  g_assert_cmpint (list->totals.people, ==, 99); /* one row each, nothing left of old names, one left */
  GOOD (qc_store_people_get (connection, PROFILE, UNIT, "231100000006", &gone, error));
  g_assert_null (gone);
  return QC_DATABASE_DONE;
}

/* No two members of it are the same, as a column beside the right one would be. */
static QcEmployee *
make_distinct (guint n)
{
  QcEmployee *e = make_person (n);
  e->sex = QC_SEX_FEMALE;
  e->birth = 19810102;
  e->status = QC_PERSON_SEALED;
  e->status_from = 202103;
  e->base = 543210;
  e->opened = 201904;
  e->paid_to = 202205;
  e->retirement_class = QC_RETIREMENT_WOMEN_55;
  e->authorized_until = 203606;
  e->base_pending = TRUE;
  e->balance = 987654;
  e->revision = 17;
  return e;
}

static void
assert_same (const QcEmployee *a, const QcEmployee *b)
{
#define SAME(how, member) g_assert_cmp##how (a->member, ==, b->member)
  SAME (str, account);
  SAME (str, name);
  SAME (str, document_type);
  SAME (str, document);
  SAME (str, mobile);
  SAME (int, sex);
  SAME (int, birth);
  SAME (int, status);
  SAME (int, status_from);
  SAME (int, base);
  SAME (int, opened);
  SAME (int, paid_to);
  SAME (int, retirement_class);
  SAME (int, authorized_until);
  SAME (int, base_pending);
  SAME (int, balance);
  SAME (int, revision);
#undef SAME
}

static gint64
count_found (QcConnection *connection)
{
  g_autoptr (GError) error = NULL;
  gint64 n;
  qc_connection_get_int (connection, "SELECT count(*) FROM person_find", -1, &n, &error);
  g_assert_no_error (error);
  return n;
}

/* What comes is what is read, in every member; the first one of all too is found by the new name only; and who left
 * before she was known is kept by name. */
static gpointer
read_back (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcEmployee) first = make_distinct (0);
  g_free (first->name);
  first->name = g_strdup ("曾改名");
  g_autoptr (QcEmployee) bare = make_person (50);
  g_clear_pointer (&bare->document, g_free);
  g_autoptr (QcEmployee) stranger = make_distinct (4711);
  gint64 before = count_found (connection);
  const QcFeedRow rows[] = {{.key = first->account, .employee = first},
                            {.key = bare->account, .employee = bare},
                            {.key = stranger->account, .employee = stranger, .deleted = TRUE}};
  GOOD (qc_store_apply_page (connection, PROFILE, UNIT, QC_FEED_PEOPLE, rows, 3, "1.9", FALSE, NOW, error));
  g_assert_cmpint (count_found (connection), ==, before);
  g_autoptr (QcEmployee) got = NULL, kept = NULL;
  GOOD (qc_store_people_get (connection, PROFILE, UNIT, first->account, &got, error));
  assert_same (got, first);
  gint64 id = -1;
  GOOD (qc_store_people_get_kept (connection, PROFILE, UNIT, stranger->account, &kept, &id, error));
  assert_same (kept, stranger);
  g_assert_cmpint (id, ==, 0);
  return QC_DATABASE_DONE;
}

/* A number that is written with other characters than letters and digits is found as it is typed. */
static gpointer
find_by_document (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  static const struct {
    const char *document, *typed;
  } rows[] = {{"Ｋ０１２３４５６", "k0123456"}, {"K012(7)", "012(7)"}, {"K 0555123", "k0555123"}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (QcEmployee) e = make_person (i);
    g_free (e->document);
    e->document = g_strdup (rows[i].document);
    const QcFeedRow row = {.key = e->account, .employee = e};
    GOOD (qc_store_apply_page (connection, PROFILE, UNIT, QC_FEED_PEOPLE, &row, 1, "1.9", FALSE, NOW, error));
    const QcStorePeopleQuery query = {.text = rows[i].typed};
    g_autoptr (QcStorePeopleList) list = qc_store_people_list (connection, PROFILE, UNIT, &query, error);
    g_assert_no_error (*error);
    g_assert_cmpint (list->totals.people, ==, 1);
  }
  return QC_DATABASE_DONE;
}

static void
test_changes (Fixture *fixture, gconstpointer data)
{
  fill_people (fixture, 100);
  WRITE (fixture, change_one, NULL);
  WRITE (fixture, read_back, NULL);
  WRITE (fixture, find_by_document, NULL);
}

/* ---- 本年度未调整 ---- */

/* Of four people one has a base of this year, one of the year before, one none, and one of this year waits for another.
 */
static gpointer
check_unadjusted (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  static const QcBaseChange this_year = {.from = 202607, .base = 500000},
                            year_before = {.from = 202606, .base = 500000};
  g_autoptr (QcEmployee) waits = make_person (3);
  waits->base_pending = TRUE;
  const QcFeedRow person = {.key = waits->account, .employee = waits};
  GOOD (qc_store_apply_page (connection, PROFILE, UNIT, QC_FEED_PEOPLE, &person, 1, "1.9", FALSE, NOW, error));
  g_autoptr (QcEmployee) adjusted = make_person (0);
  g_autoptr (QcEmployee) long_ago = make_person (1);
  const QcFeedRow rows[] = {{.key = "a", .person = adjusted->account, .base = &this_year},
                            {.key = "b", .person = long_ago->account, .base = &year_before},
                            {.key = "c", .person = waits->account, .base = &this_year}};
  GOOD (qc_store_apply_page (connection, PROFILE, UNIT, QC_FEED_BASES, rows, 3, "1.10", FALSE, NOW, error));
  QcStorePeopleQuery query = {.sort = QC_STORE_PEOPLE_BY_ACCOUNT, .unadjusted = 202607};
  g_autoptr (QcStorePeopleList) list = qc_store_people_list (connection, PROFILE, UNIT, &query, error);
  g_assert_no_error (*error);
  g_assert_cmpint (list->totals.people, ==, 3);
  query.text = adjusted->account;
  g_autoptr (QcStorePeopleList) found = qc_store_people_list (connection, PROFILE, UNIT, &query, error);
  g_assert_cmpint (found->totals.people, ==, 0);
  query.unadjusted = QC_MONTH_NONE;
  g_autoptr (QcStorePeopleList) everybody = qc_store_people_list (connection, PROFILE, UNIT, &query, error);
  g_assert_cmpint (everybody->totals.people, ==, 1);
  return QC_DATABASE_DONE;
}

static void
test_unadjusted (Fixture *fixture, gconstpointer data)
{
  fill_people (fixture, 4);
  WRITE (fixture, check_unadjusted, NULL);
}

/* ---- the walk ---- */

typedef struct {
  guint n, gone, with_previous, bases;
  char *last; /* (owned) */
  guint stop_after;
} Seen;

static gboolean
see (const QcStorePersonFacts *facts, gpointer user_data)
{
  Seen *seen = user_data;
  g_autoptr (QcEmployee) expected = make_person (seen->n);
  g_assert_cmpstr (facts->employee->account, ==, expected->account);
  g_assert_cmpuint (facts->n_bases, ==, seen->n % 3 == 0 ? 2 : 1);
  g_assert_cmpint (qc_base_at (facts->bases, facts->n_bases, 202606), ==, expected->base - (seen->n % 3 ? 10000 : 0));
  if (facts->previous != NULL) {
    g_assert_cmpint (facts->previous->from, ==, 202601);
    g_assert_cmpint (facts->previous->unit, ==, expected->base / 10);
    seen->with_previous++;
  }
  seen->gone += facts->gone;
  return ++seen->n != seen->stop_after;
}

/* @last, @bases: of the person who came last. */
static gboolean
see_history (const QcEmployee *employee, const QcPersonHistory *history, gpointer user_data)
{
  Seen *seen = user_data;
  g_assert_cmpstr (seen->last, <, employee->account);
  g_free (seen->last);
  seen->last = g_strdup (employee->account);
  seen->bases = history->bases->len;
  seen->with_previous += history->spans->len > 0;
  g_assert_cmpuint (history->pending->len, ==, 0);
  for (guint i = 0; i < history->spans->len; i++) {
    const QcPaidSpan *span = &g_array_index (history->spans, QcPaidSpan, i);
    g_assert_cmpint (span->kind, ==, QC_SPAN_REMITTANCE);
    g_assert_cmpint (span->from, <=, span->to);
    g_assert_cmpint (span->unit, ==, span->base / 10);
  }
  return ++seen->n != seen->stop_after;
}

static gboolean
count_employee (const QcEmployee *employee, gpointer user_data)
{
  Seen *seen = user_data;
  return ++seen->n != seen->stop_after;
}

static gboolean
count_month (const QcStoreMonthPerson *person, gpointer user_data)
{
  return count_employee (person->employee, user_data);
}

/* Each walk ends when it is told to, which is no fault. */
static void
walk_a_little (QcConnection *connection, GPtrArray *accounts, GError **error)
{
  Seen seen[5];
  for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
    seen[i] = (Seen) {.stop_after = 1};
  GOOD (qc_store_histories_each (connection, PROFILE, UNIT, see_history, &seen[0], error));
  GOOD (qc_store_histories_of (connection, PROFILE, UNIT, accounts, see_history, &seen[1], error));
  GOOD (qc_store_people_scan (connection, PROFILE, UNIT, count_employee, &seen[2], error));
  GOOD (qc_store_people_scan_by_account (connection, PROFILE, UNIT, count_employee, &seen[3], error));
  GOOD (qc_store_spans_each_of_month (connection, PROFILE, UNIT, 202601, count_month, &seen[4], error));
  for (guint i = 0; i < G_N_ELEMENTS (seen); i++) {
    g_assert_cmpuint (seen[i].n, ==, 1);
    g_free (seen[i].last);
  }
}

static gpointer
walk (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const some[] = {"231100000003", "231100000007", "231199999999"};
  Seen all = {0};
  Seen early = {.stop_after = 10};
  GOOD (qc_store_people_each (connection, PROFILE, UNIT, 202610, see, &all, error));
  g_assert_cmpuint (all.n, ==, 2500);
  g_assert_cmpuint (all.with_previous, ==, 2500);
  g_assert_cmpuint (all.gone, ==, 1);
  GOOD (qc_store_people_each (connection, PROFILE, UNIT, 202610, see, &early, error));
  g_assert_cmpuint (early.n, ==, 10);
  Seen none = {0};
  GOOD (qc_store_people_each (connection, PROFILE, UNIT, 202611, see, &none, error));
  g_assert_cmpuint (none.with_previous, ==, 0);
  Seen histories = {0};
  GOOD (qc_store_histories_each (connection, PROFILE, UNIT, see_history, &histories, error));
  g_assert_cmpuint (histories.n, ==, 2499); /* who is gone is not among them */
  g_assert_cmpuint (histories.with_previous, ==, 2499);
  /* the same of some alone: who is gone, or nobody's, is passed over */
  g_autoptr (GPtrArray) accounts = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (some); i++)
    g_ptr_array_add (accounts, (gpointer)some[i]);
  g_ptr_array_add (accounts, histories.last);
  Seen looked = {0};
  GOOD (qc_store_histories_of (connection, PROFILE, UNIT, accounts, see_history, &looked, error));
  walk_a_little (connection, accounts, error);
  g_assert_cmpuint (looked.n, ==, 2);
  g_assert_cmpuint (looked.with_previous, ==, 2);
  g_assert_cmpuint (looked.bases, ==, histories.bases);
  g_assert_cmpstr (looked.last, ==, histories.last);
  g_free (looked.last);
  g_free (histories.last);
  return QC_DATABASE_DONE;
}

static gpointer
remove_one (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  QcFeedRow row = {.key = "231100000007", .deleted = TRUE};
  return qc_store_apply_page (connection, PROFILE, UNIT, QC_FEED_PEOPLE, &row, 1, "1.9", FALSE, NOW, error)
             ? QC_DATABASE_DONE
             : NULL;
}

static gpointer
check_history (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) bases = qc_store_bases_get (connection, PROFILE, UNIT, "231100000003", error);
  g_autoptr (GPtrArray) spans = qc_store_spans_of (connection, PROFILE, UNIT, "231100000003", error);
  g_autoptr (GArray) months = qc_store_spans_by_month (connection, PROFILE, UNIT, 202609, 202612, error);
  g_assert_no_error (*error);
  g_assert_cmpuint (bases->len, ==, 2);
  g_assert_cmpint (g_array_index (bases, QcBaseChange, 1).from, ==, 202507);
  g_assert_cmpuint (spans->len, ==, 3);
  g_assert_cmpstr (((QcStoreSpan *)spans->pdata[2])->serial, ==, "HJ1");
  g_assert_cmpint (((QcStoreSpan *)spans->pdata[2])->span.to, ==, 202610);
  QcMoney sum = 0;
  for (guint i = 0; i < 2500; i++) {
    g_autoptr (QcEmployee) e = make_person (i);
    sum += e->base / 10 * 2;
  }
  g_assert_cmpuint (months->len, ==, 4);
  for (guint i = 0; i < 4; i++) {
    const QcStoreMonthFigure *figure = &g_array_index (months, QcStoreMonthFigure, i);
    g_assert_cmpint (figure->month, ==, 202609 + (int)i);
    g_assert_cmpint (figure->people, ==, i < 2 ? 2500 : 0);
    g_assert_cmpint (figure->fen, ==, i < 2 ? sum : 0);
  }
  return QC_DATABASE_DONE;
}

static void
test_walk (Fixture *fixture, gconstpointer data)
{
  fill_people (fixture, 2500);
  fill_history (fixture, 2500);
  WRITE (fixture, remove_one, NULL); /* left, but paid: still compared with */
  READ (fixture, walk, NULL);
  READ (fixture, check_history, NULL);
}

/* ---- figures ---- */

static gboolean
count_one (const QcStorePersonFacts *facts, gpointer user_data)
{
  ++*(guint *)user_data;
  return TRUE;
}

static gpointer
time_reads (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  static const QcStorePeopleQuery queries[] = {
      {.text = NULL, .month = 202611},
      {.text = "王", .month = 202611},
      {.text = "w", .month = 202611},
      {.text = "wangwei", .month = 202611},
      {.text = "wjg", .month = 202611},
      {.text = "0017", .month = 202611},
      {.text = "231100012345", .month = 202611},
      {.text = "没有", .month = 202611},
      {.text = "王 wei", .month = 202611},
      {.sort = QC_STORE_PEOPLE_BY_BASE, .descending = TRUE, .month = 202611},
      {.sort = QC_STORE_PEOPLE_BY_ACCOUNT, .month = 202611},
      {.sort = QC_STORE_PEOPLE_BY_BALANCE, .month = 202611},
  };
  QcStorePeopleQuery all = {.text = NULL};
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++) {
    g_autoptr (QcStorePeopleList) once = qc_store_people_list (connection, PROFILE, UNIT, &queries[i], error);
    gint64 start = g_get_monotonic_time ();
    for (guint k = 0; k < 5; k++)
      qc_store_people_list_free (qc_store_people_list (connection, PROFILE, UNIT, &queries[i], error));
    g_test_message ("query %-14s sort %d: %6" G_GINT64_FORMAT " people, %5.1f ms",
                    queries[i].text != NULL ? queries[i].text : "(all)", queries[i].sort, once->totals.people,
                    (g_get_monotonic_time () - start) / 5e3);
  }
  g_autoptr (QcStorePeopleList) list = qc_store_people_list (connection, PROFILE, UNIT, &all, error);
  {
    gint64 start = g_get_monotonic_time ();
    for (guint i = 0; i < 100; i++) {
      g_autoptr (GPtrArray) rows = qc_store_people_by_ids (
          connection, &g_array_index (list->ids, gint64, (i * 7919) % (list->ids->len - 200)), 200, error);
    }
    g_test_message ("200 rows at a random place: %.2f ms", (g_get_monotonic_time () - start) / 1e5);
    start = g_get_monotonic_time ();
    guint n = 0;
    g_assert_true (qc_store_people_each (connection, PROFILE, UNIT, 202610, count_one, &n, error));
    g_test_message ("walk over %u people: %.1f ms", n, (g_get_monotonic_time () - start) / 1e3);
    start = g_get_monotonic_time ();
    g_array_unref (qc_store_spans_by_month (connection, PROFILE, UNIT, 202512, 202611, error));
    g_test_message ("12 months of figures: %.1f ms", (g_get_monotonic_time () - start) / 1e3);
  }
  return QC_DATABASE_DONE;
}

static void
test_perf (Fixture *fixture, gconstpointer data)
{
  g_test_timer_start ();
  fill_people (fixture, 100000);
  g_test_message ("100,000 people in pages of %u: %.2f s", PAGE, g_test_timer_elapsed ());
  g_test_timer_start ();
  fill_people (fixture, 100000);
  g_test_message ("the same again, over what is there: %.2f s", g_test_timer_elapsed ());
  g_test_timer_start ();
  fill_history (fixture, 100000);
  g_test_message ("their 133,000 bases and 300,000 spans: %.2f s", g_test_timer_elapsed ());
  WRITE (fixture, apply_policy, NULL);
  READ (fixture, time_reads, NULL);
  fixture_close (fixture);
  g_test_timer_start ();
  fixture_open (fixture);
  g_test_message ("opening: %.1f ms", g_test_timer_elapsed () * 1e3);
  GStatBuf st;
  g_stat (fixture->path, &st);
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);
  g_test_message ("file: %.1f MB, most memory: %.1f MB", st.st_size / 1e6, usage.ru_maxrss / 1e3);
}

#define ADD(name, func) g_test_add ("/store/people/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("search", test_search);
  ADD ("keys", test_keys);
  ADD ("order", test_order);
  ADD ("totals", test_totals);
  ADD ("changes", test_changes);
  ADD ("unadjusted", test_unadjusted);
  ADD ("walk", test_walk);
  if (g_test_perf ())
    ADD ("figures", test_perf);
  return g_test_run ();
}
