/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The pulled feeds: pages in order without gap or repetition, only what changed after a cursor, tombstones in their
 * place, cursors that expire, changes during a pull, and the cost of a page.
 */
#include "../prove.h"
#include "center-fixture.h"

#define T QC_PRACTICE_UNIT_COLLECTION
#define N QC_PRACTICE_UNIT_TRANSFER

typedef struct {
  GHashTable *keys; /* key → "row" or "deleted" */
  guint rows, repeated;
} Seen;

static gboolean
seen_cb (const QcFeedRow *row, gpointer user_data)
{
  Seen *seen = user_data;
  seen->rows++;
  if (g_hash_table_contains (seen->keys, row->key))
    seen->repeated++;
  g_hash_table_insert (seen->keys, g_strdup (row->key), (gpointer)(row->deleted ? "deleted" : "row"));
  return TRUE;
}

/* Pulls pages of @limit from @cursor to the end. (transfer full) the cursor then */
static char *
pull (Fx *fx, const char *unit, QcFeed feed, const char *cursor, int limit, Seen *seen)
{
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_READ);
  char *now = g_strdup (cursor);
  seen->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  seen->rows = seen->repeated = 0;
  gboolean more = TRUE;
  while (more) {
    g_autoptr (GError) error = NULL;
    QcFeedPageStatus status;
    char *next = NULL;
    guint before = seen->rows;
    qc_feeds_page (fx->connection, unit, feed, now, limit, seen_cb, seen, &status, &next, &more, &error);
    g_assert_no_error (error);
    g_assert_cmpint (status, ==, QC_FEED_PAGE_OK);
    g_assert_cmpint (seen->rows - before, <=, (guint)limit);
    g_free (now);
    now = next;
  }
  return now;
}

static QcFeedPageStatus
status_of (Fx *fx, const char *unit, const char *cursor)
{
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_READ);
  g_autoptr (GError) error = NULL;
  g_autofree char *next = NULL;
  QcFeedPageStatus status;
  Seen seen = {g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), 0, 0};
  gboolean more;
  qc_feeds_page (fx->connection, unit, QC_FEED_PEOPLE, cursor, 10, seen_cb, &seen, &status, &next, &more, &error);
  g_assert_no_error (error);
  g_hash_table_unref (seen.keys);
  return status;
}

static void
test_pages (void)
{
  static const struct {
    QcFeed feed;
    const char *count;
  } feeds[] = {
      {QC_FEED_UNIT, "SELECT 1"},
      {QC_FEED_RATIOS, "SELECT count(*) FROM ratio_row WHERE unit = 2"},
      {QC_FEED_POLICY, "SELECT count(*) FROM policy_row"},
      {QC_FEED_CODES, "SELECT count(*) FROM code_row"},
      {QC_FEED_PEOPLE, "SELECT count(*) FROM person WHERE unit = 2"},
      {QC_FEED_BASES, "SELECT count(*) FROM base_row WHERE unit = 2"},
      {QC_FEED_PAID, "SELECT count(*) FROM span WHERE unit = 2 AND booked = 1"},
      {QC_FEED_APPLICATIONS, "SELECT count(*) FROM application WHERE unit = 2"},
      {QC_FEED_MOVEMENTS, "SELECT count(*) FROM movement WHERE unit = 2"},
  };
  Fx fx;
  fx_open (&fx, 0);
  for (guint i = 0; i < G_N_ELEMENTS (feeds); i++) {
    for (int limit = 1; limit <= 1000; limit = limit == 1 ? 7 : 1000 + (limit == 1000)) {
      Seen seen;

      g_autofree char *cursor = pull (&fx, N, feeds[i].feed, NULL, limit, &seen);
      g_assert_cmpint (seen.rows, ==, fx_int (&fx, feeds[i].count));
      g_assert_cmpint (seen.repeated, ==, 0);
      Seen later;
      g_autofree char *again = pull (&fx, N, feeds[i].feed, cursor, limit, &later);
      g_assert_cmpint (later.rows, ==, 0);
      g_hash_table_unref (seen.keys);
      g_hash_table_unref (later.keys);
    }
  }
  fx_close (&fx);
}

