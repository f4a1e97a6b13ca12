/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * An old workbook (.xls). Its form is that of a memory dump of another time: its bytes are read by the program
 * qingce-reader, and what that one answers is believed no more than the file. Any one thread but the main one.
 */
#pragma once

#include "qc-workbook.h"

G_BEGIN_DECLS

typedef struct _QcXls QcXls;

gboolean qc_xls_is (int fd);
/* @fd: as qc_workbook_open(). (transfer full) (nullable) */
QcXls *qc_xls_open (int fd, GCancellable *cancellable, GError **error);
void qc_xls_close (QcXls *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcXls, qc_xls_close)

/* GPtrArray of QcSheetName. Borrowed. */
const GPtrArray *qc_xls_get_sheets (const QcXls *book);
/* As qc_workbook_read(); how far it is nobody knows. */
QcTable *qc_xls_read (QcXls *book, guint sheet, guint most, GCancellable *cancellable, GError **error);

G_END_DECLS
