/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What was read of a workbook, written as an .xlsx: every sheet with every cell at its place, as the text, number, date
 * or flag that it is; errors are texts. Of the looks nothing but dates and whole numbers. Reads and writes in the
 * caller's thread, which is never the main one.
 */
#pragma once

#include "qc-workbook.h"

G_BEGIN_DECLS

/* @out_fd: a new, empty file opened for writing. */
gboolean qc_sheet_copy (QcWorkbook *workbook, int out_fd, GCancellable *cancellable, GError **error);

G_END_DECLS
