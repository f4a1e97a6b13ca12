/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. A thread waits for each process; the pool of them is what bounds their number. Main thread.
 */
#include "qc-picture-desk.h"

#include <fcntl.h>
#include <unistd.h>

struct _QcPictureDesk {
  GThreadPool *pool; /* (owned) */
};

typedef struct {
  char *path; /* (owned) (nullable) */
  int fd;     /* (owned) -1 = none yet */
  guint turn;
  gsize most;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;
  if (job->fd >= 0)
    close (job->fd);
  g_free (job->path);
  g_free (job);
}

static void
prepare_thread (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  if (g_task_return_error_if_cancelled (task))
    return;
  if (job->fd < 0)
    job->fd = qc_reader_open_picture (job->path, &error);
  QcPicture *picture = NULL;
  if (job->fd >= 0)
    picture = qc_reader_prepare_picture (job->fd, job->turn, job->most, g_task_get_cancellable (task), &error);
  if (picture != NULL)
    g_task_return_pointer (task, picture, (GDestroyNotify)qc_picture_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

QcPictureDesk *
qc_picture_desk_new (void)
{
  QcPictureDesk *desk = g_new0 (QcPictureDesk, 1);
  desk->pool = g_thread_pool_new (prepare_thread, NULL, (int)g_get_num_processors (), FALSE, NULL);
  return desk;
}

void
qc_picture_desk_free (QcPictureDesk *desk)
{
  if (desk == NULL)
    return;
  g_thread_pool_free (desk->pool, FALSE, FALSE);
  g_free (desk);
}

static void
hand_in (QcPictureDesk *desk, Job *job, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, hand_in);
  g_task_set_task_data (task, job, job_free);
  g_thread_pool_push (desk->pool, task, NULL);
}

void
qc_picture_desk_prepare_async (QcPictureDesk *desk, const char *path, guint turn, gsize most, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (desk != NULL && path != NULL && turn % 90 == 0);
  Job *job = g_new (Job, 1);
  *job = (Job) {g_strdup (path), -1, turn, most};
  hand_in (desk, job, cancellable, callback, user_data);
}

void
qc_picture_desk_prepare_fd_async (QcPictureDesk *desk, int fd, guint turn, gsize most, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (desk != NULL && fd >= 0 && turn % 90 == 0);
  Job *job = g_new (Job, 1);
  *job = (Job) {NULL, fcntl (fd, F_DUPFD_CLOEXEC, 3), turn, most};
  if (job->fd < 0)
    job->path = g_strdup_printf ("/proc/self/fd/%d", fd);
  hand_in (desk, job, cancellable, callback, user_data);
}

QcPicture *
qc_picture_desk_prepare_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
