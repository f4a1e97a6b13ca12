/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pulling feeds as a pipeline of two places: one page is being applied on the writer's thread while the next is fetched
 * and decoded (on a worker). One function, step(), decides what happens next; an error lets what is under way end
 * first, so that nothing is applied after the pull was said to be over. Main context.
 */
#include "qc-pull.h"

#include <glib/gi18n-lib.h>

#include "qc-store-cursors.h"
#include "qc-wire-page.h"

#define PAGE_ROWS    1000
#define MAX_RESTARTS 2 /* of one feed, by an expired cursor */
#define MAX_PAGES    2000
#define MAX_SECONDS  (15 * 60)

typedef struct {
  QcDatabase *database; /* (owned) */
  char *profile, *unit; /* (owned) */
  gboolean wanted[QC_N_FEEDS];
  QcPullProgressFunc progress;
  gpointer progress_data;
  guint max_pages;
  gint64 until; /* monotonic */

  int feed;           /* the one being pulled, −1 before the first */
  gboolean feed_open; /* its cursor is known */
  char *cursor;       /* (owned) (nullable) of the page to fetch next */
  gboolean more;      /* there is a page to fetch */
  gboolean full;
  gboolean restart; /* the cursor has expired */
  guint restarts;
  gint64 rows, total; /* of this feed, applied */
  guint pages;        /* of this feed, fetched */
  gint64 fetched;     /* rows, since its start */
  gint64 told;        /* how many rows there are, as its start said, −1 = not at all */
  GHashTable *seen;   /* (owned) its cursors */

  gboolean fetching; /* fetching or decoding */
  gboolean applying;
  gboolean busy;     /* reading or resetting the cursor */
  QcWirePage *ready; /* (owned) (nullable) decoded, waits to be applied */
  GError *error;     /* (owned) (nullable) */
  QcPullResult result;
} Pull;

static void
pull_free (Pull *p)
{
  g_clear_object (&p->database);
  g_clear_pointer (&p->ready, qc_wire_page_free);
  g_clear_error (&p->error);
  g_hash_table_unref (p->seen);
  g_free (p->profile);
  g_free (p->unit);
  g_free (p->cursor);
  g_free (p);
}

static void step (GTask *task);

static void
take_error (Pull *p, GError *error)
{
  if (p->error == NULL)
    p->error = error;
  else
    g_error_free (error);
}

/* ---- applying: the writer's thread ---- */

typedef struct {
  char *profile, *unit; /* (owned) */
  QcWirePage *page;     /* (owned) */
} Apply;

static void
apply_free (Apply *apply)
{
  g_free (apply->profile);
  g_free (apply->unit);
  qc_wire_page_free (apply->page);
  g_free (apply);
}

static gpointer
apply_page (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Apply *apply = data;
  const GArray *rows = apply->page->rows;
  gboolean good = qc_store_apply_page (connection, apply->profile, apply->unit, apply->page->feed,
                                       (const QcFeedRow *)rows->data, rows->len, apply->page->cursor, apply->page->more,
                                       g_get_real_time () / G_USEC_PER_SEC, error);
  return good ? QC_DATABASE_DONE : NULL;
}

static void
tell_progress (Pull *p)
{
  if (p->progress == NULL)
    return;
  QcPullProgress progress = {
      .feed = qc_feed_to_code ((QcFeed)p->feed),
      .feed_index = (guint)p->feed,
      .n_feeds = QC_N_FEEDS,
      .rows = p->rows,
      .total = p->full ? p->total : -1,
      .full = p->full,
  };
  p->progress (&progress, p->progress_data);
}

typedef struct {
  GTask *task; /* (owned) */
  guint rows;
  gint64 total;
} Applying;

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Applying *applying = user_data;
  g_autoptr (GTask) task = applying->task;
  Pull *p = g_task_get_task_data (task);
  p->applying = FALSE;
  GError *error = NULL;
  if (!qc_database_finish (QC_DATABASE (source), result, &error)) {
    take_error (p, error);
  } else {
    p->rows += applying->rows;
    p->result.rows += applying->rows;
    p->result.changed[p->feed] += applying->rows;
    if (applying->total >= 0)
      p->total = applying->total;
    tell_progress (p);
  }
  step (task);
}

static void
apply (GTask *task)
{
  Pull *p = g_task_get_task_data (task);
  Apply *data = g_new0 (Apply, 1);
  Applying *applying = g_new0 (Applying, 1);
  data->profile = g_strdup (p->profile);
  data->unit = g_strdup (p->unit);
  data->page = g_steal_pointer (&p->ready);
  applying->task = g_object_ref (task);
  applying->rows = data->page->rows->len;
  applying->total = data->page->total;
  p->applying = TRUE;
  qc_database_write_async (p->database, "pull.page", apply_page, data, (GDestroyNotify)apply_free, NULL,
                           g_task_get_cancellable (task), applied_cb, applying);
}

/* ---- fetching ---- */

/* A worker's job: bytes → page. */
typedef struct {
  GBytes *bytes; /* (owned) */
  QcFeed feed;
} Decode;

