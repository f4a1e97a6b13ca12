/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The first round through the window: five pictures with what is to be found there, which can be left at any of them.
 * Its actions: tour.next, tour.back. Main thread.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define QC_TYPE_TOUR_WINDOW (qc_tour_window_get_type ())
G_DECLARE_FINAL_TYPE (QcTourWindow, qc_tour_window, QC, TOUR_WINDOW, AdwWindow)

GtkWidget *qc_tour_window_open (GtkWidget *parent);

G_END_DECLS
