/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Writing a PDF: into a file without a name, synced, then given the name asked for, then the folder synced. Whatever
 * happens before, that name still holds what it held, and nothing else lies in the folder. A hidden name is used for a
 * moment where another file is replaced, and from the beginning where the file system knows no files without a name
 * (USB sticks, some shares). One thread at a time.
 */
#include "qc-pdf-private.h"

#include <glib/gi18n-lib.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

GBytes *
qc_pdf_to_bytes (QcPdf *pdf, GError **error)
{
  qc_pdf_close (pdf);
  if (!qc_pdf_check (pdf, error))
    return NULL;
  HPDF_SaveToStream (pdf->doc);
  if (!qc_pdf_check (pdf, error))
    return NULL;
  HPDF_UINT32 size = HPDF_GetStreamSize (pdf->doc);
  guint8 *data = g_malloc (size);
  HPDF_ResetStream (pdf->doc);
  HPDF_ReadFromStream (pdf->doc, data, &size);
  return g_bytes_new_take (data, size);
}

void
qc_pdf_set_write_error (GError **error, int code, const char *path)
{
  g_set_error (error, QC_DOCUMENTS_ERROR,
               code == ENOSPC || code == EDQUOT ? QC_DOCUMENTS_ERROR_NO_SPACE : QC_DOCUMENTS_ERROR_WRITE,
               _ ("%s cannot be written: %s. What was there before is untouched."), path, g_strerror (code));
}

/* 0 or an errno. A rename would pass over a file that says it is not to be written: its owner is asked first. */
static int
refusal_of (const char *path, const char *folder)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return EISDIR;
  if (faccessat (AT_FDCWD, path, W_OK, AT_EACCESS) != 0 && errno != ENOENT)
    return errno;
  return faccessat (AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) != 0 ? errno : 0;
}

gboolean
qc_pdf_check_target (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int code = refusal_of (path, folder);
  if (code != 0)
    qc_pdf_set_write_error (error, code, path);
  return code == 0;
}

/* libharu does not look whether its last buffer reached the disk: a whole file ends as every PDF does. Why it did not,
 * fsync may know; else the disk is full. */
static int
check_and_sync (int fd)
{
  off_t size = lseek (fd, 0, SEEK_END);
  if (fsync (fd) != 0)
    return errno;
  char tail[8] = {0};
  return size < 32 || pread (fd, tail, 6, size - 6) != 6 || strstr (tail, "%EOF") == NULL ? ENOSPC : 0;
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

/* 0 or an errno. libharu tells that writing failed, the system why. */
static int
write_to (QcPdf *pdf, int fd, const char *temporary)
{
  errno = 0;
  HPDF_STATUS status = HPDF_SaveToFile (pdf->doc, temporary);
  if (status != HPDF_OK || HPDF_GetError (pdf->doc) != HPDF_OK) {
    int code = errno;
    HPDF_ResetError (pdf->doc);
    return code != 0 ? code : EIO;
  }
  return check_and_sync (fd);
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
save_unnamed (QcPdf *pdf, const char *folder, const char *path)
{
  int fd = open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
  if (fd < 0)
    return errno == EISDIR || errno == ENOENT || errno == EINVAL ? EOPNOTSUPP : errno;
  g_autofree char *name = g_strdup_printf ("/proc/self/fd/%d", fd);
  int code = access (name, W_OK) == 0 ? write_to (pdf, fd, name) : EOPNOTSUPP;
  if (code == 0)
    code = give_name (name, folder, path);
  close (fd);
  return code;
}

/* 0 or an errno. */
static int
save_beside (QcPdf *pdf, const char *folder, const char *path)
{
  g_autofree char *temporary = g_build_filename (folder, ".qingce-XXXXXX", NULL);
  int fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0666);
  if (fd < 0)
    return errno;
  int code = write_to (pdf, fd, temporary);
  close (fd);
  if (code == 0 && g_rename (temporary, path) != 0)
    code = errno;
  if (code != 0)
    g_unlink (temporary);
  return code;
}

gboolean
qc_pdf_save (QcPdf *pdf, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  qc_pdf_close (pdf);
  if (!qc_pdf_check (pdf, error) || !qc_pdf_check_target (path, error))
    return FALSE;
  int code = save_unnamed (pdf, folder, path);
  if (code == EOPNOTSUPP)
    code = save_beside (pdf, folder, path);
  if (code != 0) {
    qc_pdf_set_write_error (error, code, path);
    return FALSE;
  }
  sync_folder (folder);
  return TRUE;
}