/* After a remittance a client gets what it changed, and not the rest. */
static void
test_changes (void)
{
  Fx fx;
  fx_open (&fx, 0);
  Seen seen;
  g_autofree char *people = pull (&fx, N, QC_FEED_PEOPLE, NULL, 1000, &seen);
  g_hash_table_unref (seen.keys);
  g_autofree char *paid = pull (&fx, N, QC_FEED_PAID, NULL, 1000, &seen);
  g_hash_table_unref (seen.keys);
  g_autofree char *unit = pull (&fx, N, QC_FEED_UNIT, NULL, 1000, &seen);
  g_hash_table_unref (seen.keys);
  g_autofree char *other = pull (&fx, T, QC_FEED_PEOPLE, NULL, 1000, &seen);
  g_hash_table_unref (seen.keys);
  g_autofree char *policy = pull (&fx, N, QC_FEED_POLICY, NULL, 1000, &seen);
  g_hash_table_unref (seen.keys);

  g_autoptr (QcOutcome) done = fx_submit (&fx, N, 202610);
  fx_assert_done (done);
  g_autofree char *end = pull (&fx, N, QC_FEED_PAID, paid, 1000, &seen);
  g_assert_cmpint (seen.rows, ==, 0); /* not booked yet */
  g_hash_table_unref (seen.keys);
  g_autoptr (QcOutcome) arrived = fx_arrive (&fx, N, done->application->serial, done->application->fen);
  fx_assert_done (arrived);
  g_free (end);
  end = pull (&fx, N, QC_FEED_PAID, paid, 7, &seen);
  g_assert_cmpint (seen.rows, ==, done->application->people);
  g_hash_table_unref (seen.keys);
  g_free (end);
  end = pull (&fx, N, QC_FEED_PEOPLE, people, 7, &seen);
  g_assert_cmpint (seen.rows, >=, done->application->people);
  g_assert_cmpint (seen.rows, <=, done->application->people + 3); /* and those whose class was answered */
  g_hash_table_unref (seen.keys);
  g_free (end);
  end = pull (&fx, N, QC_FEED_UNIT, unit, 7, &seen);
  g_assert_cmpint (seen.rows, ==, 1);
  g_hash_table_unref (seen.keys);
  g_free (end);
  end = pull (&fx, T, QC_FEED_PEOPLE, other, 7, &seen);
  g_assert_cmpint (seen.rows, ==, 0);
  g_hash_table_unref (seen.keys);
  g_free (end);
  end = pull (&fx, N, QC_FEED_POLICY, policy, 7, &seen);
  g_assert_cmpint (seen.rows, ==, 0);
  g_hash_table_unref (seen.keys);
  fx_close (&fx);
}

/* A person who goes to another unit leaves a tombstone here and is a row there, in one transaction. */
static void
test_tombstones (void)
{
  Fx fx;
  fx_open (&fx, 0);
  Seen seen;
  g_autofree char *here = pull (&fx, T, QC_FEED_PEOPLE, NULL, 1000, &seen);
  g_hash_table_unref (seen.keys);
  g_autofree char *there = pull (&fx, N, QC_FEED_PEOPLE, NULL, 1000, &seen);
  g_hash_table_unref (seen.keys);
  g_autofree char *account = g_strdup_printf (
      "%" G_GINT64_FORMAT, fx_int (&fx, "SELECT CAST (account AS INTEGER) FROM person WHERE id = 5"));
  g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_WRITE);
  g_autoptr (GError) error = NULL;
  g_assert_true (qc_feeds_bury (fx.connection, T, QC_FEED_PEOPLE, account, &error));
  gint64 change;
  g_assert_true (qc_engine_take_change (fx.connection, &change, &error));
  g_assert_true (qc_sql_run (fx.connection, &error, "UPDATE person SET unit = 2, seq = ? WHERE id = 5", change));
  fx_commit (g_steal_pointer (&t));
  g_autofree char *end = pull (&fx, T, QC_FEED_PEOPLE, here, 1000, &seen);
  g_assert_cmpint (seen.rows, ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (seen.keys, account), ==, "deleted");
  g_hash_table_unref (seen.keys);
  g_free (end);
  end = pull (&fx, N, QC_FEED_PEOPLE, there, 1000, &seen);
  g_assert_cmpint (seen.rows, ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (seen.keys, account), ==, "row");
  g_hash_table_unref (seen.keys);

  t = fx_begin (&fx, QC_TRANSACTION_WRITE);
  g_assert_true (qc_feeds_prune (fx.connection, 0, &error));
  fx_commit (g_steal_pointer (&t));
  g_assert_cmpint (status_of (&fx, T, here), ==, QC_FEED_PAGE_EXPIRED); /* it might miss the tombstone */
  g_assert_cmpint (status_of (&fx, T, end), ==, QC_FEED_PAGE_OK);
  g_assert_cmpint (status_of (&fx, T, NULL), ==, QC_FEED_PAGE_OK);
  fx_close (&fx);
}

static void
test_cursors (void)
{
  static const char *const bad[] = {"x", "0.1", ".", "1", "deadbeef.5", "😀", "99999999999999999999.1"};
  Fx fx;
  fx_open (&fx, 0);
  Seen seen;
  g_autofree char *cursor = pull (&fx, T, QC_FEED_PEOPLE, NULL, 1000, &seen);
  g_hash_table_unref (seen.keys);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (status_of (&fx, T, bad[i]), ==, QC_FEED_PAGE_EXPIRED);
  g_autofree char *far = g_strconcat (cursor, "9", NULL); /* from a future that never was */
  g_assert_cmpint (status_of (&fx, T, far), ==, QC_FEED_PAGE_EXPIRED);
  *strchr (cursor, '.') = '\0';
  g_autofree char *negative = g_strconcat (cursor, ".-1", NULL);
  g_assert_cmpint (status_of (&fx, T, negative), ==, QC_FEED_PAGE_EXPIRED);
  g_assert_cmpint (status_of (&fx, "nobody", NULL), ==, QC_FEED_PAGE_NO_UNIT);
  fx_close (&fx);
}

