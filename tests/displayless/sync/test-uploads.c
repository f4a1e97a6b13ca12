/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pictures on their way to the real center before the submission that names them: whole, killed in the midst, taken
 * back, gone from the disk, not taken.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "../bare-jpeg.h"
#include "qc-digest.h"
#include "qc-store-attachments.h"
#include "qc-store-outbox.h"
#include "qc-wire-submission.h"
#include "sync-center.h"
#include "sync-fake.h"

#define UNIT "231100000042"
#define MIB  (1 << 20)

typedef struct {
  Center *center;
  Client *client;
  gint64 item;
  guint n_told;
  gint64 first, last, total;
  gint64 kill_at, withdraw_at; /* bytes; 0 = not */
  GAsyncResult *withdrawn;
} Play;

static char *
keep (Play *play, GBytes *jpeg)
{
  g_autoptr (GError) error = NULL;
  char *digest = qc_digest_hex_bytes (jpeg);
  qc_store_attachment_keep (play->client->folder, digest, jpeg, &error);
  g_assert_no_error (error);
  return digest;
}

static void
add (QcSubmission *submission, const char *digest, GBytes *jpeg, const char *name)
{
  g_ptr_array_add (submission->attachments,
                   qc_attachment_new ("letter", 0, name, digest, (gint64)g_bytes_get_size (jpeg), NULL));
}

/* Pictures of these sizes are kept and named by a submission that the center refuses only when it has them all. */
static QcSubmission *
prepare (Play *play, const gsize *sizes, guint n, guint8 seed)
{
  QcSubmission *submission = qc_submission_new (QC_BUSINESS_SEALING);
  for (guint i = 0; i < n; i++) {
    g_autoptr (GBytes) jpeg = bare_jpeg (sizes[i], (guint8)(seed + i));
    g_autofree char *digest = keep (play, jpeg);
    g_autofree char *name = g_strdup_printf ("%u.jpg", i);
    add (submission, digest, jpeg, name);
  }
  return submission;
}

static void
withdrawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ((Play *)user_data)->withdrawn = g_object_ref (result);
}

static void
progress_cb (QcOutbox *outbox, gint64 item, gint64 sent, gint64 total, gpointer user_data)
{
  Play *play = user_data;
  g_assert_cmpint (item, ==, play->item);
  if (play->n_told++ == 0)
    play->first = sent;
  play->last = sent;
  play->total = total;
  g_assert_cmpint (sent, <=, total);
  if (play->kill_at > 0 && sent >= play->kill_at) {
    play->kill_at = 0;
    center_kill (play->center);
  }
  if (play->withdraw_at > 0 && sent >= play->withdraw_at) {
    play->withdraw_at = 0;
    qc_outbox_withdraw_async (outbox, item, NULL, withdrawn_cb, play);
  }
}

static void
queue (Play *play, const QcSubmission *submission)
{
  g_autoptr (GBytes) body = qc_wire_encode_submission (submission);
  play->item = client_enqueue (play->client, UNIT, body);
  play->n_told = 0;
}

static void
open_play (Play *play)
{
  g_autofree char *folder = g_dir_make_tmp ("qc-center-XXXXXX", NULL);
  *play = (Play) {.center = center_start (folder, 40)};
  play->client = client_new (play->center, "muye");
  g_signal_connect (play->client->outbox, "progress", G_CALLBACK (progress_cb), play);
}

static void
close_play (Play *play)
{
  client_free (play->client);
  center_free (play->center);
  g_clear_object (&play->withdrawn);
}

static gpointer
get_item (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_store_outbox_get (connection, *(gint64 *)data, error);
}

static QcStoreOutboxItem *
item_of (Play *play)
{
  g_autoptr (GError) error = NULL;
  QcStoreOutboxItem *item = qc_database_read (play->client->database, "item", get_item, &play->item, &error);
  g_assert_no_error (error);
  return item;
}

static char *
codes_of (const QcStoreOutboxItem *item)
{
  GString *codes = g_string_new (NULL);
  for (guint i = 0; i < item->findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (item->findings, i);
    if (strstr (codes->str, finding->code) == NULL)
      g_string_append_printf (codes, "%s ", finding->code);
  }
  return g_string_free (codes, FALSE);
}

/* The center had all of them when it judged. */
static void
assert_judged (Play *play)
{
  g_autoptr (QcStoreOutboxItem) item = item_of (play);
  g_autofree char *codes = codes_of (item);
  g_assert_cmpint (item->state, ==, QC_STORE_OUTBOX_REFUSED);
  g_assert_nonnull (strstr (codes, "attachment.kind-unknown"));
  g_assert_null (strstr (codes, "attachment.not-received"));
}

static void
push (Play *play)
{
  g_autoptr (GError) error = NULL;
  client_push (play->client, &error);
  g_assert_no_error (error);
}

/* ---- ---- */

static void
test_whole (void)
{
  static const gsize sizes[] = {2 * MIB + 5, 300, MIB, 5000, 5000, 5000, 70000, 3 * MIB};
  Play play;
  open_play (&play);
  g_autoptr (QcSubmission) submission = prepare (&play, sizes, G_N_ELEMENTS (sizes), 1);
  queue (&play, submission);
  push (&play);
  assert_judged (&play);
  gint64 total = 0;
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    total += (gint64)sizes[i];
  g_assert_cmpint (play.total, ==, total);
  g_assert_cmpint (play.last, ==, total);
  g_assert_cmpuint (play.n_told, >=, G_N_ELEMENTS (sizes));

  /* the same again: the center has them */
  queue (&play, submission);
  push (&play);
  assert_judged (&play);
  g_assert_cmpuint (play.n_told, ==, G_N_ELEMENTS (sizes));
  close_play (&play);
}

