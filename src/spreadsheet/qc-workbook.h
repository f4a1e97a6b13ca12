/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A clerk's file as sheets of cells: .xlsx (QcXlsx), .xls (QcXls), CSV and TSV (QcDelimited). What a file is says its
 * content, never its name. Reading is one pass in the caller's thread, which is never the main one; it can be
 * cancelled, and tells how far it is.
 */
#pragma once

#include "qc-sheet-error.h"
#include "qc-table.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  QC_WORKBOOK_XLSX,
  QC_WORKBOOK_XLS, /* read only: what is made of it is an .xlsx */
  QC_WORKBOOK_DELIMITED,
} QcWorkbookKind;

typedef struct {
  char *name; /* (owned) "" of a text */
  gboolean hidden;
} QcSheetName;
void qc_sheet_name_free (gpointer name);

typedef struct _QcWorkbook QcWorkbook;

/* How far it is, 0 … 1; called in the reading thread, every 64 KiB at most. */
typedef void (*QcWorkbookProgress) (double fraction, gpointer user_data);

/* @fd: stays the caller's, and must stay open as long as the workbook. (transfer full) (nullable) */
QcWorkbook *qc_workbook_open (int fd, GCancellable *cancellable, GError **error);
void qc_workbook_close (QcWorkbook *workbook);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcWorkbook, qc_workbook_close)

QcWorkbookKind qc_workbook_get_kind (const QcWorkbook *workbook);
/* GPtrArray of QcSheetName, in the order of the tabs; sheets without cells (charts) are not among them. Borrowed. */
const GPtrArray *qc_workbook_get_sheets (const QcWorkbook *workbook);
/* Of a text: what it is written in ("UTF-8", "GB18030", "UTF-16LE" …) and what stands between its cells. NULL, 0 for a
 * workbook. Borrowed. */
const char *qc_workbook_get_encoding (const QcWorkbook *workbook);
char qc_workbook_get_separator (const QcWorkbook *workbook);

/* @most: rows that hold something, after which it ends; 0 = all. @progress nullable. (transfer full) (nullable) */
QcTable *qc_workbook_read (QcWorkbook *workbook, guint sheet, guint most, QcWorkbookProgress progress,
                           gpointer user_data, GCancellable *cancellable, GError **error);

/* ---- for those who read ---- */

/* That a table was full, in words. */
void qc_workbook_set_full (GError **error, QcTableFull full);

G_END_DECLS
