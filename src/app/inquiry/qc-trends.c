/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-trends.h. Main thread; reading on the reader thread.
 */
#include "qc-trends.h"

#include "qc-month.h"
#include "qc-session-private.h"
#include "qc-store-cursors.h"
#include "qc-store-inquiry.h"

#define MOST_STEPS 16
#define LEAST_STEP 10000 /* fen */

typedef struct {
  char *profile, *unit; /* (owned) */
  guint n_months;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;
  g_free (request->profile);
  g_free (request->unit);
  g_free (request);
}

void
qc_trends_free (QcTrends *trends)
{
  if (!trends)
    return;
  g_clear_pointer (&trends->months, g_array_unref);
  g_clear_pointer (&trends->bases, g_array_unref);
  g_free (trends);
}

/* 1, 2, 5, 10, 20 … hundreds of yuan: the first with which @width takes no more steps than there may be. */
static QcMoney
step_for (QcMoney least, QcMoney most)
{
  static const int factors[] = {1, 2, 5};
  for (QcMoney power = LEAST_STEP;; power *= 10)
    for (gsize i = 0; i < G_N_ELEMENTS (factors); i++) {
      QcMoney step = power * factors[i];
      if (most / step - least / step < MOST_STEPS)
        return step;
    }
}

GArray *
qc_trends_divide (const GArray *bases)
{
  GArray *steps = g_array_new (FALSE, TRUE, sizeof (QcTrendBases));
  QcMoney least = G_MAXINT64, most = 0;
  for (guint i = 0; i < bases->len; i++) {
    least = MIN (least, g_array_index (bases, QcMoney, i));
    most = MAX (most, g_array_index (bases, QcMoney, i));
  }
  if (bases->len == 0)
    return steps;
  QcMoney step = step_for (least, most), first = least / step;
  for (QcMoney n = first; n <= most / step; n++) {
    QcTrendBases one = {.from = n * step, .to = (n + 1) * step};
    g_array_append_val (steps, one);
  }
  for (guint i = 0; i < bases->len; i++)
    g_array_index (steps, QcTrendBases, (guint)(g_array_index (bases, QcMoney, i) / step - first)).people++;
  return steps;
}

static GArray *
read_months (QcConnection *connection, const Request *request, GError **error)
{
  g_autoptr (GArray) rows = qc_store_trends (connection, request->profile, request->unit, QC_MONTH_NONE, error);
  if (!rows)
    return NULL;
  GArray *months = g_array_new (FALSE, FALSE, sizeof (QcTrendMonth));
  guint n = request->n_months > 0 ? MIN (request->n_months, rows->len) : rows->len;
  for (guint i = rows->len - n; i < rows->len; i++) {
    const QcStoreTrend *row = &g_array_index (rows, QcStoreTrend, i);
    QcTrendMonth month = {row->month, row->people, row->joined, row->left, row->fen};
    g_array_append_val (months, month);
  }
  return months;
}

static gpointer
read_trends (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autoptr (QcTrends) trends = g_new0 (QcTrends, 1);
  g_autoptr (GArray) bases = qc_store_trend_bases (connection, request->profile, request->unit, error);
  trends->months = bases ? read_months (connection, request, error) : NULL;
  if (!trends->months || !qc_store_cursor_as_of (connection, request->profile, request->unit, &trends->as_of, error))
    return NULL;
  trends->bases = qc_trends_divide (bases);
  return g_steal_pointer (&trends);
}

static void
trends_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  QcTrends *trends = qc_database_finish (QC_DATABASE (source), result, &error);
  if (trends)
    g_task_return_pointer (task, trends, (GDestroyNotify)qc_trends_free);
  else
    g_task_return_error (task, error);
}

void
qc_trends_load_async (QcSession *session, guint n_months, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);
  g_task_set_source_tag (task, qc_trends_load_async);
  request->profile = g_strdup (qc_session_get_profile_id (session));
  request->unit = g_strdup (qc_session_get_unit_account (session));
  request->n_months = n_months;
  qc_database_read_async (qc_session_get_database (session), "trends", read_trends, request, request_free,
                          (GDestroyNotify)qc_trends_free, cancellable, trends_cb, g_object_ref (task));
}

QcTrends *
qc_trends_load_finish (QcSession *session, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
