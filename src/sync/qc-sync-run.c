/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One round: token → greeting → push → pull, each beginning when the one before it has ended well. Main context.
 */
#include "qc-sync-run.h"

#include "qc-store-cursors.h"
#include "qc-store-keys.h"
#include "qc-store-outbox.h"

typedef struct {
  QcTokens *tokens;     /* (owned) */
  QcDatabase *database; /* (owned) */
  QcOutbox *outbox;     /* (owned) */
  char *profile;        /* (owned) */
  char *unit;           /* (owned) (nullable) */
  QcPullProgressFunc progress;
  gpointer progress_data;
  gboolean wake;
  gint64 next_due;
} Run;

static void
run_free (Run *run)
{
  g_object_unref (run->tokens);
  g_object_unref (run->database);
  g_object_unref (run->outbox);
  g_free (run->profile);
  g_free (run->unit);
  g_free (run);
}

static void
return_done (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  g_task_return_pointer (task, g_memdup2 (&run->next_due, sizeof run->next_due), g_free);
}

static void
pulled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  if (qc_pull_finish (QC_TOKENS (source), result, NULL, &error))
    return_done (task);
  else
    g_task_return_error (task, error);
}

static void
pushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  if (!qc_outbox_push_finish (QC_OUTBOX (source), result, &run->next_due, &error))
    g_task_return_error (task, error);
  else if (run->unit == NULL)
    return_done (task);
  else
    qc_pull_async (run->tokens, run->database, run->profile, run->unit, NULL, NULL, run->progress, run->progress_data,
                   g_task_get_cancellable (task), pulled_cb, g_object_ref (task));
}

/* ---- the center's signing keys ---- */

typedef struct {
  char *profile;   /* (owned) */
  GPtrArray *keys; /* (owned) QcStoreKey */
} Keys;

static void
keys_free (Keys *keys)
{
  g_free (keys->profile);
  g_ptr_array_unref (keys->keys);
  g_free (keys);
}

static gpointer
put_keys (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Keys *keys = data;
  return qc_store_keys_put (connection, keys->profile, keys->keys, error) ? QC_DATABASE_DONE : NULL;
}

static void
keys_put_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  if (!qc_database_finish (QC_DATABASE (source), result, &error))
    g_message ("signing keys: %s", error->message);
}

static void
add_key (GPtrArray *keys, const QcWireKey *wire)
{
  QcStoreKey *key = g_new0 (QcStoreKey, 1);
  key->id = g_strdup (wire->id);
  key->algorithm = g_strdup (wire->algorithm);
  key->public_key = g_strdup (wire->public_key);
  key->from = wire->from;
  key->until = wire->until;
  g_ptr_array_add (keys, key);
}

/* The profile's own, then what the center (known by then) says: a known id never gets another key. */
static void
keep_keys (Run *run)
{
  QcTransport *transport = qc_tokens_get_transport (run->tokens);
  QcProfile *profile = qc_transport_get_profile (transport);
  const QcWireCenter *center = qc_transport_get_center (transport);
  Keys *keys = g_new0 (Keys, 1);
  keys->profile = g_strdup (run->profile);
  keys->keys = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_store_key_free);
  for (guint i = 0; i < qc_profile_get_n_keys (profile); i++)
    add_key (keys->keys, qc_profile_get_key (profile, i));
  for (guint i = 0; center && center->keys && i < center->keys->len; i++)
    add_key (keys->keys, g_ptr_array_index (center->keys, i));
  qc_database_write_async (run->database, "keys.put", put_keys, keys, (GDestroyNotify)keys_free, NULL, NULL,
                           keys_put_cb, NULL);
}

static void
greeted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  if (!qc_transport_greet_finish (QC_TRANSPORT (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  keep_keys (run);
  qc_outbox_push_async (run->outbox, run->wake, g_task_get_cancellable (task), pushed_cb, g_object_ref (task));
}

static void
got_token_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autofree char *token = qc_tokens_get_finish (QC_TOKENS (source), result, &error);
  if (token == NULL)
    g_task_return_error (task, error);
  else
    qc_transport_greet_async (qc_tokens_get_transport (QC_TOKENS (source)), g_task_get_cancellable (task), greeted_cb,
                              g_object_ref (task));
}

/* Takes @task. */
static void
get_token (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  qc_transport_forget_center (qc_tokens_get_transport (run->tokens)); /* its date may have moved */
  qc_tokens_get_async (run->tokens, g_task_get_cancellable (task), got_token_cb, task);
}

static void
recovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  if (qc_outbox_recover_finish (QC_OUTBOX (source), result, &error))
    get_token (g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

void
qc_sync_run_async (QcTokens *tokens, QcDatabase *database, QcOutbox *outbox, const char *profile, const char *unit,
                   gboolean wake, QcPullProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                   GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);
  run->tokens = g_object_ref (tokens);
  run->database = g_object_ref (database);
  run->outbox = g_object_ref (outbox);
  run->profile = g_strdup (profile);
  run->unit = g_strdup (unit);
  run->wake = wake;
  run->progress = progress;
  run->progress_data = progress_data;
  g_task_set_source_tag (task, qc_sync_run_async);
  g_task_set_task_data (task, run, (GDestroyNotify)run_free);
  qc_outbox_recover_async (outbox, NULL, recovered_cb, task);
}

gboolean
qc_sync_run_finish (GAsyncResult *result, gint64 *out_next_due, GError **error)
{
  g_autofree gint64 *due = g_task_propagate_pointer (G_TASK (result), error);
  if (due)
    *out_next_due = *due;
  return due != NULL;
}

/* ---- figures ---- */

typedef struct {
  char *profile, *unit; /* (owned); unit (nullable) */
} FiguresQuery;

static void
figures_query_free (FiguresQuery *query)
{
  g_free (query->profile);
  g_free (query->unit);
  g_free (query);
}

static gpointer
read_figures (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  FiguresQuery *query = data;
  g_autofree QcSyncFigures *figures = g_new0 (QcSyncFigures, 1);
  if (query->unit && !qc_store_cursor_as_of (connection, query->profile, query->unit, &figures->as_of, error))
    return NULL;
  gint64 counts[QC_N_STORE_OUTBOX_STATES] = {0};
  if (!qc_store_outbox_counts (connection, query->profile, NULL, counts, error))
    return NULL;
  figures->waiting = (guint)(counts[QC_STORE_OUTBOX_QUEUED] + counts[QC_STORE_OUTBOX_SENDING]
                             + counts[QC_STORE_OUTBOX_UNKNOWN] + counts[QC_STORE_OUTBOX_HELD]);
  return g_steal_pointer (&figures);
}

static void
figures_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gpointer figures = qc_database_finish (QC_DATABASE (source), result, &error);
  if (figures)
    g_task_return_pointer (task, figures, g_free);
  else
    g_task_return_error (task, error);
}

void
qc_sync_figures_async (QcDatabase *database, const char *profile, const char *unit, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  FiguresQuery *query = g_new0 (FiguresQuery, 1);
  query->profile = g_strdup (profile);
  query->unit = g_strdup (unit);
  qc_database_read_async (database, "sync.figures", read_figures, query, (GDestroyNotify)figures_query_free, g_free,
                          cancellable, figures_read_cb, g_task_new (NULL, cancellable, callback, user_data));
}

gboolean
qc_sync_figures_finish (GAsyncResult *result, QcSyncFigures *out, GError **error)
{
  g_autofree QcSyncFigures *figures = g_task_propagate_pointer (G_TASK (result), error);
  if (figures)
    *out = *figures;
  return figures != NULL;
}
