/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-list-memory.h: a preference of the program, words "sort:-amount hide:method show:draw width:reason:240". Main
 * thread.
 */
#include "qc-list-memory.h"

#include <string.h>

#include "qc-session-private.h"
#include "qc-store-prefs.h"

#define MOST_WIDTH 4000 /* pixels */

enum { NOT_SHOWN = 1, SHOWN };

QcListMemory *
qc_list_memory_new (void)
{
  QcListMemory *memory = g_rc_box_new0 (QcListMemory);
  memory->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  memory->widths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return memory;
}

static void
clear (gpointer data)
{
  QcListMemory *memory = data;
  g_hash_table_unref (memory->shown);
  g_hash_table_unref (memory->widths);
  g_free (memory->sort);
}

void
qc_list_memory_free (QcListMemory *memory)
{
  if (memory)
    g_rc_box_release_full (memory, clear);
}

gboolean
qc_list_memory_is_shown (const QcListMemory *memory, const char *id, gboolean usual)
{
  int kept = GPOINTER_TO_INT (g_hash_table_lookup (memory->shown, id));
  return kept ? kept == SHOWN : usual;
}

void
qc_list_memory_set_shown (QcListMemory *memory, const char *id, gboolean shown)
{
  g_hash_table_insert (memory->shown, g_strdup (id), GINT_TO_POINTER (shown ? SHOWN : NOT_SHOWN));
}

int
qc_list_memory_get_width (const QcListMemory *memory, const char *id)
{
  gpointer width;
  return g_hash_table_lookup_extended (memory->widths, id, NULL, &width) ? GPOINTER_TO_INT (width) : -1;
}

void
qc_list_memory_set_width (QcListMemory *memory, const char *id, int width)
{
  if (width > 0 && width <= MOST_WIDTH)
    g_hash_table_insert (memory->widths, g_strdup (id), GINT_TO_POINTER (width));
  else
    g_hash_table_remove (memory->widths, id);
}

/* --- as a text --- */

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
sorted_ids (GHashTable *table)
{
  GPtrArray *ids = g_ptr_array_new ();
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, table);
  gpointer id;
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, id);
  g_ptr_array_sort (ids, compare_ids);
  return ids;
}

char *
qc_list_memory_to_text (const QcListMemory *memory)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GPtrArray) shown = sorted_ids (memory->shown);
  g_autoptr (GPtrArray) widths = sorted_ids (memory->widths);
  if (memory->sort)
    g_string_append_printf (text, "sort:%s%s ", memory->descending ? "-" : "", memory->sort);
  for (guint i = 0; i < shown->len; i++)
    g_string_append_printf (text, "%s:%s ", qc_list_memory_is_shown (memory, shown->pdata[i], FALSE) ? "show" : "hide",
                            (const char *)shown->pdata[i]);
  for (guint i = 0; i < widths->len; i++)
    g_string_append_printf (text, "width:%s:%d ", (const char *)widths->pdata[i],
                            qc_list_memory_get_width (memory, widths->pdata[i]));
  if (text->len > 0)
    g_string_truncate (text, text->len - 1);
  return g_string_free (text, FALSE);
}

static void
take_word (QcListMemory *memory, char **parts)
{
  guint n = g_strv_length (parts);
  if (n == 2 && g_str_equal (parts[0], "sort") && *parts[1]) {
    memory->descending = *parts[1] == '-';
    g_free (memory->sort);
    memory->sort = g_strdup (parts[1] + (memory->descending ? 1 : 0));
  } else if (n == 2 && (g_str_equal (parts[0], "show") || g_str_equal (parts[0], "hide"))) {
    qc_list_memory_set_shown (memory, parts[1], g_str_equal (parts[0], "show"));
  } else if (n == 3 && g_str_equal (parts[0], "width")) {
    qc_list_memory_set_width (memory, parts[1], (int)CLAMP (g_ascii_strtoll (parts[2], NULL, 10), 0, G_MAXINT));
  }
}

QcListMemory *
qc_list_memory_from_text (const char *text)
{
  QcListMemory *memory = qc_list_memory_new ();
  g_auto (GStrv) words = g_strsplit (text ? text : "", " ", -1);
  for (char **word = words; *word; word++) {
    g_auto (GStrv) parts = g_strsplit (*word, ":", 3);
    take_word (memory, parts);
  }
  return memory;
}

/* --- kept --- */

static char *
dup_name (const char *list)
{
  return g_strconcat ("list:", list, NULL);
}

static gpointer
read_memory (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *text = NULL;
  return qc_store_prefs_get (connection, "", data, &text, error) ? qc_list_memory_from_text (text) : NULL;
}

/* Two pages show the people: what is changed in one is not forgotten by what the other keeps. (transfer full) */
static QcListMemory *
share (QcSession *session, const char *name, QcListMemory *read)
{
  g_autoptr (QcListMemory) memory = read;
  QcListMemory *shared = g_object_get_data (G_OBJECT (session), name);
  if (shared)
    return g_rc_box_acquire (shared);
  g_object_set_data_full (G_OBJECT (session), name, g_rc_box_acquire (memory), (GDestroyNotify)qc_list_memory_free);
  return g_steal_pointer (&memory);
}

static void
memory_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  QcListMemory *memory = qc_database_finish (QC_DATABASE (source), result, &error);
  if (memory)
    g_task_return_pointer (task, share (g_task_get_source_object (task), g_task_get_task_data (task), memory),
                           (GDestroyNotify)qc_list_memory_free);
  else
    g_task_return_error (task, error);
}

void
qc_list_memory_load_async (QcSession *session, const char *list, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  QcDatabase *database = qc_session_get_database (session);
  g_task_set_source_tag (task, qc_list_memory_load_async);
  g_task_set_task_data (task, dup_name (list), g_free);
  if (database)
    qc_database_read_async (database, "list memory", read_memory, dup_name (list), g_free,
                            (GDestroyNotify)qc_list_memory_free, cancellable, memory_cb, g_object_ref (task));
  else
    g_task_return_pointer (task, qc_list_memory_new (), (GDestroyNotify)qc_list_memory_free);
}

QcListMemory *
qc_list_memory_load_finish (QcSession *session, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
qc_list_memory_keep (QcSession *session, const char *list, const QcListMemory *memory)
{
  g_autofree char *name = dup_name (list);
  g_autofree char *text = qc_list_memory_to_text (memory);
  qc_session_set_pref (session, "", name, *text ? text : NULL);
}
