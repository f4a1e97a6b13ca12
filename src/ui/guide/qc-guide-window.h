/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The built-in guide: chapters on the left, one of them on the right, and a search through all. Main thread.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define QC_TYPE_GUIDE_WINDOW (qc_guide_window_get_type ())
G_DECLARE_FINAL_TYPE (QcGuideWindow, qc_guide_window, QC, GUIDE_WINDOW, AdwWindow)

/* Beside @parent's window, which goes on working; the one that is open already comes to the front. @page: (nullable):
 * of the window, whose chapter is shown. */
GtkWidget *qc_guide_window_open (GtkWidget *parent, const char *page);
void qc_guide_window_show_chapter (QcGuideWindow *self, const char *id);
const char *qc_guide_window_get_chapter (QcGuideWindow *self);

G_END_DECLS
