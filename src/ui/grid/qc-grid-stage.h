/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A list of places whose length a view follows in steps. GTK 4.8 makes widgets for about 205 rows at once, in sight or
 * not, and takes a tenth of a second to make or to destroy them all; a list that grows or shrinks with each key would
 * cost the keyboard that. So of those rows the first come at once and the others between pictures, and those that are
 * too many stay for a moment, with nobody in them. Main thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define QC_TYPE_GRID_STAGE (qc_grid_stage_get_type ())
G_DECLARE_FINAL_TYPE (QcGridStage, qc_grid_stage, QC, GRID_STAGE, GObject)

/* A GListModel over @places, of which only the end ever comes or goes. Beyond its end stand new objects of its type. */
QcGridStage *qc_grid_stage_new (GListModel *places);

G_END_DECLS
