/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-lines.h: where it stands is read, then one page after the other is fetched, decoded on a worker, and kept.
 * Main context.
 */
#include "qc-lines.h"

#include "qc-store-lines.h"
#include "qc-wire-attachment.h"
#include "qc-wire-fact.h"
#include "qc-wire-line.h"
#include "qc-wire-return.h"
#include "qc-wire-submission.h"

#define MAX_PAGES 1000 /* of 1,000 lines each there are 250 at most */

typedef struct {
  QcDatabase *database; /* (owned) */
  char *profile, *unit; /* (owned) */
  char *serial;         /* (owned) */
  QcBusiness business;
  gboolean returned;
  gint64 created, now;
  QcLinesProgressFunc progress;
  gpointer progress_data;
  char *cursor; /* (owned) (nullable) of the page that is fetched */
  gint64 last;  /* id of the last line */
  gint64 lines; /* here so far */
  guint pages;
} Fetch;

static void
fetch_free (Fetch *f)
{
  g_clear_object (&f->database);
  g_free (f->profile);
  g_free (f->unit);
  g_free (f->serial);
  g_free (f->cursor);
  g_free (f);
}

static void fetch_page (GTask *task);

/* ---- keeping: the writer's thread ---- */

typedef struct {
  Fetch *fetch;      /* borrowed: the task waits for this */
  QcWireLines *page; /* (owned) */
} Keep;

static void
keep_free (Keep *keep)
{
  qc_wire_lines_free (keep->page);
  g_free (keep);
}

/* @text: (transfer full) */
static void
add_beside (GArray *lines, gint64 id, char *text)
{
  QcStoreLine row = {id, text};
  g_array_append_val (lines, row);
}

static gpointer
keep_page (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Keep *keep = data;
  Fetch *f = keep->fetch;
  const GPtrArray *from = keep->page->lines;
  g_autoptr (GArray) lines = g_array_sized_new (FALSE, FALSE, sizeof (QcStoreLine), from->len);
  g_array_set_clear_func (lines, (GDestroyNotify)qc_store_line_clear);
  if (keep->page->facts->len > 0)
    add_beside (lines, QC_STORE_LINE_FACTS, qc_wire_facts_to_text (keep->page->facts));
  if (keep->page->reasons->len > 0)
    add_beside (lines, QC_STORE_LINE_REASONS, qc_wire_reasons_to_text (keep->page->reasons));
  if (keep->page->attachments->len > 0)
    add_beside (lines, QC_STORE_LINE_ATTACHMENTS, qc_wire_attachments_to_text (keep->page->attachments));
  for (guint i = 0; i < from->len; i++) {
    const QcRosterLine *line = g_ptr_array_index (from, i);
    QcStoreLine row = {line->id, qc_wire_line_to_text (line)};
    g_array_append_val (lines, row);
  }
  return qc_store_lines_put (connection, f->profile, f->unit, f->serial, f->created, lines, f->cursor,
                             keep->page->cursor, f->now, error)
             ? QC_DATABASE_DONE
             : NULL;
}

typedef struct {
  GTask *task;  /* (owned) */
  char *cursor; /* (owned) (nullable) of the page behind */
  guint n_lines;
} Kept;

static void
kept_free (Kept *kept)
{
  g_object_unref (kept->task);
  g_free (kept->cursor);
  g_free (kept);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Kept, kept_free)

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Kept) kept = user_data;
  Fetch *f = g_task_get_task_data (kept->task);
  GError *error = NULL;
  if (!qc_database_finish (QC_DATABASE (source), result, &error)) {
    g_task_return_error (kept->task, error);
    return;
  }
  g_free (f->cursor);
  f->cursor = g_steal_pointer (&kept->cursor);
  f->lines += kept->n_lines;
  if (f->progress)
    f->progress (f->lines, f->progress_data);
  if (f->cursor)
    fetch_page (kept->task);
  else
    g_task_return_boolean (kept->task, TRUE);
}

/* ---- fetching ---- */

/* Why @page is not taken. NULL = all is well. */
static const char *
find_fault (Fetch *f, const QcWireLines *page)
{
  if (page->facts->len + page->reasons->len + page->attachments->len > 0 && f->cursor)
    return "facts come behind the first page";
  if (page->lines->len > 0) {
    const QcRosterLine *first = g_ptr_array_index (page->lines, 0);
    const QcRosterLine *last = g_ptr_array_index (page->lines, page->lines->len - 1);
    if (first->id <= f->last)
      return "a page begins before the last one ends";
    f->last = last->id;
  }
  if (f->lines + page->lines->len > QC_SUBMISSION_MAX_LINES)
    return "more lines come than a roster can have";
  return ++f->pages < MAX_PAGES || !page->cursor ? NULL : "the pages have no end";
}

