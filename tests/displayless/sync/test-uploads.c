/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pictures on their way to the real center before the submission that names them: whole, killed in the midst, taken
 * back, gone from the disk, not taken. And what waits for them meanwhile, at a center where they stand still.
 */
#include <glib/gstdio.h>
#include <stdlib.h>
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
  guint n_told; /* how often it was told how far they are */
  guint pictures, there;
  gint64 first, last, total;
  gint64 kill_at;     /* bytes; −1 = not */
  gint64 withdraw_at; /* bytes; 0 = not */
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
progress_cb (QcOutbox *outbox, gint64 item, const QcUploadProgress *progress, gpointer user_data)
{
  Play *play = user_data;
  gint64 sent = progress->sent;
  g_assert_cmpint (item, ==, play->item);
  if (progress->pictures == 0) /* the end */
    return;
  if (play->n_told++ == 1) /* 0: as the database has it */
    play->first = sent;
  play->last = sent;
  play->total = progress->size;
  play->pictures = progress->pictures;
  play->there = progress->there;
  g_assert_cmpint (sent, <=, progress->size);
  g_assert_cmpuint (progress->there, <=, progress->pictures);
  if (play->kill_at >= 0 && sent >= play->kill_at) {
    play->kill_at = -1;
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
  *play = (Play) {.center = center_start (folder, 40), .kill_at = -1};
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
  g_assert_cmpuint (play.pictures, ==, G_N_ELEMENTS (sizes));
  g_assert_cmpuint (play.there, ==, G_N_ELEMENTS (sizes));
  g_assert_cmpuint (play.n_told, >=, G_N_ELEMENTS (sizes));

  /* the same again: the center has them */
  queue (&play, submission);
  push (&play);
  assert_judged (&play);
  g_assert_cmpuint (play.n_told, ==, 1 + G_N_ELEMENTS (sizes));
  close_play (&play);
}

/* Killed before the first byte, at each quarter and behind the last one: the item waits, can be taken back, and goes on
 * where it stood. */
static void
test_killed (void)
{
  static const gsize sizes[] = {4 * MIB, 4 * MIB, 4 * MIB};
  Play play;
  open_play (&play);
  for (guint8 quarter = 0; quarter <= 4; quarter++) {
    g_autoptr (QcSubmission) submission = prepare (&play, sizes, G_N_ELEMENTS (sizes), (guint8)(10 * quarter));
    queue (&play, submission);
    play.kill_at = quarter * 3 * MIB;
    g_autoptr (GError) error = NULL;
    client_push (play.client, &error); /* of the item itself, behind the last byte */
    g_autoptr (QcStoreOutboxItem) item = item_of (&play);
    g_assert_cmpint (item->state, ==, QC_STORE_OUTBOX_QUEUED);
    g_assert_cmpstr (item->reason, ==, "offline");
    g_assert_true (item->withdrawable);
    g_assert_cmpint (item->attempts, ==, 1);
    center_restart (play.center, FALSE);
    client_follow (play.client, play.center);
    play.n_told = 0;
    push (&play);
    assert_judged (&play);
    if (quarter == 4) /* all were there */
      g_assert_cmpuint (play.n_told, ==, 0);
    else if (quarter > 1) /* one of the three may be far behind the others, and is asked for first */
      g_assert_cmpint (play.first, >, 0);
    g_assert_cmpint (play.last, ==, 12 * MIB);
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
    push (&play);
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

/* ---- what goes beside them ---- */

#define MOST 32 /* uploads */

/* A center that takes pictures as far as it is let, and what they are for. */
typedef struct {
  Fake *fake;
  QcTokens *tokens;
  char *folder;
  QcStore *store;
  QcOutbox *outbox;
  GPtrArray *paused; /* SoupServerMessage: parts that stand still */
  gboolean goes;
  guint uploads; /* begun, and of each how much is there */
  gint64 have[MOST], size[MOST];
  gint64 received;    /* bytes of all parts that were taken */
  GArray *parts;      /* gint64: of each of them */
  gint64 moved_to;    /* of each that is begun so much is there, behind the client's back */
  gboolean forbidden; /* who is signed in may not act for the unit any more */
  guint uploaded;     /* times that it was said */
  guint unwritten;    /* times that it was said with an error */
} Line;

static gint64
number_in (SoupMessageHeaders *headers, const char *name)
{
  const char *text = soup_message_headers_get_one (headers, name);
  g_assert_nonnull (text);
  return g_ascii_strtoll (text, NULL, 10);
}

static void
say_stand (Line *line, SoupServerMessage *message, guint upload, guint status)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *offset = g_strdup_printf ("%" G_GINT64_FORMAT, line->have[upload]);
  gboolean whole = line->have[upload] == line->size[upload];
  soup_message_headers_replace (headers, "Upload-Offset", offset);
  soup_message_headers_replace (headers, "Upload-Complete", whole ? "?1" : "?0");
  if (status == 409)
    fake_problem (message, status, QC_PROBLEM_UPLOAD_OFFSET);
  else
    soup_server_message_set_status (message, status, NULL);
}

static void
begin_upload (Line *line, SoupServerMessage *message, const char *path)
{
  guint upload = line->uploads++;
  g_assert_cmpuint (upload, <, MOST);
  g_autofree char *location = g_strdup_printf ("%s/%u", path, upload);
  line->size[upload] = number_in (soup_server_message_get_request_headers (message), "Upload-Length");
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location", location);
  say_stand (line, message, upload, 201);
  line->have[upload] = line->moved_to;
}

static void
take_part (Line *line, SoupServerMessage *message, guint upload)
{
  gint64 size = soup_server_message_get_request_body (message)->length;
  if (number_in (soup_server_message_get_request_headers (message), "Upload-Offset") != line->have[upload]) {
    say_stand (line, message, upload, 409);
    return;
  }
  line->have[upload] += size;
  line->received += size;
  g_array_append_val (line->parts, size);
  say_stand (line, message, upload, 204);
  if (line->goes)
    return;
  soup_server_message_pause (message);
  g_ptr_array_add (line->paused, g_object_ref (message));
}

static gboolean
line_hook (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  Line *line = fake->data;
  const char *method = soup_server_message_get_method (message);
  if (strstr (path, "/uploads") == NULL)
    return FALSE;
  if (line->forbidden)
    fake_problem (message, 403, QC_PROBLEM_FORBIDDEN);
  else if (g_str_equal (method, "POST"))
    begin_upload (line, message, path);
  else if (g_str_equal (method, "PATCH"))
    take_part (line, message, (guint)atoi (strrchr (path, '/') + 1));
  else
    say_stand (line, message, (guint)atoi (strrchr (path, '/') + 1), 204);
  return TRUE;
}

static void
let_go (Line *line)
{
  line->goes = TRUE;
  for (guint i = 0; i < line->paused->len; i++)
    soup_server_message_unpause (g_ptr_array_index (line->paused, i));
  g_ptr_array_set_size (line->paused, 0);
}

static void
uploaded_cb (QcOutbox *outbox, const GError *error, Line *line)
{
  line->uploaded += error == NULL;
  line->unwritten += error != NULL;
}

static void
open_line (Line *line)
{
  g_autoptr (GError) error = NULL;
  *line = (Line) {.fake = fake_new (), .folder = g_dir_make_tmp ("qc-line-XXXXXX", NULL)};
  line->paused = g_ptr_array_new_with_free_func (g_object_unref);
  line->parts = g_array_new (FALSE, FALSE, sizeof (gint64));
  line->fake->data = line;
  line->fake->hook = line_hook;
  line->tokens = fake_tokens (line->fake, "first");
  line->store = qc_store_open (line->folder, &error);
  g_assert_no_error (error);
  line->outbox = qc_outbox_new (line->tokens, qc_store_get_database (line->store), "test", NULL);
  g_signal_connect (line->outbox, "uploaded", G_CALLBACK (uploaded_cb), line);
}

static void
close_line (Line *line)
{
  g_object_unref (line->outbox);
  g_object_unref (line->tokens);
  qc_store_close (line->store);
  fake_free (line->fake);
  remove_tree (line->folder);
  g_free (line->folder);
  g_ptr_array_unref (line->paused);
  g_array_unref (line->parts);
}

static gpointer
enqueue_item (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_store_outbox_enqueue (connection, data, 1000, error) ? QC_DATABASE_DONE : NULL;
}

/* An item with @n pictures of @size bytes, behind @needs if that is not 0. */
static gint64
enqueue_sized (Line *line, guint n, gsize size, gint64 needs)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_item_new ();
  item->profile = g_strdup ("test");
  item->unit = g_strdup (UNIT);
  item->kind = g_strdup ("submission");
  item->business = QC_BUSINESS_REMITTANCE;
  item->method = g_strdup ("POST");
  item->path = g_strdup ("/api/v1/units/" UNIT "/submissions");
  item->body = g_bytes_new_static (FAKE_SUBMISSION, strlen (FAKE_SUBMISSION));
  item->attachments = qc_attachment_list_new ();
  for (guint i = 0; i < n; i++) {
    static guint8 seed;
    g_autoptr (GBytes) jpeg = bare_jpeg (size, ++seed);
    g_autofree char *digest = qc_digest_hex_bytes (jpeg);
    qc_store_attachment_keep (line->folder, digest, jpeg, &error);
    g_ptr_array_add (item->attachments, qc_attachment_new ("letter", 0, "1.jpg", digest, (gint64)size, NULL));
  }
  if (needs != 0)
    g_array_append_val (item->depends, needs);
  qc_database_write (qc_store_get_database (line->store), "enqueue", enqueue_item, item, &error);
  g_assert_no_error (error);
  return item->id;
}

static gint64
enqueue (Line *line, guint n, gint64 needs)
{
  return enqueue_sized (line, n, 5000, needs);
}

static void
push_line (Line *line)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 due = -1;
  qc_outbox_push_async (line->outbox, FALSE, NULL, keep_result_cb, &result);
  wait_result (&result);
  qc_outbox_push_finish (line->outbox, result, &due, &error);
  g_assert_no_error (error);
  g_assert_cmpint (due, ==, 0); /* nothing waits for its time: what goes is under way */
}

