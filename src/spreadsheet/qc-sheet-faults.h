/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A sheet of faults at the end of a workbook, where marks cannot be put into the sheet itself. Any one thread.
 */
#pragma once

#include "qc-archive-copy.h"
#include "qc-sheet-mark.h"

G_BEGIN_DECLS

/* What the workbook says of its sheets: who is where, and where one more would stand. */
typedef struct _QcSheetBook QcSheetBook;

/* @part: that of the workbook. (transfer full) (nullable) */
QcSheetBook *qc_sheet_book_new (QcPackage *package, const char *part, GCancellable *cancellable, GError **error);
void qc_sheet_book_free (QcSheetBook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcSheetBook, qc_sheet_book_free)

/* Whether only a part of the sheet is printed, to which @column (from 0) does not belong. */
gboolean qc_sheet_book_prints_without (const QcSheetBook *book, const char *sheet_part, guint column);
/* Whether there is a sheet of faults of an earlier time. */
gboolean qc_sheet_book_has_faults (const QcSheetBook *book, const char *sheet_part, const char *title);
/* The sheet of faults comes into @copy, in the place of one of an earlier time. */
gboolean qc_sheet_book_store (const QcSheetBook *book, QcArchiveCopy *copy, const char *sheet_part, const char *title,
                              const QcSheetMark *marks, guint n, GCancellable *cancellable, GError **error);

G_END_DECLS
