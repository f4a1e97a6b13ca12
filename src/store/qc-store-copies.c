/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-store-copies.h. Any thread but the main one.
 */
#include "qc-store-copies.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "qc-store-attachments.h"
#include "qc-store-folders.h"
#include "qc-store-private.h"

#define DATABASE "qingce.db"
#define ABOUT    "about"
#define PART     ".part"

void
qc_store_copy_free (QcStoreCopy *copy)
{
  if (copy == NULL)
    return;
  g_free (copy->name);
  g_free (copy->units);
  g_free (copy);
}

/* ---- writing ---- */

/* The pictures that a draft or an item names, as far as they are there. */
static gboolean
take_attachments (QcConnection *connection, const char *folder, const char *path, GError **error)
{
  g_autofree char *into = g_build_filename (path, "attachments", NULL);
  g_autoptr (QcStatement) s = qc_sql_bind (
      connection, error, "SELECT digest FROM draft_attachment UNION SELECT digest FROM outbox_attachment");
  if (s == NULL || (g_mkdir_with_parents (into, 0700) != 0 && !qc_store_folders_fail (into, error)))
    return FALSE;
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return qc_store_folders_sync (into, error);
    g_autofree char *from = qc_store_attachment_path (folder, qc_statement_get_text (s, 0));
    g_autofree char *to = qc_store_attachment_path (path, qc_statement_get_text (s, 0));
    if (g_file_test (from, G_FILE_TEST_IS_REGULAR) && !qc_store_folders_link (from, to, error))
      return FALSE;
  }
  return FALSE;
}

static gboolean
take_profiles (const char *folder, const char *path, GError **error)
{
  g_autofree char *from = g_build_filename (folder, "profiles", NULL);
  g_autofree char *into = g_build_filename (path, "profiles", NULL);
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  if (g_mkdir_with_parents (into, 0700) != 0)
    return qc_store_folders_fail (into, error);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *source = g_build_filename (from, name, NULL);
    g_autofree char *target = g_build_filename (into, name, NULL);
    if (g_str_has_suffix (name, ".json") && g_file_test (source, G_FILE_TEST_IS_REGULAR)
        && !qc_store_folders_copy (source, target, error))
      return FALSE;
  }
  return qc_store_folders_sync (into, error);
}

gboolean
qc_store_copy_count_waiting (QcConnection *connection, gint64 *out, GError **error)
{
  return qc_connection_get_int (
      connection, "SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending', 'unknown', 'held')", 0, out, error);
}

void
qc_store_copy_remove (const char *path)
{
  qc_store_folders_remove (path);
}

#define OWN                                                       \
  "SELECT scope FROM draft WHERE deleted = 0 AND state <> 'done'" \
  " UNION SELECT scope FROM outbox WHERE state IN ('queued', 'sending', 'unknown', 'held')"