static void
assert_item (Line *line, gint64 id, QcStoreOutboxState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcStoreOutboxItem) item
      = qc_database_read (qc_store_get_database (line->store), "item", get_item, &id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (qc_store_outbox_state_to_code (item->state), ==, qc_store_outbox_state_to_code (state));
}

static gboolean
has_ended (gpointer data)
{
  return !qc_outbox_is_uploading (data);
}

typedef struct {
  Line *line;
  guint n;
} Paused;

static gboolean
has_paused (gpointer data)
{
  const Paused *wanted = data;
  return wanted->line->paused->len >= wanted->n;
}

/* Pictures that stand still hold up their item and what depends on it, and nothing else. */
static void
test_beside (void)
{
  Line line;
  open_line (&line);
  gint64 slow = enqueue (&line, 6, 0);
  gint64 behind = enqueue (&line, 0, slow);
  gint64 other = enqueue (&line, 0, 0); /* a 汇缴 with a deadline, say */
  push_line (&line);
  assert_item (&line, slow, QC_STORE_OUTBOX_QUEUED);
  assert_item (&line, behind, QC_STORE_OUTBOX_QUEUED);
  assert_item (&line, other, QC_STORE_OUTBOX_ACCEPTED);
  gint64 later = enqueue (&line, 0, 0);
  push_line (&line); /* not begun a second time, and another one goes */
  assert_item (&line, later, QC_STORE_OUTBOX_ACCEPTED);
  wait_until (has_paused, &(Paused) {&line, 4});
  g_assert_cmpuint (line.uploads, ==, 4); /* as many at once */
  g_assert_cmpuint (line.uploaded, ==, 0);
  let_go (&line);
  wait_until (has_ended, line.outbox);
  g_assert_cmpuint (line.uploaded, ==, 1); /* somebody is to push */
  push_line (&line);
  assert_item (&line, slow, QC_STORE_OUTBOX_ACCEPTED);
  assert_item (&line, behind, QC_STORE_OUTBOX_ACCEPTED);
  g_assert_cmpuint (line.uploads, ==, 6);
  g_assert_cmpuint (line.fake->applications, ==, 4);
  close_line (&line);
}

