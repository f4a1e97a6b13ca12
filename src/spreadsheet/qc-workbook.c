/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-workbook.h: what kind of file it is. Any one thread.
 */
#include "qc-workbook.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "qc-delimited.h"
#include "qc-xls.h"
#include "qc-xlsx.h"

struct _QcWorkbook {
  QcXlsx *xlsx;           /* (owned) (nullable) */
  QcXls *xls;             /* (owned) (nullable) */
  QcDelimited *delimited; /* (owned) (nullable) */
  GPtrArray *sheets;      /* (owned) (nullable) of a text: one without a name */
};

void
qc_sheet_name_free (gpointer name)
{
  g_free (((QcSheetName *)name)->name);
  g_free (name);
}

static void
set_error (GError **error, QcSheetError code, const char *words)
{
  g_set_error_literal (error, QC_SHEET_ERROR, (int)code, words);
}

void
qc_workbook_set_full (GError **error, QcTableFull full)
{
  switch (full) {
  case QC_TABLE_ROWS:
    g_set_error (error, QC_SHEET_ERROR, QC_SHEET_ERROR_LIMIT,
                 _ ("The sheet has more than %d rows that hold something. Divide it into several files."),
                 QC_TABLE_MAX_ROWS);
    return;
  case QC_TABLE_COLUMNS:
    g_set_error (error, QC_SHEET_ERROR, QC_SHEET_ERROR_LIMIT,
                 _ ("The sheet uses more than %d columns. Delete those that are not needed."), QC_TABLE_MAX_COLUMNS);
    return;
  case QC_TABLE_CELLS:
  case QC_TABLE_BYTES:
  case QC_TABLE_TAKEN:
  default:
    set_error (error, QC_SHEET_ERROR_LIMIT,
               _ ("The sheet holds more cells and texts than are read. Delete what is not needed, or divide it into "
                  "several files."));
  }
}

static gboolean
open_bytes (QcWorkbook *workbook, const char *bytes, gsize length, GError **error)
{
  workbook->delimited = qc_delimited_new (bytes, length, error);
  if (workbook->delimited == NULL)
    return FALSE;
  QcSheetName *only = g_new0 (QcSheetName, 1);
  only->name = g_strdup ("");
  workbook->sheets = g_ptr_array_new_with_free_func (qc_sheet_name_free);
  g_ptr_array_add (workbook->sheets, only);
  return TRUE;
}

QcWorkbook *
qc_workbook_open (int fd, GCancellable *cancellable, GError **error)
{
  struct stat stat;
  if (fstat (fd, &stat) != 0 || !S_ISREG (stat.st_mode)) {
    set_error (error, QC_SHEET_ERROR_FILE, _ ("This is no file that can be read."));
    return NULL;
  }
  if (stat.st_size > QC_PACKAGE_MAX_FILE) {
    set_error (error, QC_SHEET_ERROR_LIMIT,
               _ ("The file is larger than 64 MiB. Save the sheet that is meant as a workbook of its own."));
    return NULL;
  }
  if (stat.st_size == 0) {
    set_error (error, QC_SHEET_ERROR_DAMAGED, _ ("The file is empty."));
    return NULL;
  }
  g_autoptr (QcWorkbook) workbook = g_new0 (QcWorkbook, 1);
  char first[4] = "";
  if (pread (fd, first, sizeof first, 0) == sizeof first && memcmp (first, "PK\3\4", sizeof first) == 0) {
    QcPackage *package = qc_package_open (fd, error);
    workbook->xlsx = package != NULL ? qc_xlsx_open (package, cancellable, error) : NULL;
    return workbook->xlsx != NULL ? g_steal_pointer (&workbook) : NULL;
  }
  if (qc_xls_is (fd)) {
    workbook->xls = qc_xls_open (fd, cancellable, error);
    return workbook->xls != NULL ? g_steal_pointer (&workbook) : NULL;
  }
  g_autofree char *bytes = g_malloc ((gsize)stat.st_size);
  gsize length = 0;
  gssize n;
  while (length < (gsize)stat.st_size
         && (n = pread (fd, bytes + length, (gsize)stat.st_size - length, (off_t)length)) > 0)
    length += (gsize)n;
  if (length != (gsize)stat.st_size) {
    set_error (error, QC_SHEET_ERROR_FILE, _ ("The file was changed while it was read. Try again."));
    return NULL;
  }
  return open_bytes (workbook, bytes, length, error) ? g_steal_pointer (&workbook) : NULL;
}

void
qc_workbook_close (QcWorkbook *workbook)
{
  if (workbook == NULL)
    return;
  qc_xlsx_close (workbook->xlsx);
  qc_xls_close (workbook->xls);
  qc_delimited_free (workbook->delimited);
  g_clear_pointer (&workbook->sheets, g_ptr_array_unref);
  g_free (workbook);
}

QcWorkbookKind
qc_workbook_get_kind (const QcWorkbook *workbook)
{
  return workbook->xlsx != NULL ? QC_WORKBOOK_XLSX : workbook->xls != NULL ? QC_WORKBOOK_XLS : QC_WORKBOOK_DELIMITED;
}

const GPtrArray *
qc_workbook_get_sheets (const QcWorkbook *workbook)
{
  return workbook->xlsx != NULL  ? qc_xlsx_get_sheets (workbook->xlsx)
         : workbook->xls != NULL ? qc_xls_get_sheets (workbook->xls)
                                 : workbook->sheets;
}

const char *
qc_workbook_get_encoding (const QcWorkbook *workbook)
{
  return workbook->delimited != NULL ? workbook->delimited->encoding : NULL;
}

char
qc_workbook_get_separator (const QcWorkbook *workbook)
{
  return workbook->delimited != NULL ? workbook->delimited->separator : '\0';
}

QcTable *
qc_workbook_read (QcWorkbook *workbook, guint sheet, guint most, QcWorkbookProgress progress, gpointer user_data,
                  GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (sheet < qc_workbook_get_sheets (workbook)->len, NULL);
  if (workbook->xls != NULL)
    return qc_xls_read (workbook->xls, sheet, most, cancellable, error);
  return workbook->xlsx != NULL
             ? qc_xlsx_read (workbook->xlsx, sheet, most, progress, user_data, cancellable, error)
             : qc_delimited_read (workbook->delimited, most, progress, user_data, cancellable, error);
}
