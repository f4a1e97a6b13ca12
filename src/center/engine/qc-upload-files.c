/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Files of attachments; see the header. Names are digests and numbers that were checked, so that none can lead out of
 * the folder; links are not followed. Any thread.
 */
#include "qc-upload-files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "qc-attachment.h"
#include "qc-digest.h"
#include "qc-jpeg.h"

#define FOLDER  "attachments"
#define PART    "part-"
#define PICTURE ".jpg"

struct _QcUploadFiles {
  char *folder; /* (owned) */
  GMutex mutex;
  GHashTable *busy; /* (owned) char*: uploads that somebody is at */
};

QcUploadFiles *
qc_upload_files_new (const char *data_dir)
{
  QcUploadFiles *self = g_new0 (QcUploadFiles, 1);
  self->folder = g_build_filename (data_dir, FOLDER, NULL);
  g_mutex_init (&self->mutex);
  self->busy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
qc_upload_files_free (QcUploadFiles *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->busy);
  g_mutex_clear (&self->mutex);
  g_free (self->folder);
  g_free (self);
}

gboolean
qc_upload_files_claim (QcUploadFiles *self, const char *upload)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  return g_hash_table_add (self->busy, g_strdup (upload));
}

void
qc_upload_files_release (QcUploadFiles *self, const char *upload)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_hash_table_remove (self->busy, upload);
}

static gboolean
fail (const char *what, GError **error)
{
  int number = errno;
  g_set_error (error, G_IO_ERROR, (gint)g_io_error_from_errno (number), "%s: %s", what, g_strerror (number));
  return FALSE;
}

static char *
part_path (QcUploadFiles *self, const char *upload)
{
  g_autofree char *name = g_strconcat (PART, upload, NULL);
  return g_build_filename (self->folder, name, NULL);
}

static char *
picture_path (QcUploadFiles *self, const char *digest)
{
  g_autofree char *name = g_strconcat (digest, PICTURE, NULL);
  return g_build_filename (self->folder, name, NULL);
}

/* A name that was given in the folder is on the disk. */
static gboolean
sync_folder (QcUploadFiles *self, GError **error)
{
  int fd = open (self->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return fail (self->folder, error);
  gboolean good = fsync (fd) == 0 || fail (self->folder, error);
  close (fd);
  return good;
}

/* ---- what arrives ---- */

static gboolean
write_all (int fd, const guint8 *data, gsize size, gint64 at, GError **error)
{
  while (size > 0) {
    gssize n = pwrite (fd, data, size, at);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return fail ("write", error);
    data += n;
    size -= (gsize)n;
    at += n;
  }
  return TRUE;
}

static gboolean
append (int fd, gint64 have, GBytes *bytes, QcUploadWrite *out, GError **error)
{
  struct stat info;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  if (fstat (fd, &info) != 0)
    return fail ("stat", error);
  *out = info.st_size < have ? QC_UPLOAD_LOST : QC_UPLOAD_WRITTEN;
  if (*out == QC_UPLOAD_LOST)
    return TRUE;
  if (info.st_size > have && ftruncate (fd, have) != 0)
    return fail ("truncate", error);
  return write_all (fd, data, size, have, error) && (fdatasync (fd) == 0 || fail ("sync", error));
}

gboolean
qc_upload_files_append (QcUploadFiles *self, const char *upload, gint64 have, GBytes *bytes, QcUploadWrite *out,
                        GError **error)
{
  g_autofree char *path = part_path (self, upload);
  if (g_mkdir_with_parents (self->folder, 0700) != 0)
    return fail (self->folder, error);
  int fd = open (path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return fail (path, error);
  gboolean good = append (fd, have, bytes, out, error);
  close (fd);
  return good;
}

static GBytes *
map (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) {
    fail (path, error);
    return NULL;
  }
  g_autoptr (GMappedFile) file = g_mapped_file_new_from_fd (fd, FALSE, error);
  close (fd);
  return file != NULL ? g_mapped_file_get_bytes (file) : NULL;
}

gboolean
qc_upload_files_judge (QcUploadFiles *self, const char *upload, const char *digest, QcUploadVerdict *out,
                       GError **error)
{
  g_autofree char *path = part_path (self, upload);
  g_autoptr (GBytes) bytes = map (path, error);
  if (bytes == NULL)
    return FALSE;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autofree char *found = qc_digest_hex (data, size);
  *out = !g_str_equal (found, digest)    ? QC_UPLOAD_OTHER
         : !qc_jpeg_is_bare (data, size) ? QC_UPLOAD_NOT_BARE
                                         : QC_UPLOAD_GOOD;
  return TRUE;
}

gboolean
qc_upload_files_keep_again (QcUploadFiles *self, const char *upload, const char *digest, GError **error)
{
  g_autofree char *from = part_path (self, upload);
  g_autofree char *to = picture_path (self, digest);
  return link (from, to) == 0 || errno == EEXIST || fail (to, error);
}

gboolean
qc_upload_files_keep (QcUploadFiles *self, const char *upload, const char *digest, GError **error)
{
  return qc_upload_files_keep_again (self, upload, digest, error) && sync_folder (self, error);
}

gboolean
qc_upload_files_has (QcUploadFiles *self, const char *digest)
{
  g_autofree char *path = picture_path (self, digest);
  return g_access (path, R_OK) == 0;
}

void
qc_upload_files_drop (QcUploadFiles *self, const char *upload)
{
  g_autofree char *path = part_path (self, upload);
  g_unlink (path);
}

GBytes *
qc_upload_files_read (QcUploadFiles *self, const char *digest, GError **error)
{
  g_autofree char *path = picture_path (self, digest);
  return map (path, error);
}

GBytes *
qc_upload_files_read_part (QcUploadFiles *self, const char *upload, GError **error)
{
  g_autofree char *path = part_path (self, upload);
  return map (path, error);
}

int
qc_upload_files_open_spool (QcUploadFiles *self, GError **error)
{
  int fd
      = g_mkdir_with_parents (self->folder, 0700) == 0 ? open (self->folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600) : -1;
  if (fd < 0)
    fail (self->folder, error);
  return fd;
}

/* ---- what nobody knows ---- */

/* *@out: upload or digest that @name stands for. FALSE: it is no file of ours. */
static gboolean
parse_name (const char *name, char **out, gboolean *is_upload)
{
  *is_upload = g_str_has_prefix (name, PART);
  if (*is_upload) {
    *out = g_strdup (name + strlen (PART));
    return TRUE;
  }
  if (!g_str_has_suffix (name, PICTURE))
    return FALSE;
  *out = g_strndup (name, strlen (name) - strlen (PICTURE));
  if (qc_attachment_is_digest (*out))
    return TRUE;
  g_clear_pointer (out, g_free);
  return FALSE;
}

gboolean
qc_upload_files_sweep (QcUploadFiles *self, gint64 age, QcUploadKnownFunc known, gpointer user_data, GError **error)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  gint64 before = g_get_real_time () / G_USEC_PER_SEC - age;
  const char *name;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (self->folder, name, NULL);
    g_autofree char *what = NULL;
    GError *fault = NULL;
    gboolean is_upload;
    struct stat info;
    if (!parse_name (name, &what, &is_upload) || lstat (path, &info) != 0 || info.st_mtime > before)
      continue;
    gboolean stays = known (what, is_upload, user_data, &fault);
    if (fault != NULL) {
      g_propagate_error (error, fault);
      return FALSE;
    }
    if (!stays)
      g_unlink (path);
  }
  return TRUE;
}
