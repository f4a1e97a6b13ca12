/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-reopen.h. All of the new draft is one transaction. Main context; SQL runs on the writer's thread.
 */
#include "qc-reopen.h"

#include <glib/gi18n-lib.h>

#include "qc-app-error.h"
#include "qc-draft-private.h"
#include "qc-roster-service-private.h"
#include "qc-session-private.h"
#include "qc-store-drafts.h"
#include "qc-wire-line.h"
#include "qc-wire-return.h"

typedef struct {
  char *profile, *unit; /* (owned) */
  char *serial;         /* (owned) */
  QcBusiness business;
  QcMethod method;
  QcRoster *roster;   /* (owned) */
  GPtrArray *reasons; /* (owned) */
  gint64 now;
} Request;

static void
request_free (Request *request)
{
  g_free (request->profile);
  g_free (request->unit);
  g_free (request->serial);
  qc_roster_free (request->roster);
  g_ptr_array_unref (request->reasons);
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

/* The pictures that went with it, as far as they are on this computer: their bytes are kept with the draft of then. */
static gboolean
add_attachments (QcConnection *connection, const Request *request, GArray *changes, GError **error)
{
  g_autoptr (GPtrArray) stored
      = qc_store_attachments_of_application (connection, request->profile, request->unit, request->serial, error);
  for (guint i = 0; stored != NULL && i < stored->len; i++) {
    const QcAttachment *value = ((const QcStoreAttachment *)g_ptr_array_index (stored, i))->value;
    if (value->line != 0 && qc_roster_find (request->roster, value->line) == NULL)
      continue;
    QcStoreChange change
        = {.kind = QC_STORE_CHANGE_ATTACH, .line = (gint64)i + 1, .attachment = qc_attachment_copy (value)};
    g_array_append_val (changes, change);
  }
  return stored != NULL;
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

static gpointer
reopen (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autofree gint64 *draft = g_new0 (gint64, 1);
  if (!find_made (connection, request, draft, error))
    return NULL;
  if (*draft != 0)
    return g_steal_pointer (&draft);
  g_autofree char *facts = dup_facts (request);
  g_autoptr (GArray) changes = dup_changes (request);
  if (!add_attachments (connection, request, changes, error)
      || !qc_store_draft_create (connection, request->profile, request->unit, request->business, facts, request->now,
                                 draft, error)
      || !qc_store_draft_edit (connection, *draft, "draft.reopen", changes, NULL, request->now, error))
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

void
qc_reopen_async (QcSession *session, QcApplicationLines *lines, GCancellable *cancellable, GAsyncReadyCallback callback,
                 gpointer user_data)
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
  request->business = application->business;
  request->method = application->method;
  request->roster = qc_roster_copy (qc_roster_model_get_roster (qc_application_lines_get_model (lines)));
  request->reasons = qc_return_reasons_new ();
  const GPtrArray *reasons = qc_application_lines_get_reasons (lines);
  for (guint i = 0; i < reasons->len; i++)
    g_ptr_array_add (request->reasons, qc_return_reason_copy (g_ptr_array_index (reasons, i)));
  request->now = qc_clock_now (qc_context_get_clock (qc_session_get_context (session)));
  g_task_set_source_tag (task, qc_reopen_async);
  qc_database_write_async (database, "reopen", reopen, request, (GDestroyNotify)request_free, g_free, cancellable,
                           reopened_cb, g_steal_pointer (&task));
}

gint64
qc_reopen_finish (QcSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), 0);
  gssize draft = g_task_propagate_int (G_TASK (result), error);
  return MAX (draft, 0);
}