static void
decode_free (Decode *decode)
{
  g_bytes_unref (decode->bytes);
  g_free (decode);
}

static void
decode_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Decode *decode = data;
  g_autoptr (GError) fault = NULL;
  QcWirePage *page = qc_wire_decode_page (decode->bytes, decode->feed, &fault);
  if (page)
    g_task_return_pointer (task, page, (GDestroyNotify)qc_wire_page_free);
  else
    g_task_return_error (task, qc_sync_error_new_bad_answer (fault->message));
}

/* The feed is pulled from where its cursor is. */
static void
begin_counting (Pull *p)
{
  p->rows = p->fetched = 0;
  p->total = p->told = -1;
  g_hash_table_remove_all (p->seen);
}

/* Why @page is not taken: what it leads to would have no end. NULL = all is well. */
static const char *
find_fault (Pull *p, const QcWirePage *page)
{
  if (p->told < 0)
    p->told = page->total;
  p->fetched += page->rows->len;
  /* what changes while it is pulled comes once more: all of it when a remittance is booked */
  if (p->told >= 0 && p->fetched > 2 * p->told + PAGE_ROWS)
    return "more rows come than were announced";
  if (!page->more)
    return NULL;
  if (page->rows->len == 0)
    return "more pages are announced, none comes";
  if (!g_hash_table_add (p->seen, g_strdup (page->cursor)))
    return "a cursor comes back";
  return ++p->pages < p->max_pages ? NULL : "the pages have no end";
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Pull *p = g_task_get_task_data (task);
  GError *error = NULL;
  QcWirePage *page = g_task_propagate_pointer (G_TASK (result), &error);
  p->fetching = FALSE;
  const char *fault;
  if (page == NULL) {
    take_error (p, error);
  } else if ((fault = find_fault (p, page)) != NULL) {
    take_error (p, qc_sync_error_new_bad_answer (fault));
    qc_wire_page_free (page);
  } else {
    p->ready = page;
    p->more = page->more;
    g_free (p->cursor);
    p->cursor = g_strdup (page->cursor);
  }
  step (task);
}

static gboolean
is_expired (const GError *error)
{
  const QcProblem *problem = qc_sync_error_get_problem (error);
  return problem != NULL && problem->status == 410 && g_strcmp0 (problem->code, QC_PROBLEM_CURSOR_EXPIRED) == 0;
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Pull *p = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (QcAnswer) answer = qc_tokens_send_finish (QC_TOKENS (source), result, &error);
  if (answer == NULL) {
    p->fetching = FALSE;
    if (is_expired (error) && p->cursor != NULL && p->restarts < MAX_RESTARTS) {
      g_error_free (error);
      p->restart = TRUE;
      p->more = FALSE;
    } else {
      take_error (p, error);
    }
    step (task);
    return;
  }
  Decode *decode = g_new0 (Decode, 1);
  decode->bytes = g_steal_pointer (&answer->body);
  answer->body = g_bytes_new_static ("", 0);
  decode->feed = (QcFeed)p->feed;
  g_autoptr (GTask) job = g_task_new (NULL, NULL, decoded_cb, g_steal_pointer (&task));
  g_task_set_task_data (job, decode, (GDestroyNotify)decode_free);
  g_task_run_in_thread (job, decode_thread);
}

static void
fetch (GTask *task)
{
  Pull *p = g_task_get_task_data (task);
  g_autofree char *unit = g_uri_escape_string (p->unit, NULL, FALSE);
  g_autofree char *cursor = p->cursor ? g_uri_escape_string (p->cursor, NULL, FALSE) : NULL;
  g_autofree char *path
      = g_strdup_printf ("/api/v1/units/%s/feeds/%s?limit=%d%s%s", unit, qc_feed_to_code ((QcFeed)p->feed), PAGE_ROWS,
                         cursor ? "&cursor=" : "", cursor ? cursor : "");
  QcRequest request = {.method = "GET", .path = path, .timeout = 60};
  p->fetching = TRUE;
  qc_tokens_send_async (g_task_get_source_object (task), &request, g_task_get_cancellable (task), fetched_cb,
                        g_object_ref (task));
}

/* ---- the cursor ---- */

typedef struct {
  char *profile, *unit; /* (owned) */
  QcFeed feed;
} CursorKey;

static CursorKey *
cursor_key_new (Pull *p)
{
  CursorKey *key = g_new0 (CursorKey, 1);
  key->profile = g_strdup (p->profile);
  key->unit = g_strdup (p->unit);
  key->feed = (QcFeed)p->feed;
  return key;
}

static void
cursor_key_free (CursorKey *key)
{
  g_free (key->profile);
  g_free (key->unit);
  g_free (key);
}

static void
cursor_free (QcStoreCursor *cursor)
{
  qc_store_cursor_clear (cursor);
  g_free (cursor);
}

static gpointer
read_cursor (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  CursorKey *key = data;
  QcStoreCursor *cursor = g_new0 (QcStoreCursor, 1);
  if (qc_store_cursor_get (connection, key->profile, key->unit, key->feed, cursor, error))
    return cursor;
  cursor_free (cursor);
  return NULL;
}

