/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Many vouchers in one file, whose QR codes are made ahead on threads: the same bytes whoever makes them, and whatever
 * ends the whole, no thread outlives it and what was there before is untouched.
 */
#include <glib/gstdio.h>
#include <string.h>
#include "fixture.h"
#include "qc-ahead.h"
#include "qc-voucher-private.h"

#define MANY (3 * QC_AHEAD_WINDOW)

static Stage stage;

typedef struct {
  GPtrArray *vouchers;
  guint n_asked;
  guint fails_at; /* this call of get, from 1; 0 = none */
  GCancellable *cancellable;
  guint cancelled_at;
} Feed;

static QcVoucher *
get_cb (guint index, gpointer user_data, GError **error)
{
  Feed *feed = user_data;
  g_assert_cmpuint (index, ==, feed->n_asked % MANY); /* in order, twice */
  feed->n_asked++;
  if (feed->n_asked == feed->cancelled_at)
    g_cancellable_cancel (feed->cancellable);
  if (feed->n_asked == feed->fails_at) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "gone");
    return NULL;
  }
  return qc_voucher_ref (g_ptr_array_index (feed->vouchers, index));
}

static GPtrArray *
make_vouchers (void)
{
  GPtrArray *vouchers = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_voucher_unref);
  for (guint i = 0; i < MANY; i++) {
    g_autoptr (QcVoucherFacts) facts = facts_make (1 + i % 3, i);
    g_ptr_array_add (vouchers, voucher_make (&stage, facts));
  }
  return vouchers;
}

static guint
count_threads (void)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  g_assert_nonnull (tasks);
  guint n = 0;
  while (g_dir_read_name (tasks) != NULL)
    n++;
  return n;
}

/* The kernel still lists a thread for a moment after it was joined. */
static void
assert_no_thread_since (guint before)
{
  gint64 deadline = g_get_monotonic_time () + 5 * G_TIME_SPAN_SECOND;
  while (count_threads () > before && g_get_monotonic_time () < deadline)
    g_thread_yield ();
  g_assert_cmpuint (count_threads (), <=, before);
}

static gboolean
save (Feed *feed, const char *path, GError **error)
{
  const QcVoucherSource source = {feed->vouchers->len, get_cb, feed};
  guint before = count_threads ();
  gboolean good = qc_vouchers_save (stage.font, &source, path, feed->cancellable, error);
  assert_no_thread_since (before);
  return good;
}

static void
save_good (GPtrArray *vouchers, const char *path)
{
  Feed feed = {vouchers, 0, 0, NULL, 0};
  g_autoptr (GError) error = NULL;
  save (&feed, path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (feed.n_asked, ==, 2 * MANY);
}

static void
test_same_bytes (void)
{
  g_autofree char *ahead = stage_path (&stage, "ahead.pdf");
  g_autofree char *before = stage_path (&stage, "before.pdf");
  g_autoptr (GPtrArray) vouchers = make_vouchers ();
  if (qc_ahead_count_threads (MANY) == 0)
    g_test_message ("idle: with one processor no threads make codes");
  for (guint i = 0; i < MANY; i++)
    qc_voucher_get_code (g_ptr_array_index (vouchers, i));
  save_good (vouchers, before);
  gsize one_size = 0;
  g_autofree char *one = NULL;
  g_assert_true (g_file_get_contents (before, &one, &one_size, NULL));
  for (int run_number = 0; run_number < 3; run_number++) {
    g_autoptr (GPtrArray) fresh = make_vouchers ();
    save_good (fresh, ahead);
    gsize other_size = 0;
    g_autofree char *other = NULL;
    g_assert_true (g_file_get_contents (ahead, &other, &other_size, NULL));
    g_assert_cmpmem (one, one_size, other, other_size);
  }
}

static void
test_fails (void)
{
  static const guint calls[] = {1, 2, MANY, MANY + 1, MANY + 2, MANY + QC_AHEAD_WINDOW + 1, 2 * MANY};
  g_autofree char *path = stage_path (&stage, "fails.pdf");
  for (gsize i = 0; i < 2 * G_N_ELEMENTS (calls); i++) {
    g_autoptr (GPtrArray) vouchers = make_vouchers ();
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GError) error = NULL;
    guint call = calls[i / 2];
    Feed feed = {vouchers, 0, i % 2 == 0 ? call : 0, cancellable, i % 2 == 0 ? 0 : call};
    g_file_set_contents (path, "old", -1, NULL);
    if (i % 2 == 1 && call == 2 * MANY)
      continue; /* nothing is asked for any more: too late to be cancelled */
    g_assert_false (save (&feed, path, &error));
    g_assert_true (g_error_matches (error, G_IO_ERROR, i % 2 == 0 ? G_IO_ERROR_NOT_FOUND : G_IO_ERROR_CANCELLED));
    g_autofree char *kept = NULL;
    g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
    g_assert_cmpstr (kept, ==, "old");
  }
}

/* What was not fetched is let go, and who draws makes a code nobody made. */
static void
test_left_early (void)
{
  g_autoptr (GPtrArray) vouchers = make_vouchers ();
  Feed feed = {vouchers, 0, 0, NULL, 0};
  const QcVoucherSource source = {MANY, get_cb, &feed};
  guint before = count_threads ();
  for (guint taken = 0; taken < 3; taken++) {
    g_autoptr (QcAhead) ahead = qc_ahead_new (&source);
    feed.n_asked = 0;
    for (guint i = 0; i < taken; i++) {
      g_autoptr (QcVoucher) voucher = qc_ahead_next (ahead, NULL);
      g_assert_true (voucher == g_ptr_array_index (vouchers, i));
      g_assert_cmpint (qc_voucher_get_code (voucher)->n, >, 20);
    }
    g_assert_cmpuint (feed.n_asked, <=, taken + QC_AHEAD_WINDOW);
  }
  assert_no_thread_since (before);
  for (guint i = 0; i < MANY; i++)
    g_assert_true (g_atomic_ref_count_compare (&((QcVoucher *)g_ptr_array_index (vouchers, i))->refs, 1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  stage_open (&stage);
  g_test_add_func ("/many/same-bytes", test_same_bytes);
  g_test_add_func ("/many/fails", test_fails);
  g_test_add_func ("/many/left-early", test_left_early);
  int result = g_test_run ();
  stage_close (&stage);
  return result;
}
