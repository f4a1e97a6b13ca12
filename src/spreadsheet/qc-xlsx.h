/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The workbook inside a package (ECMA-376 part 1, transitional and strict): its sheets, its shared texts, and which
 * formats are dates. Any one thread.
 */
#pragma once

#include "qc-package.h"
#include "qc-workbook.h"

G_BEGIN_DECLS

typedef struct _QcXlsx QcXlsx;

/* @package: (transfer full) (nullable) */
QcXlsx *qc_xlsx_open (QcPackage *package, GCancellable *cancellable, GError **error);
void qc_xlsx_close (QcXlsx *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcXlsx, qc_xlsx_close)

/* GPtrArray of QcSheetName. Borrowed. */
const GPtrArray *qc_xlsx_get_sheets (const QcXlsx *book);
/* The part of sheet @sheet. Borrowed. */
const char *qc_xlsx_get_part (const QcXlsx *book, guint sheet);
/* As qc_workbook_read(). */
QcTable *qc_xlsx_read (QcXlsx *book, guint sheet, guint most, QcWorkbookProgress progress, gpointer user_data,
                       GCancellable *cancellable, GError **error);

G_END_DECLS
