/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The bars of a chart beside each other: a list whose items are widgets. Tab comes to one of them and goes on behind
 * the chart; the arrows, Home, End and Page Up and Down go from bar to bar, Enter and a double click open what the bar
 * stands for. What there is no room for is left out of the texts, never of the bars. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-bar-point.h"

G_BEGIN_DECLS

#define QC_TYPE_BAR_PLOT (qc_bar_plot_get_type ())
G_DECLARE_FINAL_TYPE (QcBarPlot, qc_bar_plot, QC, BAR_PLOT, GtkWidget)

/* Signals: "activate" (QcBarPoint); "entered" (QcBarPoint, nullable): the keyboard came to this bar, or left the last
 * one. @name: accessible. */
GtkWidget *qc_bar_plot_new (const char *name, guint n_series);
/* Other bars: QcBarPoint. Where the same title stands again the keyboard stays there. */
void qc_bar_plot_set_points (QcBarPlot *self, GListModel *points);

G_END_DECLS
