/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See bench-client.h.
 */
#include "bench-client.h"

#include <string.h>

#include "qc-calls.h"

typedef struct {
  const char *robot, *user;
} Person;

static void
address_cb (const char *address, gpointer data)
{
  const Person *person = data;
  bench_robot_sign_in (person->robot, address, person->user);
}

static void
sign_in (BenchClient *client, Person *person)
{
  g_autoptr (GAsyncResult) slot = NULL;
  qc_sign_in_async (client->tokens, 60, address_cb, person, NULL, bench_result_cb, &slot);
  g_autoptr (GAsyncResult) signed_in = bench_await (&slot);
  g_autoptr (GError) error = NULL;
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

void
bench_client_open (BenchClient *client, const char *profile, const char *folder, const char *robot, const char *user)
{
  Person person = {robot, user};
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
  sign_in (client, &person);
}

void
bench_client_close (BenchClient *client)
{
  qc_store_close (client->store);
  g_object_unref (client->tokens);
  g_object_unref (client->profile);
  g_free (client->unit);
  g_free (client->access);
}

SoupSession *
bench_client_soup (const BenchClient *client)
{
  g_autofree char *path = g_strdup_printf ("%s/peer-ca.pem", qc_store_get_folder (client->store));
  g_autoptr (GError) error = NULL;
  if (!g_file_set_contents (path, qc_profile_get_ca_pem (client->profile), -1, &error))
    bench_die ("the CA", error);
  g_autoptr (GTlsDatabase) trusted = g_tls_file_database_new (path, &error);
  if (trusted == NULL)
    bench_die ("the CA", error);
  SoupSession *soup = soup_session_new ();
  soup_session_set_tls_database (soup, trusted);
  return soup;
}

GBytes *
bench_client_get (SoupSession *soup, const BenchClient *client, const char *path)
{
  g_autofree char *bearer = g_strconcat ("Bearer ", client->access, NULL);
  g_autofree char *address = g_strdup_printf ("%s/api/v1/%s", qc_profile_get_api (client->profile), path);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", bearer);
  g_autoptr (GError) error = NULL;
  GBytes *body = soup_session_send_and_read (soup, message, NULL, &error);
  if (body == NULL || soup_message_get_status (message) != SOUP_STATUS_OK)
    bench_die (body ? soup_message_get_reason_phrase (message) : path, error);
  return body;
}

/* The cursor of a page that more follow; NULL at the end. (transfer full) */
static char *
find_cursor (GBytes *page)
{
  gsize size;
  const char *data = g_bytes_get_data (page, &size);
  const char *cursor = g_strrstr_len (data, (gssize)size, "\"cursor\":\"");
  if (g_strrstr_len (data, (gssize)size, "\"more\":true") == NULL || cursor == NULL)
    return NULL;
  cursor += strlen ("\"cursor\":\"");
  const char *end = memchr (cursor, '"', (gsize)(data + size - cursor));
  g_autofree char *plain = g_strndup (cursor, (gsize)(end - cursor));
  return g_uri_escape_string (plain, NULL, FALSE);
}

char *
bench_client_next_page (const BenchClient *client, const char *feed, GBytes *page)
{
  g_autofree char *cursor = page ? find_cursor (page) : NULL;
  if (page != NULL && cursor == NULL)
    return NULL;
  return g_strdup_printf ("units/%s/feeds/%s?limit=1000%s%s", client->unit, feed, cursor ? "&cursor=" : "",
                          cursor ? cursor : "");
}
