/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-import-recent.h: a preference of the profile, a line "2026-10-08 path" for each file.
 */
#include "qc-import-recent.h"

#include <string.h>

#include "qc-session-private.h"
#include "qc-store-prefs.h"

#define NAME "import-recent"
#define KEPT 8

static void
recent_free (gpointer data)
{
  QcRecentFile *file = data;
  g_free (file->path);
  g_free (file->date);
  g_free (file);
}

typedef struct {
  char *profile, *path, *date; /* (owned); of a list the first one alone */
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;
  g_free (request->profile);
  g_free (request->path);
  g_free (request->date);
  g_free (request);
}

/* (nullable) (transfer full) */
static GPtrArray *
read_files (QcConnection *connection, const char *profile, GError **error)
{
  g_autofree char *text = NULL;
  if (!qc_store_prefs_get (connection, profile, NAME, &text, error))
    return NULL;
  GPtrArray *files = g_ptr_array_new_with_free_func (recent_free);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    const char *blank = strchr (*line, ' ');
    if (blank == NULL)
      continue;
    QcRecentFile *file = g_new0 (QcRecentFile, 1);
    file->date = g_strndup (*line, (gsize)(blank - *line));
    file->path = g_strdup (blank + 1);
    g_ptr_array_add (files, file);
  }
  return files;
}

static gpointer
list_files (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  GPtrArray *files = read_files (connection, request->profile, error);
  for (guint i = 0; files != NULL && i < files->len; i++) {
    QcRecentFile *file = g_ptr_array_index (files, i);
    file->gone = !g_file_test (file->path, G_FILE_TEST_EXISTS);
  }
  return files;
}

/* The file comes first, wherever it was. */
static gpointer
note_file (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autoptr (GPtrArray) files = read_files (connection, request->profile, error);
  if (files == NULL)
    return NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append_printf (text, "%s %s", request->date, request->path);
  guint kept = 1;
  for (guint i = 0; i < files->len && kept < KEPT; i++) {
    const QcRecentFile *file = g_ptr_array_index (files, i);
    if (g_str_equal (file->path, request->path))
      continue;
    g_string_append_printf (text, "\n%s %s", file->date, file->path);
    kept++;
  }
  return qc_store_prefs_set (connection, request->profile, NAME, text->str, error) ? QC_DATABASE_DONE : NULL;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *files = qc_database_finish (QC_DATABASE (source), result, &error);
  if (files != NULL)
    g_task_return_pointer (task, files, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
qc_import_recent_list_async (QcSession *session, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  QcDatabase *database = qc_session_get_database (session);
  if (database == NULL || qc_session_get_profile_id (session) == NULL) {
    g_task_return_pointer (task, g_ptr_array_new (), (GDestroyNotify)g_ptr_array_unref);
    return;
  }
  Request *request = g_new0 (Request, 1);
  request->profile = g_strdup (qc_session_get_profile_id (session));
  qc_database_read_async (database, "import-recent", list_files, request, request_free,
                          (GDestroyNotify)g_ptr_array_unref, cancellable, listed_cb, g_steal_pointer (&task));
}

GPtrArray *
qc_import_recent_list_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
qc_import_recent_note (QcSession *session, const char *path)
{
  QcDatabase *database = qc_session_get_database (session);
  if (database == NULL || qc_session_get_profile_id (session) == NULL || strchr (path, '\n') != NULL
      || !g_utf8_validate (path, -1, NULL))
    return; /* names that no line can hold are not kept */
  QcDate today = qc_session_get_today (session);
  Request *request = g_new0 (Request, 1);
  request->profile = g_strdup (qc_session_get_profile_id (session));
  request->path = g_strdup (path);
  request->date = g_strdup_printf ("%04d-%02d-%02d", today / 10000, today / 100 % 100, today % 100);
  qc_database_write_async (database, "import-recent", note_file, request, request_free, NULL, NULL, NULL, NULL);
}

void
qc_import_recent_clear (QcSession *session)
{
  if (qc_session_get_profile_id (session) != NULL)
    qc_session_set_pref (session, qc_session_get_profile_id (session), NAME, NULL);
}
