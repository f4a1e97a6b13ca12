/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 搬到另一台电脑 over a filled data folder: everything in one file under a passphrase, and that file read again to its
 * last byte; and, by a pack of nothing, how long the key takes to be derived alone.
 *
 * bench-bundle FOLDER SCRATCH
 */
#include "bench.h"

#include <glib/gstdio.h>

#include "qc-bundle.h"
#include "qc-keeper.h"

#define RUNS       5
#define PASSPHRASE "一个相当长的口令 4711"

static void
pack (QcKeeper *keeper, const char *path)
{
  g_autoptr (GAsyncResult) slot = NULL;
  qc_keeper_pack_async (keeper, path, PASSPHRASE, NULL, NULL, bench_result_cb, &slot);
  g_autoptr (GAsyncResult) done = bench_await (&slot);
  g_autoptr (GError) error = NULL;
  if (!qc_keeper_pack_finish (keeper, done, &error))
    bench_die ("packing", error);
}

static void
unpack (QcKeeper *keeper, const char *path)
{
  g_autoptr (GAsyncResult) slot = NULL;
  qc_keeper_unpack_async (keeper, path, PASSPHRASE, NULL, bench_result_cb, &slot);
  g_autoptr (GAsyncResult) done = bench_await (&slot);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcKept) kept = qc_keeper_unpack_finish (keeper, done, &error);
  if (!kept)
    bench_die ("reading it", error);
}

/* Files that are in every one. */
static const char *const always[] = {"about", "qingce.db"};

static double
derive (const char *scratch)
{
  g_autofree char *nothing = g_build_filename (scratch, "nothing", NULL);
  g_autofree char *path = g_build_filename (scratch, "nothing.qcb", NULL);
  g_autoptr (GError) error = NULL;
  int permille = 0;
  g_mkdir_with_parents (nothing, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (always); i++) {
    g_autofree char *file = g_build_filename (nothing, always[i], NULL);
    g_file_set_contents (file, "", 0, NULL);
  }
  gint64 begun = g_get_monotonic_time ();
  if (!qc_bundle_write (nothing, path, PASSPHRASE, NULL, &permille, &error))
    bench_die ("a pack of nothing", error);
  double took = bench_since (begun);
  g_unlink (path);
  return took;
}

int
main (int argc, char *argv[])
{
  if (argc != 3)
    bench_die ("bench-bundle FOLDER SCRATCH", NULL);
  QcContext *context;
  QcSession *session = bench_session_open (argv[1], &context);
  g_autoptr (QcKeeper) keeper = qc_keeper_new (session);
  g_autofree char *path = g_build_filename (argv[2], "all.qcb", NULL);
  g_autoptr (GArray) packed = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) unpacked = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (double));
  for (int run = 0; run < RUNS; run++) {
    double key = derive (argv[2]);
    g_array_append_val (keys, key);
    gint64 begun = g_get_monotonic_time ();
    pack (keeper, path);
    double took = bench_since (begun);
    g_array_append_val (packed, took);
    begun = g_get_monotonic_time ();
    unpack (keeper, path);
    took = bench_since (begun);
    g_array_append_val (unpacked, took);
  }
  bench_print ("key", keys);
  bench_print ("pack", packed);
  bench_print ("unpack", unpacked);
  g_clear_object (&keeper);
  bench_session_close (session, context);
  return 0;
}
