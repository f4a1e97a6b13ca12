/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-check-local.h. A worker thread, but for what hands over.
 */
#include "qc-check-local.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "qc-check-judge.h"
#include "qc-font.h"
#include "qc-practice.h"
#include "qc-reader.h"
#include "qc-sqlite-version.h"

typedef struct {
  char *data_dir;           /* (owned) */
  QcCheckLocalFunc found;   /* called in the caller's context */
  gpointer user_data;       /* (owned) */
  GDestroyNotify free_data; /* of it */
  GTask *task;              /* borrowed: the job is its data */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;
  job->free_data (job->user_data);
  g_free (job->data_dir);
  g_free (job);
}

/* --- the looks --- */

static QcCheckVerdict
look_at_disk (const Job *job)
{
  g_autoptr (GFile) folder = g_file_new_for_path (job->data_dir);
  g_autoptr (GFileInfo) info = g_file_query_filesystem_info (
      folder, G_FILE_ATTRIBUTE_FILESYSTEM_FREE "," G_FILE_ATTRIBUTE_FILESYSTEM_SIZE, NULL, NULL);
  gboolean known = info && g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE);
  return qc_judge_disk (known, known ? g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE) : 0,
                        known ? g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_SIZE) : 0);
}

/* Rights are one thing, and whether it can be done another (a disk mounted read-only). */
static gboolean
can_write (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, ".check-XXXXXX", NULL);
  int fd = g_mkstemp_full (path, 02, 0600);
  if (fd < 0)
    return FALSE;
  close (fd);
  g_unlink (path);
  return TRUE;
}

static QcCheckVerdict
look_at_folder (const Job *job)
{
  QcCheckFolder facts = {.database_is_writable = TRUE};
  g_autoptr (GFile) folder = g_file_new_for_path (job->data_dir);
  g_autofree char *database = g_build_filename (job->data_dir, "qingce.db", NULL);
  g_autoptr (GFileInfo) info = g_file_query_info (folder, G_FILE_ATTRIBUTE_UNIX_MODE "," G_FILE_ATTRIBUTE_UNIX_UID,
                                                  G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autoptr (GFileInfo) disk = g_file_query_filesystem_info (folder, G_FILE_ATTRIBUTE_FILESYSTEM_REMOTE, NULL, NULL);
  facts.is_there = info != NULL;
  if (info) {
    facts.mode = g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_UNIX_MODE) & 0777;
    facts.is_own = g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_UNIX_UID) == geteuid ();
    facts.is_writable = can_write (job->data_dir);
  }
  facts.is_remote = disk && g_file_info_get_attribute_boolean (disk, G_FILE_ATTRIBUTE_FILESYSTEM_REMOTE);
  if (g_file_test (database, G_FILE_TEST_EXISTS))
    facts.database_is_writable = g_access (database, W_OK) == 0;
  return qc_judge_folder (&facts);
}

static QcCheckVerdict
look_at_fonts (const Job *job)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcFont) font = qc_font_new (&error);
  return qc_judge_fonts (error, font && qc_font_has (font, 0x20BB7)); /* 𠮷 */
}

static QcCheckVerdict
look_at_keyring (const Job *job)
{
  return qc_judge_keyring (qc_secret_service_ask (g_task_get_cancellable (job->task)));
}

static QcCheckVerdict
look_at_reader (const Job *job)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = qc_reader_describe (g_task_get_cancellable (job->task), &error);
  return qc_judge_reader (words, error);
}

static QcCheckVerdict
look_at_practice (const Job *job)
{
  g_autofree char *program = qc_practice_find_program ();
  return qc_judge_practice (program && g_file_test (program, G_FILE_TEST_IS_EXECUTABLE) ? program : NULL);
}

/* A word that every translation has to have tells whether one is installed. */
static QcCheckVerdict
look_at_language (const Job *job)
{
  const char *charset;
  g_get_charset (&charset);
  const char *const *languages = g_get_language_names ();
  gboolean chinese = languages[0] && g_str_has_prefix (languages[0], "zh");
  return qc_judge_language (charset, chinese, !g_str_equal (_ ("Clock"), "Clock"));
}

static QcCheckVerdict
look_at_browser (const Job *job)
{
  const char *own = g_getenv ("QINGCE_BROWSER");
  g_autoptr (GAppInfo) browser = g_app_info_get_default_for_uri_scheme ("https");
  return qc_judge_browser (own && *own ? own : browser ? g_app_info_get_display_name (browser) : NULL);
}

static const struct {
  const char *id;
  QcCheckVerdict (*look) (const Job *job);
} looks[] = {
    {"disk", look_at_disk},       {"folder", look_at_folder},     {"language", look_at_language},
    {"browser", look_at_browser}, {"practice", look_at_practice}, {"fonts", look_at_fonts},
    {"keyring", look_at_keyring}, {"reader", look_at_reader},
};

QcCheckVerdict
qc_check_local_judge_database (const GError *damage)
{
  return qc_judge_database (qc_sqlite_version_number (), qc_sqlite_version_text (), qc_sqlite_is_threadsafe (), damage);
}

/* --- the thread --- */

typedef struct {
  GTask *task; /* (owned) */
  const char *id;
  QcCheckVerdict verdict;
} Found;

static gboolean
hand_over_cb (gpointer data)
{
  Found *found = data;
  Job *job = g_task_get_task_data (found->task);
  job->found (found->id, found->verdict, job->user_data);
  return G_SOURCE_REMOVE;
}

static void
found_free (gpointer data)
{
  Found *found = data;
  g_object_unref (found->task);
  g_free (found);
}

static void
local_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  for (gsize i = 0; i < G_N_ELEMENTS (looks) && !g_cancellable_is_cancelled (cancellable); i++) {
    Found *found = g_new0 (Found, 1);
    *found = (Found) {g_object_ref (task), looks[i].id, looks[i].look (job)};
    g_autoptr (GSource) idle = g_idle_source_new ();
    g_source_set_callback (idle, hand_over_cb, found, found_free);
    g_source_attach (idle, g_task_get_context (task));
  }
  g_task_return_boolean (task, TRUE);
}

void
qc_check_local_run (const char *data_dir, GCancellable *cancellable, QcCheckLocalFunc found, gpointer user_data,
                    GDestroyNotify free_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, NULL, NULL);
  Job *job = g_new0 (Job, 1);
  *job = (Job) {g_strdup (data_dir), found, user_data, free_data, task};
  g_task_set_source_tag (task, qc_check_local_run);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, local_thread);
}
