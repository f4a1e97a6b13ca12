/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pictures on their way; see the header. Each is a small circle: begin or ask → read a part → send it, until the center
 * has all of it. Main context; files are read and rows written on other threads.
 */
#include "qc-uploads.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "qc-finding.h"
#include "qc-store-attachments.h"
#include "qc-sync-error.h"

#define WIDTH         4         /* pictures at once, of all items that send theirs */
#define MOST_PART     (1 << 20) /* bytes of one request; the center takes no more */
#define FIRST_PART    (1 << 17) /* of a line that nobody knows yet */
#define LEAST_PART    (1 << 16)
#define FAST          2   /* seconds for a part: the next ones may be larger */
#define SLOW          15  /* … are smaller: a center waits a minute for one */
#define TIMEOUT       120 /* seconds for a part */
#define MAX_CONFLICTS 12  /* times that the center stands elsewhere than it said, or does not get on */
#define PAUSE         250 /* ms after such a time, and more after each */

typedef struct {
  QcTokens *tokens;     /* borrowed from the task */
  QcDatabase *database; /* (owned) */
  char *folder, *path;  /* (owned) data folder; of the unit's uploads */
  gint64 item;
  GPtrArray *uploads; /* (owned) (nullable) QcStoreUpload */
  guint next, active; /* the next one to begin; how many are under way */
  const guint *at_once;
  gsize part;  /* bytes of a request now, as the line is */
  gint64 size; /* of all of them */
  QcUploadsProgressFunc progress;
  gpointer progress_data;
  GCancellable *inner; /* (owned) ends all of them */
  gulong outer_id;
  GPtrArray *findings; /* (owned) */
  GError *error;       /* (owned) (nullable) the first one */
} Run;

/* One picture. */
typedef struct {
  GTask *task;           /* (owned) of the run */
  QcStoreUpload *upload; /* borrowed from the run */
  guint conflicts;
  gint64 begun; /* of the part under way, monotonic; 0 = there is none */
} Way;

static void
run_free (Run *run)
{
  g_object_unref (run->database);
  g_free (run->folder);
  g_free (run->path);
  g_clear_pointer (&run->uploads, g_ptr_array_unref);
  g_object_unref (run->inner);
  g_ptr_array_unref (run->findings);
  g_clear_error (&run->error);
  g_free (run);
}

static Run *
run_of (const Way *way)
{
  return g_task_get_task_data (way->task);
}

static void begin_more (GTask *task);

/* ---- the end of one, and of all ---- */

static void
end_run (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  g_cancellable_disconnect (g_task_get_cancellable (task), run->outer_id);
  if (run->error != NULL && run->findings->len == 0)
    g_task_return_error (task, g_steal_pointer (&run->error));
  else
    g_task_return_boolean (task, run->findings->len == 0);
}

/* Takes @way. */
static void
end_way (Way *way)
{
  Run *run = run_of (way);
  g_autoptr (GTask) task = way->task;
  g_free (way);
  run->active--;
  begin_more (task);
}

/* Takes @way and @error: nothing more is begun, and what is under way ends. */
static void
fail_way (Way *way, GError *error)
{
  Run *run = run_of (way);
  if (run->error == NULL)
    run->error = error;
  else
    g_error_free (error);
  g_cancellable_cancel (run->inner);
  end_way (way);
}

/* Takes @way: this picture cannot be sent; the others are looked at all the same, so that all is said at once. */
static void
refuse_way (Way *way, const char *code)
{
  g_ptr_array_add (run_of (way)->findings, qc_finding_new (code, "name", way->upload->name, NULL));
  end_way (way);
}

static void
tell (Run *run)
{
  if (run->progress == NULL)
    return;
  QcUploadProgress now = {.pictures = run->uploads->len, .size = run->size};
  for (guint i = 0; i < run->uploads->len; i++) {
    const QcStoreUpload *upload = g_ptr_array_index (run->uploads, i);
    now.there += upload->done;
    now.sent += upload->done ? upload->size : upload->sent;
  }
  run->progress (run->item, &now, run->progress_data);
}

/* ---- rows ---- */

typedef struct {
  gint64 item;
  QcStoreUpload upload; /* (owned) strings */
} Row;

static void
row_free (Row *row)
{
  g_free (row->upload.digest);
  g_free (row->upload.upload);
  g_free (row);
}