static gboolean
write_about (QcConnection *connection, const char *path, gint64 now, GError **error)
{
  static const struct {
    const char *key, *sql;
  } counts[] = {
      {"drafts", "SELECT count(*) FROM draft WHERE deleted = 0 AND state <> 'done'"},
      {"waiting", "SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending', 'unknown', 'held')"},
      {"entries", "SELECT seq FROM journal_head"},
  };
  g_autoptr (GKeyFile) about = g_key_file_new ();
  g_key_file_set_int64 (about, "copy", "made", now);
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++) {
    gint64 n;
    if (!qc_connection_get_int (connection, counts[i].sql, 0, &n, error))
      return FALSE;
    g_key_file_set_int64 (about, "copy", counts[i].key, n);
  }
  g_autoptr (QcStatement) s = qc_sql_bind (
      connection, error,
      "SELECT group_concat (name, '、') FROM (SELECT DISTINCT name FROM scope WHERE name <> '' AND id IN (" OWN
      ") ORDER BY name)");
  gboolean has_row;
  if (s == NULL || !qc_statement_step (s, &has_row, error))
    return FALSE;
  const char *units = has_row ? qc_statement_get_text (s, 0) : NULL;
  g_key_file_set_string (about, "copy", "units", units != NULL ? units : "");
  g_autofree char *file = g_build_filename (path, ABOUT, NULL);
  g_autofree char *text = g_key_file_to_data (about, NULL, NULL);
  return g_file_set_contents_full (file, text, -1, G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

gboolean
qc_store_copy_write (QcConnection *connection, const char *folder, const char *path, gint64 now, GError **error)
{
  g_autofree char *database = g_build_filename (path, DATABASE, NULL);
  if (!qc_store_folders_begin (path, error))
    return FALSE;
  if (qc_connection_copy_to (connection, database, error) && take_attachments (connection, folder, path, error)
      && take_profiles (folder, path, error) && write_about (connection, path, now, error)
      && qc_store_folders_sync (path, error))
    return TRUE;
  qc_store_folders_remove (path);
  return FALSE;
}

/* ---- reading ---- */

QcStoreCopy *
qc_store_copy_read (const char *path, GError **error)
{
  g_autofree char *file = g_build_filename (path, ABOUT, NULL);
  g_autofree char *database = g_build_filename (path, DATABASE, NULL);
  g_autoptr (GKeyFile) about = g_key_file_new ();
  struct stat info;
  if (!g_key_file_load_from_file (about, file, G_KEY_FILE_NONE, error))
    return NULL;
  if (g_stat (database, &info) != 0) {
    qc_store_folders_fail (database, error);
    return NULL;
  }
  QcStoreCopy *copy = g_new0 (QcStoreCopy, 1);
  copy->name = g_path_get_basename (path);
  copy->made = g_key_file_get_int64 (about, "copy", "made", NULL);
  copy->drafts = g_key_file_get_int64 (about, "copy", "drafts", NULL);
  copy->waiting = g_key_file_get_int64 (about, "copy", "waiting", NULL);
  copy->entries = g_key_file_get_int64 (about, "copy", "entries", NULL);
  copy->units = g_key_file_get_string (about, "copy", "units", NULL);
  copy->size = info.st_size;
  return copy;
}

gboolean
qc_store_copy_describe (const char *path, gint64 now, GError **error)
{
  g_autofree char *database = g_build_filename (path, DATABASE, NULL);
  g_autoptr (QcConnection) connection = qc_connection_open (database, QC_CONNECTION_READ_ONLY, error);
  return connection != NULL && write_about (connection, path, now, error);
}

gboolean
qc_store_copy_check (const char *path, GError **error)
{
  g_autofree char *database = g_build_filename (path, DATABASE, NULL);
  g_autoptr (QcConnection) connection = qc_connection_open (database, QC_CONNECTION_READ_ONLY, error);
  return connection != NULL && qc_connection_check (connection, error);
}

/* ---- backups ---- */

char *
qc_store_backups_folder (const char *folder)
{
  return g_build_filename (folder, "backups", NULL);
}

static int
compare_made (gconstpointer a, gconstpointer b)
{
  const QcStoreCopy *left = *(QcStoreCopy *const *)a, *right = *(QcStoreCopy *const *)b;
  return left->made != right->made ? (left->made < right->made ? 1 : -1) : strcmp (right->name, left->name);
}

/* @backups: the folder of them. (transfer full) */
static GPtrArray *
list_in (const char *backups)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_store_copy_free);
  g_autoptr (GDir) dir = g_dir_open (backups, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (backups, name, NULL);
    QcStoreCopy *copy = g_str_has_suffix (name, PART) ? NULL : qc_store_copy_read (path, NULL);
    if (copy != NULL)
      g_ptr_array_add (list, copy);
  }
  g_ptr_array_sort (list, compare_made);
  return list;
}

GPtrArray *
qc_store_backups_list (const char *folder)
{
  g_autofree char *backups = qc_store_backups_folder (folder);
  return list_in (backups);
}

char *
qc_store_backups_begin (const char *folder, gint64 now, GError **error)
{
  g_autofree char *backups = qc_store_backups_folder (folder);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (now);
  g_autofree char *name = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H-%M-%S") : g_strdup ("backup");
  g_autofree char *path = g_build_filename (backups, name, NULL);
  if (g_mkdir_with_parents (backups, 0700) != 0) {
    qc_store_folders_fail (backups, error);
    return NULL;
  }
  for (guint i = 2; g_file_test (path, G_FILE_TEST_EXISTS); i++) {
    g_autofree char *other = g_strdup_printf ("%s-%u", name, i);
    g_free (path);
    path = g_build_filename (backups, other, NULL);
  }
  return g_strconcat (path, PART, NULL);
}

/* ---- what stays ---- */

