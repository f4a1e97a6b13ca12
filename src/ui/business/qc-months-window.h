/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a line of a 补缴 costs month by month: base, what is due, what was paid, and what is paid now or why nothing is.
 * Main thread.
 */
#pragma once

#include <adwaita.h>

#include "qc-roster-service.h"

G_BEGIN_DECLS

/* Over the window of @parent; NULL where nothing is known of @line. */
GtkWidget *qc_months_window_open (GtkWidget *parent, QcRosterService *service, gint64 line);

G_END_DECLS
