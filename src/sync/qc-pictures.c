/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-pictures.h. Which ones are not here is found on a thread; then each is asked for, judged and kept. Main
 * context.
 */
#include "qc-pictures.h"

#include <sys/stat.h>

#include "qc-store-attachments.h"
#include "qc-sync-error.h"

#define WIDTH   4   /* pictures at once */
#define TIMEOUT 120 /* seconds for one */

typedef struct {
  char *digest; /* (owned) */
  gint64 size;
} Wanted;

typedef struct {
  char *folder, *path; /* (owned) data folder; of the application's pictures */
  GPtrArray *wanted;   /* (owned) Wanted: of each digest one; those that are not here, once that is known */
  guint next, active;
  QcUploadProgress so_far;
  QcPicturesProgressFunc progress;
  gpointer progress_data;
  GError *error; /* (owned) (nullable) the first one */
} Fetch;

static void
wanted_free (Wanted *wanted)
{
  g_free (wanted->digest);
  g_free (wanted);
}

static void
fetch_free (Fetch *f)
{
  g_free (f->folder);
  g_free (f->path);
  g_ptr_array_unref (f->wanted);
  g_clear_error (&f->error);
  g_free (f);
}

/* One picture on its way. */
typedef struct {
  GTask *task;          /* (owned) */
  const Wanted *wanted; /* borrowed from the task */
  GBytes *bytes;        /* (owned) (nullable) */
} Way;

static void begin_more (GTask *task);

/* Takes @way. */
static void
end_way (Way *way)
{
  g_autoptr (GTask) task = way->task;
  Fetch *f = g_task_get_task_data (task);
  g_clear_pointer (&way->bytes, g_bytes_unref);
  g_free (way);
  f->active--;
  begin_more (task);
}

/* Takes @way and @error: nothing more is begun. */
static void
fail_way (Way *way, GError *error)
{
  Fetch *f = g_task_get_task_data (way->task);
  if (f->error == NULL)
    f->error = error;
  else
    g_error_free (error);
  end_way (way);
}

/* FALSE without an error: it is another one. */
static void
keep_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Way *way = data;
  const Fetch *f = g_task_get_task_data (way->task);
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, way->bytes);
  GError *error = NULL;
  if (!g_str_equal (digest, way->wanted->digest))
    g_task_return_boolean (task, FALSE);
  else if (qc_store_attachment_keep (f->folder, digest, way->bytes, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Way *way = user_data;
  Fetch *f = g_task_get_task_data (way->task);
  GError *error = NULL;
  gboolean good = g_task_propagate_boolean (G_TASK (result), &error);
  if (good) {
    f->so_far.there++;
    f->so_far.sent += way->wanted->size;
    if (f->progress != NULL)
      f->progress (&f->so_far, f->progress_data);
  }
  if (error != NULL)
    fail_way (way, error);
  else
    end_way (way);
}

static gboolean
is_gone (const GError *error)
{
  const QcProblem *problem = qc_sync_error_get_problem (error);
  return g_error_matches (error, QC_SYNC_ERROR, QC_SYNC_ERROR_TOO_LARGE)
         || (problem != NULL && g_str_equal (problem->code, QC_PROBLEM_NOT_FOUND));
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Way *way = user_data;
  GError *error = NULL;
  g_autoptr (QcAnswer) answer = qc_tokens_send_finish (QC_TOKENS (source), result, &error);
  if (answer == NULL && is_gone (error)) {
    g_error_free (error);
    end_way (way);
  } else if (answer == NULL) {
    fail_way (way, error);
  } else {
    way->bytes = g_bytes_ref (answer->body);
    g_autoptr (GTask) task = g_task_new (NULL, NULL, kept_cb, way);
    g_task_set_task_data (task, way, NULL);
    g_task_run_in_thread (task, keep_thread);
  }
}

static void
fetch_one (GTask *task, const Wanted *wanted)
{
  Fetch *f = g_task_get_task_data (task);
  g_autofree char *path = g_strconcat (f->path, wanted->digest, NULL);
  QcRequest request = {.method = "GET",
                       .path = path,
                       .answer_type = QC_ATTACHMENT_TYPE,
                       .max_answer = (gsize)wanted->size,
                       .timeout = TIMEOUT};
  Way *way = g_new0 (Way, 1);
  way->task = g_object_ref (task);
  way->wanted = wanted;
  f->active++;
  qc_tokens_send_async (g_task_get_source_object (task), &request, g_task_get_cancellable (task), fetched_cb, way);
}

static void
begin_more (GTask *task)
{
  Fetch *f = g_task_get_task_data (task);
  while (f->error == NULL && f->active < WIDTH && f->next < f->wanted->len)
    fetch_one (task, g_ptr_array_index (f->wanted, f->next++));
  if (f->active > 0)
    return;
  if (f->error != NULL)
    g_task_return_error (task, g_steal_pointer (&f->error));
  else
    g_task_return_boolean (task, TRUE);
}

/* ---- which ones ---- */

static void
look_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Fetch *f = data;
  for (guint i = f->wanted->len; i > 0; i--) {
    const Wanted *wanted = g_ptr_array_index (f->wanted, i - 1);
    g_autofree char *path = qc_store_attachment_path (f->folder, wanted->digest);
    struct stat info;
    if (lstat (path, &info) == 0 && S_ISREG (info.st_mode) && info.st_size == wanted->size)
      g_ptr_array_remove_index (f->wanted, i - 1);
  }
  g_task_return_boolean (task, TRUE);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *f = g_task_get_task_data (task);
  f->so_far.pictures = f->wanted->len;
  for (guint i = 0; i < f->wanted->len; i++)
    f->so_far.size += ((const Wanted *)g_ptr_array_index (f->wanted, i))->size;
  if (!g_task_return_error_if_cancelled (task))
    begin_more (task);
}

void
qc_pictures_fetch_async (QcTokens *tokens, const char *folder, const char *unit, const char *serial,
                         const GPtrArray *attachments, QcPicturesProgressFunc progress, gpointer progress_data,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_TOKENS (tokens) && folder != NULL && unit != NULL && serial != NULL);
  GTask *task = g_task_new (tokens, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_pictures_fetch_async);
  g_autofree char *unit_part = g_uri_escape_string (unit, NULL, FALSE);
  g_autofree char *serial_part = g_uri_escape_string (serial, NULL, FALSE);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  Fetch *f = g_new0 (Fetch, 1);
  f->folder = g_strdup (folder);
  f->path = g_strdup_printf ("/api/v1/units/%s/applications/%s/attachments/", unit_part, serial_part);
  f->wanted = g_ptr_array_new_with_free_func ((GDestroyNotify)wanted_free);
  f->progress = progress;
  f->progress_data = progress_data;
  g_task_set_task_data (task, f, (GDestroyNotify)fetch_free);
  for (guint i = 0; i < attachments->len; i++) {
    const QcAttachment *a = g_ptr_array_index (attachments, i);
    if (!g_hash_table_add (seen, a->digest) || a->size <= 0 || a->size > QC_ATTACHMENT_MAX_SIZE)
      continue;
    Wanted *wanted = g_new (Wanted, 1);
    *wanted = (Wanted) {g_strdup (a->digest), a->size};
    g_ptr_array_add (f->wanted, wanted);
  }
  g_autoptr (GTask) look = g_task_new (NULL, NULL, looked_cb, task);
  g_task_set_task_data (look, f, NULL);
  g_task_run_in_thread (look, look_thread);
}

gboolean
qc_pictures_fetch_finish (QcTokens *tokens, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, tokens), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
