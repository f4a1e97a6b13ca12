/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A marked copy under a name: it appears whole or not at all, and the clerk's file stays as it is.
 */
#pragma once

#include "qc-sheet-mark.h"

G_BEGIN_DECLS

/* As qc_sheet_mark(), from the file @from to the file @to. */
gboolean qc_sheet_mark_file (const char *from, guint sheet, guint header_row, const char *title,
                             const QcSheetMark *marks, guint n, const char *to, QcSheetMarkHow *out_how,
                             GCancellable *cancellable, GError **error);

G_END_DECLS
