/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The context menu of the rows of a grid: by the secondary button on a row, which it selects, and by Menu and Shift+F10
 * on the row that has the keyboard. Main thread.
 */
#pragma once

#include "qc-grid.h"

G_BEGIN_DECLS

/* @menu: of win.* commands that are about the row that is selected. (transfer none) */
void qc_row_menu_add (GtkColumnView *grid, GMenuModel *menu);

G_END_DECLS
