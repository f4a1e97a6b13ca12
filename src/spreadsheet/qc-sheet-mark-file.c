/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-sheet-mark-file.h.
 */
#include "qc-sheet-mark-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "qc-new-file.h"

typedef struct {
  const char *from, *title; /* borrowed */
  guint sheet, header_row, n;
  const QcSheetMark *marks; /* borrowed */
  QcSheetMarkHow *how;
  GCancellable *cancellable; /* (nullable) borrowed */
  GError *error;             /* (owned) (nullable) */
} Copy;

static int
write_copy (int fd, const char *name, gpointer user_data)
{
  Copy *copy = user_data;
  int from = open (copy->from, O_RDONLY | O_CLOEXEC);
  if (from < 0)
    return errno;
  gboolean marked = qc_sheet_mark (from, copy->sheet, copy->header_row, copy->title, copy->marks, copy->n, fd,
                                   copy->how, copy->cancellable, &copy->error);
  close (from);
  return marked ? 0 : EIO;
}

gboolean
qc_sheet_mark_file (const char *from, guint sheet, guint header_row, const char *title, const QcSheetMark *marks,
                    guint n, const char *to, QcSheetMarkHow *out_how, GCancellable *cancellable, GError **error)
{
  Copy copy = {from, title, sheet, header_row, n, marks, out_how, cancellable, NULL};
  int why = qc_new_file_save (to, write_copy, &copy);
  if (why == 0)
    return TRUE;
  if (copy.error != NULL) {
    g_propagate_error (error, copy.error);
    return FALSE;
  }
  g_autofree char *name = g_filename_display_name (to);
  g_set_error (error, QC_SHEET_ERROR, QC_SHEET_ERROR_FILE, _ ("“%s” cannot be written: %s. Choose another folder."),
               name, g_strerror (why));
  return FALSE;
}