static gpointer
write_row (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Row *row = data;
  return qc_store_uploads_set (connection, row->item, &row->upload, error) ? QC_DATABASE_DONE : NULL;
}

/* How far it is; then @callback with @way. */
static void
keep_row (Way *way, GAsyncReadyCallback callback)
{
  Run *run = run_of (way);
  Row *row = g_new0 (Row, 1);
  row->item = run->item;
  row->upload = *way->upload;
  row->upload.digest = g_strdup (way->upload->digest);
  row->upload.upload = g_strdup (way->upload->upload);
  row->upload.name = NULL;
  qc_database_write_async (run->database, "upload", write_row, row, (GDestroyNotify)row_free, NULL, NULL, callback,
                           way);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Way *way = user_data;
  GError *error = NULL;
  if (qc_database_finish (QC_DATABASE (source), result, &error) == NULL)
    fail_way (way, error);
  else
    end_way (way);
}

/* ---- parts ---- */

static void ask (Way *way);
static void create (Way *way);
static void read_part (Way *way);

/* A part has come there: what its time says of the line. */
static void
judge_line (Way *way)
{
  Run *run = run_of (way);
  gint64 took = g_get_monotonic_time () - way->begun;
  if (way->begun != 0 && took < FAST * G_USEC_PER_SEC)
    run->part = MIN (2 * run->part, MOST_PART);
  else if (way->begun != 0 && took > SLOW * G_USEC_PER_SEC)
    run->part = MAX (run->part / 2, LEAST_PART);
  way->begun = 0;
}

/* Takes @way: where the center stands. */
static void
go_on (Way *way, const QcAnswer *answer)
{
  Run *run = run_of (way);
  gint64 before = way->upload->sent;
  if (answer->upload_offset < 0 && !answer->upload_complete) { /* not the center's: it always says where it stands */
    fail_way (way, qc_sync_error_new_bad_answer ("Upload-Offset"));
    return;
  }
  judge_line (way);
  way->upload->sent = CLAMP (answer->upload_offset, 0, way->upload->size);
  way->upload->done = answer->upload_complete;
  tell (run);
  if (way->upload->done)
    keep_row (way, done_cb);
  else if (way->upload->sent <= before && way->conflicts++ >= MAX_CONFLICTS) /* it takes parts and does not get on */
    fail_way (way, qc_sync_error_new_bad_answer ("Upload-Offset"));
  else
    read_part (way);
}

