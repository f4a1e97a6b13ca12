/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-sheet-mark.h: marks of an earlier time go first, into a file of their own without a name; then the new ones
 * come, into the sheet or beside it.
 */
#include "qc-sheet-mark.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "qc-delimited-mark.h"
#include "qc-sheet-copy.h"
#include "qc-sheet-faults.h"
#include "qc-sheet-scan.h"
#include "qc-workbook.h"
#include "qc-xlsx.h"

/* The parts of a workbook that marking looks at. */
typedef struct {
  QcXlsx *xlsx;          /* (owned) */
  QcPackage *package;    /* borrowed, of xlsx */
  char *part;            /* (owned) of the workbook */
  const char *sheet;     /* borrowed; the part of the sheet */
  char *texts;           /* (owned) (nullable) */
  QcSheetStyles *styles; /* (owned) (nullable) to which formats can be appended */
} Parts;

static void
parts_clear (Parts *parts)
{
  g_clear_pointer (&parts->styles, qc_sheet_styles_free);
  g_clear_pointer (&parts->xlsx, qc_xlsx_close);
  g_free (parts->part);
  g_free (parts->texts);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

static gboolean
open_styles (Parts *parts, GCancellable *cancellable, GError **error)
{
  GError *fault = NULL;
  g_autofree char *part = qc_package_dup_related (parts->package, parts->part, "/styles", NULL, &fault);
  if (fault == NULL && part != NULL)
    parts->styles = qc_sheet_styles_new (parts->package, part, cancellable, &fault);
  if (fault == NULL)
    return TRUE;
  g_propagate_error (error, fault);
  return FALSE;
}

static gboolean
open_parts (Parts *parts, int fd, guint sheet, GCancellable *cancellable, GError **error)
{
  parts->package = qc_package_open (fd, error);
  parts->xlsx = parts->package != NULL ? qc_xlsx_open (parts->package, cancellable, error) : NULL;
  if (parts->xlsx == NULL)
    return FALSE;
  if (sheet >= qc_xlsx_get_sheets (parts->xlsx)->len) {
    g_set_error_literal (error, QC_SHEET_ERROR, QC_SHEET_ERROR_FILE,
                         _ ("The file was changed while it was read. Try again."));
    return FALSE;
  }
  parts->sheet = qc_xlsx_get_part (parts->xlsx, sheet);
  GError *fault = NULL;
  parts->part = qc_package_dup_related (parts->package, "", "/officeDocument", NULL, &fault);
  if (fault == NULL && parts->part == NULL)
    parts->part = qc_package_dup_typed (parts->package, "sheet.main+xml", &fault);
  if (fault == NULL)
    parts->texts = qc_package_dup_related (parts->package, parts->part, "/sharedStrings", NULL, &fault);
  if (fault == NULL && parts->texts == NULL)
    parts->texts = qc_package_dup_typed (parts->package, "sharedStrings+xml", &fault);
  if (fault == NULL)
    return open_styles (parts, cancellable, error);
  g_propagate_error (error, fault);
  return FALSE;
}

static QcSheetScanRequest
request_of (const Parts *parts, guint header_row, const char *title)
{
  return (QcSheetScanRequest) {.package = parts->package,
                               .part = parts->sheet,
                               .texts_part = parts->texts,
                               .styles = parts->styles,
                               .header_row = header_row,
                               .title = title};
}

/* A file without a name. -1 with @error set */
static int
open_nameless (GError **error)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("qingce-XXXXXX", &path, error);
  if (fd >= 0)
    g_unlink (path);
  return fd;
}

