/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. The threads take vouchers from the front of a queue; whichever thread comes first, one of them or the
 * one that draws, makes a code, since qc_voucher_get_code() makes it once.
 */
#include "qc-ahead.h"

#include "qc-voucher-private.h"

#define MAX_THREADS 8

struct _QcAhead {
  const QcVoucherSource *source; /* borrowed */
  guint asked;                   /* of the source, so far */
  GQueue ready;                  /* (owned) QcVoucher, in order, for who draws */
  GPtrArray *threads;            /* (owned) */
  GMutex mutex;
  GCond changed;
  GQueue waiting;   /* (owned) (mutex mutex) QcVoucher without code */
  gboolean is_over; /* (mutex mutex) */
};

/* (nullable) (transfer full): NULL when it is over */
static QcVoucher *
wait_for_work (QcAhead *ahead)
{
  g_mutex_lock (&ahead->mutex);
  while (!ahead->is_over && ahead->waiting.length == 0)
    g_cond_wait (&ahead->changed, &ahead->mutex);
  QcVoucher *voucher = NULL;
  if (!ahead->is_over)
    voucher = g_queue_pop_head (&ahead->waiting);
  g_mutex_unlock (&ahead->mutex);
  return voucher;
}

static gpointer
encode_thread (gpointer data)
{
  QcVoucher *voucher;
  while ((voucher = wait_for_work (data)) != NULL) {
    qc_voucher_get_code (voucher);
    qc_voucher_unref (voucher);
  }
  return NULL;
}

guint
qc_ahead_count_threads (guint n)
{
  guint n_processors = g_get_num_processors ();
  return n_processors < 2 || n < 2 ? 0 : MIN (MIN (n_processors, MAX_THREADS), n - 1);
}

/* One a processor, though another one draws, which is not to wait for codes. Without any it only takes longer. */
static void
start_threads (QcAhead *ahead)
{
  guint n = qc_ahead_count_threads (ahead->source->n);
  for (guint i = 0; i < n; i++) {
    GThread *thread = g_thread_try_new ("qr-ahead", encode_thread, ahead, NULL);
    if (thread != NULL)
      g_ptr_array_add (ahead->threads, thread);
  }
}

QcAhead *
qc_ahead_new (const QcVoucherSource *source)
{
  QcAhead *ahead = g_new0 (QcAhead, 1);
  ahead->source = source;
  ahead->threads = g_ptr_array_new ();
  g_queue_init (&ahead->ready);
  g_queue_init (&ahead->waiting);
  g_mutex_init (&ahead->mutex);
  g_cond_init (&ahead->changed);
  start_threads (ahead);
  return ahead;
}

void
qc_ahead_free (QcAhead *ahead)
{
  if (ahead == NULL)
    return;
  g_mutex_lock (&ahead->mutex);
  ahead->is_over = TRUE;
  g_cond_broadcast (&ahead->changed);
  g_mutex_unlock (&ahead->mutex);
  for (guint i = 0; i < ahead->threads->len; i++)
    g_thread_join (g_ptr_array_index (ahead->threads, i));
  g_ptr_array_unref (ahead->threads);
  g_queue_clear_full (&ahead->waiting, (GDestroyNotify)qc_voucher_unref);
  g_queue_clear_full (&ahead->ready, (GDestroyNotify)qc_voucher_unref);
  g_cond_clear (&ahead->changed);
  g_mutex_clear (&ahead->mutex);
  g_free (ahead);
}

/* What is older than the window was drawn already, with a code made by who drew it. */
static void
hand_out (QcAhead *ahead, QcVoucher *voucher)
{
  g_mutex_lock (&ahead->mutex);
  if (ahead->waiting.length >= QC_AHEAD_WINDOW)
    qc_voucher_unref (g_queue_pop_head (&ahead->waiting));
  g_queue_push_tail (&ahead->waiting, qc_voucher_ref (voucher));
  g_cond_signal (&ahead->changed);
  g_mutex_unlock (&ahead->mutex);
}

QcVoucher *
qc_ahead_next (QcAhead *ahead, GError **error)
{
  guint window = ahead->threads->len > 0 ? QC_AHEAD_WINDOW : 1;
  while (ahead->ready.length < window && ahead->asked < ahead->source->n) {
    QcVoucher *voucher = ahead->source->get (ahead->asked, ahead->source->user_data, error);
    if (voucher == NULL)
      return NULL;
    ahead->asked++;
    g_queue_push_tail (&ahead->ready, voucher);
    if (ahead->threads->len > 0)
      hand_out (ahead, voucher);
  }
  return g_queue_pop_head (&ahead->ready);
}