typedef struct {
  GBytes *bytes; /* (owned) */
  QcBusiness business;
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
  QcWireLines *page = qc_wire_decode_lines (decode->bytes, decode->business, &fault);
  if (page)
    g_task_return_pointer (task, page, (GDestroyNotify)qc_wire_lines_free);
  else
    g_task_return_error (task, qc_sync_error_new_bad_answer (fault->message));
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *f = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (QcWireLines) page = g_task_propagate_pointer (G_TASK (result), &error);
  const char *fault = page ? find_fault (f, page) : NULL;
  if (!page || fault) {
    g_task_return_error (task, fault ? qc_sync_error_new_bad_answer (fault) : error);
    return;
  }
  Kept *kept = g_new0 (Kept, 1);
  kept->task = g_object_ref (task);
  kept->cursor = g_strdup (page->cursor);
  kept->n_lines = page->lines->len;
  Keep *keep = g_new0 (Keep, 1);
  keep->fetch = f;
  keep->page = g_steal_pointer (&page);
  qc_database_write_async (f->database, "lines.page", keep_page, keep, (GDestroyNotify)keep_free, NULL,
                           g_task_get_cancellable (task), kept_cb, kept);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *f = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (QcAnswer) answer = qc_tokens_send_finish (QC_TOKENS (source), result, &error);
  if (answer == NULL) {
    g_task_return_error (task, error);
    return;
  }
  Decode *decode = g_new0 (Decode, 1);
  decode->bytes = g_bytes_ref (answer->body);
  decode->business = f->business;
  g_autoptr (GTask) job = g_task_new (NULL, NULL, decoded_cb, g_steal_pointer (&task));
  g_task_set_task_data (job, decode, (GDestroyNotify)decode_free);
  g_task_run_in_thread (job, decode_thread);
}

static void
fetch_page (GTask *task)
{
  Fetch *f = g_task_get_task_data (task);
  g_autofree char *unit = g_uri_escape_string (f->unit, NULL, FALSE);
  g_autofree char *serial = g_uri_escape_string (f->serial, NULL, FALSE);
  g_autofree char *cursor = f->cursor ? g_uri_escape_string (f->cursor, NULL, FALSE) : NULL;
  g_autofree char *path = g_strdup_printf ("/api/v1/units/%s/applications/%s/lines%s%s", unit, serial,
                                           cursor ? "?cursor=" : "", cursor ? cursor : "");
  QcRequest request = {.method = "GET", .path = path};
  qc_tokens_send_async (g_task_get_source_object (task), &request, g_task_get_cancellable (task), fetched_cb,
                        g_object_ref (task));
}

/* ---- where it stands ---- */

typedef struct {
  QcStoreRoster roster;
  gint64 last, lines;
  gboolean reasons;
} Stand;

static void
stand_free (Stand *stand)
{
  qc_store_roster_clear (&stand->roster);
  g_free (stand);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stand, stand_free)

static gboolean
count_line (gint64 line, const char *facts, gpointer user_data)
{
  Stand *stand = user_data;
  stand->last = MAX (line, 0);
  stand->lines += line > QC_STORE_LINE_FACTS;
  stand->reasons |= line == QC_STORE_LINE_REASONS;
  return TRUE;
}

static gpointer
read_stand (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Fetch *f = data;
  g_autoptr (Stand) stand = g_new0 (Stand, 1);
  if (!qc_store_lines_get (connection, f->profile, f->unit, f->serial, f->created, &stand->roster, error)
      || (stand->roster.fetched
          && !qc_store_lines_each (connection, f->profile, f->unit, f->serial, count_line, stand, error)))
    return NULL;
  return g_steal_pointer (&stand);
}

static void
stand_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *f = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (Stand) stand = qc_database_finish (QC_DATABASE (source), result, &error);
  if (stand == NULL) {
    g_task_return_error (task, error);
    return;
  }
  if (f->returned && !stand->reasons) { /* kept before it was returned: from the beginning */
    fetch_page (task);
    return;
  }
  if (qc_store_roster_is_whole (&stand->roster)) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  f->cursor = g_steal_pointer (&stand->roster.cursor);
  f->last = stand->last;
  f->lines = stand->lines;
  fetch_page (task);
}

void
qc_lines_fetch_async (QcTokens *tokens, QcDatabase *database, const char *profile, const char *unit,
                      const QcApplication *application, gint64 now, QcLinesProgressFunc progress,
                      gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (QC_IS_TOKENS (tokens) && QC_IS_DATABASE (database) && profile != NULL && unit != NULL);
  g_autoptr (GTask) task = g_task_new (tokens, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_lines_fetch_async);
  Fetch *f = g_new0 (Fetch, 1);
  f->database = g_object_ref (database);
  f->profile = g_strdup (profile);
  f->unit = g_strdup (unit);
  f->serial = g_strdup (application->serial);
  f->business = application->business;
  f->returned = application->state == QC_STATE_RETURNED;
  f->created = application->created;
  f->now = now;
  f->progress = progress;
  f->progress_data = progress_data;
  g_task_set_task_data (task, f, (GDestroyNotify)fetch_free);
  qc_database_read_async (database, "lines.stand", read_stand, f, NULL, (GDestroyNotify)stand_free, cancellable,
                          stand_cb, g_object_ref (task));
}

gboolean
qc_lines_fetch_finish (QcTokens *tokens, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
