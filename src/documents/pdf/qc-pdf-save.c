/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Writing a PDF: whole, or not at all (qc-new-file.h). One thread at a time.
 */
#include "qc-pdf-private.h"

#include <glib/gi18n-lib.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "qc-new-file.h"

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

gboolean
qc_pdf_check_target (const char *path, GError **error)
{
  int code = qc_new_file_check (path);
  if (code != 0)
    qc_pdf_set_write_error (error, code, path);
  return code == 0;
}

/* libharu does not look whether its last buffer reached the disk: a whole file ends as every PDF does. Why it did not,
 * syncing may know; else the disk is full. */
static gboolean
is_whole (int fd)
{
  off_t size = lseek (fd, 0, SEEK_END);
  char tail[8] = {0};
  return size >= 32 && pread (fd, tail, 6, size - 6) == 6 && strstr (tail, "%EOF") != NULL;
}

/* 0 or an errno. libharu tells that writing failed, the system why. */
static int
write_cb (int fd, const char *name, gpointer user_data)
{
  QcPdf *pdf = user_data;
  errno = 0;
  HPDF_STATUS status = HPDF_SaveToFile (pdf->doc, name);
  if (status != HPDF_OK || HPDF_GetError (pdf->doc) != HPDF_OK) {
    int code = errno;
    HPDF_ResetError (pdf->doc);
    return code != 0 ? code : EIO;
  }
  return is_whole (fd) ? 0 : ENOSPC;
}

gboolean
qc_pdf_save (QcPdf *pdf, const char *path, GError **error)
{
  qc_pdf_close (pdf);
  if (!qc_pdf_check (pdf, error))
    return FALSE;
  int code = qc_new_file_save (path, write_cb, pdf);
  if (code != 0)
    qc_pdf_set_write_error (error, code, path);
  return code == 0;
}

/* 0 or an errno. */
static int
write_bytes_cb (int fd, const char *name, gpointer user_data)
{
  gsize size;
  const char *data = g_bytes_get_data (user_data, &size);
  for (gsize done = 0; done < size;) {
    gssize n = write (fd, data + done, size - done);
    if (n < 0 && errno != EINTR)
      return errno;
    done += (gsize)MAX (n, 0);
  }
  return 0;
}

gboolean
qc_pdf_save_bytes (GBytes *pdf, const char *path, GError **error)
{
  int code = qc_new_file_save (path, write_bytes_cb, pdf);
  if (code != 0)
    qc_pdf_set_write_error (error, code, path);
  return code == 0;
}