static gboolean
pause_cb (gpointer user_data)
{
  Way *way = user_data;
  if (g_cancellable_is_cancelled (run_of (way)->inner))
    fail_way (way, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled"));
  else
    ask (way);
  return G_SOURCE_REMOVE;
}

/* Takes @way and @error. */
static void
judge_error (Way *way, GError *error)
{
  const QcProblem *problem = qc_sync_error_get_problem (error);
  const char *code
      = problem != NULL && g_error_matches (error, QC_SYNC_ERROR, QC_SYNC_ERROR_PROBLEM) ? problem->code : "";
  const char *finding = g_str_equal (code, QC_PROBLEM_UPLOAD_DIGEST)    ? "attachment.vanished"
                        : g_str_equal (code, QC_PROBLEM_UPLOAD_PICTURE) ? "attachment.not-taken"
                        : g_str_equal (code, QC_PROBLEM_TOO_LARGE)      ? "attachment.not-taken"
                        : g_str_equal (code, QC_PROBLEM_UPLOAD_QUOTA)   ? "attachment.quota"
                                                                        : NULL;
  gboolean elsewhere = g_str_equal (code, QC_PROBLEM_UPLOAD_OFFSET);
  gboolean unknown = g_str_equal (code, QC_PROBLEM_NOT_FOUND) && way->upload->upload != NULL;
  if ((elsewhere || unknown) && way->conflicts++ < MAX_CONFLICTS) {
    g_error_free (error);
    if (elsewhere) {
      g_timeout_add (PAUSE * way->conflicts, pause_cb, way);
    } else {
      g_clear_pointer (&way->upload->upload, g_free);
      create (way);
    }
  } else if (finding != NULL) {
    g_error_free (error);
    refuse_way (way, finding);
  } else if (elsewhere || unknown) {
    g_error_free (error);
    fail_way (way, qc_sync_error_new_retry (0));
  } else {
    fail_way (way, error);
  }
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (QcAnswer) answer = qc_tokens_send_finish (QC_TOKENS (source), result, &error);
  if (answer == NULL)
    judge_error (user_data, error);
  else
    go_on (user_data, answer);
}

/* Takes @way. */
static void
send_part (Way *way, GBytes *part)
{
  Run *run = run_of (way);
  g_autofree char *offset = g_strdup_printf ("%" G_GINT64_FORMAT, way->upload->sent);
  gboolean last = way->upload->sent + (gint64)g_bytes_get_size (part) == way->upload->size;
  const char *headers[] = {"Upload-Offset", offset, "Upload-Complete", last ? "?1" : "?0", NULL};
  QcRequest request = {.method = "PATCH",
                       .path = way->upload->upload,
                       .headers = headers,
                       .content_type = "application/partial-upload",
                       .body = part,
                       .max_answer = QC_TRANSPORT_SMALL_ANSWER,
                       .timeout = TIMEOUT};
  way->begun = g_get_monotonic_time ();
  qc_tokens_send_async (run->tokens, &request, run->inner, sent_cb, way);
}

typedef struct {
  char *path; /* (owned) */
  gint64 size, at, most;
} Reading;

static void
reading_free (Reading *reading)
{
  g_free (reading->path);
  g_free (reading);
}

/* NULL: it is not there, or not as large as it was. */
static GBytes *
read_bytes (const Reading *reading)
{
  struct stat info;
  int fd = open (reading->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0)
    return NULL;
  gsize n = (gsize)MIN (reading->most, reading->size - reading->at);
  g_autofree guint8 *data = g_malloc (n);
  gboolean good = fstat (fd, &info) == 0 && info.st_size == reading->size;
  for (gsize got = 0; good && got < n;) {
    gssize some = pread (fd, data + got, n - got, reading->at + (gint64)got);
    good = some > 0 || (some < 0 && errno == EINTR);
    got += some > 0 ? (gsize)some : 0;
  }
  close (fd);
  return good ? g_bytes_new_take (g_steal_pointer (&data), n) : NULL;
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, read_bytes (data), (GDestroyNotify)g_bytes_unref);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GBytes) part = g_task_propagate_pointer (G_TASK (result), NULL);
  if (part == NULL)
    refuse_way (user_data, "attachment.vanished");
  else
    send_part (user_data, part);
}

/* Takes @way. */
static void
read_part (Way *way)
{
  Reading *reading = g_new0 (Reading, 1);
  reading->path = qc_store_attachment_path (run_of (way)->folder, way->upload->digest);
  reading->size = way->upload->size;
  reading->at = way->upload->sent;
  reading->most = (gint64)run_of (way)->part;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, read_cb, way);
  g_task_set_task_data (task, reading, (GDestroyNotify)reading_free);
  g_task_run_in_thread (task, read_thread);
}

/* ---- begin, or ask ---- */

/* Takes @way. */
static void
ask (Way *way)
{
  Run *run = run_of (way);
  way->begun = 0;
  QcRequest request = {.method = "HEAD", .path = way->upload->upload, .max_answer = QC_TRANSPORT_SMALL_ANSWER};
  qc_tokens_send_async (run->tokens, &request, run->inner, sent_cb, way);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Way *way = user_data;
  GError *error = NULL;
  if (qc_database_finish (QC_DATABASE (source), result, &error) == NULL)
    fail_way (way, error);
  else if (way->upload->done)
    end_way (way);
  else
    read_part (way);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Way *way = user_data;
  Run *run = run_of (way);
  GError *error = NULL;
  g_autoptr (QcAnswer) answer = qc_tokens_send_finish (QC_TOKENS (source), result, &error);
  if (answer == NULL) {
    judge_error (way, error);
    return;
  }
  /* an address elsewhere gets neither the picture nor the token */
  if (answer->location == NULL || !g_str_has_prefix (answer->location, run->path)
      || strlen (answer->location) > strlen (run->path) + 128) {
    fail_way (way, qc_sync_error_new_bad_answer ("Location"));
    return;
  }
  way->upload->upload = g_strdup (answer->location);
  way->upload->sent = CLAMP (answer->upload_offset, 0, way->upload->size);
  way->upload->done = answer->upload_complete;
  tell (run);
  keep_row (way, kept_cb);
}

