/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One place on the axis of a bar chart, in words and in numbers: bar, table and screen reader say the same of it. Does
 * not change once it is made. Main thread.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Series in one chart at most. */
#define QC_BAR_SERIES 2

#define QC_TYPE_BAR_POINT (qc_bar_point_get_type ())
G_DECLARE_FINAL_TYPE (QcBarPoint, qc_bar_point, QC, BAR_POINT, GObject)

/*
 * @title: where it is: "2026年10月"; @tick: the same, short, below the bar; @words: all that is said of it:
 * "2026年10月，128 人，153,600.00 元"; @top: (nullable) above the bar, short; @target: (nullable) what it opens.
 */
QcBarPoint *qc_bar_point_new (const char *title, const char *tick, const char *words, const char *top,
                              const char *target, gint64 first, gint64 second);
const char *qc_bar_point_get_title (QcBarPoint *self);
const char *qc_bar_point_get_tick (QcBarPoint *self);
const char *qc_bar_point_get_words (QcBarPoint *self);
const char *qc_bar_point_get_top (QcBarPoint *self);    /* (nullable) */
const char *qc_bar_point_get_target (QcBarPoint *self); /* (nullable) */
gint64 qc_bar_point_get_value (QcBarPoint *self, guint series);

G_END_DECLS
