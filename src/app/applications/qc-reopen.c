/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-reopen.h. First the bytes, then the rows: all of the new draft is one transaction, which takes what pictures
 * are here by then. Main context; SQL runs on the writer's thread.
 */
#include "qc-reopen.h"

#include <glib/gi18n-lib.h>
#include <sys/stat.h>

#include "qc-app-error.h"
#include "qc-draft-private.h"
#include "qc-pictures.h"
#include "qc-roster-service-private.h"
#include "qc-session-private.h"
#include "qc-store-drafts.h"
#include "qc-store-journal.h"
#include "qc-wire-line.h"
#include "qc-wire-return.h"

typedef struct {
  char *profile, *unit; /* (owned) */
  char *serial;         /* (owned) */
  char *actor;          /* (owned) (nullable) */
  char *folder;         /* (owned) where the bytes of pictures are kept */
  QcBusiness business;
  QcMethod method;
  QcRoster *roster;                 /* (owned) */
  GPtrArray *reasons, *attachments; /* (owned) */
  gint64 now;
  QcReopenProgressFunc progress; /* (nullable) */
  gpointer progress_data;
  guint lost; /* pictures */
} Request;

static void
request_free (Request *request)
{
  g_free (request->profile);
  g_free (request->unit);
  g_free (request->serial);
  g_free (request->actor);
  g_free (request->folder);
  qc_roster_free (request->roster);
  g_ptr_array_unref (request->reasons);
  g_ptr_array_unref (request->attachments);
  g_free (request);
}

/* (transfer full) */
static char *
dup_facts (const Request *request)
{
  g_autoptr (GHashTable) facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (facts, g_strdup (QC_FACT_REPLACES), g_strdup (request->serial));
  if (request->method != QC_METHOD_NONE)
    g_hash_table_insert (facts, g_strdup (QC_FACT_METHOD), g_strdup (qc_method_to_code (request->method)));
  for (guint i = 0; i < request->reasons->len; i++) {
    g_autoptr (GPtrArray) one = g_ptr_array_new ();
    g_ptr_array_add (one, g_ptr_array_index (request->reasons, i));
    g_hash_table_insert (facts, g_strdup_printf ("%s%u", QC_FACT_RETURNED, i), qc_wire_reasons_to_text (one));
  }
  return qc_draft_facts_to_json (facts);
}

/* (transfer full) */
static GArray *
dup_changes (const Request *request)
{
  GArray *changes = qc_store_changes_new ();
  for (guint i = 0; i < request->roster->lines->len; i++) {
    const QcRosterLine *line = g_ptr_array_index (request->roster->lines, i);
    QcStoreChange change = {.kind = QC_STORE_CHANGE_ADD_LINE, .line = line->id};
    change.person = g_strdup (qc_roster_line_identity (line));
    change.facts = qc_wire_line_to_text (line);
    g_array_append_val (changes, change);
  }
  return changes;
}

static gboolean
is_here (const Request *request, const QcAttachment *attachment)
{
  g_autofree char *path = qc_store_attachment_path (request->folder, attachment->digest);
  struct stat info;
  return lstat (path, &info) == 0 && S_ISREG (info.st_mode) && info.st_size == attachment->size;
}

/* No row is without its bytes. */
static void
add_attachments (Request *request, GArray *changes)
{
  request->lost = 0;
  for (guint i = 0; i < request->attachments->len; i++) {
    const QcAttachment *value = g_ptr_array_index (request->attachments, i);
    if (value->line != 0 && qc_roster_find (request->roster, value->line) == NULL)
      continue;
    if (!is_here (request, value)) {
      request->lost++;
      continue;
    }
    QcStoreChange change
        = {.kind = QC_STORE_CHANGE_ATTACH, .line = (gint64)i + 1, .attachment = qc_attachment_copy (value)};
    g_array_append_val (changes, change);
  }
}

/* An open draft that names the application already; 0 = none. */
static gboolean
find_made (QcConnection *connection, const Request *request, gint64 *out, GError **error)
{
  *out = 0;
  g_autoptr (GPtrArray) drafts = qc_store_draft_list (connection, request->profile, request->unit, error);
  for (guint i = 0; drafts && i < drafts->len && *out == 0; i++) {
    const QcStoreDraft *draft = g_ptr_array_index (drafts, i);
    g_autoptr (GHashTable) facts
        = draft->business == request->business ? qc_draft_facts_from_json (draft->facts, NULL) : NULL;
    if (facts && g_strcmp0 (g_hash_table_lookup (facts, QC_FACT_REPLACES), request->serial) == 0)
      *out = draft->id;
  }
  return drafts != NULL;
}

/* As a draft is named that was deleted; it has no name, but the application has its number. */
static gboolean
note (QcConnection *connection, const Request *request, gint64 draft, GError **error)
{
  g_autofree char *detail
      = g_strdup_printf ("%" G_GINT64_FORMAT "/%u/%s", draft, request->roster->lines->len, request->serial);
  return qc_store_journal_append (connection, request->now, request->profile, request->unit, request->actor,
                                  "draft.reopened", qc_business_info (request->business)->code, detail, error);
}

