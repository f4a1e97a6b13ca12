/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Tasks that wait for the same thing. Each has a source on its cancellable. Main context.
 */
#include "qc-waiters.h"

struct _QcWaiters {
  GPtrArray *waiting; /* (owned) Waiter */
  gboolean under_way;
};

typedef struct {
  QcWaiters *waiters; /* borrowed */
  GTask *task;        /* (owned) (nullable) NULL = gone */
  GSource *source;    /* (owned) (nullable) */
} Waiter;

static void
waiter_free (gpointer data)
{
  Waiter *waiter = data;
  if (waiter->source)
    g_source_destroy (waiter->source);
  g_clear_pointer (&waiter->source, g_source_unref);
  g_clear_object (&waiter->task);
  g_free (waiter);
}

QcWaiters *
qc_waiters_new (void)
{
  QcWaiters *waiters = g_new0 (QcWaiters, 1);
  waiters->waiting = g_ptr_array_new_with_free_func (waiter_free);
  return waiters;
}

void
qc_waiters_free (QcWaiters *waiters)
{
  g_ptr_array_unref (waiters->waiting);
  g_free (waiters);
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Waiter *waiter = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&waiter->task);
  g_ptr_array_remove (waiter->waiters->waiting, waiter);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

gboolean
qc_waiters_add (QcWaiters *waiters, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Waiter *waiter = g_new0 (Waiter, 1);
  waiter->waiters = waiters;
  waiter->task = task;
  if (cancellable) {
    waiter->source = g_cancellable_source_new (cancellable);
    g_source_set_callback (waiter->source, G_SOURCE_FUNC (cancelled_cb), waiter, NULL);
    g_source_attach (waiter->source, g_task_get_context (task));
  }
  g_ptr_array_add (waiters->waiting, waiter);
  gboolean first = !waiters->under_way;
  waiters->under_way = TRUE;
  return first;
}

gboolean
qc_waiters_is_under_way (QcWaiters *waiters)
{
  return waiters->under_way;
}

GPtrArray *
qc_waiters_take (QcWaiters *waiters)
{
  GPtrArray *tasks = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiters->waiting->len; i++)
    g_ptr_array_add (tasks, g_steal_pointer (&((Waiter *)g_ptr_array_index (waiters->waiting, i))->task));
  g_ptr_array_set_size (waiters->waiting, 0);
  waiters->under_way = FALSE;
  return tasks;
}
