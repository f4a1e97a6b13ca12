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
#define QC_PASTE_MAX_CELL 4096 /* bytes; more of a cell is left off */

/* GPtrArray of GPtrArray of char*; rows without any text are left out. Not valid UTF-8 gives NULL. (transfer full) */
GPtrArray *qc_paste_block_parse (const char *text, gsize length);

G_END_DECLS
