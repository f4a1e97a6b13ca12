/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Has a stranger's file read by a process of its own, `qingce-reader`, which bounds its memory, its time and its files
 * before it takes the first byte. The file's bytes never come into this process: only an answer that is parsed as
 * hostile. Blocks, so never on the main loop; any other thread.
 */
#pragma once

#include <gio/gio.h>
#include "qc-picture.h"
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

/*
 * The picture behind @fd, made ready to be sent: what becomes of it says qc-prepare.h. @turn: 0, 90, 180 or 270 degrees
 * clockwise. @most: bytes that the center takes of a picture. @fd stays the caller's. QC_READER_ERROR_PICTURE_…,
 * MISSING, G_IO_ERROR_CANCELLED. (transfer full)
 */
QcPicture *qc_reader_prepare_picture (int fd, guint turn, gsize most, GCancellable *cancellable, GError **error);
/* A descriptor of the file at @path, to be closed; -1 with QC_READER_ERROR_PICTURE_OPEN or _LARGE. */
int qc_reader_open_picture (const char *path, GError **error);

/* Whether the system lets the reader confine itself before it decodes a picture, as a sentence about this program.
 * Where it does not, pictures are read nevertheless. (transfer full) */
char *qc_reader_describe (GCancellable *cancellable, GError **error);

G_END_DECLS
