/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One bar of a chart: a list item that bears the words of its point, with a column for each series between what stands
 * above and below it. The columns are boxes that the style sheet fills, with colours and patterns. For QcBarPlot only.
 * Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-bar-point.h"

G_BEGIN_DECLS

#define QC_TYPE_BAR (qc_bar_get_type ())
G_DECLARE_FINAL_TYPE (QcBar, qc_bar, QC, BAR, GtkWidget)

GtkWidget *qc_bar_new (QcBarPoint *point, guint n_series);
QcBarPoint *qc_bar_get_point (QcBar *self);
/* The value that reaches the top, above 0. */
void qc_bar_set_most (QcBar *self, gint64 most);
/* Where the columns stand in a bar so high; pixels from above. */
int qc_bar_get_floor (QcBar *self, int height);
/* How wide the texts above and below are, whether they are shown or not; pixels. */
void qc_bar_measure_texts (QcBar *self, int *top, int *tick);
/* Whether there is room for them, which may lie over the bars beside. */
void qc_bar_set_shown (QcBar *self, gboolean top, gboolean tick);

G_END_DECLS
