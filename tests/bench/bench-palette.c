/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A key of the search everywhere over a filled data folder: from what was typed to people, applications and drafts on
 * the main thread. The first key of all, which reads the people into memory, is told apart.
 *
 * bench-palette FOLDER
 */
#include "bench.h"

#include "qc-search.h"

#define RUNS 5

static const char *const typed[]
    = {"王伟", "zhangwei", "lxy", "0016", "1002310", "46,226.00", "2026-09", "huijiao", "不在这里"};

static void
found_cb (QcSearch *search, gboolean *found)
{
  *found = TRUE;
}

static double
type_one (QcSearch *search, const char *text, gboolean *found)
{
  *found = FALSE;
  gint64 begun = g_get_monotonic_time ();
  qc_search_set_text (search, text);
  bench_await_flag (found, 20, "a search");
  return bench_since (begun);
}

/* Every beginning of @text, as the keys make them. */
static void
type_text (QcSearch *search, const char *text, gboolean *found, GArray *samples)
{
  for (const char *end = g_utf8_next_char (text);; end = g_utf8_next_char (end)) {
    g_autofree char *so_far = g_strndup (text, end - text);
    double took = type_one (search, so_far, found);
    g_array_append_val (samples, took);
    if (*end == '\0')
      return;
  }
}

static void
measure (QcSession *session)
{
  g_autoptr (QcSearch) search = qc_search_new (session);
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (double));
  gboolean found = FALSE;
  g_signal_connect (search, "found", G_CALLBACK (found_cb), &found);
  bench_print_one ("first", type_one (search, "w", &found));
  for (int run = 0; run < RUNS; run++)
    for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
      type_text (search, typed[i], &found, samples);
  bench_print ("palette", samples);
}

int
main (int argc, char *argv[])
{
  if (argc != 2)
    bench_die ("bench-palette FOLDER", NULL);
  QcContext *context;
  QcSession *session = bench_session_open (argv[1], &context);
  measure (session);
  bench_session_close (session, context);
  return 0;
}