static gpointer
reset_cursor (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  CursorKey *key = data;
  return qc_store_cursor_begin_full (connection, key->profile, key->unit, key->feed, error) ? QC_DATABASE_DONE : NULL;
}

static void
got_cursor_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Pull *p = g_task_get_task_data (task);
  GError *error = NULL;
  QcStoreCursor *cursor = qc_database_finish (QC_DATABASE (source), result, &error);
  p->busy = FALSE;
  if (cursor == NULL) {
    take_error (p, error);
  } else {
    g_free (p->cursor);
    p->cursor = g_strdup (cursor->cursor);
    if (p->cursor != NULL)
      g_hash_table_add (p->seen, g_strdup (p->cursor));
    p->full = cursor->full || cursor->cursor == NULL;
    p->more = p->feed_open = TRUE;
    cursor_free (cursor);
  }
  step (task);
}

static void
reset_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Pull *p = g_task_get_task_data (task);
  p->busy = FALSE;
  GError *error = NULL;
  if (!qc_database_finish (QC_DATABASE (source), result, &error))
    take_error (p, error);
  g_clear_pointer (&p->cursor, g_free);
  begin_counting (p);
  p->full = p->more = TRUE;
  step (task);
}

static void
begin_restart (GTask *task)
{
  Pull *p = g_task_get_task_data (task);
  p->restart = FALSE;
  p->restarts++;
  p->busy = TRUE;
  qc_database_write_async (p->database, "pull.restart", reset_cursor, cursor_key_new (p),
                           (GDestroyNotify)cursor_key_free, NULL, g_task_get_cancellable (task), reset_cb,
                           g_object_ref (task));
}

/* The next wanted feed, or the end. */
static void
next_feed (GTask *task)
{
  Pull *p = g_task_get_task_data (task);
  do
    p->feed++;
  while (p->feed < QC_N_FEEDS && !p->wanted[p->feed]);
  if (p->feed >= QC_N_FEEDS) {
    g_task_return_pointer (task, g_memdup2 (&p->result, sizeof p->result), g_free);
    return;
  }
  p->feed_open = FALSE;
  p->restarts = p->pages = 0;
  begin_counting (p);
  p->busy = TRUE;
  qc_database_read_async (p->database, "pull.cursor", read_cursor, cursor_key_new (p), (GDestroyNotify)cursor_key_free,
                          (GDestroyNotify)cursor_free, g_task_get_cancellable (task), got_cursor_cb,
                          g_object_ref (task));
}

/* Decides what to do now; called after everything that happened. */
static void
step (GTask *task)
{
  Pull *p = g_task_get_task_data (task);
  if (p->busy)
    return;
  if (p->more && p->error == NULL && !p->fetching && g_get_monotonic_time () >= p->until)
    take_error (p, qc_sync_error_new (QC_SYNC_ERROR_TIMEOUT, "pull",
                                      _ ("The center did not answer in time. Qingce tries again by itself.")));
  if (p->error != NULL) {
    if (!p->fetching && !p->applying)
      g_task_return_error (task, g_steal_pointer (&p->error));
    return;
  }
  if (p->ready != NULL && !p->applying)
    apply (task);
  if (p->more && p->ready == NULL && !p->fetching)
    fetch (task);
  if (p->fetching || p->applying || p->ready != NULL)
    return;
  if (p->restart)
    begin_restart (task);
  else
    next_feed (task);
}

void
qc_pull_async (QcTokens *tokens, QcDatabase *database, const char *profile, const char *unit, const char *const *feeds,
               const QcPullLimits *limits, QcPullProgressFunc progress, gpointer progress_data,
               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_TOKENS (tokens) && QC_IS_DATABASE (database) && profile != NULL && unit != NULL);
  g_autoptr (GTask) task = g_task_new (tokens, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_pull_async);
  g_task_set_check_cancellable (task, FALSE);
  Pull *p = g_new0 (Pull, 1);
  p->database = g_object_ref (database);
  p->profile = g_strdup (profile);
  p->unit = g_strdup (unit);
  p->progress = progress;
  p->progress_data = progress_data;
  p->max_pages = limits && limits->pages ? limits->pages : MAX_PAGES;
  p->until
      = g_get_monotonic_time () + (limits && limits->seconds ? limits->seconds : MAX_SECONDS) * (gint64)G_USEC_PER_SEC;
  p->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  p->feed = -1;
  for (guint i = 0; i < QC_N_FEEDS; i++)
    p->wanted[i] = feeds == NULL || g_strv_contains (feeds, qc_feed_to_code ((QcFeed)i));
  g_task_set_task_data (task, p, (GDestroyNotify)pull_free);
  step (task);
}

gboolean
qc_pull_finish (QcTokens *tokens, GAsyncResult *result, QcPullResult *out, GError **error)
{
  g_autofree QcPullResult *figures = g_task_propagate_pointer (G_TASK (result), error);
  if (figures && out)
    *out = *figures;
  return figures != NULL;
}