/* The wire's bytes say the same and can be read back. */
static void
test_bytes (void)
{
  Fx fx;
  fx_open (&fx, 0);
  for (guint feed = 0; feed < QC_N_FEEDS; feed++) {
    g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_READ);
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = NULL;
    QcFeedPageStatus status;
    g_assert_true (qc_feeds_dup_page (fx.connection, T, feed, NULL, 5, &status, &bytes, &error));
    g_assert_cmpint (status, ==, QC_FEED_PAGE_OK);
    g_autoptr (QcWirePage) page = qc_wire_decode_page (bytes, feed, &error);
    g_assert_no_error (error);
    g_assert_cmpint (page->rows->len, >, 0);
    g_assert_cmpint (page->rows->len, <=, 5);
  }
  fx_close (&fx);
}

/* A page of 1,000 people out of 20,000 (long: 200,000) as bytes. */
static void
test_cost (void)
{
  Fx fx;
  fx_open (&fx, prove_is_long () ? QC_PRACTICE_MAX_PEOPLE : 20000);
  g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_READ);
  gint64 begin = g_get_monotonic_time ();
  gboolean more = TRUE;
  g_autofree char *cursor = NULL;
  gint64 rows = 0;
  while (more) {
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GError) error = NULL;
    QcFeedPageStatus status;
    Seen seen = {g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), 0, 0};
    g_assert_true (qc_feeds_dup_page (fx.connection, T, QC_FEED_PEOPLE, cursor, 1000, &status, &bytes, &error));
    char *next;
    g_assert_true (
        qc_feeds_page (fx.connection, T, QC_FEED_PEOPLE, cursor, 1000, seen_cb, &seen, &status, &next, &more, &error));
    g_assert_cmpint (g_bytes_get_size (bytes), <, QC_WIRE_PAGE_BYTES);
    rows += seen.rows;
    g_hash_table_unref (seen.keys);
    g_free (cursor);
    cursor = next;
  }
  double ms = (double)(g_get_monotonic_time () - begin) / 1000;
  g_test_message ("%" G_GINT64_FORMAT " people, bytes and rows: %.2f ms per 1,000", rows, ms * 1000 / (double)rows);
  qc_transaction_end (g_steal_pointer (&t));
  fx_close (&fx);
}

static gboolean
asked_cb (const QcFeedRow *row, gpointer user_data)
{
  GString *out = user_data;
  const QcCode *code = row->code;
  g_string_append_printf (out, "%s:%d%d %d-%d %" G_GINT64_FORMAT "\n", row->key, code->difference, code->of_line,
                          code->at_least, code->at_most, code->max_size);
  return TRUE;
}

/* fixtures/v8.db was written before lists said how many attachments a business asks for: whoever has the rows of then
 * gets those that say more now, and nothing else. */
static void
test_from_v8 (void)
{
  Fx fx;
  fx_open_old (&fx, "v8.db");
  g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_READ);
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *next = NULL;
  gboolean more;
  QcFeedPageStatus status;
  qc_feeds_page (fx.connection, T, QC_FEED_CODES, "cc239c30.995", 100, asked_cb, told, &status, &next, &more, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, QC_FEED_PAGE_OK);
  g_assert_cmpstr (told->str, ==,
                   "attachment-account-opening/credit-authorization:01 1-1 10485760\n"
                   "attachment-back-payment/roster:00 1-20 10485760\n"
                   "attachment-back-payment/statement:00 1-5 10485760\n"
                   "back-payment-reason/02:10 0-0 0\n"
                   "back-payment-reason/03:10 0-0 0\n"
                   "back-payment-reason/04:10 0-0 0\n"
                   "return-reason/01:00 0-0 0\n"
                   "return-reason/02:00 0-0 0\n"
                   "return-reason/03:00 0-0 0\n"
                   "return-reason/04:00 0-0 0\n"
                   "return-reason/05:00 0-0 0\n"
                   "return-reason/06:00 0-0 0\n"
                   "return-reason/07:00 0-0 0\n"
                   "return-reason/08:00 0-0 0\n"
                   "return-reason/99:00 0-0 0\n");
  g_clear_pointer (&t, qc_transaction_end);
  fx_audit (&fx);
  fx_close (&fx);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/center/feeds/pages", test_pages);
  g_test_add_func ("/center/feeds/changes", test_changes);
  g_test_add_func ("/center/feeds/tombstones", test_tombstones);
  g_test_add_func ("/center/feeds/cursors", test_cursors);
  g_test_add_func ("/center/feeds/bytes", test_bytes);
  g_test_add_func ("/center/feeds/cost", test_cost);
  g_test_add_func ("/center/feeds/from-v8", test_from_v8);
  return g_test_run ();
}
