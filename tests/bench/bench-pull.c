/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One full pull of the practice center's first unit over TLS into a new database, by the sync room itself: time, and
 * how far the memory of this process rose above what it held before. People with what belongs to every unit, and their
 * history (bases and spans), are told apart. Before it, the peer: the same pages fetched with libsoup in a plain loop,
 * neither decoded nor stored. One run a process, so that no run inherits the memory of another. Main thread.
 *
 * bench-pull PROFILE FOLDER ROBOT
 */
#include <libsoup/soup.h>
#include <string.h>

#include "bench.h"
#include "qc-calls.h"
#include "qc-pull.h"
#include "qc-sign-in.h"
#include "qc-store.h"

static const char *const people_feeds[]
    = {"unit", "policy", "ratios", "codes", "people", "applications", "movements", NULL};
static const char *const history_feeds[] = {"bases", "paid", NULL};

typedef struct {
  QcProfile *profile; /* (owned) */
  QcTokens *tokens;   /* (owned) */
  QcStore *store;     /* (owned) */
  char *unit;         /* (owned) */
  char *access;       /* (owned) */
} Client;

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

/* --- the client --- */

static void
sign_in (Client *client, char *robot)
{
  g_autoptr (GAsyncResult) slot = NULL;
  g_autoptr (GError) error = NULL;
  qc_sign_in_async (client->tokens, 60, bench_robot_cb, robot, NULL, bench_result_cb, &slot);
  g_autoptr (GAsyncResult) signed_in = bench_await (&slot);
  if (!qc_sign_in_finish (client->tokens, signed_in, &error))
    bench_die ("signing in", error);
  qc_calls_session_async (client->tokens, NULL, bench_result_cb, &slot);
  g_autoptr (GAsyncResult) asked = bench_await (&slot);
  g_autoptr (QcWireSession) session = qc_calls_session_finish (client->tokens, asked, &error);
  if (session == NULL || session->units->len == 0)
    bench_die ("asking for the units", error);
  client->unit = g_strdup (((QcWireSessionUnit *)g_ptr_array_index (session->units, 0))->account);
  qc_tokens_get_async (client->tokens, NULL, bench_result_cb, &slot);
  g_autoptr (GAsyncResult) got = bench_await (&slot);
  client->access = qc_tokens_get_finish (client->tokens, got, &error);
  if (client->access == NULL)
    bench_die ("the access token", error);
}

static void
client_open (Client *client, const char *profile, const char *folder, char *robot)
{
  g_autoptr (GError) error = NULL;
  client->profile = qc_profile_new_practice (profile, &error);
  g_autoptr (QcTransport) transport = client->profile ? qc_transport_new (client->profile, NULL, &error) : NULL;
  if (transport == NULL)
    bench_die ("the profile", error);
  g_autoptr (QcSecret) secret = qc_secret_new (qc_profile_get_id (client->profile));
  qc_secret_set_memory_only (secret, TRUE);
  client->tokens = qc_tokens_new (transport, secret);
  client->store = qc_store_open (folder, &error);
  if (client->store == NULL)
    bench_die ("the data folder", error);
  sign_in (client, robot);
}

static void
client_close (Client *client)
{
  qc_store_close (client->store);
  g_object_unref (client->tokens);
  g_object_unref (client->profile);
  g_free (client->unit);
  g_free (client->access);
}

static void
measure_pull (Client *client, const char *const *feeds, const char *name)
{
  g_autoptr (GAsyncResult) slot = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = g_strconcat (name, "-rows", NULL);
  g_autofree char *memory = g_strconcat (name, "-mib", NULL);
  QcPullResult result;
  double held = begin_peak ();
  gint64 begun = g_get_monotonic_time ();
  qc_pull_async (client->tokens, qc_store_get_database (client->store), qc_profile_get_id (client->profile),
                 client->unit, feeds, NULL, NULL, NULL, NULL, bench_result_cb, &slot);
  g_autoptr (GAsyncResult) done = bench_await (&slot);
  if (!qc_pull_finish (client->tokens, done, &result, &error))
    bench_die ("the pull", error);
  bench_print_one (name, bench_since (begun));
  bench_print_one (memory, read_status_mib ("VmHWM:") - held);
  bench_print_one (rows, (double)result.rows);
}

/* --- the peer --- */

/* The cursor of a page that more follow; NULL at the end. (transfer full) */
static char *
find_next (GBytes *page)
{
  gsize size;
  const char *data = g_bytes_get_data (page, &size);
  const char *cursor = g_strrstr_len (data, size, "\"cursor\":\"");
  if (g_strrstr_len (data, size, "\"more\":true") == NULL || cursor == NULL)
    return NULL;
  cursor += strlen ("\"cursor\":\"");
  const char *end = memchr (cursor, '"', data + size - cursor);
  g_autofree char *plain = g_strndup (cursor, end - cursor);
  return g_uri_escape_string (plain, NULL, FALSE);
}

/* Bytes of all pages. */
static gint64
fetch_feed (SoupSession *session, const Client *client, const char *feed)
{
  gint64 bytes = 0;
  g_autofree char *cursor = NULL;
  g_autofree char *bearer = g_strconcat ("Bearer ", client->access, NULL);
  do {
    g_autoptr (GError) error = NULL;
    g_autofree char *address
        = g_strdup_printf ("%s/api/v1/units/%s/feeds/%s?limit=1000%s%s", qc_profile_get_api (client->profile),
                           client->unit, feed, cursor ? "&cursor=" : "", cursor ? cursor : "");
    g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
    soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", bearer);
    g_autoptr (GBytes) page = soup_session_send_and_read (session, message, NULL, &error);
    if (page == NULL || soup_message_get_status (message) != SOUP_STATUS_OK)
      bench_die ("the plain fetch", error);
    bytes += g_bytes_get_size (page);
    g_free (cursor);
    cursor = find_next (page);
  } while (cursor != NULL);
  return bytes;
}

static void
measure_fetch (const Client *client, const char *const *feeds, const char *name)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *path = g_strdup_printf ("%s/peer-ca.pem", qc_store_get_folder (client->store));
  g_autoptr (GError) error = NULL;
  if (!g_file_set_contents (path, qc_profile_get_ca_pem (client->profile), -1, &error))
    bench_die ("the CA", error);
  g_autoptr (GTlsDatabase) trusted = g_tls_file_database_new (path, &error);
  if (trusted == NULL)
    bench_die ("the CA", error);
  soup_session_set_tls_database (session, trusted);
  g_autofree char *size = g_strconcat (name, "-mib", NULL);
  gint64 begun = g_get_monotonic_time ();
  gint64 bytes = 0;
  for (; *feeds; feeds++)
    bytes += fetch_feed (session, client, *feeds);
  bench_print_one (name, bench_since (begun));
  bench_print_one (size, bytes / 1048576.0);
}

int
main (int argc, char *argv[])
{
  Client client = {0};
  if (argc != 4)
    bench_die ("bench-pull PROFILE FOLDER ROBOT", NULL);
  client_open (&client, argv[1], argv[2], argv[3]);
  measure_fetch (&client, people_feeds, "fetch-people");
  measure_fetch (&client, history_feeds, "fetch-history");
  measure_pull (&client, people_feeds, "pull-people");
  measure_pull (&client, history_feeds, "pull-history");
  client_close (&client);
  return 0;
}
