/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Has a stranger's file read by a process of its own, `qingce-reader`, which bounds its memory, its time and its files
 * before it takes the first byte. The file's bytes never come into this process: only an answer that is parsed as
 * hostile. Blocks, so never on the main loop; any other thread.
 */
#pragma once

#include <gio/gio.h>
#include "qc-reading.h"
#include "qc-sheets.h"

G_BEGIN_DECLS

#define QC_READER_MAX_FILE (256 * 1024 * 1024)

/*
 * What may be a voucher in the file at @path, and what its pages say. Told apart by content: PDF, PNG, JPEG, text.
 * QC_READER_ERROR, G_IO_ERROR_CANCELLED. (transfer full)
 */
QcReading *qc_reader_find_vouchers (const char *path, GCancellable *cancellable, GError **error);
/* Page @page (from 1) as a picture; a picture is its own page 1. The answer has an image. Errors as above. (transfer
 * full) */
QcReading *qc_reader_draw_page (const char *path, guint page, GCancellable *cancellable, GError **error);

/*
 * What qc-sheets.h has of the old workbook (.xls) behind @fd, record by record while it comes: of the workbook, or of
 * the cells of sheet @sheet (from 0), at most @most rows of them (0 = all). @fd stays the caller's. FALSE: @error, as
 * above, or what @take said; what came before counts for nothing.
 */
gboolean qc_reader_read_book (int fd, QcSheetsTake take, gpointer user_data, GCancellable *cancellable, GError **error);
gboolean qc_reader_read_cells (int fd, guint sheet, guint most, QcSheetsTake take, gpointer user_data,
                               GCancellable *cancellable, GError **error);

G_END_DECLS
