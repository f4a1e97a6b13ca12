/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-import-memory.h: a preference of the profile for each row of headers, "2026-10-08 account - name new_base".
 */
#include "qc-import-memory.h"

#include "qc-roster-import.h"
#include "qc-session-private.h"
#include "qc-store-prefs.h"

#define SHORT 32 /* hex digits of a digest */

void
qc_import_memory_free (QcImportMemory *memory)
{
  if (memory == NULL)
    return;
  g_array_unref (memory->fields);
  g_free (memory->date);
  g_free (memory);
}

/* A name for these headers; NULL where there are none. (transfer full) (nullable) */
static char *
dup_name (QcBusiness business, const QcTable *table, guint header)
{
  if (header >= qc_table_get_n_rows (table))
    return NULL;
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  for (guint column = 0; column < qc_table_get_width (table); column++) {
    const char *text = qc_table_get_cell (table, header, column).text;
    g_checksum_update (digest, (const guchar *)text, (gssize)strlen (text) + 1);
  }
  return g_strdup_printf ("import.%s.%.*s", qc_business_info (business)->code, SHORT, g_checksum_get_string (digest));
}

typedef struct {
  char *profile, *name; /* (owned) */
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;
  g_free (request->profile);
  g_free (request->name);
  g_free (request);
}

static gpointer
read_text (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  char *text = NULL;
  if (!qc_store_prefs_get (connection, request->profile, request->name, &text, error))
    return NULL;
  return text != NULL ? text : g_strdup ("");
}

/* (transfer full) (nullable) */
static QcImportMemory *
parse (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  if (words[0] == NULL || words[1] == NULL)
    return NULL;
  QcImportMemory *memory = g_new0 (QcImportMemory, 1);
  memory->date = g_strdup (words[0]);
  memory->fields = g_array_new (FALSE, FALSE, sizeof (int));
  for (char **word = words + 1; *word != NULL; word++) {
    QcLineFieldId field;
    int its = qc_line_field_from_name (*word, &field) ? (int)field : QC_HEADER_NONE;
    g_array_append_val (memory->fields, its);
  }
  return memory;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autofree char *text = qc_database_finish (QC_DATABASE (source), result, &error);
  if (text == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, parse (text), (GDestroyNotify)qc_import_memory_free);
}

void
qc_import_memory_recall_async (QcSession *session, QcBusiness business, const QcTable *table, guint header,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, NULL, callback, user_data);
  QcDatabase *database = qc_session_get_database (session);
  g_autofree char *name = dup_name (business, table, header);
  if (database == NULL || name == NULL || qc_session_get_profile_id (session) == NULL) {
    g_task_return_pointer (task, NULL, NULL);
    return;
  }
  Request *request = g_new0 (Request, 1);
  request->profile = g_strdup (qc_session_get_profile_id (session));
  request->name = g_steal_pointer (&name);
  qc_database_read_async (database, "import-memory", read_text, request, request_free, g_free, NULL, read_cb,
                          g_steal_pointer (&task));
}

QcImportMemory *
qc_import_memory_recall_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
qc_import_memory_keep (QcSession *session, QcBusiness business, const QcTable *table, guint header,
                       const GArray *fields)
{
  g_autofree char *name = dup_name (business, table, header);
  if (name == NULL || qc_session_get_profile_id (session) == NULL)
    return;
  QcDate today = qc_session_get_today (session);
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append_printf (text, "%04d-%02d-%02d", today / 10000, today / 100 % 100, today % 100);
  for (guint i = 0; i < fields->len; i++) {
    int field = g_array_index (fields, int, i);
    g_string_append_printf (text, " %s", field == QC_HEADER_NONE ? "-" : qc_line_field ((QcLineFieldId)field)->name);
  }
  qc_session_set_pref (session, qc_session_get_profile_id (session), name, text->str);
}