/* @out_column (nullable): that of the reasons. */
static gboolean
unmark (int fd, guint sheet, guint header_row, const char *title, int out_fd, gboolean *out_found, guint *out_column,
        GCancellable *cancellable, GError **error)
{
  g_auto (Parts) parts = {0};
  g_auto (QcSheetScan) scan = {0};
  if (!open_parts (&parts, fd, sheet, cancellable, error))
    return FALSE;
  g_autoptr (QcArchiveCopy) copy = qc_archive_copy_new (fd, error);
  if (copy == NULL)
    return FALSE;
  QcSheetScanRequest request = request_of (&parts, header_row, title);
  if (parts.styles != NULL && !qc_sheet_scan_unmark (&request, &scan, cancellable, error))
    return FALSE;
  *out_found = scan.marked;
  *out_column = scan.column;
  if (scan.marked) {
    qc_archive_copy_change (copy, parts.sheet, g_steal_pointer (&scan.edits), &scan.form);
    qc_sheet_styles_store (parts.styles, copy);
  }
  return qc_archive_copy_write (copy, out_fd, cancellable, error);
}

gboolean
qc_sheet_unmark (int fd, guint sheet, guint header_row, const char *title, int out_fd, gboolean *out_found,
                 GCancellable *cancellable, GError **error)
{
  guint column;
  return unmark (fd, sheet, header_row, title, out_fd, out_found, &column, cancellable, error);
}

typedef struct {
  guint sheet, header_row;
  const char *title;
  const QcSheetMark *marks;
  guint n;
  gboolean fresh; /* marks of an earlier time are gone; their reasons stood in column least */
  guint least;
} Marking;

static gboolean mark_workbook (int fd, const Marking *marking, int out_fd, QcSheetMarkHow *out_how,
                               GCancellable *cancellable, GError **error);

/* Takes old marks out first. *@out_done: there were some, and the new ones are written. */
static gboolean
mark_again (int fd, const Marking *marking, int out_fd, gboolean *out_done, QcSheetMarkHow *out_how,
            GCancellable *cancellable, GError **error)
{
  Marking again = *marking;
  int clean = open_nameless (error);
  again.fresh = TRUE;
  gboolean ok = clean >= 0
                && unmark (fd, marking->sheet, marking->header_row, marking->title, clean, out_done, &again.least,
                           cancellable, error)
                && (!*out_done || mark_workbook (clean, &again, out_fd, out_how, cancellable, error));
  if (clean >= 0)
    close (clean);
  return ok;
}

static gboolean
mark_workbook (int fd, const Marking *marking, int out_fd, QcSheetMarkHow *out_how, GCancellable *cancellable,
               GError **error)
{
  g_auto (Parts) parts = {0};
  g_auto (QcSheetScan) scan = {0};
  if (!open_parts (&parts, fd, marking->sheet, cancellable, error))
    return FALSE;
  g_autoptr (QcSheetBook) book = qc_sheet_book_new (parts.package, parts.part, cancellable, error);
  g_autoptr (QcArchiveCopy) copy = book != NULL ? qc_archive_copy_new (fd, error) : NULL;
  if (copy == NULL)
    return FALSE;
  QcSheetScanRequest request = request_of (&parts, marking->header_row, marking->title);
  request.fresh = marking->fresh;
  request.least = marking->least;
  scan.blocked = parts.styles == NULL;
  if (parts.styles != NULL && !qc_sheet_scan_mark (&request, marking->marks, marking->n, &scan, cancellable, error))
    return FALSE;
  gboolean done = FALSE;
  if (parts.styles != NULL && !marking->fresh && (scan.marked || scan.blocked)
      && !mark_again (fd, marking, out_fd, &done, out_how, cancellable, error))
    return FALSE;
  if (done)
    return TRUE;
  gboolean fills = parts.styles != NULL && !scan.marked && !scan.blocked;
  gboolean inside = fills && !scan.crowded && !qc_sheet_book_prints_without (book, parts.sheet, scan.column);
  if (fills && !inside) {
    request.only_fills = TRUE;
    qc_sheet_styles_forget (parts.styles);
    qc_sheet_scan_clear (&scan);
    if (!qc_sheet_scan_mark (&request, marking->marks, marking->n, &scan, cancellable, error))
      return FALSE;
  }
  *out_how = inside ? QC_SHEET_MARK_IN_SHEET : QC_SHEET_MARK_APPENDED;
  if (fills && scan.edits->len > 0) {
    qc_archive_copy_change (copy, parts.sheet, g_steal_pointer (&scan.edits), &scan.form);
    qc_sheet_styles_store (parts.styles, copy);
  }
  if ((!inside || qc_sheet_book_has_faults (book, parts.sheet, marking->title))
      && !qc_sheet_book_store (book, copy, parts.sheet, marking->title, marking->marks, marking->n, cancellable, error))
    return FALSE;
  return qc_archive_copy_write (copy, out_fd, cancellable, error);
}