#define DAYS     7
#define WEEKS    4
#define MONTHS   12
#define AT_LEAST 3 /* however little room there is, and whenever they were made */

/* The newest of each span of time stays, for so many spans. */
typedef struct {
  gint64 (*number) (gint64 day);
  guint most, n;
  gint64 last;
} Span;

static gint64
number_of_day (gint64 day)
{
  return day;
}

static gint64
number_of_week (gint64 day)
{
  return (day + 3) / 7; /* the first of January 1970 was a Thursday */
}

static gint64
number_of_month (gint64 day)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (day * 86400);
  return date != NULL ? g_date_time_get_year (date) * 12 + g_date_time_get_month (date) : 0;
}

static gboolean
span_wants (Span *span, gint64 day)
{
  gint64 number = span->number (day);
  if (span->n >= span->most || number == span->last)
    return FALSE;
  span->n++;
  span->last = number;
  return TRUE;
}

#define CHINA (8 * 3600)

/* Those that go, oldest last. @room: bytes that all of them together may take. (transfer container) */
static GPtrArray *
find_superfluous (const GPtrArray *list, gint64 room)
{
  Span spans[] = {{number_of_day, DAYS, 0, G_MININT64},
                  {number_of_week, WEEKS, 0, G_MININT64},
                  {number_of_month, MONTHS, 0, G_MININT64}};
  GPtrArray *gone = g_ptr_array_new ();
  gint64 taken = 0;
  guint kept = 0;
  for (guint i = 0; i < list->len; i++) {
    QcStoreCopy *copy = g_ptr_array_index (list, i);
    gint64 day = (copy->made + CHINA) / 86400;
    gboolean wanted = FALSE;
    for (gsize k = 0; k < G_N_ELEMENTS (spans); k++)
      wanted = span_wants (&spans[k], day) || wanted;
    if (kept < AT_LEAST || (wanted && taken + copy->size <= room)) {
      taken += copy->size;
      kept++;
    } else {
      g_ptr_array_add (gone, copy);
    }
  }
  return gone;
}

/* A quarter of what they take and what is free. */
static gint64
room_for (const char *backups, const GPtrArray *list)
{
  g_autoptr (GFile) file = g_file_new_for_path (backups);
  g_autoptr (GFileInfo) info = g_file_query_filesystem_info (file, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);
  if (info == NULL)
    return G_MAXINT64;
  gint64 sum = (gint64)MIN (g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE), G_MAXINT64 / 2);
  for (guint i = 0; i < list->len; i++)
    sum += ((QcStoreCopy *)g_ptr_array_index (list, i))->size;
  return sum / 4;
}

static void
thin (const char *backups)
{
  g_autoptr (GPtrArray) list = list_in (backups);
  g_autoptr (GPtrArray) gone = find_superfluous (list, room_for (backups, list));
  for (guint i = gone->len; i-- > 0;) {
    g_autofree char *path = g_build_filename (backups, ((QcStoreCopy *)g_ptr_array_index (gone, i))->name, NULL);
    qc_store_folders_remove (path);
  }
}

/* What a program that was killed left half done. */
static void
remove_parts (const char *backups)
{
  g_autoptr (GDir) dir = g_dir_open (backups, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (backups, name, NULL);
    if (g_str_has_suffix (name, PART))
      qc_store_folders_remove (path);
  }
}

gboolean
qc_store_backups_finish (const char *part, GError **error)
{
  g_return_val_if_fail (g_str_has_suffix (part, PART), FALSE);
  g_autofree char *path = g_strndup (part, strlen (part) - strlen (PART));
  g_autofree char *backups = g_path_get_dirname (part);
  if (!qc_store_copy_check (part, error) || !qc_store_folders_move (part, path, error)
      || !qc_store_folders_sync (backups, error)) {
    qc_store_folders_remove (part);
    return FALSE;
  }
  remove_parts (backups);
  thin (backups);
  return TRUE;
}

gboolean
qc_store_backups_is_worth_it (QcConnection *connection, gboolean *out, GError **error)
{
  gint64 any;
  if (!qc_connection_get_int (connection,
                              "SELECT EXISTS (SELECT 1 FROM draft) OR EXISTS (SELECT 1 FROM outbox)"
                              " OR EXISTS (SELECT 1 FROM journal)",
                              0, &any, error))
    return FALSE;
  *out = any != 0;
  return TRUE;
}
