/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Text as spreadsheets put it on the clipboard, taken apart into rows of cells: tabs between cells, line ends of every
 * kind, cells in quotes that hold either. Pure function, any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define QC_PASTE_MAX_ROWS 200000
#define QC_PASTE_MAX_CELL 4096 /* bytes */

/* GPtrArray of GPtrArray of char*; rows without any text are left out. Nothing is left off silently: what is no UTF-8
 * text, or has too many rows, is an error (QC_APP_ERROR_DRAFT). (transfer full) (nullable) */
GPtrArray *qc_paste_block_parse (const char *text, gsize length, GError **error);
/* What a cell keeps of @text: without blanks around it, and of too long a one as much as fits with an ellipsis behind
 * it, so that it can never be read as something shorter. (transfer full) */
char *qc_paste_cell_new (const char *text, gsize length);

G_END_DECLS
