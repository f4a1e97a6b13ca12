/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * An import: the object, 打开, and the people that are read meanwhile. See qc-roster-import.h. Main context.
 */
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "qc-app-error.h"
#include "qc-error-text.h"
#include "qc-header-names.h"
#include "qc-import-memory.h"
#include "qc-import-recent.h"
#include "qc-roster-import-private.h"
#include "qc-roster-past.h"
#include "qc-roster-service-private.h"
#include "qc-session-private.h"

#define TELL_MILLISECONDS 100
#define LARGE_FILE        (256 * 1024) /* bytes: its people are read while it is */
#define FEW_ROWS          10000        /* whose people are looked up one by one */

G_DEFINE_FINAL_TYPE (QcRosterImport, qc_roster_import, G_TYPE_OBJECT)
enum { PROP_PROGRESS = 1, N_PROPS };
static GParamSpec *props[N_PROPS];

void
qc_roster_import_tell_progress (QcRosterImport *self, double progress)
{
  self->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROGRESS]);
}

static gpointer
free_result_thread (gpointer result)
{
  qc_import_result_free (result);
  return NULL;
}

void
qc_roster_import_forget_result (QcRosterImport *self)
{
  QcImportResult *result = g_steal_pointer (&self->result);
  self->checked = FALSE;
  if (result == NULL)
    return;
  if (result->rows->len > FEW_ROWS)
    g_thread_unref (g_thread_new ("free-result", free_result_thread, result));
  else
    qc_import_result_free (result);
}

/* What a database says of itself is no sentence for a clerk. (transfer full) */
static GError *
put_into_words (GError *error)
{
  g_autoptr (GError) own = error;
  if (g_error_matches (own, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_steal_pointer (&own);
  g_autoptr (QcErrorText) text = qc_error_text_new (own);
  g_autofree char *body = qc_error_text_dup_body (text);
  return g_error_new_literal (QC_APP_ERROR, QC_APP_ERROR_DRAFT, body);
}

/* ---- whom the rows may be about ---- */

static void fetch_people (QcRosterImport *self, gboolean everybody, GCancellable *cancellable);

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcRosterImport) self = user_data;
  g_autoptr (GTask) waiting = g_steal_pointer (&self->waiting);
  g_autoptr (GError) error = NULL;
  QcImportPeople *people = qc_database_finish (QC_DATABASE (source), result, &error);
  self->fetching = FALSE;
  if (people != NULL) {
    g_clear_pointer (&self->people, qc_import_people_free);
    self->people = people;
    self->people_left = self->fetched_left;
  }
  if (waiting != NULL && people != NULL)
    qc_roster_import_judge (self, g_steal_pointer (&waiting), FALSE);
  else if (waiting != NULL)
    g_task_return_error (waiting, put_into_words (g_steal_pointer (&error)));
}

/* Everybody of the unit on a thread of its own, or those whom few rows name. */
static void
fetch_people (QcRosterImport *self, gboolean everybody, GCancellable *cancellable)
{
  QcBusinessService *service = QC_BUSINESS_SERVICE (self->service);
  QcDatabase *database = qc_session_get_database (qc_business_service_get_session (service));
  QcImportRequest *request = g_new0 (QcImportRequest, 1);
  request->profile = g_strdup (qc_business_service_get_profile (service));
  request->unit = g_strdup (qc_business_service_get_unit (service));
  request->names = self->by_name;
  if (!everybody) {
    request->table = self->read->table;
    request->first = self->read->header + 1; /* 0 where there are no headers */
    request->account = qc_roster_import_column_of (self, QC_LINE_ACCOUNT);
    request->document = qc_roster_import_column_of (self, QC_LINE_DOCUMENT);
  }
  self->fetching = TRUE;
  self->fetched_left = FALSE;
  (everybody ? qc_database_walk_async : qc_database_read_async) (
      database, "import-people", qc_import_people_read, request, (GDestroyNotify)qc_import_request_free,
      (GDestroyNotify)qc_import_people_free, cancellable, fetched_cb, g_object_ref (self));
}

/* ---- what was paid for them ---- */

typedef struct {
  char *profile, *unit, *accounts; /* (owned) accounts: packed */
} PastRequest;

static void
past_request_free (gpointer data)
{
  PastRequest *request = data;
  g_free (request->profile);
  g_free (request->unit);
  g_free (request->accounts);
  g_free (request);
}