static gpointer
reopen (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  g_autofree gint64 *draft = g_new0 (gint64, 1);
  if (!find_made (connection, request, draft, error))
    return NULL;
  if (*draft != 0)
    return g_steal_pointer (&draft);
  g_autofree char *facts = dup_facts (request);
  g_autoptr (GArray) changes = dup_changes (request);
  add_attachments (request, changes);
  if (!qc_store_draft_create (connection, request->profile, request->unit, request->business, facts, request->now,
                              draft, error)
      || !qc_store_draft_edit (connection, *draft, "draft.reopen", changes, NULL, request->now, error)
      || !note (connection, request, *draft, error))
    return NULL;
  return g_steal_pointer (&draft);
}

static void
reopened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autofree gint64 *draft = qc_database_finish (QC_DATABASE (source), result, &error);
  if (!draft) {
    g_task_return_error (task, error);
    return;
  }
  qc_session_data_changed (g_task_get_source_object (task), QC_DATA_DRAFTS);
  g_task_return_int (task, *draft);
}

/* Takes @task. */
static void
write_draft (GTask *task)
{
  qc_database_write_async (qc_session_get_database (g_task_get_source_object (task)), "reopen", reopen,
                           g_task_get_task_data (task), NULL, g_free, g_task_get_cancellable (task), reopened_cb, task);
}

static void
pictures_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  if (qc_pictures_fetch_finish (QC_TOKENS (source), result, &error))
    write_draft (g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static void
progress_cb (const QcUploadProgress *progress, gpointer user_data)
{
  const Request *request = user_data;
  if (request->progress != NULL)
    request->progress (progress, request->progress_data);
}

/* Takes @task. */
static void
fetch_pictures (GTask *task)
{
  Request *request = g_task_get_task_data (task);
  QcSync *sync = qc_session_get_sync (g_task_get_source_object (task));
  QcTokens *tokens = sync ? qc_sync_get_tokens (sync) : NULL;
  if (tokens == NULL)
    write_draft (task);
  else
    qc_pictures_fetch_async (tokens, request->folder, request->unit, request->serial, request->attachments, progress_cb,
                             request, g_task_get_cancellable (task), pictures_cb, task);
}

void
qc_reopen_async (QcSession *session, QcApplicationLines *lines, QcReopenProgressFunc progress, gpointer progress_data,
                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_SESSION (session) && QC_IS_APPLICATION_LINES (lines));
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  const QcApplication *application = qc_application_lines_get_application (lines);
  QcDatabase *database = qc_session_get_database (session);
  if (!application || application->state != QC_STATE_RETURNED || !qc_application_lines_is_whole (lines) || !database) {
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_DRAFT, "%s",
                             _ ("All of the application must be here first. Fetch it, then try again."));
    return;
  }
  Request *request = g_new0 (Request, 1);
  request->profile = g_strdup (qc_session_get_profile_id (session));
  request->unit = g_strdup (qc_session_get_unit_account (session));
  request->serial = g_strdup (application->serial);
  request->actor = g_strdup (qc_session_get_user_name (session));
  request->business = application->business;
  request->method = application->method;
  request->roster = qc_roster_copy (qc_roster_model_get_roster (qc_application_lines_get_model (lines)));
  request->reasons = qc_return_reasons_new ();
  const GPtrArray *reasons = qc_application_lines_get_reasons (lines);
  for (guint i = 0; i < reasons->len; i++)
    g_ptr_array_add (request->reasons, qc_return_reason_copy (g_ptr_array_index (reasons, i)));
  const GPtrArray *attachments = qc_application_lines_get_attachments (lines);
  request->attachments = qc_attachment_list_new ();
  for (guint i = 0; i < attachments->len; i++)
    g_ptr_array_add (request->attachments, qc_attachment_copy (g_ptr_array_index (attachments, i)));
  request->folder = g_path_get_dirname (qc_database_get_path (database));
  request->now = qc_clock_now (qc_context_get_clock (qc_session_get_context (session)));
  request->progress = progress;
  request->progress_data = progress_data;
  g_task_set_source_tag (task, qc_reopen_async);
  g_task_set_task_data (task, request, (GDestroyNotify)request_free);
  fetch_pictures (g_steal_pointer (&task));
}

gint64
qc_reopen_finish (QcSession *session, GAsyncResult *result, guint *out_lost, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), 0);
  const Request *request = g_task_get_task_data (G_TASK (result));
  gssize draft = g_task_propagate_int (G_TASK (result), error);
  *out_lost = draft > 0 ? request->lost : 0;
  return MAX (draft, 0);
}

char *
qc_reopen_dup_lost (guint lost)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%u picture is not on this computer, and the center does not have it any more. "
                                       "Its place is empty: attach it once more.",
                                       "%u pictures are not on this computer, and the center does not have them any "
                                       "more. Their places are empty: attach them once more.",
                                       lost),
                          lost);
}
