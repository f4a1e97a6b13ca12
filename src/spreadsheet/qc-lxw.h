/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What libxlsxwriter leaves to those who use it in constant memory: where it puts rows aside, that they are let go, and
 * whether all of them reached the file. Any one thread.
 */
#pragma once

#include "qc-package.h"

#include <xlsxwriter.h>

G_BEGIN_DECLS

/* Where there is room: what is put aside may be a hundred megabytes, and /tmp may be memory. */
const char *qc_lxw_get_scratch_folder (void);
/* Instead of workbook_close(), which alone closes what is put aside. */
void qc_lxw_drop (lxw_workbook *book);

/* Whether the file has a sheet @number, from 1. */
gboolean qc_lxw_has (QcPackage *package, guint number);
/* Rows and cells that reached that sheet of the file; FALSE: it is not there, or its end is missing. */
gboolean qc_lxw_count (QcPackage *package, guint number, guint64 *out_rows, guint64 *out_cells,
                       GCancellable *cancellable);

G_END_DECLS
