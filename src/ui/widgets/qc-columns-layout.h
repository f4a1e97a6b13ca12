/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Children in columns of one width, as many as have room, each row as high as its highest child: cards. GtkFlowBox
 * takes a row's height before it shares out the rest of the width, and leaves holes where words then need fewer lines.
 * Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QC_TYPE_COLUMNS_LAYOUT (qc_columns_layout_get_type ())
G_DECLARE_FINAL_TYPE (QcColumnsLayout, qc_columns_layout, QC, COLUMNS_LAYOUT, GtkLayoutManager)

/* From @least to @most columns (1 or more); @spacing: pixels between columns and rows. */
GtkLayoutManager *qc_columns_layout_new (int least, int most, int spacing);

G_END_DECLS