/* ---- texts ---- */

static gboolean
write_all (int fd, const guint8 *bytes, gsize length, GError **error)
{
  gsize done = 0;
  while (done < length) {
    gssize n = pwrite (fd, bytes + done, length - done, (off_t)done);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0) {
      g_set_error (error, G_IO_ERROR, n < 0 ? (int)g_io_error_from_errno (errno) : G_IO_ERROR_FAILED, "%s",
                   g_strerror (errno));
      return FALSE;
    }
    done += (gsize)n;
  }
  return TRUE;
}

static gboolean
mark_text (int fd, const QcWorkbook *workbook, const Marking *marking, int out_fd, GCancellable *cancellable,
           GError **error)
{
  gint64 size = lseek (fd, 0, SEEK_END);
  gsize length = 0;
  g_autofree char *bytes = g_malloc ((gsize)MAX (size, 0) + 1);
  for (gssize n;
       length < (gsize)MAX (size, 0) && (n = pread (fd, bytes + length, (gsize)size - length, (off_t)length)) > 0;)
    length += (gsize)n;
  g_autoptr (GByteArray) marked
      = qc_delimited_mark (bytes, length, qc_workbook_get_encoding (workbook), qc_workbook_get_separator (workbook),
                           marking->header_row, marking->title, marking->marks, marking->n, cancellable, error);
  return marked != NULL && write_all (out_fd, marked->data, marked->len, error);
}

/* An old workbook cannot bear marks: a copy of what was read of it does. */
static gboolean
mark_copy (QcWorkbook *workbook, const Marking *marking, int out_fd, QcSheetMarkHow *out_how, GCancellable *cancellable,
           GError **error)
{
  int copy = open_nameless (error);
  gboolean ok = copy >= 0 && qc_sheet_copy (workbook, copy, cancellable, error)
                && mark_workbook (copy, marking, out_fd, out_how, cancellable, error);
  if (copy >= 0)
    close (copy);
  return ok;
}

gboolean
qc_sheet_mark (int fd, guint sheet, guint header_row, const char *title, const QcSheetMark *marks, guint n, int out_fd,
               QcSheetMarkHow *out_how, GCancellable *cancellable, GError **error)
{
  Marking marking = {sheet, header_row, title, marks, n, FALSE, 0};
  gboolean found;
  g_autoptr (QcWorkbook) workbook = qc_workbook_open (fd, cancellable, error);
  if (workbook == NULL)
    return FALSE;
  if (qc_workbook_get_kind (workbook) == QC_WORKBOOK_DELIMITED) {
    *out_how = QC_SHEET_MARK_IN_COLUMN;
    return mark_text (fd, workbook, &marking, out_fd, cancellable, error);
  }
  if (qc_workbook_get_kind (workbook) == QC_WORKBOOK_XLS)
    return mark_copy (workbook, &marking, out_fd, out_how, cancellable, error);
  g_clear_pointer (&workbook, qc_workbook_close);
  *out_how = QC_SHEET_MARK_IN_SHEET;
  return n > 0 ? mark_workbook (fd, &marking, out_fd, out_how, cancellable, error)
               : qc_sheet_unmark (fd, sheet, header_row, title, out_fd, &found, cancellable, error);
}
