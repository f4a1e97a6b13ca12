/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pictures on their way to the practice center over TLS, as they go before an item of the outbox; then as many others,
 * and what a peer needs to send them by the same requests: their bytes as files, and a file with address and token.
 *
 * bench-uploads PROFILE FOLDER ROBOT PEER N
 */
#include "../displayless/bare-jpeg.h"
#include "bench-client.h"
#include "qc-digest.h"
#include "qc-store-attachments.h"
#include "qc-store-outbox.h"
#include "qc-uploads.h"

#define SIZE 2000000

/* Another picture for each @number. */
static GBytes *
picture (guint number)
{
  g_autoptr (GBytes) plain = bare_jpeg (SIZE, (guint8)number);
  gsize size;
  guint8 *bytes = g_bytes_unref_to_data (g_steal_pointer (&plain), &size);
  bytes[100] = (guint8)(number % 250);
  bytes[101] = (guint8)(number / 250);
  return g_bytes_new_take (bytes, size);
}

static gpointer
put_item (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_store_outbox_enqueue (connection, data, 1, error) ? QC_DATABASE_DONE : NULL;
}

static gint64
queue (BenchClient *client, guint n)
{
  g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_item_new ();
  g_autoptr (GError) error = NULL;
  item->profile = g_strdup (qc_profile_get_id (client->profile));
  item->unit = g_strdup (client->unit);
  item->kind = g_strdup ("submission");
  item->business = QC_BUSINESS_ACCOUNT_OPENING;
  item->method = g_strdup ("POST");
  item->path = g_strdup ("/");
  item->body = g_bytes_new_static ("", 0);
  item->attachments = qc_attachment_list_new ();
  for (guint i = 0; i < n; i++) {
    g_autoptr (GBytes) jpeg = picture (i);
    g_autofree char *digest = qc_digest_hex_bytes (jpeg);
    if (!qc_store_attachment_keep (qc_store_get_folder (client->store), digest, jpeg, &error))
      bench_die ("keeping a picture", error);
    g_ptr_array_add (item->attachments, qc_attachment_new ("x", 0, "x.jpg", digest, SIZE, NULL));
  }
  if (qc_database_write (qc_store_get_database (client->store), "put", put_item, item, &error) == NULL)
    bench_die ("queueing", error);
  return item->id;
}

static void
write_peer (const BenchClient *client, const char *folder, guint n)
{
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < n; i++) {
    g_autoptr (GBytes) jpeg = picture (10000 + i);
    g_autofree char *path = g_strdup_printf ("%s/%04u.jpg", folder, i);
    if (!g_file_set_contents (path, g_bytes_get_data (jpeg, NULL), SIZE, &error))
      bench_die ("the peer's pictures", error);
  }
  g_autofree char *ca = g_strdup_printf ("%s/ca.pem", folder);
  g_autofree char *address = g_strdup_printf ("%s/address", folder);
  g_autofree char *text
      = g_strdup_printf ("%s\n%s\n%s\n", qc_profile_get_api (client->profile), client->unit, client->access);
  if (!g_file_set_contents (ca, qc_profile_get_ca_pem (client->profile), -1, &error)
      || !g_file_set_contents (address, text, -1, &error))
    bench_die ("the peer's address", error);
}

int
main (int argc, char *argv[])
{
  BenchClient client = {0};
  if (argc != 6)
    bench_die ("bench-uploads PROFILE FOLDER ROBOT PEER N", NULL);
  guint n = (guint)atoi (argv[5]);
  bench_client_open (&client, argv[1], argv[2], argv[3], NULL);
  write_peer (&client, argv[4], n);
  gint64 item = queue (&client, n);
  double before = bench_memory ("VmRSS:");
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (GAsyncResult) slot = NULL;
  const guint at_once = 1;
  qc_uploads_send_async (client.tokens, qc_store_get_database (client.store), client.unit, item, &at_once, NULL, NULL,
                         NULL, bench_result_cb, &slot);
  g_autoptr (GAsyncResult) sent = bench_await (&slot);
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;
  if (!qc_uploads_send_finish (client.tokens, sent, &findings, &error))
    bench_die ("uploading", error);
  bench_print_one ("took", bench_since (begun));
  bench_print_one ("mib", bench_memory ("VmHWM:") - before);
  bench_client_close (&client);
  return 0;
}
