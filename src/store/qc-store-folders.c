/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-store-folders.h. Any thread but the main one.
 */
#include "qc-store-folders.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

gboolean
qc_store_folders_fail (const char *path, GError **error)
{
  int number = errno;
  g_set_error (error, QC_DB_ERROR, number == ENOSPC || number == EDQUOT ? QC_DB_ERROR_FULL : QC_DB_ERROR_IO, "%s: %s",
               path, g_strerror (number));
  return FALSE;
}

gboolean
qc_store_folders_remove (const char *path)
{
  struct stat info;
  if (lstat (path, &info) != 0)
    return errno == ENOENT;
  if (!S_ISDIR (info.st_mode))
    return g_unlink (path) == 0;
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inside = g_build_filename (path, name, NULL);
    qc_store_folders_remove (inside);
  }
  return g_rmdir (path) == 0;
}

gboolean
qc_store_folders_begin (const char *path, GError **error)
{
  qc_store_folders_remove (path);
  return g_mkdir_with_parents (path, 0700) == 0 || qc_store_folders_fail (path, error);
}

gboolean
qc_store_folders_sync (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean good = fd >= 0 && fsync (fd) == 0;
  if (!good)
    qc_store_folders_fail (path, error);
  if (fd >= 0)
    close (fd);
  return good;
}

#define PIECE (256 * 1024)

/* FALSE with errno. */
static gboolean
pour (int from, int to)
{
  g_autofree char *piece = g_malloc (PIECE);
  gssize n;
  while ((n = read (from, piece, PIECE)) != 0) {
    if (n < 0 && errno != EINTR)
      return FALSE;
    for (gssize done = 0; done < n;) {
      gssize written = write (to, piece + done, (gsize)(n - done));
      if (written < 0 && errno != EINTR)
        return FALSE;
      done += MAX (written, 0);
    }
  }
  return fsync (to) == 0;
}

gboolean
qc_store_folders_copy (const char *from, const char *to, GError **error)
{
  int in = open (from, O_RDONLY | O_CLOEXEC);
  int out = in >= 0 ? open (to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;
  gboolean good = out >= 0 && pour (in, out);
  if (!good)
    qc_store_folders_fail (in < 0 ? from : to, error);
  if (out >= 0)
    close (out);
  if (in >= 0)
    close (in);
  return good;
}

gboolean
qc_store_folders_link (const char *from, const char *to, GError **error)
{
  return link (from, to) == 0 || qc_store_folders_copy (from, to, error);
}

gboolean
qc_store_folders_move (const char *from, const char *to, GError **error)
{
  return g_rename (from, to) == 0 || qc_store_folders_fail (to, error);
}
