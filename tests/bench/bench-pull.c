/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One full pull of the practice center's first unit over TLS into a new database, by the sync room itself: time, and
 * how far the memory of this process rose above what it held before. People with what belongs to every unit, and their
 * history (bases and spans), are told apart. Before it, the peer: the same pages fetched with libsoup in a plain loop,
 * neither decoded nor stored. Then the people alone, once more as a pull, and their pages first only fetched and
 * decoded and then only stored: a pull does both at once and should take as long as the slower of the two. One run a
 * process, so that no run inherits the memory of another. Main thread.
 *
 * bench-pull PROFILE FOLDER ROBOT
 */
#include <string.h>

#include "bench-client.h"
#include "qc-pull.h"
#include "qc-store-cursors.h"
#include "qc-wire-page.h"

static const char *const people_feeds[]
    = {"unit", "policy", "ratios", "codes", "people", "applications", "movements", NULL};
static const char *const history_feeds[] = {"bases", "paid", NULL};
static const char *const person_feeds[] = {"people", NULL};

/* --- memory of this process, from the kernel --- */

static double
read_status_mib (const char *field)
{
  g_autofree char *text = NULL;
  g_file_get_contents ("/proc/self/status", &text, NULL, NULL);
  const char *line = text ? strstr (text, field) : NULL;
  return line ? g_ascii_strtod (line + strlen (field), NULL) / 1024.0 : 0;
}

/* The peak starts again at what is held now, which is returned. */
static double
begin_peak (void)
{
  if (!g_file_set_contents_full ("/proc/self/clear_refs", "5", 1, G_FILE_SET_CONTENTS_NONE, 0600, NULL))
    bench_die ("/proc/self/clear_refs", NULL);
  return read_status_mib ("VmRSS:");
}

static void
measure_pull (BenchClient *client, QcStore *store, const char *const *feeds, const char *name)
{
  g_autoptr (GAsyncResult) slot = NULL;
  g_autofree char *rows = g_strconcat (name, "-rows", NULL);
  g_autofree char *memory = g_strconcat (name, "-mib", NULL);
  double held = begin_peak ();
  gint64 begun = g_get_monotonic_time ();
  qc_pull_async (client->tokens, qc_store_get_database (store), qc_profile_get_id (client->profile), client->unit,
                 feeds, NULL, NULL, NULL, NULL, bench_result_cb, &slot);
  g_autoptr (GAsyncResult) done = bench_await (&slot);
  QcPullResult result;
  g_autoptr (GError) error = NULL;
  if (!qc_pull_finish (client->tokens, done, &result, &error))
    bench_die ("the pull", error);
  bench_print_one (name, bench_since (begun));
  bench_print_one (memory, read_status_mib ("VmHWM:") - held);
  bench_print_one (rows, (double)result.rows);
}

/* --- the peer --- */

/* Bytes of all pages. */
static gint64
fetch_feed (SoupSession *soup, const BenchClient *client, const char *feed)
{
  gint64 bytes = 0;
  g_autofree char *path = bench_client_next_page (client, feed, NULL);
  while (path != NULL) {
    g_autoptr (GBytes) page = bench_client_get (soup, client, path);
    bytes += (gint64)g_bytes_get_size (page);
    g_free (path);
    path = bench_client_next_page (client, feed, page);
  }
  return bytes;
}

static void
measure_fetch (const BenchClient *client, const char *const *feeds, const char *name)
{
  g_autoptr (SoupSession) soup = bench_client_soup (client);
  g_autofree char *size = g_strconcat (name, "-mib", NULL);
  gint64 begun = g_get_monotonic_time ();
  gint64 bytes = 0;
  for (; *feeds; feeds++)
    bytes += fetch_feed (soup, client, *feeds);
  bench_print_one (name, bench_since (begun));
  bench_print_one (size, bytes / 1048576.0);
}

/* --- the halves of a pull --- */

/* The pages of the people, decoded, in order. (transfer full) */
static GPtrArray *
fetch_and_decode (const BenchClient *client)
{
  g_autoptr (SoupSession) soup = bench_client_soup (client);
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_wire_page_free);
  g_autofree char *path = bench_client_next_page (client, "people", NULL);
  while (path != NULL) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = bench_client_get (soup, client, path);
    QcWirePage *page = qc_wire_decode_page (bytes, QC_FEED_PEOPLE, &error);
    if (page == NULL)
      bench_die ("decoding a page", error);
    g_ptr_array_add (pages, page);
    g_free (path);
    path = bench_client_next_page (client, "people", bytes);
  }
  return pages;
}

typedef struct {
  const BenchClient *client; /* borrowed */
  const QcWirePage *page;    /* borrowed */
} Storing;

static gpointer
store_page (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Storing *storing = data;
  const GArray *rows = storing->page->rows;
  return qc_store_apply_page (connection, qc_profile_get_id (storing->client->profile), storing->client->unit,
                              QC_FEED_PEOPLE, (const QcFeedRow *)rows->data, rows->len, storing->page->cursor,
                              storing->page->more, g_get_real_time () / G_USEC_PER_SEC, error)
             ? QC_DATABASE_DONE
             : NULL;
}

static void
store_pages (const BenchClient *client, QcStore *store, const GPtrArray *pages)
{
  for (guint i = 0; i < pages->len; i++) {
    Storing storing = {client, g_ptr_array_index (pages, i)};
    g_autoptr (GAsyncResult) slot = NULL;
    QcDatabase *database = qc_store_get_database (store);
    qc_database_write_async (database, "store", store_page, &storing, NULL, NULL, NULL, bench_result_cb, &slot);
    g_autoptr (GAsyncResult) done = bench_await (&slot);
    g_autoptr (GError) error = NULL;
    if (!qc_database_finish (database, done, &error))
      bench_die ("storing a page", error);
  }
}

static QcStore *
open_beside (const BenchClient *client, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_build_filename (qc_store_get_folder (client->store), name, NULL);
  QcStore *store = qc_store_open (folder, &error);
  if (store == NULL)
    bench_die ("a data folder beside", error);
  return store;
}

static void
measure_halves (BenchClient *client)
{
  QcStore *whole = open_beside (client, "whole");
  QcStore *half = open_beside (client, "half");
  measure_pull (client, whole, person_feeds, "pull-persons");
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (GPtrArray) pages = fetch_and_decode (client);
  bench_print_one ("decode-persons", bench_since (begun));
  begun = g_get_monotonic_time ();
  store_pages (client, half, pages);
  bench_print_one ("store-persons", bench_since (begun));
  qc_store_close (whole);
  qc_store_close (half);
}

int
main (int argc, char *argv[])
{
  if (argc != 4)
    bench_die ("bench-pull PROFILE FOLDER ROBOT", NULL);
  BenchClient client = {0};
  bench_client_open (&client, argv[1], argv[2], argv[3], NULL);
  measure_fetch (&client, people_feeds, "fetch-people");
  measure_fetch (&client, history_feeds, "fetch-history");
  measure_pull (&client, client.store, people_feeds, "pull-people");
  measure_pull (&client, client.store, history_feeds, "pull-history");
  measure_halves (&client);
  bench_client_close (&client);
  return 0;
}