/* Killed at each quarter: the item waits, can be taken back, and goes on where it stood. */
static void
test_killed (void)
{
  static const gsize sizes[] = {4 * MIB, 4 * MIB, 4 * MIB};
  Play play;
  open_play (&play);
  for (guint8 quarter = 1; quarter <= 3; quarter++) {
    g_autoptr (QcSubmission) submission = prepare (&play, sizes, G_N_ELEMENTS (sizes), (guint8)(10 * quarter));
    queue (&play, submission);
    play.kill_at = quarter * 3 * MIB;
    g_autoptr (GError) error = NULL;
    g_assert_false (client_push (play.client, &error));
    g_assert_nonnull (error);
    g_autoptr (QcStoreOutboxItem) item = item_of (&play);
    g_assert_cmpint (item->state, ==, QC_STORE_OUTBOX_QUEUED);
    g_assert_true (item->withdrawable);
    g_assert_cmpint (item->attempts, ==, 1);
    center_restart (play.center, FALSE);
    client_follow (play.client, play.center);
    play.n_told = 0;
    push (&play);
    assert_judged (&play);
    g_assert_cmpint (play.first, >=, (quarter - 1) * 3 * MIB / 2);
  }
  close_play (&play);
}

static void
test_taken_back (void)
{
  static const gsize sizes[] = {4 * MIB, 4 * MIB, 4 * MIB, 4 * MIB, 4 * MIB, 4 * MIB, 4 * MIB, 4 * MIB};
  Play play;
  open_play (&play);
  g_autoptr (QcSubmission) submission = prepare (&play, sizes, G_N_ELEMENTS (sizes), 1);
  queue (&play, submission);
  play.withdraw_at = MIB;
  push (&play);
  wait_result (&play.withdrawn);
  g_autoptr (GError) error = NULL;
  g_assert_true (qc_outbox_withdraw_finish (play.client->outbox, play.withdrawn, &error));
  g_assert_no_error (error);
  g_autoptr (QcStoreOutboxItem) item = item_of (&play);
  g_assert_cmpint (item->state, ==, QC_STORE_OUTBOX_WITHDRAWN);
  g_assert_cmpint (play.last, <, 32 * MIB);
  close_play (&play);
}

/* Gone, cut off, other bytes of the same length, and what the center does not take: each is said by name, all at once,
 * and the item is back in its draft. */
static void
test_gone (void)
{
  static const gsize sizes[] = {50000, 50000, 50000, 50000};
  Play play;
  open_play (&play);
  g_autoptr (QcSubmission) submission = prepare (&play, sizes, G_N_ELEMENTS (sizes), 1);
  g_autoptr (GBytes) plain = bare_jpeg (50000, 77);
  g_autoptr (GBytes) talking = talking_jpeg (plain);
  g_autofree char *exif = keep (&play, talking);
  add (submission, exif, talking, "exif.jpg");
  for (guint i = 0; i < 3; i++) {
    const QcAttachment *a = g_ptr_array_index (submission->attachments, i);
    g_autofree char *path = qc_store_attachment_path (play.client->folder, a->digest);
    if (i == 0)
      g_assert_cmpint (g_unlink (path), ==, 0);
    else
      g_assert_true (g_file_set_contents (path, g_bytes_get_data (plain, NULL), i == 1 ? 100 : 50000, NULL));
  }
  queue (&play, submission);
  push (&play);
  g_autoptr (QcStoreOutboxItem) item = item_of (&play);
  g_assert_cmpint (item->state, ==, QC_STORE_OUTBOX_REFUSED);
  g_assert_cmpuint (item->findings->len, ==, 4);
  g_autoptr (GString) said = g_string_new (NULL);
  for (guint i = 0; i < 5; i++)
    for (guint f = 0; f < item->findings->len; f++) {
      const QcFinding *finding = g_ptr_array_index (item->findings, f);
      const QcAttachment *a = g_ptr_array_index (submission->attachments, i);
      if (g_strcmp0 (qc_finding_get_arg (finding, "name", NULL), a->name) == 0)
        g_string_append_printf (said, "%s %s\n", a->name, finding->code);
    }
  g_assert_cmpstr (said->str, ==,
                   "0.jpg attachment.vanished\n1.jpg attachment.vanished\n2.jpg attachment.vanished\n"
                   "exif.jpg attachment.not-taken\n");
  close_play (&play);
}

/* Without a network nothing is lost, nor tried in a circle. */
static void
test_offline (void)
{
  static const gsize sizes[] = {50000};
  Play play;
  open_play (&play);
  g_autoptr (QcSubmission) submission = prepare (&play, sizes, G_N_ELEMENTS (sizes), 1);
  queue (&play, submission);
  center_kill (play.center);
  for (guint i = 1; i <= 3; i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (client_push (play.client, &error));
    g_autoptr (QcStoreOutboxItem) item = item_of (&play);
    g_assert_cmpint (item->state, ==, QC_STORE_OUTBOX_QUEUED);
    g_assert_cmpint (item->attempts, ==, i);
    g_assert_cmpstr (item->reason, ==, "offline");
    g_assert_true (item->withdrawable);
    g_assert_cmpint (item->next_try, >, 0);
  }
  center_restart (play.center, FALSE);
  client_follow (play.client, play.center);
  push (&play);
  assert_judged (&play);
  close_play (&play);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/uploads/whole", test_whole);
  g_test_add_func ("/sync/uploads/killed", test_killed);
  g_test_add_func ("/sync/uploads/taken-back", test_taken_back);
  g_test_add_func ("/sync/uploads/gone", test_gone);
  g_test_add_func ("/sync/uploads/offline", test_offline);
  return g_test_run ();
}