/* Pictures of several items go beside each other, as many items as may; the line is shared. */
static void
test_several (void)
{
  Line line;
  open_line (&line);
  static const guint paused[] = {4, 4 + 2, 4 + 2 + 1, 4 + 2 + 1 + 1, 4 + 2 + 1 + 1, 4 + 2 + 1 + 1};
  gint64 items[6];
  for (guint i = 0; i < G_N_ELEMENTS (items); i++) {
    items[i] = enqueue (&line, 4, 0);
    push_line (&line);
    wait_until (has_paused, &(Paused) {&line, paused[i]});
    g_assert_cmpuint (line.uploads, ==, paused[i]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    assert_item (&line, items[i], QC_STORE_OUTBOX_QUEUED);
  let_go (&line);
  wait_until (has_ended, line.outbox);
  push_line (&line); /* the four go, and the pictures of the others begin */
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    assert_item (&line, items[i], i < 4 ? QC_STORE_OUTBOX_ACCEPTED : QC_STORE_OUTBOX_QUEUED);
  wait_until (has_ended, line.outbox);
  push_line (&line);
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    assert_item (&line, items[i], QC_STORE_OUTBOX_ACCEPTED);
  g_assert_cmpuint (line.uploads, ==, 24);
  close_line (&line);
}

static gpointer
run_sql (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_connection_exec (connection, data, error) ? QC_DATABASE_DONE : NULL;
}

static void
do_sql (Line *line, const char *sql)
{
  g_autoptr (GError) error = NULL;
  qc_database_write (qc_store_get_database (line->store), "sql", run_sql, (gpointer)sql, &error);
  g_assert_no_error (error);
}

/* What became of the pictures cannot be written down: that is said, and they are not begun anew at once. */
static void
test_unwritten (void)
{
  Line line;
  open_line (&line);
  gint64 item = enqueue (&line, 1, 0);
  line.forbidden = line.goes = TRUE;
  do_sql (&line, "CREATE TRIGGER full BEFORE UPDATE ON outbox BEGIN SELECT raise (ABORT, 'no room'); END");
  push_line (&line);
  wait_until (has_ended, line.outbox);
  g_assert_cmpuint (line.unwritten, ==, 1);
  g_assert_cmpuint (line.uploaded, ==, 0);
  assert_item (&line, item, QC_STORE_OUTBOX_QUEUED);
  do_sql (&line, "DROP TRIGGER full");
  line.forbidden = FALSE;
  push_line (&line);
  wait_until (has_ended, line.outbox);
  push_line (&line);
  assert_item (&line, item, QC_STORE_OUTBOX_ACCEPTED);
  close_line (&line);
}

/* Nobody is there any more: it waits as it was, without a word about a network. */
static void
test_stopped (void)
{
  Line line;
  open_line (&line);
  gint64 item = enqueue (&line, 3, 0);
  push_line (&line);
  wait_until (has_paused, &(Paused) {&line, 3});
  qc_outbox_stop_uploads (line.outbox);
  wait_until (has_ended, line.outbox);
  assert_item (&line, item, QC_STORE_OUTBOX_QUEUED);
  let_go (&line);
  push_line (&line);
  wait_until (has_ended, line.outbox);
  push_line (&line);
  assert_item (&line, item, QC_STORE_OUTBOX_ACCEPTED);
  close_line (&line);
}

/* Nobody knows the line at first: the parts begin small and grow, and none is more than a center takes. */
static void
test_parts (void)
{
  Line line;
  open_line (&line);
  line.goes = TRUE;
  gint64 item = enqueue_sized (&line, 1, 5 * MIB, 0);
  push_line (&line);
  wait_until (has_ended, line.outbox);
  push_line (&line);
  assert_item (&line, item, QC_STORE_OUTBOX_ACCEPTED);
  g_assert_cmpint (line.received, ==, 5 * MIB);
  for (guint i = 0; i < line.parts->len; i++) {
    gint64 size = g_array_index (line.parts, gint64, i);
    g_assert_cmpint (size, <=, i == 0 ? MIB / 8 : MIN (2 * g_array_index (line.parts, gint64, i - 1), MIB));
  }
  close_line (&line);
}

/* ---- bad days ---- */

/* It was at another place than the client thinks: it is asked, and only the rest is sent. */
static void
test_elsewhere (void)
{
  Line line;
  open_line (&line);
  line.goes = TRUE;
  line.moved_to = 2000;
  gint64 item = enqueue (&line, 2, 0);
  push_line (&line);
  wait_until (has_ended, line.outbox);
  push_line (&line);
  assert_item (&line, item, QC_STORE_OUTBOX_ACCEPTED);
  g_assert_cmpint (line.received, ==, 2 * (5000 - 2000));
  close_line (&line);
}

static void
withdraw (Line *line, gint64 item)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  qc_outbox_withdraw_async (line->outbox, item, NULL, keep_result_cb, &result);
  wait_result (&result);
  qc_outbox_withdraw_finish (line->outbox, result, &error);
  g_assert_no_error (error);
}

/* The right to act for the unit goes in between: it waits, says for what, can be taken back, and goes on from what is
 * there when the right is back. */
static void
test_forbidden (void)
{
  Line line;
  open_line (&line);
  gint64 item = enqueue (&line, 6, 0);
  push_line (&line);
  wait_until (has_paused, &(Paused) {&line, 4});
  gint64 other = enqueue (&line, 1, 0);
  push_line (&line);
  wait_until (has_paused, &(Paused) {&line, 5});
  line.forbidden = TRUE;
  let_go (&line);
  wait_until (has_ended, line.outbox);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcStoreOutboxItem) waits
      = qc_database_read (qc_store_get_database (line.store), "item", get_item, &item, &error);
  g_assert_cmpint (waits->state, ==, QC_STORE_OUTBOX_QUEUED);
  g_assert_cmpstr (waits->reason, ==, QC_PROBLEM_FORBIDDEN);
  g_assert_true (waits->withdrawable);
  g_assert_cmpint (waits->next_try, >, 0);
  g_assert_cmpint (line.received, ==, 5 * 5000);
  line.forbidden = FALSE;
  withdraw (&line, other);
  g_autoptr (GAsyncResult) result = NULL;
  qc_outbox_push_async (line.outbox, TRUE, NULL, keep_result_cb, &result);
  wait_result (&result);
  wait_until (has_ended, line.outbox);
  push_line (&line);
  assert_item (&line, item, QC_STORE_OUTBOX_ACCEPTED);
  assert_item (&line, other, QC_STORE_OUTBOX_WITHDRAWN);
  g_assert_cmpint (line.received, ==, 7 * 5000); /* nothing twice, and that of the other too */
  close_line (&line);
}

