/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-roster-import-file.h.
 */
#include "qc-roster-import-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "qc-workbook.h"

#define PEEKED_AT 40 /* rows of a sheet, for its headers */

void
qc_import_file_free (QcImportFile *file)
{
  g_free (file->path);
  g_clear_pointer (&file->sheets, g_ptr_array_unref);
  g_clear_pointer (&file->table, qc_table_free);
  g_free (file);
}

static void
progress_cb (double fraction, gpointer user_data)
{
  g_atomic_int_set (&((QcImportFile *)user_data)->permille, (gint)(fraction * 1000));
}

/* The first sheet that is shown and names people; else the first one that is shown and holds something. */
static gboolean
choose_sheet (QcImportFile *file, QcWorkbook *workbook, GCancellable *cancellable, GError **error)
{
  const GPtrArray *sheets = qc_workbook_get_sheets (workbook);
  guint filled = G_MAXUINT;
  file->sheets = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < sheets->len; i++)
    g_ptr_array_add (file->sheets, g_strdup (((const QcSheetName *)g_ptr_array_index (sheets, i))->name));
  for (guint i = 0; i < sheets->len; i++) {
    if (((const QcSheetName *)g_ptr_array_index (sheets, i))->hidden)
      continue;
    file->sheet = i;
    if (sheets->len == 1)
      return TRUE;
    g_autoptr (QcTable) head = qc_workbook_read (workbook, i, PEEKED_AT, NULL, NULL, cancellable, error);
    if (head == NULL)
      return FALSE;
    if (qc_header_find_row (head, file->business) != G_MAXUINT)
      return TRUE;
    if (filled == G_MAXUINT && qc_table_get_n_rows (head) > 0)
      filled = i;
  }
  if (filled == G_MAXUINT) {
    g_set_error_literal (error, QC_SHEET_ERROR, QC_SHEET_ERROR_DAMAGED, _ ("No sheet of the file holds anything."));
    return FALSE;
  }
  file->sheet = filled;
  return TRUE;
}

static gboolean
is_same (const struct stat *before, const struct stat *after)
{
  return before->st_size == after->st_size && before->st_mtim.tv_sec == after->st_mtim.tv_sec
         && before->st_mtim.tv_nsec == after->st_mtim.tv_nsec;
}

static gboolean
read_open (QcImportFile *file, int fd, GCancellable *cancellable, GError **error)
{
  struct stat before, after;
  if (fstat (fd, &before) != 0)
    before.st_size = -1;
  g_autoptr (QcWorkbook) workbook = qc_workbook_open (fd, cancellable, error);
  file->old = workbook != NULL && qc_workbook_get_kind (workbook) == QC_WORKBOOK_XLS;
  if (workbook == NULL || !choose_sheet (file, workbook, cancellable, error))
    return FALSE;
  file->table = qc_workbook_read (workbook, file->sheet, 0, progress_cb, file, cancellable, error);
  if (file->table == NULL)
    return FALSE;
  if (fstat (fd, &after) != 0 || !is_same (&before, &after)) {
    g_set_error_literal (error, QC_SHEET_ERROR, QC_SHEET_ERROR_FILE,
                         _ ("The file was changed while it was read. Try again."));
    return FALSE;
  }
  file->header = qc_header_find_row (file->table, file->business);
  return TRUE;
}

gboolean
qc_import_file_read (QcImportFile *file, GCancellable *cancellable, GError **error)
{
  int fd = open (file->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) {
    int why = errno;
    g_autofree char *name = g_filename_display_basename (file->path);
    g_set_error (error, QC_SHEET_ERROR, QC_SHEET_ERROR_FILE, _ ("“%s” cannot be opened: %s."), name, g_strerror (why));
    return FALSE;
  }
  gboolean read = read_open (file, fd, cancellable, error);
  close (fd);
  return read;
}