static gpointer
read_past (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const PastRequest *request = data;
  return qc_roster_histories_read (connection, request->profile, request->unit, request->accounts, cancellable, error);
}

/* The roster knows them from now on, as it knows those of its people. */
static void
past_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcRosterImport *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) past = qc_database_finish (QC_DATABASE (source), result, &error);
  if (past == NULL) {
    g_task_return_error (task, put_into_words (g_steal_pointer (&error)));
    return;
  }
  QcRosterGround *ground = self->service->ground;
  GHashTableIter iter;
  gpointer account, history;
  g_hash_table_iter_init (&iter, past);
  while (ground != NULL && ground->histories != NULL && g_hash_table_iter_next (&iter, &account, &history)) {
    g_hash_table_iter_steal (&iter);
    g_hash_table_replace (ground->histories, account, history);
  }
  qc_roster_import_judge (self, g_steal_pointer (&task), TRUE);
}

void
qc_roster_import_fetch_past (QcRosterImport *self, const GPtrArray *accounts, GTask *task)
{
  QcBusinessService *service = QC_BUSINESS_SERVICE (self->service);
  PastRequest *request = g_new0 (PastRequest, 1);
  g_autoptr (GString) packed = g_string_new (NULL);
  for (guint i = 0; i < accounts->len; i++) {
    const char *account = g_ptr_array_index (accounts, i);
    g_string_append_len (packed, account, (gssize)strlen (account) + 1);
  }
  request->profile = g_strdup (qc_business_service_get_profile (service));
  request->unit = g_strdup (qc_business_service_get_unit (service));
  request->accounts = g_string_free (g_steal_pointer (&packed), FALSE);
  qc_database_walk_async (qc_session_get_database (qc_business_service_get_session (service)), "import-past", read_past,
                          request, past_request_free, (GDestroyNotify)g_hash_table_unref, g_task_get_cancellable (task),
                          past_read_cb, task);
}

/* ---- 打开 ---- */

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  if (qc_import_file_read (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* While the thread reads. */
static gboolean
watch_cb (gpointer user_data)
{
  GTask *task = user_data;
  if (g_task_get_completed (task))
    return G_SOURCE_REMOVE;
  QcImportFile *file = g_task_get_task_data (task);
  qc_roster_import_tell_progress (g_task_get_source_object (task), g_atomic_int_get (&file->permille) / 1000.0);
  return G_SOURCE_CONTINUE;
}

/* What its headers went to the last time; where that cannot be read, what they say. */
static void
recalled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcRosterImport *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcImportMemory) memory = qc_import_memory_recall_finish (result, &error);
  if (error != NULL)
    g_message ("import: %s", error->message);
  if (memory != NULL && memory->fields->len == self->mapping->len) {
    g_array_unref (self->mapping);
    self->mapping = g_array_ref (memory->fields);
    self->remembered = g_strdup (memory->date);
  }
  g_task_return_boolean (task, TRUE);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcRosterImport *self = g_task_get_source_object (task);
  GError *error = NULL;
  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    qc_import_file_free (g_task_get_task_data (G_TASK (result)));
    g_task_return_error (task, error);
    return;
  }
  qc_roster_import_forget_result (self);
  if (self->people != NULL && !qc_import_people_has_everybody (self->people))
    g_clear_pointer (&self->people, qc_import_people_free);
  g_clear_pointer (&self->read, qc_import_file_free);
  self->read = g_task_get_task_data (G_TASK (result));
  qc_import_recent_note (qc_business_service_get_session (QC_BUSINESS_SERVICE (self->service)), self->read->path);
  g_clear_pointer (&self->mapping, g_array_unref);
  g_clear_pointer (&self->remembered, g_free);
  g_ptr_array_set_size (self->corrections, 0);
  self->mapping = qc_header_map (self->read->table, self->read->header, self->service->business);
  qc_import_memory_recall_async (qc_business_service_get_session (QC_BUSINESS_SERVICE (self->service)),
                                 self->service->business, self->read->table, self->read->header, recalled_cb,
                                 g_steal_pointer (&task));
}

