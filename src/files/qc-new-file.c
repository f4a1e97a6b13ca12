/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-new-file.h. A hidden name is used for a moment where another file is replaced, and from the beginning where
 * the file system knows no files without a name (USB sticks, some shares). Any one thread.
 */
#include "qc-new-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* A rename would pass over a file that says it is not to be written: its owner is asked first. */
static int
refusal_of (const char *path, const char *folder)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return EISDIR;
  if (faccessat (AT_FDCWD, path, W_OK, AT_EACCESS) != 0 && errno != ENOENT)
    return errno;
  return faccessat (AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) != 0 ? errno : 0;
}

int
qc_new_file_check (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  return refusal_of (path, folder);
}

static void
sync_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0) {
    fsync (fd);
    close (fd);
  }
}

/* 0 or an errno. Why something could not be written, syncing may know better than who wrote. */
static int
write_and_sync (int fd, const char *name, QcNewFileFunc func, gpointer user_data)
{
  int code = func (fd, name, user_data);
  return fsync (fd) != 0 ? errno : code;
}

/* 0 or an errno; EOPNOTSUPP where what has no name cannot get one. */
static int
give_first_name (const char *from, const char *name)
{
  if (linkat (AT_FDCWD, from, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0)
    return 0;
  return errno == ENOENT || errno == EPERM || errno == EXDEV || errno == ENOSYS ? EOPNOTSUPP : errno;
}

/* The name goes to what has none yet, also where another file has it. 0 or an errno; EOPNOTSUPP as above. */
static int
give_name (const char *from, const char *folder, const char *path)
{
  int code = give_first_name (from, path);
  if (code != EEXIST)
    return code;
  g_autofree char *beside = NULL;
  while (code == EEXIST) {
    g_free (beside);
    beside = g_strdup_printf ("%s/.qingce-%08x", folder, g_random_int ());
    code = give_first_name (from, beside);
  }
  if (code == 0 && g_rename (beside, path) != 0) {
    code = errno;
    g_unlink (beside);
  }
  return code;
}

/* 0 or an errno; EOPNOTSUPP where the folder knows no files without a name, or there is no /proc to write it by. */
static int
save_unnamed (const char *folder, const char *path, QcNewFileFunc func, gpointer user_data)
{
  int fd = open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
  if (fd < 0)
    return errno == EISDIR || errno == ENOENT || errno == EINVAL ? EOPNOTSUPP : errno;
  g_autofree char *name = g_strdup_printf ("/proc/self/fd/%d", fd);
  int code = access (name, W_OK) == 0 ? write_and_sync (fd, name, func, user_data) : EOPNOTSUPP;
  if (code == 0)
    code = give_name (name, folder, path);
  close (fd);
  return code;
}

/* 0 or an errno. */
static int
save_beside (const char *folder, const char *path, QcNewFileFunc func, gpointer user_data)
{
  g_autofree char *temporary = g_build_filename (folder, ".qingce-XXXXXX", NULL);
  int fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0666);
  if (fd < 0)
    return errno;
  int code = write_and_sync (fd, temporary, func, user_data);
  close (fd);
  if (code == 0 && g_rename (temporary, path) != 0)
    code = errno;
  if (code != 0)
    g_unlink (temporary);
  return code;
}

int
qc_new_file_save (const char *path, QcNewFileFunc func, gpointer user_data)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int code = refusal_of (path, folder);
  if (code != 0)
    return code;
  code = save_unnamed (folder, path, func, user_data);
  if (code == EOPNOTSUPP)
    code = save_beside (folder, path, func, user_data);
  if (code == 0)
    sync_folder (folder);
  return code;
}
