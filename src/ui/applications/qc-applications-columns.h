/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The grid of <业务申请记录>. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @model: of QcApplicationRow. @with_business: a column says which business it is. */
GtkColumnView *qc_applications_grid_new (GtkSelectionModel *model, gboolean with_business);

G_END_DECLS
