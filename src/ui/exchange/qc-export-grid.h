/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 导出 and printing of any list that stands in a grid: its columns and rows as they are read there, asked for where the
 * list is. Main thread.
 */
#pragma once

#include "qc-grid.h"
#include "qc-types.h"

G_BEGIN_DECLS

/* @title: of the list, begins the file's name. @note: (nullable) what of it is shown, in words. @path: (nullable) asked
 * for first. */
void qc_export_grid (GtkColumnView *grid, const char *title, QcMonth month, const char *note, const char *path);

/* The same on paper, in the preview. */
void qc_print_grid (GtkColumnView *grid, const char *title, const char *note);

G_END_DECLS
