/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Faults in the clerk's own workbook or text: a copy of it in which every part that bears no mark is as it was, byte
 * for byte, and of the marked sheet everything but the marks. Reads and writes in the caller's thread, which is never
 * the main one.
 */
#pragma once

#include "qc-sheet-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
  guint row;          /* of the sheet, from 1 */
  int column;         /* from 0; -1 = the whole row: only its reason */
  const char *reason; /* borrowed; a sentence */
  const char *who;    /* (nullable) borrowed; who stands in the row, for a sheet of faults */
} QcSheetMark;

typedef enum {
  QC_SHEET_MARK_IN_SHEET,  /* faulty cells have a fill, a column says why */
  QC_SHEET_MARK_APPENDED,  /* a table, filter, print range, protection or merged cell stands where that column would:
                              a sheet of faults was appended, faulty cells have a fill all the same. Or the sheet is
                              written as no program does: the sheet of faults alone */
  QC_SHEET_MARK_IN_COLUMN, /* of a text: a column says why */
} QcSheetMarkHow;

/* Writes a copy of the workbook or text behind @fd, whose sheet @sheet (of qc_workbook_get_sheets()) bears these marks,
 * ordered by row, into @out_fd: a new, empty file opened for writing, which the caller names afterwards. @title heads
 * the column of reasons in row @header_row (0 = there is none), and is the name of a sheet of faults; marks of an
 * earlier time under the same title are taken back first. Of an .xls the copy is an .xlsx with what was read of it. */
gboolean qc_sheet_mark (int fd, guint sheet, guint header_row, const char *title, const QcSheetMark *marks, guint n,
                        int out_fd, QcSheetMarkHow *out_how, GCancellable *cancellable, GError **error);

/* Takes the marks of @sheet back. If no other program has saved the workbook since, its part is again what it was
 * before them, byte for byte. *@out_found: whether there were any. Workbooks only. */
gboolean qc_sheet_unmark (int fd, guint sheet, guint header_row, const char *title, int out_fd, gboolean *out_found,
                          GCancellable *cancellable, GError **error);

G_END_DECLS