static char *
dup_digest_header (const char *hex)
{
  guint8 digest[32];
  for (guint i = 0; i < sizeof digest; i++)
    digest[i] = (guint8)(g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  g_autofree char *text = g_base64_encode (digest, sizeof digest);
  return g_strdup_printf ("sha-256=:%s:", text);
}

/* Takes @way. */
static void
create (Way *way)
{
  Run *run = run_of (way);
  g_autofree char *length = g_strdup_printf ("%" G_GINT64_FORMAT, way->upload->size);
  g_autofree char *digest = dup_digest_header (way->upload->digest);
  g_autofree char *path = g_strndup (run->path, strlen (run->path) - 1); /* without the slash behind it */
  const char *headers[] = {"Upload-Length", length, "Upload-Complete", "?0", "Repr-Digest", digest, NULL};
  QcRequest request = {.method = "POST", .path = path, .headers = headers, .max_answer = QC_TRANSPORT_SMALL_ANSWER};
  qc_tokens_send_async (run->tokens, &request, run->inner, created_cb, way);
}

/* As many as may be under way; the end when none is. Who has too many gives way as they end. */
static void
begin_more (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  gboolean goes = run->error == NULL && !g_cancellable_is_cancelled (run->inner);
  guint width = MAX (WIDTH / MAX (*run->at_once, 1), 1);
  while (goes && run->active < width && run->next < run->uploads->len) {
    QcStoreUpload *upload = g_ptr_array_index (run->uploads, run->next++);
    if (upload->done)
      continue;
    Way *way = g_new0 (Way, 1);
    way->task = g_object_ref (task);
    way->upload = upload;
    run->active++;
    if (upload->upload != NULL)
      ask (way);
    else
      create (way);
  }
  if (run->active > 0)
    return;
  if (run->error == NULL)
    g_cancellable_set_error_if_cancelled (run->inner, &run->error);
  end_run (task);
}

static gpointer
list_rows (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const gint64 *item = data;
  return qc_store_uploads_list (connection, *item, error);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  run->uploads = qc_database_finish (QC_DATABASE (source), result, &run->error);
  if (run->uploads == NULL) {
    end_run (task);
    return;
  }
  for (guint i = 0; i < run->uploads->len; i++)
    run->size += ((const QcStoreUpload *)g_ptr_array_index (run->uploads, i))->size;
  tell (run);
  begin_more (task);
}

static void
cancelled_cb (GCancellable *outer, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

void
qc_uploads_send_async (QcTokens *tokens, QcDatabase *database, const char *unit, gint64 item, const guint *at_once,
                       QcUploadsProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_TOKENS (tokens) && QC_IS_DATABASE (database));
  GTask *task = g_task_new (tokens, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_uploads_send_async);
  g_task_set_check_cancellable (task, FALSE);
  g_autofree char *escaped = g_uri_escape_string (unit, NULL, FALSE);
  Run *run = g_new0 (Run, 1);
  run->tokens = tokens;
  run->database = g_object_ref (database);
  run->folder = g_path_get_dirname (qc_database_get_path (database));
  run->path = g_strdup_printf ("/api/v1/units/%s/uploads/", escaped);
  run->item = item;
  run->at_once = at_once;
  run->part = FIRST_PART;
  run->progress = progress;
  run->progress_data = progress_data;
  run->inner = g_cancellable_new ();
  run->findings = qc_findings_new ();
  g_task_set_task_data (task, run, (GDestroyNotify)run_free);
  run->outer_id = cancellable != NULL ? g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                                               g_object_ref (run->inner), g_object_unref)
                                      : 0;
  qc_database_read_async (database, "uploads", list_rows, g_memdup2 (&item, sizeof item), g_free,
                          (GDestroyNotify)g_ptr_array_unref, NULL, listed_cb, task);
}

gboolean
qc_uploads_send_finish (QcTokens *tokens, GAsyncResult *result, GPtrArray **out_findings, GError **error)
{
  Run *run = g_task_get_task_data (G_TASK (result));
  gboolean good = g_task_propagate_boolean (G_TASK (result), error);
  *out_findings = g_ptr_array_ref (run->findings);
  return good;
}
