/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The grid of <业务申请记录>. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-application-row.h"

G_BEGIN_DECLS

/* @model: of QcApplicationRow. @business: columns that mean nothing to it are left out; -1: of all,
 * and a column says which one. */
GtkColumnView *qc_applications_grid_new (GtkSelectionModel *model, int business);
/* By what stands in the column @id: figures by their size, words as they are spelt. */
int qc_applications_compare (QcApplicationRow *a, QcApplicationRow *b, const char *id);

G_END_DECLS
