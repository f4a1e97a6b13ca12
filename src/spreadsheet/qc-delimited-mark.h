/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A column of reasons in a text, in the encoding and with the separator and line ends that it has; every line without
 * one stays as it is, byte for byte. Any one thread.
 */
#pragma once

#include "qc-sheet-mark.h"

G_BEGIN_DECLS

/* As qc_sheet_mark(), over a whole file. @encoding, @separator: those of the workbook that it is. (transfer full)
 * (nullable) */
GByteArray *qc_delimited_mark (const char *bytes, gsize length, const char *encoding, char separator, guint header_row,
                               const char *title, const QcSheetMark *marks, guint n, GCancellable *cancellable,
                               GError **error);

G_END_DECLS