void
qc_roster_import_open_async (QcRosterImport *self, GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (QC_IS_ROSTER_IMPORT (self));
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_set_object (&self->file, file);
  g_autofree char *path = g_file_get_path (file);
  if (path == NULL) {
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_DRAFT, "%s",
                             _ ("This file is not on this computer. Save it here first."));
    g_object_unref (task);
    return;
  }
  QcImportFile *reading = g_new0 (QcImportFile, 1);
  reading->path = g_steal_pointer (&path);
  reading->business = self->service->business;
  GTask *thread = g_task_new (self, cancellable, read_cb, task);
  g_task_set_task_data (thread, reading, NULL); /* the object's, once it is read */
  g_timeout_add_full (G_PRIORITY_DEFAULT, TELL_MILLISECONDS, watch_cb, g_object_ref (thread), g_object_unref);
  g_task_run_in_thread (thread, read_thread);
  GStatBuf state;
  if (!self->fetching && self->service->ground != NULL && g_stat (reading->path, &state) == 0
      && state.st_size >= LARGE_FILE)
    fetch_people (self, TRUE, cancellable);
  g_object_unref (thread);
}

gboolean
qc_roster_import_open_finish (QcRosterImport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

GFile *
qc_roster_import_get_file (QcRosterImport *self)
{
  return self->file;
}

const GPtrArray *
qc_roster_import_get_sheets (QcRosterImport *self)
{
  return self->read != NULL ? self->read->sheets : NULL;
}

guint
qc_roster_import_get_sheet (QcRosterImport *self)
{
  return self->read != NULL ? self->read->sheet : 0;
}

gboolean
qc_roster_import_is_old (QcRosterImport *self)
{
  return self->read != NULL && self->read->old;
}

/* ---- 核对 ---- */

void
qc_roster_import_check_async (QcRosterImport *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *why_not = qc_roster_import_dup_why_not (self);
  QcSession *session = qc_business_service_get_session (QC_BUSINESS_SERVICE (self->service));
  if (why_not == NULL && (self->service->ground == NULL || qc_session_get_database (session) == NULL))
    why_not = g_strdup (_ ("The roster has not been read yet."));
  if (why_not == NULL && self->waiting != NULL)
    why_not = g_strdup (_ ("The file is being checked."));
  if (why_not != NULL) {
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_DRAFT, "%s", why_not);
    return;
  }
  if (self->people != NULL && !self->people_left) {
    qc_roster_import_judge (self, g_steal_pointer (&task), FALSE);
    return;
  }
  self->waiting = g_steal_pointer (&task);
  if (!self->fetching)
    fetch_people (self, self->by_name || qc_table_get_n_rows (self->read->table) > FEW_ROWS, cancellable);
}

const QcImportResult *
qc_roster_import_check_finish (QcRosterImport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_boolean (G_TASK (result), error) ? qc_roster_import_get_result (self) : NULL;
}

const QcImportResult *
qc_roster_import_get_result (QcRosterImport *self)
{
  return self->checked ? self->result : NULL;
}

/* ---- the object ---- */

static void
lines_changed_cb (QcRosterImport *self)
{
  self->stale = TRUE;
}

static void
data_changed_cb (QcSession *session, guint what, QcRosterImport *self)
{
  if ((what & QC_DATA_PEOPLE) != 0)
    self->people_left = self->fetched_left = TRUE;
}

static void
qc_roster_import_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PROGRESS)
    g_value_set_double (value, QC_ROSTER_IMPORT (object)->progress);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
qc_roster_import_finalize (GObject *object)
{
  QcRosterImport *self = QC_ROSTER_IMPORT (object);
  qc_roster_import_forget_result (self);
  g_clear_pointer (&self->people, qc_import_people_free);
  g_clear_pointer (&self->read, qc_import_file_free);
  g_clear_pointer (&self->mapping, g_array_unref);
  g_ptr_array_unref (self->corrections);
  g_clear_object (&self->receipt);
  g_free (self->remembered);
  g_clear_object (&self->file);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (qc_roster_import_parent_class)->finalize (object);
}

static void
qc_roster_import_class_init (QcRosterImportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = qc_roster_import_get_property;
  object_class->finalize = qc_roster_import_finalize;
  props[PROP_PROGRESS]
      = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
qc_roster_import_init (QcRosterImport *self)
{
  self->corrections = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_import_correction_free);
}

QcRosterImport *
qc_roster_import_new (QcRosterService *service)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (service), NULL);
  QcRosterImport *self = g_object_new (QC_TYPE_ROSTER_IMPORT, NULL);
  self->service = g_object_ref (service);
  QcSession *session = qc_business_service_get_session (QC_BUSINESS_SERVICE (service));
  g_signal_connect_object (session, "data-changed", G_CALLBACK (data_changed_cb), self, 0);
  g_signal_connect_object (service->draft, "lines-changed", G_CALLBACK (lines_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}
