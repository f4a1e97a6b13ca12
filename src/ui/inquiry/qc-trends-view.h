/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 图表: amount and headcount by month, who joined and left, and how many people have which base. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-session.h"

G_BEGIN_DECLS

#define QC_TYPE_TRENDS_VIEW (qc_trends_view_get_type ())
G_DECLARE_FINAL_TYPE (QcTrendsView, qc_trends_view, QC, TRENDS_VIEW, GtkWidget)

/* Signals: "open" (string): where a bar leads, for win.go; "failed" (GError). */
GtkWidget *qc_trends_view_new (QcSession *session);
/* At once if it is on the screen, else when it comes there. */
void qc_trends_view_reload (QcTrendsView *self);

G_END_DECLS
