/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Facts as lines of name and value, any of which may be copied. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QC_TYPE_FACT_GRID (qc_fact_grid_get_type ())
G_DECLARE_FINAL_TYPE (QcFactGrid, qc_fact_grid, QC, FACT_GRID, GtkWidget)

GtkWidget *qc_fact_grid_new (void);
void qc_fact_grid_clear (QcFactGrid *self);
/* Both are translated text; an empty @value adds nothing. Gives the value's label (borrowed, nullable). */
GtkWidget *qc_fact_grid_add (QcFactGrid *self, const char *name, const char *value);
/* With a button that copies exactly @copy (NULL: @value). */
GtkWidget *qc_fact_grid_add_copyable (QcFactGrid *self, const char *name, const char *value, const char *copy);

G_END_DECLS
