/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Old workbooks (.xls, BIFF 5 to 8: Excel 5 to 2003, and what everything else saves as such) in the program
 * qingce-reader. What stands in the file is told as it stands there; which numbers are dates, whoever asked decides.
 * One thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean qc_is_xls (const guint8 *data, gsize size);
/* An answer of the workbook, or of the cells of sheet @sheet (from 0), as qc-sheets.h has it. @most: rows that hold
 * something, after which it ends; 0 = all. */
void qc_read_xls_book (GByteArray *answer, const guint8 *data, gsize size);
void qc_read_xls_cells (GByteArray *answer, const guint8 *data, gsize size, guint sheet, guint most);

G_END_DECLS
