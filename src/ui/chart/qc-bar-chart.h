/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A chart of bars: its title, the bars or, behind 表格, the same points as a table, and a sentence that says what they
 * say, which is also what a screen reader hears of the whole. What kind of chart it is, is data. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-bar-point.h"

G_BEGIN_DECLS

typedef enum {
  QC_BAR_MONEY,  /* fen */
  QC_BAR_PEOPLE, /* people */
} QcBarMeasure;

/* Static. All texts N_(). */
typedef struct {
  const char *title;
  const char *axis;                  /* what the places are */
  const char *series[QC_BAR_SERIES]; /* what the bars are; the second may be NULL */
  QcBarMeasure measure;
  gboolean in_time; /* from the first place to the last time goes by */
} QcBarInfo;

#define QC_TYPE_BAR_CHART (qc_bar_chart_get_type ())
G_DECLARE_FINAL_TYPE (QcBarChart, qc_bar_chart, QC, BAR_CHART, GtkWidget)

/* Signal "open" (string): the target of a point that was opened, in the chart or in the table. */
GtkWidget *qc_bar_chart_new (const QcBarInfo *info);
/* QcBarPoint, in order; said anew. */
void qc_bar_chart_set_points (QcBarChart *self, GListModel *points);
void qc_bar_chart_set_table (QcBarChart *self, gboolean table);

/* The sentence. (transfer full) */
char *qc_bar_words_describe (const QcBarInfo *info, GListModel *points);
/* A value as it is read: "153,600.00", "128 people". (transfer full) */
char *qc_bar_words_value (QcBarMeasure measure, gint64 value);
/* Short, above a bar: "15.4万"; only a hint. (transfer full) */
char *qc_bar_words_short (QcBarMeasure measure, gint64 value);

G_END_DECLS