/* Two computers of one person send the same pictures: each has them there, none is there twice. */
static void
test_two_computers (void)
{
  static const gsize sizes[] = {3 * MIB, 3 * MIB, 5000, 5000, 5000, 2 * MIB};
  Play play, there;
  open_play (&play);
  there = (Play) {.center = play.center, .client = client_new (play.center, "muye")};
  g_autoptr (QcSubmission) here = prepare (&play, sizes, G_N_ELEMENTS (sizes), 1);
  g_autoptr (QcSubmission) same = prepare (&there, sizes, G_N_ELEMENTS (sizes), 1);
  queue (&play, here);
  queue (&there, same);
  g_autoptr (GAsyncResult) one = NULL;
  qc_outbox_push_async (there.client->outbox, TRUE, NULL, keep_result_cb, &one);
  push (&play);
  wait_result (&one);
  wait_until (has_ended, there.client->outbox);
  push (&there);
  assert_judged (&play);
  assert_judged (&there);
  client_free (there.client);
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
  g_test_add_func ("/sync/uploads/beside", test_beside);
  g_test_add_func ("/sync/uploads/several", test_several);
  g_test_add_func ("/sync/uploads/unwritten", test_unwritten);
  g_test_add_func ("/sync/uploads/stopped", test_stopped);
  g_test_add_func ("/sync/uploads/parts", test_parts);
  g_test_add_func ("/sync/uploads/elsewhere", test_elsewhere);
  g_test_add_func ("/sync/uploads/forbidden", test_forbidden);
  g_test_add_func ("/sync/uploads/two-computers", test_two_computers);
  return g_test_run ();
}
