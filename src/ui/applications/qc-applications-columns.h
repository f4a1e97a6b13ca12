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
/* Beside the details there is less room, and less to say. */
void qc_applications_grid_set_narrow (GtkColumnView *grid, gboolean with_business, gboolean narrow);

G_END_DECLS
