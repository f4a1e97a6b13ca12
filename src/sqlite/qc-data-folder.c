/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-data-folder.h. Any thread.
 */
#include "qc-data-folder.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "qc-connection.h"

static gboolean
refuse (const char *path, const char *why, GError **error)
{
  g_set_error (error, QC_DB_ERROR, QC_DB_ERROR_EXPOSED, "The data folder %s %s", path, why);
  return FALSE;
}

static gboolean
is_empty (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  return dir != NULL && g_dir_read_name (dir) == NULL;
}

static gboolean
tighten (const char *path, const char *mark, const struct stat *facts, GError **error)
{
  g_autofree char *known = g_build_filename (path, mark, NULL);
  if (facts->st_uid != geteuid ())
    return refuse (path, "belongs to another user. Choose another folder, or run as its owner.", error);
  if ((facts->st_mode & 077) == 0)
    return TRUE;
  if ((facts->st_mode & S_ISVTX) != 0 || !(g_file_test (known, G_FILE_TEST_EXISTS) || is_empty (path)))
    return refuse (path,
                   "can be looked into by others, and has other things in it. Choose an empty folder, or take their "
                   "rights away (chmod 700).",
                   error);
  if (g_chmod (path, 0700) == 0)
    return TRUE;
  return refuse (path, "can be looked into by others, and their rights cannot be taken away. Choose another folder.",
                 error);
}

gboolean
qc_data_folder_prepare (const char *path, const char *mark, GError **error)
{
  struct stat facts;
  if (g_mkdir_with_parents (path, 0700) == 0 && g_stat (path, &facts) == 0)
    return tighten (path, mark, &facts, error);
  int saved = errno;
  g_set_error (error, QC_DB_ERROR, saved == ENOSPC || saved == EDQUOT ? QC_DB_ERROR_FULL : QC_DB_ERROR_IO, "%s: %s",
               path, g_strerror (saved));
  return FALSE;
}
